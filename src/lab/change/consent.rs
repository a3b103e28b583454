//! Consent as administrators and users change it outside a sign-in.

use crate::lab::refusal::fill;
use crate::lab::world::{Consent, World, permissions_of};
use crate::model::Problem;
use crate::strings::lab as say;

/// More entries than this are not kept; the oldest go.
const MOST: usize = 256;

/// What an administrator does on the admin-consent page: every permission the registrations list, for everyone.
pub fn for_all(world: &mut World) {
    for client in &world.clients {
        for resource in &world.resources {
            let scopes = permissions_of(client, &resource.uri);
            if !scopes.is_empty() {
                world.consents.push(Consent {
                    client: client.id.clone(),
                    resource: resource.uri.clone(),
                    scopes,
                    user: None,
                });
            }
        }
    }
    shorten(world);
}

/// Takes every consent to an app away, or what one user gave to it.
///
/// # Errors
/// An app or a user that there is not.
pub fn revoke(world: &mut World, app: &str, user: Option<&str>) -> Result<(), Problem> {
    let wrong = |what: &str, at: &str, names: Vec<&str>| {
        let expected = fill(say::EXPECTED_ONE_OF, &[("names", &names.join(", "))]);
        Problem::new(format!("`{what}`"), at.to_owned(), expected)
    };
    let known = world
        .clients
        .iter()
        .find(|client| client.name.eq_ignore_ascii_case(app));
    let client = known.ok_or_else(|| {
        wrong(
            app,
            "app",
            world.clients.iter().map(|c| c.name.as_str()).collect(),
        )
    })?;
    let id = client.id.clone();
    let whose = match user {
        None => None,
        Some(name) => {
            let names = || world.users.iter().map(|user| user.name.as_str()).collect();
            let user = world
                .user(name)
                .ok_or_else(|| wrong(name, "user", names()))?;
            Some(user.id.clone())
        }
    };
    world
        .consents
        .retain(|consent| consent.client != id || (whose.is_some() && consent.user != whose));
    Ok(())
}

/// An administrator answers every request that users have made.
pub fn answer(world: &mut World, approved: bool) {
    let asked = std::mem::take(&mut world.approval.asked);
    if approved {
        world
            .consents
            .extend(asked.into_iter().map(|consent| Consent {
                user: None,
                ..consent
            }));
        shorten(world);
    }
}

fn shorten(world: &mut World) {
    let surplus = world.consents.len().saturating_sub(MOST);
    world.consents.drain(..surplus);
}
