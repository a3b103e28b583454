//! A row's bytes as the program would read them, and what it predicts for them.

use tokenscope::decode;
use tokenscope::model::{
    Cut, Fact, FactKind, FaultKind, Place, Prediction, Purpose, Reading, Reply, Shape, Spot,
};

use super::row::Row;
use crate::harness::endpoint::{Answer, filled};
use crate::judge;

/// The bytes as the program's own client would have them.
fn received(bytes: &[u8]) -> Reply {
    let bytes = filled(bytes, "", std::time::SystemTime::now());
    let text = String::from_utf8_lossy(&bytes);
    let (head, body) = text.split_once("\r\n\r\n").expect("a head and a body");
    let mut lines = head.lines();
    let status = lines
        .next()
        .and_then(|line| line.split(' ').nth(1)?.parse().ok());
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
        .collect();
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let whole = length.is_none_or(|(_, length)| length.parse() == Ok(body.len()));
    Reply {
        status: status.expect("a status"),
        headers,
        body: body.as_bytes().to_vec(),
        cut: (!whole).then_some(Cut::Connection),
    }
}

pub fn fault() -> Reading {
    let mut reading = Reading::empty(Shape::Nothing);
    reading.facts.push(Fact {
        kind: FactKind::Trouble,
        value: "the connection was closed".into(),
        from: Spot::Fault,
    });
    reading
}

/// What is predicted of a library that gets this row in this call; not empty.
pub fn predicted(row: &Row, library: &str, flow: &str) -> Vec<Prediction> {
    let place = match (row.redirect, row.discovery) {
        (Some(_), _) => Place::Authorize,
        (None, true) => Place::Discovery,
        (None, false) => Place::Token,
    };
    let purpose = if row.discovery {
        Purpose::Discovery
    } else {
        Purpose::Token
    };
    let (reading, status, fault) = match (row.redirect, &row.answers[0]) {
        (Some(query), _) => (
            decode::redirect(&format!("http://localhost/?{query}")),
            None,
            None,
        ),
        (None, Answer::Hangup) => (fault(), None, Some(FaultKind::CutOff)),
        (None, Answer::Late(..)) => (fault(), None, Some(FaultKind::FirstByteTimeout)),
        (None, Answer::Bytes(bytes)) => {
            let reply = received(bytes);
            let fault = reply.cut.map(|_| FaultKind::CutOff);
            (decode::reply(&reply, purpose), Some(reply.status), fault)
        }
    };
    let context = judge::context(flow, place, (status, fault));
    judge::predicted(&reading, context, library)
}
