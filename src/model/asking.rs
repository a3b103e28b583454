//! What an authorization request asks for beside its scopes, and how its answer comes back.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::{ChallengeMethod, Problem, Prompt, ResponseMode, ResponseType};
use crate::strings::asking as say;

/// What is asked of the page where a person signs in. The default asks for a code, with S256, in the query.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Asking {
    /// The prompt (OpenID Connect Core 3.1.2.1).
    pub prompt: Option<Prompt>,
    /// The domain whose sign-in page is wanted: Microsoft's `domain_hint`.
    pub domain_hint: Option<String>,
    /// How old the sign-in may be, in seconds (OpenID Connect Core 3.1.2.1).
    pub max_age: Option<u32>,
    /// The ways to sign in that are preferred, separated by spaces (OpenID Connect Core 3.1.2.1).
    pub acr_values: Option<String>,
    /// Further parameters, in the order sent.
    pub extra: Vec<(String, String)>,
    /// What comes back.
    pub response_type: ResponseType,
    /// How the answer comes back; `None`: in the query, or in the fragment where tokens come along.
    pub response_mode: Option<ResponseMode>,
    /// How the code is bound to the run; `None`: by S256, as is usual.
    pub pkce: Option<ChallengeMethod>,
    /// Whether the request is signed as a JWT with the client's own key or secret (RFC 9101).
    pub request_object: bool,
    /// The file with the authorization details, a JSON array (RFC 9396 section 2).
    pub authorization_details: Option<PathBuf>,
    /// What the person's device shows, so that they know the request by it (OpenID Connect CIBA Core 7.1).
    pub binding_message: Option<String>,
}

/// The parameters that a run sets itself, or that must not stand in an address that a browser shows and keeps.
const OWN: [(&str, Why); 37] = [
    ("client_id", Why::Flag("--client-id")),
    ("scope", Why::Flag("--scope")),
    ("redirect_uri", Why::Flag("--redirect-uri")),
    ("login_hint", Why::Flag("--username")),
    ("claims", Why::Flag("--claims")),
    ("prompt", Why::Flag("--prompt")),
    ("domain_hint", Why::Flag("--domain-hint")),
    ("max_age", Why::Flag("--max-age")),
    ("acr_values", Why::Flag("--acr-values")),
    ("response_mode", Why::Flag("--response-mode")),
    ("response_type", Why::Flag("--response-type")),
    ("code_challenge", Why::Flag("--pkce")),
    ("code_challenge_method", Why::Flag("--pkce")),
    ("request", Why::Flag("--request-object")),
    ("request_uri", Why::Flow),
    (
        "authorization_details",
        Why::Flag("--authorization-details"),
    ),
    ("dpop_jkt", Why::Flag("--dpop")),
    ("state", Why::Flow),
    ("nonce", Why::Flow),
    ("grant_type", Why::Flow),
    ("code", Why::Flow),
    ("client_info", Why::Flow),
    ("code_verifier", Why::Secret),
    ("client_secret", Why::Secret),
    ("client_assertion", Why::Secret),
    ("client_assertion_type", Why::Secret),
    ("assertion", Why::Secret),
    ("password", Why::Secret),
    ("refresh_token", Why::Secret),
    ("access_token", Why::Secret),
    ("subject_token", Why::Secret),
    ("actor_token", Why::Secret),
    ("device_code", Why::Secret),
    ("username", Why::Flag("--username")),
    ("binding_message", Why::Flag("--binding-message")),
    ("auth_req_id", Why::Secret),
    ("user_code", Why::Secret),
];

/// Why a parameter is refused.
#[derive(Clone, Copy)]
enum Why {
    /// The flow sets it.
    Flow,
    /// Another flag sets it.
    Flag(&'static str),
    /// It carries a secret.
    Secret,
}

/// What the names of parameters hold that carry secrets.
const SECRET_WORDS: [&str; 6] = [
    "secret",
    "password",
    "passwd",
    "assertion",
    "credential",
    "private_key",
];

impl Asking {
    /// Whether nothing but the usual is asked for.
    pub fn is_usual(&self) -> bool {
        *self == Self::default()
    }

    /// One further parameter, as `NAME=VALUE`.
    ///
    /// # Errors
    /// A text without a name, a name that the flow or another choice sets, a name of a secret. A value of a secret's
    /// name is not repeated.
    pub fn extra(text: &str) -> Result<(String, String), Problem> {
        let wrong = |what: String| Problem::new(what, "extra", say::EXTRA_EXPECTED);
        let Some((name, value)) = text.split_once('=') else {
            return Err(wrong(say::NO_NAME.to_owned()));
        };
        let name = name.trim();
        refused(name)?;
        if value.chars().any(char::is_control) {
            return Err(wrong(say::extra_control(name)));
        }
        Ok((name.to_owned(), value.to_owned()))
    }

    /// The parameters of the request that have no choice of their own, as the query of an address.
    pub fn parameters(&self) -> String {
        let mut text = url::form_urlencoded::Serializer::new(String::new());
        let age = self.max_age.map(|seconds| seconds.to_string());
        let known = [
            ("domain_hint", self.domain_hint.as_deref()),
            ("max_age", age.as_deref()),
            ("acr_values", self.acr_values.as_deref()),
        ];
        for (name, value) in known {
            text.extend_pairs(value.map(|value| (name, value)));
        }
        text.extend_pairs(&self.extra).finish()
    }

    /// The same with the parameters of a query in their place.
    ///
    /// # Errors
    /// As [`Self::extra`], and an age that is none.
    pub fn with_parameters(&self, text: &str) -> Result<Self, Problem> {
        let mut asking = Self {
            domain_hint: None,
            max_age: None,
            acr_values: None,
            extra: Vec::new(),
            ..self.clone()
        };
        for part in text.split('&').map(str::trim) {
            for (name, value) in url::form_urlencoded::parse(part.as_bytes()) {
                let value = value.into_owned();
                match name.as_ref() {
                    _ if !part.contains('=') => {
                        let (what, expected) = (say::NO_NAME, say::EXTRA_EXPECTED);
                        return Err(Problem::new(what, "extra", expected));
                    }
                    "domain_hint" => asking.domain_hint = Some(value),
                    "max_age" => asking.max_age = Some(age(&value)?),
                    "acr_values" => asking.acr_values = Some(value),
                    _ => asking.extra.push(Self::extra(&format!("{name}={value}"))?),
                }
            }
        }
        Ok(asking)
    }

    /// How the answer is to come back, as sent.
    pub fn mode(&self) -> ResponseMode {
        self.response_mode.unwrap_or(if self.brings_tokens() {
            ResponseMode::Fragment
        } else {
            ResponseMode::Query
        })
    }

    /// Whether tokens come with the answer itself: the legacy way.
    pub const fn brings_tokens(&self) -> bool {
        self.response_type.has_id_token() || self.response_type.has_token()
    }

    /// Whether the answer stands in the fragment.
    pub fn by_fragment(&self) -> bool {
        match self.mode() {
            ResponseMode::Fragment | ResponseMode::FragmentJwt => true,
            ResponseMode::Jwt => self.brings_tokens(),
            ResponseMode::Query
            | ResponseMode::FormPost
            | ResponseMode::QueryJwt
            | ResponseMode::FormPostJwt => false,
        }
    }

    /// How the code is bound to the run; not at all where none comes.
    pub fn challenge(&self) -> ChallengeMethod {
        if self.response_type.has_code() {
            self.pkce.unwrap_or(ChallengeMethod::S256)
        } else {
            ChallengeMethod::None
        }
    }
}

/// An age of a sign-in, in seconds.
///
/// # Errors
/// A text that is no such number.
pub fn age(text: &str) -> Result<u32, Problem> {
    let wrong = |_| Problem::new(format!("`{text}`"), "max_age", say::AGE_EXPECTED);
    text.parse().map_err(wrong)
}

/// Refuses the name of a further parameter that may not be one.
///
/// # Errors
/// Why, with what is used in its place.
pub fn refused(name: &str) -> Result<(), Problem> {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.:".contains(c);
    if name.is_empty() || !name.chars().all(plain) {
        return Err(Problem::new(say::NO_NAME, "extra", say::EXTRA_EXPECTED));
    }
    let lower = name.to_ascii_lowercase();
    let known = OWN.iter().find(|(own, _)| *own == lower);
    let secret = SECRET_WORDS.iter().any(|word| lower.contains(word)) || lower.ends_with("_token");
    let why = known.map(|(_, why)| *why).or(secret.then_some(Why::Secret));
    let (what, expected) = match why {
        None => return Ok(()),
        Some(Why::Flow) => (say::set_by_flow(name), say::EXTRA_EXPECTED.to_owned()),
        Some(Why::Flag(flag)) => (say::set_by_flag(name), flag.to_owned()),
        Some(Why::Secret) => (say::is_secret(name), say::EXTRA_EXPECTED.to_owned()),
    };
    Err(Problem::new(what, "extra", expected))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_further_parameter_keeps_its_value_as_typed() {
        let read = |text| Asking::extra(text).unwrap();
        assert_eq!(read("mkt=de-DE"), ("mkt".into(), "de-DE".into()));
        assert_eq!(read("x= a=b "), ("x".into(), " a=b ".into()));
        assert_eq!(read("p="), ("p".into(), String::new()));
    }

    #[test]
    fn what_the_flow_sets_is_not_set_twice() {
        for (name, _) in OWN {
            let problem = Asking::extra(&format!("{name}=x")).unwrap_err();
            assert_eq!(problem.at, "extra", "{name}");
        }
        assert!(Asking::extra("STATE=x").is_err());
    }

    #[test]
    fn a_secret_is_refused_by_its_name_and_never_repeated() {
        for name in ["client_secret", "my-password", "id_token", "x_credentials"] {
            let problem = Asking::extra(&format!("{name}=Zx8-hidden")).unwrap_err();
            assert!(!format!("{problem:?}").contains("Zx8"), "{problem:?}");
        }
    }

    #[test]
    fn parameters_are_written_as_they_are_read() {
        let text = "domain_hint=contoso.example&max_age=0&acr_values=a+b&mkt=de-DE&x=a%26b";
        let read = Asking::default().with_parameters(text).unwrap();
        assert_eq!(read.max_age, Some(0));
        assert_eq!(read.acr_values.as_deref(), Some("a b"));
        assert_eq!(read.extra[1], ("x".into(), "a&b".into()));
        assert_eq!(read.parameters(), text);
        assert!(read.with_parameters("").unwrap().is_usual());
        for wrong in ["max_age=soon", "mkt", "state=x", "a=b&=c"] {
            assert!(read.with_parameters(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn what_is_no_pair_is_refused() {
        for text in ["", "=", "=x", "a b=c", "name", "a\u{1b}=c", "a=\u{1b}[31m"] {
            assert!(Asking::extra(text).is_err(), "{text:?}");
        }
    }
}
