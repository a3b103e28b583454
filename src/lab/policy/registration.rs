//! Whether a person may register a second factor where they are: policies for that action, which no sign-in is judged
//! by.

use super::{Attempt, conditions, controls};
use crate::lab::file::{Action, Control};
use crate::lab::refusal::fill;
use crate::lab::world::{Policy, World};
use crate::strings::lab as say;

/// The policy that keeps a person from registering a second factor in this attempt.
pub fn barring<'w>(world: &'w World, attempt: &Attempt<'_>) -> Option<&'w Policy> {
    let about = |policy: &&Policy| {
        let actions = &policy.conditions.actions;
        policy.on && actions.contains(&Action::RegisterSecurityInfo)
    };
    let bars = |policy: &&Policy| {
        let mut wanted = (*policy).clone();
        // Nobody is asked for a second factor in order to register the first one.
        wanted.controls.retain(|control| *control != Control::Mfa);
        conditions::fits(world, policy, attempt).is_ok()
            && !controls::lacking(world, &wanted, attempt).is_empty()
    };
    world.policies.iter().filter(about).find(bars)
}

/// What the request log says of such a policy.
pub fn told(policy: &Policy) -> String {
    let what = fill(say::APPLIED, &[("why", say::A_REGISTRATION)]);
    fill(say::BY_POLICY, &[("name", &policy.name), ("what", &what)])
}
