//! What `predict` says: for every library what a program should look at and why the library does so. Holes:
//! `{status}`, `{suberror}`, `{number}` (the first code's number), `{block}` (seconds).

/// Between two conditions of which either will do.
pub const OR: &str = ", or ";
/// Between two conditions that both must hold.
pub const AND: &str = "; ";

/// The guess that the reply carries this suberror.
pub const IF_BASIC_ACTION: &str = "the reply carries suberror basic_action";
/// As above.
pub const IF_MESSAGE_ONLY: &str = "the reply carries suberror message_only";
/// As above.
pub const IF_CONSENT_REQUIRED: &str = "the reply carries suberror consent_required";
/// As above.
pub const IF_PASSWORD_EXPIRED: &str = "the reply carries suberror user_password_expired";
/// As above.
pub const IF_BAD_TOKEN: &str = "the reply carries suberror bad_token";
/// As above.
pub const IF_TOKEN_EXPIRED: &str = "the reply carries suberror token_expired";
/// As above.
pub const IF_PROTECTION_POLICY: &str = "the reply carries suberror protection_policy_required";
/// The guess that it carries none.
pub const IF_NO_SUBERROR: &str = "the reply is invalid_grant without a suberror";
/// The guess that the error is `invalid_grant`.
pub const IF_INVALID_GRANT: &str = "the error is invalid_grant";
/// The guess that it is `interaction_required`, as the v1 endpoint says.
pub const IF_INTERACTION_REQUIRED: &str = "the error is interaction_required (v1 endpoint)";
/// The guess that it is neither.
pub const IF_OTHER_ERROR: &str = "the error is another one";
/// The guess that the service failed.
pub const IF_5XX: &str = "the status is 500 or above";
/// The guess that it refused.
pub const IF_BELOW_500: &str = "the status is below 500";
/// What is returned where the error is not known.
pub const SOME_ERROR: &str = "the server's error";
/// The same request again.
pub const IF_AGAIN: &str = "the same request is made again within {block} s";
/// A web page instead of JSON.
pub const IF_NULL: &str = "the body is null";
/// An array instead of an object.
pub const IF_ARRAY: &str = "the body is an array or a single value";
/// A device sign-in goes well.
pub const IF_FINISHED: &str = "the person finishes before the code runs out";
/// A device sign-in does not.
pub const IF_UNFINISHED: &str = "nobody finishes before the code runs out";
/// One of the library's own repetitions goes well.
pub const IF_RECOVERS: &str = "one of the library's repetitions succeeds";
/// The server answers, though late.
pub const IF_LATE: &str = "the server answers after all";
/// It does not.
pub const IF_NEVER: &str = "the connection is closed before an answer";
/// None does.
pub const IF_STAYS: &str = "every repetition fails alike";

/// Said where the error is on a page only.
pub const ON_A_PAGE: &str = "The browser, not the program, has the message: paste what the page shows, or find the sign-in log entry.";
/// Why.
pub const ON_A_PAGE_WHY: &str = "The sign-in service shows this on its own page and sends nothing to the program, which goes on waiting.";
/// Said where the error is in a log only.
pub const RESOURCE_WHY: &str = "The API's answer never passes through the token library.";

/// MSAL Python 1.39.0.
pub mod python {
    /// The options the statements hold for.
    pub const OPTIONS: &str = "default options, no broker, same application object";
    /// A dict with an error.
    pub const DICT: &str =
        "\"access_token\" in the result; if it is missing: error, suberror, claims";
    /// Why.
    pub const DICT_WHY: &str =
        "Every OAuth error below 500 comes back as the server's JSON; nothing is raised.";
    /// After a plain 400.
    pub const DICT_400_WHY: &str = "The server's JSON comes back as a dict. The same request within {block} s is answered from memory, old correlation id included.";
    /// Interactive redirect.
    pub const REDIRECT: &str = "error and error_description of the result; suberror, error_subcode and claims are not in it";
    /// Why.
    pub const REDIRECT_WHY: &str =
        "From a redirect only error, error_description and error_uri are passed on.";
    /// Silent.
    pub const IF_SILENT: &str = "acquire_token_silent is called";
    /// Silent with error.
    pub const IF_SILENT_WITH_ERROR: &str = "acquire_token_silent_with_error is called";
    /// Silent.
    pub const SILENT: &str = "nothing: None also means that the cache was empty; call acquire_token_silent_with_error to see why";
    /// Why.
    pub const SILENT_WHY: &str = "The silent call hides every OAuth error behind None. The refresh token stays in the cache.";
    /// Silent with error, no suberror.
    pub const SILENT_DICT: &str =
        "error and claims of the result; there is no classification without a suberror";
    /// Silent with error and a suberror that is passed on.
    pub const SILENT_CLASSIFIED: &str =
        "classification of the result, here {suberror}; pass its claims to the interactive call";
    /// Silent with error and a suberror that is withheld.
    pub const SILENT_WITHHELD: &str =
        "suberror of the result, here {suberror}; its classification is empty on purpose";
    /// Why.
    pub const SILENT_DICT_WHY: &str = "This variant returns the server's JSON. The refresh token stays, even when the server calls it dead.";
    /// Why, where withheld.
    pub const SILENT_WITHHELD_WHY: &str = "Five suberrors are left out of classification, this one among them. The refresh token stays all the same.";
    /// 5xx.
    pub const SERVER: &str = "the exception's text, which holds the status only; the body is lost";
    /// Why.
    pub const SERVER_WHY: &str = "From status 500 up the library raises before it reads the body, in a silent call even while a usable token is cached.";
    /// 429.
    pub const THROTTLED: &str =
        "error of the result, and do not ask again before {block} s have passed";
    /// Why.
    pub const THROTTLED_WHY: &str = "It waits for nothing by itself, but answers the same request from memory for {block} s. A date in Retry-After is not understood.";
    /// Replay.
    pub const REPLAYED: &str =
        "trace_id and correlation_id: the old ones show that no request was sent";
    /// Why.
    pub const REPLAYED_WHY: &str = "The library's own brake gives the earlier answer again.";
    /// Not JSON.
    pub const NOT_JSON: &str =
        "a ValueError around the call: a body that is no JSON is not handled";
    /// Why.
    pub const NOT_JSON_WHY: &str = "The body goes straight to the JSON parser.";
    /// Array.
    pub const ODD_WHY: &str = "The parsed value is used as a dict without a look at what it is.";
    /// Odd.
    pub const ODD: &str = "the exception: it is a fault of the reply, not of the program";
    /// No token, no error.
    pub const NO_TOKEN: &str = "\"access_token\" in the result, before anything else: here it holds neither token nor error";
    /// Why.
    pub const NO_TOKEN_WHY: &str = "Any JSON object of a status below 500 is returned as it is.";
    /// No connection.
    pub const FAULT: &str = "requests.exceptions.RequestException around the call";
    /// Why.
    pub const FAULT_WHY: &str = "Faults of the network pass through. A failed connection is tried once more; an answer that breaks off is not.";
    /// A time-out of the program's own.
    pub const IF_TIMEOUT: &str = "the program set the timeout option";
    /// Time-out.
    pub const TIMEOUT: &str =
        "the timeout option: without it the call waits for as long as the server does";
    /// Why.
    pub const TIMEOUT_WHY: &str = "There is no time-out unless the program sets one.";
    /// 3xx.
    pub const REDIRECTED: &str =
        "the address of the authority: the secret may have gone to another host";
    /// Why.
    pub const REDIRECTED_WHY: &str = "The HTTP library below follows redirects; a 307 repeats the form, secret included, at the other host.";
    /// Device pending.
    pub const PENDING: &str = "nothing yet: the call polls on";
    /// Why.
    pub const PENDING_WHY: &str = "authorization_pending keeps the loop going until expires_at.";
    /// Device never finished.
    pub const PENDING_OVER: &str =
        "error of the result: authorization_pending here means that the time is over";
    /// Why.
    pub const PENDING_OVER_WHY: &str =
        "At the end the last answer is returned; expired_token is not made up.";
    /// `slow_down`.
    pub const SLOW_WHY: &str = "slow_down adds 5 s to the interval and the loop goes on.";
    /// Device error.
    pub const DEVICE: &str = "error of the result; the device sign-in has to be started anew";
    /// Why.
    pub const DEVICE_WHY: &str =
        "Anything but authorization_pending and slow_down ends the loop, a 429 too.";
    /// Device 5xx.
    pub const DEVICE_5XX_WHY: &str = "A status of 500 or above raises out of the polling loop, and the sign-in under way is lost.";
    /// Discovery 4xx.
    pub const DISCOVERY: &str = "the ValueError's cause: the server's own words are only there";
    /// Why.
    pub const DISCOVERY_WHY: &str =
        "Metadata is read when the application object is made, and a refusal becomes a ValueError.";
    /// Discovery, key missing.
    pub const DISCOVERY_KEY_WHY: &str =
        "The metadata lacks an endpoint that is read without a check.";
    /// Managed identity.
    pub const MANAGED: &str =
        "error of the result; for App Service it is invalid_scope whatever happened";
    /// Why.
    pub const MANAGED_WHY: &str =
        "The platform's answer is turned into an OAuth-like dict; nothing is tried again.";
    /// API.
    pub const RESOURCE: &str =
        "WWW-Authenticate of the API; decode the claims to JSON and pass them as claims_challenge";
}

/// MSAL.NET 4.87.0.
pub mod dotnet {
    /// The options the statements hold for.
    pub const OPTIONS: &str = "default options, no broker";
    /// Interaction.
    pub const UI: &str =
        "Classification and SubErrorForLogging of the exception, then the interactive call";
    /// Why.
    pub const UI_WHY: &str = "interaction_required, and invalid_grant with all but two suberrors, count as a need for interaction in every flow.";
    /// Why, silent on a public client.
    pub const UI_SILENT_WHY: &str = "invalid_grant and interaction_required count as a need for interaction. A public client's same silent call is answered from memory for 120 s.";
    /// With claims.
    pub const CHALLENGE: &str =
        "Claims of the exception; pass them to WithClaims of the interactive call";
    /// Why.
    pub const CHALLENGE_WHY: &str = "A need for interaction that comes with claims has a class of its own, derived from MsalUiRequiredException.";
    /// Anything else.
    pub const SERVICE: &str =
        "ErrorCode (the server's error), StatusCode and ResponseBody of the exception";
    /// Why.
    pub const SERVICE_WHY: &str = "Only interaction_required and invalid_grant count as a need for interaction; this does not.";
    /// The two suberrors.
    pub const EXCEPTED_WHY: &str = "client_mismatch and protection_policy_required are the two suberrors that do not count as a need for interaction.";
    /// `invalid_client`.
    pub const CLIENT_WHY: &str = "A wrong client credential is a service exception whose message begins with the library's own hint.";
    /// 50196.
    pub const LOOP_WHY: &str = "A description that begins with AADSTS50196 has its message replaced by one about a request loop.";
    /// Retryable refusal.
    pub const RETRYABLE: &str = "IsRetryable of the exception, which is true";
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
        "RetryAfter among the exception's Headers, and IsRetryable, which is true";
    /// Why.
    pub const THROTTLED_WHY: &str = "A 429 is never sent again by itself; the wait is remembered for the whole process, dates included.";
    /// Replay.
    pub const REPLAYED: &str = "OriginalServiceException: the earlier answer; no request was sent";
    /// Why.
    pub const REPLAYED_WHY: &str = "The process-wide brake holds the same request back (without Retry-After: public clients only).";
    /// Not JSON.
    pub const NOT_JSON: &str =
        "ResponseBody of the exception; ErrorCode only says that it could not be read";
    /// Why.
    pub const NOT_JSON_WHY: &str =
        "A refusal whose body is no JSON gets an error code of the library's own.";
    /// Empty.
    pub const EMPTY_WHY: &str =
        "A refusal without a readable error gets an error code made of the status.";
    /// 200 not JSON.
    pub const ODD: &str =
        "exceptions that are not the library's own: here the JSON reader's comes through";
    /// Why.
    pub const ODD_WHY: &str = "The body of a 200 is read without a guard.";
    /// 200 without token.
    pub const NO_TOKEN: &str = "ErrorCode of the exception; a missing token_type is what it notices, an error member is not";
    /// Why.
    pub const NO_TOKEN_WHY: &str =
        "At status 200 an error member is not looked at; the token type is, and it is missing.";
    /// Network.
    pub const FAULT: &str = "HttpRequestException beside the library's own classes";
    /// Why.
    pub const FAULT_WHY: &str =
        "Only time-outs are wrapped; other faults of the network pass through.";
    /// Time-out.
    pub const TIMEOUT: &str = "ErrorCode request_timeout; IsRetryable is true";
    /// Why.
    pub const TIMEOUT_WHY: &str = "A time-out is tried once more after 1 s, then wrapped.";
    /// 3xx.
    pub const REDIRECTED: &str =
        "the address of the authority: a redirect from a token endpoint is not normal";
    /// Why.
    pub const REDIRECTED_WHY: &str = "Every status but 200 that reaches the library counts as a refusal; whether the HTTP client followed first is its own setting.";
    /// Redirect errors.
    pub const CANCELLED_WHY: &str =
        "error_subcode=cancel in the redirect means that the person closed or cancelled the page.";
    /// Redirect, `login_required`.
    pub const PROMPT_WHY: &str =
        "login_required in a redirect means that a prompt was needed and forbidden.";
    /// Redirect, other.
    pub const REDIRECT: &str = "ErrorCode of the exception, which is the redirect's error";
    /// Why.
    pub const REDIRECT_WHY: &str =
        "Any other error in a redirect becomes a service exception, whatever its suberror.";
    /// Pending.
    pub const PENDING: &str = "nothing yet: the call polls on";
    /// Why.
    pub const PENDING_WHY: &str =
        "authorization_pending is the only answer that keeps the loop going.";
    /// Over.
    pub const PENDING_OVER: &str = "ErrorCode code_expired of the client exception";
    /// `slow_down`.
    pub const SLOW_WHY: &str = "slow_down ends the loop: only authorization_pending is waited out.";
    /// Device.
    pub const DEVICE: &str =
        "ErrorCode of the exception; the device sign-in has to be started anew";
    /// Discovery.
    pub const DISCOVERY: &str =
        "ErrorCode of the exception, at the first call that needs the metadata";
    /// Why.
    pub const DISCOVERY_WHY: &str =
        "Metadata is read by the same code as tokens, so its errors become service exceptions too.";
    /// Managed identity.
    pub const MANAGED: &str = "StatusCode and Message of the exception";
    /// Why, retried.
    pub const MANAGED_RETRY_WHY: &str =
        "Managed identity calls are repeated three times for 404, 408, 429, 500, 503 and 504.";
    /// Why.
    pub const MANAGED_WHY: &str = "This status is not among those that are repeated.";
    /// API.
    pub const RESOURCE: &str = "WWW-Authenticate of the API; the library's helper gives claims for insufficient_claims only";
}

/// MSAL JS (msal-node 7.2.1).
pub mod js {
    /// The options the statements hold for.
    pub const OPTIONS: &str = "msal-node, default options, same application object";
    /// Interaction.
    pub const UI: &str = "instanceof InteractionRequiredAuthError, then claims and subError for the interactive call";
    /// Why: the lists.
    pub const UI_LISTED_WHY: &str =
        "The error or the suberror is on the library's lists of those that need interaction.";
    /// Why: substring.
    pub const UI_TEXT_WHY: &str = "The description contains one of the listed error words, and that is enough for the library.";
    /// `bad_token`.
    pub const BAD_TOKEN: &str = "instanceof InteractionRequiredAuthError; the next silent call will find no token and send nothing";
    /// Why.
    pub const BAD_TOKEN_WHY: &str = "bad_token counts as a need for interaction, and the refresh token is deleted from the cache.";
    /// Server error.
    pub const SERVER: &str =
        "errorCode, subError and errorNo of the ServerError; claims are not on it";
    /// Why, with a suberror.
    pub const SERVER_SUBERROR_WHY: &str =
        "Neither the error nor suberror {suberror} is on the list of those that need interaction.";
    /// Why.
    pub const SERVER_WHY: &str =
        "Neither error, suberror nor description is on the list of those that need interaction.";
    /// Silent.
    pub const SERVER_SILENT: &str =
        "errorCode and errorNo of the ServerError; in a silent call its status is undefined";
    /// Throttled.
    pub const THROTTLED: &str =
        "status of the ServerError, and do not ask again before {block} s have passed";
    /// Why.
    pub const THROTTLED_WHY: &str = "Nothing is sent again by itself, but the same request is refused locally for {block} s. A date in Retry-After is not understood.";
    /// Replay.
    pub const REPLAYED: &str = "errorCode, which now holds the numbers (here {number}) instead of the error; no request was sent";
    /// Why.
    pub const REPLAYED_WHY: &str = "The library's own brake throws the earlier answer again.";
    /// Not JSON.
    pub const NOT_JSON: &str = "errorCode token_parsing_error; status and body are not to be had";
    /// Why.
    pub const NOT_JSON_WHY: &str = "The body is parsed before anything else; a status beside it is not used, nor remembered as a brake.";
    /// Null.
    pub const NULL_WHY: &str = "A null body is taken for a fault of the network.";
    /// No token.
    pub const NO_TOKEN: &str =
        "accessToken of the result: it is an empty string, and nothing was thrown";
    /// Why.
    pub const NO_TOKEN_WHY: &str = "Only error, error_description and suberror are looked for; a token that is missing is not noticed.";
    /// Network.
    pub const FAULT: &str = "errorCode network_error";
    /// Why.
    pub const FAULT_WHY: &str = "Every fault of the network is the same network_error.";
    /// Cut.
    pub const CUT_WHY: &str = "A body that breaks off counts as one that cannot be parsed.";
    /// Slow.
    pub const SLOW: &str = "a time limit of your own: the call waits";
    /// Why.
    pub const SLOW_WHY: &str =
        "No time-out is set by default; a server that answers late still succeeds.";
    /// 3xx.
    pub const REDIRECTED: &str =
        "the address of the authority: the secret may have gone to another host";
    /// Why.
    pub const REDIRECTED_WHY: &str =
        "fetch follows redirects; a 307 repeats the form, secret included, at the other host.";
    /// Redirect, interaction.
    pub const REDIRECT_UI: &str = "instanceof InteractionRequiredAuthError, and its claims";
    /// Redirect, other.
    pub const REDIRECT: &str = "errorCode and subError of the ServerError";
    /// Why.
    pub const REDIRECT_WHY: &str =
        "A redirect's error, suberror and description are put to the same test as a token reply.";
    /// Pending.
    pub const PENDING: &str = "nothing yet: the call polls on";
    /// Why.
    pub const PENDING_WHY: &str =
        "authorization_pending is the only answer that keeps the loop going.";
    /// Over.
    pub const PENDING_OVER: &str = "errorCode user_timeout_reached or device_code_expired";
    /// Why.
    pub const PENDING_OVER_WHY: &str = "The library ends the loop by its own clock.";
    /// `slow_down`.
    pub const DEVICE_SLOW_WHY: &str = "slow_down ends the loop at once instead of slowing it.";
    /// Device.
    pub const DEVICE: &str = "the message, which is the bare error; suberror and claims are lost";
    /// Why.
    pub const DEVICE_WHY: &str =
        "While polling, anything but authorization_pending becomes post_request_failed.";
    /// Discovery.
    pub const DISCOVERY: &str =
        "errorCode endpoints_resolution_error; the server's own words are lost";
    /// Why.
    pub const DISCOVERY_WHY: &str =
        "Whatever is wrong with the metadata, the library says the same.";
    /// Managed identity.
    pub const MANAGED: &str = "errorCode and message of the ServerError";
    /// Why, retried.
    pub const MANAGED_RETRY_WHY: &str =
        "Managed identity calls are repeated three times for 404, 408, 429, 500, 503 and 504.";
    /// Why.
    pub const MANAGED_WHY: &str = "This status is not among those that are repeated.";
    /// API.
    pub const RESOURCE: &str =
        "WWW-Authenticate of the API; pass the decoded claims in the next request";
}

/// MSAL Go 1.9.0.
pub mod go {
    /// The options the statements hold for.
    pub const OPTIONS: &str = "default options";
    /// `CallErr`.
    pub const CALL: &str = "errors.As to CallErr, then the error, suberror and claims in Resp.Body, which you parse yourself";
    /// Why.
    pub const CALL_WHY: &str = "Every status but 200 and 201 is a CallErr; the library knows no type for a need for interaction and repeats nothing.";
    /// 200 with error.
    pub const OK_ERROR: &str =
        "the error's text, which is error and description; nothing else is kept";
    /// Why.
    pub const OK_ERROR_WHY: &str =
        "An error member inside a success is noticed and put into a plain error.";
    /// 200 without token.
    pub const NO_TOKEN: &str = "the error's text: it says that access_token is missing";
    /// Why.
    pub const NO_TOKEN_WHY: &str = "A success without a token is noticed.";
    /// 200 not JSON.
    pub const NOT_JSON: &str =
        "errors.As to InvalidJsonErr; its text quotes the whole body, so keep it out of logs";
    /// Why.
    pub const NOT_JSON_WHY: &str = "The body of a success could not be read as JSON.";
    /// Network.
    pub const FAULT: &str = "errors.Is and errors.As: the fault of net/http is wrapped";
    /// Why.
    pub const FAULT_WHY: &str =
        "Faults of the network are wrapped in a plain error; a call without a deadline gets 30 s.";
    /// Redirect.
    pub const REDIRECT: &str = "the error's text; there is no type to ask";
    /// Why.
    pub const REDIRECT_WHY: &str = "An error that comes by redirect is a plain error.";
    /// 3xx.
    pub const REDIRECTED: &str =
        "the address of the authority: the form may have gone to another host";
    /// Why.
    pub const REDIRECTED_WHY: &str = "The HTTP client below follows redirects unless you bring your own; what comes back other than 200 is a CallErr.";
    /// Pending.
    pub const PENDING: &str = "nothing yet: the call polls on";
    /// Why.
    pub const PENDING_WHY: &str = "authorization_pending and slow_down both keep the loop going, at the library's own pace (up to 5 s) whatever interval says.";
    /// Over.
    pub const PENDING_OVER: &str = "the context's error, or the last CallErr";
    /// Discovery.
    pub const DISCOVERY: &str = "errors.As to CallErr: the server's words are in Resp.Body";
    /// Managed identity.
    pub const MANAGED: &str = "the error's text";
    /// Why, retried.
    pub const MANAGED_RETRY_WHY: &str =
        "Managed identity calls are tried three times, 1 s apart; Retry-After is not looked at.";
    /// Why.
    pub const MANAGED_WHY: &str = "This status is not among those that are tried again.";
    /// API.
    pub const RESOURCE: &str =
        "WWW-Authenticate of the API; pass the decoded claims, the library objects to base64";
}

/// azure-identity 1.27.0 (Python).
pub mod azure {
    /// The options the statements hold for.
    pub const OPTIONS: &str = "default retry options, on msal 1.39.0";
    /// Wrapped.
    pub const WRAPPED: &str =
        "message of the exception; suberror and claims only in the body of its response";
    /// Why.
    pub const WRAPPED_WHY: &str = "Whatever MSAL returns or raises becomes ClientAuthenticationError; an OAuth error is not tried again.";
    /// Client credentials.
    pub const APP: &str =
        "message of the exception; its response is None, so suberror and claims are gone";
    /// Why.
    pub const APP_WHY: &str =
        "For an application's own token the reply is not attached to the exception.";
    /// Silent, no automatic sign-in.
    pub const IF_NO_PROMPT: &str = "disable_automatic_authentication is set";
    /// Silent, automatic sign-in.
    pub const IF_PROMPT: &str = "automatic authentication is left on, as it is by default";
    /// Silent.
    pub const SILENT: &str = "response.status_code of the exception; its claims are those you asked for, not the server's";
    /// Why.
    pub const SILENT_WHY: &str = "Every OAuth error in a silent call, even a wrong client secret, becomes AuthenticationRequiredError, without the server's claims.";
    /// Silent, prompting.
    pub const PROMPTED: &str =
        "whether a prompt suits your program: set disable_automatic_authentication if not";
    /// Why.
    pub const PROMPTED_WHY: &str = "Any OAuth error in the silent step makes an interactive credential prompt at once, without the claims the server asked for.";
    /// Repeated.
    pub const REPEATED: &str = "the exception's __cause__; three repetitions have already failed";
    /// Why.
    pub const REPEATED_WHY: &str =
        "429 and 5xx are repeated three times; Retry-After is obeyed, dates included.";
    /// Silent 429.
    pub const SILENT_THROTTLED_WHY: &str = "After three repetitions a silent 429 ends like every OAuth error: as AuthenticationRequiredError.";
    /// Not JSON.
    pub const NOT_JSON: &str =
        "the exception's __cause__; its message may hold the raw body, so keep it out of logs";
    /// Why.
    pub const NOT_JSON_WHY: &str = "MSAL's JSON error is wrapped; this status is not repeated.";
    /// Odd.
    pub const ODD_WHY: &str = "MSAL stumbles over the reply, and that is wrapped.";
    /// No token.
    pub const NO_TOKEN: &str = "message, which here is \"Authentication failed: None\"";
    /// Why.
    pub const NO_TOKEN_WHY: &str = "There is neither token nor error to speak of.";
    /// Network.
    pub const FAULT_WHY: &str = "Faults of the network are repeated three times, then wrapped.";
    /// 3xx.
    pub const REDIRECTED: &str =
        "message of the exception: it speaks of JSON, but a redirect was the cause";
    /// Why.
    pub const REDIRECTED_WHY: &str = "Redirects are not followed, so the other host gets nothing; the empty body cannot be parsed.";
    /// Pending.
    pub const PENDING: &str = "nothing yet: the call polls on";
    /// Why.
    pub const PENDING_WHY: &str =
        "authorization_pending and slow_down (5 s more) keep MSAL's loop going.";
    /// Over.
    pub const PENDING_OVER: &str = "message: it says that nobody authenticated in time";
    /// Why.
    pub const PENDING_OVER_WHY: &str =
        "A last answer of authorization_pending is turned into a time-out.";
    /// Device, recovered.
    pub const RECOVERED: &str = "nothing: the call goes on polling";
    /// Why.
    pub const RECOVERED_WHY: &str = "429, 5xx and lost connections are repeated below MSAL, so its polling loop does not notice.";
    /// Device.
    pub const DEVICE: &str = "response of the exception, and its body for suberror and claims";
    /// Why.
    pub const DEVICE_WHY: &str = "Every error that ends MSAL's polling loop is wrapped.";
    /// Discovery.
    pub const DISCOVERY: &str = "the exception's __cause__, which is MSAL's";
    /// Why.
    pub const DISCOVERY_WHY: &str =
        "MSAL reads the metadata at the first call; what it raises is wrapped.";
    /// Managed identity.
    pub const MANAGED: &str = "message of the exception; in a chain the next credential is tried";
    /// Why.
    pub const MANAGED_WHY: &str =
        "A managed identity that answers with an error counts as not available.";
    /// API.
    pub const RESOURCE: &str =
        "the claims in WWW-Authenticate of the API; pass them as claims to get_token";
}
