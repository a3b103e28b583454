//! Finding entries by what a person types, the obvious first: what was named exactly, what begins so, what holds the
//! words, what is spelled similarly.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::asked::{Asked, Number, PREFIXES, Wanted};
use super::spelling::{self, Stand};
use super::{Catalog, Code, Entry, Query};
use crate::model::Place;

/// How an entry fits, the obvious first; what else tells two entries of one fit apart is a score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// It was named: its number or its name.
    Named,
    /// Its number or name begins so.
    Begins,
    /// It holds every word.
    Words,
    /// It holds words spelled like these.
    Similar,
}

/// Whatever fits the query, best first.
pub(super) fn find<'a>(catalog: &'a Catalog, query: &Query) -> Vec<Entry<'a>> {
    let asked = Asked::new(&query.text);
    let admitted: Vec<Entry<'a>> = catalog
        .entries()
        .filter(|entry| query.admits(*entry))
        .collect();
    let mut found: Vec<(Fit, u32, Entry<'a>)> = if asked.is_empty() {
        admitted
            .into_iter()
            .map(|entry| (Fit::Words, 0, entry))
            .collect()
    } else {
        fitting(&admitted, &asked)
    };
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
    let mut named: Vec<Entry<'a>> = catalog
        .entries()
        .filter(|entry| is_named(*entry, &numbers, &name))
        .collect();
    // `invalid_grant` is the error of that name and not the code called `InvalidGrant`.
    let written = |entry: &Entry<'_>| entry.name().eq_ignore_ascii_case(asked.typed());
    if named.iter().any(written) {
        named.retain(written);
    }
    named
}

/// What might have been meant where nothing fits: at most `most`.
pub(super) fn nearest<'a>(catalog: &'a Catalog, query: &Query, most: usize) -> Vec<Entry<'a>> {
    let asked = Asked::new(&query.text);
    let entries = catalog.entries().filter(|entry| query.admits(*entry));
    let numbers = asked.numbers();
    let mut near: Vec<(u32, Entry<'a>)> = match numbers.first() {
        Some(number) => entries
            .filter_map(|entry| Some((near_number(entry, *number)?, entry)))
            .collect(),
        None => near_words(&entries.collect::<Vec<_>>(), &asked),
    };
    near.sort_by_key(|(score, _)| Reverse(*score));
    near.truncate(most);
    near.into_iter().map(|(_, entry)| entry).collect()
}

fn fitting<'a>(entries: &[Entry<'a>], asked: &Asked) -> Vec<(Fit, u32, Entry<'a>)> {
    let (numbers, name, words) = (asked.numbers(), asked.squashed(), asked.words());
    let alone = asked.only_number();
    if let Some(prefix) = asked.only_prefix() {
        return entries
            .iter()
            .filter(|entry| entry.label().starts_with(prefix))
            .map(|entry| (Fit::Begins, 0, *entry))
            .collect();
    }
    let mut found = Vec::new();
    for entry in entries {
        let fit = if is_named(*entry, &numbers, &name) {
            Some((Fit::Named, as_typed(*entry, asked)))
        } else if let Some(number) = alone {
            begins(*entry, number).then_some((Fit::Begins, 0))
        } else if let Some(surplus) = name_begins(*entry, &name) {
            Some((Fit::Begins, u32::MAX - surplus))
        } else {
            holds(*entry, &words).map(|score| (Fit::Words, score))
        };
        found.extend(fit.map(|(fit, score)| (fit, score, *entry)));
    }
    // Whoever pastes a sentence with a code in it means the code.
    let coded = !numbers.is_empty()
        && found
            .iter()
            .any(|(fit, _, entry)| *fit == Fit::Named && matches!(entry, Entry::Code(_)));
    if coded && alone.is_none() {
        found.retain(|(fit, _, _)| *fit == Fit::Named);
    }
    if found.is_empty() && alone.is_none() {
        found = similar(entries, &words, &name);
    }
    found
}

/// Whether a number that was typed is the entry's, or the whole text its name.
fn is_named(entry: Entry<'_>, numbers: &[Number<'_>], name: &str) -> bool {
    let own = entry.name();
    let same_name = !own.is_empty() && spelling::squashed(own) == name;
    let same_number = |code: &Code| {
        numbers.iter().any(|number| {
            number.digits == code.digits()
                && number.prefix.is_none_or(|prefix| prefix == code.prefix())
        })
    };
    same_name || matches!(entry, Entry::Code(code) if same_number(code))
}

/// Letter by letter as typed first, then errors, as those are what a reply spells out.
fn as_typed(entry: Entry<'_>, asked: &Asked) -> u32 {
    let same = entry.name() == asked.typed();
    let of_code = matches!(entry, Entry::Code(_));
    let standard = entry.family() == "standard";
    u32::from(same) * 4 + u32::from(!of_code) * 2 + u32::from(standard)
}

fn begins(entry: Entry<'_>, number: Number<'_>) -> bool {
    matches!(entry, Entry::Code(code) if code.digits().starts_with(number.digits)
        && number.prefix.is_none_or(|prefix| prefix == code.prefix()))
}

/// How much is missing from a name, if more than half of it (or its first words) was typed.
fn name_begins(entry: Entry<'_>, name: &str) -> Option<u32> {
    let own = spelling::squashed(entry.name());
    let surplus = own.strip_prefix(name)?.len();
    let telling = name.len() >= 10 || name.len() >= surplus;
    (name.len() >= 3 && telling).then(|| u32::try_from(surplus).unwrap_or(u32::MAX))
}

/// The parts of an entry that words are looked for in, with what a whole word in it is worth.
fn parts(entry: Entry<'_>) -> impl Iterator<Item = (u32, &str)> {
    let heads = [
        (10, entry.name()),
        (10, entry.title()),
        (9, entry.family()),
        (5, entry.meaning()),
    ];
    let causes = entry.causes().iter().map(|cause| (4, cause.as_str()));
    let variants = entry.variants().iter();
    let variants = variants.flat_map(|variant| {
        let causes = variant.causes.iter().map(|cause| (3, cause.as_str()));
        [(8, variant.title.as_str()), (5, variant.meaning.as_str())]
            .into_iter()
            .chain(causes)
    });
    let pairings = entry.pairings().iter();
    let pairings =
        pairings.flat_map(|pair| [(3, pair.error.as_str()), (3, pair.suberror.as_str())]);
    let rest = [(3, entry.class().word()), (2, entry.spec())];
    heads
        .into_iter()
        .chain(causes)
        .chain(variants)
        .chain(pairings)
        .chain(rest)
        .filter(|(_, text)| !text.is_empty())
}

/// What an entry that holds every word is worth; `None` if one is missing.
fn holds(entry: Entry<'_>, words: &[Wanted<'_>]) -> Option<u32> {
    let mut sum = 0;
    for wanted in words {
        let worth = worth(entry, wanted);
        if worth == 0 && wanted.must {
            return None;
        }
        sum += worth;
    }
    let count = u32::try_from(words.len()).unwrap_or(u32::MAX).max(1);
    (sum > 0).then(|| sum * 100 / count + together(entry, words) + prior(entry))
}

/// The best place a word (or the other word for it) has in an entry; 0: none. Worth in tenths.
fn worth(entry: Entry<'_>, wanted: &Wanted<'_>) -> u32 {
    let stand = |text: &str| {
        let words = std::iter::once(&wanted.word).chain(wanted.also);
        words.filter_map(|word| spelling::stands(text, word)).max()
    };
    let mut best = 0;
    for (weight, text) in parts(entry) {
        let most = weight * 10;
        if most <= best {
            continue;
        }
        let worth = match stand(text) {
            Some(Stand::Whole) => most,
            Some(Stand::Begins) => most * 8 / 10,
            Some(Stand::Inside) => most * 3 / 10,
            None => 0,
        };
        best = best.max(worth);
    }
    best
}

/// Words that stand together in name or title count more, and most where they are all of it.
fn together(entry: Entry<'_>, words: &[Wanted<'_>]) -> u32 {
    let telling: Vec<&Wanted<'_>> = words.iter().filter(|wanted| wanted.must).collect();
    let phrase: String = telling.iter().map(|wanted| wanted.word).collect();
    let adjoining = telling.len() > 1
        && [entry.name(), entry.title()]
            .iter()
            .any(|text| spelling::squashed(text).contains(&phrase));
    let title = entry.title();
    let held = telling.iter().filter(|wanted| {
        let mut words = std::iter::once(&wanted.word).chain(wanted.also);
        words.any(|word| spelling::stands(title, word) >= Some(Stand::Begins))
    });
    let share = held.count() * 1000 / spelling::words(title).count().max(1);
    u32::from(adjoining) * 3000 + u32::try_from(share).unwrap_or_default()
}

/// What makes one entry likelier than another that fits as well: that it was seen, and that much is known of it.
fn prior(entry: Entry<'_>) -> u32 {
    let seen = entry.pairings().iter().any(|pairing| pairing.seen);
    let family = matches!(entry.family(), "standard" | "entra");
    let usual = entry.label().starts_with("AADSTS");
    let replied = entry.places().contains(&Place::Token);
    let rows = u32::try_from(entry.when().len().min(4)).unwrap_or_default();
    u32::from(seen) * 400 + u32::from(family || usual) * 300 + u32::from(replied) * 200 + rows * 60
}

/// Entries with words, or a name, spelled like what was typed.
fn similar<'a>(
    entries: &[Entry<'a>],
    words: &[Wanted<'_>],
    name: &str,
) -> Vec<(Fit, u32, Entry<'a>)> {
    let mut found: Vec<(Fit, u32, Entry<'a>)> = Vec::new();
    for (reach, deep) in [(3, false), (5, true)] {
        let mut spelled = Spelled::new(words);
        for entry in entries {
            let worth: Option<u32> = words
                .iter()
                .enumerate()
                .map(|(place, wanted)| {
                    let best = best_spelled(*entry, place, &mut spelled, deep);
                    (best > 0 || !wanted.must).then_some(best)
                })
                .sum();
            let by_words = worth.filter(|worth| *worth > 0);
            let by_name = like_name(*entry, name, reach);
            if let Some(worth) = by_words.max(by_name) {
                found.push((Fit::Similar, worth * 10 + prior(*entry), *entry));
            }
        }
        if !found.is_empty() {
            break;
        }
    }
    found
}

fn best_spelled<'a>(
    entry: Entry<'a>,
    place: usize,
    spelled: &mut Spelled<'_, 'a>,
    deep: bool,
) -> u32 {
    let parts = parts(entry).filter(|(weight, _)| deep || *weight >= 8);
    let mut best = 0;
    for (weight, text) in parts {
        for word in spelling::words(text) {
            best = best.max(weight * spelled.likeness(place, word));
        }
    }
    best
}

/// A name whose beginning is spelled like the whole of what was typed.
fn like_name(entry: Entry<'_>, name: &str, reach: usize) -> Option<u32> {
    if name.len() < 6 {
        return None;
    }
    let own = spelling::squashed(entry.name());
    let most = spelling::mistakes(name.len()).min(reach);
    let mistakes = spelling::distance(name, &own, most, true)?;
    let mistakes = u32::try_from(mistakes).unwrap_or(u32::MAX);
    let surplus = u32::try_from(own.len().abs_diff(name.len())).unwrap_or(u32::MAX);
    Some(400_u32.saturating_sub(mistakes * 60 + surplus.min(60)))
}

/// How alike a typed word and a word of the catalogue are, each pair compared once.
struct Spelled<'w, 'a> {
    words: &'w [Wanted<'w>],
    known: HashMap<(usize, &'a str), u32>,
}

impl<'w, 'a> Spelled<'w, 'a> {
    fn new(words: &'w [Wanted<'w>]) -> Self {
        Self {
            words,
            known: HashMap::new(),
        }
    }

    /// 10 for the same word, less for every mistake, 0 for another word.
    fn likeness(&mut self, place: usize, word: &'a str) -> u32 {
        let Some(wanted) = self.words.get(place) else {
            return 0;
        };
        *self.known.entry((place, word)).or_insert_with(|| {
            let typed = wanted.word;
            if wanted
                .also
                .iter()
                .any(|also| word.eq_ignore_ascii_case(also))
            {
                return 10;
            }
            let most = spelling::mistakes(typed.len());
            let whole = spelling::distance(typed, word, most, false).map(|mistakes| (mistakes, 0));
            let begins = spelling::distance(typed, word, most, true).map(|mistakes| (mistakes, 1));
            let best = whole.into_iter().chain(begins).min();
            best.map_or(0, |(mistakes, begins)| {
                10_u32.saturating_sub(u32::try_from(mistakes * 3 + begins).unwrap_or(10))
            })
        })
    }
}

/// A number with one digit wrong, missing or too many, or two swapped.
fn near_number(entry: Entry<'_>, number: Number<'_>) -> Option<u32> {
    let Entry::Code(code) = entry else {
        return None;
    };
    if number.prefix.is_some_and(|prefix| prefix != code.prefix()) || number.digits.len() < 4 {
        return None;
    }
    spelling::distance(number.digits, code.digits(), 1, false)?;
    let swapped = {
        let sorted = |digits: &str| {
            let mut digits = digits.as_bytes().to_vec();
            digits.sort_unstable();
            digits
        };
        sorted(number.digits) == sorted(code.digits())
    };
    let usual = PREFIXES
        .first()
        .is_some_and(|prefix| *prefix == code.prefix());
    Some(prior(entry) + u32::from(swapped) * 2000 + u32::from(usual) * 100)
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
            worth(*entry, wanted).max(best_spelled(*entry, place, &mut spelled, false))
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
