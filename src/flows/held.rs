//! What is already held: looked up before anything is sent, and told in the run's log.

use std::sync::PoisonError;

use super::driver::Driver;
use super::outcome::{claims, environment};
use crate::model::{Event, RunSpec, Secret, TokenFacts};
use crate::strings::flows as say;
use crate::tokens::{AccessToken, Found, Miss, Query};
use crate::wire::Transport;

/// The lookup that a spec means.
pub(super) fn query<'a>(spec: &'a RunSpec, environment: &'a str) -> Query<'a> {
    Query {
        environment,
        realm: spec.authority.tenant(),
        client_id: &spec.client_id,
        username: spec.username.as_deref(),
        app: spec.flow.is_without_user(),
        scopes: &spec.scopes,
        claims: spec
            .claims
            .as_deref()
            .is_some_and(|text| !text.trim().is_empty()),
        force: spec.force_refresh,
    }
}

/// Looks, and says where and with what result.
pub(super) fn look<T: Transport>(driver: &Driver<T>) -> Found {
    let environment = environment(&driver.spec);
    let query = query(&driver.spec, &environment);
    let now = driver.now();
    let found = driver
        .context
        .cache
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .find(&query, now);
    driver.say(say::looked(&environment, &driver.spec.client_id));
    for miss in &found.misses {
        let event = Event::new(now, miss.sentence(now));
        driver.log(match (miss, &driver.spec.username) {
            (Miss::OtherAccount, Some(name)) => Event {
                about: Some(name.clone()),
                ..event
            },
            _ => event,
        });
    }
    if found.access.is_some() {
        driver.say(say::FOUND_ACCESS);
    } else if found.refresh.is_some() {
        driver.say(say::FOUND_REFRESH);
    }
    found
}

/// What is told of a held access token.
pub(super) fn facts(token: &AccessToken, found: &Found, id: Option<&Secret>) -> TokenFacts {
    TokenFacts {
        issued_type: None,
        details: None,
        token_type: token.token_type.clone(),
        expires: Some(token.expires_on),
        scopes: token.target.clone(),
        fingerprint: token.secret.digest().unwrap_or_default(),
        refresh_fingerprint: found
            .refresh
            .as_ref()
            .and_then(|token| token.secret.digest()),
        access_claims: claims(Some(&token.secret)),
        id_claims: claims(id),
        from_cache: true,
        account: found
            .account
            .as_ref()
            .map(|account| account.username.clone()),
    }
}
