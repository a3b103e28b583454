//! Where to read more. Links are made from what is known here; the one address taken from a server is the page where
//! a password is changed, and only as https without credentials in it.

mod portal;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use url::Url;

use super::case::Case;
use super::draft::Draft;
use super::ids::sign_in_host;
use crate::catalog::link;
use crate::model::{Actor, AuthorityKind, Class, FactKind, Link, LinkKind, LogHint, Plan, RunSpec};

/// What is escaped in a query value: everything but the unreserved (RFC 3986 section 2.3).
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Every link, the most useful first.
pub(super) fn all(case: &Case<'_>, draft: &Draft, plan: &Plan, log: Option<&LogHint>) -> Vec<Link> {
    let mut links: Vec<Link> = Vec::new();
    let mut add = |kind, url: String| {
        if !links.iter().any(|link| link.url == url) {
            links.push(Link { kind, url });
        }
    };
    if let Some(url) = password_change(case) {
        add(LinkKind::PasswordChange, url);
    }
    if let Some(url) = admin_consent(case, draft) {
        add(LinkKind::AdminConsent, url);
    }
    for (kind, url) in portal::pages(case, draft, plan) {
        add(kind, url);
    }
    for code in &case.codes {
        if let Some(url) = link::lookup(code, sign_in_host(case)) {
            add(LinkKind::Lookup, url);
        }
    }
    for article in articles(case) {
        add(LinkKind::Article, article);
    }
    if case
        .codes
        .iter()
        .any(|code| link::lookup_number(code).is_some())
    {
        add(LinkKind::Reference, link::REFERENCE.to_owned());
    }
    if let Some(url) = spec(case) {
        add(LinkKind::Spec, url);
    }
    if log.is_some_and(|log| !log.logs.is_empty())
        && let Some(url) = portal::sign_in_logs(case)
    {
        add(LinkKind::SignInLogs, url);
    }
    links
}

/// The articles about the code, the suberror and the error: a path on the documentation site or a whole address.
fn articles(case: &Case<'_>) -> Vec<String> {
    let catalog = case.evidence.catalog;
    let code = case.entry().map(|entry| entry.article.as_str());
    let suberror = case.suberror().and_then(|name| catalog.suberror(name));
    let error = case.error().and_then(|name| catalog.error(name));
    let named = [suberror, error].into_iter().flatten();
    let all = code
        .into_iter()
        .chain(named.map(|entry| entry.article.as_str()));
    all.filter_map(link::article).collect()
}

fn password_change(case: &Case<'_>) -> Option<String> {
    let url = Url::parse(
        case.evidence
            .reading
            .value(FactKind::PasswordChangeUrl)?
            .trim(),
    )
    .ok()?;
    let safe = url.scheme() == "https"
        && url.host().is_some()
        && url.username().is_empty()
        && url.password().is_none();
    safe.then(|| url.to_string())
}

/// The page where an administrator consents (protocol page "admin consent"); not for `common` or `consumers`.
fn admin_consent(case: &Case<'_>, draft: &Draft) -> Option<String> {
    let theirs = draft.acts.contains(&Actor::Admin) || draft.has("tell-admin-consent");
    let spec = case
        .evidence
        .spec
        .filter(|_| theirs && draft.class == Class::Consent)?;
    admin_tenant(case)?;
    if spec.client_id.is_empty() || spec.authority.url().scheme() != "https" {
        return None;
    }
    let encode = |text: &str| utf8_percent_encode(text, ESCAPED).to_string();
    let mut url = format!(
        "{}/v2.0/adminconsent?client_id={}",
        spec.authority.as_str(),
        encode(&spec.client_id)
    );
    let scopes = consent_scopes(spec);
    if !scopes.is_empty() {
        url.push_str("&scope=");
        url.push_str(&encode(&scopes));
    }
    if let Some(redirect) = &spec.redirect_uri {
        url.push_str("&redirect_uri=");
        url.push_str(&encode(redirect));
    }
    Some(url)
}

/// The tenant whose administrator could consent at such a page.
pub(super) fn admin_tenant<'a>(case: &Case<'a>) -> Option<&'a str> {
    let spec = case.evidence.spec?;
    let entra = match spec.authority.kind {
        AuthorityKind::EntraV1 | AuthorityKind::EntraV2 => true,
        AuthorityKind::Undetermined => case
            .codes
            .iter()
            .any(|code| link::lookup_number(code).is_some()),
        AuthorityKind::B2c | AuthorityKind::Ciam | AuthorityKind::Adfs | AuthorityKind::Oidc => {
            false
        }
    };
    let tenant = spec.authority.tenant().filter(|_| entra)?;
    let shared = ["common", "consumers"]
        .iter()
        .any(|name| tenant.eq_ignore_ascii_case(name));
    (!shared).then_some(tenant)
}

/// What to consent to: the scopes as asked for, whole.
fn consent_scopes(spec: &RunSpec) -> String {
    spec.scopes.join(" ")
}

/// The specification of a standard error.
fn spec(case: &Case<'_>) -> Option<String> {
    let entry = case.evidence.catalog.error(case.error()?)?;
    (entry.source == "standard").then(|| link::spec(&entry.spec))?
}
