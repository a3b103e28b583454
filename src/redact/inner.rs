//! Where a value ends that stands inside an encoded text: at the encoded blanks and line ends of the text around it,
//! which the value itself would carry encoded once more. What describes an error must not go with a secret in it.

/// The part of `raw` that is the value of a name; `between` is what stands between both, the separator in it. `blanks`:
/// the value holds none.
pub(super) fn cut<'a>(raw: &'a str, between: &str, blanks: bool) -> &'a str {
    if !between.contains('%') {
        return raw;
    }
    let bytes = raw.as_bytes();
    let Some(end) = (0..bytes.len()).find(|at| ends(&bytes[*at..], blanks)) else {
        return raw;
    };
    raw[..end].trim_end_matches(['.', ',', ';'])
}

/// Whether an encoded text goes on here behind a value: with a line end, the next parameter, a quotation mark, a blank.
fn ends(rest: &[u8], blanks: bool) -> bool {
    let is = |signs: &[&[u8]]| {
        signs
            .iter()
            .any(|sign| rest.len() >= sign.len() && rest[..sign.len()].eq_ignore_ascii_case(sign))
    };
    is(&[b"%0d", b"%0a", b"%250d", b"%250a", b"%26", b"%22"])
        || blanks && is(&[b"+", b"%20", b"%2520"])
}

/// Whether a value is a number that a page or an escape goes on behind: `530033<br>`, `</td><td>530033</td>`.
pub(super) fn is_number(raw: &str) -> bool {
    let mut rest = raw;
    while let Some((tag, behind)) = rest.strip_prefix('<').and_then(|tag| tag.split_once('>')) {
        if tag.len() > 12 {
            return false;
        }
        rest = behind;
    }
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    (1..=10).contains(&digits) && rest[digits..].starts_with(['<', '\\'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_in_an_encoded_text_ends_where_the_text_goes_on() {
        for (raw, between, blanks, expected) in [
            ("abc.%0d%0aTrace+ID", "%3a+", true, "abc"),
            ("a+b%0d%0aTrace", "%3a+", false, "a+b"),
            ("abc+bad.%0d%0aTrace", "%3d", true, "abc"),
            ("abc%26state%3d1", "%3d", false, "abc"),
            ("a+b/c=", "=", true, "a+b/c="),
        ] {
            assert_eq!(cut(raw, between, blanks), expected, "{raw}");
        }
    }

    #[test]
    fn a_number_before_a_tag_or_an_escape_is_no_secret() {
        for raw in [
            "530033<br>Request",
            "530033\\r\\nRequest",
            "</td><td>530033</td>",
        ] {
            assert!(is_number(raw), "{raw}");
        }
        for raw in ["530033", "<b>s3cret</b>", "12345678901<", ""] {
            assert!(!is_number(raw), "{raw}");
        }
    }
}
