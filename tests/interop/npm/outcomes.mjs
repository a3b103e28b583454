// MSAL Node, made to ask a server that answers as the test wants; tells what it did. See ../python/outcomes.py, which
// does the same for the other libraries: the same argument, the same jobs, the same lines.
//
// The server's certificate is trusted through NODE_EXTRA_CA_CERTS.

import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const msal = createRequire(join(process.env.TEST_MODULES, 'x'))('@azure/msal-node');
const { host, side_by_side: sideBySide } = JSON.parse(process.argv[2]);
const scopes = ['Mail.Read'];
const redirectUri = 'http://localhost/';

const nextAct = async (id) => (await fetch(`https://${host}/${id}/next`)).json();

const account = async (app) => (await app.getTokenCache().getAllAccounts())[0];
const refreshTokens = (app) => Object.keys(JSON.parse(app.getTokenCache().serialize()).RefreshToken ?? {}).length;

const make = ({ id, flow }) => {
  const auth = { clientId: id, authority: `https://${host}/${id}`, knownAuthorities: [host] };
  return flow === 'client-credentials'
    ? new msal.ConfidentialClientApplication({ auth: { ...auth, clientSecret: 'secret-of-nobody' } })
    : new msal.PublicClientApplication({ auth });
};

const prepare = {
  'refresh-token': (app) => app.acquireTokenByRefreshToken({ refreshToken: 'refresh-token', scopes: ['User.Read'] }),
  silent: (app) => app.acquireTokenByCode({ code: 'code', scopes: ['User.Read'], redirectUri }),
};

const deeds = {
  'client-credentials': (app) => app.acquireTokenByClientCredential({ scopes: ['api://contoso/.default'] }),
  'device-code': (app) => app.acquireTokenByDeviceCode({ scopes, deviceCodeCallback: () => {} }),
  silent: async (app) => app.acquireTokenSilent({ scopes, account: await account(app) }),
  interactive: (app) => app.acquireTokenByCode({ code: 'code', scopes, redirectUri }),
  'refresh-token': (app) => app.acquireTokenByRefreshToken({ refreshToken: 'refresh-token', scopes }),
  password: (app) => app.acquireTokenByUsernamePassword({ scopes, username: 'ada@contoso.example', password: 'x' }),
  redirect: (app, { redirect }) =>
    app.acquireTokenInteractive({
      scopes,
      openBrowser: async (address) => {
        const asked = new URL(address).searchParams;
        const body = `${redirect}&state=${encodeURIComponent(asked.get('state'))}`;
        const headers = { 'content-type': 'application/x-www-form-urlencoded' };
        await fetch(`${asked.get('redirect_uri')}/`, { method: 'POST', headers, body });
      },
    }),
};

const tell = async (app, job) => {
  try {
    const result = await deeds[job.flow](app, job);
    if (!result?.accessToken) return { outcome: 'returned', kind: 'empty accessToken', claims: false };
    return { outcome: 'token', kind: '', claims: false, expires_on: result.expiresOn, token_type: result.tokenType };
  } catch (thrown) {
    return {
      outcome: 'raised',
      kind: thrown.name,
      error: thrown.errorCode,
      number: thrown.errorNo ?? null,
      suberror: thrown.subError ?? null,
      status: thrown.status ?? null,
      message: String(thrown.errorMessage ?? thrown.message).slice(0, 300),
      claims: Boolean(thrown.claims),
    };
  }
};

const run = async (job) => {
  const calls = [];
  try {
    const app = make(job);
    await prepare[job.flow]?.(app);
    await nextAct(job.id);
    for (let call = 0; call < job.calls; call += 1) {
      const told = await tell(app, job);
      const cached = prepare[job.flow] ? refreshTokens(app) : null;
      calls.push({ ...told, prompts: false, refresh_tokens: cached, ...(await nextAct(job.id)) });
    }
    return { id: job.id, calls };
  } catch (thrown) {
    return { id: job.id, failed: `${thrown.name}: ${thrown.message}`, calls };
  }
};

const jobs = [];
for await (const line of createInterface({ input: process.stdin })) jobs.push(JSON.parse(line));
const worker = async () => {
  for (let job = jobs.shift(); job; job = jobs.shift()) process.stdout.write(`${JSON.stringify(await run(job))}\n`);
};
await Promise.all(Array.from({ length: sideBySide }, worker));
