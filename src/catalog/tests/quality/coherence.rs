//! Whether what entries say fits together: verdicts and ways out, names and what bears them.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::{each, none, normal, who};
use crate::catalog::{Catalog, Entry};
use crate::model::plan::By;
use crate::model::{Actor, Login};

/// What the program does at a sign-in page, or with a password.
const SIGN_INS: [&str; 7] = [
    "sign-in",
    "sign-in-with-claims",
    "sign-in-fresh",
    "sign-in-other-account",
    "sign-in-consent",
    "device-code",
    "enter-password",
];

/// What else begins a sign-in anew, here or in the person's own program.
const BEGINNINGS: [&str; 9] = [
    "repeat",
    "clear-token-cache",
    "relay-claims",
    "restart-native-flow",
    "start-at-the-app",
    "fresh-assertion",
    "use-private-window",
    "use-interactive-flow",
    "finish-on-the-page",
];

/// The holes that the text of a code may have.
const HOLES: [&str; 14] = [
    "user",
    "app",
    "resource",
    "tenant",
    "scope",
    "redirect_uri",
    "device",
    "policy",
    "parameter",
    "value",
    "issued",
    "subject",
    "issuer",
    "audience",
];

/// The holes that the message of a remedy may have: those that the plan fills.
const MESSAGE_HOLES: [&str; 14] = [
    "host",
    "user",
    "app",
    "resource",
    "tenant",
    "scope",
    "scopes",
    "redirect_uri",
    "client_id",
    "codes",
    "error",
    "correlation_id",
    "trace_id",
    "timestamp",
];

#[test]
fn every_remedy_that_is_named_exists_and_every_remedy_is_named() {
    let catalog = Catalog::builtin();
    let mut named = BTreeSet::new();
    for entry in catalog.entries() {
        let rows = entry.when().iter().flat_map(|row| &row.remedies);
        let variants = entry
            .variants()
            .iter()
            .flat_map(|variant| &variant.remedies);
        named.extend(entry.remedies().iter().chain(rows).chain(variants).cloned());
    }
    let known: BTreeSet<String> = catalog.remedies().map(|remedy| remedy.id.clone()).collect();
    none(
        named
            .difference(&known)
            .map(|id| format!("{id} is named and not there")),
    );
    let by_rules = rules();
    none(
        known
            .difference(&named)
            .filter(|id| !by_rules.contains(&format!("\"{id}\"")))
            .map(|id| format!("{id} is there and nothing names it")),
    );
}

/// The sources of the rules, which name remedies too.
fn rules() -> String {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/guide");
    let mut text = String::new();
    let mut folders = vec![root];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                text.push_str(&std::fs::read_to_string(path).unwrap());
            }
        }
    }
    text
}

#[test]
fn every_link_is_an_https_address_with_a_host() {
    let catalog = Catalog::builtin();
    let offences = catalog.entries().flat_map(|entry| {
        let links = entry.links().into_iter().map(|link| link.url);
        let sources = entry
            .sources()
            .iter()
            .filter(|source| source.contains("://"));
        links
            .chain(sources.cloned())
            .filter(|address| {
                !url::Url::parse(address).is_ok_and(|url| {
                    let plain = url.username().is_empty() && !address.contains(char::is_whitespace);
                    plain
                        && url.scheme() == "https"
                        && url.host_str().is_some_and(|host| host.contains('.'))
                })
            })
            .map(move |address| format!("{}: {address}", who(entry)))
            .collect::<Vec<_>>()
    });
    none(offences);
}

/// Every verdict an entry can give: its own, its variants', and each row's laid over its own.
fn verdicts(entry: Entry<'_>) -> Vec<(String, Login, Vec<Actor>, Vec<String>)> {
    let own = (entry.login(), entry.acts(), entry.remedies());
    let changed = |what: String, login: Option<Login>, acts: &[Actor], remedies: &[String]| {
        let acts = if acts.is_empty() { own.1 } else { acts };
        let remedies = if remedies.is_empty() { own.2 } else { remedies };
        (
            what,
            login.unwrap_or(own.0),
            acts.to_vec(),
            remedies.to_vec(),
        )
    };
    let mut all = vec![changed("by itself".into(), None, &[], &[])];
    for row in entry.when() {
        all.push(changed(
            row.condition(),
            row.login,
            &row.acts,
            &row.remedies,
        ));
    }
    for variant in entry.variants() {
        let what = format!("variant {}", variant.pattern);
        all.push(changed(
            what,
            variant.login,
            &variant.acts,
            &variant.remedies,
        ));
    }
    all
}

#[test]
fn signing_in_is_offered_where_it_helps_and_nowhere_else() {
    each(|entry| {
        let mut offences = Vec::new();
        for (what, login, _, remedies) in verdicts(entry) {
            let sign_in = remedies.iter().find(|id| SIGN_INS.contains(&id.as_str()));
            let begun = remedies.iter().any(|id| BEGINNINGS.contains(&id.as_str()));
            match (login, sign_in) {
                _ if begun && sign_in.is_none() => {}
                (Login::No | Login::NotApplicable, Some(id)) => {
                    offences.push(format!(
                        "{what}: signing in {} and {id} is offered",
                        login.word()
                    ));
                }
                (Login::Yes | Login::Fresh | Login::WithClaims, None) => {
                    offences.push(format!(
                        "{what}: signing in {} and no sign-in is offered",
                        login.word()
                    ));
                }
                _ => {}
            }
        }
        offences
    });
}

#[test]
fn who_acts_fits_the_verdict() {
    each(|entry| {
        let mut offences = Vec::new();
        for (what, login, acts, _) in verdicts(entry) {
            let twice = acts.iter().collect::<HashSet<_>>().len() != acts.len();
            if twice {
                offences.push(format!("{what}: somebody acts twice"));
            }
            if acts.iter().skip(1).any(|actor| *actor == Actor::NoneNeeded) {
                offences.push(format!("{what}: somebody acts, then nobody has to"));
            }
            if login == Login::Yes && acts.first() == Some(&Actor::NobodyCan) {
                offences.push(format!("{what}: signing in helps and nobody can act"));
            }
        }
        offences
    });
}

#[test]
fn rows_and_pairings_name_errors_that_are_known() {
    let catalog = Catalog::builtin();
    let known = |name: &str| catalog.error(name).is_some();
    let known_sub = |name: &str| name.is_empty() || catalog.suberror(name).is_some() || known(name);
    let offences = catalog.entries().flat_map(|entry| {
        let errors = entry.when().iter().flat_map(|row| &row.error);
        let errors = errors.chain(entry.pairings().iter().map(|pair| &pair.error));
        let suberrors = entry.when().iter().flat_map(|row| &row.suberror);
        let suberrors = suberrors.chain(entry.pairings().iter().map(|pair| &pair.suberror));
        let status = entry.pairings().iter().filter_map(|pair| pair.status);
        let errors = errors
            .filter(|name| !known(name))
            .map(|name| format!("no error {name}"));
        let suberrors = suberrors
            .filter(|name| !known_sub(name))
            .map(|name| format!("no suberror {name}"));
        let status = status
            .filter(|status| !(200..600).contains(status))
            .map(|status| format!("no status {status}"));
        let all: Vec<String> = errors.chain(suberrors).chain(status).collect();
        all.into_iter()
            .map(move |what| format!("{}: {what}", who(entry)))
    });
    none(offences);
}

#[test]
fn variants_are_told_apart_and_say_something_of_their_own() {
    each(|entry| {
        let mut offences = Vec::new();
        let variants = entry.variants();
        for (place, variant) in variants.iter().enumerate() {
            let pattern = variant.pattern.to_lowercase();
            for earlier in &variants[..place] {
                if pattern.contains(&earlier.pattern.to_lowercase()) {
                    offences.push(format!("{} hides {}", earlier.pattern, variant.pattern));
                }
            }
            if !variant.meaning.ends_with('.') || variant.meaning.split_whitespace().count() < 6 {
                offences.push(format!("variant {}: {}", variant.pattern, variant.meaning));
            }
            if normal(&variant.meaning) == normal(entry.meaning()) {
                offences.push(format!("variant {} means the same", variant.pattern));
            }
        }
        offences
    });
}

/// What is wrong with the holes of a text.
fn holes(text: &str, known: &[&str]) -> Vec<String> {
    let opened = text.split('{').skip(1);
    let names = opened.map(|hole| hole.split_once('}').map_or("", |(name, _)| name));
    let unknown = names.filter(|name| !known.contains(name));
    unknown
        .map(|name| format!("{{{name}}} cannot be filled"))
        .collect()
}

#[test]
fn texts_are_sentences_whose_holes_can_be_filled() {
    let catalog = Catalog::builtin();
    let codes = catalog
        .codes()
        .map(|code| (&code.code, &code.text, &HOLES[..]));
    let policy = ["policy_ids", "with_claims", "challenge", "az_login"];
    let known: Vec<&str> = MESSAGE_HOLES.iter().chain(&policy).copied().collect();
    let remedies = catalog
        .remedies()
        .map(|remedy| (&remedy.id, &remedy.text, known.as_slice()));
    let texts = codes
        .chain(remedies)
        .filter(|(_, text, _)| !text.is_empty());
    none(texts.flat_map(|(name, text, known)| {
        let mut offences = holes(text, known);
        if !text.ends_with(['.', '?']) {
            offences.push("no full stop".to_owned());
        }
        offences
            .into_iter()
            .map(move |offence| format!("{name}: {offence}: {text}"))
    }));
}

#[test]
fn every_remedy_says_what_to_do_and_a_person_gets_a_message() {
    let catalog = Catalog::builtin();
    let mut titles = HashSet::new();
    let mut offences = Vec::new();
    for remedy in catalog.remedies() {
        let mut demand = |holds: bool, what: &str| {
            if !holds {
                offences.push(format!("{}: {what}", remedy.id));
            }
        };
        demand(
            titles.insert(normal(&remedy.title)),
            "the title is there twice",
        );
        demand(
            !remedy.title.ends_with('.'),
            "the title ends with a full stop",
        );
        demand(
            remedy.why.ends_with('.'),
            "it does not say why, in a sentence",
        );
        let handed_over = remedy.by == By::Person;
        demand(!handed_over || remedy.to.is_some(), "it is for nobody");
        demand(
            !handed_over || !remedy.text.is_empty(),
            "there is no message to hand over",
        );
    }
    none(offences);
}

#[test]
fn sources_of_errors_are_the_known_ones() {
    let catalog = Catalog::builtin();
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for error in catalog.errors() {
        *count.entry(&error.source).or_default() += 1;
    }
    let known = [
        "api",
        "convention",
        "entra",
        "msal-dotnet",
        "msal-go",
        "msal-java",
        "msal-js",
        "msal-python",
        "standard",
    ];
    none(
        count
            .keys()
            .filter(|source| !known.contains(source))
            .map(|source| (*source).to_owned()),
    );
}
