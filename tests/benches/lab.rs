//! What the lab costs, beside npm `oidc-provider` in the same run: tokens and unsigned replies a second, how much of a
//! core each takes, the slowest hundredth, memory, and how soon after its start the lab answers at all.
//!
//! `cargo bench --bench lab`, or with `-- quick` for a fifth of the time. Nothing passes or fails: a machine is never
//! quiet enough for that; every row has its target beside it. The server is kept on one core (`taskset`). The provider needs what `tests/run` installs into
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

/// How long and how often is asked.
struct Plan {
    time: Duration,
    rounds: usize,
}

impl Plan {
    /// The round with the median rate.
    fn median(&self, server: &Server, asked: Asked) -> Blows {
        let mut rounds: Vec<Blows> = (0..self.rounds)
            .map(|_| server.hammered(asked, CONNECTIONS, self.time))
            .collect();
        rounds.sort_by(|a, b| a.a_second().total_cmp(&b.a_second()));
        rounds.swap_remove(self.rounds / 2)
    }
}

fn main() {
    let quick = std::env::args().any(|word| word == "quick");
    let plan = Plan {
        time: Duration::from_secs(if quick { 1 } else { 5 }),
        rounds: if quick { 1 } else { 3 },
    };
    line(&format!(
        "{CONNECTIONS} connections over http, {} rounds of {} s each, the server on one core, asked from another; the median round",
        plan.rounds,
        plan.time.as_secs()
    ));
    let started = server::first_answers(if quick { 3 } else { 11 });
    let lab = Server::lab();
    let provider = Server::provider();
    tokens(&plan, &lab, provider.as_ref());
    for (name, asked) in [
        ("refusals", Asked::Refusal),
        ("metadata", Asked::Metadata),
        ("keys", Asked::Keys),
    ] {
        let blows = plan.median(&lab, asked);
        row(&format!("{name} a second"), blows.a_second(), None, "");
        row(
            &format!("{name} for a second of one core"),
            blows.a_core_second(),
            None,
            ">= 60000",
        );
    }
    row(
        "resident memory, KiB",
        lab.memory(),
        provider.as_ref().map(Server::memory),
        "<= 16384",
    );
    for (name, milliseconds) in started {
        let what = format!("start to first metadata, {name}, ms");
        row(&what, milliseconds, None, "<= 50");
    }
}

fn tokens(plan: &Plan, lab: &Server, provider: Option<&Server>) {
    let ours = plan.median(lab, Asked::Token);
    let theirs = provider.map(|provider| plan.median(provider, Asked::Token));
    let theirs = theirs.as_ref();
    row(
        "tokens a second, RS256",
        ours.a_second(),
        theirs.map(Blows::a_second),
        ">= 2 x oidc-provider",
    );
    row(
        "tokens for a second of one core",
        ours.a_core_second(),
        server::signing_limit(),
        ">= 0.85 x openssl speed rsa2048",
    );
    row(
        "slowest hundredth of them, microseconds",
        ours.slowest_hundredth(),
        theirs.map(Blows::slowest_hundredth),
        "<= 0.5 x oidc-provider",
    );
}

fn line(text: &str) {
    // A closed pipe ends the report, not the measurement.
    let _ = writeln!(std::io::stdout(), "{text}");
}

fn row(what: &str, value: f64, beside: Option<f64>, target: &str) {
    let ratio = beside.map_or_else(String::new, |other| {
        format!("beside {other:.0}: {:.2} x", value / other)
    });
    line(&format!("{what:44} {value:>10.1}  {ratio:28} {target}"));
}
