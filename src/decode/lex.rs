//! A JSON reader that keeps source positions, reads as far as it can and never recurses. It accepts what RFC 8259
//! allows, and also line ends inside strings and a comma too many; it says whether the text was whole, cut or broken.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memchr2;

use super::unescape;

/// How many values are read; the rest of a longer text is left alone.
const MOST_NODES: usize = 200_000;

/// An answer of a token endpoint has fewer values than this.
const SOME_NODES: usize = 16;

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
    pub key: Option<Text>,
    /// Its position in the container.
    pub index: usize,
    pub kind: Kind,
    /// The whole value, quotes or brackets included.
    pub span: Range<usize>,
    /// Whether it is a string with escapes in it.
    pub escaped: bool,
    /// Whether its end was seen.
    pub whole: bool,
    /// How many values it contains directly.
    pub children: usize,
    /// Whether a comma follows.
    pub comma: bool,
}

/// A quoted text in its source.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Text {
    /// Where it begins and ends, quotes included.
    start: usize,
    end: usize,
    /// Whether it holds escapes.
    escaped: bool,
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
    String { closed: bool, escaped: bool },
    Number,
    Word { whole: bool },
    Bad,
}

struct Reader<'a> {
    tree: Tree<'a>,
    stack: Vec<usize>,
    key: Option<Text>,
    /// The value that was finished last.
    last: usize,
    expect: Expect,
}

/// Reads a text as JSON, as far as it is.
pub(crate) fn read(text: &str) -> Tree<'_> {
    let mut reader = Reader {
        tree: Tree {
            text,
            nodes: Vec::with_capacity(SOME_NODES),
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
                let node = self.add(kind, span.clone(), false, false);
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
            // The start of a member name that was cut off has no end: the text ends here anyway.
            (Token::String { closed, escaped }, Expect::Key) => {
                self.key = Some(Text {
                    start: span.start,
                    end: span.end,
                    escaped,
                });
                if closed {
                    self.expect = Expect::Colon;
                }
                true
            }
            (Token::String { closed, escaped }, Expect::Value) => {
                self.scalar(Kind::String, span, closed, escaped)
            }
            (Token::Number, Expect::Value) => {
                let whole = span.end < self.tree.text.len() || self.stack.is_empty();
                self.scalar(Kind::Number, span, whole, false)
            }
            (Token::Word { whole }, Expect::Value) => self.scalar(Kind::Word, span, whole, false),
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

    fn scalar(&mut self, kind: Kind, span: &Range<usize>, whole: bool, escaped: bool) -> bool {
        let node = self.add(kind, span.clone(), whole, escaped);
        self.after_value(node);
        true
    }

    fn add(&mut self, kind: Kind, span: Range<usize>, whole: bool, escaped: bool) -> usize {
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
            escaped,
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

impl<'a> Tree<'a> {
    /// The source text of a value.
    pub fn source(&self, node: usize) -> &'a str {
        &self.text[self.nodes[node].span.clone()]
    }

    /// A string's value, escapes resolved; any other scalar as written.
    pub fn value(&self, node: usize) -> Cow<'a, str> {
        let source = self.source(node);
        let node = &self.nodes[node];
        if node.kind != Kind::String {
            return Cow::Borrowed(source);
        }
        let end = source.len() - usize::from(node.whole);
        resolved(&source[1..end], node.escaped)
    }

    /// A member's name as written, quotes included.
    pub fn key(&self, node: &Node) -> Option<&'a str> {
        node.key.map(|key| &self.text[key.start..key.end])
    }

    /// A member's name, escapes resolved.
    pub fn name(&self, node: usize) -> Option<Cow<'a, str>> {
        let key = self.nodes[node].key?;
        Some(resolved(
            &self.text[key.start + 1..key.end - 1],
            key.escaped,
        ))
    }

    /// What a container holds directly.
    pub fn children(&self, node: usize) -> impl Iterator<Item = usize> {
        (node + 1..self.nodes.len())
            .take_while(move |&i| self.nodes[i].parent.is_some_and(|parent| parent >= node))
            .filter(move |&i| self.nodes[i].parent == Some(node))
    }

    /// The values of an object's members; nothing of anything else.
    pub fn members(&self, node: usize) -> impl Iterator<Item = usize> {
        let named = |node: &usize| self.nodes[*node].key.is_some();
        self.children(node).filter(named)
    }

    /// The first member of an object that has this name.
    pub fn member(&self, node: usize, name: &str) -> Option<usize> {
        self.children(node)
            .find(|node| self.name(*node).as_deref() == Some(name))
    }

    /// The JSON pointer (RFC 6901) of a value.
    pub fn pointer(&self, node: usize) -> String {
        let Some(parent) = self.nodes[node].parent else {
            return String::new();
        };
        let mut steps = vec![self.step(node)];
        let mut at = parent;
        while let Some(parent) = self.nodes[at].parent {
            steps.push(self.step(at));
            at = parent;
        }
        let length = steps.iter().map(|step| step.len() + 1).sum();
        let mut pointer = String::with_capacity(length);
        for step in steps.iter().rev() {
            pointer.push('/');
            pointer.push_str(step);
        }
        pointer
    }

    /// The last step of a value's pointer, escaped as RFC 6901 section 3 asks.
    pub fn step(&self, node: usize) -> Cow<'a, str> {
        match self.name(node) {
            None => Cow::Owned(self.nodes[node].index.to_string()),
            Some(name) if name.contains(['~', '/']) => {
                Cow::Owned(name.replace('~', "~0").replace('/', "~1"))
            }
            Some(name) => name,
        }
    }
}

/// The inside of a quoted text, escapes resolved if it holds any.
fn resolved(inside: &str, escaped: bool) -> Cow<'_, str> {
    if escaped {
        Cow::Owned(unescape::json(inside))
    } else {
        Cow::Borrowed(inside)
    }
}

/// Where the string ends that `at` lies in, and whether escapes stand before that.
fn closing_quote(bytes: &[u8], at: usize) -> (Option<usize>, bool) {
    let (mut i, mut escaped) = (at, false);
    while let Some(found) = bytes.get(i..).and_then(|rest| memchr2(b'"', b'\\', rest)) {
        i += found;
        if bytes[i] == b'"' {
            return (Some(i), escaped);
        }
        escaped = true;
        i += 2;
    }
    (None, escaped)
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
            let (close, escaped) = closing_quote(bytes, start + 1);
            let end = close.map_or(bytes.len(), |at| at + 1);
            let closed = close.is_some();
            Some((Token::String { closed, escaped }, start..end))
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
