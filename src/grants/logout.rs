//! Signing out at the server (OpenID Connect RP-Initiated Logout 1.0 section 2): what is asked of its page, and what
//! speaks against it.

use url::Url;

use super::Metadata;
use super::metadata::objection;
use crate::model::{Field, Problem, RunSpec, Secret, TokenFacts};
use crate::strings::logout as say;

/// The member of the metadata that names the page.
const NAME: &str = "end_session_endpoint";

/// The server's page for signing out.
///
/// # Errors
/// If there is none, if it is at a host that the person does not trust, or if nobody has signed in.
pub fn endpoint(spec: &RunSpec, metadata: &Metadata) -> Result<Url, Problem> {
    if spec.flow.is_without_user() {
        return Err(Problem::new(say::NO_USER, "flow", say::USER_EXPECTED));
    }
    let missing = || Problem::new(say::NO_ENDPOINT, NAME, say::ENDPOINT_EXPECTED);
    let named = metadata.end_session_endpoint.as_deref();
    let named = named.ok_or_else(missing)?;
    let trusted = &spec.options.trusted_hosts;
    if let Some(problem) = objection(NAME, named, &spec.authority, metadata.kind, trusted) {
        return Err(problem);
    }
    let wrong = |_| Problem::new(say::NO_ENDPOINT, NAME, say::NOT_AN_ADDRESS);
    Url::parse(named).map_err(wrong)
}

/// What is asked of it. With an ID token this is only for a form that is posted; `back` and its `state` are left out
/// where the browser cannot come back.
pub fn asked(
    spec: &RunSpec,
    token: &TokenFacts,
    id_token: Option<&Secret>,
    back: Option<(&str, &str)>,
) -> Vec<Field> {
    let mut asked = vec![Field::new("client_id", spec.client_id.as_str())];
    if let Some(id) = id_token {
        asked.push(Field::new("id_token_hint", id.clone()));
    }
    if let Some(hint) = hint(spec, token) {
        asked.push(Field::new("logout_hint", hint));
    }
    if let Some((back, state)) = back {
        asked.push(Field::new("post_logout_redirect_uri", back));
        asked.push(Field::new("state", state));
    }
    asked
}

/// Who signs out: the ID token's `login_hint` (Entra names the person by it without asking), else the user name.
fn hint(spec: &RunSpec, token: &TokenFacts) -> Option<String> {
    let claims = token.id_claims.as_ref();
    let told = claims.and_then(|claims| claims["login_hint"].as_str());
    told.map(str::to_owned)
        .or_else(|| token.account.clone())
        .or_else(|| spec.username.clone())
}

/// Whether a redirect is the answer to a request with this `state`.
pub fn is_answer(redirect: &str, state: &str) -> bool {
    Url::parse(redirect).is_ok_and(|url| {
        let mut pairs = url.query_pairs();
        pairs.any(|(name, value)| name == "state" && value == state)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grants::parameters::in_query;
    use crate::grants::testing::{metadata, spec};
    use crate::model::{Flow, SecretKind};

    fn with_page(page: &str) -> Metadata {
        Metadata {
            end_session_endpoint: Some(page.to_owned()),
            ..metadata()
        }
    }

    #[test]
    fn a_server_without_the_page_or_with_one_elsewhere_is_not_asked() {
        let spec = spec(Flow::Interactive);
        let none = endpoint(&spec, &metadata()).unwrap_err();
        assert_eq!(none.at, NAME);
        let elsewhere = endpoint(&spec, &with_page("https://elsewhere.example/out"));
        assert_eq!(elsewhere.unwrap_err().at, "--trust-host");
        let own = with_page("https://login.microsoftonline.com/t1/oauth2/v2.0/logout");
        assert!(endpoint(&spec, &own).is_ok());
    }

    #[test]
    fn an_application_of_its_own_has_nobody_to_sign_out() {
        let own = with_page("https://login.microsoftonline.com/t1/oauth2/v2.0/logout");
        let refused = endpoint(&spec(Flow::ClientCredentials), &own);
        assert_eq!(refused.unwrap_err().at, "flow");
    }

    #[test]
    fn what_is_asked_names_client_person_and_way_back() {
        let token = TokenFacts {
            account: Some("ada@contoso.example".into()),
            ..TokenFacts::default()
        };
        let id = Secret::new(SecretKind::IdToken, "e30.e30.");
        let spec = spec(Flow::Interactive);
        let names = |asked: Vec<Field>| {
            let names: Vec<String> = asked.into_iter().map(|field| field.name).collect();
            names.join(" ")
        };
        let all = asked(&spec, &token, Some(&id), Some(("http://localhost:1", "s")));
        assert_eq!(
            names(all),
            "client_id id_token_hint logout_hint post_logout_redirect_uri state"
        );
        let bare = asked(&spec, &token, None, None);
        let page = Url::parse("https://x.example/out?p=B2C_1_a").unwrap();
        assert_eq!(
            in_query(page, &bare).as_str(),
            "https://x.example/out?p=B2C_1_a&client_id=app1&logout_hint=ada%40contoso.example"
        );
    }

    #[test]
    fn only_an_answer_with_the_state_is_one() {
        assert!(is_answer("http://localhost:1/?state=s", "s"));
        assert!(!is_answer("http://localhost:1/?state=t", "s"));
        assert!(!is_answer("nonsense", "s"));
    }
}
