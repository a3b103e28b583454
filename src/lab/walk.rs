//! The lab's user: walks the pages as a person with a browser would, without a socket. Reads pages as data, keeps
//! cookies, fills in forms, and stops where a person would be stuck.

use url::Url;

use super::ask::{Answer, Ask};
use super::authorize::COOKIE;
use super::handle::Walk;
use super::page::{Form, Kind, Page};
use crate::model::UserAct;
use crate::strings::lab as say;

/// Pages a walk may see before it is given up.
const PATIENCE: usize = 24;

/// Who walks.
#[derive(Clone, Debug)]
pub struct Person {
    pub name: String,
    pub password: String,
    /// What the person types where a new password is wanted.
    pub new_password: String,
}

/// The session cookie of a person's browser, kept between walks.
#[derive(Clone, Debug, Default)]
pub struct Jar(Option<String>);

/// One walk under way.
struct Walker<'a> {
    site: &'a mut dyn FnMut(&Ask) -> Answer,
    person: &'a Person,
    jar: &'a mut Jar,
    act: UserAct,
    base: String,
    /// Pages filled in so far.
    seen: Vec<Kind>,
    mistyped: bool,
}

/// Walks from an address until the program's address or a page that leads no further is reached.
pub fn walk(
    site: &mut dyn FnMut(&Ask) -> Answer,
    person: &Person,
    jar: &mut Jar,
    url: &str,
    act: UserAct,
) -> Walk {
    let Some((base, ask)) = Url::parse(url).ok().map(|url| get(&url)) else {
        return lost(url);
    };
    let closes = act == UserAct::ClosesBrowser;
    let mut walker = Walker {
        site,
        person,
        jar,
        act,
        base,
        seen: Vec::new(),
        mistyped: false,
    };
    let first = walker.visit(ask);
    if closes {
        return Walk::Page {
            title: say::CLOSED_TITLE.to_owned(),
            text: String::new(),
        };
    }
    walker.follow(first)
}

fn get(url: &Url) -> (String, Ask) {
    let base = url.origin().ascii_serialization();
    let ask = Ask {
        method: "GET".into(),
        base: base.clone(),
        path: url.path().to_owned(),
        query: url.query().unwrap_or_default().to_owned(),
        ..Ask::default()
    };
    (base, ask)
}

fn lost(url: &str) -> Walk {
    Walk::Page {
        title: say::LOST_TITLE.to_owned(),
        text: url.to_owned(),
    }
}

impl Walker<'_> {
    fn visit(&mut self, mut ask: Ask) -> Answer {
        if let Some(session) = &self.jar.0 {
            ask.headers
                .push(("cookie".into(), format!("{COOKIE}={session}")));
        }
        let answer = (self.site)(&ask);
        let cookies = answer
            .headers
            .iter()
            .filter(|(name, _)| *name == "set-cookie");
        for (_, value) in cookies {
            let pair = value.split(';').next().unwrap_or_default();
            if let Some(session) = pair
                .strip_prefix(COOKIE)
                .and_then(|rest| rest.strip_prefix('='))
            {
                self.jar.0 = Some(session.to_owned()).filter(|s| !s.is_empty());
            }
        }
        answer
    }

    fn follow(&mut self, first: Answer) -> Walk {
        let mut answer = first;
        for _ in 0..PATIENCE {
            if let Some(to) = answer.header("location").map(str::to_owned) {
                let inside = Url::parse(&to)
                    .ok()
                    .map(|url| get(&url))
                    .filter(|(base, _)| *base == self.base);
                match inside {
                    Some((_, ask)) => answer = self.visit(ask),
                    None => return Walk::Redirect(to),
                }
                continue;
            }
            let Some(page) = answer.page.take() else {
                return Walk::Page {
                    title: answer.status.to_string(),
                    text: String::from_utf8_lossy(&answer.body).into_owned(),
                };
            };
            if page.kind == Kind::Post {
                return posted(&page);
            }
            match self.fill_in(&page) {
                Some(ask) => answer = self.visit(ask),
                None => {
                    return Walk::Page {
                        title: page.title.clone(),
                        text: page.text(),
                    };
                }
            }
        }
        lost(&self.base)
    }

    /// The form as the person sends it; `None` where there is nothing to do, or it did not help before.
    fn fill_in(&mut self, page: &Page) -> Option<Ask> {
        let form = page.form.as_ref()?;
        let repeated = self.seen.contains(&page.kind);
        let forgiven = page.kind == Kind::Password && self.mistyped && self.seen.len() < 4;
        if repeated && page.trouble.is_some() && !forgiven {
            return None;
        }
        self.seen.push(page.kind);
        let person = self.person;
        let no = |does: bool| if does { "no" } else { "yes" };
        if let Some(out) = self.way_out(form) {
            return Some(self.send(form, &[], out));
        }
        let (typed, button): (Vec<(&str, String)>, &str) = match page.kind {
            Kind::Account => (vec![("username", person.name.clone())], "yes"),
            Kind::Pick => {
                let own = form
                    .buttons
                    .first()
                    .is_some_and(|b| b.label.eq_ignore_ascii_case(&person.name));
                (Vec::new(), if own { "yes" } else { "other" })
            }
            Kind::Password => (vec![("password", self.password())], "yes"),
            Kind::Renew => {
                let new = &person.new_password;
                (vec![("new", new.clone()), ("again", new.clone())], "yes")
            }
            Kind::Mfa => (
                vec![("number", number(page))],
                no(self.act == UserAct::DeclinesMfa),
            ),
            Kind::Enrol | Kind::External => (Vec::new(), "yes"),
            Kind::Terms => (Vec::new(), no(self.act == UserAct::DeclinesTerms)),
            Kind::Consent => (Vec::new(), no(self.act == UserAct::DeclinesConsent)),
            Kind::Request => (
                vec![("reason", say::WALK_REASON.to_owned())],
                no(self.act == UserAct::ReturnsToProgram),
            ),
            Kind::NeedsAdmin if self.act == UserAct::ReturnsToProgram => (Vec::new(), "yes"),
            Kind::DeviceCode => {
                let shown = form.inputs.first().map(|input| input.value.clone())?;
                if shown.is_empty() {
                    return None;
                }
                (vec![("user_code", shown)], "yes")
            }
            Kind::DeviceConfirm => (Vec::new(), no(self.act == UserAct::DeclinesDevice)),
            Kind::NeedsAdmin | Kind::Post | Kind::End => return None,
        };
        Some(self.send(form, &typed, button))
    }

    /// The button of a person who leaves by a way that the page offers.
    fn way_out(&self, form: &Form) -> Option<&'static str> {
        let wanted = match self.act {
            UserAct::CancelsSignIn => "cancel",
            UserAct::ForgotPassword => "forgot",
            _ => return None,
        };
        let offers = form.buttons.iter().any(|button| button.value == wanted);
        offers.then_some(wanted)
    }

    fn password(&mut self) -> String {
        if self.act == UserAct::MistypesPassword && !self.mistyped {
            self.mistyped = true;
            return format!("{}x", self.person.password);
        }
        if self.seen.contains(&Kind::Renew) {
            return self.person.new_password.clone();
        }
        self.person.password.clone()
    }

    fn send(&self, form: &Form, typed: &[(&str, String)], button: &str) -> Ask {
        let mut body = url::form_urlencoded::Serializer::new(String::new());
        body.extend_pairs(&form.hidden)
            .extend_pairs(typed)
            .append_pair("do", button);
        Ask {
            method: "POST".into(),
            base: self.base.clone(),
            path: form.action.clone(),
            headers: vec![(
                "content-type".into(),
                "application/x-www-form-urlencoded".into(),
            )],
            body: body.finish().into_bytes(),
            ..Ask::default()
        }
    }
}

/// The number the page shows for the second factor: its last word.
fn number(page: &Page) -> String {
    let text = page.paragraphs.first().map_or("", String::as_str);
    text.rsplit(' ').next().unwrap_or_default().to_owned()
}

/// The address a form-post page stands for: what it would have sent, as a query.
fn posted(page: &Page) -> Walk {
    let Some(form) = &page.form else {
        return lost("");
    };
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    let query = query.extend_pairs(&form.hidden).finish();
    Walk::Redirect(format!("{}?{query}", form.action))
}
