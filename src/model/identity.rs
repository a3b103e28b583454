//! Which managed identity of a machine is meant.

use super::Problem;
use crate::strings::words;

/// What stands for the client id where a machine asks for itself: MSAL's own word for it.
pub const MACHINE_CLIENT: &str = "system_assigned_managed_identity";

/// A user-assigned managed identity, by one of its three names. Without one, the machine's own is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IdentityRef {
    /// By the client id of its service principal.
    ClientId(String),
    /// By the object id of its service principal.
    ObjectId(String),
    /// By the path of its Azure resource.
    ResourceId(String),
}

impl IdentityRef {
    /// Reads `client_id=…`, `object_id=…` or `resource_id=…`.
    ///
    /// # Errors
    /// Another word, or nothing behind it.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let (name, value) = text.trim().split_once('=').unwrap_or_default();
        let value = value.trim();
        let make = match name.trim() {
            "client_id" => Self::ClientId,
            "object_id" => Self::ObjectId,
            "resource_id" => Self::ResourceId,
            _ => return Err(wrong(text)),
        };
        if value.is_empty() || value.contains(char::is_whitespace) {
            return Err(wrong(text));
        }
        Ok(make(value.to_owned()))
    }

    /// As [`parse`](Self::parse) reads it.
    pub fn text(&self) -> String {
        match self {
            Self::ClientId(value) => format!("client_id={value}"),
            Self::ObjectId(value) => format!("object_id={value}"),
            Self::ResourceId(value) => format!("resource_id={value}"),
        }
    }
}

fn wrong(text: &str) -> Problem {
    Problem::new(format!("`{text}`"), "identity", words::EXPECTED_IDENTITY)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_name_is_read_back_as_it_was_written() {
        for text in ["client_id=a", "object_id=b", "resource_id=/subscriptions/c"] {
            assert_eq!(IdentityRef::parse(text).unwrap().text(), text);
        }
        for text in ["", "a", "client_id=", "principal=x", "client_id=a b"] {
            assert_eq!(
                IdentityRef::parse(text).unwrap_err().at,
                "identity",
                "{text}"
            );
        }
    }
}
