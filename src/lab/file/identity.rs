//! Entries of machines' identities.

use serde::Deserialize;
use toml::Spanned;

/// An identity of a machine. Without a path it is the machine's own.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IdentityEntry {
    /// Short name.
    pub name: Spanned<String>,
    /// Client id, a GUID.
    pub id: Spanned<String>,
    /// Object id, a GUID.
    pub object: Spanned<String>,
    /// Resource id, e.g. `/subscriptions/…/userAssignedIdentities/jobs`.
    #[serde(default)]
    pub path: String,
}
