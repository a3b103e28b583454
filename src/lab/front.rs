//! Pages outside a visit: the front page, the password's page, signing out.

use super::ask::Answer;
use super::authorize::COOKIE;
use super::desk::Desk;
use super::onward;
use super::page::Page;
use super::pages;
use crate::strings::lab as say;

/// `/`.
pub fn front(desk: &Desk<'_>) -> Answer {
    let page = Page {
        title: say::FRONT_TITLE.to_owned(),
        paragraphs: vec![say::FRONT_SAYS.to_owned()],
        details: vec![format!("{}/{}", desk.ask.base, desk.world.domain)],
        tenant: desk.world.tenant_name.clone(),
        ..Page::default()
    };
    page.answer(200, None)
}

/// `/password`, which `password_change_url` points at.
pub fn password(desk: &Desk<'_>) -> Answer {
    pages::plain(desk.world, say::CHANGE_TITLE, say::CHANGE_SAYS)
}

/// `…/logout`: ends the browser's session (OpenID Connect RP-Initiated Logout 1.0). It goes on to an address only
/// if that is registered.
pub fn logout(desk: &mut Desk<'_>) -> Answer {
    if let Some(session) = desk.ask.cookie(COOKIE) {
        desk.world.sessions.take(&session);
    }
    let to = desk.ask.parameter("post_logout_redirect_uri");
    let known = to.filter(|to| {
        desk.world
            .clients
            .iter()
            .any(|c| onward::is_registered(c, to))
    });
    let answer = match known {
        Some(to) => Answer::redirect(&to, say::OUT_TITLE),
        None => pages::plain(desk.world, say::OUT_TITLE, say::OUT_SAYS),
    };
    answer.with(
        "set-cookie",
        format!("{COOKIE}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax"),
    )
}
