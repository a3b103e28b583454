//! What is answered: tokens and errors as the service writes them, and everything else that a client may get.

use serde_json::{Value, json};

use crate::harness::endpoint::{Answer, reply};

pub fn encode(value: &Value) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(value.to_string())
}

/// A token for a person (an application takes it as well).
pub fn token() -> Value {
    let id_token = format!(
        "{}.{}.",
        encode(&json!({ "alg": "none", "typ": "JWT" })),
        encode(&json!({
            "aud": "app", "iss": "https://contoso.example/tenant/v2.0", "sub": "ada", "oid": "ada", "tid": "tenant",
            "exp": 4_000_000_000_u32, "iat": 1_700_000_000, "preferred_username": "ada@contoso.example",
            "upn": "ada@contoso.example", "name": "Ada", "ver": "2.0",
        })),
    );
    json!({
        "token_type": "Bearer", "scope": "Mail.Read User.Read", "expires_in": 3599, "ext_expires_in": 3599,
        "access_token": "an-access-token", "refresh_token": "a-refresh-token", "id_token": id_token,
        "client_info": encode(&json!({ "uid": "ada", "utid": "tenant" })),
    })
}

pub const JSON: (&str, &str) = ("Content-Type", "application/json; charset=utf-8");
pub const HTML: (&str, &str) = ("Content-Type", "text/html");
pub const PAGE: &str =
    "<!DOCTYPE html><html><head><title>Service Unavailable</title></head><body>No</body></html>";

pub fn granted() -> Answer {
    said(200, &token())
}

pub fn said(status: u16, body: &Value) -> Answer {
    text(status, &[JSON], &body.to_string())
}

pub fn text(status: u16, headers: &[(&str, &str)], body: &str) -> Answer {
    Answer::Bytes(reply(status, headers, body))
}

/// A grant with a member changed; `null` takes the member out.
pub fn grant_with(name: &str, value: Value) -> Answer {
    let mut body = token();
    let members = body.as_object_mut().expect("an object");
    if value.is_null() {
        members.remove(name);
    } else {
        members.insert(name.to_owned(), value);
    }
    said(200, &body)
}

/// An error as the service writes it. Words: `error`, then `50076`, `sub=…`, `claims`, `said=…`.
pub fn refusal(words: &str) -> Value {
    let mut words = words.split_whitespace();
    let error = words.next().unwrap_or_default();
    let (mut code, mut more, mut wording) = (
        50_126,
        Vec::new(),
        "Something was not as it must be.".to_owned(),
    );
    for word in words {
        match word.split_once('=').unwrap_or((word, "")) {
            ("sub", suberror) => more.push(("suberror", json!(suberror))),
            ("claims", _) => more.push(("claims", json!(CLAIMS))),
            ("said", value) => value.clone_into(&mut wording),
            (number, _) => code = number.parse().expect("a code"),
        }
    }
    let (trace, correlation) = (
        "7d0c4d3a-5b1e-4f6a-9d2b-0e8f7a6b5c4d",
        "1a2b3c4d-5e6f-4a7b-8c9d-0e1f2a3b4c5d",
    );
    let mut body = json!({
        "error": error,
        "error_description": format!("AADSTS{code}: {wording} Trace ID: {trace} Correlation ID: {correlation} Timestamp: 2026-11-22 14:02:11Z"),
        "error_codes": [code], "timestamp": "2026-11-22 14:02:11Z", "trace_id": trace, "correlation_id": correlation,
        "error_uri": format!("https://login.microsoftonline.com/error?code={code}"),
    });
    for (name, value) in more {
        body[name] = value;
    }
    body
}

pub const CLAIMS: &str = r#"{"access_token":{"capolids":{"essential":true,"values":["0c1d2e3f-4a5b-4c6d-8e7f-9a0b1c2d3e4f"]}}}"#;

pub fn refused(status: u16, words: &str) -> Answer {
    said(status, &refusal(words))
}

/// As `refused`, with a header.
pub fn refused_with(status: u16, words: &str, header: (&str, &str)) -> Answer {
    text(status, &[JSON, header], &refusal(words).to_string())
}
