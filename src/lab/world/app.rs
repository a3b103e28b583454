//! Applications: their registration, what they prove themselves with, and whose tokens may stand for them.

use super::super::file::{
    CertificateEntry, ClientEntry, FederatedEntry, IssuerEntry, Kind, NamesEntry, Platform,
};
use super::super::kit::Kit;
use super::super::proof::{Authority, Certificate};
use super::Surface;
use crate::model::Moment;

/// A secret of a confidential client.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClientSecret {
    /// What the portal shows beside it.
    pub id: String,
    pub value: String,
    /// Expired by a change of the world.
    pub expired: bool,
    pub ends: Option<Moment>,
}

impl ClientSecret {
    /// Whether it is past its end.
    pub fn is_over(&self, at: Moment) -> bool {
        self.expired || self.ends.is_some_and(|ends| ends <= at)
    }
}

/// A registered redirect address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redirect {
    pub uri: String,
    pub platform: Platform,
}

/// A federated credential: a token of this issuer for this subject and audience stands for the app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Federated {
    pub issuer: String,
    pub subject: String,
    pub audience: String,
}

/// Whether the app can be used at all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Standing {
    #[default]
    Good,
    Disabled,
    /// Deleted from the tenant.
    Removed,
}

/// Who may use an app.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assignment {
    /// Whether only those who are assigned may.
    pub required: bool,
    /// Names of users and groups.
    pub to: Vec<String>,
}

/// An application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Client {
    pub id: String,
    pub name: String,
    pub title: String,
    pub kind: Kind,
    pub redirects: Vec<Redirect>,
    pub secrets: Vec<ClientSecret>,
    pub certificates: Vec<Certificate>,
    /// Whose certificates are trusted, and for which subject.
    pub authorities: Vec<Authority>,
    pub federated: Vec<Federated>,
    /// Delegated permissions of the registration, by resource.
    pub permissions: Vec<(String, Vec<String>)>,
    /// Application permissions granted, by resource.
    pub roles: Vec<(String, Vec<String>)>,
    pub standing: Standing,
    pub assignment: Assignment,
    /// Names of clients whose users consent to its own permissions along with theirs.
    pub known_clients: Vec<String>,
    /// Whether `common` and `organizations` reach it.
    pub multi_tenant: bool,
    /// Whether `consumers` reaches it; without `multi_tenant`, nothing else does.
    pub personal_accounts: bool,
    /// Whether passwords and device codes need no credential.
    pub public_flows: bool,
    /// Where the browser tells it that a person signed out.
    pub frontchannel_logout: Option<String>,
    /// The family it shares refresh tokens with.
    pub family: Option<String>,
    /// Settings for surfaces other than the token endpoint.
    pub surface: Surface,
}

impl Client {
    /// The app of an entry. A confidential one without a pinned secret gets a new one.
    pub fn new(entry: &ClientEntry, kit: &Kit<'_>) -> Self {
        let names = |list: &[NamesEntry]| {
            let of = |e: &NamesEntry| {
                let names = e.names.iter().map(|n| n.get_ref().clone()).collect();
                (e.resource.get_ref().clone(), names)
            };
            list.iter().map(of).collect()
        };
        let certificate = |entry: &CertificateEntry| {
            let pem = entry.pem.as_ref().map(|pem| pem.get_ref().as_str());
            let print = entry
                .thumbprint
                .as_ref()
                .map(|print| print.get_ref().as_str());
            Certificate::registered(pem, print)
        };
        Self {
            id: entry.id.get_ref().to_ascii_lowercase(),
            name: entry.name.get_ref().clone(),
            title: entry.title.clone(),
            kind: entry.kind,
            redirects: redirects(entry),
            secrets: secrets(entry, kit),
            certificates: entry.certificates.iter().filter_map(certificate).collect(),
            authorities: entry.certificates.iter().filter_map(authority).collect(),
            federated: entry.federated.iter().map(federated).collect(),
            permissions: names(&entry.permissions),
            roles: names(&entry.roles),
            standing: if entry.disabled {
                Standing::Disabled
            } else {
                Standing::Good
            },
            assignment: Assignment {
                required: entry.assignment_required,
                to: entry.assigned.clone(),
            },
            known_clients: entry
                .known_clients
                .iter()
                .map(|name| name.get_ref().clone())
                .collect(),
            multi_tenant: entry.multi_tenant,
            personal_accounts: entry.personal_accounts,
            public_flows: entry.public_flows.unwrap_or(entry.kind == Kind::Desktop),
            frontchannel_logout: entry
                .frontchannel_logout
                .as_ref()
                .map(|address| address.get_ref().clone()),
            family: entry.family.clone(),
            surface: Surface {
                implicit_id_token: entry.implicit_id_token,
                implicit_access_token: entry.implicit_access_token,
                second_cloud: entry.second_cloud,
            },
        }
    }

    /// Whether its settings are those of another, secrets aside.
    pub fn is_set_as(&self, other: &Self) -> bool {
        let bare = |client: &Self| Self {
            secrets: Vec::new(),
            ..client.clone()
        };
        bare(self) == bare(other)
    }
}

fn federated(entry: &FederatedEntry) -> Federated {
    Federated {
        issuer: entry.issuer.clone(),
        subject: entry.subject.clone(),
        audience: entry.audience.clone(),
    }
}

fn authority(entry: &CertificateEntry) -> Option<Authority> {
    let (subject, issuer) = (entry.subject.as_ref()?, entry.issuer.as_ref()?);
    Authority::new(subject.get_ref(), issuer.get_ref())
}

fn redirects(entry: &ClientEntry) -> Vec<Redirect> {
    let lists = [
        (&entry.redirects, entry.kind.platform()),
        (&entry.web_redirects, Platform::Web),
        (&entry.spa_redirects, Platform::Spa),
        (&entry.native_redirects, Platform::Native),
    ];
    let typed = |(uris, platform): (&Vec<String>, Platform)| {
        let redirect = move |uri: &String| Redirect {
            uri: uri.clone(),
            platform,
        };
        uris.iter().map(redirect).collect::<Vec<_>>()
    };
    lists.into_iter().flat_map(typed).collect()
}

fn secrets(entry: &ClientEntry, kit: &Kit<'_>) -> Vec<ClientSecret> {
    if entry.kind.public() {
        return Vec::new();
    }
    let listed = entry.secrets.iter().map(|secret| ClientSecret {
        id: match &secret.id {
            Some(id) => id.get_ref().to_ascii_lowercase(),
            None => kit.guid(),
        },
        value: secret.value.clone(),
        expired: false,
        ends: secret
            .ends
            .as_ref()
            .and_then(|ends| Moment::parse(ends.get_ref())),
    });
    let mut all: Vec<ClientSecret> = listed.collect();
    if let Some(value) = &entry.secret {
        all.insert(0, ClientSecret::of(value.clone(), kit));
    } else if all.is_empty() {
        all.push(ClientSecret::of(kit.client_secret(), kit));
    }
    all
}

impl ClientSecret {
    /// A secret without an end.
    pub fn of(value: String, kit: &Kit<'_>) -> Self {
        Self {
            id: kit.guid(),
            value,
            ..Self::default()
        }
    }
}

/// An issuer outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issuer {
    pub name: String,
    pub uri: String,
    /// Its key set as JSON text; `None`: the lab signs for it.
    pub keys: Option<String>,
}

impl Issuer {
    /// The issuer of an entry.
    pub fn new(entry: &IssuerEntry) -> Self {
        Self {
            name: entry.name.get_ref().clone(),
            uri: entry.uri.get_ref().clone(),
            keys: entry.keys.as_ref().map(|keys| keys.get_ref().clone()),
        }
    }
}
