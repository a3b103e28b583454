//! How the client proves itself, as flags say it or its profile does.

use std::path::PathBuf;

use clap::Args;

use super::certificate::{self, Certified};
use super::prompt;
use crate::model::federated::Federation;
use crate::model::{
    AssertionRef, CertificateMethod, ClientKind, Credential, CredentialRef, Flow, Problem, RunSpec,
    SecretKind, SecretMethod,
};
use crate::settings::credentials::{self, Places};
use crate::strings::cli as say;

/// The client's credential: one of these, or none.
#[derive(Debug, Args)]
pub(super) struct Named {
    /// Variable that holds the client secret
    #[arg(long, value_name = "NAME")]
    client_secret_env: Option<String>,
    /// File that holds the client secret
    #[arg(long, value_name = "PATH")]
    client_secret_file: Option<PathBuf>,
    /// What the system's keyring keeps the client secret as (`tokenscope keyring set NAME`)
    #[arg(long, value_name = "NAME")]
    client_secret_keyring: Option<String>,
    /// How the secret is used: `client_secret_post`, `client_secret_basic` or `client_secret_jwt` (HS256)
    #[arg(long, value_name = "METHOD")]
    secret_method: Option<String>,
    #[command(flatten)]
    certificate: Certified,
    /// Variable that holds an assertion: the token of an issuer that the registration trusts
    #[arg(long, value_name = "NAME")]
    client_assertion_env: Option<String>,
    /// File that holds such an assertion
    #[arg(long, value_name = "PATH")]
    client_assertion_file: Option<PathBuf>,
    /// Who gives such an assertion: `azure` (the file that `AZURE_FEDERATED_TOKEN_FILE` names; usual), `kubernetes` (the
    /// projected token of a pod) or `github` (asked for in a job of GitHub Actions)
    #[arg(long, value_name = "SOURCE", num_args = 0..=1, default_missing_value = "azure")]
    federated_token: Option<String>,
    #[arg(long, hide = true, value_name = "X")]
    client_secret: Option<String>,
    #[arg(long, hide = true, value_name = "X")]
    client_assertion: Option<String>,
}

impl Named {
    /// The flag that was given a secret itself.
    pub(super) fn secret_argument(&self) -> Option<&'static str> {
        let arguments = [
            ("--client-secret", &self.client_secret),
            ("--client-assertion", &self.client_assertion),
        ];
        let given = arguments.iter().find(|(_, value)| value.is_some());
        given
            .map(|(flag, _)| *flag)
            .or(self.certificate.secret_argument())
    }

    /// Fills the client's credential in, asking for a secret where one is needed and none is named.
    ///
    /// # Errors
    /// More than one credential, or one that is not where it should be.
    pub(super) fn prove(
        &self,
        spec: &mut RunSpec,
        own: CredentialRef,
        places: Places<'_>,
    ) -> Result<(), Problem> {
        let named = self.reference()?;
        if spec.flow == Flow::ManagedIdentity {
            return Ok(());
        }
        let nothing = named.is_none() && own == CredentialRef::None;
        let alone = matches!(
            spec.flow,
            Flow::ClientCredentials | Flow::OnBehalfOf | Flow::UserFic | Flow::Ciba
        );
        if nothing && !alone {
            return Ok(());
        }
        let (flag, source) = named.unwrap_or(("--client-secret-env", own));
        let found = credentials::client(&source, places).map_err(|problem| Problem {
            at: format!("{flag} {}", problem.at).trim_end().to_owned(),
            ..problem
        })?;
        spec.credential = match found {
            Some(Credential::Certificate(given)) => {
                Credential::Certificate(certificate::unlocked(given)?)
            }
            Some(credential) => credential,
            None => Credential::Secret(prompt::secret(
                SecretKind::ClientSecret,
                say::ASK_CLIENT_SECRET,
                say::EXPECTED_CREDENTIAL,
            )?),
        };
        let proves = spec.credential.in_handshake() != Some(CertificateMethod::Binding);
        if spec.client_kind == ClientKind::Desktop && proves {
            spec.client_kind = match spec.flow {
                Flow::ClientCredentials | Flow::UserFic => ClientKind::Daemon,
                Flow::OnBehalfOf | Flow::TokenExchange => ClientKind::Api,
                Flow::Silent
                | Flow::Interactive
                | Flow::DeviceCode
                | Flow::Ciba
                | Flow::Password
                | Flow::RefreshToken
                | Flow::JwtBearer
                | Flow::SamlBearer
                | Flow::ManagedIdentity
                | Flow::AdminConsent => ClientKind::Web,
            };
        }
        Ok(())
    }

    /// How the secret is used, where that is said.
    ///
    /// # Errors
    /// A way that is none.
    pub(super) fn secret_method(&self) -> Result<Option<SecretMethod>, Problem> {
        let named = self.secret_method.as_deref().map(|word| {
            let all = SecretMethod::ALL.map(SecretMethod::word).join(", ");
            let wrong = || Problem::new(format!("`{word}`"), "--secret-method", all);
            SecretMethod::from_word(word).ok_or_else(wrong)
        });
        named.transpose()
    }

    /// The one that is named, with the flag that names it.
    fn reference(&self) -> Result<Option<(&'static str, CredentialRef)>, Problem> {
        let federated = self.federated_token.as_deref();
        let federated = federated.map(|word| Federation::parse(word, "--federated-token"));
        let env = |name: &Option<String>| name.clone().map(AssertionRef::Env);
        let file = |path: &Option<PathBuf>| path.clone().map(AssertionRef::File);
        let assertion = |from: Option<AssertionRef>| from.map(CredentialRef::Assertion);
        let secret_file = self.client_secret_file.clone();
        let secret_keyring = self.client_secret_keyring.clone();
        let named = [
            self.client_secret_env.clone().map(CredentialRef::Env),
            secret_file.map(CredentialRef::File),
            secret_keyring.map(CredentialRef::Keyring),
            self.certificate
                .reference()?
                .map(CredentialRef::Certificate),
            assertion(env(&self.client_assertion_env)),
            assertion(file(&self.client_assertion_file)),
            assertion(federated.transpose()?.map(Federation::reference)),
        ];
        let mut named = FLAGS
            .iter()
            .zip(named)
            .filter_map(|(flag, at)| Some((*flag, at?)));
        match (named.next(), named.next()) {
            (one, None) => Ok(one),
            (_, Some((flag, _))) => {
                let expected = say::EXPECTED_ONE_CREDENTIAL;
                Err(Problem::new(say::TWO_CREDENTIALS, flag, expected))
            }
        }
    }
}

/// The flags that name a credential.
const FLAGS: [&str; 7] = [
    "--client-secret-env",
    "--client-secret-file",
    "--client-secret-keyring",
    "--client-certificate",
    "--client-assertion-env",
    "--client-assertion-file",
    "--federated-token",
];
