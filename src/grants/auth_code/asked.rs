//! What the authorization request asks for, as parameters of an address or as the claims of a signed request.

use serde_json::{Map, Value as Json};

use super::Given;
use crate::grants::pkce::Proof;
use crate::model::{ChallengeMethod, Field, Prompt, RunSpec};

/// The parameters of the authorization request, in the order sent.
pub(super) fn asked(
    spec: &RunSpec,
    shared: &[Field],
    given: &Given<'_>,
    proof: &Proof,
) -> Vec<Field> {
    let mut asked = shared.to_vec();
    let own = [
        ("response_type", spec.asking.response_type.word()),
        ("response_mode", spec.asking.mode().word()),
        ("redirect_uri", given.redirect_uri.as_str()),
        ("state", &proof.state),
        ("nonce", &proof.nonce),
    ];
    asked.extend(own.map(|(name, value)| Field::new(name, value)));
    let method = spec.asking.challenge();
    let challenge = match method {
        ChallengeMethod::S256 => Some(Field::new("code_challenge", proof.challenge.as_str())),
        ChallengeMethod::Plain => Some(Field::new("code_challenge", proof.verifier.clone())),
        ChallengeMethod::None => None,
    };
    if let Some(challenge) = challenge {
        asked.push(challenge);
        asked.push(Field::new("code_challenge_method", method.word()));
    }
    let age = spec.asking.max_age.map(|seconds| seconds.to_string());
    let chosen = [
        ("prompt", spec.asking.prompt.map(Prompt::word)),
        ("login_hint", spec.username.as_deref()),
        ("domain_hint", spec.asking.domain_hint.as_deref()),
        ("max_age", age.as_deref()),
        ("acr_values", spec.asking.acr_values.as_deref()),
        ("dpop_jkt", given.dpop_key.as_deref()),
        (DETAILS, given.details.as_deref()),
    ];
    for (name, value) in chosen {
        asked.extend(value.map(|value| Field::new(name, value)));
    }
    let further = spec.asking.extra.iter();
    asked.extend(further.map(|(name, value)| Field::new(name.as_str(), value.as_str())));
    asked
}

/// The parameter of RFC 9396.
pub(super) const DETAILS: &str = "authorization_details";

/// The same as the claims of a request object (RFC 9101 section 4): what is JSON stands there as JSON, and a number as
/// a number (OpenID Connect Core 6.1).
pub(super) fn claims(asked: &[Field]) -> Json {
    let mut claims = Map::new();
    for field in asked {
        let text = field.value.reveal();
        let value = match field.name.as_str() {
            "claims" | DETAILS | "max_age" => serde_json::from_str(text).ok(),
            _ => None,
        };
        claims.insert(field.name.clone(), value.unwrap_or_else(|| text.into()));
    }
    Json::Object(claims)
}
