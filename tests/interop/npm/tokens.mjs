// Tokens made and judged by npm `jose`. See ../python/tokens.py, which does the same for other libraries: the same
// arguments, the same documents; the verdict here stands under "jose".

import { generateKeyPairSync } from 'node:crypto';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';

const entry = join(process.env.TEST_MODULES, 'jose/dist/webapi/index.js');
const jose = await import(pathToFileURL(entry));

const PUBLIC = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'];
const SHARED = ['HS256', 'HS384', 'HS512'];
const SECRET = 'a shared secret of nobody, long enough for each of the three hashes: sixty-four bytes and more';
const AUDIENCE = 'api://contoso';
const now = Math.floor(Date.now() / 1000);
const claims = { iss: 'https://issuer.example', aud: AUDIENCE, sub: 'ada', iat: now - 60, exp: now + 3600 };
const bytes = (words) => new TextEncoder().encode(words);

const keyFor = async (algorithm) => {
  const { publicKey, privateKey } = await jose.generateKeyPair(algorithm, { extractable: true });
  return { privateKey, publicKey, jwk: { ...(await jose.exportJWK(publicKey)), kid: 'k1' } };
};
const sign = (algorithm, key, content, header = { kid: 'k1' }) =>
  new jose.SignJWT(content).setProtectedHeader({ alg: algorithm, typ: 'JWT', ...header }).sign(key);
const make = (name, token, { keys = [], secret = null, audience = null } = {}) => ({
  name, maker: 'jose', token, jwks: { keys }, secret, audience,
});

const made = async () => {
  const out = [];
  for (const algorithm of PUBLIC) {
    const { privateKey, jwk } = await keyFor(algorithm);
    out.push(make(`good ${algorithm}`, await sign(algorithm, privateKey, claims), { keys: [jwk], audience: AUDIENCE }));
  }
  for (const algorithm of SHARED) {
    const token = await sign(algorithm, bytes(SECRET), claims, {});
    out.push(make(`good ${algorithm}`, token, { secret: SECRET, audience: AUDIENCE }));
  }
  const { privateKey, publicKey, jwk } = await keyFor('RS256');
  const keys = [jwk];
  const changed = (changes) => sign('RS256', privateKey, { ...claims, ...changes });
  out.push(make('expired', await changed({ exp: now - 1 }), { keys }));
  out.push(make('early', await changed({ nbf: now + 600 }), { keys }));
  out.push(make('audience', await changed({}), { keys, audience: 'api://fabrikam' }));
  out.push(make('missing kid', await sign('RS256', privateKey, claims, {}), { keys }));
  out.push(make('unknown kid', await sign('RS256', privateKey, claims, { kid: 'k2' }), { keys }));
  out.push(make('other key', await sign('RS256', (await keyFor('RS256')).privateKey, claims), { keys }));
  out.push(make('key of another kind', await sign('ES256', (await keyFor('ES256')).privateKey, claims), { keys }));
  out.push(make('other secret', await sign('HS256', bytes(SECRET), claims, {}), { secret: `${SECRET}!` }));
  out.push(make('unsigned', new jose.UnsecuredJWT(claims).encode(), { keys }));
  const pem = bytes(await jose.exportSPKI(publicKey));
  out.push(make('confused', await sign('HS256', pem, claims), { keys }));
  out.push(make('confused without kid', await sign('HS256', pem, claims, {}), { keys }));
  const header = { alg: 'RSA-OAEP-256', enc: 'A256GCM' };
  const { publicKey: outer } = await jose.generateKeyPair('RSA-OAEP-256');
  out.push(make('encrypted', await new jose.EncryptJWT(claims).setProtectedHeader(header).encrypt(outer), { keys }));
  // A set of several keys, one of them for something else: the right one has to be picked.
  const others = [(await keyFor('ES256')).jwk, { ...(await keyFor('RS256')).jwk, kid: 'k0' }];
  out.push(make('one key of several', await changed({}), { keys: [...others.map((k, n) => ({ ...k, kid: `o${n}` })), jwk] }));
  const small = generateKeyPairSync('rsa', { modulusLength: 4096 });
  const large = { ...(await jose.exportJWK(small.publicKey)), kid: 'k1' };
  out.push(make('a large key', await sign('RS256', small.privateKey, claims), { keys: [large] }));
  return out;
};

const words = {
  ERR_JWT_EXPIRED: () => 'expired',
  ERR_JWT_CLAIM_VALIDATION_FAILED: ({ claim }) => ({ aud: 'audience', nbf: 'early' })[claim],
  ERR_JWS_SIGNATURE_VERIFICATION_FAILED: () => 'signature',
  ERR_JWKS_NO_MATCHING_KEY: () => 'key',
  ERR_JOSE_ALG_NOT_ALLOWED: () => 'algorithm',
  ERR_JOSE_NOT_SUPPORTED: () => 'algorithm',
};

const judged = async ({ token, jwks, secret, audience }) => {
  const key = secret ? bytes(secret) : jose.createLocalJWKSet(jwks);
  const options = { algorithms: secret ? SHARED : PUBLIC, ...(audience ? { audience } : {}) };
  try {
    await jose.jwtVerify(token, key, options);
    return 'ok';
  } catch (error) {
    return words[error.code]?.(error) ?? `other: ${error.code}: ${error.message}`;
  }
};

if (process.argv[2] === 'make') {
  console.log(JSON.stringify(await made()));
} else {
  const cases = JSON.parse(await text(process.stdin));
  const out = [];
  for (const one of cases) out.push({ jose: await judged(one) });
  console.log(JSON.stringify(out));
}
