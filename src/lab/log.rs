//! The request log: what was asked, what was decided and why. Bounded by count and by bytes, so that no number and
//! no size of requests fills the memory; it holds no secret and no token.

use std::collections::VecDeque;

use super::ask::{Answer, Ask};
use super::record;
use crate::model::{LabRequestRecord, Moment};

/// Records that are kept.
const RECORDS: usize = 1000;
/// Bytes of text that are kept, all records together.
const BYTES: usize = 2 * 1024 * 1024;
/// Characters of one text that are kept.
const LONGEST: usize = 400;

/// The log.
#[derive(Debug, Default)]
pub struct Log {
    records: VecDeque<LabRequestRecord>,
    bytes: usize,
    last: u64,
}

impl Log {
    /// Writes an answer down; its number.
    pub fn write(&mut self, at: Moment, ask: &Ask, answer: &Answer) -> u64 {
        self.last += 1;
        let mark = &answer.mark;
        let text = |text: &str| Some(short(text)).filter(|text| !text.is_empty());
        let asked = record::asked(ask);
        let record = LabRequestRecord {
            id: self.last,
            at,
            what: short(&[short(&ask.method), short(&ask.path)].join(" ")),
            endpoint: mark.endpoint.to_owned(),
            client: mark.client.as_deref().map(short),
            status: answer.status,
            program: record::program(ask, &asked),
            decision: record::decision(mark.endpoint, answer),
            code: record::code(answer).or_else(|| code(answer)),
            because: short(&answer.because),
            forced: mark.forced,
            assumed: mark.assumed,
            fault: mark.fault.clone(),
            correlation: text(&mark.correlation),
            trace: text(&mark.trace),
            asked: record::parameters(asked),
            reply: record::reply(answer),
            retry_after: answer.header("retry-after").map(short),
        };
        self.bytes += size(&record);
        self.records.push_back(record);
        while self.records.len() > RECORDS || self.bytes > BYTES {
            let Some(oldest) = self.records.pop_front() else {
                break;
            };
            self.bytes -= size(&oldest);
        }
        self.last
    }

    /// The records after the one of this number, oldest first; 0: all that are kept.
    pub fn since(&self, id: u64) -> Vec<LabRequestRecord> {
        let newer = self.records.iter().filter(|record| record.id > id);
        newer.cloned().collect()
    }
}

fn short(text: &str) -> String {
    record::head(text, LONGEST).to_owned()
}

fn size(record: &LabRequestRecord) -> usize {
    let optional = [
        &record.client,
        &record.program,
        &record.code,
        &record.fault,
        &record.reply,
        &record.retry_after,
    ];
    let optional = optional.into_iter().flatten().map(String::len);
    let asked = record
        .asked
        .iter()
        .map(|(name, value)| name.len() + value.len());
    record.what.len() + record.because.len() + optional.chain(asked).sum::<usize>()
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
        let kept: usize = log.records.iter().map(size).sum();
        assert_eq!(kept, log.bytes);
        assert_eq!(log.since(2999).len(), 1);
        assert_eq!(log.since(0).last().unwrap().id, 3000);
        assert!(log.since(3000).is_empty());
    }
}
