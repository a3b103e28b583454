//! What a profile asks of the sign-in page: the table `authorize`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Deserialize;

use super::entry::{key, path, quoted};
use crate::model::{Asking, ChallengeMethod, Problem, Prompt, ResponseMode, ResponseType};

/// `authorize = { … }` of a profile; what is not there stays as usual.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct AskingTable {
    prompt: Option<Prompt>,
    domain_hint: Option<String>,
    max_age: Option<u32>,
    acr_values: Option<String>,
    #[serde(default)]
    extra: BTreeMap<String, String>,
    response_type: Option<ResponseType>,
    response_mode: Option<ResponseMode>,
    pkce: Option<ChallengeMethod>,
    #[serde(default)]
    request_object: bool,
    authorization_details_file: Option<PathBuf>,
    binding_message: Option<String>,
}

impl AskingTable {
    /// What is asked.
    ///
    /// # Errors
    /// A further parameter that may not be one; `place` is the profile.
    pub fn asking(self, place: &str) -> Result<Asking, Problem> {
        let pairs = self.extra.into_iter();
        let extra = pairs.map(|(name, value)| {
            let read = Asking::extra(&format!("{name}={value}"));
            read.map_err(|problem| problem.at(format!("{place} authorize.extra")))
        });
        Ok(Asking {
            prompt: self.prompt,
            domain_hint: self.domain_hint,
            max_age: self.max_age,
            acr_values: self.acr_values,
            extra: extra.collect::<Result<_, _>>()?,
            response_type: self.response_type.unwrap_or_default(),
            response_mode: self.response_mode,
            pkce: self.pkce,
            request_object: self.request_object,
            authorization_details: self.authorization_details_file,
            binding_message: self.binding_message,
        })
    }
}

/// The table as it is written; `None` where everything is as usual.
pub(super) fn table(asking: &Asking) -> Option<String> {
    let mut keys = Vec::new();
    let mut put = |name: &str, value: Option<String>| {
        keys.extend(value.map(|value| format!("{name} = {value}")));
    };
    put("prompt", asking.prompt.map(|prompt| quoted(prompt.word())));
    put("domain-hint", asking.domain_hint.as_deref().map(quoted));
    put("max-age", asking.max_age.map(|age| age.to_string()));
    put("acr-values", asking.acr_values.as_deref().map(quoted));
    let pairs = asking.extra.iter();
    let pairs: Vec<_> = pairs
        .map(|(name, value)| format!("{} = {}", key(name), quoted(value)))
        .collect();
    let extra = (!pairs.is_empty()).then(|| format!("{{ {} }}", pairs.join(", ")));
    put("extra", extra);
    let kind = Some(asking.response_type).filter(|kind| *kind != ResponseType::Code);
    put("response-type", kind.map(|kind| quoted(kind.word())));
    let mode = asking.response_mode;
    put("response-mode", mode.map(|mode| quoted(mode.word())));
    put("pkce", asking.pkce.map(|method| quoted(method.word())));
    let signed = asking.request_object.then(|| "true".to_owned());
    put("request-object", signed);
    let details = asking.authorization_details.as_deref();
    put("authorization-details-file", details.map(path));
    let message = asking.binding_message.as_deref();
    put("binding-message", message.map(quoted));
    (!keys.is_empty()).then(|| format!("{{ {} }}", keys.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::super::{entry, parse};
    use super::*;

    const HEAD: &str =
        "[profile.p]\nauthority = 'https://issuer.contoso.example'\nclient-id = 'app'\n";

    #[test]
    fn what_is_asked_of_the_page_is_read_back_as_it_was_written() {
        let text = format!(
            "{HEAD}authorize = {{ prompt = 'select_account', domain-hint = 'contoso.example', max-age = 30, acr-values = 'a b', extra = {{ mkt = 'de-DE', ui_locales = \"it's\" }}, response-type = 'code id_token', response-mode = 'form_post', pkce = 'plain', request-object = true, authorization-details-file = 'pay.json', binding-message = 'W4-7' }}\n"
        );
        let profile = parse("p.toml", &text).unwrap().remove(0);
        assert_eq!(profile.asking.extra.len(), 2);
        assert_eq!(profile.asking.response_mode, Some(ResponseMode::FormPost));
        let again = parse("p.toml", &entry(&profile)).unwrap().remove(0);
        assert_eq!(again, profile);
    }

    #[test]
    fn a_parameter_that_the_flow_sets_is_refused_where_it_stands() {
        let text = format!("{HEAD}authorize = {{ extra = {{ state = 'x' }} }}\n");
        let problem = parse("p.toml", &text).unwrap_err();
        assert_eq!(problem.at, "p.toml profile.p authorize.extra");
        let unknown = format!("{HEAD}authorize = {{ promt = 'login' }}\n");
        assert!(
            parse("p.toml", &unknown)
                .unwrap_err()
                .at
                .starts_with("p.toml:4")
        );
    }
}
