//! Signing out: `…/logout` ends the browser's session, tells the applications that took part in it, and goes on to the
//! program's own address if that is registered (OpenID Connect RP-Initiated Logout 1.0, Front-Channel Logout 1.0).

use url::Url;

use super::ask::Answer;
use super::authorize::COOKIE;
use super::desk::Desk;
use super::mint;
use super::onward;
use super::page::{Frame, Link, Page};
use super::refusal::fill;
use super::world::{Session, World};
use crate::strings::lab as say;
use crate::strings::lab::surfaces;

/// What a request says about who signs out of what.
#[derive(Default)]
struct Asked {
    /// The client that asks, as `id_token_hint` or `client_id` has it.
    client: Option<String>,
    /// The object id of the person, as `id_token_hint` or `logout_hint` has it.
    user: Option<String>,
    /// Whether it contradicts itself, or holds an ID token that is none of this lab: it leads nowhere then.
    wrong: bool,
}

impl Asked {
    fn read(desk: &Desk<'_>) -> Self {
        let mut asked = Self {
            client: desk.ask.parameter("client_id"),
            ..Self::default()
        };
        if let Some(hint) = desk.ask.parameter("logout_hint") {
            let known = desk.world.user(&hint).map(|user| user.id.clone());
            asked.user = Some(known.unwrap_or(hint));
        }
        let Some(token) = desk.ask.parameter("id_token_hint") else {
            return asked;
        };
        // Its time does not matter: a person may sign out long after it is over (RP-Initiated Logout 1.0 section 4).
        let claims = mint::verified(&desk.kit, &token).unwrap_or_default();
        let audience = claims["aud"].as_str().unwrap_or_default();
        let Some(client) = desk.world.client(audience) else {
            asked.wrong = true;
            return asked;
        };
        let named = asked.client.as_deref();
        asked.wrong = named.is_some_and(|named| !named.eq_ignore_ascii_case(&client.id));
        asked.client = Some(client.id.clone());
        asked.user = claims["oid"].as_str().map(str::to_owned);
        asked
    }
}

/// Answers.
pub fn answer(desk: &mut Desk<'_>) -> Answer {
    let asked = Asked::read(desk);
    let key = desk.ask.cookie(COOKIE);
    let session = key.as_deref().and_then(|key| desk.world.sessions.get(key));
    // A session of somebody else than the one who is named goes on.
    let others =
        session.is_some_and(|found| asked.user.as_ref().is_some_and(|u| *u != found.proof.user));
    let ended = match key.filter(|_| !others) {
        Some(key) => desk.world.sessions.take(&key),
        None => None,
    };
    let to = destination(desk, &asked);
    let frames = ended.map_or_else(Vec::new, |session| frames(desk.world, &session));
    let answer = match (to, frames.is_empty()) {
        (Some(to), true) => Answer::redirect(&to, say::OUT_TITLE),
        (to, _) => page(desk.world, frames, to),
    };
    if others {
        return answer;
    }
    answer.with(
        "set-cookie",
        format!("{COOKIE}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax"),
    )
}

/// Where to go on to: `post_logout_redirect_uri`, if the client that asks has registered it, with `state`.
fn destination(desk: &Desk<'_>, asked: &Asked) -> Option<String> {
    let to = desk.ask.parameter("post_logout_redirect_uri")?;
    let asks = |id: &str| {
        let named = asked.client.as_deref();
        named.is_none_or(|named| named.eq_ignore_ascii_case(id))
    };
    let mut asking = desk.world.clients.iter().filter(|client| asks(&client.id));
    let known = !asked.wrong && asking.any(|client| onward::is_registered(client, &to));
    if !known {
        return None;
    }
    match desk.ask.parameter("state") {
        Some(state) => with_query(&to, &[("state", &state)]),
        None => Some(to),
    }
}

/// What the browser loads to tell the applications of a session (Front-Channel Logout 1.0 section 3).
fn frames(world: &World, session: &Session) -> Vec<Frame> {
    let frame = |(client, issuer): &(String, String)| {
        let client = world.client(client)?;
        let address = client.frontchannel_logout.as_deref()?;
        Some(Frame {
            address: with_query(address, &[("iss", issuer), ("sid", &session.id)])?,
            title: client.title.clone(),
        })
    };
    session.apps.iter().filter_map(frame).collect()
}

fn with_query(address: &str, more: &[(&str, &str)]) -> Option<String> {
    let mut url = Url::parse(address).ok()?;
    url.query_pairs_mut().extend_pairs(more);
    Some(url.into())
}

fn page(world: &World, frames: Vec<Frame>, to: Option<String>) -> Answer {
    let mut page = Page {
        title: say::OUT_TITLE.to_owned(),
        paragraphs: vec![say::OUT_SAYS.to_owned()],
        tenant: world.tenant_name.clone(),
        ..Page::default()
    };
    if !frames.is_empty() {
        page.paragraphs.push(surfaces::OUT_APPS.to_owned());
        page.list = frames.iter().map(|frame| frame.title.clone()).collect();
    }
    let told = page.list.join(", ");
    for mut frame in frames {
        frame.title = fill(surfaces::OUT_FRAME, &[("app", &frame.title)]);
        page.frames.push(frame);
    }
    page.onward = to.map(|address| Link {
        address,
        label: say::DEVICE_CONTINUE.to_owned(),
    });
    let mut answer = page.answer(200, None);
    if !told.is_empty() {
        answer.because = fill(surfaces::SAID_OUT, &[("apps", &told)]);
    }
    answer
}

#[cfg(test)]
mod tests;
