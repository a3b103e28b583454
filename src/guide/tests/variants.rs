//! Where nothing tells which kind of program asked, each kind gets the way out that it can take.

use crate::guide::samples::{OF_POLICY, Scene, ids, spec};
use crate::model::{Caller, ClientKind, Diagnosis, Doing, Flow, Login, Place, Shape, Variant};

fn of(diagnosis: &Diagnosis, caller: Caller) -> Option<&Variant> {
    let mut all = diagnosis.plan.variants.iter();
    all.find(|variant| variant.caller == caller)
}

fn steps(variant: &Variant) -> Vec<&str> {
    variant.steps.iter().map(|step| step.id.as_str()).collect()
}

fn text<'a>(variant: &'a Variant, id: &str) -> &'a str {
    let step = variant.steps.iter().find(|step| step.id == id).unwrap();
    match &step.doing {
        Doing::HandOver { text, .. } => text,
        other => panic!("{other:?}"),
    }
}

fn challenged() -> Diagnosis {
    Scene::pasted("invalid_grant", &["AADSTS50076"])
        .suberror("basic_action")
        .claims(OF_POLICY)
        .diagnose()
}

#[test]
fn a_pasted_challenge_is_answered_in_five_ways_more() {
    let diagnosis = challenged();
    assert_eq!(
        ids(&diagnosis),
        ["sign-in-with-claims", "repeat-silent", "az-login"]
    );
    let daemon = of(&diagnosis, Caller::Daemon).unwrap();
    assert_eq!(steps(daemon), ["get-app-token-with-claims"]);
    assert_eq!(daemon.login, Login::NotApplicable);
    let api = of(&diagnosis, Caller::Api).unwrap();
    assert_eq!(steps(api), ["relay-claims"]);
    assert!(api.login_words.contains("caller"));
    let web = of(&diagnosis, Caller::Web).unwrap();
    assert_eq!(steps(web)[0], "web-sign-in");
    let spa = of(&diagnosis, Caller::Spa).unwrap();
    assert_eq!(steps(spa)[0], "spa-sign-in");
    let script = of(&diagnosis, Caller::Script).unwrap();
    assert_eq!(steps(script), ["script-sign-in", "use-app-identity"]);
    let checked = |variant: &Variant| variant.check.is_some();
    assert!(diagnosis.plan.variants.iter().all(checked));
}

#[test]
fn the_challenge_is_handed_over_as_each_takes_it() {
    let diagnosis = challenged();
    let encoded = "eyJhY2Nlc3NfdG9rZW4iOnsiY2Fwb2xpZHMiOnsiZXNzZW50aWFsIjp0cnVlLCJ2YWx1ZXMiOlsiMmI2ZjFjMWUtMDAwMC00MDAwLTgwMDAtMDAwMDAwMDBjMGRlIl19fX0=";
    let api = text(of(&diagnosis, Caller::Api).unwrap(), "relay-claims");
    assert!(
        api.contains("WWW-Authenticate: Bearer") && api.contains(&format!("claims=\"{encoded}\"")),
        "{api}"
    );
    let web = text(of(&diagnosis, Caller::Web).unwrap(), "web-sign-in");
    assert!(web.contains(&format!("claims={OF_POLICY}")), "{web}");
    let cli = diagnosis
        .plan
        .steps
        .iter()
        .find_map(|step| match &step.doing {
            Doing::HandOver { text, .. } if step.id == "az-login" => Some(text.as_str()),
            _ => None,
        });
    let line = format!("az login --tenant '<tenant>' --claims-challenge {encoded}");
    assert!(
        cli.unwrap().lines().any(|written| written == line),
        "{cli:?}"
    );
}

#[test]
fn what_is_the_same_for_everybody_is_said_once() {
    for codes in [["AADSTS7000215"], ["AADSTS90002"], ["AADSTS50011"]] {
        let diagnosis = Scene::pasted("", &codes).diagnose();
        let kinds: Vec<&str> = diagnosis
            .plan
            .variants
            .iter()
            .map(|variant| variant.caller.word())
            .collect();
        assert!(kinds.is_empty(), "{codes:?}: {kinds:?}");
    }
}

#[test]
fn an_error_of_a_page_is_nobodys_who_has_no_page() {
    let diagnosis = Scene::pasted("login_required", &[])
        .shape(Shape::Redirect)
        .diagnose();
    assert!(of(&diagnosis, Caller::Daemon).is_none());
    assert!(of(&diagnosis, Caller::Script).is_none());
    assert!(of(&diagnosis, Caller::Spa).is_some());
}

#[test]
fn a_run_knows_who_asked_and_has_one_plan() {
    let plan = |kind| {
        let mut spec = spec(Flow::Silent);
        spec.client_kind = kind;
        let scene = Scene::refused(spec, "invalid_grant", &["AADSTS50076"]);
        let diagnosis = scene.suberror("basic_action").at(Place::Token).diagnose();
        assert_eq!(diagnosis.plan.variants, []);
        ids(&diagnosis).join(" ")
    };
    assert_eq!(plan(ClientKind::Desktop), "sign-in repeat-silent compare");
    assert_eq!(
        plan(ClientKind::Web),
        "sign-in repeat-silent web-sign-in compare"
    );
    assert_eq!(
        plan(ClientKind::Spa),
        "sign-in repeat-silent spa-sign-in compare"
    );
    assert_eq!(plan(ClientKind::Daemon), "use-app-identity");
    assert_eq!(plan(ClientKind::Api), "relay-claims");
}

#[test]
fn hostile_claims_stay_within_their_line_and_their_quotes() {
    let claims = r#"{"access_token":{"x":{"value":"it's $(id)\n`x`"}}}"#;
    let diagnosis = Scene::pasted("invalid_grant", &["AADSTS50076"])
        .claims(claims)
        .diagnose();
    let command = diagnosis.plan.check.unwrap().command.unwrap();
    assert_eq!(command.lines().count(), 1);
    assert!(command.contains(r"it'\''s"), "{command}");
    let huge = format!(
        r#"{{"access_token":{{"x":{{"value":"{}"}}}}}}"#,
        "y".repeat(9000)
    );
    let diagnosis = Scene::pasted("invalid_grant", &["AADSTS50076"])
        .claims(&huge)
        .diagnose();
    assert_eq!(diagnosis.plan.check.unwrap().command, None);
}
