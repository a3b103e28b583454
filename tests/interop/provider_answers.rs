//! What comes back from the sign-in page of the real provider, and how: every response type and mode, bound or not,
//! signed or not.

use serde_json::{Value, json};

use crate::harness::acquire::{Acquire, Acquired, Acquiring};
use crate::harness::provider::{ASKER, DESKTOP, Provider, sign_in};
use crate::harness::visitor::Page;

fn asking(provider: &Provider, client: &str, more: &[&str]) -> Acquire {
    Acquire::new(&provider.issuer, client, "interactive")
        .scopes(&["openid"])
        .with(&["--no-browser"])
        .with(more)
}

/// The page where the provider answers, once somebody has signed in.
fn answered(provider: &Provider, acquiring: &mut Acquiring) -> Page {
    let address = acquiring.address(&format!("{}/auth", provider.issuer));
    let mut visitor = provider.visitor();
    let login = visitor.open(&address);
    let page = sign_in(&mut visitor, &login);
    handed_on(provider, page)
}

/// What scripts do: a form that posts itself is posted, and a fragment is handed on.
fn handed_on(provider: &Provider, page: Page) -> Page {
    let mut visitor = provider.visitor();
    if page.body.contains("id=\"relay\"") {
        let mut listener = page.url.clone();
        listener.set_fragment(None);
        let fragment = page.url.fragment().unwrap_or_default();
        let pairs: Vec<_> = url::form_urlencoded::parse(fragment.as_bytes()).collect();
        let fields: Vec<(&str, &str)> = pairs.iter().map(|(n, v)| (&**n, &**v)).collect();
        return visitor.post(listener.as_str(), &fields);
    }
    if page
        .body
        .contains("<form method=\"post\" action=\"http://localhost")
    {
        return visitor.submit(&page, &[]);
    }
    page
}

fn signed_in(provider: &Provider, more: &[&str]) -> Acquired {
    let mut acquiring = asking(provider, ASKER, more).start();
    answered(provider, &mut acquiring);
    acquiring.finish()
}

fn events(acquired: &Acquired) -> String {
    acquired.said["events"].to_string()
}

#[test]
fn every_response_type_is_granted_in_the_fragment_and_by_a_form() {
    let provider = Provider::over_http();
    for kind in [
        "id_token",
        "id_token token",
        "code id_token",
        "code token",
        "code id_token token",
    ] {
        for mode in ["fragment", "form_post"] {
            let more = ["--response-type", kind, "--response-mode", mode];
            let acquired = signed_in(&provider, &more);
            assert_eq!(acquired.code, 0, "{kind} {mode}: {acquired:?}");
            assert_eq!(acquired.said["outcome"], "granted", "{acquired:?}");
            let redeemed = acquired.statuses_of("/token");
            let expected: &[u64] = if kind.contains("code") { &[200] } else { &[] };
            assert_eq!(redeemed, expected, "{kind} {mode}: {acquired:?}");
            if kind.contains("id_token") {
                let keys = acquired.exchanges();
                assert!(
                    keys.iter().any(|(_, path, _)| path == "/jwks"),
                    "{kind}: {acquired:?}"
                );
                let claims = &acquired.said["token"]["claims"]["id_token"];
                assert_eq!(claims["sub"], "ada", "{kind} {mode}: {acquired:?}");
                assert!(events(&acquired).contains("good signature"), "{acquired:?}");
            }
            assert!(acquired.stderr.contains("legacy"), "{acquired:?}");
        }
    }
}

#[test]
fn an_id_token_alone_has_no_access_token_to_show() {
    let provider = Provider::over_http();
    let acquired = signed_in(&provider, &["--response-type", "id_token"]);
    assert_eq!(acquired.said["token"]["type"], "id_token", "{acquired:?}");
    assert_eq!(acquired.said["token"]["fingerprint"], "", "{acquired:?}");
}

#[test]
fn a_code_comes_back_in_every_mode_plain_and_signed() {
    let provider = Provider::over_http();
    for mode in [
        "query",
        "fragment",
        "form_post",
        "jwt",
        "query.jwt",
        "fragment.jwt",
        "form_post.jwt",
    ] {
        let acquired = signed_in(&provider, &["--response-mode", mode]);
        acquired.assert_granted();
        let verified = events(&acquired).contains("good signature");
        assert_eq!(verified, mode.contains("jwt"), "{mode}: {acquired:?}");
    }
}

#[test]
fn a_refusal_in_a_signed_answer_is_read_out_of_it() {
    let provider = Provider::over_http();
    for mode in ["query", "query.jwt", "form_post.jwt"] {
        let more = ["--response-mode", mode, "--prompt", "none"];
        let mut acquiring = asking(&provider, ASKER, &more).start();
        let address = acquiring.address(&format!("{}/auth", provider.issuer));
        let page = provider.visitor().open(&address);
        handed_on(&provider, page);
        let refused = acquiring.finish();
        assert_eq!(
            refused.said["diagnosis"]["error"], "login_required",
            "{mode}: {refused:?}"
        );
        assert_eq!(
            refused.said["diagnosis"]["where"], "authorize",
            "{refused:?}"
        );
    }
}

#[test]
fn a_signed_answer_of_somebody_else_redeems_nothing() {
    let provider = Provider::over_http();
    let mut acquiring = asking(&provider, ASKER, &["--response-mode", "query.jwt"]).start();
    let address = acquiring.address(&format!("{}/auth", provider.issuer));
    let address = url::Url::parse(&address).unwrap();
    let sent = |name: &str| {
        let found = address.query_pairs().find(|(n, _)| n == name);
        found.expect("it is sent").1.into_owned()
    };
    let claims = json!({
        "iss": provider.issuer, "aud": ASKER, "exp": 4_102_444_800_u64, "code": "forged", "state": sent("state"),
    });
    let forged = unsigned(&claims);
    let landing = format!("{}/?response={forged}", sent("redirect_uri"));
    provider.visitor().open(&landing);
    let refused = acquiring.finish();
    assert_eq!(refused.said["outcome"], "refused", "{refused:?}");
    assert!(refused.statuses_of("/token").is_empty(), "{refused:?}");
    assert!(
        refused.said.to_string().contains("not believed"),
        "{refused:?}"
    );
}

/// A JWT that nobody signed.
fn unsigned(claims: &Value) -> String {
    let part = |json: &Value| {
        let text = json.to_string();
        base64::Engine::encode(&base64::prelude::BASE64_URL_SAFE_NO_PAD, text)
    };
    format!("{}.{}.", part(&json!({ "alg": "none" })), part(claims))
}

#[test]
fn a_response_type_that_the_client_may_not_use_is_refused_by_redirect() {
    let provider = Provider::over_http();
    let more = [
        "--response-type",
        "id_token",
        "--response-mode",
        "form_post",
    ];
    let mut acquiring = asking(&provider, DESKTOP, &more).start();
    let address = acquiring.address(&format!("{}/auth", provider.issuer));
    let page = provider.visitor().open(&address);
    handed_on(&provider, page);
    let refused = acquiring.finish();
    assert_eq!(refused.said["outcome"], "refused", "{refused:?}");
    assert_eq!(
        refused.said["diagnosis"]["error"], "invalid_request",
        "{refused:?}"
    );
    assert_corrects(&refused, "response_type");
}

/// The plan corrects this parameter, and never the scope.
fn assert_corrects(refused: &Acquired, parameter: &str) {
    let plan = refused.said["diagnosis"]["plan"].to_string();
    let wanted = format!("Correct {parameter} in the request");
    assert!(plan.contains(&wanted), "{refused:?}");
    assert!(!plan.contains("Correct scope"), "{refused:?}");
}

#[test]
fn a_mode_that_the_provider_does_not_have_is_warned_of_and_refused() {
    let provider = Provider::without("jarm");
    let more = ["--response-mode", "query.jwt"];
    let mut acquiring = asking(&provider, ASKER, &more).start();
    let address = acquiring.address(&format!("{}/auth", provider.issuer));
    let page = provider.visitor().open(&address);
    let said = format!("{} {}", page.url, page.words());
    assert!(said.contains("unsupported_response_mode"), "{said}");
}

#[test]
fn plain_is_not_sent_where_it_is_not_listed_and_a_code_without_proof_is_refused() {
    let provider = Provider::over_http();
    let unsent = asking(&provider, ASKER, &["--pkce", "plain"]).run();
    assert_eq!(
        (unsent.code, &unsent.said["outcome"]),
        (2, &"invalid".into())
    );
    let problems = unsent.said["problems"].to_string();
    assert!(
        problems.contains("code_challenge_methods_supported"),
        "{unsent:?}"
    );
    let mut acquiring = asking(&provider, ASKER, &["--pkce", "none"]).start();
    let address = acquiring.address(&format!("{}/auth", provider.issuer));
    provider.visitor().open(&address);
    let refused = acquiring.finish();
    assert_eq!(
        refused.said["diagnosis"]["error"], "invalid_request",
        "{refused:?}"
    );
    assert!(refused.stderr.contains("without PKCE"), "{refused:?}");
    assert_corrects(&refused, "code_challenge");
}

#[test]
fn what_is_asked_of_the_page_reaches_it() {
    let provider = Provider::over_http();
    let more = [
        "--max-age",
        "600",
        "--acr-values",
        "urn:example:strong",
        "--extra",
        "ui_locales=de",
    ];
    let acquired = signed_in(&provider, &more);
    acquired.assert_granted();
    let claims = &acquired.said["token"]["claims"]["id_token"];
    assert!(claims["auth_time"].is_number(), "{acquired:?}");
    assert!(
        events(&acquired).contains("no older than asked for"),
        "{acquired:?}"
    );
    let mut acquiring = asking(&provider, ASKER, &more).start();
    let address = acquiring.address(&format!("{}/auth", provider.issuer));
    assert!(address.contains("ui_locales=de"), "{address}");
}
