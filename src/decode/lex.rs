//! A JSON reader that keeps source positions, reads as far as it can and never recurses. It accepts what RFC 8259
//! allows, and also line ends inside strings and a comma too many; it says whether the text was whole, cut or broken.

use std::ops::Range;

use super::unescape;

/// How many values are read; the rest of a longer text is left alone.
const MOST_NODES: usize = 200_000;

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Object,
    Array,
    String,
    Number,
    Word,
}

/// One value.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    /// The container; `None` for the root.
    pub parent: Option<usize>,
    /// Its member name, quotes included, if the container is an object.
    pub key: Option<Range<usize>>,
    /// Its position in the container.
    pub index: usize,
    pub kind: Kind,
    /// The whole value, quotes or brackets included.
    pub span: Range<usize>,
    /// Whether its end was seen.
    pub whole: bool,
    /// How many values it contains directly.
    pub children: usize,
    /// Whether a comma follows.
    pub comma: bool,
}

/// How the text ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// One whole value and nothing else.
    Whole,
    /// The text ended in the middle.
    Cut,
    /// Something that is not JSON came.
    Broken,
    /// There were more values than are read.
    Long,
    /// Nothing but white space.
    Empty,
}

/// What was read, in document order.
pub(crate) struct Tree<'a> {
    pub text: &'a str,
    pub nodes: Vec<Node>,
    pub end: End,
    /// Where the text begins that no node stands for.
    pub rest: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Expect {
    Value,
    Key,
    Colon,
    Comma,
    Nothing,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Token {
    Open(Kind),
    Close(Kind),
    Colon,
    Comma,
    String { closed: bool },
    Number,
    Word { whole: bool },
    Bad,
}

struct Reader<'a> {
    tree: Tree<'a>,
    stack: Vec<usize>,
    key: Option<Range<usize>>,
    /// The value that was finished last.
    last: usize,
    expect: Expect,
}

/// Reads a text as JSON, as far as it is.
pub(crate) fn read(text: &str) -> Tree<'_> {
    let mut reader = Reader {
        tree: Tree {
            text,
            nodes: Vec::new(),
            end: End::Empty,
            rest: 0,
        },
        stack: Vec::new(),
        key: None,
        last: 0,
        expect: Expect::Value,
    };
    let mut at = 0;
    let broken = loop {
        let Some((token, span)) = token(text.as_bytes(), at) else {
            break None;
        };
        at = span.end;
        if reader.tree.nodes.len() >= MOST_NODES {
            break Some(End::Long);
        }
        if !reader.take(token, &span) {
            break Some(End::Broken);
        }
        reader.tree.rest = span.end;
    };
    let nothing = reader.tree.nodes.is_empty();
    reader.tree.end = match broken {
        Some(end) => end,
        None if nothing => End::Empty,
        None if reader.expect == Expect::Nothing && reader.tree.nodes[0].whole => End::Whole,
        None => End::Cut,
    };
    reader.finish()
}

impl<'a> Reader<'a> {
    /// Whether the token may stand here.
    fn take(&mut self, token: Token, span: &Range<usize>) -> bool {
        match (token, self.expect) {
            (Token::Open(kind), Expect::Value) => {
                let node = self.add(kind, span.clone(), false);
                self.stack.push(node);
                self.expect = if kind == Kind::Object {
                    Expect::Key
                } else {
                    Expect::Value
                };
                true
            }
            (Token::Close(kind), Expect::Comma | Expect::Key) => self.close(kind, span.end),
            (Token::Close(Kind::Array), Expect::Value) if self.key.is_none() => {
                self.close(Kind::Array, span.end)
            }
            (Token::Colon, Expect::Colon) => {
                self.expect = Expect::Value;
                true
            }
            (Token::Comma, Expect::Comma) => self.comma(),
            (Token::String { closed: true }, Expect::Key) => {
                self.key = Some(span.clone());
                self.expect = Expect::Colon;
                true
            }
            (Token::String { closed }, Expect::Value) => self.scalar(Kind::String, span, closed),
            (Token::Number, Expect::Value) => {
                let whole = span.end < self.tree.text.len() || self.stack.is_empty();
                self.scalar(Kind::Number, span, whole)
            }
            (Token::Word { whole }, Expect::Value) => self.scalar(Kind::Word, span, whole),
            // The start of a member name that was cut off: the text ends here anyway.
            (Token::String { closed: false }, Expect::Key) => {
                self.key = Some(span.clone());
                true
            }
            _ => false,
        }
    }

    fn comma(&mut self) -> bool {
        let Some(&top) = self.stack.last() else {
            return false;
        };
        let object = self.tree.nodes[top].kind == Kind::Object;
        if let Some(node) = self.tree.nodes.get_mut(self.last) {
            node.comma = true;
        }
        self.expect = if object { Expect::Key } else { Expect::Value };
        true
    }

    fn close(&mut self, kind: Kind, end: usize) -> bool {
        let Some(top) = self.stack.pop() else {
            return false;
        };
        let node = &mut self.tree.nodes[top];
        if node.kind != kind {
            return false;
        }
        node.span.end = end;
        node.whole = true;
        self.after_value(top);
        true
    }

    fn after_value(&mut self, node: usize) {
        self.last = node;
        self.expect = if self.stack.is_empty() {
            Expect::Nothing
        } else {
            Expect::Comma
        };
    }

    fn scalar(&mut self, kind: Kind, span: &Range<usize>, whole: bool) -> bool {
        let node = self.add(kind, span.clone(), whole);
        self.after_value(node);
        true
    }

    fn add(&mut self, kind: Kind, span: Range<usize>, whole: bool) -> usize {
        let parent = self.stack.last().copied();
        let index = parent.map_or(0, |parent| {
            let container = &mut self.tree.nodes[parent];
            container.children += 1;
            container.children - 1
        });
        self.tree.nodes.push(Node {
            parent,
            key: self.key.take(),
            index,
            kind,
            span,
            whole,
            children: 0,
            comma: false,
        });
        self.tree.nodes.len() - 1
    }

    fn finish(mut self) -> Tree<'a> {
        if let Some(key) = self.key.take() {
            self.tree.rest = key.start;
        }
        let end = self.tree.text.len();
        for open in self.stack {
            self.tree.nodes[open].span.end = end;
        }
        self.tree
    }
}

impl Tree<'_> {
    /// The source text of a value.
    pub fn source(&self, node: usize) -> &str {
        &self.text[self.nodes[node].span.clone()]
    }

    /// A string's value, escapes resolved; any other scalar as written.
    pub fn value(&self, node: usize) -> String {
        let source = self.source(node);
        if self.nodes[node].kind == Kind::String {
            unescape::json(inside(source))
        } else {
            source.to_owned()
        }
    }

    /// A member's name, escapes resolved.
    pub fn name(&self, node: usize) -> Option<String> {
        let key = self.nodes[node].key.clone()?;
        Some(unescape::json(inside(&self.text[key])))
    }

    /// What a container holds directly.
    pub fn children(&self, node: usize) -> impl Iterator<Item = usize> {
        (node + 1..self.nodes.len())
            .take_while(move |&i| self.nodes[i].parent.is_some_and(|parent| parent >= node))
            .filter(move |&i| self.nodes[i].parent == Some(node))
    }

    /// The JSON pointer (RFC 6901) of a value.
    pub fn pointer(&self, node: usize) -> String {
        let mut steps = Vec::new();
        let mut at = node;
        while let Some(parent) = self.nodes[at].parent {
            steps.push(self.step(at));
            at = parent;
        }
        steps.iter().rev().fold(String::new(), |mut pointer, step| {
            pointer.push('/');
            pointer.push_str(step);
            pointer
        })
    }

    /// The last step of a value's pointer, escaped as RFC 6901 section 3 asks.
    pub fn step(&self, node: usize) -> String {
        self.name(node).map_or_else(
            || self.nodes[node].index.to_string(),
            |name| name.replace('~', "~0").replace('/', "~1"),
        )
    }
}

/// A quoted text without its quotes; the closing one may be missing.
fn inside(quoted: &str) -> &str {
    let open = quoted.strip_prefix('"').unwrap_or(quoted);
    if open.ends_with('"') && closing_quote(open.as_bytes(), 0) == Some(open.len() - 1) {
        &open[..open.len() - 1]
    } else {
        open
    }
}

/// Where the string ends that `at` lies in.
fn closing_quote(bytes: &[u8], at: usize) -> Option<usize> {
    let mut i = at;
    while let Some(&b) = bytes.get(i) {
        match b {
            b'"' => return Some(i),
            b'\\' => i += 2,
            _ => i += 1,
        }
    }
    None
}

fn token(bytes: &[u8], from: usize) -> Option<(Token, Range<usize>)> {
    let rest = bytes.get(from..)?;
    let start = from + rest.iter().position(|b| !b.is_ascii_whitespace())?;
    let one = |token| Some((token, start..start + 1));
    match bytes[start] {
        b'{' => one(Token::Open(Kind::Object)),
        b'[' => one(Token::Open(Kind::Array)),
        b'}' => one(Token::Close(Kind::Object)),
        b']' => one(Token::Close(Kind::Array)),
        b':' => one(Token::Colon),
        b',' => one(Token::Comma),
        b'"' => {
            let close = closing_quote(bytes, start + 1);
            let end = close.map_or(bytes.len(), |at| at + 1);
            Some((
                Token::String {
                    closed: close.is_some(),
                },
                start..end,
            ))
        }
        b'-' | b'0'..=b'9' => {
            let numeric =
                |b: &u8| b.is_ascii_digit() || matches!(b, b'-' | b'+' | b'.' | b'e' | b'E');
            let length = bytes[start..].iter().take_while(|b| numeric(b)).count();
            Some((Token::Number, start..start + length))
        }
        b if b.is_ascii_alphabetic() => {
            let length = bytes[start..]
                .iter()
                .take_while(|b| b.is_ascii_alphabetic())
                .count();
            let word = &bytes[start..start + length];
            let known: [&[u8]; 3] = [b"true", b"false", b"null"];
            let cut = start + length == bytes.len() && known.iter().any(|k| k.starts_with(word));
            let token = if known.contains(&word) {
                Token::Word { whole: true }
            } else if cut {
                Token::Word { whole: false }
            } else {
                Token::Bad
            };
            Some((token, start..start + length))
        }
        _ => one(Token::Bad),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_pointer_of_a_value_is_its_path() {
        let tree = read(r#"{"a/b":[1,{"c":"d"}]}"#);
        assert_eq!(tree.end, End::Whole);
        let last = tree.nodes.len() - 1;
        assert_eq!(tree.pointer(last), "/a~1b/1/c");
        assert_eq!(tree.value(last), "d");
    }

    #[test]
    fn a_cut_text_gives_what_was_there() {
        let tree = read(r#"{"error":"invalid_grant","error_description":"AADSTS5"#);
        assert_eq!(tree.end, End::Cut);
        assert_eq!(tree.value(2), "AADSTS5");
        assert!(!tree.nodes[2].whole);
    }

    #[test]
    fn a_hundred_thousand_levels_do_no_harm() {
        assert_eq!(read(&"[".repeat(100_000)).end, End::Cut);
        assert_eq!(read(&"{\"a\":".repeat(100_000)).end, End::Cut);
        assert_eq!(read(&"[".repeat(900_000)).end, End::Long);
    }

    proptest! {
        #[test]
        fn whatever_serde_reads_is_whole(text in "[\\[\\]{}\":,0-9a-z\\\\ ]{0,40}") {
            let strict = serde_json::from_str::<serde_json::Value>(&text).is_ok();
            prop_assert!(!strict || read(&text).end == End::Whole);
        }

        #[test]
        fn nothing_panics(text in "[\\[\\]{}\":,0-9a-z\\\\ é]{0,60}") {
            let tree = read(&text);
            for node in 0..tree.nodes.len() {
                let _ = (tree.value(node), tree.pointer(node), tree.children(node).count());
            }
        }
    }
}
