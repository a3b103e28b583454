//! The session's side of the lab: starting it, changing its world, and letting its user act.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Weak};
use std::time::Duration;

use super::Notice;
use super::core::Core;
use super::steps::page_of;
use crate::flows::Control;
use crate::lab::{self, LabHandle, Walk};
use crate::model::{
    Activity, Purpose, Question, Request, Run, RunId, Secret, SecretKind, Stage, UserAct,
    WorldChange, WorldView,
};
use crate::ports::Clock as _;
use crate::strings::session as say;
use crate::wire::Transport as _;

/// What a wrong password or secret looks like.
const WRONG: &str = "not-the-right-one";

/// Requests that come within this time after others are told together.
const TOGETHER: Duration = Duration::from_millis(15);

/// Starts the lab if it does not run yet.
pub(super) fn start(core: &Arc<Core>) {
    let core = Arc::clone(core);
    tokio::spawn(async move {
        if let Err(why) = ready(&core).await {
            core.trouble(say::lab_failed(&why));
        }
    });
}

/// The running lab; started now if it does not run yet. Runs of this program ask it over http on loopback.
pub(super) async fn ready(core: &Arc<Core>) -> Result<Arc<LabHandle>, String> {
    let _one_at_a_time = core.lab_starting.lock().await;
    if let Some(lab) = &core.state().lab {
        return Ok(Arc::clone(lab));
    }
    let options = lab::Options {
        listen: Vec::new(),
        default_https: core.setup.lab_https,
        http: Some(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))),
        data_dir: core.setup.data_dir.clone(),
        ..lab::Options::default()
    };
    let entropy = Arc::clone(&core.setup.ports.entropy);
    let handle = lab::start(options, Arc::clone(&core.setup.lab_clock), entropy)
        .await
        .map_err(|e| e.to_string())?;
    let handle = Arc::new(handle);
    core.tell(Notice::LabReady(Box::new(handle.info())));
    core.tell(Notice::World(Box::new(handle.view())));
    core.tell(Notice::Scenarios(super::script::views()));
    core.state().lab = Some(Arc::clone(&handle));
    tokio::spawn(tell_requests(
        Arc::clone(core),
        Arc::downgrade(&handle),
        handle.watch(),
    ));
    Ok(handle)
}

/// Tells what is asked of the lab as it is asked, and how the world is whenever somebody else changed it. Sleeps
/// while nothing is asked; what comes at once is told at once.
async fn tell_requests(
    core: Arc<Core>,
    lab: Weak<LabHandle>,
    mut newest: tokio::sync::watch::Receiver<u64>,
) {
    let mut told = 0;
    let mut world = None;
    while newest.changed().await.is_ok() {
        newest.mark_unchanged();
        let Some(lab) = lab.upgrade() else { return };
        let requests = lab.requests_since(told);
        let view = lab.view();
        drop(lab);
        told = requests.last().map_or(told, |request| request.id);
        core.tell(Notice::LabRequests(requests));
        let same = |old: &WorldView| view.is_like(old);
        if world.as_ref().is_some_and(|old| !same(old)) {
            core.tell(Notice::World(Box::new(view.clone())));
        }
        world = Some(view);
        tokio::time::sleep(TOGETHER).await;
    }
}

/// Changes the world and tells how it is now.
pub(super) fn change(core: &Core, change: WorldChange) {
    let Some(lab) = core.state().lab.clone() else {
        return core.tell(Notice::Said(say::NO_LAB.into()));
    };
    let words = say::world_change(&change);
    match lab.change(change) {
        Ok(view) => {
            core.tell(Notice::World(Box::new(view)));
            core.tell(Notice::Said(say::world_changed(&words)));
        }
        Err(problem) => core.trouble(format!("{}: {}", problem.what, problem.expected)),
    }
}

/// Cuts the wait of a run short. Where the lab answers, its clock moves on to the end of the wait, so that the wait
/// is over for both sides.
pub(super) fn cut_wait(core: &Core, id: RunId) {
    if let Some(run) = core.run(id)
        && run.simulated
        && let Some(until) = wait_end(&run)
    {
        core.setup
            .lab_clock
            .advance(until.since(core.setup.lab_clock.now()));
    }
    core.control(id, Control::CutWait);
}

fn wait_end(run: &Run) -> Option<crate::model::Moment> {
    match &run.stage {
        Stage::Running(Activity::Waiting { until, .. }) => Some(*until),
        Stage::Running(
            Activity::Device { next_poll, .. } | Activity::Answering { next_poll, .. },
        ) => Some(*next_poll),
        Stage::Running(_) | Stage::Ended(_) => None,
    }
}

/// The lab's user acts on what the run waits for.
pub(super) fn user_acts(core: &Arc<Core>, id: RunId, act: UserAct) {
    let core = Arc::clone(core);
    tokio::spawn(async move {
        if let Err(sentence) = act_once(&core, id, act).await {
            core.tell(Notice::Said(sentence));
        }
    });
}

/// As [`user_acts`], to be waited for. Does one thing: walks the page, or types the answer.
pub(super) async fn act_once(core: &Arc<Core>, id: RunId, act: UserAct) -> Result<(), String> {
    let lab = core.state().lab.clone().ok_or(say::NO_LAB)?;
    let run = core.run(id).ok_or(say::NO_LAB)?;
    if let Stage::Running(Activity::Asking(question)) = &run.stage {
        let secret = typed(&lab, &run, *question, act != UserAct::MistypesPassword);
        core.control(id, Control::Answer(secret));
        return Ok(());
    }
    let Some(url) = page_of(&run) else {
        return Ok(());
    };
    let is_device = matches!(run.stage, Stage::Running(Activity::Device { .. }));
    if act == UserAct::ClosesBrowser {
        return Ok(());
    }
    let act = match act {
        UserAct::Completes if is_device => UserAct::ApprovesDevice,
        UserAct::DeclinesConsent if is_device => UserAct::DeclinesDevice,
        act => act,
    };
    let user = user_of(core, &run, &lab);
    let walked = tokio::task::spawn_blocking(move || lab.act(&user, &url, act))
        .await
        .map_err(|e| e.to_string())?;
    match walked {
        Walk::Redirect(url) => deliver(core, &run, url).await,
        Walk::Page { title, text } => {
            let text = if text.starts_with(&title) {
                text
            } else {
                format!("{title}\n{text}")
            };
            core.state().last_page = Some(text.clone());
            core.tell(Notice::PageShown { run: id, text });
            if is_device {
                cut_wait(core, id);
            }
        }
    }
    Ok(())
}

/// Follows a redirect to the run's own loopback listener, as a browser would.
async fn deliver(core: &Arc<Core>, run: &Run, url: String) {
    let Ok(context) = core.context(&run.spec) else {
        return;
    };
    // What the listener answers is a page for a person; what matters reaches the run by itself.
    let _ = context
        .transport
        .send(Request::get(url, Purpose::Discovery), &run.spec.options)
        .await;
}

fn user_of(core: &Core, run: &Run, lab: &LabHandle) -> String {
    let of_scenario = core
        .state()
        .scenario
        .as_ref()
        .and_then(|active| active.scenario.user.clone());
    run.spec
        .username
        .clone()
        .or(of_scenario)
        .or_else(|| lab.info().users.first().map(|user| user.name.clone()))
        .unwrap_or_default()
}

fn typed(lab: &LabHandle, run: &Run, question: Question, right: bool) -> Secret {
    let (kind, value) = match question {
        Question::ClientSecret => (SecretKind::ClientSecret, lab.secret_of(&run.spec.client_id)),
        Question::Password => (
            SecretKind::Password,
            run.spec
                .username
                .as_deref()
                .and_then(|user| lab.password_of(user)),
        ),
        Question::RefreshToken => (SecretKind::RefreshToken, None),
        Question::IncomingToken | Question::SubjectToken | Question::ActorToken => {
            (SecretKind::AccessToken, None)
        }
        Question::Assertion | Question::SamlAssertion | Question::UserCredential => {
            (SecretKind::Assertion, None)
        }
    };
    value
        .filter(|_| right)
        .unwrap_or_else(|| Secret::new(kind, WRONG))
}

/// A wrong client secret, shaped like a right one.
pub(super) fn wrong_secret() -> Secret {
    Secret::new(SecretKind::ClientSecret, WRONG)
}

/// The lab alone, as `tokenscope lab` serves it.
pub struct LabService {
    /// Where it listens with https; empty: the default port or the next free one.
    pub listen: Vec<SocketAddr>,
    /// Whether it serves http as well.
    pub http: bool,
    /// Where its keys are.
    pub data_dir: std::path::PathBuf,
    /// A world file: name and text.
    pub world: Option<(String, String)>,
    /// A scenario whose world changes are made at the start.
    pub scenario: Option<String>,
    /// Changes that are made at the start, after those.
    pub changes: Vec<WorldChange>,
    /// Whether its control API is open.
    pub control: bool,
    /// A certificate of the person's own: chain and key, as PEM.
    pub certificate: Option<(Vec<u8>, Vec<u8>)>,
}

/// Serves the lab until interrupted (Ctrl-C or SIGTERM).
///
/// # Errors
/// A problem: a busy port, a world file that does not parse, an unknown scenario.
pub async fn serve(
    service: LabService,
    ports: &crate::ports::Ports,
    ready: impl FnOnce(&crate::model::LabInfo),
) -> Result<(), crate::model::Problem> {
    let clock = Arc::new(crate::ports::MovableClock::new(Arc::clone(&ports.clock)));
    let options = lab::Options {
        default_https: service.listen.is_empty(),
        listen: service.listen,
        http: service
            .http
            .then(|| SocketAddr::from((Ipv4Addr::LOCALHOST, 0))),
        data_dir: service.data_dir,
        world: service.world,
        control: service.control,
        certificate: service
            .certificate
            .map(|(chain, key)| lab::OwnCertificate { chain, key }),
    };
    let handle = lab::start(options, clock, Arc::clone(&ports.entropy))
        .await
        .map_err(problem_of)?;
    if let Some(name) = &service.scenario {
        super::script::set_world(&handle, name)?;
    }
    for change in service.changes {
        handle.change(change)?;
    }
    // Heard from here on: whoever reads the start line may end the lab at once.
    let interrupted = interruption();
    ready(&handle.info());
    interrupted.await;
    handle.stop().await;
    Ok(())
}

fn problem_of(error: lab::LabError) -> crate::model::Problem {
    match error {
        lab::LabError::World(problem) => problem,
        error => crate::model::Problem::new(error.to_string(), "--listen", say::EXPECTED_LISTEN),
    }
}

/// Listens for the signals that end a service, from this call on; the future is done when one came.
fn interruption() -> impl Future<Output = ()> {
    #[cfg(unix)]
    let listening = {
        use tokio::signal::unix::{SignalKind, signal};
        signal(SignalKind::terminate()).and_then(|t| Ok((t, signal(SignalKind::interrupt())?)))
    };
    async move {
        #[cfg(unix)]
        if let Ok((mut terminate, mut interrupt)) = listening {
            tokio::select! { _ = terminate.recv() => {}, _ = interrupt.recv() => {} }
            return;
        }
        // Not being able to listen leaves the system's own way of ending it.
        let _ = tokio::signal::ctrl_c().await;
    }
}
