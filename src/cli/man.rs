//! `man`: the manual as a page for `man(1)`, made from the same tree that reads the command line.

use std::io;
use std::path::{Path, PathBuf};

use clap::{Args, Command, CommandFactory as _};
use clap_mangen::Man;

use super::{Cli, out};
use crate::model::Problem;
use crate::strings::cli as say;

/// Arguments of `man`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Write one page a verb into this directory instead
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
}

/// Runs the verb; the exit code.
pub(super) fn run(arguments: &Arguments) -> u8 {
    let done = match &arguments.dir {
        None => whole().map(|page| out::own(page.as_bytes())),
        Some(directory) => write(directory),
    };
    out::ended(done.map_err(|error| {
        let place = arguments.dir.as_deref().map(Path::display);
        let place = place.map_or_else(|| "stdout".to_owned(), |place| place.to_string());
        Problem::new(error.to_string(), place, say::EXPECTED_MAN_DIR)
    }))
}

/// One page for the program and one for every verb: `tokenscope-history-show.1`.
fn write(directory: &Path) -> io::Result<()> {
    std::fs::create_dir_all(directory)?;
    let mut root = Cli::command();
    root.build();
    write_tree(&root, directory)
}

fn write_tree(command: &Command, directory: &Path) -> io::Result<()> {
    let name = command.get_display_name().unwrap_or(command.get_name());
    let man = Man::new(command.clone()).title(name.to_uppercase());
    let mut page = Vec::new();
    man.render(&mut page)?;
    std::fs::write(directory.join(format!("{name}.1")), escaped(&page))?;
    verbs_of(command).try_for_each(|verb| write_tree(verb, directory))
}

fn verbs_of(command: &Command) -> impl Iterator<Item = &Command> {
    let verbs = command.get_subcommands();
    verbs.filter(|verb| verb.get_name() != "help")
}

/// A page in ASCII, whatever a formatter takes its input for: other characters by their numbers.
fn escaped(page: &[u8]) -> String {
    let mut out = String::new();
    for c in String::from_utf8_lossy(page).chars() {
        if c.is_ascii() {
            out.push(c);
        } else {
            let number = format!("\\[u{:04X}]", u32::from(c));
            out.push_str(&number);
        }
    }
    out
}

/// The whole tree on one page: the program, then every verb with a part of its own.
fn whole() -> io::Result<String> {
    let mut root = Cli::command();
    root.build();
    let mut page = Vec::new();
    Man::new(root.clone()).render(&mut page)?;
    verbs(&root, &mut page)?;
    Ok(escaped(&page))
}

fn verbs(parent: &Command, page: &mut Vec<u8>) -> io::Result<()> {
    for verb in parent
        .get_subcommands()
        .filter(|verb| verb.get_name() != "help")
    {
        let name = verb
            .get_bin_name()
            .unwrap_or(verb.get_name())
            .to_uppercase();
        page.extend(format!(".SH {}\n", name.replace('-', "\\-")).bytes());
        let man = Man::new(verb.clone());
        let mut part = Vec::new();
        man.render_synopsis_section(&mut part)?;
        man.render_description_section(&mut part)?;
        if verb.get_arguments().next().is_some() {
            man.render_options_section(&mut part)?;
        }
        let part = String::from_utf8_lossy(&part).into_owned();
        // A section of a page of its own is a part of the verb's section here.
        for line in part
            .lines()
            .filter(|line| !line.starts_with(".ie ") && !line.starts_with(".el "))
        {
            let line = line
                .strip_prefix(".SH")
                .map_or_else(|| line.to_owned(), |rest| format!(".SS{rest}"));
            page.extend(line.bytes());
            page.push(b'\n');
        }
        verbs(verb, page)?;
    }
    Ok(())
}
