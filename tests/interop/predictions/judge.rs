//! What was predicted for a row's bytes, what was observed, and where the two differ.

use serde_json::Value;
use tokenscope::decode;
use tokenscope::model::{
    ClientKind, Cut, Fact, FactKind, FaultKind, Flow, Place, Prediction, Purpose, Reading, Reply,
    Shape, Spot,
};
use tokenscope::predict::{self, Context};

use super::row::Row;
use crate::harness::endpoint::{Answer, filled};

/// What a library did in the one or two calls of a job.
pub struct Observed<'a>(&'a Value);

/// The bytes as the program's own client would have them.
fn received(bytes: &[u8]) -> Reply {
    let bytes = filled(bytes, "", std::time::SystemTime::now());
    let text = String::from_utf8_lossy(&bytes);
    let (head, body) = text.split_once("\r\n\r\n").expect("a head and a body");
    let mut lines = head.lines();
    let status = lines
        .next()
        .and_then(|line| line.split(' ').nth(1)?.parse().ok());
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
        .collect();
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let whole = length.is_none_or(|(_, length)| length.parse() == Ok(body.len()));
    Reply {
        status: status.expect("a status"),
        headers,
        body: body.as_bytes().to_vec(),
        cut: (!whole).then_some(Cut::Connection),
    }
}

fn fault() -> Reading {
    let mut reading = Reading::empty(Shape::Nothing);
    reading.facts.push(Fact {
        kind: FactKind::Trouble,
        value: "the connection was closed".into(),
        from: Spot::Fault,
    });
    reading
}

/// What is predicted of a library that gets this row in this call; not empty.
pub fn predicted(row: &Row, library: &str, flow: &str) -> Vec<Prediction> {
    let place = match (row.redirect, row.discovery) {
        (Some(_), _) => Place::Authorize,
        (None, true) => Place::Discovery,
        (None, false) => Place::Token,
    };
    let purpose = if row.discovery {
        Purpose::Discovery
    } else {
        Purpose::Token
    };
    let (reading, status, fault) = match (row.redirect, &row.answers[0]) {
        (Some(query), _) => (
            decode::redirect(&format!("http://localhost/?{query}")),
            None,
            None,
        ),
        (None, Answer::Hangup) => (fault(), None, Some(FaultKind::CutOff)),
        (None, Answer::Late(..)) => (fault(), None, Some(FaultKind::FirstByteTimeout)),
        (None, Answer::Bytes(bytes)) => {
            let reply = received(bytes);
            let fault = reply.cut.map(|_| FaultKind::CutOff);
            (decode::reply(&reply, purpose), Some(reply.status), fault)
        }
    };
    let context = Context {
        flow: Some(match flow {
            "silent-with-error" | "silent-prompting" => Flow::Silent,
            "redirect" | "code" => Flow::Interactive,
            word => Flow::from_word(word).expect("a flow"),
        }),
        client: Some(match flow {
            "client-credentials" => ClientKind::Daemon,
            "code" => ClientKind::Web,
            _ => ClientKind::Desktop,
        }),
        status,
        fault,
        place,
    };
    let all = predict::all(&reading, &context);
    all.into_iter()
        .filter(|prediction| prediction.library == library)
        .collect()
}

/// What the condition of the branch says that is about this call.
fn call_of(library: &str, flow: &str) -> Option<&'static str> {
    match (library, flow) {
        ("msal-python", "silent") => Some("acquire_token_silent is called"),
        ("msal-python", "silent-with-error") => Some("acquire_token_silent_with_error is called"),
        ("azure-identity", "silent") => Some("disable_automatic_authentication is set"),
        ("azure-identity", "silent-prompting") => Some("automatic authentication is left on"),
        _ => None,
    }
}

/// The one branch that the row and the call are about.
fn branch<'a>(all: &'a [Prediction], row: &Row, flow: &str) -> Result<&'a Prediction, String> {
    let first: Vec<&Prediction> = all.iter().filter(|p| p.outcome != "replayed").collect();
    if let [only] = first.as_slice()
        && only.when.is_none()
    {
        return Ok(only);
    }
    let by_call = first.first().and_then(|p| call_of(&p.library, flow));
    let by_row = (!row.when.is_empty()).then_some(row.when);
    for words in [by_row, by_call].into_iter().flatten() {
        let about = |p: &&&Prediction| p.when.as_deref().is_some_and(|when| when.contains(words));
        let fitting: Vec<_> = first.iter().filter(about).collect();
        if let [only] = fitting.as_slice() {
            return Ok(only);
        }
    }
    let conditions: Vec<_> = first.iter().map(|p| (&p.kind, &p.when)).collect();
    Err(format!("which branch is this about? {conditions:?}"))
}

impl<'a> Observed<'a> {
    pub const fn of(said: &'a Value) -> Self {
        Self(said)
    }

    /// Every field in which the prediction is not what was seen.
    pub fn differences(&self, predicted: &[Prediction], row: &Row, flow: &str) -> Vec<String> {
        if let Some(failed) = self.0.get("failed") {
            return vec![format!("could not be driven: {failed}")];
        }
        let first = &self.0["calls"][0];
        if predicted.is_empty() {
            return if first["outcome"] == "token" {
                Vec::new()
            } else {
                vec![format!("nothing is predicted, seen {first}")]
            };
        }
        let branch = match branch(predicted, row, flow) {
            Ok(branch) => branch,
            Err(why) => return vec![format!("{why}; seen {first}")],
        };
        let mut found = compare(branch, first, row);
        if !row.once {
            found.extend(again(predicted, branch, &self.0["calls"][1]));
        }
        found
    }
}

fn compare(predicted: &Prediction, seen: &Value, row: &Row) -> Vec<String> {
    let mut found = Vec::new();
    let mut check = |what: &str, wanted: String, seen: String| {
        if wanted != seen {
            found.push(format!("{what}: predicted {wanted}, seen {seen}"));
        }
    };
    check("outcome", predicted.outcome.clone(), text(&seen["outcome"]));
    if predicted.outcome == text(&seen["outcome"]) {
        check("kind", class(predicted), text(&seen["kind"]));
        if let Some(code) = predicted
            .kind
            .split_once(' ')
            .filter(|_| predicted.outcome == "raised")
        {
            check("error code", code.1.to_owned(), text(&seen["error"]));
        }
    }
    check(
        "prompts",
        predicted.prompts.to_string(),
        seen["prompts"].to_string(),
    );
    let (requests, seconds) = row.scaled(predicted);
    check(
        "requests",
        requests.to_string(),
        seen["requests"].to_string(),
    );
    if let (Some(keeps), Some(count)) = (
        predicted.keeps_refresh_token,
        seen["refresh_tokens"].as_u64(),
    ) {
        check(
            "keeps the refresh token",
            keeps.to_string(),
            (count > 0).to_string(),
        );
    }
    let readable = seen["claims"] == true;
    check(
        "claims can be read",
        (predicted.claims == "kept").to_string(),
        readable.to_string(),
    );
    let gaps = seen["gaps"].as_array().into_iter().flatten();
    let waited: f64 = gaps.filter_map(Value::as_f64).sum();
    // A busy machine makes waits longer; nothing makes them shorter but rounding.
    if waited < seconds - 1.2 || waited > seconds + 4.0 {
        found.push(format!("waits: predicted {seconds}, seen {waited}"));
    }
    if !found.is_empty() {
        found.push(format!("   all that was seen: {seen}"));
    }
    found
}

/// The second call at once: from memory or from the server, which by then grants.
fn again(all: &[Prediction], first: &Prediction, seen: &Value) -> Vec<String> {
    let condition = first.when.clone().unwrap_or_default();
    let replay = all.iter().find(|prediction| {
        let when = prediction.when.as_deref().unwrap_or_default();
        prediction.outcome == "replayed" && when.starts_with(&condition)
    });
    let granted = seen["outcome"] == "token";
    let from_memory = seen["requests"] == 0 && !granted && seen["error"] != "no_tokens_found";
    match replay {
        None if from_memory => vec![format!("again: no replay is predicted, seen {seen}")],
        Some(_) if !from_memory => vec![format!("again: a replay is predicted, seen {seen}")],
        Some(replay) if class(replay) != text(&seen["kind"]) => {
            vec![format!("again: predicted {}, seen {seen}", replay.kind)]
        }
        Some(replay) if replay.claims == "kept" && seen["claims"] != true => {
            vec![format!(
                "again: predicted claims {}, seen {seen}",
                replay.claims
            )]
        }
        Some(_) | None => Vec::new(),
    }
}

/// The class or value, without the module before it and the code behind it.
fn class(predicted: &Prediction) -> String {
    let kind = match predicted.kind.as_str() {
        "a dict without access_token and error" => "dict",
        "a result with an empty accessToken" => "empty accessToken",
        "a dict with an empty access_token" => "dict with an empty access_token",
        "an AccessToken with an empty token" => "empty token",
        kind if !kind.contains("Error") => kind,
        kind => kind
            .split(' ')
            .next()
            .unwrap_or_default()
            .rsplit('.')
            .next()
            .unwrap_or_default(),
    };
    kind.to_owned()
}

fn text(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}
