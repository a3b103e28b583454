//! Which code an error belongs to that is named before it: `invalid_grant: AADSTS50076: …`, and
//! `error: 'invalid_grant', error_description: 'AADSTS50076: …'`.

use super::mark::{Form, Mark, Sort};
use crate::model::FactKind;

/// How many marks behind an error are looked at, and how far its code and its description may stand, in bytes.
const MOST: usize = 12;
const CODE: usize = 300;
const DESCRIPTION: usize = 200;

/// The code or the description that follows an error as its own; `None` for all other marks.
pub(super) fn of<'a>(text: &str, mark: &Mark, coming: &'a [Mark]) -> Option<&'a Mark> {
    if !mark.is(FactKind::Error) {
        return None;
    }
    for (index, next) in coming.iter().take(MOST).enumerate() {
        let Sort::Fact(kind) = next.sort else {
            return None;
        };
        let far = next.at.start.saturating_sub(mark.at.end);
        match kind {
            FactKind::Error if next.value != mark.value => return None,
            FactKind::Code if next.form == Form::Prose => {
                let line = text.get(mark.at.end..next.at.start)?;
                let ends = line.contains('\n') || line.contains("\\n");
                return (far <= CODE && !ends).then_some(next);
            }
            FactKind::Description => {
                let inside =
                    |code: &&Mark| code.is(FactKind::Code) && next.at.contains(&code.at.start);
                let code = coming[index + 1..].iter().take(MOST).find(inside);
                return (far <= DESCRIPTION).then_some(code.unwrap_or(next));
            }
            _ => {}
        }
    }
    None
}
