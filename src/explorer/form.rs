//! The form of an own acquisition. Every value is judged as it is typed, and what is wrong stands beside its field.

mod call;
mod exchange;
mod field;
mod open;
mod page;
mod proof;
mod retry;
mod spec;

use tui_input::Input;

use crate::decode;
use crate::model::{
    Asking, Authority, CertificateMethod, ClientKind, CredentialRef, Extensions, Flow, Problem,
    Profile, RunId, RunSpec, SecretMethod, SigningAlgorithm, Sketch, SketchOf,
};
use crate::session::Command;
use crate::strings::{explorer as s, sketch as told};

use super::key::{Code, Key};
use super::message::{Effect, Effects};
use super::pane::Pane;
use super::rows::{Content, Role, Tie};
use super::search::edit;
use super::state::State;
use super::{consent, steps};

use call::Call;
use exchange::{Exchange, turned};
use field::Field;
use proof::Proof;
use retry::Waits;

pub use open::{open, open_profile};

/// What is in the fields.
pub struct Form {
    at: usize,
    texts: Vec<Input>,
    kind: usize,
    flow: usize,
    proof: Proof,
    /// What a certificate is used for.
    certificate_method: CertificateMethod,
    /// How assertions are signed, where a profile or spec says so.
    algorithm: Option<SigningAlgorithm>,
    force: bool,
    seal_cache: bool,
    exchange: Exchange,
    call: Call,
    method: Option<SecretMethod>,
    extensions: Extensions,
    asking: Asking,
    waits: Waits,
    start: usize,
    base: Option<RunSpec>,
    profile: Option<Profile>,
    problems: Vec<Problem>,
    warnings: Vec<Problem>,
    tried: bool,
    /// The step of a plan that sending the form performs.
    pub(super) mends: Option<(RunId, usize)>,
}

impl Default for Form {
    fn default() -> Self {
        Self {
            at: 1,
            texts: Field::ALL.iter().map(|_| Input::default()).collect(),
            kind: 0,
            flow: 1,
            proof: Proof::Nothing,
            certificate_method: CertificateMethod::default(),
            algorithm: None,
            force: false,
            seal_cache: false,
            exchange: Exchange::default(),
            call: Call::default(),
            method: None,
            extensions: Extensions::default(),
            asking: Asking::default(),
            waits: Waits::default(),
            start: 0,
            base: None,
            profile: None,
            problems: Vec::new(),
            warnings: Vec::new(),
            tried: false,
            mends: None,
        }
    }
}

/// The kinds of client, in the order of the choice.
const KINDS: [ClientKind; 5] = [
    ClientKind::Desktop,
    ClientKind::Web,
    ClientKind::Spa,
    ClientKind::Daemon,
    ClientKind::Api,
];

impl Form {
    fn field(&self) -> Field {
        Field::ALL[self.at.min(Field::ALL.len() - 1)]
    }

    fn text(&self, field: Field) -> &str {
        self.texts[field as usize].value().trim()
    }

    fn set(&mut self, field: Field, text: &str) {
        self.texts[field as usize] = Input::from(text);
    }

    /// Whether the certificate is shown in the TLS handshake.
    fn shown_in_handshake(&self) -> bool {
        self.proof == Proof::Certificate && self.certificate_method.is_tls()
    }

    const fn client_kind(&self) -> ClientKind {
        KINDS[self.kind % KINDS.len()]
    }

    const fn flow(&self) -> Flow {
        Flow::ALL[self.flow % Flow::ALL.len()]
    }

    /// Where the credential is found, as chosen.
    fn credential(&self) -> CredentialRef {
        self.proof.reference(&proof::Fields {
            named: self.text(Field::Reference),
            key: self.text(Field::Key),
            password: self.text(Field::Password),
            thumbprint: self.text(Field::Thumbprint),
            algorithm: self.algorithm,
            method: self.certificate_method,
        })
    }

    /// Fills in where the credential is found.
    fn set_credential(&mut self, reference: &CredentialRef) {
        let (proof, filled) = Proof::of(reference);
        self.proof = proof;
        for (field, text) in [
            (Field::Reference, &filled.named),
            (Field::Key, &filled.key),
            (Field::Password, &filled.password),
            (Field::Thumbprint, &filled.thumbprint),
        ] {
            self.set(field, text);
        }
        (self.algorithm, self.certificate_method) = match reference {
            CredentialRef::Certificate(at) => (at.algorithm, at.method),
            _ => (None, CertificateMethod::default()),
        };
    }
}

/// A key in a field.
pub fn typed(state: &mut State, key: Key) {
    let field = state.form.field();
    if field.is_choice() {
        match key.code {
            Code::Left => turn(state, false),
            Code::Right | Code::Char(' ') => turn(state, true),
            _ => {}
        }
    } else {
        edit(&mut state.form.texts[field as usize], key);
    }
    judge(state);
}

/// Pasted text: what it tells of an acquisition goes into all the fields; otherwise one line of it into this one.
pub fn pasted(state: &mut State, text: &str) {
    let field = state.form.field();
    let told = decode::sketch(text).filter(|sketch| match sketch.of {
        SketchOf::Address | SketchOf::Token => field == Field::Authority,
        _ => true,
    });
    if let Some(sketch) = told {
        spec::take(&mut state.form, &sketch);
        state.say(sketch_words(&sketch));
    } else if !field.is_choice() {
        for c in text.trim().lines().next().unwrap_or_default().chars() {
            edit(&mut state.form.texts[field as usize], Key::char(c));
        }
    }
    judge(state);
}

/// What was read, and what became of a secret in it.
fn sketch_words(sketch: &Sketch) -> String {
    let mut words = vec![told::recognised(sketch.of)];
    words.extend(
        sketch
            .authority
            .as_ref()
            .map(|of| format!("{}.", told::authority(of))),
    );
    if sketch.secret_left_out {
        words.push(told::SECRET_NOT_TAKEN.to_owned());
    }
    words.join(" ")
}

/// To the next or the previous field.
pub fn go(state: &mut State, on: bool) {
    let shown = spec::shown(state);
    let here = shown
        .iter()
        .position(|field| *field as usize == state.form.at)
        .unwrap_or(0);
    let by = if on { 1 } else { shown.len() - 1 };
    state.form.at = shown[(here + by) % shown.len()] as usize;
    state.touch();
}

/// The place of the field that keys go to among those that are shown.
pub fn place(state: &State) -> usize {
    let shown = spec::shown(state);
    let here = |field: &Field| *field as usize == state.form.at;
    shown.iter().position(here).unwrap_or(0)
}

/// To the n-th of the fields that are shown.
pub fn stand_at(state: &mut State, nth: usize) {
    if let Some(field) = spec::shown(state).get(nth) {
        state.form.at = *field as usize;
    }
}

/// The next or the previous value of a choice.
pub fn turn(state: &mut State, on: bool) {
    let by = |value: usize, count: usize| (value + if on { 1 } else { count - 1 }) % count;
    let starts = spec::starts(state).len() + 1;
    let form = &mut state.form;
    let field = form.field();
    match field {
        Field::Kind => {
            form.kind = by(form.kind, KINDS.len());
            spec::suit(form);
        }
        Field::Flow => form.flow = by(form.flow, Flow::ALL.len()),
        Field::Secret => form.proof = Proof::ALL[by(form.proof as usize, Proof::ALL.len())],
        Field::Force => form.force = !form.force,
        Field::Sealed => form.seal_cache = !form.seal_cache,
        Field::Method => form.method = proof::turned(&SecretMethod::ALL, form.method, on),
        Field::Use => {
            let all = CertificateMethod::ALL;
            let at = all
                .iter()
                .position(|known| *known == form.certificate_method);
            form.certificate_method = all[by(at.unwrap_or(0), all.len())];
        }
        Field::Algorithm => {
            form.algorithm = proof::turned(&SigningAlgorithm::ALL, form.algorithm, on);
        }
        Field::Prompt | Field::Signed | Field::Answer | Field::Mode | Field::Pkce => {
            page::turn(&mut form.asking, field, on);
        }
        Field::Pushed => form.extensions.par = !form.extensions.par,
        Field::RetryAfter => form.waits = form.waits.other(),
        Field::Dpop => form.extensions.dpop = !form.extensions.dpop,
        Field::Subject => form.exchange.subject = turned(form.exchange.subject.as_ref(), on),
        Field::Actor => form.exchange.actor = turned(form.exchange.actor.as_ref(), on),
        Field::Wanted => form.exchange.wanted = turned(form.exchange.wanted.as_ref(), on),
        Field::ApiMethod => form.call.turn(on),
        Field::Start => {
            form.start = by(form.start, starts);
            spec::start_from(state);
        }
        // The others are typed.
        _ => {}
    }
    judge(state);
}

fn judge(state: &mut State) {
    let (problems, warnings) = spec::judge(&state.form);
    state.form.problems = problems;
    state.form.warnings = warnings;
    state.touch();
}

/// Sends it, if nothing keeps it from being sent.
pub fn submit(state: &mut State) -> Effects {
    state.form.tried = true;
    judge(state);
    let spec = match spec::read(&state.form) {
        Ok(spec) if state.form.problems.is_empty() => Box::new(spec),
        _ => {
            if let Some(field) = state
                .form
                .problems
                .first()
                .and_then(|p| Field::of_parameter(&p.at))
            {
                state.form.at = field as usize;
            }
            state.warn(s::FORM_NOT_YET.to_owned());
            return Vec::new();
        }
    };
    steps::mended(state);
    state.close(Pane::Form);
    let asks_administrator = spec.flow == Flow::AdminConsent;
    let told = spec.clone();
    let command = match state.form.credential() {
        _ if spec.flow == Flow::ManagedIdentity => Command::Begin(spec),
        CredentialRef::None | CredentialRef::Prompt => Command::Begin(spec),
        credential => Command::BeginWith { spec, credential },
    };
    if asks_administrator {
        consent::of_form(state, &told, command);
        return Vec::new();
    }
    state.say(s::ASKING_FOR_A_TOKEN);
    vec![Effect::Ask(command)]
}

/// What the form shows.
pub fn content(state: &State, width: usize) -> Content {
    let mut out = Content::text(width);
    let form = &state.form;
    let label_width = 14;
    for field in spec::shown(state) {
        let here = field as usize == form.at;
        let mark = if here { "▸ " } else { "  " };
        out.item(String::new(), Tie::Nothing);
        let label = format!("{:<label_width$}", field.label());
        let value = spec::value(state, field);
        if here && !field.is_choice() {
            let column = form.texts[field as usize].visual_cursor();
            out.caret = Some((out.rows.len(), 2 + label_width + 1 + column.min(width)));
        }
        let role = if here { Role::Strong } else { Role::Plain };
        let tail = if field.is_choice() && here {
            s::CHOICE_HINT
        } else {
            ""
        };
        out.line(
            2 + label_width + 1,
            &[
                (Role::Label, mark),
                (Role::Label, &label),
                (Role::Plain, " "),
                (role, &value),
                (Role::Dim, tail),
            ],
        );
        beside(form, field, here, &mut out);
    }
    out.end();
    for problem in form
        .problems
        .iter()
        .filter(|p| form.tried && Field::of_parameter(&p.at).is_none())
    {
        complaint(problem, Role::Refused, "✗ ", &mut out);
    }
    out
}

/// What is wrong with a field, under it.
fn beside(form: &Form, field: Field, here: bool, out: &mut Content) {
    let about = |problem: &&Problem| Field::of_parameter(&problem.at) == Some(field);
    let touched = form.tried || !form.text(field).is_empty();
    for problem in form.problems.iter().filter(about).filter(|_| touched) {
        complaint(problem, Role::Refused, "✗ ", out);
    }
    for warning in form.warnings.iter().filter(about).filter(|_| touched) {
        complaint(warning, Role::Warning, "! ", out);
    }
    let read = Authority::parse(form.text(field)).ok();
    let read = read.filter(|_| field == Field::Authority);
    let hint = read.map_or_else(
        || field.hint().to_owned(),
        |authority| told::authority(&authority),
    );
    if here && !hint.is_empty() {
        out.line(17, &[(Role::Plain, &" ".repeat(17)), (Role::Dim, &hint)]);
    }
}

fn complaint(problem: &Problem, role: Role, mark: &str, out: &mut Content) {
    let pad = " ".repeat(17);
    let expected = s::expected(&problem.expected);
    out.line(
        19,
        &[
            (Role::Plain, &pad),
            (role, mark),
            (role, &problem.what),
            (Role::Dim, &expected),
        ],
    );
}
