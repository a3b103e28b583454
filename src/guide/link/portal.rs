//! Pages of the Entra admin centre, built from the ids at hand. Only ids that are GUIDs stand in an address, and an
//! address is made only for a cloud whose admin centre is known.
//!
//! What is known of the addresses: the hosts of the three admin centres are published (Entra FAQ, list of hosts to
//! allow). The parts behind `#view/` are those that the admin centre shows in the address bar; they are in wide use in
//! scripts and documentation and not promised anywhere: a page that has moved opens the admin centre's first page.
//! The page of an enterprise application needs the object id of its service principal, which no error names, so the
//! list of all is linked instead.

use crate::guide::case::Case;
use crate::guide::draft::Draft;
use crate::guide::ids;
use crate::model::{AuthorityKind, Class, LinkKind, Plan};

const REGISTRATION: &str = "Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/~";
const POLICY: &str = "Microsoft_AAD_ConditionalAccess/PolicyBlade/policyId";
const USER: &str = "Microsoft_AAD_UsersAndTenants/UserProfileMenuBlade/~/overview/userId";

/// Which page a step needs. The first part is the ids of steps, in any plan.
const PAGES: &[(&[&str], LinkKind)] = &[
    (
        &[
            "renew-secret",
            "enter-secret",
            "renew-certificate",
            "fix-federated-credential",
            "send-credential",
        ],
        LinkKind::AppCredentials,
    ),
    (
        &[
            "register-redirect-uri",
            "change-redirect-platform",
            "allow-public-client",
            "allow-implicit",
            "widen-audience",
            "drop-credential",
        ],
        LinkKind::AppAuthentication,
    ),
    (
        &["declare-permission", "tell-admin-consent"],
        LinkKind::AppPermissions,
    ),
    (&["repair-registration"], LinkKind::AppRegistration),
    (&["publish-scope", "repair-resource"], LinkKind::ApiScopes),
    (
        &[
            "assign-user",
            "grant-app-role",
            "enable-app",
            "install-app",
            "install-resource",
        ],
        LinkKind::EnterpriseApps,
    ),
    (
        &["enable-account", "unlock-account", "invite-guest"],
        LinkKind::Users,
    ),
    (&["tell-admin-risk"], LinkKind::RiskyUsers),
    (
        &["check-device", "register-device", "use-managed-device"],
        LinkKind::Devices,
    ),
    (&["allow-tenant", "tell-home-admin"], LinkKind::CrossTenant),
];

/// The pages that the steps of this plan need, the most specific first.
pub(super) fn pages(case: &Case<'_>, draft: &Draft, plan: &Plan) -> Vec<(LinkKind, String)> {
    let Some(base) = base(case) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    if draft.class == Class::Policy || plan.steps.iter().any(|step| step.id == "tell-admin-policy")
    {
        found.extend(policies(case, &base));
    }
    for step in &plan.steps {
        let kinds = PAGES
            .iter()
            .filter(|(ids, _)| ids.contains(&step.id.as_str()));
        for (_, kind) in kinds {
            if let Some(link) = page(case, &base, *kind)
                && !found.contains(&link)
            {
                found.push(link);
            }
        }
    }
    found
}

/// The page of the four sign-in logs.
pub(super) fn sign_in_logs(case: &Case<'_>) -> Option<String> {
    let view = "Microsoft_AAD_IAM/SignInLogsList.ReactView/timeRangeType/last24hours/showApplicationSignIns~/true";
    Some(format!("{}{view}", base(case)?))
}

fn page(case: &Case<'_>, base: &str, kind: LinkKind) -> Option<(LinkKind, String)> {
    let of_app =
        |blade: &str| ids::app(case).map(|id| format!("{base}{REGISTRATION}/{blade}/appId/{id}"));
    let of_resource = |blade: &str| {
        let id = ids::resource_app(case)?;
        Some(format!("{base}{REGISTRATION}/{blade}/appId/{id}"))
    };
    let list = |view: &str| Some(format!("{base}{view}"));
    let url = match kind {
        LinkKind::AppRegistration => of_app("Overview"),
        LinkKind::AppCredentials => of_app("Credentials"),
        LinkKind::AppAuthentication => of_app("Authentication"),
        LinkKind::AppPermissions => of_app("CallAnAPI"),
        LinkKind::ApiScopes => of_resource("ProtectAnAPI"),
        LinkKind::EnterpriseApps => {
            list("Microsoft_AAD_IAM/StartboardApplicationsMenuBlade/~/AppAppsPreview")
        }
        LinkKind::Users => {
            let user = case.evidence.spec.and_then(|spec| spec.username.as_deref());
            if let Some(id) = user.filter(|id| ids::is_guid(id)) {
                return Some((LinkKind::User, format!("{base}{USER}/{id}")));
            }
            list("Microsoft_AAD_UsersAndTenants/UserManagementMenuBlade/~/AllUsers")
        }
        LinkKind::RiskyUsers => list("Microsoft_AAD_IAM/IdentityProtectionMenuBlade/~/RiskyUsers"),
        LinkKind::Devices => list("Microsoft_AAD_Devices/DevicesMenuBlade/~/Devices"),
        LinkKind::CrossTenant => {
            list("Microsoft_AAD_IAM/CompanyRelationshipsMenuBlade/~/CrossTenantAccessSettings")
        }
        LinkKind::Lookup
        | LinkKind::Reference
        | LinkKind::Article
        | LinkKind::PasswordChange
        | LinkKind::AdminConsent
        | LinkKind::Spec
        | LinkKind::Policy
        | LinkKind::Policies
        | LinkKind::User
        | LinkKind::SignInLogs => None,
    };
    url.map(|url| (kind, url))
}

/// The policies that the server named; where it named none, their list.
fn policies(case: &Case<'_>, base: &str) -> Vec<(LinkKind, String)> {
    let named = case.policies().into_iter().filter(|id| ids::is_guid(id));
    let mut found: Vec<(LinkKind, String)> = named
        .map(|id| (LinkKind::Policy, format!("{base}{POLICY}/{id}")))
        .collect();
    if found.is_empty() {
        let list = "Microsoft_AAD_ConditionalAccess/ConditionalAccessBlade/~/Policies";
        found.push((LinkKind::Policies, format!("{base}{list}")));
    }
    found
}

/// The admin centre of the cloud that answered, opened in the tenant where that is known.
fn base(case: &Case<'_>) -> Option<String> {
    let host = match ids::sign_in_host(case) {
        ids::PUBLIC => "entra.microsoft.com",
        "login.microsoftonline.us" => "entra.microsoft.us",
        "login.partner.microsoftonline.cn" => "entra.microsoftonline.cn",
        _ => return None,
    };
    if !is_entra(case) {
        return None;
    }
    Some(match ids::tenant(case) {
        Some(tenant) => format!("https://{host}/{tenant}/#view/"),
        None => format!("https://{host}/#view/"),
    })
}

/// Whether a real tenant of Microsoft Entra answered.
fn is_entra(case: &Case<'_>) -> bool {
    match case.evidence.spec.map(|spec| &spec.authority) {
        Some(authority) if authority.is_loopback() => false,
        Some(authority) => matches!(
            authority.kind,
            AuthorityKind::EntraV1 | AuthorityKind::EntraV2 | AuthorityKind::Ciam
        ),
        None => case.codes.iter().any(|code| code.starts_with("AADSTS")),
    }
}
