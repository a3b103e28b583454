//! What a library does with a reply. Serialised as DESIGN section 9 says.

use serde::Serialize;

/// What one library would have done with the reply.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Prediction {
    /// `msal-python`, `msal-dotnet`, `msal-js`, `msal-go` or `azure-identity`.
    pub library: String,
    /// The version the statement holds for.
    pub version: String,
    /// `measured` (the library was run) or `source` (read in its source).
    pub basis: String,
    /// `token`, `returned`, `raised`, `none` or `replayed`.
    pub outcome: String,
    /// The exception class or returned error a program sees, e.g. `InteractionRequiredAuthError`.
    pub kind: String,
    /// Whether the library prompts the person by itself.
    pub prompts: bool,
    /// Requests it sends in this one call.
    pub requests: u32,
    /// Seconds it waits by itself.
    pub waits_s: u32,
    /// Whether the refresh token stays in its cache; `None` where none is involved.
    pub keeps_refresh_token: Option<bool>,
    /// What becomes of the claims: `kept`, `lost`, `none`.
    pub claims: String,
    /// The condition of this branch where the input does not say enough.
    pub when: Option<String>,
    /// The options the statement holds for.
    pub options: String,
    /// What the program should look at.
    pub look_at: String,
    /// Why the library does so.
    pub why: String,
}
