//! A visit's way over the pages. Which page is due follows from what was proven so far, so that no order of
//! requests leads past a step:
//!
//! ```text
//! pick? ─► account ─► password (─► new password) ─► policies ─► second factor ─► device confirmed ─► consent ─► end
//! ```

use super::admin;
use super::admission;
use super::ask::Answer;
use super::authorize::COOKIE;
use super::b2c;
use super::border;
use super::consumers;
use super::desk::Desk;
use super::force;
use super::hybrid;
use super::mint;
use super::onward;
use super::page::Kind;
use super::pages;
use super::policy::{self, Attempt, Demands, Need, Told};
use super::refusal::{Cause, Refusal, Stamp, fill};
use super::visit::{LIFETIME, Onward, Open, Purpose, Visit};
use super::world::{By, Client, Code, DeviceState, Grant, Proof, Session, User, World};
use crate::model::Moment;
use crate::strings::lab as say;

mod approval;
mod consent;
mod step;

/// What a visit needs next.
enum Due {
    /// A page with a form.
    Page(Kind),
    /// A page that policies ask for: why, for the request log.
    Wanted(Kind, String),
    /// A page with a form that says what is refused, and what else can be done.
    Barred(Kind, Refusal),
    /// It ends here, on a page.
    Refused(Refusal),
    /// Nothing: everything is proven.
    Nothing,
}

impl Due {
    /// Whether it still has to be known who the person is.
    const fn is_sign_in(&self) -> bool {
        match self {
            Self::Page(kind) | Self::Wanted(kind, _) => matches!(
                kind,
                Kind::Pick | Kind::Account | Kind::Password | Kind::Renew
            ),
            Self::Barred(..) | Self::Refused(_) | Self::Nothing => false,
        }
    }
}

/// The visit of a posted form, and what was posted: the answer is the next page.
pub fn answer(mut desk: Desk<'_>) -> Answer {
    let key = desk.ask.form("visit").unwrap_or_default();
    let visit = desk.world.visits.get(&key);
    let alive = visit.is_some_and(|visit| desk.at.since(visit.started) <= LIFETIME);
    if !alive {
        desk.world.visits.take(&key);
        let refusal = Refusal::new(Cause::VisitOver, &[]);
        return pages::refused(desk.world, &desk.stamp, &refusal, 400);
    }
    if let Some(visit) = desk.world.visits.get(&key).cloned() {
        visit.speak(&mut desk);
    }
    if let Some(answer) = b2c::left(&mut desk, &key) {
        return answer;
    }
    match step::take(&mut desk, &key) {
        step::Taken::Next(trouble) => show(&mut desk, &key, trouble),
        step::Taken::Ended(answer) => *answer,
    }
}

/// Shows the page that is due, or ends the visit.
pub fn show(desk: &mut Desk<'_>, key: &str, trouble: Option<String>) -> Answer {
    let Some(visit) = desk.world.visits.get(key).cloned() else {
        let refusal = Refusal::new(Cause::VisitOver, &[]);
        return pages::refused(desk.world, &desk.stamp, &refusal, 400);
    };
    let stamp = Stamp {
        correlation: visit.correlation.clone(),
        ..desk.stamp.clone()
    };
    // The address a visit goes on at may have been another one when this request was sent.
    let stood = desk.world.stand_in(&visit.tenant);
    let due = due(desk.world, &visit, desk.at);
    let ordered = visit.forced.as_deref().filter(|_| !due.is_sign_in());
    let ordered = ordered.and_then(|forced| force::held(desk, &visit, forced));
    let answer = match (ordered, due) {
        (Some(answer), _) => {
            desk.world.visits.take(key);
            answer
        }
        (None, Due::Page(kind)) => pages::form(desk.world, key, &visit, kind, trouble, None),
        (None, Due::Wanted(kind, because)) => {
            let mut answer = pages::form(desk.world, key, &visit, kind, trouble, None);
            answer.because = format!("{}; {because}", answer.because);
            answer
        }
        (None, Due::Barred(kind, refusal)) => {
            let about = Some((&refusal, &stamp));
            pages::form(desk.world, key, &visit, kind, trouble, about)
        }
        (None, Due::Refused(refusal)) => {
            desk.world.visits.take(key);
            pages::refused(desk.world, &stamp, &refusal, 200)
        }
        (None, Due::Nothing) => {
            desk.world.visits.take(key);
            finish(desk, &visit)
        }
    };
    desk.world.step_out(&stood);
    with_session(desk, answer, &visit)
}

/// Tells the browser its session.
fn with_session(desk: &Desk<'_>, answer: Answer, visit: &Visit) -> Answer {
    let Some(session) = &visit.session else {
        return answer;
    };
    if desk.ask.cookie(COOKIE).as_deref() == Some(session) {
        return answer;
    }
    let secure = if desk.ask.is_secure() { "; Secure" } else { "" };
    answer.with(
        "set-cookie",
        format!("{COOKIE}={session}; Path=/; HttpOnly; SameSite=Lax{secure}"),
    )
}

/// The page that is due, and nothing for a visit that was refused.
fn due_page(world: &World, visit: &Visit, at: Moment) -> Option<Kind> {
    match due(world, visit, at) {
        Due::Page(kind) | Due::Wanted(kind, _) | Due::Barred(kind, _) => Some(kind),
        Due::Refused(_) | Due::Nothing => None,
    }
}

fn due(world: &World, visit: &Visit, at: Moment) -> Due {
    if visit.is_open(Open::Pick) && visit.proof.is_some() {
        return Due::Page(Kind::Pick);
    }
    if visit.is_open(Open::Renew) {
        return Due::Page(Kind::Renew);
    }
    let Some((proof, user)) = proven(world, visit) else {
        let named = visit
            .name
            .as_deref()
            .is_some_and(|name| world.user(name).is_some());
        let named = named && !consumers::is_named(&visit.tenant);
        return Due::Page(if named { Kind::Password } else { Kind::Account });
    };
    if let Some(due) = ruled(world, visit, (&marked(world, visit, proof, user), user), at) {
        return due;
    }
    if let Some(client) = world.client(&visit.client)
        && let Err(refusal) = admission::user(world, client, user, &visit.wanted.resource)
    {
        return Due::Refused(refusal);
    }
    if visit.is_open(Open::Confirm) {
        return Due::Page(Kind::DeviceConfirm);
    }
    consent::due(world, visit, user)
}

/// The proof of a visit with what its way shows beside it: the device of the person's browser, which is not the
/// program's where the program only polls.
fn marked(world: &World, visit: &Visit, proof: &Proof, user: &User) -> Proof {
    let mut proof = proof.clone();
    proof.marks.tenant.clone_from(&world.domain);
    (proof.marks.by, proof.marks.device) = match visit.purpose {
        Purpose::Program(_) => (By::Browser, user.standing.device.clone()),
        Purpose::Device(_) => (By::DeviceCode, None),
    };
    proof
}

/// What the account and the policies still want of a visit.
fn ruled(world: &World, visit: &Visit, (proof, user): (&Proof, &User), at: Moment) -> Option<Due> {
    let values = [
        ("tenant", world.domain.as_str()),
        ("user", user.name.as_str()),
    ];
    if user.standing.disabled {
        return Some(Due::Refused(Refusal::new(Cause::UserDisabled, &values)));
    }
    let Some(client) = world.client(&visit.client) else {
        let values = [("app", visit.client.as_str()), values[0]];
        return Some(Due::Refused(Refusal::new(Cause::ClientUnknown, &values)));
    };
    if let Err(refusal) = border::admit(world, user, client, Cause::AccountForeign) {
        return Some(Due::Refused(refusal));
    }
    let demands = Demands::read(visit.claims.as_deref()).unwrap_or_default();
    let attempt = Attempt {
        user,
        proof,
        client,
        resource: &visit.wanted.resource,
        demands: &demands,
        at,
        page: true,
    };
    let lack = match policy::judge(world, &attempt) {
        Ok(_) if user.standing.must_register => {
            let Some(refusal) = policy::registration_refused(world, &attempt) else {
                return Some(Due::Page(Kind::Enrol));
            };
            return Some(Due::Refused(refusal));
        }
        Ok(_) => return None,
        Err(lack) => lack,
    };
    let kind = match lack.need {
        Need::Mfa | Need::OwnMfa if !user.mfa => Kind::Enrol,
        Need::Mfa | Need::OwnMfa | Need::MfaAgain => Kind::Mfa,
        Need::SignIn => Kind::Password,
        Need::PasswordChange => Kind::Renew,
        Need::External => Kind::External,
        Need::Terms => Kind::Terms,
        Need::Stop(_) => {
            let refusal = policy::refusal(world, &attempt, lack, Told::Page, "");
            return Some(Due::Refused(refusal));
        }
    };
    Some(Due::Wanted(kind, lack.because))
}

/// The proof that counts in a visit, and whose it is.
fn proven<'a>(world: &'a World, visit: &'a Visit) -> Option<(&'a Proof, &'a User)> {
    let proof = visit.proof.as_ref()?;
    let user = world.user_by_id(&proof.user)?;
    (user.epoch == proof.epoch).then_some((proof, user))
}

/// Whose visit it is so far, and how that was proven.
pub fn known<'a>(world: &'a World, visit: &Visit) -> Option<(Proof, &'a User)> {
    let proof = visit.proof.as_ref()?;
    let user = world.user_by_id(&proof.user)?;
    (user.epoch == proof.epoch).then(|| (marked(world, visit, proof, user), user))
}

/// Ends a visit in which everything is proven.
pub fn finish(desk: &mut Desk<'_>, visit: &Visit) -> Answer {
    let over = || Refusal::new(Cause::VisitOver, &[]);
    let found = known(desk.world, visit).map(|(proof, user)| (proof, user.clone()));
    let client = desk.world.client(&visit.client).cloned();
    let (Some((proof, user)), Some(client)) = (found, client) else {
        return pages::refused(desk.world, &desk.stamp, &over(), 400);
    };
    let onward = match &visit.purpose {
        Purpose::Program(onward) => onward,
        Purpose::Device(code) => {
            if let Some(device) = desk.world.devices.get_mut(code) {
                device.state = DeviceState::Approved(proof);
            }
            return pages::device_end(desk.world, &client, true);
        }
    };
    if let Some(asked) = &onward.admin {
        return admin::finish(desk, &client, onward, asked);
    }
    note(desk, visit, &client, onward);
    let code = desk.kit.code();
    let mut parameters = vec![("code", code.clone())];
    if onward.client_info {
        parameters.push(("client_info", mint::client_info(desk.world, &user)));
    }
    if let Some(state) = &onward.state {
        parameters.push(("state", state.clone()));
    }
    parameters.push(("session_state", desk.kit.guid()));
    let parties = (&*client, &user, &proof);
    let parameters = hybrid::arrange(desk, parties, visit, onward, parameters);
    let grant = Grant {
        client: client.id.clone(),
        proof,
        wanted: visit.wanted.clone(),
        issued: desk.at,
        platform: onward::registered(&client, &onward.redirect).map(|r| r.platform),
        flow: onward.dialect.flow(),
    };
    let kept = Code {
        grant,
        redirect: onward.redirect.clone(),
        challenge: onward.challenge.clone(),
        nonce: onward.nonce.clone(),
        claims: visit.claims.clone(),
        spent: false,
    };
    desk.world.codes.put(code, kept);
    let because = fill(
        say::SAID_CODE,
        &[("app", &client.name), ("user", &user.name)],
    );
    onward::send(desk.world, &client, onward, &parameters, &because)
}

/// Notes in the browser's session that a client was signed in to, so that it can be told when the person signs out.
fn note(desk: &mut Desk<'_>, visit: &Visit, client: &Client, onward: &Onward) {
    let app = (client.id.clone(), desk.issuer(onward.v1));
    let key = visit.session.as_deref().unwrap_or_default();
    if let Some(session) = desk.world.sessions.get_mut(key)
        && !session.apps.contains(&app)
    {
        session.apps.push(app);
    }
}

/// Ends a visit that the person declined: the program is told, or the device sign-in ends.
fn declined(desk: &mut Desk<'_>, key: &str) -> Answer {
    let visit = desk.world.visits.take(key);
    let client = visit
        .as_ref()
        .and_then(|visit| desk.world.client(&visit.client).cloned());
    let (Some(visit), Some(client)) = (visit, client) else {
        return pages::refused(
            desk.world,
            &desk.stamp,
            &Refusal::new(Cause::VisitOver, &[]),
            400,
        );
    };
    let user = proven(desk.world, &visit).map_or("", |(_, user)| user.name.as_str());
    let refusal = Refusal::new(
        Cause::ConsentDeclined,
        &[("user", user), ("app", &client.title)],
    );
    match &visit.purpose {
        Purpose::Program(onward) => onward::refuse(
            desk.world,
            &client,
            onward,
            &refusal,
            &desk.stamp,
            &desk.ask.base,
        ),
        Purpose::Device(code) => {
            if let Some(device) = desk.world.devices.get_mut(code) {
                device.state = DeviceState::Declined;
            }
            pages::device_end(desk.world, &client, false)
        }
    }
}

/// Remembers in the browser's session how the person proved who they are. A new proof gets a new key, so that
/// nobody can plant one.
fn remember(desk: &mut Desk<'_>, visit: &mut Visit, mut proof: Proof) {
    let old = visit.session.take();
    let old = old.and_then(|key| desk.world.sessions.take(&key));
    let same = old.filter(|old| old.proof.user == proof.user);
    let mut session = same.unwrap_or_else(|| Session {
        id: desk.kit.guid(),
        proof: proof.clone(),
        apps: Vec::new(),
    });
    proof.marks.session = Some(session.id.clone());
    session.proof = proof.clone();
    let key = desk.kit.token();
    desk.world.sessions.put(key.clone(), session);
    visit.session = Some(key);
    visit.proof = Some(proof);
}

#[cfg(test)]
mod tests;
