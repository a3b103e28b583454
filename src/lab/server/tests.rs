//! The server over real sockets on loopback.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::sync::Arc;

use super::super::testing::Counting;
use super::super::{LabError, LabHandle, Options, Walk, start};
use rustls::pki_types::pem::PemObject as _;

use crate::model::{Moment, UserAct};
use crate::ports::{Clock, MovableClock};

/// The real time: certificates are checked against it.
struct Now;

impl Clock for Now {
    fn now(&self) -> Moment {
        let since = std::time::UNIX_EPOCH.elapsed().unwrap();
        Moment::from_seconds(since.as_secs().try_into().unwrap())
    }
}

fn clock() -> Arc<MovableClock> {
    Arc::new(MovableClock::new(Arc::new(Now)))
}

const ANY: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 0);

async fn lab(dir: &std::path::Path, https: bool) -> LabHandle {
    let options = Options {
        listen: if https { vec![ANY] } else { Vec::new() },
        http: Some(ANY),
        data_dir: dir.to_owned(),
        control: true,
        ..Options::default()
    };
    start(options, clock(), Arc::new(Counting::default()))
        .await
        .unwrap()
}

/// Sends bytes and reads until the lab closes.
async fn exchange(lab: &LabHandle, bytes: Vec<u8>) -> String {
    let authority = lab.http_authority().unwrap();
    let host = authority.split('/').nth(2).unwrap().to_owned();
    let reply = tokio::task::spawn_blocking(move || {
        let mut stream = TcpStream::connect(&host).unwrap();
        let text = String::from_utf8_lossy(&bytes).replace("HOST", &host);
        let bytes = if text.contains('\u{fffd}') {
            bytes
        } else {
            text.into_bytes()
        };
        stream.write_all(&bytes).unwrap();
        let mut reply = Vec::new();
        // The lab may close before everything was sent.
        let _ = stream.read_to_end(&mut reply);
        String::from_utf8_lossy(&reply).into_owned()
    });
    reply.await.unwrap()
}

fn request(line: &str, headers: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!("{line} HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n{headers}Content-Length: {length}\r\n\r\n{body}").into_bytes()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_daemon_is_served_over_a_socket() {
    let dir = tempfile::tempdir().unwrap();
    let lab = lab(dir.path(), true).await;
    let info = lab.info();
    assert!(
        info.authority.starts_with("https://127.0.0.1:")
            && info.authority.ends_with("/contoso.example")
    );
    assert!(std::path::Path::new(&info.ca).is_file());
    let daemon = info.clients.iter().find(|c| c.kind == "daemon").unwrap();
    let secret = daemon.secret.clone().unwrap();
    assert!(
        info.clients
            .iter()
            .filter(|c| c.kind != "daemon")
            .all(|c| c.secret.is_none())
    );
    let body = format!(
        "grant_type=client_credentials&client_id={}&client_secret={}&scope=https://graph.microsoft.com/.default",
        daemon.id,
        secret.replace('~', "%7E")
    );
    let reply = exchange(
        &lab,
        request("POST /contoso.example/oauth2/v2.0/token", "", &body),
    )
    .await;
    assert!(
        reply.starts_with("HTTP/1.1 200 OK\r\n") && reply.contains("\"access_token\":\"ey"),
        "{reply}"
    );
    let log = lab.requests();
    assert_eq!(
        (log[0].what.as_str(), log[0].status),
        ("POST /contoso.example/oauth2/v2.0/token", 200)
    );
    assert!(log[0].because.contains("contoso-daemon"));
    assert_eq!(
        (
            log[0].id,
            log[0].endpoint.as_str(),
            log[0].client.as_deref()
        ),
        (1, "token", Some("contoso-daemon"))
    );
    assert_eq!(log[0].decision, crate::model::world::Decision::Granted);
    assert!(reply.contains(log[0].trace.as_deref().unwrap()));
    lab.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn strangers_and_nonsense_are_turned_away() {
    let dir = tempfile::tempdir().unwrap();
    let lab = lab(dir.path(), false).await;
    let foreign =
        b"GET /lab/world HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n".to_vec();
    assert!(exchange(&lab, foreign).await.starts_with("HTTP/1.1 421"));
    let origin = request(
        "POST //lab/change",
        "Origin: https://evil.example\r\n",
        "change=outage+on",
    );
    assert!(exchange(&lab, origin).await.starts_with("HTTP/1.1 403"));
    let closed = request("POST /lab/change", "", "change=outage+on");
    assert!(exchange(&lab, closed).await.starts_with("HTTP/1.1 401"));
    let control = lab.info().control.unwrap();
    assert!(control.url.ends_with("/lab") && control.token.len() == 32);
    assert!(!format!("{control:?}").contains(&control.token));
    let bearer = format!("Authorization: Bearer {}\r\n", control.token);
    let change = request("POST /lab/change", &bearer, "{\"change\":\"outage on\"}");
    assert!(exchange(&lab, change).await.starts_with("HTTP/1.1 200"));
    assert_eq!(lab.view().changed.len(), 1);
    let bad = request("POST /lab/change", &bearer, "{\"change\":\"dance\"}");
    assert!(exchange(&lab, bad).await.starts_with("HTTP/1.1 400"));
    let large = request(
        "POST /common/oauth2/v2.0/token",
        "",
        &"x".repeat(super::BODY_LIMIT + 1),
    );
    assert!(exchange(&lab, large).await.starts_with("HTTP/1.1 413"));
    for bytes in [
        &b"\x16\x03\x01\x00\xff\xff\n\n"[..],
        b"GET\r\n\r\n",
        b"\xff\xfe / HTTP/9.9\r\n\r\n",
    ] {
        exchange(&lab, bytes.to_vec()).await;
    }
    let nothing = exchange(&lab, request("GET /%00/%ff/..//?a=%zz", "", "")).await;
    assert!(nothing.starts_with("HTTP/1.1 404"), "{nothing}");
}

#[tokio::test]
async fn only_this_machine_is_listened_at_and_a_busy_port_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let open = |at: SocketAddr| Options {
        listen: vec![at],
        data_dir: dir.path().to_owned(),
        ..Options::default()
    };
    let outside: SocketAddr = "0.0.0.0:0".parse().unwrap();
    let refused = start(open(outside), clock(), Arc::new(Counting::default())).await;
    assert!(matches!(refused, Err(LabError::NotLoopback { .. })));
    let taken = std::net::TcpListener::bind(ANY).unwrap();
    let at = taken.local_addr().unwrap();
    let busy = start(open(at), clock(), Arc::new(Counting::default())).await;
    let Err(error) = busy else {
        panic!("started on a busy port")
    };
    assert!(
        error.to_string().contains(&at.port().to_string()),
        "{error}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_certificate_is_trusted_by_whoever_trusts_the_authority() {
    let dir = tempfile::tempdir().unwrap();
    let lab = lab(dir.path(), true).await;
    let info = lab.info();
    let pem = std::fs::read(&info.ca).unwrap();
    let mut roots = rustls::RootCertStore::empty();
    for certificate in rustls::pki_types::CertificateDer::pem_slice_iter(&pem) {
        roots.add(certificate.unwrap()).unwrap();
    }
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let connector = tokio_rustls::TlsConnector::from(Arc::new(config));
    let host = info.authority.split('/').nth(2).unwrap().to_owned();
    for (name, good) in [
        ("localhost", true),
        ("127.0.0.1", true),
        ("contoso.example", false),
    ] {
        let stream = tokio::net::TcpStream::connect(&host).await.unwrap();
        let name = rustls::pki_types::ServerName::try_from(name).unwrap();
        assert_eq!(connector.connect(name, stream).await.is_ok(), good);
    }
}

/// Sends the same request eight times at once, and counts the statuses.
async fn eight_at_once(lab: &LabHandle, form: &str) -> (usize, Vec<String>) {
    let asked = (0..8).map(|_| {
        let bytes = request("POST /contoso.example/oauth2/v2.0/token", "", form);
        exchange(lab, bytes)
    });
    let replies = futures_util::future::join_all(asked).await;
    let granted = |reply: &&String| reply.starts_with("HTTP/1.1 200");
    let (granted, refused): (Vec<_>, Vec<_>) = replies.iter().partition(granted);
    (granted.len(), refused.into_iter().cloned().collect())
}

/// The code that a person's sign-in at the desktop app ends with, and the app's id.
fn signed_in(lab: &LabHandle, verifier: &str) -> (String, String) {
    let clients = lab.info().clients;
    let desktop = clients
        .into_iter()
        .find(|c| c.kind == "desktop")
        .unwrap()
        .id;
    let url = format!(
        "{}/oauth2/v2.0/authorize?client_id={desktop}&response_type=code&redirect_uri=http://localhost&scope=User.Read+offline_access&code_challenge={verifier}",
        lab.http_authority().unwrap()
    );
    let walked = lab.act("ada@contoso.example", &url, UserAct::Completes);
    let Walk::Redirect(to) = walked else {
        panic!("{walked:?}")
    };
    let to = url::Url::parse(&to).unwrap();
    let code = to.query_pairs().find(|(name, _)| name == "code").unwrap().1;
    (code.into_owned(), desktop)
}

#[tokio::test]
async fn every_page_of_a_visit_is_one_of_the_program_that_began_it() {
    let dir = tempfile::tempdir().unwrap();
    let lab = lab(dir.path(), false).await;
    signed_in(&lab, &"v".repeat(43));
    let asked: Vec<Option<String>> = lab.requests().into_iter().map(|r| r.client).collect();
    assert!(asked.len() > 1, "{asked:?}");
    let desktop = Some("contoso-desktop".to_owned());
    assert!(asked.iter().all(|client| *client == desktop), "{asked:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_eight_redemptions_at_once_one_wins_and_eight_refreshes_are_all_granted() {
    let dir = tempfile::tempdir().unwrap();
    let lab = lab(dir.path(), false).await;
    let info = lab.info();
    let verifier = "v".repeat(43);
    let (code, desktop) = signed_in(&lab, &verifier);
    let form = format!(
        "grant_type=authorization_code&client_id={desktop}&redirect_uri=http://localhost&code_verifier={verifier}&code={code}"
    );
    let (granted, refused) = eight_at_once(&lab, &form).await;
    assert_eq!(granted, 1);
    assert!(refused.iter().all(|reply| reply.contains("AADSTS54005")));

    let (name, password) = (&info.users[0].name, &info.users[0].password);
    let device = exchange(
        &lab,
        request(
            "POST /contoso.example/oauth2/v2.0/devicecode",
            "",
            &format!("client_id={desktop}&scope=User.Read"),
        ),
    )
    .await;
    let device = body_of(&device);
    let page = format!(
        "{}?user_code={}",
        device["verification_uri"].as_str().unwrap(),
        device["user_code"].as_str().unwrap()
    );
    lab.act(name, &page, UserAct::ApprovesDevice);
    let form = format!(
        "grant_type=device_code&client_id={desktop}&device_code={}",
        device["device_code"].as_str().unwrap()
    );
    assert_eq!(eight_at_once(&lab, &form).await.0, 1);

    let form = format!(
        "grant_type=password&client_id={desktop}&username={name}&password={password}&scope=User.Read+offline_access"
    );
    let signed_in = request("POST /contoso.example/oauth2/v2.0/token", "", &form);
    let token = body_of(&exchange(&lab, signed_in).await);
    let token = token["refresh_token"].as_str().unwrap();
    let form = format!("grant_type=refresh_token&client_id={desktop}&refresh_token={token}");
    assert_eq!(eight_at_once(&lab, &form).await.0, 8);
}

fn body_of(reply: &str) -> serde_json::Value {
    let (_, body) = reply.split_once("\r\n\r\n").unwrap();
    serde_json::from_str(body).unwrap_or_else(|e| panic!("{e}: {reply}"))
}
