//! Authorization code with PKCE (RFC 6749 section 4.1, RFC 7636, RFC 8252): to the browser, back by redirect, then
//! the code is redeemed once. A redirect is believed only with this run's `state` and, where the server sends it, the
//! right `iss` (RFC 9207); an ID token only with this run's `nonce`.

use std::time::Duration;

use serde_json::Value as Json;
use url::Url;

use super::metadata::PAR_ENDPOINT;
use super::pkce::{self, Proof};
use super::reply::own_refusal;
use super::retry::Retry;
use super::{Ended, Grant, Input, Log, Metadata, Next, parameters, reply};
use crate::decode;
use crate::model::{
    Event, Exchange, FactKind, Field, Moment, Place, Problem, Prompt, Purpose, Reply, Request,
    RunSpec, Secret, SecretKind, Shape,
};
use crate::strings::grants as say;

/// How long the browser may take.
const PATIENCE: Duration = Duration::from_mins(10);

/// One sign-in.
pub struct AuthCode {
    /// The page of the sign-in, with all that is asked; or bare where that is pushed first.
    url: String,
    /// Where the request is pushed to, and what is asked in it.
    push: Option<(String, Vec<Field>)>,
    client_id: String,
    until: Moment,
    proof: Proof,
    issuer: String,
    sends_issuer: bool,
    redirect_uri: String,
    endpoint: String,
    rest: Vec<Field>,
    scopes: Vec<String>,
    retry: Retry,
}

/// What a sign-in is given by whoever performs it.
#[derive(Debug)]
pub struct Given<'a> {
    /// The redirect URI as the listener found it, its port included.
    pub redirect_uri: String,
    /// Random bytes of this sign-in alone.
    pub random: &'a [u8; pkce::RANDOM],
    /// The thumbprint of the key that the code and its tokens are bound to (`dpop_jkt`, RFC 9449 section 10).
    pub dpop_key: Option<String>,
}

/// What a redirect carried that matters here.
#[derive(Default)]
struct Carried {
    code: Option<String>,
    error: bool,
    state: Option<String>,
    iss: Option<String>,
}

impl AuthCode {
    /// # Errors
    /// If the server has no authorization endpoint, or none to push the request to where that is wanted, or the claims
    /// are not a JSON object.
    pub fn new(spec: &RunSpec, metadata: &Metadata, given: Given<'_>) -> Result<Self, Problem> {
        let missing = || {
            Problem::new(
                say::NO_AUTHORIZE_ENDPOINT,
                "flow",
                say::NO_AUTHORIZE_EXPECTED,
            )
        };
        let endpoint = metadata
            .authorization_endpoint
            .as_deref()
            .ok_or_else(missing)?;
        let scopes = parameters::user_scopes(spec, metadata.kind);
        let shared = parameters::common(spec, metadata, &scopes)?;
        let proof = Proof::new(given.random);
        let asked = asked(spec, &shared, &given, &proof);
        let whole = address(endpoint, &asked).ok_or_else(missing)?;
        let pushes = spec.extensions.par || metadata.requires_par;
        let push = pushes.then(|| pushed_to(metadata)).transpose()?;
        Ok(Self {
            url: if pushes { endpoint.to_owned() } else { whole },
            push: push.map(|to| (to, asked)),
            client_id: spec.client_id.clone(),
            until: Moment::default(),
            proof,
            issuer: metadata.issuer.clone(),
            sends_issuer: metadata.sends_issuer,
            redirect_uri: given.redirect_uri,
            endpoint: metadata.token_endpoint.clone(),
            rest: shared,
            scopes,
            retry: Retry::new(&spec.options.retry),
        })
    }

    /// To the page, or first to where the request is pushed.
    fn start(&mut self, now: Moment, log: &mut Log) -> Next {
        let Some((endpoint, asked)) = self.push.take() else {
            return self.open(now);
        };
        log.say(say::PUSHING);
        let request = Request::post(endpoint, asked, Purpose::PushedAuthorization);
        self.retry.send(request)
    }

    fn open(&mut self, now: Moment) -> Next {
        self.until = now.plus(PATIENCE);
        self.browse()
    }

    /// The page of a request that was pushed carries nothing but its name (RFC 9126 section 4).
    fn pushed(&mut self, exchange: &Exchange, now: Moment, log: &mut Log) -> Next {
        self.retry.over();
        let kept = exchange.reply.as_ref().and_then(Kept::read);
        let page = kept.as_ref().and_then(|kept| {
            let client = Field::new("client_id", self.client_id.as_str());
            let name = Field::new("request_uri", kept.name.as_str());
            address(&self.url, &[client, name])
        });
        let (Some(kept), Some(page)) = (kept, page) else {
            return Next::Ended(reply::refused(exchange, Place::Authorize));
        };
        log.say(say::pushed(kept.seconds));
        self.url = page;
        self.open(now)
    }

    fn browse(&self) -> Next {
        Next::Browse {
            url: self.url.clone(),
            until: self.until,
        }
    }

    fn redirected(&mut self, url: &str, log: &mut Log) -> Next {
        let carried = Carried::read(url);
        if carried.state.as_deref() != Some(self.proof.state.as_str()) {
            log.say(say::OTHER_STATE);
            return self.browse();
        }
        if let Some(trouble) = self.mixed_up(carried.iss.as_deref()) {
            log.say(trouble);
            return Next::Ended(own_refusal(
                Place::Authorize,
                Shape::Redirect,
                vec![(FactKind::Trouble, trouble, "iss")],
            ));
        }
        match carried.code {
            Some(code) if !carried.error => {
                log.say(say::CODE_CAME);
                self.redeem(code)
            }
            _ => Next::Ended(Ended::Refused {
                place: Place::Authorize,
                reading: decode::redirect(url),
            }),
        }
    }

    /// RFC 9207 section 2.4. Entra's common endpoints write `{tenantid}` where the redirect names the tenant.
    fn mixed_up(&self, iss: Option<&str>) -> Option<&'static str> {
        match iss {
            None if self.sends_issuer => Some(say::ISSUER_MISSING),
            None => None,
            Some(iss) => {
                let same = match self.issuer.split_once("{tenantid}") {
                    Some((before, after)) => iss.starts_with(before) && iss.ends_with(after),
                    None => iss == self.issuer,
                };
                (!same && !self.issuer.is_empty()).then_some(say::ISSUER_DIFFERS)
            }
        }
    }

    fn redeem(&mut self, code: String) -> Next {
        let mut form = vec![
            Field::new("grant_type", "authorization_code"),
            Field::new("code", Secret::new(SecretKind::AuthorizationCode, code)),
            Field::new("code_verifier", self.proof.verifier.clone()),
            Field::new("redirect_uri", self.redirect_uri.as_str()),
        ];
        form.extend(self.rest.clone());
        let mut request = Request::post(&self.endpoint, form, Purpose::Token);
        request.single_use = true;
        self.retry.send(request)
    }

    fn pasted(&mut self, text: &str, log: &mut Log) -> Next {
        let text = text.trim();
        let carried = Carried::read(text);
        let ours = carried.state.as_deref() == Some(self.proof.state.as_str());
        if is_address(text) && (ours || carried.code.is_some()) {
            return self.redirected(text, log);
        }
        if let Some(reading) = decode::paste(text).into_iter().next() {
            return Next::Ended(Ended::Refused {
                place: Place::Page,
                reading,
            });
        }
        log.say(say::PASTE_HELD_NOTHING);
        self.browse()
    }

    fn judge(&self, exchange: &Exchange, now: Moment) -> Ended {
        let ended = reply::judge(exchange, &self.scopes, now);
        let Ended::Granted(tokens) = &ended else {
            return ended;
        };
        let Some(id) = &tokens.id else { return ended };
        let nonce = decode::jwt::parse(id.reveal())
            .and_then(|jwt| Some(jwt.claims.get("nonce")?.as_str()?.to_owned()));
        if nonce.as_deref() == Some(self.proof.nonce.as_str()) {
            return ended;
        }
        own_refusal(
            Place::Token,
            Shape::Json,
            vec![(FactKind::Trouble, say::OTHER_NONCE, "nonce")],
        )
    }
}

/// What a server says of a request that was pushed (RFC 9126 section 2.2).
struct Kept {
    /// What it calls the request: `request_uri`.
    name: String,
    /// For how long it keeps it.
    seconds: Option<u64>,
}

impl Kept {
    fn read(reply: &Reply) -> Option<Self> {
        let good = (200..300).contains(&reply.status);
        let body = Some(&reply.body).filter(|_| good)?;
        let Ok(Json::Object(members)) = serde_json::from_slice(body) else {
            return None;
        };
        let name = members.get("request_uri")?.as_str()?;
        Some(Self {
            name: Some(name.to_owned()).filter(|name| !name.is_empty())?,
            seconds: reply::number(&members, "expires_in"),
        })
    }
}

fn pushed_to(metadata: &Metadata) -> Result<String, Problem> {
    let none = || {
        let expected = say::metadata_that_names(PAR_ENDPOINT);
        Problem::new(say::no_endpoint(PAR_ENDPOINT), "par", expected)
    };
    metadata.par_endpoint.clone().ok_or_else(none)
}

fn is_address(text: &str) -> bool {
    !text.contains(char::is_whitespace) && Url::parse(text).is_ok_and(|url| url.has_host())
}

impl Carried {
    /// From the query and, for servers that answer there, the fragment.
    fn read(url: &str) -> Self {
        let mut carried = Self::default();
        let Ok(url) = Url::parse(url) else {
            return carried;
        };
        let parts = [url.query(), url.fragment()];
        for part in parts.into_iter().flatten() {
            for (name, value) in url::form_urlencoded::parse(part.as_bytes()) {
                let value = value.into_owned();
                match name.as_ref() {
                    "code" => carried.code = Some(value).filter(|code| !code.is_empty()),
                    "error" => carried.error = true,
                    "state" => carried.state = Some(value),
                    "iss" => carried.iss = Some(value),
                    _ => {}
                }
            }
        }
        carried
    }
}

/// The parameters of the authorization request, in the order sent.
fn asked(spec: &RunSpec, shared: &[Field], given: &Given<'_>, proof: &Proof) -> Vec<Field> {
    let mut asked = shared.to_vec();
    let own = [
        ("response_type", "code"),
        ("response_mode", spec.asking.mode().word()),
        ("redirect_uri", given.redirect_uri.as_str()),
        ("state", &proof.state),
        ("nonce", &proof.nonce),
        ("code_challenge", &proof.challenge),
        ("code_challenge_method", "S256"),
    ];
    asked.extend(own.map(|(name, value)| Field::new(name, value)));
    let age = spec.asking.max_age.map(|seconds| seconds.to_string());
    let chosen = [
        ("prompt", spec.asking.prompt.map(Prompt::word)),
        ("login_hint", spec.username.as_deref()),
        ("domain_hint", spec.asking.domain_hint.as_deref()),
        ("max_age", age.as_deref()),
        ("acr_values", spec.asking.acr_values.as_deref()),
        ("dpop_jkt", given.dpop_key.as_deref()),
    ];
    for (name, value) in chosen {
        asked.extend(value.map(|value| Field::new(name, value)));
    }
    let further = spec.asking.extra.iter();
    asked.extend(further.map(|(name, value)| Field::new(name.as_str(), value.as_str())));
    asked
}

/// An address with parameters in its query.
fn address(endpoint: &str, parameters: &[Field]) -> Option<String> {
    let mut url = Url::parse(endpoint).ok()?;
    for field in parameters {
        url.query_pairs_mut()
            .append_pair(&field.name, field.value.reveal());
    }
    Some(url.into())
}

impl Grant for AuthCode {
    fn resume(&mut self, input: Input<'_>, now: Moment) -> (Next, Vec<Event>) {
        let mut log = Log::at(now);
        let next = match input {
            Input::Start => self.start(now, &mut log),
            Input::Redirect(url) => self.redirected(url, &mut log),
            Input::Pasted(text) => self.pasted(text, &mut log),
            Input::Exchange(exchange) => match self.retry.after(exchange, now, &mut log) {
                Some(wait) => wait,
                None if exchange.request.purpose == Purpose::PushedAuthorization => {
                    self.pushed(exchange, now, &mut log)
                }
                None => Next::Ended(self.judge(exchange, now)),
            },
            Input::Woken => self.retry.resend().unwrap_or_else(|| {
                log.say(say::BROWSER_SILENT);
                Next::Ended(own_refusal(
                    Place::Page,
                    Shape::Nothing,
                    vec![(FactKind::Message, say::BROWSER_SILENT, "state")],
                ))
            }),
            Input::Answer(_) | Input::Cancelled => Next::Ended(Ended::Cancelled),
        };
        log.then(next)
    }
}

#[cfg(test)]
mod tests;
