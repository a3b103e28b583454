//! The lab's world: one tenant with its people, applications, policies and everything that was issued. Plain
//! state; what changes it lives in `change`, what it answers in `answer`.

use std::sync::Arc;
use std::time::Duration;

use super::border::Neighbour;
use super::dialect::UserFlow;
use super::file::{ConditionsEntry, Control, Platform, PolicyKind};
use super::orders::Orders;
use super::shelf::Shelf;
use crate::model::Moment;

mod app;
mod build;
mod known;
mod people;
mod surface;

pub use people::{Machine, Situation, Spot};
pub use surface::{ArcKey, Identity, IdentityFault, Member, Surface, Surfaces};

pub use app::{Assignment, Client, ClientSecret, Federated, Issuer, Redirect, Standing};

/// Scopes of OpenID Connect itself (Core 5.4 and 11); they belong to no API.
pub const OIDC_SCOPES: [&str; 4] = ["openid", "profile", "email", "offline_access"];

/// How long a refresh token lives without being used.
pub const INACTIVE: Duration = Duration::from_hours(90 * 24);

/// A person.
#[derive(Clone, Debug)]
pub struct User {
    pub name: String,
    pub display: String,
    pub id: String,
    pub password: String,
    pub mfa: bool,
    /// The password must be changed before it can be used.
    pub expired: bool,
    /// Locked until somebody unlocks it.
    pub locked: bool,
    /// Locked by too many wrong passwords until then.
    pub locked_until: Option<Moment>,
    /// Wrong passwords in a row.
    pub fails: u32,
    /// How often the person's sessions were revoked: a proof made before the last time counts no more.
    pub epoch: u32,
    /// When that was, for people to read.
    pub revoked_at: Option<Moment>,
    /// Everything policies look at.
    pub standing: Situation,
}

/// A delegated permission.
#[derive(Clone, Debug)]
pub struct Scope {
    pub name: String,
    pub says: String,
    pub admin: bool,
}

/// An API.
#[derive(Clone, Debug)]
pub struct Resource {
    pub uri: String,
    pub id: String,
    pub title: String,
    pub scopes: Vec<Scope>,
}

/// Consent to scopes of one resource.
#[derive(Clone, Debug)]
pub struct Consent {
    /// Client id.
    pub client: String,
    /// Resource identifier.
    pub resource: String,
    pub scopes: Vec<String>,
    /// The user it was given by and for; `None`: for everyone.
    pub user: Option<String>,
}

/// Who may consent, and what is asked of those who may.
#[derive(Clone, Debug)]
pub struct Approval {
    /// Users may.
    pub by_users: bool,
    /// Users may ask an administrator.
    pub on_request: bool,
    /// What they asked for.
    pub asked: Vec<Consent>,
}

/// A policy.
#[derive(Clone, Debug)]
pub struct Policy {
    pub name: String,
    pub kind: PolicyKind,
    pub id: String,
    pub hours: u32,
    pub context: String,
    pub conditions: ConditionsEntry,
    pub controls: Vec<Control>,
    /// One of the controls is enough.
    pub any: bool,
    pub on: bool,
    /// When it was last switched on.
    pub since: Moment,
}

/// The way a sign-in was begun.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum By {
    /// In a browser that the program opened or is in.
    #[default]
    Browser,
    /// In a browser anywhere, for a program that polls.
    DeviceCode,
    /// By the program alone, with a password.
    Password,
}

/// What else is known of a sign-in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    pub by: By,
    /// The domain of the tenant that was signed in to.
    pub tenant: String,
    /// The device whose identity went along: its name. A program alone has none.
    pub device: Option<String>,
    /// When the second factor was used.
    pub mfa_at: Option<Moment>,
    /// Whether a check by another service was passed.
    pub external: bool,
    /// The browser's session, as [`Session::id`] has it.
    pub session: Option<String>,
}

/// How somebody proved who they are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proof {
    /// The user's object id.
    pub user: String,
    /// Whether a second factor was used.
    pub mfa: bool,
    /// When the password was typed.
    pub at: Moment,
    /// The user's [`User::epoch`] then.
    pub epoch: u32,
    pub marks: Marks,
}

impl Proof {
    /// A password, typed now.
    pub fn of_password(user: &User, by: By, at: Moment) -> Self {
        Self {
            user: user.id.clone(),
            mfa: false,
            at,
            epoch: user.epoch,
            marks: Marks {
                by,
                ..Marks::default()
            },
        }
    }
}

/// What is asked for: one resource and scopes of it, with those of OpenID Connect.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// The resource's identifier.
    pub resource: String,
    /// Scopes of the resource, without its identifier.
    pub scopes: Vec<String>,
    /// Whether `/.default` was asked for: everything the registration lists.
    pub default: bool,
    /// The scopes as they were written, for the reply.
    pub written: Vec<String>,
    /// `openid`, `profile`, `email`, `offline_access`.
    pub oidc: Vec<String>,
}

impl Wanted {
    /// Whether a scope of OpenID Connect is asked for.
    pub fn oidc(&self, scope: &str) -> bool {
        self.oidc.iter().any(|s| s == scope)
    }
}

/// What a grant stands for: a code, a device sign-in or a refresh token that may become tokens.
#[derive(Clone, Debug)]
pub struct Grant {
    /// Client id.
    pub client: String,
    pub proof: Proof,
    pub wanted: Wanted,
    pub issued: Moment,
    /// The type of the redirect address it came through, if it came through one.
    pub platform: Option<Platform>,
    /// The user flow of B2C that it was given at; it counts there alone.
    pub flow: Option<UserFlow>,
}

/// An authorization code.
#[derive(Clone, Debug)]
pub struct Code {
    pub grant: Grant,
    pub redirect: String,
    pub challenge: Option<Challenge>,
    pub nonce: Option<String>,
    pub claims: Option<String>,
    pub spent: bool,
}

/// A PKCE challenge (RFC 7636).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Challenge {
    pub value: String,
    /// `S256`; otherwise `plain`.
    pub hashed: bool,
}

/// A refresh token.
#[derive(Clone, Debug)]
pub struct RefreshToken {
    pub grant: Grant,
    pub last_used: Moment,
    /// When it ends whatever happens; those of browser programs do.
    pub ends: Option<Moment>,
    /// The family of apps it was issued to.
    pub family: Option<String>,
}

/// Where a device sign-in stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeviceState {
    Pending,
    Declined,
    Approved(Proof),
    Spent,
}

/// A device sign-in (RFC 8628).
#[derive(Clone, Debug)]
pub struct Device {
    /// Client id.
    pub client: String,
    pub user_code: String,
    pub wanted: Wanted,
    pub claims: Option<String>,
    pub expires: Moment,
    /// The last poll, or the start.
    pub last_poll: Moment,
    pub state: DeviceState,
}

/// A session of a browser.
#[derive(Clone, Debug)]
pub struct Session {
    /// What ID tokens call it (`sid`); not the key that the browser holds.
    pub id: String,
    pub proof: Proof,
    /// The clients that were signed in to, each with the issuer it knows.
    pub apps: Vec<(String, String)>,
}

/// Everything.
#[derive(Clone, Debug)]
pub struct World {
    pub tenant: String,
    pub domain: String,
    pub tenant_name: String,
    pub users: Vec<User>,
    pub clients: Vec<Arc<Client>>,
    pub resources: Vec<Resource>,
    pub consents: Vec<Consent>,
    pub policies: Vec<Policy>,
    /// Whose tokens may be federated credentials.
    pub issuers: Vec<Issuer>,
    pub machines: Vec<Machine>,
    pub spots: Vec<Spot>,
    pub neighbours: Vec<Neighbour>,
    /// Wrong passwords in a row that lock an account, and for how long.
    pub lockout: (u32, Duration),
    pub approval: Approval,
    pub per_user_mfa: bool,
    pub throttled_until: Option<Moment>,
    pub outage: bool,
    pub slow_down: bool,
    /// When equal token requests were made, by what is equal in them; `None`: nobody is held back for repeating one.
    pub recent: Option<Shelf<Vec<Moment>>>,
    /// What was ordered without a cause.
    pub orders: Orders,
    pub codes: Shelf<Code>,
    pub refresh_tokens: Shelf<RefreshToken>,
    pub devices: Shelf<Device>,
    pub sessions: Shelf<Session>,
    pub visits: Shelf<super::visit::Visit>,
    pub surfaces: Surfaces,
    /// Metadata documents, by address.
    pub documents: Shelf<Vec<u8>>,
    /// What `reset` goes back to.
    pub start: Option<Box<World>>,
}

/// The loop rule, with nothing seen so far.
pub fn loop_rule() -> Shelf<Vec<Moment>> {
    Shelf::new(2_000)
}

impl World {
    /// Opens the control API to whoever knows the token; a reset leaves it open.
    pub fn open_control(&mut self, token: String) {
        if let Some(start) = &mut self.start {
            start.orders.control = Some(token.clone());
        }
        self.orders.control = Some(token);
    }

    /// The client of an id.
    pub fn client(&self, id: &str) -> Option<&Arc<Client>> {
        self.clients.iter().find(|c| c.id.eq_ignore_ascii_case(id))
    }

    /// The clients, to change. An answer under way keeps the ones it has.
    pub fn clients_mut(&mut self) -> impl Iterator<Item = &mut Client> {
        self.clients.iter_mut().map(Arc::make_mut)
    }

    /// The person of a name.
    pub fn user(&self, name: &str) -> Option<&User> {
        self.users
            .iter()
            .find(|u| u.name.eq_ignore_ascii_case(name.trim()))
    }

    /// The person of a name, to change.
    pub fn user_mut(&mut self, name: &str) -> Option<&mut User> {
        let mut users = self.users.iter_mut();
        users.find(|u| u.name.eq_ignore_ascii_case(name.trim()))
    }

    /// The person of an object id.
    pub fn user_by_id(&self, id: &str) -> Option<&User> {
        self.users.iter().find(|u| u.id == id)
    }

    /// The resource of an identifier or application id.
    pub fn resource(&self, name: &str) -> Option<&Resource> {
        let name = name.trim_end_matches('/');
        let fits = |r: &&Resource| r.uri == name || r.id.eq_ignore_ascii_case(name);
        self.resources.iter().find(fits)
    }

    /// The resource that bare scopes such as `User.Read` belong to: the first of the world.
    pub fn home_resource(&self) -> Option<&Resource> {
        self.resources.first()
    }

    /// The first policy of a kind that is on.
    pub fn policy(&self, kind: PolicyKind) -> Option<&Policy> {
        self.policies.iter().find(|p| p.kind == kind && p.on)
    }

    /// Whether a path's tenant segment names this tenant: its id, its domain, or `common` and `organizations`.
    pub fn is_tenant(&self, segment: &str) -> bool {
        self.names_own(segment)
            || ["common", "organizations"]
                .iter()
                .any(|w| segment.eq_ignore_ascii_case(w))
    }

    /// Whether a path's tenant segment names this tenant alone.
    pub fn names_own(&self, segment: &str) -> bool {
        segment.eq_ignore_ascii_case(&self.tenant) || segment.eq_ignore_ascii_case(&self.domain)
    }

    /// Whether everything is asked for that the registration lists for an API, and it lists nothing.
    pub fn is_unlisted(&self, client: &Client, wanted: &Wanted) -> bool {
        let itself = self
            .resource(&wanted.resource)
            .is_some_and(|r| r.id == client.id);
        wanted.default && !itself && permissions_of(client, &wanted.resource).is_empty()
    }

    /// Whether an application asks for a token to itself and holds no permission for the directory: signing people in
    /// and reading their profile is the least it needs.
    pub fn lacks_sign_in(&self, client: &Client, user: &str, wanted: &Wanted) -> bool {
        let of_itself = |uri: &str| self.resource(uri).is_some_and(|r| r.id == client.id);
        let Some(home) = self.home_resource().filter(|home| !of_itself(&home.uri)) else {
            return false;
        };
        of_itself(&wanted.resource) && self.consented(client, user, &home.uri).is_empty()
    }

    /// Scopes of `wanted` that nobody has consented to for this client and user.
    pub fn unconsented(&self, client: &Client, user: &str, wanted: &Wanted) -> Vec<String> {
        let given = self.consented(client, user, &wanted.resource);
        if wanted.default {
            let asked = permissions_of(client, &wanted.resource);
            return if given.is_empty() { asked } else { Vec::new() };
        }
        if wanted.scopes.is_empty() && !self.consents.iter().any(|c| c.client == client.id) {
            return vec![OIDC_SCOPES[0].to_owned()];
        }
        let missing = |scope: &&String| !given.iter().any(|g| g.eq_ignore_ascii_case(scope));
        wanted.scopes.iter().filter(missing).cloned().collect()
    }

    /// Scopes of a resource that were consented to for this client and user.
    pub fn consented(&self, client: &Client, user: &str, resource: &str) -> Vec<String> {
        let applies = |c: &&Consent| {
            c.client == client.id
                && c.resource == resource
                && c.user.as_deref().is_none_or(|u| u == user)
        };
        let mut scopes: Vec<String> = Vec::new();
        for consent in self.consents.iter().filter(applies) {
            for scope in &consent.scopes {
                if !scopes.contains(scope) {
                    scopes.push(scope.clone());
                }
            }
        }
        scopes
    }
}

/// The delegated permissions that a client's registration lists for a resource.
pub fn permissions_of(client: &Client, resource: &str) -> Vec<String> {
    let of = client.permissions.iter().filter(|(uri, _)| uri == resource);
    of.flat_map(|(_, names)| names.iter().cloned()).collect()
}
