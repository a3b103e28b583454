//! How the screen stands, to be found again at the next start: for each profile, and only what tells nothing about
//! people. The demo always starts the same and remembers nothing.

use crate::model::{Opening, RunSpec, Saved, Standing};
use crate::redact::Redactor;
use crate::report::code::Language;

use super::pane::Pane;
use super::state::State;

/// How long a text may be that is kept, in characters.
const LONGEST: usize = 80;

/// So many digits in one text may be an id or a number of somebody.
const MOST_DIGITS: usize = 6;

/// How many places in replies are kept for a profile.
const MOST_PLACES: usize = 64;

/// The lists that can be narrowed, by name.
const LISTS: [(&str, Pane); 3] = [
    ("scenarios", Pane::Picker),
    ("world", Pane::Lab),
    ("requests", Pane::Requests),
];

/// The panes of the main screen, by name.
const PANES: [(&str, Pane); 5] = [
    ("runs", Pane::Runs),
    ("diagnosis", Pane::Diagnosis),
    ("reply", Pane::Reply),
    ("exchanges", Pane::Exchanges),
    ("steps", Pane::Steps),
];

/// What is remembered, and whose screen is shown.
#[derive(Default)]
pub struct Remembered {
    saved: Saved,
    /// The profile whose screen this is; empty: none.
    profile: String,
    /// Whether the settings have the mouse caught.
    mouse_by_settings: bool,
}

impl State {
    /// Stands as it did when the program was left, and says what went wrong with that. `mouse`: whether the settings
    /// have the mouse caught.
    pub fn restore(&mut self, saved: Saved, trouble: Option<String>, mouse: bool) {
        self.mouse = saved.mouse.unwrap_or(mouse);
        let last = saved.last.clone();
        self.remembered = Remembered {
            saved,
            profile: last.filter(|name| knows(self, name)).unwrap_or_default(),
            mouse_by_settings: mouse,
        };
        stand(self);
        if let Some(sentence) = trouble {
            self.warn(sentence);
        }
        self.touch();
        super::views::refresh(self);
    }

    /// How the screen stands now, together with what was remembered of other profiles; `None` in the demo.
    pub fn to_remember(&self) -> Option<Saved> {
        if self.opening != Opening::Start {
            return None;
        }
        let mut saved = self.remembered.saved.clone();
        saved.screens.retain(|name, _| knows(self, name));
        saved
            .screens
            .insert(self.remembered.profile.clone(), standing(self));
        saved.last = saved.last.filter(|name| knows(self, name));
        saved.mouse = Some(self.mouse).filter(|on| *on != self.remembered.mouse_by_settings);
        Some(saved)
    }
}

/// Whether a name is that of a profile, or of none.
fn knows(state: &State, name: &str) -> bool {
    name.is_empty() || state.profiles.iter().any(|profile| profile.name == name)
}

/// The place of the last profile among the profiles.
pub fn last(state: &State) -> Option<usize> {
    let last = state.remembered.saved.last.as_deref()?;
    state
        .profiles
        .iter()
        .position(|profile| profile.name == last)
}

/// A run of this profile began: the screen stands as it did for it.
pub fn turn_to(state: &mut State, spec: &RunSpec) {
    if state.opening != Opening::Start {
        return;
    }
    let named = spec.profile.as_deref().filter(|name| knows(state, name));
    let name = named.unwrap_or_default().to_owned();
    if !name.is_empty() {
        state.remembered.saved.last = Some(name.clone());
    }
    if name == state.remembered.profile {
        return;
    }
    let now = standing(state);
    let before = std::mem::replace(&mut state.remembered.profile, name);
    state.remembered.saved.screens.insert(before, now);
    stand(state);
}

/// Stands as it is remembered for the profile; stays as it is where nothing is.
fn stand(state: &mut State) {
    let Remembered { saved, profile, .. } = &state.remembered;
    let Some(kept) = saved.screens.get(profile).cloned() else {
        return;
    };
    let pane = |word: &str| PANES.iter().find(|(name, _)| *name == word);
    if let Some((_, pane)) = pane(&kept.tab).filter(|(_, pane)| *pane != Pane::Steps) {
        state.tab = *pane;
    }
    if let Some((_, pane)) = pane(&kept.pane) {
        state.focus_on(*pane);
    }
    state.reply.exact = kept.exact;
    state.reply.headers = kept.headers;
    state.reply.turned = kept.turned;
    state.details = kept.details;
    if let Some(language) = Language::ALL
        .into_iter()
        .find(|language| language.word() == kept.language)
    {
        state.language = language;
    }
    for (name, pane) in LISTS {
        let text = kept.filters.get(name).map_or("", String::as_str);
        state.filters.set(pane, text);
    }
}

fn standing(state: &State) -> Standing {
    let word = |pane: Pane| {
        let named = PANES.iter().find(|(_, known)| *known == pane);
        named.map_or("", |(name, _)| name).to_owned()
    };
    let told = |text: &str| tells_nothing(text, &state.redactor);
    Standing {
        pane: word(state.focus),
        tab: word(state.tab),
        exact: state.reply.exact,
        headers: state.reply.headers,
        details: state.details,
        language: state.language.word().to_owned(),
        turned: state
            .reply
            .turned
            .iter()
            .filter(|path| told(path))
            .take(MOST_PLACES)
            .cloned()
            .collect(),
        filters: LISTS
            .iter()
            .map(|(name, pane)| ((*name).to_owned(), state.filters.get(*pane).to_owned()))
            .filter(|(_, text)| !text.is_empty() && told(text))
            .collect(),
    }
}

/// Whether a text is short and holds neither a secret, an id nor an address of somebody.
fn tells_nothing(text: &str, redactor: &Redactor) -> bool {
    text.chars().count() <= LONGEST
        && !text.contains('@')
        && text.chars().filter(char::is_ascii_digit).count() <= MOST_DIGITS
        && redactor.text(text).get() == text
}

#[cfg(test)]
mod tests;
