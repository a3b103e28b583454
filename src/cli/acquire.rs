//! `acquire`: one acquisition without a screen.

use clap::{Args, ValueEnum};
use serde_json::json;
use tokio::sync::mpsc::UnboundedReceiver;

use super::pasting::Pasted;
use super::{Common, out, prompt, setup, spec};
use crate::grants::admin_consent::in_words;
use crate::model::{
    Activity, Flow, Further, Outcome, Problem, Question, Run, RunSpec, SecretKind, Stage,
};
use crate::ports::Ports;
use crate::report;
use crate::report::qr::{self, Code, Ink};
use crate::session::{self, Notice, Once};
use crate::strings::{cli as say, consent, grants, logout};

/// How the answer is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Answer {
    /// For people; never the token.
    Text,
    /// One JSON document; never the token.
    Json,
    /// The bare access token and a line end, nothing else.
    Token,
}

/// What is done with a token that was granted.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Then {
    /// Ask the server whether the access token is good (RFC 7662).
    Introspect,
    /// Ask for claims about the user (OpenID Connect Core 5.3).
    Userinfo,
    /// Take the access token back (RFC 7009).
    Revoke,
    /// Take the refresh token back (RFC 7009).
    RevokeRefresh,
    /// Sign the user out in the browser (OpenID Connect RP-Initiated Logout 1.0).
    Logout,
}

impl Then {
    /// What is asked at the authority; `None`: a page in the browser.
    const fn further(self) -> Option<Further> {
        match self {
            Self::Introspect => Some(Further::Introspect),
            Self::Userinfo => Some(Further::UserInfo),
            Self::Revoke => Some(Further::Revoke),
            Self::RevokeRefresh => Some(Further::RevokeRefresh),
            Self::Logout => None,
        }
    }
}

/// Does one of them; whether it was done.
async fn then_do(once: &Once, then: Then) -> bool {
    let done = match then.further() {
        Some(what) => once.further(what).await.map(|()| true),
        None => leave(once).await,
    };
    done.unwrap_or_else(|problem| {
        out::problem(&problem);
        false
    })
}

/// Signs the person out; `false` where the browser was to come back and did not.
async fn leave(once: &Once) -> Result<bool, Problem> {
    tokio::select! {
        biased;
        _ = tokio::signal::ctrl_c() => {
            out::note(logout::CANCELLED);
            Ok(false)
        }
        done = once.logout(|sentence| out::note(&sentence)) => Ok(done?.came_back != Some(false)),
    }
}

/// Arguments of `acquire`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    asked: spec::Asked,
    /// Device code: print the page as a QR code too, light on a dark terminal
    #[arg(long)]
    qr: bool,
    /// Do not open a browser; print the address, and read at the prompt where the browser ended
    #[arg(long)]
    no_browser: bool,
    /// Then do this with the token; repeat for more, in order
    #[arg(long, value_name = "WHAT")]
    then: Vec<Then>,
    /// How the answer is printed
    #[arg(long, value_name = "HOW", default_value = "text")]
    output: Answer,
}

/// Runs the verb; the exit code.
pub(super) fn run(common: &Common, arguments: &Arguments, ports: &Ports) -> u8 {
    let spec = match spec::build(common, &arguments.asked, ports) {
        Ok(spec) => spec,
        Err(problem) => return invalid(&[problem], arguments.output),
    };
    let setup = match setup::session(common, ports, !arguments.no_browser) {
        Ok(setup) => setup,
        Err(problem) => return invalid(&[problem], arguments.output),
    };
    let runtime = match tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => {
            out::note(&error.to_string());
            return 2;
        }
    };
    let code = runtime.block_on(perform(setup, spec, arguments));
    runtime.shutdown_background();
    code
}

fn invalid(problems: &[Problem], output: Answer) -> u8 {
    for problem in problems {
        out::problem(problem);
    }
    if output == Answer::Json {
        out::document(&json!({
            "schema": 1, "outcome": "invalid", "flow": null, "authority": null, "profile": null, "exchanges": [],
            "events": [], "api": null, "further": [], "token": null, "problems": problems, "diagnosis": null,
        }));
    }
    2
}

async fn perform(setup: session::Setup, spec: RunSpec, arguments: &Arguments) -> u8 {
    let (then, output) = (&arguments.then, arguments.output);
    let redactor = std::sync::Arc::clone(&setup.redactor);
    let with_api = spec.api.is_some();
    let heeds = arguments.asked.heeds_throttle();
    if spec.flow == Flow::AdminConsent {
        for line in in_words(&spec) {
            out::note(&line);
        }
        out::note(consent::FOR_EVERYBODY);
        out::note(consent::WHO_MAY);
    }
    let (once, mut notices) = Once::begin(setup, spec.clone(), heeds);
    let mut interrupted = std::pin::pin!(tokio::signal::ctrl_c());
    let mut said = false;
    let mut pasted = Pasted::default();
    loop {
        // Listened to before anything is told: whoever reads the first line may interrupt at once.
        tokio::select! {
            biased;
            _ = &mut interrupted, if !said => {
                said = true;
                once.cancel();
            }
            line = pasted.line() => once.paste(line),
            followed = follow(&once, &mut notices, (&spec, arguments.qr)) => match followed {
                Followed::Ended => break,
                Followed::Told(activity) => pasted.look(&activity, &spec),
                Followed::Nothing => {}
            }
        }
    }
    let granted = once.run().and_then(|run| run.outcome()) == Some(Outcome::Granted);
    let mut unsent = false;
    if granted
        && with_api
        && let Err(problem) = once.call_api().await
    {
        out::problem(&problem);
    }
    for what in then.iter().filter(|_| granted) {
        unsent |= !then_do(&once, *what).await;
    }
    let Some(run) = once.run() else { return 1 };
    once.flush().await;
    // What the history had to say may come after the run's end.
    while let Ok(notice) = notices.try_recv() {
        if let Notice::Trouble(sentence) = notice {
            out::note(&sentence);
        }
    }
    let printed = answer(&once, &run, output, &redactor);
    match session::exit_code(&run) {
        _ if !printed => 1,
        0 if unsent => 1,
        code => code,
    }
}

/// Whether what the log says is told at once: a warning, or that what was pasted is not what is waited for.
fn is_for_a_person(what: &str) -> bool {
    what.starts_with(say::WARNING)
        || [grants::OTHER_STATE, grants::PASTE_HELD_NOTHING].contains(&what)
}

/// What a notice was about.
enum Followed {
    /// What the run is doing now; a person was told.
    Told(Activity),
    /// The run has ended.
    Ended,
    /// Nothing that changes how it goes on.
    Nothing,
}

/// Takes one notice.
async fn follow(
    once: &Once,
    notices: &mut UnboundedReceiver<Notice>,
    told: (&RunSpec, bool),
) -> Followed {
    let Some(notice) = notices.recv().await else {
        return Followed::Ended;
    };
    let activity = match notice {
        Notice::Began(run) => match run.stage {
            Stage::Running(activity) => Some(activity),
            Stage::Ended(_) => None,
        },
        Notice::Doing(_, activity) => Some(activity),
        Notice::Logged(_, event) if is_for_a_person(&event.what) => {
            out::note(&event.what);
            None
        }
        Notice::Trouble(sentence) | Notice::Said(sentence) => {
            out::note(&sentence);
            None
        }
        Notice::Ended(..) => return Followed::Ended,
        _ => None,
    };
    let Some(activity) = activity else {
        return Followed::Nothing;
    };
    tell(once, &activity, told);
    Followed::Told(activity)
}

fn tell(once: &Once, activity: &Activity, (spec, with_qr): (&RunSpec, bool)) {
    match activity {
        Activity::Sending(_) => {}
        Activity::Waiting {
            why, until, unsent, ..
        } => {
            out::note(&say::waiting(why, &until.clock()));
            if *unsent {
                out::note(say::UNSENT);
            }
        }
        Activity::Device {
            page,
            complete,
            user_code,
            ..
        } => {
            if once.first_telling() {
                let code = qr::device_page(page, complete.as_deref())
                    .filter(|_| with_qr)
                    .and_then(Code::of);
                let (page, user_code) =
                    (once.without_secrets(page), once.without_secrets(user_code));
                out::note(&say::device(
                    &page,
                    &user_code,
                    &spec.client_id,
                    spec.authority.as_str(),
                ));
                for row in code.iter().flat_map(|code| code.rows(Ink::Light)) {
                    out::note(&row);
                }
            }
        }
        Activity::Answering { user, shows, .. } => {
            if once.first_telling() {
                let clean = |text: &str| once.without_secrets(text);
                let shows = shows.as_deref().map(clean);
                out::note(&say::answering(&clean(user), shows.as_deref()));
            }
        }
        Activity::Browsing { url, opened, .. } => {
            if once.first_telling() {
                out::note(&say::browse(url, *opened));
            }
        }
        Activity::Asking(question) => {
            let (kind, words, flag) = asked(*question);
            match prompt::secret(kind, words, flag) {
                Ok(secret) => once.answer(secret),
                Err(problem) => {
                    out::problem(&problem);
                    once.cancel();
                }
            }
        }
    }
}

/// The kind of secret that a question is about, how it is asked, and the flag that answers it.
const fn asked(question: Question) -> (SecretKind, &'static str, &'static str) {
    match question {
        Question::ClientSecret => (
            SecretKind::ClientSecret,
            say::ASK_CLIENT_SECRET,
            "--client-secret-env NAME",
        ),
        Question::Password => (
            SecretKind::Password,
            say::ASK_PASSWORD,
            "--password-env NAME",
        ),
        Question::RefreshToken => (
            SecretKind::RefreshToken,
            say::ASK_REFRESH_TOKEN,
            "--refresh-token-env NAME",
        ),
        Question::IncomingToken => (
            SecretKind::AccessToken,
            say::ASK_INCOMING_TOKEN,
            "--incoming-token-env NAME",
        ),
        Question::SubjectToken => (
            SecretKind::AccessToken,
            say::ASK_SUBJECT_TOKEN,
            "--subject-token-env NAME",
        ),
        Question::ActorToken => (
            SecretKind::AccessToken,
            say::ASK_ACTOR_TOKEN,
            "--actor-token-env NAME",
        ),
        Question::UserCredential => (
            SecretKind::Assertion,
            say::ASK_USER_CREDENTIAL,
            "--assertion-env NAME",
        ),
        Question::Assertion | Question::SamlAssertion => (
            SecretKind::Assertion,
            say::ASK_ASSERTION,
            "--assertion-env NAME",
        ),
    }
}

/// Prints the answer; `false` if the token could not be printed.
fn answer(once: &Once, run: &Run, output: Answer, redactor: &crate::redact::Redactor) -> bool {
    let redacted = redactor.run(run);
    let ending = redacted.get().ending();
    match output {
        Answer::Json => out::document(&report::json::run(&redacted, false)),
        Answer::Token => match once.access_token() {
            Some(token) if run.outcome() == Some(Outcome::Granted) => {
                // RFC 6749 appendix A.12: visible ASCII. Anything else is not for a terminal, and no header takes it.
                let visible = token.reveal().bytes().all(|b| (b' '..=b'~').contains(&b));
                if visible {
                    out::line(token.reveal());
                } else {
                    out::note(say::TOKEN_NOT_PRINTABLE);
                    return false;
                }
            }
            _ => out::note(&report::text::ending(redacted.get())),
        },
        Answer::Text if ending.is_some_and(|ending| ending.outcome == Outcome::Granted) => {
            out::print(&report::text::ending(redacted.get()));
        }
        Answer::Text => out::note(&report::text::ending(redacted.get())),
    }
    true
}
