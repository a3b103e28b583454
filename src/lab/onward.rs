//! Hands a result to the program that waits at its redirect URI.

use super::admin;
use super::ask::Answer;
use super::dialect;
use super::page::{Button, Form, Kind, Page};
use super::refusal::{Cause, Refusal, Stamp, fill};
use super::visit::{Mode, Onward};
use super::world::{Client, Redirect, World};
use crate::strings::lab as say;

/// Sends parameters to the program, `state` among them.
pub fn send(
    world: &World,
    client: &Client,
    onward: &Onward,
    parameters: &[(&str, String)],
    because: &str,
) -> Answer {
    let mut parameters = parameters.to_vec();
    parameters.extend(onward.issuer.clone().map(|issuer| ("iss", issuer)));
    let encode = || {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(&parameters).finish()
    };
    match onward.mode {
        Mode::Query => {
            let separator = if onward.redirect.contains('?') {
                '&'
            } else {
                '?'
            };
            Answer::redirect(
                &format!("{}{separator}{}", onward.redirect, encode()),
                because,
            )
        }
        Mode::Fragment => Answer::redirect(&format!("{}#{}", onward.redirect, encode()), because),
        Mode::FormPost => {
            let hidden = parameters
                .iter()
                .map(|(name, value)| ((*name).to_owned(), value.clone()));
            let page = Page {
                kind: Kind::Post,
                title: fill(say::POST_TITLE, &[("app", &client.title)]),
                paragraphs: vec![say::POST_SAYS.to_owned()],
                form: Some(Form {
                    action: onward.redirect.clone(),
                    hidden: hidden.collect(),
                    inputs: Vec::new(),
                    buttons: vec![Button::new("", "", say::DEVICE_CONTINUE)],
                }),
                tenant: world.tenant_name.clone(),
                ..Page::default()
            };
            let mut answer = page.answer(200, origin(&onward.redirect).as_deref());
            because.clone_into(&mut answer.because);
            answer
        }
    }
}

/// Sends a refusal to the program (RFC 6749 section 4.1.2.1), with the members Entra adds.
pub fn refuse(
    world: &World,
    client: &Client,
    onward: &Onward,
    refusal: &Refusal,
    stamp: &Stamp,
    base: &str,
) -> Answer {
    // The authorization endpoint speaks like the v1 token endpoint: interaction_required, never invalid_grant.
    let entra = onward.dialect.is_entra();
    let error = dialect::error(onward.dialect, refusal.cause, refusal.error(true));
    let error = match (&onward.admin, refusal.cause) {
        (Some(asked), Cause::ConsentDeclined) if asked.scope.is_some() => "consent_required",
        (Some(_), Cause::ConsentDeclined) => "permission_denied",
        _ => error,
    };
    let mut parameters = vec![("error", error.to_owned())];
    if let Some(asked) = &onward.admin {
        parameters.extend(admin::members(world, asked));
    }
    if entra && refusal.cause == Cause::ConsentDeclined {
        parameters.push(("error_subcode", "cancel".into()));
    }
    if let Some(state) = &onward.state {
        parameters.push(("state", state.clone()));
    }
    parameters.push(("error_description", refusal.description(stamp)));
    let row = refusal.cause.row();
    if !entra {
        let because = fill(say::SAID_REDIRECT_ERROR, &[("why", &refusal.because)]);
        return send(world, client, onward, &parameters, &because);
    }
    if let Some(code) = row.code {
        parameters.push(("error_uri", format!("{base}/error?code={code}")));
    }
    if let Some(suberror) = row.suberror {
        parameters.push(("suberror", suberror.into()));
    }
    if let Some(claims) = &refusal.claims {
        parameters.push(("claims", claims.clone()));
    }
    let because = fill(say::SAID_REDIRECT_ERROR, &[("why", &refusal.said())]);
    let mut answer = send(world, client, onward, &parameters, &because);
    answer.mark.assumed = row.assumed;
    answer
}

/// The origin of a redirect URI, for the content policy of the page before it.
pub fn origin(redirect: &str) -> Option<String> {
    let url = url::Url::parse(redirect).ok()?;
    let origin = url.origin();
    origin.is_tuple().then(|| origin.ascii_serialization())
}

/// Whether a redirect URI is registered: equal, or on loopback with any port where none is registered (RFC 8252
/// section 7.3).
pub fn is_registered(client: &Client, redirect: &str) -> bool {
    registered(client, redirect).is_some()
}

/// The registered redirect address that stands for one.
pub fn registered<'c>(client: &'c Client, redirect: &str) -> Option<&'c Redirect> {
    let asked = url::Url::parse(redirect).ok()?;
    if asked.fragment().is_some() || !asked.username().is_empty() || asked.password().is_some() {
        return None;
    }
    client.redirects.iter().find(|registered| {
        let Ok(known) = url::Url::parse(&registered.uri) else {
            return false;
        };
        let any_port = known.port().is_none() && crate::model::authority::is_loopback(&known);
        known.scheme() == asked.scheme()
            && known.host() == asked.host()
            && known.path() == asked.path()
            && known.query() == asked.query()
            && (any_port || known.port_or_known_default() == asked.port_or_known_default())
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::world;
    use super::*;

    #[test]
    fn loopback_may_use_any_port_and_nothing_else_may() {
        let world = world();
        let mut client = Client::clone(&world.clients[0]);
        client.redirects.push(Redirect {
            uri: "https://app.contoso.example/back".into(),
            platform: super::super::file::Platform::Web,
        });
        for good in [
            "http://localhost",
            "http://localhost:5000",
            "http://localhost:5000/",
            "http://127.0.0.1:1",
            "http://[::1]:9/",
            "https://app.contoso.example/back",
        ] {
            assert!(is_registered(&client, good), "{good}");
        }
        for bad in [
            "http://localhost.evil.example",
            "http://localhost:5000/other",
            "https://localhost:5000",
            "http://user@localhost",
            "http://localhost/#x",
            "https://app.contoso.example:444/back",
            "javascript:alert(1)",
            "",
        ] {
            assert!(!is_registered(&client, bad), "{bad}");
        }
    }
}
