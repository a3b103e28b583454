//! Answers without a cause: any code of the catalogue, once, so many times, with a probability or for one client,
//! where it can occur. What is not known of a code is assumed, and said to be.
//!
//! ```text
//! force 50076 ─► order (catalogue, doors, client) ─► world.orders.forced
//! request     ─► due (door, client, chance)       ─► pick (pairing or assumption) ─► reply · redirect · page
//!                 └ about a person: kept by the visit until somebody has signed in (late)
//! ```
//!
//! Numbers are told at the addresses that speak them: `AADSTS` at Entra's, `AADB2C` at a B2C policy's, `MSIS` at AD
//! FS alone, none at the generic issuer. Whoever orders one of the first two as `unrealistic` gets it anywhere, in the
//! shape of the address.

mod late;
mod order;
mod pick;
mod reply;
mod values;

#[cfg(test)]
mod tests;

pub use late::{held, hold};

use std::sync::Arc;

use super::ask::Answer;
use super::desk::Desk;
use super::dialect;
use super::door::Entrance;
use super::kit::Kit;
use super::onward;
use super::visit::{Mode, Onward};
use super::world::{Client, World};
use crate::catalog::Pairing;
use crate::model::demand::Share;
use crate::model::world::ForcedView;
use crate::model::{Class, Door, Force, Place, Problem};
use crate::strings::lab::demand as say;

/// Orders that are kept at a time.
const LIMIT: usize = 100;

/// One forced answer.
#[derive(Clone, Debug)]
pub struct Forced {
    /// Tells it from every other order of this world.
    serial: u64,
    order: Force,
    /// What is left of it.
    left: Share,
    door: Door,
    /// The client it is for, by id.
    client: Option<String>,
    speech: Speech,
}

/// What the catalogue knows of what is forced.
#[derive(Clone, Debug)]
struct Speech {
    dialect: Dialect,
    /// Its number; `None`: an error without one.
    number: Option<u64>,
    title: String,
    /// The sentence, with holes.
    text: String,
    pairings: Vec<Pairing>,
    places: Vec<Place>,
    class: Class,
}

/// Whose errors it speaks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Dialect {
    /// All members.
    Entra,
    /// No `error_codes`, no `trace_id`.
    B2c,
    /// `error` and the text.
    AdFs,
}

impl Dialect {
    /// Whose addresses speak such numbers; `None`: those that have no name of their own.
    const fn address(self) -> Option<&'static str> {
        match self {
            Self::Entra => None,
            Self::B2c => Some(say::AT_B2C),
            Self::AdFs => Some(say::AT_ADFS),
        }
    }
}

impl Forced {
    /// The addresses that it waits at, if not at all of Entra's.
    fn address(&self) -> Option<&'static str> {
        let free = self.order.unrealistic && self.speech.dialect != Dialect::AdFs;
        self.speech.dialect.address().filter(|_| !free)
    }

    /// Whether it is told at an address that speaks like this.
    const fn is_spoken(&self, at: dialect::Dialect) -> bool {
        match self.speech.dialect {
            // None of these is listed, so that the word does not say where it is wanted.
            Dialect::AdFs => matches!(at, dialect::Dialect::Adfs),
            _ if self.order.unrealistic || self.speech.number.is_none() => true,
            Dialect::Entra => at.is_entra(),
            Dialect::B2c => matches!(at, dialect::Dialect::B2c { .. }),
        }
    }
}

/// Keeps an order.
///
/// # Errors
/// A code or client that is not known, or a place where the code cannot occur.
pub fn order(world: &mut World, force: Force) -> Result<(), Problem> {
    let mut forced = order::read(world, force)?;
    world.orders.last_serial += 1;
    forced.serial = world.orders.last_serial;
    if world.orders.forced.len() >= LIMIT {
        world.orders.forced.remove(0);
    }
    world.orders.forced.push(forced);
    Ok(())
}

/// Ends what is forced: one code or error, or everything.
///
/// # Errors
/// Something that is not forced.
pub fn end(world: &mut World, what: Option<&str>) -> Result<(), Problem> {
    let forced = &mut world.orders.forced;
    let Some(what) = what else {
        forced.clear();
        return Ok(());
    };
    let names = |one: &Forced| {
        let number = one.speech.number.map(|n| n.to_string());
        one.order.what().eq_ignore_ascii_case(what) || number.as_deref() == Some(what)
    };
    if !forced.iter().any(names) {
        return Err(order::not_forced(what, forced));
    }
    forced.retain(|one| !names(one));
    Ok(())
}

/// What is forced, for people.
pub fn view(world: &World) -> Vec<ForcedView> {
    let name = |id: &str| world.client(id).map_or(id, |c| &c.name).to_owned();
    let view = |one: &Forced| ForcedView {
        what: one.order.what().to_owned(),
        title: one.speech.title.clone(),
        at: one.door,
        address: one.address().map(str::to_owned),
        client: one.client.as_deref().map(name),
        left: one.left.to_string(),
        assumed: pick::pick(&one.speech, &one.order, one.door, false).assumed,
    };
    world.orders.forced.iter().map(view).collect()
}

/// The client that asks, by name; by the id it sent where it is not registered.
pub fn client_name(desk: &Desk<'_>, at: Entrance) -> Option<String> {
    let id = match at {
        Entrance::Pages => {
            let visit = desk.world.visits.get(&desk.ask.form("visit")?)?;
            visit.client.clone()
        }
        Entrance::At(Door::Discovery) => return None,
        Entrance::At(_) => values::client(desk, at)?,
        _ => return None,
    };
    Some(desk.world.client(&id).map_or(id, |c| c.name.clone()))
}

/// The forced answer that is due for a request, if there is one.
pub fn answer(desk: &mut Desk<'_>, at: Entrance) -> Option<Answer> {
    if desk.world.orders.forced.is_empty() {
        return None;
    }
    let client = values::client(desk, at);
    let onward = matches!(at, Entrance::At(Door::Authorize)).then(|| addressee(desk));
    let onward = onward.flatten();
    let pages = late::shows_pages(desk, at);
    let reachable = |one: &Forced| one.door != Door::Authorize || onward.is_some();
    let now = |one: &Forced| reachable(one) && !(pages && late::is_late(one));
    let forced = take(desk, at, client.as_deref(), now)?;
    let about = values::About {
        client: client.as_deref(),
        ..values::About::default()
    };
    Some(marked(desk, &forced, onward.as_ref(), about))
}

/// Takes the first order that is due for a request of a client.
fn take(
    desk: &mut Desk<'_>,
    at: Entrance,
    client: Option<&str>,
    fits: impl Fn(&Forced) -> bool,
) -> Option<Forced> {
    let index = due(desk, at, client, fits)?;
    let forced = desk.world.orders.forced[index].clone();
    spend(desk.world, index);
    Some(forced)
}

/// Where the first order is that is due for a request of a client.
fn due(
    desk: &Desk<'_>,
    at: Entrance,
    client: Option<&str>,
    fits: impl Fn(&Forced) -> bool,
) -> Option<usize> {
    let (kit, dialect) = (desk.kit, desk.kit.voice.dialect);
    let due = |one: &Forced| {
        let mine = one.client.is_none() || one.client.as_deref() == client;
        let here = at.forces(one.door) && one.is_spoken(dialect);
        here && mine && fits(one) && happens(one.left, &kit)
    };
    desk.world.orders.forced.iter().position(due)
}

/// Counts an order as told once more.
fn spend(world: &mut World, index: usize) {
    let forced = &mut world.orders.forced;
    match forced[index].left.after_one() {
        Some(left) => forced[index].left = left,
        None => {
            forced.remove(index);
        }
    }
}

fn marked(
    desk: &Desk<'_>,
    forced: &Forced,
    onward: Option<&(Arc<Client>, Onward)>,
    about: values::About<'_>,
) -> Answer {
    let mut answer = reply::answer(desk, forced, onward, about);
    answer.mark.forced = true;
    answer
}

/// Whether a share comes true this time.
pub fn happens(share: Share, kit: &Kit<'_>) -> bool {
    match share {
        Share::Times(_) | Share::Always => true,
        Share::Percent(percent) => {
            let drawn = u32::from(u16::from_be_bytes(kit.bytes()));
            drawn * 100 < u32::from(percent) * 65_536
        }
    }
}

/// The program that waits at a redirect URI of its own.
fn addressee(desk: &Desk<'_>) -> Option<(Arc<Client>, Onward)> {
    let id = desk.ask.parameter("client_id")?;
    let client = desk.world.client(&id)?.clone();
    let redirect = desk.ask.parameter("redirect_uri");
    let redirect = redirect.or_else(|| match client.redirects.as_slice() {
        [only] => Some(only.uri.clone()),
        _ => None,
    })?;
    if !onward::is_registered(&client, &redirect) {
        return None;
    }
    let mode = desk.ask.parameter("response_mode");
    let onward = Onward {
        redirect,
        mode: mode
            .and_then(|word| Mode::from_word(&word))
            .unwrap_or_default(),
        state: desk.ask.parameter("state"),
        ..Onward::default()
    };
    Some((client, onward))
}
