//! Other tenants, and the borders between tenants: whose home a tenant is, who is a guest, what home, host and
//! network allow. A request that names another tenant is answered with the world standing there: its name, its
//! policies, its consents and its settings of applications take the place of the own ones until the answer is given.

use std::mem::swap;
use std::sync::Arc;

use super::ask::Ask;
use super::refusal::{Cause, Refusal};
use super::visit::Visit;
use super::world::{
    Approval, Assignment, Client, Consent, DeviceState, Policy, Standing, User, World,
};

#[cfg(test)]
mod tests;

/// Another tenant. While the world stands there, this holds the own tenant instead; the rules between the two stay.
#[derive(Clone, Debug)]
pub struct Neighbour {
    pub tenant: String,
    pub domain: String,
    pub name: String,
    pub consents: Vec<Consent>,
    pub policies: Vec<Policy>,
    pub approval: Approval,
    /// Its settings of applications; while the world stands there, those of the own tenant.
    pub apps: Vec<Instance>,
    pub rules: Rules,
}

/// An application as one tenant has it.
#[derive(Clone, Debug)]
pub struct Instance {
    /// The client's id.
    pub client: String,
    /// The client's name.
    pub name: String,
    pub standing: Standing,
    pub assignment: Assignment,
}

impl Instance {
    /// Changes places with the settings of the tenant that the world stood in. An application that its own tenant
    /// removed is gone everywhere.
    fn swap_with(&mut self, client: &mut Client) {
        if client.standing != Standing::Removed {
            swap(&mut client.standing, &mut self.standing);
        }
        swap(&mut client.assignment, &mut self.assignment);
    }
}

/// What holds between the own tenant and another.
#[derive(Clone, Debug)]
pub struct Rules {
    /// The other lets its users out.
    pub lets_out: bool,
    /// The own tenant lets the other's users in.
    pub lets_in: bool,
    /// The own tenant accepts that the other's devices are compliant.
    pub trusts_devices: bool,
}

impl Neighbour {
    fn is_called(&self, segment: &str) -> bool {
        segment.eq_ignore_ascii_case(&self.tenant) || segment.eq_ignore_ascii_case(&self.domain)
    }
}

/// Where the world stood before; to be given back.
#[must_use]
pub struct Stood(Option<usize>);

impl World {
    /// Stands in the tenant that a path's segment names, if that is another one.
    pub fn stand_in(&mut self, segment: &str) -> Stood {
        let known = self.neighbours.iter().position(|n| n.is_called(segment));
        if let Some(index) = known {
            self.change_places(index);
        }
        Stood(known)
    }

    /// Goes back to where the world stood.
    pub fn step_out(&mut self, stood: &Stood) {
        if let Some(index) = stood.0 {
            self.change_places(index);
        }
    }

    fn change_places(&mut self, index: usize) {
        if let Some(other) = self.neighbours.get_mut(index) {
            swap(&mut self.tenant, &mut other.tenant);
            swap(&mut self.domain, &mut other.domain);
            swap(&mut self.tenant_name, &mut other.name);
            swap(&mut self.consents, &mut other.consents);
            swap(&mut self.policies, &mut other.policies);
            swap(&mut self.approval, &mut other.approval);
            for app in &mut other.apps {
                let mut clients = self.clients.iter_mut();
                if let Some(client) = clients.find(|client| client.id == app.client) {
                    app.swap_with(Arc::make_mut(client));
                }
            }
        }
    }

    /// Whether the world stands in the tenant that its applications belong to.
    pub fn is_home(&self) -> bool {
        let start = self.start.as_deref();
        start.is_none_or(|start| start.tenant == self.tenant)
    }

    /// The domain of the tenant that has this domain.
    pub fn domain_of_tenant(&self, domain: &str) -> Option<&str> {
        let others = self.neighbours.iter().map(|other| &other.domain);
        let mut all = std::iter::once(&self.domain).chain(others);
        let found = all.find(|known| known.eq_ignore_ascii_case(domain));
        found.map(String::as_str)
    }

    /// Whether a person is from another tenant than the one the world stands in.
    pub fn is_foreign(&self, user: &User) -> bool {
        !user.standing.home.eq_ignore_ascii_case(&self.domain)
    }

    /// Whether the devices of a person's home count as compliant here.
    pub fn trusts_devices_of(&self, user: &User) -> bool {
        !self.is_foreign(user)
            || self
                .rules_with(user)
                .is_none_or(|rules| rules.trusts_devices)
    }

    fn rules_with(&self, user: &User) -> Option<&Rules> {
        let home = |n: &&Neighbour| n.is_called(&user.standing.home);
        self.neighbours.iter().find(home).map(|n| &n.rules)
    }
}

/// The tenant a request is for: the one its path names; where that is open, the one that its grant was given in.
pub fn tenant_of(world: &World, ask: &Ask, path: &[&str]) -> String {
    let named = path.first().copied().unwrap_or_default();
    if !is_open(named) {
        return named.to_owned();
    }
    let code = ask
        .form("code")
        .and_then(|key| world.codes.get(&key).map(|code| &code.grant.proof));
    let refresh = || {
        let token = world.refresh_tokens.get(&ask.form("refresh_token")?)?;
        Some(&token.grant.proof)
    };
    let device = || match &world.devices.get(&ask.form("device_code")?)?.state {
        DeviceState::Approved(proof) => Some(proof),
        DeviceState::Pending | DeviceState::Declined | DeviceState::Spent => None,
    };
    let proof = code.or_else(refresh).or_else(device);
    let given = proof
        .map(|proof| proof.marks.tenant.clone())
        .unwrap_or_default();
    if given.is_empty() {
        named.to_owned()
    } else {
        given
    }
}

/// Whether an address leaves it open which tenant is meant.
pub fn is_open(segment: &str) -> bool {
    ["common", "organizations"]
        .iter()
        .any(|word| segment.eq_ignore_ascii_case(word))
}

/// Leads a visit of an open address to the home of whoever signs in.
pub fn lead_home(world: &World, visit: &mut Visit) {
    let of_proof = visit
        .proof
        .as_ref()
        .and_then(|proof| world.user_by_id(&proof.user));
    let named = || world.user(visit.name.as_deref()?);
    let Some(user) = of_proof.or_else(named) else {
        return;
    };
    let many = world
        .client(&visit.client)
        .is_some_and(|client| client.multi_tenant);
    if is_open(&visit.tenant) && many && world.is_foreign(user) {
        visit.tenant.clone_from(&user.standing.home);
    }
}

/// Whether a person of another tenant may be here at all.
///
/// # Errors
/// `not_here` for somebody who is no guest; what home or host say of the others.
pub fn admit(world: &World, user: &User, client: &Client, not_here: Cause) -> Result<(), Refusal> {
    let values = [
        ("user", user.name.as_str()),
        ("tenant", world.domain.as_str()),
        ("app", client.title.as_str()),
    ];
    let refuse = |cause| Err(Refusal::new(cause, &values));
    if let Some(spot) = world.spot_of(&user.standing) {
        let allowed = |tenant: &String| {
            tenant.eq_ignore_ascii_case(&world.domain) || tenant.eq_ignore_ascii_case(&world.tenant)
        };
        if !spot.tenants.is_empty() && !spot.tenants.iter().any(allowed) {
            return refuse(Cause::NetworkBars);
        }
    }
    if !world.is_foreign(user) {
        return Ok(());
    }
    let guest = |domain: &String| domain.eq_ignore_ascii_case(&world.domain);
    if !user.standing.guest_of.iter().any(guest) {
        return refuse(not_here);
    }
    match world.rules_with(user) {
        Some(rules) if !rules.lets_out => refuse(Cause::HomeBars),
        Some(rules) if !rules.lets_in => refuse(Cause::HostBars),
        Some(_) | None => Ok(()),
    }
}

/// What the headers of a network's proxy allow: a list of tenants, or a policy of one tenant.
///
/// # Errors
/// This tenant is not among them.
pub fn allowed_by_network(world: &World, ask: &Ask) -> Result<(), Refusal> {
    let own = |name: &str| world.names_own(name.trim());
    let refuse = |cause| Err(Refusal::new(cause, &[("tenant", &world.domain)]));
    if let Some(list) = ask.header("restrict-access-to-tenants")
        && !list.split(',').any(own)
    {
        return refuse(Cause::NetworkBars);
    }
    if let Some(policy) = ask.header("sec-restrict-tenant-access-policy") {
        let owner = policy.split(':').next().unwrap_or_default();
        if !own(owner) {
            return refuse(Cause::RestrictionBars);
        }
    }
    Ok(())
}
