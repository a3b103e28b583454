//! Whom: the tenant in the authority.

use super::{Check, Lint, shape};
use crate::model::{AuthorityKind, Flow, RunSpec};
use crate::strings::guide::lint as says;

/// Entra, B2C and External ID name the tenant in the path; text of an example is no tenant.
pub(super) const TENANT: Check = Check {
    id: "authority-tenant",
    look: tenant,
};

/// A cloud that was closed answers nobody.
pub(super) const CLOSED_CLOUD: Check = Check {
    id: "authority-closed-cloud",
    look: closed_cloud,
};

fn tenant(spec: &RunSpec, lint: &mut Lint) {
    let authority = &spec.authority;
    if shape::is_placeholder(authority.host()) {
        lint.problem(
            says::placeholder(authority.host()),
            "authority",
            says::REAL_HOST,
        );
    }
    let Some(tenant) = authority.tenant() else {
        if authority.is_entra() {
            lint.problem(
                says::no_tenant(authority.as_str()),
                "authority",
                says::A_TENANT,
            );
        }
        return;
    };
    if shape::is_placeholder(tenant) {
        lint.problem(says::placeholder(tenant), "authority", says::A_TENANT);
    }
    let single = matches!(
        authority.kind,
        AuthorityKind::EntraV1 | AuthorityKind::EntraV2
    );
    if single && spec.flow == Flow::ClientCredentials && shape::is_shared_tenant(tenant) {
        lint.warning(
            says::app_in_shared_tenant(tenant),
            "authority",
            says::ONE_TENANT,
        );
    }
}

fn closed_cloud(spec: &RunSpec, lint: &mut Lint) {
    if spec
        .authority
        .host()
        .eq_ignore_ascii_case("login.microsoftonline.de")
    {
        lint.warning(says::CLOSED_CLOUD, "authority", says::REAL_HOST);
    }
}
