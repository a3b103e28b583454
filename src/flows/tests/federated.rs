//! Jobs of GitHub Actions, which ask for a token of their own first.

use std::sync::Arc;

use super::*;
use crate::model::Purpose;
use crate::ports::Env;
use crate::strings::federated as words;

const TOKEN: &str = "eyJhbGciOiJub25lIn0.eyJpc3MiOiJpIiwic3ViIjoicyIsImF1ZCI6ImEiLCJleHAiOjF9.x";

const GRANTED: &str = r#"{"access_token":"at-0123456789abcdefgh"}"#;

struct Runner;

impl Env for Runner {
    fn var(&self, name: &str) -> Option<String> {
        let value = match name {
            "GITHUB_ACTIONS" => "true",
            "ACTIONS_ID_TOKEN_REQUEST_URL" => "https://runner.example/token?api-version=2.0",
            "ACTIONS_ID_TOKEN_REQUEST_TOKEN" => "shown-0123456789",
            _ => return None,
        };
        Some(value.to_owned())
    }
}

/// A job of which GitHub is asked first: what it answers stands first in the script.
fn job(status: u16, answer: &str) -> Rig {
    let mut rig = Rig::new();
    rig.context.ports.env = Arc::new(Runner);
    rig.transport.json(status, answer).json(200, METADATA);
    rig
}

fn spec_of_job() -> RunSpec {
    let mut spec = daemon();
    spec.credential = Credential::Assertion(ClientAssertion {
        token: Secret::new(SecretKind::Assertion, ""),
        from: AssertionRef::GitHub,
    });
    spec
}

#[tokio::test]
async fn a_job_asks_github_first_and_shows_the_token_to_the_authority() {
    let rig = job(200, &format!(r#"{{"count":1,"value":"{TOKEN}"}}"#));
    rig.transport.json(200, GRANTED);
    let (end, running) = rig.finish(spec_of_job()).await;
    granted(end);
    let asked = rig.asked();
    assert_eq!(
        asked[0].url,
        "https://runner.example/token?api-version=2.0&audience=api%3A%2F%2FAzureADTokenExchange"
    );
    assert_eq!(
        (asked[0].purpose, asked[0].method.as_str()),
        (Purpose::ClientAssertion, "GET")
    );
    let header = |name: &str| asked[0].headers.iter().find(|h| h.name == name);
    let shown = header("Authorization").unwrap();
    assert_eq!(shown.value.reveal(), "bearer shown-0123456789");
    assert!(header("client-request-id").is_none());
    // Nobody else is shown what the job shows GitHub.
    for request in &asked[1..] {
        let mut others = request.headers.iter();
        assert!(!others.any(|header| header.value.reveal().contains("shown-")));
    }
    assert!(form(&asked[2]).ends_with(&format!("client_assertion={TOKEN}")));
    assert_eq!(running.exchanges.len(), 3);
    assert!(!format!("{:?}", running.exchanges).contains("shown-0123456789"));
}

#[tokio::test]
async fn what_github_refuses_is_said_and_the_authority_is_not_asked() {
    for (status, answer) in [
        (403, r#"{"message":"no"}"#),
        (200, "{}"),
        (200, "<html>"),
        (401, r#"{"value":"eyJ"}"#),
    ] {
        let rig = job(status, answer);
        let (end, running) = rig.finish(spec_of_job()).await;
        let End::Invalid(problems) = end else {
            panic!("{end:?}");
        };
        assert_eq!(problems[0].what, words::no_token(status));
        assert_eq!((rig.asked().len(), running.exchanges.len()), (1, 1));
    }
}

#[tokio::test]
async fn without_a_job_nothing_is_sent() {
    let rig = Rig::entra();
    let (end, _) = rig.finish(spec_of_job()).await;
    let End::Invalid(problems) = end else {
        panic!("{end:?}");
    };
    assert_eq!(
        (problems[0].what.as_str(), rig.asked().len()),
        (words::NO_JOB, 0)
    );
}
