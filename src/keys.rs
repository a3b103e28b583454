//! Reading PEM, signing client assertions ([`Signer`]), verifying signatures: a key set as an issuer publishes it (RFC
//! 7517), and whether a JWT was signed with one of its keys. Everything happens in memory; a token that is looked at
//! here goes nowhere. Says only whether the signature is good: whom a token is for and how long it lives is for others
//! to read.

mod client;
mod pem;

use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::jwk::{Jwk, JwkSet};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};

pub use client::{Signer, Statement};

/// The keys of an issuer.
#[derive(Clone, Debug)]
pub struct KeySet(JwkSet);

/// What a look at a signature found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Signature {
    /// Made with this key.
    Good {
        /// The key's id; empty if the key has none.
        key: String,
    },
    /// Not made with the key that the token names.
    Bad,
    /// The set holds no such key. Keys are replaced every few weeks; an old token may outlive its key.
    NoKey {
        /// The id that the token names; empty if it names none.
        key: String,
    },
    /// Signed by an algorithm that cannot be verified with a public key, or is not known here.
    Unsupported,
    /// Not signed at all (`alg` is `none`).
    Unsigned,
    /// Not a JWT.
    NotJwt,
}

impl KeySet {
    /// Reads a key set. Keys of kinds that are not known here are left out; `None`: it is no key set.
    pub fn parse(text: &str) -> Option<Self> {
        let json: serde_json::Value = serde_json::from_str(text).ok()?;
        let keys = json
            .get("keys")?
            .as_array()?
            .iter()
            .filter_map(|key| serde_json::from_value::<Jwk>(key.clone()).ok())
            .filter(|key| DecodingKey::from_jwk(key).is_ok())
            .collect();
        Some(Self(JwkSet { keys }))
    }

    /// How many usable keys it holds.
    pub fn len(&self) -> usize {
        self.0.keys.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.0.keys.is_empty()
    }

    /// Whether a token was signed with one of these keys.
    pub fn check(&self, token: &str) -> Signature {
        let token = token.trim();
        let header = match decode_header(token) {
            Ok(header) => header,
            Err(_) if is_unsigned(token) => return Signature::Unsigned,
            Err(error) => {
                return match error.kind() {
                    ErrorKind::InvalidAlgorithmName | ErrorKind::InvalidAlgorithm => {
                        Signature::Unsupported
                    }
                    _ => Signature::NotJwt,
                };
            }
        };
        if matches!(
            header.alg,
            Algorithm::HS256 | Algorithm::HS384 | Algorithm::HS512
        ) {
            return Signature::Unsupported;
        }
        let named = header.kid.as_deref();
        let candidates: Vec<&Jwk> = self
            .0
            .keys
            .iter()
            .filter(|key| named.is_none() || key.common.key_id.as_deref() == named)
            .collect();
        if candidates.is_empty() {
            return Signature::NoKey {
                key: named.unwrap_or_default().to_owned(),
            };
        }
        candidates
            .into_iter()
            .find(|key| signed_with(token, key, header.alg))
            .map_or(Signature::Bad, |key| Signature::Good {
                key: key.common.key_id.clone().unwrap_or_default(),
            })
    }
}

fn is_unsigned(token: &str) -> bool {
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    token
        .split_once('.')
        .and_then(|(head, _)| URL_SAFE_NO_PAD.decode(head).ok())
        .and_then(|head| serde_json::from_slice::<serde_json::Value>(&head).ok())
        .is_some_and(|head| {
            let name = head.get("alg").and_then(serde_json::Value::as_str);
            name.is_some_and(|name| name.eq_ignore_ascii_case("none"))
        })
}

fn signed_with(token: &str, key: &Jwk, algorithm: Algorithm) -> bool {
    let Ok(key) = DecodingKey::from_jwk(key) else {
        return false;
    };
    let mut look = Validation::new(algorithm);
    look.required_spec_claims.clear();
    look.validate_exp = false;
    look.validate_nbf = false;
    look.validate_aud = false;
    decode::<serde_json::Value>(token, &key, &look).is_ok()
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use jsonwebtoken::{EncodingKey, Header, encode};
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    /// A key, its public half as a set, and a token signed with it.
    fn signed(id: &str) -> (KeySet, String) {
        let key = rcgen::KeyPair::generate().unwrap();
        let raw = key.public_key_raw();
        let part = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        let set = json!({ "keys": [
            { "kty": "EC", "crv": "P-256", "kid": id, "x": part(&raw[1..33]), "y": part(&raw[33..65]) },
            { "kty": "unheard-of" },
        ] });
        let mut header = Header::new(Algorithm::ES256);
        header.kid = Some(id.to_owned());
        let private = EncodingKey::from_ec_der(&key.serialize_der());
        let token = encode(&header, &json!({ "sub": "ada", "exp": 1 }), &private).unwrap();
        (KeySet::parse(&set.to_string()).unwrap(), token)
    }

    #[test]
    fn a_signature_is_good_whether_or_not_the_token_has_expired() {
        let (set, token) = signed("k1");
        assert_eq!(set.len(), 1);
        assert_eq!(set.check(&token), Signature::Good { key: "k1".into() });
    }

    #[test]
    fn another_issuers_key_of_the_same_name_does_not_do() {
        let (_, token) = signed("k1");
        let (other, _) = signed("k1");
        assert_eq!(other.check(&token), Signature::Bad);
        let (elsewhere, _) = signed("k2");
        assert_eq!(
            elsewhere.check(&token),
            Signature::NoKey { key: "k1".into() }
        );
    }

    #[test]
    fn what_is_not_signed_is_not_good() {
        let (set, _) = signed("k1");
        let token = |head: &str| format!("{}.e30.", URL_SAFE_NO_PAD.encode(head));
        assert_eq!(set.check(&token(r#"{"alg":"none"}"#)), Signature::Unsigned);
        assert_eq!(
            set.check(&token(r#"{"alg":"HS256"}"#)),
            Signature::Unsupported
        );
        assert_eq!(set.check("opaque"), Signature::NotJwt);
    }

    #[test]
    fn a_set_without_keys_is_told_from_no_set() {
        assert!(KeySet::parse(r#"{"keys":[]}"#).unwrap().is_empty());
        assert!(KeySet::parse(r#"{"error":"x"}"#).is_none());
        assert!(KeySet::parse("<html>").is_none());
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "\\PC*") {
            let (set, _) = signed("k1");
            let _ = (set.check(&text), KeySet::parse(&text));
        }
    }
}
