//! Resource owner password (RFC 6749 section 4.3), and the check of a password that the pages share.

use super::super::ask::Answer;
use super::super::desk::{Desk, same};
use super::super::policy::Demands;
use super::super::proof::{self, Way};
use super::super::refusal::{Cause, Refusal};
use super::super::world::{By, Proof, User, World};
use super::Ready;
use crate::model::Moment;

/// Tokens for a user name and password.
///
/// # Errors
/// A wrong credential, user name or password; whatever stands in the way of the user.
pub fn issue(desk: &mut Desk<'_>) -> Result<Answer, Refusal> {
    let client = proof::client(desk, Way::Direct)?;
    if desk.tenant.eq_ignore_ascii_case("common") {
        return Err(Refusal::new(
            Cause::TenantTooBroad,
            &[("tenant", &desk.tenant)],
        ));
    }
    let name = desk.credential_part("username")?;
    let password = desk.credential_part("password")?;
    let wanted = super::wanted(desk, &client, None)?;
    let demands = Demands::read(desk.ask.form("claims").as_deref())?;
    let user = check(desk.world, &name, &password, desk.at)?;
    let ready = Ready {
        proof: Proof::of_password(&user, By::Password, desk.at),
        client,
        user,
        wanted,
        demands,
        refreshes: false,
        nonce: None,
        issued: desk.at.iso(),
        platform: None,
        ends: None,
    };
    let policies = super::judge(desk, &ready)?;
    Ok(super::grant(desk, &ready, &policies))
}

/// The person of a name and password.
///
/// # Errors
/// No such person, a locked account, a wrong password, or the right one after its time.
pub fn check(world: &mut World, name: &str, password: &str, at: Moment) -> Result<User, Refusal> {
    let domain = world.domain.clone();
    let (most, lock) = world.lockout;
    let values = [("user", name), ("tenant", domain.as_str())];
    let Some(user) = world.user_mut(name) else {
        return Err(Refusal::new(Cause::UserUnknown, &values));
    };
    if user.locked_until.is_some_and(|until| until <= at) {
        user.locked_until = None;
        user.fails = 0;
    }
    if user.standing.bad_address {
        return Err(Refusal::new(Cause::AddressBlocked, &values));
    }
    if user.locked || user.locked_until.is_some() {
        return Err(Refusal::new(Cause::AccountLocked, &values));
    }
    if !same(&user.password, password) {
        user.fails = user.fails.saturating_add(1);
        if user.fails >= most {
            user.locked_until = Some(at.plus(lock));
        }
        return Err(Refusal::new(Cause::PasswordWrong, &values));
    }
    user.fails = 0;
    if user.standing.disabled {
        return Err(Refusal::new(Cause::UserDisabled, &values));
    }
    if user.expired {
        return Err(Refusal::new(Cause::PasswordExpired, &values));
    }
    Ok(user.clone())
}
