//! The same error means something else to a daemon, a web API, a page, a device.

use std::time::Duration;

use crate::guide::samples::{OF_API, OF_POLICY, Scene, Wire, daemon, ids, spec};
use crate::model::{
    Actor, Class, ClientKind, Doing, FaultCause, FaultKind, Flow, Login, Moment, Place,
    ServerCertificate, Shape,
};

#[test]
fn a_daemon_is_never_told_to_sign_in() {
    for code in [
        "AADSTS50076",
        "AADSTS50173",
        "AADSTS65001",
        "AADSTS50034",
        "AADSTS53000",
        "AADSTS700016",
        "AADSTS90033",
    ] {
        for claims in [false, true] {
            let mut scene = Scene::refused(daemon(), "invalid_grant", &[code]);
            if claims {
                scene = scene.claims(OF_POLICY);
            }
            let diagnosis = scene.diagnose();
            assert!(
                matches!(
                    diagnosis.login,
                    Login::NotApplicable | Login::No | Login::AfterWait
                ),
                "{code}: {:?}",
                diagnosis.login
            );
            assert!(
                !diagnosis.acts.contains(&Actor::User) && !diagnosis.acts.is_empty(),
                "{code}"
            );
            for step in &diagnosis.plan.steps {
                let signs_in = matches!(
                    step.doing,
                    Doing::SignIn { .. }
                        | Doing::DeviceCode { .. }
                        | Doing::Silent { .. }
                        | Doing::EnterPassword
                );
                assert!(!signs_in, "{code}: {}", step.id);
            }
            assert!(!diagnosis.plan.steps.is_empty(), "{code}");
        }
    }
}

#[test]
fn a_web_client_without_a_user_is_a_daemon_too() {
    let mut web = daemon();
    web.client_kind = ClientKind::Web;
    let diagnosis = Scene::refused(web, "invalid_grant", &["AADSTS65001"]).diagnose();
    assert_eq!(diagnosis.login, Login::NotApplicable);
    assert_eq!(diagnosis.acts, [Actor::Admin]);
}

#[test]
fn a_web_api_relays_the_challenge() {
    let mut api = spec(Flow::Silent);
    api.client_kind = ClientKind::Api;
    let diagnosis = Scene::refused(api, "invalid_grant", &["AADSTS50076"])
        .suberror("basic_action")
        .claims(OF_POLICY)
        .diagnose();
    assert_eq!(diagnosis.login, Login::NotApplicable);
    assert_eq!(diagnosis.acts, [Actor::Developer, Actor::User]);
    assert_eq!(diagnosis.plan.steps[0].id, "relay-claims");
    assert!(diagnosis.login_words.contains("caller"));
    assert!(ids(&diagnosis).iter().all(|id| !id.starts_with("sign-in")));
}

#[test]
fn an_app_meets_an_apis_challenge_at_the_token_endpoint() {
    let diagnosis = Scene::refused(daemon(), "insufficient_claims", &[])
        .at(Place::Resource)
        .status(401)
        .claims(OF_API)
        .diagnose();
    assert_eq!(
        diagnosis.plan.steps[0].doing,
        Doing::AppTokenWithClaims {
            claims: OF_API.into()
        }
    );
}

#[test]
fn an_apis_challenge_is_met_silently_first_then_by_signing_in_with_the_same_claims() {
    let diagnosis = Scene::refused(spec(Flow::Silent), "insufficient_claims", &[])
        .at(Place::Resource)
        .status(401)
        .claims(OF_API)
        .diagnose();
    let claims = Some(OF_API.to_owned());
    assert_eq!(
        diagnosis.plan.steps[0].doing,
        Doing::Silent {
            force_refresh: true,
            claims: claims.clone()
        }
    );
    assert_eq!(
        diagnosis.plan.steps[1].doing,
        Doing::SignIn {
            claims,
            prompt: None
        }
    );
    assert_eq!(diagnosis.plan.steps[2].doing, Doing::CallApi);
    assert_eq!(diagnosis.because[0], "claims");
}

#[test]
fn a_page_says_that_the_program_heard_nothing() {
    let diagnosis = Scene::refused(spec(Flow::Interactive), "", &["AADSTS700016"])
        .at(Place::Page)
        .diagnose();
    assert!(
        diagnosis
            .notes
            .iter()
            .any(|note| note.contains("got no reply"))
    );
    assert!(
        !ids(&diagnosis).contains(&"paste-page"),
        "the page is in hand already"
    );
}

#[test]
fn a_policy_met_by_device_code_offers_the_browser_and_bars_the_device_code() {
    let diagnosis = Scene::refused(spec(Flow::DeviceCode), "", &["AADSTS53003"])
        .at(Place::DevicePage)
        .diagnose();
    assert_eq!(ids(&diagnosis), ["tell-admin-policy", "sign-in"]);
    let ways = &diagnosis.plan.steps[1].ways;
    assert_eq!(
        (ways[0].id.as_str(), ways[0].barred.as_deref()),
        ("browser", None)
    );
    assert_eq!(ways[1].id, "device-code");
    assert!(ways[1].barred.is_some());
}

#[test]
fn a_declined_or_expired_device_code_is_begun_again_on_purpose_only() {
    for error in ["authorization_declined", "expired_token"] {
        let diagnosis = Scene::refused(spec(Flow::DeviceCode), error, &[]).diagnose();
        assert_eq!(
            diagnosis.plan.steps[0].doing,
            Doing::DeviceCode { claims: None },
            "{error}"
        );
        assert!(
            diagnosis.login_words.contains("never begun by itself"),
            "{error}"
        );
    }
}

#[test]
fn a_wait_is_what_the_server_asked_for() {
    let wait = |header: Option<&str>, status| {
        let mut scene = Scene::refused(daemon(), "", &[])
            .status(status)
            .shape(Shape::Empty);
        if let Some(value) = header {
            scene = scene.header("retry-after", value);
        }
        match scene.diagnose().plan.steps[0].doing {
            Doing::WaitAndRepeat { wait } => wait.as_secs(),
            ref other => panic!("{other:?}"),
        }
    };
    assert_eq!(wait(Some("12"), 429), 12);
    assert_eq!(wait(Some("Sun, 22 Nov 2026 14:02:41 GMT"), 429), 30);
    assert_eq!(wait(Some("Sun, 22 Nov 2026 13:00:00 GMT"), 429), 0);
    assert_eq!(wait(None, 429), 5);
    assert_eq!(wait(Some("soon"), 429), 5);
    assert_eq!(wait(Some("-3"), 429), 5);
    assert_eq!(wait(None, 503), 10);
    assert_eq!(wait(Some("1e99"), 503), Duration::from_hours(24).as_secs());
}

#[test]
fn a_loop_is_stopped_and_not_waited_for() {
    let diagnosis = Wire::new(400, "invalid_grant", "50196")
        .header("retry-after", "60")
        .diagnose(&spec(Flow::Silent));
    assert_eq!(ids(&diagnosis), ["stop-the-loop"]);
    assert_eq!(diagnosis.login, Login::No);
}

#[test]
fn every_fault_says_in_plain_words_what_happened_and_to_which_host() {
    let words = [
        (FaultKind::Dns, "could not be looked up"),
        (FaultKind::Tcp, "takes the connection"),
        (FaultKind::Tls, "not trusted"),
        (FaultKind::ConnectTimeout, "came about in time"),
        (FaultKind::FirstByteTimeout, "did not answer in time"),
        (FaultKind::WholeTimeout, "did not answer in time"),
        (FaultKind::CutOff, "ended before"),
        (FaultKind::Protocol, "not HTTP"),
    ];
    for (kind, words) in words {
        let diagnosis = Scene::fault(spec(Flow::Silent), kind).diagnose();
        assert!(diagnosis.summary.contains(words), "{}", diagnosis.summary);
        assert!(
            diagnosis.summary.contains("login.microsoftonline.com"),
            "{}",
            diagnosis.summary
        );
        assert_eq!(diagnosis.because, ["fault"]);
        assert_eq!(diagnosis.codes, Vec::new());
    }
    let trust = Scene::fault(spec(Flow::Silent), FaultKind::Tls).diagnose();
    assert!(trust.do_now.contains("--ca-file"));
}

#[test]
fn every_cause_of_silence_has_a_sentence_of_its_own_and_a_next_step() {
    let mut seen = Vec::new();
    for cause in FaultCause::all() {
        let kind = match cause.word() {
            word if word.contains("proxy") => FaultKind::Proxy,
            word if word.starts_with("certificate") => FaultKind::Tls,
            "connect-time-out" | "lookup-time-out" | "tls-time-out" => FaultKind::ConnectTimeout,
            "first-byte-time-out" => FaultKind::FirstByteTimeout,
            "whole-time-out" => FaultKind::WholeTimeout,
            "no-such-host" | "resolver-unreachable" => FaultKind::Dns,
            "closed-before-head" | "closed-in-body" | "reset" => FaultKind::CutOff,
            "refused" | "host-unreachable" | "network-unreachable" => FaultKind::Tcp,
            _ => FaultKind::Tls,
        };
        let mut scene = Scene::fault(spec(Flow::ClientCredentials), kind);
        let fault = scene.exchange.as_mut().and_then(|e| e.fault.as_mut());
        fault.unwrap().cause = Some(cause);
        let diagnosis = scene.diagnose();
        let summary = diagnosis.summary;
        // Time-outs after the request was sent share their words: what to do is the same.
        let same = matches!(
            cause,
            FaultCause::FirstByteTimeout | FaultCause::WholeTimeout
        );
        assert!(same || !seen.contains(&summary), "{cause:?}: {summary}");
        assert!(!diagnosis.plan.steps.is_empty(), "{cause:?}");
        assert!(!diagnosis.acts.is_empty(), "{cause:?}");
        seen.push(summary);
    }
}

#[test]
fn a_chain_that_is_not_trusted_names_the_authority_it_ends_in() {
    let mut scene = Scene::fault(spec(Flow::Silent), FaultKind::Tls);
    let fault = scene.exchange.as_mut().and_then(|e| e.fault.as_mut());
    let fault = fault.unwrap();
    fault.cause = Some(FaultCause::UnknownAuthority);
    let certificate = |subject: &str| ServerCertificate {
        subject: subject.into(),
        issuer: "O=Contoso, CN=Contoso Inspection Root".into(),
        not_before: Moment::from_seconds(0),
        not_after: Moment::from_seconds(1),
        sha256: "00".into(),
    };
    fault.chain = vec![certificate("CN=login.contoso.example")];
    let diagnosis = scene.diagnose();
    let named = |note: &String| {
        note.contains("an authority named Contoso Inspection Root that this machine does not know")
    };
    assert!(diagnosis.notes.iter().any(named), "{:?}", diagnosis.notes);
    assert!(diagnosis.do_now.contains("--ca-file"));
}

#[test]
fn a_code_that_may_have_left_is_said_to_be_spent() {
    let mut scene = Scene::fault(spec(Flow::Interactive), FaultKind::CutOff);
    if let Some(exchange) = &mut scene.exchange {
        exchange.request.single_use = true;
    }
    assert!(
        scene
            .diagnose()
            .notes
            .iter()
            .any(|note| note.contains("new one"))
    );
}

#[test]
fn an_error_in_a_body_is_heard_although_the_connection_broke() {
    let mut scene =
        Scene::refused(spec(Flow::Silent), "invalid_grant", &["AADSTS50173"]).suberror("bad_token");
    if let Some(exchange) = &mut scene.exchange {
        exchange.fault = Some(crate::model::Fault::new(FaultKind::CutOff, ""));
    }
    assert_eq!(scene.diagnose().class, Class::Grant);
}

#[test]
fn an_error_that_came_by_the_browser_is_not_mixed_with_the_exchange_before_it() {
    let scene = Scene::refused(spec(Flow::Interactive), "access_denied", &["AADSTS65004"])
        .at(Place::Authorize)
        .status(200);
    let diagnosis = scene.diagnose();
    assert_eq!(diagnosis.contradictions, Vec::<String>::new());
    let page = Scene::refused(spec(Flow::Interactive), "", &["AADSTS53003"])
        .at(Place::Page)
        .status(503);
    assert_eq!(page.diagnose().class, Class::Policy);
}

#[test]
fn a_pasted_challenge_is_an_apis_and_a_pasted_redirect_a_sign_ins() {
    let challenge = Scene::pasted("insufficient_claims", &[])
        .claims(OF_API)
        .shape(Shape::Challenge)
        .diagnose();
    assert_eq!(challenge.place, Place::Resource);
    assert_eq!(
        ids(&challenge),
        [
            "silent-with-claims",
            "sign-in-with-claims",
            "call-api",
            "az-login"
        ]
    );
    let redirect = Scene::pasted("login_required", &[])
        .shape(Shape::Redirect)
        .diagnose();
    assert_eq!(redirect.place, Place::Authorize);
}

#[test]
fn what_the_network_library_said_is_kept_beside_the_plain_words() {
    let diagnosis = Scene::fault(spec(Flow::Silent), FaultKind::Tls).diagnose();
    assert!(
        diagnosis
            .notes
            .iter()
            .any(|note| note.contains("told by the library"))
    );
}
