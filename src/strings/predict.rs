//! What `predict` says: for every library what a program should look at and why the library does so. Holes:
//! `‹status›`, `‹suberror›`, `‹number›` (the first code's number), `‹block›` (for how long).

use crate::model::Prediction;

pub mod azure;
pub mod dotnet;
pub mod go;
pub mod js;
pub mod python;

/// A flow that none of the libraries has.
pub const IN_NO_LIBRARY: &str =
    "None of the MSAL libraries and azure-identity has this flow: nothing is predicted.";

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
pub const IF_AGAIN: &str = "the same request is made again within ‹block›";
/// A virtual machine asks.
pub const IF_IMDS: &str = "the program runs on a virtual machine (IMDS)";
/// An Arc machine asks.
pub const IF_ARC: &str = "the program runs on an Azure Arc machine";
/// A service asks that is no machine.
pub const IF_SERVICE: &str = "the program runs on App Service or Machine Learning";
/// Any of these but Service Fabric.
pub const IF_SERVICE_OR_ARC: &str =
    "the program runs on App Service or Machine Learning, or on an Azure Arc machine";
/// A cluster asks.
pub const IF_FABRIC: &str = "the program runs on Service Fabric";
/// A web page instead of JSON.
pub const IF_NULL: &str = "the body is null";
/// An array instead of an object.
pub const IF_ARRAY: &str = "the body is an array";
/// A single value instead of an object.
pub const IF_SCALAR: &str = "the body is a single value";
/// A number or a word instead of an object.
pub const IF_NUMBER: &str = "the body is a number, true or false";
/// A string instead of an object.
pub const IF_STRING: &str = "the body is a string";
/// An object with nothing in it.
pub const IF_EMPTY_OBJECT: &str = "the object is empty";
/// An object with something, though no token.
pub const IF_SOMETHING: &str = "the object holds anything at all";
/// A device sign-in goes well.
pub const IF_FINISHED: &str =
    "the person finishes before the code runs out (here: by the next poll, 5 s later)";
/// A device sign-in does not.
pub const IF_UNFINISHED: &str =
    "nobody finishes before the code runs out (here: 900 s, polled every 5 s)";
/// One of the library's own repetitions goes well.
pub const IF_RECOVERS: &str = "one of the library's repetitions succeeds";
/// None does.
pub const IF_STAYS: &str = "every repetition fails alike";
/// The server answers, though late.
pub const IF_LATE: &str = "the server answers after all";
/// It does not.
pub const IF_NEVER: &str = "the connection is closed before an answer";
/// A redirect leads to a token.
pub const IF_ELSEWHERE_TOKEN: &str = "the other address answers the repeated form with a token";
/// A redirect leads to a page.
pub const IF_ELSEWHERE_PAGE: &str = "the other address answers with a page";
/// A redirect leads nowhere.
pub const IF_NOBODY: &str = "no connection can be made to the other address";

/// Where nothing is answered from memory.
pub const NO_BLOCK: &str = "some time";

/// A span of time.
pub fn seconds(seconds: u32) -> String {
    format!("{seconds} s")
}

/// A span that depends on the kind of client.
pub fn seconds_by_client(public: u32, confidential: u32) -> String {
    format!("{public} s (public client) or {confidential} s (confidential client)")
}

/// Where a library's source says so.
pub fn source(file: &str, commit: &str) -> String {
    format!("{file} at {commit}")
}

/// Said where the error is on a page only.
pub const ON_A_PAGE: &str = "The browser, not the program, has the message: paste what the page shows, or find the sign-in log entry.";
/// Why.
pub const ON_A_PAGE_WHY: &str = "The sign-in service shows this on its own page and sends nothing to the program, which goes on waiting.";
/// Said where the error is in a log only.
pub const RESOURCE_WHY: &str = "The API's answer never passes through the token library.";
/// A token without a type.
pub const NO_TYPE_WHY: &str = "A missing token_type is taken for Bearer, or not looked at.";

/// A library that is named and not predicted.
pub fn not_predicted(library: &str) -> String {
    format!(
        "This was written by {library}. What that library does with the reply is not predicted; the libraries below are others."
    )
}

/// The heading of one library's predictions: what they hold for and how that is known.
pub fn heading(prediction: &Prediction) -> String {
    let yours = prediction.your_version.as_deref().unwrap_or(UNKNOWN);
    let basis = match &prediction.source {
        Some(source) => format!("from {} ({source})", prediction.basis),
        None => prediction.basis.clone(),
    };
    format!(
        "{} {} (your version: {yours}), {basis}, {}",
        prediction.library, prediction.version, prediction.options
    )
}

/// A version that is not known.
const UNKNOWN: &str = "unknown";

/// What the library does, in one line.
pub fn outcome(p: &Prediction) -> String {
    let kind = &p.kind;
    let what = match p.outcome.as_str() {
        "token" => "gives a token".to_owned(),
        "returned" => format!("returns {kind}"),
        "raised" => format!("raises {kind}"),
        "none" => "gives nothing".to_owned(),
        "replayed" => format!("answers from memory ({kind})"),
        other => format!("{other} {kind}"),
    };
    let when = p.when.as_ref().map(|when| format!("if {when}: "));
    let prompts = if p.prompts { ", prompts by itself" } else { "" };
    format!("{}{what}{prompts}", when.unwrap_or_default())
}

/// How much it takes, and what is lost on the way.
pub fn cost(p: &Prediction) -> String {
    let requests = match p.requests {
        0 => "no request".to_owned(),
        1 => "1 request".to_owned(),
        many => format!("{many} requests"),
    };
    let waits = if p.waits_s > 0 {
        format!(", waits {} s", p.waits_s)
    } else {
        String::new()
    };
    let refresh = match p.keeps_refresh_token {
        Some(true) => ", keeps the refresh token",
        Some(false) => ", deletes the refresh token",
        None => "",
    };
    let claims = match p.claims.as_str() {
        "kept" => ", claims can be read",
        "lost" => ", claims are lost",
        _ => "",
    };
    format!("{requests}{waits}{refresh}{claims}")
}
