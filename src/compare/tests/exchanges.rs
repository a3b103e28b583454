//! Two exchanges, compared.

use super::*;

fn answered(status: u16, body: &str) -> Exchange {
    let mut exchange = exchange(status, vec![Field::new("scope", "User.Read")]);
    if let Some(reply) = &mut exchange.reply {
        reply.body = body.as_bytes().to_vec();
    }
    exchange
}

fn names(found: &[Difference], matters: bool) -> Vec<&str> {
    found
        .iter()
        .filter(|difference| difference.matters == matters)
        .map(|difference| difference.what.as_str())
        .collect()
}

#[test]
fn members_of_two_bodies_are_compared_one_by_one_and_ids_are_noise() {
    let left = answered(
        400,
        r#"{"error":"invalid_grant","trace_id":"a","inner":{"code":1}}"#,
    );
    let right = answered(
        400,
        r#"{"error":"invalid_client","trace_id":"b","inner":{"code":2}}"#,
    );
    let found = exchanges(&left, &right);
    assert_eq!(names(&found, true), ["member error", "member inner.code"]);
    assert_eq!(names(&found, false), ["member trace_id"]);
}

#[test]
fn what_one_of_two_replies_alone_holds_matters_even_where_its_value_is_always_new() {
    let left = answered(200, r#"{"access_token":"a"}"#);
    let right = answered(200, r#"{"access_token":"b","refresh_token":"c"}"#);
    let found = exchanges(&left, &right);
    assert_eq!(names(&found, true), ["member refresh_token"]);
}

#[test]
fn the_answer_comes_first_and_what_was_asked_after_it() {
    let left = answered(200, "{}");
    let mut right = answered(400, "{}");
    right.request.form = vec![Field::new("scope", "Mail.Read")];
    let found = exchanges(&left, &right);
    assert_eq!(names(&found, true), ["answer", "request parameter scope"]);
}

#[test]
fn a_secret_that_was_sent_shows_as_its_mark() {
    let secret = |text: &str| Field::new("code", Secret::new(SecretKind::AuthorizationCode, text));
    let left = exchange(200, vec![secret("0.first-code-that-is-long-enough")]);
    let right = exchange(200, vec![secret("0.other-code-that-is-long-enough")]);
    let found = exchanges(&left, &right);
    assert!(!format!("{found:?}").contains("long-enough"), "{found:?}");
}

#[test]
fn an_exchange_does_not_differ_from_itself() {
    let one = answered(400, r#"{"error":"invalid_grant"}"#);
    assert_eq!(exchanges(&one, &one), []);
}
