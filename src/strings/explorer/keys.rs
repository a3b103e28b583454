//! What the keys do, as footer and help say it.

macro_rules! say {
    ($($name:ident = $text:literal;)+) => { $(#[doc = $text] pub const $name: &str = $text;)+ };
}

say! {
    KEY_DO = "do it";
    KEY_DO_NUMBER = "do the step with this number";
    KEY_CHOOSE = "choose";
    KEY_NEXT_WAY = "another way";
    KEY_PREVIOUS_WAY = "the way before";
    KEY_SKIP_STEP = "skip or unskip";
    KEY_EDIT_MESSAGE = "edit";
    KEY_AS_WRITTEN = "take the changes back";
    KEY_KEEP_MESSAGE = "done editing";
    KEY_LAB_USER = "lab's user does it";
    KEY_LAB_ACTS = "user does something else…";
    KEY_CUT_WAIT = "cut the wait short";
    KEY_CANCEL_RUN = "cancel";
    KEY_REPEAT = "run it again as it was";
    KEY_CALL_API = "call the API with the token";
    KEY_QR = "device page as a QR code";
    KEY_CALL_OTHER = "call another address with the token…";
    KEY_VERIFY = "check the signature";
    KEY_VERIFY_PASTED = "check the token, by its issuer's keys";
    KEY_USES = "what can be done with the token";
    KEY_NEXT_SCENARIO_STEP = "scenario's next step";
    KEY_NEXT_PANE = "next pane";
    KEY_PREVIOUS_PANE = "the pane before";
    KEY_UNFOLD = "open it here";
    KEY_FOLD_UP = "fold it, or go to what encloses it";
    KEY_FOLD_ALL = "open or fold all";
    KEY_EXACT = "exact bytes";
    KEY_FOLD = "more or less";
    KEY_SIDE = "request or reply";
    KEY_NEXT_EXCHANGE = "the next exchange";
    KEY_PREVIOUS_EXCHANGE = "the exchange before";
    KEY_NEXT_FOUND = "the next error";
    KEY_PREVIOUS_FOUND = "the error before";
    KEY_SEARCH = "search";
    KEY_NEXT_HIT = "the next place that was looked for";
    KEY_PREVIOUS_HIT = "the place before";
    KEY_COMPARE = "compare";
    KEY_MARK = "mark this run, reply or token for comparing";
    KEY_PASTE = "paste";
    KEY_LOG = "the log of this run";
    KEY_GUIDE = "story";
    KEY_CODE = "this run as curl or a library's call";
    KEY_NEXT_LANGUAGE = "next language";
    KEY_PREVIOUS_LANGUAGE = "language before";
    KEY_LAB = "lab";
    KEY_SWITCH = "switch";
    KEY_OPEN_REQUEST = "open";
    KEY_OPEN_RUN = "its run";
    KEY_NEXT_REQUEST = "the next request";
    KEY_PREVIOUS_REQUEST = "the request before";
    KEY_REPEAT_HERE = "run again, past the cache";
    KEY_FORCE = "force it in the lab";
    KEY_ORDER = "change in words";
    KEY_START_OVER = "back to the start";
    KEY_SIGN_IN_BEFOREHAND = "sign the lab's users in beforehand";
    KEY_SCENARIOS = "scenarios";
    KEY_FORM = "ask for a token of your own";
    KEY_HISTORY = "past runs";
    KEY_CLEAR_HISTORY = "remove all";
    KEY_CATALOGUE = "catalogue";
    KEY_PALETTE = "find anything";
    KEY_GO_BACK = "back to what was looked at before";
    KEY_GO_FORWARD = "forward again";
    KEY_DO_OR_OPEN = "do or open it";
    KEY_LOOK_UP = "its catalogue entry";
    KEY_READ = "read";
    KEY_NEXT_CLASS = "class";
    KEY_PREVIOUS_CLASS = "the class before";
    KEY_NEXT_ACTOR = "who acts";
    KEY_PREVIOUS_ACTOR = "who acts, the one before";
    KEY_NEXT_LOGIN = "sign-in";
    KEY_PREVIOUS_LOGIN = "sign-in, the value before";
    KEY_CLEAR_FILTERS = "no filters";
    KEY_COPY = "copy";
    KEY_COPY_ALL = "copy all of this pane";
    KEY_COPY_IDS = "copy what support asks for";
    KEY_OPEN_LINK = "open link";
    KEY_REVEAL = "show hidden values until the next key";
    KEY_DOWN = "down";
    KEY_UP = "up";
    KEY_TOP = "to the top";
    KEY_BOTTOM = "to the bottom";
    KEY_PAGE_DOWN = "a page down";
    KEY_PAGE_UP = "a page up";
    KEY_BACK = "back";
    KEY_MOUSE = "leave the mouse to the terminal, or take it back";
    KEY_HELP = "help";
    KEY_QUIT = "quit";
    KEY_REDRAW = "draw the screen anew";
    KEY_SUSPEND = "suspend";
    KEY_INTERRUPT = "quit from anywhere";
    KEY_SUBMIT = "accept";
    KEY_SEND_FORM = "ask for the token";
    KEY_DECODE = "explain it";
    KEY_NEXT_FIELD = "next field";
    KEY_PREVIOUS_FIELD = "the field before";
    KEY_NEXT_VALUE = "next choice";
    KEY_PREVIOUS_VALUE = "the choice before";
    HELP_HERE = "In this pane";
    HELP_EVERYWHERE = "Everywhere here";
}

/// What the help says below the keys.
pub const HELP_WORDS: [&str; 4] = [
    "Marks: ✓ granted, ✗ refused, ⚡ no reply, – cancelled, ! not sent, ◌ under way.",
    "A ▸ in the margin marks what the line under the cursor was read from, or what it led to.",
    "Secrets are shown as ‹marks›; equal marks mean equal secrets. What is copied is hidden the same way.",
    "The terminal's own selection works after M has given the mouse back (or with Shift held in many terminals).",
];
