//! The command line: clap's tree here, one file a verb. Translates people to session and back; no protocol knowledge.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::model::{Look, Opening, Problem};
use crate::ports::Ports;
use crate::session::Setup;
use crate::settings::profiles;
use crate::settings::saved::SavedBook;

mod acquire;
mod cache;
mod claims;
mod codes;
mod completions;
mod demo;
mod differing;
mod explain;
mod history;
mod keyring;
mod keys;
mod lab;
mod look;
mod man;
mod out;
mod pasting;
mod paths;
mod profile;
mod prompt;
mod sending;
mod setup;
mod spec;
mod token;

/// Runs token acquisitions, shows the raw reply beside its meaning, and walks the way out.
#[derive(Debug, Parser)]
#[command(
    name = "tokenscope",
    version,
    propagate_version = true,
    max_term_width = 100
)]
pub struct Cli {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    verb: Option<Verb>,
}

/// Flags every verb takes.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Everywhere")]
struct Common {
    /// Keep nothing of this run in the history
    #[arg(long, global = true)]
    no_history: bool,
    /// Detail of the log file
    #[arg(long, global = true, value_name = "LEVEL", default_value = "info", value_parser = ["error", "warn", "info", "debug", "trace"])]
    log_level: String,
    /// Append the event log of every run to this file
    #[arg(long, global = true, value_name = "PATH")]
    log_file: Option<PathBuf>,
    /// Let the log file name people (user names); secrets never
    #[arg(long, global = true)]
    log_personal: bool,
    /// Plain lines and numbered choices instead of the screen, for screen readers; also where TERM is dumb
    #[arg(long, global = true)]
    linear: bool,
    /// Colour
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: Color,
    /// Theme of the screen: auto, dark, light, high-contrast, colour-blind-safe, plain, or one of your own
    #[arg(long, global = true, value_name = "NAME")]
    theme: Option<String>,
    /// Directory of settings, profiles, themes and own catalogue entries
    #[arg(long, global = true, value_name = "DIR")]
    config: Option<PathBuf>,
    /// Directory of the history and the lab's keys
    #[arg(long, global = true, value_name = "DIR")]
    data: Option<PathBuf>,
}

/// When to use colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Color {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// How an answer is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Output {
    /// For people.
    #[default]
    Text,
    /// One JSON document.
    Json,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// The explorer with the lab inside it: nothing to configure, nothing leaves the machine
    Demo(demo::Arguments),
    /// One acquisition without a screen: token or JSON on stdout, everything else on stderr
    Acquire(Box<acquire::Arguments>),
    /// Decode anything pasted: a reply, a redirect address, a header, a log, a message
    Explain(explain::Arguments),
    /// Explain a claims challenge, and write it as each library and tool takes it
    Claims(claims::Arguments),
    /// Search the catalogue of error codes
    Codes(codes::Arguments),
    /// The identity provider alone, for MSAL or any other client
    Lab(lab::Arguments),
    /// Look at a token cache file of any MSAL program: accounts, tokens and what a silent call would find
    Cache(cache::Arguments),
    /// The profiles there are
    Profile(profile::Arguments),
    /// Secrets in the system's keyring: put one in, take one out, show the names
    Keyring(keyring::Arguments),
    /// Past runs
    History(history::Arguments),
    /// Decode a JWT, check it, or compare two
    Token(Box<token::Arguments>),
    /// What every key of the screen does, with the changes of settings.toml
    Keys(keys::Arguments),
    /// Where this installation's files are, and which of them are there
    Paths(paths::Arguments),
    /// A shell's completions, on stdout
    Completions(completions::Arguments),
    /// The manual, on stdout as one page or in a directory as one page a verb
    Man(man::Arguments),
}

/// What the program does next.
pub enum Next {
    /// It is done; the exit code.
    Exit(u8),
    /// The screen is wanted.
    Screen(Box<Screen>),
}

/// What the screen starts from.
pub struct Screen {
    /// What it opens with.
    pub opening: Opening,
    /// What its session is made of.
    pub setup: Setup,
    /// How it looks and behaves.
    pub look: Look,
    /// Plain lines instead of a drawn screen.
    pub linear: bool,
}

/// Parses the command line and does what it asks for, unless that is the screen.
pub fn run(ports: &Ports) -> Next {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let code = u8::from(error.use_stderr()) * 2;
            out::clap_message(&error);
            return Next::Exit(code);
        }
    };
    let common = cli.common;
    match cli.verb {
        None => screen(try_screen(&common, ports, Opening::Start)),
        Some(Verb::Demo(arguments)) => screen(demo::open(&common, ports, arguments)),
        Some(Verb::Acquire(arguments)) => Next::Exit(acquire::run(&common, &arguments, ports)),
        Some(Verb::Explain(arguments)) => Next::Exit(explain::run(&common, &arguments, ports)),
        Some(Verb::Claims(arguments)) => Next::Exit(claims::run(&arguments)),
        Some(Verb::Codes(arguments)) => Next::Exit(codes::run(&common, &arguments, ports)),
        Some(Verb::Cache(arguments)) => Next::Exit(cache::run(&arguments, ports)),
        Some(Verb::Profile(arguments)) => Next::Exit(profile::run(&common, &arguments, ports)),
        Some(Verb::Keyring(arguments)) => Next::Exit(keyring::run(&arguments, ports)),
        Some(Verb::History(arguments)) => Next::Exit(history::run(&common, &arguments, ports)),
        Some(Verb::Token(arguments)) => Next::Exit(token::run(&arguments, ports)),
        Some(Verb::Keys(arguments)) => Next::Exit(keys::run(&common, &arguments)),
        Some(Verb::Paths(arguments)) => Next::Exit(paths::run(&common, &arguments)),
        Some(Verb::Completions(arguments)) => Next::Exit(completions::run(&arguments)),
        Some(Verb::Man(arguments)) => Next::Exit(man::run(&arguments)),
        Some(Verb::Lab(arguments)) => Next::Exit(lab::run(&common, arguments, ports)),
    }
}

fn screen(screen: Result<Screen, Problem>) -> Next {
    match screen {
        Ok(screen) => Next::Screen(Box::new(screen)),
        Err(problem) => {
            out::problem(&problem);
            Next::Exit(2)
        }
    }
}

fn try_screen(common: &Common, ports: &Ports, opening: Opening) -> Result<Screen, Problem> {
    let mut setup = setup::session(common, ports, true)?;
    let paths = setup::paths(common)?;
    let profiles = profiles::load(&paths.profiles())?;
    let mut look = look::look(common, ports.env.as_ref(), profiles)?;
    let linear = common.linear || ports.env.var("TERM").is_some_and(|term| term == "dumb");
    if opening == Opening::Start && !linear {
        let book = SavedBook::new(&paths.state);
        match book.read() {
            Ok(saved) => (look.saved, setup.saved) = (saved, Some(book)),
            Err(sentence) => look.unread = Some(sentence),
        }
    }
    keys::tell(&look.keys);
    Ok(Screen {
        opening,
        setup,
        look,
        linear,
    })
}

/// Says why the program cannot go on; the exit code for that.
pub fn failed(error: &dyn std::error::Error) -> std::process::ExitCode {
    out::note(&error.to_string());
    std::process::ExitCode::from(2)
}
