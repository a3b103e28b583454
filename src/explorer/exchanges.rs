//! The exchanges of a run with their timing, drawn on one time axis.

use std::time::Duration;

use unicode_width::UnicodeWidthStr;

use crate::model::{Exchange, Moment, Phases};
use crate::strings::explorer as s;

use super::pane::Pane;
use super::rows::{Content, Role, Tie, fit};
use super::runs;
use super::state::State;

/// The marks of the phases, in their order: name, connection, TLS, wait, body.
pub const MARKS: [char; 5] = ['·', '─', '═', '█', '▓'];

/// What the pane shows.
pub fn content(state: &State, width: usize) -> Content {
    let mut out = Content::list(width);
    let all = state.runs.shown().map(runs::exchanges).unwrap_or_default();
    let Some(first) = all.first() else {
        out.list = false;
        out.line(0, &[(Role::Dim, s::NO_EXCHANGES)]);
        return out;
    };
    let axis = Axis::over(first.started, &all);
    for (at, exchange) in all.iter().enumerate() {
        if !state.filters.fits(Pane::Exchanges, &text(exchange)) {
            continue;
        }
        let url = &exchange.request.url;
        out.item(format!("{} {url}", exchange.request.method), Tie::Nth(at));
        let what = format!("{} {:<4} ", at + 1, exchange.request.method);
        let address_width = (width / 3).clamp(18, 44);
        let address = shortened(url, address_width);
        let pad = " ".repeat(address_width + 1 - address.width().min(address_width));
        let (role, status) = status(exchange);
        let time = runs::lasted(exchange.phases.total());
        let bar_width = width.saturating_sub(what.width() + address_width + 1 + 6 + 10);
        let bar = axis.bar(exchange, bar_width);
        out.cut(&[
            (Role::Plain, &what),
            (Role::Plain, &address),
            (Role::Plain, &pad),
            (role, &format!("{status:<6}")),
            (Role::Plain, &format!("{time:>8}  ")),
            (Role::Number, &bar),
        ]);
    }
    if out.items.is_empty() {
        out.list = false;
        out.line(0, &[(Role::Dim, s::NOTHING_FITS_HERE)]);
    }
    out
}

/// Everything an exchange is found by.
fn text(exchange: &Exchange) -> String {
    let request = &exchange.request;
    format!("{} {} {}", request.method, request.url, status(exchange).1)
}

/// What the list is called: what its marks mean, or how many there are of how many, where it is narrowed.
pub fn title(state: &State) -> String {
    let filter = state.filters.get(Pane::Exchanges);
    if filter.is_empty() {
        return s::exchanges_title(MARKS);
    }
    let all = state.runs.shown().map(runs::exchanges).unwrap_or_default();
    let shown = all
        .iter()
        .filter(|exchange| state.filters.fits(Pane::Exchanges, &text(exchange)))
        .count();
    s::narrowed_title(s::PANE_EXCHANGES, (shown, all.len()), filter)
}

fn status(exchange: &Exchange) -> (Role, String) {
    match (exchange.status(), &exchange.fault) {
        (Some(status), None) if status < 400 => (Role::Granted, status.to_string()),
        (Some(status), _) => (Role::Refused, status.to_string()),
        (None, Some(fault)) => (Role::Refused, s::fault_word(fault.kind).to_owned()),
        (None, None) => (Role::Waiting, "…".to_owned()),
    }
}

/// The end of an address tells most: host and tenant are in the title already.
fn shortened(url: &str, width: usize) -> String {
    let address = url.split('?').next().unwrap_or(url);
    let path = address
        .split_once("://")
        .and_then(|(_, rest)| rest.find('/').map(|at| &rest[at..]))
        .unwrap_or(address);
    let parts: Vec<&str> = path.split('/').collect();
    let mut text = parts.last().copied().unwrap_or_default().to_owned();
    for part in parts.iter().rev().skip(1) {
        let longer = format!("{part}/{text}");
        if longer.width() + 2 > width || part.is_empty() {
            break;
        }
        text = longer;
    }
    fit(&format!("…/{text}"), width)
}

struct Axis {
    from: Moment,
    length: Duration,
}

impl Axis {
    fn over(from: Moment, all: &[&Exchange]) -> Self {
        let length = all
            .iter()
            .map(|exchange| exchange.started.since(from) + exchange.phases.total())
            .max()
            .unwrap_or_default();
        // A run that waited for a person is mostly waiting: then each exchange is measured for itself.
        let busy: Duration = all.iter().map(|exchange| exchange.phases.total()).sum();
        let length = if length > busy * 4 {
            Duration::ZERO
        } else {
            length
        };
        Self { from, length }
    }

    fn bar(&self, exchange: &Exchange, width: usize) -> String {
        let (offset, length) = if self.length.is_zero() {
            (Duration::ZERO, exchange.phases.total())
        } else {
            (exchange.started.since(self.from), self.length)
        };
        let scale = |time: Duration| {
            let micros = time.as_micros() * width as u128;
            usize::try_from(micros / length.as_micros().max(1)).unwrap_or(width)
        };
        let mut bar = " ".repeat(scale(offset).min(width));
        let mut at = offset;
        for (mark, time) in phases(&exchange.phases) {
            let cells = scale(at + time).saturating_sub(scale(at)).max(1);
            at += time;
            bar.extend(std::iter::repeat_n(mark, cells));
        }
        bar.chars().take(width).collect()
    }
}

fn phases(phases: &Phases) -> impl Iterator<Item = (char, Duration)> {
    let times = [phases.dns, phases.tcp, phases.tls, phases.wait, phases.body];
    MARKS
        .into_iter()
        .zip(times)
        .filter_map(|(mark, time)| time.map(|time| (mark, time)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_shortened_from_the_front() {
        let url = "https://login.contoso.example/tenant/oauth2/v2.0/token?x=1";
        assert_eq!(shortened(url, 24), "…/oauth2/v2.0/token");
        assert_eq!(shortened("http://127.0.0.1:7001/api", 24), "…/api");
        assert_eq!(shortened(url, 13), "…/v2.0/token");
        assert_eq!(shortened(url, 11), "…/token");
    }
}
