//! Pages outside a visit: the front page, the password's page.

use super::ask::Answer;
use super::desk::Desk;
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
