//! The list of scenarios in README.md is made from their files.

use std::fmt::Write as _;

use tokenscope::model::Scenario;
use tokenscope::model::scenario::{Basis, Cure};
use tokenscope::session::scenarios;

use super::{escaped, is_the_programs_own};

const BEGIN: &str = "<!-- scenarios: begin";
const END: &str = "<!-- scenarios: end -->";

#[test]
fn its_scenarios_are_those_of_the_program() {
    is_the_programs_own(BEGIN, END, &list());
}

/// One table a group, in the order in which groups first appear.
fn list() -> String {
    let all = scenarios();
    let mut groups: Vec<&str> = Vec::new();
    for scenario in &all {
        if !groups.contains(&scenario.group.as_str()) {
            groups.push(&scenario.group);
        }
    }
    let mut out = format!(
        "<details>\n<summary>The {} scenarios, by what they are about</summary>\n",
        all.len()
    );
    for group in groups {
        write!(
            out,
            "\n**{}**\n\n| `tokenscope demo …` | What it shows | Codes | It ends |\n|---|---|---|---|\n",
            if group.is_empty() { "Others" } else { group }
        )
        .expect("a string takes it");
        for scenario in all.iter().filter(|scenario| scenario.group == group) {
            let row = format!(
                "| `{}` | {}{} | {} | {} |",
                scenario.name,
                escaped(&scenario.title),
                basis(scenario.basis),
                codes(scenario),
                match scenario.cure {
                    Cure::Here => "granted",
                    Cure::NobodyHere => "handed over",
                }
            );
            writeln!(out, "{row}").expect("a string takes it");
        }
    }
    out.push_str("\n</details>\n");
    out
}

const fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Entra => "",
        Basis::Rfc8628 => " (rests on RFC 8628)",
        Basis::ForceOnly => " (forced)",
    }
}

fn codes(scenario: &Scenario) -> String {
    let expected = scenario.step.iter().filter_map(|step| step.expect.as_ref());
    let mut codes: Vec<String> = Vec::new();
    let numbers = expected.clone().flat_map(|it| it.codes.iter().flatten());
    for code in numbers {
        let number = code.strip_prefix("AADSTS").unwrap_or(code).to_owned();
        if !codes.contains(&number) {
            codes.push(number);
        }
    }
    if codes.is_empty() {
        codes.extend(expected.filter_map(|it| it.error.clone()));
        codes.dedup();
    }
    codes.join(", ")
}
