//! What is wrong with a request before it is sent, and what was expected instead.

use crate::model::{AuthorityKind, Flow};

/// A host that exists.
pub const REAL_HOST: &str = "the host of your issuer, for example login.microsoftonline.com";
/// A tenant.
pub const A_TENANT: &str =
    "the tenant after the host: its id (a GUID) or one of its domains, for example contoso.example";
/// One tenant.
pub const ONE_TENANT: &str = "the one tenant that the application acts in";
/// The German cloud is gone.
pub const CLOSED_CLOUD: &str = "this cloud was closed in 2021";
/// A client id is a GUID.
pub const CLIENT_GUID: &str = "the application (client) id of the registration, a GUID such as 5d7f2a10-9f3c-4a37-b1de-3b6a1c20e4f8";
/// A client id is some text.
pub const CLIENT_TEXT: &str = "the client id that the issuer gave to the application";
/// No client id.
pub const CLIENT_EMPTY: &str = "no client id";
/// The tenant's id was pasted.
pub const CLIENT_IS_TENANT: &str =
    "the client id and the tenant id are the same; one of them was pasted into both";
/// An empty scope.
pub const SCOPE_EMPTY: &str = "an empty scope";
/// One scope each.
pub const SCOPE_EACH: &str = "one scope each, without commas; several scopes are given one by one";
/// A real scope.
pub const SCOPE_REAL: &str =
    "a scope that the API offers, for example User.Read or api://contoso-orders/read";
/// No scope at all.
pub const SCOPE_NONE: &str = "no scope";
/// The scope of an application.
pub const SCOPE_DEFAULT: &str =
    "the API's identifier followed by /.default, for example https://graph.microsoft.com/.default";
/// Characters of scopes.
pub const SCOPE_CHARACTERS: &str =
    "letters, digits and ASCII marks; no quotation mark and no backslash";
/// One resource.
pub const ONE_RESOURCE: &str = "scopes of one API; ask for a token of its own for each further API";
/// `.default` with others.
pub const DEFAULT_MIXED: &str =
    "/.default stands beside other scopes; the server refuses the mixture";
/// `.default` alone.
pub const DEFAULT_ALONE: &str = "either /.default alone or the scopes by name";
/// A redirect URI.
pub const REDIRECT: &str = "an absolute address as it is registered: http://localhost, an https address, or a scheme of the application's own";
/// Exactly as registered.
pub const REDIRECT_EXACT: &str = "exactly what is registered, to the last character";
/// An address that this program can listen on.
pub const REDIRECT_HERE: &str =
    "http://localhost, or paste the address from the browser when it arrives";
/// Claims.
pub const CLAIMS: &str =
    "a JSON object such as {\"access_token\":{\"acrs\":{\"essential\":true,\"value\":\"c1\"}}}";
/// Not an object.
pub const CLAIMS_NOT_OBJECT: &str = "the claims are JSON but not an object";
/// Nothing in it.
pub const CLAIMS_EMPTY: &str = "the claims are empty";
/// Base64.
pub const CLAIMS_BASE64: &str =
    "the claims are still in base64, as an API's challenge carries them; decode them first";
/// cp1.
pub const CP1: &str = "cp1 says that this client can answer claims challenges: tokens live up to 28 hours and an API may refuse one at any time";
/// What cp1 promises.
pub const CP1_PROMISE: &str =
    "cp1 only for programs that pass a challenge's claims on and ask again";
/// The one capability.
pub const CAPABILITY: &str = "cp1, the only capability that is known";
/// A confidential client.
pub const CONFIDENTIAL: &str = "a confidential client: daemon, web or api";
/// No secret.
pub const SECRET_NONE: &str =
    "an application without a user must prove who it is, and no secret was given";
/// The value of the secret.
pub const SECRET: &str = "the value of a client secret, as shown once when it was made";
/// Nothing in it.
pub const SECRET_EMPTY: &str = "the client secret is empty";
/// Text of an example.
pub const SECRET_PLACEHOLDER: &str =
    "the client secret is text from an example that was never replaced";
/// The id of the secret.
pub const SECRET_IS_ID: &str =
    "the client secret has the shape of a GUID: that is the secret's id, not its value";
/// Space around it.
pub const SECRET_SPACES: &str =
    "the client secret begins or ends with white space, and is sent as it is";
/// Without space.
pub const SECRET_WHOLE: &str =
    "the value without anything around it, if the white space came with the copying";
/// A public client has no secret.
pub const NO_SECRET: &str =
    "no secret; what every user can read proves nothing, and the server refuses it";
/// Nothing in it.
pub const REFRESH_EMPTY: &str = "the refresh token is empty";
/// It has spaces.
pub const REFRESH_SPACES: &str =
    "the refresh token has white space in it; part of a line end was copied with it";
/// It is a JWT.
pub const REFRESH_IS_JWT: &str =
    "this looks like an access or ID token (a JWT), not like a refresh token";
/// A refresh token.
pub const REFRESH: &str = "one refresh token, without spaces or line ends";
/// No user.
pub const USER_NONE: &str = "no user name";
/// A user name.
pub const USER: &str = "one user name such as ada@contoso.example";
/// Several.
pub const USER_LIST: &str = "this is more than one user name, or has white space in it";
/// An empty password.
pub const PASSWORD_EMPTY: &str = "the password is empty";
/// A password.
pub const PASSWORD: &str = "the user's password";
/// The tenant of the password flow.
pub const PASSWORD_TENANT: &str = "the user's own tenant, or organizations; the password flow does not work for personal accounts";
/// What a daemon runs.
pub const DAEMON_FLOW: &str = "client-credentials, or a client of another kind";
/// What a single-page application runs.
pub const SPA_FLOW: &str = "interactive; a single-page application signs in by redirect only";
/// The API's address.
pub const API: &str = "an https address, or http on this machine: a token is sent there";
/// Shows nothing.
pub const PROMPT_NONE: &str =
    "prompt=none shows no page: it fails unless somebody is signed in already";
/// Prompts.
pub const PROMPT: &str = "no prompt, login, consent or select_account";

/// Scopes of OpenID Connect alone.
pub const RESERVED_ALONE: &str = "only scopes of OpenID Connect are asked for: the token is for no API of yours, and MSAL refuses a call that names nothing else";
/// A secret, or another kind of client.
pub const SECRET_OR_PUBLIC: &str =
    "the client secret, or a client of the kind desktop if the registration allows public clients";
/// What native programs register.
pub const REDIRECT_NATIVE: &str = "http://localhost or a scheme of its own, registered under mobile and desktop applications; or the client kind web, with a secret";
/// What web applications register.
pub const REDIRECT_WEB: &str =
    "an https address, registered under the type that the application is: web or single-page";
/// The one loopback name.
pub const REDIRECT_LOCALHOST: &str =
    "http://localhost, registered without a port: any port then matches";

/// Text of an example.
pub fn placeholder(text: &str) -> String {
    format!("`{text}` is text from an example that was never replaced")
}

/// No tenant in the authority.
pub fn no_tenant(authority: &str) -> String {
    format!("`{authority}` names no tenant")
}

/// An application at a shared tenant name.
pub fn app_in_shared_tenant(tenant: &str) -> String {
    format!("`{tenant}` stands for many tenants, and an application without a user acts in one")
}

/// White space around a value.
pub fn spaces_around(text: &str) -> String {
    format!(
        "`{}` has white space or a line end around it or in it",
        text.trim()
    )
}

/// Not a GUID.
pub fn not_a_guid(text: &str) -> String {
    format!("`{text}` is not a GUID, and this issuer's client ids are")
}

/// Commas.
pub fn scope_comma(scope: &str) -> String {
    format!("`{scope}` holds a comma or semicolon; scopes are told apart by spaces")
}

/// Spaces.
pub fn scope_space(scope: &str) -> String {
    format!("`{scope}` is sent as several scopes")
}

/// A character that scopes cannot have.
pub fn scope_character(scope: &str, c: char) -> String {
    format!("`{scope}` holds {c:?}, which a scope cannot")
}

/// Several resources.
pub fn resources(resources: &[String]) -> String {
    format!(
        "the scopes belong to {} APIs ({}), and a token is for one",
        resources.len(),
        resources.join(", ")
    )
}

/// An application asks for a scope by name.
pub fn not_default(scope: &str) -> String {
    format!("`{scope}`: without a user, scopes cannot be chosen by name")
}

/// Not absolute.
pub fn redirect_relative(text: &str) -> String {
    format!("`{text}` is not an absolute address")
}

/// With a fragment.
pub fn redirect_fragment(text: &str) -> String {
    format!("`{text}` has a part after #, which a redirect address cannot")
}

/// A scheme that runs or reads something.
pub fn redirect_scheme(scheme: &str) -> String {
    format!("`{scheme}:` can never be a redirect address")
}

/// Plain http elsewhere.
pub fn redirect_plain_http(text: &str) -> String {
    format!("`{text}` is plain http and not on this machine")
}

/// The trailing slash.
pub fn redirect_slash(text: &str) -> String {
    format!(
        "`{text}` ends with a slash; the registration is compared character by character, and most are registered without"
    )
}

/// The answer goes elsewhere.
pub fn redirect_elsewhere(text: &str) -> String {
    format!("the answer goes to `{text}`, where this program cannot listen")
}

/// A member that means nothing.
pub fn claims_member(name: &str) -> String {
    format!("`{name}` is not a member that a claims request has (access_token, id_token, userinfo)")
}

/// Not JSON.
pub fn claims_not_json(error: &str) -> String {
    format!("the claims are not JSON: {error}")
}

/// An unknown capability.
pub fn capability(name: &str) -> String {
    format!("`{name}` is not a capability that is known")
}

/// A public client without a user.
pub fn app_is_public(kind: &str) -> String {
    format!("a {kind} client is public: it cannot prove who it is, so it cannot act without a user")
}

/// A public client in the on-behalf-of flow.
pub fn exchange_is_public(kind: &str) -> String {
    format!("a {kind} client is public: only a web API exchanges the token it was called with")
}

/// An exchange without a proof.
pub const EXCHANGE_NONE: &str =
    "a web API must prove who it is before it exchanges a token, and no credential was given";

/// A public client that acts for a user by federated credential.
pub fn agent_is_public(kind: &str) -> String {
    format!(
        "a {kind} client is public: only an application with a proof of its own acts for a user by federated credential"
    )
}

/// A public client that asks a person on their own device.
pub fn ciba_is_public(kind: &str) -> String {
    format!(
        "a {kind} client is public: only a client that proves who it is may have a person asked on their own device (OpenID Connect CIBA Core 7.1)"
    )
}

/// Such a client without a proof.
pub const CIBA_NONE: &str =
    "the client must prove who it is before anybody is asked, and no credential was given";

/// Nobody to ask.
pub const CIBA_USER: &str = "it is not said who is to be asked";

/// Who.
pub const CIBA_USER_EXPECTED: &str = "the user's name at this server; it is sent as login_hint";

/// A text for a device where nobody has one.
pub const BINDING_UNUSED: &str = "only the flow ciba shows a text on the person's device";

/// What shows it.
pub const BINDING_FLOW: &str = "the flow ciba";

/// A text that no device shows.
pub const BINDING_TEXT: &str =
    "the text for the person's device is empty or holds control characters";

/// What it is.
pub const BINDING_EXPECTED: &str = "a few plain words or a number that both screens show";

/// Such an application without a proof.
pub const AGENT_NONE: &str = "the application must prove who it is beside the user's credential, and no credential of its own was given";

/// An object id that is none.
pub fn user_id(text: &str) -> String {
    format!("`{text}` is no object id")
}

/// One.
pub const USER_ID: &str = "the user's object id, a GUID";

/// A public client with a secret.
pub fn public_with_secret(kind: &str) -> String {
    format!("a {kind} client is public and yet a secret is given")
}

/// The tenant of the password flow.
pub fn password_tenant(tenant: &str) -> String {
    format!("the password flow cannot be used with `{tenant}`")
}

/// A user name without a domain.
pub fn user_without_domain(name: &str) -> String {
    format!("`{name}` has no domain")
}

/// A user flow of a daemon.
pub fn daemon_user_flow(flow: &str) -> String {
    format!("a daemon has nobody to sign in, and {flow} needs somebody")
}

/// A flow of a single-page application.
pub fn spa_flow(flow: &str) -> String {
    format!("{flow} does not work for a single-page application")
}

/// The API's address.
pub fn api_address(text: &str) -> String {
    format!("`{text}` is not an address that a token may be sent to")
}

/// A tenant of another cloud.
pub fn tenant_elsewhere(tenant: &str) -> String {
    format!("`{tenant}` is the domain of a tenant in another cloud")
}

/// An API of another cloud.
pub fn api_elsewhere(resource: &str, host: &str) -> String {
    format!("`{resource}` belongs to another cloud than `{host}`")
}

/// The host that goes with an API.
pub fn same_cloud(host: &str) -> String {
    format!("the API's address in this cloud, or the authority https://{host}")
}

/// A confidential client without a credential.
pub fn confidential_without(kind: &str) -> String {
    format!("a {kind} client is confidential and no secret is given")
}

/// A web address of a native program.
pub fn redirect_of_web(text: &str) -> String {
    format!(
        "`{text}` is a web address: registered as such, it makes the server ask for a secret that a desktop client does not have"
    )
}

/// A native address of a web application.
pub fn redirect_of_native(text: &str, kind: &str) -> String {
    format!("`{text}` is an address of native programs, and the client is of the kind {kind}")
}

/// The loopback address of IPv6.
pub fn redirect_ipv6(text: &str) -> String {
    format!("`{text}`: this issuer does not register the loopback address of IPv6")
}

/// A flow that Entra has no use for, or only a narrow one, and what is used there instead.
pub const fn no_use_at_entra(flow: Flow) -> Option<(&'static str, &'static str)> {
    Some(match flow {
        Flow::Ciba => (NO_CIBA, DEVICE_INSTEAD),
        Flow::TokenExchange => (NO_TOKEN_EXCHANGE, ON_BEHALF_INSTEAD),
        Flow::JwtBearer => (NO_JWT_BEARER, FEDERATED_INSTEAD),
        Flow::SamlBearer => (SAML_OF_FEDERATION, SAML_FEDERATED),
        Flow::Silent
        | Flow::Interactive
        | Flow::DeviceCode
        | Flow::ClientCredentials
        | Flow::Password
        | Flow::RefreshToken
        | Flow::OnBehalfOf
        | Flow::UserFic
        | Flow::ManagedIdentity
        | Flow::AdminConsent => return None,
    })
}

/// CIBA at Entra.
const NO_CIBA: &str = "Entra has no endpoint that asks a person on their own device (CIBA)";

/// What there is.
const DEVICE_INSTEAD: &str = "the flow device-code or interactive";

/// Token exchange at Entra.
const NO_TOKEN_EXCHANGE: &str =
    "Entra has no token exchange in the way of RFC 8693 and refuses the grant";

/// What a web API does there.
const ON_BEHALF_INSTEAD: &str =
    "on-behalf-of: there a web API exchanges the token it was called with";

/// A JWT as the grant at Entra.
const NO_JWT_BEARER: &str =
    "Entra takes this grant only with requested_token_use, which is the flow on-behalf-of";

/// What the token of another issuer is for there.
const FEDERATED_INSTEAD: &str = "on-behalf-of for a caller's token; the token of another issuer proves a client there (client-credentials with --client-assertion-file)";

/// SAML at Entra.
const SAML_OF_FEDERATION: &str = "Entra takes a SAML assertion only for a user of a federated domain, and only of that domain's own server";

/// What it should be.
const SAML_FEDERATED: &str = "an assertion that the AD FS (or other server) of the user's domain made for urn:federation:MicrosoftOnline";

/// An audience.
pub const AUDIENCE_EMPTY: &str = "an audience is empty or holds control characters";

/// What it is.
pub const AUDIENCE: &str = "the name of the service that the new token is for";

/// A resource.
pub fn resource(text: &str) -> String {
    format!("`{text}` is no address of a resource")
}

/// What it is.
pub const RESOURCE: &str = "an absolute address without a fragment (RFC 8707 section 2)";

/// An extension where there is no authorization server.
pub const EXTENSION_OF_MACHINE: &str =
    "the endpoint that gives a machine its identity knows no extensions of OAuth";

/// Where they belong.
pub const EXTENSION_SERVER: &str = "a flow that asks an authorization server";

/// A service without DPoP.
pub const NO_DPOP: &str = "this service has no DPoP (RFC 9449); it will hardly look at the proof and issue a token that is not bound";

/// What Microsoft's services have in its place.
pub const fn no_dpop_at(kind: AuthorityKind) -> Option<&'static str> {
    match kind {
        AuthorityKind::EntraV1
        | AuthorityKind::EntraV2
        | AuthorityKind::B2c
        | AuthorityKind::Ciam => Some(POP_INSTEAD),
        AuthorityKind::Adfs => Some(NOTHING_INSTEAD),
        AuthorityKind::Oidc | AuthorityKind::Undetermined => None,
    }
}

/// At Entra.
const POP_INSTEAD: &str = "Entra's own proof of possession: token_type=pop with req_cnf and signed HTTP requests, which MSAL does (on desktops with a broker)";

/// At AD FS.
const NOTHING_INSTEAD: &str = "a bearer token: AD FS binds none to a key";

/// A flow without an authorization request.
pub fn nothing_to_push(flow: &str) -> String {
    format!("the flow {flow} has no authorization request that could be pushed (RFC 9126)")
}

/// What has one.
pub const PUSHED_BY: &str = "the flow interactive";

/// A flow that no region answers.
pub fn no_region_in(flow: &str) -> String {
    format!("regional endpoints give no tokens in the flow {flow}; the global one is asked")
}

/// What they give.
pub const REGION_OF_APPS: &str = "the flow client-credentials";
/// An authority without regions.
pub const NO_REGION_AT: &str = "this authority has no regional endpoints; its own is asked";
/// Whose regions there are.
pub const REGION_OF_ENTRA: &str = "a sign-in host of Microsoft Entra ID";
