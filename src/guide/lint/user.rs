//! The user of the password flow, and user names at large. One user name a run; there are no lists.

use super::{Check, Lint, shape};
use crate::model::{Flow, RunSpec, Secret};
use crate::strings::grants;
use crate::strings::guide::lint as says;

/// The password flow needs one user name and a password that is not empty (RFC 6749 section 4.3).
pub(super) const PASSWORD_USER: Check = Check {
    id: "password-user",
    look: password_user,
};

/// The password flow needs a tenant: not `common`, not `consumers` (protocol page "password").
pub(super) const PASSWORD_TENANT: Check = Check {
    id: "password-tenant",
    look: password_tenant,
};

/// A user name is one name.
pub(super) const NAME: Check = Check {
    id: "user-name",
    look: name,
};

/// An application acts for one user, named by user name or by object id.
pub(super) const AGENT_USER: Check = Check {
    id: "agent-user",
    look: agent_user,
};

/// Somebody is asked on their own device: one person, named beforehand (OpenID Connect CIBA Core 7.1).
pub(super) const CIBA_USER: Check = Check {
    id: "ciba-user",
    look: ciba_user,
};

fn ciba_user(spec: &RunSpec, lint: &mut Lint) {
    let named = spec
        .username
        .as_deref()
        .is_some_and(|name| !name.trim().is_empty());
    if spec.flow == Flow::Ciba && !named {
        lint.problem(says::CIBA_USER, "username", says::CIBA_USER_EXPECTED);
    }
}

fn agent_user(spec: &RunSpec, lint: &mut Lint) {
    if spec.flow != Flow::UserFic {
        return;
    }
    let there = |text: &Option<String>| text.as_ref().is_some_and(|text| !text.trim().is_empty());
    match (there(&spec.username), there(&spec.presented.user_id)) {
        (false, false) => lint.problem(grants::NO_USER, "username", grants::ONE_USER),
        (true, true) => lint.problem(grants::TWO_USERS, "user_id", grants::ONE_USER),
        (true, false) | (false, true) => {}
    }
    let id = spec.presented.user_id.as_deref().map(str::trim);
    if let Some(id) = id.filter(|id| !id.is_empty())
        && (!shape::is_guid(id) || shape::is_placeholder(id))
    {
        lint.problem(says::user_id(id), "user_id", says::USER_ID);
    }
}

fn password_user(spec: &RunSpec, lint: &mut Lint) {
    if spec.flow != Flow::Password {
        return;
    }
    if spec
        .username
        .as_deref()
        .is_none_or(|name| name.trim().is_empty())
    {
        lint.problem(says::USER_NONE, "username", says::USER);
    }
    if spec.password.as_ref().is_some_and(Secret::is_empty) {
        lint.problem(says::PASSWORD_EMPTY, "password", says::PASSWORD);
    }
}

fn password_tenant(spec: &RunSpec, lint: &mut Lint) {
    if spec.flow != Flow::Password || !spec.authority.is_entra() {
        return;
    }
    let tenant = spec.authority.tenant().unwrap_or_default();
    if ["common", "consumers"]
        .iter()
        .any(|name| tenant.eq_ignore_ascii_case(name))
    {
        lint.problem(
            says::password_tenant(tenant),
            "authority",
            says::PASSWORD_TENANT,
        );
    }
}

fn name(spec: &RunSpec, lint: &mut Lint) {
    let Some(name) = spec
        .username
        .as_deref()
        .filter(|name| !name.trim().is_empty())
    else {
        return;
    };
    let several = name.trim().contains([',', ';']) || name.trim().contains(char::is_whitespace);
    if shape::is_placeholder(name) {
        lint.problem(says::placeholder(name), "username", says::USER);
    } else if several || shape::has_control(name) {
        lint.problem(says::USER_LIST, "username", says::USER);
    } else if name.trim() != name {
        lint.problem(says::spaces_around(name), "username", says::USER);
    } else if spec.flow == Flow::Password && !name.contains('@') && spec.authority.is_entra() {
        lint.warning(says::user_without_domain(name), "username", says::USER);
    }
}
