//! What the lab costs, beside npm `oidc-provider` in the same run: tokens and unsigned replies a second, how much of a
//! core each takes, the slowest hundredth, memory, and how soon after its start the lab answers at all.
//!
//! `cargo bench --bench lab`, or with `-- quick` for a fifth of the time. Nothing passes or fails: a machine is never
//! quiet enough for that; every row has its target beside it. The provider needs what `tests/run` installs into
//! `.tests`, the signing limit needs `openssl`; without them their columns stay empty. Linux.

#[path = "lab/hammer.rs"]
mod hammer;
#[path = "lab/server.rs"]
mod server;

use std::io::Write as _;
use std::time::Duration;

use hammer::{Asked, Blows};
use server::Server;

const CONNECTIONS: usize = 32;

fn main() {
    let quick = std::env::args().any(|word| word == "quick");
    let time = Duration::from_secs(if quick { 1 } else { 5 });
    let rounds = if quick { 1 } else { 3 };
    let report = Report::begin();
    report.line(&format!(
        "{CONNECTIONS} connections over http, {rounds} rounds of {} s each, asked from one core; the median round",
        time.as_secs()
    ));

    let started = server::first_answers(if quick { 3 } else { 11 });
    let lab = Server::lab();
    let provider = Server::provider();
    let limit = server::signing_limit();

    let mut tokens = Vec::new();
    let mut theirs = Vec::new();
    for _ in 0..rounds {
        tokens.push(lab.hammered(Asked::Token, CONNECTIONS, time));
        theirs.extend(
            provider
                .as_ref()
                .map(|provider| provider.hammered(Asked::Token, CONNECTIONS, time)),
        );
    }
    let (tokens, theirs) = (median(tokens), median(theirs));
    let (Some(tokens), theirs) = (tokens, theirs.as_ref()) else {
        return report.line("the lab gave no token");
    };
    report.row(
        "tokens a second, RS256",
        tokens.a_second(),
        theirs.map(Blows::a_second),
        ">= 2 x oidc-provider",
    );
    report.row(
        "tokens for a second of one core",
        tokens.a_core_second(),
        limit,
        ">= 0.85 x openssl speed rsa2048",
    );
    report.row(
        "slowest hundredth, microseconds",
        tokens.slowest_hundredth(),
        theirs.map(Blows::slowest_hundredth),
        "<= 0.5 x oidc-provider",
    );
    for (name, asked) in [
        ("refusals", Asked::Refusal),
        ("metadata", Asked::Metadata),
        ("keys", Asked::Keys),
    ] {
        let blows = (0..rounds).map(|_| lab.hammered(asked, CONNECTIONS, time));
        if let Some(blows) = median(blows.collect()) {
            report.row(&format!("{name} a second"), blows.a_second(), None, "");
            report.row(
                &format!("{name} for a second of one core"),
                blows.a_core_second(),
                None,
                ">= 60000",
            );
        }
    }
    report.row(
        "resident memory, KiB",
        lab.memory(),
        provider.as_ref().map(Server::memory),
        "<= 16384",
    );
    for (name, milliseconds) in started {
        report.row(
            &format!("start to first metadata over {name}, ms"),
            milliseconds,
            None,
            "<= 50",
        );
    }
}

/// The round with the median rate.
fn median(mut rounds: Vec<Blows>) -> Option<Blows> {
    rounds.sort_by(|a, b| a.a_second().total_cmp(&b.a_second()));
    let middle = rounds.len() / 2;
    (!rounds.is_empty()).then(|| rounds.swap_remove(middle))
}

/// What is printed.
struct Report;

impl Report {
    fn begin() -> Self {
        Self
    }

    fn line(&self, text: &str) {
        // A closed pipe ends the report, not the measurement.
        let _ = writeln!(std::io::stdout(), "{text}");
    }

    fn row(&self, what: &str, value: f64, beside: Option<f64>, target: &str) {
        let ratio = beside.map_or_else(String::new, |other| {
            format!("beside {other:.0}: {:.2} x", value / other)
        });
        self.line(&format!("{what:44} {value:>10.1}  {ratio:28} {target}"));
    }
}
