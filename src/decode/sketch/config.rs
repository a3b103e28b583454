//! Settings as JSON: `appsettings.json` of Microsoft.Identity.Web, `az account show`, `az ad sp create-for-rbac`.

use serde_json::{Map, Value as Json};

use super::{authority, of_tenant};
use crate::model::{
    AssertionRef, CertificateRef, ClientKind, CredentialRef, Flow, Sketch, SketchOf,
};

const PUBLIC: &str = "login.microsoftonline.com";

type Object = Map<String, Json>;

pub(super) fn read(text: &str) -> Option<Sketch> {
    if !text.starts_with('{') {
        return None;
    }
    let plain = without_comments(text);
    let Json::Object(all) = serde_json::from_str(&plain).ok()? else {
        return None;
    };
    app_settings(&all)
        .or_else(|| account(&all))
        .or_else(|| service_principal(&all))
}

/// A member by its name in whatever case, as .NET reads them.
fn member<'j>(of: &'j Object, name: &str) -> Option<&'j Json> {
    let found = of
        .iter()
        .find(|(found, _)| found.eq_ignore_ascii_case(name));
    found.map(|(_, value)| value)
}

/// A text that is not a hole to be filled in, such as `[Enter the client id]`.
fn text<'j>(of: &'j Object, name: &str) -> Option<&'j str> {
    let text = member(of, name)?.as_str()?.trim();
    let hole = text.is_empty() || text.starts_with(['[', '<', '{']);
    (!hole).then_some(text)
}

fn app_settings(all: &Object) -> Option<Sketch> {
    let sections = ["AzureAd", "AzureAdB2C", "EntraId", "AzureADB2C"];
    let section = sections
        .into_iter()
        .find_map(|name| member(all, name)?.as_object())?;
    let mut sketch = Sketch::new(SketchOf::AppSettings);
    let instance = text(section, "Instance").unwrap_or("https://login.microsoftonline.com/");
    let tenant = text(section, "TenantId").or_else(|| text(section, "Domain"));
    let policy = text(section, "SignUpSignInPolicyId");
    sketch.authority = text(section, "Authority").and_then(authority).or_else(|| {
        let tenant = text(section, "Domain")
            .filter(|_| policy.is_some())
            .or(tenant)?;
        let policy = policy
            .map(|policy| format!("/{policy}"))
            .unwrap_or_default();
        of_tenant(instance, &format!("{tenant}{policy}"))
    });
    sketch.client_id = text(section, "ClientId").map(str::to_owned);
    credential(section, &mut sketch);
    if text(section, "CallbackPath").is_some() || policy.is_some() {
        sketch.client_kind = Some(ClientKind::Web);
        sketch.flow = Some(Flow::Interactive);
    } else if sketch.credential != CredentialRef::None {
        sketch.client_kind = Some(ClientKind::Api);
        sketch.flow = Some(Flow::OnBehalfOf);
    }
    sketch.scopes = downstream(all);
    Some(sketch)
}

/// How the application proves itself: `ClientSecret`, or the first of `ClientCredentials`.
fn credential(section: &Object, sketch: &mut Sketch) {
    if text(section, "ClientSecret").is_some() {
        return sketch.leave_out("CLIENT_SECRET");
    }
    let all = ["ClientCredentials", "ClientCertificates"];
    let first = all
        .into_iter()
        .find_map(|name| member(section, name)?.get(0)?.as_object());
    let Some(first) = first else { return };
    match text(first, "SourceType") {
        Some("ClientSecret") => sketch.leave_out("CLIENT_SECRET"),
        Some("Path") => {
            if let Some(path) = text(first, "CertificateDiskPath") {
                sketch.credential = CredentialRef::Certificate(CertificateRef {
                    certificate: path.into(),
                    ..CertificateRef::default()
                });
            }
        }
        Some("SignedAssertionFilePath") => {
            let path = text(first, "SignedAssertionFileDiskPath");
            let from = path.map_or_else(
                || AssertionRef::FileOf(crate::model::federated::FEDERATED_TOKEN_FILE.to_owned()),
                |path| AssertionRef::File(path.into()),
            );
            sketch.credential = CredentialRef::Assertion(from);
        }
        _ => {}
    }
}

/// The scopes of the first API that is called: a list, or a text of them.
fn downstream(all: &Object) -> Vec<String> {
    let sections = [
        "DownstreamApi",
        "DownstreamApis",
        "MicrosoftGraph",
        "GraphApi",
    ];
    let of = |name: &str| {
        let section = member(all, name)?.as_object()?;
        let inner = || {
            section
                .values()
                .find_map(|api| member(api.as_object()?, "Scopes"))
        };
        member(section, "Scopes").or_else(inner)
    };
    match sections.into_iter().find_map(of) {
        Some(Json::Array(list)) => {
            let texts = list.iter().filter_map(Json::as_str);
            texts.map(str::to_owned).collect()
        }
        Some(Json::String(text)) => text.split_whitespace().map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}

/// What `az account show` prints.
fn account(all: &Object) -> Option<Sketch> {
    let tenant = text(all, "tenantId")?;
    let user = member(all, "user")?.as_object()?;
    let mut sketch = Sketch::new(SketchOf::AzureAccount);
    let host = match text(all, "environmentName") {
        Some("AzureChinaCloud") => "login.partner.microsoftonline.cn",
        Some("AzureUSGovernment") => "login.microsoftonline.us",
        _ => PUBLIC,
    };
    sketch.authority = of_tenant(host, tenant);
    let name = text(user, "name").map(str::to_owned);
    if text(user, "type") == Some("servicePrincipal") {
        sketch.client_id = name;
        sketch.client_kind = Some(ClientKind::Daemon);
        sketch.flow = Some(Flow::ClientCredentials);
    } else {
        sketch.username = name;
    }
    Some(sketch)
}

/// What `az ad sp create-for-rbac` prints, with or without `--sdk-auth`.
fn service_principal(all: &Object) -> Option<Sketch> {
    let client = text(all, "appId").or_else(|| text(all, "clientId"))?;
    let tenant = text(all, "tenant").or_else(|| text(all, "tenantId"))?;
    let mut sketch = Sketch::new(SketchOf::ServicePrincipal);
    let host = text(all, "activeDirectoryEndpointUrl").unwrap_or(PUBLIC);
    sketch.authority = of_tenant(host, tenant);
    sketch.client_id = Some(client.to_owned());
    sketch.client_kind = Some(ClientKind::Daemon);
    sketch.flow = Some(Flow::ClientCredentials);
    if text(all, "password")
        .or_else(|| text(all, "clientSecret"))
        .is_some()
    {
        sketch.leave_out("CLIENT_SECRET");
    }
    Some(sketch)
}

/// JSON as .NET reads it in settings: without comments and without commas before an end.
fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    let mut inside = false;
    while let Some(c) = chars.next() {
        match c {
            '\\' if inside => {
                out.push(c);
                out.extend(chars.next());
            }
            '"' => {
                inside = !inside;
                out.push(c);
            }
            '/' if !inside && chars.peek() == Some(&'/') => {
                for skipped in chars.by_ref() {
                    if skipped == '\n' {
                        out.push('\n');
                        break;
                    }
                }
            }
            '/' if !inside && chars.peek() == Some(&'*') => {
                let mut before = ' ';
                for skipped in chars.by_ref() {
                    if before == '*' && skipped == '/' {
                        break;
                    }
                    before = skipped;
                }
            }
            '}' | ']' if !inside => {
                let kept = out.trim_end().len();
                if out[..kept].ends_with(',') {
                    out.truncate(kept - 1);
                }
                out.push(c);
            }
            _ => out.push(c),
        }
    }
    out
}
