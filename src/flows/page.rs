//! The page the browser gets when it comes back. Fixed text: nothing of the redirect is ever written into it.

use crate::strings::flows as say;

/// Which page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Page {
    /// The redirect was taken.
    Done,
    /// The redirect carried an error, or failed a check.
    Refused,
    /// The redirect belongs to another run.
    NotThisRun,
    /// Nothing to find here.
    NotFound,
}

/// What every page says about itself: no scripts, no frames, no loads, no trace.
pub(super) const HEADERS: [(&str, &str); 7] = [
    ("content-type", "text/html; charset=utf-8"),
    (
        "content-security-policy",
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ),
    ("referrer-policy", "no-referrer"),
    ("cache-control", "no-store"),
    ("x-content-type-options", "nosniff"),
    ("cross-origin-opener-policy", "same-origin"),
    ("connection", "close"),
];

impl Page {
    /// The HTTP status.
    pub const fn status(self) -> u16 {
        match self {
            Self::Done | Self::Refused => 200,
            Self::NotThisRun => 400,
            Self::NotFound => 404,
        }
    }

    /// The page.
    pub fn html(self) -> String {
        let (title, text) = match self {
            Self::Done => (say::PAGE_DONE_TITLE, say::PAGE_DONE),
            Self::Refused => (say::PAGE_REFUSED_TITLE, say::PAGE_REFUSED),
            Self::NotThisRun => (say::PAGE_OTHER_TITLE, say::PAGE_OTHER),
            Self::NotFound => (say::PAGE_NONE_TITLE, say::PAGE_NONE),
        };
        let (title, text) = (escaped(title), escaped(text));
        format!(
            "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
             <meta name=\"color-scheme\" content=\"light dark\"><title>{title} - tokenscope</title></head>\
             <body><main aria-labelledby=\"what\"><h1 id=\"what\">{title}</h1><p>{text}</p></main></body></html>\n"
        )
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}
