// MSAL Node, told what to do: one JSON object a line on stdin, one or more JSON objects a line on stdout.
//
// The argument is the application: {"authority", "client_id", "client_secret" or null, "ca"}, with "credential" (members of
// the library's `auth`) in place of the secret where it is more than that; the authority's
// certificate is trusted through NODE_EXTRA_CA_CERTS. A request is {"do": "client-credentials" | "device-code" |
// "silent" | "password" | "on-behalf-of", "scopes": […], …}; a device code is first answered with {"user_code", "verification_uri"}.
// A result is {"granted": true, …} or what the library threw. Tokens are never printed.

import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const msal = createRequire(join(process.env.TEST_MODULES, 'x'))('@azure/msal-node');
const options = JSON.parse(process.argv[2]);

const auth = {
  clientId: options.client_id,
  authority: options.authority,
  knownAuthorities: [new URL(options.authority).host],
  ...(options.client_secret ? { clientSecret: options.client_secret } : {}),
  ...options.credential,
};
const app = options.client_secret || options.credential
  ? new msal.ConfidentialClientApplication({ auth })
  : new msal.PublicClientApplication({ auth });

const say = (what) => process.stdout.write(`${JSON.stringify(what)}\n`);

const deeds = {
  'client-credentials': ({ scopes }) => app.acquireTokenByClientCredential({ scopes }),
  'device-code': ({ scopes }) =>
    app.acquireTokenByDeviceCode({
      scopes,
      deviceCodeCallback: ({ userCode, verificationUri }) =>
        say({ user_code: userCode, verification_uri: verificationUri }),
    }),
  silent: async ({ scopes }) => {
    const [account] = await app.getTokenCache().getAllAccounts();
    return app.acquireTokenSilent({ scopes, account, forceRefresh: true });
  },
  'on-behalf-of': ({ scopes, assertion }) => app.acquireTokenOnBehalfOf({ scopes, oboAssertion: assertion }),
  password: ({ scopes, username, password }) => app.acquireTokenByUsernamePassword({ scopes, username, password }),
};

for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line);
  try {
    const result = await deeds[asked.do](asked);
    say({ granted: Boolean(result.accessToken), scope: result.scopes.join(' '), user: result.account?.username ?? null });
  } catch (thrown) {
    say({
      raised: thrown.name,
      error: thrown.errorCode,
      error_description: thrown.errorMessage,
      error_codes: thrown.errorNo ? [Number(thrown.errorNo)] : [],
      suberror: thrown.subError ?? '',
      claims: thrown.claims ?? '',
      status: thrown.status ?? null,
    });
  }
}
