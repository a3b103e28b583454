//! Two texts that an issuer compares character by character, with the difference marked.

use crate::strings::guide::mismatch::Kind;

/// The difference between two texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Difference {
    /// What it is.
    pub(super) kind: Kind,
    /// The first text, the part that differs between `»` and `«`.
    pub(super) left: String,
    /// The second text, marked the same way.
    pub(super) right: String,
}

/// What sets `left` apart from `right`; `None` where they are equal to the last character.
pub(super) fn difference(left: &str, right: &str) -> Option<Difference> {
    if left == right {
        return None;
    }
    let (a, b): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    let head = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let room = a.len().min(b.len()).saturating_sub(head);
    let tails = a.iter().rev().zip(b.iter().rev());
    let tail = tails.take(room).take_while(|(x, y)| x == y).count();
    Some(Difference {
        kind: kind(left, right),
        left: marked(&a, head, tail),
        right: marked(&b, head, tail),
    })
}

fn marked(text: &[char], head: usize, tail: usize) -> String {
    let end = text.len().saturating_sub(tail);
    let part = |from: usize, to: usize| text.get(from..to).unwrap_or_default().iter();
    let mut out: String = part(0, head).collect();
    out.push('»');
    out.extend(part(head, end));
    out.push('«');
    out.extend(part(end, text.len()));
    out
}

fn kind(left: &str, right: &str) -> Kind {
    let scheme = |text: &str| {
        text.split_once("://")
            .map(|(s, rest)| (s.to_owned(), rest.to_owned()))
    };
    let here = |text: &str| text.replacen("127.0.0.1", "localhost", 1);
    if left.trim() == right.trim() {
        Kind::Space
    } else if left.trim_end_matches('/') == right.trim_end_matches('/') {
        Kind::Slash
    } else if left.to_lowercase() == right.to_lowercase() {
        Kind::LetterCase
    } else if scheme(left).map(|(_, rest)| rest) == scheme(right).map(|(_, rest)| rest)
        && scheme(left).is_some()
    {
        Kind::Scheme
    } else if here(left) == here(right) {
        Kind::Loopback
    } else {
        Kind::Other
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_part_that_differs_is_marked_in_both() {
        let found = difference("http://localhost/auth/", "http://localhost/auth").unwrap();
        assert_eq!(found.kind, Kind::Slash);
        assert_eq!(found.left, "http://localhost/auth»/«");
        assert_eq!(found.right, "http://localhost/auth»«");
        let found = difference(
            "repo:Contoso/orders:ref:refs/heads/main",
            "repo:contoso/orders:ref:refs/heads/main",
        )
        .unwrap();
        assert_eq!(found.kind, Kind::LetterCase);
        assert!(found.left.starts_with("repo:»C«ontoso"), "{}", found.left);
    }

    #[test]
    fn what_sets_two_addresses_apart_is_named() {
        let kind = |a, b| difference(a, b).map(|found| found.kind);
        assert_eq!(
            kind(
                "http://app.contoso.example/",
                "https://app.contoso.example/"
            ),
            Some(Kind::Scheme)
        );
        assert_eq!(
            kind("http://127.0.0.1:8400", "http://localhost:8400"),
            Some(Kind::Loopback)
        );
        assert_eq!(kind("a ", "a"), Some(Kind::Space));
        assert_eq!(kind("a", "b"), Some(Kind::Other));
        assert_eq!(kind("a", "a"), None);
    }

    proptest! {
        #[test]
        fn taking_the_marks_away_gives_the_texts_back(left in "[a-cA-C/ é]{0,12}", right in "[a-cA-C/ é]{0,12}") {
            if let Some(found) = difference(&left, &right) {
                prop_assert_ne!(&left, &right);
                prop_assert_eq!(found.left.replace(['»', '«'], ""), left);
                prop_assert_eq!(found.right.replace(['»', '«'], ""), right);
            } else {
                prop_assert_eq!(left, right);
            }
        }
    }
}
