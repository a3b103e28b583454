//! An assertion as the grant (RFC 7521 section 4.1): a JWT (RFC 7523 section 2.1) or SAML (RFC 7522 section 2.1). It is
//! looked at before it is sent: what cannot be granted for its form or its time stays unsent.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::assertion::{Statement, bare};
use super::retry::Retry;
use super::{Ended, Grant, Input, Log, Metadata, Next, parameters};
use crate::decode::jwt;
use crate::decode::saml::{self, NotSaml, Saml};
use crate::model::run::Question;
use crate::model::{
    Event, Field, Flow, Moment, Problem, Purpose, Request, RunSpec, Secret, SecretKind,
};
use crate::strings::grants as say;

const JWT: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";
const SAML_2: &str = "urn:ietf:params:oauth:grant-type:saml2-bearer";
/// No standard's name: what Entra takes for assertions of version 1.1.
const SAML_1: &str = "urn:ietf:params:oauth:grant-type:saml1_1-bearer";

/// Presents an assertion.
pub struct Bearer {
    assertion: Option<Secret>,
    is_saml: bool,
    rest: Vec<Field>,
    endpoint: String,
    scopes: Vec<String>,
    retry: Retry,
}

impl Bearer {
    /// Without an assertion, the person is asked for one.
    ///
    /// # Errors
    /// If the claims are not a JSON object.
    pub fn new(spec: &RunSpec, metadata: &Metadata) -> Result<Self, Problem> {
        let scopes = parameters::user_scopes(spec, metadata.kind);
        let mut rest = parameters::common(spec, metadata, &scopes)?;
        rest.extend(parameters::resources(spec));
        Ok(Self {
            assertion: spec.presented.token.clone().filter(|t| !t.is_empty()),
            is_saml: spec.flow == Flow::SamlBearer,
            rest,
            endpoint: metadata.token_endpoint.clone(),
            scopes,
            retry: Retry::new(&spec.options.retry),
        })
    }

    fn present(&mut self, now: Moment, log: &mut Log) -> Next {
        let Some(given) = &self.assertion else {
            return Next::Ask(if self.is_saml {
                Question::SamlAssertion
            } else {
                Question::Assertion
            });
        };
        match look(given, self.is_saml, now) {
            Err(problem) => Next::Ended(Ended::Invalid(vec![problem])),
            Ok(found) => {
                found.tell(now, log);
                let mut form = vec![
                    Field::new("grant_type", found.grant()),
                    Field::new("assertion", found.sent(given)),
                ];
                form.extend(self.rest.clone());
                let mut request = Request::post(&self.endpoint, form, Purpose::Token);
                // A server may remember the assertion's id and refuse it the second time (RFC 7523 section 3).
                request.single_use = true;
                self.retry.send(request)
            }
        }
    }
}

impl Grant for Bearer {
    fn resume(&mut self, input: Input<'_>, now: Moment) -> (Next, Vec<Event>) {
        let mut log = Log::at(now);
        let next = match input {
            Input::Start => self.present(now, &mut log),
            Input::Answer(assertion) => {
                self.assertion = Some(assertion);
                self.present(now, &mut log)
            }
            other => self.retry.conclude(&other, &self.scopes, now, &mut log),
        };
        log.then(next)
    }
}

/// Looks at the assertion of a spec before anything is sent at all; one that is asked for later is looked at then.
///
/// # Errors
/// Why it cannot be granted.
pub fn check(spec: &RunSpec, now: Moment) -> Result<(), Problem> {
    let is_saml = match spec.flow {
        Flow::JwtBearer => false,
        Flow::SamlBearer => true,
        _ => return Ok(()),
    };
    match &spec.presented.token {
        Some(given) if !given.is_empty() => look(given, is_saml, now).map(|_| ()),
        _ => Ok(()),
    }
}

/// What was found in the assertion.
enum Found {
    Jwt(Statement),
    Saml(Saml, Secret),
}

impl Found {
    const fn grant(&self) -> &'static str {
        match self {
            Self::Jwt(_) => JWT,
            Self::Saml(saml, _) if saml.is_version_2 => SAML_2,
            Self::Saml(..) => SAML_1,
        }
    }

    /// The assertion as it is sent: a JWT as it stands, SAML in base64url without padding.
    fn sent(self, given: &Secret) -> Secret {
        match self {
            Self::Jwt(_) => Secret::new(SecretKind::Assertion, bare(given)),
            Self::Saml(_, xml) => {
                let encoded = URL_SAFE_NO_PAD.encode(xml.reveal());
                Secret::new(SecretKind::Assertion, encoded)
            }
        }
    }

    fn tell(&self, now: Moment, log: &mut Log) {
        match self {
            Self::Jwt(statement) => {
                statement.tell(say::THE_ASSERTION, log);
                for name in statement.lacks() {
                    log.say(say::assertion_lacks(name));
                }
                if let Some(at) = statement.begins.filter(|at| *at > now) {
                    log.say(say::assertion_early(&at.iso()));
                }
            }
            Self::Saml(saml, _) => {
                let statement = Statement {
                    issuer: saml.issuer.clone(),
                    subject: saml.subject.clone(),
                    audience: saml.audiences.clone(),
                    expires: saml.expires,
                    begins: None,
                };
                statement.tell(say::saml_assertion(saml.is_version_2), log);
            }
        }
    }
}

fn look(given: &Secret, is_saml: bool, now: Moment) -> Result<Found, Problem> {
    let wrong = |what: String, expected: &str| Problem::new(what, "assertion", expected);
    let (found, over) = if is_saml {
        let xml = saml::xml(given.reveal())
            .ok_or_else(|| wrong(say::NOT_SAML.into(), say::SAML_EXPECTED))?;
        let saml = saml::parse(&xml).map_err(|why| {
            let what = match why {
                NotSaml::Unreadable => say::SAML_UNREADABLE,
                NotSaml::Response => say::SAML_RESPONSE,
                NotSaml::Encrypted => say::SAML_ENCRYPTED,
                NotSaml::Other => say::NOT_SAML,
            };
            wrong(what.into(), say::SAML_EXPECTED)
        })?;
        let over = saml.expires.filter(|at| *at <= now);
        let xml = Secret::new(SecretKind::Assertion, xml);
        (Found::Saml(saml, xml), over)
    } else {
        let jwt = jwt::parse(given.reveal())
            .ok_or_else(|| wrong(say::ASSERTION_NOT_JWT.into(), say::ASSERTION_EXPECTED))?;
        let statement = Statement::of(&jwt);
        let over = statement.over(now);
        (Found::Jwt(statement), over)
    };
    match over {
        Some(at) => Err(wrong(say::assertion_over(&at.iso()), say::ASSERTION_FRESH)),
        None => Ok(found),
    }
}

#[cfg(test)]
mod tests;
