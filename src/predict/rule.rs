//! The form in which a library's behaviour is written down.

use super::case::Case;
use crate::strings::predict as say;

/// How the statement is known.
#[derive(Clone, Copy)]
pub(super) enum Basis {
    /// The library was run.
    Measured,
    /// Its source was read.
    Source,
}

/// What a call comes to.
#[derive(Clone, Copy)]
pub(super) enum Outcome {
    /// A token comes in the end.
    Token,
    /// The call returns something that is no token.
    Returned,
    /// The call raises.
    Raised,
    /// The call gives nothing, or the program is not told.
    None,
}

/// What a program gets to see.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    /// This class or value.
    Is(&'static str),
    /// The server's `error` value.
    ServerError,
}

/// How long the library waits within the call.
#[derive(Clone, Copy)]
pub(super) enum Waits {
    /// Not at all.
    Never,
    /// This many seconds in all.
    Seconds(u32),
    /// So many times what `Retry-After` says, or these seconds in all without one. Dates are understood.
    Times(u32, u32),
}

/// What becomes of a claims challenge.
#[derive(Clone, Copy)]
pub(super) enum Claims {
    /// The program can get at it.
    Kept,
    /// It cannot.
    Lost,
}

/// What becomes of the refresh token, where one is involved.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Refresh {
    /// Stays in the cache.
    Stays,
    /// Is deleted.
    Goes,
}

/// One thing that can come of a case.
#[derive(Clone, Copy)]
pub(super) struct Branch {
    /// The condition, if there is one; holes as `‹status›`.
    pub when: &'static str,
    pub outcome: Outcome,
    pub kind: Kind,
    pub prompts: bool,
    pub requests: u32,
    pub waits: Waits,
    pub claims: Claims,
    pub refresh: Refresh,
    /// Whether the library keeps no memory of it, though it does of the others.
    pub forgotten: bool,
    /// Where it differs from the library's.
    pub basis: Option<Basis>,
    /// The file of the library's source that says so, where it is not the usual one.
    pub file: Option<&'static str>,
    /// What the program should look at; holes as `‹status›`.
    pub look_at: &'static str,
    /// Why the library does so; holes as `‹status›`.
    pub why: &'static str,
}

/// The usual: one request, nothing waited for, claims and refresh token kept.
const fn branch(outcome: Outcome, kind: Kind, look_at: &'static str, why: &'static str) -> Branch {
    Branch {
        when: "",
        outcome,
        kind,
        prompts: false,
        requests: 1,
        waits: Waits::Never,
        claims: Claims::Kept,
        refresh: Refresh::Stays,
        forgotten: false,
        basis: None,
        file: None,
        look_at,
        why,
    }
}

/// The call raises this class.
pub(super) const fn raises(kind: &'static str, look_at: &'static str, why: &'static str) -> Branch {
    branch(Outcome::Raised, Kind::Is(kind), look_at, why)
}

/// The call returns the server's error.
pub(super) const fn returns_error(look_at: &'static str, why: &'static str) -> Branch {
    branch(Outcome::Returned, Kind::ServerError, look_at, why)
}

/// The call returns something else that is no token.
pub(super) const fn returns(
    kind: &'static str,
    look_at: &'static str,
    why: &'static str,
) -> Branch {
    branch(Outcome::Returned, Kind::Is(kind), look_at, why)
}

/// A token comes in the end.
pub(super) const fn succeeds(look_at: &'static str, why: &'static str) -> Branch {
    branch(Outcome::Token, Kind::Is(""), look_at, why)
}

/// The call gives nothing, or the program is not told.
pub(super) const fn gives_nothing(
    kind: &'static str,
    look_at: &'static str,
    why: &'static str,
) -> Branch {
    branch(Outcome::None, Kind::Is(kind), look_at, why)
}

/// The API's answer: no library sees it.
pub(super) const fn unseen(look_at: &'static str) -> Branch {
    gives_nothing("", look_at, say::RESOURCE_WHY)
        .sends(0)
        .known_by(Basis::Source)
        .read_in("")
}

/// For how long the same request is answered from memory.
#[derive(Clone, Copy)]
pub(super) enum Span {
    /// So many seconds.
    Seconds(u32),
    /// The one for a public client, the other for a confidential one; which it is is not known.
    ByClient(u32, u32),
}

/// A library's memory of refusals: the same request again is answered without being sent.
#[derive(Clone, Copy)]
pub(super) struct Brake {
    /// For how long.
    pub span: Span,
    /// The condition, with a hole for the span.
    pub when: &'static str,
    /// What the program then sees; `None`: the same as the first time.
    pub kind: Option<&'static str>,
    /// Whether claims can still be had from it.
    pub claims: Claims,
    /// The file of the library's source that says so, where it is not the usual one.
    pub file: Option<&'static str>,
    /// What the program should look at.
    pub look_at: &'static str,
    /// Why the library does so.
    pub why: &'static str,
}

impl Branch {
    pub const fn when(mut self, when: &'static str) -> Self {
        self.when = when;
        self
    }

    pub const fn sends(mut self, requests: u32) -> Self {
        self.requests = requests;
        self
    }

    pub const fn waits(mut self, waits: Waits) -> Self {
        self.waits = waits;
        self
    }

    pub const fn loses_claims(mut self) -> Self {
        self.claims = Claims::Lost;
        self
    }

    pub const fn forgotten(mut self) -> Self {
        self.forgotten = true;
        self
    }

    pub const fn drops_refresh_token(mut self) -> Self {
        self.refresh = Refresh::Goes;
        self
    }

    pub const fn prompts(mut self) -> Self {
        self.prompts = true;
        self
    }

    pub const fn read_in(mut self, file: &'static str) -> Self {
        self.file = Some(file);
        self
    }

    pub const fn known_by(mut self, basis: Basis) -> Self {
        self.basis = Some(basis);
        self
    }
}

/// One row of a library's table.
pub(super) struct Rule {
    /// Names the row; tests see to it that every row is reached.
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "only tests ask a row for its name")
    )]
    pub id: &'static str,
    /// Whether the row is about this case.
    pub applies: fn(&Case<'_>) -> bool,
    /// What comes of it.
    pub branches: &'static [Branch],
}

/// A row.
pub(super) const fn rule(
    id: &'static str,
    applies: fn(&Case<'_>) -> bool,
    branches: &'static [Branch],
) -> Rule {
    Rule {
        id,
        applies,
        branches,
    }
}
