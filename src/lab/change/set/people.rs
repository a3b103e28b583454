//! Settings of people and devices that policies look at.

use std::net::IpAddr;

use super::{Setting, Values};
use crate::lab::file::{Management, OwnMfa, Risk};
use crate::lab::refusal::fill;
use crate::lab::world::{Machine, User, World};
use crate::model::Problem;
use crate::strings::lab as say;

/// The word that takes a setting away.
const NONE: &str = "none";

const RISKS: Values = Values::Choice(&["none", "low", "medium", "high"]);

pub const OWN_MFA: Setting<User> = Setting {
    key: "per-user-mfa",
    values: Values::Choice(&["no", "yes", "enforced"]),
    read: |user| user.standing.per_user_mfa.word().to_owned(),
    set: |user, value| {
        let word = match value {
            "on" | "true" => "yes",
            "off" | "false" => "no",
            other => other,
        };
        put(&mut user.standing.per_user_mfa, OwnMfa::from_word(word))
    },
};

pub const USER_RISK: Setting<User> = Setting {
    key: "user-risk",
    values: RISKS,
    read: |user| user.standing.user_risk.word().to_owned(),
    set: |user, value| put(&mut user.standing.user_risk, Risk::from_word(value)),
};

pub const SIGN_IN_RISK: Setting<User> = Setting {
    key: "sign-in-risk",
    values: RISKS,
    read: |user| user.standing.sign_in_risk.word().to_owned(),
    set: |user, value| put(&mut user.standing.sign_in_risk, Risk::from_word(value)),
};

pub const PLACE: Setting<User> = Setting {
    key: "place",
    values: Values::Text(say::EXPECTED_PLACE),
    read: |user| or_none(user.standing.place.as_deref()),
    set: |user, value| put(&mut user.standing.place, Some(named(value))),
};

pub const ADDRESS: Setting<User> = Setting {
    key: "address",
    values: Values::Text(say::EXPECTED_ADDRESS),
    read: |user| {
        let address = user.standing.address.map(|address| address.to_string());
        or_none(address.as_deref())
    },
    set: |user, value| {
        let address = value.parse::<IpAddr>().ok();
        let fits = address.is_some() || value == NONE;
        put(&mut user.standing.address, fits.then_some(address))
    },
};

pub const DEVICE: Setting<User> = Setting {
    key: "device",
    values: Values::Text(say::EXPECTED_DEVICE),
    read: |user| or_none(user.standing.device.as_deref()),
    set: |user, value| put(&mut user.standing.device, Some(named(value))),
};

pub const GROUPS: Setting<User> = Setting {
    key: "groups",
    values: Values::Text(say::EXPECTED_NAMES),
    read: |user| listed(&user.standing.groups),
    set: |user, value| put(&mut user.standing.groups, Some(names(value))),
};

pub const ROLES: Setting<User> = Setting {
    key: "roles",
    values: Values::Text(say::EXPECTED_NAMES),
    read: |user| listed(&user.standing.roles),
    set: |user, value| put(&mut user.standing.roles, Some(names(value))),
};

pub const TERMS: Setting<User> = Setting {
    key: "terms",
    values: Values::Text(say::EXPECTED_NAMES),
    read: |user| listed(&user.standing.terms),
    set: |user, value| put(&mut user.standing.terms, Some(names(value))),
};

pub const GUEST_OF: Setting<User> = Setting {
    key: "guest-of",
    values: Values::Text(say::EXPECTED_NAMES),
    read: |user| listed(&user.standing.guest_of),
    set: |user, value| put(&mut user.standing.guest_of, Some(names(value))),
};

/// The settings of devices.
pub const OF_DEVICES: &[Setting<Machine>] = &[Setting {
    key: "state",
    values: Values::Choice(&[
        "unregistered",
        "registered",
        "non-compliant",
        "compliant",
        "joined",
    ]),
    read: |machine| machine.state.word().to_owned(),
    set: |machine, value| put(&mut machine.state, Management::from_word(value)),
}];

/// Whether a place or a device that a person is to have is one of the world's.
///
/// # Errors
/// It is not.
pub fn fits(world: &World, key: &str, value: &str) -> Result<(), Problem> {
    let mut known: Vec<&str> = match key {
        "place" => world.spots.iter().map(|spot| spot.name.as_str()).collect(),
        "device" => world.machines.iter().map(|m| m.name.as_str()).collect(),
        _ => return Ok(()),
    };
    known.push(NONE);
    if known.iter().any(|name| name.eq_ignore_ascii_case(value)) {
        return Ok(());
    }
    let expected = fill(say::EXPECTED_ONE_OF, &[("names", &known.join(", "))]);
    Err(Problem::new(format!("`{value}`"), key.to_owned(), expected))
}

fn put<T>(place: &mut T, value: Option<T>) -> bool {
    let fits = value.is_some();
    if let Some(value) = value {
        *place = value;
    }
    fits
}

fn or_none(value: Option<&str>) -> String {
    value.unwrap_or(NONE).to_owned()
}

fn listed(names: &[String]) -> String {
    let list = names.join(", ");
    or_none(Some(list.as_str()).filter(|list| !list.is_empty()))
}

fn named(value: &str) -> Option<String> {
    (value != NONE).then(|| value.to_owned())
}

fn names(value: &str) -> Vec<String> {
    let words = value.split(',').map(str::trim);
    let kept = words.filter(|word| !word.is_empty() && *word != NONE);
    kept.map(str::to_owned).collect()
}
