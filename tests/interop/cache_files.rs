//! One cache file, two programs: MSAL Python (plain, and kept by msal-extensions) and `acquire --cache-file` go on
//! with what the other wrote, and neither loses anything of the other.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::harness::acquire::{Acquire, Acquired};
use crate::harness::kit;
use crate::harness::lab::{Lab, Person};
use crate::harness::peer::Peer;
use crate::harness::program::Program;

const TOKEN: &str = "/oauth2/v2.0/token";

/// The lab, and a cache file that several programs share.
struct Shared {
    lab: Lab,
    home: tempfile::TempDir,
}

impl Shared {
    fn new() -> Self {
        Self {
            lab: Lab::start(),
            home: kit::folder(),
        }
    }

    fn path(&self) -> PathBuf {
        self.home.path().join("cache.json")
    }

    fn file(&self) -> Value {
        let text = std::fs::read_to_string(self.path()).expect("there is a cache file");
        serde_json::from_str(&text)
            .unwrap_or_else(|e| panic!("the cache file is broken: {e}: {text}"))
    }

    fn client(&self, name: &str) -> &Value {
        let clients = self.lab.line["clients"].as_array().expect("clients");
        let mut clients = clients.iter();
        clients
            .find(|client| client["name"] == name)
            .unwrap_or_else(|| panic!("no {name}"))
    }

    fn id(&self, name: &str) -> &str {
        self.client(name)["id"]
            .as_str()
            .expect("a client has an id")
    }

    /// MSAL Python as this client, a process of its own that reads the file as it is now.
    fn msal(&self, name: &str, lock: Option<&str>) -> Peer {
        let options = json!({
            "authority": self.lab.authority(), "client_id": self.id(name), "ca": self.lab.ca(),
            "client_secret": self.client(name)["secret"], "cache": self.path(), "lock": lock,
        });
        Peer::started(kit::python("cache_client.py"), &self.lab, &options)
    }

    /// Ada signs in to a client by MSAL Python; the answer is the token it got.
    fn signed_in_by_msal(&self, name: &str, lock: Option<&str>) -> String {
        let mut peer = self.msal(name, lock);
        let shown = peer.asked(&json!({ "do": "device-code", "scopes": ["User.Read"] }));
        let text = |member: &str| shown[member].as_str().unwrap_or_else(|| panic!("{shown}"));
        Person::ada(&self.lab).approve_device(
            &mut self.lab.visitor(),
            text("verification_uri"),
            text("user_code"),
        );
        granted(&peer.hear(), "identity_provider")
    }

    fn acquire(&self, name: &str, flow: &str) -> Acquire {
        Acquire::new(self.lab.authority(), self.id(name), flow)
            .trusting(Some(&self.lab.ca()))
            .with(&["--cache-file", &self.path().display().to_string()])
    }

    /// Our silent run for Ada's token.
    fn silent(&self, more: &[&str]) -> Acquired {
        self.acquire("contoso-desktop", "silent")
            .scopes(&["User.Read"])
            .with(more)
            .run()
    }

    /// The file with every access token expired, as it is after an hour.
    fn expire(&self) {
        let mut file = self.file();
        for token in file["AccessToken"]
            .as_object_mut()
            .expect("tokens")
            .values_mut()
        {
            token["expires_on"] = json!("1700000000");
        }
        std::fs::write(self.path(), file.to_string()).expect("the file can be written");
    }
}

/// What a granted answer of MSAL Python tells: the fingerprint of the token, which came from there.
fn granted(answer: &Value, source: &str) -> String {
    assert_eq!(
        (&answer["granted"], &answer["source"]),
        (&json!(true), &json!(source)),
        "{answer}"
    );
    answer["fingerprint"]
        .as_str()
        .expect("a fingerprint")
        .to_owned()
}

fn fingerprint(run: &Acquired) -> String {
    run.assert_granted();
    let told = run.said["token"]["fingerprint"].as_str();
    told.expect("a fingerprint").to_owned()
}

fn posts(run: &Acquired) -> usize {
    let exchanges = run.exchanges();
    exchanges
        .iter()
        .filter(|(method, path, _)| method == "POST" && path.ends_with(TOKEN))
        .count()
}

const SILENT: &str = "silent";

#[test]
fn a_fresh_token_of_msal_python_is_used_without_any_request() {
    let shared = Shared::new();
    let token = shared.signed_in_by_msal("contoso-desktop", None);
    let before = shared.file();
    let run = shared.silent(&["--username", shared.lab.ada().0]);
    assert_eq!(fingerprint(&run), token);
    assert!(run.exchanges().is_empty(), "{run:?}");
    assert_eq!(shared.file(), before, "nothing came, nothing is written");
    let bare = shared
        .acquire("contoso-desktop", SILENT)
        .scopes(&["User.Read"]);
    let bare = bare.run_for_the_token();
    let held = before["AccessToken"].as_object().expect("tokens");
    assert!(
        held.values()
            .any(|held| held["secret"] == bare.stdout.trim()),
        "the very token is printed"
    );
}

#[test]
fn an_expired_token_of_msal_python_is_renewed_once_and_msal_goes_on_with_it() {
    let shared = Shared::new();
    let first = shared.signed_in_by_msal("contoso-desktop", None);
    shared.expire();
    let run = shared.silent(&[]);
    let renewed = fingerprint(&run);
    assert_ne!(renewed, first);
    assert_eq!(posts(&run), 1, "{run:?}");
    let mut msal = shared.msal("contoso-desktop", None);
    let answer = msal.asked(&json!({ "do": SILENT, "scopes": ["User.Read"] }));
    assert_eq!(granted(&answer, "cache"), renewed);
}

#[test]
fn both_sides_go_on_in_turn_with_what_the_other_wrote() {
    let shared = Shared::new();
    shared.signed_in_by_msal("contoso-desktop", None);
    let (username, _) = shared.lab.ada();
    for turn in 0..3 {
        let ours = shared.silent(&["--force-refresh"]);
        assert_eq!(posts(&ours), 1, "turn {turn}: {ours:?}");
        let mut msal = shared.msal("contoso-desktop", None);
        let held =
            msal.asked(&json!({ "do": SILENT, "scopes": ["User.Read"], "username": username }));
        assert_eq!(granted(&held, "cache"), fingerprint(&ours), "turn {turn}");
        let forced = msal.asked(&json!({ "do": SILENT, "scopes": ["User.Read"], "force": true }));
        let theirs = granted(&forced, "identity_provider");
        let again = shared.silent(&[]);
        assert_eq!(fingerprint(&again), theirs, "turn {turn}");
        assert!(again.exchanges().is_empty(), "turn {turn}: {again:?}");
    }
    let file = shared.file();
    for section in [
        "AccessToken",
        "RefreshToken",
        "IdToken",
        "Account",
        "AppMetadata",
    ] {
        let entries = file[section].as_object().expect("a section");
        assert_eq!(entries.len(), 1, "{section} grew: {:?}", entries.keys());
    }
}

#[test]
fn msal_python_goes_on_with_a_file_that_was_made_here() {
    let shared = Shared::new();
    let mut run = shared
        .acquire("contoso-desktop", "device-code")
        .scopes(&["User.Read"])
        .start();
    let (address, code) = run.wait_for("device code", |line| {
        let (before, code) = line.split_once(" and enter ")?;
        Some((
            before.strip_prefix("Open ")?.to_owned(),
            code.trim().to_owned(),
        ))
    });
    Person::ada(&shared.lab).approve_device(&mut shared.lab.visitor(), &address, &code);
    let run = run.finish();
    let token = fingerprint(&run);
    assert!(
        run.stderr.contains("in the clear"),
        "it warns: {}",
        run.stderr
    );
    assert_mode(&shared.path(), 0o600);
    let mut msal = shared.msal("contoso-desktop", None);
    let accounts = msal.asked(&json!({ "do": "accounts" }));
    assert_eq!(accounts["accounts"], json!([shared.lab.ada().0]));
    let held = msal.asked(&json!({ "do": SILENT, "scopes": ["User.Read"] }));
    assert_eq!(granted(&held, "cache"), token);
    let forced = msal.asked(&json!({ "do": SILENT, "scopes": ["User.Read"], "force": true }));
    granted(&forced, "identity_provider");
}

#[test]
fn msal_python_finds_the_applications_own_token_that_was_got_here() {
    let shared = Shared::new();
    let scopes = ["https://graph.microsoft.com/.default"];
    let run = shared
        .acquire("contoso-daemon", "client-credentials")
        .scopes(&scopes)
        .secret("--client-secret-env", shared.lab.daemon_secret())
        .run();
    let token = fingerprint(&run);
    let mut msal = shared.msal("contoso-daemon", None);
    let held = msal.asked(&json!({ "do": "client-credentials", "scopes": scopes }));
    assert_eq!(granted(&held, "cache"), token);
}

#[test]
fn in_a_file_of_two_clients_the_other_ones_entries_stay_and_are_never_used() {
    let shared = Shared::new();
    shared.signed_in_by_msal("contoso-mobile", None);
    shared.signed_in_by_msal("contoso-desktop", None);
    let theirs = |file: &Value| -> Vec<Value> {
        let sections = file.as_object().expect("sections").values();
        let entries = sections
            .filter_map(Value::as_object)
            .flat_map(|section| section.values());
        let other = shared.id("contoso-mobile");
        entries
            .filter(|entry| entry["client_id"] == other)
            .cloned()
            .collect()
    };
    let before = theirs(&shared.file());
    assert_eq!(before.len(), 4, "a token of each kind and the client");
    let run = shared.silent(&["--force-refresh"]);
    run.assert_granted();
    assert_eq!(theirs(&shared.file()), before);
    let mut mobile = shared.msal("contoso-mobile", None);
    let forced = mobile.asked(&json!({ "do": SILENT, "scopes": ["User.Read"], "force": true }));
    granted(&forced, "identity_provider");
}

#[test]
fn a_file_of_other_clients_alone_is_refused_and_stays_as_it_is() {
    let shared = Shared::new();
    shared.signed_in_by_msal("contoso-mobile", None);
    let before = std::fs::read(shared.path()).expect("a file");
    for flow in [SILENT, "device-code"] {
        let run = shared
            .acquire("contoso-desktop", flow)
            .scopes(&["User.Read"])
            .run();
        assert_eq!(
            (run.code, &run.said["outcome"]),
            (2, &json!("invalid")),
            "{run:?}"
        );
        assert!(run.exchanges().is_empty(), "{run:?}");
        let what = run.said["problems"][0]["what"].as_str().unwrap_or_default();
        assert!(what.contains(shared.id("contoso-mobile")), "{what}");
    }
    assert_eq!(std::fs::read(shared.path()).expect("a file"), before);
}

/// msal-extensions adds a hundred entries while runs here renew: nothing of either is lost.
fn assert_writing_at_once_loses_nothing(lock: &str) {
    let shared = Shared::new();
    shared.signed_in_by_msal("contoso-desktop", Some(lock));
    let mut peers: Vec<Peer> = ["a", "b"]
        .into_iter()
        .map(|name| {
            let mut peer = shared.msal("contoso-desktop", Some(lock));
            peer.ask(&json!({ "do": "hammer", "name": name, "times": 50 }));
            peer
        })
        .collect();
    let mut last = String::new();
    for _ in 0..6 {
        last = fingerprint(&shared.silent(&["--force-refresh"]));
    }
    for peer in &mut peers {
        let answer = peer.hear();
        assert_eq!(answer["done"], 50, "{lock}: {answer}");
    }
    let file = shared.file();
    let apps = file["AppMetadata"].as_object().expect("clients");
    let hammered = apps
        .values()
        .filter(|app| app["environment"] == "hammer.example");
    assert_eq!(hammered.count(), 100, "{lock}");
    let mut msal = shared.msal("contoso-desktop", Some(lock));
    let held = msal.asked(&json!({ "do": SILENT, "scopes": ["User.Read"] }));
    assert_eq!(granted(&held, "cache"), last, "{lock}");
    let names = std::fs::read_dir(shared.home.path()).expect("a folder");
    assert_eq!(names.count(), 1, "{lock}: nothing is left beside the file");
}

#[test]
fn writing_at_once_with_msal_extensions_and_portalocker_loses_nothing() {
    assert_writing_at_once_loses_nothing("portalocker");
}

#[test]
fn writing_at_once_with_msal_extensions_and_its_own_lock_loses_nothing() {
    assert_writing_at_once_loses_nothing("file");
}

#[test]
fn a_cache_of_msal_python_is_looked_at_without_telling_a_token() {
    let shared = Shared::new();
    let token = shared.signed_in_by_msal("contoso-desktop", None);
    let before = shared.file();
    let look = |more: &[&str]| {
        let mut command = kit::tokenscope(shared.home.path());
        command.arg("cache").arg(shared.path()).args(more);
        let finished = Program::start(&mut command).finish();
        assert_eq!(finished.code, 0, "{finished:?}");
        for section in ["AccessToken", "RefreshToken", "IdToken"] {
            for entry in before[section].as_object().expect("a section").values() {
                let secret = entry["secret"].as_str().expect("a token");
                assert!(!finished.stdout.contains(secret), "{}", finished.stdout);
            }
        }
        finished.stdout
    };
    let id = shared.id("contoso-desktop");
    let asked = [
        "--output",
        "json",
        "--client-id",
        id,
        "--authority",
        shared.lab.authority(),
        "--scope",
    ];
    let told = |scope: &str| -> Value {
        serde_json::from_str(&look(&[&asked[..], &[scope]].concat())).expect("a document")
    };
    let found = told("User.Read");
    assert_eq!(found["silent"]["finds"], "access-token", "{found}");
    assert_eq!(found["silent"]["access_token"], json!(token), "{found}");
    assert_eq!(
        found["accounts"][0]["username"],
        json!(shared.lab.ada().0),
        "{found}"
    );
    let missed = told("Mail.Read");
    assert_eq!(missed["silent"]["finds"], "refresh-token", "{missed}");
    assert_eq!(
        missed["silent"]["misses"][0]["why"], "other-scopes",
        "{missed}"
    );
    assert!(look(&[]).contains(shared.lab.ada().0));
}

fn assert_mode(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt as _;
    let about = std::fs::metadata(path).expect("the file is there");
    assert_eq!(about.permissions().mode() & 0o777, mode);
}
