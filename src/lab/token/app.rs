//! Client credentials (RFC 6749 section 4.4).

use super::super::admission;
use super::super::ask::Answer;
use super::super::desk::Desk;
use super::super::lifetime;
use super::super::mint::{self, Subject};
use super::super::policy::{self, Demands};
use super::super::proof::{self, Way};
use super::super::refusal::{Cause, Refusal, fill};
use super::super::scope;
use crate::strings::lab::apps as say;

/// A token for the application itself.
///
/// # Errors
/// A wrong credential, a scope that is not `RESOURCE/.default`, claims that cannot be read.
pub fn issue(desk: &Desk<'_>) -> Result<Answer, Refusal> {
    let client = desk.client()?;
    let proven = proof::check(desk, &client, Way::Alone)?.words();
    let resource = if desk.v1 {
        let wanted = desk.required("resource")?;
        let known = desk.world.resource(&wanted);
        known.map(|r| r.uri.clone()).ok_or_else(|| {
            let values = [
                ("tenant", desk.world.domain.as_str()),
                ("resource", wanted.as_str()),
            ];
            Refusal::new(Cause::ResourceUnknown, &values)
        })?
    } else {
        scope::read_app(desk.world, &desk.required("scope")?)?
    };
    admission::caller(desk.world, &client, &resource)?;
    let demands = Demands::read(desk.ask.form("claims").as_deref())?;
    policy::judge_workload(desk.world, &client, &resource)?;
    let roles = client.roles.iter().filter(|(uri, _)| *uri == resource);
    let lifetime = lifetime::draw(&desk.kit, &demands.capabilities);
    let subject = Subject {
        lifetime,
        names: roles.flat_map(|(_, names)| names.iter().cloned()).collect(),
        client: &client,
        user: None,
        resource: &resource,
        contexts: demands.contexts,
        capabilities: demands.capabilities,
        v1: desk.v1,
    };
    let token = mint::access_token(desk.world, &desk.kit, &desk.ask.base, &subject, desk.at);
    let mut body = super::head(desk, "", &resource, lifetime);
    body.insert("access_token".into(), token.into());
    Ok(super::told(
        desk,
        body,
        fill(
            say::SAID_TOKEN,
            &[("app", &client.name), ("proven", &proven)],
        ),
    ))
}
