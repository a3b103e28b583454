//! How two runs or tokens differ, as text and as JSON.

use serde_json::{Value as Json, json};

use crate::compare::Difference;
use crate::redact::Redactor;
use crate::strings::token as say;

/// Takes secrets out of the values.
pub(super) fn redact(found: &mut [Difference], redactor: &Redactor) {
    for difference in found {
        let values = [&mut difference.left, &mut difference.right];
        for text in values.into_iter().flatten() {
            *text = redactor.text(text).into_inner();
        }
    }
}

/// Every difference, in order.
pub(super) fn json(found: &[Difference]) -> Vec<Json> {
    let one = |one: &Difference| json!({ "what": one.what, "left": one.left, "right": one.right, "matters": one.matters, "why": one.why });
    found.iter().map(one).collect()
}

/// What matters in lines, the rest by name.
pub(super) fn text(found: &[Difference]) -> String {
    let mut out = String::new();
    let (matter, noise): (Vec<_>, Vec<_>) = found.iter().partition(|one| one.matters);
    if matter.is_empty() {
        out = out + say::NO_DIFFERENCE + "\n";
    }
    for one in matter {
        let (left, right) = (one.left.as_deref(), one.right.as_deref());
        let (left, right) = (left.unwrap_or(say::ABSENT), right.unwrap_or(say::ABSENT));
        out.push_str(&say::difference(&one.what, left, right, &one.why));
    }
    let names: Vec<&str> = noise.iter().map(|one| one.what.as_str()).collect();
    if !names.is_empty() {
        out = out + &say::noise(&names) + "\n";
    }
    out
}
