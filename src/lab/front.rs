//! Pages outside a visit: the front page, what a code means, signing out.

use super::ask::Answer;
use super::authorize::COOKIE;
use super::desk::Desk;
use super::onward;
use super::page::{Button, Form, Input, Page};
use super::pages;
use super::refusal::fill;
use crate::catalog::Catalog;
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

/// `/error?code=50076`, which `error_uri` points at: what the catalogue knows of a code.
pub fn lookup(desk: &Desk<'_>) -> Answer {
    let asked = desk.ask.parameter("code").unwrap_or_default();
    let digits: String = asked
        .chars()
        .filter(char::is_ascii_digit)
        .take(12)
        .collect();
    let code = format!("AADSTS{digits}");
    let catalog = Catalog::builtin();
    let mut input = Input::new("code", say::LOOKUP_LABEL, "text", "off");
    input.value.clone_from(&digits);
    let mut page = Page {
        title: say::LOOKUP_TITLE.to_owned(),
        form: Some(Form {
            action: "/error".into(),
            inputs: vec![input],
            buttons: vec![Button::new("do", "yes", say::LOOKUP_DO)],
            ..Form::default()
        }),
        tenant: desk.world.tenant_name.clone(),
        ..Page::default()
    };
    match catalog.code(&code) {
        _ if digits.is_empty() => {}
        Some(known) => {
            let values = [
                ("code", known.code.as_str()),
                ("title", known.title.as_str()),
            ];
            page.paragraphs.push(fill(say::LOOKUP_SAYS, &values));
            page.paragraphs
                .extend(Some(known.meaning.clone()).filter(|text| !text.is_empty()));
            page.list.clone_from(&known.causes);
            page.details
                .extend(Some(known.name.clone()).filter(|name| !name.is_empty()));
        }
        None => {
            let title = catalog
                .range(&code)
                .map_or("", |range| range.title.as_str());
            let values = [("code", code.as_str()), ("title", title)];
            page.paragraphs.push(fill(say::LOOKUP_UNKNOWN, &values));
        }
    }
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
