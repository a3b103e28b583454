//! What a chain of credentials says when none of them had a token: `DefaultAzureCredential` and `ChainedTokenCredential`
//! of azure-identity, in every language. Each credential that was tried becomes a fact of its own.

use memchr::memmem;

use crate::model::{Fact, FactKind, Reading, Shape, Spot};

/// What such a text begins with, one for each way of saying it.
const BEGINNINGS: [&str; 5] = [
    "failed to retrieve a token from the included credentials",
    "failed to acquire a token.",
    "ChainedTokenCredential authentication failed",
    "CredentialUnavailableError",
    "Attempted credentials:",
];

/// What it ends with.
const ENDS: [&str; 4] = [
    "To mitigate this issue",
    "For more information",
    "\n   at ",
    "\nTraceback ",
];

/// The most that are read: no chain is longer.
const MOST: usize = 16;

/// The longest that one credential says here.
const LONGEST: usize = 600;

/// Credentials by name, and sentences of .NET that name none.
const CREDENTIALS: [(&str, &str); 24] = [
    ("EnvironmentCredential", "EnvironmentCredential"),
    ("WorkloadIdentityCredential", "WorkloadIdentityCredential"),
    ("ManagedIdentityCredential", "ManagedIdentityCredential"),
    ("SharedTokenCacheCredential", "SharedTokenCacheCredential"),
    ("VisualStudioCodeCredential", "VisualStudioCodeCredential"),
    ("VisualStudioCredential", "VisualStudioCredential"),
    ("AzureCliCredential", "AzureCliCredential"),
    ("AzureCLICredential", "AzureCliCredential"),
    ("AzurePowerShellCredential", "AzurePowerShellCredential"),
    ("AzureDeveloperCliCredential", "AzureDeveloperCliCredential"),
    ("AzureDeveloperCLICredential", "AzureDeveloperCliCredential"),
    ("InteractiveBrowserBrokerCredential", "BrokerCredential"),
    (
        "InteractiveBrowserCredential",
        "InteractiveBrowserCredential",
    ),
    ("BrokerCredential", "BrokerCredential"),
    ("ClientSecretCredential", "ClientSecretCredential"),
    ("ClientCertificateCredential", "ClientCertificateCredential"),
    ("ClientAssertionCredential", "ClientAssertionCredential"),
    ("AzurePipelinesCredential", "AzurePipelinesCredential"),
    ("Visual Studio Token provider", "VisualStudioCredential"),
    ("Azure CLI not installed", "AzureCliCredential"),
    ("Please run 'az login'", "AzureCliCredential"),
    ("PowerShell is not installed", "AzurePowerShellCredential"),
    ("Az.Account", "AzurePowerShellCredential"),
    ("Azure Developer CLI", "AzureDeveloperCliCredential"),
];

/// Reads the chain, if the text is of one and two credentials or more are in it.
pub(super) fn read(text: &str) -> Option<Reading> {
    let bytes = text.as_bytes();
    let begins = |words: &&str| memmem::find(bytes, words.as_bytes());
    let start = BEGINNINGS.iter().filter_map(begins).min()?;
    let rest = &text[start..];
    let end = ENDS.iter().filter_map(|end| rest.find(end)).min();
    let rest = &rest[..end.unwrap_or(rest.len())];
    let starts = starts(rest);
    let mut reading = Reading::empty(Shape::Text);
    for (nth, (at, name)) in starts.iter().enumerate().take(MOST) {
        let until = starts.get(nth + 1).map_or(rest.len(), |(next, _)| *next);
        let said = said(&rest[*at..until], name);
        if said.is_empty() {
            // It speaks through another, which follows.
            continue;
        }
        reading.facts.push(Fact {
            kind: FactKind::Attempt,
            value: format!("{name}: {said}"),
            from: Spot::Bytes(start + at, start + until),
        });
    }
    (reading.facts.len() > 1).then_some(reading)
}

/// Where each credential begins to speak. One that is named again before another has spoken is the same.
fn starts(text: &str) -> Vec<(usize, &'static str)> {
    let mut found: Vec<(usize, &'static str)> = Vec::new();
    for (written, name) in CREDENTIALS {
        for (at, _) in text.match_indices(written) {
            let inside = text[..at].ends_with(|c: char| c.is_ascii_alphanumeric());
            if !inside {
                found.push((at, name));
            }
        }
    }
    found.sort_unstable();
    found.dedup_by(|later, earlier| later.1 == earlier.1);
    found
}

/// What a credential says, without its name, without the link to its page, on one line.
fn said(text: &str, name: &str) -> String {
    let text = text.split("Visit https://").next().unwrap_or(text);
    let links = [" See the troubleshooting guide", " See https://"];
    let text = links
        .iter()
        .fold(text, |text, link| text.split(link).next().unwrap_or(text));
    let mut words = text.split_whitespace().filter(|word| {
        let bare = word.trim_end_matches(':');
        !bare.eq_ignore_ascii_case(name) && *word != "-" && bare != "CredentialUnavailableError"
    });
    let mut line = String::new();
    for word in words.by_ref() {
        if line.len() + word.len() > LONGEST {
            line.push('…');
            break;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line.trim_start_matches([':', '-', ' ']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PYTHON: &str = "DefaultAzureCredential failed to retrieve a token from the included credentials.\nAttempted credentials:\n\tEnvironmentCredential: EnvironmentCredential authentication unavailable. Environment variables are not fully configured.\nVisit https://aka.ms/azsdk/python/identity/environmentcredential/troubleshoot to troubleshoot this issue.\n\tManagedIdentityCredential: ManagedIdentityCredential authentication unavailable, no response from the IMDS endpoint.\n\tAzureCliCredential: Please run 'az login' to set up an account\nTo mitigate this issue, please refer to the troubleshooting guidelines here at https://aka.ms/azsdk/python/identity/defaultazurecredential/troubleshoot.";
    const DOTNET: &str = "Azure.Identity.CredentialUnavailableException: DefaultAzureCredential failed to retrieve a token from the included credentials. See the troubleshooting guide for more information.\n- EnvironmentCredential authentication unavailable. Environment variables are not fully configured.\n- Visual Studio Token provider can't be accessed at C:\\x\\tokenprovider.json\n- Azure CLI not installed\n   at Azure.Identity.DefaultAzureCredential.GetTokenFromSourcesAsync()";
    const GO: &str = "DefaultAzureCredential: failed to acquire a token.\nAttempted credentials:\n\tEnvironmentCredential: missing environment variable AZURE_TENANT_ID\n\tAzureCLICredential: Azure CLI not found on path";

    fn attempts(text: &str) -> Vec<String> {
        let reading = read(text).unwrap_or_else(|| panic!("no chain in {text}"));
        reading.facts.into_iter().map(|fact| fact.value).collect()
    }

    #[test]
    fn every_credential_is_told_with_its_own_words_in_every_language() {
        assert_eq!(
            attempts(PYTHON),
            [
                "EnvironmentCredential: authentication unavailable. Environment variables are not fully configured.",
                "ManagedIdentityCredential: authentication unavailable, no response from the IMDS endpoint.",
                "AzureCliCredential: Please run 'az login' to set up an account",
            ]
        );
        assert_eq!(
            attempts(DOTNET),
            [
                "EnvironmentCredential: authentication unavailable. Environment variables are not fully configured.",
                "VisualStudioCredential: Visual Studio Token provider can't be accessed at C:\\x\\tokenprovider.json",
                "AzureCliCredential: Azure CLI not installed",
            ]
        );
        assert_eq!(
            attempts(GO),
            [
                "EnvironmentCredential: missing environment variable AZURE_TENANT_ID",
                "AzureCliCredential: Azure CLI not found on path",
            ]
        );
    }

    #[test]
    fn where_each_stands_can_be_lit_up() {
        for fact in read(GO).unwrap().facts {
            let Spot::Bytes(from, to) = fact.from else {
                panic!("{fact:?}");
            };
            let (_, said) = fact.value.split_once(": ").unwrap();
            assert!(GO[from..to].contains(said), "{fact:?}");
        }
    }

    #[test]
    fn a_text_that_only_names_credentials_is_no_chain() {
        for text in [
            "",
            "use EnvironmentCredential or AzureCliCredential",
            "Attempted credentials: none",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic(before in "\\PC{0,40}", after in "\\PC{0,40}", cut in 0..PYTHON.len()) {
            let cut = PYTHON.floor_char_boundary(cut);
            let _ = read(&format!("{before}{}{after}{}", &PYTHON[..cut], &PYTHON[cut..]));
        }
    }
}
