//! Entries as text: one in full, many as rows, and what is said where nothing fits.

use std::fmt::Write as _;

use super::lay;
use crate::catalog::{Catalog, Entry, Query, Range, Told};
use crate::strings::codes as say;

/// Width of the label column.
const LABEL: usize = 12;
/// The left margin of labels.
const MARGIN: usize = 2;
/// Names up to this width share a column in a list.
const NAMES: usize = 30;
/// The least width for a column of titles.
const TITLES: usize = 32;
/// How many entries that were named are shown in full.
const FULL: usize = 3;
/// How many others are listed behind them.
const OTHERS: usize = 12;

/// Where entries are laid out.
pub(super) struct Page<'a> {
    catalog: &'a Catalog,
    width: usize,
}

impl<'a> Page<'a> {
    pub(super) const fn new(catalog: &'a Catalog, width: usize) -> Self {
        Self { catalog, width }
    }

    /// What fits: in full if it was named or is the only one, else as rows.
    pub(super) fn found(&self, query: &Query, found: &[Entry<'_>]) -> String {
        let named = self.catalog.named(&query.text);
        let of_query = found.iter().copied();
        let (mut full, mut others): (Vec<_>, Vec<_>) =
            of_query.partition(|entry| named.contains(entry));
        if full.is_empty() && others.len() == 1 {
            std::mem::swap(&mut full, &mut others);
        }
        if full.is_empty() || full.len() > FULL {
            return self.rows(found);
        }
        let full_are_codes = full.iter().all(|entry| matches!(entry, Entry::Code(_)));
        let mut text = full
            .into_iter()
            .map(|entry| self.whole(entry))
            .collect::<Vec<_>>()
            .join("\n");
        if !others.is_empty() {
            let by_number = full_are_codes && others.iter().all(|it| matches!(it, Entry::Code(_)));
            let heading = if by_number { say::LONGER } else { say::ALSO };
            let _ = writeln!(text, "\n{heading}");
            let shown = others.get(..OTHERS).unwrap_or(&others);
            text.push_str(&self.rows(shown));
            if others.len() > shown.len() {
                let _ = writeln!(text, "{}", say::more(others.len() - shown.len()));
            }
        }
        text
    }

    /// What is said where nothing fits: the neighbourhood of a number, what may have been meant.
    pub(super) fn nothing(
        &self,
        query: &Query,
        family: Option<(String, &Range)>,
        nearest: &[Entry<'_>],
    ) -> String {
        let mut text = String::new();
        if query.is_filtered()
            && let Some(entry) = self.catalog.named(&query.text).first()
        {
            self.flow(&mut text, 0, &say::kept_out(entry.label()));
            return text;
        }
        match family {
            Some((code, range)) => self.family(&mut text, &code, range),
            None => self.flow(&mut text, 0, say::NOTHING),
        }
        if !nearest.is_empty() {
            let _ = writeln!(text, "\n{}", say::NEAREST);
            text.push_str(&self.rows(nearest));
        }
        text
    }

    fn family(&self, text: &mut String, code: &str, range: &Range) {
        self.flow(text, 0, &say::not_listed(code));
        self.flow(text, 0, say::NOTHING_MORE);
        self.told(text, &range.told(code));
    }

    /// One row an entry: what it is looked up by, its class, its title.
    pub(super) fn rows(&self, entries: &[Entry<'_>]) -> String {
        let labels: Vec<String> = entries.iter().map(|entry| entry.row_label()).collect();
        let fitting = labels.iter().map(|label| lay::columns(label));
        let names = fitting
            .filter(|width| *width <= NAMES)
            .max()
            .unwrap_or(NAMES);
        let classes = entries.iter().map(|entry| entry.class().word().len());
        let classes = classes.max().unwrap_or_default();
        let indent = names + classes + 4;
        if self.width < indent + TITLES {
            return self.stacked(entries, &labels);
        }
        let mut text = String::new();
        for (entry, label) in entries.iter().zip(&labels) {
            let class = entry.class().word();
            let lines = lay::wrap(entry.title(), self.width - indent);
            if lay::columns(label) > names {
                let _ = writeln!(text, "{label}");
                let _ = write!(text, "{:names$}  {class:classes$}  ", "");
            } else {
                let pad = names - lay::columns(label);
                let _ = write!(text, "{label}{:pad$}  {class:classes$}  ", "");
            }
            let _ = writeln!(text, "{}", lines.join(&format!("\n{:indent$}", "")));
        }
        text
    }

    /// The same where there is no room for columns: the title below.
    fn stacked(&self, entries: &[Entry<'_>], labels: &[String]) -> String {
        let mut text = String::new();
        for (entry, label) in entries.iter().zip(labels) {
            self.flow(&mut text, 0, &format!("{label} · {}", entry.class().word()));
            self.flow(&mut text, MARGIN, entry.title());
        }
        text
    }

    /// An entry in full.
    pub(super) fn whole(&self, entry: Entry<'_>) -> String {
        let mut text = String::new();
        self.flow(&mut text, 0, &entry.heading());
        self.flow(&mut text, 0, entry.title());
        text.push('\n');
        self.told(&mut text, &entry.told(self.catalog));
        text
    }

    fn told(&self, out: &mut String, told: &[Told]) {
        for told in told {
            self.list(out, &told.label, &told.texts);
        }
    }

    /// Texts below each other behind one label, each wrapped; the lines that continue one are set in.
    fn list<T: AsRef<str>>(&self, out: &mut String, label: &str, texts: &[T]) {
        let indent = MARGIN + LABEL;
        let several = texts.len() > 1;
        let mut label = label;
        for text in texts {
            let room = self.width.saturating_sub(indent + usize::from(several) * 2);
            for (number, line) in lay::wrap(text.as_ref(), room).iter().enumerate() {
                let lead = if several && number > 0 { "  " } else { "" };
                let _ = writeln!(out, "{:MARGIN$}{label:LABEL$}{lead}{line}", "");
                label = "";
            }
        }
    }

    fn flow(&self, out: &mut String, indent: usize, text: &str) {
        for line in lay::wrap(text, self.width.saturating_sub(indent)) {
            let _ = writeln!(out, "{:indent$}{line}", "");
        }
    }
}
