//! PEM (RFC 7468), read without leaving copies of a private key behind.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use zeroize::Zeroizing;

/// One `-----BEGIN …-----` … `-----END …-----`.
pub(super) struct Section<'a> {
    /// What it says it is, e.g. `PRIVATE KEY`.
    pub label: &'a str,
    /// Whether headers say that it is encrypted (RFC 1421, as old OpenSSL keys are).
    pub encrypted: bool,
    /// The bytes; empty if the text between the lines is no base64.
    pub bytes: Zeroizing<Vec<u8>>,
}

/// The sections of a text in their order. What stands between them is left out; one without an end is left out too.
pub(super) fn sections(text: &str) -> Vec<Section<'_>> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once("-----BEGIN ") {
        let Some((label, body)) = after.split_once("-----") else {
            break;
        };
        let Some((body, after)) = body.split_once(format!("-----END {label}-----").as_str()) else {
            rest = body;
            continue;
        };
        found.push(section(label, body));
        rest = after;
    }
    found
}

fn section<'a>(label: &'a str, body: &str) -> Section<'a> {
    let mut digits = Zeroizing::new(String::with_capacity(body.len()));
    let lines = body.lines().map(str::trim);
    for line in lines.filter(|line| !line.contains(':')) {
        digits.push_str(line);
    }
    // Room for all of it from the start: a buffer that grows leaves copies behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(digits.len()));
    if BASE64_STANDARD
        .decode_vec(digits.as_bytes(), &mut bytes)
        .is_err()
    {
        bytes = Zeroizing::new(Vec::new());
    }
    Section {
        label,
        encrypted: label.starts_with("ENCRYPTED") || body.contains("ENCRYPTED"),
        bytes,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn sections_are_read_in_their_order_whatever_stands_between_them() {
        let text = "Bag Attributes\r\n-----BEGIN A B-----\r\nAQI=\r\n-----END A B-----\r\nx\n-----BEGIN C-----\n-----END C-----";
        let found = sections(text);
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].label, &**found[0].bytes), ("A B", &[1, 2][..]));
        assert!(found[1].bytes.is_empty());
    }

    #[test]
    fn a_section_that_does_not_end_or_is_no_base64_gives_no_bytes() {
        assert!(sections("-----BEGIN A-----\nAQI=").is_empty());
        assert!(
            sections("-----BEGIN A-----\n?\n-----END A-----")[0]
                .bytes
                .is_empty()
        );
    }

    #[test]
    fn both_ways_to_say_encrypted_are_seen() {
        let old = "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: x\n\nAQI=\n-----END RSA PRIVATE KEY-----";
        let new =
            "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAQI=\n-----END ENCRYPTED PRIVATE KEY-----";
        assert!(sections(old)[0].encrypted && sections(new)[0].encrypted);
        assert_eq!(&**sections(old)[0].bytes, &[1, 2][..]);
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "(-----BEGIN |-----END |-----|A|=|\n|\\PC)*") {
            let _ = sections(&text);
        }
    }
}
