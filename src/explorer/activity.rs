//! What a run that is under way is doing: the device code in large letters, the page to open, the countdown.

use crate::model::{Activity, Moment};
use crate::strings::explorer as s;

use super::rows::{Content, Role, Tie};
use super::runs::Entry;
use super::state::State;

/// Lays out what the run does now.
pub fn lay_out(state: &State, entry: &Entry, out: &mut Content) {
    let Some(activity) = entry.activity() else {
        return;
    };
    match activity {
        Activity::Sending(what) => {
            out.item(what.clone(), Tie::Nothing);
            out.line(
                2,
                &[(Role::Waiting, "◌ "), (Role::Strong, &s::sending(what))],
            );
        }
        Activity::Waiting { why, until, .. } => waiting(state, out, why, *until),
        Activity::Device {
            page,
            user_code,
            complete: _,
            next_poll,
            expires,
        } => device(state, out, page, user_code, (*next_poll, *expires)),
        Activity::Answering {
            user,
            shows,
            next_poll,
            expires,
        } => answering(state, out, (user, shows.as_deref()), (*next_poll, *expires)),
        Activity::Browsing { url, opened, until } => {
            shown(entry, out);
            browsing((state, entry), out, url, *opened, *until);
        }
        Activity::Asking(question) => {
            out.item(String::new(), Tie::Nothing);
            out.line(
                2,
                &[
                    (Role::Waiting, "◌ "),
                    (Role::Strong, s::question(*question)),
                ],
            );
        }
    }
    if !matches!(activity, Activity::Browsing { .. }) {
        shown(entry, out);
    }
    latest(entry, out);
}

/// What the log said last since the run waits here: that a paste held nothing, for one.
fn latest(entry: &Entry, out: &mut Content) {
    if let Some(event) = entry.news().last() {
        out.gap();
        out.item(event.what.clone(), Tie::Nothing);
        out.pair(s::LATEST, Role::Warning, &event.what);
    }
}

/// What the page showed the lab's user, when it sent nothing back.
fn shown(entry: &Entry, out: &mut Content) {
    let Some(page) = &entry.page else { return };
    if !out.rows.is_empty() {
        out.gap();
    }
    out.item(page.clone(), Tie::Nothing);
    out.line(0, &[(Role::Label, s::PAGE_SHOWED)]);
    out.block(2, Role::Plain, page);
    out.end();
    out.line(0, &[(Role::Dim, s::PAGE_SHOWED_HINT)]);
    out.gap();
}

fn waiting(state: &State, out: &mut Content, why: &str, until: Moment) {
    out.item(why.to_owned(), Tie::Nothing);
    out.line(2, &[(Role::Waiting, "◌ "), (Role::Strong, why)]);
    out.gap();
    out.item(until.iso(), Tie::Nothing);
    out.pair(
        s::GOES_ON_IN,
        Role::Waiting,
        &s::span(until.since(state.now)),
    );
}

fn device(state: &State, out: &mut Content, page: &str, code: &str, times: (Moment, Moment)) {
    let (next_poll, expires) = times;
    out.item(page.to_owned(), Tie::Nothing).url = Some(page.to_owned());
    out.line(0, &[(Role::Plain, s::DEVICE_OPEN)]);
    out.line(2, &[(Role::Plain, "  "), (Role::Link, page)]);
    out.gap();
    out.item(code.to_owned(), Tie::Nothing);
    out.line(0, &[(Role::Plain, s::DEVICE_TYPE)]);
    let spaced: String = code.chars().flat_map(|c| [c, ' ']).collect();
    let wide = format!("   {spaced}  ");
    let blank = " ".repeat(wide.chars().count());
    out.cut(&[(Role::Plain, "  "), (Role::Big, &blank)]);
    out.cut(&[(Role::Plain, "  "), (Role::Big, &wide)]);
    out.cut(&[(Role::Plain, "  "), (Role::Big, &blank)]);
    out.gap();
    countdown(state, out, next_poll, expires);
    grants(state, out);
}

fn countdown(state: &State, out: &mut Content, next_poll: Moment, expires: Moment) {
    out.item(expires.iso(), Tie::Nothing);
    out.pair(
        s::RUNS_OUT_IN,
        Role::Waiting,
        &s::span(expires.since(state.now)),
    );
    out.item(next_poll.iso(), Tie::Nothing);
    out.pair(
        s::ASKS_AGAIN_IN,
        Role::Dim,
        &s::span(next_poll.since(state.now)),
    );
}

/// Who is asked on a device of their own, and what it shows.
fn answering(
    state: &State,
    out: &mut Content,
    (user, shows): (&str, Option<&str>),
    (next_poll, expires): (Moment, Moment),
) {
    out.item(user.to_owned(), Tie::Nothing);
    out.line(
        2,
        &[
            (Role::Waiting, "◌ "),
            (Role::Strong, &s::asked_on_device(user)),
        ],
    );
    if let Some(text) = shows {
        out.item(text.to_owned(), Tie::Nothing);
        out.pair(s::DEVICE_SHOWS, Role::Strong, text);
    }
    out.gap();
    countdown(state, out, next_poll, expires);
}

/// Which program and directory the code lets in: only the person can know whether that is theirs.
fn grants(state: &State, out: &mut Content) {
    let Some(entry) = state.runs.selected() else {
        return;
    };
    let spec = &entry.run.spec;
    out.item(spec.client_id.clone(), Tie::Nothing);
    let whom = spec.profile.as_deref().unwrap_or(&spec.client_id);
    let tenant = spec.authority.tenant().unwrap_or(spec.authority.host());
    out.pair(s::LETS_IN, Role::Plain, &s::lets_in(whom, tenant));
    out.pair("", Role::Warning, s::ONLY_YOURSELF);
}

fn browsing(
    (state, entry): (&State, &Entry),
    out: &mut Content,
    url: &str,
    opened: bool,
    until: Moment,
) {
    out.item(url.to_owned(), Tie::Nothing).url = Some(url.to_owned());
    let words = match (opened, entry.run.simulated) {
        _ if entry.page.is_some() => s::BROWSER_WAITS_STILL,
        (true, _) => s::BROWSER_OPENED,
        (false, true) => s::BROWSER_OF_THE_LAB,
        (false, false) => s::BROWSER_BY_HAND,
    };
    out.line(2, &[(Role::Waiting, "◌ "), (Role::Strong, words)]);
    out.line(2, &[(Role::Plain, "  "), (Role::Link, url)]);
    out.gap();
    out.item(until.iso(), Tie::Nothing);
    out.pair(
        s::GIVES_UP_IN,
        Role::Waiting,
        &s::span(until.since(state.now)),
    );
}
