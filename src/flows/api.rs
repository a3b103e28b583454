//! Calls a protected API with a token that is already held.

use std::sync::PoisonError;

use tokio::sync::mpsc;
use url::Url;

use super::dpop::{Possession, is_bound};
use super::driver::Driver;
use super::held::query;
use super::outcome::environment;
use super::{Context, further};
use crate::grants::dpop::PROOF;
use crate::model::authority::is_loopback;
use crate::model::{Exchange, Header, Problem, Purpose, Request, RunSpec, Secret, SecretKind};
use crate::strings::flows as say;
use crate::wire::Transport;

/// GETs `spec.api` with the newest held access token of the spec's account and scopes. Redirects are not followed, so
/// the token goes to the host of that address and nowhere else. The exchanges: one, or two where the API wanted its
/// nonce in the proof of a bound token.
///
/// # Errors
/// If the spec names no API, or one that is neither https nor on this machine, or if no token is held for it, or not
/// the key that it is bound to.
pub async fn call_api<T: Transport>(
    spec: &RunSpec,
    context: &Context<T>,
) -> Result<Vec<Exchange>, Problem> {
    let text = spec.api.as_deref().unwrap_or_default();
    let wrong = || Problem::new(say::bad_api(text), "api", say::API_EXPECTED);
    let url = Url::parse(text).map_err(|_| wrong())?;
    if url.scheme() != "https" && !(url.scheme() == "http" && is_loopback(&url)) {
        return Err(wrong());
    }
    let (authorization, possession) = credentials(spec, context)?;
    let mut request = Request::get(url, Purpose::Api);
    request
        .headers
        .push(Header::new("Authorization", authorization));
    // Nobody speaks to it while it is under way; what it reports is handed back as a whole.
    let (_person, control) = mpsc::unbounded_channel();
    let (report, reports) = mpsc::unbounded_channel();
    let mut driver = Driver::new(spec.clone(), context.clone(), control, report);
    driver.possession = possession;
    driver.send_once(request).await;
    drop(driver);
    Ok(further::exchanges(reports))
}

/// What the `Authorization` header says, and the key that the token is bound to.
fn credentials<T: Transport>(
    spec: &RunSpec,
    context: &Context<T>,
) -> Result<(Secret, Possession), Problem> {
    let environment = environment(spec);
    let cache = context.cache.lock().unwrap_or_else(PoisonError::into_inner);
    let token = cache
        .newest(&query(spec, &environment))
        .ok_or_else(|| Problem::new(say::NO_TOKEN_FOR_API, "api", say::NO_TOKEN_EXPECTED))?;
    if token.token_type.eq_ignore_ascii_case("N_A") {
        let expected = say::BEARER_EXPECTED;
        return Err(Problem::new(say::NOT_A_BEARER, "api", expected));
    }
    let bound = is_bound(&token.token_type);
    let key = cache.key_of(&token.secret).filter(|_| bound);
    if bound && key.is_none() {
        let expected = say::DPOP_KEY_EXPECTED;
        return Err(Problem::new(say::DPOP_KEY_GONE, "api", expected));
    }
    let scheme = if bound { PROOF } else { &token.token_type };
    let value = format!("{scheme} {}", token.secret.reveal());
    let authorization = Secret::new(SecretKind::AccessToken, value);
    Ok((authorization, Possession::of(key)))
}
