//! A client library in a process of its own, told what to do line by line: see the scripts in `python` and `npm`.

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

    /// azure-identity in Python.
    pub fn azure(lab: &Lab, client: &str, credential: &Value) -> Self {
        let mut command = kit::python("azure_client.py");
        let more = json!({ "credential": credential, "tenant": lab.text("tenant"), "origin": lab.origin() });
        Self::with(&mut command, lab, client, &more)
    }

    /// The library as a confidential client that proves itself with more than a secret: what `credential` holds is
    /// what the library itself calls so.
    pub fn proving(library: Library, lab: &Lab, client: &str, credential: &Value) -> Self {
        let mut command = match library {
            Library::Python => kit::python("msal_client.py"),
            Library::Node => kit::node("msal-client.mjs"),
        };
        Self::with(
            &mut command,
            lab,
            client,
            &json!({ "credential": credential }),
        )
    }

    fn open(command: &mut Command, lab: &Lab, client: &str, secret: Option<&str>) -> Self {
        Self::with(command, lab, client, &json!({ "client_secret": secret }))
    }

    fn with(command: &mut Command, lab: &Lab, client: &str, more: &Value) -> Self {
        let mut application = json!({
            "authority": lab.authority(), "client_id": client, "client_secret": null, "credential": null,
            "ca": lab.ca(),
        });
        for (name, value) in more.as_object().into_iter().flatten() {
            application[name] = value.clone();
        }
        Self::begun(command, lab, &application)
    }

    /// Any other client that is told what to do line by line, started with these options.
    pub fn started(mut command: Command, lab: &Lab, options: &Value) -> Self {
        Self::begun(&mut command, lab, options)
    }

    fn begun(command: &mut Command, lab: &Lab, options: &Value) -> Self {
        command
            .arg(options.to_string())
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
