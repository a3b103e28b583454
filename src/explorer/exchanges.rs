//! The exchanges of a run and the waits between them, drawn on one time axis.

mod axis;
mod wait;

use std::time::Duration;

use unicode_width::UnicodeWidthStr;

use crate::model::{Activity, Exchange, Moment, Run};
use crate::strings::explorer as s;

use super::link;
use super::mark::Marked;
use super::pane::Pane;
use super::rows::{Content, Role, Tie, fit};
use super::runs;
use super::state::State;

use axis::Axis;
use wait::{Count, Wait, Why};

/// The marks of the phases, in their order: name, connection, TLS, wait, body.
pub const MARKS: [char; 5] = ['·', '─', '═', '█', '▓'];

/// Clocks that are fewer seconds apart agree: a `date` has no fraction, and a reply takes its time.
const CLOCKS_AGREE: u64 = 5;

/// What the pane shows.
pub fn content(state: &State, width: usize) -> Content {
    let mut out = Content::list(width);
    let Some(run) = state.runs.shown() else {
        return nothing(out);
    };
    let all = runs::exchanges(run);
    let Some(first) = all.first() else {
        return nothing(out);
    };
    let waits = wait::before(run, &all);
    let now = under_way(state, run, &all);
    let from = waits[0].map_or(first.started, |wait| wait.from);
    let drawn: Vec<Wait> = waits
        .iter()
        .copied()
        .chain([now.as_ref().and_then(|now| now.wait)])
        .flatten()
        .collect();
    let columns = Columns::of(width);
    let axis = Axis::over(from, &all, &drawn, columns.bar);
    columns.heading(run, &axis, &mut out);
    let counted = wait::counted(&all);
    // Waits belong to no word that is looked for.
    let whole = state.filters.get(Pane::Exchanges).is_empty();
    let marked = |at| {
        let run = state.selected_id();
        run.is_some_and(|run| state.marked == Some(Marked::Exchange(run, at)))
    };
    for (at, exchange) in all.iter().enumerate() {
        if !state.filters.fits(Pane::Exchanges, &text(exchange)) {
            continue;
        }
        if let Some(wait) = waits[at].as_ref().filter(|_| whole) {
            let row = (None, words(wait.why), Some(wait));
            columns.wait(row, at.saturating_sub(1), &axis, &mut out);
        }
        let beside = beside(counted[at], marked(at));
        columns.exchange((at, exchange), &beside, &axis, &mut out);
    }
    if let Some(now) = now.as_ref().filter(|_| whole) {
        let row = (Some(now.mark), now.words.as_str(), now.wait.as_ref());
        columns.wait(row, all.len() - 1, &axis, &mut out);
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

fn nothing(mut out: Content) -> Content {
    out.list = false;
    out.line(0, &[(Role::Dim, s::NO_EXCHANGES)]);
    out
}

/// How far this machine's clock is ahead of that of the server which a run asked last, in seconds, where they differ by
/// more than a few.
pub fn clock_ahead(run: &Run) -> Option<i64> {
    let all = runs::exchanges(run);
    let newest = all.iter().rev().find_map(|exchange| exchange.clock_ahead());
    newest.filter(|ahead| ahead.unsigned_abs() >= CLOCKS_AGREE)
}

/// What stands behind the address of an exchange.
fn beside(count: Option<Count>, marked: bool) -> String {
    let count = match count {
        Some(Count::Poll(nth)) => s::poll(nth),
        Some(Count::Attempt(nth)) => s::attempt(nth),
        None => String::new(),
    };
    let mark = if marked { s::MARKED } else { "" };
    format!("{count}{mark}").trim_start().to_owned()
}

const fn words(why: Why) -> &'static str {
    match why {
        Why::Start => s::WAITED_FIRST,
        Why::Poll => s::WAITED_POLL,
        Why::RetryAfter => s::WAITED_RETRY_AFTER,
        Why::BackOff => s::WAITED_BACK_OFF,
        Why::Browser => s::WAITED_BROWSER,
        Why::Prompt => s::WAITED_PROMPT,
        Why::Use => s::WAITED_USE,
        Why::Unknown => s::WAITED,
    }
}

/// What a run does since its last exchange.
struct UnderWay {
    mark: &'static str,
    words: String,
    /// The wait so far; `None` where something is on its way, or where no clock runs beside it.
    wait: Option<Wait>,
}

fn under_way(state: &State, run: &Run, all: &[&Exchange]) -> Option<UnderWay> {
    let activity = state.runs.selected()?.activity()?;
    let left = |until: Moment| until.since(state.now);
    let (why, words) = match activity {
        Activity::Sending(what) => (None, s::sending(what)),
        Activity::Waiting { why, until, .. } => {
            (Some(Why::Unknown), s::still_waiting(left(*until), why))
        }
        Activity::Device { next_poll, .. } | Activity::Answering { next_poll, .. } => {
            (Some(Why::Poll), s::next_poll(left(*next_poll)))
        }
        Activity::Browsing { .. } => (Some(Why::Browser), s::FOR_THE_BROWSER.to_owned()),
        Activity::Asking(_) => (None, s::FOR_AN_ANSWER.to_owned()),
    };
    let from = all.last().map_or(run.started, |last| wait::end(last));
    let wait = why.map(|why| Wait {
        from,
        until: state.now.max(from),
        why,
    });
    Some(UnderWay {
        mark: "◌ ",
        words,
        wait,
    })
}

/// How wide the columns are: what was asked and where, then status and time, then the bars.
struct Columns {
    address: usize,
    bar: usize,
}

/// Columns for number and method.
const METHOD: usize = 7;

/// Columns for the status, and for the time with the gap behind it.
const STATUS: usize = 6;
const TIME: usize = 10;

impl Columns {
    fn of(width: usize) -> Self {
        let address = (width / 3).clamp(18, 44) + 1;
        Self {
            address,
            bar: width.saturating_sub(METHOD + address + STATUS + TIME),
        }
    }

    /// The time axis, and beside it how far the clocks differ.
    fn heading(&self, run: &Run, axis: &Axis, out: &mut Content) {
        let clocks = clock_ahead(run).map(s::clocks_briefly).unwrap_or_default();
        let width = METHOD + self.address + STATUS + TIME - 1;
        let clocks = fit(&clocks, width);
        let pad = " ".repeat(width + 1 - clocks.width());
        out.cut(&[
            (Role::Warning, &clocks),
            (Role::Plain, &pad),
            (Role::Dim, &axis.labels()),
        ]);
    }

    fn exchange(
        &self,
        (at, exchange): (usize, &Exchange),
        count: &str,
        axis: &Axis,
        out: &mut Content,
    ) {
        let url = &exchange.request.url;
        let source = format!("{} {url} {count}", exchange.request.method);
        out.item(source.trim_end(), Tie::Nth(at));
        let what = format!(
            "{:<METHOD$}",
            format!("{} {}", at + 1, exchange.request.method)
        );
        let beside = count.width() + usize::from(!count.is_empty());
        let address = shortened(url, (self.address - 1).saturating_sub(beside));
        let used = address.width() + beside + what.width() - METHOD;
        let pad = " ".repeat((self.address - used.min(self.address)).max(1));
        let (role, status) = status(exchange);
        let time = runs::lasted(exchange.phases.total());
        out.cut(&[
            (Role::Plain, &what),
            (Role::Plain, &address),
            (Role::Plain, if count.is_empty() { "" } else { " " }),
            (Role::Dim, count),
            (Role::Plain, &pad),
            (role, &format!("{status:<STATUS$}")),
            (Role::Plain, &format!("{time:>8}  ")),
            (Role::Number, &axis.exchange(exchange)),
        ]);
    }

    /// A wait, after the exchange `of` that it follows. The mark stands at those under way.
    fn wait(
        &self,
        (mark, words, wait): (Option<&str>, &str, Option<&Wait>),
        of: usize,
        axis: &Axis,
        out: &mut Content,
    ) {
        let time = wait.map_or(Duration::ZERO, |wait| wait.until.since(wait.from));
        let lasted = if time.is_zero() {
            String::new()
        } else {
            s::on_axis(time)
        };
        out.item(format!("{words} {lasted}").trim_end(), Tie::Nth(of));
        let width = METHOD - 2 + self.address + STATUS;
        let words = fit(words, width - 1);
        let pad = " ".repeat(width - words.width());
        let role = if mark.is_some() {
            Role::Waiting
        } else {
            Role::Dim
        };
        let bar = wait.map(|wait| axis.wait(wait)).unwrap_or_default();
        out.cut(&[
            (role, mark.unwrap_or("  ")),
            (role, &words),
            (Role::Plain, &pad),
            (role, &format!("{lasted:>8}  ")),
            (Role::Dim, &bar),
        ]);
    }
}

/// How an exchange went: dressed, and in a word.
pub fn status(exchange: &Exchange) -> (Role, String) {
    match (exchange.status(), &exchange.fault) {
        (Some(status), None) if status < 400 => (Role::Granted, status.to_string()),
        (Some(status), _) => (Role::Refused, status.to_string()),
        (None, Some(fault)) => (Role::Refused, s::fault_word(fault.kind).to_owned()),
        (None, None) => (Role::Waiting, "…".to_owned()),
    }
}

/// The exchange under the cursor; for a wait, the one before it.
pub fn under_cursor(state: &State) -> Option<usize> {
    match link::under_cursor(state, Pane::Exchanges)? {
        Tie::Nth(at) => Some(*at),
        _ => None,
    }
}

/// What was asked, briefly: method and the end of the address.
pub fn request(exchange: &Exchange) -> String {
    let request = &exchange.request;
    format!("{} {}", request.method, shortened(&request.url, 44))
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
