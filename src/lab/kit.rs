//! What an answer may use besides the world and the time: random bytes and the key that signs. Passed in, so that
//! answers can be repeated in tests.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::dialect::Dialect;
use super::signer::Signer;
use crate::ports::Entropy;

/// Random source and signing keys, and what is spoken.
#[derive(Clone, Copy)]
pub struct Kit<'a> {
    pub entropy: &'a dyn Entropy,
    pub signer: &'a dyn Signer,
    pub voice: Voice,
}

/// How this answer speaks: the dialect of its address, and the keys in use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Voice {
    pub dialect: Dialect,
    pub keys: Keys,
}

/// Signing keys by number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Keys {
    /// The one that signs.
    pub current: u32,
    /// The oldest that is still published.
    pub oldest: u32,
}

impl Keys {
    /// The numbers that are published, the one that signs first.
    pub fn published(self) -> impl Iterator<Item = u32> {
        (self.oldest..=self.current).rev()
    }
}

/// Sixteen bytes in the form of a GUID.
pub fn guid_of(bytes: [u8; 16]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::with_capacity(36);
    for (at, byte) in bytes.iter().enumerate() {
        if matches!(at, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        text.push(char::from(DIGITS[usize::from(byte >> 4)]));
        text.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    text
}

/// Letters and digits that nobody confuses, for codes that people type.
const TYPED: &[u8] = b"BCDFGHJKLMNPQRSTVWXYZ23456789";

impl<'a> Kit<'a> {
    /// For Entra, with the first key.
    pub fn new(entropy: &'a dyn Entropy, signer: &'a dyn Signer) -> Self {
        Self {
            entropy,
            signer,
            voice: Voice::default(),
        }
    }

    /// `N` random bytes.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.entropy.fill(&mut bytes);
        bytes
    }

    /// A random GUID (RFC 9562 version 4).
    pub fn guid(&self) -> String {
        let mut b: [u8; 16] = self.bytes();
        b[6] = (b[6] & 0x0f) | 0x40;
        b[8] = (b[8] & 0x3f) | 0x80;
        guid_of(b)
    }

    /// An unguessable name of 192 bits.
    pub fn token(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.bytes::<24>())
    }

    /// An authorization code, in the shape of Entra's.
    pub fn code(&self) -> String {
        format!("1.AX0A{}", URL_SAFE_NO_PAD.encode(self.bytes::<72>()))
    }

    /// A refresh token, in the shape of Entra's.
    pub fn refresh_token(&self) -> String {
        format!("1.AX0A{}", URL_SAFE_NO_PAD.encode(self.bytes::<144>()))
    }

    /// A client secret: 40 characters, made anew.
    pub fn client_secret(&self) -> String {
        let text = URL_SAFE_NO_PAD.encode(self.bytes::<30>());
        let (head, tail) = text.split_at(5);
        format!("sim~{head}{}", &tail[..tail.len().min(31)])
    }

    /// A code of nine characters for the device page.
    pub fn user_code(&self) -> String {
        let pick = |byte: &u8| char::from(TYPED[usize::from(*byte) % TYPED.len()]);
        self.bytes::<9>().iter().map(pick).collect()
    }

    /// A number of two digits for the second factor.
    pub fn two_digits(&self) -> String {
        format!("{:02}", self.bytes::<1>()[0] % 90 + 10)
    }
}
