//! `explain` and `codes`: knowledge without a network.

use super::place::Place;

const REPLY: &str = r#"{"error":"invalid_grant","error_description":"AADSTS50076: A second factor is needed.","error_codes":[50076],
"timestamp":"2026-11-22 14:02:11Z","trace_id":"7c2e0000-0000-4000-8000-000000000001","correlation_id":"3f1c0000-0000-4000-8000-000000000002",
"suberror":"basic_action","claims":"{\"access_token\":{\"capolids\":{\"essential\":true,\"values\":[\"c1\"]}}}"}"#;

#[test]
fn the_same_reply_is_explained_from_text_file_and_standard_input() {
    let place = Place::new();
    let file = place.file("reply.json", REPLY);
    let from_text = place
        .run(["explain", REPLY, "--output", "json"])
        .ended(0)
        .json();
    let from_file = place
        .run(["explain", file.to_str().expect("UTF-8"), "--output", "json"])
        .ended(0)
        .json();
    let from_dash = place
        .feed("explain - --output json", REPLY.as_bytes())
        .ended(0)
        .json();
    let from_stdin = place
        .feed("explain --output json", REPLY.as_bytes())
        .ended(0)
        .json();
    assert_eq!(from_text, from_file);
    assert_eq!(from_text, from_dash);
    assert_eq!(from_text, from_stdin);
}

fn assert_texts(object: &serde_json::Value, keys: &[&str]) {
    for key in keys {
        assert!(object[*key].is_string(), "{key} in {object}");
    }
}

#[test]
fn a_diagnosis_has_every_member_that_programs_rely_on() {
    let document = Place::new()
        .run(["explain", REPLY, "--output", "json"])
        .ended(0)
        .json();
    assert_eq!(document["schema"], 1);
    let diagnosis = &document["diagnoses"][0];
    for (key, value) in [
        ("error", "invalid_grant"),
        ("suberror", "basic_action"),
        ("class", "interaction"),
        ("login", "with-claims"),
        ("correlation_id", "3f1c0000-0000-4000-8000-000000000002"),
        ("trace_id", "7c2e0000-0000-4000-8000-000000000001"),
        ("timestamp", "2026-11-22T14:02:11Z"),
    ] {
        assert_eq!(diagnosis[key], value, "{key}");
    }
    let code = &diagnosis["codes"][0];
    assert_eq!(
        (&code["code"], &code["known"], &code["from"]),
        (
            &"AADSTS50076".into(),
            &true.into(),
            &"/error_codes/0".into()
        )
    );
    assert_eq!(
        diagnosis["claims"]["access_token"]["capolids"]["essential"],
        true
    );
    for key in ["acts", "because", "predictions", "plan", "links"] {
        assert!(
            diagnosis[key]
                .as_array()
                .is_some_and(|list| !list.is_empty()),
            "{key} in {diagnosis}"
        );
    }
    for key in ["where", "confidence", "summary"] {
        assert!(
            diagnosis[key].as_str().is_some_and(|text| !text.is_empty()),
            "{key}"
        );
    }
    assert_texts(&diagnosis["plan"][0], &["step", "title", "by"]);
    let keys = [
        "library", "version", "basis", "outcome", "options", "look_at", "why",
    ];
    assert_texts(&diagnosis["predictions"][0], &keys);
    assert!(
        diagnosis["links"][0]["url"]
            .as_str()
            .is_some_and(|url| url.contains("50076"))
    );
}

#[test]
fn people_get_the_same_answers_as_words() {
    let said = Place::new().run(["explain", REPLY]).ended(0).stdout;
    for words in [
        "Do now",
        "Signing in",
        "Who acts",
        "Because",
        "AADSTS50076",
        "Next steps",
    ] {
        assert!(said.contains(words), "no '{words}' in {said}");
    }
}

#[test]
fn where_nothing_is_found_the_list_is_empty_and_that_is_no_failure() {
    let place = Place::new();
    let done = place
        .run(["explain", "nothing to see here", "--output", "json"])
        .ended(0);
    assert_eq!(
        done.json(),
        serde_json::json!({ "schema": 1, "diagnoses": [] })
    );
    let done = place.run(["explain", "nothing to see here"]).ended(0);
    assert!(!done.stdout.is_empty() && !done.stderr.is_empty());
    place.feed("explain", b"").ended(0);
    place
        .feed("explain", &[0xff, 0x00, 0x1b, b'[', 0x80])
        .ended(0);
}

#[test]
fn a_directory_is_not_read_and_is_not_a_crash() {
    let place = Place::new();
    let folder = place
        .file("folder/inside", "")
        .parent()
        .expect("a directory")
        .to_path_buf();
    let done = place.run([std::ffi::OsStr::new("explain"), folder.as_os_str()]);
    assert!(matches!(done.code, Some(0 | 2)), "{}", done.stderr);
}

#[test]
fn a_code_that_nobody_knows_is_said_to_be_unknown() {
    let document = Place::new()
        .run([
            "explain",
            "AADSTS5000761: something new",
            "--output",
            "json",
        ])
        .ended(0)
        .json();
    assert_eq!(document["diagnoses"][0]["codes"][0]["known"], false);
}

#[test]
fn nothing_that_a_server_sent_reaches_the_terminal_as_a_control() {
    let hostile =
        "AADSTS50076: red \u{1b}[31m bell \u{7} title \u{1b}]0;x\u{7} \u{202e}turned\u{200b}";
    for output in ["text", "json"] {
        let done = Place::new()
            .run(["explain", hostile, "--output", output])
            .ended(0);
        for text in [&done.stdout, &done.stderr] {
            let bad = text
                .chars()
                .find(|c| (c.is_control() && *c != '\n') || matches!(c, '\u{202e}' | '\u{200b}'));
            assert_eq!(bad, None, "{output}: {text:?}");
        }
    }
}

#[test]
fn a_token_in_a_paste_is_not_repeated() {
    let jwt = "eyJhbGciOiJSUzI1NiIsImtpZCI6ImsxIn0.eyJhdWQiOiJhcGk6Ly9jb250b3NvIiwidXBuIjoiYWRhIn0.c2lnbmF0dXJlLW9mLW5vdGhpbmc";
    let paste = format!(
        "POST /token refresh_token=0.AXoAquietquietquietquietquietquietquiet Authorization: Bearer {jwt}\nAADSTS70043: expired"
    );
    for output in ["text", "json"] {
        let place = Place::new();
        let done = place.run(["explain", &paste, "--output", output]).ended(0);
        for text in [&done.stdout, &done.stderr] {
            assert!(
                !text.contains("c2lnbmF0dXJl") && !text.contains("quietquiet"),
                "{text}"
            );
        }
        place.holds_no("quietquiet", &[]);
    }
}

#[test]
fn codes_are_found_by_number_with_and_without_their_prefix() {
    let place = Place::new();
    for query in ["50076", "AADSTS50076", "aadsts50076"] {
        let document = place
            .run(["codes", query, "--output", "json"])
            .ended(0)
            .json();
        assert_eq!(document["schema"], 1);
        assert_eq!(document["codes"][0]["code"], "AADSTS50076", "{query}");
    }
    let said = place.say("codes 50076").ended(0).stdout;
    assert!(
        said.contains("AADSTS50076") && said.contains("Meaning"),
        "{said}"
    );
}

#[test]
fn codes_are_found_by_words() {
    let document = Place::new()
        .run(["codes", "client", "secret", "expired", "--output", "json"])
        .ended(0)
        .json();
    let found = document["codes"].as_array().expect("a list");
    let place = found
        .iter()
        .position(|code| code["code"] == "AADSTS7000222");
    assert!(
        place.is_some_and(|place| place < 5),
        "{place:?} of {}",
        found.len()
    );
}

#[test]
fn a_code_has_the_keys_of_the_catalogue() {
    let document = Place::new()
        .say("codes 50076 --output json")
        .ended(0)
        .json();
    for key in [
        "code",
        "name",
        "title",
        "meaning",
        "causes",
        "class",
        "acts",
        "login",
        "remedies",
        "sources",
        "confidence",
    ] {
        assert!(!document["codes"][0][key].is_null(), "{key}");
    }
}

#[test]
fn without_a_query_every_code_is_listed() {
    let document = Place::new().say("codes --output json").ended(0).json();
    assert!(
        document["codes"]
            .as_array()
            .is_some_and(|codes| codes.len() > 500)
    );
    let nothing = Place::new()
        .run(["codes", "zzzzqqqqxxxx", "--output", "json"])
        .ended(0)
        .json();
    assert_eq!(nothing["codes"], serde_json::json!([]));
}

#[test]
fn own_entries_are_laid_over_the_catalogue_and_their_mistakes_are_named() {
    let place = Place::new();
    let entry = "[[code]]\ncode = 'AADSTS99990001'\ntitle = 'Our own gateway said no'\nclass = 'policy'\nsources = ['runbook']\nconfidence = 'observed'\n";
    place.file("config/catalog/own.toml", entry);
    let document = place.say("codes 99990001 --output json").ended(0).json();
    assert_eq!(document["codes"][0]["title"], "Our own gateway said no");
    let path = place.file("config/catalog/own.toml", entry.replace("title", "titel"));
    let done = place.say("codes 50076");
    assert!(
        done.stderr.contains(path.to_str().expect("UTF-8")) && done.stderr.contains("titel"),
        "{}",
        done.stderr
    );
}

#[test]
fn every_fact_says_what_it_is_and_where_it_was_read() {
    let log = "14:02 ERROR MSAL.NetCore.4.61.0.MsalServiceException: AADSTS50020: User account 'ada@contoso.example' is not in tenant 'Contoso' and cannot use the application '22222222-2222-3333-4444-555555555555'(Contoso Web).\nTrace ID: 11111111-2222-3333-4444-555555555555\nTimestamp: 2026-11-22 14:02:11Z\nclient_secret=abC8Q~fictional_secret-of.contoso1234567";
    let document = Place::new()
        .run(["explain", log, "--output", "json"])
        .ended(0)
        .json();
    let facts = document["diagnoses"][0]["facts"]
        .as_array()
        .expect("facts")
        .clone();
    let expected = [
        ("code", "AADSTS50020"),
        ("user", "ada@contoso.example"),
        ("tenant", "Contoso"),
        ("app-id", "22222222-2222-3333-4444-555555555555"),
        ("app-name", "Contoso Web"),
        ("library", "msal-dotnet 4.61.0"),
        ("trace-id", "11111111-2222-3333-4444-555555555555"),
        ("timestamp", "2026-11-22T14:02:11Z"),
        ("written-time", "2026-11-22 14:02:11Z"),
    ];
    for (kind, value) in expected {
        let fact = facts
            .iter()
            .find(|fact| fact["kind"] == kind && fact["value"] == value)
            .unwrap_or_else(|| panic!("{kind} {value} in {facts:?}"));
        let from = fact["from"].as_str().expect("a place");
        let (start, end) = from
            .strip_prefix("bytes:")
            .and_then(|range| range.split_once('-'))
            .expect("a range");
        let piece = &log[start.parse().expect("a number")..end.parse().expect("a number")];
        let same = kind == "library" || kind == "timestamp" || piece == value;
        assert!(same, "{kind}: {piece}");
    }
    assert!(!document.to_string().contains("fictional_secret"));
}

#[test]
fn a_trace_id_in_two_entries_of_a_log_is_an_old_answer_told_again() {
    let entry = |at: &str| {
        format!(
            "{at} ERROR AADSTS50076: A second factor.\n  Trace ID: 11111111-2222-3333-4444-555555555555\n"
        )
    };
    let once = entry("2026-11-22T14:02:10Z");
    let twice = format!("{once}{}", entry("2026-11-22T14:02:55Z"));
    let notes = |log: &str| {
        let document = Place::new()
            .run(["explain", log, "--output", "json"])
            .ended(0)
            .json();
        document["diagnoses"][0]["notes"].to_string()
    };
    let said = "already at 2026-11-22T14:02:10Z";
    assert!(!notes(&once).contains(said), "{}", notes(&once));
    assert!(notes(&twice).contains(said), "{}", notes(&twice));
}
