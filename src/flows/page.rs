//! The page the browser gets when it comes back. Fixed text: nothing of the redirect is ever written into it.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest as _, Sha256};

use crate::strings::{consent, flows as say, logout};

/// Which page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Page {
    /// The redirect was taken.
    Done,
    /// An administrator's answer was taken.
    Consented,
    /// The redirect carried an error, or failed a check.
    Refused,
    /// The redirect belongs to another run.
    NotThisRun,
    /// The answer may stand in the fragment, which no browser sends: a script hands it on by a form.
    Relay,
    /// The browser is back from the server's page for signing out.
    Left,
    /// Nothing to find here.
    NotFound,
}

/// What every page says about itself: no frames, no loads, no trace.
pub(super) const HEADERS: [(&str, &str); 5] = [
    ("content-type", "text/html; charset=utf-8"),
    ("cache-control", "no-store"),
    ("x-content-type-options", "nosniff"),
    ("cross-origin-opener-policy", "same-origin"),
    ("connection", "close"),
];

/// Hands on what stands in the fragment and takes it out of the address. Nothing of it is written into the page but
/// into fields that are not shown.
const RELAY: &str = "const form = document.getElementById('relay');\n\
const came = location.hash.slice(1);\n\
history.replaceState(null, '', location.pathname);\n\
if (came) {\n\
  for (const [name, value] of new URLSearchParams(came)) {\n\
    const field = document.createElement('input');\n\
    field.type = 'hidden';\n\
    field.name = name;\n\
    field.value = value;\n\
    form.append(field);\n\
  }\n\
  HTMLFormElement.prototype.submit.call(form);\n\
}\n";

/// A script as a content security policy lets it run: by its digest (CSP Level 3, section 2.3.1).
pub(super) fn by_digest(script: &str) -> String {
    let digest = BASE64_STANDARD.encode(Sha256::digest(script));
    format!("'sha256-{digest}'")
}

impl Page {
    /// What the page may do: nothing, but for the one script that is known by its digest and the form it posts here.
    pub fn policy(self) -> String {
        let (script, form) = match self {
            Self::Relay => (format!(" script-src {};", by_digest(RELAY)), "'self'"),
            Self::Done
            | Self::Consented
            | Self::Refused
            | Self::NotThisRun
            | Self::Left
            | Self::NotFound => (String::new(), "'none'"),
        };
        format!(
            "default-src 'none';{script} base-uri 'none'; form-action {form}; frame-ancestors 'none'"
        )
    }

    /// Whether the page names itself where it leads: the form that it posts has to say where it came from.
    pub const fn referrer_policy(self) -> &'static str {
        match self {
            Self::Relay => "same-origin",
            Self::Done
            | Self::Consented
            | Self::Refused
            | Self::NotThisRun
            | Self::Left
            | Self::NotFound => "no-referrer",
        }
    }

    /// The HTTP status.
    pub const fn status(self) -> u16 {
        match self {
            Self::Done | Self::Consented | Self::Refused | Self::Left | Self::Relay => 200,
            Self::NotThisRun => 400,
            Self::NotFound => 404,
        }
    }

    /// The page.
    pub fn html(self) -> String {
        let (title, text) = match self {
            Self::Done => (say::PAGE_DONE_TITLE, say::PAGE_DONE),
            Self::Consented => (consent::PAGE_TITLE, consent::PAGE),
            Self::Refused => (say::PAGE_REFUSED_TITLE, say::PAGE_REFUSED),
            Self::NotThisRun => (say::PAGE_OTHER_TITLE, say::PAGE_OTHER),
            Self::Relay => (say::PAGE_RELAY_TITLE, say::PAGE_RELAY),
            Self::Left => (logout::PAGE_LEFT_TITLE, logout::PAGE_LEFT),
            Self::NotFound => (say::PAGE_NONE_TITLE, say::PAGE_NONE),
        };
        let (title, text) = (escaped(title), escaped(text));
        let relay = match self {
            Self::Relay => {
                format!("<form id=\"relay\" method=\"post\"></form><script>{RELAY}</script>")
            }
            Self::Done
            | Self::Consented
            | Self::Refused
            | Self::NotThisRun
            | Self::Left
            | Self::NotFound => String::new(),
        };
        format!(
            "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
             <meta name=\"color-scheme\" content=\"light dark\"><title>{title} - tokenscope</title></head>\
             <body><main aria-labelledby=\"what\"><h1 id=\"what\">{title}</h1><p>{text}</p></main>{relay}</body></html>\n"
        )
    }
}

pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}
