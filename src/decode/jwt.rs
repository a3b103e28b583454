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
    let mut parts = bare(text).split('.');
    let header = object(parts.next()?)?;
    let claims = object(parts.next()?)?;
    let signature = parts.next()?;
    let clean = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'=');
    if parts.next().is_some() || !signature.bytes().all(clean) {
        return None;
    }
    Some(Jwt { header, claims })
}

/// What a text is that is meant to be a token.
#[derive(Clone, Debug, PartialEq)]
pub enum Token {
    /// It can be read.
    Jwt(Jwt),
    /// Encrypted (JWE compact serialisation, RFC 7516 section 3.1): its header alone can be read.
    Encrypted(Json),
    /// Nothing that can be read.
    Opaque,
}

/// The token alone: without white space around it and without `Bearer` before it.
pub fn bare(text: &str) -> &str {
    let text = text.trim();
    match text.split_once(' ') {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("bearer") => rest.trim(),
        _ => text,
    }
}

/// Tells what a text is that is meant to be a token.
pub fn read(text: &str) -> Token {
    let text = bare(text);
    if let Some(jwt) = parse(text) {
        return Token::Jwt(jwt);
    }
    let mut parts = text.split('.');
    let header = parts.next().and_then(object);
    match header.filter(|header| header.get("enc").is_some()) {
        Some(header) if parts.count() == 4 => Token::Encrypted(header),
        _ => Token::Opaque,
    }
}

/// Whether a text has the shape of a token in compact form, readable or not: it is then no name of a file.
pub fn looks_like_one(text: &str) -> bool {
    let text = bare(text);
    let dots = text.matches('.').count();
    let letters = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'=' | b'.');
    text.len() >= 20
        && text.bytes().all(letters)
        && (text.starts_with("ey") && dots > 0 || text.len() >= 200)
}

/// The tokens in a text that can be read or are encrypted, in their order, each once. At most `most`.
pub fn find(text: &str, most: usize) -> Vec<&str> {
    let letters = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '=' | '.');
    let mut found: Vec<&str> = Vec::new();
    let runs = text.split(|c| !letters(c));
    for run in runs.filter(|run| run.len() >= 20 && run.contains('.')) {
        let start = run.find("ey").unwrap_or(0);
        let token = run[start..].trim_end_matches('.');
        // An unsigned token ends with a dot, which may as well end a sentence.
        let unsigned = run.get(start..start + token.len() + 1);
        let token = [Some(token), unsigned]
            .into_iter()
            .flatten()
            .find(|token| read(token) != Token::Opaque);
        if let Some(token) = token.filter(|token| !found.contains(token)) {
            found.push(token);
            if found.len() == most {
                break;
            }
        }
    }
    found
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

    #[test]
    fn an_encrypted_token_is_told_from_an_opaque_one() {
        let header = part(r#"{"alg":"RSA-OAEP","enc":"A256GCM"}"#);
        let encrypted = format!("{header}.a.b.c.d");
        assert!(matches!(read(&encrypted), Token::Encrypted(_)));
        assert_eq!(read(&format!("{header}.a.b.c")), Token::Opaque);
        assert_eq!(read("0.AXoAnobody"), Token::Opaque);
    }

    #[test]
    fn tokens_are_found_in_a_log_line_and_each_once() {
        let token = format!("{}.{}.c2ln", part(r#"{"alg":"RS256"}"#), part("{}"));
        let unsigned = format!("{}.{}.", part(r#"{"alg":"none"}"#), part("{}"));
        let text = format!("got {token}. then Bearer {token}, and \"{unsigned}\" a.b.c");
        assert_eq!(find(&text, 9), [token.as_str(), unsigned.as_str()]);
        assert_eq!(find(&text, 1).len(), 1);
    }

    #[test]
    fn a_token_is_no_name_of_a_file() {
        let token = format!("{}.{}.c2ln", part(r#"{"alg":"RS256"}"#), part("{}"));
        assert!(looks_like_one(&token) && looks_like_one(&format!("Bearer {token}")));
        for path in ["token.txt", "notes/eyes/token.jwt", "eye.jwt", "a.b.c"] {
            assert!(!looks_like_one(path), "{path}");
        }
    }

    proptest! {
        #[test]
        fn nothing_panics(text in "\\PC*", dotted in "[A-Za-z0-9_=+/.-]{0,60}") {
            let _ = (read(&text), read(&dotted), find(&text, 4), find(&dotted, 4), looks_like_one(&text));
            let _ = (parse(&text), parse(&dotted), base64_start(&text), base64_start(&dotted));
        }
    }
}
