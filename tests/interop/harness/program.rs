//! A running program whose output is read as it comes, and which ends with the test.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use super::PATIENCE;

/// Which of its two outputs a program wrote to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Output {
    Stdout,
    Stderr,
}

/// A program that ended by itself.
#[derive(Debug)]
pub struct Finished {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

/// A program that is running. Dropped, it is told to end, and then made to.
pub struct Program {
    child: Child,
    stdin: Option<ChildStdin>,
    lines: Receiver<(Output, String)>,
    heard: Vec<(Output, String)>,
    looked_at: usize,
}

impl Program {
    pub fn start(command: &mut Command) -> Self {
        let spawned = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn();
        let mut child = spawned.unwrap_or_else(|e| panic!("cannot start {command:?}: {e}"));
        let (sender, lines) = channel();
        listen(
            child.stdout.take().expect("stdout is piped"),
            Output::Stdout,
            sender.clone(),
        );
        listen(
            child.stderr.take().expect("stderr is piped"),
            Output::Stderr,
            sender,
        );
        let stdin = child.stdin.take();
        Self {
            child,
            stdin,
            lines,
            heard: Vec::new(),
            looked_at: 0,
        }
    }

    /// Writes one line to the program's input.
    pub fn say(&mut self, line: &str) {
        let stdin = self.stdin.as_mut().expect("the input is open");
        writeln!(stdin, "{line}")
            .and_then(|()| stdin.flush())
            .expect("the program reads its input");
    }

    /// Waits for a line, not seen by an earlier wait, of which `read` makes something.
    pub fn wait_for<T>(
        &mut self,
        what: &str,
        mut read: impl FnMut(Output, &str) -> Option<T>,
    ) -> T {
        let deadline = Instant::now() + PATIENCE;
        loop {
            while self.looked_at < self.heard.len() {
                let (output, line) = &self.heard[self.looked_at];
                self.looked_at += 1;
                if let Some(found) = read(*output, line) {
                    return found;
                }
            }
            match self
                .lines
                .recv_timeout(deadline.saturating_duration_since(Instant::now()))
            {
                Ok(line) => self.heard.push(line),
                Err(RecvTimeoutError::Timeout) => {
                    panic!("no {what} in time\n{}", self.transcript())
                }
                Err(RecvTimeoutError::Disconnected) => {
                    panic!("it ended without {what}\n{}", self.transcript())
                }
            }
        }
    }

    /// Waits until the program has ended by itself.
    pub fn finish(mut self) -> Finished {
        drop(self.stdin.take());
        let deadline = Instant::now() + PATIENCE;
        loop {
            match self
                .lines
                .recv_timeout(deadline.saturating_duration_since(Instant::now()))
            {
                Ok(line) => self.heard.push(line),
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => panic!("it does not end\n{}", self.transcript()),
            }
        }
        let code = self
            .ended_before(deadline)
            .unwrap_or_else(|| panic!("it does not end\n{}", self.transcript()));
        Finished {
            code,
            stdout: self.said(Output::Stdout),
            stderr: self.said(Output::Stderr),
        }
    }

    /// Sends an interrupt, as Ctrl-C does, and waits for the end.
    pub fn interrupt(self) -> Finished {
        signal(&self.child, "INT");
        self.finish()
    }

    /// Everything heard so far on one output.
    pub fn said(&self, output: Output) -> String {
        let lines = self.heard.iter().filter(|(from, _)| *from == output);
        lines.fold(String::new(), |text, (_, line)| text + line + "\n")
    }

    fn transcript(&self) -> String {
        let lines = self
            .heard
            .iter()
            .map(|(output, line)| format!("  {output:?}: {line}"));
        lines.collect::<Vec<_>>().join(
            "
",
        )
    }

    fn ended_before(&mut self, deadline: Instant) -> Option<i32> {
        loop {
            match self
                .child
                .try_wait()
                .expect("the program can be waited for")
            {
                Some(status) => return Some(status.code().unwrap_or(-1)),
                None if Instant::now() >= deadline => return None,
                None => thread::park_timeout(Duration::from_millis(10)),
            }
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(Some(_))) {
            return;
        }
        signal(&self.child, "TERM");
        if self
            .ended_before(Instant::now() + Duration::from_secs(5))
            .is_none()
        {
            drop(self.child.kill());
            drop(self.child.wait());
        }
    }
}

fn signal(child: &Child, name: &str) {
    drop(
        Command::new("kill")
            .arg(format!("-{name}"))
            .arg(child.id().to_string())
            .status(),
    );
}

fn listen(from: impl Read + Send + 'static, output: Output, to: Sender<(Output, String)>) {
    thread::spawn(move || {
        let mut reader = BufReader::new(from);
        let mut bytes = Vec::new();
        while matches!(reader.read_until(b'\n', &mut bytes), Ok(read) if read > 0) {
            let line = String::from_utf8_lossy(&bytes)
                .trim_end_matches(['\n', '\r'])
                .to_owned();
            bytes.clear();
            if to.send((output, line)).is_err() {
                break;
            }
        }
    });
}
