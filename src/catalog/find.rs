//! Finding entries by what a person types, the obvious first: what was named exactly, what begins so, what holds the
//! words, what is spelled similarly. An entry is read only when its own words have to be looked at.

use std::cmp::Reverse;

use super::asked::{Asked, Number, PREFIXES, Wanted};
use super::held::Card;
use super::similar::{self, Spelled};
use super::worth::{holds, prior, worth};
use super::{Catalog, Entry, Query, spelling};

/// How an entry fits, the obvious first; what else tells two entries of one fit apart is a score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// It was named: its number or its name.
    Named,
    /// Its number or name begins so.
    Begins,
    /// It holds every word.
    Words,
    /// It holds words spelled like these.
    Similar,
}

/// An entry that fits, how, and its score.
pub(super) type Found<'a> = (Fit, u32, Entry<'a>);

/// Whatever fits the query, best first.
pub(super) fn find<'a>(catalog: &'a Catalog, query: &Query) -> Vec<Entry<'a>> {
    let asked = Asked::new(&query.text);
    let mut found = by_number(catalog, query, &asked).unwrap_or_else(|| {
        let admitted = |cards: &mut dyn Iterator<Item = Card<'a>>| -> Vec<Entry<'a>> {
            let entries = cards.filter_map(Card::entry);
            entries.filter(|entry| query.admits(*entry)).collect()
        };
        if asked.is_empty() {
            let entries = admitted(&mut catalog.cards());
            return entries.iter().map(|it| (Fit::Words, 0, *it)).collect();
        }
        let (name, words) = (asked.squashed(), asked.words());
        let mut likely = catalog.cards().filter(|card| may_fit(*card, &name, &words));
        let found = by_words(&admitted(&mut likely), &asked);
        if found.is_empty() {
            return similar::all(&admitted(&mut catalog.cards()), &words, &name);
        }
        found
    });
    found.sort_by_key(|(fit, score, entry)| {
        let acting = query.acting(*entry).unwrap_or_default();
        (*fit, acting, Reverse(*score))
    });
    found.into_iter().map(|(_, _, entry)| entry).collect()
}

/// The entries that a text names exactly: its number under every prefix, its name of every source.
pub(super) fn named<'a>(catalog: &'a Catalog, text: &str) -> Vec<Entry<'a>> {
    let asked = Asked::new(text);
    let (numbers, name) = (asked.numbers(), asked.squashed());
    let cards = catalog.cards();
    let mut named: Vec<Card<'a>> = cards
        .filter(|card| has_number(*card, &numbers) || has_name(card.name(), &name))
        .collect();
    // `invalid_grant` is the error of that name and not the code called `InvalidGrant`.
    let written = |card: &Card<'_>| card.name().eq_ignore_ascii_case(asked.typed());
    if named.iter().any(written) {
        named.retain(written);
    }
    named.into_iter().filter_map(Card::entry).collect()
}

/// What might have been meant where nothing fits: at most `most`.
pub(super) fn nearest<'a>(catalog: &'a Catalog, query: &Query, most: usize) -> Vec<Entry<'a>> {
    let asked = Asked::new(&query.text);
    let numbers = asked.numbers();
    let mut near: Vec<(u32, Entry<'a>)> = if let Some(number) = numbers.first() {
        let cards = catalog.cards();
        let near = cards.filter_map(|card| near_number(card, *number));
        near.filter(|(_, entry)| query.admits(*entry)).collect()
    } else {
        let entries = catalog.entries();
        let admitted: Vec<Entry<'a>> = entries.filter(|it| query.admits(*it)).collect();
        near_words(&admitted, &asked)
    };
    near.sort_by_key(|(score, _)| Reverse(*score));
    near.truncate(most);
    near.into_iter().map(|(_, entry)| entry).collect()
}

/// What fits where a number (or a prefix alone) decides: nothing else was typed, or it is the number of a code.
fn by_number<'a>(catalog: &'a Catalog, query: &Query, asked: &Asked) -> Option<Vec<Found<'a>>> {
    let (numbers, alone, prefix) = (asked.numbers(), asked.only_number(), asked.only_prefix());
    let fit = |card: Card<'_>| {
        if has_number(card, &numbers) {
            return Some(Fit::Named);
        }
        let begins = alone.is_some_and(|number| begins(card, number));
        let of_prefix = prefix.is_some() && card.number().map(|(own, _)| own) == prefix;
        (begins || of_prefix).then_some(Fit::Begins)
    };
    let fitting = catalog.cards().filter_map(|card| {
        let fit = fit(card)?;
        let entry = card.entry().filter(|entry| query.admits(*entry))?;
        Some((fit, 0, entry))
    });
    let found: Vec<Found<'a>> = fitting.collect();
    // Whoever pastes a sentence with a code in it means the code.
    (alone.is_some() || prefix.is_some() || !found.is_empty()).then_some(found)
}

/// Whether an entry can fit by its name or its words, as far as can be told without reading it.
fn may_fit(card: Card<'_>, name: &str, words: &[Wanted<'_>]) -> bool {
    let by_name = || !name.is_empty() && spelling::squashed(card.name()).starts_with(name);
    let holds = |wanted: &Wanted<'_>| {
        let mut words = std::iter::once(wanted.word).chain(wanted.also.iter().copied());
        words.any(|word| card.may_hold(word))
    };
    words.iter().all(|wanted| !wanted.must || holds(wanted)) || by_name()
}

/// What fits by its name or its words.
fn by_words<'a>(entries: &[Entry<'a>], asked: &Asked) -> Vec<Found<'a>> {
    let (name, words) = (asked.squashed(), asked.words());
    let fit = |entry: &Entry<'a>| {
        let (fit, score) = if has_name(entry.name(), &name) {
            (Fit::Named, as_typed(*entry, asked))
        } else if let Some(surplus) = name_begins(*entry, &name) {
            (Fit::Begins, u32::MAX - surplus)
        } else {
            (Fit::Words, holds(*entry, &words)?)
        };
        Some((fit, score, *entry))
    };
    entries.iter().filter_map(fit).collect()
}

/// Whether one of the numbers is the code's.
fn has_number(card: Card<'_>, numbers: &[Number<'_>]) -> bool {
    card.number().is_some_and(|(prefix, digits)| {
        let mut numbers = numbers.iter();
        numbers.any(|number| {
            number.digits == digits && number.prefix.is_none_or(|asked| asked == prefix)
        })
    })
}

/// Whether a name is what was typed, but for case and punctuation.
fn has_name(own: &str, name: &str) -> bool {
    !name.is_empty() && spelling::squashed(own) == name
}

fn begins(card: Card<'_>, number: Number<'_>) -> bool {
    card.number().is_some_and(|(prefix, digits)| {
        digits.starts_with(number.digits) && number.prefix.is_none_or(|asked| asked == prefix)
    })
}

/// Letter by letter as typed first, then errors, as those are what a reply spells out.
fn as_typed(entry: Entry<'_>, asked: &Asked) -> u32 {
    let same = entry.name() == asked.typed();
    let of_code = matches!(entry, Entry::Code(_));
    let standard = entry.family() == "standard";
    u32::from(same) * 4 + u32::from(!of_code) * 2 + u32::from(standard)
}

/// How much is missing from a name, if more than half of it (or its first words) was typed.
fn name_begins(entry: Entry<'_>, name: &str) -> Option<u32> {
    let own = spelling::squashed(entry.name());
    let surplus = own.strip_prefix(name)?.len();
    let telling = name.len() >= 10 || name.len() >= surplus;
    (name.len() >= 3 && telling).then(|| u32::try_from(surplus).unwrap_or(u32::MAX))
}

/// A number with one digit wrong, missing or too many, or two swapped.
fn near_number<'a>(card: Card<'a>, number: Number<'_>) -> Option<(u32, Entry<'a>)> {
    let (prefix, digits) = card.number()?;
    if number.prefix.is_some_and(|asked| asked != prefix) || number.digits.len() < 4 {
        return None;
    }
    spelling::distance(number.digits, digits, 1, false)?;
    let sorted = |digits: &str| {
        let mut digits = digits.as_bytes().to_vec();
        digits.sort_unstable();
        digits
    };
    let swapped = sorted(number.digits) == sorted(digits);
    let usual = PREFIXES.first() == Some(&prefix);
    let entry = card.entry()?;
    let score = prior(entry) + u32::from(swapped) * 2000 + u32::from(usual) * 100;
    Some((score, entry))
}

/// Entries that hold some of the words, rare words counting more.
fn near_words<'a>(entries: &[Entry<'a>], asked: &Asked) -> Vec<(u32, Entry<'a>)> {
    let words = asked.words();
    let mut spelled = Spelled::new(&words);
    let mut worths: Vec<(Entry<'a>, Vec<u32>)> = Vec::new();
    for entry in entries {
        let of_entry = words.iter().enumerate().map(|(place, wanted)| {
            if !wanted.must {
                return 0;
            }
            worth(*entry, wanted).max(spelled.best(*entry, place, false))
        });
        worths.push((*entry, of_entry.collect()));
    }
    let rarity = |place: usize| {
        let has = |worth: &Vec<u32>| worth.get(place).is_some_and(|worth| *worth > 0);
        let holding = worths.iter().filter(|(_, worth)| has(worth)).count();
        // Base 2, as whole numbers are enough here.
        (entries.len() / holding.max(1)).max(1).ilog2()
    };
    let rarities: Vec<u32> = (0..words.len()).map(rarity).collect();
    worths
        .into_iter()
        .map(|(entry, worths)| {
            let sum: u32 = worths.iter().zip(&rarities).map(|(w, r)| w * r).sum();
            (sum, entry)
        })
        .filter(|(sum, _)| *sum > 0)
        .map(|(sum, entry)| (sum * 10 + prior(entry), entry))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_unread_would_not_have_fitted() {
        let catalog = Catalog::builtin();
        let all: Vec<Entry<'_>> = catalog.entries().collect();
        let titles = all.iter().step_by(17).map(|entry| entry.title());
        let phrases = titles.flat_map(|title| {
            let words: Vec<&str> = title.split(' ').collect();
            [words[0].to_owned(), words[words.len() / 2..].join(" ")]
        });
        let names = all.iter().step_by(29).map(|entry| entry.name().to_owned());
        let others = [
            "mfa",
            "throttle",
            "resource cert",
            "sign-in",
            "msal-js cache",
        ];
        let others = others.into_iter().map(str::to_owned);
        let (mut read, mut asked_for) = (0, 0);
        for text in phrases.chain(names).chain(others) {
            let asked = Asked::new(&text);
            if asked.is_empty() || !asked.numbers().is_empty() {
                continue;
            }
            let labels = |found: Vec<Found<'_>>| -> Vec<(u32, String)> {
                let found = found.into_iter();
                found
                    .map(|(_, score, entry)| (score, entry.label().to_owned()))
                    .collect()
            };
            let (name, words) = (asked.squashed(), asked.words());
            let likely = catalog.cards().filter(|card| may_fit(*card, &name, &words));
            let likely: Vec<Entry<'_>> = likely.filter_map(Card::entry).collect();
            read += likely.len();
            asked_for += 1;
            assert_eq!(
                labels(by_words(&likely, &asked)),
                labels(by_words(&all, &asked)),
                "{text}"
            );
        }
        assert!(
            read * 2 < asked_for * all.len(),
            "{read} of {asked_for} times {}",
            all.len()
        );
    }
}
