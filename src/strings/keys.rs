//! What `keys` says of files that hold keys and certificates.

/// What a key file should be.
pub const EXPECTED_KEY: &str =
    "a PEM file with an RSA private key of 2048 bits or more, not encrypted (BEGIN PRIVATE KEY)";

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
pub const KEY_NOT_RSA: &str =
    "the private key is not an RSA key that can be used; Microsoft Entra ID takes RSA keys alone";

/// PEM without a certificate.
pub const NO_CERTIFICATE: &str = "there is no certificate in it";

/// What stands there as a certificate is none.
pub const NOT_A_CERTIFICATE: &str = "what stands there as a certificate cannot be read as one";

/// Key and certificate do not belong together.
pub fn not_a_pair(certificate: &str) -> String {
    format!("this key is not that of the certificate in {certificate}")
}
