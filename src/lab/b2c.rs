//! What a B2C page offers besides signing in: to cancel, and to say that the password is forgotten. Both end at the
//! program, which is expected to know what to do.

use super::ask::Answer;
use super::desk::Desk;
use super::dialect::Dialect;
use super::onward;
use super::page::{Button, Kind, Page};
use super::refusal::{Cause, Refusal};
use super::visit::{Purpose, Visit};
use crate::strings::lab::surfaces as say;

/// Adds the ways out to a page.
pub fn dress(page: &mut Page, visit: &Visit) {
    let Purpose::Program(onward) = &visit.purpose else {
        return;
    };
    let leaves = matches!(page.kind, Kind::Account | Kind::Password);
    let Some(form) = page.form.as_mut().filter(|_| leaves) else {
        return;
    };
    if matches!(onward.dialect, Dialect::B2c { .. }) {
        form.buttons.push(Button::new("do", "forgot", say::FORGOT));
        form.buttons.push(Button::new("do", "cancel", say::CANCEL));
    }
}

/// The answer to somebody who takes one of them.
pub fn left(desk: &mut Desk<'_>, key: &str) -> Option<Answer> {
    let cause = match desk.ask.form("do").as_deref() {
        Some("forgot") => Cause::PasswordForgotten,
        Some("cancel") => Cause::Cancelled,
        _ => return None,
    };
    let visit = desk.world.visits.get(key)?;
    let Purpose::Program(to) = &visit.purpose else {
        return None;
    };
    if !matches!(to.dialect, Dialect::B2c { .. }) {
        return None;
    }
    let to = to.clone();
    let client = desk.world.client(&visit.client).cloned()?;
    desk.world.visits.take(key);
    let refusal = Refusal::new(cause, &[]);
    let (world, base) = (&*desk.world, &desk.ask.base);
    Some(onward::refuse(
        world,
        &client,
        &to,
        &refusal,
        &desk.stamp,
        base,
    ))
}
