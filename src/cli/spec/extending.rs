//! Extensions of OAuth, as flags say it or the profile does.

use clap::Args;

use crate::model::Extensions;

/// What a run uses beside its flow.
#[derive(Debug, Args)]
pub(super) struct Extending {
    /// Bind tokens to a key of this run by DPoP (RFC 9449)
    #[arg(long)]
    dpop: bool,
    /// Push the authorization request to the server before the browser opens (RFC 9126)
    #[arg(long)]
    par: bool,
}

impl Extending {
    /// The extensions of a run: those of its profile and those that are named.
    pub(super) fn over(&self, own: Option<&Extensions>) -> Extensions {
        let own = own.cloned().unwrap_or_default();
        Extensions {
            dpop: self.dpop || own.dpop,
            par: self.par || own.par,
        }
    }
}
