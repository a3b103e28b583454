//! What the lab's user does on the page that a run waits for.

use crate::model::{Activity, Deed, UserAct};
use crate::session::Command;
use crate::strings::explorer as s;

use super::message::{Effect, Effects};
use super::pane::Pane;
use super::rows::{Content, Role, Tie};
use super::runs::Entry;
use super::state::State;

/// One thing the lab's user can do.
enum Offer {
    Act(UserAct, &'static str),
}

/// What the lab's user can do on the page the selected run waits for.
fn acts(state: &State) -> Vec<Offer> {
    let activity = state
        .runs
        .selected()
        .filter(|entry| entry.run.simulated)
        .and_then(|entry| entry.activity());
    match activity {
        Some(Activity::Browsing { .. }) => vec![
            Offer::Act(UserAct::Completes, s::ACT_COMPLETES),
            Offer::Act(UserAct::DeclinesMfa, s::ACT_DECLINES_MFA),
            Offer::Act(UserAct::DeclinesConsent, s::ACT_DECLINES_CONSENT),
            Offer::Act(UserAct::DeclinesTerms, s::ACT_DECLINES_TERMS),
            Offer::Act(UserAct::AsksForApproval, s::ACT_ASKS_FOR_APPROVAL),
            Offer::Act(UserAct::ReturnsToProgram, s::ACT_RETURNS),
            Offer::Act(UserAct::MistypesPassword, s::ACT_MISTYPES),
            Offer::Act(UserAct::ClosesBrowser, s::ACT_CLOSES),
        ],
        Some(Activity::Device { .. }) => vec![
            Offer::Act(UserAct::ApprovesDevice, s::ACT_APPROVES),
            Offer::Act(UserAct::DeclinesDevice, s::ACT_DECLINES),
            Offer::Act(UserAct::ClosesBrowser, s::ACT_CLOSES),
        ],
        Some(Activity::Asking(_)) => vec![
            Offer::Act(UserAct::Completes, s::ACT_TYPES_RIGHT),
            Offer::Act(UserAct::MistypesPassword, s::ACT_TYPES_WRONG),
        ],
        Some(Activity::Sending(_) | Activity::Waiting { .. } | Activity::Answering { .. })
        | None => Vec::new(),
    }
}

/// Opens the box of what the lab's user can do.
pub fn open_acts(state: &mut State) {
    state.push(Pane::Acts);
}

/// What the lab's user does next on what the selected run waits for: what the scenario has them do, or all that is
/// asked.
pub fn next_act(state: &State) -> UserAct {
    act_on(state, state.runs.selected())
}

fn act_on(state: &State, entry: Option<&Entry>) -> UserAct {
    let activity = entry.and_then(Entry::activity);
    let habits = &state.scenarios.habits;
    let told = match state.scenarios.next_deed() {
        Some(Deed::User(act)) => Some(act.clone()),
        _ => habits.act.clone(),
    };
    match activity {
        Some(Activity::Asking(_)) if habits.types_wrong => UserAct::MistypesPassword,
        Some(Activity::Device { .. }) => told
            .filter(|act| matches!(act, UserAct::DeclinesDevice | UserAct::ClosesBrowser))
            .unwrap_or(UserAct::ApprovesDevice),
        Some(Activity::Browsing { .. }) => told
            .filter(|act| !matches!(act, UserAct::ApprovesDevice | UserAct::DeclinesDevice))
            .unwrap_or(UserAct::Completes),
        _ => UserAct::Completes,
    }
}

/// That in words.
pub fn next_act_words(state: &State) -> &'static str {
    act_words(state, state.runs.selected())
}

/// What the lab's user does next on what a run waits for, in words.
pub fn act_words(state: &State, entry: Option<&Entry>) -> &'static str {
    let asking = entry.is_some_and(|it| matches!(it.activity(), Some(Activity::Asking(_))));
    match act_on(state, entry) {
        UserAct::MistypesPassword if asking => s::USER_TYPES_WRONG,
        _ if asking => s::USER_TYPES,
        UserAct::Completes => s::HINT_LAB_USER,
        UserAct::DeclinesConsent => s::USER_DECLINES_CONSENT,
        UserAct::MistypesPassword => s::USER_MISTYPES,
        UserAct::DeclinesMfa => s::USER_DECLINES_MFA,
        UserAct::DeclinesTerms => s::USER_DECLINES_TERMS,
        UserAct::AsksForApproval => s::USER_ASKS_FOR_APPROVAL,
        UserAct::ReturnsToProgram => s::USER_RETURNS,
        UserAct::ApprovesDevice => s::USER_APPROVES,
        UserAct::DeclinesDevice => s::USER_DECLINES,
        UserAct::CancelsSignIn => s::USER_CANCELS,
        UserAct::ForgotPassword => s::USER_FORGOT,
        UserAct::ClosesBrowser => s::USER_CLOSES,
    }
}

/// The lab's user does that.
pub fn complete(state: &mut State) -> Effects {
    let act = next_act(state);
    let Some(run) = state.selected_id() else {
        return Vec::new();
    };
    state.say(s::LAB_USER_ACTS);
    vec![Effect::Ask(Command::LabUser(run, act))]
}

/// Does what the cursor is on.
pub fn choose(state: &mut State, item: Option<usize>) -> Effects {
    let offer = item.and_then(|item| acts(state).into_iter().nth(item));
    let (Some(Offer::Act(act, _)), Some(run)) = (offer, state.selected_id()) else {
        return Vec::new();
    };
    state.close(Pane::Acts);
    state.say(s::LAB_USER_ACTS);
    state.touch();
    vec![Effect::Ask(Command::LabUser(run, act))]
}

/// What the box shows.
pub fn content(state: &State, width: usize) -> Content {
    let mut out = Content::list(width);
    let acts = acts(state);
    if acts.is_empty() {
        out.list = false;
        out.line(0, &[(Role::Dim, s::NO_ACTS)]);
    }
    for (nth, Offer::Act(_, words)) in acts.iter().enumerate() {
        out.item(*words, Tie::Nth(nth));
        out.line(4, &[(Role::Plain, words)]);
    }
    out
}
