//! Token exchange (RFC 8693): a subject's token, and where somebody acts for them that one's, becomes another token.

use super::assertion::{Statement, bare};
use super::retry::Retry;
use super::{Ended, Grant, Input, Log, Metadata, Next, parameters, reply};
use crate::decode::{jwt, saml};
use crate::model::run::Question;
use crate::model::{
    Event, Exchange, Field, Moment, Presented, Problem, Purpose, Request, RunSpec, Secret,
    TokenType,
};
use crate::strings::grants as say;

const TOKEN_EXCHANGE: &str = "urn:ietf:params:oauth:grant-type:token-exchange";

/// Exchanges a token.
pub struct TokenExchange {
    presented: Presented,
    rest: Vec<Field>,
    endpoint: String,
    scopes: Vec<String>,
    retry: Retry,
}

impl TokenExchange {
    /// Tokens that are missing are asked for: the subject's always, the actor's where a type of it is named.
    ///
    /// # Errors
    /// If the claims are not a JSON object.
    pub fn new(spec: &RunSpec, metadata: &Metadata) -> Result<Self, Problem> {
        let scopes = parameters::app_scopes(spec);
        let mut rest = parameters::common(spec, metadata, &scopes)?;
        rest.retain(|field| field.name != "client_info");
        let presented = Presented {
            token: spec.presented.token.clone().filter(|t| !t.is_empty()),
            actor: spec.presented.actor.clone().filter(|t| !t.is_empty()),
            ..spec.presented.clone()
        };
        if let Some(wanted) = &presented.wanted_type {
            rest.push(Field::new("requested_token_type", wanted.uri()));
        }
        let audience = |name: &String| Field::new("audience", name.as_str());
        rest.extend(presented.audiences.iter().map(audience));
        rest.extend(parameters::resources(spec));
        Ok(Self {
            presented,
            rest,
            endpoint: metadata.token_endpoint.clone(),
            scopes,
            retry: Retry::new(&spec.options.retry),
        })
    }

    fn exchange(&mut self, now: Moment, log: &mut Log) -> Next {
        let Some(subject) = &self.presented.token else {
            return Next::Ask(Question::SubjectToken);
        };
        let kind = self.presented.token_type.clone();
        let kind = kind.unwrap_or_else(TokenType::access_token);
        let actor_kind = match (&self.presented.actor, &self.presented.actor_type) {
            (None, None) => None,
            (None, Some(_)) => return Next::Ask(Question::ActorToken),
            (Some(_), named) => Some(named.clone().unwrap_or_else(TokenType::access_token)),
        };
        let invalid = |problem| Next::Ended(Ended::Invalid(vec![problem]));
        let mut form = vec![Field::new("grant_type", TOKEN_EXCHANGE)];
        let given = [
            ("subject_token", Some(subject), Some(kind)),
            ("actor_token", self.presented.actor.as_ref(), actor_kind),
        ];
        for (name, token, kind) in given {
            let (Some(token), Some(kind)) = (token, kind) else {
                continue;
            };
            match look(name, token, &kind, now, log) {
                Err(problem) => return invalid(problem),
                Ok(token) => form.push(Field::new(name, token)),
            }
            form.push(Field::new(format!("{name}_type"), kind.uri()));
        }
        form.extend(self.rest.clone());
        self.retry
            .send(Request::post(&self.endpoint, form, Purpose::Token))
    }
}

impl TokenExchange {
    fn judge(&self, exchange: &Exchange, now: Moment, log: &mut Log) -> Next {
        let ended = reply::judge(exchange, &self.scopes, now);
        if let Ended::Granted(tokens) = &ended {
            tell(tokens, self.presented.wanted_type.as_ref(), log);
        }
        Next::Ended(ended)
    }
}

impl Grant for TokenExchange {
    fn resume(&mut self, input: Input<'_>, now: Moment) -> (Next, Vec<Event>) {
        let mut log = Log::at(now);
        let next = match input {
            Input::Start => self.exchange(now, &mut log),
            Input::Answer(token) => {
                let asked = if self.presented.token.is_none() {
                    &mut self.presented.token
                } else {
                    &mut self.presented.actor
                };
                *asked = Some(token);
                self.exchange(now, &mut log)
            }
            Input::Exchange(exchange) => self
                .retry
                .after(exchange, now, &mut log)
                .unwrap_or_else(|| self.judge(exchange, now, &mut log)),
            Input::Woken => self.retry.again(),
            Input::Redirect(_) | Input::Verified(_) | Input::Pasted(_) | Input::Cancelled => {
                Next::Ended(Ended::Cancelled)
            }
        };
        log.then(next)
    }
}

/// Says what was issued: another type than was asked for, or something that opens no API (RFC 8693 section 2.2.1).
fn tell(tokens: &super::Tokens, wanted: Option<&TokenType>, log: &mut Log) {
    let Some(issued) = &tokens.issued_type else {
        return log.say(say::ISSUED_UNSAID);
    };
    let at = "issued_token_type";
    let word = TokenType::parse(issued, at).map_or_else(|_| issued.clone(), |t| t.word().into());
    log.say(say::issued(&word));
    if let Some(wanted) = wanted.filter(|wanted| wanted.uri() != issued) {
        log.say(say::issued_other(wanted.word()));
    }
    if tokens.opens_nothing() {
        log.say(say::ISSUED_NO_BEARER);
    }
}

/// Looks at the tokens of a spec before anything is sent at all.
///
/// # Errors
/// A token that is not what its type says.
pub fn check(spec: &RunSpec, now: Moment) -> Result<(), Problem> {
    if spec.flow != crate::model::Flow::TokenExchange {
        return Ok(());
    }
    let usual = TokenType::access_token();
    let given = &spec.presented;
    let tokens = [
        ("subject_token", &given.token, &given.token_type),
        ("actor_token", &given.actor, &given.actor_type),
    ];
    for (name, token, kind) in tokens {
        if let Some(token) = token.as_ref().filter(|token| !token.is_empty()) {
            let kind = kind.as_ref().unwrap_or(&usual);
            look(name, token, kind, now, &mut Log::at(now))?;
        }
    }
    Ok(())
}

/// Looks at a token: whether it is what its type says, and what it says of itself where it can be read.
fn look(
    name: &'static str,
    token: &Secret,
    kind: &TokenType,
    now: Moment,
    log: &mut Log,
) -> Result<Secret, Problem> {
    let text = bare(token);
    let words = say::presented(name);
    match jwt::parse(text) {
        Some(jwt) => {
            let statement = Statement::of(&jwt);
            statement.tell(words, log);
            if let Some(at) = statement.over(now) {
                log.say(say::presented_over(words, &at.iso()));
            }
        }
        None if kind.is_jwt() => {
            return Err(Problem::new(
                say::presented_not_jwt(words, kind.word()),
                name,
                say::presented_expected(name),
            ));
        }
        None if matches!(kind.word(), "saml1" | "saml2") => {
            let readable = saml::xml(text).is_some_and(|xml| saml::parse(&xml).is_ok());
            log.say(say::presented_saml(words, readable));
        }
        None => log.say(say::presented_opaque(words)),
    }
    Ok(Secret::new(token.kind(), text))
}

#[cfg(test)]
mod tests;
