//! Styles are named for what they mean; a colour's name appears nowhere else.

use ratatui::style::{Color, Modifier, Style};

use crate::explorer::Role;

/// Which style each role wears. Colour is never the only signal: with or without it every state has a word or mark.
#[derive(Clone, Copy, Debug)]
pub struct Theme {
    color: bool,
    /// Only characters that every terminal has.
    pub ascii: bool,
}

impl Theme {
    /// A theme with or without colours, with or without drawn characters.
    pub const fn new(no_color: bool, ascii: bool) -> Self {
        Self {
            color: !no_color,
            ascii,
        }
    }

    /// Without colours: bold, dim, underline and reverse remain.
    pub const fn plain() -> Self {
        Self::new(true, false)
    }

    const fn with(self, color: Color, add: Modifier) -> Style {
        let style = Style::new().add_modifier(add);
        if self.color { style.fg(color) } else { style }
    }

    /// The style of a role.
    pub const fn role(self, role: Role) -> Style {
        let none = Modifier::empty();
        match role {
            Role::Plain => Style::new(),
            Role::Dim => self.with(Color::Reset, Modifier::DIM),
            Role::Strong => self.with(Color::Reset, Modifier::BOLD),
            Role::Label => self.with(Color::Cyan, none),
            Role::Granted => self.with(Color::Green, Modifier::BOLD),
            Role::Refused => self.with(Color::LightRed, Modifier::BOLD),
            Role::Waiting | Role::Number => self.with(Color::Yellow, none),
            Role::Secret | Role::Word => self.with(Color::Magenta, none),
            Role::Link => self.with(Color::Cyan, Modifier::UNDERLINED),
            Role::Key => self.with(Color::Cyan, Modifier::BOLD),
            Role::Member => self.with(Color::LightBlue, none),
            Role::Text => self.with(Color::Green, none),
            Role::Big => self.with(Color::Reset, Modifier::BOLD.union(Modifier::REVERSED)),
            Role::Scan if self.color => Style::new().fg(Color::Black).bg(Color::White),
            Role::Scan => Style::new().add_modifier(Modifier::REVERSED),
            Role::Warning => self.with(Color::Yellow, Modifier::BOLD),
        }
    }

    /// The row under the cursor of the pane that keys go to.
    pub const fn cursor(self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED)
    }

    /// The entry that is chosen in a pane keys do not go to.
    pub const fn chosen(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// What was looked for.
    pub const fn hit(self) -> Style {
        self.with(Color::Yellow, Modifier::UNDERLINED.union(Modifier::BOLD))
    }

    /// The mark of a line that is tied to the one under the cursor.
    pub const fn linked(self) -> Style {
        self.with(Color::Yellow, Modifier::BOLD)
    }

    /// A border; that of the pane keys go to stands out.
    pub const fn border(self, focused: bool) -> Style {
        if focused {
            self.with(Color::Cyan, Modifier::BOLD)
        } else {
            self.with(Color::DarkGray, Modifier::empty())
        }
    }

    /// A pane's title.
    pub const fn title(self, focused: bool) -> Style {
        if focused {
            self.with(Color::Cyan, Modifier::BOLD.union(Modifier::REVERSED))
        } else {
            Style::new()
        }
    }

    /// The title bar.
    pub const fn bar(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// The mark of a simulation.
    pub const fn simulated(self) -> Style {
        self.with(Color::Magenta, Modifier::BOLD.union(Modifier::REVERSED))
    }
}
