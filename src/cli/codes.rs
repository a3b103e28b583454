//! `codes`: search the catalogue.

use std::fmt::Write as _;

use clap::Args;
use serde_json::{Value as Json, json};

use super::{Common, Output, out, setup};
use crate::catalog::Code;
use crate::strings::{cli as say, words};

/// Arguments of `codes`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// A number, a name or words; nothing: everything
    query: Vec<String>,
    /// How the answer is printed
    #[arg(long, value_name = "HOW", default_value = "text")]
    output: Output,
}

/// Runs the verb; the exit code.
pub(super) fn run(common: &Common, arguments: &Arguments) -> u8 {
    let catalog = setup::catalog(common);
    let query = arguments.query.join(" ");
    let found: Vec<&Code> = if query.is_empty() {
        catalog.codes().collect()
    } else {
        catalog
            .find(&crate::catalog::Query::of(query.as_str()))
            .into_iter()
            .filter_map(|e| match e {
                crate::catalog::Entry::Code(c) => Some(c),
                _ => None,
            })
            .collect()
    };
    match arguments.output {
        Output::Json => {
            let codes: Vec<Json> = found
                .iter()
                .filter_map(|code| serde_json::to_value(code).ok())
                .collect();
            out::document(&json!({ "schema": 1, "codes": codes }));
        }
        Output::Text if found.is_empty() => out::note(say::NO_SUCH_CODE),
        Output::Text if found.len() == 1 || is_exact(&found, &query) => {
            out::print(&whole(found[0]));
        }
        Output::Text => {
            let mut text = String::new();
            for code in found {
                let _ = writeln!(
                    text,
                    "{:<14} {:<16} {}",
                    code.code,
                    code.class.word(),
                    code.title
                );
            }
            out::print(&text);
        }
    }
    0
}

/// Whether the query names the first code found and no other.
fn is_exact(found: &[&Code], query: &str) -> bool {
    let digits = |text: &str| {
        text.chars()
            .filter(char::is_ascii_digit)
            .collect::<String>()
    };
    let same: Vec<_> = found
        .iter()
        .filter(|code| digits(&code.code) == digits(query))
        .collect();
    !digits(query).is_empty() && same.len() == 1 && same[0].code == found[0].code
}

fn whole(code: &Code) -> String {
    let mut text = String::new();
    let _ = writeln!(text, "{} {}", code.code, code.name);
    let _ = writeln!(text, "  {}", code.title);
    let mut line = |label: &str, value: &str| {
        if !value.is_empty() {
            let _ = writeln!(text, "  {label:<12}{value}");
        }
    };
    line("Meaning", &code.meaning);
    for cause in &code.causes {
        line("Check", cause);
    }
    line("Class", words::class(code.class));
    let acts: Vec<&str> = code.acts.iter().map(|actor| words::actor(*actor)).collect();
    line("Who acts", &acts.join(", then "));
    line("Signing in", words::login(code.login));
    line("Sources", &code.sources.join(", "));
    line(
        "Confidence",
        crate::strings::report::confidence(code.confidence),
    );
    text
}
