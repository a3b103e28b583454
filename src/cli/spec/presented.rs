//! The token or assertion that is presented in place of a sign-in, and what is wanted for it.

use std::path::PathBuf;

use clap::Args;

use super::{secret, source};
use crate::model::{Flow, Problem, RunSpec, SecretKind, TokenType};
use crate::settings::credentials::{Places, Source};
use crate::strings::cli as say;

/// What is presented: of the flows token-exchange, jwt-bearer, saml-bearer and user-fic.
#[derive(Debug, Args)]
pub(super) struct Presenting {
    /// Variable that holds the token to exchange (token-exchange)
    #[arg(long, value_name = "NAME")]
    subject_token_env: Option<String>,
    /// File that holds it
    #[arg(long, value_name = "PATH")]
    subject_token_file: Option<PathBuf>,
    /// Its type: `access_token` (usual), `refresh_token`, `id_token`, saml1, saml2, jwt or a URI
    #[arg(long, value_name = "TYPE")]
    subject_token_type: Option<String>,
    /// Variable that holds the token of whoever acts for the subject
    #[arg(long, value_name = "NAME")]
    actor_token_env: Option<String>,
    /// File that holds it
    #[arg(long, value_name = "PATH")]
    actor_token_file: Option<PathBuf>,
    /// Its type
    #[arg(long, value_name = "TYPE")]
    actor_token_type: Option<String>,
    /// The type of token that is wanted
    #[arg(long, value_name = "TYPE")]
    requested_token_type: Option<String>,
    /// For whom the new token is, by name; repeat for more
    #[arg(long = "audience", value_name = "NAME")]
    audiences: Vec<String>,
    /// For what the new token is, by address; repeat for more
    #[arg(long = "resource", value_name = "URL")]
    resources: Vec<String>,
    /// Variable that holds the assertion that is the grant (jwt-bearer, saml-bearer), or the user's federated credential
    /// (user-fic)
    #[arg(long, value_name = "NAME")]
    assertion_env: Option<String>,
    /// File that holds it
    #[arg(long, value_name = "PATH")]
    assertion_file: Option<PathBuf>,
    /// What the system's keyring keeps it as (`tokenscope keyring set NAME`)
    #[arg(long, value_name = "NAME", conflicts_with_all = ["assertion_env", "assertion_file"])]
    assertion_keyring: Option<String>,
    /// The object id of the user that the application acts for, where --username does not name them (user-fic)
    #[arg(long, value_name = "ID")]
    user_id: Option<String>,
    #[arg(long, hide = true, value_name = "X")]
    subject_token: Option<String>,
    #[arg(long, hide = true, value_name = "X")]
    actor_token: Option<String>,
    #[arg(long, hide = true, value_name = "X")]
    assertion: Option<String>,
}

impl Presenting {
    /// The flag that was given a secret itself.
    pub(super) fn secret_argument(&self) -> Option<&'static str> {
        let arguments = [
            ("--subject-token", &self.subject_token),
            ("--actor-token", &self.actor_token),
            ("--assertion", &self.assertion),
        ];
        let given = arguments.iter().find(|(_, value)| value.is_some());
        given.map(|(flag, _)| *flag)
    }

    /// Fills in what is presented, asking for a token or assertion that is not named.
    ///
    /// # Errors
    /// A type that is none, a token that is not where it should be, a flag that the flow has no use for.
    pub(super) fn fill(&self, spec: &mut RunSpec, places: Places<'_>) -> Result<(), Problem> {
        self.refuse_unused(spec.flow)?;
        match spec.flow {
            Flow::TokenExchange => self.exchange(spec, places),
            Flow::JwtBearer | Flow::SamlBearer | Flow::UserFic => {
                let kept = self.assertion_keyring.as_deref().map(Source::Keyring);
                let named = source(self.assertion_env.as_ref(), self.assertion_file.as_ref());
                let words = if spec.flow == Flow::UserFic {
                    say::ASK_USER_CREDENTIAL
                } else {
                    say::ASK_ASSERTION
                };
                let (named, what) = (kept.or(named), SecretKind::Assertion);
                let token = secret(named, what, words, "--assertion-env", places)?;
                spec.presented.token = Some(token);
                self.wish(spec);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn exchange(&self, spec: &mut RunSpec, places: Places<'_>) -> Result<(), Problem> {
        let kind = |text: &Option<String>, flag: &str| {
            let text = text.as_deref();
            text.map(|text| TokenType::parse(text, flag)).transpose()
        };
        let given = &mut spec.presented;
        let own = kind(&self.subject_token_type, "--subject-token-type")?;
        given.token_type = own.or(given.token_type.take());
        given.actor_type = kind(&self.actor_token_type, "--actor-token-type")?;
        let wanted = kind(&self.requested_token_type, "--requested-token-type")?;
        given.wanted_type = wanted.or(given.wanted_type.take());
        let kind = SecretKind::AccessToken;
        let subject = source(
            self.subject_token_env.as_ref(),
            self.subject_token_file.as_ref(),
        );
        let words = say::ASK_SUBJECT_TOKEN;
        given.token = Some(secret(subject, kind, words, "--subject-token-env", places)?);
        let actor = source(
            self.actor_token_env.as_ref(),
            self.actor_token_file.as_ref(),
        );
        if actor.is_some() || given.actor_type.is_some() {
            let words = say::ASK_ACTOR_TOKEN;
            given.actor = Some(secret(actor, kind, words, "--actor-token-env", places)?);
        }
        self.wish(spec);
        Ok(())
    }

    /// Whom an application acts for: who is named here goes before the profile's user, however that one is named.
    pub(super) fn name_user(&self, spec: &mut RunSpec, by_name: bool) {
        if let Some(id) = &self.user_id {
            spec.presented.user_id = Some(id.clone());
            if !by_name {
                spec.username = None;
            }
        } else if by_name {
            spec.presented.user_id = None;
        }
    }

    /// For whom and for what, where that is said here and not in the profile.
    fn wish(&self, spec: &mut RunSpec) {
        if !self.audiences.is_empty() {
            spec.presented.audiences.clone_from(&self.audiences);
        }
        if !self.resources.is_empty() {
            spec.presented.resources.clone_from(&self.resources);
        }
    }

    /// A flag that belongs to another flow is a mistake of whoever wrote the line.
    fn refuse_unused(&self, flow: Flow) -> Result<(), Problem> {
        let all = [
            Flow::TokenExchange,
            Flow::JwtBearer,
            Flow::SamlBearer,
            Flow::UserFic,
        ];
        let exchange = &all[..1];
        let given = [
            ("--subject-token-env", self.subject_token_env.is_some()),
            ("--subject-token-file", self.subject_token_file.is_some()),
            ("--subject-token-type", self.subject_token_type.is_some()),
            ("--actor-token-env", self.actor_token_env.is_some()),
            ("--actor-token-file", self.actor_token_file.is_some()),
            ("--actor-token-type", self.actor_token_type.is_some()),
            (
                "--requested-token-type",
                self.requested_token_type.is_some(),
            ),
            ("--audience", !self.audiences.is_empty()),
            ("--resource", !self.resources.is_empty()),
            ("--assertion-env", self.assertion_env.is_some()),
            ("--assertion-file", self.assertion_file.is_some()),
            ("--assertion-keyring", self.assertion_keyring.is_some()),
            ("--user-id", self.user_id.is_some()),
        ];
        let of = |flag: &str| match flag {
            "--resource" => &all[..3],
            "--assertion-env" | "--assertion-file" | "--assertion-keyring" => &all[1..],
            "--user-id" => &all[3..],
            _ => exchange,
        };
        let there = given.into_iter().filter(|(_, there)| *there);
        let mut unused = there.filter(|(flag, _)| !of(flag).contains(&flow));
        match unused.next() {
            Some((flag, _)) => {
                let words: Vec<_> = of(flag).iter().map(|flow| flow.word()).collect();
                let expected = format!("--flow {}", words.join(" or "));
                let what = say::presented_unused(flow.word());
                Err(Problem::new(what, flag, expected))
            }
            None => Ok(()),
        }
    }
}
