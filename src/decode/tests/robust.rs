//! Whatever comes in: no panic, no endless work.

use proptest::prelude::*;

use crate::decode::{json, paste, redirect, reply};
use crate::model::{FactKind, Purpose, Reply, Spot};

const SAMPLES: [&str; 6] = [
    r#"{"error":"invalid_grant","error_description":"AADSTS50076: é\r\nTrace ID: 11111111-2222-3333-4444-555555555555","error_codes":[50076],"claims":"{\"access_token\":{}}"}"#,
    "HTTP/1.1 401 No\nWWW-Authenticate: Bearer error=\"insufficient_claims\", claims=\"e30=\"\nRetry-After: 5\n\nerror: 'invalid_client', description: 'AADSTS7000215: x'",
    "https://x/?error=login_required&error_description=AADSTS50058%3a+%e3%81%82&claims=%7B%7D",
    "{\\\"error\\\":\\\"invalid_grant\\\",\\\"error_codes\\\":[\\\"50076\\\"]} SubError: basic_action",
    "AADSTS50011：不匹配。跟踪 ID：11111111-2222-3333-4444-555555555555 相关 ID：aaaaaaaa-2222-3333-4444-555555555555 时间戳：2026-11-22 14:02:11Z",
    "<html><title>x</title><p>AADSTS50011: &quot;x&quot;</p><script>$c={\"error_codes\":\"1\"}</script>",
];

fn read_all(text: &str) {
    for reading in paste(text) {
        assert!(!reading.facts.is_empty());
        for fact in &reading.facts {
            if let Spot::Bytes(from, to) = fact.from {
                assert!(from <= to && to <= text.len(), "{fact:?}");
            }
        }
    }
    let _ = redirect(text);
    let _ = json::outline(text.as_bytes());
}

fn reply_of(body: Vec<u8>, header: &str) -> Reply {
    let headers = [
        "www-authenticate",
        "retry-after",
        "x-ms-clitelem",
        "location",
    ]
    .map(|name| (name.to_owned(), header.to_owned()));
    Reply {
        status: 400,
        headers: headers.to_vec(),
        body,
        cut: None,
    }
}

proptest! {
    #[test]
    fn any_bytes_make_a_reading(body in proptest::collection::vec(any::<u8>(), 0..300), header in "\\PC{0,40}", status in any::<u16>()) {
        for purpose in [Purpose::Token, Purpose::Api, Purpose::DeviceStart] {
            let mut reply_in = reply_of(body.clone(), &header);
            reply_in.status = status;
            let reading = reply(&reply_in, purpose);
            prop_assert!(reading.first(FactKind::Status).is_some());
        }
        read_all(&String::from_utf8_lossy(&body));
    }

    #[test]
    fn any_text_is_read(text in "\\PC{0,200}", shaped in "((error|code|description|claims|Trace ID|AADSTS|error_codes|http|Bearer|timestamp)[_ :=\"'\\\\{\\[]{0,3}|[0-9a-f-]{1,12}|[\\n&%+,;}\\]]|：|é){0,30}") {
        read_all(&text);
        read_all(&shaped);
    }

    #[test]
    fn mutated_samples_are_read(which in 0..SAMPLES.len(), cut in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(), put in "[\\[\\]{}\"'\\\\:,=&%<>\\n0-9A-Za-zé]{0,3}") {
        let sample: Vec<char> = SAMPLES[which].chars().collect();
        let mut text: Vec<char> = sample[..cut.index(sample.len())].to_vec();
        let at = at.index(text.len() + 1);
        text.splice(at..at, put.chars());
        let text: String = text.into_iter().collect();
        read_all(&text);
        let _ = reply(&reply_of(text.clone().into_bytes(), &text), Purpose::Token);
    }
}

/// Quadratic work would take minutes here.
#[test]
fn long_texts_of_any_pattern_are_read_in_one_walk() {
    let patterns = [
        "error_description: ",
        "description:'",
        "claims:'",
        "claims={",
        "{\"error\":",
        "error\"",
        "Bearer x=\"",
        "Bearer ",
        "www-authenticate: x, ",
        "&quot;error&quot;:&quot;",
        "\\\"error\\\":\\\"",
        "error_codes:[",
        "AADSTS50076: ",
        "Trace ID: 11111111-2222-3333-4444-555555555555 ",
        "timestamp: 2026-11-22 ",
        "error:\\\\\\\\",
        "<script>",
        "%25%25",
        "{ ",
        "[",
        "Correlation ID\t",
        "eyJ.",
        "password=",
        "-----BEGIN ",
        "client_secret:'",
        "://a:",
        "error%3D%2525",
        "Cookie: a=b;",
        "&#x27;error&#x27;: &#x27;x",
        "%7B%22error",
        "error_codes:[1\n",
        "AADSTS5\n",
        "AADSTS50076: x\nCorrelation ID: 11111111-2222-3333-4444-555555555555\n",
        "[12](http",
        "invalid_grant\n",
        "tenant named X ",
        "\n          ",
    ];
    for pattern in patterns {
        let text = pattern.repeat((128 << 10) / pattern.len());
        read_all(&text);
        let _ = reply(&reply_of(text.clone().into_bytes(), ""), Purpose::Token);
    }
}
