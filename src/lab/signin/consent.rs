//! Who is asked for consent in a visit, and who cannot give it.

use super::super::admin;
use super::super::page::Kind;
use super::super::refusal::{Cause, Refusal};
use super::super::visit::{Open, Visit};
use super::super::world::{Client, User, World};
use super::Due;

/// The role whose holder may consent to anything.
const ADMINISTRATOR: &str = "global-administrator";

/// The page about consent that is due, if one is.
pub fn due(world: &World, visit: &Visit, user: &User) -> Due {
    let Some(client) = world.client(&visit.client) else {
        return Due::Refused(Refusal::new(
            Cause::ClientUnknown,
            &[("app", &visit.client), ("tenant", &world.domain)],
        ));
    };
    if admin::of(visit).is_some() {
        return administrators(world, visit, (client, user));
    }
    if world.is_unlisted(client, &visit.wanted) {
        let values = [
            ("app", client.title.as_str()),
            ("resource", visit.wanted.resource.as_str()),
        ];
        return Due::Refused(Refusal::new(Cause::PermissionsGone, &values));
    }
    if world.lacks_sign_in(client, &user.id, &visit.wanted) {
        let values = [("app", client.title.as_str())];
        return Due::Refused(Refusal::new(Cause::SignInPermissionMissing, &values));
    }
    let missing = world.unconsented(client, &user.id, &visit.wanted);
    let along = world.unconsented_along(client, &user.id, &visit.wanted);
    if missing.is_empty() && along.is_empty() && !visit.is_open(Open::Consent) {
        return Due::Nothing;
    }
    let own = (missing.as_slice(), visit.wanted.resource.as_str());
    let others = along
        .iter()
        .map(|c| (c.scopes.as_slice(), c.resource.as_str()));
    let mut all = std::iter::once(own).chain(others);
    match all.find_map(|asked| barred(world, client, user, asked)) {
        Some(refusal) if world.approval.on_request => {
            let values = [
                ("user", user.name.as_str()),
                ("tenant", world.domain.as_str()),
                ("app", client.title.as_str()),
            ];
            let asked = Refusal::new(Cause::ConsentRequestable, &values);
            Due::Barred(Kind::Request, asked.because(refusal.because))
        }
        Some(refusal) => Due::Barred(Kind::NeedsAdmin, refusal),
        None => Due::Page(Kind::Consent),
    }
}

/// What a visit for an administrator's consent needs.
fn administrators(world: &World, visit: &Visit, (client, user): (&Client, &User)) -> Due {
    let values = [
        ("user", user.name.as_str()),
        ("tenant", world.domain.as_str()),
        ("app", client.title.as_str()),
    ];
    if !is_administrator(user) {
        return Due::Refused(Refusal::new(Cause::NotAdministrator, &values));
    }
    if visit.is_open(Open::Consent) {
        Due::Page(Kind::Consent)
    } else {
        Due::Nothing
    }
}

fn is_administrator(user: &User) -> bool {
    user.standing.roles.iter().any(|role| role == ADMINISTRATOR)
}

/// Why a person may not consent to this, if so.
fn barred(
    world: &World,
    client: &Client,
    user: &User,
    (missing, resource): (&[String], &str),
) -> Option<Refusal> {
    if is_administrator(user) {
        return None;
    }
    let scopes = world.resource(resource).map(|r| r.scopes.as_slice());
    let mut scopes = scopes.unwrap_or_default().iter();
    let admins = scopes.find(|scope| scope.admin && missing.contains(&scope.name));
    let field = admins.map_or("", |scope| scope.name.as_str());
    let values = [
        ("app", client.title.as_str()),
        ("field", field),
        ("tenant", world.domain.as_str()),
    ];
    match admins {
        Some(_) => Some(Refusal::new(Cause::ConsentNeedsAdmin, &values)),
        None if world.approval.by_users => None,
        None => Some(Refusal::new(Cause::ConsentOff, &values)),
    }
}
