//! Does something with a token that a run was granted, at the authority's own endpoints.

use std::sync::PoisonError;

use tokio::sync::mpsc::{self, UnboundedReceiver};

use super::dpop::{Possession, is_bound};
use super::driver::Driver;
use super::held::query;
use super::outcome::environment;
use super::{Context, Report, credential, federated};
use crate::decode::jwt;
use crate::grants::discovery::Discovery;
use crate::grants::{Ended, Metadata, further, mutual_tls};
use crate::model::{
    Exchange, Further, Header, Problem, Purpose, RunSpec, Secret, SecretKind, Signature, TokenFacts,
};
use crate::strings::{flows as say, grants};
use crate::wire::Transport;

/// What was done with a token.
#[derive(Debug)]
pub struct Done {
    /// The exchanges, in order; that of the request itself is the last that fetched neither metadata nor keys.
    pub exchanges: Vec<Exchange>,
    /// The signature of an answer that is a JWT (OpenID Connect Core 5.3.2, RFC 9701).
    pub signature: Option<Signature>,
    /// The issuer of the metadata.
    pub issuer: String,
}

impl Done {
    /// The exchange of the request itself.
    pub fn exchange(&self) -> Option<&Exchange> {
        let mut newest = self.exchanges.iter().rev();
        newest.find(|one| one.request.purpose != Purpose::Keys)
    }
}

/// Does `what` with the token of a granted run and returns what came of it. `known` is the metadata where
/// the run found it; where it did not (a token from the cache), it is asked for first. An ID token is never sent.
///
/// # Errors
/// If the metadata names no such endpoint or one that the token may not go to, if the token is not held, or if the
/// client's credential cannot be used.
pub async fn further<T: Transport>(
    what: Further,
    (spec, token): (&RunSpec, &TokenFacts),
    known: Option<Metadata>,
    context: Context<T>,
) -> Result<Done, Problem> {
    let secret = held(what, spec, token, &context)?;
    // Nobody speaks to it while it is under way; what it reports is handed back as a whole.
    let (_person, control) = mpsc::unbounded_channel();
    let (report, reports) = mpsc::unbounded_channel();
    let mut driver = Driver::new(spec.clone(), context, control, report);
    driver.possession = possession(what, &secret, token, &driver)?;
    if let Err(ended) = federated::complete(&mut driver).await {
        return Err(match ended {
            Ended::Invalid(problems) => problems.into_iter().next().unwrap_or_else(no_metadata),
            _ => no_metadata(),
        });
    }
    credential::prepare(&mut driver)?;
    driver.metadata = match known {
        Some(metadata) => Some(mutual_tls::settle(metadata, spec).map_err(first)?),
        None => discover(&mut driver).await?,
    };
    let (mut signature, mut issuer) = (None, String::new());
    if let Some(metadata) = driver.metadata.clone() {
        if let Some(problem) = further::barred(what, token, &metadata, spec) {
            return Err(problem);
        }
        let endpoint = metadata.endpoint(what).unwrap_or_default();
        let id = spec.client_id.as_str();
        let kind = token.token_type.as_str();
        let mut request = further::request(what, endpoint, id, &secret, kind);
        if what == Further::Introspect && metadata.signs_introspection {
            let accept = Header::new("Accept", further::SIGNED_INTROSPECTION);
            request.headers.push(accept);
        }
        let exchange = driver.send_once(request).await;
        if let Some(answer) = exchange.and_then(|exchange| signed(&exchange)) {
            signature = driver.verify(&answer).await;
        }
        issuer = metadata.issuer;
    }
    drop(driver);
    Ok(Done {
        exchanges: exchanges(reports),
        signature,
        issuer,
    })
}

/// The answer, where it is a JWT.
fn signed(exchange: &Exchange) -> Option<Secret> {
    let reply = exchange.reply.as_ref()?;
    let text = reply.text();
    let good = (200..300).contains(&reply.status) && jwt::parse(&text).is_some();
    good.then(|| Secret::new(SecretKind::Other, jwt::bare(&text)))
}

/// The exchanges among what was reported, in order.
pub(super) fn exchanges(mut reports: UnboundedReceiver<Report>) -> Vec<Exchange> {
    let mut exchanges = Vec::new();
    while let Ok(report) = reports.try_recv() {
        if let Report::Exchanged(exchange) = report {
            exchanges.push(exchange);
        }
    }
    exchanges
}

/// The key that the token is bound to, where the token is shown.
fn possession<T: Transport>(
    what: Further,
    secret: &Secret,
    token: &TokenFacts,
    driver: &Driver<T>,
) -> Result<Possession, Problem> {
    if what != Further::UserInfo || !is_bound(&token.token_type) {
        return Ok(Possession::default());
    }
    let cache = driver.context.cache.lock();
    let key = cache.unwrap_or_else(PoisonError::into_inner).key_of(secret);
    let gone = || Problem::new(say::DPOP_KEY_GONE, what.word(), say::DPOP_KEY_EXPECTED);
    key.map(|key| Possession::of(Some(key))).ok_or_else(gone)
}

/// The metadata; `None` where it cannot be had, which the exchanges tell.
pub(super) async fn discover<T: Transport>(
    driver: &mut Driver<T>,
) -> Result<Option<Metadata>, Problem> {
    let mut discovery = Discovery::new(&driver.spec);
    match driver.drive(&mut discovery).await {
        Ended::Known(metadata) => Ok(Some(*metadata)),
        Ended::Invalid(problems) => Err(problems.into_iter().next().unwrap_or_else(no_metadata)),
        Ended::Granted(_)
        | Ended::Consented(_)
        | Ended::Refused { .. }
        | Ended::Unreachable { .. }
        | Ended::Cancelled => Err(no_metadata()),
    }
}

fn first(problems: Vec<Problem>) -> Problem {
    problems.into_iter().next().unwrap_or_else(no_metadata)
}

fn no_metadata() -> Problem {
    Problem::new(say::NO_METADATA, "authority", say::NO_METADATA_EXPECTED)
}

/// The token of the run: the one whose digest the run told, else the newest that fits.
fn held<T: Transport>(
    what: Further,
    spec: &RunSpec,
    token: &TokenFacts,
    context: &Context<T>,
) -> Result<Secret, Problem> {
    let cache = context.cache.lock().unwrap_or_else(PoisonError::into_inner);
    let is = |secret: &Secret, print: &str| secret.digest().as_deref() == Some(print);
    let found = if what == Further::RevokeRefresh {
        let print = token.refresh_fingerprint.as_deref().unwrap_or_default();
        let mut own = cache.refresh_tokens().map(|held| &held.secret);
        own.find(|secret| is(secret, print)).cloned()
    } else {
        let mut own = cache.access_tokens().map(|held| &held.secret);
        let own = own.find(|secret| is(secret, &token.fingerprint)).cloned();
        let environment = environment(spec);
        let newest = || cache.newest(&query(spec, &environment));
        own.or_else(|| newest().map(|held| held.secret.clone()))
    };
    let (missing, expected) = if what == Further::RevokeRefresh {
        (grants::NO_REFRESH_TOKEN, grants::A_REFRESH_TOKEN)
    } else {
        (say::NO_TOKEN_FOR_API, say::NO_TOKEN_EXPECTED)
    };
    found.ok_or_else(|| Problem::new(missing, what.word(), expected))
}
