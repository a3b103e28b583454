//! Settings that are written; that they can be read again is tested with `profile import`.

use super::*;
use crate::model::{Sketch, SketchOf};

fn profile(credential: CredentialRef, kind: ClientKind) -> Profile {
    let mut sketch = Sketch::new(SketchOf::Address);
    let authority = "https://login.microsoftonline.us/contoso.example";
    sketch.authority = Authority::parse(authority).ok();
    sketch.client_id = Some("3f0a5c1e-94d7-4b62-a0c8-6b1d2e7f48e1".into());
    sketch.client_kind = Some(kind);
    sketch.credential = credential;
    sketch.scopes = vec!["User.Read".into()];
    sketch.profile("daemon").unwrap()
}

#[test]
fn a_secret_is_a_variable_or_a_hole() {
    let told = |credential| {
        let profile = profile(credential, ClientKind::Daemon);
        settings(&profile, Settings::Environment).unwrap()
    };
    let named = told(CredentialRef::Env("CONTOSO_SECRET".into()));
    assert!(
        named.contains("AZURE_CLIENT_SECRET=${CONTOSO_SECRET}\n"),
        "{named}"
    );
    let asked = told(CredentialRef::Prompt);
    assert!(
        asked.contains("AZURE_CLIENT_SECRET='<fill in>'\n"),
        "{asked}"
    );
    assert!(
        asked.contains("AZURE_AUTHORITY_HOST=https://login.microsoftonline.us/\n"),
        "{asked}"
    );
}

#[test]
fn what_such_settings_cannot_hold_is_said() {
    let mut other = profile(CredentialRef::None, ClientKind::Desktop);
    other.authority = Authority::parse("https://id.contoso.example").unwrap();
    assert_eq!(
        settings(&other, Settings::Environment),
        Err(say::ENTRA_ALONE)
    );
    let held = CredentialRef::Assertion(AssertionRef::Env("TOKEN".into()));
    let held = profile(held, ClientKind::Daemon);
    assert_eq!(
        settings(&held, Settings::AppSettings),
        Err(say::FILE_NEEDED)
    );
}
