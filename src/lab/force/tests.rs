//! Forced answers: every code of the catalogue, and only where it can occur.

use super::super::testing::{BASE, Bench, json};
use crate::catalog::Catalog;
use crate::lab::ask::{Answer, Ask};
use crate::lab::authorize::COOKIE;
use crate::lab::handle::Walk;
use crate::lab::walk::Jar;
use crate::lab::world::{By, Proof, Session};
use crate::model::{Door, Place, UserAct, WorldChange};

const QUERY: &str =
    "response_type=code&scope=User.Read&state=s&redirect_uri=http%3A%2F%2Flocalhost%3A5000";

fn order(bench: &mut Bench, words: &str) -> Result<(), crate::model::Problem> {
    let Some(WorldChange::Force(force)) = WorldChange::parse(words) else {
        panic!("{words} is no order")
    };
    super::order(&mut bench.world, *force)
}

/// A request at the door that the only order waits at, at Entra's address.
fn knock(bench: &mut Bench, door: Door) -> Answer {
    knock_at(bench, door, "/contoso.example")
}

/// The same at the address that speaks a prefix.
fn root_of(prefix: &str) -> &'static str {
    match prefix {
        "AADB2C" => "/contoso.example/b2c_1_signin",
        "MSIS" => "/adfs",
        _ => "/contoso.example",
    }
}

/// The cookie of a browser in which Ada has signed in.
fn signed_in(bench: &mut Bench) -> (String, String) {
    let ada = &bench.world.users[0];
    let session = Session {
        id: "one".into(),
        proof: Proof::of_password(ada, By::Browser, bench.at),
        apps: Vec::new(),
    };
    bench.world.sessions.put("adas".into(), session);
    ("cookie".into(), format!("{COOKIE}=adas"))
}

fn knock_at(bench: &mut Bench, door: Door, root: &str) -> Answer {
    let (id, _) = bench.client("contoso-desktop");
    match door {
        Door::Token => bench.told(
            &format!("{root}/oauth2/v2.0/token"),
            "grant_type=client_credentials&client_id={daemon}&client_secret={secret}&scope={graph}/.default",
        ),
        Door::DeviceCode => bench.told(&format!("{root}/oauth2/v2.0/devicecode"), "client_id={desktop}&scope=User.Read"),
        Door::Authorize | Door::Page => {
            let cookie = signed_in(bench);
            bench.ask(&Ask {
                method: "GET".into(),
                base: BASE.into(),
                path: format!("{root}/oauth2/v2.0/authorize"),
                query: format!("client_id={id}&{QUERY}"),
                headers: vec![cookie],
                ..Ask::default()
            })
        }
        Door::Device => bench.told("/devicelogin", "user_code=ABC"),
        Door::Discovery => bench.get(&format!("{root}/v2.0/.well-known/openid-configuration")),
        Door::Api => bench.get("/api"),
        Door::ManagedIdentity => bench.get("/metadata/identity/oauth2/token"),
    }
}

/// Everything an answer says, as text: the description of JSON, the redirect's, the page's.
fn description(answer: &Answer) -> String {
    if let Some(to) = answer.header("location") {
        let url = url::Url::parse(to).unwrap();
        let mut pairs = url.query_pairs();
        return pairs
            .find(|(n, _)| n == "error_description")
            .unwrap()
            .1
            .into_owned();
    }
    if let Some(page) = &answer.page {
        return page.text();
    }
    json(answer)["error_description"]
        .as_str()
        .unwrap()
        .to_owned()
}

#[test]
fn every_code_of_the_catalogue_is_told_at_its_first_place_and_says_no_other() {
    let catalog = Catalog::builtin();
    let mut count = 0;
    for entry in catalog.codes() {
        let mut bench = Bench::new();
        let code = entry.code.as_str();
        let in_logs_alone = entry
            .places
            .iter()
            .all(|p| matches!(p, Place::SignInLog | Place::AgentLog));
        let refused = order(&mut bench, &format!("force {code}"));
        assert_eq!(refused.is_err(), in_logs_alone, "{code}: {refused:?}");
        if in_logs_alone {
            order(&mut bench, &format!("force {code} unrealistic")).unwrap();
        }
        let view = super::view(&bench.world);
        let answer = knock_at(&mut bench, view[0].at, root_of(entry.prefix()));
        let text = description(&answer);
        assert!(text.contains(&format!("{code}: ")), "{code}: {text}");
        assert!(
            !text.contains(['{', '}']) && !text.contains("''"),
            "{code}: {text}"
        );
        assert_eq!(
            text.matches("AADSTS").count() + text.matches("AADB2C").count(),
            1,
            "{text}"
        );
        assert!(
            answer.status >= 400 || answer.header("location").is_some(),
            "{code}"
        );
        if answer.page.is_none() && answer.header("location").is_none() {
            let body = json(&answer);
            let codes = body.get("error_codes").cloned();
            let own = serde_json::json!([entry.number()]);
            let wanted = (entry.prefix() == "AADSTS").then_some(own);
            assert_eq!(codes, wanted, "{code}");
            assert_eq!(body.get("trace_id").is_some(), entry.prefix() == "AADSTS");
            assert_eq!(
                body["error"] == "invalid_client",
                answer.status == 401,
                "{code}"
            );
        }
        assert!(answer.mark.forced && answer.because.contains(code));
        assert_eq!(answer.mark.assumed, view[0].assumed, "{code}");
        assert!(super::view(&bench.world).is_empty(), "{code} comes once");
        count += 1;
    }
    assert!(count >= 600, "{count}");
}

#[test]
fn a_code_comes_with_the_pairing_that_was_seen_for_the_endpoint() {
    let mut bench = Bench::new();
    for (path, error, suberror) in [
        (
            "/contoso.example/oauth2/v2.0/token",
            "invalid_grant",
            "basic_action",
        ),
        (
            "/contoso.example/oauth2/token",
            "interaction_required",
            "basic_action",
        ),
    ] {
        order(&mut bench, "force 50076").unwrap();
        let answer = bench.post(path, &[]);
        let body = json(&answer);
        assert_eq!(
            (body["error"].as_str(), body["suberror"].as_str()),
            (Some(error), Some(suberror))
        );
        assert!(!answer.mark.assumed, "{path}");
    }
    order(&mut bench, "force 50076 suberror additional_action claims").unwrap();
    let answer = knock(&mut bench, Door::Token);
    assert_eq!(json(&answer)["suberror"], "additional_action");
    assert!(
        json(&answer)["claims"]
            .as_str()
            .unwrap()
            .contains("capolids")
    );
    assert!(answer.mark.assumed && answer.because.contains("assumed"));
}

#[test]
fn members_come_in_the_order_of_real_replies_and_b2c_lacks_some() {
    let mut bench = Bench::new();
    order(&mut bench, "force 50173").unwrap();
    let answer = knock(&mut bench, Door::Token);
    let body: serde_json::Map<String, serde_json::Value> =
        serde_json::from_slice(&answer.body).unwrap();
    let names: Vec<&str> = body.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "error",
            "error_description",
            "error_codes",
            "timestamp",
            "trace_id",
            "correlation_id",
            "error_uri",
            "suberror"
        ]
    );
    assert_eq!(body["trace_id"].as_str(), answer.header("x-ms-request-id"));
    assert_eq!(body["error_uri"], format!("{BASE}/error?code=50173"));
    order(&mut bench, "force AADB2C90080 at token").unwrap();
    let b2c = json(&knock_at(&mut bench, Door::Token, root_of("AADB2C")));
    let names: Vec<&String> = b2c.as_object().unwrap().keys().collect();
    assert_eq!(names, ["error", "error_description"]);
    order(&mut bench, "force MSIS9605 unrealistic").unwrap();
    let adfs = json(&knock_at(&mut bench, Door::Token, root_of("MSIS")));
    assert!(
        adfs["error_description"]
            .as_str()
            .unwrap()
            .starts_with("MSIS9605: ")
    );
}

#[test]
fn a_code_is_refused_where_it_cannot_occur_and_told_where_it_can() {
    let mut bench = Bench::new();
    let problem = order(&mut bench, "force 50011 at api").unwrap_err();
    assert!(problem.what.contains("50011 at api"), "{problem:?}");
    assert!(
        problem.expected.contains("page") && problem.expected.contains("unrealistic"),
        "{problem:?}"
    );
    order(&mut bench, "force 50011 at api unrealistic").unwrap();
    let answer = knock(&mut bench, Door::Api);
    assert_eq!(answer.status, 401);
    assert!(
        answer
            .header("www-authenticate")
            .unwrap()
            .contains("AADSTS50011")
    );
    order(&mut bench, "force 1000612 at managed-identity").unwrap();
    let answer = knock(&mut bench, Door::ManagedIdentity);
    assert_eq!((answer.status, answer.mark.forced), (401, true));
    assert_eq!(json(&answer)["error"], "invalid_client");
    assert!(description(&answer).starts_with("AADSTS1000612: "));
    assert!(order(&mut bench, "force 50076 at managed-identity").is_err());
    assert!(
        order(&mut bench, "force 123456789")
            .unwrap_err()
            .expected
            .contains("catalogue")
    );
    assert!(
        order(&mut bench, "force 50076 for nobody")
            .unwrap_err()
            .expected
            .contains("contoso-daemon")
    );
    assert!(order(&mut bench, "force 50076 suberror nothing").is_err());
    assert!(order(&mut bench, "force error nothing").is_err());
}

#[test]
fn an_order_holds_for_one_client_so_many_times() {
    let mut bench = Bench::new();
    bench.change("force 50076 2 times for contoso-desktop at token");
    assert_eq!(
        knock(&mut bench, Door::Token).status,
        200,
        "the daemon is not meant"
    );
    let ask = |bench: &mut Bench| {
        let form = "grant_type=refresh_token&client_id={desktop}&refresh_token=x";
        json(&bench.told("/contoso.example/oauth2/v2.0/token", form))["error_codes"][0].clone()
    };
    assert_eq!(ask(&mut bench), 50076);
    let view = crate::lab::change::view(&bench.world, bench.at);
    assert_eq!(
        (
            view.forced[0].left.as_str(),
            view.forced[0].client.as_deref()
        ),
        ("once", Some("contoso-desktop"))
    );
    assert!(view.changed[0].contains("AADSTS50076") && view.changed[0].contains("once"));
    assert_eq!(ask(&mut bench), 50076);
    assert_eq!(ask(&mut bench), 9_002_313, "then for its cause");
    bench.change("force error slow_down always");
    assert_eq!(json(&knock(&mut bench, Door::Token))["error"], "slow_down");
    assert!(super::end(&mut bench.world, Some("50076")).is_err());
    bench.change("unforce slow_down");
    assert_eq!(knock(&mut bench, Door::Token).status, 200);
}

#[test]
fn a_probability_is_met_about_as_often_as_it_says() {
    let mut bench = Bench::new();
    bench.change("force 90033 30%");
    let refused = (0..400)
        .filter(|_| knock(&mut bench, Door::Token).status == 503)
        .count();
    assert!((70..170).contains(&refused), "{refused} of 400");
    bench.change("reset");
    assert!(bench.world.orders.forced.is_empty());
}

#[test]
fn a_page_keeps_to_itself_and_a_redirect_goes_to_the_program() {
    let mut bench = Bench::new();
    bench.change("force 50105 at page");
    let page = knock(&mut bench, Door::Page);
    assert_eq!(page.header("location"), None);
    assert!(page.page.unwrap().text().contains("AADSTS50105"));
    bench.change("force 65004 at authorize");
    let sent = knock(&mut bench, Door::Authorize);
    let to = sent.header("location").unwrap();
    assert!(
        to.starts_with("http://localhost:5000?error=access_denied&state=s&"),
        "{to}"
    );
    bench.change("force 65004 at authorize");
    let stranger = bench.get("/contoso.example/oauth2/v2.0/authorize?client_id=x&response_type=code&redirect_uri=https%3A%2F%2Fevil.example");
    assert_eq!(stranger.header("location"), None);
    assert_eq!(
        bench.world.orders.forced.len(),
        1,
        "it waits for a program of its own"
    );
}

#[test]
fn a_number_is_told_only_where_it_is_spoken_and_others_in_the_shape_of_the_address() {
    let roots = ["/contoso.example", root_of("AADB2C"), "/adfs", "/oidc"];
    for (words, told) in [
        ("force 50173", [true, false, false, false]),
        ("force AADB2C90080 at token", [false, true, false, false]),
        (
            "force MSIS9612 at token unrealistic",
            [false, false, true, false],
        ),
        ("force error invalid_grant", [true; 4]),
        ("force 50173 unrealistic", [true; 4]),
    ] {
        for (root, told) in roots.into_iter().zip(told) {
            let mut bench = Bench::new();
            order(&mut bench, words).unwrap();
            let path = match root {
                "/oidc" => "/oidc/token".to_owned(),
                root => format!("{root}/oauth2/v2.0/token"),
            };
            let answer = bench.post(&path, &[]);
            assert_eq!(answer.mark.forced, told, "{words} at {root}");
            if !told {
                assert_eq!(bench.world.orders.forced.len(), 1, "{words} waits");
                continue;
            }
            let body = json(&answer);
            let entra = root == "/contoso.example" && !words.contains("AADB2C");
            for member in ["trace_id", "timestamp", "correlation_id"] {
                assert_eq!(body.get(member).is_some(), entra, "{words} {root}");
            }
            let numbered = entra && words.contains("50173");
            assert_eq!(body.get("error_codes").is_some(), numbered, "{body}");
            assert_eq!(body.get("suberror").is_some(), numbered, "{body}");
        }
    }
    let mut bench = Bench::new();
    order(&mut bench, "force AADB2C90080 at token").unwrap();
    let view = crate::lab::change::view(&bench.world, bench.at);
    assert!(
        view.changed[0].contains("at token of a B2C policy"),
        "{view:?}"
    );
}

#[test]
fn what_is_about_a_person_comes_after_the_sign_in_and_the_rest_at_once() {
    for (words, late) in [
        ("force 65004 at authorize", true),
        ("force 50076 at authorize", true),
        ("force 53003 at page", true),
        ("force 50105 at page", true),
        ("force error consent_required at authorize", true),
        ("force 50058 at authorize", false),
        ("force 50011 at page", false),
        ("force 700016 at page", false),
        ("force 90002 at page", false),
        ("force 90033 at page unrealistic", false),
    ] {
        let mut bench = Bench::new();
        let (id, _) = bench.client("contoso-desktop");
        order(&mut bench, words).unwrap();
        let path = "/contoso.example/oauth2/v2.0/authorize";
        let first = bench.get(&format!("{path}?client_id={id}&{QUERY}"));
        assert_eq!(first.mark.forced, !late, "{words}");
        if !late {
            continue;
        }
        assert_eq!(
            super::view(&bench.world).len(),
            1,
            "{words}: it stays due until it is shown"
        );
        bench.change("reset");
        order(&mut bench, words).unwrap();
        let url = format!("{BASE}{path}?client_id={id}&{QUERY}");
        let end = bench.walk(
            "bo@contoso.example",
            &mut Jar::default(),
            &url,
            UserAct::Completes,
        );
        let text = match &end {
            Walk::Redirect(to) => to.clone(),
            Walk::Page { text, .. } => text.clone(),
        };
        let what = words.split(' ').nth(1).filter(|what| *what != "error");
        let what = what.unwrap_or("consent_required");
        assert!(text.contains(what), "{words}: {text}");
        if what == "65004" {
            assert!(text.contains("bo%40contoso.example"), "{text}");
        }
        assert!(
            super::view(&bench.world).is_empty(),
            "{words}: it was shown"
        );
        order(&mut bench, words).unwrap();
        let silent = bench.get(&format!("{path}?client_id={id}&{QUERY}&prompt=none"));
        assert!(silent.mark.forced, "{words}: no page may be shown");
    }
}

#[test]
fn a_visit_that_is_left_uses_up_no_order_and_one_that_comes_too_late_gets_none() {
    let mut bench = Bench::new();
    let (id, _) = bench.client("contoso-desktop");
    order(&mut bench, "force 50076 at authorize").unwrap();
    let path = "/contoso.example/oauth2/v2.0/authorize";
    let url = format!("{BASE}{path}?client_id={id}&{QUERY}");
    let end = |bench: &mut Bench, act| match bench.walk(
        "bo@contoso.example",
        &mut Jar::default(),
        &url,
        act,
    ) {
        Walk::Redirect(to) => to,
        Walk::Page { text, .. } => text,
    };
    end(&mut bench, UserAct::ClosesBrowser);
    assert_eq!(super::view(&bench.world).len(), 1, "the page never came");
    assert!(end(&mut bench, UserAct::Completes).contains("50076"));
    assert!(super::view(&bench.world).is_empty(), "it was shown");
    assert!(end(&mut bench, UserAct::Completes).contains("code="));
}

#[test]
fn an_order_that_is_ended_while_somebody_signs_in_is_not_shown_to_them() {
    let mut bench = Bench::new();
    let (id, _) = bench.client("contoso-desktop");
    order(&mut bench, "force 50076 at authorize").unwrap();
    let path = "/contoso.example/oauth2/v2.0/authorize";
    let first = bench.get(&format!("{path}?client_id={id}&{QUERY}"));
    assert!(!first.mark.forced);
    super::end(&mut bench.world, None).unwrap();
    let key = bench.world.visits.find(|visit| visit.forced.is_some());
    let key = key.expect("the visit was to end with it");
    let bo = bench.world.user("bo@contoso.example").unwrap();
    let proof = Proof::of_password(bo, By::Browser, bench.at);
    bench.world.visits.get_mut(&key).unwrap().proof = Some(proof);
    let next = bench.post("/contoso.example/login", &[("visit", &key)]);
    let to = next.header("location").unwrap_or_default();
    assert!(!next.mark.forced && to.contains("code="), "{next:?}");
}
