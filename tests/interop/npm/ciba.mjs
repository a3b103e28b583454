// People who are asked on a device of their own (OpenID Connect CIBA Core, poll mode), for `provider.mjs`. Who is asked
// decides what comes of it, and only after the client has polled once:
//   ada agrees · eve declines · bo never answers · kim is asked for a code that only she knows · ken's device fails
//   max agrees, and the first poll is told to slow down · anybody whose name begins with `nobody` is unknown
// The provider names no interval of its own; a second is named, so that nobody waits longer than that.

export const CIBA = 'urn:openid:params:grant-type:ciba';

export const caller = {
  client_id: 'caller',
  client_secret: 'caller-secret-0123456789abcdef0123',
  token_endpoint_auth_method: 'client_secret_post',
  backchannel_token_delivery_mode: 'poll',
  grant_types: [CIBA],
  redirect_uris: [],
  response_types: [],
};

export const feature = (errors) => ({
  enabled: true,
  deliveryModes: ['poll'],
  processLoginHint: (ctx, hint) => (hint.startsWith('nobody') ? undefined : hint),
  validateRequestContext: () => {},
  verifyUserCode: (ctx, { accountId }, code) => {
    if (accountId === 'kim' && !code) throw new errors.MissingUserCode('kim wants her code');
  },
  validateBindingMessage: (ctx, message) => {
    if (message && !/^[A-Za-z0-9-]{1,20}$/.test(message)) throw new errors.InvalidBindingMessage('too much of it');
  },
  triggerAuthenticationDevice: () => {},
});

const decide = async (provider, errors, request) => {
  const { accountId, clientId, scope } = request;
  if (accountId === 'bo') return;
  const failed = { eve: errors.AccessDenied, ken: errors.TransactionFailed }[accountId];
  let result = failed && new failed('not today');
  if (!result) {
    result = new provider.Grant({ accountId, clientId });
    result.addOIDCScope(scope);
    result.addResourceScope('urn:example:api', 'api:read');
    await result.save();
  }
  await provider.backchannelResult(request, result, { acr: 'urn:example:strong', authTime: Math.floor(Date.now() / 1000) });
};

// What happens after an answer: the interval is named, and whoever was asked makes up their mind.
export const answering = (provider, errors) => {
  const slowed = new Set();
  provider.use(async (ctx, next) => {
    await next();
    if (ctx.path === '/backchannel' && ctx.body?.auth_req_id) ctx.body.interval = 1;
    if (ctx.body?.error !== 'authorization_pending' || ctx.oidc?.params?.grant_type !== CIBA) return;
    const id = ctx.oidc.params.auth_req_id;
    const request = await provider.BackchannelAuthenticationRequest.find(id, { ignoreExpiration: true });
    if (request.accountId === 'max' && !slowed.has(id)) {
      slowed.add(id);
      const { error, error_description } = new errors.SlowDown();
      ctx.body = { error, error_description };
      return;
    }
    await decide(provider, errors, request);
  });
};
