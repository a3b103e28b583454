//! Whether the parts fit: flow and kind of client, the address of the API, a prompt that shows nothing.

use url::Url;

use super::{Check, Lint, shape};
use crate::model::{ClientKind, Flow, Prompt, RunSpec};
use crate::strings::guide::lint as says;

/// A daemon has nobody to sign in; a single-page application has no device page.
pub(super) const FLOW_AND_CLIENT: Check = Check {
    id: "flow-and-client",
    look: flow_and_client,
};

/// A token goes to an https address, or to this machine.
pub(super) const API_ADDRESS: Check = Check {
    id: "api-address",
    look: api_address,
};

/// `prompt=none` can only fail where nobody is signed in.
pub(super) const SILENT_PROMPT: Check = Check {
    id: "silent-prompt",
    look: silent_prompt,
};

fn flow_and_client(spec: &RunSpec, lint: &mut Lint) {
    let user_flow = match spec.flow {
        Flow::Interactive | Flow::DeviceCode | Flow::Ciba | Flow::Password => true,
        Flow::Silent
        | Flow::ClientCredentials
        | Flow::RefreshToken
        | Flow::OnBehalfOf
        | Flow::TokenExchange
        | Flow::JwtBearer
        | Flow::SamlBearer
        | Flow::UserFic
        | Flow::ManagedIdentity
        | Flow::AdminConsent => false,
    };
    match spec.client_kind {
        ClientKind::Daemon if user_flow => {
            lint.warning(
                says::daemon_user_flow(spec.flow.word()),
                "flow",
                says::DAEMON_FLOW,
            );
        }
        ClientKind::Spa if matches!(spec.flow, Flow::DeviceCode | Flow::Password) => {
            lint.warning(says::spa_flow(spec.flow.word()), "flow", says::SPA_FLOW);
        }
        ClientKind::Desktop
        | ClientKind::Web
        | ClientKind::Spa
        | ClientKind::Daemon
        | ClientKind::Api => {}
    }
}

fn api_address(spec: &RunSpec, lint: &mut Lint) {
    let Some(call) = &spec.api else {
        return;
    };
    let text = call.url.as_str();
    let safe = Url::parse(text.trim())
        .is_ok_and(|url| shape::is_safe_web(&url) && url.username().is_empty());
    if !safe || shape::is_placeholder(text) {
        lint.problem(says::api_address(text), "api", says::API);
    } else if let Err(problem) = call.check() {
        lint.problems.push(problem);
    }
}

fn silent_prompt(spec: &RunSpec, lint: &mut Lint) {
    if spec.flow == Flow::Interactive && spec.asking.prompt == Some(Prompt::None) {
        lint.warning(says::PROMPT_NONE, "prompt", says::PROMPT);
    }
}
