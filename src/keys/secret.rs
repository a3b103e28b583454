//! Client assertions made with a client secret (`client_secret_jwt` of OpenID Connect Core 9): the secret signs and is
//! not sent itself.

use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};

use serde_json::Value as Json;

use super::client::Statement;
use crate::model::{Moment, Secret, SecretKind};

/// An assertion signed with HS256 (RFC 7518 section 3.2); `None` if the secret cannot sign.
pub fn assertion(secret: &Secret, statement: Statement<'_>, now: Moment) -> Option<Secret> {
    sign(secret, &statement.claims(now), "JWT")
}

/// A JWT of these claims, signed with HS256; `None` if the secret cannot sign.
pub fn sign(secret: &Secret, claims: &Json, kind: &str) -> Option<Secret> {
    let key = EncodingKey::from_secret(secret.reveal().as_bytes());
    let mut header = Header::new(Algorithm::HS256);
    header.typ = Some(kind.to_owned());
    let text = encode(&header, claims, &key).ok()?;
    Some(Secret::new(SecretKind::Assertion, text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::SigningAlgorithm;
    use jsonwebtoken::{DecodingKey, Validation, decode};

    #[test]
    fn what_the_secret_signs_its_holder_verifies_and_nobody_else() {
        let secret = Secret::new(SecretKind::ClientSecret, "daemon-secret-0123456789abcdef");
        let statement = Statement {
            client_id: "daemon",
            audience: "https://issuer.contoso.example/token",
            id: "7",
            usual: SigningAlgorithm::Ps256,
        };
        let now = Moment::from_seconds(1_795_356_131);
        let made = assertion(&secret, statement, now).unwrap();
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_audience(&["https://issuer.contoso.example/token"]);
        validation.validate_exp = false;
        let read = |key: &str| {
            let key = DecodingKey::from_secret(key.as_bytes());
            decode::<serde_json::Value>(made.reveal(), &key, &validation)
        };
        let claims = read(secret.reveal()).unwrap().claims;
        assert_eq!(
            (&claims["iss"], &claims["sub"]),
            (&"daemon".into(), &"daemon".into())
        );
        assert_eq!(claims["exp"], 1_795_356_131_i64 + 600);
        assert!(read("another").is_err());
        assert!(!made.reveal().contains("daemon-secret"));
    }
}
