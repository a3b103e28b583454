//! What a run is asked to do.

use std::path::PathBuf;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{
    ApiCall, Asking, Authority, Credential, Extensions, IdentityRef, Presented, RetryPolicy,
    Secret, SecretMethod,
};

/// One way to acquire a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Flow {
    /// From the token cache, with the refresh token when the access token will not do.
    Silent,
    /// Authorization code with PKCE in the system browser (RFC 6749 section 4.1, RFC 7636, RFC 8252).
    Interactive,
    /// Device authorization (RFC 8628).
    DeviceCode,
    /// The person is asked on a device of their own that the server knows (OpenID Connect CIBA Core, poll mode).
    Ciba,
    /// Client credentials (RFC 6749 section 4.4).
    ClientCredentials,
    /// Resource owner password (RFC 6749 section 4.3).
    Password,
    /// A refresh token the person has (RFC 6749 section 6).
    RefreshToken,
    /// A web API exchanges the token it was called with (RFC 7523 section 2.1 with `requested_token_use`).
    OnBehalfOf,
    /// Token exchange (RFC 8693).
    TokenExchange,
    /// A JWT as the grant (RFC 7523 section 2.1).
    JwtBearer,
    /// A SAML assertion as the grant (RFC 7522 section 2.1).
    SamlBearer,
    /// An application acts for a user with a federated credential of that user (Entra's grant `user_fic`).
    UserFic,
    /// The identity that the machine this program runs on was given.
    ManagedIdentity,
    /// No token: an administrator is asked to consent for everybody in the tenant. It is a flow and no verb of its own,
    /// because it is a run like the others: the same authority, client, scopes and redirect URI, an answer with `state`
    /// at the same place, and a refusal that is diagnosed, kept, compared and repeated as theirs are.
    AdminConsent,
}

impl Flow {
    /// Every flow.
    pub const ALL: [Self; 14] = [
        Self::Silent,
        Self::Interactive,
        Self::DeviceCode,
        Self::Ciba,
        Self::ClientCredentials,
        Self::Password,
        Self::RefreshToken,
        Self::OnBehalfOf,
        Self::TokenExchange,
        Self::JwtBearer,
        Self::SamlBearer,
        Self::UserFic,
        Self::ManagedIdentity,
        Self::AdminConsent,
    ];

    /// The word on the command line and in files.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Silent => "silent",
            Self::Interactive => "interactive",
            Self::DeviceCode => "device-code",
            Self::Ciba => "ciba",
            Self::ClientCredentials => "client-credentials",
            Self::Password => "password",
            Self::RefreshToken => "refresh-token",
            Self::OnBehalfOf => "on-behalf-of",
            Self::TokenExchange => "token-exchange",
            Self::JwtBearer => "jwt-bearer",
            Self::SamlBearer => "saml-bearer",
            Self::UserFic => "user-fic",
            Self::ManagedIdentity => "managed-identity",
            Self::AdminConsent => "admin-consent",
        }
    }

    /// Whether the application asks for itself: no person is asked, and none is told of in the answer.
    pub const fn is_without_user(self) -> bool {
        matches!(self, Self::ClientCredentials | Self::ManagedIdentity)
    }

    /// Whether a person goes to a page in the browser, which comes back to the redirect URI.
    pub const fn comes_back(self) -> bool {
        matches!(self, Self::Interactive | Self::AdminConsent)
    }

    /// The flow of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|flow| flow.word() == word)
    }
}

/// What kind of client asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClientKind {
    /// A desktop, mobile or command-line program: public, loopback redirect.
    Desktop,
    /// A web application with a server: confidential.
    Web,
    /// A single-page application: public, needs the `Origin` header.
    Spa,
    /// A service without a user: confidential.
    Daemon,
    /// A web API calling on behalf of its caller: confidential.
    Api,
}

impl ClientKind {
    /// The flow of such a client where none is named.
    pub const fn usual_flow(self) -> Flow {
        match self {
            Self::Daemon => Flow::ClientCredentials,
            Self::Desktop | Self::Web | Self::Spa | Self::Api => Flow::Interactive,
        }
    }

    /// The word in files and JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Desktop => "desktop",
            Self::Web => "web",
            Self::Spa => "spa",
            Self::Daemon => "daemon",
            Self::Api => "api",
        }
    }
}

/// The `prompt` parameter (OpenID Connect Core 3.1.2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Prompt {
    /// Ask for credentials anew.
    Login,
    /// Show nothing; fail instead.
    None,
    /// Ask for consent anew.
    Consent,
    /// Let the person choose the account.
    SelectAccount,
}

impl Prompt {
    /// The prompt of a value; `None` if there is no such prompt.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Login, Self::None, Self::Consent, Self::SelectAccount]
            .into_iter()
            .find(|prompt| prompt.word() == word)
    }

    /// The parameter's value.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Login => "login",
            Self::None => "none",
            Self::Consent => "consent",
            Self::SelectAccount => "select_account",
        }
    }
}

/// Something malformed in a request, profile or file, found before anything was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// What is wrong, with the offending value.
    pub what: String,
    /// Which parameter, key or file and line, e.g. `authority`, `--scope`, `profiles.toml:12 client_id`.
    #[serde(rename = "where")]
    pub at: String,
    /// What was expected.
    pub expected: String,
}

impl Problem {
    /// The same, about the flag, key or field that the value came by.
    #[must_use]
    pub fn at(self, at: impl Into<String>) -> Self {
        Self {
            at: at.into(),
            ..self
        }
    }

    /// A problem.
    pub fn new(
        what: impl Into<String>,
        at: impl Into<String>,
        expected: impl Into<String>,
    ) -> Self {
        Self {
            what: what.into(),
            at: at.into(),
            expected: expected.into(),
        }
    }
}

/// How requests are sent. Times are upper bounds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SendOptions {
    /// For the TCP and TLS connection (default 10 s).
    pub connect_timeout: Duration,
    /// From the request sent to the first byte back (default 30 s).
    pub first_byte_timeout: Duration,
    /// For one whole exchange (default 60 s).
    pub whole_timeout: Duration,
    /// Bytes of a body that are read (default 4 MiB).
    pub body_limit: usize,
    /// A PEM file whose certificates are trusted instead of the system's.
    pub ca_file: Option<PathBuf>,
    /// A proxy for everything but loopback and link-local; `None`: as the environment says.
    pub proxy: Option<String>,
    /// When a throttled or failed request is repeated by itself.
    pub retry: RetryPolicy,
    /// Hosts beside the authority's own that credentials may go to.
    pub trusted_hosts: Vec<String>,
    /// How a client secret is used; `None`: in the body, or in Basic where the metadata offers nothing else.
    pub secret_method: Option<SecretMethod>,
    /// Whether the cache file is kept encrypted, with a key in the keyring.
    pub seal_cache: bool,
}

impl SendOptions {
    /// The same, with every upper bound at most this.
    #[must_use]
    pub fn within(mut self, limit: Duration) -> Self {
        self.whole_timeout = limit;
        self.first_byte_timeout = self.first_byte_timeout.min(limit);
        self.connect_timeout = self.connect_timeout.min(limit);
        self
    }
}

impl Default for SendOptions {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(10),
            first_byte_timeout: Duration::from_secs(30),
            whole_timeout: Duration::from_mins(1),
            body_limit: 4 << 20,
            ca_file: None,
            proxy: None,
            retry: RetryPolicy::default(),
            trusted_hosts: Vec::new(),
            secret_method: None,
            seal_cache: false,
        }
    }
}

/// Everything one run needs to know before it starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunSpec {
    /// The profile it came from, if any.
    pub profile: Option<String>,
    /// Whom to ask.
    pub authority: Authority,
    /// The application (client) id.
    pub client_id: String,
    /// What kind of client it is.
    pub client_kind: ClientKind,
    /// How to acquire.
    pub flow: Flow,
    /// Scopes, as typed; the grants add `openid profile offline_access` for user flows, as MSAL does.
    pub scopes: Vec<String>,
    /// The client's credential.
    pub credential: Credential,
    /// The user: account hint for silent, `login_hint`, or the password grant's user name.
    pub username: Option<String>,
    /// The user's password (password flow).
    pub password: Option<Secret>,
    /// The refresh token (refresh-token flow).
    pub refresh_token: Option<Secret>,
    /// The token that the API was called with (on-behalf-of flow).
    pub incoming_token: Option<Secret>,
    /// What is presented in place of a sign-in (token exchange, assertions).
    pub presented: Presented,
    /// The user-assigned identity (managed identity); `None`: the machine's own.
    pub identity: Option<IdentityRef>,
    /// A claims request, as JSON text.
    pub claims: Option<String>,
    /// Silent: skip the cached access token.
    pub force_refresh: bool,
    /// Interactive: the redirect URI without a port; default `http://localhost` on a random port.
    pub redirect_uri: Option<String>,
    /// Interactive: what is asked of the page.
    pub asking: Asking,
    /// A protected API to call with the token just acquired.
    pub api: Option<ApiCall>,
    /// Extensions of OAuth that are used.
    pub extensions: Extensions,
    /// Client capabilities, e.g. `cp1` (continuous access evaluation).
    pub capabilities: Vec<String>,
    /// A token cache file to look in and to keep in what comes; `None`: memory alone.
    pub cache_file: Option<PathBuf>,
    /// How to send.
    pub options: SendOptions,
}

impl RunSpec {
    /// One that asks this authority for nothing in particular, as a public desktop program.
    pub fn new(authority: Authority, client_id: impl Into<String>, flow: Flow) -> Self {
        Self {
            profile: None,
            authority,
            client_id: client_id.into(),
            client_kind: ClientKind::Desktop,
            flow,
            scopes: Vec::new(),
            credential: Credential::Public,
            username: None,
            password: None,
            refresh_token: None,
            incoming_token: None,
            presented: Presented::default(),
            identity: None,
            claims: None,
            force_refresh: false,
            redirect_uri: None,
            asking: Asking::default(),
            api: None,
            extensions: Extensions::default(),
            capabilities: Vec::new(),
            cache_file: None,
            options: SendOptions::default(),
        }
    }
}
