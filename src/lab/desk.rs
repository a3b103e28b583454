//! One request being served: the world, the request, the time and the kit together, as every endpoint needs them.

use std::sync::Arc;

use super::admission;
use super::ask::Ask;
use super::cloud;
use super::consumers;
use super::dialect::Dialect;
use super::kit::Kit;
use super::refusal::{Cause, Refusal, Stamp};
use super::world::{Client, World};
use crate::model::Moment;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// One request being served.
pub struct Desk<'a> {
    pub world: &'a mut World,
    pub ask: &'a Ask,
    pub at: Moment,
    pub kit: Kit<'a>,
    pub stamp: Stamp,
    /// The tenant segment of the path.
    pub tenant: String,
    /// Whether it is a v1 endpoint.
    pub v1: bool,
}

/// A client id and secret of a Basic header (RFC 6749 section 2.3.1).
pub fn basic(ask: &Ask) -> Option<(String, String)> {
    let (scheme, value) = ask.header("authorization")?.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let text = String::from_utf8(STANDARD.decode(value.trim()).ok()?).ok()?;
    let (id, secret) = text.split_once(':')?;
    let decode = |part: &str| {
        let pair = format!("v={part}");
        let mut pairs = url::form_urlencoded::parse(pair.as_bytes());
        pairs
            .next()
            .map(|(_, value)| value.into_owned())
            .unwrap_or_default()
    };
    Some((decode(id), decode(secret)))
}

impl Desk<'_> {
    /// The issuer of the tokens of this address.
    pub fn issuer(&self, v1: bool) -> String {
        let dialect = self.kit.voice.dialect;
        dialect.issuer(&self.ask.base, &self.world.tenant, v1)
    }

    /// Whether the tenant of the path is one that this dialect's addresses may name.
    pub fn is_tenant(&self) -> bool {
        let dialect = self.kit.voice.dialect;
        self.world.names_own(&self.tenant)
            || (dialect == Dialect::Entra && consumers::is_named(&self.tenant))
            || (dialect.takes_common() && self.world.is_tenant(&self.tenant))
    }

    /// A form field that must be there.
    ///
    /// # Errors
    /// It is not.
    pub fn required(&self, name: &str) -> Result<String, Refusal> {
        self.ask
            .form(name)
            .ok_or_else(|| Refusal::new(Cause::ParameterMissing, &[("field", name)]))
    }

    /// A field of the credential that must be there.
    ///
    /// # Errors
    /// It is not.
    pub fn credential_part(&self, name: &str) -> Result<String, Refusal> {
        self.ask
            .form(name)
            .ok_or_else(|| Refusal::new(Cause::CredentialPartMissing, &[("field", name)]))
    }

    /// The client that asks, not yet proven to be it.
    ///
    /// # Errors
    /// No client id, or one that is not registered.
    pub fn client(&self) -> Result<Arc<Client>, Refusal> {
        let id = match basic(self.ask) {
            Some((id, _)) => id,
            None => self.required("client_id")?,
        };
        self.known_client(&id)
    }

    /// The client of an id, which may be used here.
    ///
    /// # Errors
    /// It is not registered, switched off, or not to be reached by this address.
    pub fn known_client(&self, id: &str) -> Result<Arc<Client>, Refusal> {
        let known = admission::app(self.world, &self.tenant, id)?;
        cloud::check(self, &known)?;
        Ok(known)
    }
}

/// Compares without stopping at the first difference.
pub fn same(left: &str, right: &str) -> bool {
    let differences = left
        .bytes()
        .zip(right.bytes())
        .fold(0, |sum, (a, b)| sum | (a ^ b));
    left.len() == right.len() && differences == 0
}
