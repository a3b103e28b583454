//! On behalf of a user: an API that was called with a token exchanges it for one to the next API (RFC 7523 section
//! 2.1 with `requested_token_use`). What stands in the way of the user comes back to the API, claims included, for it
//! to relay.

use serde_json::Value as Json;

use super::super::ask::Answer;
use super::super::desk::Desk;
use super::super::mint;
use super::super::policy::Demands;
use super::super::proof::{self, Jwt, Way};
use super::super::refusal::{Cause, Refusal, fill};
use super::super::world::{Client, Marks, Proof, User};
use super::Ready;
use crate::model::Moment;
use crate::strings::lab::apps as say;

/// Tokens for the token that the API was called with.
///
/// # Errors
/// A wrong credential; a token that is not a user's, not for this API, over, or not this lab's; whatever stands in
/// the way of the user.
pub fn issue(desk: &mut Desk<'_>) -> Result<Answer, Refusal> {
    let client = desk.client()?;
    let values = [("app", client.title.as_str())];
    if client.kind.public() {
        return Err(Refusal::new(Cause::BehalfNotAllowed, &values));
    }
    let proven = proof::check(desk, &client, Way::Alone)?.words();
    let wanted_use = desk.required("requested_token_use")?;
    if wanted_use != "on_behalf_of" {
        let field = [("field", "requested_token_use")];
        return Err(Refusal::new(Cause::BadRequest, &field));
    }
    let (user, proof) = caller(desk, &client)?;
    let ready = Ready {
        wanted: super::wanted(desk, &client, None)?,
        issued: proof.at.iso(),
        client,
        user,
        demands: Demands::read(desk.ask.form("claims").as_deref())?,
        refreshes: false,
        nonce: None,
        platform: None,
        ends: None,
        proof,
    };
    let policies = super::judge(desk, &ready)?;
    let mut answer = super::grant(desk, &ready, &policies);
    let (app, user) = (ready.client.name.as_str(), ready.user.name.as_str());
    let values = [("app", app), ("user", user), ("proven", &proven)];
    answer.because = super::told_with(fill(say::SAID_BEHALF, &values), &policies);
    Ok(answer)
}

/// Who the incoming token stands for, and how they proved it.
fn caller(desk: &Desk<'_>, client: &Client) -> Result<(User, Proof), Refusal> {
    let sent = desk.credential_part("assertion")?;
    let Some(jwt) = Jwt::read(&sent) else {
        let values = [("app", client.title.as_str()), ("field", "assertion")];
        return Err(Refusal::new(Cause::AssertionMalformed, &values));
    };
    let audience = jwt.text("aud");
    let values = [("app", client.title.as_str()), ("audience", audience)];
    let refuse = |cause| Err(Refusal::new(cause, &values));
    let Some(claims) = mint::verified(&desk.kit, &sent) else {
        return refuse(Cause::AssertionRejected);
    };
    // Only access tokens of this lab say what kind they are.
    match claims["idtyp"].as_str() {
        Some("user") => {}
        Some(_) => return refuse(Cause::BehalfAppOnly),
        None => return refuse(Cause::BehalfIdToken),
    }
    let own = |name: &str| desk.world.resource(name).is_some_and(|r| r.id == client.id);
    if audience != client.id && !own(audience) {
        return refuse(Cause::BehalfAudience);
    }
    let time = |name: &str| claims[name].as_i64().unwrap_or_default();
    if time("exp") <= desk.at.seconds() || time("nbf") > desk.at.seconds().saturating_add(300) {
        return refuse(Cause::BehalfTime);
    }
    let user = desk
        .world
        .user_by_id(claims["oid"].as_str().unwrap_or_default());
    let Some(user) = user.filter(|_| claims["tid"] == desk.world.tenant.as_str()) else {
        return refuse(Cause::AssertionRejected);
    };
    let machine = desk.world.machine_of_id(claims["deviceid"].as_str());
    let device = machine.map(|machine| machine.name.clone());
    let proof = proof_of(user, &claims, device);
    Ok((user.clone(), proof))
}

/// How the user of a token proved who they are, as far as the token tells. One from before a revocation counts as
/// revoked.
pub fn proof_of(user: &User, claims: &Json, device: Option<String>) -> Proof {
    let at = Moment::from_seconds(claims["iat"].as_i64().unwrap_or_default());
    let revoked = user
        .revoked_at
        .is_some_and(|revoked| at.seconds() < revoked.seconds());
    let factors = claims["amr"].as_array();
    Proof {
        user: user.id.clone(),
        mfa: factors.is_some_and(|amr| amr.iter().any(|method| method == "mfa")),
        at,
        epoch: if revoked {
            user.epoch.wrapping_sub(1)
        } else {
            user.epoch
        },
        marks: Marks {
            device,
            ..Marks::default()
        },
    }
}

/// The token of a federated provider (RFC 7522). This tenant's users are all its own, so there is none to trust.
///
/// # Errors
/// Always.
pub fn saml(desk: &Desk<'_>) -> Result<Answer, Refusal> {
    proof::client(desk, Way::Direct)?;
    desk.credential_part("assertion")?;
    let values = [("tenant", desk.world.domain.as_str())];
    Err(Refusal::new(Cause::FederationUnknown, &values))
}
