//! `tokenscope lab`, running: its start line, its world, its sign-in pages.

use std::cell::{OnceCell, RefCell, RefMut};
use std::path::PathBuf;

use serde_json::Value;
use tempfile::TempDir;
use url::Url;

use super::kit;
use super::program::{Finished, Output, Program};
use super::visitor::{Page, Visitor};

/// The lab on a free port of its own.
pub struct Lab {
    /// The line it printed when it started to answer.
    pub line: Value,
    program: Program,
    home: TempDir,
    controller: OnceCell<RefCell<Visitor>>,
}

impl Lab {
    pub fn start() -> Self {
        Self::started(&[], None)
    }

    /// With more arguments.
    pub fn with(arguments: &[&str]) -> Self {
        Self::started(arguments, None)
    }

    /// With a world file of this text.
    pub fn in_world(text: &str) -> Self {
        Self::started(&[], Some(text))
    }

    /// With a world file of this text, on plain http as well.
    pub fn in_world_with_http(text: &str) -> Self {
        Self::started(&["--http"], Some(text))
    }

    /// One that serves plain http as well.
    pub fn with_http() -> Self {
        Self::started(&["--http"], None)
    }

    fn started(more: &[&str], text: Option<&str>) -> Self {
        let home = kit::folder();
        let mut command = kit::tokenscope(home.path());
        command
            .args([
                "lab",
                "--listen",
                "127.0.0.1:0",
                "--control",
                "--output",
                "json",
                "--data",
            ])
            .arg(home.path().join("data"));
        command.arg("--config").arg(home.path().join("config"));
        if let Some(text) = text {
            let file = home.path().join("world.toml");
            std::fs::write(&file, text).expect("the folder can be written");
            command.arg("--world").arg(file);
        }
        command.args(more);
        let mut program = Program::start(&mut command);
        let line = program.wait_for("start line", |output, line| {
            (output == Output::Stdout)
                .then(|| serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}")))
        });
        Self {
            line,
            program,
            home,
            controller: OnceCell::new(),
        }
    }

    pub fn text(&self, member: &str) -> &str {
        self.line[member]
            .as_str()
            .unwrap_or_else(|| panic!("no '{member}' in {}", self.line))
    }

    pub fn authority(&self) -> &str {
        self.text("authority")
    }

    pub fn ca(&self) -> PathBuf {
        let ca = PathBuf::from(self.text("ca"));
        assert!(
            ca.starts_with(self.home.path()),
            "the certificate is not below --data: {}",
            ca.display()
        );
        ca
    }

    /// The first registered client of a kind.
    pub fn client(&self, kind: &str) -> &Value {
        let clients = self.line["clients"].as_array().expect("clients are a list");
        clients
            .iter()
            .find(|client| client["kind"] == kind)
            .unwrap_or_else(|| panic!("no {kind} in {}", self.line))
    }

    pub fn client_id(&self, kind: &str) -> &str {
        self.client(kind)["id"]
            .as_str()
            .expect("a client has an id")
    }

    pub fn daemon_secret(&self) -> &str {
        self.client("daemon")["secret"]
            .as_str()
            .expect("the daemon has a secret")
    }

    /// Name and password of Ada.
    pub fn ada(&self) -> (&str, &str) {
        self.user("ada@")
    }

    /// Name and password of the first user whose name begins so.
    pub fn user(&self, begins: &str) -> (&str, &str) {
        let users = self.line["users"].as_array().expect("users are a list");
        let user = users.iter().find(|user| {
            user["name"]
                .as_str()
                .is_some_and(|name| name.starts_with(begins))
        });
        let user = user.unwrap_or_else(|| panic!("no {begins} in {}", self.line));
        (
            user["name"].as_str().expect("a name"),
            user["password"].as_str().expect("a password"),
        )
    }

    /// Scheme, host and port.
    pub fn origin(&self) -> String {
        Url::parse(self.authority())
            .expect("the authority is an address")
            .origin()
            .ascii_serialization()
    }

    /// The same over plain http.
    pub fn http_origin(&self) -> String {
        Url::parse(self.text("http"))
            .expect("the authority is an address")
            .origin()
            .ascii_serialization()
    }

    pub fn visitor(&self) -> Visitor {
        Visitor::new(Some(&self.ca()))
    }

    /// Whom the control API lets in; the same one each time, since some tests ask it a thousand times.
    fn controller(&self) -> RefMut<'_, Visitor> {
        let token = || self.line["control"]["token"].as_str();
        let made = || {
            let token = token().expect("the control API is open");
            RefCell::new(self.visitor().bearing(token))
        };
        self.controller.get_or_init(made).borrow_mut()
    }

    /// An address of the control API.
    fn control(&self, path: &str) -> String {
        let url = self.line["control"]["url"].as_str();
        format!("{}/{path}", url.expect("the control API is open"))
    }

    /// Changes the world while the lab serves, in the words of a scenario.
    pub fn change(&self, words: &str) {
        let address = self.control("change");
        let answer = self.controller().post(&address, &[("change", words)]);
        assert_eq!(answer.status, 200, "'{words}' is not done: {}", answer.body);
    }

    /// What the lab, as a build service, gives a job of this subject to prove itself with.
    pub fn assertion(&self, subject: &str) -> String {
        let address = self.control("assertion");
        let answer = self.controller().post(&address, &[("subject", subject)]);
        let answer: Value = serde_json::from_str(&answer.body).expect("an assertion");
        answer["value"].as_str().expect("a JWT").to_owned()
    }

    /// What was asked of the lab after the request of this number, oldest first.
    pub fn requests(&self, since: u64) -> Vec<Value> {
        let address = self.control(&format!("requests?since={since}"));
        let log = self.controller().open(&address);
        serde_json::from_str(&log.body).unwrap_or_else(|e| panic!("{e}: {}", log.body))
    }

    /// Why the lab answered its last token request as it did.
    pub fn because(&self) -> String {
        let log = self.requests(0);
        let mut tokens = log.iter().rev().filter(|entry| {
            let what = entry["what"].as_str().unwrap_or_default();
            what.ends_with("/token")
        });
        let last = tokens.next().expect("a token was asked for");
        last["because"].as_str().unwrap_or_default().to_owned()
    }

    pub fn interrupt(self) -> Finished {
        self.program.interrupt()
    }
}

/// Somebody at the lab's pages who does everything they ask for, rightly, unless they decline at the end.
#[derive(Clone, Copy)]
pub struct Person<'a> {
    name: &'a str,
    password: &'a str,
    declines: bool,
}

impl<'a> Person<'a> {
    pub fn ada(lab: &'a Lab) -> Self {
        let (name, password) = lab.ada();
        Self {
            name,
            password,
            declines: false,
        }
    }

    /// The same, who does not agree to what is asked for last.
    pub const fn declining(mut self) -> Self {
        self.declines = true;
        self
    }

    /// Enters the code that a program shows, signs in, and says that the sign-in is meant.
    pub fn approve_device(self, visitor: &mut Visitor, address: &str, code: &str) {
        let asked = visitor.open(address);
        assert_eq!(asked.heading(), "Enter the code", "{}", asked.words());
        let first = visitor.submit(&asked, &[(&asked.only_field(), code)]);
        let last = self.walk(visitor, first);
        let signed_in = last.heading() == "Signed in";
        assert_eq!(signed_in, !self.declines, "{}", last.words());
    }

    /// Opens the page that a program shows and signs in there; the page at the end is the program's own.
    pub fn sign_in(self, visitor: &mut Visitor, address: &str) -> Page {
        let first = visitor.open(address);
        self.walk(visitor, first)
    }

    /// The button to press.
    const fn agreeing(self, label: &'static str) -> &'static str {
        if self.declines { "Cancel" } else { label }
    }

    /// Walks the pages from here, doing what each asks for, until one asks for nothing more.
    fn walk(self, visitor: &mut Visitor, first: Page) -> Page {
        let mut page = first;
        for _ in 0..10 {
            let typed = match page.heading().as_str() {
                "Sign in" => self.name.to_owned(),
                "Enter the password" => self.password.to_owned(),
                "Approve the sign-in" => number_shown(&page.words()),
                "Choose an account" => {
                    page = visitor.press(&page, self.name);
                    continue;
                }
                "Permissions asked for" => {
                    page = visitor.press(&page, self.agreeing("Accept"));
                    continue;
                }
                other if other.starts_with("Are you signing in to ") => {
                    page = visitor.press(&page, self.agreeing("Continue"));
                    continue;
                }
                _ => return page,
            };
            page = visitor.submit(&page, &[(&page.only_field(), &typed)]);
        }
        panic!(
            "the lab's pages do not end, at last {}: {}",
            page.url,
            page.words()
        );
    }
}

/// The number that the page of the second factor shows, to be typed on the simulated phone.
pub fn number_shown(words: &str) -> String {
    let after = words
        .split_once("shown here: ")
        .map(|(_, after)| after.trim_start());
    let number = after.map(|text| {
        text.chars()
            .take_while(char::is_ascii_digit)
            .collect::<String>()
    });
    number
        .filter(|digits| !digits.is_empty())
        .unwrap_or_else(|| panic!("no number is shown: {words}"))
}
