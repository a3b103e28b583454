//! Sentences with values in them, and what the lowest line says.

use std::time::Duration;

use crate::model::run::Question;
use crate::model::{
    Activity, Actor, ClientKind, Confidence, Cut, FaultKind, Flow, Prediction, SecretKind,
};

macro_rules! say {
    ($($name:ident = $text:literal;)+) => { $(#[doc = $text] pub const $name: &str = $text;)+ };
}

say! {
    NOTHING_TYPED = "Nothing typed yet.";
    NOTHING_TO_COPY = "Nothing to copy here.";
    NOT_FOUND = "Not found in this pane.";
    NOTHING_TO_COMPARE = "There is no granted run to compare with yet.";
    MARKED_FOR_COMPARING = "Marked. Choose another run and press = to compare.";
    MARKED_EXCHANGE = "Marked. Choose another reply and press = to compare the two.";
    MARKED_TOKEN = "Marked. Choose another token and press = to compare the two.";
    REVEALED = "Hidden values show until the next key.";
    CLEAR_SURE = "This removes all past runs from this machine. Press D again to do it.";
    FORM_NOT_YET = "It cannot be sent like this: see the marked fields.";
    ASKING_FOR_A_TOKEN = "Asking for a token …";
    SESSION_GONE = "The part that does the work has ended. Quit and start again.";
    START_FROM_NOTHING = "what stands here";
    CHOICE_HINT = "   ← →";
    REFERENCE_EMPTY = "where it is found is not said";
    REFERENCE_EXPECTED = "the name of a variable or the path of a file";
}

/// A duration in words: `12 s`, `4 min 02 s`, `1 h 05 min`, `3 days`.
pub fn span(time: Duration) -> String {
    let seconds = time.as_secs();
    match seconds {
        0..60 => format!("{seconds} s"),
        60..3600 => format!("{} min {:02} s", seconds / 60, seconds % 60),
        3600..172_800 => format!("{} h {:02} min", seconds / 3600, seconds / 60 % 60),
        _ => format!("{} days", seconds / 86_400),
    }
}

/// A size in words.
pub fn size(bytes: usize) -> String {
    let tenths = |unit: usize| format!("{}.{}", bytes / unit, bytes % unit * 10 / unit);
    match bytes {
        0..1000 => format!("{bytes} B"),
        1000..1_000_000 => format!("{} KB", tenths(1000)),
        _ => format!("{} MB", tenths(1_000_000)),
    }
}

/// The title bar.
pub fn title(about: &str) -> String {
    if about.is_empty() {
        "tokenscope".to_owned()
    } else {
        format!("tokenscope ▸ {about}")
    }
}

/// A list that is narrowed: how many there are of how many, and to what.
pub fn narrowed_title(name: &str, (shown, of): (usize, usize), filter: &str) -> String {
    super::console::narrowed(&format!("{name} ─ {shown} of {of}"), filter)
}

/// `2 of 3`.
pub fn nth_of(at: usize, of: usize) -> String {
    format!("{at} of {of}")
}

/// The title of the steps: how many of how many were done, which one is under way and what it waits for, how many were
/// left out and handed over.
pub fn steps_title(
    (done, of): (usize, usize),
    under: Option<(usize, &str)>,
    skipped: usize,
    handed: usize,
) -> String {
    let mut parts = vec![format!("Next steps ─ {done} of {of} done")];
    if let Some((nth, what)) = under {
        parts.push(format!("◌ step {nth} {what}"));
    }
    if skipped > 0 {
        parts.push(format!("{skipped} skipped"));
    }
    if handed > 0 {
        parts.push(format!("{handed} handed over"));
    }
    parts.join(" · ")
}

/// A run that was tried, as a line of a message.
pub fn tried_run(clock: &str, flow: &str, outcome: &str, why: &str) -> String {
    if why.is_empty() {
        format!("- {clock} {flow}: {outcome}")
    } else {
        format!("- {clock} {flow}: {outcome}, {why}")
    }
}

/// How a step stands, behind its title.
pub fn step_stands(words: &str) -> String {
    format!("  ({words})")
}

/// A step that somebody else does.
pub fn step_of(whose: Actor) -> String {
    match whose {
        Actor::NobodyCan => "nobody can do it".to_owned(),
        Actor::NoneNeeded => "nobody has to do it".to_owned(),
        other => format!("up to {}", crate::strings::words::actor(other)),
    }
}

/// A step that is being done.
pub fn step_under_way(what: &str) -> String {
    format!("under way: {what}")
}

/// A step that did not lead to a token; why, if that is known.
pub fn step_failed(why: &str) -> String {
    if why.is_empty() {
        "failed".to_owned()
    } else {
        format!("failed: {why}")
    }
}

/// A wait, and when it is over.
pub fn waits_until(clock: &str) -> String {
    format!("waits until {clock} UTC")
}

/// What a step that is being done waits for.
pub const fn waits_for(activity: &Activity) -> &'static str {
    match activity {
        Activity::Sending(_) => "waits for the server",
        Activity::Waiting { .. } => "waits for its time",
        Activity::Device { .. } => "waits for a sign-in on the device page",
        Activity::Answering { .. } => "waits for the person's answer on their device",
        Activity::Browsing { .. } => "waits for a sign-in in the browser",
        Activity::Asking(_) => "waits for your answer",
    }
}

/// The title of the reply.
pub fn reply_title(request: bool, about: &str) -> String {
    let word = if request { "Request" } else { "Reply" };
    format!("{word} ─ {about}")
}

/// The title of the exchanges, with the marks of the phases.
pub fn exchanges_title(marks: [char; 5]) -> String {
    let [dns, tcp, tls, wait, body] = marks;
    format!("Exchanges ─ {dns} name {tcp} connect {tls} TLS {wait} wait {body} body")
}

/// The title of what a paste means.
pub fn found_title(at: usize, of: usize) -> String {
    if of > 1 {
        format!("Explained ─ error {at} of {of}")
    } else {
        "Explained".to_owned()
    }
}

/// What a run is doing, in a few words.
pub const fn doing(activity: &Activity) -> &'static str {
    match activity {
        Activity::Sending(_) => "asking",
        Activity::Waiting { .. } => "waiting",
        Activity::Device { .. } => "on the device page",
        Activity::Answering { .. } => "on the person's device",
        Activity::Browsing { .. } => "in the browser",
        Activity::Asking(_) => "asks you something",
    }
}

/// What is being sent.
pub fn sending(what: &str) -> String {
    format!("Asking: {what}")
}

/// What is being asked.
pub const fn question(question: Question) -> &'static str {
    match question {
        Question::ClientSecret => "The client secret of this application:",
        Question::Password => {
            "The user's password. Enter sends it to the authority: only for your own account, or one you were told to test."
        }
        Question::RefreshToken => "The refresh token:",
        Question::IncomingToken => "The access token that this API was called with:",
        Question::SubjectToken => "The subject token, which is exchanged:",
        Question::ActorToken => "The token of whoever acts for the subject:",
        Question::Assertion => "The assertion, one JWT:",
        Question::UserCredential => "The user's federated credential, one JWT:",
        Question::SamlAssertion => "The SAML assertion, its XML as it stands or in base64:",
    }
}

/// Who answers on a device of their own.
pub fn asked_on_device(user: &str) -> String {
    format!("The server has {user} asked on their own device.")
}

/// Whom a device code lets in.
pub fn lets_in(app: &str, tenant: &str) -> String {
    format!("{app}, into {tenant}")
}

/// A granted run whose token the API did not take.
pub fn api_refused_briefly(status: Option<u16>) -> String {
    status.map_or_else(
        || "1 token · API ⚡".to_owned(),
        |status| format!("1 token · API {status}"),
    )
}

/// A granted run in a few words.
pub fn granted_briefly(left: Option<Duration>) -> String {
    match left {
        Some(left) if left.is_zero() => "1 token · expired".to_owned(),
        Some(left) => format!("1 token · {} min left", left.as_secs() / 60),
        None => "1 token".to_owned(),
    }
}

/// A token by its fingerprint, marked as everywhere else.
pub fn fingerprint(kind: SecretKind, print: &str) -> String {
    if print.starts_with('‹') {
        print.to_owned()
    } else {
        format!("‹{} {print}›", kind.word())
    }
}

/// One token of a paste.
pub fn pasted_token(nth: usize, of: usize) -> String {
    if of == 1 {
        "A token".into()
    } else {
        format!("Token {nth} of {of}")
    }
}

/// A pasted token that is compared.
pub fn token_named(fingerprint: &str) -> String {
    format!("pasted token {fingerprint}")
}

/// The token of a run that is compared.
pub fn token_of_run(clock: &str, fingerprint: &str) -> String {
    format!("token of the run at {clock}, {fingerprint}")
}

/// An exchange that is compared: of which run, which one, and how it went.
pub fn exchange_named(
    (clock, flow): (&str, &str),
    nth: usize,
    request: &str,
    went: &str,
) -> String {
    format!("{clock} {flow} · {nth} {request} · {went}")
}

/// The issuer of a pasted token is asked.
pub fn asking_issuer(issuer: &str) -> String {
    if issuer.is_empty() {
        "The token names no issuer.".into()
    } else {
        format!("Asking {issuer} for its keys …")
    }
}

/// When a token expires.
pub fn expires(date: &str, left: Duration) -> String {
    if left.is_zero() {
        format!("{date}, expired")
    } else {
        format!("{date}, in {}", span(left))
    }
}

/// What an API call came to.
pub fn api(status: Option<u16>, url: &str) -> String {
    match status {
        Some(status) => format!("{status} from {url}"),
        None => format!("no reply from {url}"),
    }
}

/// What a verdict rests on.
pub fn because(because: &[String], suberror: Option<&str>, error: Option<&str>) -> String {
    let words: Vec<String> = because
        .iter()
        .map(|word| match (word.as_str(), suberror, error) {
            ("suberror", Some(suberror), _) => format!("suberror {suberror}"),
            ("error", _, Some(error)) => format!("error {error}"),
            ("code", ..) => "the code".to_owned(),
            ("family", ..) => "the family of the code".to_owned(),
            ("status", ..) => "the HTTP status".to_owned(),
            ("fault", ..) => "the fault".to_owned(),
            (other, ..) => other.to_owned(),
        })
        .collect();
    words.join(", ")
}

/// The class of the trouble and how sure that is.
pub fn kind_of_trouble(class: &str, confidence: Confidence) -> String {
    let sure = match confidence {
        Confidence::Published => "published",
        Confidence::Observed => "seen in real replies",
        Confidence::NameOnly => "only the name is known",
        Confidence::Assumed => "assumed",
    };
    format!("{class} ({sure})")
}

/// A code in words.
pub fn code(name: &str, title: &str, known: bool) -> String {
    let words = match (name.is_empty(), title.is_empty()) {
        (false, false) => format!("{name}: {title}"),
        (false, true) => name.to_owned(),
        (true, _) => title.to_owned(),
    };
    if known {
        words
    } else {
        format!("not in the catalogue. {words}").trim().to_owned()
    }
}

/// More about what a library does.
pub fn prediction_details(p: &Prediction) -> Vec<String> {
    let mut lines = vec![crate::strings::predict::cost(p)];
    if !p.look_at.is_empty() {
        lines.push(format!("look at {}", p.look_at));
    }
    if !p.why.is_empty() {
        lines.push(p.why.clone());
    }
    lines
}

/// The folded headers.
pub fn headers_folded(count: usize) -> String {
    format!("{count} headers (h unfolds, x shows the exact bytes, v the request)")
}

/// Why no whole reply came.
pub const fn fault(kind: FaultKind) -> &'static str {
    match kind {
        FaultKind::Dns => "The name could not be looked up.",
        FaultKind::Tcp => "No connection could be made.",
        FaultKind::Tls => "The TLS handshake failed.",
        FaultKind::Proxy => "The proxy refused or failed.",
        FaultKind::ConnectTimeout => "No connection in time.",
        FaultKind::FirstByteTimeout => "No answer in time.",
        FaultKind::WholeTimeout => "The exchange took too long.",
        FaultKind::CutOff => "The connection ended before the reply did.",
        FaultKind::Protocol => "What came back is not HTTP.",
        FaultKind::Cancelled => "Cancelled while waiting.",
    }
}

/// Above the certificates that a server showed.
pub fn chain_heading(count: usize) -> String {
    if count == 1 {
        "The one certificate that the server showed:".to_owned()
    } else {
        format!("The {count} certificates that the server showed, its own first:")
    }
}

/// Who signed a certificate.
pub fn chain_issuer(issuer: &str) -> String {
    format!("signed by {issuer}")
}

/// How long it is good.
pub fn chain_validity(from: &str, until: &str) -> String {
    format!("good from {from} until {until}")
}

/// Its fingerprint.
pub fn chain_fingerprint(sha256: &str) -> String {
    format!("SHA-256 {sha256}")
}

/// The fault in a word, for a narrow column.
pub const fn fault_word(kind: FaultKind) -> &'static str {
    match kind {
        FaultKind::Dns => "name",
        FaultKind::Tcp => "tcp",
        FaultKind::Tls => "tls",
        FaultKind::Proxy => "proxy",
        FaultKind::ConnectTimeout | FaultKind::FirstByteTimeout | FaultKind::WholeTimeout => "time",
        FaultKind::CutOff => "cut",
        FaultKind::Protocol => "odd",
        FaultKind::Cancelled => "–",
    }
}

/// Why a body is not whole.
pub fn cut(cut: Cut) -> String {
    match cut {
        Cut::Limit(bytes) => format!(
            "Cut at the limit of {}: the rest was not read.",
            size(bytes)
        ),
        Cut::Connection => "Cut off: the connection ended before the announced length.".to_owned(),
        Cut::Time => "Cut off: the time for the whole exchange ran out.".to_owned(),
    }
}

/// How much of a paste stands above what is shown.
pub fn more_above(bytes: usize) -> String {
    format!("({} more above)", size(bytes))
}

/// Something went to the clipboard.
pub fn copied(chars: usize) -> String {
    format!("Copied {chars} characters to the clipboard.")
}

/// Something went to the clipboard by way of the terminal.
pub fn copied_by_terminal(chars: usize) -> String {
    format!(
        "Copied {chars} characters by way of the terminal (OSC 52). If it does not take them: M, then select."
    )
}

/// Something went to the clipboard by way of tmux.
pub fn copied_by_tmux(chars: usize) -> String {
    format!(
        "Copied {chars} characters by way of tmux (OSC 52); tmux takes them with `set -g set-clipboard on`."
    )
}

/// Something is too long for the clipboard of a terminal.
pub fn too_long_to_copy(bytes: usize, most: usize) -> String {
    format!(
        "Not copied: {} is more than a terminal takes ({}). y copies one line, w one pane; a program on this machine can take more.",
        size(bytes),
        size(most)
    )
}

/// A page is opened.
pub fn opening(url: &str) -> String {
    format!("Opening {url}")
}

/// Where the mouse goes now.
pub const fn mouse(caught: bool) -> &'static str {
    if caught {
        "The mouse works in here again."
    } else {
        "The mouse belongs to the terminal now: select and copy as usual."
    }
}

/// What a message is for.
pub fn hand_over(to: &str) -> String {
    format!("For {to}. y copies it; it holds no secret.")
}

/// The differences that do not matter.
pub fn noise(count: usize, shown: bool) -> String {
    let what = if count == 1 {
        "1 difference that does not matter".to_owned()
    } else {
        format!("{count} differences that do not matter")
    };
    if shown {
        format!("{what}:")
    } else {
        format!("{what} (h shows it)")
    }
}

/// What was expected, behind a complaint.
pub fn expected(expected: &str) -> String {
    if expected.is_empty() {
        String::new()
    } else {
        format!(" (expected: {expected})")
    }
}

/// A kind of client in words.
pub const fn client_kind(kind: ClientKind) -> &'static str {
    match kind {
        ClientKind::Desktop => "desktop: a program on a computer, public",
        ClientKind::Web => "web: a site with a server, has a secret",
        ClientKind::Spa => "spa: runs in the browser, public",
        ClientKind::Daemon => "daemon: a service without a user, has a secret",
        ClientKind::Api => "api: calls on behalf of its caller, has a secret",
    }
}

/// A flow in words.
pub const fn flow(flow: Flow) -> &'static str {
    match flow {
        Flow::Silent => "silent: from the cache or the refresh token",
        Flow::Interactive => "interactive: sign in in the browser",
        Flow::DeviceCode => "device-code: sign in on any device",
        Flow::Ciba => "ciba: the person agrees on a device of their own",
        Flow::ClientCredentials => "client-credentials: the application alone",
        Flow::Password => "password: user name and password",
        Flow::RefreshToken => "refresh-token: with a refresh token you have",
        Flow::OnBehalfOf => "on-behalf-of: a web API, for the user who called it",
        Flow::TokenExchange => "token-exchange: one token for another (RFC 8693)",
        Flow::JwtBearer => "jwt-bearer: with a JWT that another issuer made",
        Flow::SamlBearer => "saml-bearer: with a SAML assertion",
        Flow::UserFic => "user-fic: an agent, for a user, with their federated credential",
        Flow::ManagedIdentity => "managed-identity: as the machine this runs on",
        Flow::AdminConsent => "admin-consent: an administrator allows the app",
    }
}

/// Yes or no.
pub const fn yes_no(yes: bool) -> &'static str {
    if yes { "yes" } else { "no" }
}
