//! For what: the scopes. At Entra v2.0 a token is for one resource, and an application without a user asks for
//! everything it was granted there: `<resource>/.default` (protocol page "client credentials").

use super::{Check, Lint, shape};
use crate::model::{AuthorityKind, Flow, RunSpec};
use crate::strings::guide::lint as says;

/// No empty scope, no commas, no text of an example; an application names at least one.
pub(super) const LIST: Check = Check {
    id: "scope-list",
    look: list,
};

/// Only characters that a scope may have (RFC 6749 appendix A.4).
pub(super) const CHARACTERS: Check = Check {
    id: "scope-characters",
    look: characters,
};

/// Scopes of OpenID Connect alone ask for no API's token; MSAL adds them itself and refuses them in its arguments.
pub(super) const RESERVED_ALONE: Check = Check {
    id: "scope-reserved-alone",
    look: reserved_alone,
};

/// One resource a token request.
pub(super) const ONE_RESOURCE: Check = Check {
    id: "scope-one-resource",
    look: one_resource,
};

/// Without a user: `<resource>/.default`.
pub(super) const DEFAULT_FOR_APPS: Check = Check {
    id: "scope-default-for-apps",
    look: default_for_apps,
};

/// `.default` stands alone.
pub(super) const DEFAULT_MIXED: Check = Check {
    id: "scope-default-mixed",
    look: default_mixed,
};

/// Scopes of OpenID Connect: they belong to no resource.
const RESERVED: &[&str] = &[
    "openid",
    "profile",
    "email",
    "offline_access",
    "address",
    "phone",
];
/// The resource of a scope that names none, at Entra.
const GRAPH: &str = "https://graph.microsoft.com";
/// The same resource by its application id.
const GRAPH_ID: &str = "00000003-0000-0000-c000-000000000000";

fn list(spec: &RunSpec, lint: &mut Lint) {
    for scope in &spec.scopes {
        if scope.trim().is_empty() {
            lint.problem(says::SCOPE_EMPTY, "scope", says::SCOPE_EACH);
        } else if scope.contains(',') || scope.contains(';') {
            lint.problem(says::scope_comma(scope), "scope", says::SCOPE_EACH);
        } else if shape::is_placeholder(scope) {
            lint.problem(says::placeholder(scope), "scope", says::SCOPE_REAL);
        } else if scope.trim().contains(char::is_whitespace) {
            lint.warning(says::scope_space(scope), "scope", says::SCOPE_EACH);
        }
    }
    let app = spec.flow == Flow::ClientCredentials && spec.authority.kind == AuthorityKind::EntraV2;
    let machine = spec.flow == Flow::ManagedIdentity;
    if (app || machine) && spec.scopes.is_empty() {
        lint.problem(says::SCOPE_NONE, "scope", says::SCOPE_DEFAULT);
    }
}

fn characters(spec: &RunSpec, lint: &mut Lint) {
    let allowed = |c: char| matches!(c, '\x21' | '\x23'..='\x5b' | '\x5d'..='\x7e');
    for scope in &spec.scopes {
        let wrong = scope.chars().find(|c| !allowed(*c) && !c.is_whitespace());
        if let Some(c) = wrong {
            lint.problem(
                says::scope_character(scope, c),
                "scope",
                says::SCOPE_CHARACTERS,
            );
        }
    }
}

/// The scopes, one each, whether typed one by one or in a row.
fn words(spec: &RunSpec) -> impl Iterator<Item = &str> {
    spec.scopes
        .iter()
        .flat_map(|scope| scope.split_whitespace())
}

/// The resource that a scope belongs to; `None` for the scopes of OpenID Connect.
fn resource(scope: &str) -> Option<String> {
    let lower = scope.to_ascii_lowercase();
    if RESERVED.contains(&lower.as_str()) {
        return None;
    }
    let resource = match lower.rsplit_once('/') {
        Some((before, _)) if !before.is_empty() => before.trim_end_matches('/').to_owned(),
        _ => GRAPH.to_owned(),
    };
    Some(if resource == GRAPH_ID {
        GRAPH.to_owned()
    } else {
        resource
    })
}

/// The resources that the scopes belong to, each once.
pub(super) fn resources(spec: &RunSpec) -> Vec<String> {
    let mut resources: Vec<String> = Vec::new();
    for found in words(spec).filter_map(resource) {
        if !resources.contains(&found) {
            resources.push(found);
        }
    }
    resources
}

/// The resources that are named by an address: a scope without one belongs to the cloud's own Graph.
pub(super) fn addresses(spec: &RunSpec) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let named = words(spec).filter(|scope| scope.contains("://"));
    for resource in named.filter_map(resource) {
        if !found.contains(&resource) {
            found.push(resource);
        }
    }
    found
}

fn reserved_alone(spec: &RunSpec, lint: &mut Lint) {
    let entra = matches!(
        spec.authority.kind,
        AuthorityKind::EntraV2 | AuthorityKind::Ciam | AuthorityKind::B2c
    );
    let named = words(spec).next().is_some();
    if entra && named && spec.flow != Flow::ClientCredentials && resources(spec).is_empty() {
        lint.warning(says::RESERVED_ALONE, "scope", says::SCOPE_REAL);
    }
}

fn one_resource(spec: &RunSpec, lint: &mut Lint) {
    if spec.authority.kind != AuthorityKind::EntraV2 {
        return;
    }
    let resources = resources(spec);
    if resources.len() > 1 {
        lint.problem(says::resources(&resources), "scope", says::ONE_RESOURCE);
    }
}

fn default_for_apps(spec: &RunSpec, lint: &mut Lint) {
    if spec.flow != Flow::ClientCredentials {
        return;
    }
    for scope in words(spec).filter(|scope| !scope.to_ascii_lowercase().ends_with("/.default")) {
        match spec.authority.kind {
            AuthorityKind::EntraV2 | AuthorityKind::Ciam => {
                lint.problem(says::not_default(scope), "scope", says::SCOPE_DEFAULT);
            }
            AuthorityKind::Undetermined | AuthorityKind::B2c => {
                lint.warning(says::not_default(scope), "scope", says::SCOPE_DEFAULT);
            }
            AuthorityKind::EntraV1 | AuthorityKind::Adfs | AuthorityKind::Oidc => {}
        }
    }
}

fn default_mixed(spec: &RunSpec, lint: &mut Lint) {
    let is_default =
        |scope: &str| scope == ".default" || scope.to_ascii_lowercase().ends_with("/.default");
    let own: Vec<&str> = words(spec)
        .filter(|scope| resource(scope).is_some())
        .collect();
    if own.len() > 1 && own.iter().any(|scope| is_default(scope)) {
        lint.warning(says::DEFAULT_MIXED, "scope", says::DEFAULT_ALONE);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_resource_is_what_stands_before_the_last_slash() {
        assert_eq!(resource("User.Read").as_deref(), Some(GRAPH));
        assert_eq!(
            resource("https://graph.microsoft.com/User.Read").as_deref(),
            Some(GRAPH)
        );
        assert_eq!(
            resource("https://graph.microsoft.com//.default").as_deref(),
            Some(GRAPH)
        );
        assert_eq!(
            resource("00000003-0000-0000-c000-000000000000/.default").as_deref(),
            Some(GRAPH)
        );
        assert_eq!(
            resource("api://contoso-orders/read").as_deref(),
            Some("api://contoso-orders")
        );
        assert_eq!(resource("offline_access"), None);
    }
}
