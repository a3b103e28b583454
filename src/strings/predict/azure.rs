//! azure-identity 1.27.0 (Python).

/// The options the statements hold for.
pub const OPTIONS: &str =
    "default options, default retries, no broker, same credential object, on msal 1.39.0";
/// Wrapped, with the reply.
pub const WRAPPED: &str = "except ClientAuthenticationError as e: e.message; suberror and claims only in e.response.json()";
/// Why.
pub const WRAPPED_WHY: &str = "Whatever MSAL returns or raises becomes ClientAuthenticationError, with the reply attached; an OAuth error is not sent again.";
/// The application proves itself with a secret or a certificate.
pub const IF_SECRET: &str = "ClientSecretCredential or CertificateCredential asked";
/// The same again.
pub const IF_SECRET_AGAIN: &str = "ClientSecretCredential or CertificateCredential asked; the same request is made again within ‹block›";
/// The application proves itself with a token of somebody else.
pub const IF_ASSERTION: &str = "ClientAssertionCredential or WorkloadIdentityCredential asked";
/// An assertion.
pub const ASSERTION: &str = "except ClientAuthenticationError as e: e.message, and e.response.json() for suberror and claims";
/// Why.
pub const ASSERTION_WHY: &str = "These credentials ask without MSAL: the reply is attached to the exception, and nothing is answered from memory.";
/// No answer, without MSAL.
pub const UNWRAPPED: &str =
    "except azure.core.exceptions.AzureError as e: what the network raised comes as it is";
/// Why.
pub const UNWRAPPED_WHY: &str = "What asks without MSAL sends the request again three times and then lets the error of azure-core through.";
/// Client credentials.
pub const APP: &str = "except ClientAuthenticationError as e: e.message; e.response is None, so suberror and claims are gone";
/// Why.
pub const APP_WHY: &str =
    "For an application's own token the reply is not attached to the exception.";
/// An error under a success status.
pub const OK_ERROR_WHY: &str =
    "A reply is attached to the exception only where its status is 400 or above.";
/// The application asks for itself.
pub const IF_APPLICATION: &str =
    "a credential of an application asked (ClientSecretCredential, CertificateCredential)";
/// A person signs in.
pub const IF_PERSON: &str = "a credential of a person asked, in the sign-in itself";
/// A silent call, prompts forbidden.
pub const IF_SILENT_NO_PROMPT: &str =
    "a credential of a person asked silently, and disable_automatic_authentication is set";
/// A silent call, prompts allowed.
pub const IF_SILENT_PROMPT: &str = "a credential of a person asked silently, and automatic authentication is left on, as it is by default";
/// Silent, no automatic sign-in.
pub const IF_NO_PROMPT: &str = "disable_automatic_authentication is set";
/// Silent, automatic sign-in.
pub const IF_PROMPT: &str = "automatic authentication is left on, as it is by default";
/// Silent.
pub const SILENT: &str = "except AuthenticationRequiredError as e: e.response.json().get(\"claims\"); e.claims holds what you asked for, not what the server wants";
/// Why.
pub const SILENT_WHY: &str = "Every OAuth error in a silent call, even a wrong client secret, becomes AuthenticationRequiredError; the server's claims are only in its response.";
/// Silent, repeated.
pub const SILENT_REPEATED_WHY: &str = "After three repetitions it ends like every OAuth error in a silent call: as AuthenticationRequiredError.";
/// Silent, prompting.
pub const PROMPTED: &str = "disable_automatic_authentication=True of the credential, where a prompt does not suit the program";
/// Why.
pub const PROMPTED_WHY: &str = "Any OAuth error in the silent step makes a credential of a person prompt at once, without the claims the server asked for.";
/// Repeated.
pub const REPEATED: &str =
    "except ClientAuthenticationError as e: e.__cause__; three repetitions have already failed";
/// Why.
pub const REPEATED_WHY: &str = "408, 429, 500, 502, 503, 504 and any refusal with Retry-After are sent again three times; Retry-After is obeyed, dates included.";
/// A 5xx that is not repeated.
pub const SERVER_WHY: &str = "MSAL raises from 500 up, which is wrapped; this status is not among those that are sent again.";
/// What lies below.
pub const CAUSE: &str = "except ClientAuthenticationError as e: e.__cause__ is what MSAL raised";
/// Replay.
pub const REPLAYED: &str = "the trace id in e.message: the old one shows that nothing was sent; a new credential object forgets";
/// Why.
pub const REPLAYED_WHY: &str = "MSAL below remembers the refusal and gives it again, before the repetitions of azure-core come in.";
/// Not JSON.
pub const NOT_JSON: &str = "except ClientAuthenticationError as e: e.__cause__; str(e) may hold the raw body, so keep it out of logs";
/// Why.
pub const NOT_JSON_WHY: &str =
    "What the JSON reader raises is wrapped; this status is not repeated.";
/// Odd.
pub const ODD_WHY: &str = "MSAL stumbles over the reply, and that is wrapped.";
/// No token.
pub const NO_TOKEN: &str = "except ClientAuthenticationError as e: e.message, which here is \"Authentication failed: None\"";
/// Why.
pub const NO_TOKEN_WHY: &str = "There is neither token nor error to speak of.";
/// An empty token.
pub const EMPTY_TOKEN: &str =
    "if not credential.get_token(scope).token: it is \"\", and nothing was raised";
/// Why.
pub const EMPTY_TOKEN_WHY: &str = "That the member is there is all that is looked at.";
/// Expiry.
pub const EXPIRY_WHY: &str =
    "expires_in must be there and be a whole number; without it the token is thrown away.";
/// Network.
pub const FAULT_WHY: &str = "Faults of the network are repeated three times, then wrapped.";
/// Cut.
pub const CUT_WHY: &str = "A body that breaks off is asked for three times more, without a pause.";
/// A time-out.
pub const IF_TIMEOUT: &str = "no answer comes within 300 s";
/// Time-out.
pub const TIMEOUT: &str = "read_timeout= of the credential: the call waits up to 300 s each time";
/// Why.
pub const TIMEOUT_WHY: &str =
    "The default time-out is 300 s; what runs into it is repeated three times.";
/// 3xx.
pub const REDIRECTED: &str =
    "authority= of the credential: the exception speaks of JSON, but a redirect was the cause";
/// Why.
pub const REDIRECTED_WHY: &str =
    "Redirects are not followed, so the other host gets nothing; the empty body cannot be parsed.";
/// By redirect.
pub const REDIRECT: &str = "except ClientAuthenticationError as e: e.message; e.response is None";
/// Why.
pub const REDIRECT_WHY: &str = "What MSAL makes of the redirect is wrapped; no reply belongs to it, and claims are not passed on.";
/// Pending.
pub const PENDING: &str = "nothing yet: get_token polls on";
/// Why.
pub const PENDING_WHY: &str =
    "authorization_pending and slow_down (5 s more) keep MSAL's loop going.";
/// Over.
pub const PENDING_OVER: &str =
    "except ClientAuthenticationError as e: e.message says that nobody authenticated in time";
/// Why.
pub const PENDING_OVER_WHY: &str =
    "A last answer of authorization_pending is turned into a time-out.";
/// Device, recovered.
pub const RECOVERED: &str = "nothing: get_token goes on polling";
/// Why.
pub const RECOVERED_WHY: &str = "Passing statuses and lost connections are repeated below MSAL, so its polling loop does not notice.";
/// Device.
pub const DEVICE: &str =
    "except ClientAuthenticationError as e: e.response.json() for suberror and claims";
/// Why.
pub const DEVICE_WHY: &str =
    "Every error that ends MSAL's polling loop is wrapped, with the reply attached.";
/// Discovery.
pub const DISCOVERY: &str =
    "except ClientAuthenticationError as e: e.__cause__, which is what MSAL raised";
/// Why.
pub const DISCOVERY_WHY: &str =
    "MSAL reads the metadata at the first call; what it raises is wrapped.";
/// Managed identity.
pub const MANAGED: &str =
    "except CredentialUnavailableError as e: e.message; in a chain the next credential is tried";
/// Why.
pub const MANAGED_WHY: &str =
    "A managed identity that answers with an error counts as not available.";
/// Why, at IMDS.
pub const IMDS_WHY: &str = "404, 410, 429 and everything from 500 up are sent again five times, 410 more slowly; Retry-After is obeyed. Then it counts as not available.";
/// Why, elsewhere.
pub const MACHINE_REPEATED_WHY: &str = "408, 429, 500, 502, 503 and 504 are sent again three times; Retry-After is obeyed. Then it counts as not available.";
/// Why, where no answer came.
pub const MACHINE_CLOSED_WHY: &str = "What the network raises is sent again three times; only the credential for IMDS turns it into CredentialUnavailableError.";
/// Why, on Service Fabric.
pub const FABRIC_CLOSED_WHY: &str =
    "On Service Fabric MSAL asks with a session of its own, without the repetitions of azure-core.";
/// On Service Fabric.
pub const FABRIC_CLOSED: &str =
    "except requests.exceptions.ConnectionError as e: it comes as it is";
/// What comes through as it is.
pub const MACHINE_RAW: &str = "except ValueError as e: what MSAL raised on the body comes as it is";
/// Why.
pub const MACHINE_RAW_WHY: &str =
    "Only the credential for IMDS turns a body that is not JSON into CredentialUnavailableError.";
/// API.
pub const RESOURCE: &str =
    "the claims in WWW-Authenticate of the API: credential.get_token(scope, claims=...)";
/// No type.
pub const NO_TYPE: &str = "nothing: the token can be used";
