use super::*;
use crate::explorer::{Code, Key, Keys, Message, Opened, update};
use crate::grants::testing;
use crate::model::{Activity, Flow, Moment, Profile, Run, RunId, Stage};
use crate::session::Notice;

fn profiles() -> Vec<Profile> {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("profiles.toml");
    let one = |name: &str| {
        format!(
            "[profile.{name}]\nauthority = \"https://{name}.example/t\"\nclient-id = \"app\"\nkind = \"desktop\"\n"
        )
    };
    std::fs::write(&file, one("one") + &one("two")).unwrap();
    crate::settings::profiles::load(&file).unwrap()
}

fn open(opening: Opening) -> State {
    let mut state = State::new(Opened {
        opening,
        redactor: Redactor::new([1; 16]),
        now: Moment::default(),
        size: (80, 24),
        profiles: profiles(),
        keys: Keys::default(),
    });
    state.restore(Saved::default(), None, true);
    state
}

fn begins(state: &mut State, id: u64, profile: Option<&str>) {
    let mut spec = testing::spec(Flow::Silent);
    spec.profile = profile.map(str::to_owned);
    let run = Run {
        id: RunId(id),
        spec,
        started: Moment::default(),
        stage: Stage::Running(Activity::Sending("token".into())),
        exchanges: Vec::new(),
        events: Vec::new(),
        simulated: false,
        from_history: false,
    };
    update(
        state,
        Message::Notice(Box::new(Notice::Began(Box::new(run)))),
    );
}

/// Leaves the program and starts it again.
fn again(state: &State) -> State {
    let saved = state.to_remember().unwrap();
    let text = serde_json::to_string(&saved).unwrap();
    let mut next = open(Opening::Start);
    next.restore(serde_json::from_str(&text).unwrap(), None, true);
    next
}

#[test]
fn the_screen_stands_where_it_was_left() {
    let mut state = open(Opening::Start);
    begins(&mut state, 1, Some("one"));
    state.focus_on(Pane::Exchanges);
    state.reply.exact = true;
    state.reply.turned.insert("/error_codes".into());
    state.details = true;
    state.language = Language::MsalGo;
    state.mouse = false;
    state.filters.set(Pane::Requests, "token");
    let next = again(&state);
    assert_eq!((next.tab, next.focus), (Pane::Exchanges, Pane::Exchanges));
    assert!(next.reply.exact && !next.reply.headers && next.details && !next.mouse);
    assert!(next.reply.turned.contains("/error_codes"));
    assert_eq!(next.language, Language::MsalGo);
    assert_eq!(next.filters.get(Pane::Requests), "token");
    assert_eq!(next.to_remember(), state.to_remember());
}

#[test]
fn each_profile_has_a_screen_of_its_own() {
    let mut state = open(Opening::Start);
    begins(&mut state, 1, Some("one"));
    state.focus_on(Pane::Exchanges);
    begins(&mut state, 2, Some("two"));
    state.focus_on(Pane::Reply);
    let mut next = again(&state);
    assert_eq!(next.tab, Pane::Reply);
    begins(&mut next, 1, Some("one"));
    assert_eq!(next.tab, Pane::Exchanges);
    begins(&mut next, 2, Some("two"));
    assert_eq!(next.tab, Pane::Reply);
}

#[test]
fn the_form_starts_from_the_last_profile() {
    let mut state = open(Opening::Start);
    begins(&mut state, 1, Some("two"));
    let mut next = again(&state);
    assert_eq!(last(&next), Some(1));
    for code in [Code::Char('j'), Code::Enter] {
        let key = Key {
            code,
            ctrl: false,
            alt: false,
        };
        update(&mut next, Message::Key(key));
    }
    assert_eq!(next.pane(), Pane::Form);
    let rows = &next.content(Pane::Form).rows;
    let mut pieces = rows.iter().flat_map(|row| &row.pieces);
    assert!(pieces.any(|(_, text)| text.contains("two.example")));
}

#[test]
fn a_profile_that_is_gone_is_forgotten() {
    let mut state = open(Opening::Start);
    begins(&mut state, 1, Some("two"));
    state.profiles.pop();
    let saved = state.to_remember().unwrap();
    assert_eq!(saved.last, None);
    let mut next = open(Opening::Start);
    next.profiles.pop();
    next.restore(state.to_remember().unwrap(), None, true);
    assert_eq!(last(&next), None);
}

#[test]
fn nothing_about_people_and_no_secret_is_kept() {
    let mut state = open(Opening::Start);
    for hidden in [
        "ada@contoso.example",
        "7f6a0c1e-93d2-4b58-8a8e-0d1f2c3b4a59",
        "+41 79 555 01 23",
        "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl",
    ] {
        state.filters.set(Pane::Picker, hidden);
        state.reply.turned.insert(format!("/{hidden}"));
        let text = serde_json::to_string(&state.to_remember().unwrap()).unwrap();
        assert!(!text.contains(hidden), "{text}");
    }
    state.filters.set(Pane::Picker, "AADSTS50076");
    let text = serde_json::to_string(&state.to_remember().unwrap()).unwrap();
    assert!(text.contains("AADSTS50076"), "{text}");
}

#[test]
fn the_demo_remembers_nothing() {
    let mut state = open(Opening::Demo { scenario: None });
    begins(&mut state, 1, Some("one"));
    assert_eq!(state.to_remember(), None);
}

#[test]
fn what_is_wrong_with_the_memory_is_said_at_the_start() {
    let mut state = open(Opening::Start);
    state.restore(Saved::default(), Some("It is not ours.".into()), true);
    assert!(matches!(
        state.footer(),
        crate::explorer::Footer::Said("It is not ours.", true)
    ));
}
