//! What an authorization request wants back, and how its code is bound to whoever asked.

use serde::{Deserialize, Serialize};

/// What comes back from the sign-in page (OAuth 2.0 Multiple Response Types). All but the code are legacy: RFC 9700
/// section 2.1.2 advises against tokens in addresses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ResponseType {
    /// A code, which is redeemed for tokens.
    #[default]
    #[serde(rename = "code")]
    Code,
    /// An ID token (implicit).
    #[serde(rename = "id_token")]
    IdToken,
    /// An access token (implicit).
    #[serde(rename = "token")]
    Token,
    /// Both tokens (implicit).
    #[serde(rename = "id_token token")]
    IdTokenToken,
    /// A code and an ID token (hybrid).
    #[serde(rename = "code id_token")]
    CodeIdToken,
    /// A code and an access token (hybrid).
    #[serde(rename = "code token")]
    CodeToken,
    /// All three (hybrid).
    #[serde(rename = "code id_token token")]
    CodeIdTokenToken,
}

impl ResponseType {
    /// Every type.
    pub const ALL: [Self; 7] = [
        Self::Code,
        Self::IdToken,
        Self::Token,
        Self::IdTokenToken,
        Self::CodeIdToken,
        Self::CodeToken,
        Self::CodeIdTokenToken,
    ];

    /// The parameter's value.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::IdToken => "id_token",
            Self::Token => "token",
            Self::IdTokenToken => "id_token token",
            Self::CodeIdToken => "code id_token",
            Self::CodeToken => "code token",
            Self::CodeIdTokenToken => "code id_token token",
        }
    }

    /// The type of a value, whose words may stand in any order; `None` if there is no such type.
    pub fn from_word(text: &str) -> Option<Self> {
        let sorted = |text: &str| {
            let mut words: Vec<_> = text.split_whitespace().map(str::to_owned).collect();
            words.sort_unstable();
            words
        };
        let wanted = sorted(text);
        Self::ALL
            .into_iter()
            .find(|known| sorted(known.word()) == wanted)
    }

    /// Whether a code comes.
    pub const fn has_code(self) -> bool {
        !matches!(self, Self::IdToken | Self::Token | Self::IdTokenToken)
    }

    /// Whether an ID token comes with the answer itself.
    pub const fn has_id_token(self) -> bool {
        matches!(
            self,
            Self::IdToken | Self::IdTokenToken | Self::CodeIdToken | Self::CodeIdTokenToken
        )
    }

    /// Whether an access token comes with the answer itself.
    pub const fn has_token(self) -> bool {
        matches!(
            self,
            Self::Token | Self::IdTokenToken | Self::CodeToken | Self::CodeIdTokenToken
        )
    }
}

/// How an answer comes back from the page (OAuth 2.0 Multiple Response Types 2.1, OAuth 2.0 Form Post Response Mode,
/// JWT Secured Authorization Response Mode 2.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ResponseMode {
    /// In the query of the redirect URI.
    #[serde(rename = "query")]
    Query,
    /// In its fragment, which browsers do not send: the page that listens hands it on.
    #[serde(rename = "fragment")]
    Fragment,
    /// By a form that the page posts to the redirect URI.
    #[serde(rename = "form_post")]
    FormPost,
    /// As a signed JWT, in the query or, where tokens come along, in the fragment.
    #[serde(rename = "jwt")]
    Jwt,
    /// As a signed JWT in the query.
    #[serde(rename = "query.jwt")]
    QueryJwt,
    /// As a signed JWT in the fragment.
    #[serde(rename = "fragment.jwt")]
    FragmentJwt,
    /// As a signed JWT in a form.
    #[serde(rename = "form_post.jwt")]
    FormPostJwt,
}

impl ResponseMode {
    /// Every mode.
    pub const ALL: [Self; 7] = [
        Self::Query,
        Self::Fragment,
        Self::FormPost,
        Self::Jwt,
        Self::QueryJwt,
        Self::FragmentJwt,
        Self::FormPostJwt,
    ];

    /// The parameter's value.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Query => "query",
            Self::Fragment => "fragment",
            Self::FormPost => "form_post",
            Self::Jwt => "jwt",
            Self::QueryJwt => "query.jwt",
            Self::FragmentJwt => "fragment.jwt",
            Self::FormPostJwt => "form_post.jwt",
        }
    }

    /// The mode of a value; `None` if there is no such mode.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.word() == word)
    }

    /// Whether the answer is a signed JWT.
    pub const fn is_signed(self) -> bool {
        matches!(
            self,
            Self::Jwt | Self::QueryJwt | Self::FragmentJwt | Self::FormPostJwt
        )
    }
}

/// How the code is bound to whoever asked for it (RFC 7636 section 4.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ChallengeMethod {
    /// By the digest of a verifier.
    S256,
    /// By the verifier itself, which then stands in the address.
    #[serde(rename = "plain")]
    Plain,
    /// Not at all.
    #[serde(rename = "none")]
    None,
}

impl ChallengeMethod {
    /// Every method.
    pub const ALL: [Self; 3] = [Self::S256, Self::Plain, Self::None];

    /// The word, which is the parameter's value where there is one.
    pub const fn word(self) -> &'static str {
        match self {
            Self::S256 => "S256",
            Self::Plain => "plain",
            Self::None => "none",
        }
    }

    /// The method of a word; `None` if there is no such method.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.word() == word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_read_back_and_written_as_it_is_sent() {
        for kind in ResponseType::ALL {
            assert_eq!(ResponseType::from_word(kind.word()), Some(kind));
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.word());
        }
        for mode in ResponseMode::ALL {
            assert_eq!(ResponseMode::from_word(mode.word()), Some(mode));
            assert_eq!(serde_json::to_value(mode).unwrap(), mode.word());
        }
        for method in ChallengeMethod::ALL {
            assert_eq!(ChallengeMethod::from_word(method.word()), Some(method));
            assert_eq!(serde_json::to_value(method).unwrap(), method.word());
        }
    }

    #[test]
    fn the_words_of_a_type_may_stand_in_any_order_but_none_twice() {
        let read = ResponseType::from_word;
        assert_eq!(read("token  id_token"), Some(ResponseType::IdTokenToken));
        assert_eq!(
            read("token code id_token"),
            Some(ResponseType::CodeIdTokenToken)
        );
        assert_eq!(read("code code"), None);
        assert_eq!(read(""), None);
    }
}
