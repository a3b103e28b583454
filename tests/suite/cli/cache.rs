//! Token cache files: which are used, which are only looked at, and that none is ever lost.

use std::path::Path;

use super::lab::Lab;
use super::place::{Done, Place};

const AZURE_CLI: &str = "04b07795-8ddb-461a-bbee-02f9e1bf7b46";

const OWN: &str = "3f0a0000-0000-4000-8000-0000000000e1";

const OTHER: &str = "3f0a0000-0000-4000-8000-0000000000e2";

/// A cache with a token of each kind, for this client.
fn cache_of(client: &str) -> String {
    format!(
        r#"{{
    "AccessToken": {{"a": {{"credential_type": "AccessToken", "secret": "an-access-token-that-nobody-may-see",
        "home_account_id": "u1.t1", "environment": "login.microsoftonline.com", "client_id": "{client}",
        "target": "User.Read", "realm": "t1", "token_type": "Bearer", "cached_at": "1700000000",
        "expires_on": "1700003600"}}}},
    "RefreshToken": {{"r": {{"credential_type": "RefreshToken", "secret": "a-refresh-token-that-nobody-may-see",
        "home_account_id": "u1.t1", "environment": "login.microsoftonline.com", "client_id": "{client}",
        "target": "User.Read", "last_modification_time": "1700000000", "family_id": "1"}}}},
    "Account": {{"u": {{"home_account_id": "u1.t1", "environment": "login.microsoftonline.com", "realm": "t1",
        "local_account_id": "u1", "username": "ada@contoso.example", "authority_type": "MSSTS"}}}},
    "AppMetadata": {{"m": {{"client_id": "{client}", "environment": "login.microsoftonline.com", "family_id": "1"}}}}
}}"#
    )
}

fn silent(place: &Place, client: &str, file: &Path, more: &[&str]) -> Done {
    let file = file.display().to_string();
    let words = [
        "acquire",
        "--authority",
        "https://login.microsoftonline.com/contoso.example",
        "--client-id",
        client,
        "--flow",
        "silent",
        "--scope",
        "User.Read",
        "--cache-file",
        &file,
        "--output",
        "json",
    ];
    place.run(words.iter().chain(more))
}

/// It is refused before anything is sent, says this, and leaves the file as it was.
#[track_caller]
fn assert_refused(place: &Place, client: &str, file: &Path, says: &str) {
    let before = std::fs::read(file).ok();
    let done = silent(place, client, file, &[]).ended(2);
    let document = done.json();
    assert_eq!(document["outcome"], "invalid", "{document}");
    assert_eq!(document["exchanges"], serde_json::json!([]), "{document}");
    let problem = &document["problems"][0];
    let what = problem["what"].as_str().expect("what is wrong");
    assert!(what.contains(says), "{what}");
    let at = problem["where"].as_str().expect("where");
    assert!(at.starts_with("cache-file "), "{at}");
    assert_eq!(std::fs::read(file).ok(), before);
}

#[test]
fn files_that_are_no_cache_of_the_client_are_refused_and_stay_as_they_are() {
    let place = Place::new();
    let file = |name: &str, text: &str| place.file(name, text);
    assert_refused(&place, OWN, &place.path("none"), "no such file");
    assert_refused(&place, OWN, &file("text", "a secret note"), "not JSON");
    assert_refused(&place, OWN, &file("list", "[1]"), "not an object");
    assert_refused(&place, OWN, &file("other", r#"{"a":1}"#), "another kind");
    let other = file("client", &cache_of(OTHER));
    assert_refused(&place, OWN, &other, &format!("another client ({OTHER})"));
    let folder = place.path("folder");
    std::fs::create_dir(&folder).expect("a folder");
    assert_refused(&place, OWN, &folder, "not a plain file");
    #[cfg(unix)]
    {
        let link = place.path("link");
        std::os::unix::fs::symlink(&other, &link).expect("a link");
        assert_refused(&place, OTHER, &link, "it is a link");
    }
}

#[test]
fn caches_of_other_peoples_programs_are_never_used_even_by_their_own_client_id() {
    let place = Place::new();
    let copied = place.file("copy.json", cache_of(AZURE_CLI));
    assert_refused(&place, AZURE_CLI, &copied, "a cache of Azure CLI");
    let there = place.file(".azure/msal_token_cache.json", cache_of(OWN));
    assert_refused(&place, OWN, &there, "never used");
    let vs = place.file(".IdentityService/msal.cache", cache_of(OWN));
    assert_refused(&place, OWN, &vs, "never used");
}

#[test]
fn a_cache_of_azure_cli_is_told_as_metadata_and_never_a_token() {
    let place = Place::new();
    let file = place.file(".azure/msal_token_cache.json", cache_of(AZURE_CLI));
    let before = place.everything();
    let file = file.display().to_string();
    let text = place.run(["cache", &file]).ended(0).stdout;
    for told in [
        "Azure CLI",
        "only looked at",
        "ada@contoso.example",
        "User.Read",
        "family 1",
        "expired at 2023-11-14",
    ] {
        assert!(text.contains(told), "no '{told}' in {text}");
    }
    let asked = [
        "cache",
        &file,
        "--output",
        "json",
        "--client-id",
        AZURE_CLI,
        "--scope",
        "User.Read",
    ];
    let done = place.run(asked).ended(0);
    let document = done.json();
    assert_eq!(document["storage"], "plain", "{document}");
    assert_eq!(document["clients"][0]["program"], "Azure CLI", "{document}");
    assert_eq!(document["silent"]["finds"], "refresh-token", "{document}");
    assert_eq!(
        document["silent"]["misses"][0]["why"], "expired",
        "{document}"
    );
    let all = format!("{text}{}{}", done.stdout, done.stderr);
    assert!(!all.contains("nobody-may-see"), "{all}");
    assert_eq!(place.everything(), before, "looking writes nothing");
}

#[test]
fn an_encrypted_cache_is_recognised_and_not_opened() {
    let place = Place::new();
    let mut blob =
        b"\x01\0\0\0\xd0\x8c\x9d\xdf\x01\x15\xd1\x11\x8c\x7a\0\xc0\x4f\xc2\x97\xeb".to_vec();
    blob.extend([0x5a; 64]);
    let file = place
        .file(".azure/msal_token_cache.bin", blob)
        .display()
        .to_string();
    let done = place.run(["cache", &file]).ended(0);
    assert!(done.stdout.contains("DPAPI"), "{}", done.stdout);
    let document = place
        .run(["cache", &file, "--output", "json"])
        .ended(0)
        .json();
    assert_eq!(document["storage"], "dpapi");
    let signal = place.file("signal", "").display().to_string();
    let done = place.run(["cache", &signal]).ended(0);
    assert!(done.stdout.contains("libsecret"), "{}", done.stdout);
    let odd = place.file("odd.bin", b"\xff\xfe").display().to_string();
    let done = place.run(["cache", &odd]).ended(2);
    assert!(done.stderr.contains("not JSON"), "{}", done.stderr);
}

#[test]
fn what_a_cache_holds_does_not_act_on_the_terminal() {
    let place = Place::new();
    let hostile = cache_of("app1").replace("ada@", "\\u001b[2J\\u202eada\\n  forged@");
    let file = place.file("cache.json", hostile).display().to_string();
    let done = place.run(["cache", &file]).ended(0);
    let bad = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
    assert!(!done.stdout.contains(bad), "{:?}", done.stdout);
    let forged = done
        .stdout
        .lines()
        .any(|line| line.trim_start().starts_with("forged@"));
    assert!(!forged, "{}", done.stdout);
}

#[test]
fn a_question_about_a_silent_call_needs_its_client() {
    let place = Place::new();
    let file = place
        .file("cache.json", cache_of("app1"))
        .display()
        .to_string();
    let done = place.run(["cache", &file, "--scope", "User.Read"]).ended(2);
    assert!(done.stderr.contains("--client-id"), "{}", done.stderr);
}

#[test]
fn force_refresh_belongs_to_the_silent_flow() {
    let done = Place::new()
        .say("acquire --authority https://localhost/t --client-id app1 --flow device-code --force-refresh")
        .ended(2);
    assert!(done.stderr.contains("--flow silent"), "{}", done.stderr);
}

#[test]
fn tokens_kept_in_a_file_of_the_profile_serve_the_next_process() {
    let lab = Lab::start();
    let (name, password) = lab.ada();
    let place = Place::new().with("ADA", password);
    let cache = place.path("cache.json");
    let profile = format!(
        "[profile.desk]\nauthority = '{}'\nclient-id = '{}'\nscopes = ['User.Read']\nca-file = '{}'\ncache-file = '{}'\n",
        lab.text("authority"),
        lab.id("desktop"),
        lab.text("ca"),
        cache.display()
    );
    place.file("config/profiles.toml", profile);
    let first = place
        .run([
            "acquire",
            "--profile",
            "desk",
            "--flow",
            "password",
            "--yes",
            "--username",
            name,
            "--password-env",
            "ADA",
            "--output",
            "token",
        ])
        .ended(0);
    assert!(first.stderr.contains("new token cache"), "{}", first.stderr);
    let silent = |more: &[&str]| {
        let words = [
            "acquire",
            "--profile",
            "desk",
            "--flow",
            "silent",
            "--output",
        ];
        place.run(words.iter().chain(more)).ended(0)
    };
    let second = silent(&["token"]);
    assert_eq!(second.stdout, first.stdout, "the very same token");
    let forced = silent(&["json", "--force-refresh"]).json();
    assert_eq!(forced["token"]["from_cache"], false, "{forced}");
    let told = forced["events"].to_string();
    assert!(told.contains("what came is kept in"), "{told}");
    assert_ne!(silent(&["token"]).stdout, first.stdout, "the renewed one");
    place.holds_no(first.stdout.trim_end(), &[&cache]);
    let text = std::fs::read_to_string(&cache).expect("a file");
    let json: serde_json::Value = serde_json::from_str(&text).expect("a cache");
    for section in ["AccessToken", "RefreshToken"] {
        for entry in json[section].as_object().expect("a section").values() {
            place.holds_no(entry["secret"].as_str().expect("a token"), &[&cache]);
        }
    }
}
