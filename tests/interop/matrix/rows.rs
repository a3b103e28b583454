//! The table, flow by flow.

use super::client::Library::{AzureIdentity, MsalNode, MsalPython};
use super::row::{Act, Row};

const NOBODY: &str = "00000000-1111-2222-3333-444444444444";
const PEOPLE: [&str; 4] = ["silent", "silent-with-error", "refresh-token", "password"];
const APPLICATIONS: [&str; 4] = [
    "client-credentials",
    "certificate",
    "assertion",
    "workload-identity",
];

/// Every row.
pub fn all() -> Vec<Row> {
    let mut rows = Vec::new();
    for flow in APPLICATIONS {
        rows.extend(of_applications(flow));
    }
    rows.extend(credentials());
    for flow in PEOPLE {
        rows.extend(of_people(flow));
    }
    rows.extend(refresh_tokens());
    rows.extend(passwords());
    rows.extend(interactive());
    rows.extend(device_codes());
    rows.extend(on_behalf_of());
    rows.extend(user_credentials());
    rows
}

/// The service itself: it is overloaded, out of order, or gone in the middle of it.
fn of_the_service(flow: &'static str) -> Vec<Row> {
    vec![
        // Whether a library remembers is seen with a long pause, so that no busy machine lets it run out; one that
        // obeys is told a short one.
        Row::refused(flow, "throttled", "AADSTS90055")
            .changed(&["fault 429 30s at token on"], &["fault 429 off"])
            .only(&[MsalPython, MsalNode]),
        Row::refused(flow, "throttled", "AADSTS90055")
            .changed(&["fault 429 1s at token on"], &[])
            .only(&[AzureIdentity]),
        Row::refused(flow, "outage", "AADSTS90033").changed(&["outage on"], &["outage off"]),
        Row::refused(flow, "gateway", "502")
            .changed(&["fault 502 at token on"], &["fault 502 off"]),
        Row::refused(flow, "cut off", "reset")
            .changed(&["fault reset at token on"], &["fault reset off"]),
    ]
}

fn of_applications(flow: &'static str) -> Vec<Row> {
    let mut rows = of_the_service(flow);
    if flow != "client-credentials" {
        rows.retain(|row| row.name == "outage");
    }
    rows.extend([
        Row::granted(flow),
        Row::refused(flow, "unknown app", "AADSTS700016").with(&[("client", NOBODY)]),
        Row::refused(flow, "unknown resource", "AADSTS500011")
            .with(&[("scopes", "api://nobody/.default")]),
        Row::refused(flow, "unknown tenant", "AADSTS90002").with(&[("tenant", "nobody.example")]),
        Row::refused(flow, "disabled app", "AADSTS7000112").changed(
            &["set app contoso-daemon disabled yes"],
            &["set app contoso-daemon disabled no"],
        ),
        Row::refused(flow, "blocked", "AADSTS53003")
            .changed(&["policy block-daemons on"], &["policy block-daemons off"]),
    ]);
    rows
}

fn credentials() -> Vec<Row> {
    let mut rows = vec![
        Row::refused("client-credentials", "wrong secret", "AADSTS7000215").wrong(),
        Row::refused("client-credentials", "expired secret", "AADSTS7000222").changed(
            &["set app contoso-daemon secret-expired yes"],
            &["set app contoso-daemon secret-expired no"],
        ),
        Row::refused("certificate", "unknown certificate", "AADSTS700027").wrong(),
        Row::refused("certificate", "late", "AADSTS700024").changed(&["advance 2h"], &[]),
    ];
    for flow in ["assertion", "workload-identity"] {
        rows.extend([
            Row::refused(flow, "another subject", "AADSTS700213").changed(
                &["set app contoso-daemon federated-subject repo:contoso/other:ref:refs/heads/main"],
                &["set app contoso-daemon federated-subject repo:contoso/daemon:ref:refs/heads/main"],
            ),
            Row::refused(flow, "another audience", "AADSTS700212").changed(
                &["set app contoso-daemon federated-audience api://somewhere"],
                &["set app contoso-daemon federated-audience api://AzureADTokenExchange"],
            ),
            Row::refused(flow, "another issuer", "AADSTS700211").changed(
                &["set app contoso-daemon federated-issuer https://ci.contoso.example/"],
                &["set app contoso-daemon federated-issuer https://ci.contoso.example"],
            ),
        ]);
    }
    rows
}

fn of_people(flow: &'static str) -> Vec<Row> {
    let mut rows = of_the_service(flow);
    if flow == "refresh-token" || flow == "password" {
        rows.retain(|row| row.name == "outage");
    }
    rows.extend([
        Row::granted(flow),
        Row::refused(flow, "second factor", "AADSTS50076")
            .changed(&["policy require-mfa on"], &["policy require-mfa off"]),
        Row::refused(flow, "second factor of the person", "AADSTS50076")
            .changed(&["per-user-mfa on"], &["per-user-mfa off"]),
        Row::refused(flow, "blocked", "AADSTS53003")
            .changed(&["policy block on"], &["policy block off"]),
        Row::refused(flow, "device", "AADSTS50097")
            .changed(
                &["policy compliant-device on"],
                &["policy compliant-device off"],
            )
            // Whoever signed in with a device code shows no device.
            .only(if flow == "silent" {
                &[MsalPython, MsalNode]
            } else {
                &[]
            }),
        Row::refused(flow, "no consent", "AADSTS65001")
            .changed(&["revoke-consent"], &["grant-consent"]),
        Row::refused(flow, "disabled user", "AADSTS50057").changed(
            &["set user ada@contoso.example disabled yes"],
            &["set user ada@contoso.example disabled no"],
        ),
        Row::refused(flow, "removed app", "AADSTS700016").changed(
            &["set app contoso-desktop removed yes"],
            &["set app contoso-desktop removed no"],
        ),
        Row::refused(flow, "unknown resource", "AADSTS500011")
            .with(&[("scopes", "api://nobody/read")]),
    ]);
    rows
}

fn refresh_tokens() -> Vec<Row> {
    let mut rows = vec![
        Row::refused("silent", "device", "AADSTS530033")
            .changed(
                &["policy compliant-device on"],
                &["policy compliant-device off"],
            )
            .only(&[AzureIdentity]),
    ];
    for flow in ["silent", "silent-with-error", "refresh-token"] {
        rows.extend([
            Row::refused(flow, "revoked", "AADSTS50173").changed(&["revoke-sessions"], &[]),
            Row::refused(flow, "unused for too long", "AADSTS700082")
                .changed(&["advance 91d"], &[]),
            Row::refused(flow, "sign-in too old", "AADSTS70043").changed(
                &["policy sign-in-frequency on", "advance 13h"],
                &["policy sign-in-frequency off"],
            ),
        ]);
    }
    rows
}

fn passwords() -> Vec<Row> {
    vec![
        Row::refused("password", "wrong password", "AADSTS50126").with(&[("password", "wrong")]),
        Row::refused("password", "unknown user", "AADSTS50034")
            .with(&[("username", "nobody@contoso.example")]),
        Row::refused("password", "expired password", "AADSTS50055").changed(
            &["set user ada@contoso.example password-expired yes"],
            &["set user ada@contoso.example password-expired no"],
        ),
        Row::refused("password", "locked user", "AADSTS50053").changed(
            &["set user ada@contoso.example locked yes"],
            &["set user ada@contoso.example locked no"],
        ),
        Row::refused("password", "unknown tenant", "AADSTS90002")
            .with(&[("tenant", "nobody.example")]),
    ]
}

fn interactive() -> Vec<Row> {
    let mut rows = Vec::new();
    for flow in ["interactive", "code"] {
        rows.extend(of_the_service(flow).into_iter().map(Row::once));
        rows.push(Row::granted(flow));
    }
    rows.extend([
        Row::refused("interactive", "declined", "AADSTS65004")
            .changed(&["revoke-consent"], &[])
            .act(Act::Declines),
        Row::refused("code", "code too old", "AADSTS70008").changed(&["advance 11m"], &[]),
        Row::refused("code", "expired secret", "AADSTS7000222").changed(&["expire-secret"], &[]),
        Row::refused("code", "blocked meanwhile", "AADSTS53003").changed(&["policy block on"], &[]),
    ]);
    rows
}

fn device_codes() -> Vec<Row> {
    const FLOW: &str = "device-code";
    vec![
        Row::granted(FLOW),
        Row::refused(FLOW, "pending", "AADSTS70016")
            .act(Act::AgreesLate)
            .when("the person finishes"),
        Row::refused(FLOW, "declined", "authorization_declined").act(Act::Declines),
        Row::refused(FLOW, "too late", "AADSTS70020")
            .act(Act::StaysAway)
            .changed(&["advance 16m"], &[]),
        Row::refused(FLOW, "not a public client", "AADSTS7000218")
            .changed(&["set app contoso-desktop public-flows no"], &[]),
        Row::refused(FLOW, "second factor", "AADSTS50076").changed(&["policy require-mfa on"], &[]),
        Row::refused(FLOW, "throttled", "AADSTS90055")
            .changed(&["fault 429 2s at token on"], &[])
            .when("fails alike"),
        Row::refused(FLOW, "outage", "AADSTS90033")
            .changed(&["outage on"], &[])
            .when("fails alike"),
        Row::refused(FLOW, "throttled once", "AADSTS90055")
            .changed(&["fault 429 2s at token once"], &[])
            .when("repetitions succeeds")
            .only(&[AzureIdentity]),
    ]
}

fn on_behalf_of() -> Vec<Row> {
    const FLOW: &str = "on-behalf-of";
    vec![
        Row::granted(FLOW).changed(&["grant-consent"], &[]),
        Row::refused(FLOW, "no consent", "AADSTS65001").changed(&[], &["grant-consent"]),
        Row::refused(FLOW, "second factor", "AADSTS50076").changed(
            &["grant-consent", "policy require-mfa on"],
            &["policy require-mfa off"],
        ),
        Row::refused(FLOW, "blocked", "AADSTS53003")
            .changed(&["grant-consent", "policy block on"], &["policy block off"]),
        Row::refused(FLOW, "no token", "AADSTS50027").with(&[("assertion", "no-token")]),
        Row::refused(FLOW, "token for another API", "AADSTS500131").wrong(),
        Row::refused(FLOW, "token too old", "AADSTS500133")
            .changed(&["grant-consent", "advance 2h"], &[]),
        Row::refused(FLOW, "expired secret", "AADSTS7000222").changed(&["expire-secret"], &[]),
        Row::refused(FLOW, "throttled", "AADSTS90055")
            .changed(&["fault 429 2s at token on"], &[])
            .only(&[MsalPython, MsalNode]),
        Row::refused(FLOW, "outage", "AADSTS90033")
            .changed(&["grant-consent", "outage on"], &["outage off"]),
    ]
}

fn user_credentials() -> Vec<Row> {
    const FLOW: &str = "user-fic";
    const ADA: &str = "b2f0a6d4-0d1a-4c8e-8f37-5a4f1c2e9b01";
    vec![
        Row::granted(FLOW).changed(&["grant-consent"], &[]),
        Row::granted(FLOW)
            .with(&[("username", ""), ("user_object_id", ADA)])
            .changed(&["grant-consent"], &[]),
        Row::refused(FLOW, "no consent", "AADSTS65001").changed(&[], &["grant-consent"]),
        Row::refused(FLOW, "second factor", "AADSTS50076").changed(
            &["grant-consent", "policy require-mfa on"],
            &["policy require-mfa off"],
        ),
        Row::refused(FLOW, "blocked", "AADSTS53003")
            .changed(&["grant-consent", "policy block on"], &["policy block off"]),
        Row::refused(FLOW, "unknown user", "AADSTS50034")
            .with(&[("username", "nobody@contoso.example")]),
        Row::refused(FLOW, "disabled user", "AADSTS50057").changed(
            &["grant-consent", "set user ada@contoso.example disabled yes"],
            &["set user ada@contoso.example disabled no"],
        ),
        Row::refused(FLOW, "another subject", "AADSTS700213").changed(
            &[
                "grant-consent",
                "set app contoso-daemon federated-subject repo:contoso/other:ref:refs/heads/main",
            ],
            &["set app contoso-daemon federated-subject repo:contoso/daemon:ref:refs/heads/main"],
        ),
        Row::refused(FLOW, "late", "AADSTS700024").changed(&["advance 2h"], &[]),
        Row::refused(FLOW, "expired secret", "AADSTS7000222").changed(&["expire-secret"], &[]),
        Row::refused(FLOW, "throttled", "AADSTS90055")
            .changed(&["fault 429 2s at token on"], &[])
            .only(&[MsalPython, MsalNode]),
        Row::refused(FLOW, "outage", "AADSTS90033")
            .changed(&["grant-consent", "outage on"], &["outage off"]),
    ]
}
