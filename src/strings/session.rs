//! What the session says.

use std::time::Duration;

use crate::model::Throttled;

/// What a run does first.
pub const STARTING: &str = "getting ready";
/// What a CA file should hold.
pub const EXPECTED_CA: &str = "a PEM file with at least one CERTIFICATE block";
/// What `explain PATH` wants.
pub const EXPECTED_TEXT_FILE: &str = "a readable text file of at most 64 MiB";
/// A file is too large.
pub const TOO_LARGE: &str = "larger than 64 MiB";
/// A directory is no text.
pub const IS_A_DIRECTORY: &str = "that is a directory";
/// History is switched off.
pub const NO_HISTORY: &str = "History is off: nothing was kept and nothing is listed.";
/// The lab is not running.
pub const NO_LAB: &str =
    "The lab does not run here. Start `tokenscope demo`, or open the lab from the start screen.";
/// Nothing granted yet.
pub const NOTHING_GRANTED: &str =
    "No run was granted yet, so there is nothing to compare or to call the API with.";
/// Nothing refused yet.
pub const NOTHING_REFUSED: &str = "No run was refused yet, so there is no way out to follow.";
/// No page to paste.
pub const NO_PAGE: &str = "The browser shows nothing that could be pasted.";
/// Why the program waits before it repeats.
pub const WAIT_BEFORE_REPEAT: &str = "waiting before the request is repeated";
/// A wait stands before the run's first request.
pub fn waits_first(why: &str, time: Duration) -> String {
    format!(
        "{why}; nothing is sent for {} s",
        time.as_millis().div_ceil(1000)
    )
}

/// A server asked to be left alone.
pub fn throttled(window: Throttled, seconds_left: u128) -> String {
    let status = window.status;
    if window.named {
        format!(
            "the server refused this request before ({status}) and asked to be left alone for {seconds_left} s more"
        )
    } else {
        format!(
            "the server refused this request before ({status}) and named no time; MSAL would wait {seconds_left} s more"
        )
    }
}

/// The book could not be written.
pub fn throttle_unkept(why: &str) -> String {
    format!("That the server asked to be left alone is remembered in this program only: {why}")
}

/// What the lab listens on.
pub const EXPECTED_LISTEN: &str =
    "a free port of this machine (127.0.0.1 or [::1]) and a data directory that can be written";
/// No API named.
pub const EXPECTED_API: &str = "the address of an API, https or on this machine";
/// The profile has no API.
pub const NO_API: &str = "This run has no API to call: name one in the form or the profile.";

/// What helps when passwords are stopped.
pub const EXPECTED_WAIT: &str =
    "ten minutes without a further try: an account that is guessed at gets locked";

/// Passwords are stopped.
pub fn password_stopped(until: &str) -> String {
    format!(
        "two wrong passwords were sent to this authority; no further one is sent before {until} UTC"
    )
}

/// The guard could not remember.
pub fn guard_failed(why: &str) -> String {
    format!(
        "it cannot be remembered that a password is sent ({why}); without that, guessing could not be stopped"
    )
}

/// The history could not be used.
pub fn history_failed(why: &str) -> String {
    format!("History: {why}. Runs go on without it.")
}

/// No browser.
pub fn no_browser(url: &str) -> String {
    format!("No browser could be opened here. Open this page by hand: {url}")
}

/// A warning about a request that may be sent all the same.
pub fn warned(at: &str, what: &str, expected: &str) -> String {
    format!("warning: {at}: {what}; expected: {expected}")
}

/// A warning about what is not in a request.
pub fn cautioned(what: &str) -> String {
    format!("warning: {what}")
}

/// The lab could not start.
pub fn lab_failed(why: &str) -> String {
    format!("The lab could not start: {why}")
}

/// A world change was made.
pub fn world_changed(what: &str) -> String {
    format!("The lab's world was changed: {what}")
}

/// Who was signed in beforehand with an application, and who could not be.
pub fn signed_in_beforehand(app: &str, held: &[String], refused: &[String]) -> String {
    let mut words = if held.is_empty() {
        format!("Nobody could be signed in to {app} beforehand.")
    } else {
        format!("Signed in to {app} beforehand: {}.", held.join(", "))
    };
    if !held.is_empty() && !refused.is_empty() {
        words.push_str(" The lab refused: ");
        words.push_str(&refused.join(", "));
        words.push('.');
    }
    words
}

/// No such scenario.
pub fn no_scenario(name: &str) -> String {
    format!("there is no scenario `{name}`")
}

/// The lab's user got no token to call with.
pub const NOT_CALLED: &str =
    "The lab's user could not get a token to call the API with: the sign-in was refused.";

/// Only the lab is asked by a faulty program.
pub const FAULTY_ELSEWHERE: &str =
    "A faulty program is played before the lab alone; here somebody else would be asked.";
/// A faulty program redeems a code once more.
pub const FAULTY_TWICE: &str =
    "the faulty program drops the reply that came and redeems the same code once more";
/// A faulty program sends another verifier.
pub const FAULTY_VERIFIER: &str =
    "the faulty program sends a verifier that does not belong to this sign-in";
/// Only B2C has user flows.
pub const NO_USER_FLOW: &str = "The address of this program names no user flow.";

/// The scenario's client is not in the world.
pub fn no_such_client(name: &str) -> String {
    format!("The lab's world has no client `{name}`, which this scenario needs.")
}

/// What a scenario's step says it does.
pub fn deed(deed: &crate::model::Deed) -> String {
    use crate::model::scenario::{Mistake, Proof};
    use crate::model::{Deed, Prompt};
    match deed {
        Deed::SignIn => "the user signs in, so that there is a refresh token".into(),
        Deed::Run {
            flow,
            force_refresh,
            prompt,
        } => match prompt {
            None => run(*flow, *force_refresh).into(),
            Some(Prompt::None) => "ask in the browser without showing a page (prompt=none)".into(),
            Some(prompt) => format!("{} (prompt={})", run(*flow, *force_refresh), prompt.word()),
        },
        Deed::Faulty(Mistake::RedeemsTwice) => {
            "sign in with a faulty program, which redeems the code twice".into()
        }
        Deed::Faulty(Mistake::MixesVerifiers) => {
            "sign in with a faulty program, which sends the verifier of another sign-in".into()
        }
        Deed::TurnTo(user_flow) => {
            format!("the program asks the user flow {user_flow} from now on, with what it holds")
        }
        Deed::Further(what) => further(*what).into(),
        Deed::CallApi => "call the API with the token".into(),
        Deed::Plan(1) => "do the first of the Next steps".into(),
        Deed::Plan(step) => format!("do number {step} of the Next steps"),
        Deed::PastePage => "paste what the browser shows".into(),
        Deed::WaitOver => "let the wait pass".into(),
        Deed::User(act) => format!("the lab's user {}", user_act(act)),
        Deed::Enter { right: true } => "the right value is typed".into(),
        Deed::Enter { right: false } => "a wrong value is typed".into(),
        Deed::Prove(Proof::Certificate) => {
            "the program proves itself with a certificate instead of its secret".into()
        }
        Deed::Prove(Proof::Federated) => {
            "the program gets a new token of its build service, and proves itself with it".into()
        }
        Deed::CalledWith(scope) => {
            format!("the user signs in elsewhere and calls this API with a token for {scope}")
        }
        Deed::RegisterCertificate => {
            "the owner of the registration adds the program's certificate to it".into()
        }
        Deed::World(change) => world_change(change),
    }
}

/// A step of a scenario: what is done, and what was settled before.
pub fn stride(before: &[crate::model::Deed], last: &crate::model::Deed) -> String {
    let settled = before.iter().map(deed);
    std::iter::once(deed(last))
        .chain(settled)
        .collect::<Vec<_>>()
        .join("; ")
}

const fn run(flow: crate::model::Flow, force_refresh: bool) -> &'static str {
    use crate::model::Flow;
    match (flow, force_refresh) {
        (Flow::Silent, false) => "ask silently, without a person",
        (Flow::Silent, true) => "ask silently, past the cache, so that the refresh token is used",
        (Flow::Interactive, _) => "sign in in the browser",
        (Flow::DeviceCode, _) => "sign in with a device code",
        (Flow::Ciba, _) => "ask the person on their own device",
        (Flow::ClientCredentials, _) => "ask as the application, with its secret",
        (Flow::Password, _) => "sign in with user name and password",
        (Flow::RefreshToken, _) => "ask with the refresh token",
        (Flow::ManagedIdentity, _) => "ask the machine for a token of its identity",
        (Flow::AdminConsent, _) => "have an administrator consent for everybody, in the browser",
        (Flow::OnBehalfOf, _) => "ask as the API, for the user who called it",
        (Flow::TokenExchange, _) => "exchange the token for another",
        (Flow::UserFic, _) => "ask for a user, with their federated credential",
        (Flow::JwtBearer | Flow::SamlBearer, _) => "ask with an assertion",
    }
}

/// What the lab's user does.
pub const fn user_act(act: &crate::model::UserAct) -> &'static str {
    use crate::model::UserAct;
    match act {
        UserAct::Completes => "does what the pages ask for",
        UserAct::DeclinesConsent => "declines consent",
        UserAct::MistypesPassword => "mistypes the password",
        UserAct::DeclinesMfa => "declines the second factor",
        UserAct::DeclinesTerms => "declines the terms of use",
        UserAct::AsksForApproval => "asks an administrator for approval",
        UserAct::ReturnsToProgram => "goes back to the program without it",
        UserAct::ApprovesDevice => "enters the code and approves",
        UserAct::DeclinesDevice => "enters the code and declines",
        UserAct::CancelsSignIn => "cancels the sign-in",
        UserAct::ForgotPassword => "has forgotten the password",
        UserAct::ClosesBrowser => "closes the browser",
    }
}

/// A world change in words.
pub fn world_change(change: &crate::model::WorldChange) -> String {
    use crate::model::WorldChange as Change;
    let state = |on: bool| if on { "on" } else { "off" };
    match change {
        Change::Policy { name, on } => format!("the policy {name} is switched {}", state(*on)),
        Change::Set {
            thing,
            name,
            key,
            value,
        } => format!("{} {name}: {key} becomes {value}", thing.word()),
        Change::PerUserMfa(on) => format!("the user's own MFA setting is switched {}", state(*on)),
        Change::GrantConsent => "an administrator grants consent".into(),
        Change::RevokeConsent => "consent is taken away".into(),
        Change::RevokeConsentOf { app, user: None } => {
            format!("every consent to {app} is taken away")
        }
        Change::RevokeConsentOf {
            app,
            user: Some(user),
        } => format!("{user} takes the consent to {app} back"),
        Change::UserConsent(true) => "users may consent again".into(),
        Change::UserConsent(false) => "users may no longer consent to anything".into(),
        Change::ConsentRequests(on) => {
            format!(
                "asking an administrator for approval is switched {}",
                state(*on)
            )
        }
        Change::AnswerRequest(true) => "an administrator approves what was asked for".into(),
        Change::AnswerRequest(false) => "an administrator turns down what was asked for".into(),
        Change::RevokeSessions => "the user's sessions are revoked".into(),
        Change::ExpireSecret => "the daemon's secret expires".into(),
        Change::RenewSecret => "the daemon gets a new secret".into(),
        Change::ExpirePassword => "the user's password expires".into(),
        Change::ResetPassword => "the user's password is changed".into(),
        Change::LockAccount => "the account is locked".into(),
        Change::UnlockAccount => "the account is unlocked".into(),
        Change::Throttle(time) => format!("token requests are throttled for {} s", time.as_secs()),
        Change::Outage(true) => "the token endpoint goes out of service".into(),
        Change::Outage(false) => "the token endpoint works again".into(),
        Change::SlowDown(true) => "polls that come too soon are answered with slow_down".into(),
        Change::SlowDown(false) => "polls may come as soon as they like".into(),
        Change::LoopRule(on) => {
            format!(
                "the rule against repeated requests is switched {}",
                state(*on)
            )
        }
        Change::Surface(change) => surface_change(*change),
        Change::Advance(time) => format!("the clock moves on by {}", span(time.as_secs())),
        Change::Force(force) => format!("{force}, without a cause"),
        Change::Unforce(None) => "nothing is forced any longer".into(),
        Change::Unforce(Some(what)) => format!("{what} is forced no longer"),
        Change::Fault(order) => order.to_string(),
        Change::FaultOff(None) => "the connection is sound again".into(),
        Change::FaultOff(Some(name)) => format!("fault {name} off"),
        Change::Skew(0) => "the lab's clock is right again".into(),
        Change::Skew(by) => format!("the lab's clock is {by} s off"),
        Change::Reset => "everything as at the start".into(),
    }
}

fn surface_change(change: crate::model::SurfaceChange) -> String {
    use crate::model::SurfaceChange as Change;
    match change {
        Change::UseRefreshTokens => "somebody else uses the refresh tokens first".into(),
        Change::RotateKeys => "tokens are signed with a new key".into(),
        Change::IdentityFault(None) => "the identity endpoint works again".into(),
        Change::IdentityFault(Some((status, times))) => {
            format!("the identity endpoint answers {status}, {times} times")
        }
    }
}

/// A run broke inside this program.
pub fn broke() -> crate::model::Problem {
    crate::model::Problem::new(
        "this program broke while it was at it; what it was sent is in the exchanges",
        "tokenscope",
        "a report of this with the case, for it is a fault of the program",
    )
}

fn span(seconds: u64) -> String {
    match seconds {
        0..7200 => format!("{} min", seconds / 60),
        7200..172_800 => format!("{} h", seconds / 3600),
        _ => format!("{} days", seconds / 86_400),
    }
}

/// A file of keys that holds none.
pub const NO_KEY_SET: &str = "this is no key set";
/// What it should be.
pub const EXPECTED_KEY_SET: &str =
    "a JSON file with \"keys\" (JWKS, RFC 7517), or a single JSON web key";
/// What is done with a token, in words.
pub const fn further(what: crate::model::Further) -> &'static str {
    use crate::model::Further;
    match what {
        Further::Introspect => "ask the server whether the access token is good",
        Further::UserInfo => "ask the server for claims about the user",
        Further::Revoke => "take the access token back",
        Further::RevokeRefresh => "take the refresh token back",
    }
}
