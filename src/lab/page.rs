//! A page as data, and its HTML. The lab's own user reads the data; a browser gets the HTML, in which everything
//! is escaped and a strict content policy forbids whatever the lab did not write.

use std::fmt::Write as _;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use super::ask::Answer;
use super::onward::origin;
use super::refusal::fill;
use crate::strings::lab as say;

/// The style of every page; its hash stands in the content policy.
const STYLE: &str = include_str!("../../assets/lab/page.css");

/// The script of a page that hands the result to the program: sends its form.
const SUBMIT: &str = "document.forms[0].submit()";

/// The script of a page that leads on when what it shows has been loaded: the address it leads to is in its link.
const LEAVE: &str =
    "addEventListener('load', () => location.replace(document.querySelector('a.onward').href))";

/// What a page is for; the lab's user decides by it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// Asks for the user name.
    Account,
    /// Offers the accounts that are signed in.
    Pick,
    /// Asks for the password.
    Password,
    /// Asks for a new password.
    Renew,
    /// Asks for the second factor.
    Mfa,
    /// Registers a second factor.
    Enrol,
    /// Asks to accept terms of use.
    Terms,
    /// Passes a check by another service.
    External,
    /// Asks for consent.
    Consent,
    /// Offers to ask an administrator for approval.
    Request,
    /// Says that only an administrator can consent, and offers to go back.
    NeedsAdmin,
    /// Asks for the code of a device sign-in.
    DeviceCode,
    /// Asks whether the device sign-in is meant.
    DeviceConfirm,
    /// Hands the result to the program by a form.
    Post,
    /// Nothing more to do: an error, or the end.
    #[default]
    End,
}

/// A field a person fills in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Input {
    pub name: String,
    pub label: String,
    /// `text`, `password` …
    pub kind: &'static str,
    /// The `autocomplete` word of the HTML standard.
    pub autocomplete: &'static str,
    pub value: String,
}

/// A button; pressing it sends `name=value`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Button {
    pub name: String,
    pub value: String,
    pub label: String,
}

/// A form, sent by POST.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    pub action: String,
    pub hidden: Vec<(String, String)>,
    pub inputs: Vec<Input>,
    /// The first one is the usual one.
    pub buttons: Vec<Button>,
}

/// A list with a heading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Section {
    pub heading: String,
    pub lines: Vec<String>,
}

/// Another page that is loaded inside this one, unseen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frame {
    pub address: String,
    pub title: String,
}

/// Where a page leads on to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Link {
    pub address: String,
    pub label: String,
}

/// A page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    pub kind: Kind,
    pub title: String,
    pub paragraphs: Vec<String>,
    /// A list, e.g. of permissions.
    pub list: Vec<String>,
    /// Lists with headings of their own.
    pub sections: Vec<Section>,
    /// What is wrong with what was typed.
    pub trouble: Option<String>,
    /// Lines in small print, e.g. trace and correlation id.
    pub details: Vec<String>,
    pub form: Option<Form>,
    pub frames: Vec<Frame>,
    /// Followed by itself once the frames are there.
    pub onward: Option<Link>,
    /// Whom the page belongs to, for its foot.
    pub tenant: String,
}

impl Button {
    /// A button.
    pub fn new(name: &str, value: &str, label: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            value: value.into(),
            label: label.into(),
        }
    }
}

impl Input {
    /// A field.
    pub fn new(
        name: &str,
        label: impl Into<String>,
        kind: &'static str,
        autocomplete: &'static str,
    ) -> Self {
        Self {
            name: name.into(),
            label: label.into(),
            kind,
            autocomplete,
            value: String::new(),
        }
    }
}

impl Page {
    /// The text a person sees, line by line, as somebody would copy it.
    pub fn text(&self) -> String {
        let mut lines = vec![self.title.clone()];
        lines.extend(self.trouble.clone());
        lines.extend(self.paragraphs.iter().cloned());
        lines.extend(self.list.iter().map(|item| format!("- {item}")));
        for section in &self.sections {
            lines.push(section.heading.clone());
            lines.extend(section.lines.iter().map(|line| format!("- {line}")));
        }
        lines.extend(self.details.iter().cloned());
        lines.join("\n")
    }

    /// The page as an answer. Forms may go to the lab itself and, after it, to `onward` (the origin of the
    /// program's redirect URI, which browsers check as well).
    pub fn answer(self, status: u16, onward: Option<&str>) -> Answer {
        let because = fill(say::SAID_PAGE, &[("title", &self.title)]);
        let policy = self.content_policy(onward);
        let mut answer = Answer::new(status, "text/html; charset=utf-8", self.html(), because)
            .with("cache-control", "no-store, no-cache")
            .with("content-security-policy", policy)
            .with("x-content-type-options", "nosniff")
            .with("x-frame-options", "DENY")
            .with("referrer-policy", "no-referrer")
            .with("cross-origin-opener-policy", "same-origin");
        answer.page = Some(self);
        answer
    }

    fn content_policy(&self, onward: Option<&str>) -> String {
        let hash = |text: &str| STANDARD.encode(Sha256::digest(text));
        let allowed = |script| format!(" script-src 'sha256-{}';", hash(script));
        let script = self.script().map(allowed).unwrap_or_default();
        let origins = self.frames.iter().filter_map(|f| origin(&f.address));
        let frames = match origins.collect::<Vec<_>>().join(" ") {
            none if none.is_empty() => none,
            all => format!(" frame-src {all};"),
        };
        let onward = onward
            .map(|origin| format!(" {origin}"))
            .unwrap_or_default();
        format!(
            "default-src 'none'; style-src 'sha256-{}';{script}{frames} form-action 'self'{onward}; base-uri 'none'; frame-ancestors 'none'",
            hash(STYLE)
        )
    }

    fn script(&self) -> Option<&'static str> {
        match (self.kind, &self.onward) {
            (Kind::Post, _) => Some(SUBMIT),
            (_, Some(_)) => Some(LEAVE),
            (_, None) => None,
        }
    }

    fn html(&self) -> String {
        let title = escape(&self.title);
        let mut body = format!("<h1 id=\"page-title\">{title}</h1>\n");
        if let Some(trouble) = &self.trouble {
            push(
                &mut body,
                format_args!(
                    "<p class=\"trouble\" role=\"alert\">{}</p>\n",
                    escape(trouble)
                ),
            );
        }
        for text in &self.paragraphs {
            push(&mut body, format_args!("<p>{}</p>\n", escape(text)));
        }
        list(&mut body, &self.list);
        for section in &self.sections {
            let heading = escape(&section.heading);
            push(&mut body, format_args!("<h2>{heading}</h2>\n"));
            list(&mut body, &section.lines);
        }
        if let Some(form) = &self.form {
            form.html(&mut body);
        }
        if !self.details.is_empty() {
            let lines: Vec<String> = self.details.iter().map(|line| escape(line)).collect();
            push(
                &mut body,
                format_args!("<p class=\"details\">{}</p>\n", lines.join("<br>\n")),
            );
        }
        self.leads(&mut body);
        let banner = escape(say::BANNER);
        let foot = escape(&fill(say::FOOT, &[("tenant", &self.tenant)]));
        format!(
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"robots\" content=\"noindex\">\n<title>{title} · SIMULATED</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<header class=\"banner\">{banner}</header>\n<main aria-labelledby=\"page-title\">\n{body}</main>\n<footer>{foot}</footer>\n</body>\n</html>\n"
        )
    }
}

impl Page {
    /// The frames, the link onward, and the script.
    fn leads(&self, out: &mut String) {
        for frame in &self.frames {
            let (address, title) = (escape(&frame.address), escape(&frame.title));
            push(
                out,
                format_args!(
                    "<iframe src=\"{address}\" title=\"{title}\" sandbox=\"allow-same-origin allow-scripts\"></iframe>\n"
                ),
            );
        }
        if let Some(link) = &self.onward {
            let (address, label) = (escape(&link.address), escape(&link.label));
            push(
                out,
                format_args!("<p><a class=\"onward\" href=\"{address}\">{label}</a></p>\n"),
            );
        }
        if let Some(script) = self.script() {
            push(out, format_args!("<script>{script}</script>\n"));
        }
    }
}

impl Form {
    fn html(&self, out: &mut String) {
        push(
            out,
            format_args!(
                "<form method=\"post\" action=\"{}\">\n",
                escape(&self.action)
            ),
        );
        for (name, value) in &self.hidden {
            let (name, value) = (escape(name), escape(value));
            push(
                out,
                format_args!("<input type=\"hidden\" name=\"{name}\" value=\"{value}\">\n"),
            );
        }
        for (number, input) in self.inputs.iter().enumerate() {
            let (name, label, value) = (
                escape(&input.name),
                escape(&input.label),
                escape(&input.value),
            );
            let (kind, complete) = (input.kind, input.autocomplete);
            let focus = if number == 0 { " autofocus" } else { "" };
            push(
                out,
                format_args!(
                    "<label for=\"{name}\">{label}</label>\n<input id=\"{name}\" name=\"{name}\" type=\"{kind}\" value=\"{value}\" autocomplete=\"{complete}\" autocapitalize=\"none\" spellcheck=\"false\" required{focus}>\n"
                ),
            );
        }
        out.push_str("<p class=\"buttons\">\n");
        for (number, button) in self.buttons.iter().enumerate() {
            let (name, value, label) = (
                escape(&button.name),
                escape(&button.value),
                escape(&button.label),
            );
            let class = if number == 0 { "first" } else { "other" };
            // A person who says no need not fill in the fields first.
            let skip = if number == 0 { "" } else { " formnovalidate" };
            push(
                out,
                format_args!(
                    "<button class=\"{class}\" name=\"{name}\" value=\"{value}\"{skip}>{label}</button>\n"
                ),
            );
        }
        out.push_str("</p>\n</form>\n");
    }
}

fn list(out: &mut String, items: &[String]) {
    if items.is_empty() {
        return;
    }
    out.push_str("<ul>\n");
    for item in items {
        push(out, format_args!("<li>{}</li>\n", escape(item)));
    }
    out.push_str("</ul>\n");
}

fn push(out: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _ = out.write_fmt(text);
}

/// Text that is text in HTML, inside elements and attributes alike.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if c.is_control() && c != '\n' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_was_typed_becomes_markup() {
        let evil = "\"><script>alert(1)</script>'";
        let page = Page {
            title: evil.into(),
            paragraphs: vec![evil.into()],
            list: vec![evil.into()],
            sections: vec![Section {
                heading: evil.into(),
                lines: vec![evil.into()],
            }],
            trouble: Some(evil.into()),
            details: vec![evil.into()],
            form: Some(Form {
                action: evil.into(),
                hidden: vec![(evil.into(), evil.into())],
                inputs: vec![Input::new(evil, evil, "text", "off")],
                buttons: vec![Button::new(evil, evil, evil)],
            }),
            frames: vec![Frame {
                address: evil.into(),
                title: evil.into(),
            }],
            onward: Some(Link {
                address: evil.into(),
                label: evil.into(),
            }),
            ..Page::default()
        };
        let answer = page.answer(200, None);
        let html = String::from_utf8(answer.body).unwrap();
        assert_eq!(html.matches("<script").count(), 1, "{html}");
        assert!(html.contains(&format!("<script>{LEAVE}</script>")));
        assert!(html.contains("SIMULATED"));
    }

    #[test]
    fn a_page_allows_its_own_style_and_no_script() {
        let answer = Page::default().answer(200, Some("http://localhost:5000"));
        let policy = answer.header("content-security-policy").unwrap();
        assert!(policy.starts_with("default-src 'none'; style-src 'sha256-"));
        assert!(!policy.contains("script-src"));
        assert!(policy.contains("form-action 'self' http://localhost:5000;"));
    }
}
