//! Everything a key can do.

/// What a key does. Each has a binding in the keymap (tested).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Action {
    /// One up.
    Up,
    /// One down.
    Down,
    /// To the first.
    Top,
    /// To the last.
    Bottom,
    /// A screenful up.
    PageUp,
    /// A screenful down.
    PageDown,
    /// To the next pane.
    NextPane,
    /// To the pane before.
    PreviousPane,
    /// Choose the entry under the cursor.
    Choose,
    /// Do the step under the cursor.
    Do,
    /// Do the step with this digit.
    DoNumber,
    /// The next way of doing the step.
    NextWay,
    /// The way before.
    PreviousWay,
    /// Leave the step under the cursor out, or take it up again.
    SkipStep,
    /// Edit the message that is handed over.
    EditMessage,
    /// Take back what was changed in that message.
    AsWritten,
    /// Begin a search.
    Search,
    /// The next hit.
    NextHit,
    /// The hit before.
    PreviousHit,
    /// Copy what is under the cursor.
    Copy,
    /// Copy all of the pane.
    CopyAll,
    /// Copy what support asks for.
    CopyIds,
    /// Show what is hidden until the next key.
    Reveal,
    /// Open the link.
    OpenLink,
    /// Compare two runs.
    Compare,
    /// Mark a run for comparing.
    Mark,
    /// Paste what the browser shows, or anything else.
    Paste,
    /// Switch between the laid-out and the exact bytes.
    Exact,
    /// Fold or unfold headers, details or noise.
    Fold,
    /// Open what is under the cursor where it stands.
    Unfold,
    /// Fold what is under the cursor, or go to what encloses it.
    FoldUp,
    /// Open or fold everything.
    FoldAll,
    /// Switch between request and reply.
    Side,
    /// The next exchange.
    NextExchange,
    /// The exchange before.
    PreviousExchange,
    /// The lab's user does what the page asks.
    LabUser,
    /// Choose what the lab's user does.
    LabActs,
    /// Cut a wait short.
    CutWait,
    /// Cancel the run.
    CancelRun,
    /// Run it again.
    Repeat,
    /// Call the API with the token.
    CallApi,
    /// Call another address with the token.
    CallOther,
    /// Show the device page as a QR code.
    Qr,
    /// Check the token's signature.
    Verify,
    /// Choose what to do with the token.
    Uses,
    /// Do the scenario's next step.
    NextScenarioStep,
    /// Do what comes next, whatever it is.
    Play,
    /// Larger, with the story and the keys, for an audience; or back.
    Present,
    /// Look at what the scenario is about.
    Guide,
    /// Look something up in the catalogue.
    Catalogue,
    /// Back to what was looked at before.
    GoBack,
    /// Forward again.
    GoForward,
    /// Find anything that can be done or gone to.
    Palette,
    /// Open the catalogue's entry of what the cursor is on.
    LookUp,
    /// Only the next class.
    NextClass,
    /// Only the class before.
    PreviousClass,
    /// Only what the next one acts on.
    NextActor,
    /// Only what the one before acts on.
    PreviousActor,
    /// Only where signing in helps in the next way.
    NextLogin,
    /// Only where signing in helps in the way before.
    PreviousLogin,
    /// Take every filter off.
    ClearFilters,
    /// Choose a scenario.
    Scenarios,
    /// Ask for a token of one's own.
    Form,
    /// Look at past runs.
    History,
    /// Remove all past runs.
    ClearHistory,
    /// Show the log.
    Log,
    /// Show the run as a program's call.
    Code,
    /// Show the lab's screen.
    Lab,
    /// Change the lab's world in words.
    Order,
    /// Have the lab answer with a code.
    Force,
    /// The request that came after the opened one.
    NextRequest,
    /// The request that came before it.
    PreviousRequest,
    /// Leave the lab for the run that the request belongs to.
    OpenRun,
    /// Everything in the lab as at the start.
    StartOver,
    /// Sign the lab's users in beforehand.
    SignInBeforehand,
    /// Switch the mouse on or off.
    Mouse,
    /// Show every key.
    Help,
    /// Close what lies on top.
    Back,
    /// Accept what was typed.
    Submit,
    /// The next field.
    NextField,
    /// The field before.
    PreviousField,
    /// The next value of a choice.
    NextValue,
    /// The value before.
    PreviousValue,
    /// Draw the screen anew.
    Redraw,
    /// Stop and give the terminal back for a while.
    Suspend,
    /// End.
    Quit,
    /// End at once, wherever.
    Interrupt,
}

impl Action {
    /// What it is called where a person names it, in `settings.toml` and by the command palette: `next-pane`.
    pub fn name(self) -> String {
        let mut name = String::new();
        for c in format!("{self:?}").chars() {
            if c.is_ascii_uppercase() && !name.is_empty() {
                name.push('-');
            }
            name.push(c.to_ascii_lowercase());
        }
        name
    }
}
