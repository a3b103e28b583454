//! The server's own JSON, laid out anew for reading: order kept, numbers and strings exactly as the server wrote
//! them. Only the white space between values is ours.

use super::lex::{self, End, Kind, Node, Tree};

/// What a piece of a line is, for colouring.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Piece {
    /// Brackets, commas, colons and the spaces between.
    Punctuation,
    /// A member's name, quotes included.
    Key,
    /// A string, quotes and escapes included.
    String,
    /// A number.
    Number,
    /// `true`, `false`, `null`.
    Word,
    /// What could not be read as JSON: the rest of a cut text.
    Plain,
}

/// One line of the layout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JsonLine {
    /// The JSON pointer (RFC 6901) of the value that stands here; of the container for its closing line. Below 64
    /// levels and beyond 256 bytes it stays that of the ancestor.
    pub pointer: String,
    /// How deep it stands, in levels.
    pub indent: usize,
    /// The pieces, slices of the source except for one space after a colon or comma.
    pub pieces: Vec<(Piece, String)>,
}

impl JsonLine {
    /// The line's text, without its indentation.
    pub fn text(&self) -> String {
        self.pieces.iter().map(|(_, text)| text.as_str()).collect()
    }
}

/// Longest array of plain values, in bytes, that stays on one line.
const INLINE: usize = 60;
/// Pointers are not made longer than this.
const POINTER: usize = 256;
/// Pointers are not made deeper than this.
const DEPTH: usize = 64;

/// Lays out a body. A text that ends too early is laid out as far as it goes, what remains as one plain line.
/// `None` where it is not JSON.
pub fn outline(body: &[u8]) -> Option<Vec<JsonLine>> {
    let text = String::from_utf8_lossy(body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body));
    let tree = lex::read(&text);
    let container = tree
        .nodes
        .first()
        .is_some_and(|root| matches!(root.kind, Kind::Object | Kind::Array));
    match tree.end {
        End::Whole | End::Long => {}
        End::Cut if container => {}
        End::Cut | End::Broken | End::Empty => return None,
    }
    let mut outline = Outline {
        tree: &tree,
        lines: Vec::new(),
        open: Vec::new(),
    };
    let mut node = 0;
    while node < tree.nodes.len() {
        node = outline.put(node);
    }
    outline.close_until(None);
    let rest = text.get(tree.rest..).unwrap_or_default().trim();
    if !rest.is_empty() {
        outline.lines.push(JsonLine {
            pointer: String::new(),
            indent: 0,
            pieces: vec![(Piece::Plain, rest.to_owned())],
        });
    }
    Some(outline.lines)
}

/// The line on which a value stands: that of the longest pointer that is the wanted one or an ancestor of it.
pub fn line_of(lines: &[JsonLine], pointer: &str) -> Option<usize> {
    let holds = |line: &JsonLine| {
        pointer
            .strip_prefix(line.pointer.as_str())
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let longest = lines
        .iter()
        .filter(|line| holds(line))
        .map(|line| line.pointer.len())
        .max()?;
    lines
        .iter()
        .position(|line| line.pointer.len() == longest && holds(line))
}

struct Outline<'a> {
    tree: &'a Tree<'a>,
    lines: Vec<JsonLine>,
    /// Containers whose closing bracket is still to come, with their pointers.
    open: Vec<(usize, String)>,
}

impl Outline<'_> {
    /// Puts a value on a line of its own; returns the next value to put.
    fn put(&mut self, index: usize) -> usize {
        let tree = self.tree;
        let node = &tree.nodes[index];
        self.close_until(node.parent);
        let pointer = self.pointer(index);
        let mut pieces = key_pieces(tree, node);
        let next = match node.kind {
            Kind::String | Kind::Number | Kind::Word => {
                pieces.push((scalar(node.kind), tree.source(index).to_owned()));
                index + 1
            }
            Kind::Object | Kind::Array if node.whole && node.children == 0 => {
                let brackets = if node.kind == Kind::Object {
                    "{}"
                } else {
                    "[]"
                };
                pieces.push((Piece::Punctuation, brackets.to_owned()));
                index + 1
            }
            Kind::Array if self.fits(index) => {
                inline(tree, index, &mut pieces);
                index + node.children + 1
            }
            Kind::Object | Kind::Array => {
                let bracket = if node.kind == Kind::Object { "{" } else { "[" };
                pieces.push((Piece::Punctuation, bracket.to_owned()));
                self.lines.push(JsonLine {
                    pointer: pointer.clone(),
                    indent: self.open.len(),
                    pieces,
                });
                self.open.push((index, pointer));
                return index + 1;
            }
        };
        add_comma(node, &mut pieces);
        self.lines.push(JsonLine {
            pointer,
            indent: self.open.len(),
            pieces,
        });
        next
    }

    /// Closes containers until `parent` is the innermost open one.
    fn close_until(&mut self, parent: Option<usize>) {
        while self.open.last().map(|(index, _)| *index) != parent {
            let Some((index, pointer)) = self.open.pop() else {
                return;
            };
            let node = &self.tree.nodes[index];
            if !node.whole {
                continue;
            }
            let bracket = if node.kind == Kind::Object { "}" } else { "]" };
            let mut pieces = vec![(Piece::Punctuation, bracket.to_owned())];
            add_comma(node, &mut pieces);
            self.lines.push(JsonLine {
                pointer,
                indent: self.open.len(),
                pieces,
            });
        }
    }

    fn pointer(&self, index: usize) -> String {
        let Some((_, above)) = self.open.last() else {
            return String::new();
        };
        let step = self.tree.step(index);
        if self.open.len() > DEPTH || above.len() + step.len() >= POINTER {
            return above.clone();
        }
        format!("{above}/{step}")
    }

    /// Whether an array is short and holds only plain values.
    fn fits(&self, index: usize) -> bool {
        let node = &self.tree.nodes[index];
        node.whole
            && node.span.len() <= INLINE
            && self.tree.nodes[index + 1..]
                .iter()
                .take(node.children)
                .all(|child| !matches!(child.kind, Kind::Object | Kind::Array))
    }
}

fn scalar(kind: Kind) -> Piece {
    match kind {
        Kind::String => Piece::String,
        Kind::Number => Piece::Number,
        Kind::Word => Piece::Word,
        Kind::Object | Kind::Array => Piece::Punctuation,
    }
}

fn key_pieces(tree: &Tree<'_>, node: &Node) -> Vec<(Piece, String)> {
    tree.key(node).map_or_else(Vec::new, |key| {
        vec![
            (Piece::Key, key.to_owned()),
            (Piece::Punctuation, ": ".to_owned()),
        ]
    })
}

fn add_comma(node: &Node, pieces: &mut Vec<(Piece, String)>) {
    if node.comma {
        pieces.push((Piece::Punctuation, ",".to_owned()));
    }
}

fn inline(tree: &Tree<'_>, array: usize, pieces: &mut Vec<(Piece, String)>) {
    pieces.push((Piece::Punctuation, "[".to_owned()));
    let children = tree.nodes[array].children;
    for index in array + 1..=array + children {
        let node = &tree.nodes[index];
        pieces.push((scalar(node.kind), tree.source(index).to_owned()));
        if node.comma {
            let comma = if node.index + 1 < children { ", " } else { "," };
            pieces.push((Piece::Punctuation, comma.to_owned()));
        }
    }
    pieces.push((Piece::Punctuation, "]".to_owned()));
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn texts(body: &str) -> Vec<String> {
        let lines = outline(body.as_bytes()).unwrap();
        lines
            .iter()
            .map(|line| format!("{}{}", "  ".repeat(line.indent), line.text()))
            .collect()
    }

    #[test]
    fn the_layout_keeps_order_and_the_servers_own_writing() {
        let body = r#"{"z":1.50,"a":"\u00e9\/","error_codes":[ 50076,1e3 ],"o":{"e":{}},"l":[{"x":null}]}"#;
        assert_eq!(
            texts(body),
            [
                "{",
                "  \"z\": 1.50,",
                r#"  "a": "\u00e9\/","#,
                "  \"error_codes\": [50076, 1e3],",
                "  \"o\": {",
                "    \"e\": {}",
                "  },",
                "  \"l\": [",
                "    {",
                "      \"x\": null",
                "    }",
                "  ]",
                "}",
            ]
        );
    }

    #[test]
    fn a_fact_finds_its_line() {
        let lines = outline(br#"{"error":"e","error_codes":[1,2],"error_uri":"u"}"#).unwrap();
        assert_eq!(line_of(&lines, "/error_codes/1"), Some(2));
        assert_eq!(line_of(&lines, "/error_uri"), Some(3));
        assert_eq!(line_of(&lines, ""), Some(0));
        assert_eq!(line_of(&lines, "/nothing"), Some(0));
    }

    #[test]
    fn a_cut_body_is_laid_out_as_far_as_it_goes() {
        assert_eq!(
            texts(r#"{"a":{"b":[1,2"#),
            ["{", "  \"a\": {", "    \"b\": [", "      1,", "      2"]
        );
        assert_eq!(texts(r#"{"a":1,"err"#), ["{", "  \"a\": 1,", "\"err"]);
    }

    #[test]
    fn what_is_not_json_has_no_layout() {
        for body in [
            "",
            "  ",
            "<html>",
            "error: no",
            "{oops}",
            "[a]",
            "{} {}",
            "\"cut",
            "nul",
        ] {
            assert_eq!(outline(body.as_bytes()), None, "{body}");
        }
    }

    #[test]
    fn depth_and_width_do_no_harm() {
        let deep = outline(format!("{{\"k\":{}", "[".repeat(300_000)).as_bytes()).unwrap();
        assert!(deep.iter().all(|line| line.pointer.len() <= POINTER));
        let long_key = format!("{{\"{}\":[{}1]}}", "k".repeat(9_000), "1,".repeat(5_000));
        assert!(
            outline(long_key.as_bytes())
                .unwrap()
                .iter()
                .all(|line| line.pointer.is_empty() || line.pointer.len() <= POINTER)
        );
    }

    fn squeezed(text: &str) -> String {
        text.chars().filter(|c| !c.is_whitespace()).collect()
    }

    proptest! {
        #[test]
        fn nothing_is_lost_or_added(text in "[\\[\\]{}\":,0-9a-z\\\\ é]{0,60}") {
            if let Some(lines) = outline(text.as_bytes()) {
                let laid: String = lines.iter().map(JsonLine::text).collect();
                prop_assert_eq!(squeezed(&laid), squeezed(&text));
            }
        }

        #[test]
        fn any_bytes_are_taken(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = outline(&bytes);
        }
    }
}
