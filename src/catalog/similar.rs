//! Entries spelled like what was typed: words with typing mistakes, names begun with one.

use std::collections::HashMap;

use super::asked::Wanted;
use super::find::{Fit, Found};
use super::worth::{parts, prior};
use super::{Entry, spelling};

/// Entries with words, or a name, spelled like what was typed.
pub(super) fn all<'a>(entries: &[Entry<'a>], words: &[Wanted<'_>], name: &str) -> Vec<Found<'a>> {
    let mut found: Vec<Found<'a>> = Vec::new();
    for (reach, deep) in [(3, false), (5, true)] {
        let mut spelled = Spelled::new(words);
        for entry in entries {
            let worth: Option<u32> = words
                .iter()
                .enumerate()
                .map(|(place, wanted)| {
                    let best = spelled.best(*entry, place, deep);
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
pub(super) struct Spelled<'w, 'a> {
    words: &'w [Wanted<'w>],
    known: HashMap<(usize, &'a str), u32>,
}

impl<'w, 'a> Spelled<'w, 'a> {
    pub(super) fn new(words: &'w [Wanted<'w>]) -> Self {
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

    /// The worth of the likest word an entry has for a typed one: in name and title, or everywhere.
    pub(super) fn best(&mut self, entry: Entry<'a>, place: usize, deep: bool) -> u32 {
        let parts = parts(entry).filter(|(weight, _)| deep || *weight >= 8);
        let mut best = 0;
        for (weight, text) in parts {
            for word in spelling::words(text) {
                best = best.max(weight * self.likeness(place, word));
            }
        }
        best
    }
}
