//! What a paste means: one diagnosis for each error found in it.

use std::hash::Hash;
use std::ops::Range;

use crate::decode;
use crate::model::claims_view::ClaimsView;
use crate::model::{Diagnosis, Doing, FactKind, Line, Spot, Step, TokenView, Verification};
use crate::strings::{explorer as s, report as say, words};

use super::pane::Pane;
use super::reply::{Tree, Turned};
use super::rows::{Content, Role, Tie};
use super::state::State;
use super::{challenge, diagnosis, mark, token};

/// The diagnoses of the last paste.
#[derive(Default)]
pub struct Found {
    /// What was pasted, without secrets.
    pub text: String,
    /// What was found.
    pub diagnoses: Vec<Diagnosis>,
    /// For each diagnosis where its facts stand in the text, and what they are.
    places: Vec<Vec<Place>>,
    at: usize,
    /// The tokens in it.
    pub tokens: Vec<Pasted>,
    /// The text as it is instead of as a tree, where it is JSON.
    pub exact: bool,
    /// What was folded or opened in the tree.
    pub turned: Turned,
    /// Counts what is shown anew.
    edition: u64,
    /// The claims requests in it, where it holds nothing else.
    claims: Vec<ClaimsView>,
}

/// A token of the last paste.
pub struct Pasted {
    /// The token, laid open.
    pub view: TokenView,
    /// What a check of it found.
    pub checked: Option<Box<Verification>>,
}

/// One fact of a diagnosis in the text.
struct Place {
    kind: FactKind,
    value: String,
    at: Range<usize>,
}

fn places(text: &str, diagnosis: &Diagnosis) -> Vec<Place> {
    let facts = diagnosis.facts.iter();
    facts
        .filter_map(|fact| {
            Some(Place {
                kind: fact.kind,
                value: fact.value.clone(),
                at: decode::place(text, &fact.from)?,
            })
        })
        .collect()
}

impl Found {
    /// The one that is looked at.
    pub fn current(&self) -> Option<&Diagnosis> {
        self.diagnoses.get(self.at)
    }

    fn places(&self) -> &[Place] {
        self.places.get(self.at).map_or(&[], Vec::as_slice)
    }

    /// Whether something read between two places of the text feeds a line of the diagnosis.
    pub fn feeds(&self, spot: &Spot, line: Line) -> bool {
        let Spot::Bytes(from, to) = *spot else {
            return false;
        };
        self.places().iter().any(|place| {
            place.at.start < to && from < place.at.end && Line::fed_by(place.kind).contains(&line)
        })
    }

    /// What was read at a place of the text, and what it is.
    pub fn read_at(&self, spot: &Spot) -> impl Iterator<Item = (FactKind, &str)> {
        let (from, to) = match *spot {
            Spot::Bytes(from, to) => (from, to),
            _ => (0, 0),
        };
        let places = self.places().iter();
        places
            .filter(move |place| place.at.start < to && from < place.at.end)
            .map(|place| (place.kind, place.value.as_str()))
    }

    /// Which one it is, from 1.
    pub const fn place(&self) -> usize {
        self.at + 1
    }
}

/// What was read out of a paste: errors, tokens, claims requests.
pub type Read = (Vec<Diagnosis>, Vec<TokenView>, Vec<ClaimsView>);

/// Shows what was found.
pub fn show(state: &mut State, text: String, read: Read) {
    let (diagnoses, tokens, claims) = read;
    let pasted = |view| Pasted {
        view,
        checked: None,
    };
    state.found = Found {
        edition: state.found.edition + 1,
        exact: false,
        turned: Turned::default(),
        tokens: tokens.into_iter().map(pasted).collect(),
        places: diagnoses.iter().map(|d| places(&text, d)).collect(),
        text,
        diagnoses,
        claims,
        at: 0,
    };
    state.push(Pane::Found);
}

/// What a check of one of its tokens found.
pub fn checked(state: &mut State, nth: usize, found: Box<Verification>) {
    if let Some(token) = state.found.tokens.get_mut(nth) {
        token.checked = Some(found);
        state.found.edition += 1;
    }
    state.status = None;
}

/// To the next or the previous one.
pub fn turn(state: &mut State, on: bool) {
    let count = state.found.diagnoses.len().max(1);
    let by = if on { 1 } else { count - 1 };
    state.found.at = (state.found.at + by) % count;
    state.views.forget(Pane::Found);
}

/// What it depends on what the box shows.
pub fn stamp(state: &State) -> impl Hash {
    let found = &state.found;
    let reading = (found.at, found.exact, &found.turned, found.edition);
    let marked: Vec<bool> = (0..found.tokens.len())
        .map(|nth| mark::is_marked_token(state, nth))
        .collect();
    (reading, state.details, state.revealed, marked)
}

/// What the box shows.
pub fn content(state: &State, width: usize) -> Content {
    let mut out = Content::text(width);
    match state.found.current() {
        Some(found) => {
            diagnosis::answers(found, &mut out);
            plan(found, &mut out);
            diagnosis::beside(found, state.details, &mut out);
            variants(found, &mut out);
        }
        None if !state.found.claims.is_empty() => challenge::lay_out(&state.found.claims, &mut out),
        None if state.found.tokens.is_empty() => {
            out.line(0, &[(Role::Strong, s::NOTHING_FOUND)]);
        }
        None => {}
    }
    for nth in 0..state.found.tokens.len() {
        token::pasted(state, nth, &mut out);
    }
    read(state, &mut out);
    out.gap();
    out.line(0, &[(Role::Label, s::PASTED)]);
    pasted(state, &mut out);
    out
}

/// What else was read: whatever the lines of the diagnosis do not show.
fn read(state: &State, out: &mut Content) {
    let shown = |kind: FactKind| {
        matches!(
            kind,
            FactKind::Error
                | FactKind::Code
                | FactKind::SubError
                | FactKind::Description
                | FactKind::Message
                | FactKind::Claims
                | FactKind::TraceId
                | FactKind::CorrelationId
                | FactKind::Timestamp
        )
    };
    let mut others = state
        .found
        .places()
        .iter()
        .filter(|place| !shown(place.kind))
        .peekable();
    if others.peek().is_none() {
        return;
    }
    out.gap();
    out.line(0, &[(Role::Label, s::READ)]);
    for place in others {
        let at = Spot::Bytes(place.at.start, place.at.end);
        out.item(place.value.clone(), Tie::Spot(at));
        out.pair(words::fact(place.kind), Role::Plain, &place.value);
    }
}

/// The text, with everything that was read out of it in its own role.
fn pasted(state: &State, out: &mut Content) {
    let text = &state.found.text;
    let safe = state.redactor.text(text);
    if safe.get() != text {
        // Something more had to be hidden: the places no longer hold.
        for line in safe.get().lines() {
            out.item(line, Tie::Nothing);
            out.line(2, &[(Role::Dim, line)]);
        }
        return;
    }
    let turned = &state.found.turned;
    if !state.found.exact && (Tree { turned, out }).body(text.as_bytes()) {
        return;
    }
    let mut lit: Vec<Range<usize>> = state.found.places().iter().map(|p| p.at.clone()).collect();
    lit.retain(|at| at.len() < text.len());
    lit.sort_by_key(|at| (at.start, at.end));
    let mut from = 0;
    for line in text.split_inclusive('\n') {
        let to = from + line.trim_end_matches(['\n', '\r']).len();
        out.item(&text[from..to], Tie::Spot(Spot::Bytes(from, to)));
        out.line(2, &pieces(text, from..to, &lit));
        from += line.len();
    }
}

/// One line in pieces: what was read, and what lies between. `lit` is in order.
fn pieces<'a>(text: &'a str, line: Range<usize>, lit: &[Range<usize>]) -> Vec<(Role, &'a str)> {
    let mut out = Vec::new();
    let mut at = line.start;
    for range in lit.iter().skip_while(|range| range.end <= line.start) {
        if range.start >= line.end {
            break;
        }
        let (start, end) = (range.start.max(at), range.end.min(line.end));
        if start < end {
            out.push((Role::Dim, &text[at..start]));
            out.push((Role::Plain, &text[start..end]));
            at = end;
        }
    }
    out.push((Role::Dim, &text[at..line.end]));
    out
}

fn plan(found: &Diagnosis, out: &mut Content) {
    let plan = &found.plan;
    if plan.steps.is_empty() {
        return;
    }
    out.gap();
    let heading = if plan.variants.is_empty() {
        s::WAY_OUT
    } else {
        say::PLAN_FOR_A_PERSON
    };
    out.line(0, &[(Role::Label, heading)]);
    walk(&plan.steps, out);
    out.gap();
}

/// The way out for other kinds of programs.
fn variants(found: &Diagnosis, out: &mut Content) {
    for variant in &found.plan.variants {
        out.gap();
        let heading = say::caller(variant.caller);
        out.item(heading, Tie::Nothing);
        out.line(0, &[(Role::Label, heading)]);
        out.pair(s::SIGNING_IN, Role::Plain, &variant.login_words);
        walk(&variant.steps, out);
    }
}

/// The steps; a message to hand over stands under its step and is what is copied there.
fn walk(steps: &[Step], out: &mut Content) {
    for (nth, step) in steps.iter().enumerate() {
        let message = match &step.doing {
            Doing::HandOver { text, .. } => Some(text),
            _ => None,
        };
        out.item(message.unwrap_or(&step.title).clone(), Tie::Nothing);
        let number = format!("{:>2}  ", nth + 1);
        out.line(4, &[(Role::Plain, &number), (Role::Plain, &step.title)]);
        if !step.why.is_empty() {
            out.line(4, &[(Role::Plain, "    "), (Role::Dim, &step.why)]);
        }
        if let Some(text) = message {
            out.block(4, Role::Text, text);
        }
    }
}
