//! Asks an administrator to consent for everybody in a tenant (protocol page "admin consent"): to the page in the
//! browser, back by redirect. No token comes of it. The answer is believed only with this run's `state`.

use std::time::Duration;

use url::Url;

use super::pkce::{Proof, RANDOM};
use super::reply::own_refusal;
use super::{Ended, Grant, Input, Log, Metadata, Next, parameters, reply};
use crate::decode;
use crate::model::{
    AdminConsent as Consented, AuthorityKind, ClientKind, Event, FactKind, Field, Moment, Place,
    Problem, RunSpec, Shape,
};
use crate::strings::{consent as say, grants};

/// How long the browser may take.
const PATIENCE: Duration = Duration::from_mins(10);

/// One visit to the page.
pub struct AdminConsent {
    url: String,
    until: Moment,
    state: String,
    /// The tenant as the authority names it.
    tenant: String,
    /// What is asked for, in words.
    asked: Vec<String>,
}

/// Where the page is, and what is asked of it.
struct Page {
    address: String,
    tenant: String,
    /// `None`: the v1 page, which stands for all that the registration lists.
    scope: Option<String>,
}

/// What the page will ask for, in words: shown before it opens. Nothing is sent, and nothing is known yet of what the
/// metadata says.
pub fn in_words(spec: &RunSpec) -> Vec<String> {
    let tenant = spec.authority.tenant().unwrap_or_default();
    let mut all = vec![say::heading(&spec.client_id, tenant)];
    let kind = spec.authority.kind;
    let scopes = (kind != AuthorityKind::EntraV1).then(|| wanted(spec, kind));
    all.extend(told(scopes.as_deref()));
    all
}

fn told(scopes: Option<&[String]>) -> Vec<String> {
    scopes.map_or_else(
        || vec![say::ALL_REGISTERED.to_owned()],
        |scopes| scopes.iter().map(|scope| say::permission(scope)).collect(),
    )
}

/// What a sign-in would ask for, so that no user is asked for the rest; an application without a user has no sign-in.
fn wanted(spec: &RunSpec, kind: AuthorityKind) -> Vec<String> {
    match spec.client_kind {
        ClientKind::Daemon => spec.scopes.clone(),
        ClientKind::Desktop | ClientKind::Web | ClientKind::Spa | ClientKind::Api => {
            let known = kind != AuthorityKind::Undetermined;
            let kind = if known { kind } else { AuthorityKind::EntraV2 };
            parameters::user_scopes(spec, kind)
        }
    }
}

impl Page {
    fn of(spec: &RunSpec, kind: AuthorityKind) -> Result<Self, Problem> {
        let v1 = match kind {
            AuthorityKind::EntraV1 => true,
            AuthorityKind::EntraV2 => false,
            AuthorityKind::B2c
            | AuthorityKind::Ciam
            | AuthorityKind::Adfs
            | AuthorityKind::Oidc
            | AuthorityKind::Undetermined => {
                return Err(Problem::new(say::NO_PAGE, "flow", say::PAGE_EXPECTED));
            }
        };
        if spec.client_id.trim().is_empty() {
            let problem = Problem::new(say::NO_CLIENT, "client_id", say::CLIENT_EXPECTED);
            return Err(problem);
        }
        let tenant = spec.authority.tenant().unwrap_or_default();
        let is = |name: &str| tenant.eq_ignore_ascii_case(name);
        if tenant.is_empty() || is("consumers") || (is("common") && !v1) {
            let problem = Problem::new(say::NO_TENANT, "authority", say::TENANT_EXPECTED);
            return Err(problem);
        }
        if spec.scopes.is_empty() && !v1 {
            return Err(Problem::new(say::NO_SCOPE, "scope", say::SCOPE_EXPECTED));
        }
        let origin = spec.authority.url().origin().ascii_serialization();
        let version = if v1 { "" } else { "/v2.0" };
        Ok(Self {
            address: format!("{origin}/{tenant}{version}/adminconsent"),
            tenant: tenant.to_owned(),
            scope: (!v1).then(|| wanted(spec, kind).join(" ")),
        })
    }
}

impl AdminConsent {
    /// Whether the page can be asked, before anything is listened for.
    ///
    /// # Errors
    /// If the authority has no such page, or lacks a tenant, a client or permissions to ask for.
    pub fn check(spec: &RunSpec, metadata: &Metadata) -> Result<(), Problem> {
        Page::of(spec, metadata.kind).map(drop)
    }

    /// `redirect_uri` is the one the listener found, its port included; `random` is of this run alone.
    ///
    /// # Errors
    /// As [`check`](Self::check).
    pub fn new(
        spec: &RunSpec,
        metadata: &Metadata,
        redirect_uri: &str,
        random: &[u8; RANDOM],
    ) -> Result<Self, Problem> {
        let page = Page::of(spec, metadata.kind)?;
        let no_page = |_| Problem::new(say::NO_PAGE, "authority", say::PAGE_EXPECTED);
        let url = Url::parse(&page.address).map_err(no_page)?;
        let state = Proof::new(random).state;
        let scopes: Option<Vec<String>> = page
            .scope
            .as_ref()
            .map(|scope| scope.split(' ').map(str::to_owned).collect());
        let mut asked = vec![Field::new("client_id", spec.client_id.as_str())];
        asked.extend(page.scope.map(|scope| Field::new("scope", scope)));
        asked.push(Field::new("redirect_uri", redirect_uri));
        asked.push(Field::new("state", state.as_str()));
        Ok(Self {
            url: parameters::in_query(url, &asked).into(),
            until: Moment::default(),
            state,
            tenant: page.tenant,
            asked: told(scopes.as_deref()),
        })
    }

    fn browse(&self) -> Next {
        Next::Browse {
            url: self.url.clone(),
            until: self.until,
        }
    }

    fn redirected(&self, url: &str, log: &mut Log) -> Next {
        let came = Came::read(url);
        if came.state.as_deref() != Some(self.state.as_str()) {
            log.say(grants::OTHER_STATE);
            return self.browse();
        }
        if came.error {
            return reply::sent_back(url);
        }
        if !came.consented {
            return Next::Ended(own_refusal(
                Place::Authorize,
                Shape::Redirect,
                vec![(FactKind::Trouble, say::NOT_TOLD, "admin_consent")],
            ));
        }
        log.say(say::CONSENTED);
        if let Some(told) = came.tenant.as_deref().filter(|told| self.is_other(told)) {
            log.say(say::other_tenant(&self.tenant, told));
        }
        Next::Ended(Ended::Consented(Consented {
            tenant: came.tenant,
            scopes: came.scopes,
        }))
    }

    /// Whether two ids differ. A name says nothing about an id.
    fn is_other(&self, told: &str) -> bool {
        decode::is_guid(&self.tenant)
            && decode::is_guid(told)
            && !told.eq_ignore_ascii_case(&self.tenant)
    }

    fn pasted(&self, text: &str, log: &mut Log) -> Next {
        let text = text.trim();
        let came = Came::read(text);
        if came.state.as_deref() == Some(self.state.as_str()) || came.consented {
            return self.redirected(text, log);
        }
        reply::of_page(text, Place::Page, log).unwrap_or_else(|| self.browse())
    }
}

/// What a redirect carried that matters here.
#[derive(Default)]
struct Came {
    state: Option<String>,
    error: bool,
    consented: bool,
    tenant: Option<String>,
    scopes: Vec<String>,
}

impl Came {
    fn read(url: &str) -> Self {
        let mut came = Self::default();
        let Ok(url) = Url::parse(url) else {
            return came;
        };
        for (name, value) in url.query_pairs() {
            match name.as_ref() {
                "state" => came.state = Some(value.into_owned()),
                "error" => came.error = true,
                "admin_consent" => came.consented = value.eq_ignore_ascii_case("true"),
                "tenant" => came.tenant = Some(value.into_owned()),
                "scope" => {
                    came.scopes = value.split_ascii_whitespace().map(Into::into).collect();
                }
                _ => {}
            }
        }
        came
    }
}

impl Grant for AdminConsent {
    fn resume(&mut self, input: Input<'_>, now: Moment) -> (Next, Vec<Event>) {
        let mut log = Log::at(now);
        let next = match input {
            Input::Start => {
                self.until = now.plus(PATIENCE);
                log.say(say::ASKING);
                for permission in &self.asked {
                    log.say(permission.as_str());
                }
                self.browse()
            }
            Input::Redirect(url) => self.redirected(url, &mut log),
            Input::Pasted(text) => self.pasted(text, &mut log),
            Input::Woken => {
                log.say(grants::BROWSER_SILENT);
                Next::Ended(own_refusal(
                    Place::Page,
                    Shape::Nothing,
                    vec![(FactKind::Message, grants::BROWSER_SILENT, "state")],
                ))
            }
            Input::Exchange(_) | Input::Verified(_) | Input::Answer(_) | Input::Cancelled => {
                Next::Ended(Ended::Cancelled)
            }
        };
        log.then(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grants::testing::{at, metadata, spec};
    use crate::model::{Authority, Flow};

    const BACK: &str = "http://localhost:4000";

    fn page(
        kind: AuthorityKind,
        change: impl FnOnce(&mut RunSpec),
    ) -> Result<AdminConsent, Problem> {
        let mut spec = spec(Flow::AdminConsent);
        change(&mut spec);
        let metadata = Metadata { kind, ..metadata() };
        AdminConsent::new(&spec, &metadata, BACK, &[7; RANDOM])
    }

    fn opened() -> AdminConsent {
        let mut page = page(AuthorityKind::EntraV2, |_| {}).unwrap();
        page.resume(Input::Start, at(0));
        page
    }

    #[test]
    fn both_pages_are_asked_in_their_own_way() {
        let v2 = page(AuthorityKind::EntraV2, |_| {}).unwrap().url;
        let begin = "https://login.microsoftonline.com/contoso.example/v2.0/adminconsent?client_id=app1&scope=User.Read+openid";
        assert!(v2.starts_with(begin), "{v2}");
        assert!(
            v2.contains("&redirect_uri=http%3A%2F%2Flocalhost%3A4000&state="),
            "{v2}"
        );
        let v1 = page(AuthorityKind::EntraV1, |_| {}).unwrap().url;
        let begin = "https://login.microsoftonline.com/contoso.example/adminconsent?client_id=app1&redirect_uri=";
        assert!(v1.starts_with(begin) && !v1.contains("scope"), "{v1}");
    }

    #[test]
    fn what_the_page_cannot_be_asked_is_found_before_it_opens() {
        let at = |kind, change: fn(&mut RunSpec)| page(kind, change).err().map(|p| p.at);
        let common = |s: &mut RunSpec| {
            s.authority = Authority::parse("https://login.microsoftonline.com/common").unwrap();
        };
        assert_eq!(
            at(AuthorityKind::EntraV2, common).as_deref(),
            Some("authority")
        );
        assert_eq!(at(AuthorityKind::EntraV1, common), None);
        let bare = at(AuthorityKind::EntraV2, |s| s.scopes.clear());
        assert_eq!(bare.as_deref(), Some("scope"));
        let elsewhere = at(AuthorityKind::Oidc, |_| {});
        assert_eq!(elsewhere.as_deref(), Some("flow"));
        let nobody = at(AuthorityKind::EntraV2, |s| s.client_id.clear());
        assert_eq!(nobody.as_deref(), Some("client_id"));
    }

    #[test]
    fn the_answer_is_believed_only_with_this_runs_state() {
        let mut page = opened();
        let with = |state: &str| {
            format!("{BACK}/?admin_consent=True&tenant=t1&scope=User.Read+openid&state={state}")
        };
        let (next, log) = page.resume(Input::Redirect(&with("other")), at(1));
        assert!(matches!(next, Next::Browse { .. }), "{next:?}");
        assert_eq!(log[0].what, grants::OTHER_STATE);
        let (next, _) = page.resume(Input::Pasted(&with("other")), at(1));
        assert!(matches!(next, Next::Browse { .. }), "{next:?}");
        let own = with(&page.state.clone());
        let (next, _) = page.resume(Input::Redirect(&own), at(2));
        let Next::Ended(Ended::Consented(consent)) = next else {
            panic!("{next:?}");
        };
        assert_eq!(consent.tenant.as_deref(), Some("t1"));
        assert_eq!(consent.scopes, ["User.Read", "openid"]);
    }

    #[test]
    fn an_error_is_one_although_the_answer_says_admin_consent_too() {
        let mut page = opened();
        let state = page.state.clone();
        let said = format!(
            "{BACK}/?admin_consent=True&error=consent_required&error_description=AADSTS65004%3A+no&state={state}"
        );
        let (next, _) = page.resume(Input::Redirect(&said), at(1));
        let Next::Ended(Ended::Refused { place, reading }) = next else {
            panic!("{next:?}");
        };
        assert_eq!(place, Place::Authorize);
        assert_eq!(reading.codes(), ["AADSTS65004"]);
        let (next, _) = page.resume(Input::Redirect(&format!("{BACK}/?state={state}")), at(1));
        assert!(
            matches!(next, Next::Ended(Ended::Refused { .. })),
            "{next:?}"
        );
    }

    #[test]
    fn what_the_page_shows_to_one_who_may_not_is_taken_as_its_answer() {
        let shown = "Need admin approval AADSTS90094: only an administrator may";
        let (next, _) = opened().resume(Input::Pasted(shown), at(1));
        let Next::Ended(Ended::Refused { place, .. }) = next else {
            panic!("{next:?}");
        };
        assert_eq!(place, Place::Page);
    }

    #[test]
    fn the_permissions_are_told_in_words_before() {
        let words = in_words(&spec(Flow::AdminConsent));
        assert!(
            words[0].contains("app1") && words[0].contains("contoso.example"),
            "{words:?}"
        );
        assert!(
            words.iter().any(|line| line.starts_with("User.Read: ")),
            "{words:?}"
        );
    }
}
