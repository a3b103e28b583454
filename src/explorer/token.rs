//! What a granted run got: facts about the token, never the token.

use std::time::Duration;

use serde_json::Value as Json;

use crate::guide::token as guide;
use crate::model::{
    AdminConsent, ClaimView, Ending, Flow, Lifetime, Moment, Outcome, Run, RunId, SecretKind,
    SignInAge, TokenFacts, Verdict, Verification,
};
use crate::session::Command;
use crate::strings::{asking, consent, explorer as s, logout, mutual_tls, token as say};

use super::found::Pasted;
use super::message::{Effect, Effects};
use super::pane::Pane;
use super::rows::{Content, Role, Tie};
use super::state::State;
use super::{diagnosis, mark, runs};

/// Lays out a granted ending.
pub fn lay_out(state: &State, ending: &Ending, out: &mut Content) {
    if let Some(found) = &ending.consent {
        return consented(found, out);
    }
    let Some(token) = &ending.token else {
        out.line(0, &[(Role::Granted, s::GRANTED)]);
        return;
    };
    if api_refused(state, ending, out) {
        out.gap();
    }
    out.item(s::GRANTED, Tie::Nothing);
    let headline = if token.from_cache {
        s::GRANTED_FROM_CACHE
    } else {
        s::GRANTED
    };
    out.line(2, &[(Role::Granted, "✓ "), (Role::Granted, headline)]);
    let newest = state.runs.place() == Some(0);
    if newest && state.scenarios.over() {
        out.line(2, &[(Role::Plain, "  "), (Role::Strong, s::SCENARIO_OVER)]);
    }
    out.gap();
    api(ending, out);
    used(state, ending, out);
    signed_out(ending, out);
    follows(state, out);
    sign_in_age(state, token, out);
    facts(state, token, out);
    let known = token.access_claims.as_ref().or(token.id_claims.as_ref());
    if let Some(known) = known {
        lifetime(Lifetime::of(known), state.now, server_time(state), out);
    }
    if let Some(found) = &ending.verification {
        check(found, Tie::Nothing, out);
    }
    claims(state, token.access_claims.as_ref(), s::ACCESS_CLAIMS, out);
    if state.details || token.access_claims.is_none() {
        claims(state, token.id_claims.as_ref(), s::ID_CLAIMS, out);
    }
}

/// What an administrator consented to for everybody.
fn consented(found: &AdminConsent, out: &mut Content) {
    out.item(consent::CONSENTED, Tie::Nothing);
    out.line(
        2,
        &[(Role::Granted, "✓ "), (Role::Granted, consent::CONSENTED)],
    );
    out.gap();
    if let Some(tenant) = &found.tenant {
        out.item(tenant.clone(), Tie::Nothing);
        out.pair(consent::TENANT, Role::Plain, tenant);
    }
    let words = found.scopes.iter().map(|scope| consent::permission(scope));
    let all = found
        .scopes
        .is_empty()
        .then(|| consent::ALL_REGISTERED.to_owned());
    for words in words.chain(all) {
        out.item(words.clone(), Tie::Nothing);
        out.pair(consent::ALLOWED, Role::Plain, &words);
    }
    out.gap();
    out.line(0, &[(Role::Plain, consent::AFTERWARDS)]);
}

/// The refused run whose way out led to this grant.
fn follows(state: &State, out: &mut Content) {
    let parent = state.runs.selected().and_then(|entry| entry.parent);
    let Some(refused) = parent.and_then(|(run, _)| state.runs.get(run)) else {
        return;
    };
    let clock = refused.run.started.clock();
    let words = s::follows(&clock, &runs::refusal(&refused.run));
    out.item(words.clone(), Tie::Nothing);
    out.pair(s::CURES, Role::Plain, &words);
}

/// How old the sign-in is, where the run asked for an age.
fn sign_in_age(state: &State, token: &TokenFacts, out: &mut Content) {
    let Some(run) = state.runs.selected().map(|entry| &entry.run) else {
        return;
    };
    let page = run.flow() == Flow::Interactive;
    let age = SignInAge::of(&run.spec.asking, token.id_claims.as_ref(), run.started);
    if let Some(age) = age.filter(|_| page) {
        let words = asking::of_sign_in(age);
        out.item(words.clone(), Tie::Nothing);
        out.pair(s::NOTE, Role::Plain, &words);
    }
}

fn facts(state: &State, token: &TokenFacts, out: &mut Content) {
    let mut pair = |label: &str, value: &str| {
        out.item(value, Tie::Nothing);
        out.pair(label, Role::Plain, value);
    };
    if let Some(expires) = token.expires {
        pair(
            s::EXPIRES,
            &s::expires(&expires.iso(), expires.since(state.now)),
        );
    }
    pair(s::SCOPES, &token.scopes.join(" "));
    if let Some(account) = &token.account {
        pair(s::ACCOUNT, account);
    }
    pair(s::TYPE, &token.token_type);
    let run = state.runs.selected().map(|entry| &entry.run);
    if let Some(bound) = run.and_then(Run::binding) {
        pair(mutual_tls::BOUND_TO, mutual_tls::binding(bound));
    }
    if let Some(issued) = &token.issued_type {
        pair(s::ISSUED_TYPE, issued);
    }
    if let Some(details) = &token.details {
        pair(s::DETAILS, &details.to_string());
    }
    let access = match token.fingerprint.as_str() {
        "" => s::NO_ACCESS_TOKEN.to_owned(),
        print => s::fingerprint(SecretKind::AccessToken, print),
    };
    pair(s::ACCESS_TOKEN, &access);
    let refresh = token.refresh_fingerprint.as_ref();
    let refresh = refresh.map(|print| s::fingerprint(SecretKind::RefreshToken, print));
    pair(
        s::REFRESH_TOKEN,
        refresh.as_deref().unwrap_or(s::NO_REFRESH_TOKEN),
    );
}

fn api(ending: &Ending, out: &mut Content) {
    let Some(api) = &ending.api else {
        return;
    };
    let status = api.exchange.status();
    let words = s::api(status, &api.exchange.request.url);
    out.item(words.clone(), Tie::Nothing);
    let role = if api.diagnosis.is_some() {
        Role::Refused
    } else {
        Role::Granted
    };
    out.pair(s::API, role, &words);
    for sentence in &api.said {
        out.item(sentence.clone(), Tie::Nothing);
        out.pair("", Role::Plain, sentence);
    }
}

/// Sentences about one use of the token, before everything is unfolded.
const MOST_SAID: usize = 4;

/// What else was done with the token, and what came of it; all that was said of it where details are unfolded.
fn used(state: &State, ending: &Ending, out: &mut Content) {
    for done in &ending.further {
        let words = s::api(done.exchange.status(), &done.exchange.request.url);
        out.item(words.clone(), Tie::Nothing);
        let role = if done.diagnosis.is_some() {
            Role::Refused
        } else {
            Role::Granted
        };
        out.pair(s::used(done.what), role, &words);
        let all = if state.details { usize::MAX } else { MOST_SAID };
        for sentence in done.said.iter().take(all) {
            out.pair("", Role::Plain, sentence);
        }
    }
}

/// What came of signing the person out.
fn signed_out(ending: &Ending, out: &mut Content) {
    let said = ending.signed_out.as_ref().map(|done| done.said.as_slice());
    for (nth, sentence) in said.unwrap_or_default().iter().enumerate() {
        out.item(sentence.clone(), Tie::Nothing);
        let label = if nth == 0 { logout::NAME } else { "" };
        out.pair(label, Role::Plain, sentence);
    }
}

/// The API or the authority refused the token: that comes first, since it is what has to be done something about.
fn api_refused(state: &State, ending: &Ending, out: &mut Content) -> bool {
    let found = ending.api.as_ref().and_then(|api| api.diagnosis.as_deref());
    let last = ending.further.last();
    let of_further = last.and_then(|further| further.diagnosis.as_deref());
    let found = of_further.or(found);
    if let Some(found) = found {
        diagnosis::lay_out(found, state.details, out);
    }
    found.is_some()
}

fn claims(state: &State, claims: Option<&Json>, heading: &str, out: &mut Content) {
    let Some(claims) = claims else {
        return;
    };
    out.gap();
    out.line(0, &[(Role::Label, heading)]);
    parts(
        &guide::claims(claims, state.now),
        state.details,
        &Tie::Nothing,
        out,
    );
    if !state.details {
        out.end();
        out.line(0, &[(Role::Dim, s::MORE_CLAIMS)]);
    }
}

/// Parts of a token with what they mean; those that do not tell much only with the details.
fn parts(list: &[ClaimView], details: bool, tie: &Tie, out: &mut Content) {
    for part in list.iter().filter(|part| details || part.telling) {
        out.item(part.value.clone(), tie.clone());
        out.pair(&part.name, Role::Plain, &part.value);
        for note in &part.notes {
            out.pair("", Role::Plain, note);
        }
        if !part.meaning.is_empty() {
            out.pair("", Role::Dim, &part.meaning);
        }
    }
}

/// The lifetime as a bar, and the server's clock where it is known to differ.
fn lifetime(life: Lifetime, now: Moment, server: Option<Moment>, out: &mut Content) {
    const CLOCKS_APART: Duration = Duration::from_secs(2);
    let server = server.filter(|at| at.since(now).max(now.since(*at)) >= CLOCKS_APART);
    // The marks may stand outside the bar, and it has two ends.
    let room = out.width().saturating_sub(out.label_width() + 8);
    let Some(bar) = life.bar(now, server, room.min(40)) else {
        return;
    };
    out.item(bar.clone(), Tie::Nothing);
    out.line(
        0,
        &[
            (Role::Label, &padded(say::LIFETIME, out)),
            (Role::Plain, &bar),
        ],
    );
    // Good or not is for the issuer's clock to say.
    out.pair("", Role::Plain, &say::age(life.age(server.unwrap_or(now))));
    if let Some(server) = server {
        let words = format!("◆ {}", say::server_clock(server, now));
        out.pair(say::SERVER_CLOCK, Role::Warning, &words);
    }
}

fn padded(label: &str, out: &Content) -> String {
    format!("{label:<width$}", width = out.label_width())
}

/// What a check found.
fn check(found: &Verification, tie: Tie, out: &mut Content) {
    let verdict = found.verdict();
    let role = match verdict {
        Verdict::Verified => Role::Granted,
        Verdict::Failed => Role::Refused,
        Verdict::NotChecked => Role::Warning,
    };
    let which = if found.id_token { say::OF_ID_TOKEN } else { "" };
    let words = format!("{} {} {which}", verdict.mark(), say::verdict(verdict));
    out.item(words.clone(), tie);
    out.pair(say::CHECK, role, words.trim_end());
    for sentence in say::findings(found) {
        out.pair("", Role::Plain, &sentence);
    }
    if let Some(from) = &found.keys_from {
        out.pair(say::KEYS_FROM, Role::Dim, from);
    }
}

/// The server's time now, as its newest reply tells it.
fn server_time(state: &State) -> Option<Moment> {
    let run = state.runs.shown()?;
    let newest = run.exchanges.iter().rev();
    let (date, asked) = newest.into_iter().find_map(|exchange| {
        let date = exchange.reply.as_ref()?.header("date")?;
        Some((Moment::parse_http_date(date)?, exchange.started))
    })?;
    // A date has no fraction, and came later than the question.
    let (ahead, behind) = (date.since(asked), asked.since(date));
    Some(state.now.plus(ahead).minus(behind))
}

/// One token of the last paste.
pub fn pasted(state: &State, nth: usize, out: &mut Content) {
    let all = &state.found.tokens;
    let Some(Pasted { view, checked }) = all.get(nth) else {
        return;
    };
    if !out.rows.is_empty() {
        out.gap();
    }
    let tie = || Tie::Nth(nth);
    out.item(String::new(), tie());
    let heading = s::pasted_token(nth + 1, all.len());
    let marked = if mark::is_marked_token(state, nth) {
        s::MARKED
    } else {
        ""
    };
    out.line(0, &[(Role::Strong, &heading), (Role::Dim, marked)]);
    out.line(0, &[(Role::Plain, say::form(view.form))]);
    let print = s::fingerprint(SecretKind::AccessToken, &view.fingerprint);
    out.pair(say::FINGERPRINT, Role::Secret, &print);
    let server = checked.as_ref().and_then(|found| found.server_time);
    lifetime(view.life, view.at, server, out);
    if let Some(found) = checked {
        check(found, tie(), out);
    } else {
        out.item(String::new(), tie());
        out.pair(say::CHECK, Role::Dim, s::NOT_CHECKED_YET);
    }
    for note in &view.notes {
        out.pair("", Role::Plain, note);
    }
    for (heading, list) in [(say::HEADER, &view.header), (say::CLAIMS, &view.claims)] {
        if !list.is_empty() {
            out.end();
            out.line(0, &[(Role::Label, heading)]);
            parts(list, state.details, &tie(), out);
        }
    }
}

/// Whether there is a token at hand that can be checked.
pub fn can_verify(state: &State) -> bool {
    if state.pane() == Pane::Found {
        return !state.found.tokens.is_empty();
    }
    let selected = state.runs.selected();
    selected.is_some_and(|entry| {
        entry.run.outcome() == Some(Outcome::Granted) && !entry.run.from_history
    })
}

/// Has the token at hand checked: that of the selected run, or the one of the paste that the cursor is on.
pub fn verify(state: &mut State) -> Effects {
    if state.pane() != Pane::Found {
        let run = state.selected_id();
        return run.map_or_else(Vec::new, |run| vec![Effect::Ask(Command::CheckRun(run))]);
    }
    let content = state.views.content(Pane::Found);
    let at = state
        .views
        .item(Pane::Found)
        .and_then(|item| content.items.get(item));
    let nth = match at.map(|item| &item.tie) {
        Some(Tie::Nth(nth)) => *nth,
        _ => 0,
    };
    let issuer = state
        .found
        .tokens
        .get(nth)
        .and_then(|token| token.view.issuer());
    let words = s::asking_issuer(issuer.unwrap_or_default());
    state.say(words);
    vec![Effect::Ask(Command::CheckPasted(nth))]
}

/// A check of a run's token is over.
pub fn verified(state: &mut State, run: RunId, found: Box<Verification>) {
    state.status = None;
    state.runs.verified(run, found);
}
