//! Which of a tenant's four sign-in logs holds the attempt, how it is found there, and where to look when none does.
//!
//! Facts: a redeemed code, a refresh token and an on-behalf-of exchange are non-interactive sign-ins; an app's own
//! sign-in with a secret or certificate is a service principal's; a managed identity has a log of its own (Entra,
//! monitoring and health: the four kinds of sign-in log). The portal filters by `Correlation ID` and `Request ID`, and
//! the request id is what a reply calls `trace_id`. Microsoft Graph lists other than interactive sign-ins only in
//! `beta` and only if `signInEventTypes` asks for them.

use super::case::Case;
use super::draft::Draft;
use super::ids;
use crate::model::{
    AuthorityKind, Class, ClientKind, FactKind, Flow, LogFilter, LogHint, Place, Prompt, SignInLog,
};
use crate::strings::guide::log as says;

use SignInLog::{Interactive, ManagedIdentity, NonInteractive, ServicePrincipal};

/// Numbers that are refused before the tenant or the application is known.
const TOO_EARLY: &[&str] = &[
    "AADSTS90002",
    "AADSTS90072",
    "AADSTS900023",
    "AADSTS50059",
    "AADSTS900439",
    "AADSTS900432",
];
/// The application is not in the tenant: there is nobody to log it under, unless a user had signed in before.
const UNKNOWN_APP: &[&str] = &["AADSTS700016", "AADSTS70001", "AADSTS90013"];

/// Where the attempt is logged. `None` where nothing was asked of a sign-in service, or nothing is known to look for.
pub(super) fn hint(case: &Case<'_>, draft: &Draft) -> Option<LogHint> {
    if case.bare_fault().is_some() || case.own_words().is_some() {
        return None;
    }
    if case.place() == Place::Resource {
        return Some(nowhere(says::OF_THE_API));
    }
    if case.is_mute() {
        return None;
    }
    if let Some(words) = other_issuer(case) {
        return Some(nowhere(words));
    }
    if let Some(words) = unlogged(case, draft) {
        return Some(nowhere(words));
    }
    let (logs, words) = logs(case, draft);
    let lab = case
        .evidence
        .spec
        .is_some_and(|spec| spec.authority.is_loopback());
    let words = if lab {
        says::in_the_lab(words)
    } else {
        words.to_owned()
    };
    Some(LogHint {
        words,
        filters: filters(case),
        graph: graph(case, &logs),
        kql: kql(case, &logs),
        appears: says::APPEARS.to_owned(),
        logs,
    })
}

fn nowhere(words: &str) -> LogHint {
    LogHint {
        logs: Vec::new(),
        words: words.to_owned(),
        filters: Vec::new(),
        graph: None,
        kql: None,
        appears: String::new(),
    }
}

/// Issuers whose sign-ins are not in these logs.
fn other_issuer(case: &Case<'_>) -> Option<&'static str> {
    let begins = |prefix: &str| case.primary().is_some_and(|code| code.starts_with(prefix));
    let kind = case.evidence.spec.map(|spec| spec.authority.kind);
    if begins("AADB2C") || kind == Some(AuthorityKind::B2c) {
        return Some(says::OF_B2C);
    }
    if begins("MSIS") || kind == Some(AuthorityKind::Adfs) {
        return Some(says::OF_ADFS);
    }
    if case.place() == Place::AgentLog {
        return Some(says::OF_THE_AGENT);
    }
    let own = kind == Some(AuthorityKind::Oidc) && case.codes.is_empty();
    let stranger = kind.is_none() && case.codes.is_empty() && !speaks_entra(case);
    if own || stranger {
        return Some(says::OF_ANOTHER_ISSUER);
    }
    if case.place() == Place::ManagedIdentity && case.codes.is_empty() {
        return Some(says::OF_THE_LOCAL_ENDPOINT);
    }
    None
}

/// Whether something beside a number is Entra's own.
fn speaks_entra(case: &Case<'_>) -> bool {
    let ids = [FactKind::TraceId, FactKind::CorrelationId];
    case.suberror().is_some() || ids.iter().any(|kind| ids::fact(case, *kind).is_some())
}

/// Refusals that come before anything is logged.
fn unlogged(case: &Case<'_>, draft: &Draft) -> Option<&'static str> {
    if draft.class == Class::Expected && case.is_error(&["authorization_pending"]) {
        return Some(says::PENDING);
    }
    if case.has_code(TOO_EARLY) || case.place() == Place::Discovery {
        return Some(says::BEFORE_THE_TENANT);
    }
    if case.has_code(UNKNOWN_APP) {
        return Some(says::UNKNOWN_APP);
    }
    match draft.class {
        Class::Tenant => Some(says::BEFORE_THE_TENANT),
        Class::Request => Some(says::MALFORMED),
        Class::Throttle => Some(says::THROTTLED),
        Class::Interaction
        | Class::UserCredential
        | Class::AppCredential
        | Class::Account
        | Class::Grant
        | Class::Consent
        | Class::Assignment
        | Class::Device
        | Class::Policy
        | Class::Config
        | Class::Federation
        | Class::Service
        | Class::Expected
        | Class::Unknown => None,
    }
}

/// The logs it can be in, and why.
fn logs(case: &Case<'_>, draft: &Draft) -> (Vec<SignInLog>, &'static str) {
    let on_a_page = matches!(
        case.place(),
        Place::Authorize | Place::Page | Place::DevicePage
    );
    match case.flow() {
        _ if case.place() == Place::ManagedIdentity => {
            (vec![ManagedIdentity], says::MANAGED_IDENTITY)
        }
        Some(Flow::ManagedIdentity) => (vec![ManagedIdentity], says::MANAGED_IDENTITY),
        Some(Flow::ClientCredentials) => (vec![ServicePrincipal], says::SERVICE_PRINCIPAL),
        _ if case.place() == Place::Authorize && asked_for_no_page(case) => {
            (vec![NonInteractive, Interactive], says::NO_PAGE)
        }
        _ if on_a_page => (vec![Interactive], says::INTERACTIVE),
        Some(Flow::AdminConsent) => (vec![Interactive], says::INTERACTIVE),
        Some(Flow::Interactive) => (vec![NonInteractive, Interactive], says::CODE_REDEEMED),
        Some(Flow::DeviceCode) => (vec![Interactive, NonInteractive], says::DEVICE_CODE),
        Some(Flow::Password) => (vec![NonInteractive, Interactive], says::PASSWORD),
        Some(
            Flow::Silent
            | Flow::Ciba
            | Flow::RefreshToken
            | Flow::OnBehalfOf
            | Flow::TokenExchange
            | Flow::JwtBearer
            | Flow::SamlBearer
            | Flow::UserFic,
        ) => (vec![NonInteractive], says::NON_INTERACTIVE),
        None if case.client() == Some(ClientKind::Daemon) => {
            (vec![ServicePrincipal], says::SERVICE_PRINCIPAL)
        }
        None if draft.class == Class::AppCredential => (
            vec![ServicePrincipal, NonInteractive],
            says::OPEN_FOR_AN_APP,
        ),
        None if of_a_user(case, draft) => {
            (vec![NonInteractive, Interactive], says::OPEN_FOR_A_USER)
        }
        None => (
            vec![Interactive, NonInteractive, ServicePrincipal],
            says::OPEN,
        ),
    }
}

/// Whether the browser was sent with `prompt=none` (OpenID Connect Core 3.1.2.1).
fn asked_for_no_page(case: &Case<'_>) -> bool {
    let spec = case.evidence.spec;
    spec.is_some_and(|spec| spec.asking.prompt == Some(Prompt::None))
}

/// Whether a user stood behind the request, although nothing tells the flow.
fn of_a_user(case: &Case<'_>, draft: &Draft) -> bool {
    let of_users = matches!(
        draft.class,
        Class::Interaction | Class::UserCredential | Class::Account | Class::Grant
    );
    of_users || case.suberror().is_some()
}

/// What the page is filtered by, the most precise first. A correlation id may stand for several requests; the
/// request id is one of them.
fn filters(case: &Case<'_>) -> Vec<LogFilter> {
    let ids = [
        (says::CORRELATION_ID, FactKind::CorrelationId),
        (says::REQUEST_ID, FactKind::TraceId),
    ];
    let mut filters: Vec<LogFilter> = ids
        .into_iter()
        .filter_map(|(field, kind)| {
            ids::fact(case, kind).map(|value| LogFilter {
                field: field.to_owned(),
                value: value.to_owned(),
            })
        })
        .collect();
    let code = number(case).map(|number| LogFilter {
        field: says::ERROR_CODE.to_owned(),
        value: number.to_owned(),
    });
    filters.extend(code);
    filters
}

/// The digits of the deciding number.
fn number<'a>(case: &Case<'a>) -> Option<&'a str> {
    let digits = case.primary()?.strip_prefix("AADSTS")?;
    let all = !digits.is_empty() && digits.len() < 12 && digits.bytes().all(|b| b.is_ascii_digit());
    all.then_some(digits)
}

/// One condition that finds the event: by id, else by number, application and time.
enum Key<'a> {
    Correlation(&'a str),
    Request(&'a str),
    Number(&'a str),
}

fn key<'a>(case: &Case<'a>) -> Option<Key<'a>> {
    let correlation = ids::fact(case, FactKind::CorrelationId).map(Key::Correlation);
    let request = || ids::fact(case, FactKind::TraceId).map(Key::Request);
    let number = || number(case).map(Key::Number);
    correlation.or_else(request).or_else(number)
}

/// The query for Microsoft Graph, spaces escaped.
fn graph(case: &Case<'_>, logs: &[SignInLog]) -> Option<String> {
    let host = match ids::sign_in_host(case) {
        ids::PUBLIC => "graph.microsoft.com",
        "login.microsoftonline.us" => "graph.microsoft.us",
        "login.partner.microsoftonline.cn" => "microsoftgraph.chinacloudapi.cn",
        _ => return None,
    };
    let key = match key(case)? {
        Key::Correlation(id) => format!("correlationId eq '{id}'"),
        Key::Request(id) => format!("id eq '{id}'"),
        Key::Number(number) => {
            let app = ids::app(case).map(|app| format!("appId eq '{app}'"));
            let time = hour(case).map(|(from, until)| {
                format!("createdDateTime ge {from} and createdDateTime le {until}")
            });
            all_of([Some(format!("status/errorCode eq {number}")), app, time])
        }
    };
    let types: Vec<String> = logs
        .iter()
        .map(|log| format!("t eq '{}'", log.event_type()))
        .collect();
    let filter = format!("{key} and signInEventTypes/any(t: {})", types.join(" or "));
    let query = filter.replace(' ', "%20");
    Some(format!(
        "https://{host}/beta/auditLogs/signIns?$filter={query}"
    ))
}

/// The query for a Log Analytics workspace.
fn kql(case: &Case<'_>, logs: &[SignInLog]) -> Option<String> {
    let tables: Vec<&str> = logs.iter().map(|log| log.table()).collect();
    let from = match tables.as_slice() {
        [one] => (*one).to_owned(),
        several => format!("union isfuzzy=true {}", several.join(", ")),
    };
    let key = match key(case)? {
        Key::Correlation(id) => format!("where CorrelationId == \"{id}\""),
        Key::Request(id) => format!("where Id == \"{id}\" or OriginalRequestId == \"{id}\""),
        Key::Number(number) => {
            let app = ids::app(case).map(|app| format!("AppId == \"{app}\""));
            let time = hour(case).map(|(from, until)| {
                format!("CreatedDateTime between (datetime({from}) .. datetime({until}))")
            });
            all_of([Some(format!("where ResultType == \"{number}\"")), app, time])
        }
    };
    Some(format!("{from} | {key}"))
}

fn all_of(conditions: [Option<String>; 3]) -> String {
    let known: Vec<String> = conditions.into_iter().flatten().collect();
    known.join(" and ")
}

/// Half an hour either side of the server's time.
fn hour(case: &Case<'_>) -> Option<(String, String)> {
    let half = std::time::Duration::from_mins(30);
    let at = case.evidence.reading.timestamp()?;
    Some((at.minus(half).iso(), at.plus(half).iso()))
}
