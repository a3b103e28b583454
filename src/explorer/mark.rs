//! What is marked for comparing, and what `=` holds against it: two runs, two exchanges, or two tokens.

use serde_json::Value as Json;

use crate::compare::{self as core, Difference};
use crate::decode::jwt::Jwt;
use crate::model::{Exchange, Run, RunId};
use crate::strings::explorer as s;

use super::pane::Pane;
use super::rows::{Role, Tie};
use super::runs;
use super::state::State;
use super::{exchanges, reply};

/// A token, laid open, and what it is called.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    name: String,
    /// Its header, where that is known: a run keeps the claims alone.
    header: Option<Json>,
    claims: Json,
}

/// What is marked, if it is no run: a marked run is kept with the runs.
#[derive(Clone, Debug, PartialEq)]
pub enum Marked {
    /// The n-th exchange of a run.
    Exchange(RunId, usize),
    /// A token of a paste.
    Token(Box<Token>),
}

/// One of two things that are compared.
pub struct Side {
    /// What stands before it.
    pub label: &'static str,
    /// How it is dressed.
    pub role: Role,
    /// What it is.
    pub words: String,
}

/// Marks what is at hand, or takes the mark away from it.
pub fn mark(state: &mut State) {
    let here = at_hand(state);
    if let Some(here) = here {
        state.runs.marked = None;
        if state.marked.as_ref() == Some(&here) {
            state.marked = None;
        } else {
            state.say(match here {
                Marked::Exchange(..) => s::MARKED_EXCHANGE,
                Marked::Token(_) => s::MARKED_TOKEN,
            });
            state.marked = Some(here);
        }
        return;
    }
    state.marked = None;
    let id = state.selected_id();
    if state.runs.marked == id {
        state.runs.marked = None;
    } else {
        state.runs.marked = id;
        state.say(s::MARKED_FOR_COMPARING);
    }
}

/// Whether there is something to mark.
pub fn can_mark(state: &State) -> bool {
    match state.pane() {
        Pane::Found => at_hand(state).is_some(),
        _ => state.runs.selected().is_some(),
    }
}

/// The exchange or the token under the cursor.
fn at_hand(state: &State) -> Option<Marked> {
    let run = state.selected_id();
    match state.pane() {
        Pane::Exchanges => Some(Marked::Exchange(run?, exchanges::under_cursor(state)?)),
        Pane::Reply => {
            let shown = state.runs.shown()?;
            let (at, _) = reply::looked_at(state, shown)?;
            reply::is_reply(state, shown).then_some(Marked::Exchange(run?, at))
        }
        Pane::Found => Some(Marked::Token(Box::new(pasted(state, nth_pasted(state)?)?))),
        _ => None,
    }
}

/// The pasted token that the cursor is on, or the first.
pub fn nth_pasted(state: &State) -> Option<usize> {
    let item = state.views.item(Pane::Found)?;
    match state.views.content(Pane::Found).items.get(item)?.tie {
        Tie::Nth(nth) => Some(nth),
        _ => (!state.found.tokens.is_empty()).then_some(0),
    }
}

/// Whether the n-th pasted token is the marked one.
pub fn is_marked_token(state: &State, nth: usize) -> bool {
    let token = || Some(Marked::Token(Box::new(pasted(state, nth)?)));
    state.marked.is_some() && state.marked == token()
}

fn pasted(state: &State, nth: usize) -> Option<Token> {
    let view = &state.found.tokens.get(nth)?.view;
    Some(Token {
        name: s::token_named(&view.fingerprint),
        header: view.raw_header.clone(),
        claims: view.raw_claims.clone()?,
    })
}

/// The token that a run got.
fn of_run(run: &Run) -> Option<Token> {
    let token = run.ending()?.token.as_ref()?;
    Some(Token {
        name: s::token_of_run(&run.started.clock(), &token.fingerprint),
        header: None,
        claims: token.access_claims.clone()?,
    })
}

/// Two things that `=` compares here and that are no runs: their sides, and how they differ.
pub fn compared(state: &State) -> Option<([Side; 2], Vec<Difference>)> {
    match (state.pane(), &state.marked) {
        (Pane::Exchanges | Pane::Reply, Some(Marked::Exchange(run, at))) => {
            let other = Marked::Exchange(*run, *at);
            let Some(Marked::Exchange(here, nth)) = at_hand(state) else {
                return None;
            };
            (other != Marked::Exchange(here, nth))
                .then(|| two_exchanges(state, (*run, *at), (here, nth)))
                .flatten()
        }
        (Pane::Found, marked) => {
            let nth = nth_pasted(state)?;
            let here = pasted(state, nth)?;
            let of_marked_run = || of_run(&state.runs.get(state.runs.marked?)?.run);
            let other = match marked {
                Some(Marked::Token(token)) => Some((**token).clone()),
                // Two tokens of one paste need no mark.
                _ => of_marked_run().or_else(|| pasted(state, usize::from(nth == 0))),
            };
            two_tokens(state, &other?, &here)
        }
        (Pane::Diagnosis, Some(Marked::Token(token))) => {
            two_tokens(state, token, &of_run(&state.runs.selected()?.run)?)
        }
        _ => None,
    }
}

fn two_tokens(state: &State, left: &Token, right: &Token) -> Option<([Side; 2], Vec<Difference>)> {
    if left == right {
        return None;
    }
    // A header that only one of them shows tells nothing.
    let headers = match (&left.header, &right.header) {
        (Some(left), Some(right)) => [left.clone(), right.clone()],
        _ => [Json::Null, Json::Null],
    };
    let [one, other] = headers;
    let jwt = |header, token: &Token| Jwt {
        header,
        claims: token.claims.clone(),
    };
    let found = core::tokens(&jwt(one, left), &jwt(other, right));
    let side = |label, token: &Token| Side {
        label,
        role: Role::Plain,
        words: token.name.clone(),
    };
    let sides = [side(s::FIRST, left), side(s::SECOND, right)];
    Some((sides, redacted(state, found)))
}

fn two_exchanges(
    state: &State,
    left: (RunId, usize),
    right: (RunId, usize),
) -> Option<([Side; 2], Vec<Difference>)> {
    let place = |id: RunId| state.runs.all().iter().position(|entry| entry.run.id == id);
    let earlier = (place(right.0), right.1) < (place(left.0), left.1);
    let (left, right) = if earlier {
        (right, left)
    } else {
        (left, right)
    };
    let (left, right) = (taken(state, left)?, taken(state, right)?);
    let found = core::exchanges(&left.0, &right.0);
    let side = |label, (exchange, words): (Exchange, String)| Side {
        label,
        role: exchanges::status(&exchange).0,
        words,
    };
    let sides = [side(s::LEFT, left), side(s::RIGHT, right)];
    Some((sides, redacted(state, found)))
}

/// An exchange without its secrets, and what it is.
fn taken(state: &State, (run, nth): (RunId, usize)) -> Option<(Exchange, String)> {
    let run = &state.runs.get(run)?.run;
    let clean = state.redactor.run(run).into_inner();
    let exchange = (*runs::exchanges(&clean).get(nth)?).clone();
    let (_, status) = exchanges::status(&exchange);
    let clock = exchange.started.clock();
    let request = exchanges::request(&exchange);
    let words = s::exchange_named((&clock, run.flow().word()), nth + 1, &request, &status);
    Some((exchange, words))
}

fn redacted(state: &State, mut found: Vec<Difference>) -> Vec<Difference> {
    for difference in &mut found {
        let values = [&mut difference.left, &mut difference.right];
        for text in values.into_iter().flatten() {
            *text = state.redactor.text(text).into_inner();
        }
    }
    found
}
