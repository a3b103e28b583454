//! Reads what a request asks for: scopes at the v2.0 endpoint, a resource at v1.

use super::refusal::{Cause, Refusal};
use super::world::{Client, OIDC_SCOPES, Resource, Wanted, World};

/// The scope that stands for everything a registration lists.
const DEFAULT: &str = ".default";

/// Reads `scope`. With `one`, scopes of several resources are an error, as at the token endpoint; without it the
/// first resource counts, as at the authorization endpoint.
///
/// # Errors
/// An unknown scope or resource, or several resources.
pub fn read(world: &World, client: &Client, scope: &str, one: bool) -> Result<Wanted, Refusal> {
    let mut wanted = Wanted::default();
    for text in scope.split_whitespace() {
        let folded = text.to_ascii_lowercase();
        if let Some(oidc) = OIDC_SCOPES.iter().find(|s| **s == folded) {
            if !wanted.oidc(oidc) {
                wanted.oidc.push((*oidc).to_owned());
            }
            continue;
        }
        let (resource, name) = split(world, text)?;
        if wanted.resource.is_empty() {
            resource.uri.clone_into(&mut wanted.resource);
        } else if wanted.resource != resource.uri {
            if one {
                return Err(Refusal::new(Cause::ScopeMixed, &[("field", scope)]));
            }
            continue;
        }
        add(&mut wanted, resource, name, text)?;
    }
    if wanted.resource.is_empty() {
        let Some(home) = world.home_resource() else {
            return Err(Refusal::new(
                Cause::ScopeUnknown,
                &[("field", scope), ("app", &client.title)],
            ));
        };
        home.uri.clone_into(&mut wanted.resource);
    }
    Ok(wanted)
}

fn add(wanted: &mut Wanted, resource: &Resource, name: &str, text: &str) -> Result<(), Refusal> {
    if name == DEFAULT {
        wanted.default = true;
    } else {
        let known = resource
            .scopes
            .iter()
            .find(|s| s.name.eq_ignore_ascii_case(name));
        let Some(known) = known else {
            return Err(Refusal::new(Cause::ScopeUnknown, &[("field", text)]));
        };
        if wanted.scopes.contains(&known.name) {
            return Ok(());
        }
        wanted.scopes.push(known.name.clone());
    }
    if !wanted.written.iter().any(|w| w == text) {
        wanted.written.push(text.to_owned());
    }
    Ok(())
}

/// The resource and the bare name of a scope: `https://host/User.Read`, `api://x/name`, `GUID/.default`, `Mail.Read`.
fn split<'w, 't>(world: &'w World, text: &'t str) -> Result<(&'w Resource, &'t str), Refusal> {
    let unknown = |name: &str| {
        Refusal::new(
            Cause::ResourceUnknown,
            &[("tenant", &world.domain), ("resource", name)],
        )
    };
    match text.rsplit_once('/') {
        Some((resource, name)) => {
            let known = world.resource(resource).ok_or_else(|| unknown(resource))?;
            Ok((known, name))
        }
        None if text == DEFAULT => Err(Refusal::new(Cause::ScopeUnknown, &[("field", text)])),
        None => {
            let home = world.home_resource().ok_or_else(|| unknown(text))?;
            Ok((home, text))
        }
    }
}

/// Reads `resource` of a v1 request, with the OpenID Connect scopes beside it.
///
/// # Errors
/// An unknown resource.
pub fn read_v1(world: &World, resource: Option<&str>, scope: &str) -> Result<Wanted, Refusal> {
    let known = match resource {
        Some(name) => world.resource(name),
        None => world.home_resource(),
    };
    let Some(known) = known else {
        let name = resource.unwrap_or_default();
        return Err(Refusal::new(
            Cause::ResourceUnknown,
            &[("tenant", &world.domain), ("resource", name)],
        ));
    };
    let mut oidc: Vec<String> = vec!["openid".into(), "profile".into(), "offline_access".into()];
    if scope.split_whitespace().any(|s| s == "email") {
        oidc.push("email".into());
    }
    Ok(Wanted {
        resource: known.uri.clone(),
        default: true,
        oidc,
        ..Wanted::default()
    })
}

/// What an application without a user asks for: exactly one `RESOURCE/.default`.
///
/// # Errors
/// Another form of scope, an unknown resource.
pub fn read_app(world: &World, scope: &str) -> Result<String, Refusal> {
    let mut words = scope
        .split_whitespace()
        .filter(|w| !OIDC_SCOPES.contains(w));
    let (first, more) = (words.next().unwrap_or_default(), words.next());
    let wrong = || Refusal::new(Cause::ScopeNotDefault, &[("field", scope)]);
    let Some((resource, DEFAULT)) = first.rsplit_once('/') else {
        return Err(wrong());
    };
    if more.is_some() {
        return Err(wrong());
    }
    let known = world.resource(resource);
    let known = known.ok_or_else(|| {
        Refusal::new(
            Cause::ResourceUnknown,
            &[("tenant", &world.domain), ("resource", resource)],
        )
    })?;
    Ok(known.uri.clone())
}

/// The scopes that are granted at last: names for the token's `scp`, and the `scope` of the reply.
pub fn granted(
    world: &World,
    client: &Client,
    user: &str,
    wanted: &Wanted,
) -> (Vec<String>, Vec<String>) {
    let mut names = wanted.scopes.clone();
    let mut said = wanted.written.clone();
    if wanted.default {
        names = world.consented(client, user, &wanted.resource);
        let full = |name: &String| format!("{}/{name}", wanted.resource);
        said = names.iter().map(full).collect();
        said.push(format!("{}/{DEFAULT}", wanted.resource));
    }
    let oidc = wanted.oidc.iter().filter(|s| *s != "offline_access");
    names.extend(oidc.clone().cloned());
    said.extend(oidc.cloned());
    (names, said)
}

#[cfg(test)]
mod tests {
    use super::super::testing::world;
    use super::*;

    #[test]
    fn scopes_are_read_in_every_form_clients_write_them() {
        let world = world();
        let client = world.clients[0].clone();
        let read = |text: &str, one| read(&world, &client, text, one);
        let wanted = read("User.Read offline_access openid profile", true).unwrap();
        assert_eq!(wanted.resource, "https://graph.microsoft.com");
        assert_eq!(wanted.scopes, ["User.Read"]);
        assert!(wanted.oidc("offline_access"));
        let wanted = read("https://graph.microsoft.com/.default", true).unwrap();
        assert!(wanted.default);
        let wanted = read("api://contoso-api/access_as_user openid", true).unwrap();
        assert_eq!(wanted.resource, "api://contoso-api");
        assert_eq!(
            read("User.Read api://contoso-api/access_as_user", true)
                .unwrap_err()
                .cause,
            Cause::ScopeMixed
        );
        assert!(read("User.Read api://contoso-api/access_as_user", false).is_ok());
        assert_eq!(
            read("Nothing.Like.It", true).unwrap_err().cause,
            Cause::ScopeUnknown
        );
        assert_eq!(
            read("api://nobody/x", true).unwrap_err().cause,
            Cause::ResourceUnknown
        );
        assert_eq!(
            read("openid", true).unwrap().resource,
            "https://graph.microsoft.com"
        );
    }

    #[test]
    fn an_application_asks_for_one_default() {
        let world = world();
        assert_eq!(
            read_app(&world, "https://graph.microsoft.com/.default").as_deref(),
            Ok("https://graph.microsoft.com")
        );
        assert_eq!(
            read_app(&world, "User.Read").unwrap_err().cause,
            Cause::ScopeNotDefault
        );
        assert_eq!(
            read_app(&world, "api://x/.default").unwrap_err().cause,
            Cause::ResourceUnknown
        );
    }
}
