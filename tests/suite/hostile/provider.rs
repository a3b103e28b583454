//! The lab under attack: it keeps answering, to this machine alone, and writes nothing of a stranger into its pages.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::time::Duration;

use super::super::cli::lab::Lab;
use super::super::cli::place::Place;
use super::trial;

/// The lab's plain-text port, from the addresses it listens on.
fn port(lab: &Lab) -> u16 {
    let address = lab.text("http");
    url::Url::parse(address)
        .expect("an address")
        .port()
        .expect("a port")
}

fn connect(lab: &Lab) -> TcpStream {
    let stream = TcpStream::connect(("127.0.0.1", port(lab))).expect("it listens");
    stream
        .set_read_timeout(Some(Duration::from_secs(90)))
        .expect("a time-out");
    stream
}

/// Sends bytes, and no more after them.
fn throw(lab: &Lab, bytes: &[u8]) {
    let mut stream = connect(lab);
    let _ = stream.write_all(bytes);
    let _ = stream.shutdown(std::net::Shutdown::Write);
    let _ = stream.read_to_end(&mut Vec::new());
}

/// Sends a request that closes, and reads the answer.
fn knock(lab: &Lab, bytes: &[u8]) -> String {
    let mut stream = connect(lab);
    let _ = stream.write_all(bytes);
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

#[track_caller]
fn answers(lab: &Lab) {
    let place = Place::new().with("LAB_SECRET", lab.secret());
    let done = trial::run(&place, &lab.daemon());
    assert_eq!(done.code, Some(0), "{}", done.stderr);
}

#[test]
fn the_lab_listens_on_this_machine_and_nowhere_else() {
    for address in [
        "0.0.0.0:0",
        "[::]:0",
        "192.0.2.1:0",
        "[::ffff:127.0.0.1]:0",
        "localhost:0",
        "10.0.0.1:8443",
        "127.0.0.1",
        "",
    ] {
        let words = ["lab", "--listen", address].map(str::to_owned);
        let done = trial::run(&Place::new(), &words);
        assert_eq!(done.code, Some(2), "{address}: {}", done.stderr);
    }
    let taken = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let words = [
        "lab".to_owned(),
        "--listen".to_owned(),
        taken.local_addr().expect("it is bound").to_string(),
    ];
    assert_eq!(trial::run(&Place::new(), &words).code, Some(2));
}

#[test]
fn no_bytes_kill_the_lab() {
    let lab = Lab::start();
    let long = "a".repeat(300_000);
    let tenant = lab.text("tenant").to_owned();
    for path in [
        "/",
        "/token",
        "/authorize",
        "/devicecode",
        "/lab/change",
        "/lab/world",
        "/api",
    ] {
        for start in [String::new(), format!("/{tenant}/oauth2/v2.0")] {
            for body in [
                "",
                "%",
                "=&=&=",
                "grant_type=%ff%fe%00&code=%00",
                "{",
                "[[[[",
                "client_id=\u{0}&scope=\u{1b}[31m",
                &long,
            ] {
                for kind in [
                    "application/x-www-form-urlencoded",
                    "application/json",
                    "multipart/form-data",
                    "\u{7f}",
                ] {
                    let request = format!(
                        "POST {start}{path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n{body}",
                        body.len()
                    );
                    let answer = knock(&lab, request.as_bytes());
                    assert!(
                        answer.starts_with("HTTP/1.1 "),
                        "{path} {body:.40}: {answer}"
                    );
                }
            }
        }
    }
    for bytes in [
        b"".to_vec(),
        vec![0; 100_000],
        (0..=255_u8).cycle().take(100_000).collect(),
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03".to_vec(),
        format!("GET /{long} HTTP/1.1\r\n\r\n").into_bytes(),
        format!("GET /%00%ff%2e%2e/..%2f..%2fetc/passwd?{long} HTTP/1.1\r\nHost: x\r\n\r\n")
            .into_bytes(),
        format!("GET / HTTP/1.1\r\n{}\r\n", "x: y\r\n".repeat(5000)).into_bytes(),
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 18446744073709551615\r\n\r\n".to_vec(),
        b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n"
            .to_vec(),
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec(),
    ] {
        throw(&lab, &bytes);
    }
    answers(&lab);
}

#[test]
fn clients_that_dawdle_do_not_keep_others_out() {
    let lab = Lab::start();
    let mut idle: Vec<TcpStream> = (0..100).map(|_| connect(&lab)).collect();
    for (number, stream) in idle.iter_mut().enumerate() {
        let part: &[u8] = if number % 2 == 0 {
            b"GET / HT"
        } else {
            b"POST /t/oauth2/v2.0/token HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\ngrant"
        };
        stream.write_all(part).expect("it takes bytes");
    }
    answers(&lab);
    drop(idle);
}

/// A page has its policy and its banner, and no vendor's marks.
#[track_caller]
fn is_plain(path: &str, answer: &str) {
    let lower = answer.to_ascii_lowercase();
    let (head, page) = lower.split_once("\r\n\r\n").expect("an answer");
    if head.contains("content-type: text/html") {
        assert!(head.contains("content-security-policy:"), "{path}: {head}");
        assert!(page.contains("simulated"), "{path}: {page}");
        let page = page.replace("https://graph.microsoft.com", "");
        for mark in ["microsoft", "entra", "azure"] {
            assert!(!page.contains(mark), "{path} says {mark}: {page}");
        }
    }
}

#[test]
fn nothing_of_a_stranger_is_written_into_a_page() {
    let lab = Lab::start();
    let tenant = lab.text("tenant").to_owned();
    let (id, script) = (
        lab.id("desktop"),
        "%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E%27",
    );
    for query in [
        format!(
            "client_id={script}&response_type=code&redirect_uri=http://localhost&scope=User.Read"
        ),
        format!(
            "client_id={id}&response_type={script}&redirect_uri=http://localhost&scope=User.Read&state={script}"
        ),
        format!(
            "client_id={id}&response_type=code&redirect_uri=http://localhost/{script}&scope={script}"
        ),
        format!(
            "client_id={id}&response_type=code&redirect_uri=javascript:alert(1)&scope=User.Read"
        ),
        format!(
            "client_id={id}&response_type=code&redirect_uri=http://localhost&scope=User.Read&login_hint={script}&state={script}&nonce={script}&claims={script}&prompt={script}"
        ),
        format!(
            "client_id={id}&response_type=code&response_mode=form_post&redirect_uri=http://localhost&scope={script}&state={script}&code_challenge={script}"
        ),
    ] {
        for path in [
            format!("/{tenant}/oauth2/v2.0/authorize"),
            format!("/{script}/oauth2/v2.0/authorize"),
            format!("/{script}"),
            "/devicelogin".to_owned(),
            "/".to_owned(),
        ] {
            let answer = knock(
                &lab,
                format!(
                    "GET {path}?{query}&user_code={script} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
                )
                .as_bytes(),
            );
            assert!(
                !answer.contains("<script>alert") && !answer.contains("\"><script"),
                "{path}?{query}: {answer}"
            );
            assert!(answer.starts_with("HTTP/1.1"), "{path}: {answer}");
            is_plain(&path, &answer);
        }
    }
    answers(&lab);
}

#[test]
fn the_labs_authority_vouches_for_this_machine_alone_and_not_for_long() {
    let lab = Lab::start();
    let show = |part: &[&str]| {
        let output = Command::new("openssl")
            .args(["x509", "-noout", "-in", lab.text("ca")])
            .args(part)
            .output();
        output
            .ok()
            .filter(|output| output.status.success())
            .map(|output| String::from_utf8_lossy(&output.stdout).into_owned())
    };
    // Where there is no openssl, the lab's own tests have to do.
    let Some(text) = show(&["-text"]) else { return };
    assert!(
        text.contains("CA:TRUE") && text.contains("Name Constraints: critical"),
        "{text}"
    );
    let permitted = text.split_once("Permitted:").expect("permitted names").1;
    for name in ["DNS:localhost", "IP:127.0.0.1/255.255.255.255"] {
        assert!(permitted.contains(name), "{text}");
    }
    assert!(show(&["-checkend", "0"]).is_some());
    let days_90 = (90 * 24 * 3600).to_string();
    assert!(
        show(&["-checkend", &days_90]).is_none(),
        "it lives longer than 90 days: {text}"
    );
    for (path, _) in lab.place().everything() {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(&path)
            .expect("it is there")
            .permissions()
            .mode();
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            !text.contains("PRIVATE KEY") || mode.trailing_zeros() >= 6,
            "{}: {mode:o}",
            path.display()
        );
    }
}

#[test]
fn a_strangers_page_cannot_change_the_lab() {
    let lab = Lab::start();
    for headers in [
        "Host: evil.contoso.example",
        "Host: 127.0.0.1\r\nOrigin: https://evil.contoso.example",
    ] {
        let body = "change=policy+require-mfa+on";
        let token = lab.control_token();
        let answer = knock(
            &lab,
            format!("POST /lab/change HTTP/1.1\r\nConnection: close\r\nAuthorization: Bearer {token}\r\n{headers}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}", body.len()).as_bytes(),
        );
        assert!(answer.starts_with("HTTP/1.1 4"), "{headers}: {answer}");
    }
}

#[test]
fn world_files_that_were_made_to_hurt_are_named_and_not_loaded() {
    for text in [
        "",
        "\u{1b}[31m = 1",
        "[[",
        "a = 1",
        "[[user]]\nname = \"\u{202e}x\"",
        &format!("x = {}", "[".repeat(100_000)),
    ] {
        let place = Place::new();
        let file = place.file("world.toml", text);
        let words = [
            "lab".to_owned(),
            "--listen".to_owned(),
            "127.0.0.1:0".to_owned(),
            "--world".to_owned(),
            file.display().to_string(),
        ];
        if text.is_empty() {
            continue;
        }
        assert_eq!(
            trial::run(&place, &words).code,
            Some(2),
            "{}",
            &text[..text.len().min(40)]
        );
    }
}
