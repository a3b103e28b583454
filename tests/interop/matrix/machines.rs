//! The rows of programs that run on a machine with a managed identity. What the machine says of a status is the same
//! everywhere; the words differ.

use super::client::Library::{self, AzureIdentity, MsalNode, MsalPython};
use super::row::Row;

const FLOW: &str = "managed-identity";
const NOBODY: &str = "00000000-1111-2222-3333-444444444444";
const WELL: &[&str] = &["identity-fault off"];
/// The libraries that do not wait for a machine that rests, or whose waits can be shortened.
const QUICK: &[Library] = &[MsalPython, AzureIdentity];

/// Every kind of machine.
pub const ALL: [&str; 5] = [
    "imds",
    "app-service",
    "machine-learning",
    "service-fabric",
    "arc",
];

/// The rows of one kind of machine.
pub fn on(machine: &'static str) -> Vec<Row> {
    let mut rows = vec![
        Row::refused(FLOW, "not found", word(machine, 404))
            .changed(&["identity-fault 404 100"], WELL),
        Row::refused(FLOW, "out of order", word(machine, 500))
            .changed(&["identity-fault 500 100"], WELL)
            .only(QUICK),
        Row::refused(FLOW, "out of order, another way", word(machine, 501))
            .changed(&["identity-fault 501 100"], WELL)
            .only(QUICK),
        Row::refused(FLOW, "updated", word(machine, 410))
            .changed(&["identity-fault 410 100"], WELL)
            .only(QUICK),
        Row::refused(FLOW, "cut off", "reset").changed(
            &["fault reset at managed-identity on"],
            &["fault reset off"],
        ),
    ];
    rows.extend(busy(machine));
    // Arc hands its challenge out before it looks at anything, and a program can meet that at one place of the file
    // system alone.
    if machine != "arc" {
        let unknown = if machine == "service-fabric" {
            "InvalidResource"
        } else if machine == "imds" {
            "invalid_resource"
        } else {
            "400"
        };
        rows.push(Row::granted(FLOW));
        rows.push(
            Row::refused(FLOW, "out of order once", word(machine, 500))
                .changed(&["identity-fault 500 1"], WELL)
                .once(),
        );
        rows.push(
            Row::refused(FLOW, "unknown resource", unknown).with(&[("resource", "api://nobody")]),
        );
    }
    if matches!(machine, "imds" | "app-service") {
        let unknown = if machine == "imds" {
            "invalid_request"
        } else {
            "400"
        };
        rows.push(Row::refused(FLOW, "unknown identity", unknown).with(&[("client", NOBODY)]));
    }
    if machine == "imds" {
        rows.push(
            Row::refused(FLOW, "updated once", "gone")
                .changed(&["identity-fault 410 1"], WELL)
                .once()
                .only(&[AzureIdentity, MsalNode]),
        );
        rows.push(
            Row::refused(FLOW, "gateway", "503")
                .changed(&["fault 503 at managed-identity on"], &["fault 503 off"])
                .only(QUICK),
        );
    }
    rows.into_iter().map(|row| row.on(machine)).collect()
}

/// A machine that says when to come back. Who obeys waits for five times as long, who does not for as long as always;
/// whether it is remembered is seen with a pause that does not run out meanwhile.
fn busy(machine: &'static str) -> [Row; 3] {
    let row = Row::refused(FLOW, "busy", word(machine, 429));
    [
        row.clone()
            .changed(
                &["fault 429 30s at managed-identity on"],
                &["fault 429 off"],
            )
            .only(&[MsalPython]),
        row.clone()
            .changed(&["fault 429 1s at managed-identity on"], &[])
            .only(&[AzureIdentity]),
        row.changed(&["fault 429 3s at managed-identity on"], &[])
            .only(&[MsalNode]),
    ]
}

/// What the lab's request log calls a refusal with this status.
fn word(machine: &str, status: u16) -> &'static str {
    match (machine, status) {
        ("imds" | "arc" | "service-fabric", 429) => "too_many_requests",
        ("service-fabric", _) => "Unavailable",
        ("imds" | "arc", 404) => "not_found",
        ("imds" | "arc", 410) => "gone",
        ("imds" | "arc", _) => "server_error",
        (_, 404) => "404",
        (_, 410) => "410",
        (_, 429) => "429",
        (_, 501) => "501",
        (_, _) => "500",
    }
}
