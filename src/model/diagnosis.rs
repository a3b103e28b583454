//! What the facts mean. Plain data; `guide` makes it, shells and reports show it.

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::{FactKind, LogHint, Moment, Plan, Prediction, Spot};

/// What kind of trouble it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Class {
    /// The person must do something on a page.
    Interaction,
    /// The user's credential is wrong or expired.
    UserCredential,
    /// The application's credential is wrong or expired.
    AppCredential,
    /// The account itself: locked, disabled, foreign, absent.
    Account,
    /// The code, refresh token or assertion is spent, expired or revoked.
    Grant,
    /// Consent is missing or was declined.
    Consent,
    /// The user or application is not assigned.
    Assignment,
    /// The device is not as required.
    Device,
    /// A policy blocks it.
    Policy,
    /// The registration is wrong.
    Config,
    /// The bytes that were sent are wrong.
    Request,
    /// Wrong tenant or cloud, or one that is not there.
    Tenant,
    /// The federated identity provider.
    Federation,
    /// Too many requests.
    Throttle,
    /// The service is unwell.
    Service,
    /// Part of the protocol; nothing is wrong.
    Expected,
    /// Not known.
    Unknown,
}

/// Who must act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Actor {
    /// The person signing in.
    User,
    /// Whoever wrote the program.
    Developer,
    /// Whoever owns the app registration.
    AppOwner,
    /// Whoever owns the API.
    ResourceOwner,
    /// An administrator of the tenant.
    Admin,
    /// An administrator of the user's home tenant.
    HomeAdmin,
    /// Whoever runs the federated identity provider.
    Federation,
    /// Microsoft, or whoever runs the issuer.
    Microsoft,
    /// Nobody can: it will never be allowed.
    NobodyCan,
    /// Nobody has to.
    NoneNeeded,
}

/// Will signing in again help?
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Login {
    /// Yes.
    Yes,
    /// Yes, if credentials are asked for anew (or the flow is started anew).
    Fresh,
    /// Yes, if the claims go along.
    WithClaims,
    /// Yes, with another account.
    OtherAccount,
    /// Yes, by another flow.
    OtherFlow,
    /// Only after something else is mended.
    AfterFix,
    /// Only after waiting.
    AfterWait,
    /// No.
    No,
    /// Nobody can sign in here (a daemon, an API).
    NotApplicable,
    /// Not known.
    Unknown,
}

/// Where the error surfaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// The token endpoint.
    Token,
    /// The authorization endpoint, by redirect.
    Authorize,
    /// A page of the sign-in service; the program saw nothing.
    Page,
    /// The device page.
    DevicePage,
    /// Metadata or instance discovery.
    Discovery,
    /// The protected API.
    Resource,
    /// The managed-identity endpoint.
    ManagedIdentity,
    /// A sign-in log.
    SignInLog,
    /// A log of an on-premises agent.
    AgentLog,
}

/// How sure the catalogue is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// From published documentation.
    Published,
    /// From replies people saw.
    Observed,
    /// Only the name is known.
    NameOnly,
    /// Assumed: concluded from the family or the OAuth error alone.
    Assumed,
}

macro_rules! words {
    ($type:ty, $($variant:ident => $word:literal),+ $(,)?) => {
        impl $type {
            /// Every value, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word in files and machine output.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// The value of a word.
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.word() == word)
            }
        }
    };
}

words!(Class, Interaction => "interaction", UserCredential => "user-credential", AppCredential => "app-credential",
    Account => "account", Grant => "grant", Consent => "consent", Assignment => "assignment", Device => "device",
    Policy => "policy", Config => "config", Request => "request", Tenant => "tenant", Federation => "federation",
    Throttle => "throttle", Service => "service", Expected => "expected", Unknown => "unknown");
words!(Actor, User => "user", Developer => "developer", AppOwner => "app-owner", ResourceOwner => "resource-owner",
    Admin => "admin", HomeAdmin => "home-admin", Federation => "federation", Microsoft => "microsoft",
    NobodyCan => "nobody-can", NoneNeeded => "none-needed");
words!(Login, Yes => "yes", Fresh => "fresh", WithClaims => "with-claims", OtherAccount => "other-account",
    OtherFlow => "other-flow", AfterFix => "after-fix", AfterWait => "after-wait", No => "no",
    NotApplicable => "not-applicable", Unknown => "unknown");
words!(Place, Token => "token", Authorize => "authorize", Page => "page", DevicePage => "device-page",
    Discovery => "discovery", Resource => "resource", ManagedIdentity => "managed-identity",
    SignInLog => "sign-in-log", AgentLog => "agent-log");
words!(Confidence, Published => "published", Observed => "observed", NameOnly => "name-only", Assumed => "assumed");

/// One code as the diagnosis shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeView {
    /// With its prefix: `AADSTS50076`.
    pub code: String,
    /// Whether the catalogue has an entry for it.
    pub known: bool,
    /// Symbolic name; empty if unknown.
    pub name: String,
    /// Title, or the family's.
    pub title: String,
    /// How sure the catalogue is of its entry; `Assumed` where there is none and the family speaks.
    pub confidence: Confidence,
    /// Whether it was ever seen together with the error (and suberror) of this reply; `None` where the reply names no
    /// error or the catalogue lists no pairing of this code.
    pub pairing_seen: Option<bool>,
    /// Where it was read.
    pub from: Spot,
}

/// What a link leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LinkKind {
    /// The live lookup page of the code.
    Lookup,
    /// The reference page.
    Reference,
    /// A dedicated article.
    Article,
    /// A page where the password can be changed.
    PasswordChange,
    /// The admin-consent page.
    AdminConsent,
    /// The specification.
    Spec,
    /// Admin centre: overview of the app registration.
    AppRegistration,
    /// Admin centre: the registration's secrets, certificates and federated credentials.
    AppCredentials,
    /// Admin centre: the registration's redirect URIs, account types and public client setting.
    AppAuthentication,
    /// Admin centre: the registration's API permissions.
    AppPermissions,
    /// Admin centre: the scopes that the API's registration exposes.
    ApiScopes,
    /// Admin centre: the enterprise applications, with their users and state.
    EnterpriseApps,
    /// Admin centre: one Conditional Access policy.
    Policy,
    /// Admin centre: the Conditional Access policies.
    Policies,
    /// Admin centre: one user.
    User,
    /// Admin centre: the users.
    Users,
    /// Admin centre: users at risk.
    RiskyUsers,
    /// Admin centre: the devices.
    Devices,
    /// Admin centre: access between organisations.
    CrossTenant,
    /// Admin centre: the sign-in logs.
    SignInLogs,
}

impl LinkKind {
    /// The word in machine output.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Lookup => "lookup",
            Self::Reference => "reference",
            Self::Article => "article",
            Self::PasswordChange => "password-change",
            Self::AdminConsent => "admin-consent",
            Self::Spec => "spec",
            Self::AppRegistration => "app-registration",
            Self::AppCredentials => "app-credentials",
            Self::AppAuthentication => "app-authentication",
            Self::AppPermissions => "app-permissions",
            Self::ApiScopes => "api-scopes",
            Self::EnterpriseApps => "enterprise-apps",
            Self::Policy => "policy",
            Self::Policies => "policies",
            Self::User => "user",
            Self::Users => "users",
            Self::RiskyUsers => "risky-users",
            Self::Devices => "devices",
            Self::CrossTenant => "cross-tenant",
            Self::SignInLogs => "sign-in-logs",
        }
    }

    /// Whether it leads to a page of the admin centre.
    pub const fn is_admin_page(self) -> bool {
        match self {
            Self::Lookup
            | Self::Reference
            | Self::Article
            | Self::PasswordChange
            | Self::AdminConsent
            | Self::Spec => false,
            Self::AppRegistration
            | Self::AppCredentials
            | Self::AppAuthentication
            | Self::AppPermissions
            | Self::ApiScopes
            | Self::EnterpriseApps
            | Self::Policy
            | Self::Policies
            | Self::User
            | Self::Users
            | Self::RiskyUsers
            | Self::Devices
            | Self::CrossTenant
            | Self::SignInLogs => true,
        }
    }
}

/// A link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// What it leads to.
    pub kind: LinkKind,
    /// The address, https.
    pub url: String,
}

/// The lines of the diagnosis pane, in the order in which they answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Line {
    /// What happened, in one sentence.
    Summary,
    /// What to do now.
    DoNow,
    /// Will signing in again help.
    SigningIn,
    /// Who acts.
    WhoActs,
    /// What that rests on.
    Because,
    /// The codes.
    Codes,
    /// Links.
    ReadMore,
    /// What to quote to support.
    Support,
    /// Where it is logged.
    Log,
    /// What each library would have done.
    Libraries,
    /// The server's own words.
    Said,
}

impl Line {
    /// Every line, in order.
    pub const ALL: [Self; 11] = [
        Self::Summary,
        Self::DoNow,
        Self::SigningIn,
        Self::WhoActs,
        Self::Because,
        Self::Codes,
        Self::Said,
        Self::ReadMore,
        Self::Support,
        Self::Log,
        Self::Libraries,
    ];

    /// The lines that a kind of fact feeds: the link between a JSON line and the diagnosis.
    pub const fn fed_by(kind: FactKind) -> &'static [Self] {
        match kind {
            FactKind::Error => &[Self::Because, Self::Summary, Self::Libraries],
            FactKind::Code => &[Self::Codes, Self::Summary, Self::Because, Self::ReadMore],
            FactKind::SubError => &[Self::Because, Self::SigningIn, Self::Libraries],
            FactKind::Claims => &[Self::DoNow, Self::SigningIn, Self::Because],
            FactKind::TraceId
            | FactKind::CorrelationId
            | FactKind::RequestId
            | FactKind::Timestamp
            | FactKind::WrittenTime => &[Self::Support, Self::Log],
            FactKind::Repeated => &[Self::Because, Self::Support],
            FactKind::Library => &[Self::Libraries],
            FactKind::ErrorUri | FactKind::PasswordChangeUrl => &[Self::ReadMore],
            FactKind::RetryAfter => &[Self::DoNow],
            FactKind::Description
            | FactKind::Message
            | FactKind::Tenant
            | FactKind::AppId
            | FactKind::AppName
            | FactKind::Resource
            | FactKind::Scope
            | FactKind::User
            | FactKind::Placeholder => &[Self::Said],
            FactKind::ErrorSubcode | FactKind::Status | FactKind::Trouble => &[Self::Because],
            FactKind::Attempt => &[Self::Summary],
            FactKind::OtherNumber | FactKind::AuthorizationUri | FactKind::Token => &[],
            FactKind::PolicyId => &[Self::WhoActs],
        }
    }
}

/// What the facts of one error mean, and the way out.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnosis {
    /// What happened, in one sentence.
    pub summary: String,
    /// What to do now, in one sentence: the plan's first step in a few words.
    pub do_now: String,
    /// "Will signing in again help", in a few words that fit the situation.
    pub login_words: String,
    /// Codes, most specific first.
    pub codes: Vec<CodeView>,
    /// The OAuth error.
    pub error: Option<String>,
    /// The suberror.
    pub suberror: Option<String>,
    /// `error_description` as received (not yet safe for a terminal).
    pub description: Option<String>,
    /// The claims challenge.
    pub claims: Option<Json>,
    /// Where it surfaced.
    pub place: Place,
    /// The class.
    pub class: Class,
    /// Who acts, in order.
    pub acts: Vec<Actor>,
    /// Will signing in again help.
    pub login: Login,
    /// What the verdict rests on, most deciding first: `claims`, `suberror`, `code`, `error`, `family`, `status`, `fault`.
    pub because: Vec<String>,
    /// How sure we are.
    pub confidence: Confidence,
    /// Where facts speak against each other, a sentence each.
    pub contradictions: Vec<String>,
    /// Other things worth knowing, a sentence each (a variant's meaning, an assumed pairing, a clock that is off).
    pub notes: Vec<String>,
    /// What to quote: the correlation id.
    pub correlation_id: Option<String>,
    /// What to quote: the trace id.
    pub trace_id: Option<String>,
    /// What to quote: the server's time.
    pub timestamp: Option<Moment>,
    /// What each library would have done.
    pub predictions: Vec<Prediction>,
    /// The way out.
    pub plan: Plan,
    /// Where to read more.
    pub links: Vec<Link>,
    /// Where the attempt is logged; `None` where nothing was asked of a sign-in service.
    pub sign_in_log: Option<LogHint>,
    /// The facts it rests on, each with where it was read.
    pub facts: Vec<super::Fact>,
}
