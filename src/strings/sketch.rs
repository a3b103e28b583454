//! What is said of settings, code and addresses that an acquisition is read out of.

use crate::model::authority::cloud_of;
use crate::model::{Authority, AuthorityKind, SketchOf};

/// Something a profile needs was not in the text.
pub const TOLD_NOTHING: &str = "the text does not tell it";
/// What is missing then.
pub const EXPECTED_AUTHORITY: &str =
    "the authority, e.g. --authority https://login.microsoftonline.com/<tenant>";
/// What is missing then.
pub const EXPECTED_CLIENT_ID: &str = "the application (client) id, e.g. --client-id <id>";
/// Nothing was recognised.
pub const NOT_RECOGNISED: &str = "nothing here tells of an acquisition";
/// What can be read.
pub const EXPECTED_SOURCE: &str = "variables of azure-identity, appsettings.json, `az account show`, an address of a sign-in, a portal, an issuer or its metadata, a token, or code that calls MSAL or azure-identity";
/// A secret stood in the text.
pub const SECRET_LEFT_OUT: &str =
    "A secret stood in the text. It is not kept: the profile names the variable it is read from.";
/// A secret stood in what was pasted into the form.
pub const SECRET_NOT_TAKEN: &str = "The secret in it is not taken.";
/// The entry is shown and not written.
pub const NOT_WRITTEN: &str = "Nothing is written yet: --write adds it to the profiles file.";

/// What was recognised.
pub const fn of(source: SketchOf) -> &'static str {
    match source {
        SketchOf::Address => "the address of an authority",
        SketchOf::SignIn => "the address of a sign-in",
        SketchOf::Portal => "a page of a portal",
        SketchOf::Token => "a token",
        SketchOf::Environment => "variables of azure-identity",
        SketchOf::AppSettings => "settings of Microsoft.Identity.Web",
        SketchOf::AzureAccount => "the Azure CLI's account",
        SketchOf::ServicePrincipal => "a service principal that the Azure CLI made",
        SketchOf::Code => "a program that calls MSAL or azure-identity",
    }
}

/// What was recognised, as a line.
pub fn recognised(source: SketchOf) -> String {
    format!("Read as {}.", of(source))
}

/// The profile was added to the file.
pub fn written(name: &str, path: &str) -> String {
    format!("Added profile {name} to {path}.")
}

/// The cloud of a host.
fn cloud(host: &str) -> &'static str {
    match cloud_of(host) {
        Some("login.microsoftonline.com") => "public cloud",
        Some("login.partner.microsoftonline.cn") => "China (21Vianet)",
        Some("login.microsoftonline.us" | "login-us.microsoftonline.com") => "US Government",
        Some("login.microsoftonline.de") => "the former German cloud, closed in 2021",
        Some("login.sovcloud-identity.fr") => "the French sovereign cloud",
        Some("login.sovcloud-identity.de") => "the German sovereign cloud",
        Some("login.sovcloud-identity.sg") => "the Singapore sovereign cloud",
        _ => "an unlisted host",
    }
}

/// Whose accounts a tenant segment means.
fn tenant(segment: &str) -> String {
    match segment.to_ascii_lowercase().as_str() {
        "common" => "any tenant and personal accounts".to_owned(),
        "organizations" => "any tenant, no personal accounts".to_owned(),
        "consumers" | "9188040d-6c67-4c5b-b112-36a304b66dad" => "personal accounts".to_owned(),
        "" => "no tenant named".to_owned(),
        _ => format!("tenant {segment}"),
    }
}

/// An authority in words.
pub fn authority(authority: &Authority) -> String {
    let host = authority.host();
    let of = authority.tenant().unwrap_or_default();
    match authority.kind {
        AuthorityKind::EntraV2 => {
            format!(
                "Microsoft Entra ID, {}, {}, v2.0 endpoint",
                cloud(host),
                tenant(of)
            )
        }
        AuthorityKind::EntraV1 => {
            format!(
                "Microsoft Entra ID, {}, {}, v1 endpoint",
                cloud(host),
                tenant(of)
            )
        }
        AuthorityKind::B2c => {
            let mut segments = authority.url().path_segments().into_iter().flatten();
            let flow = segments.find(|segment| segment.to_ascii_lowercase().starts_with("b2c_1"));
            let flow = flow.map_or_else(String::new, |flow| format!(", user flow {flow}"));
            format!("Azure AD B2C at {host}{flow}")
        }
        AuthorityKind::Ciam => format!("Microsoft Entra External ID at {host}"),
        AuthorityKind::Adfs => format!("AD FS at {host}"),
        AuthorityKind::Oidc if authority.is_of_machine() => {
            "this machine's own identity".to_owned()
        }
        AuthorityKind::Oidc => format!("an OpenID Connect issuer at {host}"),
        AuthorityKind::Undetermined => {
            format!("{host}, which has to say by its metadata what it speaks")
        }
    }
}
