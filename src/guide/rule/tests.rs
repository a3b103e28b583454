//! One row a rule: the scene it is for, and what must be concluded.

use super::super::case::Case;
use super::super::draft;
use super::super::samples::{OF_API, OF_POLICY, Scene, daemon, ids, spec};
use super::*;
use crate::catalog::Catalog;
use crate::model::{Class, Doing, FactKind, FaultKind, Flow, Handed, Login, Place, Shape};

struct Row {
    rule: &'static str,
    scene: fn() -> Scene,
    class: Class,
    login: Login,
    steps: &'static [&'static str],
}

fn silent(error: &str, codes: &[&str]) -> Scene {
    Scene::refused(spec(Flow::Silent), error, codes)
}

fn browser(error: &str, codes: &[&str]) -> Scene {
    Scene::refused(spec(Flow::Interactive), error, codes)
}

fn device(error: &str, codes: &[&str]) -> Scene {
    Scene::refused(spec(Flow::DeviceCode), error, codes)
}

fn password(error: &str, codes: &[&str]) -> Scene {
    Scene::refused(spec(Flow::Password), error, codes)
}

fn app(error: &str, codes: &[&str]) -> Scene {
    Scene::refused(daemon(), error, codes).status(401)
}

fn lost(kind: FaultKind) -> Scene {
    Scene::fault(spec(Flow::Silent), kind)
}

macro_rules! rows {
    ($($rule:literal: $scene:expr => $class:ident, $login:ident, [$($step:literal),*];)+) => {
        &[$(Row { rule: $rule, scene: || $scene, class: Class::$class, login: Login::$login, steps: &[$($step),*] }),+]
    };
}

const ROWS: &[Row] = rows! {
    "chain/none": silent("", &[]).fact(FactKind::Attempt, "AzureCliCredential: Azure CLI not found on path", "bytes:0-1") => Config, AfterFix, ["supply-one-credential", "name-one-credential"];
    "interaction/browser-silent": browser("", &[]).at(Place::Page).shape(Shape::Nothing).own("state", "nothing came back") => Interaction, Yes, ["repeat"];
    "interaction/federated": password("", &[]).at(Place::Discovery).status(200).fact(FactKind::Message, "federated", "/account_type") => Federation, OtherFlow, ["sign-in", "compare", "use-interactive-flow"];
    "odd-reply/mixed-up": browser("", &[]).at(Place::Authorize).own("iss", "another issuer") => Config, No, ["fix-request", "repeat", "tell-developer"];
    "odd-reply/metadata": silent("", &[]).at(Place::Discovery).status(200) => Tenant, No, ["fix-request", "repeat"];
    "fault/name-lookup": lost(FaultKind::Dns) => Service, AfterFix, ["fix-request", "repeat"];
    "fault/trust": lost(FaultKind::Tls) => Service, AfterFix, ["fix-request", "repeat"];
    "fault/refused": lost(FaultKind::Tcp) => Service, AfterFix, ["repeat", "fix-request"];
    "fault/proxy": lost(FaultKind::Proxy) => Service, AfterFix, ["fix-request", "repeat"];
    "fault/time-out": lost(FaultKind::ConnectTimeout) => Service, AfterWait, ["repeat"];
    "fault/time-out": lost(FaultKind::WholeTimeout) => Service, AfterWait, ["repeat"];
    "fault/cut-off": lost(FaultKind::CutOff) => Service, AfterWait, ["repeat"];
    "fault/not-http": lost(FaultKind::Protocol) => Service, AfterFix, ["fix-request", "repeat"];
    "fault/cancelled": lost(FaultKind::Cancelled) => Expected, Yes, ["repeat"];
    "throttle/loop": silent("invalid_grant", &["AADSTS50196"]) => Throttle, No, ["stop-the-loop"];
    "throttle/too-many": app("", &[]).status(429).header("retry-after", "12") => Throttle, AfterWait, ["wait-and-repeat"];
    "throttle/unwell": app("temporarily_unavailable", &["AADSTS90033"]).status(503) => Service, AfterWait, ["wait-and-repeat", "tell-microsoft"];
    "throttle/unwell": silent("", &[]).status(502).shape(Shape::Html) => Service, AfterWait, ["wait-and-repeat", "tell-microsoft"];
    "device/pending": device("authorization_pending", &["AADSTS70016"]) => Expected, NotApplicable, ["finish-on-the-page", "paste-page"];
    "device/slow-down": device("slow_down", &[]) => Throttle, NotApplicable, ["wait-and-repeat"];
    "backchannel/declined": Scene::refused(spec(Flow::Ciba), "access_denied", &[]) => Consent, Fresh, ["repeat"];
    "backchannel/expired": Scene::refused(spec(Flow::Ciba), "expired_token", &[]) => Grant, Fresh, ["repeat"];
    "device/declined": device("authorization_declined", &[]) => Consent, Fresh, ["device-code", "sign-in"];
    "device/declined": device("access_denied", &[]) => Consent, Fresh, ["device-code", "sign-in"];
    "device/expired": device("expired_token", &["AADSTS70020"]) => Grant, Fresh, ["device-code", "sign-in", "paste-page"];
    "device/wrong-code": device("", &["AADSTS70018"]).at(Place::DevicePage) => UserCredential, Fresh, ["type-the-code-again", "device-code"];
    "resource/app-challenge": app("insufficient_claims", &[]).claims(OF_API).at(Place::Resource) => Interaction, NotApplicable, ["get-app-token-with-claims", "call-api", "compare"];
    "resource/challenge": silent("insufficient_claims", &[]).claims(OF_API).at(Place::Resource).status(401) => Interaction, WithClaims, ["silent-with-claims", "sign-in-with-claims", "call-api", "compare"];
    "resource/not-allowed": silent("", &[]).at(Place::Resource).status(403) => Consent, AfterFix, ["fix-request", "tell-admin-consent", "publish-scope", "call-api"];
    "resource/token-refused": silent("invalid_token", &[]).at(Place::Resource).status(401) => Grant, Yes, ["repeat-silent", "call-api", "fix-request", "use-token-for-this-api"];
    "resource/elsewhere": silent("", &[]).at(Place::Resource).status(302) => Request, No, ["fix-request", "call-api"];
    "resource/own-reason": silent("Request_ResourceNotFound", &[]).at(Place::Resource).status(404) => Request, No, ["fix-request", "call-api"];
    "managed-identity/not-assigned": app("invalid_request", &[]).at(Place::ManagedIdentity).fact(FactKind::Description, "Identity not found", "/error_description") => Config, NotApplicable, ["assign-managed-identity", "repeat"];
    "managed-identity/not-named": app("invalid_request", &[]).at(Place::ManagedIdentity).fact(FactKind::Description, "Multiple user assigned identities exist", "/error_description") => Request, NotApplicable, ["correct-the-library-call", "repeat"];
    "managed-identity/no-header": app("invalid_request", &[]).at(Place::ManagedIdentity).fact(FactKind::Description, "Required metadata header not specified", "/error_description") => Request, NotApplicable, ["correct-the-library-call", "repeat"];
    "managed-identity/updating": app("", &[]).at(Place::ManagedIdentity).status(410) => Service, AfterWait, ["wait-and-repeat", "assign-managed-identity"];
    "odd-reply/redirected": silent("", &[]).status(302).header("location", "https://portal.contoso.example/login") => Unknown, No, ["fix-request", "repeat"];
    "odd-reply/web-page": silent("", &[]).status(200).shape(Shape::Html) => Unknown, No, ["fix-request", "repeat"];
    "odd-reply/no-token": silent("", &[]).status(200) => Unknown, No, ["repeat", "fix-request"];
    "odd-reply/nothing-here": silent("", &[]).status(404).shape(Shape::Text) => Tenant, No, ["fix-request", "repeat"];
    "odd-reply/empty": silent("", &[]).status(400).shape(Shape::Empty) => Unknown, No, ["repeat", "tell-microsoft"];
    "odd-reply/not-protocol": silent("", &[]).status(400).shape(Shape::OddJson) => Unknown, No, ["repeat", "fix-request"];
    "policy/message-only": silent("invalid_grant", &["AADSTS53003"]).suberror("message_only") => Policy, No, ["tell-admin-policy"];
    "policy/app-protection": silent("unauthorized_client", &[]).suberror("protection_policy_required") => Device, AfterFix, ["install-broker", "tell-admin-policy", "sign-in"];
    "policy/outside-session": silent("invalid_grant", &[]).suberror("additional_action") => Device, AfterFix, ["use-managed-device", "install-broker", "sign-in"];
    "policy/device-flow": device("invalid_grant", &["AADSTS53000"]) => Device, OtherFlow, ["use-managed-device", "install-broker", "tell-admin-policy", "sign-in"];
    "interaction/app-claims": app("invalid_grant", &["AADSTS599999"]).claims(OF_API) => Grant, NotApplicable, ["get-app-token-with-claims", "compare"];
    "interaction/password-flow": password("invalid_grant", &["AADSTS50076"]).suberror("basic_action") => Interaction, OtherFlow, ["sign-in", "repeat-silent", "compare", "use-interactive-flow"];
    "interaction/with-claims": silent("invalid_grant", &["AADSTS50079"]).suberror("basic_action").claims(OF_POLICY) => Interaction, WithClaims, ["sign-in-with-claims", "register-mfa", "repeat-silent", "compare"];
    "interaction/simple-action": silent("invalid_grant", &["AADSTS50076"]).suberror("basic_action") => Interaction, Yes, ["sign-in", "repeat-silent", "compare"];
    "interaction/needed": browser("login_required", &[]).at(Place::Authorize) => Interaction, Yes, ["sign-in", "use-private-window", "repeat-silent"];
    "credential/password-expired": password("invalid_grant", &["AADSTS50055"]).suberror("user_password_expired") => UserCredential, AfterFix, ["change-password", "sign-in", "compare"];
    "credential/wrong-password": password("invalid_grant", &["AADSTS50126"]) => UserCredential, AfterFix, ["enter-password", "sign-in", "compare"];
    "credential/wrong-password": password("invalid_grant", &[]) => UserCredential, AfterFix, ["enter-password", "sign-in", "compare"];
    "credential/assertion-time": app("invalid_client", &["AADSTS700024"]) => AppCredential, No, ["fresh-assertion", "fix-clock", "repeat"];
    "credential/mutual-tls": app("invalid_client", &[]).certificate(Handed::Shown) => AppCredential, No, ["register-tls-certificate", "fix-request", "compare"];
    "credential/client": app("invalid_client", &[]) => AppCredential, No, ["enter-secret", "renew-secret", "fix-request", "compare"];
    "consent/for-app": app("invalid_grant", &["AADSTS65001"]) => Consent, NotApplicable, ["tell-admin-consent", "admin-consent", "repeat", "compare"];
    "consent/declined": browser("access_denied", &[]).at(Place::Authorize) => Consent, Yes, ["sign-in-consent", "tell-admin-consent", "admin-consent", "compare"];
    "consent/declined": browser("access_denied", &[]).at(Place::Authorize).fact( FactKind::ErrorSubcode, "cancel", "/error_subcode", ) => Interaction, Yes, ["sign-in", "compare"];
    "consent/missing": silent("invalid_grant", &["AADSTS65001"]).suberror("consent_required") => Consent, Yes, ["sign-in-consent", "tell-admin-consent", "admin-consent", "repeat-silent"];
    "grant/token-aged": silent("invalid_grant", &["AADSTS70043"]).suberror("token_expired") => Grant, Yes, ["sign-in-fresh", "repeat-silent", "compare"];
    "grant/other-family": silent("invalid_grant", &[]).suberror("client_mismatch") => Grant, Yes, ["sign-in", "repeat-silent", "compare"];
    "grant/code-spent": browser("invalid_grant", &[]) => Grant, Fresh, ["sign-in", "redeem-once", "compare"];
    "grant/dead": silent("invalid_grant", &["AADSTS50173"]).suberror("bad_token") => Grant, Yes, ["sign-in-fresh", "repeat-silent", "compare"];
    "request/redirect": browser("", &["AADSTS50011"]).at(Place::Page) => Config, AfterFix, ["fix-request", "register-redirect-uri", "compare"];
    "request/scope": browser("invalid_scope", &[]) => Request, No, ["fix-request", "compare"];
    "request/tenant": browser("invalid_tenant", &[]).at(Place::Discovery) => Tenant, No, ["fix-request", "use-right-authority"];
    "request/grant-type": app("unsupported_grant_type", &[]).status(400) => Request, No, ["fix-request", "compare"];
    "request/malformed": browser("invalid_request", &[]) => Request, No, ["fix-request", "correct-the-code", "compare"];
};

#[test]
fn every_rule_is_named_once_and_has_a_row() {
    for rule in RULES {
        assert_eq!(
            RULES.iter().filter(|other| other.id == rule.id).count(),
            1,
            "{}",
            rule.id
        );
        assert!(
            ROWS.iter().any(|row| row.rule == rule.id),
            "{} has no row",
            rule.id
        );
    }
}

#[test]
fn each_scene_is_judged_by_its_rule_with_the_expected_verdict_and_plan() {
    let catalog = Catalog::builtin();
    let mut wrong = Vec::new();
    for row in ROWS {
        let scene = (row.scene)();
        let evidence = scene.evidence(&catalog);
        let case = Case::new(&evidence);
        let draft = draft::weigh(&case);
        let judged = RULES
            .iter()
            .find(|rule| (rule.applies)(&case, &draft))
            .map(|rule| rule.id);
        let diagnosis = scene.diagnose_by(&catalog);
        let found = (judged, diagnosis.class, diagnosis.login, ids(&diagnosis));
        let wanted = (Some(row.rule), row.class, row.login, row.steps.to_vec());
        if found != wanted {
            wrong.push(format!(
                "{}\n  found  {found:?}\n  wanted {wanted:?}",
                row.rule
            ));
        }
        assert!(!diagnosis.because.is_empty(), "{}", row.rule);
        assert!(
            diagnosis.summary.ends_with('.') && !diagnosis.do_now.is_empty(),
            "{}",
            diagnosis.summary
        );
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn a_client_refused_by_its_certificate_is_told_whether_the_server_saw_one() {
    let notes = |handed| {
        let scene = app("invalid_client", &[]).certificate(handed);
        scene.diagnose_by(&Catalog::builtin()).notes.join(" ")
    };
    let shown = notes(Handed::Shown);
    assert!(shown.contains("CN=billing.contoso.example"), "{shown}");
    assert!(notes(Handed::NotAsked).contains("mtls_endpoint_aliases"));
    assert!(notes(Handed::Unfit).contains("no signature"));
}

#[test]
fn a_connection_that_ends_after_a_certificate_was_shown_may_be_ended_because_of_it() {
    let notes = |scene: Scene| scene.diagnose_by(&Catalog::builtin()).notes.join(" ");
    let shown = notes(lost(FaultKind::CutOff).certificate(Handed::Shown));
    assert!(shown.contains("may just hang up"), "{shown}");
    let none = notes(lost(FaultKind::CutOff));
    assert!(!none.contains("may just hang up"), "{none}");
}

#[test]
fn a_rule_that_the_catalogue_does_not_know_still_finds_a_way_out() {
    let empty = Catalog::default();
    for row in ROWS {
        let diagnosis = (row.scene)().diagnose_by(&empty);
        assert!(!diagnosis.plan.steps.is_empty(), "{}", row.rule);
        assert!(!diagnosis.acts.is_empty(), "{}", row.rule);
    }
}

#[test]
fn a_fault_of_the_service_that_waiting_does_not_cure_begins_with_what_does() {
    for (scene, first) in [
        (browser("", &["AADSTS50086"]), "use-other-factor"),
        (device("", &["AADSTS50134"]), "sign-in"),
        (browser("", &["AADSTS50042"]), "repair-tenant"),
    ] {
        let diagnosis = scene.diagnose_by(&Catalog::builtin());
        let steps = ids(&diagnosis);
        assert_eq!(steps.first(), Some(&first), "{steps:?}");
        assert!(!steps.contains(&"wait-and-repeat"), "{steps:?}");
    }
}

#[test]
fn too_many_phone_calls_ask_for_minutes_and_not_for_seconds() {
    let wait = |code| {
        let diagnosis = browser("", &[code]).diagnose_by(&Catalog::builtin());
        match diagnosis.plan.steps[0].doing {
            Doing::WaitAndRepeat { wait } => wait.as_secs(),
            ref other => panic!("{code}: {other:?}"),
        }
    };
    assert_eq!(wait("AADSTS50088"), 300);
    assert_eq!(wait("AADSTS500881"), 300);
    assert!(wait("AADSTS90055") < 60);
}
