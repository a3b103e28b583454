use std::time::Duration;

use proptest::prelude::*;

use super::*;
use crate::model::{Secret, SecretKind};

const NOW: Moment = Moment::from_seconds(1_790_000_000);

fn issued(client: &str) -> (Issued, Moment) {
    let issued = Issued {
        environment: "localhost".into(),
        realm: "t1".into(),
        client_id: client.into(),
        account: None,
        access: Secret::new(SecretKind::AccessToken, "at"),
        token_type: "Bearer".into(),
        scopes: vec!["s".into()],
        expires: NOW.plus(Duration::from_hours(1)),
        extended_expires: None,
        refresh_on: None,
        refresh: None,
        id: None,
        family: None,
        redeemed: None,
        renewal: false,
    };
    (issued, NOW)
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

/// What is beside the file afterwards, by name.
fn names(folder: &tempfile::TempDir) -> Vec<String> {
    let entries = fs::read_dir(folder.path()).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn a_new_file_is_made_when_something_comes_and_leaves_nothing_beside_it() {
    let folder = folder();
    let path = folder.path().join("cache.json");
    let file = CacheFile::new(&path, "app1");
    assert!(matches!(file.open(false), Err(FileError::Missing)));
    assert!(file.open(true).unwrap().new);
    assert!(names(&folder).is_empty(), "nothing came yet");
    file.add(&[issued("app1")]).unwrap();
    assert_eq!(names(&folder), ["cache.json"]);
    let opened = file.open(false).unwrap();
    assert_eq!(opened.cache.access_tokens().count(), 1);
    assert!(!opened.new && !opened.readable);
}

#[cfg(unix)]
#[test]
fn a_new_file_is_its_owners_alone_and_an_old_one_keeps_its_mode() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = folder();
    let path = folder.path().join("cache.json");
    let mode = || fs::metadata(&path).unwrap().permissions().mode() & 0o777;
    let file = CacheFile::new(&path, "app1");
    file.add(&[issued("app1")]).unwrap();
    assert_eq!(mode(), 0o600);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    file.add(&[issued("app1")]).unwrap();
    assert_eq!(mode(), 0o640);
    assert!(file.open(false).unwrap().readable);
}

#[cfg(unix)]
#[test]
fn a_link_a_directory_and_a_file_of_somebody_else_are_left_alone() {
    let folder = folder();
    let path = folder.path().join("cache.json");
    fs::write(&path, "{}").unwrap();
    let link = folder.path().join("link");
    std::os::unix::fs::symlink(&path, &link).unwrap();
    let file = CacheFile::new(&link, "app1");
    assert!(matches!(file.open(true), Err(FileError::Link)));
    assert!(matches!(file.add(&[issued("app1")]), Err(FileError::Link)));
    let directory = CacheFile::new(folder.path(), "app1");
    assert!(matches!(directory.open(true), Err(FileError::NotAFile)));
    assert_eq!(fs::read_to_string(&path).unwrap(), "{}");
    // Only root can give a file away; elsewhere a file of root's will do.
    let theirs = CacheFile::new(&path, "app1");
    if std::os::unix::fs::chown(&path, Some(12_345), None).is_ok() {
        assert!(matches!(theirs.open(true), Err(FileError::NotYours)));
        let added = theirs.add(&[issued("app1")]);
        assert!(matches!(added, Err(FileError::NotYours)));
    }
    assert_eq!(names(&folder), ["cache.json", "link"]);
}

#[test]
fn a_file_that_is_too_big_is_not_read() {
    let folder = folder();
    let path = folder.path().join("cache.json");
    File::create(&path).unwrap().set_len(LIMIT + 1).unwrap();
    let file = CacheFile::new(&path, "app1");
    assert!(matches!(file.open(true), Err(FileError::TooBig)));
}

#[test]
fn a_file_of_other_clients_alone_is_refused() {
    let folder = folder();
    let path = folder.path().join("cache.json");
    CacheFile::new(&path, "app2")
        .add(&[issued("app2")])
        .unwrap();
    let before = fs::read(&path).unwrap();
    let file = CacheFile::new(&path, "app1");
    let refused = file.open(true).unwrap_err();
    assert!(refused.to_string().contains("app2"), "{refused}");
    let refused = file.add(&[issued("app1")]);
    assert!(matches!(refused, Err(FileError::OtherClient { .. })));
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn caches_of_other_peoples_programs_are_refused_by_client_and_by_place() {
    let folder = folder();
    let path = folder.path().join("cache.json");
    let azure_cli = CacheFile::new(&path, "04B07795-8ddb-461a-bbee-02f9e1bf7b46");
    let refused = azure_cli.open(true);
    assert!(matches!(refused, Err(FileError::OtherProgram { program }) if program == "Azure CLI"));
    let home = folder.path().join(".azure");
    fs::create_dir(&home).unwrap();
    let own = CacheFile::new(&home.join("msal_token_cache.json"), "app1");
    assert!(matches!(
        own.open(true),
        Err(FileError::OtherProgram { .. })
    ));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn whatever_is_no_cache_is_never_overwritten(bytes in proptest::collection::vec(any::<u8>(), 1..200)) {
        let folder = folder();
        let path = folder.path().join("cache.json");
        fs::write(&path, &bytes).unwrap();
        let file = CacheFile::new(&path, "app1");
        let opened = file.open(true).is_ok();
        let added = file.add(&[issued("app1")]).is_ok();
        prop_assert_eq!(opened, added);
        if !added {
            prop_assert_eq!(fs::read(&path).unwrap(), bytes);
        }
    }
}

/// A key that is 32 times the same byte, in base64.
fn seal(id: &str, digits: &str) -> Seal {
    let key = format!("{}{}=", digits.repeat(10), &digits[..3]);
    Seal::with(id, Secret::new(SecretKind::Other, key))
}

#[test]
fn a_sealed_file_is_read_with_its_key_alone_and_nothing_is_overwritten_without_it() {
    let folder = folder();
    let path = folder.path().join("cache.json");
    let with = |seal: Option<Seal>| CacheFile::new(&path, "app1").sealed(seal);
    let own = with(Some(seal("ab12", "BwcH")));
    assert!(own.open(true).unwrap().new);
    own.add(&[issued("app1")]).unwrap();
    let kept = fs::read(&path).unwrap();
    assert!(!String::from_utf8_lossy(&kept).contains("AccessToken"));
    assert_eq!(sealed_with(&path).as_deref(), Some("ab12"));
    let opened = own.open(false).unwrap();
    assert_eq!(
        (opened.cache.access_tokens().count(), opened.plain),
        (1, false)
    );
    let moved = with(Some(seal("cd34", "BwcH")));
    for stranger in [with(None), moved] {
        assert!(matches!(stranger.open(false), Err(FileError::NoKey { .. })));
        assert!(matches!(
            stranger.add(&[issued("app1")]),
            Err(FileError::NoKey { .. })
        ));
    }
    let wrong = with(Some(seal("ab12", "CAgI")));
    assert!(matches!(wrong.open(false), Err(FileError::SealBroken)));
    assert!(matches!(
        wrong.add(&[issued("app1")]),
        Err(FileError::SealBroken)
    ));
    assert_eq!(fs::read(&path).unwrap(), kept);
    assert_eq!(names(&folder), ["cache.json"]);
}

#[test]
fn a_plain_file_stays_plain_unless_it_is_to_be_sealed() {
    let folder = folder();
    let path = folder.path().join("cache.json");
    let plain = CacheFile::new(&path, "app1");
    plain.add(&[issued("app1")]).unwrap();
    assert!(plain.open(false).unwrap().plain && sealed_with(&path).is_none());
    let sealed = plain.sealed(Some(seal("ab12", "BwcH")));
    assert!(sealed.open(false).unwrap().plain);
    sealed.add(&[issued("app1")]).unwrap();
    assert!(!sealed.open(false).unwrap().plain && sealed_with(&path).is_some());
}
