//! Device authorization (RFC 8628): its start, and the page where the code is typed.

use std::time::Duration;

use serde_json::json;

use super::ask::Answer;
use super::authorize::COOKIE;
use super::border;
use super::consumers;
use super::desk::Desk;
use super::pages;
use super::policy::Demands;
use super::refusal::{Cause, Refusal, fill};
use super::scope;
use super::signin;
use super::visit::{Open, Purpose, Visit};
use super::world::{Device, DeviceState};
use crate::strings::lab as say;

/// How long a code lives.
const LIFETIME: Duration = Duration::from_mins(15);
/// Seconds between polls.
const INTERVAL: u64 = 5;

/// `POST …/devicecode`.
pub fn start(mut desk: Desk<'_>) -> Answer {
    match begin(&mut desk) {
        Ok(answer) => answer,
        Err(refusal) => refusal.answer(desk.ask, &desk.stamp, desk.v1),
    }
}

fn begin(desk: &mut Desk<'_>) -> Result<Answer, Refusal> {
    if !desk.is_tenant() {
        return Err(Refusal::new(
            Cause::TenantUnknown,
            &[("tenant", &desk.tenant)],
        ));
    }
    consumers::endpoint(desk)?;
    let client = desk.client()?;
    if consumers::is_named(&desk.tenant) {
        return Err(Refusal::new(Cause::DeviceCodeAtConsumers, &[]));
    }
    let wanted = if desk.v1 {
        let resource = desk.ask.form("resource");
        scope::read_v1(desk.world, resource.as_deref(), "")?
    } else {
        scope::read(desk.world, &client, &desk.required("scope")?, true)?
    };
    let claims = desk.ask.form("claims");
    Demands::read(claims.as_deref())?;
    let (code, user_code) = (desk.kit.code(), desk.kit.user_code());
    let page = format!("{}/devicelogin", desk.ask.base);
    let values = [("page", page.as_str()), ("code", user_code.as_str())];
    let body = json!({
        "user_code": user_code,
        "device_code": code,
        "verification_uri": page,
        "expires_in": LIFETIME.as_secs(),
        "interval": INTERVAL,
        "message": fill(say::DEVICE_MESSAGE, &values),
    });
    let device = Device {
        client: client.id.clone(),
        user_code,
        wanted,
        claims,
        expires: desk.at.plus(LIFETIME),
        last_poll: desk.at,
        state: DeviceState::Pending,
    };
    desk.world.devices.put(code, device);
    let answer = Answer::json(200, &body, fill(say::SAID_DEVICE, &[("app", &client.name)]));
    Ok(desk.stamp.onto(answer, desk.ask, 0))
}

/// `/devicelogin`: shows the field, or takes the code and begins the visit.
pub fn page(mut desk: Desk<'_>) -> Answer {
    if desk.ask.method != "POST" {
        let typed = desk.ask.query("user_code").unwrap_or_default();
        return pages::device_code(desk.world, &typed, None);
    }
    let typed = desk.ask.form("user_code").unwrap_or_default();
    let folded: String = typed.chars().filter(char::is_ascii_alphanumeric).collect();
    let wanted = desk
        .world
        .devices
        .find(|device| device.user_code.eq_ignore_ascii_case(&folded));
    let found = wanted.and_then(|key| {
        desk.world
            .devices
            .get(&key)
            .cloned()
            .map(|device| (key, device))
    });
    let live = found.filter(|(_, d)| d.state == DeviceState::Pending && desk.at < d.expires);
    let Some((key, device)) = live else {
        let refusal = Refusal::new(Cause::UserCodeUnknown, &[]);
        return pages::device_code(desk.world, &typed, Some(refusal.headline()));
    };
    let session = desk.ask.cookie(COOKIE);
    let known = session
        .as_deref()
        .and_then(|key| desk.world.sessions.get(key));
    let mut visit = Visit {
        purpose: Purpose::Device(key),
        tenant: "common".into(),
        client: device.client,
        wanted: device.wanted,
        claims: device.claims,
        correlation: desk.stamp.correlation.clone(),
        started: desk.at,
        name: None,
        proof: known.map(|session| session.proof.clone()),
        open: vec![Open::Confirm],
        number: desk.kit.two_digits(),
        session,
        forced: None,
    };
    border::lead_home(desk.world, &mut visit);
    let key = desk.kit.token();
    desk.world.visits.put(key.clone(), visit);
    signin::show(&mut desk, &key, None)
}
