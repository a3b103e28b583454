//! Proofs of possession (DPoP, RFC 9449): the key that a run binds its tokens to, the nonces that servers gave, and the
//! proof of each request. A key lives as long as the tokens that are bound to it are held, and in memory alone.

use std::sync::{Arc, PoisonError};

use url::Url;

use super::driver::Driver;
use super::ids;
use crate::grants::dpop::{self, PROOF};
use crate::keys::dpop::{Key, Proven};
use crate::model::{Event, Exchange, Flow, Header, Purpose, Request, Secret, SecretKind};
use crate::strings::flows as say;
use crate::wire::Transport;

/// What a run proves itself to possess.
#[derive(Default)]
pub(super) struct Possession {
    /// The key; `None`: tokens are not bound.
    pub key: Option<Arc<Key>>,
    /// The newest nonce of each server, by its origin.
    nonces: Vec<(String, String)>,
}

impl Possession {
    /// Of a token that is bound to this key.
    pub fn of(key: Option<Arc<Key>>) -> Self {
        Self {
            key,
            nonces: Vec::new(),
        }
    }

    fn nonce(&self, url: &str) -> Option<&str> {
        let origin = origin(url)?;
        let mut known = self.nonces.iter();
        known
            .find(|(server, _)| *server == origin)
            .map(|(_, nonce)| nonce.as_str())
    }

    /// Remembers the nonce for the next proof to that server.
    fn remember(&mut self, exchange: &Exchange) {
        let (Some(origin), Some(reply)) = (origin(&exchange.request.url), &exchange.reply) else {
            return;
        };
        if let Some(nonce) = dpop::nonce(reply) {
            self.nonces.retain(|(server, _)| *server != origin);
            self.nonces.push((origin, nonce.to_owned()));
        }
    }
}

fn origin(url: &str) -> Option<String> {
    let url = Url::parse(url).ok()?;
    Some(url.origin().ascii_serialization())
}

/// Whether a token has to be shown with a proof.
pub(super) fn is_bound(token_type: &str) -> bool {
    token_type.eq_ignore_ascii_case(PROOF)
}

impl<T: Transport> Driver<T> {
    /// Chooses the key of the run: the one that the refresh token is bound to, or a new one.
    pub(super) fn bind(&mut self, refresh: Option<&Secret>) {
        if !self.spec.extensions.dpop || self.spec.flow == Flow::ManagedIdentity {
            return;
        }
        let held = refresh.and_then(|token| {
            let cache = self.context.cache.lock();
            cache.unwrap_or_else(PoisonError::into_inner).key_of(token)
        });
        let what = if held.is_some() {
            say::DPOP_KEY_HELD
        } else {
            say::DPOP_KEY_MADE
        };
        self.possession = Possession::of(held.or_else(|| Key::generate().map(Arc::new)));
        match &self.possession.key {
            Some(key) => self.say(say::dpop_key(what, &key.thumbprint())),
            None => self.say(say::DPOP_NO_KEY),
        }
    }

    /// Keeps the key beside the tokens that are bound to it; says so where they are not.
    pub(super) fn bound(&self, token_type: &str, tokens: [Option<&Secret>; 2]) {
        let Some(key) = &self.possession.key else {
            return;
        };
        if !is_bound(token_type) {
            self.log(Event::new(self.now(), say::dpop_not_bound(token_type)));
            return;
        }
        let cache = self.context.cache.lock();
        let mut cache = cache.unwrap_or_else(PoisonError::into_inner);
        for token in tokens.into_iter().flatten() {
            cache.bind(token, key);
        }
    }

    /// Adds the proof to a request that needs one: to the token endpoint, and to where a bound token is shown.
    pub(super) fn prove_possession(&self, request: &mut Request) {
        let Some(key) = &self.possession.key else {
            return;
        };
        let token = match request.purpose {
            Purpose::Token => None,
            Purpose::Api | Purpose::UserInfo => match shown(request) {
                Some(token) => Some(token),
                None => return,
            },
            Purpose::Discovery
            | Purpose::Keys
            | Purpose::PushedAuthorization
            | Purpose::DeviceStart
            | Purpose::BackchannelStart
            | Purpose::UserRealm
            | Purpose::Introspection
            | Purpose::Revocation
            | Purpose::ClientAssertion => return,
        };
        let id = ids::guid(self.context.ports.entropy.as_ref());
        let proven = Proven {
            method: &request.method,
            url: &request.url,
            token: token.as_ref(),
            nonce: self.possession.nonce(&request.url),
            id: &id,
        };
        match key.proof(proven, self.now()) {
            Some(proof) => request.headers.push(Header::new(PROOF, proof)),
            None => self.say(say::DPOP_NO_KEY),
        }
    }

    /// Takes note of what the server says about proofs; whether the same request is to be sent with another proof.
    pub(super) fn heed(&mut self, exchange: &Exchange) -> bool {
        if self.possession.key.is_none() {
            return false;
        }
        self.possession.remember(exchange);
        dpop::wants_nonce(exchange)
    }
}

/// The token that a request shows as a bound one.
fn shown(request: &Request) -> Option<Secret> {
    let mut headers = request.headers.iter();
    let header = headers.find(|header| header.name == "Authorization")?;
    let (scheme, token) = header.value.reveal().split_once(' ')?;
    is_bound(scheme).then(|| Secret::new(SecretKind::AccessToken, token))
}
