// npm `openid-client`, told what to do: one JSON object a line on stdin, one or more JSON objects a line on stdout.
//
// The argument is the application: {"issuer", "client_id", "client_secret" or null}; the authority's certificate is
// trusted through NODE_EXTRA_CA_CERTS. A request is {"do": "discover" | "code" | "refresh" | "device-code" |
// "client-credentials" | "user-info" | "introspect" | "revoke" | "sign-out", "scope", …}; a refresh with "first" uses the first
// refresh token again. The code flow is first answered with {"open": address}, and so is a sign-out; a device code with
// {"user_code", "verification_uri"}. The library checks the signature of every ID token, and `jose` that of every access
// token it gets. No token is printed but the ID token in the address of a sign-out.

import { createRequire } from 'node:module';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createInterface } from 'node:readline';

const require = createRequire(join(process.env.TEST_MODULES, 'x'));
const load = (name) => import(pathToFileURL(require.resolve(name)).href);
const client = await load('openid-client');
const jose = await load('jose');
const options = JSON.parse(process.argv[2]);

const authentication = options.client_secret ? client.ClientSecretPost(options.client_secret) : client.None();
const config = await client.discovery(new URL(options.issuer), options.client_id, undefined, authentication);
// ID tokens that come straight from the token endpoint are not verified unless asked for.
client.enableNonRepudiationChecks(config);
const metadata = config.serverMetadata();
const keys = jose.createRemoteJWKSet(new URL(metadata.jwks_uri));

let first;
let last;
const say = (what) => process.stdout.write(`${JSON.stringify(what)}\n`);

const granted = async (tokens) => {
  last = { ...tokens, sub: tokens.claims()?.sub ?? last?.sub };
  first ??= last;
  const { payload, protectedHeader } = await jose.jwtVerify(tokens.access_token, keys, { issuer: metadata.issuer });
  return {
    granted: true,
    alg: protectedHeader.alg,
    kid: protectedHeader.kid,
    audience: payload.aud,
    scope: tokens.scope ?? '',
    expires_in: tokens.expires_in,
    refreshable: Boolean(tokens.refresh_token),
    user: tokens.claims()?.preferred_username ?? null,
  };
};

// A page that waits at the redirect URI, once.
const listen = () =>
  new Promise((ready) => {
    let arrived;
    const back = new Promise((resolve) => { arrived = resolve; });
    const server = createServer((request, response) => {
      const url = new URL(request.url, `http://localhost:${server.address().port}`);
      response.end('back at the program');
      if (url.search) {
        server.close();
        arrived(url);
      }
    });
    server.listen(0, '127.0.0.1', () => ready({ redirect: `http://localhost:${server.address().port}/`, back }));
  });

const deeds = {
  discover: () => ({ issuer: metadata.issuer, grants: metadata.grant_types_supported, pkce: config.serverMetadata().supportsPKCE() }),
  code: async ({ scope }) => {
    const { redirect, back } = await listen();
    const verifier = client.randomPKCECodeVerifier();
    const [state, nonce] = [client.randomState(), client.randomNonce()];
    const address = client.buildAuthorizationUrl(config, {
      redirect_uri: redirect,
      scope,
      state,
      nonce,
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      max_age: '600',
    });
    say({ open: address.href });
    const expected = { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, maxAge: 600, idTokenExpected: true };
    return granted(await client.authorizationCodeGrant(config, await back, expected));
  },
  refresh: async (asked) => granted(await client.refreshTokenGrant(config, (asked.first ? first : last).refresh_token)),
  'device-code': async ({ scope }) => {
    const device = await client.initiateDeviceAuthorization(config, { scope });
    say({ user_code: device.user_code, verification_uri: device.verification_uri });
    return granted(await client.pollDeviceAuthorizationGrant(config, device));
  },
  'client-credentials': async ({ scope }) => granted(await client.clientCredentialsGrant(config, { scope })),
  'user-info': async () => ({ user_info: await client.fetchUserInfo(config, last.access_token, last.sub ?? client.skipSubjectCheck) }),
  'sign-out': ({ back, state }) => ({
    open: client.buildEndSessionUrl(config, { id_token_hint: last.id_token, post_logout_redirect_uri: back, state }).href,
  }),
  introspect: async ({ what }) => ({ active: (await client.tokenIntrospection(config, last[what])).active }),
  revoke: async ({ what }) => ({ revoked: (await client.tokenRevocation(config, last[what])) ?? true }),
};

for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line);
  try {
    say(await deeds[asked.do](asked));
  } catch (thrown) {
    say({
      raised: thrown.name,
      message: thrown.message,
      error: thrown.error ?? null,
      error_description: thrown.error_description ?? thrown.cause?.message ?? null,
      status: thrown.status ?? null,
      challenge: thrown.cause?.[0]?.parameters ?? null,
    });
  }
}
