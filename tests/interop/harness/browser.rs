//! Headless Chromium, told what to do as a person would: see `npm/browser.mjs`.

use serde_json::{Value, json};

use super::kit;
use super::program::{Output, Program};

/// A browser with one page.
pub struct Browser {
    program: Program,
}

/// What the person sees.
#[derive(Debug)]
pub struct Seen {
    pub address: String,
    pub text: String,
}

impl Browser {
    pub fn start() -> Self {
        Self {
            program: Program::start(&mut kit::node("browser.mjs")),
        }
    }

    pub fn open(&mut self, address: &str) -> Seen {
        self.told(&json!({ "do": "open", "address": address }))
    }

    /// Types into the field with this label.
    pub fn fill(&mut self, label: &str, value: &str) -> Seen {
        self.told(&json!({ "do": "fill", "label": label, "value": value }))
    }

    /// Presses the button with these words and waits for the page that follows.
    pub fn press(&mut self, button: &str) -> Seen {
        self.told(&json!({ "do": "press", "button": button }))
    }

    /// Presses keys and types text (`=text`), wherever the focus is.
    pub fn keys(&mut self, keys: &[&str]) -> Seen {
        self.told(&json!({ "do": "keys", "keys": keys }))
    }

    /// Waits until the page shows these words.
    pub fn wait_for(&mut self, text: &str) -> Seen {
        self.told(&json!({ "do": "wait", "text": text }))
    }

    /// Waits for these words, and holds the page to what `npm/judge.mjs` asks of every page, small and wide, in
    /// light and in dark.
    pub fn judge(&mut self, text: &str) -> Seen {
        let seen = self.wait_for(text);
        let answer = self.answered(&json!({ "do": "judge" }));
        let faults: Vec<&str> = answer["faults"]
            .as_array()
            .unwrap_or_else(|| panic!("{answer}"))
            .iter()
            .filter_map(Value::as_str)
            .collect();
        assert!(
            faults.is_empty(),
            "the page with '{text}' is not for everybody:\n{}",
            faults.join("\n")
        );
        seen
    }

    fn told(&mut self, what: &Value) -> Seen {
        let answer = self.answered(what);
        let text = |member: &str| {
            answer[member]
                .as_str()
                .unwrap_or_else(|| panic!("{what}: {answer}"))
                .to_owned()
        };
        Seen {
            address: text("address"),
            text: text("text"),
        }
    }

    fn answered(&mut self, what: &Value) -> Value {
        self.program.say(&what.to_string());
        self.program
            .wait_for("answer of the browser", |output, line| {
                (output == Output::Stdout)
                    .then(|| serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}")))
            })
    }
}
