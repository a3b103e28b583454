//! A run as the call that would have made it: with the libraries, with the Azure CLI, and as `curl`. Secrets are
//! variables of the environment in it, so that it can be kept and sent around.

mod azure_cli;
mod curl;
mod msal_dotnet;
mod msal_go;
mod msal_js;
mod msal_python;
mod page;

use std::path::Path;

use serde_json::Value as Json;

use crate::model::authority::cloud_of;
use crate::model::{
    AssertionRef, AuthorityKind, CertificateRef, ClientKind, Credential, Field, Flow, IdentityRef,
    Redacted, Run, RunSpec,
};
use crate::strings::code as say;

/// What the call is written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// The requests themselves.
    #[default]
    Curl,
    /// MSAL for Python.
    MsalPython,
    /// MSAL.NET, in C#.
    MsalDotnet,
    /// MSAL for Node.
    MsalJs,
    /// MSAL for Go.
    MsalGo,
    /// The Azure CLI.
    AzureCli,
}

impl Language {
    /// Every language.
    pub const ALL: [Self; 6] = [
        Self::Curl,
        Self::MsalPython,
        Self::MsalDotnet,
        Self::MsalJs,
        Self::MsalGo,
        Self::AzureCli,
    ];

    /// The word on the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Curl => "curl",
            Self::MsalPython => "msal-python",
            Self::MsalDotnet => "msal-dotnet",
            Self::MsalJs => "msal-js",
            Self::MsalGo => "msal-go",
            Self::AzureCli => "azure-cli",
        }
    }

    /// Its name.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Curl => say::CURL,
            Self::MsalPython => say::MSAL_PYTHON,
            Self::MsalDotnet => say::MSAL_DOTNET,
            Self::MsalJs => say::MSAL_JS,
            Self::MsalGo => say::MSAL_GO,
            Self::AzureCli => say::AZURE_CLI,
        }
    }

    /// The language of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|language| language.word() == word)
    }
}

/// The call, ready to be pasted.
///
/// # Errors
/// A sentence that says why this language has no such call.
pub fn code(run: &Redacted<Run>, language: Language) -> Result<Redacted<String>, &'static str> {
    run.map(|run| write(run, language)).transpose()
}

fn write(run: &Run, language: Language) -> Result<String, &'static str> {
    let of_library = match language {
        Language::Curl => return curl::write(run),
        Language::MsalPython => msal_python::write,
        Language::MsalDotnet => msal_dotnet::write,
        Language::MsalJs => msal_js::write,
        Language::MsalGo => msal_go::write,
        Language::AzureCli => azure_cli::write,
    };
    let spec = &run.spec;
    if spec.authority.kind == AuthorityKind::EntraV1 {
        return Err(say::V2_ALONE);
    }
    if spec.credential.in_handshake().is_some() || shows_certificate(run) {
        return Err(say::NO_MUTUAL_TLS);
    }
    let proof = proof(run);
    if let Proof::Certificate(Some(at)) = proof
        && (at.thumbprint.is_some() || at.password.is_some() || is_pfx(&at.certificate))
    {
        return Err(say::OPEN_PEM_ALONE);
    }
    let call = Call {
        spec,
        proof,
        capabilities: capabilities(run),
    };
    let text = of_library(&call)?;
    let mark = match language {
        Language::MsalDotnet | Language::MsalJs | Language::MsalGo => "//",
        Language::Curl | Language::MsalPython | Language::AzureCli => "#",
    };
    let beyond = page::left_out(mark, &call.beyond());
    Ok(beyond.map_or_else(|| text.clone(), |line| format!("{line}\n{text}")))
}

/// Whether a certificate went along in the handshake: a run of the history no longer says what was meant.
fn shows_certificate(run: &Run) -> bool {
    let mut requests = run.exchanges.iter().map(|exchange| &exchange.request);
    requests.any(|request| request.certificate.is_some())
}

/// Whether a file calls itself a PFX: the run no longer has its content.
fn is_pfx(file: &Path) -> bool {
    let ending = file.extension().and_then(std::ffi::OsStr::to_str);
    ending.is_some_and(|ending| {
        ["pfx", "p12"]
            .iter()
            .any(|of| ending.eq_ignore_ascii_case(of))
    })
}

/// What a client proves itself with.
enum Proof<'a> {
    Nothing,
    Secret,
    /// A certificate and its key; `None`: the history does not say which files.
    Certificate(Option<&'a CertificateRef>),
    Assertion(Option<&'a AssertionRef>),
}

/// What the run proved itself with. A run of the history no longer says it, but what it sent does.
fn proof(run: &Run) -> Proof<'_> {
    match &run.spec.credential {
        Credential::Ask | Credential::Secret(_) => return Proof::Secret,
        Credential::Certificate(certificate) => return Proof::Certificate(Some(&certificate.at)),
        Credential::Assertion(assertion) => return Proof::Assertion(Some(&assertion.from)),
        Credential::Public => {}
    }
    let sent = |name: &str| {
        let mut requests = run.exchanges.iter().map(|exchange| &exchange.request);
        requests.any(|request| request.form.iter().any(|field| field.name == name))
    };
    let basic = |exchange: &crate::model::Exchange| {
        let mut headers = exchange.request.headers.iter();
        exchange.request.purpose == crate::model::Purpose::Token
            && headers.any(|header| header.name.eq_ignore_ascii_case("authorization"))
    };
    if sent("client_secret") || run.exchanges.iter().any(basic) {
        Proof::Secret
    } else if sent("client_assertion") {
        Proof::Certificate(None)
    } else {
        Proof::Nothing
    }
}

/// The capabilities that the client declared. A run of the history no longer says them, but what it sent does.
fn capabilities(run: &Run) -> Vec<String> {
    if !run.spec.capabilities.is_empty() {
        return run.spec.capabilities.clone();
    }
    let requests = run.exchanges.iter().map(|exchange| &exchange.request);
    let fields = requests.flat_map(|request| &request.form);
    let mut claims = fields.filter(|field| field.name == "claims");
    let read = |field: &Field| {
        let claims: Json = serde_json::from_str(field.value.reveal()).ok()?;
        let values = claims.pointer("/access_token/xms_cc/values")?.as_array()?;
        let texts = values.iter().filter_map(Json::as_str);
        Some(texts.map(str::to_owned).collect())
    };
    claims.find_map(read).unwrap_or_default()
}

/// What the languages write down.
struct Call<'a> {
    spec: &'a RunSpec,
    proof: Proof<'a>,
    capabilities: Vec<String>,
}

impl Call<'_> {
    /// Whether it is asked as a confidential client.
    const fn is_confidential(&self) -> bool {
        !matches!(self.proof, Proof::Nothing)
    }

    /// The scopes without those that the libraries add themselves and refuse to be given.
    fn scopes(&self) -> Vec<&str> {
        let reserved = ["openid", "profile", "offline_access"];
        let all = self.spec.scopes.iter().map(String::as_str);
        all.filter(|scope| !reserved.contains(scope)).collect()
    }

    /// The resource that a machine's identity is asked for.
    fn resource(&self) -> &str {
        let scope = self.spec.scopes.first().map_or("", String::as_str);
        scope.strip_suffix("/.default").unwrap_or(scope)
    }

    /// Whether the authority is one of Microsoft's clouds, so that the libraries find it by themselves.
    fn is_known(&self) -> bool {
        cloud_of(self.spec.authority.host()).is_some()
    }

    /// Host and port of the authority.
    fn host(&self) -> String {
        let url = self.spec.authority.url();
        let host = url.host_str().unwrap_or_default();
        url.port()
            .map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
    }

    /// The authority is one that only publishes what OpenID Connect has.
    fn is_oidc(&self) -> bool {
        self.spec.authority.kind == AuthorityKind::Oidc
    }

    fn authority(&self) -> String {
        quoted(self.spec.authority.as_str())
    }

    /// The declared capabilities, each a literal; nothing if there are none.
    fn capabilities(&self) -> Option<String> {
        let names: Vec<&str> = self.capabilities.iter().map(String::as_str).collect();
        (!names.is_empty()).then(|| list(&names))
    }

    fn client_id(&self) -> String {
        quoted(&self.spec.client_id)
    }

    /// The user's object id, where they are named by it.
    fn user_id(&self) -> Option<String> {
        self.spec.presented.user_id.as_deref().map(quoted)
    }

    fn username(&self) -> String {
        quoted(self.spec.username.as_deref().unwrap_or_default())
    }

    /// A web application that signs people in: its redirect URI is its own page.
    fn is_web(&self) -> bool {
        self.spec.flow == Flow::Interactive
            && (self.is_confidential() || self.spec.client_kind == ClientKind::Web)
    }
}

/// A text as a literal of Python, C#, JavaScript and Go, which have these escapes in common (RFC 8259 section 7).
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// A list of texts, each a literal.
fn list(texts: &[&str]) -> String {
    let texts: Vec<String> = texts.iter().map(|text| quoted(text)).collect();
    texts.join(", ")
}

/// A word of a shell.
fn word(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:@=,+".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// The names that an identity of a machine goes by: what a library calls it, and its value.
fn identity<'a>(spec: &'a RunSpec, names: [&'static str; 3]) -> Option<(&'static str, &'a str)> {
    let [client, object, resource] = names;
    spec.identity.as_ref().map(|identity| match identity {
        IdentityRef::ClientId(value) => (client, value.as_str()),
        IdentityRef::ObjectId(value) => (object, value.as_str()),
        IdentityRef::ResourceId(value) => (resource, value.as_str()),
    })
}

#[cfg(test)]
mod tests;
