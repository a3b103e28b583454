//! What is switched on or off for the whole lab. Whoever teaches the world a new one, changed by `NAME on|off`, adds
//! its row here; the explorer's lab screen lists it.

use crate::lab::world::World;
use crate::model::world::PolicyView;
use crate::strings::lab as say;

struct Switch {
    name: &'static str,
    does: &'static str,
    read: fn(&World) -> bool,
}

const SWITCHES: &[Switch] = &[
    Switch {
        name: "per-user-mfa",
        does: say::IS_PER_USER_MFA,
        read: |world| world.per_user_mfa,
    },
    Switch {
        name: "outage",
        does: say::IS_OUTAGE,
        read: |world| world.outage,
    },
    Switch {
        name: "slow-down",
        does: say::IS_SLOW_DOWN,
        read: |world| world.slow_down,
    },
    Switch {
        name: "user-consent",
        does: say::IS_USER_CONSENT,
        read: |world| world.approval.by_users,
    },
    Switch {
        name: "consent-requests",
        does: say::DOES_CONSENT_REQUESTS,
        read: |world| world.approval.on_request,
    },
];

/// All of them as they stand.
pub fn all(world: &World) -> Vec<PolicyView> {
    let view = |switch: &Switch| PolicyView {
        name: switch.name.to_owned(),
        does: switch.does.to_owned(),
        on: (switch.read)(world),
    };
    SWITCHES.iter().map(view).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::testing::Bench;

    #[test]
    fn every_switch_is_a_change_of_its_name() {
        for switch in SWITCHES {
            let mut bench = Bench::new();
            bench.change(&format!("{} on", switch.name));
            assert!((switch.read)(&bench.world), "{}", switch.name);
            bench.change(&format!("{} off", switch.name));
            assert!(!(switch.read)(&bench.world), "{}", switch.name);
        }
    }
}
