//! Client authentication: the secret goes into the body, or into Basic where the server offers nothing else (RFC 6749
//! section 2.3.1); an assertion goes into the body (RFC 7523 section 2.2).

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use url::form_urlencoded::byte_serialize;
use zeroize::Zeroizing;

use super::driver::Driver;
use super::mutual_tls;
use crate::decode;
use crate::keys::Signer;
use crate::model::{
    ClientAssertion, ClientKind, Credential, Event, Field, Flow, Header, Moment, Problem, Request,
    RunSpec, Secret, SecretKind,
};
use crate::strings::flows as say;
use crate::wire::Transport;

/// The type of an assertion that is a JWT (RFC 7523 section 2.2).
const JWT_BEARER: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// Whether the client has to prove who it is and nobody has said how yet.
pub fn is_missing(spec: &RunSpec) -> bool {
    if matches!(spec.flow, Flow::ManagedIdentity | Flow::AdminConsent) {
        return false;
    }
    let confidential = match spec.client_kind {
        ClientKind::Web | ClientKind::Daemon | ClientKind::Api => true,
        ClientKind::Desktop | ClientKind::Spa => {
            matches!(
                spec.flow,
                Flow::ClientCredentials | Flow::OnBehalfOf | Flow::UserFic | Flow::Ciba
            )
        }
    };
    match &spec.credential {
        Credential::Public => confidential,
        Credential::Ask => true,
        Credential::Secret(secret) => secret.is_empty(),
        Credential::Certificate(_) | Credential::Assertion(_) => false,
    }
}

/// Reads what signs the client's assertions or is shown in the handshake, before anything is sent; says in the run's log
/// what the client will prove itself with.
///
/// # Errors
/// A file that cannot be used.
pub fn prepare<T: Transport>(driver: &mut Driver<T>) -> Result<(), Problem> {
    driver.certificate = mutual_tls::prepare(driver)?;
    driver.signer = signer(driver)?;
    Ok(())
}

fn signer<T: Transport>(driver: &Driver<T>) -> Result<Option<Signer>, Problem> {
    match &driver.spec.credential {
        Credential::Public | Credential::Ask | Credential::Secret(_) => Ok(None),
        // The authorization request may be signed with the same key (RFC 9101).
        Credential::Certificate(certificate) if driver.certificate.is_some() => {
            let wanted = driver.spec.asking.request_object;
            wanted.then(|| Signer::new(certificate)).transpose()
        }
        Credential::Certificate(certificate) => {
            let signer = Signer::new(certificate)?;
            driver.say(say::certificate(&signer.thumbprint()));
            let over = signer.expires().filter(|over| *over <= driver.now());
            if let Some(over) = over {
                driver.say(say::certificate_over(&over.iso()));
            }
            Ok(Some(signer))
        }
        Credential::Assertion(assertion) => {
            driver.log(told(assertion, driver.now())?);
            Ok(None)
        }
    }
}

/// What an assertion that somebody else made says: the three values that a registration compares, and its time.
fn told(assertion: &ClientAssertion, now: Moment) -> Result<Event, Problem> {
    let Some(jwt) = decode::jwt::parse(assertion.token.reveal()) else {
        let at = assertion.from.place();
        return Err(Problem::new(
            say::NOT_AN_ASSERTION,
            at,
            say::ASSERTION_EXPECTED,
        ));
    };
    let claim = |name: &str| match &jwt.claims[name] {
        serde_json::Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let [issuer, subject, audience] = ["iss", "sub", "aud"].map(claim);
    let expires = jwt.claims["exp"].as_i64().map(Moment::from_seconds);
    let over = expires.filter(|expires| *expires <= now);
    let what = over.map_or_else(
        || say::ASSERTION.to_owned(),
        |at| say::assertion_over(&at.iso()),
    );
    Ok(Event::about(
        now,
        what,
        say::assertion(&issuer, &subject, &audience),
    ))
}

/// Adds an assertion to a token or device request.
pub fn assert(request: &mut Request, assertion: Secret) {
    request
        .form
        .push(Field::new("client_assertion_type", JWT_BEARER));
    request.form.push(Field::new("client_assertion", assertion));
}

/// Adds the client's secret to a token or device request.
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
