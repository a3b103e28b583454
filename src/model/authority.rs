//! Who is asked for tokens, as read from what a person typed.

use serde::{Deserialize, Serialize};
use url::{Host, Url};

use super::grant::Problem;

/// The shape of an authority: which metadata it publishes and which parameters it expects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AuthorityKind {
    /// Microsoft Entra ID, v2.0 endpoint (`scope`).
    EntraV2,
    /// Microsoft Entra ID, v1 endpoint (`resource`).
    EntraV1,
    /// Azure AD B2C: tenant and policy in the path.
    B2c,
    /// Microsoft Entra External ID (CIAM).
    Ciam,
    /// Active Directory Federation Services.
    Adfs,
    /// Any OpenID Connect issuer.
    Oidc,
    /// Not told by the address: the metadata decides (an Entra-shaped path on an unlisted host is tried as v2.0
    /// first, then as an OpenID Connect issuer).
    Undetermined,
}

/// Where a virtual machine is asked: link-local, so that nothing leaves the machine's host.
const MACHINE: &str = "http://169.254.169.254";

impl AuthorityKind {
    /// The word a person reads and writes.
    pub const fn word(self) -> &'static str {
        match self {
            Self::EntraV2 => "entra-v2",
            Self::EntraV1 => "entra-v1",
            Self::B2c => "b2c",
            Self::Ciam => "ciam",
            Self::Adfs => "adfs",
            Self::Oidc => "oidc",
            Self::Undetermined => "undetermined",
        }
    }
}

/// An authority: an https address, or http on loopback. Serialised as its address.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Authority {
    /// What it speaks.
    pub kind: AuthorityKind,
    /// The address without query, fragment or trailing slash, e.g. `https://login.microsoftonline.com/contoso.example`.
    url: Url,
}

/// Hosts of Microsoft Entra ID and their aliases (protocol page "instance discovery"; one row a cloud).
pub const ENTRA_CLOUDS: &[&[&str]] = &[
    &[
        "login.microsoftonline.com",
        "login.windows.net",
        "login.microsoft.com",
        "sts.windows.net",
    ],
    &["login.partner.microsoftonline.cn", "login.chinacloudapi.cn"],
    &["login.microsoftonline.us", "login.usgovcloudapi.net"],
    &["login-us.microsoftonline.com"],
    &["login.microsoftonline.de"],
    &["login.sovcloud-identity.fr"],
    &["login.sovcloud-identity.de"],
    &["login.sovcloud-identity.sg"],
];

/// The name of the cloud that a sign-in host belongs to: the first host of its row in [`ENTRA_CLOUDS`].
pub fn cloud_of(host: &str) -> Option<&'static str> {
    let named = |cloud: &&&[&str]| cloud.iter().any(|name| name.eq_ignore_ascii_case(host));
    ENTRA_CLOUDS.iter().find(named)?.first().copied()
}

impl Authority {
    /// Reads what a person typed.
    ///
    /// # Errors
    /// A [`Problem`] naming what is wrong: not an address, not https, credentials or a query in it.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let wrong = |what: String| Problem {
            what,
            at: "authority".into(),
            expected: crate::strings::words::EXPECTED_AUTHORITY.into(),
        };
        let text = text.trim();
        if text.is_empty() {
            return Err(wrong(crate::strings::words::NO_AUTHORITY.into()));
        }
        if text.trim_end_matches('/') == MACHINE {
            return Ok(Self::of_machine());
        }
        let mut url = Url::parse(text).map_err(|error| {
            wrong(match error {
                url::ParseError::RelativeUrlWithoutBase => {
                    crate::strings::words::authority_without_scheme(text)
                }
                other => format!("`{text}`: {other}"),
            })
        })?;
        let loopback = is_loopback(&url);
        match url.scheme() {
            "https" => {}
            "http" if loopback => {}
            other => return Err(wrong(crate::strings::words::authority_scheme(text, other))),
        }
        if url.host().is_none() || !url.username().is_empty() || url.password().is_some() {
            let host = url.host_str().unwrap_or_default();
            return Err(wrong(crate::strings::words::authority_with_user(host)));
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(wrong(crate::strings::words::authority_with_query(text)));
        }
        let path = url.path().trim_end_matches('/').to_owned();
        let path = path
            .strip_suffix("/.well-known/openid-configuration")
            .unwrap_or(&path)
            .to_owned();
        let host = url.host_str().unwrap_or_default().to_owned();
        let kind = kind_of(&host, &path);
        let path = if kind == AuthorityKind::EntraV2 {
            path.strip_suffix("/v2.0").unwrap_or(&path).to_owned()
        } else {
            path
        };
        url.set_path(&path);
        Ok(Self { kind, url })
    }

    /// The address where a virtual machine asks for its identity's tokens (IMDS).
    ///
    /// # Panics
    /// Never: the address is a constant.
    pub fn of_machine() -> Self {
        Self {
            kind: AuthorityKind::Oidc,
            url: Url::parse(MACHINE).expect("a constant address"),
        }
    }

    /// Whether it is [`of_machine`](Self::of_machine).
    pub fn is_of_machine(&self) -> bool {
        self.as_str() == MACHINE
    }

    /// The same authority, spoken to as `kind`.
    #[must_use]
    pub fn spoken_as(mut self, kind: AuthorityKind) -> Self {
        self.kind = kind;
        self
    }

    /// The address, without a trailing slash.
    pub fn as_str(&self) -> &str {
        self.url.as_str().trim_end_matches('/')
    }

    /// The parsed address.
    pub const fn url(&self) -> &Url {
        &self.url
    }

    /// The host name, without a port.
    pub fn host(&self) -> &str {
        self.url.host_str().unwrap_or_default()
    }

    /// The first path segment, which names the tenant at Entra, B2C and External ID.
    pub fn tenant(&self) -> Option<&str> {
        self.url.path_segments()?.find(|s| !s.is_empty())
    }

    /// Whether it lives on this machine.
    pub fn is_loopback(&self) -> bool {
        is_loopback(&self.url)
    }

    /// Whether a Microsoft Entra token service is (or, undetermined, may be) behind it.
    pub const fn is_entra(&self) -> bool {
        matches!(self.kind, AuthorityKind::EntraV1 | AuthorityKind::EntraV2)
    }
}

impl Serialize for Authority {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// Whether an address names this machine: `localhost`, 127.0.0.0/8 or `::1`.
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        Some(Host::Domain(name)) => {
            name.eq_ignore_ascii_case("localhost")
                || name.to_ascii_lowercase().ends_with(".localhost")
        }
        None => false,
    }
}

fn kind_of(host: &str, path: &str) -> AuthorityKind {
    let host = host.to_ascii_lowercase();
    let mut segments = path.split('/').filter(|s| !s.is_empty());
    let first = segments.next().unwrap_or_default().to_ascii_lowercase();
    let second = segments.next().unwrap_or_default().to_ascii_lowercase();
    if first == "adfs" {
        return AuthorityKind::Adfs;
    }
    if host.contains(".b2clogin.") || second.starts_with("b2c_1") || first == "tfp" {
        return AuthorityKind::B2c;
    }
    if host.ends_with(".ciamlogin.com") {
        return AuthorityKind::Ciam;
    }
    if cloud_of(&host).is_some() || second == "v2.0" {
        return AuthorityKind::EntraV2;
    }
    if first.is_empty() {
        AuthorityKind::Oidc
    } else {
        AuthorityKind::Undetermined
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kind_is_read_from_the_address() {
        let kind = |text: &str| Authority::parse(text).unwrap().kind;
        assert_eq!(
            kind("https://login.microsoftonline.com/contoso.example/"),
            AuthorityKind::EntraV2
        );
        assert_eq!(
            kind("https://127.0.0.1:8443/contoso.example"),
            AuthorityKind::Undetermined
        );
        assert_eq!(
            kind("https://127.0.0.1:8443/contoso.example/v2.0"),
            AuthorityKind::EntraV2
        );
        assert_eq!(kind("https://fs.contoso.example/adfs"), AuthorityKind::Adfs);
        assert_eq!(
            kind("https://contoso.b2clogin.com/contoso.onmicrosoft.com/B2C_1_signin"),
            AuthorityKind::B2c
        );
        assert_eq!(kind("https://issuer.contoso.example"), AuthorityKind::Oidc);
    }

    #[test]
    fn plain_http_is_for_loopback_alone() {
        assert!(Authority::parse("http://127.0.0.1:7001").is_ok());
        assert!(Authority::parse("http://issuer.contoso.example").is_err());
    }
}
