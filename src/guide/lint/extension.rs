//! Extensions of OAuth: whether whoever is asked knows them.

use super::{Check, Lint};
use crate::model::authority::cloud_of;
use crate::model::{Flow, RunSpec};
use crate::strings::guide::lint as says;

/// The endpoint that gives a machine its identity knows none of them.
pub(super) const OF_MACHINE: Check = Check {
    id: "extension-of-machine",
    look: of_machine,
};

/// Microsoft's services have ways of their own to bind a token.
pub(super) const DPOP_AT_MICROSOFT: Check = Check {
    id: "dpop-at-microsoft",
    look: dpop_at_microsoft,
};

/// Only a sign-in in the browser has an authorization request.
pub(super) const NOTHING_TO_PUSH: Check = Check {
    id: "nothing-to-push",
    look: nothing_to_push,
};

/// Regions are Entra's, and for an application's own tokens.
pub(super) const REGION_FITS: Check = Check {
    id: "region-fits",
    look: region_fits,
};

fn region_fits(spec: &RunSpec, lint: &mut Lint) {
    if spec.extensions.region.is_none() {
        return;
    }
    if spec.flow != Flow::ClientCredentials {
        let what = says::no_region_in(spec.flow.word());
        lint.warning(what, "region", says::REGION_OF_APPS);
    } else if cloud_of(spec.authority.host()).is_none() {
        lint.warning(says::NO_REGION_AT, "region", says::REGION_OF_ENTRA);
    }
}

fn of_machine(spec: &RunSpec, lint: &mut Lint) {
    if spec.flow == Flow::ManagedIdentity && !spec.extensions.is_empty() {
        lint.problem(says::EXTENSION_OF_MACHINE, "flow", says::EXTENSION_SERVER);
    }
}

fn dpop_at_microsoft(spec: &RunSpec, lint: &mut Lint) {
    let instead = says::no_dpop_at(spec.authority.kind);
    if let Some(instead) = instead.filter(|_| spec.extensions.dpop) {
        lint.warning(says::NO_DPOP, "dpop", instead);
    }
}

fn nothing_to_push(spec: &RunSpec, lint: &mut Lint) {
    if spec.extensions.par && spec.flow != Flow::Interactive {
        let what = says::nothing_to_push(spec.flow.word());
        lint.warning(what, "par", says::PUSHED_BY);
    }
}
