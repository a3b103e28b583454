//! Authorization code (RFC 6749 section 4.1.3) with PKCE (RFC 7636 section 4.6). A code works once, for ten
//! minutes, for the client and redirect URI it was issued to.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use super::super::ask::Answer;
use super::super::desk::{Desk, same};
use super::super::file::Platform;
use super::super::onward;
use super::super::policy::Demands;
use super::super::proof::{self, Way};
use super::super::refusal::{Cause, Refusal};
use super::super::world::{Challenge, Client};
use super::Ready;

/// How long a code lives.
const LIFETIME: Duration = Duration::from_mins(10);

/// Tokens for a code.
///
/// # Errors
/// A wrong credential, code, redirect URI or verifier; whatever stands in the way of the user.
pub fn issue(desk: &mut Desk<'_>) -> Result<Answer, Refusal> {
    let client = desk.client()?;
    let sent = desk.credential_part("code")?;
    let platform = platform(desk, &client, &sent);
    proof::check(desk, &client, Way::Through(platform))?;
    let refuse = |cause| Refusal::new(cause, &[("app", &client.title), ("field", "code")]);
    let Some(code) = desk.world.codes.get(&sent).cloned() else {
        let shaped = sent.starts_with("1.AX0A");
        return Err(refuse(if shaped {
            Cause::GrantUnknown
        } else {
            Cause::TokenMalformed
        }));
    };
    if code.grant.client != client.id {
        return Err(refuse(Cause::GrantUnknown));
    }
    super::given_here(desk, &code.grant)?;
    if code.spent {
        return Err(refuse(Cause::CodeSpent));
    }
    if desk.at.since(code.grant.issued) > LIFETIME {
        return Err(refuse(Cause::CodeExpired));
    }
    if desk.credential_part("redirect_uri")? != code.redirect {
        return Err(refuse(Cause::RedirectDiffers));
    }
    check_verifier(desk, code.challenge.as_ref())?;
    let user = desk.world.user_by_id(&code.grant.proof.user).cloned();
    let claims = desk.ask.form("claims").or_else(|| code.claims.clone());
    let ready = Ready {
        wanted: super::wanted(desk, &client, Some(&code.grant.wanted))?,
        user: user.ok_or_else(|| refuse(Cause::GrantUnknown))?,
        client,
        demands: Demands::read(claims.as_deref())?,
        refreshes: false,
        nonce: code.nonce,
        issued: code.grant.issued.iso(),
        platform: Some(platform),
        ends: None,
        proof: code.grant.proof,
    };
    let policies = super::judge(desk, &ready)?;
    if let Some(code) = desk.world.codes.get_mut(&sent) {
        code.spent = true;
    }
    Ok(super::grant(desk, &ready, &policies))
}

/// The type of the redirect address that the code was asked for with, as it is registered now; where the code is not
/// known, that of the request.
fn platform(desk: &Desk<'_>, client: &Client, code: &str) -> Platform {
    let kept = desk.world.codes.get(code).map(|code| code.redirect.clone());
    let asked = kept.or_else(|| desk.ask.form("redirect_uri"));
    let registered = asked.and_then(|uri| onward::registered(client, &uri).map(|r| r.platform));
    registered.unwrap_or(client.kind.platform())
}

fn check_verifier(desk: &Desk<'_>, challenge: Option<&Challenge>) -> Result<(), Refusal> {
    let Some(challenge) = challenge else {
        return match desk.ask.form("code_verifier") {
            Some(_) => Err(Refusal::new(Cause::VerifierWrong, &[])),
            None => Ok(()),
        };
    };
    let verifier = desk.credential_part("code_verifier")?;
    let proof = if challenge.hashed {
        URL_SAFE_NO_PAD.encode(Sha256::digest(&verifier))
    } else {
        verifier
    };
    if same(&proof, &challenge.value) {
        Ok(())
    } else {
        Err(Refusal::new(Cause::VerifierWrong, &[]))
    }
}
