//! The flows that present a token or an assertion: whether the authority has a use for it, and for what it is asked.

use url::Url;

use super::{Check, Lint, shape};
use crate::model::{AuthorityKind, Flow, RunSpec};
use crate::strings::guide::lint as says;

/// Entra exchanges tokens only on behalf of a user, and takes SAML only of a federated domain's own server.
pub(super) const AT_ENTRA: Check = Check {
    id: "exchange-at-entra",
    look: at_entra,
};

/// An audience is a name and a resource an absolute address without a fragment (RFC 8693 section 2.1, RFC 8707
/// section 2).
pub(super) const TARGETS: Check = Check {
    id: "exchange-targets",
    look: targets,
};

fn at_entra(spec: &RunSpec, lint: &mut Lint) {
    let microsofts = match spec.authority.kind {
        AuthorityKind::EntraV1
        | AuthorityKind::EntraV2
        | AuthorityKind::B2c
        | AuthorityKind::Ciam => true,
        AuthorityKind::Adfs | AuthorityKind::Oidc | AuthorityKind::Undetermined => false,
    };
    if !microsofts {
        return;
    }
    if let Some((what, instead)) = says::no_use_at_entra(spec.flow) {
        lint.warning(what, "flow", instead);
    }
}

fn targets(spec: &RunSpec, lint: &mut Lint) {
    if !matches!(
        spec.flow,
        Flow::TokenExchange | Flow::JwtBearer | Flow::SamlBearer
    ) {
        return;
    }
    for audience in &spec.presented.audiences {
        if audience.trim().is_empty() || shape::has_control(audience) {
            lint.problem(says::AUDIENCE_EMPTY, "audience", says::AUDIENCE);
        } else if shape::is_placeholder(audience) {
            lint.problem(says::placeholder(audience), "audience", says::AUDIENCE);
        }
    }
    for resource in &spec.presented.resources {
        let whole = Url::parse(resource.trim()).is_ok_and(|url| url.fragment().is_none());
        if !whole || shape::is_placeholder(resource) {
            lint.problem(says::resource(resource), "resource_uri", says::RESOURCE);
        }
    }
}
