//! What is told only after somebody has signed in. At the authorization endpoint an order about a person, a consent,
//! a device or a policy is kept by the visit until the person has proven who they are; what is wrong with the request,
//! the app or the tenant is told at once. So is everything where no page may be shown (`prompt=none`).

use super::{Forced, due, marked, spend, values};
use crate::lab::ask::Answer;
use crate::lab::desk::Desk;
use crate::lab::door::Entrance;
use crate::lab::visit::{Purpose, Visit};
use crate::lab::world::World;
use crate::model::{Class, Door};

/// The error that says that nobody is signed in (OpenID Connect Core 3.1.2.6): told before anybody could be.
const NOBODY: &str = "login_required";

/// Whether a request may be answered with pages.
pub(super) fn shows_pages(desk: &Desk<'_>, at: Entrance) -> bool {
    let prompt = desk.ask.parameter("prompt").unwrap_or_default();
    let silent = prompt.split_whitespace().any(|word| word == "none");
    matches!(at, Entrance::At(Door::Authorize)) && !silent
}

/// Whether an order is about what comes to light once the person is known.
pub(super) fn is_late(one: &Forced) -> bool {
    let says_nobody = match &one.order.error {
        Some(error) => error == NOBODY,
        None => one.speech.pairings.iter().any(|p| p.error == NOBODY),
    };
    !says_nobody && is_about_a_person(one.speech.class)
}

/// A grant is a session that somebody has already, a federated provider answers before the sign-in ends.
const fn is_about_a_person(class: Class) -> bool {
    match class {
        Class::Interaction
        | Class::UserCredential
        | Class::Account
        | Class::Consent
        | Class::Assignment
        | Class::Device
        | Class::Policy => true,
        Class::AppCredential
        | Class::Grant
        | Class::Request
        | Class::Config
        | Class::Tenant
        | Class::Federation
        | Class::Throttle
        | Class::Service
        | Class::Expected
        | Class::Unknown => false,
    }
}

/// The order that a visit that begins will end with, if one waits for its client. It stays due: whoever leaves the
/// pages before the end uses nothing up.
pub fn hold(desk: &Desk<'_>, client: &str) -> Option<Box<Forced>> {
    let at = Entrance::At(Door::Authorize);
    let index = due(desk, at, Some(client), is_late)?;
    Some(Box::new(desk.world.orders.forced[index].clone()))
}

/// The answer that a visit was kept for, now that somebody has signed in; nothing where the order was ended meanwhile,
/// or another visit has used it up.
pub fn held(desk: &mut Desk<'_>, visit: &Visit, forced: &Forced) -> Option<Answer> {
    let orders = &desk.world.orders.forced;
    let index = orders.iter().position(|one| one.serial == forced.serial)?;
    spend(desk.world, index);
    let client = desk.world.client(&visit.client).cloned();
    let onward = match (&visit.purpose, client) {
        (Purpose::Program(onward), Some(client)) => Some((client, onward.clone())),
        (Purpose::Program(_) | Purpose::Device(_), _) => None,
    };
    let about = values::About {
        client: Some(&visit.client),
        user: who(desk.world, visit),
        resource: Some(visit.wanted.resource.as_str()).filter(|resource| !resource.is_empty()),
    };
    Some(marked(desk, forced, onward.as_ref(), about))
}

fn who<'w>(world: &'w World, visit: &Visit) -> Option<&'w str> {
    let proof = visit.proof.as_ref()?;
    world.user_by_id(&proof.user).map(|user| user.name.as_str())
}
