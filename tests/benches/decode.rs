//! How long decoding takes: one reply beside `serde_json` reading the same body into a `Value`, and pastes of a
//! megabyte with their secrets taken out. `cargo bench --bench decode`, or with `-- WORD` what has the word in its name
//! alone; the ratio of the first must stay below 3, a paste of a megabyte below 50 ms.

use std::hint::black_box;
use std::io::Write as _;
use std::time::{Duration, Instant};

use tokenscope::decode;
use tokenscope::model::{Purpose, Reply};
use tokenscope::redact::Redactor;

/// Every round is timed alone; the smallest and the median are told.
struct Times {
    least: Duration,
    median: Duration,
}

fn timed(rounds: usize, repeats: u32, mut work: impl FnMut()) -> Times {
    let mut times: Vec<Duration> = (0..rounds)
        .map(|_| {
            let start = Instant::now();
            for _ in 0..repeats {
                work();
            }
            start.elapsed() / repeats
        })
        .collect();
    times.sort_unstable();
    Times {
        least: times[0],
        median: times[times.len() / 2],
    }
}

fn reply_of(status: u16, body: &str) -> Reply {
    let headers = [
        ("cache-control", "no-store, no-cache"),
        ("content-type", "application/json; charset=utf-8"),
        ("x-ms-request-id", "11111111-2222-3333-4444-555555555555"),
        ("client-request-id", "aaaaaaaa-2222-3333-4444-555555555555"),
        ("x-ms-clitelem", "1,50076,0,,"),
        ("date", "Sun, 22 Nov 2026 14:02:11 GMT"),
    ];
    Reply {
        status,
        headers: headers
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .to_vec(),
        body: body.as_bytes().to_vec(),
        cut: None,
    }
}

/// Bodies of the shapes that a token endpoint sends, in made-up words.
fn bodies() -> Vec<(&'static str, u16, String)> {
    let refusal = r#"{"error":"invalid_grant","error_description":"AADSTS50076: A policy of your organization, or a sign-in from a place that is new, asks for a second factor before a token for '00000003-0000-0000-c000-000000000000' can be issued. Trace ID: 11111111-2222-3333-4444-555555555555 Correlation ID: aaaaaaaa-2222-3333-4444-555555555555 Timestamp: 2026-11-22 14:02:11Z","error_codes":[50076],"timestamp":"2026-11-22 14:02:11Z","trace_id":"11111111-2222-3333-4444-555555555555","correlation_id":"aaaaaaaa-2222-3333-4444-555555555555","error_uri":"https://login.contoso.example/error?code=50076","suberror":"basic_action","claims":"{\"access_token\":{\"capolids\":{\"essential\":true,\"values\":[\"99999999-2222-3333-4444-555555555555\"]}}}"}"#;
    let secret = r#"{"error":"invalid_client","error_description":"AADSTS7000222: The secrets of the app 'bbbbbbbb-2222-3333-4444-555555555555' are too old.\r\nTrace ID: 11111111-2222-3333-4444-555555555555\r\nCorrelation ID: aaaaaaaa-2222-3333-4444-555555555555\r\nTimestamp: 2026-11-22 14:02:11Z","error_codes":[7000222],"timestamp":"2026-11-22 14:02:11Z","trace_id":"11111111-2222-3333-4444-555555555555","correlation_id":"aaaaaaaa-2222-3333-4444-555555555555","error_uri":"https://login.contoso.example/error?code=7000222"}"#;
    let granted = format!(
        r#"{{"token_type":"Bearer","scope":"User.Read","expires_in":3599,"ext_expires_in":3599,"access_token":"{}","refresh_token":"{}","id_token":"{}"}}"#,
        "made-up".repeat(200),
        "made-up".repeat(150),
        "made-up".repeat(120)
    );
    vec![
        ("refusal with claims", 400, refusal.to_owned()),
        ("refusal of a client", 401, secret.to_owned()),
        ("granted", 200, granted),
    ]
}

/// Texts of a megabyte: what a log holds, and what is nearly an error everywhere.
fn pastes() -> Vec<(&'static str, String)> {
    let log = "2026-11-22T14:02:11.4216Z INFO [worker-7] GET /api/orders/4711 200 18ms user=u-93 trace=5f2a91c04711\n";
    let error = "2026-11-22T14:02:12.0031Z ERROR Contoso.Identity.TokenException: AADSTS50076: A second factor is needed for '00000003-0000-0000-c000-000000000000'. Trace ID: 11111111-2222-3333-4444-555555555555 Correlation ID: aaaaaaaa-2222-3333-4444-555555555555 Timestamp: 2026-11-22 14:02:11Z\n   at Contoso.Identity.Client.Acquire(String scope) in Client.cs:line 88\n";
    let full = |part: &str| part.repeat((1 << 20) / part.len());
    vec![
        (
            "log with errors",
            full(&format!("{}{error}", log.repeat(20))),
        ),
        ("errors only", full(error)),
        (
            "near-matches",
            full("AADSTS AADSTSx error: code= Trace ID: 1111-22 claims={ \\\"error\\\":\\\" "),
        ),
        ("nesting", full("{\"error\":[")),
        ("one word", full("a")),
    ]
}

fn main() {
    let mut out = std::io::stdout().lock();
    let mut say = |line: String| {
        // A closed pipe ends the report, not the measurement.
        let _ = writeln!(out, "{line}");
    };
    let asked = std::env::args().skip(1).find(|word| !word.starts_with('-'));
    let wanted = |group: &str, name: &str| {
        let asked = asked.as_deref().unwrap_or_default();
        group.contains(asked) || name.contains(asked)
    };
    for (name, status, body) in bodies() {
        if !wanted("reply", name) {
            continue;
        }
        let reply = reply_of(status, &body);
        let parse = timed(200, 50, || {
            let value: serde_json::Value =
                serde_json::from_slice(black_box(body.as_bytes())).unwrap_or_default();
            black_box(value);
        });
        let decode = timed(200, 50, || {
            black_box(decode::reply(black_box(&reply), Purpose::Token));
        });
        let ratio = |a: Duration, b: Duration| a.as_secs_f64() / b.as_secs_f64();
        say(format!(
            "reply, {name} ({} bytes): parse {:?}, decode {:?}: {:.2} times (least), {:.2} times (median)",
            body.len(),
            parse.median,
            decode.median,
            ratio(decode.least, parse.least),
            ratio(decode.median, parse.median),
        ));
    }
    for (name, text) in pastes() {
        if !wanted("paste", name) {
            continue;
        }
        let redactor = Redactor::new([7; 16]);
        let redact = timed(5, 1, || {
            black_box(redactor.text(black_box(&text)));
        });
        let decode = timed(5, 1, || {
            black_box(decode::paste(black_box(&text)));
        });
        say(format!(
            "paste, {name} ({} bytes): redact {:?}, decode {:?} (median)",
            text.len(),
            redact.median,
            decode.median
        ));
    }
}
