//! `acquire` against the lab: what is printed, and the exit codes scripts rely on.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as URL_SAFE_NO_PAD;

use super::lab::{Lab, Watch};
use super::place::{Done, Place};

/// The daemon's acquisition.
fn daemon(lab: &Lab, flags: &[&str]) -> Done {
    let place = Place::new().with("LAB_SECRET", lab.secret());
    place.run(
        lab.daemon()
            .iter()
            .map(String::as_str)
            .chain(flags.iter().copied()),
    )
}

/// Ada's acquisition with her password.
fn password(lab: &Lab, flags: &[&str]) -> Done {
    let (name, password) = lab.ada();
    let place = Place::new().with("ADA", password);
    let mut words = lab.desktop("password");
    words.extend(["--username", name, "--password-env", "ADA", "--yes"].map(str::to_owned));
    place.run(
        words
            .iter()
            .map(String::as_str)
            .chain(flags.iter().copied()),
    )
}

#[test]
fn a_token_is_printed_bare_and_nothing_else() {
    let done = daemon(&Lab::start(), &["--output", "token"]).ended(0);
    let token = done.stdout.strip_suffix('\n').expect("one line end");
    assert!(
        token.split('.').count() == 3 && !token.contains(char::is_whitespace),
        "{token}"
    );
}

/// Stands for GitHub: answers the one who asks, and tells what came.
fn github(token: &str) -> (String, std::thread::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address");
    let body = format!(r#"{{"count":1,"value":"{token}"}}"#);
    let asked = std::thread::spawn(move || {
        let (stream, _) = listener.accept().expect("somebody asks");
        let mut lines = BufReader::new(&stream).lines();
        let mut head = String::new();
        while let Some(Ok(line)) = lines.next() {
            if line.is_empty() {
                break;
            }
            head.push_str(&line);
            head.push('\n');
        }
        let length = body.len();
        let answer = format!(
            "HTTP/1.1 200 OK\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
        );
        (&stream).write_all(answer.as_bytes()).expect("it reads");
        head
    });
    (format!("http://{address}/token?api-version=2.0"), asked)
}

#[test]
fn a_job_of_github_actions_asks_for_its_token_and_the_lab_is_shown_it() {
    let claims = r#"{"iss":"https://token.actions.githubusercontent.com","sub":"repo:contoso/daemon:ref:refs/heads/main","aud":"api://AzureADTokenExchange","exp":4102444800}"#;
    let coded = URL_SAFE_NO_PAD.encode(claims);
    let token = format!("eyJhbGciOiJSUzI1NiIsImtpZCI6IngifQ.{coded}.c2lnbmF0dXJlLW9mLXRoZS1qb2I");
    let (lab, (url, asked)) = (Lab::start(), github(&token));
    let place = Place::new()
        .with("ACTIONS_ID_TOKEN_REQUEST_URL", &url)
        .with("ACTIONS_ID_TOKEN_REQUEST_TOKEN", "shown~by~the~job~0123");
    let mut words = lab.daemon();
    words.truncate(words.len() - 2);
    words.extend(["--federated-token", "github", "--output", "json"].map(str::to_owned));
    let done = place.run(&words).ended(1);
    let head = asked.join().expect("it was asked");
    assert!(
        head.starts_with("GET /token?api-version=2.0&audience=api%3A%2F%2FAzureADTokenExchange ")
            && head.contains("bearer shown~by~the~job~0123"),
        "{head}"
    );
    let document = done.json();
    let exchanges = document["exchanges"].as_array().expect("a list");
    assert_eq!(exchanges[0]["purpose"], "client-assertion");
    assert!(done.stdout.contains("AADSTS700211"), "{}", done.stdout);
    for secret in ["shown~by~the~job", "c2lnbmF0dXJl"] {
        assert!(!done.stdout.contains(secret) && !done.stderr.contains(secret));
    }
}

#[test]
fn a_granted_run_is_one_document_with_everything_but_the_token() {
    let document = daemon(&Lab::start(), &["--output", "json"]).ended(0).json();
    assert_eq!(document["schema"], 1);
    assert_eq!(
        (&document["outcome"], &document["flow"]),
        (&"granted".into(), &"client-credentials".into())
    );
    assert!(
        document["diagnosis"].is_null()
            && document["profile"].is_null()
            && document["api"].is_null()
    );
    assert!(
        document["token"]["fingerprint"].is_string() && document["token"]["expires_at"].is_string(),
        "{}",
        document["token"]
    );
    assert!(document["events"][0]["at"].is_string() && document["events"][0]["what"].is_string());
    let last = document["exchanges"]
        .as_array()
        .and_then(|list| list.last())
        .expect("an exchange");
    assert_eq!(
        (&last["method"], &last["status"]),
        (&"POST".into(), &200.into())
    );
    for key in ["dns", "tcp", "tls", "wait", "body"] {
        assert!(
            last["ms"]
                .get(key)
                .is_some_and(|ms| ms.is_null() || ms.is_number()),
            "{key}"
        );
    }
    assert!(
        last["request"]["headers"].is_array()
            && last["response"]["headers"].is_array()
            && last["fault"].is_null()
    );
    let secret = last["request"]["form"]
        .as_array()
        .and_then(|form| form.iter().find(|field| field[0] == "client_secret"));
    assert!(
        secret.is_some_and(|field| field[1].as_str().is_some_and(|mark| mark.starts_with('‹'))),
        "{last}"
    );
}

#[test]
fn a_granted_run_in_words_shows_no_token() {
    let done = daemon(&Lab::start(), &[]).ended(0);
    assert!(
        !done.stdout.is_empty() && !done.stdout.contains("eyJ") && !done.stderr.contains("eyJ")
    );
}

#[test]
fn a_wrong_secret_ends_with_one_and_says_who_must_act() {
    let lab = Lab::start();
    let place = Place::new().with("LAB_SECRET", "Wr0ng~secret-of-nobody-at-all");
    let done = place
        .run(
            lab.daemon()
                .iter()
                .map(String::as_str)
                .chain(["--output", "json"]),
        )
        .ended(1);
    let document = done.json();
    assert_eq!(
        (&document["outcome"], &document["token"]),
        (&"refused".into(), &serde_json::Value::Null)
    );
    assert_eq!(document["diagnosis"]["codes"][0]["code"], "AADSTS7000215");
    assert_eq!(document["diagnosis"]["error"], "invalid_client");
    assert_eq!(document["diagnosis"]["class"], "app-credential");
}

#[test]
fn a_refusal_leaves_stdout_to_the_token_alone() {
    let lab = Lab::start();
    let place = Place::new().with("LAB_SECRET", "Wr0ng~secret-of-nobody-at-all");
    for output in ["token", "text"] {
        let done = place
            .run(
                lab.daemon()
                    .iter()
                    .map(String::as_str)
                    .chain(["--output", output]),
            )
            .ended(1);
        assert!(
            done.stdout.is_empty() && done.stderr.contains("AADSTS7000215"),
            "{}{}",
            done.stdout,
            done.stderr
        );
    }
}

#[test]
fn an_expired_secret_ends_with_one() {
    let lab = Lab::start();
    lab.change("expire-secret");
    let document = daemon(&lab, &["--output", "json"]).ended(1).json();
    assert_eq!(document["diagnosis"]["codes"][0]["code"], "AADSTS7000222");
}

#[test]
fn a_second_factor_that_is_demanded_ends_with_three() {
    let lab = Lab::start();
    password(&lab, &["--output", "token"]).ended(0);
    lab.change("policy require-mfa on");
    let document = password(&lab, &["--output", "json"]).ended(3).json();
    assert_eq!(document["diagnosis"]["codes"][0]["code"], "AADSTS50076");
}

#[test]
fn an_outage_ends_with_four() {
    let lab = Lab::start();
    lab.change("outage on");
    let document = daemon(&lab, &["--output", "json"]).ended(4).json();
    assert_eq!(
        (&document["outcome"], &document["diagnosis"]["class"]),
        (&"refused".into(), &"service".into())
    );
}

#[test]
fn being_throttled_ends_with_four() {
    let lab = Lab::start();
    lab.change("throttle 30s");
    let document = daemon(&lab, &["--output", "json"]).ended(4).json();
    assert_eq!(document["diagnosis"]["class"], "throttle");
}

#[test]
fn a_second_program_heeds_what_the_server_told_the_first() {
    let lab = Lab::start();
    lab.change("throttle 10m");
    let place = Place::new().with("LAB_SECRET", lab.secret());
    let words = lab.daemon();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    place.run(&words).ended(4);
    let waiting = place.begin(&words, "--ignore-throttle");
    let done = waiting.end_by("INT").ended(130);
    assert!(
        done.stderr.contains("asked to be left alone"),
        "{}",
        done.stderr
    );
    let anyway = [&words[..], &["--ignore-throttle", "--output", "json"]].concat();
    let document = place.run(&anyway).ended(4).json();
    let asked = document["exchanges"].as_array().expect("a list");
    assert_eq!(asked.last().expect("one")["status"], 429);
    // Nobody told this one anything.
    let other = [&words[..], &["--scope", "openid"]].concat();
    let code = place.run(&other).code;
    assert!(code != Some(130), "{code:?}");
}

#[test]
fn the_waits_between_attempts_are_the_persons_to_choose() {
    let lab = Lab::start();
    lab.change("outage on");
    let flags = "--retry 2 --retry-base 0.1 --retry-cap 0.1 --retry-no-jitter --ignore-retry-after --output json";
    let flags: Vec<&str> = flags.split(' ').collect();
    let document = daemon(&lab, &flags).ended(4).json();
    let events = document["events"].to_string();
    for words in ["attempt 2 of 3 in 0.1 s", "attempt 3 of 3 in 0.1 s"] {
        assert!(events.contains(words), "{words} in {events}");
    }
    let asked = document["exchanges"].as_array().expect("a list");
    let unwell = asked.iter().filter(|asked| asked["status"] == 503);
    assert_eq!(unwell.count(), 3, "{document}");
    let never = daemon(
        &lab,
        &["--retry", "2", "--retry-on", "429", "--output", "json"],
    );
    let events = never.ended(4).json()["events"].to_string();
    assert!(!events.contains("attempt"), "{events}");
    for wrong in [["--retry-on", "200"], ["--retry-base", "-1"]] {
        daemon(&lab, &wrong).ended(2);
    }
}

/// Why no reply came, as the document has it.
fn fault(flags: &str) -> serde_json::Value {
    let flow = "acquire --client-id 3f0a1b2c-0000-4000-8000-0000000000e1 --flow device-code --scope openid --output json";
    let words = flow.split(' ').chain(flags.split(' '));
    let document = Place::new().run(words).ended(5).json();
    assert_eq!(document["outcome"], "unreachable");
    document["exchanges"][0]["fault"].clone()
}

#[test]
fn why_no_reply_came_is_told_apart_in_the_document() {
    let gone = fault("--authority https://login.contoso.invalid/x");
    assert_eq!(
        (&gone["kind"], &gone["cause"]),
        (&"dns".into(), &"no-such-host".into())
    );
    let watch = Watch::new();
    let nobody = watch.address();
    drop(watch);
    let refused = fault(&format!("--authority https://{nobody}/x"));
    assert_eq!(refused["cause"], "refused");
    let proxy = fault(&format!(
        "--authority https://login.contoso.example/x --proxy http://{nobody}"
    ));
    assert_eq!(proxy["cause"], "proxy-unreachable");
}

#[test]
fn the_certificates_that_a_server_showed_are_in_the_document_and_in_the_text() {
    let lab = Lab::start();
    let address = lab.text("authority");
    let asking = |output: &str| {
        // Without the lab's own authority, nobody trusts it.
        let mut words = lab.daemon();
        let at = words.iter().position(|word| word == "--ca-file");
        let at = at.expect("the lab's authority is named");
        words.drain(at..at + 2);
        words.extend(["--output", output].map(str::to_owned));
        let place = Place::new().with("LAB_SECRET", lab.secret());
        place.run(words).ended(5)
    };
    assert!(address.starts_with("https://"), "{address}");
    let document = asking("json").json();
    let fault = &document["exchanges"][0]["fault"];
    assert_eq!(fault["cause"], "unknown-authority");
    let issuer = fault["chain"][0]["issuer"].as_str().expect("an issuer");
    assert!(issuer.contains("tokenscope lab CA"), "{issuer}");
    let text = asking("text").stderr;
    assert!(
        text.contains("It showed") && text.contains("SHA-256"),
        "{text}"
    );
    assert!(
        text.contains("an authority named tokenscope lab CA"),
        "{text}"
    );
}

/// The machine that the lab plays, found as a real one is: by the environment.
fn on_a_machine(lab: &Lab, more: &[&str]) -> Done {
    let address = url::Url::parse(lab.text("http")).expect("an address");
    let host = address.origin().ascii_serialization();
    let place = Place::new().with("AZURE_POD_IDENTITY_AUTHORITY_HOST", &host);
    let words = [
        "acquire",
        "--flow",
        "managed-identity",
        "--scope",
        "https://graph.microsoft.com/.default",
    ];
    place.run(words.iter().chain(more))
}

#[test]
fn a_machine_gets_a_token_of_its_identity() {
    let lab = Lab::start();
    let document = on_a_machine(&lab, &["--output", "json"]).ended(0).json();
    assert_eq!(document["outcome"], "granted");
    let asked = document["exchanges"].as_array().expect("a list");
    assert_eq!(asked.len(), 1, "{document}");
    let token = on_a_machine(&lab, &["--output", "token"]).ended(0).stdout;
    assert_eq!(token.trim().split('.').count(), 3, "{token}");
}

#[test]
fn an_identity_that_the_machine_does_not_have_is_for_an_administrator_to_assign() {
    let lab = Lab::start();
    let unknown = "client_id=00000000-1111-4222-8333-444444444444";
    let document = on_a_machine(&lab, &["--identity", unknown, "--output", "json"])
        .ended(1)
        .json();
    assert_eq!(document["diagnosis"]["where"], "managed-identity");
    assert_eq!(
        document["diagnosis"]["acts"][0], "admin",
        "{}",
        document["diagnosis"]
    );
    let said = on_a_machine(&lab, &["--identity", "principal=x"])
        .ended(2)
        .stderr;
    assert!(
        said.contains("--identity") && said.contains("resource_id=PATH"),
        "{said}"
    );
}

#[test]
fn nothing_listening_ends_with_five() {
    let place = Place::new().with("S", "quiet~secret-of-nobody");
    let gone = Watch::gone();
    let words = [
        "acquire",
        "--authority",
        &gone,
        "--client-id",
        "x",
        "--flow",
        "client-credentials",
        "--scope",
        "https://graph.microsoft.com/.default",
        "--client-secret-env",
        "S",
        "--output",
        "json",
    ];
    let document = place.run(words).ended(5).json();
    assert_eq!(document["outcome"], "unreachable");
    let last = document["exchanges"]
        .as_array()
        .and_then(|list| list.last())
        .expect("the attempt is an exchange");
    assert!(
        last["status"].is_null() && last["fault"]["kind"].is_string(),
        "{last}"
    );
}

#[test]
fn a_certificate_nobody_trusts_ends_with_five() {
    let lab = Lab::start();
    let place = Place::new().with("LAB_SECRET", lab.secret());
    let words: Vec<String> = lab.daemon();
    let without_ca: Vec<&str> = words
        .iter()
        .map(String::as_str)
        .filter(|word| *word != "--ca-file" && *word != lab.text("ca"))
        .collect();
    let done = place
        .run(without_ca.into_iter().chain(["--output", "json"]))
        .ended(5);
    assert_eq!(done.json()["outcome"], "unreachable");
}

#[test]
fn an_unknown_tenant_is_named_and_ends_with_one() {
    let lab = Lab::start();
    let place = Place::new().with("LAB_SECRET", lab.secret());
    let words: Vec<String> = lab
        .daemon()
        .into_iter()
        .map(|word| word.replace("/contoso.example", "/nowhere.example"))
        .collect();
    let document = place
        .run(words.iter().map(String::as_str).chain(["--output", "json"]))
        .ended(1)
        .json();
    assert_eq!(document["diagnosis"]["codes"][0]["code"], "AADSTS90002");
}

#[test]
fn interrupted_while_it_waits_it_ends_with_130() {
    let lab = Lab::start();
    let words = lab.desktop("device-code");
    let words: Vec<&str> = words
        .iter()
        .map(String::as_str)
        .chain(["--output", "json"])
        .collect();
    let done = Place::new()
        .begin(&words, "only if you started this yourself")
        .end_by("INT")
        .ended(130);
    assert_eq!(done.json()["outcome"], "cancelled");
}

#[test]
fn a_profile_stands_for_the_flags() {
    let lab = Lab::start();
    let place = Place::new().with("LAB_SECRET", lab.secret());
    let profile = format!(
        "[profile.nightly]\nauthority = '{}'\nclient-id = '{}'\nkind = 'daemon'\nsecret-env = 'LAB_SECRET'\nscopes = ['https://graph.microsoft.com/.default']\nca-file = '{}'\n",
        lab.text("authority"),
        lab.id("daemon"),
        lab.text("ca")
    );
    place.file("config/profiles.toml", profile);
    let document = place
        .say("acquire --profile nightly --output json")
        .ended(0)
        .json();
    assert_eq!(document["profile"], "nightly");
    let listed = place.say("profile list --output json").ended(0).json();
    assert_eq!(
        (&listed["schema"], &listed["profiles"][0]["name"]),
        (&1.into(), &"nightly".into())
    );
    assert_eq!(
        listed["profiles"][0]["secret"],
        serde_json::json!({ "env": "LAB_SECRET" })
    );
}

#[test]
fn the_api_is_called_with_the_token_where_that_is_asked_for() {
    let lab = Lab::start();
    let (name, password) = lab.ada();
    let place = Place::new().with("ADA", password);
    let mut words = lab.desktop("password");
    words.extend(
        [
            "--username",
            name,
            "--password-env",
            "ADA",
            "--yes",
            "--output",
            "json",
            "--api",
            lab.text("api"),
        ]
        .map(str::to_owned),
    );
    let document = place.run(&words);
    assert!(
        document.json()["api"]["exchange"]["status"].is_number(),
        "{}",
        document.stdout
    );
}

#[test]
fn a_call_is_made_as_it_was_asked_for_and_one_that_may_not_be_made_asks_for_no_token() {
    let lab = Lab::start();
    let place = Place::new().with("LAB_SECRET", lab.secret());
    place.file("body.json", r#"{"displayName":"Ada"}"#);
    let call = |extra: &[&str]| {
        let mut words = lab.daemon();
        words.extend(["--api", lab.text("api"), "--output", "json"].map(str::to_owned));
        words.extend(extra.iter().map(|&word| word.to_owned()));
        place.run(&words)
    };
    let body = place.path("body.json");
    let body = body.to_str().expect("a path");
    let posted = call(&[
        "--api-method",
        "POST",
        "--api-header",
        "Prefer: return=minimal",
        "--api-body",
        body,
    ]);
    let document = posted.json();
    let exchange = &document["api"]["exchange"];
    assert_eq!(exchange["method"], "POST");
    assert_eq!(exchange["request"]["body"], r#"{"displayName":"Ada"}"#);
    assert_eq!(exchange["status"], 404);
    assert_eq!(
        call(&[]).ended(0).json()["api"]["said"],
        serde_json::json!([])
    );
    for (flag, value) in [
        ("--api-header", "Authorization: Bearer x"),
        ("--api-header", "Ocp-Apim-Subscription-Key: Zx8~Q"),
        ("--api-method", "STEAL"),
        ("--api-body", "no-such-file"),
    ] {
        let method = if flag == "--api-body" { "POST" } else { "GET" };
        let words = ["--api-method", method, flag, value];
        let words = if flag == "--api-method" {
            &words[2..]
        } else {
            &words
        };
        let done = call(words).ended(2);
        assert!(done.stderr.contains(flag), "{}", done.stderr);
        assert!(!done.stderr.contains("Zx8"), "{}", done.stderr);
    }
}
