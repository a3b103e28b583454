//! The control API: look at the world and at what was asked, change the world. It does not exist unless it was asked
//! for at the start, and opens to the token that was made then and to nothing else; a page of another site is turned
//! away even with it.

use serde_json::{Value as Json, json};

use super::answer::method;
use super::ask::Answer;
use super::change;
use super::desk::{Desk, same};
use super::proof;
use super::refusal::fill;
use crate::model::{Problem, WorldChange};
use crate::strings::lab as say;

/// Whether a path, in whatever spelling, belongs to the control API.
pub fn is_control(path: &[&str]) -> bool {
    matches!(path, ["lab", ..])
}

/// Anything below `/lab`.
pub fn answer(desk: &mut Desk<'_>, path: &[&str]) -> Answer {
    let Some(token) = &desk.world.orders.control else {
        return Answer::text(404, say::SAID_NOTHING, say::SAID_NOTHING);
    };
    let origin = desk.ask.header("origin");
    if origin.is_some_and(|origin| !origin.eq_ignore_ascii_case(&desk.ask.base)) {
        return Answer::text(403, say::SAID_FOREIGN, say::SAID_FOREIGN);
    }
    if !desk.ask.bearer().is_some_and(|sent| same(sent, token)) {
        let said = say::demand::SAID_NO_CONTROL;
        return Answer::text(401, said, said)
            .with("www-authenticate", "Bearer realm=\"tokenscope lab\"");
    }
    let get = desk.ask.method == "GET" || desk.ask.method == "HEAD";
    let post = desk.ask.method == "POST";
    let answer = match path {
        ["lab", "world"] if get => world(desk),
        ["lab", "requests"] if get => requests(desk),
        ["lab", "change"] if post => change(desk),
        ["lab", "reset"] if post => done(desk, WorldChange::Reset, "reset"),
        ["lab", "assertion"] if post => proof::ci::answer(desk),
        ["lab", "world" | "requests"] => method("GET"),
        ["lab", "assertion" | "change" | "reset"] => method("POST"),
        _ => Answer::text(404, say::SAID_NOTHING, say::SAID_NOTHING),
    };
    answer.with("cache-control", "no-store")
}

/// `GET /lab/world`.
fn world(desk: &Desk<'_>) -> Answer {
    Answer::json(200, &view(desk), say::SAID_VIEW)
}

fn view(desk: &Desk<'_>) -> Json {
    let view = change::view(desk.world, desk.at);
    serde_json::to_value(view).unwrap_or_default()
}

/// `GET /lab/requests?since=ID`: whoever keeps the log fills it in.
fn requests(desk: &Desk<'_>) -> Answer {
    let since = desk.ask.query("since").unwrap_or_default();
    let since = match since.parse() {
        Ok(since) => since,
        Err(_) if since.is_empty() => 0,
        Err(_) => {
            let expected = say::demand::EXPECTED_SINCE;
            return refused(&Problem::new(format!("`{since}`"), "since", expected));
        }
    };
    let mut answer = Answer::json(200, &json!([]), say::SAID_VIEW);
    answer.log_since = Some(since);
    answer
}

/// `POST /lab/change` with `{"change":"policy require-mfa on"}` or the form field `change`.
fn change(desk: &mut Desk<'_>) -> Answer {
    let words = words(desk).unwrap_or_default();
    match WorldChange::parse(&words) {
        Some(change) => done(desk, change, &words),
        None => refused(&Problem::new(
            format!("`{words}`"),
            "change",
            say::EXPECTED_CHANGE,
        )),
    }
}

fn done(desk: &mut Desk<'_>, change: WorldChange, words: &str) -> Answer {
    match change::apply(desk.world, change, desk.at, &desk.kit) {
        Ok(clock) => {
            let because = fill(say::SAID_CHANGED, &[("change", words)]);
            let mut answer = Answer::json(200, &view(desk), because);
            answer.clock = clock;
            answer
        }
        Err(problem) => refused(&problem),
    }
}

fn words(desk: &Desk<'_>) -> Option<String> {
    let json = serde_json::from_slice::<Json>(&desk.ask.body).ok();
    let of_json = json.and_then(|body| body["change"].as_str().map(str::to_owned));
    of_json.or_else(|| desk.ask.form("change"))
}

fn refused(problem: &Problem) -> Answer {
    let body = serde_json::to_value(problem).unwrap_or_default();
    Answer::json(400, &body, problem.what.clone())
}

#[cfg(test)]
mod tests {
    use super::super::ask::Ask;
    use super::super::testing::{BASE, Bench, json};
    use super::*;

    const TOKEN: &str = "a-token-of-the-control-api";

    fn ask(bench: &mut Bench, line: &str, token: Option<&str>, body: &str) -> Answer {
        let (method, path) = line.split_once(' ').unwrap();
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let header = |token: &str| ("authorization".to_owned(), format!("Bearer {token}"));
        bench.ask(&Ask {
            method: method.into(),
            base: BASE.into(),
            path: path.into(),
            query: query.into(),
            headers: token.map(header).into_iter().collect(),
            body: body.into(),
        })
    }

    #[test]
    fn without_being_asked_for_there_is_nothing() {
        let mut bench = Bench::new();
        for line in [
            "GET /lab/world",
            "GET /lab/requests",
            "POST /lab/change",
            "POST /lab/reset",
            "GET /lab",
        ] {
            for token in [None, Some(""), Some(TOKEN)] {
                assert_eq!(
                    ask(&mut bench, line, token, "change=outage+on").status,
                    404,
                    "{line}"
                );
            }
        }
        assert!(!bench.world.outage);
    }

    #[test]
    fn it_opens_to_its_token_alone_in_every_spelling_of_its_path() {
        let mut bench = Bench::new();
        bench.world.open_control(TOKEN.into());
        for path in [
            "/lab/change",
            "//lab/change",
            "/%6cab/change",
            "/lab//change/",
        ] {
            let line = format!("POST {path}");
            for token in [
                None,
                Some(""),
                Some("x"),
                Some("a-token-of-the-control-apj"),
            ] {
                let answer = ask(&mut bench, &line, token, "change=outage+on");
                assert_eq!(answer.status, 401, "{line}");
                assert!(answer.header("www-authenticate").is_some());
            }
            assert!(!bench.world.outage);
        }
    }

    #[test]
    fn with_its_token_the_world_is_changed_shown_and_reset() {
        let mut bench = Bench::new();
        bench.world.open_control(TOKEN.into());
        let changed = ask(
            &mut bench,
            "POST /lab/change",
            Some(TOKEN),
            "{\"change\":\"outage on\"}",
        );
        assert!(
            json(&changed)["changed"][0]
                .as_str()
                .unwrap()
                .contains("out of service")
        );
        assert_eq!(
            ask(&mut bench, "POST /lab/reset", Some(TOKEN), "").status,
            200
        );
        assert!(!bench.world.outage);
        assert_eq!(
            ask(&mut bench, "GET /lab/world", Some(TOKEN), "").status,
            200,
            "and after a reset"
        );
        assert_eq!(
            ask(&mut bench, "GET /lab/change", Some(TOKEN), "").header("allow"),
            Some("POST")
        );
        assert_eq!(
            ask(&mut bench, "POST /lab/change", Some(TOKEN), "change=dance").status,
            400
        );
        let unknown = ask(
            &mut bench,
            "POST /lab/change",
            Some(TOKEN),
            "change=policy+nothing+on",
        );
        assert!(
            json(&unknown)["expected"]
                .as_str()
                .unwrap()
                .contains("require-mfa")
        );
        let before = bench.at;
        ask(
            &mut bench,
            "POST /lab/change",
            Some(TOKEN),
            "change=advance+61m",
        );
        assert_eq!(bench.at.since(before).as_secs(), 3660);
    }

    #[test]
    fn the_log_is_told_from_a_number_on() {
        let mut bench = Bench::new();
        bench.world.open_control(TOKEN.into());
        let since = |bench: &mut Bench, line| ask(bench, line, Some(TOKEN), "").log_since;
        assert_eq!(since(&mut bench, "GET /lab/requests"), Some(0));
        assert_eq!(since(&mut bench, "GET /lab/requests?since=41"), Some(41));
        let wrong = ask(
            &mut bench,
            "GET /lab/requests?since=yesterday",
            Some(TOKEN),
            "",
        );
        assert_eq!((wrong.status, wrong.log_since), (400, None));
    }

    #[test]
    fn a_page_of_another_site_is_turned_away_even_with_the_token() {
        let mut bench = Bench::new();
        bench.world.open_control(TOKEN.into());
        let mut foreign = Ask {
            method: "POST".into(),
            base: BASE.into(),
            path: "//lab/change".into(),
            headers: vec![
                ("authorization".into(), format!("Bearer {TOKEN}")),
                ("origin".into(), "https://evil.example".into()),
            ],
            body: b"change=outage+on".to_vec(),
            ..Ask::default()
        };
        assert_eq!(bench.ask(&foreign).status, 403);
        foreign.headers[1].1 = BASE.into();
        assert_eq!(bench.ask(&foreign).status, 200);
    }
}
