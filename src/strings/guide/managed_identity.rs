//! The token endpoint of a machine.

use std::time::Duration;

/// How long an update of the endpoint takes at most.
pub const UPDATE: Duration = Duration::from_secs(70);

/// No identity.
pub const NOT_ASSIGNED: &str =
    "This machine or service does not have the managed identity that was asked for.";
/// Which one to look for.
pub const WHICH_IDENTITY: &str = "Without an id the system-assigned identity is meant; with a client id, object id or resource id the user-assigned one, which must be assigned to this very machine.";
/// Several identities.
pub const NOT_NAMED: &str =
    "This machine has several managed identities, and the request does not say which one is meant.";
/// No header.
pub const NO_HEADER: &str = "The request lacks the header Metadata: true, without which the machine's endpoint answers nobody.";
/// Being updated.
pub const UPDATING: &str = "The machine's identity endpoint is being updated or is not ready yet; it comes back by itself.";
