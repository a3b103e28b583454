use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use proptest::prelude::*;

use super::*;
use crate::model::{AuthorityKind, ClientKind, CredentialRef, Flow};

const APP: &str = "3f0a5c1e-94d7-4b62-a0c8-6b1d2e7f48e1";
const TENANT: &str = "6d1c0e5a-7a3f-4c52-9b1e-2f8a4c9d7e10";

fn read(text: &str) -> Sketch {
    sketch(text).unwrap_or_else(|| panic!("nothing is recognised in {text}"))
}

fn address(sketch: &Sketch) -> &str {
    sketch
        .authority
        .as_ref()
        .map_or("", crate::model::Authority::as_str)
}

#[test]
fn an_authority_is_found_in_every_address_it_has() {
    let home = format!("https://login.microsoftonline.com/{TENANT}");
    for end in [
        "",
        "/",
        "/v2.0",
        "/v2.0/.well-known/openid-configuration",
        "/oauth2/v2.0/authorize",
        "/oauth2/v2.0/token",
        "/oauth2/token",
        "/discovery/v2.0/keys?appid=x",
        "/v2.0/adminconsent",
    ] {
        assert_eq!(address(&read(&format!("{home}{end}"))), home, "{end}");
    }
    let v1 = read(&format!("https://sts.windows.net/{TENANT}/"));
    assert_eq!(address(&v1), home);
    for (text, kind) in [
        (
            "https://contoso.b2clogin.com/contoso.onmicrosoft.com/B2C_1_signin/oauth2/v2.0/authorize",
            AuthorityKind::B2c,
        ),
        (
            "https://fs.contoso.example/adfs/.well-known/openid-configuration",
            AuthorityKind::Adfs,
        ),
        ("https://contoso.ciamlogin.com/", AuthorityKind::Ciam),
        (
            "https://issuer.contoso.example/.well-known/oauth-authorization-server",
            AuthorityKind::Oidc,
        ),
    ] {
        let found = read(text).authority.unwrap();
        assert_eq!(found.kind, kind, "{text}");
        assert!(!found.as_str().contains("well-known"), "{text}");
    }
}

#[test]
fn a_sign_in_is_read_with_its_parameters() {
    let found = read(&format!(
        "https://login.microsoftonline.com/contoso.example/oauth2/v2.0/authorize?client_id={APP}&response_type=code\
         &redirect_uri=https%3A%2F%2Fapp.contoso.example%2Fsignin-oidc&scope=openid%20profile+User.Read&login_hint=ada%40contoso.example&state=x"
    ));
    assert_eq!(
        (found.of, address(&found)),
        (
            SketchOf::SignIn,
            "https://login.microsoftonline.com/contoso.example"
        )
    );
    assert_eq!(found.client_id.as_deref(), Some(APP));
    assert_eq!(found.scopes, ["openid", "profile", "User.Read"]);
    assert_eq!(
        found.redirect_uri.as_deref(),
        Some("https://app.contoso.example/signin-oidc")
    );
    assert_eq!(found.username.as_deref(), Some("ada@contoso.example"));
    assert_eq!(
        (found.client_kind, found.flow),
        (Some(ClientKind::Web), Some(Flow::Interactive))
    );
}

#[test]
fn a_page_of_a_portal_tells_the_app_and_the_tenant_it_names() {
    let found = read(&format!(
        "https://portal.azure.com/#@contoso.example/view/Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/~/Overview/appId/{APP}/isMSAApp~/false"
    ));
    assert_eq!(found.of, SketchOf::Portal);
    assert_eq!(found.client_id.as_deref(), Some(APP));
    assert_eq!(
        address(&found),
        "https://login.microsoftonline.com/contoso.example"
    );
    let other = read(&format!(
        "https://entra.microsoft.us/#view/x/appId/{APP}/tenantId/{TENANT}"
    ));
    assert_eq!(
        address(&other),
        format!("https://login.microsoftonline.us/{TENANT}")
    );
}

#[test]
fn a_token_tells_who_got_it_and_what_for() {
    let part = |json: &str| BASE64_URL_SAFE_NO_PAD.encode(json);
    let claims = format!(
        r#"{{"iss":"https://sts.windows.net/{TENANT}/","aud":"https://graph.microsoft.com","appid":"{APP}","scp":"User.Read Mail.Read","upn":"ada@contoso.example"}}"#
    );
    let token = format!("{}.{}.c2ln", part(r#"{"alg":"RS256"}"#), part(&claims));
    let found = read(&token);
    assert_eq!(found.of, SketchOf::Token);
    assert_eq!(
        address(&found),
        format!("https://login.microsoftonline.com/{TENANT}")
    );
    assert_eq!(
        found.scopes,
        [
            "https://graph.microsoft.com/User.Read",
            "https://graph.microsoft.com/Mail.Read"
        ]
    );
    assert_eq!(
        (found.client_id.as_deref(), found.username.as_deref()),
        (Some(APP), Some("ada@contoso.example"))
    );
}

#[test]
fn variables_of_azure_identity_are_read_and_their_secret_is_not() {
    let found = read(&format!(
        "# production\nexport AZURE_TENANT_ID=\"{TENANT}\"\nAZURE_CLIENT_ID={APP}\r\n$env:AZURE_CLIENT_SECRET = 'Zx8~very-secret'\nPATH=/usr/bin"
    ));
    assert_eq!(found.of, SketchOf::Environment);
    assert_eq!(
        found.credential,
        CredentialRef::Env("AZURE_CLIENT_SECRET".into())
    );
    assert!(found.secret_left_out && !format!("{found:?}").contains("Zx8"));
    assert_eq!(found.client_id.as_deref(), Some(APP));
    let federated = read(&format!(
        "AZURE_AUTHORITY_HOST=https://login.microsoftonline.us/\nAZURE_TENANT_ID={TENANT}\nAZURE_CLIENT_ID={APP}\nAZURE_FEDERATED_TOKEN_FILE=/var/run/token"
    ));
    assert_eq!(
        address(&federated),
        format!("https://login.microsoftonline.us/{TENANT}")
    );
    assert!(matches!(federated.credential, CredentialRef::Assertion(_)));
}

#[test]
fn settings_of_microsoft_identity_web_are_read_with_their_comments() {
    let found = read(&format!(
        r#"{{
  "Logging": {{ "LogLevel": {{ "Default": "Information" }} }}, // as made by the template
  "AzureAd": {{
    "Instance": "https://login.microsoftonline.com/", /* the cloud */
    "TenantId": "{TENANT}",
    "ClientId": "{APP}",
    "CallbackPath": "/signin-oidc",
    "ClientCredentials": [ {{ "SourceType": "ClientSecret", "ClientSecret": "Zx8~very-secret" }}, ],
  }},
  "DownstreamApi": {{ "BaseUrl": "https://graph.microsoft.com/v1.0", "Scopes": [ "User.Read" ] }},
}}"#
    ));
    assert_eq!(found.of, SketchOf::AppSettings);
    assert_eq!(
        address(&found),
        format!("https://login.microsoftonline.com/{TENANT}")
    );
    assert_eq!(
        (found.client_kind, found.flow),
        (Some(ClientKind::Web), Some(Flow::Interactive))
    );
    assert_eq!(found.credential, CredentialRef::Env("CLIENT_SECRET".into()));
    assert_eq!(found.scopes, ["User.Read"]);
    assert!(!format!("{found:?}").contains("Zx8"));
    let b2c = read(&format!(
        r#"{{"AzureAdB2C":{{"Instance":"https://contoso.b2clogin.com","Domain":"contoso.onmicrosoft.com","ClientId":"{APP}","SignUpSignInPolicyId":"B2C_1_signin"}}}}"#
    ));
    assert_eq!(
        address(&b2c),
        "https://contoso.b2clogin.com/contoso.onmicrosoft.com/B2C_1_signin"
    );
}

#[test]
fn what_the_azure_cli_prints_is_read() {
    let person = read(&format!(
        r#"{{"environmentName":"AzureUSGovernment","id":"x","tenantId":"{TENANT}","user":{{"name":"ada@contoso.example","type":"user"}}}}"#
    ));
    assert_eq!(
        address(&person),
        format!("https://login.microsoftonline.us/{TENANT}")
    );
    assert_eq!(person.username.as_deref(), Some("ada@contoso.example"));
    let principal = read(&format!(
        r#"{{"appId":"{APP}","displayName":"ci","password":"Zx8~very-secret","tenant":"{TENANT}"}}"#
    ));
    assert_eq!(principal.of, SketchOf::ServicePrincipal);
    assert!(principal.secret_left_out && !format!("{principal:?}").contains("Zx8"));
}

#[test]
fn calls_of_the_libraries_are_read_in_their_languages() {
    let python = read(&format!(
        "import msal\napp = msal.ConfidentialClientApplication(\n    \"{APP}\", authority=\"https://login.microsoftonline.com/{TENANT}\",\n    client_credential=\"Zx8~very-secret\",\n)\nresult = app.acquire_token_for_client(scopes=[\"https://graph.microsoft.com/.default\"])"
    ));
    assert_eq!(
        (python.of, python.flow),
        (SketchOf::Code, Some(Flow::ClientCredentials))
    );
    assert_eq!(python.client_id.as_deref(), Some(APP));
    assert_eq!(
        address(&python),
        format!("https://login.microsoftonline.com/{TENANT}")
    );
    assert_eq!(python.scopes, ["https://graph.microsoft.com/.default"]);
    assert!(python.secret_left_out && !format!("{python:?}").contains("Zx8"));
    let node = read(&format!(
        "const pca = new PublicClientApplication({{ auth: {{ clientId: '{APP}', authority: 'https://login.microsoftonline.com/{TENANT}' }} }});\npca.acquireTokenInteractive({{ scopes: ['User.Read', 'Mail.Send'], loginHint: 'ada@contoso.example' }})"
    ));
    assert_eq!(
        (node.flow, node.client_kind),
        (Some(Flow::Interactive), Some(ClientKind::Desktop))
    );
    assert_eq!(node.scopes, ["User.Read", "Mail.Send"]);
    assert_eq!(node.username.as_deref(), Some("ada@contoso.example"));
    let identity = read(&format!(
        "credential = ClientSecretCredential(tenant_id=\"{TENANT}\", client_id=\"{APP}\", client_secret=os.environ[\"MY_SECRET\"])"
    ));
    assert_eq!(
        address(&identity),
        format!("https://login.microsoftonline.com/{TENANT}")
    );
    assert_eq!(identity.client_id.as_deref(), Some(APP));
    assert_eq!(identity.credential, CredentialRef::Env("MY_SECRET".into()));
    let dotnet = read(&format!(
        "var app = PublicClientApplicationBuilder.Create(\"{APP}\").WithAuthority(\"https://login.microsoftonline.com/{TENANT}\").WithRedirectUri(\"http://localhost\").Build();\nawait app.AcquireTokenWithDeviceCode(new[] {{ \"User.Read\" }}, f).ExecuteAsync();"
    ));
    assert_eq!(
        (dotnet.flow, dotnet.redirect_uri.as_deref()),
        (Some(Flow::DeviceCode), Some("http://localhost"))
    );
}

#[test]
fn what_tells_of_nothing_is_nothing() {
    for text in [
        "",
        "hello",
        "AADSTS50076: a second factor is needed",
        "{\"error\":\"invalid_grant\"}",
        "ftp://contoso.example",
        "PATH=/usr/bin",
        "mailto:ada@contoso.example",
    ] {
        assert_eq!(sketch(text), None, "{text}");
    }
}

proptest! {
    #[test]
    fn nothing_makes_it_panic(text in "\\PC{0,300}") {
        let _ = sketch(&text);
        let _ = sketch(&format!("{{\"AzureAd\":{text}"));
        let _ = sketch(&format!("msal.PublicClientApplication({text}"));
        let _ = sketch(&format!("https://portal.azure.com/#{text}"));
    }
}
