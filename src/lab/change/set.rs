//! `set KIND NAME KEY VALUE`: single settings of single things of the world. A key is one row of a table; whoever
//! teaches the world a new setting adds its row here.

use crate::lab::refusal::fill;
use crate::lab::world::{Client, User, World};
use crate::model::Problem;
use crate::model::world::Thing;
use crate::strings::lab as say;

/// One setting of a thing: its key, what its values look like, and what takes one. `false`: the value does not fit.
struct Setting<T> {
    key: &'static str,
    values: &'static str,
    set: fn(&mut T, &str) -> bool,
}

const OF_USERS: &[Setting<User>] = &[
    Setting {
        key: "password-expired",
        values: say::YES_OR_NO,
        set: |user, value| yes_no(value, |on| user.expired = on),
    },
    Setting {
        key: "locked",
        values: say::YES_OR_NO,
        set: |user, value| {
            yes_no(value, |on| {
                (user.locked, user.locked_until, user.fails) = (on, None, 0);
            })
        },
    },
    Setting {
        key: "mfa",
        values: say::YES_OR_NO,
        set: |user, value| yes_no(value, |on| user.mfa = on),
    },
];

const OF_APPS: &[Setting<Client>] = &[Setting {
    key: "secret-expired",
    values: say::YES_OR_NO,
    set: |client, value| {
        yes_no(value, |on| {
            for secret in &mut client.secrets {
                secret.expired = on;
            }
        })
    },
}];

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
            let user = world.user_mut(name);
            one(user.ok_or(names), "user", name, OF_USERS, (key, value))
        }
        Thing::App => {
            let names: Vec<String> = world.clients.iter().map(|app| app.name.clone()).collect();
            let mut apps = world.clients.iter_mut();
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
        wrong(value, key, setting.values.to_owned())
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
        let locked: Vec<bool> = world.users.iter().map(|user| user.locked).collect();
        assert_eq!(locked, [false, true, false]);
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
