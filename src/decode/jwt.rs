//! JSON Web Tokens (RFC 7519), read for looking at. Nothing is verified here.

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde_json::Value as Json;

/// The readable parts of a signed or unsigned token.
#[derive(Clone, Debug, PartialEq)]
pub struct Jwt {
    /// The JOSE header.
    pub header: Json,
    /// The claims.
    pub claims: Json,
}

const LENIENT: GeneralPurposeConfig = GeneralPurposeConfig::new()
    .with_decode_padding_mode(DecodePaddingMode::Indifferent)
    .with_decode_allow_trailing_bits(true);
const URL_SAFE: GeneralPurpose = GeneralPurpose::new(&alphabet::URL_SAFE, LENIENT);
const STANDARD: GeneralPurpose = GeneralPurpose::new(&alphabet::STANDARD, LENIENT);

/// Reads a token in compact form (RFC 7515 section 3.1), white space around it allowed. `None` for encrypted tokens,
/// opaque tokens and everything else whose first two parts are not JSON objects in base64url.
pub fn parse(text: &str) -> Option<Jwt> {
    let text = text.trim();
    let text = text.strip_prefix("Bearer ").unwrap_or(text).trim();
    let mut parts = text.split('.');
    let header = object(parts.next()?)?;
    let claims = object(parts.next()?)?;
    let signature = parts.next()?;
    let clean = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'=');
    if parts.next().is_some() || !signature.bytes().all(clean) {
        return None;
    }
    Some(Jwt { header, claims })
}

fn object(part: &str) -> Option<Json> {
    let value: Json = serde_json::from_slice(&base64(part)?).ok()?;
    value.is_object().then_some(value)
}

/// Decodes base64 in either alphabet, padded or not, white space ignored.
pub(crate) fn base64(text: &str) -> Option<Vec<u8>> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if text.is_empty() {
        return None;
    }
    let decoded = if text.contains(['-', '_']) {
        URL_SAFE.decode(&text)
    } else {
        STANDARD.decode(&text)
    };
    decoded.ok()
}

/// Decodes as much of base64 as is there: a cut text loses its last few bytes, not everything.
pub(crate) fn base64_start(text: &str) -> Option<Vec<u8>> {
    base64(text.get(..text.len() / 4 * 4)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn part(json: &str) -> String {
        URL_SAFE.encode(json).trim_end_matches('=').to_owned()
    }

    #[test]
    fn a_token_shows_its_header_and_claims() {
        let token = format!(
            "{}.{}.c2ln",
            part(r#"{"alg":"RS256"}"#),
            part(r#"{"scp":"User.Read"}"#)
        );
        let jwt = parse(&token).unwrap();
        assert_eq!(jwt.header["alg"], "RS256");
        assert_eq!(jwt.claims["scp"], "User.Read");
        assert!(parse(&format!(" Bearer {token}\n")).is_some());
    }

    #[test]
    fn other_things_are_not_tokens() {
        let header = part(r#"{"alg":"none"}"#);
        for text in [
            "",
            "a.b.c",
            "0.AAAA.BBBB",
            &header,
            &format!("{header}.{header}"),
            &format!("{header}.{header}.x y"),
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn an_unsigned_token_is_read() {
        let token = format!("{}.{}.", part(r#"{"alg":"none"}"#), part("{}"));
        assert!(parse(&token).is_some());
    }

    proptest! {
        #[test]
        fn nothing_panics(text in "\\PC*", dotted in "[A-Za-z0-9_=+/.-]{0,60}") {
            let _ = (parse(&text), parse(&dotted), base64_start(&text), base64_start(&dotted));
        }
    }
}
