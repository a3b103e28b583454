//! Refresh token (RFC 6749 section 6). Replaced at each use, as at Entra; the old one is not revoked by it.

use super::super::ask::Answer;
use super::super::desk::Desk;
use super::super::policy::Demands;
use super::super::refusal::{Cause, Refusal};
use super::super::world::INACTIVE;
use super::Ready;

/// Tokens for a refresh token.
///
/// # Errors
/// A wrong credential or token; whatever stands in the way of the user.
pub fn issue(desk: &mut Desk<'_>) -> Result<Answer, Refusal> {
    let client = desk.proven_client(false)?;
    let sent = desk.credential_part("refresh_token")?;
    let kept = desk.world.refresh_tokens.get(&sent).cloned();
    let issued = kept
        .as_ref()
        .map(|token| token.grant.issued.iso())
        .unwrap_or_default();
    let refuse = |cause| {
        let values = [
            ("app", client.title.as_str()),
            ("field", "refresh_token"),
            ("issued", issued.as_str()),
        ];
        Refusal::new(cause, &values)
    };
    let Some(kept) = kept else {
        let shaped = sent.starts_with("1.AX0A");
        return Err(refuse(if shaped {
            Cause::GrantUnknown
        } else {
            Cause::TokenMalformed
        }));
    };
    if kept.grant.client != client.id {
        return Err(refuse(Cause::GrantUnknown));
    }
    if desk.at.since(kept.last_used) > INACTIVE {
        return Err(refuse(Cause::TokenInactive));
    }
    let user = desk.world.user_by_id(&kept.grant.proof.user).cloned();
    let user = user.ok_or_else(|| refuse(Cause::GrantUnknown))?;
    let mut wanted = super::wanted(desk, &client, Some(&kept.grant.wanted))?;
    if !wanted.oidc("offline_access") {
        wanted.oidc.push("offline_access".into());
    }
    let ready = Ready {
        wanted,
        client,
        user,
        demands: Demands::read(desk.ask.form("claims").as_deref())?,
        nonce: None,
        issued,
        proof: kept.grant.proof,
    };
    super::judge(desk, &ready)?;
    if let Some(token) = desk.world.refresh_tokens.get_mut(&sent) {
        token.last_used = desk.at;
    }
    Ok(super::grant(desk, &ready))
}
