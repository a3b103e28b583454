//! Entries of the world file about other tenants.

use serde::Deserialize;
use toml::Spanned;

use super::{ClientEntry, Place, PolicyEntry, WorldFile};
use crate::model::Problem;
use crate::strings::lab as say;

/// Another tenant.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct NeighbourEntry {
    /// Its GUID.
    pub id: Spanned<String>,
    /// Its domain.
    pub domain: Spanned<String>,
    /// What pages call it.
    pub name: String,
    /// Whether it lets its users out; it does if nothing is said.
    pub lets_out: Option<bool>,
    /// Whether the own tenant lets its users in; it does if nothing is said.
    pub lets_in: Option<bool>,
    /// Whether the own tenant accepts that its devices are compliant.
    #[serde(default)]
    pub trusts_devices: bool,
    /// Its policies, written like the own ones.
    #[serde(default, rename = "policy")]
    pub policies: Vec<PolicyEntry>,
    /// What it says of applications that it uses.
    #[serde(default, rename = "app")]
    pub apps: Vec<InstanceEntry>,
}

/// An application as another tenant has it: the settings that each tenant makes for itself.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct InstanceEntry {
    /// The client's name.
    pub client: Spanned<String>,
    /// Switched off there.
    #[serde(default)]
    pub disabled: bool,
    /// Whether only those of `assigned` may use it there.
    #[serde(default)]
    pub assignment_required: bool,
    /// Names of the users and groups that are assigned to it there.
    #[serde(default)]
    pub assigned: Vec<String>,
}

/// Checks what the format cannot express.
pub(super) fn check(at: &Place<'_>, world: &WorldFile) -> Result<(), Problem> {
    let known = |domain: &str| {
        let others = &mut world.neighbours.iter();
        domain == world.tenant.domain || others.any(|other| other.domain.get_ref() == domain)
    };
    for user in &world.users {
        let all = user.home.iter().chain(&user.guest_of);
        for domain in all {
            if !known(domain.get_ref()) {
                return Err(at.wrong(domain, "home", say::EXPECTED_TENANT));
            }
        }
    }
    for app in world.neighbours.iter().flat_map(|other| &other.apps) {
        let named = |client: &ClientEntry| client.name.get_ref() == app.client.get_ref();
        if !world.clients.iter().any(named) {
            return Err(at.wrong(&app.client, "client", say::EXPECTED_CLIENT));
        }
    }
    let twice = |other: &&NeighbourEntry| *other.domain.get_ref() == world.tenant.domain;
    match world.neighbours.iter().find(twice) {
        Some(wrong) => Err(at.wrong(&wrong.domain, "domain", say::EXPECTED_UNIQUE)),
        None => Ok(()),
    }
}
