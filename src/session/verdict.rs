//! From how a flow ended to what it means: decode, guide and predict called in the right order.

use crate::catalog::{Catalog, ErrorEntry};
use crate::decode;
use crate::flows::End;
use crate::guide::{self, Evidence};
use crate::model::{
    Class, Diagnosis, Ending, Exchange, FactKind, Fault, Flow, Further, FurtherOutcome, Moment,
    Outcome, Place, Purpose, Reading, Run,
};
use crate::predict;

use super::side_by_side::side_by_side;

/// What a run's ending is concluded from.
pub(super) struct Judge<'a> {
    /// The knowledge.
    pub catalog: &'a Catalog,
    /// The session's time.
    pub now: Moment,
}

impl Judge<'_> {
    /// Concludes an ending.
    pub fn conclude(&self, run: &Run, end: End) -> Ending {
        let blank = |outcome| Ending::new(outcome, self.now);
        match end {
            End::Granted(token) => Ending {
                token: Some(*token),
                ..blank(Outcome::Granted)
            },
            End::Consented(consent) => Ending {
                consent: Some(Box::new(consent)),
                ..blank(Outcome::Granted)
            },
            End::Refused { place, reading } => Ending {
                diagnosis: Some(Box::new(self.diagnose(run, place, &reading))),
                ..blank(Outcome::Refused)
            },
            End::Unreachable { place, reading } => Ending {
                diagnosis: Some(Box::new(self.diagnose(run, place, &reading))),
                ..blank(Outcome::Unreachable)
            },
            End::Cancelled => blank(Outcome::Cancelled),
            End::Invalid(problems) => Ending {
                problems,
                ..blank(Outcome::Invalid)
            },
        }
    }

    /// What a reading means in the situation of a run.
    pub fn diagnose(&self, run: &Run, place: Place, reading: &Reading) -> Diagnosis {
        let in_reply = matches!(
            place,
            Place::Token | Place::Discovery | Place::Resource | Place::ManagedIdentity
        );
        let exchange = run.deciding_exchange().filter(|_| in_reply);
        let evidence = Evidence {
            reading,
            place,
            flow: Some(run.flow()),
            client: Some(run.spec.client_kind),
            spec: Some(&run.spec),
            exchange,
            now: self.now,
            catalog: self.catalog,
        };
        let mut diagnosis = guide::diagnose(&evidence);
        diagnosis.predictions = predict::all(
            reading,
            &predict::Context {
                flow: Some(run.flow()),
                client: Some(run.spec.client_kind),
                status: exchange.and_then(Exchange::status),
                fault: exchange
                    .and_then(|e| e.fault.as_ref())
                    .map(|fault| fault.kind),
                place,
            },
        );
        let none = predict::in_no_library(run.flow());
        diagnosis.notes.extend(none.map(str::to_owned));
        diagnosis
    }

    /// What an API's answer means; `None` if it answered with success.
    pub fn of_api(&self, run: &Run, exchange: &Exchange) -> Option<Diagnosis> {
        let reading = match &exchange.reply {
            // Not modified: what a call with a condition asks for.
            Some(reply) if reply.status < 300 || reply.status == 304 => return None,
            Some(reply) => decode::reply(reply, Purpose::Api),
            None => fault_reading(exchange.fault.as_ref()),
        };
        Some(self.diagnose(run, Place::Resource, &reading))
    }
}

impl Judge<'_> {
    /// What the answer to something that was done with the token means; `None` if it is a success. No library asks for
    /// it, so that nothing is predicted.
    pub fn of_further(&self, run: &Run, what: Further, exchange: &Exchange) -> Option<Diagnosis> {
        let reading = match &exchange.reply {
            Some(reply) if reply.status < 300 => return None,
            Some(reply) => decode::reply(reply, exchange.request.purpose),
            None => fault_reading(exchange.fault.as_ref()),
        };
        let place = match what {
            Further::UserInfo => Place::Resource,
            Further::Introspect | Further::Revoke | Further::RevokeRefresh => Place::Token,
        };
        let mut diagnosis = self.diagnose(run, place, &reading);
        diagnosis.predictions.clear();
        Some(diagnosis)
    }
}

fn fault_reading(fault: Option<&Fault>) -> Reading {
    let mut reading = Reading::empty(crate::model::Shape::Nothing);
    if let Some(fault) = fault {
        reading.facts.push(crate::model::Fact {
            kind: FactKind::Trouble,
            value: fault.detail.clone(),
            from: crate::model::Spot::Fault,
        });
    }
    reading
}

/// Explains pasted text without a run: one diagnosis per error found, in order of appearance. Each is `told` where it
/// is made: of many, several at once.
pub fn explain<R: Send>(
    text: &str,
    catalog: &Catalog,
    now: Moment,
    told: impl Fn(Diagnosis) -> R + Sync,
) -> Vec<R> {
    side_by_side(&decode::paste(text), |reading| {
        told(explain_reading(reading, catalog, now))
    })
}

/// What each of several readings means.
pub(super) fn explain_all(readings: &[Reading], catalog: &Catalog, now: Moment) -> Vec<Diagnosis> {
    side_by_side(readings, |reading| explain_reading(reading, catalog, now))
}

fn explain_reading(reading: &Reading, catalog: &Catalog, now: Moment) -> Diagnosis {
    let place = place_of(reading, catalog);
    let status = reading
        .value(FactKind::Status)
        .and_then(|text| text.parse().ok());
    let evidence = Evidence {
        reading,
        place,
        flow: None,
        client: None,
        spec: None,
        exchange: None,
        now,
        catalog,
    };
    let mut diagnosis = guide::diagnose(&evidence);
    if !is_made_by_library(reading, catalog) {
        let context = predict::Context {
            flow: None,
            client: None,
            status,
            fault: None,
            place,
        };
        diagnosis.predictions = predict::all(reading, &context);
    }
    diagnosis.notes.extend(predict::not_predicted(reading));
    diagnosis
}

/// Whether all that was read is an error that a library makes itself: it is then what the library did, and no reply
/// from which that could be predicted.
fn is_made_by_library(reading: &Reading, catalog: &Catalog) -> bool {
    let entry = reading.error().and_then(|name| catalog.error(name));
    reading.codes().is_empty() && entry.is_some_and(ErrorEntry::is_made_by_library)
}

/// Where a pasted error surfaced: where the paste says, else where its shape can only come from, else where the
/// catalogue expects a code of which nothing but words is known.
fn place_of(reading: &Reading, catalog: &Catalog) -> Place {
    use crate::model::Shape;
    if let Some(place) = reading.place {
        return place;
    }
    match reading.shape {
        Shape::Redirect | Shape::Form => Place::Authorize,
        Shape::Challenge => Place::Resource,
        Shape::Html => Place::Page,
        Shape::Text if reading.error().is_none() => {
            let entry = reading.codes().first().and_then(|code| catalog.code(code));
            let usual = entry.and_then(|entry| entry.places.first());
            usual.copied().unwrap_or(Place::Token)
        }
        Shape::Json | Shape::OddJson | Shape::Empty | Shape::Text | Shape::Nothing => Place::Token,
    }
}

/// The exit code of an ended run: the first that fits of DESIGN section 7.
pub fn exit_code(run: &Run) -> u8 {
    let Some(ending) = run.ending() else {
        return 130;
    };
    match ending.outcome {
        Outcome::Cancelled => 130,
        Outcome::Invalid => 2,
        Outcome::Unreachable => 5,
        Outcome::Granted => {
            let of_api = ending.api.as_ref().and_then(|api| api.diagnosis.as_deref());
            let of_further = |done: &FurtherOutcome| done.diagnosis.is_some();
            let refused = ending.further.iter().rev().find(|done| of_further(done));
            let refused = refused.and_then(|done| done.diagnosis.as_deref());
            refused.or(of_api).map_or(0, |d| refused_code(run, d))
        }
        Outcome::Refused => ending
            .diagnosis
            .as_deref()
            .map_or(1, |d| refused_code(run, d)),
    }
}

fn refused_code(run: &Run, diagnosis: &Diagnosis) -> u8 {
    let status = run.deciding_exchange().and_then(Exchange::status);
    let transient = matches!(diagnosis.class, Class::Throttle | Class::Service)
        || status.is_some_and(|status| status == 429 || status >= 500);
    let expired_code = diagnosis.error.as_deref() == Some("expired_token");
    let denied = diagnosis.error.as_deref() == Some("access_denied");
    let said_no = run.flow() == Flow::Ciba && denied;
    let must_sign_in = diagnosis.plan.steps.first().is_some_and(|step| {
        use crate::model::Doing;
        matches!(step.doing, Doing::SignIn { .. } | Doing::DeviceCode { .. })
    });
    match () {
        () if transient => 4,
        () if must_sign_in || expired_code || said_no => 3,
        () => 1,
    }
}

/// Concludes anew what a run reopened from history means: the knowledge may have grown since.
pub(super) fn judge_again(catalog: &Catalog, run: &mut Run, place: Option<Place>) {
    use crate::model::Stage;
    let judge = Judge {
        catalog,
        now: run.started,
    };
    let Stage::Ended(ending) = &run.stage else {
        return;
    };
    let mut ending = ending.clone();
    if matches!(ending.outcome, Outcome::Refused | Outcome::Unreachable) {
        let reading = run
            .deciding_exchange()
            .map(|exchange| match &exchange.reply {
                Some(reply) => decode::reply(reply, exchange.request.purpose),
                None => fault_reading(exchange.fault.as_ref()),
            });
        let reading = reading.unwrap_or_else(|| Reading::empty(crate::model::Shape::Nothing));
        ending.diagnosis = Some(Box::new(judge.diagnose(
            run,
            place.unwrap_or(Place::Token),
            &reading,
        )));
    }
    if let Some(token) = ending.token.clone() {
        if let Some(api) = &mut ending.api {
            api.said = guide::api::told(&api.exchange, &token);
        }
        for done in &mut ending.further {
            let said = guide::further::told(done.what, &done.exchange, &token);
            let parties = guide::further::Parties {
                issuer: "",
                client_id: &run.spec.client_id,
            };
            let of = (done.what, &done.exchange);
            done.said = guide::further::signed(said, of, None, parties);
            done.diagnosis = judge
                .of_further(run, done.what, &done.exchange)
                .map(Box::new);
        }
    }
    run.stage = Stage::Ended(ending);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_library_made_itself_is_not_predicted_from() {
        let catalog = Catalog::builtin();
        let now = Moment::from_seconds(1_795_356_131);
        let made = explain(
            "Microsoft.Identity.Client.MsalClientException: ErrorCode: wam_ui_thread_only",
            &catalog,
            now,
            |found| found,
        );
        assert_eq!(made.len(), 1);
        assert_eq!(made[0].error.as_deref(), Some("wam_ui_thread_only"));
        assert_eq!(made[0].predictions, Vec::new());
        let sent = explain(
            r#"{"error":"interaction_required"}"#,
            &catalog,
            now,
            |found| found,
        );
        assert!(!sent[0].predictions.is_empty());
    }
}
