//! What the palette offers: a kind, what stands in its first column, its words, and what else it is found by.

use crate::explorer::action::Action;
use crate::explorer::catalogue::Name;
use crate::explorer::state::State;
use crate::explorer::{history, runs as listed, steps as next};
use crate::model::RunId;
use crate::strings::explorer as s;

/// What kind of thing is offered, in the order of the kinds where nothing is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A step of the plan.
    Step,
    /// What a key does.
    Action,
    /// A run of this session.
    Run,
    /// A profile.
    Profile,
    /// A scenario of the lab.
    Scenario,
    /// A run of the history.
    Past,
    /// An entry of the catalogue.
    Code,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 7] = [
        Self::Step,
        Self::Action,
        Self::Run,
        Self::Profile,
        Self::Scenario,
        Self::Past,
        Self::Code,
    ];

    /// The word above those of this kind.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Step => s::PALETTE_STEPS,
            Self::Action => s::PALETTE_ACTIONS,
            Self::Run => s::PALETTE_RUNS,
            Self::Profile => s::PALETTE_PROFILES,
            Self::Scenario => s::PALETTE_SCENARIOS,
            Self::Past => s::PALETTE_PAST,
            Self::Code => s::PALETTE_CODES,
        }
    }
}

/// What happens when it is chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// What the key would do.
    Act(Action),
    /// The n-th of the next steps.
    Step(usize),
    /// A run of this session is looked at.
    Run(RunId),
    /// A past run is opened again.
    Past(i64),
    /// A scenario is set up.
    Scenario(String),
    /// The form is opened with the n-th profile.
    Profile(usize),
    /// An entry of the catalogue is opened.
    Entry(Name),
}

/// One thing that is offered.
#[derive(Clone, Debug)]
pub struct Offer {
    /// Its kind.
    pub kind: Kind,
    /// What stands in the first column: its key, time, name or number.
    pub handle: String,
    /// Its words.
    pub label: String,
    /// What it is found by: its words first.
    pub text: String,
    /// What happens when it is chosen.
    pub target: Target,
}

impl Offer {
    fn new(kind: Kind, (handle, label): (String, String), more: &str, target: Target) -> Self {
        // A key is no word to be found by.
        let named = match kind {
            Kind::Step | Kind::Action => "",
            _ => &handle,
        };
        let text = format!("{label} {named} {more}");
        Self {
            kind,
            handle,
            label,
            text,
            target,
        }
    }

    /// Whether it is exactly what was typed: the name of an action, a profile or a scenario, a code with or without its
    /// prefix.
    pub fn is_named(&self, typed: &str) -> bool {
        let name = match &self.target {
            Target::Scenario(name) => name,
            Target::Profile(_) => &self.handle,
            Target::Entry(Name::Code(code)) => {
                let digits = code.trim_start_matches(|c: char| !c.is_ascii_digit());
                return typed == digits || typed.eq_ignore_ascii_case(code);
            }
            Target::Entry(name) => name.typed(),
            Target::Act(action) => return typed.eq_ignore_ascii_case(&action.name()),
            Target::Step(_) | Target::Run(_) | Target::Past(_) => return false,
        };
        typed.eq_ignore_ascii_case(name)
    }
}

/// The next steps, where they are in sight.
pub fn steps(state: &State) -> Vec<Offer> {
    if !state.pane().is_main() {
        return Vec::new();
    }
    let words = next::words(state).into_iter().take(9).enumerate();
    words
        .map(|(nth, words)| {
            let pair = ((nth + 1).to_string(), words);
            Offer::new(Kind::Step, pair, "", Target::Step(nth))
        })
        .collect()
}

/// What keys do in the pane below.
pub fn actions(state: &State) -> Vec<Offer> {
    let possible = super::possible(state).into_iter();
    possible
        .map(|(action, key, hint)| {
            let pair = (key, hint.to_owned());
            Offer::new(Kind::Action, pair, &action.name(), Target::Act(action))
        })
        .collect()
}

/// The runs of this session, newest first.
pub fn runs(state: &State) -> Vec<Offer> {
    let all = state.runs.all().iter().rev();
    all.map(|entry| {
        let run = &entry.run;
        let (_, mark) = listed::mark_of(run);
        let words = listed::summary(run, state);
        let label = format!("{} {mark} {words}", run.flow().word());
        let more = listed::text(state, entry);
        let pair = (run.started.clock(), label);
        Offer::new(Kind::Run, pair, &more, Target::Run(run.id))
    })
    .collect()
}

/// The profiles.
pub fn profiles(state: &State) -> Vec<Offer> {
    let all = state.profiles.iter().enumerate();
    all.map(|(nth, profile)| {
        let host = profile.authority.host();
        let label = format!("{} · {host}", profile.flow.word());
        let more = profile.scopes.join(" ");
        let pair = (profile.name.clone(), label);
        Offer::new(Kind::Profile, pair, &more, Target::Profile(nth))
    })
    .collect()
}

/// The scenarios, as far as they are known.
pub fn scenarios(state: &State) -> Vec<Offer> {
    let all = state.scenarios.list.iter();
    all.map(|view| {
        let code = view.codes.first().map(String::as_str).unwrap_or_default();
        let handle = code.strip_prefix("AADSTS").unwrap_or(code).to_owned();
        let more = format!("{} {}", view.name, view.codes.join(" "));
        let pair = (handle, view.title.clone());
        let target = Target::Scenario(view.name.clone());
        Offer::new(Kind::Scenario, pair, &more, target)
    })
    .collect()
}

/// The past runs, as far as they are loaded.
pub fn past(state: &State) -> Vec<Offer> {
    let all = state.past.all().iter();
    all.map(|past| {
        let when: String = history::when(past).chars().take(16).collect();
        let label = format!("{} {} {}", past.flow, past.profile, past.error);
        let more = format!("{} {}", past.outcome, past.correlation_id);
        let pair = (when, label.trim_end().to_owned());
        Offer::new(Kind::Past, pair, &more, Target::Past(past.key))
    })
    .collect()
}

/// The entries of the catalogue, once it is there.
pub fn codes(state: &State) -> Vec<Offer> {
    let known = state.catalogue.known();
    let entries = known.iter().flat_map(|known| known.entries());
    entries
        .map(|entry| {
            let pair = (entry.row_label(), entry.title().to_owned());
            let target = Target::Entry(Name::of(entry));
            Offer::new(Kind::Code, pair, entry.name(), target)
        })
        .collect()
}
