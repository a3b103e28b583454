//! What an `error_description` says beyond its sentence: codes, ids, the time.

use super::code::MOST_CODES;
use super::paste::{self, Form};
use super::sentence;
use crate::model::FactKind;

/// The codes (as written, in order) and the ids of a description.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Said {
    pub codes: Vec<String>,
    /// Trace id, correlation id, timestamp: the first of each.
    pub ids: Vec<(FactKind, String)>,
    /// The values that the sentence quotes.
    pub values: Vec<(FactKind, String)>,
}

/// Reads a description, in any language.
pub(crate) fn read(text: &str) -> Said {
    let mut said = Said::default();
    let found = paste::seen(text);
    for kind in [
        FactKind::TraceId,
        FactKind::CorrelationId,
        FactKind::Timestamp,
        FactKind::WrittenTime,
    ] {
        let own = found.iter().find(|m| m.is(kind) && m.form == Form::Own);
        let first = own.or_else(|| found.iter().find(|m| m.is(kind)));
        said.ids
            .extend(first.map(|mark| (kind, mark.value.clone())));
    }
    for mark in found {
        let counts = mark.is(FactKind::Code) && mark.form == Form::Prose;
        if counts && said.codes.len() < MOST_CODES && !said.codes.contains(&mark.value) {
            said.codes.push(mark.value);
        }
    }
    said.values = sentence::values(text)
        .into_iter()
        .map(|(kind, at)| (kind, text[at].to_owned()))
        .collect();
    said
}
