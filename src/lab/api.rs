//! The small protected API: checks the bearer token as an API must (RFC 6750), and issues claims challenges where
//! a policy says so.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value as Json, json};

use super::ask::Answer;
use super::desk::Desk;
use super::file::PolicyKind;
use super::mint;
use super::policy;
use super::refusal::fill;
use super::world::{Scope, World};
use crate::model::Moment;
use crate::strings::lab as say;

mod evaluation;
#[cfg(test)]
mod tests;

/// Why a token is not enough.
pub struct Challenge {
    status: u16,
    error: &'static str,
    text: String,
    /// The scope that a new token must hold.
    scope: Option<String>,
    /// Claims to get a new token with, as JSON text.
    claims: Option<String>,
    because: String,
}

impl Challenge {
    /// The token is none that is good here.
    pub fn token(text: &str) -> Self {
        Self {
            status: 401,
            scope: None,
            error: "invalid_token",
            text: text.to_owned(),
            claims: None,
            because: fill(say::SAID_API_TOKEN, &[("why", text)]),
        }
    }

    /// The token is good, and must hold this scope too (RFC 6750 section 3.1).
    pub fn scope(scope: Option<String>, text: &str) -> Self {
        Self {
            status: 403,
            error: "insufficient_scope",
            scope,
            ..Self::token(text)
        }
    }

    /// What the body calls it.
    const fn code(&self) -> &'static str {
        match self.status {
            403 => "AccessDenied",
            _ => "InvalidAuthenticationToken",
        }
    }

    fn claims(claims: String, because: String) -> Self {
        Self {
            status: 401,
            scope: None,
            error: "insufficient_claims",
            text: say::API_CLAIMS.to_owned(),
            claims: Some(claims),
            because,
        }
    }
}

/// `GET /api` and `/api/me`: who the token is for.
pub fn me(desk: &Desk<'_>) -> Answer {
    let allowed = check(desk).and_then(|claims| permitted(desk.world, claims));
    match allowed {
        Ok(claims) => {
            let body = json!({
                "displayName": claims["name"],
                "userPrincipalName": claims["upn"],
                "id": claims["oid"],
                "tenantId": claims["tid"],
                "appDisplayName": claims["app_displayname"],
                "scopes": claims["scp"],
                "roles": claims["roles"],
                "simulated": true,
            });
            let answer = Answer::json(200, &body, say::SAID_API);
            answer.with("request-id", desk.stamp.trace.clone())
        }
        Err(challenge) => refuse(desk, &challenge),
    }
}

/// The claims of a token that is good here and now.
///
/// # Errors
/// No token, or one that is not.
pub fn check(desk: &Desk<'_>) -> Result<Json, Challenge> {
    let Some(token) = desk.ask.bearer() else {
        return Err(Challenge::token(say::API_NO_TOKEN));
    };
    let Some(claims) = mint::verified(&desk.kit, token) else {
        return Err(Challenge::token(say::API_BAD_TOKEN));
    };
    let time = |name: &str| claims[name].as_i64().unwrap_or_default();
    // Tokens of the dialects that know no tenants name none.
    if claims
        .get("tid")
        .is_some_and(|tenant| *tenant != desk.world.tenant.as_str())
    {
        return Err(Challenge::token(say::API_BAD_TOKEN));
    }
    // An ID token of this lab is signed by the same key, but its audience is a client, never an API.
    let audience = claims["aud"].as_str().unwrap_or_default();
    if !desk.world.resources.iter().any(|r| r.uri == audience) {
        return Err(Challenge::token(say::API_AUDIENCE));
    }
    if time("exp") <= desk.at.seconds() || time("nbf") > desk.at.seconds().saturating_add(300) {
        return Err(Challenge::token(say::API_EXPIRED));
    }
    match demanded(desk.world, &claims, desk.at) {
        Some(challenge) => Err(challenge),
        None => Ok(claims),
    }
}

/// Whether a good token holds a permission for the API that it is for: a scope of it, or a role.
fn permitted(world: &World, claims: Json) -> Result<Json, Challenge> {
    let audience = claims["aud"].as_str().unwrap_or_default();
    let scopes = world.resource(audience).map(|api| api.scopes.as_slice());
    let scopes = scopes.unwrap_or_default();
    let held = claims["scp"].as_str().unwrap_or_default();
    let holds = |scope: &Scope| held.split(' ').any(|one| one == scope.name);
    let roles = claims["roles"].as_array().is_some_and(|r| !r.is_empty());
    if roles || scopes.iter().any(holds) {
        return Ok(claims);
    }
    // An application without a person asks for roles, which no scope names.
    let least = scopes.first().filter(|_| claims["scp"].is_string());
    let least = least.map(|scope| format!("{audience}/{}", scope.name));
    Err(Challenge::scope(least, say::API_SCOPE))
}

/// What the API demands beyond a good token.
fn demanded(world: &World, claims: &Json, at: Moment) -> Option<Challenge> {
    let by = |name: &str| fill(say::SAID_API_POLICY, &[("name", name)]);
    if let Some(policy) = world.policy(PolicyKind::ApiContext) {
        let met = claims["acrs"]
            .as_array()
            .is_some_and(|list| list.iter().any(|c| *c == policy.context));
        if !met {
            let wanted = policy::contexts(std::slice::from_ref(&policy.context));
            return Some(Challenge::claims(wanted, by(&policy.name)));
        }
    }
    let issued = claims["iat"].as_i64().unwrap_or_default();
    let older = |than: Moment| issued < than.seconds();
    if let Some(policy) = world
        .policy(PolicyKind::ApiFreshToken)
        .filter(|p| older(p.since))
    {
        return Some(Challenge::claims(
            policy::not_before(policy.since),
            by(&policy.name),
        ));
    }
    evaluation::challenge(world, claims, at)
}

/// The refusal of a token, as RFC 6750 section 3 has it.
pub fn refuse(desk: &Desk<'_>, challenge: &Challenge) -> Answer {
    let base = &desk.ask.base;
    let mut header =
        format!("Bearer realm=\"\", authorization_uri=\"{base}/common/oauth2/authorize\"");
    if desk.ask.bearer().is_some() {
        let Challenge { error, text, .. } = challenge;
        header = format!("{header}, error=\"{error}\", error_description=\"{text}\"");
    }
    if let Some(scope) = &challenge.scope {
        header = format!("{header}, scope=\"{scope}\"");
    }
    if let Some(claims) = &challenge.claims {
        header = format!("{header}, claims=\"{}\"", STANDARD.encode(claims));
    }
    let body = json!({ "error": {
        "code": challenge.code(),
        "message": challenge.text,
        "innerError": {
            "date": desk.at.iso(),
            "request-id": desk.stamp.trace,
            "client-request-id": desk.stamp.correlation,
        },
    } });
    Answer::json(challenge.status, &body, challenge.because.clone())
        .with("www-authenticate", header)
        .with("request-id", desk.stamp.trace.clone())
        .with("client-request-id", desk.stamp.correlation.clone())
}
