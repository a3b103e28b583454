use std::process::Command;

use super::*;
use crate::model::{
    Authority, CertificateMethod, ClientAssertion, ClientCertificate, Exchange, Moment, Outcome,
    Phases, Purpose, Request, RunId, Secret, SecretKind, Stage, TlsCertificate,
};

const VALUE: &str = "Zx8~aVeryOwnSecretValue0123456789";

fn secret(kind: SecretKind) -> Secret {
    Secret::new(kind, VALUE)
}

/// A request with secrets in every place, and with what a shell would take for its own.
fn request() -> Request {
    let mut request = Request::post(
        "https://login.microsoftonline.com/contoso.example/oauth2/v2.0/token",
        vec![
            Field::new("scope", "it's \"$HOME\" `x` \\"),
            Field::new("client_secret", secret(SecretKind::ClientSecret)),
            Field::new("refresh_token", secret(SecretKind::RefreshToken)),
        ],
        Purpose::Token,
    );
    request.headers.push(crate::model::Header::new(
        "Authorization",
        "Bearer ‹access token 5f2a91c0›",
    ));
    request
}

fn run(flow: Flow, credential: Credential) -> Run {
    let kind = if credential == Credential::Public {
        ClientKind::Desktop
    } else {
        ClientKind::Web
    };
    Run {
        id: RunId(1),
        spec: RunSpec {
            client_kind: kind,
            scopes: vec!["User.Read".into(), "openid".into()],
            credential,
            username: Some("ada@contoso.example".into()),
            password: Some(secret(SecretKind::Password)),
            refresh_token: Some(secret(SecretKind::RefreshToken)),
            incoming_token: Some(secret(SecretKind::AccessToken)),
            claims: Some(r#"{"access_token":{"acrs":{"value":"c1"}}}"#.into()),
            force_refresh: true,
            capabilities: vec!["cp1".into()],
            ..RunSpec::new(
                Authority::parse("https://login.microsoftonline.com/contoso.example").unwrap(),
                "3f0a5c1e-94d7-4b62-a0c8-6b1d2e7f48e1",
                flow,
            )
        },
        started: Moment::default(),
        stage: Stage::Ended(Box::new(crate::model::Ending::new(
            Outcome::Refused,
            Moment::default(),
        ))),
        exchanges: vec![Exchange {
            started: Moment::default(),
            request: request(),
            reply: None,
            fault: None,
            phases: Phases::default(),
        }],
        events: Vec::new(),
        simulated: false,
        from_history: false,
    }
}

fn certificate() -> Credential {
    Credential::Certificate(Box::new(ClientCertificate {
        key: secret(SecretKind::PrivateKey),
        certificate: secret(SecretKind::Other),
        password: None,
        at: CertificateRef {
            certificate: "cert.pem".into(),
            key: Some("key.pem".into()),
            ..CertificateRef::default()
        },
    }))
}

fn assertion() -> Credential {
    Credential::Assertion(ClientAssertion {
        token: secret(SecretKind::Assertion),
        from: AssertionRef::FileOf("AZURE_FEDERATED_TOKEN_FILE".into()),
    })
}

/// A run whose certificate was shown in the TLS handshake.
fn by_mutual_tls(credential: Credential) -> Run {
    let mut run = run(Flow::ClientCredentials, credential);
    run.exchanges[0].request.certificate = Some(Box::new(TlsCertificate {
        subject: "CN=billing".into(),
        thumbprint: "print".into(),
        handed: crate::model::Handed::Shown,
        identity: None,
    }));
    run
}

#[test]
fn a_certificate_of_the_handshake_is_named_to_curl_and_the_libraries_have_no_such_call() {
    let Credential::Certificate(mut given) = certificate() else {
        panic!("no certificate");
    };
    given.at.method = CertificateMethod::Tls;
    let open = by_mutual_tls(Credential::Certificate(given.clone()));
    let text = written(&open, Language::Curl).unwrap();
    assert!(text.contains("--cert cert.pem"), "{text}");
    assert!(text.contains("--key key.pem"), "{text}");
    given.at.certificate = "own.pfx".into();
    given.at.key = None;
    given.at.password = Some(crate::model::SecretRef::Env("LOCK".into()));
    let locked = by_mutual_tls(Credential::Certificate(given));
    let text = written(&locked, Language::Curl).unwrap();
    assert!(text.contains("--cert-type P12"), "{text}");
    assert!(text.contains(r#"--pass "$CERTIFICATE_PASSWORD""#), "{text}");
    // The history keeps no credential, and the record of the handshake.
    let kept = by_mutual_tls(Credential::Public);
    let text = written(&kept, Language::Curl).unwrap();
    assert!(text.contains(r#"--cert "$CLIENT_CERTIFICATE""#), "{text}");
    for language in [Language::MsalPython, Language::MsalDotnet, Language::MsalJs] {
        for run in [&open, &locked, &kept] {
            assert_eq!(written(run, language), Err(say::NO_MUTUAL_TLS));
        }
    }
}

fn written(run: &Run, language: Language) -> Result<String, &'static str> {
    code(&Redacted::vouch(run.clone()), language).map(Redacted::into_inner)
}

#[test]
fn every_flow_is_written_in_every_language_or_it_is_said_why_not_and_no_secret_is_in_it() {
    let credentials = [
        Credential::Public,
        Credential::Secret(secret(SecretKind::ClientSecret)),
        certificate(),
        assertion(),
    ];
    let of_no_library = [
        "ciba",
        "token-exchange",
        "jwt-bearer",
        "saml-bearer",
        "admin-consent",
    ];
    let mut missing = Vec::new();
    for flow in Flow::ALL {
        for credential in &credentials {
            let run = run(flow, credential.clone());
            for language in Language::ALL {
                match written(&run, language) {
                    Ok(text) => {
                        assert!(!text.contains(VALUE), "{flow:?} {language:?}: {text}");
                        assert!(!text.contains('‹'), "{flow:?} {language:?}: {text}");
                        let id = text.contains(&run.spec.client_id);
                        let free = matches!(language, Language::Curl | Language::AzureCli)
                            || flow == Flow::ManagedIdentity;
                        assert!(id || free, "{flow:?} {language:?}: {text}");
                    }
                    Err(_) => missing.push((flow.word(), language.word())),
                }
            }
        }
    }
    missing.dedup();
    missing.sort_unstable();
    missing.dedup();
    missing.retain(|(flow, _)| !of_no_library.contains(flow));
    assert_eq!(
        missing,
        [
            ("device-code", "azure-cli"),
            ("interactive", "azure-cli"),
            ("on-behalf-of", "azure-cli"),
            ("password", "azure-cli"),
            ("refresh-token", "azure-cli"),
            ("refresh-token", "msal-go"),
            ("user-fic", "azure-cli"),
            ("user-fic", "msal-dotnet"),
            ("user-fic", "msal-go"),
        ]
    );
}

#[test]
fn what_the_run_asked_for_stands_in_the_call() {
    let run = run(Flow::ClientCredentials, certificate());
    let python = written(&run, Language::MsalPython).unwrap();
    for part in [
        "acquire_token_for_client([\"User.Read\"], claims_challenge=\"{\\\"access_token\\\"",
        "\"private_key\": open(\"key.pem\").read(), \"public_certificate\": open(\"cert.pem\").read()",
        "client_capabilities=[\"cp1\"]",
        "authority=\"https://login.microsoftonline.com/contoso.example\"",
    ] {
        assert!(python.contains(part), "{part} is not in\n{python}");
    }
    assert!(!python.contains("instance_discovery"), "{python}");
    let cli = written(&run, Language::AzureCli).unwrap();
    assert!(
        cli.contains("--certificate cert.pem --tenant contoso.example"),
        "{cli}"
    );
}

#[test]
fn what_was_asked_of_the_page_stands_in_the_call_or_is_named_as_left_out() {
    for credential in [
        Credential::Public,
        Credential::Secret(secret(SecretKind::ClientSecret)),
    ] {
        let mut run = run(Flow::Interactive, credential);
        let asking = crate::model::Asking::default();
        run.spec.asking = asking
            .with_parameters("domain_hint=contoso.example&max_age=7&acr_values=c1&mkt=de-DE")
            .unwrap();
        run.spec.asking.request_object = true;
        run.spec.asking.response_mode = Some(crate::model::ResponseMode::FormPost);
        for language in Language::ALL {
            let Ok(text) = written(&run, language) else {
                continue;
            };
            if language == Language::Curl {
                continue;
            }
            assert!(text.contains("of the run: request\n"), "{text}");
            for part in ["\"contoso.example\"", "acr_values", "mkt", "max_age"] {
                assert!(text.contains(part), "{part} {language:?}: {text}");
            }
        }
    }
}

#[test]
fn the_v1_endpoint_is_spoken_by_curl_alone() {
    let mut run = run(Flow::Silent, Credential::Public);
    run.spec.authority = run.spec.authority.spoken_as(AuthorityKind::EntraV1);
    assert!(written(&run, Language::Curl).is_ok());
    assert_eq!(written(&run, Language::MsalJs), Err(say::V2_ALONE));
}

#[test]
fn a_shell_reads_of_a_curl_call_what_was_sent_and_its_secrets_out_of_variables() {
    let text = written(&run(Flow::Silent, Credential::Public), Language::Curl).unwrap();
    // Stands in for curl and prints its arguments, one a line.
    let script = format!("curl() {{ printf '%s\\n' \"$@\"; }}\n{text}");
    let output = Command::new("sh")
        .args(["-c", &script])
        .env("CLIENT_SECRET", "a secret")
        .env("REFRESH_TOKEN", "$(a token)")
        .env("ACCESS_TOKEN", "another")
        .output()
        .unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    for argument in [
        "scope=it's \"$HOME\" `x` \\",
        "client_secret=a secret",
        "refresh_token=$(a token)",
        "Authorization: Bearer another",
        "https://login.microsoftonline.com/contoso.example/oauth2/v2.0/token",
    ] {
        assert!(
            said.lines().any(|line| line == argument),
            "{argument}:\n{text}\n{said}"
        );
    }
}
