//! A user's federated credential (Entra's grant `user_fic`): an application that acts for a user, an agent mostly, shows
//! a token that stands for that user beside the proof of its own. No standard has this grant; what is sent here is what
//! Microsoft's libraries send. The credential is looked at first: one that is over stays unsent.

use super::assertion::{Statement, bare};
use super::retry::Retry;
use super::{Ended, Grant, Input, Log, Metadata, Next, parameters};
use crate::decode::jwt;
use crate::model::run::Question;
use crate::model::{
    Event, Field, Flow, Moment, Problem, Purpose, Request, RunSpec, Secret, SecretKind,
};
use crate::strings::grants as say;

/// Entra's name for the grant.
pub const GRANT: &str = "user_fic";
/// The parameter that carries the credential.
const CREDENTIAL: &str = "user_federated_identity_credential";

/// Presents the federated credential of a user.
pub struct UserFic {
    credential: Option<Secret>,
    user: Field,
    rest: Vec<Field>,
    endpoint: String,
    scopes: Vec<String>,
    retry: Retry,
}

impl UserFic {
    /// Without a credential, the person is asked for one.
    ///
    /// # Errors
    /// If the claims are not a JSON object, or not exactly one of user name and object id says whom it is for.
    pub fn new(spec: &RunSpec, metadata: &Metadata) -> Result<Self, Problem> {
        let scopes = parameters::user_scopes(spec, metadata.kind);
        Ok(Self {
            credential: spec.presented.token.clone().filter(|t| !t.is_empty()),
            user: user(spec)?,
            rest: parameters::common(spec, metadata, &scopes)?,
            endpoint: metadata.token_endpoint.clone(),
            scopes,
            retry: Retry::new(&spec.options.retry),
        })
    }

    fn present(&mut self, now: Moment, log: &mut Log) -> Next {
        let Some(given) = &self.credential else {
            return Next::Ask(Question::UserCredential);
        };
        match look(given, now) {
            Err(problem) => return Next::Ended(Ended::Invalid(vec![problem])),
            Ok(statement) => statement.tell(say::THE_USER_CREDENTIAL, log),
        }
        log.about(say::ACTING_FOR, self.user.value.reveal());
        let credential = Secret::new(SecretKind::Assertion, bare(given));
        let mut form = vec![
            Field::new("grant_type", GRANT),
            Field::new(CREDENTIAL, credential),
            self.user.clone(),
        ];
        form.extend(self.rest.clone());
        self.retry
            .send(Request::post(&self.endpoint, form, Purpose::Token))
    }
}

impl Grant for UserFic {
    fn resume(&mut self, input: Input<'_>, now: Moment) -> (Next, Vec<Event>) {
        let mut log = Log::at(now);
        let next = match input {
            Input::Start => self.present(now, &mut log),
            Input::Answer(credential) => {
                self.credential = Some(credential);
                self.present(now, &mut log)
            }
            other => self.retry.conclude(&other, &self.scopes, now, &mut log),
        };
        log.then(next)
    }
}

/// Looks at the credential of a spec before anything is sent at all; one that is asked for later is looked at then.
///
/// # Errors
/// Why it cannot be granted.
pub fn check(spec: &RunSpec, now: Moment) -> Result<(), Problem> {
    if spec.flow != Flow::UserFic {
        return Ok(());
    }
    user(spec)?;
    match &spec.presented.token {
        Some(given) if !given.is_empty() => look(given, now).map(|_| ()),
        _ => Ok(()),
    }
}

/// Whom it is for: by object id or by user name, never both.
fn user(spec: &RunSpec) -> Result<Field, Problem> {
    let there = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
    match (there(&spec.username), there(&spec.presented.user_id)) {
        (Some(name), None) => Ok(Field::new("username", name)),
        (None, Some(id)) => Ok(Field::new("user_id", id)),
        (None, None) => Err(Problem::new(say::NO_USER, "username", say::ONE_USER)),
        (Some(_), Some(_)) => Err(Problem::new(say::TWO_USERS, "user_id", say::ONE_USER)),
    }
}

fn look(given: &Secret, now: Moment) -> Result<Statement, Problem> {
    let wrong = |what: String, expected: &str| Problem::new(what, "assertion", expected);
    let jwt = jwt::parse(bare(given)).ok_or_else(|| {
        wrong(
            say::USER_CREDENTIAL_NOT_JWT.into(),
            say::USER_CREDENTIAL_EXPECTED,
        )
    })?;
    let statement = Statement::of(&jwt);
    match statement.over(now) {
        Some(at) => Err(wrong(
            say::user_credential_over(&at.iso()),
            say::USER_CREDENTIAL_FRESH,
        )),
        None => Ok(statement),
    }
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;

    use super::*;
    use crate::grants::testing::{at, metadata, reply, spec};

    const OBJECT: &str = "0e6f0000-0000-4000-8000-00000000ada1";

    fn credential(lasts: i64) -> Secret {
        let part = |text: &str| URL_SAFE_NO_PAD.encode(text);
        let claims = format!(
            r#"{{"iss":"https://ci.contoso.example","sub":"agent","aud":"api://AzureADTokenExchange","exp":{}}}"#,
            at(lasts).seconds()
        );
        let jwt = format!("{}.{}.c2ln", part(r#"{"alg":"RS256"}"#), part(&claims));
        Secret::new(SecretKind::Assertion, jwt)
    }

    fn asked(name: Option<&str>, id: Option<&str>, given: Option<Secret>) -> RunSpec {
        let mut spec = spec(Flow::UserFic);
        spec.username = name.map(str::to_owned);
        spec.presented.user_id = id.map(str::to_owned);
        spec.presented.token = given;
        spec
    }

    fn form(next: &Next) -> Vec<(&str, &str)> {
        let Next::Send(request) = next else {
            panic!("{next:?}");
        };
        let fields = request.form.iter();
        fields
            .map(|field| (field.name.as_str(), field.value.reveal()))
            .collect()
    }

    #[test]
    fn the_credential_goes_along_with_whom_it_is_for() {
        for (name, id, field) in [
            (Some("ada@contoso.example"), None, "username"),
            (None, Some(OBJECT), "user_id"),
        ] {
            let spec = asked(name, id, Some(credential(60)));
            let mut grant = UserFic::new(&spec, &metadata()).unwrap();
            let (next, events) = grant.resume(Input::Start, at(0));
            let sent = form(&next);
            assert!(sent.contains(&("grant_type", "user_fic")));
            assert!(sent.contains(&(field, name.or(id).unwrap())));
            assert!(sent.contains(&("client_info", "1")));
            assert!(sent.contains(&(CREDENTIAL, credential(60).reveal())));
            assert_eq!(sent.len(), 6, "{sent:?}");
            assert!(events.iter().any(|event| event.about.is_some()));
        }
    }

    #[test]
    fn the_person_is_asked_for_a_credential_that_is_not_given() {
        let spec = asked(None, Some(OBJECT), None);
        let mut grant = UserFic::new(&spec, &metadata()).unwrap();
        let (next, _) = grant.resume(Input::Start, at(0));
        assert!(matches!(next, Next::Ask(Question::UserCredential)));
        let (next, _) = grant.resume(Input::Answer(credential(60)), at(0));
        assert_eq!(form(&next)[0], ("grant_type", "user_fic"));
        let (next, _) = grant.resume(
            Input::Exchange(&reply(400, r#"{"error":"invalid_grant"}"#)),
            at(1),
        );
        assert!(matches!(next, Next::Ended(Ended::Refused { .. })));
    }

    #[test]
    fn nobody_two_users_and_a_credential_that_is_over_or_none_stay_unsent() {
        let ada = Some("ada@contoso.example");
        let none = Secret::new(SecretKind::Assertion, "opaque");
        for (spec, place) in [
            (asked(None, None, Some(credential(60))), "username"),
            (asked(Some(" "), None, Some(credential(60))), "username"),
            (asked(ada, Some(OBJECT), Some(credential(60))), "user_id"),
            (asked(ada, None, Some(credential(0))), "assertion"),
            (asked(ada, None, Some(none)), "assertion"),
        ] {
            assert_eq!(check(&spec, at(0)).unwrap_err().at, place);
        }
        assert_eq!(check(&asked(ada, None, None), at(0)), Ok(()));
    }
}
