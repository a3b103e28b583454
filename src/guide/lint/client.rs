//! Who: the client id.

use super::{Check, Lint, shape};
use crate::model::{AuthorityKind, RunSpec};
use crate::strings::guide::lint as says;

/// The client id is there, whole, and a GUID where the issuer gives out GUIDs.
pub(super) const ID: Check = Check {
    id: "client-id",
    look: id,
};

/// The client id is not the tenant's id.
pub(super) const IS_TENANT: Check = Check {
    id: "client-id-is-tenant",
    look: is_tenant,
};

fn id(spec: &RunSpec, lint: &mut Lint) {
    let id = spec.client_id.as_str();
    let guids = matches!(
        spec.authority.kind,
        AuthorityKind::EntraV1 | AuthorityKind::EntraV2 | AuthorityKind::B2c | AuthorityKind::Ciam
    );
    let expected = if guids {
        says::CLIENT_GUID
    } else {
        says::CLIENT_TEXT
    };
    if id.trim().is_empty() {
        lint.problem(says::CLIENT_EMPTY, "client_id", expected);
    } else if shape::is_placeholder(id) {
        lint.problem(says::placeholder(id), "client_id", expected);
    } else if id.trim() != id || shape::has_control(id) {
        lint.problem(says::spaces_around(id), "client_id", expected);
    } else if guids && !shape::is_guid(id) {
        lint.problem(says::not_a_guid(id), "client_id", expected);
    }
}

fn is_tenant(spec: &RunSpec, lint: &mut Lint) {
    let tenant = spec.authority.tenant().unwrap_or_default();
    if shape::is_guid(tenant) && tenant.eq_ignore_ascii_case(&spec.client_id) {
        lint.warning(says::CLIENT_IS_TENANT, "client_id", says::CLIENT_GUID);
    }
}
