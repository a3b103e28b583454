//! The loop rule: a program that sends the same request again and again is held back for a while. Off unless the
//! world switches it on. Polls of a device sign-in are repeated by design and do not count.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use super::super::desk::Desk;
use super::super::refusal::{Cause, Refusal};

/// So many equal requests in so much time; the next one is refused.
const TIMES: usize = 15;
const WITHIN: Duration = Duration::from_mins(5);

/// Fields that differ in requests that ask for the same.
const INCIDENTAL: [&str; 2] = ["client_assertion", "client-request-id"];

/// Counts the request.
///
/// # Errors
/// It was made too often.
pub fn check(desk: &mut Desk<'_>, grant: &str) -> Result<(), Refusal> {
    let at = desk.at;
    let Some(recent) = desk.world.recent.as_mut() else {
        return Ok(());
    };
    if grant.ends_with("device_code") {
        return Ok(());
    }
    let key = key(&desk.ask.body);
    let mut times = recent.take(&key).unwrap_or_default();
    times.retain(|earlier| at.since(*earlier) < WITHIN);
    let looped = times.len() >= TIMES;
    if !looped {
        times.push(at);
    }
    recent.put(key, times);
    if looped {
        let app = desk.client()?;
        return Err(Refusal::new(Cause::LoopDetected, &[("app", &app.title)]));
    }
    Ok(())
}

/// What is equal in equal requests; a digest, since secrets are in it.
fn key(form: &[u8]) -> String {
    let mut fields: Vec<(String, String)> = url::form_urlencoded::parse(form)
        .into_owned()
        .filter(|(name, _)| !INCIDENTAL.contains(&name.as_str()) && !name.starts_with("x-"))
        .collect();
    fields.sort();
    let mut digest = Sha256::new();
    for (name, value) in fields {
        digest.update(name.len().to_be_bytes());
        digest.update(name);
        digest.update(value.len().to_be_bytes());
        digest.update(value);
    }
    URL_SAFE_NO_PAD.encode(digest.finalize())
}
