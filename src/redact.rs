//! Finds secrets in anything and puts a mark in their place. The only maker of [`Redacted`], which is all that
//! history, reports, logs and the clipboard accept. What a machine made with enough random bits becomes a short
//! fingerprint, so that equal tokens are recognisable; a client secret one that is keyed for this installation;
//! passwords and one-time codes only a word.
//!
//! A text is redacted in place: everything that is no secret stays as it was, JSON stays JSON, and redacting twice
//! changes nothing.

mod credential;
mod disguise;
mod find;
mod inner;
mod mark;
mod name;
mod parts;
mod shape;
mod token;
mod walk;

use crate::model::{Event, Exchange, Redacted, Request, Run, Secret, SecretKind};

/// How often a text is gone over at most.
const MOST_ROUNDS: usize = 5;

/// Takes secrets out of values.
#[derive(Clone)]
pub struct Redactor {
    /// Goes before client secrets into the hash, so that fingerprints cannot be compared across installations.
    key: [u8; 16],
}

impl Redactor {
    /// A redactor with the installation's key for fingerprints of client secrets.
    pub const fn new(key: [u8; 16]) -> Self {
        Self { key }
    }

    /// The mark that stands for a secret: `‹refresh token 5f2a91c0›`, `‹secret 5f2a91c0›` (keyed), `‹password›`. A
    /// value that is a mark already stays.
    pub fn secret(&self, secret: &Secret) -> String {
        let value = secret.reveal();
        if !value.is_empty() && mark::length_at(value) == Some(value.len()) {
            return value.to_owned();
        }
        mark::of(self.key, secret.kind(), value)
    }

    /// A text without the secrets that can be found in it.
    pub fn text(&self, text: &str) -> Redacted<String> {
        Redacted::vouch(self.replaced(text, &[]))
    }

    /// A text as it is, because the person asked for it with a deliberate key. Nothing else may call this.
    pub const fn asked_for(&self, text: String) -> Redacted<String> {
        Redacted::vouch(text)
    }

    /// A request without its secrets.
    pub fn request(&self, request: &Request) -> Redacted<Request> {
        Redacted::vouch(self.clean_request(request, &parts::secrets_of(request)))
    }

    /// An exchange without its secrets. What the request carried as a secret is also taken out of the reply, should
    /// the server repeat it.
    pub fn exchange(&self, exchange: &Exchange) -> Redacted<Exchange> {
        let mut known = parts::secrets_of(&exchange.request);
        known.extend(parts::secrets_in_reply(exchange));
        Redacted::vouch(self.clean_exchange(exchange, &known))
    }

    /// An event of a run's log without the run's secrets.
    pub fn event(&self, run: &Run, event: &Event) -> Redacted<Event> {
        Redacted::vouch(self.clean_event(event, &parts::known_of(run)))
    }

    /// A text that a run is about to show without the run's secrets; what else looks like one stays, for it may be
    /// meant to be typed.
    pub fn without(&self, run: &Run, text: &str) -> Redacted<String> {
        let known = parts::given_to(run);
        let hits: Vec<find::Hit> = find::known(text, &known);
        Redacted::vouch(self.marked(text, &hits))
    }

    /// A run without its secrets.
    pub fn run(&self, run: &Run) -> Redacted<Run> {
        Redacted::vouch(self.clean_run(run))
    }

    /// Replaces until nothing is found any more: a mark may bring a name and what follows it closer together.
    fn replaced(&self, text: &str, known: &[(SecretKind, String)]) -> String {
        let mut text = text.to_owned();
        for _ in 0..MOST_ROUNDS {
            let hits = find::hits(&text, known);
            if hits.is_empty() {
                break;
            }
            text = self.marked(&text, &hits);
        }
        text
    }

    fn marked(&self, text: &str, hits: &[find::Hit]) -> String {
        let mut out = String::with_capacity(text.len());
        let mut from = 0;
        for hit in hits {
            out.push_str(&text[from..hit.at.start]);
            out.push_str(&hit.wrap);
            out.push_str(&mark::of(self.key, hit.kind, &hit.value));
            out.push_str(&hit.wrap);
            from = hit.at.end;
        }
        out.push_str(&text[from..]);
        out
    }
}

#[cfg(test)]
mod tests;
