// MSAL Node at the lab, told what to do. See ../python/matrix_client.py, which does the same for the other libraries:
// the same argument, the same lines. The lab's certificate is trusted through NODE_EXTRA_CA_CERTS.
//
// Lines are read without letting anything else run, so that the library stands still while somebody does what it shows.

import { readSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const msal = createRequire(join(process.env.TEST_MODULES, 'x'))('@azure/msal-node');
const { origin, tenant } = JSON.parse(process.argv[2]);

const say = (what) => process.stdout.write(`${JSON.stringify(what)}\n`);

const hear = () => {
  const bytes = Buffer.alloc(1);
  let line = [];
  while (readSync(0, bytes, 0, 1, null) === 1) {
    if (bytes[0] === 10) return JSON.parse(Buffer.from(line).toString());
    line.push(bytes[0]);
  }
  return null;
};

const shown = (what) => {
  say(what);
  return hear();
};

const account = async (app) => (await app.getTokenCache().getAllAccounts())[0];
const refreshTokens = (app) => Object.keys(JSON.parse(app.getTokenCache().serialize()).RefreshToken ?? {}).length;

const application = (asked) => {
  if (asked.flow === 'managed-identity') {
    Object.assign(process.env, asked.environment);
    return new msal.ManagedIdentityApplication({
      managedIdentityIdParams: asked.client ? { userAssignedClientId: asked.client } : {},
    });
  }
  const authority = `${origin}/${asked.tenant ?? tenant}`;
  const auth = { clientId: asked.client, authority, knownAuthorities: [new URL(origin).host], ...asked.credential };
  return asked.credential ? new msal.ConfidentialClientApplication({ auth }) : new msal.PublicClientApplication({ auth });
};

const prepare = {
  silent: (app, { refresh_token: refreshToken }) =>
    app.acquireTokenByRefreshToken({ refreshToken, scopes: ['User.Read'], forceCache: true }),
  code: async (app, asked) => {
    const { verifier, challenge } = await new msal.CryptoProvider().generatePkceCodes();
    const { scopes, redirect_uri: redirectUri } = asked;
    const pkce = { codeChallenge: challenge, codeChallengeMethod: 'S256' };
    const address = await app.getAuthCodeUrl({ scopes, redirectUri, ...pkce });
    asked.redeem = { ...shown({ open: address }), codeVerifier: verifier, scopes, redirectUri };
  },
};

const deeds = {
  'client-credentials': (app, { scopes }) => app.acquireTokenByClientCredential({ scopes }),
  certificate: (app, { scopes }) => app.acquireTokenByClientCredential({ scopes }),
  assertion: (app, { scopes }) => app.acquireTokenByClientCredential({ scopes }),
  'on-behalf-of': (app, { scopes, assertion }) => app.acquireTokenOnBehalfOf({ scopes, oboAssertion: assertion }),
  'user-fic': (app, { scopes, assertion, username, user_object_id: userObjectId }) =>
    app.acquireTokenByUserFederatedIdentityCredential({
      scopes, assertion, ...(username ? { username } : { userObjectId }),
    }),
  silent: async (app, { scopes }) => app.acquireTokenSilent({ scopes, account: await account(app), forceRefresh: true }),
  'refresh-token': (app, { scopes, refresh_token: refreshToken }) =>
    app.acquireTokenByRefreshToken({ refreshToken, scopes }),
  password: (app, { scopes, username, password }) => app.acquireTokenByUsernamePassword({ scopes, username, password }),
  code: (app, { redeem: { code, codeVerifier, scopes, redirectUri } }) =>
    app.acquireTokenByCode({ code, codeVerifier, scopes, redirectUri }),
  interactive: (app, { scopes }) =>
    app.acquireTokenInteractive({ scopes, openBrowser: async (address) => say({ open: address }) }),
  'device-code': (app, { scopes }) =>
    app.acquireTokenByDeviceCode({
      scopes,
      deviceCodeCallback: ({ userCode, verificationUri }) => shown({ code: userCode, address: verificationUri }),
    }),
  'managed-identity': (app, { resource }) => app.acquireToken({ resource, forceRefresh: true }),
};

const raised = (thrown) => ({
  outcome: 'raised',
  kind: thrown.name,
  error: thrown.errorCode,
  number: thrown.errorNo ?? null,
  suberror: thrown.subError ?? null,
  message: String(thrown.errorMessage ?? thrown.message).slice(0, 300),
  claims: Boolean(thrown.claims),
});

const answered = async (app, asked) => {
  try {
    const result = await deeds[asked.flow](app, asked);
    if (!result?.accessToken) return { outcome: 'returned', kind: 'empty accessToken', claims: false };
    return { outcome: 'token', kind: '', claims: false };
  } catch (thrown) {
    return raised(thrown);
  }
};

let [app, asked, failed] = [];
for (let line = hear(); line; line = hear()) {
  if (line.make) {
    try {
      [asked, failed] = [line.make, null];
      app = application(asked);
      await prepare[asked.flow]?.(app, asked);
    } catch (thrown) {
      failed = raised(thrown);
    }
    say({ made: true });
  } else {
    const told = failed ?? (await answered(app, asked));
    const cached = asked.flow === 'silent' ? refreshTokens(app) : null;
    say({ ...told, prompts: false, refresh_tokens: cached });
  }
}
