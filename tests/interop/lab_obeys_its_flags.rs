//! What the lab is told at its start and while it serves, met by programs with MSAL that nobody changed: they fail, it
//! is undone, they recover, and the same again with a program that is running all the while.

use serde_json::{Value, json};

use crate::harness::lab::Lab;
use crate::harness::peer::{Library, Peer};

/// One family of orders: the flag, and what is ordered with it for people and for applications.
struct Family {
    verb: &'static str,
    for_people: Order,
    for_applications: Order,
}

/// What is ordered, what undoes it, and what the program is told: the code, or the class it raises.
struct Order {
    words: &'static str,
    undo: &'static str,
    told: &'static str,
}

const fn order(words: &'static str, undo: &'static str, told: &'static str) -> Order {
    Order { words, undo, told }
}

fn refused(answer: &Value, told: &str) {
    let description = answer["error_description"].as_str().unwrap_or_default();
    let by_code = description.contains(told) && !description.is_empty();
    let by_class = answer["raised"] == told;
    assert!(
        answer["granted"] != true && (by_code || by_class),
        "{told}: {answer}"
    );
}

fn granted(answer: &Value) {
    assert_eq!(answer["granted"], true, "{answer}");
}

impl Family {
    /// The words of a change.
    fn change(&self, lab: &Lab, order: &Order) {
        let more = if self.verb == "policy" { " on" } else { "" };
        lab.change(&format!("{} {}{more}", self.verb, order.words));
    }

    /// A person's program that runs from before the first undoing to after the last.
    fn is_met_by_a_person(&self, lab: &Lab) {
        let order = &self.for_people;
        let (username, password) = lab.ada();
        let mut program = Peer::of(Library::Node, lab, lab.client_id("desktop"), None);
        let sign_in = json!({ "do": "password", "scopes": ["User.Read"], "username": username, "password": password });
        let silent = json!({ "do": "silent", "scopes": ["User.Read"] });
        refused(&program.asked(&sign_in), order.told);
        lab.change(order.undo);
        granted(&program.asked(&sign_in));
        self.change(lab, order);
        refused(&program.asked(&silent), order.told);
        lab.change(order.undo);
        granted(&program.asked(&silent));
    }

    /// Programs of an application, one after the other: the library keeps a refusal in mind for a while.
    fn is_met_by_an_application(&self, lab: &Lab) {
        let order = &self.for_applications;
        let ask = || {
            let secret = lab.daemon_secret();
            let mut program = Peer::of(Library::Python, lab, lab.client_id("daemon"), Some(secret));
            let graph = "https://graph.microsoft.com/.default";
            program.asked(&json!({ "do": "client-credentials", "scopes": [graph] }))
        };
        refused(&ask(), order.told);
        lab.change(order.undo);
        granted(&ask());
    }

    fn is_obeyed(&self) {
        let flag = format!("--{}", self.verb);
        let (people, applications) = (self.for_people.words, self.for_applications.words);
        let lab = if people == applications {
            Lab::with(&[&flag, people])
        } else {
            Lab::with(&[&flag, people, &flag, applications])
        };
        self.is_met_by_an_application(&lab);
        if people == applications {
            // Undone for both.
            self.change(&lab, &self.for_people);
        }
        self.is_met_by_a_person(&lab);
    }
}

#[test]
fn a_policy_is_met_and_gone_when_it_is_off() {
    let family = Family {
        verb: "policy",
        for_people: order("require-mfa", "policy require-mfa off", "AADSTS50076"),
        for_applications: order("block-daemons", "policy block-daemons off", "AADSTS53003"),
    };
    family.is_obeyed();
}

#[test]
fn a_setting_is_met_and_gone_when_it_is_set_back() {
    let family = Family {
        verb: "set",
        for_people: order(
            "user ada@contoso.example disabled yes",
            "set user ada@contoso.example disabled no",
            "AADSTS50057",
        ),
        for_applications: order(
            "app contoso-daemon secret-expired yes",
            "set app contoso-daemon secret-expired no",
            "AADSTS7000222",
        ),
    };
    family.is_obeyed();
}

#[test]
fn a_forced_answer_is_met_and_gone_when_it_is_forced_no_longer() {
    let family = Family {
        verb: "force",
        for_people: order(
            "50126 always for contoso-desktop at token",
            "unforce 50126",
            "AADSTS50126",
        ),
        for_applications: order(
            "7000215 always for contoso-daemon",
            "unforce 7000215",
            "AADSTS7000215",
        ),
    };
    family.is_obeyed();
}

#[test]
fn a_fault_is_met_and_gone_when_it_is_off() {
    const GATEWAY: &str = "html 502 at token on";
    let family = Family {
        verb: "fault",
        for_people: order(GATEWAY, "fault html off", "AuthError"),
        for_applications: order(GATEWAY, "fault html off", "MsalServiceError"),
    };
    family.is_obeyed();
}
