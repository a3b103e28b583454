//! How the parts of the screen are painted, as plain data: which parts there are, and a style for each.

use serde::Deserialize;

use super::color::Rgb;

/// A colour as a theme names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ink {
    /// What the terminal writes with, or on, by itself.
    Own,
    /// A colour of its own.
    Exact(Rgb),
    /// One of the 256 of xterm; the first sixteen look as the person has set them.
    Indexed(u8),
}

/// The names of the first sixteen colours, in their order.
pub const ANSI: [&str; 16] = [
    "black",
    "red",
    "green",
    "yellow",
    "blue",
    "magenta",
    "cyan",
    "white",
    "bright-black",
    "bright-red",
    "bright-green",
    "bright-yellow",
    "bright-blue",
    "bright-magenta",
    "bright-cyan",
    "bright-white",
];

impl Ink {
    /// Reads `default`, `#rrggbb`, a number from 0 to 255 or the name of one of the first sixteen.
    pub fn parse(text: &str) -> Option<Self> {
        if text == "default" {
            return Some(Self::Own);
        }
        if let Some(index) = ANSI.iter().position(|name| *name == text) {
            return u8::try_from(index).ok().map(Self::Indexed);
        }
        let indexed = || text.parse().ok().map(Self::Indexed);
        Rgb::parse(text).map(Self::Exact).or_else(indexed)
    }
}

/// How one part is painted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is an attribute of the terminal, and any may stand beside any"
)]
pub struct Paint {
    /// The colour of the text; `None`: as it is.
    pub fg: Option<Ink>,
    /// The colour behind it; `None`: as it is.
    pub bg: Option<Ink>,
    /// Heavier.
    pub bold: bool,
    /// Fainter.
    pub dim: bool,
    /// Slanted.
    pub italic: bool,
    /// With a line below.
    pub underline: bool,
    /// Both colours changed over.
    pub reverse: bool,
}

macro_rules! parts {
    ($($(#[$doc:meta])+ $part:ident $name:literal,)+) => {
        /// What a theme gives a style to.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum Part {
            $($(#[$doc])+ $part,)+
        }

        impl Part {
            /// Every part.
            pub const ALL: &[Self] = &[$(Self::$part,)+];

            /// Its name in a theme's file.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$part => $name,)+
                }
            }
        }
    };
}

parts! {
    /// Ordinary text.
    Plain "plain",
    /// Text of less weight.
    Dim "dim",
    /// Text of more weight.
    Strong "strong",
    /// The name of what follows.
    Label "label",
    /// Good news.
    Granted "granted",
    /// Bad news.
    Refused "refused",
    /// Something under way.
    Waiting "waiting",
    /// What stands for a secret.
    Secret "secret",
    /// An address that can be opened.
    Link "link",
    /// A key of the keyboard.
    Key "key",
    /// The name of a JSON member or a header.
    Member "member",
    /// A JSON string.
    Text "text",
    /// A JSON number.
    Number "number",
    /// A JSON word: `true`, `false`, `null`.
    Word "word",
    /// What must be read from afar.
    Big "big",
    /// What a camera reads.
    Scan "scan",
    /// A warning.
    Warning "warning",
    /// The row under the cursor of the pane that keys go to.
    Cursor "cursor",
    /// The entry that is chosen in a pane keys do not go to.
    Chosen "chosen",
    /// What was looked for.
    Hit "hit",
    /// The mark of a line that is tied to the one under the cursor.
    Linked "linked",
    /// A border.
    Border "border",
    /// The border of the pane that keys go to.
    BorderFocused "border-focused",
    /// A pane's title.
    Title "title",
    /// The title of the pane that keys go to.
    TitleFocused "title-focused",
    /// The title bar.
    Bar "bar",
    /// The mark of a simulation.
    Simulated "simulated",
}

/// A theme: a style for every part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scheme {
    /// The colours of everything that has none of its own, text and ground; `None`: the terminal's.
    pub own: Option<(Ink, Ink)>,
    /// The grounds it is made for, from one end to the other; what is drawn on its own ground names none.
    pub grounds: Vec<Rgb>,
    /// Styles in the order of [`Part::ALL`], each with the one for sixteen colours where that is named.
    paints: Vec<(Paint, Option<Paint>)>,
}

impl Default for Scheme {
    fn default() -> Self {
        Self {
            own: None,
            grounds: Vec::new(),
            paints: vec![(Paint::default(), None); Part::ALL.len()],
        }
    }
}

impl Scheme {
    /// The style of a part.
    pub fn paint(&self, part: Part) -> Paint {
        self.paints[part as usize].0
    }

    /// The style of a part on a terminal of sixteen colours, where one is named.
    pub fn of_sixteen(&self, part: Part) -> Option<Paint> {
        self.paints[part as usize].1
    }

    /// Sets the style of a part, and the one for sixteen colours.
    pub fn set(&mut self, part: Part, paint: Paint, of_sixteen: Option<Paint>) {
        self.paints[part as usize] = (paint, of_sixteen);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_is_a_name_a_number_or_six_digits() {
        assert_eq!(Ink::parse("bright-red"), Some(Ink::Indexed(9)));
        assert_eq!(Ink::parse("208"), Some(Ink::Indexed(208)));
        assert_eq!(Ink::parse("#010203"), Some(Ink::Exact(Rgb(1, 2, 3))));
        assert_eq!(Ink::parse("default"), Some(Ink::Own));
        for bad in ["", "256", "-1", "gren", "#12345"] {
            assert_eq!(Ink::parse(bad), None, "{bad}");
        }
    }
}
