use std::time::Duration;

use proptest::prelude::*;

use super::*;
use crate::model::SecretKind;

const NOW: Moment = Moment::from_seconds(1_790_000_000);

fn account(name: &str) -> Account {
    Account {
        home_account_id: format!("{name}.t1"),
        environment: "login.microsoftonline.com".into(),
        realm: "t1".into(),
        local_account_id: name.into(),
        username: format!("{name}@contoso.example"),
        authority_type: "MSSTS".into(),
        account_source: "authorization_code".into(),
    }
}

fn issued(who: Option<&str>, scopes: &[&str]) -> Issued {
    Issued {
        environment: "login.microsoftonline.com".into(),
        realm: "t1".into(),
        client_id: "app1".into(),
        account: who.map(account),
        access: Secret::new(SecretKind::AccessToken, "at"),
        token_type: "Bearer".into(),
        scopes: scopes.iter().map(|&scope| scope.into()).collect(),
        expires: NOW.plus(Duration::from_hours(1)),
        extended_expires: None,
        refresh_on: None,
        refresh: who.map(|_| Secret::new(SecretKind::RefreshToken, "rt")),
        id: who.map(|_| Secret::new(SecretKind::IdToken, "idt")),
        family: None,
    }
}

fn query(scopes: &[String]) -> Query<'_> {
    Query {
        environment: "login.windows.net",
        realm: Some("contoso.example"),
        client_id: "app1",
        username: None,
        app: false,
        scopes,
        claims: false,
        force: false,
    }
}

fn scopes(names: &[&str]) -> Vec<String> {
    names.iter().map(|&name| name.into()).collect()
}

fn kept(who: Option<&str>, names: &[&str]) -> TokenCache {
    let mut cache = TokenCache::default();
    cache.keep(issued(who, names), NOW);
    cache
}

#[test]
fn the_keys_and_the_text_are_msals() {
    let cache = kept(Some("u1"), &["User.Read"]);
    let text = cache.serialise();
    let json: serde_json::Value = serde_json::from_str(text.reveal()).unwrap();
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
    assert!(json["AppMetadata"]["appmetadata-login.microsoftonline.com-app1"].is_object());
    assert_eq!(TokenCache::parse(text.reveal()).unwrap(), cache);
    let app = kept(None, &["https://graph.microsoft.com/.default"]);
    let text = app.serialise();
    assert!(text.reveal().contains(
        "\"-login.microsoftonline.com-accesstoken-app1-t1-https://graph.microsoft.com/.default\""
    ));
    assert_eq!(TokenCache::parse(text.reveal()).unwrap(), app);
}

#[test]
fn text_that_is_no_cache_is_an_error_and_odd_entries_are_left_out() {
    assert!(matches!(TokenCache::parse("x"), Err(CacheError::Json(_))));
    assert!(matches!(TokenCache::parse("[]"), Err(CacheError::Shape)));
    let odd = r#"{"AccessToken":{"k":{"secret":""},"l":7},"RefreshToken":[],"Account":{"a":{}}}"#;
    assert!(TokenCache::parse(odd).unwrap().is_empty());
}

#[test]
fn a_token_with_more_scopes_than_asked_for_is_found_by_an_alias_of_the_host() {
    let cache = kept(Some("u1"), &["Mail.Read", "User.Read"]);
    let asked = scopes(&["user.read", "openid"]);
    let found = cache.find(&query(&asked), NOW);
    assert!(found.access.is_some() && found.misses.is_empty());
    assert_eq!(found.account.unwrap().username, "u1@contoso.example");
}

#[test]
fn a_token_with_less_than_five_minutes_left_counts_as_expired() {
    let cache = kept(Some("u1"), &["User.Read"]);
    let asked = scopes(&["User.Read"]);
    let late = NOW.plus(Duration::from_secs(3301));
    let found = cache.find(&query(&asked), late);
    assert_eq!(found.access, None);
    let at = NOW.plus(Duration::from_hours(1));
    assert_eq!(found.misses, [Miss::Expired { at }]);
    assert!(found.refresh.is_some());
    let in_time = NOW.plus(Duration::from_mins(55));
    assert!(cache.find(&query(&asked), in_time).access.is_some());
}

#[test]
fn every_miss_says_why() {
    let cache = kept(Some("u1"), &["User.Read"]);
    let mail = scopes(&["Mail.Read"]);
    let read = scopes(&["User.Read"]);
    let misses = |query: Query<'_>| cache.find(&query, NOW).misses;
    assert_eq!(
        misses(query(&mail)),
        [Miss::OtherScopes { held: read.clone() }]
    );
    let forced = Query {
        force: true,
        ..query(&read)
    };
    assert_eq!(misses(forced), [Miss::Forced]);
    let claims = Query {
        claims: true,
        ..query(&read)
    };
    assert_eq!(misses(claims), [Miss::Claims]);
    let bob = Query {
        username: Some("bob@contoso.example"),
        ..query(&read)
    };
    assert_eq!(misses(bob), [Miss::OtherAccount]);
    let elsewhere = Query {
        environment: "localhost:8443",
        ..query(&read)
    };
    assert_eq!(misses(elsewhere), [Miss::NoAccount]);
    let other_tenant = Query {
        realm: Some("00000000-0000-0000-0000-000000000001"),
        ..query(&read)
    };
    assert_eq!(misses(other_tenant), [Miss::NoAccessToken]);
}

#[test]
fn a_new_refresh_token_replaces_the_old_one_of_that_account_alone() {
    let mut cache = kept(Some("u1"), &["User.Read"]);
    cache.keep(issued(Some("u2"), &["User.Read"]), NOW);
    let mut rotated = issued(Some("u1"), &["Mail.Read"]);
    rotated.refresh = Some(Secret::new(SecretKind::RefreshToken, "rt2"));
    cache.keep(rotated, NOW.plus(Duration::from_secs(1)));
    let secrets: Vec<_> = cache
        .refresh_tokens()
        .map(|token| token.secret.reveal().to_owned())
        .collect();
    assert_eq!(secrets, ["rt2", "rt"]);
    assert_eq!(cache.access_tokens().count(), 3);
}

#[test]
fn without_a_name_whoever_came_last_is_meant() {
    let mut cache = kept(Some("u2"), &["User.Read"]);
    cache.keep(
        issued(Some("u1"), &["User.Read"]),
        NOW.plus(Duration::from_secs(5)),
    );
    let asked = scopes(&["User.Read"]);
    let found = cache.find(&query(&asked), NOW);
    assert_eq!(found.account.unwrap().local_account_id, "u1");
}

#[test]
fn a_token_that_should_be_renewed_ahead_of_time_is_passed_over() {
    let mut cache = TokenCache::default();
    let mut aging = issued(Some("u1"), &["User.Read"]);
    aging.refresh_on = Some(NOW);
    cache.keep(aging, NOW);
    let asked = scopes(&["User.Read"]);
    assert_eq!(cache.find(&query(&asked), NOW).misses, [Miss::Aging]);
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "\\PC*") {
        let _ = TokenCache::parse(&text);
    }
}
