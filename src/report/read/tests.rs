//! Documents of runs, whole, thin and broken.

use proptest::prelude::*;

use super::*;

const THIN: &str = r#"{ "outcome": "refused", "flow": "client-credentials", "authority": "https://login.microsoftonline.com/contoso.example" }"#;

#[test]
fn a_document_with_the_least_that_a_run_has_is_read() {
    let (run, place) = run(THIN, "run.json").unwrap();
    assert_eq!(run.outcome(), Some(Outcome::Refused));
    assert_eq!((run.flow(), place), (Flow::ClientCredentials, None));
    assert!(run.from_history && run.exchanges.is_empty());
}

#[test]
fn what_is_no_run_is_said_with_its_file_and_member() {
    let told = |text: &str| run(text, "run.json").unwrap_err();
    let problem = told(&THIN.replace("refused", "grumpy"));
    assert_eq!(
        (problem.what.as_str(), problem.at.as_str()),
        ("`outcome` is `grumpy`", "run.json")
    );
    assert!(
        told(&THIN.replace("authority", "authorities"))
            .what
            .contains("authority")
    );
    assert!(told("{").what.contains("line 1"));
    assert!(
        told(&THIN.replace("https:", "nothing:"))
            .at
            .contains("run.json")
    );
}

#[test]
fn the_certificate_of_the_handshake_is_read_back_with_what_became_of_it() {
    let mut document: Json = serde_json::from_str(THIN).unwrap();
    document["exchanges"] = serde_json::json!([{
        "method": "POST", "url": "https://x/token",
        "request": { "certificate": { "subject": "CN=billing", "thumbprint": "p", "handed": "not-asked" } },
    }]);
    let (run, _) = run(&document.to_string(), "x").unwrap();
    let shown = run.exchanges[0].request.certificate.as_deref().unwrap();
    assert_eq!(
        (shown.subject.as_str(), shown.handed),
        ("CN=billing", Handed::NotAsked)
    );
}

proptest! {
    #[test]
    fn no_text_is_too_odd_to_be_refused(text in ".*") {
        let _ = run(&text, "x");
    }

    #[test]
    fn no_times_or_bytes_are_too_odd(ms in any::<f64>(), status in any::<u16>(), body in ".*", name in ".*") {
        let mut document: Json = serde_json::from_str(THIN).unwrap();
        document["exchanges"] = serde_json::json!([{
            "method": name, "url": body, "status": status, "ms": { "tcp": ms },
            "response": { "headers": [[name, body]], "body": body }, "fault": { "kind": name },
        }]);
        let read = run(&document.to_string(), "x");
        prop_assert_eq!(read.unwrap().0.exchanges[0].status(), Some(status));
    }
}
