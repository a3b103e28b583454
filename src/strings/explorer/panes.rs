//! Titles, labels and the words in the panes.

use crate::model::{
    CertificateMethod, ChallengeMethod, Further, Packing, Prompt, ResponseMode, ResponseType,
    SecretMethod, SigningAlgorithm,
};

macro_rules! say {
    ($($name:ident = $text:literal;)+) => { $(#[doc = $text] pub const $name: &str = $text;)+ };
}

say! {
    TITLE_START = "tokenscope";
    TITLE_PICKER = "tokenscope ▸ lab";
    SIMULATED = "LAB SIMULATED";
    SIMULATED_SHORT = "  (lab)";
    PANE_START = "Start";
    PANE_RUNS = "Runs";
    PANE_DIAGNOSIS = "Diagnosis";
    PANE_SCENARIO = "Scenario";
    PANE_NOW = "Under way";
    PANE_TOKEN = "Token";
    PANE_REPLY = "Reply";
    PANE_STEPS = "Next steps";
    PANE_FORM = "Ask for a token";
    PANE_PASTE = "Paste";
    PANE_COMPARE = "Compare";
    PANE_LOG = "Log";
    PANE_CODE = "As a call";
    PANE_HELP = "Keys";
    PANE_MESSAGE = "Hand over";
    PANE_ASK = "Question";
    EXACT_BYTES = "exact bytes";
    DO_NOW = "Do now";
    SIGNING_IN = "Signing in";
    WHO_ACTS = "Who acts";
    BECAUSE = "Because";
    BUT = "But";
    NOTE = "Note";
    SERVER_SAID = "Server said";
    CLAIMS = "Claims";
    LIBRARIES = "Libraries";
    LIBRARIES_MORE = "h: why, and what to look at";
    QUERIES_MORE = "h: the queries for Microsoft Graph and Log Analytics";
    KIND = "Kind";
    CORRELATION = "Correlation";
    TRACE = "Trace";
    TIME = "Server's time";
    CORRELATION_ID = "Correlation ID";
    TRACE_ID = "Trace ID";
    UTC = "Time (UTC)";
    ERROR_CODES = "Error codes";
    THEN = ", then ";
    EXPECTED = "Expected";
    NO_RUNS = "No run yet.";
    MARKED = "  (marked)";
    NO_EXCHANGES = "Nothing was sent yet.";
    NO_REPLY_YET = "No reply yet.";
    EMPTY_BODY = "(the body is empty)";
    NO_EVENTS = "Nothing logged yet.";
    NO_STEPS = "Nothing to do here.";
    CANCELLED = "Cancelled.";
    NOT_SENT = "Nothing was sent: the request is malformed.";
    REFUSED_WITHOUT_DIAGNOSIS = "Refused.";
    GRANTED = "A token was granted.";
    GRANTED_FROM_CACHE = "A token came from the cache, without a request.";
    CURES = "Follows";
    EXPIRES = "Expires";
    SCOPES = "Scopes";
    ACCOUNT = "Account";
    TYPE = "Type";
    ISSUED_TYPE = "Issued as";
    DETAILS = "Authorized";
    NO_ACCESS_TOKEN = "none: an ID token alone came from the page";
    ACCESS_TOKEN = "Access token";
    REFRESH_TOKEN = "Refresh token";
    NO_REFRESH_TOKEN = "none";
    API = "API call";
    NOT_CHECKED_YET = "Not checked: V asks the issuer that it names for its keys.";
    ACCESS_CLAIMS = "Inside the access token (for looking at only: its format is the API's business)";
    ID_CLAIMS = "Inside the ID token";
    MORE_CLAIMS = "h: all claims, and the ID token";
    DEVICE_OPEN = "Open this page on any device:";
    DEVICE_TYPE = "and type this code:";
    DEVICE_SHOWS = "Device shows";
    RUNS_OUT_IN = "Runs out in";
    ASKS_AGAIN_IN = "Next look in";
    LETS_IN = "It lets in";
    ONLY_YOURSELF = "Type it only if you started this yourself.";
    BROWSER_OPENED = "The browser was opened on this page. Waiting for it to come back.";
    BROWSER_BY_HAND = "No browser could be opened here. Open this page by hand (y copies it):";
    BROWSER_OF_THE_LAB = "This page waits for the lab's user (Enter). To walk it yourself: o opens it, y copies it.";
    BROWSER_WAITS_STILL = "The run still waits for this page to come back:";
    LATEST = "Latest";
    GIVES_UP_IN = "Gives up in";
    GOES_ON_IN = "Goes on in";
    PAGE_SHOWED = "The page showed this, and sent nothing back:";
    PAGE_SHOWED_HINT = "p hands this text to the run, as a person would paste it.";
    HINT_LAB_USER = "The lab's user does what the page asks for";
    OFFER_ANSWER = "Type the answer yourself";
    HINT_LAB_ACTS = "Choose what the lab's user does instead";
    HINT_PASTE = "Paste what the browser shows";
    HINT_CANCEL = "Cancel the run";
    HINT_CUT = "Cut the wait short";
    HINT_SEND_NOW = "Send it now all the same";
    SPARED = "not needed any more";
    PANE_DRAFT = "Edit the message";
    EDITED = "  (edited)";
    MESSAGE_KEPT = "Kept. y copies it as it stands.";
    MESSAGE_HIDDEN = "Kept. Something secret in it was hidden.";
    MESSAGE_AS_WRITTEN = "The message stands as it was written at first.";
    TRIED_HERE = "Tried in this session (times in UTC):";
    STEP_TO_DO = "to do";
    STEP_DONE = "done";
    STEP_HANDED = "handed over, not yet known to be done";
    STEP_SKIPPED = "skipped";
    STEP_MESSAGE = "Enter shows a message for them, ready to send.";
    BEGINS = "begins";
    SKIPPED_ONE = "Skipped. On that step, x takes it up again.";
    BARRED = "  cannot work: ";
    WAY_OUT = "Way out";
    READ = "What else was read";
    PASTED = "What was pasted";
    NOTHING_FOUND = "No error that is known here was found in the text.";
    OFFER_FORM = "Ask for a token of your own";
    OFFER_PASTE = "Paste an error and have it explained";
    OFFER_SCENARIOS = "Choose another scenario";
    OFFER_COMPARE = "Compare with the run that ended the other way";
    OFFER_CALL_API = "Call the API with this token";
    OFFER_USES = "See what else can be done with this token";
    PANE_USES = "With this token";
    PANE_CONSENT = "Consent for everybody";
    QR_OVER = "No device sign-in waits any more.";
    QR_TOO_SMALL = "The code does not fit on this screen: make it larger, or open the address.";
    PANE_QR = "Device page";
    CALLING = "Calling the API …";
    USING_THE_TOKEN = "Asking the authority …";
    OFFER_REPEAT = "Run it again as it was";
    LEFT = "Before    ";
    RIGHT = "After     ";
    FIRST = "First     ";
    SECOND = "Second    ";
    ABSENT = "(absent)";
    REFUSAL = "refusal";
    NO_REFUSAL = "none";
    NO_DIFFERENCE = "Nothing that matters differs.";
    HISTORY_LOADS = "Reading past runs …";
    HISTORY_EMPTY = "No past runs yet.";
    HISTORY_NO_HIT = "No past run holds this.";
    START_HEADING = "See what a token request gets, what it means, and what to do about it.";
    START_WORDS = "Nothing is sent before you say so.";
    PASTE_FOR_RUN = "Paste what the browser shows: the address it ended on, or the text of the page. Ctrl-D hands it to the run.";
    PASTE_FOR_DECODING = "Paste an error, a reply, a log or an address. Secrets in it are hidden. Ctrl-D explains it; nothing is sent anywhere.";
    NAME_A_FILE = "Type the path of a file, or drop the file here: a reply, a log, a recorded conversation, a mail. Enter opens it. Secrets in it are hidden; nothing is sent anywhere.";
    QUESTION_HIDDEN = "What you type is not shown, kept or logged. Enter sends it, Esc closes this.";
    REPLY_NONE_ON_PAGE = "No reply reached the program: this was shown in the browser.";
    REPLY_BY_REDIRECT = "No reply to a request: this came back with the browser, by redirect.";
    REPLY_NOT_YET = "No reply yet to what was asked. [ shows what was sent before.";
}

/// The doors: title and words.
pub const DOORS: [(&str, &str); 5] = [
    (
        "Try it in the lab",
        "An identity provider inside this program refuses tokens in every way there is. Nothing to set up, nothing leaves this machine.",
    ),
    (
        "Sign in to something of mine",
        "Ask a real authority for a token with your client; see every exchange.",
    ),
    (
        "Paste an error",
        "A message, a reply, an address, a log: what it means, who can fix it.",
    ),
    (
        "Open a file",
        "A reply, a log or a recording that somebody sent; secrets are hidden.",
    ),
    (
        "Look at past runs",
        "Open one again as it was, or compare two.",
    ),
];

/// The fields of the form: label and hint, in the order of the fields.
pub const FIELDS: [(&str, &str); 47] = [
    ("Start from", ""),
    (
        "Authority",
        "e.g. https://login.microsoftonline.com/<tenant>",
    ),
    ("Client id", "Application (client) id of the registration"),
    ("Kind", ""),
    ("Flow", ""),
    (
        "Scopes",
        "separated by spaces, e.g. User.Read or api://…/.default",
    ),
    (
        "Identity",
        "client_id=…, object_id=… or resource_id=…; empty: the machine's own",
    ),
    (
        "User",
        "who signs in, e.g. ada@contoso.example; may stay empty",
    ),
    (
        "User by id",
        "the user's object id, where the name above stays empty",
    ),
    (
        "Device shows",
        "a short text that both screens show, e.g. W4-7; may stay empty",
    ),
    (
        "Exchanges",
        "the token itself is asked for when it is needed",
    ),
    (
        "For it acts",
        "a token of somebody who acts for the subject",
    ),
    ("Wants", ""),
    (
        "Audience",
        "names of the services that the new token is for; may stay empty",
    ),
    (
        "Resource",
        "addresses that the new token is for; may stay empty",
    ),
    ("Proof", ""),
    (
        "Found in",
        "name of the variable or in the keyring, or path of the file",
    ),
    (
        "Key in",
        "path of the private key; empty: in the certificate's file",
    ),
    (
        "Unlocked by",
        "file of its password, env:VARIABLE or keyring:NAME; empty: not locked",
    ),
    (
        "Thumbprint",
        "of the certificate, SHA-1 or SHA-256, hexadecimal",
    ),
    ("Is used", ""),
    ("Signs by", ""),
    ("Secret goes", ""),
    ("Tokens are", ""),
    ("Request goes", ""),
    ("Redirect", "empty: http://localhost on a free port"),
    ("Claims", "a claims request as JSON; may stay empty"),
    ("Skip cache", ""),
    ("Cache file", "a token cache of this client; empty: memory"),
    ("Kept", ""),
    ("API", "an address to call with the token; may stay empty"),
    ("Called by", ""),
    (
        "Headers",
        "Name: value; several with | between them; may stay empty",
    ),
    ("Body in", "path of the file that is sent as the body"),
    ("Page is to", ""),
    ("Request is", ""),
    ("Answer is", ""),
    ("Answer comes", ""),
    ("Code is bound", ""),
    (
        "Also asks",
        "e.g. domain_hint=contoso.example&max_age=0; also acr_values and any other that is no secret",
    ),
    (
        "Details in",
        "path of a JSON file: authorization_details (RFC 9396); may stay empty",
    ),
    (
        "Repeats",
        "how often a throttled or failed request is sent again; empty: 2",
    ),
    (
        "First wait",
        "in seconds, where the server names none; each further one is twice as long; empty: 1",
    ),
    ("Longest wait", "in seconds; empty: 32"),
    (
        "Gives up",
        "so many seconds after the first attempt; empty: after the last repeat",
    ),
    ("Repeats on", "these statuses; empty: 429 500 502 503 504"),
    ("Waits", ""),
];

/// Whose wait is kept.
pub const fn retry_after(ignored: bool) -> &'static str {
    if ignored {
        "as long as computed, whatever the server names (Retry-After)"
    } else {
        "as long as the server names (Retry-After), else as computed"
    }
}

/// What a number of attempts is.
pub const EXPECTED_ATTEMPTS: &str = "a whole number, 0 for never";
/// What a wait is.
pub const EXPECTED_TIME: &str = "seconds, such as 2 or 0.5";
/// What statuses are.
pub const EXPECTED_STATUSES: &str = "statuses from 400 to 599, separated by spaces";

/// How the cache file is kept.
pub const fn sealed(sealed: bool) -> &'static str {
    if sealed {
        "encrypted, with a key in the system's keyring"
    } else {
        "as it is; a new one in plain text"
    }
}

/// What a client can prove itself with, and where that can be found.
pub const PROOFS: [&str; 13] = [
    "none: a public client",
    "secret: asked for when it is needed",
    "secret in an environment variable",
    "secret in a file",
    "secret in the system's keyring",
    "certificate and key in files",
    "certificate and key in files, sent along (x5c)",
    "key in a file, certificate by its thumbprint",
    "assertion in an environment variable",
    "assertion in a file",
    "assertion in the file that AZURE_FEDERATED_TOKEN_FILE names",
    "assertion that a cluster projects into a pod",
    "assertion that GitHub gives a job of GitHub Actions",
];

/// What is exchanged where nothing is chosen.
pub const SUBJECT_USUAL: &str = "an access token";

/// Nobody acts for the subject.
pub const ACTOR_NONE: &str = "nobody: no actor's token";

/// The server chooses.
pub const WANTED_ANY: &str = "whatever the server issues";

/// The type of a token in words; the URI where there are none.
pub fn token_type(word: &str) -> String {
    match word {
        "access_token" => "an access token (access_token)",
        "refresh_token" => "a refresh token (refresh_token)",
        "id_token" => "an ID token (id_token)",
        "saml1" => "a SAML 1.1 assertion (saml1)",
        "saml2" => "a SAML 2.0 assertion (saml2)",
        "jwt" => "any other JWT (jwt)",
        uri => uri,
    }
    .to_owned()
}

/// What can be done with a token.
pub const fn use_of_token(what: Further) -> &'static str {
    match what {
        Further::Introspect => "Ask whether the access token is good (introspection)",
        Further::UserInfo => "Ask for claims about the user (user information)",
        Further::Revoke => "Take the access token back (revocation)",
        Further::RevokeRefresh => "Take the refresh token back (revocation)",
    }
}

/// What was done with a token, before what came of it.
pub const fn used(what: Further) -> &'static str {
    match what {
        Further::Introspect => "Introspection",
        Further::UserInfo => "User info",
        Further::Revoke | Further::RevokeRefresh => "Revocation",
    }
}

/// A granted run in whose end something else was refused.
pub fn use_refused_briefly(what: Further, status: Option<u16>) -> String {
    let status = status.map_or_else(|| "⚡".to_owned(), |status| status.to_string());
    format!("1 token · {} {status}", used(what))
}

/// How a client secret is used.
pub const fn secret_method(method: Option<SecretMethod>) -> &'static str {
    match method {
        None => "as the authority's metadata offers it",
        Some(SecretMethod::Post) => "in the body (client_secret_post)",
        Some(SecretMethod::Basic) => "in the header (client_secret_basic)",
        Some(SecretMethod::Jwt) => "nowhere: it signs an assertion (client_secret_jwt)",
    }
}

/// What a certificate is used for.
pub const fn certificate_method(method: CertificateMethod) -> &'static str {
    match method {
        CertificateMethod::Assertion => "to sign assertions (private_key_jwt)",
        CertificateMethod::Tls => "in the TLS handshake, known by its subject (tls_client_auth)",
        CertificateMethod::SelfSigned => {
            "in the TLS handshake, known as it is (self_signed_tls_client_auth)"
        }
        CertificateMethod::Binding => "in the TLS handshake, to bind tokens alone (none)",
    }
}

/// How assertions are signed.
pub const fn signed_by(algorithm: Option<SigningAlgorithm>) -> &'static str {
    match algorithm {
        None => "what the key can: PS256 (RS256 at AD FS), or ES256",
        Some(algorithm) => algorithm.word(),
    }
}

/// How the authorization request gets to the server.
pub const fn pushed(par: bool) -> &'static str {
    if par {
        "to the server first, the browser gets its name (PAR)"
    } else {
        "in the browser's address, unless the server wants it first"
    }
}

/// What the sign-in page is to do.
pub const fn prompt(prompt: Option<Prompt>) -> &'static str {
    match prompt {
        None => "do what it finds fit",
        Some(Prompt::Login) => "ask for credentials anew (prompt=login)",
        Some(Prompt::None) => "show nothing, and fail instead (prompt=none)",
        Some(Prompt::Consent) => "ask for consent anew (prompt=consent)",
        Some(Prompt::SelectAccount) => "let the account be chosen (prompt=select_account)",
    }
}

/// How the answer comes back.
pub const fn response_mode(mode: Option<ResponseMode>) -> &'static str {
    match mode {
        None => "as is usual: in the query",
        Some(ResponseMode::Query) => "in the query (query)",
        Some(ResponseMode::Fragment) => "in the fragment (fragment)",
        Some(ResponseMode::FormPost) => "by a form that the page posts (form_post)",
        Some(ResponseMode::Jwt) => "signed, in the usual way (jwt)",
        Some(ResponseMode::QueryJwt) => "signed, in the query (query.jwt)",
        Some(ResponseMode::FragmentJwt) => "signed, in the fragment (fragment.jwt)",
        Some(ResponseMode::FormPostJwt) => "signed, by a form (form_post.jwt)",
    }
}

/// What comes back from the page.
pub const fn response_type(kind: ResponseType) -> &'static str {
    match kind {
        ResponseType::Code => "a code, which is redeemed (code)",
        ResponseType::IdToken => "an ID token: legacy (id_token)",
        ResponseType::Token => "an access token: legacy (token)",
        ResponseType::IdTokenToken => "both tokens: legacy (id_token token)",
        ResponseType::CodeIdToken => "a code and an ID token: legacy (code id_token)",
        ResponseType::CodeToken => "a code and an access token: legacy (code token)",
        ResponseType::CodeIdTokenToken => "all three: legacy (code id_token token)",
    }
}

/// How the code is bound to the run.
pub const fn pkce(method: Option<ChallengeMethod>) -> &'static str {
    match method {
        None => "as is usual: by a digest (S256)",
        Some(ChallengeMethod::S256) => "by a digest (S256)",
        Some(ChallengeMethod::Plain) => "by the verifier itself (plain): weak",
        Some(ChallengeMethod::None) => "not at all (no PKCE): weak",
    }
}

/// Whether the request is signed.
pub const fn request_object(signed: bool) -> &'static str {
    if signed {
        "signed as a JWT, with the client's key or secret"
    } else {
        "as plain parameters"
    }
}

/// Whether tokens are bound to a key.
pub const fn bound(dpop: bool) -> &'static str {
    if dpop {
        "bound to a key of the run (DPoP)"
    } else {
        "not bound: whoever holds one can use it"
    }
}

/// Behind a container that is folded.
pub fn folded(members: usize) -> String {
    format!("  {members} inside ▸")
}

/// Behind a value that holds something, closed or opened below.
pub fn packed(packing: Packing, open: bool) -> String {
    let what = match packing {
        Packing::Json => "JSON inside",
        Packing::Base64 => "base64",
        Packing::Percent => "percent-encoded",
        Packing::Form => "fields",
        Packing::Address | Packing::Challenge => "parameters",
    };
    format!("  {what} {}", if open { "▾" } else { "▸" })
}
