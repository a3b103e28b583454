//! The door the browser comes back to: who else may knock, and what they get.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::Child;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use super::super::cli::place::{Done, Place};
use super::server::{Server, json};
use super::trial;

/// An interactive run that waits for its browser.
struct Waiting {
    child: Child,
    place: Place,
    /// Where the browser is to come back to.
    redirect: url::Url,
    state: String,
    said: mpsc::Receiver<String>,
}

impl Waiting {
    fn start(server: &Server, more: &str) -> Self {
        let place = Place::new();
        let words = trial::words(
            server,
            &format!("--flow interactive --no-browser --output json {more}"),
        );
        let mut child = trial::start(&place, &words);
        let mut errors = BufReader::new(child.stderr.take().expect("piped"));
        let page = loop {
            let mut line = String::new();
            assert!(
                errors.read_line(&mut line).expect("UTF-8") > 0,
                "no page was named"
            );
            if line.contains("/authorize?") {
                break url::Url::parse(line.trim()).expect("an address");
            }
        };
        let (tell, said) = mpsc::channel();
        thread::spawn(move || {
            let mut rest = String::new();
            let _ = errors.read_to_string(&mut rest);
            let _ = tell.send(rest);
        });
        let value = |name: &str| {
            page.query_pairs()
                .find(|(n, _)| n == name)
                .map(|(_, v)| v.into_owned())
                .expect(name)
        };
        Self {
            redirect: url::Url::parse(&value("redirect_uri")).expect("an address"),
            state: value("state"),
            child,
            place,
            said,
        }
    }

    fn port(&self) -> u16 {
        self.redirect.port().expect("a port")
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port())).expect("it listens");
        stream
            .set_read_timeout(Some(Duration::from_secs(90)))
            .expect("a time-out");
        stream
    }

    /// Sends bytes and reads the answer to its end.
    fn knock(&self, request: &str) -> String {
        let mut stream = self.connect();
        let _ = stream.write_all(request.as_bytes());
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn get(&self, query: &str) -> String {
        let path = self.redirect.path();
        self.knock(&format!(
            "GET {path}?{query} HTTP/1.1\r\nHost: localhost:{}\r\n\r\n",
            self.port()
        ))
    }

    #[track_caller]
    fn ends(mut self) -> (Done, Place) {
        let stdout = self.child.stdout.take().expect("piped");
        let mut stdout = BufReader::new(stdout);
        let mut text = String::new();
        stdout.read_to_string(&mut text).expect("UTF-8");
        let code = self.child.wait().expect("it ends").code();
        let stderr = self
            .said
            .recv_timeout(Duration::from_secs(90))
            .expect("it ends");
        let done = Done {
            code,
            stdout: text,
            stderr,
        };
        trial::sane(&done);
        (done, self.place)
    }
}

fn granting() -> Server {
    Server::saying(
        200,
        r#"{"access_token":"opaque-token-of-this-run-1","expires_in":60}"#,
    )
}

/// Requests of strangers.
fn knocks(port: u16, state: &str) -> Vec<String> {
    let right = format!("/?code=stolen&state={state}");
    vec![
        format!("GET {right} HTTP/1.1\r\nHost: evil.contoso.example\r\n\r\n"),
        format!("GET {right} HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        format!(
            "GET {right} HTTP/1.1\r\nHost: localhost:{}\r\n\r\n",
            port ^ 1
        ),
        format!("GET {right} HTTP/1.1\r\nHost: localhost:{port}.evil.contoso.example\r\n\r\n"),
        format!("GET {right} HTTP/1.0\r\n\r\n"),
        format!(
            "GET http://evil.contoso.example{right} HTTP/1.1\r\nHost: evil.contoso.example\r\n\r\n"
        ),
        format!("GET /favicon.ico HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n"),
        format!(
            "GET /elsewhere{} HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n",
            &right[1..]
        ),
        format!("GET / HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n"),
        format!("PUT {right} HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n"),
        format!("OPTIONS {right} HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n"),
        format!("CONNECT evil.contoso.example:443 HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n"),
        "\0\0\0\0\r\n\r\n".to_owned(),
        "\x16\x03\x01\x02\x00\x01\x00\x01\r\n\r\n".to_owned(),
    ]
}

#[test]
fn strangers_get_nothing_and_the_run_goes_on() {
    let server = granting();
    let waiting = Waiting::start(&server, "");
    let port = waiting.port();
    for request in knocks(port, &waiting.state) {
        let answer = waiting.knock(&request);
        assert!(!answer.starts_with("HTTP/1.1 2"), "{request}: {answer}");
        assert!(!answer.contains("stolen"), "{answer}");
    }
    for query in [
        "code=stolen&state=wrong",
        "code=stolen",
        "error=access_denied&state=wrong",
        "error=access_denied",
        "code=stolen&state=",
    ] {
        let answer = waiting.get(query);
        assert!(answer.starts_with("HTTP/1.1 4"), "{query}: {answer}");
        assert!(
            !answer.contains("stolen") && !answer.contains("access_denied"),
            "{answer}"
        );
    }
    assert_eq!(server.tokens_asked(), 0);
    let answer = waiting.get(&format!(
        "code=the-code-of-this-run&state={}",
        waiting.state
    ));
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert!(!answer.contains("the-code-of-this-run"), "{answer}");
    let (done, left) = waiting.ends();
    assert_eq!(done.code, Some(0), "{}", done.stderr);
    assert_eq!(server.tokens_asked(), 1);
    assert!(!done.stdout.contains("the-code-of-this-run"));
    left.holds_no("the-code-of-this-run", &[]);
    let verifier = server
        .asked()
        .iter()
        .find_map(|asked| asked.field("code_verifier"))
        .expect("PKCE");
    assert!(!done.stdout.contains(&verifier) && !done.stderr.contains(&verifier));
    left.holds_no(&verifier, &[]);
    assert!(
        TcpStream::connect(("127.0.0.1", port)).is_err(),
        "the door is still open"
    );
}

#[test]
fn connections_that_say_nothing_or_dribble_or_flood_keep_nobody_out() {
    let server = granting();
    let waiting = Waiting::start(&server, "");
    // Browsers connect ahead of time; others never finish a line.
    let mut idle: Vec<TcpStream> = (0..50).map(|_| waiting.connect()).collect();
    for stream in &mut idle[..25] {
        stream.write_all(b"GET /?code=").expect("it takes bytes");
    }
    let mut flood = waiting.connect();
    let _ = flood.write_all(b"GET /?");
    for _ in 0..512 {
        if flood.write_all(&[b'a'; 8192]).is_err() {
            break;
        }
    }
    let mut heads = waiting.connect();
    let _ = heads.write_all(b"GET / HTTP/1.1\r\n");
    for _ in 0..2000 {
        if heads
            .write_all(b"x-more: zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz\r\n")
            .is_err()
        {
            break;
        }
    }
    let big = format!(
        "POST / HTTP/1.1\r\nHost: localhost:{}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 9999999\r\n\r\n",
        waiting.port()
    );
    let mut post = waiting.connect();
    let _ = post.write_all(big.as_bytes());
    for _ in 0..320 {
        if post.write_all(&[b'a'; 8192]).is_err() {
            break;
        }
    }
    let answer = waiting.get(&format!("code=c0de&state={}", waiting.state));
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert_eq!(waiting.ends().0.code, Some(0));
    drop((idle, flood, heads, post));
}

#[test]
fn an_error_in_the_redirect_is_told_here_and_not_on_the_page() {
    let server = granting();
    let waiting = Waiting::start(&server, "");
    let script = "%3Cscript%3Ealert(1)%3C%2Fscript%3E%1b%5B31m%E2%80%AE";
    let answer = waiting.get(&format!("error=access_denied{script}&error_description={script}AADSTS65004&error_uri={script}&state={}", waiting.state));
    let (head, page) = answer.split_once("\r\n\r\n").expect("a page");
    assert!(
        !page.contains("script") && !page.contains("access_denied") && !page.contains("AADSTS"),
        "{page}"
    );
    let head = head.to_ascii_lowercase();
    for header in [
        "content-security-policy: default-src 'none'",
        "cache-control: no-store",
        "referrer-policy: no-referrer",
        "x-content-type-options: nosniff",
    ] {
        assert!(head.contains(header), "{head}");
    }
    let (done, _) = waiting.ends();
    assert_eq!(done.json()["outcome"], "refused");
    assert_eq!(server.tokens_asked(), 0);
}

#[test]
fn a_form_that_is_posted_is_taken_and_only_once() {
    let server = granting();
    let waiting = Waiting::start(&server, "");
    let body = format!("code=posted-code&state={}", waiting.state);
    let post = |kind: &str| {
        format!(
            "POST / HTTP/1.1\r\nHost: localhost:{}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n{body}",
            waiting.port(),
            body.len()
        )
    };
    assert!(
        waiting
            .knock(&post("text/plain"))
            .starts_with("HTTP/1.1 404")
    );
    assert!(
        waiting
            .knock(&post("application/x-www-form-urlencoded"))
            .starts_with("HTTP/1.1 200")
    );
    if let Ok(mut second) = TcpStream::connect(("127.0.0.1", waiting.port())) {
        let _ = second.set_read_timeout(Some(Duration::from_secs(90)));
        let _ = second.write_all(post("application/x-www-form-urlencoded").as_bytes());
        let mut answer = String::new();
        let _ = second.read_to_string(&mut answer);
        assert!(!answer.starts_with("HTTP/1.1 2"), "{answer}");
    }
    assert_eq!(waiting.ends().0.code, Some(0));
    assert_eq!(server.tokens_asked(), 1);
}

#[test]
fn a_code_is_redeemed_once_whatever_comes_of_it() {
    for trouble in ["hang", "503", "half"] {
        let server = Server::issuer(move |_| match trouble {
            "hang" => super::server::Deed::Hang,
            "503" => super::server::reply(503, "Retry-After: 0\r\n", b""),
            _ => {
                super::server::Deed::Say(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{".to_vec())
            }
        });
        let waiting = Waiting::start(&server, "--retry 3");
        waiting.get(&format!("code=c0de&state={}", waiting.state));
        let (done, _) = waiting.ends();
        assert_ne!(done.code, Some(0));
        assert_eq!(server.tokens_asked(), 1, "{trouble}");
    }
}

#[test]
fn a_redirect_without_the_issuer_it_was_promised_is_not_believed() {
    for iss in ["", "&iss=https%3A%2F%2Fevil.contoso.example"] {
        let server = Server::issuer_with(
            r#","authorization_response_iss_parameter_supported":true"#,
            |_| json(200, b"{\"access_token\":\"never-never-never\"}"),
        );
        let waiting = Waiting::start(&server, "");
        waiting.get(&format!("code=c0de&state={}{iss}", waiting.state));
        let (done, _) = waiting.ends();
        assert_eq!(
            (done.json()["outcome"].as_str(), server.tokens_asked()),
            (Some("refused"), 0),
            "{iss}"
        );
    }
}

#[test]
fn an_id_token_with_another_nonce_is_not_believed() {
    let token = "eyJhbGciOiJub25lIn0.eyJub25jZSI6Im90aGVyIiwic3ViIjoieCJ9.";
    let server = Server::saying(
        200,
        format!(r#"{{"access_token":"opaque-token-here-now","id_token":"{token}"}}"#),
    );
    let waiting = Waiting::start(&server, "");
    waiting.get(&format!("code=c0de&state={}", waiting.state));
    assert_eq!(waiting.ends().0.json()["outcome"], "refused");
}

#[test]
fn only_this_machine_can_knock() {
    let server = granting();
    let waiting = Waiting::start(&server, "");
    let port = format!(":{:04X}", waiting.port());
    for table in ["/proc/net/tcp", "/proc/net/tcp6"] {
        let text = std::fs::read_to_string(table).unwrap_or_default();
        let mut listening = text
            .lines()
            .filter(|line| line.contains(" 0A "))
            .filter_map(|line| line.split_whitespace().nth(1));
        let open = listening.find(|local| {
            local.ends_with(&port)
                && !local.starts_with("0100007F")
                && !local.starts_with("00000000000000000000000001000000")
        });
        assert_eq!(open, None, "{table}");
    }
    waiting.get(&format!("code=c0de&state={}", waiting.state));
    assert_eq!(waiting.ends().0.code, Some(0));
    for redirect in ["http://0.0.0.0/", "http://evil.contoso.example/"] {
        let words = trial::words(
            &server,
            &format!("--flow interactive --no-browser --redirect-uri {redirect}"),
        );
        let mut words: Vec<&str> = words.iter().map(String::as_str).collect();
        words.extend(["--timeout", "1"]);
        let place = Place::new();
        let child = trial::start(
            &place,
            &words.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>(),
        );
        let listening = std::fs::read_to_string("/proc/net/tcp").unwrap_or_default();
        assert!(
            !listening
                .lines()
                .any(|line| line.contains(" 0A ") && line.contains(" 00000000:0050 "))
        );
        super::super::cli::place::send("INT", &child);
        trial::finish(child);
    }
}
