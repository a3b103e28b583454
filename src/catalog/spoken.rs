//! Rows and pairings in words: for whom an entry says something else, and what it says then.

use super::{Catalog, Endpoint, Pairing, Variant, When};
use crate::model::{Actor, Class, Login, Place};
use crate::strings::codes as say;

impl When {
    /// Its conditions in words: `for a daemon`, `with a claims challenge, silently`; empty if there are none.
    pub fn condition(&self) -> String {
        let mut parts = Vec::new();
        let mut add = |words: &[String]| {
            if !words.is_empty() {
                parts.push(say::either(words));
            }
        };
        let spoken = |words: &[String], speak: fn(&str) -> String| -> Vec<String> {
            words.iter().map(|word| speak(word)).collect()
        };
        add(&spoken(&self.client, say::client));
        add(&spoken(&self.flow, say::flow));
        if let Some(came) = self.claims {
            add(&[say::claims(came).to_owned()]);
        }
        add(&spoken(&self.error, say::with_error));
        add(&spoken(&self.suberror, say::with_suberror));
        let places: Vec<String> = self
            .places
            .iter()
            .map(|place| say::at_place(*place).to_owned())
            .collect();
        add(&places);
        if let Some(endpoint) = self.endpoint {
            add(&[endpoint_words(endpoint).to_owned()]);
        }
        if let Some(status) = self.status {
            add(&[say::with_status(status)]);
        }
        if !self.pattern.is_empty() {
            add(&[say::said(&self.pattern)]);
        }
        parts.join(", ")
    }

    /// What it overrides, in words.
    pub fn change(&self, catalog: &Catalog) -> String {
        change(catalog, self.class, self.login, &self.acts, &self.remedies)
    }
}

impl Variant {
    /// What it overrides, in words; empty if nothing.
    pub fn change(&self, catalog: &Catalog) -> String {
        change(catalog, self.class, self.login, &self.acts, &self.remedies)
    }
}

impl Pairing {
    /// What comes together, in words, with whether somebody saw it.
    pub fn spoken(&self) -> String {
        let mut parts = vec![self.error.clone()];
        if !self.suberror.is_empty() {
            parts.push(say::with_suberror(&self.suberror));
        }
        parts.extend(self.endpoint.map(|it| endpoint_words(it).to_owned()));
        parts.extend(self.status.map(say::with_status));
        say::pairing(&parts.join(", "), self.seen)
    }
}

/// The places where something surfaces, in words.
pub fn places(places: &[Place]) -> String {
    let words: Vec<&str> = places.iter().map(|place| say::place(*place)).collect();
    words.join(", ")
}

const fn endpoint_words(endpoint: Endpoint) -> &'static str {
    match endpoint {
        Endpoint::V1 => say::AT_V1,
        Endpoint::V2 => say::AT_V2,
    }
}

fn change(
    catalog: &Catalog,
    class: Option<Class>,
    login: Option<Login>,
    acts: &[Actor],
    remedies: &[String],
) -> String {
    let mut parts = Vec::new();
    parts.extend(class.map(say::it_is));
    parts.extend(login.map(say::signing_in));
    if !acts.is_empty() {
        parts.push(say::who_acts(acts));
    }
    if !remedies.is_empty() {
        let title = |id: &String| {
            let remedy = catalog.remedy(id);
            remedy.map_or_else(|| id.clone(), |remedy| remedy.title.clone())
        };
        let titles: Vec<String> = remedies.iter().map(title).collect();
        parts.push(say::way_out(&titles));
    }
    parts.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_says_for_whom_it_holds_and_what_changes() {
        let row = When {
            client: vec!["daemon".into(), "api".into()],
            claims: Some(true),
            suberror: vec![String::new()],
            places: vec![Place::Token],
            login: Some(Login::NotApplicable),
            acts: vec![Actor::Developer, Actor::Admin],
            ..When::default()
        };
        assert_eq!(
            row.condition(),
            "for a daemon or a web API, with a claims challenge, without a suberror, at the token endpoint"
        );
        assert_eq!(
            row.change(&Catalog::default()),
            "signing in does not apply: no person signs in here; the developer of the program acts, then an administrator of the tenant"
        );
        assert_eq!(When::default().condition(), "");
    }

    #[test]
    fn a_pairing_says_whether_it_was_seen() {
        let pairing = Pairing {
            error: "invalid_grant".into(),
            suberror: "basic_action".into(),
            endpoint: Some(Endpoint::V2),
            status: Some(400),
            seen: true,
        };
        let text = pairing.spoken();
        assert!(
            text.starts_with("invalid_grant, with suberror basic_action"),
            "{text}"
        );
        assert!(text.ends_with("(seen)"), "{text}");
        let assumed = Pairing {
            seen: false,
            ..pairing
        }
        .spoken();
        assert!(assumed.ends_with("(assumed, not seen)"), "{assumed}");
    }

    #[test]
    fn every_row_of_every_entry_has_words() {
        let catalog = Catalog::builtin();
        for entry in catalog.entries() {
            for row in entry.when() {
                assert!(!row.condition().is_empty(), "{}", entry.label());
                assert!(!row.change(&catalog).is_empty(), "{}", entry.label());
            }
        }
    }
}
