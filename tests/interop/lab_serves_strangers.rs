//! The lab, vouched for by clients that know nothing of Entra: npm `openid-client` and `Authlib`. They read the
//! metadata, walk every flow they have, and check the signature of every token.

use serde_json::{Value, json};

use crate::harness::kit;
use crate::harness::lab::{Lab, Person};
use crate::harness::peer::Peer;
use crate::harness::receiver::Receiver;

const GRAPH: &str = "https://graph.microsoft.com/.default";
const EVERYTHING: &str = "openid profile email offline_access User.Read";

/// Which library.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stranger {
    OpenidClient,
    Authlib,
}

const BOTH: [Stranger; 2] = [Stranger::OpenidClient, Stranger::Authlib];

impl Stranger {
    fn of(self, lab: &Lab, issuer: &str, kind: &str) -> Peer {
        let secret = (kind == "daemon").then(|| lab.daemon_secret());
        let options = json!({
            "issuer": issuer, "client_id": lab.client_id(kind), "client_secret": secret, "ca": lab.ca(),
        });
        let command = match self {
            Self::OpenidClient => kit::node("openid-client.mjs"),
            Self::Authlib => kit::python("authlib_client.py"),
        };
        Peer::started(command, lab, &options)
    }
}

/// Signs Ada in with a code and PKCE: the library says which page to open, she walks it.
fn signed_in_with_a_code(library: Stranger, lab: &Lab, issuer: &str) -> Peer {
    let mut peer = library.of(lab, issuer, "desktop");
    let shown = peer.asked(&json!({ "do": "code", "scope": EVERYTHING }));
    let address = shown["open"]
        .as_str()
        .unwrap_or_else(|| panic!("{library:?}: no address: {shown}"));
    let last = Person::ada(lab).sign_in(&mut lab.visitor(), address);
    assert!(last.body.contains("back at the program"), "{}", last.body);
    let result = peer.hear();
    assert_eq!(
        granted_to(&result),
        (true, lab.ada().0),
        "{library:?}: {result}"
    );
    assert_eq!(
        (&result["alg"], &result["refreshable"]),
        (&json!("RS256"), &json!(true)),
        "{result}"
    );
    peer
}

fn granted_to(result: &Value) -> (bool, &str) {
    (
        result["granted"] == true,
        result["user"].as_str().unwrap_or_default(),
    )
}

#[test]
fn strangers_find_everything_in_the_metadata() {
    let lab = Lab::start();
    for library in BOTH {
        let told = library
            .of(&lab, lab.text("issuer"), "desktop")
            .asked(&json!({ "do": "discover" }));
        assert_eq!(told["issuer"], lab.text("issuer"), "{library:?}: {told}");
    }
}

#[test]
fn strangers_sign_in_with_code_and_pkce_refresh_and_ask_for_user_info() {
    let lab = Lab::start();
    for library in BOTH {
        let mut peer = signed_in_with_a_code(library, &lab, lab.text("issuer"));
        let again = peer.asked(&json!({ "do": "refresh" }));
        assert_eq!(
            granted_to(&again),
            (true, lab.ada().0),
            "{library:?}: {again}"
        );
        let info = peer.asked(&json!({ "do": "user-info" }));
        assert_eq!(
            info["user_info"]["preferred_username"],
            lab.ada().0,
            "{library:?}: {info}"
        );
    }
}

#[test]
fn openid_client_signs_out_and_the_browser_has_no_session_left() {
    let lab = Lab::start();
    let program = Receiver::start();
    let mut peer = Stranger::OpenidClient.of(&lab, lab.text("issuer"), "desktop");
    let shown = peer.asked(&json!({ "do": "code", "scope": EVERYTHING }));
    let address = shown["open"].as_str().expect("a page");
    let mut visitor = lab.visitor();
    Person::ada(&lab).sign_in(&mut visitor, address);
    assert!(granted_to(&peer.hear()).0);
    let back = format!("{}/", program.origin);
    let shown = peer.asked(&json!({ "do": "sign-out", "back": back, "state": "over" }));
    visitor.open(shown["open"].as_str().expect("a page"));
    assert_eq!(program.brought(), "state=over");
    assert_eq!(visitor.open(address).heading(), "Sign in");
}

#[test]
fn openid_client_reads_what_a_token_for_user_info_lacks() {
    let lab = Lab::start();
    let mut peer = Stranger::OpenidClient.of(&lab, lab.text("issuer"), "daemon");
    let granted = peer.asked(&json!({ "do": "client-credentials", "scope": GRAPH }));
    assert_eq!(granted["granted"], true, "{granted}");
    let refused = peer.asked(&json!({ "do": "user-info" }));
    let challenge = &refused["challenge"];
    assert_eq!(
        (&refused["status"], &challenge["error"], &challenge["scope"]),
        (&json!(403), &json!("insufficient_scope"), &json!("openid")),
        "{refused}"
    );
}

#[test]
fn strangers_sign_in_with_a_device_code() {
    let lab = Lab::start();
    for library in BOTH {
        let mut peer = library.of(&lab, lab.text("issuer"), "desktop");
        let shown = peer.asked(&json!({ "do": "device-code", "scope": EVERYTHING }));
        let text = |name: &str| {
            shown[name]
                .as_str()
                .unwrap_or_else(|| panic!("{library:?}: {shown}"))
        };
        Person::ada(&lab).approve_device(
            &mut lab.visitor(),
            text("verification_uri"),
            text("user_code"),
        );
        let result = peer.hear();
        assert_eq!(
            granted_to(&result),
            (true, lab.ada().0),
            "{library:?}: {result}"
        );
    }
}

#[test]
fn strangers_get_a_token_with_client_credentials() {
    let lab = Lab::start();
    for library in BOTH {
        let mut peer = library.of(&lab, lab.text("issuer"), "daemon");
        let result = peer.asked(&json!({ "do": "client-credentials", "scope": GRAPH }));
        assert_eq!(
            (result["granted"] == true, &result["audience"]),
            (true, &json!("https://graph.microsoft.com")),
            "{library:?}: {result}"
        );
    }
}

#[test]
fn strangers_are_told_why_a_revoked_session_is_refused() {
    let lab = Lab::start();
    for library in BOTH {
        let mut peer = signed_in_with_a_code(library, &lab, lab.text("issuer"));
        lab.change("revoke-sessions");
        let refused = peer.asked(&json!({ "do": "refresh" }));
        assert_eq!(refused["error"], "invalid_grant", "{library:?}: {refused}");
    }
}

fn generic(lab: &Lab) -> String {
    format!("{}/oidc", lab.origin())
}

#[test]
fn strangers_meet_a_generic_issuer_that_rotates_and_revokes_the_family_on_reuse() {
    let lab = Lab::start();
    for library in BOTH {
        let mut peer = signed_in_with_a_code(library, &lab, &generic(&lab));
        let info = peer.asked(&json!({ "do": "user-info" }));
        assert_eq!(
            info["user_info"]["preferred_username"],
            lab.ada().0,
            "{library:?}: {info}"
        );
        let again = peer.asked(&json!({ "do": "refresh" }));
        assert_eq!(
            granted_to(&again),
            (true, lab.ada().0),
            "{library:?}: {again}"
        );
        let reused = peer.asked(&json!({ "do": "refresh", "first": true }));
        assert_eq!(reused["error"], "invalid_grant", "{library:?}: {reused}");
        let last = peer.asked(&json!({ "do": "refresh" }));
        assert_eq!(
            last["error"], "invalid_grant",
            "{library:?}: the family lives: {last}"
        );
    }
}

#[test]
fn openid_client_introspects_and_revokes_at_the_generic_issuer() {
    let lab = Lab::start();
    let mut peer = signed_in_with_a_code(Stranger::OpenidClient, &lab, &generic(&lab));
    for what in ["access_token", "refresh_token"] {
        let active = |peer: &mut Peer| {
            peer.asked(&json!({ "do": "introspect", "what": what }))["active"].clone()
        };
        assert_eq!(active(&mut peer), true, "{what}");
        let told = peer.asked(&json!({ "do": "revoke", "what": what }));
        assert_eq!(told["revoked"], true, "{told}");
        assert_eq!(active(&mut peer), false, "{what}");
    }
}

#[test]
fn openid_client_waits_longer_when_the_generic_issuer_says_slow_down() {
    let lab = Lab::start();
    lab.change("slow-down on");
    let mut peer = Stranger::OpenidClient.of(&lab, &generic(&lab), "desktop");
    let shown = peer.asked(&json!({ "do": "device-code", "scope": EVERYTHING }));
    let text = |name: &str| shown[name].as_str().unwrap_or_else(|| panic!("{shown}"));
    Person::ada(&lab).approve_device(
        &mut lab.visitor(),
        text("verification_uri"),
        text("user_code"),
    );
    let result = peer.hear();
    assert_eq!(granted_to(&result), (true, lab.ada().0), "{result}");
}
