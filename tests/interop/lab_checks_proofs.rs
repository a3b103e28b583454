//! What applications prove themselves with, and whom they act for: made by real libraries, checked by the lab.

use serde_json::{Value, json};

use crate::harness::kit;
use crate::harness::lab::Lab;
use crate::harness::pair::Pair;
use crate::harness::peer::{Library, Peer};

const GRAPH: &str = "https://graph.microsoft.com/.default";
const SUBJECT: &str = "repo:contoso/daemon:ref:refs/heads/main";
const API_SECRET: &str = "simulated-secret-of-the-api";

/// A lab in whose world the daemon has this certificate, and the API a secret that the test knows.
pub fn lab_with(pair: &Pair) -> Lab {
    lab_trusting(&format!("pem = '''{}'''", pair.certificate))
}

fn lab_trusting(certificate: &str) -> Lab {
    let built_in = std::fs::read_to_string(kit::below_root("assets/lab/world.toml"));
    let certificate = format!("kind = \"daemon\"\ncertificates = [{{ {certificate} }}]");
    let api = format!("kind = \"api\"\nsecret = \"{API_SECRET}\"");
    let world = built_in
        .expect("the world file can be read")
        .replacen("kind = \"daemon\"", &certificate, 1)
        .replacen("kind = \"api\"\n", &format!("{api}\n"), 1);
    Lab::in_world(&world)
}

fn ask(peer: &mut Peer) -> Value {
    peer.asked(&json!({ "do": "client-credentials", "scopes": [GRAPH] }))
}

fn granted(answer: &Value) {
    assert_eq!(answer["granted"], true, "{answer}");
}

fn refused(answer: &Value, error: &str, code: u32) {
    let said = (&answer["error"], &answer["error_codes"]);
    assert_eq!(said, (&json!(error), &json!([code])), "{answer}");
}

fn proves_itself_by_both_algorithms(library: Library, credential: fn(&Pair, &str) -> Value) {
    let pair = Pair::make();
    let lab = lab_with(&pair);
    for algorithm in ["RS256", "PS256"] {
        let proof = credential(&pair, algorithm);
        let mut peer = Peer::proving(library, &lab, lab.client_id("daemon"), &proof);
        granted(&ask(&mut peer));
        let because = lab.because();
        assert!(because.contains(algorithm), "{because}");
    }
}

#[test]
fn msal_python_proves_itself_with_a_certificate_by_both_algorithms() {
    proves_itself_by_both_algorithms(Library::Python, Pair::for_python);
}

#[test]
fn msal_node_proves_itself_with_a_certificate_by_both_algorithms() {
    proves_itself_by_both_algorithms(Library::Node, Pair::for_node);
}

fn is_refused_for_each_wrong_certificate(library: Library, credential: fn(&Pair, &str) -> Value) {
    let (pair, stranger) = (Pair::make(), Pair::make());
    let lab = lab_with(&pair);
    let asked = |proof: &Value, client: &str| {
        ask(&mut Peer::proving(
            library,
            &lab,
            lab.client_id(client),
            proof,
        ))
    };
    let unknown = asked(&credential(&stranger, "PS256"), "daemon");
    refused(&unknown, "invalid_client", 700_027);
    let of_another_app = asked(&credential(&pair, "PS256"), "api");
    refused(&of_another_app, "invalid_client", 700_027);
    let public = asked(&credential(&pair, "PS256"), "desktop");
    refused(&public, "invalid_client", 700_025);
    let crossed = Pair {
        key: stranger.key,
        certificate: pair.certificate.clone(),
        der: pair.der.clone(),
    };
    let other_key = asked(&credential(&crossed, "PS256"), "daemon");
    refused(&other_key, "invalid_client", 7_000_274);
    lab.change("advance 2h");
    let late = asked(&credential(&pair, "RS256"), "daemon");
    refused(&late, "invalid_client", 700_024);
}

#[test]
fn msal_python_is_refused_for_each_wrong_certificate() {
    is_refused_for_each_wrong_certificate(Library::Python, Pair::for_python);
}

#[test]
fn msal_node_is_refused_for_each_wrong_certificate() {
    is_refused_for_each_wrong_certificate(Library::Node, Pair::for_node);
}

#[test]
fn msal_python_is_trusted_for_the_sake_of_the_authority_whose_chain_it_sends() {
    let (ca, pair) = Pair::issued_by_an_authority();
    let asked = |subject: &str| {
        let trust = format!("subject = '{subject}', issuer = '''{ca}'''");
        let lab = lab_trusting(&trust);
        let proof = pair.for_python("PS256");
        ask(&mut Peer::proving(
            Library::Python,
            &lab,
            lab.client_id("daemon"),
            &proof,
        ))
    };
    granted(&asked("daemon.contoso.example"));
    refused(&asked("other.contoso.example"), "invalid_client", 700_030);
}

#[test]
fn msal_python_proves_itself_with_a_federated_token_and_is_refused_where_a_character_differs() {
    let lab = Lab::start();
    let asked = || {
        let proof = json!({ "client_assertion": lab.assertion(SUBJECT) });
        ask(&mut Peer::proving(
            Library::Python,
            &lab,
            lab.client_id("daemon"),
            &proof,
        ))
    };
    granted(&asked());
    assert!(
        lab.because().contains("https://ci.contoso.example"),
        "{}",
        lab.because()
    );
    for (change, code) in [
        ("federated-audience api://somewhere", 700_212),
        (
            "federated-subject repo:Contoso/daemon:ref:refs/heads/main",
            7_002_138,
        ),
        (
            "federated-subject repo:contoso/daemon:environment:main",
            700_213,
        ),
        ("federated-issuer https://ci.contoso.example/", 700_211),
    ] {
        lab.change(&format!("set app contoso-daemon {change}"));
        refused(&asked(), "invalid_client", code);
    }
}

#[test]
fn msal_node_proves_itself_with_a_federated_token() {
    let lab = Lab::start();
    let proof = json!({ "clientAssertion": lab.assertion(SUBJECT) });
    let mut peer = Peer::proving(Library::Node, &lab, lab.client_id("daemon"), &proof);
    granted(&ask(&mut peer));
}

/// A token that Ada's program calls with: for the API, or for something else.
fn ada_calls_with(lab: &Lab, scope: &str) -> String {
    let (name, password) = lab.ada();
    let form = [
        ("grant_type", "password"),
        ("client_id", lab.client_id("desktop")),
        ("username", name),
        ("password", password),
        ("scope", scope),
    ];
    let at = format!("{}/oauth2/v2.0/token", lab.authority());
    let answer = lab.visitor().post(&at, &form);
    let answer: Value = serde_json::from_str(&answer.body).expect("a token reply");
    answer["access_token"].as_str().expect("a token").to_owned()
}

fn acts_on_behalf_of_ada_and_hears_what_stands_in_her_way(library: Library, secret: &Value) {
    let lab = lab_with(&Pair::make());
    // A peer of its own for each: libraries keep refusals in memory for a while.
    let behalf = |assertion: &str| {
        let asked =
            json!({ "do": "on-behalf-of", "scopes": ["User.Read"], "assertion": assertion });
        Peer::proving(library, &lab, lab.client_id("api"), secret).asked(&asked)
    };
    let token = ada_calls_with(&lab, "api://contoso-api/access_as_user");
    let unconsented = behalf(&token);
    refused(&unconsented, "invalid_grant", 65001);
    assert_eq!(unconsented["suberror"], "consent_required");
    lab.change("grant-consent");
    let good = behalf(&token);
    assert_eq!(
        (&good["granted"], &good["user"]),
        (&json!(true), &json!(lab.ada().0)),
        "{good}"
    );
    let elsewhere = ada_calls_with(&lab, "User.Read");
    refused(&behalf(&elsewhere), "invalid_grant", 500_131);
    let mut forged = token.clone();
    forged.insert(forged.len() - 9, 'A');
    refused(&behalf(&forged), "invalid_grant", 50013);
    lab.change("policy require-mfa on");
    let challenged = behalf(&token);
    refused(&challenged, "invalid_grant", 50076);
    let claims = challenged["claims"].as_str().unwrap_or_default();
    assert!(claims.contains("capolids"), "{challenged}");
    lab.change("policy require-mfa off");
    lab.change("advance 2h");
    refused(&behalf(&token), "invalid_grant", 500_133);
}

#[test]
fn msal_python_acts_on_behalf_of_ada_and_hears_what_stands_in_her_way() {
    acts_on_behalf_of_ada_and_hears_what_stands_in_her_way(Library::Python, &json!(API_SECRET));
}

#[test]
fn msal_node_acts_on_behalf_of_ada_and_hears_what_stands_in_her_way() {
    let secret = json!({ "clientSecret": API_SECRET });
    acts_on_behalf_of_ada_and_hears_what_stands_in_her_way(Library::Node, &secret);
}

#[test]
fn azure_identity_proves_itself_in_each_way_and_acts_on_behalf_of_ada() {
    let (pair, stranger) = (Pair::make(), Pair::make());
    let lab = lab_with(&pair);
    let asked = |client: &str, proof: &Value| {
        let scopes = json!({ "scopes": [GRAPH] });
        Peer::azure(&lab, lab.client_id(client), proof).asked(&scopes)
    };
    let certificate =
        |pair: &Pair| json!({ "certificate": format!("{}{}", pair.certificate, pair.key) });
    granted(&asked("daemon", &certificate(&pair)));
    let says = |answer: &Value, code: &str| {
        let message = answer["message"].as_str().unwrap_or_default();
        assert!(message.contains(code), "{answer}");
    };
    says(&asked("daemon", &certificate(&stranger)), "AADSTS700027");
    granted(&asked(
        "daemon",
        &json!({ "assertion": lab.assertion(SUBJECT) }),
    ));
    lab.change("set app contoso-daemon federated-subject repo:contoso/other:ref:refs/heads/main");
    says(
        &asked("daemon", &json!({ "assertion": lab.assertion(SUBJECT) })),
        "AADSTS700213",
    );
    let token = ada_calls_with(&lab, "api://contoso-api/access_as_user");
    let behalf = json!({ "user_assertion": token, "secret": API_SECRET });
    says(&asked("api", &behalf), "AADSTS65001");
    lab.change("grant-consent");
    granted(&asked("api", &behalf));
}
