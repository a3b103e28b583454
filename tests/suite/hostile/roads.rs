//! Where credentials go and how often: never to a host nobody named, never through a proxy on this machine, never a
//! second time by themselves.

use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::super::cli::place::Place;
use super::server::{Deed, Server, json, metadata, reply};
use super::trial::{self, daemon, document, place, words};

#[test]
fn a_redirect_is_evidence_and_is_not_followed() {
    for status in [301, 302, 303, 307, 308] {
        let other = Arc::new(Server::saying(
            200,
            r#"{"access_token":"stolen-stolen-stolen"}"#,
        ));
        let target = format!("{}/token", other.base);
        let server =
            Server::issuer(move |_| reply(status, &format!("Location: {target}\r\n"), b""));
        let (done, json) = document(&place(), &daemon(&server));
        assert_ne!(done.code, Some(0));
        assert_eq!(json["exchanges"][1]["status"], status);
        let headers = json["exchanges"][1]["response"]["headers"].to_string();
        assert!(
            headers.contains("location") && headers.contains(&other.base),
            "{headers}"
        );
        assert!(other.asked().is_empty(), "{status} was followed");
    }
}

#[test]
fn metadata_behind_a_redirect_is_not_fetched() {
    let other = Arc::new(Server::saying(200, "{}"));
    let target = format!("{}/.well-known/openid-configuration", other.base);
    let server = Server::start(move |_| reply(302, &format!("Location: {target}\r\n"), b""));
    let (done, _) = document(&place(), &daemon(&server));
    assert_eq!(done.code, Some(1), "{}", done.stderr);
    assert!(other.asked().is_empty());
}

const FOREIGN: [(&str, &str); 16] = [
    ("token_endpoint", "https://evil.contoso.example/token"),
    ("token_endpoint", "http://evil.contoso.example/token"),
    ("token_endpoint", "ftp://127.0.0.1/token"),
    ("token_endpoint", "file:///etc/passwd"),
    ("token_endpoint", "//evil.contoso.example/token"),
    (
        "token_endpoint",
        "http://127.0.0.1@evil.contoso.example/token",
    ),
    (
        "token_endpoint",
        "https://127.0.0.1.evil.contoso.example/token",
    ),
    (
        "token_endpoint",
        "https://evil.contoso.example\\\\@127.0.0.1/token",
    ),
    ("token_endpoint", "http://0.0.0.0/token"),
    ("token_endpoint", "http://169.254.169.254/token"),
    ("token_endpoint", "http://[::ffff:127.0.0.1]/token"),
    ("token_endpoint", "http://user:pass@127.0.0.1/token"),
    ("token_endpoint", "javascript:alert(1)"),
    ("issuer", "https://evil.contoso.example"),
    (
        "authorization_endpoint",
        "https://evil.contoso.example/authorize",
    ),
    (
        "device_authorization_endpoint",
        "https://evil.contoso.example/device",
    ),
];

#[test]
fn metadata_that_names_another_host_is_refused_before_anything_is_sent() {
    for (member, address) in FOREIGN {
        let server = Server::start(move |asked| {
            let mut document: serde_json::Value =
                serde_json::from_str(&metadata(&asked.base(), "")).expect("JSON");
            document[member] = address.into();
            json(200, document.to_string().as_bytes())
        });
        for flow in [
            "client-credentials --client-secret-env TRIAL_SECRET",
            "device-code",
        ] {
            let (done, json) = document(&place(), &words(&server, &format!("--flow {flow}")));
            assert_eq!(
                (done.code, &json["outcome"]),
                (Some(2), &"invalid".into()),
                "{member} {address}: {}",
                done.stderr
            );
            assert_eq!(
                server
                    .asked()
                    .iter()
                    .filter(|asked| !asked.path.contains("well-known"))
                    .count(),
                0,
                "{address}"
            );
        }
    }
}

#[test]
fn a_host_that_is_trusted_by_name_may_be_named_and_http_there_still_may_not() {
    let server = Server::start(|asked| {
        let mut document: serde_json::Value =
            serde_json::from_str(&metadata(&asked.base(), "")).expect("JSON");
        document["token_endpoint"] = "https://evil.contoso.invalid/token".into();
        json(200, document.to_string().as_bytes())
    });
    let mut trusting = daemon(&server);
    trusting.extend(["--trust-host", "evil.contoso.invalid"].map(str::to_owned));
    assert_eq!(document(&place(), &trusting).0.code, Some(5));
    let plain = Server::start(|asked| {
        let mut document: serde_json::Value =
            serde_json::from_str(&metadata(&asked.base(), "")).expect("JSON");
        document["token_endpoint"] = "http://evil.contoso.invalid/token".into();
        json(200, document.to_string().as_bytes())
    });
    let mut trusting = daemon(&plain);
    trusting.extend(["--trust-host", "evil.contoso.invalid"].map(str::to_owned));
    assert_eq!(document(&place(), &trusting).0.code, Some(2));
}

#[test]
fn authorities_that_are_neither_https_nor_here_are_refused() {
    for authority in [
        "http://issuer.contoso.example",
        "ftp://127.0.0.1",
        "http://0.0.0.0:1",
        "http://user:hunter2pass@127.0.0.1:1",
        "https://user:hunter2pass@issuer.contoso.example",
        "http://[::ffff:127.0.0.1]:1",
        "http://localhost.contoso.example",
        "file:///etc/passwd",
        "issuer.contoso.example",
        "",
    ] {
        let words = [
            "acquire",
            "--client-id",
            "a",
            "--flow",
            "device-code",
            "--authority",
            authority,
        ]
        .map(str::to_owned);
        let done = trial::run(&Place::new(), &words);
        assert_eq!(done.code, Some(2), "{authority}: {}", done.stderr);
        assert!(!done.stderr.contains("hunter2"), "{}", done.stderr);
    }
}

#[test]
fn nothing_on_this_machine_goes_through_a_proxy() {
    let trap = TcpListener::bind("127.0.0.1:0").expect("a free port");
    trap.set_nonblocking(true).expect("it can be asked");
    let address = format!("http://{}", trap.local_addr().expect("it is bound"));
    let server = Server::saying(
        200,
        r#"{"access_token":"a-token-of-this-machine","expires_in":60}"#,
    );
    let mut place = place();
    for name in [
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "ALL_PROXY",
        "http_proxy",
        "https_proxy",
        "all_proxy",
    ] {
        place = place.with(name, &address);
    }
    let local = server.base.replace("127.0.0.1", "localhost");
    for base in [&server.base, &local] {
        for more in [vec![], vec!["--proxy".to_owned(), address.clone()]] {
            let words: Vec<String> = daemon(&server)
                .into_iter()
                .map(|word| word.replace(&server.base, base))
                .chain(more)
                .collect();
            assert_eq!(trial::run(&place, &words).code, Some(0));
        }
    }
    assert!(trap.accept().is_err(), "somebody knocked at the proxy");
}

/// How often the token endpoint was asked when it breaks off, or is unwell, after it was asked.
#[track_caller]
fn asked_once(flags: &str, at_device: &'static str) {
    for trouble in ["hang", "503", "429", "half"] {
        let server = Server::issuer(move |asked| match (asked.path.as_str(), trouble) {
            ("/device", _) => json(200, at_device.as_bytes()),
            (_, "hang") => Deed::Hang,
            (_, "503") => reply(503, "Retry-After: 0\r\n", b""),
            (_, "429") => reply(
                429,
                "Retry-After: 0\r\n",
                b"{\"error\":\"temporarily_unavailable\"}",
            ),
            _ => Deed::Say(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"access_tok".to_vec()),
        });
        let place = place()
            .with("RT", "refresh-token-that-rotates")
            .with("PW", "Pa55-word");
        let done = trial::run(&place, &words(&server, flags));
        assert_ne!(done.code, Some(0));
        assert_eq!(server.tokens_asked(), 1, "{flags} {trouble}");
    }
}

#[test]
fn a_refresh_token_that_may_have_arrived_is_not_sent_again() {
    asked_once("--flow refresh-token --refresh-token-env RT --retry 3", "");
    asked_once(
        "--flow refresh-token --refresh-token-env RT --client-secret-env TRIAL_SECRET",
        "",
    );
}

#[test]
fn a_password_that_may_have_arrived_is_not_sent_again() {
    asked_once(
        "--flow password --username ada@contoso.example --password-env PW --yes --retry 3",
        "",
    );
}

#[test]
fn repeats_are_asked_for_and_counted() {
    let server = Server::issuer(|_| reply(503, "Retry-After: 0\r\n", b""));
    trial::run(&place(), &daemon(&server));
    assert_eq!(server.tokens_asked(), 1);
    let mut thrice = daemon(&server);
    thrice.extend(["--retry", "2"].map(str::to_owned));
    assert_eq!(trial::run(&place(), &thrice).code, Some(4));
    assert_eq!(server.tokens_asked(), 4);
    let refusing = Server::saying(400, r#"{"error":"invalid_client"}"#);
    let words: Vec<String> = daemon(&refusing)
        .into_iter()
        .chain(["--retry", "5"].map(str::to_owned))
        .collect();
    trial::run(&place(), &words);
    assert_eq!(refusing.tokens_asked(), 1);
}

#[test]
fn a_wait_beyond_reason_is_not_sat_out_unasked() {
    for wait in [
        "99999999999999999999",
        "31536000000",
        "-5",
        "soon",
        "",
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "Fri, 31 Dec 9999 23:59:59 GMT",
        "1e9",
        "0x10",
    ] {
        let server = Server::issuer(move |_| {
            reply(
                429,
                &format!("Retry-After: {wait}\r\n"),
                b"{\"error\":\"temporarily_unavailable\"}",
            )
        });
        let (done, _) = document(&place(), &daemon(&server));
        assert_eq!(done.code, Some(4), "{wait}: {}", done.stderr);
        // Asked to repeat, it waits where everybody can see it, and a signal ends that.
        if wait.len() > 10 && !wait.contains("1994") {
            let words: Vec<String> = daemon(&server)
                .into_iter()
                .chain(["--retry", "1"].map(str::to_owned))
                .collect();
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let done = place().begin(&words, "until").end_by("INT");
            assert_eq!(done.code, Some(130), "{wait}: {}", done.stderr);
        }
    }
}

#[test]
fn device_replies_beyond_reason_are_survived() {
    for (interval, life) in [
        ("0", "0"),
        ("-1", "-1"),
        ("1e308", "60"),
        ("\"x\"", "\"y\""),
        ("0.2", "3"),
        ("null", "1"),
        ("1", "1"),
    ] {
        let polls = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&polls);
        let server = Server::issuer(move |asked| {
            if asked.path == "/device" {
                let body = format!(
                    r#"{{"device_code":"D-C","user_code":"WXYZ-9999","verification_uri":"https://x/","interval":{interval},"expires_in":{life}}}"#
                );
                return json(200, body.as_bytes());
            }
            let number = counted.fetch_add(1, Ordering::SeqCst);
            json(
                400,
                if number < 1 {
                    b"{\"error\":\"authorization_pending\"}"
                } else {
                    b"{\"error\":\"expired_token\"}"
                },
            )
        });
        let (done, json) = document(&place(), &words(&server, "--flow device-code"));
        assert_eq!(
            json["diagnosis"]["error"], "expired_token",
            "{interval} {life}"
        );
        assert_eq!(done.code, Some(3));
        assert!(
            (1..=2).contains(&polls.load(Ordering::SeqCst)),
            "{interval} {life}"
        );
    }
    for body in [
        "{}",
        "[]",
        "{\"device_code\":\"\",\"user_code\":\"x\"}",
        "{\"device_code\":1,\"user_code\":2}",
        "null",
        "<html>",
    ] {
        let server = Server::issuer(move |_| json(200, body.as_bytes()));
        let (_, json) = document(&place(), &words(&server, "--flow device-code"));
        assert_eq!(json["outcome"], "refused", "{body}");
    }
}

#[test]
fn times_beyond_reason_are_refused_or_survived() {
    let server = Server::saying(400, "{}");
    for flag in [
        "--timeout 0",
        "--timeout 18446744073709551615",
        "--timeout -1",
        "--timeout x",
        "--retry -1",
        "--retry 99999999999",
    ] {
        let words: Vec<String> = words(
            &server,
            "--flow client-credentials --client-secret-env TRIAL_SECRET",
        )
        .into_iter()
        .chain(flag.split(' ').map(str::to_owned))
        .collect();
        assert_eq!(trial::run(&place(), &words).code, Some(2), "{flag}");
    }
    let words: Vec<String> = words(
        &server,
        "--flow client-credentials --client-secret-env TRIAL_SECRET",
    )
    .into_iter()
    .chain(["--timeout", "86400", "--retry", "4294967295"].map(str::to_owned))
    .collect();
    assert_eq!(trial::run(&place(), &words).code, Some(1));
}
