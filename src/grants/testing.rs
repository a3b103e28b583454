//! What the tests of this module share.

use crate::model::{
    Authority, AuthorityKind, ClientKind, Exchange, Fault, FaultKind, Flow, Moment, Phases,
    Purpose, Reply, Request, RunSpec,
};

use super::Metadata;

/// Seconds after a fixed start.
pub fn at(seconds: i64) -> Moment {
    Moment::from_seconds(1_795_356_000 + seconds)
}

/// Any request.
pub fn request() -> Request {
    Request::get("https://login.microsoftonline.com/x", Purpose::Token)
}

fn exchange(request: Request, reply: Option<Reply>, fault: Option<FaultKind>) -> Exchange {
    Exchange {
        started: at(0),
        request,
        reply,
        fault: fault.map(|kind| Fault::new(kind, "no answer")),
        phases: Phases::default(),
    }
}

/// An exchange with a reply.
pub fn reply(status: u16, body: &str) -> Exchange {
    answered(request(), status, body)
}

/// The reply to this request.
pub fn answered(request: Request, status: u16, body: &str) -> Exchange {
    let reply = Reply {
        status,
        headers: vec![("content-type".into(), "application/json".into())],
        body: body.as_bytes().to_vec(),
        cut: None,
    };
    exchange(request, Some(reply), None)
}

/// An exchange without a reply.
pub fn faulty(kind: FaultKind) -> Exchange {
    exchange(request(), None, Some(kind))
}

/// A run of a fictional desktop app.
///
/// # Panics
/// Never: the authority is well-formed.
pub fn spec(flow: Flow) -> RunSpec {
    RunSpec {
        client_kind: if flow == Flow::ClientCredentials {
            ClientKind::Daemon
        } else {
            ClientKind::Desktop
        },
        scopes: vec![if flow == Flow::ClientCredentials {
            "https://graph.microsoft.com/.default".into()
        } else {
            "User.Read".into()
        }],
        ..RunSpec::new(
            Authority::parse("https://login.microsoftonline.com/contoso.example").unwrap(),
            "app1",
            flow,
        )
    }
}

/// The metadata of a v2.0 tenant.
pub fn metadata() -> Metadata {
    let base = "https://login.microsoftonline.com/t1";
    Metadata {
        kind: AuthorityKind::EntraV2,
        issuer: format!("{base}/v2.0"),
        authorization_endpoint: Some(format!("{base}/oauth2/v2.0/authorize")),
        token_endpoint: format!("{base}/oauth2/v2.0/token"),
        backchannel_endpoint: None,
        device_authorization_endpoint: Some(format!("{base}/oauth2/v2.0/devicecode")),
        jwks_uri: Some(format!("{base}/discovery/v2.0/keys")),
        auth_methods: Some(vec![
            "client_secret_post".into(),
            "client_secret_basic".into(),
        ]),
        grant_types: None,
        dpop_algorithms: None,
        par_endpoint: None,
        regional_token_endpoint: None,
        requires_par: false,
        introspection_endpoint: None,
        signs_introspection: false,
        revocation_endpoint: None,
        userinfo_endpoint: None,
        end_session_endpoint: None,
        sends_issuer: false,
        accepts: super::metadata::Accepts::default(),
        mutual_tls: Box::default(),
        binds_to_certificate: false,
    }
}

/// A request's form as `name=value` words; secrets revealed, for these are made up.
pub fn form(request: &Request) -> String {
    let words: Vec<String> = request
        .form
        .iter()
        .map(|field| format!("{}={}", field.name, field.value.reveal()))
        .collect();
    words.join(" ")
}
