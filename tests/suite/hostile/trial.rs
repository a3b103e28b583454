//! One run against a hostile server: it must end in time, without a panic, and say nothing a terminal would obey.

use std::io::Read;
use std::process::{Child, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use super::super::cli::place::{Done, Place};
use super::server::Server;

/// How long anything may take, on a busy machine too.
const DEADLINE: Duration = Duration::from_mins(3);

/// A client secret that stands out wherever it turns up.
pub const SECRET: &str = "Qz8~Wb4.kV+7s/Tn=Rr2 Lm9";

/// Words of an acquisition by client credentials; the secret is in `TRIAL_SECRET`.
pub fn daemon(server: &Server) -> Vec<String> {
    words(
        server,
        "--flow client-credentials --client-secret-env TRIAL_SECRET --timeout 30",
    )
}

/// Words of an acquisition, with these flags.
pub fn words(server: &Server, flags: &str) -> Vec<String> {
    let line = format!(
        "acquire --authority {} --client-id trial --scope api://trial/.default {flags}",
        server.base
    );
    line.split_whitespace().map(str::to_owned).collect()
}

/// A place where the client secret is set.
pub fn place() -> Place {
    Place::new().with("TRIAL_SECRET", SECRET)
}

/// Runs it within the deadline, in a megabyte-counted space, and checks what holds for every run.
#[track_caller]
pub fn run(place: &Place, words: &[String]) -> Done {
    let child = start(place, words);
    let done = finish(child);
    sane(&done);
    done
}

/// Runs it with `--output json` besides and checks that there is one document.
#[track_caller]
pub fn document(place: &Place, words: &[String]) -> (Done, serde_json::Value) {
    let mut words = words.to_vec();
    words.extend(["--output", "json"].map(str::to_owned));
    let done = run(place, &words);
    let json = done.json();
    (done, json)
}

/// Starts it with both outputs piped.
pub fn start(place: &Place, words: &[String]) -> Child {
    place
        .command(words)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts")
}

/// Waits for the end, no longer than the deadline.
#[track_caller]
pub fn finish(mut child: Child) -> Done {
    let stdout = gather(child.stdout.take().expect("piped"));
    let stderr = gather(child.stderr.take().expect("piped"));
    let id = child.id();
    let (ended, end) = mpsc::channel();
    thread::spawn(move || ended.send(child.wait().expect("it can be waited for")));
    let Ok(status) = end.recv_timeout(DEADLINE) else {
        let _ = std::process::Command::new("kill")
            .args(["-9", &id.to_string()])
            .status();
        panic!("it did not end within {DEADLINE:?}");
    };
    Done {
        code: status.code(),
        stdout: stdout.join().expect("it can be read"),
        stderr: stderr.join().expect("it can be read"),
    }
}

fn gather(mut from: impl Read + Send + 'static) -> thread::JoinHandle<String> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        from.read_to_end(&mut bytes).expect("it can be read");
        String::from_utf8(bytes).expect("the program writes UTF-8")
    })
}

/// What holds for everything that was said: no panic, an exit code of our own, nothing a terminal would obey.
#[track_caller]
pub fn sane(done: &Done) {
    assert!(!done.stderr.contains("panicked"), "{}", done.stderr);
    let known = [0, 1, 2, 3, 4, 5, 130];
    assert!(
        done.code.is_some_and(|code| known.contains(&code)),
        "{:?}: {}",
        done.code,
        done.stderr
    );
    for (name, text) in [("stdout", &done.stdout), ("stderr", &done.stderr)] {
        let bad = text.char_indices().find(|(_, c)| acts(*c));
        assert!(
            bad.is_none(),
            "{name} has {:?}: {}",
            bad,
            text.escape_debug()
        );
    }
}

/// Whether a terminal obeys it or hides it.
pub fn acts(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}
