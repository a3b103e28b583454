//! Faults below the protocol. What replaces or bends an answer is done here, purely; what only a socket can do
//! (come late, bit by bit, cut, of the wrong length, reset) goes along with the answer to [`wire`].

pub mod wire;

#[cfg(test)]
mod tests;

use super::ask::{Answer, Ask};
use super::desk::Desk;
use super::door::Entrance;
use super::identity;
use super::kit::Kit;
use super::refusal::{Cause, Refusal, fill};
use super::world::World;
use crate::model::demand::{RetryAfter, TlsFault};
use crate::model::{Door, FaultOrder, LabFault, Moment, Problem};
use crate::strings::lab::demand as say;

/// Orders that are kept at a time.
const LIMIT: usize = 32;

/// The faults that are ordered.
pub type FaultOrders = Vec<FaultOrder>;

/// Keeps an order; one of the same name at the same door is replaced.
pub fn order(world: &mut World, order: FaultOrder) {
    let faults = &mut world.orders.faults;
    faults.retain(|old| old.fault.name() != order.fault.name() || old.door != order.door);
    if faults.len() >= LIMIT {
        faults.remove(0);
    }
    faults.push(order);
}

/// Ends faults of a name, or all.
///
/// # Errors
/// A fault that is not on.
pub fn end(world: &mut World, name: Option<&str>) -> Result<(), Problem> {
    let faults = &mut world.orders.faults;
    let Some(name) = name else {
        faults.clear();
        return Ok(());
    };
    let before = faults.len();
    faults.retain(|order| order.fault.name() != name);
    if faults.len() < before {
        return Ok(());
    }
    let names: Vec<&str> = faults.iter().map(|order| order.fault.name()).collect();
    let expected = fill(say::EXPECTED_FAULT_ON, &[("names", &names.join(", "))]);
    Err(Problem::new(format!("`{name}`"), "fault", expected))
}

/// What is wrong with the certificate now.
pub fn of_certificate(world: &World) -> Option<TlsFault> {
    let mut faults = world.orders.faults.iter();
    faults.find_map(|order| match order.fault {
        LabFault::Tls(fault) => Some(fault),
        _ => None,
    })
}

/// The fault that is due here; one time of it is used up.
pub fn due(world: &mut World, at: Entrance, kit: &Kit<'_>) -> Option<LabFault> {
    let faults = &mut world.orders.faults;
    let index = faults.iter().position(|order| {
        let here = at.breaks(order.door) && !matches!(order.fault, LabFault::Tls(_));
        here && super::force::happens(order.share, kit)
    })?;
    let order = faults[index];
    match order.share.after_one() {
        Some(left) => faults[index].share = left,
        None => {
            faults.remove(index);
        }
    }
    Some(order.fault)
}

/// The answer that comes instead of the lab's, which then never sees the request.
pub fn instead(desk: &Desk<'_>, at: Entrance, fault: LabFault) -> Option<Answer> {
    Some(match fault {
        LabFault::Html(status) => {
            let values = [("status", status.to_string())];
            let values = values.each_ref().map(|(n, v)| (*n, v.as_str()));
            Answer::new(status, "text/html", fill(say::GATEWAY_PAGE, &values), "")
        }
        LabFault::Redirect { status, port } => {
            let to = elsewhere(desk.ask, port)?;
            let mut answer = Answer::redirect(&to, "");
            answer.status = status;
            answer
        }
        LabFault::TooMany(wait) => too_many(desk, at, wait),
        LabFault::Status(status) => Answer {
            status,
            ..Answer::default()
        },
        LabFault::Reset => Answer {
            status: 500,
            ..Answer::default()
        },
        _ => return None,
    })
}

/// The same address at another port of this machine.
fn elsewhere(ask: &Ask, port: u16) -> Option<String> {
    let mut url = url::Url::parse(&ask.base).ok()?;
    url.set_port(Some(port)).ok()?;
    url.set_path(&ask.path);
    url.set_query(Some(ask.query.as_str()).filter(|query| !query.is_empty()));
    Some(url.into())
}

fn too_many(desk: &Desk<'_>, at: Entrance, wait: RetryAfter) -> Answer {
    let answer = if at == Entrance::At(Door::Api) {
        let body =
            serde_json::json!({ "error": { "code": "TooManyRequests", "message": say::TOO_MANY } });
        Answer::json(429, &body, "")
    } else if at == Entrance::At(Door::ManagedIdentity) {
        identity::refused(desk, 429, "too_many_requests", say::TOO_MANY)
    } else {
        let tenant = [("tenant", desk.world.domain.as_str())];
        Refusal::new(Cause::Throttled, &tenant).answer(desk.ask, &desk.stamp, desk.v1)
    };
    let until = |seconds: u64| -> Moment { desk.at.plus(std::time::Duration::from_secs(seconds)) };
    match wait {
        RetryAfter::Silent => answer,
        RetryAfter::Seconds(n) => answer.with("retry-after", n.to_string()),
        RetryAfter::Date(n) => answer.with("retry-after", until(n).http_date()),
    }
}

/// Bends an answer, marks it, and hands on what is the socket's to do.
pub fn bend(answer: &mut Answer, fault: LabFault) {
    match fault {
        LabFault::EmptyBody => answer.body.clear(),
        LabFault::InvalidJson => {
            answer.body.pop();
            answer.body.push(b',');
        }
        LabFault::WrongCharset => {
            let text = String::from_utf8_lossy(&answer.body).into_owned();
            answer.body = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        }
        LabFault::WrongType => {
            let kinds = answer.headers.iter_mut();
            for (_, value) in kinds.filter(|(name, _)| *name == "content-type") {
                *value = "text/plain".into();
            }
        }
        LabFault::Latency(_)
        | LabFault::Drip(_)
        | LabFault::CutBody
        | LabFault::LengthTooLong
        | LabFault::LengthTooShort
        | LabFault::Reset => answer.fault = Some(fault),
        LabFault::Html(_)
        | LabFault::Redirect { .. }
        | LabFault::TooMany(_)
        | LabFault::Status(_)
        | LabFault::Tls(_) => {}
    }
    let words = fault.to_string();
    answer.because = if answer.because.is_empty() {
        fill(say::BY_FAULT, &[("fault", &words)])
    } else {
        let values = [("fault", words.as_str()), ("why", answer.because.as_str())];
        fill(say::BY_FAULT_AND, &values)
    };
    answer.mark.fault = Some(words);
}

/// What goes wrong, for people: the words that order what is left of it.
pub fn view(world: &World) -> Vec<String> {
    let faults = world.orders.faults.iter();
    faults.map(ToString::to_string).collect()
}
