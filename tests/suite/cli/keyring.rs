//! The keyring where there is none: what is said then.

use super::place::Place;

/// Where no session of a desktop is.
fn headless() -> Place {
    Place::new().with("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/bus")
}

#[cfg(all(unix, not(target_os = "macos")))]
#[test]
fn where_there_is_no_keyring_the_other_ways_are_named() {
    let place = headless();
    let asked = "acquire --authority https://127.0.0.1:9/contoso.example --client-id app1 --flow client-credentials --scope a/.default --client-secret-keyring contoso";
    for done in [
        place.feed("keyring set contoso", b"quiet~secret"),
        place.say("keyring remove contoso"),
        place.say("keyring list"),
        place.say(asked),
    ] {
        let said = done.ended(2).stderr;
        assert!(said.contains("no keyring to be reached"), "{said}");
        assert!(said.contains("…-env NAME"), "{said}");
        assert!(!said.contains("quiet~secret"), "{said}");
    }
}

#[cfg(all(unix, not(target_os = "macos")))]
#[test]
fn a_cache_file_is_not_encrypted_where_no_keyring_can_keep_the_key() {
    let place = headless().with("OWN_SECRET", "quiet~secret");
    let asked = "acquire --authority https://127.0.0.1:9/contoso.example --client-id app1 --flow client-credentials --scope a/.default --client-secret-env OWN_SECRET --encrypt-cache";
    let said = place.say(asked).ended(2).stderr;
    assert!(said.contains("no cache file to encrypt"), "{said}");
    let file = place.path("cache.json").display().to_string();
    let done = place.say(&format!("{asked} --output json --cache-file {file}"));
    let said = done.ended(2).json();
    assert_eq!(said["exchanges"], serde_json::json!([]), "{said}");
    assert!(
        said.to_string().contains("no keyring to be reached"),
        "{said}"
    );
    assert!(!place.path("cache.json").exists());
}

#[test]
fn what_is_no_name_may_be_the_secret_and_is_not_repeated() {
    let place = headless();
    for line in ["keyring set quiet~secret", "keyring remove quiet~secret"] {
        let said = place.feed(line, b"x").ended(2).stderr;
        assert!(
            said.contains("no name") && !said.contains("quiet"),
            "{said}"
        );
    }
    let empty = place.feed("keyring set contoso", b"\n").ended(2).stderr;
    assert!(empty.contains("nothing was given"), "{empty}");
}
