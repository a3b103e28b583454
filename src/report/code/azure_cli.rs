//! The Azure CLI. It asks as an application of its own wherever a person signs in.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use super::{AssertionRef, Call, Flow, Proof, identity, say, word};
use crate::model::AuthorityKind;
use crate::model::authority::cloud_of;

/// What gives the token of a job of GitHub Actions.
const JOB_TOKEN: &str = "$(curl -sS -H \"Authorization: bearer $ACTIONS_ID_TOKEN_REQUEST_TOKEN\" \
\"$ACTIONS_ID_TOKEN_REQUEST_URL&audience=api://AzureADTokenExchange\" | jq -r .value)";

pub(super) fn write(call: &Call<'_>) -> Result<String, &'static str> {
    let spec = call.spec;
    let mut lines = Vec::new();
    if spec.flow != Flow::ManagedIdentity {
        if spec.authority.kind != AuthorityKind::EntraV2 {
            return Err(say::CLI_KNOWS_CLOUDS_ALONE);
        }
        lines.extend(cloud(spec.authority.host())?);
    }
    let tenant = spec.authority.tenant().unwrap_or("organizations");
    let tenant = word(tenant);
    let scope = word(&call.scopes().join(" "));
    let claims = spec.claims.as_deref().map(|claims| {
        let coded = BASE64_STANDARD.encode(claims);
        format!(" --claims-challenge {}", word(&coded))
    });
    let claims = claims.unwrap_or_default();
    let own = format!("# {}", say::CLI_IS_ITS_OWN_APP);
    match spec.flow {
        Flow::ClientCredentials => {
            let proof = proof(&call.proof);
            lines.push(format!(
                "az login --service-principal --username {} {proof} --tenant {tenant} --allow-no-subscriptions",
                word(&spec.client_id)
            ));
        }
        Flow::Interactive | Flow::DeviceCode if !call.is_confidential() => {
            let way = if spec.flow == Flow::DeviceCode {
                " --use-device-code"
            } else {
                ""
            };
            lines.push(own);
            lines.push(format!(
                "az login --tenant {tenant} --scope {scope}{way}{claims} --allow-no-subscriptions"
            ));
        }
        Flow::Silent => lines.push(own),
        Flow::ManagedIdentity => {
            let names = ["--client-id", "--object-id", "--resource-id"];
            let which =
                identity(spec, names).map(|(name, value)| format!(" {name} {}", word(value)));
            lines.push(format!(
                "az login --identity{} --allow-no-subscriptions",
                which.unwrap_or_default()
            ));
            lines.push(format!(
                "az account get-access-token --resource {}",
                word(call.resource())
            ));
            return Ok(lines.join("\n") + "\n");
        }
        _ => return Err(say::CLI_HAS_NO_SUCH_CALL),
    }
    lines.push(format!(
        "az account get-access-token --tenant {tenant} --scope {scope}"
    ));
    Ok(lines.join("\n") + "\n")
}

/// The command that chooses the cloud of a host; none for the public one.
fn cloud(host: &str) -> Result<Option<String>, &'static str> {
    let name = match cloud_of(host) {
        Some("login.partner.microsoftonline.cn") => "AzureChinaCloud",
        Some("login.microsoftonline.us") => "AzureUSGovernment",
        Some("login.microsoftonline.com") => return Ok(None),
        _ => return Err(say::CLI_KNOWS_CLOUDS_ALONE),
    };
    Ok(Some(format!("az cloud set --name {name}")))
}

fn proof(proof: &Proof<'_>) -> String {
    match proof {
        Proof::Nothing | Proof::Secret => "--password \"$CLIENT_SECRET\"".to_owned(),
        Proof::Certificate(Some(at)) => {
            format!(
                "--certificate {}",
                word(&at.certificate.display().to_string())
            )
        }
        Proof::Certificate(None) => "--certificate \"$CERTIFICATE_FILE\"".to_owned(),
        Proof::Assertion(from) => {
            let token = match from {
                Some(AssertionRef::File(path)) => {
                    format!("$(cat {})", word(&path.display().to_string()))
                }
                Some(AssertionRef::Env(name)) => format!("${name}"),
                Some(AssertionRef::FileOf(name)) => format!("$(cat \"${name}\")"),
                Some(AssertionRef::GitHub) => JOB_TOKEN.to_owned(),
                None => "$CLIENT_ASSERTION".to_owned(),
            };
            format!("--federated-token \"{token}\"")
        }
    }
}
