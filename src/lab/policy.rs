//! Judges a sign-in: policies of the world, the person's own settings and what the request's claims demand.

use std::time::Duration;

use serde_json::{Value as Json, json};

use super::file::PolicyKind;
use super::refusal::{Cause, Refusal, fill};
use super::world::{Proof, User, World};
use crate::model::Moment;
use crate::strings::lab as say;

/// What the `claims` parameter of a request asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Demands {
    /// Authentication contexts, e.g. `c1`.
    pub contexts: Vec<String>,
    /// Client capabilities, e.g. `cp1`.
    pub capabilities: Vec<String>,
}

impl Demands {
    /// Reads `claims` (OpenID Connect Core 5.5).
    ///
    /// # Errors
    /// Something that is not a JSON object.
    pub fn read(claims: Option<&str>) -> Result<Self, Refusal> {
        let Some(text) = claims else {
            return Ok(Self::default());
        };
        let parsed = serde_json::from_str::<Json>(text)
            .ok()
            .filter(Json::is_object);
        let Some(parsed) = parsed else {
            return Err(Refusal::new(Cause::BadRequest, &[("field", "claims")]));
        };
        Ok(Self {
            contexts: values(&parsed, "acrs"),
            capabilities: values(&parsed, "xms_cc"),
        })
    }
}

/// The values that `access_token.NAME` of a claims request names.
fn values(claims: &Json, name: &str) -> Vec<String> {
    let entry = &claims["access_token"][name];
    let entries = match entry {
        Json::Array(list) => list.iter().collect(),
        other => vec![other],
    };
    let mut found = Vec::new();
    for entry in entries {
        let many = entry["values"].as_array().into_iter().flatten();
        let all = many.chain(std::iter::once(&entry["value"]));
        found.extend(all.filter_map(Json::as_str).map(str::to_owned));
    }
    found
}

/// What a sign-in still lacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing.
    Pass,
    /// A second factor: the claims that say so, if a policy wants it, and what decided.
    Mfa {
        claims: Option<String>,
        because: String,
    },
    /// A newer sign-in.
    Older { because: String },
    /// It will not be allowed.
    Blocked { claims: String, because: String },
    /// It will not be allowed on a page; other endpoints say nothing about it.
    BlockedOnPage { because: String },
}

/// Judges how somebody proved who they are, most final reason first.
pub fn judge(world: &World, proof: &Proof, demands: &Demands, at: Moment) -> Verdict {
    let by = |name: &str| fill(say::BY_POLICY, &[("name", name)]);
    if let Some(policy) = world.policy(PolicyKind::Block) {
        return Verdict::Blocked {
            claims: capolids(&policy.id, &[]),
            because: by(&policy.name),
        };
    }
    if let Some(policy) = world.policy(PolicyKind::SignInFrequency) {
        let age = at.since(proof.at);
        if age > Duration::from_hours(policy.hours.into()) {
            return Verdict::Older {
                because: by(&policy.name),
            };
        }
    }
    if !proof.mfa {
        if let Some(policy) = world.policy(PolicyKind::Mfa) {
            return Verdict::Mfa {
                claims: Some(capolids(&policy.id, &demands.contexts)),
                because: by(&policy.name),
            };
        }
        if world.per_user_mfa {
            return Verdict::Mfa {
                claims: None,
                because: say::BY_USER_SETTING.to_owned(),
            };
        }
        if !demands.contexts.is_empty() {
            return Verdict::Mfa {
                claims: Some(contexts(&demands.contexts)),
                because: say::BY_CLAIMS.to_owned(),
            };
        }
    }
    match world.policy(PolicyKind::BlockOnPage) {
        Some(policy) => Verdict::BlockedOnPage {
            because: by(&policy.name),
        },
        None => Verdict::Pass,
    }
}

/// The refusal of the token endpoint for a verdict.
///
/// # Errors
/// Everything but what passes there.
pub fn at_token_endpoint(
    world: &World,
    user: &User,
    verdict: Verdict,
    about: &About<'_>,
) -> Result<(), Refusal> {
    let values = [
        ("tenant", world.domain.as_str()),
        ("user", user.name.as_str()),
        ("resource", about.resource),
        ("issued", about.issued),
    ];
    let refuse = |cause, claims, because: String| {
        Err(Refusal::new(cause, &values).claims(claims).because(because))
    };
    match verdict {
        Verdict::Pass | Verdict::BlockedOnPage { .. } => Ok(()),
        Verdict::Mfa { claims, because } if user.mfa => refuse(Cause::MfaNeeded, claims, because),
        Verdict::Mfa { claims, because } => refuse(Cause::MfaNotRegistered, claims, because),
        Verdict::Older { because } => refuse(Cause::TooLongAgo, None, because),
        Verdict::Blocked { claims, because } => refuse(Cause::Blocked, Some(claims), because),
    }
}

/// What a refusal is about.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    /// The resource's identifier.
    pub resource: &'a str,
    /// When the grant was issued, in words.
    pub issued: &'a str,
}

/// The claims by which a policy is met: `capolids`, with the contexts that were asked for already.
fn capolids(policy: &str, asked: &[String]) -> String {
    let mut access = json!({ "capolids": { "essential": true, "values": [policy] } });
    if let Some(context) = asked.first() {
        access["acrs"] = json!({ "essential": true, "value": context });
    }
    json!({ "access_token": access }).to_string()
}

/// The claims that ask for authentication contexts.
pub fn contexts(contexts: &[String]) -> String {
    let first = contexts.first().map_or("", String::as_str);
    json!({ "access_token": { "acrs": { "essential": true, "value": first } } }).to_string()
}

/// The claims that ask for a token issued after a moment.
pub fn not_before(at: Moment) -> String {
    let value = at.seconds().to_string();
    json!({ "access_token": { "nbf": { "essential": true, "value": value } } }).to_string()
}

#[cfg(test)]
mod tests {
    use super::super::testing::world;
    use super::*;

    #[test]
    fn claims_are_read_in_the_forms_clients_send_them() {
        let read = |text| Demands::read(Some(text));
        let one = read(
            r#"{"access_token":{"acrs":{"essential":true,"value":"c1"},"xms_cc":{"values":["cp1"]}}}"#,
        );
        assert_eq!(
            one.unwrap(),
            Demands {
                contexts: vec!["c1".into()],
                capabilities: vec!["cp1".into()]
            }
        );
        let list = read(r#"{"access_token":{"acrs":[{"essential":true,"value":"c2"}]}}"#).unwrap();
        assert_eq!(list.contexts, ["c2"]);
        assert_eq!(
            read(r#"{"id_token":{"login_hint":null}}"#).unwrap(),
            Demands::default()
        );
        assert_eq!(read("eyJhIjox").unwrap_err().cause, Cause::BadRequest);
    }

    #[test]
    fn a_second_factor_satisfies_the_policy_and_a_block_comes_first() {
        let mut world = world();
        let at = Moment::from_seconds(1_000_000);
        let mut proof = Proof {
            user: world.users[0].id.clone(),
            mfa: false,
            at,
            epoch: 0,
        };
        let none = Demands::default();
        assert_eq!(judge(&world, &proof, &none, at), Verdict::Pass);
        for policy in &mut world.policies {
            policy.on = policy.kind == PolicyKind::Mfa;
        }
        assert!(
            matches!(judge(&world, &proof, &none, at), Verdict::Mfa { claims: Some(c), .. } if c.contains("capolids"))
        );
        proof.mfa = true;
        assert_eq!(judge(&world, &proof, &none, at), Verdict::Pass);
        for policy in &mut world.policies {
            policy.on |= policy.kind == PolicyKind::Block;
        }
        assert!(matches!(
            judge(&world, &proof, &none, at),
            Verdict::Blocked { .. }
        ));
    }
}
