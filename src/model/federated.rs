//! Where a workload finds the token that another issuer gave it: the conventions of workload identity.

use std::path::Path;

use url::Url;

use super::authority::is_loopback;
use super::{AssertionRef, Authority, Problem, Secret, SecretKind};
use crate::strings::federated as say;

/// The variable that names the file of a federated token where workload identity is set up (the convention of
/// azure-identity and of the Kubernetes webhook).
pub const FEDERATED_TOKEN_FILE: &str = "AZURE_FEDERATED_TOKEN_FILE";

/// The file that the webhook of Azure Workload Identity projects a pod's token into.
pub const PROJECTED_TOKEN: &str = "/var/run/secrets/azure/tokens/azure-identity-token";

/// The variable that holds where a job of GitHub Actions asks for its token.
pub const JOB_URL: &str = "ACTIONS_ID_TOKEN_REQUEST_URL";

/// The variable that holds what the job shows there.
pub const JOB_TOKEN: &str = "ACTIONS_ID_TOKEN_REQUEST_TOKEN";

/// Set to `true` in every job of GitHub Actions.
const JOB: &str = "GITHUB_ACTIONS";

/// Who gives a workload its token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Federation {
    /// Whoever set [`FEDERATED_TOKEN_FILE`].
    Azure,
    /// The cluster that projected [`PROJECTED_TOKEN`].
    Kubernetes,
    /// GitHub, asked anew for every run.
    GitHub,
}

impl Federation {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Azure, Self::Kubernetes, Self::GitHub];

    /// The word on the command line and in files.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Azure => "azure",
            Self::Kubernetes => "kubernetes",
            Self::GitHub => "github",
        }
    }

    /// Reads the word; `at` is where it stands.
    ///
    /// # Errors
    /// Another word, which is not repeated: it may be a token.
    pub fn parse(word: &str, at: &str) -> Result<Self, Problem> {
        let known = Self::ALL.into_iter().find(|known| known.word() == word);
        known.ok_or_else(|| Problem::new(say::NO_FEDERATION, at, say::EXPECTED_FEDERATION))
    }

    /// Where the token is found.
    pub fn reference(self) -> AssertionRef {
        match self {
            Self::Azure => AssertionRef::FileOf(FEDERATED_TOKEN_FILE.to_owned()),
            Self::Kubernetes => AssertionRef::File(PROJECTED_TOKEN.into()),
            Self::GitHub => AssertionRef::GitHub,
        }
    }

    /// The one whose place a reference is.
    pub fn of(reference: &AssertionRef) -> Option<Self> {
        match reference {
            AssertionRef::FileOf(_) => Some(Self::Azure),
            AssertionRef::File(path) if path == Path::new(PROJECTED_TOKEN) => {
                Some(Self::Kubernetes)
            }
            AssertionRef::GitHub => Some(Self::GitHub),
            AssertionRef::Env(_) | AssertionRef::File(_) => None,
        }
    }
}

/// A job of GitHub Actions that may have a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// Where it is asked for, without an audience.
    url: Url,
    /// What is shown there.
    pub shown: Secret,
}

impl Job {
    /// The job that this program runs in, as its environment tells.
    ///
    /// # Errors
    /// There is none, or it may not have a token; the address is none that a secret is sent to.
    pub fn find(env: &dyn Fn(&str) -> Option<String>) -> Result<Self, Problem> {
        let set = |name: &str| env(name).filter(|value| !value.is_empty());
        let missing = |name: &str| {
            let in_job = set(JOB).is_some_and(|value| value == "true");
            let (what, expected) = if in_job {
                (say::NOT_PERMITTED, say::EXPECTED_PERMISSION)
            } else {
                (say::NO_JOB, say::EXPECTED_JOB)
            };
            Problem::new(what, name, expected)
        };
        let address = set(JOB_URL).ok_or_else(|| missing(JOB_URL))?;
        let shown = set(JOB_TOKEN).ok_or_else(|| missing(JOB_TOKEN))?;
        let safe = |url: &Url| {
            let plain = url.username().is_empty() && url.password().is_none();
            plain && (url.scheme() == "https" || url.scheme() == "http" && is_loopback(url))
        };
        let url = Url::parse(address.trim()).ok().filter(safe);
        let url = url.ok_or_else(|| Problem::new(say::NO_ADDRESS, JOB_URL, say::EXPECTED_HTTPS))?;
        let shown = Secret::new(SecretKind::AccessToken, shown);
        Ok(Self { url, shown })
    }

    /// Where a token for this audience is asked for.
    pub fn address(&self, audience: &str) -> Url {
        let mut url = self.url.clone();
        url.query_pairs_mut().append_pair("audience", audience);
        url
    }
}

/// The audience that a federated credential of an application has, unless somebody chose another: each cloud has its own.
pub fn audience(authority: &Authority) -> &'static str {
    match super::authority::cloud_of(authority.host()) {
        Some("login.microsoftonline.us") => "api://AzureADTokenExchangeUSGov",
        Some("login.partner.microsoftonline.cn") => "api://AzureADTokenExchangeChina",
        _ => "api://AzureADTokenExchange",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(variables: &[(&str, &str)]) -> Result<Job, Problem> {
        let of = |name: &str| variables.iter().find(|(known, _)| *known == name);
        Job::find(&|name| of(name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn the_words_are_the_places_and_the_places_are_the_words() {
        for federation in Federation::ALL {
            let read = Federation::parse(federation.word(), "x").unwrap();
            assert_eq!(Federation::of(&read.reference()), Some(federation));
        }
        let other = Federation::parse("eyJhbGciOi.secret", "--federated-token").unwrap_err();
        assert!(!format!("{other:?}").contains("eyJ"), "{other:?}");
        assert_eq!(
            Federation::of(&AssertionRef::File("/run/token".into())),
            None
        );
    }

    #[test]
    fn a_job_without_permission_is_told_from_no_job_at_all() {
        let nowhere = found(&[]).unwrap_err();
        assert_eq!(
            (nowhere.what.as_str(), nowhere.at.as_str()),
            (say::NO_JOB, JOB_URL)
        );
        let barred = found(&[(JOB, "true")]).unwrap_err();
        assert_eq!(barred.expected, say::EXPECTED_PERMISSION);
        let half = found(&[(JOB, "true"), (JOB_URL, "https://x.example/t")]).unwrap_err();
        assert_eq!(half.at, JOB_TOKEN);
    }

    #[test]
    fn the_token_of_the_job_is_shown_to_https_alone_and_the_address_keeps_its_query() {
        let at = |url| found(&[(JOB_URL, url), (JOB_TOKEN, "shown-0123456789")]);
        for wrong in [
            "http://x.example/t",
            "nothing",
            "ftp://x.example",
            "https://u:p@x.example",
        ] {
            let problem = at(wrong).unwrap_err();
            assert_eq!(problem.at, JOB_URL);
            assert!(!format!("{problem:?}").contains("shown"), "{problem:?}");
        }
        let job = at("https://x.example/t?api-version=2.0").unwrap();
        assert_eq!(
            job.address("api://AzureADTokenExchange").as_str(),
            "https://x.example/t?api-version=2.0&audience=api%3A%2F%2FAzureADTokenExchange"
        );
    }

    #[test]
    fn each_cloud_has_its_audience() {
        let of = |text: &str| audience(&Authority::parse(text).unwrap());
        let public = of("https://login.microsoftonline.com/contoso.example");
        assert_eq!(public, "api://AzureADTokenExchange");
        let china = of("https://login.chinacloudapi.cn/contoso.example");
        assert_eq!(china, "api://AzureADTokenExchangeChina");
        let government = of("https://login.microsoftonline.us/contoso.example");
        assert_eq!(government, "api://AzureADTokenExchangeUSGov");
    }
}
