//! Remarks beside the verdict.

/// Claims and a block.
pub const CLAIMS_AND_BLOCK: &str = "Claims came with this, as if a sign-in that carries them could help; what came with them says it cannot.";
/// No lookup page.
pub const NO_LOOKUP: &str = "The lookup page of the sign-in service does not cover this kind of number; whoever runs the issuer can look it up.";

/// Numbers differ.
pub fn codes_differ(listed: &str, described: &str) -> String {
    format!("error_codes lists {listed}, and the description speaks of {described}.")
}

/// Error against number.
pub fn error_and_code(error: &str, code: &str, about: &str) -> String {
    format!("The error is {error}, and {code} is about something else: {about}.")
}

/// Suberror against number.
pub fn suberror_and_code(suberror: &str, one: &str, code: &str, other: &str) -> String {
    format!(
        "By the suberror {suberror}, signing in again {one}; by {code} it {other}. The suberror decides."
    )
}

/// Success and error.
pub fn success_and_error(status: u16, error: &str) -> String {
    format!("The status says success (HTTP {status}), and the body says {error}.")
}

/// A number that is not listed; `fellow` came with it and is listed.
pub fn unknown_code(code: &str, fellow: Option<&str>, lookup: bool) -> String {
    let from = match fellow {
        Some(fellow) => format!("{fellow}, which came with it"),
        None if lookup => "its neighbours, the error and what came with it".to_owned(),
        None => "the error and what came with it".to_owned(),
    };
    let look = if lookup {
        " The lookup page knows the server's own words."
    } else {
        ""
    };
    format!("{code} is not in the catalogue; what stands here is concluded from {from}.{look}")
}

/// A pairing nobody reported.
pub fn pairing_not_seen(code: &str, error: &str, suberror: Option<&str>) -> String {
    match suberror {
        Some(suberror) => format!(
            "The catalogue has no report of {code} together with {error} and {suberror}: what is said about the pair is assumed."
        ),
        None => format!(
            "The catalogue has no report of {code} together with {error}: what is said about the pair is assumed."
        ),
    }
}

/// Several meanings.
pub fn variants(code: &str, meanings: &[&str]) -> String {
    let listed: Vec<String> = meanings
        .iter()
        .enumerate()
        .map(|(index, meaning)| format!("({}) {}", index + 1, meaning.trim_end_matches('.')))
        .collect();
    format!(
        "{code} has several meanings, and the description does not tell which: {}.",
        listed.join("; ")
    )
}

/// Several numbers.
pub fn several_codes(first: &str, decides: &str, rest: &str) -> String {
    if first == decides {
        return format!(
            "Several numbers came; {first} is the most specific and decides. Beside it: {rest}."
        );
    }
    format!(
        "Several numbers came; {first} is the most specific and not in the catalogue, so {decides} decides. Beside it: {rest}."
    )
}

/// Policies.
pub fn policies(ids: &str) -> String {
    format!("The server names the policies behind this: {ids}.")
}

/// How both sentences about this machine's clock begin.
pub const CLOCK: &str = "This machine's clock ";

/// The clock is off.
pub fn clock_off(ahead: i64) -> String {
    let (way, seems) = if ahead > 0 {
        ("ahead of", "expired before they are")
    } else {
        ("behind", "not valid yet")
    };
    let by = super::span(std::time::Duration::from_secs(ahead.unsigned_abs()));
    format!(
        "{CLOCK}is {by} {way} the server's; signed times are judged by the server's clock, and here new tokens may look {seems}."
    )
}

/// The clock is not the cause.
pub fn clock_fine(ahead: i64) -> String {
    let seconds = ahead.unsigned_abs();
    format!("{CLOCK}and the server's differ by {seconds} s, so the clock is not the cause.")
}

/// The error and the neighbourhood of an unknown number.
pub fn error_and_family(error: &str, one: &str, family: &str, other: &str) -> String {
    format!(
        "By the error {error}, signing in again {one}; by the neighbours of the number ({family}) it {other}. The error decides, and it stands for many causes."
    )
}

/// A warning about the request that was refused.
pub fn worth_checking(what: &str, expected: &str) -> String {
    format!("Look at the request: {what} Expected: {expected}.")
}

/// The assertion ran out before the server saw it.
pub fn assertion_expired(seconds: i64) -> String {
    format!(
        "The assertion had run out {} before the server looked at it: it was kept too long, or the clock that made it is slow.",
        of_seconds(seconds)
    )
}

/// The assertion was not valid yet.
pub fn assertion_early(seconds: i64) -> String {
    format!(
        "The assertion becomes valid {} after the server looked at it: the clock that made it is fast.",
        of_seconds(seconds)
    )
}

/// The assertion was made to live too long.
pub fn assertion_long(seconds: i64) -> String {
    format!(
        "The assertion was made to live {}; five to ten minutes are what issuers expect.",
        of_seconds(seconds)
    )
}

fn of_seconds(seconds: i64) -> String {
    super::span(std::time::Duration::from_secs(seconds.unsigned_abs()))
}

/// An error that libraries make themselves.
pub fn library_made(name: &str, makers: &[&str]) -> String {
    format!(
        "{name} is made inside the program by {}: no server sent it, so the program's own log and the inner exception know more than any sign-in log.",
        makers.join(" or ")
    )
}

/// A trace id that was there before, at `earlier`.
pub fn repeated(earlier: &str) -> String {
    format!(
        "This trace ID was there already at {earlier}. The service gives every request a new one, so this is the same answer again: a library repeats what it remembers, and what was mended since then was not tried. Wait a few minutes or start the application anew, then judge."
    )
}
