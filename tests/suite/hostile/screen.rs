//! The screen in front of a hostile server: what it draws is text, and no secret is in it.

use super::super::cli::place::Place;
use super::super::harness::Terminal;
use super::server::{Server, reply};
use super::trial::SECRET;

fn nasty() -> Server {
    Server::issuer(|asked| {
        let secret = asked.field("client_secret").unwrap_or_default();
        let nasty = "\\u001b[31mred\\u001b]0;PWNED\\u0007\\u001b]52;c;UFdORUQ=\\u0007\\u009b2J\\u202e\\u200b";
        let body = format!(
            r#"{{"error":"invalid_client","error_description":"AADSTS7000215: {nasty} {secret}","suberror":"{nasty}","correlation_id":"{nasty}{secret}","error_codes":[7000215],"{nasty}":"{secret}"}}"#
        );
        reply(
            401,
            &format!("x-echo: {secret}\r\nx-nasty: \u{9b}2J\u{202e}\r\n"),
            body.as_bytes(),
        )
    })
}

#[test]
fn the_screen_draws_a_hostile_reply_as_text_and_without_its_secret() {
    let server = nasty();
    let place = Place::new();
    place.file(
        "config/profiles.toml",
        format!("[profile.trial]\nauthority = '{}'\nclient-id = 'trial'\nkind = 'daemon'\nsecret-env = 'TRIAL_SECRET'\nscopes = ['api://trial/.default']\n", server.base),
    );
    let (config, data, home) = (
        place.path("config").display().to_string(),
        place.path("data").display().to_string(),
        place.path("").display().to_string(),
    );
    for size in [(120, 36), (80, 24)] {
        // Each time as at the first start: nothing is remembered.
        let state = format!("{home}/{}", size.0);
        let mut terminal = Terminal::run(
            env!("CARGO_BIN_EXE_tokenscope"),
            &["--config", &config, "--data", &data],
            size,
            &[
                ("HOME", &home),
                ("XDG_STATE_HOME", &state),
                ("SSH_TTY", "/dev/pts/0"),
                ("BROWSER", ""),
                ("TRIAL_SECRET", SECRET),
            ],
        );
        terminal.shows("Sign in to something");
        terminal.press("j Enter");
        terminal.shows("Start from");
        terminal.press("Up Ctrl-N");
        terminal.shows("TRIAL_SECRET");
        terminal.press("Enter");
        terminal.shows("The client secret is wrong.");
        // Through every pane, folded and unfolded, as exact bytes and as the request; something is copied in each.
        for _ in 0..5 {
            terminal.press("h y x y x v y v Tab");
        }
        terminal.press("/");
        terminal.press("zz");
        terminal.shows("zz");
        let raw = terminal.raw();
        assert!(!raw.contains(SECRET), "the secret was drawn");
        for bad in [
            "\u{1b}]0;PWNED",
            "\u{1b}]52;c;UFdORUQ=",
            "\u{1b}[31mred",
            "\u{9b}",
            "\u{202e}",
            "\u{200b}",
        ] {
            assert!(!raw.contains(bad), "{bad:?} reached the terminal");
        }
        terminal.press("Ctrl-C");
        terminal.ends();
    }
    place.holds_no(SECRET, &[]);
}
