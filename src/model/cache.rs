//! What is told of a token cache: who and what is in it, never a token.

use super::Moment;

/// How a cache file keeps what is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CacheStorage {
    /// In plain text.
    Plain(Box<CacheView>),
    /// Encrypted for one user of one Windows machine (DPAPI).
    Dpapi,
    /// Encrypted by this program, with a key in the keyring of whoever wrote it.
    Sealed,
    /// Not at all: the file is empty. MSAL's Keychain and libsecret stores leave such a file as a signal.
    Empty,
}

/// The metadata of a cache.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CacheView {
    /// The accounts.
    pub accounts: Vec<CachedAccount>,
    /// The tokens.
    pub tokens: Vec<CachedToken>,
    /// The clients that something was asked for.
    pub apps: Vec<CachedApp>,
    /// Sections that are not of the schema, with the number of their entries.
    pub other_sections: Vec<(String, usize)>,
    /// Entries of the schema's sections that lack what makes them usable.
    pub unusable: usize,
    /// What a silent call would find, where one was named.
    pub silent: Option<SilentView>,
}

/// An account in a cache.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CachedAccount {
    /// What the person calls themself.
    pub username: String,
    /// `uid.utid`.
    pub home_account_id: String,
    /// Host of the authority.
    pub environment: String,
    /// The tenant.
    pub realm: String,
    /// `MSSTS`, `ADFS` …
    pub authority_type: String,
    /// The grant that brought it.
    pub source: String,
}

/// What kind of token is cached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CachedKind {
    /// An access token.
    Access,
    /// A refresh token.
    Refresh,
    /// An ID token.
    Id,
}

impl CachedKind {
    /// The word in machine output.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Access => "access",
            Self::Refresh => "refresh",
            Self::Id => "id",
        }
    }
}

/// A token in a cache.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CachedToken {
    /// What it is.
    pub kind: CachedKind,
    /// The client.
    pub client_id: String,
    /// Host of the authority.
    pub environment: String,
    /// The tenant; empty where it is not bound to one.
    pub realm: String,
    /// Whose it is; empty for an application's own.
    pub home_account_id: String,
    /// Its scopes.
    pub scopes: Vec<String>,
    /// `Bearer` …; of access tokens.
    pub token_type: Option<String>,
    /// Its fingerprint, if it is long enough to have one.
    pub fingerprint: Option<String>,
    /// When it was kept.
    pub cached_at: Option<Moment>,
    /// When it expires.
    pub expires_on: Option<Moment>,
    /// When it should be refreshed ahead of time.
    pub refresh_on: Option<Moment>,
    /// The family of clients that may share it.
    pub family_id: Option<String>,
    /// Whether it is bound to more than its scopes (a key, further parameters).
    pub bound: bool,
}

/// A client in a cache.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CachedApp {
    /// The client.
    pub client_id: String,
    /// The program that the id is known to be of.
    pub program: Option<&'static str>,
    /// Host of the authority.
    pub environment: String,
    /// Its family, if it is in one.
    pub family_id: Option<String>,
}

/// The silent call that is asked about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SilentQuestion {
    /// The client.
    pub client_id: String,
    /// Hosts of the authority as a cache may name them, with its port and without; none: that of the client's tokens.
    pub environments: Vec<String>,
    /// The tenant.
    pub realm: Option<String>,
    /// The user name or home account id.
    pub username: Option<String>,
    /// The scopes.
    pub scopes: Vec<String>,
}

/// What a silent call would find.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SilentView {
    /// Where it would look.
    pub environment: String,
    /// The account it would choose.
    pub account: Option<String>,
    /// Fingerprint of the access token that will do. `Some("")`: one too short to have one.
    pub access: Option<String>,
    /// Fingerprint of the refresh token it would redeem otherwise.
    pub refresh: Option<String>,
    /// The client that the refresh token was given to.
    pub refresh_client: Option<String>,
    /// Why no access token will do: word and sentence.
    pub misses: Vec<(&'static str, String)>,
}
