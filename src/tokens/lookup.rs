//! Looks for a token as MSAL's silent call does, and says why it found none.

use std::time::Duration;

use super::{AccessToken, Account, RefreshToken, TokenCache};
use crate::model::Moment;
use crate::model::authority::ENTRA_CLOUDS;

/// A token that expires within this time counts as expired (as MSAL has it).
pub const MARGIN: Duration = Duration::from_mins(5);

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
    /// The user name; `None`: whoever signed in last.
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

/// Why a held access token will not do, or that there is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Miss {
    /// No account is held at this authority for this client.
    NoAccount,
    /// Accounts are held, but not this one.
    OtherAccount,
    /// Passed over because a refresh was asked for.
    Forced,
    /// Passed over because claims are asked for.
    Claims,
    /// It is expired, or will be within [`MARGIN`].
    Expired {
        /// When it expires.
        at: Moment,
    },
    /// It should be refreshed ahead of time; it still works.
    Aging,
    /// It is for other scopes.
    OtherScopes {
        /// Those it is for.
        held: Vec<String>,
    },
    /// The account is held, but no access token for it.
    NoAccessToken,
    /// The account is held, but no refresh token for it.
    NoRefreshToken,
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
                Err(miss) => {
                    found.misses.push(miss);
                    return found;
                }
            }
        };
        found.refresh = self
            .refresh
            .values()
            .filter(|token| {
                token.home_account_id == home
                    && same_environment(&token.environment, query.environment)
                    && token.client_id == query.client_id
            })
            .max_by_key(|token| token.last_modification_time)
            .cloned();
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

    fn find_access(&self, query: &Query<'_>, home: &str, now: Moment, found: &mut Found) {
        let mut any = false;
        for token in self.held(query, home) {
            any = true;
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
            .filter(|token| covers(&token.target, query.scopes))
            .max_by_key(|token| token.cached_at)
    }

    fn held<'c, 'q>(
        &'c self,
        query: &'q Query<'_>,
        home: &'q str,
    ) -> impl Iterator<Item = &'c AccessToken> + use<'c, 'q> {
        self.access.values().filter(move |token| {
            token.home_account_id == home
                && same_environment(&token.environment, query.environment)
                && token.client_id == query.client_id
                && query
                    .realm
                    .filter(|realm| is_guid(realm))
                    .is_none_or(|realm| realm.eq_ignore_ascii_case(&token.realm))
        })
    }

    fn account(&self, query: &Query<'_>) -> Result<&Account, Miss> {
        let here: Vec<&Account> = self
            .accounts
            .values()
            .filter(|account| {
                same_environment(&account.environment, query.environment)
                    && self
                        .last_seen(&account.home_account_id, query.client_id)
                        .is_some()
            })
            .collect();
        if here.is_empty() {
            return Err(Miss::NoAccount);
        }
        here.into_iter()
            .filter(|account| {
                query
                    .username
                    .is_none_or(|name| name.eq_ignore_ascii_case(&account.username))
            })
            .max_by_key(|account| self.last_seen(&account.home_account_id, query.client_id))
            .ok_or(Miss::OtherAccount)
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
        || ENTRA_CLOUDS.iter().any(|cloud| {
            cloud.contains(&left.to_ascii_lowercase().as_str())
                && cloud.contains(&right.to_ascii_lowercase().as_str())
        })
}

fn is_guid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(index, byte)| match index {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}
