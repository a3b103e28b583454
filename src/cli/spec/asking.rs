//! What is asked of the page where a person signs in, as flags say it or the profile does.

use std::path::PathBuf;

use clap::Args;

use crate::model::{Asking, ChallengeMethod, Problem, Prompt, ResponseMode, ResponseType};
use crate::strings::asking as say;

/// What the authorization request asks for beside its scopes; of the flow interactive, but for what `ciba` asks.
#[derive(Debug, Args)]
pub(super) struct OfThePage {
    /// What the sign-in page is to do: `login` (ask for credentials anew), `none` (show nothing), `consent` or
    /// `select_account`
    #[arg(long, value_name = "PROMPT")]
    prompt: Option<String>,
    /// Go straight to the sign-in page of this domain (Microsoft's `domain_hint`)
    #[arg(long, value_name = "DOMAIN")]
    domain_hint: Option<String>,
    /// How old the sign-in may be
    #[arg(long, value_name = "SECONDS")]
    max_age: Option<String>,
    /// The ways to sign in that are preferred, separated by spaces
    #[arg(long, value_name = "VALUES")]
    acr_values: Option<String>,
    /// A further parameter of the authorization request, never a secret; repeat for more
    #[arg(long = "extra", value_name = "NAME=VALUE")]
    extra: Vec<String>,
    /// What comes back: `code` (usual); for looking at, the legacy ones: `id_token`, `token`, `"id_token token"`,
    /// `"code id_token"`, `"code token"` or `"code id_token token"`
    #[arg(long, value_name = "TYPE")]
    response_type: Option<String>,
    /// How the answer comes back: `query`, `fragment` or `form_post`; signed: `jwt`, `query.jwt`, `fragment.jwt` or
    /// `form_post.jwt`
    #[arg(long, value_name = "MODE")]
    response_mode: Option<String>,
    /// How the code is bound to this run: `S256` (usual), `plain` or `none` (RFC 7636)
    #[arg(long, value_name = "METHOD")]
    pkce: Option<String>,
    /// Sign the authorization request as a JWT, with the client's certificate or secret (RFC 9101)
    #[arg(long)]
    request_object: bool,
    /// File with the authorization details: a JSON array of objects with a type each (RFC 9396)
    #[arg(long, value_name = "PATH")]
    authorization_details: Option<PathBuf>,
    /// What the person's device shows beside the question, e.g. a number that is shown here as well (ciba)
    #[arg(long, value_name = "TEXT")]
    binding_message: Option<String>,
}

impl OfThePage {
    /// What is asked: what is named here, and beside it what the profile has.
    ///
    /// # Errors
    /// The flag whose value is none.
    pub(super) fn over(&self, own: Option<&Asking>) -> Result<Asking, Problem> {
        let mut asking = own.cloned().unwrap_or_default();
        let wrong = |word: &str, flag, expected| Problem::new(format!("`{word}`"), flag, expected);
        if let Some(word) = &self.prompt {
            let wrong = || wrong(word, "--prompt", say::PROMPT_EXPECTED);
            asking.prompt = Some(Prompt::from_word(word).ok_or_else(wrong)?);
        }
        if let Some(word) = &self.response_mode {
            let wrong = || wrong(word, "--response-mode", say::MODE_EXPECTED);
            asking.response_mode = Some(ResponseMode::from_word(word).ok_or_else(wrong)?);
        }
        if let Some(word) = &self.response_type {
            let wrong = || wrong(word, "--response-type", say::TYPE_EXPECTED);
            asking.response_type = ResponseType::from_word(word).ok_or_else(wrong)?;
        }
        if let Some(word) = &self.pkce {
            let wrong = || wrong(word, "--pkce", say::PKCE_EXPECTED);
            asking.pkce = Some(ChallengeMethod::from_word(word).ok_or_else(wrong)?);
        }
        asking.request_object |= self.request_object;
        if self.authorization_details.is_some() {
            asking
                .authorization_details
                .clone_from(&self.authorization_details);
        }
        if let Some(text) = &self.max_age {
            let age = crate::model::asking::age(text);
            asking.max_age = Some(age.map_err(|problem| problem.at("--max-age"))?);
        }
        let texts = [
            (&self.domain_hint, &mut asking.domain_hint),
            (&self.acr_values, &mut asking.acr_values),
            (&self.binding_message, &mut asking.binding_message),
        ];
        for (named, kept) in texts {
            if named.is_some() {
                kept.clone_from(named);
            }
        }
        for text in &self.extra {
            let pair = Asking::extra(text).map_err(|problem| problem.at("--extra"))?;
            asking.extra.retain(|(name, _)| *name != pair.0);
            asking.extra.push(pair);
        }
        Ok(asking)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        page: OfThePage,
    }

    fn read(words: &[&str], own: Option<&Asking>) -> Result<Asking, Problem> {
        let line = ["x"].iter().chain(words);
        Line::try_parse_from(line).unwrap().page.over(own)
    }

    #[test]
    fn a_flag_goes_before_the_profile_and_what_is_not_named_stays() {
        let own = Asking {
            prompt: Some(Prompt::Login),
            extra: vec![("mkt".into(), "en".into()), ("a".into(), "b".into())],
            ..Asking::default()
        };
        let asked = read(&["--extra", "mkt=de", "--max-age", "0"], Some(&own)).unwrap();
        assert_eq!(asked.prompt, Some(Prompt::Login));
        assert_eq!(asked.max_age, Some(0));
        let expected = [("a", "b"), ("mkt", "de")].map(|(n, v)| (n.to_owned(), v.to_owned()));
        assert_eq!(asked.extra, expected);
    }

    #[test]
    fn a_value_that_is_none_is_told_with_its_flag() {
        for words in [
            ["--prompt", "sometimes"],
            ["--response-mode", "web_message"],
            ["--response-type", "code code"],
            ["--pkce", "s256"],
            ["--max-age", "soon"],
            ["--extra", "client_secret=x"],
        ] {
            assert_eq!(read(&words, None).unwrap_err().at, words[0]);
        }
    }
}
