//! The key that tokens are bound to, and the proofs of its possession (DPoP, RFC 9449 section 4.2). The key is made
//! here, lives in memory and cannot be read out.

use std::fmt;

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde_json::{Value as Json, json};
use url::Url;

use crate::model::{Moment, Secret, SecretKind};

/// The length of a coordinate of P-256, in bytes.
const COORDINATE: usize = 32;

/// A key pair for ES256 (RFC 7518 section 3.4).
pub struct Key {
    pair: EcdsaKeyPair,
    x: String,
    y: String,
}

/// The request that a proof is for.
#[derive(Clone, Copy, Debug)]
pub struct Proven<'a> {
    /// Its method (`htm`).
    pub method: &'a str,
    /// Its address; query and fragment stay out of the proof (`htu`).
    pub url: &'a str,
    /// The access token that goes along, to an API alone (`ath`).
    pub token: Option<&'a Secret>,
    /// What the server wants to find in the proof.
    pub nonce: Option<&'a str>,
    /// A name that no other proof has (`jti`).
    pub id: &'a str,
}

impl Key {
    /// A new key; `None` if the system's random source fails.
    pub fn generate() -> Option<Self> {
        let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).ok()?;
        // An uncompressed point: 4, then both coordinates.
        let point = pair.public_key().as_ref().get(1..)?;
        let (x, y) = point.split_at_checked(COORDINATE)?;
        let [x, y] = [x, y].map(|part| BASE64_URL_SAFE_NO_PAD.encode(part));
        Some(Self { pair, x, y })
    }

    /// The thumbprint of the public key, by which a server names it (`jkt`, RFC 7638).
    pub fn thumbprint(&self) -> String {
        let (x, y) = (&self.x, &self.y);
        // The members in the order of their names and without blanks: what is hashed is this text.
        let text = format!(r#"{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}"#);
        BASE64_URL_SAFE_NO_PAD.encode(digest(&SHA256, text.as_bytes()))
    }

    /// A proof for one request; `None` if the address is none or the key cannot sign.
    pub fn proof(&self, proven: Proven<'_>, now: Moment) -> Option<Secret> {
        let mut url = Url::parse(proven.url).ok()?;
        url.set_query(None);
        url.set_fragment(None);
        let header = json!({
            "typ": "dpop+jwt",
            "alg": "ES256",
            "jwk": { "kty": "EC", "crv": "P-256", "x": self.x, "y": self.y },
        });
        let mut claims = json!({
            "jti": proven.id,
            "htm": proven.method,
            "htu": url.as_str(),
            "iat": now.seconds(),
        });
        if let Some(token) = proven.token {
            let hash = digest(&SHA256, token.reveal().as_bytes());
            claims["ath"] = BASE64_URL_SAFE_NO_PAD.encode(hash).into();
        }
        if let Some(nonce) = proven.nonce {
            claims["nonce"] = nonce.into();
        }
        let part = |json: &Json| BASE64_URL_SAFE_NO_PAD.encode(json.to_string());
        let mut text = format!("{}.{}", part(&header), part(&claims));
        let signature = self.pair.sign(&SystemRandom::new(), text.as_bytes()).ok()?;
        text.push('.');
        text.push_str(&BASE64_URL_SAFE_NO_PAD.encode(signature));
        Some(Secret::new(SecretKind::DpopProof, text))
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.x == other.x && self.y == other.y
    }
}

impl Eq for Key {}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "‹{}›", SecretKind::PrivateKey.word())
    }
}

#[cfg(test)]
mod tests {
    use jsonwebtoken::jwk::{Jwk, ThumbprintHash};
    use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};

    use super::*;

    const NOW: i64 = 1_795_356_131;

    fn proven<'a>(url: &'a str, token: Option<&'a Secret>) -> Proven<'a> {
        Proven {
            method: "POST",
            url,
            token,
            nonce: Some("n-1"),
            id: "7",
        }
    }

    fn read(proof: &Secret) -> (Jwk, Json) {
        let header = decode_header(proof.reveal()).unwrap();
        assert_eq!(header.typ.as_deref(), Some("dpop+jwt"));
        let jwk = header.jwk.unwrap();
        let mut validation = Validation::new(Algorithm::ES256);
        validation.required_spec_claims.clear();
        validation.validate_exp = false;
        let key = DecodingKey::from_jwk(&jwk).unwrap();
        let claims = decode::<Json>(proof.reveal(), &key, &validation).unwrap();
        (jwk, claims.claims)
    }

    #[test]
    fn a_proof_is_signed_by_the_key_in_its_header_and_says_what_it_is_for() {
        let key = Key::generate().unwrap();
        let url = "https://issuer.contoso.example/token?a=b#c";
        let proof = key.proof(proven(url, None), Moment::from_seconds(NOW));
        let (jwk, claims) = read(&proof.unwrap());
        let expected = json!({
            "jti": "7", "htm": "POST", "htu": "https://issuer.contoso.example/token", "iat": NOW, "nonce": "n-1",
        });
        assert_eq!(claims, expected);
        let thumbprint = jwk.thumbprint(ThumbprintHash::SHA256);
        assert_eq!(thumbprint.unwrap(), key.thumbprint());
    }

    #[test]
    fn at_an_api_the_proof_names_the_token_by_its_hash() {
        let key = Key::generate().unwrap();
        let token = Secret::new(
            SecretKind::AccessToken,
            "Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU",
        );
        let url = "https://resource.example.org/protectedresource";
        let proof = key.proof(proven(url, Some(&token)), Moment::from_seconds(NOW));
        // The pair of token and hash is the one of RFC 9449 section 7.1.
        let (_, claims) = read(&proof.unwrap());
        assert_eq!(claims["ath"], "fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo");
    }

    #[test]
    fn a_key_shows_nothing_of_itself_and_no_two_are_the_same() {
        let (one, other) = (Key::generate().unwrap(), Key::generate().unwrap());
        assert_eq!(format!("{one:?}"), "‹private key›");
        assert_ne!(one, other);
    }

    #[test]
    fn there_is_no_proof_for_what_is_no_address() {
        let key = Key::generate().unwrap();
        assert!(
            key.proof(proven("token", None), Moment::from_seconds(NOW))
                .is_none()
        );
    }
}
