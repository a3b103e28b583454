//! What a browser does at the loopback listener, over a real socket and in real time.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use url::Url;

use super::rig::{Rig, Running, granted, tokens_for_ada};
use super::*;
use crate::flows::Control;
use crate::model::{Activity, Place, ResponseMode};

/// Sends raw bytes to where a redirect URI points and reads everything that comes back.
async fn talk(redirect: &Url, request: &str) -> String {
    let port = redirect.port().unwrap();
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

async fn get(redirect: &Url, path: &str, host: &str) -> String {
    talk(
        redirect,
        &format!("GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n"),
    )
    .await
}

fn parameter(url: &str, name: &str) -> String {
    let url = Url::parse(url).unwrap();
    let found = url.query_pairs().find(|(n, _)| n == name);
    found.unwrap().1.into_owned()
}

/// Starts an interactive run and waits until it browses: the address shown and the redirect URI in it.
async fn browsing(rig: &Rig, spec: RunSpec) -> (Running, String, Url) {
    let mut running = rig.start(spec);
    let activity = running
        .until(|activity| matches!(activity, Activity::Browsing { .. }))
        .await;
    let Activity::Browsing { url, .. } = activity else {
        panic!("{activity:?}");
    };
    let redirect = Url::parse(&parameter(&url, "redirect_uri")).unwrap();
    (running, url, redirect)
}

fn host(redirect: &Url) -> String {
    format!("localhost:{}", redirect.port().unwrap())
}

#[tokio::test]
async fn only_the_right_redirect_is_taken_and_the_browser_gets_its_page() {
    let rig = Rig::entra();
    let (mut running, url, redirect) = browsing(&rig, spec(Flow::Interactive)).await;
    assert_eq!(rig.opened(), std::slice::from_ref(&url));
    let state = parameter(&url, "state");
    rig.transport
        .json(200, &tokens_for_ada(&parameter(&url, "nonce")));
    // A browser connects ahead of time and says nothing for now.
    let idle = TcpStream::connect(("127.0.0.1", redirect.port().unwrap())).await;
    let host = host(&redirect);
    let right = format!("/?code=abc&state={state}");
    assert!(
        get(&redirect, "/favicon.ico", &host)
            .await
            .starts_with("HTTP/1.1 404")
    );
    assert!(get(&redirect, "/", &host).await.starts_with("HTTP/1.1 404"));
    assert!(
        get(&redirect, &right, "evil.example")
            .await
            .starts_with("HTTP/1.1 404")
    );
    let other = get(&redirect, "/?code=stolen&state=x", &host).await;
    assert!(other.starts_with("HTTP/1.1 400"), "{other}");
    let page = get(&redirect, &right, &host).await;
    assert!(page.starts_with("HTTP/1.1 200"), "{page}");
    assert!(
        page.contains("default-src 'none'") && page.contains("no-store"),
        "{page}"
    );
    assert!(
        page.contains(crate::strings::flows::PAGE_DONE_TITLE),
        "{page}"
    );
    assert!(
        !page.contains("abc"),
        "nothing of the redirect is on the page"
    );
    let facts = granted(running.end().await);
    assert_eq!(facts.account.as_deref(), Some("ada@contoso.example"));
    let asked = rig.asked();
    assert_eq!(asked.len(), 2, "the stolen code was not redeemed");
    drop(idle);
    let refused = TcpStream::connect(("127.0.0.1", redirect.port().unwrap())).await;
    assert!(refused.is_err(), "the door is closed after one use");
}

#[tokio::test]
async fn a_form_post_is_taken_too() {
    let rig = Rig::entra();
    let (mut running, url, redirect) = browsing(&rig, spec(Flow::Interactive)).await;
    rig.transport
        .json(200, &tokens_for_ada(&parameter(&url, "nonce")));
    let body = format!("code=abc&state={}", parameter(&url, "state"));
    let request = format!(
        "POST / HTTP/1.1\r\nHost: {}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
        host(&redirect),
        body.len()
    );
    let page = talk(&redirect, &request).await;
    assert!(page.starts_with("HTTP/1.1 200"), "{page}");
    granted(running.end().await);
}

async fn post(redirect: &Url, body: &str, origin: &str) -> String {
    let request = format!(
        "POST / HTTP/1.1\r\nHost: {}\r\nOrigin: {origin}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
        host(redirect),
        body.len()
    );
    talk(redirect, &request).await
}

#[tokio::test]
async fn a_form_of_a_page_that_is_not_the_authoritys_is_not_taken_and_told_once() {
    let rig = Rig::entra();
    let mut asked = spec(Flow::Interactive);
    asked.asking.response_mode = Some(ResponseMode::FormPost);
    let (mut running, url, redirect) = browsing(&rig, asked).await;
    rig.transport
        .json(200, &tokens_for_ada(&parameter(&url, "nonce")));
    let body = format!("code=abc&state={}", parameter(&url, "state"));
    let own = format!("http://{}", host(&redirect));
    for origin in ["https://evil.example", "https://evil.example", &own] {
        let page = post(&redirect, &body, origin).await;
        assert!(page.starts_with("HTTP/1.1 404"), "{origin}: {page}");
    }
    let page = post(&redirect, &body, "https://login.microsoftonline.com").await;
    assert!(page.starts_with("HTTP/1.1 200"), "{page}");
    granted(running.end().await);
    let told = running.events.iter();
    let told = told.filter(|what| what.contains("evil.example")).count();
    assert_eq!(told, 1, "{:?}", running.events);
}

#[tokio::test]
async fn an_answer_in_the_fragment_is_handed_on_by_a_page_with_one_script() {
    let rig = Rig::entra();
    let mut asked = spec(Flow::Interactive);
    asked.asking.response_mode = Some(ResponseMode::Fragment);
    let (mut running, url, redirect) = browsing(&rig, asked).await;
    assert_eq!(parameter(&url, "response_mode"), "fragment");
    rig.transport
        .json(200, &tokens_for_ada(&parameter(&url, "nonce")));
    let page = get(&redirect, "/", &host(&redirect)).await;
    assert!(page.starts_with("HTTP/1.1 200"), "{page}");
    assert!(page.contains("script-src 'sha256-"), "{page}");
    assert!(page.contains("form-action 'self'"), "{page}");
    assert!(
        get(&redirect, "/", "evil.example")
            .await
            .starts_with("HTTP/1.1 404")
    );
    let body = format!("code=abc&state={}", parameter(&url, "state"));
    let own = format!("http://{}", host(&redirect));
    let page = post(&redirect, &body, &own).await;
    assert!(page.starts_with("HTTP/1.1 200"), "{page}");
    assert!(!page.contains("<script"), "{page}");
    granted(running.end().await);
}

#[tokio::test]
async fn a_form_that_is_too_long_is_not_read() {
    let rig = Rig::entra();
    let (running, url, redirect) = browsing(&rig, spec(Flow::Interactive)).await;
    let state = parameter(&url, "state");
    let body = format!("state={state}&code={}", "x".repeat(65 << 10));
    let page = post(&redirect, &body, "null").await;
    assert!(page.starts_with("HTTP/1.1 404"), "{page}");
    running.tell(Control::Cancel);
}

#[tokio::test]
async fn an_error_redirect_is_told_to_the_browser_and_ends_the_run() {
    let rig = Rig::entra();
    let (mut running, url, redirect) = browsing(&rig, spec(Flow::Interactive)).await;
    let state = parameter(&url, "state");
    let path = format!("/?error=access_denied&error_description=%3Cb%3Eno&state={state}");
    let page = get(&redirect, &path, &host(&redirect)).await;
    assert!(
        page.contains(crate::strings::flows::PAGE_REFUSED_TITLE),
        "{page}"
    );
    assert!(!page.contains("<b>"), "{page}");
    let End::Refused { place, reading } = running.end().await else {
        panic!("not refused");
    };
    assert_eq!(place, Place::Authorize);
    assert_eq!(reading.error(), Some("access_denied"));
}

#[tokio::test]
async fn without_a_browser_the_address_is_shown_and_a_pasted_redirect_is_taken() {
    let mut rig = Rig::entra();
    rig.context.open_browser = false;
    let (mut running, url, _) = browsing(&rig, spec(Flow::Interactive)).await;
    assert!(rig.opened().is_empty());
    rig.transport
        .json(200, &tokens_for_ada(&parameter(&url, "nonce")));
    running.tell(Control::Paste(
        "http://localhost:1/?code=abc&state=other".into(),
    ));
    running.tell(Control::Paste(format!(
        "http://localhost:1/?code=abc&state={}",
        parameter(&url, "state")
    )));
    granted(running.end().await);
    assert!(
        running
            .events
            .contains(&crate::strings::grants::OTHER_STATE.to_owned())
    );
}

#[tokio::test]
async fn page_text_ends_the_run_where_it_was_shown() {
    let rig = Rig::entra();
    let (mut running, _, _) = browsing(&rig, spec(Flow::Interactive)).await;
    running.tell(Control::Paste(
        "AADSTS50011: The redirect URI is not registered.".into(),
    ));
    let End::Refused { place, reading } = running.end().await else {
        panic!("not refused");
    };
    assert_eq!((place, reading.codes()), (Place::Page, vec!["AADSTS50011"]));
}

#[tokio::test]
async fn a_redirect_uri_elsewhere_needs_no_listener_and_one_that_is_taken_is_told() {
    let rig = Rig::entra();
    let mut elsewhere = spec(Flow::Interactive);
    elsewhere.redirect_uri = Some("https://app.contoso.example/back".into());
    let (running, _, redirect) = browsing(&rig, elsewhere).await;
    assert_eq!(redirect.as_str(), "https://app.contoso.example/back");
    running.tell(Control::Cancel);
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let rig = Rig::entra();
    let mut busy = spec(Flow::Interactive);
    busy.redirect_uri = Some(format!("http://{}/back", taken.local_addr().unwrap()));
    let (end, _) = rig.finish(busy).await;
    let End::Invalid(problems) = end else {
        panic!("{end:?}");
    };
    assert!(problems[0].what.contains("another program"), "{problems:?}");
}

#[tokio::test]
async fn cancelling_while_the_browser_is_open_closes_the_door() {
    let rig = Rig::entra();
    let (mut running, _, redirect) = browsing(&rig, spec(Flow::Interactive)).await;
    running.tell(Control::Cancel);
    assert!(matches!(running.end().await, End::Cancelled));
    assert!(
        TcpStream::connect(("127.0.0.1", redirect.port().unwrap()))
            .await
            .is_err()
    );
}
