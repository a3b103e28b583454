use proptest::prelude::*;

use super::*;
use crate::grants::testing::{at, faulty, form, metadata, reply, spec};
use crate::model::{FaultKind, Flow};

const STARTED: &str = r#"{"device_code":"dc","user_code":"HBMC-WPWP","verification_uri":"https://x/device","expires_in":60}"#;
const PENDING: &str = r#"{"error":"authorization_pending"}"#;

fn started() -> DeviceCode {
    let mut grant = DeviceCode::new(&spec(Flow::DeviceCode), &metadata()).unwrap();
    grant.resume(Input::Start, at(0));
    let (next, _) = grant.resume(Input::Exchange(&reply(200, STARTED)), at(0));
    assert_eq!(until(&next), at(5), "the default interval is 5 s");
    grant
}

fn until(next: &Next) -> Moment {
    match next {
        Next::Wait {
            until,
            doing: Activity::Device { next_poll, .. },
        } => {
            assert_eq!(until, next_poll);
            *until
        }
        other => panic!("{other:?}"),
    }
}

/// Polls at a time and gets this back.
fn poll(grant: &mut DeviceCode, seconds: i64, exchange: &Exchange) -> Next {
    let (next, _) = grant.resume(Input::Woken, at(seconds));
    assert!(matches!(next, Next::Send(_)), "{next:?}");
    grant.resume(Input::Exchange(exchange), at(seconds)).0
}

#[test]
fn the_requests_are_the_documented_ones() {
    let mut grant = DeviceCode::new(&spec(Flow::DeviceCode), &metadata()).unwrap();
    let (Next::Send(request), _) = grant.resume(Input::Start, at(0)) else {
        panic!("nothing sent");
    };
    assert_eq!(
        form(&request),
        "client_id=app1 scope=User.Read openid profile offline_access"
    );
    grant.resume(Input::Exchange(&reply(200, STARTED)), at(0));
    let (Next::Send(request), _) = grant.resume(Input::Woken, at(5)) else {
        panic!("nothing sent");
    };
    assert_eq!(
        form(&request),
        "grant_type=urn:ietf:params:oauth:grant-type:device_code client_id=app1 device_code=dc client_info=1"
    );
}

#[test]
fn it_waits_while_pending_slows_down_when_told_and_is_granted() {
    let mut grant = started();
    assert_eq!(until(&poll(&mut grant, 5, &reply(400, PENDING))), at(10));
    let slow = reply(400, r#"{"error":"slow_down"}"#);
    assert_eq!(until(&poll(&mut grant, 10, &slow)), at(20));
    assert_eq!(until(&poll(&mut grant, 20, &reply(400, PENDING))), at(30));
    let granted = reply(200, r#"{"access_token":"x","expires_in":60}"#);
    let next = poll(&mut grant, 30, &granted);
    assert!(matches!(next, Next::Ended(Ended::Granted(_))), "{next:?}");
}

#[test]
fn trouble_on_the_way_does_not_end_it() {
    let mut grant = started();
    assert_eq!(until(&poll(&mut grant, 5, &reply(503, "<html>"))), at(10));
    let mut throttled = reply(429, "{}");
    let answer = throttled.reply.as_mut().unwrap();
    answer.headers.push(("retry-after".into(), "8".into()));
    assert_eq!(until(&poll(&mut grant, 10, &throttled)), at(18));
    assert_eq!(
        until(&poll(&mut grant, 18, &faulty(FaultKind::CutOff))),
        at(23)
    );
    assert_eq!(
        until(&poll(&mut grant, 23, &faulty(FaultKind::FirstByteTimeout))),
        at(33),
        "a time-out doubles the interval"
    );
}

#[test]
fn a_decision_against_it_ends_it() {
    for error in [
        "authorization_declined",
        "access_denied",
        "expired_token",
        "bad_verification_code",
    ] {
        let body = format!(r#"{{"error":"{error}"}}"#);
        let next = poll(&mut started(), 5, &reply(400, &body));
        assert!(
            matches!(next, Next::Ended(Ended::Refused { .. })),
            "{error}: {next:?}"
        );
    }
}

#[test]
fn a_code_that_ran_out_is_polled_once_more_and_then_given_up() {
    let mut grant = started();
    let next = poll(&mut grant, 61, &reply(400, PENDING));
    let Next::Ended(Ended::Refused { reading, .. }) = next else {
        panic!("{next:?}");
    };
    assert_eq!(reading.error(), Some("expired_token"));
}

#[test]
fn the_last_wait_ends_when_the_code_does() {
    let mut grant = started();
    assert_eq!(until(&poll(&mut grant, 58, &reply(400, PENDING))), at(60));
}

#[test]
fn what_the_device_page_shows_ends_it_there() {
    let mut grant = started();
    let text = "AADSTS50105: not assigned";
    let (next, _) = grant.resume(Input::Pasted(text), at(6));
    let Next::Ended(Ended::Refused { place, .. }) = next else {
        panic!("{next:?}");
    };
    assert_eq!(place, Place::DevicePage);
    let (next, _) = started().resume(Input::Pasted("hello"), at(6));
    assert_eq!(until(&next), at(11));
}

#[test]
fn a_start_that_fails_is_a_refusal() {
    let mut grant = DeviceCode::new(&spec(Flow::DeviceCode), &metadata()).unwrap();
    grant.resume(Input::Start, at(0));
    let refused = reply(400, r#"{"error":"invalid_client"}"#);
    let (next, _) = grant.resume(Input::Exchange(&refused), at(0));
    assert!(matches!(next, Next::Ended(Ended::Refused { .. })));
}

#[test]
fn a_server_without_a_device_endpoint_is_told_before_anything_is_sent() {
    let mut metadata = metadata();
    metadata.device_authorization_endpoint = None;
    assert!(DeviceCode::new(&spec(Flow::DeviceCode), &metadata).is_err());
}

proptest! {
    #[test]
    fn no_start_reply_makes_it_panic(body in "\\PC*|\\{\"device_code\":\"x\",\"user_code\":\"y\",\"expires_in\":[0-9]{1,25},\"interval\":[0-9]{1,25}\\}") {
        let mut grant = DeviceCode::new(&spec(Flow::DeviceCode), &metadata()).unwrap();
        grant.resume(Input::Start, at(0));
        let (next, _) = grant.resume(Input::Exchange(&reply(200, &body)), at(0));
        let expected = matches!(next, Next::Wait { .. } | Next::Ended(_));
        prop_assert!(expected, "{next:?}");
        grant.resume(Input::Woken, at(5));
        grant.resume(Input::Exchange(&reply(400, r#"{"error":"slow_down"}"#)), at(5));
    }
}

#[test]
fn the_page_that_has_the_code_is_kept_where_it_is_at_the_same_place() {
    for (complete, kept) in [
        ("https://x/device?user_code=HBMC-WPWP", true),
        ("https://evil.example/device?user_code=HBMC-WPWP", false),
        ("javascript:alert(1)", false),
    ] {
        let body = STARTED.replace(
            "\"expires_in\"",
            &format!("\"verification_uri_complete\":\"{complete}\",\"expires_in\""),
        );
        let mut grant = DeviceCode::new(&spec(Flow::DeviceCode), &metadata()).unwrap();
        grant.resume(Input::Start, at(0));
        let (next, _) = grant.resume(Input::Exchange(&reply(200, &body)), at(0));
        let Next::Wait {
            doing: Activity::Device { complete: told, .. },
            ..
        } = next
        else {
            panic!("{next:?}");
        };
        assert_eq!(told.as_deref(), Some(complete).filter(|_| kept));
    }
}
