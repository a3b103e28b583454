//! The address of personal accounts, `consumers`: which applications it serves, and what it says to everything else.
//! The lab's world has work accounts alone, so that nobody gets past its sign-in page.

use super::desk::Desk;
use super::page::{Kind, Page};
use super::refusal::{Cause, Refusal, fill};
use super::visit::Visit;
use super::world::{Client, World};
use crate::strings::lab::surfaces as say;

/// The id of the tenant that personal accounts are in.
pub const TENANT: &str = "9188040d-6c67-4c5b-b112-36a304b66dad";

/// Whether a path's tenant segment names it.
pub fn is_named(segment: &str) -> bool {
    ["consumers", TENANT]
        .iter()
        .any(|name| segment.eq_ignore_ascii_case(name))
}

/// Whether an address with this tenant segment serves the accounts that an application is registered for.
///
/// # Errors
/// It is for work accounts and this is `consumers`, or it is for personal ones alone and this is not.
pub fn admits(world: &World, segment: &str, client: &Client) -> Result<(), Refusal> {
    let cause = match (is_named(segment), client.personal_accounts) {
        (true, false) => Cause::WorkAppAtConsumers,
        (false, true) if !client.multi_tenant && world.names_own(segment) => {
            Cause::PersonalAppAtTenant
        }
        (false, true) if !client.multi_tenant => Cause::PersonalAppElsewhere,
        _ => return Ok(()),
    };
    let values = [
        ("app", client.title.as_str()),
        ("tenant", world.domain.as_str()),
    ];
    Err(Refusal::new(cause, &values))
}

/// Whether an endpoint of this version is there for personal accounts.
///
/// # Errors
/// It is `consumers`, and the v1 endpoint.
pub fn endpoint(desk: &Desk<'_>) -> Result<(), Refusal> {
    if is_named(&desk.tenant) && desk.v1 {
        return Err(Refusal::new(Cause::PersonalAtV1, &[]));
    }
    Ok(())
}

/// Whether a grant can be used here.
///
/// # Errors
/// At `consumers` never: a grant without a person's sign-in is for tenants, and nobody signs in here.
pub fn grant(desk: &Desk<'_>, grant: &str) -> Result<(), Refusal> {
    if !is_named(&desk.tenant) {
        return Ok(());
    }
    endpoint(desk)?;
    match grant {
        "authorization_code"
        | "refresh_token"
        | "device_code"
        | "urn:ietf:params:oauth:grant-type:device_code" => {
            let client = desk.client()?;
            let values = [("app", client.title.as_str())];
            Err(Refusal::new(Cause::GrantUnknown, &values))
        }
        _ => Err(Refusal::new(
            Cause::TenantTooBroad,
            &[("tenant", &desk.tenant)],
        )),
    }
}

/// Why nobody of this name can sign in here.
pub fn trouble(world: &World, name: &str) -> String {
    let text = if world.user(name).is_some() {
        say::CONSUMERS_WORK
    } else {
        say::CONSUMERS_UNKNOWN
    };
    fill(text, &[("user", name)])
}

/// Says on the page who could sign in here.
pub fn dress(page: &mut Page, visit: &Visit) {
    if !is_named(&visit.tenant) {
        return;
    }
    say::CONSUMERS_NAME.clone_into(&mut page.tenant);
    if page.kind == Kind::Account {
        page.details = vec![say::CONSUMERS_NOBODY.to_owned()];
    }
}

#[cfg(test)]
mod tests;
