//! What is no longer as at the start with people, devices and consent, in sentences.

use crate::lab::file::{OwnMfa, Risk};
use crate::lab::refusal::fill;
use crate::lab::world::{User, World};
use crate::model::Moment;
use crate::strings::lab as say;

/// Adds a sentence for everything that differs.
pub fn note(world: &World, start: &World, lines: &mut Vec<String>) {
    for (user, was) in world.users.iter().zip(&start.users) {
        person(user, was, lines);
    }
    for (machine, was) in world.machines.iter().zip(&start.machines) {
        if machine.state != was.state {
            let values = [
                ("device", machine.name.as_str()),
                ("state", machine.state.word()),
            ];
            lines.push(fill(say::IS_MANAGED, &values));
        }
    }
    if world.approval.by_users != start.approval.by_users {
        let text = if world.approval.by_users {
            say::IS_USER_CONSENT
        } else {
            say::IS_NO_USER_CONSENT
        };
        lines.push(text.to_owned());
    }
    if !world.approval.asked.is_empty() {
        let number = world.approval.asked.len().to_string();
        lines.push(fill(say::IS_ASKED, &[("number", &number)]));
    }
}

fn person(user: &User, was: &User, lines: &mut Vec<String>) {
    let (standing, before) = (&user.standing, &was.standing);
    let mut say = |differs: bool, text: &str, values: &[(&str, &str)]| {
        if differs {
            let named = [("user", user.name.as_str())];
            let all: Vec<(&str, &str)> = named.into_iter().chain(values.iter().copied()).collect();
            lines.push(fill(text, &all));
        }
    };
    let yes = if user.mfa { say::YES } else { say::NO };
    say(user.mfa != was.mfa, say::IS_FACTOR, &[("state", yes)]);
    say(standing.disabled, say::IS_DISABLED, &[]);
    say(standing.bad_address, say::IS_BAD_ADDRESS, &[]);
    let asks = standing.per_user_mfa;
    say(asks == OwnMfa::On, say::IS_USERS_MFA, &[]);
    say(asks == OwnMfa::Enforced, say::IS_USERS_MFA_ENFORCED, &[]);
    let risk = standing.user_risk.max(standing.sign_in_risk) > Risk::None;
    let levels = [
        ("level", standing.user_risk.word()),
        ("other", standing.sign_in_risk.word()),
    ];
    say(risk, say::IS_AT_RISK, &levels);
    let named = |name: &Option<String>| name.clone().unwrap_or_else(|| say::NO_FACT.to_owned());
    let place = standing.place != before.place;
    say(place, say::IS_AT, &[("place", &named(&standing.place))]);
    let device = standing.device != before.device;
    say(
        device,
        say::IS_FROM,
        &[("device", &named(&standing.device))],
    );
}

/// The risk of every account.
pub fn risks(world: &World) -> Vec<Risk> {
    let users = world.users.iter();
    users.map(|user| user.standing.user_risk).collect()
}

/// Notes for every account whose risk rose that it rose now.
pub fn note_risks(world: &mut World, before: &[Risk], at: Moment) {
    for (user, before) in world.users.iter_mut().zip(before) {
        if user.standing.user_risk > *before {
            user.standing.riskier_since = Some(at);
        }
    }
}
