//! The page that hands an ID token on to the server: a form that is posted at once, served once and on loopback alone. So
//! the token is in no address and in no command line, and no other program can fetch it a second time.

use std::fmt::Write as _;
use std::sync::atomic::{AtomicBool, Ordering};

use url::Url;

use super::page::{by_digest, escaped};
use crate::model::{Field, Secret};
use crate::strings::logout as say;

/// Posts the form. Without it there is a button.
const SCRIPT: &str = "document.getElementById('handed').submit();";

/// A form to be handed on.
pub(super) struct Handing {
    /// Where the page is; nobody can guess it.
    path: String,
    html: Secret,
    policy: String,
    taken: AtomicBool,
}

impl Handing {
    /// `action` gets the fields; `back` is where it leads to afterwards.
    pub fn new(path: String, action: &Url, fields: &[Field], back: &str) -> Self {
        let mut hidden = String::new();
        for field in fields {
            let (name, value) = (escaped(&field.name), escaped(field.value.reveal()));
            let _ = write!(
                hidden,
                "<input type=\"hidden\" name=\"{name}\" value=\"{value}\">"
            );
        }
        let html = format!(
            "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title} - tokenscope</title></head>\
             <body><main><h1>{title}</h1><p>{text}</p>\
             <form id=\"handed\" method=\"post\" action=\"{action}\">{hidden}<button>{button}</button></form></main>\
             <script>{SCRIPT}</script></body></html>\n",
            title = escaped(say::PAGE_TITLE),
            text = escaped(say::PAGE_TEXT),
            button = escaped(say::PAGE_BUTTON),
            action = escaped(action.as_str()),
        );
        Self {
            path,
            html: Secret::new(crate::model::SecretKind::IdToken, html),
            policy: policy(action, back),
            taken: AtomicBool::new(false),
        }
    }

    /// The page and what it may do, if this is its path and nobody had it before.
    pub fn take(&self, path: &str) -> Option<(String, String)> {
        let first = path == self.path && !self.taken.swap(true, Ordering::Relaxed);
        first.then(|| (self.html.reveal().to_owned(), self.policy.clone()))
    }
}

/// One script, known by its digest, and the form. Browsers hold the redirects that follow a form to the same rule, and a
/// server may lead over others of its own before it comes back: so any https address, where the form itself goes to one.
fn policy(action: &Url, back: &str) -> String {
    let script = by_digest(SCRIPT);
    let onward = if action.scheme() == "https" {
        "https:".to_owned()
    } else {
        action.origin().ascii_serialization()
    };
    let back = Url::parse(back).map_or_else(
        |_| String::new(),
        |back| format!(" {}", back.origin().ascii_serialization()),
    );
    format!(
        "default-src 'none'; script-src {script}; base-uri 'none'; form-action {onward}{back}; frame-ancestors 'none'"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::SecretKind;

    fn handing() -> Handing {
        let action = Url::parse("https://issuer.contoso.example/end?a=1&b=2").unwrap();
        let token = Secret::new(SecretKind::IdToken, "e30.e30.\"><script>");
        let fields = [Field::new("id_token_hint", token)];
        Handing::new("/leave/x".into(), &action, &fields, "http://localhost:4000")
    }

    #[test]
    fn the_page_is_served_once_and_only_at_its_own_path() {
        let handing = handing();
        assert!(handing.take("/leave/y").is_none());
        assert!(handing.take("/leave/x").is_some());
        assert!(handing.take("/leave/x").is_none());
    }

    #[test]
    fn nothing_of_the_form_can_become_part_of_the_page() {
        let (html, policy) = handing().take("/leave/x").unwrap();
        assert!(
            html.contains("value=\"e30.e30.&quot;&gt;&lt;script&gt;\""),
            "{html}"
        );
        assert!(
            html.contains("action=\"https://issuer.contoso.example/end?a=1&amp;b=2\""),
            "{html}"
        );
        let rule = "form-action https: http://localhost:4000;";
        assert!(
            policy.contains(rule) && policy.contains("'sha256-"),
            "{policy}"
        );
    }
}
