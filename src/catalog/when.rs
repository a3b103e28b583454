//! The conditions under which an entry says something else.

use serde::Serialize;

use crate::model::{Actor, Class, ClientKind, Flow, Login, Place};

/// Which token endpoint answered: the two pair codes and errors differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Endpoint {
    /// `/oauth2/token` with `resource`.
    V1,
    /// `/oauth2/v2.0/token` with `scope`.
    V2,
}

/// What is known about the moment an error surfaced. What is not known fits no condition.
#[derive(Clone, Copy, Debug, Default)]
pub struct Situation<'a> {
    /// Whether a claims challenge came.
    pub claims: bool,
    /// The flow.
    pub flow: Option<Flow>,
    /// The kind of client.
    pub client: Option<ClientKind>,
    /// The suberror; `None`: there is none.
    pub suberror: Option<&'a str>,
    /// The OAuth error.
    pub error: Option<&'a str>,
    /// Where it surfaced.
    pub place: Option<Place>,
    /// Which endpoint answered.
    pub endpoint: Option<Endpoint>,
    /// The HTTP status.
    pub status: Option<u16>,
    /// The description.
    pub description: Option<&'a str>,
}

/// One row: conditions (all must hold; an empty one always does) and what they override. Serialised with what it
/// says and nothing else.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct When {
    /// Whether claims came.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claims: Option<bool>,
    /// One of these flows, by word; flows that the program does not offer may be among them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub flow: Vec<String>,
    /// One of these kinds of client, by word.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub client: Vec<String>,
    /// One of these suberrors; an empty word stands for none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub suberror: Vec<String>,
    /// One of these OAuth errors.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub error: Vec<String>,
    /// One of these places.
    #[serde(rename = "where", skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<Place>,
    /// This endpoint.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub endpoint: Option<Endpoint>,
    /// This HTTP status.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// The description contains this, without regard to case; empty: anything.
    #[serde(rename = "match", skip_serializing_if = "String::is_empty")]
    pub pattern: String,
    /// Overrides the class.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<Class>,
    /// Overrides who acts; empty: no override.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub acts: Vec<Actor>,
    /// Overrides whether signing in helps.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub login: Option<Login>,
    /// Overrides the remedies; empty: no override.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub remedies: Vec<String>,
}

impl When {
    /// Whether every condition holds.
    pub fn matches(&self, situation: &Situation<'_>) -> bool {
        let described = || {
            let text = situation.description.unwrap_or_default().to_lowercase();
            text.contains(&self.pattern.to_lowercase())
        };
        self.claims.is_none_or(|wanted| wanted == situation.claims)
            && one_of(&self.flow, situation.flow.map(Flow::word))
            && one_of(&self.client, situation.client.map(ClientKind::word))
            && one_of(&self.suberror, Some(situation.suberror.unwrap_or_default()))
            && one_of(&self.error, situation.error)
            && (self.places.is_empty()
                || situation
                    .place
                    .is_some_and(|place| self.places.contains(&place)))
            && self
                .endpoint
                .is_none_or(|wanted| Some(wanted) == situation.endpoint)
            && self
                .status
                .is_none_or(|wanted| Some(wanted) == situation.status)
            && (self.pattern.is_empty() || described())
    }
}

fn one_of(wanted: &[String], found: Option<&str>) -> bool {
    wanted.is_empty() || found.is_some_and(|found| wanted.iter().any(|word| word == found))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn full_row() -> When {
        When {
            claims: Some(true),
            flow: vec!["silent".into()],
            client: vec!["desktop".into(), "web".into()],
            suberror: vec![String::new(), "basic_action".into()],
            error: vec!["invalid_grant".into()],
            places: vec![Place::Token],
            endpoint: Some(Endpoint::V2),
            status: Some(400),
            pattern: "Second Factor".into(),
            ..When::default()
        }
    }

    #[test]
    fn every_condition_of_when_must_hold_and_what_is_not_known_fits_none() {
        let row = full_row();
        let fits = Situation {
            claims: true,
            flow: Some(Flow::Silent),
            client: Some(ClientKind::Web),
            suberror: None,
            error: Some("invalid_grant"),
            place: Some(Place::Token),
            endpoint: Some(Endpoint::V2),
            status: Some(400),
            description: Some("AADSTS50076: a second factor …"),
        };
        assert!(row.matches(&fits));
        assert!(When::default().matches(&Situation::default()));
        let strangers = [
            Situation {
                claims: false,
                ..fits
            },
            Situation {
                flow: Some(Flow::Password),
                ..fits
            },
            Situation { flow: None, ..fits },
            Situation {
                client: Some(ClientKind::Spa),
                ..fits
            },
            Situation {
                suberror: Some("bad_token"),
                ..fits
            },
            Situation {
                error: None,
                ..fits
            },
            Situation {
                place: Some(Place::Page),
                ..fits
            },
            Situation {
                endpoint: None,
                ..fits
            },
            Situation {
                status: Some(401),
                ..fits
            },
            Situation {
                description: None,
                ..fits
            },
        ];
        assert!(strangers.iter().all(|situation| !row.matches(situation)));
    }
}
