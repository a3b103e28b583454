//! Reasoning as a table: one family of rules a file. The first rule that applies judges; what no rule claims keeps the
//! catalogue's verdict. A rule decides from the situation (flow, client, place, headers, what came with the error);
//! texts of codes live in the catalogue.

mod backchannel;
mod chain;
mod consent;
pub(super) mod credential;
mod device;
mod fault;
mod grant;
mod interaction;
mod managed_identity;
mod odd_reply;
pub(super) mod parameter;
mod policy;
mod request;
mod resource;
pub(super) mod throttle;

use super::case::Case;
use super::draft::Draft;

/// One way an acquisition goes wrong that the situation tells, and what to conclude.
#[derive(Clone, Copy)]
pub struct Rule {
    /// Its name, unique: `family/what`.
    pub id: &'static str,
    pub(super) applies: fn(&Case<'_>, &Draft) -> bool,
    pub(super) judge: fn(&Case<'_>, &mut Draft),
}

/// Every rule, most specific first.
pub const RULES: &[Rule] = &[
    chain::NONE,
    interaction::BROWSER_SILENT,
    interaction::FEDERATED,
    odd_reply::MIXED_UP,
    fault::NAME_LOOKUP,
    fault::TRUST,
    fault::REFUSED,
    fault::PROXY,
    fault::TIME_OUT,
    fault::CUT_OFF,
    fault::NOT_HTTP,
    fault::CANCELLED,
    throttle::LOOP,
    backchannel::DECLINED,
    backchannel::EXPIRED,
    device::PENDING,
    device::SLOW_DOWN,
    device::DECLINED,
    device::EXPIRED,
    device::WRONG_CODE,
    throttle::TOO_MANY,
    resource::APP_CHALLENGE,
    resource::CHALLENGE,
    resource::NOT_ALLOWED,
    resource::TOKEN_REFUSED,
    resource::ELSEWHERE,
    resource::OWN_REASON,
    managed_identity::NOT_ASSIGNED,
    managed_identity::NOT_NAMED,
    managed_identity::NO_HEADER,
    managed_identity::UPDATING,
    throttle::UNWELL,
    odd_reply::METADATA,
    odd_reply::REDIRECTED,
    odd_reply::WEB_PAGE,
    odd_reply::NO_TOKEN,
    odd_reply::NOTHING_HERE,
    odd_reply::EMPTY,
    odd_reply::NOT_PROTOCOL,
    policy::MESSAGE_ONLY,
    policy::APP_PROTECTION,
    policy::OUTSIDE_SESSION,
    policy::DEVICE_FLOW,
    interaction::APP_CLAIMS,
    interaction::PASSWORD_FLOW,
    interaction::WITH_CLAIMS,
    credential::PASSWORD_EXPIRED,
    credential::WRONG_PASSWORD,
    credential::ASSERTION_TIME,
    credential::MUTUAL_TLS,
    credential::CLIENT,
    consent::FOR_APP,
    consent::DECLINED,
    consent::MISSING,
    grant::TOKEN_AGED,
    grant::OTHER_FAMILY,
    grant::CODE_SPENT,
    grant::DEAD,
    interaction::SIMPLE_ACTION,
    interaction::NEEDED,
    request::REDIRECT,
    request::SCOPE,
    request::TENANT,
    request::GRANT_TYPE,
    request::MALFORMED,
];

#[cfg(test)]
mod tests;
