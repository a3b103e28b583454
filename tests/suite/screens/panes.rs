//! One fact or two about each pane.

use super::desk::{Desk, theme};
use super::samples;
use tokenscope::explorer::{Effect, Message, Mouse, MouseDeed, Pane, update};
use tokenscope::model::{
    Depth, Fact, FactKind, Failure, Flow, Opening, RunId, Secret, SecretKind, Signature, Spot,
    TokenView, Unchecked, Verification,
};
use tokenscope::session::{Command, Notice};
use tokenscope::settings::themes;

const SIZE: (u16, u16) = (120, 36);

#[test]
fn a_simulated_run_says_so_in_the_title() {
    Desk::refused(SIZE).shows("LAB SIMULATED");
}

#[test]
fn the_runs_name_error_and_code() {
    Desk::refused(SIZE).shows("invalid_grant 50076");
}

#[test]
fn the_diagnosis_answers_in_order() {
    let screen = Desk::refused(SIZE).text();
    let place = |text: &str| {
        screen
            .find(text)
            .unwrap_or_else(|| panic!("no {text} in\n{screen}"))
    };
    assert!(place("Do now") < place("Signing in"));
    assert!(place("Signing in") < place("Who acts"));
    assert!(place("Who acts") < place("Because"));
}

#[test]
fn the_servers_description_is_whole_though_the_pane_is_narrow() {
    let mut desk = Desk::refused((80, 24));
    desk.press("Tab Tab");
    let mut seen = String::new();
    for _ in 0..40 {
        desk.press("j");
        seen.push_str(&desk.text());
    }
    assert!(seen.contains("issued."), "{seen}");
}

#[test]
fn a_line_of_the_reply_lights_up_what_it_fed() {
    let mut desk = Desk::refused(SIZE);
    desk.press("Tab Tab Tab");
    desk.press("/ s u b e r r o r Enter");
    let screen = desk.text();
    let tied = screen
        .lines()
        .find(|line| line.contains("▸Because"))
        .is_some();
    assert!(tied, "{screen}");
}

#[test]
fn what_was_read_out_of_a_paste_lights_up_where_it_stands() {
    let text = "first line\nAADSTS50076: A second factor for tenant 'Contoso'.\nlast line";
    let mut desk = Desk::open(SIZE, Opening::Start);
    let tenant = text.find("Contoso").unwrap_or_default();
    let mut diagnosis = samples::diagnosis();
    diagnosis.facts = vec![Fact {
        kind: FactKind::Tenant,
        value: "Contoso".into(),
        from: Spot::Bytes(tenant, tenant + "Contoso".len()),
    }];
    desk.tell(Notice::Explained {
        text: text.into(),
        diagnoses: vec![diagnosis],
        tokens: Vec::new(),
        claims: Vec::new(),
    });
    desk.press("G k");
    desk.shows("▸tenant");
    desk.press("k k k k");
    desk.shows("▸AADSTS50076: A second factor");
}

/// A token of nobody: a header, these claims and no good signature.
fn laid_open(claims: &serde_json::Value) -> TokenView {
    use base64::Engine as _;
    let part = |json: &serde_json::Value| {
        base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(json.to_string())
    };
    let header = serde_json::json!({ "alg": "RS256" });
    let text = format!("{}.{}.bm90LWEtc2lnbmF0dXJl", part(&header), part(claims));
    let token = Secret::new(SecretKind::AccessToken, text);
    tokenscope::guide::token::open(&token, samples::NOW)
}

#[test]
fn a_claims_request_that_was_pasted_alone_says_what_it_asks_for_and_how_it_is_passed_on() {
    use base64::Engine as _;
    let claims = r#"{"access_token":{"acrs":{"essential":true,"value":"c1"}}}"#;
    let packed = base64::engine::general_purpose::STANDARD.encode(claims);
    for text in [claims, &packed] {
        let mut desk = Desk::open(SIZE, Opening::Start);
        desk.tell(Notice::Explained {
            text: text.into(),
            diagnoses: Vec::new(),
            tokens: Vec::new(),
            claims: tokenscope::session::claims(text, &[]).unwrap(),
        });
        desk.shows("A claims request");
        desk.shows("access_token acrs: c1 · essential");
        desk.shows("MSAL Python");
        desk.hides("No error that is known here");
    }
}

#[test]
fn the_tokens_of_a_paste_are_laid_open_and_the_one_under_the_cursor_is_checked() {
    let mut desk = Desk::open(SIZE, Opening::Start);
    let claims = |issuer: &str| serde_json::json!({ "iss": issuer, "scp": "Mail.Send" });
    desk.tell(Notice::Explained {
        text: "‹access token 5f2a91c0› ‹access token 77aa01b2›".into(),
        diagnoses: Vec::new(),
        tokens: vec![
            laid_open(&claims("https://a.example")),
            laid_open(&claims("https://b.example")),
        ],
        claims: Vec::new(),
    });
    desk.shows("Token 1 of 2");
    desk.shows("Mail.Send: send mail");
    desk.hides("Nothing");
    let asked = desk.press("V");
    assert!(matches!(asked[..], [Effect::Ask(Command::CheckPasted(0))]));
    desk.shows("Asking https://a.example for its keys");
    desk.press("/");
    desk.type_text("Token 2");
    desk.press("Enter");
    let asked = desk.press("V");
    assert!(matches!(asked[..], [Effect::Ask(Command::CheckPasted(1))]));
    let found = Verification::unchecked(Unchecked::ForGraph);
    desk.tell(Notice::TokenChecked {
        nth: 1,
        verification: Box::new(found),
    });
    desk.shows("? Not checked");
    desk.shows("it is for Microsoft Graph");
}

#[test]
fn the_token_of_a_granted_run_is_checked_on_request_and_the_verdict_stands_with_it() {
    let mut desk = Desk::refused(SIZE);
    assert!(desk.press("V").is_empty(), "a refused run has no token");
    desk.tell(Notice::Began(Box::new(samples::running(
        2,
        Flow::Silent,
        samples::device(),
    ))));
    desk.tell(Notice::Ended(RunId(2), Box::new(samples::granted())));
    desk.shows("V check the signature");
    let asked = desk.press("V");
    assert!(matches!(
        asked[..],
        [Effect::Ask(Command::CheckRun(RunId(2)))]
    ));
    let mut found = Verification::unchecked(Unchecked::Opaque);
    found.signature = Signature::Bad(Failure::Signature);
    desk.tell(Notice::Verified(RunId(2), Box::new(found)));
    desk.shows("✗ Failed");
    desk.shows("The signature is not");
}

#[test]
fn a_line_of_the_diagnosis_lights_up_where_it_was_read() {
    let mut desk = Desk::refused(SIZE);
    desk.press("Tab Tab");
    desk.press("/ c o r r e l a t i o n Enter");
    desk.shows("▸  \"correlation_id\"");
}

#[test]
fn the_exact_bytes_are_one_key_away() {
    let mut desk = Desk::refused(SIZE);
    desk.press("Tab Tab Tab x");
    desk.shows("{\"error\":\"invalid_grant\",");
}

#[test]
fn headers_unfold() {
    let mut desk = Desk::refused(SIZE);
    desk.press("Tab Tab Tab h G");
    desk.shows("x-ms-request-id: ");
}

#[test]
fn the_request_shows_its_secret_as_a_mark() {
    let mut desk = Desk::refused(SIZE);
    desk.press("Tab Tab Tab v");
    desk.shows("refresh_token = ‹refresh token");
    desk.hides("not-a-real-one");
}

#[test]
fn a_revealed_secret_is_hidden_again_by_the_next_key() {
    let mut desk = Desk::refused(SIZE);
    desk.press("Tab Tab Tab v R");
    desk.shows("not-a-real-one");
    desk.press("j");
    desk.hides("not-a-real-one");
}

#[test]
fn the_user_code_is_large_and_only_there_while_the_run_waits() {
    let mut desk = Desk::refused(SIZE);
    desk.tell(Notice::Began(Box::new(samples::running(
        2,
        Flow::DeviceCode,
        samples::device(),
    ))));
    desk.shows("B C D F - G H J K");
    desk.shows("Type it only if");
    desk.tell(Notice::Ended(RunId(2), Box::new(samples::granted())));
    desk.hides("B C D F");
}

#[test]
fn an_address_to_open_by_hand_is_shown_whole() {
    let mut desk = Desk::refused((80, 24));
    desk.tell(Notice::Began(Box::new(samples::running(
        2,
        Flow::Interactive,
        samples::browsing(false),
    ))));
    let screen: String = desk
        .text()
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '│')
        .collect();
    assert!(screen.contains("scope=User.Read&state=abc"), "{screen}");
}

#[test]
fn the_page_a_user_saw_is_shown_and_ready_to_paste() {
    let mut desk = Desk::refused(SIZE);
    desk.tell(Notice::Began(Box::new(samples::running(
        2,
        Flow::Interactive,
        samples::browsing(true),
    ))));
    desk.tell(Notice::PageShown {
        run: RunId(2),
        text: "AADSTS50105: not assigned".into(),
    });
    desk.shows("AADSTS50105: not assigned");
    desk.press("p");
    desk.shows("Paste what the browser shows");
}

#[test]
fn differences_that_matter_come_first_and_noise_is_folded() {
    let mut desk = Desk::refused(SIZE);
    desk.tell_all(samples::granted_run(2, Flow::Interactive));
    desk.tell(Notice::Compared {
        left: RunId(1),
        right: RunId(2),
        differences: samples::differences(),
        clue: samples::clue(),
    });
    desk.shows("claim amr");
    desk.hides("trace id");
    desk.press("h");
    desk.shows("trace id");
}

#[test]
fn the_log_shows_what_was_done_and_about_whom() {
    let mut desk = Desk::refused(SIZE);
    desk.press("l");
    desk.shows("Asked the authority for its metadata  ada@contoso.example");
}

#[test]
fn the_help_lists_the_keys_of_the_pane_it_was_asked_in() {
    let mut desk = Desk::refused((120, 50));
    desk.press("Tab Tab Tab ?");
    desk.shows("exact bytes");
}

#[test]
fn a_hostile_reply_cannot_move_the_cursor() {
    let mut desk = Desk::refused(SIZE);
    let mut ending = samples::refused();
    if let Some(diagnosis) = &mut ending.diagnosis {
        diagnosis.description = Some("a\u{1b}[2Jb\u{202e}c".into());
    }
    desk.tell(Notice::Ended(RunId(1), Box::new(ending)));
    desk.shows("a␛[2Jb‹U+202E›c");
}

#[test]
fn a_search_goes_from_hit_to_hit_and_says_when_there_is_none() {
    let mut desk = Desk::refused(SIZE);
    desk.press("Tab Tab Tab / z z z");
    desk.press("Enter n");
    desk.shows("Not found in this pane.");
}

#[test]
fn a_click_goes_to_the_pane_and_row_under_it() {
    let mut desk = Desk::refused(SIZE);
    let (_, area) = desk
        .state
        .areas()
        .into_iter()
        .find(|(pane, _)| *pane == Pane::Reply)
        .unwrap();
    let mouse = Mouse {
        x: area.x + 5,
        y: area.y + 2,
        deed: MouseDeed::Click,
    };
    update(&mut desk.state, Message::Mouse(mouse));
    assert_eq!(desk.state.pane(), Pane::Reply);
    assert_eq!(desk.state.scroll(Pane::Reply).row, 1);
}

#[test]
fn without_colours_every_state_has_a_word_or_mark() {
    let mut desk = Desk::refused(SIZE);
    desk.tell_all(samples::granted_run(2, Flow::Interactive));
    for (name, _) in themes::BUILT_IN {
        for depth in [Depth::None, Depth::Sixteen, Depth::Indexed, Depth::True] {
            let text = desk.text_with(&theme(name, depth, false));
            assert_eq!(text, desk.text(), "{name}");
        }
    }
    desk.shows("✓ 14:02:11 interactive");
    desk.shows("✗ 14:02:11 silent");
}

#[test]
fn in_ascii_nothing_but_ascii_is_drawn() {
    let desk = Desk::refused(SIZE);
    let text = desk.text_with(&theme("plain", Depth::None, true));
    assert!(text.is_ascii(), "{text}");
}

#[test]
fn every_size_can_be_drawn() {
    for width in (60..170).step_by(23) {
        for height in (20..60).step_by(9) {
            let mut desk = Desk::refused((width, height));
            desk.press("G Tab G Tab G Tab G Tab");
            desk.text();
            desk.resize(width - 1, height + 1);
            desk.text();
        }
    }
    Desk::open((10, 3), Opening::Start).text();
    Desk::open((0, 0), Opening::Start).text();
}

#[test]
fn a_thousand_runs_stay_in_the_list() {
    let mut desk = Desk::refused(SIZE);
    for id in 2..1000 {
        desk.tell(Notice::Began(Box::new(samples::run(
            id,
            Flow::Silent,
            tokenscope::model::Stage::Ended(Box::new(samples::refused())),
        ))));
    }
    desk.press("Shift-Tab Tab Tab G");
    desk.text();
}

#[test]
fn a_click_on_a_tab_shows_its_pane_and_a_click_into_a_step_marks_its_first_row() {
    let mut desk = Desk::refused((80, 24));
    let click = |desk: &mut Desk, x: u16, y: u16| {
        let deed = MouseDeed::Click;
        update(&mut desk.state, Message::Mouse(Mouse { x, y, deed }));
    };
    let row_with = |desk: &Desk, words: &str| {
        let text = desk.text();
        let row = text.lines().position(|line| line.contains(words));
        u16::try_from(row.expect("it is on screen")).expect("a screen has few rows")
    };
    let why = row_with(&desk, "▶· 1 ") + 1;
    click(&mut desk, 9, why);
    assert_eq!(row_with(&desk, "▶· 1 ") + 1, why);
    let strip = desk.text().lines().nth(1).unwrap_or_default().to_owned();
    let column = strip.chars().position(|c| c == 'R').unwrap_or_default();
    assert!(strip.contains("Runs") && strip.contains("Reply"));
    click(
        &mut desk,
        u16::try_from(column).expect("a screen has few columns"),
        1,
    );
    assert_eq!(desk.state.pane(), Pane::Runs);
    let reply = strip.chars().collect::<String>();
    let reply = reply[..reply.find("Reply").expect("a tab")].chars().count();
    click(
        &mut desk,
        u16::try_from(reply).expect("a screen has few columns"),
        1,
    );
    assert_eq!(desk.state.pane(), Pane::Reply);
}
