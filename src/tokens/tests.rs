use std::time::Duration;

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
        redeemed: None,
        renewal: false,
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
    let held = vec!["login.microsoftonline.com".to_owned()];
    assert_eq!(
        misses(elsewhere),
        [Miss::NoAccount, Miss::OtherEnvironment { held }]
    );
    let stranger = Query {
        client_id: "app2",
        ..query(&read)
    };
    let held = vec!["app1".to_owned()];
    assert_eq!(
        misses(stranger),
        [Miss::NoAccount, Miss::OtherClient { held }]
    );
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
fn a_token_that_should_be_renewed_ahead_of_time_is_passed_over_and_kept_at_hand() {
    let mut cache = TokenCache::default();
    let mut aging = issued(Some("u1"), &["User.Read"]);
    aging.refresh_on = Some(NOW);
    cache.keep(aging, NOW);
    let asked = scopes(&["User.Read"]);
    let found = cache.find(&query(&asked), NOW);
    assert_eq!(found.misses, [Miss::Aging]);
    assert!(found.access.is_none() && found.aging.is_some());
}

#[test]
fn an_account_is_chosen_by_its_home_account_id_too() {
    let mut cache = kept(Some("u1"), &["User.Read"]);
    cache.keep(issued(Some("u2"), &["User.Read"]), NOW);
    let asked = scopes(&["User.Read"]);
    let by_id = Query {
        username: Some("u1.t1"),
        ..query(&asked)
    };
    let found = cache.find(&by_id, NOW);
    assert_eq!(found.account.unwrap().local_account_id, "u1");
}

#[test]
fn the_name_of_a_tenant_does_not_choose_between_the_tokens_of_two() {
    let mut cache = kept(Some("u1"), &["User.Read"]);
    let mut guest = issued(Some("u1"), &["User.Read"]);
    guest.realm = "t2".into();
    cache.keep(guest, NOW);
    let asked = scopes(&["User.Read"]);
    let found = cache.find(&query(&asked), NOW);
    assert_eq!(found.misses, [Miss::SeveralTenants]);
    let by_its_own_word = Query {
        realm: Some("T2"),
        ..query(&asked)
    };
    let found = cache.find(&by_its_own_word, NOW);
    assert_eq!(found.access.unwrap().realm, "t2");
}

/// The client's own token and, newer, that of another client of the family.
fn family(own: Option<&str>) -> TokenCache {
    let mut cache = TokenCache::default();
    let mut other = issued(Some("u1"), &["User.Read"]);
    other.client_id = "app2".into();
    other.family = Some("1".into());
    other.refresh = Some(Secret::new(SecretKind::RefreshToken, "of the family"));
    if let Some(family) = own {
        let mut mine = issued(Some("u1"), &["User.Read"]);
        mine.family = Some(family.to_owned()).filter(|family| !family.is_empty());
        cache.keep(mine, NOW);
    }
    cache.keep(other, NOW.plus(Duration::from_secs(1)));
    cache
}

#[test]
fn a_client_of_a_family_redeems_its_newest_token_and_a_new_client_tries_it() {
    let asked = scopes(&["User.Read"]);
    let redeemed = |cache: &TokenCache| {
        let forced = Query {
            force: true,
            ..query(&asked)
        };
        let token = cache.find(&forced, NOW).refresh.unwrap();
        token.secret.reveal().to_owned()
    };
    assert_eq!(redeemed(&family(Some("1"))), "of the family");
    assert_eq!(redeemed(&family(None)), "of the family");
    assert_eq!(redeemed(&family(Some(""))), "rt", "it is in no family");
}
