//! What `keys` says of files that hold keys and certificates.

/// What a key file should be.
pub const EXPECTED_KEY: &str = "a PEM file with a private key, RSA of 2048 bits or more or EC on P-256, not encrypted (BEGIN PRIVATE KEY)";

/// What a certificate file should be.
pub const EXPECTED_CERTIFICATE: &str =
    "a PEM file with the client's own certificate first (BEGIN CERTIFICATE)";

/// What makes an encrypted key readable.
pub const EXPECTED_DECRYPTED: &str = "a key without a passphrase; `openssl pkey -in FILE -out FILE.pem` writes one, keep it readable by you alone";

/// What makes PEM of a PFX.
pub const EXPECTED_PEM: &str = "PEM; `openssl pkcs12 -in FILE.pfx -nodes -out FILE.pem` makes it of a PFX, keep it readable by you alone";

/// What belongs together.
pub const EXPECTED_PAIR: &str = "the private key that this certificate was made for";

/// Not PEM at all.
pub const NOT_PEM: &str = "this is not PEM: it holds no -----BEGIN …----- that can be read";

/// PEM without a private key.
pub const NO_KEY: &str = "there is no private key in it";

/// An encrypted key.
pub const KEY_ENCRYPTED: &str = "the private key is encrypted";

/// A key of another kind.
pub const KEY_OF_NO_USE: &str =
    "the private key is neither an RSA key nor one on P-256 that can be used";

/// An algorithm for another kind of key.
pub fn key_does_not(algorithm: &str) -> String {
    format!("this private key cannot sign with {algorithm}")
}

/// Which algorithms go with which key.
pub const EXPECTED_FITTING: &str = "PS256 or RS256 for an RSA key, ES256 for one on P-256";

/// PEM without a certificate.
pub const NO_CERTIFICATE: &str = "there is no certificate in it";

/// What stands there as a certificate is none.
pub const NOT_A_CERTIFICATE: &str = "what stands there as a certificate cannot be read as one";

/// Key and certificate do not belong together.
pub fn not_a_pair(certificate: &str) -> String {
    format!("this key is not that of the certificate in {certificate}")
}
