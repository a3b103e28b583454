//! Claims requests found in a text, laid open.

use crate::decode;
use crate::grants::claims::merged;
use crate::guide;
use crate::model::Problem;
use crate::model::claims_view::ClaimsView;

/// Every claims request of a text, each once, with the client's capabilities laid over it. None: the text holds none.
///
/// # Errors
/// Claims that are no JSON object any more once they are merged.
pub fn claims(text: &str, capabilities: &[String]) -> Result<Vec<ClaimsView>, Problem> {
    let read = |text: &str| serde_json::from_str(text).unwrap_or_default();
    let found = decode::claims_requests(text);
    let views = found.iter().map(|found| {
        let sent = merged(Some(found), capabilities)?;
        let sent = sent.as_deref().unwrap_or(found);
        Ok(guide::claims::lay_open(&read(found), &read(sent)))
    });
    views.collect()
}
