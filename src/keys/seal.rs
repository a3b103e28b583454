//! Sealing a file with AES-256-GCM. A sealed file is one line of text, `tokenscope-sealed 1 A256GCM ID`, where ID names
//! the key, then 12 bytes of nonce, then the encrypted content with its tag of 16 bytes. The line is authenticated too.

use aws_lc_rs::aead::{AES_256_GCM, Aad, NONCE_LEN, Nonce, RandomizedNonceKey};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use zeroize::Zeroizing;

use crate::model::{Secret, SecretKind};
use crate::ports::Entropy;

/// How a sealed file begins.
const BEGINNING: &str = "tokenscope-sealed 1 A256GCM ";

/// The length of a key, in bytes.
const KEY_LEN: usize = 32;

/// A key and its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seal {
    id: String,
    /// In base64, as a keyring keeps it.
    key: Secret,
}

impl Seal {
    /// A new key.
    pub fn make(id: &str, entropy: &dyn Entropy) -> Self {
        let mut bytes = Zeroizing::new([0; KEY_LEN]);
        entropy.fill(bytes.as_mut());
        Self::with(
            id,
            Secret::new(SecretKind::Other, BASE64_STANDARD.encode(*bytes)),
        )
    }

    /// The key that a keyring keeps.
    pub fn with(id: &str, key: Secret) -> Self {
        Self {
            id: id.to_owned(),
            key,
        }
    }

    /// The key's name.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The key as a keyring keeps it.
    pub const fn key(&self) -> &Secret {
        &self.key
    }

    fn cipher(&self) -> Option<RandomizedNonceKey> {
        let bytes = Zeroizing::new(BASE64_STANDARD.decode(self.key.reveal()).ok()?);
        RandomizedNonceKey::new(&AES_256_GCM, &bytes).ok()
    }

    /// The file that holds this content; `None`: the key is none.
    pub fn close(&self, content: &[u8]) -> Option<Vec<u8>> {
        let line = format!("{BEGINNING}{}\n", self.id);
        // Room for the tag from the start: a buffer that grows leaves a copy behind.
        let mut sealed = Vec::with_capacity(content.len() + AES_256_GCM.tag_len());
        sealed.extend_from_slice(content);
        let about = Aad::from(line.as_bytes());
        let nonce = self.cipher()?;
        let nonce = nonce.seal_in_place_append_tag(about, &mut sealed).ok()?;
        Some([line.as_bytes(), nonce.as_ref(), &sealed].concat())
    }

    /// The content of a sealed file; `None`: it was sealed with another key, or is no longer what was sealed.
    pub fn open(&self, file: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let (line, rest) = file.split_at(file.iter().position(|byte| *byte == b'\n')? + 1);
        let (nonce, sealed) = rest.split_at_checked(NONCE_LEN)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let mut content = Zeroizing::new(sealed.to_vec());
        let cipher = self.cipher()?;
        let opened = cipher.open_in_place(nonce, Aad::from(line), &mut content);
        let length = opened.ok()?.len();
        content.truncate(length);
        Some(content)
    }
}

/// The name of the key that a file is sealed with; `None`: it is not sealed.
pub fn id_of(file: &[u8]) -> Option<&str> {
    let line = file.strip_prefix(BEGINNING.as_bytes())?;
    let end = line.iter().take(100).position(|byte| *byte == b'\n')?;
    let id = std::str::from_utf8(&line[..end]).ok()?;
    let plain = |c: char| c.is_ascii_alphanumeric();
    (!id.is_empty() && id.chars().all(plain)).then_some(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Fixed(u8);

    impl Entropy for Fixed {
        fn fill(&self, buffer: &mut [u8]) {
            buffer.fill(self.0);
        }
    }

    #[test]
    fn what_is_sealed_is_opened_with_its_key_alone() {
        let seal = Seal::make("ab12", &Fixed(7));
        let file = seal.close(b"{\"AccessToken\":{}}").unwrap();
        assert_eq!(id_of(&file), Some("ab12"));
        assert!(!String::from_utf8_lossy(&file).contains("AccessToken"));
        assert_eq!(&**seal.open(&file).unwrap(), b"{\"AccessToken\":{}}");
        assert_ne!(seal.close(b"x").unwrap(), seal.close(b"x").unwrap());
        assert!(Seal::make("ab12", &Fixed(8)).open(&file).is_none());
        let no_key = Seal::with("ab12", Secret::new(SecretKind::Other, "short"));
        assert!(no_key.close(b"x").is_none() && no_key.open(&file).is_none());
    }

    #[test]
    fn no_byte_of_it_can_be_changed_and_nothing_cut_off() {
        let seal = Seal::make("ab12", &Fixed(7));
        let file = seal.close(b"content").unwrap();
        for at in 0..file.len() {
            let mut other = file.clone();
            other[at] ^= 1;
            assert!(seal.open(&other).is_none(), "byte {at}");
            assert!(seal.open(&file[..at]).is_none(), "cut at {at}");
        }
    }

    #[test]
    fn a_file_of_another_kind_is_not_sealed() {
        for other in [
            "",
            "{}",
            BEGINNING,
            "tokenscope-sealed 1 A256GCM \n",
            "tokenscope-sealed 1 A256GCM a/b\n",
        ] {
            assert_eq!(id_of(other.as_bytes()), None, "{other}");
        }
    }
}
