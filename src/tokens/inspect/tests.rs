use proptest::prelude::*;

use super::*;
use crate::model::Moment;

const NOW: Moment = Moment::from_seconds(1_790_000_000);

const CACHE: &str = r#"{
 "AccessToken": {
  "a": {"credential_type": "AccessToken", "secret": "an-access-token-of-ada-0", "home_account_id": "u1.t1",
        "environment": "login.windows.net", "client_id": "app1", "target": "User.Read openid", "realm": "t1",
        "token_type": "Bearer", "cached_at": "1789999000", "expires_on": "1790003600"},
  "b": {"secret": ""}},
 "RefreshToken": {
  "r": {"credential_type": "RefreshToken", "secret": "a-refresh-token-of-ada-0", "home_account_id": "u1.t1",
        "environment": "login.windows.net", "client_id": "app1", "target": "User.Read",
        "last_modification_time": "1789999000", "family_id": "1"}},
 "Account": {
  "u": {"home_account_id": "u1.t1", "environment": "login.windows.net", "realm": "t1", "local_account_id": "u1",
        "username": "ada@contoso.example", "authority_type": "MSSTS"}},
 "AppMetadata": {"m": {"client_id": "app1", "environment": "login.windows.net", "family_id": "1"}},
 "Later": {}}"#;

fn view(question: Option<&SilentQuestion>) -> CacheView {
    match inspect(CACHE.as_bytes(), question, NOW).unwrap() {
        CacheStorage::Plain(view) => *view,
        other => panic!("{other:?}"),
    }
}

fn silent(change: impl FnOnce(&mut SilentQuestion)) -> SilentView {
    let mut question = SilentQuestion {
        client_id: "app1".into(),
        scopes: vec!["User.Read".into()],
        ..SilentQuestion::default()
    };
    change(&mut question);
    view(Some(&question)).silent.unwrap()
}

fn why(silent: &SilentView) -> Vec<&str> {
    silent.misses.iter().map(|(word, _)| *word).collect()
}

#[test]
fn everything_is_told_but_the_tokens() {
    let view = view(None);
    assert_eq!(view.accounts[0].username, "ada@contoso.example");
    let kinds: Vec<_> = view.tokens.iter().map(|token| token.kind).collect();
    assert_eq!(kinds, [CachedKind::Access, CachedKind::Refresh]);
    assert_eq!(view.tokens[0].scopes, ["User.Read", "openid"]);
    assert_eq!(view.tokens[1].family_id.as_deref(), Some("1"));
    assert_eq!(view.apps[0].family_id.as_deref(), Some("1"));
    assert_eq!((view.unusable, view.other_sections.len()), (1, 1));
    let told = format!("{view:?}");
    assert!(!told.contains("token-of-ada"), "{told}");
}

#[test]
fn what_a_silent_call_finds_is_told_with_an_alias_of_the_host() {
    let found = silent(|question| {
        question.environments = vec!["login.microsoftonline.com".into()];
    });
    assert!(found.access.is_some() && found.misses.is_empty());
    assert_eq!(found.account.as_deref(), Some("ada@contoso.example"));
}

#[test]
fn why_it_finds_none_is_told() {
    let other_scope = silent(|question| question.scopes = vec!["Mail.Read".into()]);
    assert_eq!(why(&other_scope), ["other-scopes"]);
    assert!(other_scope.refresh.is_some());
    let other_user = silent(|question| question.username = Some("bob@contoso.example".into()));
    assert_eq!(why(&other_user), ["other-account"]);
    let elsewhere = silent(|question| question.environments = vec!["login.example".into()]);
    assert_eq!(why(&elsewhere), ["no-account", "other-environment"]);
    let late = SilentQuestion {
        client_id: "app1".into(),
        ..SilentQuestion::default()
    };
    let expired = inspect(
        CACHE.as_bytes(),
        Some(&late),
        Moment::from_seconds(1_790_003_500),
    );
    let Ok(CacheStorage::Plain(view)) = expired else {
        panic!("{expired:?}")
    };
    assert_eq!(why(&view.silent.unwrap()), ["expired"]);
}

#[test]
fn encrypted_and_empty_files_are_told_apart() {
    let mut blob = DPAPI.to_vec();
    blob.extend([7; 40]);
    assert_eq!(inspect(&blob, None, NOW), Ok(CacheStorage::Dpapi));
    assert_eq!(inspect(b"", None, NOW), Ok(CacheStorage::Empty));
    assert!(inspect(b"\x01\x02", None, NOW).is_err());
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let question = SilentQuestion::default();
        let _ = inspect(&bytes, Some(&question), NOW);
    }

    #[test]
    fn no_values_make_it_panic(time in "\\PC{0,24}", text in "\\PC{0,24}") {
        let with = CACHE.replace("1790003600", &time.replace(['"', '\\'], "")).replace("User.Read", &text.replace(['"', '\\'], ""));
        let question = SilentQuestion { client_id: "app1".into(), ..SilentQuestion::default() };
        let _ = inspect(with.as_bytes(), Some(&question), NOW);
    }
}
