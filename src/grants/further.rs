//! Requests at the authority with a token that was granted: introspection (RFC 7662), revocation (RFC 7009) and user
//! information (OpenID Connect Core 5.3); and what speaks against each before it is sent.

use super::Metadata;
use crate::model::{
    Authority, Exchange, Field, Further, Header, Problem, Purpose, Request, RunSpec, Secret,
    SecretKind, TokenFacts,
};
use crate::strings::grants as say;

/// What is asked for where the server signs what it tells (RFC 9701 section 4); a server that does not may answer plainly.
pub const SIGNED_INTROSPECTION: &str =
    "application/token-introspection+jwt, application/json;q=0.9";

/// The metadata that a run found, read again out of its exchanges.
pub fn metadata_of(authority: &Authority, exchanges: &[Exchange]) -> Option<Metadata> {
    let found = |exchange: &Exchange| {
        let asked = exchange.request.purpose == Purpose::Discovery;
        let reply = exchange.reply.as_ref().filter(|_| asked)?;
        Metadata::read(&reply.body, authority.kind).ok()
    };
    exchanges.iter().rev().find_map(found)
}

/// Why something cannot be done with a token; `None` where it can be asked.
pub fn barred(
    what: Further,
    token: &TokenFacts,
    metadata: &Metadata,
    spec: &RunSpec,
) -> Option<Problem> {
    let name = what.endpoint_name();
    if metadata.endpoint(what).is_none() {
        let expected = say::metadata_that_names(name);
        return Some(Problem::new(say::no_endpoint(name), name, expected));
    }
    if what == Further::RevokeRefresh && token.refresh_fingerprint.is_none() {
        let expected = say::A_REFRESH_TOKEN;
        return Some(Problem::new(say::NO_REFRESH_TOKEN, what.word(), expected));
    }
    let opens_nothing = token.token_type.eq_ignore_ascii_case("N_A");
    if what == Further::UserInfo && opens_nothing {
        let expected = say::AN_ACCESS_TOKEN;
        return Some(Problem::new(say::ISSUED_NO_BEARER, what.word(), expected));
    }
    let (authority, trusted) = (&spec.authority, &spec.options.trusted_hosts);
    metadata.objection_to(what, authority, trusted)
}

/// The request. The client's proof is not in it yet; user information wants none, only the access token.
pub fn request(
    what: Further,
    endpoint: &str,
    client_id: &str,
    token: &Secret,
    token_type: &str,
) -> Request {
    let (purpose, hint) = match what {
        Further::UserInfo => {
            let mut request = Request::get(endpoint, Purpose::UserInfo);
            let bearer = format!("{token_type} {}", token.reveal());
            let bearer = Secret::new(SecretKind::AccessToken, bearer);
            request.headers.push(Header::new("Authorization", bearer));
            return request;
        }
        Further::Introspect => (Purpose::Introspection, "access_token"),
        Further::Revoke => (Purpose::Revocation, "access_token"),
        Further::RevokeRefresh => (Purpose::Revocation, "refresh_token"),
    };
    let form = vec![
        Field::new("token", token.clone()),
        Field::new("token_type_hint", hint),
        Field::new("client_id", client_id),
    ];
    Request::post(endpoint, form, purpose)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grants::testing::{answered, form, metadata, spec};
    use crate::model::{AuthorityKind, Flow};

    fn token() -> TokenFacts {
        TokenFacts {
            token_type: "Bearer".into(),
            ..TokenFacts::default()
        }
    }

    fn issuer() -> Metadata {
        Metadata {
            kind: AuthorityKind::Oidc,
            introspection_endpoint: Some("https://issuer.contoso.example/introspect".into()),
            revocation_endpoint: Some("https://elsewhere.example/revoke".into()),
            userinfo_endpoint: None,
            ..metadata()
        }
    }

    fn at_issuer() -> RunSpec {
        let mut spec = spec(Flow::Interactive);
        spec.authority = Authority::parse("https://issuer.contoso.example").unwrap();
        spec
    }

    #[test]
    fn what_the_metadata_does_not_name_or_names_elsewhere_is_barred() {
        let barred = |what| barred(what, &token(), &issuer(), &at_issuer());
        assert_eq!(barred(Further::Introspect), None);
        let missing = barred(Further::UserInfo).unwrap();
        assert!(missing.what.contains("userinfo_endpoint"), "{missing:?}");
        assert_eq!(barred(Further::Revoke).unwrap().at, "--trust-host");
        let none = barred(Further::RevokeRefresh).unwrap();
        assert!(none.what.contains("refresh token"), "{none:?}");
    }

    #[test]
    fn entras_user_information_is_at_graph_and_may_be() {
        let mut entra = metadata();
        entra.userinfo_endpoint = Some("https://graph.microsoft.com/oidc/userinfo".into());
        let spec = spec(Flow::Interactive);
        assert_eq!(barred(Further::UserInfo, &token(), &entra, &spec), None);
        let nothing = TokenFacts {
            token_type: "N_A".into(),
            ..token()
        };
        assert!(barred(Further::UserInfo, &nothing, &entra, &spec).is_some());
    }

    #[test]
    fn a_token_goes_into_the_form_and_only_to_user_information_into_the_header() {
        let secret = Secret::new(SecretKind::AccessToken, "t0");
        let request = |what| request(what, "https://x/e", "app1", &secret, "Bearer");
        let hint = |what| form(&request(what));
        let expected = "token=t0 token_type_hint=access_token client_id=app1";
        assert_eq!(hint(Further::Introspect), expected);
        assert!(hint(Further::RevokeRefresh).contains("token_type_hint=refresh_token"));
        let asked = request(Further::UserInfo);
        assert_eq!((asked.method.as_str(), asked.form.len()), ("GET", 0));
        assert_eq!(asked.headers[0].value.reveal(), "Bearer t0");
    }

    #[test]
    fn the_metadata_of_a_run_is_read_out_of_its_exchanges() {
        let body = r#"{"issuer":"https://issuer.contoso.example","token_endpoint":"https://issuer.contoso.example/t","userinfo_endpoint":"https://issuer.contoso.example/me"}"#;
        let discovery = Request::get("https://x/.well-known", Purpose::Discovery);
        let exchanges = [
            answered(discovery.clone(), 404, "no"),
            answered(discovery, 200, body),
            crate::grants::testing::reply(200, "{}"),
        ];
        let found = metadata_of(&at_issuer().authority, &exchanges).unwrap();
        let me = found.endpoint(Further::UserInfo);
        assert_eq!(me, Some("https://issuer.contoso.example/me"));
        assert!(metadata_of(&at_issuer().authority, &exchanges[2..]).is_none());
    }
}
