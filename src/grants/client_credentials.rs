//! Client credentials (RFC 6749 section 4.4): one request, repeated only as the retry policy allows.

use super::retry::Retry;
use super::{Grant, Input, Log, Metadata, Next, parameters};
use crate::model::{Event, Field, Moment, Problem, Purpose, Request, RunSpec};
use crate::strings::grants as say;

/// Asks for a token for the application itself.
pub struct ClientCredentials {
    request: Request,
    scopes: Vec<String>,
    retry: Retry,
}

impl ClientCredentials {
    /// # Errors
    /// If the claims are not a JSON object.
    pub fn new(spec: &RunSpec, metadata: &Metadata) -> Result<Self, Problem> {
        let scopes = parameters::app_scopes(spec);
        let mut form = vec![Field::new("grant_type", "client_credentials")];
        form.extend(parameters::common(spec, metadata, &scopes)?);
        form.retain(|field| field.name != "client_info");
        let regional = metadata.regional_token_endpoint.as_ref();
        let endpoint = regional.unwrap_or(&metadata.token_endpoint);
        Ok(Self {
            request: Request::post(endpoint, form, Purpose::Token),
            scopes,
            retry: Retry::new(&spec.options.retry),
        })
    }
}

impl Grant for ClientCredentials {
    fn resume(&mut self, input: Input<'_>, now: Moment) -> (Next, Vec<Event>) {
        let mut log = Log::at(now);
        let next = match input {
            Input::Start => {
                log.say(say::ASKING_FOR_APP);
                self.retry.send(self.request.clone())
            }
            other => self.retry.conclude(&other, &self.scopes, now, &mut log),
        };
        log.then(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grants::Ended;
    use crate::grants::testing::{at, form, metadata, reply, spec};
    use crate::model::Flow;

    fn grant(retries: u32) -> ClientCredentials {
        let mut spec = spec(Flow::ClientCredentials);
        spec.options.retry.attempts = retries;
        spec.options.retry.jitter = false;
        ClientCredentials::new(&spec, &metadata()).unwrap()
    }

    #[test]
    fn the_request_is_the_documented_one() {
        let (next, _) = grant(0).resume(Input::Start, at(0));
        let Next::Send(request) = next else {
            panic!("{next:?}");
        };
        assert_eq!(request.url, metadata().token_endpoint);
        assert_eq!(
            form(&request),
            "grant_type=client_credentials client_id=app1 scope=https://graph.microsoft.com/.default"
        );
    }

    #[test]
    fn a_throttled_request_is_repeated_after_the_wait_and_then_granted() {
        let mut grant = grant(1);
        grant.resume(Input::Start, at(0));
        let (next, events) = grant.resume(Input::Exchange(&reply(429, "{}")), at(0));
        assert!(
            matches!(next, Next::Wait { until, .. } if until == at(1)),
            "{next:?}"
        );
        assert_eq!(events.len(), 1);
        let (next, _) = grant.resume(Input::Woken, at(1));
        assert!(matches!(next, Next::Send(_)));
        let granted = reply(200, r#"{"access_token":"x","expires_in":60}"#);
        let (next, _) = grant.resume(Input::Exchange(&granted), at(2));
        let Next::Ended(Ended::Granted(tokens)) = next else {
            panic!("{next:?}");
        };
        assert_eq!(tokens.expires, Some(at(62)));
    }

    #[test]
    fn without_retries_a_throttled_request_is_a_refusal() {
        let mut grant = grant(0);
        grant.resume(Input::Start, at(0));
        let (next, _) = grant.resume(Input::Exchange(&reply(429, "{}")), at(0));
        assert!(
            matches!(next, Next::Ended(Ended::Refused { .. })),
            "{next:?}"
        );
    }
}
