//! A claims request laid open: what it asks for, and how each library and tool takes it.

use serde::Serialize;
use serde_json::Value as Json;

/// One claim that is asked for (OpenID Connect Core 5.5).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AskedClaim {
    /// Which token is to carry it: `access_token`, `id_token` or `userinfo`.
    pub part: String,
    /// Its name.
    pub name: String,
    /// Whether the request says that it does not go without.
    pub essential: bool,
    /// The values that will do, as text; empty: any.
    pub values: Vec<String>,
    /// What that means, in a sentence.
    pub meaning: String,
}

/// The request as one library or tool takes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ClaimsForm {
    /// Whose: `msal-python`, `azure-cli` …
    #[serde(rename = "for")]
    pub of: String,
    /// Its name for people.
    pub title: String,
    /// What to paste there.
    pub text: String,
}

/// A claims request laid open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ClaimsView {
    /// What was found.
    pub claims: Json,
    /// The same with the client's capabilities, as it is sent.
    pub merged: Json,
    /// Claim by claim.
    pub asked: Vec<AskedClaim>,
    /// Ready to paste.
    pub forms: Vec<ClaimsForm>,
}
