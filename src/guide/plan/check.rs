//! What closes every plan: what to run again, as a sentence and as a command line, and what it should show.

use crate::guide::case::Case;
use crate::guide::draft::Draft;
use crate::guide::ids;
use crate::model::federated::Federation;
use crate::model::{
    Actor, ApiCall, ApiMethod, Asking, AssertionRef, Check, Class, ClientKind, Credential, Doing,
    Flow, Login, Place, ResponseMode, ResponseType, RunSpec, Step,
};
use crate::strings::guide::check as says;

/// The check of a plan with these steps.
pub(super) fn of(case: &Case<'_>, draft: &Draft, steps: &[Step]) -> Check {
    let flow = flow(case, draft);
    Check {
        run: run(case, draft, steps, flow),
        command: command(case, draft, flow),
        expect: expect(case, draft),
    }
}

/// Whether nothing that the person at the program does will change the answer.
pub(in crate::guide) fn is_hopeless(draft: &Draft) -> bool {
    let others = |actor: &Actor| {
        matches!(
            actor,
            Actor::Admin
                | Actor::HomeAdmin
                | Actor::ResourceOwner
                | Actor::Federation
                | Actor::Microsoft
        )
    };
    let own = [Actor::User, Actor::Developer, Actor::AppOwner];
    let theirs = draft.acts.first().is_some_and(others)
        && !own.iter().any(|actor| draft.acts.contains(actor));
    let never = draft.acts.contains(&Actor::NobodyCan);
    never
        || (theirs
            && matches!(
                draft.login,
                Login::No | Login::AfterFix | Login::NotApplicable
            ))
}

/// The flow that shows whether it is cured; `None`: the caller of a web API shows it.
fn flow(case: &Case<'_>, draft: &Draft) -> Option<Flow> {
    if let Some(flow) = case.flow() {
        let page = draft.login == Login::OtherFlow;
        return Some(if page { Flow::Interactive } else { flow });
    }
    if case.relays() {
        return None;
    }
    if case.nobody() || (draft.class == Class::AppCredential && case.client().is_none()) {
        return Some(Flow::ClientCredentials);
    }
    let device = [
        "authorization_pending",
        "slow_down",
        "expired_token",
        "code_expired",
    ];
    Some(
        if case.place() == Place::DevicePage || case.is_error(&device) {
            Flow::DeviceCode
        } else {
            Flow::Interactive
        },
    )
}

/// Whether a device flow is under way and nothing is wrong.
fn is_pending(case: &Case<'_>) -> bool {
    case.is_error(&["authorization_pending"]) || case.has_code(&["AADSTS70016"])
}

fn run(case: &Case<'_>, draft: &Draft, steps: &[Step], flow: Option<Flow>) -> String {
    if draft.acts.contains(&Actor::NobodyCan) {
        return says::NEVER.to_owned();
    }
    if is_hopeless(draft) {
        let first = draft.acts.first().copied().unwrap_or(Actor::Admin);
        return says::after_answer(crate::strings::words::actor(first));
    }
    if is_pending(case) {
        return says::KEEP_POLLING.to_owned();
    }
    if case.place() == Place::Resource {
        return says::CALL_AGAIN.to_owned();
    }
    if case.is_chain() {
        return says::PROGRAM_AGAIN.to_owned();
    }
    let Some(flow) = flow else {
        return says::CALLER_AGAIN.to_owned();
    };
    let silent = steps
        .iter()
        .any(|step| matches!(step.doing, Doing::Silent { .. }));
    match flow {
        _ if draft.login == Login::AfterWait => says::AFTER_WAIT.to_owned(),
        Flow::Silent | Flow::Interactive | Flow::DeviceCode if silent && !case.is_paste() => {
            says::SILENT_AGAIN.to_owned()
        }
        flow => says::flow_again(flow).to_owned(),
    }
}

/// What it should show, and what the same refusal would mean.
fn expect(case: &Case<'_>, draft: &Draft) -> String {
    let gone = case.primary().or_else(|| case.error());
    let again = match draft.class {
        _ if draft.acts.contains(&Actor::NobodyCan) => return says::SAME_FOR_EVER.to_owned(),
        _ if is_hopeless(draft) => says::STILL_THEIRS,
        _ if is_pending(case) => return says::UNTIL_DONE.to_owned(),
        Class::Throttle => says::LONGER,
        Class::Service => says::TO_THE_OPERATOR,
        Class::AppCredential => says::OLD_CREDENTIAL,
        Class::Config | Class::Assignment => says::NOT_SAVED,
        Class::Request | Class::Tenant => says::OLD_REQUEST,
        Class::Policy | Class::Device => says::POLICY_STANDS,
        Class::Consent => says::NO_CONSENT,
        Class::Interaction
        | Class::UserCredential
        | Class::Account
        | Class::Grant
        | Class::Federation
        | Class::Expected
        | Class::Unknown => says::ANOTHER_CAUSE,
    };
    if case.place() == Place::Resource {
        return says::api_answers(again);
    }
    says::token(gone, again)
}

/// The command line: what is known stands in it, what is not known is a hole, and secrets are only named.
fn command(case: &Case<'_>, draft: &Draft, flow: Option<Flow>) -> Option<String> {
    if draft.acts.contains(&Actor::NobodyCan) || case.is_chain() {
        return None;
    }
    let flow = flow?;
    let mut words: Vec<String> = vec!["tokenscope acquire".into()];
    let mut add = |flag: &str, value: &str| {
        words.push(match value {
            "" => flag.to_owned(),
            value => format!("{flag} {}", quoted(value)),
        });
    };
    let spec = case.evidence.spec;
    add("--authority", &authority(case));
    let client = spec.map(|spec| spec.client_id.as_str());
    let client = client.or_else(|| ids::app(case));
    add("--client-id", client.unwrap_or(says::CLIENT_ID));
    add("--flow", flow.word());
    match spec.filter(|spec| !spec.scopes.is_empty()) {
        Some(spec) => spec.scopes.iter().for_each(|scope| add("--scope", scope)),
        None if flow == Flow::ClientCredentials => add("--scope", says::APP_SCOPE),
        None => add("--scope", says::SCOPE),
    }
    if let Some(user) = spec.and_then(|spec| spec.username.as_deref()) {
        if flow != Flow::ClientCredentials {
            add("--username", user);
        }
    } else if flow == Flow::Password {
        add("--username", says::USER);
    }
    let carries = matches!(draft.login, Login::WithClaims) || case.nobody();
    if let Some(claims) = case.claims.as_ref().filter(|_| carries) {
        add("--claims", &claims.to_string());
    }
    if let Some(api) = api(case) {
        add("--api", &api);
    }
    if let Some(spec) = spec {
        if let Some(call) = &spec.api {
            of_call(call, &mut add);
        }
        of_spec(spec, flow, &mut add);
    }
    secrets(case, flow, &mut add);
    let line = words.join(" ");
    (line.len() <= LONGEST).then_some(line)
}

/// A command line longer than this is not copied by anybody: hostile claims make such.
const LONGEST: usize = 4000;

/// What else the failed run was asked with.
fn of_spec(spec: &RunSpec, flow: Flow, add: &mut impl FnMut(&str, &str)) {
    if let Some(redirect) = spec
        .redirect_uri
        .as_deref()
        .filter(|_| flow == Flow::Interactive)
    {
        add("--redirect-uri", redirect);
    }
    if spec.extensions.par && flow == Flow::Interactive {
        add("--par", "");
    }
    if flow == Flow::Interactive {
        asking(&spec.asking, add);
    }
    if spec.extensions.dpop && flow != Flow::ManagedIdentity {
        add("--dpop", "");
    }
    for name in &spec.capabilities {
        add("--capability", name);
    }
    if let Some(file) = spec
        .options
        .ca_file
        .as_deref()
        .and_then(|path| path.to_str())
    {
        add("--ca-file", file);
    }
    for host in &spec.options.trusted_hosts {
        add("--trust-host", host);
    }
}

/// What was asked of the sign-in page, but the prompt: that is the plan's to choose.
fn asking(asking: &Asking, add: &mut impl FnMut(&str, &str)) {
    let age = asking.max_age.map(|seconds| seconds.to_string());
    let mode = asking.response_mode.map(ResponseMode::word);
    let texts = [
        ("--domain-hint", asking.domain_hint.as_deref()),
        ("--max-age", age.as_deref()),
        ("--acr-values", asking.acr_values.as_deref()),
        ("--response-mode", mode),
    ];
    for (flag, text) in texts {
        if let Some(text) = text {
            add(flag, text);
        }
    }
    if asking.response_type != ResponseType::Code {
        add("--response-type", asking.response_type.word());
    }
    if let Some(method) = asking.pkce {
        add("--pkce", method.word());
    }
    if asking.request_object {
        add("--request-object", "");
    }
    if let Some(file) = &asking.authorization_details {
        add("--authorization-details", &file.display().to_string());
    }
    for (name, value) in &asking.extra {
        add("--extra", &format!("{name}={value}"));
    }
}

/// The variables that secrets are read from; their names only.
fn secrets(case: &Case<'_>, flow: Flow, add: &mut impl FnMut(&str, &str)) {
    let confidential = match case.evidence.spec {
        Some(spec) => spec.credential != Credential::Public,
        None => {
            flow == Flow::ClientCredentials
                || matches!(case.client(), Some(ClientKind::Web | ClientKind::Api))
        }
    };
    match case.evidence.spec.map(|spec| &spec.credential) {
        Some(Credential::Certificate(given)) => {
            add(
                "--client-certificate",
                &given.at.certificate.display().to_string(),
            );
            if let Some(key) = &given.at.key {
                add("--client-key", &key.display().to_string());
            }
            if given.at.method.is_tls() {
                add("--certificate-method", given.at.method.word());
            }
        }
        Some(Credential::Assertion(given)) => match &given.from {
            AssertionRef::Env(name) => add("--client-assertion-env", name),
            from => match (Federation::of(from), from) {
                (Some(of), _) => add("--federated-token", of.word()),
                (None, from) => add("--client-assertion-file", &from.place()),
            },
        },
        _ if confidential => add("--client-secret-env", "CLIENT_SECRET"),
        _ => {}
    }
    match flow {
        Flow::Password => add("--password-env", "PASSWORD"),
        Flow::Silent | Flow::RefreshToken => add("--refresh-token-env", "REFRESH_TOKEN"),
        Flow::ManagedIdentity => {
            if let Some(identity) = case.evidence.spec.and_then(|spec| spec.identity.as_ref()) {
                add("--identity", &identity.text());
            }
        }
        Flow::OnBehalfOf => add("--incoming-token-env", "INCOMING_TOKEN"),
        Flow::TokenExchange => add("--subject-token-env", "SUBJECT_TOKEN"),
        Flow::JwtBearer | Flow::UserFic => add("--assertion-env", "ASSERTION"),
        Flow::SamlBearer => add("--assertion-file", "assertion.xml"),
        Flow::Interactive
        | Flow::DeviceCode
        | Flow::Ciba
        | Flow::ClientCredentials
        | Flow::AdminConsent => {}
    }
}

fn authority(case: &Case<'_>) -> String {
    if let Some(spec) = case.evidence.spec {
        return spec.authority.as_str().to_owned();
    }
    let begins = |prefix: &str| case.primary().is_some_and(|code| code.starts_with(prefix));
    if begins("AADB2C") {
        return says::B2C_AUTHORITY.to_owned();
    }
    if begins("MSIS") {
        return says::ADFS_AUTHORITY.to_owned();
    }
    says::authority(
        ids::sign_in_host(case),
        ids::tenant(case).unwrap_or(says::TENANT),
    )
}

/// How the API is called, where that is not the usual way.
fn of_call(call: &ApiCall, add: &mut impl FnMut(&str, &str)) {
    if call.method != ApiMethod::Get {
        add("--api-method", call.method.word());
    }
    for (name, value) in &call.headers {
        add("--api-header", &format!("{name}: {value}"));
    }
    if let Some(body) = &call.body {
        add("--api-body", &body.display().to_string());
    }
}

fn api(case: &Case<'_>) -> Option<String> {
    let known = case.evidence.spec.and_then(|spec| spec.api.as_ref());
    let known = known.map(|call| call.url.clone());
    let unknown = case.place() == Place::Resource && case.is_paste();
    known.or_else(|| unknown.then(|| says::API.to_owned()))
}

/// A word for a POSIX shell: as it is where nothing in it means something to the shell, else in single quotes.
pub(in crate::guide) fn quoted(word: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-_./:@=,+%".contains(&b);
    if !word.is_empty() && word.bytes().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn a_word_stays_one_word_in_a_shell() {
        assert_eq!(quoted("User.Read"), "User.Read");
        assert_eq!(quoted("<client-id>"), "'<client-id>'");
        assert_eq!(quoted(r#"{"a":"it's"}"#), r#"'{"a":"it'\''s"}'"#);
        assert_eq!(quoted(""), "''");
        assert_eq!(quoted("$(id)"), "'$(id)'");
    }
}
