//! Two clouds in one lab: the tenant's applications belong to one of them, and the other one's address turns them
//! away with the numbers of sovereign clouds.

use super::desk::Desk;
use super::dialect::Dialect;
use super::refusal::{Cause, Refusal, fill};
use super::world::Client;
use crate::strings::lab::surfaces as say;

/// Whether this address serves the cloud of a client.
///
/// # Errors
/// It belongs to the other one.
pub fn check(desk: &Desk<'_>, client: &Client) -> Result<(), Refusal> {
    let second = match desk.kit.voice.dialect {
        Dialect::Entra => false,
        Dialect::SecondCloud => true,
        Dialect::B2c { .. } | Dialect::Ciam | Dialect::Adfs | Dialect::Oidc => return Ok(()),
    };
    if client.surface.second_cloud == second {
        return Ok(());
    }
    let page = desk.ask.path.ends_with("/authorize");
    let cause = match (client.kind.public(), page) {
        (true, _) => Cause::CloudPublic,
        (false, true) => Cause::CloudConfidentialPage,
        (false, false) => Cause::CloudConfidential,
    };
    let cloud = if second { "first" } else { "second" };
    let because = fill(say::BY_CLOUD, &[("app", &client.name), ("cloud", cloud)]);
    Err(Refusal::new(cause, &[("app", &client.title)]).because(because))
}
