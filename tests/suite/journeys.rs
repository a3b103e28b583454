//! Whole journeys through the real program in a real terminal: from the list of scenarios to the cure, with keys alone.

mod again;
mod catalogue;
mod cures;
mod lab;
mod linear;
mod presenting;
mod token;
mod way;

use tempfile::TempDir;

use crate::harness::Terminal;

/// The program with a home of its own, as over SSH: no browser, no clipboard but the terminal's.
struct Journey {
    terminal: Terminal,
    _home: TempDir,
}

impl Journey {
    fn begin(args: &[&str], size: (u16, u16), env: &[(&str, &str)]) -> Self {
        let home = TempDir::new().expect("a temporary directory");
        Self::at_home(home, args, size, env)
    }

    /// The program with a file of own catalogue entries.
    fn with_own_entries(file: &str, text: &str, size: (u16, u16)) -> Self {
        let home = TempDir::new().expect("a temporary directory");
        let own = home.path().join("config/catalog");
        std::fs::create_dir_all(&own).expect("the directory can be made");
        std::fs::write(own.join(file), text).expect("the file can be written");
        Self::at_home(home, &[], size, &[])
    }

    fn at_home(home: TempDir, args: &[&str], size: (u16, u16), env: &[(&str, &str)]) -> Self {
        let data = home.path().join("data").display().to_string();
        let config = home.path().join("config").display().to_string();
        let mut all: Vec<&str> = args.to_vec();
        all.extend(["--data", &data, "--config", &config]);
        let state = home.path().join("state").display().to_string();
        let mut variables = vec![
            ("SSH_TTY", "/dev/pts/0"),
            ("BROWSER", ""),
            ("NO_COLOR", ""),
            ("XDG_STATE_HOME", &state),
        ];
        variables.extend_from_slice(env);
        Self {
            terminal: Terminal::run(env!("CARGO_BIN_EXE_tokenscope"), &all, size, &variables),
            _home: home,
        }
    }

    fn demo(scenario: &str, size: (u16, u16)) -> Self {
        let journey = Self::begin(&["demo", scenario], size, &[]);
        journey.terminal.shows("Scenario step 1");
        journey
    }

    /// Quits and looks at how the terminal was left.
    fn ends_well(mut self) {
        self.terminal.press("q");
        self.terminal.is_given_back();
        assert!(self.terminal.ends().success());
    }
}

#[test]
fn mfa_on_silent_is_cured_from_the_list_of_scenarios_to_the_proof() {
    let mut journey = Journey::begin(&["demo"], (120, 36), &[]);
    let terminal = &mut journey.terminal;
    terminal.shows("MFA demanded while refreshing silently");
    terminal.shows("LAB SIMULATED");
    terminal.press("Enter");
    terminal.shows("Scenario step 1: ask silently");
    terminal.press("Enter");
    terminal.shows("Multifactor authentication is required.");
    terminal.shows("AADSTS50076");
    terminal.shows("helps, if the claims go");
    terminal.press("Enter");
    terminal.shows("Gives up in");
    terminal.press("u");
    terminal.shows("✓ 1 Sign in in the browser");
    terminal.press("Enter");
    terminal.shows("✓ 2 Repeat silently");
    terminal.press("Enter");
    terminal.shows("┌ Compare");
    terminal.shows("outcome");
    terminal.shows("refused → granted");
    terminal.press("Esc");
    terminal.hides("┌ Compare");
    journey.ends_well();
}

#[test]
fn claims_are_opened_where_they_stand_in_the_reply_and_folded_again() {
    let mut journey = Journey::demo("mfa-on-silent", (120, 36));
    let terminal = &mut journey.terminal;
    terminal.press("Enter");
    terminal.shows("JSON inside ▸");
    terminal.press("Tab Tab Tab");
    terminal.shows("v request or reply");
    terminal.press("/");
    terminal.press("capolids Enter Right");
    terminal.shows("\"capolids\": {");
    terminal.press("G");
    terminal.press("z");
    terminal.hides("\"capolids\": {");
    terminal.press("z");
    terminal.shows("JSON inside ▾");
    journey.ends_well();
}

#[test]
fn a_file_is_opened_and_its_reply_folded_searched_and_explained() {
    let folder = TempDir::new().expect("a temporary directory");
    let file = folder.path().join("a reply.json");
    let filler: Vec<String> = (0..20_000)
        .map(|nth| format!(r#"{{"nth":{nth},"text":"nothing to see"}}"#))
        .collect();
    let reply = format!(
        r#"{{"error":"invalid_grant","error_description":"AADSTS50173: revoked","more":[{}],"last":"needle"}}"#,
        filler.join(",")
    );
    std::fs::write(&file, reply).expect("the file can be written");
    let mut journey = Journey::begin(&[], (120, 36), &[]);
    let terminal = &mut journey.terminal;
    terminal.shows("Open a file");
    terminal.press("j j j Enter");
    terminal.shows("Type the path of a file");
    // As a terminal names a file that is dropped onto it.
    let path = file.display().to_string().replace(' ', "\\ ");
    terminal.write(&path);
    terminal.press("Enter");
    terminal.shows("AADSTS50173");
    terminal.press("G");
    terminal.shows("\"last\": \"needle\"");
    terminal.press("z");
    terminal.shows("20000 inside ▸");
    terminal.press("/");
    terminal.press("needle Enter");
    terminal.shows("\"last\": \"needle\"");
    terminal.press("Esc");
    terminal.press("Esc");
    journey.ends_well();
}

#[test]
fn a_device_sign_in_is_approved_on_a_small_screen() {
    let mut journey = Journey::demo("device-granted", (80, 24));
    let terminal = &mut journey.terminal;
    terminal.press("Enter");
    terminal.shows("and type this code:");
    terminal.shows("Type it only if you started this yourself.");
    terminal.press("u");
    terminal.shows("✓ A token was granted.");
    terminal.shows("The scenario is done.");
    journey.ends_well();
}

#[test]
fn a_declined_device_sign_in_is_never_begun_again_by_itself() {
    let mut journey = Journey::demo("device-declined", (120, 36));
    let terminal = &mut journey.terminal;
    terminal.press("Enter");
    terminal.shows("and type this code:");
    terminal.shows("The lab's user types the code and declines");
    terminal.press("u");
    terminal.shows("authorization_declined");
    terminal.shows("Start a new device sign-in");
    journey.ends_well();
}

#[test]
fn a_password_is_typed_unseen_and_the_labs_user_can_type_the_right_one() {
    let mut journey = Journey::demo("wrong-password", (120, 36));
    let terminal = &mut journey.terminal;
    terminal.press("Enter");
    terminal.shows("What you type is not shown");
    terminal.press("notit");
    terminal.shows("> •••••");
    assert!(!terminal.text().contains("notit"));
    terminal.press("Enter");
    terminal.shows("▶· 1 Enter the user name and password again");
    terminal.press("Enter");
    terminal.shows("the lab's user types the right value");
    terminal.press("Ctrl-R");
    terminal.shows("✓ A token was granted.");
    assert!(!terminal.raw().contains("notit"));
    journey.ends_well();
}

#[test]
fn a_page_that_sends_nothing_back_is_pasted_and_handed_over() {
    let mut journey = Journey::demo("blocked-on-page", (120, 36));
    let terminal = &mut journey.terminal;
    terminal.press("Enter");
    terminal.shows("Gives up in");
    terminal.press("u");
    terminal.shows("The page showed this");
    terminal.press("p");
    terminal.shows("AADSTS53003");
    terminal.press("Ctrl-D");
    terminal.shows("No reply reached the program");
    terminal.shows("(up to an administrator of the tenant)");
    terminal.press("Enter");
    terminal.shows("┌ Hand over");
    terminal.press("y");
    terminal.shows("Copied");
    assert!(
        terminal.raw().contains("\x1b]52;c;"),
        "copied by way of the terminal"
    );
    terminal.press("Esc");
    terminal.hides("┌ Hand over");
    journey.ends_well();
}

#[test]
fn a_wait_is_cut_short_and_the_request_repeated() {
    let mut journey = Journey::demo("throttled", (120, 36));
    let terminal = &mut journey.terminal;
    terminal.press("Enter");
    terminal.shows("▶· 1 Wait");
    terminal.press("Enter");
    terminal.shows("Goes on in");
    terminal.press("c");
    terminal.shows("✓ A token was granted.");
    journey.ends_well();
}

#[test]
fn a_request_that_the_server_does_not_want_yet_waits_unless_r_is_pressed_again() {
    let mut journey = Journey::demo("throttled", (80, 24));
    let terminal = &mut journey.terminal;
    terminal.press("Enter");
    terminal.shows("▶· 1 Wait");
    terminal.press("r");
    terminal.shows("asked to be left alone");
    terminal.shows("Send it now all the same");
    terminal.press("r");
    // Sent within the window, it is refused once more.
    terminal.shows("does not help now; waiting does");
    journey.ends_well();
}

#[test]
fn an_error_is_explained_without_a_lab_or_a_network() {
    let mut journey = Journey::begin(&[], (80, 24), &[]);
    let terminal = &mut journey.terminal;
    terminal.shows("Try it in the lab");
    terminal.press("p");
    terminal.shows("Ctrl-D explains it");
    terminal.press("AADSTS65001:");
    terminal.press("Ctrl-D");
    terminal.shows("┌ Explained");
    terminal.shows("AADSTS65001");
    terminal.press("Esc");
    terminal.shows("Try it in the lab");
    journey.ends_well();
}

#[test]
fn past_runs_are_listed_and_opened_again() {
    let mut journey = Journey::demo("mfa-on-silent", (120, 36));
    let terminal = &mut journey.terminal;
    terminal.press("Enter");
    terminal.shows("invalid_grant 50076");
    terminal.press("H");
    terminal.shows("┌ Past runs");
    terminal.shows("AADSTS50076");
    terminal.press("Enter");
    terminal.hides("┌ Past runs");
    terminal.shows("Multifactor authentication is required.");
    journey.ends_well();
}

#[test]
fn without_colours_the_screen_says_the_same() {
    let journey = Journey::begin(&["demo"], (120, 36), &[("NO_COLOR", "1")]);
    journey.terminal.until("the list", |screen| {
        screen.contents().contains("mfa-on-silent")
    });
    journey.terminal.until("no colour at all", |screen| {
        (0..36).all(|row| {
            (0..120).all(|column| {
                screen.cell(row, column).is_none_or(|cell| {
                    cell.fgcolor() == vt100::Color::Default
                        && cell.bgcolor() == vt100::Color::Default
                })
            })
        })
    });
    journey.ends_well();
}

#[test]
fn a_message_is_edited_before_it_is_copied_and_a_step_is_skipped() {
    let mut journey = Journey::demo("blocked-on-page", (80, 24));
    let terminal = &mut journey.terminal;
    terminal.press("Enter");
    terminal.shows("Gives up in");
    terminal.press("u");
    terminal.shows("The page showed this");
    terminal.press("p");
    terminal.shows("AADSTS53003");
    terminal.press("Ctrl-D");
    terminal.shows("(up to an administrator of the tenant)");
    terminal.press("x");
    terminal.shows("1 skipped");
    terminal.press("k");
    terminal.press("x");
    terminal.hides("1 skipped");
    terminal.press("Enter");
    terminal.shows("┌ Hand over");
    terminal.press("e");
    terminal.shows("┌ Edit the message");
    terminal.press("Z");
    terminal.press("Z");
    terminal.press("Ctrl-D");
    terminal.shows("Kept.");
    terminal.shows("│ ZZ");
    terminal.press("Esc");
    terminal.shows("1 handed over");
    journey.ends_well();
}
