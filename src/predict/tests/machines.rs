//! The endpoints where a machine's programs get tokens: the words differ by machine, and so do the repetitions.

use super::given::{check, check_again};
use crate::model::{Flow, Place};
use crate::predict::{Context, all, in_no_library};

const ON_IMDS: &str = "if the program runs on a virtual machine (IMDS)";
const ON_ARC: &str = "if the program runs on an Azure Arc machine";

#[test]
fn a_machine_that_is_unwell_is_asked_again_by_all_but_msal_python() {
    let words = "at=managed-identity 503 error=x";
    let both = |imds: &str, arc: &str| [format!("{imds} {ON_IMDS}"), format!("{arc} {ON_ARC}")];
    let checked =
        |library: &str, [imds, arc]: [String; 2]| check(library, &[(words, &[&imds, &arc])]);
    checked(
        "msal-python",
        both("returned x", "returned invalid_request"),
    );
    checked(
        "azure-identity",
        both(
            "raised CredentialUnavailableError ×6 +24s",
            "raised CredentialUnavailableError ×4 +5s",
        ),
    );
    checked(
        "msal-js",
        both("raised ServerError ×4 +7s", "raised ServerError ×4 +3s"),
    );
    check(
        "msal-dotnet",
        &[(words, &["raised MsalServiceException ×4 +3s"])],
    );
    check("msal-go", &[(words, &["raised error ×3 +2s"])]);
    let refused = "at=managed-identity 400 error=x";
    check(
        "msal-dotnet",
        &[(refused, &["raised MsalServiceException"])],
    );
}

#[test]
fn imds_that_is_being_updated_is_asked_again_for_longer() {
    let words = "at=managed-identity 410 error=gone";
    let slowly = format!("raised CredentialUnavailableError ×6 +75s {ON_IMDS}");
    let once = format!("raised CredentialUnavailableError {ON_ARC}");
    check("azure-identity", &[(words, &[&slowly, &once])]);
    let slowly = format!("raised ServerError ×8 +70s {ON_IMDS}");
    let once = format!("raised ServerError {ON_ARC}");
    check("msal-js", &[(words, &[&slowly, &once])]);
}

#[test]
fn app_service_and_service_fabric_are_known_by_their_words() {
    let service = "at=managed-identity 500 app-service";
    let fabric = "at=managed-identity 500 fabric=Unavailable";
    check(
        "msal-python",
        &[
            (service, &["returned invalid_scope"]),
            (fabric, &["returned invalid_request"]),
            (
                "at=managed-identity 400 fabric=ManagedIdentityNotFound",
                &["returned invalid_client"],
            ),
        ],
    );
    check(
        "azure-identity",
        &[
            (service, &["raised CredentialUnavailableError ×4 +5s"]),
            (fabric, &["raised CredentialUnavailableError"]),
        ],
    );
    let repeated: &[&str] = &["raised ServerError ×4 +3s"];
    check("msal-js", &[(service, repeated), (fabric, repeated)]);
}

#[test]
fn msal_python_remembers_a_busy_machine_but_not_service_fabric() {
    let again = "replayed invalid_scope ×0 if the same request is made again within 5 s";
    check_again(
        "msal-python",
        &[
            ("at=managed-identity 500 app-service", &[again]),
            ("at=managed-identity 400 app-service", &[]),
            ("at=managed-identity 500 fabric=Unavailable", &[]),
        ],
    );
}

#[test]
fn a_flow_that_no_library_has_is_said_to_be_in_none() {
    let reading = crate::decode::reply(
        &crate::model::Reply {
            status: 400,
            headers: Vec::new(),
            body: br#"{"error":"invalid_grant"}"#.to_vec(),
            cut: None,
        },
        crate::model::Purpose::Token,
    );
    for (flow, has) in [(Flow::TokenExchange, false), (Flow::OnBehalfOf, true)] {
        let context = Context {
            flow: Some(flow),
            client: None,
            status: Some(400),
            fault: None,
            place: Place::Token,
        };
        assert_eq!(!all(&reading, &context).is_empty(), has, "{flow:?}");
        assert_eq!(in_no_library(flow).is_none(), has, "{flow:?}");
    }
}
