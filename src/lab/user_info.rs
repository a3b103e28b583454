//! `/oidc/userinfo` (OpenID Connect Core 5.3): what the holder of a token may know of the person.

use serde_json::{Value as Json, json};

use super::api::{self, Challenge};
use super::ask::Answer;
use super::desk::Desk;
use super::mint;
use crate::strings::lab as say;

/// Answers.
pub fn answer(desk: &Desk<'_>) -> Answer {
    match allowed(desk) {
        Ok(claims) => Answer::json(200, &person(&claims), say::SAID_API),
        Err(challenge) => api::refuse(desk, &challenge),
    }
}

/// The claims of a token that is for this and holds `openid` (RFC 6750 section 3.1). Entra's own address belongs to
/// the API that bare scopes belong to, and takes tokens for that one alone.
fn allowed(desk: &Desk<'_>) -> Result<Json, Challenge> {
    let claims = api::check(desk)?;
    let home = desk.world.home_resource().map(|home| home.uri.as_str());
    if desk.kit.voice.dialect.is_entra() && claims["aud"].as_str() != home {
        return Err(Challenge::token(say::API_AUDIENCE));
    }
    if holds(&claims, "openid") {
        Ok(claims)
    } else {
        Err(Challenge::scope(Some("openid".into()), say::API_NO_OPENID))
    }
}

fn holds(claims: &Json, scope: &str) -> bool {
    let held = claims["scp"].as_str().unwrap_or_default();
    held.split(' ').any(|one| one == scope)
}

/// The person: the subject as in the ID token of the same client, and what the scopes `profile` and `email` open
/// (OpenID Connect Core 5.4).
fn person(claims: &Json) -> Json {
    let text = |name: &str| claims[name].as_str().unwrap_or_default();
    let client = [text("azp"), text("appid")].concat();
    let mut body = json!({ "sub": mint::pairwise(text("oid"), &client) });
    if holds(claims, "profile") {
        body["name"] = claims["name"].clone();
        body["preferred_username"] = name_of(claims);
    }
    if holds(claims, "email") {
        body["email"] = name_of(claims);
    }
    body
}

/// The user name, under the claim that the dialect has it in.
fn name_of(claims: &Json) -> Json {
    let found = ["preferred_username", "upn"]
        .iter()
        .map(|name| &claims[*name]);
    let mut named = found.filter(|name| name.is_string());
    named.next().cloned().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::ask::Ask;
    use super::super::testing::{BASE, Bench, json};
    use super::*;

    /// What Entra's address says to a token that was got with this form, and the challenge it comes with.
    fn told(form: &str) -> (u16, Json, String) {
        let mut bench = Bench::new();
        let token = json(&bench.told("/contoso.example/oauth2/v2.0/token", form));
        let token = token["access_token"].as_str().unwrap().to_owned();
        let answer = bench.ask(&Ask {
            method: "GET".into(),
            base: BASE.into(),
            path: "/oidc/userinfo".into(),
            headers: vec![("authorization".into(), format!("Bearer {token}"))],
            ..Ask::default()
        });
        let header = answer.header("www-authenticate").unwrap_or_default();
        (answer.status, json(&answer), header.to_owned())
    }

    fn of_ada(scope: &str) -> String {
        format!(
            "grant_type=password&client_id={{desktop}}&username=ada%40contoso.example&password=simulated-Ada-1&scope={scope}"
        )
    }

    #[test]
    fn each_scope_opens_its_part() {
        for (scope, members) in [
            ("openid", 1),
            ("openid+profile", 3),
            ("openid+email", 2),
            ("openid+User.Read+profile+email", 4),
        ] {
            let (status, body, _) = told(&of_ada(scope));
            assert_eq!(status, 200, "{scope}: {body}");
            assert_eq!(body.as_object().unwrap().len(), members, "{scope}: {body}");
        }
    }

    #[test]
    fn a_token_without_openid_or_for_another_api_is_refused_as_the_standard_says() {
        let daemon = "grant_type=client_credentials&client_id={daemon}&client_secret={secret}&scope={graph}/.default";
        for (form, status, error) in [
            (of_ada("User.Read"), 403, "insufficient_scope"),
            (
                of_ada("openid+api://contoso-api/access_as_user"),
                401,
                "invalid_token",
            ),
            (daemon.to_owned(), 403, "insufficient_scope"),
        ] {
            let (said, body, header) = told(&form);
            assert_eq!(said, status, "{form}: {body}");
            let named = header.contains(&format!("error=\"{error}\""));
            assert!(named && header.starts_with("Bearer "), "{form}: {header}");
            let scoped = header.contains("scope=\"openid\"");
            assert_eq!(scoped, status == 403, "{form}: {header}");
        }
        let bare = Bench::new().get("/oidc/userinfo");
        let header = bare.header("www-authenticate").unwrap();
        assert!(bare.status == 401 && !header.contains("error="), "{header}");
    }
}
