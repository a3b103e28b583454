//! Federated credentials: the token of another issuer stands for the application where issuer, subject and audience
//! are those of the registration, character by character.

use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{Algorithm, DecodingKey, crypto};

use super::super::desk::Desk;
use super::super::refusal::{Cause, Refusal, fill};
use super::super::world::{Client, Issuer};
use super::assertion::check_time;
use super::jwt::{Jwt, bytes};
use crate::strings::lab::apps as say;

/// Checks one: whether the registration trusts it, whether the issuer signed it, when.
///
/// # Errors
/// The first thing about it that is not as it must be.
pub fn check(desk: &Desk<'_>, client: &Client, jwt: &Jwt) -> Result<(), Refusal> {
    trusted(desk, client, jwt)?;
    let issuer = jwt.text("iss");
    let values = [("app", client.title.as_str()), ("issuer", issuer)];
    let known = desk.world.issuers.iter().find(|known| known.uri == issuer);
    match known.map_or(Signed::NoKey, |known| signed(desk, known, jwt)) {
        Signed::Good => check_time(desk, client, jwt),
        Signed::Bad => Err(Refusal::new(Cause::AssertionSignature, &values)),
        Signed::NoKey => Err(Refusal::new(Cause::FederatedKeyless, &values)),
    }
}

/// Whether issuer, subject and audience are those of a federated credential.
fn trusted(desk: &Desk<'_>, client: &Client, jwt: &Jwt) -> Result<(), Refusal> {
    let (issuer, subject) = (jwt.text("iss"), jwt.text("sub"));
    let audiences = jwt.audiences();
    let audience = audiences.join(" ");
    let values = [
        ("app", client.title.as_str()),
        ("issuer", issuer),
        ("subject", subject),
        ("audience", audience.as_str()),
    ];
    let refuse = |cause, expected: Option<&str>, presented: &str| {
        let refusal = Refusal::new(cause, &values);
        Err(match expected {
            Some(expected) => refusal.because(difference(expected, presented)),
            None => refusal,
        })
    };
    let own = [false, true].map(|v1| desk.issuer(v1));
    if own.iter().any(|own| own == issuer) {
        return refuse(Cause::FederatedOwn, None, "");
    }
    let Some(first) = client.federated.first() else {
        return refuse(Cause::FederatedNone, None, "");
    };
    let of_issuer = || client.federated.iter().filter(|f| f.issuer == issuer);
    let Some(nearest) = of_issuer().next() else {
        return refuse(Cause::FederatedIssuer, Some(&first.issuer), issuer);
    };
    let mut of_subject = of_issuer().filter(|f| f.subject == subject).peekable();
    let Some(fitting) = of_subject.peek().copied() else {
        let folded = of_issuer().find(|f| f.subject.eq_ignore_ascii_case(subject));
        let (cause, expected) = match folded {
            Some(folded) => (Cause::FederatedSubjectCase, folded),
            None => (Cause::FederatedSubject, nearest),
        };
        return refuse(cause, Some(&expected.subject), subject);
    };
    if of_subject.any(|f| audiences.contains(&f.audience.as_str())) {
        Ok(())
    } else {
        let expected = Some(fitting.audience.as_str());
        refuse(Cause::FederatedAudience, expected, &audience)
    }
}

/// Where two texts part, for the request log.
fn difference(expected: &str, presented: &str) -> String {
    let same = expected
        .chars()
        .zip(presented.chars())
        .take_while(|(a, b)| a == b);
    let at = (same.count() + 1).to_string();
    let values = [
        ("expected", expected),
        ("presented", presented),
        ("at", at.as_str()),
    ];
    fill(say::BY_DIFFERENCE, &values)
}

enum Signed {
    Good,
    Bad,
    NoKey,
}

/// Whether the issuer signed it: with a key of its set, or, where the lab acts as the issuer, with the lab's own.
fn signed(desk: &Desk<'_>, issuer: &Issuer, jwt: &Jwt) -> Signed {
    let verdict = |good: bool| if good { Signed::Good } else { Signed::Bad };
    let Some(text) = &issuer.keys else {
        let signature = bytes(&jwt.signature).unwrap_or_default();
        let signer = desk.kit.signer;
        let mut keys = desk.kit.voice.keys.published();
        let own = keys.find(|key| jwt.head("kid") == signer.kid(*key));
        let Some(key) = own.filter(|_| jwt.head("alg") == "RS256") else {
            return Signed::NoKey;
        };
        return verdict(signer.verify(key, jwt.message.as_bytes(), &signature));
    };
    let set = serde_json::from_str::<JwkSet>(text).unwrap_or(JwkSet { keys: Vec::new() });
    let Some(key) = set.find(jwt.head("kid")) else {
        return Signed::NoKey;
    };
    let algorithm = match jwt.head("alg") {
        "RS256" => Algorithm::RS256,
        "PS256" => Algorithm::PS256,
        "ES256" => Algorithm::ES256,
        _ => return Signed::Bad,
    };
    let Ok(key) = DecodingKey::from_jwk(key) else {
        return Signed::NoKey;
    };
    let message = jwt.message.as_bytes();
    verdict(crypto::verify(&jwt.signature, message, &key, algorithm).unwrap_or(false))
}
