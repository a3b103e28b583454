//! TLS against servers with certificates made on the spot.

use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::PrivateKeyDer;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use super::{read_request, serve, transport};
use crate::model::{FaultKind, Purpose, Request, SendOptions};
use crate::strings::wire as say;
use crate::wire::Transport;

struct Ca {
    pem: tempfile::NamedTempFile,
}

/// A CA, and a server configuration with a certificate for `name`.
fn pki(name: &str) -> (Ca, Arc<rustls::ServerConfig>) {
    let key = rcgen::KeyPair::generate().unwrap();
    let mut params = rcgen::CertificateParams::new(Vec::new()).unwrap();
    let ca_name = format!("CA {:?}", key.public_key_raw());
    params
        .distinguished_name
        .push(rcgen::DnType::CommonName, ca_name);
    params.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    let root = params.self_signed(&key).unwrap();
    let issuer = rcgen::Issuer::from_params(&params, &key);
    let leaf_key = rcgen::KeyPair::generate().unwrap();
    let leaf = rcgen::CertificateParams::new(vec![name.to_owned()])
        .unwrap()
        .signed_by(&leaf_key, &issuer)
        .unwrap();
    let pem = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(pem.path(), root.pem()).unwrap();
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(
            vec![leaf.der().clone()],
            PrivateKeyDer::try_from(leaf_key.serialize_der()).unwrap(),
        )
        .unwrap();
    (Ca { pem }, Arc::new(config))
}

fn trusting(ca: &Ca) -> SendOptions {
    SendOptions {
        ca_file: Some(ca.pem.path().to_owned()),
        ..SendOptions::default()
    }
}

async fn serve_tls(config: Arc<rustls::ServerConfig>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let acceptor = TlsAcceptor::from(config);
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            let Ok(mut stream) = acceptor.accept(stream).await else {
                continue;
            };
            read_request(&mut stream).await;
            let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}";
            let _ = stream.write_all(answer).await;
            let _ = stream.shutdown().await;
        }
    });
    url
}

#[tokio::test]
async fn a_ca_file_is_trusted_and_tls_is_timed() {
    let (ca, config) = pki("127.0.0.1");
    let url = serve_tls(config).await;
    let options = trusting(&ca);
    let request = Request::get(&url, Purpose::Discovery);
    let exchange = transport(&options).send(request, &options).await;
    assert_eq!(exchange.status(), Some(200), "{exchange:?}");
    assert!(exchange.phases.tls.is_some() && exchange.phases.tcp.is_some());
}

#[tokio::test]
async fn an_unknown_issuer_is_said_in_words() {
    let (_, config) = pki("127.0.0.1");
    let (other, _) = pki("127.0.0.1");
    let url = serve_tls(config).await;
    let options = trusting(&other);
    let request = Request::get(&url, Purpose::Discovery);
    let fault = transport(&options)
        .send(request, &options)
        .await
        .fault
        .unwrap();
    assert_eq!(fault.kind, FaultKind::Tls);
    assert!(
        fault.detail.starts_with(say::UNKNOWN_ISSUER),
        "{}",
        fault.detail
    );
    assert!(!fault.detail.contains("https://"), "{}", fault.detail);
}

#[tokio::test]
async fn a_certificate_for_another_name_is_said_in_words() {
    let (ca, config) = pki("issuer.contoso.example");
    let url = serve_tls(config).await;
    let options = trusting(&ca);
    let request = Request::get(&url, Purpose::Discovery);
    let fault = transport(&options)
        .send(request, &options)
        .await
        .fault
        .unwrap();
    assert_eq!(fault.kind, FaultKind::Tls);
    assert!(
        fault.detail.contains("issuer.contoso.example"),
        "{}",
        fault.detail
    );
}

#[tokio::test]
async fn a_server_that_does_not_speak_tls_is_a_tls_fault() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
        let _ = stream.read_to_end(&mut Vec::new()).await;
    });
    let (ca, _) = pki("127.0.0.1");
    let options = trusting(&ca);
    let request = Request::get(url, Purpose::Discovery);
    let fault = transport(&options)
        .send(request, &options)
        .await
        .fault
        .unwrap();
    assert_eq!(fault.kind, FaultKind::Tls, "{fault:?}");
}

#[tokio::test]
async fn a_handshake_that_never_ends_is_a_connect_time_out() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    let (ca, _) = pki("127.0.0.1");
    let options = SendOptions {
        connect_timeout: Duration::from_millis(30),
        ..trusting(&ca)
    };
    let request = Request::get(url, Purpose::Discovery);
    let exchange = transport(&options).send(request, &options).await;
    let fault = exchange.fault.unwrap();
    assert_eq!(fault.kind, FaultKind::ConnectTimeout, "{fault:?}");
    assert!(exchange.phases.tls.is_some() && exchange.phases.wait.is_none());
}

#[tokio::test]
async fn a_proxy_that_refuses_the_tunnel_is_a_proxy_fault() {
    let refusal = "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n";
    let (proxy, seen) = serve(refusal, false).await;
    let options = SendOptions {
        proxy: Some(proxy),
        ..SendOptions::default()
    };
    let request = Request::get("https://issuer.contoso.example/", Purpose::Discovery);
    let fault = transport(&options)
        .send(request, &options)
        .await
        .fault
        .unwrap();
    assert_eq!(fault.kind, FaultKind::Proxy, "{fault:?}");
    let asked = seen.await.unwrap();
    assert!(
        asked.starts_with("CONNECT issuer.contoso.example:443 "),
        "{asked}"
    );
}
