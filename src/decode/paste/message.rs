//! What libraries and APIs write beside their errors: `errorMessage`, and the `code` of an API's error object.

use super::mark::Form;
use super::scan::Scan;
use super::value::{Named, describe, holds_code, single_word, start};
use crate::decode::code::{is_error_shaped, is_known_error};
use crate::decode::known;
use crate::decode::member;
use crate::model::FactKind;

/// How far behind `"error": {` its `code` is looked for, in bytes.
pub(super) const OBJECT: usize = 600;

/// `errorMessage: …`: the error itself, or a sentence, which counts where a code stands in it or an error before it.
pub(super) fn of_library(scan: &mut Scan<'_>, named: &Named) -> usize {
    let inside = start(scan, named.value);
    if let Some(at) = single_word(scan, named.value) {
        let word = scan.text[at.clone()].to_owned();
        if is_known_error(&word) {
            let end = at.end;
            scan.push(FactKind::Error, Form::Member, word, at);
            return end;
        }
    }
    let after_error = scan
        .marks
        .last()
        .is_some_and(|mark| mark.is(FactKind::Error) && inside - mark.at.end < 80);
    if inside < scan.described || !(after_error || holds_code(scan, inside)) {
        disown(scan, named);
        return inside;
    }
    describe(scan, named)
}

/// `{"errorCode": 50034, "errorMessage": "…"}`: an API that numbers errors of its own, unless its sentence tells a code.
fn disown(scan: &mut Scan<'_>, named: &Named) {
    const BESIDE: usize = 160;
    if member::quote(scan.bytes, named.name.end).is_none() {
        return;
    }
    let number = scan.marks.last().filter(|mark| {
        mark.is(FactKind::Code) && mark.form == Form::Weak && named.name.start - mark.at.end < 24
    });
    if number.is_some() {
        scan.marks.pop();
    }
    scan.foreign = named.name.end + BESIDE;
}

/// `"error": {"code": "…"}` of an API, or `Code: …` with a message or a description on the next line.
pub(super) fn of_api(scan: &mut Scan<'_>, named: &Named) -> usize {
    let Some(at) = single_word(scan, named.value) else {
        return named.value;
    };
    let word = &scan.text[at.clone()];
    let name = word.starts_with(|c: char| c.is_ascii_alphabetic());
    let inside = scan.in_error.contains(&named.name.start) && scan.bytes[named.name.end] == b'"';
    let refusal = inside && known::is_refusal(word);
    let form = if known::is_of_api(word) && !known::is_wrapper(word) || refusal {
        Form::Member
    } else if name && (inside || before_message(scan, at.end))
        || is_error_shaped(word) && (is_known_error(word) || known::is_of_library(word))
    {
        Form::Weak
    } else {
        return named.value;
    };
    let (word, end) = (word.to_owned(), at.end);
    scan.push(FactKind::Error, form, word, at);
    end
}

/// Whether the next line begins with `Message:`.
fn before_message(scan: &Scan<'_>, end: usize) -> bool {
    let next = member::spaces(scan.bytes, end);
    let broken = scan.bytes[end..next].contains(&b'\n');
    broken && scan.text[next..].starts_with("Message:")
}
