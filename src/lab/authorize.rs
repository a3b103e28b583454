//! The authorization endpoint: reads a request, begins a visit or answers at once. What is wrong before the
//! redirect URI is known to be the client's own is shown on a page and never reaches the program.

use std::sync::Arc;
use std::time::Duration;

use super::admission;
use super::ask::Answer;
use super::border;
use super::consumers;
use super::desk::Desk;
use super::dialect::Dialect;
use super::force;
use super::hint;
use super::hybrid;
use super::onward;
use super::pages;
use super::policy::{self, Attempt, Demands, Told};
use super::refusal::{Cause, Refusal};
use super::scope;
use super::signin;
use super::visit::{Onward, Open, Purpose, Visit};
use super::world::{Challenge, Client, Proof, Wanted};

/// The cookie that names a browser's session.
pub const COOKIE: &str = "lab_session";

/// Answers an authorization request.
pub fn answer(mut desk: Desk<'_>) -> Answer {
    let (client, redirect) = match consumers::endpoint(&desk).and_then(|()| addressee(&desk)) {
        Ok(found) => found,
        Err(refusal) => return pages::refused(desk.world, &desk.stamp, &refusal, 400),
    };
    let mut onward = Onward {
        redirect,
        state: desk.ask.parameter("state"),
        nonce: desk.ask.parameter("nonce"),
        client_info: desk.ask.parameter("client_info").is_some(),
        dialect: desk.kit.voice.dialect,
        v1: desk.v1,
        issuer: issuer(&desk),
        ..Onward::default()
    };
    match begin(&mut desk, &client, &mut onward) {
        Ok(mut visit) => {
            let hinted = desk.ask.parameter("domain_hint");
            hint::lead(desk.world, &mut visit, hinted.as_deref());
            border::lead_home(desk.world, &mut visit);
            proceed(desk, &client, &onward, visit)
        }
        Err(refusal) => onward::refuse(
            desk.world,
            &client,
            &onward,
            &refusal,
            &desk.stamp,
            &desk.ask.base,
        ),
    }
}

/// What the generic issuer calls itself to the program, so that answers of two issuers cannot be mixed up.
fn issuer(desk: &Desk<'_>) -> Option<String> {
    let dialect = desk.kit.voice.dialect;
    let named = dialect.issuer(&desk.ask.base, &desk.world.tenant, desk.v1);
    (dialect == Dialect::Oidc).then_some(named)
}

/// The client, and a redirect URI that is its own.
///
/// # Errors
/// An unknown tenant, client or redirect URI.
pub fn addressee(desk: &Desk<'_>) -> Result<(Arc<Client>, String), Refusal> {
    if !desk.is_tenant() {
        return Err(Refusal::new(
            Cause::TenantUnknown,
            &[("tenant", &desk.tenant)],
        ));
    }
    border::allowed_by_network(desk.world, desk.ask)?;
    let missing = |name| Refusal::new(Cause::ParameterMissing, &[("field", name)]);
    let id = desk
        .ask
        .parameter("client_id")
        .ok_or_else(|| missing("client_id"))?;
    let client = desk.known_client(&id)?;
    let redirect = match desk.ask.parameter("redirect_uri") {
        Some(redirect) => redirect,
        None => match client.redirects.as_slice() {
            [only] => only.uri.clone(),
            _ => return Err(missing("redirect_uri")),
        },
    };
    if onward::is_registered(&client, &redirect) {
        Ok((client, redirect))
    } else {
        let values = [("field", redirect.as_str()), ("app", client.title.as_str())];
        Err(Refusal::new(Cause::RedirectUnknown, &values))
    }
}

fn begin(desk: &mut Desk<'_>, client: &Client, onward: &mut Onward) -> Result<Visit, Refusal> {
    let ask = desk.ask;
    let values = |field| [("field", field), ("app", client.title.as_str())];
    let wrong = |field| Refusal::new(Cause::BadRequest, &values(field));
    hybrid::read(desk, client, onward)?;
    let wanted = wanted(desk, client)?;
    onward.challenge = challenge(desk)?;
    let prompt = Prompt::read(ask.parameter("prompt").as_deref()).ok_or_else(|| wrong("prompt"))?;
    let max_age = max_age(desk)?;
    let claims = ask.parameter("claims");
    Demands::read(claims.as_deref())?;
    let session = ask.cookie(COOKIE);
    let known = session
        .as_deref()
        .and_then(|key| desk.world.sessions.get(key));
    let hint = ask.parameter("login_hint");
    let hinted = hint
        .as_deref()
        .and_then(|name| desk.world.user(name))
        .map(|user| user.id.clone());
    // A session is one of a work account.
    let known = known.filter(|_| !consumers::is_named(&desk.tenant));
    let proof = known.map(|session| session.proof.clone());
    let proof = proof.filter(|proof| hint.is_none() || hinted.as_deref() == Some(&proof.user));
    let fresh = |proof: &Proof| max_age.is_none_or(|limit| desk.at.since(proof.at) <= limit);
    let proof = proof.filter(|proof| fresh(proof) && !prompt.has(Word::Login));
    Ok(Visit {
        purpose: Purpose::Program(onward.clone()),
        tenant: desk.tenant.clone(),
        client: client.id.clone(),
        wanted,
        claims,
        correlation: desk.stamp.correlation.clone(),
        started: desk.at,
        name: hint,
        proof,
        open: prompt.open(),
        number: desk.kit.two_digits(),
        session,
        forced: None,
    })
}

/// A word of `prompt` (OpenID Connect Core 3.1.2.1; `create` of Initiating User Registration 1.0).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Word {
    None,
    Login,
    Consent,
    Pick,
}

/// All of them.
#[derive(Clone, Debug, Default)]
struct Prompt(Vec<Word>);

impl Prompt {
    /// Its words; `None` where there is another one among them, or `none` beside others.
    fn read(words: Option<&str>) -> Option<Self> {
        let word = |word| {
            Some(match word {
                "none" => Word::None,
                "login" | "create" => Word::Login,
                "consent" => Word::Consent,
                "select_account" => Word::Pick,
                _ => return None,
            })
        };
        let read = words.unwrap_or_default().split_whitespace().map(word);
        let prompt = Self(read.collect::<Option<_>>()?);
        let alone = !prompt.has(Word::None) || prompt.0.len() == 1;
        alone.then_some(prompt)
    }

    fn has(&self, word: Word) -> bool {
        self.0.contains(&word)
    }

    /// The steps that it opens.
    fn open(&self) -> Vec<Open> {
        let pick = self.has(Word::Pick).then_some(Open::Pick);
        let consent = self.has(Word::Consent).then_some(Open::Consent);
        pick.into_iter().chain(consent).collect()
    }
}

/// `max_age`: how long ago the sign-in may be.
fn max_age(desk: &Desk<'_>) -> Result<Option<Duration>, Refusal> {
    let Some(text) = desk.ask.parameter("max_age") else {
        return Ok(None);
    };
    let seconds = text
        .parse()
        .map_err(|_| Refusal::new(Cause::BadRequest, &[("field", "max_age")]))?;
    Ok(Some(Duration::from_secs(seconds)))
}

fn wanted(desk: &Desk<'_>, client: &Client) -> Result<Wanted, Refusal> {
    let scope = desk.ask.parameter("scope");
    if desk.v1 {
        let resource = desk.ask.parameter("resource");
        return scope::read_v1(
            desk.world,
            resource.as_deref(),
            scope.as_deref().unwrap_or_default(),
        );
    }
    let scope =
        scope.ok_or_else(|| Refusal::new(Cause::ParameterMissing, &[("field", "scope")]))?;
    scope::read(desk.world, client, &scope, false)
}

fn challenge(desk: &Desk<'_>) -> Result<Option<Challenge>, Refusal> {
    let Some(value) = desk.ask.parameter("code_challenge") else {
        return Ok(None);
    };
    let hashed = match desk.ask.parameter("code_challenge_method").as_deref() {
        Some("S256") => true,
        Some("plain") | None => false,
        Some(_) => {
            return Err(Refusal::new(
                Cause::BadRequest,
                &[("field", "code_challenge_method")],
            ));
        }
    };
    let fits = (43..=128).contains(&value.len());
    if fits {
        Ok(Some(Challenge { value, hashed }))
    } else {
        Err(Refusal::new(
            Cause::BadRequest,
            &[("field", "code_challenge")],
        ))
    }
}

fn proceed(mut desk: Desk<'_>, client: &Client, onward: &Onward, mut visit: Visit) -> Answer {
    let prompt = Prompt::read(desk.ask.parameter("prompt").as_deref());
    if !prompt.is_some_and(|prompt| prompt.has(Word::None)) {
        visit.forced = force::hold(&desk, &client.id);
        let key = desk.kit.token();
        desk.world.visits.put(key.clone(), visit);
        return signin::show(&mut desk, &key, None);
    }
    let stood = desk.world.stand_in(&visit.tenant);
    let answer = match silently(&desk, client, &visit) {
        Ok(()) => signin::finish(&mut desk, &visit),
        Err(refusal) => onward::refuse(
            desk.world,
            client,
            onward,
            &refusal,
            &desk.stamp,
            &desk.ask.base,
        ),
    };
    desk.world.step_out(&stood);
    answer
}

/// Whether a request that may show no page (`prompt=none`) can be granted.
///
/// # Errors
/// What a page would have been needed for.
fn silently(desk: &Desk<'_>, client: &Client, visit: &Visit) -> Result<(), Refusal> {
    let refuse = |cause| {
        let user = visit
            .proof
            .as_ref()
            .and_then(|p| desk.world.user_by_id(&p.user));
        let values = [
            ("user", user.map_or("", |u| u.name.as_str())),
            ("tenant", desk.world.domain.as_str()),
            ("app", client.title.as_str()),
            ("resource", visit.wanted.resource.as_str()),
        ];
        Err(Refusal::new(cause, &values))
    };
    let Some((proof, user)) = signin::known(desk.world, visit) else {
        return refuse(Cause::NotSignedIn);
    };
    border::admit(desk.world, user, client, Cause::AccountNotHere)?;
    if user.standing.disabled {
        return refuse(Cause::UserDisabled);
    }
    admission::user(desk.world, client, user, &visit.wanted.resource)?;
    let demands = Demands::read(visit.claims.as_deref())?;
    let attempt = Attempt {
        user,
        proof: &proof,
        client,
        resource: &visit.wanted.resource,
        demands: &demands,
        at: desk.at,
        page: true,
    };
    if let Err(lack) = policy::judge(desk.world, &attempt) {
        let told = Told::Silently;
        return Err(policy::refusal(desk.world, &attempt, lack, told, ""));
    }
    if desk.world.lacks_sign_in(client, &proof.user, &visit.wanted) {
        return refuse(Cause::SignInPermissionMissing);
    }
    if desk
        .world
        .unconsented(client, &proof.user, &visit.wanted)
        .is_empty()
    {
        Ok(())
    } else {
        refuse(Cause::ConsentSilent)
    }
}
