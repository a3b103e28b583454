//! Performs what a grant asks for, one thing at a time, and listens to the person meanwhile.

use std::time::Duration;

use tokio::sync::{mpsc, oneshot};

use super::dpop::Possession;
use super::listener::{Arrival, Listener};
use super::page::Page;
use super::{Context, Control, Report, credential, ids, machine_key, proving};
use crate::grants::{Ended, Grant, Input, Metadata, Next};
use crate::keys::{self, Signer, Statement};
use crate::model::run::Question;
use crate::model::verification::Signature;
use crate::model::{
    Activity, AuthorityKind, ClientKind, Credential, Event, Exchange, Fault, FaultKind, Flow,
    Header, Moment, Phases, Purpose, Request, RunSpec, Secret, SecretMethod, SigningAlgorithm,
    TlsCertificate,
};
use crate::strings::{flows as say, wire};
use crate::tokens::Account;
use crate::wire::Transport;

/// How often a wait looks at the clock: the demo's clock can be moved on while a wait is running.
const LOOK: Duration = Duration::from_millis(200);

/// One run at work.
pub(super) struct Driver<T: Transport> {
    pub spec: RunSpec,
    pub context: Context<T>,
    /// Where the browser comes back to, while an interactive run waits.
    pub listener: Option<Listener>,
    /// Whether the person was already sent to the browser.
    shown: bool,
    /// Whose refresh token a silent run found: a reply need not name the account again.
    pub account: Option<Account>,
    /// The refresh token that this run redeems, where it did not have to ask for it.
    pub redeemed: Option<Secret>,
    /// Set once discovery has told it.
    pub metadata: Option<Metadata>,
    /// Signs the client's assertions, where it proves itself by a certificate.
    pub signer: Option<Signer>,
    /// What is shown in the TLS handshake, where the client proves itself there.
    pub certificate: Option<Box<TlsCertificate>>,
    /// The key that tokens are bound to, where they are.
    pub possession: Possession,
    /// Names this run to the server and to its support.
    pub correlation: String,
    control: mpsc::UnboundedReceiver<Control>,
    control_open: bool,
    report: mpsc::UnboundedSender<Report>,
    /// The browser that waits for its page.
    waiting_browser: Option<oneshot::Sender<Page>>,
}

/// What happened, as the driver owns it until the grant has seen it.
enum Happened {
    Start,
    Exchange(Box<Exchange>),
    Woken,
    Redirect(String),
    Answer(Secret),
    Verified(Box<Signature>),
    Pasted(String),
    Cancelled,
}

impl Happened {
    fn input(&self) -> Input<'_> {
        match self {
            Self::Start => Input::Start,
            Self::Exchange(exchange) => Input::Exchange(exchange),
            Self::Woken => Input::Woken,
            Self::Redirect(url) => Input::Redirect(url),
            Self::Answer(secret) => Input::Answer(secret.clone()),
            Self::Verified(signature) => Input::Verified(signature),
            Self::Pasted(text) => Input::Pasted(text),
            Self::Cancelled => Input::Cancelled,
        }
    }
}

impl<T: Transport> Driver<T> {
    pub fn new(
        mut spec: RunSpec,
        context: Context<T>,
        control: mpsc::UnboundedReceiver<Control>,
        report: mpsc::UnboundedSender<Report>,
    ) -> Self {
        spec.options.retry.seed = ids::number(context.ports.entropy.as_ref());
        let correlation = ids::guid(context.ports.entropy.as_ref());
        Self {
            spec,
            context,
            listener: None,
            shown: false,
            account: None,
            redeemed: None,
            metadata: None,
            signer: None,
            certificate: None,
            possession: Possession::default(),
            correlation,
            control,
            control_open: true,
            report,
            waiting_browser: None,
        }
    }

    pub fn now(&self) -> Moment {
        self.context.ports.clock.now()
    }

    /// Adds a line to the run's log.
    pub fn say(&self, what: impl Into<String>) {
        self.log(Event::new(self.now(), what));
    }

    pub fn log(&self, event: Event) {
        let _ = self.report.send(Report::Logged(event));
    }

    /// Tells what the client proves itself with, so that it need not be asked for again with the same token.
    pub fn tell_proof(&self) {
        let proof = self.spec.credential.clone();
        let _ = self.report.send(Report::Proved(proof));
    }

    fn doing(&self, activity: Activity) {
        let _ = self.report.send(Report::Doing(activity));
    }

    /// Drives a grant to its end.
    pub async fn drive(&mut self, grant: &mut dyn Grant) -> Ended {
        let mut happened = Happened::Start;
        loop {
            let (next, events) = grant.resume(happened.input(), self.now());
            for event in events {
                self.log(event);
            }
            self.answer_browser(&next);
            happened = match next {
                Next::Send(request) => self.send(request).await,
                Next::Wait { until, doing } => self.wait(until, doing).await,
                Next::Browse { url, until } => self.browse(url, until).await,
                Next::ReadKey(path) => match machine_key::read(&path) {
                    Ok(key) => Happened::Answer(key),
                    Err(problem) => return Ended::Invalid(vec![problem]),
                },
                Next::Sign(claims) => match self.sign_request(claims) {
                    Some(request) => Happened::Answer(request),
                    None => return Ended::Invalid(vec![proving::not_signed()]),
                },
                Next::Verify(token) => match self.verify(&token).await {
                    Some(signature) => Happened::Verified(Box::new(signature)),
                    None => Happened::Cancelled,
                },
                Next::Ask(question) => self
                    .ask(question)
                    .await
                    .map_or(Happened::Cancelled, Happened::Answer),
                Next::Ended(ended) => return ended,
            };
        }
    }

    /// What the person does; never returns once they can say nothing any more.
    async fn person(&mut self) -> Control {
        while self.control_open {
            match self.control.recv().await {
                Some(control) => return control,
                None => self.control_open = false,
            }
        }
        std::future::pending().await
    }

    /// Returns when the person cancels; what else they say meanwhile has no meaning.
    async fn cancelled(&mut self) {
        while !matches!(self.person().await, Control::Cancel) {}
    }

    /// Sends one request outside of any grant; what came of it is reported.
    pub async fn send_once(&mut self, request: Request) -> Option<Box<Exchange>> {
        match self.send(request).await {
            Happened::Exchange(exchange) => Some(exchange),
            _ => None,
        }
    }

    /// Sends a request that carries no credential; `None`: the person cancelled.
    pub async fn fetch(&mut self, request: Request) -> Option<Box<Exchange>> {
        match self.attempt(request).await {
            Happened::Exchange(exchange) => Some(exchange),
            _ => None,
        }
    }

    /// Sends a request; once more where the server wants its nonce in the proof (RFC 9449 sections 8 and 9).
    async fn send(&mut self, request: Request) -> Happened {
        let first = self.attempt(request.clone()).await;
        match &first {
            Happened::Exchange(exchange) if self.heed(exchange) => {
                self.say(say::DPOP_NONCE_WANTED);
                let second = self.attempt(request).await;
                if let Happened::Exchange(exchange) = &second {
                    self.heed(exchange);
                }
                second
            }
            _ => first,
        }
    }

    async fn attempt(&mut self, mut request: Request) -> Happened {
        self.complete(&mut request);
        self.prove_possession(&mut request);
        self.show_certificate(&mut request);
        self.doing(Activity::Sending(say::sending(request.purpose).to_owned()));
        let started = self.now();
        let transport = std::sync::Arc::clone(&self.context.transport);
        let options = self.spec.options.clone();
        let sending = transport.send(request.clone(), &options);
        let exchange = tokio::select! {
            biased;
            () = self.cancelled() => None,
            exchange = sending => Some(exchange),
        };
        let Some(exchange) = exchange else {
            let fault = Fault::new(FaultKind::Cancelled, wire::CANCELLED);
            let _ = self.report.send(Report::Exchanged(Exchange {
                started,
                request: request.record(),
                reply: None,
                fault: Some(fault),
                phases: Phases::default(),
            }));
            return Happened::Cancelled;
        };
        let _ = self.report.send(Report::Exchanged(exchange.clone()));
        Happened::Exchange(Box::new(exchange))
    }

    /// Adds what is not the grant's business: names for support, the client's proof, a browser app's origin.
    fn complete(&self, request: &mut Request) {
        let kind = self
            .metadata
            .as_ref()
            .map_or(self.spec.authority.kind, |metadata| metadata.kind);
        let own = !matches!(request.purpose, Purpose::Api | Purpose::ClientAssertion);
        if kind != AuthorityKind::Oidc && own {
            request
                .headers
                .push(Header::new("client-request-id", self.correlation.as_str()));
            request
                .headers
                .push(Header::new("return-client-request-id", "true"));
        }
        let machine = self.spec.flow == Flow::ManagedIdentity;
        if machine || !authenticates(request.purpose) {
            return;
        }
        if self.spec.client_kind == ClientKind::Spa {
            request.headers.push(Header::new("Origin", self.origin()));
        }
        match &self.spec.credential {
            Credential::Public | Credential::Ask => {}
            Credential::Secret(secret) => self.complete_by_secret(request, secret),
            // It is shown in the handshake, and nothing stands in the form.
            Credential::Certificate(given) if given.at.method.is_tls() => {}
            Credential::Certificate(_) => match self.signed() {
                Some(assertion) => credential::assert(request, assertion),
                None => self.say(say::NOT_SIGNED),
            },
            Credential::Assertion(given) => credential::assert(request, given.token.clone()),
        }
    }

    /// Uses the client's secret in the way that was chosen, or in the one that the metadata offers.
    fn complete_by_secret(&self, request: &mut Request, secret: &Secret) {
        let metadata = self.metadata.as_ref();
        let chosen = self.spec.options.secret_method;
        match chosen.or_else(|| metadata.map(Metadata::secret_method)) {
            Some(SecretMethod::Jwt) => {
                match self.stated(|s| keys::secret::assertion(secret, s, self.now())) {
                    Some(assertion) => credential::assert(request, assertion),
                    None => self.say(say::NOT_SIGNED),
                }
            }
            method => {
                let basic = method == Some(SecretMethod::Basic);
                credential::complete(request, &self.spec.client_id, secret, basic);
            }
        }
    }

    /// An assertion for one request: signed anew for each, since none may be used twice (RFC 7523 section 3).
    fn signed(&self) -> Option<Secret> {
        let signer = self.signer.as_ref()?;
        self.stated(|statement| signer.assertion(statement, self.now()))
    }

    /// What `sign` makes of a statement of this client for the token endpoint.
    fn stated(&self, sign: impl FnOnce(Statement<'_>) -> Option<Secret>) -> Option<Secret> {
        let metadata = self.metadata.as_ref()?;
        let id = ids::guid(self.context.ports.entropy.as_ref());
        sign(Statement {
            client_id: &self.spec.client_id,
            audience: &metadata.token_endpoint,
            id: &id,
            usual: if metadata.kind == AuthorityKind::Adfs {
                SigningAlgorithm::Rs256
            } else {
                SigningAlgorithm::Ps256
            },
        })
    }

    /// The origin a browser would send: that of the redirect URI.
    fn origin(&self) -> String {
        self.spec
            .redirect_uri
            .as_deref()
            .and_then(|uri| url::Url::parse(uri).ok())
            .map_or_else(
                || "http://localhost".to_owned(),
                |uri| uri.origin().ascii_serialization(),
            )
    }

    async fn wait(&mut self, until: Moment, doing: Activity) -> Happened {
        let on_device = matches!(doing, Activity::Device { .. });
        self.doing(doing);
        loop {
            let left = until.since(self.now());
            if left.is_zero() {
                return Happened::Woken;
            }
            tokio::select! {
                biased;
                control = self.person() => match control {
                    Control::Cancel => return Happened::Cancelled,
                    Control::CutWait => return Happened::Woken,
                    Control::Paste(text) if on_device => return Happened::Pasted(text),
                    Control::Paste(_) | Control::Answer(_) => {}
                },
                () = tokio::time::sleep(left.min(LOOK)) => {}
            }
        }
    }

    async fn browse(&mut self, url: String, until: Moment) -> Happened {
        if !std::mem::replace(&mut self.shown, true) {
            let opened = self.context.open_browser && self.context.ports.browser.open(&url);
            self.say(if opened {
                say::BROWSER_OPENED
            } else {
                say::BROWSER_NOT_OPENED
            });
            self.doing(Activity::Browsing { url, opened, until });
        }
        loop {
            let left = until.since(self.now());
            if left.is_zero() {
                return Happened::Woken;
            }
            let mut listener = self.listener.take();
            let heard = tokio::select! {
                biased;
                control = self.person() => Heard::Person(control),
                arrival = arrival(&mut listener) => Heard::Browser(arrival),
                () = tokio::time::sleep(left.min(LOOK)) => Heard::Nothing,
            };
            self.listener = listener;
            match heard {
                Heard::Person(Control::Cancel) => return Happened::Cancelled,
                Heard::Person(Control::Paste(text)) => return Happened::Pasted(text),
                Heard::Person(Control::CutWait | Control::Answer(_))
                | Heard::Browser(Arrival::Handed)
                | Heard::Nothing => {}
                Heard::Browser(Arrival::Stranger(origin)) => self.say(say::stranger(&origin)),
                Heard::Browser(Arrival::Redirect { url, page }) => {
                    self.waiting_browser = Some(page);
                    return Happened::Redirect(url);
                }
            }
        }
    }

    /// Gives the browser that brought the redirect its page.
    fn answer_browser(&mut self, next: &Next) {
        let Some(browser) = self.waiting_browser.take() else {
            return;
        };
        let page = match next {
            Next::Browse { .. } => Page::NotThisRun,
            Next::Ended(Ended::Refused { .. } | Ended::Unreachable { .. } | Ended::Invalid(_)) => {
                Page::Refused
            }
            Next::Ended(Ended::Consented(_)) => Page::Consented,
            Next::Ended(Ended::Known(_) | Ended::Granted(_) | Ended::Cancelled)
            | Next::Send(_)
            | Next::Wait { .. }
            | Next::ReadKey(_)
            | Next::Sign(_)
            | Next::Verify(_)
            | Next::Ask(_) => Page::Done,
        };
        let _ = browser.send(page);
        if !matches!(next, Next::Browse { .. }) {
            self.listener = None;
        }
    }

    /// Asks the person; `None`: they cancelled.
    pub async fn ask(&mut self, question: Question) -> Option<Secret> {
        self.doing(Activity::Asking(question));
        loop {
            match self.person().await {
                Control::Cancel => return None,
                Control::Answer(secret) if !secret.is_empty() => return Some(secret),
                Control::Answer(_) | Control::CutWait | Control::Paste(_) => {}
            }
        }
    }
}

/// Whether the client proves who it is in such a request.
const fn authenticates(purpose: Purpose) -> bool {
    matches!(
        purpose,
        Purpose::Token
            | Purpose::PushedAuthorization
            | Purpose::DeviceStart
            | Purpose::BackchannelStart
            | Purpose::Introspection
            | Purpose::Revocation
    )
}

/// What a browsing run heard.
enum Heard {
    Person(Control),
    Browser(Arrival),
    Nothing,
}

async fn arrival(listener: &mut Option<Listener>) -> Arrival {
    match listener {
        Some(listener) => listener.arrival().await,
        None => std::future::pending().await,
    }
}
