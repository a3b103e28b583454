//! The keys of an issuer (RFC 7517), and whether a token was signed with one of them (RFC 7515). Says only whether the
//! signature is good: whom a token is for and how long it lives is for others to read. Never takes the key's kind from
//! the token: a key says itself what it may be used for (RFC 8725 section 3.1).

use aws_lc_rs::signature::{ECDSA_P521_SHA512_FIXED, UnparsedPublicKey};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, DecodingKey, crypto};
use serde_json::{Map, Value as Json};

use crate::model::Secret;
use crate::model::verification::{Failure, Signature, Unchecked};

/// The keys of an issuer.
#[derive(Clone, Debug, Default)]
pub struct KeySet {
    keys: Vec<Key>,
}

/// What kind of key an algorithm takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Rsa,
    P256,
    P384,
    P521,
    Ed25519,
    Shared,
}

#[derive(Clone, Debug)]
struct Key {
    id: Option<String>,
    kind: Kind,
    /// `alg`: the one algorithm it is for.
    algorithm: Option<String>,
    /// Whether `use` and `key_ops` let it verify.
    verifies: bool,
    material: Material,
}

#[derive(Clone, Debug)]
enum Material {
    Library(DecodingKey),
    /// An uncompressed point (SEC 1 section 2.3.3), for the curve that the library does not know.
    Point(Vec<u8>),
}

/// The algorithms that can be checked (RFC 7518 section 3.1, RFC 8037 section 3.1, RFC 9864), with the key each takes.
/// Where the library does not know one there is none of its names.
const ALGORITHMS: [(&str, Kind, Option<Algorithm>); 14] = [
    ("RS256", Kind::Rsa, Some(Algorithm::RS256)),
    ("RS384", Kind::Rsa, Some(Algorithm::RS384)),
    ("RS512", Kind::Rsa, Some(Algorithm::RS512)),
    ("PS256", Kind::Rsa, Some(Algorithm::PS256)),
    ("PS384", Kind::Rsa, Some(Algorithm::PS384)),
    ("PS512", Kind::Rsa, Some(Algorithm::PS512)),
    ("ES256", Kind::P256, Some(Algorithm::ES256)),
    ("ES384", Kind::P384, Some(Algorithm::ES384)),
    ("ES512", Kind::P521, None),
    ("EdDSA", Kind::Ed25519, Some(Algorithm::EdDSA)),
    ("Ed25519", Kind::Ed25519, Some(Algorithm::EdDSA)),
    ("HS256", Kind::Shared, Some(Algorithm::HS256)),
    ("HS384", Kind::Shared, Some(Algorithm::HS384)),
    ("HS512", Kind::Shared, Some(Algorithm::HS512)),
];

type Row = &'static (&'static str, Kind, Option<Algorithm>);

/// What a token is checked with.
#[derive(Clone, Copy, Debug)]
pub struct Proof<'a> {
    /// The issuer's keys, or those of a file.
    pub keys: &'a KeySet,
    /// The secret that an HMAC is made with (OpenID Connect Core 10.1: the client secret).
    pub secret: Option<&'a Secret>,
    /// Whether the keys are all that may have signed: a person named them. An issuer may sign with a client's secret
    /// although it publishes keys.
    pub exhaustive: bool,
}

impl KeySet {
    /// Reads a key set, or a single key. Keys of kinds that are not known here are left out; `None`: it is neither.
    pub fn parse(text: &str) -> Option<Self> {
        let json: Json = serde_json::from_str(text).ok()?;
        let keys = match json.get("keys") {
            Some(list) => list.as_array()?.iter().filter_map(Key::read).collect(),
            None if json.get("kty").is_some() => Key::read(&json).into_iter().collect(),
            None => return None,
        };
        Some(Self { keys })
    }

    /// How many usable keys it holds.
    pub const fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether it holds none.
    pub const fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }
}

impl Key {
    fn read(json: &Json) -> Option<Self> {
        let text = |name: &str| json.get(name).and_then(Json::as_str);
        let bytes = |name: &str| {
            let value = text(name)?.trim_end_matches('=');
            URL_SAFE_NO_PAD.decode(value).ok()
        };
        let (kind, material) = match (text("kty")?, text("crv")) {
            ("RSA", _) => {
                let key = DecodingKey::from_rsa_raw_components(&bytes("n")?, &bytes("e")?);
                (Kind::Rsa, Material::Library(key))
            }
            ("EC", Some(curve @ ("P-256" | "P-384" | "P-521"))) => {
                let point = [vec![4], bytes("x")?, bytes("y")?].concat();
                match curve {
                    "P-256" => (
                        Kind::P256,
                        Material::Library(DecodingKey::from_ec_der(&point)),
                    ),
                    "P-384" => (
                        Kind::P384,
                        Material::Library(DecodingKey::from_ec_der(&point)),
                    ),
                    _ => (Kind::P521, Material::Point(point)),
                }
            }
            ("OKP", Some("Ed25519")) => {
                let key = DecodingKey::from_ed_der(&bytes("x")?);
                (Kind::Ed25519, Material::Library(key))
            }
            ("oct", _) => {
                let key = DecodingKey::from_secret(&bytes("k")?);
                (Kind::Shared, Material::Library(key))
            }
            _ => return None,
        };
        let operations = json.get("key_ops").and_then(Json::as_array);
        let may = operations.is_none_or(|list| list.iter().any(|entry| entry == "verify"));
        Some(Self {
            id: text("kid").map(str::to_owned),
            kind,
            algorithm: text("alg").map(str::to_owned),
            verifies: may && text("use").is_none_or(|usage| usage == "sig"),
            material,
        })
    }

    fn fits(&self, (name, kind, _): Row) -> bool {
        let same = |own: &str| own == *name || (own == "EdDSA" && *kind == Kind::Ed25519);
        self.kind == *kind && self.verifies && self.algorithm.as_deref().is_none_or(same)
    }

    fn made(&self, (_, _, algorithm): Row, message: &str, signature: &str) -> bool {
        match (&self.material, algorithm) {
            (Material::Library(key), Some(algorithm)) => {
                crypto::verify(signature, message.as_bytes(), key, *algorithm).unwrap_or(false)
            }
            (Material::Point(point), None) => {
                let key = UnparsedPublicKey::new(&ECDSA_P521_SHA512_FIXED, point);
                let bytes = URL_SAFE_NO_PAD.decode(signature).unwrap_or_default();
                key.verify(message.as_bytes(), &bytes).is_ok()
            }
            _ => false,
        }
    }
}

/// Looks at the signature of a token in compact form (RFC 7515 section 3.1), and at nothing else.
pub fn check(token: &str, proof: Proof<'_>) -> Signature {
    let token = token.trim();
    let Some(header) = header(token) else {
        return Signature::Unchecked(Unchecked::Opaque);
    };
    let (message, signature) = match token.split('.').count() {
        3 => token.rsplit_once('.').unwrap_or((token, "")),
        5 if header.contains_key("enc") => return Signature::Unchecked(Unchecked::Encrypted),
        _ => return Signature::Unchecked(Unchecked::Opaque),
    };
    if let Some(demanded) = header.get("crit") {
        let names = demanded.to_string();
        return Signature::Bad(Failure::Critical { names });
    }
    let named = header.get("alg").and_then(Json::as_str).unwrap_or_default();
    if named.eq_ignore_ascii_case("none") {
        return Signature::Bad(Failure::Unsigned);
    }
    let Some(row) = ALGORITHMS.iter().find(|(name, ..)| *name == named) else {
        let named = named.to_owned();
        return if named.is_empty() {
            Signature::Bad(Failure::Algorithm { named })
        } else {
            Signature::Unchecked(Unchecked::Algorithm { named })
        };
    };
    let parts = Parts {
        row,
        id: header.get("kid").and_then(Json::as_str),
        for_graph: header.get("nonce").is_some_and(Json::is_string),
        message,
        signature,
    };
    match row.1 {
        Kind::Shared => shared(&parts, proof),
        _ => public(&parts, proof.keys),
    }
}

struct Parts<'a> {
    row: Row,
    /// `kid` of the header.
    id: Option<&'a str>,
    /// Whether the header carries a `nonce`.
    for_graph: bool,
    message: &'a str,
    signature: &'a str,
}

impl Parts<'_> {
    fn made_by(&self, key: &Key) -> bool {
        key.made(self.row, self.message, self.signature)
    }

    fn good(&self, key: Option<&Key>) -> Signature {
        let id = key.and_then(|key| key.id.clone());
        Signature::Good {
            key: id.unwrap_or_default(),
            algorithm: self.row.0.to_owned(),
        }
    }

    fn mismatch(&self) -> Signature {
        let named = self.row.0.to_owned();
        Signature::Bad(Failure::Algorithm { named })
    }
}

fn public(parts: &Parts<'_>, keys: &KeySet) -> Signature {
    let fitting: Vec<&Key> = keys.keys.iter().filter(|key| key.fits(parts.row)).collect();
    let own = |key: &&Key| parts.id.is_none() || key.id.as_deref() == parts.id;
    let candidates: Vec<&Key> = fitting.iter().copied().filter(own).collect();
    if let Some(key) = candidates.iter().find(|key| parts.made_by(key)) {
        return parts.good(Some(key));
    }
    if candidates.is_empty() {
        let named = parts.id.unwrap_or_default().to_owned();
        return if parts.id.is_some() && keys.keys.iter().any(|key| own(&key)) {
            parts.mismatch()
        } else {
            Signature::Unchecked(Unchecked::KeyNotFound { named })
        };
    }
    let other = fitting.iter().find(|key| parts.made_by(key));
    match (parts.id, other) {
        (Some(named), Some(other)) => Signature::Bad(Failure::WrongKey {
            named: named.to_owned(),
            made_by: other.id.clone().unwrap_or_default(),
        }),
        _ if parts.for_graph => Signature::Unchecked(Unchecked::ForGraph),
        _ => Signature::Bad(Failure::Signature),
    }
}

fn shared(parts: &Parts<'_>, proof: Proof<'_>) -> Signature {
    let keys = &proof.keys.keys;
    // A key that is published is no secret: an HMAC that names one was made by anybody.
    let confused = keys
        .iter()
        .any(|key| key.kind != Kind::Shared && parts.id.is_some() && key.id.as_deref() == parts.id);
    if confused {
        return parts.mismatch();
    }
    if let Some(secret) = proof.secret {
        let key = Key {
            id: None,
            kind: Kind::Shared,
            algorithm: None,
            verifies: true,
            material: Material::Library(DecodingKey::from_secret(secret.reveal().as_bytes())),
        };
        if parts.made_by(&key) {
            return parts.good(None);
        }
    }
    let fitting = || {
        keys.iter().filter(|key| {
            key.fits(parts.row) && (parts.id.is_none() || key.id.as_deref() == parts.id)
        })
    };
    if let Some(key) = fitting().find(|key| parts.made_by(key)) {
        return parts.good(Some(key));
    }
    if proof.secret.is_some() || fitting().next().is_some() {
        return Signature::Bad(Failure::Signature);
    }
    if proof.exhaustive && !keys.is_empty() {
        return if keys.iter().any(|key| key.kind == Kind::Shared) {
            let named = parts.id.unwrap_or_default().to_owned();
            Signature::Unchecked(Unchecked::KeyNotFound { named })
        } else {
            parts.mismatch()
        };
    }
    Signature::Unchecked(Unchecked::Symmetric)
}

fn header(token: &str) -> Option<Map<String, Json>> {
    let (head, _) = token.split_once('.')?;
    let bytes = URL_SAFE_NO_PAD.decode(head).ok()?;
    match serde_json::from_slice(&bytes).ok()? {
        Json::Object(members) => Some(members),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
