use aws_lc_rs::encoding::AsBigEndian as _;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{
    ECDSA_P521_SHA512_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _,
};
use jsonwebtoken::{EncodingKey, Header, encode};
use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::model::SecretKind;

fn part(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// A key, its public half as a set, and a token signed with it.
fn signed(id: &str) -> (KeySet, String) {
    let key = rcgen::KeyPair::generate().unwrap();
    let raw = key.public_key_raw();
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

fn unsigned(header: &str) -> String {
    format!("{}.{}.c2ln", part(header), part("{}"))
}

fn by(keys: &KeySet, token: &str) -> Signature {
    check(
        token,
        Proof {
            keys,
            secret: None,
            exhaustive: false,
        },
    )
}

fn good(key: &str, algorithm: &str) -> Signature {
    Signature::Good {
        key: key.into(),
        algorithm: algorithm.into(),
    }
}

#[test]
fn a_signature_is_good_whether_or_not_the_token_has_expired() {
    let (set, token) = signed("k1");
    assert_eq!(set.len(), 1);
    assert_eq!(by(&set, &token), good("k1", "ES256"));
}

#[test]
fn another_issuers_key_of_the_same_name_does_not_do() {
    let (_, token) = signed("k1");
    let (other, _) = signed("k1");
    assert_eq!(by(&other, &token), Signature::Bad(Failure::Signature));
    let (elsewhere, _) = signed("k2");
    let missing = Unchecked::KeyNotFound { named: "k1".into() };
    assert_eq!(by(&elsewhere, &token), Signature::Unchecked(missing));
}

#[test]
fn a_signature_by_another_key_than_the_one_that_is_named_is_told_apart() {
    let (set, token) = signed("k1");
    let (other, _) = signed("k2");
    let mut both = set;
    both.keys[0].id = Some("k3".into());
    both.keys.extend(other.keys);
    both.keys[1].id = Some("k1".into());
    let wrong = Failure::WrongKey {
        named: "k1".into(),
        made_by: "k3".into(),
    };
    assert_eq!(by(&both, &token), Signature::Bad(wrong));
}

#[test]
fn what_is_not_signed_is_not_good() {
    let (set, _) = signed("k1");
    for none in ["none", "None", "nOnE"] {
        let token = format!("{}.e30.", part(json!({ "alg": none }).to_string()));
        assert_eq!(by(&set, &token), Signature::Bad(Failure::Unsigned));
    }
    let no_algorithm = Failure::Algorithm {
        named: String::new(),
    };
    assert_eq!(by(&set, &unsigned("{}")), Signature::Bad(no_algorithm));
}

#[test]
fn what_cannot_be_checked_is_not_called_bad() {
    let (set, _) = signed("k1");
    let why = |token: &str| match by(&set, token) {
        Signature::Unchecked(why) => why,
        other => panic!("{token}: {other:?}"),
    };
    assert_eq!(why("opaque"), Unchecked::Opaque);
    assert_eq!(why(&unsigned(r#"{"alg":"HS256"}"#)), Unchecked::Symmetric);
    let unknown = Unchecked::Algorithm {
        named: "ES256K".into(),
    };
    assert_eq!(why(&unsigned(r#"{"alg":"ES256K"}"#)), unknown);
    let encrypted = format!("{}.a.b.c.d", part(r#"{"alg":"RSA-OAEP","enc":"A256GCM"}"#));
    assert_eq!(why(&encrypted), Unchecked::Encrypted);
    let graph = unsigned(r#"{"alg":"ES256","kid":"k1","nonce":"x"}"#);
    assert_eq!(why(&graph), Unchecked::ForGraph);
}

#[test]
fn an_hmac_made_with_a_public_key_fails() {
    let (set, _) = signed("k1");
    let mismatch = || {
        let named = "HS256".into();
        Signature::Bad(Failure::Algorithm { named })
    };
    let named = unsigned(r#"{"alg":"HS256","kid":"k1"}"#);
    assert_eq!(by(&set, &named), mismatch());
    let nameless = unsigned(r#"{"alg":"HS256"}"#);
    let proof = Proof {
        keys: &set,
        secret: None,
        exhaustive: true,
    };
    assert_eq!(check(&nameless, proof), mismatch());
}

#[test]
fn a_shared_secret_checks_an_hmac_and_no_other_secret_does() {
    let secret = |text: &str| Secret::new(SecretKind::ClientSecret, text);
    for algorithm in [Algorithm::HS256, Algorithm::HS384, Algorithm::HS512] {
        let key = EncodingKey::from_secret(b"right");
        let token = encode(&Header::new(algorithm), &json!({}), &key).unwrap();
        let with = |text| {
            let secret = secret(text);
            check(
                &token,
                Proof {
                    keys: &KeySet::default(),
                    secret: Some(&secret),
                    exhaustive: false,
                },
            )
        };
        assert_eq!(with("right"), good("", &format!("{algorithm:?}")));
        assert_eq!(with("wrong"), Signature::Bad(Failure::Signature));
    }
}

#[test]
fn the_curves_that_the_library_does_not_know_are_checked_too() {
    let pair = EcdsaKeyPair::generate(&ECDSA_P521_SHA512_FIXED_SIGNING).unwrap();
    let point = pair.public_key().as_ref();
    let set =
        json!({ "kty": "EC", "crv": "P-521", "x": part(&point[1..67]), "y": part(&point[67..]) });
    let set = KeySet::parse(&set.to_string()).unwrap();
    let message = format!("{}.{}", part(r#"{"alg":"ES512"}"#), part("{}"));
    let signature = pair.sign(&SystemRandom::new(), message.as_bytes()).unwrap();
    let token = format!("{message}.{}", part(signature.as_ref()));
    assert_eq!(by(&set, &token), good("", "ES512"));
    let other = token.replace("e30", "e30K");
    assert_eq!(by(&set, &other), Signature::Bad(Failure::Signature));
}

#[test]
fn both_names_of_edwards_signatures_are_known() {
    let pair = Ed25519KeyPair::generate().unwrap();
    let seed: Vec<u8> = pair
        .seed()
        .unwrap()
        .as_be_bytes()
        .unwrap()
        .as_ref()
        .to_vec();
    assert_eq!(seed.len(), 32);
    for name in ["EdDSA", "Ed25519"] {
        let x = part(pair.public_key().as_ref());
        let set = json!({ "kty": "OKP", "crv": "Ed25519", "alg": name, "x": x });
        let set = KeySet::parse(&set.to_string()).unwrap();
        let message = format!("{}.e30", part(json!({ "alg": name }).to_string()));
        let signature = pair.sign(message.as_bytes());
        let token = format!("{message}.{}", part(signature.as_ref()));
        assert_eq!(by(&set, &token), good("", name));
    }
}

#[test]
fn a_key_for_encryption_or_for_another_algorithm_signs_nothing() {
    let (mut set, token) = signed("k1");
    set.keys[0].verifies = false;
    let named = "ES256".to_owned();
    let mismatch = Signature::Bad(Failure::Algorithm { named });
    assert_eq!(by(&set, &token), mismatch);
    set.keys[0].verifies = true;
    set.keys[0].algorithm = Some("ES384".into());
    assert_eq!(by(&set, &token), mismatch);
}

#[test]
fn a_demand_that_is_not_understood_fails_even_if_the_signature_is_good() {
    let (set, _) = signed("k1");
    let token = unsigned(r#"{"alg":"ES256","kid":"k1","crit":["exp"],"exp":1}"#);
    let found = by(&set, &token);
    assert!(
        matches!(found, Signature::Bad(Failure::Critical { .. })),
        "{found:?}"
    );
}

#[test]
fn a_set_without_keys_is_told_from_no_set() {
    assert!(KeySet::parse(r#"{"keys":[]}"#).unwrap().is_empty());
    assert!(KeySet::parse(r#"{"error":"x"}"#).is_none());
    assert!(KeySet::parse("<html>").is_none());
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "\\PC*", key in "\\PC*") {
        let (set, _) = signed("k1");
        let _ = (by(&set, &text), KeySet::parse(&text), Key::read(&json!({ "kty": "RSA", "n": key, "e": key })));
    }

    #[test]
    fn no_header_makes_it_panic(alg in "(HS|RS|PS|ES|Ed)?(256|384|512|DSA)?", kid in "\\PC{0,4}", rest in "\\PC{0,40}") {
        let (set, _) = signed("k1");
        let token = format!("{}.{}.{rest}", part(json!({ "alg": alg, "kid": kid }).to_string()), part(&rest));
        let found = by(&set, &token);
        prop_assert!(!matches!(found, Signature::Good { .. }), "{}", token);
    }

    #[test]
    fn a_tampered_byte_never_verifies(at in 0usize..1000, byte in 0u8..128) {
        let (set, token) = signed("k1");
        let mut bytes = token.clone().into_bytes();
        let at = at % bytes.len();
        prop_assume!(bytes[at] != byte);
        bytes[at] = byte;
        let tampered = String::from_utf8(bytes).unwrap();
        let found = by(&set, &tampered);
        prop_assert!(!matches!(found, Signature::Good { .. }), "{}", tampered);
    }
}
