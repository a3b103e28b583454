//! From flags to the spec of a run. Everything malformed is found here, before anything is sent.

mod asking;
mod calling;
mod certificate;
mod client;
mod extending;
mod kept;
mod presented;
mod retry;

use std::path::PathBuf;

use clap::Args;

use super::sending::Sending;
use super::{Common, prompt, setup};
use crate::model::identity::MACHINE_CLIENT;
use crate::model::{
    Authority, ClientKind, Credential, Flow, IdentityRef, Problem, Profile, RunSpec, Secret,
    SecretKind, SendOptions,
};
use crate::ports::Ports;
use crate::settings;
use crate::settings::credentials::{Places, Source};
use crate::strings::{claims as words, cli as say};

/// What is asked for.
#[derive(Debug, Args)]
pub(super) struct Asked {
    /// A profile of the profiles file
    #[arg(long, value_name = "NAME")]
    profile: Option<String>,
    /// The authority, e.g. `https://login.microsoftonline.com/<tenant>`
    #[arg(long, value_name = "URL")]
    authority: Option<String>,
    /// The application (client) id
    #[arg(long, value_name = "ID")]
    client_id: Option<String>,
    /// silent, interactive, device-code, ciba, client-credentials, password, refresh-token, on-behalf-of,
    /// token-exchange, jwt-bearer, saml-bearer, user-fic or managed-identity
    #[arg(long, value_name = "FLOW")]
    flow: Option<String>,
    /// A scope; repeat for more
    #[arg(long = "scope", value_name = "SCOPE")]
    scopes: Vec<String>,
    /// The user: a hint, or whose password it is
    #[arg(long, value_name = "USER")]
    username: Option<String>,
    /// A claims request, as JSON
    #[arg(long, value_name = "JSON")]
    claims: Option<String>,
    /// File that holds the claims: a WWW-Authenticate header, a recorded call, a reply, JSON or base64; - for input
    #[arg(long, value_name = "PATH")]
    claims_from: Option<PathBuf>,
    /// Redirect URI of the interactive flow
    #[arg(long, value_name = "URI")]
    redirect_uri: Option<String>,
    #[command(flatten)]
    calling: calling::Calling,
    /// A client capability, e.g. cp1
    #[arg(long = "capability", value_name = "NAME")]
    capabilities: Vec<String>,
    /// A token cache file of this client (MSAL's format): looked in by silent, and what comes is kept there
    #[arg(long, value_name = "PATH")]
    cache_file: Option<PathBuf>,
    /// Silent: pass over the held access token
    #[arg(long)]
    force_refresh: bool,
    #[command(flatten)]
    sending: Sending,
    #[command(flatten)]
    retrying: retry::Retrying,
    /// A host beside the authority's own that credentials may go to
    #[arg(long = "trust-host", value_name = "HOST")]
    trusted_hosts: Vec<String>,
    #[command(flatten)]
    client: client::Named,
    #[command(flatten)]
    presented: presented::Presenting,
    #[command(flatten)]
    asking: asking::OfThePage,
    #[command(flatten)]
    extending: extending::Extending,
    /// The user-assigned managed identity: `client_id=ID`, `object_id=ID` or `resource_id=PATH`
    #[arg(long, value_name = "NAME=VALUE")]
    identity: Option<String>,
    /// Variable that holds the password
    #[arg(long, value_name = "NAME")]
    password_env: Option<String>,
    /// File that holds the password
    #[arg(long, value_name = "PATH")]
    password_file: Option<PathBuf>,
    /// Variable that holds the refresh token
    #[arg(long, value_name = "NAME")]
    refresh_token_env: Option<String>,
    /// File that holds the refresh token
    #[arg(long, value_name = "PATH")]
    refresh_token_file: Option<PathBuf>,
    #[command(flatten)]
    kept: kept::Kept,
    /// Variable that holds the access token that this API was called with
    #[arg(long, value_name = "NAME")]
    incoming_token_env: Option<String>,
    /// File that holds it
    #[arg(long, value_name = "PATH")]
    incoming_token_file: Option<PathBuf>,
    #[arg(long, hide = true, value_name = "X")]
    password: Option<String>,
    #[arg(long, hide = true, value_name = "X")]
    refresh_token: Option<String>,
    #[arg(long, hide = true, value_name = "X")]
    incoming_token: Option<String>,
    /// Confirm the password flow without being asked
    #[arg(long)]
    yes: bool,
}

impl Asked {
    /// Whether a server that asked to be left alone is heeded.
    pub(super) const fn heeds_throttle(&self) -> bool {
        self.retrying.heeds_throttle()
    }
}

/// The spec of the run that is asked for.
///
/// # Errors
/// The first problem, with the flag or the file, line and key it is about.
pub(super) fn build(common: &Common, asked: &Asked, ports: &Ports) -> Result<RunSpec, Problem> {
    refuse_secret_arguments(asked)?;
    let profile = asked
        .profile
        .as_deref()
        .map(|name| find_profile(common, name))
        .transpose()?;
    let mut spec = outline(asked, profile.as_ref())?;
    asked.kept.refuse_lonely_seal(&spec)?;
    let places = Places::from(ports);
    let method = asked.client.secret_method()?;
    spec.options.secret_method = method.or(profile.as_ref().and_then(|p| p.secret_method));
    let own = profile.map(|profile| profile.credential);
    asked
        .client
        .prove(&mut spec, own.unwrap_or_default(), places)?;
    password(&mut spec, asked, places)?;
    refresh_token(&mut spec, asked, places)?;
    incoming_token(&mut spec, asked, places)?;
    asked
        .presented
        .name_user(&mut spec, asked.username.is_some());
    asked.presented.fill(&mut spec, places)?;
    Ok(spec)
}

fn password(spec: &mut RunSpec, asked: &Asked, places: Places<'_>) -> Result<(), Problem> {
    if spec.flow != Flow::Password {
        return Ok(());
    }
    if !(asked.yes || prompt::confirm(say::CONFIRM_PASSWORD)) {
        return Err(Problem::new(
            say::NOT_CONFIRMED,
            "--flow password",
            say::EXPECTED_YES,
        ));
    }
    spec.password = Some(secret(
        asked
            .kept
            .password()
            .or_else(|| source(asked.password_env.as_ref(), asked.password_file.as_ref())),
        SecretKind::Password,
        say::ASK_PASSWORD,
        "--password-env",
        places,
    )?);
    Ok(())
}

fn refresh_token(spec: &mut RunSpec, asked: &Asked, places: Places<'_>) -> Result<(), Problem> {
    let (variable, file) = (&asked.refresh_token_env, &asked.refresh_token_file);
    let named = asked.kept.refresh_token();
    let named = named.or_else(|| source(variable.as_ref(), file.as_ref()));
    if spec.flow == Flow::Silent && named.is_none() && spec.cache_file.is_none() {
        return Err(Problem::new(
            say::SILENT_NEEDS,
            "--flow silent",
            say::EXPECTED_SILENT,
        ));
    }
    if named.is_none() && spec.flow != Flow::RefreshToken {
        return Ok(());
    }
    let token = secret(
        named,
        SecretKind::RefreshToken,
        say::ASK_REFRESH_TOKEN,
        "--refresh-token-env",
        places,
    )?;
    spec.refresh_token = Some(token);
    spec.flow = Flow::RefreshToken;
    Ok(())
}

fn incoming_token(spec: &mut RunSpec, asked: &Asked, places: Places<'_>) -> Result<(), Problem> {
    let named = asked.incoming_token_env.is_some() || asked.incoming_token_file.is_some();
    if spec.flow != Flow::OnBehalfOf {
        return if named {
            let expected = "--flow on-behalf-of";
            Err(Problem::new(
                say::INCOMING_UNUSED,
                "--incoming-token",
                expected,
            ))
        } else {
            Ok(())
        };
    }
    spec.incoming_token = Some(secret(
        source(
            asked.incoming_token_env.as_ref(),
            asked.incoming_token_file.as_ref(),
        ),
        SecretKind::AccessToken,
        say::ASK_INCOMING_TOKEN,
        "--incoming-token-env",
        places,
    )?);
    Ok(())
}

fn refuse_secret_arguments(asked: &Asked) -> Result<(), Problem> {
    let arguments = [
        ("--password", &asked.password),
        ("--refresh-token", &asked.refresh_token),
        ("--incoming-token", &asked.incoming_token),
    ];
    let flag = arguments.iter().find(|(_, value)| value.is_some());
    let flag = flag.map(|(flag, _)| *flag);
    let own = asked.client.secret_argument();
    match own.or(asked.presented.secret_argument()).or(flag) {
        Some(flag) => Err(Problem::new(
            say::SECRET_IN_ARGUMENT,
            flag,
            say::EXPECTED_SECRET_ELSEWHERE,
        )),
        None => Ok(()),
    }
}

fn find_profile(common: &Common, name: &str) -> Result<Profile, Problem> {
    let path = setup::paths(common)?.profiles();
    let profiles = settings::profiles::load(&path)?;
    let known: Vec<String> = profiles
        .iter()
        .map(|profile| profile.name.clone())
        .collect();
    profiles
        .into_iter()
        .find(|profile| profile.name == name)
        .ok_or_else(|| {
            Problem::new(
                say::no_profile(name, &path.display().to_string()),
                "--profile",
                known.join(", "),
            )
        })
}

fn outline(asked: &Asked, profile: Option<&Profile>) -> Result<RunSpec, Problem> {
    let flow = match &asked.flow {
        Some(word) => Flow::from_word(word)
            .ok_or_else(|| Problem::new(format!("`{word}`"), "--flow", say::EXPECTED_FLOW))?,
        None => profile.map_or(Flow::Interactive, |profile| profile.flow),
    };
    if asked.force_refresh && flow != Flow::Silent {
        let expected = "--flow silent";
        return Err(Problem::new(say::FORCE_UNUSED, "--force-refresh", expected));
    }
    let authority = authority(asked, profile, flow)?;
    let client_id = client_id(asked, profile, flow)?;
    let identity = asked.identity.as_deref().map(IdentityRef::parse);
    let identity = identity
        .transpose()
        .map_err(|problem| problem.at("--identity"))?;
    let scopes = if asked.scopes.is_empty() {
        profile.map(|p| p.scopes.clone()).unwrap_or_default()
    } else {
        asked.scopes.clone()
    };
    Ok(RunSpec {
        profile: profile.map(|profile| profile.name.clone()),
        authority,
        client_id,
        client_kind: match profile {
            _ if flow == Flow::ManagedIdentity => ClientKind::Daemon,
            Some(profile) => profile.client_kind,
            None => ClientKind::Desktop,
        },
        flow,
        scopes,
        credential: Credential::Public,
        username: asked.username.clone().or_else(|| profile?.username.clone()),
        password: None,
        refresh_token: None,
        incoming_token: None,
        presented: profile.map(|p| p.presented.clone()).unwrap_or_default(),
        identity,
        claims: claims(asked)?,
        force_refresh: asked.force_refresh,
        redirect_uri: asked
            .redirect_uri
            .clone()
            .or_else(|| profile?.redirect_uri.clone()),
        asking: asked.asking.over(profile.map(|p| &p.asking))?,
        api: asked.calling.over(profile.and_then(|p| p.api.as_ref()))?,
        extensions: asked.extending.over(profile.map(|p| &p.extensions))?,
        capabilities: asked.capabilities.clone(),
        cache_file: asked
            .cache_file
            .clone()
            .or_else(|| profile?.cache_file.clone()),
        options: options(asked, profile)?,
    })
}

/// The claims that are asked for, out of the flag or a file.
fn claims(asked: &Asked) -> Result<Option<String>, Problem> {
    match (&asked.claims, &asked.claims_from) {
        (Some(_), Some(_)) => Err(Problem::new(words::TWICE, "--claims-from", words::ONE)),
        (own, None) => Ok(own.clone()),
        (None, Some(path)) => super::claims::from(path).map(Some),
    }
}

/// Whom to ask; a machine needs no name for itself.
fn authority(asked: &Asked, profile: Option<&Profile>, flow: Flow) -> Result<Authority, Problem> {
    Ok(match (&asked.authority, profile) {
        (Some(text), _) => Authority::parse(text).map_err(|problem| problem.at("--authority"))?,
        (None, Some(profile)) => profile.authority.clone(),
        (None, None) if flow == Flow::ManagedIdentity => Authority::of_machine(),
        (None, None) => {
            return Err(Problem::new(
                say::missing("the authority"),
                "--authority",
                say::EXPECTED_CLIENT,
            ));
        }
    })
}

fn client_id(asked: &Asked, profile: Option<&Profile>, flow: Flow) -> Result<String, Problem> {
    let client_id = asked
        .client_id
        .clone()
        .or_else(|| profile.map(|profile| profile.client_id.clone()));
    let machine = (flow == Flow::ManagedIdentity).then(|| MACHINE_CLIENT.to_owned());
    client_id.or(machine).ok_or_else(|| {
        Problem::new(
            say::missing("the client id"),
            "--client-id",
            say::EXPECTED_CLIENT,
        )
    })
}

fn options(asked: &Asked, profile: Option<&Profile>) -> Result<SendOptions, Problem> {
    let options = asked.sending.options();
    let own = || profile?.ca_file.clone();
    Ok(SendOptions {
        ca_file: options.ca_file.or_else(own),
        retry: asked.retrying.policy(profile)?,
        trusted_hosts: asked.trusted_hosts.clone(),
        seal_cache: asked.kept.encrypts_cache()
            || profile.is_some_and(|profile| profile.seal_cache),
        ..options
    })
}

/// The variable or file that is named.
fn source<'a>(variable: Option<&'a String>, file: Option<&'a PathBuf>) -> Option<Source<'a>> {
    let file = file.map(|path| Source::File(path));
    variable.map(|name| Source::Env(name)).or(file)
}

/// The secret of the place that is named, else what is typed at the prompt.
fn secret(
    source: Option<Source<'_>>,
    kind: SecretKind,
    question: &str,
    flag: &str,
    places: Places<'_>,
) -> Result<Secret, Problem> {
    let Some(source) = source else {
        let instead = format!("{flag} NAME, or a terminal to ask at");
        return prompt::secret(kind, question, &instead);
    };
    settings::credentials::fetch(source, kind, places).map_err(|problem| Problem {
        at: format!("{flag} {}", problem.at).trim_end().to_owned(),
        ..problem
    })
}
