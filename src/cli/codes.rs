//! `codes`: search the catalogue.

mod lay;
mod page;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use serde::Serialize;

use super::{Common, Output, out, setup};
use crate::catalog::{Catalog, Code, Entry, ErrorEntry, Query, Range, SubError};
use crate::model::{Actor, Class, Login};
use crate::ports::Ports;

/// How many entries are suggested where nothing fits.
const NEAREST: usize = 5;

/// Arguments of `codes`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// A number (with or without prefix), a name or words; nothing: everything
    query: Vec<String>,
    /// Only what is of this class (repeatable)
    #[arg(long, value_name = "CLASS", value_delimiter = ',', value_parser = word_of(Class::ALL, Class::word, Class::from_word))]
    class: Vec<Class>,
    /// Only where this person acts; first where they act first (repeatable)
    #[arg(long, value_name = "WHO", value_delimiter = ',', value_parser = word_of(Actor::ALL, Actor::word, Actor::from_word))]
    acts: Vec<Actor>,
    /// Only where signing in again helps like this (repeatable)
    #[arg(long, value_name = "HOW", value_delimiter = ',', value_parser = word_of(Login::ALL, Login::word, Login::from_word))]
    login: Vec<Login>,
    /// How the answer is printed
    #[arg(long, value_name = "HOW", default_value = "text")]
    output: Output,
}

/// A parser of one of a model's words; `--help` lists them.
fn word_of<T: Copy + Send + Sync + 'static>(
    all: &'static [T],
    word: fn(T) -> &'static str,
    from_word: fn(&str) -> Option<T>,
) -> impl TypedValueParser<Value = T> {
    PossibleValuesParser::new(all.iter().map(|value| word(*value)))
        .try_map(move |text| from_word(&text).ok_or(text))
}

/// What `--output json` prints.
#[derive(Serialize)]
struct Document<'a> {
    schema: u8,
    codes: Vec<&'a Code>,
    errors: Vec<&'a ErrorEntry>,
    suberrors: Vec<&'a SubError>,
    /// The neighbourhood of a number that is not listed.
    #[serde(skip_serializing_if = "Option::is_none")]
    family: Option<&'a Range>,
    /// What may have been meant where nothing fits.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    nearest: Vec<&'a str>,
}

/// Runs the verb; the exit code.
pub(super) fn run(common: &Common, arguments: &Arguments, ports: &Ports) -> u8 {
    let catalog = setup::catalog(common);
    let query = Query {
        text: arguments.query.join(" "),
        class: arguments.class.clone(),
        acts: arguments.acts.clone(),
        login: arguments.login.clone(),
    };
    let found = catalog.find(&query);
    match arguments.output {
        Output::Json => out::document(&document(&catalog, &query, &found)),
        Output::Text => {
            let page = page::Page::new(&catalog, lay::width(ports.env.as_ref()));
            let text = if found.is_empty() {
                page.nothing(&query, family(&catalog, &query), &nearest(&catalog, &query))
            } else {
                page.found(&query, &found)
            };
            out::print(&text);
        }
    }
    0
}

fn document<'a>(catalog: &'a Catalog, query: &Query, found: &[Entry<'a>]) -> Document<'a> {
    let mut document = Document {
        schema: 1,
        codes: Vec::new(),
        errors: Vec::new(),
        suberrors: Vec::new(),
        family: None,
        nearest: Vec::new(),
    };
    for entry in found {
        match entry {
            Entry::Code(code) => document.codes.push(code),
            Entry::Error(error) => document.errors.push(error),
            Entry::SubError(suberror) => document.suberrors.push(suberror),
        }
    }
    if found.is_empty() {
        document.family = family(catalog, query).map(|(_, range)| range);
        let near = nearest(catalog, query).into_iter();
        document.nearest = near.map(Entry::label).collect();
    }
    document
}

fn nearest<'a>(catalog: &'a Catalog, query: &Query) -> Vec<Entry<'a>> {
    catalog.nearest(query, NEAREST)
}

/// A number that is not listed, as a code, and its neighbourhood.
fn family<'a>(catalog: &'a Catalog, query: &Query) -> Option<(String, &'a Range)> {
    let code = query.unlisted(catalog)?;
    let range = catalog.range(&code)?;
    Some((code, range))
}
