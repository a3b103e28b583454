//! Where the answer of a browser sign-in goes.

use url::Url;

use super::{Check, Lint, shape};
use crate::model::authority::is_loopback;
use crate::model::{ClientKind, RunSpec};
use crate::strings::guide::lint as says;

/// An absolute address: https, http on this machine, or a scheme of the application's own (RFC 8252 section 7).
pub(super) const ADDRESS: Check = Check {
    id: "redirect-address",
    look: address,
};

/// Whether the answer can reach this program, and the trap of the trailing slash.
pub(super) const LISTENING: Check = Check {
    id: "redirect-listening",
    look: listening,
};

/// The type under which such an address is registered fits the kind of client (protocol page "redirect URIs").
pub(super) const FITS_CLIENT: Check = Check {
    id: "redirect-fits-client",
    look: fits_client,
};

/// The page of the sign-in service that native programs with a web view of their own return to.
const NATIVE_PAGE: &str = "/common/oauth2/nativeclient";

fn wanted(spec: &RunSpec) -> Option<&str> {
    spec.redirect_uri
        .as_deref()
        .filter(|_| spec.flow.comes_back())
}

fn address(spec: &RunSpec, lint: &mut Lint) {
    let Some(text) = wanted(spec) else { return };
    let at = "redirect_uri";
    if shape::is_placeholder(text) {
        return lint.problem(says::placeholder(text), at, says::REDIRECT);
    }
    let Ok(url) = Url::parse(text) else {
        return lint.problem(says::redirect_relative(text), at, says::REDIRECT);
    };
    if text.trim() != text || shape::has_control(text) {
        lint.problem(says::spaces_around(text), at, says::REDIRECT);
    } else if url.fragment().is_some() {
        lint.problem(says::redirect_fragment(text), at, says::REDIRECT);
    } else if matches!(
        url.scheme(),
        "javascript" | "data" | "file" | "about" | "blob" | "vbscript"
    ) {
        lint.problem(says::redirect_scheme(url.scheme()), at, says::REDIRECT);
    } else if url.scheme() == "http" && !is_loopback(&url) {
        lint.problem(says::redirect_plain_http(text), at, says::REDIRECT);
    }
}

fn fits_client(spec: &RunSpec, lint: &mut Lint) {
    let Some(text) = wanted(spec) else { return };
    let Ok(url) = Url::parse(text) else { return };
    let web = matches!(url.scheme(), "http" | "https");
    let here = is_loopback(&url);
    let at = "redirect_uri";
    match spec.client_kind {
        ClientKind::Desktop if web && !here && url.path() != NATIVE_PAGE => {
            lint.warning(says::redirect_of_web(text), at, says::REDIRECT_NATIVE);
        }
        ClientKind::Spa | ClientKind::Web if !web => {
            let kind = spec.client_kind.word();
            lint.warning(says::redirect_of_native(text, kind), at, says::REDIRECT_WEB);
        }
        ClientKind::Desktop
        | ClientKind::Spa
        | ClientKind::Web
        | ClientKind::Daemon
        | ClientKind::Api => {}
    }
    if spec.authority.is_entra() && url.host_str() == Some("[::1]") {
        lint.warning(says::redirect_ipv6(text), at, says::REDIRECT_LOCALHOST);
    }
}

fn listening(spec: &RunSpec, lint: &mut Lint) {
    let Some(text) = wanted(spec) else { return };
    let Ok(url) = Url::parse(text) else { return };
    let at = "redirect_uri";
    let here = is_loopback(&url);
    if here && url.scheme() == "http" && text.ends_with('/') {
        lint.warning(says::redirect_slash(text), at, says::REDIRECT_EXACT);
    }
    if url.scheme() != "http" || !here {
        lint.warning(says::redirect_elsewhere(text), at, says::REDIRECT_HERE);
    }
}
