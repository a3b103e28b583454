//! Themes: those that are built in, and a person's own in the directory `themes` beside `settings.toml`.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use crate::model::Problem;
use crate::model::color::Rgb;
use crate::model::theme::{Ink, Paint, Part, Scheme};
use crate::strings::settings as say;

/// The themes that are built in: name and text.
pub const BUILT_IN: [(&str, &str); 5] = [
    ("dark", include_str!("../../assets/themes/dark.toml")),
    ("light", include_str!("../../assets/themes/light.toml")),
    (
        "high-contrast",
        include_str!("../../assets/themes/high-contrast.toml"),
    ),
    (
        "colour-blind-safe",
        include_str!("../../assets/themes/colour-blind-safe.toml"),
    ),
    ("plain", include_str!("../../assets/themes/plain.toml")),
];

/// The name that stands for `dark` or `light`, whichever suits the terminal's ground.
pub const AUTO: &str = "auto";

/// A theme's file. What it leaves out is as in its base, or unadorned.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Text {
    base: Option<String>,
    own: Option<Own>,
    #[serde(default)]
    ground: Vec<Color>,
    #[serde(default)]
    style: BTreeMap<Part, Style>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Own {
    fg: Color,
    bg: Color,
}

struct Color(Ink);

impl<'de> Deserialize<'de> for Color {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Number(u8),
            Words(String),
        }
        let written = Written::deserialize(from)
            .map_err(|_| D::Error::custom(say::not_a_color("this value")))?;
        match written {
            Written::Number(index) => Ok(Self(Ink::Indexed(index))),
            Written::Words(words) => Ink::parse(&words)
                .map(Self)
                .ok_or_else(|| D::Error::custom(say::not_a_color(&format!("`{words}`")))),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a key of the file, and any may stand beside any"
)]
struct Plainly {
    fg: Option<Color>,
    bg: Option<Color>,
    #[serde(default)]
    bold: bool,
    #[serde(default)]
    dim: bool,
    #[serde(default)]
    italic: bool,
    #[serde(default)]
    underline: bool,
    #[serde(default)]
    reverse: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a key of the file, and any may stand beside any"
)]
struct Style {
    fg: Option<Color>,
    bg: Option<Color>,
    #[serde(default)]
    bold: bool,
    #[serde(default)]
    dim: bool,
    #[serde(default)]
    italic: bool,
    #[serde(default)]
    underline: bool,
    #[serde(default)]
    reverse: bool,
    ansi: Option<Plainly>,
}

impl From<Plainly> for Paint {
    fn from(it: Plainly) -> Self {
        Self {
            fg: it.fg.map(|color| color.0),
            bg: it.bg.map(|color| color.0),
            bold: it.bold,
            dim: it.dim,
            italic: it.italic,
            underline: it.underline,
            reverse: it.reverse,
        }
    }
}

impl Style {
    fn both(self) -> (Paint, Option<Paint>) {
        let plainly = Plainly {
            fg: self.fg,
            bg: self.bg,
            bold: self.bold,
            dim: self.dim,
            italic: self.italic,
            underline: self.underline,
            reverse: self.reverse,
        };
        (plainly.into(), self.ansi.map(Paint::from))
    }
}

/// Where a person's own themes are.
pub fn directory(config: &Path) -> PathBuf {
    config.join("themes")
}

/// The theme of a name: the person's own, or the built-in one.
///
/// # Errors
/// A problem that names the file, line and key, or the names there are.
pub fn find(config: &Path, name: &str, named_by: &str) -> Result<Scheme, Problem> {
    let well_formed = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if !name.is_empty() && name.chars().all(well_formed) {
        let path = directory(config).join(format!("{name}.toml"));
        let shown = path.display().to_string();
        match fs::read_to_string(&path) {
            Ok(text) => return parse(&shown, &text),
            Err(error)
                if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {}
            Err(error) => {
                return Err(Problem::new(error.to_string(), shown, say::EXPECTED_THEME));
            }
        }
        if let Some(text) = built_in(name) {
            return parse(name, text);
        }
    }
    Err(Problem::new(
        say::no_such_theme(name),
        named_by,
        say::expected_theme_name(&names(config)),
    ))
}

/// The names there are, [`AUTO`] first.
pub fn names(config: &Path) -> Vec<String> {
    let mut own: Vec<String> = fs::read_dir(directory(config))
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            let path = entry.path();
            let is_theme = path.extension().is_some_and(|it| it == "toml");
            let name = path.file_stem()?.to_str()?.to_owned();
            (is_theme && built_in(&name).is_none()).then_some(name)
        })
        .collect();
    own.sort();
    let built_in = BUILT_IN.iter().map(|(name, _)| (*name).to_owned());
    std::iter::once(AUTO.to_owned())
        .chain(built_in)
        .chain(own)
        .collect()
}

fn built_in(name: &str) -> Option<&'static str> {
    let found = BUILT_IN.iter().find(|(it, _)| *it == name);
    found.map(|(_, text)| *text)
}

/// Reads a theme's text.
///
/// # Errors
/// A problem that names the file, line and key.
pub fn parse(file: &str, text: &str) -> Result<Scheme, Problem> {
    let read: Text = toml::from_str(text).map_err(|error| {
        let (line, key) = place(text, error.span());
        let at = format!("{file}:{line}");
        let at = key.map_or(at.clone(), |key| format!("{at} {key}"));
        Problem::new(error.message().to_owned(), at, say::EXPECTED_THEME)
    })?;
    let mut scheme = match &read.base {
        None => Scheme::default(),
        Some(base) => parse(
            base,
            built_in(base).ok_or_else(|| no_base(file, text, base))?,
        )?,
    };
    if let Some(own) = read.own {
        scheme.own = Some((own.fg.0, own.bg.0));
    }
    if !read.ground.is_empty() {
        scheme.grounds = read.ground.iter().filter_map(exact).collect();
    }
    for (part, style) in read.style {
        let (paint, of_sixteen) = style.both();
        scheme.set(part, paint, of_sixteen);
    }
    Ok(scheme)
}

fn no_base(file: &str, text: &str, base: &str) -> Problem {
    let line = text.lines().position(|line| line.starts_with("base"));
    Problem::new(
        say::no_such_theme(base),
        format!("{file}:{} base", line.unwrap_or_default() + 1),
        say::expected_base(&BUILT_IN.map(|(name, _)| name)),
    )
}

const fn exact(color: &Color) -> Option<Rgb> {
    match color.0 {
        Ink::Exact(rgb) => Some(rgb),
        Ink::Own | Ink::Indexed(_) => None,
    }
}

/// The line a span begins on, and the key before it on that line.
fn place(text: &str, span: Option<std::ops::Range<usize>>) -> (usize, Option<String>) {
    let start = span.map_or(0, |span| span.start);
    let before = text.get(..start).unwrap_or_default();
    let line = before.matches('\n').count();
    let whole = text.lines().nth(line).unwrap_or_default();
    let key = whole.split_once('=').map(|(key, _)| key.trim().to_owned());
    (line + 1, key)
}

#[cfg(test)]
mod tests;
