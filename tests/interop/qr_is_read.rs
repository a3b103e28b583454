//! The QR code of a device sign-in, read off the terminal by somebody else's reader: it is the page that the server named.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};

use crate::harness::acquire::{Acquire, Acquired};
use crate::harness::kit;
use crate::harness::program::Program;
use crate::harness::provider::{DESKTOP, Provider, deny_device};

const HOST: &str = "id.contoso.example";
/// Pixels along each side of a module.
const SCALE: usize = 4;

/// A device sign-in that was shown and then declined, and the code that was to be typed.
fn shown(provider: &Provider, more: &[&str]) -> (Acquired, String) {
    let mut acquiring = Acquire::new(&provider.issuer, DESKTOP, "device-code")
        .scopes(&["openid"])
        .with(more)
        .start();
    let code = acquiring.wait_for("user code", |line| {
        let (_, rest) = line.split_once(" and enter ")?;
        Some(rest.split_whitespace().next()?.to_owned())
    });
    let address = format!("{}/device?user_code={code}", provider.issuer);
    deny_device(&mut provider.visitor(), &address);
    (acquiring.finish(), code)
}

/// The lines of half blocks.
fn drawn(stderr: &str) -> Vec<Vec<char>> {
    let is_drawn = |line: &&str| line.contains('█') && line.chars().all(|c| "█▀▄ ".contains(c));
    let lines = stderr.lines().filter(is_drawn);
    lines.map(|line| line.chars().collect()).collect()
}

/// What the characters look like where ink is light and the ground is dark, as on most terminals: pixels of four bytes.
fn bitmap(rows: &[Vec<char>]) -> Value {
    let width = rows.iter().map(Vec::len).max().unwrap_or_default();
    let light = |y: usize, x: usize| {
        let drawn = rows[y / 2].get(x).copied().unwrap_or(' ');
        matches!((drawn, y % 2), ('█', _) | ('▀', 0) | ('▄', 1))
    };
    let (wide, high) = (width * SCALE, rows.len() * 2 * SCALE);
    let mut rgba = Vec::with_capacity(wide * high * 4);
    for y in 0..high {
        for x in 0..wide {
            let shade = if light(y / SCALE, x / SCALE) { 255 } else { 0 };
            rgba.extend([shade, shade, shade, 255]);
        }
    }
    json!({ "width": wide, "height": high, "rgba": BASE64_STANDARD.encode(rgba) })
}

/// What the reader reads.
fn read(stderr: &str) -> Option<String> {
    let rows = drawn(stderr);
    assert!(!rows.is_empty(), "no code is drawn: {stderr}");
    let mut reader = Program::start(&mut kit::node("qr.mjs"));
    reader.say(&bitmap(&rows).to_string());
    let said = reader.finish().stdout;
    let said: Value = serde_json::from_str(&said).unwrap_or_else(|e| panic!("{e}: {said}"));
    said["text"].as_str().map(str::to_owned)
}

#[test]
fn the_code_is_the_address_that_brings_what_is_to_be_typed_along() {
    let provider = Provider::with_device_page_at(HOST, true);
    let (acquired, code) = shown(&provider, &["--qr"]);
    let expected = format!("https://{HOST}/device?user_code={code}");
    assert_eq!(read(&acquired.stderr), Some(expected), "{acquired:?}");
}

#[test]
fn where_the_server_names_a_page_alone_the_code_is_that_page() {
    let provider = Provider::with_device_page_at(HOST, false);
    let (acquired, _) = shown(&provider, &["--qr"]);
    let expected = format!("https://{HOST}/device");
    assert_eq!(read(&acquired.stderr), Some(expected), "{acquired:?}");
}

#[test]
fn nothing_is_drawn_unasked_or_for_a_page_that_no_phone_reaches() {
    for (provider, more) in [
        (Provider::with_device_page_at(HOST, true), &[][..]),
        (Provider::over_http(), &["--qr"]),
    ] {
        let (acquired, _) = shown(&provider, more);
        assert!(drawn(&acquired.stderr).is_empty(), "{acquired:?}");
    }
}
