//! What the holes of a forced sentence are filled with: from the request, else from the world.

use super::Speech;
use crate::lab::desk::{self, Desk};
use crate::lab::door::Entrance;
use crate::lab::refusal::fill;
use crate::lab::world::{Grant, World};
use crate::model::Door;

/// What is known besides the request.
#[derive(Clone, Copy, Debug, Default)]
pub struct About<'a> {
    /// The client, by id.
    pub client: Option<&'a str>,
    /// Who has signed in, by name.
    pub user: Option<&'a str>,
    /// What the visit is for.
    pub resource: Option<&'a str>,
}

/// The id of the client that asks, as far as the request says.
pub fn client(desk: &Desk<'_>, at: Entrance) -> Option<String> {
    let id = match at {
        Entrance::At(Door::Device) => {
            let typed = desk.ask.form("user_code")?;
            let folded: String = typed.chars().filter(char::is_ascii_alphanumeric).collect();
            let key = desk
                .world
                .devices
                .find(|device| device.user_code.eq_ignore_ascii_case(&folded))?;
            desk.world.devices.get(&key)?.client.clone()
        }
        Entrance::At(Door::Api) => {
            let token = desk.ask.bearer()?;
            claim(token, "azp").or_else(|| claim(token, "appid"))?
        }
        _ => match desk::basic(desk.ask) {
            Some((id, _)) => id,
            None => desk
                .ask
                .form("client_id")
                .or_else(|| desk.ask.query("client_id"))?,
        },
    };
    Some(
        desk.world
            .client(&id)
            .map_or(id, |client| client.id.clone()),
    )
}

/// The sentence, every hole filled.
pub fn sentence(desk: &Desk<'_>, speech: &Speech, about: About<'_>) -> String {
    if !speech.text.contains('{') {
        return speech.text.clone();
    }
    let world = &*desk.world;
    let parameter = |name: &str| desk.ask.form(name).or_else(|| desk.ask.query(name));
    let grant = grant(desk);
    let (app, tenant) = (app(world, about.client), tenant(desk));
    let scope = parameter("scope");
    let known = about.resource.map(str::to_owned);
    let resource = known
        .or_else(|| parameter("resource"))
        .or_else(|| resource(scope.as_deref()?));
    let resource = resource.or_else(|| grant.map(|grant| grant.wanted.resource.clone()));
    let home = world.home_resource().map_or("", |r| r.uri.as_str());
    let policy = parameter("p").or_else(|| policy(desk));
    let assertion = parameter("client_assertion").or_else(|| parameter("assertion"));
    let claim = |name: &str| assertion.as_deref().and_then(|jwt| claim(jwt, name));
    let issued = grant.map_or(desk.at, |grant| grant.issued);
    let value = parameter("grant_type").or_else(|| parameter("response_type"));
    let who = about.user.map_or_else(|| user(desk, grant), str::to_owned);
    let values: [(&str, String); 14] = [
        ("user", who),
        ("app", app),
        ("tenant", tenant),
        ("resource", resource.unwrap_or_else(|| home.to_owned())),
        ("policy", policy.unwrap_or_else(|| "B2C_1_signin".into())),
        ("scope", scope.unwrap_or_else(|| "User.Read".into())),
        (
            "redirect_uri",
            parameter("redirect_uri").unwrap_or_else(|| "http://localhost".into()),
        ),
        ("parameter", "scope".into()),
        ("value", value.unwrap_or_else(|| "none".into())),
        ("issued", issued.iso_millis()),
        (
            "issuer",
            claim("iss").unwrap_or_else(|| desk.issuer(desk.v1)),
        ),
        (
            "audience",
            claim("aud").unwrap_or_else(|| "api://AzureADTokenExchange".into()),
        ),
        (
            "subject",
            claim("sub").unwrap_or_else(|| "system:serviceaccount:lab:app".into()),
        ),
        ("device", "simulated-laptop".into()),
    ];
    let values: Vec<(&str, String)> = values
        .into_iter()
        .map(|(name, value)| (name, tidy(&value)))
        .collect();
    let values: Vec<(&str, &str)> = values.iter().map(|(n, v)| (*n, v.as_str())).collect();
    fill(&speech.text, &values)
}

/// The title of a client; the id where nobody knows it, the first of the world where none asked.
fn app(world: &World, client: Option<&str>) -> String {
    match client {
        Some(id) => world.client(id).map_or(id, |c| &c.title).to_owned(),
        None => world
            .clients
            .first()
            .map_or_else(String::new, |c| c.title.clone()),
    }
}

/// The tenant that the address names; the own one where it leaves that open.
fn tenant(desk: &Desk<'_>) -> String {
    match desk.tenant.as_str() {
        "" | "common" | "organizations" | "api" | "devicelogin" => desk.world.domain.clone(),
        named => named.to_owned(),
    }
}

/// A value that cannot start a line or fill a reply.
fn tidy(value: &str) -> String {
    value
        .chars()
        .filter(|c| !c.is_control())
        .take(200)
        .collect()
}

/// The grant that the request presents.
fn grant<'a>(desk: &'a Desk<'_>) -> Option<&'a Grant> {
    let world = &*desk.world;
    let refresh = desk.ask.form("refresh_token");
    if let Some(token) = refresh.and_then(|token| world.refresh_tokens.get(&token)) {
        return Some(&token.grant);
    }
    let code = desk.ask.form("code")?;
    Some(&world.codes.get(&code)?.grant)
}

fn user(desk: &Desk<'_>, grant: Option<&Grant>) -> String {
    let world = &*desk.world;
    let of_id = |id: &str| world.user_by_id(id).map(|user| user.name.clone());
    let ask = desk.ask;
    let typed = ask.form("username").or_else(|| ask.query("login_hint"));
    let session = || {
        let key = ask.cookie(crate::lab::authorize::COOKIE)?;
        of_id(&world.sessions.get(&key)?.proof.user)
    };
    typed
        .or_else(|| of_id(&grant?.proof.user))
        .or_else(session)
        .or_else(|| world.users.first().map(|user| user.name.clone()))
        .unwrap_or_default()
}

/// The resource of the first scope that names one.
fn resource(scope: &str) -> Option<String> {
    let named = scope.split_whitespace().find(|s| s.contains('/'))?;
    Some(named.rsplit_once('/')?.0.to_owned())
}

/// The policy: a B2C segment of the path, else a policy of the world.
fn policy(desk: &Desk<'_>) -> Option<String> {
    let segments = desk.ask.segments();
    let of_path = segments
        .into_iter()
        .find(|s| s.to_ascii_lowercase().starts_with("b2c_"));
    of_path.or_else(|| desk.world.policies.first().map(|p| p.name.clone()))
}

/// A claim of a JWT that nobody has checked.
fn claim(jwt: &str, name: &str) -> Option<String> {
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    let payload = URL_SAFE_NO_PAD.decode(jwt.split('.').nth(1)?).ok()?;
    let claims: serde_json::Value = serde_json::from_slice(&payload).ok()?;
    claims[name].as_str().map(str::to_owned)
}
