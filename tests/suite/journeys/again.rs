//! The program is left and started again: the screen stands as it did, and a file that is not ours stays as it is.

use std::path::PathBuf;
use std::process::Command;

use tempfile::TempDir;
use vt100::MouseProtocolMode;

use crate::harness::Terminal;

const SIZE: (u16, u16) = (120, 36);

/// The home of several starts.
struct Home(TempDir);

impl Home {
    fn new() -> Self {
        Self(TempDir::new().expect("a temporary directory"))
    }

    fn path(&self, name: &str) -> String {
        self.0.path().join(name).display().to_string()
    }

    /// The file that remembers the screen.
    fn memory(&self) -> PathBuf {
        self.0.path().join("state/tokenscope/screen.json")
    }

    fn start(&self, verb: &[&str]) -> Terminal {
        let (config, data) = (self.path("config"), self.path("data"));
        let mut all = verb.to_vec();
        all.extend(["--config", &config, "--data", &data]);
        let env = [
            ("HOME", self.path("")),
            ("XDG_STATE_HOME", self.path("state")),
            ("NO_COLOR", String::new()),
        ];
        let env: Vec<(&str, &str)> = env.iter().map(|(a, b)| (*a, b.as_str())).collect();
        Terminal::run(env!("CARGO_BIN_EXE_tokenscope"), &all, SIZE, &env)
    }
}

fn leaves_the_mouse(terminal: &Terminal) {
    terminal.until("the mouse is the terminal's", |screen| {
        screen.mouse_protocol_mode() == MouseProtocolMode::None
    });
}

fn ends(mut terminal: Terminal) {
    terminal.press("q");
    terminal.is_given_back();
    assert!(terminal.ends().success());
}

#[cfg(target_os = "linux")]
#[test]
fn the_screen_is_remembered_also_where_a_signal_ended_the_program() {
    let home = Home::new();
    let mut terminal = home.start(&[]);
    terminal.shows("Sign in to something");
    terminal.press("M");
    terminal.shows("The mouse belongs to the terminal now");
    let done = Command::new("kill")
        .args(["-TERM", &terminal.process().to_string()])
        .status()
        .expect("kill runs");
    assert!(done.success());
    assert!(!terminal.ends().success());
    let kept = std::fs::read_to_string(home.memory()).expect("it is remembered");
    assert!(kept.contains("\"mouse\": false"), "{kept}");

    let mut terminal = home.start(&[]);
    terminal.shows("Sign in to something");
    leaves_the_mouse(&terminal);
    terminal.press("M");
    terminal.shows("The mouse works in here again.");
    ends(terminal);
    let kept = std::fs::read_to_string(home.memory()).expect("it is remembered");
    assert!(!kept.contains("mouse"), "{kept}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_memory_that_is_not_ours_is_told_and_left_alone() {
    let home = Home::new();
    let foreign = "{\"schema\":9,\"of\":\"something else\"}";
    std::fs::create_dir_all(home.memory().parent().expect("it is in a directory"))
        .expect("the directory can be made");
    std::fs::write(home.memory(), foreign).expect("the file can be written");
    let mut terminal = home.start(&[]);
    terminal.shows("does not hold what this program writes there");
    terminal.press("M");
    terminal.shows("The mouse belongs to the terminal now");
    ends(terminal);
    let kept = std::fs::read_to_string(home.memory()).expect("it is still there");
    assert_eq!(kept, foreign);
}

#[cfg(target_os = "linux")]
#[test]
fn the_demo_neither_reads_nor_writes_the_memory() {
    let home = Home::new();
    let mut terminal = home.start(&["demo"]);
    terminal.shows("MFA demanded while refreshing silently");
    terminal.press("M");
    terminal.shows("The mouse belongs to the terminal now");
    ends(terminal);
    assert!(!home.memory().exists());
}
