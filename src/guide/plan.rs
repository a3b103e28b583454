//! Remedies made into steps. A step that cannot be done in this flow, by this client or without a run is left out;
//! what only somebody else can cure begins with the message to them; a comparison closes a plan that repeats
//! something.

mod challenge;
pub(super) mod check;
mod fitting;
mod handover;
mod step;
mod ways;

use super::case::Case;
use super::draft::{self, Draft};
use crate::model::{Actor, Class, Doing, Flow, Login, Place, Plan, Step};

/// The plan.
pub(super) fn build(case: &Case<'_>, draft: &Draft) -> Plan {
    let mut steps = make(case, draft, &draft.remedies);
    let idle = |step: &Step| step.id == "compare" || step.id == "paste-page";
    if steps.is_empty() || (steps.iter().all(idle) && draft.class != Class::Expected) {
        let general = general(case, draft);
        steps.splice(0..0, make(case, draft, &general));
    }
    if let Some(helper) = neighbours_helper(case, draft, &steps) {
        steps.extend(make(case, draft, &[helper]));
    }
    others_first(draft, &mut steps);
    let repeats = steps.iter().any(|step| is_run(&step.doing));
    steps.retain(|step| step.doing != Doing::Compare || repeats);
    Plan {
        check: Some(check::of(case, draft, &steps)),
        steps,
        variants: Vec::new(),
    }
}

fn make(case: &Case<'_>, draft: &Draft, ids: &[String]) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    for id in ids {
        // Without a challenge there is nothing to pass: it is an ordinary sign-in.
        let plain = id == "sign-in-with-claims" && case.claims.is_none();
        let id = match id.as_str() {
            // The page is what there is to sign in at.
            id if id.starts_with("sign-in") && case.is_flow(&[Flow::AdminConsent]) => "repeat",
            _ if plain => "sign-in",
            "repeat-silent" if for_an_api(case) => "call-api",
            id => id,
        };
        if steps.iter().any(|step| step.id == id) || !fitting::fits(case, id) {
            continue;
        }
        steps.push(step::make(case, draft, id));
        // Whoever has to ask the administrator may be one.
        if id == "tell-admin-consent" && fitting::fits(case, "admin-consent") {
            steps.push(step::make(case, draft, "admin-consent"));
        }
    }
    steps
}

/// Whether the token was asked for with claims that an API wants. A silent repetition would ask without them and get
/// the token that the API has refused; only the API itself can prove the new one.
fn for_an_api(case: &Case<'_>) -> bool {
    let spec = case.evidence.spec;
    case.place() != Place::Resource
        && spec.is_some_and(|spec| spec.api.is_some() && spec.claims.is_some())
}

/// The way out where the catalogue names none that fits: what the verdict alone suggests.
fn general(case: &Case<'_>, draft: &Draft) -> Vec<String> {
    let helper = draft
        .acts
        .iter()
        .find(|actor| **actor != Actor::User && **actor != Actor::NoneNeeded);
    let own: &[&str] = match draft.login {
        Login::WithClaims => &["sign-in-with-claims", "repeat-silent", "compare"],
        Login::Yes => &["sign-in", "repeat-silent", "compare"],
        Login::Fresh => &["sign-in-fresh", "repeat-silent", "compare"],
        Login::OtherAccount => &["sign-in-other-account", "compare"],
        Login::OtherFlow => &["sign-in", "compare"],
        Login::AfterWait => &["wait-and-repeat"],
        Login::AfterFix | Login::No | Login::NotApplicable | Login::Unknown => &[],
    };
    let mut ids: Vec<String> = own.iter().map(|id| (*id).to_owned()).collect();
    let helpless = ids.is_empty() || case.nobody() || case.relays();
    if let Some(actor) = helper.or(helpless.then_some(&Actor::Developer)) {
        ids.push(format!("tell-{}", actor.word()));
    }
    ids
}

/// An unknown number whose neighbours are somebody else's to cure: the message to them stands in the plan too.
fn neighbours_helper(case: &Case<'_>, draft: &Draft, steps: &[Step]) -> Option<String> {
    let family = draft::of_family(case)?;
    let handed_over = steps
        .iter()
        .any(|step| matches!(step.doing, Doing::HandOver { .. }));
    let theirs = draft::helps(draft.login) && !draft::helps(family.verdict.login);
    let actor = family
        .verdict
        .acts
        .iter()
        .find(|actor| **actor != Actor::User)?;
    (theirs && !handed_over).then(|| format!("tell-{}", actor.word()))
}

/// What only somebody else can cure begins with the message to them.
fn others_first(draft: &Draft, steps: &mut [Step]) {
    let own = draft.acts.contains(&Actor::User) || draft.acts.is_empty();
    let hopeless = matches!(
        draft.login,
        Login::No | Login::AfterFix | Login::NotApplicable | Login::Unknown
    );
    if !own && hopeless {
        steps.sort_by_key(|step| match step.doing {
            Doing::SignIn { .. }
            | Doing::DeviceCode { .. }
            | Doing::Silent { .. }
            | Doing::PastePage => 1,
            Doing::Compare => 2,
            Doing::EnterPassword
            | Doing::EnterSecret
            | Doing::WaitAndRepeat { .. }
            | Doing::Repeat
            | Doing::AppTokenWithClaims { .. }
            | Doing::CallApi
            | Doing::AdminConsent
            | Doing::FixRequest { .. }
            | Doing::HandOver { .. } => 0,
        });
    }
}

/// Whether doing it asks a server again.
const fn is_run(doing: &Doing) -> bool {
    match doing {
        Doing::SignIn { .. }
        | Doing::DeviceCode { .. }
        | Doing::Silent { .. }
        | Doing::EnterPassword
        | Doing::EnterSecret
        | Doing::WaitAndRepeat { .. }
        | Doing::Repeat
        | Doing::AppTokenWithClaims { .. }
        | Doing::FixRequest { .. }
        | Doing::CallApi
        | Doing::AdminConsent => true,
        Doing::Compare | Doing::PastePage | Doing::HandOver { .. } => false,
    }
}
