//! Judges a sign-in: policies of the world, the person's own settings and what the request's claims demand.
//!
//! ```text
//! policy is on ─► conditions fit? ─► controls met? ─► what is lacking ─► the most final ─► page or refusal
//!                    └ no: said in the log    └ yes: said in the log
//! ```

use std::net::IpAddr;

use serde_json::{Value as Json, json};

use super::file::{Control, OwnMfa};
use super::refusal::{Cause, Refusal, fill};
use super::world::{Client, Machine, Policy, Proof, User, World};
use crate::model::Moment;
use crate::strings::lab as say;

mod conditions;
mod controls;
mod registration;
mod words;

pub use words::does;
#[cfg(test)]
mod tests;

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

/// A sign-in to be judged.
#[derive(Clone, Copy, Debug)]
pub struct Attempt<'a> {
    pub user: &'a User,
    pub proof: &'a Proof,
    pub client: &'a Client,
    /// The resource's identifier.
    pub resource: &'a str,
    pub demands: &'a Demands,
    pub at: Moment,
    /// Whether a person sees a page.
    pub page: bool,
}

impl Attempt<'_> {
    /// The device whose identity went along.
    pub fn machine<'w>(&self, world: &'w World) -> Option<&'w Machine> {
        world.machine(self.proof.marks.device.as_deref()?)
    }
}

/// What a sign-in still needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Terms, accepted.
    Terms,
    /// A check by another service.
    External,
    /// A new password.
    PasswordChange,
    /// A second factor, because the person's own setting enforces one.
    OwnMfa,
    /// A second factor.
    Mfa,
    /// A newer second factor.
    MfaAgain,
    /// A newer sign-in.
    SignIn,
    /// Nothing helps.
    Stop(Cause),
}

impl Need {
    /// How final it is: the most final one is told, the others come to light when it is met.
    pub const fn rank(self) -> u8 {
        match self {
            Self::Terms => 0,
            Self::External => 1,
            Self::PasswordChange => 2,
            Self::OwnMfa => 3,
            Self::Mfa | Self::MfaAgain => 4,
            Self::SignIn => 5,
            Self::Stop(Cause::Blocked | Cause::DeviceSignInBarred) => 7,
            Self::Stop(_) => 6,
        }
    }
}

/// Why a sign-in does not pass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lack {
    pub need: Need,
    /// The claims that name what decided.
    pub claims: Option<String>,
    pub because: String,
}

/// Judges how somebody proved who they are by all policies together. What the log says of it is the result.
///
/// # Errors
/// What is lacking, the most final first.
pub fn judge(world: &World, attempt: &Attempt<'_>) -> Result<String, Lack> {
    let mut said = Vec::new();
    let mut needs: Vec<(Need, Option<&str>)> = Vec::new();
    for policy in world
        .policies
        .iter()
        .filter(|p| p.on && !p.controls.is_empty() && p.conditions.actions.is_empty())
    {
        let values = |what: &str| fill(say::BY_POLICY, &[("name", &policy.name), ("what", what)]);
        match conditions::fits(world, policy, attempt) {
            Err(why) => said.push(values(&fill(say::NOT_APPLIED, &[("why", &why)]))),
            Ok(why) => {
                let lacking = controls::lacking(world, policy, attempt);
                let text = if lacking.is_empty() {
                    say::APPLIED_MET
                } else {
                    say::APPLIED
                };
                said.push(values(&fill(text, &[("why", &why)])));
                needs.extend(
                    lacking
                        .into_iter()
                        .map(|need| (need, Some(policy.id.as_str()))),
                );
            }
        }
    }
    if !attempt.proof.mfa {
        let own = own_setting(world, attempt).map(|need| (need, say::BY_USER_SETTING));
        let claims = unruled(world, attempt.demands);
        let claims = claims.then(|| (controls::factor(world, attempt), say::BY_CLAIMS));
        for (need, why) in own.into_iter().chain(claims) {
            said.push(why.to_owned());
            needs.push((need, None));
        }
    }
    let most = needs.iter().copied().max_by_key(|(need, _)| need.rank());
    let Some((need, _)) = most else {
        return Ok(said.join("; "));
    };
    if need == Need::Stop(Cause::RegistrationBarred) {
        let policy = registration::barring(world, attempt);
        said.extend(policy.map(registration::told));
    }
    let because = said.join("; ");
    let decided = needs.iter().filter(|(other, _)| *other == need);
    let ids: Vec<&str> = decided.filter_map(|(_, id)| *id).collect();
    Err(Lack {
        need,
        claims: claims_of(need, &ids, attempt.demands),
        because,
    })
}

/// What the person's own setting, or the one of the whole lab, still wants.
fn own_setting(world: &World, attempt: &Attempt<'_>) -> Option<Need> {
    let asks = attempt.user.standing.per_user_mfa;
    if asks == OwnMfa::Off && !world.per_user_mfa {
        return None;
    }
    Some(match controls::factor(world, attempt) {
        Need::Mfa if asks == OwnMfa::Enforced => Need::OwnMfa,
        need => need,
    })
}

/// Whether a context is asked for that no policy says anything about: a second factor is what it stands for then.
fn unruled(world: &World, demands: &Demands) -> bool {
    let ruled = |context: &String| {
        let mut on = world.policies.iter().filter(|policy| policy.on);
        on.any(|policy| policy.conditions.contexts.contains(context))
    };
    demands.contexts.iter().any(|context| !ruled(context))
}

fn claims_of(need: Need, policies: &[&str], demands: &Demands) -> Option<String> {
    match need {
        Need::Stop(Cause::DeviceUnproven) => {
            Some(asked_for("deviceid", json!({ "essential": true }), demands))
        }
        Need::Stop(
            Cause::TokenUnbound
            | Cause::DefaultsBlocked
            | Cause::AppUnprotected
            | Cause::RegistrationBarred,
        )
        | Need::OwnMfa
        | Need::SignIn => None,
        Need::Stop(_)
        | Need::Mfa
        | Need::MfaAgain
        | Need::PasswordChange
        | Need::External
        | Need::Terms => match (policies, demands.contexts.as_slice()) {
            ([], []) => None,
            ([], asked) => Some(contexts(asked)),
            (policies, _) => Some(capolids(policies, demands)),
        },
    }
}

/// Where a refusal is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// At the token endpoint.
    Token,
    /// At the token endpoint, to whoever brought a refresh token.
    Refresh,
    /// To a program that asked for no page (`prompt=none`).
    Silently,
    /// On a page.
    Page,
}

/// The refusal of what is lacking. `issued`: when the grant was issued, in words.
pub fn refusal(
    world: &World,
    attempt: &Attempt<'_>,
    lack: Lack,
    told: Told,
    issued: &str,
) -> Refusal {
    let values = [
        ("tenant", world.domain.as_str()),
        ("user", attempt.user.name.as_str()),
        ("app", attempt.client.title.as_str()),
        ("resource", attempt.resource),
        ("issued", issued),
    ];
    let silently = told == Told::Silently;
    let cause = match lack.need {
        Need::Stop(Cause::Blocked | Cause::TokenUnbound) if silently => Cause::BlockedSilently,
        Need::Stop(cause) => cause,
        Need::SignIn if told == Told::Refresh => Cause::TooLongAgo,
        Need::SignIn => Cause::SessionTooOld,
        Need::OwnMfa if attempt.user.mfa => Cause::StrongFactorNeeded,
        Need::OwnMfa => Cause::EnrolmentNeeded,
        Need::Mfa if attempt.user.mfa => Cause::MfaNeeded,
        Need::Mfa => Cause::MfaNotRegistered,
        Need::MfaAgain => Cause::MfaTooOld,
        Need::PasswordChange => Cause::PasswordChangeNeeded,
        Need::External => Cause::ExternalNeeded,
        Need::Terms => Cause::TermsNeeded,
    };
    // A program that cannot pass claims on is told none on a page; the reader of the log sees why.
    let claims = lack.claims.filter(|_| cause != Cause::BlockedSilently);
    Refusal::new(cause, &values)
        .claims(claims)
        .because(lack.because)
}

/// Why somebody who has to register a second factor on the page may not do it there, if so.
pub fn registration_refused(world: &World, attempt: &Attempt<'_>) -> Option<Refusal> {
    let because = registration::told(registration::barring(world, attempt)?);
    let need = Need::Stop(Cause::RegistrationBarred);
    let lack = Lack {
        need,
        claims: None,
        because,
    };
    Some(refusal(world, attempt, lack, Told::Page, ""))
}

/// Judges an application that asks for itself: only policies that name workloads are for it.
///
/// # Errors
/// A policy that blocks it.
pub fn judge_workload(world: &World, client: &Client, resource: &str) -> Result<(), Refusal> {
    let named =
        |list: &[toml::Spanned<String>], word: &str| list.iter().any(|w| w.get_ref() == word);
    let meant = |policy: &&Policy| {
        let of = &policy.conditions;
        let app = of.apps.include.is_empty() || named(&of.apps.include, &client.name);
        let api = of.resources.include.is_empty() || named(&of.resources.include, resource);
        policy.on
            && policy.controls.contains(&Control::Block)
            && named(&of.clients.include, "workload")
            && (app && !named(&of.apps.exclude, &client.name))
            && (api && !named(&of.resources.exclude, resource))
    };
    let Some(policy) = world.policies.iter().find(meant) else {
        return Ok(());
    };
    let values = [
        ("tenant", world.domain.as_str()),
        ("user", client.title.as_str()),
        ("resource", resource),
    ];
    let what = fill(say::APPLIED, &[("why", say::A_WORKLOAD)]);
    let because = fill(say::BY_POLICY, &[("name", &policy.name), ("what", &what)]);
    let claims = capolids(&[&policy.id], &Demands::default());
    Err(Refusal::new(Cause::Blocked, &values)
        .claims(Some(claims))
        .because(because))
}

/// The claims by which policies are met: `capolids`.
fn capolids(policies: &[&str], demands: &Demands) -> String {
    let wanted = json!({ "essential": true, "values": policies });
    asked_for("capolids", wanted, demands)
}

/// Claims that ask for something, with the context that was asked for already, so that it is not lost on the way.
fn asked_for(name: &str, wanted: Json, demands: &Demands) -> String {
    let mut access = serde_json::Map::new();
    access.insert(name.to_owned(), wanted);
    if let Some(context) = demands.contexts.first() {
        let context = json!({ "essential": true, "value": context });
        access.insert("acrs".to_owned(), context);
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
    not_before_from(at, None)
}

/// The same, with the address that the API saw, where one is known.
pub fn not_before_from(at: Moment, address: Option<IpAddr>) -> String {
    let value = at.seconds().to_string();
    let mut access = json!({ "nbf": { "essential": true, "value": value } });
    if let Some(address) = address {
        access["xms_rp_ipaddr"] = json!({ "value": address.to_string() });
    }
    json!({ "access_token": access }).to_string()
}

/// The policy that bars the place somebody is at: one with a condition on places that applies and blocks.
pub fn barring_place<'w>(world: &'w World, attempt: &Attempt<'_>) -> Option<&'w Policy> {
    let about = |policy: &&Policy| {
        let places = &policy.conditions.places;
        let named = !places.include.is_empty() || !places.exclude.is_empty();
        let of_sign_ins = policy.conditions.actions.is_empty();
        policy.on && named && of_sign_ins && policy.controls.contains(&Control::Block)
    };
    let mut all = world.policies.iter().filter(about);
    all.find(|policy| conditions::fits(world, policy, attempt).is_ok())
}
