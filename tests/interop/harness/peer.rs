//! MSAL in a process of its own, told what to do line by line: see `python/msal_client.py` and `npm/msal-client.mjs`.

use std::process::Command;

use serde_json::{Value, json};

use super::kit;
use super::lab::Lab;
use super::program::{Output, Program};

/// One of the two libraries, with one application object in it.
pub struct Peer {
    program: Program,
}

/// Which library.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Library {
    Python,
    Node,
}

impl Peer {
    /// The library as this client of the lab; a `secret` makes it a confidential client.
    pub fn of(library: Library, lab: &Lab, client: &str, secret: Option<&str>) -> Self {
        let mut command = match library {
            Library::Python => kit::python("msal_client.py"),
            Library::Node => kit::node("msal-client.mjs"),
        };
        Self::open(&mut command, lab, client, secret)
    }

    fn open(command: &mut Command, lab: &Lab, client: &str, secret: Option<&str>) -> Self {
        let application = json!({
            "authority": lab.authority(), "client_id": client, "client_secret": secret, "ca": lab.ca(),
        });
        command
            .arg(application.to_string())
            .env("NODE_EXTRA_CA_CERTS", lab.ca());
        Self {
            program: Program::start(command),
        }
    }

    /// Starts something; what comes of it is waited for with `hear`.
    pub fn ask(&mut self, what: &Value) {
        self.program.say(&what.to_string());
    }

    /// The next thing it says.
    pub fn hear(&mut self) -> Value {
        self.program
            .wait_for("answer of the library", |output, line| {
                (output == Output::Stdout)
                    .then(|| serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}")))
            })
    }

    pub fn asked(&mut self, what: &Value) -> Value {
        self.ask(what);
        self.hear()
    }
}
