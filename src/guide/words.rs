//! The short sentences of a diagnosis: what to do now, whether signing in helps.

use super::draft::Draft;
use super::plan::check;
use crate::model::{Class, Clean, Doing, Plan};
use crate::strings::guide as says;
use crate::strings::words;

/// The longest sentence; what a server sends may stand in it.
const LONGEST: usize = 1000;

/// A sentence that a terminal can take: names and words of a server in it can act on nothing and fill no screen.
pub(super) fn safe(text: &str) -> String {
    let line = Clean::line(text).into_string();
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => line[..end].chars().chain(['…']).collect(),
        None => line,
    }
}

/// A title, or the meaning where there is none.
pub(super) fn title_of(title: &str, meaning: &str) -> String {
    let text = if title.trim().is_empty() {
        meaning
    } else {
        title
    };
    text.trim().to_owned()
}

/// A title as a sentence.
pub(super) fn sentence(title: &str) -> String {
    let mut text = title.trim().to_owned();
    if !text.is_empty() && !text.ends_with(['.', '!', '?', '…']) {
        text.push('.');
    }
    capital(&text)
}

/// The same text, beginning with a capital letter.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// Whether signing in helps, in a few words.
pub(super) fn login(draft: &Draft) -> String {
    let usual = || words::login(draft.login).to_owned();
    draft.login_words.clone().unwrap_or_else(usual)
}

/// The plan's first step in a few words.
pub(super) fn do_now(plan: &Plan, draft: &Draft) -> String {
    let Some(step) = plan.steps.first() else {
        return match draft.class {
            Class::Expected => says::NOTHING_TO_DO.to_owned(),
            _ => says::NOTHING_CAN_BE_DONE.to_owned(),
        };
    };
    match &step.doing {
        Doing::WaitAndRepeat { wait } => says::wait_then_repeat(*wait),
        Doing::FixRequest { parameter } => says::fix(parameter),
        Doing::HandOver { .. } if check::is_hopeless(draft) => says::stop(&sentence(&step.title)),
        Doing::SignIn { .. }
        | Doing::DeviceCode { .. }
        | Doing::Silent { .. }
        | Doing::EnterPassword
        | Doing::EnterSecret
        | Doing::Repeat
        | Doing::AppTokenWithClaims { .. }
        | Doing::CallApi
        | Doing::AdminConsent
        | Doing::Compare
        | Doing::PastePage
        | Doing::HandOver { .. } => sentence(&step.title),
    }
}
