//! What a person would otherwise retype.

use std::path::PathBuf;

use super::{Authority, ClientKind, Flow};

/// Where a credential is found. Never the credential itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum CredentialRef {
    /// None: a public client.
    #[default]
    None,
    /// Asked for at a prompt when needed.
    Prompt,
    /// In an environment variable.
    Env(String),
    /// In a file (its trailing line end is not part of it).
    File(PathBuf),
}

/// A profile of the profiles file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// Its name.
    pub name: String,
    /// Whom to ask.
    pub authority: Authority,
    /// The application (client) id.
    pub client_id: String,
    /// What kind of client it is.
    pub client_kind: ClientKind,
    /// Where its secret is found.
    pub credential: CredentialRef,
    /// Scopes.
    pub scopes: Vec<String>,
    /// Redirect URI for interactive sign-in.
    pub redirect_uri: Option<String>,
    /// The flow it runs when none is named.
    pub flow: Flow,
    /// The user.
    pub username: Option<String>,
    /// A protected API to call with the token.
    pub api: Option<String>,
    /// A CA file to trust.
    pub ca_file: Option<PathBuf>,
}
