//! The types of a token exchange, as the form's choices. Tokens themselves are asked for when they are needed.

use crate::model::{Presented, TokenType};
use crate::strings::explorer as s;

/// What was chosen. A type that is none of the registered ones stays until another is chosen.
#[derive(Clone, Debug, Default)]
pub struct Exchange {
    /// What is exchanged; `None`: an access token.
    pub subject: Option<TokenType>,
    /// What whoever acts for the subject shows; `None`: nobody acts.
    pub actor: Option<TokenType>,
    /// What is wanted; `None`: the server chooses.
    pub wanted: Option<TokenType>,
}

impl Exchange {
    /// The choices of a spec.
    pub fn of(presented: &Presented) -> Self {
        let given = presented.actor.is_some();
        Self {
            subject: presented.token_type.clone(),
            actor: (presented.actor_type.clone()).or_else(|| given.then(TokenType::access_token)),
            wanted: presented.wanted_type.clone(),
        }
    }
}

/// The next or the previous type; before the first and after the last stands none.
pub fn turned(kind: Option<&TokenType>, on: bool) -> Option<TokenType> {
    let known = TokenType::KNOWN;
    let here = kind.and_then(|kind| known.iter().position(|word| *word == kind.word()));
    let next = match (kind, here, on) {
        (None, _, true) => Some(0),
        (None, _, false) => Some(known.len() - 1),
        (Some(_), None, _) => None,
        (Some(_), Some(at), true) => Some(at + 1),
        (Some(_), Some(at), false) => at.checked_sub(1),
    };
    TokenType::parse(known.get(next?)?, "type").ok()
}

/// A choice as shown; `none` where nothing is chosen.
pub fn shown(kind: Option<&TokenType>, none: &str) -> String {
    kind.map_or_else(|| none.to_owned(), |kind| s::token_type(kind.word()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turning_goes_through_every_type_and_back_to_none() {
        for on in [true, false] {
            let mut kind = turned(None, on);
            let mut seen = Vec::new();
            while let Some(chosen) = kind {
                seen.push(chosen.word().to_owned());
                kind = turned(Some(&chosen), on);
            }
            assert_eq!(seen.len(), TokenType::KNOWN.len(), "{seen:?}");
        }
    }

    #[test]
    fn a_type_of_somebody_is_left_for_none() {
        let own = TokenType::parse("urn:example:ticket", "type").unwrap();
        assert_eq!(turned(Some(&own), true), None);
        assert_eq!(shown(Some(&own), ""), "urn:example:ticket");
    }
}
