//! Extensions of OAuth that a run uses beside its flow.

use serde::{Deserialize, Serialize};

use super::Region;

/// Which extensions a run uses. The default uses none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Extensions {
    /// Whether tokens are bound to a key of the run, whose possession every request proves (DPoP, RFC 9449).
    pub dpop: bool,
    /// Whether the authorization request is pushed to the server before the browser opens (RFC 9126).
    pub par: bool,
    /// The region whose token endpoint an application asks for its own tokens; `None`: the global one.
    pub region: Option<Region>,
}

impl Extensions {
    /// Whether none is used.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
