//! What the number means beyond its title, and what else is worth knowing about this error.

use super::Remark;
use crate::catalog::ErrorEntry;
use crate::guide::case::Case;
use crate::model::{Fact, FactKind, Spot};
use crate::strings::guide::remark as says;

/// What the number means, in a sentence; without a number, what suberror or error mean.
pub(super) const MEANING: Remark = Remark {
    id: "meaning",
    make: |case, draft| {
        let Some(meaning) = meaning_of(case) else {
            return;
        };
        let sentence = crate::guide::words::sentence(meaning);
        if !meaning.is_empty() && sentence != draft.summary {
            draft.notes.insert(0, sentence);
        }
    },
};

fn meaning_of<'a>(case: &Case<'a>) -> Option<&'a str> {
    if let Some(entry) = case.entry() {
        let variant = entry.variant(case.description);
        return Some(variant.map_or(&entry.meaning, |variant| &variant.meaning));
    }
    let catalog = case.evidence.catalog;
    let suberror = case.suberror().and_then(|name| catalog.suberror(name));
    let error = || case.error().and_then(|name| catalog.error(name));
    suberror.or_else(error).map(|entry| entry.meaning.as_str())
}

/// One number with several meanings, and nothing that tells which.
pub(super) const VARIANTS: Remark = Remark {
    id: "variants",
    make: |case, draft| {
        let Some(entry) = case.entry().filter(|entry| !entry.variants.is_empty()) else {
            return;
        };
        if entry.variant(case.description).is_none() {
            let meanings: Vec<&str> = entry
                .variants
                .iter()
                .map(|variant| variant.meaning.as_str())
                .collect();
            draft.note(says::variants(&entry.code, &meanings));
        }
    },
};

/// More than one number.
pub(super) const SEVERAL_CODES: Remark = Remark {
    id: "several-codes",
    make: |case, draft| {
        if let [first, rest @ ..] = case.codes.as_slice()
            && !rest.is_empty()
        {
            let decides = case.entry().map_or(*first, |entry| &entry.code);
            draft.note(says::several_codes(first, decides, &rest.join(", ")));
        }
    },
};

/// The policies that the server named.
pub(super) const POLICIES: Remark = Remark {
    id: "policies",
    make: |case, draft| {
        let policies = case.policies();
        if !policies.is_empty() {
            draft.note(says::policies(&policies.join(", ")));
        }
    },
};

/// An error that only libraries make, inside the program: there is no reply to look at.
pub(super) const LIBRARY: Remark = Remark {
    id: "library-made",
    make: |case, draft| {
        let Some(name) = case.error().filter(|_| case.codes.is_empty()) else {
            return;
        };
        let catalog = case.evidence.catalog;
        if catalog
            .error(name)
            .is_some_and(ErrorEntry::is_made_by_library)
        {
            let makers: Vec<&str> = catalog
                .errors()
                .filter(|entry| entry.name == name)
                .map(|entry| entry.spec.as_str())
                .collect();
            draft.note(says::library_made(name, &makers));
        }
    },
};

/// B2C's and AD FS's numbers have no lookup page.
pub(super) const NO_LOOKUP: Remark = Remark {
    id: "no-lookup",
    make: |case, draft| {
        let elsewhere = case
            .primary()
            .is_some_and(|code| !code.starts_with("AADSTS"));
        if elsewhere && case.stranger().is_some() {
            draft.note(says::NO_LOOKUP);
        }
    },
};

/// What was odd about the reply beside its error.
pub(super) const TROUBLE: Remark = Remark {
    id: "trouble",
    make: |case, draft| {
        // Where the oddity is all there is, the verdict speaks of it; success with an error is a contradiction.
        let whole = |spot: &Spot| *spot == Spot::Fault || *spot == Spot::Pointer("".into());
        let beside = |fact: &&Fact| {
            let said = fact.from == Spot::Status || (case.is_mute() && whole(&fact.from));
            !said && case.own_words().is_none()
        };
        for fact in case.evidence.reading.all(FactKind::Trouble).filter(beside) {
            let sentence = crate::guide::words::sentence(&fact.value);
            if !draft.notes.contains(&sentence) {
                draft.note(sentence);
            }
        }
    },
};
