//! What is asked of the sign-in page, as the form's choices.

use super::field::Field;
use super::proof::turned;
use crate::model::{Asking, ChallengeMethod, Prompt, ResponseMode, ResponseType};
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
        Field::Signed => asking.request_object = !asking.request_object,
        Field::Answer => {
            // The code is what is usual, and stands for no choice.
            let others = &ResponseType::ALL[1..];
            let here = Some(asking.response_type);
            asking.response_type = turned(others, here, on).unwrap_or_default();
        }
        Field::Mode => {
            asking.response_mode = turned(&ResponseMode::ALL, asking.response_mode, on);
        }
        Field::Pkce => asking.pkce = turned(&ChallengeMethod::ALL, asking.pkce, on),
        _ => {}
    }
}

/// A choice as shown.
pub const fn shown(asking: &Asking, field: Field) -> &'static str {
    match field {
        Field::Prompt => s::prompt(asking.prompt),
        Field::Signed => s::request_object(asking.request_object),
        Field::Answer => s::response_type(asking.response_type),
        Field::Mode => s::response_mode(asking.response_mode),
        Field::Pkce => s::pkce(asking.pkce),
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_choice_is_gone_through_and_shown_in_words_of_its_own() {
        for (field, count) in [
            (Field::Prompt, 5),
            (Field::Signed, 2),
            (Field::Answer, 7),
            (Field::Mode, 8),
            (Field::Pkce, 4),
        ] {
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
