//! How old the sign-in is, where an age was asked for.

use serde_json::json;

use super::*;

/// What is said of the age after a code was redeemed, and whether the tokens were taken all the same.
fn told(max_age: Option<u32>, auth_time: Option<i64>) -> (Vec<String>, bool) {
    let mut grant = grant_with(|spec, _| spec.asking.max_age = max_age);
    let url = back(&grant, "code=abc");
    let Next::Send(request) = redirect(&mut grant, &url) else {
        panic!("nothing sent");
    };
    let part = |text: &str| URL_SAFE_NO_PAD.encode(text);
    let claims = json!({ "sub": "1", "nonce": grant.proof.nonce, "auth_time": auth_time });
    let id = format!(
        "{}.{}.c2ln",
        part("{\"alg\":\"RS256\"}"),
        part(&claims.to_string())
    );
    let body = json!({ "access_token": "opaque", "token_type": "Bearer", "id_token": id });
    let exchange = answered(request, 200, &body.to_string());
    let (next, events) = grant.resume(Input::Exchange(&exchange), at(2));
    let said = events.into_iter().map(|event| event.what);
    let about = said.filter(|what| what.contains("auth_time")).collect();
    (about, matches!(next, Next::Ended(Ended::Granted(_))))
}

#[test]
fn a_sign_in_that_is_too_old_or_of_unknown_age_is_told_and_not_refused() {
    for (auth_time, words) in [
        (at(-60).seconds(), "no older than asked for"),
        (
            at(-3600).seconds(),
            "longer ago than max_age allows (600 s)",
        ),
    ] {
        let (said, granted) = told(Some(600), Some(auth_time));
        assert!(granted, "{said:?}");
        assert!(said[0].contains(words), "{said:?}");
    }
    let (said, granted) = told(Some(600), None);
    assert!(
        granted && said[0].contains("no ID token says when"),
        "{said:?}"
    );
}

#[test]
fn where_no_age_was_asked_for_none_is_told() {
    assert_eq!(told(None, Some(0)), (Vec::new(), true));
}
