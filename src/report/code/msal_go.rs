//! MSAL for Go.

use std::path::Path;

use super::page::left_out;
use super::{AssertionRef, Call, Flow, Proof, identity, list, quoted, say};

const PACKAGE: &str = "github.com/AzureAD/microsoft-authentication-library-for-go/apps";

pub(super) fn write(call: &Call<'_>) -> Result<String, &'static str> {
    let kind = match call.spec.flow {
        Flow::ManagedIdentity => "managedidentity",
        _ if call.is_confidential() => "confidential",
        _ => "public",
    };
    if call.is_oidc() && kind != "managedidentity" {
        return Err(say::GO_KNOWS_NO_OIDC);
    }
    let acquired = acquired(call, kind)?;
    let body = app(call, kind).into_iter().chain(acquired);
    let body: Vec<String> = body.map(|line| format!("\t{line}")).collect();
    let uses_os = body.iter().any(|line| line.contains("os."));
    let mut lines = vec![
        format!("// go get {PACKAGE}/{kind}"),
        "package main".to_owned(),
        String::new(),
        "import (".to_owned(),
        "\t\"context\"".to_owned(),
        "\t\"fmt\"".to_owned(),
    ];
    if uses_os {
        lines.push("\t\"os\"".to_owned());
    }
    lines.extend([
        String::new(),
        format!("\t\"{PACKAGE}/{kind}\""),
        ")".to_owned(),
        String::new(),
    ]);
    if let Some(ca) = &call.spec.options.ca_file {
        lines.push(format!("// {}", say::go_ca(&ca.display().to_string())));
    }
    lines.push("func main() {".to_owned());
    lines.push("\tctx := context.Background()".to_owned());
    lines.extend(body);
    lines.extend([
        "\tif err != nil {".to_owned(),
        "\t\tfmt.Println(err)".to_owned(),
        "\t\treturn".to_owned(),
        "\t}".to_owned(),
        "\tfmt.Println(\"granted until\", result.ExpiresOn)".to_owned(),
        "}".to_owned(),
        String::new(),
        "func must[T any](value T, err error) T {".to_owned(),
        "\tif err != nil {".to_owned(),
        "\t\tpanic(err)".to_owned(),
        "\t}".to_owned(),
        "\treturn value".to_owned(),
        "}".to_owned(),
    ]);
    Ok(lines.join("\n") + "\n")
}

fn app(call: &Call<'_>, kind: &str) -> Vec<String> {
    let spec = call.spec;
    if kind == "managedidentity" {
        let names = ["ClientID", "ObjectID", "ResourceID"];
        let which = identity(spec, names).map_or_else(
            || "SystemAssigned()".to_owned(),
            |(name, value)| format!("UserAssigned{name}({})", quoted(value)),
        );
        return vec![format!(
            "app := must(managedidentity.New(managedidentity.{which}))"
        )];
    }
    let mut with = Vec::new();
    if !call.is_known() {
        with.push(format!("{kind}.WithInstanceDiscovery(false)"));
    }
    if let Some(names) = call.capabilities() {
        with.push(format!(
            "{kind}.WithClientCapabilities([]string{{{names}}})"
        ));
    }
    let mut lines = credential(&call.proof);
    let (authority, id) = (call.authority(), call.client_id());
    if kind == "confidential" {
        let given = [vec![authority, id, "credential".to_owned()], with].concat();
        lines.push(format!(
            "app := must(confidential.New({}))",
            given.join(", ")
        ));
    } else {
        let authority = format!("public.WithAuthority({authority})");
        let given = [vec![id, authority], with].concat();
        lines.push(format!("app := must(public.New({}))", given.join(", ")));
    }
    lines
}

fn path(path: &Path) -> String {
    quoted(&path.display().to_string())
}

fn credential(proof: &Proof<'_>) -> Vec<String> {
    match proof {
        Proof::Nothing => Vec::new(),
        Proof::Secret => vec![
            "credential := must(confidential.NewCredFromSecret(os.Getenv(\"CLIENT_SECRET\")))"
                .to_owned(),
        ],
        Proof::Certificate(at) => {
            let (certificate, key) = at.map_or_else(
                || {
                    let of = |name| format!("os.Getenv(\"{name}\")");
                    (of("CERTIFICATE_FILE"), of("KEY_FILE"))
                },
                |at| (path(&at.certificate), path(at.key_file())),
            );
            vec![
                format!(
                    "pem := append(must(os.ReadFile({certificate})), must(os.ReadFile({key}))...)"
                ),
                "certificates, key, err := confidential.CertFromPEM(pem, \"\")".to_owned(),
                "if err != nil {".to_owned(),
                "\tpanic(err)".to_owned(),
                "}".to_owned(),
                "credential := must(confidential.NewCredFromCert(certificates, key))".to_owned(),
            ]
        }
        Proof::Assertion(from) => {
            let token = match from {
                Some(AssertionRef::File(file)) => {
                    format!("string(must(os.ReadFile({})))", path(file))
                }
                Some(AssertionRef::Env(name)) => format!("os.Getenv({})", quoted(name)),
                Some(AssertionRef::FileOf(name)) => {
                    format!("string(must(os.ReadFile(os.Getenv({}))))", quoted(name))
                }
                Some(AssertionRef::GitHub) | None => "os.Getenv(\"CLIENT_ASSERTION\")".to_owned(),
            };
            vec![
                "credential := confidential.NewCredFromAssertionCallback(".to_owned(),
                "\tfunc(context.Context, confidential.AssertionRequestOptions) (string, error) {"
                    .to_owned(),
                format!("\t\treturn {token}, nil"),
                "\t},".to_owned(),
                ")".to_owned(),
            ]
        }
    }
}

/// The lines that end in `result` and `err`.
fn acquired(call: &Call<'_>, kind: &str) -> Result<Vec<String>, &'static str> {
    let spec = call.spec;
    let scopes = format!("[]string{{{}}}", list(&call.scopes()));
    let claims = spec
        .claims
        .as_deref()
        .map(|claims| format!(", {kind}.WithClaims({})", quoted(claims)))
        .unwrap_or_default();
    let one = |text: String| Ok(vec![format!("result, err := app.{text}")]);
    match spec.flow {
        Flow::ClientCredentials => one(format!("AcquireTokenByCredential(ctx, {scopes}{claims})")),
        Flow::OnBehalfOf => one(format!(
            "AcquireTokenOnBehalfOf(ctx, os.Getenv(\"INCOMING_TOKEN\"), {scopes}{claims})"
        )),
        Flow::Password => one(format!(
            "AcquireTokenByUsernamePassword(ctx, {scopes}, {}, os.Getenv(\"PASSWORD\"){claims})",
            call.username()
        )),
        Flow::DeviceCode => Ok(vec![
            format!("code := must(app.AcquireTokenByDeviceCode(ctx, {scopes}{claims}))"),
            "fmt.Println(code.Result.Message)".to_owned(),
            "result, err := code.AuthenticationResult(ctx)".to_owned(),
        ]),
        Flow::Silent if kind == "public" => Ok(vec![
            format!("// {}", say::FILLED_CACHE),
            "accounts := must(app.Accounts(ctx))".to_owned(),
            format!(
                "result, err := app.AcquireTokenSilent(ctx, {scopes}, public.WithSilentAccount(accounts[0]){claims})"
            ),
        ]),
        Flow::Interactive if kind == "public" => Ok(in_the_browser(call, &scopes, &claims)),
        Flow::ManagedIdentity => one(format!("AcquireToken(ctx, {})", quoted(call.resource()))),
        Flow::Silent | Flow::Interactive => Ok(by_code(call, &scopes, &claims)),
        Flow::Ciba
        | Flow::TokenExchange
        | Flow::JwtBearer
        | Flow::SamlBearer
        | Flow::UserFic
        | Flow::AdminConsent => Err(say::NO_SUCH_CALL),
        Flow::RefreshToken => Err(say::GO_TAKES_NO_REFRESH_TOKEN),
    }
}

/// The domain that is hinted at, as an option, and a comment on what Go has no options for.
fn of_page(call: &Call<'_>, kind: &str) -> (String, Option<String>) {
    let mut names: Vec<&str> = call.nameless().iter().map(|(name, _)| *name).collect();
    names.extend(call.max_age().map(|_| "max_age"));
    names.extend(call.response_mode().map(|_| "response_mode"));
    let domain = call.domain_hint();
    let domain = domain.map(|domain| format!(", {kind}.WithDomainHint({domain})"));
    (domain.unwrap_or_default(), left_out("//", &names))
}

fn in_the_browser(call: &Call<'_>, scopes: &str, claims: &str) -> Vec<String> {
    let spec = call.spec;
    let (domain, left_out) = of_page(call, "public");

    let hint = spec.username.as_deref();
    let hint = hint.map(|user| format!(", public.WithLoginHint({})", quoted(user)));
    let redirect = spec.redirect_uri.as_deref();
    let redirect = redirect.map(|uri| format!(", public.WithRedirectURI({})", quoted(uri)));
    let line = format!(
        "result, err := app.AcquireTokenInteractive(ctx, {scopes}{}{}{domain}{claims})",
        hint.unwrap_or_default(),
        redirect.unwrap_or_default()
    );
    left_out.into_iter().chain([line]).collect()
}

fn by_code(call: &Call<'_>, scopes: &str, claims: &str) -> Vec<String> {
    let spec = call.spec;
    let (domain, left_out) = of_page(
        call,
        if call.is_confidential() {
            "confidential"
        } else {
            "public"
        },
    );

    let redirect = quoted(spec.redirect_uri.as_deref().unwrap_or("http://localhost"));
    let id = call.client_id();
    let lines = left_out.into_iter().chain([
        format!(
            "fmt.Println(must(app.AuthCodeURL(ctx, {id}, {redirect}, {scopes}{domain}{claims})))"
        ),
        format!("// {}", say::CODE_OF_THE_ADDRESS),
        "var code string".to_owned(),
        "fmt.Scanln(&code)".to_owned(),
        format!(
            "result, err := app.AcquireTokenByAuthCode(ctx, code, {redirect}, {scopes}{claims})"
        ),
    ]);
    lines.collect()
}
