//! That no entry says what another one says.

use std::collections::{BTreeSet, HashMap};

use super::{alike, full, none, normal, who, words_of};
use crate::catalog::{Catalog, Entry};

#[test]
fn no_two_entries_share_a_meaning() {
    let catalog = Catalog::builtin();
    let mut told: HashMap<String, String> = HashMap::new();
    let mut offences = Vec::new();
    for entry in full(&catalog) {
        let variants = entry
            .variants()
            .iter()
            .map(|variant| variant.meaning.as_str());
        for meaning in std::iter::once(entry.meaning()).chain(variants) {
            if let Some(other) = told.insert(normal(meaning), who(entry)) {
                offences.push(format!("{} and {other}: {meaning}", who(entry)));
            }
        }
    }
    none(offences);
}

#[test]
fn no_entry_is_a_near_copy_of_another() {
    let catalog = Catalog::builtin();
    let mut numbers: HashMap<String, u32> = HashMap::new();
    let told: Vec<(Entry<'_>, BTreeSet<u32>)> = full(&catalog)
        .into_iter()
        .map(|entry| {
            let words = words_of(&format!("{} {}", entry.title(), entry.meaning()));
            let of_word = words.into_iter().map(|word| {
                let next = u32::try_from(numbers.len()).unwrap();
                *numbers.entry(word).or_insert(next)
            });
            (entry, of_word.collect())
        })
        .collect();
    let mut offences = Vec::new();
    for (place, (entry, words)) in told.iter().enumerate() {
        for (other, others) in &told[..place] {
            if alike(words, others) >= 0.8 {
                offences.push(format!(
                    "{} and {}: {}",
                    who(*other),
                    who(*entry),
                    entry.meaning()
                ));
            }
        }
    }
    none(offences);
}
