//! Whom and for what, together: a token of one cloud is of no use to the APIs of another.

use url::Url;

use super::{Check, Lint, scope};
use crate::model::RunSpec;
use crate::model::authority::cloud_of;
use crate::strings::guide::lint as says;

/// Tenant, host and API belong to the same cloud (protocol page "national clouds").
pub(super) const SAME: Check = Check {
    id: "same-cloud",
    look: same,
};

/// The first sign-in host of each cloud, and what the names of its APIs end with.
const APIS: &[(&str, &[&str])] = &[
    (
        "login.microsoftonline.com",
        &[
            "graph.microsoft.com",
            "management.azure.com",
            "management.core.windows.net",
            "vault.azure.net",
            "storage.azure.com",
            "database.windows.net",
            "outlook.office365.com",
            "outlook.office.com",
            ".sharepoint.com",
        ],
    ),
    (
        "login.microsoftonline.us",
        &[
            "graph.microsoft.us",
            "dod-graph.microsoft.us",
            "management.usgovcloudapi.net",
            "management.core.usgovcloudapi.net",
            "vault.usgovcloudapi.net",
            "database.usgovcloudapi.net",
            ".sharepoint.us",
        ],
    ),
    (
        "login.partner.microsoftonline.cn",
        &[
            "microsoftgraph.chinacloudapi.cn",
            "management.chinacloudapi.cn",
            "management.core.chinacloudapi.cn",
            "vault.azure.cn",
            "database.chinacloudapi.cn",
            ".sharepoint.cn",
        ],
    ),
];

/// What the domains of a cloud's tenants end with, where that tells the cloud.
const TENANTS: &[(&str, &str)] = &[
    ("login.microsoftonline.us", ".onmicrosoft.us"),
    ("login.partner.microsoftonline.cn", ".partner.onmschina.cn"),
];

fn same(spec: &RunSpec, lint: &mut Lint) {
    let Some(cloud) = cloud_of(spec.authority.host()) else {
        return;
    };
    let tenant = spec
        .authority
        .tenant()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let tenants = TENANTS.iter().find(|(_, ending)| tenant.ends_with(ending));
    if let Some((host, _)) = tenants.filter(|(host, _)| *host != cloud) {
        lint.warning(says::tenant_elsewhere(&tenant), "authority", *host);
    }
    for resource in scope::addresses(spec) {
        if let Some(host) = cloud_of_api(&resource).filter(|host| *host != cloud) {
            lint.warning(
                says::api_elsewhere(&resource, spec.authority.host()),
                "scope",
                says::same_cloud(host),
            );
        }
    }
}

fn cloud_of_api(resource: &str) -> Option<&'static str> {
    let url = Url::parse(resource).ok()?;
    let host = url.host_str()?.to_ascii_lowercase();
    let belongs = |name: &str| {
        let name = name.trim_start_matches('.');
        host == name
            || host
                .strip_suffix(name)
                .is_some_and(|rest| rest.ends_with('.'))
    };
    let (cloud, _) = APIS
        .iter()
        .find(|(_, names)| names.iter().any(|name| belongs(name)))?;
    Some(*cloud)
}
