//! Fetching a secret or a client's credential from where a reference says it is.

use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use zeroize::Zeroizing;

use super::profiles::is_variable;
use crate::model::{
    AssertionRef, CertificateRef, ClientAssertion, ClientCertificate, Credential, CredentialRef,
    PFX_LABEL, Problem, Secret, SecretKind, SecretRef,
};
use crate::ports::Env;
use crate::strings::settings as say;

/// Where a single secret is.
#[derive(Clone, Copy, Debug)]
pub enum Source<'a> {
    /// In an environment variable.
    Env(&'a str),
    /// In a file.
    File(&'a Path),
}

impl<'a> From<&'a SecretRef> for Source<'a> {
    fn from(reference: &'a SecretRef) -> Self {
        match reference {
            SecretRef::Env(name) => Self::Env(name),
            SecretRef::File(path) => Self::File(path),
        }
    }
}

/// The credential of a reference; `None` where the person must be asked, or where nothing is needed. Whether a key can
/// sign and whether an assertion is a token is for the run to find.
///
/// # Errors
/// A problem naming the variable or file. Never the secret.
pub fn client(source: &CredentialRef, env: &dyn Env) -> Result<Option<Credential>, Problem> {
    let secret = |source| fetch(source, SecretKind::ClientSecret, env);
    Ok(Some(match source {
        CredentialRef::None | CredentialRef::Prompt => return Ok(None),
        CredentialRef::Env(name) => Credential::Secret(secret(Source::Env(name))?),
        CredentialRef::File(path) => Credential::Secret(secret(Source::File(path))?),
        CredentialRef::Certificate(at) => Credential::Certificate(Box::new(certificate(at, env)?)),
        CredentialRef::Assertion(from) => Credential::Assertion(assertion(from, env)?),
    }))
}

fn certificate(at: &CertificateRef, env: &dyn Env) -> Result<ClientCertificate, Problem> {
    // The certificate's file may hold the key as well, so that its text is as secret.
    let read = |path: &Path, expected: &str| {
        let text = read_key_file(path).map_err(|problem| Problem {
            expected: expected.to_owned(),
            ..problem
        })?;
        Ok(Secret::new(SecretKind::PrivateKey, text))
    };
    let password = at
        .password
        .as_ref()
        .map(|from| fetch(from.into(), SecretKind::Password, env));
    Ok(ClientCertificate {
        certificate: read(&at.certificate, say::EXPECTED_CERTIFICATE)?,
        key: read(at.key_file(), say::EXPECTED_KEY)?,
        password: password.transpose()?,
        at: at.clone(),
    })
}

/// The text of a file of PEM; what is binary is put into a section, by what it begins with.
fn read_key_file(path: &Path) -> Result<String, Problem> {
    let wrong = |what: String| Problem::new(what, path.display().to_string(), "");
    let bytes = Zeroizing::new(std::fs::read(path).map_err(|error| wrong(error.to_string()))?);
    if let Ok(text) = std::str::from_utf8(&bytes) {
        return Ok(text.to_owned());
    }
    let label = match inside_of_sequence(&bytes) {
        // The version of a PFX is always 3 (RFC 7292 section 4).
        Some([2, 1, 3, ..]) => PFX_LABEL,
        // A sequence within the sequence: a certificate (RFC 5280 section 4.1).
        Some([0x30, ..]) => "CERTIFICATE",
        _ => return Err(wrong(say::NEITHER_PEM_NOR_PFX.to_owned())),
    };
    let mut text = Zeroizing::new(String::with_capacity(bytes.len() / 3 * 4 + 4));
    BASE64_STANDARD.encode_string(&bytes, &mut text);
    Ok(format!(
        "-----BEGIN {label}-----\n{}\n-----END {label}-----\n",
        *text
    ))
}

/// What is inside of the outermost sequence of DER (X.690 section 8.1.3).
fn inside_of_sequence(bytes: &[u8]) -> Option<&[u8]> {
    match bytes {
        [0x30, length, rest @ ..] if *length < 0x80 => Some(rest),
        [0x30, length, rest @ ..] => rest.get(usize::from(length & 0x7f)..),
        _ => None,
    }
}

/// An assertion that somebody else made, as it is at this moment.
///
/// # Errors
/// A problem naming the variable or file.
pub fn assertion(from: &AssertionRef, env: &dyn Env) -> Result<ClientAssertion, Problem> {
    let kind = SecretKind::Assertion;
    let token = match from {
        AssertionRef::Env(name) => fetch(Source::Env(name), kind, env)?,
        AssertionRef::File(path) => fetch(Source::File(path), kind, env)?,
        AssertionRef::FileOf(name) => {
            let path = env
                .var(name)
                .filter(|path| !path.is_empty())
                .ok_or_else(|| Problem::new(say::UNSET, name.as_str(), say::EXPECTED_TOKEN_FILE))?;
            fetch(Source::File(&PathBuf::from(path)), kind, env)?
        }
    };
    let token = Secret::new(kind, token.reveal().trim());
    Ok(ClientAssertion {
        token,
        from: from.clone(),
    })
}

/// The secret of a source.
///
/// # Errors
/// A problem naming the variable or file. Never the secret.
pub fn fetch(source: Source<'_>, kind: SecretKind, env: &dyn Env) -> Result<Secret, Problem> {
    let (value, at) = match source {
        // What is no name may be the secret itself: it is not repeated.
        Source::Env(name) if !is_variable(name) => {
            return Err(Problem::new(
                say::NOT_A_VARIABLE,
                "",
                say::EXPECTED_VARIABLE,
            ));
        }
        Source::Env(name) => {
            let value = env
                .var(name)
                .ok_or_else(|| Problem::new(say::UNSET, name, say::EXPECTED_SECRET))?;
            (value, name.to_owned())
        }
        Source::File(path) => (from_file(path)?, path.display().to_string()),
    };
    if value.is_empty() {
        return Err(Problem::new(say::EMPTY, at, say::EXPECTED_SECRET));
    }
    Ok(Secret::new(kind, value))
}

fn read(path: &Path) -> Result<String, Problem> {
    std::fs::read_to_string(path).map_err(|error| {
        Problem::new(
            error.to_string(),
            path.display().to_string(),
            say::EXPECTED_SECRET,
        )
    })
}

fn from_file(path: &Path) -> Result<String, Problem> {
    let text = read(path)?;
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Nothing;

    impl Env for Nothing {
        fn var(&self, _: &str) -> Option<String> {
            None
        }
    }

    #[test]
    fn the_line_end_of_a_secret_file_is_not_part_of_the_secret() {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("secret");
        std::fs::write(&file, "s3cret \r\n").unwrap();
        let secret = fetch(Source::File(&file), SecretKind::ClientSecret, &Nothing).unwrap();
        assert_eq!(secret.reveal(), "s3cret ");
    }

    #[test]
    fn an_unset_variable_is_named() {
        let problem =
            fetch(Source::Env("CONTOSO"), SecretKind::ClientSecret, &Nothing).unwrap_err();
        assert_eq!(problem.at, "CONTOSO");
    }

    #[test]
    fn a_federated_token_is_read_from_the_file_that_the_variable_names() {
        struct Named(String);
        impl Env for Named {
            fn var(&self, name: &str) -> Option<String> {
                (name == "TOKEN_FILE").then(|| self.0.clone())
            }
        }
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("token");
        std::fs::write(&file, " a.b.c\n").unwrap();
        let env = Named(file.display().to_string());
        let from = AssertionRef::FileOf("TOKEN_FILE".into());
        let given = assertion(&from, &env).unwrap();
        assert_eq!((given.token.reveal(), given.from), ("a.b.c", from));
        let unset = assertion(&AssertionRef::FileOf("OTHER".into()), &env).unwrap_err();
        assert_eq!(unset.at, "OTHER");
    }

    #[test]
    fn a_binary_file_is_known_by_what_it_begins_with() {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("any");
        let read = |bytes: &[u8]| {
            std::fs::write(&file, bytes).unwrap();
            read_key_file(&file)
        };
        let pfx = read(b"\x30\x82\x01\x00\x02\x01\x03\xff").unwrap();
        assert!(
            pfx.starts_with("-----BEGIN PKCS12-----\nMIIBAAIBA/8=\n"),
            "{pfx}"
        );
        let certificate = read(b"\x30\x05\x30\x03\xff").unwrap();
        assert!(
            certificate.starts_with("-----BEGIN CERTIFICATE-----"),
            "{certificate}"
        );
        for neither in [&b"\xff"[..], b"\x30\xff\xff", b"\x30\x80\xff"] {
            assert_eq!(read(neither).unwrap_err().what, say::NEITHER_PEM_NOR_PFX);
        }
        assert_eq!(read(b"-----BEGIN X-----").unwrap(), "-----BEGIN X-----");
    }

    #[test]
    fn a_certificate_that_is_not_there_is_named_with_what_should_be() {
        let at = CertificateRef {
            certificate: "/nowhere/own.pem".into(),
            ..CertificateRef::default()
        };
        let problem = client(&CredentialRef::Certificate(at), &Nothing).unwrap_err();
        assert_eq!(problem.at, "/nowhere/own.pem");
        assert_eq!(problem.expected, say::EXPECTED_CERTIFICATE);
    }
}
