//! Continuous access evaluation: a client that says it can (`cp1`) hears at once of what happened after its token was
//! issued. Sessions revoked, the account held to be riskier than before, or a place that a policy bars.

use serde_json::Value as Json;

use super::super::lifetime::ABLE;
use super::super::policy::{self, Attempt, Demands};
use super::super::refusal::fill;
use super::super::token;
use super::super::world::{User, World};
use super::Challenge;
use crate::model::Moment;
use crate::strings::lab as say;

/// Why a token that is good counts no more, if so.
pub fn challenge(world: &World, claims: &Json, at: Moment) -> Option<Challenge> {
    let mut abilities = claims["xms_cc"].as_array().into_iter().flatten();
    let able = abilities.any(|one| {
        one.as_str()
            .is_some_and(|one| one.eq_ignore_ascii_case(ABLE))
    });
    let user = claims["oid"].as_str().and_then(|id| world.user_by_id(id));
    let user = user.filter(|_| able)?;
    let issued = claims["iat"].as_i64().unwrap_or_default();
    let since = |event: Option<Moment>| event.filter(|event| issued < event.seconds());
    if let Some(event) = since(user.revoked_at) {
        let by = fill(say::SAID_API_POLICY, &[("name", "revoke-sessions")]);
        return Some(Challenge::claims(policy::not_before(event), by));
    }
    if let Some(event) = since(user.standing.riskier_since) {
        let named = [("user", user.name.as_str())];
        let by = fill(say::SAID_API_RISK, &named);
        return Some(Challenge::claims(policy::not_before(event), by));
    }
    barred(world, claims, (user, at))
}

/// The challenge of a place that a policy bars.
fn barred(world: &World, claims: &Json, (user, at): (&User, Moment)) -> Option<Challenge> {
    let app = claims["azp"].as_str().or_else(|| claims["appid"].as_str());
    let machine = world.machine_of_id(claims["deviceid"].as_str());
    let proof = token::proof_of(user, claims, machine.map(|machine| machine.name.clone()));
    let attempt = Attempt {
        user,
        proof: &proof,
        client: world.client(app?)?,
        resource: claims["aud"].as_str().unwrap_or_default(),
        demands: &Demands::default(),
        at,
        page: false,
    };
    let policy = policy::barring_place(world, &attempt)?;
    let address = world.address_of(&user.standing);
    let wanted = policy::not_before_from(at, address);
    let values = [("name", policy.name.as_str())];
    Some(Challenge::claims(
        wanted,
        fill(say::SAID_API_PLACE, &values),
    ))
}
