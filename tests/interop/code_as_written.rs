//! Runs written down as calls (`history show KEY --code LANGUAGE`), and the calls made as they are written: by curl,
//! MSAL Python and MSAL Node, against the lab. Granted as the run was, refused as it would be now.

use std::path::Path;

use crate::harness::kit;
use crate::harness::lab::{Lab, Person};
use crate::harness::program::{Finished, Output, Program};

/// A run of the history, with what its secrets are.
struct Written<'a> {
    lab: &'a Lab,
    home: tempfile::TempDir,
    secrets: Vec<(&'static str, String)>,
}

impl<'a> Written<'a> {
    /// Acquires a token and keeps the run; `secrets` are handed over by the options that name them.
    fn granted(
        lab: &'a Lab,
        client: &str,
        words: &[&str],
        secrets: &[(&str, &'static str, &str)],
    ) -> Self {
        let home = kit::folder();
        let mut command = kit::tokenscope(home.path());
        command.args([
            "acquire",
            "--authority",
            lab.authority(),
            "--client-id",
            client,
        ]);
        command.arg("--ca-file").arg(lab.ca()).args(words);
        for (option, name, value) in secrets {
            command.args([option, name]).env(name, value);
        }
        let done = Program::start(&mut command).finish();
        assert_eq!(done.code, 0, "{done:?}");
        let secrets = secrets
            .iter()
            .map(|(_, name, value)| (*name, (*value).to_owned()));
        Self {
            lab,
            home,
            secrets: secrets.collect(),
        }
    }

    /// The newest run in a language.
    fn text(&self, language: &str) -> String {
        let mut command = kit::tokenscope(self.home.path());
        command.args(["history", "show", "1", "--code", language]);
        let Finished {
            code,
            stdout,
            stderr,
        } = Program::start(&mut command).finish();
        assert_eq!(code, 0, "{language}: {stderr}");
        for (name, value) in &self.secrets {
            assert!(
                !stdout.contains(value.as_str()),
                "{name} is written down: {stdout}"
            );
        }
        stdout
    }

    /// The program that the call is, with the secrets in its environment and the lab trusted.
    fn program(&self, language: &str) -> Program {
        let file = |name: &str| {
            let path = self.home.path().join(name);
            std::fs::write(&path, self.text(language)).expect("the folder can be written");
            path
        };
        let ca = self.lab.ca();
        let mut command = match language {
            "curl" => {
                let mut command = kit::clean_command("bash");
                command.env("CURL_CA_BUNDLE", &ca).arg(file("call.sh"));
                command
            }
            "msal-python" => {
                let mut command = kit::python_at(&file("call.py"));
                command.env("REQUESTS_CA_BUNDLE", &ca);
                command
            }
            _ => {
                let mut command =
                    kit::node_at(&beside_modules(self.home.path(), &file("call.mjs")));
                command.env("NODE_EXTRA_CA_CERTS", &ca);
                command
            }
        };
        command.envs(self.secrets.iter().map(|(name, value)| (*name, value)));
        Program::start(&mut command)
    }

    /// Makes the call; what it printed.
    fn made(&self, language: &str) -> String {
        let Finished {
            code,
            stdout,
            stderr,
        } = self.program(language).finish();
        assert_eq!(code, 0, "{language}: {stdout}\n{stderr}");
        stdout
    }
}

/// Node looks for modules beside the script.
fn beside_modules(home: &Path, script: &Path) -> std::path::PathBuf {
    let link = home.join("node_modules");
    if !link.exists() {
        std::os::unix::fs::symlink(kit::modules(), link).expect("a link can be made");
    }
    script.to_owned()
}

const RUN_HERE: [&str; 3] = ["curl", "msal-python", "msal-js"];

fn granted(language: &str, said: &str) {
    let word = if language == "curl" {
        "\"access_token\""
    } else {
        "granted"
    };
    assert!(said.contains(word), "{language}: {said}");
}

#[test]
fn a_daemons_call_is_granted_as_written_and_refused_once_its_secret_is_over() {
    let lab = Lab::start();
    let words = [
        "--flow",
        "client-credentials",
        "--scope",
        "https://graph.microsoft.com/.default",
        "--capability",
        "cp1",
    ];
    let secret = [("--client-secret-env", "CLIENT_SECRET", lab.daemon_secret())];
    let written = Written::granted(&lab, lab.client_id("daemon"), &words, &secret);
    for language in RUN_HERE {
        granted(language, &written.made(language));
    }
    let told = lab.requests(0);
    let declared = |entry: &&serde_json::Value| entry.to_string().contains("cp1");
    let with_cp1 = told.iter().filter(declared).count();
    assert_eq!(with_cp1, 4, "the run and every call declare cp1");
    lab.change("expire-secret");
    for language in RUN_HERE {
        let said = written.made(language);
        assert!(said.contains("7000222"), "{language}: {said}");
    }
}

#[test]
fn a_persons_password_call_is_granted_as_written_and_told_what_stands_in_its_way() {
    let lab = Lab::start();
    let (name, password) = lab.ada();
    let words = [
        "--flow",
        "password",
        "--yes",
        "--username",
        name,
        "--scope",
        "User.Read",
    ];
    let secret = [("--password-env", "PASSWORD", password)];
    let written = Written::granted(&lab, lab.client_id("desktop"), &words, &secret);
    for language in ["curl", "msal-js"] {
        granted(language, &written.made(language));
    }
    lab.change("policy require-mfa on");
    for language in ["curl", "msal-js"] {
        let said = written.made(language);
        assert!(said.contains("50076"), "{language}: {said}");
    }
}

#[test]
fn a_call_of_an_application_that_acts_for_a_user_is_granted_as_written() {
    let lab = Lab::start();
    lab.change("grant-consent");
    let credential = lab.assertion("repo:contoso/daemon:ref:refs/heads/main");
    let secrets = [
        ("--client-secret-env", "CLIENT_SECRET", lab.daemon_secret()),
        ("--assertion-env", "ASSERTION", credential.as_str()),
    ];
    let by_name = ["--username", lab.ada().0];
    let by_id = ["--user-id", "b2f0a6d4-0d1a-4c8e-8f37-5a4f1c2e9b01"];
    for whom in [by_name, by_id] {
        let mut words = vec!["--flow", "user-fic", "--scope", "User.Read"];
        words.extend(whom);
        let written = Written::granted(&lab, lab.client_id("daemon"), &words, &secrets);
        for language in RUN_HERE {
            granted(language, &written.made(language));
        }
    }
}

#[test]
fn a_device_code_call_shows_its_code_and_is_granted_once_it_is_typed() {
    let lab = Lab::start();
    let home = kit::folder();
    let mut command = kit::tokenscope(home.path());
    command.args([
        "acquire",
        "--authority",
        lab.authority(),
        "--flow",
        "device-code",
    ]);
    command.args([
        "--client-id",
        lab.client_id("desktop"),
        "--scope",
        "User.Read",
    ]);
    command.arg("--ca-file").arg(lab.ca());
    let mut run = Program::start(&mut command);
    approve(&lab, &mut run, Output::Stderr);
    assert_eq!(run.finish().code, 0);
    let written = Written {
        lab: &lab,
        home,
        secrets: Vec::new(),
    };
    for language in ["msal-python", "msal-js"] {
        let mut program = written.program(language);
        approve(&lab, &mut program, Output::Stdout);
        let Finished { stdout, stderr, .. } = program.finish();
        assert!(stdout.contains("granted"), "{language}: {stdout}\n{stderr}");
    }
}

/// Types the code that a program shows.
fn approve(lab: &Lab, program: &mut Program, at: Output) {
    let (page, code) = program.wait_for("a page and a code", |output, line| {
        let page = line
            .split_whitespace()
            .find(|word| word.starts_with("https://"))?;
        let is_code = |word: &&str| {
            word.len() == 9
                && word
                    .chars()
                    .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
        };
        let code = line
            .split(|c: char| !c.is_ascii_alphanumeric())
            .find(is_code)?;
        (output == at).then(|| {
            (
                page.trim_end_matches([',', '.']).to_owned(),
                code.to_owned(),
            )
        })
    });
    Person::ada(lab).approve_device(&mut lab.visitor(), &page, &code);
}
