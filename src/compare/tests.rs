//! Hand-made runs, compared.

mod clue;
mod exchanges;

use std::time::Duration;

use proptest::prelude::*;
use serde_json::json;

use super::*;

/// Two tokens that differ in their claims alone.
fn tokens(left: &serde_json::Value, right: &serde_json::Value) -> Vec<Difference> {
    let token = |claims: &serde_json::Value| Jwt {
        header: json!({ "alg": "RS256", "typ": "JWT", "kid": "k1" }),
        claims: claims.clone(),
    };
    super::tokens(&token(left), &token(right))
}

use crate::model::{
    Actor, ApiOutcome, Authority, Class, CodeView, Confidence, Credential, Diagnosis, Ending,
    Exchange, Field, Flow, Login, Moment, Outcome, Phases, Place, Plan, Purpose, Reply, Request,
    RunId, RunSpec, Secret, SecretKind, Spot, Stage, TokenFacts,
};

fn spec() -> RunSpec {
    RunSpec {
        profile: Some("contoso-desktop".into()),
        scopes: vec!["User.Read".into()],
        username: Some("ada@contoso.example".into()),
        ..RunSpec::new(
            Authority::parse("https://login.microsoftonline.com/contoso.example").unwrap(),
            "11111111-2222-3333-4444-555555555555",
            Flow::Silent,
        )
    }
}

fn exchange(status: u16, form: Vec<Field>) -> Exchange {
    let reply = Reply {
        status,
        headers: vec![("x-ms-request-id".into(), format!("trace-{status}"))],
        body: Vec::new(),
        cut: None,
    };
    Exchange {
        started: Moment::from_seconds(1_795_356_131),
        request: Request::post(
            "https://login.microsoftonline.com/contoso.example/oauth2/v2.0/token",
            form,
            Purpose::Token,
        ),
        reply: Some(reply),
        fault: None,
        phases: Phases {
            wait: Some(Duration::from_millis(u64::from(status))),
            ..Phases::default()
        },
    }
}

fn run(spec: RunSpec, outcome: Outcome) -> Run {
    let ending = Ending::new(outcome, Moment::from_seconds(1_795_356_132));
    Run {
        id: RunId(1),
        spec,
        started: Moment::from_seconds(1_795_356_131),
        stage: Stage::Ended(Box::new(ending)),
        exchanges: Vec::new(),
        events: Vec::new(),
        simulated: false,
        from_history: false,
    }
}

fn ending(run: &mut Run) -> &mut Ending {
    match &mut run.stage {
        Stage::Ended(ending) => ending,
        Stage::Running(_) => panic!("it has ended"),
    }
}

fn granted(claims: serde_json::Value) -> Run {
    let mut run = run(spec(), Outcome::Granted);
    ending(&mut run).token = Some(TokenFacts {
        token_type: "Bearer".into(),
        issued_type: None,
        details: None,
        expires: Some(Moment::from_seconds(1_795_359_731)),
        scopes: vec!["User.Read".into()],
        fingerprint: "‹access token 11111111›".into(),
        refresh_fingerprint: Some("‹refresh token 22222222›".into()),
        access_claims: Some(claims),
        id_claims: None,
        from_cache: false,
        account: Some("ada@contoso.example".into()),
    });
    run
}

fn refused(error: &str, suberror: Option<&str>, code: &str) -> Run {
    let mut run = run(spec(), Outcome::Refused);
    ending(&mut run).diagnosis = Some(Box::new(Diagnosis {
        summary: String::new(),
        do_now: String::new(),
        login_words: String::new(),
        codes: vec![CodeView {
            code: code.into(),
            known: true,
            name: String::new(),
            title: String::new(),
            confidence: Confidence::Published,
            pairing_seen: None,
            from: Spot::Status,
        }],
        error: Some(error.into()),
        suberror: suberror.map(str::to_owned),
        description: None,
        claims: None,
        place: Place::Token,
        class: Class::Interaction,
        acts: vec![Actor::User],
        login: Login::Yes,
        because: Vec::new(),
        confidence: Confidence::Published,
        contradictions: Vec::new(),
        notes: Vec::new(),
        correlation_id: Some(format!("correlation of {code}")),
        trace_id: None,
        timestamp: None,
        predictions: Vec::new(),
        plan: Plan::default(),
        links: Vec::new(),
        sign_in_log: None,
        facts: Vec::new(),
    }));
    run.exchanges.push(exchange(400, Vec::new()));
    run
}

fn find<'a>(found: &'a [Difference], what: &str) -> &'a Difference {
    let held = found.iter().find(|difference| difference.what == what);
    held.unwrap_or_else(|| panic!("no {what} in {found:?}"))
}

#[test]
fn a_run_does_not_differ_from_itself() {
    for run in [
        granted(json!({"amr": ["pwd"]})),
        refused("invalid_grant", Some("basic_action"), "AADSTS50076"),
    ] {
        assert_eq!(runs(&run, &run), []);
    }
}

#[test]
fn what_matters_comes_first_and_the_outcome_before_all() {
    let left = refused("invalid_grant", Some("basic_action"), "AADSTS50076");
    let mut right = granted(json!({"amr": ["pwd", "mfa"]}));
    right.spec.claims = Some("{\"access_token\":{}}".into());
    right.spec.flow = Flow::Interactive;
    right.exchanges.push(exchange(200, Vec::new()));
    let found = runs(&left, &right);
    assert_eq!(
        (found[0].what.as_str(), found[0].matters),
        ("outcome", true)
    );
    assert_eq!(
        (found[0].left.as_deref(), found[0].right.as_deref()),
        (Some("refused"), Some("granted"))
    );
    assert_eq!(found[0].why, "A token came this time.");
    let first_noise = found
        .iter()
        .position(|difference| !difference.matters)
        .unwrap();
    assert!(
        found[first_noise..]
            .iter()
            .all(|difference| !difference.matters)
    );
    assert_eq!(
        find(&found, "request parameter claims").why,
        "Claims were sent this time."
    );
    assert_eq!(find(&found, "flow").right.as_deref(), Some("interactive"));
    assert_eq!(find(&found, "suberror").right, None);
    for noise in ["correlation id", "x-ms-request-id", "time on the wire"] {
        assert!(!find(&found, noise).matters, "{noise}");
    }
}

#[test]
fn a_second_factor_is_told_by_amr() {
    let (without, with) = (
        granted(json!({"amr": ["pwd"]})),
        granted(json!({"amr": ["pwd", "mfa"]})),
    );
    let found = runs(&without, &with);
    let amr = find(&found, "claim amr");
    assert_eq!(
        (amr.left.as_deref(), amr.right.as_deref()),
        (Some("pwd"), Some("pwd mfa"))
    );
    assert!(amr.matters && amr.why.contains("a second factor was used"));
    assert!(
        find(&runs(&with, &without), "claim amr")
            .why
            .contains("no second factor")
    );
}

#[test]
fn scopes_roles_and_contexts_are_told_by_what_was_gained_and_lost() {
    let left = json!({"scp": "User.Read Mail.Read", "roles": ["Reader"], "acrs": ["c1"]});
    let right =
        json!({"scp": "User.Read Files.Read", "roles": ["Reader", "Writer"], "acrs": ["c1", "c2"]});
    let found = tokens(&left, &right);
    assert_eq!(
        find(&found, "claim scp").why,
        "The token now allows Files.Read, and no longer Mail.Read."
    );
    assert_eq!(
        find(&found, "claim roles").why,
        "The token now also allows Writer."
    );
    assert_eq!(
        find(&found, "claim acrs").why,
        "Authentication context c2 is met now."
    );
}

#[test]
fn ids_and_times_of_a_token_are_noise_but_a_longer_life_is_not() {
    let left = json!({"iat": 1000, "exp": 4600, "uti": "a", "aud": "x"});
    let right = json!({"iat": 9000, "exp": 100_000, "uti": "b", "aud": "y"});
    let found = tokens(&left, &right);
    let life = find(&found, "claim lifetime");
    assert_eq!(
        (life.left.as_deref(), life.right.as_deref(), life.matters),
        (Some("60 min"), Some("1516 min"), true)
    );
    for noise in ["claim iat", "claim exp", "claim uti"] {
        assert!(!find(&found, noise).matters, "{noise}");
    }
    assert!(find(&found, "claim aud").matters);
    let same_life = tokens(
        &json!({"iat": 1, "exp": 3601}),
        &json!({"iat": 5, "exp": 3700}),
    );
    assert!(same_life.iter().all(|difference| !difference.matters));
}

#[test]
fn what_a_token_allows_comes_before_who_it_is_for_and_how_they_signed_in() {
    let of = |text: &str| {
        let mut claims = serde_json::Map::new();
        for name in [
            "idtyp", "ver", "tid", "xms_cc", "amr", "acr", "aud", "roles", "scp", "aio",
        ] {
            claims.insert(name.into(), text.into());
        }
        serde_json::Value::Object(claims)
    };
    let found = tokens(&of("a"), &of("b"));
    let names: Vec<&str> = found
        .iter()
        .map(|difference| difference.what.as_str())
        .collect();
    let order = [
        "scp", "roles", "aud", "acr", "amr", "xms_cc", "tid", "ver", "idtyp", "aio",
    ];
    assert_eq!(names, order.map(|name| format!("claim {name}")));
    assert!(!found[9].matters);
}

#[test]
fn the_way_of_signing_matters_and_the_key_does_not() {
    let token = |header: serde_json::Value| Jwt {
        header,
        claims: json!({}),
    };
    let left = token(json!({ "alg": "RS256", "kid": "a", "nonce": "x" }));
    let right = token(json!({ "alg": "PS256", "kid": "b" }));
    let found = super::tokens(&left, &right);
    assert!(find(&found, "header alg").matters && find(&found, "header nonce").matters);
    assert!(!find(&found, "header kid").matters);
}

#[test]
fn a_claim_nobody_knows_is_shown_after_the_known_ones() {
    let found = tokens(
        &json!({"department": "a", "amr": ["pwd"]}),
        &json!({"department": {"b": 1}, "amr": ["fido"]}),
    );
    let names: Vec<&str> = found
        .iter()
        .map(|difference| difference.what.as_str())
        .collect();
    assert_eq!(names, ["claim amr", "claim department"]);
    assert_eq!(found[1].right.as_deref(), Some("{\"b\":1}"));
}

#[test]
fn two_refusals_are_told_apart_by_error_suberror_and_codes() {
    let found = runs(
        &refused("invalid_grant", Some("basic_action"), "AADSTS50076"),
        &refused("invalid_grant", Some("message_only"), "AADSTS53003"),
    );
    assert!(found.iter().all(|difference| difference.what != "error"));
    assert_eq!(
        find(&found, "suberror").right.as_deref(),
        Some("message_only")
    );
    assert!(
        find(&found, "codes")
            .why
            .contains("one obstacle may have been cleared")
    );
}

#[test]
fn a_forced_refresh_and_a_token_from_the_cache_are_told() {
    let mut left = granted(json!({}));
    ending(&mut left).token.as_mut().unwrap().from_cache = true;
    let mut right = granted(json!({}));
    right.spec.force_refresh = true;
    let found = runs(&left, &right);
    assert!(find(&found, "force refresh").why.contains("forced"));
    let from = find(&found, "token from");
    assert_eq!(
        (from.left.as_deref(), from.right.as_deref()),
        (Some("the cache"), Some("the server"))
    );
}

#[test]
fn another_secret_is_told_without_showing_either() {
    let mut left = run(spec(), Outcome::Refused);
    left.spec.credential = Credential::Secret(Secret::new(SecretKind::ClientSecret, "first-value"));
    let mut right = left.clone();
    right.spec.credential =
        Credential::Secret(Secret::new(SecretKind::ClientSecret, "second-value"));
    let field = |value: &str| {
        Field::new(
            "client_secret",
            Secret::new(SecretKind::ClientSecret, value),
        )
    };
    left.exchanges
        .push(exchange(401, vec![field("first-value")]));
    right
        .exchanges
        .push(exchange(401, vec![field("second-value")]));
    let found = runs(&left, &right);
    assert_eq!(
        find(&found, "client secret").why,
        "Another client secret was sent."
    );
    let all = format!("{found:?}");
    assert!(!all.contains("first-value") && !all.contains("second-value"));
}

#[test]
fn what_was_typed_at_a_prompt_is_told_apart_by_what_was_sent() {
    let mut left = run(spec(), Outcome::Refused);
    left.spec.credential = Credential::Ask;
    let mut right = left.clone();
    let typed = |secret: &str, password: &str| {
        exchange(
            401,
            vec![
                Field::new(
                    "client_secret",
                    Secret::new(SecretKind::ClientSecret, secret),
                ),
                Field::new("password", Secret::new(SecretKind::Password, password)),
            ],
        )
    };
    left.exchanges.push(typed("first-value", "first-word"));
    right.exchanges.push(typed("second-value", "second-word"));
    let found = runs(&left, &right);
    assert!(find(&found, "client secret").matters);
    assert_eq!(find(&found, "password").why, "Another password was typed.");
    let all = format!("{found:?}");
    assert!(!all.contains("-value") && !all.contains("-word"));
}

#[test]
fn request_parameters_matter_within_one_flow_and_are_noise_across_flows() {
    let form = |grant: &str, token: &str| {
        vec![
            Field::new("grant_type", grant),
            Field::new(
                "refresh_token",
                Secret::new(SecretKind::RefreshToken, token),
            ),
        ]
    };
    let mut left = run(spec(), Outcome::Refused);
    let mut right = left.clone();
    left.exchanges.push(exchange(
        400,
        form("refresh_token", "first-of-two-refresh-tokens"),
    ));
    right.exchanges.push(exchange(
        400,
        form("something_else", "second-of-two-refresh-tokens"),
    ));
    let found = runs(&left, &right);
    assert!(find(&found, "request parameter grant_type").matters);
    let token = find(&found, "request parameter refresh_token");
    assert!(
        !token.matters
            && token
                .left
                .as_deref()
                .unwrap()
                .starts_with("‹refresh token ")
    );
    right.spec.flow = Flow::RefreshToken;
    assert!(!find(&runs(&left, &right), "request parameter grant_type").matters);
}

#[test]
fn a_certificate_that_one_server_did_not_ask_for_is_told() {
    let with = |handed| {
        let mut run = run(spec(), Outcome::Refused);
        let mut sent = exchange(401, Vec::new());
        sent.request.certificate = Some(Box::new(crate::model::TlsCertificate {
            subject: "CN=billing".into(),
            thumbprint: "print".into(),
            handed,
            identity: None,
        }));
        run.exchanges.push(sent);
        run
    };
    let shown = with(crate::model::Handed::Shown);
    let found = runs(&shown, &with(crate::model::Handed::NotAsked));
    let told = find(&found, "client certificate");
    assert!(told.matters);
    let right = told.right.as_deref().unwrap_or_default();
    assert!(right.contains("did not ask"), "{right}");
    assert_eq!(runs(&shown, &shown), vec![]);
}

#[test]
fn an_api_that_accepts_the_token_now_is_told() {
    let with = |status: u16| {
        let mut run = granted(json!({}));
        ending(&mut run).api = Some(Box::new(ApiOutcome {
            said: Vec::new(),
            exchange: exchange(status, Vec::new()),
            diagnosis: None,
        }));
        run
    };
    let found = runs(&with(401), &with(200));
    let api = find(&found, "API answer");
    assert_eq!(
        (api.left.as_deref(), api.right.as_deref()),
        (Some("401"), Some("200"))
    );
    assert!(api.why.contains("accepts"));
}

proptest! {
    #[test]
    fn comparing_survives_any_claims(left in ".{0,20}", right in ".{0,20}", name in "[a-z]{1,4}") {
        let found = tokens(&json!({ name.as_str(): left.as_str() }), &json!({ name.as_str(): right.as_str() }));
        prop_assert_eq!(found.is_empty(), left == right || (left.is_empty() && right.is_empty()));
        prop_assert_eq!(tokens(&json!(left), &json!(right)), vec![]);
    }
}
