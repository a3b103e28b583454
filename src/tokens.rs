//! Tokens held in memory and in cache files, in the structure that MSAL calls its unified cache schema. Owns what is
//! kept and under which key, and the files; promises that a refresh token is never dropped because a server refused
//! it, that a lookup says why it found nothing, and that nothing of another program is lost from a file.

pub mod document;
pub mod file;
pub mod inspect;
pub mod program;

mod lock;
mod lookup;
mod miss;
mod schema;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::keys::dpop::Key;
use crate::model::{Moment, Secret};

pub use document::{CacheError, Document};
pub use file::{CacheFile, FileError};
pub use lookup::{Found, Query};
pub use miss::Miss;

/// An access token and what it is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessToken {
    /// The token.
    pub secret: Secret,
    /// `uid.utid` of the account; empty for an application's own token.
    pub home_account_id: String,
    /// Host of the authority, with its port where one was typed.
    pub environment: String,
    /// The client.
    pub client_id: String,
    /// The tenant.
    pub realm: String,
    /// The scopes, sorted.
    pub target: Vec<String>,
    /// `Bearer` …
    pub token_type: String,
    /// When it was kept.
    pub cached_at: Moment,
    /// When it expires.
    pub expires_on: Moment,
    /// When it expires during an outage.
    pub extended_expires_on: Option<Moment>,
    /// When it should be refreshed ahead of time.
    pub refresh_on: Option<Moment>,
    /// What it is bound to beside its scopes (a key, further parameters): only who asks for the same may use it.
    pub binding: Option<String>,
}

/// A refresh token and whose it is. Not bound to a tenant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefreshToken {
    /// The token.
    pub secret: Secret,
    /// `uid.utid` of the account.
    pub home_account_id: String,
    /// Host of the authority.
    pub environment: String,
    /// The client.
    pub client_id: String,
    /// The scopes it came with, sorted.
    pub target: Vec<String>,
    /// When it was kept.
    pub last_modification_time: Moment,
    /// The family of clients that may share it.
    pub family_id: Option<String>,
}

/// An ID token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdToken {
    /// The token.
    pub secret: Secret,
    /// `uid.utid` of the account.
    pub home_account_id: String,
    /// Host of the authority.
    pub environment: String,
    /// The client.
    pub client_id: String,
    /// The tenant.
    pub realm: String,
}

/// An account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// `uid.utid`, or the ID token's `sub` where there is no `client_info`.
    pub home_account_id: String,
    /// Host of the authority.
    pub environment: String,
    /// The tenant.
    pub realm: String,
    /// The id within the tenant.
    pub local_account_id: String,
    /// What the person calls themself.
    pub username: String,
    /// `MSSTS`, `ADFS` or `Generic`.
    pub authority_type: String,
    /// The grant that brought it.
    pub account_source: String,
}

/// A client that was seen at an authority.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppMetadata {
    /// The client.
    pub client_id: String,
    /// Host of the authority.
    pub environment: String,
    /// Its family, if it is in one.
    pub family_id: Option<String>,
}

/// What a token reply brought, ready to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issued {
    /// Host of the authority, with its port where one was typed.
    pub environment: String,
    /// The tenant.
    pub realm: String,
    /// The client.
    pub client_id: String,
    /// The account; `None` for an application's own token.
    pub account: Option<Account>,
    /// The access token.
    pub access: Secret,
    /// `Bearer` …
    pub token_type: String,
    /// Its scopes.
    pub scopes: Vec<String>,
    /// When it expires.
    pub expires: Moment,
    /// When it expires during an outage.
    pub extended_expires: Option<Moment>,
    /// When it should be refreshed ahead of time.
    pub refresh_on: Option<Moment>,
    /// The refresh token.
    pub refresh: Option<Secret>,
    /// The ID token.
    pub id: Option<Secret>,
    /// The family of clients.
    pub family: Option<String>,
    /// The refresh token that was redeemed for it.
    pub redeemed: Option<Secret>,
    /// Whether it renews what was held, so that it makes nobody known who was not.
    pub renewal: bool,
}

/// The cache. Every section is keyed as MSAL keys it, lower case, joined by `-`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TokenCache {
    access: BTreeMap<String, AccessToken>,
    refresh: BTreeMap<String, RefreshToken>,
    id: BTreeMap<String, IdToken>,
    accounts: BTreeMap<String, Account>,
    apps: BTreeMap<String, AppMetadata>,
    /// What came since it was read from a file, for that file; `None` where there is no file.
    fresh: Option<Vec<(Issued, Moment)>>,
    /// The keys that tokens are bound to (RFC 9449). They are never written anywhere.
    keys: Vec<(Secret, Arc<Key>)>,
}

fn key(parts: &[&str]) -> String {
    parts.join("-").to_lowercase()
}

/// Sorted, each once.
fn sorted(scopes: &[String]) -> Vec<String> {
    let mut target = scopes.to_vec();
    target.sort();
    target.dedup();
    target
}

impl AccessToken {
    fn key(&self) -> String {
        let target = self.target.join(" ");
        let kind = self.binding.as_ref().map_or("accesstoken", |_| "atext");
        let mut parts: Vec<&str> = vec![&self.home_account_id, &self.environment, kind];
        parts.extend([self.client_id.as_str(), &self.realm, &target]);
        parts.extend(self.binding.as_deref());
        key(&parts)
    }
}

impl RefreshToken {
    fn key(&self) -> String {
        key(&[
            &self.home_account_id,
            &self.environment,
            "refreshtoken",
            &self.client_id,
            "",
            &self.target.join(" "),
        ])
    }
}

impl IdToken {
    fn key(&self) -> String {
        key(&[
            &self.home_account_id,
            &self.environment,
            "idtoken",
            &self.client_id,
            &self.realm,
            "",
        ])
    }
}

impl Account {
    fn key(&self) -> String {
        key(&[&self.home_account_id, &self.environment, &self.realm])
    }
}

impl AppMetadata {
    /// The one key that MSAL Python leaves in the case it was given.
    fn key(&self) -> String {
        ["appmetadata", &self.environment, &self.client_id].join("-")
    }
}

impl TokenCache {
    /// Keeps what a reply brought. A new access token replaces those of the same account and client whose scopes
    /// overlap with it; a new refresh token replaces the account's old one; nothing else goes.
    pub fn keep(&mut self, issued: Issued, now: Moment) {
        // A file does not get the key that a bound token needs (RFC 9449), so it does not get the token.
        let usable = !issued.token_type.eq_ignore_ascii_case("DPoP");
        if let Some(fresh) = self.fresh.as_mut().filter(|_| usable) {
            fresh.push((issued.clone(), now));
        }
        let home = issued
            .account
            .as_ref()
            .map(|account| account.home_account_id.clone())
            .unwrap_or_default();
        let access = AccessToken {
            secret: issued.access,
            home_account_id: home.clone(),
            environment: issued.environment.clone(),
            client_id: issued.client_id.clone(),
            realm: issued.realm.clone(),
            target: sorted(&issued.scopes),
            token_type: issued.token_type,
            cached_at: now,
            expires_on: issued.expires,
            extended_expires_on: issued.extended_expires,
            refresh_on: issued.refresh_on,
            binding: None,
        };
        self.keep_access(access);
        if let Some(secret) = issued.refresh {
            self.keep_refresh(RefreshToken {
                secret,
                home_account_id: home.clone(),
                environment: issued.environment.clone(),
                client_id: issued.client_id.clone(),
                target: sorted(&issued.scopes),
                last_modification_time: now,
                family_id: issued.family.clone(),
            });
        }
        if let Some(secret) = issued.id {
            let id = IdToken {
                secret,
                home_account_id: home,
                environment: issued.environment.clone(),
                client_id: issued.client_id.clone(),
                realm: issued.realm,
            };
            self.id.insert(id.key(), id);
        }
        if let Some(account) = issued.account {
            self.accounts.insert(account.key(), account);
        }
        let app = AppMetadata {
            client_id: issued.client_id,
            environment: issued.environment,
            family_id: issued.family,
        };
        self.apps.insert(app.key(), app);
    }

    fn keep_access(&mut self, new: AccessToken) {
        self.access.retain(|_, held| {
            let same = held.home_account_id == new.home_account_id
                && held.environment == new.environment
                && held.client_id == new.client_id
                && held.realm == new.realm
                && held.binding == new.binding;
            !(same && held.target.iter().any(|scope| new.target.contains(scope)))
        });
        self.access.insert(new.key(), new);
    }

    fn keep_refresh(&mut self, new: RefreshToken) {
        self.refresh.retain(|_, held| {
            held.home_account_id != new.home_account_id
                || held.environment != new.environment
                || held.client_id != new.client_id
        });
        self.refresh.insert(new.key(), new);
    }

    /// What came since the cache was read from its file, each with its time; asked for once.
    pub fn take_fresh(&mut self) -> Vec<(Issued, Moment)> {
        self.fresh.as_mut().map(std::mem::take).unwrap_or_default()
    }

    /// Remembers which key a token is bound to, for as long as the token is held.
    pub fn bind(&mut self, token: &Secret, key: &Arc<Key>) {
        let mut keys = std::mem::take(&mut self.keys);
        keys.retain(|(bound, _)| self.holds(bound));
        keys.push((token.clone(), Arc::clone(key)));
        self.keys = keys;
    }

    /// The key that a token is bound to.
    pub fn key_of(&self, token: &Secret) -> Option<Arc<Key>> {
        let mut keys = self.keys.iter().rev();
        let found = keys.find(|(bound, _)| bound == token);
        found.map(|(_, key)| Arc::clone(key))
    }

    fn holds(&self, token: &Secret) -> bool {
        let access = self.access.values().map(|held| &held.secret);
        let refresh = self.refresh.values().map(|held| &held.secret);
        access.chain(refresh).any(|held| held == token)
    }

    /// The accounts, each once a tenant.
    pub fn accounts(&self) -> impl Iterator<Item = &Account> {
        self.accounts.values()
    }

    /// The access tokens held.
    pub fn access_tokens(&self) -> impl Iterator<Item = &AccessToken> {
        self.access.values()
    }

    /// The refresh tokens held.
    pub fn refresh_tokens(&self) -> impl Iterator<Item = &RefreshToken> {
        self.refresh.values()
    }

    /// The ID tokens held.
    pub fn id_tokens(&self) -> impl Iterator<Item = &IdToken> {
        self.id.values()
    }

    /// The ID token of an account at a client.
    pub fn id_token(&self, home_account_id: &str, client_id: &str) -> Option<&IdToken> {
        self.id
            .values()
            .find(|id| id.home_account_id == home_account_id && id.client_id == client_id)
    }

    /// Whether nothing is held.
    pub fn is_empty(&self) -> bool {
        self.access.is_empty() && self.refresh.is_empty() && self.accounts.is_empty()
    }
}
