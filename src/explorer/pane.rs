//! The panes, the scenes they stand in, and the boxes that lie over them.

/// Something with a border, a cursor and a scroll position of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Pane {
    /// The doors.
    Start,
    /// The scenarios.
    Picker,
    /// The scenario under the cursor of the list.
    About,
    /// The runs of this session.
    Runs,
    /// What the selected run means: diagnosis, token or what it is doing.
    Diagnosis,
    /// The reply as it came.
    Reply,
    /// The exchanges with their timing.
    Exchanges,
    /// What to do next.
    Steps,
    /// The form of an own acquisition.
    Form,
    /// The box for a paste.
    Paste,
    /// What a paste means.
    Found,
    /// Past runs.
    History,
    /// Two runs compared.
    Compare,
    /// The log of a run.
    Log,
    /// What the scenario that is set up is about.
    Guide,
    /// A run as a program's call.
    Code,
    /// The lab's world: what can be switched.
    Lab,
    /// The requests that reach the lab.
    Requests,
    /// What the lab saw of a request.
    Record,
    /// What the client saw of it.
    Seen,
    /// The scenario's narration.
    Story,
    /// What the lab's user does.
    Acts,
    /// What can be done with a token.
    Uses,
    /// What an administrator will be asked for.
    Consent,
    /// The device page as a QR code.
    Qr,
    /// Every key.
    Help,
    /// A message to hand over.
    Message,
    /// That message while it is edited.
    Draft,
    /// A question only the person can answer.
    Ask,
    /// The search line of the catalogue.
    Lookup,
    /// What fits in the catalogue.
    Catalogue,
    /// One entry of the catalogue.
    Entry,
    /// The line of the command palette.
    Palette,
    /// What the palette offers.
    Offers,
}

impl Pane {
    /// Every pane.
    pub const ALL: [Self; 34] = [
        Self::Start,
        Self::Picker,
        Self::About,
        Self::Runs,
        Self::Diagnosis,
        Self::Reply,
        Self::Exchanges,
        Self::Steps,
        Self::Form,
        Self::Paste,
        Self::Found,
        Self::History,
        Self::Compare,
        Self::Log,
        Self::Guide,
        Self::Code,
        Self::Lab,
        Self::Requests,
        Self::Record,
        Self::Seen,
        Self::Story,
        Self::Acts,
        Self::Uses,
        Self::Consent,
        Self::Qr,
        Self::Help,
        Self::Message,
        Self::Draft,
        Self::Ask,
        Self::Lookup,
        Self::Catalogue,
        Self::Entry,
        Self::Palette,
        Self::Offers,
    ];

    /// The panes of the main screen, in the order of Tab.
    pub const MAIN: [Self; 5] = [
        Self::Runs,
        Self::Diagnosis,
        Self::Reply,
        Self::Exchanges,
        Self::Steps,
    ];

    /// Whether it stands on the main screen.
    pub fn is_main(self) -> bool {
        Self::MAIN.contains(&self)
    }

    /// Whether it lies over a scene.
    pub const fn is_over(self) -> bool {
        !matches!(
            self,
            Self::Start
                | Self::Picker
                | Self::About
                | Self::Runs
                | Self::Diagnosis
                | Self::Reply
                | Self::Exchanges
                | Self::Steps
        )
    }

    /// Whether it is one of those the catalogue's screen is made of; they share their edges.
    pub const fn is_catalogue(self) -> bool {
        matches!(self, Self::Lookup | Self::Catalogue | Self::Entry)
    }

    /// Whether it is one of those the lab's screen is made of; they share their edges.
    pub const fn is_lab(self) -> bool {
        matches!(
            self,
            Self::Lab | Self::Requests | Self::Record | Self::Seen | Self::Story
        )
    }

    /// Whether it is one of those the command palette is made of; they share their edges.
    pub const fn is_palette(self) -> bool {
        matches!(self, Self::Palette | Self::Offers)
    }

    /// The box it stands in: several panes make up the catalogue, the lab's screen and the palette.
    #[must_use]
    pub const fn lid(self) -> Self {
        if self.is_catalogue() {
            Self::Catalogue
        } else if self.is_lab() {
            Self::Lab
        } else if self.is_palette() {
            Self::Palette
        } else {
            self
        }
    }

    /// Whether typed letters are text in it.
    pub const fn takes_text(self) -> bool {
        matches!(
            self,
            Self::Form | Self::Paste | Self::Ask | Self::Lookup | Self::Palette | Self::Draft
        )
    }

    /// Its place in tables that hold one entry a pane.
    pub const fn index(self) -> usize {
        self as usize
    }
}

/// What lies under everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scene {
    /// The doors.
    Start,
    /// The list of scenarios.
    Picker,
    /// The main screen.
    Main,
}

/// How keys are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mode {
    /// A letter is a command.
    Normal,
    /// A letter is text.
    Text,
}
