//! What is asked of the sign-in page: whether there is one, and whether whoever is asked knows it.

use super::{Check, Lint, shape};
use crate::model::asking::refused;
use crate::model::{
    Asking, AuthorityKind, ChallengeMethod, Credential, Flow, ResponseMode, RunSpec,
};
use crate::strings::asking as says;
use crate::strings::guide::lint as lints;

/// Only a sign-in in the browser has an authorization request.
pub(super) const OF_NO_PAGE: Check = Check {
    id: "asked-of-no-page",
    look: of_no_page,
};

/// A domain, and at a service that knows the parameter.
pub(super) const DOMAIN_HINT: Check = Check {
    id: "domain-hint",
    look: domain_hint,
};

/// A further parameter that is none of the flow's own and no secret.
pub(super) const EXTRA: Check = Check {
    id: "extra-parameter",
    look: extra,
};

/// Tokens that come with the answer of the page.
pub(super) const LEGACY: Check = Check {
    id: "legacy-response-type",
    look: legacy,
};

/// A code that is not bound to the run, or not well.
pub(super) const WEAK_PKCE: Check = Check {
    id: "weak-pkce",
    look: weak_pkce,
};

/// A signed request needs a key.
pub(super) const REQUEST_KEY: Check = Check {
    id: "request-key",
    look: request_key,
};

/// Microsoft's services know neither signed requests and answers nor authorization details.
pub(super) const AT_MICROSOFT: Check = Check {
    id: "unknown-at-microsoft",
    look: at_microsoft,
};

/// A text for the person's device (OpenID Connect CIBA Core 7.1).
pub(super) const BINDING: Check = Check {
    id: "binding-message",
    look: binding,
};

fn binding(spec: &RunSpec, lint: &mut Lint) {
    let Some(text) = spec.asking.binding_message.as_deref() else {
        return;
    };
    let at = "binding_message";
    if text.trim().is_empty() || shape::has_control(text) {
        lint.problem(lints::BINDING_TEXT, at, lints::BINDING_EXPECTED);
    } else if spec.flow != Flow::Ciba {
        lint.warning(lints::BINDING_UNUSED, at, lints::BINDING_FLOW);
    }
}

fn of_no_page(spec: &RunSpec, lint: &mut Lint) {
    // A silent run belongs to the sign-in that went before it.
    let without = !matches!(spec.flow, Flow::Interactive | Flow::Silent);
    let on_device = spec.flow == Flow::Ciba;
    let values = spec.asking.acr_values.clone();
    let beside = Asking {
        prompt: None,
        binding_message: None,
        acr_values: values.filter(|_| !on_device),
        ..spec.asking.clone()
    };
    if without && !beside.is_usual() {
        let what = says::asked_of_nobody(spec.flow.word());
        lint.warning(what, "flow", says::BROWSER_FLOW);
    }
}

fn domain_hint(spec: &RunSpec, lint: &mut Lint) {
    let Some(text) = spec.asking.domain_hint.as_deref() else {
        return;
    };
    let apart = |c: char| c.is_whitespace() || c.is_control() || "/@:?#&".contains(c);
    if text.is_empty() || text.contains(apart) || shape::is_placeholder(text) {
        lint.problem(says::domain_hint(text), "extra", says::DOMAIN_EXPECTED);
    } else if spec.authority.kind == AuthorityKind::Oidc {
        lint.warning(says::DOMAIN_HINT_ELSEWHERE, "extra", says::LOGIN_HINT);
    }
}

fn extra(spec: &RunSpec, lint: &mut Lint) {
    for (name, _) in &spec.asking.extra {
        lint.problems.extend(refused(name).err());
    }
}

fn legacy(spec: &RunSpec, lint: &mut Lint) {
    let kind = spec.asking.response_type;
    if spec.flow != Flow::Interactive || !spec.asking.brings_tokens() {
        return;
    }
    lint.warning(
        says::legacy(kind.word()),
        "response_type",
        says::CODE_INSTEAD,
    );
    let mode = spec.asking.mode();
    if matches!(mode, ResponseMode::Query | ResponseMode::QueryJwt) {
        lint.warning(says::TOKENS_IN_QUERY, "response_mode", says::TOKEN_MODES);
    }
}

fn weak_pkce(spec: &RunSpec, lint: &mut Lint) {
    if spec.flow != Flow::Interactive || !spec.asking.response_type.has_code() {
        return;
    }
    match spec.asking.challenge() {
        ChallengeMethod::S256 => {}
        ChallengeMethod::Plain => lint.warning(says::PKCE_PLAIN, "pkce", says::S256),
        ChallengeMethod::None => lint.warning(says::PKCE_NONE, "pkce", says::S256),
    }
}

fn request_key(spec: &RunSpec, lint: &mut Lint) {
    let keyless = matches!(
        spec.credential,
        Credential::Public | Credential::Assertion(_)
    );
    if spec.flow == Flow::Interactive && spec.asking.request_object && keyless {
        lint.problem(says::NO_REQUEST_KEY, "request", says::REQUEST_KEY);
    }
}

fn at_microsoft(spec: &RunSpec, lint: &mut Lint) {
    let kind = spec.authority.kind;
    if spec.flow != Flow::Interactive || !is_microsoft(kind) {
        return;
    }
    if spec.asking.request_object {
        lint.problem(says::NO_REQUEST_OBJECT, "request", says::PLAIN_REQUEST);
    }
    if spec.asking.mode().is_signed() {
        lint.problem(says::NO_JARM, "response_mode", says::PLAIN_MODES);
    }
    if spec.asking.authorization_details.is_some() {
        let (what, expected) = (says::NO_DETAILS, says::SCOPES_INSTEAD);
        lint.warning(what, "authorization_details", expected);
    }
}

const fn is_microsoft(kind: AuthorityKind) -> bool {
    matches!(
        kind,
        AuthorityKind::EntraV1 | AuthorityKind::EntraV2 | AuthorityKind::B2c | AuthorityKind::Ciam
    )
}
