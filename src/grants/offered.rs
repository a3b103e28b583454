//! What a request wants and the metadata does not list. It may be sent all the same: documents are often incomplete,
//! and the refusal is worth seeing.

use super::{Metadata, mutual_tls};
use crate::model::{AuthorityKind, Credential, Flow, Problem, ResponseMode, ResponseType, RunSpec};
use crate::strings::grants as say;
use crate::strings::guide::lint;

/// What is not listed, in the order of the form. Empty where the document does not say.
pub fn unlisted(spec: &RunSpec, metadata: &Metadata) -> Vec<Problem> {
    let method = auth_method(spec, metadata);
    let method = method.and_then(|method| {
        let listed = metadata.auth_methods.as_ref()?;
        let expected = say::listed("token_endpoint_auth_methods_supported", listed);
        let there = listed.iter().any(|known| known == method);
        (!there).then(|| Problem::new(say::method_unlisted(method), "credential", expected))
    });
    let found = grant(spec, metadata).or_else(|| at_entra(spec, metadata));
    let dpop = dpop(spec, metadata);
    let response = response(spec, metadata);
    let unbound = mutual_tls::unbound(spec, metadata);
    let found = found.into_iter().chain(method).chain(unbound).chain(dpop);
    found.chain(response).collect()
}

/// What is to come back from the page, and how (RFC 8414 section 2). The order of the words means nothing.
fn response(spec: &RunSpec, metadata: &Metadata) -> Vec<Problem> {
    let mut found = Vec::new();
    if spec.flow != Flow::Interactive {
        return found;
    }
    let kind = spec.asking.response_type;
    if let Some(listed) = &metadata.accepts.response_types {
        let mut known = listed
            .iter()
            .filter_map(|word| ResponseType::from_word(word));
        if !known.any(|known| known == kind) {
            let what = say::response_unlisted("response type", kind.word());
            let expected = say::listed("response_types_supported", listed);
            found.push(Problem::new(what, "response_type", expected));
        }
    }
    // Where the usual mode is asked for, nobody chose it.
    let chosen = spec.asking.response_mode.map(ResponseMode::word);
    let accepts = &metadata.accepts;
    let untold = accepts.request_object.is_none() && accepts.request_algorithms.is_none();
    if spec.asking.request_object && untold {
        let (what, expected) = (say::REQUEST_UNTOLD, say::REQUEST_DEFAULT);
        found.push(Problem::new(what, "request", expected));
    }
    if let (Some(listed), Some(mode)) = (&metadata.accepts.response_modes, chosen)
        && !listed.iter().any(|known| known == mode)
    {
        let what = say::response_unlisted("response mode", mode);
        let expected = say::listed("response_modes_supported", listed);
        found.push(Problem::new(what, "response_mode", expected));
    }
    found
}

/// DPoP, where the document does not say that the server knows it with ES256 (RFC 9449 section 5.1). Where the
/// authority's address tells, the check before the request has said so already.
fn dpop(spec: &RunSpec, metadata: &Metadata) -> Option<Problem> {
    if !spec.extensions.dpop || lint::no_dpop_at(spec.authority.kind).is_some() {
        return None;
    }
    if let Some(instead) = lint::no_dpop_at(metadata.kind) {
        return Some(Problem::new(lint::NO_DPOP, "dpop", instead));
    }
    match &metadata.dpop_algorithms {
        Some(listed) if listed.iter().any(|known| known == "ES256") => None,
        listed => {
            let listed = listed.as_deref().unwrap_or_default();
            let expected = say::listed("dpop_signing_alg_values_supported", listed);
            Some(Problem::new(say::DPOP_UNLISTED, "dpop", expected))
        }
    }
}

/// As the check before the request says it, where only the metadata told that a Microsoft service answers.
fn at_entra(spec: &RunSpec, metadata: &Metadata) -> Option<Problem> {
    let told = metadata.is_microsoft() && spec.authority.kind == AuthorityKind::Undetermined;
    let (what, instead) = lint::no_use_at_entra(spec.flow).filter(|_| told)?;
    Some(Problem::new(what, "flow", instead))
}

fn grant(spec: &RunSpec, metadata: &Metadata) -> Option<Problem> {
    // Microsoft's documents list what its own libraries use, and leave out grants that are taken.
    let complete = matches!(metadata.kind, AuthorityKind::Oidc | AuthorityKind::Adfs);
    let listed = metadata.grant_types.as_ref().filter(|_| complete)?;
    let name = grant_type(spec.flow)?;
    let there = listed.iter().any(|known| known == name);
    let expected = say::listed("grant_types_supported", listed);
    (!there).then(|| Problem::new(say::grant_unlisted(name), "flow", expected))
}

/// The `grant_type` that a flow asks the token endpoint with; `None` where it asks no authorization server.
pub const fn grant_type(flow: Flow) -> Option<&'static str> {
    Some(match flow {
        Flow::Silent | Flow::RefreshToken => "refresh_token",
        Flow::Interactive => "authorization_code",
        Flow::DeviceCode => "urn:ietf:params:oauth:grant-type:device_code",
        Flow::Ciba => super::ciba::GRANT,
        Flow::ClientCredentials => "client_credentials",
        Flow::Password => "password",
        Flow::OnBehalfOf | Flow::JwtBearer => "urn:ietf:params:oauth:grant-type:jwt-bearer",
        Flow::TokenExchange => "urn:ietf:params:oauth:grant-type:token-exchange",
        Flow::SamlBearer => "urn:ietf:params:oauth:grant-type:saml2-bearer",
        Flow::UserFic => "user_fic",
        Flow::ManagedIdentity | Flow::AdminConsent => return None,
    })
}

/// How the client will authenticate (OpenID Connect Core 9); `None` for a public client.
fn auth_method(spec: &RunSpec, metadata: &Metadata) -> Option<&'static str> {
    match &spec.credential {
        _ if spec.flow == Flow::ManagedIdentity => None,
        Credential::Public | Credential::Ask => None,
        Credential::Secret(_) => {
            let chosen = spec.options.secret_method;
            let method = chosen.unwrap_or_else(|| metadata.secret_method());
            Some(method.word())
        }
        Credential::Certificate(given) => {
            Some(given.at.method.word()).filter(|_| given.at.method.proves())
        }
        Credential::Assertion(_) => Some("private_key_jwt"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grants::testing::{metadata, spec};
    use crate::model::{Secret, SecretKind};

    fn issuer(grants: &[&str], methods: &[&str]) -> Metadata {
        let words = |words: &[&str]| Some(words.iter().map(|&word| word.into()).collect());
        Metadata {
            kind: AuthorityKind::Oidc,
            grant_types: words(grants),
            auth_methods: words(methods),
            ..metadata()
        }
    }

    #[test]
    fn a_grant_that_is_not_listed_is_named_with_those_that_are() {
        let listed = issuer(&["authorization_code"], &["none"]);
        let found = unlisted(&spec(Flow::TokenExchange), &listed);
        assert_eq!((found.len(), found[0].at.as_str()), (1, "flow"));
        assert!(found[0].what.contains("token-exchange"));
        assert!(found[0].expected.contains("authorization_code"));
        assert!(unlisted(&spec(Flow::Interactive), &listed).is_empty());
        let silent = Metadata {
            grant_types: None,
            ..listed.clone()
        };
        assert!(unlisted(&spec(Flow::TokenExchange), &silent).is_empty());
        let entra = Metadata {
            kind: AuthorityKind::EntraV2,
            ..listed
        };
        assert!(unlisted(&spec(Flow::OnBehalfOf), &entra).is_empty());
    }

    #[test]
    fn a_proof_that_is_not_listed_is_named_with_those_that_are() {
        let mut spec = spec(Flow::ClientCredentials);
        spec.credential = Credential::Secret(Secret::new(SecretKind::ClientSecret, "s"));
        let grants = ["client_credentials"];
        let found = unlisted(&spec, &issuer(&grants, &["private_key_jwt"]));
        assert_eq!((found.len(), found[0].at.as_str()), (1, "credential"));
        assert!(found[0].what.contains("client_secret_post"));
        assert!(found[0].expected.contains("private_key_jwt"));
        assert!(unlisted(&spec, &issuer(&grants, &["client_secret_basic"])).is_empty());
    }
}
