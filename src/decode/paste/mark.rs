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
    /// An id or a time of the server's own sentence, behind its code.
    Own,
    /// An id or a time of what stands around: a header, the prefix of a log, another line.
    Around,
}

impl Form {
    /// How near to the server's own words it stands; of several ids of one error the nearest counts.
    pub const fn rank(self) -> u8 {
        match self {
            Self::Own => 4,
            Self::Member => 3,
            Self::Prose => 2,
            Self::Weak => 1,
            Self::Around => 0,
        }
    }
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

    /// Something new begins at `at`.
    pub const fn boundary(at: usize) -> Self {
        Self {
            sort: Sort::Object,
            form: Form::Prose,
            value: String::new(),
            at: at..at,
        }
    }

    /// Whether it tells of the circumstances alone.
    pub const fn is_circumstance(&self) -> bool {
        match self.sort {
            Sort::Fact(kind) => kind.is_circumstance(),
            Sort::Object => false,
        }
    }

    /// Whether it tells an id or a time of an error.
    pub const fn is_id(&self) -> bool {
        matches!(
            self.sort,
            Sort::Fact(
                FactKind::TraceId
                    | FactKind::CorrelationId
                    | FactKind::Timestamp
                    | FactKind::WrittenTime
            )
        )
    }

    /// Whether it is a fact of this kind.
    pub fn is(&self, kind: FactKind) -> bool {
        self.sort == Sort::Fact(kind)
    }
}
