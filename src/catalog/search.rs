//! Finding codes by what a person types.

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use super::Code;

/// How well a code fits, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// The number itself (or with its prefix).
    Number,
    /// The name itself.
    Name,
    /// The number begins so.
    NumberBegins,
    /// The name begins so.
    NameBegins,
    /// Every word is in name or title.
    Title,
    /// Every word is in name, title, meaning or causes.
    Meaning,
    /// Spelled similarly.
    Similar,
}

/// Codes that fit, best first; within one fit in the order of the catalogue, names by length, similar ones by score.
pub(super) fn codes<'a>(codes: &'a [Code], query: &str) -> Vec<&'a Code> {
    let query = query.trim().to_lowercase();
    if query.is_empty() {
        return codes.iter().collect();
    }
    let words: Vec<&str> = query.split_whitespace().collect();
    let mut similar = Similar::new(&query);
    let fits = codes.iter().filter_map(|code| {
        let fit = fit(code, &query, &words).map(|fit| {
            (
                fit,
                if fit == Fit::NameBegins {
                    surplus(code)
                } else {
                    0
                },
            )
        });
        let fit = fit.or_else(|| {
            similar
                .score(code)
                .map(|score| (Fit::Similar, u32::MAX - score))
        })?;
        Some((fit, code))
    });
    let mut found: Vec<((Fit, u32), &Code)> = fits.collect();
    found.sort_by_key(|(fit, _)| *fit);
    found.into_iter().map(|(_, code)| code).collect()
}

/// A shorter name is nearer to what was typed.
fn surplus(code: &Code) -> u32 {
    u32::try_from(code.name.len()).unwrap_or(u32::MAX)
}

fn fit(code: &Code, query: &str, words: &[&str]) -> Option<Fit> {
    let number = code.digits();
    let whole = code.code.to_lowercase();
    let asked = query.replace([' ', '-', ':', '#'], "");
    if asked == number || asked == whole {
        return Some(Fit::Number);
    }
    let name = code.name.to_lowercase();
    if !name.is_empty() && name == query {
        return Some(Fit::Name);
    }
    let is_number = asked.len() >= 2 && asked.bytes().all(|b| b.is_ascii_digit());
    if (is_number && number.starts_with(&asked)) || (asked.len() > 6 && whole.starts_with(&asked)) {
        return Some(Fit::NumberBegins);
    }
    if is_number {
        return None;
    }
    if name.starts_with(query) {
        return Some(Fit::NameBegins);
    }
    let title = format!("{whole} {name} {}", code.title.to_lowercase());
    if words.iter().all(|word| title.contains(word)) {
        return Some(Fit::Title);
    }
    let meaning = format!("{title} {} {}", code.meaning, code.causes.join(" ")).to_lowercase();
    words
        .iter()
        .all(|word| meaning.contains(word))
        .then_some(Fit::Meaning)
}

/// Fuzzy matching over name and title. Short queries and bare numbers are not matched: everything would fit.
struct Similar {
    pattern: Option<Pattern>,
    matcher: Matcher,
    least: u32,
    buffer: Vec<char>,
}

impl Similar {
    fn new(query: &str) -> Self {
        let letters = query.chars().filter(|c| c.is_alphabetic()).count();
        let pattern =
            || Pattern::parse(&escaped(query), CaseMatching::Ignore, Normalization::Smart);
        let length = u32::try_from(query.chars().count()).unwrap_or(u32::MAX);
        Self {
            pattern: (letters >= 3).then(pattern),
            matcher: Matcher::new(Config::DEFAULT),
            // A letter that continues a match scores 20, one after a gap 13 or less: mostly connected letters only.
            least: length.saturating_mul(16),
            buffer: Vec::new(),
        }
    }

    fn score(&mut self, code: &Code) -> Option<u32> {
        let pattern = self.pattern.as_ref()?;
        let text = format!("{} {}", code.name, code.title);
        let haystack = Utf32Str::new(&text, &mut self.buffer);
        let score = pattern.score(haystack, &mut self.matcher)?;
        (score >= self.least).then_some(score)
    }
}

/// Letters and digits only: the pattern language gives `!`, `^`, `$` and `'` a meaning that nobody asks for here.
fn escaped(query: &str) -> String {
    query
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect()
}
