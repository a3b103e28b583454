//! What is malformed is named, ends with 2, and nothing is sent.

use super::lab::Watch;
use super::place::Place;

const CLIENT: &str = "3f0a0000-0000-4000-8000-0000000000e1";
const DEFAULT: &str = "https://graph.microsoft.com/.default";

/// `acquire` with a secret at hand, at an authority that notices when it is asked; flags that are given take the place
/// of the usual ones.
/// Flags that name another credential than the usual one.
const CREDENTIALS: [&str; 4] = [
    "--client-secret-file",
    "--client-certificate",
    "--client-assertion-file",
    "--federated-token",
];

fn refuse(flags: &[&str]) -> String {
    let (watch, place) = (
        Watch::new(),
        Place::new().with("SECRET", "Qz8~not-a-real-secret"),
    );
    let authority = watch.authority();
    let usual = [
        ("--authority", authority.as_str()),
        ("--client-id", CLIENT),
        ("--flow", "client-credentials"),
        ("--scope", DEFAULT),
        ("--client-secret-env", "SECRET"),
        ("--timeout", "5"),
    ];
    let mut words = vec!["acquire"];
    let given = |flag: &str| {
        flags.contains(&flag)
            || (flag == "--client-secret-env" && CREDENTIALS.iter().any(|one| flags.contains(one)))
    };
    words.extend(
        usual
            .iter()
            .filter(|(flag, _)| !given(flag))
            .flat_map(|(flag, value)| [*flag, *value]),
    );
    words.extend(flags);
    let done = place.run(&words).ended(2);
    assert!(done.stdout.is_empty(), "{}", done.stdout);
    assert!(!watch.was_asked(), "something was sent for {flags:?}");
    done.stderr
}

#[test]
fn what_is_malformed_is_named_and_nothing_is_sent() {
    let cases: [(&[&str], &str); 14] = [
        (&["--authority", "not an address"], "--authority"),
        (&["--authority", "ftp://contoso.example/x"], "--authority"),
        (&["--authority", "http://contoso.example/x"], "--authority"),
        (
            &["--authority", "https://login.microsoftonline.com/<tenant>"],
            "authority",
        ),
        (
            &[
                "--authority",
                "https://login.microsoftonline.com/contoso.example",
                "--client-id",
                "3f0a-nope",
            ],
            "client_id",
        ),
        (&["--client-id", ""], "client_id"),
        (&["--scope", "a,b"], "scope"),
        (&["--scope", "quo\"te"], "scope"),
        (
            &["--flow", "interactive", "--redirect-uri", "/only/a/path"],
            "redirect_uri",
        ),
        (
            &[
                "--flow",
                "interactive",
                "--redirect-uri",
                "http://contoso.example/back",
            ],
            "redirect_uri",
        ),
        (&["--claims", "{broken"], "claims"),
        (&["--claims", "[]"], "claims"),
        (&["--flow", "nonsense"], "--flow"),
        (&["--timeout", "soon"], "--timeout"),
    ];
    for (flags, named) in cases {
        let said = refuse(flags);
        assert!(
            said.contains(named),
            "{flags:?}: '{named}' is not named: {said}"
        );
        assert!(!said.contains("Qz8~"), "{said}");
    }
}

#[test]
fn what_is_missing_is_named() {
    for (line, named) in [
        ("acquire", "--authority"),
        (
            "acquire --authority https://login.microsoftonline.com/contoso.example",
            "--client-id",
        ),
        ("acquire --profile nowhere", "nowhere"),
        (
            "acquire --authority https://login.microsoftonline.com/contoso.example --client-id x --flow silent",
            "--refresh-token-env",
        ),
        ("codes --output yaml", "--output"),
        ("explain --nonsense", "--nonsense"),
        ("history show", "KEY"),
        ("fly", "fly"),
    ] {
        let done = Place::new().say(line).ended(2);
        assert!(done.stderr.contains(named), "{line}: {}", done.stderr);
        assert!(done.stdout.is_empty());
    }
}

#[test]
fn a_variable_or_file_that_is_not_there_is_named() {
    let said = refuse(&["--client-secret-env", "NOT_SET"]);
    assert!(said.contains("NOT_SET"), "{said}");
    let said = refuse(&["--client-secret-file", "/nowhere/secret"]);
    assert!(said.contains("/nowhere/secret"), "{said}");
    let said = refuse(&["--client-certificate", "/nowhere/own.pem"]);
    assert!(
        said.contains("--client-certificate /nowhere/own.pem"),
        "{said}"
    );
    let said = refuse(&["--client-assertion-file", "/nowhere/token"]);
    assert!(said.contains("/nowhere/token"), "{said}");
    let said = refuse(&["--federated-token"]);
    assert!(said.contains("AZURE_FEDERATED_TOKEN_FILE"), "{said}");
    let said = refuse(&["--federated-token", "github"]);
    assert!(
        said.contains("ACTIONS_ID_TOKEN_REQUEST_URL") && said.contains("id-token: write"),
        "{said}"
    );
    let said = refuse(&["--federated-token", "kubernetes"]);
    assert!(
        said.contains("azure-identity-token") && said.contains("azure.workload.identity/use"),
        "{said}"
    );
    let said = refuse(&["--federated-token", "gitlab"]);
    assert!(
        said.contains("azure (") && !said.contains("gitlab"),
        "{said}"
    );
}

#[test]
fn an_incoming_token_that_cannot_be_exchanged_is_told_before_anything_is_sent() {
    let files = tempfile::tempdir().expect("a folder");
    let file = files.path().join("token");
    std::fs::write(&file, "quiet~token of nobody").expect("a file");
    let path = file.display().to_string();
    let said = refuse(&["--flow", "on-behalf-of", "--incoming-token-file", &path]);
    assert!(
        said.contains("not a JWT") && !said.contains("quiet~"),
        "{said}"
    );
    let said = refuse(&["--incoming-token-file", &path]);
    assert!(said.contains("--flow on-behalf-of"), "{said}");
}

#[test]
fn what_is_presented_is_looked_at_before_anything_is_sent() {
    let files = tempfile::tempdir().expect("a folder");
    let file = files.path().join("token");
    std::fs::write(&file, "quiet~token of nobody").expect("a file");
    let path = file.display().to_string();
    let named = ["--assertion-file", path.as_str()];
    for (flow, expected) in [
        ("jwt-bearer", "not a JWT"),
        ("saml-bearer", "no SAML assertion"),
    ] {
        let said = refuse(&["--flow", flow, named[0], named[1]]);
        assert!(
            said.contains(expected) && !said.contains("quiet~"),
            "{said}"
        );
    }
    let exchange = ["--flow", "token-exchange", "--subject-token-file", &path];
    let said = refuse(&[&exchange[..], &["--subject-token-type", "jwt"]].concat());
    assert!(
        said.contains("subject token") && !said.contains("quiet~"),
        "{said}"
    );
    let said = refuse(&[&exchange[..], &["--subject-token-type", "ticket"]].concat());
    assert!(
        said.contains("--subject-token-type") && said.contains("saml2"),
        "{said}"
    );
    let said = refuse(&[&exchange[..], &["--resource", "orders"]].concat());
    assert!(said.contains("`orders`"), "{said}");
    let said = refuse(&["--audience", "orders"]);
    assert!(said.contains("--flow token-exchange"), "{said}");
}

#[test]
fn a_file_that_is_no_certificate_or_no_assertion_is_named_with_what_it_should_be() {
    let files = tempfile::tempdir().expect("a folder");
    let file = files.path().join("quiet.pem");
    std::fs::write(&file, "quiet~words of nobody").expect("a file");
    let path = file.display().to_string();
    for (flag, expected) in [
        ("--client-certificate", "a PFX (PKCS#12)"),
        ("--client-assertion-file", "one JWT and nothing else"),
    ] {
        let said = refuse(&[flag, &path]);
        assert!(said.contains(&path) && said.contains(expected), "{said}");
        assert!(!said.contains("quiet~words"), "{said}");
    }
    let said = refuse(&[
        "--client-certificate",
        &path,
        "--signing-algorithm",
        "HS256",
    ]);
    assert!(
        said.contains("HS256") && said.contains("PS256, RS256 or ES256"),
        "{said}"
    );
    let said = refuse(&["--client-certificate", &path, "--federated-token"]);
    assert!(said.contains("more than one credential"), "{said}");
}

#[test]
fn a_certificate_of_the_handshake_goes_with_nothing_that_signs() {
    let method = |more: &[&str]| refuse(&[&["--client-certificate", "own.pem"], more].concat());
    let said = method(&["--certificate-method", "client_secret_post"]);
    assert!(said.contains("self_signed_tls_client_auth"), "{said}");
    for more in [&["--x5c"][..], &["--signing-algorithm", "PS256"]] {
        let words = [&["--certificate-method", "tls_client_auth"], more].concat();
        let said = method(&words);
        assert!(said.contains("signs no assertion"), "{said}");
    }
    let said = refuse(&["--certificate-method", "tls_client_auth"]);
    assert!(said.contains("--certificate-method"), "{said}");
}

#[test]
fn without_a_terminal_a_secret_that_is_missing_is_asked_for_by_its_flag() {
    let watch = Watch::new();
    let words = [
        "acquire",
        "--authority",
        &watch.authority(),
        "--client-id",
        CLIENT,
        "--flow",
        "client-credentials",
        "--scope",
        DEFAULT,
    ];
    let done = Place::new().run(words).ended(2);
    assert!(
        done.stderr.contains("--client-secret-env"),
        "{}",
        done.stderr
    );
    assert!(!watch.was_asked());
}

#[test]
fn a_secret_as_an_argument_is_refused_with_the_reason_and_never_repeated() {
    for flag in [
        "--client-secret",
        "--client-assertion",
        "--password",
        "--refresh-token",
        "--incoming-token",
    ] {
        let place = Place::new();
        let attached = format!("{flag}=Hunter2~visible");
        for words in [vec![flag, "Hunter2~visible"], vec![attached.as_str()]] {
            let said = place.run(["acquire"].iter().chain(&words)).ended(2).stderr;
            assert!(
                said.contains(flag) && said.contains("visible to every process"),
                "{said}"
            );
            assert!(!said.contains("Hunter2"), "{said}");
        }
        place.holds_no("Hunter2~visible", &[]);
    }
}

#[test]
fn a_password_needs_a_yes_where_nobody_can_be_asked() {
    let watch = Watch::new();
    let place = Place::new().with("WORD", "Hunter2~quiet");
    let authority = watch.authority();
    let words = [
        "acquire",
        "--authority",
        &authority,
        "--client-id",
        CLIENT,
        "--flow",
        "password",
        "--username",
        "ada@contoso.example",
        "--password-env",
        "WORD",
        "--scope",
        "User.Read",
    ];
    let done = place.run(words).ended(2);
    assert!(done.stderr.contains("--yes"), "{}", done.stderr);
    assert!(!watch.was_asked());
}

#[test]
fn a_mistake_in_the_profiles_file_is_named_with_file_line_and_key() {
    let good = "[profile.daemon]\nauthority = 'https://login.microsoftonline.com/contoso.example'\nclient-id = 'x'\n";
    for (line, named) in [
        ("scoops = []", "scoops"),
        ("kind = 'toaster'", "kind"),
        ("secret-env = 'not a variable!'", "secret-env"),
    ] {
        let place = Place::new();
        let path = place.file("config/profiles.toml", format!("{good}{line}\n"));
        for words in [
            &["profile", "list"][..],
            &["acquire", "--profile", "daemon"],
        ] {
            let said = place.run(words).ended(2).stderr;
            let at = format!("{}:4", path.display());
            assert!(said.contains(&at) && said.contains(named), "{line}: {said}");
        }
    }
}

#[test]
fn a_mistake_in_the_settings_is_named_with_file_and_line() {
    let place = Place::new();
    let path = place.file("config/settings.toml", "mouse = true\nhistry = false\n");
    let said = place.say("history").ended(2).stderr;
    assert!(
        said.contains(&format!("{}:2", path.display())) && said.contains("histry"),
        "{said}"
    );
}

#[test]
fn a_certificate_file_that_is_not_there_is_named() {
    let said = refuse(&["--ca-file", "/nowhere/ca.pem"]);
    assert!(said.contains("/nowhere/ca.pem"), "{said}");
}

#[test]
fn invalid_runs_are_a_document_too() {
    let done = Place::new()
        .say("acquire --authority nonsense --client-id x --output json")
        .ended(2);
    let document = done.json();
    assert_eq!(
        (&document["schema"], &document["outcome"]),
        (&1.into(), &"invalid".into())
    );
    assert_eq!(document["exchanges"], serde_json::json!([]));
    for key in ["what", "where", "expected"] {
        assert!(document["problems"][0][key].is_string(), "{document}");
    }
}
