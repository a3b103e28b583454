//! What came of the two runs.

use super::{Findings, Part, claims, gained, joined};
use crate::model::{
    Diagnosis, Exchange, FactKind, FaultKind, Moment, Outcome, Reply, Run, TokenFacts,
};
use crate::strings::compare as say;

/// How each ended.
pub(super) fn outcome(left: &Run, right: &Run, found: &mut Findings) {
    let word = |run: &Run| {
        Some(
            run.outcome()
                .map_or(say::UNDER_WAY, Outcome::word)
                .to_owned(),
        )
    };
    let why = match (left.outcome(), right.outcome()) {
        (_, Some(Outcome::Granted)) => say::NOW_GRANTED,
        (Some(Outcome::Granted), Some(Outcome::Refused)) => say::NOW_REFUSED,
        (Some(Outcome::Refused), Some(Outcome::Unreachable)) => say::NOW_UNREACHABLE,
        (Some(Outcome::Unreachable), Some(Outcome::Refused)) => say::NOW_ANSWERED,
        _ => "",
    };
    found.note("outcome", word(left), word(right), why);
}

/// Why each was refused. A run that was granted has nothing here, and that alone is told by the outcome.
pub(super) fn refusal(left: &Run, right: &Run, found: &mut Findings) {
    let (a, b) = (refused(left), refused(right));
    let of = |diagnosis: Option<&Diagnosis>, part: fn(&Diagnosis) -> Option<String>| {
        diagnosis.and_then(part)
    };
    let both = a.is_some() && b.is_some();
    let why = |sentence: &'static str| if both { sentence } else { "" };
    let mut note = |what: &str, part: fn(&Diagnosis) -> Option<String>, sentence: &'static str| {
        found.note(what, of(a, part), of(b, part), why(sentence));
    };
    note("error", |d| d.error.clone(), say::OTHER_ERROR);
    note("suberror", |d| d.suberror.clone(), say::OTHER_SUBERROR);
    note("codes", codes, say::OTHER_CODES);
    note(
        "where",
        |d| Some(d.place.word().to_owned()),
        say::OTHER_PLACE,
    );
    note("class", |d| Some(d.class.word().to_owned()), "");
    note("signing in again", |d| Some(d.login.word().to_owned()), "");
    note(
        "claims challenge",
        |d| d.claims.as_ref().map(ToString::to_string),
        say::OTHER_CHALLENGE,
    );
    let (first, second) = (a.map(policies), b.map(policies));
    found.note(
        "policies",
        first.and_then(|p| joined(&p)),
        second.and_then(|p| joined(&p)),
        why(say::OTHER_POLICIES),
    );
    found.noise(
        "correlation id",
        of(a, |d| d.correlation_id.clone()),
        of(b, |d| d.correlation_id.clone()),
    );
    found.noise(
        "trace id",
        of(a, |d| d.trace_id.clone()),
        of(b, |d| d.trace_id.clone()),
    );
    let time = |d: &Diagnosis| d.timestamp.map(Moment::iso);
    found.noise("server time", a.and_then(time), b.and_then(time));
}

/// The diagnosis of a refusal, not that of an API call.
fn refused(run: &Run) -> Option<&Diagnosis> {
    run.ending()?.diagnosis.as_deref()
}

fn codes(diagnosis: &Diagnosis) -> Option<String> {
    let codes: Vec<&str> = diagnosis
        .codes
        .iter()
        .map(|view| view.code.as_str())
        .collect();
    joined(&codes)
}

fn policies(diagnosis: &Diagnosis) -> Vec<&str> {
    let ids = diagnosis
        .facts
        .iter()
        .filter(|fact| fact.kind == FactKind::PolicyId);
    ids.map(|fact| fact.value.as_str()).collect()
}

/// The tokens, where both runs got one.
pub(super) fn token(left: &Run, right: &Run, found: &mut Findings) {
    let (Some(a), Some(b)) = (token_of(left), token_of(right)) else {
        return;
    };
    claims::differ(
        "claim",
        a.access_claims.as_ref(),
        b.access_claims.as_ref(),
        found,
    );
    claims::differ(
        "id token claim",
        a.id_claims.as_ref(),
        b.id_claims.as_ref(),
        found,
    );
    let (before, after) = (words(&a.scopes), words(&b.scopes));
    let rights = say::rights(
        &gained(&before, &after).join(" "),
        &gained(&after, &before).join(" "),
    );
    found.note("scopes granted", joined(&before), joined(&after), rights);
    let why = if b.from_cache {
        say::FROM_CACHE
    } else {
        say::FROM_SERVER
    };
    found.note("token from", Some(source(a)), Some(source(b)), why);
    let held = |token: &TokenFacts| {
        token
            .refresh_fingerprint
            .as_ref()
            .map(|_| say::YES.to_owned())
    };
    let why = if b.refresh_fingerprint.is_some() {
        say::REFRESH_CAME
    } else {
        say::REFRESH_GONE
    };
    found.note("refresh token held", held(a), held(b), why);
    found.parts(a, b, TOKEN);
    for (what, mark, _) in MARKS {
        found.noise(*what, mark(a), mark(b));
    }
}

/// What a token is, besides its claims.
const TOKEN: &[Part<TokenFacts>] = &[
    (
        "token type",
        |token| Some(token.token_type.to_lowercase()),
        say::TOKEN_TYPE,
    ),
    ("account", |token| token.account.clone(), say::PERSON),
];

/// What is new in every token.
const MARKS: &[Part<TokenFacts>] = &[
    ("access token", |token| Some(token.fingerprint.clone()), ""),
    (
        "refresh token",
        |token| token.refresh_fingerprint.clone(),
        "",
    ),
    ("expires", |token| token.expires.map(Moment::iso), ""),
];

fn source(token: &TokenFacts) -> String {
    if token.from_cache {
        say::CACHE
    } else {
        say::SERVER
    }
    .to_owned()
}

fn token_of(run: &Run) -> Option<&TokenFacts> {
    run.ending()?.token.as_ref()
}

fn words(list: &[String]) -> Vec<&str> {
    let mut words: Vec<&str> = list.iter().map(String::as_str).collect();
    words.sort_unstable();
    words
}

/// The API calls, where both runs made one.
pub(super) fn api(left: &Run, right: &Run, found: &mut Findings) {
    let exchange = |run: &Run| {
        run.ending()
            .and_then(|ending| ending.api.as_ref())
            .map(|api| answer(&api.exchange))
    };
    let (Some(before), Some(after)) = (exchange(left), exchange(right)) else {
        return;
    };
    let why = if after.starts_with('2') {
        say::API_NOW_ANSWERS
    } else {
        say::API_NOW_REFUSES
    };
    found.note("API answer", Some(before), Some(after), why);
}

/// Status or fault of an exchange.
pub(super) fn answer(exchange: &Exchange) -> String {
    let fault = exchange
        .fault
        .as_ref()
        .map(|fault| fault_word(fault.kind).to_owned());
    let status = exchange.status().map(|status| status.to_string());
    match (status, fault) {
        (Some(status), Some(fault)) => format!("{status}, {fault}"),
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => String::new(),
    }
}

const fn fault_word(kind: FaultKind) -> &'static str {
    match kind {
        FaultKind::Dns => "dns",
        FaultKind::Tcp => "tcp",
        FaultKind::Tls => "tls",
        FaultKind::Proxy => "proxy",
        FaultKind::ConnectTimeout => "connect time-out",
        FaultKind::FirstByteTimeout => "first-byte time-out",
        FaultKind::WholeTimeout => "time-out",
        FaultKind::CutOff => "cut off",
        FaultKind::Protocol => "not HTTP",
        FaultKind::Cancelled => "cancelled",
    }
}

/// What the wire shows: status, waits, servers, timing.
pub(super) fn wire(left: &Run, right: &Run, found: &mut Findings) {
    let last = |run: &Run| run.deciding_exchange().map(answer);
    found.note("last answer", last(left), last(right), "");
    let header = |run: &Run, name: &str| {
        let reply: Option<&Reply> = run
            .deciding_exchange()
            .and_then(|exchange| exchange.reply.as_ref());
        reply
            .and_then(|reply| reply.header(name))
            .map(str::to_owned)
    };
    found.note(
        "Retry-After",
        header(left, "retry-after"),
        header(right, "retry-after"),
        say::RETRY_AFTER,
    );
    for name in [
        "x-ms-request-id",
        "client-request-id",
        "x-ms-ests-server",
        "date",
    ] {
        found.noise(name, header(left, name), header(right, name));
    }
    let count = |run: &Run| Some(run.exchanges.len().to_string());
    found.noise("exchanges", count(left), count(right));
    let time = |run: &Run| Some(say::milliseconds(run.wire_time().as_millis()));
    found.noise("time on the wire", time(left), time(right));
    found.noise(
        "started",
        Some(left.started.iso()),
        Some(right.started.iso()),
    );
}
