//! One thing found in a text, before it is known to which error it belongs.

use std::ops::Range;

use crate::model::FactKind;

/// How it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Form {
    /// In running text: `AADSTS50076: …`, `Trace ID: …`.
    Prose,
    /// As a member with the protocol's own name: `"trace_id":"…"`, `error_codes=…`.
    Member,
    /// A member that counts only beside a code or a description.
    Weak,
}

/// What a mark is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Sort {
    /// A fact.
    Fact(FactKind),
    /// An object begins here.
    Object,
}

/// One thing found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    pub sort: Sort,
    pub form: Form,
    pub value: String,
    /// Where it stands in the text.
    pub at: Range<usize>,
}

impl Mark {
    /// A fact.
    pub fn fact(kind: FactKind, form: Form, value: impl Into<String>, at: Range<usize>) -> Self {
        Self {
            sort: Sort::Fact(kind),
            form,
            value: value.into(),
            at,
        }
    }

    /// Whether it tells of the circumstances alone.
    pub const fn is_circumstance(&self) -> bool {
        match self.sort {
            Sort::Fact(kind) => kind.is_circumstance(),
            Sort::Object => false,
        }
    }

    /// Whether it is a fact of this kind.
    pub fn is(&self, kind: FactKind) -> bool {
        self.sort == Sort::Fact(kind)
    }
}
