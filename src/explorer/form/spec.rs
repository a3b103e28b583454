//! From the fields to a spec and back.

use std::path::{Path, PathBuf};

use crate::guide::lint;
use crate::model::identity::MACHINE_CLIENT;
use crate::model::{
    ApiCall, Asking, Authority, ClientKind, Credential, CredentialRef, Extensions, Flow,
    IdentityRef, Presented, Problem, Profile, RetryPolicy, RunSpec, Secret, SecretKind,
    SendOptions, Sketch, Thumbprint,
};
use crate::strings::{explorer as s, mutual_tls};

use super::super::state::State;
use super::call::{call, set_call};
use super::exchange::{Exchange, shown as shown_type};
use super::field::Field;
use super::page;
use super::proof::Proof;
use super::retry::{FOLDED, Waits, is_open, retry, set_retry};
use super::{Form, KINDS};

/// The fields that matter for what was chosen.
pub fn shown(state: &State) -> Vec<Field> {
    let form = &state.form;
    Field::ALL
        .into_iter()
        .filter(|field| match field {
            Field::Start => !starts(state).is_empty(),
            Field::User => has_user(form.flow()),
            Field::UserId => form.flow() == Flow::UserFic,
            Field::Binding => form.flow() == Flow::Ciba,
            Field::Reference => asks_server(form) && form.proof.is_named(),
            Field::Key => asks_server(form) && form.proof.has_key(),
            Field::Password => asks_server(form) && form.proof.is_certificate(),
            Field::Use => asks_server(form) && form.proof == Proof::Certificate,
            Field::Algorithm => {
                asks_server(form) && form.proof.is_certificate() && !form.shown_in_handshake()
            }
            Field::Thumbprint => asks_server(form) && form.proof == Proof::KeyAlone,
            Field::Method => asks_server(form) && form.proof.is_secret(),
            Field::Redirect
            | Field::Pushed
            | Field::Prompt
            | Field::Signed
            | Field::Answer
            | Field::Mode
            | Field::Pkce
            | Field::Parameters
            | Field::Details => form.flow() == Flow::Interactive,
            Field::Force => form.flow() == Flow::Silent,
            Field::Sealed => asks_server(form) && !form.text(Field::Cache).is_empty(),
            Field::Cache => {
                asks_server(form)
                    && (form.flow() == Flow::Silent || !form.text(Field::Cache).is_empty())
            }
            Field::ApiMethod | Field::ApiHeaders => !form.text(Field::Api).is_empty(),
            Field::ApiBody => !form.text(Field::Api).is_empty() && form.call.method.has_body(),
            Field::Identity => form.flow() == Flow::ManagedIdentity,
            Field::Subject | Field::Actor | Field::Wanted | Field::Audience => {
                form.flow() == Flow::TokenExchange
            }
            Field::Resource => presents(form.flow()),
            Field::Authority
            | Field::Client
            | Field::Kind
            | Field::Secret
            | Field::Dpop
            | Field::Claims => asks_server(form),
            folded if FOLDED.contains(folded) => is_open(form),
            Field::Flow | Field::Scopes | Field::Api | Field::Attempts => true,
            Field::RetryBase
            | Field::RetryCap
            | Field::RetryBudget
            | Field::RetryStatuses
            | Field::RetryAfter => false,
        })
        .collect()
}

/// Whether a user is named in a flow: not where there is none, nor where the caller's token names them.
const fn has_user(flow: Flow) -> bool {
    !matches!(
        flow,
        Flow::ClientCredentials | Flow::OnBehalfOf | Flow::ManagedIdentity
    ) && !presents(flow)
}

/// Whether a token or an assertion stands in place of a sign-in, and names whoever it is of.
const fn presents(flow: Flow) -> bool {
    matches!(
        flow,
        Flow::TokenExchange | Flow::JwtBearer | Flow::SamlBearer
    )
}

/// Whether an authority is asked, and not the machine itself.
fn asks_server(form: &Form) -> bool {
    form.flow() != Flow::ManagedIdentity
}

/// What the form can start from: profiles, then the clients of the lab.
pub fn starts(state: &State) -> Vec<String> {
    let profiles = state.profiles.iter().map(|profile| profile.name.clone());
    let clients = state
        .lab
        .iter()
        .flat_map(|lab| &lab.clients)
        .map(|client| s::lab_client(&client.name));
    profiles.chain(clients).collect()
}

/// Fills the fields from the profile or client that was chosen.
pub fn start_from(state: &mut State) {
    let Some(nth) = state.form.start.checked_sub(1) else {
        return;
    };
    let form = &mut state.form;
    form.profile = state.profiles.get(nth).cloned();
    if let Some(profile) = state.profiles.get(nth) {
        form.set(Field::Authority, profile.authority.as_str());
        form.set(Field::Client, &profile.client_id);
        form.set(Field::Scopes, &profile.scopes.join(" "));
        form.set(Field::User, profile.username.as_deref().unwrap_or_default());
        form.set(
            Field::Redirect,
            profile.redirect_uri.as_deref().unwrap_or_default(),
        );
        form.set(Field::Cache, &path_text(profile.cache_file.as_deref()));
        form.seal_cache = profile.seal_cache;
        set_call(form, profile.api.as_ref());
        set_presented(form, &profile.presented);
        form.kind = kind_index(profile.client_kind);
        form.flow = flow_index(profile.flow);
        let usual = RetryPolicy::on_screen();
        set_retry(form, profile.retry.as_ref().unwrap_or(&usual));
        form.set_credential(&profile.credential);
        form.method = profile.secret_method;
        form.extensions = profile.extensions.clone();
        set_asking(form, &profile.asking);
        return;
    }
    let Some(lab) = &state.lab else { return };
    if let Some(client) = lab.clients.get(nth - state.profiles.len()) {
        form.set(
            Field::Authority,
            lab.http.as_deref().unwrap_or(&lab.authority),
        );
        form.set(Field::Client, &client.id);
        form.kind = KINDS
            .iter()
            .position(|kind| kind.word() == client.kind)
            .unwrap_or(0);
        let daemon = !client.public;
        form.flow = flow_index(if daemon {
            Flow::ClientCredentials
        } else {
            Flow::Interactive
        });
        form.proof = if daemon { Proof::Asked } else { Proof::Nothing };
        let scope = if daemon {
            "https://graph.microsoft.com/.default"
        } else {
            "User.Read"
        };
        form.set(Field::Scopes, scope);
        let user = lab.users.first().map_or("", |user| user.name.as_str());
        form.set(Field::User, user);
        set_call(form, Some(&ApiCall::get(lab.api.as_str())));
    }
}

/// Puts flow and secret to what a client of the chosen kind can do, where what stands there is what it cannot.
pub fn suit(form: &mut Form) {
    let kind = form.client_kind();
    let (nobody, alone) = (kind == ClientKind::Daemon, Flow::ClientCredentials);
    let exchanges = form.flow() == Flow::OnBehalfOf;
    let public = matches!(kind, ClientKind::Desktop | ClientKind::Spa);
    if nobody && form.flow() != alone {
        form.flow = flow_index(alone);
    } else if !nobody && (form.flow() == alone || exchanges) && public {
        form.flow = flow_index(Flow::Interactive);
    }
    match form.proof {
        Proof::Nothing if !public => form.proof = Proof::Asked,
        Proof::Asked if public => form.proof = Proof::Nothing,
        _ => {}
    }
}

fn kind_index(kind: ClientKind) -> usize {
    KINDS.iter().position(|known| *known == kind).unwrap_or(0)
}

fn flow_index(flow: Flow) -> usize {
    Flow::ALL
        .iter()
        .position(|known| *known == flow)
        .unwrap_or(0)
}

fn path_text(path: Option<&Path>) -> String {
    path.map(|path| path.display().to_string())
        .unwrap_or_default()
}

/// Fills the fields from a spec.
pub fn fill(form: &mut Form, spec: &RunSpec) {
    form.set(Field::Authority, spec.authority.as_str());
    form.set(Field::Client, &spec.client_id);
    form.set(Field::Scopes, &spec.scopes.join(" "));
    form.set(Field::User, spec.username.as_deref().unwrap_or_default());
    form.set(
        Field::Redirect,
        spec.redirect_uri.as_deref().unwrap_or_default(),
    );
    let identity = spec.identity.as_ref().map(IdentityRef::text);
    form.set(Field::Identity, &identity.unwrap_or_default());
    set_presented(form, &spec.presented);
    form.method = spec.options.secret_method;
    form.extensions = spec.extensions.clone();
    set_asking(form, &spec.asking);
    form.set(Field::Claims, spec.claims.as_deref().unwrap_or_default());
    form.set(Field::Cache, &path_text(spec.cache_file.as_deref()));
    form.seal_cache = spec.options.seal_cache;
    set_call(form, spec.api.as_ref());
    form.kind = kind_index(spec.client_kind);
    form.flow = flow_index(spec.flow);
    form.force = spec.force_refresh;
    set_retry(form, &spec.options.retry);
    form.set_credential(&match &spec.credential {
        Credential::Public => CredentialRef::None,
        Credential::Ask | Credential::Secret(_) => CredentialRef::Prompt,
        Credential::Certificate(given) => CredentialRef::Certificate(given.at.clone()),
        Credential::Assertion(given) => CredentialRef::Assertion(given.from.clone()),
    });
    form.base = Some(spec.clone());
}

/// Fills in what a text told; the other fields stay.
pub fn take(form: &mut Form, sketch: &Sketch) {
    let texts = [
        (
            Field::Authority,
            sketch.authority.as_ref().map(Authority::as_str),
        ),
        (Field::Client, sketch.client_id.as_deref()),
        (Field::User, sketch.username.as_deref()),
        (Field::Redirect, sketch.redirect_uri.as_deref()),
    ];
    for (field, text) in texts {
        if let Some(text) = text {
            form.set(field, text);
        }
    }
    if !sketch.scopes.is_empty() {
        form.set(Field::Scopes, &sketch.scopes.join(" "));
    }
    if sketch.client_kind.is_some() || sketch.credential != CredentialRef::None {
        form.kind = kind_index(sketch.kind());
    }
    if sketch.flow.is_some() || sketch.client_kind.is_some() {
        form.flow = flow_index(sketch.flow());
    }
    if sketch.credential != CredentialRef::None {
        form.set_credential(&sketch.credential);
    }
}

/// The spec of what stands in the fields. The secret is not in it: it is found or asked for later.
///
/// # Errors
/// What is wrong with the authority.
pub fn read(form: &Form) -> Result<RunSpec, Problem> {
    let machine = !asks_server(form);
    let authority = authority(form)?;
    let some = |field: Field| {
        let text = form.text(field);
        (!text.is_empty()).then(|| text.to_owned())
    };
    let mut options = options(form);
    options.seal_cache = form.seal_cache && !machine && !form.text(Field::Cache).is_empty();
    options.secret_method = form.method.filter(|_| form.proof.is_secret());
    let kept = form
        .base
        .as_ref()
        .filter(|base| base.authority.url() == authority.url());
    let authority = kept.map_or(authority, |base| base.authority.clone());
    // A profile's name and trust go along as long as its authority still stands there.
    let profile = form.profile.as_ref();
    let profile = profile.filter(|profile| profile.authority.url() == authority.url());
    let authority = profile.map_or(authority, |profile| profile.authority.clone());
    if let Some(profile) = profile {
        send_as(profile, &mut options);
    }
    options.retry = retry(form, &options.retry)?;
    let spec = RunSpec {
        profile: profile
            .map(|profile| profile.name.clone())
            .or_else(|| kept.and_then(|base| base.profile.clone())),
        authority,
        client_id: form.text(Field::Client).to_owned(),
        client_kind: form.client_kind(),
        flow: form.flow(),
        scopes: form
            .text(Field::Scopes)
            .split_whitespace()
            .map(str::to_owned)
            .collect(),
        credential: if form.proof == Proof::Asked {
            Credential::Ask
        } else {
            Credential::Public
        },
        username: some(Field::User).filter(|_| has_user(form.flow())),
        password: None,
        refresh_token: None,
        incoming_token: None,
        presented: presented(form),
        identity: None,
        claims: some(Field::Claims),
        force_refresh: form.force && form.flow() == Flow::Silent,
        redirect_uri: some(Field::Redirect).filter(|_| form.flow().comes_back()),
        asking: asking(form)?,
        api: call(form)?,
        extensions: form.extensions.clone(),
        capabilities: capabilities(form),
        cache_file: some(Field::Cache).map(PathBuf::from).filter(|_| !machine),
        options,
    };
    if machine {
        return as_machine(form, spec);
    }
    Ok(spec)
}

fn set_asking(form: &mut Form, asking: &Asking) {
    form.asking = asking.clone();
    form.set(Field::Parameters, &asking.parameters());
    let message = asking.binding_message.as_deref();
    form.set(Field::Binding, message.unwrap_or_default());
    let details = asking.authorization_details.as_deref();
    form.set(Field::Details, &path_text(details));
}

/// What is asked of the page; nothing where there is none.
fn asking(form: &Form) -> Result<Asking, Problem> {
    if form.flow() == Flow::Interactive {
        let details = Some(form.text(Field::Details)).filter(|text| !text.is_empty());
        let asking = form.asking.with_parameters(form.text(Field::Parameters))?;
        Ok(Asking {
            authorization_details: details.map(PathBuf::from),
            binding_message: None,
            ..asking
        })
    } else if form.flow() == Flow::Ciba {
        let message = Some(form.text(Field::Binding)).filter(|text| !text.is_empty());
        Ok(Asking {
            binding_message: message.map(str::to_owned),
            acr_values: form.asking.acr_values.clone(),
            ..Asking::default()
        })
    } else {
        Ok(Asking::default())
    }
}

fn set_presented(form: &mut Form, presented: &Presented) {
    form.exchange = Exchange::of(presented);
    form.set(Field::Audience, &presented.audiences.join(" "));
    form.set(Field::Resource, &presented.resources.join(" "));
    let user = presented.user_id.as_deref();
    form.set(Field::UserId, user.unwrap_or_default());
}

/// What is wanted of an exchange. The tokens are asked for later.
fn presented(form: &Form) -> Presented {
    let words = |field: Field| {
        let words = form.text(field).split_whitespace();
        words.map(str::to_owned).collect()
    };
    if form.flow() == Flow::TokenExchange {
        Presented {
            token_type: form.exchange.subject.clone(),
            actor_type: form.exchange.actor.clone(),
            wanted_type: form.exchange.wanted.clone(),
            audiences: words(Field::Audience),
            resources: words(Field::Resource),
            ..Presented::default()
        }
    } else if form.flow() == Flow::UserFic {
        Presented {
            user_id: words(Field::UserId).into_iter().next(),
            ..Presented::default()
        }
    } else if presents(form.flow()) {
        Presented {
            resources: words(Field::Resource),
            ..Presented::default()
        }
    } else {
        Presented::default()
    }
}

fn capabilities(form: &Form) -> Vec<String> {
    let base = form.base.as_ref();
    base.map(|base| base.capabilities.clone())
        .unwrap_or_default()
}

fn options(form: &Form) -> SendOptions {
    let usual = || SendOptions {
        retry: RetryPolicy::on_screen(),
        ..SendOptions::default()
    };
    let base = form.base.as_ref();
    base.map_or_else(usual, |base| base.options.clone())
}

/// Trusts and repeats as a profile says.
fn send_as(profile: &Profile, options: &mut SendOptions) {
    options.ca_file.clone_from(&profile.ca_file);
    if let Some(retry) = &profile.retry {
        options.retry.clone_from(retry);
    }
}

/// The spec where the machine asks for itself: it has no client, no credential and no claims.
fn as_machine(form: &Form, spec: RunSpec) -> Result<RunSpec, Problem> {
    let named = Some(form.text(Field::Identity)).filter(|text| !text.is_empty());
    Ok(RunSpec {
        client_id: MACHINE_CLIENT.to_owned(),
        client_kind: ClientKind::Daemon,
        credential: Credential::Public,
        claims: None,
        extensions: Extensions::default(),
        identity: named.map(IdentityRef::parse).transpose()?,
        ..spec
    })
}

/// Whom to ask: the authority that stands there, or the machine.
fn authority(form: &Form) -> Result<Authority, Problem> {
    if asks_server(form) {
        Authority::parse(form.text(Field::Authority))
    } else {
        Ok(machine_of(form))
    }
}

/// The machine that a scenario or the person named, else this one.
fn machine_of(form: &Form) -> Authority {
    let base = form.base.as_ref();
    base.filter(|base| base.flow == Flow::ManagedIdentity)
        .map_or_else(Authority::of_machine, |base| base.authority.clone())
}

/// What is wrong with the fields, and what is only unusual.
pub fn judge(form: &Form) -> (Vec<Problem>, Vec<Problem>) {
    let mut spec = match read(form) {
        Ok(spec) => spec,
        Err(problem) => return (vec![problem], Vec::new()),
    };
    // The secret is found when it is needed; here it counts as given.
    let proves = !form.shown_in_handshake() || form.certificate_method.proves();
    if asks_server(form) && form.proof.is_found() && proves {
        spec.credential = Credential::Secret(Secret::new(SecretKind::ClientSecret, STAND_IN));
    }
    let judged = lint::check(&spec);
    let mut problems = judged.problems;
    if asks_server(form) && form.proof.is_named() && form.text(Field::Reference).is_empty() {
        problems.push(Problem::new(
            s::REFERENCE_EMPTY,
            "reference",
            s::REFERENCE_EXPECTED,
        ));
    }
    if asks_server(form)
        && form.proof == Proof::KeyAlone
        && let Err(problem) = Thumbprint::parse(form.text(Field::Thumbprint), "thumbprint")
    {
        problems.push(problem);
    }
    (problems, judged.warnings)
}

/// Stands for a secret that is not known yet, so that only its presence is judged.
const STAND_IN: &str = "x~0123456789-abcdefghijklmnopqrstuvwxyz";

/// A field's value as shown.
pub fn value(state: &State, field: Field) -> String {
    let form = &state.form;
    match field {
        Field::Start => form
            .start
            .checked_sub(1)
            .and_then(|nth| starts(state).into_iter().nth(nth))
            .unwrap_or_else(|| s::START_FROM_NOTHING.to_owned()),
        Field::Kind => s::client_kind(form.client_kind()).to_owned(),
        Field::Flow => s::flow(form.flow()).to_owned(),
        Field::Secret => s::PROOFS[form.proof as usize].to_owned(),
        Field::Force => s::yes_no(form.force).to_owned(),
        Field::Sealed => s::sealed(form.seal_cache).to_owned(),
        Field::Method => s::secret_method(form.method).to_owned(),
        Field::Use => s::certificate_method(form.certificate_method).to_owned(),
        Field::Algorithm => s::signed_by(form.algorithm).to_owned(),
        Field::Prompt | Field::Signed | Field::Answer | Field::Mode | Field::Pkce => {
            page::shown(&form.asking, field).to_owned()
        }
        Field::ApiMethod => form.call.method.word().to_owned(),
        Field::Pushed => s::pushed(form.extensions.par).to_owned(),
        Field::Dpop if form.shown_in_handshake() && !form.extensions.dpop => {
            mutual_tls::TOKENS_MAY_BE_BOUND.to_owned()
        }
        Field::RetryAfter => s::retry_after(form.waits == Waits::AsComputed).to_owned(),
        Field::Dpop => s::bound(form.extensions.dpop).to_owned(),
        Field::Subject => shown_type(form.exchange.subject.as_ref(), s::SUBJECT_USUAL),
        Field::Actor => shown_type(form.exchange.actor.as_ref(), s::ACTOR_NONE),
        Field::Wanted => shown_type(form.exchange.wanted.as_ref(), s::WANTED_ANY),
        Field::Authority
        | Field::Client
        | Field::Scopes
        | Field::Identity
        | Field::User
        | Field::UserId
        | Field::Binding
        | Field::Audience
        | Field::Resource
        | Field::Reference
        | Field::Key
        | Field::Parameters
        | Field::Password
        | Field::Thumbprint
        | Field::Details
        | Field::Redirect
        | Field::Claims
        | Field::Cache
        | Field::Api
        | Field::ApiHeaders
        | Field::ApiBody
        | Field::Attempts
        | Field::RetryBase
        | Field::RetryCap
        | Field::RetryBudget
        | Field::RetryStatuses => form.texts[field as usize].value().to_owned(),
    }
}
