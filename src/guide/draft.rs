//! The diagnosis in the making, and its first shape: what the catalogue says, weighed by what decides.
//!
//! Claims decide before the suberror, it before the number, that before `error`, that before the family of numbers,
//! then status, then fault. Three refinements keep that order from misleading:
//!
//! - Claims say that the *next* request must carry something. They turn "signing in helps" into "helps with claims";
//!   they do not turn a block into an invitation.
//! - `bad_token` and `token_expired` judge the token that was presented and not the person: a number that is known
//!   in full says why, and is heard first.
//! - Where suberror and number agree on whether signing in helps, the number fills in the rest: it says more.

use std::time::Duration;

use super::case::Case;
use super::words;
use crate::catalog::Verdict;
use crate::model::{Actor, Class, Confidence, Login};
use crate::strings::guide as says;

/// What a verdict rests on, most deciding first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Basis {
    Claims,
    SubError,
    Code,
    Error,
    Family,
    Status,
    Fault,
    Attempts,
}

impl Basis {
    const fn word(self) -> &'static str {
        match self {
            Self::Claims => "claims",
            Self::SubError => "suberror",
            Self::Code => "code",
            Self::Error => "error",
            Self::Family => "family",
            Self::Status => "status",
            Self::Fault => "fault",
            Self::Attempts => "attempts",
        }
    }
}

/// Errors that stand for many causes: what is concluded from one of them alone is assumed.
const BUCKETS: [&str; 5] = [
    "invalid_grant",
    "invalid_request",
    "unauthorized_client",
    "access_denied",
    "server_error",
];

/// The diagnosis in the making.
pub struct Draft {
    pub(super) summary: String,
    pub(super) class: Class,
    pub(super) acts: Vec<Actor>,
    pub(super) login: Login,
    pub(super) login_words: Option<String>,
    pub(super) confidence: Confidence,
    pub(super) remedies: Vec<String>,
    pub(super) wait: Option<Duration>,
    pub(super) parameter: Option<&'static str>,
    pub(super) notes: Vec<String>,
    pub(super) contradictions: Vec<String>,
    rests_on: Vec<Basis>,
}

impl Draft {
    /// Notes that the verdict rests on this too.
    pub(super) fn rest_on(&mut self, basis: Basis) {
        if !self.rests_on.contains(&basis) {
            self.rests_on.push(basis);
            self.rests_on.sort_unstable();
        }
    }

    pub(super) fn rests_on(&self, basis: Basis) -> bool {
        self.rests_on.contains(&basis)
    }

    /// The words for what it rests on, most deciding first.
    pub(super) fn because(&self) -> Vec<String> {
        self.rests_on
            .iter()
            .map(|basis| basis.word().to_owned())
            .collect()
    }

    /// Sets what a rule decides, whatever the catalogue says.
    pub(super) fn decide(&mut self, class: Class, acts: &[Actor], login: Login) {
        self.class = class;
        self.acts = acts.to_vec();
        self.login = login;
    }

    /// Fills in what the catalogue leaves open.
    pub(super) fn suppose(
        &mut self,
        class: Class,
        acts: &[Actor],
        login: Login,
        remedies: &[&str],
    ) {
        if self.class == Class::Unknown {
            self.class = class;
        }
        if self.acts.is_empty() {
            self.acts = acts.to_vec();
        }
        if self.login == Login::Unknown {
            self.login = login;
        }
        if self.remedies.is_empty() {
            self.go(remedies);
        }
    }

    /// Sets the way out.
    pub(super) fn go(&mut self, remedies: &[&str]) {
        self.remedies = remedies.iter().map(|id| (*id).to_owned()).collect();
    }

    /// Sets the summary unless a code stands in it.
    pub(super) fn title(&mut self, case: &Case<'_>, summary: impl Into<String>) {
        if case.primary().is_none() {
            self.summary = summary.into();
        }
    }

    pub(super) fn has(&self, remedy: &str) -> bool {
        self.remedies.iter().any(|id| id == remedy)
    }

    pub(super) fn note(&mut self, note: impl Into<String>) {
        self.notes.push(note.into());
    }
}

/// Whether signing in at once is a way out.
pub(super) const fn helps(login: Login) -> bool {
    match login {
        Login::Yes | Login::Fresh | Login::WithClaims => true,
        Login::OtherAccount
        | Login::OtherFlow
        | Login::AfterFix
        | Login::AfterWait
        | Login::No
        | Login::NotApplicable
        | Login::Unknown => false,
    }
}

/// What one source of knowledge says.
pub(super) struct Opinion {
    pub(super) basis: Basis,
    pub(super) verdict: Verdict,
    title: String,
    confidence: Confidence,
}

/// What the catalogue knows about the suberror.
pub(super) fn of_suberror(case: &Case<'_>) -> Option<Opinion> {
    let entry = case.evidence.catalog.suberror(case.suberror()?)?;
    Some(Opinion {
        basis: Basis::SubError,
        verdict: entry.verdict(&case.situation()),
        title: words::title_of(&entry.title, &entry.meaning),
        confidence: entry.confidence,
    })
}

/// What the catalogue knows about the most specific code.
pub(super) fn of_code(case: &Case<'_>) -> Option<Opinion> {
    let entry = case.entry()?;
    let variant = entry.variant(case.description);
    let title = variant.map_or("", |variant| variant.title.as_str());
    Some(Opinion {
        basis: Basis::Code,
        verdict: entry.verdict(&case.situation()),
        title: words::title_of(
            if title.is_empty() {
                &entry.title
            } else {
                title
            },
            &entry.meaning,
        ),
        confidence: entry.confidence,
    })
}

fn of_error(case: &Case<'_>) -> Option<Opinion> {
    let entry = case.evidence.catalog.error(case.error()?)?;
    Some(Opinion {
        basis: Basis::Error,
        verdict: entry.verdict(&case.situation()),
        title: words::title_of(&entry.title, &entry.meaning),
        confidence: if case.is_error(&BUCKETS) {
            Confidence::Assumed
        } else {
            entry.confidence
        },
    })
}

pub(super) fn of_family(case: &Case<'_>) -> Option<Opinion> {
    let code = case.stranger().filter(|_| case.entry().is_none())?;
    let range = case.evidence.catalog.range(code)?;
    Some(Opinion {
        basis: Basis::Family,
        verdict: Verdict {
            class: range.class,
            acts: range.acts.clone(),
            login: range.login,
            remedies: Vec::new(),
        },
        title: says::unknown_code(code, &range.title),
        confidence: Confidence::Assumed,
    })
}

/// The opinions, the one that is heard first in front.
fn opinions(case: &Case<'_>) -> Vec<Opinion> {
    let (suberror, code) = (of_suberror(case), of_code(case));
    let code_first = match (&suberror, &code) {
        (Some(suberror), Some(code)) if case.is_known() => {
            let of_token = case.is_suberror(&["bad_token", "token_expired"]);
            of_token || helps(suberror.verdict.login) == helps(code.verdict.login)
        }
        _ => false,
    };
    let (first, second) = if code_first {
        (code, suberror)
    } else {
        (suberror, code)
    };
    [first, second, of_error(case), of_family(case)]
        .into_iter()
        .flatten()
        .collect()
}

/// The first shape of the diagnosis.
pub(super) fn weigh(case: &Case<'_>) -> Draft {
    let opinions = opinions(case);
    let mut draft = Draft {
        summary: summary(case, &opinions),
        class: Class::Unknown,
        acts: Vec::new(),
        login: Login::Unknown,
        login_words: None,
        confidence: confidence(case, &opinions),
        remedies: Vec::new(),
        wait: None,
        parameter: None,
        notes: Vec::new(),
        contradictions: Vec::new(),
        rests_on: Vec::new(),
    };
    for opinion in &opinions {
        hear(&mut draft, opinion);
    }
    // The neighbourhood stands in the summary and in the plan, whatever else decided.
    if opinions
        .iter()
        .any(|opinion| opinion.basis == Basis::Family)
    {
        draft.rest_on(Basis::Family);
    }
    if case.claims.is_some() && (helps(draft.login) || draft.login == Login::Unknown) {
        draft.login = Login::WithClaims;
        draft.rest_on(Basis::Claims);
    }
    if opinions.is_empty() && case.claims.is_none() {
        draft.rest_on(if case.bare_fault().is_some() {
            Basis::Fault
        } else if case.is_chain() {
            Basis::Attempts
        } else {
            Basis::Status
        });
    }
    draft
}

/// Takes from an opinion what those before it left open.
fn hear(draft: &mut Draft, opinion: &Opinion) {
    let verdict = &opinion.verdict;
    let mut heard = false;
    if draft.class == Class::Unknown && verdict.class != Class::Unknown {
        draft.class = verdict.class;
        heard = true;
    }
    if draft.acts.is_empty() && !verdict.acts.is_empty() {
        draft.acts.clone_from(&verdict.acts);
        heard = true;
    }
    if draft.login == Login::Unknown && verdict.login != Login::Unknown {
        draft.login = verdict.login;
        heard = true;
    }
    if draft.remedies.is_empty() && !verdict.remedies.is_empty() {
        draft.remedies.clone_from(&verdict.remedies);
        heard = true;
    }
    let agrees = verdict.login == draft.login && verdict.login != Login::Unknown;
    let specific = matches!(opinion.basis, Basis::SubError | Basis::Code | Basis::Family);
    if heard || (agrees && specific) {
        draft.rest_on(opinion.basis);
    }
}

/// What happened: the number says it best, then the suberror, then the error.
fn summary(case: &Case<'_>, opinions: &[Opinion]) -> String {
    let order = [Basis::Code, Basis::SubError, Basis::Family, Basis::Error];
    let found = order
        .into_iter()
        .find_map(|basis| opinions.iter().find(|opinion| opinion.basis == basis));
    match (found, case.primary(), case.error()) {
        (Some(opinion), _, _) => words::sentence(&opinion.title),
        (None, Some(code), _) => says::unknown_code(code, ""),
        (None, None, Some(error)) => says::unknown_error(error),
        (None, None, None) => says::no_error(case.status()),
    }
}

fn confidence(case: &Case<'_>, opinions: &[Opinion]) -> Confidence {
    let unknown_code = case.stranger().is_some();
    match opinions.first() {
        Some(opinion) if !unknown_code => opinion.confidence,
        _ => Confidence::Assumed,
    }
}
