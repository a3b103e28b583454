//! A call to a protected API: what is sent to it beside the token, and what may not be.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use url::Url;

use super::Problem;
use super::authority::is_loopback;
use crate::strings::api as say;

/// How an API is called (RFC 9110 section 9).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum ApiMethod {
    /// Read.
    #[default]
    Get,
    /// Read the headers alone.
    Head,
    /// Hand something over.
    Post,
    /// Put something in its place.
    Put,
    /// Change a part.
    Patch,
    /// Remove.
    Delete,
}

impl ApiMethod {
    /// Every one, the one that reads first.
    pub const ALL: [Self; 6] = [
        Self::Get,
        Self::Head,
        Self::Post,
        Self::Put,
        Self::Patch,
        Self::Delete,
    ];

    /// The word on the wire.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Head => "HEAD",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }

    /// The one of a word, whatever its case.
    pub fn from_word(word: &str) -> Option<Self> {
        let mut all = Self::ALL.into_iter();
        all.find(|known| known.word().eq_ignore_ascii_case(word))
    }

    /// Whether a body goes along.
    pub const fn has_body(self) -> bool {
        !matches!(self, Self::Get | Self::Head)
    }
}

/// One call to an API. The token is added where it is sent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiCall {
    /// The whole address.
    pub url: String,
    /// How.
    #[serde(default)]
    pub method: ApiMethod,
    /// Headers beside `Authorization`: name and value, as typed.
    #[serde(default)]
    pub headers: Vec<(String, String)>,
    /// The file that holds the body; read when the call is made.
    #[serde(default)]
    pub body: Option<PathBuf>,
}

/// The longest body that is sent: bytes.
pub const LONGEST_BODY: u64 = 1 << 20;

/// Headers that are the program's or the connection's business.
const REFUSED: &[&str] = &[
    "authorization",
    "proxy-authorization",
    "cookie",
    "host",
    "dpop",
    "origin",
    "content-length",
    "transfer-encoding",
    "connection",
    "keep-alive",
    "upgrade",
    "te",
    "trailer",
    "expect",
];

/// Parts of the names of headers that carry a secret: none may stand on a command line or in a profile.
const SECRET_NAMES: &[&str] = &[
    "secret",
    "password",
    "token",
    "api-key",
    "apikey",
    "subscription-key",
    "functions-key",
    "credential",
    "signature",
];

impl ApiCall {
    /// Reads an address.
    pub fn get(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            ..Self::default()
        }
    }

    /// What a person types: an address, or a method and an address.
    ///
    /// # Errors
    /// If it is neither, or an address that no token may go to.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let text = text.trim();
        let call = match text.split_once(char::is_whitespace) {
            None => Self::get(text),
            Some((word, url)) => Self {
                method: method(word)?,
                ..Self::get(url.trim())
            },
        };
        call.check()?;
        Ok(call)
    }

    /// The address, if a token may go there: https, or this machine itself.
    ///
    /// # Errors
    /// What is wrong with the address, a header, or a body that the method does not take.
    pub fn check(&self) -> Result<Url, Problem> {
        let wrong = || Problem::new(say::bad_address(&self.url), "api", say::ADDRESS_EXPECTED);
        let url = Url::parse(&self.url).map_err(|_| wrong())?;
        let here = url.scheme() == "http" && is_loopback(&url);
        if url.scheme() != "https" && !here {
            return Err(wrong());
        }
        if !url.username().is_empty() || url.password().is_some() {
            let expected = say::ADDRESS_EXPECTED;
            return Err(Problem::new(say::SECRET_IN_ADDRESS, "api", expected));
        }
        for (name, value) in &self.headers {
            header_problem(name, value)?;
        }
        if self.body.is_some() && !self.method.has_body() {
            let what = say::takes_no_body(self.method.word());
            return Err(Problem::new(what, "api-method", say::METHOD_WITH_BODY));
        }
        Ok(url)
    }

    /// The headers as one line, as [`headers`] reads them.
    pub fn header_line(&self) -> String {
        let lines = self.headers.iter();
        let lines: Vec<String> = lines
            .map(|(name, value)| format!("{name}: {value}"))
            .collect();
        lines.join(" | ")
    }
}

impl From<&str> for ApiCall {
    fn from(url: &str) -> Self {
        Self::get(url)
    }
}

/// A method by its word.
///
/// # Errors
/// A word that is none.
pub fn method(word: &str) -> Result<ApiMethod, Problem> {
    ApiMethod::from_word(word)
        .ok_or_else(|| Problem::new(say::not_a_method(word), "api-method", say::METHOD_EXPECTED))
}

/// A header as typed, `Name: value`.
///
/// # Errors
/// If it is none, if the program sets it itself, or if its name is that of a secret. The value is not repeated.
pub fn header(text: &str) -> Result<(String, String), Problem> {
    let (name, value) = text.split_once(':').unwrap_or((text, ""));
    let (name, value) = (name.trim(), value.trim());
    header_problem(name, value)?;
    Ok((name.to_owned(), value.to_owned()))
}

/// Several headers, with a bar between them.
///
/// # Errors
/// As of [`header`].
pub fn headers(line: &str) -> Result<Vec<(String, String)>, Problem> {
    let parts = line.split('|').map(str::trim);
    parts.filter(|part| !part.is_empty()).map(header).collect()
}

fn header_problem(name: &str, value: &str) -> Result<(), Problem> {
    let at = "api-header";
    let in_name = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b);
    if name.is_empty() || !name.bytes().all(in_name) {
        return Err(Problem::new(say::NOT_A_HEADER, at, say::HEADER_EXPECTED));
    }
    if value.is_empty() || !value.bytes().all(|b| (b' '..=b'~').contains(&b)) {
        let what = say::header_value(name);
        return Err(Problem::new(what, at, say::HEADER_EXPECTED));
    }
    let lower = name.to_ascii_lowercase();
    if REFUSED.contains(&lower.as_str()) {
        let what = say::header_refused(name);
        return Err(Problem::new(what, at, say::OTHER_HEADER_EXPECTED));
    }
    if SECRET_NAMES.iter().any(|part| lower.contains(part)) {
        let what = say::header_is_secret(name);
        return Err(Problem::new(what, at, say::OTHER_HEADER_EXPECTED));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_token_goes_to_https_and_to_this_machine_alone() {
        for good in [
            "https://graph.microsoft.com/v1.0/me",
            "http://127.0.0.1:8080/api",
            "http://localhost/api?x=1",
        ] {
            assert!(ApiCall::get(good).check().is_ok(), "{good}");
        }
        for bad in [
            "http://graph.microsoft.com/v1.0/me",
            "ftp://x",
            "",
            "me",
            "https://ada:pw@graph.microsoft.com",
        ] {
            let problem = ApiCall::get(bad).check().unwrap_err();
            assert_eq!(problem.at, "api", "{bad}");
            assert!(!problem.what.contains(":pw@"), "{problem:?}");
        }
    }

    #[test]
    fn what_is_typed_may_begin_with_a_method() {
        let call = ApiCall::parse("patch  https://x.example/a").unwrap();
        assert_eq!(call.method, ApiMethod::Patch);
        assert_eq!(call.url, "https://x.example/a");
        assert_eq!(
            ApiCall::parse("STEAL https://x.example").unwrap_err().at,
            "api-method"
        );
    }

    #[test]
    fn headers_of_the_program_and_headers_with_secrets_are_refused_without_their_value() {
        for name in [
            "Authorization",
            "cookie",
            "Host",
            "X-Api-Key",
            "X-Auth-Token",
        ] {
            let problem = header(&format!("{name}: Zx8~Q")).unwrap_err();
            assert!(!format!("{problem:?}").contains("Zx8"), "{problem:?}");
        }
        for text in ["", "NoColon", "A b: x", "X:\u{e9}", "X: a\r\nY: b"] {
            assert!(header(text).is_err(), "{text:?}");
        }
        let two = headers("ConsistencyLevel: eventual | Prefer: odata.maxpagesize=1").unwrap();
        assert_eq!(two[1], ("Prefer".into(), "odata.maxpagesize=1".into()));
        let call = ApiCall {
            headers: two.clone(),
            ..ApiCall::get("https://x.example")
        };
        assert_eq!(headers(&call.header_line()).unwrap(), two);
    }

    #[test]
    fn a_body_goes_only_with_a_method_that_takes_one() {
        let mut call = ApiCall {
            body: Some("body.json".into()),
            ..ApiCall::get("https://x.example")
        };
        assert_eq!(call.check().unwrap_err().at, "api-method");
        call.method = ApiMethod::Post;
        assert!(call.check().is_ok());
    }

    proptest! {
        #[test]
        fn nothing_that_is_typed_makes_it_panic(text in "\\PC*") {
            let _ = (ApiCall::parse(&text), header(&text), headers(&text));
        }
    }
}
