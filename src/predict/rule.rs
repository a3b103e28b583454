//! The form in which a library's behaviour is written down, and how a prediction is made of it.

use super::case::{Case, RetryAfter};
use crate::model::{Place, Prediction};
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
    /// An earlier answer is given again without a request.
    Replayed,
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
    /// The condition, if there is one; holes in braces.
    pub when: &'static str,
    pub outcome: Outcome,
    pub kind: Kind,
    pub prompts: bool,
    pub requests: u32,
    pub waits: Waits,
    pub claims: Claims,
    pub refresh: Refresh,
    /// Where it differs from the library's.
    pub basis: Option<Basis>,
    /// What the program should look at; holes in braces.
    pub look_at: &'static str,
    /// Why the library does so; holes in braces.
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
        basis: None,
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

/// The same request again is answered from memory.
pub(super) const fn replays(
    kind: &'static str,
    look_at: &'static str,
    why: &'static str,
) -> Branch {
    branch(Outcome::Replayed, Kind::Is(kind), look_at, why)
        .when(say::IF_AGAIN)
        .sends(0)
}

/// The API's answer: no library sees it.
pub(super) const fn unseen(look_at: &'static str) -> Branch {
    gives_nothing("", look_at, say::RESOURCE_WHY)
        .sends(0)
        .known_by(Basis::Source)
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

    pub const fn drops_refresh_token(mut self) -> Self {
        self.refresh = Refresh::Goes;
        self
    }

    pub const fn prompts(mut self) -> Self {
        self.prompts = true;
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

/// What happens on a page or in a log is told to no program.
pub(super) const PAGE: Rule = rule(
    "page",
    |case| {
        matches!(
            case.place,
            Place::Page | Place::DevicePage | Place::SignInLog | Place::AgentLog
        )
    },
    &[gives_nothing("", say::ON_A_PAGE, say::ON_A_PAGE_WHY)
        .loses_claims()
        .known_by(Basis::Source)],
);

/// A library and its table.
pub(super) struct Library {
    pub name: &'static str,
    pub version: &'static str,
    pub basis: Basis,
    pub options: &'static str,
    /// First match wins; the last row takes everything.
    pub rules: &'static [&'static [Rule]],
    /// For how long the same request is answered from memory after this case; `None`: not at all.
    pub block: fn(&Case<'_>) -> Option<u32>,
}

impl Library {
    /// The row that is about this case.
    pub fn row(&self, case: &Case<'_>) -> Option<&'static Rule> {
        self.rules
            .iter()
            .flat_map(|table| table.iter())
            .find(|rule| (rule.applies)(case))
    }

    /// What the library does.
    pub fn predict(&self, case: &Case<'_>) -> Vec<Prediction> {
        let branches = self.row(case).map(|rule| rule.branches).unwrap_or_default();
        // A branch about replays is left out where nothing is replayed.
        let fitting = branches.iter().filter(|branch| {
            !matches!(branch.outcome, Outcome::Replayed) || (self.block)(case).is_some()
        });
        fitting
            .map(|branch| self.prediction(branch, case))
            .collect()
    }

    fn prediction(&self, branch: &Branch, case: &Case<'_>) -> Prediction {
        let fill = |text: &str| filled(text, case, (self.block)(case));
        Prediction {
            library: self.name.into(),
            version: self.version.into(),
            basis: match branch.basis.unwrap_or(self.basis) {
                Basis::Measured => "measured",
                Basis::Source => "source",
            }
            .into(),
            outcome: match branch.outcome {
                Outcome::Token => "token",
                Outcome::Returned => "returned",
                Outcome::Raised => "raised",
                Outcome::None => "none",
                Outcome::Replayed => "replayed",
            }
            .into(),
            kind: match branch.kind {
                Kind::Is(kind) => fill(kind),
                Kind::ServerError if case.error_guessed => say::SOME_ERROR.into(),
                Kind::ServerError => case.error.unwrap_or_default().into(),
            },
            prompts: branch.prompts,
            requests: branch.requests,
            waits_s: waits(branch.waits, case.retry_after),
            keeps_refresh_token: case
                .involves_refresh_token()
                .then_some(branch.refresh == Refresh::Stays),
            claims: match branch.claims {
                _ if !case.claims => "none",
                Claims::Kept => "kept",
                Claims::Lost => "lost",
            }
            .into(),
            when: (!branch.when.is_empty()).then(|| fill(branch.when)),
            options: self.options.into(),
            look_at: fill(branch.look_at),
            why: fill(branch.why),
        }
    }
}

fn waits(waits: Waits, retry_after: RetryAfter) -> u32 {
    match (waits, retry_after) {
        (Waits::Never, _) => 0,
        (Waits::Seconds(seconds), _) | (Waits::Times(_, seconds), RetryAfter::Absent) => seconds,
        (Waits::Times(times, _), RetryAfter::Seconds(each)) => times.saturating_mul(each),
        (Waits::Times(times, _), RetryAfter::Date(each)) => times.saturating_mul(each.unwrap_or(0)),
    }
}

/// Fills the holes of a sentence.
fn filled(text: &str, case: &Case<'_>, block: Option<u32>) -> String {
    if !text.contains('{') {
        return text.to_owned();
    }
    let status = case
        .status
        .map(|status| status.to_string())
        .unwrap_or_default();
    let number = case
        .codes
        .first()
        .map_or("", |code| code.trim_start_matches("AADSTS"));
    let block = block.map(|seconds| seconds.to_string()).unwrap_or_default();
    let holes = [
        ("{status}", status.as_str()),
        ("{suberror}", case.suberror.unwrap_or_default()),
        ("{number}", number),
        ("{block}", &block),
    ];
    holes.iter().fold(text.to_owned(), |text, (hole, value)| {
        text.replace(hole, value)
    })
}
