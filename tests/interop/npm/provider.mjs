// An OpenID Connect provider that nobody here wrote (npm oidc-provider), on a free loopback port.
// Prints one JSON line when it answers, {"issuer":"…"}, and one for every request answered since,
// {"method":"POST","path":"/token","status":400}. Serves until it is killed.
//
// Environment: TEST_MODULES (the node_modules folder), TLS_CERT and TLS_KEY (PEM files; https when given),
// AUTH_METHOD (the one way in which clients may authenticate; all of them when not given),
// DEVICE_SECONDS (how long a device code lives; the provider never names a polling interval),
// DEVICE_PAGE (JSON, {"host":…,"complete":…}: where people are told to type the code, as if a proxy stood there, and
// whether they are told an address that brings it along),
// REQUEST_SECONDS (how long a person who is asked on their own device has),
// QUIET (when given, requests are not printed),
// SIGNER_KEY (a public key, PEM: that of the client `signer`, which authenticates by assertions signed with it),
// DPOP (`nonce`: proofs must carry the provider's nonce; `off`: none are taken; `other`: none by ES256),
// PAR (`must`: authorization requests must be pushed; `off`: none can be),
// MTLS (JSON, {"ca":…,"self":…,"must":…,"unnamed":…}, PEM; only over https: there is a second listener that asks for certificates,
// which the metadata names in `mtls_endpoint_aliases` unless `unnamed`, and with `must` takes no connection without one: client `shower`
// shows a certificate of `ca` for CN=daemon.contoso.example, `self-shower` the certificate `self`, and `bound` is public
// and has its tokens bound),
// OFF (words, with commas: which of `jarm`, `requests`, `details` and `ciba` the provider does not do),
// SIGNS (`all`: introspection and user information are answered by JWTs to who wants them; client `listener` does, and
// what `sealed` gets is encrypted for a key that nobody has),
// LOGOUT (`post`: requests may be posted, as OpenID Connect RP-Initiated Logout 1.0 section 2 demands; needs https),
// ASSERTER (JSON, {"issuer":…,"key":…}: whose JWTs are taken as the grant).

import http from 'node:http';
import https from 'node:https';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { X509Certificate, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { join } from 'node:path';
import { answering, caller, feature as ciba } from './ciba.mjs';
import { JWT_BEARER, TOKEN_EXCHANGE, register } from './grants.mjs';

const modules = createRequire(join(process.env.TEST_MODULES, 'x'));
const { Provider, errors } = modules('oidc-provider');
const jose = modules('jose');

const DEVICE_CODE = 'urn:ietf:params:oauth:grant-type:device_code';
const deviceSeconds = Number(process.env.DEVICE_SECONDS ?? 60);
const requestSeconds = Number(process.env.REQUEST_SECONDS ?? 60);
const authMethod = process.env.AUTH_METHOD;
const secure = Boolean(process.env.TLS_CERT);
const signerKey = process.env.SIGNER_KEY;
const dpop = process.env.DPOP;
const par = process.env.PAR;
const mtls = JSON.parse(process.env.MTLS ?? 'null');
const devicePage = JSON.parse(process.env.DEVICE_PAGE ?? 'null');
const signs = process.env.SIGNS === 'all';
const lock = signs ? generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey : undefined;
const posted = process.env.LOGOUT === 'post';
const off = (process.env.OFF ?? '').split(',');
const loopback = ['http://localhost/', 'http://localhost', 'http://127.0.0.1/'];
// What authorization details of accounts have to say.
const accounts = (ctx, detail) => {
  if (!Array.isArray(detail.actions)) throw new errors.InvalidAuthorizationDetails('actions are missing');
};

// A certificate as a key set holds it.
function selfKey(pem) {
  const certificate = new X509Certificate(pem);
  return { ...certificate.publicKey.export({ format: 'jwk' }), x5c: [certificate.raw.toString('base64')] };
}

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
      post_logout_redirect_uris: loopback,
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
    ...(mtls
      ? [
          {
            client_id: 'shower',
            token_endpoint_auth_method: 'tls_client_auth',
            tls_client_auth_subject_dn: 'CN=daemon.contoso.example',
            tls_client_certificate_bound_access_tokens: true,
            grant_types: ['client_credentials', 'authorization_code', 'refresh_token', DEVICE_CODE],
            application_type: 'native',
            redirect_uris: loopback,
            response_types: ['code'],
          },
          {
            client_id: 'self-shower',
            token_endpoint_auth_method: 'self_signed_tls_client_auth',
            jwks: { keys: [selfKey(mtls.self)] },
            tls_client_certificate_bound_access_tokens: true,
            grant_types: ['client_credentials'],
            redirect_uris: [],
            response_types: [],
          },
          {
            client_id: 'bound',
            token_endpoint_auth_method: 'none',
            tls_client_certificate_bound_access_tokens: true,
            grant_types: ['authorization_code'],
            application_type: 'native',
            redirect_uris: loopback,
            response_types: ['code'],
          },
        ]
      : []),
    ...(off.includes('ciba') ? [] : [caller]),
    ...(signs
      ? [
          {
            client_id: 'listener',
            token_endpoint_auth_method: 'none',
            userinfo_signed_response_alg: 'RS256',
            grant_types: [DEVICE_CODE],
            redirect_uris: [],
            response_types: [],
          },
          {
            client_id: 'sealed',
            token_endpoint_auth_method: 'none',
            id_token_encrypted_response_alg: 'RSA-OAEP-256',
            userinfo_signed_response_alg: 'RS256',
            userinfo_encrypted_response_alg: 'RSA-OAEP-256',
            jwks: { keys: [{ ...lock.export({ format: 'jwk' }), kid: 'lock', use: 'enc', alg: 'RSA-OAEP-256' }] },
            grant_types: [DEVICE_CODE],
            redirect_uris: [],
            response_types: [],
          },
        ]
      : []),
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
  ...(mtls
    ? {
        clientAuthMethods: [
          'client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none',
          'tls_client_auth', 'self_signed_tls_client_auth',
        ],
      }
    : {}),
  scopes: ['openid', 'offline_access', 'profile', 'api:read', 'api:opaque'],
  claims: { openid: ['sub'], profile: ['name'] },
  features: {
    clientCredentials: { enabled: true },
    deviceFlow: { enabled: true },
    ciba: off.includes('ciba') ? { enabled: false } : ciba(errors),
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
    mTLS: {
      enabled: Boolean(mtls),
      certificateBoundAccessTokens: true,
      tlsClientAuth: true,
      selfSignedTlsClientAuth: true,
      getCertificate: (ctx) => ctx.socket.getPeerX509Certificate?.(),
      certificateAuthorized: (ctx) => ctx.socket.authorized,
      certificateSubjectMatches: (ctx, property, expected) =>
        property === 'tls_client_auth_subject_dn' && ctx.socket.getPeerX509Certificate().subject === expected,
    },
    introspection: { enabled: true },
    jwtIntrospection: { enabled: signs },
    jwtUserinfo: { enabled: signs },
    encryption: { enabled: signs },
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
  ttl: { DeviceCode: deviceSeconds, BackchannelAuthenticationRequest: requestSeconds, AccessToken: 300, RefreshToken: 3600, Session: 3600, Grant: 3600, Interaction: 600 },
  cookies: { keys: ['interop'], ...(posted ? { long: { sameSite: 'none', signed: true } } : {}) },
  ...(posted ? { enableHttpPostMethods: true } : {}),
};

const own = () => ({ cert: readFileSync(process.env.TLS_CERT), key: readFileSync(process.env.TLS_KEY) });
const server = secure ? https.createServer(own()) : http.createServer();
const asking = mtls
  ? https.createServer({ ...own(), ca: mtls.ca, requestCert: true, rejectUnauthorized: Boolean(mtls.must) })
  : undefined;

const listening = (one) => new Promise((done) => one.listen(0, '127.0.0.1', done));
const origin = (one) => `${secure ? 'https' : 'http'}://127.0.0.1:${one.address().port}`;
await listening(server);
if (asking) {
  await listening(asking);
  const at = (path) => `${origin(asking)}${path}`;
  configuration.discovery = mtls.unnamed ? {} : {
    mtls_endpoint_aliases: {
      token_endpoint: at('/token'),
      device_authorization_endpoint: at('/device/auth'),
      pushed_authorization_request_endpoint: at('/request'),
      introspection_endpoint: at('/token/introspection'),
      revocation_endpoint: at('/token/revocation'),
      userinfo_endpoint: at('/me'),
      backchannel_authentication_endpoint: at('/backchannel'),
    },
  };
}
const say = (what) => process.stdout.write(`${JSON.stringify(what)}\n`);
const issuer = origin(server);
const provider = new Provider(issuer, configuration);
provider.on('server_error', (_, error) => console.error(error));
register(provider, errors, jose, issuer, JSON.parse(process.env.ASSERTER ?? 'null'));
if (devicePage) {
  provider.proxy = true;
  provider.use(async (ctx, next) => {
    await next();
    if (!devicePage.complete) delete ctx.body?.verification_uri_complete;
  });
}
answering(provider, errors);
const answer = provider.callback();
for (const one of [server, asking].filter(Boolean)) {
  one.on('request', (request, response) => {
    const { method, url } = request;
    if (devicePage && url === '/device/auth') {
      Object.assign(request.headers, { 'x-forwarded-host': devicePage.host, 'x-forwarded-proto': 'https' });
    }
    if (!process.env.QUIET) {
      response.on('finish', () => say({ method, path: url.split('?')[0], status: response.statusCode }));
    }
    answer(request, response);
  });
}
say({ issuer, ...(asking ? { asking: origin(asking) } : {}) });
