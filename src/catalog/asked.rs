//! What was typed, taken apart: a number, a name, words.

use super::spelling;

/// Prefixes of codes, the usual one first.
pub(super) const PREFIXES: [&str; 3] = ["AADSTS", "AADB2C", "MSIS"];

/// Words that may be missing from an entry although they were typed.
const SMALL: [&str; 37] = [
    "a", "an", "and", "are", "at", "be", "been", "but", "by", "can", "code", "cannot", "did", "do",
    "does", "error", "for", "from", "get", "has", "have", "i", "in", "is", "it", "my", "of", "on",
    "or", "that", "the", "this", "to", "was", "when", "why", "with",
];

/// Other words for the same thing, as people type them.
const ALSO: [(&str, &[&str]); 16] = [
    ("mfa", &["multifactor", "second factor"]),
    ("2fa", &["multifactor", "second factor"]),
    ("multifactor", &["second factor"]),
    ("pwd", &["password"]),
    ("passwd", &["password"]),
    ("ca", &["conditional access"]),
    ("cert", &["certificate"]),
    ("sp", &["service principal"]),
    ("spn", &["service principal"]),
    ("throttled", &["throttling", "too many requests"]),
    ("throttling", &["too many requests"]),
    ("organization", &["organisation"]),
    ("login", &["sign-in", "signing in", "signs in"]),
    ("logon", &["sign-in", "signing in", "signs in"]),
    ("signin", &["sign-in", "signing in", "signs in"]),
    ("unauthorized", &["not authorised", "not allowed"]),
];

/// A number in what was typed: its prefix, if one stands before it, and its digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Number<'a> {
    pub prefix: Option<&'static str>,
    pub digits: &'a str,
}

/// A word in what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Wanted<'a> {
    /// In lower case.
    pub word: &'a str,
    /// Other words that will do.
    pub also: &'static [&'static str],
    /// Whether an entry must have it.
    pub must: bool,
}

/// What was typed, with what can be read out of it.
pub(super) struct Asked {
    typed: String,
    /// In lower case.
    text: String,
}

impl Asked {
    pub(super) fn new(text: &str) -> Self {
        Self {
            typed: text.trim().to_owned(),
            text: text.trim().to_lowercase(),
        }
    }

    /// As it was typed.
    pub(super) fn typed(&self) -> &str {
        &self.typed
    }

    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Every number that could be a code: behind a prefix, or standing alone with at least two digits.
    pub(super) fn numbers(&self) -> Vec<Number<'_>> {
        let mut numbers = Vec::new();
        let mut rest = self.text.as_str();
        let mut before = None;
        while let Some(from) = rest.find(|c: char| c.is_ascii_digit()) {
            let (head, tail) = rest.split_at(from);
            let joined = head.ends_with(char::is_alphanumeric);
            // The digit of `aadb2c` belongs to its prefix.
            if let Some(behind) = tail.strip_prefix("2c").filter(|_| head.ends_with("aadb")) {
                before = Some("AADB2C");
                rest = behind;
                continue;
            }
            let named = before
                .take()
                .filter(|_| is_gap(head))
                .or_else(|| prefix_at_end(head));
            let end = tail
                .find(|c: char| !c.is_ascii_digit())
                .unwrap_or(tail.len());
            let (digits, behind) = tail.split_at(end);
            let whole = !behind.starts_with(char::is_alphanumeric);
            if whole && (named.is_some() || (!joined && digits.len() >= 2)) {
                numbers.push(Number {
                    prefix: named,
                    digits,
                });
            }
            rest = behind;
        }
        numbers
    }

    /// The number, if nothing else was typed.
    pub(super) fn only_number(&self) -> Option<Number<'_>> {
        let number = self.numbers().first().copied()?;
        let rest = self.text.replacen(number.digits, "", 1);
        let rest = match number.prefix {
            Some(prefix) => rest.replacen(&prefix.to_lowercase(), "", 1),
            None => rest,
        };
        is_gap(&rest).then_some(number)
    }

    /// A prefix and nothing else: every code of its kind is meant.
    pub(super) fn only_prefix(&self) -> Option<&'static str> {
        PREFIXES
            .into_iter()
            .find(|prefix| prefix.eq_ignore_ascii_case(&self.text))
    }

    /// Letters and digits alone: how names are compared.
    pub(super) fn squashed(&self) -> String {
        spelling::squashed(&self.text)
    }

    /// The words. A name with underscores is one word.
    pub(super) fn words(&self) -> Vec<Wanted<'_>> {
        let words = self
            .text
            .split(|c: char| !(c.is_alphanumeric() || c == '_'))
            .map(|word| word.trim_matches('_'))
            .filter(|word| !word.is_empty());
        let mut wanted: Vec<Wanted<'_>> = words
            .map(|word| Wanted {
                word,
                also: ALSO
                    .iter()
                    .find(|(typed, _)| *typed == word)
                    .map_or(&[][..], |(_, words)| *words),
                must: !SMALL.contains(&word),
            })
            .collect();
        if wanted.iter().all(|wanted| !wanted.must) {
            for word in &mut wanted {
                word.must = true;
            }
        }
        wanted
    }
}

/// Whether there is only what people put between a prefix and its number, or behind it.
fn is_gap(text: &str) -> bool {
    !text.contains(char::is_alphanumeric)
}

fn prefix_at_end(head: &str) -> Option<&'static str> {
    let head = head.trim_end_matches(|c: char| !c.is_alphanumeric());
    PREFIXES
        .into_iter()
        .find(|prefix| head.ends_with(&prefix.to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(text: &str) -> Vec<(Option<&'static str>, String)> {
        let asked = Asked::new(text);
        let found = asked.numbers().into_iter();
        found.map(|n| (n.prefix, n.digits.to_owned())).collect()
    }

    #[test]
    fn a_number_is_read_with_and_without_its_prefix_however_it_is_typed() {
        for text in [
            "AADSTS50076",
            "aadsts 50076",
            "aadsts50076:",
            "AADSTS-50076",
            "#AADSTS50076",
        ] {
            assert_eq!(numbers(text), [(Some("AADSTS"), "50076".into())], "{text}");
            assert!(Asked::new(text).only_number().is_some(), "{text}");
        }
        assert_eq!(numbers("50076"), [(None, "50076".into())]);
        assert_eq!(numbers("aadb2c90118"), [(Some("AADB2C"), "90118".into())]);
        assert_eq!(numbers("AADB2C 90118"), [(Some("AADB2C"), "90118".into())]);
        assert_eq!(numbers("msis9605"), [(Some("MSIS"), "9605".into())]);
    }

    #[test]
    fn a_number_inside_a_sentence_is_found_and_a_digit_of_a_word_is_not() {
        assert_eq!(
            numbers("AADSTS50076: a second factor, AADSTS53003 too"),
            [
                (Some("AADSTS"), "50076".into()),
                (Some("AADSTS"), "53003".into())
            ]
        );
        assert!(
            Asked::new("AADSTS50076: a second factor")
                .only_number()
                .is_none()
        );
        assert!(numbers("oauth2 b2c sha256 7").is_empty());
    }

    #[test]
    fn small_words_are_not_demanded_unless_there_is_nothing_else() {
        let must = |text: &str| -> Vec<String> {
            let asked = Asked::new(text);
            let words = asked.words().into_iter().filter(|word| word.must);
            words.map(|word| word.word.to_owned()).collect()
        };
        assert_eq!(
            must("the user is not assigned"),
            ["user", "not", "assigned"]
        );
        assert_eq!(must("is it"), ["is", "it"]);
        assert_eq!(must("invalid_grant"), ["invalid_grant"]);
    }
}
