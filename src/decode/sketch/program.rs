//! A program that calls MSAL or azure-identity, in whatever language: its literals, by the names that stand before
//! them.

use super::{authority, is_guid, of_tenant};
use crate::model::{ClientKind, CredentialRef, Flow, Sketch, SketchOf};

/// A literal and what stands before it.
struct Literal<'t> {
    /// The code between the literal before and this one.
    before: &'t str,
    text: &'t str,
}

/// What the call is, by a word in it; the first that is found.
const CALLS: [(&str, Flow); 26] = [
    ("acquire_token_for_client", Flow::ClientCredentials),
    ("AcquireTokenForClient", Flow::ClientCredentials),
    ("acquireTokenByClientCredential", Flow::ClientCredentials),
    ("AcquireTokenByCredential", Flow::ClientCredentials),
    ("ClientSecretCredential", Flow::ClientCredentials),
    ("ClientCertificateCredential", Flow::ClientCredentials),
    ("ClientAssertionCredential", Flow::ClientCredentials),
    ("acquire_token_on_behalf_of", Flow::OnBehalfOf),
    ("OnBehalfOf", Flow::OnBehalfOf),
    ("initiate_device_flow", Flow::DeviceCode),
    ("DeviceCode", Flow::DeviceCode),
    ("acquire_token_by_username_password", Flow::Password),
    ("UsernamePassword", Flow::Password),
    ("acquire_token_by_refresh_token", Flow::RefreshToken),
    ("AcquireTokenByRefreshToken", Flow::RefreshToken),
    ("acquireTokenByRefreshToken", Flow::RefreshToken),
    ("ManagedIdentity", Flow::ManagedIdentity),
    ("acquire_token_interactive", Flow::Interactive),
    ("AcquireTokenInteractive", Flow::Interactive),
    ("acquireTokenInteractive", Flow::Interactive),
    ("loginPopup", Flow::Interactive),
    ("loginRedirect", Flow::Interactive),
    ("acquireTokenPopup", Flow::Interactive),
    ("InteractiveBrowserCredential", Flow::Interactive),
    ("initiate_auth_code_flow", Flow::Interactive),
    ("getAuthCodeUrl", Flow::Interactive),
];

/// What a tenant is called.
const TENANT: [&str; 2] = ["tenant", "tenantid"];

/// Words that only such programs have.
const MARKS: [&str; 5] = [
    "ClientApplication",
    "ManagedIdentityClient",
    "ManagedIdentityApplication",
    "Credential(",
    "azure/msal",
];

pub(super) fn read(text: &str) -> Option<Sketch> {
    if !MARKS.iter().any(|mark| text.contains(mark)) {
        return None;
    }
    let mut sketch = Sketch::new(SketchOf::Code);
    let call = CALLS.iter().find(|(word, _)| text.contains(word));
    sketch.flow = call.map(|(_, flow)| *flow);
    sketch.client_kind = kind(text, sketch.flow);
    let literals = literals(text);
    for literal in &literals {
        take(literal, &mut sketch);
    }
    if let Some(Literal { text: tenant, .. }) = literals.iter().find(|one| one.is(&TENANT)) {
        let public = || of_tenant("login.microsoftonline.com", tenant);
        sketch.authority = sketch.authority.or_else(public);
    }
    let told = sketch.authority.is_some() || sketch.client_id.is_some();
    (told || sketch.flow == Some(Flow::ManagedIdentity)).then_some(sketch)
}

fn kind(text: &str, flow: Option<Flow>) -> Option<ClientKind> {
    if ["loginPopup", "loginRedirect", "msal-browser", "msal-react"]
        .iter()
        .any(|word| text.contains(word))
    {
        return Some(ClientKind::Spa);
    }
    match flow {
        Some(Flow::ClientCredentials) => Some(ClientKind::Daemon),
        Some(Flow::OnBehalfOf) => Some(ClientKind::Api),
        _ if text.contains("Confidential") => Some(ClientKind::Web),
        _ if text.contains("Public") => Some(ClientKind::Desktop),
        _ => None,
    }
}

/// How languages read a variable of the environment; the name before is that of what is read.
const READS: [&str; 4] = [
    "osenviron",
    "osgetenv",
    "processenv",
    "environmentgetenvironmentvariable",
];

impl Literal<'_> {
    /// The letters of the name before it, whatever their case and underscores, and whether a variable is read.
    fn name(&self) -> (String, bool) {
        let near = self.before.rsplit([';', '\n']).next().unwrap_or_default();
        let near = if near.trim().is_empty() {
            self.before
        } else {
            near
        };
        let letters = near.chars().filter(char::is_ascii_alphanumeric);
        let plain: String = letters.map(|c| c.to_ascii_lowercase()).collect();
        let read = READS.iter().find_map(|read| plain.strip_suffix(read));
        read.map_or((plain.clone(), false), |name| (name.to_owned(), true))
    }

    /// Whether the name before it ends so.
    fn is(&self, names: &[&str]) -> bool {
        let (plain, _) = self.name();
        names.iter().any(|name| plain.ends_with(name))
    }
}

fn take(literal: &Literal<'_>, sketch: &mut Sketch) {
    let text = literal.text;
    if text.contains("://") {
        if literal.is(&["redirecturi"]) {
            sketch.redirect_uri.get_or_insert_with(|| text.to_owned());
        } else if is_scope(text) {
            sketch.scopes.push(text.to_owned());
        } else if sketch.authority.is_none() {
            sketch.authority = authority(text);
        }
    } else if is_guid(text) {
        if !literal.is(&TENANT) {
            sketch.client_id.get_or_insert_with(|| text.to_owned());
        }
    } else if literal.is(&["clientsecret", "clientcredential", "newcredfromsecret"]) {
        // The name of a variable is no secret.
        if literal.name().1 {
            sketch.credential = CredentialRef::Env(text.to_owned());
        } else {
            sketch.leave_out("CLIENT_SECRET");
        }
    } else if literal.is(&["username", "loginhint"]) && text.contains('@') {
        sketch.username.get_or_insert_with(|| text.to_owned());
    } else if is_permission(text) {
        sketch.scopes.push(text.to_owned());
    }
}

/// A scope as an address: `https://graph.microsoft.com/.default`, `api://GUID/access`.
fn is_scope(text: &str) -> bool {
    let path = text.split_once("://").map_or("", |(_, rest)| rest);
    text.ends_with("/.default")
        || text.starts_with("api://")
        || path.starts_with("graph.microsoft.com/")
}

/// A scope as a permission of Microsoft Graph: `User.Read`, `Mail.Send.Shared`.
fn is_permission(text: &str) -> bool {
    let mut words = text.split('.');
    let parts = words.clone().count();
    (2..=4).contains(&parts)
        && words.all(|word| {
            word.starts_with(|c: char| c.is_ascii_uppercase())
                && word.bytes().all(|b| b.is_ascii_alphanumeric())
        })
}

/// The literals of a text: between quotation marks of one kind, on one line.
fn literals(text: &str) -> Vec<Literal<'_>> {
    let mut found = Vec::new();
    let (mut from, mut at) = (0, 0);
    while let Some(start) = text[at..].find(['"', '\'', '`']).map(|start| at + start) {
        let mark = text.as_bytes()[start];
        let rest = &text[start + 1..];
        let Some(length) = rest.find([char::from(mark), '\n']) else {
            break;
        };
        let end = start + 1 + length;
        if rest.as_bytes()[length] == mark {
            found.push(Literal {
                before: &text[from..start],
                text: &rest[..length],
            });
            from = end + 1;
        }
        at = end + 1;
    }
    found
}
