//! One row: a flow, what stands in its way, and what takes that out of the way again.

use super::client::Library;
use super::exchange::Exchange;
use crate::judge::Terms;

/// What a program proves itself with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// What the world knows.
    Right,
    /// The secret or certificate of nobody; a caller's token for another API.
    Wrong,
}

/// What somebody at the lab's pages does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    Agrees,
    Declines,
    /// Signs in with a device code only after the program has asked once.
    AgreesLate,
    /// Never enters the device code.
    StaysAway,
}

/// A row of the table.
#[derive(Clone, Debug)]
pub struct Row {
    pub flow: &'static str,
    pub name: &'static str,
    /// The machine that the program runs on, for a managed identity; as `/machine` calls it.
    pub machine: &'static str,
    /// Changes of the world that stand in the way, made as late as they can be.
    pub change: &'static [&'static str],
    /// Changes that take them back.
    pub undo: &'static [&'static str],
    /// Members of what the library is made with, where they differ from the usual.
    pub with: &'static [(&'static str, &'static str)],
    pub proof: Proof,
    pub act: Act,
    /// The code of the refusal, or its error where it has none; empty: none is given.
    pub code: &'static str,
    when: &'static str,
    once: bool,
    only: &'static [Library],
}

impl Row {
    /// A flow that nothing stands in the way of.
    pub const fn granted(flow: &'static str) -> Self {
        Self {
            flow,
            name: "granted",
            machine: "",
            change: &[],
            undo: &[],
            with: &[],
            proof: Proof::Right,
            act: Act::Agrees,
            code: "",
            when: "",
            once: true,
            only: &[],
        }
    }

    /// One that is refused with this code.
    pub const fn refused(flow: &'static str, name: &'static str, code: &'static str) -> Self {
        let mut row = Self::granted(flow);
        (row.name, row.code) = (name, code);
        row
    }

    /// What stands in the way in the world, and what undoes it: then the call is made twice.
    pub const fn changed(
        mut self,
        change: &'static [&'static str],
        undo: &'static [&'static str],
    ) -> Self {
        (self.change, self.undo, self.once) = (change, undo, undo.is_empty());
        self
    }

    pub const fn with(mut self, with: &'static [(&'static str, &'static str)]) -> Self {
        self.with = with;
        self
    }

    pub const fn on(mut self, machine: &'static str) -> Self {
        self.machine = machine;
        self.when = match machine.as_bytes() {
            b"imds" => "on a virtual machine",
            b"arc" => "on an Azure Arc machine",
            b"service-fabric" => "on Service Fabric",
            _ => "on App Service",
        };
        self
    }

    pub const fn wrong(mut self) -> Self {
        self.proof = Proof::Wrong;
        self
    }

    pub const fn act(mut self, act: Act) -> Self {
        self.act = act;
        self
    }

    pub const fn once(mut self) -> Self {
        self.once = true;
        self
    }

    pub const fn when(mut self, when: &'static str) -> Self {
        self.when = when;
        self
    }

    pub const fn only(mut self, only: &'static [Library]) -> Self {
        self.only = only;
        self
    }

    pub fn is_for(&self, library: Library) -> bool {
        library.flows().contains(&self.flow)
            && (self.only.is_empty() || self.only.contains(&library))
    }

    pub fn calls(&self) -> usize {
        if self.once { 1 } else { 2 }
    }

    pub fn terms(&self, library: Library) -> Terms {
        Terms {
            when: self.when,
            once: self.once,
            // The waits of azure-identity are shortened; another test looks at them.
            default_waits: library != Library::AzureIdentity,
            ..Terms::DEFAULT
        }
    }

    /// Whether the lab said something else than this row is about.
    pub fn differs(&self, exchange: &Exchange) -> Vec<String> {
        let said = exchange.code();
        let good = said.ends_with(self.code) && (self.code.is_empty() == said.is_empty());
        if good {
            return Vec::new();
        }
        vec![format!(
            "the lab: wanted '{}', said '{said}': {exchange:?}",
            self.code
        )]
    }
}
