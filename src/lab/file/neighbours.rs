//! Entries of the world file about other tenants.

use serde::Deserialize;
use toml::Spanned;

use super::{Place, WorldFile};
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
    let twice = |other: &&NeighbourEntry| *other.domain.get_ref() == world.tenant.domain;
    match world.neighbours.iter().find(twice) {
        Some(wrong) => Err(at.wrong(&wrong.domain, "domain", say::EXPECTED_UNIQUE)),
        None => Ok(()),
    }
}
