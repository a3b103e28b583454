//! The scenarios that come with the program.

/// Includes the files by their names, in the order given.
macro_rules! scenarios {
    ($($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!("../../assets/scenarios/", $name, ".toml")))),+]
    };
}

const TEXTS: &[(&str, &str)] = scenarios![
    "mfa-on-silent",
    "mfa-without-claims",
    "mfa-on-silent-v1",
    "sign-in-frequency",
    "session-ended",
    "refresh-token-inactive",
    "refresh-token-revoked",
    "refresh-token-damaged",
    "code-redeemed-twice",
    "verifier-of-another-sign-in",
    "wrong-password",
    "expired-password",
    "locked-account",
    "too-many-wrong-passwords",
    "wrong-client-secret",
    "expired-client-secret",
    "certificate-unknown",
    "federated-issuer",
    "federated-subject",
    "federated-audience",
    "federated-token-over",
    "assertion-clock-off",
    "consent-missing",
    "consent-declined",
    "blocked-by-policy",
    "blocked-on-page",
    "security-block",
    "device-granted",
    "device-declined",
    "device-expired",
    "slow-down",
    "api-claims-challenge",
    "behalf-wrong-audience",
    "behalf-audience-refused",
    "behalf-consent-missing",
    "behalf-known-client",
    "behalf-claims-challenge",
    "throttled",
    "outage",
    "unknown-tenant",
    "wrong-cloud-daemon",
    "wrong-cloud-desktop",
    "second-cloud",
    "b2c-cancelled",
    "b2c-forgot-password",
    "b2c-unknown-policy",
    "b2c-other-policy",
    "adfs-wrong-secret",
    "issuer-family-revoked",
    "issuer-token-revoked",
    "app-unknown",
    "app-disabled",
    "user-not-assigned",
    "not-assigned-on-page",
    "app-without-role",
    "public-flows-off",
    "device-code-without-public-flows",
    "web-redirect-without-secret",
    "secret-on-public-client",
    "spa-redirect-in-a-program",
    "web-redirect-in-a-browser",
    "spa-refresh-token-over",
    "family-left",
    "request-loop",
    "single-tenant-app",
    "work-app-at-consumers",
    "personal-app-at-a-tenant",
    "device-code-at-consumers",
    "mfa-registration",
    "per-user-mfa-of-one",
    "own-setting-enforces-mfa",
    "own-setting-without-factor",
    "registration-in-office-alone",
    "mfa-too-old",
    "terms-of-use",
    "terms-declined",
    "external-check",
    "risky-user",
    "risky-user-new-password",
    "risky-user-without-factor",
    "risky-sign-in",
    "device-unknown",
    "device-not-compliant",
    "api-wants-compliant-device",
    "device-not-joined",
    "device-kind-unsupported",
    "device-page-refused",
    "device-code-shows-no-device",
    "device-code-blocked",
    "device-code-barred-later",
    "blocked-abroad",
    "two-policies-at-once",
    "token-protection",
    "app-protection",
    "app-not-approved",
    "security-defaults",
    "daemon-blocked",
    "account-disabled",
    "address-blocked",
    "consent-admin-only",
    "consent-by-the-administrator",
    "consent-gone-back",
    "consent-request",
    "consent-for-the-api-behind",
    "permission-not-listed",
    "permissions-gone",
    "app-asks-for-itself",
    "api-claims-not-passed-on",
    "api-claims-out-of-reach",
    "cae-with-cp1",
    "cae-without-cp1",
    "cae-place-barred",
    "cae-risk-rises",
    "api-permission-missing",
    "account-of-another-tenant",
    "guest-removed",
    "home-lets-nobody-out",
    "host-lets-nobody-in",
    "network-bars-tenant",
    "guest-device-not-trusted",
    "guest-at-risk",
    "guest-under-the-hosts-policy",
    "app-disabled-in-another-tenant",
    "consent-in-another-tenant",
    "wrong-tenant-for-the-account",
    "forced-additional-action",
    "forced-device-authentication",
    "forced-interrupted-user",
    "forced-ui-not-allowed",
    "forced-outbound-access",
    "forced-unlisted-number",
    "connection-reset",
    "body-cut",
    "html-instead-of-json",
    "gateway-page",
    "throttled-until-a-date",
    "outage-without-a-word",
    "redirected-elsewhere",
    "certificate-expired",
    "clock-skew",
    "identity-not-assigned",
    "identity-updating",
    "identity-throttled",
];

/// The scenarios that come with the program: name and TOML text, in the order of a first walk through them.
pub const fn scenario_texts() -> &'static [(&'static str, &'static str)] {
    TEXTS
}

#[cfg(test)]
mod tests {
    use super::super::testing::world;
    use super::*;
    use crate::model::{Deed, Scenario, WorldChange};

    #[test]
    fn every_scenario_file_is_listed() {
        let dir = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/scenarios");
        let count = std::fs::read_dir(dir).unwrap().count();
        assert_eq!(count, scenario_texts().len());
    }

    #[test]
    fn every_scenario_can_be_read_and_fits_the_world() {
        let world = world();
        for (name, text) in scenario_texts() {
            let scenario = Scenario::parse(name, text).unwrap();
            assert!(
                world.clients.iter().any(|c| c.name == scenario.profile),
                "{name}"
            );
            let user = scenario.user.as_deref();
            assert!(user.is_none_or(|user| world.user(user).is_some()), "{name}");
            let steps = scenario.step.iter().map(|step| &step.r#do);
            for deed in scenario.given.iter().chain(steps) {
                if let Deed::World(WorldChange::Policy { name: policy, .. }) = deed {
                    let others = world.neighbours.iter().flat_map(|n| &n.policies);
                    let mut all = world.policies.iter().chain(others);
                    assert!(all.any(|p| p.name == *policy), "{name}: {policy}");
                }
            }
        }
    }
}
