//! What a code comes together with: the pairing that was seen, else the one that is assumed, else what its class
//! makes likely. Never a pairing that contradicts the class.

use super::Speech;
use crate::catalog::{Endpoint, Pairing};
use crate::model::{Class, Door, Force};

/// What goes on the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    pub error: String,
    pub suberror: Option<String>,
    pub status: u16,
    /// Nobody is known to have seen this.
    pub assumed: bool,
}

/// Errors that only the token endpoint speaks (RFC 6749 section 5.2, RFC 8628 section 3.5).
const TOKEN_ONLY: [&str; 6] = [
    "invalid_grant",
    "unsupported_grant_type",
    "authorization_pending",
    "slow_down",
    "expired_token",
    "bad_verification_code",
];
/// Errors that only the authorization endpoint speaks (RFC 6749 section 4.1.2.1, OpenID Connect Core 3.1.2.6).
const AUTHORIZE_ONLY: [&str; 3] = [
    "login_required",
    "unsupported_response_type",
    "access_denied",
];

/// Picks what is told at a door.
pub fn pick(speech: &Speech, order: &Force, door: Door, v1: bool) -> Told {
    let named = order.suberror.as_deref();
    let mut told = listed(speech, order, door, v1).unwrap_or_else(|| {
        let error = order.error.as_deref();
        let error = error.unwrap_or_else(|| likely(speech.class, door));
        Told {
            error: error.to_owned(),
            suberror: None,
            status: status(error, speech.class, door),
            // A standard error without a number at a door of its own needs no pairing.
            assumed: speech.number.is_some() || named.is_some() || order.unrealistic,
        }
    });
    let wanted = named.filter(|name| *name != "none");
    if named.is_some() && wanted != told.suberror.as_deref() {
        told.suberror = wanted.map(str::to_owned);
        told.assumed = true;
    }
    if door == Door::Authorize && told.error == "invalid_grant" {
        told.error = "interaction_required".into();
        told.assumed = true;
    }
    if door == Door::Api {
        told.status = if speech.class == Class::Throttle {
            429
        } else {
            401
        };
        told.assumed |= !speech.places.contains(&crate::model::Place::Resource);
    }
    told
}

/// The best pairing of the catalogue.
fn listed(speech: &Speech, order: &Force, door: Door, v1: bool) -> Option<Told> {
    let own = if v1 || door == Door::Authorize {
        Endpoint::V1
    } else {
        Endpoint::V2
    };
    let speaks = |pairing: &&Pairing| match door {
        Door::Authorize => !TOKEN_ONLY[1..].contains(&pairing.error.as_str()),
        Door::Token | Door::DeviceCode | Door::Discovery | Door::ManagedIdentity => {
            !AUTHORIZE_ONLY.contains(&pairing.error.as_str())
        }
        Door::Page | Door::Device | Door::Api => true,
    };
    let wanted = |pairing: &&Pairing| {
        order
            .error
            .as_ref()
            .is_none_or(|error| pairing.error == *error)
    };
    let rank = |pairing: &&Pairing| {
        let here = pairing.endpoint.is_none_or(|endpoint| endpoint == own);
        // At discovery an unknown tenant or host has an error of its own.
        let at_home = (door == Door::Discovery)
            == ["invalid_tenant", "invalid_instance"].contains(&pairing.error.as_str());
        let suberror = order.suberror.as_deref();
        let named = suberror
            .is_some_and(|s| s == pairing.suberror || (s == "none" && pairing.suberror.is_empty()));
        (
            here,
            at_home,
            named,
            pairing.seen,
            pairing.endpoint.is_some(),
        )
    };
    let all = speech.pairings.iter().filter(speaks).filter(wanted);
    // The first of the best, in the catalogue's order.
    let best = all.rev().max_by_key(rank)?;
    let here = best.endpoint.is_none_or(|endpoint| endpoint == own);
    let suberror = Some(best.suberror.clone()).filter(|s| !s.is_empty());
    Some(Told {
        status: best
            .status
            .unwrap_or_else(|| status(&best.error, speech.class, door)),
        error: best.error.clone(),
        suberror,
        assumed: !(best.seen && here) || order.unrealistic,
    })
}

/// The error that a class makes likely.
const fn likely(class: Class, door: Door) -> &'static str {
    let at_authorize = matches!(door, Door::Authorize);
    match class {
        Class::AppCredential if at_authorize => "unauthorized_client",
        Class::AppCredential => "invalid_client",
        Class::Tenant if matches!(door, Door::Discovery) => "invalid_tenant",
        Class::Tenant | Class::Request | Class::Config | Class::Unknown => "invalid_request",
        Class::Throttle | Class::Service => "temporarily_unavailable",
        Class::Policy | Class::Assignment if at_authorize => "access_denied",
        Class::Consent if at_authorize => "consent_required",
        Class::Interaction
        | Class::UserCredential
        | Class::Account
        | Class::Grant
        | Class::Consent
        | Class::Assignment
        | Class::Device
        | Class::Policy
        | Class::Federation
        | Class::Expected
            if at_authorize =>
        {
            "interaction_required"
        }
        Class::Interaction
        | Class::UserCredential
        | Class::Account
        | Class::Grant
        | Class::Consent
        | Class::Assignment
        | Class::Device
        | Class::Policy
        | Class::Federation
        | Class::Expected => "invalid_grant",
    }
}

fn status(error: &str, class: Class, door: Door) -> u16 {
    match error {
        "invalid_client" => 401,
        "temporarily_unavailable" if class == Class::Throttle => 429,
        "temporarily_unavailable" => 503,
        "server_error" => 500,
        "invalid_token" | "insufficient_claims" if door == Door::Api => 401,
        _ => 400,
    }
}
