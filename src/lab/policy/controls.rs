//! What a policy wants of a sign-in, and whether it has it.

use std::time::Duration;

use super::{Attempt, Need, registration};
use crate::lab::file::{Control, Kind, Management, PolicyKind, Risk};
use crate::lab::refusal::Cause;
use crate::lab::world::{By, Policy, World};

/// What a policy still wants; nothing if it has all it asks for.
pub fn lacking(world: &World, policy: &Policy, attempt: &Attempt<'_>) -> Vec<Need> {
    let each = policy
        .controls
        .iter()
        .map(|control| needed(world, policy, *control, attempt));
    if !policy.any {
        return each.flatten().collect();
    }
    let all: Vec<Option<Need>> = each.collect();
    if all.contains(&None) {
        return Vec::new();
    }
    // One is enough, so a person is asked for what a page can give.
    all.into_iter()
        .flatten()
        .min_by_key(|need| need.rank())
        .into_iter()
        .collect()
}

fn needed(world: &World, policy: &Policy, control: Control, attempt: &Attempt<'_>) -> Option<Need> {
    let native = attempt.client.kind == Kind::Desktop;
    let proof = attempt.proof;
    let older = |since| attempt.at.since(since) > Duration::from_hours(policy.hours.into());
    match control {
        Control::Block => blocked(world, policy, attempt).map(Need::Stop),
        Control::SecurityBlock => Some(Need::Stop(Cause::SecurityBlocked)),
        Control::SecurityDefaults => Some(Need::Stop(Cause::DefaultsBlocked)),
        // A lab's program has no broker: it binds no session to a device, and no management reaches it.
        Control::TokenProtection => native.then_some(Need::Stop(Cause::TokenUnbound)),
        Control::ApprovedApp => native.then_some(Need::Stop(Cause::AppNotApproved)),
        Control::AppProtection if attempt.page => native.then_some(Need::Stop(Cause::BrokerNeeded)),
        Control::AppProtection => native.then_some(Need::Stop(Cause::AppUnprotected)),
        Control::ManagedDevice | Control::CompliantDevice | Control::JoinedDevice => {
            device(world, policy, control, attempt).map(Need::Stop)
        }
        Control::SignInFrequency => older(proof.at).then_some(Need::SignIn),
        Control::Mfa if !proof.mfa => Some(factor(world, attempt)),
        Control::Mfa => {
            let timed = policy.kind == PolicyKind::Rules && policy.hours > 0;
            let stale = proof.marks.mfa_at.is_some_and(older);
            (timed && stale).then_some(Need::MfaAgain)
        }
        Control::PasswordChange => {
            (attempt.user.standing.user_risk > Risk::None).then_some(Need::PasswordChange)
        }
        Control::ExternalCheck => (!proof.marks.external).then_some(Need::External),
        Control::TermsOfUse => {
            let accepted = attempt.user.standing.terms.contains(&policy.name);
            (!accepted).then_some(Need::Terms)
        }
    }
}

fn blocked(world: &World, policy: &Policy, attempt: &Attempt<'_>) -> Option<Cause> {
    if policy.kind == PolicyKind::BlockOnPage && !attempt.page {
        return None;
    }
    if world.is_foreign(attempt.user) && !policy.conditions.user_risk.is_empty() {
        return Some(Cause::HomeRisk);
    }
    let flows = &policy.conditions.flows.include;
    let of_the_flow = flows.iter().any(|flow| flow.get_ref() == "device-code");
    let barred = of_the_flow && !attempt.page && attempt.proof.marks.by == By::DeviceCode;
    Some(if barred {
        Cause::DeviceSignInBarred
    } else {
        Cause::Blocked
    })
}

/// A second factor, which nobody at risk may register, and others only where policies allow it.
pub fn factor(world: &World, attempt: &Attempt<'_>) -> Need {
    let standing = &attempt.user.standing;
    let risky = standing.user_risk.max(standing.sign_in_risk) > Risk::Low;
    if attempt.user.mfa {
        Need::Mfa
    } else if risky {
        Need::Stop(Cause::RegistrationRisky)
    } else if registration::barring(world, attempt).is_some() {
        Need::Stop(Cause::RegistrationBarred)
    } else {
        Need::Mfa
    }
}

fn device(
    world: &World,
    policy: &Policy,
    control: Control,
    attempt: &Attempt<'_>,
) -> Option<Cause> {
    let for_some_apis = !policy.conditions.resources.include.is_empty();
    let of_control = match control {
        Control::ManagedDevice => Cause::DeviceUnmanaged,
        Control::JoinedDevice => Cause::DeviceNotJoined,
        _ if for_some_apis => Cause::ApiNeedsCompliance,
        _ => Cause::DeviceNotCompliant,
    };
    let machine = attempt.machine(world);
    let Some(machine) = machine.filter(|m| m.state > Management::Unregistered) else {
        return Some(match attempt.proof.marks.by {
            By::DeviceCode => Cause::DeviceFlowUnproven,
            By::Browser | By::Password if attempt.page => of_control,
            By::Browser | By::Password => Cause::DeviceUnproven,
        });
    };
    if control == Control::CompliantDevice && !world.trusts_devices_of(attempt.user) {
        return Some(Cause::ForeignCompliance);
    }
    if machine.platform == "other" {
        return Some(Cause::PlatformUnsupported);
    }
    let least = match control {
        Control::ManagedDevice => Management::Registered,
        Control::JoinedDevice => Management::Joined,
        _ => Management::Compliant,
    };
    (machine.state < least).then_some(of_control)
}
