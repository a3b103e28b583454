//! Errors that a page, a log, a mail or a terminal changed on their way.

use super::pasted::{check, only};
use crate::decode::{paste, place};
use crate::model::FactKind;

const TRACE: &str = "11111111-2222-3333-4444-555555555555";
const CORRELATION: &str = "aaaaaaaa-2222-3333-4444-555555555555";
const BODY: &str = r#"{"error":"invalid_grant","error_description":"AADSTS50076: A second factor.\r\nTrace ID: 11111111-2222-3333-4444-555555555555\r\nCorrelation ID: aaaaaaaa-2222-3333-4444-555555555555\r\nTimestamp: 2026-11-22 14:02:11Z","error_codes":[50076],"suberror":"basic_action"}"#;

/// Every byte of a text as `%XX`, or as it is where it needs no encoding.
fn encoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

fn is_whole(text: &str) {
    let reading = only(text);
    assert_eq!(reading.codes(), ["AADSTS50076"], "{text}");
    assert_eq!(reading.error(), Some("invalid_grant"), "{text}");
    assert_eq!(reading.suberror(), Some("basic_action"), "{text}");
    has_ids(text);
}

fn has_ids(text: &str) {
    let reading = only(text);
    assert_eq!(reading.value(FactKind::TraceId), Some(TRACE), "{text}");
    assert_eq!(
        reading.value(FactKind::CorrelationId),
        Some(CORRELATION),
        "{text}"
    );
    assert_eq!(
        reading.value(FactKind::Timestamp),
        Some("2026-11-22T14:02:11Z"),
        "{text}"
    );
}

#[test]
fn a_body_is_read_however_often_it_was_encoded() {
    let plus = encoded(BODY);
    let blanks = plus.replace('+', "%20");
    is_whole(&plus);
    is_whole(&blanks);
    is_whole(&encoded(&blanks));
    is_whole(&format!("GET /x?detail={blanks}&x=1 HTTP/1.1"));
    is_whole(&format!("https://app.contoso.example/cb#error={blanks}"));
    let html = BODY.replace('"', "&quot;");
    is_whole(&html);
    is_whole(&html.replace('&', "&amp;"));
    is_whole(&BODY.replace('"', "\\u0022"));
    is_whole(&BODY.replace('"', "”"));
    check(&[
        (
            "invalid_grant%3A%20AADSTS50076%3A%20x",
            "AADSTS50076",
            "invalid_grant",
        ),
        (
            "{&#x27;error&#x27;: &#x27;invalid_grant&#x27;, &#x27;error_description&#x27;: &#x27;AADSTS65001: The user&#x27;s own.&#x27;}",
            "AADSTS65001",
            "invalid_grant",
        ),
        (
            "{\\'error\\': \\'invalid_grant\\', \\'error_codes\\': [65001]}",
            "AADSTS65001",
            "invalid_grant",
        ),
        (
            "error=access_denied&amp;error_description=AADSTS65004%3A+No&amp;state=1",
            "AADSTS65004",
            "access_denied",
        ),
        (
            "<a href=\"https://app.contoso.example/?error=access_denied&amp;error_description=AADSTS65004%3A+No\">",
            "AADSTS65004",
            "access_denied",
        ),
    ]);
}

#[test]
fn every_fact_of_a_disguised_text_stands_in_the_text() {
    let text = format!("GET /x?detail={}&x=1", encoded(BODY));
    let reading = only(&text);
    for (kind, piece) in [
        (FactKind::Error, "invalid_grant"),
        (FactKind::Code, "AADSTS50076"),
        (FactKind::CorrelationId, CORRELATION),
        (FactKind::Timestamp, "2026-11-22+14%3A02%3A11Z"),
    ] {
        let fact = reading.first(kind).unwrap();
        assert_eq!(&text[place(&text, &fact.from).unwrap()], piece);
    }
}

#[test]
fn marks_without_width_and_links_of_a_page_are_no_part_of_a_code() {
    check(&[
        ("AADSTS\u{1b}[1m50076\u{1b}[0m: x", "AADSTS50076", ""),
        ("AADSTS\u{200b}50076: x", "AADSTS50076", ""),
        ("\"AADSTS\\u001b[1m50076\\u001b[0m: x\"", "AADSTS50076", ""),
        (
            "AADSTS700[21](https://code.contoso.example/1)1: x",
            "AADSTS700211",
            "",
        ),
        ("ADSTS50005: x", "AADSTS50005", ""),
        (
            "\\[invalid\\_grant\\] AADSTS50076: x",
            "AADSTS50076",
            "invalid_grant",
        ),
    ]);
    has_ids(
        "AADSTS50076: x Trace ID: 111[11](https://code.contoso.example/2)111-2222-3333-4444-555555555555 Correlation ID: aaaaaaaa-2222-3333-4444-555555555555 Timestamp: 2026-11-22 14:[02](https://code.contoso.example/3):11Z",
    );
    has_ids(&format!(
        "AADSTS50076: x\u{a0}Trace\u{a0}ID: {TRACE}\u{a0}Correlation ID: {CORRELATION} Timestamp: 2026-11-22\u{a0}14:02:11Z"
    ));
}

#[test]
fn lines_broken_by_a_narrow_window_are_put_together() {
    let tail = |trace: &str, id: &str, time: &str| {
        format!("AADSTS50076: x. {trace} {TRACE} {id} Timestamp: {time}")
    };
    let correlation = format!("Correlation ID: {CORRELATION}");
    for text in [
        tail("Trace\nID:", &correlation, "2026-11-22 14:02:11Z"),
        tail("Trace I\nD:", &correlation, "2026-11-22 14:02:11Z"),
        tail(
            "Trace ID:",
            &format!("Correl\nation ID: {CORRELATION}"),
            "2026-11-22\n14:02:11Z",
        ),
        tail(
            "Trace ID:",
            &correlation.replace("2222", "22\n22"),
            "2026-11-22 14:02\n:11Z",
        ),
        tail(
            "> Trace\n> ID:",
            &correlation,
            "\n> 2026-11-22\n> 14:02:11Z",
        ),
    ] {
        has_ids(&text);
    }
    check(&[
        ("AADSTS70\n0016: x", "AADSTS700016", ""),
        ("AADSTS700021\n8: x", "AADSTS7000218", ""),
        (
            "{\"error\":\"invalid_grant\",\"error_codes\":[501\n73]}",
            "AADSTS50173",
            "invalid_grant",
        ),
        (
            "{\"error\":\"invalid_\ngrant\",\"error_codes\":[50173]}",
            "AADSTS50173",
            "invalid_grant",
        ),
    ]);
    let hard = |width: usize| -> String {
        let letters: Vec<char> = BODY.chars().collect();
        let lines: Vec<String> = letters
            .chunks(width)
            .map(|line| line.iter().collect())
            .collect();
        lines.join("\n")
    };
    for width in [60, 72, 80, 100, 120] {
        assert_eq!(only(&hard(width)).codes(), ["AADSTS50076"], "{width}");
    }
    let address = format!(
        "https://app.contoso.example/?error=access_denied&error_description=AADSTS65004%3A+No\n.%0D%0ATrace+ID%3A+{TRACE}%0D%0ACorrelation+ID%3A+{CORRELATION}%0D%0ATime\nstamp%3A+2026-11-22+14%3A02%3A11Z&state=1"
    );
    has_ids(&address);
}

#[test]
fn a_log_before_every_line_of_a_list_is_no_code() {
    for prefix in [
        "2026-11-22T14:02:11Z ",
        "[2026-11-22 14:02:11] ",
        "[50123] ",
        "50001\t",
        "10:00:01 ",
        "12 | ",
        "app[50123]: ",
    ] {
        let text = [
            "{\"error\":\"invalid_grant\",",
            " \"error_codes\": [",
            "    50173",
            " ]}",
        ]
        .map(|line| format!("{prefix}{line}"))
        .join("\n");
        assert_eq!(only(&text).codes(), ["AADSTS50173"], "{text}");
    }
    check(&[
        (
            "{'error': 'invalid_grant', 'error_codes': (50076,)}",
            "AADSTS50076",
            "invalid_grant",
        ),
        ("error_codes : {50076}", "AADSTS50076", ""),
        (
            "&quot;error_codes&quot;: [&quot;50076&quot;]",
            "AADSTS50076",
            "",
        ),
    ]);
    let two = only("\"error_codes\": [\n  50173,\n  65001\n]");
    assert_eq!(two.codes(), ["AADSTS50173", "AADSTS65001"]);
    assert_eq!(paste("error_codes: [\n50123\t]"), []);
}

#[test]
fn a_secret_beside_an_encoded_description_does_not_take_it_along() {
    for said in [
        "Response+code%3a+access_denied.",
        "bad+password%3a+abc.",
        "redirect+https%3a%2f%2fapp%2fcb%3fcode%3dabc+bad.",
    ] {
        let text = format!(
            "?error=access_denied&error_description=AADSTS90123%3a+{said}%0d%0aTrace+ID%3a+{TRACE}%0d%0aCorrelation+ID%3a+{CORRELATION}%0d%0aTimestamp%3a+2026-11-22+14%3a02%3a11Z"
        );
        has_ids(&text);
    }
}
