//! What a server says of an authorization request that was pushed (RFC 9126).

use serde_json::Value as Json;

use crate::grants::metadata::PAR_ENDPOINT;
use crate::grants::{Metadata, reply};
use crate::model::{Problem, Reply};
use crate::strings::grants as say;

/// The reply where it was kept (section 2.2).
pub(super) struct Kept {
    /// What it calls the request: `request_uri`.
    pub name: String,
    /// For how long it keeps it.
    pub seconds: Option<u64>,
}

impl Kept {
    pub fn read(reply: &Reply) -> Option<Self> {
        let good = (200..300).contains(&reply.status);
        let body = Some(&reply.body).filter(|_| good)?;
        let Ok(Json::Object(members)) = serde_json::from_slice(body) else {
            return None;
        };
        let name = members.get("request_uri")?.as_str()?;
        Some(Self {
            name: Some(name.to_owned()).filter(|name| !name.is_empty())?,
            seconds: reply::number(&members, "expires_in"),
        })
    }
}

/// Where it is pushed to.
///
/// # Errors
/// The metadata names no such place.
pub(super) fn pushed_to(metadata: &Metadata) -> Result<String, Problem> {
    let none = || {
        let expected = say::metadata_that_names(PAR_ENDPOINT);
        Problem::new(say::no_endpoint(PAR_ENDPOINT), "par", expected)
    };
    metadata.par_endpoint.clone().ok_or_else(none)
}
