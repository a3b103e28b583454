//! What a pair of runs points to.

use super::*;
use crate::strings::compare as say;

fn told(left: &Run, right: &Run) -> Vec<String> {
    clue(left, right, &runs(left, right))
}

fn good() -> Run {
    granted(json!({}))
}

fn bad(class: Class) -> Run {
    let mut run = refused("access_denied", None, "AADSTS50105");
    let diagnosis = ending(&mut run).diagnosis.as_mut();
    diagnosis.expect("it was refused").class = class;
    run
}

fn of_bob(mut run: Run) -> Run {
    run.spec.username = Some("bob@contoso.example".into());
    run
}

#[test]
fn two_alike_runs_point_to_nothing() {
    assert_eq!(told(&good(), &good()), [say::ALIKE]);
}

#[test]
fn the_only_thing_asked_for_differently_is_named() {
    let bad = of_bob(bad(Class::Assignment));
    let expected = [say::only("user name"), say::ASSIGNED_ONE.into()];
    assert_eq!(told(&good(), &bad), expected);
    assert_eq!(told(&bad, &good()), expected);
}

#[test]
fn several_things_are_named_together() {
    let mut bad = of_bob(bad(Class::Config));
    bad.spec.scopes = vec!["Mail.Read".into()];
    let first = &told(&good(), &bad)[0];
    assert_eq!(*first, say::several("scopes asked for, user name"));
}

#[test]
fn whatever_the_comparison_finds_asked_differently_is_named_but_not_the_api_called() {
    let mut refused = bad(Class::Config);
    refused.spec.api = Some(crate::model::ApiCall::get("https://api.contoso.example"));
    assert_eq!(told(&good(), &refused)[0], say::ASKED_THE_SAME);
    refused.spec.asking.request_object = true;
    assert_eq!(told(&good(), &refused)[0], say::only("signed request"));
}

#[test]
fn a_policy_beside_another_user_is_told_from_one_beside_the_same_user() {
    let refused = bad(Class::Policy);
    let around = [say::ASKED_THE_SAME, say::POLICY_AROUND_ONE];
    assert_eq!(told(&good(), &refused), around);
    assert_eq!(told(&good(), &of_bob(refused))[1], say::POLICY_FOR_ONE);
}

#[test]
fn one_without_a_reply_points_to_the_network() {
    let mut silent = bad(Class::Unknown);
    ending(&mut silent).outcome = Outcome::Unreachable;
    let network = [say::ASKED_THE_SAME, say::ONE_UNREACHABLE];
    assert_eq!(told(&good(), &silent), network);
}

#[test]
fn what_was_never_sent_is_no_evidence() {
    let mut invalid = bad(Class::Unknown);
    ending(&mut invalid).outcome = Outcome::Invalid;
    assert_eq!(told(&good(), &invalid), [say::ONE_NOT_SENT]);
}
