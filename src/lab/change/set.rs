//! `set KIND NAME KEY VALUE`: single settings of single things of the world. A key is one row of a table; whoever
//! teaches the world a new setting adds its row here, and the explorer's lab screen lists it and switches it.

use std::sync::Arc;

use crate::lab::refusal::fill;
use crate::lab::world::{User, World};
use crate::model::Problem;
use crate::model::world::{SettingView, Thing, ThingView};
use crate::strings::lab as say;

mod app;
mod people;
mod surface;
mod tenants;

use app::OF_APPS;
use tenants::{OF_OWN_TENANT, OF_TENANTS};

/// One setting of a thing: its key, the values it takes, how it stands, and what takes a value. `false`: the value
/// does not fit.
struct Setting<T> {
    key: &'static str,
    values: Values,
    read: fn(&T) -> String,
    set: fn(&mut T, &str) -> bool,
}

/// The values of a setting.
enum Values {
    /// These; one key press goes from one to the next.
    Choice(&'static [&'static str]),
    /// Text that somebody types: what it looks like, in words.
    Text(&'static str),
}

impl Values {
    fn expected(&self) -> String {
        match self {
            Self::Choice(all) => fill(say::EXPECTED_ONE_OF, &[("names", &all.join(", "))]),
            Self::Text(words) => (*words).to_owned(),
        }
    }
}

const YES_NO: Values = Values::Choice(&["yes", "no"]);

const fn word(on: bool) -> &'static str {
    if on { "yes" } else { "no" }
}

/// A setting that is a field, yes or no.
macro_rules! flag {
    ($key:literal, $($field:ident).+) => {
        Setting {
            key: $key,
            values: YES_NO,
            read: |thing| word(thing.$($field).+).to_owned(),
            set: |thing, value| yes_no(value, |on| thing.$($field).+ = on),
        }
    };
}

use flag;

const OF_USERS: &[Setting<User>] = &[
    flag!("disabled", standing.disabled),
    people::OWN_MFA,
    flag!("must-register", standing.must_register),
    flag!("bad-address", standing.bad_address),
    people::USER_RISK,
    people::SIGN_IN_RISK,
    people::PLACE,
    people::ADDRESS,
    people::DEVICE,
    people::GROUPS,
    people::ROLES,
    people::TERMS,
    people::GUEST_OF,
    flag!("password-expired", expired),
    Setting {
        key: "locked",
        values: YES_NO,
        read: |user| word(user.locked || user.locked_until.is_some()).to_owned(),
        set: |user, value| {
            yes_no(value, |on| {
                (user.locked, user.locked_until, user.fails) = (on, None, 0);
            })
        },
    },
    flag!("mfa", mfa),
    Setting {
        key: "display",
        values: Values::Text(say::EXPECTED_DISPLAY),
        read: |user| user.display.clone(),
        set: |user, value| {
            value.clone_into(&mut user.display);
            true
        },
    },
];

/// Every thing with its settings, for those who look at the world.
pub fn things(world: &World) -> Vec<ThingView> {
    let start = world.start.as_deref();
    let users = world.users.iter().map(|user| {
        let was = start.and_then(|start| start.user(&user.name));
        ThingView {
            kind: Thing::User,
            name: user.name.clone(),
            about: user.display.clone(),
            settings: settings(OF_USERS, user, was),
        }
    });
    let apps = world.clients.iter().map(|client| {
        let was = start.and_then(|start| start.client(&client.id));
        ThingView {
            kind: Thing::App,
            name: client.name.clone(),
            about: client.kind.word().to_owned(),
            settings: settings(OF_APPS, client, was.map(Arc::as_ref)),
        }
    });
    let devices = world.machines.iter().map(|machine| {
        let was = start.and_then(|start| start.machine(&machine.name));
        ThingView {
            kind: Thing::Device,
            name: machine.name.clone(),
            about: machine.platform.clone(),
            settings: settings(people::OF_DEVICES, machine, was),
        }
    });
    let others = world.neighbours.iter().map(|other| {
        let mut before = start.iter().flat_map(|start| &start.neighbours);
        ThingView {
            kind: Thing::Tenant,
            name: other.domain.clone(),
            about: other.name.clone(),
            settings: settings(OF_TENANTS, other, before.find(|n| n.domain == other.domain)),
        }
    });
    let own = std::iter::once(ThingView {
        kind: Thing::Tenant,
        name: world.domain.clone(),
        about: world.tenant_name.clone(),
        settings: settings(OF_OWN_TENANT, world, start),
    });
    let tenants = own.chain(others);
    users.chain(apps).chain(devices).chain(tenants).collect()
}

fn settings<T>(all: &[Setting<T>], thing: &T, was: Option<&T>) -> Vec<SettingView> {
    let view = |setting: &Setting<T>| {
        let value = (setting.read)(thing);
        SettingView {
            key: setting.key.to_owned(),
            changed: was.is_some_and(|was| (setting.read)(was) != value),
            allowed: match setting.values {
                Values::Choice(all) => all.iter().map(|one| (*one).to_owned()).collect(),
                Values::Text(_) => Vec::new(),
            },
            expected: setting.values.expected(),
            value,
        }
    };
    all.iter().map(view).collect()
}

/// Sets it.
///
/// # Errors
/// A thing, a key or a value that there is not.
pub fn set(
    world: &mut World,
    thing: Thing,
    name: &str,
    key: &str,
    value: &str,
) -> Result<(), Problem> {
    match thing {
        Thing::User => {
            let names: Vec<String> = world.users.iter().map(|user| user.name.clone()).collect();
            people::fits(world, key, value)?;
            let user = world.user_mut(name);
            one(user.ok_or(names), "user", name, OF_USERS, (key, value))
        }
        Thing::Device => {
            let names: Vec<String> = world.machines.iter().map(|m| m.name.clone()).collect();
            let mut machines = world.machines.iter_mut();
            let machine = machines.find(|m| m.name.eq_ignore_ascii_case(name));
            let settings = people::OF_DEVICES;
            one(machine.ok_or(names), "device", name, settings, (key, value))
        }
        Thing::Tenant if name.eq_ignore_ascii_case(&world.domain) => {
            one(Ok(world), "tenant", name, OF_OWN_TENANT, (key, value))
        }
        Thing::Tenant => {
            let own = std::iter::once(world.domain.clone());
            let names = world.neighbours.iter().map(|n| n.domain.clone());
            let names = own.chain(names).collect();
            let mut others = world.neighbours.iter_mut();
            let other = others.find(|n| n.domain.eq_ignore_ascii_case(name));
            one(other.ok_or(names), "tenant", name, OF_TENANTS, (key, value))
        }
        Thing::App => {
            let names: Vec<String> = world.clients.iter().map(|app| app.name.clone()).collect();
            app::fits(world, key, value)?;
            let mut apps = world.clients_mut();
            let app = apps.find(|app| {
                app.name.eq_ignore_ascii_case(name) || app.id.eq_ignore_ascii_case(name)
            });
            one(app.ok_or(names), "app", name, OF_APPS, (key, value))
        }
    }
}

fn one<T>(
    found: Result<&mut T, Vec<String>>,
    at: &str,
    name: &str,
    settings: &[Setting<T>],
    (key, value): (&str, &str),
) -> Result<(), Problem> {
    let wrong = |what: &str, at: &str, expected: String| {
        Err(Problem::new(format!("`{what}`"), at.to_owned(), expected))
    };
    let thing = match found {
        Ok(thing) => thing,
        Err(names) => {
            return wrong(
                name,
                at,
                fill(say::EXPECTED_ONE_OF, &[("names", &names.join(", "))]),
            );
        }
    };
    let Some(setting) = settings.iter().find(|setting| setting.key == key) else {
        let keys: Vec<&str> = settings.iter().map(|setting| setting.key).collect();
        let expected = fill(say::EXPECTED_ONE_OF, &[("names", &keys.join(", "))]);
        return wrong(key, at, expected);
    };
    if (setting.set)(thing, value) {
        Ok(())
    } else {
        wrong(value, key, setting.values.expected())
    }
}

fn yes_no(value: &str, set: impl FnOnce(bool)) -> bool {
    let on = match value {
        "yes" | "on" | "true" => true,
        "no" | "off" | "false" => false,
        _ => return false,
    };
    set(on);
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::testing::world;

    #[test]
    fn a_setting_of_one_user_leaves_the_others_alone() {
        let mut world = world();
        set(
            &mut world,
            Thing::User,
            "bo@contoso.example",
            "locked",
            "yes",
        )
        .unwrap();
        let locked = world.users.iter().filter(|user| user.locked);
        let names: Vec<&str> = locked.map(|user| user.name.as_str()).collect();
        assert_eq!(names, ["bo@contoso.example"]);
    }

    #[test]
    fn every_setting_takes_the_values_it_names_and_reads_them_back() {
        for thing in things(&world()) {
            for setting in &thing.settings {
                for value in &setting.allowed {
                    let mut world = world();
                    set(&mut world, thing.kind, &thing.name, &setting.key, value).unwrap();
                    let now = things(&world);
                    let now = now.iter().find(|now| now.name == thing.name).unwrap();
                    let now = now.settings.iter().find(|now| now.key == setting.key);
                    let now = now.unwrap();
                    let same = |why: &str| format!("{} {}: {why}", thing.name, setting.key);
                    let nothing_to_set = thing.kind == Thing::App && now.value == setting.value;
                    assert!(now.value == *value || nothing_to_set, "{}", same(value));
                    assert_eq!(now.changed, now.value != setting.value, "{}", same(value));
                }
            }
        }
    }

    #[test]
    fn an_application_names_only_whom_there_is() {
        let mut world = world();
        let mut app = |key: &str, value: &str| {
            set(&mut world, Thing::App, "contoso-api", key, value).map_err(|problem| {
                assert_eq!(problem.at, key);
                (problem.what, problem.expected)
            })
        };
        let (what, expected) = app("known-clients", "contoso-desktop, contoso-desk").unwrap_err();
        assert_eq!(what, "`contoso-desk`");
        assert!(expected.contains("contoso-spa") && expected.contains("none"));
        let (what, expected) = app("assigned", "ada@contoso.example, adam").unwrap_err();
        assert_eq!(what, "`adam`");
        assert!(expected.contains("bo@contoso.example") && expected.contains("nobody"));
        for (key, value) in [
            ("known-clients", "Contoso-Desktop, contoso-spa"),
            ("known-clients", "none"),
            ("assigned", "ada@contoso.example, emergency"),
            ("assigned", "nobody"),
        ] {
            app(key, value).unwrap();
        }
        assert!(app("assigned", "staff").is_err());
        set(
            &mut world,
            Thing::User,
            "bo@contoso.example",
            "groups",
            "staff",
        )
        .unwrap();
        set(&mut world, Thing::App, "contoso-api", "assigned", "staff").unwrap();
    }

    #[test]
    fn what_there_is_not_is_named_with_what_there_is() {
        let mut world = world();
        let mut problem = |name: &str, key: &str, value: &str| {
            set(&mut world, Thing::User, name, key, value).unwrap_err()
        };
        assert!(
            problem("eve", "locked", "yes")
                .expected
                .contains("ada@contoso.example")
        );
        assert!(
            problem("ada@contoso.example", "tall", "yes")
                .expected
                .contains("password-expired")
        );
        assert_eq!(
            problem("ada@contoso.example", "locked", "maybe").at,
            "locked"
        );
    }
}
