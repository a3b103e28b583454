//! What was asked of the sign-in page, as the libraries take it.

use super::{Call, Flow, quoted, say};
use crate::model::{ChallengeMethod, ResponseMode, ResponseType};

impl Call<'_> {
    /// The domain hint, as a literal.
    pub(super) fn domain_hint(&self) -> Option<String> {
        self.of_page()?.domain_hint.as_deref().map(quoted)
    }

    /// The age of the sign-in, in seconds.
    pub(super) fn max_age(&self) -> Option<u32> {
        self.of_page()?.max_age
    }

    /// The response mode where it is not the usual one, as a literal.
    pub(super) fn response_mode(&self) -> Option<String> {
        let mode = self.of_page()?.response_mode?;
        (mode != ResponseMode::Query).then(|| quoted(mode.word()))
    }

    /// What libraries know no name for: `acr_values` and the further parameters.
    pub(super) fn nameless(&self) -> Vec<(&str, &str)> {
        let Some(asking) = self.of_page() else {
            return Vec::new();
        };
        let acr = asking.acr_values.as_deref();
        let acr = acr.map(|value| ("acr_values", value));
        let further = asking.extra.iter();
        let further = further.map(|(name, value)| (name.as_str(), value.as_str()));
        acr.into_iter().chain(further).collect()
    }

    /// What no library of Microsoft's does: it always asks for a code with S256, as plain parameters.
    pub(super) fn beyond(&self) -> Vec<&'static str> {
        let Some(asking) = self.of_page() else {
            return Vec::new();
        };
        let other_type = asking.response_type != ResponseType::Code;
        let other_challenge = !other_type && asking.challenge() != ChallengeMethod::S256;
        [
            ("response_type", other_type),
            ("code_challenge_method", other_challenge),
            ("request", asking.request_object),
            (
                "authorization_details",
                asking.authorization_details.is_some(),
            ),
        ]
        .into_iter()
        .filter_map(|(name, used)| used.then_some(name))
        .collect()
    }

    fn of_page(&self) -> Option<&crate::model::Asking> {
        (self.spec.flow == Flow::Interactive).then_some(&self.spec.asking)
    }
}

/// A comment that names what a library does not send; nothing where it sends everything.
pub(super) fn left_out(mark: &str, names: &[&str]) -> Option<String> {
    (!names.is_empty()).then(|| format!("{mark} {}", say::not_sent(&names.join(", "))))
}
