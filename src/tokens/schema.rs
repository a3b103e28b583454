//! One entry of each section, in MSAL's unified schema: times are strings of epoch seconds, targets are joined by
//! spaces.

use serde_json::{Map, Value as Json, json};

use super::{AccessToken, Account, AppMetadata, IdToken, RefreshToken, sorted};
use crate::model::{Moment, Secret, SecretKind};

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

/// A kind of entry: how it is read and written, and where it stands.
pub(super) trait Entry: Sized {
    /// Its section.
    const SECTION: &'static str;

    /// Reads it; `None` if it lacks what makes it usable.
    fn read(members: &Members) -> Option<Self>;

    /// Its members. They hold the token in the clear.
    fn write(&self) -> Json;

    /// Its key within the section.
    fn key(&self) -> String;
}

impl Entry for AccessToken {
    const SECTION: &'static str = "AccessToken";

    fn key(&self) -> String {
        Self::key(self)
    }

    fn read(members: &Members) -> Option<Self> {
        let binding = ["ext_cache_key", "key_id"];
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
            binding: binding.iter().find_map(|name| optional(members, name)),
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

impl Entry for RefreshToken {
    const SECTION: &'static str = "RefreshToken";

    fn key(&self) -> String {
        Self::key(self)
    }

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

impl Entry for IdToken {
    const SECTION: &'static str = "IdToken";

    fn key(&self) -> String {
        Self::key(self)
    }

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

impl Entry for Account {
    const SECTION: &'static str = "Account";

    fn key(&self) -> String {
        Self::key(self)
    }

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

impl Entry for AppMetadata {
    const SECTION: &'static str = "AppMetadata";

    fn key(&self) -> String {
        Self::key(self)
    }

    fn read(members: &Members) -> Option<Self> {
        Some(Self {
            client_id: optional(members, "client_id")?,
            environment: text(members, "environment"),
            family_id: optional(members, "family_id"),
        })
    }

    fn write(&self) -> Json {
        let mut members = json!({ "client_id": self.client_id, "environment": self.environment });
        if let Some(family) = &self.family_id {
            members["family_id"] = Json::String(family.clone());
        }
        members
    }
}
