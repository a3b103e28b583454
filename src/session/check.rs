//! Checks a token: whose keys, whether one of them signed it, and what its claims say against it. Nothing is asked of
//! anybody before a person asks for it.

use std::sync::{Arc, PoisonError};

use serde_json::Value as Json;

use super::core::Core;
use super::{Command, Notice};
use crate::decode::jwt::{self, Token};
use crate::flows;
use crate::guide::token::{Expected, against};
use crate::keys::{self, KeySet, Proof};
use crate::model::{
    Authority, Event, Exchange, Flow, Moment, Outcome, Problem, Run, RunId, Secret, SecretKind,
    SendOptions, Signature, TokenView, Unchecked, Verification,
};
use crate::ports::Ports;
use crate::strings::{session as say, token as words};
use crate::wire::{HttpTransport, Transport};

/// Where the keys are.
#[derive(Clone, Debug)]
pub enum KeySource {
    /// At the issuer that the token names.
    Issuer,
    /// At an authority that the person named.
    Authority(Authority),
    /// In a file.
    File {
        /// Its name.
        path: String,
        /// The key set in it (RFC 7517).
        text: String,
    },
}

/// How a token is checked.
#[derive(Clone, Debug)]
pub struct Checking {
    /// Where the keys are.
    pub keys: KeySource,
    /// The secret of an HMAC.
    pub secret: Option<Secret>,
    /// Whom it must be for; `None`: anybody.
    pub audience: Option<String>,
}

/// Tokens of one paste that are laid open at most.
const MOST_PASTED: usize = 8;

/// Checks a token by itself, without a session.
///
/// # Errors
/// A problem with the certificates or the proxy of the options, or with the file of keys.
pub async fn check_token(
    token: &Secret,
    checking: &Checking,
    options: &SendOptions,
    ports: &Ports,
) -> Result<Verification, Problem> {
    let transport = HttpTransport::new(options, Arc::clone(&ports.clock))
        .map_err(|error| Problem::new(error.to_string(), "--ca-file", say::EXPECTED_CA))?;
    if let KeySource::File { path, text } = &checking.keys
        && KeySet::parse(text).is_none()
    {
        return Err(Problem::new(say::NO_KEY_SET, path, say::EXPECTED_KEY_SET));
    }
    let now = || ports.clock.now();
    Ok(check(token, checking, (&transport, options), &now, |_| {}).await)
}

async fn check<T: Transport>(
    token: &Secret,
    checking: &Checking,
    (transport, options): (&T, &SendOptions),
    now: &(dyn Fn() -> Moment + Sync),
    tell: impl FnMut(Exchange) + Send,
) -> Verification {
    let text = jwt::bare(token.reveal());
    let jwt = match jwt::read(text) {
        Token::Jwt(jwt) => jwt,
        Token::Encrypted(_) => return Verification::unchecked(Unchecked::Encrypted),
        Token::Opaque => return Verification::unchecked(Unchecked::Opaque),
    };
    let secret = checking.secret.as_ref();
    let proof = |keys, exhaustive| Proof {
        keys,
        secret,
        exhaustive,
    };
    let none = KeySet::default();
    let mut found = Verification {
        signature: keys::check(text, proof(&none, false)),
        ..Verification::unchecked(Unchecked::Opaque)
    };
    let names_a_key = jwt.header.get("kid").is_some();
    let needs_keys = match &found.signature {
        Signature::Unchecked(Unchecked::KeyNotFound { .. }) => true,
        Signature::Unchecked(Unchecked::Symmetric) => {
            names_a_key || matches!(checking.keys, KeySource::File { .. })
        }
        Signature::Good { .. } | Signature::Bad(_) | Signature::Unchecked(_) => false,
    };
    let mut issuers = Vec::new();
    if needs_keys {
        let authority = match &checking.keys {
            KeySource::Authority(authority) => Some(authority),
            KeySource::Issuer | KeySource::File { .. } => None,
        };
        if let KeySource::File { path, text: set } = &checking.keys {
            let keys = KeySet::parse(set).unwrap_or_default();
            found.signature = keys::check(text, proof(&keys, true));
            found.keys_from = Some(path.clone());
        } else {
            let asked = (transport, options);
            match flows::published(&jwt.claims, authority, asked, tell).await {
                Ok(published) => {
                    found.signature = keys::check(text, proof(&published.keys, false));
                    found.keys_from = Some(published.from);
                    found.issuer = published.issuers.first().cloned();
                    found.server_time = published.server_time;
                    issuers = published.issuers;
                }
                // A shared secret is not to be had from an issuer, reached or not.
                Err(_) if found.signature == Signature::Unchecked(Unchecked::Symmetric) => {}
                Err(why) => found.signature = Signature::Unchecked(why),
            }
        }
    }
    let audience = checking.audience.as_deref();
    let expected = Expected {
        audience,
        issuers: &issuers,
    };
    found.claims = against(&jwt.claims, now(), expected);
    found
}

/// Lays open the tokens of a paste, and keeps them in memory until the next paste, so that they can be checked. They
/// are redeemed nowhere.
pub(super) fn open_pasted(core: &Core, text: &str) -> Vec<TokenView> {
    let tokens: Vec<Secret> = jwt::find(text, MOST_PASTED)
        .into_iter()
        .map(|token| Secret::new(SecretKind::AccessToken, token))
        .collect();
    let views = tokens.iter().map(|token| {
        let view = crate::guide::token::open(token, now_for(core, token));
        core.setup.redactor.token(&view).into_inner()
    });
    let views = views.collect();
    core.state().pasted = tokens;
    views
}

/// The time that counts for a token: the lab's clock for its own ones, and no moved clock for any other.
fn now_for(core: &Core, token: &Secret) -> Moment {
    if is_of_lab(core, token) {
        core.now()
    } else {
        core.now().minus(core.setup.lab_clock.moved())
    }
}

/// Whether a token names the lab as its issuer.
fn is_of_lab(core: &Core, token: &Secret) -> bool {
    let jwt = jwt::parse(token.reveal());
    let issuer = jwt.as_ref().and_then(|jwt| jwt.claims.get("iss")?.as_str());
    issuer.is_some_and(|issuer| core.is_of_lab(issuer))
}

/// Does what a command asks for.
pub(super) fn perform(core: &Arc<Core>, command: &Command) {
    let (core, command) = (Arc::clone(core), command.clone());
    tokio::spawn(async move {
        let checked = match command {
            Command::CheckRun(run) => check_run(&core, run).await,
            Command::CheckPasted(nth) => check_pasted(&core, nth).await,
            _ => Ok(()),
        };
        if let Err(problem) = checked {
            core.trouble(format!("{}: {}", problem.what, problem.expected));
        }
    });
}

/// Checks the token of a granted run against its issuer's keys, and adds what was asked and found to the run.
async fn check_run(core: &Arc<Core>, id: RunId) -> Result<(), Problem> {
    let granted = core
        .run(id)
        .filter(|run| run.outcome() == Some(Outcome::Granted));
    let Some(run) = granted else {
        core.tell(Notice::Said(say::NOTHING_GRANTED.into()));
        return Ok(());
    };
    let found = match held(core, &run) {
        Some((token, id_token)) => {
            let context = core.context(&run.spec)?;
            let authority = run.spec.authority.clone();
            let machine = run.spec.flow == Flow::ManagedIdentity;
            let checking = Checking {
                keys: if machine {
                    KeySource::Issuer
                } else {
                    KeySource::Authority(authority)
                },
                secret: None,
                audience: None,
            };
            let asked = (&*context.transport, &run.spec.options);
            let tell = |exchange| core.exchanged(id, exchange);
            let now = || now_for(core, &token);
            let found = check(&token, &checking, asked, &now, tell).await;
            Verification { id_token, ..found }
        }
        None => Verification::unchecked(Unchecked::Gone),
    };
    core.log(id, Event::new(core.now(), words::checked(&found)));
    core.verified(id, found);
    Ok(())
}

/// The token of a run while it is held: the access token if it can be read, else the ID token.
fn held(core: &Core, run: &Run) -> Option<(Secret, bool)> {
    let facts = run.ending()?.token.as_ref()?;
    let cache = core.cache(&run.spec);
    let cache = cache.lock().unwrap_or_else(PoisonError::into_inner);
    let claims = |token: &Secret| jwt::parse(token.reveal()).map(|jwt| jwt.claims);
    let same = |token: &Secret, known: &Json| claims(token).as_ref() == Some(known);
    let mut access = cache.access_tokens().map(|token| &token.secret);
    let mut id_tokens = cache.id_tokens().map(|token| &token.secret);
    let access = access.find(|token| token.digest().is_some_and(|own| own == facts.fingerprint));
    if facts.access_claims.is_none()
        && let Some(known) = &facts.id_claims
        && let Some(token) = id_tokens.find(|token| same(token, known))
    {
        return Some((token.clone(), true));
    }
    Some((access?.clone(), false))
}

/// Checks a token that was pasted, by the issuer that it names itself.
async fn check_pasted(core: &Arc<Core>, nth: usize) -> Result<(), Problem> {
    let Some(token) = core.state().pasted.get(nth).cloned() else {
        return Ok(());
    };
    let mut options = SendOptions::default();
    let lab = core.state().lab.clone().filter(|_| is_of_lab(core, &token));
    let ca = lab.map(|lab| lab.info().ca).filter(|ca| !ca.is_empty());
    options.ca_file = ca.map(Into::into);
    let transport = core.transport(&options)?;
    let checking = Checking {
        keys: KeySource::Issuer,
        secret: None,
        audience: None,
    };
    let asked = (&*transport, &options);
    let now = || now_for(core, &token);
    let found = check(&token, &checking, asked, &now, |_| {}).await;
    let verification = Box::new(core.setup.redactor.verification(&found).into_inner());
    core.tell(Notice::TokenChecked { nth, verification });
    Ok(())
}
