//! A JWT that somebody else made (RFC 7519): its parts, and its time. Nothing in it is trusted before its signature
//! was verified.

use base64::Engine;
use base64::alphabet::{STANDARD, URL_SAFE};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde_json::Value as Json;

use crate::model::Moment;

/// How far the clocks of two machines may be apart, in seconds.
const SKEW: f64 = 300.0;

/// Libraries differ in whether they pad.
const LENIENT: GeneralPurposeConfig =
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);

/// A JWT.
pub struct Jwt {
    pub header: Json,
    pub claims: Json,
    /// What was signed.
    pub message: String,
    /// The signature, base64url.
    pub signature: String,
}

impl Jwt {
    /// Reads one; `None`: it is none.
    pub fn read(text: &str) -> Option<Self> {
        let (message, signature) = text.rsplit_once('.')?;
        let (header, claims) = message.split_once('.')?;
        let read = |part: &str| {
            let json = serde_json::from_slice::<Json>(&bytes(part)?).ok()?;
            json.is_object().then_some(json)
        };
        Some(Self {
            header: read(header)?,
            claims: read(claims)?,
            message: message.to_owned(),
            signature: signature.to_owned(),
        })
    }

    /// A claim that is text; empty if there is none.
    pub fn text(&self, name: &str) -> &str {
        self.claims[name].as_str().unwrap_or_default()
    }

    /// A member of the header that is text; empty if there is none.
    pub fn head(&self, name: &str) -> &str {
        self.header[name].as_str().unwrap_or_default()
    }

    /// Whom it is for: `aud` may be one or a list.
    pub fn audiences(&self) -> Vec<&str> {
        match &self.claims["aud"] {
            Json::Array(list) => list.iter().filter_map(Json::as_str).collect(),
            one => one.as_str().into_iter().collect(),
        }
    }

    /// Whether a moment lies in its time, by clocks that may differ by five minutes; `None`: it names no end.
    pub fn is_timely(&self, at: Moment) -> Option<bool> {
        // MSAL for Python writes fractions of a second.
        let end = self.claims["exp"].as_f64()?;
        let start = self.claims["nbf"].as_f64().unwrap_or(f64::MIN);
        #[expect(clippy::cast_precision_loss, reason = "seconds fit by far")]
        let now = at.seconds() as f64;
        Some(now < end + SKEW && now > start - SKEW)
    }
}

/// The bytes of base64, whichever alphabet and padding a library uses. MSAL for Python leaves the line ends of a PEM
/// file in what it sends as `x5c`.
pub fn bytes(text: &str) -> Option<Vec<u8>> {
    let text: String = text.split_ascii_whitespace().collect();
    let of = |alphabet| {
        let engine = GeneralPurpose::new(alphabet, LENIENT);
        engine.decode(&text).ok()
    };
    of(&URL_SAFE).or_else(|| of(&STANDARD))
}
