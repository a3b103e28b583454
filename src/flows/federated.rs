//! Asks GitHub for the token of this job. What the job shows for it goes to the address of the environment alone, which is
//! asked anew in every run: such a token lives for minutes.

use serde_json::Value as Json;

use super::driver::Driver;
use crate::grants::Ended;
use crate::model::federated::{JOB_URL, Job, audience};
use crate::model::{
    AssertionRef, Credential, Exchange, Flow, Header, Problem, Purpose, Request, Secret, SecretKind,
};
use crate::strings::federated as say;
use crate::wire::Transport;

/// Completes an assertion that is still to be asked for.
///
/// # Errors
/// This is no such job; GitHub gave no token; the person cancelled.
pub(super) async fn complete<T: Transport>(driver: &mut Driver<T>) -> Result<(), Ended> {
    let wanted = matches!(
        &driver.spec.credential,
        Credential::Assertion(given) if given.from == AssertionRef::GitHub && given.token.is_empty()
    );
    let proves = !matches!(driver.spec.flow, Flow::ManagedIdentity | Flow::AdminConsent);
    if !wanted || !proves {
        return Ok(());
    }
    let invalid = |problem| Ended::Invalid(vec![problem]);
    let env = std::sync::Arc::clone(&driver.context.ports.env);
    let job = Job::find(&|name| env.var(name)).map_err(invalid)?;
    let audience = audience(&driver.spec.authority);
    let url = job.address(audience);
    driver.say(say::asking(url.host_str().unwrap_or_default(), audience));
    let shown = format!("bearer {}", job.shown.reveal());
    let mut request = Request::get(url, Purpose::ClientAssertion);
    let value = Secret::new(SecretKind::AccessToken, shown);
    request.headers.push(Header::new("Authorization", value));
    request
        .headers
        .push(Header::new("Accept", "application/json"));
    let exchange = driver.fetch(request).await.ok_or(Ended::Cancelled)?;
    let token = token(&exchange).map_err(invalid)?;
    if let Credential::Assertion(given) = &mut driver.spec.credential {
        given.token = token;
    }
    driver.tell_proof();
    Ok(())
}

fn token(exchange: &Exchange) -> Result<Secret, Problem> {
    let problem = |what| Problem::new(what, JOB_URL, say::EXPECTED_TOKEN);
    let Some(reply) = &exchange.reply else {
        let fault = exchange.fault.as_ref().map(|fault| fault.detail.as_str());
        return Err(problem(say::no_reply(fault.unwrap_or_default())));
    };
    let body: Json = serde_json::from_slice(&reply.body).unwrap_or_default();
    let value = body.get("value").and_then(Json::as_str).unwrap_or_default();
    if reply.status != 200 || value.is_empty() {
        return Err(problem(say::no_token(reply.status)));
    }
    Ok(Secret::new(SecretKind::Assertion, value))
}
