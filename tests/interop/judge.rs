//! What was predicted for a reply, what was observed, and where the two differ.

use serde_json::Value;
use tokenscope::model::{ClientKind, FaultKind, Flow, Place, Prediction, Reading};
use tokenscope::predict::{self, Context};

/// What a library did in the one or two calls of a job.
pub struct Observed<'a>(&'a Value);

/// Which of several predictions a case is about, and what of it can be compared.
#[derive(Clone, Copy, Debug)]
pub struct Terms {
    /// Words of the condition, where there are several.
    pub when: &'static str,
    /// Whether the call is made once only.
    pub once: bool,
    /// Interval and life of a device code.
    pub device: (u32, u32),
    /// Whether the library waits as it does by default.
    pub default_waits: bool,
}

impl Terms {
    pub const DEFAULT: Self = Self {
        when: "",
        once: false,
        device: (1, 20),
        default_waits: true,
    };

    /// Whether the prediction is about a device code that nobody enters: one that lives 900 s and is polled every 5 s.
    pub fn runs_out(predicted: &Prediction) -> bool {
        predicted.waits_s == 900
    }

    /// Requests and waits as they come to here, where a device code may live shorter than the prediction's.
    fn scaled(&self, predicted: &Prediction) -> (u32, f64) {
        if !Self::runs_out(predicted) {
            return (predicted.requests, f64::from(predicted.waits_s));
        }
        let (interval, life) = self.device;
        let requests = life / interval + predicted.requests - 900 / 5;
        (requests, f64::from(life))
    }
}

/// The program as its calls show it, for `predict`.
pub fn context(
    flow: &str,
    place: Place,
    (status, fault): (Option<u16>, Option<FaultKind>),
) -> Context {
    Context {
        flow: match flow {
            "silent-with-error" | "silent-prompting" => Some(Flow::Silent),
            "redirect" | "code" => Some(Flow::Interactive),
            "certificate" | "assertion" | "workload-identity" => Some(Flow::ClientCredentials),
            // Not a flow of the program's own: what it is told of such a call is pasted.
            "on-behalf-of" | "managed-identity" => None,
            word => Some(Flow::from_word(word).expect("a flow")),
        },
        client: match flow {
            "client-credentials" | "certificate" | "assertion" | "workload-identity" => {
                Some(ClientKind::Daemon)
            }
            "code" => Some(ClientKind::Web),
            "on-behalf-of" => Some(ClientKind::Api),
            "managed-identity" => None,
            _ => Some(ClientKind::Desktop),
        },
        status,
        fault,
        place,
    }
}

/// What is predicted of one library.
pub fn predicted(reading: &Reading, context: Context, library: &str) -> Vec<Prediction> {
    let all = predict::all(reading, &context);
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
        ("msal-python", "on-behalf-of") => Some("any call but acquire_token_silent"),
        ("azure-identity", "client-credentials" | "certificate") => {
            Some("ClientSecretCredential or CertificateCredential asked")
        }
        ("azure-identity", "assertion" | "workload-identity") => {
            Some("ClientAssertionCredential or WorkloadIdentityCredential asked")
        }
        ("azure-identity", "on-behalf-of") => Some("in the sign-in itself"),
        _ => None,
    }
}

/// The one branch that the row and the call are about.
fn branch<'a>(all: &'a [Prediction], terms: &Terms, flow: &str) -> Result<&'a Prediction, String> {
    let first: Vec<&Prediction> = all.iter().filter(|p| p.outcome != "replayed").collect();
    if let [only] = first.as_slice()
        && only.when.is_none()
    {
        return Ok(only);
    }
    let by_call = first.first().and_then(|p| call_of(&p.library, flow));
    let by_row = (!terms.when.is_empty()).then_some(terms.when);
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
    pub fn differences(&self, predicted: &[Prediction], terms: &Terms, flow: &str) -> Vec<String> {
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
        let branch = match branch(predicted, terms, flow) {
            Ok(branch) => branch,
            Err(why) => return vec![format!("{why}; seen {first}")],
        };
        if branch.requests > 1 && first["recovered"] == true {
            // What is wrong passes before the library gives up.
            return recovered(first);
        }
        let mut found = compare(branch, first, terms);
        if !terms.once {
            found.extend(again(predicted, branch, &self.0["calls"][1], flow));
        }
        found
    }
}

/// A library that sends again by itself gets what it asked for, once that is there.
fn recovered(seen: &Value) -> Vec<String> {
    if seen["outcome"] == "token" {
        return Vec::new();
    }
    vec![format!(
        "a repetition was answered with a token, seen {seen}"
    )]
}

fn compare(predicted: &Prediction, seen: &Value, terms: &Terms) -> Vec<String> {
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
    let (requests, seconds) = terms.scaled(predicted);
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
    let differs = waited < seconds - 1.2 || waited > seconds + 4.0;
    if differs && terms.default_waits {
        found.push(format!("waits: predicted {seconds}, seen {waited}"));
    }
    if !found.is_empty() {
        found.push(format!("   all that was seen: {seen}"));
    }
    found
}

/// The second call at once: from memory or from the server, which by then grants.
fn again(all: &[Prediction], first: &Prediction, seen: &Value, flow: &str) -> Vec<String> {
    let condition = first.when.clone().unwrap_or_default();
    // Where the call is not known, one reminder stands for all its branches.
    let one_reminder = flow == "on-behalf-of";
    let replay = all.iter().find(|prediction| {
        let when = prediction.when.as_deref().unwrap_or_default();
        let other_call = when.contains("Credential asked")
            && call_of(&prediction.library, flow).is_some_and(|words| !when.contains(words));
        let fits = one_reminder || when.starts_with(&condition);
        prediction.outcome == "replayed" && fits && !other_call
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
