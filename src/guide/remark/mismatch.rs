//! Values that an issuer compares character by character: redirect URIs, and issuer, subject and audience of a
//! federated assertion. The difference is marked where both sides are known; where only one is, its traps are named.

use url::Url;

use super::Remark;
use crate::guide::case::Case;
use crate::guide::draft::Draft;
use crate::guide::mark::difference;
use crate::model::authority::is_loopback;
use crate::strings::guide::mismatch as says;

/// Refusals of a redirect URI.
const REDIRECT_CODES: &[&str] = &[
    "AADSTS50011",
    "AADSTS500112",
    "AADSTS500113",
    "AADSTS900971",
    "AADB2C90006",
];
/// Refusals of a federated assertion.
const FEDERATED_CODES: &[&str] = &[
    "AADSTS70021",
    "AADSTS700211",
    "AADSTS700212",
    "AADSTS700213",
    "AADSTS7002138",
];
/// What a workload's token must be meant for, by cloud (protocol page "workload identity federation").
const EXCHANGE_AUDIENCES: &[&str] = &[
    "api://AzureADTokenExchange",
    "api://AzureADTokenExchangeUSGov",
    "api://AzureADTokenExchangeChina",
];

/// The redirect URI that was refused, against the other one that is known.
pub(super) const REDIRECT: Remark = Remark {
    id: "redirect-mismatch",
    make: |case, draft| {
        if !case.has_code(REDIRECT_CODES) {
            return;
        }
        let told = addresses(case.description);
        let own = case
            .evidence
            .spec
            .and_then(|spec| spec.redirect_uri.as_deref());
        let (sent, other) = match (told.as_slice(), own) {
            ([sent, other, ..], _) => (*sent, Some((*other, says::EARLIER))),
            ([sent], Some(own)) => (*sent, Some((own, says::PROFILE))),
            ([sent], None) => (*sent, None),
            ([], Some(own)) => (own, None),
            ([], None) => return,
        };
        let apart = other.and_then(|(other, whose)| Some((difference(sent, other)?, whose)));
        if let Some((apart, whose)) = apart {
            draft.note(says::differ(&apart.left, &apart.right, whose));
            draft.note(says::kind(apart.kind));
        } else {
            draft.note(says::redirect(sent, &traps(sent)));
        }
    },
};

/// The part of a federated assertion that matched no credential of the application.
pub(super) const FEDERATED: Remark = Remark {
    id: "federated-mismatch",
    make: |case, draft| {
        if !case.has_code(FEDERATED_CODES) {
            return;
        }
        if let Some(subject) = quoted_after(case.description, "subject") {
            let only_case = case.has_code(&["AADSTS7002138"]);
            draft.note(says::subject(subject, only_case));
            if let Some(shape) = says::subject_shape(subject) {
                draft.note(shape);
            }
        }
        if let Some(issuer) = quoted_after(case.description, "issuer") {
            draft.note(says::issuer(issuer, issuer.ends_with('/')));
        }
        if let Some(audience) = quoted_after(case.description, "audience") {
            audience_note(case, audience, draft);
        }
    },
};

fn audience_note(case: &Case<'_>, audience: &str, draft: &mut Draft) {
    if EXCHANGE_AUDIENCES.contains(&audience) {
        return;
    }
    let usual = EXCHANGE_AUDIENCES.first().copied().unwrap_or_default();
    let near = difference(audience, usual).filter(|_| {
        audience.to_lowercase().trim_end_matches('/') == usual.to_lowercase()
            || case.has_code(&["AADSTS700212"])
    });
    if let Some(apart) = near {
        draft.note(says::audience(&apart.left, &apart.right));
    }
}

/// What often differs in an address that looks right.
fn traps(address: &str) -> Vec<&'static str> {
    let mut traps = Vec::new();
    let parsed = Url::parse(address).ok();
    if address.ends_with('/') {
        traps.push(says::ENDS_WITH_SLASH);
    }
    if address.chars().any(char::is_uppercase) {
        traps.push(says::HAS_CAPITALS);
    }
    if let Some(url) = &parsed {
        if url.query().is_some() {
            traps.push(says::HAS_QUERY);
        }
        let here = is_loopback(url);
        if here && url.host_str() != Some("localhost") {
            traps.push(says::LOOPBACK_ADDRESS);
        }
        if url.scheme() == "http" && !here {
            traps.push(says::PLAIN_HTTP);
        }
    }
    traps
}

/// Addresses that stand in quotation marks, in order, each once.
fn addresses(text: &str) -> Vec<&str> {
    let mut found: Vec<&str> = Vec::new();
    for part in quoted(text) {
        if part.contains("://") && !found.contains(&part) {
            found.push(part);
        }
    }
    found
}

/// What stands between quotation marks: every other part, as descriptions quote values in pairs.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split(['\'', '"', '‘', '’', '“', '”'])
        .skip(1)
        .step_by(2)
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

/// What is quoted right after a word: `subject 'repo:…'`, `Subject: 'repo:…'`.
fn quoted_after<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let lower = text.to_ascii_lowercase();
    let ends = lower.match_indices(word).map(|(at, _)| at + word.len());
    let mut after = ends.filter_map(|at| {
        let rest = text.get(at..)?.trim_start_matches([':', ' ']);
        let rest = rest.strip_prefix(['\'', '"'])?;
        rest.split_once(['\'', '"']).map(|(value, _)| value)
    });
    after.find(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_values_are_found_after_their_word() {
        let text =
            "No match. Assertion Issuer: 'https://a.example'. Assertion Subject: 'repo:o/r'.";
        assert_eq!(quoted_after(text, "issuer"), Some("https://a.example"));
        assert_eq!(quoted_after(text, "subject"), Some("repo:o/r"));
        assert_eq!(quoted_after(text, "audience"), None);
        assert_eq!(quoted_after("subject '", "subject"), None);
    }

    #[test]
    fn only_addresses_are_taken_for_redirect_uris() {
        let text = "The reply address 'https://a.example/x' does not match 'https://a.example/X' of 'app'.";
        assert_eq!(
            addresses(text),
            ["https://a.example/x", "https://a.example/X"]
        );
    }
}
