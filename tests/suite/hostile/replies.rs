//! What a server may send, and what the program then does: it ends in time, says so, and stays in one piece.

use std::io::Write as _;
use std::time::Duration;

use super::server::{Deed, Server, json, metadata, reply};
use super::trial::{self, daemon, document, place, words};

/// Escape sequences, direction overrides, zero-width and invisible characters, line ends.
const NASTY: &str = "a\\u001b[31mred\\u001b]0;title\\u0007\\u001b]52;c;ZXZpbA==\\u0007\\u009b31m\\u0000\\u007f\\u0008\\r\\n\
    forged: line \\u202Eevil\\u2066x\\u2069 zero\\u200bwidth\\u200d\\ufeff\\u2060\\u00ad\\u061c\\u2028\\u2029 \\u034f\\u115f\\u3164\\udb40\\udc41 z";

fn nasty() -> String {
    let text: String = serde_json::from_str(&format!("\"{NASTY}\"")).expect("it is JSON");
    text
}

#[test]
fn nothing_in_a_refusal_acts_on_the_terminal() {
    for status in [400, 401, 200, 429, 503] {
        let body = format!(
            r#"{{"error":"invalid_grant{NASTY}","error_description":"AADSTS50076: {NASTY}","error_codes":[50076,"{NASTY}"],
            "suberror":"{NASTY}","correlation_id":"{NASTY}","trace_id":"{NASTY}","timestamp":"{NASTY}","error_uri":"https://x/{NASTY}",
            "claims":"{NASTY}","{NASTY}":"{NASTY}"}}"#
        );
        let server = Server::saying(status, body);
        let place = place();
        let text = trial::run(&place, &daemon(&server));
        assert_ne!(text.code, Some(0));
        let (_, json) = document(&place, &daemon(&server));
        assert_eq!(json["outcome"], "refused");
        for line in [
            "history",
            "history show 1",
            "history --output json",
            "history show 1 --output json",
        ] {
            let words: Vec<String> = line.split(' ').map(str::to_owned).collect();
            trial::run(&place, &words);
        }
    }
}

#[test]
fn raw_control_bytes_and_broken_text_are_shown_and_not_obeyed() {
    let mut raw = br#"{"error":"invalid_grant","error_description":""#.to_vec();
    raw.extend((0..=255_u8).filter(|b| !matches!(b, b'"' | b'\\')));
    raw.extend(nasty().bytes());
    raw.extend(br#""}"#);
    let html = [b"<html><title>".as_slice(), &raw, b"</title>", &raw].concat();
    let bodies = [
        raw.clone(),
        html,
        vec![0; 100],
        vec![0xff; 100],
        b"\xef\xbb\xbf{\"error\":\"invalid_grant\"}".to_vec(),
    ];
    for body in bodies {
        for status in [200, 400, 500] {
            let server = Server::saying(status, body.clone());
            trial::run(&place(), &daemon(&server));
            document(&place(), &daemon(&server));
        }
    }
}

#[test]
fn nothing_in_a_header_acts_on_the_terminal() {
    let nasty = nasty();
    let line: String = nasty
        .chars()
        .filter(|c| !matches!(c, '\r' | '\n' | '\0' | '\u{7f}') && (*c >= ' '))
        .collect();
    let headers = format!(
        "WWW-Authenticate: Bearer realm=\"{line}\", error=\"{line}\", claims=\"{line}\"\r\nRetry-After: {line}\r\n\
         x-ms-request-id: {line}\r\nclient-request-id: {line}\r\nContent-Type: {line}\r\nLocation: {line}\r\nx-own: {line}\r\n"
    );
    for status in [302, 400, 401, 429] {
        let headers = headers.clone();
        let server = Server::issuer(move |_| reply(status, &headers, b"{}"));
        trial::run(&place(), &daemon(&server));
        let (_, json) = document(&place(), &daemon(&server));
        let found = json["exchanges"][1]["response"]["headers"].to_string();
        assert!(found.contains("x-own"), "{found}");
    }
}

#[test]
fn nothing_in_the_metadata_acts_on_the_terminal() {
    for member in [
        "issuer",
        "token_endpoint",
        "authorization_endpoint",
        "device_authorization_endpoint",
    ] {
        let server = Server::start(move |asked| {
            let base = asked.base();
            let mut document: serde_json::Value =
                serde_json::from_str(&metadata(&base, "")).expect("JSON");
            document[member] = format!("{base}/{}", nasty()).into();
            if asked.path.starts_with("/.well-known") {
                json(200, document.to_string().as_bytes())
            } else {
                json(400, b"{\"error\":\"invalid_client\"}")
            }
        });
        for flow in [
            "client-credentials --client-secret-env TRIAL_SECRET",
            "device-code",
        ] {
            trial::run(&place(), &words(&server, &format!("--flow {flow}")));
        }
        document(&place(), &daemon(&server));
    }
}

#[test]
fn nothing_in_a_device_reply_acts_on_the_terminal_or_forges_a_line() {
    let server = Server::issuer(|asked| {
        if asked.path == "/device" {
            let body = format!(
                r#"{{"device_code":"D","user_code":"{NASTY}","verification_uri":"https://x/{NASTY}","message":"{NASTY}","interval":1,"expires_in":60}}"#
            );
            json(200, body.as_bytes())
        } else {
            json(400, b"{\"error\":\"access_denied\"}")
        }
    });
    let done = trial::run(&place(), &words(&server, "--flow device-code"));
    assert!(
        !done.stderr.lines().any(|line| line.starts_with("forged:")),
        "{}",
        done.stderr
    );
    let (_, json) = document(&place(), &words(&server, "--flow device-code"));
    assert_eq!(json["diagnosis"]["error"], "access_denied");
}

#[test]
fn nothing_in_a_granted_reply_acts_on_the_terminal() {
    let body = format!(
        r#"{{"access_token":"tok{NASTY}","token_type":"Bearer{NASTY}","scope":"a {NASTY}","expires_in":3600,"id_token":"{NASTY}"}}"#
    );
    let server = Server::saying(200, body);
    for output in ["text", "json", "token"] {
        let mut words = daemon(&server);
        words.extend(["--output", output].map(str::to_owned));
        trial::run(&place(), &words);
    }
}

#[test]
fn an_endless_body_is_cut_at_the_limit_and_still_shown() {
    let server = Server::issuer(|_| {
        Deed::Write(Box::new(|stream| {
            let _ = stream.write_all(b"HTTP/1.1 400 X\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
            let chunk = format!("10000\r\n{}\r\n", "x".repeat(0x10000));
            let _ = stream
                .write_all(b"2e\r\n{\"error\":\"invalid_grant\",\"error_description\":\"\r\n");
            while stream.write_all(chunk.as_bytes()).is_ok() {}
        }))
    });
    let (done, json) = document(&place(), &daemon(&server));
    assert_eq!(done.code, Some(1), "{}", done.stderr);
    let response = &json["exchanges"][1]["response"];
    assert_eq!(response["cut"], true);
    assert_eq!(response["body"].as_str().expect("text").len(), 4 << 20);
    assert_eq!(json["exchanges"][1]["status"], 400);
    trial::run(&place(), &daemon(&server));
}

#[test]
fn a_body_of_ten_mebibytes_with_its_length_is_cut_at_the_limit() {
    let body = format!(
        r#"{{"error":"invalid_grant","x":"{}"}}"#,
        "y".repeat(10 << 20)
    );
    let server = Server::saying(400, body);
    let (done, json) = document(&place(), &daemon(&server));
    assert_eq!(done.code, Some(1), "{}", done.stderr);
    assert_eq!(json["exchanges"][1]["response"]["cut"], true);
}

#[test]
fn endless_headers_end_in_a_fault() {
    let server = Server::issuer(|_| {
        Deed::Write(Box::new(|stream| {
            let _ = stream.write_all(b"HTTP/1.1 400 X\r\n");
            let line = format!("x-more: {}\r\n", "z".repeat(1000));
            while stream.write_all(line.as_bytes()).is_ok() {}
        }))
    });
    let (done, json) = document(&place(), &daemon(&server));
    assert_eq!(done.code, Some(5), "{}", done.stderr);
    assert_eq!(json["exchanges"][1]["fault"]["kind"], "protocol");
    let long = Server::issuer(|_| {
        Deed::Write(Box::new(|stream| {
            let _ = stream.write_all(b"HTTP/1.1 400 X\r\nx-long: ");
            while stream.write_all(&[b'z'; 4096]).is_ok() {}
        }))
    });
    assert_eq!(document(&place(), &daemon(&long)).0.code, Some(5));
}

/// Writes a byte whenever the peer had time to lose patience over the last one.
fn drip(stream: &mut std::net::TcpStream, bytes: &[u8]) {
    for byte in bytes.iter().cycle() {
        if stream.write_all(&[*byte]).is_err() {
            return;
        }
        std::thread::park_timeout(Duration::from_millis(100));
    }
}

#[test]
fn slow_bytes_run_into_the_time_out_and_what_came_is_kept() {
    let head = Server::issuer(|_| Deed::Write(Box::new(|stream| drip(stream, b"HTTP/1.1 200 O"))));
    let (done, json) = document(
        &place(),
        &words(
            &head,
            "--flow client-credentials --client-secret-env TRIAL_SECRET --timeout 1",
        ),
    );
    assert_eq!(done.code, Some(5));
    assert!(
        json["exchanges"][1]["fault"]["kind"]
            .as_str()
            .expect("a fault")
            .contains("timeout")
    );
    let body = Server::issuer(|_| {
        Deed::Write(Box::new(|stream| {
            let _ = stream.write_all(
                b"HTTP/1.1 400 X\r\nContent-Length: 100000\r\n\r\n{\"error\":\"invalid_grant\",",
            );
            drip(stream, b" ");
        }))
    });
    let (done, json) = document(
        &place(),
        &words(
            &body,
            "--flow client-credentials --client-secret-env TRIAL_SECRET --timeout 1",
        ),
    );
    let exchange = &json["exchanges"][1];
    assert_eq!(
        (exchange["status"].as_u64(), &exchange["response"]["cut"]),
        (Some(400), &true.into()),
        "{}",
        done.stderr
    );
    assert!(
        exchange["response"]["body"]
            .as_str()
            .expect("text")
            .starts_with("{\"error\"")
    );
}

#[test]
fn a_reply_that_breaks_off_or_lies_about_its_length_is_shown_as_far_as_it_came() {
    for head in [
        "HTTP/1.1 400 X\r\nContent-Length: 5000\r\n\r\n",
        "HTTP/1.1 400 X\r\nTransfer-Encoding: chunked\r\n\r\nfff\r\n",
    ] {
        let bytes = format!("{head}{{\"error\":\"invalid_grant\",\"error_descr").into_bytes();
        let server = Server::issuer(move |_| Deed::Say(bytes.clone()));
        let (done, json) = document(&place(), &daemon(&server));
        let exchange = &json["exchanges"][1];
        assert_eq!(exchange["status"], 400, "{}", done.stderr);
        assert_eq!(exchange["response"]["cut"], true);
        assert_eq!(exchange["fault"]["kind"], "cutoff");
    }
    let short = Server::issuer(|_| {
        Deed::Say(b"HTTP/1.1 400 X\r\nContent-Length: 9\r\nConnection: close\r\n\r\n{\"error\":\"invalid_grant\"}".to_vec())
    });
    assert_eq!(
        document(&place(), &daemon(&short)).1["exchanges"][1]["response"]["body"],
        "{\"error\":"
    );
    for head in [
        "HTTP/1.1 400 X\r\nContent-Length: -5\r\n\r\n{}",
        "HTTP/1.1 999999 X\r\n\r\n",
        "\0\0\0\0",
        "HTTP/9.9 200 OK\r\n\r\n",
        "HTTP/1.1 400 X\r\nContent-Length: 2\r\nContent-Length: 5\r\n\r\n{}",
        "SSH-2.0-x\r\n",
    ] {
        let server = Server::issuer(move |_| Deed::Say(head.as_bytes().to_vec()));
        assert_eq!(
            document(&place(), &daemon(&server)).0.code,
            Some(5),
            "{head:?}"
        );
    }
}

#[test]
fn a_compressed_reply_nobody_asked_for_is_kept_as_it_came() {
    let server = Server::issuer(|asked| {
        assert!(
            !asked.head.to_ascii_lowercase().contains("accept-encoding"),
            "{}",
            asked.head
        );
        reply(
            400,
            "Content-Encoding: gzip\r\nContent-Type: application/json\r\n",
            b"\x1f\x8b\x08\0\0\0\0\0\0\x03\xab\x56\x4a\x2d\x2a\xca\x2f\x52\xb2\x52",
        )
    });
    let (done, json) = document(&place(), &daemon(&server));
    assert_eq!(done.code, Some(1), "{}", done.stderr);
    assert_eq!(json["outcome"], "refused");
}

#[test]
fn odd_documents_are_refusals_and_never_tokens() {
    let deep = |open: &str, close: &str| {
        format!("{}{}", open.repeat(100_000), close.repeat(100_000)).into_bytes()
    };
    let many: Vec<String> = (0..20_000)
        .map(|n| format!("AADSTS{}", 50_000 + n))
        .collect();
    let bodies: Vec<Vec<u8>> = vec![
        b"[]".to_vec(),
        b"null".to_vec(),
        b"true".to_vec(),
        b"0".to_vec(),
        b"\"text\"".to_vec(),
        b"".to_vec(),
        b"{}".to_vec(),
        b"[[[{\"access_token\":\"x\"}]]]".to_vec(),
        deep("[", "]"),
        deep("[", ""),
        deep("{\"a\":", "}"),
        format!("{{\"error\":\"invalid_grant\",\"claims\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000)).into_bytes(),
        br#"{"error":"invalid_grant","error_codes":"50076"}"#.to_vec(),
        br#"{"error":50076,"error_codes":{"a":[50076]},"error_description":["x"]}"#.to_vec(),
        br#"{"error":"a","error":"b","error_codes":[1],"error_codes":[2],"access_token":""}"#.to_vec(),
        br#"{"error":"invalid_grant","error_codes":[99999999999999999999999999,-1,1e308,0.5,null]}"#.to_vec(),
        br#"{"access_token":null,"error":null}"#.to_vec(),
        br#"{"access_token":{"a":1}}"#.to_vec(),
        br#"{"error":"\ud800","error_description":"\udfff"}"#.to_vec(),
        format!(r#"{{"error":"invalid_grant","error_description":"{}"}}"#, many.join(": x ")).into_bytes(),
        format!(r#"{{"error":"invalid_grant","error_codes":[{}]}}"#, vec!["50076"; 100_000].join(",")).into_bytes(),
        format!("{{\"error\":\"{}\"}}", "e".repeat(200_000)).into_bytes(),
    ];
    for body in bodies {
        let shown = String::from_utf8_lossy(&body[..body.len().min(80)]).into_owned();
        for status in [200, 400] {
            let server = Server::saying(status, body.clone());
            let place = place();
            let (done, json) = document(&place, &daemon(&server));
            assert_eq!(json["outcome"], "refused", "{shown}");
            assert!(
                matches!(done.code, Some(1 | 3 | 4)),
                "{shown}: {:?}",
                done.code
            );
            if status == 400 {
                trial::run(&place, &daemon(&server));
            }
        }
    }
}

#[test]
fn an_error_beside_a_good_status_is_an_error() {
    let server = Server::saying(200, r#"{"error":"invalid_client","error_codes":[7000215]}"#);
    let (done, json) = document(&place(), &daemon(&server));
    assert_eq!(
        (done.code, &json["diagnosis"]["error"]),
        (Some(1), &"invalid_client".into())
    );
}

#[test]
fn lifetimes_beyond_reason_are_survived() {
    for life in [
        "-1",
        "0",
        "1e308",
        "1e400",
        "-1e308",
        "18446744073709551615",
        "99999999999999999999999",
        "\"soon\"",
        "\"-5\"",
        "null",
        "[]",
        "9223372036854775807",
        "1e15",
    ] {
        for name in ["expires_in", "ext_expires_in", "refresh_in", "expires_on"] {
            let body = format!(
                r#"{{"access_token":"tok-abcdefghijklmnop","token_type":"Bearer","{name}":{life}}}"#
            );
            let server = Server::saying(200, body);
            let (done, json) = document(&place(), &daemon(&server));
            if life != "1e400" {
                assert_eq!(
                    (done.code, &json["outcome"]),
                    (Some(0), &"granted".into()),
                    "{name} {life}: {}",
                    done.stderr
                );
            }
        }
    }
}
