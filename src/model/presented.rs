//! What is presented to a token endpoint in place of a sign-in, and what is wanted for it.

use super::{Problem, Secret};

/// How the names of RFC 8693 section 3 begin.
const NAMES: &str = "urn:ietf:params:oauth:token-type:";

/// What kind of token a token is (RFC 8693 section 3): a URI.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenType(String);

impl TokenType {
    /// The last words of the URIs that RFC 8693 section 3 registers.
    pub const KNOWN: [&str; 6] = [
        "access_token",
        "refresh_token",
        "id_token",
        "saml1",
        "saml2",
        "jwt",
    ];

    /// The type of a word of [`Self::KNOWN`] or of a whole URI.
    ///
    /// # Errors
    /// What is neither; `at` is the flag or key it stood under.
    pub fn parse(text: &str, at: &str) -> Result<Self, Problem> {
        let text = text.trim();
        let word = text.replace('-', "_");
        if Self::KNOWN.contains(&word.as_str()) {
            return Ok(Self(format!("{NAMES}{word}")));
        }
        let uri = url::Url::parse(text).is_ok();
        if uri && !text.chars().any(|c| c.is_whitespace() || c.is_control()) {
            return Ok(Self(text.to_owned()));
        }
        let expected = format!("{} or a URI", Self::KNOWN.join(", "));
        Err(Problem::new(format!("`{text}`"), at, expected))
    }

    /// The type of an access token.
    pub fn access_token() -> Self {
        Self(format!("{NAMES}access_token"))
    }

    /// The URI, as it is sent.
    pub fn uri(&self) -> &str {
        &self.0
    }

    /// The short word where there is one, else the URI.
    pub fn word(&self) -> &str {
        let word = self.0.strip_prefix(NAMES);
        word.filter(|word| Self::KNOWN.contains(word))
            .unwrap_or(&self.0)
    }

    /// Whether such a token is always a JWT.
    pub fn is_jwt(&self) -> bool {
        matches!(self.word(), "jwt" | "id_token")
    }
}

/// What is presented in the flows that exchange one token for another, and what is wanted for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Presented {
    /// The subject token (RFC 8693 section 2.1), the assertion (RFC 7523 and 7522 section 2.1), or the federated
    /// credential of a user.
    pub token: Option<Secret>,
    /// Token exchange: `subject_token_type`; `None`: an access token.
    pub token_type: Option<TokenType>,
    /// Token exchange: the token of whoever acts for the subject.
    pub actor: Option<Secret>,
    /// Token exchange: `actor_token_type`. An actor's token is asked for where this is set and none is given.
    pub actor_type: Option<TokenType>,
    /// Token exchange: `requested_token_type`.
    pub wanted_type: Option<TokenType>,
    /// Token exchange: for whom the new token is, by name.
    pub audiences: Vec<String>,
    /// For what the new token is, by address (RFC 8707).
    pub resources: Vec<String>,
    /// Federated credential of a user: the user's object id, where they are not named by user name.
    pub user_id: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_is_a_known_word_or_a_uri() {
        let parse = |text| TokenType::parse(text, "type");
        let known = parse("access-token").unwrap();
        assert_eq!(known.uri(), "urn:ietf:params:oauth:token-type:access_token");
        assert_eq!(parse(known.uri()).unwrap().word(), "access_token");
        let own = parse("urn:example:token-type:ticket").unwrap();
        assert_eq!(own.word(), "urn:example:token-type:ticket");
        for wrong in ["", "ticket", "urn: x y"] {
            assert!(parse(wrong).unwrap_err().expected.contains("saml2"));
        }
    }
}
