//! What two runs of which one went well, or better, point to: the things asked for differently, one of which is the
//! cause, or the world around them where nothing was.

use super::{Difference, Findings, asked};
use crate::model::{Class, Outcome, Run};
use crate::strings::compare as say;

/// Where to look first, a sentence each; nothing where the two ended alike.
pub fn clue(left: &Run, right: &Run, differences: &[Difference]) -> Vec<String> {
    let (Some(a), Some(b)) = (left.outcome(), right.outcome()) else {
        return Vec::new();
    };
    if a == b && class(left) == class(right) {
        let matter = differences.iter().any(|difference| difference.matters);
        let alike = (!matter).then(|| say::ALIKE.to_owned());
        return alike.into_iter().collect();
    }
    if a == Outcome::Invalid || b == Outcome::Invalid {
        return vec![say::ONE_NOT_SENT.to_owned()];
    }
    if a == Outcome::Cancelled || b == Outcome::Cancelled {
        return vec![say::ONE_CANCELLED.to_owned()];
    }
    let asked = asked(left, right);
    let mut found = vec![match asked.as_slice() {
        [] => say::ASKED_THE_SAME.to_owned(),
        [one] => say::only(one),
        many => say::several(&many.join(", ")),
    }];
    if (a == Outcome::Unreachable) != (b == Outcome::Unreachable) {
        found.push(say::ONE_UNREACHABLE.to_owned());
        return found;
    }
    let refused = if a == Outcome::Refused { left } else { right };
    let another_user = asked == [asked::USER];
    let why = class(refused).and_then(|class| why(class, another_user));
    found.extend(why.map(str::to_owned));
    found
}

fn class(run: &Run) -> Option<Class> {
    Some(run.ending()?.diagnosis.as_deref()?.class)
}

/// What was asked for differently, in the words of the comparison, so far as a token depends on it: which API is
/// called with the token does not.
fn asked(left: &Run, right: &Run) -> Vec<String> {
    let mut found = Findings::default();
    asked::spec(left, right, &mut found);
    asked::parameters(left, right, &mut found);
    let all = found.sorted().into_iter();
    let matter = all.filter(|one| one.matters && one.what != asked::API);
    matter.map(|one| one.what).collect()
}

/// What a refusal of this class means beside a run that was not refused so; `another_user`: nothing else was asked
/// differently.
const fn why(class: Class, another_user: bool) -> Option<&'static str> {
    Some(match (class, another_user) {
        (Class::Consent, true) => say::CONSENT_OF_ONE,
        (Class::Consent, false) => say::CONSENT_FOR_ONE,
        (Class::Assignment, _) => say::ASSIGNED_ONE,
        (Class::Interaction | Class::Policy | Class::Device, true) => say::POLICY_FOR_ONE,
        (Class::Interaction | Class::Policy | Class::Device, false) => say::POLICY_AROUND_ONE,
        (Class::UserCredential | Class::Account, _) => say::ACCOUNT_OF_ONE,
        (Class::AppCredential, _) => say::CREDENTIAL_OF_ONE,
        (Class::Grant, _) => say::GRANT_OF_ONE,
        (Class::Throttle | Class::Service, _) => say::PASSING,
        (Class::Config | Class::Request, _) => say::REQUEST_OF_ONE,
        (Class::Tenant | Class::Federation, _) => say::TENANT_OF_ONE,
        (Class::Expected | Class::Unknown, _) => return None,
    })
}
