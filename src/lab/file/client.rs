//! The applications of a world file, and the issuers whose tokens may stand for them.

use serde::Deserialize;
use toml::Spanned;

use super::super::LabError;
use super::{NamesEntry, Place, WorldFile, is_guid};
use crate::model::{Moment, Problem};
use crate::strings::lab::apps as say;

/// An application.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of its own in the file"
)]
pub struct ClientEntry {
    /// Application (client) id, a GUID.
    pub id: Spanned<String>,
    /// Short name.
    pub name: Spanned<String>,
    /// What pages call it.
    pub title: String,
    /// `desktop`, `web`, `spa`, `daemon` or `api`.
    pub kind: Kind,
    /// Registered redirect addresses of the type that goes with the kind. One on loopback without a port stands for
    /// every port.
    #[serde(default)]
    pub redirects: Vec<String>,
    /// Redirect addresses of type `web`, where that is not the type of the kind.
    #[serde(default)]
    pub web_redirects: Vec<String>,
    /// Redirect addresses of type `spa`.
    #[serde(default)]
    pub spa_redirects: Vec<String>,
    /// Redirect addresses of installed programs.
    #[serde(default)]
    pub native_redirects: Vec<String>,
    /// Pins the secret of a confidential client.
    pub secret: Option<String>,
    /// Pins several secrets, the newest first, with their ids and end dates.
    #[serde(default)]
    pub secrets: Vec<SecretEntry>,
    /// Certificates it signs with.
    #[serde(default)]
    pub certificates: Vec<CertificateEntry>,
    /// Tokens of other issuers that may stand for it.
    #[serde(default)]
    pub federated: Vec<FederatedEntry>,
    /// Delegated permissions of the registration: what `/.default` asks for.
    #[serde(default)]
    pub permissions: Vec<NamesEntry>,
    /// Application permissions granted to it.
    #[serde(default)]
    pub roles: Vec<NamesEntry>,
    /// Switched off by an administrator.
    #[serde(default)]
    pub disabled: bool,
    /// Whether only those of `assigned` may use it.
    #[serde(default)]
    pub assignment_required: bool,
    /// Names of the users and groups that are assigned to it.
    #[serde(default)]
    pub assigned: Vec<String>,
    /// Names of clients whose users consent to what it asks for itself as well, in one go (`knownClientApplications`).
    #[serde(default)]
    pub known_clients: Vec<Spanned<String>>,
    /// Whether it may be reached through `common` and `organizations`.
    #[serde(default)]
    pub multi_tenant: bool,
    /// Whether personal accounts may use it too; without `multi-tenant`, they alone.
    #[serde(default)]
    pub personal_accounts: bool,
    /// Whether it may use passwords and device codes without a credential; yes for `desktop`, no for the others.
    pub public_flows: Option<bool>,
    /// Whether the authorization endpoint may give it ID tokens.
    #[serde(default)]
    pub implicit_id_token: bool,
    /// Whether the authorization endpoint may give it access tokens.
    #[serde(default)]
    pub implicit_access_token: bool,
    /// Whether it is registered in the second cloud.
    #[serde(default)]
    pub second_cloud: bool,
    /// Where the browser tells it that a person signed out (OpenID Connect Front-Channel Logout 1.0 section 2).
    pub frontchannel_logout: Option<Spanned<String>>,
    /// The family it shares refresh tokens with, e.g. `1`.
    pub family: Option<String>,
}

/// A client secret.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SecretEntry {
    /// What the portal shows beside it: not a credential, and often taken for one.
    pub id: Option<Spanned<String>>,
    /// The secret.
    pub value: String,
    /// When it ends, e.g. `2027-01-31T00:00:00Z`.
    pub ends: Option<Spanned<String>>,
}

/// A certificate: itself, or only its thumbprint, or whoever issues it and its subject.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CertificateEntry {
    /// The certificate in PEM.
    pub pem: Option<Spanned<String>>,
    /// SHA-1 or SHA-256 of it, in hexadecimal digits; then the assertion must bring the certificate (`x5c`).
    pub thumbprint: Option<Spanned<String>>,
    /// The common name of certificates that are trusted for their issuer's sake; the assertion must bring the chain
    /// (`x5c`).
    pub subject: Option<Spanned<String>>,
    /// The authority that must have issued them, in PEM.
    pub issuer: Option<Spanned<String>>,
}

/// A federated credential.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FederatedEntry {
    /// The issuer, exactly as its tokens write it.
    pub issuer: String,
    /// The subject, exactly as its tokens write it.
    pub subject: String,
    /// The audience.
    #[serde(default = "exchange")]
    pub audience: String,
}

/// The audience that tokens for this exchange are usually made for.
pub fn exchange() -> String {
    "api://AzureADTokenExchange".to_owned()
}

/// An issuer outside: whose tokens may be federated credentials.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct IssuerEntry {
    /// Short name.
    pub name: Spanned<String>,
    /// `iss` of its tokens.
    pub uri: Spanned<String>,
    /// Its key set (RFC 7517), as JSON text. Without it and `keys-file` the lab signs for this issuer.
    pub keys: Option<Spanned<String>>,
    /// A file with its key set, relative to the world file.
    pub keys_file: Option<String>,
}

/// What kind of client it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Public; runs on the person's machine.
    Desktop,
    /// Confidential; a server with people at it.
    Web,
    /// Public; runs in the browser.
    Spa,
    /// Confidential; nobody at it.
    Daemon,
    /// Confidential; called by others.
    Api,
}

impl Kind {
    const ALL: [Self; 5] = [Self::Desktop, Self::Web, Self::Spa, Self::Daemon, Self::Api];

    /// Whether it has no credential.
    pub const fn public(self) -> bool {
        matches!(self, Self::Desktop | Self::Spa)
    }

    /// The word in the start line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Desktop => "desktop",
            Self::Web => "web",
            Self::Spa => "spa",
            Self::Daemon => "daemon",
            Self::Api => "api",
        }
    }

    /// The kind of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// The type of its redirect addresses.
    pub const fn platform(self) -> Platform {
        match self {
            Self::Desktop => Platform::Native,
            Self::Spa => Platform::Spa,
            Self::Web | Self::Daemon | Self::Api => Platform::Web,
        }
    }
}

/// The type of a redirect address: it decides who may redeem what comes back there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Platform {
    /// A server, with a credential.
    Web,
    /// A page in the browser, across origins.
    Spa,
    /// An installed program.
    Native,
}

impl Platform {
    const ALL: [Self; 3] = [Self::Web, Self::Spa, Self::Native];

    /// Its word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Web => "web",
            Self::Spa => "spa",
            Self::Native => "native",
        }
    }

    /// The platform of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|platform| platform.word() == word)
    }
}

impl WorldFile {
    /// Reads the key sets that issuers keep in files, relative to the world file of this name.
    ///
    /// # Errors
    /// A file that cannot be read, or holds no key set.
    pub fn fetch_keys(&mut self, name: &str) -> Result<(), LabError> {
        let beside = std::path::Path::new(name).parent();
        for issuer in &mut self.issuers {
            let Some(file) = &issuer.keys_file else {
                continue;
            };
            let path = beside.map_or_else(|| file.into(), |folder| folder.join(file));
            let text = std::fs::read_to_string(&path).map_err(|source| LabError::File {
                operation: crate::strings::lab::READ,
                path: path.clone(),
                source,
            })?;
            if !is_key_set(&text) {
                let at = path.display().to_string();
                let problem = Problem::new("keys-file", at, say::EXPECTED_KEYS);
                return Err(LabError::World(problem));
            }
            issuer.keys = Some(Spanned::new(issuer.name.span(), text));
        }
        Ok(())
    }
}

/// Checks what the format cannot express.
pub(super) fn check(place: &Place<'_>, world: &WorldFile) -> Result<(), Problem> {
    for client in &world.clients {
        for secret in &client.secrets {
            if let Some(id) = secret.id.as_ref().filter(|id| !is_guid(id.get_ref())) {
                return Err(place.wrong(id, "id", crate::strings::lab::EXPECTED_GUID));
            }
            if let Some(ends) = &secret.ends
                && Moment::parse(ends.get_ref()).is_none()
            {
                return Err(place.wrong(ends, "ends", say::EXPECTED_TIME));
            }
        }
        if let Some(address) = &client.frontchannel_logout
            && !is_web_address(address.get_ref())
        {
            let key = "frontchannel-logout";
            return Err(place.wrong(address, key, say::EXPECTED_ADDRESS));
        }
        let known = |name: &&Spanned<String>| {
            let mut all = world.clients.iter();
            all.any(|other| other.name.get_ref() == name.get_ref())
        };
        if let Some(name) = client.known_clients.iter().find(|name| !known(name)) {
            let expected = crate::strings::lab::EXPECTED_CLIENT;
            return Err(place.wrong(name, "known-clients", expected));
        }
        for certificate in &client.certificates {
            check_certificate(place, client, certificate)?;
        }
    }
    for issuer in &world.issuers {
        if let Some(keys) = &issuer.keys
            && !is_key_set(keys.get_ref())
        {
            return Err(place.wrong(&issuer.name, "name", say::EXPECTED_KEYS));
        }
    }
    Ok(())
}

/// Whether it is an address of the web, without a fragment.
pub fn is_web_address(text: &str) -> bool {
    let url = url::Url::parse(text);
    url.is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.fragment().is_none())
}

fn is_key_set(text: &str) -> bool {
    serde_json::from_str::<jsonwebtoken::jwk::JwkSet>(text).is_ok()
}

fn check_certificate(
    place: &Place<'_>,
    client: &ClientEntry,
    entry: &CertificateEntry,
) -> Result<(), Problem> {
    let known = match (&entry.pem, &entry.thumbprint) {
        (Some(pem), _) => super::super::proof::is_certificate(pem.get_ref()),
        (None, Some(print)) => {
            matches!(print.get_ref().len(), 40 | 64)
                && print.get_ref().bytes().all(|byte| byte.is_ascii_hexdigit())
        }
        (None, None) => match (&entry.subject, &entry.issuer) {
            (Some(_), Some(issuer)) => super::super::proof::is_certificate(issuer.get_ref()),
            _ => false,
        },
    };
    if known {
        Ok(())
    } else {
        Err(place.wrong(&client.name, "name", say::EXPECTED_CERTIFICATE))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{BUILT_IN, read};

    #[test]
    fn a_key_set_is_read_from_the_file_beside_the_world_file() {
        let dir = tempfile::tempdir().unwrap();
        let from = "uri = \"https://ci.contoso.example\"";
        let text = BUILT_IN
            .1
            .replacen(from, &format!("{from}\nkeys-file = \"ci.json\""), 1);
        let name = dir.path().join("world.toml").display().to_string();
        let fetch = || read(&name, &text).unwrap().fetch_keys(&name);
        assert!(fetch().unwrap_err().to_string().contains("ci.json"));
        std::fs::write(dir.path().join("ci.json"), "nonsense").unwrap();
        assert!(fetch().unwrap_err().to_string().contains("key set"));
        std::fs::write(dir.path().join("ci.json"), "{\"keys\":[]}").unwrap();
        assert!(fetch().is_ok());
    }

    #[test]
    fn what_is_wrong_with_an_app_is_named_with_its_line() {
        let put = |line: &str| {
            let from = "name = \"contoso-daemon\"";
            BUILT_IN.1.replacen(from, &format!("{from}\n{line}"), 1)
        };
        for (line, place) in [
            ("secrets = [{ value = \"x\", ends = \"soon\" }]", " ends"),
            ("secrets = [{ value = \"x\", id = \"1\" }]", " id"),
            ("certificates = [{ thumbprint = \"12\" }]", " name"),
            ("certificates = [{ pem = \"nonsense\" }]", " name"),
            ("frontchannel-logout = \"mailto:x\"", " frontchannel-logout"),
            ("known-clients = [\"nobody\"]", " known-clients"),
            ("colour = \"red\"", ""),
        ] {
            let problem = read("w.toml", &put(line)).unwrap_err();
            assert!(problem.at.ends_with(place), "{line}: {problem:?}");
        }
        let good = "secrets = [{ value = \"x\", ends = \"2027-01-31T00:00:00Z\" }]";
        assert!(read("w.toml", &put(good)).is_ok());
    }
}
