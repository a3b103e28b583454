//! Steps carry what doing them needs, and only steps that can be done are there.

use crate::guide::samples::{OF_POLICY, Scene, Wire, daemon, ids, spec};
use crate::model::{Actor, By, ClientKind, Doing, Flow, Place, Prompt};

#[test]
fn signing_in_carries_the_claims_as_the_server_wrote_them() {
    let diagnosis = Wire::new(400, "invalid_grant", "50076")
        .suberror("basic_action")
        .claims(OF_POLICY)
        .diagnose(&spec(Flow::Silent));
    let step = &diagnosis.plan.steps[0];
    assert_eq!(
        step.doing,
        Doing::SignIn {
            claims: Some(OF_POLICY.into()),
            prompt: None
        }
    );
    assert_eq!(step.by, By::Program);
    assert_eq!(step.ways[0].id, "browser");
    assert_eq!(
        step.ways[1].barred.as_deref(),
        Some("a device code cannot carry the state of a device")
    );
    assert_eq!(
        diagnosis.plan.steps[1].doing,
        Doing::Silent {
            force_refresh: true,
            claims: None
        }
    );
    assert_eq!(diagnosis.plan.steps[2].doing, Doing::Compare);
}

#[test]
fn without_claims_the_device_code_is_open_and_usual_to_whoever_used_it() {
    let mfa = |flow| {
        Wire::new(400, "invalid_grant", "50076")
            .suberror("basic_action")
            .diagnose(&spec(flow))
    };
    let ways = |flow| {
        mfa(flow).plan.steps[0]
            .ways
            .iter()
            .map(|way| way.id.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(ways(Flow::Silent), ["browser", "device-code"]);
    assert_eq!(ways(Flow::DeviceCode), ["device-code", "browser"]);
    assert!(
        mfa(Flow::Silent).plan.steps[0]
            .ways
            .iter()
            .all(|way| way.barred.is_none())
    );
}

#[test]
fn a_single_page_app_cannot_sign_in_by_device_code() {
    let mut spa = spec(Flow::Silent);
    spa.client_kind = ClientKind::Spa;
    let diagnosis = Wire::new(400, "invalid_grant", "700082").diagnose(&spa);
    assert!(diagnosis.plan.steps[0].ways[1].barred.is_some());
    assert!(!ids(&diagnosis).contains(&"device-code"));
}

#[test]
fn the_prompt_fits_the_cause() {
    let prompt = |code: &str, suberror: &str| {
        let wire = Wire::new(400, "invalid_grant", code);
        let wire = if suberror.is_empty() {
            wire
        } else {
            wire.suberror(suberror)
        };
        match wire.diagnose(&spec(Flow::Silent)).plan.steps[0].doing {
            Doing::SignIn { prompt, .. } => prompt,
            ref other => panic!("{code}: {other:?}"),
        }
    };
    assert_eq!(prompt("70043", "token_expired"), Some(Prompt::Login));
    assert_eq!(prompt("65001", "consent_required"), Some(Prompt::Consent));
    assert_eq!(prompt("50020", ""), Some(Prompt::SelectAccount));
    assert_eq!(prompt("700082", "bad_token"), None);
}

#[test]
fn the_parameter_to_correct_is_the_one_the_server_means() {
    let parameter = |code: &str, description: &str| {
        let diagnosis = Wire::new(400, "invalid_request", code)
            .member(
                "error_description",
                format!("AADSTS{code}: {description}").into(),
            )
            .diagnose(&spec(Flow::Interactive));
        let found = diagnosis
            .plan
            .steps
            .iter()
            .find_map(|step| match &step.doing {
                Doing::FixRequest { parameter } => Some(parameter.clone()),
                _ => None,
            });
        found.unwrap_or_else(|| panic!("{code}: {:?}", ids(&diagnosis)))
    };
    assert_eq!(parameter("700016", ""), "client_id");
    assert_eq!(parameter("90002", ""), "authority");
    assert_eq!(parameter("500011", ""), "scope");
    assert_eq!(parameter("900439", ""), "authority");
    assert_eq!(parameter("700005", ""), "authority");
    assert_eq!(
        parameter("90014", "the field 'redirect_uri' is missing"),
        "redirect_uri"
    );
    assert_eq!(parameter("90014", "the field 'scope' is missing"), "scope");
}

#[test]
fn a_grant_of_another_user_flow_is_a_matter_of_the_address() {
    let scene = Scene::refused(spec(Flow::Silent), "invalid_grant", &["AADB2C90088"]);
    let plan = scene.diagnose().plan;
    let first = plan.steps.first().map(|step| step.doing.clone());
    let parameter = "authority".to_owned();
    assert_eq!(first, Some(Doing::FixRequest { parameter }));
}

#[test]
fn a_paste_has_nothing_to_repeat_compare_or_fill_in() {
    for code in [
        "AADSTS50076",
        "AADSTS7000215",
        "AADSTS700016",
        "AADSTS50011",
        "AADSTS53003",
    ] {
        let diagnosis = Scene::pasted("", &[code]).diagnose();
        assert!(!diagnosis.plan.steps.is_empty(), "{code}");
        for step in &diagnosis.plan.steps {
            let needs_a_run = matches!(
                step.doing,
                Doing::Compare | Doing::FixRequest { .. } | Doing::PastePage
            );
            assert!(!needs_a_run, "{code}: {}", step.id);
        }
    }
}

#[test]
fn what_only_others_can_cure_begins_with_the_message_to_them() {
    for (code, to) in [
        ("53003", Actor::Admin),
        ("50105", Actor::Admin),
        ("50057", Actor::Admin),
    ] {
        let diagnosis = Wire::new(400, "invalid_grant", code).diagnose(&spec(Flow::Silent));
        let first = &diagnosis.plan.steps[0];
        assert!(
            matches!(first.doing, Doing::HandOver { to: whom, .. } if whom == to),
            "{code}: {}",
            first.id
        );
        assert_eq!(first.by, By::Person);
    }
}

#[test]
fn asking_for_secrets_and_passwords_happens_only_where_they_are_used() {
    let desktop = Wire::new(400, "invalid_grant", "50126").diagnose(&spec(Flow::Interactive));
    assert!(!ids(&desktop).contains(&"enter-password"));
    let public = Wire::new(401, "invalid_client", "7000215").diagnose(&spec(Flow::Silent));
    assert!(!ids(&public).contains(&"enter-secret"));
    let app = Wire::new(401, "invalid_client", "7000215").diagnose(&daemon());
    assert_eq!(app.plan.steps[0].doing, Doing::EnterSecret);
}

#[test]
fn calling_the_api_is_a_step_only_where_there_is_one() {
    let refused = |place| {
        Scene::refused(spec(Flow::Silent), "invalid_token", &[])
            .status(401)
            .at(place)
            .diagnose()
    };
    assert!(ids(&refused(Place::Resource)).contains(&"call-api"));
    assert!(!ids(&refused(Place::Token)).contains(&"call-api"));
}

#[test]
fn every_step_has_a_title_and_a_message_that_is_not_empty() {
    for code in [
        "50076", "53003", "65001", "7000215", "50020", "50053", "90033", "700082", "50011",
    ] {
        for spec in [spec(Flow::Silent), spec(Flow::DeviceCode), daemon()] {
            for step in Wire::new(400, "invalid_grant", code)
                .diagnose(&spec)
                .plan
                .steps
            {
                assert!(
                    !step.title.is_empty() && !step.title.ends_with('.'),
                    "{code}: {}",
                    step.title
                );
                if let Doing::HandOver { text, .. } = &step.doing {
                    assert!(text.contains(code) && !text.contains('{'), "{code}: {text}");
                }
            }
        }
    }
}
