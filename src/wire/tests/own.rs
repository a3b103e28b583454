//! A client that shows its own certificate, against servers that ask for one.

use std::sync::Arc;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use rustls::pki_types::PrivateKeyDer;
use rustls::server::WebPkiClientVerifier;
use rustls::{ALL_VERSIONS, RootCertStore, SupportedProtocolVersion};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use super::tls::{Ca, authority, serve_tls, trusting};
use super::{read_request, transport};
use crate::model::{
    Exchange, Fault, FaultCause, FaultKind, Handed, Purpose, Request, Secret, SecretKind,
    TlsCertificate, TlsIdentity,
};
use crate::strings::wire as say;
use crate::wire::Transport as _;

/// A certificate of the client with its key, after `change`: signed by `ca`, or by itself.
fn client(ca: Option<&Ca>, change: impl FnOnce(&mut rcgen::CertificateParams)) -> TlsCertificate {
    let key = rcgen::KeyPair::generate().unwrap();
    let mut params = rcgen::CertificateParams::new(Vec::new()).unwrap();
    params
        .distinguished_name
        .push(rcgen::DnType::CommonName, "billing");
    params.extended_key_usages = vec![rcgen::ExtendedKeyUsagePurpose::ClientAuth];
    change(&mut params);
    let made = match ca {
        Some(ca) => params.signed_by(&key, &ca.issuer()).unwrap(),
        None => params.self_signed(&key).unwrap(),
    };
    TlsCertificate {
        subject: "CN=billing".into(),
        thumbprint: "print".into(),
        handed: Handed::default(),
        identity: Some(TlsIdentity {
            chain: vec![made.der().to_vec()],
            key: Secret::new(
                SecretKind::PrivateKey,
                BASE64_STANDARD.encode(key.serialize_der()),
            ),
        }),
    }
}

/// A server that asks for certificates of this authority and takes nobody without one.
fn asking(ca: &Ca, versions: &[&'static SupportedProtocolVersion]) -> Arc<rustls::ServerConfig> {
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let mut roots = RootCertStore::empty();
    roots.add(ca.root.der().clone()).unwrap();
    let verifier =
        WebPkiClientVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&provider))
            .build()
            .unwrap();
    let (chain, key) = ca.certified("127.0.0.1");
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_protocol_versions(versions)
        .unwrap()
        .with_client_cert_verifier(verifier)
        .with_single_cert(chain, PrivateKeyDer::try_from(key.serialize_der()).unwrap())
        .unwrap();
    Arc::new(config)
}

/// Serves it; whoever is refused is read to the end, so that the alert is not lost with the connection.
async fn serve(config: Arc<rustls::ServerConfig>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let acceptor = TlsAcceptor::from(config);
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            match acceptor.accept(stream).into_fallible().await {
                Ok(mut stream) => {
                    read_request(&mut stream).await;
                    let shown = stream.get_ref().1.peer_certificates().map_or(0, <[_]>::len);
                    let answer = format!(
                        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nConnection: close\r\n\r\n{shown}"
                    );
                    let _ = stream.write_all(answer.as_bytes()).await;
                    let _ = stream.shutdown().await;
                }
                Err((_, mut stream)) => {
                    let _ = stream.read_to_end(&mut Vec::new()).await;
                }
            }
        }
    });
    url
}

async fn post(url: &str, ca: &Ca, certificate: Option<TlsCertificate>) -> Exchange {
    let options = trusting(ca);
    let mut request = Request::post(url, Vec::new(), Purpose::Token);
    request.certificate = certificate.map(Box::new);
    transport(&options).send(request, &options).await
}

fn fault(exchange: &Exchange) -> &Fault {
    let fault = exchange.fault.as_ref();
    fault.unwrap_or_else(|| panic!("no fault: {exchange:?}"))
}

#[tokio::test]
async fn a_server_that_asks_is_shown_the_certificate_in_both_versions_of_tls() {
    let ca = authority();
    for versions in [&[&rustls::version::TLS12][..], &[&rustls::version::TLS13]] {
        let url = serve(asking(&ca, versions)).await;
        let exchange = post(&url, &ca, Some(client(Some(&ca), |_| {}))).await;
        let reply = exchange.reply.as_ref().unwrap_or_else(|| {
            panic!("no reply: {exchange:?}");
        });
        assert_eq!(reply.text(), "1");
        let shown = exchange.request.certificate.as_deref().unwrap();
        assert_eq!(shown.handed, Handed::Shown);
        assert_eq!(shown.identity, None, "the record holds no key");
    }
}

#[tokio::test]
async fn a_server_that_does_not_ask_sees_none_and_the_record_says_so() {
    let ca = authority();
    let url = serve_tls(ca.server("127.0.0.1", |_| {})).await;
    let exchange = post(&url, &ca, Some(client(Some(&ca), |_| {}))).await;
    assert_eq!(exchange.status(), Some(200), "{exchange:?}");
    let shown = exchange.request.certificate.as_deref().unwrap();
    assert_eq!((shown.handed, &shown.identity), (Handed::NotAsked, &None));
}

#[tokio::test]
async fn a_server_that_wants_one_and_is_shown_none_says_so_in_both_versions_of_tls() {
    let ca = authority();
    for versions in [&[&rustls::version::TLS12][..], &[&rustls::version::TLS13]] {
        let url = serve(asking(&ca, versions)).await;
        let exchange = post(&url, &ca, None).await;
        let fault = fault(&exchange);
        assert_eq!(fault.kind, FaultKind::Tls, "{fault:?}");
        let cause = Some(FaultCause::ClientCertificateWanted);
        assert_eq!(fault.cause, cause, "{fault:?}");
        assert!(fault.detail.starts_with(say::OWN_CERTIFICATE_WANTED));
    }
}

#[tokio::test]
async fn what_a_server_has_against_the_certificate_is_told_apart() {
    let (ca, other) = (authority(), authority());
    let url = serve(asking(&ca, ALL_VERSIONS)).await;
    let expired = client(Some(&ca), |params| {
        params.not_before = rcgen::date_time_ymd(2020, 1, 1);
        params.not_after = rcgen::date_time_ymd(2021, 1, 1);
    });
    let stranger = client(Some(&other), |_| {});
    let table = [
        (expired, FaultCause::ClientCertificateExpired),
        (stranger, FaultCause::ClientCertificateUnknownAuthority),
    ];
    for (certificate, cause) in table {
        let exchange = post(&url, &ca, Some(certificate)).await;
        let fault = fault(&exchange);
        assert_eq!(
            (fault.kind, fault.cause),
            (FaultKind::Tls, Some(cause)),
            "{fault:?}"
        );
        let shown = exchange.request.certificate.as_deref().unwrap();
        assert_eq!(shown.handed, Handed::Shown);
    }
}

#[tokio::test]
async fn a_certificate_for_an_address_without_tls_stays_unsent() {
    let ca = authority();
    let exchange = post(
        "http://127.0.0.1:9/token",
        &ca,
        Some(client(Some(&ca), |_| {})),
    )
    .await;
    let fault = fault(&exchange);
    assert_eq!(fault.kind, FaultKind::Protocol);
    assert!(fault.detail.contains(say::OWN_CERTIFICATE_UNUSABLE));
}

#[tokio::test]
async fn another_request_by_the_same_transport_shows_nothing() {
    let ca = authority();
    let url = serve(asking(&ca, ALL_VERSIONS)).await;
    let options = trusting(&ca);
    let transport = transport(&options);
    let mut with = Request::post(&url, Vec::new(), Purpose::Token);
    with.certificate = Some(Box::new(client(Some(&ca), |_| {})));
    let exchange = transport.send(with, &options).await;
    assert_eq!(exchange.status(), Some(200), "{exchange:?}");
    let without = Request::get(&url, Purpose::Discovery);
    let exchange = transport.send(without, &options).await;
    assert_eq!(
        fault(&exchange).cause,
        Some(FaultCause::ClientCertificateWanted)
    );
}
