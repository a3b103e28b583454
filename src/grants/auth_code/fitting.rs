//! What the metadata says the server does not do, found before anything is sent.

use serde_json::Value as Json;

use super::Given;
use crate::grants::Metadata;
use crate::model::{Problem, RunSpec};
use crate::strings::asking as lint;
use crate::strings::grants as say;

/// Looks for what the server says it does not do.
///
/// # Errors
/// The first of it, with what the metadata lists.
pub(super) fn check(spec: &RunSpec, metadata: &Metadata, given: &Given<'_>) -> Result<(), Problem> {
    at_microsoft(spec, metadata)?;
    challenge(spec, metadata)?;
    request(spec, metadata, given)?;
    details(metadata, given)
}

/// As the check before the request says it, where only the metadata told that a Microsoft service answers.
fn at_microsoft(spec: &RunSpec, metadata: &Metadata) -> Result<(), Problem> {
    let asking = &spec.asking;
    if metadata.is_microsoft() && asking.request_object {
        let (what, expected) = (lint::NO_REQUEST_OBJECT, lint::PLAIN_REQUEST);
        return Err(Problem::new(what, "request", expected));
    }
    if metadata.is_microsoft() && asking.mode().is_signed() {
        let (what, expected) = (lint::NO_JARM, lint::PLAIN_MODES);
        return Err(Problem::new(what, "response_mode", expected));
    }
    Ok(())
}

/// A way to bind the code that was chosen and is not listed (RFC 8414 section 2).
fn challenge(spec: &RunSpec, metadata: &Metadata) -> Result<(), Problem> {
    let name = "code_challenge_methods_supported";
    let chosen = spec.asking.pkce.map(|_| spec.asking.challenge().word());
    match (&metadata.accepts.challenge_methods, chosen) {
        (Some(listed), Some(word)) if word != "none" && !has(listed, word) => Err(Problem::new(
            say::challenge_unlisted(word),
            "pkce",
            say::listed(name, listed),
        )),
        _ => Ok(()),
    }
}

/// A signed request where none is taken, or none by the algorithm (RFC 9101 section 10.5, OpenID Connect Discovery 3).
fn request(spec: &RunSpec, metadata: &Metadata, given: &Given<'_>) -> Result<(), Problem> {
    let accepts = &metadata.accepts;
    if !spec.asking.request_object {
        return if accepts.must_sign_request {
            let (what, expected) = (say::REQUEST_MUST_BE_SIGNED, say::SIGN_IT);
            Err(Problem::new(what, "request", expected))
        } else {
            Ok(())
        };
    }
    let none = || Problem::new(lint::NO_REQUEST_KEY, "request", lint::REQUEST_KEY);
    let algorithm = given.request_algorithm.ok_or_else(none)?;
    if accepts.request_object == Some(false) {
        let expected = lint::PLAIN_REQUEST;
        return Err(Problem::new(say::REQUEST_UNSUPPORTED, "request", expected));
    }
    match &accepts.request_algorithms {
        Some(listed) if !has(listed, algorithm) => Err(Problem::new(
            say::request_algorithm_unlisted(algorithm),
            "request",
            say::listed("request_object_signing_alg_values_supported", listed),
        )),
        _ => Ok(()),
    }
}

/// Authorization details of a type that is not listed (RFC 9396 section 10).
fn details(metadata: &Metadata, given: &Given<'_>) -> Result<(), Problem> {
    let (Some(text), Some(listed)) = (&given.details, &metadata.accepts.details_types) else {
        return Ok(());
    };
    let read: Json = serde_json::from_str(text).unwrap_or_default();
    let types = read.as_array().into_iter().flatten();
    let mut types = types.filter_map(|one| one.get("type")?.as_str());
    match types.find(|kind| !has(listed, kind)) {
        Some(kind) => Err(Problem::new(
            say::details_type_unlisted(kind),
            super::asked::DETAILS,
            say::listed("authorization_details_types_supported", listed),
        )),
        None => Ok(()),
    }
}

fn has(listed: &[String], word: &str) -> bool {
    listed.iter().any(|known| known == word)
}
