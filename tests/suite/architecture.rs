//! The house is built as the map says: which module may name which, what the pure core must not touch, and the few
//! things that live in one place only. The map is in the documentation of `src/lib.rs`.

mod names;

use std::collections::{BTreeMap, BTreeSet};

use names::{File, Place};

/// What every module may name.
const EVERYWHERE: [&str; 2] = ["model", "strings"];

const CORE: [&str; 10] = [
    "model", "strings", "decode", "redact", "catalog", "guide", "predict", "compare", "grants",
    "ports",
];

const EDGES: [&str; 8] = [
    "wire", "keys", "tokens", "flows", "lab", "history", "settings", "host",
];

/// A module, then every other one it may name. Add an arrow here, in review, or not at all. `core` and `edges` stand
/// for the lists above.
const ARROWS: [(&str, &[&str]); 26] = [
    ("main", &["cli", "tui", "linear", "session", "host"]),
    ("lib", &[]),
    ("model", &[]),
    ("strings", &[]),
    ("decode", &[]),
    ("redact", &["decode"]),
    ("catalog", &[]),
    ("guide", &["catalog", "decode"]),
    ("predict", &["decode"]),
    ("compare", &["decode"]),
    ("grants", &["decode"]),
    ("ports", &[]),
    ("wire", &["ports"]),
    ("keys", &["ports"]),
    ("tokens", &["decode", "wire", "keys"]),
    (
        "flows",
        &["grants", "wire", "keys", "tokens", "ports", "decode"],
    ),
    ("lab", &["catalog", "ports"]),
    ("history", &[]),
    ("settings", &["ports"]),
    ("host", &["ports"]),
    ("session", &["core", "edges"]),
    ("report", &[]),
    ("explorer", &["session", "report", "core", "settings"]),
    ("tui", &["explorer"]),
    ("linear", &["explorer"]),
    (
        "cli",
        &["session", "report", "core", "settings", "explorer"],
    ),
];

/// Crates and parts of the standard library that the pure core must not name.
const IMPURE: [&str; 14] = [
    "tokio",
    "reqwest",
    "hyper",
    "rusqlite",
    "ratatui",
    "crossterm",
    "getrandom",
    "std::fs",
    "std::env",
    "std::net",
    "std::process",
    "std::thread",
    "tempfile",
    "open",
];

/// Types whose `now` reads the clock.
const CLOCKS: [&str; 4] = ["SystemTime", "Instant", "Timestamp", "Zoned"];

fn arrows() -> BTreeMap<&'static str, BTreeSet<&'static str>> {
    let spelled = |name: &&'static str| match *name {
        "core" => CORE.to_vec(),
        "edges" => EDGES.to_vec(),
        other => vec![other],
    };
    ARROWS
        .iter()
        .map(|(module, list)| (*module, list.iter().flat_map(spelled).collect()))
        .collect()
}

/// Every complaint in a list, or nothing.
fn assert_none(complaints: &[String]) {
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}

#[test]
fn every_module_names_only_what_its_arrow_lists() {
    let (files, arrows) = (names::files(), arrows());
    let modules: BTreeSet<&str> = arrows.keys().copied().collect();
    let mut complaints = Vec::new();
    for file in files {
        let Some(allowed) = arrows.get(file.module()) else {
            complaints.push(format!(
                "{}: '{}' is not on the map",
                file.path,
                file.module()
            ));
            continue;
        };
        for named in file.modules_named() {
            let own = named == file.module() || file.module() == "lib";
            if !own && !allowed.contains(named) && !EVERYWHERE.contains(&named) {
                let what = if modules.contains(named) {
                    "must not name"
                } else {
                    "names something at the root:"
                };
                complaints.push(format!("{}: {} {what} {named}", file.path, file.module()));
            }
        }
    }
    assert_none(&complaints);
}

#[test]
fn the_map_in_the_crate_documentation_shows_the_same_arrows() {
    let shown = arrows_of_the_map();
    for (module, list) in ARROWS
        .iter()
        .filter(|(module, _)| !matches!(*module, "model" | "strings"))
    {
        let on_map = shown
            .get(*module)
            .unwrap_or_else(|| panic!("the map has no arrow for {module}"));
        let listed: BTreeSet<String> = list.iter().map(|name| (*name).to_owned()).collect();
        assert_eq!(on_map, &listed, "the map and the test disagree on {module}");
    }
}

/// The arrows drawn in the documentation of `src/lib.rs`.
fn arrows_of_the_map() -> BTreeMap<String, BTreeSet<String>> {
    let mut shown = BTreeMap::new();
    let mut module = String::new();
    let text = names::read("src/lib.rs");
    for line in text.lines().filter_map(|line| line.strip_prefix("//! ")) {
        let entry = line
            .split_whitespace()
            .next()
            .filter(|_| !line.starts_with(' '))
            .unwrap_or_default();
        if let Some(name) = entry
            .strip_suffix('/')
            .or_else(|| entry.strip_suffix(".rs"))
        {
            name.clone_into(&mut module);
        }
        if let Some((_, list)) = line.rsplit_once("->").filter(|_| !module.is_empty()) {
            let names = list
                .split([' ', ','])
                .filter(|word| !matches!(*word, "" | "nothing" | "more"));
            shown.insert(module.clone(), names.map(str::to_owned).collect());
        }
    }
    shown
}

#[test]
fn the_lab_and_the_client_cannot_reach_each_other() {
    let arrows = arrows();
    let reach = |from: &'static str| {
        let (mut seen, mut next) = (BTreeSet::new(), vec![from]);
        while let Some(module) = next.pop() {
            if seen.insert(module) {
                next.extend(arrows[module].iter());
            }
        }
        seen
    };
    for client in ["wire", "flows", "grants", "keys", "tokens"] {
        assert!(
            !reach("lab").contains(client),
            "the lab shares {client} with the client it vouches for"
        );
        assert!(!reach(client).contains("lab"), "{client} leans on the lab");
    }
}

#[test]
fn the_pure_core_knows_no_network_no_disk_no_clock_and_no_chance() {
    let mut complaints = Vec::new();
    for file in names::files()
        .iter()
        .filter(|file| CORE.contains(&file.module()))
    {
        for name in file
            .names
            .iter()
            .filter(|name| name.place == Place::Program)
        {
            let path = name.path.join("::");
            let impure = IMPURE.iter().any(|bad| {
                (path == *bad && bad.contains("::")) || path.starts_with(&format!("{bad}::"))
            });
            let reads_a_clock = matches!(name.path.as_slice(), [.., kind, now] if now == "now" && CLOCKS.contains(&kind.as_str()));
            if impure || reads_a_clock {
                complaints.push(format!("{} names {path}", file.path));
            }
        }
    }
    assert_none(&complaints);
}

/// Files of the program, not of its tests, in which one of these names occurs.
fn files_that_name(wanted: &[&str]) -> Vec<String> {
    let mentions = |file: &File| {
        let program = file
            .names
            .iter()
            .filter(|name| name.place == Place::Program);
        program.into_iter().any(|name| {
            name.path
                .last()
                .is_some_and(|last| wanted.contains(&last.as_str()))
        })
    };
    names::files()
        .iter()
        .filter(|file| mentions(file))
        .map(|file| file.path.clone())
        .collect()
}

#[test]
fn raw_mode_is_named_in_one_file_only() {
    let files = files_that_name(&[
        "enable_raw_mode",
        "disable_raw_mode",
        "try_init",
        "try_restore",
    ]);
    assert_eq!(
        files.len(),
        1,
        "raw mode belongs to the screen guard alone: {files:?}"
    );
}

#[test]
fn only_redact_vouches_that_a_text_is_redacted() {
    let files = files_that_name(&["vouch"]);
    let others: Vec<_> = files
        .iter()
        .filter(|path| !path.starts_with("src/redact"))
        .collect();
    assert!(others.is_empty(), "{others:?}");
}

#[test]
fn no_file_is_called_mod_and_main_stays_small() {
    let files = names::files();
    let mods: Vec<_> = files
        .iter()
        .filter(|file| file.path.ends_with("/mod.rs"))
        .map(|file| &file.path)
        .collect();
    assert!(mods.is_empty(), "a module is foo.rs beside foo/: {mods:?}");
    assert!(
        names::read("src/main.rs").lines().count() < 60,
        "src/main.rs only parses, makes the ports and picks a shell"
    );
}

#[test]
fn names_are_found_in_groups_macros_types_and_relative_paths() {
    let text = "use crate::{decode::{self, json}, wire as w}; use super::super::tui::X;
        mod inner { use super::super::guide; fn f() -> crate::report::R { assert!(crate::cli::ok()); self::g() } }
        #[cfg(test)] mod tests { use crate::history; }";
    let file = File::parse("src/lab/server.rs", text);
    let named: Vec<&str> = file.modules_named().collect();
    assert_eq!(
        named,
        [
            "decode", "decode", "wire", "tui", "lab", "report", "cli", "lab", "history"
        ]
    );
    let places = file
        .names
        .iter()
        .filter(|name| name.path.last().is_some_and(|last| last == "history"));
    assert!(places.into_iter().all(|name| name.place == Place::Tests));
}
