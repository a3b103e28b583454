//! Kinds of machines, told by the environment as MSAL tells them.

use std::path::{Path, PathBuf};

use url::Url;

use crate::grants::Metadata;
use crate::model::authority::is_loopback;
use crate::model::{Authority, AuthorityKind, Problem, Secret, SecretKind};
use crate::strings::grants as say;

/// What gives this machine its identity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A virtual machine (instance metadata service, IMDS).
    Virtual,
    /// App Service, Functions, Automation, Container Apps.
    AppService,
    /// A machine elsewhere, connected by Azure Arc.
    Arc,
    /// Service Fabric.
    ServiceFabric,
    /// Machine Learning.
    Learning,
    /// Cloud Shell: the signed-in user's token, by the same kind of endpoint.
    CloudShell,
}

impl Kind {
    /// Its name in words.
    const fn word(self) -> &'static str {
        match self {
            Self::Virtual => "virtual machine (IMDS)",
            Self::AppService => "App Service",
            Self::Arc => "Azure Arc",
            Self::ServiceFabric => "Service Fabric",
            Self::Learning => "Machine Learning",
            Self::CloudShell => "Cloud Shell",
        }
    }

    /// The version of its interface.
    pub(super) const fn version(self) -> &'static str {
        match self {
            Self::Virtual => "2018-02-01",
            Self::AppService => "2019-08-01",
            Self::Arc => "2020-06-01",
            Self::ServiceFabric => "2019-07-01-preview",
            Self::Learning | Self::CloudShell => "2017-09-01",
        }
    }

    /// The parameters that name an identity by client id, object id and resource id; `None`: there is only the
    /// machine's own.
    pub(super) const fn names(self) -> Option<[&'static str; 3]> {
        match self {
            Self::Virtual => Some(["client_id", "object_id", "msi_res_id"]),
            Self::AppService => Some(["client_id", "object_id", "mi_res_id"]),
            Self::Learning => Some(["clientid", "object_id", "mi_res_id"]),
            Self::Arc | Self::ServiceFabric | Self::CloudShell => None,
        }
    }

    /// The header that the secret of the environment goes in; elsewhere `Metadata: true` goes.
    pub(super) const fn secret_header(self) -> Option<&'static str> {
        match self {
            Self::AppService => Some("X-IDENTITY-HEADER"),
            Self::ServiceFabric => Some("Secret"),
            Self::Learning => Some("secret"),
            Self::Virtual | Self::Arc | Self::CloudShell => None,
        }
    }
}

/// The machine and where it is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Machine {
    /// What it is.
    pub kind: Kind,
    /// The whole address, without parameters.
    pub endpoint: Url,
    /// What the environment gives its programs to show.
    pub secret: Option<Secret>,
    /// Whether nothing told what machine it is, and a virtual machine is supposed.
    pub guessed: bool,
    /// The folder of an Arc machine's key files.
    keys: PathBuf,
}

/// The path of IMDS (and of Arc) below its host.
const TOKEN_PATH: &str = "/metadata/identity/oauth2/token";

impl Machine {
    /// The machine, in the order in which MSAL looks: Service Fabric, App Service, Machine Learning, Arc, Cloud Shell, then
    /// a virtual machine. An authority that is named goes before all of them: it is asked as IMDS is.
    ///
    /// # Errors
    /// A variable that holds no address; a named authority that is not on this machine.
    pub fn find(
        named: Option<&Authority>,
        env: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Self, Problem> {
        if let Some(named) = named {
            return of_host(named.url().as_str(), "authority", false);
        }
        let set = |name: &str| env(name).filter(|value| !value.is_empty());
        let secret = |name: &str| set(name).map(|value| Secret::new(SecretKind::Other, value));
        let at = |kind, name: &str, secret| {
            let mut machine = Self::at(kind, &set(name).unwrap_or_default(), name)?;
            machine.secret = secret;
            if let Some(data) = set("ProgramData").filter(|_| cfg!(windows)) {
                machine.keys = Path::new(&data)
                    .join("AzureConnectedMachineAgent")
                    .join("Tokens");
            }
            Ok(machine)
        };
        let (identity, msi) = ("IDENTITY_ENDPOINT", "MSI_ENDPOINT");
        let header = secret("IDENTITY_HEADER");
        let pinned = set("IDENTITY_SERVER_THUMBPRINT").is_some();
        match (set(identity), header, set("IMDS_ENDPOINT")) {
            (Some(_), Some(header), _) if pinned => {
                return at(Kind::ServiceFabric, identity, Some(header));
            }
            (Some(_), Some(header), _) => return at(Kind::AppService, identity, Some(header)),
            (Some(_), None, Some(_)) => return at(Kind::Arc, identity, None),
            _ => {}
        }
        match (set(msi), secret("MSI_SECRET")) {
            (Some(_), Some(secret)) => return at(Kind::Learning, msi, Some(secret)),
            (Some(_), None) => return at(Kind::CloudShell, msi, None),
            (None, _) => {}
        }
        let shell = set("AZUREPS_HOST_ENVIRONMENT");
        if shell.is_some_and(|value| value.starts_with("cloud-shell")) {
            return Self::at(Kind::CloudShell, "http://localhost:50342/oauth2/token", "");
        }
        let host = "AZURE_POD_IDENTITY_AUTHORITY_HOST";
        match set(host) {
            Some(base) => of_host(&base, host, false),
            None => of_host(Authority::of_machine().as_str(), "authority", true),
        }
    }

    fn at(kind: Kind, address: &str, name: &str) -> Result<Self, Problem> {
        let endpoint = Url::parse(address.trim()).ok();
        let web = endpoint.filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
        let endpoint =
            web.ok_or_else(|| Problem::new(format!("`{address}`"), name, say::MACHINE_ADDRESS))?;
        Ok(Self {
            kind,
            endpoint,
            secret: None,
            guessed: false,
            keys: PathBuf::from("/var/opt/azcmagent/tokens"),
        })
    }

    /// A line for the run's log.
    pub fn told(&self) -> String {
        say::machine(self.kind.word(), self.endpoint.as_str(), self.guessed)
    }

    /// What stands for the metadata that a machine does not publish.
    pub fn metadata(&self) -> Metadata {
        Metadata {
            kind: AuthorityKind::Oidc,
            issuer: String::new(),
            authorization_endpoint: None,
            token_endpoint: self.endpoint.as_str().to_owned(),
            backchannel_endpoint: None,
            device_authorization_endpoint: None,
            jwks_uri: None,
            auth_methods: None,
            dpop_algorithms: None,
            par_endpoint: None,
            regional_token_endpoint: None,
            requires_par: false,
            grant_types: None,
            introspection_endpoint: None,
            signs_introspection: false,
            revocation_endpoint: None,
            userinfo_endpoint: None,
            end_session_endpoint: None,
            sends_issuer: false,
            accepts: crate::grants::metadata::Accepts::default(),
            mutual_tls: Box::default(),
            binds_to_certificate: false,
        }
    }

    /// The key file that the machine names, if it is one of those that MSAL reads: `.key`, directly in the agent's
    /// own folder. A server that names another one may be after that file.
    pub(super) fn key_file(&self, named: &str) -> Result<PathBuf, Problem> {
        let path = Path::new(named);
        let is_key = path
            .extension()
            .is_some_and(|e| e.eq_ignore_ascii_case("key"));
        if is_key && path.parent() == Some(self.keys.as_path()) {
            Ok(path.to_owned())
        } else {
            let expected = say::arc_folder(&self.keys.display().to_string());
            Err(Problem::new(
                say::arc_path(named),
                "www-authenticate",
                expected,
            ))
        }
    }
}

/// A virtual machine whose host is at this address. A host that a person names must be on this machine.
fn of_host(base: &str, name: &str, guessed: bool) -> Result<Machine, Problem> {
    let mut machine = Machine::at(Kind::Virtual, base, name)?;
    let near = is_loopback(&machine.endpoint) || is_link_local(&machine.endpoint);
    if name == "authority" && !near {
        return Err(Problem::new(format!("`{base}`"), name, say::MACHINE_NEAR));
    }
    machine.endpoint.set_path(TOKEN_PATH);
    machine.guessed = guessed;
    Ok(machine)
}

fn is_link_local(url: &Url) -> bool {
    match url.host() {
        Some(url::Host::Ipv4(ip)) => ip.is_link_local(),
        Some(url::Host::Ipv6(ip)) => ip.is_unicast_link_local(),
        Some(url::Host::Domain(_)) | None => false,
    }
}
