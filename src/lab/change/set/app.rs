//! The settings of applications.

use super::{Setting, Values, YES_NO, surface, word, yes_no};
use crate::lab::file::{Kind, Platform, is_web_address};
use crate::lab::refusal::fill;
use crate::lab::world::{Client, Federated, Standing, World};
use crate::model::{Moment, Problem};
use crate::strings::lab::{EXPECTED_ONE_OF, apps as say};

type Read = fn(&Client) -> String;
type Set = fn(&mut Client, &str) -> bool;

const fn switch(key: &'static str, read: Read, set: Set) -> Setting<Client> {
    setting(key, YES_NO, read, set)
}

const fn setting(key: &'static str, values: Values, read: Read, set: Set) -> Setting<Client> {
    Setting {
        key,
        values,
        read,
        set,
    }
}

/// The permissions of a registration, each with its API.
fn listed(app: &Client) -> String {
    let of = |(api, names): &(String, Vec<String>)| {
        let full: Vec<String> = names.iter().map(|name| format!("{api}/{name}")).collect();
        full.join(", ")
    };
    let all: Vec<String> = app.permissions.iter().map(of).collect();
    match all.join(", ") {
        text if text.is_empty() => "none".to_owned(),
        text => text,
    }
}

fn list(app: &mut Client, value: &str) -> bool {
    let words = value.split(',').map(str::trim);
    let mut permissions: Vec<(String, Vec<String>)> = Vec::new();
    for word in words.filter(|word| !word.is_empty() && *word != "none") {
        let Some((api, name)) = word.rsplit_once('/') else {
            return false;
        };
        match permissions.iter_mut().find(|(known, _)| known == api) {
            Some((_, names)) => names.push(name.to_owned()),
            None => permissions.push((api.to_owned(), vec![name.to_owned()])),
        }
    }
    app.permissions = permissions;
    true
}

/// Whether whom an application names are people, groups and applications of this world.
///
/// # Errors
/// One of them is not.
pub(super) fn fits(world: &World, key: &str, value: &str) -> Result<(), Problem> {
    let (mut known, none): (Vec<&str>, &str) = match key {
        "assigned" => (assignable(world), "nobody"),
        "known-clients" => {
            let apps = world.clients.iter().map(|app| app.name.as_str());
            (apps.collect(), "none")
        }
        _ => return Ok(()),
    };
    known.push(none);
    let mut named = value.split(',').map(str::trim).filter(|n| !n.is_empty());
    let is_known = |name: &&str| known.iter().any(|one| one.eq_ignore_ascii_case(name));
    let Some(wrong) = named.find(|name| !is_known(name)) else {
        return Ok(());
    };
    let expected = fill(EXPECTED_ONE_OF, &[("names", &known.join(", "))]);
    Err(Problem::new(format!("`{wrong}`"), key.to_owned(), expected))
}

/// The people, and the groups that they are in or that a policy names.
fn assignable(world: &World) -> Vec<&str> {
    let people = world.users.iter().map(|user| user.name.as_str());
    let of_people = world.users.iter().flat_map(|user| &user.standing.groups);
    let choices = world
        .policies
        .iter()
        .map(|policy| &policy.conditions.groups);
    let of_policies = choices.flat_map(|groups| groups.include.iter().chain(&groups.exclude));
    let of_policies = of_policies.map(toml::Spanned::get_ref);
    let mut groups: Vec<&str> = of_people.chain(of_policies).map(String::as_str).collect();
    groups.sort_unstable();
    groups.dedup();
    people.chain(groups).collect()
}

/// Every setting of an application.
pub(super) const OF_APPS: &[Setting<Client>] = &[
    surface::IMPLICIT_ID_TOKEN,
    surface::IMPLICIT_ACCESS_TOKEN,
    surface::CLOUD,
    switch(
        "secret-expired",
        |app| yes(app.secrets.first().is_some_and(|secret| secret.expired)),
        |app, value| {
            yes_no(value, |on| {
                for secret in &mut app.secrets {
                    secret.expired = on;
                }
            })
        },
    ),
    setting(
        "secret-ends",
        Values::Text(say::EXPECTED_END),
        |app| {
            let ends = app.secrets.first().and_then(|secret| secret.ends);
            ends.map_or_else(|| "never".to_owned(), Moment::iso)
        },
        |app, value| {
            let ends = Moment::parse(value);
            if let Some(newest) = app.secrets.first_mut() {
                newest.ends = ends;
            }
            ends.is_some() || value == "never"
        },
    ),
    setting(
        "permissions",
        Values::Text(crate::strings::lab::EXPECTED_PERMISSIONS),
        listed,
        list,
    ),
    switch(
        "disabled",
        |app| yes(app.standing == Standing::Disabled),
        |app, value| yes_no(value, |on| stand(app, on, Standing::Disabled)),
    ),
    switch(
        "removed",
        |app| yes(app.standing == Standing::Removed),
        |app, value| yes_no(value, |on| stand(app, on, Standing::Removed)),
    ),
    switch(
        "assignment-required",
        |app| yes(app.assignment.required),
        |app, value| yes_no(value, |on| app.assignment.required = on),
    ),
    setting(
        "assigned",
        Values::Text(say::EXPECTED_NAMES),
        |app| match app.assignment.to.join(", ") {
            names if names.is_empty() => "nobody".to_owned(),
            names => names,
        },
        |app, value| {
            let names = value.split(',').map(|name| name.trim().to_owned());
            app.assignment.to = names.filter(|n| !n.is_empty() && n != "nobody").collect();
            true
        },
    ),
    setting(
        "known-clients",
        Values::Text(crate::strings::lab::EXPECTED_APPS),
        |app| match app.known_clients.join(", ") {
            names if names.is_empty() => none(),
            names => names,
        },
        |app, value| {
            let names = value.split(',').map(|name| name.trim().to_owned());
            app.known_clients = names.filter(|n| !n.is_empty() && n != "none").collect();
            true
        },
    ),
    setting("roles", Values::Text(say::EXPECTED_ROLES), roles, set_roles),
    switch(
        "multi-tenant",
        |app| yes(app.multi_tenant),
        |app, value| yes_no(value, |on| app.multi_tenant = on),
    ),
    switch(
        "personal-accounts",
        |app| yes(app.personal_accounts),
        |app, value| yes_no(value, |on| app.personal_accounts = on),
    ),
    switch(
        "public-flows",
        |app| yes(app.public_flows),
        |app, value| yes_no(value, |on| app.public_flows = on),
    ),
    setting(
        "frontchannel-logout",
        Values::Text(say::EXPECTED_ADDRESS),
        |app| app.frontchannel_logout.clone().unwrap_or_else(none),
        |app, value| {
            app.frontchannel_logout = Some(value.to_owned()).filter(|address| address != "none");
            value == "none" || is_web_address(value)
        },
    ),
    setting(
        "family",
        Values::Choice(&["none", "1"]),
        |app| app.family.clone().unwrap_or_else(none),
        |app, value| {
            app.family = Some(value.to_owned()).filter(|family| family != "none");
            matches!(value, "none" | "1")
        },
    ),
    setting(
        "redirect-type",
        Values::Choice(&["web", "spa", "native"]),
        |app| {
            let first = app.redirects.first();
            first.map_or_else(none, |redirect| redirect.platform.word().to_owned())
        },
        |app, value| {
            let platform = Platform::from_word(value);
            for redirect in &mut app.redirects {
                redirect.platform = platform.unwrap_or(redirect.platform);
            }
            platform.is_some()
        },
    ),
    setting(
        "kind",
        Values::Choice(&["desktop", "web", "spa", "daemon", "api"]),
        |app| app.kind.word().to_owned(),
        |app, value| {
            let kind = Kind::from_word(value);
            app.kind = kind.unwrap_or(app.kind);
            kind.is_some()
        },
    ),
    setting(
        "certificates",
        Values::Choice(&["none"]),
        |app| match app.certificates.len() + app.authorities.len() {
            0 => none(),
            many => many.to_string(),
        },
        |app, value| {
            if value == "none" {
                app.certificates.clear();
                app.authorities.clear();
            }
            value == "none"
        },
    ),
    setting(
        "federated-issuer",
        Values::Text(say::EXPECTED_OF_FEDERATED),
        |app| federated(app, |f| &f.issuer),
        |app, value| set_federated(app, value, |f| &mut f.issuer),
    ),
    setting(
        "federated-subject",
        Values::Text(say::EXPECTED_OF_FEDERATED),
        |app| federated(app, |f| &f.subject),
        |app, value| set_federated(app, value, |f| &mut f.subject),
    ),
    setting(
        "federated-audience",
        Values::Text(say::EXPECTED_OF_FEDERATED),
        |app| federated(app, |f| &f.audience),
        |app, value| set_federated(app, value, |f| &mut f.audience),
    ),
];

fn yes(on: bool) -> String {
    word(on).to_owned()
}

fn none() -> String {
    "none".to_owned()
}

fn stand(app: &mut Client, on: bool, standing: Standing) {
    if on {
        app.standing = standing;
    } else if app.standing == standing {
        app.standing = Standing::Good;
    }
}

fn roles(app: &Client) -> String {
    let of = |(resource, names): &(String, Vec<String>)| format!("{resource} {}", names.join(" "));
    let all: Vec<String> = app.roles.iter().map(of).collect();
    if all.is_empty() {
        return none();
    }
    all.join("; ")
}

/// `RESOURCE ROLE …` or `RESOURCE none`; what it holds elsewhere stays.
fn set_roles(app: &mut Client, value: &str) -> bool {
    let mut words = value.split_whitespace().map(str::to_owned);
    let (Some(resource), Some(first)) = (words.next(), words.next()) else {
        return false;
    };
    app.roles.retain(|(uri, _)| *uri != resource);
    if first != "none" {
        let names = std::iter::once(first).chain(words).collect();
        app.roles.push((resource, names));
    }
    true
}

fn federated(app: &Client, part: fn(&Federated) -> &String) -> String {
    let first = app.federated.first();
    first.map_or_else(none, |found| part(found).clone())
}

/// Of the first federated credential.
fn set_federated(app: &mut Client, value: &str, part: fn(&mut Federated) -> &mut String) -> bool {
    let Some(first) = app.federated.first_mut() else {
        return false;
    };
    value.clone_into(part(first));
    true
}
