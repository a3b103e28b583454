//! What the token service of a machine answers, inside other text: it names no error, only a status and a message.

use crate::decode::place;
use crate::model::{Reading, Spot};

/// Its answer is not longer than this.
const LONGEST: usize = 1200;

/// Names with which its answers begin.
const STARTS: [&str; 4] = [
    "{\"statusCode\":",
    "{\"StatusCode\":",
    "{\"statusCode\" :",
    "{ \"statusCode\":",
];

/// The first such answer in a text that tells no other error.
pub(super) fn read(text: &str) -> Vec<Reading> {
    let found = STARTS.iter().filter_map(|start| text.find(start)).min();
    let Some(at) = found else {
        return Vec::new();
    };
    let near = &text[at..text.floor_char_boundary(at + LONGEST)];
    let Some(end) = near.find('}') else {
        return Vec::new();
    };
    let body = &near[..=end];
    let Some(mut reading) = super::json(body) else {
        return Vec::new();
    };
    for fact in &mut reading.facts {
        let found = place(body, &fact.from).unwrap_or(0..body.len());
        fact.from = Spot::Bytes(at + found.start, at + found.end);
    }
    vec![reading]
}
