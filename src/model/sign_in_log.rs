//! Where an administrator finds the attempt: a tenant keeps four sign-in logs, and each event stands in one of them.

/// One of the four sign-in logs of a Microsoft Entra tenant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SignInLog {
    /// A person gave a factor on a page.
    Interactive,
    /// A program asked on a person's behalf: a code, a refresh token, an assertion.
    NonInteractive,
    /// An application asked for itself.
    ServicePrincipal,
    /// An Azure resource asked with its managed identity.
    ManagedIdentity,
}

impl SignInLog {
    /// Every log.
    pub const ALL: [Self; 4] = [
        Self::Interactive,
        Self::NonInteractive,
        Self::ServicePrincipal,
        Self::ManagedIdentity,
    ];

    /// The word in machine output.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Interactive => "interactive",
            Self::NonInteractive => "non-interactive",
            Self::ServicePrincipal => "service-principal",
            Self::ManagedIdentity => "managed-identity",
        }
    }

    /// Its value of `signInEventTypes` in Microsoft Graph (`signIn` resource, beta).
    pub const fn event_type(self) -> &'static str {
        match self {
            Self::Interactive => "interactiveUser",
            Self::NonInteractive => "nonInteractiveUser",
            Self::ServicePrincipal => "servicePrincipal",
            Self::ManagedIdentity => "managedIdentity",
        }
    }

    /// Its table in a Log Analytics workspace, if the tenant sends its logs there.
    pub const fn table(self) -> &'static str {
        match self {
            Self::Interactive => "SigninLogs",
            Self::NonInteractive => "AADNonInteractiveUserSignInLogs",
            Self::ServicePrincipal => "AADServicePrincipalSignInLogs",
            Self::ManagedIdentity => "AADManagedIdentitySignInLogs",
        }
    }
}

/// A filter of the sign-in log page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogFilter {
    /// The filter's name on the page, e.g. `Correlation ID`.
    pub field: String,
    /// The value to paste.
    pub value: String,
}

/// Where the attempt is logged and how it is found there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogHint {
    /// The logs it can be in, the likeliest first; empty: none of the four.
    pub logs: Vec<SignInLog>,
    /// Which log, or where to look instead, in a sentence or two.
    pub words: String,
    /// What to filter the page by; the first is enough, where there is one.
    pub filters: Vec<LogFilter>,
    /// The Microsoft Graph query that finds it, an https address; it needs the permission `AuditLog.Read.All`.
    pub graph: Option<String>,
    /// The Log Analytics query that finds it, in one line.
    pub kql: Option<String>,
    /// How soon it appears and how long it stays, in a sentence; empty where there is no log.
    pub appears: String,
}
