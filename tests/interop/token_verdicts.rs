//! `tokenscope token --verify` beside `PyJWT`, joserfc and npm `jose`: each makes tokens by every algorithm and such as
//! must be refused, all of them judge all of these, and the program's verdict must be theirs. What is changed on the
//! way is changed here.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use crate::harness::kit;
use crate::harness::lab::Lab;

/// A token, what it is to be checked with, and who made it.
#[derive(Clone)]
struct Case {
    name: String,
    told: Value,
}

/// What one judge says, or the program.
type Word = String;

fn output(mut command: Command, input: &Value) -> Value {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap_or_else(|e| panic!("{command:?}: {e}"));
    let mut stdin = child.stdin.take().expect("piped");
    let text = input.to_string();
    let writing = std::thread::spawn(move || stdin.write_all(text.as_bytes()));
    let done = child.wait_with_output().expect("it ends");
    writing.join().expect("it was written").ok();
    serde_json::from_slice(&done.stdout).unwrap_or_else(|e| panic!("{command:?}: {e}"))
}

fn libraries(what: &str) -> [Command; 2] {
    let mut both = [kit::python("tokens.py"), kit::node("tokens.mjs")];
    for command in &mut both {
        command.arg(what);
    }
    both
}

/// Everything that the three libraries made.
static MADE: LazyLock<Vec<Case>> = LazyLock::new(|| {
    let lists = libraries("make").map(|command| output(command, &Value::Null));
    let all = lists
        .iter()
        .flat_map(|list| list.as_array().expect("a list"));
    let case = |told: &Value| Case {
        name: format!(
            "{} by {}",
            told["name"].as_str().unwrap_or_default(),
            told["maker"].as_str().unwrap_or_default()
        ),
        told: told.clone(),
    };
    all.map(case).collect()
});

fn named(begins: &str) -> impl Iterator<Item = &'static Case> + '_ {
    MADE.iter()
        .filter(move |case| case.name.starts_with(begins))
}

/// What each library says of each case.
fn judged(cases: &[Case]) -> Vec<BTreeMap<String, Word>> {
    let list: Vec<&Value> = cases.iter().map(|case| &case.told).collect();
    let mut all = vec![BTreeMap::new(); cases.len()];
    for command in libraries("judge") {
        let said = output(command, &json!(list));
        let said = said.as_array().expect("a list");
        assert_eq!(said.len(), cases.len());
        for (known, words) in all.iter_mut().zip(said) {
            for (judge, word) in words.as_object().expect("an object") {
                known.insert(judge.clone(), word.as_str().expect("a word").to_owned());
            }
        }
    }
    all
}

/// What the program says: its verdict and the word of its first reason.
fn ours(case: &Case) -> (Word, Word) {
    let home = kit::folder();
    let keys = home.path().join("keys.json");
    std::fs::write(&keys, case.told["jwks"].to_string()).expect("the folder can be written");
    let mut command = kit::tokenscope(home.path());
    let token = case.told["token"].as_str().expect("a token");
    command.args(["token", "--env", "TOKEN", "--verify", "--output", "json"]);
    command.env("TOKEN", token).arg("--jwks").arg(&keys);
    if let Some(audience) = case.told["audience"].as_str() {
        command.args(["--audience", audience]);
    }
    if let Some(secret) = case.told["secret"].as_str() {
        command
            .args(["--hmac-secret-env", "SECRET"])
            .env("SECRET", secret);
    }
    let done = command.output().expect("it runs");
    let said = String::from_utf8_lossy(&done.stdout);
    assert!(!said.contains(token), "{}: the token is printed", case.name);
    let document: Value =
        serde_json::from_str(&said).unwrap_or_else(|e| panic!("{}: {e}: {said}", case.name));
    let found = &document["tokens"][0]["verification"];
    let verdict = found["verdict"].as_str().expect("a verdict").to_owned();
    assert_eq!(
        done.status.success(),
        verdict == "verified",
        "{}: {said}",
        case.name
    );
    let reason = found["failures"][0]
        .as_str()
        .or_else(|| found["not_checked"].as_str());
    (verdict, reason.unwrap_or("ok").to_owned())
}

/// The word of the libraries for a reason of the program.
fn in_their_words(reason: &str) -> &str {
    match reason {
        "bad-signature" | "wrong-key" => "signature",
        "not-yet-valid" => "early",
        "wrong-audience" => "audience",
        "unsigned" | "algorithm-mismatch" => "algorithm",
        "key-not-found" => "key",
        other => other,
    }
}

/// Every judge accepts or refuses as the program does, and where it names one of these reasons, for the same one.
fn agree(cases: &[Case]) {
    assert!(!cases.is_empty());
    for (case, words) in cases.iter().zip(judged(cases)) {
        let (verdict, reason) = ours(case);
        for (judge, word) in &words {
            assert_eq!(
                verdict == "verified",
                word == "ok",
                "{}: {verdict} ({reason}); {judge}: {word}",
                case.name
            );
            if matches!(
                word.as_str(),
                "signature" | "expired" | "early" | "audience"
            ) {
                assert_eq!(in_their_words(&reason), word, "{}: {judge}", case.name);
            }
        }
        assert_eq!(words.len(), 3, "{words:?}");
    }
}

/// The same case with another token.
fn with_token(case: &Case, how: &str, token: &str) -> Case {
    let mut told = case.told.clone();
    told["token"] = token.into();
    let name = format!("{} {how}", case.name);
    Case { name, told }
}

/// A part with one letter changed for one that means something else.
fn bent(part: &str) -> String {
    let at = part.len() / 2;
    let other = if &part[at..=at] == "A" { "B" } else { "A" };
    format!("{}{other}{}", &part[..at], &part[at + 1..])
}

fn tampered(case: &Case) -> Vec<Case> {
    let token = case.told["token"].as_str().expect("a token");
    let parts: Vec<&str> = token.split('.').collect();
    let changed = |part: &str, name: &str| {
        let bytes = URL_SAFE_NO_PAD.decode(part).expect("base64");
        let mut json: Value = serde_json::from_slice(&bytes).expect("JSON");
        json[name] = "mallory".into();
        URL_SAFE_NO_PAD.encode(json.to_string())
    };
    let [head, claims, signature] = parts[..] else {
        panic!("{}: {} parts", case.name, parts.len())
    };
    vec![
        with_token(
            case,
            "with other claims",
            &format!("{head}.{}.{signature}", changed(claims, "sub")),
        ),
        with_token(
            case,
            "with another header",
            &format!("{}.{claims}.{signature}", changed(head, "cty")),
        ),
        with_token(
            case,
            "with a bent signature",
            &format!("{head}.{claims}.{}", bent(signature)),
        ),
        with_token(case, "without a signature", &format!("{head}.{claims}.")),
    ]
}

#[test]
fn good_tokens_by_every_algorithm_are_verified_as_three_libraries_verify_them() {
    let all: Vec<Case> = named("good ")
        .filter(|case| !case.name.contains("Ed25519"))
        .cloned()
        .collect();
    assert_eq!(all.len(), 13 * 3);
    agree(&all);
    for case in &all {
        assert_eq!(ours(case).0, "verified", "{}", case.name);
    }
}

#[test]
fn the_newer_name_of_edwards_signatures_is_known_as_to_those_who_know_it() {
    let all: Vec<Case> = named("good Ed25519").cloned().collect();
    assert_eq!(all.len(), 1);
    assert_eq!(ours(&all[0]).0, "verified");
    let words = &judged(&all)[0];
    assert_eq!((&*words["jose"], &*words["joserfc"]), ("ok", "ok"));
}

#[test]
fn tampered_tokens_by_every_algorithm_fail_as_they_do_for_three_libraries() {
    let all: Vec<Case> = named("good ")
        .filter(|case| !case.name.contains("Ed25519"))
        .flat_map(tampered)
        .collect();
    agree(&all);
    for case in &all {
        assert_eq!(
            ours(case),
            ("failed".into(), "bad-signature".into()),
            "{}",
            case.name
        );
    }
}

#[test]
fn late_early_foreign_forged_and_keyless_tokens_are_refused_for_the_same_reasons() {
    let expected = [
        ("expired", "failed", "expired", 3),
        ("early", "failed", "not-yet-valid", 3),
        ("audience", "failed", "wrong-audience", 3),
        ("no audience", "failed", "wrong-audience", 2),
        ("one of two audiences", "verified", "ok", 2),
        ("missing kid", "verified", "ok", 3),
        ("one key of several", "verified", "ok", 1),
        ("a large key", "verified", "ok", 1),
        ("unknown kid", "not-checked", "key-not-found", 3),
        ("other key", "failed", "bad-signature", 3),
        ("key of another kind", "failed", "algorithm-mismatch", 3),
        ("other secret", "failed", "bad-signature", 3),
        ("unsigned", "failed", "unsigned", 2),
        ("confused by", "failed", "algorithm-mismatch", 2),
        ("confused without kid", "failed", "algorithm-mismatch", 2),
        ("critical", "failed", "critical-header", 1),
        ("encrypted", "not-checked", "encrypted", 2),
        (
            "unknown algorithm",
            "not-checked",
            "unsupported-algorithm",
            1,
        ),
    ];
    let mut all = Vec::new();
    for (name, verdict, reason, count) in expected {
        let cases: Vec<Case> = named(name).cloned().collect();
        assert_eq!(cases.len(), count, "{name}");
        for case in &cases {
            assert_eq!(ours(case), (verdict.into(), reason.into()), "{}", case.name);
        }
        all.extend(cases);
    }
    let others = MADE
        .iter()
        .filter(|case| !case.name.starts_with("good "))
        .count();
    assert_eq!(all.len(), others, "every case is judged");
    agree(&all);
}

/// A token of the lab: of the daemon, or of Ada where a policy of B2C has no apps without people.
fn of_the_lab(lab: &Lab, endpoint: &str) -> String {
    let (name, password) = lab.ada();
    let graph = "https://graph.microsoft.com";
    let scope = format!("{graph}/.default");
    let (daemon, desktop) = (lab.client_id("daemon"), lab.client_id("desktop"));
    let form = if endpoint.contains("B2C") {
        vec![
            ("grant_type", "password"),
            ("client_id", desktop),
            ("username", name),
            ("password", password),
            ("scope", "openid"),
            ("response_type", "token id_token"),
        ]
    } else {
        vec![
            ("grant_type", "client_credentials"),
            ("client_id", daemon),
            ("client_secret", lab.daemon_secret()),
            ("scope", &scope),
            ("resource", graph),
        ]
    };
    let address = format!("{}/{endpoint}", lab.origin());
    let answer = lab.visitor().post(&address, &form);
    let reply: Value = serde_json::from_str(&answer.body).expect("a JSON reply");
    let token = reply["access_token"]
        .as_str()
        .or_else(|| reply["id_token"].as_str());
    token
        .unwrap_or_else(|| panic!("{endpoint}: {reply}"))
        .to_owned()
}

/// What the program says of a token, asking whoever issued it.
fn asked_of_the_issuer(lab: &Lab, token: &str) -> Value {
    let home = kit::folder();
    let mut command = kit::tokenscope(home.path());
    command.args([
        "token",
        "--env",
        "TOKEN",
        "--verify",
        "--output",
        "json",
        "--ca-file",
    ]);
    let done = command
        .arg(lab.ca())
        .env("TOKEN", token)
        .output()
        .expect("it runs");
    let document: Value = serde_json::from_slice(&done.stdout).expect("a JSON document");
    document["tokens"][0]["verification"].clone()
}

#[test]
fn tokens_of_every_kind_of_issuer_are_verified_over_https_and_after_a_rotation_too() {
    let lab = Lab::start();
    let endpoints = [
        "contoso.example/oauth2/v2.0/token",
        "contoso.example/oauth2/token",
        "contoso.example/B2C_1_signin/oauth2/v2.0/token",
        "tfp/contoso.example/B2C_1_signin/oauth2/v2.0/token",
        "ciam/contoso.example/oauth2/v2.0/token",
        "adfs/oauth2/token",
        "oidc/token",
    ];
    let all = || endpoints.map(|endpoint| (endpoint, of_the_lab(&lab, endpoint)));
    let before = all();
    lab.change("rotate-keys");
    let after = all();
    let keys = [&before, &after].map(|tokens| {
        let found = tokens.iter().map(|(endpoint, token)| {
            let found = asked_of_the_issuer(&lab, token);
            assert_eq!(found["verdict"], "verified", "{endpoint}: {found:#}");
            let from = found["keys_from"].as_str().expect("an address");
            assert!(from.starts_with(&lab.origin()), "{from}");
            found["key"].as_str().expect("a key").to_owned()
        });
        found.collect::<Vec<_>>()
    });
    assert!(keys[0].iter().zip(&keys[1]).all(|(old, new)| old != new));
}
