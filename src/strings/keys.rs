//! What `keys` says of files that hold keys and certificates.

/// What a key file should be.
pub const EXPECTED_KEY: &str =
    "a PEM file or PFX with a private key, RSA of 2048 bits or more or EC on P-256";

/// What a certificate file should be.
pub const EXPECTED_CERTIFICATE: &str =
    "a PEM file with the client's own certificate first (BEGIN CERTIFICATE), or a PFX";

/// What makes such a key readable.
pub const EXPECTED_DECRYPTED: &str = "a key without a passphrase; `openssl pkey -in FILE -out FILE.pem` writes one, keep it readable by you alone";

/// What can be read.
pub const EXPECTED_PEM: &str = "PEM (-----BEGIN …-----) or a PFX (PKCS#12)";

/// What makes a PFX readable that is locked in a way that is not read here.
pub const EXPECTED_PFX: &str = "a PFX locked with AES, 3DES or RC2 (PBES2 with AES, or the legacy pair of OpenSSL and Windows); `openssl pkcs12 -in FILE.pfx -nodes -out FILE.pem` makes PEM of another, keep it readable by you alone";

/// Where a password is named.
pub const EXPECTED_PASSWORD: &str = "its password: --client-certificate-password-env NAME, -file PATH or -keyring NAME, certificate-password-env, -file or -keyring of a profile, `Unlocked by` of the form, or a terminal to ask at";

/// What a thumbprint should be.
pub const EXPECTED_THUMBPRINT: &str =
    "the SHA-1 or SHA-256 thumbprint of the certificate: 40 or 64 hexadecimal digits";

/// A locked file without a password.
pub const PASSWORD_WANTED: &str = "it is locked with a password, and none is named";

/// A password that does not unlock.
pub const PASSWORD_WRONG: &str = "the password does not unlock it";

/// A PFX that is none.
pub const NOT_A_PFX: &str =
    "this begins as a PFX and cannot be read as one: it is damaged or cut off";

/// A PFX of another making.
pub const PFX_UNKNOWN: &str = "this PFX is locked or sealed in a way that is not read here";

/// A PFX without a key.
pub const PFX_WITHOUT_KEY: &str =
    "this PFX holds certificates and no private key; it was exported without one";

/// A PFX without a certificate.
pub const PFX_WITHOUT_CERTIFICATE: &str =
    "this PFX holds a private key and no certificate that belongs to it";

/// What belongs together.
pub const EXPECTED_PAIR: &str = "the private key that this certificate was made for";

/// Not PEM at all.
pub const NOT_PEM: &str = "this is not PEM: it holds no -----BEGIN …----- that can be read";

/// PEM without a private key.
pub const NO_KEY: &str = "there is no private key in it";

/// An encrypted key.
pub const KEY_ENCRYPTED: &str =
    "the private key is encrypted in a way that is not read here (PKCS#8 with PBES2 is)";

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

/// A thumbprint in place of a certificate that is to be shown.
pub const ONLY_A_THUMBPRINT: &str =
    "for mutual TLS the certificate itself is shown, so its thumbprint alone will not do";

/// What belongs to assertions, beside a certificate that is shown.
pub const NOTHING_IS_SIGNED: &str =
    "with mutual TLS the client signs no assertion, so there is no x5c and no signing algorithm";

/// What to leave out.
pub const EXPECTED_NO_SIGNING: &str =
    "the certificate without them; the handshake shows the whole chain by itself";

/// A key of another kind.
pub const KEY_OF_NO_USE_IN_TLS: &str = "the private key is of no kind that TLS knows here";

/// Which keys will do.
pub const EXPECTED_TLS_KEY: &str = "an RSA key, one on P-256, P-384 or P-521, or Ed25519";
