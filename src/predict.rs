//! What MSAL Python, MSAL.NET, MSAL JS, MSAL Go and azure-identity do with a reply. One library a file, its rules as
//! data, first match wins. Where the input does not say enough (a pasted text without the suberror, say) every
//! possibility is tried, and a library whose behaviour differs gets a prediction for each, with `when`. Pure.

mod azure_identity;
mod case;
mod library;
mod msal_dotnet;
mod msal_go;
mod msal_js;
mod msal_python;
mod named;
mod rule;

#[cfg(test)]
mod tests;

use crate::model::{ClientKind, FaultKind, Flow, Place, Prediction, Reading};
use crate::strings::predict as say;

use case::Case;
use library::Library;

/// The situation a reading comes from.
#[derive(Clone, Copy, Debug)]
pub struct Context {
    /// The flow; `None` where it is not known (a paste).
    pub flow: Option<Flow>,
    /// The kind of client; `None` where it is not known.
    pub client: Option<ClientKind>,
    /// The HTTP status; `None` for a paste, which therefore may lack parts of the reply.
    pub status: Option<u16>,
    /// Why no (whole) reply came.
    pub fault: Option<FaultKind>,
    /// Where it surfaced.
    pub place: Place,
}

/// The libraries, in the order in which they are shown.
const LIBRARIES: [&Library; 5] = [
    &msal_python::LIBRARY,
    &msal_dotnet::LIBRARY,
    &msal_js::LIBRARY,
    &msal_go::LIBRARY,
    &azure_identity::LIBRARY,
];

/// What every library would have done; the one that the input names first. Empty for a reading that holds a token and no error, for one that holds
/// nothing at all, and for a run that the person cancelled.
pub fn all(reading: &Reading, context: &Context) -> Vec<Prediction> {
    if context.flow.is_some_and(is_in_no_library) {
        return Vec::new();
    }
    let Some(case) = Case::of(reading, *context) else {
        return Vec::new();
    };
    let guesses = case.guesses();
    let mut all: Vec<Prediction> = LIBRARIES
        .iter()
        .filter(|library| context.flow.is_none_or(|flow| has(library, flow)))
        .flat_map(|library| of(library, &guesses))
        .collect();
    named::mark(reading, &mut all);
    all
}

/// Whether a library has a call for a flow that some of the libraries have.
fn has(library: &Library, flow: Flow) -> bool {
    flow != Flow::UserFic
        || [&msal_python::LIBRARY, &msal_js::LIBRARY]
            .iter()
            .any(|known| known.name == library.name)
}

/// Whether none of the libraries has a flow.
const fn is_in_no_library(flow: Flow) -> bool {
    matches!(
        flow,
        Flow::Ciba | Flow::TokenExchange | Flow::JwtBearer | Flow::SamlBearer | Flow::AdminConsent
    )
}

/// What to say of a flow that none of the libraries has.
pub fn in_no_library(flow: Flow) -> Option<&'static str> {
    is_in_no_library(flow).then_some(say::IN_NO_LIBRARY)
}

/// What to say where the input comes from a library that is not predicted (Java, browser, mobile, or a credential
/// library in another language); a sentence for each.
pub fn not_predicted(reading: &Reading) -> Vec<String> {
    named::not_predicted(reading)
}

/// One library's predictions over all possibilities: equal ones become one, and where all are equal no condition is
/// named.
fn of(library: &Library, guesses: &[(&'static str, Case<'_>)]) -> Vec<Prediction> {
    let mut groups: Vec<(Vec<&'static str>, Vec<Prediction>)> = Vec::new();
    for (when, case) in guesses {
        let said = library.predict(case);
        match groups.iter_mut().find(|(_, held)| *held == said) {
            Some((conditions, _)) => conditions.push(when),
            None => groups.push((vec![when], said)),
        }
    }
    let certain = groups.len() == 1;
    let conditioned = groups.into_iter().flat_map(|(conditions, said)| {
        let base = (!certain).then(|| conditions.join(say::OR));
        said.into_iter().map(move |mut prediction| {
            let parts: Vec<String> = base
                .clone()
                .into_iter()
                .chain(prediction.when.take())
                .collect();
            prediction.when = (!parts.is_empty()).then(|| parts.join(say::AND));
            prediction
        })
    });
    conditioned.collect()
}
