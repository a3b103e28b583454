//! What a person posts on a page. Only the page that is due is listened to.

use super::super::admin;
use super::super::ask::Answer;
use super::super::border;
use super::super::consumers;
use super::super::desk::Desk;
use super::super::file::{Control, Risk};
use super::super::page::Kind;
use super::super::pages;
use super::super::refusal::{Cause, Refusal, Stamp};
use super::super::token::password;
use super::super::visit::{Open, Visit};
use super::super::world::{By, Consent, Proof};
use super::{approval, declined, due_page, proven, remember};
use crate::strings::lab as say;

/// What came of a posted form.
pub enum Taken {
    /// The next page is due; or the same again, with what is wrong.
    Next(Option<String>),
    /// The visit ended.
    Ended(Box<Answer>),
}

/// Takes what was posted.
pub fn take(desk: &mut Desk<'_>, key: &str) -> Taken {
    let Some(mut visit) = desk.world.visits.get(key).cloned() else {
        return Taken::Next(None);
    };
    let step = desk.ask.form("step").unwrap_or_default();
    let kind = due_page(desk.world, &visit, desk.at).filter(|kind| pages::word(*kind) == step);
    let refuses = desk.ask.form("do").as_deref() == Some("no");
    let trouble = match kind {
        Some(Kind::Account) => account(desk, &mut visit),
        Some(Kind::Pick) => pick(desk, &mut visit),
        Some(Kind::Password) => typed_password(desk, &mut visit),
        Some(Kind::Renew) => renew(desk, &mut visit),
        Some(Kind::Mfa) if refuses => return Taken::Ended(Box::new(denied(desk, key, &visit))),
        Some(Kind::Consent | Kind::DeviceConfirm) if refuses => {
            return Taken::Ended(Box::new(declined(desk, key)));
        }
        Some(Kind::Request) if !refuses => {
            return Taken::Ended(Box::new(approval::ask(desk, key, &visit)));
        }
        Some(Kind::Request | Kind::NeedsAdmin) => {
            return Taken::Ended(Box::new(approval::go_back(desk, key, &visit)));
        }
        Some(Kind::Terms) if refuses => Some(say::TERMS_DECLINED.to_owned()),
        Some(Kind::Terms) => terms(desk, &visit),
        Some(Kind::External) => external(desk, &mut visit),
        Some(Kind::Mfa) => second_factor(desk, &mut visit),
        Some(Kind::Enrol) => enrol(desk, &visit),
        Some(Kind::Consent) => consent(desk, &mut visit),
        Some(Kind::DeviceConfirm) => {
            visit.close(Open::Confirm);
            None
        }
        Some(Kind::DeviceCode | Kind::Post | Kind::End) | None => None,
    };
    if let Some(kept) = desk.world.visits.get_mut(key) {
        *kept = visit;
    }
    Taken::Next(trouble)
}

fn account(desk: &Desk<'_>, visit: &mut Visit) -> Option<String> {
    let name = desk.ask.form("username").unwrap_or_default();
    if consumers::is_named(&visit.tenant) {
        return Some(consumers::trouble(desk.world, &name));
    }
    if desk.world.user(&name).is_none() {
        let values = [
            ("user", name.as_str()),
            ("tenant", desk.world.domain.as_str()),
        ];
        return Some(Refusal::new(Cause::UserUnknown, &values).headline());
    }
    visit.name = Some(name);
    border::lead_home(desk.world, visit);
    None
}

fn pick(desk: &Desk<'_>, visit: &mut Visit) -> Option<String> {
    visit.close(Open::Pick);
    if desk.ask.form("do").as_deref() == Some("other") {
        visit.proof = None;
        visit.name = None;
    }
    None
}

fn typed_password(desk: &mut Desk<'_>, visit: &mut Visit) -> Option<String> {
    let of_proof = visit
        .proof
        .as_ref()
        .and_then(|p| desk.world.user_by_id(&p.user))
        .map(|u| u.name.clone());
    let name = visit.name.clone().or(of_proof).unwrap_or_default();
    let typed = desk.ask.form("password").unwrap_or_default();
    match password::check(desk.world, &name, &typed, desk.at) {
        Ok(user) => {
            let proof = Proof::of_password(&user, By::Browser, desk.at);
            visit.name = Some(name);
            remember(desk, visit, proof);
            None
        }
        Err(refusal) => {
            if refusal.cause == Cause::PasswordExpired {
                visit.open.push(Open::Renew);
            }
            visit.name = Some(name);
            Some(refusal.headline())
        }
    }
}

fn renew(desk: &mut Desk<'_>, visit: &mut Visit) -> Option<String> {
    let typed = desk.ask.form("new").unwrap_or_default();
    let again = desk.ask.form("again").unwrap_or_default();
    if typed != again || typed.chars().count() < 8 {
        return Some(say::RENEW_DIFFERS.to_owned());
    }
    // Whoever is asked for a new password because of risk has proven more than the password, and keeps it.
    let known = visit.proof.clone().filter(|_| !visit.is_open(Open::Renew));
    visit.close(Open::Renew);
    let id = known.as_ref().map(|proof| proof.user.clone());
    let name = visit.name.clone().unwrap_or_default();
    let mut users = desk.world.users.iter_mut();
    let user = users.find(|user| match &id {
        Some(id) => user.id == *id,
        None => user.name.eq_ignore_ascii_case(name.trim()),
    })?;
    user.password = typed;
    user.expired = false;
    user.standing.user_risk = Risk::None;
    let fresh = Proof::of_password(user, By::Browser, desk.at);
    let proof = match known {
        Some(known) => Proof {
            at: desk.at,
            ..known
        },
        None => fresh,
    };
    remember(desk, visit, proof);
    None
}

fn second_factor(desk: &mut Desk<'_>, visit: &mut Visit) -> Option<String> {
    let right = desk
        .ask
        .form("number")
        .is_some_and(|typed| typed.trim() == visit.number);
    if !right {
        visit.number = desk.kit.two_digits();
        return Some(say::MFA_WRONG.to_owned());
    }
    let mut proof = visit.proof.clone()?;
    proof.mfa = true;
    proof.marks.mfa_at = Some(desk.at);
    remember(desk, visit, proof);
    None
}

fn denied(desk: &mut Desk<'_>, key: &str, visit: &Visit) -> Answer {
    desk.world.visits.take(key);
    let user = proven(desk.world, visit).map_or("", |(_, user)| user.name.as_str());
    let refusal = Refusal::new(Cause::MfaDeclined, &[("user", user)]);
    let stamp = Stamp {
        correlation: visit.correlation.clone(),
        ..desk.stamp.clone()
    };
    pages::refused(desk.world, &stamp, &refusal, 200)
}

fn enrol(desk: &mut Desk<'_>, visit: &Visit) -> Option<String> {
    let id = visit.proof.as_ref().map(|proof| proof.user.clone())?;
    let user = desk.world.users.iter_mut().find(|user| user.id == id)?;
    user.mfa = true;
    user.standing.must_register = false;
    None
}

/// Accepts the terms of every policy that wants them.
fn terms(desk: &mut Desk<'_>, visit: &Visit) -> Option<String> {
    let id = visit.proof.as_ref().map(|proof| proof.user.clone())?;
    let policies = desk.world.policies.iter();
    let wanted = policies.filter(|p| p.on && p.controls.contains(&Control::TermsOfUse));
    let names: Vec<String> = wanted.map(|policy| policy.name.clone()).collect();
    let user = desk.world.users.iter_mut().find(|user| user.id == id)?;
    user.standing.terms.extend(names);
    user.standing.terms.sort();
    user.standing.terms.dedup();
    None
}

fn external(desk: &mut Desk<'_>, visit: &mut Visit) -> Option<String> {
    let mut proof = visit.proof.clone()?;
    proof.marks.external = true;
    remember(desk, visit, proof);
    None
}

fn consent(desk: &mut Desk<'_>, visit: &mut Visit) -> Option<String> {
    visit.close(Open::Consent);
    if admin::consented(desk.world, visit) {
        return None;
    }
    let user = visit.proof.as_ref().map(|proof| proof.user.clone())?;
    let client = desk.world.client(&visit.client)?;
    let mut scopes = desk.world.unconsented(client, &user, &visit.wanted);
    scopes.retain(|scope| scope != "openid");
    let along = desk.world.unconsented_along(client, &user, &visit.wanted);
    let given = Consent {
        client: visit.client.clone(),
        resource: visit.wanted.resource.clone(),
        scopes,
        user: Some(user),
    };
    // One entry for each click of a person; a visit can give it only once.
    if desk.world.consents.len() < 10_000 {
        desk.world.consents.push(given);
        desk.world.consents.extend(along);
    }
    None
}
