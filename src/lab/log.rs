//! The request log: what was asked, what was decided and why. Bounded by count and by bytes, so that no number and
//! no size of requests fills the memory; it holds no secret and no token.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use super::ask::{Answer, Ask};
use super::record;
use crate::model::world::Decision;
use crate::model::{LabRequestRecord, Moment};

/// Records that are kept.
const RECORDS: usize = 1000;
/// Bytes that are kept, all records together.
const BYTES: usize = 2 * 1024 * 1024;
/// Characters of one text that are kept.
const LONGEST: usize = 400;

/// The log.
#[derive(Debug, Default)]
pub struct Log {
    /// Each in one piece: every answer writes one, and few are ever read.
    records: VecDeque<Vec<u8>>,
    bytes: usize,
    /// The number of the newest.
    last: u64,
}

/// What a record holds besides its number.
#[derive(Serialize, Deserialize)]
struct Record<'a> {
    at: Moment,
    method: &'a str,
    path: &'a str,
    endpoint: &'a str,
    client: Option<&'a str>,
    program: Option<&'a str>,
    status: u16,
    decision: Decision,
    code: Option<&'a str>,
    because: &'a str,
    forced: bool,
    assumed: bool,
    fault: Option<&'a str>,
    correlation: &'a str,
    trace: &'a str,
    #[serde(borrow)]
    asked: Vec<(&'a str, &'a str)>,
    reply: Option<&'a str>,
    retry_after: Option<&'a str>,
}

impl Log {
    /// Writes an answer down; its number.
    pub fn write(&mut self, at: Moment, ask: &Ask, answer: &Answer) -> u64 {
        let packed = pack(at, ask, answer);
        self.last += 1;
        self.bytes += packed.len();
        self.records.push_back(packed);
        while self.records.len() > RECORDS || self.bytes > BYTES {
            let Some(oldest) = self.records.pop_front() else {
                break;
            };
            self.bytes -= oldest.len();
        }
        self.last
    }

    /// The records after the one of this number, oldest first; 0: all that are kept.
    pub fn since(&self, id: u64) -> Vec<LabRequestRecord> {
        let newest_first = (1..=self.last).rev().zip(self.records.iter().rev());
        let newer = newest_first.take_while(|(number, _)| *number > id);
        let mut newer: Vec<_> = newer
            .filter_map(|(number, packed)| unpack(number, packed))
            .collect();
        newer.reverse();
        newer
    }
}

fn pack(at: Moment, ask: &Ask, answer: &Answer) -> Vec<u8> {
    let mark = &answer.mark;
    let asked = record::asked(ask);
    let code = code(answer).or_else(|| record::code(answer));
    let program = record::program(ask, &asked);
    let reply = record::reply(answer);
    let record = Record {
        at,
        method: short(&ask.method),
        path: short(&ask.path),
        endpoint: mark.endpoint,
        client: mark.client.as_deref().map(short),
        program: program.as_deref(),
        status: answer.status,
        decision: record::decision(mark.endpoint, answer),
        code: code.as_deref(),
        because: short(&answer.because),
        forced: mark.forced,
        assumed: mark.assumed,
        fault: mark.fault.as_deref(),
        correlation: short(&mark.correlation),
        trace: short(&mark.trace),
        asked: record::parameters(&asked),
        reply: reply.as_deref(),
        retry_after: answer.header("retry-after").map(short),
    };
    // There is nothing in it that cannot be written.
    postcard::to_extend(&record, Vec::with_capacity(1024)).unwrap_or_default()
}

fn unpack(id: u64, packed: &[u8]) -> Option<LabRequestRecord> {
    let record: Record<'_> = postcard::from_bytes(packed).ok()?;
    let own = |text: Option<&str>| text.map(str::to_owned);
    let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let pairs = record.asked.into_iter();
    Some(LabRequestRecord {
        id,
        at: record.at,
        what: [record.method, record.path].join(" "),
        endpoint: record.endpoint.to_owned(),
        client: own(record.client),
        status: record.status,
        program: own(record.program),
        decision: record.decision,
        code: own(record.code),
        because: record.because.to_owned(),
        forced: record.forced,
        assumed: record.assumed,
        fault: own(record.fault),
        correlation: text(record.correlation),
        trace: text(record.trace),
        asked: pairs.map(|(n, v)| (n.to_owned(), v.to_owned())).collect(),
        reply: own(record.reply),
        retry_after: own(record.retry_after),
    })
}

fn short(text: &str) -> &str {
    record::head(text, LONGEST)
}

/// The code of a refusal, from the header that carries it.
fn code(answer: &Answer) -> Option<String> {
    let number = answer.header("x-ms-clitelem")?.split(',').nth(1)?;
    (number != "0").then(|| format!("AADSTS{number}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_is_bounded_by_count_and_by_bytes_and_numbers_go_on() {
        let mut log = Log::default();
        let lengthy = Ask {
            method: "GET".into(),
            path: format!("/{}", "x".repeat(60_000)),
            ..Ask::default()
        };
        let mut answer = Answer::text(404, "", "y".repeat(60_000));
        answer.mark.client = Some("z".repeat(60_000));
        for _ in 0..3000 {
            log.write(Moment::default(), &lengthy, &answer);
        }
        assert!(log.records.len() <= RECORDS && log.bytes <= BYTES);
        let kept: usize = log.records.iter().map(Vec::len).sum();
        assert_eq!(kept, log.bytes);
        assert_eq!(log.since(2999).len(), 1);
        assert_eq!(log.since(0).last().unwrap().id, 3000);
        assert!(log.since(3000).is_empty());
    }
}
