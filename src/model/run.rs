//! One attempt to acquire a token, from the key press to the verdict.

use std::time::Duration;

use serde_json::Value as Json;

use super::{
    AdminConsent, Diagnosis, Event, Exchange, Flow, FurtherOutcome, Moment, Problem, Purpose,
    RunSpec, SignedOut, Verification,
};

/// Names a run within a session.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RunId(pub u64);

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// A token came.
    Granted,
    /// The server (or the person) said no.
    Refused,
    /// No reply.
    Unreachable,
    /// The person cancelled.
    Cancelled,
    /// Malformed; nothing was sent.
    Invalid,
}

impl Outcome {
    /// Every one.
    pub const ALL: [Self; 5] = [
        Self::Granted,
        Self::Refused,
        Self::Unreachable,
        Self::Cancelled,
        Self::Invalid,
    ];

    /// The one of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.word() == word)
    }

    /// The word in machine output.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Granted => "granted",
            Self::Refused => "refused",
            Self::Unreachable => "unreachable",
            Self::Cancelled => "cancelled",
            Self::Invalid => "invalid",
        }
    }

    /// The mark that stands beside the word on screen.
    pub const fn mark(self) -> &'static str {
        match self {
            Self::Granted => "✓",
            Self::Refused => "✗",
            Self::Unreachable => "⚡",
            Self::Cancelled => "–",
            Self::Invalid => "!",
        }
    }
}

/// What a running run is doing now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Activity {
    /// A request is on its way; the word says which.
    Sending(String),
    /// Waiting before it goes on; the person can cut it short.
    Waiting {
        /// What for, in a sentence.
        why: String,
        /// Until when.
        until: Moment,
        /// Whether cutting it short makes sense (a poll or retry).
        can_cut: bool,
        /// Whether nothing of this run was sent yet: the wait stands before its first request.
        unsent: bool,
    },
    /// Waiting for the person to finish on a device page (RFC 8628).
    Device {
        /// The page to open.
        page: String,
        /// The page that has the code typed in already, where the server sent one (RFC 8628 section 3.3.1).
        complete: Option<String>,
        /// The code to type there, shown only while the run waits.
        user_code: String,
        /// The next poll.
        next_poll: Moment,
        /// When the code runs out.
        expires: Moment,
    },
    /// Waiting for the person to answer on their own device (OpenID Connect CIBA Core).
    Answering {
        /// Who is asked.
        user: String,
        /// What the device shows beside the question.
        shows: Option<String>,
        /// The next poll.
        next_poll: Moment,
        /// When the request runs out.
        expires: Moment,
    },
    /// Waiting for the browser to come back.
    Browsing {
        /// The page that was opened, or is to be opened by hand.
        url: String,
        /// Whether a browser was opened.
        opened: bool,
        /// When the run gives up.
        until: Moment,
    },
    /// Waiting for an answer at a prompt.
    Asking(Question),
}

/// Something only the person can answer while a run is under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// The client secret.
    ClientSecret,
    /// The user's password.
    Password,
    /// The refresh token.
    RefreshToken,
    /// The token that the API was called with.
    IncomingToken,
    /// The subject token of a token exchange.
    SubjectToken,
    /// The actor's token of a token exchange.
    ActorToken,
    /// The JWT that is the grant.
    Assertion,
    /// The federated credential of a user.
    UserCredential,
    /// The SAML assertion that is the grant.
    SamlAssertion,
}

/// What a granted run got. Never the token itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TokenFacts {
    /// `Bearer`, DPoP …
    pub token_type: String,
    /// What was issued, where the reply says so: a URI (`issued_token_type`, RFC 8693 section 2.2.1).
    pub issued_type: Option<String>,
    /// What was authorized (`authorization_details`, RFC 9396 section 7).
    pub details: Option<Json>,
    /// When it expires, if the server said so.
    pub expires: Option<Moment>,
    /// Scopes granted, as the server wrote them.
    pub scopes: Vec<String>,
    /// Fingerprint of the access token (see `redact`); empty where an ID token alone came.
    pub fingerprint: String,
    /// Fingerprint of the refresh token, if one came or is held.
    pub refresh_fingerprint: Option<String>,
    /// Claims of the access token if it is a JWT. For looking at only: its format is the API's business.
    pub access_claims: Option<Json>,
    /// Claims of the ID token.
    pub id_claims: Option<Json>,
    /// Whether it came from the cache without a request.
    pub from_cache: bool,
    /// The account, e.g. `ada@contoso.example`.
    pub account: Option<String>,
}

/// An API call made with the token of a granted run.
#[derive(Clone, Debug, PartialEq)]
pub struct ApiOutcome {
    /// The exchange.
    pub exchange: Exchange,
    /// What the answer tells of the token, a sentence each.
    pub said: Vec<String>,
    /// Its diagnosis, when the API did not answer with success.
    pub diagnosis: Option<Box<Diagnosis>>,
}

/// How a run ended, with everything that was concluded.
#[derive(Clone, Debug, PartialEq)]
pub struct Ending {
    /// The outcome.
    pub outcome: Outcome,
    /// When.
    pub at: Moment,
    /// Granted: the token's facts.
    pub token: Option<TokenFacts>,
    /// Refused or unreachable: what it means. (Also on a granted run whose API call was refused: see `api`.)
    pub diagnosis: Option<Box<Diagnosis>>,
    /// Invalid: what is malformed.
    pub problems: Vec<Problem>,
    /// The API call, if one was made.
    pub api: Option<Box<ApiOutcome>>,
    /// What a check of the token found, if one was asked for.
    pub verification: Option<Box<Verification>>,
    /// What else was done with the token, in order.
    pub further: Vec<FurtherOutcome>,
    /// What came of signing the person out, if that was asked for.
    pub signed_out: Option<Box<SignedOut>>,
    /// Granted: what an administrator consented to, where that was asked for instead of a token.
    pub consent: Option<Box<AdminConsent>>,
}

impl Ending {
    /// One of which nothing but the outcome is said.
    pub const fn new(outcome: Outcome, at: Moment) -> Self {
        Self {
            outcome,
            at,
            token: None,
            diagnosis: None,
            problems: Vec::new(),
            api: None,
            verification: None,
            further: Vec::new(),
            consent: None,
            signed_out: None,
        }
    }
}

/// The stage of a run.
#[derive(Clone, Debug, PartialEq)]
pub enum Stage {
    /// Under way.
    Running(Activity),
    /// Over.
    Ended(Box<Ending>),
}

/// A run as the session keeps it and the shells show it.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// Its name within this session.
    pub id: RunId,
    /// What it was asked to do. Secrets in it are [`Secret`](super::Secret)s.
    pub spec: RunSpec,
    /// When it began.
    pub started: Moment,
    /// Where it stands.
    pub stage: Stage,
    /// Its exchanges, in order.
    pub exchanges: Vec<Exchange>,
    /// Its log, in order.
    pub events: Vec<Event>,
    /// Whether the lab answered.
    pub simulated: bool,
    /// Set on runs reopened from history: secrets are fingerprints in them and they cannot be repeated as they are.
    pub from_history: bool,
}

impl Run {
    /// How it ended, if it has.
    pub fn ending(&self) -> Option<&Ending> {
        match &self.stage {
            Stage::Running(_) => None,
            Stage::Ended(ending) => Some(ending),
        }
    }

    /// Its outcome, if it has ended.
    pub fn outcome(&self) -> Option<Outcome> {
        self.ending().map(|ending| ending.outcome)
    }

    /// Whether it was granted a token. An administrator's consent is granted without one.
    pub fn has_token(&self) -> bool {
        let granted =
            |ending: &Ending| ending.outcome == Outcome::Granted && ending.consent.is_none();
        self.ending().is_some_and(granted)
    }

    /// Its diagnosis: of the refusal, of what was last done with the token, or of the API call.
    pub fn diagnosis(&self) -> Option<&Diagnosis> {
        let ending = self.ending()?;
        let of_api = ending.api.as_ref().and_then(|api| api.diagnosis.as_deref());
        let last = ending.further.last();
        let of_further = last.and_then(|further| further.diagnosis.as_deref());
        ending.diagnosis.as_deref().or(of_further).or(of_api)
    }

    /// The exchange whose reply the verdict rests on: the last one that did not merely fetch keys.
    pub fn deciding_exchange(&self) -> Option<&Exchange> {
        let mut newest = self.exchanges.iter().rev();
        newest.find(|exchange| exchange.request.purpose != Purpose::Keys)
    }

    /// The flow.
    pub const fn flow(&self) -> Flow {
        self.spec.flow
    }

    /// How long the exchanges took together.
    pub fn wire_time(&self) -> Duration {
        self.exchanges
            .iter()
            .map(|exchange| exchange.phases.total())
            .sum()
    }
}
