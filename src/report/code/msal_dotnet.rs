//! MSAL.NET, in C#.

use std::path::Path;

use super::{AssertionRef, AuthorityKind, Call, Flow, Proof, identity, list, quoted, say};
use crate::model::Prompt;

pub(super) fn write(call: &Call<'_>) -> Result<String, &'static str> {
    let mut lines = vec![
        "// dotnet add package Microsoft.Identity.Client".to_owned(),
        "using Microsoft.Identity.Client;".to_owned(),
    ];
    if call.spec.flow == Flow::ManagedIdentity {
        lines.push("using Microsoft.Identity.Client.AppConfig;".to_owned());
    }
    if matches!(call.proof, Proof::Certificate(_)) {
        lines.push("using System.Security.Cryptography.X509Certificates;".to_owned());
    }
    if let Some(ca) = &call.spec.options.ca_file {
        lines.push(format!("// {}", say::dotnet_ca(&ca.display().to_string())));
    }
    lines.push(String::new());
    lines.extend(app(call));
    lines.push(String::new());
    lines.extend(["try".to_owned(), "{".to_owned()]);
    let acquired = acquired(call)?;
    lines.extend(acquired.into_iter().map(|line| format!("    {line}")));
    lines.push("    Console.WriteLine($\"granted until {result.ExpiresOn}\");".to_owned());
    lines.push("}".to_owned());
    lines.push("catch (MsalServiceException refused)".to_owned());
    lines.push("{".to_owned());
    lines.push(format!(
        "    Console.WriteLine(refused.ResponseBody); // {}",
        say::OWN_WORDS
    ));
    lines.push("}".to_owned());
    Ok(lines.join("\n") + "\n")
}

fn app(call: &Call<'_>) -> Vec<String> {
    let spec = call.spec;
    if spec.flow == Flow::ManagedIdentity {
        let names = [
            "WithUserAssignedClientId",
            "WithUserAssignedObjectId",
            "WithUserAssignedResourceId",
        ];
        let which = identity(spec, names).map_or_else(
            || "SystemAssigned".to_owned(),
            |(name, value)| format!("{name}({})", quoted(value)),
        );
        return vec![
            format!(
                "var app = ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.{which})"
            ),
            "    .Build();".to_owned(),
        ];
    }
    let class = if call.is_confidential() {
        "ConfidentialClientApplicationBuilder"
    } else {
        "PublicClientApplicationBuilder"
    };
    let mut lines = vec![format!("var app = {class}.Create({})", call.client_id())];
    let authority = call.authority();
    lines.push(match spec.authority.kind {
        AuthorityKind::B2c => format!("    .WithB2CAuthority({authority})"),
        AuthorityKind::Adfs => {
            format!("    .WithAdfsAuthority({authority}, validateAuthority: false)")
        }
        AuthorityKind::Oidc => format!("    .WithOidcAuthority({authority})"),
        _ => format!("    .WithAuthority({authority})"),
    });
    let entra = matches!(
        spec.authority.kind,
        AuthorityKind::EntraV2 | AuthorityKind::Undetermined
    );
    if entra && !call.is_known() {
        lines.push(format!(
            "    .WithInstanceDiscovery(false) // {}",
            say::OWN_HOST
        ));
    }
    lines.extend(credential(&call.proof));
    if matches!(spec.flow, Flow::Interactive | Flow::Silent) {
        let redirect = spec.redirect_uri.as_deref().unwrap_or("http://localhost");
        lines.push(format!("    .WithRedirectUri({})", quoted(redirect)));
    }
    if let Some(names) = call.capabilities() {
        lines.push(format!("    .WithClientCapabilities(new[] {{ {names} }})"));
    }
    lines.push("    .Build();".to_owned());
    lines
}

fn variable(name: &str) -> String {
    format!("Environment.GetEnvironmentVariable({})", quoted(name))
}

fn path(path: &Path) -> String {
    quoted(&path.display().to_string())
}

fn credential(proof: &Proof<'_>) -> Option<String> {
    Some(match proof {
        Proof::Nothing => return None,
        Proof::Secret => format!("    .WithClientSecret({})", variable("CLIENT_SECRET")),
        Proof::Certificate(at) => {
            let (certificate, key) = at.map_or_else(
                || (variable("CERTIFICATE_FILE"), variable("KEY_FILE")),
                |at| (path(&at.certificate), path(at.key_file())),
            );
            let chain = at.is_some_and(|at| at.send_chain);
            format!(
                "    .WithCertificate(X509Certificate2.CreateFromPemFile({certificate}, {key}), sendX5C: {chain})"
            )
        }
        Proof::Assertion(from) => {
            let token = match from {
                Some(AssertionRef::File(file)) => {
                    format!("File.ReadAllText({}).Trim()", path(file))
                }
                Some(AssertionRef::Env(name)) => variable(name),
                Some(AssertionRef::FileOf(name)) => {
                    format!("File.ReadAllText({}).Trim()", variable(name))
                }
                Some(AssertionRef::GitHub) | None => variable("CLIENT_ASSERTION"),
            };
            format!("    .WithClientAssertion(_ => Task.FromResult({token}))")
        }
    })
}

/// The lines that end in `result`.
fn acquired(call: &Call<'_>) -> Result<Vec<String>, &'static str> {
    let spec = call.spec;
    let scopes = format!("new[] {{ {} }}", list(&call.scopes()));
    let mut lines = Vec::new();
    let begin = match spec.flow {
        Flow::ClientCredentials => format!("app.AcquireTokenForClient({scopes})"),
        Flow::OnBehalfOf => format!(
            "app.AcquireTokenOnBehalfOf({scopes}, new UserAssertion({}))",
            variable("INCOMING_TOKEN")
        ),
        Flow::RefreshToken => format!(
            "((IByRefreshToken)app).AcquireTokenByRefreshToken({scopes}, {})",
            variable("REFRESH_TOKEN")
        ),
        Flow::Password => format!(
            "app.AcquireTokenByUsernamePassword({scopes}, {}, {})",
            call.username(),
            variable("PASSWORD")
        ),
        Flow::DeviceCode => format!(
            "app.AcquireTokenWithDeviceCode({scopes}, code => {{ Console.WriteLine(code.Message); return Task.CompletedTask; }})"
        ),
        Flow::Silent => {
            lines.push(format!("// {}", say::FILLED_CACHE));
            lines.push("var accounts = await app.GetAccountsAsync();".to_owned());
            let account = spec.username.as_deref().map_or_else(
                || "accounts.First()".to_owned(),
                |user| format!("accounts.First(one => one.Username == {})", quoted(user)),
            );
            format!("app.AcquireTokenSilent({scopes}, {account})")
        }
        Flow::Interactive if call.is_web() => {
            let with = hint(call).into_iter().chain(query(call, true));
            let with: String = with.chain(claims(call)).collect();
            lines.push(format!(
                "Console.WriteLine(await app.GetAuthorizationRequestUrl({scopes}){with}.ExecuteAsync());"
            ));
            lines.push(format!("// {}", say::CODE_OF_THE_ADDRESS));
            format!("app.AcquireTokenByAuthorizationCode({scopes}, Console.ReadLine())")
        }
        Flow::Interactive => format!("app.AcquireTokenInteractive({scopes})"),
        Flow::ManagedIdentity => {
            let resource = quoted(call.resource());
            format!("app.AcquireTokenForManagedIdentity({resource})")
        }
        Flow::Ciba
        | Flow::TokenExchange
        | Flow::JwtBearer
        | Flow::SamlBearer
        | Flow::UserFic
        | Flow::AdminConsent => {
            return Err(say::NO_SUCH_CALL);
        }
    };
    lines.push(format!("var result = await {begin}"));
    lines.extend(with(call).into_iter().map(|with| format!("    {with}")));
    lines.push("    .ExecuteAsync();".to_owned());
    Ok(lines)
}

fn claims(call: &Call<'_>) -> Option<String> {
    let claims = call.spec.claims.as_deref();
    claims.map(|claims| format!(".WithClaims({})", quoted(claims)))
}

fn hint(call: &Call<'_>) -> Option<String> {
    let user = call.spec.username.as_deref();
    user.map(|user| format!(".WithLoginHint({})", quoted(user)))
}

/// What the call that ends in `result` is made with.
fn with(call: &Call<'_>) -> Vec<String> {
    let spec = call.spec;
    let mut with = Vec::new();
    if spec.flow == Flow::Interactive && !call.is_web() {
        let prompt = spec.asking.prompt.map(named);
        with.extend(hint(call));
        with.extend(prompt.map(|prompt| format!(".WithPrompt(Prompt.{prompt})")));
        with.extend(query(call, false));
    }
    if spec.flow == Flow::Silent && spec.force_refresh {
        with.push(".WithForceRefresh(true)".to_owned());
    }
    if !(call.is_web() || spec.flow == Flow::RefreshToken) {
        with.extend(claims(call));
    }
    with
}

/// What stands in the query alone. The response mode is the system browser's own where a desktop program signs in.
fn query(call: &Call<'_>, web: bool) -> Option<String> {
    let domain = call.domain_hint();
    let age = call.max_age().map(|age| quoted(&age.to_string()));
    let named = [
        ("domain_hint", domain),
        ("max_age", age),
        ("response_mode", call.response_mode().filter(|_| web)),
    ];
    let named = named
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)));
    let nameless = call.nameless();
    let nameless = nameless.iter().map(|(name, value)| (*name, quoted(value)));
    let pairs: Vec<_> = named
        .chain(nameless)
        .map(|(name, value)| format!("[{}] = {value}", quoted(name)))
        .collect();
    let pairs = pairs.join(", ");
    (!pairs.is_empty())
        .then(|| format!(".WithExtraQueryParameters(new Dictionary<string, string> {{ {pairs} }})"))
}

const fn named(prompt: Prompt) -> &'static str {
    match prompt {
        Prompt::Login => "ForceLogin",
        Prompt::None => "Never",
        Prompt::Consent => "Consent",
        Prompt::SelectAccount => "SelectAccount",
    }
}
