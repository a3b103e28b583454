//! What the command line says.

use crate::model::Clean;

/// No home directory.
pub const NO_HOME: &str = "this platform names no home directory";
/// What a directory flag wants.
pub const EXPECTED_DIR: &str = "a directory, with --data DIR and --config DIR";
/// What `--log-file` wants.
pub const EXPECTED_LOG: &str = "a file that can be appended to";
/// The title of a recording.
pub fn record_title(scenario: Option<&str>) -> String {
    match scenario {
        Some(name) => format!("tokenscope demo {name}"),
        None => "tokenscope demo".to_owned(),
    }
}
/// The file of a recording is there already.
pub fn record_exists(path: &str) -> String {
    format!("{path} is there already, and no recording is written over anything")
}
/// What `--record` wants.
pub const EXPECTED_NEW_FILE: &str =
    "the name of a file that is not there yet, in a directory that can be written to";
/// A recording without a screen.
pub const RECORD_NOTHING_DRAWN: &str =
    "nothing is drawn on this terminal, so there is nothing to record";
/// What `--record` needs.
pub const EXPECTED_SCREEN: &str =
    "a terminal that can be drawn on (TERM is not dumb), without --linear";
/// What a file of own catalogue entries should be.
pub const EXPECTED_OWN_ENTRIES: &str = "a readable TOML file (UTF-8) with entries of the catalogue";
/// Asks for a paste.
pub const PASTE_NOW: &str = "Paste the error, then press Enter and Ctrl-D:";
/// Secret in an argument.
pub const EXPECTED_SECRET_ELSEWHERE: &str = "an environment variable (…-env NAME), a file (…-file PATH), the keyring (…-keyring NAME) or the prompt: arguments are visible to every process and stay in the shell's history";
/// Asks for the client secret.
pub const ASK_CLIENT_SECRET: &str = "Client secret";
/// Where a client's credential can come from.
pub const EXPECTED_CREDENTIAL: &str = "--client-secret-env NAME, --client-certificate PATH, --client-assertion-file PATH, or a terminal to ask at";
/// More than one credential.
pub const TWO_CREDENTIALS: &str = "more than one credential is named";
/// One.
pub const EXPECTED_ONE_CREDENTIAL: &str = "one of --client-secret-env, --client-secret-file, --client-certificate, --client-assertion-env, --client-assertion-file and --federated-token";
/// How an assertion is signed.
pub const EXPECTED_ALGORITHM: &str = "PS256, RS256 or ES256";
/// Asks for the password.
pub const ASK_PASSWORD: &str = "Password";
/// Asks for the refresh token.
pub const ASK_REFRESH_TOKEN: &str = "Refresh token";
/// Asks for the token that an API was called with.
pub const ASK_INCOMING_TOKEN: &str = "Access token that this API was called with";
/// An incoming token where none is exchanged.
pub const INCOMING_UNUSED: &str = "only the on-behalf-of flow exchanges an incoming token";
/// Asks for the subject token.
pub const ASK_SUBJECT_TOKEN: &str = "Subject token";
/// Asks for the actor's token.
pub const ASK_ACTOR_TOKEN: &str = "Actor token";
/// Asks for the assertion that is the grant.
pub const ASK_ASSERTION: &str = "Assertion";
/// Asks for the federated credential of a user.
pub const ASK_USER_CREDENTIAL: &str = "Federated credential of the user";
/// A token or wish that the flow has no use for.
pub fn presented_unused(flow: &str) -> String {
    format!("the flow `{flow}` has no use for it")
}
/// Asks whether the password may be sent.
pub const CONFIRM_PASSWORD: &str = "The password will be sent to the authority by this program. Is this your own account, or one you were told to test?";
/// The password flow was not confirmed.
pub const NOT_CONFIRMED: &str = "the password flow was not confirmed";
/// How to confirm without a terminal.
pub const EXPECTED_YES: &str = "a yes at the prompt, or --yes in a script";
/// A silent run without a cache.
pub const SILENT_NEEDS: &str = "a process of its own has no token cache to look in";
/// A refresh where nothing is looked up.
pub const FORCE_UNUSED: &str =
    "only the silent flow looks for a held token that could be passed over";
/// What it needs instead.
pub const EXPECTED_SILENT: &str =
    "--cache-file PATH, --refresh-token-env NAME or --refresh-token-file PATH";
/// Which client is meant is missing.
pub const EXPECTED_CLIENT: &str = "--profile NAME, or --authority URL with --client-id ID";
/// Which scopes.
pub const EXPECTED_FLOW: &str = "silent, interactive, device-code, ciba, client-credentials, password, refresh-token, on-behalf-of, token-exchange, jwt-bearer, saml-bearer, user-fic or managed-identity";
/// Only for yourself.
pub const DEVICE_WARNING: &str = "Enter the code only if you started this yourself.";
/// The access token holds what no header can carry.
pub const TOKEN_NOT_PRINTABLE: &str = "error: the access token holds characters outside visible ASCII; it cannot be used, and it is not printed";
/// Interrupted.
pub const CANCELLED: &str = "Cancelled.";
/// Listening only on loopback.
pub const EXPECTED_LOOPBACK: &str = "an address on this machine: 127.0.0.1:PORT or [::1]:PORT";

/// A problem in one line.
pub fn problem(at: &str, what: &str, expected: &str) -> String {
    format!("error: {at}: {what}\n  expected: {expected}")
}

/// There is no terminal to ask at.
pub fn no_terminal(what: &str) -> String {
    format!("the {what} is missing and there is no terminal to ask at")
}

/// A flag is missing.
pub fn missing(what: &str) -> String {
    format!("{what} is missing")
}

/// A variable is not set.
pub fn unset(name: &str) -> String {
    format!("the environment variable {name} is not set")
}

/// What to do on the device page.
pub fn device(page: &str, code: &str, client: &str, authority: &str) -> String {
    // Page and code are the server's words: a line end in them would forge a line of ours.
    let (page, code) = (Clean::line(page), Clean::line(code));
    format!(
        "Open {page} and enter {code}\n  It lets `{client}` act for you at {authority}. {DEVICE_WARNING}"
    )
}

/// Who answers on a device of their own.
pub fn answering(user: &str, shows: Option<&str>) -> String {
    let user = Clean::line(user);
    let message = shows.map(|text| format!("; it shows `{}`", Clean::line(text)));
    let message = message.unwrap_or_default();
    format!("The server has {user} asked on their own device{message}. Waiting for the answer.")
}

/// What to do in the browser.
pub fn browse(url: &str, opened: bool) -> String {
    if opened {
        format!("Finish in the browser. If it did not open:\n{url}")
    } else {
        format!("Open this page in a browser:\n{url}")
    }
}

/// The browser may be elsewhere.
pub const PASTE_HERE: &str =
    "Then paste here the address that the browser ended at, and press Enter.";

/// A wait.
pub fn waiting(why: &str, until: &str) -> String {
    format!("{why}, until {until}")
}

/// Nothing is sent before a throttled request's time.
pub const UNSENT: &str =
    "nothing was sent yet; --ignore-throttle would send at once, Ctrl+C gives up";

/// A named port that is taken.
pub fn busy(address: &str, why: &str) -> String {
    format!("cannot listen on {address}: {why}")
}

/// A secret was given as an argument.
pub const SECRET_IN_ARGUMENT: &str = "a secret was given as an argument";

/// No such profile.
pub fn no_profile(name: &str, path: &str) -> String {
    format!("there is no profile `{name}` in {path}")
}

/// How a warning in the event log begins.
pub const WARNING: &str = "warning: ";

/// The lab answers.
pub fn lab_answers(info: &crate::model::LabInfo) -> String {
    let mut lines = vec![
        "The lab answers (simulated). Interrupt with Ctrl-C.".to_owned(),
        format!("  authority   {}", info.authority),
        format!("  tenant      {}", info.tenant),
        format!("  api         {}", info.api),
    ];
    if let Some(http) = &info.http {
        lines.push(format!("  over http   {http}"));
    }
    if !info.ca.is_empty() {
        lines.push(format!("  trust       {}", info.ca));
    }
    for client in &info.clients {
        let secret = client
            .secret
            .as_ref()
            .map(|secret| format!(" secret {secret}"))
            .unwrap_or_default();
        lines.push(format!(
            "  client      {} {} ({}){secret}",
            client.id, client.name, client.kind
        ));
    }
    for user in &info.users {
        lines.push(format!(
            "  user        {} password {}",
            user.name, user.password
        ));
    }
    if let Some(control) = &info.control {
        lines.push(format!(
            "  control     {} token {}",
            control.url, control.token
        ));
    }
    lines.push(String::new());
    lines.join("\n")
}

/// What `lab --help` says of the control API and of the words of its changes.
pub const LAB_CONTROL_HELP: &str = "\
Control API (with --control; send `Authorization: Bearer TOKEN`; answers are JSON):
  GET  URL/world              now, policies, changed, forced [what, at, address,
                              client, left, assumed], faults
  GET  URL/requests?since=ID  [id, at, what, endpoint, client, status, decision, code, because,
                              forced, assumed, fault, correlation, trace, asked, reply, retry_after];
                              no secret and no token
  POST URL/change             change=WORDS or {\"change\":\"WORDS\"}; answers like /world, or 400
  POST URL/reset              everything as at the start

Words of a change:
  policy NAME on|off, set user|app|device|tenant NAME KEY VALUE, outage on|off, throttle 5s, slow-down on|off,
  advance 61m, skew 10m|-10m|off, identity-fault 404|410|500 TIMES, identity-fault off, reset
  force CODE|error NAME [suberror NAME] [claims] [once|N times|N%|always] [for CLIENT]
        [at token|authorize|page|device|device-code|discovery|api|managed-identity]
        [unrealistic]
  unforce [CODE]
  fault FAULT [at PLACE|all] [once|N times|on], fault [NAME] off
  FAULT: latency 3s, slow-drip 5s, cut-body, length-too-long, length-too-short, empty-body,
         html 503, invalid-json, wrong-charset, wrong-type, redirect 307 PORT, reset,
         429 [30s|date 30s], 500, 502, 503, 504, tls expired|wrong-name|untrusted
";

/// A policy of the world.
pub const EXPECTED_LAB_POLICY: &str = "the name of a policy of the world";
/// A setting.
pub const EXPECTED_LAB_SET: &str =
    "user|app|device|tenant NAME KEY VALUE, e.g. \"user bo@contoso.example locked yes\"";
/// A forced answer.
pub const EXPECTED_LAB_FORCE: &str = "CODE or error NAME, then [once|N times|N%|always] [for CLIENT] [at PLACE] [unrealistic], e.g. \"50076 3 times at token\"";
/// A fault.
pub const EXPECTED_LAB_FAULT: &str = "a fault that --help lists, then [at PLACE|all] [once|N times|on], e.g. \"latency 3s at token on\"";

/// Stands for the value of a variable that holds a secret.
pub const IS_SET: &str = "set";

/// What the history should be.
pub const EXPECTED_HISTORY: &str = "a history that can be opened; --data DIR names another place";
/// A run cannot be written in a language.
pub const EXPECTED_OTHER_CODE: &str = "another language";
/// Which run.
pub const EXPECTED_KEY: &str = "the number of a run, as `tokenscope history` lists it";
/// The history is empty now.
pub const HISTORY_CLEARED: &str = "Every past run was removed.";
/// A run against the lab.
pub const SIMULATED: &str = "(lab)";

/// There are no profiles.
pub fn no_profiles(path: &str) -> String {
    format!(
        "There are no profiles yet. Write one in {path}: [profile.NAME] with authority and client-id."
    )
}

/// A token in what is explained.
pub const HOLDS_A_TOKEN: &str =
    "There is a token in it, which is not shown. `tokenscope token` lays it open and checks it.";
/// A token in an argument.
pub const TOKEN_IN_ARGUMENT: &str = "a token was given as an argument, and a token is a secret";
/// Where it belongs.
pub const EXPECTED_TOKEN_ELSEWHERE: &str = "a file (PATH), an environment variable (--env NAME), standard input (-) or the prompt: arguments are visible to every process and stay in the shell's history";
/// Something that is no file. It is not repeated: it may be a token.
pub const NO_TOKEN_FILE: &str = "there is no such file";
/// Too many.
pub const TOO_MANY_TOKENS: &str = "more than two tokens are named, or standard input twice";
/// What `token` wants.
pub const EXPECTED_TOKENS: &str =
    "one token, or two to compare: PATH, - for standard input, or --env NAME";
/// Nothing.
pub const NO_TOKEN: &str = "there is no token in it";
/// Asks for the token.
pub const ASK_TOKEN: &str = "Token";
/// What `--jwks` wants.
pub const EXPECTED_JWKS: &str = "a readable file with a key set (JWKS, RFC 7517)";

/// What belongs to a certificate stands alone.
pub const WITHOUT_CERTIFICATE: &str = "this belongs to a certificate, and none is named";
/// What it belongs to.
pub const EXPECTED_CERTIFICATE_BESIDE: &str =
    "--client-certificate PATH beside it, or --client-key PATH with --client-thumbprint HEX";

/// Before the password of a PFX or of an encrypted key.
pub fn ask_certificate_password(file: &str) -> String {
    format!("Password of {file}")
}

/// Standard input can be read once.
pub const EXPECTED_ONE_INPUT: &str = "standard input for one of the two runs alone";

/// A run was taken into the history.
pub fn imported(key: i64) -> String {
    format!(
        "Kept as run {key}: `tokenscope history show {key}`, `tokenscope history compare {key} OTHER`."
    )
}
/// Flags of a call without its address.
pub const NO_API: &str =
    "--api-method, --api-header and --api-body say how an API is called, and none is named";

/// Something that is there.
pub const IS_THERE: &str = "there";
/// Something that is not there.
pub const IS_NOT_THERE: &str = "not there";
/// The directory of the configuration.
pub const PATH_CONFIG: &str = "profiles, settings, own catalogue entries";
/// The settings file.
pub const PATH_SETTINGS: &str = "how the program behaves, which keys do what";
/// The profiles file.
pub const PATH_PROFILES: &str = "the profiles";
/// The directory of own entries.
pub const PATH_OWN_ENTRIES: &str = "own entries of the catalogue, every .toml in it";
/// The directory of the data.
pub const PATH_DATA: &str = "the history, the lab's keys";
/// The history.
pub const PATH_HISTORY: &str = "past runs";
/// The lab's directory.
pub const PATH_LAB: &str = "the lab's keys and certificates";
/// The lab's CA.
pub const PATH_LAB_CA: &str = "what a client of the lab must trust";
/// The directory of the state.
pub const PATH_STATE: &str = "what protects accounts between runs, the key of fingerprints";
/// The log.
pub const PATH_LOG: &str = "the log, where --log-file names one";
/// Where pages of the manual go.
pub const EXPECTED_MAN_DIR: &str = "a directory that can be written to";
