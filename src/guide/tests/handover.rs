//! The message that is handed over holds what support asks for, and nothing secret.

use crate::guide::samples::{CLIENT, OF_POLICY, SECRET, Scene, Wire, daemon, spec};
use crate::model::{Diagnosis, Doing, FactKind, Flow, Secret, SecretKind};

fn messages(diagnosis: &Diagnosis) -> Vec<&str> {
    let texts = diagnosis
        .plan
        .steps
        .iter()
        .filter_map(|step| match &step.doing {
            Doing::HandOver { text, .. } => Some(text.as_str()),
            _ => None,
        });
    texts.collect()
}

#[test]
fn the_message_to_the_administrator_holds_what_support_asks_for() {
    let diagnosis = Wire::new(400, "invalid_grant", "53003")
        .suberror("message_only")
        .claims(OF_POLICY)
        .diagnose(&spec(Flow::Silent));
    let text = messages(&diagnosis)[0];
    for wanted in [
        "AADSTS53003",
        "invalid_grant (suberror message_only)",
        "3f1c0000-0000-4000-8000-000000000001",
        "7c2e0000-0000-4000-8000-000000000002",
        "2026-11-22T14:02:11Z",
        CLIENT,
        "contoso.example",
        "ada@contoso.example",
        "User.Read",
        "2b6f1c1e-0000-4000-8000-00000000c0de",
        "flow silent; refused at token with HTTP 400",
    ] {
        assert!(text.contains(wanted), "{wanted} is missing in:\n{text}");
    }
}

#[test]
fn a_message_about_a_paste_leaves_room_for_what_is_not_known() {
    let diagnosis = Scene::pasted("invalid_grant", &["AADSTS53003"]).diagnose();
    let text = messages(&diagnosis)[0];
    assert!(
        text.contains("[user name]") && text.contains("[tenant]"),
        "{text}"
    );
    assert!(!text.contains('{') && !text.contains("User:"), "{text}");
    assert!(text.starts_with(char::is_uppercase));
}

#[test]
fn no_secret_is_ever_in_a_message() {
    let hidden = ["hunter2-hidden", "0.AXrefresh-hidden", SECRET];
    for code in [
        "7000215", "53003", "50126", "50053", "65001", "50196", "90033",
    ] {
        for mut spec in [spec(Flow::Password), spec(Flow::RefreshToken), daemon()] {
            spec.password = Some(Secret::new(SecretKind::Password, hidden[0]));
            spec.refresh_token = Some(Secret::new(SecretKind::RefreshToken, hidden[1]));
            let diagnosis = Wire::new(400, "invalid_grant", code).diagnose(&spec);
            let all = format!("{diagnosis:?}");
            for secret in hidden {
                assert!(!all.contains(secret), "{code}");
            }
        }
    }
}

#[test]
fn a_servers_words_in_our_sentences_cannot_act_on_a_terminal_or_fill_it() {
    let error = format!("\u{1b}]0;x\u{7}\u{202e}{}", "y".repeat(5000));
    let diagnosis = Scene::pasted(&error, &[]).diagnose();
    assert!(
        diagnosis
            .summary
            .chars()
            .all(|c| !c.is_control() && c != '\u{202e}')
    );
    assert!(diagnosis.summary.chars().count() < 1100);
    assert!(
        diagnosis
            .notes
            .iter()
            .chain(&diagnosis.contradictions)
            .all(|text| !text.contains('\u{1b}'))
    );
}

#[test]
fn what_a_server_sends_stays_on_its_line_and_is_cut_short() {
    let long = format!("id\nUser: mallory\u{1b}[2J{}", "x".repeat(500));
    let diagnosis = Scene::pasted("invalid_grant", &["AADSTS53003"])
        .fact(FactKind::TraceId, &long, "/trace_id")
        .diagnose();
    let text = messages(&diagnosis)[0];
    assert!(
        !text.contains("\nUser: mallory") && !text.contains('\u{1b}'),
        "{text}"
    );
    assert!(text.lines().all(|line| line.chars().count() < 900));
}
