//! Who may come in at all: whether an application can be used in this tenant and by this address, and whether a
//! person or another application is assigned to what it is for. Not how anybody proves who they are.

use std::sync::Arc;

use super::consumers;
use super::refusal::{Cause, Refusal};
use super::world::{Client, Standing, User, World};

/// The application of an id, if it can be used by an address with this tenant segment.
///
/// # Errors
/// It is not registered, was removed or switched off, or serves one tenant alone.
pub fn app(world: &World, segment: &str, id: &str) -> Result<Arc<Client>, Refusal> {
    let values = |app| [("app", app), ("tenant", world.domain.as_str())];
    let known = world.client(id);
    // In another tenant there is only what is made for many.
    let away = !world.is_home();
    let known = known.filter(|client| client.standing != Standing::Removed);
    let known = known.filter(|client| client.multi_tenant || !away);
    let Some(client) = known else {
        return Err(Refusal::new(Cause::ClientUnknown, &values(id)));
    };
    if client.standing == Standing::Disabled {
        return Err(Refusal::new(Cause::ClientDisabled, &values(&client.title)));
    }
    consumers::admits(world, segment, client)?;
    if world.names_own(segment) || client.multi_tenant || consumers::is_named(segment) {
        Ok(Arc::clone(client))
    } else {
        Err(Refusal::new(Cause::SingleTenant, &values(&client.title)))
    }
}

/// Whether a person may use an application and the API it asks for: each may demand that they are assigned to it.
///
/// # Errors
/// They are not.
pub fn user(world: &World, client: &Client, user: &User, resource: &str) -> Result<(), Refusal> {
    let api = app_of(world, resource);
    for app in std::iter::once(client).chain(api) {
        let assigned = |name: &String| {
            let groups = &user.standing.groups;
            name.eq_ignore_ascii_case(&user.name) || groups.contains(name)
        };
        if app.assignment.required && !app.assignment.to.iter().any(assigned) {
            let values = [("user", user.name.as_str()), ("app", app.title.as_str())];
            return Err(Refusal::new(Cause::NotAssigned, &values));
        }
    }
    Ok(())
}

/// Whether an application may have a token of its own for an API: the API may demand that it holds one of its roles.
///
/// # Errors
/// It holds none.
pub fn caller(world: &World, client: &Client, resource: &str) -> Result<(), Refusal> {
    let holds = |(uri, names): &(String, Vec<String>)| uri == resource && !names.is_empty();
    let demands = app_of(world, resource).is_some_and(|api| api.assignment.required);
    if demands && !client.roles.iter().any(holds) {
        let values = [("app", client.title.as_str()), ("resource", resource)];
        return Err(Refusal::new(Cause::CallerWithoutRole, &values));
    }
    Ok(())
}

/// The application that an API is the face of: they have the same id.
fn app_of<'w>(world: &'w World, resource: &str) -> Option<&'w Client> {
    let api = world.resource(resource)?;
    world.client(&api.id).map(Arc::as_ref)
}
