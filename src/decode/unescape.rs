//! Undoing escapes: JSON strings, percent-encoding, the few HTML entities that error pages carry. Tolerant: what is
//! not a proper escape stays as it is.

/// Resolves the escapes of a JSON string's inside (RFC 8259 section 7). A lone surrogate becomes U+FFFD.
pub(crate) fn json(text: &str) -> String {
    let Some(first) = text.find('\\') else {
        return text.to_owned();
    };
    let mut out = String::with_capacity(text.len());
    out.push_str(&text[..first]);
    let mut rest = &text[first..];
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let Some(letter) = rest.chars().next() else {
            out.push('\\');
            return out;
        };
        if letter == 'u' {
            rest = unicode(rest, &mut out);
            continue;
        }
        rest = &rest[letter.len_utf8()..];
        match letter {
            'n' => out.push('\n'),
            'r' => out.push('\r'),
            't' => out.push('\t'),
            'b' => out.push('\u{8}'),
            'f' => out.push('\u{c}'),
            '"' | '\\' | '/' | '\'' => out.push(letter),
            other => {
                out.push('\\');
                out.push(other);
            }
        }
    }
    out.push_str(rest);
    out
}

/// `rest` begins with the `u` of an escape; returns what follows it.
fn unicode<'a>(rest: &'a str, out: &mut String) -> &'a str {
    let unit = |text: &str| {
        text.get(1..5)
            .filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()))
            .and_then(|digits| u32::from_str_radix(digits, 16).ok())
    };
    let Some(high) = unit(rest) else {
        out.push_str("\\u");
        return &rest[1..];
    };
    let after = &rest[5..];
    if (0xd800..0xdc00).contains(&high) {
        let low = after.strip_prefix('\\').filter(|t| t.starts_with('u'));
        if let Some(low) = low.and_then(unit).filter(|l| (0xdc00..0xe000).contains(l)) {
            let point = 0x1_0000 + ((high - 0xd800) << 10) + (low - 0xdc00);
            out.push(char::from_u32(point).unwrap_or('\u{fffd}'));
            return &after[6..];
        }
    }
    out.push(char::from_u32(high).unwrap_or('\u{fffd}'));
    after
}

/// Resolves `%XX` and, where `plus` says so, `+` as a space (`application/x-www-form-urlencoded`).
pub(crate) fn percent(text: &str, plus: bool) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut i = 0;
    while let Some(&b) = bytes.get(i) {
        let pair = bytes.get(i + 1).zip(bytes.get(i + 2));
        let value = pair.and_then(|(h, l)| Some((hex(*h)? << 4) | hex(*l)?));
        match (b, value) {
            (b'%', Some(value)) => {
                out.push(value);
                i += 2;
            }
            (b'+', _) if plus => out.push(b' '),
            (other, _) => out.push(other),
        }
        i += 1;
    }
    String::from_utf8_lossy(&out).into_owned()
}

fn hex(b: u8) -> Option<u8> {
    char::from(b)
        .to_digit(16)
        .and_then(|digit| u8::try_from(digit).ok())
}

const ENTITIES: &[(&str, &str)] = &[
    ("&quot;", "\""),
    ("&#34;", "\""),
    ("&#x22;", "\""),
    ("&apos;", "'"),
    ("&#39;", "'"),
    ("&#x27;", "'"),
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&nbsp;", " "),
    ("&#xD;", "\r"),
    ("&#xA;", "\n"),
    ("&#13;", "\r"),
    ("&#10;", "\n"),
    ("&#43;", "+"),
    ("&#58;", ":"),
    ("&amp;", "&"),
];

/// Resolves the HTML entities that error pages use.
pub(crate) fn entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let known = ENTITIES.iter().find(|(name, _)| {
            rest.get(..name.len())
                .is_some_and(|head| head.eq_ignore_ascii_case(name))
        });
        let (skip, put) = known.map_or((1, "&"), |(name, put)| (name.len(), *put));
        out.push_str(put);
        rest = &rest[skip..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn json_escapes_are_resolved_and_nonsense_stays() {
        assert_eq!(json(r#"a\"b\\c\u00e9\ud83d\ude00"#), "a\"b\\cé😀");
        assert_eq!(json(r"\ud800x \q \u12"), "\u{fffd}x \\q \\u12");
        assert_eq!(json("end\\"), "end\\");
    }

    #[test]
    fn percent_signs_that_encode_nothing_stay() {
        assert_eq!(percent("100%+of%20it%zz", true), "100% of it%zz");
        assert_eq!(percent("a+b", false), "a+b");
    }

    #[test]
    fn entities_are_resolved_once() {
        assert_eq!(
            entities("&quot;a&amp;quot; &unknown; &"),
            "\"a&quot; &unknown; &"
        );
    }

    proptest! {
        #[test]
        fn nothing_panics(text in "\\PC*", raw in proptest::collection::vec(any::<u8>(), 0..80)) {
            let lossy = String::from_utf8_lossy(&raw).into_owned();
            for text in [text.as_str(), &lossy, &format!("\\u{text}"), &format!("\\ud800\\u{text}")] {
                let _ = (json(text), percent(text, true), entities(text));
            }
        }

        #[test]
        fn what_serde_escapes_is_resolved(text in "\\PC*") {
            let quoted = serde_json::to_string(&text).unwrap();
            prop_assert_eq!(json(&quoted[1..quoted.len() - 1]), text);
        }
    }
}
