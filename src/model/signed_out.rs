//! What came of signing out at the server.

use serde::{Deserialize, Serialize};

/// The visit to the server's page for signing out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedOut {
    /// Whether the browser came back with this request's `state`; `None` where it was not asked to.
    pub came_back: Option<bool>,
    /// Whether an ID token went along (`id_token_hint`).
    pub hinted: bool,
    /// What it means, and what signing out does not do: a sentence each.
    pub said: Vec<String>,
}
