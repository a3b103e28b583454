//! A user's federated credential (Entra's `user_fic`, which no standard has): an application that proved itself acts for
//! a user, with a token of an issuer that its registration trusts. In Entra the trust stands at the user that belongs to
//! an agent; here it stands at the application, and what the user or an administrator consented to is the limit.

use super::super::ask::Answer;
use super::super::desk::Desk;
use super::super::policy::Demands;
use super::super::proof::{self, Way};
use super::super::refusal::{Cause, Refusal, fill};
use super::super::world::{Client, Marks, Proof, User};
use super::Ready;
use crate::strings::lab::apps as say;

/// Tokens for a user's federated credential.
///
/// # Errors
/// A wrong credential of the application; a credential of the user that its registration does not trust; nobody, or a
/// user named twice or unknown; whatever stands in the way of the user.
pub fn issue(desk: &mut Desk<'_>) -> Result<Answer, Refusal> {
    let client = desk.client()?;
    let proven = proof::check(desk, &client, Way::Alone)?.words();
    proof::of_user(desk, &client)?;
    let user = user(desk, &client)?;
    let ready = Ready {
        proof: Proof {
            user: user.id.clone(),
            mfa: false,
            at: desk.at,
            epoch: user.epoch,
            marks: Marks::default(),
        },
        wanted: super::wanted(desk, &client, None)?,
        issued: desk.at.iso(),
        client,
        user,
        demands: Demands::read(desk.ask.form("claims").as_deref())?,
        refreshes: false,
        nonce: None,
        platform: None,
        ends: None,
    };
    let policies = super::judge(desk, &ready)?;
    let mut answer = super::grant(desk, &ready, &policies);
    let (app, user) = (ready.client.name.as_str(), ready.user.name.as_str());
    let values = [("app", app), ("user", user), ("proven", &proven)];
    answer.because = super::told_with(fill(say::SAID_AGENT, &values), &policies);
    Ok(answer)
}

/// Whom it is for: by user name or by object id.
fn user(desk: &Desk<'_>, client: &Client) -> Result<User, Refusal> {
    let (name, id) = (desk.ask.form("username"), desk.ask.form("user_id"));
    let (user, named) = match (name, id) {
        (Some(name), None) => (desk.world.user(&name), name),
        (None, Some(id)) => (desk.world.user_by_id(&id.to_ascii_lowercase()), id),
        (None, None) => {
            let field = [("field", "username")];
            return Err(Refusal::new(Cause::ParameterMissing, &field));
        }
        (Some(_), Some(_)) => {
            let field = [("field", "user_id")];
            return Err(Refusal::new(Cause::BadRequest, &field));
        }
    };
    let values = [
        ("user", named.as_str()),
        ("tenant", desk.world.domain.as_str()),
        ("app", client.title.as_str()),
    ];
    user.cloned()
        .ok_or_else(|| Refusal::new(Cause::UserUnknown, &values))
}
