mod age;
mod front;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use proptest::prelude::*;

use super::*;
use crate::grants::testing::{answered, at, form, metadata, spec};
use crate::model::{Asking, Flow, Prompt, ResponseMode};

const REDIRECT: &str = "http://localhost:4711";

fn grant_with(change: impl FnOnce(&mut RunSpec, &mut Metadata)) -> AuthCode {
    let mut spec = spec(Flow::Interactive);
    let mut metadata = metadata();
    change(&mut spec, &mut metadata);
    let mut grant = AuthCode::new(&spec, &metadata, given()).unwrap();
    let (next, _) = grant.resume(Input::Start, at(0));
    assert!(matches!(next, Next::Browse { until, .. } if until == at(600)));
    grant
}

fn given() -> Given<'static> {
    Given {
        redirect_uri: REDIRECT.into(),
        random: &[7; 80],
        dpop_key: None,
        details: None,
        request_algorithm: None,
    }
}

fn grant() -> AuthCode {
    grant_with(|_, _| {})
}

fn back(grant: &AuthCode, rest: &str) -> String {
    format!("{REDIRECT}/?state={}&{rest}", grant.proof.state)
}

fn redirect(grant: &mut AuthCode, url: &str) -> Next {
    grant.resume(Input::Redirect(url), at(1)).0
}

fn trouble(next: Next) -> String {
    match next {
        Next::Ended(Ended::Refused { reading, .. }) => {
            reading.value(FactKind::Trouble).unwrap().to_owned()
        }
        other => panic!("{other:?}"),
    }
}

fn id_token(nonce: &str) -> String {
    let part = |json: &str| URL_SAFE_NO_PAD.encode(json);
    let claims = format!(r#"{{"sub":"1","nonce":"{nonce}"}}"#);
    format!("{}.{}.c2ln", part(r#"{"alg":"RS256"}"#), part(&claims))
}

#[test]
fn the_address_carries_everything_that_protects_the_code() {
    let grant = grant_with(|spec, _| {
        spec.asking = asking();
        spec.username = Some("ada@contoso.example".into());
        spec.capabilities = vec!["cp1".into()];
    });
    let url = grant.url.clone();
    let value = |name: &str| {
        let found = url.query_pairs().find(|(n, _)| n == name);
        found
            .map(|(_, value)| value.into_owned())
            .unwrap_or_default()
    };
    assert_eq!(value("response_type"), "code");
    assert_eq!(value("response_mode"), "form_post");
    assert_eq!(value("redirect_uri"), REDIRECT);
    assert_eq!(value("scope"), "User.Read openid profile offline_access");
    assert_eq!(value("state"), grant.proof.state);
    assert_eq!(value("nonce"), grant.proof.nonce);
    assert_eq!(value("code_challenge"), grant.proof.challenge);
    assert_eq!(value("code_challenge_method"), "S256");
    assert_eq!(value("prompt"), "select_account");
    assert_eq!(value("login_hint"), "ada@contoso.example");
    assert_eq!(value("domain_hint"), "contoso.example");
    assert_eq!(value("max_age"), "0");
    assert_eq!(value("acr_values"), "a b");
    assert_eq!(value("mkt"), "de-DE");
    assert_eq!(value("client_info"), "1");
    assert!(value("claims").contains("cp1"));
    assert!(!grant.url.as_str().contains(grant.proof.verifier.reveal()));
}

fn asking() -> Asking {
    Asking {
        prompt: Some(Prompt::SelectAccount),
        domain_hint: Some("contoso.example".into()),
        max_age: Some(0),
        acr_values: Some("a b".into()),
        extra: vec![("mkt".into(), "de-DE".into())],
        response_mode: Some(ResponseMode::FormPost),
        ..Asking::default()
    }
}

fn pushing() -> (AuthCode, Request) {
    let mut spec = spec(Flow::Interactive);
    spec.extensions.par = true;
    let mut metadata = metadata();
    metadata.par_endpoint = Some("https://login.microsoftonline.com/t1/par".into());
    let mut grant = AuthCode::new(&spec, &metadata, given()).unwrap();
    match grant.resume(Input::Start, at(0)).0 {
        Next::Send(request) => (grant, request),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_pushed_request_leaves_nothing_but_its_name_to_the_browser() {
    let (mut grant, request) = pushing();
    assert_eq!(request.url, "https://login.microsoftonline.com/t1/par");
    assert!(form(&request).contains("code_challenge_method=S256"));
    let kept = r#"{"request_uri":"urn:example:1&2","expires_in":60}"#;
    let answer = answered(request, 201, kept);
    let (next, events) = grant.resume(Input::Exchange(&answer), at(5));
    let Next::Browse { url, until } = next else {
        panic!("{next:?}");
    };
    let expected = "https://login.microsoftonline.com/t1/oauth2/v2.0/authorize?client_id=app1&request_uri=urn%3Aexample%3A1%262";
    assert_eq!((url.as_str(), until), (expected, at(605)));
    assert!(events[0].what.contains("60 s"), "{events:?}");
    let next = grant.resume(Input::Woken, at(605)).0;
    assert!(
        matches!(next, Next::Ended(Ended::Refused { .. })),
        "{next:?}"
    );
}

#[test]
fn a_pushed_request_that_is_not_kept_is_refused_where_it_was_asked() {
    for (status, body) in [
        (400, r#"{"error":"invalid_request"}"#),
        (201, "{}"),
        (201, r#"{"request_uri":""}"#),
        (200, "<html>"),
    ] {
        let (mut grant, request) = pushing();
        let answer = answered(request, status, body);
        let next = grant.resume(Input::Exchange(&answer), at(1)).0;
        let place = match next {
            Next::Ended(Ended::Refused { place, .. }) => place,
            other => panic!("{other:?}"),
        };
        assert_eq!(place, Place::Authorize);
    }
}

#[test]
fn a_server_that_takes_no_pushed_request_is_not_asked() {
    let mut spec = spec(Flow::Interactive);
    spec.extensions.par = true;
    let problem = AuthCode::new(&spec, &metadata(), given()).err().unwrap();
    assert_eq!(problem.at, "par");
    assert!(
        problem
            .what
            .contains("pushed_authorization_request_endpoint")
    );
}

#[test]
fn the_code_is_redeemed_with_the_verifier_and_once() {
    let mut grant = grant();
    let url = back(&grant, "code=abc&session_state=x");
    let Next::Send(request) = redirect(&mut grant, &url) else {
        panic!("nothing sent");
    };
    let verifier = grant.proof.verifier.reveal().to_owned();
    assert_eq!(
        form(&request),
        format!(
            "grant_type=authorization_code code=abc code_verifier={verifier} redirect_uri={REDIRECT} client_id=app1 \
             scope=User.Read openid profile offline_access client_info=1"
        )
    );
    assert!(request.single_use);
}

#[test]
fn another_state_is_not_ours_and_the_wait_goes_on() {
    let mut grant = grant();
    for url in [
        format!("{REDIRECT}/?code=stolen&state=other"),
        format!("{REDIRECT}/?code=stolen"),
        format!("{REDIRECT}/?error=access_denied&state=other"),
    ] {
        let next = redirect(&mut grant, &url);
        assert!(matches!(next, Next::Browse { .. }), "{url}: {next:?}");
    }
}

#[test]
fn an_error_redirect_is_a_refusal_of_the_authorization_endpoint() {
    let mut grant = grant();
    let url = back(&grant, "error=access_denied&error_subcode=cancel");
    let next = redirect(&mut grant, &url);
    let Next::Ended(Ended::Refused { place, reading }) = next else {
        panic!("{next:?}");
    };
    assert_eq!(place, Place::Authorize);
    assert_eq!(reading.error(), Some("access_denied"));
}

#[test]
fn an_issuer_that_differs_or_is_missing_stops_the_code() {
    let mut ours = grant();
    let url = back(&ours, "code=abc&iss=https%3A%2F%2Fevil.example");
    assert_eq!(trouble(redirect(&mut ours, &url)), say::ISSUER_DIFFERS);
    let mut strict = grant_with(|_, metadata| metadata.sends_issuer = true);
    let url = back(&strict, "code=abc");
    assert_eq!(trouble(redirect(&mut strict, &url)), say::ISSUER_MISSING);
    let mut common = grant_with(|_, metadata| {
        metadata.issuer = "https://login.microsoftonline.com/{tenantid}/v2.0".into();
    });
    let url = back(
        &common,
        "code=abc&iss=https%3A%2F%2Flogin.microsoftonline.com%2Ft1%2Fv2.0",
    );
    assert!(matches!(redirect(&mut common, &url), Next::Send(_)));
}

#[test]
fn an_id_token_must_carry_this_runs_nonce() {
    let mut grant = grant();
    let url = back(&grant, "code=abc");
    let Next::Send(request) = redirect(&mut grant, &url) else {
        panic!("nothing sent");
    };
    let body = |nonce: &str| format!(r#"{{"access_token":"x","id_token":"{}"}}"#, id_token(nonce));
    let other = answered(request.clone(), 200, &body("other"));
    let (next, _) = grant.resume(Input::Exchange(&other), at(2));
    assert_eq!(trouble(next), say::OTHER_NONCE);
    let ours = answered(request, 200, &body(&grant.proof.nonce));
    let (next, _) = grant.resume(Input::Exchange(&ours), at(2));
    assert!(matches!(next, Next::Ended(Ended::Granted(_))), "{next:?}");
}

#[test]
fn a_pasted_redirect_counts_only_with_this_runs_state() {
    let mut ours = grant();
    let url = back(&ours, "code=abc");
    let (next, _) = ours.resume(Input::Pasted(&format!("  {url}\n")), at(1));
    assert!(matches!(next, Next::Send(_)), "{next:?}");
    let mut other = grant();
    let (next, events) = other.resume(Input::Pasted("http://localhost:1/?code=a&state=b"), at(1));
    assert!(matches!(next, Next::Browse { .. }), "{next:?}");
    assert_eq!(events[0].what, say::OTHER_STATE);
}

#[test]
fn what_a_page_shows_ends_it_there() {
    let mut ours = grant();
    let text = "AADSTS50011: The redirect URI does not match";
    let (next, _) = ours.resume(Input::Pasted(text), at(1));
    let Next::Ended(Ended::Refused { place, .. }) = next else {
        panic!("{next:?}");
    };
    assert_eq!(place, Place::Page);
    let (next, _) = grant().resume(Input::Pasted("nothing to see"), at(1));
    assert!(matches!(next, Next::Browse { .. }));
}

#[test]
fn a_browser_that_never_comes_back_is_given_up() {
    let (next, _) = grant().resume(Input::Woken, at(600));
    let Next::Ended(Ended::Refused { place, .. }) = next else {
        panic!("{next:?}");
    };
    assert_eq!(place, Place::Page);
}

proptest! {
    #[test]
    fn no_redirect_and_no_paste_makes_it_panic_or_redeem_a_code(text in "\\PC*|http://localhost:4711/\\?[a-z=&%#0-9]*") {
        let mut grant = grant();
        for input in [Input::Redirect(&text), Input::Pasted(&text)] {
            let (next, _) = grant.resume(input, at(1));
            let sent = matches!(next, Next::Send(_));
            prop_assert!(!sent, "{text}: {next:?}");
        }
    }
}
