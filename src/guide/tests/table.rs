//! Every class, suberror, standard error and code of the catalogue, asked by every kind of client in every flow and in
//! none: whatever the verdict, the plan holds to what plans promise.

use std::collections::BTreeMap;

use crate::catalog::Catalog;
use crate::guide::samples::{NOW, OF_POLICY, Scene, daemon, spec};
use crate::guide::{Evidence, diagnose};
use crate::model::{
    Actor, By, Class, ClientKind, Diagnosis, Doing, Flow, Login, Place, RunSpec, Step,
};

const KINDS: [ClientKind; 5] = [
    ClientKind::Desktop,
    ClientKind::Web,
    ClientKind::Spa,
    ClientKind::Daemon,
    ClientKind::Api,
];

/// Who asked, and how.
#[derive(Clone, Copy)]
struct Asked {
    kind: Option<ClientKind>,
    flow: Option<Flow>,
}

fn everybody() -> Vec<Asked> {
    let kinds = KINDS.into_iter().map(Some).chain([None]);
    let flows: Vec<Option<Flow>> = Flow::ALL.into_iter().map(Some).chain([None]).collect();
    kinds
        .flat_map(|kind| flows.iter().map(move |flow| Asked { kind, flow: *flow }))
        .collect()
}

/// A run where both are known, a paste otherwise.
fn judge(catalog: &Catalog, scene: &Scene, asked: Asked) -> Diagnosis {
    let of_run: Option<RunSpec> = asked.kind.zip(asked.flow).map(|(kind, flow)| {
        let mut spec = if kind == ClientKind::Daemon {
            daemon()
        } else {
            spec(flow)
        };
        spec.client_kind = kind;
        spec.flow = flow;
        spec
    });
    diagnose(&Evidence {
        reading: &scene.reading,
        place: scene.place,
        flow: asked.flow,
        client: asked.kind,
        spec: of_run.as_ref(),
        exchange: scene.exchange.as_ref().filter(|_| of_run.is_some()),
        now: NOW,
        catalog,
    })
}

/// Whether nobody is there to sign in, or only a caller is.
fn unattended(asked: Asked) -> bool {
    let user = [
        Flow::Interactive,
        Flow::DeviceCode,
        Flow::Ciba,
        Flow::Password,
        Flow::AdminConsent,
    ];
    let with_user = asked.flow.is_some_and(|flow| user.contains(&flow));
    let service = matches!(asked.kind, Some(ClientKind::Daemon | ClientKind::Api));
    asked.flow == Some(Flow::ClientCredentials) || (service && !with_user)
}

fn signs_in(step: &Step) -> bool {
    matches!(
        step.doing,
        Doing::SignIn { .. } | Doing::DeviceCode { .. } | Doing::EnterPassword
    )
}

/// What a plan breaks, in a few words each.
fn broken(diagnosis: &Diagnosis, asked: Asked) -> Vec<String> {
    let mut found = Vec::new();
    let steps = &diagnosis.plan.steps;
    let mut hold = |holds: bool, what: &str| {
        if !holds {
            let ids: Vec<&str> = steps.iter().map(|step| step.id.as_str()).collect();
            found.push(format!(
                "{what}: {} {} {ids:?}",
                diagnosis.class.word(),
                diagnosis.login.word()
            ));
        }
    };
    hold(!steps.is_empty(), "an empty plan");
    hold(
        diagnosis
            .plan
            .check
            .as_ref()
            .is_some_and(|check| !check.run.is_empty() && !check.expect.is_empty()),
        "no check",
    );
    hold(!diagnosis.because.is_empty(), "no basis");
    let useless = matches!(diagnosis.login, Login::No | Login::NotApplicable);
    let pending = diagnosis.class == Class::Expected;
    hold(
        !useless || pending || !steps.iter().any(signs_in),
        "signing in although it does not help",
    );
    hold(
        steps
            .iter()
            .all(|step| step.ways.first().is_none_or(|way| way.barred.is_none())),
        "a barred way first",
    );
    if unattended(asked) {
        let needs_a_person = |step: &Step| {
            signs_in(step) || matches!(step.doing, Doing::PastePage | Doing::Silent { .. })
        };
        hold(
            !steps.iter().any(needs_a_person),
            "a person is asked where there is none",
        );
        hold(
            !diagnosis.login_words.starts_with("helps") || diagnosis.login == Login::AfterWait,
            "signing in is said to help where nobody can",
        );
    }
    device_codes(diagnosis, asked, &mut hold);
    hopeless(diagnosis, &mut hold);
    for step in steps {
        if let Doing::HandOver { text, .. } = &step.doing {
            hold(!text.trim().is_empty(), "an empty message");
            hold(step.by == By::Person, "a message that the program does");
        }
        hold(!step.title.trim().is_empty(), "a step without a title");
    }
    found
}

/// A device code is open only where nothing bars it; where it is closed, the reason is said.
fn device_codes(diagnosis: &Diagnosis, asked: Asked, hold: &mut impl FnMut(bool, &str)) {
    let code = |code: &&str| diagnosis.codes.iter().any(|view| view.code == **code);
    let bound = ["AADSTS530084", "AADSTS530036", "AADSTS50097", "AADSTS50005"]
        .iter()
        .any(code);
    let kind = asked.kind.is_none_or(|kind| kind == ClientKind::Desktop);
    let barred = matches!(diagnosis.class, Class::Policy | Class::Device)
        || bound
        || diagnosis.claims.is_some()
        || !(kind || asked.flow == Some(Flow::DeviceCode));
    for step in &diagnosis.plan.steps {
        for way in step.ways.iter().filter(|way| way.id == "device-code") {
            hold(
                !barred || way.barred.as_ref().is_some_and(|why| !why.is_empty()),
                "an open device code that something bars",
            );
        }
        hold(
            !barred || !matches!(step.doing, Doing::DeviceCode { .. }),
            "a device code that something bars",
        );
    }
}

/// Where others alone can mend it, the plan says to stop and holds the message to them.
fn hopeless(diagnosis: &Diagnosis, hold: &mut impl FnMut(bool, &str)) {
    let theirs = [
        Actor::Admin,
        Actor::HomeAdmin,
        Actor::ResourceOwner,
        Actor::Federation,
        Actor::Microsoft,
    ];
    let all_theirs = diagnosis.acts.iter().all(|actor| theirs.contains(actor));
    if diagnosis.login != Login::No || !all_theirs {
        return;
    }
    let told = diagnosis.plan.steps.iter().any(
        |step| matches!(step.doing, Doing::HandOver { to, .. } if diagnosis.acts.contains(&to)),
    );
    hold(told, "no message to the one who can");
    hold(
        diagnosis.do_now.starts_with("Stop trying"),
        "no word to stop",
    );
}

/// Judges every scene as asked by everybody, and tells what broke, each kind of breach with a few examples.
fn check(scenes: &[(String, Scene)], everybody: &[Asked]) {
    let catalog = Catalog::builtin();
    let mut breaches: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, scene) in scenes {
        for asked in everybody {
            let diagnosis = judge(&catalog, scene, *asked);
            for breach in broken(&diagnosis, *asked) {
                let kind = asked.kind.map_or("any", ClientKind::word);
                let flow = asked.flow.map_or("any", Flow::word);
                let examples = breaches.entry(breach).or_default();
                examples.push(format!("{name} by {kind} in {flow}"));
            }
        }
    }
    let told: Vec<String> = breaches
        .iter()
        .map(|(breach, examples)| {
            let few = &examples[..examples.len().min(2)];
            format!("{breach}  ({} times: {})", examples.len(), few.join("; "))
        })
        .collect();
    assert!(told.is_empty(), "\n{}", told.join("\n"));
}

/// An error alone, and with a challenge.
fn both(name: &str, scene: impl Fn() -> Scene) -> [(String, Scene); 2] {
    [
        (name.to_owned(), scene()),
        (format!("{name} with claims"), scene().claims(OF_POLICY)),
    ]
}

#[test]
fn every_named_error_has_a_plan_that_keeps_its_promises() {
    let catalog = Catalog::builtin();
    let named = catalog
        .errors()
        .filter(|error| matches!(error.source.as_str(), "standard" | "entra"));
    let mut scenes = Vec::new();
    for error in named {
        scenes.extend(both(&error.name, || {
            Scene::pasted(&error.name, &[]).status(400)
        }));
    }
    assert!(scenes.len() > 60, "{}", scenes.len());
    check(&scenes, &everybody());
}

#[test]
fn every_suberror_has_a_plan_that_keeps_its_promises() {
    let catalog = Catalog::builtin();
    let mut scenes = Vec::new();
    for suberror in catalog.suberrors() {
        let scene = || {
            Scene::pasted("invalid_grant", &[])
                .status(400)
                .suberror(&suberror.name)
        };
        scenes.extend(both(&suberror.name, scene));
    }
    check(&scenes, &everybody());
}

#[test]
fn every_class_has_a_plan_that_keeps_its_promises() {
    let catalog = Catalog::builtin();
    let mut scenes = Vec::new();
    for class in Class::ALL {
        let codes = catalog.codes().filter(|code| code.class == *class).take(3);
        for code in codes {
            let name = format!("{} of {}", code.code, class.word());
            scenes.extend(both(&name, || Scene::pasted("", &[&code.code]).status(400)));
        }
    }
    let classes = Class::ALL.iter().filter(|class| **class != Class::Unknown);
    for class in classes {
        let ends = format!(" of {}", class.word());
        assert!(
            scenes.iter().any(|(name, _)| name.ends_with(&ends)),
            "{ends}"
        );
    }
    check(&scenes, &everybody());
}

#[test]
fn every_code_has_a_plan_that_keeps_its_promises() {
    let catalog = Catalog::builtin();
    let asked = [
        (None, None),
        (Some(ClientKind::Desktop), Some(Flow::Silent)),
        (Some(ClientKind::Desktop), Some(Flow::DeviceCode)),
        (Some(ClientKind::Desktop), Some(Flow::Password)),
        (Some(ClientKind::Daemon), Some(Flow::ClientCredentials)),
        (Some(ClientKind::Api), Some(Flow::Silent)),
        (Some(ClientKind::Spa), Some(Flow::Silent)),
    ];
    let asked = asked.map(|(kind, flow)| Asked { kind, flow });
    let mut scenes = Vec::new();
    for code in catalog.codes() {
        let error = code.pairings.first().map_or("", |pairing| &pairing.error);
        let place = code.places.first().copied().unwrap_or(Place::Token);
        let scene = Scene::pasted(error, &[&code.code]).status(400).at(place);
        scenes.push((code.code.clone(), scene));
    }
    check(&scenes, &asked);
}
