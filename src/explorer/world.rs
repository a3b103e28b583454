//! The lab's panel: what its user does on a page, its policies, its clock, what else can be changed.

use std::time::Duration;

use crate::model::{Activity, Deed, UserAct, WorldChange};
use crate::session::Command;
use crate::strings::explorer as s;

use super::message::{Effect, Effects};
use super::pane::Pane;
use super::rows::{Content, Role, Tie};
use super::state::State;

/// One thing the panel offers.
enum Offer {
    Act(UserAct, &'static str),
    Policy(String, String, bool),
    Change(WorldChange, &'static str),
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
        Some(Activity::Sending(_) | Activity::Waiting { .. }) | None => Vec::new(),
    }
}

fn offers(state: &State) -> Vec<Offer> {
    let mut all = acts(state);
    for policy in state.world.iter().flat_map(|world| &world.policies) {
        all.push(Offer::Policy(
            policy.name.clone(),
            policy.does.clone(),
            policy.on,
        ));
    }
    let minutes = |n: u64| WorldChange::Advance(Duration::from_secs(n * 60));
    all.extend([
        Offer::Change(minutes(5), s::ADVANCE_5),
        Offer::Change(minutes(61), s::ADVANCE_61),
        Offer::Change(minutes(60 * 24 * 91), s::ADVANCE_91_DAYS),
        Offer::Change(WorldChange::GrantConsent, s::GRANT_CONSENT),
        Offer::Change(WorldChange::RevokeConsent, s::REVOKE_CONSENT),
        Offer::Change(WorldChange::RevokeSessions, s::REVOKE_SESSIONS),
        Offer::Change(WorldChange::ExpireSecret, s::EXPIRE_SECRET),
        Offer::Change(WorldChange::RenewSecret, s::RENEW_SECRET),
        Offer::Change(WorldChange::ExpirePassword, s::EXPIRE_PASSWORD),
        Offer::Change(WorldChange::ResetPassword, s::RESET_PASSWORD),
        Offer::Change(WorldChange::LockAccount, s::LOCK_ACCOUNT),
        Offer::Change(WorldChange::UnlockAccount, s::UNLOCK_ACCOUNT),
        Offer::Change(WorldChange::Throttle(Duration::from_secs(5)), s::THROTTLE),
        Offer::Change(WorldChange::Outage(true), s::OUTAGE_ON),
        Offer::Change(WorldChange::Outage(false), s::OUTAGE_OFF),
        Offer::Change(WorldChange::Reset, s::RESET),
    ]);
    all
}

/// Opens the panel.
pub fn open(state: &mut State) {
    state.push(Pane::Lab);
}

/// Opens the panel where the user's acts stand.
pub fn open_acts(state: &mut State) {
    state.push(Pane::Lab);
}

/// What the lab's user does next on what the selected run waits for: what the scenario has them do, or all that is
/// asked.
pub fn next_act(state: &State) -> UserAct {
    let activity = state.runs.selected().and_then(|entry| entry.activity());
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
    let asking = state
        .runs
        .selected()
        .is_some_and(|entry| matches!(entry.activity(), Some(Activity::Asking(_))));
    match next_act(state) {
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
    let Some(offer) = item.and_then(|item| offers(state).into_iter().nth(item)) else {
        return Vec::new();
    };
    let command = match offer {
        Offer::Act(act, _) => {
            let Some(run) = state.selected_id() else {
                return Vec::new();
            };
            state.close(Pane::Lab);
            state.say(s::LAB_USER_ACTS);
            Command::LabUser(run, act)
        }
        Offer::Policy(name, _, on) => Command::World(WorldChange::Policy { name, on: !on }),
        Offer::Change(change, words) => {
            state.say(words);
            Command::World(change)
        }
    };
    state.touch();
    vec![Effect::Ask(command)]
}

/// What the panel shows.
pub fn content(state: &State, width: usize) -> Content {
    let mut out = Content::list(width);
    let mut heading = "";
    for (nth, offer) in offers(state).iter().enumerate() {
        let (under, pieces): (&str, Vec<(Role, &str)>) = match offer {
            Offer::Act(_, words) => (s::LAB_ACTS, vec![(Role::Plain, "  "), (Role::Plain, words)]),
            Offer::Policy(name, does, on) => {
                let (role, mark) = if *on {
                    (Role::Granted, "  [on]  ")
                } else {
                    (Role::Dim, "  [off] ")
                };
                (
                    s::LAB_POLICIES,
                    vec![
                        (role, mark),
                        (Role::Strong, name),
                        (Role::Plain, "  "),
                        (Role::Dim, does),
                    ],
                )
            }
            Offer::Change(_, words) => (
                s::LAB_CHANGES,
                vec![(Role::Plain, "  "), (Role::Plain, words)],
            ),
        };
        if heading != under {
            out.end();
            if !heading.is_empty() {
                out.gap();
            }
            out.line(0, &[(Role::Label, under)]);
            heading = under;
        }
        out.item(String::new(), Tie::Nth(nth));
        out.line(10, &pieces);
    }
    facts(state, &mut out);
    out
}

fn facts(state: &State, out: &mut Content) {
    if let Some(world) = &state.world {
        out.gap();
        out.line(
            0,
            &[(Role::Label, s::LAB_CLOCK), (Role::Plain, &world.now.iso())],
        );
        for changed in &world.changed {
            out.line(4, &[(Role::Plain, "  • "), (Role::Plain, changed)]);
        }
    }
    if let Some(info) = &state.lab {
        out.gap();
        out.line(
            2,
            &[
                (Role::Label, s::LAB_AUTHORITY),
                (Role::Link, &info.authority),
            ],
        );
        let users: Vec<&str> = info.users.iter().map(|user| user.name.as_str()).collect();
        out.line(
            2,
            &[
                (Role::Label, s::LAB_USERS),
                (Role::Plain, &users.join(", ")),
            ],
        );
    }
}
