//! What is packed inside a value: JSON written as a string, base64, percent-encoding, the parameters of an address, a
//! form or a challenge. One layer at a time: what comes out may hold something again.

use percent_encoding::percent_decode_str;

use super::lex::{self, End, Kind};
use super::{challenge, jwt};
use crate::model::Packing;

/// What came out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// A JSON object or array, as it was written.
    Json(String),
    /// Text.
    Text(String),
    /// Names and values, in order.
    Parameters(Vec<(String, String)>),
}

/// Something that was packed inside a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inside {
    /// How.
    pub packing: Packing,
    /// What it is.
    pub content: Content,
}

/// Longer values are not looked into, in bytes.
const LONGEST: usize = 256 * 1024;
/// Shorter ones may be base64 by accident.
const SHORTEST: usize = 12;
/// Parameters that are told.
const MOST: usize = 64;

/// What a value holds packed inside; `None` where it is plain, too long, or only might be.
pub fn inside(value: &str) -> Option<Inside> {
    let text = value.trim();
    if text.len() < 2 || text.len() > LONGEST {
        return None;
    }
    json(text)
        .map(|json| (Packing::Json, Content::Json(json)))
        .or_else(|| address(text).map(|found| (Packing::Address, Content::Parameters(found))))
        .or_else(|| challenged(text).map(|found| (Packing::Challenge, Content::Parameters(found))))
        .or_else(|| form(text).map(|found| (Packing::Form, Content::Parameters(found))))
        .or_else(|| percent(text).map(|found| (Packing::Percent, unpacked(found))))
        .or_else(|| base64(text).map(|found| (Packing::Base64, unpacked(found))))
        .map(|(packing, content)| Inside { packing, content })
}

/// A text, as JSON where it is that.
fn unpacked(text: String) -> Content {
    match json(&text) {
        Some(json) => Content::Json(json),
        None => Content::Text(text),
    }
}

/// A whole object or array.
fn json(text: &str) -> Option<String> {
    let text = text.trim();
    if !text.starts_with(['{', '[']) {
        return None;
    }
    let tree = lex::read(text);
    let root = tree.nodes.first()?;
    let container = matches!(root.kind, Kind::Object | Kind::Array);
    (container && tree.end == End::Whole).then(|| text.to_owned())
}

fn address(text: &str) -> Option<Vec<(String, String)>> {
    let (scheme, rest) = text.split_once(':')?;
    let named = scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'));
    if !named || rest.contains(char::is_whitespace) {
        return None;
    }
    let at = rest.find(['?', '#'])?;
    let found: Vec<_> = rest[at + 1..].split(['?', '#']).flat_map(pairs).collect();
    // One short parameter is read as well where it stands.
    (found.len() > 1 || rest[at..].contains('%')).then_some(found)
}

fn challenged(text: &str) -> Option<Vec<(String, String)>> {
    if !text.contains("=\"") {
        return None;
    }
    let found = challenge::parse(text);
    let pairs = found.into_iter().flat_map(|challenge| challenge.params);
    let pairs: Vec<_> = pairs.take(MOST).collect();
    (!pairs.is_empty()).then_some(pairs)
}

/// A form: at least two fields, whose names look like names.
fn form(text: &str) -> Option<Vec<(String, String)>> {
    if text.contains(char::is_whitespace) || !text.contains('&') {
        return None;
    }
    let named = text.split('&').all(|field| {
        field.split_once('=').is_some_and(|(name, _)| {
            !name.is_empty()
                && name
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.' | b'%'))
        })
    });
    named.then(|| pairs(text).collect())
}

fn pairs(text: &str) -> impl Iterator<Item = (String, String)> {
    let whole = url::form_urlencoded::parse(text.as_bytes());
    let owned = whole.map(|(name, value)| (name.into_owned(), value.into_owned()));
    owned
        .filter(|(name, value)| !(name.is_empty() || value.is_empty()))
        .take(MOST)
}

/// What percent-encoding stands for, if all of it is text.
fn percent(text: &str) -> Option<String> {
    let coded = |at: usize| {
        let digits = text.as_bytes().get(at + 1..at + 3);
        digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    };
    if text.contains(char::is_whitespace) || !text.match_indices('%').any(|(at, _)| coded(at)) {
        return None;
    }
    let decoded = percent_decode_str(text).decode_utf8().ok()?.into_owned();
    (decoded != text && is_readable(&decoded)).then_some(decoded)
}

/// What base64 stands for, if all of it is text and it is unlikely to be so by accident.
fn base64(text: &str) -> Option<String> {
    let letters =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'-' | b'_' | b'=');
    if text.len() < SHORTEST || !text.bytes().all(letters) {
        return None;
    }
    let decoded = String::from_utf8(jwt::base64(text)?).ok()?;
    is_readable(&decoded).then_some(decoded)
}

/// Whether a person can read it: ASCII without control characters, or letters beyond it beside ASCII.
fn is_readable(text: &str) -> bool {
    let odd = text.chars().filter(|c| !c.is_ascii()).count();
    let control = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
    !text.is_empty() && !text.chars().any(control) && odd * 2 < text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::Engine as _;
    use base64::prelude::BASE64_URL_SAFE_NO_PAD;
    use proptest::prelude::*;

    fn named(found: &Inside, name: &str) -> String {
        let Content::Parameters(all) = &found.content else {
            panic!("{found:?}");
        };
        let one = all.iter().find(|(n, _)| n == name);
        one.unwrap_or_else(|| panic!("{name} in {all:?}")).1.clone()
    }

    #[test]
    fn claims_in_a_reply_are_json_in_a_string() {
        let claims = r#"{"access_token":{"capolids":{"essential":true,"values":["c1"]}}}"#;
        let found = inside(claims).unwrap();
        assert_eq!(found.packing, Packing::Json);
        assert_eq!(found.content, Content::Json(claims.to_owned()));
    }

    #[test]
    fn a_challenge_holds_an_address_and_claims_in_base64() {
        let challenge = r#"Bearer realm="", authorization_uri="https://login.contoso.example/common/oauth2/authorize?a=b&c=d", error="insufficient_claims", claims="eyJhY2Nlc3NfdG9rZW4iOnsibmJmIjp7InZhbHVlIjoiMTcifX19""#;
        let found = inside(challenge).unwrap();
        assert_eq!(found.packing, Packing::Challenge);
        let claims = inside(&named(&found, "claims")).unwrap();
        assert_eq!(claims.packing, Packing::Base64);
        assert_eq!(
            claims.content,
            Content::Json(r#"{"access_token":{"nbf":{"value":"17"}}}"#.to_owned())
        );
        let address = inside(&named(&found, "authorization_uri")).unwrap();
        assert_eq!(
            (address.packing, named(&address, "a")),
            (Packing::Address, "b".into())
        );
    }

    #[test]
    fn an_address_within_an_address_opens_in_its_turn() {
        let found = inside("https://login.contoso.example/a?redirect_uri=http%3A%2F%2Flocalhost%2F%3Fx%3D1%26y%3D2&state=s").unwrap();
        let inner = inside(&named(&found, "redirect_uri")).unwrap();
        assert_eq!(
            (named(&inner, "x"), named(&inner, "y")),
            ("1".into(), "2".into())
        );
    }

    #[test]
    fn plain_words_codes_and_times_hold_nothing() {
        for plain in [
            "invalid_grant",
            "interaction_required",
            "AADSTS50076: Due to a configuration change",
            "2026-11-22 14:02:11Z",
            "3f0a5c1e-94d7-4b62-a0c8-6b1d2e7f48e1",
            "User.Read openid profile",
            "https://login.contoso.example/error",
            "basic_action",
            "100% of it",
            "conditionalaccess",
            "bad_token",
            "{not json",
            "Bearer",
        ] {
            assert_eq!(inside(plain), None, "{plain}");
        }
    }

    #[test]
    fn percent_encoded_text_is_read_once() {
        let found = inside("AADSTS50076%3A%20a%20second%20factor").unwrap();
        assert_eq!(found.packing, Packing::Percent);
        assert_eq!(
            found.content,
            Content::Text("AADSTS50076: a second factor".into())
        );
    }

    proptest! {
        #[test]
        fn nothing_panics_whatever_it_is(text in "\\PC{0,80}") {
            let _ = inside(&text);
        }

        #[test]
        fn json_packed_in_any_of_these_ways_comes_out_as_it_was(word in "[a-z ]{0,20}", way in 0usize..3) {
            let json = format!("{{\"member\":\"{word}\"}}");
            let packed = match way {
                0 => json.clone(),
                1 => BASE64_URL_SAFE_NO_PAD.encode(&json),
                _ => percent_encoding::utf8_percent_encode(&json, percent_encoding::NON_ALPHANUMERIC).to_string(),
            };
            let found = inside(&packed).map(|found| found.content);
            prop_assert_eq!(found, Some(Content::Json(json)));
        }
    }
}
