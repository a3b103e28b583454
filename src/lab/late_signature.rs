//! Signing once the world is let go. An RSA signature takes most of the time of an answer with a token in it, and the
//! world is behind one lock: here the answer is made with marks in place of signatures, and signed afterwards, so that
//! every core can sign.

use std::sync::{Mutex, PoisonError};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use memchr::memmem;

use super::ask::Answer;
use super::signer::{LateSigner, Signer};
use crate::ports::Entropy;

/// Bytes of a signature of the lab's key.
const SIZE: usize = 256;

/// Random bytes of a mark: more than anybody guesses.
const RANDOM: usize = 32;

/// A signer that hands out marks and remembers what they stand for.
pub struct LateSignatures<'a> {
    signer: &'a LateSigner,
    entropy: &'a dyn Entropy,
    owed: Mutex<Vec<Owed>>,
}

struct Owed {
    /// As it stands in the answer.
    mark: String,
    key: u32,
    message: Vec<u8>,
}

impl<'a> LateSignatures<'a> {
    /// For one answer.
    pub fn new(signer: &'a LateSigner, entropy: &'a dyn Entropy) -> Self {
        Self {
            signer,
            entropy,
            owed: Mutex::default(),
        }
    }

    /// Puts the signatures where the marks are.
    pub fn sign_all(self, answer: &mut Answer) {
        let owed = self
            .owed
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        for Owed { mark, key, message } in owed {
            let signature = URL_SAFE_NO_PAD.encode(self.signer.sign(key, &message));
            // Nearly every header is shorter than a signature.
            for (_, value) in &mut answer.headers {
                if value.len() >= mark.len() && value.contains(&mark) {
                    *value = value.replace(&mark, &signature).into();
                }
            }
            if let Some(at) = memmem::find(&answer.body, mark.as_bytes()) {
                answer.body.splice(at..at + mark.len(), signature.bytes());
            }
        }
    }
}

impl Signer for LateSignatures<'_> {
    fn kid(&self, key: u32) -> String {
        self.signer.kid(key)
    }

    fn public(&self, key: u32) -> (String, String) {
        self.signer.public(key)
    }

    /// A mark: random, so that nothing a client sends can be taken for it.
    fn sign(&self, key: u32, message: &[u8]) -> Vec<u8> {
        let mut mark = vec![0; SIZE];
        self.entropy.fill(&mut mark[..RANDOM]);
        let owed = Owed {
            mark: URL_SAFE_NO_PAD.encode(&mark),
            key,
            message: message.to_vec(),
        };
        self.owed
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(owed);
        mark
    }

    fn verify(&self, key: u32, message: &[u8], signature: &[u8]) -> bool {
        self.signer.verify(key, message, signature)
    }

    fn sign_now(&self, key: u32, message: &[u8]) -> Vec<u8> {
        self.signer.sign(key, message)
    }
}

#[cfg(test)]
mod tests {
    use super::super::signer::RsaSigner;
    use super::*;

    struct Counting(Mutex<u8>);

    impl Entropy for Counting {
        fn fill(&self, bytes: &mut [u8]) {
            let mut count = self.0.lock().unwrap();
            *count += 1;
            bytes.fill(*count);
        }
    }

    #[test]
    fn every_mark_becomes_the_signature_of_its_own_message() {
        let signer = LateSigner::default();
        signer.arrive(RsaSigner::generate().unwrap());
        let entropy = Counting(Mutex::new(0));
        let late = LateSignatures::new(&signer, &entropy);
        let parts = ["a.first", "a.second", "a.third"].map(|message| {
            let mark = URL_SAFE_NO_PAD.encode(late.sign(0, message.as_bytes()));
            format!("{message}.{mark}")
        });
        let body = format!(
            "{{\"access_token\":\"{}\",\"id_token\":\"{}\"}}",
            parts[0], parts[1]
        );
        let mut answer = Answer::new(200, "application/json", body, "granted");
        let location = format!("http://localhost/#id_token={}", parts[2]);
        answer.headers.push(("location", location.into()));
        late.sign_all(&mut answer);
        let text = String::from_utf8(answer.body).unwrap() + &answer.headers.last().unwrap().1;
        for message in ["a.first", "a.second", "a.third"] {
            let (_, rest) = text.split_once(&format!("{message}.")).unwrap();
            let end = rest.find(['"', '&']).unwrap_or(342).min(342);
            let signature = URL_SAFE_NO_PAD.decode(&rest[..end]).unwrap();
            assert!(
                signer.verify(0, message.as_bytes(), &signature),
                "{message}"
            );
        }
    }
}
