//! `tokenscope claims`: a challenge in any shape is explained and written as others take it.

use serde_json::json;

use super::lab::Lab;
use super::place::Place;

const CLAIMS: &str = r#"{"access_token":{"acrs":{"essential":true,"value":"c1"}}}"#;
const ENCODED: &str =
    "eyJhY2Nlc3NfdG9rZW4iOnsiYWNycyI6eyJlc3NlbnRpYWwiOnRydWUsInZhbHVlIjoiYzEifX19";

#[test]
fn a_challenge_is_found_in_every_shape_and_is_the_same_one() {
    let place = Place::new();
    let header = format!(
        "WWW-Authenticate: Bearer realm=\"\", authorization_uri=\"https://login.microsoftonline.com/common/oauth2/authorize\", error=\"insufficient_claims\", claims=\"{ENCODED}\""
    );
    let reply = json!({"error": "invalid_grant", "suberror": "basic_action", "claims": CLAIMS});
    let recorded = json!({"api": {"exchange": {"status": 401, "response":
        {"headers": [["www-authenticate", header.trim_start_matches("WWW-Authenticate: ")]]}}}});
    let whole = format!("HTTP/1.1 401 Unauthorized\r\n{header}\r\n\r\n{{}}");
    for text in [
        CLAIMS,
        ENCODED,
        &header,
        &whole,
        &reply.to_string(),
        &recorded.to_string(),
    ] {
        let done = place
            .feed("claims - --output json", text.as_bytes())
            .ended(0);
        let document = done.json();
        let found = &document["challenges"];
        assert_eq!(found.as_array().map(Vec::len), Some(1), "{text}\n{found}");
        assert_eq!(found[0]["claims"]["access_token"]["acrs"]["value"], "c1");
        assert_eq!(found[0]["asked"][0]["values"], json!(["c1"]));
    }
}

#[test]
fn capabilities_go_along_and_every_form_carries_them() {
    let document = Place::new()
        .run(["claims", CLAIMS, "--capability", "cp1", "--output", "json"])
        .ended(0)
        .json();
    let view = &document["challenges"][0];
    assert_eq!(
        view["merged"]["access_token"]["xms_cc"]["values"],
        json!(["cp1"])
    );
    let forms = view["forms"].as_array().expect("forms");
    let names: Vec<&str> = forms
        .iter()
        .filter_map(|form| form["for"].as_str())
        .collect();
    assert_eq!(
        names,
        [
            "msal-python",
            "msal-dotnet",
            "msal-js",
            "azure-cli",
            "azure-powershell",
            "tokenscope",
            "parameter",
            "www-authenticate"
        ]
    );
    let said = Place::new().run(["claims", CLAIMS]).ended(0).stdout;
    assert!(said.contains("essential"), "{said}");
    assert!(
        said.contains("Connect-AzAccount -ClaimsChallenge"),
        "{said}"
    );
}

#[test]
fn a_text_without_claims_says_so_and_a_token_is_none() {
    let place = Place::new();
    for text in [
        "nothing",
        r#"{"error":"invalid_grant"}"#,
        "",
        r#"{"sub":"x"}"#,
    ] {
        let done = place.feed("claims -", text.as_bytes()).ended(1);
        assert!(done.stderr.contains("No claims request"), "{}", done.stderr);
    }
    place.feed("claims -", &[0xff, 0x1b, b'{', 0x80]).ended(1);
}

#[test]
fn an_acquisition_takes_its_claims_from_what_an_api_answered() {
    let lab = Lab::start();
    let place = Place::new().with("LAB_SECRET", lab.secret());
    let header = format!("Bearer error=\"insufficient_claims\", claims=\"{ENCODED}\"");
    let file = place.file("answer", header);
    let mut words = lab.daemon();
    words.extend(["--output", "json", "--claims-from"].map(str::to_owned));
    words.push(file.to_str().expect("UTF-8").to_owned());
    let document = place.run(&words).json();
    let sent = document["exchanges"].to_string();
    assert!(sent.contains("acrs"), "{sent}");
    words.extend(["--claims", CLAIMS].map(str::to_owned));
    let done = place.run(&words).ended(2);
    assert!(done.stderr.contains("--claims-from"), "{}", done.stderr);
}
