//! A theme as the terminal's own styles: its colours brought down to those there are.

use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier, Style};

use crate::explorer::Role;
use crate::model::Depth;
use crate::model::theme::{Ink, Paint, Part, Scheme};

/// Which style each part wears. Colour is never the only signal: with or without it every state has a word or mark.
#[derive(Clone, Debug)]
pub struct Theme {
    styles: Vec<Style>,
    own: Option<(Color, Color)>,
    /// Only characters that every terminal has.
    pub ascii: bool,
}

impl Theme {
    /// A scheme on a terminal with so many colours, with or without drawn characters.
    pub fn new(scheme: &Scheme, depth: Depth, ascii: bool) -> Self {
        let styles = Part::ALL.iter().map(|part| {
            let exact = scheme.paint(*part);
            let paint = match depth {
                Depth::Sixteen => scheme.of_sixteen(*part).unwrap_or(exact),
                Depth::None | Depth::Indexed | Depth::True => exact,
            };
            style(paint, depth)
        });
        let own = scheme.own.filter(|_| depth != Depth::None);
        Self {
            styles: styles.collect(),
            own: own.map(|(fg, bg)| (color(fg, depth), color(bg, depth))),
            ascii,
        }
    }

    /// Nothing but text.
    pub fn plain() -> Self {
        Self::new(&Scheme::default(), Depth::None, false)
    }

    fn part(&self, part: Part) -> Style {
        self.styles.get(part as usize).copied().unwrap_or_default()
    }

    /// The style of a role.
    pub fn role(&self, role: Role) -> Style {
        self.part(match role {
            Role::Plain => Part::Plain,
            Role::Dim => Part::Dim,
            Role::Strong => Part::Strong,
            Role::Label => Part::Label,
            Role::Granted => Part::Granted,
            Role::Refused => Part::Refused,
            Role::Waiting => Part::Waiting,
            Role::Secret => Part::Secret,
            Role::Link => Part::Link,
            Role::Key => Part::Key,
            Role::Member => Part::Member,
            Role::Text => Part::Text,
            Role::Number => Part::Number,
            Role::Word => Part::Word,
            Role::Big => Part::Big,
            Role::Scan => Part::Scan,
            Role::Warning => Part::Warning,
        })
    }

    /// The row under the cursor of the pane that keys go to.
    pub fn cursor(&self) -> Style {
        self.part(Part::Cursor)
    }

    /// The entry that is chosen in a pane keys do not go to.
    pub fn chosen(&self) -> Style {
        self.part(Part::Chosen)
    }

    /// What was looked for.
    pub fn hit(&self) -> Style {
        self.part(Part::Hit)
    }

    /// The mark of a line that is tied to the one under the cursor.
    pub fn linked(&self) -> Style {
        self.part(Part::Linked)
    }

    /// A border; that of the pane keys go to stands out.
    pub fn border(&self, focused: bool) -> Style {
        self.part(if focused {
            Part::BorderFocused
        } else {
            Part::Border
        })
    }

    /// A pane's title.
    pub fn title(&self, focused: bool) -> Style {
        self.part(if focused {
            Part::TitleFocused
        } else {
            Part::Title
        })
    }

    /// The title bar.
    pub fn bar(&self) -> Style {
        self.part(Part::Bar)
    }

    /// The mark of a simulation.
    pub fn simulated(&self) -> Style {
        self.part(Part::Simulated)
    }

    /// Gives what has no colour of its own the theme's, where it has some.
    pub fn ground(&self, buf: &mut Buffer) {
        let Some((fg, bg)) = self.own else { return };
        for cell in &mut buf.content {
            if cell.fg == Color::Reset {
                cell.fg = fg;
            }
            if cell.bg == Color::Reset {
                cell.bg = bg;
            }
        }
    }
}

fn style(paint: Paint, depth: Depth) -> Style {
    let mut modifier = Modifier::empty();
    modifier.set(Modifier::BOLD, paint.bold);
    modifier.set(Modifier::DIM, paint.dim);
    modifier.set(Modifier::ITALIC, paint.italic);
    modifier.set(Modifier::UNDERLINED, paint.underline);
    modifier.set(Modifier::REVERSED, paint.reverse);
    let shown = |ink: Option<Ink>| ink.filter(|_| depth != Depth::None);
    Style {
        fg: shown(paint.fg).map(|ink| color(ink, depth)),
        bg: shown(paint.bg).map(|ink| color(ink, depth)),
        ..Style::new().add_modifier(modifier)
    }
}

/// The nearest colour there is.
fn color(ink: Ink, depth: Depth) -> Color {
    match (ink, depth) {
        (Ink::Own, _) | (_, Depth::None) => Color::Reset,
        (Ink::Exact(rgb), Depth::True) => Color::Rgb(rgb.0, rgb.1, rgb.2),
        (Ink::Exact(rgb), Depth::Indexed) => Color::Indexed(rgb.nearest_of_256()),
        (Ink::Exact(rgb), Depth::Sixteen) => Color::Indexed(rgb.nearest_of_16()),
        (Ink::Indexed(index @ 16..), Depth::Sixteen) => {
            Color::Indexed(crate::model::color::Rgb::of_index(index).nearest_of_16())
        }
        (Ink::Indexed(index), _) => Color::Indexed(index),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::color::Rgb;

    fn scheme() -> Scheme {
        let mut scheme = Scheme::default();
        scheme.own = Some((Ink::Exact(Rgb(250, 250, 250)), Ink::Indexed(16)));
        let paint = Paint {
            fg: Some(Ink::Exact(Rgb(255, 135, 0))),
            bold: true,
            ..Paint::default()
        };
        let plainly = Paint {
            fg: Some(Ink::Indexed(9)),
            ..Paint::default()
        };
        scheme.set(Part::Refused, paint, Some(plainly));
        scheme
    }

    #[test]
    fn a_colour_is_brought_down_to_those_the_terminal_has() {
        let of = |depth| Theme::new(&scheme(), depth, false).role(Role::Refused);
        assert_eq!(of(Depth::True).fg, Some(Color::Rgb(255, 135, 0)));
        assert_eq!(of(Depth::Indexed).fg, Some(Color::Indexed(208)));
        assert_eq!(of(Depth::Sixteen).fg, Some(Color::Indexed(9)));
        assert_eq!(of(Depth::None).fg, None);
        let bold = |depth| of(depth).add_modifier.contains(Modifier::BOLD);
        assert!(bold(Depth::None) && bold(Depth::True) && !bold(Depth::Sixteen));
    }

    #[test]
    fn a_theme_with_a_ground_of_its_own_leaves_no_cell_on_another() {
        let mut buf = Buffer::empty(ratatui::layout::Rect::new(0, 0, 3, 1));
        buf.set_string(1, 0, "x", Style::new().fg(Color::Indexed(1)));
        Theme::new(&scheme(), Depth::Indexed, false).ground(&mut buf);
        assert!(buf.content.iter().all(|cell| cell.bg == Color::Indexed(16)));
        assert_eq!(buf[(1, 0)].fg, Color::Indexed(1));
        assert_eq!(buf[(0, 0)].fg, Color::Indexed(231));
        let mut buf = Buffer::empty(buf.area);
        Theme::new(&scheme(), Depth::None, false).ground(&mut buf);
        assert_eq!(buf, Buffer::empty(buf.area));
    }
}
