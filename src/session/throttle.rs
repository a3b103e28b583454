//! The session's side of throttling: which requests a server does not want to see for a while. MSAL keeps the same
//! book for its own process; here it lasts across processes, and the person may send all the same.

use std::sync::Arc;
use std::time::Duration;

use super::core::Core;
use crate::grants::retry::retry_after;
use crate::model::{Exchange, Flow, Purpose, RunId, RunSpec, Throttled};
use crate::strings::session as say;

/// The wait where the server names none, as MSAL.NET and MSAL.js have it.
const UNNAMED: Duration = Duration::from_mins(1);
/// The longest wait that is believed, as in MSAL.NET.
const LONGEST: Duration = Duration::from_hours(1);

impl Core {
    /// Begins a run; within the window of an earlier refusal it waits for the window's end first, where the person
    /// sees it and may send it at once.
    pub fn begin_heeding(self: &Arc<Self>, spec: RunSpec) -> RunId {
        let wait = self.throttled(&spec).map(|window| {
            let left = window.until.since(self.now());
            (
                left,
                say::throttled(window, left.as_millis().div_ceil(1000)),
            )
        });
        self.begin(spec, wait)
    }

    /// The open window for the request that this spec leads to. A silent run may answer without a request.
    pub fn throttled(&self, spec: &RunSpec) -> Option<Throttled> {
        if spec.flow == Flow::Silent && !spec.force_refresh {
            return None;
        }
        let (request, now) = (request(spec), self.now());
        let own = self.state().throttled.get(&request).copied();
        let own = own.filter(|window| window.until > now);
        if own.is_some() || self.is_of_lab(spec.authority.as_str()) {
            return own;
        }
        let kept = self.setup.throttle.window(&request, now)?;
        self.state().throttled.insert(request, kept);
        Some(kept)
    }

    /// Notes what an exchange of a run says about the requests to come.
    pub fn note_throttling(&self, id: RunId, exchange: &Exchange) {
        let asks = matches!(
            exchange.request.purpose,
            Purpose::Token | Purpose::DeviceStart | Purpose::BackchannelStart
        );
        let Some((run, reply)) = self.run(id).zip(exchange.reply.as_ref()).filter(|_| asks) else {
            return;
        };
        let (request, now) = (request(&run.spec), self.now());
        // A window of this program's own lab ends with the lab.
        let kept = !run.simulated;
        if matches!(reply.status, 429 | 503) {
            let named = retry_after(reply, now);
            let window = Throttled {
                until: now.plus(named.unwrap_or(UNNAMED).min(LONGEST)),
                status: reply.status,
                named: named.is_some(),
            };
            self.state().throttled.insert(request.clone(), window);
            if kept && let Err(error) = self.setup.throttle.note(&request, window, now) {
                self.trouble(say::throttle_unkept(&error.to_string()));
            }
        } else if (200..300).contains(&reply.status) {
            let known = self.state().throttled.remove(&request).is_some();
            if known && kept {
                // What stays in the file is over soon.
                let _ = self.setup.throttle.forget(&request);
            }
        }
    }
}

/// What makes two requests the same to a server that throttles: authority, client and scopes.
fn request(spec: &RunSpec) -> String {
    let mut scopes: Vec<&str> = spec.scopes.iter().map(String::as_str).collect();
    scopes.sort_unstable();
    format!(
        "{} {} {}",
        spec.authority.as_str(),
        spec.client_id,
        scopes.join(" ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grants::testing::spec;

    #[test]
    fn the_order_of_scopes_makes_no_other_request_but_another_client_does() {
        let mut one = spec(Flow::DeviceCode);
        one.scopes = vec!["User.Read".into(), "Mail.Read".into()];
        let mut other = one.clone();
        other.scopes.reverse();
        assert_eq!(request(&one), request(&other));
        other.client_id = "app2".into();
        assert_ne!(request(&one), request(&other));
    }
}
