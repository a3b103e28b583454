//! What a granted run got: kept in the cache, told without the tokens themselves.

use std::sync::PoisonError;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value as Json;
use url::Url;

use super::driver::Driver;
use crate::decode::jwt;
use crate::grants::{Metadata, Tokens};
use crate::model::{AuthorityKind, Flow, RunSpec, Secret, TokenFacts};
use crate::strings::flows as say;
use crate::tokens::{Account, Issued};
use crate::wire::Transport;

/// How long a token is taken to live whose reply does not say (RFC 6749 section 5.1 leaves it open).
const UNTOLD: Duration = Duration::from_hours(1);

/// Whose tokens these are when nothing says so: somebody's, which is not the application itself.
const NAMELESS: &str = "somebody";

/// Keeps the tokens and says what came.
pub(super) fn granted<T: Transport>(driver: &Driver<T>, tokens: Tokens) -> TokenFacts {
    let id_claims = claims(tokens.id.as_ref());
    let id = tokens.id.as_ref().map(|id| jwt::read(id.reveal()));
    if let Some(jwt::Token::Encrypted(header)) = id {
        let word = |name: &str| header[name].as_str().unwrap_or_default().to_owned();
        driver.say(say::id_token_encrypted(&word("alg"), &word("enc")));
    }
    let account = driver
        .metadata
        .as_ref()
        .and_then(|metadata| account(driver, metadata, &tokens, id_claims.as_ref()));
    let facts = TokenFacts {
        token_type: tokens.token_type.clone(),
        issued_type: tokens.issued_type.clone(),
        expires: tokens.expires,
        scopes: tokens.scopes.clone(),
        details: tokens.details.clone(),
        fingerprint: tokens
            .access
            .as_ref()
            .and_then(Secret::digest)
            .unwrap_or_default(),
        refresh_fingerprint: tokens.refresh.as_ref().and_then(Secret::digest),
        access_claims: claims(tokens.access.as_ref()),
        id_claims,
        from_cache: false,
        account: account
            .as_ref()
            .map(|account| account.username.clone())
            .filter(|name| name != NAMELESS),
    };
    keep(driver, tokens, account);
    facts
}

/// Keeps what can be used again. An ID token alone opens nothing.
fn keep<T: Transport>(driver: &Driver<T>, tokens: Tokens, account: Option<Account>) {
    let Some(access) = tokens.access else {
        return;
    };
    let kind = tokens.token_type.clone();
    let (kept, refresh) = (access.clone(), tokens.refresh.clone());
    if let Some(metadata) = &driver.metadata {
        let issued = Issued {
            environment: environment(&driver.spec),
            realm: account
                .as_ref()
                .filter(|_| driver.spec.cache_file.is_none())
                .map_or_else(
                    || realm(&driver.spec, metadata),
                    |account| account.realm.clone(),
                ),
            client_id: driver.spec.client_id.clone(),
            account,
            access: kept,
            token_type: tokens.token_type,
            scopes: kept_scopes(&driver.spec, tokens.scopes),
            expires: tokens.expires.unwrap_or_else(|| driver.now().plus(UNTOLD)),
            extended_expires: tokens.extended_expires,
            refresh_on: tokens.refresh_on,
            refresh: tokens.refresh,
            id: tokens.id,
            family: tokens.family,
            redeemed: driver.redeemed.clone(),
            renewal: driver.spec.flow == Flow::Silent,
        };
        driver
            .context
            .cache
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .keep(issued, driver.now());
    }
    driver.bound(&kind, [Some(&access), refresh.as_ref()]);
}

/// The claims of a token that is a JWT. For looking at only.
pub(super) fn claims(token: Option<&Secret>) -> Option<Json> {
    jwt::parse(token?.reveal()).map(|jwt| jwt.claims)
}

/// The authority's host as the cache names it: with its port where one was typed. In a file MSAL Python's way, without.
pub(super) fn environment(spec: &RunSpec) -> String {
    let host = spec.authority.host().to_ascii_lowercase();
    match spec
        .authority
        .url()
        .port()
        .filter(|_| spec.cache_file.is_none())
    {
        Some(port) => format!("{host}:{port}"),
        None => host,
    }
}

/// The tenant: the first segment of the token endpoint's path (what was typed may be a domain or an alias).
fn realm(spec: &RunSpec, metadata: &Metadata) -> String {
    let told = Url::parse(&metadata.token_endpoint).ok().and_then(|url| {
        let first = url.path_segments()?.find(|s| !s.is_empty())?;
        Some(first.to_owned())
    });
    let typed = spec.authority.tenant().map(ToOwned::to_owned);
    if metadata.is_microsoft() {
        told.or(typed).unwrap_or_default()
    } else {
        typed.unwrap_or_default()
    }
}

/// A reply to `…/.default` lists what that stood for; the wish itself is kept too, so that it is found again.
fn kept_scopes(spec: &RunSpec, mut scopes: Vec<String>) -> Vec<String> {
    for scope in &spec.scopes {
        if scope.ends_with("/.default") && !scopes.contains(scope) {
            scopes.push(scope.clone());
        }
    }
    scopes
}

/// Whose tokens these are: `client_info` names them, else the ID token does, else (a refresh) whoever held it before.
fn account<T: Transport>(
    driver: &Driver<T>,
    metadata: &Metadata,
    tokens: &Tokens,
    id_claims: Option<&Json>,
) -> Option<Account> {
    let spec = &driver.spec;
    if spec.flow.is_without_user() {
        return None;
    }
    if let (None, None, Some(known)) = (&tokens.client_info, id_claims, &driver.account) {
        return Some(known.clone());
    }
    let claim = |name: &str| Some(id_claims?.get(name)?.as_str()?.to_owned());
    let told = tokens.client_info.as_deref().and_then(client_info);
    let subject = claim("sub");
    let home_account_id = match &told {
        Some((user, tenant)) => format!("{user}.{tenant}"),
        None => subject
            .clone()
            .or_else(|| spec.username.clone())
            .unwrap_or_else(|| NAMELESS.to_owned()),
    };
    let username = ["preferred_username", "upn", "email", "unique_name"]
        .into_iter()
        .find_map(claim)
        // A user flow of B2C lists the addresses of the person.
        .or_else(|| Some(id_claims?.get("emails")?.get(0)?.as_str()?.to_owned()))
        .or_else(|| claim("name"))
        .or_else(|| spec.username.clone())
        .or_else(|| subject.clone())
        .unwrap_or_else(|| home_account_id.clone());
    Some(Account {
        local_account_id: claim("oid")
            .or(subject)
            .or_else(|| told.map(|(user, _)| user))
            .unwrap_or_default(),
        home_account_id,
        environment: environment(spec),
        // MSAL Python names the tenant in a file by the token endpoint, even where that is `organizations`.
        realm: claim("tid")
            .filter(|_| spec.cache_file.is_none())
            .unwrap_or_else(|| realm(spec, metadata)),
        username,
        authority_type: match metadata.kind {
            AuthorityKind::Adfs => "ADFS",
            AuthorityKind::Oidc | AuthorityKind::Undetermined => "Generic",
            AuthorityKind::EntraV1
            | AuthorityKind::EntraV2
            | AuthorityKind::B2c
            | AuthorityKind::Ciam => "MSSTS",
        }
        .into(),
        account_source: source(spec.flow).into(),
    })
}

const fn source(flow: Flow) -> &'static str {
    match flow {
        Flow::Interactive => "authorization_code",
        Flow::DeviceCode => "urn:ietf:params:oauth:grant-type:device_code",
        Flow::Ciba => "urn:openid:params:grant-type:ciba",
        Flow::Password => "password",
        Flow::ClientCredentials | Flow::ManagedIdentity => "client_credentials",
        Flow::Silent | Flow::RefreshToken => "refresh_token",
        Flow::OnBehalfOf | Flow::JwtBearer => "urn:ietf:params:oauth:grant-type:jwt-bearer",
        Flow::TokenExchange => "urn:ietf:params:oauth:grant-type:token-exchange",
        Flow::SamlBearer => "urn:ietf:params:oauth:grant-type:saml2-bearer",
        Flow::UserFic => "user_fic",
        Flow::AdminConsent => "admin_consent",
    }
}

/// `uid` and `utid` out of Entra's `client_info`.
fn client_info(text: &str) -> Option<(String, String)> {
    let bytes = URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).ok()?;
    let json: Json = serde_json::from_slice(&bytes).ok()?;
    let member = |name: &str| Some(json.get(name)?.as_str()?.to_owned());
    Some((member("uid")?, member("utid")?))
}
