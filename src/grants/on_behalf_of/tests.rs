use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::grants::testing::{at, form, metadata, reply, spec};
use crate::model::SecretKind;

const CLIENT: &str = "5e9b3d70-c2a4-4d8f-b716-0f4a8e1d93c7";

fn token(claims: &Json) -> String {
    let part = |json: &Json| URL_SAFE_NO_PAD.encode(json.to_string());
    format!("{}.{}.c2ln", part(&json!({ "alg": "RS256" })), part(claims))
}

fn good() -> Json {
    json!({ "aud": CLIENT, "scp": "access_as_user", "exp": 9_999_999_999_i64, "upn": "ada@contoso.example" })
}

fn with(name: &str, value: Json) -> String {
    let mut claims = good();
    claims[name] = value;
    token(&claims)
}

fn grant(token: Option<&str>) -> OnBehalfOf {
    let mut spec = spec(Flow::OnBehalfOf);
    spec.client_id = CLIENT.into();
    spec.incoming_token = token.map(|token| Secret::new(SecretKind::AccessToken, token));
    OnBehalfOf::new(&spec, &metadata()).unwrap()
}

/// What MSAL Python sends in `acquire_token_on_behalf_of`, in another order.
#[test]
fn the_request_is_the_documented_one() {
    let token = token(&good());
    let bearer = format!("Bearer {token}\n");
    let (next, events) = grant(Some(&bearer)).resume(Input::Start, at(0));
    let Next::Send(request) = next else {
        panic!("{next:?}");
    };
    assert_eq!(
        form(&request),
        format!(
            "grant_type={JWT_BEARER} assertion={token} client_id={CLIENT} scope=User.Read openid profile offline_access client_info=1 requested_token_use=on_behalf_of"
        )
    );
    assert_eq!(events[1].about.as_deref(), Some("ada@contoso.example"));
    assert!(events.iter().all(|event| !event.what.contains("ada")));
}

#[test]
fn a_missing_token_is_asked_for() {
    let mut grant = grant(None);
    let (next, _) = grant.resume(Input::Start, at(0));
    assert!(matches!(next, Next::Ask(Question::IncomingToken)));
    let answer = Secret::new(SecretKind::AccessToken, token(&good()));
    let (next, _) = grant.resume(Input::Answer(answer), at(0));
    assert!(matches!(next, Next::Send(_)));
}

#[test]
fn a_token_that_cannot_be_exchanged_is_not_sent() {
    let mut without_scope = good();
    without_scope.as_object_mut().unwrap().remove("scp");
    let mut app_only = without_scope.clone();
    app_only["roles"] = json!(["Jobs.Run"]);
    let graph = "https://graph.microsoft.com";
    let other = "00000003-0000-0000-c000-000000000000";
    let cases = [
        ("opaque".to_owned(), say::INCOMING_NOT_JWT.to_owned()),
        (token(&without_scope), say::INCOMING_ID_TOKEN.to_owned()),
        (token(&app_only), say::INCOMING_APP_ONLY.to_owned()),
        (with("aud", graph.into()), say::incoming_audience(graph)),
        (with("aud", other.into()), say::incoming_audience(other)),
        (
            with("exp", 1.into()),
            say::incoming_over(&Moment::from_seconds(1).iso()),
        ),
    ];
    for (token, what) in cases {
        let (next, _) = grant(Some(&token)).resume(Input::Start, at(0));
        let Next::Ended(Ended::Invalid(problems)) = next else {
            panic!("{what}: {next:?}");
        };
        assert_eq!(
            (&problems[0].what, problems[0].at.as_str()),
            (&what, "incoming_token")
        );
    }
}

#[test]
fn an_app_id_uri_is_left_for_the_server_to_compare() {
    for (audience, own) in [
        (format!("api://{CLIENT}"), say::EXCHANGING),
        ("api://contoso-api".to_owned(), say::EXCHANGING_UNSURE),
    ] {
        let token = with("aud", audience.into());
        let (next, events) = grant(Some(&token)).resume(Input::Start, at(0));
        assert!(matches!(next, Next::Send(_)));
        assert_eq!(events[0].what, own);
    }
}

#[test]
fn a_claims_challenge_is_a_refusal() {
    let mut grant = grant(Some(&token(&good())));
    grant.resume(Input::Start, at(0));
    let refused = reply(400, r#"{"error":"interaction_required","claims":"{}"}"#);
    let (next, _) = grant.resume(Input::Exchange(&refused), at(0));
    assert!(matches!(next, Next::Ended(Ended::Refused { .. })));
}

proptest! {
    #[test]
    fn no_token_makes_it_panic(text in "\\PC*", audience in "\\PC*") {
        let _ = (look(&text, CLIENT, at(0)), look(&with("aud", audience.into()), "", at(0)));
    }
}
