//! `tokenscope lab` as a child, for everything that needs an identity provider.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, ChildStdout, Stdio};

use serde_json::Value as Json;

use super::place::{Done, Place, send};

/// A lab that ends with the test.
pub struct Lab {
    pub line: Json,
    child: Child,
    stdout: BufReader<ChildStdout>,
    place: Place,
}

impl Lab {
    pub fn start() -> Self {
        Self::with(&[])
    }

    /// With further flags.
    pub fn with(flags: &[&str]) -> Self {
        let place = Place::new();
        let arguments = [
            "lab",
            "--listen",
            "127.0.0.1:0",
            "--http",
            "--control",
            "--output",
            "json",
        ];
        let mut command = place.command(arguments.iter().chain(flags));
        let mut child = command
            .stdout(Stdio::piped())
            .spawn()
            .expect("the lab starts");
        let mut stdout = BufReader::new(child.stdout.take().expect("piped"));
        let mut line = String::new();
        stdout
            .read_line(&mut line)
            .expect("it says where it answers");
        let line = serde_json::from_str(&line).unwrap_or_else(|e| panic!("{e}: {line}"));
        Self {
            line,
            child,
            stdout,
            place,
        }
    }

    pub fn text(&self, member: &str) -> &str {
        self.line[member]
            .as_str()
            .unwrap_or_else(|| panic!("no {member} in {}", self.line))
    }

    pub fn client(&self, kind: &str) -> &Json {
        let clients = self.line["clients"].as_array().expect("a list");
        clients
            .iter()
            .find(|client| client["kind"] == kind)
            .unwrap_or_else(|| panic!("no {kind} in {}", self.line))
    }

    pub fn id(&self, kind: &str) -> &str {
        self.client(kind)["id"]
            .as_str()
            .expect("a client has an id")
    }

    /// The daemon's secret.
    pub fn secret(&self) -> &str {
        self.client("daemon")["secret"]
            .as_str()
            .expect("the daemon has a secret")
    }

    /// Ada's name and password.
    pub fn ada(&self) -> (&str, &str) {
        let users = self.line["users"].as_array().expect("a list");
        let ada = users.iter().find(|user| {
            user["name"]
                .as_str()
                .is_some_and(|name| name.starts_with("ada@"))
        });
        let ada = ada.expect("Ada is there");
        (
            ada["name"].as_str().expect("a name"),
            ada["password"].as_str().expect("a password"),
        )
    }

    /// What every acquisition of the desktop client against it says.
    pub fn desktop(&self, flow: &str) -> Vec<String> {
        self.asking("desktop", flow, "User.Read")
    }

    /// What an acquisition of the daemon against it says; its secret is in `LAB_SECRET`.
    pub fn daemon(&self) -> Vec<String> {
        let mut words = self.asking(
            "daemon",
            "client-credentials",
            "https://graph.microsoft.com/.default",
        );
        words.extend(["--client-secret-env", "LAB_SECRET"].map(str::to_owned));
        words
    }

    fn asking(&self, kind: &str, flow: &str, scope: &str) -> Vec<String> {
        let words = [
            "acquire",
            "--authority",
            self.text("authority"),
            "--client-id",
            self.id(kind),
            "--flow",
            flow,
            "--scope",
            scope,
            "--ca-file",
            self.text("ca"),
        ];
        words.map(str::to_owned).to_vec()
    }

    /// What opens its control API.
    pub fn control_token(&self) -> &str {
        let token = self.line["control"]["token"].as_str();
        token.expect("the control API is open")
    }

    /// Changes the world while it serves, in the words of a scenario.
    pub fn change(&self, words: &str) {
        let address = url::Url::parse(self.text("http")).expect("an address");
        let host = format!("127.0.0.1:{}", address.port().expect("a port"));
        let body: String = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("change", words)
            .finish();
        let token = self.control_token();
        let mut stream = TcpStream::connect(&host).expect("the lab listens");
        let head = format!(
            "POST /lab/change HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
            body.len()
        );
        stream
            .write_all((head + &body).as_bytes())
            .expect("it reads");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("it answers");
        assert!(
            answer.starts_with("HTTP/1.1 200"),
            "'{words}' is not done: {answer}"
        );
    }

    /// Ends it by a signal; how it ended, and what else it had printed.
    pub fn end_by(mut self, signal: &str) -> Done {
        send(signal, &self.child);
        let mut stdout = String::new();
        self.stdout.read_to_string(&mut stdout).expect("UTF-8");
        let code = self.child.wait().expect("it ends").code();
        Done {
            code,
            stdout,
            stderr: String::new(),
        }
    }

    /// Where it keeps its files.
    pub fn place(&self) -> &Place {
        &self.place
    }
}

impl Drop for Lab {
    fn drop(&mut self) {
        // It may have ended already; then there is nothing to end.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A port of this machine at which somebody waits; whether anybody came is known afterwards.
pub struct Watch(TcpListener);

impl Watch {
    pub fn new() -> Self {
        Self(TcpListener::bind("127.0.0.1:0").expect("a free port"))
    }

    pub fn authority(&self) -> String {
        format!(
            "https://{}/contoso.example",
            self.0.local_addr().expect("an address")
        )
    }

    pub fn address(&self) -> String {
        self.0.local_addr().expect("an address").to_string()
    }

    /// Whether anybody connected.
    pub fn was_asked(&self) -> bool {
        self.0.set_nonblocking(true).expect("it can be asked");
        self.0.accept().is_ok()
    }

    /// An authority at which nobody listens any more.
    pub fn gone() -> String {
        Self::new().authority()
    }
}
