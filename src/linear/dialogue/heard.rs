//! What is printed: all of what is at hand, or what is new of it, a page at a time.

use crate::explorer::{Footer, Pane};
use crate::strings::linear as s;

use super::speech::{self, Spoken};
use super::{Dialogue, Wanted, only_moves};

/// Lines that are printed before the reader is asked.
const PAGE: usize = 24;
/// Lines of a diagnosis that are printed together with the next steps.
const BRIEF: usize = 12;

impl Dialogue {
    /// What differs from what was printed: all of it where the panes are others, otherwise the lines that are new.
    pub(super) fn news(&mut self) -> Vec<String> {
        let mut lines = Vec::new();
        let said = match self.state.footer() {
            Footer::Said(sentence, _) => sentence.to_owned(),
            _ => String::new(),
        };
        if said != self.said {
            lines.extend(said.lines().map(speech::heard));
            self.said = said;
        }
        if self.panes() != self.heard.0 {
            lines.extend(self.whole());
            return lines;
        }
        let now = self.printed();
        let heard: Vec<String> = self.heard.1.iter().map(|line| timeless(line)).collect();
        let new = now.iter().filter(|line| !heard.contains(&timeless(line)));
        let new: Vec<String> = new.cloned().collect();
        self.heard.1 = now;
        if !new.is_empty() {
            lines.extend(self.paged(new));
        }
        lines
    }

    /// All of what is at hand, and what to type now.
    pub(super) fn all(&mut self) -> Vec<String> {
        let mut lines = self.whole();
        lines.extend(self.invitation());
        lines
    }

    /// All of what is at hand, a page at a time.
    pub(super) fn whole(&mut self) -> Vec<String> {
        self.heard = (self.panes(), self.printed());
        let (marks, title) = {
            let (title, mark) = self.state.title();
            (mark.unwrap_or_default(), speech::heard(&title))
        };
        let mut lines = vec![s::heading(&title, marks)];
        lines.extend(self.heard.1.clone());
        self.paged(lines)
    }

    /// The panes that are read out: the one that keys go to, and with it what it cannot be understood without.
    pub(super) fn panes(&self) -> Vec<Pane> {
        match self.state.pane() {
            Pane::Diagnosis | Pane::Steps => vec![Pane::Diagnosis, Pane::Steps],
            Pane::Catalogue => vec![Pane::Lookup, Pane::Catalogue],
            Pane::Lab => vec![Pane::Story, Pane::Lab],
            pane => vec![pane],
        }
    }

    /// Their lines, numbered where they can be chosen.
    pub(super) fn printed(&mut self) -> Vec<String> {
        self.numbers.clear();
        let mut lines = Vec::new();
        for pane in self.panes() {
            lines.push(s::heading(&speech::title(&self.state, pane), ""));
            let mut spoken = speech::pane(&self.state, pane);
            if pane == Pane::Diagnosis && self.state.pane() == Pane::Steps && spoken.len() > BRIEF {
                let hidden = spoken.len() - BRIEF;
                spoken.truncate(BRIEF);
                lines.extend(spoken.into_iter().map(|line| line.words));
                lines.push(s::read_whole(hidden, &speech::title(&self.state, pane)));
                continue;
            }
            for Spoken { words, begins } in spoken {
                let Some(item) = begins else {
                    lines.push(words);
                    continue;
                };
                let number = self.numbers.len() + 1;
                self.numbers.push((number, pane, item));
                // Next steps have their number already.
                let own = format!("{number} ");
                lines.push(s::choice(
                    number,
                    &words.replacen(&own, "", usize::from(pane == Pane::Steps)),
                ));
            }
        }
        lines
    }

    /// As many lines as are heard at once; the others wait.
    pub(super) fn paged(&mut self, mut lines: Vec<String>) -> Vec<String> {
        if lines.len() > PAGE + PAGE / 2 {
            self.ahead = lines.split_off(PAGE);
            lines.push(s::rest(self.ahead.len()));
        } else {
            self.ahead.clear();
        }
        lines
    }

    /// What to type now.
    pub(super) fn invitation(&mut self) -> Option<String> {
        match self.state.pane() {
            Pane::Ask => None,
            Pane::Lookup => Some(s::LOOK_FOR.to_owned()),
            Pane::Paste => {
                self.wanted = Wanted::Text(Vec::new());
                Some(s::PASTE.to_owned())
            }
            Pane::Draft => {
                self.wanted = Wanted::Text(Vec::new());
                Some(s::ADD_TO_MESSAGE.to_owned())
            }
            _ if self.typing() => Some(s::ONE_LINE.to_owned()),
            _ => {
                let mut told: Vec<_> = self
                    .state
                    .bindings()
                    .filter(|binding| binding.rank > 0 && !only_moves(binding.action))
                    .collect();
                told.sort_by_key(|binding| binding.rank);
                let words: Vec<&str> = told.iter().take(4).map(|binding| binding.hint).collect();
                (!words.is_empty()).then(|| s::others(&words))
            }
        }
    }
}

/// A line without the times in it: that time passes is no news.
fn timeless(line: &str) -> String {
    let words: Vec<&str> = line.split(' ').collect();
    let is_unit = |word: &&str| {
        let unit = word.trim_end_matches([',', '.']);
        matches!(unit, "s" | "min" | "h" | "d" | "ms")
    };
    let kept = words.iter().enumerate().filter(|(at, word)| {
        let counts = word.bytes().all(|byte| byte.is_ascii_digit())
            && words.get(at + 1).is_some_and(is_unit);
        !counts && !is_unit(word)
    });
    kept.map(|(_, word)| *word).collect::<Vec<_>>().join(" ")
}
