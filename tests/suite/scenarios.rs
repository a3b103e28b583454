//! Every scenario file through the real stack: lab on a loopback port, real client, real diagnosis, real plan.

use std::sync::Arc;

use tokenscope::ports::{Browser, Clock, MovableClock, Ports};
use tokenscope::redact::Redactor;
use tokenscope::session::{self, LogFile, Setup};
use tokenscope::settings::guard::PasswordGuard;
use tokenscope::settings::throttle::ThrottleBook;
use tokenscope::{host, lab};

/// A machine without a browser.
struct NoBrowser;

impl Browser for NoBrowser {
    fn open(&self, _: &str) -> bool {
        false
    }
}

/// What a session needs, with its files in `directory`.
pub fn setup(directory: &std::path::Path) -> Setup {
    let real = host::ports();
    let lab_clock = Arc::new(MovableClock::new(Arc::clone(&real.clock)));
    let clock = Arc::clone(&lab_clock) as Arc<dyn Clock>;
    Setup {
        ports: Ports {
            clock,
            browser: Arc::new(NoBrowser),
            ..real
        },
        lab_clock,
        data_dir: directory.join("lab"),
        lab_https: false,
        history: None,
        history_limit: 0,
        guard: PasswordGuard::new(directory),
        throttle: ThrottleBook::new(directory),
        saved: None,
        own_entries: Vec::new(),
        redactor: Arc::new(Redactor::new([7; 16])),
        log: LogFile::off(),
        open_browser: false,
    }
}

#[test]
fn every_scenario_file_parses() {
    for (name, text) in lab::scenario_texts() {
        if let Err(error) = tokenscope::model::Scenario::parse(name, text) {
            panic!("{error}");
        }
    }
    assert!(lab::scenario_texts().len() >= 23);
}

#[test]
fn every_scenario_fails_for_its_cause_and_ends_as_it_says() {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let all = session::scenarios();
    let wanted = std::env::var("TOKENSCOPE_SCENARIO").ok();
    let names: Vec<&str> = all
        .iter()
        .map(|s| s.name.as_str())
        .filter(|name| wanted.as_deref().is_none_or(|wanted| wanted == *name))
        .collect();
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let found = runtime.block_on(session::play(setup(directory.path()), &names));
    let told: Vec<String> = found
        .iter()
        .map(|m| format!("{} step {}: {}", m.step.0, m.step.1, m.what))
        .collect();
    assert!(
        told.is_empty(),
        "{} of {} scenarios' steps differ:\n{}",
        told.len(),
        names.len(),
        told.join("\n")
    );
}

#[test]
fn every_scenario_ends_granted_or_says_that_nobody_here_can_cure_it() {
    use tokenscope::model::scenario::Cure;
    for scenario in session::scenarios() {
        let last = scenario
            .step
            .iter()
            .rev()
            .find_map(|step| step.expect.as_ref()?.outcome.as_deref());
        match scenario.cure {
            Cure::Here => assert_eq!(last, Some("granted"), "{}", scenario.name),
            Cure::NobodyHere => assert_ne!(last, Some("granted"), "{}", scenario.name),
        }
    }
}
