//! A profile as the settings of another program: the variables that azure-identity reads, and `appsettings.json` of
//! Microsoft.Identity.Web. Secrets are named by where they are found, or left for the person to fill in.

use std::fmt::Write as _;

use serde_json::{Map, Value as Json, json};

use crate::model::authority::cloud_of;
use crate::model::federated::FEDERATED_TOKEN_FILE;
use crate::model::{
    AssertionRef, Authority, AuthorityKind, CertificateRef, ClientKind, CredentialRef, Flow,
    Profile,
};
use crate::strings::export as say;

/// The host of the public cloud: what is meant where no host is named.
const PUBLIC: &str = "login.microsoftonline.com";

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settings {
    /// Variables that azure-identity reads, as a file of `NAME=value` lines.
    Environment,
    /// `appsettings.json` of Microsoft.Identity.Web.
    AppSettings,
}

impl Settings {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Environment, Self::AppSettings];

    /// The word on the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Environment => "environment",
            Self::AppSettings => "appsettings",
        }
    }

    /// The one of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.word() == word)
    }
}

/// Writes a profile so.
///
/// # Errors
/// A sentence that says why such settings cannot hold it.
pub fn settings(profile: &Profile, kind: Settings) -> Result<String, &'static str> {
    let kinds: &[AuthorityKind] = match kind {
        Settings::Environment => &[AuthorityKind::EntraV2, AuthorityKind::EntraV1],
        Settings::AppSettings => &[
            AuthorityKind::EntraV2,
            AuthorityKind::EntraV1,
            AuthorityKind::B2c,
            AuthorityKind::Ciam,
        ],
    };
    let machine = profile.flow == Flow::ManagedIdentity;
    if !machine && !kinds.contains(&profile.authority.kind) {
        return Err(say::ENTRA_ALONE);
    }
    match kind {
        Settings::Environment => environment(profile),
        Settings::AppSettings => app_settings(profile),
    }
}

/// Scheme and host of an authority, with a trailing slash.
fn instance(authority: &Authority) -> String {
    format!("{}/", authority.url().origin().ascii_serialization())
}

fn tenant(authority: &Authority) -> &str {
    authority.tenant().unwrap_or("organizations")
}

fn environment(profile: &Profile) -> Result<String, &'static str> {
    let mut lines: Vec<(&str, String)> = Vec::new();
    if profile.flow == Flow::ManagedIdentity {
        let own = profile.client_id == crate::model::identity::MACHINE_CLIENT;
        if own {
            return Err(say::MACHINE_NEEDS_NONE);
        }
        lines.push(("AZURE_CLIENT_ID", profile.client_id.clone()));
        return Ok(written(&lines));
    }
    let authority = &profile.authority;
    lines.push(("AZURE_TENANT_ID", tenant(authority).to_owned()));
    lines.push(("AZURE_CLIENT_ID", profile.client_id.clone()));
    if cloud_of(authority.host()) != Some(PUBLIC) {
        lines.push(("AZURE_AUTHORITY_HOST", instance(authority)));
    }
    match &profile.credential {
        CredentialRef::Certificate(at) if at.method.is_tls() => return Err(say::NO_MUTUAL_TLS),
        CredentialRef::Certificate(CertificateRef {
            thumbprint: Some(_),
            ..
        }) => {
            return Err(say::CERTIFICATE_NEEDED);
        }
        CredentialRef::Certificate(at) => {
            let file = at.certificate.display().to_string();
            lines.push(("AZURE_CLIENT_CERTIFICATE_PATH", file));
            if at.send_chain {
                lines.push(("AZURE_CLIENT_SEND_CERTIFICATE_CHAIN", "true".to_owned()));
            }
        }
        CredentialRef::Assertion(AssertionRef::File(file)) => {
            lines.push((FEDERATED_TOKEN_FILE, file.display().to_string()));
        }
        CredentialRef::Assertion(AssertionRef::FileOf(name)) => {
            lines.push((FEDERATED_TOKEN_FILE, format!("${{{name}}}")));
        }
        CredentialRef::Assertion(AssertionRef::Env(_)) => return Err(say::FILE_NEEDED),
        CredentialRef::Assertion(AssertionRef::GitHub) => return Err(say::JOB_ALONE),
        CredentialRef::None => {}
        _ => lines.push(("AZURE_CLIENT_SECRET", secret(&profile.credential))),
    }
    if profile.flow == Flow::Password
        && let Some(name) = &profile.username
    {
        lines.push(("AZURE_USERNAME", name.clone()));
        lines.push(("AZURE_PASSWORD", say::FILL_IN.to_owned()));
    }
    Ok(written(&lines))
}

/// A secret in an environment: the variable it is in, or a hole.
fn secret(credential: &CredentialRef) -> String {
    match credential {
        CredentialRef::Env(name) => format!("${{{name}}}"),
        _ => say::FILL_IN.to_owned(),
    }
}

fn written(lines: &[(&str, String)]) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._:/@${}".contains(c);
    let quoted = |value: &str| {
        if value.chars().all(plain) {
            value.to_owned()
        } else {
            format!("'{}'", value.replace('\'', r"'\''"))
        }
    };
    let mut out = String::new();
    for (name, value) in lines {
        let _ = writeln!(out, "{name}={}", quoted(value));
    }
    out
}

fn app_settings(profile: &Profile) -> Result<String, &'static str> {
    if profile.flow == Flow::ManagedIdentity {
        return Err(say::MACHINE_NEEDS_NONE);
    }
    let authority = &profile.authority;
    let mut section = Map::new();
    let mut put = |name: &str, value: Json| section.insert(name.to_owned(), value);
    put("Instance", instance(authority).into());
    let mut path = authority.url().path_segments().into_iter().flatten();
    if authority.kind == AuthorityKind::B2c {
        put("Domain", tenant(authority).into());
        let policy = path.find(|segment| segment.to_ascii_lowercase().starts_with("b2c_1"));
        put(
            "SignUpSignInPolicyId",
            policy.ok_or(say::POLICY_NEEDED)?.into(),
        );
    } else {
        put("TenantId", tenant(authority).into());
    }
    put("ClientId", profile.client_id.as_str().into());
    if let Some(credential) = described(&profile.credential)? {
        put("ClientCredentials", json!([credential]));
    }
    if profile.client_kind == ClientKind::Web {
        put("CallbackPath", "/signin-oidc".into());
    }
    let name = if authority.kind == AuthorityKind::B2c {
        "AzureAdB2C"
    } else {
        "AzureAd"
    };
    let mut all = Map::new();
    all.insert(name.to_owned(), section.into());
    if !profile.scopes.is_empty() {
        let mut api = Map::new();
        let base = profile.api.as_ref().map(|call| call.url.clone());
        api.extend(base.map(|base| ("BaseUrl".to_owned(), base.into())));
        api.insert("Scopes".to_owned(), json!(profile.scopes));
        all.insert("DownstreamApi".to_owned(), api.into());
    }
    let text = serde_json::to_string_pretty(&Json::Object(all)).unwrap_or_default();
    Ok(text + "\n")
}

/// The credential as Microsoft.Identity.Web describes one.
fn described(credential: &CredentialRef) -> Result<Option<Json>, &'static str> {
    Ok(Some(match credential {
        CredentialRef::None => return Ok(None),
        CredentialRef::Certificate(at) if at.method.is_tls() => return Err(say::NO_MUTUAL_TLS),
        CredentialRef::Certificate(CertificateRef {
            thumbprint: Some(_),
            ..
        }) => {
            return Err(say::CERTIFICATE_NEEDED);
        }
        CredentialRef::Certificate(at) => {
            json!({ "SourceType": "Path", "CertificateDiskPath": at.certificate })
        }
        CredentialRef::Assertion(AssertionRef::File(file)) => {
            json!({ "SourceType": "SignedAssertionFilePath", "SignedAssertionFileDiskPath": file })
        }
        CredentialRef::Assertion(AssertionRef::FileOf(_)) => {
            json!({ "SourceType": "SignedAssertionFilePath" })
        }
        CredentialRef::Assertion(AssertionRef::Env(_)) => return Err(say::FILE_NEEDED),
        CredentialRef::Assertion(AssertionRef::GitHub) => return Err(say::JOB_ALONE),
        _ => json!({ "SourceType": "ClientSecret", "ClientSecret": say::FILL_IN }),
    }))
}

#[cfg(test)]
mod tests;
