//! Files in the way: unwritable, linked, broken, newer, locked, and two programs at once.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;

use super::super::cli::place::{Done, Place};
use super::server::Server;
use super::trial::{self, daemon, place};

fn granting() -> Server {
    Server::saying(
        200,
        r#"{"access_token":"opaque-token-for-the-files","expires_in":60}"#,
    )
}

#[track_caller]
fn goes_on(place: &Place, server: &Server) -> Done {
    let done = trial::run(place, &daemon(server));
    assert_eq!(done.code, Some(0), "{}", done.stderr);
    done
}

fn mode(path: &Path) -> u32 {
    fs::symlink_metadata(path)
        .expect("it is there")
        .permissions()
        .mode()
        & 0o7777
}

#[test]
fn whatever_the_mask_only_the_owner_may_read() {
    let server = granting();
    let place = place();
    let log = place.path("log/run.log");
    fs::create_dir(place.path("log")).expect("a directory");
    let mut words = daemon(&server);
    words.extend(["--log-file".to_owned(), log.display().to_string()]);
    // The shell sets the mask and becomes the program.
    let command = place.command(&words);
    let status = std::process::Command::new("sh")
        .args(["-c", "umask 0; exec \"$@\"", "sh"])
        .arg(command.get_program())
        .args(command.get_args())
        .env_clear()
        .envs(
            command
                .get_envs()
                .filter_map(|(name, value)| Some((name, value?))),
        )
        .output()
        .expect("it starts");
    assert!(
        status.status.success(),
        "{}",
        String::from_utf8_lossy(&status.stderr)
    );
    assert_eq!(mode(&place.path("data")), 0o700);
    for name in [
        "data/history.db",
        "log/run.log",
        ".local/state/tokenscope/fingerprint-key",
    ] {
        assert_eq!(mode(&place.path(name)), 0o600, "{name}");
    }
    for name in ["data/history.db-wal", "data/history.db-shm"] {
        assert!(
            !place.path(name).exists() || mode(&place.path(name)) == 0o600,
            "{name}"
        );
    }
    assert_eq!(mode(&place.path(".local/state/tokenscope")), 0o700);
}

#[test]
fn a_history_that_others_may_read_is_closed() {
    let server = granting();
    let place = place();
    goes_on(&place, &server);
    fs::set_permissions(
        place.path("data/history.db"),
        fs::Permissions::from_mode(0o644),
    )
    .expect("it is ours");
    goes_on(&place, &server);
    assert_eq!(mode(&place.path("data/history.db")), 0o600);
}

#[test]
fn a_link_in_place_of_a_private_file_is_not_followed() {
    let server = granting();
    for name in [
        "data/history.db",
        "data/history.db-wal",
        ".local/state/tokenscope/fingerprint-key",
    ] {
        let place = place();
        let precious = place.file("precious", "do not touch");
        let link = place.path(name);
        fs::create_dir_all(link.parent().expect("a directory")).expect("it can be made");
        symlink(&precious, &link).expect("a link");
        goes_on(&place, &server);
        assert_eq!(
            fs::read(&precious).expect("it is there"),
            b"do not touch",
            "{name}"
        );
    }
    // A link to nothing would make a file elsewhere.
    let place = place();
    fs::create_dir(place.path("data")).expect("a directory");
    symlink(place.path("elsewhere.db"), place.path("data/history.db")).expect("a link");
    goes_on(&place, &server);
    assert!(!place.path("elsewhere.db").exists());
}

#[test]
fn where_nothing_can_be_written_the_run_goes_on_and_says_so() {
    let server = granting();
    for name in ["data", ".local/state", "data/history.db/x"] {
        let place = place();
        let name = name.strip_suffix("/x").map_or_else(
            || place.file(name, "a file where a directory should be"),
            |directory| {
                fs::create_dir_all(place.path(directory)).expect("it can be made");
                place.path(directory)
            },
        );
        let done = goes_on(&place, &server);
        if name.ends_with("data") || name.ends_with("history.db") {
            assert!(
                done.stderr.contains("History"),
                "{}: {}",
                name.display(),
                done.stderr
            );
        }
    }
    let done = trial::run(
        &place(),
        &daemon(&server)
            .into_iter()
            .chain(["--log-file", "/dev/null/x"].map(str::to_owned))
            .collect::<Vec<_>>(),
    );
    assert_eq!(done.code, Some(2), "{}", done.stderr);
}

#[test]
fn a_history_that_is_broken_is_set_aside_and_said_so() {
    let server = granting();
    for bytes in [
        b"not a database, but long enough to be looked at as one, page by page".to_vec(),
        vec![0; 5000],
        b"SQLite format 3\0".to_vec(),
        [b"SQLite format 3\0".as_slice(), &[0xff; 8000]].concat(),
    ] {
        let place = place();
        place.file("data/history.db", &bytes);
        let done = goes_on(&place, &server);
        let listed = trial::run(&place, &["history".to_owned()]);
        assert!(
            listed.stdout.contains("granted") || done.stderr.contains("History"),
            "{}{}",
            done.stderr,
            listed.stderr
        );
    }
}

#[test]
fn two_programs_at_once_both_keep_their_runs() {
    let server = granting();
    let place = place();
    let words = daemon(&server);
    let children: Vec<_> = (0..6).map(|_| trial::start(&place, &words)).collect();
    for child in children {
        let done = trial::finish(child);
        trial::sane(&done);
        assert_eq!(
            (done.code, done.stderr.contains("History")),
            (Some(0), false),
            "{}",
            done.stderr
        );
    }
    let listed = trial::run(&place, &["history".to_owned()]);
    assert_eq!(listed.stdout.lines().count(), 6, "{}", listed.stdout);
}

#[test]
fn a_history_that_somebody_holds_does_not_stop_a_run() {
    let server = granting();
    let place = place();
    goes_on(&place, &server);
    let holder = rusqlite::Connection::open(place.path("data/history.db")).expect("it opens");
    holder
        .execute_batch("BEGIN EXCLUSIVE")
        .expect("nobody else holds it");
    let done = goes_on(&place, &server);
    assert!(done.stderr.contains("History"), "{}", done.stderr);
}

#[test]
fn stored_runs_that_were_tampered_with_are_survived() {
    let server = Server::saying(400, r#"{"error":"invalid_client","error_codes":[7000215]}"#);
    let place = place();
    trial::run(&place, &daemon(&server));
    let database = rusqlite::Connection::open(place.path("data/history.db")).expect("it opens");
    let say = |line: &str| {
        trial::run(
            &place,
            &line.split(' ').map(str::to_owned).collect::<Vec<_>>(),
        )
    };
    for record in ["", "{}", "null", "[[[[", "{\"a\":1}", "\u{1b}[31m"] {
        database.execute("UPDATE run SET record = ?1, error = ?1, profile = ?1, correlation = ?1, started = ?2", (record, i64::MAX)).expect("it can be changed");
        for line in [
            "history",
            "history --output json",
            "history show 1",
            "history show 1 --output json",
            "history show -1",
            "history show 9223372036854775807",
            "history list %_\\ \u{1b}",
        ] {
            say(line);
        }
    }
}

#[test]
fn settings_and_profiles_that_are_broken_are_named_and_not_obeyed() {
    let server = granting();
    for (name, text) in [
        ("config/settings.toml", "history = \u{7}\u{1b}[31m"),
        ("config/settings.toml", "x = 1"),
        ("config/profiles.toml", "[profile.a]\nclient-id = 1"),
        (
            "config/catalog/own.toml",
            "[[code]]\ncode = \"\u{1b}[31mX\"",
        ),
    ] {
        let place = place();
        place.file(name, text);
        let mut words = daemon(&server);
        words.extend(["--profile", "a"].map(str::to_owned));
        trial::run(&place, &words);
        for line in [
            "profile list",
            "codes 50076",
            "explain AADSTS50076",
            "history",
        ] {
            trial::run(
                &place,
                &line.split(' ').map(str::to_owned).collect::<Vec<_>>(),
            );
        }
    }
}
