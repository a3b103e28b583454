//! The same acquisition by MSAL Python and by the explorer: the same form fields go out, but for those that are listed
//! here with the reason, and the same answer comes back.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::client::{Client, Library};
use super::exchange::Exchange;
use super::row::{Act, Row};
use super::rows;
use crate::harness::acquire::{Acquire, Acquired, Acquiring};
use crate::harness::lab::Person;

/// The flows of MSAL Python that the explorer has too, and what it calls them.
const FLOWS: [(&str, &str); 11] = [
    ("client-credentials", "client-credentials"),
    ("certificate", "client-credentials"),
    ("assertion", "client-credentials"),
    ("silent", "silent"),
    ("refresh-token", "refresh-token"),
    ("interactive", "interactive"),
    ("code", "interactive"),
    ("device-code", "device-code"),
    ("password", "password"),
    ("on-behalf-of", "on-behalf-of"),
    ("user-fic", "user-fic"),
];

/// A field that only one side sends, or with another value.
struct Justified {
    flows: &'static [&'static str],
    endpoint: &'static str,
    field: &'static str,
}

/// Every field that differs. That each of them still does is tested as well.
const JUSTIFIED: [Justified; 4] = [
    // It asks for the account that a person signed in with; here there is none.
    Justified {
        flows: &["client-credentials", "certificate", "assertion"],
        endpoint: "token",
        field: "client_info",
    },
    // The library wants the code kept out of the browser's history and has the page post it to its listener. The
    // explorer shows the person the address that came back, as every other library has it; the code in it is good once,
    // and with this run's verifier alone.
    Justified {
        flows: &["interactive"],
        endpoint: "authorize",
        field: "response_mode",
    },
    // The same value that is meant where none is sent (OAuth 2.0 Multiple Response Type Encoding Practices, 2.1), said.
    Justified {
        flows: &["code"],
        endpoint: "authorize",
        field: "response_mode",
    },
    // A draft of RFC 8628 called the device code so; the library still sends both names.
    Justified {
        flows: &["device-code"],
        endpoint: "token",
        field: "code",
    },
];

impl Justified {
    fn covers(&self, difference: &Difference) -> bool {
        self.flows.contains(&difference.flow)
            && self.endpoint == difference.endpoint
            && self.field == difference.field
    }
}

/// Name and value of what was asked of an endpoint; values that the lab keeps back are marked as such.
type Fields = BTreeMap<String, String>;

/// What one side asked, by endpoint.
type Asked = BTreeMap<String, Fields>;

/// The fields of the last request at each endpoint where something was asked for.
fn asked(log: &[Value]) -> Asked {
    let mut found = Asked::new();
    for record in log {
        let endpoint = record["endpoint"].as_str().unwrap_or_default();
        let fields = fields(record);
        let begins = match endpoint {
            "authorize" => fields.contains_key("response_type"),
            "token" | "device-code" => true,
            _ => false,
        };
        if begins {
            found.insert(endpoint.to_owned(), fields);
        }
    }
    found
}

fn fields(record: &Value) -> Fields {
    let pairs = record["asked"].as_array().into_iter().flatten();
    pairs
        .filter_map(|pair| {
            let (name, value) = (pair[0].as_str()?, pair[1].as_str()?);
            Some((name.to_owned(), comparable(name, value)))
        })
        .collect()
}

/// Ports are each side's own, and the order of scopes means nothing (RFC 6749 section 3.3).
fn comparable(name: &str, value: &str) -> String {
    match name {
        "redirect_uri" => match url::Url::parse(value) {
            Ok(mut address) => {
                let _ = address.set_port(None);
                address.into()
            }
            Err(_) => value.to_owned(),
        },
        "scope" => {
            let mut words: Vec<_> = value.split(' ').collect();
            words.sort_unstable();
            words.join(" ")
        }
        _ => value.to_owned(),
    }
}

/// One field that is not the same on both sides.
#[derive(Debug)]
struct Difference {
    flow: &'static str,
    endpoint: String,
    field: String,
    sent: [Option<String>; 2],
}

fn differences(flow: &'static str, theirs: &Asked, ours: &Asked) -> Vec<Difference> {
    let keys = |asked: &Asked| -> BTreeSet<(String, String)> {
        let fields = asked.iter().flat_map(|(endpoint, fields)| {
            let names = fields.keys();
            names.map(move |name| (endpoint.clone(), name.clone()))
        });
        fields.collect()
    };
    let sent =
        |asked: &Asked, endpoint: &str, field: &str| asked.get(endpoint)?.get(field).cloned();
    let all = &keys(theirs) | &keys(ours);
    let each = all.into_iter().map(|(endpoint, field)| Difference {
        flow,
        sent: [theirs, ours].map(|asked| sent(asked, &endpoint, &field)),
        endpoint,
        field,
    });
    each.filter(|found| found.sent[0] != found.sent[1])
        .collect()
}

impl Client {
    /// The same row played by the explorer.
    fn explore(&mut self, row: &Row) -> (Vec<Value>, Acquired) {
        self.lab().change("reset");
        let application = self.application_of(row);
        let flow = FLOWS.iter().find(|(theirs, _)| *theirs == row.flow);
        let (_, flow) = flow.unwrap_or_else(|| panic!("no flow for {row:?}"));
        let cache = self.file("cache.json");
        let cached = cache.display().to_string();
        if *flow == "silent" {
            let mut before = application.clone();
            before["scopes"] = json!(["User.Read"]);
            let first = self.acquire(&before, "refresh-token");
            let first = first.with(&["--cache-file", &cached]).run();
            first.assert_granted();
        }
        if !matches!(row.flow, "device-code" | "interactive") {
            self.stand_in_the_way(row);
        }
        let mark = self.last_request();
        let mut acquire = self.acquire(&application, flow);
        if *flow == "silent" {
            acquire = acquire.with(&["--cache-file", &cached, "--force-refresh"]);
        }
        let mut acquiring = acquire.start();
        self.attend(row, mark, &mut acquiring);
        let acquired = acquiring.finish();
        (self.lab().requests(mark), acquired)
    }

    /// The call of the explorer that an application of the library stands for.
    fn acquire(&self, application: &Value, flow: &str) -> Acquire {
        let text = |name: &str| application[name].as_str();
        let tenant = text("tenant").unwrap_or(self.lab().text("tenant"));
        let authority = format!("{}/{tenant}", self.lab().origin());
        let client = text("client").expect("a client");
        let mut acquire = Acquire::new(&authority, client, flow).trusting(Some(&self.lab().ca()));
        for scope in application["scopes"].as_array().into_iter().flatten() {
            acquire = acquire.with(&["--scope", scope.as_str().expect("a scope")]);
        }
        let credential = &application["credential"];
        if let Some(secret) = credential.as_str() {
            acquire = acquire.secret("--client-secret-env", secret);
        }
        if let Some(assertion) = credential["client_assertion"].as_str() {
            acquire = acquire.secret("--client-assertion-env", assertion);
        }
        if let Some(key) = credential["private_key"].as_str() {
            let key_file = self.file("key.pem");
            std::fs::write(&key_file, key).expect("the folder can be written");
            acquire = acquire.with(&["--client-key", &key_file.display().to_string()]);
            let certificate = self.file("certificate.pem");
            let pem = credential["public_certificate"].as_str();
            std::fs::write(&certificate, pem.unwrap_or_default()).expect("it can be written");
            let certificate = certificate.display().to_string();
            acquire = acquire.with(&["--client-certificate", &certificate]);
        }
        let secrets = [
            (
                "assertion",
                match flow {
                    "user-fic" => "--assertion-env",
                    _ => "--incoming-token-env",
                },
            ),
            ("password", "--password-env"),
            ("refresh_token", "--refresh-token-env"),
        ];
        for (name, option) in secrets {
            if let Some(secret) = text(name)
                && (name != "refresh_token" || flow == "refresh-token")
            {
                acquire = acquire.secret(option, secret);
            }
        }
        if flow == "password" {
            acquire = acquire.with(&["--yes", "--username", text("username").expect("a name")]);
        }
        if flow == "user-fic" {
            let by_id = text("user_object_id").map(|id| ["--user-id", id]);
            let by_name = || ["--username", text("username").expect("a name")];
            acquire = acquire.with(&by_id.unwrap_or_else(by_name));
        }
        if text("redirect_uri").is_some() {
            acquire = acquire.with(&["--redirect-uri", "http://localhost"]);
        }
        acquire
    }

    /// Does at the lab's pages what the row says.
    fn attend(&self, row: &Row, mark: u64, acquiring: &mut Acquiring) {
        let person = match row.act {
            Act::Declines => Person::ada(self.lab()).declining(),
            Act::Agrees | Act::AgreesLate | Act::StaysAway => Person::ada(self.lab()),
        };
        let mut visitor = self.lab().visitor();
        match row.flow {
            "device-code" => {
                let (page, code) = acquiring.wait_for("code to type", page_and_code);
                if row.act == Act::AgreesLate {
                    self.wait_for_a_poll(mark);
                }
                if row.act != Act::StaysAway {
                    person.approve_device(&mut visitor, &page, &code);
                }
                self.stand_in_the_way(row);
            }
            "interactive" | "code" => {
                let page = acquiring.address(&self.lab().origin());
                if row.flow == "interactive" {
                    self.stand_in_the_way(row);
                }
                let last = person.sign_in(&mut visitor, &page);
                if last.heading().starts_with("Back to ") {
                    visitor.submit(&last, &[]);
                }
            }
            _ => {}
        }
    }
}

/// The page and the code of `Open PAGE and enter CODE`.
fn page_and_code(line: &str) -> Option<(String, String)> {
    let (page, code) = line.strip_prefix("Open ")?.split_once(" and enter ")?;
    Some((page.to_owned(), code.to_owned()))
}

/// For each flow the rows that are granted.
fn granted() -> Vec<Row> {
    let rows = rows::all();
    let of = |flow: &str| {
        let fits =
            |row: &&Row| row.flow == flow && row.code.is_empty() && row.is_for(Library::MsalPython);
        let found: Vec<Row> = rows.iter().filter(fits).cloned().collect();
        assert!(!found.is_empty(), "{flow} is never granted");
        found
    };
    FLOWS.iter().flat_map(|(flow, _)| of(flow)).collect()
}

#[test]
fn the_explorer_sends_the_form_fields_that_msal_python_sends() {
    let mut client = Client::start(Library::MsalPython);
    let mut found = Vec::new();
    for row in granted() {
        let theirs = client.requests_of(&row);
        let (ours, acquired) = client.explore(&row);
        acquired.assert_granted();
        let (theirs, ours) = (asked(&theirs), asked(&ours));
        assert!(theirs.contains_key("token"), "{}: {theirs:?}", row.flow);
        found.extend(differences(row.flow, &theirs, &ours));
    }
    for listed in &JUSTIFIED {
        for flow in listed.flows {
            let there = found.iter().any(|d| d.flow == *flow && listed.covers(d));
            assert!(there, "{flow}: {} is no longer different", listed.field);
        }
    }
    found.retain(|difference| !JUSTIFIED.iter().any(|listed| listed.covers(difference)));
    assert!(found.is_empty(), "{found:#?}");
}

/// Rows that need something to happen between the redirect and the redemption of its code: the library has a call for
/// each, the explorer goes on at once. Two that the explorer does not send: it looks at the token first. And two that end
/// the library's wait for a person; the explorer asks again until the code is over (RFC 8628 section 3.5).
const NOT_BESIDE: [(&str, &str); 6] = [
    ("code", "code too old"),
    ("code", "blocked meanwhile"),
    ("on-behalf-of", "no token"),
    ("on-behalf-of", "token for another API"),
    ("device-code", "throttled"),
    ("device-code", "outage"),
];

/// What the library is answered in these rows is asserted where it is compared with its prediction.
#[test]
fn the_explorer_gets_the_refusals_that_msal_python_gets() {
    let mut client = Client::start(Library::MsalPython);
    let mut found = Vec::new();
    let mut rows = rows::all();
    rows.retain(|row| row.is_for(Library::MsalPython) && !row.code.is_empty());
    rows.retain(|row| FLOWS.iter().any(|(flow, _)| row.flow == *flow));
    rows.retain(|row| !NOT_BESIDE.contains(&(row.flow, row.name)));
    assert!(rows.len() > 60, "{}", rows.len());
    for row in rows {
        let (log, acquired) = client.explore(&row);
        let outcome = &acquired.said["outcome"];
        let went_on = row.act == Act::AgreesLate;
        let ended = if went_on {
            *outcome == "granted"
        } else {
            *outcome == "refused" || *outcome == "unreachable"
        };
        if !(ended && (answered(&log, &acquired, row.code))) {
            found.push(format!("{} · {}: {acquired:?}", row.flow, row.name));
        }
    }
    assert!(found.is_empty(), "{}: {}", found.len(), found.join("\n"));
}

/// Whether a run was told this code, or error; or was left with this at the wire.
fn answered(log: &[Value], acquired: &Acquired, code: &str) -> bool {
    let diagnosis = &acquired.said["diagnosis"];
    let codes = diagnosis["codes"].as_array().into_iter().flatten();
    let mut codes = codes.filter_map(|told| told["code"].as_str().or(told.as_str()));
    let at_the_wire = Exchange::of(log.to_vec(), None).code();
    codes.any(|told| told == code) || diagnosis["error"] == code || at_the_wire == code
}
