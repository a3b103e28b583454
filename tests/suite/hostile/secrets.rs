//! A server that throws the secrets it was sent back at the program, in every disguise, and what is then found of
//! them in anything the program writes: nothing.

use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::super::cli::place::{Done, Place};
use super::server::{Asked, Deed, Server, json, reply};
use super::trial::{self, SECRET, daemon, place, words};

/// A secret in every dress a server may put it into.
fn dresses(secret: &str) -> Vec<String> {
    let each = |dress: &dyn Fn(u32) -> String| -> String {
        let dressed: Vec<String> = secret.chars().map(|c| dress(c.into())).collect();
        dressed.concat()
    };
    let every = each(&|c| format!("%{c:02x}"));
    let unicode = each(&|c| format!("\\u{c:04x}"));
    let entities = each(&|c| format!("&#{c};"));
    let hex = each(&|c| format!("{c:02x}"));
    let form: String = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
    let percent = utf8_percent_encode(secret, NON_ALPHANUMERIC).to_string();
    vec![
        secret.to_owned(),
        secret.replace('/', "\\/"),
        form,
        utf8_percent_encode(&percent, NON_ALPHANUMERIC).to_string(),
        percent,
        every,
        unicode,
        entities,
        hex,
        BASE64_STANDARD.encode(secret),
        BASE64_STANDARD.encode(format!("trial:{secret}")),
        BASE64_URL_SAFE_NO_PAD.encode(format!("x{secret}y")),
    ]
}

/// Puts a text into every corner of a refusal.
fn refusal(asked: &Asked, name: &str, status: u16) -> Deed {
    let secret = asked.field(name).unwrap_or_default();
    let escaped = |text: &str| text.replace('"', "\\\"");
    let all: Vec<String> = dresses(&secret).iter().map(|d| escaped(d)).collect();
    let all = all.join(" | ");
    let quoted = serde_json::to_string(&secret).expect("JSON");
    let body = format!(
        r#"{{"error":{quoted},"error_description":"AADSTS7000215: wrong: {all}","suberror":{quoted},"correlation_id":{quoted},
        "trace_id":{quoted},"error_uri":"https://x/?q={all}","claims":{{"a":{quoted}}},"odd":["{all}",{{"deep":{quoted}}}],{quoted}:1}}"#
    );
    let line: String = dresses(&secret).join(" | ");
    let headers = format!(
        "Content-Type: application/json\r\nx-echo: {line}\r\nx-ms-request-id: {secret}\r\nWWW-Authenticate: Bearer error=\"{secret}\", realm=\"{line}\"\r\n\
         Location: https://evil.contoso.example/?x={line}\r\nRetry-After: {secret}\r\n"
    );
    reply(status, &headers, body.as_bytes())
}

/// Flags that make the program write as much as it can.
fn loud(place: &Place, words: &[String], output: &str) -> Vec<String> {
    let log = place.path("run.log").display().to_string();
    let flags = [
        "--log-level",
        "trace",
        "--log-personal",
        "--log-file",
        &log,
        "--output",
        output,
    ];
    words
        .iter()
        .cloned()
        .chain(flags.map(str::to_owned))
        .collect()
}

#[track_caller]
fn nowhere(place: &Place, done: &Done, secret: &str, what: &str) {
    let first = |text: &[u8]| {
        dresses(secret).into_iter().find(|dress| {
            text.windows(dress.len())
                .any(|w| w.eq_ignore_ascii_case(dress.as_bytes()))
        })
    };
    for (name, text) in [("stdout", &done.stdout), ("stderr", &done.stderr)] {
        assert_eq!(first(text.as_bytes()), None, "{what}: {name}: {text}");
    }
    for (path, bytes) in place.everything() {
        if !path.ends_with("given") {
            assert_eq!(first(&bytes), None, "{what}: {}", path.display());
        }
    }
}

#[test]
fn a_client_secret_that_is_thrown_back_is_written_nowhere() {
    for status in [200, 302, 400, 429, 500] {
        let server = Server::issuer(move |asked| refusal(asked, "client_secret", status));
        for output in ["text", "json", "token"] {
            let place = place();
            let done = trial::run(&place, &loud(&place, &daemon(&server), output));
            assert_eq!(
                server
                    .asked()
                    .last()
                    .and_then(|a| a.field("client_secret"))
                    .as_deref(),
                Some(SECRET)
            );
            nowhere(&place, &done, SECRET, output);
            assert!(place.path("run.log").exists() && place.path("data/history.db").exists());
            for line in ["history", "history show 1 --output json --personal"] {
                let words: Vec<String> = line.split(' ').map(str::to_owned).collect();
                nowhere(&place, &trial::run(&place, &words), SECRET, line);
            }
        }
    }
}

#[test]
fn a_client_secret_that_is_thrown_back_on_a_page_is_written_nowhere() {
    let server = Server::issuer(|asked| {
        let secret = asked.field("client_secret").unwrap_or_default();
        let text = dresses(&secret).join("</p><p title=\"x\">");
        let page = format!(
            "<html><head><title>{secret}</title></head><body><p>AADSTS7000215 {text}</p></body></html>"
        );
        reply(500, "Content-Type: text/html\r\n", page.as_bytes())
    });
    for output in ["text", "json"] {
        let place = place();
        let done = trial::run(&place, &loud(&place, &daemon(&server), output));
        nowhere(&place, &done, SECRET, output);
    }
}

#[test]
fn a_secret_in_a_basic_header_that_is_thrown_back_is_written_nowhere() {
    let server = Server::start(|asked| {
        if asked.path.starts_with("/.well-known") {
            let base = asked.base();
            return json(
                200,
                format!(r#"{{"issuer":"{base}","token_endpoint":"{base}/token"}}"#).as_bytes(),
            );
        }
        let header = asked
            .head
            .lines()
            .find(|line| line.to_ascii_lowercase().starts_with("authorization:"));
        let header = header.unwrap_or_default().to_owned();
        reply(
            401,
            &format!("x-seen: {header}\r\n"),
            format!("{{\"error\":\"invalid_client\",\"seen\":\"{header}\"}}").as_bytes(),
        )
    });
    let form: String = url::form_urlencoded::byte_serialize(SECRET.as_bytes()).collect();
    let header = BASE64_STANDARD.encode(format!("trial:{form}"));
    for output in ["text", "json"] {
        let place = place();
        let done = trial::run(&place, &loud(&place, &daemon(&server), output));
        assert!(
            server
                .asked()
                .last()
                .is_some_and(|asked| asked.head.contains(&header))
        );
        nowhere(&place, &done, SECRET, output);
        nowhere(&place, &done, &header, output);
    }
}

#[test]
fn a_password_that_is_thrown_back_is_written_nowhere() {
    for password in ["Tr0ub4dor & 3/x+y", "pw7x!"] {
        let server = Server::issuer(|asked| refusal(asked, "password", 400));
        for output in ["text", "json"] {
            let place = Place::new().with("PW", password);
            let words = words(
                &server,
                "--flow password --username ada@contoso.example --password-env PW --yes",
            );
            let done = trial::run(&place, &loud(&place, &words, output));
            if password.len() > 8 {
                nowhere(&place, &done, password, output);
            } else {
                assert!(
                    !done.stdout.contains(password) && !done.stderr.contains(password),
                    "{}{}",
                    done.stdout,
                    done.stderr
                );
                place.holds_no(password, &[]);
            }
        }
    }
}

#[test]
fn a_refresh_token_that_is_thrown_back_is_written_nowhere() {
    let token = "short rt/1+2~x";
    let server = Server::issuer(|asked| refusal(asked, "refresh_token", 400));
    for output in ["text", "json", "token"] {
        let place = Place::new();
        let given = place.file("given", token);
        let flags = format!(
            "--flow refresh-token --refresh-token-file {}",
            given.display()
        );
        let done = trial::run(&place, &loud(&place, &words(&server, &flags), output));
        nowhere(&place, &done, token, output);
    }
}

#[test]
fn tokens_that_a_reply_repeats_in_other_places_are_written_nowhere() {
    let server = Server::issuer(|asked| {
        if asked.path == "/api" {
            let bearer = asked.head.lines().find_map(|line| {
                line.to_ascii_lowercase()
                    .starts_with("authorization:")
                    .then(|| line[14..].trim().to_owned())
            });
            let bearer = bearer.unwrap_or_default();
            let bare = bearer.trim_start_matches("Bearer ").to_owned();
            return reply(
                401,
                &format!("x-echo: {bare}\r\nWWW-Authenticate: {bearer}\r\n"),
                format!("{{\"error\":{{\"code\":\"{bare}\",\"message\":\"{bearer}\"}}}}")
                    .as_bytes(),
            );
        }
        let (access, refresh) = ("opaque-access-Hq7Zt2Lw9", "opaque-refresh-Bv5Nc8Mx1");
        let headers = format!(
            "x-echo: {access}\r\nx-other: {refresh} {}\r\n",
            BASE64_STANDARD.encode(access)
        );
        let body = format!(
            r#"{{"access_token":"{access}","refresh_token":"{refresh}","token_type":"{refresh}","scope":"a {access}","note":"got {access} and {refresh}","expires_in":99}}"#
        );
        reply(200, &headers, body.as_bytes())
    });
    for output in ["text", "json", "token"] {
        let place = place();
        let mut words = loud(&place, &daemon(&server), output);
        words.extend(["--api".to_owned(), format!("{}/api", server.base)]);
        let mut done = trial::run(&place, &words);
        if output == "token" {
            assert_eq!(done.stdout, "opaque-access-Hq7Zt2Lw9\n", "{}", done.stderr);
            done.stdout.clear();
        }
        nowhere(&place, &done, "opaque-access-Hq7Zt2Lw9", output);
        nowhere(&place, &done, "opaque-refresh-Bv5Nc8Mx1", output);
    }
}

#[test]
fn device_codes_and_secrets_in_a_device_reply_are_written_nowhere() {
    let server = Server::issuer(|asked| {
        if asked.path == "/device" {
            let secret = asked.field("client_secret").unwrap_or_default();
            let body = format!(
                r#"{{"device_code":"dev/Code~1+x","user_code":"WXYZ-1234","verification_uri":"https://x/?{secret}","interval":1,"expires_in":60,"message":"dev/Code~1+x {secret}"}}"#
            );
            return json(200, body.as_bytes());
        }
        let code = asked.field("device_code").unwrap_or_default();
        json(
            400,
            format!(r#"{{"error":"access_denied","error_description":"{code} WXYZ-1234"}}"#)
                .as_bytes(),
        )
    });
    for output in ["text", "json"] {
        let place = place();
        let words = loud(
            &place,
            &words(
                &server,
                "--flow device-code --client-secret-env TRIAL_SECRET",
            ),
            output,
        );
        let done = trial::run(&place, &words);
        nowhere(&place, &done, SECRET, output);
        nowhere(&place, &done, "dev/Code~1+x", output);
        assert!(
            done.stderr.contains("WXYZ-1234") && !done.stdout.contains("WXYZ-1234"),
            "{}",
            done.stderr
        );
        place.holds_no("WXYZ-1234", &[]);
    }
}

#[test]
fn a_secret_in_an_argument_is_refused_and_not_repeated() {
    let server = Server::saying(400, "{}");
    let given = "Hunter2~secret.value";
    for flags in [
        "--flow client-credentials --client-secret",
        "--flow password --username a --yes --password",
        "--flow refresh-token --refresh-token",
        "--flow client-credentials --client-secret-env",
        "--flow password --username a --yes --password-env",
        "--flow refresh-token --refresh-token-env",
    ] {
        for glue in [" ", "="] {
            let place = place();
            let words = words(&server, &format!("{flags}{glue}{given}"));
            let done = trial::run(&place, &words);
            assert_eq!(done.code, Some(2), "{flags}: {}", done.stderr);
            nowhere(&place, &done, given, flags);
        }
    }
    for words in [
        format!("acquire {given}"),
        format!("acquire --secret {given}"),
        format!("acquire --access-token={given}"),
    ] {
        let words: Vec<String> = words.split(' ').map(str::to_owned).collect();
        let done = trial::run(&place(), &words);
        assert_eq!(done.code, Some(2));
    }
    assert_eq!(server.tokens_asked(), 0);
}

#[test]
fn no_secret_stands_on_the_command_line_of_anything_that_runs() {
    let server = Server::issuer(|_| {
        let found = std::fs::read_dir("/proc")
            .expect("Linux")
            .flatten()
            .filter_map(|entry| std::fs::read(entry.path().join("cmdline")).ok());
        let named = found
            .into_iter()
            .any(|line| line.windows(SECRET.len()).any(|w| w == SECRET.as_bytes()));
        json(
            400,
            format!(r#"{{"error":"invalid_client","named":{named}}}"#).as_bytes(),
        )
    });
    let (_, json) = trial::document(&place(), &daemon(&server));
    assert!(
        json["exchanges"][1]["response"]["body"]
            .as_str()
            .expect("text")
            .contains("\"named\":false")
    );
}
