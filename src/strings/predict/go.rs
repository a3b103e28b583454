//! MSAL Go 1.9.0.

/// The options the statements hold for.
pub const OPTIONS: &str = "default options, no broker";
/// `CallErr`.
pub const CALL: &str = "var callErr errors.CallErr; errors.As(err, &callErr): error, suberror and claims are in callErr.Resp.Body, which you parse yourself";
/// Why.
pub const CALL_WHY: &str = "Every status but 200 and 201 is a CallErr; the library knows no type for a need for interaction and repeats nothing.";
/// 200 with error.
pub const OK_ERROR: &str = "err.Error(), which is error and description; nothing else is kept";
/// Why.
pub const OK_ERROR_WHY: &str =
    "An error member inside a success is noticed and put into a plain error.";
/// 200 without token.
pub const NO_TOKEN: &str = "err.Error(): it says that access_token is missing";
/// Why.
pub const NO_TOKEN_WHY: &str = "A success without a token is noticed.";
/// 200 not JSON.
pub const NOT_JSON: &str = "var jsonErr errors.InvalidJsonErr; errors.As(err, &jsonErr): its text quotes the whole body, so keep it out of logs";
/// Why.
pub const NOT_JSON_WHY: &str = "The body of a success could not be read as JSON.";
/// Network.
pub const FAULT: &str =
    "var netErr net.Error; errors.As(err, &netErr): the fault of net/http is wrapped";
/// Why.
pub const FAULT_WHY: &str =
    "Faults of the network are wrapped in a plain error; a call without a deadline gets 30 s.";
/// Redirect.
pub const REDIRECT: &str = "err.Error(); there is no type to ask for";
/// Why.
pub const REDIRECT_WHY: &str = "An error that comes by redirect is a plain error.";
/// 3xx.
pub const REDIRECTED: &str =
    "confidential.WithAuthority / public.WithAuthority: the form may have gone to another host";
/// Why.
pub const REDIRECTED_WHY: &str = "The HTTP client below follows redirects unless you bring your own; what comes back other than 200 is a CallErr.";
/// Pending.
pub const PENDING: &str = "nothing yet: AuthenticationResult polls on";
/// Why.
pub const PENDING_WHY: &str = "authorization_pending and slow_down both keep the loop going, at the library's own pace (up to 5 s) whatever interval says.";
/// Over.
pub const PENDING_OVER: &str =
    "errors.Is(err, context.DeadlineExceeded), or the last errors.CallErr";
/// Discovery.
pub const DISCOVERY: &str = "errors.As(err, &callErr): the server's words are in callErr.Resp.Body";
/// Managed identity.
pub const MANAGED: &str = "err.Error()";
/// Why, retried.
pub const MANAGED_RETRY_WHY: &str =
    "Managed identity calls are tried three times, 1 s apart; Retry-After is not looked at.";
/// Why.
pub const MANAGED_WHY: &str = "This status is not among those that are tried again.";
/// API.
pub const RESOURCE: &str = "resp.Header.Get(\"WWW-Authenticate\") of the API; WithClaims takes decoded claims, it objects to base64";
/// Metadata without an endpoint.
pub const NO_ENDPOINT: &str = "err.Error(): it names the endpoint that the metadata lacks";
/// Why.
pub const NO_ENDPOINT_WHY: &str = "The metadata is checked for its endpoints when it is read.";
/// A token that comes with something odd.
pub const GRANTED: &str = "result.ExpiresOn";
/// Why.
pub const GRANTED_WHY: &str =
    "A success with an access token whose body can be read is taken as it is.";

/// Where refusals are made errors.
pub const CALLS: &str = "apps/internal/oauth/ops/internal/comm/comm.go";
/// Where tokens are read.
pub const TOKENS: &str = "apps/internal/oauth/ops/accesstokens/tokens.go";
/// Where metadata is read.
pub const AUTHORITY: &str = "apps/internal/oauth/ops/authority/authority.go";
/// Where device codes are polled for.
pub const POLLING: &str = "apps/internal/oauth/oauth.go";
/// Where redirects are read.
pub const LOCAL: &str = "apps/internal/local/server.go";
/// Where managed identity calls are made.
pub const MANAGED_FILE: &str = "apps/managedidentity/managedidentity.go";
/// An expiry that is no number.
pub const ODD_EXPIRY_WHY: &str =
    "expires_in is read as a whole number, or as a string of one; anything else fails.";
