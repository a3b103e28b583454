//! What the session knows, and the few things that change it. Everything here returns at once; tasks do the waiting.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use tokio::sync::{mpsc, watch};

use super::actor::Setup;
use super::cache_file::{self, Files};
use super::faulty::FaultyProgram;
use super::keeper::Keeper;
use super::memory::Memory;
use super::protocol::Habits;
use super::verdict::Judge;
use super::{Notice, script};
use crate::catalog::Catalog;
use crate::flows::{self, Control, End, Report};
use crate::guide::lint;
use crate::lab::LabHandle;
use crate::model::scenario::Mistake;
use crate::model::{
    Activity, Credential, Deed, Ending, Event, Exchange, Moment, Problem, Run, RunId, RunSpec,
    Scenario, Secret, SendOptions, Stage, Throttled, Verification,
};
use crate::settings::credentials;
use crate::strings::session as say;
use crate::tokens::TokenCache;
use crate::wire::HttpTransport;

/// The session's state and its outlets. Shared by the actor, the run tasks and the script.
pub(super) struct Core {
    pub setup: Setup,
    pub notices: mpsc::UnboundedSender<Notice>,
    changed: watch::Sender<u64>,
    catalog: OnceLock<Arc<Catalog>>,
    pub keeper: Keeper,
    /// Held while the lab is started: whoever needs it meanwhile waits for the one that is on its way.
    pub lab_starting: tokio::sync::Mutex<()>,
    state: Mutex<State>,
}

/// What changes.
#[derive(Default)]
pub(super) struct State {
    runs: BTreeMap<RunId, Live>,
    last_id: u64,
    pub cache: Arc<Mutex<TokenCache>>,
    /// What is held in cache files, as last read.
    pub files: Files,
    transport: Option<(SendOptions, Arc<HttpTransport>)>,
    pub lab: Option<Arc<LabHandle>>,
    pub scenario: Option<Active>,
    /// The step of the scenario to do next.
    pub next_step: usize,
    /// How the lab's user behaves in the scenario from now on.
    pub habits: Habits,
    /// The text of the last page that sent nothing back.
    pub last_page: Option<String>,
    /// The trace ids of the last minutes.
    pub memory: Memory,
    /// Requests that a server does not want to see for a while.
    pub throttled: BTreeMap<String, Throttled>,
    /// The tokens of the last paste.
    pub pasted: Vec<Secret>,
}

/// A scenario that is set up.
#[derive(Clone)]
pub(super) struct Active {
    pub scenario: Arc<Scenario>,
    pub spec: RunSpec,
}

struct Live {
    run: Run,
    /// When the guard was told of the password that this run sends.
    password_at: Option<Moment>,
    /// What the person said that the client proves itself with.
    proof: Option<Credential>,
    control: Option<mpsc::UnboundedSender<Control>>,
}

impl Core {
    pub fn new(setup: Setup, notices: mpsc::UnboundedSender<Notice>) -> Arc<Self> {
        let keeper = Keeper::new(
            setup.history.clone(),
            setup.history_limit,
            Arc::clone(&setup.redactor),
            notices.clone(),
        );
        Arc::new(Self {
            setup,
            notices,
            changed: watch::Sender::new(0),
            catalog: OnceLock::new(),
            keeper,
            lab_starting: tokio::sync::Mutex::default(),
            state: Mutex::default(),
        })
    }

    /// The state. A panic elsewhere does not poison it for everyone: every change is a single assignment.
    pub fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn catalog(&self) -> &Arc<Catalog> {
        self.catalog.get_or_init(|| {
            let mut catalog = Catalog::builtin();
            for (file, text) in &self.setup.own_entries {
                if let Err(problem) = catalog.overlay(file, text) {
                    self.trouble(format!(
                        "{}: {} — {}",
                        problem.at, problem.what, problem.expected
                    ));
                }
            }
            Arc::new(catalog)
        })
    }

    pub fn now(&self) -> Moment {
        self.setup.ports.clock.now()
    }

    pub fn tell(&self, notice: Notice) {
        // Nobody listens any more when the shell is closing; that is not an error.
        let _ = self.notices.send(notice);
    }

    pub fn trouble(&self, sentence: String) {
        self.tell(Notice::Trouble(sentence));
    }

    fn stir(&self) {
        self.changed
            .send_modify(|version| *version = version.wrapping_add(1));
    }

    /// Wakes whoever waits for something to change.
    pub fn watch(&self) -> watch::Receiver<u64> {
        self.changed.subscribe()
    }

    /// A copy of a run.
    pub fn run(&self, id: RunId) -> Option<Run> {
        self.state().runs.get(&id).map(|live| live.run.clone())
    }

    /// What the person said that the client of a run proves itself with.
    pub fn proof(&self, id: RunId) -> Option<Credential> {
        self.state()
            .runs
            .get(&id)
            .and_then(|live| live.proof.clone())
    }

    /// The newest run that passes the test.
    pub fn newest(&self, passes: impl Fn(&Run) -> bool) -> Option<Run> {
        self.state()
            .runs
            .values()
            .rev()
            .map(|live| &live.run)
            .find(|run| passes(run))
            .cloned()
    }

    /// Ids of all runs that are under way.
    pub fn running(&self) -> Vec<RunId> {
        self.state()
            .runs
            .values()
            .filter(|live| live.run.ending().is_none())
            .map(|live| live.run.id)
            .collect()
    }

    fn admit(&self, spec: RunSpec, first: Activity) -> Run {
        let simulated = self.is_lab(&spec);
        let started = self.now();
        let mut state = self.state();
        state.last_id += 1;
        let id = RunId(state.last_id);
        let run = Run {
            id,
            spec,
            started,
            stage: Stage::Running(first),
            exchanges: Vec::new(),
            events: Vec::new(),
            simulated,
            from_history: false,
        };
        state.runs.insert(
            id,
            Live {
                run: run.clone(),
                password_at: None,
                proof: None,
                control: None,
            },
        );
        run
    }

    /// Adds a run that was reopened from history.
    pub fn admit_past(&self, mut run: Run) {
        let mut state = self.state();
        state.last_id += 1;
        run.id = RunId(state.last_id);
        run.from_history = true;
        state.runs.insert(
            run.id,
            Live {
                run: run.clone(),
                password_at: None,
                proof: None,
                control: None,
            },
        );
        drop(state);
        self.tell(Notice::Began(Box::new(run)));
    }

    fn is_lab(&self, spec: &RunSpec) -> bool {
        self.is_of_lab(spec.authority.as_str())
    }

    /// Whether an address is one of the lab's.
    pub fn is_of_lab(&self, url: &str) -> bool {
        let state = self.state();
        let Some(lab) = &state.lab else { return false };
        let mut own = [lab.http_authority(), lab.https_authority()].into_iter();
        own.any(|lab| lab.is_some_and(|lab| origin(&lab) == origin(url)))
    }

    /// Begins a run, after `wait` has passed if there is one. Returns its id at once.
    pub fn begin(
        self: &Arc<Self>,
        spec: RunSpec,
        wait: Option<(std::time::Duration, String)>,
    ) -> RunId {
        self.begin_as(spec, wait, None)
    }

    /// Begins the run of a faulty program.
    ///
    /// # Errors
    /// Anybody but the lab would be asked.
    pub fn begin_faulty(
        self: &Arc<Self>,
        spec: RunSpec,
        mistake: Mistake,
    ) -> Result<RunId, String> {
        if self.is_lab(&spec) && spec.authority.is_loopback() {
            Ok(self.begin_as(spec, None, Some(mistake)))
        } else {
            Err(say::FAULTY_ELSEWHERE.to_owned())
        }
    }

    fn begin_as(
        self: &Arc<Self>,
        spec: RunSpec,
        wait: Option<(std::time::Duration, String)>,
        mistake: Option<Mistake>,
    ) -> RunId {
        let first = match &wait {
            Some((time, why)) => Activity::Waiting {
                why: why.clone(),
                until: self.now().plus(*time),
                can_cut: true,
                unsent: true,
            },
            None => Activity::Sending(say::STARTING.into()),
        };
        let run = self.admit(spec, first);
        let id = run.id;
        let (control, controls) = mpsc::unbounded_channel();
        if let Some(live) = self.state().runs.get_mut(&id) {
            live.control = Some(control);
        }
        let spec = run.spec.clone();
        self.tell(Notice::Began(Box::new(run)));
        if let Some((time, why)) = &wait {
            let sentence = say::waits_first(why, *time);
            self.log(id, Event::new(self.now(), sentence));
        }
        self.stir();
        let core = Arc::clone(self);
        let performing = tokio::spawn(async move {
            let time = wait.map(|(time, _)| time);
            Box::pin(core.perform((id, mistake), spec, time, controls)).await;
        });
        let core = Arc::clone(self);
        tokio::spawn(async move {
            // Nobody may wait for ever for a run that broke.
            if performing.await.is_err() {
                core.finish(id, End::Invalid(vec![say::broke()]));
            }
        });
        id
    }

    async fn perform(
        self: Arc<Self>,
        (id, mistake): (RunId, Option<Mistake>),
        mut spec: RunSpec,
        wait: Option<std::time::Duration>,
        mut controls: mpsc::UnboundedReceiver<Control>,
    ) {
        if let Some(time) = wait
            && !sit_out(time, &mut controls).await
        {
            return self.finish(id, End::Cancelled);
        }
        if let Err(problem) = self.renew(&mut spec) {
            return self.finish(id, End::Invalid(vec![problem]));
        }
        let lint = lint::check(&spec);
        if !lint.problems.is_empty() {
            return self.finish(id, End::Invalid(lint.problems));
        }
        for warning in lint.warnings {
            let sentence = say::warned(&warning.at, &warning.what, &warning.expected);
            self.log(id, Event::new(self.now(), sentence));
        }
        if let Some(problem) = self.password_stopped(id, &spec) {
            return self.finish(id, End::Invalid(vec![problem]));
        }
        if let Err(problem) = cache_file::open(&self, id, &spec).await {
            return self.finish(id, End::Invalid(vec![problem]));
        }
        let context = match self.context(&spec) {
            Ok(context) => context,
            Err(problem) => return self.finish(id, End::Invalid(vec![problem])),
        };
        let kept = spec.clone();
        let (report, reports) = mpsc::unbounded_channel();
        let end = match mistake {
            None => {
                let flow = flows::run(spec, context, controls, report);
                Box::pin(self.attend(id, flow, reports)).await
            }
            Some(mistake) => {
                let context = FaultyProgram::context(&self, id, mistake, context);
                let flow = flows::run(spec, context, controls, report);
                Box::pin(self.attend(id, flow, reports)).await
            }
        };
        cache_file::keep(&self, id, &kept).await;
        self.finish(id, end);
    }

    /// Notes what a flow reports until it has ended.
    async fn attend(
        &self,
        id: RunId,
        flow: impl Future<Output = End>,
        mut reports: mpsc::UnboundedReceiver<Report>,
    ) -> End {
        tokio::pin!(flow);
        let end = loop {
            tokio::select! {
                biased;
                Some(report) = reports.recv() => self.note(id, report),
                end = &mut flow => break end,
            }
        };
        while let Ok(report) = reports.try_recv() {
            self.note(id, report);
        }
        end
    }

    /// Reads an assertion that somebody else made again: by now there may be a newer one.
    fn renew(&self, spec: &mut RunSpec) -> Result<(), Problem> {
        if let Credential::Assertion(given) = &mut spec.credential {
            let places = (&self.setup.ports).into();
            *given = credentials::assertion(&given.from, places)?;
        }
        Ok(())
    }

    /// What a flow of this spec works with.
    pub fn context(&self, spec: &RunSpec) -> Result<flows::Context<HttpTransport>, Problem> {
        let transport = self.transport(&spec.options)?;
        Ok(flows::Context {
            transport,
            cache: self.cache(spec),
            ports: self.setup.ports.clone(),
            open_browser: self.setup.open_browser,
        })
    }

    /// The cache that a spec means: that of its file, else the one in memory.
    pub fn cache(&self, spec: &RunSpec) -> Arc<Mutex<TokenCache>> {
        let state = self.state();
        let of_file = state.files.get(spec);
        of_file.unwrap_or_else(|| Arc::clone(&state.cache))
    }

    pub fn transport(&self, options: &SendOptions) -> Result<Arc<HttpTransport>, Problem> {
        if let Some((made_for, transport)) = &self.state().transport
            && made_for.ca_file == options.ca_file
            && made_for.proxy == options.proxy
            && made_for.connect_timeout == options.connect_timeout
        {
            return Ok(Arc::clone(transport));
        }
        let transport = HttpTransport::new(options, Arc::clone(&self.setup.ports.clock))
            .map_err(|error| Problem::new(error.to_string(), "--ca-file", say::EXPECTED_CA))?;
        let transport = Arc::new(transport);
        self.state().transport = Some((options.clone(), Arc::clone(&transport)));
        Ok(transport)
    }

    fn note(&self, id: RunId, report: Report) {
        match report {
            Report::Logged(event) => self.log(id, event),
            Report::Doing(activity) => self.doing(id, activity),
            Report::Exchanged(exchange) => self.exchanged(id, exchange),
            Report::Proved(proof) => {
                if let Some(live) = self.state().runs.get_mut(&id) {
                    live.proof = Some(proof);
                }
            }
        }
    }

    /// Adds a line to a run's log.
    pub fn log(&self, id: RunId, event: Event) {
        if self.setup.log.is_on()
            && let Some(run) = self.run(id)
        {
            let redacted = self.setup.redactor.event(&run, &event);
            self.setup.log.event(id, &redacted);
        }
        if let Some(live) = self.state().runs.get_mut(&id) {
            live.run.events.push(event.clone());
        }
        self.tell(Notice::Logged(id, event));
    }

    fn doing(&self, id: RunId, activity: Activity) {
        if let Some(live) = self.state().runs.get_mut(&id) {
            live.run.stage = Stage::Running(activity.clone());
        }
        self.tell(Notice::Doing(id, activity));
        self.stir();
    }

    /// Adds an exchange to a run.
    pub fn exchanged(&self, id: RunId, exchange: Exchange) {
        self.note_throttling(id, &exchange);
        if let Some(live) = self.state().runs.get_mut(&id) {
            live.run.exchanges.push(exchange.clone());
        }
        self.tell(Notice::Exchanged(id, Box::new(exchange)));
        self.stir();
    }

    /// Notes when the guard was told of the password that a run sends; what was noted before.
    pub fn note_password(&self, id: RunId, at: Option<Moment>) -> Option<Moment> {
        let mut state = self.state();
        let noted = &mut state.runs.get_mut(&id)?.password_at;
        std::mem::replace(noted, at)
    }

    fn finish(&self, id: RunId, mut end: End) {
        let Some(run) = self.run(id) else { return };
        if let End::Refused { reading, .. } = &mut end {
            self.state().memory.note(reading, self.now());
        }
        let ending = Judge {
            catalog: self.catalog(),
            now: self.now(),
        }
        .conclude(&run, end);
        self.release_password(&run, &ending);
        // A run that ended waits no longer, whoever saw to it.
        script::follow(self, |deed| *deed == Deed::WaitOver);
        self.end(id, ending);
    }

    /// Sets how a run ended (again, when an API call was added), tells it and keeps it.
    pub fn end(&self, id: RunId, ending: Ending) {
        let Some(mut run) = self.run(id) else { return };
        run.stage = Stage::Ended(Box::new(ending.clone()));
        if self.setup.log.is_on() {
            self.setup.log.ended(&self.setup.redactor.run(&run));
        }
        self.keeper.save(&run);
        if let Some(live) = self.state().runs.get_mut(&id) {
            live.run.stage = run.stage;
            live.control = None;
            // Told before anybody can see it: what follows from the end is told after it.
            self.tell(Notice::Ended(id, Box::new(ending)));
        }
        self.stir();
    }

    /// Adds to an ended run what a check of its token found, tells it and keeps it.
    pub fn verified(&self, id: RunId, found: Verification) {
        let Some(mut run) = self.run(id) else { return };
        let Stage::Ended(ending) = &mut run.stage else {
            return;
        };
        let found = Box::new(found);
        ending.verification = Some(found.clone());
        self.keeper.save(&run);
        if let Some(live) = self.state().runs.get_mut(&id) {
            live.run.stage = run.stage;
            self.tell(Notice::Verified(id, found));
        }
        self.stir();
    }

    /// Hands a control to a run under way; `false` if there is none to take it.
    pub fn control(&self, id: RunId, control: Control) -> bool {
        self.state()
            .runs
            .get(&id)
            .and_then(|live| live.control.as_ref())
            .is_some_and(|to| to.send(control).is_ok())
    }

    /// Forgets every run and token: the start of a scenario.
    pub fn forget(&self) {
        for id in self.running() {
            self.control(id, Control::Cancel);
        }
        let mut state = self.state();
        state.cache = Arc::default();
        state.throttled.clear();
        state.last_page = None;
    }
}

/// Waits; `false` if the person cancelled, `true` when the time is over or was cut short.
async fn sit_out(
    time: std::time::Duration,
    controls: &mut mpsc::UnboundedReceiver<Control>,
) -> bool {
    let over = tokio::time::sleep(time);
    tokio::pin!(over);
    loop {
        tokio::select! {
            () = &mut over => return true,
            control = controls.recv() => match control {
                Some(Control::CutWait) => return true,
                Some(Control::Cancel) | None => return false,
                Some(Control::Answer(_) | Control::Paste(_)) => {}
            },
        }
    }
}

fn origin(address: &str) -> Option<String> {
    let url = url::Url::parse(address).ok()?;
    Some(url.origin().ascii_serialization())
}
