//! Looks at a request before it is sent. What could not be sent, or would only be refused as malformed, is a problem
//! of the request; what may be meant but rarely is, is a warning. Knows no network: only what can be seen in the
//! [`RunSpec`] itself is judged, and a secret's value is never repeated.

mod asking;
mod authority;
mod claims;
mod client;
mod cloud;
mod credential;
mod exchange;
mod extension;
mod fitting;
mod redirect;
mod scope;
mod shape;
mod user;

use crate::model::{Flow, Problem, RunSpec};

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lint {
    /// What keeps the request from being sent.
    pub problems: Vec<Problem>,
    /// What is allowed but is seldom what was meant.
    pub warnings: Vec<Problem>,
}

impl Lint {
    fn problem(&mut self, what: impl Into<String>, at: &str, expected: impl Into<String>) {
        self.problems.push(Problem::new(what, at, expected));
    }

    fn warning(&mut self, what: impl Into<String>, at: &str, expected: impl Into<String>) {
        self.warnings.push(Problem::new(what, at, expected));
    }
}

/// One thing that is looked at.
#[derive(Clone, Copy)]
pub struct Check {
    /// Its name, unique.
    pub id: &'static str,
    look: fn(&RunSpec, &mut Lint),
}

/// Every check, in the order of the form: whom, who, for what, how.
pub const CHECKS: &[Check] = &[
    authority::TENANT,
    authority::CLOSED_CLOUD,
    cloud::SAME,
    client::ID,
    client::IS_TENANT,
    scope::LIST,
    scope::CHARACTERS,
    scope::RESERVED_ALONE,
    scope::ONE_RESOURCE,
    scope::DEFAULT_FOR_APPS,
    scope::DEFAULT_MIXED,
    redirect::ADDRESS,
    redirect::LISTENING,
    redirect::FITS_CLIENT,
    claims::OBJECT,
    claims::CAPABILITY,
    credential::APP_NEEDS_ONE,
    credential::SECRET_TEXT,
    credential::PUBLIC_HAS_NONE,
    credential::CONFIDENTIAL_HAS_ONE,
    credential::REFRESH_TOKEN,
    user::PASSWORD_USER,
    user::PASSWORD_TENANT,
    user::AGENT_USER,
    user::CIBA_USER,
    user::NAME,
    fitting::FLOW_AND_CLIENT,
    fitting::API_ADDRESS,
    fitting::SILENT_PROMPT,
    exchange::AT_ENTRA,
    exchange::TARGETS,
    asking::OF_NO_PAGE,
    asking::BINDING,
    asking::DOMAIN_HINT,
    asking::EXTRA,
    asking::LEGACY,
    asking::WEAK_PKCE,
    asking::REQUEST_KEY,
    asking::AT_MICROSOFT,
    extension::OF_MACHINE,
    extension::DPOP_AT_MICROSOFT,
    extension::NOTHING_TO_PUSH,
    extension::REGION_FITS,
];

/// Looks at a request before it is sent. `problems` empty: it may go.
pub fn check(spec: &RunSpec) -> Lint {
    let mut lint = Lint::default();
    for check in CHECKS.iter().filter(|check| fits(check, spec)) {
        (check.look)(spec, &mut lint);
    }
    lint
}

/// A machine is asked for its own identity: there is no authority, client or user to look at.
fn fits(check: &Check, spec: &RunSpec) -> bool {
    spec.flow != Flow::ManagedIdentity
        || check.id == scope::LIST.id
        || check.id == scope::ONE_RESOURCE.id
        || check.id == extension::OF_MACHINE.id
}

/// The resources that the scopes belong to, each once; empty where only scopes of OpenID Connect are asked for.
pub(super) fn resources(spec: &RunSpec) -> Vec<String> {
    scope::resources(spec)
}

#[cfg(test)]
mod tests;
