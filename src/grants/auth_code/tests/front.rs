//! Answers that carry tokens or are signed themselves, and requests that are.

use serde_json::{Value as Json, json};
use sha2::{Digest as _, Sha256};

use super::*;
use crate::model::verification::{Failure, Unchecked};
use crate::model::{AuthorityKind, ChallengeMethod, ResponseType};

const ISSUER: &str = "https://issuer.contoso.example";

fn asking_for(kind: ResponseType, mode: Option<ResponseMode>) -> AuthCode {
    grant_with(|spec, metadata| {
        spec.asking.response_type = kind;
        spec.asking.response_mode = mode;
        metadata.kind = AuthorityKind::Oidc;
        metadata.issuer = ISSUER.into();
    })
}

fn jwt(claims: &Json) -> String {
    let part = |json: &str| URL_SAFE_NO_PAD.encode(json);
    format!(
        "{}.{}.c2ln",
        part(r#"{"alg":"RS256"}"#),
        part(&claims.to_string())
    )
}

/// The left half of a digest, as written beside a token.
fn half(value: &str) -> String {
    URL_SAFE_NO_PAD.encode(&Sha256::digest(value)[..16])
}

fn id_of(grant: &AuthCode, more: &Json) -> String {
    let mut claims = json!({
        "iss": ISSUER, "aud": ["app1"], "sub": "1", "nonce": grant.proof.nonce, "exp": at(600).seconds(),
    });
    for (name, value) in more.as_object().unwrap() {
        claims[name] = value.clone();
    }
    jwt(&claims)
}

fn good() -> Signature {
    Signature::Good {
        key: "k1".into(),
        algorithm: "RS256".into(),
    }
}

fn verified(grant: &mut AuthCode, signature: &Signature) -> Next {
    grant.resume(Input::Verified(signature), at(2)).0
}

fn answer(grant: &mut AuthCode, rest: &str) -> Next {
    let url = format!("{REDIRECT}/#state={}&{rest}", grant.proof.state);
    redirect(grant, &url)
}

#[test]
fn tokens_in_the_answer_are_believed_once_digest_and_signature_are_good() {
    let mut grant = asking_for(ResponseType::IdTokenToken, None);
    assert!(
        grant.url.as_str().contains("response_mode=fragment"),
        "{}",
        grant.url
    );
    assert!(
        !grant.url.as_str().contains("code_challenge"),
        "{}",
        grant.url
    );
    let id = id_of(&grant, &json!({ "at_hash": half("at1") }));
    let rest = format!("access_token=at1&token_type=Bearer&expires_in=60&scope=a&id_token={id}");
    let next = answer(&mut grant, &rest);
    assert!(matches!(next, Next::Verify(_)), "{next:?}");
    let Next::Ended(Ended::Granted(tokens)) = verified(&mut grant, &good()) else {
        panic!("not granted");
    };
    assert_eq!(tokens.access.unwrap().reveal(), "at1");
    assert_eq!(
        (tokens.expires, tokens.scopes),
        (Some(at(62)), vec!["a".to_owned()])
    );
}

#[test]
fn an_id_token_alone_is_granted_without_an_access_token() {
    let mut grant = asking_for(ResponseType::IdToken, Some(ResponseMode::FormPost));
    let id = id_of(&grant, &json!({}));
    answer(&mut grant, &format!("id_token={id}"));
    let Next::Ended(Ended::Granted(tokens)) = verified(&mut grant, &good()) else {
        panic!("not granted");
    };
    assert_eq!((tokens.access, tokens.id.is_some()), (None, true));
}

#[test]
fn a_token_that_was_exchanged_on_the_way_is_not_believed() {
    let mut exchanged = asking_for(ResponseType::IdTokenToken, None);
    let id = id_of(&exchanged, &json!({ "at_hash": half("at1") }));
    let next = answer(&mut exchanged, &format!("access_token=at2&id_token={id}"));
    assert_eq!(trouble(next), say::AT_HASH_WRONG);
    let mut silent = asking_for(ResponseType::IdTokenToken, None);
    let id = id_of(&silent, &json!({}));
    let next = answer(&mut silent, &format!("access_token=at2&id_token={id}"));
    assert_eq!(trouble(next), say::AT_HASH_MISSING);
    let mut hybrid = asking_for(ResponseType::CodeIdToken, None);
    let id = id_of(&hybrid, &json!({ "c_hash": half("another") }));
    let next = answer(&mut hybrid, &format!("code=abc&id_token={id}"));
    assert_eq!(trouble(next), say::C_HASH_WRONG);
}

#[test]
fn an_id_token_of_another_sign_in_issuer_client_or_time_is_not_believed() {
    for (claims, says) in [
        (json!({ "nonce": "other" }), say::OTHER_NONCE),
        (
            json!({ "iss": "https://evil.example" }),
            say::ANSWER_OF_OTHER,
        ),
        (json!({ "aud": "app2" }), say::ANSWER_FOR_OTHER),
        (json!({ "exp": at(-301).seconds() }), say::ANSWER_OVER),
        (json!({ "exp": "soon" }), say::ANSWER_WITHOUT_END),
    ] {
        let mut grant = asking_for(ResponseType::IdToken, None);
        let id = id_of(&grant, &claims);
        let next = answer(&mut grant, &format!("id_token={id}"));
        assert_eq!(trouble(next), says);
    }
}

#[test]
fn a_signature_that_is_bad_or_cannot_be_checked_ends_it_without_redeeming() {
    let unchecked = Unchecked::NoKeys { detail: "x".into() };
    for signature in [
        Signature::Bad(Failure::Signature),
        Signature::Unchecked(unchecked),
    ] {
        let mut grant = asking_for(ResponseType::CodeIdToken, None);
        let id = id_of(&grant, &json!({ "c_hash": half("abc") }));
        answer(&mut grant, &format!("code=abc&id_token={id}"));
        let next = verified(&mut grant, &signature);
        assert!(trouble(next).contains("not believed"));
    }
}

#[test]
fn a_hybrid_code_is_redeemed_and_both_id_tokens_must_be_of_one_user() {
    let mut grant = asking_for(ResponseType::CodeIdToken, None);
    let id = id_of(&grant, &json!({ "c_hash": half("abc") }));
    answer(&mut grant, &format!("code=abc&id_token={id}"));
    let Next::Send(request) = verified(&mut grant, &good()) else {
        panic!("not redeemed");
    };
    assert!(form(&request).contains("code=abc code_verifier="));
    let other = id_of(&grant, &json!({ "sub": "2" }));
    let body = json!({ "access_token": "x", "id_token": other }).to_string();
    let exchange = answered(request, 200, &body);
    let next = grant.resume(Input::Exchange(&exchange), at(3)).0;
    assert_eq!(trouble(next), say::OTHER_SUBJECT);
}

#[test]
fn an_answer_without_what_was_asked_for_is_refused_in_words() {
    let mut grant = asking_for(ResponseType::CodeIdToken, None);
    assert_eq!(trouble(answer(&mut grant, "code=abc")), say::NO_ID_TOKEN);
    let mut grant = asking_for(ResponseType::IdToken, None);
    assert_eq!(trouble(answer(&mut grant, "code=abc")), say::NO_ID_TOKEN);
}

#[test]
fn the_way_to_bind_the_code_is_as_chosen() {
    for (method, sent) in [
        (ChallengeMethod::Plain, "code_challenge_method=plain"),
        (ChallengeMethod::None, ""),
    ] {
        let mut grant = grant_with(|spec, _| spec.asking.pkce = Some(method));
        let verifier = grant.proof.verifier.reveal().to_owned();
        let bound = method == ChallengeMethod::Plain;
        assert!(grant.url.as_str().contains(sent));
        assert_eq!(grant.url.as_str().contains("code_challenge"), bound);
        assert_eq!(grant.url.as_str().contains(&verifier), bound);
        let url = back(&grant, "code=abc");
        let Next::Send(request) = redirect(&mut grant, &url) else {
            panic!("nothing sent");
        };
        assert_eq!(form(&request).contains("code_verifier"), bound);
    }
}

fn signed_answer(grant: &AuthCode, more: &Json) -> String {
    let mut claims = json!({
        "iss": ISSUER, "aud": "app1", "exp": at(60).seconds(), "state": grant.proof.state, "code": "abc",
    });
    for (name, value) in more.as_object().unwrap() {
        claims[name] = value.clone();
    }
    format!("{REDIRECT}/?response={}", jwt(&claims))
}

fn signed() -> AuthCode {
    asking_for(ResponseType::Code, Some(ResponseMode::Jwt))
}

#[test]
fn a_signed_answer_is_read_once_its_signature_is_good() {
    let mut grant = signed();
    let url = signed_answer(&grant, &json!({}));
    assert!(matches!(redirect(&mut grant, &url), Next::Verify(_)));
    let next = verified(&mut grant, &good());
    assert!(matches!(next, Next::Send(_)), "{next:?}");
    let mut denied = signed();
    let more = json!({ "code": "", "error": "access_denied", "error_description": "no & no" });
    let url = signed_answer(&denied, &more);
    redirect(&mut denied, &url);
    let Next::Ended(Ended::Refused { reading, .. }) = verified(&mut denied, &good()) else {
        panic!("not refused");
    };
    assert_eq!(reading.error(), Some("access_denied"));
    assert_eq!(reading.value(FactKind::Description), Some("no & no"));
}

#[test]
fn a_signed_answer_that_is_not_this_runs_or_not_believed_redeems_nothing() {
    let mut other = signed();
    let url = signed_answer(&other, &json!({ "state": "other" }));
    assert!(matches!(redirect(&mut other, &url), Next::Browse { .. }));
    for (more, says) in [
        (
            json!({ "iss": "https://evil.example" }),
            say::ANSWER_OF_OTHER,
        ),
        (json!({ "aud": "app2" }), say::ANSWER_FOR_OTHER),
        (json!({ "exp": at(-400).seconds() }), say::ANSWER_OVER),
    ] {
        let mut grant = signed();
        let url = signed_answer(&grant, &more);
        assert_eq!(trouble(redirect(&mut grant, &url)), says);
    }
    let mut plain = signed();
    let url = back(&plain, "code=abc");
    assert_eq!(trouble(redirect(&mut plain, &url)), say::ANSWER_NOT_SIGNED);
    let mut forged = signed();
    let url = signed_answer(&forged, &json!({}));
    redirect(&mut forged, &url);
    let next = verified(&mut forged, &Signature::Bad(Failure::Signature));
    assert!(trouble(next).contains("not redeemed"));
    let mut opaque = signed();
    let next = redirect(&mut opaque, &format!("{REDIRECT}/?response=a.b.c.d.e"));
    assert_eq!(trouble(next), say::ANSWER_UNREADABLE);
}

fn at_issuer(
    change: impl FnOnce(&mut RunSpec, &mut Metadata, &mut Given<'_>),
) -> Result<AuthCode, Problem> {
    let (mut spec, mut metadata, mut given) = (spec(Flow::Interactive), metadata(), given());
    metadata.kind = AuthorityKind::Oidc;
    spec.claims = Some(r#"{"id_token":{"acr":null}}"#.into());
    given.request_algorithm = Some("PS256");
    change(&mut spec, &mut metadata, &mut given);
    AuthCode::new(&spec, &metadata, given)
}

#[test]
fn a_request_is_signed_whole_and_nothing_but_the_client_stands_beside_it() {
    let mut grant = at_issuer(|spec, _, given| {
        spec.asking.request_object = true;
        spec.asking.max_age = Some(7);
        given.details = Some(r#"[{"type":"pay"}]"#.into());
    })
    .unwrap();
    let Next::Sign(claims) = grant.resume(Input::Start, at(0)).0 else {
        panic!("not signed");
    };
    assert_eq!(claims["max_age"], 7);
    assert_eq!(claims["authorization_details"][0]["type"], "pay");
    assert_eq!(claims["claims"], json!({ "id_token": { "acr": null } }));
    assert_eq!(claims["state"], grant.proof.state);
    let made = Secret::new(SecretKind::Assertion, "h.c.s");
    let Next::Browse { url, .. } = grant.resume(Input::Answer(made), at(0)).0 else {
        panic!("no page");
    };
    assert!(
        url.ends_with("/authorize?client_id=app1&request=h.c.s"),
        "{url}"
    );
}

#[test]
fn authorization_details_go_to_the_page_and_with_the_code() {
    let details = r#"[{"type":"pay"}]"#;
    let mut grant = at_issuer(|_, metadata, given| {
        given.details = Some(details.into());
        metadata.accepts.details_types = Some(vec!["pay".into()]);
    })
    .unwrap();
    grant.resume(Input::Start, at(0));
    assert!(
        grant
            .url
            .as_str()
            .contains("authorization_details=%5B%7B%22type"),
        "{}",
        grant.url
    );
    let url = back(&grant, "code=abc");
    let Next::Send(request) = redirect(&mut grant, &url) else {
        panic!("nothing sent");
    };
    assert!(form(&request).contains(&format!("authorization_details={details}")));
    let body = json!({ "access_token": "x", "authorization_details": [{ "type": "pay" }] });
    let exchange = answered(request, 200, &body.to_string());
    let Next::Ended(Ended::Granted(tokens)) = grant.resume(Input::Exchange(&exchange), at(3)).0
    else {
        panic!("not granted");
    };
    assert_eq!(tokens.details, Some(json!([{ "type": "pay" }])));
}

#[test]
fn what_the_metadata_says_is_not_done_is_not_sent() {
    type Change = fn(&mut RunSpec, &mut Metadata, &mut Given<'_>);
    let cases: [(&str, Change); 7] = [
        ("pkce", |spec, metadata, _| {
            spec.asking.pkce = Some(ChallengeMethod::Plain);
            metadata.accepts.challenge_methods = Some(vec!["S256".into()]);
        }),
        ("request", |spec, metadata, _| {
            spec.asking.request_object = true;
            metadata.accepts.request_object = Some(false);
        }),
        ("request", |spec, metadata, _| {
            spec.asking.request_object = true;
            metadata.accepts.request_algorithms = Some(vec!["ES256".into()]);
        }),
        ("request", |_, metadata, _| {
            metadata.accepts.must_sign_request = true;
        }),
        ("request", |spec, metadata, _| {
            spec.asking.request_object = true;
            metadata.kind = AuthorityKind::EntraV2;
        }),
        ("response_mode", |spec, metadata, _| {
            spec.asking.response_mode = Some(ResponseMode::QueryJwt);
            metadata.kind = AuthorityKind::EntraV2;
        }),
        ("authorization_details", |_, metadata, given| {
            given.details = Some(r#"[{"type":"pay"},{"type":"read"}]"#.into());
            metadata.accepts.details_types = Some(vec!["pay".into()]);
        }),
    ];
    for (place, change) in cases {
        let problem = at_issuer(change).err().unwrap();
        assert_eq!(problem.at, place, "{problem:?}");
    }
}

proptest! {
    #[test]
    fn no_signed_answer_makes_it_panic_or_redeem_a_code(text in "\\PC*", claims in "\\PC*") {
        let part = |json: &str| URL_SAFE_NO_PAD.encode(json);
        let made = format!("{}.{}.x", part("{}"), part(&format!("{{\"state\":{claims}}}")));
        for kind in ResponseType::ALL {
            for mode in [ResponseMode::Fragment, ResponseMode::Jwt] {
                let mut grant = asking_for(kind, Some(mode));
                let state = grant.proof.state.clone();
                for rest in [format!("response={text}"), format!("response={made}"), format!("state={state}&id_token={text}")] {
                    let (next, _) = grant.resume(Input::Redirect(&format!("{REDIRECT}/?{rest}")), at(1));
                    let sent = matches!(next, Next::Send(_));
                    prop_assert!(!sent, "{rest}: {next:?}");
                }
            }
        }
    }
}
