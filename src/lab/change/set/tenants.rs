//! Settings of the own tenant and of the others.

use std::time::Duration;

use super::{Setting, Values, YES_NO, flag, word, yes_no};
use crate::lab::border::{Instance, Neighbour};
use crate::lab::world::{Standing, World};
use crate::strings::lab as say;

/// Settings of the own tenant.
pub const OF_OWN_TENANT: &[Setting<World>] = &[
    Setting {
        key: "lock-after",
        values: Values::Text(say::EXPECTED_LOCK_AFTER),
        read: |world| world.lockout.0.to_string(),
        set: |world, value| {
            let number = value.parse().ok().filter(|number| *number > 0);
            world.lockout.0 = number.unwrap_or(world.lockout.0);
            number.is_some()
        },
    },
    Setting {
        key: "lock-seconds",
        values: Values::Text(say::EXPECTED_LOCK_SECONDS),
        read: |world| world.lockout.1.as_secs().to_string(),
        set: |world, value| {
            let seconds = value.parse().ok().filter(|s| (1..=86_400).contains(s));
            world.lockout.1 = seconds.map_or(world.lockout.1, Duration::from_secs);
            seconds.is_some()
        },
    },
];

/// Settings of another tenant.
pub const OF_TENANTS: &[Setting<Neighbour>] = &[
    flag!("lets-out", rules.lets_out),
    flag!("lets-in", rules.lets_in),
    flag!("trusts-devices", rules.trusts_devices),
    DISABLED_APPS,
    ASSIGNED_APPS,
];

/// The applications that are switched off there.
const DISABLED_APPS: Setting<Neighbour> = Setting {
    key: "disabled-apps",
    values: Values::Text(say::EXPECTED_APPS),
    read: |other| listed(other, |app| app.standing == Standing::Disabled),
    set: |other, value| {
        mark(other, value, |app, off| {
            app.standing = if off {
                Standing::Disabled
            } else {
                Standing::Good
            };
        })
    },
};

/// The applications that only those may use there who are assigned to them.
const ASSIGNED_APPS: Setting<Neighbour> = Setting {
    key: "assignment-required-apps",
    values: Values::Text(say::EXPECTED_APPS),
    read: |other| listed(other, |app| app.assignment.required),
    set: |other, value| mark(other, value, |app, on| app.assignment.required = on),
};

fn listed(other: &Neighbour, is: impl Fn(&Instance) -> bool) -> String {
    let marked = other.apps.iter().filter(|app| is(app));
    let names: Vec<&str> = marked.map(|app| app.name.as_str()).collect();
    match names.join(", ") {
        text if text.is_empty() => "none".to_owned(),
        text => text,
    }
}

/// Marks the applications that are named, and no other; nothing where there is a name that none has.
fn mark(other: &mut Neighbour, value: &str, set: impl Fn(&mut Instance, bool)) -> bool {
    let words = value.split(',').map(str::trim);
    let names: Vec<&str> = words.filter(|w| !w.is_empty() && *w != "none").collect();
    let known = |name: &&str| {
        let mut apps = other.apps.iter();
        apps.any(|app| app.name.eq_ignore_ascii_case(name))
    };
    let all = names.iter().all(known);
    if all {
        for app in &mut other.apps {
            let is_among = |name: &&str| app.name.eq_ignore_ascii_case(name);
            let on = names.iter().any(is_among);
            set(app, on);
        }
    }
    all
}
