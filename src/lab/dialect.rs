//! What the lab speaks at an address. The shape of the path decides: every shape is read into the one that Entra's
//! v2.0 and v1 endpoints have, so that all of them share one lab, and differ in what they say.
//!
//! ```text
//! /{tenant}/oauth2/v2.0/token                     Entra          /adfs/oauth2/token        AD FS
//! /{tenant}/{b2c_1_…}/…   /tfp/{tenant}/{policy}  B2C            /oidc/token               a generic issuer
//! /ciam/{tenant}/…                                External ID    /cloud2/{tenant}/…        another cloud
//! ```

use super::world::World;

mod claims;
mod metadata;
mod number;
mod reply;

pub use claims::rewrite as rewrite_claims;
pub use metadata::document;
pub use number::{error, number, plain, status};
pub use reply::rewrite as rewrite_reply;

/// A user flow ("policy") of the B2C tenant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UserFlow {
    /// Sign up or sign in.
    SignIn,
    /// Reset a password.
    Reset,
    /// Edit the profile.
    Edit,
}

impl UserFlow {
    /// Every one, for tests and messages.
    pub const ALL: [Self; 3] = [Self::SignIn, Self::Reset, Self::Edit];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::SignIn => "b2c_1_signin",
            Self::Reset => "b2c_1_reset",
            Self::Edit => "b2c_1_edit",
        }
    }

    fn of(name: &str) -> Option<Self> {
        let mut all = Self::ALL.into_iter();
        all.find(|flow| flow.name().eq_ignore_ascii_case(name))
    }
}

/// What is spoken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// Microsoft Entra ID.
    #[default]
    Entra,
    /// Azure AD B2C, with the policy in the path; `tfp`: after `/tfp`.
    B2c {
        /// The policy.
        flow: UserFlow,
        /// Whether the path began with `/tfp`.
        tfp: bool,
    },
    /// Entra External ID.
    Ciam,
    /// Active Directory Federation Services.
    Adfs,
    /// An OpenID Connect issuer that has nothing of Entra's.
    Oidc,
    /// Entra in another cloud.
    SecondCloud,
}

/// An address, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub dialect: Dialect,
    /// The path as Entra would have it.
    pub path: Vec<String>,
    /// A policy that there is not.
    pub unknown_policy: Option<String>,
}

/// Reads a path. `p`: the policy in the query, which B2C takes as well.
pub fn read(path: Vec<String>, p: Option<&str>, world: &World) -> Place {
    let words: Vec<&str> = path.iter().map(String::as_str).collect();
    let of = |dialect, head: &str, rest: &[&str]| {
        let head = std::iter::once(head);
        let path = head.chain(rest.iter().copied()).map(str::to_owned);
        Place {
            dialect,
            path: path.collect(),
            unknown_policy: None,
        }
    };
    let b2c = |tenant: &str, policy: &str, rest: &[&str], tfp| {
        let flow = UserFlow::of(policy);
        let dialect = Dialect::B2c {
            flow: flow.unwrap_or(UserFlow::SignIn),
            tfp,
        };
        let unknown = flow.is_none().then(|| policy.to_owned());
        Place {
            unknown_policy: unknown,
            ..of(dialect, tenant, rest)
        }
    };
    match (words.as_slice(), p) {
        (["tfp", tenant, policy, rest @ ..], _) => b2c(tenant, policy, rest, true),
        ([tenant, policy, rest @ ..], _) if is_policy(policy) => b2c(tenant, policy, rest, false),
        ([tenant, rest @ ..], Some(policy)) if is_policy(policy) => {
            b2c(tenant, policy, rest, false)
        }
        (["adfs", rest @ ..], _) => of(Dialect::Adfs, &world.domain, rest),
        (["ciam", tenant, rest @ ..], _) => of(Dialect::Ciam, tenant, rest),
        (["cloud2", tenant, rest @ ..], _) => of(Dialect::SecondCloud, tenant, rest),
        // Entra's own user info is served below `/oidc` as well.
        (["oidc", rest @ ..], _) if *rest != ["userinfo"] => generic(rest, world, of),
        _ => Place {
            dialect: Dialect::Entra,
            path,
            unknown_policy: None,
        },
    }
}

fn is_policy(word: &str) -> bool {
    word.get(..6).is_some_and(|head| {
        head.eq_ignore_ascii_case("b2c_1_") || head.eq_ignore_ascii_case("b2c_1a")
    })
}

/// The short paths of the generic issuer, in Entra's words.
fn generic(rest: &[&str], world: &World, of: impl Fn(Dialect, &str, &[&str]) -> Place) -> Place {
    let long: &[&str] = match rest {
        [".well-known", "openid-configuration"] => &["v2.0", ".well-known", "openid-configuration"],
        ["token"] => &["oauth2", "v2.0", "token"],
        ["authorize"] => &["oauth2", "v2.0", "authorize"],
        ["device"] => &["oauth2", "v2.0", "devicecode"],
        ["logout"] => &["oauth2", "v2.0", "logout"],
        ["keys"] => &["discovery", "v2.0", "keys"],
        other => other,
    };
    of(Dialect::Oidc, &world.domain, long)
}

impl Dialect {
    /// The first part of every address at this authority. `tenant`: as the address names it.
    pub fn root(self, base: &str, tenant: &str) -> String {
        match self {
            Self::Entra => format!("{base}/{tenant}"),
            Self::B2c { flow, tfp: true } => format!("{base}/tfp/{tenant}/{}", flow.name()),
            Self::B2c { flow, tfp: false } => format!("{base}/{tenant}/{}", flow.name()),
            Self::Ciam => format!("{base}/ciam/{tenant}"),
            Self::SecondCloud => format!("{base}/cloud2/{tenant}"),
            Self::Adfs => format!("{base}/adfs"),
            Self::Oidc => format!("{base}/oidc"),
        }
    }

    /// The issuer of tokens.
    pub fn issuer(self, base: &str, tenant: &str, v1: bool) -> String {
        match self {
            Self::Entra | Self::SecondCloud if v1 => format!("{}/", self.root(base, tenant)),
            Self::Entra | Self::Ciam | Self::SecondCloud => {
                format!("{}/v2.0", self.root(base, tenant))
            }
            Self::B2c { tfp: true, .. } => format!("{}/v2.0/", self.root(base, tenant)),
            Self::B2c { tfp: false, .. } => format!("{base}/{tenant}/v2.0/"),
            Self::Adfs | Self::Oidc => self.root(base, tenant),
        }
    }

    /// The user flow, where it is one of B2C's.
    pub const fn flow(self) -> Option<UserFlow> {
        match self {
            Self::B2c { flow, .. } => Some(flow),
            Self::Entra | Self::Ciam | Self::Adfs | Self::Oidc | Self::SecondCloud => None,
        }
    }

    /// Whether it is one of Entra's, with its headers and members.
    pub const fn is_entra(self) -> bool {
        matches!(self, Self::Entra | Self::Ciam | Self::SecondCloud)
    }

    /// Whether addresses may leave the tenant open.
    pub const fn takes_common(self) -> bool {
        matches!(self, Self::Entra | Self::SecondCloud)
    }

    /// Whether a refresh token works once, and its reuse ends the whole family (RFC 9700 section 4.14.2).
    pub const fn rotates(self) -> bool {
        matches!(self, Self::Oidc)
    }
}

#[cfg(test)]
mod tests;
