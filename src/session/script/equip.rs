//! What a scenario gives its program besides a secret: files that the lab writes and that are read as any others are.

use std::sync::Arc;

use crate::model::scenario::Proof;
use crate::model::{AssertionRef, CertificateRef, CredentialRef, Deed};
use crate::session::core::{Active, Core};
use crate::session::{Notice, lab_side};
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
    let env = core.setup.ports.env.as_ref();
    let credential = credentials::client(&reference, env).map_err(|problem| problem.what)?;
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
