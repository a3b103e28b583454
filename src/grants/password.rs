//! Resource owner password (RFC 6749 section 4.3). At Entra the user's realm is looked up first: a federated user's
//! password is checked elsewhere, and this grant cannot work. A password is never sent twice by itself.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value as Json;
use url::Url;

use super::retry::Retry;
use super::{Ended, Grant, Input, Log, Metadata, Next, parameters, reply};
use crate::decode;
use crate::model::run::Question;
use crate::model::{
    AuthorityKind, Event, Exchange, Fact, FactKind, Field, Moment, Place, Problem, Purpose,
    Request, RunSpec, Secret, Spot,
};
use crate::strings::grants as say;

/// Looks up, asks if need be, sends once.
pub struct Password {
    username: String,
    typed: Option<Secret>,
    rest: Vec<Field>,
    endpoint: String,
    realm_lookup: Option<Request>,
    scopes: Vec<String>,
    retry: Retry,
}

impl Password {
    /// # Errors
    /// If no user name is given, or the claims are not a JSON object.
    pub fn new(spec: &RunSpec, metadata: &Metadata) -> Result<Self, Problem> {
        let username = spec.username.clone().filter(|name| !name.trim().is_empty());
        let Some(username) = username else {
            return Err(Problem::new(
                say::NO_USERNAME,
                "username",
                say::USERNAME_EXPECTED,
            ));
        };
        let scopes = parameters::user_scopes(spec, metadata.kind);
        let entra = matches!(
            metadata.kind,
            AuthorityKind::EntraV1 | AuthorityKind::EntraV2
        );
        Ok(Self {
            realm_lookup: realm_url(&metadata.token_endpoint, &username)
                .filter(|_| entra)
                .map(|url| Request::get(url, Purpose::UserRealm)),
            username,
            typed: spec.password.clone().filter(|p| !p.is_empty()),
            rest: parameters::common(spec, metadata, &scopes)?,
            endpoint: metadata.token_endpoint.clone(),
            scopes,
            retry: Retry::new(&spec.options.retry),
        })
    }

    fn send(&mut self, log: &mut Log) -> Next {
        let Some(password) = self.typed.take() else {
            return Next::Ask(Question::Password);
        };
        log.about(say::SENDING_PASSWORD, &self.username);
        let mut form = vec![
            Field::new("grant_type", "password"),
            Field::new("username", self.username.as_str()),
            Field::new("password", password),
        ];
        form.extend(self.rest.clone());
        let mut request = Request::post(&self.endpoint, form, Purpose::Token);
        request.single_use = true;
        self.retry.send(request)
    }

    fn realm(&mut self, exchange: &Exchange, log: &mut Log) -> Next {
        let Some(answer) = &exchange.reply else {
            return Next::Ended(reply::refused(exchange, Place::Discovery));
        };
        let kind = serde_json::from_slice::<Json>(&answer.body)
            .ok()
            .and_then(|json| Some(json.get("account_type")?.as_str()?.to_owned()));
        match kind.as_deref() {
            Some("Federated") => {
                log.say(say::FEDERATED);
                let mut reading = decode::reply(answer, Purpose::UserRealm);
                reading.facts.push(Fact {
                    kind: FactKind::Message,
                    value: say::FEDERATED.to_owned(),
                    from: Spot::Pointer("/account_type".into()),
                });
                Next::Ended(Ended::Refused {
                    place: Place::Discovery,
                    reading,
                })
            }
            Some(other) => {
                log.say(say::realm(other));
                self.send(log)
            }
            None => {
                log.say(say::NO_REALM);
                self.send(log)
            }
        }
    }
}

/// Beside the token endpoint's host, port kept.
fn realm_url(token_endpoint: &str, username: &str) -> Option<String> {
    let mut url = Url::parse(token_endpoint).ok()?;
    let name = utf8_percent_encode(username, NON_ALPHANUMERIC);
    url.set_path("");
    url.set_query(None);
    let base = url.as_str().trim_end_matches('/');
    Some(format!("{base}/common/userrealm/{name}?api-version=1.0"))
}

impl Grant for Password {
    fn resume(&mut self, input: Input<'_>, now: Moment) -> (Next, Vec<Event>) {
        let mut log = Log::at(now);
        let next = match input {
            Input::Start => match self.realm_lookup.take() {
                Some(lookup) => {
                    log.about(say::LOOKING_UP_REALM, &self.username);
                    self.retry.send(lookup)
                }
                None => self.send(&mut log),
            },
            Input::Answer(password) => {
                self.typed = Some(password);
                self.send(&mut log)
            }
            Input::Exchange(exchange) => match self.retry.after(exchange, now, &mut log) {
                Some(wait) => wait,
                None if exchange.request.purpose == Purpose::UserRealm => {
                    self.realm(exchange, &mut log)
                }
                None => Next::Ended(reply::judge(exchange, &self.scopes, now)),
            },
            Input::Woken => self.retry.again(),
            Input::Redirect(_) | Input::Verified(_) | Input::Pasted(_) | Input::Cancelled => {
                Next::Ended(Ended::Cancelled)
            }
        };
        log.then(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grants::testing::{answered, at, form, metadata, spec};
    use crate::model::{Flow, SecretKind};

    fn grant(kind: AuthorityKind) -> Password {
        let mut spec = spec(Flow::Password);
        spec.username = Some("ada@contoso.example".into());
        spec.password = Some(Secret::new(SecretKind::Password, "pw"));
        spec.options.retry.attempts = 3;
        let mut metadata = metadata();
        metadata.kind = kind;
        Password::new(&spec, &metadata).unwrap()
    }

    fn sent(next: Next) -> Request {
        match next {
            Next::Send(request) => request,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn at_entra_the_realm_comes_first_and_the_password_after() {
        let mut grant = grant(AuthorityKind::EntraV2);
        let lookup = sent(grant.resume(Input::Start, at(0)).0);
        assert_eq!(
            lookup.url,
            "https://login.microsoftonline.com/common/userrealm/ada%40contoso%2Eexample?api-version=1.0"
        );
        let managed = answered(lookup, 200, r#"{"account_type":"Managed"}"#);
        let request = sent(grant.resume(Input::Exchange(&managed), at(0)).0);
        assert_eq!(
            form(&request),
            "grant_type=password username=ada@contoso.example password=pw client_id=app1 \
             scope=User.Read openid profile offline_access client_info=1"
        );
        assert!(request.single_use);
    }

    #[test]
    fn a_realm_that_is_not_there_is_skipped() {
        let mut grant = grant(AuthorityKind::EntraV2);
        let lookup = sent(grant.resume(Input::Start, at(0)).0);
        let none = answered(lookup, 404, "");
        let request = sent(grant.resume(Input::Exchange(&none), at(0)).0);
        assert_eq!(request.purpose, Purpose::Token);
    }

    #[test]
    fn a_federated_user_is_refused_before_the_password_leaves() {
        let mut grant = grant(AuthorityKind::EntraV2);
        let lookup = sent(grant.resume(Input::Start, at(0)).0);
        let federated = answered(lookup, 200, r#"{"account_type":"Federated"}"#);
        let (next, _) = grant.resume(Input::Exchange(&federated), at(0));
        let Next::Ended(Ended::Refused { reading, .. }) = next else {
            panic!("{next:?}");
        };
        assert_eq!(reading.value(FactKind::Message), Some(say::FEDERATED));
    }

    #[test]
    fn elsewhere_the_password_is_sent_at_once_and_never_again_by_itself() {
        let mut grant = grant(AuthorityKind::Oidc);
        let request = sent(grant.resume(Input::Start, at(0)).0);
        let unwell = answered(request, 503, "");
        let (next, _) = grant.resume(Input::Exchange(&unwell), at(0));
        assert!(
            matches!(next, Next::Ended(Ended::Refused { .. })),
            "{next:?}"
        );
    }
}
