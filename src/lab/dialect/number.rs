//! What a refusal is called where Entra's numbers are not spoken. One row a dialect and cause; a cause without a row
//! has no number there, and its sentence stands alone.

use super::super::refusal::Cause;
use super::Dialect;

/// The number with its prefix, e.g. `AADB2C90088`.
pub fn number(dialect: Dialect, cause: Cause) -> Option<String> {
    let code = cause.row().code;
    match dialect {
        Dialect::Entra | Dialect::Ciam | Dialect::SecondCloud => {
            code.map(|code| format!("AADSTS{code}"))
        }
        Dialect::B2c { .. } => b2c(cause).map(|code| format!("AADB2C{code}")),
        Dialect::Adfs => adfs(cause).map(|code| format!("MSIS{code}")),
        Dialect::Oidc => None,
    }
}

/// `error`.
pub fn error(dialect: Dialect, cause: Cause, entra: &'static str) -> &'static str {
    match dialect {
        Dialect::Entra | Dialect::Ciam | Dialect::SecondCloud => entra,
        Dialect::B2c { .. } => match cause {
            Cause::PasswordWrong | Cause::UserUnknown => "access_denied",
            Cause::NotSignedIn => "interaction_required",
            Cause::SecretMissing | Cause::AppSecretMissing | Cause::RedirectDiffers => {
                "invalid_request"
            }
            _ => plain(entra),
        },
        Dialect::Adfs => plain(entra),
        Dialect::Oidc => match cause {
            Cause::ClientUnknown => "invalid_client",
            Cause::ConsentSilent => "consent_required",
            _ => plain(entra),
        },
    }
}

/// The status that goes with a dialect's `error`: 401 for a client that is not who it says, and for nothing else.
pub fn status(error: &str, entra: u16) -> u16 {
    match (error, entra) {
        ("invalid_client", _) => 401,
        (_, 401) => 400,
        (_, other) => other,
    }
}

/// The standard's word for what Entra has a word of its own for (RFC 6749 5.2, RFC 8628 3.5, RFC 8707 2).
pub fn plain(entra: &str) -> &str {
    match entra {
        "authorization_declined" => "access_denied",
        "bad_verification_code" => "invalid_grant",
        "invalid_resource" => "invalid_target",
        "invalid_tenant" | "invalid_instance" => "invalid_request",
        other => other,
    }
}

const fn b2c(cause: Cause) -> Option<u32> {
    Some(match cause {
        Cause::ParameterMissing | Cause::CredentialPartMissing => 90083,
        Cause::ClientUnknown => 90068,
        Cause::RedirectUnknown | Cause::RedirectDiffers => 90006,
        Cause::ResponseTypeUnsupported | Cause::ImplicitOff => 90013,
        Cause::GrantUnsupported => 90086,
        Cause::ScopeUnknown | Cause::ScopeMixed | Cause::ResourceUnknown => 90117,
        Cause::SecretMissing | Cause::AppSecretMissing => 90079,
        Cause::SecretWrong | Cause::SecretExpired => 90081,
        Cause::SecretOnPublic => 90084,
        Cause::AssertionUnknown => 90017,
        Cause::VerifierWrong => 90182,
        Cause::GrantUnknown | Cause::GrantElsewhere | Cause::TokenMalformed => 90088,
        Cause::CodeSpent | Cause::CodeExpired | Cause::TokenInactive => 90080,
        Cause::GrantRevoked => 90129,
        Cause::PasswordWrong | Cause::UserUnknown => 90225,
        Cause::NotSignedIn => 90077,
        Cause::ConsentDeclined | Cause::Cancelled => 90091,
        Cause::PasswordForgotten => 90118,
        _ => return None,
    })
}

const fn adfs(cause: Cause) -> Option<u32> {
    Some(match cause {
        Cause::ClientUnknown => 9223,
        Cause::RedirectUnknown => 9224,
        Cause::ConsentMissing | Cause::ConsentSilent | Cause::ConsentDeclined | Cause::Blocked => {
            9605
        }
        Cause::GrantUnsupported => 9611,
        Cause::GrantUnknown | Cause::CodeSpent | Cause::CodeExpired | Cause::TokenMalformed => 9612,
        Cause::TokenInactive | Cause::GrantRevoked => 9615,
        Cause::SecretMissing
        | Cause::AppSecretMissing
        | Cause::SecretWrong
        | Cause::SecretExpired => 9622,
        Cause::PasswordWrong | Cause::UserUnknown => 9659,
        _ => return None,
    })
}
