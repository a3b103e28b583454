//! The table of refusals against itself and the catalogue.

use super::*;

#[test]
fn no_row_contradicts_itself() {
    for &cause in Cause::ALL {
        let row = cause.row();
        if row.error == "invalid_client" {
            assert_eq!(row.status, 401, "{cause:?}");
        }
        if row.suberror.is_some() && cause != Cause::AppUnprotected {
            assert_eq!(row.error, "invalid_grant", "{cause:?}");
        }
        if row.error != row.error_v1 {
            assert_eq!(row.error_v1, "interaction_required", "{cause:?}");
        }
        assert!(!row.text.is_empty(), "{cause:?}");
    }
}

#[test]
fn every_row_is_a_pairing_that_the_catalogue_knows() {
    let catalog = crate::catalog::Catalog::builtin();
    let mut wrong = Vec::new();
    for cause in Cause::ALL {
        let row = cause.row();
        let Some(code) = row.code else { continue };
        let Some(entry) = catalog.code(&format!("AADSTS{code}")) else {
            wrong.push(format!("{cause:?} {code} is not in the catalogue"));
            continue;
        };
        let suberror = row.suberror.unwrap_or_default();
        let known = |error: &str, status| {
            entry.pairings.is_empty()
                || entry.pairings.iter().any(|pairing| {
                    pairing.error == error
                        && (pairing.suberror == suberror || pairing.suberror.is_empty())
                        && pairing.status.is_none_or(|s| s == status)
                })
        };
        for error in [row.error, row.error_v1] {
            if !known(error, row.status) {
                wrong.push(format!(
                    "{cause:?} {error} {suberror}: {:?}",
                    entry.pairings
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_is_said_to_be_assumed_is_a_pairing_that_nobody_has_seen() {
    let catalog = crate::catalog::Catalog::builtin();
    for cause in Cause::ALL.iter().filter(|cause| cause.row().assumed) {
        let row = cause.row();
        let code = row.code.map(|code| format!("AADSTS{code}"));
        let entry = code.and_then(|code| catalog.code(&code)).unwrap();
        let here = |error: &str| error == row.error || error == row.error_v1;
        let mut seen = entry.pairings.iter().filter(|pairing| pairing.seen);
        assert!(!seen.any(|pairing| here(&pairing.error)), "{cause:?}");
        assert!(Refusal::new(*cause, &[]).said().contains("assumed"));
    }
}

#[test]
fn values_are_filled_in_and_not_looked_into() {
    assert_eq!(
        fill("a {x} b {y} {", &[("x", "{y}"), ("y", "2")]),
        "a {y} b 2 {"
    );
}
