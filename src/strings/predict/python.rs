//! MSAL Python 1.39.0.

/// The options the statements hold for.
pub const OPTIONS: &str = "default options, no broker, same application object";
/// A dict with an error.
pub const DICT: &str = "if \"access_token\" not in result: then result.get(\"error\"), result.get(\"suberror\"), result.get(\"claims\")";
/// Why.
pub const DICT_WHY: &str = "Every OAuth error below 500 comes back as the server's JSON, as a dict; nothing is raised, nothing is sent again.";
/// Interactive redirect.
pub const REDIRECT: &str = "result.get(\"error\") and result.get(\"error_description\"); suberror, error_subcode and claims are not in the result";
/// Why.
pub const REDIRECT_WHY: &str =
    "From a redirect only error, error_description and error_uri are passed on.";
/// Any call but the silent one.
pub const IF_NOT_SILENT: &str =
    "any call but acquire_token_silent asked (acquire_token_silent_with_error counts among them)";
/// Silent.
pub const IF_SILENT: &str = "acquire_token_silent is called";
/// Silent with error.
pub const IF_SILENT_WITH_ERROR: &str = "acquire_token_silent_with_error is called";
/// The same request, where the status is not known.
pub const IF_AGAIN_400: &str =
    "the status was 400 and the same request is made again within ‹block›";
/// Silent.
pub const SILENT: &str = "result = app.acquire_token_silent_with_error(scopes, account): acquire_token_silent gives None for this and for an empty cache alike";
/// Why.
pub const SILENT_WHY: &str = "acquire_token_silent hides every OAuth error behind None. The refresh token stays in the cache.";
/// Silent with error, no suberror.
pub const SILENT_DICT: &str = "result.get(\"error\") and result.get(\"claims\"); result.get(\"classification\") is there only with a suberror";
/// Silent with error and a suberror that is passed on.
pub const SILENT_CLASSIFIED: &str = "result.get(\"classification\"), here \"‹suberror›\"; then the interactive call with claims_challenge=result.get(\"claims\")";
/// Silent with error and a suberror that is withheld.
pub const SILENT_WITHHELD: &str =
    "result.get(\"suberror\"), here \"‹suberror›\"; result[\"classification\"] is \"\" on purpose";
/// Why.
pub const SILENT_DICT_WHY: &str = "This variant returns the server's JSON. The refresh token stays, even when the server calls it dead.";
/// Why, where withheld.
pub const SILENT_WITHHELD_WHY: &str = "Five suberrors are left out of classification, this one among them. The refresh token stays all the same.";
/// 5xx.
pub const SERVER: &str = "except msal.exceptions.MsalServiceError as e: str(e) is \"HTTP Error: ‹status›\" and nothing more, the body is lost";
/// Why.
pub const SERVER_WHY: &str = "From status 500 up the library raises before it reads the body, in a silent call even while a usable token is cached.";
/// 429.
pub const THROTTLED: &str =
    "result.get(\"error\"), and wait before the next call: none is sent for ‹block›";
/// Why.
pub const THROTTLED_WHY: &str = "It waits for nothing by itself, but answers the same request from memory for ‹block›. A date in Retry-After is not understood.";
/// Replay.
pub const REPLAYED: &str = "result.get(\"trace_id\") and result.get(\"correlation_id\"): the old ones show that nothing was sent";
/// Why.
pub const REPLAYED_WHY: &str = "The application object remembers the refusal (http_cache) and gives it again, as it came the first time; another object does not.";
/// Not JSON.
pub const NOT_JSON: &str = "except ValueError around the call: json.JSONDecodeError is one, and nothing else says that no JSON came";
/// Why.
pub const NOT_JSON_WHY: &str = "The body goes straight to json.loads.";
/// An array, null or a single value.
pub const ODD: &str =
    "except Exception around the call: the fault is in the reply, not in the program";
/// Why.
pub const ODD_WHY: &str = "The parsed value is used as a dict without a look at what it is.";
/// No token, no error.
pub const NO_TOKEN: &str = "if \"access_token\" not in result: here result.get(\"error\") is None too, so test for the token and not for the error";
/// Why.
pub const NO_TOKEN_WHY: &str = "Any JSON object of a status below 500 is returned as it is.";
/// No token, no error, silent.
pub const NO_TOKEN_SILENT: &str =
    "if result is None: here it means that the server's answer held neither token nor error";
/// Why.
pub const NO_TOKEN_SILENT_WHY: &str =
    "Both silent calls give None when neither a token nor an error came.";
/// An empty token.
pub const EMPTY_TOKEN: &str =
    "if not result.get(\"access_token\"): the key is there, its value is \"\"";
/// An expiry that is no number.
pub const ODD_EXPIRY: &str = "except ValueError around the call: expires_in of the reply could not be made a number, and the token is lost";
/// Why.
pub const ODD_EXPIRY_WHY: &str =
    "The token cache calls int() on expires_in, which takes a number or digits in a string.";
/// No expiry.
pub const NO_EXPIRY: &str =
    "result.get(\"expires_in\"): here it is None; the cache takes the token to live for 3600 s";
/// Why.
pub const NO_EXPIRY_WHY: &str = "A missing expires_in is allowed; an hour is assumed.";
/// No connection.
pub const FAULT: &str = "except requests.exceptions.RequestException around the call";
/// Why.
pub const FAULT_WHY: &str = "Faults of the network pass through. A failed connection is tried once more; an answer that breaks off is not.";
/// A time-out of the program's own.
pub const IF_TIMEOUT: &str = "the program set the timeout option";
/// Time-out.
pub const TIMEOUT: &str =
    "timeout= of the application object: without it the call waits for as long as the server does";
/// Why.
pub const TIMEOUT_WHY: &str = "There is no time-out unless the program sets one.";
/// 3xx.
pub const REDIRECTED: &str = "authority= of the application object: a token endpoint does not redirect, and the secret may have gone to another host";
/// Why, with the form.
pub const REDIRECTED_WHY: &str = "The HTTP library below follows redirects; 307 and 308 repeat the form, secret included, at the other host, whose answer counts.";
/// Why, without the form.
pub const REDIRECTED_GET_WHY: &str = "The HTTP library below follows redirects; this one leads to a GET without the form, whose answer is read as if it were the token endpoint's.";
/// Device pending.
pub const PENDING: &str = "nothing yet: acquire_token_by_device_flow(flow) polls on";
/// Why.
pub const PENDING_WHY: &str = "authorization_pending keeps the loop going until expires_at.";
/// Device never finished.
pub const PENDING_OVER: &str =
    "result.get(\"error\") == \"authorization_pending\": here that means that the time is over";
/// Why.
pub const PENDING_OVER_WHY: &str =
    "At the end the last answer is returned; expired_token is not made up.";
/// `slow_down`.
pub const SLOW_WHY: &str = "slow_down adds 5 s to the interval and the loop goes on.";
/// Device error.
pub const DEVICE: &str =
    "result.get(\"error\"), then initiate_device_flow anew: this sign-in is over";
/// Why.
pub const DEVICE_WHY: &str =
    "Anything but authorization_pending and slow_down ends the loop, a 429 too.";
/// Device 5xx.
pub const DEVICE_5XX: &str = "except msal.exceptions.MsalServiceError around acquire_token_by_device_flow(flow); while the code lives, call it again with the same flow";
/// Why.
pub const DEVICE_5XX_WHY: &str = "A status of 500 or above raises out of the polling loop; the same flow can be polled again once the memory of the refusal is over (‹block›).";
/// Discovery 4xx.
pub const DISCOVERY: &str =
    "except ValueError as e: the server's own words are only in what e came from (e.__context__)";
/// Why.
pub const DISCOVERY_WHY: &str = "Metadata is read when the application object is made or first used, and a refusal becomes a ValueError.";
/// Discovery, key missing.
pub const DISCOVERY_KEY: &str =
    "authority= of the application object: the KeyError names the endpoint that the metadata lacks";
/// Why.
pub const DISCOVERY_KEY_WHY: &str =
    "authorization_endpoint and token_endpoint are read without a check.";
/// Managed identity.
pub const MANAGED: &str =
    "result.get(\"error\"); on App Service it is \"invalid_scope\" whatever happened";
/// Why.
pub const MANAGED_WHY: &str =
    "The platform's answer is turned into an OAuth-like dict; nothing is tried again.";
/// Why, on Service Fabric.
pub const FABRIC_WHY: &str = "SecretHeaderNotFound, ManagedIdentityNotFound and ArgumentNullOrEmpty become unauthorized_client, invalid_client and invalid_scope; everything else becomes invalid_request.";
/// Why, on Arc.
pub const ARC_WHY: &str = "Whatever an Azure Arc machine answers instead of its challenge becomes invalid_request, with the body as the description.";
/// Why, where there is no JSON.
pub const MACHINE_NOT_JSON_WHY: &str =
    "The status is not looked at: the body is parsed as JSON, and what cannot be parsed raises.";
/// API.
pub const RESOURCE: &str = "response.headers[\"WWW-Authenticate\"] of the API; decode its claims to JSON and pass them as claims_challenge=";
/// No type.
pub const NO_TYPE: &str = "result.get(\"token_type\"): here it is None";
/// Replay, whoever signs in.
pub const REPLAYED_FOR_ALL_WHY: &str = "The application object remembers 429, 5xx and Retry-After by client and scopes (http_cache), so other people's calls for these scopes get the same answer; only refresh tokens are told apart.";
