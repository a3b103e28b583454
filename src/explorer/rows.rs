//! Text laid out for a pane: rows of pieces, each with a role that a theme dresses, and the items they belong to.
//! Everything a pane shows passes through here and is made safe for a terminal here.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::model::{Clean, Line, Spot};

/// What a piece of text is. A theme maps it to a style; nothing rests on the style alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Role {
    /// Ordinary text.
    #[default]
    Plain,
    /// Of less weight.
    Dim,
    /// Of more weight.
    Strong,
    /// The name of what follows.
    Label,
    /// Good news.
    Granted,
    /// Bad news.
    Refused,
    /// Under way.
    Waiting,
    /// Something that stands for a secret.
    Secret,
    /// An address that can be opened.
    Link,
    /// A key of the keyboard.
    Key,
    /// The name of a JSON member or a header.
    Member,
    /// A JSON string.
    Text,
    /// A JSON number.
    Number,
    /// A JSON word: `true`, `false`, `null`.
    Word,
    /// What must be read from afar: the user code.
    Big,
    /// Black on white, for a camera.
    Scan,
    /// A warning.
    Warning,
}

/// Pieces of one row, in order.
pub type Pieces = Vec<(Role, String)>;

/// What an item stands for beyond its text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Tie {
    /// Nothing.
    #[default]
    Nothing,
    /// A line of the diagnosis.
    Line(Line),
    /// A place in the reply.
    Spot(Spot),
    /// The n-th entry of the pane's list.
    Nth(usize),
    /// The entry of this name: the cursor stays on it when others come before it.
    Named(String),
}

/// One thing in a pane: a JSON line, a line of the diagnosis, an entry of a list. It may take several rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// What is copied: the source text, never the drawn cells.
    pub source: String,
    /// What it stands for.
    pub tie: Tie,
    /// The address it leads to.
    pub url: Option<String>,
    /// What is folded or opened at it.
    pub fold: Option<Fold>,
}

/// Something that folds, or that is opened where it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fold {
    /// What it is known by.
    pub path: String,
    /// Whether it is open now.
    pub open: bool,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The item it belongs to; `None` for rows between items.
    pub item: Option<usize>,
    /// Its text.
    pub pieces: Pieces,
}

/// What a pane shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Content {
    /// The rows.
    pub rows: Vec<Row>,
    /// The items.
    pub items: Vec<Item>,
    /// Where the text cursor stands: row and column.
    pub caret: Option<(usize, usize)>,
    /// The cursor goes from item to item instead of from row to row.
    pub list: bool,
    /// Its lines as they were before they were wrapped or cut.
    whole: Vec<String>,
    width: usize,
    open: bool,
}

impl Content {
    /// Nothing yet, `width` columns wide.
    pub fn text(width: usize) -> Self {
        Self {
            width: width.max(4),
            ..Self::default()
        }
    }

    /// A list, `width` columns wide: the cursor goes from entry to entry.
    pub fn list(width: usize) -> Self {
        Self {
            list: true,
            ..Self::text(width)
        }
    }

    /// Its width in columns.
    pub const fn width(&self) -> usize {
        self.width
    }

    /// Begins an item; the rows that follow belong to it.
    pub fn item(&mut self, source: impl Into<String>, tie: Tie) -> &mut Item {
        let at = self.items.len();
        self.items.push(Item {
            source: source.into(),
            tie,
            url: None,
            fold: None,
        });
        self.open = true;
        &mut self.items[at]
    }

    /// Ends the item: the rows that follow belong to none.
    pub const fn end(&mut self) {
        self.open = false;
    }

    /// Adds one line, wrapped; rows after the first begin `hang` columns in.
    pub fn line(&mut self, hang: usize, pieces: &[(Role, &str)]) {
        let item = self.current();
        self.keep(pieces);
        self.wrapped(item, hang, pieces);
    }

    fn wrapped(&mut self, item: Option<usize>, hang: usize, pieces: &[(Role, &str)]) {
        for pieces in wrap(pieces, self.width, hang) {
            self.rows.push(Row { item, pieces });
        }
    }

    /// Adds one line that is cut at the width and never wrapped.
    pub fn cut(&mut self, pieces: &[(Role, &str)]) {
        let item = self.current();
        self.keep(pieces);
        let mut left = self.width;
        let mut out: Pieces = Vec::new();
        for (role, text) in pieces {
            let clean = Clean::line(text);
            let kept = fit(clean.as_str(), left);
            left -= kept.width();
            out.push((*role, kept));
        }
        self.rows.push(Row { item, pieces: out });
    }

    /// Adds text that may hold line feeds, each line wrapped.
    pub fn block(&mut self, indent: usize, role: Role, text: &str) {
        let pad = " ".repeat(indent);
        for line in text.lines() {
            self.line(indent, &[(Role::Plain, &pad), (role, line)]);
        }
    }

    /// An empty row.
    pub fn gap(&mut self) {
        self.end();
        self.whole.push(String::new());
        self.rows.push(Row {
            item: None,
            pieces: Vec::new(),
        });
    }

    /// Puts an empty row between any two items that stand close.
    pub fn spread(&mut self) {
        let mut rows: Vec<Row> = Vec::with_capacity(self.rows.len() * 2);
        for row in std::mem::take(&mut self.rows) {
            let before = rows.last().and_then(|last| last.item);
            if before.is_some() && row.item.is_some() && before != row.item {
                rows.push(Row {
                    item: None,
                    pieces: Vec::new(),
                });
            }
            rows.push(row);
        }
        self.rows = rows;
    }

    /// A label with a value beside it, as the diagnosis pane shows its lines.
    /// A word that is too long for the column of values goes below the label.
    pub fn pair(&mut self, label: &str, role: Role, value: &str) {
        let item = self.current();
        let indent = self.label_width();
        let label = Clean::line(label);
        let label = label.as_str();
        let pad = " ".repeat(indent.saturating_sub(label.width()).max(1));
        let column = self.width.saturating_sub(indent);
        let below = value.split(' ').any(|word| word.width() > column);
        if below && !label.is_empty() {
            // Too long a word for the column: the value stands below its label, where more of it fits.
            self.wrapped(item, 0, &[(Role::Label, label)]);
        }
        for (nth, line) in value.split('\n').enumerate() {
            let (label, pad) = if nth == 0 { (label, &*pad) } else { ("", "") };
            self.keep(&[(Role::Label, label), (Role::Plain, pad), (role, line)]);
            let whole = " ".repeat(if below { 2 } else { indent });
            let pieces = [(Role::Plain, &*whole), (role, line)];
            if below || nth > 0 {
                self.wrapped(item, whole.len(), &pieces);
            } else {
                let pieces = [(Role::Label, label), (Role::Plain, pad), (role, line)];
                self.wrapped(item, indent, &pieces);
            }
        }
    }

    /// How wide the column of labels is.
    pub const fn label_width(&self) -> usize {
        if self.width < 40 { 12 } else { 15 }
    }

    /// The item of a row.
    pub fn item_at(&self, row: usize) -> Option<usize> {
        self.rows.get(row)?.item
    }

    /// The first row of an item.
    pub fn first_row(&self, item: usize) -> Option<usize> {
        self.rows.iter().position(|row| row.item == Some(item))
    }

    /// The number of rows of the item at `row`, and the first of them.
    pub fn span(&self, row: usize) -> (usize, usize) {
        let item = self.item_at(row);
        if item.is_none() {
            return (row, 1);
        }
        let mut from = row;
        while from > 0 && self.rows[from - 1].item == item {
            from -= 1;
        }
        let mut to = row;
        while to + 1 < self.rows.len() && self.rows[to + 1].item == item {
            to += 1;
        }
        (from, to - from + 1)
    }

    /// The address an item leads to, if all of it is on its rows: what is opened is what is read.
    pub fn link(&self, item: usize) -> Option<&str> {
        let url = self.items.get(item)?.url.as_deref()?;
        let mut rest = url;
        for row in self.rows.iter().filter(|row| row.item == Some(item)) {
            for (_, text) in row.pieces.iter().filter(|(role, _)| *role == Role::Link) {
                rest = rest.strip_prefix(text.as_str())?;
            }
        }
        rest.is_empty().then_some(url)
    }

    /// A row's text.
    pub fn row_text(&self, row: usize) -> String {
        let pieces = self.rows.get(row).map(|row| row.pieces.as_slice());
        pieces
            .unwrap_or_default()
            .iter()
            .map(|(_, text)| text.as_str())
            .collect()
    }

    /// All of it as text, each line whole however narrow the pane is.
    pub fn whole(&self) -> String {
        self.whole.join("\n")
    }

    fn keep(&mut self, pieces: &[(Role, &str)]) {
        let line: String = pieces.iter().map(|(_, text)| *text).collect();
        let clean = Clean::line(&line).into_string();
        self.whole.push(clean.trim_end().to_owned());
    }

    fn current(&self) -> Option<usize> {
        if self.open {
            self.items.len().checked_sub(1)
        } else {
            None
        }
    }
}

/// Columns that a text takes.
pub fn columns(text: &str) -> usize {
    text.width()
}

/// Cuts text to at most `width` columns, with `…` where something is missing.
pub fn fit(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = 0;
    for grapheme in text.graphemes(true) {
        let w = grapheme.width();
        if used + w + 1 > width {
            break;
        }
        used += w;
        out.push_str(grapheme);
    }
    if used < width {
        out.push('…');
    }
    out
}

/// Wraps pieces at spaces, or anywhere within a word that is too long for a row of its own.
fn wrap(pieces: &[(Role, &str)], width: usize, hang: usize) -> Vec<Pieces> {
    let hang = hang.min(width / 2);
    let mut wrapping = Wrapping {
        width,
        hang,
        column: 0,
        rows: vec![Vec::new()],
    };
    for (role, text) in pieces {
        let clean = Clean::line(text);
        for token in tokens(clean.as_str()) {
            wrapping.token(*role, token);
        }
    }
    wrapping.rows
}

struct Wrapping {
    width: usize,
    hang: usize,
    column: usize,
    rows: Vec<Pieces>,
}

impl Wrapping {
    fn token(&mut self, role: Role, token: &str) {
        let w = token.width();
        if self.column + w <= self.width {
            self.put(role, token, w);
        } else if token.starts_with(' ') {
            if self.column > self.hang || self.rows.len() == 1 {
                self.fresh();
            }
        } else if w <= self.width - self.hang {
            self.fresh();
            self.put(role, token, w);
        } else {
            for grapheme in token.graphemes(true) {
                let w = grapheme.width();
                if self.column + w > self.width {
                    self.fresh();
                }
                self.put(role, grapheme, w);
            }
        }
    }

    fn fresh(&mut self) {
        let indent = if self.hang > 0 {
            vec![(Role::Plain, " ".repeat(self.hang))]
        } else {
            Vec::new()
        };
        self.rows.push(indent);
        self.column = self.hang;
    }

    fn put(&mut self, role: Role, text: &str, width: usize) {
        self.column += width;
        let Some(row) = self.rows.last_mut() else {
            return;
        };
        match row.last_mut() {
            Some((last, already)) if *last == role => already.push_str(text),
            _ => row.push((role, text.to_owned())),
        }
    }
}

/// Runs of spaces and runs of anything else, in turn.
fn tokens(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let space = first == ' ';
        let end = rest
            .char_indices()
            .find(|(_, c)| (*c == ' ') != space)
            .map_or(rest.len(), |(at, _)| at);
        let (token, after) = rest.split_at(end);
        rest = after;
        Some(token)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(content: &Content) -> Vec<String> {
        (0..content.rows.len())
            .map(|row| content.row_text(row))
            .collect()
    }

    #[test]
    fn a_long_value_wraps_under_its_own_column() {
        let mut content = Content::text(30);
        content.item("x", Tie::Nothing);
        content.pair("Do now", Role::Plain, "sign in, passing the claims");
        assert_eq!(
            shown(&content),
            ["Do now      sign in, passing ", "            the claims"]
        );
    }

    #[test]
    fn a_word_longer_than_a_row_is_broken_and_kept_whole() {
        let mut content = Content::text(10);
        content.line(2, &[(Role::Plain, "abcdefghijklmnopqrstuvwxyz")]);
        let joined: String = shown(&content).iter().map(|row| row.trim_start()).collect();
        assert_eq!(joined, "abcdefghijklmnopqrstuvwxyz");
    }

    #[test]
    fn what_would_act_on_the_terminal_is_shown_instead() {
        let mut content = Content::text(40);
        content.line(0, &[(Role::Plain, "a\u{1b}[2Jb")]);
        assert_eq!(shown(&content), ["a␛[2Jb"]);
    }

    #[test]
    fn what_was_wrapped_or_cut_is_still_there_whole() {
        let mut content = Content::text(20);
        content.pair("Do now", Role::Plain, "sign in, passing the claims");
        content.gap();
        content.cut(&[(Role::Dim, "a name that is longer than the pane")]);
        assert_eq!(
            content.whole(),
            "Do now      sign in, passing the claims\n\na name that is longer than the pane"
        );
    }

    #[test]
    fn an_item_is_a_link_only_where_all_of_its_address_is_read() {
        let url = "https://login.example/a/long/address";
        let mut content = Content::text(16);
        content.item("x", Tie::Nothing).url = Some(url.to_owned());
        content.line(2, &[(Role::Label, "See "), (Role::Link, url)]);
        assert!(content.rows.len() > 2);
        assert_eq!(content.link(0), Some(url));
        for shown in ["https://login.example/", "see the page", ""] {
            let mut content = Content::text(60);
            content.item("x", Tie::Nothing).url = Some(url.to_owned());
            content.line(0, &[(Role::Link, shown)]);
            assert_eq!(content.link(0), None, "{shown}");
        }
    }

    #[test]
    fn a_fitted_text_says_that_something_is_missing() {
        assert_eq!(fit("contoso-desktop", 8), "contoso…");
        assert_eq!(fit("short", 8), "short");
    }

    #[test]
    fn items_that_stand_close_are_spread_and_gaps_stay_as_they_are() {
        let mut content = Content::list(20);
        for text in ["one", "two"] {
            content.item(text, Tie::Nothing);
            content.line(0, &[(Role::Plain, text)]);
        }
        content.line(0, &[(Role::Plain, "more of two")]);
        content.gap();
        content.item("three", Tie::Nothing);
        content.line(0, &[(Role::Plain, "three")]);
        content.spread();
        assert_eq!(
            shown(&content),
            ["one", "", "two", "more of two", "", "three"]
        );
    }

    #[test]
    fn columns_are_counted_and_what_belongs_together_is_not_parted() {
        assert_eq!(fit("組織要求する", 7), "組織要…");
        assert_eq!(fit("組織要求する", 6), "組織…");
        assert_eq!(fit("e\u{301}e\u{301}e\u{301}", 2), "e\u{301}…");
        assert_eq!(fit("👩\u{200d}💻👩\u{200d}💻", 3), "👩\u{200d}💻…");
        assert_eq!(fit("שלום עולם", 5), "שלום…");
        let mut content = Content::text(6);
        content.line(0, &[(Role::Plain, "組織要求")]);
        assert_eq!(shown(&content), ["組織要", "求"]);
    }

    proptest! {
        #[test]
        fn no_row_is_wider_than_the_pane_and_nothing_but_spaces_is_lost(text in "\\PC{0,80}", width in 8usize..60, hang in 0usize..10) {
            let mut content = Content::text(width);
            content.line(hang, &[(Role::Plain, &text)]);
            for row in shown(&content) {
                prop_assert!(row.width() <= width + 1, "{row:?}");
            }
            let squeeze = |s: &str| s.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            let all: String = shown(&content).concat();
            prop_assert_eq!(squeeze(&all), squeeze(Clean::line(&text).as_str()));
        }
    }
}
