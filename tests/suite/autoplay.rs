//! Every scenario played to its end by one key, through the explorer and the real session: what the key does next is
//! known before it is pressed, and pressed again and again it reaches the cure.

use std::time::Duration;

use tokenscope::explorer::{Coming, Effect, Effects, Key, Keys, Message, Opened, State, update};
use tokenscope::model::{Ending, Expectation, Opening, Outcome, Scenario};
use tokenscope::ports::Clock;
use tokenscope::redact::Redactor;
use tokenscope::session::{self, Command, Notice, Session};

use crate::scenarios::setup;

/// How long the session may say nothing while something is under way.
const STUCK: Duration = Duration::from_mins(1);

/// More presses than any scenario takes.
const PRESSES: usize = 60;

/// What a run, or an API call with its token, came to.
#[derive(Debug, PartialEq, Eq)]
struct End {
    outcome: Outcome,
    codes: Vec<String>,
    api: Option<u16>,
}

impl End {
    fn of(ending: &Ending) -> Self {
        let api = ending.api.as_ref();
        let found = api.and_then(|api| api.diagnosis.as_deref());
        let found = found.or(ending.diagnosis.as_deref());
        let codes = found.map(|found| found.codes.iter().map(|code| code.code.clone()));
        Self {
            outcome: ending.outcome,
            codes: codes.map(Iterator::collect).unwrap_or_default(),
            api: api.and_then(|api| api.exchange.status()),
        }
    }

    /// Whether it is what a step must lead to.
    fn is(&self, expect: &Expectation) -> bool {
        expect
            .outcome
            .as_deref()
            .is_none_or(|word| word == self.outcome.word())
            && expect
                .codes
                .as_ref()
                .is_none_or(|codes| *codes == self.codes)
            && expect.api.is_none_or(|status| Some(status) == self.api)
    }
}

/// An explorer on a session of its own.
struct Player {
    state: State,
    session: Session,
    clock: std::sync::Arc<dyn Clock>,
    /// What the scenario's runs came to, in order.
    ends: Vec<End>,
    /// The scenario that was set up last.
    ready: Option<String>,
}

impl Player {
    fn open(directory: &std::path::Path, present: bool) -> Self {
        let setup = setup(directory);
        let clock = std::sync::Arc::clone(&setup.ports.clock);
        let mut state = State::new(Opened {
            opening: Opening::Demo { scenario: None },
            redactor: Redactor::new([7; 16]),
            now: clock.now(),
            size: (120, 36),
            profiles: Vec::new(),
            keys: Keys::default(),
        });
        state.present(present);
        let session = session::start(setup);
        let mut desk = Self {
            state,
            session,
            clock,
            ends: Vec::new(),
            ready: None,
        };
        let first = desk.state.begin();
        desk.perform(first);
        desk
    }

    fn perform(&self, effects: Effects) {
        for effect in effects {
            if let Effect::Ask(command) = effect {
                self.session
                    .commands
                    .send(command)
                    .expect("the session lives");
            }
        }
    }

    fn take(&mut self, message: Message) {
        self.state.now = self.clock.now();
        let effects = update(&mut self.state, message);
        self.perform(effects);
    }

    fn note(&mut self, notice: Notice) -> Result<(), String> {
        match &notice {
            Notice::Trouble(sentence) => return Err(format!("trouble: {sentence}")),
            Notice::Ended(_, ending) => self.ends.push(End::of(ending)),
            Notice::ScenarioReady { next: 0, name, .. } => {
                self.ready = Some(name.clone());
                self.ends.clear();
            }
            _ => {}
        }
        self.take(Message::Notice(Box::new(notice)));
        Ok(())
    }

    /// Takes in what the session tells next.
    async fn hear(&mut self) -> Result<(), String> {
        let told = tokio::time::timeout(STUCK, self.session.notices.recv());
        let notice = told.await.map_err(|_| "nothing more is told")?;
        let notice = notice.ok_or("the session is gone")?;
        self.note(notice)
    }

    /// Hears on until the key does something.
    async fn settle(&mut self) -> Result<Coming, String> {
        while let Ok(notice) = self.session.notices.try_recv() {
            self.note(notice)?;
        }
        while self.state.coming() == Coming::UnderWay {
            self.hear().await?;
        }
        Ok(self.state.coming())
    }

    /// Plays a scenario by the one key; everything that the key said it would do.
    async fn play(&mut self, name: &str) -> Result<Vec<String>, String> {
        // Set up as the program does that is told a scenario on the command line.
        self.perform(vec![Effect::Ask(Command::Scenario(name.to_owned()))]);
        self.ready = None;
        while self.ready.as_deref() != Some(name) {
            self.hear().await?;
        }
        let mut played = Vec::new();
        for _ in 0..PRESSES {
            match self.settle().await.map_err(|why| told(&why, &played))? {
                Coming::Plays(words) => played.push(words),
                Coming::List => return Ok(played),
                Coming::UnderWay => {}
            }
            self.take(Message::Key(Key::char(' ')));
        }
        Err(told("it never ends", &played))
    }
}

fn told(why: &str, played: &[String]) -> String {
    format!("{why}, after\n    {}", played.join("\n    "))
}

/// The first step that did not lead to what it must lead to, in the order of the steps.
fn missing(scenario: &Scenario, ends: &[End]) -> Option<String> {
    let mut ends = ends.iter();
    let expected = scenario.step.iter().enumerate();
    let told = expected.filter_map(|(nth, step)| Some((nth + 1, step.expect.as_ref()?)));
    // A run that only waits, and a page that is only shown, end nothing.
    let mut told = told.filter(|(_, expect)| expect.outcome.as_deref() != Some("waiting"));
    let lacks = told.find(|(_, expect)| !ends.any(|end| end.is(expect)))?;
    Some(format!("step {} did not lead to {:?}", lacks.0, lacks.1))
}

/// Plays all scenarios one after another, as somebody does who goes through the list; what went wrong.
fn play_all(present: bool) -> Vec<String> {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let wanted = std::env::var("TOKENSCOPE_SCENARIO").ok();
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let mut complaints = Vec::new();
        let mut desk = Player::open(directory.path(), present);
        for scenario in session::scenarios() {
            let name = scenario.name.as_str();
            if wanted.as_deref().is_some_and(|wanted| wanted != name) {
                continue;
            }
            match desk.play(name).await {
                Err(why) => {
                    complaints.push(format!("{name}: {why}"));
                    desk = Player::open(directory.path(), present);
                }
                Ok(played) => {
                    let lacks = missing(&scenario, &desk.ends);
                    complaints.extend(lacks.map(|lacks| {
                        told(&format!("{name}: {lacks}, but to {:?}", desk.ends), &played)
                    }));
                }
            }
        }
        complaints
    })
}

#[test]
fn every_scenario_is_played_to_its_end_by_one_key() {
    let complaints = play_all(false);
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}

#[test]
fn every_scenario_is_played_to_its_end_before_an_audience() {
    let complaints = play_all(true);
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}

/// What the key said it would do, each time, in one scenario.
fn played(name: &str, present: bool) -> Vec<String> {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let mut desk = runtime.block_on(async { Player::open(directory.path(), present) });
    let played = runtime.block_on(desk.play(name));
    played.unwrap_or_else(|why| panic!("{name}: {why}"))
}

#[test]
fn the_key_says_what_it_will_do_and_ends_with_the_comparison() {
    let played = played("mfa-on-silent", false);
    let heads: Vec<&str> = played
        .iter()
        .map(|words| words.split([',', ':']).next().unwrap_or_default())
        .collect();
    assert_eq!(
        heads,
        [
            "Scenario step 1",
            "Sign in in the browser",
            "The lab's user does what the page asks for",
            "Scenario step 3",
            "Compare with the run that ended the other way",
            "close this",
        ]
    );
}

#[test]
fn before_an_audience_the_labs_waits_need_no_key() {
    let wait = "Cut the wait short".to_owned();
    assert!(played("throttled", false).contains(&wait));
    assert!(!played("throttled", true).contains(&wait));
}
