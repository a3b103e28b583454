//! A home of its own for the program, and the program run in it.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader, Read, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, Command, Output, Stdio};

use serde_json::Value as Json;
use tempfile::TempDir;

/// A home, configuration and data that no other test sees.
pub struct Place {
    folder: TempDir,
    variables: BTreeMap<String, String>,
}

/// How the program ended and what it said.
pub struct Done {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Done {
    fn of(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).expect("the program writes UTF-8");
        Self {
            code: output.status.code(),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        }
    }

    /// The one JSON document on stdout.
    pub fn json(&self) -> Json {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|e| panic!("{e}: {}\n{}", self.stdout, self.stderr))
    }

    /// Fails with everything that was said unless it ended with this code.
    #[track_caller]
    pub fn ended(self, code: i32) -> Self {
        assert_eq!(
            self.code,
            Some(code),
            "stdout: {}\nstderr: {}",
            self.stdout,
            self.stderr
        );
        self
    }
}

impl Place {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary directory");
        Self {
            folder,
            variables: BTreeMap::new(),
        }
    }

    /// Sets a variable for every program that is run here.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.variables.insert(name.to_owned(), value.to_owned());
        self
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file below this place and says where it is.
    pub fn file(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().expect("it is in a directory"))
            .expect("the directory can be made");
        std::fs::write(&path, text).expect("the file can be written");
        path
    }

    /// The program with these arguments; nothing of this machine's environment reaches it.
    pub fn command<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tokenscope"));
        command
            .env_clear()
            .env("HOME", self.folder.path())
            .envs(&self.variables);
        command
            .args(arguments)
            .arg("--config")
            .arg(self.path("config"))
            .arg("--data")
            .arg(self.path("data"));
        command.stdin(Stdio::null());
        command
    }

    pub fn run<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Done {
        Done::of(
            self.command(arguments)
                .output()
                .expect("the program starts"),
        )
    }

    /// Runs a line of words that hold no spaces.
    pub fn say(&self, line: &str) -> Done {
        self.run(line.split_whitespace())
    }

    /// Runs with something on standard input.
    pub fn feed(&self, line: &str, input: &[u8]) -> Done {
        let mut command = self.command(line.split_whitespace());
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts");
        child
            .stdin
            .take()
            .expect("piped")
            .write_all(input)
            .expect("it reads");
        Done::of(child.wait_with_output().expect("it ends"))
    }

    /// Starts it and reads its stderr until a line holds the words.
    pub fn begin(&self, arguments: &[&str], words: &str) -> Begun {
        let mut command = self.command(arguments);
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts");
        let mut errors = BufReader::new(child.stderr.take().expect("piped"));
        let mut said = String::new();
        while !said.contains(words) {
            let read = errors.read_line(&mut said).expect("it writes UTF-8");
            assert!(read > 0, "it ended without saying '{words}': {said}");
        }
        Begun {
            child,
            errors,
            said,
        }
    }

    /// Every byte of every file below this place.
    pub fn everything(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let (mut files, mut folders) = (Vec::new(), vec![self.folder.path().to_path_buf()]);
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).expect("it can be listed") {
                let path = entry.expect("it can be listed").path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let bytes = std::fs::read(&path).expect("it can be read");
                    files.push((path, bytes));
                }
            }
        }
        files
    }

    /// Fails if a file here holds the secret, as it is or as a form writes it.
    #[track_caller]
    pub fn holds_no(&self, secret: &str, except: &[&Path]) {
        for (path, bytes) in self.everything() {
            if !except.contains(&path.as_path()) {
                assert!(!holds(&bytes, secret), "{} holds a secret", path.display());
            }
        }
    }
}

/// Whether the bytes hold the secret, as it is or as a form writes it.
pub fn holds(bytes: &[u8], secret: &str) -> bool {
    let encoded: String = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
    [secret, &encoded].iter().any(|needle| {
        bytes
            .windows(needle.len())
            .any(|window| window == needle.as_bytes())
    })
}

/// A program that is under way.
pub struct Begun {
    child: Child,
    errors: BufReader<ChildStderr>,
    said: String,
}

impl Begun {
    /// Sends a signal by its name and waits for the end.
    pub fn end_by(mut self, signal: &str) -> Done {
        send(signal, &self.child);
        let mut stdout = String::new();
        self.child
            .stdout
            .take()
            .expect("piped")
            .read_to_string(&mut stdout)
            .expect("UTF-8");
        self.errors.read_to_string(&mut self.said).expect("UTF-8");
        let code = self.child.wait().expect("it ends").code();
        Done {
            code,
            stdout,
            stderr: self.said,
        }
    }
}

/// Sends a signal as a shell would.
pub fn send(signal: &str, child: &Child) {
    let sent = Command::new("kill")
        .args(["-s", signal, &child.id().to_string()])
        .status()
        .expect("kill is there");
    assert!(sent.success());
}
