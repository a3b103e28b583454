//! What shells ask of the session and what it tells them. Plain data both ways; no closures, no handles.

use std::sync::Arc;

use crate::catalog::Catalog;
use crate::compare::Difference;
use crate::model::claims_view::ClaimsView;
use crate::model::{
    Activity, ApiCall, CredentialRef, Deed, Event, Exchange, Further, LabInfo, LabRequestRecord,
    Run, RunId, RunSpec, Saved, Secret, TokenView, UserAct, Verification, WorldChange, WorldView,
};

/// What a shell asks for. The session answers with [`Notice`]s, never by returning.
#[derive(Clone, Debug)]
pub enum Command {
    /// Begin a run. A credential that the spec needs but lacks is asked for ([`Activity::Asking`]).
    Begin(Box<RunSpec>),
    /// Begin a run whose client credential is found where the reference says. An unreadable reference is answered by
    /// [`Notice::Trouble`]; [`CredentialRef::Prompt`] is asked for.
    BeginWith {
        /// What to run; its credential is filled in from the reference.
        spec: Box<RunSpec>,
        /// Where the credential is.
        credential: CredentialRef,
    },
    /// Do step `step` (from 0) of the plan of `run`, in `way` (an index into the step's ways).
    DoStep {
        /// The refused run.
        run: RunId,
        /// Index of the step.
        step: usize,
        /// Index of the way; 0 is the usual one.
        way: usize,
    },
    /// Repeat a run as it was.
    Repeat(RunId),
    /// Cancel a run at once.
    Cancel(RunId),
    /// Cut the wait of a run short.
    CutWait(RunId),
    /// Begin at once what waits before its first request. Unlike [`Command::CutWait`], no clock is moved: the server
    /// may still refuse.
    SendNow(RunId),
    /// Answer a question (secret, password).
    Answer(RunId, Secret),
    /// What the browser or device page shows, pasted while the run waits: a redirect address, page text or an error.
    Paste(RunId, String),
    /// Decode text without a run; answered by [`Notice::Explained`].
    Explain(String),
    /// Read a file, named as a person or a terminal names it, and decode it like [`Command::Explain`].
    OpenFile(String),
    /// Call the API of the run's spec with its token.
    CallApi(RunId),
    /// Make another call of an API with the token of a granted run.
    CallOther(RunId, Box<ApiCall>),
    /// Check the token of a granted run against its issuer's keys; answered by [`Notice::Verified`].
    CheckRun(RunId),
    /// Check token `n` (from 0) of the last text that was explained against the keys of the issuer that it names;
    /// answered by [`Notice::TokenChecked`].
    CheckPasted(usize),
    /// Do something else with the token of a granted run.
    Further(RunId, Further),
    /// Sign the person of a granted run out at the server, in the browser.
    Logout(RunId),
    /// The lab's user acts on the page the run waits for (demo only).
    LabUser(RunId, UserAct),
    /// Change the lab's world (demo only).
    World(WorldChange),
    /// Set a scenario up: reset the world, perform `given`, load its profile. Answered by [`Notice::ScenarioReady`].
    Scenario(String),
    /// Perform step `n` (from 0) of the scenario that is set up.
    ScenarioStep(usize),
    /// Start the lab if it does not run yet; answered by [`Notice::LabReady`] or [`Notice::Trouble`].
    StartLab,
    /// Everything back to how it was: the world, its clock, what is held; the scenario that is set up begins anew.
    /// Answered by [`Notice::StartedOver`].
    StartOver,
    /// Sign the lab's users in beforehand, without a run, so that a refresh token is held for each.
    SignInBeforehand,
    /// Compare two runs; answered by [`Notice::Compared`].
    Compare(RunId, RunId),
    /// List past runs, newest first, that hold `query` (empty: all) in code, correlation id, profile or error.
    History(String),
    /// Reopen a past run; answered by [`Notice::Began`] with `from_history` set.
    Reopen(i64),
    /// Remove all past runs.
    ClearHistory,
    /// List the scenarios, whether or not the lab runs; answered by [`Notice::Scenarios`].
    Scenarios,
    /// Hand the catalogue over; answered by [`Notice::Catalogue`].
    Catalogue,
    /// Open a page in the browser.
    OpenPage(String),
    /// Keep how the screen stands until the next start, if this installation remembers it.
    Remember(Box<Saved>),
    /// End: cancel everything and stop the lab.
    Quit,
}

pub use crate::history::PastRun;

/// A scenario as the picker lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScenarioView {
    /// File name without `.toml`.
    pub name: String,
    /// Group.
    pub group: String,
    /// Title.
    pub title: String,
    /// What it teaches.
    pub teaches: String,
    /// What is done before its first step, in words.
    pub given: Vec<String>,
    /// Its steps in words. A step is one thing to see; what prepares it (what is typed, how the lab's user will
    /// behave) belongs to it.
    pub steps: Vec<String>,
    /// What each step does in the end.
    pub deeds: Vec<Deed>,
    /// Set when its error rests on something other than Entra, e.g. `RFC 8628`.
    pub basis: Option<String>,
    /// The codes and errors it leads to, as they are looked for: `AADSTS50076`, `invalid_grant`, `basic_action`.
    pub codes: Vec<String>,
    /// The classes of the trouble, in words.
    pub classes: Vec<String>,
    /// Whether it can be cured in the lab.
    pub cured_here: bool,
}

/// How the lab's user behaves until told otherwise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Habits {
    /// What they do on a page; `None`: all that it asks for.
    pub act: Option<UserAct>,
    /// Whether they type wrong values where a secret is asked for.
    pub types_wrong: bool,
}

/// What the session tells.
#[derive(Clone, Debug)]
pub enum Notice {
    /// A run began (or was reopened).
    Began(Box<Run>),
    /// A line for the run's log.
    Logged(RunId, Event),
    /// The run is doing something else now.
    Doing(RunId, Activity),
    /// An exchange is complete.
    Exchanged(RunId, Box<Exchange>),
    /// The run ended; also sent again when an API call was added to a granted run.
    Ended(RunId, Box<crate::model::Ending>),
    /// A paste was explained: one diagnosis per error found.
    Explained {
        /// The text that was explained, secrets already removed.
        text: String,
        /// What was found.
        diagnoses: Vec<crate::model::Diagnosis>,
        /// The tokens in it, laid open.
        tokens: Vec<TokenView>,
        /// The claims requests in it, where it holds nothing else.
        claims: Vec<ClaimsView>,
    },
    /// What a check of a run's token found.
    Verified(RunId, Box<Verification>),
    /// What a check of a pasted token found.
    TokenChecked {
        /// Which one of the last paste, from 0.
        nth: usize,
        /// What was found.
        verification: Box<Verification>,
    },
    /// The lab answers.
    LabReady(Box<LabInfo>),
    /// The world changed.
    World(Box<WorldView>),
    /// Requests that reached the lab, from whatever client, oldest first.
    LabRequests(Vec<LabRequestRecord>),
    /// The lab was set back to the start.
    StartedOver,
    /// The scenarios there are.
    Scenarios(Vec<ScenarioView>),
    /// A scenario is set up; the first step to do is `next`.
    ScenarioReady {
        /// Its name.
        name: String,
        /// The spec its runs use; the form starts from it.
        spec: Box<RunSpec>,
        /// Index of the next step.
        next: usize,
        /// How the lab's user behaves from now on.
        habits: Habits,
    },
    /// What the lab's user saw on a page that sent nothing back.
    PageShown {
        /// The run.
        run: RunId,
        /// The page's text.
        text: String,
    },
    /// How two runs differ.
    Compared {
        /// The first run.
        left: RunId,
        /// The second run.
        right: RunId,
        /// Meaningful differences first.
        differences: Vec<Difference>,
        /// What they point to, a sentence each.
        clue: Vec<String>,
    },
    /// What is known, with the person's own entries laid over it.
    Catalogue(Arc<Catalog>),
    /// Past runs.
    History(Vec<PastRun>),
    /// Something could not be done; the sentence says what and what to do.
    Trouble(String),
    /// Something was done that nothing else shows; a sentence for the status line.
    Said(String),
}
