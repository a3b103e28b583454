use std::time::Duration;

use proptest::prelude::*;

use super::*;

const NOW: Moment = Moment::from_seconds(1_790_000_000);

fn secret(kind: SecretKind, value: &str) -> Secret {
    Secret::new(kind, value)
}

fn issued(client: &str, access: &str, refresh: Option<&str>) -> Issued {
    Issued {
        environment: "login.microsoftonline.com".into(),
        realm: "t1".into(),
        client_id: client.into(),
        account: Some(Account {
            home_account_id: "u1.t1".into(),
            environment: "login.microsoftonline.com".into(),
            realm: "t1".into(),
            local_account_id: "u1".into(),
            username: "ada@contoso.example".into(),
            authority_type: "MSSTS".into(),
            account_source: "device_code".into(),
        }),
        access: secret(SecretKind::AccessToken, access),
        token_type: "Bearer".into(),
        scopes: vec!["User.Read".into()],
        expires: NOW.plus(Duration::from_hours(1)),
        extended_expires: None,
        refresh_on: None,
        refresh: refresh.map(|token| secret(SecretKind::RefreshToken, token)),
        id: Some(secret(SecretKind::IdToken, "idt")),
        family: None,
        redeemed: None,
        renewal: false,
    }
}

fn with(came: &[Issued]) -> Document {
    let mut document = Document::default();
    for issued in came {
        document.add(issued, NOW);
    }
    document
}

fn json(document: &Document) -> Json {
    serde_json::from_str(document.text().reveal()).unwrap()
}

#[test]
fn the_keys_and_the_members_are_msals() {
    let document = with(&[issued("app1", "at", Some("rt"))]);
    let json = json(&document);
    let token =
        &json["AccessToken"]["u1.t1-login.microsoftonline.com-accesstoken-app1-t1-user.read"];
    assert_eq!(token["target"], "User.Read");
    assert_eq!(token["expires_on"], "1790003600");
    assert!(
        json["RefreshToken"]["u1.t1-login.microsoftonline.com-refreshtoken-app1--user.read"]
            .is_object()
    );
    assert!(json["IdToken"]["u1.t1-login.microsoftonline.com-idtoken-app1-t1-"].is_object());
    assert!(json["Account"]["u1.t1-login.microsoftonline.com-t1"].is_object());
    let app = &json["AppMetadata"]["appmetadata-login.microsoftonline.com-app1"];
    assert!(app.get("family_id").is_none(), "{app}");
    let again = Document::parse(document.text().reveal().as_bytes()).unwrap();
    assert_eq!(again.cache(), document.cache());
}

#[test]
fn an_applications_own_token_has_no_home_account() {
    let mut own = issued("app1", "at", None);
    own.account = None;
    own.scopes = vec!["https://graph.microsoft.com/.default".into()];
    let text = with(&[own]).text();
    assert!(text.reveal().contains(
        "\"-login.microsoftonline.com-accesstoken-app1-t1-https://graph.microsoft.com/.default\""
    ));
}

#[test]
fn text_that_is_no_cache_is_an_error_that_does_not_quote_it() {
    let error = |text: &str| Document::parse(text.as_bytes()).unwrap_err();
    let not_json = CacheError::Json { line: 1, column: 1 };
    assert_eq!(error("secret-token"), not_json);
    for shape in ["[]", "7", "\"secret-token\"", "null"] {
        assert_eq!(error(shape), CacheError::Shape);
    }
    assert_eq!(error(r#"{"name":"package"}"#), CacheError::Foreign);
    let name = "RefreshToken";
    assert_eq!(
        error(r#"{"RefreshToken":[]}"#),
        CacheError::Section { name }
    );
    for text in ["secret-token", "\"secret-token\""] {
        assert!(!error(text).to_string().contains("secret-token"));
    }
    assert!(Document::parse(b" \n").is_ok_and(|empty| empty.clients().is_empty()));
    assert!(Document::parse(b"{}").is_ok());
}

#[test]
fn odd_entries_are_left_out_and_stay_in_the_text() {
    let text = r#"{"AccessToken":{"k":{"secret":""},"l":7},"Account":{"a":{}}}"#;
    let mut document = Document::parse(text.as_bytes()).unwrap();
    assert!(document.cache().is_empty());
    document.add(&issued("app1", "at", None), NOW);
    let text = document.text();
    assert!(text.reveal().contains(r#""k":{"secret":""},"l":7"#));
}

#[test]
fn what_is_not_known_here_stays_byte_for_byte() {
    let ours = r#"{"home_account_id":"u1.t1","environment":"login.microsoftonline.com","realm":"t1","nick":"\u00e4da","username":"old"}"#;
    let text = format!(
        r#"{{"Later":{{"x": 1.10, "big":123456789012345678901234567890}},"Account":{{"u1.t1-login.microsoftonline.com-t1":{ours},"other":{{"a" :[ 1 ]}}}}}}"#
    );
    let mut document = Document::parse(text.as_bytes()).unwrap();
    document.add(&issued("app1", "at", Some("rt")), NOW);
    let after = document.text();
    for kept in [
        r#""Later":{"x": 1.10, "big":123456789012345678901234567890}"#,
        r#""other":{"a" :[ 1 ]}"#,
        r#""nick":"\u00e4da""#,
        r#""username":"ada@contoso.example""#,
    ] {
        assert!(after.reveal().contains(kept), "{kept}");
    }
    assert_eq!(document.other_sections(), [("Later".to_owned(), 2)]);
}

#[test]
fn of_a_renewal_the_redeemed_token_goes_and_other_clients_keep_theirs() {
    let mut document = with(&[
        issued("app1", "at", Some("rt")),
        issued("app2", "at-of-app2", Some("rt")),
    ]);
    let mut renewed = issued("app1", "at2", Some("rt2"));
    renewed.scopes = vec!["Mail.Read".into()];
    renewed.redeemed = Some(secret(SecretKind::RefreshToken, "rt"));
    renewed.renewal = true;
    document.add(&renewed, NOW);
    let held = document.cache();
    let secrets: Vec<_> = held
        .refresh_tokens()
        .map(|token| (token.client_id.as_str(), token.secret.reveal()))
        .collect();
    assert_eq!(secrets, [("app1", "rt2"), ("app2", "rt")]);
}

#[test]
fn a_renewal_brings_nobody_back_who_was_removed_meanwhile() {
    let mut renewed = issued("app1", "at", Some("rt"));
    renewed.renewal = true;
    assert_eq!(with(&[renewed]).cache().accounts().count(), 0);
}

#[test]
fn a_client_is_given_nothing_of_another_not_even_of_its_family() {
    let mut other = issued("app2", "at-of-app2", Some("rt-of-app2"));
    other.family = Some("1".into());
    let document = with(&[issued("app1", "at", Some("rt")), other]);
    assert_eq!(document.clients(), ["app1", "app2"]);
    let own = document.cache_of("app1");
    let clients = own.access_tokens().map(|token| &token.client_id);
    let more = own.refresh_tokens().map(|token| &token.client_id);
    assert!(clients.chain(more).all(|client| client == "app1"));
}

#[test]
fn a_token_that_is_bound_to_more_than_its_scopes_is_not_handed_out() {
    let text = r#"{"AccessToken":{"k":{"secret":"at","client_id":"app1","environment":"e","target":"s","home_account_id":null,
        "cached_at":"1790000000","expires_on":"1790003600","ext_cache_key":"abc"}}}"#;
    let cache = Document::parse(text.as_bytes()).unwrap().cache();
    let scopes = ["s".to_owned()];
    let query = super::super::Query {
        environment: "e",
        realm: None,
        client_id: "app1",
        username: None,
        app: true,
        scopes: &scopes,
        claims: false,
        force: false,
    };
    assert_eq!(cache.access_tokens().count(), 1);
    assert!(cache.find(&query, NOW).access.is_none());
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = Document::parse(&bytes);
    }

    #[test]
    fn what_is_no_entry_is_kept_however_odd_it_is(name in "[A-Za-z]{1,12}", value in "[a-z0-9\\\\\"{}]{0,20}") {
        let value = serde_json::to_string(&value).unwrap();
        let text = format!("{{\"AccessToken\":{{\"{name}\":{value}}}}}");
        let mut document = Document::parse(text.as_bytes()).unwrap();
        document.add(&issued("app1", "at", None), NOW);
        let kept = format!("\"{name}\":{value}");
        prop_assert!(document.text().reveal().contains(&kept));
    }
}
