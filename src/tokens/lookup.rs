//! Looks for a token as MSAL's silent call does, and says why it found none.

use std::time::Duration;

use super::{AccessToken, Account, Miss, RefreshToken, TokenCache};
use crate::decode;
use crate::model::Moment;
use crate::model::authority::cloud_of;

/// A token that expires within this time counts as expired (as MSAL has it).
pub const MARGIN: Duration = Duration::from_mins(5);

/// The one family of clients that there is.
const FAMILY: &str = "1";

/// The scopes that say nothing about an API.
const RESERVED: [&str; 4] = ["openid", "profile", "offline_access", "email"];

/// What is looked for.
#[derive(Clone, Copy, Debug)]
pub struct Query<'a> {
    /// Host of the authority; its known aliases count as the same.
    pub environment: &'a str,
    /// The tenant as typed; compared only where it is an id.
    pub realm: Option<&'a str>,
    /// The client.
    pub client_id: &'a str,
    /// The user name, or the account's `home_account_id`; `None`: whoever signed in last.
    pub username: Option<&'a str>,
    /// Whether an application's own token is meant.
    pub app: bool,
    /// The scopes it must have.
    pub scopes: &'a [String],
    /// Whether claims are asked for: a held token cannot have them.
    pub claims: bool,
    /// Whether the held access token is to be passed over.
    pub force: bool,
}

/// What a lookup found.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// The account.
    pub account: Option<Account>,
    /// An access token that will do.
    pub access: Option<AccessToken>,
    /// The refresh token of the account.
    pub refresh: Option<RefreshToken>,
    /// An access token that still works but should be renewed: what MSAL falls back on where renewing it fails.
    pub aging: Option<AccessToken>,
    /// Why there is no access token, in the order in which it was found out.
    pub misses: Vec<Miss>,
}

impl TokenCache {
    /// Looks for an access token that will do, and for the refresh token.
    pub fn find(&self, query: &Query<'_>, now: Moment) -> Found {
        let mut found = Found::default();
        let home = if query.app {
            String::new()
        } else {
            match self.account(query) {
                Ok(account) => {
                    let home = account.home_account_id.clone();
                    found.account = Some(account.clone());
                    home
                }
                Err(misses) => {
                    found.misses = misses;
                    return found;
                }
            }
        };
        found.refresh = self.refresh_token(query, &home).cloned();
        if query.force {
            found.misses.push(Miss::Forced);
        } else if query.claims {
            found.misses.push(Miss::Claims);
        } else {
            self.find_access(query, &home, now, &mut found);
        }
        if found.access.is_none() && found.refresh.is_none() && !query.app {
            found.misses.push(Miss::NoRefreshToken);
        }
        found
    }

    /// The refresh token to redeem, in MSAL's order: the family's where the client is in one (or not known yet, when
    /// the family may turn out to be its own), else the client's own. The newest of them.
    fn refresh_token(&self, query: &Query<'_>, home: &str) -> Option<&RefreshToken> {
        let newest = |passes: &dyn Fn(&RefreshToken) -> bool| {
            let held = self.refresh.values().filter(|token| {
                token.home_account_id == home
                    && same_environment(&token.environment, query.environment)
                    && passes(token)
            });
            held.max_by_key(|token| token.last_modification_time)
        };
        let of_family = self
            .family(query)
            .and_then(|family| newest(&|token| token.family_id.as_deref() == Some(family)));
        of_family.or_else(|| newest(&|token| token.client_id == query.client_id))
    }

    /// The family of the client; the one that there is, for a client that was never seen.
    fn family(&self, query: &Query<'_>) -> Option<&str> {
        let seen = self.apps.values().find(|app| {
            app.client_id == query.client_id
                && same_environment(&app.environment, query.environment)
        });
        seen.map_or(Some(FAMILY), |app| app.family_id.as_deref())
    }

    fn find_access(&self, query: &Query<'_>, home: &str, now: Moment, found: &mut Found) {
        let held = self.held(query, home);
        let any = !held.is_empty();
        let mut tenants: Vec<&str> = held.iter().map(|token| token.realm.as_str()).collect();
        tenants.sort_unstable();
        tenants.dedup();
        if tenants.len() > 1 && query.realm.is_some() {
            // The tenant was given by a name, and tokens do not tell the name of theirs.
            found.misses.push(Miss::SeveralTenants);
            return;
        }
        for token in held {
            if !covers(&token.target, query.scopes) {
                found.misses.push(Miss::OtherScopes {
                    held: token.target.clone(),
                });
            } else if token.expires_on < now.plus(MARGIN) {
                found.misses.push(Miss::Expired {
                    at: token.expires_on,
                });
            } else if token.refresh_on.is_some_and(|at| at <= now) && found.refresh.is_some() {
                found.misses.push(Miss::Aging);
                found.aging = Some(token.clone());
            } else {
                found.access = Some(token.clone());
                found.misses.clear();
                return;
            }
        }
        if !any {
            found.misses.push(Miss::NoAccessToken);
        }
    }

    /// The newest access token that fits, expired or not: for calling an API with it.
    pub fn newest(&self, query: &Query<'_>) -> Option<&AccessToken> {
        let home = if query.app {
            String::new()
        } else {
            self.account(query).ok()?.home_account_id.clone()
        };
        self.held(query, &home)
            .into_iter()
            .filter(|token| covers(&token.target, query.scopes))
            .max_by_key(|token| token.cached_at)
    }

    /// The access tokens of the account and client. A tenant given as an id, or in the very words of a token, counts
    /// alone; by a name it may be any.
    fn held(&self, query: &Query<'_>, home: &str) -> Vec<&AccessToken> {
        let own = self.access.values().filter(|token| {
            token.home_account_id == home
                && token.binding.is_none()
                && same_environment(&token.environment, query.environment)
                && token.client_id == query.client_id
        });
        let Some(realm) = query.realm else {
            return own.collect();
        };
        let (exact, others): (Vec<_>, Vec<_>) =
            own.partition(|token| realm.eq_ignore_ascii_case(&token.realm));
        if exact.is_empty() && !decode::is_guid(realm) {
            others
        } else {
            exact
        }
    }

    fn account(&self, query: &Query<'_>) -> Result<&Account, Vec<Miss>> {
        let there = |account: &&Account| same_environment(&account.environment, query.environment);
        let here: Vec<&Account> = self
            .accounts
            .values()
            .filter(there)
            .filter(|account| {
                let home = &account.home_account_id;
                self.last_seen(home, query.client_id).is_some()
                    || self.refresh_token(query, home).is_some()
            })
            .collect();
        if here.is_empty() {
            return Err(self.nobody(query));
        }
        here.into_iter()
            .filter(|account| {
                query.username.is_none_or(|name| {
                    name.eq_ignore_ascii_case(&account.username) || name == account.home_account_id
                })
            })
            .max_by_key(|account| self.last_seen(&account.home_account_id, query.client_id))
            .ok_or_else(|| vec![Miss::OtherAccount])
    }

    /// Why no account is held: what is held in its place.
    fn nobody(&self, query: &Query<'_>) -> Vec<Miss> {
        let mut misses = vec![Miss::NoAccount];
        let there: Vec<&RefreshToken> = self
            .refresh
            .values()
            .filter(|token| same_environment(&token.environment, query.environment))
            .collect();
        let listed = |names: Vec<&String>| {
            let mut names: Vec<String> = names.into_iter().cloned().collect();
            names.sort();
            names.dedup();
            names
        };
        let (clients, elsewhere) = (
            there.iter().map(|token| &token.client_id).collect(),
            self.refresh
                .values()
                .filter(|token| token.client_id == query.client_id)
                .map(|token| &token.environment)
                .collect::<Vec<_>>(),
        );
        if !there.is_empty() {
            misses.push(Miss::OtherClient {
                held: listed(clients),
            });
        }
        if !elsewhere.is_empty() {
            misses.push(Miss::OtherEnvironment {
                held: listed(elsewhere),
            });
        }
        misses
    }

    /// When this client last got something for an account.
    fn last_seen(&self, home: &str, client_id: &str) -> Option<Moment> {
        let refresh = self
            .refresh
            .values()
            .filter(|token| token.home_account_id == home && token.client_id == client_id)
            .map(|token| token.last_modification_time);
        let access = self
            .access
            .values()
            .filter(|token| token.home_account_id == home && token.client_id == client_id)
            .map(|token| token.cached_at);
        refresh.chain(access).max()
    }
}

fn covers(target: &[String], asked: &[String]) -> bool {
    asked
        .iter()
        .filter(|scope| !RESERVED.contains(&scope.as_str()))
        .all(|scope| target.iter().any(|held| held.eq_ignore_ascii_case(scope)))
}

fn same_environment(left: &str, right: &str) -> bool {
    left.eq_ignore_ascii_case(right)
        || cloud_of(left).is_some_and(|cloud| cloud_of(right) == Some(cloud))
}
