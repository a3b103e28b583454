//! Addresses and what is said at them.

use serde_json::Value as Json;

use super::super::ask::Answer;
use super::super::refusal::Cause;
use super::super::testing::{BASE, Bench, json};
use super::super::walk::Jar;
use super::*;
use crate::lab::handle::Walk;
use crate::model::UserAct;

const TENANT: &str = "6d1c0e5a-7a3f-4c52-9b1e-2f8a4c9d7e10";
const DAEMON: &str = "grant_type=client_credentials&client_id={daemon}&client_secret={secret}&scope={graph}/.default";

/// Ada signs in at an address and redeems the code there.
fn signed_in(bench: &mut Bench, root: &str, authorize: &str, token: &str) -> Json {
    let code = code(bench, root, authorize, UserAct::Completes);
    let form = format!(
        "grant_type=authorization_code&client_id={{desktop}}&code={code}&redirect_uri=http://localhost:5000"
    );
    let answer = bench.told(&format!("{root}{token}"), &form);
    assert_eq!(
        answer.status,
        200,
        "{}",
        String::from_utf8_lossy(&answer.body)
    );
    json(&answer)
}

fn code(bench: &mut Bench, root: &str, authorize: &str, act: UserAct) -> String {
    parameter(&walked(bench, root, authorize, act), "code")
}

fn walked(bench: &mut Bench, root: &str, authorize: &str, act: UserAct) -> String {
    let (client, _) = bench.client("contoso-desktop");
    let url = format!(
        "{BASE}{root}{authorize}?client_id={client}&response_type=code&redirect_uri=http://localhost:5000&scope=openid%20offline_access%20User.Read&state=s&resource=https://graph.microsoft.com"
    );
    match bench.walk("ada@contoso.example", &mut Jar::default(), &url, act) {
        Walk::Redirect(to) => to,
        Walk::Page { title, text } => panic!("{title}: {text}"),
    }
}

fn parameter(address: &str, name: &str) -> String {
    let url = url::Url::parse(&address.replace('#', "?")).unwrap();
    let found = url.query_pairs().find(|(n, _)| n == name);
    found
        .map(|(_, value)| value.into_owned())
        .unwrap_or_default()
}

fn claims(bench: &Bench, token: &str) -> Json {
    let kit = crate::lab::kit::Kit::new(&bench.entropy, crate::lab::testing::signer());
    crate::lab::mint::verified(&kit, token).unwrap()
}

fn error(answer: &Answer) -> (u16, String, String) {
    let body = json(answer);
    let text = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
    (answer.status, text("error"), text("error_description"))
}

/// A path, `p` of its query, what is spoken there, and the path as Entra has it.
type Shape = (&'static str, Option<&'static str>, Dialect, &'static str);

const fn b2c(tfp: bool) -> Dialect {
    Dialect::B2c {
        flow: UserFlow::SignIn,
        tfp,
    }
}

const SHAPES: &[Shape] = &[
    (
        "t/oauth2/v2.0/token",
        None,
        Dialect::Entra,
        "t/oauth2/v2.0/token",
    ),
    (
        "t/B2C_1_signin/oauth2/v2.0/token",
        None,
        b2c(false),
        "t/oauth2/v2.0/token",
    ),
    (
        "tfp/t/b2c_1_signin/oauth2/v2.0/token",
        None,
        b2c(true),
        "t/oauth2/v2.0/token",
    ),
    (
        "t/oauth2/v2.0/token",
        Some("b2c_1_signin"),
        b2c(false),
        "t/oauth2/v2.0/token",
    ),
    (
        "ciam/t/oauth2/v2.0/token",
        None,
        Dialect::Ciam,
        "t/oauth2/v2.0/token",
    ),
    (
        "cloud2/t/oauth2/v2.0/token",
        None,
        Dialect::SecondCloud,
        "t/oauth2/v2.0/token",
    ),
    (
        "adfs/oauth2/token",
        None,
        Dialect::Adfs,
        "contoso.example/oauth2/token",
    ),
    (
        "oidc/token",
        None,
        Dialect::Oidc,
        "contoso.example/oauth2/v2.0/token",
    ),
    ("oidc/userinfo", None, Dialect::Entra, "oidc/userinfo"),
];

#[test]
fn every_shape_of_address_is_read() {
    let world = crate::lab::testing::world();
    let read = |path: &str, p: Option<&str>| {
        let path = path.split('/').map(str::to_owned).collect();
        read(path, p, &world)
    };
    for (path, p, dialect, entra) in SHAPES {
        let place = read(path, *p);
        assert_eq!(
            (place.dialect, place.path.join("/")),
            (*dialect, (*entra).to_owned()),
            "{path}"
        );
    }
    let unknown = read(
        "t/b2c_1_nothing/v2.0/.well-known/openid-configuration",
        None,
    );
    assert_eq!(unknown.unknown_policy.as_deref(), Some("b2c_1_nothing"));
}

#[test]
fn every_number_of_b2c_is_one_that_the_catalogue_pairs_so() {
    let catalog = crate::catalog::Catalog::builtin();
    let b2c = b2c(false);
    for &cause in Cause::ALL {
        let Some(number) = number(b2c, cause) else {
            continue;
        };
        let known = catalog
            .code(&number)
            .unwrap_or_else(|| panic!("{cause:?}: {number}"));
        let said = error_of(b2c, cause);
        let status = super::status(said, cause.row().status);
        let pairs =
            |p: &crate::catalog::Pairing| p.error == said && p.status.is_none_or(|s| s == status);
        let fits = known.pairings.is_empty() || known.pairings.iter().any(pairs);
        assert!(fits, "{cause:?} {number} {said}: {:?}", known.pairings);
    }
}

fn error_of(dialect: Dialect, cause: Cause) -> &'static str {
    super::error(dialect, cause, cause.row().error)
}

#[test]
fn every_dialect_names_an_issuer_that_its_tokens_have() {
    for (root, metadata, authorize, token) in [
        (
            "/contoso.example/b2c_1_signin",
            "/v2.0",
            "/oauth2/v2.0/authorize",
            "/oauth2/v2.0/token",
        ),
        (
            "/tfp/contoso.example/b2c_1_signin",
            "/v2.0",
            "/oauth2/v2.0/authorize",
            "/oauth2/v2.0/token",
        ),
        (
            "/ciam/contoso.example",
            "/v2.0",
            "/oauth2/v2.0/authorize",
            "/oauth2/v2.0/token",
        ),
        ("/adfs", "", "/oauth2/authorize", "/oauth2/token"),
        ("/oidc", "", "/authorize", "/token"),
    ] {
        let mut bench = Bench::new();
        let document = json(&bench.get(&format!(
            "{root}{metadata}/.well-known/openid-configuration"
        )));
        let tokens = signed_in(&mut bench, root, authorize, token);
        for name in ["access_token", "id_token"] {
            let claims = claims(&bench, tokens[name].as_str().unwrap());
            assert_eq!(claims["iss"], document["issuer"], "{root} {name}");
        }
        for name in [
            "authorization_endpoint",
            "token_endpoint",
            "jwks_uri",
            "end_session_endpoint",
        ] {
            let path = document[name].as_str().unwrap().strip_prefix(BASE).unwrap();
            assert_ne!(bench.get(path).status, 404, "{root} {name}");
        }
    }
}

#[test]
fn b2c_bodies_lack_numbers_and_trace() {
    let mut bench = Bench::new();
    let root = "/contoso.example/b2c_1_signin";
    let answer = bench.told(
        &format!("{root}/oauth2/v2.0/token"),
        &DAEMON.replace("{secret}", "wrong"),
    );
    let (status, word, text) = error(&answer);
    assert_eq!((status, word.as_str()), (401, "invalid_client"));
    assert!(
        text.starts_with("AADB2C90081: ") && !text.contains("Trace ID"),
        "{text}"
    );
    let body = json(&answer);
    assert!(
        body["error_codes"].is_null() && body["trace_id"].is_null(),
        "{body}"
    );
    let unknown = bench.get("/contoso.example/b2c_1_nothing/v2.0/.well-known/openid-configuration");
    assert_eq!(unknown.status, 400);
}

#[test]
fn leaving_a_b2c_page_tells_the_program_why() {
    let root = "/contoso.example/b2c_1_signin";
    for (act, number) in [
        (UserAct::CancelsSignIn, "AADB2C90091: "),
        (UserAct::ForgotPassword, "AADB2C90118: "),
    ] {
        let back = walked(&mut Bench::new(), root, "/oauth2/v2.0/authorize", act);
        assert_eq!(parameter(&back, "error"), "access_denied");
        assert!(
            parameter(&back, "error_description").starts_with(number),
            "{back}"
        );
        assert_eq!(parameter(&back, "state"), "s");
    }
}

#[test]
fn ad_fs_speaks_its_own_numbers_and_has_no_second_version() {
    let mut bench = Bench::new();
    let form = "grant_type=authorization_code&client_id={desktop}&code=x&redirect_uri=http://localhost:5000";
    let (status, word, text) = error(&bench.told("/adfs/oauth2/token", form));
    assert_eq!((status, word.as_str()), (400, "invalid_grant"));
    assert!(text.starts_with("MSIS9612: "), "{text}");
    let members: Vec<String> = json(&bench.told("/adfs/oauth2/token", form))
        .as_object()
        .unwrap()
        .keys()
        .cloned()
        .collect();
    assert_eq!(members, ["error", "error_description"]);
    let tokens = signed_in(&mut bench, "/adfs", "/oauth2/authorize", "/oauth2/token");
    assert_eq!(
        (&tokens["token_type"], &tokens["expires_in"]),
        (&"bearer".into(), &3599.into())
    );
    let id = claims(&bench, tokens["id_token"].as_str().unwrap());
    assert_eq!(
        (&id["upn"], id.get("tid")),
        (&"ada@contoso.example".into(), None)
    );
}

#[test]
fn the_generic_issuer_rotates_and_revokes_the_family_on_reuse() {
    let mut bench = Bench::new();
    let first = signed_in(&mut bench, "/oidc", "/authorize", "/token");
    let refresh = |bench: &mut Bench, token: &Json| {
        let form = format!(
            "grant_type=refresh_token&client_id={{desktop}}&refresh_token={}",
            token["refresh_token"].as_str().unwrap()
        );
        bench.told("/oidc/token", &form)
    };
    let answer = refresh(&mut bench, &first);
    assert_eq!(answer.status, 200);
    let second = json(&answer);
    let (status, word, text) = error(&refresh(&mut bench, &first));
    assert_eq!((status, word.as_str()), (400, "invalid_grant"));
    assert!(!text.contains("AADSTS"), "{text}");
    assert_eq!(
        error(&refresh(&mut bench, &second)).1,
        "invalid_grant",
        "the family is gone"
    );
}

#[test]
fn at_entra_an_old_refresh_token_still_works() {
    let mut bench = Bench::new();
    let root = "/contoso.example";
    let first = signed_in(
        &mut bench,
        root,
        "/oauth2/v2.0/authorize",
        "/oauth2/v2.0/token",
    );
    for _ in 0..2 {
        let form = format!(
            "grant_type=refresh_token&client_id={{desktop}}&refresh_token={}",
            first["refresh_token"].as_str().unwrap()
        );
        assert_eq!(
            bench
                .told("/contoso.example/oauth2/v2.0/token", &form)
                .status,
            200
        );
    }
}

#[test]
fn the_generic_issuer_names_itself_introspects_and_revokes() {
    let mut bench = Bench::new();
    let back = walked(&mut bench, "/oidc", "/authorize", UserAct::Completes);
    assert_eq!(parameter(&back, "iss"), format!("{BASE}/oidc"));
    let tokens = signed_in(&mut bench, "/oidc", "/authorize", "/token");
    for name in ["access_token", "refresh_token"] {
        let form = format!(
            "client_id={{desktop}}&token={}",
            tokens[name].as_str().unwrap()
        );
        assert_eq!(
            json(&bench.told("/oidc/introspect", &form))["active"],
            true,
            "{name}"
        );
        assert_eq!(bench.told("/oidc/revoke", &form).status, 200);
        assert_eq!(
            json(&bench.told("/oidc/introspect", &form))["active"],
            false,
            "{name}"
        );
    }
}

#[test]
fn the_generic_issuer_answers_slow_down_to_polls_before_their_time() {
    let mut bench = Bench::new();
    let started = json(&bench.told("/oidc/device", "client_id={desktop}&scope=openid"));
    let form = format!(
        "grant_type=urn:ietf:params:oauth:grant-type:device_code&client_id={{desktop}}&device_code={}",
        started["device_code"].as_str().unwrap()
    );
    assert_eq!(error(&bench.told("/oidc/token", &form)).1, "slow_down");
    bench.change("advance 5s");
    assert_eq!(
        error(&bench.told("/oidc/token", &form)).1,
        "authorization_pending"
    );
}

#[test]
fn an_app_of_one_cloud_is_turned_away_by_the_other() {
    let mut bench = Bench::new();
    let here = "/contoso.example/oauth2/v2.0/token";
    let there = "/cloud2/contoso.example/oauth2/v2.0/token";
    assert_eq!(bench.told(here, DAEMON).status, 200);
    assert_eq!(json(&bench.told(there, DAEMON))["error_codes"][0], 900_382);
    bench.change("set app contoso-daemon cloud second");
    bench.change("set app contoso-desktop cloud second");
    assert_eq!(json(&bench.told(here, DAEMON))["error_codes"][0], 900_382);
    let answer = bench.told(there, DAEMON);
    let token = json(&answer)["access_token"].as_str().unwrap().to_owned();
    assert_eq!(
        claims(&bench, &token)["iss"],
        format!("{BASE}/cloud2/{TENANT}/v2.0")
    );
    let device = bench.told(
        "/contoso.example/oauth2/v2.0/devicecode",
        "client_id={desktop}&scope=openid",
    );
    assert_eq!(json(&device)["error_codes"][0], 900_439);
}

#[test]
fn a_grant_of_one_user_flow_counts_at_no_other_address() {
    let mut bench = Bench::new();
    let (id, _) = bench.client("contoso-desktop");
    let at = |root: &str| format!("/contoso.example{root}/oauth2/v2.0/token");
    let start = format!(
        "{BASE}/contoso.example/b2c_1_signin/oauth2/v2.0/authorize?client_id={id}&response_type=code&redirect_uri=http://localhost:5000&scope=User.Read+openid+offline_access"
    );
    let code = |bench: &mut Bench| bench.code(&start);
    let redeem = |bench: &mut Bench, root: &str, code: &str| {
        let form = format!(
            "grant_type=authorization_code&client_id={{desktop}}&redirect_uri=http://localhost:5000&code={code}"
        );
        json(&bench.told(&at(root), &form))
    };
    let said = |body: &Json| {
        body["error_description"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    };
    let other = code(&mut bench);
    let refused = redeem(&mut bench, "/b2c_1_edit", &other);
    assert!(said(&refused).starts_with("AADB2C90088: "), "{refused}");
    let body = redeem(&mut bench, "/b2c_1_signin", &other);
    let token = body["refresh_token"].as_str().unwrap().to_owned();
    let form = format!("grant_type=refresh_token&client_id={{desktop}}&refresh_token={token}");
    let refused = json(&bench.told(&at("/b2c_1_edit"), &form));
    assert_eq!(refused["error"], "invalid_grant");
    assert!(said(&refused).starts_with("AADB2C90088: "), "{refused}");
    assert!(said(&refused).contains("b2c_1_signin"), "{refused}");
    let entra = json(&bench.told(&at(""), &form));
    assert!(said(&entra).starts_with("AADSTS70000: "), "{entra}");
    assert_eq!(bench.told(&at("/b2c_1_signin"), &form).status, 200);
}
