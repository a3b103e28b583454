//! Signing the authorization request (RFC 9101), and looking at the signatures of what came back from the page.

use std::time::Duration;

use serde_json::{Value as Json, json};

use super::driver::Driver;
use super::ids;
use crate::grants::metadata::objection;
use crate::keys::{self, KeySet};
use crate::model::verification::{Signature, Unchecked};
use crate::model::{
    AuthorityKind, Credential, Problem, Purpose, Request, Secret, SigningAlgorithm,
};
use crate::strings::flows as say;
use crate::wire::Transport;

/// How long a signed request is good for.
const LIFETIME: Duration = Duration::from_mins(10);

/// The media type of a request object (RFC 9101 section 10.8).
const REQUEST_OBJECT: &str = "oauth-authz-req+jwt";

/// What stays unsent where a request cannot be signed.
pub(super) fn not_signed() -> Problem {
    let (what, expected) = (say::REQUEST_NOT_SIGNED, say::REQUEST_KEY_EXPECTED);
    Problem::new(what, "request", expected)
}

impl<T: Transport> Driver<T> {
    /// What the authorization request would be signed by; `None`: the client has nothing that signs.
    pub(super) fn request_algorithm(&self) -> Option<&'static str> {
        match (&self.signer, &self.spec.credential) {
            (Some(signer), _) => Some(signer.algorithm(self.usual_for_requests()).word()),
            (None, Credential::Secret(_)) => Some("HS256"),
            (None, _) => None,
        }
    }

    /// What RSA keys sign requests with where nobody chose: PS256, or RS256 where only that is listed.
    fn usual_for_requests(&self) -> SigningAlgorithm {
        let metadata = self.metadata.as_ref();
        let listed = metadata.and_then(|known| known.accepts.request_algorithms.as_ref());
        let lists = |word: &str| listed.is_some_and(|all| all.iter().any(|known| known == word));
        if lists("RS256") && !lists("PS256") {
            SigningAlgorithm::Rs256
        } else {
            SigningAlgorithm::Ps256
        }
    }

    /// The claims of a request object, completed and signed: for this issuer, from now on, once.
    pub(super) fn sign_request(&self, mut claims: Json) -> Option<Secret> {
        let issuer = self.metadata.as_ref()?.issuer.as_str();
        let now = self.now();
        let count = claims.as_object()?.len();
        claims["iss"] = self.spec.client_id.as_str().into();
        claims["aud"] = issuer.into();
        claims["iat"] = json!(now.seconds());
        claims["nbf"] = json!(now.seconds());
        claims["exp"] = json!(now.plus(LIFETIME).seconds());
        claims["jti"] = ids::guid(self.context.ports.entropy.as_ref()).into();
        let signed = match (&self.signer, &self.spec.credential) {
            (Some(signer), _) => {
                let algorithm = signer.algorithm(self.usual_for_requests());
                signer.sign(&claims, algorithm, REQUEST_OBJECT)
            }
            (None, Credential::Secret(secret)) => {
                keys::secret::sign(secret, &claims, REQUEST_OBJECT)
            }
            (None, _) => None,
        };
        if signed.is_some() {
            let by = self.request_algorithm().unwrap_or_default();
            self.say(say::request_signed(by, count));
        }
        signed
    }

    /// Looks at a signature with the keys that the metadata names; `None`: the person cancelled.
    pub(super) async fn verify(&mut self, token: &Secret) -> Option<Signature> {
        let keys = match self.issuer_keys().await {
            Ok(keys) => keys?,
            Err(why) => return Some(Signature::Unchecked(why)),
        };
        let secret = match &self.spec.credential {
            Credential::Secret(secret) => Some(secret),
            _ => None,
        };
        let proof = keys::Proof {
            keys: &keys,
            secret,
            exhaustive: false,
        };
        Some(keys::check(token.reveal(), proof))
    }

    async fn issuer_keys(&mut self) -> Result<Option<KeySet>, Unchecked> {
        let named = self.metadata.as_ref().and_then(|known| {
            let place = known.jwks_uri.clone()?;
            Some((place, known.kind))
        });
        let Some((place, kind)) = named else {
            let detail = say::NO_JWKS_URI.to_owned();
            return Err(Unchecked::NoKeys { detail });
        };
        self.allowed(&place, kind)?;
        let Some(exchange) = self.fetch(Request::get(&place, Purpose::Keys)).await else {
            return Ok(None);
        };
        let Some(reply) = &exchange.reply else {
            let fault = exchange.fault.as_ref().map(|fault| fault.detail.as_str());
            let detail = say::no_reply(&place, fault.unwrap_or_default());
            return Err(Unchecked::Unreachable { detail });
        };
        let keys = KeySet::parse(&reply.text()).filter(|_| reply.status == 200);
        keys.map(Some).ok_or_else(|| Unchecked::NoKeys {
            detail: say::no_key_set(&place),
        })
    }

    fn allowed(&self, place: &str, kind: AuthorityKind) -> Result<(), Unchecked> {
        let trusted = &self.spec.options.trusted_hosts;
        match objection("jwks_uri", place, &self.spec.authority, kind, trusted) {
            Some(problem) => Err(Unchecked::NoKeys {
                detail: problem.what,
            }),
            None => Ok(()),
        }
    }
}
