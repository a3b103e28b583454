//! How the client proves who it is. A secret's value is looked at and never repeated.

use super::{Check, Lint, shape};
use crate::model::{CertificateMethod, ClientKind, Credential, Flow, RunSpec};
use crate::strings::guide::lint as says;

/// Client credentials and exchanged tokens need a confidential client and its proof (RFC 6749 section 4.4).
pub(super) const APP_NEEDS_ONE: Check = Check {
    id: "app-needs-secret",
    look: app_needs_one,
};

/// The secret's text: there, whole, its value and not its id.
pub(super) const SECRET_TEXT: Check = Check {
    id: "secret-text",
    look: secret_text,
};

/// A public client has no secret (RFC 6749 section 2.1).
pub(super) const PUBLIC_HAS_NONE: Check = Check {
    id: "public-has-no-secret",
    look: public_has_none,
};

/// A confidential client proves who it is whenever it redeems something (RFC 6749 section 3.2.1).
pub(super) const CONFIDENTIAL_HAS_ONE: Check = Check {
    id: "confidential-has-secret",
    look: confidential_has_one,
};

/// A refresh token is one word.
pub(super) const REFRESH_TOKEN: Check = Check {
    id: "refresh-token",
    look: refresh_token,
};

const fn is_public(kind: ClientKind) -> bool {
    match kind {
        ClientKind::Desktop | ClientKind::Spa => true,
        ClientKind::Web | ClientKind::Daemon | ClientKind::Api => false,
    }
}

/// Whether it says nothing of who the client is: a certificate that only binds tokens proves nothing.
fn proves_nothing(credential: &Credential) -> bool {
    *credential == Credential::Public
        || credential.in_handshake() == Some(CertificateMethod::Binding)
}

fn app_needs_one(spec: &RunSpec, lint: &mut Lint) {
    let kind = spec.client_kind.word();
    let (public, without) = match spec.flow {
        Flow::ClientCredentials => (says::app_is_public(kind), says::SECRET_NONE),
        Flow::OnBehalfOf => (says::exchange_is_public(kind), says::EXCHANGE_NONE),
        Flow::Ciba => (says::ciba_is_public(kind), says::CIBA_NONE),
        Flow::UserFic => (says::agent_is_public(kind), says::AGENT_NONE),
        Flow::Silent
        | Flow::Interactive
        | Flow::DeviceCode
        | Flow::Password
        | Flow::RefreshToken
        | Flow::TokenExchange
        | Flow::JwtBearer
        | Flow::SamlBearer
        | Flow::ManagedIdentity
        | Flow::AdminConsent => return,
    };
    if is_public(spec.client_kind) {
        lint.problem(public, "client_kind", says::CONFIDENTIAL);
    }
    if proves_nothing(&spec.credential) {
        lint.problem(without, "client_secret", says::SECRET);
    }
}

fn secret_text(spec: &RunSpec, lint: &mut Lint) {
    let Credential::Secret(secret) = &spec.credential else {
        return;
    };
    let text = secret.reveal();
    let at = "client_secret";
    if text.trim().is_empty() {
        lint.problem(says::SECRET_EMPTY, at, says::SECRET);
    } else if shape::is_placeholder_secret(text) {
        lint.problem(says::SECRET_PLACEHOLDER, at, says::SECRET);
    } else if shape::is_guid(text.trim()) {
        lint.warning(says::SECRET_IS_ID, at, says::SECRET);
    }
    if !text.trim().is_empty() && text.trim() != text {
        lint.warning(says::SECRET_SPACES, at, says::SECRET_WHOLE);
    }
}

fn public_has_none(spec: &RunSpec, lint: &mut Lint) {
    let has_one = spec.credential != Credential::Ask && !proves_nothing(&spec.credential);
    if has_one && is_public(spec.client_kind) && spec.flow != Flow::ClientCredentials {
        lint.warning(
            says::public_with_secret(spec.client_kind.word()),
            "client_secret",
            says::NO_SECRET,
        );
    }
}

fn confidential_has_one(spec: &RunSpec, lint: &mut Lint) {
    let redeems = match spec.flow {
        Flow::Interactive | Flow::RefreshToken | Flow::Silent => true,
        Flow::DeviceCode
        | Flow::Ciba
        | Flow::ClientCredentials
        | Flow::Password
        | Flow::OnBehalfOf
        | Flow::TokenExchange
        | Flow::JwtBearer
        | Flow::SamlBearer
        | Flow::UserFic
        | Flow::ManagedIdentity
        | Flow::AdminConsent => false,
    };
    if redeems && !is_public(spec.client_kind) && proves_nothing(&spec.credential) {
        lint.warning(
            says::confidential_without(spec.client_kind.word()),
            "client_secret",
            says::SECRET_OR_PUBLIC,
        );
    }
}

fn refresh_token(spec: &RunSpec, lint: &mut Lint) {
    if spec.flow != Flow::RefreshToken {
        return;
    }
    let Some(token) = &spec.refresh_token else {
        return;
    };
    let text = token.reveal();
    if text.trim().is_empty() {
        lint.problem(says::REFRESH_EMPTY, "refresh_token", says::REFRESH);
    } else if text.trim().contains(char::is_whitespace) || shape::has_control(text.trim()) {
        lint.problem(says::REFRESH_SPACES, "refresh_token", says::REFRESH);
    } else if text.split('.').count() == 3 && text.starts_with("eyJ") {
        lint.warning(says::REFRESH_IS_JWT, "refresh_token", says::REFRESH);
    }
}
