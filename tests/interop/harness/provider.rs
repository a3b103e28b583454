//! npm `oidc-provider`, running: see `npm/provider.mjs`.

use std::path::{Path, PathBuf};

use serde_json::Value;
use tempfile::TempDir;

use super::certificate::Certificates;
use super::kit;
use super::program::{Output, Program};
use super::visitor::{Page, Visitor};

pub const DAEMON: &str = "daemon";
pub const DAEMON_SECRET: &str = "daemon-secret-0123456789abcdef";
/// Proves itself by assertions; only where its key was given.
pub const SIGNER: &str = "signer";
pub const DESKTOP: &str = "desktop";
/// May exchange tokens and present assertions.
pub const EXCHANGER: &str = "exchanger";
/// Gets no token that is not bound to a key.
pub const BINDER: &str = "binder";
pub const BINDER_SECRET: &str = "binder-secret-0123456789abcdef";
/// Has to push its authorization requests.
pub const PUSHER: &str = "pusher";
pub const PUSHER_SECRET: &str = "pusher-secret-0123456789abcdef";
/// Public, and may ask for whatever comes back from a page.
pub const ASKER: &str = "asker";
/// Has a secret and signs people in.
pub const KEEPER: &str = "keeper";
pub const KEEPER_SECRET: &str = "keeper-secret-0123456789abcdef0123456789abcdef";
/// May have people asked on their own device: see `npm/ciba.mjs`.
pub const CALLER: &str = "caller";
pub const CALLER_SECRET: &str = "caller-secret-0123456789abcdef0123";
pub const EXCHANGER_SECRET: &str = "exchanger-secret-0123456789abcdef";
/// Proves itself by a certificate of an authority, in the handshake; only where that is set up.
pub const SHOWER: &str = "shower";
/// Proves itself by a certificate that signed itself.
pub const SELF_SHOWER: &str = "self-shower";
/// Public, with tokens that are bound to a certificate.
pub const BOUND: &str = "bound";
/// Who makes the assertions that the provider trusts.
pub const ASSERTER: &str = "https://builds.contoso.example";

/// The provider on a free port of its own.
pub struct Provider {
    pub issuer: String,
    /// The authority to trust, when it speaks https.
    pub ca: Option<PathBuf>,
    /// Where it asks for certificates in the handshake, if anywhere.
    pub asking: Option<String>,
    program: Program,
    _files: TempDir,
}

impl Provider {
    pub fn over_http() -> Self {
        Self::start(false, &[])
    }

    pub fn over_https() -> Self {
        Self::start(true, &[])
    }

    /// Over https, where a person may be sent to sign out by a form that is posted.
    pub fn with_posted_logout() -> Self {
        Self::start(true, &[("LOGOUT", "post")])
    }

    /// Over http, where people are told to type device codes at another host, by an address that brings the code along
    /// or not.
    pub fn with_device_page_at(host: &str, complete: bool) -> Self {
        let page = serde_json::json!({ "host": host, "complete": complete });
        Self::start(false, &[("DEVICE_PAGE", &page.to_string())])
    }

    /// Over http, with device codes that live this many seconds.
    pub fn with_device_codes_of(seconds: u32) -> Self {
        Self::start(false, &[("DEVICE_SECONDS", &seconds.to_string())])
    }

    /// Over http, where a person who is asked on their own device has this many seconds.
    pub fn with_requests_of(seconds: u32) -> Self {
        Self::start(false, &[("REQUEST_SECONDS", &seconds.to_string())])
    }

    /// Over http, answering by JWTs: see `npm/provider.mjs`.
    pub fn that_signs_answers() -> Self {
        Self::start(false, &[("SIGNS", "all")])
    }

    /// Over http, where clients can authenticate in no other way.
    pub fn that_offers_only(auth_method: &str) -> Self {
        Self::start(false, &[("AUTH_METHOD", auth_method)])
    }

    /// Over http, where DPoP is as the word says: see `npm/provider.mjs`.
    pub fn with_dpop(how: &str) -> Self {
        Self::start(false, &[("DPOP", how)])
    }

    /// Over http, where pushed requests are as the word says: see `npm/provider.mjs`.
    pub fn with_par(how: &str) -> Self {
        Self::start(false, &[("PAR", how)])
    }

    /// Over http, without what the words say: see `npm/provider.mjs`.
    pub fn without(what: &str) -> Self {
        Self::start(false, &[("OFF", what)])
    }

    /// Over http, with a client that signs assertions with the key of this certificate.
    pub fn with_signer(certificate: &str) -> Self {
        Self::start(false, &[("SIGNER_KEY", certificate)])
    }

    /// Over http, trusting the assertions that [`ASSERTER`] signs with the key of this certificate.
    pub fn with_asserter(certificate: &str) -> Self {
        let asserter = serde_json::json!({ "issuer": ASSERTER, "key": certificate });
        Self::start(false, &[("ASSERTER", &asserter.to_string())])
    }

    /// Over https, with clients that show certificates, as said in `npm/provider.mjs`.
    pub fn with_mutual_tls(clients: &Value) -> Self {
        Self::start(true, &[("MTLS", &clients.to_string())])
    }

    fn start(secure: bool, settings: &[(&str, &str)]) -> Self {
        let files = kit::folder();
        let mut command = kit::node("provider.mjs");
        command.envs(settings.iter().copied());
        let certificates = secure.then(|| Certificates::make(files.path()));
        if let Some(made) = &certificates {
            command
                .env("TLS_CERT", &made.certificate)
                .env("TLS_KEY", &made.key);
        }
        let mut program = Program::start(&mut command);
        let (issuer, asking) = program.wait_for("start line", |output, line| {
            let said: Value = serde_json::from_str(line)
                .ok()
                .filter(|_| output == Output::Stdout)?;
            let asking = said["asking"].as_str().map(str::to_owned);
            Some((said["issuer"].as_str()?.to_owned(), asking))
        });
        Self {
            issuer,
            asking,
            ca: certificates.map(|made| made.ca),
            program,
            _files: files,
        }
    }

    pub fn ca(&self) -> Option<&Path> {
        self.ca.as_deref()
    }

    pub fn visitor(&self) -> Visitor {
        Visitor::new(self.ca())
    }

    /// Waits until the provider has answered such a request with this status.
    pub fn wait_for_answer(&mut self, method: &str, path: &str, status: u16) {
        self.program.wait_for(
            &format!("{method} {path} answered with {status}"),
            |_, line| {
                let said: Value = serde_json::from_str(line).ok()?;
                (said["method"] == method && said["path"] == path && said["status"] == status)
                    .then_some(())
            },
        );
    }

    /// A refresh token, obtained without the program under test: device code, sign-in, approval, one poll.
    pub fn refresh_token(&self) -> String {
        let mut visitor = self.visitor();
        let asked = [
            ("client_id", DESKTOP),
            ("scope", "openid offline_access api:read"),
        ];
        let started = json(&visitor.post(&format!("{}/device/auth", self.issuer), &asked));
        let code = started["device_code"]
            .as_str()
            .unwrap_or_else(|| panic!("no device code: {started}"));
        approve_device(
            &mut visitor,
            started["verification_uri_complete"]
                .as_str()
                .expect("an address"),
        );
        let grant = "urn:ietf:params:oauth:grant-type:device_code";
        let poll = [
            ("client_id", DESKTOP),
            ("grant_type", grant),
            ("device_code", code),
        ];
        let tokens = json(&visitor.post(&format!("{}/token", self.issuer), &poll));
        tokens["refresh_token"]
            .as_str()
            .unwrap_or_else(|| panic!("no refresh token: {tokens}"))
            .to_owned()
    }
}

fn json(page: &Page) -> Value {
    serde_json::from_str(&page.body)
        .unwrap_or_else(|e| panic!("{e} at {}: {}", page.url, page.body))
}

/// Opens the device page with the code filled in, confirms the code, and signs in and consents.
pub fn approve_device(visitor: &mut Visitor, address: &str) {
    let asked = confirm_device(visitor, address);
    let done = sign_in(visitor, &asked);
    assert!(
        done.words().contains("Sign-in Success"),
        "the sign-in does not end well: {}",
        done.words()
    );
}

/// Opens the device page, confirms the code, and cancels instead of signing in.
pub fn deny_device(visitor: &mut Visitor, address: &str) {
    let asked = confirm_device(visitor, address);
    visitor.click(&asked, "Cancel");
}

/// The page that submits the code by itself where there are scripts, then the one that asks to confirm it.
fn confirm_device(visitor: &mut Visitor, address: &str) -> Page {
    let filled = visitor.open(address);
    let confirm = visitor.submit(&filled, &[]);
    visitor.submit(&confirm, &[])
}

/// Signs in and consents on the provider's own pages, and follows where that leads.
pub fn sign_in(visitor: &mut Visitor, asked: &Page) -> Page {
    let consent = visitor.submit(asked, &[("login", "ada"), ("password", "any")]);
    assert!(
        consent.words().contains("Authorize"),
        "no consent page: {}",
        consent.words()
    );
    visitor.submit(&consent, &[])
}
