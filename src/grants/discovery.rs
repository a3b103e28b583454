//! Finds the metadata of what a person typed: one candidate address after another, then the check of every host
//! that the document names.

use std::collections::VecDeque;

use super::metadata::Unusable;
use super::retry::Retry;
use super::{Ended, Grant, Input, Log, Metadata, Next, mutual_tls, reply};
use crate::model::{
    Authority, AuthorityKind, Event, Exchange, Fact, FactKind, Moment, Place, Purpose, Request,
    RunSpec, Spot,
};
use crate::strings::grants as say;

/// Asks for metadata until a document can be used.
pub struct Discovery {
    spec: Box<RunSpec>,
    left: VecDeque<(AuthorityKind, String)>,
    asked_as: AuthorityKind,
    retry: Retry,
}

impl Discovery {
    /// For the authority of a run.
    pub fn new(spec: &RunSpec) -> Self {
        Self {
            left: candidates(&spec.authority).into(),
            asked_as: spec.authority.kind,
            spec: Box::new(spec.clone()),
            retry: Retry::new(&spec.options.retry),
        }
    }

    fn next_candidate(&mut self) -> Option<Next> {
        let (kind, url) = self.left.pop_front()?;
        self.asked_as = kind;
        Some(self.retry.send(Request::get(url, Purpose::Discovery)))
    }

    fn judge(&mut self, exchange: &Exchange, log: &mut Log) -> Next {
        let Some(reply) = &exchange.reply else {
            return Next::Ended(reply::refused(exchange, Place::Discovery));
        };
        let found = if reply.status == 200 {
            Metadata::read(&reply.body, self.asked_as)
        } else {
            Err(Unusable::NotMetadata)
        };
        match found {
            Ok(metadata) => self.check(metadata, log),
            Err(Unusable::NoTokenEndpoint) => lacking(exchange),
            Err(Unusable::NotMetadata) => {
                let speaks = reply.status != 404 && says_error(&reply.body);
                if speaks {
                    return Next::Ended(reply::refused(exchange, Place::Discovery));
                }
                let Some(next) = self.next_candidate() else {
                    return Next::Ended(reply::refused(exchange, Place::Discovery));
                };
                log.say(say::TRY_NEXT_METADATA);
                next
            }
        }
    }

    fn check(&self, metadata: Metadata, log: &mut Log) -> Next {
        let (authority, trusted) = (&self.spec.authority, &self.spec.options.trusted_hosts);
        let problems = metadata.objections(authority, trusted);
        if !problems.is_empty() {
            return Next::Ended(Ended::Invalid(problems));
        }
        let usual = metadata.token_endpoint.clone();
        let metadata = match mutual_tls::settle(metadata, &self.spec) {
            Ok(metadata) => metadata,
            Err(problems) => return Next::Ended(Ended::Invalid(problems)),
        };
        log.say(say::known(metadata.kind.word(), &metadata.issuer));
        let oidc = metadata.kind == AuthorityKind::Oidc;
        if oidc && metadata.issuer.trim_end_matches('/') != authority.as_str() {
            log.say(say::OTHER_ISSUER);
        }
        if metadata.token_endpoint != usual {
            log.say(say::by_alias(&metadata.token_endpoint));
        }
        Next::Ended(Ended::Known(Box::new(metadata)))
    }
}

/// Where the metadata may be, in the order in which it is looked for, with what would answer there.
pub(crate) fn candidates(authority: &Authority) -> Vec<(AuthorityKind, String)> {
    let base = authority.as_str();
    let kind = authority.kind;
    let oidc = format!("{base}/.well-known/openid-configuration");
    let v2 = format!("{base}/v2.0/.well-known/openid-configuration");
    let rfc8414 = (AuthorityKind::Oidc, rfc8414(authority));
    match kind {
        AuthorityKind::Ciam if authority.tenant().is_none() => {
            let name = authority.host().split('.').next().unwrap_or_default();
            let tenant = format!("{base}/{name}.onmicrosoft.com");
            let url = format!("{tenant}/v2.0/.well-known/openid-configuration");
            vec![(kind, url)]
        }
        AuthorityKind::EntraV2 | AuthorityKind::B2c | AuthorityKind::Ciam => vec![(kind, v2)],
        AuthorityKind::EntraV1 | AuthorityKind::Adfs => vec![(kind, oidc)],
        AuthorityKind::Oidc => vec![(kind, oidc), rfc8414],
        AuthorityKind::Undetermined => vec![(kind, v2), (kind, oidc), rfc8414],
    }
}

/// The well-known part stands between host and path (RFC 8414 section 3.1).
fn rfc8414(authority: &Authority) -> String {
    let mut url = authority.url().clone();
    let path = url.path().trim_end_matches('/').to_owned();
    url.set_path(&format!("/.well-known/oauth-authorization-server{path}"));
    url.into()
}

fn says_error(body: &[u8]) -> bool {
    serde_json::from_slice::<serde_json::Value>(body)
        .is_ok_and(|json| json.get("error").is_some_and(serde_json::Value::is_string))
}

/// Metadata without a token endpoint is a refusal of its own.
fn lacking(exchange: &Exchange) -> Next {
    let mut ended = reply::refused(exchange, Place::Discovery);
    if let Ended::Refused { reading, .. } = &mut ended {
        reading.facts.push(Fact {
            kind: FactKind::Trouble,
            value: say::NO_TOKEN_ENDPOINT.to_owned(),
            from: Spot::Pointer("".into()),
        });
    }
    Next::Ended(ended)
}

impl Grant for Discovery {
    fn resume(&mut self, input: Input<'_>, now: Moment) -> (Next, Vec<Event>) {
        let mut log = Log::at(now);
        let next = match input {
            Input::Start => self
                .next_candidate()
                .unwrap_or(Next::Ended(Ended::Cancelled)),
            Input::Exchange(exchange) => {
                if let Some(wait) = self.retry.after(exchange, now, &mut log) {
                    return log.then(wait);
                }
                self.judge(exchange, &mut log)
            }
            Input::Woken => self.retry.again(),
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
    use super::*;
    use crate::grants::testing::{at, faulty, reply, spec};
    use crate::model::{FaultKind, Flow};

    fn discovery(authority: &str) -> Discovery {
        let mut spec = spec(Flow::ClientCredentials);
        spec.authority = Authority::parse(authority).unwrap();
        Discovery::new(&spec)
    }

    fn url(next: &Next) -> &str {
        match next {
            Next::Send(request) => &request.url,
            other => panic!("{other:?}"),
        }
    }

    fn document(base: &str, path: &str) -> String {
        format!(r#"{{"issuer":"{base}","token_endpoint":"{base}{path}"}}"#)
    }

    #[test]
    fn an_unlisted_host_is_tried_as_v2_then_as_an_issuer_then_by_rfc_8414() {
        let mut discovery = discovery("https://127.0.0.1:8443/oidc");
        let (next, _) = discovery.resume(Input::Start, at(0));
        assert_eq!(
            url(&next),
            "https://127.0.0.1:8443/oidc/v2.0/.well-known/openid-configuration"
        );
        let (next, _) = discovery.resume(Input::Exchange(&reply(404, r#"{"error":"x"}"#)), at(0));
        assert_eq!(
            url(&next),
            "https://127.0.0.1:8443/oidc/.well-known/openid-configuration"
        );
        let (next, _) = discovery.resume(Input::Exchange(&reply(200, "<html>")), at(0));
        assert_eq!(
            url(&next),
            "https://127.0.0.1:8443/.well-known/oauth-authorization-server/oidc"
        );
        let found = reply(200, &document("https://127.0.0.1:8443/oidc", "/token"));
        let (next, _) = discovery.resume(Input::Exchange(&found), at(0));
        let Next::Ended(Ended::Known(metadata)) = next else {
            panic!("{next:?}");
        };
        assert_eq!(metadata.kind, AuthorityKind::Oidc);
        assert!(metadata.wants_basic());
    }

    #[test]
    fn an_unlisted_host_that_speaks_v2_is_taken_as_entra() {
        let mut discovery = discovery("http://127.0.0.1:8400/contoso.example");
        discovery.resume(Input::Start, at(0));
        let base = "http://127.0.0.1:8400/t1";
        let found = reply(200, &document(base, "/oauth2/v2.0/token"));
        let (next, _) = discovery.resume(Input::Exchange(&found), at(0));
        let Next::Ended(Ended::Known(metadata)) = next else {
            panic!("{next:?}");
        };
        assert_eq!(metadata.kind, AuthorityKind::EntraV2);
        assert_eq!(
            metadata.device_authorization_endpoint.as_deref(),
            Some("http://127.0.0.1:8400/t1/oauth2/v2.0/devicecode")
        );
    }

    #[test]
    fn a_tenant_that_is_not_there_is_a_refusal_of_discovery() {
        let mut discovery = discovery("http://127.0.0.1:8400/nowhere.example");
        discovery.resume(Input::Start, at(0));
        let said = reply(400, r#"{"error":"invalid_tenant","error_codes":[90002]}"#);
        let (next, _) = discovery.resume(Input::Exchange(&said), at(0));
        let Next::Ended(Ended::Refused { place, .. }) = next else {
            panic!("{next:?}");
        };
        assert_eq!(place, Place::Discovery);
    }

    #[test]
    fn a_document_that_names_another_host_is_refused_with_the_way_to_trust_it() {
        let mut discovery = discovery("https://issuer.contoso.example");
        discovery.resume(Input::Start, at(0));
        let found = reply(200, &document("https://evil.example", "/token"));
        let (next, _) = discovery.resume(Input::Exchange(&found), at(0));
        let Next::Ended(Ended::Invalid(problems)) = next else {
            panic!("{next:?}");
        };
        assert!(problems[0].expected.contains("--trust-host evil.example"));
    }

    #[test]
    fn no_reply_is_unreachable() {
        let mut discovery = discovery("https://issuer.contoso.example");
        discovery.resume(Input::Start, at(0));
        let (next, _) = discovery.resume(Input::Exchange(&faulty(FaultKind::Dns)), at(0));
        assert!(matches!(next, Next::Ended(Ended::Unreachable { .. })));
    }
}
