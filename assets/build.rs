//! Reads `assets/catalog/*.toml` strictly and packs them, so that the program parses nothing at start.

use std::error::Error;
use std::io::Write as _;
use std::path::PathBuf;
use std::{env, fs, io};

#[path = "../src/catalog/check.rs"]
mod check;
#[path = "../src/catalog/entry.rs"]
mod entry;
#[path = "../src/strings/catalog.rs"]
mod say;
#[path = "../src/catalog/word.rs"]
mod word;

use entry::{Bundle, Packed, PackedEntry};
use serde::Serialize;

fn main() -> Result<(), Box<dyn Error>> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let mut out = io::stdout();
    for watched in [
        "assets/build.rs",
        "assets/catalog",
        "src/catalog/entry.rs",
        "src/catalog/check.rs",
        "src/strings/catalog.rs",
        "src/catalog/word.rs",
    ] {
        writeln!(out, "cargo::rerun-if-changed={watched}")?;
    }
    let mut collector = check::Collector::knowing(std::iter::empty());
    let mut flaws = Vec::new();
    for path in texts(&root.join("assets/catalog"))? {
        let shown = path
            .strip_prefix(&root)
            .unwrap_or(&path)
            .display()
            .to_string();
        let text = fs::read_to_string(&path).map_err(|error| format!("{shown}: {error}"))?;
        flaws.extend(collector.add(&shown, &text));
    }
    flaws.extend(collector.finish());
    for (file, flaw) in &flaws {
        writeln!(
            out,
            "cargo::error={file}:{}: {}: {}",
            flaw.line,
            flaw.key,
            flaw.what.replace('\n', " ")
        )?;
    }
    if !flaws.is_empty() {
        return Err(format!("{} flaws; expected {}", flaws.len(), say::EXPECTED_ENTRY).into());
    }
    let packed = pack(collector.bundle)?;
    fs::write(
        PathBuf::from(env::var("OUT_DIR")?).join("catalog.bin"),
        packed,
    )?;
    Ok(())
}

/// Every entry under what it is looked up by.
fn pack(mut bundle: Bundle) -> postcard::Result<Vec<u8>> {
    bundle.codes.sort_by_cached_key(|entry| {
        let (prefix, digits) = entry::split(&entry.code);
        (prefix.to_owned(), digits.parse::<u64>().unwrap_or_default())
    });
    let codes = bodies(&bundle.codes)?;
    let errors = bodies(&bundle.errors)?;
    let suberrors = bodies(&bundle.suberrors)?;
    let remedies = bodies(&bundle.remedies)?;
    let ranges = bodies(&bundle.ranges)?;
    postcard::to_allocvec(&Packed {
        codes: under(&bundle.codes, &codes, |it| (&it.code, &it.name)),
        errors: under(&bundle.errors, &errors, |it| (&it.name, &it.source)),
        suberrors: under(&bundle.suberrors, &suberrors, |it| (&it.name, &it.source)),
        remedies: under(&bundle.remedies, &remedies, |it| (&it.id, "")),
        ranges: under(&bundle.ranges, &ranges, |it| (&it.prefix, "")),
    })
}

fn bodies<T: Serialize>(entries: &[T]) -> postcard::Result<Vec<Vec<u8>>> {
    entries.iter().map(postcard::to_allocvec).collect()
}

fn under<'a, T>(
    entries: &'a [T],
    bodies: &'a [Vec<u8>],
    key: impl Fn(&'a T) -> (&'a str, &'a str),
) -> Vec<PackedEntry<'a>> {
    let entries = entries.iter().zip(bodies);
    entries
        .map(|(entry, body)| {
            let (label, second) = key(entry);
            PackedEntry {
                label,
                second,
                body,
            }
        })
        .collect()
}

/// The texts, in the order of their names.
fn texts(folder: &std::path::Path) -> io::Result<Vec<PathBuf>> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let entries = fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?;
    let mut paths: Vec<PathBuf> = entries.into_iter().map(|entry| entry.path()).collect();
    paths.retain(|path| {
        path.extension()
            .is_some_and(|extension| extension == "toml")
    });
    paths.sort();
    Ok(paths)
}
