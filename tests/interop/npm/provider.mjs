// An OpenID Connect provider that nobody here wrote (npm oidc-provider), on a free loopback port.
// Prints one JSON line when it answers, {"issuer":"…"}, and one for every request answered since,
// {"method":"POST","path":"/token","status":400}. Serves until it is killed.
//
// Environment: TEST_MODULES (the node_modules folder), TLS_CERT and TLS_KEY (PEM files; https when given),
// AUTH_METHOD (the one way in which clients may authenticate; all of them when not given),
// DEVICE_SECONDS (how long a device code lives; the provider never names a polling interval),
// QUIET (when given, requests are not printed),
// SIGNER_KEY (a public key, PEM: that of the client `signer`, which authenticates by assertions signed with it),
// DPOP (`nonce`: proofs must carry the provider's nonce; `off`: none are taken; `other`: none by ES256),
// PAR (`must`: authorization requests must be pushed; `off`: none can be),
// OFF (words, with commas: which of `jarm`, `requests` and `details` the provider does not do),
// ASSERTER (JSON, {"issuer":…,"key":…}: whose JWTs are taken as the grant).

import http from 'node:http';
import https from 'node:https';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createPublicKey } from 'node:crypto';
import { join } from 'node:path';
import { JWT_BEARER, TOKEN_EXCHANGE, register } from './grants.mjs';

const modules = createRequire(join(process.env.TEST_MODULES, 'x'));
const { Provider, errors } = modules('oidc-provider');
const jose = modules('jose');

const DEVICE_CODE = 'urn:ietf:params:oauth:grant-type:device_code';
const deviceSeconds = Number(process.env.DEVICE_SECONDS ?? 60);
const authMethod = process.env.AUTH_METHOD;
const secure = Boolean(process.env.TLS_CERT);
const signerKey = process.env.SIGNER_KEY;
const dpop = process.env.DPOP;
const par = process.env.PAR;
const off = (process.env.OFF ?? '').split(',');
const loopback = ['http://localhost/', 'http://localhost', 'http://127.0.0.1/'];
// What authorization details of accounts have to say.
const accounts = (ctx, detail) => {
  if (!Array.isArray(detail.actions)) throw new errors.InvalidAuthorizationDetails('actions are missing');
};

const RESPONSE_TYPES = [
  'code', 'id_token', 'id_token token', 'code id_token', 'code token', 'code id_token token',
];

const configuration = {
  responseTypes: RESPONSE_TYPES,
  acrValues: ['urn:example:strong'],
  clients: [
    {
      client_id: 'daemon',
      client_secret: 'daemon-secret-0123456789abcdef',
      token_endpoint_auth_method: authMethod ?? 'client_secret_post',
      grant_types: ['client_credentials'],
      redirect_uris: [],
      response_types: [],
    },
    {
      client_id: 'desktop',
      application_type: 'native',
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code', 'refresh_token', DEVICE_CODE],
      redirect_uris: ['', '/', '/callback', '/redirect'].flatMap((path) => [
        `http://127.0.0.1${path}`,
        `http://localhost${path}`,
      ]),
      response_types: ['code'],
    },
    {
      client_id: 'binder',
      client_secret: 'binder-secret-0123456789abcdef',
      token_endpoint_auth_method: 'client_secret_post',
      dpop_bound_access_tokens: dpop !== 'off' ? true : undefined,
      grant_types: ['client_credentials'],
      redirect_uris: [],
      response_types: [],
    },
    {
      client_id: 'pusher',
      client_secret: 'pusher-secret-0123456789abcdef',
      application_type: 'native',
      token_endpoint_auth_method: 'client_secret_post',
      ...(par === 'off' ? {} : { require_pushed_authorization_requests: true }),
      grant_types: ['authorization_code'],
      redirect_uris: ['http://localhost/', 'http://localhost'],
      response_types: ['code'],
    },
    {
      client_id: 'asker',
      application_type: 'native',
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code', 'implicit'],
      redirect_uris: loopback,
      response_types: RESPONSE_TYPES,
      ...(off.includes('details') ? {} : { authorization_details_types: ['accounts'] }),
    },
    {
      client_id: 'keeper',
      client_secret: 'keeper-secret-0123456789abcdef0123456789abcdef',
      application_type: 'native',
      token_endpoint_auth_method: 'client_secret_post',
      grant_types: ['authorization_code'],
      redirect_uris: loopback,
      response_types: ['code'],
    },
    {
      client_id: 'exchanger',
      client_secret: 'exchanger-secret-0123456789abcdef',
      token_endpoint_auth_method: 'client_secret_post',
      grant_types: [TOKEN_EXCHANGE, JWT_BEARER],
      redirect_uris: [],
      response_types: [],
    },
    ...(signerKey
      ? [
          {
            client_id: 'signer',
            token_endpoint_auth_method: 'private_key_jwt',
            jwks: { keys: [createPublicKey(signerKey).export({ format: 'jwk' })] },
            grant_types: ['client_credentials', 'authorization_code'],
            application_type: 'native',
            redirect_uris: loopback,
            response_types: ['code'],
          },
        ]
      : []),
  ],
  ...(authMethod ? { clientAuthMethods: [authMethod, 'none'] } : {}),
  scopes: ['openid', 'offline_access', 'profile', 'api:read', 'api:opaque'],
  claims: { openid: ['sub'], profile: ['name'] },
  features: {
    clientCredentials: { enabled: true },
    deviceFlow: { enabled: true },
    devInteractions: { enabled: true },
    dPoP: {
      enabled: dpop !== 'off',
      ...(dpop === 'nonce' ? { nonceSecret: Buffer.alloc(32, 7), requireNonce: () => true } : {}),
    },
    pushedAuthorizationRequests: { enabled: par !== 'off', requirePushedAuthorizationRequests: par === 'must' },
    jwtResponseModes: { enabled: !off.includes('jarm') },
    requestObjects: { enabled: !off.includes('requests') },
    richAuthorizationRequests: {
      enabled: !off.includes('details'),
      types: { accounts: { validate: accounts } },
      authorizationDetailsForGrantSource: (ctx) => JSON.parse(ctx.oidc.params.authorization_details ?? 'null') ?? undefined,
      authorizationDetailsForAccessToken: (ctx, token, source) => source?.rar,
      authorizationDetailsForIntrospection: (ctx, token) => token.rar,
    },
    introspection: { enabled: true },
    revocation: { enabled: true },
    // One API, always: so that access tokens are JWTs.
    resourceIndicators: {
      enabled: true,
      // Who asks for the API's scope gets a token for it; who signs in alone gets one for user information.
      defaultResource: (ctx) => {
        const scope = ctx.oidc.params?.scope ?? '';
        return scope.includes('api:') || !scope.includes('openid') ? 'urn:example:api' : undefined;
      },
      useGrantedResource: () => true,
      getResourceServerInfo: (ctx) => ({
        scope: 'api:read api:opaque',
        accessTokenFormat: (ctx.oidc.params?.scope ?? '').includes('api:opaque') ? 'opaque' : 'jwt',
        accessTokenTTL: 300,
      }),
    },
  },
  ...(dpop === 'other' ? { enabledJWA: { dPoPSigningAlgValues: ['Ed25519'] } } : {}),
  issueRefreshToken: (ctx, client, code) =>
    client.grantTypeAllowed('refresh_token') && code.scopes.has('offline_access'),
  rotateRefreshToken: true,
  ttl: { DeviceCode: deviceSeconds, AccessToken: 300, RefreshToken: 3600, Session: 3600, Grant: 3600, Interaction: 600 },
  cookies: { keys: ['interop'] },
};

const server = secure
  ? https.createServer({ cert: readFileSync(process.env.TLS_CERT), key: readFileSync(process.env.TLS_KEY) })
  : http.createServer();

server.listen(0, '127.0.0.1', () => {
  const say = (what) => process.stdout.write(`${JSON.stringify(what)}\n`);
  const issuer = `${secure ? 'https' : 'http'}://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, configuration);
  provider.on('server_error', (_, error) => console.error(error));
  register(provider, errors, jose, issuer, JSON.parse(process.env.ASSERTER ?? 'null'));
  const answer = provider.callback();
  server.on('request', (request, response) => {
    const { method, url } = request;
    if (!process.env.QUIET) {
      response.on('finish', () => say({ method, path: url.split('?')[0], status: response.statusCode }));
    }
    answer(request, response);
  });
  say({ issuer });
});
