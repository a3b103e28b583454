//! Which library the input names, and in which version.

use crate::model::{FactKind, Prediction, Reading};
use crate::strings::predict as say;

/// What a library is called in facts, and in predictions.
const NAMES: &[(&str, &str)] = &[
    ("msal-python", "msal-python"),
    ("msal-dotnet", "msal-dotnet"),
    ("msal-node", "msal-js"),
    ("msal-common", "msal-js"),
    ("msal-go", "msal-go"),
    ("azure-identity-python", "azure-identity"),
];

/// The libraries that are named, each with its version where that is said.
fn named(reading: &Reading) -> impl Iterator<Item = (&str, Option<&str>)> {
    let facts = reading.all(FactKind::Library);
    facts.filter_map(|fact| {
        let mut words = fact.value.split_whitespace();
        Some((words.next()?, words.next()))
    })
}

fn predicted(name: &str) -> Option<&'static str> {
    let row = NAMES.iter().find(|(word, _)| *word == name);
    row.map(|(_, library)| *library)
}

/// Puts the version that is named into the predictions of its library, and these before the others.
pub(super) fn mark(reading: &Reading, predictions: &mut [Prediction]) {
    let known = named(reading).filter_map(|(name, version)| Some((predicted(name)?, version)));
    for (library, version) in known {
        for prediction in predictions.iter_mut().filter(|p| p.library == library) {
            let version = version.map(str::to_owned);
            prediction.your_version = prediction.your_version.take().or(version);
        }
    }
    let is_named = |prediction: &Prediction| {
        named(reading).any(|(name, _)| predicted(name) == Some(prediction.library.as_str()))
    };
    predictions.sort_by_key(|prediction| !is_named(prediction));
}

/// What to say of the libraries that are named and are not predicted; one sentence each.
pub(super) fn not_predicted(reading: &Reading) -> Vec<String> {
    let mut names: Vec<&str> = Vec::new();
    for (name, _) in named(reading) {
        if predicted(name).is_none() && !names.contains(&name) {
            names.push(name);
        }
    }
    names.into_iter().map(say::not_predicted).collect()
}
