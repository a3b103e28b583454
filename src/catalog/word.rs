//! The fixed words of the catalogue's text form and its small values. Included by `assets/build.rs` too, so it names
//! nothing of this crate; a test holds the lists against the model's enums.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::StrDeserializer;
use serde::de::{Deserializer, Error as _, SeqAccess, Visitor};
use serde::{Deserialize, Serialize, Serializer};

/// A word out of a fixed list.
pub trait Word: Sized {
    /// Every word, in the order of the model's enum.
    const WORDS: &'static [&'static str];

    /// Its place in the list.
    fn index(self) -> usize;

    /// The word.
    fn word(self) -> &'static str {
        Self::WORDS.get(self.index()).copied().unwrap_or_default()
    }
}

/// A list of words: the word in TOML, its index in the packed form.
macro_rules! word_list {
    ($(#[$doc:meta])* $name:ident: $($word:literal)+) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct $name(u8);

        impl Word for $name {
            const WORDS: &'static [&'static str] = &[$($word),+];

            fn index(self) -> usize {
                usize::from(self.0)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_u8(self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                if !deserializer.is_human_readable() {
                    return u8::deserialize(deserializer).map(Self);
                }
                let text = String::deserialize(deserializer)?;
                let index = Self::WORDS.iter().position(|word| *word == text);
                index
                    .and_then(|index| u8::try_from(index).ok())
                    .map(Self)
                    .ok_or_else(|| D::Error::unknown_variant(&text, Self::WORDS))
            }
        }
    };
}

word_list!(
    /// What kind of trouble it is.
    ClassWord: "interaction" "user-credential" "app-credential" "account" "grant" "consent" "assignment" "device"
    "policy" "config" "request" "tenant" "federation" "throttle" "service" "expected" "unknown"
);
word_list!(
    /// Who must act.
    ActorWord: "user" "developer" "app-owner" "resource-owner" "admin" "home-admin" "federation" "microsoft"
    "nobody-can" "none-needed"
);
word_list!(
    /// Will signing in again help.
    LoginWord: "yes" "fresh" "with-claims" "other-account" "other-flow" "after-fix" "after-wait" "no"
    "not-applicable" "unknown"
);
word_list!(
    /// Where an error surfaces.
    PlaceWord: "token" "authorize" "page" "device-page" "discovery" "resource" "managed-identity" "sign-in-log"
    "agent-log"
);
word_list!(
    /// How sure an entry is.
    ConfidenceWord: "published" "observed" "name-only" "assumed"
);
word_list!(
    /// A way to acquire a token.
    FlowWord: "silent" "interactive" "device-code" "ciba" "client-credentials" "password" "refresh-token" "on-behalf-of"
    "token-exchange" "jwt-bearer" "saml-bearer" "user-fic" "managed-identity" "admin-consent"
);
word_list!(
    /// What kind of client asks.
    ClientWord: "desktop" "web" "spa" "daemon" "api"
);
word_list!(
    /// Which token endpoint answered.
    EndpointWord: "v1" "v2"
);
word_list!(
    /// Who does a remedy.
    ByWord: "program" "person"
);

/// One value or a list of them: `flow = "silent"` and `flow = ["silent", "password"]`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Many<T>(pub Vec<T>);

impl<T> Default for Many<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Many<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Either<T> {
            type Value = Many<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a word or a list of words")
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Self::Value, E> {
                T::deserialize(StrDeserializer::new(text)).map(|value| Many(vec![value]))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
                let mut values = Vec::new();
                while let Some(value) = list.next_element()? {
                    values.push(value);
                }
                Ok(Many(values))
            }
        }
        if deserializer.is_human_readable() {
            deserializer.deserialize_any(Either(PhantomData))
        } else {
            Vec::deserialize(deserializer).map(Self)
        }
    }
}

/// A calendar day: a TOML local date, `2026-11-22`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Day(pub String);

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if !deserializer.is_human_readable() {
            return String::deserialize(deserializer).map(Self);
        }
        let date = toml::value::Datetime::deserialize(deserializer)?;
        Ok(Self(date.to_string()))
    }
}
