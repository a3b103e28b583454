//! MSAL JS (msal-node 7.2.1).

/// The options the statements hold for.
pub const OPTIONS: &str = "msal-node, default options, no broker, same application object";
/// Interaction.
pub const UI: &str = "if (error instanceof InteractionRequiredAuthError): error.claims and error.subError for the interactive call";
/// Why: the lists.
pub const UI_LISTED_WHY: &str =
    "The error or the suberror is on the library's lists of those that need interaction.";
/// Why: substring.
pub const UI_TEXT_WHY: &str =
    "The description contains one of the listed error words, and that is enough for the library.";
/// `bad_token`.
pub const BAD_TOKEN: &str = "if (error instanceof InteractionRequiredAuthError): the next silent call throws no_tokens_found and sends nothing";
/// Why.
pub const BAD_TOKEN_WHY: &str =
    "bad_token counts as a need for interaction, and the refresh token is deleted from the cache.";
/// Server error.
pub const SERVER: &str = "if (error instanceof ServerError): error.errorCode, error.subError, error.errorNo; claims are not on it";
/// Why, with a suberror.
pub const SERVER_SUBERROR_WHY: &str =
    "Neither the error nor suberror ‹suberror› is on the list of those that need interaction.";
/// Why.
pub const SERVER_WHY: &str =
    "Neither error, suberror nor description is on the list of those that need interaction.";
/// Silent.
pub const SERVER_SILENT: &str = "if (error instanceof ServerError): error.errorCode and error.errorNo; after acquireTokenSilent error.status is undefined";
/// Throttled.
pub const THROTTLED: &str =
    "if (error instanceof ServerError): error.status, and wait: nothing is sent for ‹block›";
/// Why.
pub const THROTTLED_WHY: &str = "Nothing is sent again by itself, but the same request is refused locally for ‹block›. A date in Retry-After is not understood.";
/// Replay.
pub const REPLAYED: &str = "error.errorCode: it now holds the numbers (here \"‹number›\") instead of the error; nothing was sent";
/// Why.
pub const REPLAYED_WHY: &str = "The cache remembers the refusal and throws it again, always as ServerError and without claims.";
/// Not JSON.
pub const NOT_JSON: &str =
    "error.errorCode === \"token_parsing_error\"; status and body are not to be had";
/// Why.
pub const NOT_JSON_WHY: &str =
    "The body is parsed before anything else; a status beside it is not used, nor remembered.";
/// Null.
pub const NULL_WHY: &str = "A null body is taken for a fault of the network.";
/// A single value.
pub const SCALAR: &str =
    "catch (error): it is a TypeError and no AuthError; the fault is in the reply";
/// Why.
pub const SCALAR_WHY: &str = "A member is set on what was parsed without a look at what it is.";
/// No token.
pub const NO_TOKEN: &str =
    "if (!result.accessToken): it is an empty string, and nothing was thrown";
/// Why.
pub const NO_TOKEN_WHY: &str = "Only error, error_description and suberror are looked for; a token that is missing is not noticed.";
/// Expiry.
pub const EXPIRY: &str =
    "result.expiresOn: it is the present moment, so the next call asks for a new token";
/// Why.
pub const EXPIRY_WHY: &str = "A life that is missing or no number counts as 0 seconds.";
/// Network.
pub const FAULT: &str = "error.errorCode === \"network_error\"";
/// Why.
pub const FAULT_WHY: &str = "Every fault of the network is the same network_error.";
/// Cut.
pub const CUT_WHY: &str = "A body that breaks off counts as one that cannot be parsed.";
/// Slow.
pub const SLOW: &str = "a time limit of your own around the call: it waits";
/// Why.
pub const SLOW_WHY: &str =
    "No time-out is set by default; a server that answers late still succeeds.";
/// 3xx.
pub const REDIRECTED: &str = "auth.authority of the configuration: a token endpoint does not redirect, and the secret may have gone to another host";
/// Why, with the form.
pub const REDIRECTED_WHY: &str = "fetch follows redirects; 307 and 308 repeat the form, secret included, at the other host, whose answer counts.";
/// Why, without the form.
pub const REDIRECTED_GET_WHY: &str = "fetch follows redirects; this one leads to a GET without the form, whose answer is read as if it were the token endpoint's.";
/// By redirect.
pub const REDIRECT: &str = "if (error instanceof ServerError): error.errorCode and error.subError; never InteractionRequiredAuthError here";
/// Why.
pub const REDIRECT_WHY: &str = "acquireTokenInteractive throws ServerError for every error that comes back with the browser, and passes no claims on.";
/// Pending.
pub const PENDING: &str = "nothing yet: acquireTokenByDeviceCode polls on";
/// Why.
pub const PENDING_WHY: &str = "authorization_pending is the only answer that keeps the loop going.";
/// Over.
pub const PENDING_OVER: &str = "error.errorCode === \"device_code_expired\" (\"user_timeout_reached\" where the program set timeout)";
/// Why.
pub const PENDING_OVER_WHY: &str = "The library ends the loop by its own clock.";
/// `slow_down`.
pub const DEVICE_SLOW_WHY: &str = "slow_down ends the loop at once instead of slowing it.";
/// Device.
pub const DEVICE: &str = "error.errorMessage: it is the bare error; suberror and claims are lost";
/// Why.
pub const DEVICE_WHY: &str =
    "While polling, anything but authorization_pending becomes post_request_failed.";
/// Discovery.
pub const DISCOVERY: &str =
    "error.errorCode === \"endpoints_resolution_error\"; the server's own words are lost";
/// Why.
pub const DISCOVERY_WHY: &str = "Whatever is wrong with the metadata, the library says the same.";
/// Managed identity.
pub const MANAGED: &str = "error.errorCode and error.errorMessage of the ServerError";
/// Why, retried.
pub const MANAGED_RETRY_WHY: &str =
    "Managed identity calls are repeated three times for 404, 408, 429, 500, 503 and 504.";
/// Why, at IMDS.
pub const IMDS_WHY: &str = "IMDS is asked again three times, after 1, 2 and 4 s, for 404, 408, 429 and everything from 500 up; for 410 seven times, 10 s apart. Retry-After is not looked at.";
/// Why.
pub const MANAGED_WHY: &str = "This status is not among those that are repeated.";
/// API.
pub const RESOURCE: &str = "response.headers.get(\"www-authenticate\") of the API; pass the decoded claims in the next request: { scopes, claims }";
/// No type.
pub const NO_TYPE: &str = "result.tokenType: here it is \"Bearer\" all the same";
