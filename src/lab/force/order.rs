//! From the words of an order to what the catalogue knows, and whether it can occur where it is wanted.

use super::{Dialect, Forced, Speech};
use crate::catalog::Catalog;
use crate::lab::refusal::fill;
use crate::lab::world::World;
use crate::model::{Class, Door, Force, Place, Problem};
use crate::strings::lab::demand as say;

/// Reads an order.
pub fn read(world: &World, force: Force) -> Result<Forced, Problem> {
    let speech = speech(&force)?;
    let client = match &force.client {
        None => None,
        Some(name) => Some(client(world, name)?),
    };
    let door = door(&force, &speech)?;
    Ok(Forced {
        serial: 0,
        left: force.share,
        order: force,
        door,
        client,
        speech,
    })
}

fn problem(what: &str, expected: String) -> Problem {
    Problem::new(format!("`{what}`"), "force", expected)
}

/// That something is not forced.
pub fn not_forced(what: &str, forced: &[Forced]) -> Problem {
    let names: Vec<&str> = forced.iter().map(|one| one.order.what()).collect();
    let names = if names.is_empty() {
        say::NOTHING_FORCED.to_owned()
    } else {
        fill(say::EXPECTED_FORCED, &[("names", &names.join(", "))])
    };
    Problem::new(format!("`{what}`"), "unforce", names)
}

fn client(world: &World, name: &str) -> Result<String, Problem> {
    let mut clients = world.clients.iter();
    let found =
        clients.find(|c| c.name.eq_ignore_ascii_case(name) || c.id.eq_ignore_ascii_case(name));
    found.map(|client| client.id.clone()).ok_or_else(|| {
        let names: Vec<&str> = world.clients.iter().map(|c| c.name.as_str()).collect();
        problem(
            name,
            fill(say::EXPECTED_CLIENT, &[("names", &names.join(", "))]),
        )
    })
}

fn speech(force: &Force) -> Result<Speech, Problem> {
    let catalog = Catalog::builtin();
    let suberror = force.suberror.as_deref().filter(|s| *s != "none");
    if let Some(name) = suberror
        && catalog.suberror(name).is_none()
        && !force.unrealistic
    {
        return Err(problem(name, say::EXPECTED_SUBERROR.to_owned()));
    }
    if let Some(name) = &force.error
        && catalog.error(name).is_none()
        && !force.unrealistic
    {
        return Err(problem(name, say::EXPECTED_ERROR.to_owned()));
    }
    match &force.code {
        Some(code) => of_code(&catalog, code, force.unrealistic),
        None => Ok(of_error(&catalog, force, suberror)),
    }
}

fn of_code(catalog: &Catalog, code: &str, unrealistic: bool) -> Result<Speech, Problem> {
    let digits = code.trim_start_matches("AADB2C");
    let digits = digits.trim_start_matches(|c: char| !c.is_ascii_digit());
    let dialect = match code {
        _ if code.starts_with("AADB2C") => Dialect::B2c,
        _ if code.starts_with("MSIS") => Dialect::AdFs,
        _ => Dialect::Entra,
    };
    let number = digits.parse().ok();
    let Some(entry) = catalog.code(code) else {
        if !unrealistic {
            return Err(problem(code, say::EXPECTED_CODE.to_owned()));
        }
        let range = catalog.range(code);
        let title = range.map_or(say::UNLISTED, |range| range.title.as_str());
        return Ok(Speech {
            dialect,
            number,
            title: title.to_owned(),
            text: sentence(title),
            pairings: Vec::new(),
            places: Vec::new(),
            class: range.map_or(Class::Unknown, |range| range.class),
        });
    };
    let text = if entry.text.is_empty() {
        sentence(&entry.title)
    } else {
        entry.text.clone()
    };
    Ok(Speech {
        dialect,
        number,
        title: entry.title.clone(),
        text,
        pairings: entry.pairings.clone(),
        places: entry.places.clone(),
        class: entry.class,
    })
}

/// An error without a number. What a suberror says is more than what its error says.
fn of_error(catalog: &Catalog, force: &Force, suberror: Option<&str>) -> Speech {
    let error = catalog.error(force.error.as_deref().unwrap_or_default());
    let suberror = suberror.and_then(|name| catalog.suberror(name));
    let title = suberror
        .map(|entry| entry.title.as_str())
        .or_else(|| error.map(|entry| entry.title.as_str()))
        .filter(|title| !title.is_empty())
        .unwrap_or(say::UNLISTED);
    let places = error.map(|entry| entry.places.clone()).unwrap_or_default();
    Speech {
        dialect: Dialect::Entra,
        number: None,
        title: title.to_owned(),
        text: sentence(title),
        pairings: Vec::new(),
        places,
        class: error.map_or(Class::Unknown, |entry| entry.class),
    }
}

fn sentence(title: &str) -> String {
    let text = title.replace(['{', '}'], "");
    format!("{}.", text.trim_end_matches('.'))
}

/// The doors at which what surfaces in a place is told.
const fn doors(place: Place) -> &'static [Door] {
    match place {
        Place::Token => &[Door::Token, Door::DeviceCode],
        Place::Authorize => &[Door::Authorize],
        Place::Page => &[Door::Page],
        Place::DevicePage => &[Door::Device],
        Place::Discovery => &[Door::Discovery],
        Place::Resource => &[Door::Api],
        Place::ManagedIdentity => &[Door::ManagedIdentity],
        Place::SignInLog | Place::AgentLog => &[],
    }
}

fn door(force: &Force, speech: &Speech) -> Result<Door, Problem> {
    let possible: Vec<Door> = speech
        .places
        .iter()
        .flat_map(|p| doors(*p))
        .copied()
        .collect();
    match (force.door, possible.first()) {
        (Some(door), _) if force.unrealistic || possible.contains(&door) => Ok(door),
        (None, Some(first)) => Ok(*first),
        (None, None) if force.unrealistic => Ok(Door::Token),
        (wanted, Some(_)) => {
            let words: Vec<&str> = possible.iter().map(|door| door.word()).collect();
            let at = wanted.map_or("", Door::word);
            let what = format!("{} at {at}", force.what());
            Err(problem(
                &what,
                fill(say::EXPECTED_DOOR, &[("doors", &words.join(", "))]),
            ))
        }
        (_, None) => Err(problem(force.what(), say::EXPECTED_NO_DOOR.to_owned())),
    }
}
