//! Every flow that MSAL Python, MSAL Node and azure-identity have, at the lab over https: it succeeds, and meets each
//! class of error that the lab's world has for it. What the library does is what the program predicts for the very
//! reply, and once the cause is undone the library recovers, unless it is predicted to answer from its memory.

mod beside;
mod client;
mod exchange;
mod machines;
mod row;
mod rows;

use crate::judge::Observed;
use client::{Client, Library};
use row::Row;

/// Plays every row to one library; what differs, a line each.
fn differences(library: Library, rows: &[Row]) -> Vec<String> {
    let mut client = Client::start(library);
    let mut found = Vec::new();
    for row in rows.iter().filter(|row| row.is_for(library)) {
        let played = client.play(row);
        let predicted = played.exchange.predicted(library, row.flow);
        let mut differs = row.differs(&played.exchange);
        differs.extend(Observed::of(&played.said).differences(
            &predicted,
            &row.terms(library),
            row.flow,
        ));
        let named = |difference| format!("{} · {}: {difference}", row.flow, row.name);
        found.extend(differs.into_iter().map(named));
    }
    found
}

fn assert_as_predicted(library: Library, rows: &[Row]) {
    let found = differences(library, rows);
    assert!(
        found.is_empty(),
        "{} differences:\n{}",
        found.len(),
        found.join("\n")
    );
}

/// Node looks for its machine once in its life, so each kind has a process of its own; some of them wait, side by side.
fn assert_as_predicted_on_machines(library: Library) {
    let of = |machine| {
        differences(library, &machines::on(machine))
            .into_iter()
            .map(move |found| format!("{machine} · {found}"))
    };
    let found: Vec<String> = std::thread::scope(|scope| {
        let started =
            machines::ALL.map(|machine| scope.spawn(move || of(machine).collect::<Vec<_>>()));
        started
            .into_iter()
            .flat_map(|one| one.join().expect("its rows end"))
            .collect()
    });
    assert!(
        found.is_empty(),
        "{} differences:\n{}",
        found.len(),
        found.join("\n")
    );
}

#[test]
fn every_flow_of_every_library_is_granted_and_refused() {
    let rows: Vec<Row> = rows::all()
        .into_iter()
        .chain(machines::on("imds"))
        .collect();
    for library in [
        Library::MsalPython,
        Library::AzureIdentity,
        Library::MsalNode,
    ] {
        for flow in library.flows() {
            let of_flow = || {
                rows.iter()
                    .filter(|row| row.flow == *flow && row.is_for(library))
            };
            assert!(
                of_flow().any(|row| row.code.is_empty()),
                "{library:?} {flow}"
            );
            assert!(
                of_flow().filter(|row| !row.code.is_empty()).count() >= 5,
                "{library:?} {flow}"
            );
        }
    }
}

#[test]
fn msal_python_does_what_is_predicted_on_every_machine() {
    assert_as_predicted_on_machines(Library::MsalPython);
}

#[test]
fn azure_identity_does_what_is_predicted_on_every_machine() {
    assert_as_predicted_on_machines(Library::AzureIdentity);
}

#[test]
fn msal_node_does_what_is_predicted_on_every_machine() {
    assert_as_predicted_on_machines(Library::MsalNode);
}

#[test]
fn msal_python_does_what_is_predicted_in_every_flow_it_has() {
    assert_as_predicted(Library::MsalPython, &rows::all());
}

#[test]
fn azure_identity_does_what_is_predicted_in_every_flow_it_has() {
    assert_as_predicted(Library::AzureIdentity, &rows::all());
}

#[test]
fn msal_node_does_what_is_predicted_in_every_flow_it_has() {
    assert_as_predicted(Library::MsalNode, &rows::all());
}
