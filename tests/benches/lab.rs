//! What the lab costs, beside npm `oidc-provider` in the same run: tokens and unsigned replies a second, how much of a
//! core each takes, the slowest hundredth, memory, and how soon after its start the lab answers at all.
//!
//! `cargo bench --bench lab`, or with `-- quick` for a fifth of the time, or with `-- refusals` (`tokens`, `metadata`,
//! `keys`) for what one core gives of these alone. Nothing passes or fails: a machine is never
//! quiet enough for that; every row has its target beside it. Beside the
//! provider both servers may use every core; what a core gives is measured with the lab kept on one (`taskset`). The
//! provider needs what `tests/run` installs into `.tests`, the signing limit needs `openssl`; without them their
//! columns stay empty. Linux.

#[path = "lab/hammer.rs"]
mod hammer;
#[path = "lab/server.rs"]
mod server;

use std::io::Write as _;
use std::time::Duration;

use hammer::{Asked, Blows};
use server::{Cores, Server};

const CONNECTIONS: usize = 32;

/// What one core is asked for.
const OF_ONE_CORE: [(&str, Asked); 4] = [
    ("tokens", Asked::Token),
    ("refusals", Asked::Refusal),
    ("metadata", Asked::Metadata),
    ("keys", Asked::Keys),
];

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
        "{CONNECTIONS} connections over http, {} rounds of {} s each, asked from one core; the median round",
        plan.rounds,
        plan.time.as_secs()
    ));
    let only: Vec<String> = std::env::args()
        .filter(|word| OF_ONE_CORE.iter().any(|(name, _)| name == word))
        .collect();
    if !only.is_empty() {
        return of_one_core(&plan, &only);
    }
    let started = server::first_answers(if quick { 3 } else { 11 });
    beside_provider(&plan);
    of_one_core(&plan, &OF_ONE_CORE.map(|(name, _)| name.to_owned()));
    for (name, milliseconds) in started {
        let what = format!("start to first metadata, {name}, ms");
        row(&what, milliseconds, None, "<= 50");
    }
}

/// Both on all cores.
fn beside_provider(plan: &Plan) {
    let lab = Server::lab(Cores::All);
    let provider = Server::provider();
    let ours = plan.median(&lab, Asked::Token);
    let theirs = provider
        .as_ref()
        .map(|provider| plan.median(provider, Asked::Token));
    let theirs = theirs.as_ref();
    row(
        "tokens a second, RS256",
        ours.a_second(),
        theirs.map(Blows::a_second),
        ">= 2 x oidc-provider",
    );
    row(
        "slowest hundredth of them, microseconds",
        ours.slowest_hundredth(),
        theirs.map(Blows::slowest_hundredth),
        "<= 0.5 x oidc-provider",
    );
    row(
        "resident memory, KiB",
        lab.memory(),
        provider.as_ref().map(Server::memory),
        "<= 16384",
    );
}

/// The lab on one core, which it has for itself.
fn of_one_core(plan: &Plan, names: &[String]) {
    let lab = Server::lab(Cores::First);
    let chosen = OF_ONE_CORE
        .iter()
        .filter(|(name, _)| names.iter().any(|n| n == name));
    for (name, asked) in chosen {
        let (beside, target) = match asked {
            Asked::Token => (server::signing_limit(), ">= 0.85 x openssl speed rsa2048"),
            Asked::Refusal | Asked::Metadata | Asked::Keys => (None, ">= 60000"),
        };
        let blows = plan.median(&lab, *asked);
        let what = format!("{name} for a second of one core");
        row(&what, blows.a_core_second(), beside, target);
    }
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
