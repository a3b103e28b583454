//! The token endpoint: which grant, who asks, and the reply. What a refusal looks like is the business of
//! `refusal`.

use std::sync::Arc;

use serde_json::{Map, Value as Json};

use super::admission;
use super::ask::Answer;
use super::border;
use super::consumers;
use super::desk::Desk;
use super::dialect::{self, UserFlow};
use super::file::Platform;
use super::lifetime;
use super::mint::{self, Subject};
use super::policy::{self, Attempt, Demands, Told};
use super::refusal::{Cause, Refusal, fill};
use super::scope;
use super::world::{Client, Grant, Proof, User, Wanted};
use crate::model::Moment;
use crate::strings::lab as say;

mod agent;
mod app;
mod behalf;
mod code;
mod device;
pub mod family;
pub mod password;
mod refresh;
mod repeat;
#[cfg(test)]
mod tests;

pub use behalf::proof_of;

/// What a user's grant becomes tokens with.
struct Ready {
    client: Arc<Client>,
    user: User,
    proof: Proof,
    wanted: Wanted,
    demands: Demands,
    nonce: Option<String>,
    /// When the grant was issued, in words.
    issued: String,
    /// Whether it is a refresh token.
    refreshes: bool,
    /// The type of the redirect address it came through, if it came through one.
    platform: Option<Platform>,
    /// When a refresh token that comes of it ends whatever happens.
    ends: Option<Moment>,
}

/// Answers a token request.
pub fn answer(mut desk: Desk<'_>) -> Answer {
    let issued = family::guard(&mut desk).and_then(|()| issue(&mut desk));
    match issued {
        Ok(answer) => family::note(&mut desk, answer),
        Err(refusal) => refusal.answer(desk.ask, &desk.stamp, desk.v1),
    }
}

fn issue(desk: &mut Desk<'_>) -> Result<Answer, Refusal> {
    available(desk)?;
    if !desk.is_tenant() {
        return Err(Refusal::new(
            Cause::TenantUnknown,
            &[("tenant", &desk.tenant)],
        ));
    }
    border::allowed_by_network(desk.world, desk.ask)?;
    let grant = desk.required("grant_type")?;
    repeat::check(desk, &grant)?;
    consumers::grant(desk, &grant)?;
    match grant.as_str() {
        "client_credentials" => app::issue(desk),
        "authorization_code" => code::issue(desk),
        "refresh_token" => refresh::issue(desk),
        "password" => password::issue(desk),
        // MSAL for Node, .NET and Go send the short name; RFC 8628 section 3.4 has the long one.
        "urn:ietf:params:oauth:grant-type:device_code" | "device_code" => device::issue(desk),
        "urn:ietf:params:oauth:grant-type:jwt-bearer" => behalf::issue(desk),
        "user_fic" => agent::issue(desk),
        "urn:ietf:params:oauth:grant-type:saml1_1-bearer"
        | "urn:ietf:params:oauth:grant-type:saml2-bearer" => behalf::saml(desk),
        other => {
            desk.client()?;
            Err(Refusal::new(Cause::GrantUnsupported, &[("field", other)]))
        }
    }
}

/// Whether the endpoint is in service.
///
/// # Errors
/// An outage, or too many requests.
fn available(desk: &Desk<'_>) -> Result<(), Refusal> {
    if desk.world.outage {
        return Err(Refusal::new(Cause::Outage, &[]).because(say::BY_OUTAGE));
    }
    let Some(until) = desk.world.throttled_until.filter(|until| *until > desk.at) else {
        return Ok(());
    };
    let values = [("tenant", desk.world.domain.as_str())];
    let mut refusal = Refusal::new(Cause::Throttled, &values).because(say::BY_THROTTLE);
    refusal.retry_after = Some(
        until
            .since(desk.at)
            .as_millis()
            .div_ceil(1000)
            .try_into()
            .unwrap_or(u64::MAX),
    );
    Err(refusal)
}

/// What a request asks for: `scope` at v2.0, `resource` at v1; without either, what the grant was for.
///
/// # Errors
/// An unknown scope or resource.
fn wanted(desk: &Desk<'_>, client: &Client, of_grant: Option<&Wanted>) -> Result<Wanted, Refusal> {
    let scope = desk.ask.form("scope");
    let resource = desk.ask.form("resource");
    match (desk.v1, scope, resource, of_grant) {
        (true, _, None, Some(wanted)) | (false, None, _, Some(wanted)) => Ok(wanted.clone()),
        (true, scope, resource, _) => scope::read_v1(
            desk.world,
            resource.as_deref(),
            scope.as_deref().unwrap_or_default(),
        ),
        (false, Some(scope), _, _) => scope::read(desk.world, client, &scope, true),
        (false, None, _, None) => Err(Refusal::new(Cause::ParameterMissing, &[("field", "scope")])),
    }
}

/// Whether a grant was given at this address: one of a B2C user flow counts at that flow alone, and no other there.
///
/// # Errors
/// It was given elsewhere.
fn given_here(desk: &Desk<'_>, grant: &Grant) -> Result<(), Refusal> {
    let here = desk.kit.voice.dialect.flow();
    if grant.flow == here {
        return Ok(());
    }
    let named = |flow: Option<UserFlow>| flow.map_or(say::NO_FLOW, UserFlow::name);
    let values = [("issued", named(grant.flow)), ("field", named(here))];
    Err(Refusal::new(Cause::GrantElsewhere, &values))
}

/// Judges a user's grant: sessions revoked, policies, consent.
///
/// # Errors
/// Whatever stands in the way.
fn judge(desk: &Desk<'_>, ready: &Ready) -> Result<String, Refusal> {
    let world = &*desk.world;
    let values = [
        ("user", ready.user.name.as_str()),
        ("app", ready.client.title.as_str()),
        ("resource", ready.wanted.resource.as_str()),
        ("issued", ready.issued.as_str()),
        ("tenant", world.domain.as_str()),
    ];
    border::admit(world, &ready.user, &ready.client, Cause::AccountUnknownHere)?;
    if ready.user.standing.disabled {
        return Err(Refusal::new(Cause::UserDisabled, &values));
    }
    if ready.proof.epoch != ready.user.epoch {
        return Err(Refusal::new(Cause::GrantRevoked, &values));
    }
    admission::user(world, &ready.client, &ready.user, &ready.wanted.resource)?;
    if desk.v1 && world.is_unlisted(&ready.client, &ready.wanted) {
        return Err(Refusal::new(Cause::ResourceUnlisted, &values));
    }
    if world.lacks_sign_in(&ready.client, &ready.user.id, &ready.wanted) {
        return Err(Refusal::new(Cause::SignInPermissionMissing, &values));
    }
    if !world
        .unconsented(&ready.client, &ready.user.id, &ready.wanted)
        .is_empty()
    {
        return Err(Refusal::new(Cause::ConsentMissing, &values));
    }
    let attempt = Attempt {
        user: &ready.user,
        proof: &ready.proof,
        client: &ready.client,
        resource: &ready.wanted.resource,
        demands: &ready.demands,
        at: desk.at,
        page: false,
    };
    let told = if ready.refreshes {
        Told::Refresh
    } else {
        Told::Token
    };
    policy::judge(world, &attempt)
        .map_err(|lack| policy::refusal(world, &attempt, lack, told, &ready.issued))
}

/// The tokens of a user's grant.
fn grant(desk: &mut Desk<'_>, ready: &Ready, policies: &str) -> Answer {
    let world = &*desk.world;
    let Ready {
        client,
        user,
        proof,
        wanted,
        demands,
        ..
    } = ready;
    let (names, said) = scope::granted(world, client, &user.id, wanted);
    let lifetime = lifetime::draw(&desk.kit, &demands.capabilities);
    let subject = Subject {
        client,
        user: Some((user, proof)),
        resource: &wanted.resource,
        lifetime,
        names: names.clone(),
        contexts: demands.contexts.clone(),
        capabilities: demands.capabilities.clone(),
        v1: desk.v1,
    };
    let base = &desk.ask.base;
    let access = mint::access_token(world, &desk.kit, base, &subject, desk.at);
    let scopes = if desk.v1 {
        names.join(" ")
    } else {
        said.join(" ")
    };
    let mut body = head(desk, &scopes, &wanted.resource, lifetime);
    body.insert("access_token".into(), access.into());
    if desk.v1 || wanted.oidc("offline_access") {
        refresh::put(desk, ready, &mut body);
    }
    let world = &*desk.world;
    if desk.v1 || wanted.oidc("openid") {
        let parties = (&**client, user, proof);
        let nonce = ready.nonce.as_deref();
        let token = mint::id_token(world, &desk.kit, base, parties, nonce, (desk.at, desk.v1));
        body.insert("id_token".into(), token.into());
    }
    if desk.ask.form("client_info").is_some() {
        body.insert("client_info".into(), mint::client_info(world, user).into());
    }
    let values = [("app", client.name.as_str()), ("user", user.name.as_str())];
    let said = fill(say::SAID_USER_TOKEN, &values);
    let because = told_with(said, policies);
    told(desk, body, because)
}

/// The members that every token reply begins with; the v1 endpoint writes its numbers as strings.
fn head(desk: &Desk<'_>, scopes: &str, resource: &str, lifetime: i64) -> Map<String, Json> {
    let mut body = Map::new();
    body.insert("token_type".into(), "Bearer".into());
    if !scopes.is_empty() {
        body.insert("scope".into(), scopes.into());
    }
    if desk.v1 {
        let text = |number: i64| Json::from(number.to_string());
        let now = desk.at.seconds();
        body.insert("expires_in".into(), text(lifetime));
        body.insert("ext_expires_in".into(), text(lifetime));
        body.insert("expires_on".into(), text(now.saturating_add(lifetime)));
        body.insert("not_before".into(), text(now));
        body.insert("resource".into(), resource.into());
    } else {
        body.insert("expires_in".into(), lifetime.into());
        body.insert("ext_expires_in".into(), lifetime.into());
    }
    body
}

/// What was done, with the policies that had a say in it.
fn told_with(said: String, policies: &str) -> String {
    if policies.is_empty() {
        said
    } else {
        format!("{said}; {policies}")
    }
}

fn told(desk: &Desk<'_>, body: Map<String, Json>, because: String) -> Answer {
    let body = dialect::rewrite_reply(desk, body);
    let answer = Answer::json(200, &Json::Object(body), because);
    desk.stamp.onto(answer, desk.ask, 0)
}
