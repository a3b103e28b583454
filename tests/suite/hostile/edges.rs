//! The edges of the process: closed streams, no home, poor terminals, texts and files that were made to hurt.

use std::process::{Command, Stdio};

use super::super::cli::place::{Done, Place};
use super::super::harness::Terminal;
use super::server::Server;
use super::trial::{self, daemon, place};

fn words(line: &str) -> Vec<String> {
    line.split_whitespace().map(str::to_owned).collect()
}

#[test]
fn a_reader_that_goes_after_one_byte_ends_the_program_without_a_word() {
    let server = Server::saying(
        400,
        format!(
            "{{\"error\":\"invalid_client\",\"x\":\"{}\"}}",
            "y".repeat(1 << 20)
        ),
    );
    let mut acquire = daemon(&server);
    acquire.extend(["--output", "json"].map(str::to_owned));
    for line in [words("codes"), words("codes --output json"), acquire] {
        let place = place();
        let command = place.command(&line);
        let output = Command::new("sh")
            .args(["-c", "\"$@\" | head -c 1", "sh"])
            .arg(command.get_program())
            .args(command.get_args())
            .env_clear()
            .env("PATH", std::env::var("PATH").unwrap_or_default())
            .envs(
                command
                    .get_envs()
                    .filter_map(|(name, value)| Some((name, value?))),
            )
            .output()
            .expect("it starts");
        assert_eq!(
            (
                output.stdout.len(),
                String::from_utf8_lossy(&output.stderr).as_ref()
            ),
            (1, "")
        );
    }
}

#[test]
fn streams_that_are_closed_altogether_are_survived() {
    let server = Server::saying(400, r#"{"error":"invalid_client"}"#);
    let shell = |line: &[String], closed: &str| {
        let place = place();
        let command = place.command(line);
        let status = Command::new("sh")
            .args(["-c", &format!("exec \"$@\" {closed}"), "sh"])
            .arg(command.get_program())
            .args(command.get_args())
            .env_clear()
            .envs(
                command
                    .get_envs()
                    .filter_map(|(name, value)| Some((name, value?))),
            )
            .stdin(Stdio::null())
            .output()
            .expect("it starts");
        assert!(
            !String::from_utf8_lossy(&status.stderr).contains("panicked"),
            "{}",
            String::from_utf8_lossy(&status.stderr)
        );
        status.status.code()
    };
    for closed in [
        "<&-",
        ">&-",
        "2>&-",
        "<&- >&-",
        "<&- 2>&-",
        "<&- >&- 2>&-",
        ">/dev/full",
        "2>/dev/full",
    ] {
        let code = shell(&daemon(&server), closed);
        assert!(matches!(code, Some(0 | 1)), "{closed}: {code:?}");
        for line in [
            "codes 50076",
            "explain AADSTS50076",
            "explain -",
            "demo",
            "history",
            "--help",
            "acquire",
        ] {
            let code = shell(&words(line), closed);
            assert!(matches!(code, Some(0 | 2)), "{line} {closed}: {code:?}");
        }
    }
}

#[test]
fn without_a_home_the_program_answers_or_says_what_is_missing() {
    let server = Server::saying(200, r#"{"access_token":"opaque-token-without-a-home"}"#);
    for line in [
        daemon(&server),
        words("codes 50076"),
        words("explain AADSTS50076"),
        words("history"),
        words("profile list"),
    ] {
        for home in [
            None,
            Some(""),
            Some("/dev/null"),
            Some("relative/\u{1b}[31m"),
        ] {
            let scratch = Place::new();
            let mut command = Command::new(env!("CARGO_BIN_EXE_tokenscope"));
            command
                .args(&line)
                .env_clear()
                .env("TRIAL_SECRET", trial::SECRET)
                .current_dir(scratch.path(""))
                .stdin(Stdio::null());
            if let Some(home) = home {
                command.env("HOME", home);
            } else {
                // Where the account has a home of its own, this keeps it out of the way.
                for name in ["XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"] {
                    command.env(name, scratch.path("xdg"));
                }
            }
            let child = command
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .expect("it starts");
            let done = trial::finish(child);
            trial::sane(&done);
            assert!(
                matches!(done.code, Some(0 | 2)),
                "{line:?}: {}",
                done.stderr
            );
        }
    }
}

#[test]
fn a_poor_terminal_is_told_so_or_drawn_on_without_a_panic() {
    for (term, size) in [
        ("xterm-256color", (1, 1)),
        ("xterm-256color", (2, 2)),
        ("xterm-256color", (59, 19)),
        ("xterm-256color", (500, 3)),
        ("xterm-256color", (3, 200)),
        ("dumb", (80, 24)),
        ("", (80, 24)),
        ("nonsense", (80, 24)),
    ] {
        let home = Place::new();
        let home_path = home.path("").display().to_string();
        let mut terminal = Terminal::run(
            env!("CARGO_BIN_EXE_tokenscope"),
            &["demo"],
            size,
            &[
                ("TERM", term),
                ("HOME", &home_path),
                ("XDG_STATE_HOME", &home_path),
            ],
        );
        terminal.until("something to be drawn", |screen| {
            !screen.contents().trim().is_empty()
        });
        terminal.resize((80, 24));
        terminal.resize((1, 1));
        terminal.resize((120, 36));
        let status = terminal.ends_on("Ctrl-C");
        assert!(
            !terminal.text().contains("panicked"),
            "{term:?} {size:?}: {}",
            terminal.text()
        );
        assert!(status.exit_code() != 101, "{term:?} {size:?}: {status:?}");
    }
}

#[test]
fn texts_that_were_made_to_hurt_are_explained_in_time() {
    let deep = "[".repeat(200_000);
    let one = |n| {
        format!(
            "AADSTS{} Correlation ID: 00000000-0000-4000-8000-0000000{n:05} ",
            50_000 + n
        )
    };
    let many: Vec<String> = (0..20_000).map(one).collect();
    let many = many.concat();
    let texts: Vec<Vec<u8>> = vec![
        deep.clone().into_bytes(),
        format!("{{\"error\":\"invalid_grant\",\"claims\":\"{deep}\"}}").into_bytes(),
        many.into_bytes(),
        "error=".repeat(100_000).into_bytes(),
        "AADSTS".repeat(100_000).into_bytes(),
        "%25".repeat(200_000).into_bytes(),
        "&amp;".repeat(100_000).into_bytes(),
        "\\\"".repeat(200_000).into_bytes(),
        "\\".repeat(300_000).into_bytes(),
        "<".repeat(200_000).into_bytes(),
        "<html>".repeat(50_000).into_bytes(),
        "Bearer error=\"".repeat(30_000).into_bytes(),
        "https://x/?error=a&".repeat(30_000).into_bytes(),
        "2026-11-22T14:02:11Z ".repeat(20_000).into_bytes(),
        "password=a ".repeat(40_000).into_bytes(),
        "eyJhbGciOiJub25lIn0.".repeat(20_000).into_bytes(),
        (0..=255_u8).cycle().take(400_000).collect(),
        vec![0; 500_000],
        [[0xff, 0xfe].as_slice(), &[0x1b, 0xd8].repeat(50_000)].concat(),
    ];
    for text in texts {
        let place = Place::new();
        let file = place.file("pasted", &text);
        for output in ["text", "json"] {
            let words = [
                "explain".to_owned(),
                file.display().to_string(),
                "--output".to_owned(),
                output.to_owned(),
            ];
            let done = trial::run(&place, &words);
            assert_eq!(done.code, Some(0), "{}", done.stderr);
        }
    }
}

#[test]
fn what_is_explained_and_searched_acts_on_no_terminal() {
    let nasty = "AADSTS50076: \u{1b}[31mx\u{9b}0m\u{202e}\u{200b}\u{7f}\u{7} error=\"inv\u{1b}alid\" trace id: \u{1b}]0;x\u{7}";
    for line in [
        vec!["explain", nasty],
        vec!["explain", nasty, "--output", "json"],
        vec!["codes", nasty],
        vec!["codes", nasty, "--output", "json"],
        vec!["history", "list", nasty],
        vec!["profile", nasty],
        vec!["demo", nasty],
        vec!["acquire", "--authority", nasty, "--client-id", nasty],
        vec![
            "acquire",
            "--authority",
            "http://127.0.0.1:9",
            "--client-id",
            nasty,
            "--flow",
            "device-code",
            "--scope",
            nasty,
        ],
        vec!["acquire", "--profile", nasty],
        vec!["acquire", "--flow", nasty],
        vec!["lab", "--scenario", nasty],
        vec!["lab", "--world", nasty],
        vec![nasty],
    ] {
        let words: Vec<String> = line.iter().map(|word| (*word).to_owned()).collect();
        trial::run(&Place::new(), &words);
    }
}

#[test]
fn a_document_is_one_document_whatever_is_asked() {
    for line in [
        "acquire --output json",
        "acquire --output json --flow nonsense",
        "acquire --output json --authority http://x --client-id a",
        "explain --output json nothing",
        "codes --output json nothing-at-all",
    ] {
        let done: Done = trial::run(&Place::new(), &words(line));
        assert!(done.json().is_object(), "{line}");
    }
}
