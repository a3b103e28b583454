//! `profile export`: a profile as its entry, as the settings of another program, or as a call.

use clap::Args;

use super::super::out;
use crate::model::{
    ClientAssertion, ClientCertificate, Credential, CredentialRef, Ending, Moment, Outcome,
    Problem, Profile, Run, RunId, RunSpec, Secret, SecretKind, Stage,
};
use crate::redact::Redactor;
use crate::report::code::{self, Language};
use crate::report::settings::{self, Settings};
use crate::settings::profiles;
use crate::strings::export as say;

/// The word for the entry itself.
const TOML: &str = "toml";

/// Which, and how.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The profile
    name: String,
    /// toml (its entry), environment (variables of azure-identity), appsettings (Microsoft.Identity.Web), or the call in
    /// msal-python, msal-dotnet, msal-js, msal-go or azure-cli; secrets are variables or holes in it
    #[arg(long = "as", value_name = "FORM", default_value = TOML)]
    form: String,
}

/// Prints a profile.
///
/// # Errors
/// No such profile or form, or a form that cannot hold it.
pub(super) fn perform(asked: &Arguments, all: &[Profile], key: [u8; 16]) -> Result<(), Problem> {
    let named = all.iter().find(|profile| profile.name == asked.name);
    let profile = named.ok_or_else(|| {
        let known: Vec<&str> = all.iter().map(|profile| profile.name.as_str()).collect();
        let expected = say::expected_name(&known.join(", "));
        Problem::new(format!("`{}`", asked.name), "NAME", expected)
    })?;
    let cannot = |why: &str| Problem::new(why, "--as", say::EXPECTED_OTHER);
    let word = asked.form.as_str();
    let text = if word == TOML {
        profiles::entry(profile)
    } else if let Some(kind) = Settings::from_word(word) {
        settings::settings(profile, kind).map_err(cannot)?
    } else if let Some(language) = language(word) {
        let run = Redactor::new(key).run(&run(profile));
        code::code(&run, language).map_err(cannot)?.into_inner()
    } else {
        let settings = Settings::ALL.map(Settings::word);
        let calls = Language::ALL
            .into_iter()
            .filter(|one| *one != Language::Curl);
        let words = std::iter::once(TOML)
            .chain(settings)
            .chain(calls.map(Language::word));
        let words: Vec<&str> = words.collect();
        return Err(Problem::new(format!("`{word}`"), "--as", words.join(", ")));
    };
    out::print(&text);
    Ok(())
}

/// A language in which a call can be written before it was ever made: curl repeats the requests of a run.
fn language(word: &str) -> Option<Language> {
    Language::from_word(word).filter(|language| *language != Language::Curl)
}

/// A run of the profile that has not been made.
fn run(profile: &Profile) -> Run {
    let spec = RunSpec {
        profile: Some(profile.name.clone()),
        client_kind: profile.client_kind,
        scopes: profile.scopes.clone(),
        credential: credential(&profile.credential),
        username: profile.username.clone(),
        presented: profile.presented.clone(),
        redirect_uri: profile.redirect_uri.clone(),
        asking: profile.asking.clone(),
        ..RunSpec::new(
            profile.authority.clone(),
            profile.client_id.as_str(),
            profile.flow,
        )
    };
    Run {
        id: RunId::default(),
        spec,
        started: Moment::default(),
        stage: Stage::Ended(Box::new(Ending::new(Outcome::Cancelled, Moment::default()))),
        exchanges: Vec::new(),
        events: Vec::new(),
        simulated: false,
        from_history: false,
    }
}

/// What kind of credential it is and where it is found; the secret itself is not looked at.
fn credential(at: &CredentialRef) -> Credential {
    let nothing = |kind| Secret::new(kind, "");
    match at {
        CredentialRef::None => Credential::Public,
        CredentialRef::Certificate(at) => Credential::Certificate(Box::new(ClientCertificate {
            key: nothing(SecretKind::PrivateKey),
            certificate: nothing(SecretKind::Other),
            password: None,
            at: at.clone(),
        })),
        CredentialRef::Assertion(from) => Credential::Assertion(ClientAssertion {
            token: nothing(SecretKind::Assertion),
            from: from.clone(),
        }),
        _ => Credential::Ask,
    }
}
