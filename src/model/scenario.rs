//! A scenario: a lab set-up with a cause, the error it must produce, and the steps that must cure it. Parsed from
//! TOML; unknown keys are errors.

use std::time::Duration;

use serde::Deserialize;

use super::WorldChange;
use super::demand::{FaultOrder, Force, parse_skew};
use super::surface::SurfaceChange;
use super::world::Thing;

mod deed;

pub use deed::{Deed, Mistake, Proof, UserAct};

/// What a step must have led to. Only the keys given are compared.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expectation {
    /// `granted`, `refused`, `unreachable`, `cancelled`, `waiting`.
    pub outcome: Option<String>,
    /// HTTP status of the deciding reply.
    pub status: Option<u16>,
    /// OAuth error.
    pub error: Option<String>,
    /// Suberror; the empty string: none.
    pub suberror: Option<String>,
    /// Codes with prefix, all of them.
    pub codes: Option<Vec<String>>,
    /// Class word.
    pub class: Option<String>,
    /// Who acts, in order.
    pub acts: Option<Vec<String>>,
    /// Login word.
    pub login: Option<String>,
    /// Text shown in the browser, where no reply reached the program.
    pub page: Option<String>,
    /// Status of the API call.
    pub api: Option<u16>,
}

/// One step.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScenarioStep {
    /// What is done.
    pub r#do: Deed,
    /// What it must lead to.
    pub expect: Option<Expectation>,
}

/// Whether the cure can be shown in the lab.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cure {
    /// The last step is granted.
    #[default]
    Here,
    /// Only somebody else can cure it: the last step is refused and its plan hands over.
    NobodyHere,
}

/// What a scenario's error rests on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub enum Basis {
    /// As Entra answers.
    #[default]
    #[serde(rename = "entra")]
    Entra,
    /// As RFC 8628 says; no Entra reply with it is known.
    #[serde(rename = "rfc8628")]
    Rfc8628,
    /// Forced: the lab has no cause for it.
    #[serde(rename = "force-only")]
    ForceOnly,
}

/// A scenario file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// File name without `.toml`; filled by whoever reads the file.
    #[serde(skip)]
    pub name: String,
    /// Title.
    pub title: String,
    /// What it teaches, one sentence.
    pub teaches: String,
    /// The group it is listed under.
    #[serde(default)]
    pub group: String,
    /// What its error rests on.
    #[serde(default)]
    pub basis: Basis,
    /// Whether it can be cured here.
    #[serde(default)]
    pub cure: Cure,
    /// The lab client that acts: the name of a client of the world file.
    pub profile: String,
    /// `v1` to speak to the v1 endpoint, `v2` (default) otherwise.
    #[serde(default)]
    pub endpoint: Endpoint,
    /// The tenant named in the authority, if not the world's own (unknown tenant).
    pub tenant: Option<String>,
    /// What is asked for, if not what goes with the client (`User.Read`, or `/.default` of Graph without a user).
    pub scopes: Option<Vec<String>>,
    /// The user-assigned managed identity that is asked for, e.g. `client_id=…`; none: the machine's own.
    pub identity: Option<String>,
    /// What the client says it can do, e.g. `cp1`.
    #[serde(default)]
    pub capabilities: Vec<String>,
    /// Whether the lab is spoken to over https, by a certificate of its authority.
    #[serde(default)]
    pub https: bool,
    /// The lab's user.
    pub user: Option<String>,
    /// Set-up.
    #[serde(default)]
    pub given: Vec<Deed>,
    /// Steps.
    pub step: Vec<ScenarioStep>,
}

/// Which endpoint version a scenario speaks to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Endpoint {
    /// The v2.0 endpoint.
    #[default]
    V2,
    /// The v1 endpoint.
    V1,
}

impl Scenario {
    /// Reads a scenario file.
    ///
    /// # Errors
    /// The TOML reader's message, which names line and key.
    pub fn parse(name: &str, text: &str) -> Result<Self, String> {
        let mut scenario: Self = toml::from_str(text).map_err(|e| format!("{name}.toml: {e}"))?;
        name.clone_into(&mut scenario.name);
        Ok(scenario)
    }
}

impl WorldChange {
    /// Reads the words of a change, e.g. `policy require-mfa on`, `advance 61m`.
    pub fn parse(text: &str) -> Option<Self> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let switch = |word: &str| match word {
            "on" => Some(true),
            "off" => Some(false),
            _ => None,
        };
        Some(match words.as_slice() {
            ["policy", name, state] => Self::Policy {
                name: (*name).to_owned(),
                on: switch(state)?,
            },
            ["set", thing, name, key, value @ ..] if !value.is_empty() => Self::Set {
                thing: Thing::from_word(thing)?,
                name: (*name).to_owned(),
                key: (*key).to_owned(),
                value: value.join(" "),
            },
            ["per-user-mfa", state] => Self::PerUserMfa(switch(state)?),
            ["approve-request"] => Self::AnswerRequest(true),
            ["deny-request"] => Self::AnswerRequest(false),
            ["user-consent", state] => Self::UserConsent(switch(state)?),
            ["consent-requests", state] => Self::ConsentRequests(switch(state)?),
            ["revoke-consent", app] => Self::RevokeConsentOf {
                app: (*app).to_owned(),
                user: None,
            },
            ["revoke-consent", app, user] => Self::RevokeConsentOf {
                app: (*app).to_owned(),
                user: Some((*user).to_owned()),
            },
            ["grant-consent"] => Self::GrantConsent,
            ["revoke-consent"] => Self::RevokeConsent,
            ["revoke-sessions"] => Self::RevokeSessions,
            ["expire-secret"] => Self::ExpireSecret,
            ["renew-secret"] => Self::RenewSecret,
            ["expire-password"] => Self::ExpirePassword,
            ["reset-password"] => Self::ResetPassword,
            ["lock-account"] => Self::LockAccount,
            ["unlock-account"] => Self::UnlockAccount,
            ["throttle", time] => Self::Throttle(parse_duration(time)?),
            ["outage", state] => Self::Outage(switch(state)?),
            ["slow-down", state] => Self::SlowDown(switch(state)?),
            ["loop-rule", state] => Self::LoopRule(switch(state)?),
            ["advance", time] => Self::Advance(parse_duration(time)?),
            ["force", what @ ..] => Self::Force(Box::new(Force::parse(what)?)),
            ["unforce"] => Self::Unforce(None),
            ["unforce", what] => Self::Unforce(Some((*what).to_owned())),
            ["fault", "off"] => Self::FaultOff(None),
            ["fault", name, "off"] => Self::FaultOff(Some((*name).to_owned())),
            ["fault", what @ ..] => Self::Fault(FaultOrder::parse(what)?),
            ["skew", "off"] => Self::Skew(0),
            ["skew", time] => Self::Skew(parse_skew(time)?),
            ["reset"] => Self::Reset,
            other => Self::Surface(SurfaceChange::parse(other)?),
        })
    }
}

/// Reads `90s`, `61m`, `25h`, `91d`.
pub fn parse_duration(text: &str) -> Option<Duration> {
    let unit = text.chars().last()?;
    let number: u64 = text.strip_suffix(unit)?.parse().ok()?;
    let seconds = match unit {
        's' => 1,
        'm' => 60,
        'h' => 3600,
        'd' => 86_400,
        _ => return None,
    };
    Some(Duration::from_secs(number.checked_mul(seconds)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_key_is_named_with_its_line() {
        let error = Scenario::parse(
            "x",
            "title = 'a'\nteaches = 'b'\nprofile = 'c'\nstep = []\ncolour = 'red'\n",
        )
        .unwrap_err();
        assert!(
            error.contains("colour") && error.contains("line 5"),
            "{error}"
        );
    }
}
