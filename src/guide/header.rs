//! One header of a reply: what it says, and whether it matters here.

use std::time::Duration;

use crate::decode::challenge;
use crate::model::{Exchange, Moment, Purpose};
use crate::strings::guide::header as say;

/// Clocks that are fewer seconds apart agree: a `date` has no fraction, and a reply takes its time.
const CLOCKS_AGREE: u64 = 5;

/// A line about a header of the reply of `exchange`; `None` where nothing is known about it. What the server sent stands
/// in it as received: not yet safe for a terminal.
pub fn says(name: &str, value: &str, exchange: &Exchange) -> Option<String> {
    let name = name.to_ascii_lowercase();
    let value = value.trim();
    Some(match name.as_str() {
        "retry-after" => retry_after(value, exchange),
        "www-authenticate" => challenged(value),
        "x-ms-ests-server" => server(value),
        "x-ms-clitelem" => telemetry(value),
        "cache-control" => caching(value, exchange).to_owned(),
        "strict-transport-security" => say::https_only(max_age(value)),
        "set-cookie" => say::cookie(value.split('=').next().unwrap_or_default().trim()),
        "date" => date(exchange),
        "content-type" => content_type(value).to_owned(),
        "content-length" => length(value, exchange),
        other => {
            let known = say::PLAIN.iter().find(|(name, _)| *name == other)?;
            known.1.to_owned()
        }
    })
}

/// Seconds or a date (RFC 9110 section 10.2.3).
fn retry_after(value: &str, exchange: &Exchange) -> String {
    let came = exchange.started.plus(exchange.phases.total());
    let until = || Some(Moment::parse_http_date(value)?.since(came));
    let wait = value.parse().ok().map(Duration::from_secs).or_else(until);
    wait.map_or_else(|| say::RETRY_AFTER_ODD.to_owned(), say::retry_after)
}

fn challenged(value: &str) -> String {
    let all = challenge::parse(value);
    let told = |one: &&challenge::Challenge| one.param("error").is_some();
    let Some(one) = all.iter().find(told).or_else(|| all.first()) else {
        return say::CHALLENGE_ODD.to_owned();
    };
    let mut words = say::challenge(&one.scheme, one.param("error"));
    if all.iter().any(|one| one.param("claims").is_some()) {
        words.push_str(say::CHALLENGE_CLAIMS);
    }
    words
}

/// `2.1.12171.14 - NCUS ProdSlices`.
fn server(value: &str) -> String {
    match value.split_once(" - ") {
        Some((build, place)) => say::server(build.trim(), place.trim()),
        None => say::SERVER_ODD.to_owned(),
    }
}

/// `1,50173,0,604687.0128,`: version, error, suberror, age of the refresh token in milliseconds, ring.
fn telemetry(value: &str) -> String {
    let parts: Vec<&str> = value.split(',').map(str::trim).collect();
    let [_, code, subcode, age, ring] = parts[..] else {
        return say::TELEMETRY_ODD.to_owned();
    };
    let age = age.parse::<f64>().ok();
    let age = age.and_then(|ms| Duration::try_from_secs_f64(ms / 1000.0).ok());
    say::telemetry(code, subcode, age, ring)
}

fn caching(value: &str, exchange: &Exchange) -> &'static str {
    let kept = !value.to_ascii_lowercase().contains("no-store");
    match (kept, exchange.request.purpose) {
        (false, _) => say::NOT_KEPT,
        (true, Purpose::Token) => say::MAY_BE_KEPT,
        (true, _) => say::CACHING,
    }
}

fn max_age(value: &str) -> Option<Duration> {
    let seconds = value
        .split(';')
        .find_map(|part| part.trim().strip_prefix("max-age="))?;
    seconds.parse().ok().map(Duration::from_secs)
}

fn date(exchange: &Exchange) -> String {
    match exchange.clock_ahead() {
        None => say::DATE_ODD.to_owned(),
        Some(ahead) if ahead.unsigned_abs() < CLOCKS_AGREE => say::CLOCKS_AGREE.to_owned(),
        Some(ahead) => say::clocks_differ(ahead),
    }
}

fn content_type(value: &str) -> &'static str {
    let value = value.to_ascii_lowercase();
    let media = value.split(';').next().unwrap_or_default().trim();
    if media.ends_with("/json") || media.ends_with("+json") {
        say::JSON
    } else if media == "text/html" || media == "application/xhtml+xml" {
        say::PAGE
    } else {
        say::OTHER_TYPE
    }
}

fn length(value: &str, exchange: &Exchange) -> String {
    let came = exchange.reply.as_ref().map_or(0, |reply| reply.body.len());
    if value.parse().is_ok_and(|announced: usize| came < announced) {
        say::length_short(came)
    } else {
        say::LENGTH_WHOLE.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Phases, Reply, Request};

    fn said(name: &str, value: &str) -> String {
        let exchange = Exchange {
            started: Moment::from_seconds(1_795_356_131),
            request: Request::post("https://login.example/token", Vec::new(), Purpose::Token),
            reply: Some(Reply {
                status: 400,
                headers: vec![(name.to_owned(), value.to_owned())],
                body: b"{}".to_vec(),
                cut: None,
            }),
            fault: None,
            phases: Phases::default(),
        };
        says(name, value, &exchange).expect("it is known")
    }

    #[test]
    fn a_wait_is_read_in_seconds_and_as_a_date() {
        for value in ["12", "Sun, 22 Nov 2026 14:02:23 GMT"] {
            assert!(said("Retry-After", value).contains("12 s"), "{value}");
        }
        assert_eq!(said("retry-after", "soon"), say::RETRY_AFTER_ODD);
    }

    #[test]
    fn telemetry_is_told_part_by_part() {
        let words = said("x-ms-clitelem", "1,50173,0,604687.0128,");
        assert!(
            words.contains("error 50173; refresh token probably 10 min 5 s old"),
            "{words}"
        );
        assert!(said("x-ms-clitelem", "1,0,0,,").contains("no error."));
        assert_eq!(said("x-ms-clitelem", "2,0"), say::TELEMETRY_ODD);
    }

    #[test]
    fn a_challenge_says_what_was_wrong_and_that_it_carries_claims() {
        let words = said(
            "www-authenticate",
            r#"Bearer realm="", error="insufficient_claims", claims="e30=""#,
        );
        assert!(
            words.contains("Bearer; it was refused for insufficient_claims"),
            "{words}"
        );
        assert!(words.ends_with(say::CHALLENGE_CLAIMS), "{words}");
    }

    #[test]
    fn a_date_is_held_against_this_machines_clock() {
        assert_eq!(
            said("date", "Sun, 22 Nov 2026 14:02:11 GMT"),
            say::CLOCKS_AGREE
        );
        let words = said("date", "Sun, 22 Nov 2026 14:03:11 GMT");
        assert!(words.contains("This machine's is 1 min behind"), "{words}");
    }

    #[test]
    fn a_cookie_is_named_without_its_value() {
        let words = said("set-cookie", "fpc=AbCdEf; path=/; secure");
        assert!(
            words.contains("fpc") && !words.contains("AbCdEf"),
            "{words}"
        );
    }

    #[test]
    fn a_length_tells_whether_all_of_the_body_came() {
        assert_eq!(said("content-length", "2"), say::LENGTH_WHOLE);
        assert_eq!(said("content-length", "9"), say::length_short(2));
    }

    #[test]
    fn a_token_reply_that_may_be_kept_is_pointed_out() {
        assert_eq!(said("cache-control", "no-store, no-cache"), say::NOT_KEPT);
        assert_eq!(said("cache-control", "private"), say::MAY_BE_KEPT);
    }
}
