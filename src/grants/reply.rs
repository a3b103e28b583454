//! Reads a token endpoint's reply: tokens, a refusal or silence. The status decides only whether it can be a token.

use std::time::Duration;

use serde_json::{Map, Value as Json};

use super::{Ended, Log, Next};
use crate::decode;
use crate::model::{
    Exchange, Fact, FactKind, Moment, Place, Reading, Secret, SecretKind, Shape, Spot,
};
use crate::strings::grants as say;

/// What a successful token reply carried (RFC 6749 section 5.1, OpenID Connect Core 3.1.3.3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tokens {
    /// `Bearer` unless said otherwise.
    pub token_type: String,
    /// What was issued (`issued_token_type`, RFC 8693 section 2.2.1).
    pub issued_type: Option<String>,
    /// The access token; `None` where an ID token alone came from the page.
    pub access: Option<Secret>,
    /// The refresh token.
    pub refresh: Option<Secret>,
    /// The ID token.
    pub id: Option<Secret>,
    /// When the access token expires.
    pub expires: Option<Moment>,
    /// When it expires during an outage (`ext_expires_in`).
    pub extended_expires: Option<Moment>,
    /// When it should be refreshed ahead of time (`refresh_in`).
    pub refresh_on: Option<Moment>,
    /// Scopes granted; those asked for where the reply names none (RFC 6749 section 5.1).
    pub scopes: Vec<String>,
    /// Entra's `client_info`, base64url JSON with `uid` and `utid`.
    pub client_info: Option<String>,
    /// The family of clients that may share the refresh token (`foci`).
    pub family: Option<String>,
    /// What was authorized (`authorization_details`, RFC 9396 section 7).
    pub details: Option<Json>,
}

impl Tokens {
    /// Reads a body that is a JSON object with an access token that is not empty; everything else is `None`.
    pub fn read(body: &[u8], asked: &[String], now: Moment) -> Option<Self> {
        let Ok(Json::Object(members)) = serde_json::from_slice(body) else {
            return None;
        };
        let text = |name: &str| text(&members, name);
        let secret = |kind, name| text(name).map(|value| Secret::new(kind, value));
        let after = |name: &str| Some(now.plus(Duration::from_secs(number(&members, name)?)));
        let absolute = || {
            let seconds = number(&members, "expires_on")?;
            Some(Moment::from_seconds(i64::try_from(seconds).ok()?))
        };
        Some(Self {
            token_type: text("token_type").unwrap_or_else(|| "Bearer".into()),
            issued_type: text("issued_token_type"),
            access: Some(secret(SecretKind::AccessToken, "access_token")?),
            refresh: secret(SecretKind::RefreshToken, "refresh_token"),
            id: secret(SecretKind::IdToken, "id_token"),
            expires: after("expires_in").or_else(absolute),
            extended_expires: after("ext_expires_in"),
            refresh_on: after("refresh_in"),
            scopes: match text("scope") {
                Some(scopes) => scopes.split_ascii_whitespace().map(Into::into).collect(),
                None => asked.to_vec(),
            },
            client_info: text("client_info"),
            family: text("foci"),
            details: members.get("authorization_details").cloned(),
        })
    }

    /// Whether no API can be called with what came: its type is `N_A` (RFC 8693 section 2.2.1).
    pub fn opens_nothing(&self) -> bool {
        self.token_type.eq_ignore_ascii_case("N_A")
    }
}

fn text(members: &Map<String, Json>, name: &str) -> Option<String> {
    match members.get(name)? {
        Json::String(text) if !text.is_empty() => Some(text.clone()),
        Json::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// A number, or a string holding one: some servers send `"3599"`, some `3599.0`.
pub(crate) fn number(members: &Map<String, Json>, name: &str) -> Option<u64> {
    let text = text(members, name)?;
    let whole = text.trim().split('.').next()?;
    whole.parse().ok()
}

/// What an exchange with the token endpoint ended in.
pub(crate) fn judge(exchange: &Exchange, asked: &[String], now: Moment) -> Ended {
    let tokens = exchange
        .reply
        .as_ref()
        .filter(|reply| (200..300).contains(&reply.status))
        .and_then(|reply| Tokens::read(&reply.body, asked, now));
    match tokens {
        Some(tokens) => Ended::Granted(Box::new(tokens)),
        None => refused(exchange, Place::Token),
    }
}

/// Not what was hoped for: a refusal if anything came back, silence otherwise.
pub(crate) fn refused(exchange: &Exchange, place: Place) -> Ended {
    match &exchange.reply {
        Some(reply) => Ended::Refused {
            place,
            reading: decode::reply(reply, exchange.request.purpose),
        },
        None => Ended::Unreachable {
            place,
            reading: silence(exchange),
        },
    }
}

/// What the server sent the browser back with, as a refusal.
pub(crate) fn sent_back(url: &str) -> Next {
    Next::Ended(Ended::Refused {
        place: Place::Authorize,
        reading: decode::redirect(url),
    })
}

/// What a person read on the page at `place` and handed over, as a refusal; `None`, and told so: no error is in it.
pub(crate) fn of_page(text: &str, place: Place, log: &mut Log) -> Option<Next> {
    let Some(reading) = decode::paste(text).into_iter().next() else {
        log.say(say::PASTE_HELD_NOTHING);
        return None;
    };
    Some(Next::Ended(Ended::Refused { place, reading }))
}

fn silence(exchange: &Exchange) -> Reading {
    let mut reading = Reading::empty(Shape::Nothing);
    if let Some(fault) = &exchange.fault {
        reading.facts.push(Fact {
            kind: FactKind::Trouble,
            value: fault.detail.clone(),
            from: Spot::Fault,
        });
    }
    reading
}

/// A refusal of our own: nothing the server sent says it in these words.
pub(crate) fn own_refusal(place: Place, shape: Shape, facts: Vec<(FactKind, &str, &str)>) -> Ended {
    let facts = facts
        .into_iter()
        .map(|(kind, value, parameter)| Fact {
            kind,
            value: value.to_owned(),
            from: Spot::Parameter(parameter.to_owned()),
        })
        .collect();
    Ended::Refused {
        place,
        reading: Reading {
            facts,
            ..Reading::empty(shape)
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(body: &str) -> Option<Tokens> {
        Tokens::read(body.as_bytes(), &["a".into()], Moment::from_seconds(1000))
    }

    #[test]
    fn what_only_looks_like_a_token_is_none() {
        for body in [
            "",
            "[]",
            "null",
            "{}",
            r#"{"access_token":""}"#,
            r#"{"access_token":null}"#,
            r#"{"access_token":["x"]}"#,
            r#"{"error":"invalid_grant"}"#,
            "<html>",
        ] {
            assert_eq!(read(body), None, "{body}");
        }
    }

    #[test]
    fn numbers_are_read_leniently() {
        let expires = |body| read(body).unwrap().expires;
        let at = Some(Moment::from_seconds(4599));
        assert_eq!(expires(r#"{"access_token":"x","expires_in":3599}"#), at);
        assert_eq!(expires(r#"{"access_token":"x","expires_in":"3599"}"#), at);
        assert_eq!(expires(r#"{"access_token":"x","expires_in":3599.7}"#), at);
        assert_eq!(expires(r#"{"access_token":"x","expires_in":"soon"}"#), None);
        assert_eq!(expires(r#"{"access_token":"x","expires_on":"4599"}"#), at);
        assert_eq!(expires(r#"{"access_token":"x"}"#), None);
    }

    #[test]
    fn scopes_that_are_not_named_are_those_asked_for() {
        assert_eq!(read(r#"{"access_token":"x"}"#).unwrap().scopes, ["a"]);
        let named = read(r#"{"access_token":"x","scope":"b c"}"#).unwrap();
        assert_eq!(named.scopes, ["b", "c"]);
    }

    proptest! {
        #[test]
        fn no_body_makes_it_panic(body in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = Tokens::read(&body, &[], Moment::default());
        }
    }
}
