//! `settings.toml` and the key that client-secret fingerprints are made with.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use serde::Deserialize;

use super::files::write_private;
use super::keys::KeyChoices;
use crate::model::Problem;
use crate::ports::Entropy;
use crate::strings::settings as say;

/// What a person can set. Unknown keys are errors.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Preferences {
    /// Whether runs are kept (default true).
    pub history: bool,
    /// How many runs are kept (default 10,000).
    pub history_limit: usize,
    /// Whether the mouse is used (default true).
    pub mouse: bool,
    /// The theme's name (default `auto`: dark or light, as the terminal's ground is).
    pub theme: String,
    /// Whether addresses on screen are links for the terminal (default: where it is known to take them).
    pub links: Links,
    /// Whether countdowns on screen move seldom (default false).
    #[serde(alias = "reduced_motion")]
    pub reduced_motion: bool,
    /// Which keys do what (default: as the program says).
    pub keys: KeyChoices,
}

/// When addresses on screen are links for the terminal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Links {
    /// Where the terminal is known to take them.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            history: true,
            history_limit: 10_000,
            mouse: true,
            theme: super::themes::AUTO.to_owned(),
            links: Links::Auto,
            reduced_motion: false,
            keys: KeyChoices::default(),
        }
    }
}

impl Preferences {
    /// Reads `settings.toml` in the config directory; the defaults if there is none.
    ///
    /// # Errors
    /// A problem naming file, line and key.
    pub fn load(config: &Path) -> Result<Self, Problem> {
        let path = config.join("settings.toml");
        let name = path.display().to_string();
        match fs::read_to_string(&path) {
            Ok(text) => Self::read(&name, &text),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(Problem::new(
                error.to_string(),
                name,
                say::EXPECTED_SETTINGS,
            )),
        }
    }

    fn read(name: &str, text: &str) -> Result<Self, Problem> {
        let mut read: Self = toml::from_str(text).map_err(|error| {
            let before = error
                .span()
                .and_then(|span| text.get(..span.start))
                .unwrap_or_default();
            let line = before.matches('\n').count() + 1;
            Problem::new(
                error.message().to_owned(),
                format!("{name}:{line}"),
                say::EXPECTED_SETTINGS,
            )
        })?;
        read.keys.locate(name, text);
        Ok(read)
    }
}

/// Where `settings.toml` says a key, for a problem with its value: file, line and key.
pub fn place_of(config: &Path, key: &str) -> String {
    let path = config.join("settings.toml");
    let text = fs::read_to_string(&path).unwrap_or_default();
    let says = |line: &str| {
        let rest = line.trim_start().strip_prefix(key);
        rest.is_some_and(|rest| rest.trim_start().starts_with('='))
    };
    let line = text.lines().position(says).map_or(0, |line| line + 1);
    format!("{}:{line} {key}", path.display())
}

/// The key of this installation's fingerprints: read, or made now. Where it cannot be kept, fingerprints hold for
/// this process only.
pub fn fingerprint_key(state: &Path, entropy: &dyn Entropy) -> [u8; 16] {
    let path = state.join("fingerprint-key");
    if let Ok(bytes) = fs::read(&path)
        && let Ok(key) = <[u8; 16]>::try_from(bytes)
    {
        return key;
    }
    let mut key = [0; 16];
    entropy.fill(&mut key);
    // Not being able to keep it is no reason to stop: it only makes fingerprints differ between processes.
    let _ = write_private(&path, &key);
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Counting(std::sync::atomic::AtomicU8);

    impl Entropy for Counting {
        fn fill(&self, buffer: &mut [u8]) {
            buffer.fill(self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed));
        }
    }

    #[test]
    fn the_key_is_made_once_and_then_kept() {
        let directory = tempfile::tempdir().unwrap();
        let entropy = Counting(1.into());
        let first = fingerprint_key(directory.path(), &entropy);
        assert_eq!(fingerprint_key(directory.path(), &entropy), first);
    }

    #[test]
    fn a_setting_is_found_on_its_line() {
        let directory = tempfile::tempdir().unwrap();
        let text = "# theme\nthemes = 1\n  theme = 'mine'\n";
        fs::write(directory.path().join("settings.toml"), text).unwrap();
        let place = place_of(directory.path(), "theme");
        assert!(place.ends_with("settings.toml:3 theme"), "{place}");
    }

    #[test]
    fn keys_are_read_with_their_lines_in_the_order_of_the_file() {
        let text = "mouse = true\n[keys]\nrepeat = 'f5'\ncopy = ['y', 'ctrl-y']\nback = []\n";
        let keys = Preferences::read("settings.toml", text).unwrap().keys.all();
        let lines: Vec<(&str, &[String])> = keys
            .iter()
            .map(|choice| (choice.at.as_str(), &choice.keys[..]))
            .collect();
        assert_eq!(
            lines[0],
            ("settings.toml:3 keys.repeat", &["f5".to_owned()][..])
        );
        assert_eq!(lines[1].0, "settings.toml:4 keys.copy");
        assert_eq!((lines[1].1.len(), lines[2].1.len()), (2, 0));
    }

    #[test]
    fn a_misspelt_setting_is_named_with_its_line() {
        let directory = tempfile::tempdir().unwrap();
        fs::write(
            directory.path().join("settings.toml"),
            "mouse = false\nhistry = false\n",
        )
        .unwrap();
        let problem = Preferences::load(directory.path()).unwrap_err();
        assert!(
            problem.at.ends_with("settings.toml:2") && problem.what.contains("histry"),
            "{problem:?}"
        );
    }
}
