//! The order of a run: what is held, discovery, the client's credential, the grant, the end.

use std::io;

use url::Url;

use super::driver::Driver;
use super::listener::{self, Guests, Listener};
use super::{End, credential, details, federated, held, ids, outcome};
use crate::grants::admin_consent::AdminConsent;
use crate::grants::auth_code::{AuthCode, Given};
use crate::grants::bearer::{self, Bearer};
use crate::grants::ciba::Ciba;
use crate::grants::client_credentials::ClientCredentials;
use crate::grants::device_code::DeviceCode;
use crate::grants::discovery::Discovery;
use crate::grants::managed_identity::{Machine, ManagedIdentity};
use crate::grants::metadata::objection;
use crate::grants::offered;
use crate::grants::on_behalf_of::{self, OnBehalfOf};
use crate::grants::password::Password;
use crate::grants::refresh_token::RefreshToken;
use crate::grants::region::{self, Regional};
use crate::grants::token_exchange::{self, TokenExchange};
use crate::grants::user_fic::{self, UserFic};
use crate::grants::{Ended, Grant, Metadata};
use crate::model::run::Question;
use crate::model::{Credential, Flow, Problem, RunSpec, Secret};
use crate::strings::{flows as say, session};
use crate::tokens::{AccessToken, Account};
use crate::wire::Transport;

/// Runs everything.
pub(super) async fn run<T: Transport>(driver: &mut Driver<T>) -> End {
    match attempt(driver).await {
        Ok(end) => end,
        Err(ended) => conclude(driver, ended),
    }
}

async fn attempt<T: Transport>(driver: &mut Driver<T>) -> Result<End, Ended> {
    let mut refresh = driver.spec.refresh_token.clone();
    let mut aging = None;
    if driver.spec.flow == Flow::Silent {
        match silent(driver, refresh.take()) {
            Silent::Held(end) => return Ok(end),
            Silent::Refresh(found) => {
                refresh = Some(found.token);
                driver.account = found.account;
                aging = found.aging;
            }
            Silent::Nothing(problem) => return Err(Ended::Invalid(vec![problem])),
        }
    }
    if matches!(driver.spec.flow, Flow::Silent | Flow::RefreshToken) {
        driver.redeemed.clone_from(&refresh);
    }
    let ended = acquire(driver, refresh).await;
    let failed = matches!(ended, Ended::Refused { .. } | Ended::Unreachable { .. });
    if let Some(end) = aging.filter(|_| failed) {
        driver.say(say::FELL_BACK);
        return Ok(end);
    }
    Err(ended)
}

/// Asks for a token over the network.
async fn acquire<T: Transport>(driver: &mut Driver<T>, refresh: Option<Secret>) -> Ended {
    match asked(driver, refresh).await {
        Ok(ended) | Err(ended) => ended,
    }
}

async fn asked<T: Transport>(
    driver: &mut Driver<T>,
    refresh: Option<Secret>,
) -> Result<Ended, Ended> {
    let invalid = |problem| Ended::Invalid(vec![problem]);
    federated::complete(driver).await?;
    credential::prepare(driver).map_err(invalid)?;
    on_behalf_of::check(&driver.spec, driver.now()).map_err(invalid)?;
    token_exchange::check(&driver.spec, driver.now()).map_err(invalid)?;
    bearer::check(&driver.spec, driver.now()).map_err(invalid)?;
    user_fic::check(&driver.spec, driver.now()).map_err(invalid)?;
    driver.say(say::correlation(&driver.correlation));
    driver.bind(refresh.as_ref());
    if driver.spec.flow == Flow::ManagedIdentity {
        let machine = machine(driver)?;
        driver.say(machine.told());
        driver.metadata = Some(machine.metadata());
    } else {
        discover(driver).await?;
    }
    if credential::is_missing(&driver.spec) {
        let secret = driver.ask(Question::ClientSecret).await;
        driver.spec.credential = Credential::Secret(secret.ok_or(Ended::Cancelled)?);
        driver.tell_proof();
    }
    warn(driver);
    let mut grant = grant(driver, refresh).await?;
    Ok(driver.drive(grant.as_mut()).await)
}

/// Tells what the metadata does not list; it is sent all the same.
fn warn<T: Transport>(driver: &Driver<T>) {
    let metadata = driver.metadata.as_ref();
    for problem in metadata.map_or_else(Vec::new, |known| offered::unlisted(&driver.spec, known)) {
        driver.say(session::warned(
            &problem.at,
            &problem.what,
            &problem.expected,
        ));
    }
}

/// The machine this program runs on, as the environment tells; one that the spec names goes before it.
fn machine<T: Transport>(driver: &Driver<T>) -> Result<Machine, Ended> {
    let env = driver.context.ports.env.as_ref();
    let named = Some(&driver.spec.authority).filter(|named| !named.is_of_machine());
    let found = Machine::find(named, &|name| env.var(name));
    found.map_err(|problem| Ended::Invalid(vec![problem]))
}

async fn discover<T: Transport>(driver: &mut Driver<T>) -> Result<(), Ended> {
    let mut discovery = Discovery::new(&driver.spec);
    match driver.drive(&mut discovery).await {
        Ended::Known(metadata) => {
            driver.metadata = Some(*metadata);
            find_region(driver).await
        }
        other => Err(other),
    }
}

/// Goes to a region's endpoint, where the run asks for that; only an application's own tokens come from there.
async fn find_region<T: Transport>(driver: &mut Driver<T>) -> Result<(), Ended> {
    let own = driver.spec.flow == Flow::ClientCredentials;
    let wanted = driver.spec.extensions.region.clone().filter(|_| own);
    let (Some(region), Some(metadata)) = (wanted, driver.metadata.clone()) else {
        return Ok(());
    };
    let env = driver.context.ports.env.as_ref();
    let variables: Vec<String> = region::VARIABLES
        .into_iter()
        .filter_map(|name| env.var(name))
        .collect();
    let mut regional = Regional::new(metadata, &region, &variables);
    match driver.drive(&mut regional).await {
        Ended::Known(metadata) => {
            driver.metadata = Some(*metadata);
            Ok(())
        }
        other => Err(other),
    }
}

async fn grant<T: Transport>(
    driver: &mut Driver<T>,
    refresh: Option<Secret>,
) -> Result<Box<dyn Grant>, Ended> {
    let Some(metadata) = driver.metadata.clone() else {
        return Err(Ended::Cancelled);
    };
    let invalid = |problem: Problem| Ended::Invalid(vec![problem]);
    let spec = &driver.spec;
    Ok(match spec.flow {
        Flow::ClientCredentials => {
            Box::new(ClientCredentials::new(spec, &metadata).map_err(invalid)?)
        }
        Flow::DeviceCode => Box::new(DeviceCode::new(spec, &metadata).map_err(invalid)?),
        Flow::Ciba => Box::new(Ciba::new(spec, &metadata).map_err(invalid)?),
        Flow::Password => Box::new(Password::new(spec, &metadata).map_err(invalid)?),
        Flow::RefreshToken | Flow::Silent => {
            Box::new(RefreshToken::new(spec, &metadata, refresh).map_err(invalid)?)
        }
        Flow::ManagedIdentity => {
            Box::new(ManagedIdentity::new(spec, machine(driver)?).map_err(invalid)?)
        }
        Flow::OnBehalfOf => Box::new(OnBehalfOf::new(spec, &metadata).map_err(invalid)?),
        Flow::TokenExchange => Box::new(TokenExchange::new(spec, &metadata).map_err(invalid)?),
        Flow::JwtBearer | Flow::SamlBearer => {
            Box::new(Bearer::new(spec, &metadata).map_err(invalid)?)
        }
        Flow::UserFic => Box::new(UserFic::new(spec, &metadata).map_err(invalid)?),
        Flow::Interactive => Box::new(interactive(driver, &metadata).await.map_err(invalid)?),
        Flow::AdminConsent => Box::new(consenting(driver, &metadata).await.map_err(invalid)?),
    })
}

/// Opens the door for the browser, then starts the grant with its address.
async fn interactive<T: Transport>(
    driver: &mut Driver<T>,
    metadata: &Metadata,
) -> Result<AuthCode, Problem> {
    let details = driver.spec.asking.authorization_details.as_deref();
    let details = details.map(details::read).transpose()?;
    let redirect_uri = door(driver, metadata).await?;
    let given = Given {
        redirect_uri,
        random: &ids::bytes(driver.context.ports.entropy.as_ref()),
        dpop_key: driver.possession.key.as_ref().map(|key| key.thumbprint()),
        details,
        request_algorithm: driver.request_algorithm(),
    };
    AuthCode::new(&driver.spec, metadata, given)
}

/// Opens the door for the browser, then starts asking an administrator.
async fn consenting<T: Transport>(
    driver: &mut Driver<T>,
    metadata: &Metadata,
) -> Result<AdminConsent, Problem> {
    AdminConsent::check(&driver.spec, metadata)?;
    let redirect_uri = door(driver, metadata).await?;
    let random = ids::bytes(driver.context.ports.entropy.as_ref());
    AdminConsent::new(&driver.spec, metadata, &redirect_uri, &random)
}

/// Listens where the browser is to come back, if that is here; the redirect URI, its port included.
async fn door<T: Transport>(
    driver: &mut Driver<T>,
    metadata: &Metadata,
) -> Result<String, Problem> {
    let typed = driver
        .spec
        .redirect_uri
        .as_deref()
        .unwrap_or("http://localhost");
    let wrong = |what: String| Problem::new(what, "redirect_uri", say::REDIRECT_EXPECTED);
    let parsed = Url::parse(typed).map_err(|error| wrong(format!("`{typed}`: {error}")))?;
    Ok(if listener::is_ours(&parsed) {
        let opened = Listener::open(parsed, guests(&driver.spec, metadata))
            .await
            .map_err(|error| no_door(typed, &error))?;
        let uri = opened.redirect_uri.clone();
        driver.listener = Some(opened);
        uri
    } else {
        driver.say(say::PASTE_REDIRECT);
        typed.to_owned()
    })
}

/// Why nothing can be listened for: mostly another program has the port.
fn no_door(typed: &str, error: &io::Error) -> Problem {
    let (what, expected) = match error.kind() {
        io::ErrorKind::AddrInUse => (say::port_busy(typed), say::PORT_EXPECTED),
        io::ErrorKind::PermissionDenied => (say::port_closed(typed), say::PORT_EXPECTED),
        _ => {
            let what = say::no_listener(typed, &error.to_string());
            (what, say::REDIRECT_EXPECTED)
        }
    };
    Problem::new(what, "redirect_uri", expected)
}

/// Who may bring the answer, and how.
fn guests(spec: &RunSpec, metadata: &Metadata) -> Guests {
    let (authority, kind) = (spec.authority.clone(), metadata.kind);
    let trusted = spec.options.trusted_hosts.clone();
    Guests {
        by_fragment: spec.asking.by_fragment(),
        may_post: Box::new(move |origin| {
            objection("origin", origin, &authority, kind, &trusted).is_none()
        }),
    }
}

/// What a silent run can do.
enum Silent {
    Held(End),
    Refresh(Box<Renewing>),
    Nothing(Problem),
}

/// What a silent run goes on with.
struct Renewing {
    token: Secret,
    account: Option<Account>,
    /// How the run ends if the renewal fails: a held token still works.
    aging: Option<End>,
}

fn silent<T: Transport>(driver: &Driver<T>, given: Option<Secret>) -> Silent {
    let found = held::look(driver);
    let granted = |token: &AccessToken| {
        let id = {
            let cache = driver.context.cache.lock();
            let cache = cache.unwrap_or_else(std::sync::PoisonError::into_inner);
            cache
                .id_token(&token.home_account_id, &token.client_id)
                .map(|id| id.secret.clone())
        };
        let facts = held::facts(token, &found, id.as_ref());
        End::Granted(Box::new(facts))
    };
    if let Some(token) = &found.access {
        return Silent::Held(granted(token));
    }
    let aging = found.aging.as_ref().map(granted);
    match found.refresh.map(|token| token.secret).or(given) {
        Some(token) => Silent::Refresh(Box::new(Renewing {
            token,
            account: found.account,
            aging,
        })),
        None => Silent::Nothing(Problem::new(
            say::NOTHING_HELD,
            "silent",
            say::NOTHING_HELD_EXPECTED,
        )),
    }
}

fn conclude<T: Transport>(driver: &Driver<T>, ended: Ended) -> End {
    match ended {
        Ended::Granted(tokens) => End::Granted(Box::new(outcome::granted(driver, *tokens))),
        Ended::Consented(consent) => End::Consented(consent),
        Ended::Refused { place, reading } => End::Refused { place, reading },
        Ended::Unreachable { place, reading } => End::Unreachable { place, reading },
        // A grant never ends in metadata; were it so, nobody has a token.
        Ended::Known(_) | Ended::Cancelled => End::Cancelled,
        Ended::Invalid(problems) => End::Invalid(problems),
    }
}
