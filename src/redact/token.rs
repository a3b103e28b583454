//! Redacting what is told of a token: its parts, and what a check of it found. Both repeat what it says of itself.

use super::Redactor;
use super::parts::Known;
use crate::model::{Redacted, TokenView, Unchecked, Verification};

impl Redactor {
    /// A token laid open, without what else is secret in it.
    pub fn token(&self, view: &TokenView) -> Redacted<TokenView> {
        let known = Known::new();
        let mut clean = view.clone();
        for part in clean.header.iter_mut().chain(&mut clean.claims) {
            self.clean_text(&mut part.name, &known);
            self.clean_text(&mut part.value, &known);
            for note in &mut part.notes {
                self.clean_text(note, &known);
            }
        }
        for json in [&mut clean.raw_header, &mut clean.raw_claims]
            .into_iter()
            .flatten()
        {
            self.clean_json(json, &known);
        }
        Redacted::vouch(clean)
    }

    /// What a check of a token found, without secrets.
    pub fn verification(&self, found: &Verification) -> Redacted<Verification> {
        let clean = self.clean_verification(found, &Known::new());
        let nothing = || Verification::unchecked(Unchecked::Gone);
        Redacted::vouch(clean.map_or_else(nothing, |clean| *clean))
    }

    /// A verdict repeats what a token says of itself.
    pub(super) fn clean_verification(
        &self,
        found: &Verification,
        known: &Known,
    ) -> Option<Box<Verification>> {
        let mut json = serde_json::to_value(found).ok()?;
        self.clean_json(&mut json, known);
        serde_json::from_value(json).ok().map(Box::new)
    }
}
