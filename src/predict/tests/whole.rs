//! What holds for every prediction.

use std::collections::HashSet;

use proptest::prelude::*;

use super::super::case::Case;
use super::super::*;
use super::given::{by, given};
use crate::model::{Fact, FactKind, Shape, Spot};

/// Inputs that together reach every row of every table.
const INPUTS: &[&str] = &[
    "at=page code=AADSTS50011",
    "at=resource 401 error=insufficient_claims claims",
    "at=authorize error=access_denied subcode=cancel",
    "at=authorize error=login_required",
    "at=authorize error=server_error",
    "at=managed-identity 503 error=x",
    "at=managed-identity 503 empty",
    "at=managed-identity 501 error=x",
    "at=managed-identity 410 error=gone",
    "at=managed-identity 503 app-service",
    "at=managed-identity 400 app-service",
    "at=managed-identity 401 fabric=SecretHeaderNotFound",
    "at=managed-identity 400 fabric=ManagedIdentityNotFound",
    "at=managed-identity 400 fabric=ArgumentNullOrEmpty",
    "at=managed-identity 500 fabric=Unavailable",
    "at=managed-identity nothing fault=cut",
    "at=managed-identity 400 error=invalid_request",
    "at=discovery 503",
    "at=discovery 400 error=invalid_tenant",
    "at=discovery 200 no-endpoint",
    "at=discovery 429 html",
    "nothing fault=late",
    "nothing fault=cut",
    "flow=client-credentials nothing fault=cut",
    "flow=interactive client=web nothing fault=cut",
    "nothing fault=dns",
    "200 fault=cut",
    "307 location",
    "302 location",
    "302 empty",
    "503 error=invalid_grant retry=2",
    "503 error=invalid_grant",
    "503 error=temporarily_unavailable retry=2",
    "503 error=temporarily_unavailable",
    "503 html",
    "flow=device-code 503 html",
    "429 html",
    "400 html",
    "200 html",
    "400 empty",
    "404 empty",
    "200 odd",
    "200 null",
    "200 array",
    "200 scalar",
    "200 empty",
    "501 error=server_error",
    "200 token no-type",
    "200 token no-expiry",
    "200 token odd-expiry",
    "200 empty-token",
    "flow=silent 200",
    "flow=silent 200 error=invalid_grant",
    "flow=device-code 400",
    "flow=device-code 429 error=temporarily_unavailable",
    "flow=client-credentials 429 error=temporarily_unavailable",
    "429 error=temporarily_unavailable claims",
    "error=invalid_grant claims",
    "400 error=access_denied claims",
    "400 odd",
    "200",
    "400",
    "200 error=invalid_grant",
    "flow=device-code 400 error=authorization_pending",
    "flow=device-code 400 error=slow_down",
    "flow=device-code 400 error=expired_token",
    "flow=silent 429 error=temporarily_unavailable",
    "flow=silent 400 error=invalid_grant sub=bad_token",
    "flow=silent 400 error=invalid_grant sub=basic_action claims",
    "flow=silent 400 error=invalid_grant sub=consent_required",
    "flow=silent 400 error=invalid_grant",
    "flow=client-credentials 401 error=invalid_client",
    "flow=client-credentials 400 error=invalid_grant",
    "flow=client-credentials 400 error=invalid_grant claims",
    "429 error=temporarily_unavailable",
    "400 error=invalid_grant code=AADSTS50126",
    "400 error=invalid_grant sub=client_mismatch",
    "400 error=invalid_grant said=AADSTS50196:loop",
    "400 error=interaction_required",
    "400 error=invalid_request said=login_required",
    "400 error=temporarily_unavailable",
];

#[test]
fn every_row_of_every_table_is_reached() {
    let mut reached = HashSet::new();
    for words in INPUTS {
        let (reading, context) = given(words);
        for (_, guess) in Case::of(&reading, context).unwrap().guesses() {
            reached.extend(
                LIBRARIES
                    .iter()
                    .filter_map(|library| Some((library.name, library.row(&guess)?.id))),
            );
        }
    }
    for library in LIBRARIES {
        let mut names = HashSet::new();
        for row in library.rules.iter().flat_map(|table| table.iter()) {
            assert!(
                names.insert(row.id),
                "{}: two rows are called {}",
                library.name,
                row.id
            );
            assert!(
                reached.contains(&(library.name, row.id)),
                "{}: nothing reaches {}",
                library.name,
                row.id
            );
        }
    }
}

#[test]
fn every_library_says_something_about_every_failure_and_leaves_no_hole_open() {
    for words in INPUTS {
        let (reading, context) = given(words);
        let said = all(&reading, &context);
        for library in LIBRARIES {
            assert!(
                said.iter()
                    .any(|prediction| prediction.library == library.name),
                "{}: {words}",
                library.name
            );
        }
        for prediction in said {
            let when = prediction.when.clone().unwrap_or_default();
            for text in [
                &prediction.kind,
                &prediction.look_at,
                &prediction.why,
                &prediction.options,
                &when,
            ] {
                assert!(!text.contains(['‹', '›']), "{words}: {text}");
            }
            let at_a_library = ![Place::Page, Place::Resource].contains(&context.place);
            assert_eq!(
                prediction.source.is_some(),
                prediction.basis == "source" && at_a_library,
                "{words}: {prediction:?}"
            );
            assert!(
                !prediction.look_at.is_empty()
                    && !prediction.why.is_empty()
                    && !prediction.options.is_empty()
            );
            assert!(["measured", "source"].contains(&prediction.basis.as_str()));
            assert!(["kept", "lost", "none"].contains(&prediction.claims.as_str()));
        }
    }
}

#[test]
fn two_predictions_of_one_library_differ_in_their_condition() {
    for words in INPUTS {
        let (reading, context) = given(words);
        let said = all(&reading, &context);
        let conditions: HashSet<_> = said
            .iter()
            .map(|prediction| (&prediction.library, &prediction.when))
            .collect();
        assert_eq!(conditions.len(), said.len(), "{words}");
    }
}

#[test]
fn a_granted_token_an_empty_paste_and_a_cancelled_run_are_predicted_nothing() {
    for words in ["200 token", "text", "nothing fault=cancelled"] {
        let (reading, context) = given(words);
        assert_eq!(all(&reading, &context), []);
    }
}

#[test]
fn the_versions_are_those_that_were_looked_at() {
    let (reading, context) = given("401 error=invalid_client flow=client-credentials");
    let said = all(&reading, &context);
    let row = |p: &Prediction| format!("{} {} {}", p.library, p.version, p.basis);
    let rows: Vec<String> = said.iter().map(row).collect();
    let wanted = [
        "msal-python 1.39.0 measured",
        "msal-dotnet 4.87.0 source",
        "msal-js 7.2.1 measured",
        "msal-go 1.9.0 source",
        "azure-identity 1.27.0 measured",
    ];
    assert_eq!(rows, wanted);
}

#[test]
fn a_paste_without_the_suberror_is_predicted_both_ways_and_a_reply_in_hand_one_way() {
    let paste = by("msal-js", "text error=invalid_grant code=AADSTS700082");
    assert_eq!(paste.len(), 2);
    assert_eq!(
        paste[0].when.as_deref(),
        Some("the reply carries suberror bad_token")
    );
    assert_eq!(
        (paste[0].kind.as_str(), paste[0].keeps_refresh_token),
        ("InteractionRequiredAuthError", Some(false))
    );
    assert_eq!(
        (paste[1].kind.as_str(), paste[1].keeps_refresh_token),
        ("ServerError", Some(true))
    );
    for library in ["msal-dotnet", "msal-go"] {
        assert_eq!(
            by(library, "text error=invalid_grant code=AADSTS700082").len(),
            1,
            "{library}"
        );
    }
    let in_hand = by("msal-js", "400 error=invalid_grant code=AADSTS700082");
    assert_eq!(
        (in_hand.len(), in_hand[0].kind.as_str()),
        (1, "ServerError")
    );
}

#[test]
fn a_paste_without_the_error_is_predicted_for_every_error_it_may_be() {
    let dotnet = by("msal-dotnet", "text code=AADSTS50076");
    let rows: Vec<_> = dotnet
        .iter()
        .map(|p| (p.kind.as_str(), p.when.as_deref().unwrap_or_default()))
        .collect();
    assert_eq!(rows[0].0, "MsalUiRequiredException");
    assert!(rows[0].1.contains("basic_action") && rows[0].1.contains("interaction_required"));
    assert_eq!(
        rows[1],
        ("MsalServiceException", "the error is another one")
    );
    assert_eq!(rows.len(), 2);
    assert_eq!(by("msal-js", "text code=AADSTS50076").len(), 2);
    let python = by("msal-python", "text code=AADSTS50076");
    assert_eq!(
        (
            python.len(),
            python[0].kind.as_str(),
            python[0].when.clone()
        ),
        (2, "the server's error", None)
    );
}

#[test]
fn a_pasted_outage_is_predicted_for_both_kinds_of_status() {
    let python = by(
        "msal-python",
        "text error=temporarily_unavailable code=AADSTS90033",
    );
    let kinds: Vec<_> = python
        .iter()
        .map(|p| (p.outcome.as_str(), p.kind.as_str()))
        .collect();
    assert!(kinds.contains(&("raised", "MsalServiceError")));
    assert!(kinds.contains(&("returned", "temporarily_unavailable")));
}

#[test]
fn a_decoded_body_is_told_apart_as_a_json_parser_would() {
    let reply = |status: u16, body: &str| crate::model::Reply {
        status,
        headers: Vec::new(),
        body: body.as_bytes().to_vec(),
        cut: None,
    };
    let kind = |status: u16, body: &str| {
        let reading = crate::decode::reply(&reply(status, body), crate::model::Purpose::Token);
        let context = Context {
            flow: Some(Flow::ClientCredentials),
            client: None,
            status: Some(status),
            fault: None,
            place: Place::Token,
        };
        let said = all(&reading, &context);
        assert_eq!(
            said.iter().filter(|p| p.library == "msal-js").count(),
            1,
            "{body}"
        );
        said.into_iter()
            .find(|p| p.library == "msal-python")
            .map(|p| p.kind)
            .unwrap_or_default()
    };
    assert_eq!(kind(200, "null"), "TypeError");
    assert_eq!(kind(200, "[]"), "AttributeError");
    assert_eq!(kind(200, "{\"token_type\":\"Bea"), "json.JSONDecodeError");
    assert_eq!(kind(400, ""), "json.JSONDecodeError");
    assert_eq!(
        kind(400, "<!DOCTYPE html><html><title>x</title></html>"),
        "json.JSONDecodeError"
    );
    assert_eq!(kind(400, "no json at all"), "json.JSONDecodeError");
    assert_eq!(
        kind(
            400,
            "{\"error\":\"invalid_grant\",\"error_codes\":\"oops\"}"
        ),
        "invalid_grant"
    );
    assert_eq!(
        kind(200, "{\"token_type\":\"Bearer\"}"),
        "a dict without access_token and error"
    );
}

proptest! {
    #[test]
    fn predicting_survives_any_facts(
        values in proptest::collection::vec((0usize..6, ".{0,12}"), 0..6),
        status in proptest::option::of(0u16..1000),
        flow in 0usize..7,
        place in 0usize..9,
    ) {
        let kinds = [FactKind::Error, FactKind::SubError, FactKind::Code, FactKind::RetryAfter, FactKind::Claims, FactKind::Description];
        let mut reading = Reading::empty(Shape::Json);
        reading.facts = values
            .into_iter()
            .map(|(kind, value)| Fact { kind: kinds[kind], value, from: Spot::Status })
            .collect();
        let context = Context { flow: Flow::ALL.get(flow).copied(), client: None, status, fault: None, place: Place::ALL[place] };
        let said = all(&reading, &context);
        prop_assert!(said.is_empty() || said.len() >= 5);
    }
}

#[test]
fn a_paste_that_does_not_name_the_call_is_predicted_for_each_kind_of_call() {
    let said = |library| {
        let all = by(library, "error=invalid_grant sub=basic_action claims");
        let row = |p: &Prediction| {
            let when = p.when.clone().unwrap_or_default();
            format!("{} {} claims {}: {when}", p.outcome, p.kind, p.claims)
        };
        all.iter().map(row).collect::<Vec<_>>()
    };
    assert_eq!(
        said("msal-python"),
        [
            "returned invalid_grant claims kept: any call but acquire_token_silent asked (acquire_token_silent_with_error counts among them)",
            "none None claims lost: acquire_token_silent is called",
            "replayed invalid_grant claims kept: the status was 400 and the same request is made again within 60 s",
        ]
    );
    let azure = said("azure-identity");
    let beginnings: Vec<_> = azure
        .iter()
        .filter_map(|row| row.split_once(": "))
        .map(|(beginning, _)| beginning)
        .collect();
    assert_eq!(
        beginnings,
        [
            "raised ClientAuthenticationError claims lost",
            "raised ClientAuthenticationError claims kept",
            "raised AuthenticationRequiredError claims kept",
            "token  claims lost",
            "replayed ClientAuthenticationError claims lost",
        ]
    );
}

#[test]
fn a_library_that_the_paste_names_comes_first_with_its_version() {
    let said = |words: &str| {
        let (reading, context) = given(words);
        let first = all(&reading, &context).remove(0);
        (first.library, first.your_version)
    };
    let cases = [
        ("by=msal-dotnet/4.69.1.0", "msal-dotnet", Some("4.69.1.0")),
        ("by=msal-node/2.16.2", "msal-js", Some("2.16.2")),
        ("by=msal-go", "msal-go", None),
        (
            "by=azure-identity-python/1.19.0",
            "azure-identity",
            Some("1.19.0"),
        ),
        ("by=msal-java/1.17.0", "msal-python", None),
    ];
    for (by, library, version) in cases {
        let words = format!("text error=invalid_client {by}");
        let wanted = (library.to_owned(), version.map(str::to_owned));
        assert_eq!(said(&words), wanted, "{by}");
    }
}

#[test]
fn java_browser_and_mobile_libraries_are_said_not_to_be_predicted() {
    for name in [
        "msal-java",
        "msal-browser",
        "msal-react",
        "msal-android",
        "azure-identity-dotnet",
    ] {
        let (reading, _) = given(&format!("text error=invalid_grant by={name}/1.0"));
        let said = not_predicted(&reading).join("\n");
        assert!(
            said.contains(name) && said.contains("not predicted"),
            "{said}"
        );
    }
    let (reading, _) = given("text error=invalid_grant by=msal-python/1.39.0");
    assert_eq!(not_predicted(&reading), Vec::<String>::new());
}
