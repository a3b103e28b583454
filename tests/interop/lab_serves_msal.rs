//! The lab, vouched for by real clients: MSAL Python and MSAL Node, as they come.

use serde_json::{Value, json};

use crate::harness::kit;
use crate::harness::lab::{Lab, Person};
use crate::harness::peer::{Library, Peer};
use crate::harness::program::Program;

const GRAPH: &str = "https://graph.microsoft.com/.default";

fn ask_as_the_daemon(library: Library, lab: &Lab, secret: &str) -> Value {
    let mut peer = Peer::of(library, lab, lab.client_id("daemon"), Some(secret));
    peer.asked(&json!({ "do": "client-credentials", "scopes": [GRAPH] }))
}

/// Signs Ada in with a device code: the library starts it, she approves it on the lab's own page.
fn signed_in_with_a_device_code(library: Library, lab: &Lab) -> Peer {
    let mut peer = Peer::of(library, lab, lab.client_id("desktop"), None);
    let shown = peer.asked(&json!({ "do": "device-code", "scopes": ["User.Read"] }));
    let address = shown["verification_uri"]
        .as_str()
        .unwrap_or_else(|| panic!("no address: {shown}"));
    let code = shown["user_code"]
        .as_str()
        .unwrap_or_else(|| panic!("no code: {shown}"));
    Person::ada(lab).approve_device(&mut lab.visitor(), address, code);
    let result = peer.hear();
    assert_eq!(
        (&result["granted"], &result["user"]),
        (&json!(true), &json!(lab.ada().0)),
        "{result}"
    );
    peer
}

fn assert_a_wrong_secret_is_refused(library: Library) {
    let result = ask_as_the_daemon(library, &Lab::start(), "not-the-secret-of-anybody");
    assert_eq!(
        (&result["error"], &result["error_codes"]),
        (&json!("invalid_client"), &json!([7_000_215])),
        "{result}"
    );
    assert!(
        result["error_description"]
            .as_str()
            .is_some_and(|text| text.contains("AADSTS7000215")),
        "{result}"
    );
}

/// The lab demands MFA after the sign-in: the library's silent call must fail the way that asks for interaction.
fn silent_after_mfa_is_demanded(library: Library) -> Value {
    let lab = Lab::start();
    let mut peer = signed_in_with_a_device_code(library, &lab);
    let silent = json!({ "do": "silent", "scopes": ["User.Read"] });
    let before = peer.asked(&silent);
    assert_eq!(
        before["granted"], true,
        "the refresh token works before the policy is on: {before}"
    );
    lab.change("policy require-mfa on");
    let refused = peer.asked(&silent);
    assert_eq!(
        (&refused["error"], &refused["suberror"]),
        (&json!("invalid_grant"), &json!("basic_action")),
        "{refused}"
    );
    let claims: Value = serde_json::from_str(refused["claims"].as_str().unwrap_or_default())
        .unwrap_or_else(|e| panic!("the claims are not JSON text: {e}: {refused}"));
    assert!(claims["access_token"]["capolids"].is_object(), "{refused}");
    assert!(
        refused["error_codes"]
            .as_array()
            .is_some_and(|codes| codes.contains(&json!(50_076))),
        "{refused}"
    );
    refused
}

#[test]
fn msal_python_gets_a_token_with_client_credentials() {
    let lab = Lab::start();
    let result = ask_as_the_daemon(Library::Python, &lab, lab.daemon_secret());
    assert_eq!(result["granted"], true, "{result}");
}

#[test]
fn msal_node_gets_a_token_with_client_credentials() {
    let lab = Lab::start();
    let result = ask_as_the_daemon(Library::Node, &lab, lab.daemon_secret());
    assert_eq!(result["granted"], true, "{result}");
}

#[test]
fn msal_python_is_refused_with_7000215_for_a_wrong_secret() {
    assert_a_wrong_secret_is_refused(Library::Python);
}

#[test]
fn msal_node_is_refused_with_7000215_for_a_wrong_secret() {
    assert_a_wrong_secret_is_refused(Library::Node);
}

#[test]
fn msal_python_gets_a_token_with_a_device_code_approved_on_the_labs_page() {
    signed_in_with_a_device_code(Library::Python, &Lab::start());
}

#[test]
fn msal_node_gets_a_token_with_a_device_code_approved_on_the_labs_page() {
    signed_in_with_a_device_code(Library::Node, &Lab::start());
}

#[test]
fn msal_python_classifies_a_silent_refusal_as_basic_action_when_mfa_is_demanded() {
    let refused = silent_after_mfa_is_demanded(Library::Python);
    assert_eq!(refused["classification"], "basic_action", "{refused}");
}

#[test]
fn msal_node_asks_for_interaction_when_mfa_is_demanded() {
    let refused = silent_after_mfa_is_demanded(Library::Node);
    assert_eq!(
        refused["raised"], "InteractionRequiredAuthError",
        "{refused}"
    );
}

#[test]
fn msal_node_gets_a_token_with_a_password() {
    let lab = Lab::start();
    let (username, password) = lab.ada();
    let mut peer = Peer::of(Library::Node, &lab, lab.client_id("desktop"), None);
    let asked = json!({ "do": "password", "scopes": ["User.Read"], "username": username, "password": password });
    let result = peer.asked(&asked);
    assert_eq!(
        (&result["granted"], &result["user"]),
        (&json!(true), &json!(username)),
        "{result}"
    );
}

/// MSAL Python drops the port when it asks for the user realm, so the lab must be at 443: in a network of its own.
#[test]
fn msal_python_gets_a_token_with_a_password_and_a_wrong_one_is_refused() {
    let home = kit::folder();
    let mut alone = kit::in_a_network_of_its_own(&kit::python("password_at_443.py"));
    alone
        .arg(env!("CARGO_BIN_EXE_tokenscope"))
        .arg(home.path())
        .env("HOME", home.path());
    let finished = Program::start(&mut alone).finish();
    let results: Vec<Value> = finished
        .stdout
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect();
    let [right, wrong] = results.as_slice() else {
        panic!("two results were expected: {finished:#?}")
    };
    assert_eq!(right["granted"], true, "{right}");
    assert_eq!(
        (&wrong["error"], &wrong["error_codes"]),
        (&json!("invalid_grant"), &json!([50_126])),
        "{wrong}"
    );
}

#[test]
fn an_interrupted_lab_ends_well() {
    let finished = Lab::start().interrupt();
    assert_eq!(finished.code, 0, "{finished:#?}");
}

/// The library with another address of the lab as its authority.
fn peer_at(library: Library, lab: &Lab, path: &str, client: &str, secret: Option<&str>) -> Peer {
    let options = json!({
        "authority": format!("{}{path}", lab.origin()), "client_id": client,
        "client_secret": secret, "credential": null, "ca": lab.ca(),
    });
    let command = match library {
        Library::Python => kit::python("msal_client.py"),
        Library::Node => kit::node("msal-client.mjs"),
    };
    Peer::started(command, lab, &options)
}

/// Client credentials at another address: MSAL takes the path for AD FS or B2C and speaks as there.
fn ask_at(library: Library, lab: &Lab, path: &str, secret: &str) -> Value {
    let mut peer = peer_at(library, lab, path, lab.client_id("daemon"), Some(secret));
    peer.asked(&json!({ "do": "client-credentials", "scopes": [GRAPH] }))
}

#[test]
fn msal_gets_tokens_at_ad_fs_and_b2c_and_hears_their_numbers() {
    let lab = Lab::start();
    for library in [Library::Python, Library::Node] {
        for (path, number) in [
            ("/adfs", "MSIS9622"),
            ("/contoso.example/b2c_1_signin", "AADB2C90081"),
            ("/tfp/contoso.example/b2c_1_signin", "AADB2C90081"),
        ] {
            let granted = ask_at(library, &lab, path, lab.daemon_secret());
            assert_eq!(granted["granted"], true, "{library:?} {path}: {granted}");
            let refused = ask_at(library, &lab, path, "wrong");
            let text = refused["error_description"].as_str().unwrap_or_default();
            assert!(text.contains(number), "{library:?} {path}: {refused}");
        }
    }
}

#[test]
fn msal_hears_at_consumers_that_work_accounts_are_served_elsewhere() {
    let lab = Lab::start();
    let desktop = lab.client_id("desktop");
    for (personal, number) in [("no", 9_002_332), ("yes", 90133)] {
        lab.change(&format!(
            "set app contoso-desktop personal-accounts {personal}"
        ));
        // A new one each time: MSAL Python repeats a refusal from its cache.
        let mut python = peer_at(Library::Python, &lab, "/consumers", desktop, None);
        let refused = python.asked(&json!({ "do": "device-code", "scopes": ["User.Read"] }));
        assert_eq!(refused["error_codes"], json!([number]), "{refused}");
    }
    let mut node = peer_at(Library::Node, &lab, "/consumers", desktop, None);
    let (username, password) = lab.ada();
    let refused = node.asked(&json!({
        "do": "password", "scopes": ["User.Read"], "username": username, "password": password,
    }));
    assert_eq!(refused["error_codes"], json!([9_001_023]), "{refused}");
}
