//! The errors that people meet most, each with what really cured it: real bodies through the decoder.

use crate::guide::samples::{OF_POLICY, Wire, daemon, ids, spec};
use crate::model::{Actor, Class, Diagnosis, Flow, Login, Moment, RunSpec};

use Actor::{Admin, AppOwner, Developer, Federation, Microsoft, User};

struct Row {
    spec: fn() -> RunSpec,
    wire: fn() -> Wire,
    class: Class,
    acts: &'static [Actor],
    login: Login,
    steps: &'static [&'static str],
}

fn silent() -> RunSpec {
    spec(Flow::Silent)
}

fn browser() -> RunSpec {
    spec(Flow::Interactive)
}

fn by_device() -> RunSpec {
    spec(Flow::DeviceCode)
}

fn by_password() -> RunSpec {
    spec(Flow::Password)
}

fn grant(code: &str) -> Wire {
    Wire::new(400, "invalid_grant", code)
}

fn client(code: &str) -> Wire {
    Wire::new(401, "invalid_client", code)
}

macro_rules! rows {
    ($($spec:path, $wire:expr => $class:ident $acts:expr, $login:ident, [$($step:literal),*];)+) => {
        &[$(Row { spec: $spec, wire: || $wire, class: Class::$class, acts: &$acts, login: Login::$login, steps: &[$($step),*] }),+]
    };
}

const ROWS: &[Row] = rows! {
    silent, grant("50076").suberror("basic_action").claims(OF_POLICY) => Interaction [User], WithClaims, ["sign-in-with-claims", "repeat-silent", "compare"];
    silent, grant("50076").suberror("basic_action") => Interaction [User], Yes, ["sign-in", "repeat-silent", "compare"];
    silent, Wire::new(400, "interaction_required", "50076").suberror("basic_action").claims(OF_POLICY) => Interaction [User], WithClaims, ["sign-in-with-claims", "repeat-silent", "compare"];
    silent, grant("50079").suberror("basic_action").claims(OF_POLICY) => Interaction [User, Federation], WithClaims, ["sign-in-with-claims", "register-mfa", "repeat-silent", "compare"];
    by_password, grant("50076").suberror("basic_action").claims(OF_POLICY) => Interaction [Developer], OtherFlow, ["sign-in-with-claims", "repeat-silent", "compare", "use-interactive-flow"];
    silent, grant("53003").suberror("message_only").claims(OF_POLICY) => Policy [Admin], No, ["tell-admin-policy"];
    silent, grant("53000") => Device [User, Admin], AfterFix, ["use-managed-device", "install-broker", "tell-admin-policy", "sign-in"];
    silent, grant("530084") => Policy [Admin, User], OtherFlow, ["install-broker", "tell-admin-policy"];
    by_password, grant("50097") => Device [Developer], OtherFlow, ["sign-in", "repeat-silent", "compare", "use-interactive-flow"];
    silent, grant("65001").suberror("consent_required") => Consent [User, Admin], Yes, ["sign-in-consent", "tell-admin-consent", "admin-consent", "repeat-silent"];
    daemon, Wire::new(400, "unauthorized_client", "700016") => Config [Developer, Admin], No, ["fix-request", "install-app", "compare"];
    daemon, Wire::new(400, "invalid_tenant", "90002") => Tenant [Developer], No, ["fix-request", "use-right-authority", "compare"];
    silent, Wire::new(400, "invalid_resource", "500011") => Config [Developer, Admin], No, ["fix-request", "install-resource", "compare"];
    daemon, client("7000215") => AppCredential [AppOwner, Developer], No, ["enter-secret", "renew-secret", "compare"];
    daemon, client("7000222") => AppCredential [AppOwner], No, ["renew-secret", "enter-secret", "compare"];
    by_device, client("7000218") => Config [AppOwner, Developer], No, ["allow-public-client", "send-credential", "fix-request", "compare"];
    browser, client("700025") => Config [Developer, AppOwner], No, ["drop-credential", "fix-request", "change-redirect-platform"];
    browser, Wire::new(400, "invalid_request", "9002326") => Config [AppOwner, Developer], No, ["change-redirect-platform", "send-origin"];
    browser, Wire::new(400, "invalid_request", "9002327") => Config [AppOwner, Developer], No, ["send-origin", "change-redirect-platform"];
    daemon, client("700213") => AppCredential [AppOwner], No, ["fix-federated-credential"];
    daemon, client("7002138") => AppCredential [AppOwner], No, ["fix-federated-credential"];
    daemon, client("700024") => AppCredential [Developer], No, ["fresh-assertion", "fix-clock", "repeat"];
    daemon, client("700027") => AppCredential [AppOwner, Developer], No, ["renew-certificate", "fix-request", "compare"];
    silent, grant("700082").suberror("bad_token") => Grant [User], Yes, ["sign-in", "repeat-silent", "compare"];
    silent, grant("70043").suberror("token_expired") => Grant [User], Yes, ["sign-in-fresh", "repeat-silent", "compare"];
    silent, grant("50173").suberror("bad_token") => Grant [User], Yes, ["sign-in-fresh", "repeat-silent", "compare"];
    browser, grant("50020") => Account [User, Admin], OtherAccount, ["sign-in-other-account", "invite-guest", "use-right-account", "compare"];
    silent, grant("50196") => Throttle [Developer], No, ["stop-the-loop"];
    browser, grant("54005") => Grant [Developer], Fresh, ["sign-in", "redeem-once", "compare"];
    by_device, Wire::new(400, "expired_token", "70020") => Grant [User], Fresh, ["device-code", "sign-in", "paste-page"];
    browser, Wire::new(400, "invalid_request", "900439") => Tenant [Developer], No, ["fix-request", "use-right-authority", "compare"];
    by_password, grant("50126") => UserCredential [User], AfterFix, ["enter-password", "sign-in", "compare"];
    by_password, grant("50053") => Account [User, Admin], AfterWait, ["wait-for-unlock", "unlock-account", "sign-in", "compare"];
    by_password, grant("50055").suberror("user_password_expired") => UserCredential [User], AfterFix, ["change-password", "sign-in", "compare"];
    daemon, Wire::new(503, "temporarily_unavailable", "90033") => Service [Microsoft], AfterWait, ["wait-and-repeat", "tell-microsoft"];
};

fn judge(row: &Row) -> Diagnosis {
    (row.wire)().diagnose(&(row.spec)())
}

#[test]
fn each_frequent_error_names_who_acts_and_the_cure_that_worked() {
    let mut wrong = Vec::new();
    for row in ROWS {
        let diagnosis = judge(row);
        let code = diagnosis.codes[0].code.clone();
        let found = (
            diagnosis.class,
            diagnosis.acts.clone(),
            diagnosis.login,
            ids(&diagnosis),
        );
        let wanted = (row.class, row.acts.to_vec(), row.login, row.steps.to_vec());
        if found != wanted {
            wrong.push(format!("{code}\n  found  {found:?}\n  wanted {wanted:?}"));
        }
        assert!(diagnosis.codes[0].known, "{code}");
        assert_eq!(
            diagnosis.contradictions.is_empty(),
            code != "AADSTS53003",
            "{code}: {:?}",
            diagnosis.contradictions
        );
        assert_eq!(
            diagnosis.correlation_id.as_deref(),
            Some("3f1c0000-0000-4000-8000-000000000001"),
            "{code}"
        );
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn the_reading_is_taken_over_whole() {
    let diagnosis = judge(&ROWS[0]);
    assert_eq!(diagnosis.error.as_deref(), Some("invalid_grant"));
    assert_eq!(diagnosis.suberror.as_deref(), Some("basic_action"));
    assert_eq!(diagnosis.claims, serde_json::from_str(OF_POLICY).ok());
    assert_eq!(diagnosis.codes.len(), 1);
    assert_eq!(diagnosis.codes[0].name, "UserStrongAuthClientAuthNRequired");
    assert_eq!(diagnosis.codes[0].from.word(), "/error_codes/0");
    assert_eq!(diagnosis.because, ["claims", "suberror", "code"]);
    assert_eq!(
        diagnosis.trace_id.as_deref(),
        Some("7c2e0000-0000-4000-8000-000000000002")
    );
    assert_eq!(diagnosis.timestamp, Moment::parse("2026-11-22 14:02:11Z"));
    assert!(
        diagnosis
            .description
            .is_some_and(|text| text.starts_with("AADSTS50076"))
    );
    assert!(!diagnosis.facts.is_empty());
    assert_eq!(diagnosis.predictions, Vec::new());
}
