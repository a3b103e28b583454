//! Scenarios and the lab's panel.

macro_rules! say {
    ($($name:ident = $text:literal;)+) => { $(#[doc = $text] pub const $name: &str = $text;)+ };
}

say! {
    LAB_STARTS = "The lab is starting …";
    OTHER_GROUP = "Others";
    WHAT_HAPPENS = "What happens";
    WHAT_WAS_SET_UP = "What was set up";
    USER_TYPES = "The lab's user types the right value";
    USER_TYPES_WRONG = "The lab's user types a wrong value";
    USER_DECLINES_CONSENT = "The lab's user signs in and declines to consent";
    USER_MISTYPES = "The lab's user mistypes the password once";
    USER_DECLINES_TERMS = "The lab's user declines the terms of use";
    USER_ASKS_FOR_APPROVAL = "The lab's user asks an administrator for approval";
    USER_RETURNS = "The lab's user goes back to the program";
    USER_DECLINES_MFA = "The lab's user declines the second factor";
    USER_APPROVES = "The lab's user types the code and approves";
    USER_DECLINES = "The lab's user types the code and declines";
    USER_CLOSES = "The lab's user closes the browser";
    USER_CANCELS = "The lab's user cancels the sign-in";
    USER_FORGOT = "The lab's user has forgotten the password";
    HINT_PASTE_PAGE = "Hand the run what the page shows";
    SCENARIO_OVER = "The scenario is done.";
    NO_RUN_SELECTED = "No run yet. f asks for a token of your own, s lists the lab's scenarios, p explains an error.";
    SCENARIO_READY = "The lab is set up. Enter runs the first step.";
    LAB_USER_ACTS = "The lab's user acts on the page.";
    ACT_COMPLETES = "does everything the page asks for";
    ACT_DECLINES_TERMS = "declines the terms of use";
    ACT_ASKS_FOR_APPROVAL = "asks an administrator for approval";
    ACT_RETURNS = "goes back to the program without it";
    ACT_DECLINES_MFA = "declines the second factor";
    ACT_DECLINES_CONSENT = "declines to consent";
    ACT_MISTYPES = "mistypes the password once";
    ACT_CLOSES = "closes the browser";
    ACT_TYPES_RIGHT = "types the right value";
    ACT_TYPES_WRONG = "types a wrong value";
    ACT_APPROVES = "types the code and approves";
    ACT_DECLINES = "types the code and declines";
}

/// While a scenario is being set up.
pub fn setting_up(name: &str) -> String {
    format!("Setting up {name} …")
}

/// A step of the scenario as an offer.
pub fn scenario_step(nth: usize, words: &str) -> String {
    format!("Scenario step {nth}: {words}")
}

/// How the lab's user can answer instead.
pub fn question_in_the_lab(words: &str) -> String {
    let words = words.replacen("The lab", "the lab", 1);
    format!("Enter with nothing typed: {words}. Ctrl-O offers others.")
}

/// The refused run that a granted one follows, and what was wrong with it.
pub fn follows(clock: &str, what: &str) -> String {
    format!("the run of {clock} that was refused: {what}")
}

/// A client of the lab, to start the form from.
pub fn lab_client(name: &str) -> String {
    format!("{name} (lab)")
}
