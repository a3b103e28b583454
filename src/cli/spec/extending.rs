//! Extensions of OAuth, as flags say it or the profile does.

use clap::Args;

use crate::model::{Extensions, Problem, Region};

/// What a run uses beside its flow.
#[derive(Debug, Args)]
pub(super) struct Extending {
    /// Bind tokens to a key of this run by DPoP (RFC 9449)
    #[arg(long)]
    dpop: bool,
    /// Push the authorization request to the server before the browser opens (RFC 9126)
    #[arg(long)]
    par: bool,
    /// Ask the token endpoint of this region for the application's own tokens: its name, or `auto` for the region that
    /// the machine says it is in (Entra, client credentials)
    #[arg(long, value_name = "NAME")]
    region: Option<String>,
}

impl Extending {
    /// The extensions of a run: those of its profile and those that are named.
    ///
    /// # Errors
    /// A name that can be no region's.
    pub(super) fn over(&self, own: Option<&Extensions>) -> Result<Extensions, Problem> {
        let own = own.cloned().unwrap_or_default();
        let named = self
            .region
            .as_deref()
            .map(|name| Region::parse(name, "--region"));
        Ok(Extensions {
            dpop: self.dpop || own.dpop,
            par: self.par || own.par,
            region: named.transpose()?.or(own.region),
        })
    }
}
