//! A claims request that was pasted alone: what it asks for, and how each library and tool takes it.

use crate::model::claims_view::{AskedClaim, ClaimsView};
use crate::strings::claims as say;

use super::rows::{Content, Role, Tie};

/// Lays out every request.
pub fn lay_out(views: &[ClaimsView], out: &mut Content) {
    out.line(0, &[(Role::Strong, say::FOUND)]);
    for view in views {
        request(view, out);
    }
}

fn request(view: &ClaimsView, out: &mut Content) {
    out.gap();
    out.line(0, &[(Role::Label, say::ASKS)]);
    for asked in &view.asked {
        claim(asked, out);
    }
    for form in &view.forms {
        out.gap();
        out.line(0, &[(Role::Label, &form.title)]);
        out.item(form.text.clone(), Tie::Nothing);
        out.block(2, Role::Plain, &form.text);
    }
}

fn claim(asked: &AskedClaim, out: &mut Content) {
    let values = asked.values.join(", ");
    let values = if asked.values.is_empty() {
        say::ANY
    } else {
        &values
    };
    let name = format!("{} {}", asked.part, asked.name);
    out.item(format!("{name}: {values}"), Tie::Nothing);
    let essential = if asked.essential { say::ESSENTIAL } else { "" };
    let mark = if asked.essential { " · " } else { "" };
    out.line(
        4,
        &[
            (Role::Plain, "  "),
            (Role::Strong, &name),
            (Role::Plain, ": "),
            (Role::Plain, values),
            (Role::Dim, mark),
            (Role::Dim, essential),
        ],
    );
    out.block(4, Role::Dim, &asked.meaning);
}
