//! Every plan is closed by what to run again and what that should show.

use crate::guide::samples::{OF_API, OF_POLICY, SECRET, Scene, Wire, daemon, spec};
use crate::model::{Check, ClientKind, Diagnosis, Flow, Place};

fn check(diagnosis: &Diagnosis) -> &Check {
    diagnosis.plan.check.as_ref().unwrap()
}

fn command(diagnosis: &Diagnosis) -> &str {
    check(diagnosis).command.as_deref().unwrap()
}

#[test]
fn the_command_repeats_what_failed_and_names_secrets_without_telling_them() {
    let refused = Wire::new(401, "invalid_client", "7000222").diagnose(&daemon());
    assert_eq!(
        command(&refused),
        "tokenscope acquire --authority https://login.microsoftonline.com/contoso.example --client-id 5d7f2a10-9f3c-4a37-b1de-3b6a1c20e4f8 --flow client-credentials --scope https://graph.microsoft.com/.default --client-secret-env CLIENT_SECRET"
    );
    assert!(!format!("{refused:?}").contains(SECRET));
    assert!(check(&refused).expect.contains("AADSTS7000222"));
}

#[test]
fn a_sign_in_that_needs_claims_is_run_again_with_them() {
    let refused = Wire::new(400, "invalid_grant", "50076")
        .suberror("basic_action")
        .claims(OF_POLICY)
        .diagnose(&spec(Flow::Interactive));
    assert!(command(&refused).contains(&format!("--claims '{OF_POLICY}'")));
    assert!(command(&refused).contains("--flow interactive"));
    assert!(check(&refused).run.contains("silent"));
}

#[test]
fn a_password_flow_that_can_go_no_further_is_checked_in_the_browser() {
    let refused = Wire::new(400, "invalid_grant", "50076")
        .suberror("basic_action")
        .diagnose(&spec(Flow::Password));
    assert!(command(&refused).contains("--flow interactive"));
    assert!(!command(&refused).contains("--password-env"));
}

#[test]
fn a_paste_gets_a_command_with_holes() {
    let user = Scene::pasted("invalid_grant", &["AADSTS50173"]).diagnose();
    assert_eq!(
        command(&user),
        "tokenscope acquire --authority 'https://login.microsoftonline.com/<tenant>' --client-id '<client-id>' --flow interactive --scope '<scope>'"
    );
    let app = Scene::pasted("invalid_client", &["AADSTS7000215"]).diagnose();
    assert!(command(&app).contains("--flow client-credentials"));
    assert!(command(&app).ends_with("--client-secret-env CLIENT_SECRET"));
    let device = Scene::pasted("expired_token", &[]).diagnose();
    assert!(command(&device).contains("--flow device-code"));
    let api = Scene::pasted("insufficient_claims", &[])
        .claims(OF_API)
        .at(Place::Resource)
        .diagnose();
    assert!(command(&api).contains("--api"));
    assert!(check(&api).expect.contains("HTTP 200"));
}

#[test]
fn a_web_api_is_checked_by_its_caller() {
    let mut api = spec(Flow::Silent);
    api.client_kind = ClientKind::Api;
    let scene = Scene::refused(api, "invalid_grant", &["AADSTS50076"]);
    assert!(check(&scene.diagnose()).expect.contains("AADSTS50076"));
}

#[test]
fn what_others_must_mend_is_not_run_again_before_they_answer() {
    let refused = Wire::new(400, "invalid_grant", "53003")
        .suberror("message_only")
        .diagnose(&spec(Flow::Silent));
    assert!(check(&refused).run.starts_with("Nothing until"));
    assert!(check(&refused).expect.contains("tells nothing new"));
    assert!(
        refused.do_now.starts_with("Stop trying"),
        "{}",
        refused.do_now
    );
}

#[test]
fn a_device_sign_in_under_way_is_left_to_run() {
    let pending = Scene::refused(spec(Flow::DeviceCode), "authorization_pending", &[]).diagnose();
    assert!(check(&pending).run.starts_with("Nothing anew"));
    assert!(check(&pending).expect.contains("then a token"));
}
