//! Applications that prove themselves with what they sign, and the many ways that goes wrong.

use std::sync::OnceLock;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde_json::{Value as Json, json};

use super::super::ask::Ask;
use super::super::testing::{BASE, Bench, json as body_of};
use super::{Authority, Certificate};

const V2: &str = "/contoso.example/oauth2/v2.0/token";
const GRAPH: &str = "https://graph.microsoft.com/.default";
const TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// A key with its certificate.
pub struct Pair {
    pub pem: String,
    der: Vec<u8>,
    key: EncodingKey,
    modulus: String,
}

fn made() -> Pair {
    let pair = rcgen::KeyPair::generate_for(&rcgen::PKCS_RSA_SHA256).unwrap();
    let params = rcgen::CertificateParams::new(["daemon.contoso.example".to_owned()]).unwrap();
    let certificate = params.self_signed(&pair).unwrap();
    let signer = super::super::signer::RsaSigner::from_der(&pair.serialize_der()).unwrap();
    Pair {
        pem: certificate.pem(),
        der: certificate.der().to_vec(),
        key: EncodingKey::from_rsa_pem(pair.serialize_pem().as_bytes()).unwrap(),
        modulus: signer.public().0,
    }
}

fn own() -> &'static Pair {
    static PAIR: OnceLock<Pair> = OnceLock::new();
    PAIR.get_or_init(made)
}

fn other() -> &'static Pair {
    static PAIR: OnceLock<Pair> = OnceLock::new();
    PAIR.get_or_init(made)
}

impl Pair {
    fn print(&self, size: usize) -> Vec<u8> {
        let certificate = Certificate::of(self.der.clone());
        certificate.prints().find(|p| p.len() == size).unwrap()
    }

    /// Signs, with both thumbprints in the header.
    fn signed(&self, algorithm: Algorithm, claims: &Json) -> String {
        let mut header = Header::new(algorithm);
        if algorithm == Algorithm::PS256 {
            header.x5t_s256 = Some(URL_SAFE_NO_PAD.encode(self.print(32)));
        } else {
            header.x5t = Some(URL_SAFE_NO_PAD.encode(self.print(20)));
        }
        self.with(&header, claims)
    }

    fn with(&self, header: &Header, claims: &Json) -> String {
        encode(header, claims, &self.key).unwrap()
    }
}

/// A lab whose daemon has the certificate.
fn bench() -> Bench {
    let mut bench = Bench::new();
    let daemon = daemon(&mut bench);
    daemon.certificates = vec![Certificate::of_pem(&own().pem).unwrap()];
    bench
}

fn daemon(bench: &mut Bench) -> &mut super::super::world::Client {
    let mut clients = bench.world.clients_mut();
    clients.find(|c| c.name == "contoso-daemon").unwrap()
}

/// The claims of a good assertion, changed.
fn claims(bench: &Bench, change: &Json) -> Json {
    let (id, _) = bench.client("contoso-daemon");
    let now = bench.at.seconds();
    let mut claims = json!({
        "iss": id, "sub": id, "aud": format!("{BASE}{V2}"), "jti": "1",
        "iat": now, "nbf": now, "exp": now + 600,
    });
    for (name, value) in change.as_object().unwrap() {
        claims[name] = value.clone();
    }
    claims
}

/// The status and the code of what the daemon is told.
fn told(bench: &mut Bench, assertion: &str) -> (u16, u64, Json) {
    let (id, _) = bench.client("contoso-daemon");
    let (status, body) = bench.token(&[
        ("grant_type", "client_credentials"),
        ("client_id", &id),
        ("scope", GRAPH),
        ("client_assertion_type", TYPE),
        ("client_assertion", assertion),
    ]);
    let code = body["error_codes"][0].as_u64().unwrap_or_default();
    (status, code, body)
}

#[test]
fn a_certificate_proves_the_app_with_both_algorithms() {
    let mut bench = bench();
    for algorithm in [Algorithm::RS256, Algorithm::PS256] {
        let sent = own().signed(algorithm, &claims(&bench, &json!({})));
        assert_eq!(told(&mut bench, &sent).0, 200, "{algorithm:?}");
    }
}

#[test]
fn fractions_of_seconds_and_padded_thumbprints_are_taken() {
    let mut bench = bench();
    #[expect(clippy::cast_precision_loss, reason = "a time of our days")]
    let end = bench.at.seconds() as f64 + 600.5;
    let mut header = Header::new(Algorithm::PS256);
    header.x5t_s256 = Some(STANDARD.encode(own().print(32)));
    let sent = own().with(&header, &claims(&bench, &json!({ "exp": end })));
    assert_eq!(told(&mut bench, &sent).0, 200);
}

#[test]
fn a_thumbprint_is_enough_where_the_certificate_comes_along() {
    let mut bench = bench();
    let print = super::certificate::hex(&own().print(32));
    daemon(&mut bench).certificates = vec![Certificate::registered(None, Some(&print)).unwrap()];
    let claims = claims(&bench, &json!({}));
    let without = own().signed(Algorithm::PS256, &claims);
    assert_eq!(told(&mut bench, &without).1, 700_027);
    let mut header = Header::new(Algorithm::PS256);
    header.x5t_s256 = Some(URL_SAFE_NO_PAD.encode(own().print(32)));
    header.x5c = Some(vec![STANDARD.encode(&own().der)]);
    assert_eq!(told(&mut bench, &own().with(&header, &claims)).0, 200);
    header.x5c = Some(vec![STANDARD.encode(&other().der)]);
    assert_eq!(told(&mut bench, &other().with(&header, &claims)).1, 700_027);
}

/// An authority, and a pair whose certificate it issued for a name.
fn issued(name: &str) -> (String, Pair) {
    let mut params = rcgen::CertificateParams::default();
    params
        .distinguished_name
        .push(rcgen::DnType::CommonName, "An authority of this test");
    params.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    let ca = rcgen::CertifiedIssuer::self_signed(params, rcgen::KeyPair::generate().unwrap());
    let ca = ca.unwrap();
    let pair = rcgen::KeyPair::generate_for(&rcgen::PKCS_RSA_SHA256).unwrap();
    let mut params = rcgen::CertificateParams::default();
    params
        .distinguished_name
        .push(rcgen::DnType::CommonName, name);
    let certificate = params.signed_by(&pair, &ca).unwrap();
    let made = Pair {
        pem: certificate.pem(),
        der: certificate.der().to_vec(),
        key: EncodingKey::from_rsa_pem(pair.serialize_pem().as_bytes()).unwrap(),
        modulus: String::new(),
    };
    (ca.pem(), made)
}

#[test]
fn a_certificate_is_trusted_for_its_issuers_sake_where_subject_and_chain_are_right() {
    let mut bench = bench();
    let (ca, pair) = issued("daemon.contoso.example");
    let trust = |name: &str| vec![Authority::new(name, &ca).unwrap()];
    daemon(&mut bench).authorities = trust("daemon.contoso.example");
    let claims = claims(&bench, &json!({}));
    let without_chain = pair.signed(Algorithm::PS256, &claims);
    assert_eq!(told(&mut bench, &without_chain).1, 700_027);
    let mut header = Header::new(Algorithm::PS256);
    header.x5t_s256 = Some(URL_SAFE_NO_PAD.encode(pair.print(32)));
    header.x5c = Some(vec![STANDARD.encode(&pair.der)]);
    let sent = pair.with(&header, &claims);
    assert_eq!(told(&mut bench, &sent).0, 200);
    daemon(&mut bench).authorities = trust("other.contoso.example");
    assert_eq!(told(&mut bench, &sent).1, 700_030);
    let (other_ca, _) = issued("x");
    let other_ca = Authority::new("daemon.contoso.example", &other_ca);
    daemon(&mut bench).authorities = vec![other_ca.unwrap()];
    assert_eq!(told(&mut bench, &sent).1, 700_027);
}

#[test]
fn each_wrong_assertion_has_its_own_refusal() {
    let mut bench = bench();
    let now = bench.at.seconds();
    let url = |path: &str| format!("{BASE}{path}");
    let cases = [
        (json!({ "sub": "somebody" }), 50048),
        (json!({ "iss": "x", "sub": "x" }), 700_021),
        (
            json!({ "aud": url("/nowhere.example/oauth2/v2.0/token") }),
            700_023,
        ),
        (
            json!({ "aud": "https://login.contoso.example/t/oauth2/v2.0/token" }),
            700_023,
        ),
        (json!({ "aud": null }), 700_023),
        (json!({ "aud": [url(V2), url("/common/v2.0")] }), 5_002_741),
        (json!({ "exp": now - 301 }), 700_024),
        (json!({ "nbf": now + 301 }), 700_024),
        (json!({ "exp": null }), 50027),
    ];
    for (change, code) in cases {
        let sent = own().signed(Algorithm::PS256, &claims(&bench, &change));
        assert_eq!(told(&mut bench, &sent).1, code, "{change}");
    }
    for change in [json!({ "exp": now - 299 }), json!({ "aud": [url(V2)] })] {
        let sent = own().signed(Algorithm::PS256, &claims(&bench, &change));
        assert_eq!(told(&mut bench, &sent).0, 200, "{change}");
    }
}

#[test]
fn the_key_must_be_the_registered_one_and_must_have_signed() {
    let mut bench = bench();
    let good = claims(&bench, &json!({}));
    let unknown = other().signed(Algorithm::RS256, &good);
    let (status, code, body) = told(&mut bench, &unknown);
    assert_eq!((status, code), (401, 700_027));
    let print = super::certificate::hex(&other().print(20));
    assert!(body["error_description"].as_str().unwrap().contains(&print));
    let mut header = Header::new(Algorithm::PS256);
    assert_eq!(told(&mut bench, &own().with(&header, &good)).1, 5_002_723);
    header.x5t_s256 = Some(URL_SAFE_NO_PAD.encode(own().print(32)));
    assert_eq!(told(&mut bench, &other().with(&header, &good)).1, 7_000_274);
    let symmetric = encode(
        &Header::new(Algorithm::HS256),
        &good,
        &EncodingKey::from_secret(b"s"),
    );
    assert_eq!(told(&mut bench, &symmetric.unwrap()).1, 5_002_738);
    assert_eq!(told(&mut bench, "a.b.c").1, 50027);
    bench.change("set app contoso-daemon certificates none");
    let sent = own().signed(Algorithm::PS256, &good);
    assert_eq!(told(&mut bench, &sent).1, 700_027);
}

#[test]
fn a_certificate_proves_nothing_outside_its_dates() {
    let mut bench = bench();
    let pair = rcgen::KeyPair::generate_for(&rcgen::PKCS_RSA_SHA256).unwrap();
    let mut params = rcgen::CertificateParams::default();
    params.not_after = rcgen::date_time_ymd(2026, 1, 1);
    let certificate = params.self_signed(&pair).unwrap();
    let over = Pair {
        pem: certificate.pem(),
        der: certificate.der().to_vec(),
        key: EncodingKey::from_rsa_pem(pair.serialize_pem().as_bytes()).unwrap(),
        modulus: String::new(),
    };
    daemon(&mut bench).certificates = vec![Certificate::of(over.der.clone())];
    let sent = over.signed(Algorithm::RS256, &claims(&bench, &json!({})));
    assert_eq!(told(&mut bench, &sent).1, 1_000_502);
}

const SUBJECT: &str = "repo:contoso/daemon:ref:refs/heads/main";

/// What the lab's own issuer gives a job.
fn minted(bench: &mut Bench, form: &[(&str, &str)]) -> String {
    let mut body = url::form_urlencoded::Serializer::new(String::new());
    bench.world.open_control("the-control-token".into());
    let answer = bench.ask(&Ask {
        method: "POST".into(),
        base: BASE.into(),
        path: "/lab/assertion".into(),
        headers: vec![("authorization".into(), "Bearer the-control-token".into())],
        body: body.extend_pairs(form).finish().into_bytes(),
        ..Ask::default()
    });
    let value = body_of(&answer)["value"].as_str().map(str::to_owned);
    value.unwrap()
}

#[test]
fn nobody_is_given_an_assertion_without_the_control_token() {
    let mut bench = Bench::new();
    let form = [("subject", SUBJECT)];
    assert_eq!(bench.post("/lab/assertion", &form).status, 404);
    bench.world.open_control("the-control-token".into());
    assert_eq!(bench.post("/lab/assertion", &form).status, 401);
}

#[test]
fn the_token_of_a_trusted_issuer_stands_for_the_app() {
    let mut bench = Bench::new();
    let sent = minted(&mut bench, &[("subject", SUBJECT)]);
    assert_eq!(told(&mut bench, &sent).0, 200);
    bench.change("advance 16m");
    assert_eq!(told(&mut bench, &sent).1, 700_024);
}

#[test]
fn issuer_subject_and_audience_are_compared_character_by_character() {
    let cases = [
        (
            "set app contoso-daemon federated-issuer https://ci.contoso.example/",
            700_211,
        ),
        (
            "set app contoso-daemon federated-subject repo:contoso/daemon:environment:prod",
            700_213,
        ),
        (
            "set app contoso-daemon federated-subject repo:Contoso/daemon:ref:refs/heads/main",
            7_002_138,
        ),
        (
            "set app contoso-daemon federated-audience api://other",
            700_212,
        ),
    ];
    for (change, code) in cases {
        let mut bench = Bench::new();
        bench.change(change);
        let sent = minted(&mut bench, &[("subject", SUBJECT)]);
        let (status, found, _) = told(&mut bench, &sent);
        assert_eq!((status, found), (401, code), "{change}");
    }
    let mut bench = Bench::new();
    bench.change("set app contoso-daemon federated-issuer https://ci.contoso.example/");
    let sent = minted(&mut bench, &[("subject", SUBJECT)]);
    let (id, _) = bench.client("contoso-daemon");
    let form = [
        ("grant_type", "client_credentials"),
        ("client_id", &id),
        ("scope", GRAPH),
        ("client_assertion_type", TYPE),
        ("client_assertion", &sent),
    ];
    let because = bench.post(V2, &form).because;
    assert!(because.contains("they part at character 27"), "{because}");
}

#[test]
fn an_app_without_federated_credentials_trusts_nobody_and_the_lab_itself_is_no_outside_issuer() {
    let mut bench = Bench::new();
    let sent = minted(&mut bench, &[("subject", SUBJECT)]);
    daemon(&mut bench).federated.clear();
    let (status, code, _) = told(&mut bench, &sent);
    assert_eq!((status, code), (400, 70021));
    let mut bench = Bench::new();
    let own = bench.told(V2, "grant_type=client_credentials&client_id={daemon}&client_secret={secret}&scope={graph}/.default");
    let token = body_of(&own)["access_token"].as_str().unwrap().to_owned();
    assert_eq!(told(&mut bench, &token).1, 700_222);
}

#[test]
fn the_keys_of_an_issuer_decide() {
    let mut bench = Bench::new();
    let keys = json!({ "keys": [{ "kty": "RSA", "kid": "k1", "n": own().modulus, "e": "AQAB" }] });
    bench.world.issuers[0].keys = Some(keys.to_string());
    let change = json!({
        "iss": "https://ci.contoso.example", "sub": SUBJECT, "aud": "api://AzureADTokenExchange",
    });
    let claims = claims(&bench, &change);
    let mut header = Header::new(Algorithm::RS256);
    header.kid = Some("k1".into());
    assert_eq!(told(&mut bench, &own().with(&header, &claims)).0, 200);
    assert_eq!(
        told(&mut bench, &other().with(&header, &claims)).1,
        7_000_274
    );
    header.kid = Some("k2".into());
    assert_eq!(told(&mut bench, &own().with(&header, &claims)).1, 7_000_272);
}

#[test]
fn a_secret_ends_at_its_date_and_its_id_is_not_it() {
    let mut bench = Bench::new();
    let id = "0b0e7a52-0000-4000-8000-000000000001".to_owned();
    daemon(&mut bench).secrets = vec![super::super::world::ClientSecret {
        id: id.clone(),
        value: "sim-one".into(),
        expired: false,
        ends: crate::model::Moment::parse("2027-01-31T00:00:00Z"),
    }];
    let form =
        "grant_type=client_credentials&client_id={daemon}&scope={graph}/.default&client_secret=";
    assert_eq!(bench.told(V2, &format!("{form}sim-one")).status, 200);
    let answer = bench.told(V2, &format!("{form}{id}"));
    assert_eq!(body_of(&answer)["error_codes"][0], 7_000_215);
    assert!(answer.because.contains("the id of a secret"));
    bench.change("set app contoso-daemon secret-ends 2027-02-28T00:00:00Z");
    bench.change("advance 90d");
    assert_eq!(bench.told(V2, &format!("{form}sim-one")).status, 200);
    bench.change("advance 10d");
    let answer = bench.told(V2, &format!("{form}sim-one"));
    assert_eq!(body_of(&answer)["error_codes"][0], 7_000_222);
}
