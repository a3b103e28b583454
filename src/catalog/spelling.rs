//! Comparing words: in any case, at the beginning of a word or inside it, and with typing mistakes.

/// How a word stands in a text, the better the greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stand {
    /// Inside another word.
    Inside,
    /// A word begins with it.
    Begins,
    /// It is a word.
    Whole,
}

/// The best way in which a word (in lower case) stands in a text; capitals inside a word begin a new one, as in
/// symbolic names.
pub(super) fn stands(text: &str, word: &str) -> Option<Stand> {
    let (text, word) = (text.as_bytes(), word.as_bytes());
    let first = *word.first()?;
    let mut best = None;
    for (from, window) in text.windows(word.len()).enumerate() {
        if window.first().map(u8::to_ascii_lowercase) != Some(first)
            || !window.eq_ignore_ascii_case(word)
        {
            continue;
        }
        let stand = match (begins(text, from), begins(text, from + word.len())) {
            (true, true) => return Some(Stand::Whole),
            (true, false) => Stand::Begins,
            // Two letters are inside everything.
            (false, _) if word.len() >= 3 => Stand::Inside,
            (false, _) => continue,
        };
        best = best.max(Some(stand));
    }
    best
}

/// Whether a word may begin (or the one before ends) at a place.
fn begins(text: &[u8], at: usize) -> bool {
    let letter = |place: usize| text.get(place).copied().filter(|b| is_letter(*b));
    let Some(before) = at.checked_sub(1).and_then(letter) else {
        return true;
    };
    let Some(here) = letter(at) else {
        return true;
    };
    let lower_next = letter(at + 1).is_some_and(|b| b.is_ascii_lowercase());
    (here.is_ascii_uppercase() && (!before.is_ascii_uppercase() || lower_next))
        || (here.is_ascii_digit() != before.is_ascii_digit())
}

/// Letters, digits and whatever is outside ASCII.
const fn is_letter(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || !byte.is_ascii()
}

/// The words of a text, as they are written; a symbolic name falls apart at its capitals.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < bytes.len() && bytes.get(at).is_some_and(|b| !is_letter(*b)) {
            at += 1;
        }
        let from = at;
        while at < bytes.len() {
            at += 1;
            if begins(bytes, at) {
                break;
            }
        }
        text.get(from..at).filter(|word| !word.is_empty())
    })
}

/// Letters and digits alone, in lower case: `Invalid grant` and `invalid_grant` are the same name.
pub(super) fn squashed(text: &str) -> String {
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// How many mistakes a word of this length may hold.
pub(super) const fn mistakes(length: usize) -> usize {
    match length {
        0..=3 => 0,
        4..=6 => 1,
        7..=14 => 2,
        _ => 3,
    }
}

/// The fewest mistakes that turn `typed` into `word`, or into the beginning of it where `begins` allows that; `None`
/// if there are more than `most`. A mistake is a letter too many, too few or wrong, or two that changed places.
pub(super) fn distance(typed: &str, word: &str, most: usize, begins: bool) -> Option<usize> {
    let (typed, word) = (typed.as_bytes(), word.as_bytes());
    let far = most + 1;
    if typed.len() > word.len() + most || (!begins && word.len() > typed.len() + most) {
        return None;
    }
    let width = word.len().min(typed.len() + most);
    let mut before = vec![far; width + 1];
    let mut row: Vec<usize> = (0..=width).map(|column| column.min(far)).collect();
    let mut next = before.clone();
    for (line, letter) in typed.iter().enumerate() {
        next.fill(far);
        let from = (line + 1).saturating_sub(most);
        let to = (line + 1 + most).min(width);
        if from == 0 {
            set(&mut next, 0, (line + 1).min(far));
        }
        for column in from.max(1)..=to {
            let other = word.get(column - 1);
            let same = other.is_some_and(|other| other.eq_ignore_ascii_case(letter));
            let mut cost = (get(&row, column - 1, far) + usize::from(!same))
                .min(get(&row, column, far) + 1)
                .min(get(&next, column - 1, far) + 1);
            let swapped = line > 0
                && column > 1
                && other.map(u8::to_ascii_lowercase) == typed.get(line - 1).copied()
                && word.get(column - 2).map(u8::to_ascii_lowercase) == Some(*letter);
            if swapped {
                cost = cost.min(get(&before, column - 2, far) + 1);
            }
            set(&mut next, column, cost.min(far));
        }
        if next.iter().all(|cost| *cost >= far) {
            return None;
        }
        std::mem::swap(&mut before, &mut row);
        std::mem::swap(&mut row, &mut next);
    }
    let least = if begins {
        row.iter().copied().min()
    } else {
        (width == word.len()).then(|| get(&row, width, far))
    };
    least.filter(|cost| *cost <= most)
}

fn get(row: &[usize], place: usize, far: usize) -> usize {
    row.get(place).copied().unwrap_or(far)
}

fn set(row: &mut [usize], place: usize, cost: usize) {
    if let Some(cell) = row.get_mut(place) {
        *cell = cost;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_stands_whole_at_the_beginning_or_inside_in_any_case() {
        assert_eq!(stands("The Client Secret", "secret"), Some(Stand::Whole));
        assert_eq!(stands("clients and secrets", "secret"), Some(Stand::Begins));
        assert_eq!(
            stands("an unauthorized client", "author"),
            Some(Stand::Inside)
        );
        assert_eq!(stands("nothing", "secret"), None);
        assert_eq!(stands("inside", "in"), Some(Stand::Begins));
        assert_eq!(stands("begin", "in"), None);
        assert_eq!(stands("any", ""), None);
    }

    #[test]
    fn a_symbolic_name_is_made_of_words() {
        let name = "UserStrongAuthClientAuthNRequired";
        assert_eq!(stands(name, "strong"), Some(Stand::Whole));
        assert_eq!(stands(name, "auth"), Some(Stand::Whole));
        assert_eq!(stands(name, "authn"), Some(Stand::Whole));
        assert_eq!(stands(name, "require"), Some(Stand::Begins));
        assert_eq!(
            words(name).collect::<Vec<_>>(),
            ["User", "Strong", "Auth", "Client", "Auth", "N", "Required"]
        );
        assert_eq!(
            words("invalid_grant: MFA2 needed").collect::<Vec<_>>(),
            ["invalid", "grant", "MFA", "2", "needed"]
        );
    }

    #[test]
    fn mistakes_are_letters_too_many_too_few_wrong_or_swapped() {
        assert_eq!(distance("conditional", "Conditional", 2, false), Some(0));
        assert_eq!(distance("conditonal", "conditional", 2, false), Some(1));
        assert_eq!(distance("condiitonal", "conditional", 2, false), Some(1));
        assert_eq!(distance("acess", "access", 1, false), Some(1));
        assert_eq!(distance("axess", "access", 1, false), None);
        assert_eq!(distance("secret", "section", 2, false), None);
        assert_eq!(distance("usrstrong", "userstrongauth", 2, true), Some(1));
        assert_eq!(distance("usrstrong", "userstrongauth", 2, false), None);
        assert_eq!(distance("", "", 1, false), Some(0));
    }
}
