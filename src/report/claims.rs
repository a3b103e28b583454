//! Claims requests laid open, as text and as a document.

use std::fmt::Write as _;

use serde_json::{Value as Json, json};

use crate::model::Clean;
use crate::model::claims_view::{AskedClaim, ClaimsView};
use crate::strings::claims as say;

/// The document of `claims`.
pub fn document(views: &[ClaimsView]) -> Json {
    json!({ "schema": 1, "challenges": views })
}

/// For people.
pub fn text(views: &[ClaimsView]) -> String {
    views.iter().map(one).collect::<Vec<_>>().join("\n")
}

fn one(view: &ClaimsView) -> String {
    let mut out = format!("{}\n", Clean::line(&view.claims.to_string()));
    let _ = writeln!(out, "\n{}:", say::ASKS);
    for asked in &view.asked {
        claim(&mut out, asked);
    }
    if view.merged != view.claims {
        let merged = view.merged.to_string();
        let _ = writeln!(out, "\n{}:\n  {}", say::SENT, Clean::line(&merged));
    }
    for form in &view.forms {
        let _ = writeln!(out, "\n{}:\n  {}", form.title, Clean::line(&form.text));
    }
    out
}

fn claim(out: &mut String, asked: &AskedClaim) {
    let values = if asked.values.is_empty() {
        say::ANY.to_owned()
    } else {
        asked.values.join(", ")
    };
    let essential = if asked.essential {
        format!(" · {}", say::ESSENTIAL)
    } else {
        String::new()
    };
    let line = format!("{} {}: {values}{essential}", asked.part, asked.name);
    let _ = writeln!(out, "  {}\n    {}", Clean::line(&line), asked.meaning);
}
