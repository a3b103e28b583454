//! Requests that tests of this module start from.

use super::{Evidence, diagnose};
use crate::catalog::Catalog;
use crate::model::{
    Authority, ClientKind, Credential, Diagnosis, Exchange, Fact, FactKind, Fault, FaultKind, Flow,
    Handed, Moment, Phases, Place, Purpose, Reading, Reply, Request, RunSpec, Secret, SecretKind,
    Shape, Spot, TlsCertificate,
};

/// A client id.
pub(super) const CLIENT: &str = "5d7f2a10-9f3c-4a37-b1de-3b6a1c20e4f8";

/// A sound request of a desktop program.
pub(super) fn spec(flow: Flow) -> RunSpec {
    RunSpec {
        profile: Some("contoso-desktop".into()),
        scopes: vec!["User.Read".into()],
        username: Some("ada@contoso.example".into()),
        ..RunSpec::new(
            Authority::parse("https://login.microsoftonline.com/contoso.example").unwrap(),
            CLIENT,
            flow,
        )
    }
}

/// A sound request of a daemon.
pub(super) fn daemon() -> RunSpec {
    let mut spec = spec(Flow::ClientCredentials);
    spec.client_kind = ClientKind::Daemon;
    spec.username = None;
    spec.scopes = vec!["https://graph.microsoft.com/.default".into()];
    spec.credential = Credential::Secret(Secret::new(SecretKind::ClientSecret, SECRET));
    spec
}

/// A challenge that names a policy.
pub(super) const OF_POLICY: &str = r#"{"access_token":{"capolids":{"essential":true,"values":["2b6f1c1e-0000-4000-8000-00000000c0de"]}}}"#;
/// A challenge of an API whose session was revoked.
pub(super) const OF_API: &str =
    r#"{"access_token":{"nbf":{"essential":true,"value":"1795356000"}}}"#;
/// A client secret that must never be seen.
pub(super) const SECRET: &str = "k8Q~fictional-value-0001";

/// Now, in tests.
pub(super) const NOW: Moment = Moment::from_seconds(1_795_356_131);

/// One error with everything around it.
pub(super) struct Scene {
    pub(super) reading: Reading,
    pub(super) place: Place,
    pub(super) spec: Option<RunSpec>,
    pub(super) exchange: Option<Exchange>,
}

impl Scene {
    /// A refusal at the token endpoint with HTTP 400.
    pub(super) fn refused(spec: RunSpec, error: &str, codes: &[&str]) -> Self {
        let mut scene = Self {
            reading: Reading::empty(Shape::Json),
            place: Place::Token,
            spec: Some(spec),
            exchange: None,
        };
        if !error.is_empty() {
            scene = scene.fact(FactKind::Error, error, "/error");
        }
        for (index, code) in codes.iter().enumerate() {
            scene = scene.fact(FactKind::Code, code, &format!("/error_codes/{index}"));
        }
        scene = scene.fact(
            FactKind::CorrelationId,
            "3f1c0000-0000-4000-8000-000000000001",
            "/correlation_id",
        );
        scene.status(400)
    }

    /// A paste: neither spec nor exchange.
    pub(super) fn pasted(error: &str, codes: &[&str]) -> Self {
        let mut scene = Self::refused(spec(Flow::Silent), error, codes);
        scene.spec = None;
        scene.exchange = None;
        scene
    }

    /// No reply at all.
    pub(super) fn fault(spec: RunSpec, kind: FaultKind) -> Self {
        let mut scene = Self::refused(spec, "", &[]);
        scene.reading = Reading::empty(Shape::Nothing);
        if let Some(exchange) = &mut scene.exchange {
            exchange.reply = None;
            exchange.fault = Some(Fault::new(kind, "told by the library"));
        }
        scene
    }

    /// A fact more.
    pub(super) fn fact(mut self, kind: FactKind, value: &str, pointer: &str) -> Self {
        self.reading.facts.push(Fact {
            kind,
            value: value.into(),
            from: Spot::Pointer(pointer.to_owned().into()),
        });
        self
    }

    /// What this program said itself, of a parameter.
    pub(super) fn own(mut self, parameter: &str, words: &str) -> Self {
        self.reading.facts.push(Fact {
            kind: FactKind::Trouble,
            value: words.into(),
            from: Spot::Parameter(parameter.into()),
        });
        self
    }

    /// A suberror.
    pub(super) fn suberror(self, suberror: &str) -> Self {
        self.fact(FactKind::SubError, suberror, "/suberror")
    }

    /// A claims challenge.
    pub(super) fn claims(self, claims: &str) -> Self {
        self.fact(FactKind::Claims, claims, "/claims")
    }

    /// A description.
    pub(super) fn description(self, text: &str) -> Self {
        self.fact(FactKind::Description, text, "/error_description")
    }

    /// Where it surfaced.
    pub(super) fn at(mut self, place: Place) -> Self {
        self.place = place;
        self
    }

    /// What the input looked like.
    pub(super) fn shape(mut self, shape: Shape) -> Self {
        self.reading.shape = shape;
        self
    }

    /// The reply's status.
    pub(super) fn status(mut self, status: u16) -> Self {
        let url = "https://login.microsoftonline.com/contoso.example/oauth2/v2.0/token";
        self.exchange = Some(Exchange {
            started: NOW,
            request: Request::post(url, Vec::new(), Purpose::Token),
            reply: Some(Reply {
                status,
                headers: Vec::new(),
                body: Vec::new(),
                cut: None,
            }),
            fault: None,
            phases: Phases::default(),
        });
        self
    }

    /// A header of the reply.
    pub(super) fn header(mut self, name: &str, value: &str) -> Self {
        if let Some(reply) = self
            .exchange
            .as_mut()
            .and_then(|exchange| exchange.reply.as_mut())
        {
            reply.headers.push((name.into(), value.into()));
        }
        self
    }

    /// The certificate of a client that proves itself in the TLS handshake, and what became of it there.
    pub(super) fn certificate(mut self, handed: Handed) -> Self {
        if let Some(exchange) = &mut self.exchange {
            exchange.request.certificate = Some(Box::new(TlsCertificate {
                subject: "CN=billing.contoso.example".into(),
                thumbprint: "bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg2".into(),
                handed,
                identity: None,
            }));
        }
        self
    }

    /// A change of the spec.
    pub(super) fn with(mut self, change: impl FnOnce(&mut RunSpec)) -> Self {
        if let Some(spec) = &mut self.spec {
            change(spec);
        }
        self
    }

    /// The diagnosis, by the built-in catalogue.
    pub(super) fn diagnose(&self) -> Diagnosis {
        self.diagnose_by(&Catalog::builtin())
    }

    /// The diagnosis, by a catalogue.
    pub(super) fn diagnose_by(&self, catalog: &Catalog) -> Diagnosis {
        diagnose(&self.evidence(catalog))
    }

    /// The evidence.
    pub(super) fn evidence<'a>(&'a self, catalog: &'a Catalog) -> Evidence<'a> {
        Evidence {
            reading: &self.reading,
            place: self.place,
            flow: self.spec.as_ref().map(|spec| spec.flow),
            client: self.spec.as_ref().map(|spec| spec.client_kind),
            spec: self.spec.as_ref(),
            exchange: self.exchange.as_ref(),
            now: NOW,
            catalog,
        }
    }
}

/// The ids of a plan's steps.
pub(super) fn ids(diagnosis: &Diagnosis) -> Vec<&str> {
    diagnosis
        .plan
        .steps
        .iter()
        .map(|step| step.id.as_str())
        .collect()
}

/// A body of the token endpoint as Entra writes it.
pub(super) struct Wire {
    status: u16,
    body: serde_json::Map<String, serde_json::Value>,
    headers: Vec<(String, String)>,
}

impl Wire {
    /// An error with one number.
    pub(super) fn new(status: u16, error: &str, code: &str) -> Self {
        let mut body = serde_json::Map::new();
        let number: u64 = code.parse().unwrap();
        let description = format!(
            "AADSTS{code}: the server's own words. Trace ID: 7c2e0000-0000-4000-8000-000000000002"
        );
        body.insert("error".into(), error.into());
        body.insert("error_description".into(), description.into());
        body.insert("error_codes".into(), serde_json::json!([number]));
        body.insert("timestamp".into(), "2026-11-22 14:02:11Z".into());
        body.insert(
            "trace_id".into(),
            "7c2e0000-0000-4000-8000-000000000002".into(),
        );
        body.insert(
            "correlation_id".into(),
            "3f1c0000-0000-4000-8000-000000000001".into(),
        );
        Self {
            status,
            body,
            headers: Vec::new(),
        }
    }

    /// Another member, or another value for one.
    pub(super) fn member(mut self, name: &str, value: serde_json::Value) -> Self {
        self.body.insert(name.into(), value);
        self
    }

    /// A suberror.
    pub(super) fn suberror(self, suberror: &str) -> Self {
        self.member("suberror", suberror.into())
    }

    /// A claims challenge.
    pub(super) fn claims(self, claims: &str) -> Self {
        self.member("claims", claims.into())
    }

    /// A header.
    pub(super) fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// The exchange that carries it.
    pub(super) fn exchange(&self) -> Exchange {
        let url = "https://login.microsoftonline.com/contoso.example/oauth2/v2.0/token";
        Exchange {
            started: NOW,
            request: Request::post(url, Vec::new(), Purpose::Token),
            reply: Some(Reply {
                status: self.status,
                headers: self.headers.clone(),
                body: serde_json::to_vec(&self.body).unwrap(),
                cut: None,
            }),
            fault: None,
            phases: Phases::default(),
        }
    }

    /// The diagnosis for a run of this spec.
    pub(super) fn diagnose(&self, spec: &RunSpec) -> Diagnosis {
        let exchange = self.exchange();
        let reading = crate::decode::reply(exchange.reply.as_ref().unwrap(), Purpose::Token);
        diagnose(&Evidence {
            reading: &reading,
            place: Place::Token,
            flow: Some(spec.flow),
            client: Some(spec.client_kind),
            spec: Some(spec),
            exchange: Some(&exchange),
            now: NOW,
            catalog: &Catalog::builtin(),
        })
    }
}
