//! A chain of credentials in which none had a token: each is told with what it lacked and what it would need. Which of
//! them is meant to work depends on where the program runs, and only its developer knows.

use super::Rule;
use crate::guide::case::Case;
use crate::guide::draft::Draft;
use crate::model::{Actor, Class, Confidence, FactKind, Login};
use crate::strings::guide::chain as says;

/// No credential of the chain had a token.
pub(super) const NONE: Rule = Rule {
    id: "chain/none",
    applies: |case, _| case.is_chain(),
    judge: |case, draft| {
        let attempts: Vec<(&str, &str)> = attempts(case).collect();
        draft.title(case, says::none(attempts.len()));
        draft.decide(Class::Config, &[Actor::Developer], Login::AfterFix);
        draft.confidence = Confidence::Observed;
        draft.go(&["supply-one-credential", "name-one-credential"]);
        for (name, said) in &attempts {
            draft.note(says::attempt(name, said, need(name, said)));
        }
        worth(&attempts, draft);
    },
};

fn attempts<'c>(case: &Case<'c>) -> impl Iterator<Item = (&'c str, &'c str)> {
    let facts = case.evidence.reading.all(FactKind::Attempt);
    facts.filter_map(|fact| fact.value.split_once(": "))
}

/// Whether a credential got as far as being refused: what the server or the tool said is worth more than the rest.
fn was_refused(said: &str) -> bool {
    let refused = [
        "AADSTS",
        "invalid_client",
        "invalid_grant",
        "authentication failed",
    ];
    refused.iter().any(|word| said.contains(word))
}

/// Which of them to look at first.
fn worth(attempts: &[(&str, &str)], draft: &mut Draft) {
    if let Some((name, _)) = attempts.iter().find(|(_, said)| was_refused(said)) {
        return draft.note(says::refused(name));
    }
    let says_that = |name: &str, words: &[&str]| {
        let mut of = attempts.iter().filter(|(tried, _)| *tried == name);
        of.any(|(_, said)| {
            let said = said.to_lowercase();
            words.iter().any(|word| said.contains(word))
        })
    };
    if says_that("AzureCliCredential", &["az login", "log in", "expired"]) {
        draft.note(says::CLI_IS_THERE);
    } else if says_that(
        "ManagedIdentityCredential",
        &[
            "identity not found",
            "no managed identity",
            "not been assigned",
        ],
    ) {
        draft.note(says::MACHINE_IS_THERE);
    } else {
        draft.note(says::WHERE_IT_RUNS);
    }
}

/// What a credential would need.
fn need(name: &str, said: &str) -> &'static str {
    if was_refused(said) {
        return says::SET_UP;
    }
    let said = said.to_lowercase();
    let missing = [
        "not installed",
        "not found",
        "could not be found",
        "no such file",
    ];
    let absent = missing.iter().any(|word| said.contains(word));
    match name {
        "EnvironmentCredential" => says::ENVIRONMENT,
        "WorkloadIdentityCredential" => says::WORKLOAD,
        "ManagedIdentityCredential" if said.contains("identity not found") => says::NO_IDENTITY,
        "ManagedIdentityCredential" => says::MACHINE,
        "SharedTokenCacheCredential" => says::SHARED_CACHE,
        "VisualStudioCredential" => says::VISUAL_STUDIO,
        "VisualStudioCodeCredential" => says::VISUAL_STUDIO_CODE,
        "AzureCliCredential" if absent => says::CLI_MISSING,
        "AzureCliCredential" => says::CLI,
        "AzurePowerShellCredential" if absent => says::POWERSHELL_MISSING,
        "AzurePowerShellCredential" => says::POWERSHELL,
        "AzureDeveloperCliCredential" if absent => says::DEVELOPER_CLI_MISSING,
        "AzureDeveloperCliCredential" => says::DEVELOPER_CLI,
        "InteractiveBrowserCredential" | "BrokerCredential" => says::BROWSER,
        _ => says::OTHER,
    }
}
