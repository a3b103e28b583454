//! Calls a protected API with a token that is already held.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;
use std::sync::PoisonError;

use serde::de::IgnoredAny;
use tokio::sync::mpsc;
use url::Url;

use super::dpop::{Possession, is_bound};
use super::driver::Driver;
use super::held::query;
use super::outcome::environment;
use super::{Context, further, mutual_tls};
use crate::grants::dpop::PROOF;
use crate::model::api_call::LONGEST_BODY;
use crate::model::{
    ApiCall, Exchange, Header, Problem, Purpose, Request, RunSpec, Secret, SecretKind,
};
use crate::strings::{api, flows as say};
use crate::wire::Transport;

/// Makes the call of `spec.api` with the newest held access token of the spec's account and scopes. Redirects are not followed, so
/// the token goes to the host of that address and nowhere else. The exchanges: one, or two where the API wanted its
/// nonce in the proof of a bound token.
///
/// # Errors
/// If the spec names no API, or one that is neither https nor on this machine, if the body's file is none, or if no token is held for it, or not
/// the key that it is bound to.
pub async fn call_api<T: Transport>(
    spec: &RunSpec,
    context: &Context<T>,
) -> Result<Vec<Exchange>, Problem> {
    let none = || Problem::new(say::NO_API, "api", api::ADDRESS_EXPECTED);
    let call = spec.api.as_ref().ok_or_else(none)?;
    let url = call.check()?;
    let body = call.body.as_deref().map(read_body).transpose()?;
    let (authorization, possession) = credentials(spec, context)?;
    let request = request(call, &url, body, authorization);
    // Nobody speaks to it while it is under way; what it reports is handed back as a whole.
    let (_person, control) = mpsc::unbounded_channel();
    let (report, reports) = mpsc::unbounded_channel();
    let mut driver = Driver::new(spec.clone(), context.clone(), control, report);
    driver.possession = possession;
    driver.certificate = mutual_tls::prepare(&driver)?;
    driver.send_once(request).await;
    drop(driver);
    Ok(further::exchanges(reports))
}

/// The request: what was asked for, the token in its header, and the type of the body where it is not said.
fn request(call: &ApiCall, url: &Url, body: Option<String>, authorization: Secret) -> Request {
    let mut request = Request::get(url.as_str(), Purpose::Api);
    call.method.word().clone_into(&mut request.method);
    for (name, value) in &call.headers {
        request
            .headers
            .push(Header::new(name.as_str(), value.as_str()));
    }
    let typed = |header: &Header| header.name.eq_ignore_ascii_case("Content-Type");
    if let Some(body) = body {
        if !request.headers.iter().any(typed) {
            let json = serde_json::from_str::<IgnoredAny>(&body).is_ok();
            let kind = if json {
                "application/json"
            } else {
                "text/plain; charset=utf-8"
            };
            request.headers.push(Header::new("Content-Type", kind));
        }
        request.body = Some(body.into());
    }
    request
        .headers
        .push(Header::new("Authorization", authorization));
    request
}

/// The body of a call, out of its file.
///
/// # Errors
/// A file that cannot be read, is too long or is no text.
pub fn read_body(path: &Path) -> Result<String, Problem> {
    let shown = path.display().to_string();
    let wrong = |what: String| Problem::new(what, "api-body", api::BODY_EXPECTED);
    let unreadable = |error: io::Error| wrong(api::body_unreadable(&shown, &error.to_string()));
    let file = File::open(path).map_err(unreadable)?;
    let mut bytes = Vec::new();
    file.take(LONGEST_BODY + 1)
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    if bytes.len() as u64 > LONGEST_BODY {
        return Err(wrong(api::body_too_long(&shown, LONGEST_BODY)));
    }
    String::from_utf8(bytes).map_err(|_| wrong(api::body_not_text(&shown)))
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
