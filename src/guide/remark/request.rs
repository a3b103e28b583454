//! What a look at the request shows now that it was refused: the warnings that were given before it was sent, as far
//! as they are about what was refused.

use super::Remark;
use crate::guide::case::Case;
use crate::guide::{lint, words};
use crate::model::{Class, Credential, RunSpec};
use crate::strings::guide::remark as says;

/// Warnings about the parameters that this class of refusal is about.
pub(super) const WARNINGS: Remark = Remark {
    id: "request-warnings",
    make: |case, draft| {
        let Some(spec) = case.evidence.spec.filter(|_| case.was_refused()) else {
            return;
        };
        let concerned = parameters(draft.class);
        let found = lint::check(&as_sent(case, spec)).warnings;
        let about = found
            .into_iter()
            .filter(|w| concerned.contains(&w.at.as_str()));
        for warning in about {
            let note = says::worth_checking(&words::sentence(&warning.what), &warning.expected);
            if !draft.notes.contains(&note) {
                draft.note(note);
            }
        }
    },
};

/// The request with the secret that really went out: one that was asked for stands only in what was sent.
fn as_sent(case: &Case<'_>, spec: &RunSpec) -> RunSpec {
    let mut spec = spec.clone();
    if let Some(secret) = case.sent_secret() {
        spec.credential = Credential::Secret(secret.clone());
    }
    spec
}

/// The parameters that a class of refusals is about.
const fn parameters(class: Class) -> &'static [&'static str] {
    match class {
        Class::Request => &[
            "authority",
            "client_id",
            "scope",
            "redirect_uri",
            "claims",
            "capabilities",
            "client_secret",
            "flow",
            "prompt",
        ],
        Class::Config => &["client_id", "redirect_uri", "client_secret", "authority"],
        Class::AppCredential => &["client_secret", "client_id", "authority"],
        Class::Tenant => &["authority", "client_id", "scope"],
        Class::Consent => &["scope"],
        Class::Grant => &["refresh_token"],
        Class::UserCredential | Class::Account | Class::Federation => &["username", "authority"],
        Class::Interaction => &["prompt", "flow"],
        Class::Assignment
        | Class::Device
        | Class::Policy
        | Class::Throttle
        | Class::Service
        | Class::Expected
        | Class::Unknown => &[],
    }
}
