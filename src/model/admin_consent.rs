//! What an administrator consented to for everybody in a tenant.

use serde::{Deserialize, Serialize};

/// The answer of the page where an administrator consents.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdminConsent {
    /// The tenant, as the answer names it: nearly always a GUID. `None` where it does not.
    pub tenant: Option<String>,
    /// The permissions, as the answer repeats them; empty at the v1 page, which stands for all that the registration
    /// lists.
    pub scopes: Vec<String>,
}
