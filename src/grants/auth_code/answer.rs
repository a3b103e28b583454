//! What came back from the page, and the checks that need no key: of the answer as a JWT (JARM) and of the ID token
//! that came with it.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value as Json;
use sha2::{Digest as _, Sha256, Sha384, Sha512};
use url::Url;

use crate::decode::jwt::Jwt;
use crate::grants::Tokens;
use crate::model::{Moment, ResponseType, Secret, SecretKind};
use crate::strings::grants as say;

/// How far two clocks may be apart.
const LEEWAY: Duration = Duration::from_mins(5);

/// What a redirect carried that matters here.
#[derive(Clone, Debug, Default)]
pub(super) struct Carried {
    pub code: Option<String>,
    pub error: bool,
    pub state: Option<String>,
    pub iss: Option<String>,
    /// The ID token that came with the answer itself.
    pub id_token: Option<String>,
    /// The access token that did.
    pub access_token: Option<String>,
    token_type: Option<String>,
    seconds: Option<u64>,
    scope: Option<String>,
    /// The answer as a JWT (JARM section 2.3).
    pub response: Option<String>,
}

/// Whose answer it has to be.
pub(super) struct Expected<'a> {
    pub client_id: &'a str,
    pub issuer: &'a str,
    pub nonce: &'a str,
    pub now: Moment,
}

/// What speaks against an answer: a sentence, and the parameter or claim it is about.
pub(super) type Objection = (&'static str, &'static str);

impl Carried {
    /// From the query and, for servers that answer there, the fragment.
    pub fn read(url: &str) -> Self {
        let mut carried = Self::default();
        let Ok(url) = Url::parse(url) else {
            return carried;
        };
        let parts = [url.query(), url.fragment()];
        for part in parts.into_iter().flatten() {
            for (name, value) in url::form_urlencoded::parse(part.as_bytes()) {
                carried.take(&name, value.into_owned());
            }
        }
        carried
    }

    /// From the claims of a JWT.
    pub fn of_claims(claims: &Json) -> Self {
        let mut carried = Self::default();
        for (name, value) in claims.as_object().into_iter().flatten() {
            let text = match value {
                Json::String(text) => text.clone(),
                other => other.to_string(),
            };
            carried.take(name, text);
        }
        carried
    }

    fn take(&mut self, name: &str, value: String) {
        let place = match name {
            "code" => &mut self.code,
            "state" => &mut self.state,
            "iss" => &mut self.iss,
            "id_token" => &mut self.id_token,
            "access_token" => &mut self.access_token,
            "token_type" => &mut self.token_type,
            "scope" => &mut self.scope,
            "response" => &mut self.response,
            "error" => {
                self.error = true;
                return;
            }
            "expires_in" => {
                self.seconds = value.parse().ok();
                return;
            }
            _ => return,
        };
        // An empty code or token is none; an empty state is not this run's.
        *place = Some(value).filter(|value| name == "state" || !value.is_empty());
    }

    /// Whether it is an answer at all.
    pub const fn answers(&self) -> bool {
        self.code.is_some()
            || self.id_token.is_some()
            || self.access_token.is_some()
            || self.response.is_some()
    }

    /// What was to come and did not.
    pub const fn lacks(&self, kind: ResponseType) -> Option<Objection> {
        if kind.has_code() && self.code.is_none() {
            Some((say::NO_CODE, "code"))
        } else if kind.has_id_token() && self.id_token.is_none() {
            Some((say::NO_ID_TOKEN, "id_token"))
        } else if kind.has_token() && self.access_token.is_none() {
            Some((say::NO_TOKEN, "access_token"))
        } else {
            None
        }
    }

    /// The tokens of the answer itself.
    pub fn tokens(&self, asked: &[String], now: Moment) -> Tokens {
        let secret = |kind, text: &Option<String>| text.as_deref().map(|t| Secret::new(kind, t));
        let access = secret(SecretKind::AccessToken, &self.access_token);
        let usual = if access.is_some() { "Bearer" } else { ID_ALONE };
        let scope = self.scope.as_deref();
        Tokens {
            token_type: self.token_type.clone().unwrap_or_else(|| usual.to_owned()),
            issued_type: None,
            expires: self.seconds.map(|s| now.plus(Duration::from_secs(s))),
            scopes: scope.map_or_else(
                || asked.to_vec(),
                |text| text.split_ascii_whitespace().map(Into::into).collect(),
            ),
            access,
            refresh: None,
            id: secret(SecretKind::IdToken, &self.id_token),
            extended_expires: None,
            refresh_on: None,
            client_info: None,
            family: None,
            details: None,
        }
    }

    /// What speaks against the ID token that came along (OpenID Connect Core 3.2.2.11, 3.3.2.12), but for its signature.
    pub fn objection_to_id(&self, id: &Jwt, expected: &Expected<'_>) -> Option<Objection> {
        let text = |name: &str| id.claims.get(name).and_then(Json::as_str);
        if text("nonce") != Some(expected.nonce) {
            return Some((say::OTHER_NONCE, "nonce"));
        }
        if let Some(trouble) = expected.objection_to(&id.claims) {
            return Some(trouble);
        }
        let hashes = [
            ("c_hash", &self.code, say::C_HASH_MISSING, say::C_HASH_WRONG),
            (
                "at_hash",
                &self.access_token,
                say::AT_HASH_MISSING,
                say::AT_HASH_WRONG,
            ),
        ];
        for (claim, value, missing, wrong) in hashes {
            let Some(value) = value else { continue };
            let Some(told) = text(claim) else {
                return Some((missing, claim));
            };
            if half_hash(id, value).is_some_and(|own| own != told) {
                return Some((wrong, claim));
            }
        }
        None
    }
}

/// The type of what came where it is an ID token alone.
const ID_ALONE: &str = "id_token";

/// The left half of a value's digest by the hash of the token's algorithm (OpenID Connect Core 3.3.2.11); `None` where
/// the algorithm has no hash of its own.
fn half_hash(id: &Jwt, value: &str) -> Option<String> {
    let algorithm = id.header.get("alg")?.as_str()?;
    let digest = match algorithm.get(2..)? {
        "256" => Sha256::digest(value).to_vec(),
        "384" => Sha384::digest(value).to_vec(),
        "512" => Sha512::digest(value).to_vec(),
        _ => return None,
    };
    let half = digest.get(..digest.len() / 2)?;
    Some(URL_SAFE_NO_PAD.encode(half))
}

impl Expected<'_> {
    /// What speaks against a JWT of the server, but for its signature: who made it, for whom, until when (JARM section
    /// 2.4, OpenID Connect Core 3.1.3.7).
    pub fn objection_to(&self, claims: &Json) -> Option<Objection> {
        let issuer = claims.get("iss").and_then(Json::as_str);
        if !issuer.is_some_and(|iss| is_issuer(self.issuer, iss)) {
            return Some((say::ANSWER_OF_OTHER, "iss"));
        }
        let is_client = |value: &Json| value.as_str() == Some(self.client_id);
        let meant = match claims.get("aud") {
            Some(Json::Array(all)) => all.iter().any(is_client),
            Some(one) => is_client(one),
            None => false,
        };
        if !meant {
            return Some((say::ANSWER_FOR_OTHER, "aud"));
        }
        match claims.get("exp").and_then(Json::as_i64) {
            None => Some((say::ANSWER_WITHOUT_END, "exp")),
            Some(at) if Moment::from_seconds(at).plus(LEEWAY) < self.now => {
                Some((say::ANSWER_OVER, "exp"))
            }
            Some(_) => None,
        }
    }
}

/// Whether an issuer is the one of the metadata. Entra's common endpoints write `{tenantid}` where it names the tenant.
pub(super) fn is_issuer(known: &str, told: &str) -> bool {
    known.is_empty()
        || match known.split_once("{tenantid}") {
            Some((before, after)) => told.starts_with(before) && told.ends_with(after),
            None => told == known,
        }
}
