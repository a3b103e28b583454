//! What keys lead to.

use super::desk::{Desk, command, commands};
use super::samples;
use tokenscope::explorer::Effect;
use tokenscope::model::{
    Activity, Authority, CertificateMethod, CertificateRef, ClientKind, CredentialRef, Flow,
    IdentityRef, Opening, Outcome, RunId, UserAct, WorldChange,
};
use tokenscope::session::{Command, Notice};

const SIZE: (u16, u16) = (120, 36);

#[test]
fn the_demo_starts_the_lab_only_after_the_first_frame() {
    let mut desk = Desk::open(
        SIZE,
        Opening::Demo {
            scenario: Some("mfa-on-silent".into()),
        },
    );
    desk.shows("The lab is starting");
    let effects = desk.state.begin();
    assert_eq!(commands(&effects), ["Scenario(\"mfa-on-silent\")"]);
}

#[test]
fn choosing_a_scenario_sets_it_up() {
    let mut desk = Desk::demo(SIZE);
    let effects = desk.press("Enter");
    assert_eq!(commands(&effects), ["Scenario(\"mfa-on-silent\")"]);
    desk.shows("Setting up mfa-on-silent");
}

#[test]
fn enter_runs_the_first_step_of_a_scenario() {
    let mut desk = Desk::demo(SIZE);
    desk.tell(samples::scenario_ready());
    desk.shows("Why a silent call can fail although a");
    assert!(matches!(
        command(desk.press("Enter")),
        Command::ScenarioStep(0)
    ));
}

#[test]
fn what_the_scenario_shows_is_one_key_away_while_it_is_walked() {
    const TAUGHT: &str = "Why a silent call can fail although a refresh token exists.";
    for size in [SIZE, (80, 24)] {
        let mut desk = Desk::refused(size);
        desk.hides(TAUGHT);
        desk.shows("i story");
        desk.press("i");
        desk.shows(TAUGHT);
        desk.shows("┌ Scenario");
        for key in ["i", "Enter", "Esc"] {
            desk.press(key);
            desk.hides(TAUGHT);
            desk.shows("Multifactor authentication is required.");
            desk.press("i");
        }
    }
    let mut desk = Desk::open(SIZE, Opening::Start);
    desk.tell_all(samples::refused_run(1));
    desk.hides("i story");
    desk.press("i");
    desk.hides("┌ Scenario");
}

#[test]
fn a_refusal_is_walked_to_a_grant_and_compared() {
    let mut desk = Desk::refused(SIZE);
    assert!(matches!(
        command(desk.press("Enter")),
        Command::DoStep {
            run: RunId(1),
            step: 0,
            way: 0
        }
    ));
    desk.tell(Notice::Began(Box::new(samples::running(
        2,
        Flow::Interactive,
        samples::browsing(true),
    ))));
    assert!(matches!(
        command(desk.press("u")),
        Command::LabUser(RunId(2), UserAct::Completes)
    ));
    desk.tell(Notice::Ended(RunId(2), Box::new(samples::granted())));
    desk.shows("✓ 1 Sign in in the browser");
    assert!(matches!(
        command(desk.press("Enter")),
        Command::DoStep {
            run: RunId(1),
            step: 1,
            way: 0
        }
    ));
    desk.tell_all(samples::granted_run(3, Flow::Silent));
    desk.shows("✓ 2 Repeat silently");
    assert!(matches!(
        command(desk.press("Enter")),
        Command::Compare(RunId(1), RunId(3))
    ));
}

#[test]
fn a_step_that_failed_says_so_and_can_be_done_again() {
    let mut desk = Desk::refused(SIZE);
    desk.press("Enter");
    desk.tell(Notice::Began(Box::new(samples::running(
        2,
        Flow::Interactive,
        samples::browsing(true),
    ))));
    let mut ending = samples::granted();
    ending.outcome = Outcome::Cancelled;
    ending.token = None;
    desk.tell(Notice::Ended(RunId(2), Box::new(ending)));
    desk.shows("✗ 1 Sign in in the browser");
    assert!(matches!(
        command(desk.press("Enter")),
        Command::DoStep { step: 0, .. }
    ));
}

#[test]
fn a_barred_way_says_why_and_asks_for_nothing() {
    let mut desk = Desk::refused(SIZE);
    let effects = desk.press("Right Enter");
    assert!(commands(&effects).is_empty());
    desk.shows("a device code cannot carry device state");
}

#[test]
fn a_digit_does_the_step_with_that_number() {
    let mut desk = Desk::refused(SIZE);
    assert!(matches!(
        command(desk.press("2")),
        Command::DoStep { step: 1, .. }
    ));
}

#[test]
fn a_password_is_asked_for_without_being_shown() {
    let mut desk = Desk::refused(SIZE);
    desk.tell(Notice::Began(Box::new(samples::running(
        2,
        Flow::Password,
        samples::asking(),
    ))));
    desk.type_text("hunter2");
    desk.hides("hunter2");
    desk.shows("•••••••");
    match command(desk.press("Enter")) {
        Command::Answer(RunId(2), secret) => assert_eq!(secret.reveal(), "hunter2"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn escape_cancels_a_run_under_way_and_c_cuts_its_wait() {
    let mut desk = Desk::refused(SIZE);
    let waiting = Activity::Waiting {
        unsent: false,
        why: "The server asked to wait.".into(),
        until: samples::NOW.plus(std::time::Duration::from_secs(12)),
        can_cut: true,
    };
    desk.tell(Notice::Began(Box::new(samples::running(
        2,
        Flow::Silent,
        waiting,
    ))));
    desk.shows("12 s");
    assert!(desk.state.moving());
    assert!(matches!(
        command(desk.press("c")),
        Command::CutWait(RunId(2))
    ));
    assert!(matches!(
        command(desk.press("Esc")),
        Command::Cancel(RunId(2))
    ));
}

#[test]
fn what_waits_before_its_first_request_is_sent_at_once_by_pressing_r_again() {
    let mut desk = Desk::refused(SIZE);
    let waiting = Activity::Waiting {
        unsent: true,
        why: "The server asked to be left alone.".into(),
        until: samples::NOW.plus(std::time::Duration::from_secs(12)),
        can_cut: true,
    };
    desk.tell(Notice::Began(Box::new(samples::running(
        2,
        Flow::ClientCredentials,
        waiting,
    ))));
    desk.shows("12 s");
    desk.shows("Send it now all the same");
    assert!(matches!(
        command(desk.press("r")),
        Command::SendNow(RunId(2))
    ));
    assert!(matches!(
        command(desk.press("2")),
        Command::SendNow(RunId(2))
    ));
}

#[test]
fn nothing_moves_while_nothing_counts_down() {
    assert!(!Desk::refused(SIZE).state.moving());
}

#[test]
fn support_ids_are_copied_with_one_key() {
    let mut desk = Desk::refused(SIZE);
    let effects = desk.press("Y");
    let Some(Effect::Copy(text)) = effects.first() else {
        panic!("{effects:?}");
    };
    let text = text.get();
    assert!(
        text.contains("Correlation ID: 3f1c2b00-5555-4666-8777-988888888888"),
        "{text}"
    );
    assert!(text.contains("Trace ID: 7c2e1f00"), "{text}");
    assert!(text.contains("2026-11-22T14:02:11Z"), "{text}");
}

#[test]
fn what_is_copied_is_the_source_and_not_the_cells() {
    let mut desk = Desk::refused(SIZE);
    let effects = desk.press("Tab Tab Tab j j y");
    let Some(Effect::Copy(text)) = effects.first() else {
        panic!("{effects:?}");
    };
    assert!(
        text.get()
            .starts_with("\"error_description\": \"AADSTS50076: A second factor")
    );
    assert!(
        text.get().ends_with("Z\""),
        "whole, though it is wrapped: {}",
        text.get()
    );
}

#[test]
fn a_link_is_opened_by_the_session() {
    let mut desk = Desk::refused(SIZE);
    match command(desk.press("o")) {
        Command::OpenPage(url) => assert!(url.ends_with("code=50076")),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_paste_goes_to_the_run_that_waits_and_is_explained_otherwise() {
    let mut desk = Desk::refused(SIZE);
    desk.press("p");
    desk.type_text("AADSTS50105");
    assert!(matches!(command(desk.press("Ctrl-D")), Command::Explain(_)));
    desk.tell(Notice::Began(Box::new(samples::running(
        2,
        Flow::Interactive,
        samples::browsing(true),
    ))));
    desk.press("p");
    desk.type_text("http://localhost:49152/?code=x");
    assert!(matches!(
        command(desk.press("Ctrl-D")),
        Command::Paste(RunId(2), _)
    ));
}

#[test]
fn letters_are_text_while_typing() {
    let mut desk = Desk::open(SIZE, Opening::Start);
    desk.press("p");
    desk.type_text("quit? q/?");
    desk.shows("quit? q/?");
}

#[test]
fn the_form_complains_beside_the_field_and_sends_nothing() {
    let mut desk = Desk::open(SIZE, Opening::Start);
    desk.press("f");
    desk.type_text("http://login.contoso.example/t");
    let effects = desk.press("Enter");
    assert!(commands(&effects).is_empty());
    desk.shows("It cannot be sent like this");
}

#[test]
fn a_whole_form_begins_a_run() {
    let mut desk = Desk::open(SIZE, Opening::Start);
    desk.press("f");
    desk.type_text("https://login.microsoftonline.com/contoso.example");
    desk.press("Tab");
    desk.type_text("3f0a1b2c-0000-4000-8000-0000000000e1");
    desk.press("Tab Tab Tab");
    desk.type_text("User.Read");
    match command(desk.press("Enter")) {
        Command::Begin(spec) => {
            assert_eq!(spec.flow, Flow::Interactive);
            assert_eq!(spec.scopes, ["User.Read"]);
        }
        other => panic!("{other:?}\n{}", desk.text()),
    }
}

#[test]
fn the_lab_panel_switches_a_policy() {
    let mut desk = Desk::refused(SIZE);
    desk.tell(samples::world());
    match command(desk.press("L j Enter")) {
        Command::World(WorldChange::Policy { name, on }) => {
            assert_eq!((name.as_str(), on), ("block", true));
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_labs_user_can_decline_instead() {
    let mut desk = Desk::refused(SIZE);
    desk.tell(Notice::Began(Box::new(samples::running(
        2,
        Flow::DeviceCode,
        samples::device(),
    ))));
    assert!(matches!(
        command(desk.press("d j Enter")),
        Command::LabUser(RunId(2), UserAct::DeclinesDevice)
    ));
}

#[test]
fn a_past_run_is_reopened() {
    let mut desk = Desk::open(SIZE, Opening::Start);
    assert!(matches!(command(desk.press("H")), Command::History(_)));
    desk.tell(samples::past());
    assert!(matches!(command(desk.press("Enter")), Command::Reopen(7)));
}

#[test]
fn a_run_that_ends_while_past_runs_are_listed_is_asked_for() {
    let mut desk = Desk::demo(SIZE);
    desk.tell(samples::scenario_ready());
    let mut notices = samples::granted_run(1, Flow::Interactive);
    let end = notices.pop().expect("its end");
    desk.tell_all(notices);
    desk.press("H");
    desk.tell(samples::past());
    assert!(matches!(command(desk.tell(end)), Command::History(_)));
}

#[test]
fn past_runs_are_removed_at_the_second_press_only() {
    let mut desk = Desk::open(SIZE, Opening::Start);
    desk.press("H");
    desk.tell(samples::past());
    assert!(commands(&desk.press("D")).is_empty());
    assert_eq!(commands(&desk.press("D"))[0], "ClearHistory");
}

#[test]
fn quitting_tells_the_session_first() {
    let effects = Desk::refused(SIZE).press("q");
    assert!(matches!(
        effects[..],
        [Effect::Ask(Command::Quit), Effect::Quit]
    ));
}

#[test]
fn an_api_that_refuses_the_token_is_looked_at_at_once() {
    let mut desk = Desk::demo(SIZE);
    desk.tell(samples::scenario_ready());
    desk.tell_all(samples::granted_run(1, Flow::Interactive));
    let mut ending = samples::granted();
    ending.api = Some(Box::new(tokenscope::model::ApiOutcome {
        said: Vec::new(),
        exchange: samples::exchange("http://127.0.0.1:7001/api", 401, "{}", 90, 3),
        diagnosis: Some(Box::new(samples::diagnosis())),
    }));
    desk.tell(Notice::Ended(RunId(1), Box::new(ending)));
    desk.shows("1 token · API 401");
    desk.shows("Do now");
    assert!(matches!(
        command(desk.press("Enter")),
        Command::DoStep {
            run: RunId(1),
            step: 0,
            ..
        }
    ));
}

#[test]
fn what_was_shown_in_the_browser_stands_where_the_reply_would() {
    let mut desk = Desk::refused(SIZE);
    desk.tell(Notice::Began(Box::new(samples::running(
        2,
        Flow::Interactive,
        samples::browsing(true),
    ))));
    desk.shows("No reply yet to what was asked.");
    desk.tell(Notice::PageShown {
        run: RunId(2),
        text: "You cannot get to this".into(),
    });
    let mut ending = samples::refused();
    if let Some(diagnosis) = &mut ending.diagnosis {
        diagnosis.place = tokenscope::model::Place::Page;
    }
    desk.tell(Notice::Ended(RunId(2), Box::new(ending)));
    desk.shows("No reply reached the program");
    desk.shows("You cannot get to this");
}

#[test]
fn a_request_is_mended_in_the_form_and_the_step_is_marked() {
    let mut desk = Desk::demo(SIZE);
    desk.tell_all(samples::granted_run(1, Flow::Silent));
    let mut ending = samples::refused();
    if let Some(diagnosis) = &mut ending.diagnosis {
        let doing = tokenscope::model::Doing::FixRequest {
            parameter: "client_id".into(),
        };
        diagnosis.plan.steps = vec![samples::step("fix", "Mend the client id", doing)];
    }
    desk.tell(Notice::Ended(RunId(1), Box::new(ending)));
    desk.press("Enter");
    desk.shows("▸ Client id");
    assert!(matches!(command(desk.press("Enter")), Command::Begin(_)));
    desk.shows("◌ 1 Mend the client id");
    desk.tell_all(samples::granted_run(2, Flow::Silent));
    desk.shows("✓ 1 Mend the client id");
}

#[test]
fn an_exchange_is_filled_in_and_its_tokens_are_asked_for_later() {
    let profiles = vec![staging(CredentialRef::Prompt)];
    let mut desk = Desk::with_profiles(SIZE, Opening::Start, profiles);
    desk.press("f Shift-Tab Right");
    desk.press("Tab Tab Tab Tab Right Right Right Right");
    desk.shows("token-exchange: one token for another");
    desk.press("Tab Tab Right Right Right");
    desk.shows("▸ Exchanges      an ID token (id_token)");
    desk.press("Tab Tab Right Tab o r d e r s Tab x Enter");
    desk.shows("`x` is no address of a resource");
    desk.press("Backspace u r n : x");
    match command(desk.press("Enter")) {
        Command::Begin(spec) => {
            let given = spec.presented;
            let word =
                |kind: Option<tokenscope::model::TokenType>| kind.map(|k| k.word().to_owned());
            assert_eq!(word(given.token_type).as_deref(), Some("id_token"));
            assert_eq!(word(given.wanted_type).as_deref(), Some("access_token"));
            assert_eq!(given.actor_type, None);
            assert_eq!(
                (given.audiences, given.resources),
                (vec!["orders".into()], vec!["urn:x".into()])
            );
            assert_eq!((given.token, spec.username), (None, None));
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_can_be_done_with_a_token_stands_in_a_box_with_why_the_rest_cannot() {
    use tokenscope::model::{Further, Purpose};
    let mut desk = Desk::open(SIZE, Opening::Start);
    let mut notices = samples::granted_run(1, Flow::Interactive);
    let body = r#"{"issuer":"http://127.0.0.1:7001/x","token_endpoint":"http://127.0.0.1:7001/t","introspection_endpoint":"http://127.0.0.1:7001/i"}"#;
    let mut discovery = samples::exchange("http://127.0.0.1:7001/m", 200, body, 0, 1);
    discovery.request.purpose = Purpose::Discovery;
    let found = Notice::Exchanged(RunId(1), Box::new(discovery.clone()));
    notices.insert(1, found);
    desk.tell_all(notices);
    desk.press("t");
    desk.shows("With this token");
    desk.shows("the authority's metadata names no userinfo_endpoint");
    desk.press("Down Enter");
    desk.shows("Ask for claims about the user");
    match command(desk.press("Up Enter")) {
        Command::Further(run, what) => assert_eq!((run, what), (RunId(1), Further::Introspect)),
        other => panic!("{other:?}"),
    }
    let mut ending = samples::granted();
    let mut exchange = samples::exchange("http://127.0.0.1:7001/i", 200, "{}", 0, 1);
    exchange.request.purpose = Purpose::Introspection;
    ending.further.push(tokenscope::model::FurtherOutcome {
        what: Further::Introspect,
        exchange,
        said: vec!["It is not good any more.".into()],
        diagnosis: None,
    });
    desk.tell(Notice::Ended(RunId(1), Box::new(ending)));
    desk.shows("Introspection  200 from");
    desk.shows("It is not good any more.");
}

#[test]
fn a_machine_is_asked_for_its_identity_and_for_nothing_else() {
    let profiles = vec![staging(CredentialRef::Prompt)];
    let mut desk = Desk::with_profiles(SIZE, Opening::Start, profiles);
    desk.press("f Shift-Tab Right");
    desk.press("Tab Tab Tab Tab Right Right Right Right Right Right Right Right");
    desk.shows("managed-identity: as the machine this runs on");
    assert!(!desk.text().contains("Authority"), "{}", desk.text());
    desk.press("Tab Tab x Enter");
    desk.shows("client_id=ID, object_id=ID or resource_id=PATH");
    desk.press("Backspace c l i e n t _ i d = a b");
    match command(desk.press("Enter")) {
        Command::Begin(spec) => {
            assert_eq!(spec.identity, Some(IdentityRef::ClientId("ab".into())));
            assert!(spec.authority.is_of_machine());
            assert_eq!(spec.credential, tokenscope::model::Credential::Public);
        }
        other => panic!("{other:?}"),
    }
}

fn staging(credential: CredentialRef) -> tokenscope::model::Profile {
    tokenscope::model::Profile {
        name: "staging".into(),
        authority: Authority::parse("https://login.microsoftonline.com/contoso.example")
            .expect("an authority"),
        client_id: "3f0a1b2c-0000-4000-8000-0000000000e1".into(),
        client_kind: ClientKind::Daemon,
        credential,
        secret_method: None,
        scopes: vec!["https://graph.microsoft.com/.default".into()],
        redirect_uri: None,
        flow: Flow::ClientCredentials,
        username: None,
        api: None,
        presented: tokenscope::model::Presented::default(),
        cache_file: Some("cache.json".into()),
        seal_cache: false,
        asking: tokenscope::model::Asking::default(),
        extensions: tokenscope::model::Extensions::default(),
        retry: None,
        ca_file: Some("ca.pem".into()),
    }
}

#[test]
fn a_certificate_is_chosen_and_named_by_its_two_files() {
    let profiles = vec![staging(CredentialRef::Prompt)];
    let mut desk = Desk::with_profiles(SIZE, Opening::Start, profiles);
    desk.press("f Shift-Tab Right");
    desk.press("Tab Tab Tab Tab Tab Tab Right Right Right Right");
    desk.shows("certificate and key in files");
    desk.shows("Key in");
    desk.press("Enter");
    desk.shows("where it is found is not said");
    desk.press("o w n . p e m Tab o w n . k e y");
    let expected = CertificateRef {
        certificate: "own.pem".into(),
        key: Some("own.key".into()),
        ..CertificateRef::default()
    };
    match command(desk.press("Enter")) {
        Command::BeginWith { credential, .. } => {
            assert_eq!(credential, CredentialRef::Certificate(expected));
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_certificate_is_chosen_to_be_shown_in_the_handshake_and_signs_nothing_then() {
    let at = CertificateRef {
        certificate: "own.pem".into(),
        ..CertificateRef::default()
    };
    let profiles = vec![staging(CredentialRef::Certificate(at.clone()))];
    let mut desk = Desk::with_profiles(SIZE, Opening::Start, profiles);
    desk.press("f Shift-Tab Right");
    desk.shows("Signs by");
    desk.press("Tab Tab Tab Tab Tab Tab Tab Tab Tab Tab Right Right");
    desk.shows("known as it is (self_signed_tls_client_auth)");
    desk.shows("bound to the certificate");
    desk.hides("Signs by");
    let expected = CertificateRef {
        method: CertificateMethod::SelfSigned,
        ..at
    };
    match command(desk.press("Enter")) {
        Command::BeginWith { credential, .. } => {
            assert_eq!(credential, CredentialRef::Certificate(expected));
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_profile_fills_the_form_and_its_name_and_trust_go_along() {
    let profile = staging(CredentialRef::Env("STAGING_SECRET".into()));
    let mut desk = Desk::with_profiles(SIZE, Opening::Start, vec![profile]);
    desk.press("f Shift-Tab Right");
    desk.shows("STAGING_SECRET");
    match command(desk.press("Enter")) {
        Command::BeginWith { spec, credential } => {
            assert_eq!(credential, CredentialRef::Env("STAGING_SECRET".into()));
            assert_eq!(spec.profile.as_deref(), Some("staging"));
            assert!(spec.options.ca_file.is_some());
            assert!(spec.cache_file.is_some());
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_run_is_copied_as_a_call_whole_and_with_variables_for_its_secrets() {
    let mut desk = Desk::refused(SIZE);
    let effects = desk.press("P y");
    let Some(Effect::Copy(text)) = effects.first() else {
        panic!("{effects:?}");
    };
    let text = text.get();
    assert!(text.starts_with("# answered with "), "{text}");
    assert!(text.contains("curl -sS -X POST"), "{text}");
    let none = desk.press("Left w");
    assert!(none.is_empty(), "the lab is none of its clouds: {none:?}");
    desk.shows("public, China and US Government clouds alone");
}

#[test]
fn settings_pasted_into_the_form_fill_its_fields() {
    let mut desk = Desk::open(SIZE, Opening::Start);
    desk.press("f");
    desk.paste(
        r#"{ "AzureAd": { "TenantId": "contoso.example", "ClientId": "3f0a1b2c-0000-4000-8000-0000000000e1", "ClientSecret": "Zx8~never-shown", "CallbackPath": "/in" },
             "DownstreamApi": { "Scopes": [ "Mail.Read" ] } }"#,
    );
    for text in [
        "https://login.microsoftonline.com/contoso.example",
        "3f0a1b2c-0000-4000-8000-0000000000e1",
        "Mail.Read",
        "CLIENT_SECRET",
        "settings of Microsoft.Identity.Web",
    ] {
        desk.shows(text);
    }
    desk.hides("Zx8");
}

#[test]
fn the_address_of_a_metadata_document_pasted_as_the_authority_becomes_it() {
    let mut desk = Desk::open(SIZE, Opening::Start);
    desk.press("f");
    desk.paste(
        "https://login.microsoftonline.com/contoso.example/v2.0/.well-known/openid-configuration",
    );
    desk.shows("https://login.microsoftonline.com/contoso.example");
    desk.hides("well-known");
}

#[test]
fn the_page_of_a_device_sign_in_is_drawn_for_a_phone_where_a_phone_can_reach_it() {
    for size in [(120, 36), (80, 24)] {
        let mut desk = Desk::refused(size);
        desk.tell(Notice::Began(Box::new(samples::running(
            2,
            Flow::DeviceCode,
            samples::device(),
        ))));
        desk.press("Q");
        desk.hides("┌ Device page");
        let address = "https://microsoft.com/devicelogin";
        let reachable = Activity::Device {
            page: address.into(),
            complete: None,
            user_code: "BCDF-GHJK".into(),
            next_poll: samples::NOW,
            expires: samples::NOW,
        };
        desk.tell(Notice::Doing(RunId(2), reachable));
        desk.press("Q");
        desk.shows("┌ Device page");
        let code = tokenscope::report::qr::Code::of(address).expect("a code");
        for row in code.rows(tokenscope::report::qr::Ink::Dark) {
            desk.shows(row.trim_end());
        }
        desk.press("Esc");
        desk.hides("┌ Device page");
    }
}
