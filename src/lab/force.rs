//! Answers without a cause: any code of the catalogue, once, so many times, with a probability or for one client,
//! where it can occur. What is not known of a code is assumed, and said to be.
//!
//! ```text
//! force 50076 ─► order (catalogue, doors, client) ─► world.orders.forced
//! request     ─► due (door, client, chance)       ─► pick (pairing or assumption) ─► reply · redirect · page
//! ```

mod order;
mod pick;
mod reply;
mod values;

#[cfg(test)]
mod tests;

use super::ask::Answer;
use super::desk::Desk;
use super::door::Entrance;
use super::kit::Kit;
use super::onward;
use super::visit::{Mode, Onward};
use super::world::{Client, World};
use crate::catalog::Pairing;
use crate::model::demand::Share;
use crate::model::world::ForcedView;
use crate::model::{Class, Door, Force, Place, Problem};

/// Orders that are kept at a time.
const LIMIT: usize = 100;

/// One forced answer.
#[derive(Clone, Debug)]
pub struct Forced {
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

/// Keeps an order.
///
/// # Errors
/// A code or client that is not known, or a place where the code cannot occur.
pub fn order(world: &mut World, force: Force) -> Result<(), Problem> {
    let forced = order::read(world, force)?;
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
    let kit = desk.kit;
    let due = |one: &Forced| {
        let mine = one.client.is_none() || one.client == client;
        let reachable = one.door != Door::Authorize || onward.is_some();
        at.forces(one.door) && mine && reachable && happens(one.left, &kit)
    };
    let index = desk.world.orders.forced.iter().position(due)?;
    let forced = desk.world.orders.forced[index].clone();
    match forced.left.after_one() {
        Some(left) => desk.world.orders.forced[index].left = left,
        None => {
            desk.world.orders.forced.remove(index);
        }
    }
    let mut answer = reply::answer(desk, &forced, onward.as_ref(), client.as_deref());
    answer.mark.forced = true;
    Some(answer)
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
fn addressee(desk: &Desk<'_>) -> Option<(Client, Onward)> {
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
