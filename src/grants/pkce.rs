//! Proof key for code exchange (RFC 7636), and the other random strings of a browser sign-in.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use crate::model::{Secret, SecretKind};

/// How many random bytes one browser sign-in uses.
pub const RANDOM: usize = 80;

/// What one browser sign-in is recognised by.
#[derive(Clone, Debug)]
pub struct Proof {
    /// The verifier, sent with the code (RFC 7636 section 4.1).
    pub verifier: Secret,
    /// Its S256 challenge, sent ahead (section 4.2).
    pub challenge: String,
    /// Binds the redirect to this run (RFC 6749 section 10.12).
    pub state: String,
    /// Binds the ID token to this run (OpenID Connect Core 3.1.2.1).
    pub nonce: String,
}

impl Proof {
    /// Made of random bytes: 32 for the verifier, 24 each for state and nonce.
    pub fn new(random: &[u8; RANDOM]) -> Self {
        let verifier = URL_SAFE_NO_PAD.encode(&random[..32]);
        Self {
            challenge: challenge(&verifier),
            verifier: Secret::new(SecretKind::CodeVerifier, verifier),
            state: URL_SAFE_NO_PAD.encode(&random[32..56]),
            nonce: URL_SAFE_NO_PAD.encode(&random[56..]),
        }
    }
}

/// The S256 challenge of a verifier.
fn challenge(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_challenge_is_that_of_rfc_7636_appendix_b() {
        assert_eq!(
            challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
        );
    }

    #[test]
    fn the_verifier_is_long_enough_and_nothing_repeats() {
        let mut random = [0; RANDOM];
        for (index, byte) in random.iter_mut().enumerate() {
            *byte = u8::try_from(index).unwrap();
        }
        let proof = Proof::new(&random);
        assert_eq!(proof.verifier.reveal().len(), 43);
        assert_ne!(proof.state, proof.nonce);
    }
}
