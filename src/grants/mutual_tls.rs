//! Mutual TLS (RFC 8705): where a client goes that shows its certificate in the handshake, and to whom it may show it.

use serde_json::{Map, Value as Json};
use url::Url;

use super::Metadata;
use super::metadata::{BACKCHANNEL_ENDPOINT, PAR_ENDPOINT, objection};
use crate::model::{CertificateMethod, Problem, Purpose, RunSpec};
use crate::strings::grants as say;

/// The member that names the endpoints for it (RFC 8705 section 5).
pub const ALIASES: &str = "mtls_endpoint_aliases";

/// The endpoints that a server has for clients that show a certificate, each beside its usual one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Aliases {
    /// Instead of `token_endpoint`.
    pub token: Option<String>,
    /// Instead of `pushed_authorization_request_endpoint`.
    pub par: Option<String>,
    /// Instead of `device_authorization_endpoint`.
    pub device: Option<String>,
    /// Instead of `backchannel_authentication_endpoint`.
    pub backchannel: Option<String>,
    /// Instead of `introspection_endpoint`.
    pub introspection: Option<String>,
    /// Instead of `revocation_endpoint`.
    pub revocation: Option<String>,
    /// Instead of `userinfo_endpoint`.
    pub userinfo: Option<String>,
}

impl Aliases {
    /// Reads them out of a metadata document.
    pub(crate) fn read(members: &Map<String, Json>) -> Self {
        let named = members.get(ALIASES);
        let text = |name: &str| {
            let text = named?.get(name)?.as_str()?;
            (!text.is_empty()).then(|| text.to_owned())
        };
        Self {
            token: text("token_endpoint"),
            par: text(PAR_ENDPOINT),
            device: text("device_authorization_endpoint"),
            backchannel: text(BACKCHANNEL_ENDPOINT),
            introspection: text("introspection_endpoint"),
            revocation: text("revocation_endpoint"),
            userinfo: text("userinfo_endpoint"),
        }
    }
}

/// The metadata as a run of this spec uses it: with the endpoints for mutual TLS in place of the usual ones, where the
/// client shows a certificate.
///
/// # Errors
/// A token, PAR, device or backchannel endpoint that the certificate may not be shown to: on a host that nobody named or trusts, or
/// without TLS. The others are looked at when they are used.
pub fn settle(mut metadata: Metadata, spec: &RunSpec) -> Result<Metadata, Vec<Problem>> {
    if spec.credential.in_handshake().is_none() {
        return Ok(metadata);
    }
    let aliases = *metadata.mutual_tls.clone();
    let named = [
        &aliases.token,
        &aliases.par,
        &aliases.device,
        &aliases.backchannel,
    ];
    let trusted = &spec.options.trusted_hosts;
    let kind = metadata.kind;
    let objections = named.into_iter().flatten();
    let objections =
        objections.filter_map(|url| objection(ALIASES, url, &spec.authority, kind, trusted));
    let mut problems: Vec<Problem> = objections.collect();
    metadata.token_endpoint = aliases.token.unwrap_or(metadata.token_endpoint);
    let pairs = [
        (&mut metadata.par_endpoint, aliases.par),
        (&mut metadata.device_authorization_endpoint, aliases.device),
        (&mut metadata.backchannel_endpoint, aliases.backchannel),
        (&mut metadata.introspection_endpoint, aliases.introspection),
        (&mut metadata.revocation_endpoint, aliases.revocation),
        (&mut metadata.userinfo_endpoint, aliases.userinfo),
    ];
    for (usual, alias) in pairs {
        *usual = alias.or(usual.take());
    }
    if !is_tls(&metadata.token_endpoint) {
        let what = say::no_tls(&metadata.token_endpoint);
        problems.push(Problem::new(what, "token_endpoint", say::EXPECTED_TLS));
    }
    problems.dedup();
    if problems.is_empty() {
        Ok(metadata)
    } else {
        Err(problems)
    }
}

/// Whether a certificate may be shown with such a request: to the authority's endpoints where the client speaks for
/// itself or shows a token, and to the API that the person named; by https alone.
pub fn shows(purpose: Purpose, url: &str) -> bool {
    let fitting = match purpose {
        Purpose::Token
        | Purpose::PushedAuthorization
        | Purpose::DeviceStart
        | Purpose::BackchannelStart
        | Purpose::Introspection
        | Purpose::Revocation
        | Purpose::UserInfo
        | Purpose::Api => true,
        Purpose::Discovery | Purpose::Keys | Purpose::UserRealm | Purpose::ClientAssertion => false,
    };
    fitting && is_tls(url)
}

fn is_tls(url: &str) -> bool {
    Url::parse(url).is_ok_and(|url| url.scheme() == "https")
}

/// What speaks against hoping for bound tokens: the document does not say that the server binds them (RFC 8705
/// section 3.3). Only where nothing else is wanted of the certificate.
pub fn unbound(spec: &RunSpec, metadata: &Metadata) -> Option<Problem> {
    let alone = spec.credential.in_handshake() == Some(CertificateMethod::Binding);
    (alone && !metadata.binds_to_certificate).then(|| {
        Problem::new(
            say::BINDING_UNLISTED,
            "certificate-method",
            say::BINDING_EXPECTED,
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grants::testing::{metadata, spec};
    use crate::model::{
        Authority, AuthorityKind, CertificateRef, ClientCertificate, Credential, Flow, Secret,
        SecretKind,
    };

    fn by(method: CertificateMethod) -> RunSpec {
        let mut spec = spec(Flow::ClientCredentials);
        spec.authority = Authority::parse("https://issuer.contoso.example").unwrap();
        spec.credential = Credential::Certificate(Box::new(ClientCertificate {
            key: Secret::new(SecretKind::PrivateKey, "k"),
            certificate: Secret::new(SecretKind::PrivateKey, "c"),
            password: None,
            at: CertificateRef {
                method,
                ..CertificateRef::default()
            },
        }));
        spec
    }

    fn issuer(aliases: &str) -> Metadata {
        let base = "https://issuer.contoso.example";
        let text = format!(
            r#"{{"issuer":"{base}","token_endpoint":"{base}/token","userinfo_endpoint":"{base}/me","revocation_endpoint":"{base}/revoke","tls_client_certificate_bound_access_tokens":true,"mtls_endpoint_aliases":{aliases}}}"#
        );
        let Ok(read) = Metadata::read(text.as_bytes(), AuthorityKind::Oidc) else {
            panic!("no metadata: {text}");
        };
        read
    }

    const ELSEWHERE: &str = r#"{"token_endpoint":"https://mtls.contoso.example/token","userinfo_endpoint":"https://mtls.contoso.example/me"}"#;

    #[test]
    fn a_client_that_shows_its_certificate_goes_to_the_endpoints_for_it() {
        let mut spec = by(CertificateMethod::Tls);
        spec.options.trusted_hosts = vec!["mtls.contoso.example".into()];
        let settled = settle(issuer(ELSEWHERE), &spec).unwrap();
        assert_eq!(settled.token_endpoint, "https://mtls.contoso.example/token");
        let me = settled.userinfo_endpoint.as_deref();
        assert_eq!(me, Some("https://mtls.contoso.example/me"));
        let revoke = settled.revocation_endpoint.as_deref();
        assert_eq!(revoke, Some("https://issuer.contoso.example/revoke"));
    }

    #[test]
    fn an_endpoint_for_it_on_a_host_that_nobody_trusts_is_refused_with_the_way_to_trust_it() {
        let problems = settle(issuer(ELSEWHERE), &by(CertificateMethod::SelfSigned)).unwrap_err();
        assert_eq!(problems.len(), 1, "user information is looked at when used");
        assert!(
            problems[0]
                .expected
                .contains("--trust-host mtls.contoso.example")
        );
        assert!(problems[0].what.contains(ALIASES), "{problems:?}");
    }

    #[test]
    fn whoever_signs_assertions_stays_with_the_usual_endpoints() {
        let usual = issuer(ELSEWHERE);
        let settled = settle(usual.clone(), &by(CertificateMethod::Assertion)).unwrap();
        assert_eq!(settled, usual);
    }

    #[test]
    fn a_certificate_is_shown_by_https_alone_and_to_nobody_who_did_not_ask_for_the_client() {
        assert!(shows(
            Purpose::Token,
            "https://issuer.contoso.example/token"
        ));
        assert!(!shows(Purpose::Token, "http://127.0.0.1:8400/token"));
        for purpose in [
            Purpose::Discovery,
            Purpose::Keys,
            Purpose::UserRealm,
            Purpose::ClientAssertion,
        ] {
            assert!(
                !shows(purpose, "https://issuer.contoso.example/x"),
                "{purpose:?}"
            );
        }
        let mut plain = issuer("{}");
        plain.token_endpoint = "http://127.0.0.1:8400/token".into();
        let problems = settle(plain, &by(CertificateMethod::Tls)).unwrap_err();
        assert_eq!(problems[0].at, "token_endpoint");
    }

    #[test]
    fn binding_alone_is_warned_of_where_the_server_does_not_bind() {
        let alone = by(CertificateMethod::Binding);
        assert_eq!(unbound(&alone, &issuer("{}")), None);
        assert!(unbound(&alone, &metadata()).is_some());
        assert_eq!(unbound(&by(CertificateMethod::Tls), &metadata()), None);
    }
}
