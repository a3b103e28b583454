//! How an application proves who it is: by a secret, by an assertion it signs with the key of a registered
//! certificate (RFC 7523 section 2.2), or by the token of another issuer that the registration trusts. Says as well
//! whether a proof is wanted at all. Knows nothing of users.

use std::sync::Arc;

use super::ask::Ask;
use super::desk::{Desk, basic, same};
use super::file::Platform;
use super::refusal::{Cause, Refusal, fill};
use super::world::Client;
use crate::strings::lab::apps as say;

mod assertion;
mod authority;
mod certificate;
pub mod ci;
mod federated;
mod jwt;
#[cfg(test)]
mod tests;

pub use authority::Authority;
pub use certificate::{Certificate, is_certificate};
pub use jwt::Jwt;

/// The type of a client assertion (RFC 7523 section 2.2).
const TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// What the application comes with: it decides whether a proof is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// It asks for itself, or in exchange for a token it was called with.
    Alone,
    /// A password or a device code: nothing came through a redirect address.
    Direct,
    /// A code or refresh token that came through a redirect address of this type.
    Through(Platform),
}

/// What an application proved itself with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proven {
    /// Nothing, and nothing was wanted.
    Nothing,
    Secret,
    /// A certificate, with this algorithm.
    Certificate(String),
    /// A token of this issuer.
    Federated(String),
}

impl Proven {
    /// In words, for the request log.
    pub fn words(&self) -> String {
        match self {
            Self::Nothing => say::PROVEN_NOTHING.to_owned(),
            Self::Secret => say::PROVEN_SECRET.to_owned(),
            Self::Certificate(by) => fill(say::PROVEN_CERTIFICATE, &[("by", by)]),
            Self::Federated(issuer) => fill(say::PROVEN_FEDERATED, &[("issuer", issuer)]),
        }
    }
}

/// The client that asks, proven to be it.
///
/// # Errors
/// A credential that is missing, wrong, expired, or not wanted; a browser where none may be, or none where one must.
pub fn client(desk: &Desk<'_>, way: Way) -> Result<Arc<Client>, Refusal> {
    let client = desk.client()?;
    check(desk, &client, way)?;
    Ok(client)
}

/// As [`client`], for a client that is known already.
///
/// # Errors
/// As there.
pub fn check(desk: &Desk<'_>, client: &Client, way: Way) -> Result<Proven, Refusal> {
    check_origin(desk.ask, client, way)?;
    let refuse = |cause| Err(Refusal::new(cause, &[("app", &client.title)]));
    let secret = basic(desk.ask)
        .map(|(_, secret)| secret)
        .or_else(|| desk.ask.form("client_secret"));
    let assertion = desk.ask.form("client_assertion");
    let free = match way {
        Way::Alone => false,
        Way::Direct => client.public_flows,
        Way::Through(platform) => platform != Platform::Web,
    };
    match (secret, assertion) {
        (None, None) if free => Ok(Proven::Nothing),
        (None, None) if way == Way::Alone => refuse(Cause::AppSecretMissing),
        (None, None) => refuse(Cause::SecretMissing),
        _ if is_public(client, way) => refuse(Cause::SecretOnPublic),
        (_, Some(assertion)) => check_assertion(desk, client, &assertion),
        (Some(secret), None) => check_secret(desk, client, &secret),
    }
}

/// Whether the client may send no credential: what came through a browser's or an installed program's redirect
/// address, and whatever a public client sends.
fn is_public(client: &Client, way: Way) -> bool {
    match way {
        Way::Through(platform) => platform != Platform::Web,
        Way::Alone | Way::Direct => client.kind.public(),
    }
}

/// A page in the browser sends `Origin`, and only it: what came through its redirect address is for it alone.
fn check_origin(ask: &Ask, client: &Client, way: Way) -> Result<(), Refusal> {
    let crosses = ask.header("origin").is_some();
    let browser = way == Way::Through(Platform::Spa);
    let cause = match (browser, crosses) {
        (true, false) => Cause::OriginNeeded,
        (false, true) => Cause::OriginUnwanted,
        (true, true) | (false, false) => return Ok(()),
    };
    Err(Refusal::new(cause, &[("app", &client.title)]))
}

fn check_secret(desk: &Desk<'_>, client: &Client, sent: &str) -> Result<Proven, Refusal> {
    let values = [("app", client.title.as_str())];
    let found = client.secrets.iter().find(|s| same(&s.value, sent));
    match found {
        Some(secret) if secret.is_over(desk.at) => Err(Refusal::new(Cause::SecretExpired, &values)),
        Some(_) => Ok(Proven::Secret),
        None => {
            let is_id = client
                .secrets
                .iter()
                .any(|s| s.id.eq_ignore_ascii_case(sent));
            let refusal = Refusal::new(Cause::SecretWrong, &values);
            Err(if is_id {
                refusal.because(say::BY_SECRET_ID)
            } else {
                refusal
            })
        }
    }
}

/// Checks the federated credential of a user that an application shows beside its own proof.
///
/// # Errors
/// None, one that cannot be read, or that the registration does not trust.
pub fn of_user(desk: &Desk<'_>, client: &Client) -> Result<(), Refusal> {
    let field = "user_federated_identity_credential";
    let sent = desk.credential_part(field)?;
    let jwt = Jwt::read(&sent).ok_or_else(|| {
        let values = [("app", client.title.as_str()), ("field", field)];
        Refusal::new(Cause::AssertionMalformed, &values)
    })?;
    federated::check(desk, client, &jwt)
}

fn check_assertion(desk: &Desk<'_>, client: &Client, text: &str) -> Result<Proven, Refusal> {
    let kind = desk.required("client_assertion_type")?;
    if kind != TYPE {
        let field = [("field", "client_assertion_type")];
        return Err(Refusal::new(Cause::BadRequest, &field));
    }
    let jwt = Jwt::read(text).ok_or_else(|| {
        Refusal::new(
            Cause::AssertionMalformed,
            &[("app", &client.title), ("field", "client_assertion")],
        )
    })?;
    if jwt.text("iss").starts_with("https://") {
        federated::check(desk, client, &jwt)?;
        Ok(Proven::Federated(jwt.text("iss").to_owned()))
    } else {
        assertion::check(desk, client, &jwt)?;
        Ok(Proven::Certificate(jwt.head("alg").to_owned()))
    }
}
