//! Contradictions are shown, the unknown is said as unknown, the assumed as assumed, and clocks are compared.

use serde_json::json;

use crate::catalog::Catalog;
use crate::guide::REMARKS;
use crate::guide::samples::{OF_API, OF_POLICY, Scene, Wire, daemon, spec};
use crate::model::{
    Actor, Class, Confidence, Credential, Diagnosis, FactKind, Flow, LinkKind, Login, Place,
    Secret, SecretKind,
};

fn silent(error: &str, codes: &[&str]) -> Scene {
    Scene::refused(spec(Flow::Silent), error, codes)
}

fn noted(diagnosis: &Diagnosis, words: &str) -> bool {
    diagnosis.notes.iter().any(|note| note.contains(words))
}

fn contradicted(diagnosis: &Diagnosis, words: &str) -> bool {
    diagnosis
        .contradictions
        .iter()
        .any(|sentence| sentence.contains(words))
}

#[test]
fn remarks_are_named_once() {
    for remark in REMARKS {
        assert_eq!(
            REMARKS.iter().filter(|other| other.id == remark.id).count(),
            1,
            "{}",
            remark.id
        );
    }
}

#[test]
fn an_error_that_blames_something_else_than_the_number_is_shown() {
    let diagnosis = silent("invalid_client", &["AADSTS65001"]).diagnose();
    assert!(
        contradicted(&diagnosis, "invalid_client"),
        "{:?}",
        diagnosis.contradictions
    );
    assert_eq!(diagnosis.class, Class::Consent);
    assert_eq!(diagnosis.confidence, Confidence::Assumed);
}

#[test]
fn numbers_that_differ_between_list_and_description_are_shown() {
    let diagnosis = Wire::new(400, "invalid_grant", "50076")
        .member("error_description", json!("AADSTS53003: something else"))
        .diagnose(&spec(Flow::Silent));
    assert!(
        contradicted(&diagnosis, "AADSTS53003"),
        "{:?}",
        diagnosis.contradictions
    );
    assert!(contradicted(&diagnosis, "AADSTS50076"));
    let same = Wire::new(400, "invalid_grant", "50076").diagnose(&spec(Flow::Silent));
    assert_eq!(same.contradictions, Vec::<String>::new());
}

#[test]
fn a_suberror_that_invites_where_the_number_refuses_decides_and_says_so() {
    let diagnosis = silent("invalid_grant", &["AADSTS53003"])
        .suberror("basic_action")
        .claims(OF_POLICY)
        .diagnose();
    assert_eq!(diagnosis.login, Login::WithClaims);
    assert!(contradicted(&diagnosis, "The suberror decides"));
}

#[test]
fn claims_do_not_turn_a_block_into_an_invitation() {
    let diagnosis = silent("invalid_grant", &["AADSTS53003"])
        .suberror("message_only")
        .claims(OF_POLICY)
        .diagnose();
    assert_eq!(diagnosis.login, Login::No);
    assert!(contradicted(&diagnosis, "Claims came"));
    assert!(noted(&diagnosis, "2b6f1c1e-0000-4000-8000-00000000c0de"));
}

#[test]
fn success_with_an_error_in_it_is_a_contradiction_and_not_a_note_as_well() {
    let diagnosis = Wire::new(200, "invalid_grant", "50076").diagnose(&spec(Flow::Silent));
    assert!(contradicted(&diagnosis, "HTTP 200"));
    assert!(!noted(&diagnosis, "says success"));
}

#[test]
fn an_unknown_number_is_said_as_unknown_with_its_neighbourhood() {
    let diagnosis = silent("", &["AADSTS5399999"]).diagnose();
    assert!(
        diagnosis.summary.contains("does not know")
            && diagnosis.summary.contains("Conditional Access")
    );
    assert_eq!(diagnosis.class, Class::Policy);
    assert_eq!(diagnosis.because, ["family"]);
    assert_eq!(diagnosis.confidence, Confidence::Assumed);
    assert!(!diagnosis.codes[0].known && diagnosis.codes[0].name.is_empty());
    assert_eq!(diagnosis.codes[0].title, "Conditional Access");
    assert!(noted(&diagnosis, "not in the catalogue"));
}

#[test]
fn the_error_decides_before_the_neighbourhood_and_the_disagreement_is_shown() {
    let diagnosis = silent("invalid_grant", &["AADSTS5399999"]).diagnose();
    assert_eq!(diagnosis.login, Login::Yes);
    assert_eq!(diagnosis.because, ["error", "family"]);
    assert!(contradicted(&diagnosis, "Conditional Access"));
    assert!(
        diagnosis
            .plan
            .steps
            .iter()
            .any(|step| step.id == "tell-admin")
    );
}

#[test]
fn a_listed_number_speaks_for_an_unknown_one_that_came_with_it() {
    let diagnosis = silent("invalid_grant", &["AADSTS5399999", "AADSTS50057"]).diagnose();
    assert_eq!(diagnosis.class, Class::Account);
    assert_eq!(diagnosis.confidence, Confidence::Assumed);
    assert!(noted(&diagnosis, "AADSTS50057, which came with it"));
    assert!(noted(&diagnosis, "so AADSTS50057 decides"));
}

#[test]
fn a_neighbourhood_is_named_as_what_the_verdict_rests_on() {
    for (code, title, lookup) in [
        ("AADSTS70999", "Grants, scopes and client checks", true),
        (
            "AADSTS7000999",
            "Client authentication and application state",
            true,
        ),
        ("AADB2C90999", "Customer sign-in policies", false),
        ("MSIS9699", "AD FS, OAuth requests and clients", false),
    ] {
        let diagnosis = silent("invalid_request", &[code]).diagnose();
        assert_eq!(diagnosis.codes[0].title, title, "{code}");
        assert!(diagnosis.because.contains(&"family".to_owned()), "{code}");
        assert_eq!(diagnosis.confidence, Confidence::Assumed, "{code}");
        let live = diagnosis
            .links
            .iter()
            .any(|link| link.kind == LinkKind::Lookup);
        assert_eq!(live, lookup, "{code}");
        assert!(diagnosis.summary.contains(code), "{code}");
    }
}

#[test]
fn the_suberror_decides_where_the_number_is_unknown() {
    let diagnosis = silent("invalid_grant", &["AADSTS5399999"])
        .suberror("message_only")
        .diagnose();
    assert_eq!(diagnosis.login, Login::No);
    assert_eq!(diagnosis.because[0], "suberror");
    assert_eq!(diagnosis.confidence, Confidence::Assumed);
}

#[test]
fn a_pair_that_nobody_reported_is_marked_as_assumed() {
    let assumed = silent("invalid_grant", &["AADSTS50057"]).diagnose();
    assert!(noted(&assumed, "no report of AADSTS50057"));
    assert_eq!(assumed.confidence, Confidence::Assumed);
    let seen = silent("invalid_grant", &["AADSTS50126"]).diagnose();
    assert!(!noted(&seen, "no report of"));
    assert_eq!(seen.confidence, Confidence::Published);
    let without_suberror = silent("invalid_grant", &["AADSTS53003"]).diagnose();
    assert!(
        !noted(&without_suberror, "no report of"),
        "a paste may lack the suberror"
    );
}

#[test]
fn one_number_with_several_meanings_is_told_by_the_description_or_named_as_such() {
    let told = silent("invalid_grant", &["AADSTS50053"])
        .description(
            "AADSTS50053: sign-in blocked, came from an IP address with Malicious Activity",
        )
        .diagnose();
    assert!(noted(&told, "malicious") && !noted(&told, "several meanings"));
    assert_eq!(told.acts[0], Actor::Admin);
    let open = silent("invalid_grant", &["AADSTS50053"]).diagnose();
    assert!(noted(&open, "several meanings") && noted(&open, "(2)"));
}

#[test]
fn the_most_specific_of_several_numbers_decides() {
    let diagnosis = Wire::new(400, "invalid_grant", "70002")
        .member("error_codes", json!([70002, 500_133]))
        .member(
            "error_description",
            json!("AADSTS70002: x. AADSTS500133: y"),
        )
        .diagnose(&spec(Flow::Silent));
    assert_eq!(diagnosis.codes[0].code, "AADSTS500133");
    assert!(noted(&diagnosis, "AADSTS500133 is the most specific"));
}

#[test]
fn a_clock_that_is_off_is_named_and_blamed_for_a_refused_assertion() {
    let diagnosis = Wire::new(401, "invalid_client", "700024")
        .header("date", "Sun, 22 Nov 2026 14:22:11 GMT")
        .diagnose(&daemon());
    assert!(noted(&diagnosis, "20 min behind"), "{:?}", diagnosis.notes);
    assert_eq!(diagnosis.plan.steps[0].id, "fix-clock");
}

#[test]
fn a_clock_that_is_right_is_ruled_out_where_time_is_the_question() {
    let date = "Sun, 22 Nov 2026 14:02:09 GMT";
    let assertion = Wire::new(401, "invalid_client", "700024")
        .header("date", date)
        .diagnose(&daemon());
    assert!(noted(&assertion, "clock is not the cause"));
    let challenge = silent("insufficient_claims", &[])
        .at(Place::Resource)
        .status(401)
        .header("date", date)
        .claims(OF_API);
    assert!(noted(&challenge.diagnose(), "clock is not the cause"));
    let other = Wire::new(400, "invalid_grant", "50076")
        .header("date", date)
        .diagnose(&spec(Flow::Silent));
    assert!(!noted(&other, "clock"));
}

#[test]
fn a_secret_that_looks_like_its_id_is_pointed_out_without_being_shown() {
    let mut daemon = daemon();
    let id = "5d7f2a10-9f3c-4a37-b1de-3b6a1c20e4f9";
    daemon.credential = Credential::Secret(Secret::new(SecretKind::ClientSecret, id));
    let diagnosis = Wire::new(401, "invalid_client", "7000215").diagnose(&daemon);
    assert!(noted(&diagnosis, "the secret's id"));
    assert!(!format!("{diagnosis:?}").contains(id));
}

#[test]
fn what_is_odd_beside_an_error_is_noted() {
    let diagnosis = silent("invalid_grant", &["AADSTS50076"])
        .fact(
            FactKind::Trouble,
            "The JSON stops in the middle; what is there was read.",
            "",
        )
        .diagnose();
    assert!(noted(&diagnosis, "stops in the middle"));
}

#[test]
fn without_any_catalogue_the_error_is_still_told_apart_from_nothing() {
    let empty = Catalog::default();
    let unknown = silent("temporarily_confused", &[])
        .status(400)
        .diagnose_by(&empty);
    assert!(unknown.summary.contains("temporarily_confused"));
    assert_eq!(unknown.class, Class::Unknown);
    assert_eq!(unknown.confidence, Confidence::Assumed);
}

#[test]
fn an_error_that_a_library_makes_itself_is_said_to_come_from_no_server() {
    let made = Scene::pasted("wam_ui_thread_only", &[]).diagnose();
    assert!(noted(&made, "MSAL for .NET"), "{:?}", made.notes);
    let sent = Scene::pasted("interaction_required", &[]).diagnose();
    assert!(!noted(&sent, "made inside the program"), "{:?}", sent.notes);
}
