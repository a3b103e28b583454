//! Where the browser ended, read at the prompt: for machines without a browser, and for redirect URIs that lead
//! elsewhere.

use std::io::{self, BufRead, IsTerminal, Read};

use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use url::Url;

use super::out;
use crate::model::authority::is_loopback;
use crate::model::{Activity, RunSpec};
use crate::strings::cli as say;

/// The longest line that is read, in bytes: an answer may carry tokens.
const LONGEST: u64 = 64 << 10;

/// The lines that are typed or piped in while a run waits for the browser.
#[derive(Default)]
pub(super) struct Pasted {
    lines: Option<UnboundedReceiver<String>>,
}

impl Pasted {
    /// Begins to read once a wait was told for a browser that may not come back by itself.
    pub(super) fn look(&mut self, told: &Activity, spec: &RunSpec) {
        if let Activity::Browsing { opened, .. } = told
            && self.lines.is_none()
            && (!opened || leads_elsewhere(spec))
        {
            if io::stdin().is_terminal() {
                out::note(say::PASTE_HERE);
            }
            self.lines = Some(lines());
        }
    }

    /// The next line; never returns where nothing is read, or nothing more comes.
    pub(super) async fn line(&mut self) -> String {
        let line = match &mut self.lines {
            Some(lines) => lines.recv().await,
            None => None,
        };
        match line {
            Some(line) => line,
            None => std::future::pending().await,
        }
    }
}

fn leads_elsewhere(spec: &RunSpec) -> bool {
    let typed = spec.redirect_uri.as_deref();
    let url = typed.and_then(|uri| Url::parse(uri).ok());
    url.is_some_and(|url| url.scheme() != "http" || !is_loopback(&url))
}

/// Reads on a thread of its own, for reading cannot be broken off; it ends with the program.
fn lines() -> UnboundedReceiver<String> {
    let (sender, lines) = unbounded_channel();
    std::thread::spawn(move || {
        loop {
            let mut line = Vec::new();
            let mut input = io::stdin().lock().take(LONGEST);
            match input.read_until(b'\n', &mut line) {
                Ok(1..) => {}
                Ok(0) | Err(_) => return,
            }
            let line = String::from_utf8_lossy(&line).trim().to_owned();
            if !line.is_empty() && sender.send(line).is_err() {
                return;
            }
        }
    });
    lines
}
