//! What a person would otherwise retype.

use std::path::PathBuf;

use super::{
    ApiCall, Asking, Authority, ClientKind, CredentialRef, Extensions, Flow, Presented,
    RetryPolicy, SecretMethod,
};

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
    /// Where its credential is found.
    pub credential: CredentialRef,
    /// How its secret is used; `None`: as the metadata offers it.
    pub secret_method: Option<SecretMethod>,
    /// Scopes.
    pub scopes: Vec<String>,
    /// Redirect URI for interactive sign-in.
    pub redirect_uri: Option<String>,
    /// The flow it runs when none is named.
    pub flow: Flow,
    /// The user.
    pub username: Option<String>,
    /// A protected API to call with the token.
    pub api: Option<ApiCall>,
    /// What is wanted in the flows that exchange a token. Never a token itself.
    pub presented: Presented,
    /// A token cache file of this client's own.
    pub cache_file: Option<PathBuf>,
    /// Whether it is kept encrypted, with a key in the keyring.
    pub seal_cache: bool,
    /// What is asked of the page where a person signs in.
    pub asking: Asking,
    /// Extensions of OAuth that are used.
    pub extensions: Extensions,
    /// When its requests are repeated by themselves; `None`: as is usual.
    pub retry: Option<RetryPolicy>,
    /// A CA file to trust.
    pub ca_file: Option<PathBuf>,
}
