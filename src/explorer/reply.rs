//! The reply as it came: its JSON laid out in the server's order, or the exact bytes, with status and headers; and the
//! request that led to it.

mod tree;

use std::fmt::Write;

use crate::decode::json::{self, Piece};
use crate::guide;
use crate::model::{
    Clean, Diagnosis, Exchange, Fact, FactKind, Place, Purpose, Reply, Run, ServerCertificate,
    Spot, Value,
};
use crate::strings::{explorer as s, mutual_tls};

use super::rows::{Content, Role, Tie};
use super::runs;
use super::state::State;

pub use tree::Tree;
pub use tree::{Turned, can_open, close, open, turn_all};

/// How the reply is looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ReplyState {
    /// Which exchange; `None`: the last.
    pub exchange: Option<usize>,
    /// The exact bytes instead of the layout.
    pub exact: bool,
    /// Whether the headers are unfolded.
    pub headers: bool,
    /// The request instead of the reply.
    pub request: bool,
    /// What was folded or opened.
    pub turned: Turned,
}

impl ReplyState {
    /// Back to the last reply, as another run is looked at.
    pub fn reset(&mut self) {
        self.exchange = None;
        self.request = false;
    }
}

/// The exchange that is looked at, and its number.
pub fn looked_at<'a>(state: &State, run: &'a Run) -> Option<(usize, &'a Exchange)> {
    let all = runs::exchanges(run);
    let at = state
        .reply
        .exchange
        .unwrap_or(usize::MAX)
        .min(all.len().checked_sub(1)?);
    Some((at, all[at]))
}

/// What stands in for a reply when none reached the program: the run ended, or waits, in the browser.
enum Instead<'a> {
    Reply,
    Page(Option<&'a str>),
    Redirect(&'a Diagnosis),
    NotYet,
}

fn instead<'a>(state: &'a State, run: &'a Run) -> Instead<'a> {
    if state.reply.exchange.is_some() || state.reply.request {
        return Instead::Reply;
    }
    let page = state
        .runs
        .selected()
        .and_then(|entry| entry.page.as_deref());
    match run.ending() {
        None if runs::exchanges(run).iter().all(|one| prepares(one)) => Instead::NotYet,
        None => Instead::Reply,
        Some(ending) => match ending.diagnosis.as_deref() {
            Some(found) if matches!(found.place, Place::Page | Place::DevicePage) => {
                Instead::Page(page.or(found.description.as_deref()))
            }
            Some(found) if found.place == Place::Authorize => Instead::Redirect(found),
            Some(_) | None => Instead::Reply,
        },
    }
}

/// Whether an exchange only finds out where to ask.
const fn prepares(exchange: &Exchange) -> bool {
    matches!(
        exchange.request.purpose,
        Purpose::Discovery | Purpose::Keys | Purpose::UserRealm | Purpose::ClientAssertion
    )
}

/// Whether a reply stands in the pane, not what stands in for one.
pub fn is_reply(state: &State, run: &Run) -> bool {
    matches!(instead(state, run), Instead::Reply)
}

fn lay_out_instead(state: &State, instead: &Instead<'_>, out: &mut Content) -> bool {
    match instead {
        Instead::Reply => return false,
        Instead::NotYet => out.line(0, &[(Role::Dim, s::REPLY_NOT_YET)]),
        Instead::Page(text) => {
            out.line(0, &[(Role::Dim, s::REPLY_NONE_ON_PAGE)]);
            out.gap();
            for line in text.unwrap_or_default().lines() {
                out.item(line, Tie::Nothing);
                out.line(0, &[(Role::Text, line)]);
            }
        }
        Instead::Redirect(found) => {
            out.line(0, &[(Role::Dim, s::REPLY_BY_REDIRECT)]);
            out.gap();
            let mut seen: Vec<&str> = Vec::new();
            for fact in &found.facts {
                if let Spot::Parameter(name) = &fact.from
                    && !seen.contains(&name.as_str())
                {
                    seen.push(name);
                    let value = parameter(found, name, &fact.value);
                    field(state, (name, " = "), &(Role::Text, value), out);
                }
            }
        }
    }
    true
}

/// The whole value of a parameter that several facts were read from: the longest, which is the parameter itself.
fn parameter(found: &Diagnosis, name: &str, first: &str) -> String {
    let of_it = |fact: &&Fact| matches!(&fact.from, Spot::Parameter(other) if other == name);
    let longest = found
        .facts
        .iter()
        .filter(of_it)
        .max_by_key(|fact| fact.value.len());
    longest.map_or_else(|| first.to_owned(), |fact| fact.value.clone())
}

/// Whether what is looked at is the reply that the diagnosis rests on.
pub fn is_deciding(state: &State) -> bool {
    let Some(run) = state.runs.shown() else {
        return false;
    };
    !state.reply.request
        && looked_at(state, run).is_some_and(|(at, _)| at + 1 == runs::exchanges(run).len())
}

/// Switches between request and reply.
pub fn turn(state: &mut State) {
    state.reply.request = !state.reply.request;
    state.views.forget(super::pane::Pane::Reply);
}

/// To the next or the previous exchange.
pub fn go(state: &mut State, on: bool) {
    let count = state.runs.replies();
    if count == 0 {
        return;
    }
    let at = state.reply.exchange.unwrap_or(count - 1).min(count - 1);
    state.reply.exchange = Some(if on {
        (at + 1).min(count - 1)
    } else {
        at.saturating_sub(1)
    });
    state.views.forget(super::pane::Pane::Reply);
}

/// What the pane shows.
pub fn content(state: &State, width: usize) -> Content {
    let mut out = Content::text(width);
    let run = state.runs.shown();
    if run.is_some_and(|run| lay_out_instead(state, &instead(state, run), &mut out)) {
        return out;
    }
    let Some((_, exchange)) = state.runs.shown().and_then(|run| looked_at(state, run)) else {
        out.line(0, &[(Role::Dim, s::NO_REPLY_YET)]);
        return out;
    };
    if state.reply.request {
        request(state, exchange, &mut out);
        return out;
    }
    if let Some(reply) = &exchange.reply {
        if state.reply.exact {
            exact(&reply.body, &mut out);
        } else {
            let mut tree = Tree {
                turned: &state.reply.turned,
                out: &mut out,
            };
            if !tree.body(&reply.body) {
                exact(&reply.body, &mut out);
            }
        }
        headers(state, exchange, reply, &mut out);
    }
    if let Some(fault) = &exchange.fault {
        out.item(fault.detail.clone(), Tie::Spot(Spot::Fault));
        out.line(0, &[(Role::Refused, s::fault(fault.kind))]);
        out.block(2, Role::Plain, &fault.detail);
        chain(&fault.chain, &mut out);
    }
    if let Some(cut) = exchange.reply.as_ref().and_then(|reply| reply.cut) {
        out.end();
        out.line(0, &[(Role::Warning, &s::cut(cut))]);
    }
    out
}

/// The certificates that the server showed, its own first.
fn chain(shown: &[ServerCertificate], out: &mut Content) {
    if shown.is_empty() {
        return;
    }
    out.end();
    out.gap();
    out.line(0, &[(Role::Strong, &s::chain_heading(shown.len()))]);
    for (nth, certificate) in shown.iter().enumerate() {
        let subject = format!("{} {}", nth + 1, certificate.subject);
        out.item(certificate.sha256.clone(), Tie::Nothing);
        out.line(2, &[(Role::Text, &subject)]);
        let facts = [
            s::chain_issuer(&certificate.issuer),
            s::chain_validity(&certificate.not_before.iso(), &certificate.not_after.iso()),
            s::chain_fingerprint(&certificate.sha256),
        ];
        for fact in &facts {
            out.line(4, &[(Role::Plain, "  "), (Role::Dim, fact)]);
        }
    }
    out.end();
}

/// A body laid out: JSON member by member, anything else as it came.
pub fn body(bytes: &[u8], out: &mut Content) {
    let Some(lines) = json::outline(bytes) else {
        exact(bytes, out);
        return;
    };
    for line in lines {
        let source: String = line.pieces.iter().map(|(_, text)| text.as_str()).collect();
        out.item(source, Tie::Spot(Spot::Pointer(line.pointer.into())));
        let indent = (line.indent * 2).min(out.width() / 2);
        let pad = " ".repeat(indent);
        let mut pieces: Vec<(Role, &str)> = vec![(Role::Plain, &pad)];
        pieces.extend(
            line.pieces
                .iter()
                .map(|(piece, text)| (role(*piece), text.as_str())),
        );
        out.line(indent + 2, &pieces);
    }
}

const fn role(piece: Piece) -> Role {
    match piece {
        Piece::Punctuation | Piece::Plain => Role::Plain,
        Piece::Key => Role::Member,
        Piece::String => Role::Text,
        Piece::Number => Role::Number,
        Piece::Word => Role::Word,
    }
}

/// The headers that the diagnosis was read from: they stay unfolded.
fn telling<'a>(state: &State, reply: &'a Reply) -> Vec<&'a (String, String)> {
    let found = state.runs.shown().and_then(Run::diagnosis);
    let facts = found
        .map(|found| found.facts.as_slice())
        .unwrap_or_default();
    let told = |name: &str| {
        facts.iter().any(|fact| {
            let needed = matches!(
                fact.kind,
                FactKind::Claims | FactKind::Error | FactKind::RetryAfter
            );
            needed && matches!(&fact.from, Spot::Header(from) if from.eq_ignore_ascii_case(name))
        })
    };
    if is_deciding(state) {
        reply
            .headers
            .iter()
            .filter(|(name, _)| told(name))
            .collect()
    } else {
        Vec::new()
    }
}

fn header(state: &State, name: &str, value: &str, out: &mut Content) {
    let tie = Tie::Spot(Spot::Header(name.to_lowercase().into()));
    let turned = &state.reply.turned;
    Tree { turned, out }.named((name, ": "), &(Role::Text, value.to_owned()), tie, 2);
}

/// The bytes as they came: what is text as text, everything else in a visible form.
fn exact(bytes: &[u8], out: &mut Content) {
    if bytes.is_empty() {
        out.line(0, &[(Role::Dim, s::EMPTY_BODY)]);
        return;
    }
    for line in visible(bytes).split('\n') {
        out.item(line, Tie::Nothing);
        out.line(0, &[(Role::Plain, line)]);
    }
}

/// Valid UTF-8 made safe for a terminal; other bytes as `‹x1F›`.
pub fn visible(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(Clean::block(chunk.valid()).as_str());
        for byte in chunk.invalid() {
            let _ = write!(text, "‹x{byte:02X}›");
        }
    }
    text
}

fn headers(state: &State, exchange: &Exchange, reply: &Reply, out: &mut Content) {
    out.gap();
    if !state.reply.headers {
        for (name, value) in telling(state, reply) {
            header(state, name, value, out);
        }
        out.end();
        out.line(0, &[(Role::Dim, &s::headers_folded(reply.headers.len()))]);
        return;
    }
    out.item(reply.status.to_string(), Tie::Spot(Spot::Status));
    out.line(0, &[(Role::Strong, &format!("HTTP/1.1 {}", reply.status))]);
    for (name, value) in &reply.headers {
        header(state, name, value, out);
        if let Some(words) = guide::header::says(name, value, exchange) {
            out.line(4, &[(Role::Plain, "    "), (Role::Dim, &words)]);
        }
    }
}

fn request(state: &State, exchange: &Exchange, out: &mut Content) {
    let request = &exchange.request;
    out.item(request.url.clone(), Tie::Nothing);
    out.line(
        2,
        &[
            (Role::Strong, &request.method),
            (Role::Plain, " "),
            (Role::Link, &request.url),
        ],
    );
    for header in &request.headers {
        field(
            state,
            (&header.name, ": "),
            &shown(state, &header.value),
            out,
        );
    }
    if let Some(certificate) = &request.certificate {
        out.gap();
        let named = mutual_tls::certificate(&certificate.subject, &certificate.thumbprint);
        let handed = mutual_tls::handed(certificate.handed).to_owned();
        field(
            state,
            (mutual_tls::CERTIFICATE, ": "),
            &(Role::Text, named),
            out,
        );
        field(
            state,
            (mutual_tls::IN_HANDSHAKE, ": "),
            &(Role::Dim, handed),
            out,
        );
    }
    if !request.form.is_empty() {
        out.gap();
        for one in &request.form {
            field(state, (&one.name, " = "), &shown(state, &one.value), out);
        }
    }
    if let Some(body) = &request.body {
        out.gap();
        let (role, text) = shown(state, body);
        for line in text.lines() {
            out.item(line, Tie::Nothing);
            out.line(0, &[(role, line)]);
        }
    }
}

fn field(state: &State, named: (&str, &str), value: &(Role, String), out: &mut Content) {
    let tie = Tie::Spot(Spot::Parameter(named.0.to_owned()));
    let turned = &state.reply.turned;
    Tree { turned, out }.named(named, value, tie, 4);
}

/// A value that was sent. A secret shows only while a person asks for it, and a password never.
pub fn shown(state: &State, value: &Value) -> (Role, String) {
    match value {
        Value::Plain(text) => (Role::Text, text.clone()),
        Value::Secret(secret) if state.revealed && secret.kind().machine_made() => {
            (Role::Secret, secret.reveal().to_owned())
        }
        Value::Secret(secret) => (Role::Secret, state.redactor.secret(secret)),
    }
}

/// What is copied when all of the pane is wanted.
pub fn source(state: &State, exchange: &Exchange) -> String {
    if state.reply.request {
        let mut text = format!("{} {}\n", exchange.request.method, exchange.request.url);
        for one in &exchange.request.form {
            let (_, value) = shown(state, &one.value);
            let _ = writeln!(text, "{}={value}", one.name);
        }
        if let Some(body) = &exchange.request.body {
            text.push_str(&shown(state, body).1);
        }
        return text;
    }
    exchange
        .reply
        .as_ref()
        .map(|reply| reply.text().into_owned())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_are_no_text_stay_visible() {
        assert_eq!(visible(b"a\xff\x1bb"), "a‹xFF›␛b");
    }
}
