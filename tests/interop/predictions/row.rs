//! One row of the table, and how it is played to a library.

use super::answers::{HTML, PAGE, grant_with, granted, text};
use crate::harness::endpoint::{Answer, Play};
use crate::judge::Terms;
use serde_json::json;

/// One reply (or a few in a row) and the calls that get it.
pub struct Row {
    pub name: String,
    /// The answers of the call that is judged.
    pub answers: Vec<Answer>,
    /// The calls in which it is served.
    flows: &'static [&'static str],
    /// The prediction that this row is about, and what of it can be compared.
    pub terms: Terms,
    /// Instead of a reply: what comes back by redirect.
    pub redirect: Option<&'static str>,
    /// Instead of a reply of the token endpoint: of the metadata.
    pub discovery: bool,
    /// The libraries it is served to; all of them where there is none.
    only: &'static [&'static str],
}

impl Row {
    pub fn new(name: &str, answers: Vec<Answer>, flows: &'static [&'static str]) -> Self {
        Self {
            name: name.to_owned(),
            answers,
            flows,
            terms: Terms::DEFAULT,
            redirect: None,
            discovery: false,
            only: &[],
        }
    }

    /// Instead of a reply, this comes back by redirect.
    pub fn redirect(mut self, query: &'static str) -> Self {
        self.redirect = Some(query);
        self.once()
    }

    /// The answer is the metadata's, not the token endpoint's.
    pub fn discovery(mut self) -> Self {
        self.discovery = true;
        self.once()
    }

    pub fn when(mut self, when: &'static str) -> Self {
        self.terms.when = when;
        self
    }

    pub fn once(mut self) -> Self {
        self.terms.once = true;
        self
    }

    pub fn only(mut self, libraries: &'static [&'static str]) -> Self {
        self.only = libraries;
        self
    }

    pub fn device(mut self, interval: u32, life: u32) -> Self {
        self.terms.device = (interval, life);
        self
    }

    pub fn calls(&self, library: &str, flow: &str) -> bool {
        self.flows.contains(&flow) && (self.only.is_empty() || self.only.contains(&library))
    }

    /// What its application is told: a sign-in first, then the row, then a token.
    pub fn play(&self, flow: &str) -> Play {
        let mut acts = vec![
            vec![grant_with("scope", json!("User.Read"))],
            self.answers.clone(),
            vec![granted()],
        ];
        if flow == "silent-prompting" {
            acts[1].push(granted());
        }
        Play {
            discovery: self.discovery.then(|| self.answers[0].clone()),
            acts,
            elsewhere: [granted(), text(200, &[HTML], PAGE)],
            device: self.terms.device,
        }
    }
}
