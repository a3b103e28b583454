//! What came of checking a token, and what else is said about it.

use std::time::Duration;

use crate::model::token::Age;
use crate::model::{Failure, Form, Moment, Signature, Unchecked, Verdict, Verification};

/// The verdict as a heading.
pub const fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Verified => "Verified",
        Verdict::Failed => "Failed",
        Verdict::NotChecked => "Not checked",
    }
}

/// What a text is that is meant to be a token.
pub const fn form(form: Form) -> &'static str {
    match form {
        Form::Jwt => "A JSON web token.",
        Form::Encrypted => {
            "An encrypted token (JWE): only the API that it is for can open it. Its header is all there is to see."
        }
        Form::Opaque => {
            "An opaque token: only its issuer and the API that it is for can read it. Nothing about it can be told from here."
        }
    }
}

/// What speaks against a token.
pub fn failure(failure: &Failure) -> String {
    match failure {
        Failure::Signature => {
            "The signature is not the key's: the token was changed, or somebody else made it."
                .into()
        }
        Failure::WrongKey { named, made_by } => format!(
            "The token names the key {named}, but the key {made_by} of the same issuer made the signature."
        ),
        Failure::Algorithm { named } if named.is_empty() => "The header names no algorithm.".into(),
        Failure::Algorithm { named } => format!(
            "The algorithm {named} does not go with the key. A token that turns a public key into a shared secret is forged."
        ),
        Failure::Unsigned => "Nobody signed it (alg is none): anyone can have written it.".into(),
        Failure::Critical { names } => {
            format!("The header demands something that is not understood here: {names}.")
        }
        Failure::Expired { at } => format!("It expired at {}.", at.iso()),
        Failure::NotYetValid { from } => format!(
            "It is not valid before {}. If that is only moments ahead, the clocks differ.",
            from.iso()
        ),
        Failure::MalformedTime { claim } => format!("Its {claim} is not a number of seconds."),
        Failure::Audience { is, wanted } if is.is_empty() => {
            format!("It names no audience, and {wanted} was expected.")
        }
        Failure::Audience { is, wanted } => format!("It is for {is}, not for {wanted}."),
        Failure::Issuer { is, wanted } if is.is_empty() => {
            format!("It names no issuer, and {wanted} was expected.")
        }
        Failure::Issuer { is, wanted } => {
            format!("It says that {is} issued it, but the keys are those of {wanted}.")
        }
    }
}

/// Why a signature was not checked.
pub fn unchecked(why: &Unchecked) -> String {
    match why {
        Unchecked::Opaque => "It is opaque: there is no signature to look at.".into(),
        Unchecked::Encrypted => "It is encrypted: only the API that it is for can open it.".into(),
        Unchecked::ForGraph => "There is a nonce in its header: it is for Microsoft Graph, which alone can check it. That says nothing against it.".into(),
        Unchecked::Symmetric => "It is signed with a shared secret (HMAC). Name the secret with --hmac-secret-env NAME to have it checked.".into(),
        Unchecked::Algorithm { named } => format!("The algorithm {named} is not known here."),
        Unchecked::KeyNotFound { named } if named.is_empty() => {
            "It names no key, and none of those published fits its algorithm.".into()
        }
        Unchecked::KeyNotFound { named } => format!(
            "The key {named} is not among those published. Keys are replaced every few weeks: the token may be older than they are, or from another issuer."
        ),
        Unchecked::NoIssuer { named } if named.is_empty() => {
            "It names no issuer, so nobody can be asked for keys. Name a file with --jwks FILE, or the authority with --authority URL.".into()
        }
        Unchecked::NoIssuer { named } => format!(
            "Its issuer {named} is no address that may be asked: only https, or this machine. Name a file with --jwks FILE, or the authority with --authority URL."
        ),
        Unchecked::Unreachable { detail } => format!("The issuer's keys could not be fetched: {detail}"),
        Unchecked::NoKeys { detail } => format!("The issuer's keys were not found: {detail}"),
        Unchecked::OtherHost { host } => format!(
            "The issuer's metadata sends us to {host}, which was not named. If you trust it: --trust-host {host}"
        ),
        Unchecked::Gone => "The token itself is no longer held; only its fingerprint is.".into(),
    }
}

/// That a signature is good.
pub fn signed(key: &str, algorithm: &str) -> String {
    if key.is_empty() {
        format!("The signature is good ({algorithm}).")
    } else {
        format!("The signature is good ({algorithm}, key {key}).")
    }
}

/// Everything that a check found, a sentence each.
pub fn findings(found: &Verification) -> Vec<String> {
    let mut out: Vec<String> = found.failures().map(failure).collect();
    match &found.signature {
        Signature::Good { key, algorithm } => out.push(signed(key, algorithm)),
        Signature::Unchecked(why) => out.push(unchecked(why)),
        Signature::Bad(_) => {}
    }
    out
}

/// The check in one line of a log.
pub fn checked(found: &Verification) -> String {
    let which = if found.id_token { ID } else { ACCESS };
    let words = findings(found).join(" ");
    let word = found.verdict().word();
    format!("Checked the {which} token: {word}. {words}")
}

const ID: &str = "ID";
const ACCESS: &str = "access";

/// Which token a verdict is about, where it is not the access token.
pub const OF_ID_TOKEN: &str = "(the ID token; the access token is not a JWT)";

/// How long it is still valid, or was.
pub fn age(age: Age) -> String {
    match age {
        Age::Early(ahead) => format!("not valid yet; begins in {}", span(ahead)),
        Age::Valid(left) => format!("valid for {} more", span(left)),
        Age::Over(ago) => format!("expired {} ago", span(ago)),
        Age::Unknown => "it does not say when it ends".into(),
    }
}

/// A date, and how far from now it is.
pub fn date(at: Moment, now: Moment) -> String {
    let (ahead, ago) = (at.since(now), now.since(at));
    if ahead.is_zero() {
        format!("{}, {} ago", at.iso(), span(ago))
    } else {
        format!("{}, in {}", at.iso(), span(ahead))
    }
}

/// The server's clock beside this machine's.
pub fn server_clock(server: Moment, now: Moment) -> String {
    let (ahead, behind) = (server.since(now), now.since(server));
    let apart = ahead.max(behind);
    let at = server.iso();
    if apart < Duration::from_secs(2) {
        format!("{at}, as here")
    } else if ahead > behind {
        format!("{at}, {} ahead of this machine", span(apart))
    } else {
        format!("{at}, {} behind this machine", span(apart))
    }
}

/// A span of time in its two largest units.
pub fn span(time: Duration) -> String {
    let seconds = time.as_secs();
    let units = [("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1)];
    let first = units.iter().position(|(_, size)| seconds >= *size);
    let Some(first) = first else {
        return "0 s".into();
    };
    let (unit, size) = units[first];
    let large = format!("{} {unit}", seconds / size);
    match units.get(first + 1) {
        Some((next, small)) if seconds % size >= *small => {
            format!("{large} {} {next}", seconds % size / small)
        }
        _ => large,
    }
}

/// One permission with what it allows.
pub fn permission_line(name: &str, allows: &str) -> String {
    format!("{name}: {allows}")
}

/// One value of `amr` with what it stands for.
pub fn amr_line(value: &str, words: &str) -> String {
    format!("{value} stands for {words}")
}

/// One directory role by its name.
pub fn role_line(id: &str, name: &str) -> String {
    format!("{id}: {name}")
}

/// It is an application's own token although it looks like a person's, or the other way round: neither scp nor roles.
pub const NO_RIGHTS: &str =
    "It carries neither scp nor roles: an API that checks permissions will refuse it.";
/// An ID token.
pub const IS_ID_TOKEN: &str =
    "It looks like an ID token: it tells the app who signed in. An API must not accept it.";
/// It is bound to a key.
pub const IS_BOUND: &str =
    "It is bound to a key (cnf): whoever presents it has to prove that they hold that key.";

/// Labels of the lines.
pub const LIFETIME: &str = "Lifetime";
/// The server's clock.
pub const SERVER_CLOCK: &str = "Server's clock";
/// The check.
pub const CHECK: &str = "Check";
/// Where the keys came from.
pub const KEYS_FROM: &str = "Keys from";
/// The header.
pub const HEADER: &str = "Header";
/// The claims.
pub const CLAIMS: &str = "Claims";
/// The token by its fingerprint.
pub const FINGERPRINT: &str = "Fingerprint";
/// Nothing was asked.
pub const NOT_ASKED: &str = "Not checked: nobody asked for it. --verify fetches the issuer's keys; --jwks FILE needs no network.";
/// Two tokens.
pub const FIRST: &str = "First";
/// The other one.
pub const SECOND: &str = "Second";
/// Two tokens that differ in nothing that matters.
pub const NO_DIFFERENCE: &str = "They differ in nothing that matters.";
/// One of two tokens cannot be read.
pub const NOT_COMPARABLE: &str =
    "They cannot be compared claim by claim: one of them cannot be read.";
/// The value that is not there.
pub const ABSENT: &str = "(not there)";

/// What differs and says nothing.
pub fn noise(names: &[&str]) -> String {
    let count = names.len();
    let claims = if count == 1 {
        "part that differs"
    } else {
        "parts that differ"
    };
    format!("and {count} {claims} in every token: {}", names.join(", "))
}

/// One difference of two tokens.
pub fn difference(what: &str, left: &str, right: &str, why: &str) -> String {
    let reason = if why.is_empty() {
        String::new()
    } else {
        format!("    {why}\n")
    };
    format!("{what}\n  - {left}\n  + {right}\n{reason}")
}
