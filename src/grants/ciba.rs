//! A person is asked on a device of their own (OpenID Connect CIBA Core, poll mode): one request that names them, then
//! polls until they have answered or the request runs out. One person a run, and the request is never made anew by itself.

use serde_json::Value as Json;

use super::metadata::BACKCHANNEL_ENDPOINT;
use super::polling::{Pace, Words};
use super::retry::Retry;
use super::{Ended, Grant, Input, Log, Metadata, Next, parameters, reply};
use crate::model::{
    Activity, Event, Exchange, Field, Moment, Place, Problem, Purpose, Request, RunSpec, Secret,
    SecretKind,
};
use crate::strings::grants as say;
use crate::strings::guide::lint;

/// The grant (OpenID Connect CIBA Core 10.1).
pub const GRANT: &str = "urn:openid:params:grant-type:ciba";

/// What is said when a request runs out.
const WORDS: Words = Words {
    last: say::LAST_POLL_OF_REQUEST,
    over: say::REQUEST_RAN_OUT,
};

/// Has a person asked, and polls.
pub struct Ciba {
    client_id: String,
    user: String,
    shows: Option<String>,
    start: Request,
    token_endpoint: String,
    scopes: Vec<String>,
    retry: Retry,
    pending: Option<Pending>,
}

/// A request that waits for the person.
struct Pending {
    id: Secret,
    pace: Pace,
}

impl Ciba {
    /// # Errors
    /// If the server has no backchannel endpoint, nobody is named, or the claims are not a JSON object.
    pub fn new(spec: &RunSpec, metadata: &Metadata) -> Result<Self, Problem> {
        let Some(endpoint) = &metadata.backchannel_endpoint else {
            let (what, expected) = (say::NO_BACKCHANNEL, say::NO_BACKCHANNEL_EXPECTED);
            return Err(Problem::new(what, BACKCHANNEL_ENDPOINT, expected));
        };
        let named = spec.username.as_deref().map(str::trim);
        let Some(user) = named.filter(|name| !name.is_empty()) else {
            let (what, expected) = (lint::CIBA_USER, lint::CIBA_USER_EXPECTED);
            return Err(Problem::new(what, "username", expected));
        };
        let scopes = parameters::user_scopes(spec, metadata.kind);
        let mut form = parameters::common(spec, metadata, &scopes)?;
        form.retain(|field| field.name != "client_info");
        form.push(Field::new("login_hint", user));
        let more = [
            ("binding_message", &spec.asking.binding_message),
            ("acr_values", &spec.asking.acr_values),
        ];
        for (name, value) in more {
            form.extend(value.as_deref().map(|value| Field::new(name, value)));
        }
        form.extend(parameters::resources(spec));
        Ok(Self {
            client_id: spec.client_id.clone(),
            user: user.to_owned(),
            shows: spec.asking.binding_message.clone(),
            start: Request::post(endpoint, form, Purpose::BackchannelStart),
            token_endpoint: metadata.token_endpoint.clone(),
            scopes,
            retry: Retry::new(&spec.options.retry),
            pending: None,
        })
    }

    fn begin(&mut self, exchange: &Exchange, now: Moment, log: &mut Log) -> Next {
        if let Some(wait) = self.retry.after(exchange, now, log) {
            return wait;
        }
        let answer = exchange.reply.as_ref();
        let good = answer.filter(|reply| (200..300).contains(&reply.status));
        let Some(pending) = good.and_then(|reply| Pending::read(&reply.body, now)) else {
            return Next::Ended(reply::refused(exchange, Place::Token));
        };
        log.say(say::backchannel_started(
            pending.pace.interval.as_secs(),
            pending.pace.expires.since(now).as_secs(),
        ));
        log.about(say::ASKED_ON_DEVICE, &self.user);
        let wait = self.wait(&pending, now.plus(pending.pace.interval));
        self.pending = Some(pending);
        wait
    }

    fn poll(&mut self, now: Moment, log: &mut Log) -> Next {
        let Some(pending) = &mut self.pending else {
            return self.retry.again();
        };
        pending.pace.poll(now, log);
        let form = vec![
            Field::new("grant_type", GRANT),
            Field::new("client_id", self.client_id.as_str()),
            Field::new("auth_req_id", pending.id.clone()),
        ];
        Next::Send(Request::post(&self.token_endpoint, form, Purpose::Token))
    }

    fn polled(&mut self, exchange: &Exchange, now: Moment, log: &mut Log) -> Next {
        let ended = reply::judge(exchange, &self.scopes, now);
        let Some(mut pending) = self.pending.take() else {
            return Next::Ended(ended);
        };
        match pending.pace.polled(ended, exchange, now, log) {
            Ok(until) => {
                let wait = self.wait(&pending, until);
                self.pending = Some(pending);
                wait
            }
            Err(ended) => Next::Ended(ended),
        }
    }

    fn wait(&self, pending: &Pending, until: Moment) -> Next {
        Next::Wait {
            until,
            doing: Activity::Answering {
                user: self.user.clone(),
                shows: self.shows.clone(),
                next_poll: until,
                expires: pending.pace.expires,
            },
        }
    }
}

impl Pending {
    /// Reads the answer to the request (OpenID Connect CIBA Core 7.3).
    fn read(body: &[u8], now: Moment) -> Option<Self> {
        let Ok(Json::Object(members)) = serde_json::from_slice(body) else {
            return None;
        };
        let id = members.get("auth_req_id")?.as_str()?;
        (!id.is_empty()).then(|| Self {
            id: Secret::new(SecretKind::BackchannelRequest, id),
            pace: Pace::read(&members, now, WORDS),
        })
    }
}

impl Grant for Ciba {
    fn resume(&mut self, input: Input<'_>, now: Moment) -> (Next, Vec<Event>) {
        let mut log = Log::at(now);
        let next = match input {
            Input::Start => self.retry.send(self.start.clone()),
            Input::Exchange(exchange) if self.pending.is_none() => {
                self.begin(exchange, now, &mut log)
            }
            Input::Exchange(exchange) => self.polled(exchange, now, &mut log),
            Input::Woken => self.poll(now, &mut log),
            Input::Redirect(_)
            | Input::Verified(_)
            | Input::Answer(_)
            | Input::Pasted(_)
            | Input::Cancelled => Next::Ended(Ended::Cancelled),
        };
        log.then(next)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::grants::testing::{at, faulty, form, metadata, reply, spec};
    use crate::model::{AuthorityKind, FaultKind, Flow};

    const STARTED: &str = r#"{"auth_req_id":"r1","expires_in":60}"#;
    const PENDING: &str = r#"{"error":"authorization_pending"}"#;
    const SLOWER: &str = r#"{"error":"slow_down"}"#;

    fn issuer() -> Metadata {
        Metadata {
            kind: AuthorityKind::Oidc,
            backchannel_endpoint: Some("https://issuer.contoso.example/backchannel".into()),
            ..metadata()
        }
    }

    fn asked() -> RunSpec {
        let mut spec = spec(Flow::Ciba);
        spec.scopes = vec!["openid".into()];
        spec.username = Some("ada".into());
        spec.asking.binding_message = Some("W4-7".into());
        spec
    }

    fn started() -> Ciba {
        let mut grant = Ciba::new(&asked(), &issuer()).unwrap();
        grant.resume(Input::Start, at(0));
        let (next, events) = grant.resume(Input::Exchange(&reply(200, STARTED)), at(0));
        assert_eq!(until(&next), at(5), "the default interval is 5 s");
        assert!(events.iter().any(|e| e.about.as_deref() == Some("ada")));
        grant
    }

    fn until(next: &Next) -> Moment {
        match next {
            Next::Wait {
                until,
                doing:
                    Activity::Answering {
                        user,
                        shows,
                        next_poll,
                        ..
                    },
            } => {
                assert_eq!((until, user.as_str()), (next_poll, "ada"));
                assert_eq!(shows.as_deref(), Some("W4-7"));
                *until
            }
            other => panic!("{other:?}"),
        }
    }

    /// Polls at a time and gets this back.
    fn poll(grant: &mut Ciba, seconds: i64, exchange: &Exchange) -> Next {
        let (next, _) = grant.resume(Input::Woken, at(seconds));
        assert!(matches!(next, Next::Send(_)), "{next:?}");
        grant.resume(Input::Exchange(exchange), at(seconds)).0
    }

    #[test]
    fn the_requests_are_the_documented_ones() {
        let mut grant = Ciba::new(&asked(), &issuer()).unwrap();
        let (Next::Send(request), _) = grant.resume(Input::Start, at(0)) else {
            panic!("nothing sent");
        };
        assert_eq!(
            form(&request),
            "client_id=app1 scope=openid login_hint=ada binding_message=W4-7"
        );
        let (Next::Send(request), _) = started().resume(Input::Woken, at(5)) else {
            panic!("nothing sent");
        };
        assert_eq!(
            form(&request),
            "grant_type=urn:openid:params:grant-type:ciba client_id=app1 auth_req_id=r1"
        );
    }

    #[test]
    fn it_waits_while_pending_slows_down_when_told_and_is_granted() {
        let mut grant = started();
        assert_eq!(until(&poll(&mut grant, 5, &reply(400, PENDING))), at(10));
        assert_eq!(until(&poll(&mut grant, 10, &reply(400, SLOWER))), at(20));
        let lost = poll(&mut grant, 20, &faulty(FaultKind::CutOff));
        assert_eq!(until(&lost), at(30), "a lost poll ends nothing");
        let granted = reply(
            200,
            r#"{"access_token":"t","token_type":"Bearer","expires_in":60}"#,
        );
        let next = poll(&mut grant, 30, &granted);
        assert!(matches!(next, Next::Ended(Ended::Granted(_))), "{next:?}");
    }

    #[test]
    fn a_person_who_says_no_or_nothing_ends_it() {
        let denied = reply(400, r#"{"error":"access_denied"}"#);
        for (seconds, exchange, error) in [
            (5, denied, "access_denied"),
            (60, reply(400, PENDING), "expired_token"),
        ] {
            match poll(&mut started(), seconds, &exchange) {
                Next::Ended(Ended::Refused { reading, .. }) => {
                    assert_eq!(reading.error(), Some(error));
                }
                other => panic!("{other:?}"),
            }
        }
    }

    #[test]
    fn what_is_refused_at_once_and_what_is_no_answer_end_it_as_well() {
        for body in [r#"{"error":"unknown_user_id"}"#, "{}", "[]", ""] {
            let mut grant = Ciba::new(&asked(), &issuer()).unwrap();
            grant.resume(Input::Start, at(0));
            let status = if body.contains("error") { 400 } else { 200 };
            let (next, _) = grant.resume(Input::Exchange(&reply(status, body)), at(0));
            assert!(matches!(next, Next::Ended(Ended::Refused { .. })), "{body}");
        }
    }

    #[test]
    fn nobody_and_a_server_without_the_endpoint_are_not_asked() {
        let mut nobody = asked();
        nobody.username = Some(" ".into());
        let problem = Ciba::new(&nobody, &issuer()).err().unwrap();
        assert_eq!(problem.at, "username");
        let problem = Ciba::new(&asked(), &metadata()).err().unwrap();
        assert_eq!(problem.at, BACKCHANNEL_ENDPOINT);
    }

    proptest! {
        #[test]
        fn no_answer_makes_it_panic(body in "\\PC*", status in 100..600_u16) {
            let mut grant = Ciba::new(&asked(), &issuer()).unwrap();
            grant.resume(Input::Start, at(0));
            grant.resume(Input::Exchange(&reply(status, &body)), at(0));
            grant.resume(Input::Woken, at(5));
            grant.resume(Input::Exchange(&reply(status, &body)), at(5));
        }
    }
}
