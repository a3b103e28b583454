//! Enumerations whose values are words, in a world file and in a change alike.

/// Makes an enumeration from values and their words, so that file and change cannot read different ones.
macro_rules! worded {
    ($(#[$about:meta])* $name:ident { $($(#[$what:meta])* $value:ident => $word:literal),+ $(,)? }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize)]
        pub enum $name { $($(#[$what])* #[serde(rename = $word)] $value),+ }

        impl $name {
            /// Its word.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$value => $word),+ }
            }
        }
    };
}

/// Reads such an enumeration from a word.
macro_rules! read_from_word {
    ($name:ident: $($value:ident),+) => {
        impl $name {
            /// The value of a word.
            pub fn from_word(word: &str) -> Option<Self> {
                [$(Self::$value),+].into_iter().find(|value| value.word() == word)
            }
        }
    };
}

pub(in crate::lab) use {read_from_word, worded};
