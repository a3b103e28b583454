//! Refresh token (RFC 6749 section 6). Replaced at each use, as at Entra; the old one is not revoked by it. Apps of a
//! family share theirs; those of browser programs end after a day, whatever happens.

use std::time::Duration;

use serde_json::{Map, Value as Json};

use super::super::ask::Answer;
use super::super::desk::Desk;
use super::super::file::Platform;
use super::super::policy::Demands;
use super::super::proof::{self, Way};
use super::super::refusal::{Cause, Refusal};
use super::super::world::{Client, Grant, INACTIVE, RefreshToken};
use super::Ready;

/// How long the refresh tokens of a browser program live, counted from the sign-in.
const IN_A_BROWSER: Duration = Duration::from_hours(24);

/// Tokens for a refresh token.
///
/// # Errors
/// A wrong credential or token; whatever stands in the way of the user.
pub fn issue(desk: &mut Desk<'_>) -> Result<Answer, Refusal> {
    let client = desk.client()?;
    let sent = desk.credential_part("refresh_token")?;
    let kept = desk.world.refresh_tokens.get(&sent).cloned();
    let platform = kept.as_ref().and_then(|token| token.grant.platform);
    let way = match (platform, &kept) {
        (Some(platform), _) => Way::Through(platform),
        // Without a token that is known, only the kind of the client can tell.
        (None, None) => Way::Through(client.kind.platform()),
        (None, Some(_)) => Way::Direct,
    };
    proof::check(desk, &client, way)?;
    let kept = usable(desk, &client, &sent, kept)?;
    super::given_here(desk, &kept.grant)?;
    let issued = kept.grant.issued.iso();
    let user = desk.world.user_by_id(&kept.grant.proof.user).cloned();
    let gone = || Refusal::new(Cause::GrantUnknown, &[("app", &client.title)]);
    let user = user.ok_or_else(gone)?;
    let mut wanted = super::wanted(desk, &client, Some(&kept.grant.wanted))?;
    if !wanted.oidc("offline_access") {
        wanted.oidc.push("offline_access".into());
    }
    let ready = Ready {
        wanted,
        client,
        user,
        demands: Demands::read(desk.ask.form("claims").as_deref())?,
        refreshes: true,
        nonce: None,
        issued,
        platform,
        ends: kept.ends,
        proof: kept.grant.proof,
    };
    let policies = super::judge(desk, &ready)?;
    if let Some(token) = desk.world.refresh_tokens.get_mut(&sent) {
        token.last_used = desk.at;
    }
    Ok(super::grant(desk, &ready, &policies))
}

/// The token, if this client may use it now.
///
/// # Errors
/// It is unknown, somebody else's, or over.
fn usable(
    desk: &Desk<'_>,
    client: &Client,
    sent: &str,
    kept: Option<RefreshToken>,
) -> Result<RefreshToken, Refusal> {
    let issued = kept.as_ref().map(|token| token.grant.issued.iso());
    let issued = issued.unwrap_or_default();
    let refuse = |cause| {
        let values = [
            ("app", client.title.as_str()),
            ("field", "refresh_token"),
            ("issued", issued.as_str()),
        ];
        Err(Refusal::new(cause, &values))
    };
    let Some(kept) = kept else {
        let shaped = sent.starts_with("1.AX0A");
        return refuse(if shaped {
            Cause::GrantUnknown
        } else {
            Cause::TokenMalformed
        });
    };
    match &kept.family {
        Some(_) if kept.family != client.family => return refuse(Cause::FamilyMismatch),
        None if kept.grant.client != client.id => return refuse(Cause::GrantUnknown),
        Some(_) | None => {}
    }
    if kept.ends.is_some_and(|ends| ends <= desk.at) {
        return refuse(Cause::BrowserTokenOver);
    }
    if desk.at.since(kept.last_used) > INACTIVE {
        return refuse(Cause::TokenInactive);
    }
    Ok(kept)
}

/// Puts a new refresh token into the reply, and keeps it.
pub fn put(desk: &mut Desk<'_>, ready: &Ready, body: &mut Map<String, Json>) {
    let token = desk.kit.refresh_token();
    body.insert("refresh_token".into(), token.clone().into());
    let browser = ready.platform == Some(Platform::Spa);
    let ends = browser.then(|| ready.ends.unwrap_or(desk.at.plus(IN_A_BROWSER)));
    if let Some(ends) = ends {
        let left = ends.since(desk.at).as_secs();
        body.insert("refresh_token_expires_in".into(), left.into());
    }
    if let Some(family) = &ready.client.family {
        body.insert("foci".into(), family.clone().into());
    }
    let grant = Grant {
        client: ready.client.id.clone(),
        proof: ready.proof.clone(),
        wanted: ready.wanted.clone(),
        issued: desk.at,
        platform: ready.platform,
        flow: desk.kit.voice.dialect.flow(),
    };
    let kept = RefreshToken {
        grant,
        last_used: desk.at,
        ends,
        family: ready.client.family.clone(),
    };
    desk.world.refresh_tokens.put(token, kept);
}
