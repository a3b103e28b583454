//! The bytes that were sent, or the registration they are compared with, are wrong. Whoever signs in, the same bytes
//! get the same answer.

use super::{Rule, parameter};
use crate::guide::case::Case;
use crate::guide::draft::Basis;
use crate::model::{Actor, Class, Flow, Login, ResponseType};
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
        draft.parameter = Some(target(case));
        draft.rest_on(Basis::Error);
    },
};

/// What named the target (RFC 8707, RFC 8693), as far as the request and the words of the refusal tell.
fn target(case: &Case<'_>) -> &'static str {
    if !case.is_error(&["invalid_target"]) {
        return "scope";
    }
    let named = parameter::in_words(case);
    let named = named.filter(|name| matches!(*name, "resource" | "audience"));
    let further = |name: &str| {
        let spec = case.evidence.spec;
        spec.is_some_and(|spec| spec.asking.extra.iter().any(|(known, _)| known == name))
    };
    match named {
        Some(name) => name,
        None if case.is_flow(&[Flow::TokenExchange]) || further("audience") => "audience",
        None if further("resource") => "resource",
        None => "scope",
    }
}

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
    judge: |case, draft| {
        draft.suppose(
            Class::Config,
            &[Actor::Developer, Actor::AppOwner],
            Login::No,
            &["fix-request", "repair-registration"],
        );
        let spec = case.evidence.spec;
        let usual = spec.is_some_and(|spec| spec.asking.response_type == ResponseType::Code);
        let of_type = case.is_error(&["unsupported_response_type"]) && !usual;
        draft.parameter = Some(if of_type { "response_type" } else { "flow" });
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
