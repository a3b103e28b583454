//! TLS against servers with certificates made on the spot.

use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::PrivateKeyDer;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use super::{read_request, serve, transport};
use crate::model::{Fault, FaultCause, FaultKind, Purpose, Request, SendOptions};
use crate::strings::wire as say;
use crate::wire::Transport;

pub(super) struct Ca {
    pem: tempfile::NamedTempFile,
    name: String,
    params: rcgen::CertificateParams,
    key: rcgen::KeyPair,
    pub(super) root: rcgen::Certificate,
}

/// A certificate authority of its own.
pub(super) fn authority() -> Ca {
    let key = rcgen::KeyPair::generate().unwrap();
    let mut params = rcgen::CertificateParams::new(Vec::new()).unwrap();
    let name = format!("CA {:?}", &key.public_key_raw()[..8]);
    params
        .distinguished_name
        .push(rcgen::DnType::CommonName, name.clone());
    params.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    let root = params.self_signed(&key).unwrap();
    let pem = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(pem.path(), root.pem()).unwrap();
    Ca {
        pem,
        name,
        params,
        key,
        root,
    }
}

impl Ca {
    /// What signs.
    pub(super) fn issuer(&self) -> rcgen::Issuer<'_, &rcgen::KeyPair> {
        rcgen::Issuer::from_params(&self.params, &self.key)
    }

    /// A certificate for `name` with the authority's own above it, and its key.
    pub(super) fn certified(
        &self,
        name: &str,
    ) -> (
        Vec<rustls::pki_types::CertificateDer<'static>>,
        rcgen::KeyPair,
    ) {
        let key = rcgen::KeyPair::generate().unwrap();
        let params = rcgen::CertificateParams::new(vec![name.to_owned()]).unwrap();
        let leaf = params.signed_by(&key, &self.issuer()).unwrap();
        (vec![leaf.der().clone(), self.root.der().clone()], key)
    }

    /// A server whose certificate this authority signed, after `change`; it shows the authority's as well.
    pub(super) fn server(
        &self,
        name: &str,
        change: impl FnOnce(&mut rcgen::CertificateParams),
    ) -> Arc<rustls::ServerConfig> {
        let key = rcgen::KeyPair::generate().unwrap();
        let mut params = rcgen::CertificateParams::new(vec![name.to_owned()]).unwrap();
        change(&mut params);
        let leaf = params.signed_by(&key, &self.issuer()).unwrap();
        showing(&[&leaf, &self.root], &key)
    }
}

/// A server that shows these certificates, its own first.
fn showing(chain: &[&rcgen::Certificate], key: &rcgen::KeyPair) -> Arc<rustls::ServerConfig> {
    speaking(rustls::ALL_VERSIONS, chain, key)
}

fn speaking(
    versions: &[&'static rustls::SupportedProtocolVersion],
    chain: &[&rcgen::Certificate],
    key: &rcgen::KeyPair,
) -> Arc<rustls::ServerConfig> {
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_protocol_versions(versions)
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(
            chain.iter().map(|shown| shown.der().clone()).collect(),
            PrivateKeyDer::try_from(key.serialize_der()).unwrap(),
        )
        .unwrap();
    Arc::new(config)
}

/// A CA, and a server configuration with a certificate for `name`.
fn pki(name: &str) -> (Ca, Arc<rustls::ServerConfig>) {
    let ca = authority();
    let server = ca.server(name, |_| {});
    (ca, server)
}

/// What comes of asking a server of this configuration while trusting `ca` alone.
async fn refused(ca: &Ca, config: Arc<rustls::ServerConfig>) -> Fault {
    let url = serve_tls(config).await;
    let options = trusting(ca);
    let request = Request::get(&url, Purpose::Discovery);
    let exchange = transport(&options).send(request, &options).await;
    let fault = exchange.fault.unwrap();
    assert_eq!(fault.kind, FaultKind::Tls, "{fault:?}");
    fault
}

pub(super) fn trusting(ca: &Ca) -> SendOptions {
    SendOptions {
        ca_file: Some(ca.pem.path().to_owned()),
        ..SendOptions::default()
    }
}

pub(super) async fn serve_tls(config: Arc<rustls::ServerConfig>) -> String {
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
async fn an_unknown_issuer_is_said_in_words_and_by_the_chain_that_ends_in_it() {
    let (ca, config) = pki("127.0.0.1");
    let fault = refused(&authority(), config).await;
    assert_eq!(fault.cause, Some(FaultCause::UnknownAuthority));
    assert_eq!(fault.chain.len(), 2);
    assert_eq!(fault.chain[0].issuer, fault.chain[1].subject);
    assert!(fault.chain[1].subject.contains(&ca.name), "{fault:?}");
    assert_eq!(fault.chain[1].sha256.len(), 95);
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
    let fault = refused(&ca, config).await;
    assert_eq!(fault.cause, Some(FaultCause::CertificateWrongName));
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
    assert_eq!(fault.cause, Some(FaultCause::NotTls), "{fault:?}");
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
    assert_eq!(fault.cause, Some(FaultCause::TlsTimeout), "{fault:?}");
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
    assert_eq!(fault.cause, Some(FaultCause::ProxyAuthentication));
    let asked = seen.await.unwrap();
    assert!(
        asked.starts_with("CONNECT issuer.contoso.example:443 "),
        "{asked}"
    );
}

#[tokio::test]
async fn a_proxy_that_forbids_the_host_differs_from_one_that_wants_to_know_who_asks() {
    let refusal = "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n";
    let (proxy, _seen) = serve(refusal, false).await;
    let options = SendOptions {
        proxy: Some(proxy),
        ..SendOptions::default()
    };
    let request = Request::get("https://issuer.contoso.example/", Purpose::Discovery);
    let exchange = transport(&options).send(request, &options).await;
    let fault = exchange.fault.unwrap();
    assert_eq!(fault.cause, Some(FaultCause::ProxyRefused), "{fault:?}");
}

#[tokio::test]
async fn a_certificate_that_has_expired_differs_from_one_that_is_not_valid_yet() {
    let ca = authority();
    let old = ca.server("127.0.0.1", |params| {
        params.not_before = rcgen::date_time_ymd(2001, 1, 1);
        params.not_after = rcgen::date_time_ymd(2002, 1, 1);
    });
    let fault = refused(&ca, old).await;
    assert_eq!(fault.cause, Some(FaultCause::CertificateExpired));
    assert_eq!(fault.chain[0].not_after.iso(), "2002-01-01T00:00:00Z");
    let young = ca.server("127.0.0.1", |params| {
        params.not_before = rcgen::date_time_ymd(3000, 1, 1);
        params.not_after = rcgen::date_time_ymd(3001, 1, 1);
    });
    let fault = refused(&ca, young).await;
    assert_eq!(fault.cause, Some(FaultCause::CertificateNotYetValid));
}

#[tokio::test]
async fn a_server_that_signed_its_own_certificate_is_told_apart() {
    let key = rcgen::KeyPair::generate().unwrap();
    let params = rcgen::CertificateParams::new(vec!["127.0.0.1".to_owned()]).unwrap();
    let own = params.self_signed(&key).unwrap();
    let fault = refused(&authority(), showing(&[&own], &key)).await;
    assert_eq!(fault.cause, Some(FaultCause::SelfSigned), "{fault:?}");
    assert_eq!(fault.chain.len(), 1);
}

#[tokio::test]
async fn a_server_that_breaks_the_handshake_off_is_told_apart() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    // Alerts of level fatal: handshake_failure (40) and protocol_version (70), RFC 8446 section 6.
    tokio::spawn(async move {
        for alert in [40, 70] {
            let (mut stream, _) = listener.accept().await.unwrap();
            let _ = stream.write_all(&[21, 3, 3, 0, 2, 2, alert]).await;
            let _ = stream.read_to_end(&mut Vec::new()).await;
        }
    });
    let ca = authority();
    let options = trusting(&ca);
    for cause in [FaultCause::HandshakeRefused, FaultCause::ProtocolVersion] {
        let request = Request::get(&url, Purpose::Discovery);
        let exchange = transport(&options).send(request, &options).await;
        let fault = exchange.fault.unwrap();
        assert_eq!(fault.kind, FaultKind::Tls, "{fault:?}");
        assert_eq!(fault.cause, Some(cause), "{fault:?}");
        assert_eq!(fault.chain, []);
    }
}

#[tokio::test]
async fn a_proxy_that_opens_the_connection_is_recognised_by_its_authority() {
    let proxy_ca = authority();
    let config = proxy_ca.server("issuer.contoso.example", |_| {});
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let proxy = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        read_request(&mut stream).await;
        let _ = stream
            .write_all(b"HTTP/1.1 200 Connection established\r\n\r\n")
            .await;
        let _ = TlsAcceptor::from(config).accept(stream).await;
    });
    let trusted = authority();
    let options = SendOptions {
        proxy: Some(proxy),
        ..trusting(&trusted)
    };
    let request = Request::get("https://issuer.contoso.example/", Purpose::Discovery);
    let exchange = transport(&options).send(request, &options).await;
    let fault = exchange.fault.unwrap();
    assert_eq!(fault.kind, FaultKind::Tls, "{fault:?}");
    assert_eq!(fault.cause, Some(FaultCause::UnknownAuthority));
    let last = fault.chain.last().unwrap();
    assert!(last.issuer.contains(&proxy_ca.name), "{fault:?}");
}
