//! The file of the authorization details (RFC 9396 section 2).

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use serde_json::Value as Json;

use crate::model::Problem;
use crate::strings::flows as say;

/// The most that such a file holds, in bytes: it goes into an address.
const MOST: u64 = 64 << 10;

/// Reads it, as the parameter is sent: a JSON array of objects, each with a type.
///
/// # Errors
/// It is not there, too long, no such array.
pub(super) fn read(path: &Path) -> Result<String, Problem> {
    let at = || format!("authorization_details {}", path.display());
    let wrong = |why: &str| Problem::new(say::not_details(why), at(), say::DETAILS_EXPECTED);
    let failed = |error: std::io::Error| wrong(&error.to_string());
    let mut text = String::new();
    let file = File::open(path).map_err(failed)?;
    file.take(MOST + 1)
        .read_to_string(&mut text)
        .map_err(failed)?;
    if u64::try_from(text.len()).unwrap_or(u64::MAX) > MOST {
        return Err(wrong(say::DETAILS_TOO_LONG));
    }
    let read: Json = serde_json::from_str(&text).map_err(|error| wrong(&error.to_string()))?;
    let Json::Array(all) = &read else {
        return Err(wrong(say::DETAILS_NO_LIST));
    };
    let typed = |one: &Json| one.get("type").is_some_and(Json::is_string);
    if let Some(nth) = all.iter().position(|one| !typed(one)) {
        return Err(wrong(&say::details_without_type(nth + 1)));
    }
    if all.is_empty() {
        return Err(wrong(say::DETAILS_NO_LIST));
    }
    Ok(read.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_as_it_is_sent_or_it_is_said_what_is_wrong_with_it() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("pay.json");
        assert!(read(&path).is_err(), "a file that is not there");
        let good = "[ {\"type\": \"pay\",\n \"actions\": [\"read\"]} ]";
        std::fs::write(&path, good).unwrap();
        let sent = read(&path).unwrap();
        assert_eq!(sent, r#"[{"type":"pay","actions":["read"]}]"#);
        let long = format!("[{{\"type\":\"{}\"}}]", "x".repeat(64 << 10));
        for (text, part) in [
            ("{\"type\":\"pay\"}", "no JSON array"),
            ("[]", "no JSON array"),
            ("[{\"type\":\"pay\"},{\"kind\":1}]", "element 2"),
            ("[{\"type\":1}]", "element 1"),
            ("[", "EOF"),
            (long.as_str(), "longer"),
        ] {
            std::fs::write(&path, text).unwrap();
            let problem = read(&path).unwrap_err();
            assert!(problem.what.contains(part), "{problem:?}");
            assert!(problem.at.contains("pay.json"), "{problem:?}");
        }
    }
}
