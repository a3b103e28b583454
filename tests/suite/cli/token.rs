//! `token`: what it tells of a token, when it asks anybody, and what a check comes to. The token itself appears nowhere.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value as Json, json};

use super::lab::{Lab, Watch};
use super::place::{Done, Place};

fn part(json: &Json) -> String {
    URL_SAFE_NO_PAD.encode(json.to_string())
}

/// A token that nobody signed.
fn token(claims: &Json) -> String {
    let header = json!({ "alg": "RS256", "kid": "k1", "typ": "JWT" });
    format!("{}.{}.bm90LWEtc2lnbmF0dXJl", part(&header), part(claims))
}

/// A token of the lab's daemon.
fn issued(lab: &Lab) -> String {
    let place = Place::new().with("LAB_SECRET", lab.secret());
    let mut words = lab.daemon();
    words.extend(["--output", "token"].map(str::to_owned));
    place.run(words).ended(0).stdout.trim_end().to_owned()
}

/// Checks a token from standard input.
fn check(token: &str, more: &str) -> Done {
    let line = format!("token - --verify --output json {more}");
    Place::new().feed(&line, token.as_bytes())
}

fn trusting(lab: &Lab) -> String {
    format!("--ca-file {}", lab.text("ca"))
}

/// Verdict, failures and why it was not checked.
fn verdict(done: &Done) -> (String, Json, Json) {
    let found = done.json()["tokens"][0]["verification"].clone();
    let word = found["verdict"].as_str().unwrap_or_default().to_owned();
    (
        word,
        found["failures"].clone(),
        found["not_checked"].clone(),
    )
}

#[test]
fn a_token_is_not_taken_as_an_argument_and_never_repeated() {
    let token = token(&json!({ "sub": "ada" }));
    for arguments in [
        vec!["token", &token],
        vec!["token", "--hmac-secret", &token],
        vec!["token", "0.AXoAnobodysRefreshTokenThatIsLongEnough"],
    ] {
        let done = Place::new().run(&arguments).ended(2);
        assert!(done.stdout.is_empty());
        assert!(!done.stderr.contains(&token[..20]), "{}", done.stderr);
        assert!(!done.stderr.contains("0.AXo"), "{}", done.stderr);
        assert!(
            done.stderr.contains("stay in the shell's history"),
            "{}",
            done.stderr
        );
    }
}

#[test]
fn a_token_is_laid_open_from_a_file_a_variable_and_standard_input_alike() {
    let claims = json!({ "aud": "api", "scp": "User.Read", "iat": 1_700_000_000, "exp": 4_102_444_800_u64, "appidacr": "2" });
    let token = token(&claims);
    let place = Place::new().with("TOKEN", &token);
    let file = place.file("a token.txt", format!("Bearer {token}\n"));
    let from_file = place.run(["token".as_ref(), file.as_os_str()]).ended(0);
    let from_variable = place.say("token --env TOKEN").ended(0);
    let from_input = place.feed("token -", token.as_bytes()).ended(0);
    let unasked = place.feed("token", token.as_bytes()).ended(0);
    for done in [&from_file, &from_variable, &from_input, &unasked] {
        assert!(
            done.stdout
                .contains("sign in and read the person's own profile")
        );
        assert!(done.stdout.contains("showed another issuer's token"));
        assert!(done.stdout.contains("├") && done.stdout.contains("valid for"));
        assert!(done.stdout.contains("Not checked: nobody asked for it."));
        for part in token.split('.') {
            assert!(!done.stdout.contains(part), "{}", done.stdout);
        }
    }
    let document = place.say("token --env TOKEN --output json").ended(0).json();
    assert_eq!(document["schema"], 1);
    let told = &document["tokens"][0];
    assert_eq!((&told["form"], &told["claims"]), (&json!("jwt"), &claims));
    assert_eq!(told["lifetime"]["state"], "valid");
    assert!(told["verification"].is_null() && told["fingerprint"].is_string());
    place.holds_no(&token, &[&file]);
}

#[test]
fn encrypted_and_opaque_tokens_are_recognised_and_not_called_bad() {
    let encrypted = format!(
        "{}.a.b.c.d",
        part(&json!({ "alg": "RSA-OAEP", "enc": "A256GCM" }))
    );
    for (token, form) in [
        (encrypted.as_str(), "encrypted"),
        ("EwAoA8l6BAAUOAcE8xoGCIsx", "opaque"),
    ] {
        let done = check(token, "").ended(1);
        assert_eq!(done.json()["tokens"][0]["form"], form);
        assert_eq!(
            verdict(&done),
            ("not-checked".into(), json!([]), json!(form))
        );
    }
    Place::new().feed("token -", b" \n").ended(2);
}

#[test]
fn nobody_is_asked_before_a_check_is_asked_for() {
    let watch = Watch::new();
    let token = token(&json!({ "iss": watch.authority() }));
    Place::new().feed("token -", token.as_bytes()).ended(0);
    assert!(!watch.was_asked());
}

#[test]
fn a_token_of_the_lab_is_verified_by_the_issuer_that_it_names_and_by_the_authority() {
    let lab = Lab::start();
    let token = issued(&lab);
    let done = check(&token, &trusting(&lab)).ended(0);
    assert_eq!(verdict(&done), ("verified".into(), json!([]), Json::Null));
    let found = &done.json()["tokens"][0]["verification"];
    assert!(
        found["keys_from"]
            .as_str()
            .is_some_and(|from| from.starts_with("https://127.0.0.1"))
    );
    let named = format!(
        "{} --authority {} --audience https://graph.microsoft.com",
        trusting(&lab),
        lab.text("authority")
    );
    check(&token, &named).ended(0);
}

#[test]
fn a_token_outlives_the_rotation_of_its_key_and_not_the_key_itself() {
    let lab = Lab::start();
    let old = issued(&lab);
    lab.change("rotate-keys");
    let new = issued(&lab);
    for token in [&old, &new] {
        check(token, &trusting(&lab)).ended(0);
    }
    let kid = |token: &str| {
        check(token, &trusting(&lab)).json()["tokens"][0]["verification"]["key"].clone()
    };
    assert_ne!(kid(&old), kid(&new));
    let other = Lab::start();
    let elsewhere = format!(
        "{} --authority {}",
        trusting(&other),
        other.text("authority")
    );
    let done = check(&old, &elsewhere).ended(1);
    assert_eq!(verdict(&done).2, "key-not-found");
}

#[test]
fn what_speaks_against_a_token_is_told_apart() {
    let lab = Lab::start();
    let token = issued(&lab);
    let trust = trusting(&lab);
    let (message, signature) = token.rsplit_once('.').expect("a signature");
    let (head, claims) = message.split_once('.').expect("claims");
    let mut changed: Json =
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).expect("base64")).expect("claims");
    changed["roles"] = json!(["Everything"]);
    let tampered = format!("{head}.{}.{signature}", part(&changed));
    let failures = |token: &str, more: &str| {
        let done = check(token, &format!("{trust} {more}")).ended(1);
        let (word, failures, _) = verdict(&done);
        assert_eq!(word, "failed");
        failures
    };
    assert_eq!(failures(&tampered, ""), json!(["bad-signature"]));
    assert_eq!(
        failures(&token, "--audience api://fabrikam"),
        json!(["wrong-audience"])
    );
    let unsigned = format!("{}.{claims}.", part(&json!({ "alg": "none" })));
    assert_eq!(failures(&unsigned, ""), json!(["unsigned"]));
    let header: Json =
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(head).expect("base64")).expect("a header");
    let confused = json!({ "alg": "HS256", "kid": header["kid"] });
    let confused = format!("{}.{claims}.{signature}", part(&confused));
    assert_eq!(failures(&confused, ""), json!(["algorithm-mismatch"]));
    let another = format!(
        "--authority {}/oidc",
        lab.text("issuer")
            .split("/v2.0")
            .next()
            .and_then(|text| text.rsplit_once('/'))
            .expect("a root")
            .0
    );
    assert_eq!(failures(&token, &another), json!(["wrong-issuer"]));
}

#[test]
fn an_issuer_whose_clock_is_ahead_issues_tokens_that_are_not_valid_yet() {
    let lab = Lab::start();
    lab.change("advance 61m");
    let done = check(&issued(&lab), &trusting(&lab)).ended(1);
    assert_eq!(
        verdict(&done),
        ("failed".into(), json!(["not-yet-valid"]), Json::Null)
    );
    assert_eq!(
        done.json()["tokens"][0]["verification"]["signature"],
        "good"
    );
}

#[test]
fn an_issuer_that_does_not_answer_leaves_a_token_unchecked() {
    let gone = token(&json!({ "iss": Watch::gone() }));
    let done = check(&gone, "").ended(5);
    assert_eq!(
        verdict(&done),
        ("not-checked".into(), json!([]), json!("no-network"))
    );
    let lab = Lab::start();
    let untrusted = check(&issued(&lab), "").ended(5);
    assert_eq!(
        verdict(&untrusted).2,
        "no-network",
        "its certificate is not trusted"
    );
}

#[test]
fn keys_of_a_file_need_no_network() {
    let watch = Watch::new();
    let place = Place::new();
    let keys = place.file("keys.json", r#"{"keys":[]}"#);
    let token = token(&json!({ "iss": watch.authority() }));
    let line = format!("token - --verify --output json --jwks {}", keys.display());
    let done = place.feed(&line, token.as_bytes()).ended(1);
    assert_eq!(verdict(&done).2, "key-not-found");
    assert!(!watch.was_asked());
    let broken = place.file("keys.json", "<html>");
    let done = place.feed(&line, token.as_bytes()).ended(2);
    assert!(
        done.stderr.contains(&broken.display().to_string()),
        "{}",
        done.stderr
    );
}

#[test]
fn two_tokens_are_compared_with_what_matters_first_and_the_noise_in_one_line() {
    let claims = |scope: &str, id: &str| json!({ "uti": id, "aud": "api", "scp": scope });
    let place = Place::new();
    let left = place.file("left", token(&claims("User.Read Mail.Read", "a")));
    let right = place.file("right", token(&claims("User.Read", "b")));
    let words = [
        "token".into(),
        left.into_os_string(),
        right.into_os_string(),
    ];
    let text = place.run(&words).ended(0).stdout;
    assert!(
        text.contains("claim scp\n  - User.Read Mail.Read\n  + User.Read\n"),
        "{text}"
    );
    assert!(
        text.contains("and 1 part that differs in every token: claim uti"),
        "{text}"
    );
    let mut words = words.to_vec();
    words.extend(["--output".into(), "json".into()]);
    let document = place.run(&words).ended(0).json();
    let differences = document["comparison"]["differences"]
        .as_array()
        .expect("a list");
    assert_eq!(
        (&differences[0]["what"], &differences[0]["matters"]),
        (&json!("claim scp"), &json!(true))
    );
    assert_eq!(document["tokens"].as_array().map(Vec::len), Some(2));
    place.say("token - - -").ended(2);
}

#[test]
fn what_a_token_says_of_itself_cannot_act_on_the_terminal() {
    let token = token(&json!({ "name": "\u{1b}[2J\u{202e}evil", "\u{1b}]0;x": 1 }));
    let text = Place::new()
        .feed("token -", token.as_bytes())
        .ended(0)
        .stdout;
    assert!(
        !text.contains('\u{1b}') && !text.contains('\u{202e}'),
        "{text}"
    );
}

#[test]
fn explaining_a_text_with_a_token_says_how_to_look_into_it() {
    let token = token(&json!({ "sub": "ada" }));
    let done = Place::new().feed("explain -", token.as_bytes()).ended(0);
    assert!(
        done.stderr.contains("`tokenscope token`"),
        "{}",
        done.stderr
    );
    let done = Place::new().feed("explain -", b"AADSTS50076: x").ended(0);
    assert!(!done.stderr.contains("tokenscope token"), "{}", done.stderr);
}
