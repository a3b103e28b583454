//! The names under which secrets travel: form parameters, JSON members, headers, command-line switches, settings.

use crate::model::SecretKind;

/// What stands under a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Named {
    /// A secret.
    Secret(SecretKind),
    /// `code`: an authorization code, or an error code of an API.
    Code,
    /// `token`, `secret`: secret where the value looks like it.
    Vague,
    /// An `Authorization` header: a scheme and a credential.
    Authorization,
    /// A `Cookie` or `Set-Cookie` header.
    Cookie,
}

/// Names that count alone.
const WHOLE: &[(&str, Named)] = &[
    ("code", Named::Code),
    ("token", Named::Vague),
    ("secret", Named::Vague),
    ("authorization", Named::Authorization),
    ("proxyauthorization", Named::Authorization),
    ("cookie", Named::Cookie),
    ("setcookie", Named::Cookie),
    ("assertion", Named::Secret(SecretKind::Assertion)),
    ("pwd", Named::Secret(SecretKind::Password)),
    ("passwd", Named::Secret(SecretKind::Password)),
    ("otp", Named::Secret(SecretKind::OneTimeCode)),
    ("otc", Named::Secret(SecretKind::OneTimeCode)),
    ("sft", Named::Secret(SecretKind::Other)),
    ("prt", Named::Secret(SecretKind::RefreshToken)),
    ("rt", Named::Vague),
    ("wresult", Named::Secret(SecretKind::Assertion)),
];

/// Names that count also at the end of a longer one: `AZURE_CLIENT_SECRET`, `--client-secret`, `userPassword`.
const ENDINGS: &[(&str, Named)] = &[
    ("clientsecret", Named::Secret(SecretKind::ClientSecret)),
    ("appsecret", Named::Secret(SecretKind::ClientSecret)),
    ("password", Named::Secret(SecretKind::Password)),
    ("refreshtoken", Named::Secret(SecretKind::RefreshToken)),
    ("accesstoken", Named::Secret(SecretKind::AccessToken)),
    ("idtoken", Named::Secret(SecretKind::IdToken)),
    ("idtokenhint", Named::Secret(SecretKind::IdToken)),
    ("subjecttoken", Named::Secret(SecretKind::AccessToken)),
    ("actortoken", Named::Secret(SecretKind::AccessToken)),
    ("sessiontoken", Named::Secret(SecretKind::Other)),
    ("flowtoken", Named::Secret(SecretKind::Other)),
    ("canary", Named::Secret(SecretKind::Other)),
    ("clientassertion", Named::Secret(SecretKind::Assertion)),
    ("userassertion", Named::Secret(SecretKind::Assertion)),
    (
        "userfederatedidentitycredential",
        Named::Secret(SecretKind::Assertion),
    ),
    ("samlresponse", Named::Secret(SecretKind::Assertion)),
    ("authcode", Named::Secret(SecretKind::AuthorizationCode)),
    (
        "authorizationcode",
        Named::Secret(SecretKind::AuthorizationCode),
    ),
    ("spacode", Named::Secret(SecretKind::AuthorizationCode)),
    ("authreqid", Named::Secret(SecretKind::BackchannelRequest)),
    ("devicecode", Named::Secret(SecretKind::DeviceCode)),
    ("usercode", Named::Secret(SecretKind::UserCode)),
    ("onetimecode", Named::Secret(SecretKind::OneTimeCode)),
    ("codeverifier", Named::Secret(SecretKind::CodeVerifier)),
    ("identityheader", Named::Secret(SecretKind::Other)),
    ("msisecret", Named::Secret(SecretKind::Other)),
    ("apikey", Named::Secret(SecretKind::Other)),
    ("functionskey", Named::Secret(SecretKind::Other)),
    ("subscriptionkey", Named::Secret(SecretKind::Other)),
    ("accountkey", Named::Secret(SecretKind::Other)),
    ("sharedaccesskey", Named::Secret(SecretKind::Other)),
    ("privatekey", Named::Secret(SecretKind::PrivateKey)),
    ("estsauth", Named::Secret(SecretKind::Cookie)),
    ("estsauthpersistent", Named::Secret(SecretKind::Cookie)),
    ("estsauthlight", Named::Secret(SecretKind::Cookie)),
    ("refreshtokencredential", Named::Secret(SecretKind::Cookie)),
];

/// No name that counts is longer than this, in letters and digits.
const LONGEST: usize = 40;

/// What stands under a name, however it is spelled.
pub(super) fn kind(name: &str) -> Option<Named> {
    // The end of the name decides: its last letters and digits, in small letters, from the end of the buffer on.
    let mut buffer = [0_u8; LONGEST];
    let mut from = LONGEST;
    let mut letters = name.bytes().rev().filter(u8::is_ascii_alphanumeric);
    for b in letters.by_ref().take(LONGEST) {
        from -= 1;
        buffer[from] = b.to_ascii_lowercase();
    }
    let plain = &buffer[from..];
    if !may_end(plain) {
        return None;
    }
    let whole = letters.next().is_none();
    let mut alone = WHOLE.iter().filter(|_| whole);
    if let Some((_, named)) = alone.find(|(name, _)| name.as_bytes() == plain) {
        return Some(*named);
    }
    let mut endings = ENDINGS.iter();
    let found = endings.find(|(ending, _)| plain.ends_with(ending.as_bytes()));
    found.map(|(_, named)| *named)
}

/// For every last letter of a name that counts, the letters that stand before it there, a bit each.
const LAST_TWO: [u32; 26] = {
    let mut pairs = [0; 26];
    let lists = [WHOLE, ENDINGS];
    let mut list = 0;
    while list < lists.len() {
        let mut at = 0;
        while at < lists[list].len() {
            let name = lists[list][at].0.as_bytes();
            let last = name[name.len() - 1] - b'a';
            pairs[last as usize] |= 1 << (name[name.len() - 2] - b'a');
            at += 1;
        }
        list += 1;
    }
    pairs
};

/// Whether a name that counts ends in the last two letters of this one. Nearly no other word does.
fn may_end(plain: &[u8]) -> bool {
    let [.., before, last] = *plain else {
        return false;
    };
    let letters = before.is_ascii_lowercase() && last.is_ascii_lowercase();
    letters && LAST_TWO[usize::from(last - b'a')] & (1 << (before - b'a')) != 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_in_every_spelling() {
        for name in [
            "client_secret",
            "client-secret",
            "--client-secret",
            "clientSecret",
            "AZURE_CLIENT_SECRET",
        ] {
            assert_eq!(
                kind(name),
                Some(Named::Secret(SecretKind::ClientSecret)),
                "{name}"
            );
        }
        assert_eq!(kind("Set-Cookie"), Some(Named::Cookie));
        assert_eq!(kind("code"), Some(Named::Code));
        let long = format!("{}_client_secret", "x".repeat(90));
        assert!(kind(&long).is_some() && kind(&"code".repeat(30)).is_none());
        assert!(
            ENDINGS
                .iter()
                .chain(WHOLE)
                .all(|(name, _)| name.len() <= LONGEST)
        );
    }

    #[test]
    fn names_of_other_things_stay() {
        for name in [
            "error_code",
            "token_type",
            "grant_type",
            "client_assertion_type",
            "password_change_url",
            "code_challenge",
            "token_endpoint",
            "decode",
            "error",
        ] {
            assert_eq!(kind(name), None, "{name}");
        }
    }
}
