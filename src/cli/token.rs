//! `token`: lay a token open, check it, compare it with another. A token is a secret, so none is taken as an argument.

mod source;

use std::path::PathBuf;

use clap::Args;
use serde_json::{Value as Json, json};

use super::sending::Sending;
use super::{Output, differing, out};
use crate::compare::{self, Difference};
use crate::decode::jwt;
use crate::guide;
use crate::model::{
    Authority, Problem, Redacted, Secret, SecretKind, SendOptions, TokenView, Unchecked, Verdict,
    Verification,
};
use crate::ports::Ports;
use crate::redact::Redactor;
use crate::report;
use crate::session::{self, Checking, KeySource};
use crate::settings::credentials::{self, Source};
use crate::strings::{cli as say, token as words};

/// Arguments of `token`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// A file that holds a token, or - for standard input; a second one is compared with it. Neither: a prompt
    #[arg(value_name = "PATH")]
    paths: Vec<String>,
    /// Variable that holds a token; repeat to compare two
    #[arg(long = "env", value_name = "NAME")]
    variables: Vec<String>,
    /// Check the signature against the issuer's keys, and the times (asks the issuer over the network)
    #[arg(long)]
    verify: bool,
    /// Check against the keys of this file (a JWKS) instead: nothing is asked of anybody
    #[arg(
        long,
        value_name = "FILE",
        requires = "verify",
        conflicts_with = "authority"
    )]
    jwks: Option<PathBuf>,
    /// Check against the keys of this authority instead of those of the issuer that the token names
    #[arg(long, value_name = "URL", requires = "verify")]
    authority: Option<String>,
    /// Whom the token must be for
    #[arg(long, value_name = "AUDIENCE", requires = "verify")]
    audience: Option<String>,
    /// Variable that holds the secret of an HMAC signature (HS256 …): the client secret
    #[arg(long, value_name = "NAME", requires = "verify")]
    hmac_secret_env: Option<String>,
    #[arg(long, hide = true, value_name = "X")]
    hmac_secret: Option<String>,
    #[command(flatten)]
    sending: Sending,
    /// A host beside the issuer's own that may hold its keys
    #[arg(long = "trust-host", value_name = "HOST")]
    trusted_hosts: Vec<String>,
    /// How the answer is printed
    #[arg(long, value_name = "HOW", default_value = "text")]
    output: Output,
}

/// One token, and what is told of it.
struct Told {
    token: Secret,
    view: Redacted<TokenView>,
    found: Option<Redacted<Verification>>,
}

/// Runs the verb; the exit code.
pub(super) fn run(arguments: &Arguments, ports: &Ports) -> u8 {
    match answer(arguments, ports) {
        Ok(code) => code,
        Err(problem) => {
            out::problem(&problem);
            2
        }
    }
}

fn answer(arguments: &Arguments, ports: &Ports) -> Result<u8, Problem> {
    if arguments.hmac_secret.is_some() {
        let expected = say::EXPECTED_SECRET_ELSEWHERE;
        return Err(Problem::new(
            say::SECRET_IN_ARGUMENT,
            "--hmac-secret",
            expected,
        ));
    }
    let tokens = source::tokens(&arguments.paths, &arguments.variables, ports.into())?;
    let found = if arguments.verify {
        verify(arguments, &tokens, ports)?
    } else {
        Vec::new()
    };
    let redactor = Redactor::new([0; 16]);
    let now = ports.clock.now();
    let codes = exit_code(&found);
    let mut found = found.into_iter();
    let tell = |token: Secret| Told {
        view: redactor.token(&guide::token::open(&token, now)),
        found: found.next().map(|found| redactor.verification(&found)),
        token,
    };
    let told: Vec<Told> = tokens.into_iter().map(tell).collect();
    match arguments.output {
        Output::Json => out::document(&document(&told, &redactor)),
        Output::Text => out::print(&text(&told, &redactor)),
    }
    Ok(codes)
}

fn verify(
    arguments: &Arguments,
    tokens: &[Secret],
    ports: &Ports,
) -> Result<Vec<Verification>, Problem> {
    let checking = checking(arguments, ports)?;
    let options = options(arguments);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let runtime = runtime.map_err(|error| Problem::new(error.to_string(), "--verify", ""))?;
    let all = async {
        let mut found = Vec::new();
        for token in tokens {
            found.push(session::check_token(token, &checking, &options, ports).await?);
        }
        Ok(found)
    };
    let found = runtime.block_on(all);
    runtime.shutdown_background();
    found
}

fn checking(arguments: &Arguments, ports: &Ports) -> Result<Checking, Problem> {
    let keys = match (&arguments.jwks, &arguments.authority) {
        (Some(path), _) => KeySource::File {
            path: path.display().to_string(),
            text: crate::session::text_file(path).map_err(|problem| Problem {
                expected: say::EXPECTED_JWKS.into(),
                ..problem
            })?,
        },
        (None, Some(text)) => {
            let authority = Authority::parse(text).map_err(|problem| problem.at("--authority"))?;
            KeySource::Authority(authority)
        }
        (None, None) => KeySource::Issuer,
    };
    let secret = arguments.hmac_secret_env.as_deref().map(|name| {
        let kind = SecretKind::ClientSecret;
        credentials::fetch(Source::Env(name), kind, ports.into()).map_err(|problem| Problem {
            at: format!("--hmac-secret-env {}", problem.at),
            ..problem
        })
    });
    Ok(Checking {
        keys,
        secret: secret.transpose()?,
        audience: arguments.audience.clone(),
    })
}

fn options(arguments: &Arguments) -> SendOptions {
    SendOptions {
        trusted_hosts: arguments.trusted_hosts.clone(),
        ..arguments.sending.options()
    }
}

/// Where a check was asked for, only a verified token is a success; an issuer that does not answer is told apart.
fn exit_code(found: &[Verification]) -> u8 {
    let any = |verdict| found.iter().any(|found| found.verdict() == verdict);
    let silent =
        |found: &Verification| matches!(found.why_unchecked(), Some(Unchecked::Unreachable { .. }));
    if any(Verdict::Failed) {
        1
    } else if found.iter().any(silent) {
        5
    } else {
        u8::from(any(Verdict::NotChecked))
    }
}

/// How the two tokens differ; `None` if one of them cannot be read.
fn differences(told: &[Told], redactor: &Redactor) -> Option<Vec<Difference>> {
    let [left, right] = told else { return None };
    let read = |told: &Told| jwt::parse(told.token.reveal());
    let mut found = compare::tokens(&read(left)?, &read(right)?);
    differing::redact(&mut found, redactor);
    Some(found)
}

fn document(told: &[Told], redactor: &Redactor) -> Json {
    let tokens = told
        .iter()
        .map(|told| report::token::json(&told.view, told.found.as_ref()));
    let tokens: Vec<Json> = tokens.collect();
    let comparison = (told.len() == 2).then(|| {
        let found = differences(told, redactor);
        let list = differing::json(found.as_deref().unwrap_or_default());
        json!({ "comparable": found.is_some(), "differences": list })
    });
    json!({ "schema": 1, "tokens": tokens, "comparison": comparison })
}

fn text(told: &[Told], redactor: &Redactor) -> String {
    if let [one] = told {
        return report::token::text(&one.view, one.found.as_ref());
    }
    let mut out = String::new();
    for (label, told) in [words::FIRST, words::SECOND].into_iter().zip(told) {
        out.push_str(&report::token::short(
            label,
            &told.view,
            told.found.as_ref(),
        ));
    }
    out.push('\n');
    match differences(told, redactor) {
        Some(found) => out.push_str(&differing::text(&found)),
        None => out = out + words::NOT_COMPARABLE + "\n",
    }
    out
}
