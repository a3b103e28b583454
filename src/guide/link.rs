//! Where to read more. Links are made from what is known here; the one address taken from a server is the page where
//! a password is changed, and only as https without credentials in it.

mod portal;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use url::Url;

use super::case::Case;
use super::draft::Draft;
use super::ids::sign_in_host;
use crate::model::{Actor, AuthorityKind, Class, FactKind, Link, LinkKind, LogHint, Plan, RunSpec};

/// Microsoft's page about authentication errors.
const REFERENCE: &str = "https://learn.microsoft.com/entra/identity-platform/reference-error-codes";
/// Where its articles live.
const ARTICLES: &str = "https://learn.microsoft.com";
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
        if let Some(number) = number(code) {
            add(
                LinkKind::Lookup,
                format!("https://{}/error?code={number}", sign_in_host(case)),
            );
        }
    }
    for article in articles(case) {
        add(LinkKind::Article, article);
    }
    if case.codes.iter().any(|code| number(code).is_some()) {
        add(LinkKind::Reference, REFERENCE.to_owned());
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
    all.filter_map(|article| match article {
        path if path.starts_with('/') => Some(format!("{ARTICLES}{path}")),
        address if address.starts_with("https://") => Some(address.to_owned()),
        _ => None,
    })
    .collect()
}

/// The number of an AADSTS code. The lookup page knows neither B2C's nor AD FS's numbers.
fn number(code: &str) -> Option<&str> {
    let digits = code.strip_prefix("AADSTS")?;
    let all = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    all.then_some(digits)
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
    let entra = match spec.authority.kind {
        AuthorityKind::EntraV1 | AuthorityKind::EntraV2 => true,
        AuthorityKind::Undetermined => case.codes.iter().any(|code| number(code).is_some()),
        AuthorityKind::B2c | AuthorityKind::Ciam | AuthorityKind::Adfs | AuthorityKind::Oidc => {
            false
        }
    };
    let tenant = spec.authority.tenant().filter(|_| entra)?;
    let shared = ["common", "consumers"]
        .iter()
        .any(|name| tenant.eq_ignore_ascii_case(name));
    if shared || spec.client_id.is_empty() || spec.authority.url().scheme() != "https" {
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

/// What to consent to: the scopes as asked for, whole.
fn consent_scopes(spec: &RunSpec) -> String {
    spec.scopes.join(" ")
}

/// The specification of a standard error.
fn spec(case: &Case<'_>) -> Option<String> {
    let entry = case.evidence.catalog.error(case.error()?)?;
    (entry.source == "standard").then(|| spec_url(&entry.spec))?
}

/// `RFC 6749 4.1.2.1, 4.2.2.1; RFC 8628 3.5` to the address of its first part.
fn spec_url(text: &str) -> Option<String> {
    let first = text.split([',', ';']).next()?.trim();
    if let Some(rest) = first.strip_prefix("RFC") {
        let mut parts = rest.split_whitespace();
        let number = parts
            .next()
            .filter(|number| number.bytes().all(|b| b.is_ascii_digit()))?;
        let section = parts.find(|part| part.starts_with(|c: char| c.is_ascii_digit()));
        let anchor = section
            .map(|section| format!("#section-{section}"))
            .unwrap_or_default();
        return Some(format!(
            "https://www.rfc-editor.org/rfc/rfc{number}{anchor}"
        ));
    }
    let known = [
        (
            "OpenID Connect Core",
            "https://openid.net/specs/openid-connect-core-1_0.html",
        ),
        (
            "OpenID CIBA Core",
            "https://openid.net/specs/openid-client-initiated-backchannel-authentication-core-1_0.html",
        ),
    ];
    let found = known.iter().find(|(name, _)| first.starts_with(name));
    found.map(|(_, url)| (*url).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_specification_is_linked_to_its_section() {
        assert_eq!(
            spec_url("RFC 6749 5.2").as_deref(),
            Some("https://www.rfc-editor.org/rfc/rfc6749#section-5.2")
        );
        assert_eq!(
            spec_url("RFC 6749 4.1.2.1, 4.2.2.1; RFC 8628 3.5").as_deref(),
            Some("https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2.1")
        );
        assert!(spec_url("OpenID Connect Core 3.1.2.6").is_some());
        assert_eq!(spec_url("a book"), None);
    }

    #[test]
    fn only_aadsts_numbers_have_a_lookup_page() {
        assert_eq!(number("AADSTS50076"), Some("50076"));
        assert_eq!(number("AADB2C90118"), None);
        assert_eq!(number("MSIS9605"), None);
    }
}
