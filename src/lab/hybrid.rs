//! What the authorization endpoint itself hands out: which of code, ID token and access token a request asks for, in
//! which response mode, and whether the app may have them (OAuth 2.0 Multiple Response Type Encoding Practices).

use super::desk::Desk;
use super::dialect::Dialect;
use super::kit::Kit;
use super::lifetime;
use super::mint::{self, Subject};
use super::policy::Demands;
use super::refusal::{Cause, Refusal};
use super::scope;
use super::signer::AtOnce;
use super::visit::{Mode, Onward, Visit};
use super::world::{Client, Proof, User};

/// What is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    pub code: bool,
    pub id_token: bool,
    pub token: bool,
}

impl Asked {
    /// The words of `response_type`; `None` where there is another one among them, or none.
    fn of_words(words: &str) -> Option<Self> {
        let mut asked = Self::default();
        for word in words.split(' ') {
            let wanted = match word {
                "code" => &mut asked.code,
                "id_token" => &mut asked.id_token,
                "token" => &mut asked.token,
                _ => return None,
            };
            *wanted = true;
        }
        Some(asked)
    }

    /// Whether tokens come straight from the page.
    const fn tokens(self) -> bool {
        self.id_token || self.token
    }
}

/// Reads `response_type` and `response_mode` into `onward`. The mode is set before anything is refused, so that the
/// refusal travels the way the program expects.
///
/// # Errors
/// A type or mode that there is not, or that this app may not ask for; a missing nonce.
pub fn read(desk: &Desk<'_>, client: &Client, onward: &mut Onward) -> Result<(), Refusal> {
    let values = |field| [("field", field), ("app", client.title.as_str())];
    let refuse = |cause, field| Err(Refusal::new(cause, &values(field)));
    let types = desk.ask.parameter("response_type");
    let asked = types.as_deref().and_then(Asked::of_words);
    let tokens = asked.is_some_and(Asked::tokens);
    let mode = desk.ask.parameter("response_mode");
    let named = mode.as_deref().and_then(Mode::from_word);
    if tokens {
        onward.mode = Mode::Fragment;
    }
    match (named, &mode) {
        (Some(Mode::Query), _) if tokens => return refuse(Cause::QueryForTokens, "response_mode"),
        (Some(named), _) => onward.mode = named,
        (None, Some(_)) => return refuse(Cause::BadRequest, "response_mode"),
        (None, None) => {}
    }
    let Some(types) = types else {
        return refuse(Cause::ParameterMissing, "response_type");
    };
    let Some(asked) = asked else {
        return refuse(Cause::ResponseTypeUnsupported, &types);
    };
    onward.asked = asked;
    if !tokens {
        return Ok(());
    }
    let surface = &client.surface;
    if desk.kit.voice.dialect == Dialect::Oidc {
        return refuse(Cause::ResponseTypeUnsupported, &types);
    }
    if asked.id_token && !surface.implicit_id_token {
        return refuse(Cause::ImplicitOff, &types);
    }
    if asked.token && !surface.implicit_access_token {
        return refuse(Cause::AccessTokenOff, &types);
    }
    if asked.id_token && onward.nonce.is_none() {
        return refuse(Cause::ParameterMissing, "nonce");
    }
    Ok(())
}

/// Puts the tokens that were asked for among the parameters that go to the program, and takes the code away where
/// none was.
pub fn arrange(
    desk: &Desk<'_>,
    (client, user, proof): (&Client, &User, &Proof),
    visit: &Visit,
    onward: &Onward,
    parameters: Vec<(&'static str, String)>,
) -> Vec<(&'static str, String)> {
    let asked = onward.asked;
    let code = parameters.iter().find(|(name, _)| *name == "code");
    let code = code.map(|(_, value)| value.clone()).unwrap_or_default();
    let mut all = Vec::new();
    if asked.code {
        all.push(("code", code.clone()));
    }
    // Hashes are of whole tokens, so their signatures cannot come later.
    let at_once = AtOnce(desk.kit.signer);
    let kit = Kit {
        signer: &at_once,
        ..desk.kit
    };
    let world = &*desk.world;
    let base = &desk.ask.base;
    let mut hashed = Vec::new();
    if asked.code {
        hashed.push(("c_hash", code.as_str()));
    }
    let mut access = String::new();
    if asked.token {
        let (names, said) = scope::granted(world, client, &user.id, &visit.wanted);
        let demands = Demands::read(visit.claims.as_deref()).unwrap_or_default();
        let lifetime = lifetime::draw(&kit, &demands.capabilities);
        let subject = Subject {
            lifetime,
            client,
            user: Some((user, proof)),
            resource: &visit.wanted.resource,
            names,
            contexts: demands.contexts,
            capabilities: demands.capabilities,
            v1: onward.v1,
        };
        access = mint::access_token(world, &kit, base, &subject, desk.at);
        all.push(("access_token", access.clone()));
        all.push(("token_type", "Bearer".into()));
        all.push(("expires_in", lifetime.to_string()));
        all.push(("scope", said.join(" ")));
    }
    if asked.token {
        hashed.push(("at_hash", access.as_str()));
    }
    if asked.id_token {
        let nonce = onward.nonce.as_deref();
        let parties = (client, user, proof);
        let when = (desk.at, onward.v1);
        let token = mint::bound_id_token(world, &kit, base, parties, nonce, when, &hashed);
        all.push(("id_token", token));
    }
    all.extend(parameters.into_iter().filter(|(name, _)| *name != "code"));
    all
}
