//! A cache as JSON text, the way MSAL Python's `SerializableTokenCache.serialize()` writes it. Whatever is not changed
//! stays as it was written, byte for byte: sections and members that are not known here, other clients' entries.

use std::collections::BTreeMap;
use std::fmt;

use indexmap::IndexMap;
use serde_json::value::{RawValue, to_raw_value};
use serde_json::{Map, Value as Json};

use super::schema::Entry;
use super::{AccessToken, Account, AppMetadata, IdToken, Issued, RefreshToken, TokenCache};
use crate::model::{Moment, Secret, SecretKind};
use crate::strings::cache as say;

/// Why text is not a cache. The sentence never quotes the text: it may hold tokens.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum CacheError {
    /// Not JSON.
    #[error("{}", say::not_json(*line, *column))]
    Json {
        /// Where, from 1.
        line: usize,
        /// Where, from 1.
        column: usize,
    },
    /// JSON, but not an object of sections.
    #[error("{}", say::NOT_SECTIONS)]
    Shape,
    /// An object, but none of its members is a section of the schema.
    #[error("{}", say::NOT_A_CACHE)]
    Foreign,
    /// A section that is not an object.
    #[error("{}", say::not_a_section(name))]
    Section {
        /// Its name.
        name: &'static str,
    },
}

/// The sections of the schema.
const SECTIONS: [&str; 5] = [
    AccessToken::SECTION,
    RefreshToken::SECTION,
    IdToken::SECTION,
    Account::SECTION,
    AppMetadata::SECTION,
];

type Members = IndexMap<String, Box<RawValue>>;

/// The text of a cache, opened as far as it must be.
#[derive(Clone, Default)]
pub struct Document {
    whole: Members,
}

/// It holds tokens in the clear.
impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("‹token cache›")
    }
}

impl Document {
    /// Reads it. No bytes at all are an empty cache, as MSAL has it.
    ///
    /// # Errors
    /// If it is not JSON, not an object, or none of its members is a section of the schema.
    pub fn parse(bytes: &[u8]) -> Result<Self, CacheError> {
        if bytes.iter().all(u8::is_ascii_whitespace) {
            return Ok(Self::default());
        }
        let raw: Box<RawValue> =
            serde_json::from_slice(bytes).map_err(|error| CacheError::Json {
                line: error.line(),
                column: error.column(),
            })?;
        let whole = object(&raw).ok_or(CacheError::Shape)?;
        for name in SECTIONS {
            if whole.get(name).is_some_and(|raw| object(raw).is_none()) {
                return Err(CacheError::Section { name });
            }
        }
        if !whole.is_empty() && !SECTIONS.iter().any(|name| whole.contains_key(*name)) {
            return Err(CacheError::Foreign);
        }
        Ok(Self { whole })
    }

    /// The text. It holds every token in the clear: that is why it is a [`Secret`].
    pub fn text(&self) -> Secret {
        let text = serde_json::to_string(&self.whole).unwrap_or_default();
        Secret::new(SecretKind::Other, text)
    }

    fn section(&self, name: &str) -> Members {
        self.whole
            .get(name)
            .and_then(|raw| object(raw))
            .unwrap_or_default()
    }

    /// The entries of one kind that can be used, and how many cannot.
    pub(super) fn entries<T: Entry>(&self) -> (Vec<T>, usize) {
        let section = self.section(T::SECTION);
        let found: Vec<T> = section.values().filter_map(|raw| entry(raw)).collect();
        let odd = section.len() - found.len();
        (found, odd)
    }

    /// Names of the sections that are not known here, each with the number of its entries.
    pub fn other_sections(&self) -> Vec<(String, usize)> {
        let mut counted = Vec::new();
        for (name, raw) in &self.whole {
            if !SECTIONS.contains(&name.as_str()) {
                let entries = object(raw).map_or(1, |entries| entries.len());
                counted.push((name.clone(), entries));
            }
        }
        counted
    }

    /// Ids of the clients that something is held for, in order.
    pub fn clients(&self) -> Vec<String> {
        let access = self.entries::<AccessToken>().0;
        let refresh = self.entries::<RefreshToken>().0;
        let id = self.entries::<IdToken>().0;
        let apps = self.entries::<AppMetadata>().0;
        let mut ids: Vec<String> = access
            .into_iter()
            .map(|token| token.client_id)
            .chain(refresh.into_iter().map(|token| token.client_id))
            .chain(id.into_iter().map(|token| token.client_id))
            .chain(apps.into_iter().map(|app| app.client_id))
            .collect();
        ids.sort();
        ids.dedup();
        ids
    }

    /// Everything in it that can be used, for looking at.
    pub fn cache(&self) -> TokenCache {
        TokenCache {
            access: keyed(self.entries().0),
            refresh: keyed(self.entries().0),
            id: keyed(self.entries().0),
            accounts: keyed(self.entries().0),
            apps: keyed(self.entries().0),
            fresh: None,
            keys: Vec::new(),
        }
    }

    /// What one client may use: its own entries and nothing of any other. What comes later is noted for the file.
    pub fn cache_of(&self, client_id: &str) -> TokenCache {
        let mut cache = self.cache();
        cache.access.retain(|_, token| token.client_id == client_id);
        cache
            .refresh
            .retain(|_, token| token.client_id == client_id);
        cache.id.retain(|_, token| token.client_id == client_id);
        cache.apps.retain(|_, app| app.client_id == client_id);
        cache.fresh = Some(Vec::new());
        cache
    }

    /// Adds what a reply brought, under MSAL's keys. The refresh token that was redeemed for it goes; of every other
    /// entry nothing does.
    pub fn add(&mut self, issued: &Issued, now: Moment) {
        let mut came = TokenCache::default();
        came.keep(issued.clone(), now);
        if let (Some(old), Some(new)) = (&issued.redeemed, &issued.refresh)
            && old.reveal() != new.reveal()
        {
            self.forget(&issued.client_id, old);
        }
        for token in came.access.values() {
            self.put(token, Put::Anew);
        }
        for token in came.refresh.values() {
            self.put(token, Put::Over);
        }
        for token in came.id.values() {
            self.put(token, Put::Over);
        }
        for account in came.accounts.values() {
            // Who renews makes nobody known: the account may have been removed meanwhile.
            if !issued.renewal {
                self.put(account, Put::Over);
            }
        }
        for app in came.apps.values() {
            self.put(app, Put::Over);
        }
    }

    /// Takes a client's refresh token out.
    fn forget(&mut self, client_id: &str, token: &Secret) {
        let mut section = self.section(RefreshToken::SECTION);
        section.retain(|_, raw| {
            entry::<RefreshToken>(raw).is_none_or(|held| {
                held.client_id != client_id || held.secret.reveal() != token.reveal()
            })
        });
        self.set(RefreshToken::SECTION, &section);
    }

    fn put<T: Entry>(&mut self, new: &T, how: Put) {
        let mut section = self.section(T::SECTION);
        let key = new.key();
        let old = section.get(&key).and_then(|raw| object(raw));
        let mut members = match how {
            Put::Over => old.unwrap_or_default(),
            Put::Anew => Members::new(),
        };
        let Json::Object(written) = new.write() else {
            return;
        };
        for (name, value) in written {
            if let Ok(raw) = to_raw_value(&value) {
                members.insert(name, raw);
            }
        }
        if let Ok(raw) = to_raw_value(&members) {
            section.insert(key, raw);
        }
        self.set(T::SECTION, &section);
    }

    fn set(&mut self, name: &str, section: &Members) {
        if let Ok(raw) = to_raw_value(section) {
            self.whole.insert(name.to_owned(), raw);
        }
    }
}

/// How an entry is put where there may be one.
#[derive(Clone, Copy)]
enum Put {
    /// Members that are not known here stay.
    Over,
    /// The old one goes whole.
    Anew,
}

fn object(raw: &RawValue) -> Option<Members> {
    raw.get()
        .starts_with('{')
        .then(|| serde_json::from_str(raw.get()).ok())
        .flatten()
}

fn entry<T: Entry>(raw: &RawValue) -> Option<T> {
    let members: Map<String, Json> = serde_json::from_str(raw.get()).ok()?;
    T::read(&members)
}

fn keyed<T: Entry>(entries: Vec<T>) -> BTreeMap<String, T> {
    entries
        .into_iter()
        .map(|entry| (entry.key(), entry))
        .collect()
}

#[cfg(test)]
mod tests;
