//! What a header of a reply says, and whether it matters here.

use std::time::Duration;

use super::span;

/// Headers whose value changes nothing in what is said of them. Names in lower case.
pub const PLAIN: &[(&str, &str)] = &[
    (
        "access-control-allow-credentials",
        "For web pages (CORS): a page may send cookies along. No matter outside a browser.",
    ),
    (
        "access-control-allow-headers",
        "For web pages (CORS): headers that a page may send.",
    ),
    (
        "access-control-allow-methods",
        "For web pages (CORS): methods that a page may use.",
    ),
    (
        "access-control-allow-origin",
        "For web pages (CORS): whose pages may read this. It decides for single-page apps only.",
    ),
    (
        "access-control-expose-headers",
        "For web pages (CORS): headers that a page may read.",
    ),
    (
        "age",
        "Seconds that this reply spent in a cache: the server itself was not asked.",
    ),
    (
        "connection",
        "Whether the connection stays open. No matter here.",
    ),
    (
        "dpop-nonce",
        "The next proof of possession must carry this value (RFC 9449 section 8). The program keeps to it.",
    ),
    (
        "etag",
        "The version of this document, for caches. No matter here.",
    ),
    (
        "expires",
        "When a cache should forget this. No matter here.",
    ),
    (
        "last-modified",
        "When this document last changed. No matter here.",
    ),
    (
        "location",
        "Where a browser would go on. The program never follows it by itself.",
    ),
    (
        "nel",
        "Tells browsers where to report network trouble. No matter here.",
    ),
    (
        "p3p",
        "A privacy statement for old browsers. Nothing reads it any more.",
    ),
    ("pragma", "The same as cache-control, for very old caches."),
    (
        "referrer-policy",
        "What browsers tell the next site. No matter here.",
    ),
    (
        "report-to",
        "Tells browsers where to report trouble. No matter here.",
    ),
    (
        "request-id",
        "Names this one answer in the API's logs. Support asks for it.",
    ),
    ("server", "What software answered, as it says itself."),
    (
        "timing-allow-origin",
        "For web pages: who may measure this. No matter here.",
    ),
    (
        "transfer-encoding",
        "How the body was cut for the way. No matter here.",
    ),
    ("vary", "What a cache must tell apart. No matter here."),
    (
        "via",
        "A proxy or gateway stood in between; what came may be its own.",
    ),
    (
        "x-content-type-options",
        "Browsers must not guess the type of the body. No matter here.",
    ),
    (
        "x-frame-options",
        "Whether a page may stand inside another. No matter here.",
    ),
    (
        "x-ms-ags-diagnostic",
        "Which machine of Microsoft Graph answered. For Microsoft's support only.",
    ),
    (
        "x-ms-gateway-requestid",
        "Names this answer in the gateway's logs. For Microsoft's support only.",
    ),
    (
        "x-ms-httpver",
        "The HTTP version that the service saw. No matter here.",
    ),
    (
        "x-ms-request-id",
        "Names this one answer in the server's logs: the trace ID. Support asks for it.",
    ),
    (
        "client-request-id",
        "The name that the request gave itself, sent back: the correlation ID, which finds it in the sign-in logs.",
    ),
    (
        "x-ms-srs",
        "A mark of the service's own, not documented. Nothing here rests on it.",
    ),
    (
        "x-xss-protection",
        "A switch for old browsers. No matter here.",
    ),
];

/// `Retry-After`.
pub fn retry_after(wait: Duration) -> String {
    format!(
        "Ask again after {}, not before: asking earlier can make the wait longer.",
        span(wait)
    )
}

/// `Retry-After` that cannot be read.
pub const RETRY_AFTER_ODD: &str =
    "It should say when to ask again, but is neither seconds nor a date.";

/// A challenge with an error.
pub fn challenge(scheme: &str, error: Option<&str>) -> String {
    match error {
        Some(error) => format!("What is wanted instead: {scheme}; it was refused for {error}."),
        None => format!("What is wanted: a credential of the kind {scheme}."),
    }
}

/// A challenge that carries claims.
pub const CHALLENGE_CLAIMS: &str = " It carries claims that the next token request must send.";

/// A challenge that cannot be read.
pub const CHALLENGE_ODD: &str = "It should say what is wanted instead, but cannot be read.";

/// `x-ms-ests-server` in its parts.
pub fn server(build: &str, place: &str) -> String {
    format!("Build {build} of the service answered, at {place}. For Microsoft's support only.")
}

/// `x-ms-ests-server` in another form.
pub const SERVER_ODD: &str = "Which machine answered. For Microsoft's support only.";

/// `x-ms-clitelem` in its parts; `age` is that of the refresh token.
pub fn telemetry(code: &str, subcode: &str, age: Option<Duration>, ring: &str) -> String {
    let mut out = match code {
        "" | "0" => "For libraries: no error".to_owned(),
        code => format!("For libraries: error {code}"),
    };
    if !matches!(subcode, "" | "0") {
        out = format!("{out}, {subcode} below it");
    }
    if let Some(age) = age {
        out = format!("{out}; refresh token probably {} old", span(age));
    }
    if !ring.is_empty() {
        out = format!("{out}; ring {ring}");
    }
    out + ". The number is here even where a page shows the error."
}

/// `x-ms-clitelem` in another form.
pub const TELEMETRY_ODD: &str = "What libraries count, in a form that is not known here.";

/// `cache-control` with `no-store`.
pub const NOT_KEPT: &str = "Nobody on the way may keep this, as a reply with tokens needs.";

/// `cache-control` without `no-store` at a token.
pub const MAY_BE_KEPT: &str =
    "It lacks no-store, which a reply with tokens must carry (RFC 6749 section 5.1).";

/// `cache-control` elsewhere.
pub const CACHING: &str = "How long this may be kept. No matter here.";

/// `strict-transport-security`.
pub fn https_only(time: Option<Duration>) -> String {
    let days = time.map_or(0, |time| time.as_secs() / 86_400);
    if days == 0 {
        "Browsers must use https here. No matter here: the program does anyway.".to_owned()
    } else {
        format!(
            "For {days} days, browsers must use https here. No matter here: the program does anyway."
        )
    }
}

/// `set-cookie`.
pub fn cookie(name: &str) -> String {
    let what = match name {
        "fpc" => "marks the browser",
        "x-ms-gateway-slice" => "remembers which gateway answered",
        "stsservicecookie" => "remembers which service answered",
        "esctx" => "ties the page to its request",
        "buid" => "holds hints on the account",
        _ => "is for a browser",
    };
    format!("The cookie {name} {what}. Token requests need none, and the program sends none.")
}

/// `date` that agrees with this machine's clock.
pub const CLOCKS_AGREE: &str = "The server's clock. This machine's agrees.";

/// `date` that does not.
pub fn clocks_differ(ahead: i64) -> String {
    let way = if ahead > 0 { "ahead" } else { "behind" };
    format!(
        "The server's clock, which judges tokens. This machine's is {} {way}.",
        span(Duration::from_secs(ahead.unsigned_abs()))
    )
}

/// `date` that cannot be read.
pub const DATE_ODD: &str = "It should be the server's clock, but is no date.";

/// `content-type`: JSON.
pub const JSON: &str = "The body is JSON, as programs expect it.";

/// `content-type`: a page.
pub const PAGE: &str = "The body is a page for people, not for programs: something else than a token endpoint may have answered.";

/// `content-type`: anything else.
pub const OTHER_TYPE: &str = "What the body is. Programs expect JSON here.";

/// `content-length`, all of it there.
pub const LENGTH_WHOLE: &str = "The size of the body. All of it came.";

/// `content-length`, not all of it there.
pub fn length_short(came: usize) -> String {
    format!("The size of the body. Only {came} bytes came.")
}
