//! The screen in a real terminal, with a session that follows a script: every way out gives the terminal back.
//!
//! The program in the terminal is this test binary itself, told to run one test alone, which then is the explorer.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use tokenscope::model::{Depth, Flow, Moment, Opening, Redacted};
use tokenscope::ports::{Clipboard, Clock};
use tokenscope::redact::Redactor;
use tokenscope::session::{Command, Notice};
use tokenscope::settings::themes;
use tokenscope::tui::{Left, Look};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

mod colours;
mod manners;

use crate::harness::Terminal;
use crate::screens::samples;

/// Stands still until it is told to panic, which is how a fault of the screen's own thread is made.
struct StandingClock(Arc<AtomicBool>);

impl Clock for StandingClock {
    fn now(&self) -> Moment {
        assert!(!self.0.load(Ordering::Relaxed), "the clock burst");
        samples::NOW
    }
}

/// Takes everything, or nothing.
struct Shelf(bool);

impl Clipboard for Shelf {
    fn put(&self, _text: &Redacted<String>) -> bool {
        self.0
    }
}

/// Answers commands as a session would.
async fn script(
    mut commands: UnboundedReceiver<Command>,
    notices: UnboundedSender<Notice>,
    burst: Arc<AtomicBool>,
) {
    while let Some(command) = commands.recv().await {
        let answers = match command {
            Command::StartLab => vec![samples::lab_ready(), samples::scenarios()],
            Command::Scenario(_) => vec![samples::scenario_ready()],
            Command::ScenarioStep(_) => samples::refused_run(1),
            Command::DoStep { step: 0, .. } => vec![Notice::Began(Box::new(samples::running(
                2,
                Flow::Interactive,
                samples::browsing(false),
            )))],
            Command::DoStep { .. } => samples::granted_run(3, Flow::Silent),
            Command::LabUser(run, _) => vec![Notice::Ended(run, Box::new(samples::granted()))],
            Command::Compare(left, right) => vec![Notice::Compared {
                left,
                right,
                differences: samples::differences(),
                clue: samples::clue(),
            }],
            Command::Explain(text) if text == "burst" => {
                burst.store(true, Ordering::Relaxed);
                vec![Notice::Said("on the way".into())]
            }
            Command::Explain(text) if text == "worker" => {
                let failed = tokio::spawn(async { panic!("a worker burst") }).await;
                assert!(failed.is_err());
                vec![Notice::Said("a worker is gone".into())]
            }
            Command::Quit => return,
            _ => Vec::new(),
        };
        for answer in answers {
            let _ = notices.send(answer);
        }
    }
}

const SIZE: (u16, u16) = (120, 36);

/// Set inside the terminals that the tests open.
const INSIDE: &str = "TOKENSCOPE_TEST_INSIDE";

#[test]
fn the_explorer_opens_on_the_list_of_scenarios() {
    if std::env::var_os(INSIDE).is_some() {
        return be_the_explorer();
    }
    let mut terminal = open((80, 24));
    terminal.press("q");
    is_back(&terminal);
}

/// Runs the explorer with the script's session; its last words say how it was left.
fn be_the_explorer() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime starts");
    let words = std::env::var(INSIDE).unwrap_or_default();
    let left = runtime.block_on(async {
        let (ask, asked) = unbounded_channel();
        let (tell, told) = unbounded_channel();
        let burst = Arc::new(AtomicBool::new(false));
        tokio::spawn(script(asked, tell, Arc::clone(&burst)));
        tokenscope::tui::run(
            Opening::Demo { scenario: None },
            ask,
            told,
            look(&words),
            Redactor::new([1; 16]),
            Arc::new(StandingClock(burst)),
            Arc::new(Shelf(words.contains("shelf"))),
        )
        .await
    });
    let last = match left.expect("the terminal can be drawn on") {
        Left::Asked => "left because asked".to_owned(),
        Left::Signal(number) => format!("left by signal {number}"),
    };
    assert!(last.is_empty(), "{last}");
}

/// How it looks, by words that the test set: `asks` and `late` for the ground, `tmux`, `links`, `still`.
fn look(words: &str) -> Look {
    let theme = |name| themes::find(Path::new("/nowhere"), name, "").expect("it is built in");
    Look {
        dark: theme("dark"),
        light: Some(theme("light")),
        ask_ground: match words {
            _ if words.contains("asks") => Some(Duration::from_hours(1)),
            _ if words.contains("late") => Some(Duration::ZERO),
            _ => None,
        },
        depth: Depth::True,
        links: words.contains("links"),
        still: words.contains("still"),
        mouse: true,
        tmux: words.contains("tmux"),
        ..Look::default()
    }
}

/// The scripted explorer in a shell, which tells afterwards how it found the terminal.
fn open(size: (u16, u16)) -> Terminal {
    open_with(size, "plainly")
}

/// As before, with words for its look.
fn open_with(size: (u16, u16), words: &str) -> Terminal {
    let me = std::env::current_exe().expect("this test binary has a path");
    let script = format!(
        "'{}' --exact terminal::the_explorer_opens_on_the_list_of_scenarios --nocapture; stty -a; echo the shell is back; read -r line",
        me.display()
    );
    let terminal = Terminal::run(
        "sh",
        &["-c", &script],
        size,
        &[("RUST_BACKTRACE", "0"), (INSIDE, words)],
    );
    terminal.shows("MFA demanded while refreshing silently");
    terminal
}

#[track_caller]
fn is_back(terminal: &Terminal) {
    terminal.shows("the shell is back");
    terminal.is_given_back();
    let text = terminal.text();
    assert!(
        text.contains(" icanon") && text.contains(" echo "),
        "{text}"
    );
    assert!(!text.contains("-icanon"), "{text}");
}

/// The process of the explorer itself, the child of the shell.
fn explorer_of(terminal: &Terminal) -> String {
    let shell = terminal.process();
    let children = format!("/proc/{shell}/task/{shell}/children");
    std::fs::read_to_string(children)
        .expect("the shell has a child")
        .trim()
        .to_owned()
}

/// Waits until a process stands still: it gives the terminal back before it stops itself.
fn has_stopped(process: &str) {
    let end = Instant::now() + Duration::from_mins(1);
    let stands = || {
        let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
        let state = stat.rsplit_once(") ").map_or("", |(_, rest)| rest);
        state.starts_with('T')
    };
    while !stands() {
        assert!(Instant::now() < end, "{process} did not stop");
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn signal(name: &str, process: &str) {
    let done = std::process::Command::new("kill")
        .args([&format!("-{name}"), process])
        .status()
        .expect("kill runs");
    assert!(done.success());
}

#[test]
fn quitting_gives_the_terminal_back() {
    let mut terminal = open((120, 36));
    terminal.until("the screen to be taken", |screen| {
        screen.alternate_screen() && screen.bracketed_paste()
    });
    terminal.press("q");
    is_back(&terminal);
    terminal.shows("left because asked");
}

#[test]
fn ctrl_c_gives_the_terminal_back() {
    let mut terminal = open((120, 36));
    terminal.press("Ctrl-C");
    is_back(&terminal);
}

#[test]
fn a_request_to_end_gives_the_terminal_back() {
    let terminal = open((120, 36));
    signal("TERM", &explorer_of(&terminal));
    is_back(&terminal);
    terminal.shows("left by signal 15");
}

#[test]
fn a_hang_up_gives_the_terminal_back() {
    let terminal = open((120, 36));
    signal("HUP", &explorer_of(&terminal));
    is_back(&terminal);
}

#[test]
fn a_panic_gives_the_terminal_back_and_is_told() {
    let mut terminal = open((120, 36));
    terminal.press("p burst Ctrl-D");
    is_back(&terminal);
    terminal.shows("the clock burst");
}

#[test]
fn a_workers_panic_leaves_the_screen_alone_and_is_told_at_the_end() {
    let mut terminal = open((120, 36));
    terminal.press("p worker Ctrl-D");
    terminal.shows("a worker is gone");
    assert!(!terminal.text().contains("a worker burst"));
    terminal.press("q");
    is_back(&terminal);
    terminal.shows("a worker burst");
}

#[test]
fn a_stopped_explorer_gives_the_terminal_back_and_takes_it_again() {
    let mut terminal = open((120, 36));
    terminal.press("Ctrl-Z");
    terminal.is_given_back();
    let explorer = explorer_of(&terminal);
    has_stopped(&explorer);
    signal("CONT", &explorer);
    terminal.until(
        "the screen to be taken again",
        vt100::Screen::alternate_screen,
    );
    terminal.shows("MFA demanded while refreshing silently");
    terminal.press("q");
    is_back(&terminal);
}

#[test]
fn a_resize_is_followed_at_once() {
    let mut terminal = open((120, 36));
    terminal.resize((50, 15));
    terminal.shows("This screen is 50×15.");
    terminal.resize((80, 24));
    terminal.shows("MFA demanded while refreshing silently");
    terminal.press("Enter");
    terminal.shows("Scenario step 1");
    terminal.press("Enter");
    terminal.shows("▸Diagnosis");
    terminal.resize((120, 36));
    terminal.shows("Reply ─ 400");
}

#[test]
fn a_refusal_is_walked_to_its_cure_with_keys_alone() {
    let mut terminal = open((120, 36));
    terminal.press("Enter");
    terminal.shows("Scenario step 1");
    terminal.press("Enter");
    terminal.shows("Multifactor authentication is required.");
    terminal.press("Enter");
    terminal.shows("This page waits for the lab's user");
    terminal.press("u");
    terminal.shows("✓ 1 Sign in in the browser");
    terminal.press("Enter");
    terminal.shows("✓ 2 Repeat silently");
    terminal.press("Enter");
    terminal.shows("claim amr");
    terminal.press("Esc");
    terminal.hides("claim amr");
    terminal.press("q");
    is_back(&terminal);
}

#[test]
fn what_is_pasted_into_the_terminal_lands_in_the_box() {
    let mut terminal = open((120, 36));
    terminal.press("\x1b[200~AADSTS50105:not-assigned\x1b[201~");
    terminal.shows("Paste an error, a reply, a log");
    terminal.shows("AADSTS50105:");
}
