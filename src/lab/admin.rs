//! The page where an administrator consents for everybody: `/{tenant}/adminconsent`, and `/{tenant}/v2.0/adminconsent`,
//! which names the permissions. It is walked like any sign-in and ends at the program.

use super::ask::Answer;
use super::authorize;
use super::consumers;
use super::desk::Desk;
use super::onward;
use super::page::{Kind, Page};
use super::pages;
use super::refusal::{Cause, Refusal, fill};
use super::scope;
use super::signin;
use super::visit::{Onward, Open, Purpose, Visit};
use super::world::{Client, Consent, Wanted, World, permissions_of};
use crate::strings::lab::surfaces as say;

/// What an administrator is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Whether the address was the one that names permissions, and how it named them.
    pub scope: Option<String>,
    /// Permissions by resource.
    pub grants: Vec<(String, Vec<String>)>,
}

/// Answers a request for administrator consent.
pub fn answer(mut desk: Desk<'_>) -> Answer {
    let begun = authorize::addressee(&desk).and_then(|(client, redirect)| {
        let asked = asked(&desk, &client)?;
        Ok((client, redirect, asked))
    });
    let (client, redirect, asked) = match begun {
        Ok(found) => found,
        Err(refusal) => return pages::refused(desk.world, &desk.stamp, &refusal, 400),
    };
    let session = desk.ask.cookie(authorize::COOKIE);
    let known = session
        .as_deref()
        .and_then(|key| desk.world.sessions.get(key));
    let visit = Visit {
        proof: known.map(|session| session.proof.clone()),
        purpose: Purpose::Program(Onward {
            redirect,
            state: desk.ask.parameter("state"),
            dialect: desk.kit.voice.dialect,
            v1: desk.v1,
            admin: Some(asked),
            ..Onward::default()
        }),
        tenant: desk.tenant.clone(),
        client: client.id.clone(),
        wanted: Wanted::default(),
        claims: None,
        correlation: desk.stamp.correlation.clone(),
        started: desk.at,
        name: None,
        open: vec![Open::Consent],
        number: desk.kit.two_digits(),
        session,
        forced: None,
    };
    let key = desk.kit.token();
    desk.world.visits.put(key.clone(), visit);
    signin::show(&mut desk, &key, None)
}

/// The permissions: those of `scope`, or all that the registration lists.
fn asked(desk: &Desk<'_>, client: &Client) -> Result<Asked, Refusal> {
    let registered = |resource: &str| permissions_of(client, resource);
    if desk.v1 {
        let all = desk.world.resources.iter().map(|resource| {
            let uri = resource.uri.clone();
            let names = registered(&uri);
            (uri, names)
        });
        return Ok(Asked {
            scope: None,
            grants: all.filter(|(_, names)| !names.is_empty()).collect(),
        });
    }
    if desk.tenant.eq_ignore_ascii_case("common") || consumers::is_named(&desk.tenant) {
        return Err(Refusal::new(Cause::BadRequest, &[("field", "tenant")]));
    }
    let missing = || Refusal::new(Cause::ParameterMissing, &[("field", "scope")]);
    let scope = desk.ask.parameter("scope").ok_or_else(missing)?;
    let wanted = scope::read(desk.world, client, &scope, false)?;
    let mut names = wanted.scopes;
    if wanted.default {
        names.extend(registered(&wanted.resource));
    }
    Ok(Asked {
        scope: Some(scope),
        grants: vec![(wanted.resource, names)],
    })
}

/// What a visit asks an administrator for, if it is one of these.
pub fn of(visit: &Visit) -> Option<&Asked> {
    match &visit.purpose {
        Purpose::Program(onward) => onward.admin.as_ref(),
        Purpose::Device(_) => None,
    }
}

/// Puts the administrator's words on a page.
pub fn dress(world: &World, page: &mut Page, visit: &Visit) {
    let Some(asked) = of(visit).filter(|_| page.kind == Kind::Consent) else {
        return;
    };
    let app = world.client(&visit.client).map_or("", |c| c.title.as_str());
    let values = [("app", app), ("tenant", world.tenant_name.as_str())];
    page.title = fill(say::ADMIN_CONSENT_TITLE, &values);
    page.paragraphs = vec![fill(say::ADMIN_CONSENT_SAYS, &values)];
    page.list = Vec::new();
    for (uri, names) in &asked.grants {
        let Some(resource) = world.resource(uri) else {
            continue;
        };
        let asked_for = resource.scopes.iter().filter(|s| names.contains(&s.name));
        let words = asked_for.map(|s| format!("{} ({}: {})", s.says, resource.title, s.name));
        page.list.extend(words);
    }
}

/// Writes the consent of an administrator down; nothing where the visit is another one.
pub fn consented(world: &mut World, visit: &Visit) -> bool {
    let Some(asked) = of(visit) else {
        return false;
    };
    let everything = asked
        .scope
        .as_ref()
        .is_none_or(|scope| scope.contains("/.default"));
    for (resource, scopes) in &asked.grants {
        let wanted = Wanted {
            resource: resource.clone(),
            default: everything,
            ..Wanted::default()
        };
        let client = world.client(&visit.client);
        let along = client.map(|client| world.unconsented_along(client, "", &wanted));
        let for_all = |consent| Consent {
            user: None,
            ..consent
        };
        let along: Vec<Consent> = along.into_iter().flatten().map(for_all).collect();
        if world.consents.len() < 10_000 {
            world.consents.push(Consent {
                client: visit.client.clone(),
                resource: resource.clone(),
                scopes: scopes.clone(),
                user: None,
            });
            world.consents.extend(along);
        }
    }
    true
}

/// What the program is told besides `state`.
pub fn members(world: &World, asked: &Asked) -> Vec<(&'static str, String)> {
    let mut all = vec![
        ("admin_consent", "True".to_owned()),
        ("tenant", world.tenant.clone()),
    ];
    all.extend(asked.scope.clone().map(|scope| ("scope", scope)));
    all
}

/// Tells the program that an administrator consented.
pub fn finish(desk: &Desk<'_>, client: &Client, onward: &Onward, asked: &Asked) -> Answer {
    let mut parameters = members(desk.world, asked);
    parameters.extend(onward.state.clone().map(|state| ("state", state)));
    let because = fill(say::SAID_ADMIN_CONSENT, &[("app", &client.name)]);
    onward::send(desk.world, client, onward, &parameters, &because)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{BASE, Bench};
    use super::super::walk::Jar;
    use crate::lab::handle::Walk;
    use crate::model::UserAct;

    const ADA: &str = "ada@contoso.example";

    fn walked(bench: &mut Bench, path: &str, act: UserAct) -> Walk {
        let (client, _) = bench.client("contoso-desktop");
        let url = format!(
            "{BASE}{path}?client_id={client}&redirect_uri=http://localhost:5000&state=s&scope=https://graph.microsoft.com/.default"
        );
        bench.walk(ADA, &mut Jar::default(), &url, act)
    }

    #[test]
    fn an_administrator_consents_for_everybody_in_both_shapes() {
        for (path, scoped) in [
            ("/common/adminconsent", false),
            ("/contoso.example/v2.0/adminconsent", true),
        ] {
            let mut bench = Bench::new();
            bench.change("revoke-consent");
            bench.change("set user ada@contoso.example roles global-administrator");
            let Walk::Redirect(to) = walked(&mut bench, path, UserAct::Completes) else {
                panic!("{path} does not end at the program");
            };
            assert!(
                to.contains("admin_consent=True") && to.contains("state=s"),
                "{to}"
            );
            assert_eq!(to.contains("scope="), scoped, "{to}");
            let (client, _) = bench.client("contoso-desktop");
            let everybodys =
                |c: &&crate::lab::world::Consent| c.client == client && c.user.is_none();
            assert!(
                bench.world.consents.iter().any(|c| everybodys(&c)),
                "{path}"
            );
        }
    }

    #[test]
    fn one_who_is_no_administrator_is_told_no_on_the_page() {
        let page = walked(
            &mut Bench::new(),
            "/contoso.example/adminconsent",
            UserAct::Completes,
        );
        assert!(
            matches!(&page, Walk::Page { text, .. } if text.contains("AADSTS90093")),
            "{page:?}"
        );
    }

    #[test]
    fn an_administrator_who_declines_sends_the_program_an_error() {
        for (path, error) in [
            ("/contoso.example/adminconsent", "error=permission_denied"),
            (
                "/contoso.example/v2.0/adminconsent",
                "error=consent_required",
            ),
        ] {
            let mut bench = Bench::new();
            bench.change("set user ada@contoso.example roles global-administrator");
            let page = walked(&mut bench, path, UserAct::DeclinesConsent);
            let told = matches!(&page, Walk::Redirect(to) if to.contains(error) && to.contains("admin_consent=True") && to.contains("AADSTS65004"));
            assert!(told, "{page:?}");
        }
    }
}
