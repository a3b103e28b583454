//! Fetching a secret from where a reference says it is.

use std::path::Path;

use super::profiles::is_variable;
use crate::model::{CredentialRef, Problem, Secret, SecretKind};
use crate::ports::Env;
use crate::strings::settings as say;

/// The secret of a reference; `None` where the person must be asked (or nothing is needed).
///
/// # Errors
/// A problem naming the variable or file. Never the secret.
pub fn fetch(
    source: &CredentialRef,
    kind: SecretKind,
    env: &dyn Env,
) -> Result<Option<Secret>, Problem> {
    let (value, at) = match source {
        CredentialRef::None | CredentialRef::Prompt => return Ok(None),
        // What is no name may be the secret itself: it is not repeated.
        CredentialRef::Env(name) if !is_variable(name) => {
            return Err(Problem::new(
                say::NOT_A_VARIABLE,
                "",
                say::EXPECTED_VARIABLE,
            ));
        }
        CredentialRef::Env(name) => {
            let value = env
                .var(name)
                .ok_or_else(|| Problem::new(say::UNSET, name.as_str(), say::EXPECTED_SECRET))?;
            (value, name.clone())
        }
        CredentialRef::File(path) => (from_file(path)?, path.display().to_string()),
    };
    if value.is_empty() {
        return Err(Problem::new(say::EMPTY, at, say::EXPECTED_SECRET));
    }
    Ok(Some(Secret::new(kind, value)))
}

fn from_file(path: &Path) -> Result<String, Problem> {
    let text = std::fs::read_to_string(path).map_err(|error| {
        Problem::new(
            error.to_string(),
            path.display().to_string(),
            say::EXPECTED_SECRET,
        )
    })?;
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Nothing;

    impl Env for Nothing {
        fn var(&self, _: &str) -> Option<String> {
            None
        }
    }

    #[test]
    fn the_line_end_of_a_secret_file_is_not_part_of_the_secret() {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("secret");
        std::fs::write(&file, "s3cret \r\n").unwrap();
        let secret = fetch(
            &CredentialRef::File(file),
            SecretKind::ClientSecret,
            &Nothing,
        )
        .unwrap()
        .unwrap();
        assert_eq!(secret.reveal(), "s3cret ");
    }

    #[test]
    fn an_unset_variable_is_named() {
        let problem = fetch(
            &CredentialRef::Env("CONTOSO".into()),
            SecretKind::ClientSecret,
            &Nothing,
        )
        .unwrap_err();
        assert_eq!(problem.at, "CONTOSO");
    }
}
