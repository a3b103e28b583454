//! Text that somebody else wrote: read from a file, whatever editor or console wrote it.

use std::path::{Path, PathBuf};

use crate::model::Problem;
use crate::ports::Env;
use crate::strings::session as say;

/// The longest file that is read, in bytes.
pub const LIMIT: u64 = 64 << 20;

/// The text of a file.
///
/// # Errors
/// A problem naming the file: not there, not readable, a directory, or larger than [`LIMIT`].
pub fn text_file(path: &Path) -> Result<String, Problem> {
    let unreadable = |why: String| {
        Problem::new(
            format!("{}: {why}", path.display()),
            "PATH",
            say::EXPECTED_TEXT_FILE,
        )
    };
    let told = std::fs::metadata(path).map_err(|e| unreadable(e.to_string()))?;
    if told.is_dir() {
        return Err(unreadable(say::IS_A_DIRECTORY.into()));
    }
    if told.len() > LIMIT {
        return Err(unreadable(say::TOO_LARGE.into()));
    }
    let bytes = std::fs::read(path).map_err(|e| unreadable(e.to_string()))?;
    Ok(text_of(&bytes))
}

/// Text as UTF-8, or UTF-16 where a byte-order mark says so (Windows consoles write that).
pub fn text_of(bytes: &[u8]) -> String {
    let wide = |from: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes[2..]
            .chunks_exact(2)
            .map(|pair| from([pair[0], pair[1]]))
            .collect();
        String::from_utf16_lossy(&units)
    };
    match bytes {
        [0xff, 0xfe, ..] => wide(u16::from_le_bytes),
        [0xfe, 0xff, ..] => wide(u16::from_be_bytes),
        _ => String::from_utf8_lossy(bytes).into_owned(),
    }
}

/// The path that was typed or that a terminal pasted for a file dropped onto it: quoted, with escaped spaces, as a
/// `file:` address, or beginning at the home directory.
pub fn named(typed: &str, env: &dyn Env) -> PathBuf {
    let typed = typed.trim();
    let quoted = ['\'', '"'].into_iter().find_map(|quote| {
        let inner = typed.strip_prefix(quote)?.strip_suffix(quote)?;
        Some(inner.to_owned())
    });
    let plain = quoted.unwrap_or_else(|| {
        if cfg!(windows) {
            typed.to_owned()
        } else {
            unescaped(typed)
        }
    });
    if let Some(path) = url::Url::parse(&plain)
        .ok()
        .filter(|url| url.scheme() == "file")
        .and_then(|url| url.to_file_path().ok())
    {
        return path;
    }
    let home = plain
        .strip_prefix("~/")
        .and_then(|rest| Some(PathBuf::from(env.var("HOME")?).join(rest)));
    home.unwrap_or_else(|| PathBuf::from(plain))
}

/// Without the backslashes that a shell would take away.
fn unescaped(typed: &str) -> String {
    let mut out = String::with_capacity(typed.len());
    let mut letters = typed.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => out.extend(letters.next()),
            letter => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Home;

    impl Env for Home {
        fn var(&self, name: &str) -> Option<String> {
            (name == "HOME").then(|| "/home/ada".to_owned())
        }
    }

    #[test]
    #[cfg(unix)]
    fn a_dropped_file_is_named_in_whatever_way_the_terminal_pastes_it() {
        for (typed, path) in [
            ("/tmp/a reply.json", "/tmp/a reply.json"),
            ("'/tmp/a reply.json' ", "/tmp/a reply.json"),
            (r"/tmp/a\ reply.json", "/tmp/a reply.json"),
            ("\"/tmp/a reply.json\"\n", "/tmp/a reply.json"),
            ("file:///tmp/a%20reply.json", "/tmp/a reply.json"),
            ("~/a.json", "/home/ada/a.json"),
            ("a.json", "a.json"),
        ] {
            assert_eq!(named(typed, &Home), Path::new(path), "{typed}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_said_with_its_name() {
        let folder = tempfile::tempdir().unwrap();
        let missing = folder.path().join("missing.json");
        let problem = text_file(&missing).unwrap_err();
        assert!(problem.what.contains("missing.json"), "{problem:?}");
        let problem = text_file(folder.path()).unwrap_err();
        assert!(problem.what.contains(say::IS_A_DIRECTORY), "{problem:?}");
    }

    #[test]
    fn text_of_a_windows_console_is_read() {
        let wide: Vec<u8> = [0xfeff_u16]
            .into_iter()
            .chain("äx".encode_utf16())
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(text_of(&wide), "äx");
    }
}
