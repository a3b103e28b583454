//! The words for who acts, whether signing in helps, and the classes; and what malformed parameters should be.

use crate::model::{Actor, Class, FactKind, LinkKind, Login};

/// What an authority should look like.
pub const EXPECTED_AUTHORITY: &str = "an https address such as https://login.microsoftonline.com/<tenant>, or http on this machine, without user, query or fragment";

/// No authority.
pub const NO_AUTHORITY: &str = "no authority is named";

/// An authority without `https://`.
pub fn authority_without_scheme(text: &str) -> String {
    format!("`{text}` does not begin with https://")
}

/// An authority with a scheme that is not spoken here.
pub fn authority_scheme(text: &str, scheme: &str) -> String {
    format!("`{text}` begins with {scheme}: where https is needed")
}

/// An authority with a user in it, or without a host.
pub fn authority_with_user(host: &str) -> String {
    format!("a host alone is expected, and this names a user or none: `{host}`")
}

/// An authority with a query or a fragment.
pub fn authority_with_query(text: &str) -> String {
    format!("`{text}` has a part behind ? or #")
}

/// Who acts, as the diagnosis says it.
pub const fn actor(actor: Actor) -> &'static str {
    match actor {
        Actor::User => "the user",
        Actor::Developer => "the developer of the program",
        Actor::AppOwner => "the owner of the app registration",
        Actor::ResourceOwner => "the owner of the API",
        Actor::Admin => "an administrator of the tenant",
        Actor::HomeAdmin => "an administrator of the user's home tenant",
        Actor::Federation => "whoever runs the federated identity provider",
        Actor::Microsoft => "whoever runs the sign-in service",
        Actor::NobodyCan => "nobody can: this will not be allowed",
        Actor::NoneNeeded => "nobody has to",
    }
}

/// Will signing in again help, in a few words.
pub const fn login(login: Login) -> &'static str {
    match login {
        Login::Yes => "helps",
        Login::Fresh => "helps, started anew",
        Login::WithClaims => "helps, if the claims go along",
        Login::OtherAccount => "helps with another account only",
        Login::OtherFlow => "helps by another flow only",
        Login::AfterFix => "helps only after something else is mended",
        Login::AfterWait => "does not help now; waiting does",
        Login::No => "does not help",
        Login::NotApplicable => "does not apply: no person signs in here",
        Login::Unknown => "not known",
    }
}

/// The class in a few words.
pub const fn class(class: Class) -> &'static str {
    match class {
        Class::Interaction => "the person must do something on a page",
        Class::UserCredential => "the user's credential",
        Class::AppCredential => "the application's credential",
        Class::Account => "the account",
        Class::Grant => "the code, token or assertion that was presented",
        Class::Consent => "consent",
        Class::Assignment => "assignment to the application",
        Class::Device => "the device",
        Class::Policy => "a policy",
        Class::Config => "the app registration",
        Class::Request => "the request as it was sent",
        Class::Tenant => "the tenant or cloud",
        Class::Federation => "the federated identity provider",
        Class::Throttle => "too many requests",
        Class::Service => "the service",
        Class::Expected => "nothing is wrong; part of the protocol",
        Class::Unknown => "not known",
    }
}

/// Where a link leads, as a label.
pub const fn link(kind: LinkKind) -> &'static str {
    match kind {
        LinkKind::Lookup => "Look it up",
        LinkKind::Reference => "Reference",
        LinkKind::Article => "Read more",
        LinkKind::PasswordChange => "New password",
        LinkKind::AdminConsent => "Admin consent",
        LinkKind::Spec => "Standard",
        LinkKind::AppRegistration => "The app",
        LinkKind::AppCredentials => "App's secrets",
        LinkKind::AppAuthentication => "App's redirects",
        LinkKind::AppPermissions => "App's APIs",
        LinkKind::ApiScopes => "API's scopes",
        LinkKind::EnterpriseApps => "App's users",
        LinkKind::Policy => "The policy",
        LinkKind::Policies => "Policies",
        LinkKind::User => "The user",
        LinkKind::Users => "Users",
        LinkKind::RiskyUsers => "Risky users",
        LinkKind::Devices => "Devices",
        LinkKind::CrossTenant => "Other tenants",
        LinkKind::SignInLogs => "Sign-in logs",
    }
}

/// What a fact is, as a label.
pub const fn fact(kind: FactKind) -> &'static str {
    match kind {
        FactKind::Error => "error",
        FactKind::Code => "code",
        FactKind::OtherNumber => "number",
        FactKind::Description | FactKind::Message => "said",
        FactKind::SubError => "suberror",
        FactKind::Claims => "claims",
        FactKind::TraceId => "trace",
        FactKind::CorrelationId => "correlation",
        FactKind::RequestId => "request",
        FactKind::Timestamp => "time",
        FactKind::WrittenTime => "time, as sent",
        FactKind::Repeated => "seen before",
        FactKind::ErrorUri | FactKind::PasswordChangeUrl => "link",
        FactKind::RetryAfter => "wait",
        FactKind::ErrorSubcode => "subcode",
        FactKind::AuthorizationUri => "authority",
        FactKind::PolicyId => "policy",
        FactKind::Status => "status",
        FactKind::Trouble => "trouble",
        FactKind::Token => "token",
        FactKind::Tenant => "tenant",
        FactKind::AppId | FactKind::AppName => "app",
        FactKind::Resource => "resource",
        FactKind::Scope => "scope",
        FactKind::User => "user",
        FactKind::Library => "library",
        FactKind::Placeholder => "quoted",
        FactKind::Attempt => "tried",
    }
}

/// How a managed identity is named.
pub const EXPECTED_IDENTITY: &str = "client_id=ID, object_id=ID or resource_id=PATH of a user-assigned identity; nothing for the machine's own";

/// What a region should be.
pub const EXPECTED_REGION: &str = "the name of an Azure region such as westeurope, or auto";
