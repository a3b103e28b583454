//! Device sign-ins from start to end.

use super::super::super::testing::{Bench, json};
use super::super::super::walk::Jar;
use super::{ADA, shown};
use crate::model::UserAct;

/// Starts a device sign-in: the device code, and the page with the user code.
fn device(bench: &mut Bench) -> (String, String) {
    let (id, _) = bench.client("contoso-desktop");
    let answer = bench.post(
        "/contoso.example/oauth2/v2.0/devicecode",
        &[
            ("client_id", &id),
            ("scope", "User.Read openid offline_access"),
        ],
    );
    let body = json(&answer);
    let members: Vec<&String> = body.as_object().unwrap().keys().collect();
    assert_eq!(
        members,
        [
            "user_code",
            "device_code",
            "verification_uri",
            "expires_in",
            "interval",
            "message"
        ]
    );
    let text = |name: &str| body[name].as_str().unwrap().to_owned();
    (
        text("device_code"),
        format!(
            "{}?user_code={}",
            text("verification_uri"),
            text("user_code")
        ),
    )
}

fn poll(bench: &mut Bench, code: &str) -> (u16, serde_json::Value) {
    let (id, _) = bench.client("contoso-desktop");
    bench.token(&[
        ("grant_type", "device_code"),
        ("client_id", &id),
        ("device_code", code),
    ])
}

#[test]
fn a_device_sign_in_waits_is_approved_and_can_be_redeemed_once() {
    let mut bench = Bench::new();
    let (code, page) = device(&mut bench);
    let (status, body) = poll(&mut bench, &code);
    assert_eq!(
        (status, &body["error"], &body["error_codes"][0]),
        (400, &"authorization_pending".into(), &70016.into())
    );
    let walked = bench.walk(ADA, &mut Jar::default(), &page, UserAct::ApprovesDevice);
    assert!(shown(&walked).contains("Contoso Desktop"), "{walked:?}");
    let (status, body) = poll(&mut bench, &code);
    assert_eq!(status, 200, "{body}");
    assert_eq!(poll(&mut bench, &code).1["error_codes"][0], 54005);
    let again = bench.walk(ADA, &mut Jar::default(), &page, UserAct::ApprovesDevice);
    assert!(shown(&again).contains("AADSTS70018"));
}

#[test]
fn a_device_sign_in_can_be_declined_expire_be_unknown_and_be_hurried() {
    let mut bench = Bench::new();
    let (code, page) = device(&mut bench);
    bench.walk(ADA, &mut Jar::default(), &page, UserAct::DeclinesDevice);
    let (_, body) = poll(&mut bench, &code);
    assert_eq!(
        (&body["error"], &body["error_codes"]),
        (&"authorization_declined".into(), &serde_json::Value::Null)
    );
    let (code, _) = device(&mut bench);
    bench.change("slow-down on");
    bench.change("advance 5s");
    assert_eq!(poll(&mut bench, &code).1["error"], "slow_down");
    bench.change("advance 10s");
    assert_eq!(poll(&mut bench, &code).1["error"], "authorization_pending");
    bench.change("advance 16m");
    let (_, body) = poll(&mut bench, &code);
    assert_eq!(
        (&body["error"], &body["error_codes"][0]),
        (&"expired_token".into(), &70020.into())
    );
    let (_, body) = poll(&mut bench, "1.AX0Anothing");
    assert_eq!(
        (&body["error"], &body["error_codes"][0]),
        (&"bad_verification_code".into(), &70018.into())
    );
}

#[test]
fn a_page_refusal_of_a_device_sign_in_leaves_the_program_waiting() {
    let mut bench = Bench::new();
    bench.change("policy block-on-page on");
    let (code, page) = device(&mut bench);
    let walked = bench.walk(ADA, &mut Jar::default(), &page, UserAct::Completes);
    assert!(shown(&walked).contains("AADSTS53003"));
    assert_eq!(poll(&mut bench, &code).1["error"], "authorization_pending");
}
