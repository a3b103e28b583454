//! What a scenario gives its program besides a secret: files that the lab writes and that are read as any others are.

use std::sync::{Arc, PoisonError};

use crate::model::scenario::Proof;
use crate::model::{
    AssertionRef, Authority, AuthorityKind, CertificateRef, CredentialRef, Deed, Flow,
};
use crate::session::core::{Active, Core};
use crate::session::{Notice, beforehand, lab_side};
use crate::settings::credentials;
use crate::strings::session as say;

/// Gives the scenario's program what it proves itself with from now on: files of the lab, read as any others are.
pub(super) async fn prove(core: &Arc<Core>, active: &Active, proof: Proof) -> Result<(), String> {
    let lab = lab_side::ready(core).await?;
    let found = match proof {
        Proof::Certificate => lab.client_certificate().map(|certificate| {
            CredentialRef::Certificate(CertificateRef {
                certificate,
                ..CertificateRef::default()
            })
        }),
        Proof::Federated => lab
            .federated_token(&active.scenario.profile)
            .await
            .map(|file| CredentialRef::Assertion(AssertionRef::File(file))),
    };
    let reference = found.map_err(|error| error.to_string())?;
    let places = (&core.setup.ports).into();
    let credential = credentials::client(&reference, places).map_err(|problem| problem.what)?;
    if let (Some(active), Some(credential)) = (&mut core.state().scenario, credential) {
        active.spec.credential = credential;
    }
    Ok(())
}

/// The owner of the registration adds the program's certificate to it.
pub(super) async fn register(core: &Arc<Core>, active: &Active) -> Result<(), String> {
    let lab = lab_side::ready(core).await?;
    let view = lab.register_certificate(&active.scenario.profile);
    let view = view.map_err(|problem| problem.what)?;
    core.tell(Notice::World(Box::new(view)));
    let words = say::deed(&Deed::RegisterCertificate);
    core.tell(Notice::Said(say::world_changed(&words)));
    Ok(())
}

/// Turns the scenario's program to another user flow of its B2C tenant; what it holds stays.
pub(super) fn turn_to(core: &Core, user_flow: &str) -> Result<(), String> {
    let mut state = core.state();
    let active = state.scenario.as_mut().ok_or(say::NO_LAB)?;
    let now = &active.spec.authority;
    let before = now.as_str().rsplit_once('/').map(|(before, _)| before);
    let before = before.filter(|_| now.kind == AuthorityKind::B2c);
    let address = format!("{}/{user_flow}", before.ok_or(say::NO_USER_FLOW)?);
    active.spec.authority = Authority::parse(&address).map_err(|problem| problem.what)?;
    Ok(())
}

/// Gives the scenario's API the token that a user's desktop client calls it with: got by a sign-in of the lab's user
/// that nobody sees.
pub(super) async fn called_with(
    core: &Arc<Core>,
    active: &Active,
    scope: &str,
) -> Result<(), String> {
    let lab = lab_side::ready(core).await?;
    let mut spec = super::spec_for_users(core, &lab)?;
    spec.username.clone_from(&active.spec.username);
    spec.flow = Flow::Interactive;
    spec.scopes = vec![scope.to_owned()];
    let client = spec.client_id.clone();
    if !beforehand::one(core, &lab, spec).await {
        return Err(say::NOT_CALLED.to_owned());
    }
    let cache = Arc::clone(&core.state().cache);
    let token = {
        let cache = cache.lock().unwrap_or_else(PoisonError::into_inner);
        let own = cache.access_tokens().filter(|t| t.client_id == client);
        own.max_by_key(|token| token.cached_at)
            .map(|token| token.secret.clone())
    };
    if let Some(active) = &mut core.state().scenario {
        active.spec.incoming_token = token;
    }
    Ok(())
}
