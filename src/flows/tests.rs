//! Whole runs against a scripted network.

mod browser;
mod dpop;
mod federated;
mod region;
pub(super) mod rig;

use std::time::Duration;

use rig::{METADATA, Rig, granted, tokens_for_ada};

use super::*;
use crate::grants::testing::{at, form, spec};
use crate::model::run::Question;
use crate::model::{
    AssertionRef, Authority, CertificateMethod, CertificateRef, ClientAssertion, ClientCertificate,
    Credential, FaultKind, Flow, SecretKind,
};
use crate::strings::flows as say;
use crate::wire::scripted::Canned;

fn secret() -> Credential {
    Credential::Secret(Secret::new(SecretKind::ClientSecret, "s3cret"))
}

fn daemon() -> RunSpec {
    let mut spec = spec(Flow::ClientCredentials);
    spec.credential = secret();
    spec
}

#[tokio::test]
async fn client_credentials_find_the_metadata_then_the_token() {
    let rig = Rig::entra();
    rig.transport.json(
        200,
        r#"{"token_type":"Bearer","expires_in":3599,"access_token":"at-0123456789abcdefgh"}"#,
    );
    let (end, running) = rig.finish(daemon()).await;
    let facts = granted(end);
    assert_eq!(facts.scopes, ["https://graph.microsoft.com/.default"]);
    assert_eq!(facts.fingerprint.len(), 8);
    assert!(facts.expires.unwrap() >= at(3599) && !facts.from_cache);
    assert_eq!(facts.account, None);
    let asked = rig.asked();
    assert_eq!(
        asked[0].url,
        "https://login.microsoftonline.com/contoso.example/v2.0/.well-known/openid-configuration"
    );
    assert_eq!(
        form(&asked[1]),
        "grant_type=client_credentials client_id=app1 scope=https://graph.microsoft.com/.default client_secret=s3cret"
    );
    for request in &asked {
        let header = |name: &str| request.headers.iter().find(|h| h.name == name).unwrap();
        assert_eq!(header("client-request-id").value.reveal().len(), 36);
        assert_eq!(header("return-client-request-id").value.reveal(), "true");
    }
    assert_eq!(running.exchanges.len(), 2);
    assert!(!format!("{:?}", running.exchanges).contains("s3cret"));
    let cache = rig.context.cache.lock().unwrap();
    assert_eq!(cache.access_tokens().count(), 1);
}

#[tokio::test]
async fn the_token_of_another_issuer_goes_as_it_is_and_a_word_that_is_none_stays_here() {
    let token = "eyJhbGciOiJub25lIn0.eyJpc3MiOiJpIiwic3ViIjoicyIsImF1ZCI6ImEiLCJleHAiOjF9.x";
    let proven_by = |token: &str| {
        let mut spec = daemon();
        spec.credential = Credential::Assertion(ClientAssertion {
            token: Secret::new(SecretKind::Assertion, token),
            from: AssertionRef::File("/run/token".into()),
        });
        spec
    };
    let rig = Rig::entra();
    rig.transport
        .json(200, r#"{"access_token":"at-0123456789abcdefgh"}"#);
    let (end, running) = rig.finish(proven_by(token)).await;
    granted(end);
    // MSAL Python sends client_info as well; without a user there is nothing to tell in it.
    assert_eq!(
        form(&rig.asked()[1]),
        format!(
            "grant_type=client_credentials client_id=app1 scope=https://graph.microsoft.com/.default client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer client_assertion={token}"
        )
    );
    let told = running
        .events
        .iter()
        .any(|line| line.contains("that token expired at 1970"));
    assert!(told, "{:?}", running.events);

    let rig = Rig::entra();
    let (end, _) = rig.finish(proven_by("no-token")).await;
    let End::Invalid(problems) = end else {
        panic!("{end:?}");
    };
    assert_eq!(
        (problems[0].at.as_str(), rig.asked().len()),
        ("/run/token", 0)
    );
}

#[tokio::test]
async fn every_request_has_an_assertion_of_its_own_for_the_token_endpoint() {
    let key = rcgen::KeyPair::generate_for(&rcgen::PKCS_RSA_SHA256).unwrap();
    let certificate = rcgen::CertificateParams::default()
        .self_signed(&key)
        .unwrap();
    let file = |text: String| Secret::new(SecretKind::PrivateKey, text);
    let mut spec = daemon();
    spec.options.retry.attempts = 1;
    spec.credential = Credential::Certificate(Box::new(ClientCertificate {
        key: file(key.serialize_pem()),
        certificate: file(certificate.pem()),
        password: None,
        at: CertificateRef::default(),
    }));
    let rig = Rig::entra();
    rig.transport.json(503, "{}");
    rig.transport
        .json(200, r#"{"access_token":"at-0123456789abcdefgh"}"#);
    tokio::time::pause();
    let (end, running) = rig.finish(spec).await;
    granted(end);
    let claims = |request: &crate::model::Request| {
        let mut fields = request.form.iter();
        let sent = fields
            .find(|field| field.name == "client_assertion")
            .unwrap();
        crate::decode::jwt::parse(sent.value.reveal())
            .unwrap()
            .claims
    };
    let asked = rig.asked();
    let (first, second) = (claims(&asked[1]), claims(&asked[2]));
    assert_eq!(first["aud"], asked[1].url.as_str());
    assert_ne!(first["jti"], second["jti"]);
    let secret = key.serialize_pem().lines().nth(1).unwrap().to_owned();
    assert!(!format!("{:?}{:?}", running.events, running.exchanges).contains(&secret));
}

#[tokio::test]
async fn a_certificate_of_the_handshake_goes_with_the_token_request_alone_and_nothing_else_proves()
{
    let key = rcgen::KeyPair::generate().unwrap();
    let certificate = rcgen::CertificateParams::default()
        .self_signed(&key)
        .unwrap();
    let file = |text: String| Secret::new(SecretKind::PrivateKey, text);
    let mut spec = daemon();
    spec.credential = Credential::Certificate(Box::new(ClientCertificate {
        key: file(key.serialize_pem()),
        certificate: file(certificate.pem()),
        password: None,
        at: CertificateRef {
            method: CertificateMethod::Tls,
            ..CertificateRef::default()
        },
    }));
    let rig = Rig::entra();
    rig.transport
        .json(200, r#"{"access_token":"at-0123456789abcdefgh"}"#);
    let (end, running) = rig.finish(spec).await;
    granted(end);
    let asked = rig.asked();
    assert!(asked[0].certificate.is_none(), "discovery shows nothing");
    let shown = asked[1].certificate.as_ref().unwrap();
    assert!(shown.identity.is_some());
    let names = |name: &str| asked[1].form.iter().any(|field| field.name == name);
    assert!(names("client_id") && !names("client_assertion") && !names("client_secret"));
    let said = running.events.join(" ");
    assert!(said.contains(&shown.thumbprint), "{said}");
    assert!(said.contains("does not list `tls_client_auth`"), "{said}");
    let secret = key.serialize_pem().lines().nth(1).unwrap().to_owned();
    assert!(!format!("{:?}{:?}", running.events, running.exchanges).contains(&secret));
}

#[tokio::test]
async fn a_refusal_is_a_value_with_its_reading() {
    let rig = Rig::entra();
    rig.transport
        .json(401, r#"{"error":"invalid_client","error_codes":[7000215]}"#);
    let (end, _) = rig.finish(daemon()).await;
    let End::Refused { place, reading } = end else {
        panic!("{end:?}");
    };
    assert_eq!(place, Place::Token);
    assert_eq!(reading.codes(), ["AADSTS7000215"]);
}

#[tokio::test]
async fn no_reply_is_unreachable() {
    let rig = Rig::new();
    rig.transport.then(Canned::Fault(FaultKind::Dns));
    let (end, running) = rig.finish(daemon()).await;
    assert!(
        matches!(
            end,
            End::Unreachable {
                place: Place::Discovery,
                ..
            }
        ),
        "{end:?}"
    );
    assert_eq!(running.exchanges.len(), 1);
}

#[tokio::test]
async fn a_missing_secret_is_asked_for_and_an_empty_answer_is_none() {
    let rig = Rig::entra();
    rig.transport.json(200, r#"{"access_token":"at"}"#);
    let mut running = rig.start(spec(Flow::ClientCredentials));
    running
        .until(|activity| *activity == Activity::Asking(Question::ClientSecret))
        .await;
    running.tell(Control::Answer(Secret::new(SecretKind::ClientSecret, "")));
    running.tell(Control::Answer(Secret::new(
        SecretKind::ClientSecret,
        "typed",
    )));
    granted(running.end().await);
    assert!(form(&rig.asked()[1]).ends_with("client_secret=typed"));
}

#[tokio::test]
async fn basic_is_used_where_nothing_else_is_offered() {
    let rig = Rig::new();
    let issuer = "https://issuer.contoso.example";
    rig.transport.json(
        200,
        &format!(r#"{{"issuer":"{issuer}","token_endpoint":"{issuer}/token"}}"#),
    );
    rig.transport.json(200, r#"{"access_token":"at"}"#);
    let mut spec = daemon();
    spec.authority = Authority::parse(issuer).unwrap();
    let (end, _) = rig.finish(spec).await;
    granted(end);
    let request = &rig.asked()[1];
    assert!(!form(request).contains("client_secret"));
    assert!(request.headers[0].value.reveal().starts_with("Basic "));
    assert_eq!(
        request.headers.len(),
        1,
        "an issuer elsewhere gets no client-request-id"
    );
}

#[tokio::test(start_paused = true)]
async fn a_throttled_request_waits_visibly_and_the_wait_can_be_cut() {
    let rig = Rig::entra();
    rig.transport.reply(429, &[("retry-after", "120")], "{}");
    rig.transport.json(200, r#"{"access_token":"at"}"#);
    let mut spec = daemon();
    spec.options.retry.attempts = 1;
    let mut running = rig.start(spec);
    let activity = running
        .until(|activity| matches!(activity, Activity::Waiting { .. }))
        .await;
    assert!(matches!(activity, Activity::Waiting { until, can_cut: true, .. } if until >= at(120)));
    running.tell(Control::CutWait);
    granted(running.end().await);
    assert!(rig.clock_now() < at(120));
}

const DEVICE: &str = r#"{"device_code":"dc","user_code":"HBMC-WPWP","verification_uri":"https://x/device","expires_in":900,"interval":5}"#;
const PENDING: &str = r#"{"error":"authorization_pending"}"#;

#[tokio::test(start_paused = true)]
async fn a_device_sign_in_polls_in_its_interval_until_it_is_granted() {
    let rig = Rig::entra();
    rig.transport
        .json(200, DEVICE)
        .json(400, PENDING)
        .json(400, PENDING);
    rig.transport.json(200, &tokens_for_ada("-"));
    let mut running = rig.start(spec(Flow::DeviceCode));
    let activity = running
        .until(|activity| matches!(activity, Activity::Device { .. }))
        .await;
    let Activity::Device {
        user_code, page, ..
    } = activity
    else {
        panic!("{activity:?}");
    };
    assert_eq!(
        (user_code.as_str(), page.as_str()),
        ("HBMC-WPWP", "https://x/device")
    );
    let facts = granted(running.end().await);
    assert_eq!(facts.account.as_deref(), Some("ada@contoso.example"));
    assert!(facts.refresh_fingerprint.is_some());
    let polls: Vec<i64> = running.exchanges[2..]
        .iter()
        .map(|exchange| exchange.started.since(at(0)).as_secs().cast_signed())
        .collect();
    assert_eq!(polls, [5, 10, 15]);
}

#[tokio::test(start_paused = true)]
async fn cutting_the_wait_polls_at_once() {
    let rig = Rig::entra();
    rig.transport
        .json(200, DEVICE)
        .json(200, &tokens_for_ada("-"));
    let mut running = rig.start(spec(Flow::DeviceCode));
    running
        .until(|activity| matches!(activity, Activity::Device { .. }))
        .await;
    running.tell(Control::CutWait);
    granted(running.end().await);
    assert!(rig.clock_now() < at(5));
}

#[tokio::test(start_paused = true)]
async fn a_clock_that_is_moved_on_ends_the_wait() {
    let rig = Rig::entra();
    rig.transport
        .json(200, DEVICE)
        .json(400, r#"{"error":"expired_token"}"#);
    let mut running = rig.start(spec(Flow::DeviceCode));
    running
        .until(|activity| matches!(activity, Activity::Device { .. }))
        .await;
    rig.clock.advance(Duration::from_hours(1));
    let end = running.end().await;
    assert!(matches!(end, End::Refused { .. }), "{end:?}");
    assert_eq!(rig.asked().len(), 3, "one last poll");
}

#[tokio::test(start_paused = true)]
async fn what_the_device_page_shows_can_be_pasted() {
    let rig = Rig::entra();
    rig.transport.json(200, DEVICE);
    let mut running = rig.start(spec(Flow::DeviceCode));
    running
        .until(|activity| matches!(activity, Activity::Device { .. }))
        .await;
    running.tell(Control::Paste(
        "AADSTS53003: Access has been blocked".into(),
    ));
    let End::Refused { place, reading } = running.end().await else {
        panic!("not refused");
    };
    assert_eq!(
        (place, reading.codes()),
        (Place::DevicePage, vec!["AADSTS53003"])
    );
}

#[tokio::test(start_paused = true)]
async fn it_can_be_cancelled_while_a_request_is_on_its_way() {
    let rig = Rig::entra();
    rig.transport.then(Canned::Silence);
    let mut running = rig.start(daemon());
    let word = say::sending(crate::model::Purpose::Token);
    running
        .until(|activity| *activity == Activity::Sending(word.to_owned()))
        .await;
    running.tell(Control::Cancel);
    assert!(matches!(running.end().await, End::Cancelled));
    let fault = running.exchanges[1].fault.as_ref().unwrap();
    assert_eq!(fault.kind, FaultKind::Cancelled);
}

#[tokio::test(start_paused = true)]
async fn it_can_be_cancelled_while_it_waits_and_while_it_asks() {
    let rig = Rig::entra();
    rig.transport.json(200, DEVICE);
    let mut running = rig.start(spec(Flow::DeviceCode));
    running
        .until(|activity| matches!(activity, Activity::Device { .. }))
        .await;
    running.tell(Control::Cancel);
    assert!(matches!(running.end().await, End::Cancelled));
    let rig = Rig::entra();
    let mut running = rig.start(spec(Flow::ClientCredentials));
    running
        .until(|activity| matches!(activity, Activity::Asking(_)))
        .await;
    running.tell(Control::Cancel);
    assert!(matches!(running.end().await, End::Cancelled));
}

#[tokio::test(start_paused = true)]
async fn a_shell_that_went_away_does_not_stop_the_run() {
    let rig = Rig::entra();
    rig.transport.json(200, DEVICE).json(400, PENDING);
    rig.transport.json(200, &tokens_for_ada("-"));
    let rig::Running {
        control,
        report,
        task,
        ..
    } = rig.start(spec(Flow::DeviceCode));
    drop((control, report));
    granted(task.await.unwrap());
}

/// Ada signs in by device code; her tokens are held.
async fn signed_in() -> Rig {
    let rig = Rig::entra();
    rig.transport
        .json(200, DEVICE)
        .json(200, &tokens_for_ada("-"));
    granted(rig.finish(spec(Flow::DeviceCode)).await.0);
    rig
}

#[tokio::test(start_paused = true)]
async fn silent_takes_the_held_token_without_a_request() {
    let rig = signed_in().await;
    let before = rig.asked().len();
    let (end, running) = rig.finish(spec(Flow::Silent)).await;
    let facts = granted(end);
    assert!(facts.from_cache && facts.id_claims.is_some());
    assert_eq!(facts.account.as_deref(), Some("ada@contoso.example"));
    assert_eq!(rig.asked().len(), before);
    assert!(running.events.contains(&say::FOUND_ACCESS.to_owned()));
}

#[tokio::test(start_paused = true)]
async fn silent_refreshes_what_has_expired_and_keeps_the_refresh_token_when_refused() {
    let rig = signed_in().await;
    rig.clock.advance(Duration::from_secs(3700));
    rig.transport
        .json(200, METADATA)
        .json(400, r#"{"error":"invalid_grant","suberror":"bad_token"}"#);
    let (end, running) = rig.finish(spec(Flow::Silent)).await;
    assert!(matches!(end, End::Refused { .. }), "{end:?}");
    let sent = rig.asked();
    assert!(
        form(sent.last().unwrap())
            .starts_with("grant_type=refresh_token refresh_token=rt-0123456789abcdefgh ")
    );
    assert!(running.events.iter().any(|event| event.contains("expired")));
    let cache = rig.context.cache.lock().unwrap();
    assert_eq!(cache.refresh_tokens().count(), 1, "never dropped on error");
}

#[tokio::test(start_paused = true)]
async fn a_token_that_should_be_renewed_is_what_silent_falls_back_on() {
    let rig = Rig::entra();
    let aging = tokens_for_ada("-").replace("\"expires_in\"", "\"refresh_in\":60,\"expires_in\"");
    rig.transport
        .json(200, DEVICE)
        .json(200, &aging)
        .json(200, METADATA)
        .json(400, r#"{"error":"temporarily_unavailable"}"#);
    rig.finish(spec(Flow::DeviceCode)).await;
    rig.clock.advance(Duration::from_secs(70));
    let (end, running) = rig.finish(spec(Flow::Silent)).await;
    assert!(granted(end).from_cache);
    assert_eq!(running.exchanges.last().unwrap().status(), Some(400));
    assert!(running.events.contains(&say::MISS_AGING.to_owned()));
    assert!(running.events.contains(&say::FELL_BACK.to_owned()));
}

#[tokio::test(start_paused = true)]
async fn silent_with_claims_passes_the_held_token_over() {
    let rig = signed_in().await;
    rig.transport
        .json(200, METADATA)
        .json(200, &tokens_for_ada("-"));
    let mut spec = spec(Flow::Silent);
    spec.claims = Some(r#"{"access_token":{"acrs":{"essential":true,"value":"c1"}}}"#.into());
    spec.capabilities = vec!["cp1".into()];
    let (end, running) = rig.finish(spec).await;
    assert!(!granted(end).from_cache);
    assert!(running.events.contains(&say::MISS_CLAIMS.to_owned()));
    let sent = rig.asked();
    assert!(form(sent.last().unwrap()).contains(r#"claims={"access_token":{"acrs":"#));
    assert!(form(sent.last().unwrap()).contains(r#""xms_cc":{"values":["cp1"]}"#));
}

#[tokio::test]
async fn silent_with_nothing_held_says_so_and_sends_nothing() {
    let rig = Rig::new();
    let (end, running) = rig.finish(spec(Flow::Silent)).await;
    let End::Invalid(problems) = end else {
        panic!("{end:?}");
    };
    assert_eq!(problems[0].what, say::NOTHING_HELD);
    assert!(running.events.contains(&say::MISS_NO_ACCOUNT.to_owned()));
    assert!(rig.asked().is_empty());
}

#[tokio::test]
async fn a_password_is_asked_for_after_the_realm_is_known() {
    let rig = Rig::entra();
    rig.transport
        .json(200, r#"{"account_type":"Managed"}"#)
        .json(400, r#"{"error":"invalid_grant","error_codes":[50126]}"#);
    let mut spec = spec(Flow::Password);
    spec.username = Some("ada@contoso.example".into());
    let mut running = rig.start(spec);
    running
        .until(|activity| *activity == Activity::Asking(Question::Password))
        .await;
    running.tell(Control::Answer(Secret::new(SecretKind::Password, "pw")));
    assert!(matches!(running.end().await, End::Refused { .. }));
    assert!(form(&rig.asked()[2]).contains("password=pw"));
    assert!(
        !running.events.join("\n").contains("ada@"),
        "{:?}",
        running.events
    );
}

#[tokio::test]
async fn metadata_that_names_another_host_stops_everything() {
    let rig = Rig::new();
    rig.transport.json(
        200,
        r#"{"issuer":"https://login.microsoftonline.com/t1/v2.0","token_endpoint":"https://evil.example/token"}"#,
    );
    let (end, _) = rig.finish(daemon()).await;
    assert!(matches!(end, End::Invalid(_)), "{end:?}");
    assert_eq!(rig.asked().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn the_api_is_called_with_the_newest_token_and_only_where_it_may_go() {
    let rig = signed_in().await;
    let mut spec = spec(Flow::DeviceCode);
    spec.api = Some("https://graph.microsoft.com/v1.0/me".into());
    rig.transport.json(200, "{}");
    let exchanges = call_api(&spec, &rig.context).await.unwrap();
    assert_eq!((exchanges.len(), exchanges[0].status()), (1, Some(200)));
    let header = rig.asked().last().unwrap().headers[0].clone();
    assert_eq!(header.value.reveal(), "Bearer at-0123456789abcdefgh");
    for api in ["http://graph.microsoft.com/v1.0/me", "ftp://x", "", "me"] {
        spec.api = Some(api.into());
        assert!(call_api(&spec, &rig.context).await.is_err(), "{api}");
    }
    spec.api = Some("https://graph.microsoft.com/v1.0/me".into());
    spec.scopes = vec!["Mail.Read".into()];
    assert!(call_api(&spec, &rig.context).await.is_err());
}

#[tokio::test(start_paused = true)]
async fn a_call_carries_its_method_its_headers_and_the_body_of_its_file() {
    let rig = signed_in().await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("body");
    std::fs::write(&path, r#"{"displayName":"Ada"}"#).unwrap();
    let mut spec = spec(Flow::DeviceCode);
    spec.api = Some(crate::model::ApiCall {
        url: "https://graph.microsoft.com/v1.0/me".into(),
        method: crate::model::ApiMethod::Patch,
        headers: vec![("Prefer".into(), "return=minimal".into())],
        body: Some(path.clone()),
    });
    rig.transport.json(204, "");
    call_api(&spec, &rig.context).await.unwrap();
    let asked = rig.asked().pop().unwrap();
    assert_eq!(asked.method, "PATCH");
    assert_eq!(asked.body.unwrap().reveal(), r#"{"displayName":"Ada"}"#);
    let headers: Vec<&str> = asked.headers.iter().map(|h| h.name.as_str()).collect();
    assert_eq!(headers, ["Prefer", "Content-Type", "Authorization"]);
    assert_eq!(asked.headers[1].value.reveal(), "application/json");
    for bytes in [vec![b'a'; (1 << 20) + 1], vec![0xff]] {
        std::fs::write(&path, bytes).unwrap();
        let problem = call_api(&spec, &rig.context).await.unwrap_err();
        assert_eq!(problem.at, "api-body");
    }
    std::fs::remove_file(&path).unwrap();
    assert!(call_api(&spec, &rig.context).await.is_err());
}
