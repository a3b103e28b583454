//! Which parameter a refused request is to be corrected in: as the code, the error or the words of the refusal tell.

use crate::guide::case::Case;
use crate::model::Class;

/// Codes whose parameter is known.
const BY_CODE: &[(&str, &str)] = &[
    ("AADSTS700016", "client_id"),
    ("AADSTS70001", "client_id"),
    ("AADSTS50011", "redirect_uri"),
    ("AADSTS500112", "redirect_uri"),
    ("AADSTS70011", "scope"),
    ("AADSTS500011", "scope"),
    ("AADSTS50001", "scope"),
    ("AADSTS650057", "scope"),
    ("AADSTS28000", "scope"),
    ("AADSTS28002", "scope"),
    ("AADSTS28003", "scope"),
    ("AADSTS1002012", "scope"),
    ("AADSTS90002", "authority"),
    ("AADSTS900439", "authority"),
    ("AADSTS900432", "authority"),
    ("AADSTS90023", "authority"),
    ("AADSTS50059", "authority"),
    ("AADSTS90027", "authority"),
    ("AADSTS90124", "authority"),
    ("AADSTS90130", "authority"),
    ("AADSTS90133", "authority"),
    ("AADSTS500201", "authority"),
    ("AADSTS9001023", "authority"),
    ("AADSTS9002332", "authority"),
    ("AADSTS9002331", "authority"),
    ("AADSTS9002346", "authority"),
    ("AADSTS700005", "authority"),
    ("AADB2C90087", "authority"),
    ("AADB2C90088", "authority"),
    ("AADSTS7000218", "client_secret"),
    ("AADSTS7000216", "client_secret"),
    ("AADSTS700025", "client_secret"),
    ("AADSTS50034", "username"),
    ("AADSTS70003", "flow"),
];

/// Errors that are about one parameter by their definition.
const BY_ERROR: &[(&str, &str)] = &[
    ("unsupported_response_mode", "response_mode"),
    ("invalid_authorization_details", "authorization_details"),
    ("invalid_request_object", "request"),
    ("request_not_supported", "request"),
];

/// Names that are no words of a language: wherever they stand, the parameter is meant.
const NAMES: &[(&str, &str)] = &[
    ("client_id", "client_id"),
    ("client_secret", "client_secret"),
    ("client_assertion", "client_secret"),
    ("redirect_uri", "redirect_uri"),
    ("refresh_token", "refresh_token"),
    ("grant_type", "flow"),
    ("response_type", "response_type"),
    ("response_mode", "response_mode"),
    ("code_challenge", "code_challenge"),
    ("code_challenge_method", "code_challenge_method"),
    ("pkce", "code_challenge"),
    ("authorization_details", "authorization_details"),
];

/// Names that are words as well: they are meant where they are quoted or called a parameter.
const WORDS: &[(&str, &str)] = &[
    ("scope", "scope"),
    ("resource", "resource"),
    ("audience", "audience"),
    ("username", "username"),
    ("password", "password"),
    ("claims", "claims"),
    ("prompt", "prompt"),
    ("request", "request"),
];

/// What else a parameter is called.
const PHRASES: &[(&str, &str)] = &[
    ("openid scope", "scope"),
    ("request object", "request"),
    ("request and request_uri", "request"),
    ("resource indicator", "resource"),
    ("audience value", "audience"),
];

/// Marks that stand around a name.
const MARKS: [char; 3] = ['\'', '"', '`'];

/// The parameter that a step "change the request" is about.
pub(in crate::guide) fn of(case: &Case<'_>, class: Class) -> &'static str {
    let by_code = BY_CODE
        .iter()
        .find(|(code, _)| case.primary() == Some(code));
    let by_error = || BY_ERROR.iter().find(|(error, _)| case.is_error(&[error]));
    if let Some((_, parameter)) = by_code.or_else(by_error) {
        return parameter;
    }
    in_words(case).unwrap_or(match class {
        Class::Tenant => "authority",
        Class::AppCredential => "client_secret",
        Class::UserCredential | Class::Account => "username",
        Class::Config => "client_id",
        Class::Grant => "flow",
        _ => "scope",
    })
}

/// The first parameter that the description names.
pub(super) fn in_words(case: &Case<'_>) -> Option<&'static str> {
    let text = case.description.to_lowercase();
    let phrases = PHRASES
        .iter()
        .filter_map(|(phrase, parameter)| Some((text.find(phrase)?, *parameter)));
    let names = words(&text).filter_map(|(at, word)| {
        let of = |known: &[(&str, &'static str)]| {
            let found = known.iter().find(|(name, _)| *name == word);
            found.map(|(_, parameter)| (at, *parameter))
        };
        of(NAMES).or_else(|| of(WORDS).filter(|_| is_meant(&text, at, word)))
    });
    let first = phrases.chain(names).min_by_key(|(at, _)| *at);
    first.map(|(_, parameter)| parameter)
}

/// The words of a text, each with where it begins.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_outside = |letter: char| !letter.is_alphanumeric() && letter != '_';
    let mut end = 0;
    text.split_inclusive(is_outside).map(move |piece| {
        let at = end;
        end += piece.len();
        (at, piece.trim_end_matches(is_outside))
    })
}

/// Whether a word stands in marks or is called a parameter.
fn is_meant(text: &str, at: usize, word: &str) -> bool {
    let (before, after) = (&text[..at], &text[at + word.len()..]);
    (before.ends_with(MARKS) && after.starts_with(MARKS))
        || after.starts_with(" parameter")
        || before.ends_with("parameter ")
        || before.ends_with("parameter: ")
}

#[cfg(test)]
mod tests {
    use crate::guide::samples::{Scene, spec};
    use crate::model::{Diagnosis, Doing, Flow, Place, ResponseType, RunSpec};

    /// What is to be corrected after a refusal on the sign-in page.
    fn corrected(error: &str, description: &str, change: impl FnOnce(&mut RunSpec)) -> Diagnosis {
        Scene::refused(spec(Flow::Interactive), error, &[])
            .at(Place::Authorize)
            .description(description)
            .with(change)
            .diagnose()
    }

    fn parameter(diagnosis: &Diagnosis) -> &str {
        let steps = &diagnosis.plan.steps;
        let found = steps.iter().find_map(|step| match &step.doing {
            Doing::FixRequest { parameter } => Some(parameter.as_str()),
            _ => None,
        });
        found.expect("a step corrects the request")
    }

    /// Error and description as npm oidc-provider 9 writes them, and the parameter that is meant.
    const REFUSALS: &[(&str, &str, &str)] = &[
        (
            "invalid_request",
            "requested response_type is not allowed for this client",
            "response_type",
        ),
        (
            "invalid_request",
            "requested response_mode is not allowed for this client or request",
            "response_mode",
        ),
        (
            "unsupported_response_mode",
            "unsupported response_mode requested",
            "response_mode",
        ),
        (
            "invalid_request",
            "response_mode not allowed for this response_type unless encrypted",
            "response_mode",
        ),
        (
            "invalid_request",
            "not supported value of code_challenge_method",
            "code_challenge_method",
        ),
        (
            "invalid_request",
            "code_challenge must be provided with code_challenge_method",
            "code_challenge",
        ),
        (
            "invalid_request",
            "Authorization Server policy requires PKCE to be used for this request",
            "code_challenge",
        ),
        (
            "invalid_request",
            "request and request_uri parameters MUST NOT be used together",
            "request",
        ),
        (
            "invalid_request",
            "Request Object must be used by this client",
            "request",
        ),
        (
            "request_not_supported",
            "request parameter provided but not supported",
            "request",
        ),
        (
            "invalid_request_object",
            "request response_type must equal the one in request parameters",
            "request",
        ),
        (
            "invalid_request",
            "authorization_details parameter is not supported for this response_type",
            "authorization_details",
        ),
        (
            "invalid_authorization_details",
            "unsupported authorization details type value",
            "authorization_details",
        ),
        (
            "invalid_target",
            "resource indicator must be an absolute URI",
            "resource",
        ),
        (
            "invalid_target",
            "only a single audience value is supported",
            "audience",
        ),
        ("invalid_request", "'audience' must not be sent", "audience"),
        (
            "invalid_request",
            "openid scope must be requested for this response_type",
            "scope",
        ),
        (
            "invalid_request",
            "missing required parameter(s) 'scope'",
            "scope",
        ),
    ];

    #[test]
    fn a_refusal_is_about_the_parameter_that_its_words_name() {
        for (error, description, expected) in REFUSALS {
            let diagnosis = corrected(error, description, |_| {});
            assert_eq!(parameter(&diagnosis), *expected, "{description}");
            let wrong = *expected != "scope" && diagnosis.do_now.contains("Correct scope");
            assert!(!wrong, "{description}: {}", diagnosis.do_now);
        }
    }

    #[test]
    fn a_target_is_looked_for_where_it_was_asked_for() {
        let refused = |name: &str| {
            corrected("invalid_target", "unknown", |spec| {
                spec.asking.extra = vec![(name.into(), "https://api.example".into())];
            })
        };
        assert_eq!(parameter(&refused("resource")), "resource");
        assert_eq!(parameter(&refused("audience")), "audience");
        assert_eq!(parameter(&refused("mkt")), "scope");
    }

    #[test]
    fn an_answer_that_is_not_offered_is_another_flow_unless_it_was_chosen() {
        let refused = |kind| {
            corrected("unsupported_response_type", "", |spec| {
                spec.asking.response_type = kind;
            })
        };
        assert_eq!(parameter(&refused(ResponseType::Code)), "flow");
        assert_eq!(parameter(&refused(ResponseType::IdToken)), "response_type");
    }
}
