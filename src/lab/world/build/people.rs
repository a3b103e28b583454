//! Builds people, devices and places from their entries.

use std::time::Duration;

use toml::Spanned;

use super::super::{Machine, Situation, Spot, User};
use crate::lab::file::{DeviceEntry, PlaceEntry, Risk, UserEntry, WorldFile, range};

/// Wrong passwords in a row that lock an account if the file does not say, and for how long.
const LOCK_AFTER: u32 = 10;
const LOCK: Duration = Duration::from_mins(1);

pub(super) fn users(file: &WorldFile) -> Vec<User> {
    let user = |entry: &UserEntry| User {
        name: entry.name.get_ref().clone(),
        display: entry.display.clone(),
        id: entry.id.get_ref().to_ascii_lowercase(),
        password: entry.password.clone(),
        mfa: entry.mfa,
        expired: entry.password_expired,
        locked: entry.locked,
        locked_until: None,
        fails: 0,
        epoch: 0,
        revoked_at: None,
        standing: standing(entry),
    };
    file.users.iter().map(user).collect()
}

fn standing(entry: &UserEntry) -> Situation {
    let name = |name: &Option<Spanned<String>>| name.as_ref().map(|n| n.get_ref().clone());
    Situation {
        disabled: entry.disabled,
        per_user_mfa: entry.per_user_mfa,
        must_register: entry.must_register,
        bad_address: false,
        groups: entry.groups.clone(),
        roles: entry.roles.clone(),
        user_risk: entry.user_risk.unwrap_or(Risk::None),
        sign_in_risk: entry.sign_in_risk.unwrap_or(Risk::None),
        place: name(&entry.place),
        address: entry.address,
        device: name(&entry.device),
        terms: entry.terms.clone(),
    }
}

pub(super) fn machines(file: &WorldFile) -> Vec<Machine> {
    let machine = |entry: &DeviceEntry| Machine {
        name: entry.name.get_ref().clone(),
        id: entry.id.get_ref().to_ascii_lowercase(),
        platform: entry.platform.get_ref().clone(),
        state: entry.state,
    };
    file.devices.iter().map(machine).collect()
}

pub(super) fn spots(file: &WorldFile) -> Vec<Spot> {
    let spot = |entry: &PlaceEntry| Spot {
        name: entry.name.get_ref().clone(),
        ranges: entry
            .ranges
            .iter()
            .filter_map(|r| range(r.get_ref()))
            .collect(),
        trusted: entry.trusted,
    };
    file.places.iter().map(spot).collect()
}

pub(super) fn lockout(file: &WorldFile) -> (u32, Duration) {
    let after = file.tenant.lock_after.unwrap_or(LOCK_AFTER);
    let time = file.tenant.lock_seconds.map(Duration::from_secs);
    (after, time.unwrap_or(LOCK))
}
