//! The profiles file: TOML, one table a profile, secrets only by reference. Unknown keys are errors that name file,
//! line and key.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml::Spanned;

use super::credentials::keyring_name;
use super::retry::RetryTable;
use crate::model::federated::Federation;
use crate::model::{
    AssertionRef, Authority, AuthorityKind, CertificateMethod, ClientKind, CredentialRef,
    Extensions, Flow, Presented, Problem, Profile, Region, SecretMethod, SigningAlgorithm,
    TokenType,
};
use crate::strings::settings as say;

mod api;
mod asking;
mod certificate;
mod entry;

pub use entry::entry;

use super::files::write_private;
use asking::AskingTable;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    profile: BTreeMap<String, Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "a member for each key of the file; they are told apart by name"
)]
struct Entry {
    authority: Spanned<String>,
    /// What the authority speaks, where its address does not tell.
    protocol: Option<AuthorityKind>,
    client_id: Spanned<String>,
    #[serde(default = "desktop")]
    kind: ClientKind,
    secret_env: Option<Spanned<String>>,
    secret_file: Option<PathBuf>,
    secret_prompt: Option<bool>,
    /// What the system's keyring keeps the secret as.
    secret_keyring: Option<Spanned<String>>,
    secret_method: Option<SecretMethod>,
    certificate_file: Option<PathBuf>,
    certificate_password_env: Option<Spanned<String>>,
    certificate_password_file: Option<PathBuf>,
    certificate_password_keyring: Option<Spanned<String>>,
    /// The certificate by its digest, where only the key is at hand.
    certificate_thumbprint: Option<Spanned<String>>,
    /// The private key, where the certificate's file does not hold it.
    key_file: Option<PathBuf>,
    #[serde(default)]
    send_chain: bool,
    signing_algorithm: Option<SigningAlgorithm>,
    /// What the certificate is used for.
    certificate_method: Option<CertificateMethod>,
    assertion_env: Option<Spanned<String>>,
    assertion_file: Option<PathBuf>,
    /// Whether a federated token is used, or whose.
    federated_token: Option<Spanned<toml::Value>>,
    #[serde(default)]
    scopes: Vec<String>,
    redirect_uri: Option<String>,
    flow: Option<Flow>,
    username: Option<String>,
    /// The user's object id, where an application acts for them by federated credential.
    user_id: Option<String>,
    api: Option<String>,
    api_method: Option<String>,
    #[serde(default)]
    api_headers: Vec<String>,
    /// The file that holds the body of the call.
    api_body: Option<PathBuf>,
    cache_file: Option<PathBuf>,
    /// Whether it is kept encrypted.
    #[serde(default)]
    encrypt_cache: bool,
    ca_file: Option<PathBuf>,
    /// Whether tokens are bound to a key (RFC 9449).
    #[serde(default)]
    dpop: bool,
    /// Whether the authorization request is pushed (RFC 9126).
    #[serde(default)]
    par: bool,
    /// The region whose token endpoint is asked.
    region: Option<Spanned<String>>,
    /// What is asked of the sign-in page.
    authorize: Option<AskingTable>,
    retry: Option<RetryTable>,
    /// Token exchange: what is exchanged, for what, for whom.
    subject_token_type: Option<Spanned<String>>,
    requested_token_type: Option<Spanned<String>>,
    #[serde(default)]
    audiences: Vec<String>,
    #[serde(default)]
    resources: Vec<String>,
}

const fn desktop() -> ClientKind {
    ClientKind::Desktop
}

/// Reads the profiles; none if there is no such file.
///
/// # Errors
/// A problem naming file, line and key.
pub fn load(path: &Path) -> Result<Vec<Profile>, Problem> {
    match fs::read_to_string(path) {
        Ok(text) => parse(&path.display().to_string(), &text),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(Problem::new(
            error.to_string(),
            path.display().to_string(),
            say::EXPECTED_PROFILES,
        )),
    }
}

/// Adds a profile at the end of the file; what stands there stays as it is.
///
/// # Errors
/// A profile of that name is there already; a file that cannot be read or written.
pub fn add(path: &Path, profile: &Profile) -> Result<(), Problem> {
    let there = load(path)?;
    if there.iter().any(|known| known.name == profile.name) {
        let at = path.display().to_string();
        return Err(Problem::new(
            say::profile_is_there(&profile.name),
            at,
            say::EXPECTED_OTHER_NAME,
        ));
    }
    let failed = |error: std::io::Error| {
        let at = path.display().to_string();
        Problem::new(error.to_string(), at, say::EXPECTED_WRITABLE)
    };
    let before = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
        Err(error) => return Err(failed(error)),
    };
    let before = before.trim_end();
    let gap = if before.is_empty() { "" } else { "\n\n" };
    let text = format!("{before}{gap}{}", entry(profile));
    write_private(path, text.as_bytes()).map_err(failed)
}

/// Reads the text of a profiles file.
///
/// # Errors
/// A problem naming file, line and key.
pub fn parse(file: &str, text: &str) -> Result<Vec<Profile>, Problem> {
    let parsed: File = toml::from_str(text).map_err(|error| {
        let line = error.span().map_or(0, |span| line_of(text, span.start));
        Problem::new(
            error.message().to_owned(),
            format!("{file}:{line}"),
            say::EXPECTED_PROFILES,
        )
    })?;
    parsed
        .profile
        .into_iter()
        .map(|(name, entry)| profile(file, text, name, entry))
        .collect()
}

fn profile(file: &str, text: &str, name: String, mut entry: Entry) -> Result<Profile, Problem> {
    let at = |value: &Spanned<String>, key: &str| {
        format!("{file}:{} {key}", line_of(text, value.span().start))
    };
    let authority = Authority::parse(entry.authority.get_ref()).map_err(|problem| Problem {
        at: at(&entry.authority, "authority"),
        ..problem
    })?;
    let spoken = entry.protocol.unwrap_or(authority.kind);
    let authority = authority.spoken_as(spoken);
    if entry.client_id.get_ref().trim().is_empty() {
        return Err(Problem::new(
            "``",
            at(&entry.client_id, "client-id"),
            say::EXPECTED_CLIENT_ID,
        ));
    }
    let kind = |named: &Option<Spanned<String>>, key: &str| {
        let parse = |text: &Spanned<String>| TokenType::parse(text.get_ref(), &at(text, key));
        named.as_ref().map(parse).transpose()
    };
    let presented = Presented {
        token_type: kind(&entry.subject_token_type, "subject-token-type")?,
        wanted_type: kind(&entry.requested_token_type, "requested-token-type")?,
        audiences: entry.audiences.clone(),
        resources: entry.resources.clone(),
        user_id: entry.user_id.clone(),
        ..Presented::default()
    };
    let region = |name: &Spanned<String>| Region::parse(name.get_ref(), &at(name, "region"));
    let region = entry.region.as_ref().map(region).transpose()?;
    let place = format!("{file} profile.{name}");
    let credential = credential(&entry, &place, at)?;
    let asking = entry.authorize.take().map(|table| table.asking(&place));
    let api = api::call(&place, &mut entry)?;
    let retry = entry.retry.take().map(|table| table.policy(&place));
    Ok(Profile {
        flow: entry.flow.unwrap_or(entry.kind.usual_flow()),
        name,
        authority,
        client_id: entry.client_id.into_inner(),
        client_kind: entry.kind,
        credential,
        secret_method: entry.secret_method,
        scopes: entry.scopes,
        redirect_uri: entry.redirect_uri,
        username: entry.username,
        api,
        presented,
        cache_file: entry.cache_file,
        seal_cache: entry.encrypt_cache,
        asking: asking.transpose()?.unwrap_or_default(),
        extensions: Extensions {
            dpop: entry.dpop,
            par: entry.par,
            region,
        },
        retry: retry.transpose()?,
        ca_file: entry.ca_file,
    })
}

/// The one credential that an entry names; `place` is the entry, `at` one of its keys.
fn credential(
    entry: &Entry,
    place: &str,
    at: impl Fn(&Spanned<String>, &str) -> String,
) -> Result<CredentialRef, Problem> {
    let variable = |named: &Option<Spanned<String>>, key: &str| variable(named.as_ref(), key, &at);
    let certificate = certificate::of(entry, place, &at)?;
    let federated = federated(entry.federated_token.as_ref(), &at)?;
    let assertion_env = variable(&entry.assertion_env, "assertion-env")?;
    let named = [
        variable(&entry.secret_env, "secret-env")?.map(CredentialRef::Env),
        entry.secret_file.clone().map(CredentialRef::File),
        keyring(entry.secret_keyring.as_ref(), "secret-keyring", &at)?.map(CredentialRef::Keyring),
        (entry.secret_prompt == Some(true)).then_some(CredentialRef::Prompt),
        certificate.map(CredentialRef::Certificate),
        assertion_env.map(|name| CredentialRef::Assertion(AssertionRef::Env(name))),
        entry
            .assertion_file
            .clone()
            .map(|path| CredentialRef::Assertion(AssertionRef::File(path))),
        federated.map(|of| CredentialRef::Assertion(of.reference())),
    ];
    let mut named = named.into_iter().flatten();
    let one = named.next().unwrap_or_default();
    if named.next().is_some() {
        let expected = say::EXPECTED_ONE_SECRET;
        return Err(Problem::new(say::TWO_SECRETS, place, expected));
    }
    Ok(one)
}

/// Who gives the federated token: `true` means the file of the variable.
fn federated(
    named: Option<&Spanned<toml::Value>>,
    at: impl Fn(&Spanned<String>, &str) -> String,
) -> Result<Option<Federation>, Problem> {
    let Some(named) = named else {
        return Ok(None);
    };
    let word = match named.get_ref() {
        toml::Value::Boolean(false) => return Ok(None),
        toml::Value::Boolean(true) => Federation::Azure.word(),
        other => other.as_str().unwrap_or_default(),
    };
    let word = Spanned::new(named.span(), word.to_owned());
    Federation::parse(word.get_ref(), &at(&word, "federated-token")).map(Some)
}

fn variable(
    named: Option<&Spanned<String>>,
    key: &str,
    at: impl Fn(&Spanned<String>, &str) -> String,
) -> Result<Option<String>, Problem> {
    match named {
        Some(name) if !is_variable(name.get_ref()) => Err(Problem::new(
            say::NOT_A_VARIABLE,
            at(name, key),
            say::EXPECTED_VARIABLE,
        )),
        named => Ok(named.map(|name| name.get_ref().clone())),
    }
}

fn keyring(
    named: Option<&Spanned<String>>,
    key: &str,
    at: impl Fn(&Spanned<String>, &str) -> String,
) -> Result<Option<String>, Problem> {
    let named = named.map(|name| {
        keyring_name(name.get_ref()).map_err(|problem| problem.at(at(name, key)))?;
        Ok(name.get_ref().clone())
    });
    named.transpose()
}

/// Whether it looks like a variable's name and not like a secret that was put there by mistake.
pub(super) fn is_variable(name: &str) -> bool {
    name.len() <= 80
        && name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

fn line_of(text: &str, offset: usize) -> usize {
    text.get(..offset)
        .map_or(1, |before| before.matches('\n').count() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{CertificateRef, SecretRef, Thumbprint};

    const GOOD: &str = "[profile.daemon]\nauthority = 'https://login.microsoftonline.com/contoso.example'\nclient-id = '3f0a0000-0000-4000-8000-0000000000e1'\nkind = 'daemon'\nsecret-env = 'CONTOSO_SECRET'\nscopes = ['https://graph.microsoft.com/.default']\n";

    #[test]
    fn whose_federated_token_it_is_can_be_said_and_another_word_is_named_by_its_line() {
        let of = |value: &str| {
            let text = GOOD.replace(
                "secret-env = 'CONTOSO_SECRET'",
                &format!("federated-token = {value}"),
            );
            parse("p.toml", &text).map(|profiles| profiles[0].credential.clone())
        };
        let by = |of: Federation| Ok(CredentialRef::Assertion(of.reference()));
        assert_eq!(of("true"), by(Federation::Azure));
        assert_eq!(of("'github'"), by(Federation::GitHub));
        assert_eq!(of("'kubernetes'"), by(Federation::Kubernetes));
        assert_eq!(of("false"), Ok(CredentialRef::None));
        for wrong in ["'gitlab'", "1", "[]"] {
            assert_eq!(of(wrong).unwrap_err().at, "p.toml:5 federated-token");
        }
    }

    #[test]
    fn a_profile_names_where_its_secret_is_and_never_the_secret() {
        let profiles = parse("p.toml", GOOD).unwrap();
        assert_eq!(
            profiles[0].credential,
            CredentialRef::Env("CONTOSO_SECRET".into())
        );
        assert_eq!(profiles[0].flow, Flow::ClientCredentials);
    }

    #[test]
    fn nothing_of_a_profile_is_lost_in_its_entry() {
        let text = "[profile.whole]\nauthority = 'https://id.contoso.example/x'\nprotocol = 'adfs'\nclient-id = 'a b'\nkind = 'web'\n\
            flow = 'token-exchange'\nscopes = ['a', \"it's\"]\nredirect-uri = 'http://localhost/x'\nusername = 'ada'\n\
            api = 'https://api.contoso.example'\nsubject-token-type = 'jwt'\nrequested-token-type = 'urn:own:kind'\n\
            audiences = ['one', 'two']\nresources = ['https://api.contoso.example']\nuser-id = '0e6f0000-0000-4000-8000-00000000ada1'\ncache-file = 'a cache.json'\n\
            ca-file = 'ca.pem'\ndpop = true\nregion = 'westeurope'\nauthorize = { prompt = 'login', max-age = 60 }\n\
            [profile.whole.retry]\nattempts = 5\nbase = 0.25\njitter = false\nstatuses = [503]\nbudget = 90\n";
        let all = parse("p.toml", text).unwrap();
        assert!(all[0].retry.is_some() && all[0].presented.wanted_type.is_some());
        let again = parse("p.toml", &entry(&all[0])).unwrap();
        assert_eq!(again, all);
    }

    #[test]
    fn a_profile_that_is_added_is_read_back_and_what_was_there_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("profiles.toml");
        let text = format!("# mine\n{GOOD}");
        fs::write(&path, &text).unwrap();
        let mut profile = parse("p.toml", GOOD).unwrap().remove(0);
        for (name, credential) in [
            ("it's \"mine\"", CredentialRef::Env("OTHER".into())),
            (
                "certified",
                CredentialRef::Certificate(CertificateRef {
                    certificate: "a b.pem".into(),
                    key: Some("key.pem".into()),
                    send_chain: true,
                    algorithm: Some(SigningAlgorithm::Rs256),
                    password: Some(SecretRef::Env("LOCK".into())),
                    thumbprint: None,
                    ..CertificateRef::default()
                }),
            ),
            (
                "by thumbprint",
                CredentialRef::Certificate(CertificateRef {
                    certificate: "key.pem".into(),
                    thumbprint: Thumbprint::parse(&"AB".repeat(32), "").ok(),
                    password: Some(SecretRef::File("lock".into())),
                    ..CertificateRef::default()
                }),
            ),
            (
                "federated",
                CredentialRef::Assertion(Federation::Azure.reference()),
            ),
            (
                "of a pod",
                CredentialRef::Assertion(Federation::Kubernetes.reference()),
            ),
            (
                "of a job",
                CredentialRef::Assertion(Federation::GitHub.reference()),
            ),
            ("kept", CredentialRef::Keyring("contoso/daemon".into())),
            ("public", CredentialRef::None),
        ] {
            profile.name = name.into();
            profile.credential = credential;
            profile.username = Some("ada@contoso.example".into());
            add(&path, &profile).unwrap();
            assert!(load(&path).unwrap().contains(&profile), "{name}");
            assert!(add(&path, &profile).is_err(), "{name} twice");
        }
        assert!(
            fs::read_to_string(&path)
                .unwrap()
                .starts_with(text.trim_end())
        );
        assert_eq!(load(&path).unwrap().len(), 9);
    }

    #[test]
    fn an_unknown_key_is_named_with_its_line() {
        let problem = parse("p.toml", &GOOD.replace("scopes", "scoops")).unwrap_err();
        assert!(
            problem.at == "p.toml:6" && problem.what.contains("scoops"),
            "{problem:?}"
        );
    }

    #[test]
    fn a_malformed_authority_is_named_with_its_line_and_key() {
        let problem = parse("p.toml", &GOOD.replace("https://", "ftp://")).unwrap_err();
        assert_eq!(problem.at, "p.toml:2 authority");
    }

    #[test]
    fn a_secret_in_place_of_a_variable_is_refused_without_being_repeated() {
        let problem =
            parse("p.toml", &GOOD.replace("CONTOSO_SECRET", "Zx8~Q.1-secret")).unwrap_err();
        assert_eq!(problem.at, "p.toml:5 secret-env");
        assert!(!format!("{problem:?}").contains("Zx8"));
    }

    #[test]
    fn a_certificate_is_named_by_its_files() {
        let text = GOOD.replace(
            "secret-env = 'CONTOSO_SECRET'",
            "certificate-file = 'own.pem'\nkey-file = 'own.key'\nsend-chain = true\nsigning-algorithm = 'RS256'",
        );
        let expected = CertificateRef {
            certificate: "own.pem".into(),
            key: Some("own.key".into()),
            send_chain: true,
            algorithm: Some(SigningAlgorithm::Rs256),
            ..CertificateRef::default()
        };
        let profiles = parse("p.toml", &text).unwrap();
        assert_eq!(profiles[0].credential, CredentialRef::Certificate(expected));
    }

    #[test]
    fn a_certificate_that_is_shown_in_the_handshake_signs_nothing() {
        let with = |keys: &str| {
            let keys = format!("certificate-file = 'own.pem'\n{keys}");
            parse(
                "p.toml",
                &GOOD.replace("secret-env = 'CONTOSO_SECRET'", &keys),
            )
        };
        let profiles = with("certificate-method = 'tls_client_auth'").unwrap();
        let CredentialRef::Certificate(at) = &profiles[0].credential else {
            panic!("{profiles:?}");
        };
        assert_eq!(at.method, CertificateMethod::Tls);
        let again = parse("p.toml", &entry(&profiles[0])).unwrap();
        assert_eq!(again, profiles);
        assert!(with("certificate-method = 'tls_client_auth'\nsend-chain = true").is_err());
        assert!(with("certificate-method = 'client_secret_post'").is_err());
        let lonely = "certificate-method = 'tls_client_auth'";
        let text = GOOD.replace("secret-env = 'CONTOSO_SECRET'", lonely);
        assert!(parse("p.toml", &text).is_err());
    }

    #[test]
    fn a_key_without_its_certificate_and_two_credentials_are_refused() {
        let lonely = GOOD.replace("secret-env = 'CONTOSO_SECRET'", "key-file = 'own.key'");
        let problem = parse("p.toml", &lonely).unwrap_err();
        assert_eq!(problem.what, say::WITHOUT_CERTIFICATE);
        let two = format!("{GOOD}federated-token = true\n");
        let problem = parse("p.toml", &two).unwrap_err();
        assert_eq!(problem.what, say::TWO_SECRETS);
        assert_eq!(problem.at, "p.toml profile.daemon");
    }
}
