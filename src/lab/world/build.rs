//! Builds the world from its file.

use std::sync::Arc;

use super::super::file::{
    ClientEntry, ConsentEntry, Control, IdentityEntry, PolicyEntry, PolicyKind, ResourceEntry,
    WorldFile,
};
use super::super::kit::Kit;
use super::super::orders::Orders;
use super::super::shelf::Shelf;
use super::{
    Approval, ArcKey, Client, Consent, Identity, Issuer, Policy, Resource, Scope, Surfaces, World,
};
use crate::model::Moment;

mod people;

impl World {
    /// The world of a file. Confidential clients without a pinned secret get a new one.
    pub fn new(file: &WorldFile, kit: &Kit<'_>) -> Self {
        let mut world = Self {
            tenant: file.tenant.id.get_ref().to_ascii_lowercase(),
            domain: file.tenant.domain.clone(),
            tenant_name: file.tenant.name.clone(),
            users: people::users(file),
            clients: file
                .clients
                .iter()
                .map(|c| Arc::new(Client::new(c, kit)))
                .collect(),
            resources: resources(file),
            consents: consents(file),
            policies: policies(&file.policies),
            issuers: file.issuers.iter().map(Issuer::new).collect(),
            machines: people::machines(file),
            spots: people::spots(file),
            neighbours: people::neighbours(file),
            lockout: people::lockout(file),
            approval: Approval {
                by_users: file.tenant.user_consent.unwrap_or(true),
                on_request: file.tenant.consent_requests,
                asked: Vec::new(),
            },
            per_user_mfa: false,
            throttled_until: None,
            outage: false,
            slow_down: false,
            recent: file.tenant.loop_rule.then(super::loop_rule),
            orders: Orders::default(),
            codes: Shelf::new(2_000),
            refresh_tokens: Shelf::new(10_000),
            devices: Shelf::new(1_000),
            sessions: Shelf::new(1_000),
            documents: Shelf::new(32),
            visits: Shelf::new(1_000),
            surfaces: surfaces(file, kit),
            start: None,
        };
        world.start = Some(Box::new(world.clone()));
        world
    }
}

fn surfaces(file: &WorldFile, kit: &Kit<'_>) -> Surfaces {
    let identity = |entry: &IdentityEntry| Identity {
        name: entry.name.get_ref().clone(),
        client: entry.id.get_ref().to_ascii_lowercase(),
        object: entry.object.get_ref().to_ascii_lowercase(),
        path: entry.path.clone(),
    };
    Surfaces {
        identities: file.identities.iter().map(identity).collect(),
        identity_secret: kit.token(),
        arc: ArcKey {
            path: String::new(),
            content: kit.token(),
        },
        ..Surfaces::default()
    }
}

fn resources(file: &WorldFile) -> Vec<Resource> {
    let resource = |entry: &ResourceEntry| Resource {
        uri: entry.uri.get_ref().clone(),
        id: entry.id.get_ref().to_ascii_lowercase(),
        title: entry.title.clone(),
        scopes: entry
            .scopes
            .iter()
            .map(|s| Scope {
                name: s.name.clone(),
                says: s.says.clone(),
                admin: s.admin,
            })
            .collect(),
    };
    file.resources.iter().map(resource).collect()
}

fn consents(file: &WorldFile) -> Vec<Consent> {
    let id = |name: &str| {
        let of_name = |c: &&ClientEntry| c.name.get_ref() == name;
        let client = file.clients.iter().find(of_name);
        client.map_or_else(String::new, |c| c.id.get_ref().to_ascii_lowercase())
    };
    let consent = |entry: &ConsentEntry| Consent {
        client: id(entry.client.get_ref()),
        resource: entry.resource.get_ref().clone(),
        scopes: entry.scopes.iter().map(|s| s.get_ref().clone()).collect(),
        user: None,
    };
    file.consents.iter().map(consent).collect()
}

/// The controls of a policy: those it lists, with the one its kind stands for.
fn controls(entry: &PolicyEntry) -> Vec<Control> {
    let own = match entry.kind {
        PolicyKind::Mfa => Some(Control::Mfa),
        PolicyKind::Block | PolicyKind::BlockOnPage => Some(Control::Block),
        PolicyKind::SignInFrequency => Some(Control::SignInFrequency),
        PolicyKind::Rules | PolicyKind::ApiContext | PolicyKind::ApiFreshToken => None,
    };
    own.into_iter().chain(entry.controls.clone()).collect()
}

fn policies(entries: &[PolicyEntry]) -> Vec<Policy> {
    let policy = |entry: &PolicyEntry| Policy {
        name: entry.name.get_ref().clone(),
        kind: entry.kind,
        conditions: entry.conditions.clone(),
        controls: controls(entry),
        any: entry.any,
        id: entry.id.get_ref().to_ascii_lowercase(),
        hours: entry.hours.unwrap_or_default(),
        context: entry.context.clone().unwrap_or_default(),
        on: entry.on,
        since: Moment::default(),
    };
    entries.iter().map(policy).collect()
}
