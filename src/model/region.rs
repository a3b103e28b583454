//! A region of the cloud whose own token endpoint is asked.

use serde::{Deserialize, Serialize};

use super::Problem;
use crate::strings::words as say;

/// Which region's token endpoint is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", from = "String")]
pub enum Region {
    /// The one that the machine says it is in.
    Auto,
    /// A region by its name, such as `westeurope`.
    Named(String),
}

/// The longest name of a region: one label of a host name (RFC 1035 section 2.3.4).
const LONGEST: usize = 63;
const AUTO: &str = "auto";

impl Region {
    /// Reads a name, or `auto`; a name as portals write it, `West Europe`, is read as `westeurope`.
    ///
    /// # Errors
    /// What can be no part of a host name; `at` is the flag or key.
    pub fn parse(text: &str, at: &str) -> Result<Self, Problem> {
        let name = told(text);
        if name == AUTO {
            return Ok(Self::Auto);
        }
        if is_region(&name) {
            return Ok(Self::Named(name));
        }
        Err(Problem::new(format!("`{text}`"), at, say::EXPECTED_REGION))
    }

    /// The word on the command line and in files.
    pub fn word(&self) -> &str {
        match self {
            Self::Auto => AUTO,
            Self::Named(name) => name,
        }
    }
}

/// The name as it stands in host names: small letters, no blanks.
fn told(text: &str) -> String {
    text.split_whitespace().collect::<String>().to_lowercase()
}

/// A region's name out of what a machine says of itself; `None` where it is none.
pub fn of_machine(text: &str) -> Option<String> {
    Some(told(text)).filter(|name| is_region(name))
}

/// A letter, then letters, digits and hyphens, no hyphen at the end.
fn is_region(name: &str) -> bool {
    let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    name.len() <= LONGEST
        && name.starts_with(|c: char| c.is_ascii_lowercase())
        && !name.ends_with('-')
        && name.bytes().all(fits)
}

impl From<Region> for String {
    fn from(region: Region) -> Self {
        region.word().to_owned()
    }
}

impl From<String> for Region {
    fn from(text: String) -> Self {
        of_machine(&text).map_or(Self::Auto, |name| {
            if name == AUTO {
                Self::Auto
            } else {
                Self::Named(name)
            }
        })
    }
}
