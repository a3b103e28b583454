//! What is said on the way: the palette, searching, going back and forward.

macro_rules! say {
    ($($name:ident = $text:literal;)+) => { $(#[doc = $text] pub const $name: &str = $text;)+ };
}

say! {
    PANE_PALETTE = "Find anything";
    PALETTE_EMPTY = "what to do, a run, a scenario, a profile, a code such as 50076";
    PALETTE_NOTHING = "Nothing fits.";
    PALETTE_STEPS = "Next steps";
    PALETTE_ACTIONS = "Do here";
    PALETTE_RUNS = "Runs";
    PALETTE_PROFILES = "Profiles";
    PALETTE_SCENARIOS = "Scenarios";
    PALETTE_PAST = "Past runs";
    PALETTE_CODES = "Catalogue";
    NOT_NOW = "That cannot be done now.";
    NO_HIT = "nowhere in this pane";
    CRUMB = " ▸ ";
    CRUMB_SCENARIOS = "scenarios";
    CRUMB_SCENARIO = "scenario";
    CRUMB_CATALOGUE = "catalogue";
    CRUMB_LAB = "lab";
    CRUMB_COMPARISON = "comparison";
    CRUMB_LOG = "log";
    CRUMB_STORY = "story";
    CRUMB_CODE = "as a call";
    CRUMB_FOUND = "what was pasted";
    CRUMB_PAST = "past runs";
    CRUMB_FORM = "ask for a token";
    CRUMB_PASTE = "paste";
    CRUMB_HELP = "keys";
    CRUMB_MESSAGE = "hand over";
    CRUMB_QR = "device page";
    PANE_HISTORY = "Past runs";
    PANE_EXCHANGES = "Exchanges";
}

/// How many offers fit of all.
pub fn palette_title(fitting: usize, of: usize) -> String {
    if fitting == of {
        format!("{of} things")
    } else {
        format!("{fitting} of {of}")
    }
}

/// What is not listed.
pub fn palette_more(count: usize) -> String {
    format!("    and {count} more: type to find them")
}

/// Which of the places that hold what was looked for the cursor is on.
pub fn hit_of(at: usize, of: usize, wrapped: Option<bool>) -> String {
    match wrapped {
        None => format!("{at} of {of}"),
        Some(true) => format!("{at} of {of}, from the top again"),
        Some(false) => format!("{at} of {of}, from the bottom again"),
    }
}

/// A run, where one is.
pub fn crumb_run(clock: &str) -> String {
    format!("run {clock}")
}

/// A request at the lab, where one is.
pub fn crumb_request(number: u64) -> String {
    format!("request {number}")
}

/// Where one is, and the address that answers there.
pub fn crumb_at(crumb: &str, address: &str) -> String {
    format!("{crumb} · {address}")
}
