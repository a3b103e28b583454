//! What must hold between entries: nothing twice, full entries whole, every remedy named exists. Included by
//! `assets/build.rs` too; names nothing of this crate but the text form beside it.

use std::collections::HashSet;
use std::ops::Range;

use super::entry::{self, Bundle, CodeEntry, Flaw, Page, WhenEntry};
use super::say;
use super::word::Word as _;

/// Collects pages into a bundle and notes what is wrong between them.
#[derive(Default)]
pub struct Collector {
    /// What was collected.
    pub bundle: Bundle,
    seen: HashSet<String>,
    remedies: HashSet<String>,
    wanted: Vec<Wanted>,
}

/// A remedy that an entry names.
struct Wanted {
    file: String,
    line: usize,
    remedy: String,
}

/// A flaw and the file it is in.
pub type Found = (String, Flaw);

impl Collector {
    /// A collector that knows these remedies already.
    pub fn knowing<'a>(remedies: impl Iterator<Item = &'a str>) -> Self {
        Self {
            remedies: remedies.map(str::to_owned).collect(),
            ..Self::default()
        }
    }

    /// Adds one text and says what is wrong in it.
    pub fn add(&mut self, file: &str, text: &str) -> Vec<Found> {
        let mut flaws = Vec::new();
        match entry::read(text) {
            Ok(page) => self.take(page, text, file, &mut flaws),
            Err(flaw) => flaws.push(flaw),
        }
        flaws
            .into_iter()
            .map(|flaw| (file.to_owned(), flaw))
            .collect()
    }

    /// What is wrong between all texts: remedies that nobody defines.
    pub fn finish(&self) -> Vec<Found> {
        let missing = self
            .wanted
            .iter()
            .filter(|w| !self.remedies.contains(&w.remedy));
        missing
            .map(|wanted| {
                let what = say::no_remedy(&wanted.remedy);
                let flaw = flaw(wanted.line, "remedies", what);
                (wanted.file.clone(), flaw)
            })
            .collect()
    }

    fn take(&mut self, page: Page, text: &str, file: &str, flaws: &mut Vec<Flaw>) {
        for spanned in page.code {
            let line = entry::line_of(text, &spanned.span());
            let code = spanned.into_inner();
            self.once("code", &code.code, line, flaws);
            check_code(&code, line, flaws);
            let variants = code.variant.iter().flat_map(|variant| &variant.remedies);
            let named = code.remedies.iter().flatten().chain(variants);
            self.want(file, line, named.chain(of_when(&code.when)));
            self.bundle.codes.push(code);
        }
        for spanned in page.error {
            let line = entry::line_of(text, &spanned.span());
            let error = spanned.into_inner();
            self.once(
                "error",
                &format!("{} ({})", error.name, error.source),
                line,
                flaws,
            );
            not_blank("meaning", &error.meaning, line, flaws);
            not_blank("source", &error.source, line, flaws);
            check_article(&error.article, line, flaws);
            self.want(
                file,
                line,
                error.remedies.iter().chain(of_when(&error.when)),
            );
            self.bundle.errors.push(error);
        }
        for spanned in page.suberror {
            let line = entry::line_of(text, &spanned.span());
            let suberror = spanned.into_inner();
            self.once("suberror", &suberror.name, line, flaws);
            not_blank("meaning", &suberror.meaning, line, flaws);
            check_article(&suberror.article, line, flaws);
            self.want(
                file,
                line,
                suberror.remedies.iter().chain(of_when(&suberror.when)),
            );
            self.bundle.suberrors.push(suberror);
        }
        self.take_rest(page.remedy, page.range, text, flaws);
    }

    fn take_rest(
        &mut self,
        remedies: Vec<toml::Spanned<entry::RemedyEntry>>,
        ranges: Vec<toml::Spanned<entry::RangeEntry>>,
        text: &str,
        flaws: &mut Vec<Flaw>,
    ) {
        let line_of = |span: Range<usize>| entry::line_of(text, &span);
        for spanned in remedies {
            let line = line_of(spanned.span());
            let remedy = spanned.into_inner();
            self.once("remedy", &remedy.id, line, flaws);
            not_blank("title", &remedy.title, line, flaws);
            self.remedies.insert(remedy.id.clone());
            self.bundle.remedies.push(remedy);
        }
        for spanned in ranges {
            let line = line_of(spanned.span());
            let range = spanned.into_inner();
            self.once("range", &range.prefix, line, flaws);
            not_blank("title", &range.title, line, flaws);
            self.bundle.ranges.push(range);
        }
    }

    fn once(&mut self, kind: &str, key: &str, line: usize, flaws: &mut Vec<Flaw>) {
        if !self.seen.insert(format!("{kind} {key}")) {
            flaws.push(flaw(line, kind, say::twice(key)));
        }
    }

    fn want<'a>(&mut self, file: &str, line: usize, remedies: impl Iterator<Item = &'a String>) {
        self.wanted.extend(remedies.map(|remedy| Wanted {
            file: file.to_owned(),
            line,
            remedy: remedy.clone(),
        }));
    }
}

fn of_when(when: &[WhenEntry]) -> impl Iterator<Item = &String> {
    when.iter().flat_map(|row| &row.remedies)
}

fn flaw(line: usize, key: &str, what: impl Into<String>) -> Flaw {
    Flaw {
        line,
        key: key.to_owned(),
        what: what.into(),
    }
}

fn not_blank(key: &str, text: &str, line: usize, flaws: &mut Vec<Flaw>) {
    if text.trim().is_empty() {
        flaws.push(flaw(line, key, say::EMPTY));
    }
}

/// A code with its prefix and nothing else: `AADSTS50076`, `AADB2C90118`, `MSIS9605`.
fn is_code(code: &str) -> bool {
    ["AADSTS", "AADB2C", "MSIS"]
        .iter()
        .filter_map(|prefix| code.strip_prefix(prefix))
        .any(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()))
}

/// A path on Microsoft's documentation site, or a whole address.
fn check_article(article: &str, line: usize, flaws: &mut Vec<Flaw>) {
    if !(article.is_empty() || article.starts_with('/') || article.starts_with("https://"))
        || article.contains(char::is_whitespace)
    {
        flaws.push(flaw(line, "article", say::bad_article(article)));
    }
}

/// The keys of a short entry always; those of a full entry if there is a meaning.
fn check_code(code: &CodeEntry, line: usize, flaws: &mut Vec<Flaw>) {
    if !is_code(&code.code) {
        let what = say::bad_code(&code.code);
        flaws.push(flaw(line, "code", what));
    }
    not_blank("title", &code.title, line, flaws);
    if code.sources.is_empty() {
        flaws.push(flaw(line, "sources", say::NO_SOURCE));
    }
    check_article(&code.article, line, flaws);
    let lists = [&code.causes, &code.sources];
    if lists
        .iter()
        .any(|list| list.iter().any(|text| text.trim().is_empty()))
    {
        flaws.push(flaw(line, "causes", say::EMPTY_SENTENCE));
    }
    for variant in &code.variant {
        not_blank("match", &variant.pattern, line, flaws);
        not_blank("meaning", &variant.meaning, line, flaws);
    }
    if code.meaning.trim().is_empty() {
        return;
    }
    let lacks = [
        ("causes", code.causes.is_empty()),
        ("acts", code.acts.is_empty()),
        ("login", code.login.is_none()),
        ("remedies", code.remedies.is_none()),
        ("class", code.class.word() == "unknown"),
    ];
    for (key, lacking) in lacks {
        if lacking {
            let what = say::lacking(&code.code);
            flaws.push(flaw(line, key, what));
        }
    }
}
