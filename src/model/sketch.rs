//! What can be read of an acquisition out of something a person already has: an address, a file of settings, a piece
//! of code. A profile with holes.

use super::identity::MACHINE_CLIENT;
use super::{Authority, ClientKind, CredentialRef, Flow, Presented, Problem, Profile};
use crate::strings::sketch as say;

/// What was recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SketchOf {
    /// An authority, an issuer or the address of a metadata document or endpoint.
    Address,
    /// The address of a sign-in: the authorization endpoint with its parameters.
    SignIn,
    /// A page of a portal.
    Portal,
    /// A token.
    Token,
    /// Variables that azure-identity reads.
    Environment,
    /// `appsettings.json` of Microsoft.Identity.Web.
    AppSettings,
    /// What `az account show` prints.
    AzureAccount,
    /// What `az ad sp create-for-rbac` prints.
    ServicePrincipal,
    /// A program that calls MSAL or azure-identity.
    Code,
}

/// A profile with holes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sketch {
    /// What it was read out of.
    pub of: SketchOf,
    /// Whom to ask.
    pub authority: Option<Authority>,
    /// The application (client) id.
    pub client_id: Option<String>,
    /// What kind of client it is.
    pub client_kind: Option<ClientKind>,
    /// How it acquires.
    pub flow: Option<Flow>,
    /// Scopes.
    pub scopes: Vec<String>,
    /// Redirect URI.
    pub redirect_uri: Option<String>,
    /// The user.
    pub username: Option<String>,
    /// Where its credential is found; never the credential.
    pub credential: CredentialRef,
    /// Whether a secret stood in the text. It is not kept.
    pub secret_left_out: bool,
}

impl Sketch {
    /// Nothing but what it is of.
    pub const fn new(of: SketchOf) -> Self {
        Self {
            of,
            authority: None,
            client_id: None,
            client_kind: None,
            flow: None,
            scopes: Vec::new(),
            redirect_uri: None,
            username: None,
            credential: CredentialRef::None,
            secret_left_out: false,
        }
    }

    /// The kind of client, as far as it can be told.
    pub fn kind(&self) -> ClientKind {
        self.client_kind.unwrap_or(match self.credential {
            CredentialRef::None => ClientKind::Desktop,
            _ => ClientKind::Daemon,
        })
    }

    /// The flow, as far as it can be told.
    pub fn flow(&self) -> Flow {
        self.flow.unwrap_or(self.kind().usual_flow())
    }

    /// The profile without holes.
    ///
    /// # Errors
    /// Which part is missing.
    pub fn profile(&self, name: &str) -> Result<Profile, Problem> {
        let machine = self.flow() == Flow::ManagedIdentity;
        let missing = |what: &str, at: &str| Problem::new(say::TOLD_NOTHING, at, what);
        let authority = self.authority.clone();
        let authority = authority.or_else(|| machine.then(Authority::of_machine));
        let client = self.client_id.clone();
        let client = client.or_else(|| machine.then(|| MACHINE_CLIENT.to_owned()));
        Ok(Profile {
            name: name.to_owned(),
            authority: authority.ok_or_else(|| missing(say::EXPECTED_AUTHORITY, "--authority"))?,
            client_id: client.ok_or_else(|| missing(say::EXPECTED_CLIENT_ID, "--client-id"))?,
            client_kind: self.kind(),
            credential: self.credential.clone(),
            secret_method: None,
            scopes: self.scopes.clone(),
            redirect_uri: self.redirect_uri.clone(),
            flow: self.flow(),
            username: self.username.clone(),
            api: None,
            presented: Presented::default(),
            asking: super::Asking::default(),
            extensions: super::Extensions::default(),
            cache_file: None,
            seal_cache: false,
            retry: None,
            ca_file: None,
        })
    }

    /// Notes a secret that stood in the text: it is looked for in a variable from now on.
    pub fn leave_out(&mut self, variable: &str) {
        self.secret_left_out = true;
        self.credential = CredentialRef::Env(variable.to_owned());
    }
}
