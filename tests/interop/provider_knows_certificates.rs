//! Mutual TLS (RFC 8705) against a real provider: clients that prove themselves by a certificate in the handshake, and
//! tokens that are bound to it.

use std::path::Path;

use serde_json::{Value, json};

use crate::certificates_of_openssl::{Made, PASSWORD};
use crate::harness::acquire::{Acquire, Acquired};
use crate::harness::kit;
use crate::harness::pair::Pair;
use crate::harness::program::Program;
use crate::harness::provider::{BOUND, Provider, SELF_SHOWER, SHOWER, sign_in};

/// A provider, and what its clients show.
struct Scene {
    provider: Provider,
    issued: Made,
    own: Made,
}

impl Scene {
    /// Where certificates are asked for, nothing is answered without one if `must`.
    fn make(must: bool) -> Self {
        Self::of(&json!({ "must": must }))
    }

    /// Where the metadata does not name the address that asks for certificates.
    fn unnamed() -> Self {
        Self::of(&json!({ "unnamed": true }))
    }

    fn of(how: &Value) -> Self {
        let (ca, issued) = Pair::issued_by_an_authority();
        let own = Pair::on_p256();
        let mut clients = how.clone();
        clients["ca"] = ca.into();
        clients["self"] = own.certificate.as_str().into();
        Self {
            provider: Provider::with_mutual_tls(&clients),
            issued: Made::of(issued),
            own: Made::of(own),
        }
    }

    fn asking(&self) -> &str {
        self.provider.asking.as_deref().expect("a second listener")
    }

    fn acquire(&self, client: &str, flow: &str) -> Acquire {
        Acquire::new(&self.provider.issuer, client, flow).trusting(self.provider.ca())
    }
}

fn showing(acquire: Acquire, method: &str, made: &Made) -> Acquire {
    let (certificate, key) = (made.path("own.pem"), made.path("own.key"));
    let shown = |path: &Path| path.display().to_string();
    acquire.with(&[
        "--client-certificate",
        &shown(&certificate),
        "--client-key",
        &shown(&key),
        "--certificate-method",
        method,
    ])
}

/// The certificate that went along with the newest exchange at this path.
fn certificate<'a>(acquired: &'a Acquired, path: &str) -> &'a Value {
    let exchanges = acquired.said["exchanges"].as_array().expect("a list");
    let mut newest = exchanges.iter().rev();
    let at = |one: &&Value| one["url"].as_str().is_some_and(|url| url.ends_with(path));
    let found = newest.find(at);
    &found.unwrap_or_else(|| panic!("nothing at {path}: {acquired:?}"))["request"]["certificate"]
}

fn all(acquired: &Acquired) -> String {
    format!("{}{}", acquired.said, acquired.stderr)
}

/// Client credentials are asked for, where certificates are asked for, and nothing proves the client in the form.
fn granted(scene: &Scene, acquired: &Acquired) {
    acquired.assert_granted();
    let exchanges = acquired.said["exchanges"].as_array().expect("a list");
    let token = exchanges.last().expect("a token request");
    assert_eq!(token["url"], format!("{}/token", scene.asking()));
    let form = token["request"]["form"].to_string();
    assert!(form.contains(r#"["client_id""#), "{acquired:?}");
    assert!(
        !form.contains("assertion") && !form.contains("secret"),
        "{acquired:?}"
    );
    assert_eq!(
        certificate(acquired, "/token")["handed"],
        "shown",
        "{acquired:?}"
    );
    assert!(certificate(acquired, "openid-configuration").is_null());
    assert_eq!(
        acquired.said["token"]["bound_to"], "own-certificate",
        "{acquired:?}"
    );
    let bound = &acquired.said["token"]["claims"]["access_token"]["cnf"]["x5t#S256"];
    assert_eq!(*bound, certificate(acquired, "/token")["thumbprint"]);
    assert!(!all(acquired).contains("PRIVATE KEY"), "{acquired:?}");
}

#[test]
fn a_certificate_of_an_authority_and_one_that_signed_itself_prove_the_client() {
    let scene = Scene::make(true);
    let client = |id| {
        scene
            .acquire(id, "client-credentials")
            .scopes(&["api:read"])
    };
    let shown = showing(client(SHOWER), "tls_client_auth", &scene.issued).run();
    granted(&scene, &shown);
    assert_eq!(
        certificate(&shown, "/token")["subject"],
        "CN=daemon.contoso.example"
    );
    let method = "self_signed_tls_client_auth";
    let scene = Scene::make(false);
    let client = scene.acquire(SELF_SHOWER, "client-credentials");
    let client = client.scopes(&["api:read"]);
    granted(&scene, &showing(client, method, &scene.own).run());
}

#[test]
fn a_pfx_and_a_locked_key_are_shown_as_well() {
    let scene = Scene::make(false);
    let client = || {
        let client = scene.acquire(SELF_SHOWER, "client-credentials");
        client
            .scopes(&["api:read"])
            .with(&["--certificate-method", "self_signed_tls_client_auth"])
            .secret("--client-certificate-password-env", PASSWORD)
    };
    let pfx = scene.own.pfx(&[]).display().to_string();
    let by_pfx = client().with(&["--client-certificate", &pfx]).run();
    granted(&scene, &by_pfx);
    let words = "pkcs8 -topk8 -in own.key -passout env:LOCK -out locked.key";
    scene.own.openssl(&words.split(' ').collect::<Vec<_>>());
    let [certificate, key] =
        ["own.pem", "locked.key"].map(|name| scene.own.path(name).display().to_string());
    let words = ["--client-certificate", &certificate, "--client-key", &key];
    granted(&scene, &client().with(&words).run());
}

#[test]
fn another_certificate_is_refused_and_the_diagnosis_says_which_one_was_seen() {
    let scene = Scene::make(false);
    let (_, stranger) = Pair::issued_by_an_authority();
    let table = [
        (SHOWER, "tls_client_auth", Made::of(stranger)),
        (
            SELF_SHOWER,
            "self_signed_tls_client_auth",
            Made::of(Pair::on_p256()),
        ),
    ];
    for (client, method, made) in table {
        let client = scene.acquire(client, "client-credentials");
        let refused = showing(client.scopes(&["api:read"]), method, &made).run();
        refused.assert_refused(1, "invalid_client");
        let found = &refused.said["diagnosis"];
        assert_eq!(found["plan"][0]["step"], "register-tls-certificate");
        let notes = found["notes"].to_string();
        let print = certificate(&refused, "/token")["thumbprint"].clone();
        assert!(
            notes.contains(print.as_str().expect("a thumbprint")),
            "{refused:?}"
        );
        assert!(notes.contains(method), "{refused:?}");
    }
}

#[test]
fn a_server_that_asks_for_no_certificate_sees_none_and_the_diagnosis_says_so() {
    let scene = Scene::unnamed();
    let client = scene.acquire(SELF_SHOWER, "client-credentials");
    let client = client.scopes(&["api:read"]);
    let refused = showing(client, "self_signed_tls_client_auth", &scene.own).run();
    refused.assert_refused(1, "invalid_client");
    assert_eq!(certificate(&refused, "/token")["handed"], "not-asked");
    let notes = refused.said["diagnosis"]["notes"].to_string();
    assert!(notes.contains("mtls_endpoint_aliases"), "{refused:?}");
}

#[test]
fn a_connection_that_shows_no_certificate_is_ended_and_the_cause_is_told() {
    let scene = Scene::make(true);
    let without = Acquire::new(scene.asking(), BOUND, "device-code")
        .trusting(scene.provider.ca())
        .run();
    assert_eq!(
        (without.code, &without.said["outcome"]),
        (5, &"unreachable".into()),
        "{without:?}"
    );
    let exchanges = without.said["exchanges"].as_array().expect("a list");
    let fault = &exchanges.last().expect("an exchange")["fault"];
    assert_eq!(fault["cause"], "client-certificate-wanted", "{without:?}");
    assert_eq!(without.said["diagnosis"]["class"], "app-credential");
}

#[test]
fn the_call_as_curl_is_granted_as_it_is_written() {
    let scene = Scene::make(true);
    let home = kit::folder();
    let [certificate, key] =
        ["own.pem", "own.key"].map(|name| scene.issued.path(name).display().to_string());
    let mut acquire = kit::tokenscope(home.path());
    acquire.args(["acquire", "--authority", &scene.provider.issuer]);
    acquire.args(["--client-id", SHOWER, "--flow", "client-credentials"]);
    acquire.args(["--scope", "api:read", "--client-certificate", &certificate]);
    acquire.args([
        "--client-key",
        &key,
        "--certificate-method",
        "tls_client_auth",
    ]);
    acquire.arg("--ca-file").args(scene.provider.ca());
    let done = Program::start(&mut acquire).finish();
    assert_eq!(done.code, 0, "{done:?}");
    let mut show = kit::tokenscope(home.path());
    show.args(["history", "show", "1", "--code", "curl"]);
    let script = home.path().join("call.sh");
    let written = Program::start(&mut show).finish().stdout;
    std::fs::write(&script, written).expect("the folder can be written");
    let mut call = kit::clean_command("bash");
    call.arg(&script)
        .envs(scene.provider.ca().map(|ca| ("CURL_CA_BUNDLE", ca)))
        .env("CLIENT_CERTIFICATE", &certificate)
        .env("CLIENT_KEY", &key);
    let said = Program::start(&mut call).finish();
    assert!(said.stdout.contains("access_token"), "{said:?}");
}

/// A person signs in with such a client; what came of it.
fn person(scene: &Scene, client: &str, method: &str, more: &[&str]) -> Acquired {
    let acquire = scene.acquire(client, "interactive").with(&["--no-browser"]);
    let mut acquiring = showing(acquire.with(more), method, &scene.issued).start();
    let address = acquiring.address(&format!("{}/auth", scene.provider.issuer));
    let mut visitor = scene.provider.visitor();
    let login = visitor.open(&address);
    sign_in(&mut visitor, &login);
    acquiring.finish()
}

#[test]
fn user_information_wants_the_certificate_that_the_token_is_bound_to() {
    let scene = Scene::make(false);
    let with = format!("{}/me", scene.asking());
    let without = format!("{}/me", scene.provider.issuer);
    for (api, status) in [(&with, 200), (&without, 401)] {
        let more = ["--scope", "openid", "--api", api, "--then", "userinfo"];
        let acquired = person(&scene, SHOWER, "tls_client_auth", &more);
        assert_eq!(acquired.said["outcome"], "granted", "{acquired:?}");
        let call = &acquired.said["api"]["exchange"];
        assert_eq!(call["status"], status, "{acquired:?}");
        let handed = if status == 200 { "shown" } else { "not-asked" };
        assert_eq!(call["request"]["certificate"]["handed"], handed);
        let said = acquired.said["api"]["said"].to_string();
        assert_eq!(
            said.contains("did not ask for a certificate"),
            status == 401
        );
        let asked = &acquired.said["further"][0]["exchange"];
        assert_eq!(
            (&asked["url"], &asked["status"]),
            (&json!(with), &json!(200))
        );
    }
}

#[test]
fn introspection_says_that_the_token_is_bound_to_the_certificate_of_the_run() {
    let scene = Scene::make(false);
    let more = ["--scope", "openid", "--par", "--then", "introspect"];
    let acquired = person(&scene, SHOWER, "tls_client_auth", &more);
    acquired.assert_granted();
    assert_eq!(certificate(&acquired, "/request")["handed"], "shown");
    assert_eq!(acquired.said["token"]["bound_to"], "not-readable");
    let said = acquired.said["further"][0]["said"].to_string();
    assert!(said.contains("bound to your certificate"), "{acquired:?}");
}

#[test]
fn a_public_client_has_its_tokens_bound_and_proves_nothing() {
    let scene = Scene::make(false);
    let more = ["--scope", "openid", "--scope", "api:read"];
    let bound = person(&scene, BOUND, "none", &more);
    bound.assert_granted();
    assert_eq!(bound.said["token"]["bound_to"], "own-certificate");
    assert_eq!(bound.said["asked"]["client_kind"], "desktop", "{bound:?}");
}
