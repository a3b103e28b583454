//! MSAL for Python.

use super::page::left_out;
use super::{AssertionRef, Call, Flow, Proof, identity, list, quoted, say};
use crate::model::Prompt;

pub(super) fn write(call: &Call<'_>) -> Result<String, &'static str> {
    let (imports, acquired) = acquired(call)?;
    let mut lines = vec![format!("# pip install {}", packages(call.spec.flow))];
    let mut names = vec!["import json", "import os"];
    names.extend(imports);
    lines.extend(names.into_iter().map(str::to_owned));
    lines.extend([String::new(), "import msal".to_owned(), String::new()]);
    if call.spec.flow != Flow::ManagedIdentity {
        lines.extend(app(call));
    }
    lines.extend(acquired);
    lines.push("if \"access_token\" in result:".to_owned());
    lines.push("    print(\"granted for\", result.get(\"expires_in\"), \"seconds\")".to_owned());
    lines.push("else:".to_owned());
    lines.push(format!(
        "    print(json.dumps(result, indent=2))  # {}",
        say::OWN_WORDS
    ));
    Ok(lines.join("\n") + "\n")
}

const fn packages(flow: Flow) -> &'static str {
    match flow {
        Flow::ManagedIdentity => "msal requests",
        _ => "msal",
    }
}

fn app(call: &Call<'_>) -> Vec<String> {
    let class = if call.is_confidential() {
        "ConfidentialClientApplication"
    } else {
        "PublicClientApplication"
    };
    let mut lines = vec![
        format!("app = msal.{class}("),
        format!("    {},", call.client_id()),
    ];
    if call.is_oidc() {
        lines.push(format!("    oidc_authority={},", call.authority()));
    } else {
        lines.push(format!("    authority={},", call.authority()));
        if !call.is_known() {
            lines.push(format!(
                "    instance_discovery=False,  # {}",
                say::OWN_HOST
            ));
        }
    }
    if let Some(credential) = credential(&call.proof) {
        lines.push(format!("    client_credential={credential},"));
    }
    if let Some(names) = call.capabilities() {
        lines.push(format!("    client_capabilities=[{names}],"));
    }
    if let Some(ca) = &call.spec.options.ca_file {
        lines.push(format!("    verify={},", quoted(&ca.display().to_string())));
    }
    lines.extend([")".to_owned(), String::new()]);
    lines
}

fn read(path: &std::path::Path) -> String {
    format!("open({}).read()", quoted(&path.display().to_string()))
}

fn credential(proof: &Proof<'_>) -> Option<String> {
    Some(match proof {
        Proof::Nothing => return None,
        Proof::Secret => "os.environ[\"CLIENT_SECRET\"]".to_owned(),
        Proof::Certificate(at) => {
            let (key, certificate) = at.map_or_else(
                || {
                    let of = |name| format!("open(os.environ[\"{name}\"]).read()");
                    (of("KEY_FILE"), of("CERTIFICATE_FILE"))
                },
                |at| (read(at.key_file()), read(&at.certificate)),
            );
            format!("{{\"private_key\": {key}, \"public_certificate\": {certificate}}}")
        }
        Proof::Assertion(from) => {
            let token = match from {
                Some(AssertionRef::File(path)) => format!("{}.strip()", read(path)),
                Some(AssertionRef::Env(name)) => format!("os.environ[{}]", quoted(name)),
                Some(AssertionRef::FileOf(name)) => {
                    format!("open(os.environ[{}]).read().strip()", quoted(name))
                }
                Some(AssertionRef::GitHub) | None => "os.environ[\"CLIENT_ASSERTION\"]".to_owned(),
            };
            format!("{{\"client_assertion\": {token}}}")
        }
    })
}

/// What is imported beside MSAL, and the lines that end in `result`.
type Acquired = (Vec<&'static str>, Vec<String>);

fn acquired(call: &Call<'_>) -> Result<Acquired, &'static str> {
    let (scopes, claims) = asked(call);
    let one = |line: String| Ok((Vec::new(), vec![line]));
    match call.spec.flow {
        Flow::ClientCredentials => one(format!(
            "result = app.acquire_token_for_client({scopes}{claims})"
        )),
        Flow::OnBehalfOf => one(format!(
            "result = app.acquire_token_on_behalf_of(os.environ[\"INCOMING_TOKEN\"], {scopes}{claims})"
        )),
        Flow::RefreshToken => one(format!(
            "result = app.acquire_token_by_refresh_token(os.environ[\"REFRESH_TOKEN\"], {scopes})"
        )),
        Flow::UserFic => one(format!(
            "result = app.acquire_token_by_user_federated_identity_credential(\n    {scopes}, os.environ[\"ASSERTION\"], {}{claims}\n)",
            match call.user_id() {
                Some(id) => format!("user_object_id={id}"),
                None => format!("username={}", call.username()),
            }
        )),
        Flow::Password => one(format!(
            "result = app.acquire_token_by_username_password(\n    {}, os.environ[\"PASSWORD\"], {scopes}{claims}\n)",
            call.username()
        )),
        Flow::Silent => Ok((Vec::new(), silent(call))),
        Flow::DeviceCode => Ok((
            Vec::new(),
            vec![
                format!("flow = app.initiate_device_flow({scopes}{claims})"),
                "print(flow.get(\"message\") or json.dumps(flow, indent=2))".to_owned(),
                format!("result = app.acquire_token_by_device_flow(flow{claims})"),
            ],
        )),
        Flow::Interactive => Ok(interactive(call)),
        Flow::ManagedIdentity => Ok((Vec::new(), of_a_machine(call))),
        Flow::Ciba
        | Flow::TokenExchange
        | Flow::JwtBearer
        | Flow::SamlBearer
        | Flow::AdminConsent => Err(say::NO_SUCH_CALL),
    }
}

/// The scopes, and the claims with the comma before them.
fn asked(call: &Call<'_>) -> (String, String) {
    let claims = call.spec.claims.as_deref();
    let claims = claims.map(|claims| format!(", claims_challenge={}", quoted(claims)));
    (
        format!("[{}]", list(&call.scopes())),
        claims.unwrap_or_default(),
    )
}

fn silent(call: &Call<'_>) -> Vec<String> {
    let (scopes, claims) = asked(call);
    let user = call.spec.username.as_deref();
    let user = user.map(|user| format!("username={}", quoted(user)));
    let force = if call.spec.force_refresh {
        ", force_refresh=True"
    } else {
        ""
    };
    vec![
        format!("# {}", say::FILLED_CACHE),
        format!(
            "account = app.get_accounts({})[0]",
            user.unwrap_or_default()
        ),
        format!("result = app.acquire_token_silent_with_error({scopes}, account{force}{claims})"),
    ]
}

fn interactive(call: &Call<'_>) -> Acquired {
    let (scopes, claims) = asked(call);
    let spec = call.spec;
    let user = spec.username.as_deref();
    let user = user.map(|user| format!(", login_hint={}", quoted(user)));
    let prompt = spec.asking.prompt.map(Prompt::word);
    let prompt = prompt.map(|prompt| format!(", prompt={}", quoted(prompt)));
    let domain = call.domain_hint();
    let domain = domain.map(|domain| format!(", domain_hint={domain}"));
    let age = call.max_age().map(|age| format!(", max_age={age}"));
    let hint: String = [user, prompt, domain, age].into_iter().flatten().collect();
    let mode = call.response_mode();
    let mut names: Vec<&str> = call.nameless().iter().map(|(name, _)| *name).collect();
    if !call.is_web() {
        names.extend(mode.map(|_| "response_mode"));
        let line = format!("result = app.acquire_token_interactive({scopes}{hint}{claims})");
        let lines = left_out("#", &names).into_iter().chain([line]);
        return (Vec::new(), lines.collect());
    }
    let mode = mode.map(|mode| format!(", response_mode={mode}"));
    let mode = mode.unwrap_or_default();
    let redirect = quoted(spec.redirect_uri.as_deref().unwrap_or("http://localhost"));
    (
        vec!["from urllib.parse import parse_qsl, urlsplit"],
        left_out("#", &names).into_iter().chain([
            format!(
                "flow = app.initiate_auth_code_flow(\n    {scopes}, redirect_uri={redirect}{hint}{mode}{claims}\n)"
            ),
            "print(flow[\"auth_uri\"])".to_owned(),
            format!("came_back = input({})", quoted(say::ADDRESS_AFTERWARDS)),
            "result = app.acquire_token_by_auth_code_flow(".to_owned(),
            "    flow, dict(parse_qsl(urlsplit(came_back).query))".to_owned(),
            ")".to_owned(),
        ]).collect(),
    )
}

fn of_a_machine(call: &Call<'_>) -> Vec<String> {
    let names = ["client_id", "object_id", "resource_id"];
    let which = identity(call.spec, names).map_or_else(
        || "msal.SystemAssignedManagedIdentity()".to_owned(),
        |(name, value)| format!("msal.UserAssignedManagedIdentity({name}={})", quoted(value)),
    );
    vec![
        "import requests".to_owned(),
        String::new(),
        format!(
            "app = msal.ManagedIdentityClient(\n    {which}, http_client=requests.Session()\n)"
        ),
        format!(
            "result = app.acquire_token_for_client(resource={})",
            quoted(call.resource())
        ),
    ]
}
