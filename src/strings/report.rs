//! What `report` says: the labels of the diagnosis, in the order in which it answers.

/// Label of "what to do now".
pub const DO_NOW: &str = "Do now";
/// Label of the certificates that a server showed.
pub const CHAIN: &str = "It showed";

/// One certificate: whose and by whom, from when until when.
pub fn certificate((subject, issuer): (&str, &str), (from, until): (&str, &str)) -> String {
    format!("{subject}, signed by {issuer}, good from {from} until {until}")
}

/// Label of "will signing in again help".
pub const SIGNING_IN: &str = "Signing in";
/// Label of "who must act".
pub const WHO_ACTS: &str = "Who acts";
/// Label of what the verdict rests on.
pub const BECAUSE: &str = "Because";
/// Label of the server's own words.
pub const SAID: &str = "It said";
/// Label of links.
pub const READ_MORE: &str = "Read more";
/// Label of what to quote to support.
pub const SUPPORT: &str = "Support";
/// Label of where it is logged.
pub const SIGN_IN_LOG: &str = "Sign-in log";
/// Label of the Microsoft Graph query.
pub const GRAPH: &str = "Graph query";
/// Label of the Log Analytics query.
pub const KQL: &str = "KQL query";
/// Label of a page of the admin centre.
pub const ADMIN_PAGE: &str = "Admin page";

/// What to filter the sign-in log by.
pub fn filter(filter: &crate::model::LogFilter) -> String {
    format!("Filter by {}: {}", filter.field, filter.value)
}

/// A page of the admin centre.
pub fn admin_page(name: &str, url: &str) -> String {
    format!("{name}: {url}")
}

/// Label of whom and what the error speaks of.
pub const ABOUT: &str = "About";

/// Label of the libraries' reactions.
pub const LIBRARIES: &str = "Libraries";
/// Before what a program should look at.
pub const LOOK_AT: &str = "look at:";
/// Label of the claims challenge.
pub const CLAIMS: &str = "Claims";
/// Label of a note.
pub const NOTE: &str = "Note";
/// Label of a contradiction.
pub const CONTRADICTION: &str = "Beware";
/// Heading of the plan.
pub const PLAN: &str = "Next steps";
/// Label of what to run again.
pub const RUN_AGAIN: &str = "Run again";
/// Label of what that should show.
pub const EXPECT: &str = "It shows";
/// Heading of the plan where nothing tells which kind of program asked.
pub const PLAN_FOR_A_PERSON: &str = "Next steps, if a person is at the program";

/// Heading of the way out for another kind of program.
pub const fn caller(caller: crate::model::Caller) -> &'static str {
    use crate::model::Caller;
    match caller {
        Caller::Desktop => "If a person is at the program",
        Caller::Web => "If a web application asked",
        Caller::Spa => "If a page in the browser asked (single-page application)",
        Caller::Api => "If a web API asked for its caller",
        Caller::Daemon => "If a daemon asked for itself",
        Caller::Script => "If a script asked and nobody watches it",
    }
}

/// A step the program can do.
pub const BY_PROGRAM: &str = "tokenscope can do this";
/// A step for a person.
pub const BY_PERSON: &str = "for somebody else";
/// Said of an unknown code.
pub const UNKNOWN_CODE: &str = "not in the catalogue";
/// Said when nothing was found.
pub const NOTHING_FOUND: &str = "No error was found in this text.";
/// What is missing when nothing was found.
pub const NOTHING_FOUND_HINT: &str = "Paste the whole message: the reply's JSON, the redirect address, the WWW-Authenticate header or the log lines around the failure.";
/// How sure the catalogue is, when it is not from published pages.
pub const fn confidence(confidence: crate::model::Confidence) -> &'static str {
    use crate::model::Confidence;
    match confidence {
        Confidence::Published => "published",
        Confidence::Observed => {
            "seen in real replies or read in a library's source, not in the published reference"
        }
        Confidence::NameOnly => "only the name is known; the meaning is not documented",
        Confidence::Assumed => "assumed: concluded from the family or the OAuth error",
    }
}

/// What is doubtful about a code; nothing where its meaning is published and the pair was seen.
pub fn doubt(code: &crate::model::CodeView) -> String {
    use crate::model::Confidence;
    let thin = match code.confidence {
        Confidence::Published | Confidence::Assumed => None,
        Confidence::Observed => Some("seen in replies, not published"),
        Confidence::NameOnly => Some("only its name is known"),
    };
    let pair = (code.pairing_seen == Some(false)).then_some("assumed with this error");
    let all: Vec<&str> = thin.into_iter().chain(pair).collect();
    if all.is_empty() {
        return String::new();
    }
    format!(" ({})", all.join("; "))
}

/// Label of the token.
pub const TOKEN: &str = "Token";
/// Label of its expiry.
pub const EXPIRES: &str = "Expires";
/// What was issued.
pub const ISSUED: &str = "Issued as";
/// What was authorized.
pub const DETAILS: &str = "Authorized";
/// Label of its scopes.
pub const SCOPES: &str = "Scopes";
/// Label of the account.
pub const ACCOUNT: &str = "Account";
/// Label of the API's status.
pub const API: &str = "API";

/// An outcome as a word for people.
pub const fn outcome(outcome: crate::model::Outcome) -> &'static str {
    use crate::model::Outcome;
    match outcome {
        Outcome::Granted => "Granted",
        Outcome::Refused => "Refused",
        Outcome::Unreachable => "No reply",
        Outcome::Cancelled => "Cancelled",
        Outcome::Invalid => "Not sent",
    }
}

/// No reply.
pub const NO_REPLY: &str = "no reply";

/// What was done with the token.
pub const fn further(what: crate::model::Further) -> &'static str {
    use crate::model::Further;
    match what {
        Further::Introspect => "Introspect",
        Further::UserInfo => "User info",
        Further::Revoke => "Revoke",
        Further::RevokeRefresh => "Revoke (r)",
    }
}

/// What a document of a run is.
pub const EXPECTED_RUN: &str = "a run as `tokenscope acquire --output json` or `tokenscope history show KEY --output json` prints it";

/// A member of such a document holds something odd.
pub fn odd_member(member: &str, value: &str) -> String {
    format!("`{member}` is `{value}`")
}
