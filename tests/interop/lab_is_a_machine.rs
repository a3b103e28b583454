//! The lab as a machine with a managed identity: MSAL Python and azure-identity find it by their environment, as on
//! such a machine, and do what they do there.

use serde_json::{Value, json};

use crate::harness::kit;
use crate::harness::lab::Lab;
use crate::harness::program::Program;

const GRAPH: &str = "https://graph.microsoft.com";

/// A program on a machine of this kind, told by its environment where the lab is.
fn asked(lab: &Lab, machine: &str, library: &str, client_id: Option<&str>) -> Value {
    let secure = machine == "service-fabric";
    let base = if secure {
        lab.origin()
    } else {
        lab.http_origin()
    };
    let told = lab.visitor().open(&format!("{base}/machine"));
    let told: Value = serde_json::from_str(&told.body).expect("the environment is JSON");
    let mut command = kit::python("identity.py");
    let asks = json!({ "library": library, "resource": GRAPH, "client_id": client_id });
    command.arg(asks.to_string());
    for (name, value) in told[machine].as_object().expect("a machine of this kind") {
        command.env(name, value.as_str().expect("text"));
    }
    if secure {
        // Empty: the program looks at the certificate itself, as the machine's set-up would.
        command.env("IDENTITY_SERVER_THUMBPRINT", "");
    }
    said(Program::start(&mut command))
}

fn said(program: Program) -> Value {
    let finished = program.finish();
    serde_json::from_str(finished.stdout.trim()).unwrap_or_else(|e| panic!("{e}: {finished:#?}"))
}

fn granted(result: &Value) -> (bool, &str) {
    (
        result["granted"] == true,
        result["audience"].as_str().unwrap_or_default(),
    )
}

#[test]
fn msal_python_gets_a_token_on_every_kind_of_machine() {
    let lab = Lab::with_http();
    for machine in ["imds", "app-service", "machine-learning", "service-fabric"] {
        let result = asked(&lab, machine, "msal", None);
        assert_eq!(granted(&result), (true, GRAPH), "{machine}: {result}");
    }
}

#[test]
fn azure_identity_gets_a_token_on_every_kind_of_machine() {
    let lab = Lab::with_http();
    for machine in ["imds", "app-service", "machine-learning", "service-fabric"] {
        let result = asked(&lab, machine, "azure-identity", None);
        assert_eq!(granted(&result), (true, GRAPH), "{machine}: {result}");
    }
}

#[test]
fn both_get_a_token_for_a_user_assigned_identity_and_none_for_a_stranger() {
    let lab = Lab::with_http();
    let jobs = "4b8e1f60-72d5-4c39-9e0a-1a6d3c5f7b81";
    for library in ["msal", "azure-identity"] {
        let result = asked(&lab, "imds", library, Some(jobs));
        assert_eq!(
            (granted(&result), &result["app"]),
            ((true, GRAPH), &json!(jobs)),
            "{library}: {result}"
        );
    }
    let nobody = Some("00000000-1111-2222-3333-444444444444");
    let refused = asked(&lab, "imds", "msal", nobody);
    assert_eq!(refused["error"], "invalid_request", "{refused}");
    let refused = asked(&lab, "imds", "azure-identity", nobody);
    assert_eq!(refused["raised"], "CredentialUnavailableError", "{refused}");
}

#[test]
fn an_endpoint_that_rests_is_told_to_msal_python() {
    let lab = Lab::with_http();
    for status in [404, 410] {
        lab.change(&format!("identity-fault {status} 1"));
        let refused = asked(&lab, "imds", "msal", None);
        assert!(refused["error"].is_string(), "{status}: {refused}");
        assert_eq!(granted(&asked(&lab, "imds", "msal", None)), (true, GRAPH));
    }
}

/// The key file of an Arc machine must be at one place of the file system, so this happens in one of its own.
fn asked_on_an_arc_machine(library: &str, resource: &str) -> Value {
    let mut program = kit::python("arc_machine.py");
    let asks = json!({ "library": library, "resource": resource, "client_id": null });
    let home = kit::folder();
    program
        .arg(env!("CARGO_BIN_EXE_tokenscope"))
        .arg(asks.to_string())
        .env("HOME", home.path());
    said(Program::start(&mut kit::in_a_file_system_of_its_own(
        &program, "/var/opt",
    )))
}

#[test]
fn both_answer_the_challenge_of_an_arc_machine() {
    for library in ["msal", "azure-identity"] {
        let result = asked_on_an_arc_machine(library, GRAPH);
        assert_eq!(granted(&result), (true, GRAPH), "{library}: {result}");
    }
}

#[test]
fn both_hear_what_an_arc_machine_refuses_after_its_challenge() {
    let refused = asked_on_an_arc_machine("msal", "api://nobody");
    assert_eq!(refused["error"], "invalid_request", "{refused}");
    let refused = asked_on_an_arc_machine("azure-identity", "api://nobody");
    assert_eq!(refused["raised"], "CredentialUnavailableError", "{refused}");
}
