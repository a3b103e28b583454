//! The message for whoever can help: the catalogue's text with its holes filled, then everything support asks for.
//! A user name may be in it, since it goes to that user's own people; a token, password or code never is: only
//! identifiers are taken over from a reply, each on one line and cut short.

use super::challenge;
use crate::guide::case::Case;
use crate::guide::draft::Draft;
use crate::guide::words::capital;
use crate::model::{Clean, FactKind, Flow, RunSpec};
use crate::strings::guide::handover as says;

/// The longest identifier that is taken over from a server.
const LONGEST: usize = 120;

/// The whole message.
pub(super) fn text(case: &Case<'_>, draft: &Draft, remedy: &str) -> String {
    let template = case
        .evidence
        .catalog
        .remedy(remedy)
        .map_or("", |remedy| remedy.text.as_str());
    let lines = details(case);
    let mut text = if template.is_empty() {
        draft.summary.clone()
    } else {
        body(template, case, !lines.is_empty())
    };
    if !lines.is_empty() {
        text.push_str("\n\n");
        text.push_str(&lines.join("\n"));
    }
    text
}

/// The filled template. Identifiers that are listed below it are not said in it as well, and the name it begins with
/// keeps its own spelling.
fn body(template: &str, case: &Case<'_>, listed: bool) -> String {
    let end = template.find(says::IDENTIFIERS).filter(|_| listed);
    let text = fill(&template[..end.unwrap_or(template.len())], case);
    let begins_with_a_name = template.starts_with('{') && !text.starts_with(says::THE);
    if begins_with_a_name {
        text
    } else {
        capital(&text)
    }
}

/// Fills the holes in braces; a hole that is not known to this page stays as it is written.
fn fill(template: &str, case: &Case<'_>) -> String {
    let mut text = String::with_capacity(template.len() + 80);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let Some((hole, tail)) = after.split_once('}') else {
            text.push('{');
            rest = after;
            continue;
        };
        if let Some(value) = value(hole, case) {
            text.push_str(&value);
        } else {
            text.push('{');
            text.push_str(hole);
            text.push('}');
        }
        rest = tail;
    }
    text.push_str(rest);
    text
}

fn value(hole: &str, case: &Case<'_>) -> Option<String> {
    let spec = case.evidence.spec;
    let or = |found: Option<String>, unknown: &str| found.unwrap_or_else(|| unknown.to_owned());
    let fact = |kind, unknown: &str| or(known(case, kind), unknown);
    Some(match hole {
        "user" => or(user(case), says::THE_USER),
        "tenant" => or(tenant(case), says::THE_TENANT),
        "app" => or(app(case), says::THE_APP),
        "client_id" => or(client_id(case), says::THE_CLIENT_ID),
        "resource" => or(resource(case), says::THE_API),
        "scopes" | "scope" => or(scopes(case), says::THE_PERMISSIONS),
        "redirect_uri" => or(spec.and_then(redirect_uri), says::THE_REDIRECT),
        "host" => or(case.host().map(|host| clean(&host)), says::THE_SERVER),
        "codes" => codes(case),
        "error" => case
            .error()
            .map_or_else(|| says::NO_ERROR.to_owned(), clean),
        "correlation_id" => fact(FactKind::CorrelationId, says::THE_CORRELATION_ID),
        "trace_id" => fact(FactKind::TraceId, says::THE_TRACE_ID),
        "timestamp" => time(case).unwrap_or_else(|| says::THE_TIME.to_owned()),
        "policy_ids" => some(policies(case)).unwrap_or_else(|| says::NO_POLICY.to_owned()),
        "with_claims" => challenge::parameter(case),
        "challenge" => challenge::header(case),
        "az_login" => challenge::az_login(case),
        _ => return None,
    })
}

/// What the request says, else what the error names.
fn told(
    case: &Case<'_>,
    asked: impl Fn(&RunSpec) -> Option<String>,
    kind: FactKind,
) -> Option<String> {
    match case.evidence.spec {
        Some(spec) => asked(spec).and_then(some),
        None => known(case, kind),
    }
}

fn user(case: &Case<'_>) -> Option<String> {
    told(case, |spec| spec.username.clone(), FactKind::User)
}

fn tenant(case: &Case<'_>) -> Option<String> {
    let of_spec = |spec: &RunSpec| spec.authority.tenant().map(str::to_owned);
    told(case, of_spec, FactKind::Tenant)
}

fn app(case: &Case<'_>) -> Option<String> {
    told(case, |spec| spec.profile.clone(), FactKind::AppName)
}

fn client_id(case: &Case<'_>) -> Option<String> {
    told(case, |spec| Some(spec.client_id.clone()), FactKind::AppId)
}

fn scopes(case: &Case<'_>) -> Option<String> {
    told(case, |spec| Some(spec.scopes.join(" ")), FactKind::Scope)
}

/// The redirect URI that was sent; the program's own where none was typed.
fn redirect_uri(spec: &RunSpec) -> Option<String> {
    let own = (spec.flow == Flow::Interactive).then(|| says::OWN_REDIRECT.to_owned());
    spec.redirect_uri.clone().or(own)
}

fn some(text: String) -> Option<String> {
    Some(text).filter(|text| !text.trim().is_empty())
}

/// Text of a server on one line, safe to show, cut short.
fn clean(text: &str) -> String {
    let line = Clean::line(text.trim()).into_string();
    if line.chars().count() <= LONGEST {
        return line;
    }
    line.chars().take(LONGEST).chain(['…']).collect()
}

fn known(case: &Case<'_>, kind: FactKind) -> Option<String> {
    case.evidence
        .reading
        .value(kind)
        .filter(|text| !text.trim().is_empty())
        .map(clean)
}

fn codes(case: &Case<'_>) -> String {
    let codes: Vec<String> = case.codes.iter().map(|code| clean(code)).collect();
    if !codes.is_empty() {
        return codes.join(", ");
    }
    case.error().map_or_else(|| says::NO_CODE.to_owned(), clean)
}

fn policies(case: &Case<'_>) -> String {
    let ids: Vec<String> = case.policies().into_iter().map(clean).collect();
    ids.join(", ")
}

/// The server's time of the error, else when the exchange began; UTC.
fn time(case: &Case<'_>) -> Option<String> {
    let told = case.evidence.reading.timestamp();
    let began = || case.evidence.exchange.map(|exchange| exchange.started);
    told.or_else(began).map(crate::model::Moment::iso)
}

/// What the token was to be for.
fn resource(case: &Case<'_>) -> Option<String> {
    let Some(spec) = case.evidence.spec else {
        return known(case, FactKind::Resource);
    };
    if case.place() == crate::model::Place::Resource
        && let Some(api) = &spec.api
    {
        return Some(api.url.clone());
    }
    let resources = crate::guide::lint::resources(spec);
    some(resources.join(", "))
}

/// What support asks for, a line each; only what is known.
fn details(case: &Case<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    let mut add = |label: &str, value: Option<String>| {
        if let Some(value) = value {
            lines.push(format!("{label}: {value}"));
        }
    };
    let spec = case.evidence.spec;
    let error = match (case.error(), case.suberror()) {
        (Some(error), Some(suberror)) => {
            Some(says::error_and_suberror(&clean(error), &clean(suberror)))
        }
        (error, _) => error.map(clean),
    };
    add(
        says::CODES,
        some(codes(case)).filter(|_| !case.codes.is_empty()),
    );
    add(says::ERROR, error);
    add(says::CORRELATION_ID, known(case, FactKind::CorrelationId));
    add(says::TRACE_ID, known(case, FactKind::TraceId));
    add(says::TIME, time(case));
    add(says::CLIENT_ID, client_id(case));
    add(
        says::AUTHORITY,
        spec.map(|spec| spec.authority.as_str().to_owned()),
    );
    add(says::TENANT, tenant(case).filter(|_| spec.is_none()));
    add(says::USER, user(case));
    add(says::SCOPES, scopes(case));
    add(says::RESOURCE, resource(case).filter(|_| spec.is_none()));
    add(
        says::API,
        spec.and_then(|spec| spec.api.as_ref())
            .map(|call| call.url.clone())
            .filter(|_| case.place() == crate::model::Place::Resource),
    );
    add(says::POLICIES, some(policies(case)));
    add(
        says::TRIED,
        case.flow()
            .map(|flow| says::tried(flow.word(), case.place().word(), case.status())),
    );
    lines
}
