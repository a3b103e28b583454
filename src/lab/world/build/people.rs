//! Builds people, devices and places from their entries.

use std::time::Duration;

use toml::Spanned;

use super::super::{Approval, Assignment, Machine, Situation, Spot, Standing, User};
use crate::lab::border::{Instance, Neighbour, Rules};
use crate::lab::file::{
    ClientEntry, DeviceEntry, NeighbourEntry, PlaceEntry, Risk, UserEntry, WorldFile, range,
};

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
        standing: standing(entry, &file.tenant.domain),
    };
    file.users.iter().map(user).collect()
}

fn standing(entry: &UserEntry, own: &str) -> Situation {
    let name = |name: &Option<Spanned<String>>| name.as_ref().map(|n| n.get_ref().clone());
    Situation {
        disabled: entry.disabled,
        per_user_mfa: entry.per_user_mfa,
        must_register: entry.must_register,
        bad_address: false,
        groups: entry.groups.clone(),
        roles: entry.roles.clone(),
        user_risk: entry.user_risk.unwrap_or(Risk::None),
        riskier_since: None,
        sign_in_risk: entry.sign_in_risk.unwrap_or(Risk::None),
        place: name(&entry.place),
        address: entry.address,
        device: name(&entry.device),
        home: name(&entry.home).unwrap_or_else(|| own.to_owned()),
        guest_of: entry.guest_of.iter().map(|d| d.get_ref().clone()).collect(),
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
        tenants: entry.tenants.clone(),
    };
    file.places.iter().map(spot).collect()
}

pub(super) fn neighbours(file: &WorldFile) -> Vec<Neighbour> {
    let neighbour = |entry: &NeighbourEntry| Neighbour {
        tenant: entry.id.get_ref().to_ascii_lowercase(),
        domain: entry.domain.get_ref().clone(),
        name: entry.name.clone(),
        consents: Vec::new(),
        policies: super::policies(&entry.policies),
        apps: file.clients.iter().map(|c| instance(entry, c)).collect(),
        approval: Approval {
            by_users: true,
            on_request: false,
            asked: Vec::new(),
        },
        rules: Rules {
            lets_out: entry.lets_out.unwrap_or(true),
            lets_in: entry.lets_in.unwrap_or(true),
            trusts_devices: entry.trusts_devices,
        },
    };
    file.neighbours.iter().map(neighbour).collect()
}

/// An application as a neighbour has it: as good as anywhere, if the file does not say otherwise.
fn instance(neighbour: &NeighbourEntry, client: &ClientEntry) -> Instance {
    let mut apps = neighbour.apps.iter();
    let entry = apps.find(|app| app.client.get_ref() == client.name.get_ref());
    Instance {
        client: client.id.get_ref().to_ascii_lowercase(),
        name: client.name.get_ref().clone(),
        standing: match entry {
            Some(entry) if entry.disabled => Standing::Disabled,
            Some(_) | None => Standing::Good,
        },
        assignment: entry.map_or_else(Assignment::default, |entry| Assignment {
            required: entry.assignment_required,
            to: entry.assigned.clone(),
        }),
    }
}

pub(super) fn lockout(file: &WorldFile) -> (u32, Duration) {
    let after = file.tenant.lock_after.unwrap_or(LOCK_AFTER);
    let time = file.tenant.lock_seconds.map(Duration::from_secs);
    (after, time.unwrap_or(LOCK))
}
