//! Refresh (RFC 6749 section 6): the person's own refresh token, or the one a silent run found.

use super::retry::Retry;
use super::{Ended, Grant, Input, Log, Metadata, Next, parameters, reply};
use crate::model::run::Question;
use crate::model::{
    AuthorityKind, Event, Field, Moment, Problem, Purpose, Request, RunSpec, Secret,
};
use crate::strings::grants as say;

/// Redeems a refresh token.
pub struct RefreshToken {
    token: Option<Secret>,
    rest: Vec<Field>,
    endpoint: String,
    /// Elsewhere than at Entra a refresh token may rotate: redeemed twice, the whole family dies (RFC 9700 4.14.2).
    single_use: bool,
    scopes: Vec<String>,
    retry: Retry,
}

impl RefreshToken {
    /// Without a token, the person is asked for one.
    ///
    /// # Errors
    /// If the claims are not a JSON object.
    pub fn new(
        spec: &RunSpec,
        metadata: &Metadata,
        token: Option<Secret>,
    ) -> Result<Self, Problem> {
        let entra = matches!(
            metadata.kind,
            AuthorityKind::EntraV1 | AuthorityKind::EntraV2
        );
        let scopes = parameters::user_scopes(spec, metadata.kind);
        Ok(Self {
            token: token.filter(|token| !token.is_empty()),
            rest: parameters::common(spec, metadata, &scopes)?,
            endpoint: metadata.token_endpoint.clone(),
            single_use: !entra,
            scopes,
            retry: Retry::new(&spec.options.retry),
        })
    }

    fn redeem(&mut self, log: &mut Log) -> Next {
        let Some(token) = self.token.clone() else {
            return Next::Ask(Question::RefreshToken);
        };
        log.say(say::REDEEMING_REFRESH);
        let mut form = vec![
            Field::new("grant_type", "refresh_token"),
            Field::new("refresh_token", token),
        ];
        form.extend(self.rest.clone());
        let mut request = Request::post(&self.endpoint, form, Purpose::Token);
        request.single_use = self.single_use;
        self.retry.send(request)
    }
}

impl Grant for RefreshToken {
    fn resume(&mut self, input: Input<'_>, now: Moment) -> (Next, Vec<Event>) {
        let mut log = Log::at(now);
        let next = match input {
            Input::Start => self.redeem(&mut log),
            Input::Answer(token) => {
                self.token = Some(token);
                self.redeem(&mut log)
            }
            Input::Exchange(exchange) => match self.retry.after(exchange, now, &mut log) {
                Some(wait) => wait,
                None => Next::Ended(self.judge(exchange, now)),
            },
            Input::Woken => self.retry.again(),
            Input::Redirect(_) | Input::Verified(_) | Input::Pasted(_) | Input::Cancelled => {
                Next::Ended(Ended::Cancelled)
            }
        };
        log.then(next)
    }
}

impl RefreshToken {
    /// A reply without a new refresh token means that the old one stays good (RFC 6749 section 6).
    fn judge(&self, exchange: &crate::model::Exchange, now: Moment) -> Ended {
        match reply::judge(exchange, &self.scopes, now) {
            Ended::Granted(mut tokens) => {
                tokens.refresh = tokens.refresh.or_else(|| self.token.clone());
                Ended::Granted(tokens)
            }
            other => other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grants::testing::{at, faulty, form, metadata, reply, spec};
    use crate::model::{FaultKind, Flow, SecretKind};

    fn grant(kind: AuthorityKind, token: Option<&str>) -> RefreshToken {
        let mut spec = spec(Flow::RefreshToken);
        spec.options.retry.attempts = 1;
        spec.claims = Some(r#"{"access_token":{"acrs":{"value":"c1"}}}"#.into());
        let mut metadata = metadata();
        metadata.kind = kind;
        let token = token.map(|token| Secret::new(SecretKind::RefreshToken, token));
        RefreshToken::new(&spec, &metadata, token).unwrap()
    }

    #[test]
    fn the_request_carries_claims_and_the_reserved_scopes() {
        let (next, _) = grant(AuthorityKind::EntraV2, Some("rt")).resume(Input::Start, at(0));
        let Next::Send(request) = next else {
            panic!("{next:?}");
        };
        assert_eq!(
            form(&request),
            "grant_type=refresh_token refresh_token=rt client_id=app1 scope=User.Read openid profile offline_access \
             claims={\"access_token\":{\"acrs\":{\"value\":\"c1\"}}} client_info=1"
        );
        assert!(!request.single_use);
    }

    #[test]
    fn a_missing_token_is_asked_for() {
        let mut grant = grant(AuthorityKind::EntraV2, None);
        let (next, _) = grant.resume(Input::Start, at(0));
        assert!(matches!(next, Next::Ask(Question::RefreshToken)));
        let answer = Secret::new(SecretKind::RefreshToken, "rt");
        let (next, _) = grant.resume(Input::Answer(answer), at(0));
        assert!(matches!(next, Next::Send(_)));
    }

    #[test]
    fn a_token_that_may_rotate_is_not_sent_twice() {
        let mut grant = grant(AuthorityKind::Oidc, Some("rt"));
        let (Next::Send(request), _) = grant.resume(Input::Start, at(0)) else {
            panic!("nothing sent");
        };
        let mut lost = faulty(FaultKind::CutOff);
        lost.request = request;
        let (next, _) = grant.resume(Input::Exchange(&lost), at(0));
        assert!(matches!(next, Next::Ended(Ended::Unreachable { .. })));
    }

    #[test]
    fn without_a_new_refresh_token_the_old_one_stays() {
        let mut grant = grant(AuthorityKind::EntraV2, Some("rt"));
        grant.resume(Input::Start, at(0));
        let granted = reply(200, r#"{"access_token":"x"}"#);
        let (next, _) = grant.resume(Input::Exchange(&granted), at(0));
        let Next::Ended(Ended::Granted(tokens)) = next else {
            panic!("{next:?}");
        };
        assert_eq!(tokens.refresh.unwrap().reveal(), "rt");
    }
}
