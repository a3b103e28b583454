//! The lab's world as others see it: what it is, how it can be changed, what was asked of it.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::Moment;
use super::demand::{Door, FaultOrder, Force};
use super::surface::SurfaceChange;

/// A client of the lab, as its start line names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LabClient {
    /// Application (client) id.
    pub id: String,
    /// Display name; also the name of the profile made from it, e.g. `contoso-desktop`.
    pub name: String,
    /// `desktop`, `daemon` or `api`.
    pub kind: String,
    /// Whether it has no credential.
    pub public: bool,
    /// The daemon's secret: simulated, made anew for each start.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secret: Option<String>,
}

/// A user of the lab, as its start line names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LabUserInfo {
    /// User principal name.
    pub name: String,
    /// The simulated password.
    pub password: String,
}

/// The control API of a lab, as its start line names it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LabControl {
    /// `https://127.0.0.1:8443/lab`.
    pub url: String,
    /// The bearer token that opens it: made anew for each start, shown in the start line and nowhere else.
    pub token: String,
}

impl std::fmt::Debug for LabControl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LabControl")
            .field("url", &self.url)
            .finish_non_exhaustive()
    }
}

/// The line the lab prints when it answers (DESIGN section 7).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LabInfo {
    /// 1.
    pub schema: u32,
    /// `https://127.0.0.1:8443/contoso.example`; over http in the demo.
    pub authority: String,
    /// The issuer of its tokens (v2.0).
    pub issuer: String,
    /// Path of the CA's PEM file; empty when only http is served.
    pub ca: String,
    /// The authority over plain http; null when http is not served.
    pub http: Option<String>,
    /// Tenant id.
    pub tenant: String,
    /// Clients.
    pub clients: Vec<LabClient>,
    /// Users.
    pub users: Vec<LabUserInfo>,
    /// The protected API.
    pub api: String,
    /// The control API, if it was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub control: Option<LabControl>,
}

/// The kinds of things in the world that have settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Thing {
    /// A person.
    User,
    /// An application.
    App,
    /// A device.
    Device,
    /// Another tenant, by its domain.
    Tenant,
}

impl Thing {
    /// The word in a change.
    pub const fn word(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::App => "app",
            Self::Device => "device",
            Self::Tenant => "tenant",
        }
    }

    /// Reads the word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::User, Self::App, Self::Device, Self::Tenant]
            .into_iter()
            .find(|thing| thing.word() == word)
    }
}

/// Something in the world that can be changed: the words of `given`, `do` and the lab's control endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WorldChange {
    /// `policy NAME on|off`: switch a policy of the world file (`require-mfa`, `block`, `block-on-page`,
    /// `sign-in-frequency`, `api-claims` …).
    Policy {
        /// The policy's name.
        name: String,
        /// On or off.
        on: bool,
    },
    /// `set user|app|device|tenant NAME KEY VALUE`: one setting of one thing, e.g. `set user bo@contoso.example locked yes`.
    Set {
        /// What kind of thing.
        thing: Thing,
        /// Its name in the world file.
        name: String,
        /// The setting.
        key: String,
        /// Its value; blanks are allowed.
        value: String,
    },
    /// `per-user-mfa on|off`: MFA by the user's own setting, so that no claims come along.
    PerUserMfa(bool),
    /// `grant-consent`: an administrator consents for everyone.
    GrantConsent,
    /// `revoke-consent`: consent of the desktop client is taken away.
    RevokeConsent,
    /// `revoke-consent APP [USER]`: consent to one app is taken away; with a user, only what that user gave.
    RevokeConsentOf {
        /// The app's name.
        app: String,
        /// The user's name.
        user: Option<String>,
    },
    /// `user-consent on|off`: whether users may consent at all.
    UserConsent(bool),
    /// `consent-requests on|off`: whether users may ask an administrator on the page.
    ConsentRequests(bool),
    /// `approve-request` or `deny-request`: an administrator answers everything that users asked for.
    AnswerRequest(bool),
    /// `revoke-sessions`: the user's refresh tokens die.
    RevokeSessions,
    /// `expire-secret`: the daemon's secret expires.
    ExpireSecret,
    /// `renew-secret`: the daemon gets a new secret.
    RenewSecret,
    /// `expire-password`.
    ExpirePassword,
    /// `reset-password`: the password is changed; the user knows the new one.
    ResetPassword,
    /// `lock-account`.
    LockAccount,
    /// `unlock-account`.
    UnlockAccount,
    /// `throttle 5s`: token requests are answered with 429 and Retry-After until then.
    Throttle(Duration),
    /// `outage on|off`: the token endpoint answers 503.
    Outage(bool),
    /// `slow-down on|off`: device polls that come too fast are answered `slow_down` (RFC 8628).
    SlowDown(bool),
    /// `loop-rule on|off`: a program that repeats the same request is held back.
    LoopRule(bool),
    /// What concerns keys, the generic issuer and machines' identities.
    Surface(SurfaceChange),
    /// `advance 61m`: the lab's clock moves on.
    Advance(Duration),
    /// `force CODE …`: the next requests are answered with a code of the catalogue, without a cause.
    Force(Box<Force>),
    /// `unforce [CODE]`: no longer; without a code: nothing any longer.
    Unforce(Option<String>),
    /// `fault NAME …`: something goes wrong below the protocol.
    Fault(FaultOrder),
    /// `fault [NAME] off`: no longer; without a name: none any longer.
    FaultOff(Option<String>),
    /// `skew 10m`, `skew -10m`, `skew off`: the lab's clock is off against everybody else's, in seconds.
    Skew(i64),
    /// `reset`: everything as the world file says.
    Reset,
}

/// A policy as the explorer lists it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PolicyView {
    /// Name.
    pub name: String,
    /// What it does, in a sentence.
    pub does: String,
    /// Whether it is on.
    pub on: bool,
}

/// One setting of a thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SettingView {
    /// Its name.
    pub key: String,
    /// How it stands.
    pub value: String,
    /// The values it takes; empty: text that somebody types.
    pub allowed: Vec<String>,
    /// What its values look like, in words.
    pub expected: String,
    /// Whether it is not as at the start.
    pub changed: bool,
}

/// A thing of the world with everything that can be set about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ThingView {
    /// What kind of thing.
    pub kind: Thing,
    /// Its name.
    pub name: String,
    /// What else it is called, or what it is.
    pub about: String,
    /// What can be set.
    pub settings: Vec<SettingView>,
}

/// The state of the world as the explorer and the control endpoint show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WorldView {
    /// The lab's time.
    pub now: Moment,
    /// Policies.
    pub policies: Vec<PolicyView>,
    /// What is switched on or off for the whole lab; `NAME on|off` is the change.
    pub switches: Vec<PolicyView>,
    /// Users, applications and what else has settings.
    pub things: Vec<ThingView>,
    /// Other state that is not as the world file says, a sentence each.
    pub changed: Vec<String>,
    /// How far the clock was moved on.
    #[serde(skip)]
    pub moved: Duration,
    /// What is forced, with how often it still will be.
    pub forced: Vec<ForcedView>,
    /// What goes wrong below the protocol, in the words that ordered it, with how often it still will.
    pub faults: Vec<String>,
}

impl WorldView {
    /// Whether another view shows the same, the time apart.
    pub fn is_like(&self, other: &Self) -> bool {
        *self
            == Self {
                now: self.now,
                ..other.clone()
            }
    }
}

/// An answer that is forced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ForcedView {
    /// The code, or the error where it has none.
    pub what: String,
    /// What it says, in a few words.
    pub title: String,
    /// Where.
    pub at: Door,
    /// The addresses it waits at, in words, if not at all of Entra's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// For this client alone.
    pub client: Option<String>,
    /// How often it still will be: `once`, `3 times`, `50%`, `always`.
    pub left: String,
    /// Whether what it comes together with is assumed.
    pub assumed: bool,
}

/// What the lab did with a request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Decision {
    /// Tokens, a code, or the API's answer were given.
    Granted,
    /// An error was given, to the program or on a page.
    Refused,
    /// A page was shown that asks for something.
    Page,
    /// Metadata, keys and whatever else needs no decision.
    #[default]
    Answered,
}

/// One request that reached the lab. It holds no secret and no token.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct LabRequestRecord {
    /// Its number: 1 for the first since the start, never used again.
    pub id: u64,
    /// The lab's time.
    pub at: Moment,
    /// Method and path, without query.
    pub what: String,
    /// Where it led to: `token`, `authorize`, `page`, `device`, `device-code`, `discovery`, `keys`, `api` …
    pub endpoint: String,
    /// The client that asked: its name, or the id it sent.
    pub client: Option<String>,
    /// The library that spoke, as it names itself.
    pub program: Option<String>,
    /// Status answered.
    pub status: u16,
    /// What was done.
    pub decision: Decision,
    /// The code of a refusal; where it has none, its error.
    pub code: Option<String>,
    /// Why it was answered so: the rule or policy that decided.
    pub because: String,
    /// Whether the answer was forced.
    pub forced: bool,
    /// Whether what the forced code comes together with is assumed.
    pub assumed: bool,
    /// The fault below the protocol that was ordered for it.
    pub fault: Option<String>,
    /// The correlation id that the answer names: the client's own, where it sent one.
    pub correlation: Option<String>,
    /// The trace id of the answer (`x-ms-request-id`).
    pub trace: Option<String>,
    /// What was asked with: parameters that hold no secret; the others by name.
    pub asked: Vec<(String, String)>,
    /// The body of a refusal.
    pub reply: Option<String>,
    /// How long the answer tells to wait (`Retry-After`): seconds or a date.
    pub retry_after: Option<String>,
}
