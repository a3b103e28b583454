//! The ordered way out. The program does a step, or hands it over as text to send.

use std::time::Duration;

use super::{Actor, Login, Prompt};

/// Who does a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum By {
    /// The program, at one key.
    Program,
    /// A person; the program hands over the text.
    Person,
}

impl By {
    /// The word in files and machine output.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Program => "program",
            Self::Person => "person",
        }
    }
}

/// What doing a step means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Doing {
    /// Sign in in the browser (code + PKCE) for the failed run's scopes.
    SignIn {
        /// Claims to pass, as JSON text.
        claims: Option<String>,
        /// The prompt to ask for.
        prompt: Option<Prompt>,
    },
    /// Start a new device sign-in.
    DeviceCode {
        /// Claims to pass, as JSON text.
        claims: Option<String>,
    },
    /// Acquire silently for the failed run's account and scopes.
    Silent {
        /// Skip the cached access token.
        force_refresh: bool,
        /// Claims to pass, as JSON text (the challenge of an API); the cached access token is skipped then too.
        claims: Option<String>,
    },
    /// Ask for the password and run the password grant again.
    EnterPassword,
    /// Ask for a new client secret and run again.
    EnterSecret,
    /// Wait, then repeat the request.
    WaitAndRepeat {
        /// How long: what the server asked for, or our own proposal.
        wait: Duration,
    },
    /// Repeat the run as it was.
    Repeat,
    /// Client credentials again, with the claims.
    AppTokenWithClaims {
        /// The claims, as JSON text.
        claims: String,
    },
    /// Call the API again with the newest token of the run's account.
    CallApi,
    /// Ask an administrator, at the page, to consent for everybody to the failed run's scopes.
    AdminConsent,
    /// Compare the newest granted run with the failed one.
    Compare,
    /// Paste what the browser shows.
    PastePage,
    /// Change a parameter in the form of an own acquisition.
    FixRequest {
        /// The parameter, e.g. `client_id`.
        parameter: String,
    },
    /// Hand the text to somebody.
    HandOver {
        /// Whom.
        to: Actor,
        /// The message, ready to send; holds no secret.
        text: String,
    },
}

/// One way of doing a step that can be done in more than one way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    /// `browser` or `device-code`.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// Why it cannot work, if it cannot.
    pub barred: Option<String>,
}

/// One step of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The remedy's id, e.g. `sign-in-with-claims`.
    pub id: String,
    /// The imperative sentence.
    pub title: String,
    /// Why this step, in one sentence; may be empty.
    pub why: String,
    /// Who does it.
    pub by: By,
    /// What doing it means.
    pub doing: Doing,
    /// Ways of doing it, the usual one first; empty if there is only one.
    pub ways: Vec<Way>,
}

/// What closes a plan: what to run again, and what shows that the way out was one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// What to run again, in a sentence.
    pub run: String,
    /// A command line that runs it, ready to copy: a hole in angle brackets where a value is not known, never a
    /// secret. `None` where nothing is to be run.
    pub command: Option<String>,
    /// What it should show, in a sentence.
    pub expect: String,
}

/// What kind of program asked, as far as the way out goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Caller {
    /// A program on a person's machine: it can open a browser.
    Desktop,
    /// A web application with a server.
    Web,
    /// A page in the browser.
    Spa,
    /// A web API that asks in its caller's name.
    Api,
    /// A service without a person.
    Daemon,
    /// A script or job that uses a person's sign-in while nobody watches.
    Script,
}

impl Caller {
    /// The word in machine output.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Desktop => "desktop",
            Self::Web => "web",
            Self::Spa => "spa",
            Self::Api => "api",
            Self::Daemon => "daemon",
            Self::Script => "script",
        }
    }
}

/// The way out for another kind of program than the one assumed: said where nothing tells which it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// Which kind.
    pub caller: Caller,
    /// Who acts, in order.
    pub acts: Vec<Actor>,
    /// Will signing in again help.
    pub login: Login,
    /// The same in a few words.
    pub login_words: String,
    /// The steps.
    pub steps: Vec<Step>,
    /// What closes them.
    pub check: Option<Check>,
}

/// The ordered way out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// The steps.
    pub steps: Vec<Step>,
    /// What closes it.
    pub check: Option<Check>,
    /// What other kinds of programs would do instead, where it is not known which one asked.
    pub variants: Vec<Variant>,
}
