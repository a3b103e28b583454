//! The pages of a visit, filled from the world.

use super::admin;
use super::ask::Answer;
use super::b2c;
use super::consumers;
use super::onward;
use super::page::{Button, Form, Input, Kind, Page};
use super::refusal::{Cause, Refusal, Stamp, fill};
use super::visit::{Open, Purpose, Visit};
use super::world::{Client, User, World, permissions_of};
use crate::strings::lab as say;

/// The word by which a form says which page it was on.
pub const fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::Account => "account",
        Kind::Pick => "pick",
        Kind::Password => "password",
        Kind::Renew => "renew",
        Kind::Mfa => "mfa",
        Kind::Enrol => "enrol",
        Kind::Terms => "terms",
        Kind::External => "external",
        Kind::Consent => "consent",
        Kind::Request => "request",
        Kind::NeedsAdmin => "needs-admin",
        Kind::DeviceCode => "device-code",
        Kind::DeviceConfirm => "device-confirm",
        Kind::Post => "post",
        Kind::End => "end",
    }
}

/// What a page needs to know of a visit.
struct Setting<'a> {
    world: &'a World,
    visit: &'a Visit,
    app: &'a str,
    user: &'a str,
}

/// A page with a form.
pub fn form(
    world: &World,
    key: &str,
    visit: &Visit,
    kind: Kind,
    trouble: Option<String>,
    about: Option<(&Refusal, &Stamp)>,
) -> Answer {
    let client = world.client(&visit.client);
    let of_proof = visit
        .proof
        .as_ref()
        .and_then(|proof| world.user_by_id(&proof.user));
    let named = visit.name.as_deref().and_then(|name| world.user(name));
    let user = of_proof.or(named).map_or("", |user| user.name.as_str());
    let setting = Setting {
        world,
        visit,
        app: client.map_or("", |c| c.title.as_str()),
        user,
    };
    let mut page = setting.page(kind);
    page.kind = kind;
    page.trouble = trouble;
    if let Some((refusal, stamp)) = about {
        page.paragraphs.retain(|text| !text.is_empty());
        page.paragraphs.insert(0, refusal.headline());
        page.details = quotable(refusal, stamp);
    }
    world.tenant_name.clone_into(&mut page.tenant);
    b2c::dress(&mut page, visit);
    consumers::dress(&mut page, visit);
    admin::dress(world, &mut page, visit);
    if let Some(form) = &mut page.form {
        form.action = format!("/{}/login", visit.tenant);
        form.hidden = vec![
            ("visit".into(), key.into()),
            ("step".into(), word(kind).into()),
        ];
    }
    let origin = match &visit.purpose {
        Purpose::Program(to) => onward::origin(&to.redirect),
        Purpose::Device(_) => None,
    };
    let mut answer = page.answer(200, origin.as_deref());
    if let Some((refusal, _)) = about {
        answer.because.clone_from(&refusal.because);
    }
    answer
}

impl Setting<'_> {
    fn say(&self, text: &str) -> String {
        let values = [
            ("app", self.app),
            ("user", self.user),
            ("tenant", self.world.tenant_name.as_str()),
            ("number", self.visit.number.as_str()),
        ];
        fill(text, &values)
    }

    fn page(&self, kind: Kind) -> Page {
        match kind {
            // Pages that no visit asks for have forms of their own.
            Kind::Account | Kind::DeviceCode | Kind::Post | Kind::End => self.account(),
            Kind::Pick => self.pick(),
            Kind::Password => {
                let label = self.say(say::PASSWORD_LABEL);
                let input = Input::new("password", label, "password", "off");
                let text = self.say(say::ACCOUNT_SAYS);
                simple(say::PASSWORD_TITLE, text, vec![input], say::SIGN_IN)
            }
            Kind::Renew => self.renew(),
            Kind::Mfa => {
                let input = Input::new("number", say::MFA_LABEL, "text", "off");
                let text = self.say(say::MFA_SAYS);
                let page = simple(say::MFA_TITLE, text, vec![input], say::MFA_APPROVE);
                with_no(page, say::MFA_DENY)
            }
            Kind::Enrol => {
                let text = self.say(say::ENROL_SAYS);
                simple(say::ENROL_TITLE, text, Vec::new(), say::ENROL_DO)
            }
            Kind::Terms => {
                let text = self.say(say::TERMS_SAYS);
                let mut page = simple(say::TERMS_TITLE, text, Vec::new(), say::TERMS_ACCEPT);
                page.list = vec![say::TERMS_TEXT.to_owned()];
                with_no(page, say::TERMS_DECLINE)
            }
            Kind::External => {
                let text = self.say(say::EXTERNAL_SAYS);
                simple(say::EXTERNAL_TITLE, text, Vec::new(), say::EXTERNAL_DO)
            }
            Kind::Consent => {
                let text = self.say(say::CONSENT_SAYS);
                let mut page = simple(say::CONSENT_TITLE, text, Vec::new(), say::CONSENT_ACCEPT);
                page.list = self.permissions();
                with_no(page, say::CONSENT_CANCEL)
            }
            Kind::Request => {
                let input = Input::new("reason", say::REQUEST_LABEL, "text", "off");
                let text = self.say(say::REQUEST_SAYS);
                let mut page = simple(say::REQUEST_TITLE, text, vec![input], say::REQUEST_DO);
                page.list = self.permissions();
                with_no(page, say::GO_BACK)
            }
            Kind::NeedsAdmin => simple(say::ADMIN_TITLE, String::new(), Vec::new(), say::GO_BACK),
            Kind::DeviceConfirm => {
                let (title, text) = (say::DEVICE_CONFIRM_TITLE, say::DEVICE_CONFIRM_SAYS);
                let (title, text) = (self.say(title), self.say(text));
                let page = simple(&title, text, Vec::new(), say::DEVICE_CONTINUE);
                with_no(page, say::CONSENT_CANCEL)
            }
        }
    }

    fn account(&self) -> Page {
        let mut input = Input::new("username", say::ACCOUNT_LABEL, "text", "username");
        input.value = self.visit.name.clone().unwrap_or_default();
        let text = self.say(say::ACCOUNT_SAYS);
        let mut page = simple(say::ACCOUNT_TITLE, text, vec![input], say::NEXT);
        // Nothing here is real, so nobody has to look the passwords up.
        page.details.push(say::ACCOUNT_KNOWN.to_owned());
        let known = |user: &User| format!("{} · {}", user.name, user.password);
        page.details
            .extend(self.world.users.iter().take(8).map(known));
        page
    }

    fn pick(&self) -> Page {
        let text = self.say(say::ACCOUNT_SAYS);
        let mut page = simple(say::PICK_TITLE, text, Vec::new(), self.user);
        if let Some(form) = &mut page.form {
            let other = Button::new("do", "other", say::PICK_OTHER);
            form.buttons.push(other);
        }
        page
    }

    fn renew(&self) -> Page {
        let inputs = vec![
            Input::new("new", say::RENEW_LABEL, "password", "new-password"),
            Input::new("again", say::RENEW_AGAIN, "password", "new-password"),
        ];
        let (title, text) = if self.visit.is_open(Open::Renew) {
            (say::RENEW_TITLE, say::RENEW_SAYS)
        } else {
            (say::RISK_TITLE, say::RISK_SAYS)
        };
        simple(title, self.say(text), inputs, say::RENEW_DO)
    }

    /// Everything the program asks for, in words.
    fn permissions(&self) -> Vec<String> {
        let wanted = &self.visit.wanted;
        let mut list = Vec::new();
        if ["openid", "profile", "email"]
            .iter()
            .any(|s| wanted.oidc(s))
        {
            list.push(say::CONSENT_OPENID.to_owned());
        }
        let of_registration = || {
            let client = self.world.client(&self.visit.client);
            client
                .map(|c| permissions_of(c, &wanted.resource))
                .unwrap_or_default()
        };
        let names = if wanted.default {
            of_registration()
        } else {
            wanted.scopes.clone()
        };
        let resource = self.world.resource(&wanted.resource);
        for scope in resource.into_iter().flat_map(|r| &r.scopes) {
            if names.contains(&scope.name) {
                let api = resource.map_or("", |r| r.title.as_str());
                list.push(format!("{} ({api}: {})", scope.says, scope.name));
            }
        }
        list.extend(self.along());
        if wanted.oidc("offline_access") {
            list.push(say::CONSENT_OFFLINE.to_owned());
        }
        list
    }
}

impl Setting<'_> {
    /// What the API that is asked for asks for itself, in words.
    fn along(&self) -> Vec<String> {
        let world = self.world;
        let (client, user) = (world.client(&self.visit.client), world.user(self.user));
        let (Some(client), Some(user)) = (client, user) else {
            return Vec::new();
        };
        let mut list = Vec::new();
        for consent in world.unconsented_along(client, &user.id, &self.visit.wanted) {
            let tier = world.client(&consent.client).map_or("", |c| &c.title);
            let api = world.resource(&consent.resource);
            for scope in api.into_iter().flat_map(|api| &api.scopes) {
                if consent.scopes.contains(&scope.name) {
                    let api = api.map_or("", |api| api.title.as_str());
                    let words = format!("{} ({api}: {})", scope.says, scope.name);
                    let values = [("api", tier), ("what", words.as_str())];
                    list.push(fill(say::CONSENT_ALONG, &values));
                }
            }
        }
        list
    }
}

fn simple(title: &str, text: String, inputs: Vec<Input>, yes: &str) -> Page {
    Page {
        title: title.to_owned(),
        paragraphs: vec![text],
        form: Some(Form {
            inputs,
            buttons: vec![Button::new("do", "yes", yes)],
            ..Form::default()
        }),
        ..Page::default()
    }
}

fn with_no(mut page: Page, label: &str) -> Page {
    if let Some(form) = &mut page.form {
        form.buttons.push(Button::new("do", "no", label));
    }
    page
}

/// A page that shows a refusal; nothing goes to the program. Like the service it stands for, it shows the number
/// and what to quote.
pub fn refused(world: &World, stamp: &Stamp, refusal: &Refusal, status: u16) -> Answer {
    let title = match refusal.cause {
        Cause::Blocked => say::BLOCKED_TITLE,
        Cause::DeviceNotCompliant
        | Cause::ApiNeedsCompliance
        | Cause::DeviceNotJoined
        | Cause::DeviceUnmanaged
        | Cause::PlatformUnsupported => say::DEVICE_BAD_TITLE,
        Cause::UserDisabled => say::DISABLED_TITLE,
        Cause::MfaDeclined => say::DENIED_TITLE,
        Cause::ConsentNeedsAdmin => say::ADMIN_TITLE,
        _ => say::ERROR_TITLE,
    };
    let code = refusal.cause.row().code.unwrap_or_default();
    let page = Page {
        title: title.to_owned(),
        paragraphs: vec![refusal.headline_in(stamp.dialect)],
        details: quotable(refusal, stamp),
        tenant: world.tenant_name.clone(),
        ..Page::default()
    };
    let mut answer = page.answer(status, None);
    answer.because.clone_from(&refusal.because);
    answer
        .with("x-ms-request-id", stamp.trace.clone())
        .with("x-ms-clitelem", format!("1,{code},0,,"))
}

/// What to quote to an administrator.
fn quotable(refusal: &Refusal, stamp: &Stamp) -> Vec<String> {
    let number = refusal.cause.row().code.unwrap_or_default().to_string();
    let correlation = [("correlation", stamp.correlation.as_str())];
    vec![
        fill(say::ERROR_CODE, &[("code", &number)]),
        fill(say::ERROR_TRACE, &[("trace", &stamp.trace)]),
        fill(say::ERROR_CORRELATION, &correlation),
        fill(say::ERROR_TIME, &[("time", &stamp.at.entra())]),
    ]
}

/// The page that asks for the code of a device sign-in.
pub fn device_code(world: &World, typed: &str, trouble: Option<String>) -> Answer {
    let mut input = Input::new("user_code", say::DEVICE_LABEL, "text", "off");
    typed.clone_into(&mut input.value);
    let mut page = simple(
        say::DEVICE_TITLE,
        say::DEVICE_SAYS.to_owned(),
        vec![input],
        say::NEXT,
    );
    page.kind = Kind::DeviceCode;
    page.trouble = trouble;
    world.tenant_name.clone_into(&mut page.tenant);
    if let Some(form) = &mut page.form {
        form.action = "/devicelogin".into();
    }
    page.answer(200, None)
}

/// The end of a device sign-in.
pub fn device_end(world: &World, client: &Client, granted: bool) -> Answer {
    let (title, text) = if granted {
        (say::DEVICE_DONE_TITLE, say::DEVICE_DONE_SAYS)
    } else {
        (say::DEVICE_NO_TITLE, say::DEVICE_NO_SAYS)
    };
    plain(world, title, &fill(text, &[("app", &client.title)]))
}

/// A page that only says something.
pub fn plain(world: &World, title: &str, text: &str) -> Answer {
    let page = Page {
        title: title.to_owned(),
        paragraphs: vec![text.to_owned()],
        tenant: world.tenant_name.clone(),
        ..Page::default()
    };
    page.answer(200, None)
}
