//! Polls of a device sign-in (RFC 8628 sections 3.4 and 3.5).

use std::time::Duration;

use super::super::ask::Answer;
use super::super::desk::Desk;
use super::super::dialect::Dialect;
use super::super::policy::Demands;
use super::super::proof::{self, Way};
use super::super::refusal::{Cause, Refusal};
use super::super::world::DeviceState;
use super::Ready;

/// With `slow-down` on, polls closer than this are too fast: five seconds more than the start reply promised, so
/// that a client sees the answer once and is content when it waits five seconds longer.
const UNHURRIED: Duration = Duration::from_millis(9_500);

/// What the start reply promised, with some leave for clocks.
const PROMISED: Duration = Duration::from_millis(4_500);

/// Tokens for a device code.
///
/// # Errors
/// Not approved yet, declined, expired, unknown, too fast; whatever stands in the way of the user.
pub fn issue(desk: &mut Desk<'_>) -> Result<Answer, Refusal> {
    let client = proof::client(desk, Way::Direct)?;
    let sent = match desk.ask.form("device_code") {
        Some(code) => code,
        None => desk
            .ask
            .form("code")
            .map_or_else(|| desk.credential_part("device_code"), Ok)?,
    };
    let refuse = |cause| Refusal::new(cause, &[("app", &client.title)]);
    let unhurried = match desk.world.slow_down {
        true => UNHURRIED,
        // The generic issuer minds the interval that it promised.
        false if desk.kit.voice.dialect == Dialect::Oidc => PROMISED,
        false => Duration::ZERO,
    };
    let Some(device) = desk
        .world
        .devices
        .get_mut(&sent)
        .filter(|d| d.client == client.id)
    else {
        return Err(refuse(Cause::DeviceUnknown));
    };
    if desk.at >= device.expires {
        return Err(refuse(Cause::DeviceExpired));
    }
    let since = desk.at.since(device.last_poll);
    device.last_poll = desk.at;
    if since < unhurried {
        return Err(refuse(Cause::DeviceSlowDown));
    }
    let device = device.clone();
    let proof = match device.state {
        DeviceState::Pending => return Err(refuse(Cause::DevicePending)),
        DeviceState::Declined => return Err(refuse(Cause::DeviceDeclined)),
        DeviceState::Spent => return Err(refuse(Cause::CodeSpent)),
        DeviceState::Approved(proof) => proof,
    };
    let user = desk.world.user_by_id(&proof.user).cloned();
    let claims = desk.ask.form("claims").or(device.claims);
    let ready = Ready {
        wanted: super::wanted(desk, &client, Some(&device.wanted))?,
        user: user.ok_or_else(|| refuse(Cause::GrantUnknown))?,
        client,
        demands: Demands::read(claims.as_deref())?,
        refreshes: false,
        nonce: None,
        issued: proof.at.iso(),
        platform: None,
        ends: None,
        proof,
    };
    let policies = super::judge(desk, &ready)?;
    if let Some(device) = desk.world.devices.get_mut(&sent) {
        device.state = DeviceState::Spent;
    }
    Ok(super::grant(desk, &ready, &policies))
}
