//! Applications that ask the token endpoint of a region.

use super::*;
use crate::model::Region;

const GRANTED: &str =
    r#"{"token_type":"Bearer","expires_in":3599,"access_token":"at-0123456789abcdefgh"}"#;

fn regional(flow: Flow) -> RunSpec {
    let mut spec = daemon();
    spec.flow = flow;
    spec.extensions.region = Some(Region::Named("westeurope".into()));
    spec
}

#[tokio::test]
async fn an_application_asks_the_endpoint_of_its_region() {
    let rig = Rig::entra();
    rig.transport.json(200, GRANTED);
    let (end, running) = rig.finish(regional(Flow::ClientCredentials)).await;
    granted(end);
    let url = &rig.asked()[1].url;
    let host = "https://westeurope.login.microsoft.com/";
    assert!(
        url.starts_with(host) && url.ends_with("/oauth2/v2.0/token"),
        "{url}"
    );
    assert!(
        running
            .events
            .iter()
            .any(|event| event.contains("westeurope"))
    );
}

#[tokio::test]
async fn a_person_asks_the_global_endpoint_whatever_region_is_named() {
    let rig = Rig::entra();
    rig.transport.json(200, GRANTED);
    let mut spec = regional(Flow::RefreshToken);
    spec.refresh_token = Some(Secret::new(SecretKind::RefreshToken, "rt-0123456789"));
    rig.finish(spec).await;
    let url = &rig.asked()[1].url;
    assert!(
        url.starts_with("https://login.microsoftonline.com/"),
        "{url}"
    );
}
