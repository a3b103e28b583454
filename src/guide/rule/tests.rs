//! One row a rule: the scene it is for, and what must be concluded.

use super::super::case::Case;
use super::super::draft;
use super::super::samples::{OF_API, OF_POLICY, Scene, daemon, ids, spec};
use super::*;
use crate::catalog::Catalog;
use crate::model::{Class, FactKind, FaultKind, Flow, Login, Place, Shape};

struct Row {
    rule: &'static str,
    scene: fn() -> Scene,
    class: Class,
    login: Login,
    steps: &'static [&'static str],
}

const fn row(
    rule: &'static str,
    scene: fn() -> Scene,
    class: Class,
    login: Login,
    steps: &'static [&'static str],
) -> Row {
    Row {
        rule,
        scene,
        class,
        login,
        steps,
    }
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

const ROWS: &[Row] = &[
    row(
        "fault/name-lookup",
        || lost(FaultKind::Dns),
        Class::Service,
        Login::AfterFix,
        &["fix-request", "repeat"],
    ),
    row(
        "fault/trust",
        || lost(FaultKind::Tls),
        Class::Service,
        Login::AfterFix,
        &["fix-request", "repeat"],
    ),
    row(
        "fault/refused",
        || lost(FaultKind::Tcp),
        Class::Service,
        Login::AfterFix,
        &["repeat", "fix-request"],
    ),
    row(
        "fault/proxy",
        || lost(FaultKind::Proxy),
        Class::Service,
        Login::AfterFix,
        &["fix-request", "repeat"],
    ),
    row(
        "fault/time-out",
        || lost(FaultKind::ConnectTimeout),
        Class::Service,
        Login::AfterWait,
        &["repeat"],
    ),
    row(
        "fault/time-out",
        || lost(FaultKind::WholeTimeout),
        Class::Service,
        Login::AfterWait,
        &["repeat"],
    ),
    row(
        "fault/cut-off",
        || lost(FaultKind::CutOff),
        Class::Service,
        Login::AfterWait,
        &["repeat"],
    ),
    row(
        "fault/not-http",
        || lost(FaultKind::Protocol),
        Class::Service,
        Login::AfterFix,
        &["fix-request", "repeat"],
    ),
    row(
        "fault/cancelled",
        || lost(FaultKind::Cancelled),
        Class::Expected,
        Login::Yes,
        &["repeat"],
    ),
    row(
        "throttle/loop",
        || silent("invalid_grant", &["AADSTS50196"]),
        Class::Throttle,
        Login::No,
        &["stop-the-loop"],
    ),
    row(
        "throttle/too-many",
        || app("", &[]).status(429).header("retry-after", "12"),
        Class::Throttle,
        Login::AfterWait,
        &["wait-and-repeat"],
    ),
    row(
        "throttle/unwell",
        || app("temporarily_unavailable", &["AADSTS90033"]).status(503),
        Class::Service,
        Login::AfterWait,
        &["wait-and-repeat", "tell-microsoft"],
    ),
    row(
        "throttle/unwell",
        || silent("", &[]).status(502).shape(Shape::Html),
        Class::Service,
        Login::AfterWait,
        &["wait-and-repeat", "tell-microsoft"],
    ),
    row(
        "device/pending",
        || device("authorization_pending", &["AADSTS70016"]),
        Class::Expected,
        Login::NotApplicable,
        &["finish-on-the-page", "paste-page"],
    ),
    row(
        "device/slow-down",
        || device("slow_down", &[]),
        Class::Throttle,
        Login::NotApplicable,
        &["wait-and-repeat"],
    ),
    row(
        "device/declined",
        || device("authorization_declined", &[]),
        Class::Consent,
        Login::Fresh,
        &["device-code", "sign-in"],
    ),
    row(
        "device/declined",
        || device("access_denied", &[]),
        Class::Consent,
        Login::Fresh,
        &["device-code", "sign-in"],
    ),
    row(
        "device/expired",
        || device("expired_token", &["AADSTS70020"]),
        Class::Grant,
        Login::Fresh,
        &["device-code", "sign-in", "paste-page"],
    ),
    row(
        "device/wrong-code",
        || device("", &["AADSTS70018"]).at(Place::DevicePage),
        Class::UserCredential,
        Login::Fresh,
        &["type-the-code-again", "device-code"],
    ),
    row(
        "resource/app-challenge",
        || {
            app("insufficient_claims", &[])
                .claims(OF_API)
                .at(Place::Resource)
        },
        Class::Interaction,
        Login::NotApplicable,
        &["get-app-token-with-claims", "call-api", "compare"],
    ),
    row(
        "resource/challenge",
        || {
            silent("insufficient_claims", &[])
                .claims(OF_API)
                .at(Place::Resource)
                .status(401)
        },
        Class::Interaction,
        Login::WithClaims,
        &[
            "silent-with-claims",
            "sign-in-with-claims",
            "call-api",
            "compare",
        ],
    ),
    row(
        "resource/not-allowed",
        || silent("", &[]).at(Place::Resource).status(403),
        Class::Consent,
        Login::AfterFix,
        &[
            "fix-request",
            "tell-admin-consent",
            "publish-scope",
            "call-api",
        ],
    ),
    row(
        "resource/token-refused",
        || silent("invalid_token", &[]).at(Place::Resource).status(401),
        Class::Grant,
        Login::Yes,
        &[
            "repeat-silent",
            "call-api",
            "fix-request",
            "use-token-for-this-api",
        ],
    ),
    row(
        "odd-reply/redirected",
        || {
            silent("", &[])
                .status(302)
                .header("location", "https://portal.contoso.example/login")
        },
        Class::Unknown,
        Login::No,
        &["fix-request", "repeat"],
    ),
    row(
        "odd-reply/web-page",
        || silent("", &[]).status(200).shape(Shape::Html),
        Class::Unknown,
        Login::No,
        &["fix-request", "repeat"],
    ),
    row(
        "odd-reply/no-token",
        || silent("", &[]).status(200),
        Class::Unknown,
        Login::No,
        &["repeat", "fix-request"],
    ),
    row(
        "odd-reply/nothing-here",
        || silent("", &[]).status(404).shape(Shape::Text),
        Class::Tenant,
        Login::No,
        &["fix-request", "repeat"],
    ),
    row(
        "odd-reply/empty",
        || silent("", &[]).status(400).shape(Shape::Empty),
        Class::Unknown,
        Login::No,
        &["repeat", "tell-microsoft"],
    ),
    row(
        "odd-reply/not-protocol",
        || silent("", &[]).status(400).shape(Shape::OddJson),
        Class::Unknown,
        Login::No,
        &["repeat", "fix-request"],
    ),
    row(
        "policy/message-only",
        || silent("invalid_grant", &["AADSTS53003"]).suberror("message_only"),
        Class::Policy,
        Login::No,
        &["tell-admin-policy"],
    ),
    row(
        "policy/app-protection",
        || silent("unauthorized_client", &[]).suberror("protection_policy_required"),
        Class::Device,
        Login::AfterFix,
        &["install-broker", "tell-admin-policy", "sign-in"],
    ),
    row(
        "policy/outside-session",
        || silent("invalid_grant", &[]).suberror("additional_action"),
        Class::Device,
        Login::AfterFix,
        &["use-managed-device", "install-broker", "sign-in"],
    ),
    row(
        "policy/device-flow",
        || device("invalid_grant", &["AADSTS53000"]),
        Class::Device,
        Login::OtherFlow,
        &[
            "use-managed-device",
            "install-broker",
            "tell-admin-policy",
            "sign-in",
        ],
    ),
    row(
        "interaction/app-claims",
        || app("invalid_grant", &["AADSTS599999"]).claims(OF_API),
        Class::Grant,
        Login::NotApplicable,
        &["get-app-token-with-claims", "compare"],
    ),
    row(
        "interaction/password-flow",
        || password("invalid_grant", &["AADSTS50076"]).suberror("basic_action"),
        Class::Interaction,
        Login::OtherFlow,
        &[
            "sign-in",
            "repeat-silent",
            "compare",
            "use-interactive-flow",
        ],
    ),
    row(
        "interaction/with-claims",
        || {
            silent("invalid_grant", &["AADSTS50079"])
                .suberror("basic_action")
                .claims(OF_POLICY)
        },
        Class::Interaction,
        Login::WithClaims,
        &[
            "sign-in-with-claims",
            "register-mfa",
            "repeat-silent",
            "compare",
        ],
    ),
    row(
        "interaction/simple-action",
        || silent("invalid_grant", &["AADSTS50076"]).suberror("basic_action"),
        Class::Interaction,
        Login::Yes,
        &["sign-in", "repeat-silent", "compare"],
    ),
    row(
        "interaction/needed",
        || browser("login_required", &[]).at(Place::Authorize),
        Class::Interaction,
        Login::Yes,
        &["sign-in", "use-private-window", "repeat-silent"],
    ),
    row(
        "credential/password-expired",
        || password("invalid_grant", &["AADSTS50055"]).suberror("user_password_expired"),
        Class::UserCredential,
        Login::AfterFix,
        &["change-password", "sign-in", "compare"],
    ),
    row(
        "credential/wrong-password",
        || password("invalid_grant", &["AADSTS50126"]),
        Class::UserCredential,
        Login::AfterFix,
        &["enter-password", "sign-in", "compare"],
    ),
    row(
        "credential/wrong-password",
        || password("invalid_grant", &[]),
        Class::UserCredential,
        Login::AfterFix,
        &["enter-password", "sign-in", "compare"],
    ),
    row(
        "credential/assertion-time",
        || app("invalid_client", &["AADSTS700024"]),
        Class::AppCredential,
        Login::No,
        &["fresh-assertion", "fix-clock", "repeat"],
    ),
    row(
        "credential/client",
        || app("invalid_client", &[]),
        Class::AppCredential,
        Login::No,
        &["enter-secret", "renew-secret", "fix-request", "compare"],
    ),
    row(
        "consent/for-app",
        || app("invalid_grant", &["AADSTS65001"]),
        Class::Consent,
        Login::NotApplicable,
        &["tell-admin-consent", "repeat", "compare"],
    ),
    row(
        "consent/declined",
        || browser("access_denied", &[]).at(Place::Authorize),
        Class::Consent,
        Login::Yes,
        &["sign-in-consent", "tell-admin-consent", "compare"],
    ),
    row(
        "consent/declined",
        || {
            browser("access_denied", &[]).at(Place::Authorize).fact(
                FactKind::ErrorSubcode,
                "cancel",
                "/error_subcode",
            )
        },
        Class::Interaction,
        Login::Yes,
        &["sign-in", "compare"],
    ),
    row(
        "consent/missing",
        || silent("invalid_grant", &["AADSTS65001"]).suberror("consent_required"),
        Class::Consent,
        Login::Yes,
        &["sign-in-consent", "tell-admin-consent", "repeat-silent"],
    ),
    row(
        "grant/token-aged",
        || silent("invalid_grant", &["AADSTS70043"]).suberror("token_expired"),
        Class::Grant,
        Login::Yes,
        &["sign-in-fresh", "repeat-silent", "compare"],
    ),
    row(
        "grant/other-family",
        || silent("invalid_grant", &[]).suberror("client_mismatch"),
        Class::Grant,
        Login::Yes,
        &["sign-in", "repeat-silent", "compare"],
    ),
    row(
        "grant/code-spent",
        || browser("invalid_grant", &[]),
        Class::Grant,
        Login::Fresh,
        &["sign-in", "redeem-once", "compare"],
    ),
    row(
        "grant/dead",
        || silent("invalid_grant", &["AADSTS50173"]).suberror("bad_token"),
        Class::Grant,
        Login::Yes,
        &["sign-in-fresh", "repeat-silent", "compare"],
    ),
    row(
        "request/redirect",
        || browser("", &["AADSTS50011"]).at(Place::Page),
        Class::Config,
        Login::AfterFix,
        &["fix-request", "register-redirect-uri", "compare"],
    ),
    row(
        "request/scope",
        || browser("invalid_scope", &[]),
        Class::Request,
        Login::No,
        &["fix-request", "compare"],
    ),
    row(
        "request/tenant",
        || browser("invalid_tenant", &[]).at(Place::Discovery),
        Class::Tenant,
        Login::No,
        &["fix-request", "use-right-authority"],
    ),
    row(
        "request/grant-type",
        || app("unsupported_grant_type", &[]).status(400),
        Class::Request,
        Login::No,
        &["fix-request", "compare"],
    ),
    row(
        "request/malformed",
        || browser("invalid_request", &[]),
        Class::Request,
        Login::No,
        &["fix-request", "correct-the-code", "compare"],
    ),
];

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
fn a_rule_that_the_catalogue_does_not_know_still_finds_a_way_out() {
    let empty = Catalog::default();
    for row in ROWS {
        let diagnosis = (row.scene)().diagnose_by(&empty);
        assert!(!diagnosis.plan.steps.is_empty(), "{}", row.rule);
        assert!(!diagnosis.acts.is_empty(), "{}", row.rule);
    }
}
