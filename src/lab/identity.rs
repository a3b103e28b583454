//! Managed identities: the endpoints where a machine's programs get tokens without a credential of their own. Each
//! kind of machine has its own header, parameters and errors; the identities are the world's.

use serde_json::{Value as Json, json};

use super::ask::Answer;
use super::desk::{Desk, same};
use super::mint;
use super::refusal::fill;
use super::world::Identity;
use crate::strings::lab::surfaces as say;

/// What an endpoint that is asked too often says to wait, in seconds.
const AFTER: &str = "5";

/// A kind of machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Machine {
    /// A virtual machine (IMDS).
    Virtual,
    /// App Service, Functions, Automation.
    AppService,
    /// Azure Arc.
    Arc,
    /// Service Fabric.
    ServiceFabric,
    /// Machine Learning.
    Learning,
}

impl Machine {
    /// The machine whose endpoint a path is.
    pub fn of_path(path: &[&str]) -> Option<Self> {
        Some(match path {
            ["metadata", "identity", "oauth2", "token"] => Self::Virtual,
            ["msi", "token"] => Self::AppService,
            ["arc", "metadata", "identity", "oauth2", "token"] => Self::Arc,
            ["service-fabric", "token"] => Self::ServiceFabric,
            ["machine-learning", "token"] => Self::Learning,
            _ => return None,
        })
    }
}

/// Why there is no token.
struct Lack<'a> {
    status: u16,
    /// The word of the kinds that have one.
    error: &'a str,
    /// Service Fabric's word.
    code: &'a str,
    text: String,
}

impl<'a> Lack<'a> {
    fn of(status: u16, error: &'a str, code: &'a str, text: impl Into<String>) -> Self {
        Self {
            status,
            error,
            code,
            text: text.into(),
        }
    }
}

/// Answers a request for a token.
pub fn answer(desk: &mut Desk<'_>, machine: Machine) -> Answer {
    if let Some(answer) = as_told(desk, machine) {
        return answer;
    }
    if machine == Machine::Arc && desk.ask.header("authorization").is_none() && has_metadata(desk) {
        let path = &desk.world.surfaces.arc.path;
        let because = fill(say::SAID_ARC_CHALLENGE, &[("path", path)]);
        let answer = refuse(desk, machine, &Lack::of(401, "unauthorized", "", because));
        return answer.with("www-authenticate", format!("Basic realm={path}"));
    }
    match identified(desk, machine) {
        Ok((identity, resource)) => granted(desk, machine, &identity, &resource),
        Err(lack) => refuse(desk, machine, &lack),
    }
}

/// The answer that the endpoint was told to give, if it still is.
fn as_told(desk: &mut Desk<'_>, machine: Machine) -> Option<Answer> {
    let fault = desk.world.surfaces.identity_fault.as_mut()?;
    let status = fault.status;
    fault.times = fault.times.saturating_sub(1);
    if fault.times == 0 {
        desk.world.surfaces.identity_fault = None;
    }
    let error = match status {
        404 => "not_found",
        410 => "gone",
        429 => "too_many_requests",
        400..=499 => "invalid_request",
        _ => "server_error",
    };
    let lack = Lack::of(status, error, "Unavailable", say::IDENTITY_NOT_NOW);
    let mut answer = refuse(desk, machine, &lack);
    if status == 429 {
        answer = answer.with("retry-after", AFTER);
    }
    answer.because = fill(say::BY_IDENTITY_FAULT, &[("status", &status.to_string())]);
    Some(answer)
}

/// A refusal that was ordered, as the machine asked words it.
pub fn refused(desk: &Desk<'_>, status: u16, error: &str, text: &str) -> Answer {
    let segments = desk.ask.segments();
    let path: Vec<&str> = segments.iter().map(String::as_str).collect();
    let machine = Machine::of_path(&path).unwrap_or(Machine::Virtual);
    refuse(desk, machine, &Lack::of(status, error, error, text))
}

/// The identity and the resource of a request that may ask.
fn identified(desk: &Desk<'_>, machine: Machine) -> Result<(Identity, String), Lack<'static>> {
    admitted(desk, machine)?;
    let asked = desk.ask.query("resource").filter(|r| !r.is_empty());
    let asked = asked.ok_or_else(|| {
        Lack::of(
            400,
            "invalid_resource",
            "ArgumentNullOrEmpty",
            say::IDENTITY_NO_RESOURCE,
        )
    })?;
    let names: &[&str] = match machine {
        Machine::Learning => &["clientid", "object_id", "mi_res_id"],
        _ => &[
            "client_id",
            "object_id",
            "mi_res_id",
            "msi_res_id",
            "principal_id",
        ],
    };
    let id = names.iter().find_map(|name| desk.ask.query(name));
    let identities = &desk.world.surfaces.identities;
    let found = match &id {
        None => identities.iter().find(|identity| identity.path.is_empty()),
        Some(id) => identities.iter().find(|identity| {
            let ids = [&identity.client, &identity.object, &identity.path];
            ids.iter().any(|known| known.eq_ignore_ascii_case(id))
        }),
    };
    let found = found.cloned().ok_or_else(|| {
        let (status, code) = (400, "ManagedIdentityNotFound");
        Lack::of(status, "invalid_request", code, say::IDENTITY_UNKNOWN)
    })?;
    let resource = desk.world.resource(&asked).map(|known| known.uri.clone());
    let resource = resource.ok_or_else(|| {
        let text = fill(say::IDENTITY_BAD_RESOURCE, &[("resource", &asked)]);
        Lack::of(400, "invalid_resource", "InvalidResource", text)
    })?;
    Ok((found, resource))
}

fn has_metadata(desk: &Desk<'_>) -> bool {
    let header = desk.ask.header("metadata");
    header.is_some_and(|value| value.eq_ignore_ascii_case("true"))
        && desk.ask.header("x-forwarded-for").is_none()
}

/// Whether a request shows what programs on that machine know.
fn admitted(desk: &Desk<'_>, machine: Machine) -> Result<(), Lack<'static>> {
    let surfaces = &desk.world.surfaces;
    let holds =
        |name: &str, value: &str| desk.ask.header(name).is_some_and(|sent| same(sent, value));
    let secret = surfaces.identity_secret.as_str();
    let wrong = || {
        Lack::of(
            401,
            "unauthorized",
            "SecretHeaderNotFound",
            say::IDENTITY_BAD_SECRET,
        )
    };
    let good = match machine {
        Machine::Virtual if has_metadata(desk) => true,
        Machine::Virtual => {
            return Err(Lack::of(
                400,
                "bad_request_102",
                "",
                say::IDENTITY_NO_HEADER,
            ));
        }
        Machine::Arc => {
            let basic = format!("Basic {}", surfaces.arc.content);
            has_metadata(desk) && holds("authorization", &basic)
        }
        Machine::AppService => holds("x-identity-header", secret),
        Machine::ServiceFabric | Machine::Learning => holds("secret", secret),
    };
    if good { Ok(()) } else { Err(wrong()) }
}

fn granted(desk: &Desk<'_>, machine: Machine, identity: &Identity, resource: &str) -> Answer {
    let token = mint::identity_token(
        desk.world,
        &desk.kit,
        &desk.ask.base,
        (identity, resource),
        desk.at,
    );
    let ends = desk.at.seconds().saturating_add(mint::LIFETIME);
    let text = |number: i64| Json::from(number.to_string());
    let mut body = json!({
        "access_token": token,
        "client_id": identity.client,
        "expires_on": text(ends),
        "not_before": text(desk.at.seconds()),
        "resource": resource,
        "token_type": "Bearer",
    });
    match machine {
        Machine::Virtual | Machine::Arc => {
            body["expires_in"] = text(mint::LIFETIME);
            body["ext_expires_in"] = text(mint::LIFETIME);
        }
        Machine::ServiceFabric => body["expires_on"] = ends.into(),
        Machine::AppService | Machine::Learning => {}
    }
    Answer::json(
        200,
        &body,
        fill(say::SAID_IDENTITY, &[("identity", &identity.name)]),
    )
}

fn refuse(desk: &Desk<'_>, machine: Machine, lack: &Lack<'_>) -> Answer {
    let Lack {
        status,
        error,
        code,
        text,
    } = lack;
    let body = match machine {
        Machine::Virtual | Machine::Arc => json!({ "error": error, "error_description": text }),
        Machine::AppService | Machine::Learning => {
            json!({ "statusCode": status, "message": text, "correlationId": desk.stamp.correlation })
        }
        Machine::ServiceFabric => json!({ "error": {
            "correlationId": desk.stamp.correlation, "code": code, "message": text,
        } }),
    };
    Answer::json(*status, &body, text.clone())
}

/// `/machine`: the environment of a program on each kind of machine, so that a client library finds the lab.
pub fn environment(desk: &Desk<'_>) -> Answer {
    let base = &desk.ask.base;
    let surfaces = &desk.world.surfaces;
    let secret = &surfaces.identity_secret;
    let identity = |identity: &Identity| json!({ "name": identity.name, "client_id": identity.client, "object_id": identity.object, "resource_id": identity.path });
    let body = json!({
        "imds": { "AZURE_POD_IDENTITY_AUTHORITY_HOST": base },
        "app-service": { "IDENTITY_ENDPOINT": format!("{base}/msi/token"), "IDENTITY_HEADER": secret },
        "arc": {
            "IDENTITY_ENDPOINT": format!("{base}/arc/metadata/identity/oauth2/token"),
            "IMDS_ENDPOINT": base,
        },
        "service-fabric": {
            "IDENTITY_ENDPOINT": format!("{base}/service-fabric/token"),
            "IDENTITY_HEADER": secret,
        },
        "machine-learning": { "MSI_ENDPOINT": format!("{base}/machine-learning/token"), "MSI_SECRET": secret },
        "identities": surfaces.identities.iter().map(identity).collect::<Vec<_>>(),
    });
    Answer::json(200, &body, crate::strings::lab::SAID_VIEW)
}
