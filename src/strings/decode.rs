//! What `decode` says: the troubles of a reply, one sentence each.

/// A reply without a body where one belongs.
pub const EMPTY_BODY: &str = "The reply has no body.";
/// A body that is neither JSON nor HTML.
pub const NOT_JSON: &str = "The body is not JSON.";
/// An HTML page where JSON belongs.
pub const HTML_BODY: &str = "The body is a web page, not JSON: a proxy, a gateway or a sign-in page may have answered instead of the token service.";
/// JSON that ends too early.
pub const CUT_JSON: &str = "The JSON stops in the middle; what is there was read.";
/// JSON that goes wrong in the middle.
pub const BROKEN_JSON: &str = "The body begins like JSON and then breaks off into something else.";
/// An array at the top.
pub const ARRAY_BODY: &str = "The body is a JSON array where an object belongs.";
/// `null` at the top.
pub const NULL_BODY: &str = "The body is the JSON word null where an object belongs.";
/// A bare string, number or word at the top.
pub const SCALAR_BODY: &str = "The body is a single JSON value where an object belongs.";
/// An error in a reply whose status says success.
pub const ERROR_WITH_SUCCESS: &str =
    "The status says success, but the body says that an error happened.";
/// A granted reply without a token.
pub const NO_ACCESS_TOKEN: &str = "The status says success, but there is no access_token.";
/// A granted reply with an empty token.
pub const EMPTY_ACCESS_TOKEN: &str = "The status says success, but access_token is empty.";
/// A granted reply that does not say how long the token lives.
pub const NO_EXPIRES_IN: &str = "The reply grants a token but does not say for how long (there is no expires_in); libraries differ in what they make of that.";
/// A granted reply whose `expires_in` cannot be read.
pub const ODD_EXPIRES_IN: &str = "The reply grants a token, but its expires_in is not a whole number of seconds; some libraries fail on that.";
/// A granted reply without the token's type.
pub const NO_TOKEN_TYPE: &str = "The reply grants a token without saying of which type (there is no token_type); MSAL.NET refuses that.";
/// Metadata without an endpoint.
pub const NO_ENDPOINT: &str =
    "The metadata lacks authorization_endpoint or token_endpoint; most libraries need both.";
/// A device reply without a device code.
pub const NO_DEVICE_CODE: &str = "The status says success, but there is no device_code.";
/// A backchannel reply without a request.
pub const NO_AUTH_REQ_ID: &str = "The status says success, but there is no auth_req_id.";
/// A redirect where an answer belongs.
pub const REDIRECTED: &str = "The reply sends us to another address. It was not followed: credentials go only where you meant.";
/// A claims value that cannot be read.
pub const UNREADABLE_CLAIMS: &str =
    "There is a claims value, but it is neither JSON nor JSON in base64.";
/// A body that hit the limit.
pub const CUT_BY_LIMIT: &str =
    "The body is longer than we are willing to read; the rest was left unread.";
/// A connection that ended too early.
pub const CUT_BY_CONNECTION: &str =
    "The connection ended before the announced length of the body was reached.";
/// A body that took too long.
pub const CUT_BY_TIME: &str = "Time ran out while the body was still coming.";

/// A member of the wrong JSON type.
pub fn wrong_type(member: &str, is: &str, belongs: &str) -> String {
    format!("The member {member} is {is} where {belongs} belongs.")
}

/// An object, in [`wrong_type`].
pub const AN_OBJECT: &str = "an object";
/// An array, in [`wrong_type`].
pub const AN_ARRAY: &str = "an array";
/// A string, in [`wrong_type`].
pub const A_STRING: &str = "a string";
/// A number, in [`wrong_type`].
pub const A_NUMBER: &str = "a number";
/// `null`, in [`wrong_type`].
pub const NULL: &str = "null";
/// `true` or `false`, in [`wrong_type`].
pub const A_WORD: &str = "true or false";
/// A list of numbers, in [`wrong_type`].
pub const NUMBERS: &str = "a list of numbers";

/// A pushed request without its name.
pub const NO_REQUEST_URI: &str = "The status says success, but there is no request_uri.";
