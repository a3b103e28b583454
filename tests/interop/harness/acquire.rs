//! `tokenscope acquire --output json`, and what it said.

use std::fmt;

use serde_json::Value;
use tempfile::TempDir;

use super::kit;
use super::program::{Finished, Output, Program};

/// An acquisition to be started.
pub struct Acquire {
    arguments: Vec<String>,
    secrets: Vec<(String, String)>,
    home: TempDir,
}

/// An acquisition that is going on.
pub struct Acquiring {
    program: Program,
    secrets: Vec<String>,
    _home: TempDir,
}

/// What came of an acquisition.
pub struct Acquired {
    pub code: i32,
    /// The document of DESIGN.md section 9.
    pub said: Value,
    pub stderr: String,
}

impl Acquire {
    pub fn new(authority: &str, client: &str, flow: &str) -> Self {
        let home = kit::folder();
        let data = home.path().join("data").display().to_string();
        let config = home.path().join("config").display().to_string();
        let words = [
            "acquire",
            "--authority",
            authority,
            "--client-id",
            client,
            "--flow",
            flow,
        ];
        let mut arguments: Vec<String> = words.map(str::to_owned).into();
        arguments.extend(["--data".into(), data, "--config".into(), config]);
        Self {
            arguments,
            secrets: Vec::new(),
            home,
        }
    }

    /// More arguments.
    pub fn with(mut self, words: &[&str]) -> Self {
        self.arguments
            .extend(words.iter().map(|word| (*word).to_owned()));
        self
    }

    pub fn scopes(self, scopes: &[&str]) -> Self {
        scopes
            .iter()
            .fold(self, |acquire, scope| acquire.with(&["--scope", scope]))
    }

    pub fn trusting(self, ca: Option<&std::path::Path>) -> Self {
        match ca {
            Some(path) => self.with(&["--ca-file", &path.display().to_string()]),
            None => self,
        }
    }

    /// A secret, handed over in an environment variable that `option` names.
    pub fn secret(mut self, option: &str, value: &str) -> Self {
        let name = format!("TEST_SECRET_{}", self.secrets.len());
        self.secrets.push((name.clone(), value.to_owned()));
        self.with(&[option, &name])
    }

    pub fn start(self) -> Acquiring {
        self.start_with("json")
    }

    fn start_with(self, output: &str) -> Acquiring {
        let mut command = kit::tokenscope(self.home.path());
        command
            .args(&self.arguments)
            .args(["--output", output])
            .envs(self.secrets.iter().cloned());
        let secrets = self.secrets.into_iter().map(|(_, value)| value).collect();
        Acquiring {
            program: Program::start(&mut command),
            secrets,
            _home: self.home,
        }
    }

    /// Runs it to its end with `--output token`.
    pub fn run_for_the_token(self) -> Finished {
        self.start_with("token").program.finish()
    }

    /// Runs it to its end.
    pub fn run(self) -> Acquired {
        self.start().finish()
    }
}

impl Acquiring {
    /// Waits until it tells a person, on stderr, of something that `read` finds in a line.
    pub fn wait_for<T>(&mut self, what: &str, mut read: impl FnMut(&str) -> Option<T>) -> T {
        self.program.wait_for(what, |output, line| {
            read(line).filter(|_| output == Output::Stderr)
        })
    }

    /// Types a line, with its end.
    pub fn say(&mut self, line: &str) {
        self.program.say(line);
    }

    /// The address it asks a person to open in a browser.
    pub fn address(&mut self, beginning: &str) -> String {
        self.wait_for(&format!("address that begins with {beginning}"), |line| {
            let start = line.find(beginning)?;
            Some(line[start..].split_whitespace().next()?.to_owned())
        })
    }

    pub fn finish(self) -> Acquired {
        let Finished {
            code,
            stdout,
            stderr,
        } = self.program.finish();
        for secret in &self.secrets {
            assert!(!stdout.contains(secret), "a secret is on stdout: {stdout}");
            assert!(!stderr.contains(secret), "a secret is on stderr: {stderr}");
        }
        let said = serde_json::from_str(&stdout).unwrap_or_else(|e| {
            panic!("stdout is no JSON document: {e}; exit {code}\n{stdout}\n{stderr}")
        });
        Acquired { code, said, stderr }
    }
}

/// As a person reads it, for the tests that fail.
impl fmt::Debug for Acquired {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "exit {}\n{:#}\n{}", self.code, self.said, self.stderr)
    }
}

impl Acquired {
    /// It says that it was granted, and what a granted run must tell, and nothing of a diagnosis.
    pub fn assert_granted(&self) {
        assert_eq!(
            (self.code, &self.said["outcome"]),
            (0, &"granted".into()),
            "{self:?}"
        );
        assert_eq!(self.said["schema"], 1, "{self:?}");
        assert!(self.said["token"]["fingerprint"].is_string(), "{self:?}");
        assert!(self.said["diagnosis"].is_null(), "{self:?}");
    }

    /// It says that it was refused, with this code of the protocol and a sentence for a person.
    pub fn assert_refused(&self, code: i32, error: &str) {
        assert_eq!(
            (self.code, &self.said["outcome"]),
            (code, &"refused".into()),
            "{self:?}"
        );
        assert_eq!(self.said["schema"], 1, "{self:?}");
        assert_eq!(self.said["diagnosis"]["error"], error, "{self:?}");
        assert!(
            self.said["diagnosis"]["summary"]
                .as_str()
                .is_some_and(|text| !text.is_empty()),
            "{self:?}"
        );
        assert!(self.said["token"].is_null(), "{self:?}");
    }

    /// Method, path and status of every exchange, in order.
    pub fn exchanges(&self) -> Vec<(String, String, Option<u64>)> {
        let list = self.said["exchanges"]
            .as_array()
            .expect("exchanges are a list");
        let read = |exchange: &Value| {
            let url = url::Url::parse(exchange["url"].as_str()?).ok()?;
            Some((
                exchange["method"].as_str()?.to_owned(),
                url.path().to_owned(),
                exchange["status"].as_u64(),
            ))
        };
        list.iter()
            .map(|exchange| read(exchange).unwrap_or_else(|| panic!("not an exchange: {exchange}")))
            .collect()
    }

    /// The statuses of the answers to `POST path`.
    pub fn statuses_of(&self, path: &str) -> Vec<u64> {
        let posts = self
            .exchanges()
            .into_iter()
            .filter(|(method, at, _)| method == "POST" && at == path);
        posts.filter_map(|(_, _, status)| status).collect()
    }
}
