//! Whether a step can be done here: in this flow, by this client, with or without a run at hand.

use crate::guide::case::Case;
use crate::guide::link;
use crate::model::{Actor, ClientKind, Credential, Flow, Place};

/// Whether the remedy can be done in this situation.
pub(super) fn fits(case: &Case<'_>, id: &str) -> bool {
    let consents = case.is_flow(&[Flow::AdminConsent]);
    let person = !case.nobody() && !case.relays() && !consents;
    match id {
        "repeat-silent" => person,
        "silent-with-claims" => person && case.claims.is_some(),
        "device-code" => person && device_page(case) && case.claims.is_none(),
        "enter-password" => person && (case.is_paste() || case.is_flow(&[Flow::Password])),
        "enter-secret" => case.is_paste() || has_secret(case),
        "get-app-token-with-claims" => case.nobody() && case.claims.is_some(),
        "admin-consent" => !consents && has_admin_page(case),
        "call-api" => calls_api(case),
        "compare" | "fix-request" => !case.is_paste(),
        "paste-page" => {
            let page = matches!(case.place(), Place::Page | Place::DevicePage);
            !case.is_paste()
                && !page
                && case.is_flow(&[Flow::Interactive, Flow::DeviceCode, Flow::AdminConsent])
        }
        "use-interactive-flow" => case.is_paste() || case.is_flow(&[Flow::Password]),
        "relay-claims" => matches!(case.client(), None | Some(ClientKind::Api)) && !case.nobody(),
        // Whoever sits at the machine, also where no user signs in.
        "check-connection" | "check-clock" => true,
        id if id.starts_with("sign-in") => person,
        id => {
            let to = case
                .evidence
                .catalog
                .remedy(id)
                .and_then(|remedy| remedy.to);
            !(case.nobody() && to == Some(Actor::User))
        }
    }
}

/// Whether there is a page where an administrator could consent for the client of this run.
fn has_admin_page(case: &Case<'_>) -> bool {
    let spec = case.evidence.spec;
    let at_home = case.place() != Place::Resource
        && spec.is_some_and(|spec| !spec.client_id.is_empty() && !spec.scopes.is_empty());
    at_home && link::admin_tenant(case).is_some()
}

/// The device flow is for public clients.
fn device_page(case: &Case<'_>) -> bool {
    case.is_flow(&[Flow::DeviceCode]) || matches!(case.client(), None | Some(ClientKind::Desktop))
}

fn has_secret(case: &Case<'_>) -> bool {
    let given = case
        .evidence
        .spec
        .is_some_and(|spec| spec.credential != Credential::Public);
    let kind = matches!(
        case.client(),
        Some(ClientKind::Web | ClientKind::Daemon | ClientKind::Api)
    );
    given || kind
}

fn calls_api(case: &Case<'_>) -> bool {
    case.place() == Place::Resource || case.evidence.spec.is_some_and(|spec| spec.api.is_some())
}
