//! Looks at a cache of whatever program and tells its metadata. Nothing is decrypted, used or given out.

use super::document::{CacheError, Document};
use super::lookup::Query;
use super::{AccessToken, Account, AppMetadata, IdToken, RefreshToken, TokenCache, program};
use crate::keys::seal;
use crate::model::Moment;
use crate::model::cache::{
    CacheStorage, CacheView, CachedAccount, CachedApp, CachedKind, CachedToken, SilentQuestion,
    SilentView,
};

/// How data begins that Windows encrypted: version 1 and the provider's id
/// (Windows, `CryptProtectData`).
const DPAPI: [u8; 20] = [
    0x01, 0x00, 0x00, 0x00, 0xd0, 0x8c, 0x9d, 0xdf, 0x01, 0x15, 0xd1, 0x11, 0x8c, 0x7a, 0x00, 0xc0,
    0x4f, 0xc2, 0x97, 0xeb,
];

/// What the bytes of a cache file tell. Entries stand in the order of the file.
///
/// # Errors
/// If it is neither a cache in plain text nor one of the encrypted kinds that are known.
pub fn inspect(
    bytes: &[u8],
    question: Option<&SilentQuestion>,
    now: Moment,
) -> Result<CacheStorage, CacheError> {
    if bytes.is_empty() {
        return Ok(CacheStorage::Empty);
    }
    if bytes.starts_with(&DPAPI) {
        return Ok(CacheStorage::Dpapi);
    }
    if seal::id_of(bytes).is_some() {
        return Ok(CacheStorage::Sealed);
    }
    let document = Document::parse(bytes)?;
    let (accounts, odd_accounts) = document.entries::<Account>();
    let (access, odd_access) = document.entries::<AccessToken>();
    let (refresh, odd_refresh) = document.entries::<RefreshToken>();
    let (id, odd_id) = document.entries::<IdToken>();
    let (apps, odd_apps) = document.entries::<AppMetadata>();
    let tokens = access.into_iter().map(of_access);
    let tokens = tokens
        .chain(refresh.into_iter().map(of_refresh))
        .chain(id.into_iter().map(of_id));
    Ok(CacheStorage::Plain(Box::new(CacheView {
        accounts: accounts.into_iter().map(of_account).collect(),
        tokens: tokens.collect(),
        apps: apps.into_iter().map(of_app).collect(),
        other_sections: document.other_sections(),
        unusable: odd_accounts + odd_access + odd_refresh + odd_id + odd_apps,
        silent: question.map(|question| silent(&document.cache(), question, now)),
    })))
}

fn of_account(account: Account) -> CachedAccount {
    CachedAccount {
        username: account.username,
        home_account_id: account.home_account_id,
        environment: account.environment,
        realm: account.realm,
        authority_type: account.authority_type,
        source: account.account_source,
    }
}

fn of_access(token: AccessToken) -> CachedToken {
    CachedToken {
        kind: CachedKind::Access,
        fingerprint: token.secret.digest(),
        client_id: token.client_id,
        environment: token.environment,
        realm: token.realm,
        home_account_id: token.home_account_id,
        scopes: token.target,
        token_type: Some(token.token_type),
        cached_at: Some(token.cached_at),
        expires_on: Some(token.expires_on),
        refresh_on: token.refresh_on,
        family_id: None,
        bound: token.binding.is_some(),
    }
}

fn of_refresh(token: RefreshToken) -> CachedToken {
    let unknown = Moment::default();
    CachedToken {
        kind: CachedKind::Refresh,
        fingerprint: token.secret.digest(),
        client_id: token.client_id,
        environment: token.environment,
        realm: String::new(),
        home_account_id: token.home_account_id,
        scopes: token.target,
        token_type: None,
        cached_at: Some(token.last_modification_time).filter(|at| *at != unknown),
        expires_on: None,
        refresh_on: None,
        family_id: token.family_id,
        bound: false,
    }
}

fn of_id(token: IdToken) -> CachedToken {
    CachedToken {
        kind: CachedKind::Id,
        fingerprint: token.secret.digest(),
        client_id: token.client_id,
        environment: token.environment,
        realm: token.realm,
        home_account_id: token.home_account_id,
        scopes: Vec::new(),
        token_type: None,
        cached_at: None,
        expires_on: None,
        refresh_on: None,
        family_id: None,
        bound: false,
    }
}

fn of_app(app: AppMetadata) -> CachedApp {
    CachedApp {
        program: program::of_client(&app.client_id),
        client_id: app.client_id,
        environment: app.environment,
        family_id: app.family_id,
    }
}

fn silent(cache: &TokenCache, question: &SilentQuestion, now: Moment) -> SilentView {
    let environment = environment(cache, question);
    let own = || {
        cache
            .access_tokens()
            .filter(|token| token.client_id == question.client_id)
    };
    let app = question.username.is_none()
        && own().next().is_some()
        && own().all(|token| token.home_account_id.is_empty());
    let found = cache.find(
        &Query {
            environment: &environment,
            realm: question.realm.as_deref(),
            client_id: &question.client_id,
            username: question.username.as_deref(),
            app,
            scopes: &question.scopes,
            claims: false,
            force: false,
        },
        now,
    );
    let misses = found.misses.iter();
    SilentView {
        account: found.account.map(|account| account.username),
        access: found
            .access
            .as_ref()
            .map(|token| token.secret.digest().unwrap_or_default()),
        refresh: found
            .refresh
            .as_ref()
            .map(|token| token.secret.digest().unwrap_or_default()),
        refresh_client: found.refresh.map(|token| token.client_id),
        misses: misses
            .map(|miss| (miss.word(), miss.sentence(now)))
            .collect(),
        environment,
    }
}

/// Where to look: the authority that was named, in the spelling of the cache; else where the client's tokens are from.
fn environment(cache: &TokenCache, question: &SilentQuestion) -> String {
    let held = || {
        let access = cache
            .access_tokens()
            .map(|token| (&token.environment, &token.client_id));
        let refresh = cache
            .refresh_tokens()
            .map(|token| (&token.environment, &token.client_id));
        access.chain(refresh)
    };
    let spelled = question
        .environments
        .iter()
        .find(|name| held().any(|(environment, _)| environment == *name));
    if let Some(named) = spelled.or(question.environments.last()) {
        return named.clone();
    }
    let own = held().find(|(_, client)| **client == question.client_id);
    let some = own.or_else(|| held().next());
    some.map(|(environment, _)| environment.clone())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests;
