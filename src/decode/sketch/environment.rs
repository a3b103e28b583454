//! Variables as azure-identity reads them: `.env` files, `export` lines, what `env` prints.

use super::of_tenant;
use crate::model::federated::FEDERATED_TOKEN_FILE;
use crate::model::{
    AssertionRef, CertificateRef, ClientKind, CredentialRef, Flow, Sketch, SketchOf,
};

/// Where azure-identity asks unless it is told otherwise.
const PUBLIC: &str = "login.microsoftonline.com";

pub(super) fn read(text: &str) -> Option<Sketch> {
    let pairs: Vec<(&str, &str)> = text.lines().filter_map(pair).collect();
    let of = |name: &str| {
        let found = pairs.iter().rev().find(|(found, _)| *found == name);
        found
            .map(|(_, value)| *value)
            .filter(|value| !value.is_empty())
    };
    let (tenant, client) = (of("AZURE_TENANT_ID"), of("AZURE_CLIENT_ID"));
    if tenant.is_none() && client.is_none() {
        return None;
    }
    let mut sketch = Sketch::new(SketchOf::Environment);
    let host = of("AZURE_AUTHORITY_HOST").unwrap_or(PUBLIC);
    sketch.authority = tenant.and_then(|tenant| of_tenant(host, tenant));
    sketch.client_id = client.map(str::to_owned);
    sketch.username = of("AZURE_USERNAME").map(str::to_owned);
    sketch.client_kind = Some(ClientKind::Daemon);
    sketch.flow = Some(Flow::ClientCredentials);
    if of("AZURE_CLIENT_SECRET").is_some() {
        sketch.leave_out("AZURE_CLIENT_SECRET");
    } else if let Some(path) = of("AZURE_CLIENT_CERTIFICATE_PATH") {
        sketch.credential = CredentialRef::Certificate(CertificateRef {
            certificate: path.into(),
            send_chain: of("AZURE_CLIENT_SEND_CERTIFICATE_CHAIN")
                .is_some_and(|value| matches!(value, "1" | "true" | "True")),
            ..CertificateRef::default()
        });
    } else if of(FEDERATED_TOKEN_FILE).is_some() {
        let from = AssertionRef::FileOf(FEDERATED_TOKEN_FILE.to_owned());
        sketch.credential = CredentialRef::Assertion(from);
    } else {
        sketch.client_kind = None;
        sketch.flow = None;
        if of("AZURE_PASSWORD").is_some() {
            sketch.flow = Some(Flow::Password);
            sketch.secret_left_out = true;
        }
    }
    Some(sketch)
}

/// `NAME=value`, `export NAME="value"`, `set NAME=value`, `$env:NAME = 'value'`, `NAME: value`.
fn pair(line: &str) -> Option<(&str, &str)> {
    let mut line = line.trim().trim_start_matches("- ");
    for before in ["export ", "set ", "$env:", "$Env:", "ENV "] {
        line = line.strip_prefix(before).unwrap_or(line).trim_start();
    }
    let (name, value) = line.split_once(['=', ':'])?;
    let name = name.trim().trim_matches(['"', '\'']);
    let value = value.trim().trim_end_matches([';', ',']);
    name.starts_with("AZURE_")
        .then(|| (name, value.trim_matches(['"', '\''])))
}
