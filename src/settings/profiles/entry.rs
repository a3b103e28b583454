//! A profile as its entry in the file.

use std::fmt::Write as _;
use std::path::Path;

use super::api;
use crate::model::federated::Federation;
use crate::model::{
    AssertionRef, Authority, AuthorityKind, CredentialRef, Presented, Profile, SecretRef,
    SigningAlgorithm, TokenType,
};

/// The entry, as [`parse`](super::parse) reads it.
pub fn entry(profile: &Profile) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "[profile.{}]", key(&profile.name));
    let mut line = |key: &str, value: String| {
        let _ = writeln!(out, "{key} = {value}");
    };
    line("authority", quoted(profile.authority.as_str()));
    if let Some(kind) = spoken(profile) {
        line("protocol", quoted(kind.word()));
    }
    line("client-id", quoted(&profile.client_id));
    line("kind", quoted(profile.client_kind.word()));
    line("flow", quoted(profile.flow.word()));
    for (key, value) in credential(&profile.credential) {
        line(key, value);
    }
    if let Some(method) = profile.secret_method {
        line("secret-method", quoted(method.word()));
    }
    let scopes: Vec<String> = profile.scopes.iter().map(|scope| quoted(scope)).collect();
    if !scopes.is_empty() {
        line("scopes", format!("[{}]", scopes.join(", ")));
    }
    let texts = [
        ("redirect-uri", &profile.redirect_uri),
        ("username", &profile.username),
    ];
    for (key, text) in texts {
        if let Some(text) = text {
            line(key, quoted(text));
        }
    }
    for (key, value) in profile.api.iter().flat_map(|call| api::entry(call, quoted)) {
        line(key, value);
    }
    for (key, used) in [
        ("dpop", profile.extensions.dpop),
        ("par", profile.extensions.par),
    ] {
        if used {
            line(key, "true".to_owned());
        }
    }
    if let Some(region) = &profile.extensions.region {
        line("region", quoted(region.word()));
    }
    if let Some(table) = super::asking::table(&profile.asking) {
        line("authorize", table);
    }
    let others = presented(&profile.presented)
        .into_iter()
        .chain(files(profile));
    others.for_each(|(key, value)| line(key, value));
    if profile.seal_cache {
        line("encrypt-cache", "true".to_owned());
    }
    if let Some(policy) = &profile.retry {
        line("retry", crate::settings::retry::table(policy));
    }
    out
}

fn files(profile: &Profile) -> impl Iterator<Item = (&'static str, String)> {
    let files = [
        ("cache-file", &profile.cache_file),
        ("ca-file", &profile.ca_file),
    ];
    let named = files.into_iter();
    named.filter_map(|(key, file)| Some((key, path(file.as_deref()?))))
}

/// How the authority is spoken to, where its address does not tell it.
fn spoken(profile: &Profile) -> Option<AuthorityKind> {
    let told = Authority::parse(profile.authority.as_str()).ok()?.kind;
    Some(profile.authority.kind).filter(|kind| *kind != told)
}

fn presented(presented: &Presented) -> Vec<(&'static str, String)> {
    let kind = |kind: &Option<TokenType>| kind.as_ref().map(|kind| quoted(kind.word()));
    let list = |texts: &[String]| {
        let texts: Vec<String> = texts.iter().map(|text| quoted(text)).collect();
        (!texts.is_empty()).then(|| format!("[{}]", texts.join(", ")))
    };
    let all = [
        ("subject-token-type", kind(&presented.token_type)),
        ("requested-token-type", kind(&presented.wanted_type)),
        ("audiences", list(&presented.audiences)),
        ("resources", list(&presented.resources)),
        ("user-id", presented.user_id.as_deref().map(quoted)),
    ];
    let named = all
        .into_iter()
        .filter_map(|(key, value)| Some((key, value?)));
    named.collect()
}

fn credential(credential: &CredentialRef) -> Vec<(&'static str, String)> {
    match credential {
        CredentialRef::None => Vec::new(),
        CredentialRef::Prompt => vec![("secret-prompt", "true".to_owned())],
        CredentialRef::Env(name) => vec![("secret-env", quoted(name))],
        CredentialRef::Keyring(name) => vec![("secret-keyring", quoted(name))],
        CredentialRef::File(file) => vec![("secret-file", path(file))],
        CredentialRef::Certificate(at) => {
            let mut keys = match &at.thumbprint {
                None => vec![("certificate-file", path(&at.certificate))],
                Some(thumbprint) => vec![
                    ("key-file", path(&at.certificate)),
                    ("certificate-thumbprint", quoted(&thumbprint.hex())),
                ],
            };
            keys.extend(at.password.as_ref().map(|password| match password {
                SecretRef::Env(name) => ("certificate-password-env", quoted(name)),
                SecretRef::Keyring(name) => ("certificate-password-keyring", quoted(name)),
                SecretRef::File(file) => ("certificate-password-file", path(file)),
            }));
            keys.extend(at.key.as_deref().map(|key| ("key-file", path(key))));
            if at.send_chain {
                keys.push(("send-chain", "true".to_owned()));
            }
            let algorithm = at.algorithm.map(SigningAlgorithm::word);
            keys.extend(algorithm.map(|word| ("signing-algorithm", quoted(word))));
            if at.method.is_tls() {
                keys.push(("certificate-method", quoted(at.method.word())));
            }
            keys
        }
        CredentialRef::Assertion(from) => vec![assertion(from)],
    }
}

fn assertion(from: &AssertionRef) -> (&'static str, String) {
    if let Some(of) = Federation::of(from) {
        return ("federated-token", quoted(of.word()));
    }
    match from {
        AssertionRef::File(file) => ("assertion-file", path(file)),
        AssertionRef::Env(name) | AssertionRef::FileOf(name) => ("assertion-env", quoted(name)),
        AssertionRef::GitHub => ("federated-token", quoted(Federation::GitHub.word())),
    }
}

/// A name as a key: bare where TOML allows it, otherwise a string on one line.
pub(super) fn key(name: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if !name.is_empty() && name.chars().all(bare) {
        return name.to_owned();
    }
    // The escapes of JSON are escapes of TOML too.
    serde_json::Value::from(name).to_string()
}

pub(super) fn path(path: &Path) -> String {
    quoted(&path.display().to_string())
}

pub(super) fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}
