//! Assertions that an application signs itself, with the key of a certificate that its registration holds.

use url::Url;

use super::super::desk::Desk;
use super::super::refusal::{Cause, Refusal};
use super::super::world::Client;
use super::certificate::{Certificate, brought, chain, hex, unhex};
use super::jwt::{Jwt, bytes};
use crate::model::authority::is_loopback;
use crate::strings::lab::apps as say;

/// Checks one: who, with which key, whether with that key, for whom, when.
///
/// # Errors
/// The first thing about it that is not as it must be.
pub fn check(desk: &Desk<'_>, client: &Client, jwt: &Jwt) -> Result<(), Refusal> {
    let (issuer, subject) = (jwt.text("iss"), jwt.text("sub"));
    let refuse = |cause, value: &str| {
        let values = [
            ("app", client.title.as_str()),
            ("value", value),
            ("issuer", issuer),
            ("subject", subject),
        ];
        Err(Refusal::new(cause, &values))
    };
    if issuer != subject {
        return refuse(Cause::AssertionParties, "");
    }
    if !issuer.eq_ignore_ascii_case(&client.id) {
        return refuse(Cause::AssertionClient, "");
    }
    let algorithm = jwt.head("alg");
    if !["RS256", "PS256"].contains(&algorithm) {
        return refuse(Cause::AssertionAlgorithm, algorithm);
    }
    let Some(print) = print(jwt) else {
        return refuse(Cause::AssertionKeyless, "");
    };
    let certificate = trusted(desk, client, jwt, &print)?;
    if !certificate.signed(jwt) {
        return refuse(Cause::AssertionSignature, "");
    }
    if !certificate.is_valid_at(desk.at) {
        return refuse(Cause::CertificateOver, "");
    }
    check_audience(desk, client, jwt)?;
    check_time(desk, client, jwt)
}

/// The certificate of the header, if the registration trusts it: for itself, or for its issuer's sake.
fn trusted(
    desk: &Desk<'_>,
    client: &Client,
    jwt: &Jwt,
    print: &[u8],
) -> Result<Certificate, Refusal> {
    let print_said = hex(print);
    let values = [
        ("app", client.title.as_str()),
        ("value", print_said.as_str()),
    ];
    let refuse = |cause, because: &str| Err(Refusal::new(cause, &values).because(because));
    if let Some(registered) = client.certificates.iter().find(|c| c.has_print(print)) {
        let whole = registered.whole(brought(jwt));
        return whole.map_or_else(|| refuse(Cause::AssertionUnknown, say::BY_NO_CHAIN), Ok);
    }
    let chain = chain(jwt);
    let Some(first) = chain.first().filter(|first| first.has_print(print)) else {
        let no_chain = !client.authorities.is_empty();
        return if no_chain {
            refuse(Cause::AssertionUnknown, say::BY_NO_ISSUED)
        } else {
            Err(Refusal::new(Cause::AssertionUnknown, &values))
        };
    };
    let mut issued = client
        .authorities
        .iter()
        .filter(|authority| authority.issued(&chain, desk.at))
        .peekable();
    if issued.peek().is_none() {
        return Err(Refusal::new(Cause::AssertionUnknown, &values));
    }
    if issued.any(|authority| authority.names(first)) {
        Ok(first.clone())
    } else {
        Err(Refusal::new(Cause::CertificateSubject, &values))
    }
}

/// The thumbprint that the header names, or that of the certificate it brings.
fn print(jwt: &Jwt) -> Option<Vec<u8>> {
    let named = ["x5t#S256", "x5t"].map(|name| jwt.head(name));
    let named = named.into_iter().find(|name| !name.is_empty());
    if let Some(print) = named {
        return bytes(print);
    }
    if let Some(certificate) = brought(jwt) {
        return certificate.sha1();
    }
    unhex(jwt.head("kid"))
}

fn check_audience(desk: &Desk<'_>, client: &Client, jwt: &Jwt) -> Result<(), Refusal> {
    let audiences = jwt.audiences();
    let said = audiences.join(" ");
    let values = [("app", client.title.as_str()), ("audience", said.as_str())];
    match audiences.as_slice() {
        [one] if is_here(desk, one) => Ok(()),
        [_, _, ..] => Err(Refusal::new(Cause::AssertionAudiences, &values)),
        _ => Err(Refusal::new(Cause::AssertionAudience, &values)),
    }
}

/// Whether an audience is a token endpoint of this lab, or its issuer, by whichever of its names.
fn is_here(desk: &Desk<'_>, audience: &str) -> bool {
    let (Ok(there), Ok(here)) = (Url::parse(audience), Url::parse(&desk.ask.base)) else {
        return false;
    };
    let path: Vec<&str> = there.path().split('/').filter(|s| !s.is_empty()).collect();
    is_loopback(&there)
        && there.scheme() == here.scheme()
        && there.port_or_known_default() == here.port_or_known_default()
        && match path.as_slice() {
            [tenant, "oauth2", "token"]
            | [tenant, "oauth2", "v2.0", "token"]
            | [tenant, "v2.0"]
            | [tenant] => desk.world.is_tenant(tenant),
            _ => false,
        }
}

/// Whether the assertion is in its time by the lab's clock.
///
/// # Errors
/// It is not, or names no end.
pub fn check_time(desk: &Desk<'_>, client: &Client, jwt: &Jwt) -> Result<(), Refusal> {
    let now = desk.at.iso();
    let values = [
        ("app", client.title.as_str()),
        ("time", now.as_str()),
        ("field", "exp"),
    ];
    match jwt.is_timely(desk.at) {
        Some(true) => Ok(()),
        Some(false) => Err(Refusal::new(Cause::AssertionTime, &values)),
        None => Err(Refusal::new(Cause::AssertionMalformed, &values)),
    }
}

impl Certificate {
    /// Its SHA-1 thumbprint, where the certificate itself is known.
    fn sha1(&self) -> Option<Vec<u8>> {
        self.prints().find(|print| print.len() == 20)
    }
}
