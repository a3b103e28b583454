//! On behalf of (RFC 7523 section 2.1 with Entra's `requested_token_use`): a web API exchanges the access token that it
//! was called with for one to the next API. The incoming token is looked at first: what the server would refuse anyway
//! is said here, in words, and not sent.

use serde_json::Value as Json;

use super::assertion::bare;
use super::retry::Retry;
use super::{Ended, Grant, Input, Log, Metadata, Next, parameters};
use crate::decode::jwt;
use crate::model::run::Question;
use crate::model::{Event, Field, Flow, Moment, Problem, Purpose, Request, RunSpec, Secret};
use crate::strings::grants as say;

/// The grant of an assertion that is a JWT (RFC 7523 section 2.1).
const JWT_BEARER: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";

/// Exchanges the incoming token.
pub struct OnBehalfOf {
    token: Option<Secret>,
    client_id: String,
    rest: Vec<Field>,
    endpoint: String,
    scopes: Vec<String>,
    retry: Retry,
}

impl OnBehalfOf {
    /// Without a token, the person is asked for one.
    ///
    /// # Errors
    /// If the claims are not a JSON object.
    pub fn new(spec: &RunSpec, metadata: &Metadata) -> Result<Self, Problem> {
        let scopes = parameters::user_scopes(spec, metadata.kind);
        let mut rest = parameters::common(spec, metadata, &scopes)?;
        rest.push(Field::new("requested_token_use", "on_behalf_of"));
        Ok(Self {
            token: spec.incoming_token.clone().filter(|t| !t.is_empty()),
            client_id: spec.client_id.clone(),
            rest,
            endpoint: metadata.token_endpoint.clone(),
            scopes,
            retry: Retry::new(&spec.options.retry),
        })
    }

    fn exchange(&mut self, now: Moment, log: &mut Log) -> Next {
        let Some(token) = &self.token else {
            return Next::Ask(Question::IncomingToken);
        };
        let token = Secret::new(token.kind(), bare(token));
        match look(token.reveal(), &self.client_id, now) {
            Err(problem) => return Next::Ended(Ended::Invalid(vec![problem])),
            Ok(Incoming { audience, of }) => {
                log.say(if audience {
                    say::EXCHANGING
                } else {
                    say::EXCHANGING_UNSURE
                });
                if let Some(of) = of {
                    log.about(say::EXCHANGING_FOR, &of);
                }
            }
        }
        let mut form = vec![
            Field::new("grant_type", JWT_BEARER),
            Field::new("assertion", token),
        ];
        form.extend(self.rest.clone());
        self.retry
            .send(Request::post(&self.endpoint, form, Purpose::Token))
    }
}

impl Grant for OnBehalfOf {
    fn resume(&mut self, input: Input<'_>, now: Moment) -> (Next, Vec<Event>) {
        let mut log = Log::at(now);
        let next = match input {
            Input::Start => self.exchange(now, &mut log),
            Input::Answer(token) => {
                self.token = Some(token);
                self.exchange(now, &mut log)
            }
            other => self.retry.conclude(&other, &self.scopes, now, &mut log),
        };
        log.then(next)
    }
}

/// Looks at the incoming token of a spec before anything is sent at all; one that is asked for later is looked at then.
///
/// # Errors
/// Why it cannot be exchanged.
pub fn check(spec: &RunSpec, now: Moment) -> Result<(), Problem> {
    match &spec.incoming_token {
        Some(token) if spec.flow == Flow::OnBehalfOf && !token.is_empty() => {
            look(bare(token), &spec.client_id, now).map(|_| ())
        }
        _ => Ok(()),
    }
}

/// What the incoming token tells.
#[derive(Debug, PartialEq, Eq)]
struct Incoming {
    /// Whether its audience is certainly this application; an App ID URI can only be compared by the server.
    audience: bool,
    /// Whose it is.
    of: Option<String>,
}

/// Looks at an incoming token: a JWT, of a user, for an API and for this one, not over.
fn look(token: &str, client_id: &str, now: Moment) -> Result<Incoming, Problem> {
    let wrong = |what: String, expected: &str| Err(Problem::new(what, "incoming_token", expected));
    let Some(jwt) = jwt::parse(token) else {
        return wrong(say::INCOMING_NOT_JWT.into(), say::INCOMING_EXPECTED);
    };
    let text = |name: &str| jwt.claims.get(name).and_then(Json::as_str);
    let audience = text("aud").unwrap_or_default();
    // Every access token of a user names what the client may do for them; Entra's ID tokens never do.
    if text("scp").is_none() {
        let app = text("idtyp") == Some("app") || jwt.claims.get("roles").is_some();
        let what = if app {
            say::INCOMING_APP_ONLY
        } else {
            say::INCOMING_ID_TOKEN
        };
        return wrong(what.into(), say::INCOMING_EXPECTED);
    }
    let own = is_own(audience, client_id);
    if own == Some(false) {
        let expected = say::incoming_for(client_id);
        return wrong(say::incoming_audience(audience), &expected);
    }
    let expires = jwt.claims.get("exp").and_then(Json::as_i64);
    let expires = expires.map(Moment::from_seconds);
    if let Some(at) = expires.filter(|at| *at <= now) {
        return wrong(say::incoming_over(&at.iso()), say::INCOMING_FRESH);
    }
    let names = ["preferred_username", "upn", "unique_name", "oid", "sub"];
    Ok(Incoming {
        audience: own == Some(true),
        of: names.into_iter().find_map(text).map(str::to_owned),
    })
}

/// Whether an audience is this application: its id, bare or in an address. `None`: an address without any id, which
/// may be its App ID URI.
fn is_own(audience: &str, client_id: &str) -> Option<bool> {
    let (audience, client) = (audience.to_lowercase(), client_id.to_lowercase());
    if !client.is_empty() && audience.contains(&client) {
        return Some(true);
    }
    let is_id =
        |text: &str| text.len() == 36 && text.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-');
    let others = audience.split(['/', ':']).any(is_id);
    let microsofts = [
        "https://graph.microsoft.com",
        "https://graph.windows.net",
        "https://management.azure.com",
        "https://management.core.windows.net",
        "https://vault.azure.net",
        "https://storage.azure.com",
    ];
    let known = microsofts.contains(&audience.trim_end_matches('/'));
    if others || known || audience.is_empty() {
        Some(false)
    } else {
        None
    }
}

#[cfg(test)]
mod tests;
