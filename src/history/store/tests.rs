use std::collections::BTreeSet;

use super::*;
use crate::model::{
    Authority, Ending, Exchange, Failure, Flow, Moment, Outcome, Phases, Purpose, Reply, Request,
    RunId, RunSpec, Stage, Unchecked, Verification,
};

fn refusal(started: Moment) -> Exchange {
    Exchange {
        started,
        request: Request::post(
            "https://login.microsoftonline.com/t/oauth2/v2.0/token",
            Vec::new(),
            Purpose::Token,
        ),
        reply: Some(Reply {
            status: 400,
            headers: vec![("date".into(), "x".into())],
            body: b"{}".to_vec(),
            cut: Some(crate::model::Cut::Limit(7)),
        }),
        fault: None,
        phases: Phases {
            wait: Some(Duration::from_millis(87)),
            ..Phases::default()
        },
    }
}

fn run(started: i64, profile: &str) -> Redacted<Run> {
    let started = Moment::from_seconds(started);
    Redacted::vouch(Run {
        id: RunId(1),
        spec: RunSpec {
            profile: Some(profile.into()),
            scopes: vec!["User.Read".into()],
            username: Some("ada@contoso.example".into()),
            force_refresh: true,
            ..RunSpec::new(
                Authority::parse("https://login.microsoftonline.com/contoso.example").unwrap(),
                "3f0a0000-0000-4000-8000-0000000000e1",
                Flow::Silent,
            )
        },
        started,
        stage: Stage::Ended(Box::new(Ending::new(Outcome::Refused, started))),
        exchanges: vec![refusal(started)],
        events: vec![crate::model::Event::new(started, "began")],
        simulated: false,
        from_history: false,
    })
}

#[test]
fn a_run_comes_back_as_it_was_kept() {
    let directory = tempfile::tempdir().unwrap();
    let (store, warning) = Store::open(&directory.path().join("h/history.db"), 10).unwrap();
    assert_eq!(warning, None);
    let mut kept = run(1_800_000_000, "contoso-desktop").into_inner();
    kept.exchanges[0].request.certificate = Some(Box::new(crate::model::TlsCertificate {
        subject: "CN=billing".into(),
        thumbprint: "print".into(),
        handed: crate::model::Handed::NotAsked,
        identity: None,
    }));
    let kept = Redacted::vouch(kept);
    let key = store.save(&kept, None).unwrap();
    let (back, _) = store.load(key).unwrap().unwrap();
    assert_eq!(back.exchanges, kept.get().exchanges);
    assert_eq!(back.events, kept.get().events);
    assert_eq!(back.spec, kept.get().spec);
    assert!(back.from_history);
    assert_eq!(store.load(key + 1).unwrap(), None);
}

#[test]
fn what_a_check_of_the_token_found_is_kept_and_its_keys_are_not_taken_for_an_api() {
    let directory = tempfile::tempdir().unwrap();
    let (store, _) = Store::open(&directory.path().join("history.db"), 10).unwrap();
    let mut granted = run(1_800_000_000, "contoso-desktop").into_inner();
    let get = |url: &str, purpose| Exchange {
        request: Request::get(url, purpose),
        ..granted.exchanges[0].clone()
    };
    let api = get("https://graph.microsoft.com/v1.0/me", Purpose::Api);
    let keys = get("https://login.microsoftonline.com/t/keys", Purpose::Keys);
    granted.exchanges.extend([api.clone(), keys]);
    let mut found = Verification::unchecked(Unchecked::ForGraph);
    found.claims.push(Failure::Expired {
        at: granted.started,
    });
    if let Stage::Ended(ending) = &mut granted.stage {
        ending.outcome = Outcome::Granted;
        ending.verification = Some(Box::new(found));
        ending.api = Some(Box::new(crate::model::ApiOutcome {
            said: Vec::new(),
            exchange: api,
            diagnosis: None,
        }));
    }
    let kept = Redacted::vouch(granted);
    let key = store.save(&kept, None).unwrap();
    let (back, _) = store.load(key).unwrap().unwrap();
    assert_eq!(back.ending(), kept.get().ending());
}

#[test]
fn the_oldest_run_goes_when_there_are_too_many() {
    let directory = tempfile::tempdir().unwrap();
    let (store, _) = Store::open(&directory.path().join("history.db"), 2).unwrap();
    for (at, name) in [(3, "three"), (1, "one"), (2, "two")] {
        store.save(&run(1_800_000_000 + at, name), None).unwrap();
    }
    let names: Vec<String> = store
        .list("")
        .unwrap()
        .into_iter()
        .map(|run| run.profile)
        .collect();
    assert_eq!(names, ["three", "two"]);
    let found: BTreeSet<String> = store
        .list("tw")
        .unwrap()
        .into_iter()
        .map(|run| run.profile)
        .collect();
    assert_eq!(found, BTreeSet::from(["two".to_owned()]));
    assert!(store.list("100%").unwrap().is_empty());
}

#[test]
fn a_corrupt_file_is_set_aside_and_kept() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("history.db");
    std::fs::write(
        &path,
        b"this is no database at all, only words that fill the header page",
    )
    .unwrap();
    let (store, warning) = Store::open(&path, 10).unwrap();
    assert!(warning.unwrap().contains("history.corrupt-1.db"));
    store.save(&run(1_800_000_000, "after"), None).unwrap();
    let aside = std::fs::read(directory.path().join("history.corrupt-1.db")).unwrap();
    assert!(aside.starts_with(b"this is no database"));
}

#[test]
fn a_file_of_a_newer_program_is_set_aside() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("history.db");
    Connection::open(&path)
        .unwrap()
        .execute_batch("PRAGMA user_version = 99")
        .unwrap();
    let (_, warning) = Store::open(&path, 10).unwrap();
    assert!(warning.unwrap().contains("newer"));
    assert!(directory.path().join("history.newer-1.db").exists());
}

#[test]
fn a_busy_file_is_waited_for() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("history.db");
    let (store, _) = Store::open(&path, 10).unwrap();
    let other = Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let saver =
        std::thread::spawn(move || store.save(&run(1_800_000_000, "patient"), None).is_ok());
    while !saver.is_finished() && other.is_busy() {
        std::thread::yield_now();
    }
    other.execute_batch("COMMIT").unwrap();
    assert!(saver.join().unwrap());
}

#[cfg(unix)]
#[test]
fn programs_that_make_the_file_at_the_same_time_all_get_it() {
    for _ in 0..20 {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("history.db");
        let opened = std::thread::scope(|scope| {
            let open = || scope.spawn(|| Store::open(&path, 10).map(|_| ()));
            let threads: Vec<_> = (0..8).map(|_| open()).collect();
            let joined = threads.into_iter().map(|thread| thread.join().unwrap());
            joined.collect::<Result<Vec<_>, _>>()
        });
        assert!(opened.is_ok(), "{opened:?}");
    }
}

#[test]
fn only_the_owner_may_read_the_history() {
    use std::os::unix::fs::PermissionsExt as _;
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("data/history.db");
    let (store, _) = Store::open(&path, 10).unwrap();
    store.save(&run(1_800_000_000, "private"), None).unwrap();
    for file in std::fs::read_dir(path.parent().unwrap()).unwrap().flatten() {
        assert_eq!(
            file.metadata().unwrap().permissions().mode() & 0o777,
            0o600,
            "{}",
            file.path().display()
        );
    }
    assert_eq!(
        std::fs::metadata(path.parent().unwrap())
            .unwrap()
            .permissions()
            .mode()
            & 0o777,
        0o700
    );
}
