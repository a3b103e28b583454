//! Managed identity: the machine this program runs on is asked for a token of the identity that it was given. No
//! credential of ours, no authority, nobody signs in; each kind of machine has its own address, header and parameters
//! (see [`Machine`]).

use std::path::PathBuf;

use url::Url;

use super::reply::Tokens;
use super::retry::Retry;
use super::{Ended, Grant, Input, Log, Next, parameters, reply};
use crate::decode::challenge;
use crate::model::{
    Event, Exchange, Field, Header, IdentityRef, Moment, Place, Problem, Purpose, Request, RunSpec,
    Secret, SecretKind,
};
use crate::strings::grants as say;

mod machine;
#[cfg(test)]
mod tests;

pub use machine::{Kind, Machine};

/// Asks the machine.
pub struct ManagedIdentity {
    machine: Machine,
    request: Request,
    /// Whether the Arc key was shown already: it is shown once.
    shown: bool,
    scopes: Vec<String>,
    retry: Retry,
}

impl ManagedIdentity {
    /// # Errors
    /// A user-assigned identity on a machine that has none.
    pub fn new(spec: &RunSpec, machine: Machine) -> Result<Self, Problem> {
        let resource = parameters::resource(&spec.scopes);
        Ok(Self {
            request: request(&machine, &resource, spec.identity.as_ref())?,
            machine,
            shown: false,
            scopes: spec.scopes.clone(),
            retry: Retry::new(&spec.options.retry),
        })
    }

    /// Shows the content of the Arc key file.
    fn show(&mut self, key: &Secret) -> Next {
        self.shown = true;
        let mut request = self.request.clone();
        let value = Secret::new(SecretKind::Other, format!("Basic {}", key.reveal()));
        request.headers.push(Header::new("Authorization", value));
        self.retry.send(request)
    }

    fn conclude(&mut self, exchange: &Exchange, now: Moment, log: &mut Log) -> Next {
        if let Some(wait) = self.retry.after(exchange, now, log) {
            return wait;
        }
        if exchange.reply.is_none() && self.machine.guessed {
            log.say(say::NO_MACHINE);
        }
        Next::Ended(self.judge(exchange, now))
    }

    fn judge(&self, exchange: &Exchange, now: Moment) -> Ended {
        let tokens = exchange
            .reply
            .as_ref()
            .filter(|reply| reply.status == 200)
            .and_then(|reply| Tokens::read(&reply.body, &self.scopes, now));
        match tokens {
            Some(tokens) => Ended::Granted(Box::new(tokens)),
            None => reply::refused(exchange, Place::ManagedIdentity),
        }
    }

    /// The key file that an Arc machine names in its first answer (401, `Basic realm=PATH`).
    fn key_file(&self, exchange: &Exchange) -> Option<Result<PathBuf, Problem>> {
        let arc = self.machine.kind == Kind::Arc && !self.shown;
        let reply = exchange.reply.as_ref()?;
        if !arc || reply.status != 401 {
            return None;
        }
        let header = reply.header("www-authenticate")?;
        let challenges = challenge::parse(header);
        let realm = challenges.iter().find_map(|c| c.param("realm"));
        // Windows paths are written without quotes; what stands behind the word is the path then.
        let path = header.split_once("realm=").map(|(_, path)| path.trim());
        let path = path.filter(|path| path.contains('\\')).or(realm)?;
        Some(self.machine.key_file(path))
    }
}

impl Grant for ManagedIdentity {
    fn resume(&mut self, input: Input<'_>, now: Moment) -> (Next, Vec<Event>) {
        let mut log = Log::at(now);
        let next = match input {
            Input::Start => self.retry.send(self.request.clone()),
            Input::Answer(key) => self.show(&key),
            Input::Exchange(exchange) => match self.key_file(exchange) {
                Some(Ok(path)) => {
                    log.say(say::ARC_KEY);
                    Next::ReadKey(path)
                }
                Some(Err(problem)) => Next::Ended(Ended::Invalid(vec![problem])),
                None => self.conclude(exchange, now, &mut log),
            },
            Input::Woken => self.retry.again(),
            Input::Redirect(_) | Input::Verified(_) | Input::Pasted(_) | Input::Cancelled => {
                Next::Ended(Ended::Cancelled)
            }
        };
        log.then(next)
    }
}

/// The request that a machine of this kind expects (the parameters are those of MSAL Python and MSAL Node).
fn request(
    machine: &Machine,
    resource: &str,
    identity: Option<&IdentityRef>,
) -> Result<Request, Problem> {
    let kind = machine.kind;
    let identity = identity.map(|identity| match (kind.names(), identity) {
        (None, _) => Err(Problem::new(say::OWN_ONLY, "identity", say::OWN_EXPECTED)),
        (Some(names), IdentityRef::ClientId(id)) => Ok((names[0], id.as_str())),
        (Some(names), IdentityRef::ObjectId(id)) => Ok((names[1], id.as_str())),
        (Some(names), IdentityRef::ResourceId(id)) => Ok((names[2], id.as_str())),
    });
    let identity = identity.transpose()?;
    if kind == Kind::CloudShell {
        let form = vec![Field::new("resource", resource)];
        let mut request = Request::post(machine.endpoint.as_str(), form, Purpose::Token);
        request.headers.push(Header::new("Metadata", "true"));
        return Ok(request);
    }
    let mut url: Url = machine.endpoint.clone();
    {
        let mut query = url.query_pairs_mut();
        query.append_pair("api-version", kind.version());
        query.append_pair("resource", resource);
        if let Some((name, id)) = identity {
            query.append_pair(name, id);
        }
    }
    let mut request = Request::get(url, Purpose::Token);
    request
        .headers
        .push(match (kind.secret_header(), &machine.secret) {
            (Some(name), Some(secret)) => Header::new(name, secret.clone()),
            _ => Header::new("Metadata", "true"),
        });
    Ok(request)
}
