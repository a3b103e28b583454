//! Authorization code with PKCE (RFC 6749 section 4.1, RFC 7636, RFC 8252): to the browser, back by redirect, then
//! the code is redeemed once. A redirect is believed only with this run's `state` and, where the server sends it, the
//! right `iss` (RFC 9207); an ID token only with this run's `nonce`.

mod answer;
mod asked;
mod fitting;
mod pushed;

use std::time::Duration;

use url::Url;

use super::pkce::{self, Proof};
use super::reply::own_refusal;
use super::retry::Retry;
use super::{Ended, Grant, Input, Log, Metadata, Next, Tokens, parameters, reply};
use crate::decode;
use crate::model::verification::Signature;
use crate::model::{
    Asking, ChallengeMethod, Event, Exchange, FactKind, Field, Moment, Place, Problem, Purpose,
    Request, RunSpec, Secret, SecretKind, Shape, SignInAge,
};
use crate::strings::asking as age_words;
use crate::strings::grants as say;
use crate::strings::token as verdict;

use answer::{Carried, Expected, is_issuer};
use asked::{DETAILS, asked, claims};
use pushed::{Kept, pushed_to};

/// How long the browser may take.
const PATIENCE: Duration = Duration::from_mins(10);

/// One sign-in.
pub struct AuthCode {
    /// The page of the sign-in, with all that is asked once that is known.
    url: Url,
    /// Where the request is pushed to first.
    push: Option<String>,
    /// What is asked, until it is sent.
    asked: Vec<Field>,
    asking: Asking,
    client_id: String,
    until: Moment,
    proof: Proof,
    issuer: String,
    sends_issuer: bool,
    redirect_uri: String,
    endpoint: String,
    rest: Vec<Field>,
    scopes: Vec<String>,
    /// What came back and has a signature that is being looked at.
    checking: Option<Checking>,
    /// The tokens that came with the answer, while its code is redeemed.
    front: Option<Tokens>,
    retry: Retry,
}

/// What has a signature that is being looked at.
enum Checking {
    /// The answer itself; the address it came by.
    Answer(Carried, String),
    /// The ID token that came with it.
    Id(Carried),
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
    /// The authorization details, a JSON array (RFC 9396 section 2).
    pub details: Option<String>,
    /// What a signed request would be signed by (RFC 9101); `None`: the client has nothing that signs.
    pub request_algorithm: Option<&'static str>,
}

impl AuthCode {
    /// # Errors
    /// If the server has no authorization endpoint, or none to push the request to where that is wanted, if it says that
    /// it does not do what is asked, or the claims are not a JSON object.
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
        let url = Url::parse(endpoint).map_err(|_| missing())?;
        fitting::check(spec, metadata, &given)?;
        let scopes = parameters::user_scopes(spec, metadata.kind);
        let mut shared = parameters::common(spec, metadata, &scopes)?;
        let proof = Proof::new(given.random);
        let asked = asked(spec, &shared, &given, &proof);
        let pushes = spec.extensions.par || metadata.requires_par;
        shared.extend(given.details.map(|details| Field::new(DETAILS, details)));
        Ok(Self {
            url,
            push: pushes.then(|| pushed_to(metadata)).transpose()?,
            asked,
            asking: spec.asking.clone(),
            client_id: spec.client_id.clone(),
            until: Moment::default(),
            proof,
            issuer: metadata.issuer.clone(),
            sends_issuer: metadata.sends_issuer,
            redirect_uri: given.redirect_uri,
            endpoint: metadata.token_endpoint.clone(),
            rest: shared,
            scopes,
            checking: None,
            front: None,
            retry: Retry::new(&spec.options.retry),
        })
    }

    /// To the page, or first to where the request is pushed; before both it is signed where that is wanted.
    fn start(&mut self, now: Moment, log: &mut Log) -> Next {
        if self.asking.request_object {
            return Next::Sign(claims(&self.asked));
        }
        self.send_off(now, log)
    }

    /// What was signed stands for everything that was asked (RFC 9101 section 5).
    fn signed(&mut self, request: &Secret, now: Moment, log: &mut Log) -> Next {
        let client = Field::new("client_id", self.client_id.as_str());
        self.asked = vec![client, Field::new("request", request.reveal())];
        self.send_off(now, log)
    }

    fn send_off(&mut self, now: Moment, log: &mut Log) -> Next {
        let asked = std::mem::take(&mut self.asked);
        if let Some(endpoint) = self.push.take() {
            log.say(say::PUSHING);
            let request = Request::post(endpoint, asked, Purpose::PushedAuthorization);
            return self.retry.send(request);
        }
        self.url = parameters::in_query(self.url.clone(), &asked);
        self.open(now)
    }

    fn open(&mut self, now: Moment) -> Next {
        self.until = now.plus(PATIENCE);
        self.browse()
    }

    /// The page of a request that was pushed carries nothing but its name (RFC 9126 section 4).
    fn pushed(&mut self, exchange: &Exchange, now: Moment, log: &mut Log) -> Next {
        self.retry.over();
        let kept = exchange.reply.as_ref().and_then(Kept::read);
        let Some(kept) = kept else {
            return Next::Ended(reply::refused(exchange, Place::Authorize));
        };
        let client = Field::new("client_id", self.client_id.as_str());
        let name = Field::new("request_uri", kept.name.as_str());
        let page = parameters::in_query(self.url.clone(), &[client, name]);
        log.say(say::pushed(kept.seconds));
        self.url = page;
        self.open(now)
    }

    fn browse(&self) -> Next {
        Next::Browse {
            url: self.url.to_string(),
            until: self.until,
        }
    }

    fn redirected(&mut self, url: &str, now: Moment, log: &mut Log) -> Next {
        let carried = Carried::read(url);
        if self.asking.mode().is_signed() {
            return self.came_signed(&carried, url, now, log);
        }
        if !self.is_ours(&carried) {
            log.say(say::OTHER_STATE);
            return self.browse();
        }
        self.came(carried, url, now, log)
    }

    fn is_ours(&self, carried: &Carried) -> bool {
        carried.state.as_deref() == Some(self.proof.state.as_str())
    }

    /// An answer as a JWT (JARM section 2.4): of this run, of this issuer, for this client; then its signature.
    fn came_signed(&mut self, plain: &Carried, url: &str, now: Moment, log: &mut Log) -> Next {
        let Some(response) = &plain.response else {
            if !self.is_ours(plain) {
                log.say(say::OTHER_STATE);
                return self.browse();
            }
            log.say(say::ANSWER_NOT_SIGNED);
            return if plain.error {
                reply::sent_back(url)
            } else {
                trouble(say::ANSWER_NOT_SIGNED, "response")
            };
        };
        let Some(jwt) = decode::jwt::parse(response) else {
            return trouble(say::ANSWER_UNREADABLE, "response");
        };
        let carried = Carried::of_claims(&jwt.claims);
        if !self.is_ours(&carried) {
            log.say(say::OTHER_STATE);
            return self.browse();
        }
        if let Some((what, at)) = self.expected(now).objection_to(&jwt.claims) {
            return trouble(what, at);
        }
        let response = Secret::new(SecretKind::Other, response.as_str());
        self.checking = Some(Checking::Answer(carried, as_redirect(url, &jwt.claims)));
        Next::Verify(response)
    }

    /// An answer of this run: nothing but checks lies between it and its tokens.
    fn came(&mut self, carried: Carried, url: &str, now: Moment, log: &mut Log) -> Next {
        if let Some(what) = self.mixed_up(&carried) {
            log.say(what);
            return trouble(what, "iss");
        }
        let lacks = carried.lacks(self.asking.response_type);
        if carried.error || (lacks.is_some() && !carried.answers()) {
            return reply::sent_back(url);
        }
        if let Some((what, at)) = lacks {
            return trouble(what, at);
        }
        if !self.asking.response_type.has_id_token() {
            return self.go_on(carried, now, log);
        }
        let id = carried.id_token.clone().unwrap_or_default();
        let Some(jwt) = decode::jwt::parse(&id) else {
            return trouble(say::ID_TOKEN_UNREADABLE, "id_token");
        };
        if let Some((what, at)) = carried.objection_to_id(&jwt, &self.expected(now)) {
            return trouble(what, at);
        }
        log.say(say::ID_TOKEN_FITS);
        self.checking = Some(Checking::Id(carried));
        Next::Verify(Secret::new(SecretKind::IdToken, id))
    }

    fn expected(&self, now: Moment) -> Expected<'_> {
        Expected {
            client_id: &self.client_id,
            issuer: &self.issuer,
            nonce: &self.proof.nonce,
            now,
        }
    }

    /// What was found out about the signature that was looked at.
    fn verified(&mut self, signature: &Signature, now: Moment, log: &mut Log) -> Next {
        let why = match signature {
            Signature::Good { key, algorithm } => {
                log.say(say::answer_verified(&verdict::signed(key, algorithm)));
                None
            }
            Signature::Bad(failure) => Some(verdict::failure(failure)),
            Signature::Unchecked(why) => Some(verdict::unchecked(why)),
        };
        match (self.checking.take(), why) {
            (Some(Checking::Answer(carried, url)), None) => self.came(carried, &url, now, log),
            (Some(Checking::Id(carried)), None) => self.go_on(carried, now, log),
            (Some(Checking::Answer(..)), Some(why)) => {
                trouble(&say::answer_not_believed(&why), "response")
            }
            (Some(Checking::Id(_)), Some(why)) => {
                trouble(&say::id_token_not_believed(&why), "id_token")
            }
            (None, _) => self.browse(),
        }
    }

    /// Every check is over: the code is redeemed, or the tokens that came are what there is.
    fn go_on(&mut self, carried: Carried, now: Moment, log: &mut Log) -> Next {
        let tokens = carried.tokens(&self.scopes, now);
        let kind = self.asking.response_type;
        if kind.has_token() || kind.has_id_token() {
            log.say(say::tokens_came(kind.word()));
        }
        match carried.code {
            Some(code) if kind.has_code() => {
                log.say(say::CODE_CAME);
                self.front = Some(tokens).filter(|tokens| tokens.id.is_some());
                self.redeem(code)
            }
            _ => {
                self.tell_age(tokens.id.as_ref(), log);
                Next::Ended(Ended::Granted(Box::new(tokens)))
            }
        }
    }

    /// RFC 9207 section 2.4. A signed answer and an ID token name the issuer themselves.
    fn mixed_up(&self, carried: &Carried) -> Option<&'static str> {
        let by_id = self.asking.response_type.has_id_token() && carried.id_token.is_some();
        let named = self.asking.mode().is_signed() || by_id;
        match carried.iss.as_deref() {
            None => (self.sends_issuer && !named).then_some(say::ISSUER_MISSING),
            Some(iss) => (!is_issuer(&self.issuer, iss)).then_some(say::ISSUER_DIFFERS),
        }
    }

    fn redeem(&mut self, code: String) -> Next {
        let mut form = vec![
            Field::new("grant_type", "authorization_code"),
            Field::new("code", Secret::new(SecretKind::AuthorizationCode, code)),
        ];
        if self.asking.challenge() != ChallengeMethod::None {
            form.push(Field::new("code_verifier", self.proof.verifier.clone()));
        }
        form.push(Field::new("redirect_uri", self.redirect_uri.as_str()));
        form.extend(self.rest.clone());
        let mut request = Request::post(&self.endpoint, form, Purpose::Token);
        request.single_use = true;
        self.retry.send(request)
    }

    fn pasted(&mut self, text: &str, now: Moment, log: &mut Log) -> Next {
        let text = text.trim();
        let carried = Carried::read(text);
        if is_address(text) && (self.is_ours(&carried) || carried.answers()) {
            return self.redirected(text, now, log);
        }
        reply::of_page(text, Place::Page, log).unwrap_or_else(|| self.browse())
    }

    /// How old the sign-in is, where an age was asked for.
    fn tell_age(&self, id: Option<&Secret>, log: &mut Log) {
        let claims = id.and_then(|id| Some(decode::jwt::parse(id.reveal())?.claims));
        let began = self.until.minus(PATIENCE);
        if let Some(age) = SignInAge::of(&self.asking, claims.as_ref(), began) {
            log.say(age_words::of_sign_in(age));
        }
    }

    fn judge(&mut self, exchange: &Exchange, now: Moment) -> Ended {
        let mut ended = reply::judge(exchange, &self.scopes, now);
        let Ended::Granted(tokens) = &mut ended else {
            return ended;
        };
        let front = self.front.take().and_then(|tokens| tokens.id);
        let read = |id: &Option<Secret>, name: &str| {
            let jwt = decode::jwt::parse(id.as_ref()?.reveal())?;
            Some(jwt.claims.get(name)?.as_str()?.to_owned())
        };
        if tokens.id.is_none() {
            tokens.id = front;
            return ended;
        }
        let objection = if read(&tokens.id, "nonce").as_deref() != Some(self.proof.nonce.as_str()) {
            Some((say::OTHER_NONCE, "nonce"))
        } else if front.is_some() && read(&front, "sub") != read(&tokens.id, "sub") {
            // OpenID Connect Core 3.3.3.6.
            Some((say::OTHER_SUBJECT, "sub"))
        } else {
            None
        };
        match objection {
            Some((what, at)) => own_refusal(
                Place::Token,
                Shape::Json,
                vec![(FactKind::Trouble, what, at)],
            ),
            None => ended,
        }
    }
}

/// A refusal of our own: what came is not believed.
fn trouble(what: &str, at: &str) -> Next {
    Next::Ended(own_refusal(
        Place::Authorize,
        Shape::Redirect,
        vec![(FactKind::Trouble, what, at)],
    ))
}

/// The claims of a signed answer, as they would stand in a redirect.
fn as_redirect(url: &str, claims: &serde_json::Value) -> String {
    let Ok(mut bare) = Url::parse(url) else {
        return String::new();
    };
    bare.set_fragment(None);
    bare.set_query(None);
    for (name, value) in claims.as_object().into_iter().flatten() {
        let text = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        bare.query_pairs_mut().append_pair(name, &text);
    }
    bare.into()
}

fn is_address(text: &str) -> bool {
    !text.contains(char::is_whitespace) && Url::parse(text).is_ok_and(|url| url.has_host())
}

impl Grant for AuthCode {
    fn resume(&mut self, input: Input<'_>, now: Moment) -> (Next, Vec<Event>) {
        let mut log = Log::at(now);
        let next = match input {
            Input::Start => self.start(now, &mut log),
            Input::Redirect(url) => self.redirected(url, now, &mut log),
            Input::Pasted(text) => self.pasted(text, now, &mut log),
            Input::Verified(signature) => self.verified(signature, now, &mut log),
            Input::Answer(request) if self.asking.request_object && !self.asked.is_empty() => {
                self.signed(&request, now, &mut log)
            }
            Input::Exchange(exchange) => match self.retry.after(exchange, now, &mut log) {
                Some(wait) => wait,
                None if exchange.request.purpose == Purpose::PushedAuthorization => {
                    self.pushed(exchange, now, &mut log)
                }
                None => {
                    let ended = self.judge(exchange, now);
                    if let Ended::Granted(tokens) = &ended {
                        self.tell_age(tokens.id.as_ref(), &mut log);
                    }
                    Next::Ended(ended)
                }
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
