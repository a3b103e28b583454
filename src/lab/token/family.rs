//! Refresh tokens of the generic issuer: each works once, and using one twice ends every token of its sign-in
//! (RFC 9700 section 4.14.2).

use serde_json::Value as Json;

use super::super::ask::Answer;
use super::super::desk::Desk;
use super::super::refusal::{Cause, Refusal};
use super::super::world::Member;
use crate::strings::lab::surfaces as say;

/// Whether the refresh token of a request may be used, where that is asked.
///
/// # Errors
/// It was used before; its family is revoked.
pub fn guard(desk: &mut Desk<'_>) -> Result<(), Refusal> {
    let Some(sent) = sent(desk) else {
        return Ok(());
    };
    let families = &mut desk.world.surfaces.families;
    let Some(member) = families.get(&sent).filter(|member| member.spent).cloned() else {
        return Ok(());
    };
    revoke(desk, &member.family);
    Err(Refusal::new(Cause::FamilyRevoked, &[]).because(say::BY_REUSE))
}

/// Ends every refresh token of a family.
pub fn revoke(desk: &mut Desk<'_>, family: &str) {
    let families = &mut desk.world.surfaces.families;
    while let Some(key) = families.find(|member| member.family == family) {
        families.take(&key);
        desk.world.refresh_tokens.take(&key);
    }
}

/// Remembers the refresh token of a granted reply as the next of its family, and that the sent one is spent.
pub fn note(desk: &mut Desk<'_>, answer: Answer) -> Answer {
    if !desk.kit.voice.dialect.rotates() {
        return answer;
    }
    let body: Json = serde_json::from_slice(&answer.body).unwrap_or_default();
    let Some(issued) = body["refresh_token"].as_str() else {
        return answer;
    };
    let sent = sent(desk);
    let families = &mut desk.world.surfaces.families;
    let before = sent.as_deref().and_then(|key| families.get_mut(key));
    let family = match before {
        Some(member) => {
            member.spent = true;
            member.family.clone()
        }
        None => desk.kit.guid(),
    };
    let member = Member {
        family,
        spent: false,
    };
    families.put(issued.to_owned(), member);
    answer
}

fn sent(desk: &Desk<'_>) -> Option<String> {
    let rotates = desk.kit.voice.dialect.rotates();
    let refreshes = desk.ask.form("grant_type").as_deref() == Some("refresh_token");
    desk.ask
        .form("refresh_token")
        .filter(|_| rotates && refreshes)
}
