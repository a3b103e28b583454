//! Browser or device code: the ways of signing in, and why one of them cannot work.

use crate::guide::case::Case;
use crate::guide::draft::Draft;
use crate::model::{Class, ClientKind, Doing, Flow, Way};
use crate::strings::guide::plan as says;

/// Claims that speak of the device or of the policy behind it.
const OF_DEVICE: [&str; 4] = ["deviceid", "capolids", "polids", "xms_rp_ipaddr"];

/// The ways of doing a step; only signing in has more than one. The browser is never barred.
pub(super) fn of(case: &Case<'_>, draft: &Draft, id: &str, doing: &Doing) -> Vec<Way> {
    if !matches!(doing, Doing::SignIn { .. }) {
        return Vec::new();
    }
    let browser = Way {
        id: "browser".into(),
        title: says::BROWSER.into(),
        barred: None,
    };
    let barred = barred(case, draft, id);
    let usual = case.is_flow(&[Flow::DeviceCode]) && barred.is_none();
    let device = Way {
        id: "device-code".into(),
        title: says::DEVICE_CODE.into(),
        barred: barred.map(str::to_owned),
    };
    if usual {
        vec![device, browser]
    } else {
        vec![browser, device]
    }
}

/// Why a device code cannot do it.
fn barred(case: &Case<'_>, draft: &Draft, id: &str) -> Option<&'static str> {
    let public = matches!(case.client(), None | Some(ClientKind::Desktop));
    if !public && !case.is_flow(&[Flow::DeviceCode]) {
        return Some(says::NOT_FOR_THIS_CLIENT);
    }
    let policy = matches!(draft.class, Class::Policy | Class::Device);
    if case.has_code(&["AADSTS530036"]) || (policy && case.is_flow(&[Flow::DeviceCode])) {
        return Some(says::POLICY_FORBIDS);
    }
    if policy || OF_DEVICE.iter().any(|claim| case.asks_for(claim)) {
        return Some(says::NO_DEVICE_STATE);
    }
    if case.claims.is_some() {
        return Some(says::NO_CLAIMS);
    }
    let remedy = case.evidence.catalog.remedy(id);
    let listed = remedy.is_some_and(|remedy| remedy.barred.iter().any(|way| way == "device-code"));
    listed.then_some(says::NOT_BY_DEVICE_CODE)
}
