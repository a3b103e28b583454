//! The pane that says what a run means: a diagnosis for a refusal, the token's facts for a grant, what it is doing
//! for a run under way. Lines stand in the order in which they answer.

use crate::guide;
use crate::model::{Diagnosis, Line, Outcome, Prediction, Run, Stage};
use crate::strings::guide::remark;
use crate::strings::{claims as asks, explorer as s, predict, report as say, words};

use super::rows::{Content, Role, Tie};
use super::state::State;
use super::{activity, exchanges, present, scenarios, token};

/// What the pane shows for the selected run.
pub fn pane(state: &State, width: usize) -> Content {
    let mut out = Content::text(width);
    let (Some(entry), Some(run)) = (state.runs.selected(), state.runs.shown()) else {
        scenarios::guide(state, &mut out);
        return out;
    };
    match &run.stage {
        Stage::Running(_) => activity::lay_out(state, entry, &mut out),
        Stage::Ended(ending) => match ending.outcome {
            Outcome::Granted => token::lay_out(state, ending, &mut out),
            Outcome::Refused | Outcome::Unreachable => refused(state, run, &mut out),
            Outcome::Cancelled => {
                out.item(String::new(), Tie::Nothing);
                out.line(2, &[(Role::Strong, "– "), (Role::Strong, s::CANCELLED)]);
                after_page(entry.page.as_deref(), &mut out);
            }
            Outcome::Invalid => {
                out.item(String::new(), Tie::Nothing);
                out.line(2, &[(Role::Refused, "! "), (Role::Strong, s::NOT_SENT)]);
                for problem in &ending.problems {
                    out.gap();
                    out.item(problem.what.clone(), Tie::Nothing);
                    out.pair(&problem.at, Role::Refused, &problem.what);
                    out.pair(s::EXPECTED, Role::Plain, &problem.expected);
                }
            }
        },
    }
    out
}

fn after_page(page: Option<&str>, out: &mut Content) {
    if let Some(page) = page {
        out.gap();
        out.item(page.to_owned(), Tie::Nothing);
        out.line(0, &[(Role::Label, s::PAGE_SHOWED)]);
        out.block(2, Role::Plain, page);
    }
}

fn refused(state: &State, run: &Run, out: &mut Content) {
    match run.diagnosis() {
        Some(diagnosis) if present::folded(state) => briefly(diagnosis, out),
        Some(diagnosis) => {
            answers(diagnosis, out);
            clocks(diagnosis, run, out);
            beside(diagnosis, state.details, out);
        }
        None => out.line(0, &[(Role::Refused, s::REFUSED_WITHOUT_DIAGNOSIS)]),
    }
}

/// How far this machine's clock is from the server's, unless a note says so.
fn clocks(diagnosis: &Diagnosis, run: &Run, out: &mut Content) {
    let noted = |note: &String| note.starts_with(remark::CLOCK);
    let ahead = exchanges::clock_ahead(run).filter(|_| !diagnosis.notes.iter().any(noted));
    if let Some(ahead) = ahead {
        let words = s::clocks(ahead);
        out.item(words.clone(), Tie::Nothing);
        out.pair(s::CLOCKS, Role::Warning, &words);
    }
}

/// The lines of a diagnosis.
pub fn lay_out(diagnosis: &Diagnosis, details: bool, out: &mut Content) {
    answers(diagnosis, out);
    beside(diagnosis, details, out);
}

/// What an audience reads: what happened, what to do, who acts, the codes.
fn briefly(diagnosis: &Diagnosis, out: &mut Content) {
    happened(diagnosis, out);
    signing_in(diagnosis, out);
    who_acts(diagnosis, out);
    because(diagnosis, out);
    codes(diagnosis, out);
    out.gap();
    out.line(0, &[(Role::Dim, s::PRESENT_MORE)]);
}

/// What happened, what to do, and what that rests on.
pub fn answers(diagnosis: &Diagnosis, out: &mut Content) {
    happened(diagnosis, out);
    verdict(diagnosis, out);
    codes(diagnosis, out);
    said(diagnosis, out);
}

fn happened(diagnosis: &Diagnosis, out: &mut Content) {
    out.item(diagnosis.summary.clone(), Tie::Line(Line::Summary));
    out.line(0, &[(Role::Refused, &diagnosis.summary)]);
    out.gap();
    if !diagnosis.do_now.is_empty() {
        out.item(diagnosis.do_now.clone(), Tie::Line(Line::DoNow));
        out.pair(s::DO_NOW, Role::Strong, &diagnosis.do_now);
    }
}

/// Where to read on, how to check, where it is logged, what libraries do.
pub fn beside(diagnosis: &Diagnosis, details: bool, out: &mut Content) {
    if details {
        claims(diagnosis, out);
    }
    for link in &diagnosis.links {
        out.item(link.url.clone(), Tie::Line(Line::ReadMore)).url = Some(link.url.clone());
        out.pair(words::link(link.kind), Role::Link, &link.url);
    }
    if let Some(check) = &diagnosis.plan.check {
        let command = check.command.as_ref().unwrap_or(&check.run);
        out.item(command.clone(), Tie::Line(Line::DoNow));
        out.pair(say::RUN_AGAIN, Role::Plain, &check.run);
        out.pair(say::EXPECT, Role::Plain, &check.expect);
    }
    support(diagnosis, out);
    log(diagnosis, details, out);
    libraries(&diagnosis.predictions, details, out);
}

fn signing_in(diagnosis: &Diagnosis, out: &mut Content) {
    let login = if diagnosis.login_words.is_empty() {
        words::login(diagnosis.login)
    } else {
        &diagnosis.login_words
    };
    out.item(login, Tie::Line(Line::SigningIn));
    out.pair(s::SIGNING_IN, Role::Plain, login);
}

fn who_acts(diagnosis: &Diagnosis, out: &mut Content) {
    let acts: Vec<&str> = diagnosis.acts.iter().copied().map(words::actor).collect();
    let acts = acts.join(s::THEN);
    out.item(acts.clone(), Tie::Line(Line::WhoActs));
    out.pair(s::WHO_ACTS, Role::Plain, &acts);
}

fn because(diagnosis: &Diagnosis, out: &mut Content) {
    let because = s::because(
        &diagnosis.because,
        diagnosis.suberror.as_deref(),
        diagnosis.error.as_deref(),
    );
    out.item(because.clone(), Tie::Line(Line::Because));
    out.pair(s::BECAUSE, Role::Plain, &because);
}

fn verdict(diagnosis: &Diagnosis, out: &mut Content) {
    signing_in(diagnosis, out);
    who_acts(diagnosis, out);
    because(diagnosis, out);
    out.pair(
        s::KIND,
        Role::Dim,
        &s::kind_of_trouble(words::class(diagnosis.class), diagnosis.confidence),
    );
    for contradiction in &diagnosis.contradictions {
        out.item(contradiction.clone(), Tie::Line(Line::Because));
        out.pair(s::BUT, Role::Warning, contradiction);
    }
    for note in &diagnosis.notes {
        out.item(note.clone(), Tie::Line(Line::Because));
        out.pair(s::NOTE, Role::Plain, note);
    }
}

fn codes(diagnosis: &Diagnosis, out: &mut Content) {
    for code in &diagnosis.codes {
        let words = s::code(&code.name, &code.title, code.known) + &say::doubt(code);
        out.item(format!("{} {words}", code.code), Tie::Line(Line::Codes));
        let role = if code.known {
            Role::Plain
        } else {
            Role::Warning
        };
        out.pair(&code.code, role, &words);
    }
}

fn said(diagnosis: &Diagnosis, out: &mut Content) {
    if let Some(description) = &diagnosis.description {
        out.item(description.clone(), Tie::Line(Line::Said));
        out.pair(s::SERVER_SAID, Role::Text, description);
    }
    if let Some(claims) = &diagnosis.claims {
        let text = claims.to_string();
        out.item(text.clone(), Tie::Line(Line::DoNow));
        out.pair(s::CLAIMS, Role::Text, &text);
    }
}

/// What the claims ask for, one by one.
fn claims(diagnosis: &Diagnosis, out: &mut Content) {
    let claims = diagnosis.claims.iter().flat_map(guide::claims::asked);
    for asked in claims {
        let values = match asked.values.as_slice() {
            [] => asks::ANY.to_owned(),
            values => values.join(", "),
        };
        let words = asks::asks(&asked.part, &asked.name, &values, &asked.meaning);
        out.item(words.clone(), Tie::Line(Line::DoNow));
        out.pair(s::CLAIMS, Role::Dim, &words);
    }
}

fn support(diagnosis: &Diagnosis, out: &mut Content) {
    let rows = [
        (s::CORRELATION, diagnosis.correlation_id.clone()),
        (s::TRACE, diagnosis.trace_id.clone()),
        (s::TIME, diagnosis.timestamp.map(crate::model::Moment::iso)),
    ];
    for (name, value) in rows {
        let Some(value) = value else { continue };
        out.item(value.clone(), Tie::Line(Line::Support));
        out.pair(name, Role::Plain, &value);
    }
}

/// Where it is logged; how it is found there at length only where details are asked for.
fn log(diagnosis: &Diagnosis, details: bool, out: &mut Content) {
    let Some(hint) = &diagnosis.sign_in_log else {
        return;
    };
    out.item(hint.words.clone(), Tie::Line(Line::Log));
    out.pair(say::SIGN_IN_LOG, Role::Plain, &hint.words);
    if hint.logs.is_empty() {
        return;
    }
    if let Some(filter) = hint.filters.first() {
        out.pair("", Role::Dim, &say::filter(filter));
    }
    out.pair("", Role::Dim, &hint.appears);
    if details {
        let queries = [(say::GRAPH, &hint.graph), (say::KQL, &hint.kql)];
        for (label, query) in queries {
            let Some(query) = query else { continue };
            out.item(query.clone(), Tie::Line(Line::Log));
            out.pair(label, Role::Text, query);
        }
    } else if hint.graph.is_some() {
        out.pair("", Role::Dim, s::QUERIES_MORE);
    }
}

fn libraries(predictions: &[Prediction], details: bool, out: &mut Content) {
    let mut label = s::LIBRARIES;
    let mut library = "";
    for prediction in predictions {
        if prediction.library != library {
            let heading = predict::heading(prediction);
            out.item(heading.clone(), Tie::Line(Line::Libraries));
            out.pair(label, Role::Strong, &heading);
            (library, label) = (&prediction.library, "");
        }
        let brief = predict::outcome(prediction);
        out.item(brief.clone(), Tie::Line(Line::Libraries));
        out.pair("", Role::Plain, &brief);
        if details {
            for line in s::prediction_details(prediction) {
                out.pair("", Role::Dim, &line);
            }
        }
    }
    if !predictions.is_empty() && !details {
        out.end();
        out.pair("", Role::Dim, s::LIBRARIES_MORE);
    }
}
