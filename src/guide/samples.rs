//! Requests that tests of this module start from.

use crate::model::{Authority, ClientKind, Credential, Flow, RunSpec, SendOptions};

/// A client id.
pub(super) const CLIENT: &str = "5d7f2a10-9f3c-4a37-b1de-3b6a1c20e4f8";

/// A sound request of a desktop program.
pub(super) fn spec(flow: Flow) -> RunSpec {
    RunSpec {
        profile: Some("contoso-desktop".into()),
        authority: Authority::parse("https://login.microsoftonline.com/contoso.example").unwrap(),
        client_id: CLIENT.into(),
        client_kind: ClientKind::Desktop,
        flow,
        scopes: vec!["User.Read".into()],
        credential: Credential::Public,
        username: Some("ada@contoso.example".into()),
        password: None,
        refresh_token: None,
        claims: None,
        force_refresh: false,
        redirect_uri: None,
        prompt: None,
        api: None,
        capabilities: Vec::new(),
        options: SendOptions::default(),
    }
}
