//! A library: its table, what it remembers, and how a prediction is made of them.

use super::case::{Case, RetryAfter};
use super::rule::{
    Basis, Brake, Branch, Claims, Kind, Outcome, Refresh, Rule, Span, Waits, gives_nothing,
};
use crate::model::{Place, Prediction};
use crate::strings::predict as say;

/// What happens on a page or in a log is told to no program.
const PAGE: &[Branch] = &[gives_nothing("", say::ON_A_PAGE, say::ON_A_PAGE_WHY)
    .loses_claims()
    .known_by(Basis::Source)
    .read_in("")];

/// A library and its table.
pub(super) struct Library {
    pub name: &'static str,
    pub version: &'static str,
    pub basis: Basis,
    pub options: &'static str,
    /// Where its source was read, unless a row names another file.
    pub source: Source,
    /// What an API's answer comes to.
    pub resource: &'static [Branch],
    /// First match wins; the last row takes everything.
    pub rules: &'static [&'static [Rule]],
    /// Its memory of refusals, where it has one for this case.
    pub brake: fn(&Case<'_>) -> Option<Brake>,
}

/// Where a library's source was read.
#[derive(Clone, Copy)]
pub(super) struct Source {
    pub commit: &'static str,
    pub file: &'static str,
}

impl Library {
    /// The row that is about this case; none where the library gets to see nothing.
    pub fn row(&self, case: &Case<'_>) -> Option<&'static Rule> {
        self.rules
            .iter()
            .flat_map(|table| table.iter())
            .find(|rule| (rule.applies)(case))
    }

    fn branches(&self, case: &Case<'_>) -> &'static [Branch] {
        match case.place {
            Place::Page | Place::DevicePage | Place::SignInLog | Place::AgentLog => PAGE,
            Place::Resource => self.resource,
            Place::Token | Place::Authorize | Place::Discovery | Place::ManagedIdentity => {
                self.row(case).map(|rule| rule.branches).unwrap_or_default()
            }
        }
    }

    /// What the library does: in this call, then in the same call again where it is answered from memory.
    pub fn predict(&self, case: &Case<'_>) -> Vec<Prediction> {
        let branches = self.branches(case);
        let brake = (self.brake)(case);
        let first = branches
            .iter()
            .map(|branch| self.prediction(branch, case, brake));
        // Where the call is not known, the one reminder that a refusal may be remembered is enough.
        let told = if knows_call(case) { usize::MAX } else { 1 };
        let again = brake.into_iter().flat_map(|brake| {
            branches
                .iter()
                .filter(|branch| !matches!(branch.outcome, Outcome::Token) && !branch.forgotten)
                .take(told)
                .map(move |branch| self.replayed(branch, case, brake))
        });
        first.chain(again).collect()
    }

    fn replayed(&self, branch: &Branch, case: &Case<'_>, brake: Brake) -> Prediction {
        let again = Branch {
            when: "",
            kind: brake.kind.map_or(branch.kind, Kind::Is),
            requests: 0,
            waits: Waits::Never,
            claims: match (branch.claims, brake.claims) {
                (Claims::Kept, Claims::Kept) => Claims::Kept,
                (Claims::Lost, _) | (_, Claims::Lost) => Claims::Lost,
            },
            file: brake.file.or(branch.file),
            look_at: brake.look_at,
            why: brake.why,
            ..*branch
        };
        let when = if knows_call(case) { branch.when } else { "" };
        let conditions = [when, brake.when].map(|when| filled(when, case, Some(brake)));
        let conditions: Vec<String> = conditions.into_iter().filter(|c| !c.is_empty()).collect();
        Prediction {
            outcome: "replayed".into(),
            when: Some(conditions.join(say::AND)),
            ..self.prediction(&again, case, Some(brake))
        }
    }

    fn prediction(&self, branch: &Branch, case: &Case<'_>, brake: Option<Brake>) -> Prediction {
        let fill = |text: &str| filled(text, case, brake);
        let basis = branch.basis.unwrap_or(self.basis);
        Prediction {
            library: self.name.into(),
            version: self.version.into(),
            your_version: None,
            basis: match basis {
                Basis::Measured => "measured",
                Basis::Source => "source",
            }
            .into(),
            source: matches!(basis, Basis::Source)
                .then(|| branch.file.unwrap_or(self.source.file))
                .filter(|file| !file.is_empty())
                .map(|file| say::source(file, self.source.commit)),
            outcome: match branch.outcome {
                Outcome::Token => "token",
                Outcome::Returned => "returned",
                Outcome::Raised => "raised",
                Outcome::None => "none",
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

/// Whether it is known which call was made: at a machine's endpoint there is one only.
fn knows_call(case: &Case<'_>) -> bool {
    case.flow.is_some() || case.place == Place::ManagedIdentity
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
fn filled(text: &str, case: &Case<'_>, brake: Option<Brake>) -> String {
    if !text.contains('‹') {
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
    let block = brake.map_or_else(
        || say::NO_BLOCK.to_owned(),
        |brake| match brake.span {
            Span::Seconds(seconds) => say::seconds(seconds),
            Span::ByClient(public, confidential) => say::seconds_by_client(public, confidential),
        },
    );
    let holes = [
        ("‹status›", status.as_str()),
        ("‹suberror›", case.suberror.unwrap_or_default()),
        ("‹number›", number),
        ("‹block›", &block),
    ];
    holes.iter().fold(text.to_owned(), |text, (hole, value)| {
        text.replace(hole, value)
    })
}
