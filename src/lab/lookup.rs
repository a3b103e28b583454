//! `/error?code=50076`, which `error_uri` points at: what the catalogue knows of a code, of any prefix, in plain
//! HTML.

use super::ask::Answer;
use super::desk::Desk;
use super::page::{Button, Form, Input, Page, Section};
use super::refusal::fill;
use crate::catalog::{Catalog, Code};
use crate::strings::lab as say;
use crate::strings::lab::demand as words;
use crate::strings::words as common;

/// Prefixes that a bare number is looked for under, in this order.
const PREFIXES: [&str; 3] = ["AADSTS", "AADB2C", "MSIS"];

/// Answers.
pub fn answer(desk: &Desk<'_>) -> Answer {
    let asked = desk.ask.parameter("code").unwrap_or_default();
    let wanted = wanted(&asked);
    let mut input = Input::new("code", say::LOOKUP_LABEL, "text", "off");
    input.value = wanted.as_ref().map(Wanted::text).unwrap_or_default();
    let mut page = Page {
        title: say::LOOKUP_TITLE.to_owned(),
        form: Some(Form {
            action: "/error".into(),
            inputs: vec![input],
            buttons: vec![Button::new("do", "yes", say::LOOKUP_DO)],
            ..Form::default()
        }),
        tenant: desk.world.tenant_name.clone(),
        ..Page::default()
    };
    let catalog = Catalog::builtin();
    match wanted {
        Some(wanted) => match wanted.found(&catalog) {
            Some(code) => describe(&mut page, &catalog, code),
            None => unknown(&mut page, &catalog, &wanted.codes()[0]),
        },
        None if asked.is_empty() => {}
        None => page.trouble = Some(words::LOOKUP_WANTS.to_owned()),
    }
    page.answer(200, None)
}

/// What was asked for: digits, and a prefix if there was one.
struct Wanted {
    prefix: Option<&'static str>,
    digits: String,
}

/// Reads `50076`, `AADSTS50076`, `aadb2c90118`.
fn wanted(asked: &str) -> Option<Wanted> {
    let asked = asked.trim().to_ascii_uppercase();
    let prefix = PREFIXES.into_iter().find(|p| asked.starts_with(p));
    let digits = &asked[prefix.map_or(0, str::len)..];
    let good = (1..=10).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    good.then(|| Wanted {
        prefix,
        digits: digits.to_owned(),
    })
}

impl Wanted {
    fn text(&self) -> String {
        format!("{}{}", self.prefix.unwrap_or_default(), self.digits)
    }

    fn codes(&self) -> Vec<String> {
        let prefixes = PREFIXES.into_iter();
        let mine = prefixes.filter(|p| self.prefix.is_none_or(|own| own == *p));
        mine.map(|prefix| format!("{prefix}{}", self.digits))
            .collect()
    }

    fn found<'a>(&self, catalog: &'a Catalog) -> Option<&'a Code> {
        self.codes().iter().find_map(|code| catalog.code(code))
    }
}

fn unknown(page: &mut Page, catalog: &Catalog, code: &str) {
    let family = catalog.range(code);
    let title = family.map_or(words::LOOKUP_NO_FAMILY, |range| range.title.as_str());
    let values = [("code", code), ("title", title)];
    let text = if family.is_some() {
        words::LOOKUP_FAMILY
    } else {
        say::LOOKUP_UNKNOWN
    };
    page.paragraphs.push(fill(text, &values));
}

fn describe(page: &mut Page, catalog: &Catalog, code: &Code) {
    let values = [("code", code.code.as_str()), ("title", code.title.as_str())];
    page.paragraphs.push(fill(say::LOOKUP_SAYS, &values));
    let meaning = Some(code.meaning.clone());
    page.paragraphs
        .extend(meaning.filter(|text| !text.is_empty()));
    let mut section = |heading: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            page.sections.push(Section {
                heading: heading.to_owned(),
                lines,
            });
        }
    };
    section(words::LOOKUP_CAUSES, code.causes.clone());
    let acts = code
        .acts
        .iter()
        .map(|actor| common::actor(*actor).to_owned());
    section(words::LOOKUP_ACTS, acts.collect());
    section(
        words::LOOKUP_LOGIN,
        vec![common::login(code.login).to_owned()],
    );
    let remedies = code.remedies.iter().filter_map(|id| catalog.remedy(id));
    let remedies = remedies.map(|remedy| match remedy.why.as_str() {
        "" => format!("{}.", remedy.title),
        why => format!("{}. {why}", remedy.title),
    });
    section(words::LOOKUP_REMEDIES, remedies.collect());
    let other = code.variants.iter().map(|v| v.meaning.clone());
    section(words::LOOKUP_VARIANTS, other.collect());
    let name = Some(code.name.clone());
    page.details.extend(name.filter(|name| !name.is_empty()));
    let wire = code.pairings.iter().map(|pairing| {
        let suberror =
            Some(format!(" · {}", pairing.suberror)).filter(|_| !pairing.suberror.is_empty());
        let assumed = Some(words::LOOKUP_ASSUMED).filter(|_| !pairing.seen);
        [
            &pairing.error,
            suberror.as_deref().unwrap_or_default(),
            assumed.unwrap_or_default(),
        ]
        .concat()
    });
    page.details.extend(wire);
}

#[cfg(test)]
mod tests {
    use super::super::testing::Bench;

    fn page(code: &str) -> (super::Page, String) {
        let answer = Bench::new().get(&format!("/error?code={code}"));
        assert_eq!(answer.status, 200);
        let html = String::from_utf8(answer.body).unwrap();
        assert!(html.contains("SIMULATED"));
        (answer.page.unwrap(), html)
    }

    #[test]
    fn a_code_is_explained_with_causes_and_ways_out_whatever_its_prefix() {
        for code in ["50076", "AADSTS50076", "aadsts50076"] {
            let (page, html) = page(code);
            let headings: Vec<&str> = page.sections.iter().map(|s| s.heading.as_str()).collect();
            assert_eq!(headings.len(), 4, "{headings:?}");
            assert!(
                html.contains("AADSTS50076")
                    && html.contains("<h2>")
                    && html.contains("basic_action")
            );
        }
        let (page, _) = page("AADB2C90118");
        assert!(page.text().contains("AADB2C90118"));
    }

    #[test]
    fn an_unknown_code_gets_its_family_and_nothing_typed_becomes_markup() {
        let (known, _) = page("53999");
        assert!(
            known.text().contains("AADSTS53999 is not in the catalogue"),
            "{}",
            known.text()
        );
        let (odd, html) = page("%3Cscript%3Ealert(1)%3C/script%3E50076");
        assert!(odd.trouble.is_some() && !html.contains("<script"), "{html}");
    }

    #[test]
    fn every_code_of_the_catalogue_has_a_page() {
        let mut bench = Bench::new();
        for entry in crate::catalog::Catalog::builtin().codes() {
            let answer = bench.get(&format!("/error?code={}", entry.code));
            let text = answer.page.unwrap().text();
            assert!(
                text.contains(&entry.code) && text.contains(&entry.title),
                "{}",
                entry.code
            );
        }
    }
}
