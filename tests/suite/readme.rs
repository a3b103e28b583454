//! README.md says what is true: its commands parse, its files exist, its tables are the program's own.

mod scenarios;

use std::fmt::Write as _;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use clap::Parser as _;
use tokenscope::cli::Cli;
use tokenscope::explorer::{KeyLine, Keymap};

use crate::cli::place::Place;

/// The exit codes scripts rely on.
const EXIT_CODES: [&str; 7] = ["0", "1", "2", "3", "4", "5", "130"];
const KEYS_BEGIN: &str = "<!-- keys: begin";
const KEYS_END: &str = "<!-- keys: end -->";

fn readme() -> String {
    read("README.md")
}

fn read(path: &str) -> String {
    let full = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read_to_string(&full).unwrap_or_else(|e| panic!("{}: {e}", full.display()))
}

/// The fenced blocks of a language.
fn blocks(text: &str, language: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once(&format!("```{language}\n")) {
        let (block, next) = after.split_once("```").expect("a block is closed");
        found.push(block.to_owned());
        rest = next;
    }
    found
}

/// What is written between backticks, outside of blocks.
fn inline(text: &str) -> Vec<String> {
    let outside: Vec<&str> = text.split("```").step_by(2).collect();
    let lines = outside.iter().flat_map(|part| part.lines());
    lines
        .flat_map(|line| {
            line.split('`')
                .skip(1)
                .step_by(2)
                .map(str::to_owned)
                .collect::<Vec<_>>()
        })
        .collect()
}

/// The commands of a block: continued lines joined, comments gone.
fn commands(block: &str) -> Vec<String> {
    let joined = block.replace("\\\n", " ");
    let lines = joined
        .lines()
        .map(|line| line.split(" #").next().unwrap_or_default().trim());
    lines
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(str::to_owned)
        .collect()
}

/// The words of a command as a shell splits them: quotes of both kinds, nothing expanded.
fn words(command: &str) -> Vec<String> {
    let (mut words, mut quote, mut word) = (Vec::new(), None, None::<String>);
    for c in command.chars() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None, '"' | '\'') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None, c) if c.is_whitespace() => words.extend(word.take()),
            (Some(_) | None, c) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

/// The words after the program's name, if the command runs the program.
fn of_the_program(command: &str) -> Option<Vec<String>> {
    let words = words(command);
    let first = words
        .iter()
        .position(|word| word == "tokenscope" || word == "--")?;
    let runs = first == 0 || words[..first].starts_with(&["cargo".to_owned(), "run".to_owned()]);
    runs.then(|| {
        words[first + 1..]
            .iter()
            .take_while(|word| !matches!(word.as_str(), "|" | ">" | "&"))
            .cloned()
            .collect()
    })
}

#[test]
fn every_command_it_shows_is_one_the_program_takes() {
    let text = readme();
    let shown: Vec<String> = blocks(&text, "sh")
        .iter()
        .flat_map(|block| commands(block))
        .chain(inline(&text))
        .collect();
    let ours: Vec<Vec<String>> = shown
        .iter()
        .filter_map(|command| of_the_program(command))
        .collect();
    assert!(ours.len() > 8, "{shown:?}");
    for words in ours {
        let line = std::iter::once("tokenscope".to_owned()).chain(words.iter().cloned());
        if let Err(error) = Cli::try_parse_from(line) {
            panic!("{words:?}: {error}");
        }
    }
}

#[test]
fn every_file_it_names_exists() {
    let text = readme();
    let targets = text
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split(')').next());
    let local = targets
        .filter(|target| !target.contains("://") && !target.starts_with('#'))
        .map(str::to_owned);
    let programs = blocks(&text, "sh")
        .iter()
        .flat_map(|block| commands(block))
        .filter(|line| line.starts_with("tests/"))
        .collect::<Vec<_>>();
    let dotted = inline(&text).into_iter().filter(|code| {
        code.starts_with('.') || code.starts_with("assets/") || code.starts_with("tests/")
    });
    for path in local.chain(programs).chain(dotted) {
        let path = path.split_whitespace().next().unwrap_or_default();
        assert!(
            Path::new(env!("CARGO_MANIFEST_DIR")).join(path).exists(),
            "{path}"
        );
    }
}

#[test]
fn it_opens_with_one_line_one_picture_and_two_commands() {
    let text = readme();
    let mut parts = text.split("\n\n");
    assert_eq!(parts.next(), Some("# tokenscope"));
    let line = parts.next().expect("one line");
    assert!(!line.contains('\n') && line.len() < 180, "{line}");
    let picture = parts.next().expect("one picture");
    assert!(
        picture.starts_with("![") && !picture.contains('\n'),
        "{picture}"
    );
    assert_eq!(commands(&blocks(&text, "sh")[0]).len(), 2);
    let before = text.split("```sh").next().unwrap_or_default();
    assert!(
        before.matches("\n\n").count() <= 3,
        "something stands before the commands"
    );
}

#[test]
fn its_exit_codes_are_those_of_the_program() {
    let text = readme();
    let table = text
        .split("| Exit code |")
        .nth(1)
        .and_then(|rest| rest.split("\n\n").next())
        .expect("a table of exit codes");
    let rows = table
        .lines()
        .skip(2)
        .filter_map(|row| row.split('|').nth(1))
        .map(|cell| cell.trim().trim_matches('`'));
    assert_eq!(rows.collect::<Vec<_>>(), EXIT_CODES);
}

#[test]
fn the_profile_it_shows_is_read() {
    let text = readme();
    let place = Place::new();
    let mut profiles = blocks(&text, "toml");
    profiles.retain(|block| block.contains("[profile."));
    let profiles = profiles.join("\n");
    place.file("config/profiles.toml", &profiles);
    let listed = place.say("profile list --output json").ended(0).json();
    // A table with one name more belongs to a profile.
    let tables = profiles
        .lines()
        .filter_map(|line| line.strip_prefix("[profile."));
    let count = tables.filter(|name| !name.contains('.')).count();
    assert_eq!(listed["profiles"].as_array().map(Vec::len), Some(count));
    assert_eq!(listed["profiles"][0]["retry"]["attempts"], 2);
}

#[test]
fn the_theme_it_shows_is_read() {
    let text = readme();
    let mut shown = blocks(&text, "toml").into_iter();
    let theme = shown.find(|block| block.contains("[style]"));
    let theme = theme.expect("a theme is shown");
    let read = tokenscope::settings::themes::parse("mine.toml", &theme);
    assert!(read.is_ok(), "{read:?}");
}

#[test]
fn it_counts_the_codes_rightly() {
    let known = tokenscope::catalog::Catalog::builtin().codes().count();
    assert!(
        readme().contains(&format!(" {known} codes")),
        "{known} codes are known"
    );
}

#[test]
fn its_keys_are_those_of_the_program() {
    is_the_programs_own(KEYS_BEGIN, KEYS_END, &key_table());
}

/// Compares what stands between two marks with what the program says, or writes it anew when asked to.
#[track_caller]
fn is_the_programs_own(begin: &str, end: &str, table: &str) {
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _writing = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let text = readme();
    let (before, rest) = text.split_once(begin).expect("it has a place");
    let (comment, rest) = rest.split_once("-->\n").expect("the comment ends");
    let (shown, after) = rest.split_once(end).expect("it has an end");
    if std::env::var_os("TOKENSCOPE_WRITE_README").is_some() {
        let whole = format!("{before}{begin}{comment}-->\n{table}{end}{after}");
        std::fs::write(
            Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md"),
            whole,
        )
        .expect("README can be written");
    } else {
        assert_eq!(
            shown, table,
            "TOKENSCOPE_WRITE_README=1 cargo test --test suite readme writes it anew"
        );
    }
}

/// The keymap as a table, in its own order. What holds while typing too is listed once.
fn key_table() -> String {
    let mut out = String::from("| Key | What it does | Where |\n|---|---|---|\n");
    for line in Keymap::default().sheet() {
        let typing = if line.typing { ", while typing" } else { "" };
        let (what, place) = (escaped(line.does), &line.place);
        writeln!(out, "| {} | {what} | {place}{typing} |", keys(&line)).expect("a string takes it");
    }
    out
}

fn keys(line: &KeyLine) -> String {
    let names = line.keys.iter();
    let names: Vec<String> = names
        .map(|key| format!("<kbd>{}</kbd>", escaped(key)))
        .collect();
    names.join(if line.range { " – " } else { " " })
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('|', "\\|")
}
