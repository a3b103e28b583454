//! `[keys]` in `settings.toml`: which keys do what, as a person wrote it. What an action or a key is called is known to
//! the screen alone; here it is text with a place.

use std::ops::Range;

use indexmap::IndexMap;
use serde::{Deserialize, Deserializer};
use toml::Spanned;

use crate::model::KeyChoice;

/// The whole table, in the order of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyChoices {
    lines: Vec<(Range<usize>, KeyChoice)>,
}

/// One key or several.
#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    One(String),
    Several(Vec<String>),
}

impl<'de> Deserialize<'de> for KeyChoices {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let table = IndexMap::<String, Spanned<Written>>::deserialize(deserializer)?;
        let line = |(action, written): (String, Spanned<Written>)| {
            let span = written.span();
            let keys = match written.into_inner() {
                Written::One(key) => vec![key],
                Written::Several(keys) => keys,
            };
            let at = String::new();
            (span, KeyChoice { action, keys, at })
        };
        let mut lines: Vec<_> = table.into_iter().map(line).collect();
        lines.sort_by_key(|(span, _)| span.start);
        Ok(Self { lines })
    }
}

impl KeyChoices {
    /// Notes where each line stands in the file that was read.
    pub(super) fn locate(&mut self, file: &str, text: &str) {
        for (span, choice) in &mut self.lines {
            let before = text.get(..span.start).unwrap_or_default();
            let line = before.matches('\n').count() + 1;
            choice.at = format!("{file}:{line} keys.{}", choice.action);
        }
    }

    /// The lines, in the order of the file.
    pub fn all(&self) -> Vec<KeyChoice> {
        self.lines
            .iter()
            .map(|(_, choice)| choice.clone())
            .collect()
    }
}
