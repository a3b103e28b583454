//! Entries as they are held: under what they are looked up by, read out of the packed form when they are asked for.
//! A start pays for the list of names alone.

use std::borrow::Cow;
use std::sync::OnceLock;

use serde::Deserialize;

use super::entry::{CodeEntry, NamedEntry, PackedEntry, RangeEntry, RemedyEntry, split};
use super::{Code, Entry, ErrorEntry, Origin, Range, Remedy, unpack};
use crate::model::Class;

/// One entry and what it is looked up by.
#[derive(Clone, Debug)]
pub(super) struct Held<T> {
    /// The code, the name, the id or the prefix.
    pub label: Cow<'static, str>,
    /// The symbolic name of a code, the source of an error; otherwise empty.
    pub second: Cow<'static, str>,
    packed: &'static [u8],
    /// `None`: it cannot be read, which a test rules out for what the program carries.
    entry: OnceLock<Option<Box<T>>>,
}

/// What can be held.
pub(super) trait Holdable: Sized {
    /// Reads the packed form.
    fn unpack(packed: &[u8]) -> Option<Self>;

    /// What it is looked up by, and what tells two of the same label apart.
    fn key(&self) -> (&str, &str);
}

impl<T: Holdable> Held<T> {
    /// An entry that the program carries.
    pub fn packed(entry: &PackedEntry<'static>) -> Self {
        Self {
            label: Cow::Borrowed(entry.label),
            second: Cow::Borrowed(entry.second),
            packed: entry.body,
            entry: OnceLock::new(),
        }
    }

    /// An entry that was read already.
    pub fn of(entry: T) -> Self {
        let (label, second) = entry.key();
        Self {
            label: Cow::Owned(label.to_owned()),
            second: Cow::Owned(second.to_owned()),
            packed: &[],
            entry: OnceLock::from(Some(Box::new(entry))),
        }
    }

    /// The entry.
    pub fn get(&self) -> Option<&T> {
        self.entry
            .get_or_init(|| T::unpack(self.packed).map(Box::new))
            .as_deref()
    }
}

impl<T: Holdable> Held<T> {
    /// Whether it can hold a text (in lower case) at all: what is packed keeps its texts as they are, and its words
    /// for classes as numbers.
    pub fn may_hold(&self, text: &str) -> bool {
        let of_class = || Class::ALL.iter().any(|class| class.word().contains(text));
        self.packed.is_empty()
            || contains(self.packed, text)
            || contains(self.label.as_bytes(), text)
            || contains(self.second.as_bytes(), text)
            || of_class()
    }
}

/// Whether bytes hold a text, in whatever case of its ASCII letters.
fn contains(bytes: &[u8], text: &str) -> bool {
    let text = text.as_bytes();
    let Some(first) = text.first() else {
        return true;
    };
    let (lower, upper) = (first.to_ascii_lowercase(), first.to_ascii_uppercase());
    let starts = bytes
        .iter()
        .enumerate()
        .filter(|(_, b)| **b == lower || **b == upper);
    let mut windows = starts.filter_map(|(at, _)| bytes.get(at..at + text.len()));
    windows.any(|window| window.eq_ignore_ascii_case(text))
}

impl Held<Code> {
    /// `AADSTS`, `AADB2C` or `MSIS`.
    pub fn prefix(&self) -> &str {
        split(&self.label).0
    }

    /// The number's digits.
    pub fn digits(&self) -> &str {
        split(&self.label).1
    }

    /// The number.
    pub fn number(&self) -> u64 {
        self.digits().parse().unwrap_or_default()
    }
}

fn read<'a, E: Deserialize<'a>>(packed: &'a [u8]) -> Option<E> {
    postcard::from_bytes(packed).ok()
}

impl Holdable for Code {
    fn unpack(packed: &[u8]) -> Option<Self> {
        read::<CodeEntry>(packed).map(|entry| unpack::code(entry, &Origin::Builtin))
    }

    fn key(&self) -> (&str, &str) {
        (&self.code, &self.name)
    }
}

impl Holdable for ErrorEntry {
    fn unpack(packed: &[u8]) -> Option<Self> {
        read::<NamedEntry>(packed).map(|entry| unpack::error(entry, &Origin::Builtin))
    }

    fn key(&self) -> (&str, &str) {
        (&self.name, &self.source)
    }
}

impl Holdable for Remedy {
    fn unpack(packed: &[u8]) -> Option<Self> {
        read::<RemedyEntry>(packed).map(|entry| unpack::remedy(entry, &Origin::Builtin))
    }

    fn key(&self) -> (&str, &str) {
        (&self.id, "")
    }
}

impl Holdable for Range {
    fn unpack(packed: &[u8]) -> Option<Self> {
        read::<RangeEntry>(packed).map(|entry| unpack::range(entry, &Origin::Builtin))
    }

    fn key(&self) -> (&str, &str) {
        (&self.prefix, "")
    }
}

/// An entry that can be looked up, not read yet.
#[derive(Clone, Copy)]
pub(super) enum Card<'a> {
    /// A code.
    Code(&'a Held<Code>),
    /// An error.
    Error(&'a Held<ErrorEntry>),
    /// A suberror.
    SubError(&'a Held<ErrorEntry>),
}

impl<'a> Card<'a> {
    /// The symbolic name of a code, the value on the wire of an error.
    pub fn name(self) -> &'a str {
        match self {
            Self::Code(code) => &code.second,
            Self::Error(error) | Self::SubError(error) => &error.label,
        }
    }

    /// Prefix and digits of a code.
    pub fn number(self) -> Option<(&'a str, &'a str)> {
        match self {
            Self::Code(code) => Some(split(&code.label)),
            Self::Error(_) | Self::SubError(_) => None,
        }
    }

    /// Whether the entry can hold a text in lower case.
    pub fn may_hold(self, text: &str) -> bool {
        match self {
            Self::Code(code) => code.may_hold(text),
            Self::Error(error) | Self::SubError(error) => error.may_hold(text),
        }
    }

    /// The entry.
    pub fn entry(self) -> Option<Entry<'a>> {
        match self {
            Self::Code(code) => code.get().map(Entry::Code),
            Self::Error(error) => error.get().map(Entry::Error),
            Self::SubError(suberror) => suberror.get().map(Entry::SubError),
        }
    }
}
