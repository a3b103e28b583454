//! MSAL.NET 4.87.0.

/// The options the statements hold for.
pub const OPTIONS: &str = "default options, no broker, same process";
/// Interaction.
pub const UI: &str =
    "catch (MsalUiRequiredException ex): ex.Classification, then AcquireTokenInteractive";
/// Why.
pub const UI_WHY: &str = "interaction_required, and invalid_grant with all but two suberrors, count as a need for interaction in every flow.";
/// Why, silent on a public client.
pub const UI_SILENT_WHY: &str = "invalid_grant and interaction_required count as a need for interaction. A public client's same silent call is answered from memory for 120 s.";
/// With claims.
pub const CHALLENGE: &str = "catch (MsalUiRequiredException ex): ex.Claims, then AcquireTokenInteractive(scopes).WithClaims(ex.Claims)";
/// Why.
pub const CHALLENGE_WHY: &str = "A need for interaction that comes with claims has a class of its own, derived from MsalUiRequiredException.";
/// Anything else.
pub const SERVICE: &str = "catch (MsalServiceException ex): ex.ErrorCode (the server's error), ex.StatusCode, ex.ResponseBody";
/// Why.
pub const SERVICE_WHY: &str =
    "Only interaction_required and invalid_grant count as a need for interaction; this does not.";
/// The two suberrors.
pub const EXCEPTED_WHY: &str = "client_mismatch and protection_policy_required are the two suberrors that do not count as a need for interaction.";
/// `invalid_client`.
pub const CLIENT_WHY: &str = "A wrong client credential is a service exception whose message begins with the library's own hint.";
/// 50196.
pub const LOOP_WHY: &str = "A description that begins with AADSTS50196 has its message replaced by one about a request loop.";
/// Retryable refusal.
pub const RETRYABLE: &str = "catch (MsalServiceException ex) when (ex.IsRetryable)";
/// Why.
pub const RETRYABLE_WHY: &str =
    "temporarily_unavailable and the statuses 408, 429 and 5xx count as passing.";
/// 5xx.
pub const SERVER_WHY: &str =
    "A 5xx without Retry-After is sent once more after 1 s; with Retry-After it is not.";
/// 5xx with `invalid_grant`.
pub const SERVER_UI_WHY: &str = "The body is read even at 5xx, so an invalid_grant in it still counts as a need for interaction.";
/// 429.
pub const THROTTLED: &str =
    "catch (MsalServiceException ex): ex.Headers.RetryAfter; ex.IsRetryable is true";
/// Why.
pub const THROTTLED_WHY: &str = "A 429 is never sent again by itself; the wait is remembered for the whole process, dates included.";
/// Replay.
pub const REPLAYED: &str = "ex.OriginalServiceException: the earlier answer; nothing was sent";
/// Why.
pub const REPLAYED_WHY: &str = "The process-wide brake holds the same request back (without Retry-After: public clients only).";
/// Not JSON.
pub const NOT_JSON: &str = "catch (MsalServiceException ex): ex.ResponseBody; ex.ErrorCode only says that it could not be read";
/// Why.
pub const NOT_JSON_WHY: &str =
    "A refusal whose body is no JSON gets an error code of the library's own.";
/// Empty.
pub const EMPTY_WHY: &str =
    "A refusal without a readable error gets an error code made of the status.";
/// 200 not JSON.
pub const ODD: &str =
    "catch (Exception ex) beside the library's own classes: here the JSON reader's comes through";
/// Why.
pub const ODD_WHY: &str = "The body of a 200 is read without a guard.";
/// 200 without token.
pub const NO_TOKEN: &str = "catch (MsalClientException ex): ex.ErrorCode; a missing token_type is what it notices, an error member is not";
/// Why.
pub const NO_TOKEN_WHY: &str =
    "At status 200 an error member is not looked at; the token type is, and it is missing.";
/// Network.
pub const FAULT: &str = "catch (HttpRequestException ex) beside the library's own classes";
/// Why.
pub const FAULT_WHY: &str = "Only time-outs are wrapped; other faults of the network pass through.";
/// Time-out.
pub const TIMEOUT: &str =
    "catch (MsalServiceException ex): ex.ErrorCode == \"request_timeout\"; ex.IsRetryable is true";
/// Why.
pub const TIMEOUT_WHY: &str = "A time-out is tried once more after 1 s, then wrapped.";
/// 3xx.
pub const REDIRECTED: &str = "WithAuthority(...): a redirect from a token endpoint is not normal";
/// Why.
pub const REDIRECTED_WHY: &str = "Every status but 200 that reaches the library counts as a refusal; whether the HTTP client followed first is its own setting.";
/// Redirect errors.
pub const CANCELLED_WHY: &str =
    "error_subcode=cancel in the redirect means that the person closed or cancelled the page.";
/// Redirect, `login_required`.
pub const PROMPT_WHY: &str =
    "login_required in a redirect means that a prompt was needed and forbidden.";
/// Redirect, other.
pub const REDIRECT: &str = "ex.ErrorCode, which is the redirect's error";
/// Why.
pub const REDIRECT_WHY: &str =
    "Any other error in a redirect becomes a service exception, whatever its suberror.";
/// Pending.
pub const PENDING: &str = "nothing yet: AcquireTokenWithDeviceCode polls on";
/// Why.
pub const PENDING_WHY: &str = "authorization_pending is the only answer that keeps the loop going.";
/// Over.
pub const PENDING_OVER: &str = "catch (MsalClientException ex): ex.ErrorCode == \"code_expired\"";
/// `slow_down`.
pub const SLOW_WHY: &str = "slow_down ends the loop: only authorization_pending is waited out.";
/// Device.
pub const DEVICE: &str = "ex.ErrorCode; the device sign-in has to be started anew";
/// Discovery.
pub const DISCOVERY: &str = "ex.ErrorCode, at the first call that needs the metadata";
/// Why.
pub const DISCOVERY_WHY: &str =
    "Metadata is read by the same code as tokens, so its errors become service exceptions too.";
/// Managed identity.
pub const MANAGED: &str = "catch (MsalServiceException ex): ex.StatusCode and ex.Message";
/// Why, retried.
pub const MANAGED_RETRY_WHY: &str =
    "Managed identity calls are repeated three times for 404, 408, 429, 500, 503 and 504.";
/// Why.
pub const MANAGED_WHY: &str = "This status is not among those that are repeated.";
/// API.
pub const RESOURCE: &str = "WwwAuthenticateParameters.GetClaimChallengeFromResponseHeaders(headers): claims for insufficient_claims only";
/// A token that comes with something odd.
pub const GRANTED: &str = "result.ExpiresOn";
/// Why.
pub const GRANTED_WHY: &str = "A success whose body can be read is taken as it is.";

/// Where refusals are sorted.
pub const FACTORY: &str = "src/client/Microsoft.Identity.Client/MsalServiceExceptionFactory.cs";
/// Where replies are read.
pub const CLIENT: &str = "src/client/Microsoft.Identity.Client/OAuth2/OAuth2Client.cs";
/// Where requests are sent.
pub const HTTP: &str = "src/client/Microsoft.Identity.Client/Http/HttpManager.cs";
/// Where managed identity calls are repeated.
pub const RETRIES: &str = "src/client/Microsoft.Identity.Client/Http/Retry";
/// Where refusals are remembered.
pub const THROTTLING: &str = "src/client/Microsoft.Identity.Client/OAuth2/Throttling";
/// Where device codes are polled for.
pub const DEVICES: &str =
    "src/client/Microsoft.Identity.Client/Internal/Requests/DeviceCodeRequest.cs";
/// Where redirects are read.
pub const REDIRECTS: &str = "src/client/Microsoft.Identity.Client/UI/AuthorizationResult.cs";
/// Where replies become objects.
pub const JSON: &str = "src/client/Microsoft.Identity.Client/Utils/JsonHelper.cs";
/// What a token reply consists of.
pub const RESPONSE: &str = "src/client/Microsoft.Identity.Client/OAuth2/MsalTokenResponse.cs";
/// Where token replies are checked.
pub const TOKENS: &str = "src/client/Microsoft.Identity.Client/OAuth2/TokenClient.cs";
/// 200 with nothing in it.
pub const EMPTY_OK_WHY: &str =
    "An empty body or null becomes no object at all, and its scope is read without a guard.";
/// An expiry that is no number.
pub const ODD_EXPIRY_WHY: &str =
    "expires_in is read as a whole number, or as a string of one; anything else fails.";
