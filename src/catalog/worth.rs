//! How much an entry that holds the words that were typed is worth: where they stand in it, and what is likelier.

use super::Entry;
use super::asked::Wanted;
use super::spelling::{self, Stand};
use crate::model::Place;

/// The parts of an entry that words are looked for in, with what a whole word in it is worth.
pub(super) fn parts(entry: Entry<'_>) -> impl Iterator<Item = (u32, &str)> {
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
pub(super) fn holds(entry: Entry<'_>, words: &[Wanted<'_>]) -> Option<u32> {
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
pub(super) fn worth(entry: Entry<'_>, wanted: &Wanted<'_>) -> u32 {
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
pub(super) fn prior(entry: Entry<'_>) -> u32 {
    let seen = entry.pairings().iter().any(|pairing| pairing.seen);
    let family = matches!(entry.family(), "standard" | "entra");
    let usual = entry.label().starts_with("AADSTS");
    let replied = entry.places().contains(&Place::Token);
    let rows = u32::try_from(entry.when().len().min(4)).unwrap_or_default();
    u32::from(seen) * 400 + u32::from(family || usual) * 300 + u32::from(replied) * 200 + rows * 60
}
