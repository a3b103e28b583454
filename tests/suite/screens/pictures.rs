//! Each screen as text at 60×20, 80×24 and 120×36.

use super::desk::Desk;
use super::samples;
use tokenscope::model::{Flow, Opening, RunId};
use tokenscope::session::Notice;

const SIZES: [(u16, u16); 3] = [(60, 20), (80, 24), (120, 36)];

fn picture(name: &str, at: impl Fn((u16, u16)) -> Desk) {
    for size in SIZES {
        let desk = at(size);
        insta::with_settings!({ snapshot_path => "../snapshots", prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(format!("{name}-{}x{}", size.0, size.1), desk.text());
            if size == (80, 24) {
                insta::assert_snapshot!(format!("roles-{name}"), super::roles::map(&desk));
            }
        });
    }
}

#[test]
fn start() {
    picture("start", |size| Desk::open(size, Opening::Start));
}

#[test]
fn picker() {
    picture("picker", Desk::demo);
}

#[test]
fn scenario_set_up() {
    picture("scenario", |size| {
        let mut desk = Desk::demo(size);
        desk.tell(samples::scenario_ready());
        desk
    });
}

#[test]
fn refused() {
    picture("refused", Desk::refused);
}

#[test]
fn reply_beside_its_diagnosis() {
    picture("reply", |size| {
        let mut desk = Desk::refused(size);
        desk.press("Tab Tab Tab G k k");
        desk
    });
}

#[test]
fn a_run_as_a_librarys_call() {
    picture("code", |size| {
        let mut desk = Desk::refused(size);
        desk.press("P Tab");
        desk
    });
}

#[test]
fn waiting_for_a_device() {
    picture("device", |size| {
        let mut desk = Desk::refused(size);
        desk.tell(Notice::Began(Box::new(samples::running(
            2,
            Flow::DeviceCode,
            samples::device(),
        ))));
        desk
    });
}

#[test]
fn waiting_for_a_browser_that_could_not_be_opened() {
    picture("browsing", |size| {
        let mut desk = Desk::refused(size);
        desk.press("Enter");
        desk.tell(Notice::Began(Box::new(samples::running(
            2,
            Flow::Interactive,
            samples::browsing(false),
        ))));
        desk
    });
}

#[test]
fn granted() {
    picture("granted", |size| {
        let mut desk = Desk::refused(size);
        desk.press("Enter");
        desk.tell_all(samples::granted_run(2, Flow::Interactive));
        desk
    });
}

#[test]
fn compared() {
    picture("compared", |size| {
        let mut desk = Desk::refused(size);
        desk.tell_all(samples::granted_run(2, Flow::Interactive));
        desk.tell(Notice::Compared {
            left: RunId(1),
            right: RunId(2),
            differences: samples::differences(),
            clue: samples::clue(),
        });
        desk
    });
}

#[test]
fn help() {
    picture("help", |size| {
        let mut desk = Desk::refused(size);
        desk.press("?");
        desk
    });
}

#[test]
fn form() {
    picture("form", |size| {
        let mut desk = Desk::open(size, Opening::Start);
        desk.press("j Enter");
        desk.type_text("http://login.contoso.example/t");
        desk
    });
}

#[test]
fn lab() {
    picture("lab", |size| {
        let mut desk = Desk::refused(size);
        desk.tell(samples::world());
        desk.press("L");
        desk
    });
}

#[test]
fn requests_at_the_lab() {
    picture("lab-requests", |size| {
        let mut desk = Desk::refused(size);
        desk.tell(samples::world());
        desk.tell(samples::requests());
        desk.press("L Tab");
        desk
    });
}

#[test]
fn request_beside_the_clients_view() {
    picture("lab-request", |size| {
        let mut desk = Desk::refused(size);
        desk.tell(samples::world());
        desk.tell(samples::requests());
        desk.press("L Tab Enter");
        desk
    });
}

#[test]
fn scenarios_narrowed() {
    picture("picker-narrowed", |size| {
        let mut desk = Desk::demo(size);
        desk.press("/");
        desk.type_text("device");
        desk
    });
}

#[test]
fn explained() {
    picture("explained", |size| {
        let mut desk = Desk::open(size, Opening::Start);
        desk.tell(Notice::Explained {
            text: "AADSTS50076: something".into(),
            diagnoses: vec![samples::diagnosis(), samples::diagnosis()],
            tokens: Vec::new(),
            claims: Vec::new(),
        });
        desk
    });
}

#[test]
fn past_runs() {
    picture("history", |size| {
        let mut desk = Desk::open(size, Opening::Start);
        desk.press("H");
        desk.tell(samples::past());
        desk
    });
}

#[test]
fn too_small() {
    let desk = Desk::open((50, 15), Opening::Start);
    insta::with_settings!({ snapshot_path => "../snapshots", prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("too-small-50x15", desk.text());
    });
}

#[test]
fn before_an_audience() {
    picture("presenting", |size| {
        let mut desk = Desk::refused(size);
        desk.state.present(true);
        desk.press("Tab Tab");
        desk
    });
}

#[test]
fn before_an_audience_under_way() {
    picture("presenting-device", |size| {
        let mut desk = Desk::demo(size);
        desk.state.present(true);
        desk.tell(samples::scenario_ready());
        desk.press("Space");
        desk.tell(Notice::Began(Box::new(samples::running(
            1,
            Flow::DeviceCode,
            samples::device(),
        ))));
        desk
    });
}

#[test]
fn a_plan_half_walked() {
    picture("walked", |size| {
        let mut desk = Desk::refused(size);
        desk.press("x Enter");
        desk.tell(Notice::Began(Box::new(samples::running(
            2,
            Flow::Silent,
            tokenscope::model::Activity::Sending("a token".into()),
        ))));
        desk
    });
}

#[test]
fn a_message_that_is_edited() {
    picture("draft", |size| {
        let mut desk = super::steps::admins(size);
        desk.press("Enter e");
        desk.type_text("Dear Grace,");
        desk.press("Enter Enter");
        desk
    });
}
