//! Addresses where more is to be read about an entry.

use super::{Code, Entry};
use crate::model::{Link, LinkKind};

/// Microsoft's page about authentication errors.
pub const REFERENCE: &str =
    "https://learn.microsoft.com/entra/identity-platform/reference-error-codes";
/// Its page about the errors of Azure AD B2C.
const B2C_REFERENCE: &str = "https://learn.microsoft.com/azure/active-directory-b2c/error-codes";
/// Where its articles live.
const ARTICLES: &str = "https://learn.microsoft.com";
/// The public cloud's sign-in host.
pub const PUBLIC: &str = "login.microsoftonline.com";

/// The number of an AADSTS code. The lookup page knows neither B2C's nor AD FS's numbers.
pub fn lookup_number(code: &str) -> Option<&str> {
    let digits = code.strip_prefix("AADSTS")?;
    let all = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    all.then_some(digits)
}

/// The live lookup page of an AADSTS code at a cloud's sign-in host.
pub fn lookup(code: &str, host: &str) -> Option<String> {
    lookup_number(code).map(|number| format!("https://{host}/error?code={number}"))
}

/// The address of a dedicated article, given as a path of Microsoft's documentation or whole.
pub fn article(article: &str) -> Option<String> {
    match article {
        whole if whole.starts_with("https://") => Some(whole.to_owned()),
        path if path.starts_with('/') => Some(format!("{ARTICLES}{path}")),
        _ => None,
    }
}

/// `RFC 6749 4.1.2.1, 4.2.2.1; RFC 8628 3.5` to the address of its first part.
pub fn spec(text: &str) -> Option<String> {
    let first = text.split([',', ';']).next()?.trim();
    if let Some(rest) = first.strip_prefix("RFC") {
        let mut parts = rest.split_whitespace();
        let number = parts
            .next()
            .filter(|number| number.bytes().all(|b| b.is_ascii_digit()))?;
        let section = parts.find(|part| part.starts_with(|c: char| c.is_ascii_digit()));
        // `3.1/3.5` names two sections: the first is linked.
        let section = section.and_then(|section| section.split('/').next());
        let anchor = section
            .map(|section| format!("#section-{section}"))
            .unwrap_or_default();
        return Some(format!(
            "https://www.rfc-editor.org/rfc/rfc{number}{anchor}"
        ));
    }
    let known = [
        (
            "OpenID Connect Core Unmet Authentication Requirements",
            "https://openid.net/specs/openid-connect-unmet-authentication-requirements-1_0.html",
        ),
        (
            "OpenID Connect Core",
            "https://openid.net/specs/openid-connect-core-1_0.html",
        ),
        (
            "OpenID CIBA Core",
            "https://openid.net/specs/openid-client-initiated-backchannel-authentication-core-1_0.html",
        ),
        (
            "OpenID Federation",
            "https://openid.net/specs/openid-federation-1_0.html",
        ),
        (
            "UMA 2.0 Grant",
            "https://docs.kantarainitiative.org/uma/wg/rec-oauth-uma-grant-2.0.html",
        ),
    ];
    let found = known.iter().find(|(name, _)| first.starts_with(name));
    found.map(|(_, url)| (*url).to_owned())
}

impl Entry<'_> {
    /// Where to read more, the most useful first: the live lookup page (public cloud) of a code that it covers, the
    /// dedicated article, the reference or specification that lists the entry.
    pub fn links(self) -> Vec<Link> {
        let of = |kind| move |url| Link { kind, url };
        let code = match self {
            Self::Code(code) => Some(code.code.as_str()),
            Self::Error(_) | Self::SubError(_) => None,
        };
        let looked_up = code.and_then(|code| lookup(code, PUBLIC));
        let listed = match self {
            Self::Code(code) => reference(code),
            Self::Error(_) | Self::SubError(_) => None,
        };
        let found = [
            looked_up.map(of(LinkKind::Lookup)),
            article(self.article()).map(of(LinkKind::Article)),
            listed.map(str::to_owned).map(of(LinkKind::Reference)),
            spec(self.spec()).map(of(LinkKind::Spec)),
        ];
        found.into_iter().flatten().collect()
    }
}

/// The page that lists a code.
fn reference(code: &Code) -> Option<&'static str> {
    let listed = |source: &str| code.sources.iter().any(|s| s.starts_with(source));
    match code.prefix() {
        "AADSTS" if listed("entra-reference") => Some(REFERENCE),
        "AADB2C" => Some(B2C_REFERENCE),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_specification_is_linked_to_its_section() {
        assert_eq!(
            spec("RFC 6749 5.2").as_deref(),
            Some("https://www.rfc-editor.org/rfc/rfc6749#section-5.2")
        );
        assert_eq!(
            spec("RFC 6749 4.1.2.1, 4.2.2.1; RFC 8628 3.5").as_deref(),
            Some("https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2.1")
        );
        assert_eq!(
            spec("RFC 8628 3.1/3.5").as_deref(),
            Some("https://www.rfc-editor.org/rfc/rfc8628#section-3.1")
        );
        assert!(spec("OpenID Connect Core 3.1.2.6").is_some());
        assert_eq!(spec("a book"), None);
    }

    #[test]
    fn only_aadsts_numbers_have_a_lookup_page() {
        assert_eq!(
            lookup("AADSTS50076", PUBLIC).as_deref(),
            Some("https://login.microsoftonline.com/error?code=50076")
        );
        assert_eq!(lookup("AADB2C90118", PUBLIC), None);
        assert_eq!(lookup("MSIS9605", PUBLIC), None);
    }

    #[test]
    fn an_article_is_a_path_or_a_whole_address() {
        assert_eq!(
            article("/troubleshoot/x").as_deref(),
            Some("https://learn.microsoft.com/troubleshoot/x")
        );
        assert_eq!(
            article("https://contoso.example/runbook").as_deref(),
            Some("https://contoso.example/runbook")
        );
        assert_eq!(article(""), None);
    }
}
