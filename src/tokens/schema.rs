//! The cache as JSON text, in MSAL's unified schema: times are strings of epoch seconds, targets are joined by spaces.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json, json};

use super::{AccessToken, Account, AppMetadata, IdToken, RefreshToken, TokenCache, sorted};
use crate::model::{Moment, Secret, SecretKind};
use crate::strings::flows as say;

/// Why text is not a cache.
#[derive(Debug, thiserror::Error)]
pub enum CacheError {
    /// Not JSON.
    #[error("{}", say::cache_not_json(&.0.to_string()))]
    Json(#[from] serde_json::Error),
    /// JSON, but not an object of sections.
    #[error("{}", say::CACHE_NOT_SECTIONS)]
    Shape,
}

type Members = Map<String, Json>;

fn text(members: &Members, name: &str) -> String {
    match members.get(name) {
        Some(Json::String(text)) => text.clone(),
        Some(Json::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

fn optional(members: &Members, name: &str) -> Option<String> {
    Some(text(members, name)).filter(|text| !text.is_empty())
}

fn time(members: &Members, name: &str) -> Option<Moment> {
    let text = text(members, name);
    let whole = text.split('.').next()?;
    whole.parse().ok().map(Moment::from_seconds)
}

fn secret(members: &Members, kind: SecretKind) -> Option<Secret> {
    optional(members, "secret").map(|value| Secret::new(kind, value))
}

fn target(members: &Members) -> Vec<String> {
    let text = text(members, "target");
    let scopes: Vec<String> = text.split_ascii_whitespace().map(Into::into).collect();
    sorted(&scopes)
}

fn seconds(moment: Moment) -> String {
    moment.seconds().to_string()
}

fn set_time(members: &mut Json, name: &str, moment: Option<Moment>) {
    if let Some(moment) = moment {
        members[name] = Json::String(seconds(moment));
    }
}

impl AccessToken {
    fn read(members: &Members) -> Option<Self> {
        Some(Self {
            secret: secret(members, SecretKind::AccessToken)?,
            home_account_id: text(members, "home_account_id"),
            environment: text(members, "environment"),
            client_id: text(members, "client_id"),
            realm: text(members, "realm"),
            target: target(members),
            token_type: optional(members, "token_type").unwrap_or_else(|| "Bearer".into()),
            cached_at: time(members, "cached_at")?,
            expires_on: time(members, "expires_on")?,
            extended_expires_on: time(members, "extended_expires_on"),
            refresh_on: time(members, "refresh_on"),
        })
    }

    fn write(&self) -> Json {
        let home = Some(&self.home_account_id).filter(|home| !home.is_empty());
        let mut members = json!({
            "credential_type": "AccessToken", "secret": self.secret.reveal(), "home_account_id": home,
            "environment": self.environment, "client_id": self.client_id, "target": self.target.join(" "),
            "realm": self.realm, "token_type": self.token_type, "cached_at": seconds(self.cached_at),
            "expires_on": seconds(self.expires_on),
        });
        set_time(
            &mut members,
            "extended_expires_on",
            self.extended_expires_on,
        );
        set_time(&mut members, "refresh_on", self.refresh_on);
        members
    }
}

impl RefreshToken {
    fn read(members: &Members) -> Option<Self> {
        Some(Self {
            secret: secret(members, SecretKind::RefreshToken)?,
            home_account_id: text(members, "home_account_id"),
            environment: text(members, "environment"),
            client_id: text(members, "client_id"),
            target: target(members),
            last_modification_time: time(members, "last_modification_time").unwrap_or_default(),
            family_id: optional(members, "family_id"),
        })
    }

    fn write(&self) -> Json {
        let mut members = json!({
            "credential_type": "RefreshToken", "secret": self.secret.reveal(),
            "home_account_id": self.home_account_id, "environment": self.environment,
            "client_id": self.client_id, "target": self.target.join(" "),
            "last_modification_time": seconds(self.last_modification_time),
        });
        if let Some(family) = &self.family_id {
            members["family_id"] = Json::String(family.clone());
        }
        members
    }
}

impl IdToken {
    fn read(members: &Members) -> Option<Self> {
        Some(Self {
            secret: secret(members, SecretKind::IdToken)?,
            home_account_id: text(members, "home_account_id"),
            environment: text(members, "environment"),
            client_id: text(members, "client_id"),
            realm: text(members, "realm"),
        })
    }

    fn write(&self) -> Json {
        json!({
            "credential_type": "IdToken", "secret": self.secret.reveal(),
            "home_account_id": self.home_account_id, "environment": self.environment,
            "realm": self.realm, "client_id": self.client_id,
        })
    }
}

impl Account {
    fn read(members: &Members) -> Option<Self> {
        Some(Self {
            home_account_id: optional(members, "home_account_id")?,
            environment: text(members, "environment"),
            realm: text(members, "realm"),
            local_account_id: text(members, "local_account_id"),
            username: text(members, "username"),
            authority_type: text(members, "authority_type"),
            account_source: text(members, "account_source"),
        })
    }

    fn write(&self) -> Json {
        json!({
            "home_account_id": self.home_account_id, "environment": self.environment, "realm": self.realm,
            "local_account_id": self.local_account_id, "username": self.username,
            "authority_type": self.authority_type, "account_source": self.account_source,
        })
    }
}

impl AppMetadata {
    fn read(members: &Members) -> Option<Self> {
        Some(Self {
            client_id: optional(members, "client_id")?,
            environment: text(members, "environment"),
            family_id: optional(members, "family_id"),
        })
    }

    fn write(&self) -> Json {
        json!({
            "client_id": self.client_id, "environment": self.environment, "family_id": self.family_id,
        })
    }
}

fn section<T>(
    whole: &Members,
    name: &str,
    read: fn(&Members) -> Option<T>,
    key: fn(&T) -> String,
) -> BTreeMap<String, T> {
    let Some(Json::Object(entries)) = whole.get(name) else {
        return BTreeMap::new();
    };
    entries
        .values()
        .filter_map(Json::as_object)
        .filter_map(read)
        .map(|entry| (key(&entry), entry))
        .collect()
}

fn written<T>(entries: &BTreeMap<String, T>, write: fn(&T) -> Json) -> Json {
    entries
        .iter()
        .map(|(key, entry)| (key.clone(), write(entry)))
        .collect::<Members>()
        .into()
}

impl TokenCache {
    /// Reads the text that MSAL Python's `SerializableTokenCache.serialize()` (or [`TokenCache::serialise`]) made.
    /// Entries that lack what makes them usable are left out.
    ///
    /// # Errors
    /// If it is not JSON, or not an object.
    pub fn parse(cache: &str) -> Result<Self, CacheError> {
        let Json::Object(whole) = serde_json::from_str(cache)? else {
            return Err(CacheError::Shape);
        };
        Ok(Self {
            access: section(&whole, "AccessToken", AccessToken::read, AccessToken::key),
            refresh: section(
                &whole,
                "RefreshToken",
                RefreshToken::read,
                RefreshToken::key,
            ),
            id: section(&whole, "IdToken", IdToken::read, IdToken::key),
            accounts: section(&whole, "Account", Account::read, Account::key),
            apps: section(&whole, "AppMetadata", AppMetadata::read, AppMetadata::key),
        })
    }

    /// The cache as JSON text. It holds every token in the clear: that is why it is a [`Secret`].
    pub fn serialise(&self) -> Secret {
        let whole = json!({
            "AccessToken": written(&self.access, AccessToken::write),
            "RefreshToken": written(&self.refresh, RefreshToken::write),
            "IdToken": written(&self.id, IdToken::write),
            "Account": written(&self.accounts, Account::write),
            "AppMetadata": written(&self.apps, AppMetadata::write),
        });
        Secret::new(SecretKind::Other, whole.to_string())
    }
}
