//! `WWW-Authenticate` challenges (RFC 9110 section 11.6.1): several in one header, commas inside quoted strings,
//! token68 credentials, and the `claims` parameter in every encoding that is seen.

use serde::de::IgnoredAny;

use super::{jwt, unescape};

/// One challenge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Challenge {
    /// The scheme as written: `Bearer`, DPoP, `Basic` …
    pub scheme: String,
    /// The parameters in order, names as written, values without quotes. A token68 credential has an empty name.
    pub params: Vec<(String, String)>,
}

impl Challenge {
    /// The first parameter of a name, whatever its case.
    pub fn param(&self, name: &str) -> Option<&str> {
        self.params
            .iter()
            .find(|(n, _)| n.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }
}

/// Reads one header value. Whatever cannot be read is skipped.
pub fn parse(header: &str) -> Vec<Challenge> {
    let mut out: Vec<Challenge> = Vec::new();
    let mut rest = header;
    loop {
        rest = rest.trim_start_matches(|c: char| c == ',' || c == ';' || c.is_whitespace());
        let Some(first) = rest.chars().next() else {
            return out;
        };
        let length = rest.bytes().take_while(|b| is_token(*b)).count();
        if length == 0 {
            rest = &rest[first.len_utf8()..];
            continue;
        }
        let (word, after) = rest.split_at(length);
        let spaced = after.trim_start();
        if let Some(value) = spaced.strip_prefix('=').filter(|v| !v.starts_with('=')) {
            let (value, after) = value_of(value.trim_start());
            match out.last_mut() {
                Some(challenge) => challenge.params.push((word.to_owned(), value)),
                // Parameters without a scheme: the start of the header was cut off.
                None => out.push(Challenge {
                    scheme: String::new(),
                    params: vec![(word.to_owned(), value)],
                }),
            }
            rest = after;
            continue;
        }
        let (credential, after) = token68(spaced);
        out.push(Challenge {
            scheme: word.to_owned(),
            params: credential.map_or_else(Vec::new, |text| vec![(String::new(), text)]),
        });
        rest = after;
    }
}

const fn is_token(b: u8) -> bool {
    b.is_ascii_alphanumeric()
        || matches!(
            b,
            b'!' | b'#'
                | b'$'
                | b'%'
                | b'&'
                | b'\''
                | b'*'
                | b'+'
                | b'-'
                | b'.'
                | b'^'
                | b'_'
                | b'`'
                | b'|'
                | b'~'
                | b'/'
        )
}

/// A credential of base64 letters that is no parameter and no further scheme.
fn token68(text: &str) -> (Option<String>, &str) {
    let letter =
        |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b'~' | b'+' | b'/');
    let body = text.bytes().take_while(letter).count();
    let padding = text[body..].bytes().take_while(|b| *b == b'=').count();
    let after = &text[body + padding..];
    let ended = after.trim_start();
    let alone = ended.is_empty() || ended.starts_with(',');
    if body == 0 || !alone || (padding == 0 && body < 16) {
        return (None, text);
    }
    (Some(text[..body + padding].to_owned()), after)
}

fn value_of(text: &str) -> (String, &str) {
    let Some(quoted) = text.strip_prefix('"') else {
        let length = text
            .find(|c: char| c == ',' || c.is_whitespace())
            .unwrap_or(text.len());
        return (text[..length].to_owned(), &text[length..]);
    };
    if let Some(object) = unescaped_object(quoted) {
        return (object.to_owned(), &quoted[object.len() + 1..]);
    }
    let mut value = String::new();
    let mut chars = quoted.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return (value, &quoted[at + 1..]),
            '\\' => value.extend(chars.next().map(|(_, escaped)| escaped)),
            other => value.push(other),
        }
    }
    (value, "")
}

/// JSON between quotation marks whose own are not escaped, as Microsoft.Identity.Web writes it: to the brace that
/// closes it and the mark behind.
fn unescaped_object(quoted: &str) -> Option<&str> {
    if !quoted.starts_with("{\"") {
        return None;
    }
    let mut depth = 0_usize;
    for (at, b) in quoted.bytes().enumerate() {
        match b {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            let closed = quoted.as_bytes().get(at + 1) == Some(&b'"');
            return Some(&quoted[..=at]).filter(|_| closed);
        }
    }
    None
}

/// The claims challenge as JSON text, from base64, base64url (padded or not, percent-encoded or not) or plain JSON.
/// `None` where it is no JSON object in any of them.
pub fn claims_text(value: &str) -> Option<String> {
    let value = value.trim();
    if is_object(value) {
        return Some(value.to_owned());
    }
    let unescaped = unescape::percent(value, false);
    if is_object(unescaped.trim()) {
        return Some(unescaped.trim().to_owned());
    }
    let decoded = jwt::base64(&unescaped).or_else(|| jwt::base64(value.trim_matches('"')))?;
    let text = String::from_utf8(decoded).ok()?;
    let text = text.trim();
    is_object(text).then(|| text.to_owned())
}

fn is_object(text: &str) -> bool {
    text.starts_with('{') && serde_json::from_str::<IgnoredAny>(text).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::Engine as _;
    use proptest::prelude::*;

    const CLAIMS: &str = r#"{"access_token":{"nbf":{"essential":true,"value":"1763820131"}}}"#;

    #[test]
    fn commas_and_equal_signs_inside_quotes_do_not_split() {
        let header = r#"Bearer realm="", authorization_uri="https://login.contoso.example/common", error="invalid_token", error_description="no, \"really\" = no", claims="e30=""#;
        let challenges = parse(header);
        assert_eq!(challenges.len(), 1);
        assert_eq!(challenges[0].param("ERROR"), Some("invalid_token"));
        assert_eq!(
            challenges[0].param("error_description"),
            Some("no, \"really\" = no")
        );
        assert_eq!(challenges[0].param("claims"), Some("e30="));
        assert_eq!(challenges[0].param("realm"), Some(""));
    }

    #[test]
    fn claims_that_nobody_escaped_are_one_value() {
        let challenges = parse(&format!(r#"Bearer claims="{CLAIMS}", error="x""#));
        assert_eq!(challenges[0].param("claims"), Some(CLAIMS));
        assert_eq!(challenges[0].param("error"), Some("x"));
    }

    #[test]
    fn several_challenges_share_a_header() {
        let challenges = parse(
            r#"Negotiate, Negotiate oYG2MIGzoAMKAQChCwYJKoZIgvcSAQICooGeBIGb==, Basic realm="a, b", DPoP algs="ES256 PS256", error=invalid_token"#,
        );
        let schemes: Vec<&str> = challenges.iter().map(|c| c.scheme.as_str()).collect();
        assert_eq!(schemes, ["Negotiate", "Negotiate", "Basic", "DPoP"]);
        assert!(challenges[1].param("").is_some());
        assert_eq!(challenges[3].param("error"), Some("invalid_token"));
    }

    #[test]
    fn claims_are_read_in_every_encoding() {
        let standard = base64::engine::general_purpose::STANDARD.encode(CLAIMS);
        let url_safe = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(CLAIMS);
        let escaped = standard.replace('=', "%3D");
        for text in [
            CLAIMS,
            &standard,
            standard.trim_end_matches('='),
            &url_safe,
            &escaped,
        ] {
            assert_eq!(claims_text(text).as_deref(), Some(CLAIMS), "{text}");
        }
        assert_eq!(claims_text("bm90IGpzb24="), None);
        assert_eq!(claims_text("[]"), None);
    }

    #[test]
    fn a_header_that_ends_in_a_string_is_read_to_its_end() {
        let challenges = parse(r#"Bearer error="insufficient_claims", claims="eyJhY2Nlc3N"#);
        assert_eq!(challenges[0].param("claims"), Some("eyJhY2Nlc3N"));
    }

    proptest! {
        #[test]
        fn nothing_panics(text in "\\PC*", shaped in "[A-Za-z\"=, \\\\é]{0,60}") {
            let _ = (parse(&text), parse(&shaped), claims_text(&text), claims_text(&shaped));
        }
    }
}
