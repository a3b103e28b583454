//! What a packager and a person at a shell ask of the program about itself.

use std::process::Command;

use super::place::Place;

#[test]
fn keys_are_listed_as_the_readme_lists_them() {
    let done = Place::new().say("keys").ended(0);
    assert!(done.stdout.starts_with("Key"), "{}", done.stdout);
    let line = done
        .stdout
        .lines()
        .find(|line| line.starts_with(": Ctrl-K"));
    let line = line.unwrap_or_default();
    assert!(
        line.contains("find anything") && line.contains("palette"),
        "{}",
        done.stdout
    );
    let json = Place::new().say("keys --output json").ended(0).json();
    assert_eq!(json["schema"], 1);
    let keys = json["keys"].as_array().expect("a list");
    let repeat = keys
        .iter()
        .find(|line| line["action"] == "repeat")
        .expect("it is listed");
    assert_eq!(repeat["keys"][0], "r");
    assert_eq!(json["problems"].as_array().map(Vec::len), Some(0));
}

#[test]
fn changed_keys_are_listed_and_what_is_wrong_is_told_with_its_line() {
    let place = Place::new();
    place.file(
        "config/settings.toml",
        "[keys]\nrepeat = 'f5'\ncopy = [\"c\", \"hyper-x\"]\nfly = 'x'\nmark = 'c'\n",
    );
    let done = place.say("keys --output json").ended(2);
    let json = done.json();
    let keys = json["keys"].as_array().expect("a list");
    let repeat = keys
        .iter()
        .find(|line| line["action"] == "repeat")
        .expect("it is listed");
    assert_eq!(repeat["keys"][0], "F5");
    assert_eq!(json["problems"].as_array().map(Vec::len), Some(3));
    for told in [
        "settings.toml:3 keys.copy",
        "hyper-x",
        "settings.toml:4 keys.fly",
        "there is no action `fly`",
        "settings.toml:5 keys.mark",
        "cut-wait",
    ] {
        assert!(done.stderr.contains(told), "no {told} in {}", done.stderr);
    }
    let broken = Place::new();
    broken.file("config/settings.toml", "[keys]\nrepeat = 5\n");
    let done = broken.say("keys").ended(2);
    assert!(done.stderr.contains("settings.toml:2"), "{}", done.stderr);
}

#[test]
fn every_shell_has_completions() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let done = Place::new().run(["completions", shell]).ended(0);
        assert!(
            done.stdout.contains("client-credentials") || done.stdout.contains("acquire"),
            "{shell}"
        );
        assert!(done.stderr.is_empty(), "{}", done.stderr);
    }
    Place::new().say("completions tcsh").ended(2);
}

/// What bash offers after these words, with the completions loaded.
fn offered(words: &str) -> Vec<String> {
    let script = Place::new().say("completions bash").ended(0).stdout;
    let count = words.split(' ').count() - 1;
    let ask = format!(
        "{script}\nCOMP_WORDS=({words})\n[ {count} -lt ${{#COMP_WORDS[@]}} ] || COMP_WORDS+=('')\nCOMP_CWORD={count}\n\
         _tokenscope tokenscope \"${{COMP_WORDS[COMP_CWORD]}}\" \"${{COMP_WORDS[COMP_CWORD-1]}}\"\nprintf '%s\\n' \"${{COMPREPLY[@]}}\"\n"
    );
    let done = Command::new("bash")
        .args(["--norc", "-c", &ask])
        .output()
        .expect("bash runs");
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(done.status.success(), "{said}");
    String::from_utf8_lossy(&done.stdout)
        .lines()
        .map(str::to_owned)
        .collect()
}

#[cfg(unix)]
#[test]
fn bash_completes_verbs_flags_and_values() {
    assert_eq!(offered("tokenscope ac"), ["acquire"]);
    assert!(offered("tokenscope ").contains(&"completions".to_owned()));
    assert_eq!(offered("tokenscope acquire --client-i"), ["--client-id"]);
    assert_eq!(offered("tokenscope completions po"), ["powershell"]);
    assert_eq!(offered("tokenscope codes --output js"), ["json"]);
}

/// The sections of a page, by their macros.
fn sections(page: &str) -> Vec<&str> {
    page.lines()
        .filter_map(|line| line.strip_prefix(".SH "))
        .collect()
}

#[test]
fn the_manual_is_one_page_with_a_section_for_every_verb() {
    let page = Place::new().say("man").ended(0).stdout;
    let sections = sections(&page);
    for section in [
        "NAME",
        "SYNOPSIS",
        "DESCRIPTION",
        "OPTIONS",
        "TOKENSCOPE ACQUIRE",
        "TOKENSCOPE HISTORY SHOW",
    ] {
        assert!(sections.contains(&section), "no {section} in {sections:?}");
    }
    // Where the system can set it, it does so without a complaint.
    assert!(page.is_ascii());
    if let Some(set) = typeset(&page) {
        assert!(
            set.contains("TOKENSCOPE ACQUIRE") && set.contains("--client-id"),
            "{set}"
        );
    }
}

/// The page as the system's own formatter sets it; `None` where there is none.
fn typeset(page: &str) -> Option<String> {
    use std::io::Write as _;
    use std::process::Stdio;
    let mut groff = Command::new("groff")
        .args(["-man", "-Tutf8", "-P-cbou", "-ww"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .ok()?;
    let mut input = groff.stdin.take()?;
    let page = page.to_owned();
    let writing = std::thread::spawn(move || input.write_all(page.as_bytes()));
    let done = groff.wait_with_output().ok()?;
    writing.join().ok()?.ok()?;
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(done.status.success() && said.is_empty(), "{said}");
    Some(String::from_utf8_lossy(&done.stdout).into_owned())
}

#[test]
fn the_manual_is_a_page_a_verb_in_a_directory() {
    let place = Place::new();
    let directory = place.path("man/man1");
    let done = place
        .run(["man".as_ref(), "--dir".as_ref(), directory.as_os_str()])
        .ended(0);
    assert!(done.stdout.is_empty());
    for page in [
        "tokenscope.1",
        "tokenscope-acquire.1",
        "tokenscope-history-show.1",
    ] {
        let text =
            std::fs::read_to_string(directory.join(page)).unwrap_or_else(|e| panic!("{page}: {e}"));
        assert!(sections(&text).contains(&"NAME"), "{text}");
    }
    let file = place.file("file", "");
    place
        .run(["man".as_ref(), "--dir".as_ref(), file.as_os_str()])
        .ended(2);
}

#[test]
fn the_paths_are_those_in_use_and_say_whether_they_are_there() {
    let place = Place::new();
    place.file("config/settings.toml", "mouse = true\n");
    let log = place.path("run.log");
    let words = [
        "paths",
        "--output",
        "json",
        "--log-file",
        log.to_str().expect("UTF-8"),
    ];
    let json = place.run(words).ended(0).json();
    let paths = json["paths"].as_array().expect("a list");
    let of = |name: &str| {
        paths
            .iter()
            .find(|it| it["name"] == name)
            .unwrap_or_else(|| panic!("no {name} in {json}"))
    };
    let is = |name: &str, path: std::path::PathBuf, exists: bool| {
        assert_eq!(of(name)["path"], path.display().to_string());
        assert_eq!(of(name)["exists"], exists, "{name}");
    };
    is("config", place.path("config"), true);
    is("settings", place.path("config/settings.toml"), true);
    is("profiles", place.path("config/profiles.toml"), false);
    is("history", place.path("data/history.db"), false);
    is("lab-ca", place.path("data/lab/ca.pem"), false);
    is("log", log, false);
    assert!(
        of("state")["path"]
            .as_str()
            .is_some_and(|path| path.contains("tokenscope"))
    );
    let text = place.say("paths").ended(0).stdout;
    let settings = text.lines().find(|line| line.starts_with("settings"));
    assert!(
        settings.is_some_and(|line| line.contains(" there ") && !line.contains("not there")),
        "{text}"
    );
    assert!(!text.lines().any(|line| line.starts_with("log")), "{text}");
}
