//! What a person can do where only an administrator can consent: ask for approval, or go back to the program.

use super::super::ask::Answer;
use super::super::desk::Desk;
use super::super::onward;
use super::super::pages;
use super::super::refusal::{Cause, Refusal};
use super::super::visit::{Purpose, Visit};
use super::super::world::Consent;
use crate::strings::lab as say;

/// Requests that wait; more are not kept.
const MOST: usize = 256;

/// Asks for approval: the visit ends, and an administrator can answer.
pub fn ask(desk: &mut Desk<'_>, key: &str, visit: &Visit) -> Answer {
    desk.world.visits.take(key);
    let user = visit.proof.as_ref().map(|proof| proof.user.clone());
    if let (Some(user), Some(client)) = (user, desk.world.client(&visit.client)) {
        let mut scopes = desk.world.unconsented(client, &user, &visit.wanted);
        scopes.retain(|scope| scope != "openid");
        let along = desk.world.unconsented_along(client, &user, &visit.wanted);
        let wanted = Consent {
            client: visit.client.clone(),
            resource: visit.wanted.resource.clone(),
            scopes,
            user: Some(user),
        };
        if desk.world.approval.asked.len() < MOST {
            desk.world.approval.asked.push(wanted);
            desk.world.approval.asked.extend(along);
        }
    }
    pages::plain(desk.world, say::REQUESTED_TITLE, say::REQUESTED_SAYS)
}

/// Goes back: the program is told that only an administrator can consent.
pub fn go_back(desk: &mut Desk<'_>, key: &str, visit: &Visit) -> Answer {
    desk.world.visits.take(key);
    let client = desk.world.client(&visit.client).cloned();
    let title = client.as_ref().map_or("", |client| client.title.as_str());
    let values = [("app", title), ("tenant", desk.world.domain.as_str())];
    let refusal = Refusal::new(Cause::ConsentOff, &values);
    match (&visit.purpose, &client) {
        (Purpose::Program(to), Some(client)) => {
            let (stamp, base) = (&desk.stamp, &desk.ask.base);
            onward::refuse(desk.world, client, to, &refusal, stamp, base)
        }
        (Purpose::Device(_) | Purpose::Program(_), _) => {
            pages::refused(desk.world, &desk.stamp, &refusal, 200)
        }
    }
}
