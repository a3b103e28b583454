//! One request from both sides: what the lab saw and decided, and what the client saw of the same exchange, matched by
//! the trace id of the reply or the correlation id of the request.

use crate::explorer::reply;
use crate::explorer::rows::{Content, Role, Tie};
use crate::explorer::runs::{self, Entry};
use crate::explorer::state::State;
use crate::model::{Exchange, LabRequestRecord};
use crate::strings::explorer as s;

use super::requests::mark;

/// The lab's side.
pub fn record(state: &State, width: usize) -> Content {
    let mut out = Content::text(width);
    let Some(request) = state.lab_screen.opened() else {
        out.line(0, &[(Role::Dim, s::REQUEST_GONE)]);
        return out;
    };
    let (role, mark) = mark(request.decision);
    let head = format!("{mark} {}", s::decision(request.decision));
    let code = request.code.as_deref().unwrap_or_default();
    out.item(head.clone(), Tie::Nothing);
    out.line(0, &[(role, &head), (Role::Plain, "  "), (role, code)]);
    out.gap();
    pair(&mut out, s::REQUEST_BECAUSE, Role::Strong, &request.because);
    if request.forced {
        pair(
            &mut out,
            s::REQUEST_FORCED,
            Role::Warning,
            s::forced_how(request.assumed),
        );
    }
    if let Some(fault) = &request.fault {
        pair(&mut out, s::REQUEST_FAULT, Role::Warning, fault);
    }
    out.gap();
    let answered = request.status.to_string();
    let rows = [
        (s::REQUEST_WHAT, Some(request.what.as_str())),
        (s::REQUEST_ENDPOINT, Some(request.endpoint.as_str())),
        (s::REQUEST_CLIENT, request.client.as_deref()),
        (s::REQUEST_PROGRAM, request.program.as_deref()),
        (s::REQUEST_STATUS, Some(answered.as_str())),
        (s::CORRELATION, request.correlation.as_deref()),
        (s::TRACE, request.trace.as_deref()),
    ];
    let at = request.at.iso();
    pair(&mut out, s::REQUEST_AT, Role::Plain, &at);
    for (label, value) in rows {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            pair(&mut out, label, Role::Plain, value);
        }
    }
    content(request, &mut out);
    out
}

/// What was asked with, and what a refusal said.
fn content(request: &LabRequestRecord, out: &mut Content) {
    if !request.asked.is_empty() {
        out.gap();
        out.line(0, &[(Role::Label, s::REQUEST_ASKED)]);
        for (name, value) in &request.asked {
            out.item(format!("{name}={value}"), Tie::Nothing);
            out.line(
                4,
                &[
                    (Role::Plain, "  "),
                    (Role::Member, name),
                    (Role::Plain, " = "),
                    (Role::Text, value),
                ],
            );
        }
    }
    if let Some(body) = &request.reply {
        out.gap();
        out.line(0, &[(Role::Label, s::REQUEST_REPLY)]);
        reply::body(body.as_bytes(), out);
    }
}

fn pair(out: &mut Content, label: &str, role: Role, value: &str) {
    out.item(value, Tie::Nothing);
    out.pair(label, role, value);
}

/// The run and the exchange that a request is the other side of.
pub fn exchange_of<'a>(state: &'a State, request: &LabRequestRecord) -> Option<(&'a Entry, usize)> {
    let path = request.what.split(' ').nth(1).unwrap_or_default();
    let same = |exchange: &Exchange| {
        let url = exchange.request.url.split('?').next().unwrap_or_default();
        if !url.ends_with(path) || exchange.status() != Some(request.status) {
            return false;
        }
        let header = |name: &str| exchange.reply.as_ref()?.header(name);
        let trace = header("x-ms-request-id").or_else(|| header("request-id"));
        if request.trace.is_some() && trace.is_some() {
            return request.trace.as_deref() == trace;
        }
        let mut sent = exchange.request.headers.iter();
        let sent = sent.find(|it| it.name.eq_ignore_ascii_case("client-request-id"));
        let sent = sent.map(|it| it.value.reveal());
        request.correlation.is_some() && request.correlation.as_deref() == sent
    };
    state.runs.all().iter().rev().find_map(|entry| {
        let all = runs::exchanges(&entry.run);
        let nth = all.iter().position(|exchange| same(exchange))?;
        Some((entry, nth))
    })
}

/// The client's side.
pub fn seen(state: &State, width: usize) -> Content {
    let mut out = Content::text(width);
    let found = state
        .lab_screen
        .opened()
        .and_then(|request| exchange_of(state, request));
    let Some((entry, nth)) = found else {
        out.line(0, &[(Role::Plain, s::NO_RUN_OF_OURS)]);
        out.gap();
        out.line(0, &[(Role::Dim, s::NO_RUN_OF_OURS_WHY)]);
        return out;
    };
    let all = runs::exchanges(&entry.run);
    let exchange = state.redactor.exchange(all[nth]).into_inner();
    let (role, mark) = runs::mark_of(&entry.run);
    let flow = entry.run.flow().word();
    let head = s::run_of(&entry.run.started.clock(), flow, nth + 1, all.len());
    let came = runs::summary(&entry.run, state);
    out.item(head.clone(), Tie::Nothing);
    out.line(
        0,
        &[(role, mark), (Role::Plain, " "), (Role::Strong, &head)],
    );
    out.line(2, &[(Role::Plain, "  "), (role, &came)]);
    if let Some(found) = entry.run.diagnosis() {
        out.gap();
        pair(&mut out, s::REQUEST_MEANS, Role::Plain, &found.summary);
        pair(&mut out, s::SIGNING_IN, Role::Plain, &found.login_words);
    }
    out.gap();
    sent(state, &exchange, &mut out);
    out.gap();
    came_back(&exchange, &mut out);
    out
}

fn sent(state: &State, exchange: &Exchange, out: &mut Content) {
    let request = &exchange.request;
    let line = format!("{} {}", request.method, request.url);
    out.line(0, &[(Role::Label, s::CLIENT_SENT)]);
    out.item(line.clone(), Tie::Nothing);
    out.line(4, &[(Role::Plain, "  "), (Role::Plain, &line)]);
    for field in &request.form {
        let (role, value) = reply::shown(state, &field.value);
        out.item(format!("{}={value}", field.name), Tie::Nothing);
        out.line(
            4,
            &[
                (Role::Plain, "  "),
                (Role::Member, &field.name),
                (Role::Plain, " = "),
                (role, &value),
            ],
        );
    }
}

fn came_back(exchange: &Exchange, out: &mut Content) {
    let time = runs::lasted(exchange.phases.total());
    out.line(0, &[(Role::Label, s::CLIENT_GOT)]);
    match (&exchange.reply, &exchange.fault) {
        (Some(came), _) => {
            let head = format!("{} · {time}", came.status);
            out.item(head.clone(), Tie::Nothing);
            out.line(2, &[(Role::Plain, "  "), (Role::Strong, &head)]);
            reply::body(&came.body, out);
        }
        (None, Some(fault)) => {
            out.item(fault.detail.clone(), Tie::Nothing);
            let words = s::fault(fault.kind);
            out.line(2, &[(Role::Plain, "  "), (Role::Refused, words)]);
        }
        (None, None) => out.line(2, &[(Role::Dim, s::NO_REPLY_YET)]),
    }
}
