//! Whatever facts come in, a diagnosis comes out that holds to what it promises.

use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use crate::catalog::Catalog;
use crate::decode;
use crate::guide::samples::{SECRET, Scene, daemon, spec};
use crate::model::{
    ClientKind, Diagnosis, Doing, FactKind, Flow, LinkKind, Login, Place, Purpose, Reply, RunSpec,
    Way,
};

const KINDS: [FactKind; 14] = [
    FactKind::Error,
    FactKind::Code,
    FactKind::Description,
    FactKind::SubError,
    FactKind::Claims,
    FactKind::TraceId,
    FactKind::CorrelationId,
    FactKind::Timestamp,
    FactKind::ErrorUri,
    FactKind::RetryAfter,
    FactKind::PasswordChangeUrl,
    FactKind::ErrorSubcode,
    FactKind::PolicyId,
    FactKind::Trouble,
];

fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,20}",
        "AADSTS[0-9]{4,7}",
        Just("invalid_grant".to_owned()),
        Just("basic_action".to_owned()),
        Just(r#"{"access_token":{"acrs":{"essential":true,"value":"c1"}}}"#.to_owned()),
        Just("https://contoso.example/x?y=ü".to_owned()),
        "-?[0-9]{1,25}",
    ]
}

fn a_spec() -> impl Strategy<Value = RunSpec> {
    let kinds = [
        ClientKind::Desktop,
        ClientKind::Web,
        ClientKind::Spa,
        ClientKind::Daemon,
        ClientKind::Api,
    ];
    (0..Flow::ALL.len(), 0..kinds.len(), any::<bool>()).prop_map(move |(flow, kind, app)| {
        let mut spec = if app { daemon() } else { spec(Flow::ALL[flow]) };
        spec.flow = Flow::ALL[flow];
        spec.client_kind = kinds[kind];
        spec
    })
}

fn holds(diagnosis: &Diagnosis) {
    assert!(
        !diagnosis.summary.is_empty()
            && !diagnosis.do_now.is_empty()
            && !diagnosis.login_words.is_empty()
    );
    assert!(!diagnosis.because.is_empty() && !diagnosis.acts.is_empty());
    assert!(!format!("{diagnosis:?}").contains(SECRET));
    assert!(
        diagnosis
            .links
            .iter()
            .all(|link| link.url.starts_with("https://"))
    );
    assert!(
        diagnosis
            .links
            .iter()
            .filter(|link| link.kind == LinkKind::Lookup)
            .all(|link| link.url.contains("/error?code="))
    );
    for step in &diagnosis.plan.steps {
        let browser = step.ways.iter().find(|way| way.id == "browser");
        assert!(
            browser.is_none_or(|way: &Way| way.barred.is_none()),
            "the browser is never barred"
        );
        if let Doing::SignIn { .. } = step.doing {
            assert!(
                browser.is_some() && diagnosis.login != Login::NotApplicable,
                "{}",
                step.id
            );
        }
    }
}

/// Runs a property; what all cases share is made once.
fn check<S: Strategy>(strategy: &S, property: impl Fn(&Catalog, S::Value)) {
    let catalog = Catalog::builtin();
    let mut runner = TestRunner::new(ProptestConfig::with_cases(300));
    let outcome = runner.run(strategy, |value| {
        property(&catalog, value);
        Ok(())
    });
    outcome.unwrap();
}

#[test]
fn any_facts_make_a_diagnosis() {
    let facts = prop::collection::vec((0..KINDS.len(), value()), 0..8);
    let strategy = (facts, a_spec(), 0..Place::ALL.len(), 100_u16..600);
    check(&strategy, |catalog, (facts, spec, place, status)| {
        let mut scene = Scene::refused(spec, "", &[])
            .status(status)
            .at(Place::ALL[place]);
        for (kind, value) in facts {
            scene = scene.fact(KINDS[kind], &value, "/x");
        }
        holds(&scene.diagnose_by(catalog));
    });
}

#[test]
fn any_body_makes_a_diagnosis() {
    check(
        &("\\PC{0,200}", 100_u16..600, a_spec()),
        |catalog, (body, status, spec)| {
            let reply = Reply {
                status,
                headers: Vec::new(),
                body: body.into_bytes(),
                cut: None,
            };
            let mut scene = Scene::refused(spec, "", &[]);
            scene.reading = decode::reply(&reply, Purpose::Token);
            if let Some(exchange) = &mut scene.exchange {
                exchange.reply = Some(reply);
            }
            holds(&scene.diagnose_by(catalog));
        },
    );
}

#[test]
fn any_paste_makes_diagnoses() {
    let text = "(AADSTS[0-9]{5}: |\"error\": ?\"|invalid_grant|\\PC){0,60}";
    check(&text, |catalog, text| {
        for reading in decode::paste(&text) {
            let mut scene = Scene::pasted("", &[]);
            scene.reading = reading;
            holds(&scene.diagnose_by(catalog));
        }
    });
}
