//! `profile import`: what a person already has becomes a profile that acquires.

use super::lab::Lab;
use super::place::Place;

#[test]
fn code_of_a_program_becomes_a_profile_that_acquires_as_the_program_does() {
    let lab = Lab::start();
    let place = Place::new().with("APP_SECRET", lab.secret());
    let code = format!(
        "app = ConfidentialClientApplication(\n    \"{}\",\n    authority=\"{}\",\n    client_credential=os.environ[\"APP_SECRET\"],\n)\n\
         result = app.acquire_token_for_client(scopes=[\"https://graph.microsoft.com/.default\"])\n",
        lab.id("daemon"),
        lab.text("authority"),
    );
    let file = place.file("nightly.py", code);
    let path = file.display().to_string();
    let done = place
        .run(["profile", "import", &path, "--name", "nightly", "--write"])
        .ended(0);
    assert!(
        done.stderr.contains("a program that calls MSAL"),
        "{}",
        done.stderr
    );
    let ca = lab.text("ca").to_owned();
    place
        .run([
            "acquire",
            "--profile",
            "nightly",
            "--ca-file",
            &ca,
            "--output",
            "json",
        ])
        .ended(0);
    let again = place
        .run(["profile", "import", &path, "--name", "nightly", "--write"])
        .ended(2);
    assert!(again.stderr.contains("already"), "{}", again.stderr);
}

#[test]
fn a_secret_in_settings_is_neither_printed_nor_kept() {
    let place = Place::new();
    let secret = "Zx8~Q.1-secret-of-the-settings-file";
    let settings = format!(
        r#"{{ "AzureAd": {{ "TenantId": "contoso.example", "ClientId": "3f0a5c1e-94d7-4b62-a0c8-6b1d2e7f48e1", "ClientSecret": "{secret}" }} }}"#
    );
    let done = place
        .feed("profile import - --write", settings.as_bytes())
        .ended(0);
    assert!(
        done.stdout.contains("secret-env = \"CLIENT_SECRET\""),
        "{}",
        done.stdout
    );
    assert!(done.stderr.contains("It is not kept"), "{}", done.stderr);
    assert!(!(done.stdout + &done.stderr).contains(secret));
    place.holds_no(secret, &[]);
}

#[test]
fn what_the_text_does_not_tell_is_asked_for_by_name() {
    let place = Place::new();
    let page = b"https://entra.microsoft.com/#view/x/appId/3f0a5c1e-94d7-4b62-a0c8-6b1d2e7f48e1";
    let missing = place.feed("profile import -", page).ended(2);
    assert!(missing.stderr.contains("--authority"), "{}", missing.stderr);
    let authority = "--authority https://login.microsoftonline.com/contoso.example";
    let given = place
        .feed(&format!("profile import - --output json {authority}"), page)
        .ended(0)
        .json();
    assert_eq!(
        given["profile"]["client_id"],
        "3f0a5c1e-94d7-4b62-a0c8-6b1d2e7f48e1"
    );
    let nothing = place.feed("profile import -", b"good morning").ended(2);
    assert!(
        nothing.stderr.contains("appsettings.json"),
        "{}",
        nothing.stderr
    );
}

#[test]
fn variables_of_azure_identity_are_read_from_the_environment() {
    let place = Place::new()
        .with("AZURE_TENANT_ID", "contoso.example")
        .with("AZURE_CLIENT_ID", "3f0a5c1e-94d7-4b62-a0c8-6b1d2e7f48e1")
        .with("AZURE_CLIENT_SECRET", "Zx8~Q.1-secret-of-the-environment");
    let done = place.say("profile import --env --name ci").ended(0);
    assert!(done.stdout.starts_with("[profile.ci]"), "{}", done.stdout);
    assert!(
        done.stdout.contains("secret-env = \"AZURE_CLIENT_SECRET\""),
        "{}",
        done.stdout
    );
    assert!(!done.stdout.contains("Zx8"), "{}", done.stdout);
}

#[test]
fn a_profile_is_printed_as_settings_of_other_programs_and_as_a_call() {
    let place = Place::new();
    place.file(
        "config/profiles.toml",
        "[profile.ci]\nauthority = 'https://login.microsoftonline.com/contoso.example'\nclient-id = '3f0a5c1e-94d7-4b62-a0c8-6b1d2e7f48e1'\n\
         kind = 'daemon'\nsecret-env = 'CONTOSO_SECRET'\nscopes = ['https://graph.microsoft.com/.default']\n",
    );
    for (form, expected) in [
        ("toml", "secret-env = \"CONTOSO_SECRET\""),
        ("environment", "AZURE_CLIENT_SECRET=${CONTOSO_SECRET}"),
        ("appsettings", "\"SourceType\": \"ClientSecret\""),
        ("msal-python", "ConfidentialClientApplication("),
        ("azure-cli", "az login --service-principal"),
    ] {
        let done = place
            .say(&format!("profile export ci --as {form}"))
            .ended(0);
        assert!(done.stdout.contains(expected), "{form}: {}", done.stdout);
    }
    let exported = place
        .say("profile export ci --as environment")
        .ended(0)
        .stdout;
    let again = place.feed("profile import - --output json", exported.as_bytes());
    let again = again.ended(0).json();
    assert_eq!(
        again["profile"]["client_id"],
        "3f0a5c1e-94d7-4b62-a0c8-6b1d2e7f48e1"
    );
    let wrong = place.say("profile export ci --as yaml").ended(2).stderr;
    assert!(
        wrong.contains("appsettings") && wrong.contains("msal-go"),
        "{wrong}"
    );
    let nobody = place.say("profile export nobody").ended(2).stderr;
    assert!(nobody.contains("one of ci"), "{nobody}");
}

#[test]
fn settings_that_are_printed_are_read_as_the_same_client() {
    let place = Place::new();
    let client = "3f0a5c1e-94d7-4b62-a0c8-6b1d2e7f48e1";
    for (credential, member) in [
        ("secret-env = 'AZURE_CLIENT_SECRET'", "env"),
        ("certificate-file = \"/etc/it's a.pem\"", "certificate_file"),
        ("assertion-file = '/run/token'", "assertion_file"),
    ] {
        place.file(
            "config/profiles.toml",
            format!(
                "[profile.ci]\nauthority = 'https://login.microsoftonline.us/contoso.example'\nclient-id = '{client}'\n\
                 kind = 'daemon'\nflow = 'client-credentials'\n{credential}\n"
            ),
        );
        for form in ["environment", "appsettings"] {
            let exported = place
                .say(&format!("profile export ci --as {form}"))
                .ended(0)
                .stdout;
            let again = place.feed("profile import - --output json", exported.as_bytes());
            let again = &again.ended(0).json()["profile"];
            assert_eq!(again["client_id"], client, "{form}: {exported}");
            let authority = "https://login.microsoftonline.us/contoso.example";
            assert_eq!(again["authority"], authority, "{form}: {exported}");
            let secret = again["secret"].to_string();
            assert!(secret.contains(member), "{form}: {exported}\n{again}");
        }
    }
}

#[test]
fn a_call_asks_the_sign_in_page_for_what_the_profile_asks_it_for() {
    let place = Place::new();
    place.file(
        "config/profiles.toml",
        "[profile.desk]\nauthority = 'https://login.microsoftonline.com/contoso.example'\nclient-id = '3f0a5c1e-94d7-4b62-a0c8-6b1d2e7f48e1'\n\
         kind = 'desktop'\nscopes = ['User.Read']\nflow = 'interactive'\n\
         authorize = { prompt = 'select_account', domain-hint = 'contoso.example', max-age = 600, extra = { mkt = 'de-DE' } }\n",
    );
    for form in ["msal-python", "msal-dotnet", "msal-js", "msal-go"] {
        let done = place
            .say(&format!("profile export desk --as {form}"))
            .ended(0);
        for word in ["max_age", "mkt"] {
            assert!(done.stdout.contains(word), "{form} {word}: {}", done.stdout);
        }
        // MSAL Go always lets the person choose an account, and has no word for it.
        let prompt = done.stdout.to_lowercase().replace('_', "");
        let chosen = form == "msal-go" || prompt.contains("selectaccount");
        assert!(chosen, "{form}: {}", done.stdout);
    }
}
