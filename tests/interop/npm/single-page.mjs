// A single-page program with `@azure/msal-browser`, served at a loopback port as plain files: prints {"address"} and
// serves until its input ends. The argument is {"authority", "client_id", "api"}. The page signs in by redirect, gets a
// token again without a page, calls the API with it, and writes what came of it where a person can read it.

import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

const options = JSON.parse(process.argv[2]);
const library = join(process.env.TEST_MODULES, '@azure/msal-browser/lib/msal-browser.min.js');

const program = async (options) => {
  const say = (text) => { document.querySelector('main').textContent += `${text}\n`; };
  try {
    const app = new msal.PublicClientApplication({
      auth: {
        clientId: options.client_id,
        authority: options.authority,
        knownAuthorities: [new URL(options.authority).host],
        redirectUri: `${location.origin}/`,
      },
      cache: { cacheLocation: 'sessionStorage' },
    });
    await app.initialize();
    const scopes = [`api://contoso-api/access_as_user`];
    const result = await app.handleRedirectPromise();
    if (!result) {
      await app.loginRedirect({ scopes });
      return;
    }
    say(`signed in as ${result.account.username}`);
    const again = await app.acquireTokenSilent({ scopes, account: result.account, forceRefresh: true });
    say(`refreshed: ${again.fromCache ? 'from the cache' : 'by the lab'}`);
    const answer = await fetch(`${options.api}/me`, { headers: { authorization: `Bearer ${again.accessToken}` } });
    say(`the API knows ${(await answer.json()).userPrincipalName}`);
  } catch (thrown) {
    say(`failed: ${thrown.errorCode ?? thrown.name} ${thrown.errorMessage ?? thrown.message}`);
  }
};

const page = `<!DOCTYPE html><html lang="en"><title>single page</title><main style="white-space: pre-line"></main>
<script src="/msal.js"></script><script>(${program})(${JSON.stringify(options)})</script></html>`;

const server = createServer(async (request, response) => {
  const path = new URL(request.url, 'http://localhost').pathname;
  if (path === '/msal.js') {
    response.setHeader('content-type', 'text/javascript');
    response.end(await readFile(library));
  } else {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(path === '/' ? page : '');
  }
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${JSON.stringify({ address: `http://localhost:${server.address().port}/` })}\n`);
});
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
