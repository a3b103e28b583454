//! The world file: its format, read strictly, and the checks a format cannot express. Every message names file,
//! line and the offending value. Knows nothing of what happens in the world later.

use serde::Deserialize;
use toml::Spanned;

use crate::model::Problem;
use crate::strings::lab as say;

mod client;
mod identity;
mod neighbours;
mod people;
mod policies;
pub(in crate::lab) mod worded;

pub use client::{
    CertificateEntry, ClientEntry, FederatedEntry, IssuerEntry, Kind, Platform, exchange,
    is_web_address,
};
pub use identity::IdentityEntry;
pub use neighbours::NeighbourEntry;
pub use people::{DeviceEntry, Management, OwnMfa, PlaceEntry, Risk, UserEntry, range};
pub use policies::{Action, Choice, ConditionsEntry, Control, PolicyEntry, PolicyKind};

/// The world the lab has when no other is named.
pub const BUILT_IN: (&str, &str) = ("world.toml", include_str!("../../assets/lab/world.toml"));

/// A world file as read.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorldFile {
    pub tenant: TenantEntry,
    #[serde(default, rename = "user")]
    pub users: Vec<UserEntry>,
    #[serde(default, rename = "client")]
    pub clients: Vec<ClientEntry>,
    #[serde(default, rename = "resource")]
    pub resources: Vec<ResourceEntry>,
    #[serde(default, rename = "consent")]
    pub consents: Vec<ConsentEntry>,
    #[serde(default, rename = "policy")]
    pub policies: Vec<PolicyEntry>,
    #[serde(default, rename = "issuer")]
    pub issuers: Vec<IssuerEntry>,
    #[serde(default, rename = "device")]
    pub devices: Vec<DeviceEntry>,
    #[serde(default, rename = "neighbour")]
    pub neighbours: Vec<NeighbourEntry>,
    #[serde(default, rename = "place")]
    pub places: Vec<PlaceEntry>,
    #[serde(default, rename = "identity")]
    pub identities: Vec<IdentityEntry>,
}

impl WorldFile {
    /// The policies of all tenants, the own ones first.
    fn all_policies(&self) -> impl Iterator<Item = &PolicyEntry> {
        let others = self.neighbours.iter().flat_map(|other| &other.policies);
        self.policies.iter().chain(others)
    }
}

/// The tenant.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TenantEntry {
    /// Its GUID.
    pub id: Spanned<String>,
    /// Its domain, e.g. `contoso.example`.
    pub domain: String,
    /// What pages call it.
    pub name: String,
    /// Whether a program that repeats the same request is held back.
    #[serde(default, rename = "loop-rule")]
    pub loop_rule: bool,
    /// Wrong passwords in a row that lock an account; 10 if it is not said.
    pub lock_after: Option<u32>,
    /// For how many seconds; 60 if it is not said.
    pub lock_seconds: Option<u64>,
    /// Whether users may consent; they may if it is not said.
    pub user_consent: Option<bool>,
    /// Whether users may ask an administrator for approval on the page.
    #[serde(default)]
    pub consent_requests: bool,
}

/// Names at a resource.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NamesEntry {
    /// The resource's identifier.
    pub resource: Spanned<String>,
    /// Scopes or roles of it.
    pub names: Vec<Spanned<String>>,
}

/// An API.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResourceEntry {
    /// Its identifier, the audience of tokens for it.
    pub uri: Spanned<String>,
    /// Its application id, a GUID.
    pub id: Spanned<String>,
    /// What pages call it.
    pub title: String,
    /// Delegated permissions.
    #[serde(default)]
    pub scopes: Vec<ScopeEntry>,
    /// Application permissions.
    #[serde(default)]
    pub roles: Vec<String>,
}

/// A delegated permission.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScopeEntry {
    /// Its name, e.g. `User.Read`.
    pub name: String,
    /// What the consent page says it allows.
    pub says: String,
    /// Whether only an administrator can consent to it.
    #[serde(default)]
    pub admin: bool,
}

/// Consent given for everyone before anything happens.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConsentEntry {
    /// The client's name.
    pub client: Spanned<String>,
    /// The resource's identifier.
    pub resource: Spanned<String>,
    /// What it may do there.
    pub scopes: Vec<Spanned<String>>,
}

/// A message about a place in a world file.
struct Place<'a> {
    file: &'a str,
    text: &'a str,
}

impl Place<'_> {
    fn line(&self, offset: usize) -> usize {
        let upto = self.text.as_bytes().get(..offset).unwrap_or_default();
        upto.split(|byte| *byte == b'\n').count()
    }

    fn wrong<T: AsRef<str>>(&self, value: &Spanned<T>, key: &str, expected: &str) -> Problem {
        Problem::new(
            format!("{key} = \"{}\"", value.get_ref().as_ref()),
            format!("{}:{} {key}", self.file, self.line(value.span().start)),
            expected,
        )
    }
}

/// What to expect where one of some names must stand.
fn expected_one_of(names: &[String]) -> String {
    super::refusal::fill(say::EXPECTED_ONE_OF, &[("names", &names.join(", "))])
}

/// Reads a world file.
///
/// # Errors
/// A [`Problem`] whose place is `FILE:LINE KEY`.
pub fn read(file: &str, text: &str) -> Result<WorldFile, Problem> {
    let place = Place { file, text };
    let world: WorldFile = toml::from_str(text).map_err(|error| {
        let line = place.line(error.span().map_or(0, |span| span.start));
        Problem::new(
            error.message().to_owned(),
            format!("{file}:{line}"),
            say::EXPECTED_WORLD,
        )
    })?;
    check_ids(&place, &world)?;
    check_names(&place, &world)?;
    check_references(&place, &world)?;
    policies::check(&place, &world)?;
    people::check(&place, &world)?;
    neighbours::check(&place, &world)?;
    client::check(&place, &world)?;
    Ok(world)
}

/// Whether text is a GUID in its usual form.
pub fn is_guid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(i, b)| match i {
            8 | 13 | 18 | 23 => b == b'-',
            _ => b.is_ascii_hexdigit(),
        })
}

fn check_ids(place: &Place<'_>, world: &WorldFile) -> Result<(), Problem> {
    let ids = std::iter::once(&world.tenant.id)
        .chain(world.users.iter().map(|user| &user.id))
        .chain(world.clients.iter().map(|client| &client.id))
        .chain(world.resources.iter().map(|resource| &resource.id))
        .chain(world.all_policies().map(|policy| &policy.id))
        .chain(world.devices.iter().map(|device| &device.id))
        .chain(world.identities.iter().flat_map(|i| [&i.id, &i.object]))
        .chain(world.neighbours.iter().map(|other| &other.id));
    for id in ids {
        if !is_guid(id.get_ref()) {
            return Err(place.wrong(id, "id", say::EXPECTED_GUID));
        }
    }
    Ok(())
}

fn check_names(place: &Place<'_>, world: &WorldFile) -> Result<(), Problem> {
    let unique = |names: &mut dyn Iterator<Item = &Spanned<String>>, key: &str| {
        let mut seen: Vec<String> = Vec::new();
        for name in names {
            let folded = name.get_ref().to_ascii_lowercase();
            if folded.is_empty() || seen.contains(&folded) {
                return Err(place.wrong(name, key, say::EXPECTED_UNIQUE));
            }
            seen.push(folded);
        }
        Ok(())
    };
    unique(&mut world.users.iter().map(|u| &u.name), "name")?;
    unique(&mut world.users.iter().map(|u| &u.id), "id")?;
    unique(&mut world.clients.iter().map(|c| &c.name), "name")?;
    unique(&mut world.clients.iter().map(|c| &c.id), "id")?;
    unique(&mut world.resources.iter().map(|r| &r.uri), "uri")?;
    unique(&mut world.devices.iter().map(|d| &d.name), "name")?;
    unique(&mut world.neighbours.iter().map(|n| &n.domain), "domain")?;
    unique(&mut world.places.iter().map(|p| &p.name), "name")?;
    unique(&mut world.identities.iter().map(|i| &i.name), "name")?;
    unique(&mut world.all_policies().map(|p| &p.name), "name")
}

fn check_references(place: &Place<'_>, world: &WorldFile) -> Result<(), Problem> {
    let resource = |uri: &Spanned<String>| {
        let found = world
            .resources
            .iter()
            .find(|r| r.uri.get_ref() == uri.get_ref());
        found.ok_or_else(|| place.wrong(uri, "resource", say::EXPECTED_RESOURCE))
    };
    let scopes = |at: &ResourceEntry, names: &[Spanned<String>]| {
        let unknown =
            |name: &&Spanned<String>| !at.scopes.iter().any(|s| &s.name == name.get_ref());
        match names.iter().find(unknown) {
            Some(name) => Err(place.wrong(name, "scopes", say::EXPECTED_SCOPE)),
            None => Ok(()),
        }
    };
    for client in &world.clients {
        for entry in &client.permissions {
            scopes(resource(&entry.resource)?, &entry.names)?;
        }
        for entry in &client.roles {
            let at = resource(&entry.resource)?;
            if let Some(name) = entry.names.iter().find(|n| !at.roles.contains(n.get_ref())) {
                return Err(place.wrong(name, "roles", say::EXPECTED_ROLE));
            }
        }
    }
    for consent in &world.consents {
        let client = |c: &ClientEntry| c.name.get_ref() == consent.client.get_ref();
        if !world.clients.iter().any(client) {
            return Err(place.wrong(&consent.client, "client", say::EXPECTED_CLIENT));
        }
        scopes(resource(&consent.resource)?, &consent.scopes)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn no_text_makes_the_reader_panic(at in 0..BUILT_IN.1.len(), put in "\\PC{0,9}|[\\x00-\\x1f]{1,3}") {
            let mut text = BUILT_IN.1.to_owned();
            if text.is_char_boundary(at) {
                text.insert_str(at, &put);
            }
            if let Err(problem) = read("w.toml", &text) {
                prop_assert!(problem.at.starts_with("w.toml:"));
            }
        }
    }

    #[test]
    fn the_built_in_world_is_sound() {
        let world = read(BUILT_IN.0, BUILT_IN.1).unwrap();
        assert!(
            world
                .clients
                .iter()
                .any(|c| c.name.get_ref() == "contoso-daemon")
        );
    }

    #[test]
    fn a_wrong_line_is_named_with_its_number() {
        let cases = [
            ("name = \"Contoso (simulated)\"", "nane = \"x\"", ":7"),
            ("context = \"c1\"", "", " name"),
            ("id = \"6d1c0e5a", "id = \"x6d1c0e5a", ":5 id"),
            (
                "client = \"contoso-desktop\"",
                "client = \"nobody\"",
                "client",
            ),
        ];
        for (from, to, place) in cases {
            let problem = read("w.toml", &BUILT_IN.1.replacen(from, to, 1)).unwrap_err();
            assert!(
                problem.at.starts_with("w.toml:") && problem.at.contains(place),
                "{problem:?}"
            );
        }
    }
}
