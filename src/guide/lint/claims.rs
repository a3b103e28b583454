//! What is asked for beyond scopes: the claims request and the client's capabilities.

use serde_json::Value as Json;

use super::{Check, Lint};
use crate::model::RunSpec;
use crate::strings::guide::lint as says;

/// The claims request is a JSON object (OpenID Connect Core 5.5).
pub(super) const OBJECT: Check = Check {
    id: "claims-object",
    look: object,
};

/// `cp1` is the one capability that is known, and a promise.
pub(super) const CAPABILITY: Check = Check {
    id: "client-capability",
    look: capability,
};

fn object(spec: &RunSpec, lint: &mut Lint) {
    let Some(text) = spec.claims.as_deref() else {
        return;
    };
    match serde_json::from_str::<Json>(text) {
        Ok(Json::Object(members)) => {
            let known = ["access_token", "id_token", "userinfo"];
            for name in members
                .keys()
                .filter(|name| !known.contains(&name.as_str()))
            {
                lint.warning(says::claims_member(name), "claims", says::CLAIMS);
            }
        }
        Ok(_) => lint.problem(says::CLAIMS_NOT_OBJECT, "claims", says::CLAIMS),
        Err(_) if text.trim().is_empty() => {
            lint.problem(says::CLAIMS_EMPTY, "claims", says::CLAIMS);
        }
        Err(_) if is_encoded(text) => lint.problem(says::CLAIMS_BASE64, "claims", says::CLAIMS),
        Err(error) => lint.problem(
            says::claims_not_json(&error.to_string()),
            "claims",
            says::CLAIMS,
        ),
    }
}

/// Whether it is a JSON object in base64 or base64url, with or without padding.
fn is_encoded(text: &str) -> bool {
    use base64::Engine as _;
    use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
    let bare = text.trim().trim_end_matches('=');
    [STANDARD_NO_PAD.decode(bare), URL_SAFE_NO_PAD.decode(bare)]
        .into_iter()
        .flatten()
        .any(|bytes| serde_json::from_slice::<Json>(&bytes).is_ok_and(|value| value.is_object()))
}

fn capability(spec: &RunSpec, lint: &mut Lint) {
    for name in &spec.capabilities {
        if name.eq_ignore_ascii_case("cp1") {
            lint.warning(says::CP1, "capabilities", says::CP1_PROMISE);
        } else {
            lint.warning(says::capability(name), "capabilities", says::CAPABILITY);
        }
    }
}
