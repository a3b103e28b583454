//! A text as it was meant: what stands between the letters and is none of them is taken away (colours, marks of no
//! width, links that a page put around numbers), what is encoded a second time is decoded, and what a narrow window
//! broke in two is put together. Every place of it leads back into the text that was pasted.

mod percent;
mod sign;
mod wrap;

use std::ops::Range;

/// How often what was encoded is decoded again.
const MOST_LAYERS: usize = 3;

/// A change of one place. Places never overlap and come in order.
pub(super) struct Edit {
    /// What is replaced.
    at: Range<usize>,
    put: Put,
}

/// What is put in the place of something.
#[derive(Clone, Copy)]
enum Put {
    Nothing,
    Letter(char),
    Text(&'static str),
}

/// What the changes of a text are found with.
struct Edits<'a> {
    text: &'a str,
    bytes: &'a [u8],
    all: Vec<Edit>,
    /// Curly quotation marks and escaped apostrophes, which count only where they quote names of an error.
    quotes: Vec<Edit>,
    quotes_count: bool,
    /// Where the encoded run ends that was looked at last.
    run: usize,
    /// Whether something is left that was encoded twice.
    again: bool,
    /// Whether a broken line was put together.
    wrapped: bool,
    /// Where the address goes on that was broken last.
    address: usize,
}

/// A text that was changed for reading.
pub(super) struct View {
    pub text: String,
    /// Whether words or numbers of it were broken by line ends.
    pub wrapped: bool,
    layers: Vec<Layer>,
}

/// The changes of one round: where each stands behind the change, and what it was before.
struct Layer {
    cuts: Vec<(Range<usize>, Range<usize>)>,
}

impl View {
    /// The view of a text; `None` where it is the text itself.
    pub fn of(text: &str) -> Option<Self> {
        let mut view: Option<Self> = None;
        for _ in 0..MOST_LAYERS {
            let current = view.as_ref().map_or(text, |view| view.text.as_str());
            let found = Edits::of(current);
            if found.all.is_empty() {
                break;
            }
            let (changed, layer) = apply(current, &found.all);
            let (wrapped, again) = (found.wrapped, found.again);
            let mut layers = view.take().map_or_else(Vec::new, |view| view.layers);
            layers.push(layer);
            view = Some(Self {
                text: changed,
                wrapped,
                layers,
            });
            if !again {
                break;
            }
        }
        view
    }

    /// Where a piece of the view stands in the text.
    pub fn original(&self, at: &Range<usize>) -> Range<usize> {
        self.layers.iter().rev().fold(at.clone(), |at, layer| {
            let (start, end) = (layer.start(at.start), layer.end(at.end));
            start..end.max(start)
        })
    }
}

impl Layer {
    fn before(&self, at: usize) -> usize {
        self.cuts.partition_point(|(view, _)| view.start <= at)
    }

    /// What begins at `at` begins behind a change that left nothing there.
    fn start(&self, at: usize) -> usize {
        let Some((view, text)) = self.before(at).checked_sub(1).map(|i| &self.cuts[i]) else {
            return at;
        };
        if at < view.end {
            text.start
        } else {
            text.end + (at - view.end)
        }
    }

    /// What ends at `at` ends before such a change.
    fn end(&self, at: usize) -> usize {
        let last = self.cuts.partition_point(|(view, _)| view.start < at);
        let Some((view, text)) = last.checked_sub(1).map(|i| &self.cuts[i]) else {
            return at;
        };
        if at < view.end {
            text.end
        } else {
            text.end + (at - view.end)
        }
    }
}

fn apply(text: &str, edits: &[Edit]) -> (String, Layer) {
    let mut out = String::with_capacity(text.len());
    let mut cuts = Vec::with_capacity(edits.len());
    let mut from = 0;
    for edit in edits {
        out.push_str(&text[from..edit.at.start]);
        let start = out.len();
        match edit.put {
            Put::Nothing => {}
            Put::Letter(letter) => out.push(letter),
            Put::Text(piece) => out.push_str(piece),
        }
        cuts.push((start..out.len(), edit.at.clone()));
        from = edit.at.end;
    }
    out.push_str(&text[from..]);
    (out, Layer { cuts })
}

/// Bytes with which something begins that may be changed.
const fn may_begin(b: u8) -> bool {
    matches!(
        b,
        0x1b | 0xc2 | 0xe2 | 0xef | b'&' | b'%' | b'\\' | b'[' | b'\n'
    )
}

impl<'a> Edits<'a> {
    fn of(text: &'a str) -> Self {
        let mut edits = Self {
            text,
            bytes: text.as_bytes(),
            all: Vec::new(),
            quotes: Vec::new(),
            quotes_count: false,
            run: 0,
            again: false,
            wrapped: false,
            address: 0,
        };
        let mut at = 0;
        while let Some(next) = edits.bytes[at..].iter().position(|b| may_begin(*b)) {
            at += next;
            at = edits.look(at).max(at + 1);
            if at >= edits.bytes.len() {
                break;
            }
        }
        if edits.quotes_count {
            edits.all.append(&mut edits.quotes);
            edits.all.sort_by_key(|edit| edit.at.start);
            let mut end = 0;
            edits.all.retain(|edit| {
                let apart = edit.at.start >= end;
                end = end.max(edit.at.end);
                apart
            });
        }
        edits
    }

    /// Looks at one place; returns the next one to look at.
    fn look(&mut self, at: usize) -> usize {
        match self.bytes[at] {
            b'\n' => wrap::look(self, at),
            b'%' => percent::look(self, at),
            _ => sign::look(self, at),
        }
    }

    fn put(&mut self, at: Range<usize>, put: Put) -> usize {
        let end = at.end;
        let apart = self.all.last().is_none_or(|last| last.at.end <= at.start);
        let whole = self.text.is_char_boundary(at.start) && self.text.is_char_boundary(end);
        if apart && whole {
            self.all.push(Edit { at, put });
        }
        end
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn seen(text: &str) -> String {
        View::of(text).map_or_else(|| text.to_owned(), |view| view.text)
    }

    #[test]
    fn what_is_no_letter_is_taken_away() {
        for (text, expected) in [
            ("AADSTS\u{1b}[1m50076\u{1b}[0m:", "AADSTS50076:"),
            ("AADSTS\u{200b}50076", "AADSTS50076"),
            ("2026-11-22\u{a0}14:02", "2026-11-22 14:02"),
            ("AADSTS700[21](https://x.example/1)1", "AADSTS700211"),
            ("21：08：29 ID：x", "21:08:29 ID：x"),
            ("“error”: “x”", "\"error\": \"x\""),
            ("a “word” in quotes", "a “word” in quotes"),
            (r"{\'error\': \'x\'}", "{'error': 'x'}"),
            (r"it\'s", r"it\'s"),
            (r"ID\uff1a\u0022x", "ID：\\\"x"),
            ("a&amp;b &amp;quot;", "a&b &quot;"),
        ] {
            assert_eq!(seen(text), expected);
        }
    }

    #[test]
    fn encoded_texts_are_decoded_as_often_as_they_were_encoded() {
        for text in [
            "%7B%22error%22%3A%22x%22%7D",
            "%257B%2522error%2522%253A%2522x%2522%257D",
            "{%22error%22:%22x%22}",
        ] {
            assert_eq!(seen(text), "{\"error\":\"x\"}", "{text}");
        }
        for text in ["100%", "?a=b%20c", "?error_description=a%3A+b", "%zz%7B"] {
            assert_eq!(seen(text), text);
        }
    }

    #[test]
    fn every_place_leads_back() {
        let text = "x\u{200b}y %7B%22error%22%3A%20%22z%22%7D";
        let view = View::of(text).unwrap();
        let at = view.text.find("error").unwrap();
        assert_eq!(&text[view.original(&(at..at + 5))], "error");
        assert_eq!(&text[view.original(&(at - 1..at + 6))], "%22error%22");
        assert_eq!(&text[view.original(&(0..1))], "x");
        assert_eq!(&text[view.original(&(1..2))], "y");
    }

    proptest! {
        #[test]
        fn every_range_is_one_of_the_text(text in "(%7B%22|%25|%3A|\\+|&amp;|\\\\u00e9|\\\\\\\\|\u{200b}|é|“error|AADSTS5|Trace|ID:|\\[12\\]\\(https://x\\)|[a-f0-9-]{1,9}|\\n|> | ){0,40}", from in any::<prop::sample::Index>(), to in any::<prop::sample::Index>()) {
            if let Some(view) = View::of(&text) {
                let mut at = [from.index(view.text.len() + 1), to.index(view.text.len() + 1)];
                at.sort_unstable();
                if view.text.get(at[0]..at[1]).is_some() {
                    prop_assert!(text.get(view.original(&(at[0]..at[1]))).is_some());
                }
            }
        }
    }
}
