//! Time on screen: exchanges and the waits between them on one axis, clocks that differ, headers explained.

use std::time::Duration;

use super::desk::{Desk, command};
use super::samples::{self, NOW};
use tokenscope::explorer::{Message, Pane, update};
use tokenscope::model::{
    Activity, Exchange, Field, Flow, Moment, Opening, Purpose, Request, RunId, Secret, SecretKind,
    TokenView,
};
use tokenscope::session::{Command, Notice};

const SIZE: (u16, u16) = (120, 36);
const TENANT: &str = "http://127.0.0.1:7001/contoso.example";
const PENDING: &str = r#"{"error":"authorization_pending","error_codes":[70016]}"#;

fn token_url() -> String {
    format!("{TENANT}/oauth2/v2.0/token")
}

/// A token request with a grant type, answered at this many milliseconds.
fn asked(grant: &str, status: u16, body: &str, at_ms: i64) -> Exchange {
    let form = vec![Field::new("grant_type", grant)];
    Exchange {
        request: Request::post(token_url(), form, Purpose::Token),
        ..samples::exchange(&token_url(), status, body, at_ms, 40)
    }
}

fn with(mut exchange: Exchange, name: &str, value: &str) -> Exchange {
    if let Some(reply) = &mut exchange.reply {
        reply.headers.push((name.to_owned(), value.to_owned()));
    }
    exchange
}

fn began(desk: &mut Desk, flow: Flow, activity: Activity) {
    desk.tell(Notice::Began(Box::new(samples::running(1, flow, activity))));
}

fn sending() -> Activity {
    Activity::Sending("a token".into())
}

fn tell(desk: &mut Desk, exchange: Exchange) {
    desk.tell(Notice::Exchanged(RunId(1), Box::new(exchange)));
}

/// A run that was asked to slow down once and polled twice.
fn polling(size: (u16, u16)) -> Desk {
    let mut desk = Desk::open(size, Opening::Start);
    began(&mut desk, Flow::DeviceCode, sending());
    let metadata = format!("{TENANT}/v2.0/.well-known/openid-configuration");
    tell(
        &mut desk,
        samples::exchange(&metadata, 200, r#"{"issuer":"x"}"#, 0, 12),
    );
    tell(&mut desk, asked("device_code", 400, PENDING, 5_020));
    tell(&mut desk, asked("device_code", 400, PENDING, 10_080));
    let mut waiting = samples::device();
    if let Activity::Device { next_poll, .. } = &mut waiting {
        *next_poll = NOW.plus(Duration::from_secs(15));
    }
    desk.tell(Notice::Doing(RunId(1), waiting));
    desk
}

fn at(desk: &mut Desk, ms: i64) {
    desk.state.now = Moment::from_millis(NOW.millis() + ms);
    update(&mut desk.state, Message::Tick);
}

/// On a narrow screen the exchanges are a tab.
fn to_exchanges(desk: &mut Desk) {
    for _ in 0..Pane::MAIN.len() {
        if desk.state.pane() != Pane::Exchanges {
            desk.press("Tab");
        }
    }
}

#[test]
fn a_wait_between_two_polls_has_a_row_with_its_length_and_polls_are_numbered() {
    let desk = polling((120, 60));
    desk.shows("poll 1");
    desk.shows("poll 2");
    desk.shows("waited until the next poll");
    desk.shows("5.0 s");
    desk.shows("//");
}

#[test]
fn the_wait_under_way_counts_on_as_time_goes_by() {
    let mut desk = polling(SIZE);
    at(&mut desk, 12_000);
    desk.shows("1.8 s");
    at(&mut desk, 13_000);
    desk.shows("2.8 s");
}

#[test]
fn the_newest_row_is_followed_while_a_run_is_under_way() {
    let desk = polling(SIZE);
    desk.shows("poll 2");
    desk.shows("next poll in 15 s");
}

#[test]
fn a_request_that_is_repeated_is_a_numbered_attempt_after_a_wait_that_says_who_chose_it() {
    let mut desk = Desk::open((120, 60), Opening::Start);
    began(&mut desk, Flow::ClientCredentials, sending());
    let busy = with(
        asked("client_credentials", 429, "{}", 0),
        "retry-after",
        "2",
    );
    tell(&mut desk, busy);
    tell(&mut desk, asked("client_credentials", 503, "{}", 2_050));
    tell(&mut desk, asked("client_credentials", 503, "{}", 3_100));
    desk.shows("waited, as Retry-After asked");
    desk.shows("attempt 2");
    desk.shows("waited before trying again");
    desk.shows("attempt 3");
}

#[test]
fn the_axis_has_its_ends_in_words() {
    let desk = Desk::refused(SIZE);
    desk.shows("101 ms");
}

#[test]
fn enter_on_a_wait_shows_the_reply_that_led_to_it() {
    let mut desk = polling(SIZE);
    to_exchanges(&mut desk);
    desk.press("G Enter");
    desk.shows("authorization_pending");
}

#[test]
fn clocks_that_differ_are_said_with_direction_and_size() {
    let mut desk = Desk::open(SIZE, Opening::Start);
    began(&mut desk, Flow::Silent, sending());
    let late = NOW.plus(Duration::from_mins(4)).http_date();
    tell(
        &mut desk,
        with(asked("refresh_token", 400, samples::BODY, 0), "date", &late),
    );
    desk.shows("This clock is 4 min 00 s behind the server's");
    desk.tell(Notice::Ended(RunId(1), Box::new(samples::refused())));
    let seen = desk.text();
    assert!(seen.contains("Clocks"), "{seen}");
}

#[test]
fn clocks_that_agree_are_not_mentioned() {
    let mut desk = Desk::open(SIZE, Opening::Start);
    began(&mut desk, Flow::Silent, sending());
    let date = NOW.http_date();
    tell(
        &mut desk,
        with(asked("refresh_token", 400, samples::BODY, 0), "date", &date),
    );
    desk.hides("This clock is");
}

#[test]
fn headers_are_explained_only_while_they_are_unfolded() {
    const SAYS: &str = "Names this one answer";
    let mut desk = Desk::refused(SIZE);
    desk.press("Tab Tab Tab");
    desk.hides(SAYS);
    desk.press("h G");
    desk.shows(SAYS);
    desk.shows("The body is JSON");
    desk.press("h G");
    desk.hides(SAYS);
}

#[test]
fn waits_as_a_picture() {
    for size in [(80, 24), SIZE] {
        let mut desk = polling(size);
        at(&mut desk, 12_000);
        to_exchanges(&mut desk);
        insta::with_settings!({ snapshot_path => "../snapshots", prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(format!("waits-{}x{}", size.0, size.1), desk.text());
        });
    }
}

#[test]
fn headers_as_a_picture() {
    for size in [(80, 24), SIZE] {
        let mut desk = Desk::refused(size);
        desk.press("Tab Tab Tab h G");
        insta::with_settings!({ snapshot_path => "../snapshots", prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(format!("headers-{}x{}", size.0, size.1), desk.text());
        });
    }
}

#[test]
fn two_replies_of_a_run_are_compared_by_keystrokes_and_noise_is_folded() {
    let mut desk = Desk::refused(SIZE);
    to_exchanges(&mut desk);
    desk.press("g m");
    desk.shows("Marked. Choose another reply");
    desk.shows("(marked)");
    desk.press("j =");
    desk.shows("┌ Compare");
    desk.shows("1 GET …/");
    desk.shows("2 POST …/");
    desk.shows("member error");
    desk.shows("invalid_grant");
    desk.hides("member trace_id");
    desk.hides("7c2e1f00-1111-4222-8333-944444444444 →");
    desk.press("h G");
    desk.shows("time on the wire");
    desk.press("Esc");
    desk.hides("┌ Compare");
}

#[test]
fn a_reply_of_one_run_is_compared_with_that_of_another() {
    let mut desk = Desk::refused(SIZE);
    to_exchanges(&mut desk);
    desk.press("G m");
    desk.tell_all(samples::granted_run(2, Flow::Interactive));
    to_exchanges(&mut desk);
    desk.press("G =");
    desk.shows("┌ Compare");
    desk.shows("answer");
    desk.shows("400 → 200");
}

#[test]
fn without_a_marked_reply_the_runs_are_compared_as_ever() {
    let mut desk = Desk::refused(SIZE);
    desk.tell_all(samples::granted_run(2, Flow::Interactive));
    to_exchanges(&mut desk);
    assert!(matches!(
        command(desk.press("=")),
        Command::Compare(RunId(1), RunId(2))
    ));
}

/// A token of nobody with these scopes.
fn token(scopes: &str) -> TokenView {
    let part = |json: serde_json::Value| {
        use base64::Engine as _;
        base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(json.to_string())
    };
    let header = part(serde_json::json!({ "alg": "RS256" }));
    let claims = part(serde_json::json!({ "scp": scopes, "uti": scopes }));
    let text = format!("{header}.{claims}.bm90LWEtc2lnbmF0dXJl");
    tokenscope::guide::token::open(&Secret::new(SecretKind::AccessToken, text), NOW)
}

fn pasted(desk: &mut Desk, tokens: Vec<TokenView>) {
    desk.tell(Notice::Explained {
        text: "‹access token 5f2a91c0›".into(),
        diagnoses: Vec::new(),
        tokens,
        claims: Vec::new(),
    });
}

#[test]
fn the_two_tokens_of_a_paste_are_compared_without_a_mark() {
    let mut desk = Desk::open(SIZE, Opening::Start);
    pasted(&mut desk, vec![token("User.Read"), token("Mail.Read")]);
    desk.press("=");
    desk.shows("┌ Compare");
    desk.shows("claim scp");
    desk.hides("claim uti");
    desk.press("h");
    desk.shows("claim uti");
}

#[test]
fn a_marked_token_is_kept_for_the_next_paste() {
    let mut desk = Desk::open(SIZE, Opening::Start);
    pasted(&mut desk, vec![token("User.Read")]);
    desk.press("m");
    desk.shows("Marked. Choose another token");
    desk.press("Esc");
    pasted(&mut desk, vec![token("Mail.Read")]);
    desk.press("=");
    desk.shows("claim scp");
    desk.shows("User.Read");
    desk.shows("Mail.Read");
}

#[test]
fn one_token_alone_has_nothing_to_be_compared_with() {
    let mut desk = Desk::open(SIZE, Opening::Start);
    pasted(&mut desk, vec![token("User.Read")]);
    desk.press("=");
    desk.hides("┌ Compare");
}

#[test]
fn compared_replies_as_a_picture() {
    for size in [(80, 24), SIZE] {
        let mut desk = Desk::refused(size);
        to_exchanges(&mut desk);
        desk.press("G m");
        desk.tell_all(samples::granted_run(2, Flow::Interactive));
        to_exchanges(&mut desk);
        desk.press("G =");
        insta::with_settings!({ snapshot_path => "../snapshots", prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(format!("compared-replies-{}x{}", size.0, size.1), desk.text());
        });
    }
}
