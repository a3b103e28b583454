//! Calls a protected API with a token that is already held.

use std::sync::PoisonError;

use url::Url;

use super::Context;
use super::held::query;
use super::outcome::environment;
use crate::model::authority::is_loopback;
use crate::model::{Exchange, Header, Problem, Purpose, Request, RunSpec, Secret, SecretKind};
use crate::strings::flows as say;
use crate::wire::Transport;

/// GETs `spec.api` with the newest held access token of the spec's account and scopes. Redirects are not followed, so
/// the token goes to the host of that address and nowhere else.
///
/// # Errors
/// If the spec names no API, or one that is neither https nor on this machine, or if no token is held for it.
pub async fn call_api<T: Transport>(
    spec: &RunSpec,
    context: &Context<T>,
) -> Result<Exchange, Problem> {
    let text = spec.api.as_deref().unwrap_or_default();
    let wrong = || Problem::new(say::bad_api(text), "api", say::API_EXPECTED);
    let url = Url::parse(text).map_err(|_| wrong())?;
    if url.scheme() != "https" && !(url.scheme() == "http" && is_loopback(&url)) {
        return Err(wrong());
    }
    let environment = environment(spec);
    let bearer = {
        let cache = context.cache.lock().unwrap_or_else(PoisonError::into_inner);
        let newest = cache.newest(&query(spec, &environment));
        let token = newest
            .ok_or_else(|| Problem::new(say::NO_TOKEN_FOR_API, "api", say::NO_TOKEN_EXPECTED))?;
        if token.token_type.eq_ignore_ascii_case("N_A") {
            let expected = say::BEARER_EXPECTED;
            return Err(Problem::new(say::NOT_A_BEARER, "api", expected));
        }
        let value = format!("{} {}", token.token_type, token.secret.reveal());
        Secret::new(SecretKind::AccessToken, value)
    };
    let mut request = Request::get(url, Purpose::Api);
    request.headers.push(Header::new("Authorization", bearer));
    Ok(context.transport.send(request, &spec.options).await)
}
