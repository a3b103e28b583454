//! What the lab was asked and what it answered in one call, as its request log has it, and what the program predicts for
//! that.

use serde_json::Value;
use tokenscope::decode;
use tokenscope::model::{FaultKind, Place, Prediction, Purpose, Reply};

use super::client::Library;
use crate::judge;
use crate::predictions::no_reply;

/// The requests of one call.
#[derive(Clone, Debug, Default)]
pub struct Exchange {
    /// Records of the log, oldest first, that the call came down to.
    records: Vec<Value>,
    /// Instead of them: the address that brought a refusal back to the program.
    redirect: Option<String>,
}

impl Exchange {
    /// The requests at the endpoint that decided: tokens, else whatever was refused before one could be asked for.
    pub fn of(log: Vec<Value>, redirect: Option<String>) -> Self {
        let at = |endpoint: &str| log.iter().any(|record| record["endpoint"] == endpoint);
        let refused = |endpoint: &str| {
            let mut at = log.iter().filter(|record| record["endpoint"] == endpoint);
            at.any(|record| record["decision"] == "refused")
        };
        let endpoint = if at("managed-identity") {
            "managed-identity"
        } else if !at("token") && refused("discovery") {
            "discovery"
        } else if !at("token") && refused("device-code") {
            "device-code"
        } else {
            "token"
        };
        let mut records: Vec<Value> = log;
        records.retain(|record| record["endpoint"] == endpoint);
        if endpoint == "discovery" {
            records.retain(|record| record["decision"] == "refused");
        }
        // Polls before the refusal that a device sign-in ends with have no part in it.
        let refusal = records
            .last()
            .is_some_and(|last| last["code"] != "AADSTS70016" && last["decision"] == "refused");
        if refusal {
            records.retain(|record| record["code"] != "AADSTS70016");
        }
        Self { records, redirect }
    }

    /// The code of the first answer, or its error; where it has no body, its status; empty for a success.
    pub fn code(&self) -> String {
        if let Some(redirect) = &self.redirect {
            let reading = decode::redirect(redirect);
            return reading
                .codes()
                .first()
                .copied()
                .or(reading.error())
                .unwrap_or_default()
                .to_owned();
        }
        let Some(first) = self.records.first() else {
            return String::new();
        };
        let status = first["status"].as_u64().unwrap_or_default();
        match (first["fault"].as_str(), first["code"].as_str()) {
            (Some(fault), _) if fault == "reset" => fault.to_owned(),
            (_, Some(code)) => code.to_owned(),
            _ if status >= 400 => status.to_string(),
            _ => String::new(),
        }
    }

    /// Whether what was refused first was granted in the end.
    pub fn recovered(&self) -> bool {
        let status = |record: Option<&Value>| record.and_then(|r| r["status"].as_u64());
        status(self.records.first()) >= Some(400) && status(self.records.last()) < Some(400)
    }

    /// How many requests, and the seconds between them.
    pub fn counted(&self) -> (usize, Vec<f64>) {
        if self.redirect.is_some() {
            return (0, Vec::new());
        }
        let times: Vec<f64> = self
            .records
            .iter()
            .filter_map(|record| record["at"].as_f64())
            .collect();
        let gaps = times.windows(2).map(|pair| (pair[1] - pair[0]) / 1000.0);
        (self.records.len(), gaps.collect())
    }

    /// What is predicted of a library that gets the first of the answers; empty for a success.
    pub fn predicted(&self, library: Library, flow: &str) -> Vec<Prediction> {
        if let Some(redirect) = &self.redirect {
            let context = judge::context(flow, Place::Authorize, (None, None));
            return judge::predicted(&decode::redirect(redirect), context, library.name());
        }
        let Some(first) = self.records.first() else {
            return Vec::new();
        };
        let status = u16::try_from(first["status"].as_u64().unwrap_or_default()).expect("a status");
        if status < 400 {
            return Vec::new();
        }
        let (place, purpose) = match first["endpoint"].as_str() {
            Some("discovery") => (Place::Discovery, Purpose::Discovery),
            Some("managed-identity") => (Place::ManagedIdentity, Purpose::Token),
            _ => (Place::Token, Purpose::Token),
        };
        if first["fault"] == "reset" {
            let context = judge::context(flow, place, (None, Some(FaultKind::CutOff)));
            return judge::predicted(&no_reply(), context, library.name());
        }
        let context = judge::context(flow, place, (Some(status), None));
        judge::predicted(
            &decode::reply(&reply(first, status), purpose),
            context,
            library.name(),
        )
    }
}

/// A refusal as it went over the wire, as far as anybody reads it.
fn reply(record: &Value, status: u16) -> Reply {
    let mut headers = Vec::new();
    let body = record["reply"].as_str().unwrap_or_default();
    if !body.is_empty() {
        headers.push((
            "content-type".to_owned(),
            "application/json; charset=utf-8".to_owned(),
        ));
    }
    if let Some(wait) = record["retry_after"].as_str() {
        headers.push(("retry-after".to_owned(), wait.to_owned()));
    }
    Reply {
        status,
        headers,
        body: body.as_bytes().to_vec(),
        cut: None,
    }
}
