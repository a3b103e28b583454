//! What an authorization request says about who will sign in: `login_hint` (OpenID Connect Core 3.1.2.1) and Entra's
//! `domain_hint`.

use super::border;
use super::visit::Visit;
use super::world::World;

/// Leads a visit of an open address where `domain_hint` says that the person's account is: to the address of personal
/// accounts, or to the tenant that has the domain. Whatever else it says is ignored, as at an address that names its
/// tenant, and by an application that could not be used there.
pub fn lead(world: &World, visit: &mut Visit, hint: Option<&str>) {
    let Some(hint) = hint.filter(|_| border::is_open(&visit.tenant)) else {
        return;
    };
    let Some(client) = world.client(&visit.client) else {
        return;
    };
    let hint = hint.trim();
    if hint.eq_ignore_ascii_case("consumers") {
        if visit.tenant.eq_ignore_ascii_case("common") && client.personal_accounts {
            hint.clone_into(&mut visit.tenant);
            visit.proof = None;
        }
    } else if client.multi_tenant
        && let Some(domain) = world.domain_of_tenant(hint)
    {
        domain.clone_into(&mut visit.tenant);
    }
}

#[cfg(test)]
mod tests;
