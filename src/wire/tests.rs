//! The real transport against tiny servers on loopback.

mod own;
mod tls;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use super::*;
use crate::model::{
    Cut, FaultCause, FaultKind, Field, Header, Moment, Purpose, Secret, SecretKind,
};
use crate::ports::Clock;

struct Still;

impl Clock for Still {
    fn now(&self) -> Moment {
        Moment::from_seconds(1_795_356_131)
    }
}

fn transport(options: &SendOptions) -> HttpTransport {
    HttpTransport::new(options, Arc::new(Still)).unwrap()
}

/// Reads a whole request: head and as many body bytes as it announces.
async fn read_request<S: AsyncReadExt + Unpin>(stream: &mut S) -> String {
    let mut got = Vec::new();
    let mut byte = [0; 1];
    while !got.ends_with(b"\r\n\r\n") {
        if stream.read(&mut byte).await.unwrap_or(0) == 0 {
            return String::from_utf8(got).unwrap();
        }
        got.push(byte[0]);
    }
    let head = String::from_utf8(got.clone()).unwrap();
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "))
        .map_or(0, |n| n.parse::<usize>().unwrap());
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await.unwrap();
    got.extend(body);
    String::from_utf8(got).unwrap()
}

/// Answers every request on one connection after another with the same bytes, then hangs up if told so.
async fn serve(answer: &'static str, hang_up: bool) -> (String, oneshot::Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (seen, first) = oneshot::channel();
    tokio::spawn(async move {
        let mut seen = Some(seen);
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            loop {
                let request = read_request(&mut stream).await;
                if request.is_empty() {
                    break;
                }
                if let Some(seen) = seen.take() {
                    let _ = seen.send(request);
                }
                stream.write_all(answer.as_bytes()).await.unwrap();
                if hang_up {
                    break;
                }
            }
        }
    });
    (url, first)
}

async fn get(url: &str) -> Exchange {
    let options = SendOptions::default();
    let request = Request::get(url, Purpose::Discovery);
    transport(&options).send(request, &options).await
}

#[tokio::test]
async fn the_request_is_as_written_and_the_body_comes_back_byte_for_byte() {
    let body = "{ \"error\" :\t\"invalid_grant\" }\r\n";
    let answer = "HTTP/1.1 400 Bad Request\r\nX-Ms-Request-Id: 1\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nContent-Length: 32\r\n\r\n{ \"error\" :\t\"invalid_grant\" }\r\n\n";
    let (url, seen) = serve(answer, false).await;
    let options = SendOptions::default();
    let secret = Secret::new(SecretKind::ClientSecret, "p&q");
    let form = vec![
        Field::new("grant_type", "client_credentials"),
        Field::new("client_secret", secret),
    ];
    let mut request = Request::post(format!("{url}/token?x=1"), form, Purpose::Token);
    request.headers.push(Header::new("client-request-id", "g"));
    let exchange = transport(&options).send(request, &options).await;
    let seen = seen.await.unwrap();
    assert!(seen.starts_with("POST /token?x=1 HTTP/1.1\r\n"), "{seen}");
    for line in [
        "accept: application/json",
        "client-request-id: g",
        concat!("user-agent: tokenscope/", env!("CARGO_PKG_VERSION")),
        "content-type: application/x-www-form-urlencoded",
    ] {
        assert!(seen.contains(&format!("{line}\r\n")), "{line} in {seen}");
    }
    assert!(!seen.to_ascii_lowercase().contains("accept-encoding"));
    assert!(seen.ends_with("\r\n\r\ngrant_type=client_credentials&client_secret=p%26q"));
    let reply = exchange.reply.unwrap();
    assert_eq!(reply.status, 400);
    assert_eq!(reply.body, [body.as_bytes(), b"\n"].concat());
    assert_eq!(
        reply.header_all("set-cookie").collect::<Vec<_>>(),
        ["a=1", "b=2"]
    );
    assert_eq!((exchange.fault, reply.cut), (None, None));
    assert_eq!(exchange.started, Still.now());
    let phases = exchange.phases;
    assert!(phases.dns.is_none() && phases.tls.is_none());
    assert!(phases.tcp.is_some() && phases.wait.is_some() && phases.body.is_some());
}

#[tokio::test]
async fn a_reused_connection_has_no_connection_phases() {
    let (url, _seen) = serve("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", false).await;
    let options = SendOptions::default();
    let transport = transport(&options);
    let request = Request::get(&url, Purpose::Discovery);
    let first = transport.send(request.clone(), &options).await;
    assert!(first.phases.tcp.is_some());
    let second = transport.send(request, &options).await;
    assert_eq!(second.status(), Some(200));
    assert_eq!(second.phases.tcp, None);
    assert!(second.phases.wait.is_some());
}

#[tokio::test]
async fn a_name_takes_a_lookup() {
    let (url, _seen) = serve("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", false).await;
    let exchange = get(&url.replace("127.0.0.1", "localhost")).await;
    assert_eq!(exchange.status(), Some(200));
    assert!(exchange.phases.dns.is_some());
}

#[tokio::test]
async fn a_redirect_is_evidence_and_not_followed() {
    let answer = "HTTP/1.1 307 Temporary Redirect\r\nLocation: http://127.0.0.1:1/steal\r\nContent-Length: 0\r\n\r\n";
    let (url, _seen) = serve(answer, false).await;
    let exchange = get(&url).await;
    assert_eq!(exchange.status(), Some(307));
    assert_eq!(
        exchange.reply.unwrap().header("location"),
        Some("http://127.0.0.1:1/steal")
    );
}

#[tokio::test]
async fn a_body_that_was_cut_is_a_reply_and_a_fault() {
    let answer = "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{\"token_type\":";
    let (url, _seen) = serve(answer, true).await;
    let exchange = get(&url).await;
    let reply = exchange.reply.unwrap();
    assert_eq!(reply.body, b"{\"token_type\":");
    assert_eq!(reply.cut, Some(Cut::Connection));
    let fault = exchange.fault.unwrap();
    assert_eq!(fault.kind, FaultKind::CutOff);
    assert_eq!(fault.cause, Some(FaultCause::ClosedInBody));
}

#[tokio::test]
async fn a_connection_closed_without_a_reply_is_cut_off() {
    let (url, _seen) = serve("", true).await;
    let exchange = get(&url).await;
    assert_eq!(exchange.reply, None);
    let fault = exchange.fault.unwrap();
    assert_eq!(fault.kind, FaultKind::CutOff);
    assert_eq!(fault.cause, Some(FaultCause::ClosedBeforeHead), "{fault:?}");
}

#[tokio::test]
async fn a_connection_closed_within_the_head_is_cut_off_too() {
    let (url, _seen) = serve("HTTP/1.1 200 OK\r\nContent-Le", true).await;
    let exchange = get(&url).await;
    assert_eq!(exchange.reply, None);
    let cause = exchange.fault.unwrap().cause;
    assert_eq!(cause, Some(FaultCause::ClosedBeforeHead));
}

#[tokio::test]
async fn what_is_not_http_is_a_protocol_fault() {
    let (url, _seen) = serve("SSH-2.0-OpenSSH_9.2\r\n\r\n\r\n", true).await;
    let exchange = get(&url).await;
    assert_eq!(exchange.fault.unwrap().kind, FaultKind::Protocol);
}

#[tokio::test]
async fn an_oversized_body_is_kept_up_to_the_limit() {
    let answer = "HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n<html></html";
    let (url, _seen) = serve(answer, false).await;
    let options = SendOptions {
        body_limit: 6,
        ..SendOptions::default()
    };
    let request = Request::get(&url, Purpose::Discovery);
    let exchange = transport(&options).send(request, &options).await;
    let reply = exchange.reply.unwrap();
    assert_eq!(
        (reply.body.as_slice(), reply.cut),
        (&b"<html>"[..], Some(Cut::Limit(6)))
    );
}

#[tokio::test]
async fn a_silent_server_runs_into_the_first_byte_time_out() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let options = SendOptions {
        first_byte_timeout: Duration::from_millis(30),
        ..SendOptions::default()
    };
    let request = Request::get(&url, Purpose::Discovery);
    let exchange = transport(&options).send(request, &options).await;
    let fault = exchange.fault.unwrap();
    assert_eq!(fault.kind, FaultKind::FirstByteTimeout, "{fault:?}");
    assert_eq!(fault.cause, Some(FaultCause::FirstByteTimeout));
    assert!(exchange.phases.tcp.is_some());
    assert!(exchange.phases.wait >= Some(options.first_byte_timeout));
}

#[tokio::test]
async fn a_refused_connection_is_a_tcp_fault() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let fault = get(&url).await.fault.unwrap();
    assert_eq!(fault.kind, FaultKind::Tcp, "{fault:?}");
    assert_eq!(fault.cause, Some(FaultCause::Refused), "{fault:?}");
}

#[tokio::test]
async fn a_name_that_does_not_exist_is_a_dns_fault() {
    let exchange = get("http://no-such-host.invalid/").await;
    let fault = exchange.fault.unwrap();
    assert_eq!(fault.kind, FaultKind::Dns, "{fault:?}");
    assert_eq!(fault.cause, Some(FaultCause::NoSuchHost), "{fault:?}");
    assert!(exchange.phases.dns.is_some() && exchange.phases.tcp.is_none());
}

#[tokio::test]
async fn loopback_never_goes_through_a_proxy() {
    let (url, _seen) = serve("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", false).await;
    let options = SendOptions {
        proxy: Some("http://127.0.0.1:1".into()),
        ..SendOptions::default()
    };
    let request = Request::get(&url, Purpose::Discovery);
    let exchange = transport(&options).send(request, &options).await;
    assert_eq!(exchange.status(), Some(200));
}

#[tokio::test]
async fn a_proxy_that_does_not_answer_is_a_proxy_fault() {
    let options = SendOptions {
        proxy: Some("http://127.0.0.1:1".into()),
        ..SendOptions::default()
    };
    let request = Request::get("https://issuer.contoso.example/", Purpose::Discovery);
    let fault = transport(&options)
        .send(request, &options)
        .await
        .fault
        .unwrap();
    assert_eq!(fault.kind, FaultKind::Proxy, "{fault:?}");
    assert_eq!(fault.cause, Some(FaultCause::ProxyUnreachable), "{fault:?}");
}

#[tokio::test]
async fn a_proxy_whose_name_does_not_exist_cannot_be_reached_and_no_host_is_blamed() {
    let options = SendOptions {
        proxy: Some("http://proxy.invalid:3128".into()),
        ..SendOptions::default()
    };
    for url in [
        "https://issuer.contoso.example/",
        "http://issuer.contoso.example/",
    ] {
        let request = Request::get(url, Purpose::Discovery);
        let exchange = transport(&options).send(request, &options).await;
        let fault = exchange.fault.unwrap();
        assert_eq!(fault.kind, FaultKind::Proxy, "{fault:?}");
        assert_eq!(fault.cause, Some(FaultCause::ProxyUnreachable), "{fault:?}");
    }
}

#[test]
fn a_ca_file_without_a_certificate_is_named() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let options = SendOptions {
        ca_file: Some(file.path().to_owned()),
        ..SendOptions::default()
    };
    assert!(matches!(
        HttpTransport::new(&options, Arc::new(Still)),
        Err(WireError::CaEmpty { .. })
    ));
    let options = SendOptions {
        ca_file: Some(PathBuf::from("/nowhere/ca.pem")),
        ..SendOptions::default()
    };
    assert!(matches!(
        HttpTransport::new(&options, Arc::new(Still)),
        Err(WireError::CaFile { .. })
    ));
}

#[tokio::test]
async fn a_body_that_never_ends_is_kept_as_far_as_it_came() {
    let answer = "HTTP/1.1 200 OK\r\nContent-Length: 50\r\nX-Odd: caf\u{e9} \t\r\n\r\n{\"a\":";
    let (url, _seen) = serve(answer, false).await;
    let options = SendOptions {
        whole_timeout: Duration::from_millis(100),
        ..SendOptions::default()
    };
    let request = Request::get(&url, Purpose::Discovery);
    let exchange = transport(&options).send(request, &options).await;
    let fault = exchange.fault.unwrap();
    assert_eq!(fault.kind, FaultKind::WholeTimeout);
    assert_eq!(fault.cause, Some(FaultCause::WholeTimeout));
    let reply = exchange.reply.unwrap();
    assert_eq!(
        (reply.body.as_slice(), reply.cut),
        (&b"{\"a\":"[..], Some(Cut::Time))
    );
    assert_eq!(reply.header("x-odd"), Some("caf\u{e9}"));
}
