//! What a library does with a reply. Serialised as DESIGN section 9 says.

use serde::Serialize;

/// What one library would have done with the reply.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Prediction {
    /// `msal-python`, `msal-dotnet`, `msal-js`, `msal-go` or `azure-identity`.
    pub library: String,
    /// The version the statement holds for.
    pub version: String,
    /// The version that the input names for this library; `None` where it names none.
    pub your_version: Option<String>,
    /// `measured` (the library was run) or `source` (read in its source).
    pub basis: String,
    /// The file of the library's source and its commit or release, where the basis is `source`.
    pub source: Option<String>,
    /// `token`, `returned`, `raised`, `none` or `replayed`.
    pub outcome: String,
    /// The exception class or returned error a program sees, e.g. `InteractionRequiredAuthError`.
    pub kind: String,
    /// Whether the library prompts the person by itself.
    pub prompts: bool,
    /// Requests that it sends to where the reply came from, in this one call; one that a redirect leads to elsewhere
    /// counts too.
    pub requests: u32,
    /// Seconds that it waits between them.
    pub waits_s: u32,
    /// Whether the refresh token stays in its cache; `None` where none is involved.
    pub keeps_refresh_token: Option<bool>,
    /// What becomes of the claims: `kept`, `lost`, `none`.
    pub claims: String,
    /// The condition of this branch where the input does not say enough.
    pub when: Option<String>,
    /// The options the statement holds for.
    pub options: String,
    /// What the program should look at: a line of its code, or the member or class that the line should name.
    pub look_at: String,
    /// Why the library does so.
    pub why: String,
}
