//! Whether a policy is for a sign-in at all, and the words for it.

use super::Attempt;
use crate::lab::file::{Choice, Kind, Management};
use crate::lab::refusal::fill;
use crate::lab::world::{By, Machine, Policy, World};
use crate::strings::lab as say;

/// One condition: what it is called, what it asks for, and what is true of the sign-in.
struct Condition<'a> {
    name: &'static str,
    choice: &'a Choice,
    /// Everything that is true; the first one is shown.
    facts: Vec<&'a str>,
}

impl Condition<'_> {
    fn included(&self) -> bool {
        self.holds(&self.choice.include)
    }

    fn excluded(&self) -> bool {
        self.holds(&self.choice.exclude)
    }

    fn holds(&self, list: &[toml::Spanned<String>]) -> bool {
        let fact = |word: &str| {
            self.facts
                .iter()
                .any(|fact| word.eq_ignore_ascii_case(fact))
        };
        list.iter().any(|word| fact(word.get_ref()))
    }

    fn fits(&self) -> bool {
        (self.choice.include.is_empty() || self.included()) && !self.excluded()
    }

    fn says_nothing(&self) -> bool {
        self.choice.include.is_empty() && self.choice.exclude.is_empty()
    }

    fn words(&self) -> String {
        let fact = self.facts.first().copied().unwrap_or(say::NO_FACT);
        format!("{} {fact}", self.name)
    }
}

/// Why a policy applies to a sign-in.
///
/// # Errors
/// Why it does not.
pub fn fits(world: &World, policy: &Policy, attempt: &Attempt<'_>) -> Result<String, String> {
    let mut told: Vec<String> = whom(world, policy, attempt)?.into_iter().collect();
    for condition in what(world, policy, attempt) {
        if !condition.fits() {
            return Err(condition.words());
        }
        if !condition.says_nothing() {
            told.push(condition.words());
        }
    }
    told.extend(risk(policy, attempt)?);
    let contexts = &policy.conditions.contexts;
    if !contexts.is_empty() {
        let asked = contexts
            .iter()
            .find(|context| attempt.demands.contexts.contains(context));
        let context = asked.ok_or_else(|| say::NO_CONTEXT.to_owned())?;
        told.push(fill(say::CONTEXT_ASKED, &[("context", context)]));
    }
    if told.is_empty() {
        return Ok(say::FOR_EVERYTHING.to_owned());
    }
    Ok(told.join(", "))
}

/// People are one condition: included by name, by group or by role; excluded by any of these.
fn whom(world: &World, policy: &Policy, attempt: &Attempt<'_>) -> Result<Option<String>, String> {
    let (user, of) = (attempt.user, &policy.conditions);
    let standing = &user.standing;
    let all = [
        Condition {
            name: say::GROUP,
            choice: &of.groups,
            facts: standing.groups.iter().map(String::as_str).collect(),
        },
        Condition {
            name: say::ROLE,
            choice: &of.roles,
            facts: standing.roles.iter().map(String::as_str).collect(),
        },
        Condition {
            name: say::USER,
            choice: &of.users,
            facts: if world.is_foreign(user) {
                vec![user.name.as_str(), "guests"]
            } else {
                vec![user.name.as_str()]
            },
        },
    ];
    if let Some(excluded) = all.iter().find(|condition| condition.excluded()) {
        return Err(fill(say::EXCLUDED, &[("what", &excluded.words())]));
    }
    let anybody = all
        .iter()
        .all(|condition| condition.choice.include.is_empty());
    match all.iter().find(|condition| condition.included()) {
        Some(included) => Ok(Some(included.words())),
        None if anybody => Ok(None),
        None => Err(fill(say::NOT_INCLUDED, &[("user", &user.name)])),
    }
}

fn what<'a>(world: &'a World, policy: &'a Policy, attempt: &Attempt<'a>) -> Vec<Condition<'a>> {
    let of = &policy.conditions;
    let by = attempt.proof.marks.by;
    let machine = attempt.machine(world);
    vec![
        Condition {
            name: say::APP,
            choice: &of.apps,
            facts: vec![&attempt.client.name],
        },
        Condition {
            name: say::RESOURCE,
            choice: &of.resources,
            facts: vec![attempt.resource],
        },
        Condition {
            name: say::CLIENT,
            choice: &of.clients,
            facts: vec![match by {
                By::Password => "other",
                By::Browser | By::DeviceCode if attempt.client.kind == Kind::Desktop => "native",
                By::Browser | By::DeviceCode => "browser",
            }],
        },
        Condition {
            name: say::FLOW,
            choice: &of.flows,
            facts: vec![match by {
                By::Browser => "browser",
                By::DeviceCode => "device-code",
                By::Password => "password",
            }],
        },
        Condition {
            name: say::PLACE,
            choice: &of.places,
            facts: match world.spot_of(&attempt.user.standing) {
                Some(spot) if spot.trusted => vec![&spot.name, "trusted"],
                Some(spot) => vec![&spot.name],
                None => vec!["unknown"],
            },
        },
        Condition {
            name: say::PLATFORM,
            choice: &of.platforms,
            facts: vec![machine.map_or("unknown", |m| m.platform.as_str())],
        },
        Condition {
            name: say::DEVICE,
            choice: &of.devices,
            facts: vec![state(machine).word()],
        },
    ]
}

/// How far the device of a sign-in is under management; a sign-in without one is as one from an unknown device.
fn state(machine: Option<&Machine>) -> Management {
    machine.map_or(Management::Unregistered, |machine| machine.state)
}

fn risk(policy: &Policy, attempt: &Attempt<'_>) -> Result<Vec<String>, String> {
    let (standing, of) = (&attempt.user.standing, &policy.conditions);
    let mut told = Vec::new();
    for (list, level, name) in [
        (&of.user_risk, standing.user_risk, say::USER_RISK),
        (&of.sign_in_risk, standing.sign_in_risk, say::SIGN_IN_RISK),
    ] {
        if list.is_empty() {
            continue;
        }
        let words = fill(name, &[("level", level.word())]);
        if !list.contains(&level) {
            return Err(words);
        }
        told.push(words);
    }
    Ok(told)
}
