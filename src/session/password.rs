//! The session's side of the password guard: which hosts a password may reach, and whether it was wrong.

use super::core::Core;
use crate::model::authority::cloud_of;
use crate::model::{
    Authority, Class, Ending, FaultKind, Flow, Outcome, Problem, Run, RunId, RunSpec,
};
use crate::settings::guard::Stopped;
use crate::strings::session as say;

impl Core {
    /// The problem that stops a password from being sent: two were wrong within ten minutes.
    pub fn password_stopped(&self, id: RunId, spec: &RunSpec) -> Option<Problem> {
        let hosts = password_hosts(spec);
        if spec.flow != Flow::Password || hosts.is_empty() {
            return None;
        }
        let now = self.now();
        let what = match self.setup.guard.reserve(&hosts, now) {
            Ok(()) => {
                self.note_password(id, Some(now));
                return None;
            }
            Err(Stopped::Until(until)) => say::password_stopped(&until.clock()),
            Err(Stopped::Unkept(error)) => say::guard_failed(&error.to_string()),
        };
        Some(Problem::new(what, "password", say::EXPECTED_WAIT))
    }

    /// A password that was right, or never left, does not count. One that left without an answer does.
    pub fn release_password(&self, run: &Run, ending: &Ending) {
        let Some(at) = self.note_password(run.id, None) else {
            return;
        };
        if wrong_password(run, ending) {
            return;
        }
        if let Err(error) = self.setup.guard.release(&password_hosts(&run.spec), at) {
            self.trouble(say::guard_failed(&error.to_string()));
        }
    }
}

/// The hosts off this machine that a password of this run may reach, each by the first of its aliases.
fn password_hosts(spec: &RunSpec) -> Vec<String> {
    let trusted = spec.options.trusted_hosts.iter().map(String::as_str);
    let named = trusted
        .filter_map(|host| Authority::parse(&format!("https://{host}")).ok())
        .chain([spec.authority.clone()]);
    let mut hosts: Vec<String> = named
        .filter(|authority| !authority.is_loopback())
        .map(|authority| {
            let host = authority.host().to_ascii_lowercase();
            cloud_of(&host).map_or(host, str::to_owned)
        })
        .collect();
    hosts.sort();
    hosts.dedup();
    hosts
}

/// Whether a password of this run was wrong, or may have been.
fn wrong_password(run: &Run, ending: &Ending) -> bool {
    let sent = run.exchanges.iter().rev().find(|exchange| {
        let mut fields = exchange.request.form.iter();
        fields.any(|field| field.name == "password")
    });
    let Some(sent) = sent else { return false };
    let may_have_left = sent.fault.as_ref().is_none_or(|fault| {
        !matches!(
            fault.kind,
            FaultKind::Dns
                | FaultKind::Tcp
                | FaultKind::Tls
                | FaultKind::Proxy
                | FaultKind::ConnectTimeout
        )
    });
    let refused = ending.outcome == Outcome::Refused
        && ending.diagnosis.as_ref().is_some_and(|d| {
            d.class == Class::UserCredential || d.error.as_deref() == Some("invalid_grant")
        });
    refused || (sent.reply.is_none() && may_have_left)
}
