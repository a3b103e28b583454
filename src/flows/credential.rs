//! Client authentication (RFC 6749 section 2.3.1): the secret goes into the body, or into Basic where the server
//! offers nothing else.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use url::form_urlencoded::byte_serialize;
use zeroize::Zeroizing;

use crate::model::{
    ClientKind, Credential, Field, Flow, Header, Request, RunSpec, Secret, SecretKind,
};

/// Whether the client has to prove who it is and nobody has said how yet.
pub fn is_missing(spec: &RunSpec) -> bool {
    let confidential = match spec.client_kind {
        ClientKind::Web | ClientKind::Daemon | ClientKind::Api => true,
        ClientKind::Desktop | ClientKind::Spa => spec.flow == Flow::ClientCredentials,
    };
    match &spec.credential {
        Credential::Public => confidential,
        Credential::Ask => true,
        Credential::Secret(secret) => secret.is_empty(),
    }
}

/// Adds the client's proof to a token or device request.
pub fn complete(request: &mut Request, client_id: &str, secret: &Secret, basic: bool) {
    if basic {
        request
            .headers
            .push(Header::new("Authorization", header(client_id, secret)));
    } else {
        request
            .form
            .push(Field::new("client_secret", secret.clone()));
    }
}

fn header(client_id: &str, secret: &Secret) -> Secret {
    let mut pair = Zeroizing::new(String::new());
    pair.extend(byte_serialize(client_id.as_bytes()));
    pair.push(':');
    pair.extend(byte_serialize(secret.reveal().as_bytes()));
    let value = format!("Basic {}", BASE64_STANDARD.encode(pair.as_bytes()));
    Secret::new(SecretKind::ClientSecret, value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Purpose;

    #[test]
    fn basic_escapes_both_halves() {
        let mut request = Request::post("https://x/token", Vec::new(), Purpose::Token);
        let secret = Secret::new(SecretKind::ClientSecret, "p:w d");
        complete(&mut request, "app:1", &secret, true);
        assert!(request.form.is_empty());
        let expected = format!("Basic {}", BASE64_STANDARD.encode("app%3A1:p%3Aw+d"));
        assert_eq!(request.headers[0].value.reveal(), expected);
    }

    #[test]
    fn the_secret_stands_last_in_the_body() {
        let form = vec![Field::new("client_id", "app1")];
        let mut request = Request::post("https://x/token", form, Purpose::Token);
        let secret = Secret::new(SecretKind::ClientSecret, "s");
        complete(&mut request, "app1", &secret, false);
        assert_eq!(request.form[1].name, "client_secret");
        assert!(request.headers.is_empty());
    }
}
