//! Entries of the world file about policies: whom one is for, and what it wants.

use serde::Deserialize;
use toml::Spanned;

use super::people::{Management, PLATFORMS, Risk};
use super::{Place, WorldFile};
use crate::model::Problem;
use crate::strings::lab as say;

/// A policy.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PolicyEntry {
    /// Its name in `policy NAME on`.
    pub name: Spanned<String>,
    /// What it does, in short; a policy with `controls` needs none.
    #[serde(default)]
    pub kind: PolicyKind,
    /// Its id, a GUID: what the claims of a refusal name.
    pub id: Spanned<String>,
    /// `sign-in-frequency`: how many hours a sign-in lasts; with the control `mfa`: how many hours a second factor
    /// lasts.
    pub hours: Option<u32>,
    /// `api-context`: the authentication context the API wants, e.g. `c1`.
    pub context: Option<String>,
    /// Whether it is on at the start.
    #[serde(default)]
    pub on: bool,
    /// When it applies; always, if nothing is said.
    #[serde(default)]
    pub conditions: ConditionsEntry,
    /// What it wants, all of it.
    #[serde(default)]
    pub controls: Vec<Control>,
    /// One of the controls is enough.
    #[serde(default)]
    pub any: bool,
}

/// What a policy does, in short.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PolicyKind {
    /// What its controls say.
    #[default]
    Rules,
    /// Wants a second factor.
    Mfa,
    /// Blocks, at the token endpoint and on the page.
    Block,
    /// Blocks on the page alone, so that the program sees nothing.
    BlockOnPage,
    /// Limits how long ago the last sign-in may be.
    SignInFrequency,
    /// The API wants an authentication context.
    ApiContext,
    /// The API wants a token issued after the policy was switched on.
    ApiFreshToken,
}

/// What a policy wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Control {
    /// A refusal.
    Block,
    /// A refusal, as a security policy of the tenant words it.
    SecurityBlock,
    /// A refusal, as security defaults word it.
    SecurityDefaults,
    /// A session bound to a device; a program without a broker has none.
    TokenProtection,
    /// An app on the list of approved ones.
    ApprovedApp,
    /// An app under a protection policy.
    AppProtection,
    /// A device that the directory knows.
    ManagedDevice,
    /// A compliant device.
    CompliantDevice,
    /// A device joined to the domain.
    JoinedDevice,
    /// A sign-in that is not too long ago.
    SignInFrequency,
    /// A second factor.
    Mfa,
    /// A new password.
    PasswordChange,
    /// A check by another service.
    ExternalCheck,
    /// Terms of use, accepted.
    TermsOfUse,
}

/// What a person does besides signing in to an app.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// Registers a second factor.
    RegisterSecurityInfo,
}

/// Values that a condition includes (none: all) and excludes.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Those it is for; empty: all.
    #[serde(default)]
    pub include: Vec<Spanned<String>>,
    /// Those it is not for.
    #[serde(default)]
    pub exclude: Vec<Spanned<String>>,
}

/// When a policy applies: every condition must fit; users, groups and roles are one condition.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct ConditionsEntry {
    /// User principal names, or `guests`.
    pub users: Choice,
    /// Groups.
    pub groups: Choice,
    /// Directory roles.
    pub roles: Choice,
    /// Names of clients.
    pub apps: Choice,
    /// Identifiers of resources.
    pub resources: Choice,
    /// `browser`, `native`, `other` (a password sent by the program) or `workload` (no person).
    pub clients: Choice,
    /// `browser`, `device-code` or `password`.
    pub flows: Choice,
    /// Names of places, `trusted`, or `unknown`.
    pub places: Choice,
    /// Platforms of devices, `unknown` among them.
    pub platforms: Choice,
    /// States of devices.
    pub devices: Choice,
    /// Levels of risk of the account.
    pub user_risk: Vec<Risk>,
    /// Levels of risk of the sign-in.
    pub sign_in_risk: Vec<Risk>,
    /// What is done: it applies to that alone, and to no sign-in.
    pub actions: Vec<Action>,
    /// Authentication contexts: it applies only where one of them is asked for.
    pub contexts: Vec<String>,
}

/// The kinds of client a condition can name.
const CLIENTS: [&str; 4] = ["browser", "native", "other", "workload"];
/// The flows a condition can name.
const FLOWS: [&str; 3] = ["browser", "device-code", "password"];

/// Checks what the format cannot express.
pub(super) fn check(at: &Place<'_>, world: &WorldFile) -> Result<(), Problem> {
    for policy in world.all_policies() {
        let wants = |control| policy.controls.contains(&control);
        let frequency =
            policy.kind == PolicyKind::SignInFrequency || wants(Control::SignInFrequency);
        if frequency && policy.hours.is_none_or(|h| h == 0) {
            return Err(at.wrong(&policy.name, "name", say::EXPECTED_HOURS));
        }
        let context = policy.context.as_deref().is_none_or(str::is_empty);
        if policy.kind == PolicyKind::ApiContext && context {
            return Err(at.wrong(&policy.name, "name", say::EXPECTED_CONTEXT));
        }
        if (policy.kind == PolicyKind::Rules) == policy.controls.is_empty() {
            return Err(at.wrong(&policy.name, "name", say::EXPECTED_CONTROLS));
        }
        conditions(at, world, &policy.conditions)?;
    }
    Ok(())
}

fn conditions(at: &Place<'_>, world: &WorldFile, of: &ConditionsEntry) -> Result<(), Problem> {
    let named = |list: Vec<&Spanned<String>>, also: &[&'static str]| {
        let names = list.into_iter().map(|name| name.get_ref().clone());
        names
            .chain(also.iter().map(|word| (*word).to_owned()))
            .collect::<Vec<_>>()
    };
    let words = |list: &[&'static str]| named(Vec::new(), list);
    let users = named(world.users.iter().map(|u| &u.name).collect(), &["guests"]);
    let places = world.places.iter().map(|p| &p.name).collect();
    let platforms: Vec<&'static str> = PLATFORMS.into_iter().chain(["unknown"]).collect();
    let known = [
        (&of.users, "users", users),
        (
            &of.apps,
            "apps",
            named(world.clients.iter().map(|c| &c.name).collect(), &[]),
        ),
        (
            &of.resources,
            "resources",
            named(world.resources.iter().map(|r| &r.uri).collect(), &[]),
        ),
        (&of.clients, "clients", words(&CLIENTS)),
        (&of.flows, "flows", words(&FLOWS)),
        (&of.places, "places", named(places, &["trusted", "unknown"])),
        (&of.platforms, "platforms", words(&platforms)),
    ];
    for (choice, key, known) in known {
        if let Some(wrong) = both(choice).find(|name| !known.contains(name.get_ref())) {
            let expected = super::expected_one_of(&known);
            return Err(at.wrong(wrong, key, &expected));
        }
    }
    let unknown = |name: &&Spanned<String>| Management::from_word(name.get_ref()).is_none();
    match both(&of.devices).find(unknown) {
        Some(wrong) => Err(at.wrong(wrong, "devices", say::EXPECTED_DEVICE_STATE)),
        None => Ok(()),
    }
}

fn both(choice: &Choice) -> impl Iterator<Item = &Spanned<String>> {
    choice.include.iter().chain(&choice.exclude)
}
