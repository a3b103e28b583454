//! Names and numbers made of random bytes.

use std::fmt::Write as _;

use crate::ports::Entropy;

/// Random bytes.
pub fn bytes<const N: usize>(entropy: &dyn Entropy) -> [u8; N] {
    let mut bytes = [0; N];
    entropy.fill(&mut bytes);
    bytes
}

/// A random number.
pub fn number(entropy: &dyn Entropy) -> u64 {
    u64::from_le_bytes(bytes(entropy))
}

/// A random GUID (RFC 9562 version 4).
pub fn guid(entropy: &dyn Entropy) -> String {
    let mut bytes: [u8; 16] = bytes(entropy);
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    let mut text = String::with_capacity(36);
    for (index, byte) in bytes.iter().enumerate() {
        if matches!(index, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Ones;

    impl Entropy for Ones {
        fn fill(&self, buffer: &mut [u8]) {
            buffer.fill(0xff);
        }
    }

    #[test]
    fn a_guid_carries_its_version_and_variant() {
        assert_eq!(guid(&Ones), "ffffffff-ffff-4fff-bfff-ffffffffffff");
    }
}
