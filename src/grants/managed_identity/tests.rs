use super::*;
use crate::grants::testing::{at, reply, spec};
use crate::model::{Authority, Flow};

type Set<'a> = &'a [(&'a str, &'a str)];

fn find(set: Set<'_>) -> Result<Machine, Problem> {
    let env = |name: &str| {
        let found = set.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| (*value).to_owned())
    };
    Machine::find(None, &env)
}

fn grant(set: Set<'_>, identity: Option<&str>) -> Result<ManagedIdentity, Problem> {
    let mut spec = spec(Flow::ManagedIdentity);
    spec.scopes = vec!["https://vault.azure.net/.default".into()];
    spec.identity = identity.map(|text| IdentityRef::parse(text).unwrap());
    ManagedIdentity::new(&spec, find(set)?)
}

/// Method, address and the headers of a request.
fn said(grant: &mut ManagedIdentity) -> String {
    let (Next::Send(request), _) = grant.resume(Input::Start, at(0)) else {
        panic!("nothing sent");
    };
    let mut text = format!("{} {}", request.method, request.url);
    for header in &request.headers {
        text = format!("{text} {}: {}", header.name, header.value.reveal());
    }
    for field in &request.form {
        text = format!("{text} {}={}", field.name, field.value.reveal());
    }
    text
}

const SERVICE: [(&str, &str); 2] = [
    ("IDENTITY_ENDPOINT", "http://127.0.0.1:41/msi/token"),
    ("IDENTITY_HEADER", "h1"),
];

const ARC: [(&str, &str); 2] = [
    (
        "IDENTITY_ENDPOINT",
        "http://localhost:40342/metadata/identity/oauth2/token",
    ),
    ("IMDS_ENDPOINT", "http://localhost:40342"),
];

/// What MSAL Python sends on each kind of machine.
#[test]
fn every_kind_of_machine_is_asked_in_its_own_way() {
    let fabric = [SERVICE[0], SERVICE[1], ("IDENTITY_SERVER_THUMBPRINT", "AB")];
    let learning = [
        ("MSI_ENDPOINT", "http://127.0.0.1:42/"),
        ("MSI_SECRET", "s1"),
    ];
    let cases: [(Set<'_>, Option<&str>, &str); 8] = [
        (
            &[],
            None,
            "GET http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https%3A%2F%2Fvault.azure.net Metadata: true",
        ),
        (
            &[],
            Some("resource_id=/x"),
            "GET http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https%3A%2F%2Fvault.azure.net&msi_res_id=%2Fx Metadata: true",
        ),
        (
            &[("AZURE_POD_IDENTITY_AUTHORITY_HOST", "http://127.0.0.1:9")],
            None,
            "GET http://127.0.0.1:9/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https%3A%2F%2Fvault.azure.net Metadata: true",
        ),
        (
            &SERVICE,
            Some("resource_id=/x"),
            "GET http://127.0.0.1:41/msi/token?api-version=2019-08-01&resource=https%3A%2F%2Fvault.azure.net&mi_res_id=%2Fx X-IDENTITY-HEADER: h1",
        ),
        (
            &fabric,
            None,
            "GET http://127.0.0.1:41/msi/token?api-version=2019-07-01-preview&resource=https%3A%2F%2Fvault.azure.net Secret: h1",
        ),
        (
            &learning,
            Some("client_id=c"),
            "GET http://127.0.0.1:42/?api-version=2017-09-01&resource=https%3A%2F%2Fvault.azure.net&clientid=c secret: s1",
        ),
        (
            &ARC,
            None,
            "GET http://localhost:40342/metadata/identity/oauth2/token?api-version=2020-06-01&resource=https%3A%2F%2Fvault.azure.net Metadata: true",
        ),
        (
            &[("AZUREPS_HOST_ENVIRONMENT", "cloud-shell/1.0")],
            None,
            "POST http://localhost:50342/oauth2/token Metadata: true resource=https://vault.azure.net",
        ),
    ];
    for (set, identity, expected) in cases {
        assert_eq!(said(&mut grant(set, identity).unwrap()), expected);
    }
}

#[test]
fn what_cannot_be_asked_is_told() {
    let other = grant(&ARC, Some("client_id=c")).err().unwrap();
    assert_eq!(other.at, "identity");
    let broken = [
        ("IDENTITY_ENDPOINT", "file:///etc/passwd"),
        ("IDENTITY_HEADER", "h"),
    ];
    assert_eq!(find(&broken).unwrap_err().at, "IDENTITY_ENDPOINT");
    let far = Authority::parse("https://login.example").unwrap();
    let problem = Machine::find(Some(&far), &|_| None).unwrap_err();
    assert_eq!(problem.expected, say::MACHINE_NEAR);
    let near = Authority::parse("http://127.0.0.1:8080").unwrap();
    let machine = Machine::find(Some(&near), &|_| None).unwrap();
    assert_eq!(
        machine.endpoint.as_str(),
        "http://127.0.0.1:8080/metadata/identity/oauth2/token"
    );
}

fn challenged(path: &str) -> Next {
    let mut grant = grant(&ARC, None).unwrap();
    grant.resume(Input::Start, at(0));
    let mut challenge = reply(401, "{}");
    if let Some(reply) = &mut challenge.reply {
        let header = format!("Basic realm={path}");
        reply.headers.push(("www-authenticate".into(), header));
    }
    let (next, _) = grant.resume(Input::Exchange(&challenge), at(0));
    if let Next::ReadKey(_) = next {
        let key = Secret::new(SecretKind::Other, "k1");
        let (Next::Send(request), _) = grant.resume(Input::Answer(key), at(0)) else {
            panic!("the key is not shown");
        };
        assert_eq!(request.headers[1].value.reveal(), "Basic k1");
        let (again, _) = grant.resume(Input::Exchange(&challenge), at(0));
        assert!(matches!(
            again,
            Next::Ended(Ended::Refused {
                place: Place::ManagedIdentity,
                ..
            })
        ));
    }
    next
}

#[cfg(unix)]
#[test]
fn only_a_key_file_of_the_agent_is_read_and_its_content_shown_once() {
    let own = "/var/opt/azcmagent/tokens/a.key";
    assert!(matches!(challenged(own), Next::ReadKey(path) if path == std::path::Path::new(own)));
    for other in [
        "/etc/passwd",
        "/etc/x.key",
        "/var/opt/azcmagent/tokens/a.txt",
        "/var/opt/azcmagent/tokens/../x.key",
        "/var/opt/azcmagent/tokens/deeper/a.key",
        "a.key",
    ] {
        let next = challenged(other);
        assert!(
            matches!(next, Next::Ended(Ended::Invalid(_))),
            "{other}: {next:?}"
        );
    }
}

#[test]
fn a_redirect_is_a_refusal_and_a_token_is_read_with_its_numbers_as_text() {
    let mut asked = grant(&[], None).unwrap();
    asked.resume(Input::Start, at(0));
    let (next, _) = asked.resume(Input::Exchange(&reply(302, "")), at(0));
    assert!(matches!(
        next,
        Next::Ended(Ended::Refused {
            place: Place::ManagedIdentity,
            ..
        })
    ));
    let mut asked = grant(&[], None).unwrap();
    asked.resume(Input::Start, at(0));
    let body = r#"{"access_token":"x","expires_in":"3599","token_type":"Bearer"}"#;
    let (next, _) = asked.resume(Input::Exchange(&reply(200, body)), at(0));
    let Next::Ended(Ended::Granted(tokens)) = next else {
        panic!("{next:?}");
    };
    assert_eq!(tokens.expires, Some(at(3599)));
}
