// Two grants that oidc-provider leaves to whoever runs it, registered in its own way: token exchange (RFC 8693) and a
// JWT as the grant (RFC 7523 section 2.1). What comes in is verified with jose, which is not ours either.

import { createPublicKey } from 'node:crypto';

export const TOKEN_EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';
export const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

const TYPE = 'urn:ietf:params:oauth:token-type:';
const AUDIENCES = ['urn:example:orders', 'urn:example:stock'];

// provider: the provider. jose: the module. asserter: { issuer, key (PEM) } of whom assertions are trusted, or nothing.
export function register(provider, errors, jose, issuer, asserter) {
  const keys = () => jose.createRemoteJWKSet(new URL(`${issuer}/jwks`));

  const issue = async (ctx, scope) => {
    const token = new provider.ClientCredentials({ client: ctx.oidc.client, scope: scope || undefined });
    ctx.oidc.entity('ClientCredentials', token);
    return { access_token: await token.save(), expires_in: token.expiration, scope: token.scope };
  };

  const ours = async (token) => {
    try {
      return (await jose.jwtVerify(token, keys(), { issuer })).payload;
    } catch {
      throw new errors.InvalidGrant('the token is not one that was issued here');
    }
  };

  provider.registerGrantType(
    TOKEN_EXCHANGE,
    async (ctx) => {
      const { params } = ctx.oidc;
      if (!params.subject_token) throw new errors.InvalidRequest('no subject_token');
      if (params.subject_token_type !== `${TYPE}access_token`) {
        throw new errors.InvalidRequest('subject_token_type must be access_token');
      }
      const named = [params.audience ?? []].flat();
      if (named.some((name) => !AUDIENCES.includes(name))) {
        throw new errors.InvalidTarget('no such audience');
      }
      await ours(params.subject_token);
      if (params.actor_token) await ours(params.actor_token);
      const issued = await issue(ctx, params.scope);
      const kind = params.requested_token_type ?? `${TYPE}access_token`;
      const opens = kind === `${TYPE}access_token`;
      ctx.body = { ...issued, issued_token_type: kind, token_type: opens ? 'Bearer' : 'N_A' };
    },
    ['subject_token', 'subject_token_type', 'actor_token', 'actor_token_type', 'requested_token_type', 'audience',
      'resource', 'scope'],
    ['audience', 'resource'],
  );

  const seen = new Set();
  provider.registerGrantType(
    JWT_BEARER,
    async (ctx) => {
      let statement;
      try {
        const key = createPublicKey(asserter.key);
        const demands = { issuer: asserter.issuer, audience: issuer, requiredClaims: ['sub', 'exp', 'jti'] };
        statement = (await jose.jwtVerify(ctx.oidc.params.assertion, key, demands)).payload;
      } catch (error) {
        throw new errors.InvalidGrant(`the assertion is refused: ${error.code ?? error}`);
      }
      if (seen.has(statement.jti)) throw new errors.InvalidGrant('the assertion was used before');
      seen.add(statement.jti);
      ctx.body = { ...(await issue(ctx, ctx.oidc.params.scope)), token_type: 'Bearer' };
    },
    ['assertion', 'scope', 'resource'],
    ['resource'],
  );
}
