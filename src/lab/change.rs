//! Changes to the world, and the world as others see it.

use std::time::Duration;

mod consent;
mod people;
mod set;
mod switch;

use super::ask::ClockMove;
use super::fault;
use super::force;
use super::kit::Kit;
use super::policy;
use super::refusal::fill;
use super::world::{ClientSecret, IdentityFault, Policy, World, loop_rule};
use crate::model::world::PolicyView;
use crate::model::{Moment, Problem, WorldChange, WorldView};
use crate::strings::lab as say;
use crate::strings::lab::demand;
use crate::strings::lab::surfaces as more;

/// Performs a change. What it says about the clock is returned, since the clock is not the world's.
///
/// # Errors
/// A policy that is not there.
pub fn apply(
    world: &mut World,
    change: WorldChange,
    at: Moment,
    kit: &Kit<'_>,
) -> Result<Option<ClockMove>, Problem> {
    match change {
        WorldChange::Policy { name, on } => switch(world, &name, on, at)?,
        WorldChange::Set {
            thing,
            name,
            key,
            value,
        } => {
            let before = people::risks(world);
            set::set(world, thing, &name, &key, &value)?;
            people::note_risks(world, &before, at);
        }
        WorldChange::PerUserMfa(on) => world.per_user_mfa = on,
        WorldChange::GrantConsent => consent::for_all(world),
        WorldChange::RevokeConsent => {
            let public: Vec<String> = public_ids(world);
            world
                .consents
                .retain(|consent| !public.contains(&consent.client));
        }
        WorldChange::RevokeConsentOf { app, user } => {
            consent::revoke(world, &app, user.as_deref())?;
        }
        WorldChange::UserConsent(on) => world.approval.by_users = on,
        WorldChange::ConsentRequests(on) => world.approval.on_request = on,
        WorldChange::AnswerRequest(approved) => consent::answer(world, approved),
        WorldChange::RevokeSessions => revoke(world, at),
        WorldChange::ExpireSecret => {
            let secrets = world.clients_mut().flat_map(|c| c.secrets.iter_mut());
            secrets.for_each(|secret| secret.expired = true);
        }
        WorldChange::RenewSecret => renew_secrets(world, kit),
        WorldChange::ExpirePassword => world.users.iter_mut().for_each(|user| user.expired = true),
        WorldChange::ResetPassword => reset_passwords(world, at, kit),
        WorldChange::LockAccount => world.users.iter_mut().for_each(|user| user.locked = true),
        WorldChange::UnlockAccount => unlock(world),
        WorldChange::Throttle(time) => {
            world.throttled_until = (time > Duration::ZERO).then(|| at.plus(time));
        }
        WorldChange::Outage(on) => world.outage = on,
        WorldChange::SlowDown(on) => world.slow_down = on,
        WorldChange::LoopRule(on) => world.recent = on.then(loop_rule),
        WorldChange::Surface(change) => world.surfaces.change(change, at),
        WorldChange::Advance(by) => return Ok(Some(ClockMove::Advance(by))),
        WorldChange::Force(order) => force::order(world, *order)?,
        WorldChange::Unforce(what) => force::end(world, what.as_deref())?,
        WorldChange::Fault(order) => fault::order(world, order),
        WorldChange::FaultOff(name) => fault::end(world, name.as_deref())?,
        WorldChange::Skew(seconds) => world.orders.skew = seconds,
        WorldChange::Reset => {
            reset(world);
            return Ok(Some(ClockMove::Reset));
        }
    }
    Ok(None)
}

fn reset_passwords(world: &mut World, at: Moment, kit: &Kit<'_>) {
    revoke(world, at);
    unlock(world);
    for user in &mut world.users {
        user.password = format!("simulated-{}", &kit.token()[..8]);
        user.expired = false;
    }
}

fn unlock(world: &mut World) {
    for user in &mut world.users {
        (user.locked, user.locked_until, user.fails) = (false, None, 0);
    }
}

fn switch(world: &mut World, name: &str, on: bool, at: Moment) -> Result<(), Problem> {
    let others = world.neighbours.iter_mut().flat_map(|n| &mut n.policies);
    let mut all = world.policies.iter_mut().chain(others);
    let Some(policy) = all.find(|p| p.name.eq_ignore_ascii_case(name)) else {
        let others = world.neighbours.iter().flat_map(|n| &n.policies);
        let all = world.policies.iter().chain(others);
        let names: Vec<&str> = all.map(|p| p.name.as_str()).collect();
        let expected = fill(say::EXPECTED_POLICY, &[("names", &names.join(", "))]);
        return Err(Problem::new(format!("`{name}`"), "policy", expected));
    };
    if on && !policy.on {
        policy.since = at;
    }
    policy.on = on;
    Ok(())
}

fn public_ids(world: &World) -> Vec<String> {
    let public = world.clients.iter().filter(|c| c.kind.public());
    public.map(|c| c.id.clone()).collect()
}

fn renew_secrets(world: &mut World, kit: &Kit<'_>) {
    for client in world.clients_mut().filter(|c| !c.kind.public()) {
        let value = kit.client_secret();
        client.secrets.insert(0, ClientSecret::of(value, kit));
        client.secrets.truncate(4);
    }
}

fn revoke(world: &mut World, at: Moment) {
    for user in &mut world.users {
        user.epoch = user.epoch.wrapping_add(1);
        user.revoked_at = Some(at);
    }
    world.sessions.clear();
}

/// Everything as at the start, with the same secrets.
fn reset(world: &mut World) {
    if let Some(start) = world.start.take() {
        *world = World {
            start: Some(start.clone()),
            ..*start
        };
    }
}

/// The world as others see it.
pub fn view(world: &World, at: Moment) -> WorldView {
    let policy = |policy: &Policy| PolicyView {
        name: policy.name.clone(),
        does: policy::does(policy),
        on: policy.on,
    };
    let foreign = world.neighbours.iter().flat_map(|other| {
        let there = [("tenant", other.domain.as_str())];
        other.policies.iter().map(move |policy| PolicyView {
            name: policy.name.clone(),
            does: format!("{} {}", policy::does(policy), fill(say::DOES_THERE, &there)),
            on: policy.on,
        })
    });
    WorldView {
        now: at,
        policies: world.policies.iter().map(policy).chain(foreign).collect(),
        switches: switch::all(world),
        things: set::things(world),
        changed: changed(world, at),
        moved: Duration::ZERO,
        forced: force::view(world),
        faults: fault::view(world),
    }
}

/// A sentence for everything that was ordered without a cause.
fn ordered(world: &World) -> Vec<String> {
    let mut lines = Vec::new();
    for one in force::view(world) {
        let client = one.client.unwrap_or_default();
        let at = match one.address {
            Some(address) => format!("{} {address}", one.at.word()),
            None => one.at.word().to_owned(),
        };
        let values = [
            ("what", one.what.as_str()),
            ("at", at.as_str()),
            ("left", one.left.as_str()),
            ("client", client.as_str()),
        ];
        let text = if client.is_empty() {
            demand::IS_FORCED
        } else {
            demand::IS_FORCED_FOR
        };
        lines.push(fill(text, &values));
    }
    for words in fault::view(world) {
        lines.push(fill(demand::IS_BROKEN, &[("fault", &words)]));
    }
    if world.orders.skew != 0 {
        let skew = world.orders.skew.to_string();
        lines.push(fill(demand::IS_SKEWED, &[("seconds", &skew)]));
    }
    lines
}

/// A sentence for everything that is not as it was at the start.
fn changed(world: &World, at: Moment) -> Vec<String> {
    let mut lines = Vec::new();
    let mut note = |on: bool, text: &str, values: &[(&str, &str)]| {
        if on {
            lines.push(fill(text, values));
        }
    };
    note(world.per_user_mfa, say::IS_PER_USER_MFA, &[]);
    surfaces(world, at, &mut note);
    note(world.outage, say::IS_OUTAGE, &[]);
    note(world.recent.is_some(), say::apps::IS_LOOP_RULE, &[]);
    let until = world.throttled_until.filter(|until| *until > at);
    note(
        until.is_some(),
        say::IS_THROTTLED,
        &[("time", &until.unwrap_or_default().iso())],
    );
    lines.extend(ordered(world));
    let mut note = |on: bool, text: &str, values: &[(&str, &str)]| {
        if on {
            lines.push(fill(text, values));
        }
    };
    let Some(start) = &world.start else {
        return lines;
    };
    note(
        world.consents.len() != start.consents.len(),
        say::IS_CONSENT,
        &[],
    );
    for (user, was) in world.users.iter().zip(&start.users) {
        let named = [("user", user.name.as_str())];
        note(user.expired, say::IS_EXPIRED, &named);
        note(user.password != was.password, say::IS_NEW_PASSWORD, &named);
        note(
            user.locked || user.locked_until.is_some_and(|u| u > at),
            say::IS_LOCKED,
            &named,
        );
        if let Some(revoked) = user.revoked_at {
            note(
                true,
                say::IS_REVOKED,
                &[("user", &user.name), ("time", &revoked.iso())],
            );
        }
    }
    people::note(world, start, &mut lines);
    apps(world, start, &mut lines);
    lines
}

/// A sentence for every application that is not as it was.
fn apps(world: &World, start: &World, lines: &mut Vec<String>) {
    let mut note = |on: bool, text: &str, values: &[(&str, &str)]| {
        if on {
            lines.push(fill(text, values));
        }
    };
    for (client, was) in world.clients.iter().zip(&start.clients) {
        let named = [("app", client.name.as_str())];
        let newest = client.secrets.first();
        note(
            newest.is_some_and(|s| s.expired),
            say::IS_SECRET_EXPIRED,
            &named,
        );
        let renewed = client.secrets.len() != was.secrets.len();
        note(renewed, say::IS_SECRET_NEW, &named);
        note(!client.is_set_as(was), say::apps::IS_APP_CHANGED, &named);
    }
}

/// Takes a sentence and its values, if it is so.
type Note<'a> = dyn FnMut(bool, &str, &[(&str, &str)]) + 'a;

/// What differs at the lab's other surfaces.
fn surfaces(world: &World, at: Moment, note: &mut Note<'_>) {
    let surfaces = &world.surfaces;
    note(world.slow_down, say::IS_SLOW_DOWN, &[]);
    let overlap = surfaces.old_key_until.filter(|until| at < *until);
    let number = surfaces.rotations.to_string();
    let until = overlap.unwrap_or_default().iso();
    let values = [("number", number.as_str()), ("time", until.as_str())];
    note(overlap.is_some(), more::IS_ROTATED, &values);
    if let Some(IdentityFault { status, times }) = surfaces.identity_fault {
        let (status, times) = (status.to_string(), times.to_string());
        let values = [("status", status.as_str()), ("times", times.as_str())];
        note(true, more::IS_IDENTITY_FAULT, &values);
    }
}
