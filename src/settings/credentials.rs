//! Fetching a secret or a client's credential from where a reference says it is.

use std::path::Path;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use zeroize::Zeroizing;

use super::profiles::is_variable;
use crate::model::federated::{Federation, Job};
use crate::model::{
    AssertionRef, CertificateRef, ClientAssertion, ClientCertificate, Credential, CredentialRef,
    PFX_LABEL, Problem, Secret, SecretKind, SecretRef,
};
use crate::ports::{Env, Keyring, KeyringFault, Ports};
use crate::strings::{federated, keyring, settings as say};

/// Where a single secret is.
#[derive(Clone, Copy, Debug)]
pub enum Source<'a> {
    /// In an environment variable.
    Env(&'a str),
    /// In a file.
    File(&'a Path),
    /// In the system's keyring, under this name.
    Keyring(&'a str),
}

/// Where secrets are looked for, beside files.
#[derive(Clone, Copy)]
pub struct Places<'a> {
    /// The environment.
    pub env: &'a dyn Env,
    /// The keyring.
    pub keyring: &'a dyn Keyring,
}

impl<'a> From<&'a Ports> for Places<'a> {
    fn from(ports: &'a Ports) -> Self {
        Self {
            env: ports.env.as_ref(),
            keyring: ports.keyring.as_ref(),
        }
    }
}

impl<'a> From<&'a SecretRef> for Source<'a> {
    fn from(reference: &'a SecretRef) -> Self {
        match reference {
            SecretRef::Env(name) => Self::Env(name),
            SecretRef::File(path) => Self::File(path),
            SecretRef::Keyring(name) => Self::Keyring(name),
        }
    }
}

/// The credential of a reference; `None` where the person must be asked, or where nothing is needed. Whether a key can
/// sign and whether an assertion is a token is for the run to find.
///
/// # Errors
/// A problem naming the variable or file. Never the secret.
pub fn client(source: &CredentialRef, places: Places<'_>) -> Result<Option<Credential>, Problem> {
    let secret = |source| fetch(source, SecretKind::ClientSecret, places);
    Ok(Some(match source {
        CredentialRef::None | CredentialRef::Prompt => return Ok(None),
        CredentialRef::Env(name) => Credential::Secret(secret(Source::Env(name))?),
        CredentialRef::File(path) => Credential::Secret(secret(Source::File(path))?),
        CredentialRef::Keyring(name) => Credential::Secret(secret(Source::Keyring(name))?),
        CredentialRef::Certificate(at) => {
            Credential::Certificate(Box::new(certificate(at, places)?))
        }
        CredentialRef::Assertion(from) => Credential::Assertion(assertion(from, places)?),
    }))
}

fn certificate(at: &CertificateRef, places: Places<'_>) -> Result<ClientCertificate, Problem> {
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
        .map(|from| fetch(from.into(), SecretKind::Password, places));
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
pub fn assertion(from: &AssertionRef, places: Places<'_>) -> Result<ClientAssertion, Problem> {
    let kind = SecretKind::Assertion;
    let token = match from {
        AssertionRef::Env(name) => fetch(Source::Env(name), kind, places)?,
        AssertionRef::File(path) if Federation::of(from).is_some() => {
            of_file(path, federated::EXPECTED_PROJECTED, places)?
        }
        AssertionRef::File(path) => fetch(Source::File(path), kind, places)?,
        AssertionRef::FileOf(name) => {
            let path = places
                .env
                .var(name)
                .filter(|path| !path.is_empty())
                .ok_or_else(|| Problem::new(say::UNSET, name.as_str(), say::EXPECTED_TOKEN_FILE))?;
            of_file(Path::new(&path), federated::EXPECTED_NAMED_FILE, places)?
        }
        // It is asked for when the run begins; what that needs is looked at now.
        AssertionRef::GitHub => {
            Job::find(&|name| places.env.var(name))?;
            Secret::new(kind, "")
        }
    };
    let token = Secret::new(kind, token.reveal().trim());
    Ok(ClientAssertion {
        token,
        from: from.clone(),
    })
}

/// The token of a file that a workload is given.
fn of_file(path: &Path, expected: &str, places: Places<'_>) -> Result<Secret, Problem> {
    let found = fetch(Source::File(path), SecretKind::Assertion, places);
    found.map_err(|problem| Problem {
        expected: expected.to_owned(),
        ..problem
    })
}

/// The secret of a source.
///
/// # Errors
/// A problem naming the variable or file. Never the secret.
pub fn fetch(source: Source<'_>, kind: SecretKind, places: Places<'_>) -> Result<Secret, Problem> {
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
            let value = places
                .env
                .var(name)
                .ok_or_else(|| Problem::new(say::UNSET, name, say::EXPECTED_SECRET))?;
            (value, name.to_owned())
        }
        Source::File(path) => (from_file(path)?, path.display().to_string()),
        Source::Keyring(name) => {
            keyring_name(name)?;
            let kept = places.keyring.get(name, kind);
            return kept.map_err(|fault| keyring_problem(&fault, name));
        }
    };
    if value.is_empty() {
        return Err(Problem::new(say::EMPTY, at, say::EXPECTED_SECRET));
    }
    Ok(Secret::new(kind, value))
}

fn read(path: &Path) -> Result<Zeroizing<String>, Problem> {
    std::fs::read_to_string(path)
        .map(Zeroizing::new)
        .map_err(|error| {
            Problem::new(
                error.to_string(),
                path.display().to_string(),
                say::EXPECTED_SECRET,
            )
        })
}

fn from_file(path: &Path) -> Result<String, Problem> {
    // What is read is wiped; the copy without the line end goes on as a secret.
    let text = read(path)?;
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}

/// Whether a text can be a name in the keyring; what cannot may be the secret itself and is not repeated.
///
/// # Errors
/// That it cannot.
pub fn keyring_name(name: &str) -> Result<(), Problem> {
    let plain = |c: char| c.is_alphanumeric() || ".-_@/".contains(c);
    if (1..=100).contains(&name.len()) && name.chars().all(plain) {
        return Ok(());
    }
    Err(Problem::new(
        keyring::NOT_A_NAME,
        "",
        keyring::EXPECTED_NAME,
    ))
}

/// What a keyring said of a name, and what to do.
pub fn keyring_problem(fault: &KeyringFault, name: &str) -> Problem {
    let expected = match fault {
        KeyringFault::NotThere => keyring::EXPECTED_KEPT,
        KeyringFault::Nowhere(_) | KeyringFault::Refused(_) => keyring::EXPECTED_OTHER_WAY,
    };
    Problem::new(fault.to_string(), name, expected)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::MemoryKeyring;

    struct Nothing;

    impl Env for Nothing {
        fn var(&self, _: &str) -> Option<String> {
            None
        }
    }

    fn places() -> Places<'static> {
        Places {
            env: &Nothing,
            keyring: &Nowhere,
        }
    }

    struct Nowhere;

    impl Keyring for Nowhere {
        fn get(&self, _: &str, _: SecretKind) -> Result<Secret, KeyringFault> {
            Err(KeyringFault::Nowhere("no session".into()))
        }
        fn set(&self, _: &str, _: &Secret) -> Result<(), KeyringFault> {
            Err(KeyringFault::Nowhere("no session".into()))
        }
        fn remove(&self, _: &str) -> Result<(), KeyringFault> {
            Err(KeyringFault::Nowhere("no session".into()))
        }
        fn names(&self) -> Result<Option<Vec<String>>, KeyringFault> {
            Err(KeyringFault::Nowhere("no session".into()))
        }
    }

    #[test]
    fn a_secret_of_the_keyring_is_found_by_its_name_and_a_keyring_that_is_nowhere_names_other_ways()
    {
        let memory = MemoryKeyring::default();
        let secret = Secret::new(SecretKind::Other, "s3cret");
        memory.set("contoso/daemon", &secret).unwrap();
        let places = Places {
            env: &Nothing,
            keyring: &memory,
        };
        let of = |name: &str, places| client(&CredentialRef::Keyring(name.into()), places);
        let expected = Secret::new(SecretKind::ClientSecret, "s3cret");
        let found = of("contoso/daemon", places).unwrap();
        assert_eq!(found, Some(Credential::Secret(expected)));
        let missing = of("other", places).unwrap_err();
        assert_eq!(
            (missing.at.as_str(), missing.what.as_str()),
            ("other", keyring::NOT_THERE)
        );
        let wrong = of("a~secret with+marks", places).unwrap_err();
        assert!(!format!("{wrong:?}").contains("marks"), "{wrong:?}");
        let nowhere = of("other", self::places()).unwrap_err();
        assert_eq!(nowhere.expected, keyring::EXPECTED_OTHER_WAY);
    }

    #[test]
    fn the_line_end_of_a_secret_file_is_not_part_of_the_secret() {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("secret");
        std::fs::write(&file, "s3cret \r\n").unwrap();
        let secret = fetch(Source::File(&file), SecretKind::ClientSecret, places()).unwrap();
        assert_eq!(secret.reveal(), "s3cret ");
    }

    #[test]
    fn an_unset_variable_is_named() {
        let problem =
            fetch(Source::Env("CONTOSO"), SecretKind::ClientSecret, places()).unwrap_err();
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
        let places = Places {
            env: &env,
            keyring: &Nowhere,
        };
        let given = assertion(&from, places).unwrap();
        assert_eq!((given.token.reveal(), given.from), ("a.b.c", from));
        let unset = assertion(&AssertionRef::FileOf("OTHER".into()), places).unwrap_err();
        assert_eq!(unset.at, "OTHER");
    }

    #[test]
    fn the_token_of_a_job_is_left_to_the_run_and_what_it_needs_is_looked_at_every_time() {
        struct Runner;
        impl Env for Runner {
            fn var(&self, name: &str) -> Option<String> {
                let url = name == "ACTIONS_ID_TOKEN_REQUEST_URL";
                let shown = name == "ACTIONS_ID_TOKEN_REQUEST_TOKEN";
                (url || shown).then(|| "https://runner.example/token".to_owned())
            }
        }
        let in_job = Places {
            env: &Runner,
            keyring: &Nowhere,
        };
        let given = assertion(&AssertionRef::GitHub, in_job).unwrap();
        assert!(given.token.is_empty());
        let problem = assertion(&AssertionRef::GitHub, places()).unwrap_err();
        assert_eq!(problem.at, "ACTIONS_ID_TOKEN_REQUEST_URL");
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
        let problem = client(&CredentialRef::Certificate(at), places()).unwrap_err();
        assert_eq!(problem.at, "/nowhere/own.pem");
        assert_eq!(problem.expected, say::EXPECTED_CERTIFICATE);
    }
}
