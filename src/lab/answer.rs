//! The lab's whole behaviour: a request and the world in, an answer out. No socket, no clock, no random source of
//! its own; any bytes are answered, none panic.

use super::admin;
use super::api;
use super::ask::{Answer, Ask};
use super::authorize;
use super::border;
use super::control;
use super::cors;
use super::desk::Desk;
use super::device;
use super::dialect::{self, Dialect};
use super::discovery;
use super::door::Entrance;
use super::fault;
use super::force;
use super::front;
use super::identity;
use super::kit::{Kit, Voice};
use super::logout;
use super::lookup;
use super::mark::Mark;
use super::oidc;
use super::refusal::{Cause, Refusal, Stamp, fill};
use super::signin;
use super::token;
use super::user_info;
use super::world::World;
use crate::model::Moment;
use crate::strings::lab as say;

/// Answers a request.
pub fn answer(world: &mut World, ask: &Ask, at: Moment, mut kit: Kit<'_>) -> Answer {
    let at = world.orders.time(at);
    let policy = ask.query("p");
    let place = dialect::read(ask.segments(), policy.as_deref(), world);
    kit.voice = Voice {
        dialect: place.dialect,
        keys: world.surfaces.keys(at),
    };
    let path: Vec<&str> = place.path.iter().map(String::as_str).collect();
    if let Some(answer) = cors::preflight(world, ask, &path) {
        return answer;
    }
    let stamp = Stamp::new(ask, at, &kit);
    let entrance = Entrance::of(ask, &path);
    let mut mark = Mark::new(entrance, &stamp);
    let fault = fault::due(world, entrance, &kit);
    let stood = world.stand_in(&border::tenant_of(world, ask, &path));
    let mut desk = Desk {
        world: &mut *world,
        ask,
        at,
        kit,
        stamp,
        tenant: path.first().copied().unwrap_or_default().to_owned(),
        v1: is_v1(&path) && (place.dialect != Dialect::Adfs || ask.parameter("resource").is_some()),
    };
    mark.client = force::client_name(&desk, entrance);
    let instead = fault.and_then(|fault| fault::instead(&desk, entrance, fault));
    let forced = instead.or_else(|| force::answer(&mut desk, entrance));
    let answer = match (forced, place.unknown_policy) {
        (Some(answer), _) => answer,
        (None, Some(policy)) => no_policy(&desk, &policy),
        (None, None) => route(desk, &path),
    };
    world.step_out(&stood);
    (mark.forced, mark.assumed) = (answer.mark.forced, answer.mark.assumed);
    mark.at = Some(at);
    let mut answer = cors::open(world, ask, &path, answer);
    answer.mark = mark;
    if let Some(fault) = fault {
        fault::bend(&mut answer, fault);
    }
    answer
}

fn no_policy(desk: &Desk<'_>, policy: &str) -> Answer {
    let values = [("field", policy), ("tenant", desk.world.domain.as_str())];
    Refusal::new(Cause::UserFlowUnknown, &values).answer(desk.ask, &desk.stamp, false)
}

/// Whether a path below the tenant belongs to the v1 endpoint. AD FS has one version that takes the words of both.
fn is_v1(path: &[&str]) -> bool {
    !path.iter().skip(1).any(|segment| *segment == "v2.0")
}

fn route(mut desk: Desk<'_>, path: &[&str]) -> Answer {
    let get = desk.ask.method == "GET" || desk.ask.method == "HEAD";
    let post = desk.ask.method == "POST";
    let entra = desk.kit.voice.dialect.is_entra();
    if let Some(machine) = identity::Machine::of_path(path).filter(|_| get) {
        return identity::answer(&mut desk, machine);
    }
    match path {
        _ if control::is_control(path) => control::answer(&mut desk, path),
        ["common", "discovery", "instance"] if get => discovery::instance(&desk),
        ["common", "userrealm", user] if get => discovery::user_realm(&desk, user),
        [_, ".well-known", "openid-configuration"]
        | [_, "v2.0", ".well-known", "openid-configuration"]
            if get =>
        {
            discovery::metadata(&mut desk)
        }
        [_, "discovery", "keys"] | [_, "discovery", "v2.0", "keys"] if get => {
            discovery::keys(&desk)
        }
        [_, "oauth2", "token"] | [_, "oauth2", "v2.0", "token"] if post => token::answer(desk),
        [_, "oauth2", "devicecode"] | [_, "oauth2", "v2.0", "devicecode"] if post => {
            device::start(desk)
        }
        [_, "oauth2", "authorize"] | [_, "oauth2", "v2.0", "authorize"] if get || post => {
            authorize::answer(desk)
        }
        [_, "oauth2", "logout"] | [_, "oauth2", "v2.0", "logout"] if get || post => {
            logout::answer(&mut desk)
        }
        [_, "adminconsent"] | [_, "v2.0", "adminconsent"] if get && entra => admin::answer(desk),
        [_, "login"] if post => signin::answer(desk),
        ["devicelogin"] | [_, "oauth2", "deviceauth"] if get || post => device::page(desk),
        ["api"] | ["api", "me"] if get => api::me(&desk),
        [of, "userinfo" | "me"] if (get || post) && (*of == "oidc" || !entra) => {
            user_info::answer(&desk)
        }
        [_, "introspect"] if post && desk.kit.voice.dialect == Dialect::Oidc => {
            oidc::introspect(&desk)
        }
        [_, "revoke"] if post && desk.kit.voice.dialect == Dialect::Oidc => oidc::revoke(&mut desk),
        ["machine"] if get => identity::environment(&desk),
        ["password"] if get => front::password(&desk),
        ["error"] if get || post => lookup::answer(&desk),
        [] if get => front::front(&desk),
        [_, "oauth2", "token" | "devicecode"]
        | [_, "oauth2", "v2.0", "token" | "devicecode"]
        | [_, "login"] => method("POST"),
        _ => Answer::text(404, say::SAID_NOTHING, say::SAID_NOTHING),
    }
}

/// This path takes other methods.
pub fn method(allowed: &'static str) -> Answer {
    let text = fill(say::SAID_METHOD, &[("methods", allowed)]);
    Answer::text(405, &text, text.clone()).with("allow", allowed)
}

#[cfg(test)]
mod tests;
