//! Tokens straight from the page, rotated keys, pages of other sites, identities of machines.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use super::super::super::ask::{Answer, Ask};
use super::super::super::testing::{BASE, Bench, json, signer};
use super::super::super::walk::Jar;
use crate::lab::handle::Walk;
use crate::lab::kit::Kit;
use crate::lab::mint;
use crate::model::UserAct;

const ADA: &str = "ada@contoso.example";
const KEYS: &str = "/contoso.example/discovery/v2.0/keys";

/// What an authorization request of the desktop app leads to.
fn authorized(bench: &mut Bench, jar: &mut Jar, more: &str) -> String {
    let (client, _) = bench.client("contoso-desktop");
    let url = format!(
        "{BASE}/contoso.example/oauth2/v2.0/authorize?client_id={client}&redirect_uri=http://localhost:5000&scope=openid%20User.Read&state=s&{more}"
    );
    match bench.walk(ADA, jar, &url, UserAct::Completes) {
        Walk::Redirect(to) => to,
        Walk::Page { title, text } => format!("{title}: {text}"),
    }
}

fn parameter(address: &str, name: &str) -> String {
    let (_, encoded) = address.split_once(['#', '?']).unwrap_or_default();
    let mut pairs = url::form_urlencoded::parse(encoded.as_bytes());
    let found = pairs.find(|(n, _)| n == name);
    found
        .map(|(_, value)| value.into_owned())
        .unwrap_or_default()
}

fn half(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(&Sha256::digest(text)[..16])
}

#[test]
fn tokens_straight_from_the_page_come_where_the_app_allows_it_and_are_bound_together() {
    let mut bench = Bench::new();
    let refused = authorized(
        &mut bench,
        &mut Jar::default(),
        "response_type=id_token&nonce=n",
    );
    assert!(
        parameter(&refused, "error_description").starts_with("AADSTS700054"),
        "{refused}"
    );
    assert!(
        refused.contains('#'),
        "errors travel as the tokens would have: {refused}"
    );
    bench.change("set app contoso-desktop implicit-id-token yes");
    let all = "response_type=code%20id_token%20token&nonce=n";
    let refused = authorized(&mut bench, &mut Jar::default(), all);
    assert!(
        parameter(&refused, "error_description").starts_with("AADSTS700051"),
        "{refused}"
    );
    bench.change("set app contoso-desktop implicit-access-token yes");
    let given = authorized(&mut bench, &mut Jar::default(), all);
    let kit = Kit::new(&bench.entropy, signer());
    let claims = mint::verified(&kit, &parameter(&given, "id_token")).unwrap();
    assert_eq!(claims["nonce"], "n");
    assert_eq!(claims["at_hash"], half(&parameter(&given, "access_token")));
    assert_eq!(claims["c_hash"], half(&parameter(&given, "code")));
    assert_eq!(parameter(&given, "state"), "s");
}

#[test]
fn tokens_from_the_page_need_a_nonce_and_never_travel_in_a_query() {
    let mut bench = Bench::new();
    bench.change("set app contoso-desktop implicit-id-token yes");
    for (more, code) in [
        ("response_type=id_token", "AADSTS900144"),
        (
            "response_type=id_token&nonce=n&response_mode=query",
            "AADSTS70007",
        ),
        ("response_type=magic", "AADSTS70005"),
        ("response_type=code&prompt=none%20login", "AADSTS90023"),
        ("response_type=code&max_age=soon", "AADSTS90023"),
    ] {
        let refused = authorized(&mut bench, &mut Jar::default(), more);
        let text = parameter(&refused, "error_description");
        assert!(text.starts_with(code), "{more}: {refused}");
    }
}

#[test]
fn a_sign_in_older_than_max_age_does_not_count() {
    let mut bench = Bench::new();
    let mut jar = Jar::default();
    authorized(&mut bench, &mut jar, "response_type=code");
    bench.change("advance 10m");
    let silent = "response_type=code&prompt=none";
    let given = authorized(&mut bench, &mut jar, silent);
    assert!(!parameter(&given, "code").is_empty(), "{given}");
    let refused = authorized(&mut bench, &mut jar, &format!("{silent}&max_age=300"));
    assert_eq!(parameter(&refused, "error"), "login_required", "{refused}");
}

#[test]
fn after_a_rotation_both_keys_are_published_for_a_day() {
    let mut bench = Bench::new();
    let kids = |bench: &mut Bench| {
        let body = json(&bench.get(KEYS));
        let kids = body["keys"]
            .as_array()
            .unwrap()
            .iter()
            .map(|key| key["kid"].to_string());
        kids.collect::<Vec<_>>()
    };
    let first = kids(&mut bench);
    bench.change("rotate-keys");
    let both = kids(&mut bench);
    assert_eq!((both.len(), &both[1]), (2, &first[0]));
    let form = "grant_type=client_credentials&client_id={daemon}&client_secret={secret}&scope={graph}/.default";
    let token = json(&bench.told("/contoso.example/oauth2/v2.0/token", form));
    let header = token["access_token"]
        .as_str()
        .unwrap()
        .split('.')
        .next()
        .unwrap();
    let header: serde_json::Value =
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(header).unwrap()).unwrap();
    assert_eq!(header["kid"].to_string(), both[0], "the new key signs");
    bench.change("advance 25h");
    assert_eq!(kids(&mut bench), [both[0].clone()]);
}

fn from_a_page(bench: &mut Bench, method: &str, path: &str, body: &str) -> Answer {
    let mut headers = vec![(
        "origin".to_owned(),
        "https://app.contoso.example".to_owned(),
    )];
    if method == "OPTIONS" {
        headers.push(("access-control-request-method".into(), "POST".into()));
    }
    bench.ask(&Ask {
        method: method.into(),
        base: BASE.into(),
        path: path.into(),
        headers,
        body: body.as_bytes().to_vec(),
        ..Ask::default()
    })
}

#[test]
fn pages_of_other_sites_may_read_what_is_public_and_no_token() {
    let mut bench = Bench::new();
    let allowed = |answer: &Answer| {
        answer
            .header("access-control-allow-origin")
            .map(str::to_owned)
    };
    let keys = from_a_page(&mut bench, "GET", KEYS, "");
    assert!(allowed(&keys).is_some());
    let token = "/contoso.example/oauth2/v2.0/token";
    let (client, _) = bench.client("contoso-desktop");
    let form = format!("grant_type=refresh_token&client_id={client}&refresh_token=x");
    for (method, body) in [("OPTIONS", ""), ("POST", form.as_str())] {
        let answer = from_a_page(&mut bench, method, token, body);
        assert_eq!(allowed(&answer), None, "{method}");
    }
}

fn identity(bench: &mut Bench, path: &str, headers: &[(&str, &str)]) -> Answer {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    bench.ask(&Ask {
        method: "GET".into(),
        base: BASE.into(),
        path: path.into(),
        query: query.into(),
        headers: headers
            .iter()
            .map(|(n, v)| ((*n).to_owned(), (*v).to_owned()))
            .collect(),
        ..Ask::default()
    })
}

const GRAPH: &str = "resource=https://graph.microsoft.com";
const METADATA: &[(&str, &str)] = &[("metadata", "true")];

#[test]
fn a_virtual_machine_gets_tokens_for_its_identities_and_for_no_other() {
    let mut bench = Bench::new();
    let imds = "/metadata/identity/oauth2/token?api-version=2018-02-01&";
    let good = json(&identity(&mut bench, &format!("{imds}{GRAPH}"), METADATA));
    assert_eq!(
        (&good["expires_in"], &good["token_type"]),
        (&"3599".into(), &"Bearer".into())
    );
    for (query, headers, status, error) in [
        (GRAPH.to_owned(), &[][..], 400, "bad_request_102"),
        (
            format!("{GRAPH}&client_id=nobody"),
            METADATA,
            400,
            "invalid_request",
        ),
        (
            "resource=api://nothing".to_owned(),
            METADATA,
            400,
            "invalid_resource",
        ),
    ] {
        let answer = identity(&mut bench, &format!("{imds}{query}"), headers);
        assert_eq!(
            (answer.status, json(&answer)["error"].as_str()),
            (status, Some(error)),
            "{query}"
        );
    }
    bench.change("identity-fault 410 2");
    let statuses: Vec<u16> = (0..3)
        .map(|_| identity(&mut bench, &format!("{imds}{GRAPH}"), METADATA).status)
        .collect();
    assert_eq!(statuses, [410, 410, 200]);
}

#[test]
fn a_busy_machine_says_when_to_come_back_in_its_own_words() {
    let mut bench = Bench::new();
    bench.change("fault 429 7s at managed-identity on");
    for (path, word) in [
        ("/metadata/identity/oauth2/token", "error"),
        ("/msi/token", "statusCode"),
        ("/service-fabric/token", "error"),
    ] {
        let busy = identity(&mut bench, &format!("{path}?{GRAPH}"), METADATA);
        assert_eq!((busy.status, busy.header("retry-after")), (429, Some("7")));
        assert!(!json(&busy)[word].is_null(), "{path}");
    }
    let fabric = identity(&mut bench, "/service-fabric/token", &[]);
    assert_eq!(json(&fabric)["error"]["code"], "too_many_requests");
}

#[test]
fn what_happens_to_tokens_does_not_happen_to_a_machine() {
    let mut bench = Bench::new();
    bench.change("fault 503 at token on");
    let imds = format!("/metadata/identity/oauth2/token?{GRAPH}");
    assert_eq!(identity(&mut bench, &imds, METADATA).status, 200);
}

#[test]
fn machines_of_other_kinds_want_their_own_proof() {
    let mut bench = Bench::new();
    let secret = bench.world.surfaces.identity_secret.clone();
    for (path, header) in [
        ("/msi/token", "x-identity-header"),
        ("/service-fabric/token", "secret"),
        ("/machine-learning/token", "secret"),
    ] {
        let path = format!("{path}?{GRAPH}");
        let good = identity(&mut bench, &path, &[(header, &secret)]);
        assert_eq!(good.status, 200, "{path}");
        assert_eq!(
            identity(&mut bench, &path, &[(header, "x")]).status,
            401,
            "{path}"
        );
    }
    let arc = format!("/arc/metadata/identity/oauth2/token?{GRAPH}");
    bench.world.surfaces.arc.path = "/data/arc.key".into();
    let challenge = identity(&mut bench, &arc, METADATA);
    assert_eq!(
        challenge.header("www-authenticate"),
        Some("Basic realm=/data/arc.key")
    );
    let shown = format!("Basic {}", bench.world.surfaces.arc.content);
    let good = identity(
        &mut bench,
        &arc,
        &[("metadata", "true"), ("authorization", &shown)],
    );
    assert_eq!(good.status, 200);
}
