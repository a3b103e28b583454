//! MSAL for Node.

use std::path::Path;

use super::page::left_out;
use super::{AssertionRef, Call, Flow, Proof, identity, list, quoted, say};
use crate::model::Prompt;

pub(super) fn write(call: &Call<'_>) -> Result<String, &'static str> {
    let acquired = acquired(call)?;
    let class = match call.spec.flow {
        Flow::ManagedIdentity => "ManagedIdentityApplication",
        _ if call.is_confidential() => "ConfidentialClientApplication",
        _ => "PublicClientApplication",
    };
    let oidc = if call.is_oidc() { ", ProtocolMode" } else { "" };
    let mut lines = vec![
        format!("// npm install @azure/msal-node; {}", say::JS_MODULE),
        format!("import {{ {class}{oidc} }} from \"@azure/msal-node\";"),
    ];
    if matches!(call.proof, Proof::Certificate(_)) {
        lines.push("import { X509Certificate } from \"node:crypto\";".to_owned());
    }
    if matches!(call.proof, Proof::Certificate(_) | Proof::Assertion(_)) {
        lines.push("import { readFileSync } from \"node:fs\";".to_owned());
    }
    if call.is_web() {
        lines.push("import { createInterface } from \"node:readline/promises\";".to_owned());
    }
    if let Some(ca) = &call.spec.options.ca_file {
        lines.push(format!("// {}", say::js_ca(&ca.display().to_string())));
    }
    lines.push(String::new());
    lines.extend(app(call, class));
    lines.push("try {".to_owned());
    lines.extend(acquired.into_iter().map(|line| format!("  {line}")));
    lines.push("  console.log(\"granted until\", result.expiresOn);".to_owned());
    lines.push("} catch (error) {".to_owned());
    lines
        .push("  const { errorCode, errorNo, subError, claims, errorMessage } = error;".to_owned());
    lines.push("  console.log({ errorCode, errorNo, subError, claims, errorMessage });".to_owned());
    lines.push("}".to_owned());
    Ok(lines.join("\n") + "\n")
}

fn app(call: &Call<'_>, class: &str) -> Vec<String> {
    let spec = call.spec;
    if spec.flow == Flow::ManagedIdentity {
        let names = [
            "userAssignedClientId",
            "userAssignedObjectId",
            "userAssignedResourceId",
        ];
        let which = identity(spec, names).map(|(name, value)| {
            format!(
                "{{\n  managedIdentityIdParams: {{ {name}: {} }},\n}}",
                quoted(value)
            )
        });
        return vec![format!(
            "const app = new {class}({});",
            which.unwrap_or_default()
        )];
    }
    let mut lines = vec![
        format!("const app = new {class}({{"),
        "  auth: {".to_owned(),
        format!("    clientId: {},", call.client_id()),
        format!("    authority: {},", call.authority()),
    ];
    if !call.is_known() {
        lines.push(format!(
            "    knownAuthorities: [{}], // {}",
            quoted(&call.host()),
            say::OWN_HOST
        ));
    }
    lines.extend(
        credential(&call.proof)
            .into_iter()
            .map(|line| format!("    {line}")),
    );
    if let Some(names) = call.capabilities() {
        lines.push(format!("    clientCapabilities: [{names}],"));
    }
    lines.push("  },".to_owned());
    if call.is_oidc() {
        lines.push("  system: { protocolMode: ProtocolMode.OIDC },".to_owned());
    }
    lines.extend(["});".to_owned(), String::new()]);
    lines
}

fn read(path: &Path) -> String {
    format!(
        "readFileSync({}, \"utf8\")",
        quoted(&path.display().to_string())
    )
}

fn credential(proof: &Proof<'_>) -> Vec<String> {
    match proof {
        Proof::Nothing => Vec::new(),
        Proof::Secret => vec!["clientSecret: process.env.CLIENT_SECRET,".to_owned()],
        Proof::Certificate(at) => {
            let (key, certificate) = at.map_or_else(
                || {
                    let of = |name| format!("readFileSync(process.env.{name}, \"utf8\")");
                    (of("KEY_FILE"), of("CERTIFICATE_FILE"))
                },
                |at| (read(at.key_file()), read(&at.certificate)),
            );
            let mut lines = vec![
                "clientCertificate: {".to_owned(),
                format!(
                    "  thumbprintSha256: new X509Certificate({certificate}).fingerprint256.replaceAll(\":\", \"\"),"
                ),
                format!("  privateKey: {key},"),
            ];
            if at.is_some_and(|at| at.send_chain) {
                lines.push(format!("  x5c: {certificate},"));
            }
            lines.push("},".to_owned());
            lines
        }
        Proof::Assertion(from) => {
            let token = match from {
                Some(AssertionRef::File(path)) => format!("{}.trim()", read(path)),
                Some(AssertionRef::Env(name)) => format!("process.env[{}]", quoted(name)),
                Some(AssertionRef::FileOf(name)) => {
                    format!(
                        "readFileSync(process.env[{}], \"utf8\").trim()",
                        quoted(name)
                    )
                }
                Some(AssertionRef::GitHub) | None => "process.env.CLIENT_ASSERTION".to_owned(),
            };
            vec![format!("clientAssertion: {token},")]
        }
    }
}

/// The lines that end in `result`.
fn acquired(call: &Call<'_>) -> Result<Vec<String>, &'static str> {
    let (scopes, claims) = asked(call);
    let one = |method: &str, of: &str| {
        vec![format!(
            "const result = await app.{method}({{ {of}{scopes}{claims} }});"
        )]
    };
    Ok(match call.spec.flow {
        Flow::ClientCredentials => one("acquireTokenByClientCredential", ""),
        Flow::OnBehalfOf => one(
            "acquireTokenOnBehalfOf",
            "oboAssertion: process.env.INCOMING_TOKEN, ",
        ),
        Flow::RefreshToken => one(
            "acquireTokenByRefreshToken",
            "refreshToken: process.env.REFRESH_TOKEN, ",
        ),
        Flow::UserFic => one(
            "acquireTokenByUserFederatedIdentityCredential",
            &format!(
                "assertion: process.env.ASSERTION, {}, ",
                match call.user_id() {
                    Some(id) => format!("userObjectId: {id}"),
                    None => format!("username: {}", call.username()),
                }
            ),
        ),
        Flow::Password => one(
            "acquireTokenByUsernamePassword",
            &format!(
                "username: {}, password: process.env.PASSWORD, ",
                call.username()
            ),
        ),
        Flow::DeviceCode => one(
            "acquireTokenByDeviceCode",
            "deviceCodeCallback: (code) => console.log(code.message), ",
        ),
        Flow::Silent => silent(call),
        Flow::Interactive => interactive(call),
        Flow::ManagedIdentity => vec![format!(
            "const result = await app.acquireToken({{ resource: {} }});",
            quoted(call.resource())
        )],
        Flow::Ciba
        | Flow::TokenExchange
        | Flow::JwtBearer
        | Flow::SamlBearer
        | Flow::AdminConsent => {
            return Err(say::NO_SUCH_CALL);
        }
    })
}

/// The scopes, and the claims with the comma before them.
fn asked(call: &Call<'_>) -> (String, String) {
    let claims = call.spec.claims.as_deref();
    let claims = claims.map(|claims| format!(", claims: {}", quoted(claims)));
    (
        format!("scopes: [{}]", list(&call.scopes())),
        claims.unwrap_or_default(),
    )
}

fn silent(call: &Call<'_>) -> Vec<String> {
    let (scopes, claims) = asked(call);
    let find = call.spec.username.as_deref().map_or_else(
        || "[0]".to_owned(),
        |user| format!(".find((one) => one.username === {})", quoted(user)),
    );
    let force = if call.spec.force_refresh {
        ", forceRefresh: true"
    } else {
        ""
    };
    vec![
        format!("// {}", say::FILLED_CACHE),
        format!("const account = (await app.getTokenCache().getAllAccounts()){find};"),
        format!(
            "const result = await app.acquireTokenSilent({{ account, {scopes}{force}{claims} }});"
        ),
    ]
}

fn interactive(call: &Call<'_>) -> Vec<String> {
    let (scopes, claims) = asked(call);
    let spec = call.spec;
    let user = spec.username.as_deref();
    let user = user.map(|user| format!(", loginHint: {}", quoted(user)));
    let prompt = spec.asking.prompt.map(Prompt::word);
    let prompt = prompt.map(|prompt| format!(", prompt: {}", quoted(prompt)));
    let domain = call.domain_hint();
    let domain = domain.map(|domain| format!(", domainHint: {domain}"));
    let hint: String = [user, prompt, domain, query(call)]
        .into_iter()
        .flatten()
        .collect();
    let mode = call.response_mode();
    if !call.is_web() {
        let names: Vec<&str> = mode.iter().map(|_| "response_mode").collect();
        let line = format!(
            "const result = await app.acquireTokenInteractive({{ openBrowser: async (url) => console.log(url), {scopes}{hint}{claims} }});"
        );
        return left_out("//", &names).into_iter().chain([line]).collect();
    }
    let mode = mode.map(|mode| format!(", responseMode: {mode}"));
    let mode = mode.unwrap_or_default();
    let redirect = quoted(spec.redirect_uri.as_deref().unwrap_or("http://localhost"));
    vec![
        format!("const request = {{ {scopes}, redirectUri: {redirect}{hint}{mode}{claims} }};"),
        "console.log(await app.getAuthCodeUrl(request));".to_owned(),
        "const asked = createInterface({ input: process.stdin, output: process.stdout });"
            .to_owned(),
        format!(
            "const cameBack = await asked.question({});",
            quoted(say::ADDRESS_AFTERWARDS)
        ),
        "const code = new URL(cameBack).searchParams.get(\"code\");".to_owned(),
        "const result = await app.acquireTokenByCode({ ...request, code });".to_owned(),
    ]
}

/// What stands in the query alone: MSAL for Node does not heed a `maxAge` of its own.
fn query(call: &Call<'_>) -> Option<String> {
    let age = call.max_age().map(|age| age.to_string());
    let age = age.as_deref().map(|age| ("max_age", age));
    let pairs = age.into_iter().chain(call.nameless());
    let pairs: Vec<_> = pairs
        .map(|(name, value)| format!("{}: {}", quoted(name), quoted(value)))
        .collect();
    (!pairs.is_empty()).then(|| format!(", extraQueryParameters: {{ {} }}", pairs.join(", ")))
}
