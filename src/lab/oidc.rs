//! What the generic issuer has besides Entra's endpoints: introspection (RFC 7662) and revocation (RFC 7009).

use serde_json::json;

use super::ask::Answer;
use super::desk::Desk;
use super::mint;
use super::proof::{self, Way};
use super::refusal::{Refusal, fill};
use super::token::family;
use crate::strings::lab::surfaces as say;

/// `/oidc/introspect`: whether a token is good, and what is in it.
pub fn introspect(desk: &Desk<'_>) -> Answer {
    let token = match asked(desk) {
        Ok(token) => token,
        Err(refusal) => return refusal.answer(desk.ask, &desk.stamp, false),
    };
    let inactive = json!({ "active": false });
    let refresh = desk.world.refresh_tokens.get(&token).map(|kept| {
        let spent = desk.world.surfaces.families.get(&token);
        let alive = spent.is_none_or(|member| !member.spent);
        json!({ "active": alive, "client_id": kept.grant.client, "token_type": "refresh_token" })
    });
    let access = || {
        let mut claims = mint::verified(&desk.kit, &token)?;
        let id = claims["jti"].as_str().unwrap_or_default();
        let live = claims["exp"].as_i64() > Some(desk.at.seconds());
        if !live || desk.world.surfaces.revoked.get(id).is_some() {
            return None;
        }
        claims["active"] = true.into();
        claims["token_type"] = "Bearer".into();
        Some(claims)
    };
    let body = refresh.or_else(access).unwrap_or(inactive);
    let what = if body["active"] == true {
        "active"
    } else {
        "inactive"
    };
    let answer = Answer::json(200, &body, fill(say::SAID_INTROSPECTION, &[("what", what)]));
    desk.stamp.onto(answer, desk.ask, 0)
}

/// `/oidc/revoke`: ends a token; an unknown one is answered like a known one.
pub fn revoke(desk: &mut Desk<'_>) -> Answer {
    let token = match asked(desk) {
        Ok(token) => token,
        Err(refusal) => return refusal.answer(desk.ask, &desk.stamp, false),
    };
    let member = desk.world.surfaces.families.get(&token).cloned();
    let mut what = "nothing known";
    if let Some(member) = member {
        family::revoke(desk, &member.family);
        what = "refresh token and its family";
    } else if let Some(claims) = mint::verified(&desk.kit, &token) {
        let id = claims["jti"].as_str().unwrap_or_default();
        desk.world.surfaces.revoked.put(id.to_owned(), ());
        what = "access token";
    }
    let because = fill(say::SAID_REVOCATION, &[("what", what)]);
    let answer = Answer::text(200, "", because);
    desk.stamp.onto(answer, desk.ask, 0)
}

/// The token of a request by a client that may ask.
fn asked(desk: &Desk<'_>) -> Result<String, Refusal> {
    proof::client(desk, Way::Direct)?;
    desk.required("token")
}
