//! The bytes that were sent, or the registration they are compared with, are wrong. Whoever signs in, the same bytes
//! get the same answer.

use super::Rule;
use crate::guide::case::Case;
use crate::guide::draft::Basis;
use crate::model::{Actor, Class, Flow, Login};
use crate::strings::guide::request as says;

/// The redirect URI is not registered. Shown on a page; the program hears nothing.
pub(super) const REDIRECT: Rule = Rule {
    id: "request/redirect",
    applies: |case, _| {
        case.has_code(&["AADSTS50011", "AADSTS500112", "AADB2C90006"])
            || case.is_error(&["redirect_uri_mismatch"])
    },
    judge: |case, draft| {
        draft.title(case, says::REDIRECT);
        draft.suppose(
            Class::Config,
            &[Actor::AppOwner, Actor::Developer],
            Login::No,
            &["register-redirect-uri", "fix-request"],
        );
        draft.parameter = Some("redirect_uri");
    },
};

/// The scope or the resource behind it.
pub(super) const SCOPE: Rule = Rule {
    id: "request/scope",
    applies: |case, _| {
        case.is_error(&["invalid_scope", "invalid_target", "invalid_resource"]) && !case.is_known()
    },
    judge: |case, draft| {
        draft.suppose(
            Class::Request,
            &[Actor::Developer, Actor::ResourceOwner],
            Login::No,
            &["fix-request", "publish-scope"],
        );
        let exchange = case.is_flow(&[Flow::TokenExchange]) && case.is_error(&["invalid_target"]);
        draft.parameter = Some(if exchange { "audience" } else { "scope" });
        draft.rest_on(Basis::Error);
    },
};

/// The tenant, or the cloud that was asked for it.
pub(super) const TENANT: Rule = Rule {
    id: "request/tenant",
    applies: |case, _| case.is_error(&["invalid_tenant", "invalid_instance"]) && !case.is_known(),
    judge: |case, draft| {
        draft.title(case, says::TENANT);
        draft.suppose(
            Class::Tenant,
            &[Actor::Developer],
            Login::No,
            &["fix-request", "use-right-authority"],
        );
        draft.parameter = Some("authority");
        draft.rest_on(Basis::Error);
    },
};

/// The way of asking is not offered, or not to this client.
pub(super) const GRANT_TYPE: Rule = Rule {
    id: "request/grant-type",
    applies: |case, _| {
        let errors = [
            "unsupported_grant_type",
            "unsupported_response_type",
            "unauthorized_client",
        ];
        case.is_error(&errors) && !case.is_known()
    },
    judge: |_, draft| {
        draft.suppose(
            Class::Config,
            &[Actor::Developer, Actor::AppOwner],
            Login::No,
            &["fix-request", "repair-registration"],
        );
        draft.parameter = Some("flow");
        draft.rest_on(Basis::Error);
    },
};

/// The request is malformed.
pub(super) const MALFORMED: Rule = Rule {
    id: "request/malformed",
    applies: |case, _| {
        case.is_error(&[
            "invalid_request",
            "invalid_request_object",
            "invalid_request_uri",
        ]) && !case.is_known()
    },
    judge: |_, draft| {
        draft.suppose(
            Class::Request,
            &[Actor::Developer],
            Login::No,
            &["fix-request", "correct-the-code"],
        );
        draft.rest_on(Basis::Error);
    },
};

/// Parameters by the names that descriptions quote, and the form's name for each.
const QUOTED: &[(&str, &str)] = &[
    ("'scope'", "scope"),
    ("'resource'", "scope"),
    ("'client_id'", "client_id"),
    ("'client_secret'", "client_secret"),
    ("'client_assertion'", "client_secret"),
    ("'redirect_uri'", "redirect_uri"),
    ("'username'", "username"),
    ("'password'", "password"),
    ("'refresh_token'", "refresh_token"),
    ("'claims'", "claims"),
    ("'prompt'", "prompt"),
    ("'grant_type'", "flow"),
];

/// Codes whose parameter is known.
const BY_CODE: &[(&str, &str)] = &[
    ("AADSTS700016", "client_id"),
    ("AADSTS70001", "client_id"),
    ("AADSTS50011", "redirect_uri"),
    ("AADSTS500112", "redirect_uri"),
    ("AADSTS70011", "scope"),
    ("AADSTS500011", "scope"),
    ("AADSTS50001", "scope"),
    ("AADSTS650057", "scope"),
    ("AADSTS28000", "scope"),
    ("AADSTS28002", "scope"),
    ("AADSTS28003", "scope"),
    ("AADSTS1002012", "scope"),
    ("AADSTS90002", "authority"),
    ("AADSTS900439", "authority"),
    ("AADSTS900432", "authority"),
    ("AADSTS90023", "authority"),
    ("AADSTS50059", "authority"),
    ("AADSTS90027", "authority"),
    ("AADSTS90124", "authority"),
    ("AADSTS90130", "authority"),
    ("AADSTS90133", "authority"),
    ("AADSTS500201", "authority"),
    ("AADSTS9001023", "authority"),
    ("AADSTS9002332", "authority"),
    ("AADSTS9002331", "authority"),
    ("AADSTS9002346", "authority"),
    ("AADSTS700005", "authority"),
    ("AADB2C90087", "authority"),
    ("AADB2C90088", "authority"),
    ("AADSTS7000218", "client_secret"),
    ("AADSTS7000216", "client_secret"),
    ("AADSTS700025", "client_secret"),
    ("AADSTS50034", "username"),
    ("AADSTS70003", "flow"),
];

/// The parameter that a step "change the request" is about.
pub(in crate::guide) fn parameter(case: &Case<'_>, class: Class) -> &'static str {
    let by_code = BY_CODE
        .iter()
        .find(|(code, _)| case.primary() == Some(code));
    let quoted = || QUOTED.iter().find(|(quoted, _)| case.says(quoted));
    if let Some((_, parameter)) = by_code.or_else(quoted) {
        return parameter;
    }
    match class {
        Class::Tenant => "authority",
        Class::AppCredential => "client_secret",
        Class::UserCredential | Class::Account => "username",
        Class::Config => "client_id",
        Class::Grant => "flow",
        _ => "scope",
    }
}
