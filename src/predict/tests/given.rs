//! Readings in a few words, and predictions as one line, so that tables read as tables.

use std::fmt::Write as _;

use super::super::*;
use crate::model::{Fact, FactKind, Shape, Spot};
use crate::strings::decode;

/// Reads words such as `400 error=invalid_grant sub=bad_token code=AADSTS70008 claims flow=silent client=web`.
pub(super) fn given(words: &str) -> (Reading, Context) {
    let mut reading = Reading::empty(Shape::Json);
    let mut context = Context {
        flow: None,
        client: None,
        status: None,
        fault: None,
        place: Place::Token,
    };
    for word in words.split_whitespace() {
        let (key, value) = word.split_once('=').unwrap_or((word, ""));
        match key {
            "error" => add(&mut reading, FactKind::Error, value),
            "sub" => add(&mut reading, FactKind::SubError, value),
            "code" => add(&mut reading, FactKind::Code, value),
            "subcode" => add(&mut reading, FactKind::ErrorSubcode, value),
            "said" => add(&mut reading, FactKind::Description, value),
            "by" => add(&mut reading, FactKind::Library, &value.replace('/', " ")),
            "claims" => add(&mut reading, FactKind::Claims, "{\"access_token\":{}}"),
            "location" => add(&mut reading, FactKind::Trouble, decode::REDIRECTED),
            "app-service" => at(&mut reading, FactKind::Message, "no", "/message"),
            "fabric" => at(&mut reading, FactKind::Error, value, "/error/code"),
            "no-endpoint" => add(&mut reading, FactKind::Trouble, decode::NO_ENDPOINT),
            "no-type" => add(&mut reading, FactKind::Trouble, decode::NO_TOKEN_TYPE),
            "no-expiry" => add(&mut reading, FactKind::Trouble, decode::NO_EXPIRES_IN),
            "odd-expiry" => add(&mut reading, FactKind::Trouble, decode::ODD_EXPIRES_IN),
            "empty-token" => add(&mut reading, FactKind::Trouble, decode::EMPTY_ACCESS_TOKEN),
            "null" => odd(&mut reading, decode::NULL_BODY),
            "array" => odd(&mut reading, decode::ARRAY_BODY),
            "scalar" => odd(&mut reading, decode::SCALAR_BODY),
            "trouble" => add(&mut reading, FactKind::Trouble, "something is missing"),
            "token" => add(&mut reading, FactKind::Token, "access_token"),
            "retry" if value == "date" => {
                add(
                    &mut reading,
                    FactKind::RetryAfter,
                    "Sun, 22 Nov 2026 14:00:03 GMT",
                );
                add(&mut reading, FactKind::Timestamp, "2026-11-22T14:00:00Z");
            }
            "retry" => add(&mut reading, FactKind::RetryAfter, value),
            "flow" => context.flow = Some(Flow::from_word(value).unwrap()),
            "client" => context.client = Some(client(value)),
            "fault" => context.fault = Some(fault(value)),
            "at" => context.place = Place::from_word(value).unwrap(),
            "html" => reading.shape = Shape::Html,
            "empty" => reading.shape = Shape::Empty,
            "odd" => reading.shape = Shape::OddJson,
            "text" => reading.shape = Shape::Text,
            "nothing" => reading.shape = Shape::Nothing,
            status => context.status = Some(status.parse().unwrap()),
        }
    }
    (reading, context)
}

fn add(reading: &mut Reading, kind: FactKind, value: &str) {
    reading.facts.push(Fact {
        kind,
        value: value.to_owned(),
        from: Spot::Status,
    });
}

fn at(reading: &mut Reading, kind: FactKind, value: &str, pointer: &str) {
    reading.facts.push(Fact {
        kind,
        value: value.to_owned(),
        from: Spot::Pointer(pointer.to_owned().into()),
    });
}

fn odd(reading: &mut Reading, trouble: &str) {
    reading.shape = Shape::OddJson;
    add(reading, FactKind::Trouble, trouble);
}

fn client(word: &str) -> ClientKind {
    let all = [
        ClientKind::Desktop,
        ClientKind::Web,
        ClientKind::Spa,
        ClientKind::Daemon,
        ClientKind::Api,
    ];
    all.into_iter().find(|kind| kind.word() == word).unwrap()
}

fn fault(word: &str) -> FaultKind {
    match word {
        "dns" => FaultKind::Dns,
        "tcp" => FaultKind::Tcp,
        "tls" => FaultKind::Tls,
        "connect-timeout" => FaultKind::ConnectTimeout,
        "late" => FaultKind::FirstByteTimeout,
        "cut" => FaultKind::CutOff,
        "cancelled" => FaultKind::Cancelled,
        other => panic!("{other}"),
    }
}

/// One library's predictions.
pub(super) fn by(library: &str, words: &str) -> Vec<Prediction> {
    let (reading, context) = given(words);
    all(&reading, &context)
        .into_iter()
        .filter(|prediction| prediction.library == library)
        .collect()
}

/// `raised ServerError`, then what is not usual: `×4` requests, `+5s`, `claims lost`, `rt gone`, `prompts`, `if …`.
pub(super) fn line(prediction: &Prediction) -> String {
    let mut line = format!("{} {}", prediction.outcome, prediction.kind)
        .trim()
        .to_owned();
    if prediction.requests != 1 {
        let _ = write!(line, " ×{}", prediction.requests);
    }
    if prediction.waits_s > 0 {
        let _ = write!(line, " +{}s", prediction.waits_s);
    }
    if prediction.claims != "none" {
        let _ = write!(line, " claims {}", prediction.claims);
    }
    match prediction.keeps_refresh_token {
        Some(true) => line += " rt stays",
        Some(false) => line += " rt gone",
        None => {}
    }
    if prediction.prompts {
        line += " prompts";
    }
    if let Some(when) = &prediction.when {
        let _ = write!(line, " if {when}");
    }
    line
}

/// Checks a library's rows: words in, lines out. What the same call comes to again is left to `check_again`.
pub(super) fn check(library: &str, rows: &[(&str, &[&str])]) {
    for (words, wanted) in rows {
        assert_eq!(lines(library, words, false), *wanted, "{library}: {words}");
    }
}

/// Checks what the same call comes to again: the answers from memory.
pub(super) fn check_again(library: &str, rows: &[(&str, &[&str])]) {
    for (words, wanted) in rows {
        assert_eq!(lines(library, words, true), *wanted, "{library}: {words}");
    }
}

fn lines(library: &str, words: &str, again: bool) -> Vec<String> {
    by(library, words)
        .iter()
        .filter(|prediction| (prediction.outcome == "replayed") == again)
        .map(line)
        .collect()
}
