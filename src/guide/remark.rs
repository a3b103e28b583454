//! What is worth saying beside the verdict: facts that speak against each other, what is only assumed, a clock that is
//! off. Every remark that has something to say says it.

mod assertion;
mod assumed;
mod clock;
mod contradiction;
mod meaning;
mod mismatch;
mod replay;
mod request;

pub(super) use assumed::pairing_seen;

use super::case::Case;
use super::draft::Draft;

/// One thing to look for.
#[derive(Clone, Copy)]
pub struct Remark {
    /// Its name, unique.
    pub id: &'static str,
    pub(super) make: fn(&Case<'_>, &mut Draft),
}

/// Every remark, in the order in which they are read.
pub const REMARKS: &[Remark] = &[
    meaning::MEANING,
    meaning::VARIANTS,
    contradiction::CODES,
    contradiction::ERROR_AND_CODE,
    contradiction::SUBERROR_AND_CODE,
    contradiction::ERROR_AND_FAMILY,
    contradiction::CLAIMS_AND_BLOCK,
    contradiction::SUCCESS_AND_ERROR,
    assumed::UNKNOWN_CODE,
    assumed::PAIRING,
    meaning::SEVERAL_CODES,
    meaning::POLICIES,
    meaning::LIBRARY,
    mismatch::REDIRECT,
    mismatch::FEDERATED,
    assertion::TIMES,
    request::WARNINGS,
    clock::SKEW,
    replay::REPLAY,
    meaning::NO_LOOKUP,
    meaning::TROUBLE,
];
