//! Makes tokens: access tokens and ID tokens as JWTs signed with RS256, and `client_info`.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value as Json, json};
use sha2::{Digest, Sha256};

use super::dialect;
use super::kit::{Kit, guid_of};
use super::world::{Client, Identity, Proof, User, World};
use crate::model::Moment;

/// Lifetime of ID tokens and of machines' tokens, and the shortest of an access token, in seconds.
pub const LIFETIME: i64 = 3599;

/// Whom and what an access token is for.
#[derive(Clone, Debug)]
pub struct Subject<'a> {
    pub client: &'a Client,
    /// The person, if there is one.
    pub user: Option<(&'a User, &'a Proof)>,
    /// The audience.
    pub resource: &'a str,
    /// Scopes (with a person) or roles (without).
    pub names: Vec<String>,
    /// Authentication contexts met.
    pub contexts: Vec<String>,
    /// Client capabilities declared.
    pub capabilities: Vec<String>,
    /// How long it lives, in seconds.
    pub lifetime: i64,
    /// Whether the v1 endpoint issues it.
    pub v1: bool,
}

/// An access token.
pub fn access_token(
    world: &World,
    kit: &Kit<'_>,
    base: &str,
    subject: &Subject<'_>,
    at: Moment,
) -> String {
    let mut claims = Map::new();
    claims.insert("aud".into(), subject.resource.into());
    let issuer = kit.voice.dialect.issuer(base, &world.tenant, subject.v1);
    times(&mut claims, issuer, (at, subject.lifetime));
    let public = subject.client.kind.public();
    let (app, acr) = if subject.v1 {
        ("appid", "appidacr")
    } else {
        ("azp", "azpacr")
    };
    if !subject.contexts.is_empty() {
        claims.insert("acrs".into(), json!(subject.contexts));
    }
    if let Some((_, proof)) = subject.user {
        claims.insert("acr".into(), "1".into());
        claims.insert("amr".into(), amr(proof));
    }
    let device = subject
        .user
        .and_then(|(_, proof)| proof.marks.device.as_deref());
    if let Some(machine) = device.and_then(|name| world.machine(name)) {
        claims.insert("deviceid".into(), machine.id.clone().into());
    }
    claims.insert(
        "app_displayname".into(),
        subject.client.title.clone().into(),
    );
    claims.insert(app.into(), subject.client.id.clone().into());
    claims.insert(acr.into(), if public { "0" } else { "1" }.into());
    if let Some((user, _)) = subject.user {
        claims.insert("idtyp".into(), "user".into());
        claims.insert("name".into(), user.display.clone().into());
        claims.insert("oid".into(), user.id.clone().into());
        claims.insert("preferred_username".into(), user.name.clone().into());
        claims.insert("scp".into(), subject.names.join(" ").into());
        claims.insert("sub".into(), pairwise(&user.id, subject.resource).into());
        claims.insert("upn".into(), user.name.clone().into());
    } else {
        let own = own_id(world, &subject.client.id);
        claims.insert("idtyp".into(), "app".into());
        claims.insert("oid".into(), own.clone().into());
        if !subject.names.is_empty() {
            claims.insert("roles".into(), json!(subject.names));
        }
        claims.insert("sub".into(), own.into());
    }
    claims.insert("tid".into(), world.tenant.clone().into());
    claims.insert("uti".into(), kit.token().into());
    claims.insert("ver".into(), if subject.v1 { "1.0" } else { "2.0" }.into());
    if !subject.capabilities.is_empty() {
        claims.insert("xms_cc".into(), json!(subject.capabilities));
    }
    signed(kit, claims)
}

/// A token for the identity of a machine.
pub fn identity_token(
    world: &World,
    kit: &Kit<'_>,
    base: &str,
    (identity, resource): (&Identity, &str),
    at: Moment,
) -> String {
    let mut claims = Map::new();
    claims.insert("aud".into(), resource.into());
    let issuer = kit.voice.dialect.issuer(base, &world.tenant, true);
    times(&mut claims, issuer, (at, LIFETIME));
    claims.insert("appid".into(), identity.client.clone().into());
    claims.insert("appidacr".into(), "2".into());
    claims.insert("idtyp".into(), "app".into());
    claims.insert("oid".into(), identity.object.clone().into());
    claims.insert("roles".into(), json!([]));
    claims.insert("sub".into(), identity.object.clone().into());
    claims.insert("tid".into(), world.tenant.clone().into());
    claims.insert("uti".into(), kit.token().into());
    claims.insert("ver".into(), "1.0".into());
    if !identity.path.is_empty() {
        claims.insert("xms_mirid".into(), identity.path.clone().into());
    }
    signed(kit, claims)
}

/// An ID token (OpenID Connect Core 2).
pub fn id_token(
    world: &World,
    kit: &Kit<'_>,
    base: &str,
    parties: (&Client, &User, &Proof),
    nonce: Option<&str>,
    (at, v1): (Moment, bool),
) -> String {
    let claims = id_claims(world, kit, base, parties, nonce, (at, v1));
    signed(kit, claims)
}

/// An ID token bound to what it comes along with: `at_hash` of an access token, `c_hash` of a code (OpenID Connect
/// Core 3.3.2.11).
pub fn bound_id_token(
    world: &World,
    kit: &Kit<'_>,
    base: &str,
    parties: (&Client, &User, &Proof),
    nonce: Option<&str>,
    (at, v1): (Moment, bool),
    hashed: &[(&str, &str)],
) -> String {
    let mut claims = id_claims(world, kit, base, parties, nonce, (at, v1));
    for (name, value) in hashed {
        let digest = Sha256::digest(value);
        claims.insert((*name).into(), URL_SAFE_NO_PAD.encode(&digest[..16]).into());
    }
    signed(kit, claims)
}

fn id_claims(
    world: &World,
    kit: &Kit<'_>,
    base: &str,
    parties: (&Client, &User, &Proof),
    nonce: Option<&str>,
    (at, v1): (Moment, bool),
) -> Map<String, Json> {
    let (client, user, proof) = parties;
    let mut claims = Map::new();
    claims.insert("aud".into(), client.id.clone().into());
    let issuer = kit.voice.dialect.issuer(base, &world.tenant, v1);
    times(&mut claims, issuer, (at, LIFETIME));
    claims.insert("amr".into(), amr(proof));
    claims.insert("auth_time".into(), proof.at.seconds().into());
    claims.insert("name".into(), user.display.clone().into());
    if let Some(nonce) = nonce {
        claims.insert("nonce".into(), nonce.into());
    }
    claims.insert("oid".into(), user.id.clone().into());
    let name = if v1 { "upn" } else { "preferred_username" };
    claims.insert(name.into(), user.name.clone().into());
    // For those who are told by it that the person signed out (Front-Channel Logout 1.0 section 3).
    if let (Some(session), Some(_)) = (&proof.marks.session, &client.frontchannel_logout) {
        claims.insert("sid".into(), session.clone().into());
    }
    claims.insert("sub".into(), pairwise(&user.id, &client.id).into());
    claims.insert("tid".into(), world.tenant.clone().into());
    claims.insert("uti".into(), kit.token().into());
    claims.insert("ver".into(), if v1 { "1.0" } else { "2.0" }.into());
    claims
}

/// `client_info`: user and tenant, from which MSAL makes its account id.
pub fn client_info(world: &World, user: &User) -> String {
    URL_SAFE_NO_PAD.encode(json!({ "uid": user.id, "utid": world.tenant }).to_string())
}

/// The claims of a token that a published key signed; `None` for anything else.
pub fn verified(kit: &Kit<'_>, token: &str) -> Option<Json> {
    let (message, signature) = token.rsplit_once('.')?;
    let (header, claims) = message.split_once('.')?;
    let read = |part: &str| {
        let bytes = URL_SAFE_NO_PAD.decode(part).ok()?;
        serde_json::from_slice::<Json>(&bytes).ok()
    };
    let header = read(header)?;
    let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
    let mut keys = kit.voice.keys.published();
    let key = keys.find(|key| header["kid"] == kit.signer.kid(*key))?;
    let good = header["alg"] == "RS256" && kit.signer.verify(key, message.as_bytes(), &signature);
    if good { read(claims) } else { None }
}

fn times(claims: &mut Map<String, Json>, issuer: String, (at, life): (Moment, i64)) {
    claims.insert("iss".into(), issuer.into());
    claims.insert("iat".into(), at.seconds().into());
    claims.insert("nbf".into(), at.seconds().into());
    claims.insert("exp".into(), at.seconds().saturating_add(life).into());
}

fn amr(proof: &Proof) -> Json {
    if proof.mfa {
        json!(["pwd", "mfa"])
    } else {
        json!(["pwd"])
    }
}

/// A subject that differs for each party, so that two of them cannot compare notes.
pub fn pairwise(user: &str, party: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(format!("{user}|{party}")))
}

/// The object id of an application in the tenant: stable, and not its client id.
fn own_id(world: &World, client: &str) -> String {
    let digest = Sha256::digest(format!("{}|{client}", world.tenant));
    let mut bytes = [0; 16];
    for (byte, from) in bytes.iter_mut().zip(digest.iter()) {
        *byte = *from;
    }
    guid_of(bytes)
}

/// A token of the dialect that is spoken.
fn signed(kit: &Kit<'_>, mut claims: Map<String, Json>) -> String {
    dialect::rewrite_claims(kit.voice.dialect, &mut claims);
    sign(kit, &Json::Object(claims))
}

/// A JWT of these claims, signed with the lab's key.
pub fn sign(kit: &Kit<'_>, claims: &Json) -> String {
    let key = kit.voice.keys.current;
    let header = json!({ "typ": "JWT", "alg": "RS256", "kid": kit.signer.kid(key) });
    let encode = |json: &Json| URL_SAFE_NO_PAD.encode(json.to_string());
    let message = format!("{}.{}", encode(&header), encode(claims));
    let signature = URL_SAFE_NO_PAD.encode(kit.signer.sign(key, message.as_bytes()));
    format!("{message}.{signature}")
}
