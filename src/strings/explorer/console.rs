//! The lab's screen and the list of scenarios.

use std::time::Duration;

use super::tell::span;
use crate::model::world::{Decision, ForcedView};

macro_rules! say {
    ($($name:ident = $text:literal;)+) => { $(#[doc = $text] pub const $name: &str = $text;)+ };
}

say! {
    PANE_RECORD = "What the lab saw";
    PANE_SEEN = "What the client saw";
    PANE_STORY = "Scenario";
    PANE_ACTS = "What the lab's user does";
    NO_ACTS = "Nothing waits for the lab's user now.";
    LAB_POLICIES = "Policies";
    LAB_STANDING = "Ordered (Enter takes it back)";
    LAB_DEMANDS = "On demand, without a cause";
    LAB_USERS = "Users";
    LAB_APPS = "Applications";
    LAB_DEVICES = "Devices";
    LAB_TENANTS = "Other tenants";
    LAB_WHOLE = "The whole lab";
    LAB_CHANGES = "Clock, consent, sessions";
    LAB_SHOW = "To show it to others";
    OFFER_BEFOREHAND = "Sign every user in beforehand";
    OFFER_START = "Back to the start: world, clock, runs, scenario";
    LAB_CLOCK = "Lab time   ";
    LAB_AUTHORITY = "Authority  ";
    LAB_HTTP = "Over http  ";
    LAB_CA = "Trust      ";
    LAB_HTTPS_HOW = "Programs that want https: tokenscope demo --https.";
    LAB_CHANGED = "Changed    ";
    LAB_PASSWORD = "Signs in   ";
    SETTING_CHANGED = "  (not as at the start)";
    NOTHING_FITS_HERE = "Nothing here fits. Esc shows all again.";
    NO_REQUESTS = "No request has reached the lab yet. Run something, or point a client of your own at:";
    REQUEST_GONE = "This request is too old: it is not kept any more.";
    REQUEST_BECAUSE = "Because";
    REQUEST_FORCED = "Forced";
    REQUEST_FAULT = "Fault";
    REQUEST_WHAT = "Request";
    REQUEST_ENDPOINT = "Endpoint";
    REQUEST_CLIENT = "Client";
    REQUEST_PROGRAM = "Library";
    REQUEST_STATUS = "Answered";
    REQUEST_AT = "Lab time";
    REQUEST_ASKED = "Asked with";
    REQUEST_REPLY = "Replied";
    REQUEST_MEANS = "Means";
    CLIENT_SENT = "Sent";
    CLIENT_GOT = "Got";
    NO_RUN_OF_OURS = "No run of this program sent this request.";
    NO_RUN_OF_OURS_WHY = "It came from another client, from a browser, or from a sign-in beforehand. What the lab saw of it stands beside this.";
    STORY_RUN = "Last  ";
    STORY_NEXT = "Next  ";
    STORY_OVER = "the scenario is done; begin it anew";
    STORY_NONE = "choose a scenario, or switch something and point your own client at the lab";
    STARTED_OVER = "Everything in the lab is as at the start.";
    SIGNING_IN_BEFOREHAND = "Signing the lab's users in …";
    BEGIN_HERE = "New here? Begin with the first: Enter sets it up, and Enter leads through it.";
    NO_SCENARIO_FITS = "No scenario fits. Esc shows all again.";
    ABOUT_CODES = "Leads to";
    ABOUT_CURE = "Cure";
    ABOUT_BASIS = "Rests on";
    ABOUT_CLASS = "Class";
    ABOUT_NAME = "Directly";
}

/// Changes that are made by choosing them: the words of the change, and what is said of it.
pub const CHANGES: [(&str, &str); 17] = [
    ("advance 5m", "Move the clock on by 5 minutes"),
    (
        "advance 91m",
        "Move the clock on by 91 minutes: access tokens expire",
    ),
    (
        "advance 91d",
        "Move the clock on by 91 days: unused refresh tokens expire",
    ),
    ("grant-consent", "An administrator consents for everyone"),
    (
        "revoke-consent",
        "Consent of the desktop client is taken away",
    ),
    (
        "approve-request",
        "An administrator approves what users asked for",
    ),
    (
        "deny-request",
        "An administrator denies what users asked for",
    ),
    ("revoke-sessions", "Every user's refresh tokens are revoked"),
    ("expire-password", "Every user's password expires"),
    ("reset-password", "Every user's password is changed"),
    ("lock-account", "Every account is locked"),
    ("unlock-account", "Every account is unlocked"),
    ("expire-secret", "Every secret expires"),
    ("renew-secret", "The confidential clients get new secrets"),
    ("throttle 5s", "Token requests are throttled for 5 seconds"),
    ("throttle 0s", "Token requests are throttled no longer"),
    ("reset", "The world as at the start; runs stay"),
];

/// Beginnings of changes that somebody completes.
pub const DEMANDS: [(&str, &str); 2] = [
    (
        "force",
        "any code, e.g. force AADSTS65001 once. Easier: F on a catalogue entry (C)",
    ),
    (
        "fault",
        "below the protocol, e.g. fault latency 3s once at token",
    ),
];

/// Faults that are ordered by choosing them: the words of the change, and what is said of it.
pub const FAULTS: [(&str, &str); 14] = [
    (
        "fault latency 3s once",
        "The next answer comes 3 seconds late",
    ),
    (
        "fault slow-drip 5s once",
        "The next body drips for 5 seconds",
    ),
    ("fault cut-body once", "The next body is cut off"),
    (
        "fault length-too-long once",
        "The next Content-Length promises too much",
    ),
    ("fault empty-body once", "The next body is empty"),
    (
        "fault html 503 once",
        "The next answer is a page of a proxy, 503",
    ),
    ("fault invalid-json once", "The next JSON is broken off"),
    (
        "fault wrong-charset once",
        "The next body is not the charset it says",
    ),
    ("fault reset once", "The next connection is reset"),
    (
        "fault 429 30s once",
        "The next answer is 429, with Retry-After: 30",
    ),
    (
        "fault 429 once",
        "The next answer is 429, without Retry-After",
    ),
    ("fault 503 once", "The next answer is 503, without a body"),
    (
        "skew 10m",
        "The lab's clock is 10 minutes ahead of everybody's",
    ),
    ("skew off", "The lab's clock is right again"),
];

pub(super) fn narrowed(title: &str, filter: &str) -> String {
    if filter.is_empty() {
        title.to_owned()
    } else {
        format!("{title} ─ only “{filter}” (Esc: all)")
    }
}

/// The title of the world's list; `requests`: how many there are where they are not on screen.
pub fn lab_title(filter: &str, requests: Option<usize>) -> String {
    match requests {
        Some(count) => narrowed(&format!("Lab ─ Tab: requests ({count})"), filter),
        None => narrowed("Lab", filter),
    }
}

/// The title of a pane on a small screen, and of the one that Tab leads to.
pub fn beside(here: &str, there: &str) -> String {
    format!("{here} ─ Tab: {}", there.replacen('W', "w", 1))
}

/// The title of the requests.
pub fn requests_title(shown: usize, count: usize, filter: &str) -> String {
    if filter.is_empty() && shown == count {
        format!("Requests ─ {count}")
    } else {
        narrowed(&format!("Requests ─ {shown} of {count}"), filter)
    }
}

/// The title of the scenarios.
pub fn picker_title(shown: usize, of: usize, done: usize, filter: &str) -> String {
    let mut title = match (filter.is_empty(), of) {
        (_, 0) => "Scenarios".to_owned(),
        (true, _) => format!("Scenarios ─ {of}"),
        (false, _) => format!("Scenarios ─ {shown} of {of}"),
    };
    if done > 0 {
        title = format!("{title} ─ {done} done");
    }
    narrowed(&title, filter)
}

/// The title of the narration.
pub fn story_title(title: &str, step: usize, of: usize) -> String {
    format!("{title} ─ step {step} of {of}")
}

/// A code that is forced: how often it still is, where, for whom.
pub fn forced(forced: &ForcedView) -> String {
    let whom = forced
        .client
        .as_ref()
        .map_or_else(String::new, |client| format!(" for {client}"));
    let assumed = if forced.assumed { " (assumed)" } else { "" };
    format!(
        "{} {} at {}{whom}: {}{assumed}",
        forced.what,
        forced.left,
        at(forced),
        forced.title
    )
}

/// Where it is told.
fn at(forced: &ForcedView) -> String {
    match &forced.address {
        Some(address) => format!("{} {address}", forced.at.word()),
        None => forced.at.word().to_owned(),
    }
}

/// A fault that is ordered, in the words that ordered it.
pub fn faulty(words: &str) -> String {
    format!("fault {words}")
}

/// How sure a forced answer is.
pub const fn forced_how(assumed: bool) -> &'static str {
    if assumed {
        "on demand, without a cause; what it comes together with is assumed"
    } else {
        "on demand, without a cause; it comes as it was seen in real replies"
    }
}

/// What the lab did with a request.
pub const fn decision(decision: Decision) -> &'static str {
    match decision {
        Decision::Granted => "granted",
        Decision::Refused => "refused",
        Decision::Page => "page shown",
        Decision::Answered => "answered",
    }
}

/// The lab's time, and how far it was moved on.
pub fn lab_clock(clock: &str, moved: Duration) -> String {
    if moved.is_zero() {
        format!("{clock}, as the machine's")
    } else {
        format!("{clock}, moved on by {}", span(moved))
    }
}

/// Which run and which of its exchanges.
pub fn run_of(clock: &str, flow: &str, nth: usize, of: usize) -> String {
    format!("run of {clock}, {flow}, exchange {nth} of {of}")
}

/// A change in words that is none.
pub fn no_such_change(words: &str) -> String {
    format!(
        "The lab knows no change “{words}”. For instance: policy require-mfa on, set user bo@contoso.example locked yes, advance 61m."
    )
}

/// What a scenario's error rests on.
pub fn basis(basis: Option<&str>) -> String {
    match basis {
        None => "what Entra answers".to_owned(),
        Some("forced") => "a forced answer: the lab has no cause for it".to_owned(),
        Some(other) => format!("{other}; no Entra reply with it is known"),
    }
}

/// Whether a scenario can be cured in the lab.
pub const fn cure(here: bool) -> &'static str {
    if here {
        "ends granted, after its cure"
    } else {
        "nobody here can cure it: it ends handed over"
    }
}

/// How to go straight to a scenario.
pub fn demo_command(name: &str) -> String {
    format!("tokenscope demo {name}")
}
