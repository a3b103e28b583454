//! One HTTP request as the lab sees it and the answer it gives: plain data, no sockets.

use std::borrow::Cow;
use std::time::Duration;

use memchr::{memchr, memchr2};
use percent_encoding::{percent_decode, percent_decode_str};

use super::mark::Mark;
use super::page::Page;
use crate::model::LabFault;

/// The type of JSON, as Entra writes it.
pub const JSON: &str = "application/json; charset=utf-8";

/// A request.
#[derive(Clone, Debug, Default)]
pub struct Ask {
    /// `GET`, `POST` …
    pub method: String,
    /// `https://localhost:8443`: scheme and host as the client named them, without a slash.
    pub base: String,
    /// The path, still percent-encoded.
    pub path: String,
    /// The query, still encoded; empty if there is none.
    pub query: String,
    /// Headers, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Ask {
    /// The first value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self
            .headers
            .iter()
            .find(|(n, _)| n.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// The path's segments, decoded.
    pub fn segments(&self) -> Vec<String> {
        let decode = |s: &str| {
            if s.contains('%') {
                percent_decode_str(s).decode_utf8_lossy().into_owned()
            } else {
                s.to_owned()
            }
        };
        self.path
            .split('/')
            .filter(|s| !s.is_empty())
            .map(decode)
            .collect()
    }

    /// A query parameter.
    pub fn query(&self, name: &str) -> Option<String> {
        first(self.query.as_bytes(), name)
    }

    /// A form field that is not empty.
    pub fn form(&self, name: &str) -> Option<String> {
        first(&self.body, name).filter(|value| !value.is_empty())
    }

    /// A parameter of the query, or of the form of a POST (OpenID Connect Core 3.1.2.1 allows both).
    pub fn parameter(&self, name: &str) -> Option<String> {
        let found = if self.method == "POST" {
            self.form(name)
        } else {
            None
        };
        found
            .or_else(|| self.query(name))
            .filter(|value| !value.is_empty())
    }

    /// A cookie.
    pub fn cookie(&self, name: &str) -> Option<String> {
        let all = self
            .headers
            .iter()
            .filter(|(n, _)| n.eq_ignore_ascii_case("cookie"));
        let mut pairs = all.flat_map(|(_, value)| value.split(';'));
        let value = pairs.find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='))?;
        Some(value.to_owned())
    }

    /// The bearer token (RFC 6750 section 2.1).
    pub fn bearer(&self) -> Option<&str> {
        let (scheme, token) = self.header("authorization")?.split_once(' ')?;
        scheme
            .eq_ignore_ascii_case("bearer")
            .then_some(token.trim())
    }

    /// Whether the request came over TLS.
    pub fn is_secure(&self) -> bool {
        self.base.starts_with("https:")
    }
}

/// The names of a form or a query and the values of those that are wanted, decoded (URL Standard, section 5.1). Nearly
/// all are written as they are and cost no copy.
pub fn pairs<'a>(
    encoded: &'a [u8],
    wanted: impl Fn(&str) -> bool + 'a,
) -> impl Iterator<Item = (Cow<'a, str>, Option<Cow<'a, str>>)> {
    split(encoded).map(move |(name, value)| {
        let name = decoded(name);
        let value = wanted(&name).then(|| decoded(value));
        (name, value)
    })
}

/// The first value of a name. Only that one is decoded.
fn first(encoded: &[u8], name: &str) -> Option<String> {
    let named = |written: &[u8], plain: bool| {
        if plain {
            written == name.as_bytes()
        } else {
            decoded(written) == name
        }
    };
    let mut rest = encoded;
    while let Some((written, plain, value)) = next_pair(&mut rest) {
        if named(written, plain) {
            return Some(decoded(value).into_owned());
        }
    }
    None
}

/// Names and values as they are written.
fn split(encoded: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    let mut rest = encoded;
    std::iter::from_fn(move || next_pair(&mut rest).map(|(name, _, value)| (name, value)))
}

/// The next name, whether it is written as it is, and its value. Names are short and looked at byte by byte; values
/// may be long.
fn next_pair<'a>(rest: &mut &'a [u8]) -> Option<(&'a [u8], bool, &'a [u8])> {
    while let [b'&', after @ ..] = *rest {
        *rest = after;
    }
    if rest.is_empty() {
        return None;
    }
    let mut plain = true;
    let mut end = 0;
    while let Some(byte) = rest.get(end).filter(|byte| !matches!(byte, b'=' | b'&')) {
        plain &= !matches!(byte, b'%' | b'+');
        end += 1;
    }
    let (name, after) = rest.split_at(end);
    let value = match after {
        [b'=', value @ ..] => &value[..memchr(b'&', value).unwrap_or(value.len())],
        _ => &[],
    };
    *rest = after.get(value.len() + 1..).unwrap_or_default();
    Some((name, plain, value))
}

fn is_plain(written: &[u8]) -> bool {
    memchr2(b'%', b'+', written).is_none()
}

fn decoded(written: &[u8]) -> Cow<'_, str> {
    if is_plain(written) {
        let text = std::str::from_utf8(written).map(Cow::Borrowed);
        return text.unwrap_or_else(|_| String::from_utf8_lossy(written));
    }
    let mut spaced = written.to_vec();
    let pluses = spaced.iter_mut().filter(|byte| **byte == b'+');
    pluses.for_each(|byte| *byte = b' ');
    Cow::Owned(percent_decode(&spaced).decode_utf8_lossy().into_owned())
}

/// What happens to the lab's clock together with an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClockMove {
    /// It moves on.
    Advance(Duration),
    /// It runs like the real one again.
    Reset,
}

/// An answer.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Headers in order.
    pub headers: Vec<(&'static str, Cow<'static, str>)>,
    /// The body.
    pub body: Vec<u8>,
    /// Why it was answered so, for the request log.
    pub because: String,
    /// The page in the body, for the lab's own user.
    pub page: Option<Page>,
    /// What happens to the clock.
    pub clock: Option<ClockMove>,
    /// What it tells the request log about itself.
    pub mark: Mark,
    /// What the socket does wrong with it.
    pub fault: Option<LabFault>,
    /// The request log is wanted as the body, from after this record on.
    pub log_since: Option<u64>,
}

impl Answer {
    /// An answer with a body of a type.
    pub fn new(
        status: u16,
        kind: &'static str,
        body: impl Into<Vec<u8>>,
        because: impl Into<String>,
    ) -> Self {
        let mut headers = Vec::with_capacity(16);
        headers.push(("content-type", Cow::Borrowed(kind)));
        Self {
            status,
            headers,
            body: body.into(),
            because: because.into(),
            ..Self::default()
        }
    }

    /// JSON.
    pub fn json(status: u16, body: &impl serde::Serialize, because: impl Into<String>) -> Self {
        let mut text = Vec::with_capacity(1024);
        // What the lab says is made of texts and numbers, which always go into JSON.
        let _ = serde_json::to_writer(&mut text, body);
        Self::new(status, JSON, text, because)
    }

    /// Plain text.
    pub fn text(status: u16, body: &str, because: impl Into<String>) -> Self {
        Self::new(status, "text/plain; charset=utf-8", body, because)
    }

    /// A redirect.
    pub fn redirect(to: &str, because: impl Into<String>) -> Self {
        Self::new(302, "text/plain; charset=utf-8", "", because)
            .with("location", to.to_owned())
            .with("cache-control", "no-store, no-cache")
            .with("referrer-policy", "no-referrer")
    }

    /// With one more header. A line end in the value cannot start another header: the value is dropped.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Cow<'static, str>>) -> Self {
        self.add(name, value.into());
        self
    }

    /// As [`with`](Self::with), in place.
    pub fn add(&mut self, name: &'static str, value: Cow<'static, str>) {
        // What is written in the program has none.
        let own = matches!(value, Cow::Borrowed(_));
        if own || !value.bytes().any(|byte| byte < 0x20 || byte == 0x7f) {
            self.headers.push((name, value));
        }
    }

    /// The first value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self
            .headers
            .iter()
            .find(|(n, _)| n.eq_ignore_ascii_case(name));
        found.map(|(_, value)| &**value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn parameters_are_found_where_they_may_be() {
        let ask = Ask {
            method: "POST".into(),
            query: "a=1&b=%C3%A4".into(),
            body: b"a=2&c=&d=+x".to_vec(),
            path: "/t%20t//x".into(),
            headers: vec![
                ("cookie".into(), "x=1; lab=abc=d".into()),
                ("authorization".into(), "bEarer t".into()),
            ],
            base: "https://localhost".into(),
        };
        assert_eq!(ask.parameter("a").as_deref(), Some("2"));
        assert_eq!(ask.parameter("b").as_deref(), Some("ä"));
        assert_eq!(
            (ask.form("c"), ask.form("d").as_deref()),
            (None, Some(" x"))
        );
        assert_eq!(ask.cookie("lab").as_deref(), Some("abc=d"));
        assert_eq!(ask.bearer(), Some("t"));
        assert_eq!(ask.segments(), ["t t", "x"]);
    }

    proptest! {
        #[test]
        fn a_form_is_what_a_form_decoder_says(form in "(&|=|%61|%3D|%FF|\\+|a|b|ä|ab|%|1){0,12}", name in "a|b|ab|a b|a=") {
            let expected: Vec<_> = url::form_urlencoded::parse(form.as_bytes()).collect();
            let found = pairs(form.as_bytes(), |_| true).map(|(name, value)| (name, value.unwrap()));
            prop_assert_eq!(&found.collect::<Vec<_>>(), &expected);
            let value = expected.into_iter().find(|(found, _)| *found == name);
            prop_assert_eq!(first(form.as_bytes(), &name), value.map(|(_, value)| value.into_owned()));
        }
    }

    #[test]
    fn a_line_end_does_not_start_a_header() {
        let answer = Answer::redirect("http://localhost/\r\nset-cookie: x=1", "");
        assert_eq!(answer.header("location"), None);
    }
}
