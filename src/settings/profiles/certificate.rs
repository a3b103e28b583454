//! The certificate that an entry names, and what belongs to it.

use toml::Spanned;

use super::{Entry, keyring, variable};
use crate::model::{CertificateRef, Problem, SecretRef, Thumbprint};
use crate::strings::{keys, settings as say};

/// The certificate of an entry; `place` is the entry, `at` one of its keys.
pub(super) fn of(
    entry: &Entry,
    place: &str,
    at: impl Fn(&Spanned<String>, &str) -> String,
) -> Result<Option<CertificateRef>, Problem> {
    let thumbprint = entry.certificate_thumbprint.as_ref().map(|text| {
        let place = at(text, "certificate-thumbprint");
        Thumbprint::parse(text.get_ref(), &place)
    });
    let thumbprint = thumbprint.transpose()?;
    let named = entry.certificate_password_env.as_ref();
    let in_variable = variable(named, "certificate-password-env", &at)?.map(SecretRef::Env);
    let in_file = entry.certificate_password_file.clone().map(SecretRef::File);
    let named = entry.certificate_password_keyring.as_ref();
    let kept = keyring(named, "certificate-password-keyring", &at)?.map(SecretRef::Keyring);
    let mut passwords = [in_variable, in_file, kept].into_iter().flatten();
    let password = passwords.next();
    if passwords.next().is_some() {
        let expected = say::EXPECTED_ONE_PASSWORD;
        return Err(Problem::new(say::TWO_PASSWORDS, place, expected));
    }
    let key = entry.key_file.clone();
    let (certificate, key) = match (&entry.certificate_file, &thumbprint, key) {
        (Some(certificate), None, key) => (certificate.clone(), key),
        (None, Some(_), Some(key)) => (key, None),
        (None, None, None)
            if !entry.send_chain
                && entry.signing_algorithm.is_none()
                && entry.certificate_method.is_none()
                && password.is_none() =>
        {
            return Ok(None);
        }
        _ => {
            let expected = say::EXPECTED_WITH_CERTIFICATE;
            return Err(Problem::new(say::WITHOUT_CERTIFICATE, place, expected));
        }
    };
    if thumbprint.is_some() && entry.send_chain {
        let expected = say::EXPECTED_WITH_CERTIFICATE;
        return Err(Problem::new(say::WITHOUT_CERTIFICATE, place, expected));
    }
    let method = entry.certificate_method.unwrap_or_default();
    let signs = entry.send_chain || entry.signing_algorithm.is_some();
    if method.is_tls() && (thumbprint.is_some() || signs) {
        return Err(Problem::new(
            keys::NOTHING_IS_SIGNED,
            place,
            keys::EXPECTED_NO_SIGNING,
        ));
    }
    Ok(Some(CertificateRef {
        certificate,
        key,
        thumbprint,
        password,
        send_chain: entry.send_chain,
        algorithm: entry.signing_algorithm,
        method,
    }))
}
