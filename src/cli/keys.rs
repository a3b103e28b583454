//! `keys`: what every key of the screen does, with a person's changes, and what is wrong with those.

use clap::Args;
use serde_json::json;

use super::{Common, Output, out, setup};
use crate::explorer::{KeyLine, Keymap};
use crate::model::KeyChoice;
use crate::strings::keymap as say;

/// Arguments of `keys`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// How the answer is printed
    #[arg(long, value_name = "HOW", default_value = "text")]
    output: Output,
}

/// Runs the verb; the exit code: 2 where a change does not hold.
pub(super) fn run(common: &Common, arguments: &Arguments) -> u8 {
    let preferences = match setup::preferences(common) {
        Ok(preferences) => preferences,
        Err(problem) => return out::ended(Err(problem)),
    };
    let (keymap, problems) = Keymap::with(&preferences.keys.all());
    let sheet = keymap.sheet();
    match arguments.output {
        Output::Text => out::print(&table(&sheet)),
        Output::Json => {
            let keys = sheet.iter().map(|line| {
                json!({
                    "action": line.action, "keys": line.keys, "range": line.range,
                    "does": line.does, "where": line.place, "typing": line.typing,
                })
            });
            let wrong = problems
                .iter()
                .map(|it| json!({ "what": it.what, "where": it.at, "expected": it.expected }));
            out::document(&json!({
                "schema": 1,
                "keys": keys.collect::<Vec<_>>(),
                "problems": wrong.collect::<Vec<_>>(),
            }));
        }
    }
    for problem in &problems {
        out::problem(problem);
    }
    if problems.is_empty() { 0 } else { 2 }
}

/// The table for people, in columns.
fn table(sheet: &[KeyLine]) -> String {
    let head = [
        say::HEAD_KEY,
        say::HEAD_DOES,
        say::HEAD_ACTION,
        say::HEAD_WHERE,
    ];
    let mut rows = vec![head.map(str::to_owned)];
    rows.extend(sheet.iter().map(|line| {
        let between = if line.range { " – " } else { " " };
        let typing = if line.typing { say::WHILE_TYPING } else { "" };
        [
            line.keys.join(between),
            line.does.to_owned(),
            line.action.clone(),
            format!("{}{typing}", line.place),
        ]
    }));
    let width = |column: usize| {
        let widths = rows.iter().map(|row| row[column].chars().count());
        widths.max().unwrap_or_default()
    };
    let widths = [width(0), width(1), width(2)];
    let mut text = String::new();
    for [keys, does, action, place] in &rows {
        let [one, two, three] = widths;
        let line = format!("{keys:<one$}  {does:<two$}  {action:<three$}  {place}\n");
        text.push_str(&line);
    }
    text
}

/// Tells on stderr what is wrong with the changes: there it still stands when the screen is gone.
pub(super) fn tell(choices: &[KeyChoice]) {
    let (_, problems) = Keymap::with(choices);
    for problem in &problems {
        out::problem(problem);
    }
}
