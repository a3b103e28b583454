//! Situations end to end, over hand-made readings and the built-in catalogue.

use super::samples::{Scene, spec};
use super::*;
use crate::model::{Class, Login};

#[test]
fn a_second_factor_with_claims_is_cured_by_signing_in_with_them() {
    let scene = Scene::refused(spec(Flow::Silent), "invalid_grant", &["AADSTS50076"])
        .suberror("basic_action")
        .claims(r#"{"access_token":{"capolids":{"essential":true,"values":["2b6f"]}}}"#);
    let diagnosis = scene.diagnose();
    assert_eq!(diagnosis.class, Class::Interaction);
    assert_eq!(diagnosis.login, Login::WithClaims);
    assert_eq!(diagnosis.because[0], "claims");
    let ids: Vec<&str> = diagnosis
        .plan
        .steps
        .iter()
        .map(|step| step.id.as_str())
        .collect();
    assert_eq!(ids, ["sign-in-with-claims", "repeat-silent", "compare"]);
}
