//! A library in a process of its own, its lab, and somebody at the lab's pages.

use serde_json::{Value, json};

use super::exchange::Exchange;
use super::row::{Act, Proof, Row};
use crate::harness::kit;
use crate::harness::lab::{Lab, Person};
use crate::harness::pair::Pair;
use crate::harness::peer::Peer;
use crate::harness::proxy::Proxy;

pub const GRAPH: &str = "https://graph.microsoft.com";
const SECRET: &str = "simulated-secret-of-a-confidential-app";
const SUBJECT: &str = "repo:contoso/daemon:ref:refs/heads/main";

/// Which library.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Library {
    MsalPython,
    AzureIdentity,
    MsalNode,
}

impl Library {
    /// As predictions name it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::MsalPython => "msal-python",
            Self::AzureIdentity => "azure-identity",
            Self::MsalNode => "msal-js",
        }
    }

    /// The flows that it has.
    pub const fn flows(self) -> &'static [&'static str] {
        match self {
            Self::MsalPython => &[
                "client-credentials",
                "certificate",
                "assertion",
                "silent",
                "silent-with-error",
                "refresh-token",
                "interactive",
                "code",
                "device-code",
                "password",
                "on-behalf-of",
                "user-fic",
                "managed-identity",
            ],
            Self::AzureIdentity => &[
                "client-credentials",
                "certificate",
                "assertion",
                "workload-identity",
                "silent",
                "interactive",
                "code",
                "device-code",
                "password",
                "on-behalf-of",
                "managed-identity",
            ],
            Self::MsalNode => &[
                "client-credentials",
                "certificate",
                "assertion",
                "silent",
                "refresh-token",
                "interactive",
                "code",
                "device-code",
                "password",
                "on-behalf-of",
                "user-fic",
                "managed-identity",
            ],
        }
    }
}

/// What came of a row.
pub struct Played {
    pub exchange: Exchange,
    /// What the library did, as the judge reads it.
    pub said: Value,
}

/// The library's process with everything around it.
pub struct Client {
    library: Library,
    lab: Lab,
    peer: Peer,
    /// For the flow that asks port 443 whatever port the authority is at, and where a web application is.
    proxy: Proxy,
    known: Pair,
    stranger: Pair,
    files: tempfile::TempDir,
    /// The address that brought a refusal back to the program in this row.
    sent_back: Option<String>,
    /// The number of the last request before the call.
    mark: u64,
}

impl Client {
    pub fn start(library: Library) -> Self {
        let known = Pair::make();
        let lab = Lab::in_world_with_http(&world(&known.certificate));
        let options =
            json!({ "ca": lab.ca(), "origin": lab.origin(), "tenant": lab.text("tenant") });
        let command = match library {
            Library::MsalPython | Library::AzureIdentity => kit::python("matrix_client.py"),
            Library::MsalNode => kit::node("matrix-client.mjs"),
        };
        let peer = Peer::started(command, &lab, &options);
        let port = url::Url::parse(&lab.origin())
            .expect("an address")
            .port()
            .expect("a port");
        Self {
            library,
            lab,
            peer,
            proxy: Proxy::to(port),
            known,
            stranger: Pair::make(),
            files: kit::folder(),
            sent_back: None,
            mark: 0,
        }
    }

    /// Plays one row, from a world as at the start.
    pub fn play(&mut self, row: &Row) -> Played {
        self.lab.change("reset");
        self.sent_back = None;
        self.mark = self.last_request();
        self.make(row);
        let (exchange, first) = self.call(row, true);
        let mut calls = vec![first];
        if row.calls() == 2 {
            row.undo.iter().for_each(|words| self.lab.change(words));
            calls.push(self.call(row, false).1);
        }
        Played {
            exchange,
            said: json!({ "calls": calls }),
        }
    }

    /// Plays one row; everything that the lab was asked meanwhile.
    pub fn requests_of(&mut self, row: &Row) -> Vec<Value> {
        let before = self.last_request();
        self.play(row);
        self.lab.requests(before)
    }

    /// The lab that it is at.
    pub const fn lab(&self) -> &Lab {
        &self.lab
    }

    /// A file of this client alone.
    pub fn file(&self, name: &str) -> std::path::PathBuf {
        self.files.path().join(name)
    }

    /// What the library is made with for a row.
    pub fn application_of(&self, row: &Row) -> Value {
        let mut asked = self.application(row);
        for (name, value) in row.with {
            asked[*name] = match *name {
                "scopes" => json!([value]),
                _ => json!(value),
            };
        }
        asked
    }

    fn make(&mut self, row: &Row) {
        let mut asked = self.application_of(row);
        asked["library"] = self.library.name().into();
        asked["flow"] = row.flow.into();
        self.peer.ask(&json!({ "make": asked }));
        loop {
            let said = self.peer.hear();
            if said["made"] == true {
                return;
            }
            self.serve(row, &said, true);
        }
    }

    /// Makes the call; what was asked of the lab, and what came of it.
    fn call(&mut self, row: &Row, first: bool) -> (Exchange, Value) {
        let shown_in_call = matches!(row.flow, "device-code" | "interactive");
        if first && !shown_in_call {
            self.stand_in_the_way(row);
        }
        // A library that asked for metadata when it was made, and failed, has done its asking.
        if !(first && row.with.iter().any(|(name, _)| *name == "tenant")) {
            self.mark = self.last_request();
        }
        self.peer.ask(&json!({ "call": true }));
        let mut told = loop {
            let said = self.peer.hear();
            if said.get("outcome").is_some() {
                break said;
            }
            self.serve(row, &said, first);
        };
        let exchange = Exchange::of(self.lab.requests(self.mark), self.sent_back.clone());
        let (requests, gaps) = exchange.counted();
        told["requests"] = requests.into();
        told["gaps"] = json!(gaps);
        told["recovered"] = exchange.recovered().into();
        (exchange, told)
    }

    pub fn stand_in_the_way(&self, row: &Row) {
        row.change.iter().for_each(|words| self.lab.change(words));
    }

    pub fn last_request(&self) -> u64 {
        let log = self.lab.requests(self.mark);
        log.last()
            .map_or(self.mark, |record| record["id"].as_u64().expect("a number"))
    }

    /// Does what a person would who is shown this.
    fn serve(&mut self, row: &Row, said: &Value, first: bool) {
        let text = |name: &str| {
            said[name]
                .as_str()
                .unwrap_or_else(|| panic!("{row:?}: {said}"))
                .to_owned()
        };
        let mut visitor = self.lab.visitor();
        let person = match row.act {
            Act::Declines => Person::ada(&self.lab).declining(),
            Act::Agrees | Act::AgreesLate | Act::StaysAway => Person::ada(&self.lab),
        };
        if said.get("code").is_some() {
            let now = first && row.act != Act::StaysAway && row.act != Act::AgreesLate;
            if now || row.flow == "silent" {
                person.approve_device(&mut visitor, &text("address"), &text("code"));
            }
            if first && row.flow == "device-code" {
                self.stand_in_the_way(row);
                self.mark = self.last_request();
            }
            self.peer.ask(&json!({}));
            if row.act == Act::AgreesLate {
                self.wait_for_a_poll(self.mark);
                person.approve_device(&mut visitor, &text("address"), &text("code"));
            }
            return;
        }
        if row.flow == "interactive" {
            self.stand_in_the_way(row);
        }
        let page = person.sign_in(&mut visitor, &text("open"));
        let back = if page.heading().starts_with("Back to ") {
            let told = page.form_as_address();
            visitor.submit(&page, &[]);
            told
        } else {
            page.url.to_string()
        };
        let parameters: Vec<_> = url::Url::parse(&back)
            .expect("an address")
            .query_pairs()
            .into_owned()
            .collect();
        if parameters.iter().any(|(name, _)| name == "error") {
            self.sent_back = Some(back.clone());
        }
        let returned =
            page.words().contains("back at the program") || back.starts_with("http://localhost");
        assert!(returned, "{row:?}: {}", page.words());
        if row.flow == "code" {
            let answer: serde_json::Map<String, Value> =
                parameters.into_iter().map(|(n, v)| (n, v.into())).collect();
            self.peer.ask(&answer.into());
        }
    }

    /// Until the program has asked for the token of a device code, after the request of this number.
    pub fn wait_for_a_poll(&self, since: u64) {
        let end = std::time::Instant::now() + crate::harness::PATIENCE;
        while !self
            .lab
            .requests(since)
            .iter()
            .any(|record| record["endpoint"] == "token")
        {
            assert!(std::time::Instant::now() < end, "the program does not poll");
            std::thread::yield_now();
        }
    }
}

impl Client {
    /// What the library is made with for a flow.
    fn application(&self, row: &Row) -> Value {
        let (name, password) = self.lab.ada();
        let graph = json!([format!("{GRAPH}/.default")]);
        let desktop = json!({ "client": self.lab.client_id("desktop"), "scopes": ["User.Read"] });
        let with = |mut base: Value, more: Value| {
            let members = more.as_object().cloned().unwrap_or_default();
            base.as_object_mut().expect("an object").extend(members);
            base
        };
        let daemon = |credential: Value| json!({ "client": self.lab.client_id("daemon"), "scopes": graph, "credential": credential });
        match row.flow {
            "client-credentials" => {
                let right = self.lab.daemon_secret();
                daemon(self.secret(if row.proof == Proof::Right {
                    right
                } else {
                    "not-the-secret"
                }))
            }
            "certificate" => daemon(self.certificate(row.proof)),
            "assertion" | "workload-identity" => {
                let assertion = self.lab.assertion(SUBJECT);
                let file = self.files.path().join("token");
                std::fs::write(&file, &assertion).expect("the folder can be written");
                with(daemon(self.assertion(&assertion)), json!({ "file": file }))
            }
            "on-behalf-of" => json!({
                "client": self.lab.client_id("api"), "scopes": ["User.Read"], "credential": self.secret(SECRET),
                "assertion": self.ada_calls_with(match row.proof {
                    Proof::Right => "api://contoso-api/access_as_user",
                    Proof::Wrong => "User.Read",
                }),
            }),
            "user-fic" => json!({
                "client": self.lab.client_id("daemon"), "scopes": ["User.Read"],
                "credential": self.secret(self.lab.daemon_secret()),
                "assertion": self.lab.assertion(SUBJECT), "username": name,
            }),
            "code" => self.web_application(),
            "managed-identity" => {
                json!({ "resource": GRAPH, "environment": self.environment(row.machine) })
            }
            "password" => with(
                with(desktop, json!({ "username": name, "password": password })),
                if self.library == Library::MsalNode {
                    json!({})
                } else {
                    json!({ "proxy": self.proxy.address })
                },
            ),
            "silent" | "silent-with-error" | "refresh-token" => {
                with(desktop, json!({ "refresh_token": self.refresh_token() }))
            }
            _ => desktop,
        }
    }

    /// What a program on such a machine finds in its environment.
    fn environment(&self, machine: &str) -> Value {
        let fabric = machine == "service-fabric";
        let base = if fabric {
            self.lab.origin()
        } else {
            self.lab.http_origin()
        };
        let told = self.lab.visitor().open(&format!("{base}/machine"));
        let told: Value = serde_json::from_str(&told.body).expect("the environment is JSON");
        let mut found = told[machine].clone();
        assert!(found.is_object(), "no {machine} in {told}");
        if fabric {
            // Empty: the program looks at the certificate itself, as the machine's set-up would. MSAL Node wants one
            // and does not compare it.
            let told = match self.library {
                Library::MsalNode => "0000000000000000000000000000000000000000",
                Library::MsalPython | Library::AzureIdentity => "",
            };
            found["IDENTITY_SERVER_THUMBPRINT"] = told.into();
        }
        found
    }

    fn web_application(&self) -> Value {
        let mut address =
            url::Url::parse(&format!("{}/oauth2/v2.0/authorize", self.lab.authority()))
                .expect("an address");
        let redirect = self.proxy.address.replace("127.0.0.1", "localhost");
        let client = self.lab.client_id("web");
        for (name, value) in [
            ("client_id", client),
            ("response_type", "code"),
            ("redirect_uri", &redirect),
            ("scope", "User.Read offline_access"),
            ("state", "s"),
        ] {
            address.query_pairs_mut().append_pair(name, value);
        }
        json!({
            "client": client, "scopes": ["User.Read"], "credential": self.secret(SECRET),
            "redirect_uri": redirect, "address": address.as_str(),
        })
    }

    fn secret(&self, secret: &str) -> Value {
        match self.library {
            Library::MsalNode => json!({ "clientSecret": secret }),
            Library::MsalPython | Library::AzureIdentity => json!(secret),
        }
    }

    fn certificate(&self, proof: Proof) -> Value {
        let pair = match proof {
            Proof::Right => &self.known,
            Proof::Wrong => &self.stranger,
        };
        match self.library {
            Library::MsalPython => pair.for_python("PS256"),
            Library::AzureIdentity => json!(format!("{}{}", pair.certificate, pair.key)),
            Library::MsalNode => pair.for_node("PS256"),
        }
    }

    fn assertion(&self, assertion: &str) -> Value {
        match self.library {
            Library::MsalPython => json!({ "client_assertion": assertion }),
            Library::AzureIdentity => json!(assertion),
            Library::MsalNode => json!({ "clientAssertion": assertion }),
        }
    }

    /// What Ada's own program gets with her password.
    fn tokens(&self, scope: &str) -> Value {
        let (name, password) = self.lab.ada();
        let form = [
            ("grant_type", "password"),
            ("client_id", self.lab.client_id("desktop")),
            ("username", name),
            ("password", password),
            ("scope", scope),
            ("client_info", "1"),
        ];
        let at = format!("{}/oauth2/v2.0/token", self.lab.authority());
        let answer = self.lab.visitor().post(&at, &form);
        serde_json::from_str(&answer.body).unwrap_or_else(|e| panic!("{e}: {}", answer.body))
    }

    fn refresh_token(&self) -> Value {
        self.tokens("openid profile offline_access User.Read")["refresh_token"].clone()
    }

    fn ada_calls_with(&self, scope: &str) -> Value {
        self.tokens(scope)["access_token"].clone()
    }
}

/// The built-in world, where the daemon has this certificate, and the API and the web application a secret.
fn world(certificate: &str) -> String {
    let built_in = std::fs::read_to_string(kit::below_root("assets/lab/world.toml"));
    let secret = |kind: &str| format!("kind = \"{kind}\"\nsecret = \"{SECRET}\"\n");
    let daemon = format!("kind = \"daemon\"\ncertificates = [{{ pem = '''{certificate}''' }}]");
    built_in
        .expect("the world file can be read")
        .replacen("kind = \"daemon\"", &daemon, 1)
        .replacen("kind = \"web\"", &(secret("web") + "#"), 1)
        .replacen("kind = \"api\"\n", &secret("api"), 1)
}
