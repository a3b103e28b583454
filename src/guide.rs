//! Facts, catalogue and profile in; what they mean and the way out comes back. [`lint`] looks at a request before it
//! is sent. Pure: knows no clock (the moment is part of the evidence), no network and no screen, and makes up
//! nothing: what the catalogue does not know is said as unknown, what was concluded from less is said as assumed.
//!
//! ```text
//! Evidence ─► case ─► draft (catalogue, by what decides) ─► rule (the first that applies) ─► situation
//!                                                                                              │
//!                       Diagnosis ◄─ words ◄─ link ◄─ plan (remedies made into steps) ◄─ remark ┘
//! ```

pub mod api;
mod case;
pub mod claims;
mod draft;
pub mod further;
pub mod header;
mod ids;
mod link;
pub mod lint;
mod log;
mod mark;
mod plan;
mod remark;
mod rule;
mod situation;
pub mod token;
mod variant;
mod words;

use crate::catalog::Catalog;
use crate::model::{
    ClientKind, CodeView, Confidence, Diagnosis, Exchange, FactKind, Flow, Moment, Place, Reading,
    RunSpec,
};

use case::Case;
use draft::Draft;

pub use remark::{REMARKS, Remark};
pub use rule::{RULES, Rule};

/// Everything a diagnosis may rest on. What is not known is `None`; nothing is guessed in its stead.
#[derive(Clone, Copy)]
pub struct Evidence<'a> {
    /// The facts of one error.
    pub reading: &'a Reading,
    /// Where it surfaced.
    pub place: Place,
    /// How a token was asked for.
    pub flow: Option<Flow>,
    /// What kind of client asked.
    pub client: Option<ClientKind>,
    /// The run's specification; `None` for a paste.
    pub spec: Option<&'a RunSpec>,
    /// The deciding exchange; `None` for a paste.
    pub exchange: Option<&'a Exchange>,
    /// Now, as this machine's clock says.
    pub now: Moment,
    /// What is known.
    pub catalog: &'a Catalog,
}

/// What the facts mean, and the way out. The predictions are left empty: whoever calls fills them in.
pub fn diagnose(evidence: &Evidence<'_>) -> Diagnosis {
    let case = Case::new(evidence);
    let mut draft = judge(&case);
    for remark in REMARKS {
        (remark.make)(&case, &mut draft);
    }
    let mut plan = plan::build(&case, &draft);
    plan.variants = variant::others(evidence, &case, &plan);
    let sign_in_log = log::hint(&case, &draft);
    let reading = evidence.reading;
    Diagnosis {
        do_now: words::do_now(&plan, &draft),
        login_words: words::login(&draft),
        codes: codes(&case),
        error: reading.error().map(str::to_owned),
        suberror: reading.suberror().map(str::to_owned),
        description: reading.value(FactKind::Description).map(str::to_owned),
        claims: case.claims.clone(),
        place: case.place(),
        because: draft.because(),
        correlation_id: reading.value(FactKind::CorrelationId).map(str::to_owned),
        trace_id: reading
            .value(FactKind::TraceId)
            .or_else(|| reading.value(FactKind::RequestId))
            .map(str::to_owned),
        timestamp: reading.timestamp(),
        predictions: Vec::new(),
        links: link::all(&case, &draft, &plan, sign_in_log.as_ref()),
        sign_in_log,
        facts: reading.facts.clone(),
        summary: words::safe(&draft.summary),
        class: draft.class,
        acts: draft.acts,
        login: draft.login,
        confidence: draft.confidence,
        contradictions: draft
            .contradictions
            .iter()
            .map(|text| words::safe(text))
            .collect(),
        notes: draft.notes.iter().map(|text| words::safe(text)).collect(),
        plan,
    }
}

/// The verdict: the catalogue's, then the rule's that applies, then what the situation makes of it.
fn judge(case: &Case<'_>) -> Draft {
    let mut draft = draft::weigh(case);
    if let Some(rule) = RULES.iter().find(|rule| (rule.applies)(case, &draft)) {
        (rule.judge)(case, &mut draft);
    }
    situation::adapt(case, &mut draft);
    draft
}

/// The codes as they are shown: what the catalogue knows of each, else what it knows of the neighbourhood.
fn codes(case: &Case<'_>) -> Vec<CodeView> {
    let mut views: Vec<CodeView> = Vec::new();
    for fact in case.evidence.reading.all(FactKind::Code) {
        if views.iter().any(|view| view.code == fact.value) {
            continue;
        }
        let entry = case.evidence.catalog.code(&fact.value);
        let range = || case.evidence.catalog.range(&fact.value);
        views.push(CodeView {
            code: fact.value.clone(),
            known: entry.is_some(),
            name: entry.map(|code| code.name.clone()).unwrap_or_default(),
            title: match entry {
                Some(code) => code.title.clone(),
                None => range().map(|range| range.title.clone()).unwrap_or_default(),
            },
            confidence: entry.map_or(Confidence::Assumed, |code| code.confidence),
            pairing_seen: entry.and_then(|code| remark::pairing_seen(case, code)),
            from: fact.from.clone(),
        });
    }
    views
}

#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;
