//! Identifiers of an attempt that may stand in an address or a query: only those of the expected shape, since some
//! were written by a server.

use super::case::Case;
use crate::model::FactKind;
use crate::model::authority::cloud_of;

/// Whether it is a GUID in its usual form: 8-4-4-4-12 hexadecimal digits.
pub(super) fn is_guid(text: &str) -> bool {
    let groups = [8, 4, 4, 4, 12];
    let mut parts = text.split('-');
    let fits = |len: usize| {
        let part = parts.next().unwrap_or_default();
        part.len() == len && part.bytes().all(|b| b.is_ascii_hexdigit())
    };
    groups.into_iter().all(fits) && text.len() == 36
}

/// A fact that is a GUID.
pub(super) fn fact<'a>(case: &Case<'a>, kind: FactKind) -> Option<&'a str> {
    let value = case.evidence.reading.value(kind)?.trim();
    is_guid(value).then_some(value)
}

/// The client id, where it is a GUID: of the request, else as the error names it.
pub(super) fn app<'a>(case: &Case<'a>) -> Option<&'a str> {
    match case.evidence.spec {
        Some(spec) => Some(spec.client_id.as_str()).filter(|id| is_guid(id)),
        None => fact(case, FactKind::AppId),
    }
}

/// The tenant that was asked, or that the error names: a GUID or a domain name, not one of the names that stand for
/// many.
pub(super) fn tenant<'a>(case: &Case<'a>) -> Option<&'a str> {
    let named = || case.evidence.reading.value(FactKind::Tenant);
    let tenant = match case.evidence.spec {
        Some(spec) => spec.authority.tenant(),
        None => named(),
    }?;
    let plain = tenant
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || b == b'.' || b == b'-');
    let one = is_guid(tenant) || (tenant.contains('.') && tenant.len() <= 253);
    (plain && one).then_some(tenant)
}

/// The API that the token was to be for, as an application id: `api://<GUID>` or a bare GUID.
pub(super) fn resource_app(case: &Case<'_>) -> Option<String> {
    let asked = case.evidence.spec.map(super::lint::resources);
    let named = case.evidence.reading.value(FactKind::Resource);
    asked
        .unwrap_or_default()
        .iter()
        .map(String::as_str)
        .chain(named)
        .map(|resource| resource.trim_start_matches("api://").trim_end_matches('/'))
        .find(|id| is_guid(id))
        .map(str::to_owned)
}

/// The public cloud's sign-in host.
pub(super) const PUBLIC: &str = "login.microsoftonline.com";

/// The sign-in host of the cloud that answered: as asked, as the error's own link says, else the public one.
pub(super) fn sign_in_host(case: &Case<'_>) -> &'static str {
    let told = case.evidence.reading.value(FactKind::ErrorUri);
    let told = told.and_then(|url| url::Url::parse(url).ok());
    let told = told.and_then(|url| url.host_str().map(str::to_owned));
    [case.host(), told]
        .into_iter()
        .flatten()
        .find_map(|host| cloud_of(&host))
        .unwrap_or(PUBLIC)
}

#[cfg(test)]
mod tests {
    use super::is_guid;

    #[test]
    fn a_guid_is_told_by_its_groups() {
        assert!(is_guid("3f1c0000-0000-4000-8000-00000000000A"));
        for other in [
            "",
            "3f1c0000-0000-4000-8000-00000000000",
            "3f1c0000-0000-4000-8000-00000000000A-1",
            "3f1c0000-0000-4000-8000-00000000000g",
            "3f1c0000-0000-4000-8000'or'00000000",
        ] {
            assert!(!is_guid(other), "{other}");
        }
    }
}
