//! A claims challenge as others take it: a request parameter, a `WWW-Authenticate` header, a line of the Azure CLI.
//! Claims are no secret, but they are a server's words: they are written anew from their parsed form, in one line.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::check::quoted;
use crate::guide::case::Case;
use crate::guide::ids;
use crate::model::FactKind;
use crate::strings::guide::handover as says;

/// Claims longer than this are no challenge that anybody would copy.
const LONGEST: usize = 3000;

/// The challenge as compact JSON, non-ASCII characters escaped by their base64 form alone.
fn json(case: &Case<'_>) -> Option<String> {
    let text = case.claims.as_ref()?.to_string();
    (text.len() <= LONGEST).then_some(text)
}

/// The challenge in base64, as challenges carry it (RFC 4648 section 4).
pub(super) fn encoded(case: &Case<'_>) -> Option<String> {
    json(case).map(|text| STANDARD.encode(text))
}

/// How a sentence goes on that says what to send; nothing without claims.
pub(super) fn parameter(case: &Case<'_>) -> String {
    json(case).map_or_else(String::new, |claims| {
        says::with_claims(&crate::model::Clean::line(&claims).into_string())
    })
}

/// The header that a web API answers its caller with (RFC 6750 section 3).
pub(super) fn header(case: &Case<'_>) -> String {
    let authorize = |host: &str| format!("https://{host}/common/oauth2/authorize");
    encoded(case).map_or_else(String::new, |claims| {
        says::challenge(&authorize(ids::sign_in_host(case)), &claims)
    })
}

/// The line that signs in to the Azure CLI with the challenge. `--claims-challenge` is known to version 2.76 and newer.
pub(super) fn az_login(case: &Case<'_>) -> String {
    let tenant = ids::tenant(case).map_or_else(|| quoted(says::TENANT_HOLE), quoted);
    let mut line = format!("az login --tenant {tenant}");
    if let Some(scope) = scope(case) {
        line.push_str(" --scope ");
        line.push_str(&quoted(&scope));
    }
    if let Some(claims) = encoded(case) {
        line.push_str(" --claims-challenge ");
        line.push_str(&quoted(&claims));
    }
    line
}

/// The scope for everything at the API that was asked for, where it is named by its address or id.
fn scope(case: &Case<'_>) -> Option<String> {
    let asked = case.evidence.spec.map(crate::guide::lint::resources);
    let named = case.evidence.reading.value(FactKind::Resource);
    let resource = asked
        .and_then(|all| all.into_iter().next())
        .or_else(|| named.map(str::to_owned))?;
    let address = resource.starts_with("https://") || resource.starts_with("api://");
    let plain = resource
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || b"-._~:/".contains(&b));
    ((address || ids::is_guid(&resource)) && plain && resource.len() < 200)
        .then(|| format!("{resource}/.default"))
}
