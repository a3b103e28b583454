//! Each attempt is looked for in the log that holds it, and in none where none does.

use crate::guide::samples::{CLIENT, OF_POLICY, Scene, Wire, daemon, spec};
use crate::model::{
    Authority, Diagnosis, FactKind, FaultKind, Flow, Link, LinkKind, LogHint, Place, Prompt,
    RunSpec, Shape, SignInLog,
};

use SignInLog::{Interactive, ManagedIdentity, NonInteractive, ServicePrincipal};

fn hint(diagnosis: &Diagnosis) -> &LogHint {
    diagnosis.sign_in_log.as_ref().unwrap()
}

fn logs(diagnosis: &Diagnosis) -> &[SignInLog] {
    &hint(diagnosis).logs
}

#[test]
fn the_flow_tells_which_of_the_four_logs_holds_it() {
    let refused = |spec: RunSpec| Wire::new(400, "invalid_grant", "50076").diagnose(&spec);
    assert_eq!(logs(&refused(spec(Flow::Silent))), [NonInteractive]);
    assert_eq!(logs(&refused(spec(Flow::RefreshToken))), [NonInteractive]);
    assert_eq!(logs(&refused(daemon())), [ServicePrincipal]);
    assert_eq!(
        logs(&refused(spec(Flow::Interactive))),
        [NonInteractive, Interactive],
        "the code was being redeemed"
    );
    let page = Scene::refused(spec(Flow::Interactive), "", &["AADSTS53003"]).at(Place::Page);
    assert_eq!(logs(&page.diagnose()), [Interactive]);
    let mut silent = spec(Flow::Interactive);
    silent.asking.prompt = Some(Prompt::None);
    let silent = Scene::refused(silent, "interaction_required", &["AADSTS70044"]);
    let silent = silent.at(Place::Authorize).diagnose();
    assert_eq!(
        logs(&silent),
        [NonInteractive, Interactive],
        "no page was shown"
    );
    let device = Scene::refused(spec(Flow::DeviceCode), "", &["AADSTS53003"]);
    assert_eq!(
        logs(&device.at(Place::DevicePage).diagnose()),
        [Interactive]
    );
    let identity = Scene::pasted("", &["AADSTS500011"]).at(Place::ManagedIdentity);
    assert_eq!(logs(&identity.diagnose()), [ManagedIdentity]);
}

#[test]
fn a_paste_without_a_flow_names_every_log_it_can_be_in() {
    let open = Scene::pasted("", &["AADSTS53003"]).diagnose();
    assert_eq!(logs(&open), [Interactive, NonInteractive, ServicePrincipal]);
    let user = Scene::pasted("invalid_grant", &["AADSTS50173"]).diagnose();
    assert_eq!(logs(&user), [NonInteractive, Interactive]);
    let app = Scene::pasted("invalid_client", &["AADSTS7000215"]).diagnose();
    assert_eq!(logs(&app), [ServicePrincipal, NonInteractive]);
    let redirect = Scene::pasted("access_denied", &["AADSTS65004"]).shape(Shape::Redirect);
    assert_eq!(logs(&redirect.diagnose()), [Interactive]);
}

#[test]
fn the_ids_of_the_reply_are_what_is_searched_for() {
    let diagnosis = Wire::new(400, "invalid_grant", "53003")
        .suberror("message_only")
        .claims(OF_POLICY)
        .diagnose(&spec(Flow::Silent));
    let hint = hint(&diagnosis);
    let filters: Vec<(&str, &str)> = hint
        .filters
        .iter()
        .map(|filter| (filter.field.as_str(), filter.value.as_str()))
        .collect();
    assert_eq!(
        filters,
        [
            ("Correlation ID", "3f1c0000-0000-4000-8000-000000000001"),
            ("Request ID", "7c2e0000-0000-4000-8000-000000000002"),
            ("Sign-in error code", "53003"),
        ]
    );
    assert_eq!(
        hint.graph.as_deref(),
        Some(
            "https://graph.microsoft.com/beta/auditLogs/signIns?$filter=correlationId%20eq%20'3f1c0000-0000-4000-8000-000000000001'%20and%20signInEventTypes/any(t:%20t%20eq%20'nonInteractiveUser')"
        )
    );
    assert_eq!(
        hint.kql.as_deref(),
        Some(
            "AADNonInteractiveUserSignInLogs | where CorrelationId == \"3f1c0000-0000-4000-8000-000000000001\""
        )
    );
    assert!(hint.appears.contains("minutes"));
}

/// The same scene without a correlation id.
fn nameless(mut scene: Scene) -> Scene {
    let facts = &mut scene.reading.facts;
    facts.retain(|fact| fact.kind != FactKind::CorrelationId);
    scene
}

#[test]
fn without_ids_the_number_the_app_and_the_time_find_it() {
    let scene = Scene::refused(daemon(), "invalid_client", &["AADSTS7000222"]);
    let diagnosis = nameless(scene)
        .fact(FactKind::Timestamp, "2026-11-22 14:02:11Z", "/timestamp")
        .diagnose();
    let hint = hint(&diagnosis);
    let kql = hint.kql.as_deref().unwrap();
    assert!(kql.starts_with("AADServicePrincipalSignInLogs | where ResultType == \"7000222\""));
    assert!(kql.contains(&format!("AppId == \"{CLIENT}\"")), "{kql}");
    assert!(kql.contains("datetime(2026-11-22T13:32:11Z) .. datetime(2026-11-22T14:32:11Z)"));
    let graph = hint.graph.as_deref().unwrap();
    assert!(graph.contains("status/errorCode%20eq%207000222") && !graph.contains(' '));
}

#[test]
fn an_id_that_is_no_guid_never_reaches_a_query() {
    let scene = nameless(Scene::pasted("invalid_grant", &["AADSTS50076"]));
    let forged = "x' or '1' eq '1\" | take 1";
    let diagnosis = scene
        .fact(FactKind::CorrelationId, forged, "/correlation_id")
        .diagnose();
    let hint = hint(&diagnosis);
    let all = format!("{hint:?}");
    assert!(!all.contains("take 1") && !all.contains("'1'"), "{all}");
    let graph = hint.graph.as_deref().unwrap();
    assert!(graph.contains("errorCode%20eq%2050076"), "{graph}");
}

#[test]
fn what_came_too_early_or_from_elsewhere_is_in_none_of_them() {
    let tell = |scene: Scene| {
        let diagnosis = scene.diagnose();
        let hint = hint(&diagnosis).clone();
        assert_eq!(hint.logs, [], "{hint:?}");
        assert_eq!((hint.graph, hint.kql), (None, None));
        let page = |link: &Link| link.kind == LinkKind::SignInLogs;
        assert!(!diagnosis.links.iter().any(page));
        hint.words
    };
    let tenant = Scene::refused(daemon(), "invalid_tenant", &["AADSTS90002"]);
    assert!(tell(tenant).contains("before a tenant was known"));
    let app = Scene::refused(daemon(), "unauthorized_client", &["AADSTS700016"]);
    assert!(tell(app).contains("no such application"));
    let malformed = Scene::refused(spec(Flow::Silent), "invalid_request", &["AADSTS900144"]);
    assert!(tell(malformed).contains("as it was read"));
    let api = Scene::refused(spec(Flow::Silent), "invalid_token", &[]).at(Place::Resource);
    assert!(tell(api).contains("the API itself"));
    assert!(tell(Scene::pasted("", &["AADB2C90118"])).contains("audit log"));
    assert!(tell(Scene::pasted("", &["MSIS9605"])).contains("AD FS/Admin"));
    let mut own = spec(Flow::Silent);
    own.authority = Authority::parse("https://issuer.contoso.example").unwrap();
    let other = Scene::refused(own, "invalid_grant", &[]);
    assert!(tell(other).contains("whoever runs this issuer"));
}

#[test]
fn a_request_that_got_no_reply_is_looked_for_nowhere() {
    let lost = Scene::fault(spec(Flow::Silent), FaultKind::Dns).diagnose();
    assert_eq!(lost.sign_in_log, None);
}

#[test]
fn each_cloud_is_asked_at_its_own_graph() {
    let graph = |authority: &str| {
        let mut scene = Scene::refused(spec(Flow::Silent), "invalid_grant", &["AADSTS50076"]);
        scene.exchange = None;
        let scene = scene.with(|spec| spec.authority = Authority::parse(authority).unwrap());
        hint(&scene.diagnose()).graph.clone().unwrap_or_default()
    };
    let us = graph("https://login.microsoftonline.us/contoso.example");
    assert!(us.starts_with("https://graph.microsoft.us/"), "{us}");
    let cn = graph("https://login.chinacloudapi.cn/contoso.example");
    assert!(
        cn.starts_with("https://microsoftgraph.chinacloudapi.cn/"),
        "{cn}"
    );
    assert_eq!(
        graph("https://login.sovcloud-identity.fr/contoso.example"),
        ""
    );
}

#[test]
fn the_lab_is_said_to_keep_no_log() {
    let mut scene = Scene::refused(spec(Flow::Silent), "invalid_grant", &["AADSTS50076"]);
    scene.exchange = None;
    let lab = "http://127.0.0.1:7001/contoso.example/v2.0";
    let scene = scene.with(|spec| spec.authority = Authority::parse(lab).unwrap());
    let diagnosis = scene.diagnose();
    assert!(hint(&diagnosis).words.contains("The lab keeps no such log"));
    assert!(!diagnosis.links.iter().any(|link| link.kind.is_admin_page()));
}
