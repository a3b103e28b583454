//! The one place where commands are taken. It never waits for the network: whatever takes time is a task.

use std::path::PathBuf;
use std::sync::Arc;

use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use super::core::Core;
use super::log::LogFile;
use super::verdict;
use super::{
    Command, Notice, beforehand, check, evidence, further, lab_side, logout, script, steps,
};
use crate::compare;
use crate::decode;
use crate::flows::Control;
use crate::model::{Credential, CredentialRef, Deed, RunId, RunSpec, Saved};
use crate::ports::{MovableClock, Ports};
use crate::redact::Redactor;
use crate::settings::credentials;
use crate::settings::guard::PasswordGuard;
use crate::settings::saved::SavedBook;
use crate::settings::throttle::ThrottleBook;

/// What a session is made of. Nothing in it is opened or started before it is needed.
pub struct Setup {
    /// The outside world. In the demo its clock is `lab_clock`.
    pub ports: Ports,
    /// The clock the lab shares with the session.
    pub lab_clock: Arc<MovableClock>,
    /// Where the lab keeps its keys.
    pub data_dir: PathBuf,
    /// Whether the lab is served over https as well, for programs other than this one.
    pub lab_https: bool,
    /// The history's file; `None`: nothing is kept.
    pub history: Option<PathBuf>,
    /// How many runs are kept.
    pub history_limit: usize,
    /// Stops password sends after wrong passwords.
    pub guard: PasswordGuard,
    /// Remembers which servers asked to be left alone.
    pub throttle: ThrottleBook,
    /// Keeps how the screen stands; `None`: nothing is kept.
    pub saved: Option<SavedBook>,
    /// A person's own catalogue entries: file name and TOML.
    pub own_entries: Vec<(String, String)>,
    /// Removes secrets.
    pub redactor: Arc<Redactor>,
    /// Where the log goes.
    pub log: LogFile,
    /// Whether a browser may be opened.
    pub open_browser: bool,
}

/// A running session.
pub struct Session {
    /// Takes commands.
    pub commands: mpsc::UnboundedSender<Command>,
    /// Gives notices.
    pub notices: mpsc::UnboundedReceiver<Notice>,
    /// Ends when [`Command::Quit`] was carried out or every sender is gone.
    pub done: JoinHandle<()>,
}

/// Starts a session on the current tokio runtime.
pub fn start(setup: Setup) -> Session {
    let (commands, mut inbox) = mpsc::unbounded_channel();
    let (outbox, notices) = mpsc::unbounded_channel();
    let core = Core::new(setup, outbox);
    let done = tokio::spawn(async move {
        while let Some(command) = inbox.recv().await {
            if matches!(command, Command::Quit) {
                break;
            }
            take(&core, command);
        }
        close(&core).await;
    });
    Session {
        commands,
        notices,
        done,
    }
}

async fn close(core: &Arc<Core>) {
    for id in core.running() {
        core.control(id, Control::Cancel);
    }
    let lab = core.state().lab.take();
    if let Some(lab) = lab.and_then(Arc::into_inner) {
        lab.stop().await;
    }
    core.keeper.flush().await;
}

fn take(core: &Arc<Core>, command: Command) {
    match command {
        Command::Begin(spec) => {
            script::follows_run(core, &spec);
            core.begin_heeding(*spec);
        }
        Command::BeginWith { spec, credential } => begin_with(core, *spec, credential),
        Command::DoStep { run, step, way } => steps::perform(core, run, step, way),
        Command::Repeat(run) => repeat(core, run),
        Command::Cancel(run) => {
            core.control(run, Control::Cancel);
        }
        Command::SendNow(run) => {
            core.control(run, Control::CutWait);
        }
        Command::CutWait(run) => {
            script::follow(core, |deed| *deed == Deed::WaitOver);
            lab_side::cut_wait(core, run);
        }
        Command::Answer(run, secret) => {
            core.control(run, Control::Answer(secret));
        }
        Command::Paste(run, text) => {
            script::follow(core, |deed| *deed == Deed::PastePage);
            core.control(run, Control::Paste(text));
        }
        Command::Explain(text) => explain(core, &text),
        Command::OpenFile(typed) => open_file(core, &typed),
        Command::CallApi(run) => {
            script::follow(core, |deed| *deed == Deed::CallApi);
            steps::call_api(core, run, None);
        }
        Command::CallOther(run, call) => steps::call_api(core, run, Some(*call)),
        Command::CheckRun(_) | Command::CheckPasted(_) => check::perform(core, &command),
        Command::Further(run, what) => further::ask(core, run, what),
        Command::Logout(run) => logout::begin(core, run),
        Command::LabUser(run, act) => {
            script::follow(core, |deed| *deed == Deed::User(act.clone()));
            lab_side::user_acts(core, run, act);
        }
        Command::World(change) => {
            script::follow(core, |deed| *deed == Deed::World(change.clone()));
            lab_side::change(core, change);
        }
        Command::Scenario(name) => script::set_up(core, name),
        Command::ScenarioStep(step) => script::step(core, step),
        Command::StartLab => lab_side::start(core),
        Command::StartOver => script::start_over(core),
        Command::SignInBeforehand => beforehand::sign_in(core),
        Command::Compare(left, right) => compare_runs(core, left, right),
        Command::History(query) => core.keeper.list(query),
        Command::Reopen(key) => reopen(core, key),
        Command::ClearHistory => core.keeper.clear(),
        Command::Scenarios => core.tell(Notice::Scenarios(script::views())),
        Command::Catalogue => core.tell(Notice::Catalogue(Arc::clone(core.catalog()))),
        Command::OpenPage(url) => open_page(core, &url),
        Command::Remember(saved) => remember(core, &saved),
        Command::Quit => {}
    }
}

fn remember(core: &Core, saved: &Saved) {
    if let Some(book) = &core.setup.saved
        && let Err(error) = book.write(saved)
    {
        // The screen is gone by now; the log is the only place left to say it.
        core.setup.log.trouble(&error.to_string());
    }
}

fn open_page(core: &Core, url: &str) {
    if !core.setup.ports.browser.open(url) {
        core.tell(Notice::Said(crate::strings::session::no_browser(url)));
    }
}

fn begin_with(core: &Arc<Core>, spec: RunSpec, source: CredentialRef) {
    // A keyring may wait for a person who unlocks it.
    if source.is_in_keyring() {
        let core = Arc::clone(core);
        tokio::task::spawn_blocking(move || begin_proving(&core, spec, &source));
    } else {
        begin_proving(core, spec, &source);
    }
}

fn begin_proving(core: &Arc<Core>, mut spec: RunSpec, source: &CredentialRef) {
    match credentials::client(source, (&core.setup.ports).into()) {
        Ok(Some(credential)) => spec.credential = credential,
        Ok(None) if *source == CredentialRef::Prompt => spec.credential = Credential::Ask,
        Ok(None) => {}
        Err(problem) => {
            return core.trouble(format!(
                "{}: {} ({})",
                problem.at, problem.what, problem.expected
            ));
        }
    }
    core.begin_heeding(spec);
}

fn explain(core: &Core, text: &str) {
    let tokens = check::open_pasted(core, text);
    let alone = text;
    let text = core.setup.redactor.text(text).into_inner();
    let now = core.now();
    let mut readings = decode::paste(&text);
    for reading in &mut readings {
        core.state().memory.note(reading, now);
    }
    let diagnoses = verdict::explain_all(&readings, core.catalog(), now);
    let nothing_else = diagnoses.is_empty() && tokens.is_empty();
    let claims = nothing_else.then(|| super::claims::claims(alone, &[]).unwrap_or_default());
    core.tell(Notice::Explained {
        text,
        diagnoses,
        tokens,
        claims: claims.unwrap_or_default(),
    });
}

fn repeat(core: &Arc<Core>, run: RunId) {
    if let Some(run) = core.run(run) {
        script::follows_run(core, &run.spec);
        core.begin_heeding(run.spec);
    }
}

/// Reads a file on a thread where that may take its time, and explains it there.
fn open_file(core: &Arc<Core>, typed: &str) {
    let path = evidence::named(typed, core.setup.ports.env.as_ref());
    let core = Arc::clone(core);
    tokio::task::spawn_blocking(move || match evidence::text_file(&path) {
        Ok(text) => explain(&core, &text),
        Err(problem) => core.trouble(format!("{}: {}", problem.what, problem.expected)),
    });
}

/// Tells how two runs differ.
pub(super) fn compare_runs(core: &Core, left: RunId, right: RunId) {
    let (Some(first), Some(second)) = (core.run(left), core.run(right)) else {
        return;
    };
    let differences = compare::runs(&first, &second);
    core.tell(Notice::Compared {
        left,
        right,
        clue: compare::clue(&first, &second, &differences),
        differences,
    });
}

fn reopen(core: &Arc<Core>, key: i64) {
    let core = Arc::clone(core);
    tokio::spawn(async move {
        let Some((mut run, place)) = core.keeper.load(key).await else {
            return;
        };
        verdict::judge_again(core.catalog(), &mut run, place);
        core.admit_past(run);
    });
}
