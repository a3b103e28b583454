//! What a policy does, in words: what it wants, and of whom.

use crate::lab::file::{Choice, Control, PolicyKind};
use crate::lab::refusal::fill;
use crate::lab::world::Policy;
use crate::strings::lab as say;

/// A sentence or two.
pub fn does(policy: &Policy) -> String {
    match policy.kind {
        PolicyKind::Rules => rules(policy),
        PolicyKind::Mfa => say::DOES_MFA.to_owned(),
        PolicyKind::Block => say::DOES_BLOCK.to_owned(),
        PolicyKind::BlockOnPage => say::DOES_BLOCK_ON_PAGE.to_owned(),
        PolicyKind::SignInFrequency => {
            fill(say::DOES_FREQUENCY, &[("hours", &policy.hours.to_string())])
        }
        PolicyKind::ApiContext => fill(say::DOES_CONTEXT, &[("context", &policy.context)]),
        PolicyKind::ApiFreshToken => say::DOES_FRESH.to_owned(),
    }
}

fn rules(policy: &Policy) -> String {
    let mut words: Vec<String> = policy
        .controls
        .iter()
        .map(|control| wanted(*control, policy.hours))
        .collect();
    let last = words.pop().unwrap_or_default();
    let joint = if policy.any { say::OR } else { say::AND };
    let head = words.join(", ");
    let wants = if head.is_empty() {
        last
    } else {
        format!("{head} {joint} {last}")
    };
    let refuses = policy.controls.iter().all(|control| refuses(*control));
    let frame = if refuses {
        say::DOES_REFUSE
    } else {
        say::DOES_RULES
    };
    let whom = conditions(policy).join("; ");
    let sentence = fill(frame, &[("controls", &wants)]);
    if whom.is_empty() {
        sentence
    } else {
        format!("{sentence} {}", fill(say::DOES_ONLY, &[("whom", &whom)]))
    }
}

const fn refuses(control: Control) -> bool {
    matches!(
        control,
        Control::Block | Control::SecurityBlock | Control::SecurityDefaults
    )
}

fn wanted(control: Control, hours: u32) -> String {
    let words = match control {
        Control::Block => say::WANTS_NOTHING,
        Control::SecurityBlock => say::WANTS_SECURITY,
        Control::SecurityDefaults => say::WANTS_DEFAULTS,
        Control::TokenProtection => say::WANTS_BOUND,
        Control::ApprovedApp => say::WANTS_APPROVED,
        Control::AppProtection => say::WANTS_PROTECTED,
        Control::ManagedDevice => say::WANTS_MANAGED,
        Control::CompliantDevice => say::WANTS_COMPLIANT,
        Control::JoinedDevice => say::WANTS_JOINED,
        Control::SignInFrequency => say::WANTS_RECENT,
        Control::Mfa if hours > 0 => say::WANTS_RECENT_MFA,
        Control::Mfa => say::WANTS_MFA,
        Control::PasswordChange => say::WANTS_PASSWORD,
        Control::ExternalCheck => say::WANTS_EXTERNAL,
        Control::TermsOfUse => say::WANTS_TERMS,
    };
    fill(words, &[("hours", &hours.to_string())])
}

/// Each condition that says something.
fn conditions(policy: &Policy) -> Vec<String> {
    let of = &policy.conditions;
    let choices = [
        (say::USER, &of.users),
        (say::GROUP, &of.groups),
        (say::ROLE, &of.roles),
        (say::APP, &of.apps),
        (say::RESOURCE, &of.resources),
        (say::CLIENT, &of.clients),
        (say::FLOW, &of.flows),
        (say::PLACE, &of.places),
        (say::PLATFORM, &of.platforms),
        (say::DEVICE, &of.devices),
    ];
    let mut told: Vec<String> = choices
        .into_iter()
        .filter_map(|(name, choice)| chosen(name, choice))
        .collect();
    for (name, levels) in [
        (say::USER_RISK, &of.user_risk),
        (say::SIGN_IN_RISK, &of.sign_in_risk),
    ] {
        let words: Vec<&str> = levels.iter().map(|level| level.word()).collect();
        if !words.is_empty() {
            let levels = words.join(&format!(" {} ", say::OR));
            told.push(fill(name, &[("level", &levels)]));
        }
    }
    if !of.actions.is_empty() {
        told.push(say::WHEN_REGISTERING.to_owned());
    }
    if !of.contexts.is_empty() {
        let contexts = of.contexts.join(", ");
        told.push(fill(say::CONTEXT_ASKED, &[("context", &contexts)]));
    }
    told
}

/// `client native`, `place other than trusted`.
fn chosen(name: &str, choice: &Choice) -> Option<String> {
    let listed = |list: &[toml::Spanned<String>]| {
        let words: Vec<&str> = list.iter().map(|word| word.get_ref().as_str()).collect();
        words.join(&format!(" {} ", say::OR))
    };
    let (include, exclude) = (listed(&choice.include), listed(&choice.exclude));
    let values = [("name", name), ("include", &include), ("exclude", &exclude)];
    match (include.is_empty(), exclude.is_empty()) {
        (true, true) => None,
        (false, true) => Some(fill(say::WHOM_IN, &values)),
        (true, false) => Some(fill(say::WHOM_OUT, &values)),
        (false, false) => Some(fill(say::WHOM_IN_BUT, &values)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::testing::Bench;

    #[test]
    fn every_policy_of_the_world_says_what_it_wants_and_of_whom() {
        let bench = Bench::new();
        let said = |name: &str| {
            let policy = bench.world.policies.iter().find(|p| p.name == name);
            does(policy.unwrap())
        };
        for (name, words) in [
            ("compliant-device", "Wants a compliant device."),
            (
                "block-device-code",
                "Refuses tokens. Applies to: flow device-code.",
            ),
            (
                "mfa-outside-office",
                "Wants a second factor or a compliant device. Applies to: group other than emergency; place other than trusted.",
            ),
            (
                "risky-user",
                "Wants a second factor and a new password. Applies to: user risk medium or high.",
            ),
            (
                "block-abroad",
                "Refuses tokens. Applies to: place abroad, other than trusted.",
            ),
            ("recent-mfa", "Wants a second factor not older than 1 h."),
        ] {
            assert_eq!(said(name), words);
        }
        for policy in &bench.world.policies {
            let words = does(policy);
            assert!(
                words.ends_with('.') && !words.contains(['{', '}']),
                "{words}"
            );
        }
    }
}
