//! How the screen is to look: from flags, settings and what the environment says of the terminal.

use std::time::Duration;

use super::{Color, Common, setup};
use crate::model::theme::Scheme;
use crate::model::{Audience, Depth, Ground, Look, Problem, Profile, Saved};
use crate::ports::Env;
use crate::settings::Preferences;
use crate::settings::preferences::{Links, place_of};
use crate::settings::themes;

/// How long the terminal's answer about its ground is followed.
const ANSWER: Duration = Duration::from_secs(2);

/// Programs that take OSC 8 links, by what they set `TERM_PROGRAM` to.
const LINKING: [&str; 8] = [
    "iTerm.app",
    "WezTerm",
    "vscode",
    "ghostty",
    "rio",
    "Tabby",
    "WarpTerminal",
    "mintty",
];

/// Parts of `TERM` that tell a terminal which takes OSC 8 links and shows every colour.
const ABLE: [&str; 6] = [
    "kitty",
    "alacritty",
    "ghostty",
    "wezterm",
    "foot",
    "contour",
];

/// How the screen looks and behaves.
///
/// # Errors
/// A problem that names the flag, or the file, line and key.
pub(super) fn look(
    common: &Common,
    env: &dyn Env,
    profiles: Vec<Profile>,
) -> Result<Look, Problem> {
    let config = setup::paths(common)?.config;
    let preferences = Preferences::load(&config)?;
    let (name, named_by) = if let Some(name) = &common.theme {
        (name.clone(), "--theme".to_owned())
    } else {
        (preferences.theme, place_of(&config, "theme"))
    };
    let depth = depth(common.color, env);
    let find = |name: &str| themes::find(&config, name, &named_by);
    // Without colours the theme is the plain one; a wrong name is told all the same.
    let (dark, light): (Scheme, Option<Scheme>) = match name.as_str() {
        _ if depth == Depth::None && name == themes::AUTO => (find("plain")?, None),
        themes::AUTO => (find("dark")?, Some(find("light")?)),
        name if depth == Depth::None => find(name).and_then(|_| Ok((find("plain")?, None)))?,
        name => (find(name)?, None),
    };
    let term = set(env, "TERM").unwrap_or_default();
    let answers = light.is_some() && !matches!(term.as_str(), "" | "dumb" | "linux");
    Ok(Look {
        dark,
        light,
        ground: ground(env),
        ask_ground: answers.then_some(ANSWER),
        depth,
        ascii: term == "dumb" || !speaks_utf8(env),
        links: match preferences.links {
            Links::Always => true,
            Links::Never => false,
            Links::Auto => takes_links(env),
        },
        still: preferences.reduced_motion,
        mouse: preferences.mouse,
        tmux: set(env, "TMUX").is_some(),
        profiles,
        keys: preferences.keys.all(),
        saved: Saved::default(),
        unread: None,
        audience: Audience::Absent,
        record: None,
    })
}

fn set(env: &dyn Env, name: &str) -> Option<String> {
    env.var(name).filter(|value| !value.is_empty())
}

/// How many colours the terminal shows, by what is customary: <https://no-color.org>, `COLORTERM`, `TERM`.
fn depth(color: Color, env: &dyn Env) -> Depth {
    let off = set(env, "NO_COLOR").is_some();
    if color == Color::Never || color == Color::Auto && off {
        return Depth::None;
    }
    let term = set(env, "TERM").unwrap_or_default();
    let exact = set(env, "COLORTERM").is_some_and(|it| it == "truecolor" || it == "24bit");
    if exact || set(env, "WT_SESSION").is_some() || term.ends_with("-direct") || is_able(&term) {
        Depth::True
    } else if term.contains("256color") {
        Depth::Indexed
    } else if matches!(term.as_str(), "dumb" | "vt100" | "vt220") && color == Color::Auto {
        Depth::None
    } else {
        Depth::Sixteen
    }
}

fn is_able(term: &str) -> bool {
    ABLE.iter().any(|part| term.contains(part))
}

/// What the ground is by `COLORFGBG` (rxvt, Konsole and others): its last number is the ground's.
fn ground(env: &dyn Env) -> Ground {
    let last = set(env, "COLORFGBG").and_then(|it| it.rsplit(';').next().map(str::to_owned));
    match last.as_deref() {
        Some("7" | "9" | "10" | "11" | "12" | "13" | "14" | "15") => Ground::Light,
        _ => Ground::Dark,
    }
}

/// Whether the locale, if one is named, is one of UTF-8 (POSIX: `LC_ALL` before `LC_CTYPE` before `LANG`).
fn speaks_utf8(env: &dyn Env) -> bool {
    let named = ["LC_ALL", "LC_CTYPE", "LANG"]
        .iter()
        .find_map(|name| set(env, name));
    named.is_none_or(|locale| {
        let locale = locale.to_ascii_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    })
}

/// Whether the terminal is known to take links (OSC 8) and not to print them.
fn takes_links(env: &dyn Env) -> bool {
    let term = set(env, "TERM").unwrap_or_default();
    let program = set(env, "TERM_PROGRAM").unwrap_or_default();
    let number = |name: &str| set(env, name).and_then(|it| it.parse::<u32>().ok());
    if set(env, "TMUX").is_some() {
        // tmux keeps links since 3.4, and passes them on only to terminals that take them.
        let version = set(env, "TERM_PROGRAM_VERSION").unwrap_or_default();
        return program == "tmux" && at_least(&version, (3, 4));
    }
    if set(env, "STY").is_some() || matches!(term.as_str(), "" | "dumb" | "linux") {
        return false;
    }
    LINKING.contains(&program.as_str())
        || is_able(&term)
        || set(env, "WT_SESSION").is_some()
        || number("VTE_VERSION").is_some_and(|version| version >= 5000)
        || number("KONSOLE_VERSION").is_some_and(|version| version >= 201_200)
}

/// Whether a version such as `3.4a` is at least this one.
fn at_least(version: &str, least: (u32, u32)) -> bool {
    let mut parts = version.split('.').map(|part| {
        let digits = part.trim_end_matches(|c: char| !c.is_ascii_digit());
        digits
            .trim_start_matches(|c: char| !c.is_ascii_digit())
            .parse::<u32>()
            .unwrap_or(0)
    });
    let major = parts.next().unwrap_or(0);
    (major, parts.next().unwrap_or(0)) >= least
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;

    struct Fixed(HashMap<String, String>);

    impl Env for Fixed {
        fn var(&self, name: &str) -> Option<String> {
            self.0.get(name).cloned()
        }
    }

    /// An environment written as `NAME=value NAME=value`.
    fn env(text: &str) -> Fixed {
        let pairs = text.split_whitespace().filter_map(|it| it.split_once('='));
        Fixed(pairs.map(|(a, b)| (a.to_owned(), b.to_owned())).collect())
    }

    #[test]
    fn as_many_colours_are_used_as_the_terminal_says_it_has() {
        for (text, wanted) in [
            ("TERM=xterm-256color COLORTERM=truecolor", Depth::True),
            ("TERM=xterm-kitty", Depth::True),
            ("TERM=xterm-direct", Depth::True),
            ("TERM=tmux-256color", Depth::Indexed),
            ("TERM=xterm", Depth::Sixteen),
            ("TERM=linux", Depth::Sixteen),
            ("TERM=dumb", Depth::None),
            ("TERM=xterm-256color NO_COLOR=1", Depth::None),
            ("TERM=xterm-256color NO_COLOR=", Depth::Indexed),
        ] {
            assert_eq!(depth(Color::Auto, &env(text)), wanted, "{text}");
        }
        let told = env("TERM=xterm-256color NO_COLOR=1");
        assert_eq!(depth(Color::Always, &told), Depth::Indexed);
        assert_eq!(depth(Color::Always, &env("TERM=dumb")), Depth::Sixteen);
        assert_eq!(
            depth(Color::Never, &env("COLORTERM=truecolor")),
            Depth::None
        );
    }

    #[test]
    fn a_locale_without_utf8_means_ascii() {
        for (text, wanted) in [
            ("LANG=de_CH.UTF-8", true),
            ("LANG=C.utf8", true),
            ("LANG=C", false),
            ("LC_ALL=POSIX LANG=de_CH.UTF-8", false),
            ("LC_ALL= LC_CTYPE=en_US.ISO-8859-1 LANG=de_CH.UTF-8", false),
            ("LC_CTYPE=C.UTF-8 LANG=C", true),
            ("", true),
        ] {
            assert_eq!(speaks_utf8(&env(text)), wanted, "{text}");
        }
    }

    #[test]
    fn links_go_only_to_terminals_known_to_take_them() {
        for (text, wanted) in [
            ("TERM=xterm-256color", false),
            ("TERM=xterm-256color VTE_VERSION=7600", true),
            ("TERM=xterm-256color VTE_VERSION=4205", false),
            ("TERM=xterm-256color TERM_PROGRAM=iTerm.app", true),
            ("TERM=alacritty", true),
            ("TERM=screen STY=1 VTE_VERSION=7600", false),
            (
                "TERM=tmux-256color TMUX=x TERM_PROGRAM=tmux TERM_PROGRAM_VERSION=3.4",
                true,
            ),
            (
                "TERM=tmux-256color TMUX=x TERM_PROGRAM=tmux TERM_PROGRAM_VERSION=3.3a",
                false,
            ),
            ("TERM=screen TMUX=x VTE_VERSION=7600", false),
            ("TERM=linux TERM_PROGRAM=vscode", false),
        ] {
            assert_eq!(takes_links(&env(text)), wanted, "{text}");
        }
        assert!(at_least("next-3.6", (3, 4)) && at_least("4.0", (3, 4)));
    }

    #[test]
    fn the_ground_is_guessed_from_what_rxvt_and_konsole_say() {
        for (text, wanted) in [
            ("", Ground::Dark),
            ("COLORFGBG=15;0", Ground::Dark),
            ("COLORFGBG=0;15", Ground::Light),
            ("COLORFGBG=0;default;7", Ground::Light),
            ("COLORFGBG=15;default", Ground::Dark),
            ("COLORFGBG=;", Ground::Dark),
        ] {
            assert_eq!(ground(&env(text)), wanted, "{text}");
        }
    }
}
