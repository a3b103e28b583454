//! What is asked of the sign-in page, as the form's choices.

use super::field::Field;
use super::proof::turned;
use crate::model::{Asking, Prompt, ResponseMode};
use crate::strings::explorer as s;

/// The prompts, in the order they are gone through.
const PROMPTS: [Prompt; 4] = [
    Prompt::SelectAccount,
    Prompt::Login,
    Prompt::Consent,
    Prompt::None,
];

/// The next or the previous value of a choice; other fields stay.
pub fn turn(asking: &mut Asking, field: Field, on: bool) {
    match field {
        Field::Prompt => asking.prompt = turned(&PROMPTS, asking.prompt, on),
        Field::Mode => {
            asking.response_mode = turned(&ResponseMode::ALL, asking.response_mode, on);
        }
        _ => {}
    }
}

/// A choice as shown.
pub const fn shown(asking: &Asking, field: Field) -> &'static str {
    match field {
        Field::Prompt => s::prompt(asking.prompt),
        Field::Mode => s::response_mode(asking.response_mode),
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_choice_is_gone_through_and_shown_in_words_of_its_own() {
        for (field, count) in [(Field::Prompt, 5), (Field::Mode, 4)] {
            let mut asking = Asking::default();
            let mut seen = Vec::new();
            for _ in 0..count {
                assert!(!seen.contains(&shown(&asking, field)), "{seen:?}");
                seen.push(shown(&asking, field));
                turn(&mut asking, field, true);
            }
            assert!(asking.is_usual(), "{field:?}");
        }
    }
}
