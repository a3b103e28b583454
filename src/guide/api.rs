//! What the answer of a protected API tells of the token that it was called with: whether it is for this API, which
//! scope or role is missing, whose issuer it is of. A line each, and only what token and answer themselves show.

use serde_json::Value as Json;
use url::Url;

use crate::decode;
use crate::decode::challenge::{self, Challenge};
use crate::model::{Exchange, Handed, Moment, Reply, TlsCertificate, TokenFacts, mutual_tls};
use crate::strings::api as says;
use crate::strings::mutual_tls as says_tls;

/// Hosts of well-known APIs, with the audiences that each takes: its address and its application's id.
const AUDIENCES: &[(&str, &[&str])] = &[
    (
        "graph.microsoft.com",
        &[
            "https://graph.microsoft.com",
            "00000003-0000-0000-c000-000000000000",
        ],
    ),
    (
        "management.azure.com",
        &[
            "https://management.azure.com",
            "https://management.core.windows.net",
            "797f4846-ba00-4fd7-ba43-dac1f8f63013",
        ],
    ),
    (
        "vault.azure.net",
        &[
            "https://vault.azure.net",
            "cfa8b339-82a2-471a-a3c9-0fc0be7a4093",
        ],
    ),
    (
        "core.windows.net",
        &[
            "https://storage.azure.com",
            "e406a681-f3d4-42a8-90b6-c2b029497af1",
        ],
    ),
];

/// What is to be said of a call with the token of a granted run; nothing where the API answered with success.
pub fn told(exchange: &Exchange, token: &TokenFacts) -> Vec<String> {
    let Some(reply) = &exchange.reply else {
        return Vec::new();
    };
    match reply.status {
        304 => Vec::new(),
        300..=399 => vec![elsewhere(exchange, reply)],
        401 | 403 => refused(exchange, reply, token),
        405 => vec![says::other_method(
            &exchange.request.method,
            reply.header("allow"),
        )],
        _ => Vec::new(),
    }
}

/// A redirection is never followed with a token.
fn elsewhere(exchange: &Exchange, reply: &Reply) -> String {
    let here = Url::parse(&exchange.request.url).ok();
    let to = reply.header("location").and_then(|to| {
        let base = here.as_ref()?;
        base.join(to).ok()
    });
    let other = to.as_ref().map(Url::origin) != here.as_ref().map(Url::origin);
    match to {
        Some(to) => says::redirected(to.as_str(), other),
        None => says::REDIRECTED_NOWHERE.to_owned(),
    }
}

fn refused(exchange: &Exchange, reply: &Reply, token: &TokenFacts) -> Vec<String> {
    let challenges: Vec<Challenge> = reply
        .header_all("www-authenticate")
        .flat_map(challenge::parse)
        .collect();
    let asked = |name: &str| challenges.iter().find_map(|one| one.param(name));
    let Some(claims) = &token.access_claims else {
        let mut all = vec![says::OPAQUE.to_owned()];
        all.extend(bound_elsewhere(exchange, token));
        all.extend(missing(asked("scope"), &token.scopes, &[]));
        return all;
    };
    let mut all = Vec::new();
    if asked("claims").is_some() {
        all.push(says::WANTS_CLAIMS.to_owned());
    } else {
        let about = (asked("resource"), asked("scope"));
        all.extend(audience(claims, &exchange.request.url, about));
    }
    all.extend(time(claims, exchange.started));
    all.extend(bound_elsewhere(exchange, token));
    let scopes = list(&claims["scp"]);
    let roles = list(&claims["roles"]);
    all.extend(missing(asked("scope"), &scopes, &roles));
    let address = asked("authorization_uri").or(asked("authorization"));
    all.extend(tenant(claims, address));
    let doubts_issuer = asked("error_description").is_some_and(|text| text.contains("ssuer"));
    all.extend(version(claims, address, doubts_issuer));
    if reply.status == 403 {
        all.push(permissions(&scopes, &roles, claims));
    }
    all
}

/// What was wrong with the certificate, where the token is bound to one (RFC 8705 section 3).
pub(super) fn bound_elsewhere(exchange: &Exchange, token: &TokenFacts) -> Option<String> {
    let asked = |shown: &TlsCertificate| shown.handed != Handed::NotAsked;
    let Some(claims) = &token.access_claims else {
        // What an opaque token is bound to only its issuer knows.
        let shown = exchange.request.certificate.as_deref()?;
        return (!asked(shown)).then(|| says_tls::MAYBE_UNASKED.to_owned());
    };
    let bound = mutual_tls::thumbprint(claims)?;
    let words = match exchange.request.certificate.as_deref() {
        None => says_tls::REFUSED_WITHOUT,
        Some(shown) => match shown.handed {
            Handed::NotAsked => says_tls::REFUSED_UNASKED,
            Handed::Shown if shown.thumbprint == bound => return None,
            Handed::Shown => says_tls::REFUSED_WITH_OTHER,
            Handed::Unknown | Handed::Unfit => says_tls::REFUSED_WITHOUT,
        },
    };
    Some(words.to_owned())
}

/// Whether the token is for this API, as far as its address or its challenge tells.
fn audience(
    claims: &Json,
    url: &str,
    (resource, scope): (Option<&str>, Option<&str>),
) -> Option<String> {
    let aud = claims["aud"].as_str()?;
    let same = |one: &str, other: &str| {
        one.trim_end_matches('/')
            .eq_ignore_ascii_case(other.trim_end_matches('/'))
    };
    if let Some(resource) = resource.filter(|resource| !resource.is_empty()) {
        return Some(if same(aud, resource) {
            says::audience_fits(aud)
        } else {
            says::audience_asked(aud, resource)
        });
    }
    let mut wanted = scope.unwrap_or_default().split_whitespace();
    if wanted.any(|one| one.rsplit_once('/').is_some_and(|(of, _)| same(of, aud))) {
        return Some(says::audience_fits(aud));
    }
    let host = Url::parse(url).ok()?.host_str()?.to_ascii_lowercase();
    let under = |root: &str| host == root || host.ends_with(&format!(".{root}"));
    if let Some((_, takes)) = AUDIENCES.iter().find(|(root, _)| under(root)) {
        return Some(if takes.iter().any(|one| same(aud, one)) {
            says::audience_fits(aud)
        } else {
            says::audience_asked(aud, takes[0])
        });
    }
    let of = Url::parse(aud).ok();
    let of = of.as_ref().filter(|of| of.scheme() == "https");
    match of.and_then(Url::host_str) {
        Some(named) if named.eq_ignore_ascii_case(&host) => Some(says::audience_fits(aud)),
        Some(_) => Some(says::audience_elsewhere(aud, &host)),
        None => Some(says::audience_is(aud)),
    }
}

/// Over, or not yet good, when the call was made.
fn time(claims: &Json, at: Moment) -> Option<String> {
    let moment = |name: &str| claims[name].as_i64().map(Moment::from_seconds);
    let over = moment("exp").filter(|exp| *exp <= at);
    let early = moment("nbf").filter(|nbf| *nbf > at);
    over.map(|exp| says::was_over(&exp.iso()))
        .or(early.map(|nbf| says::not_yet(&nbf.iso())))
}

/// Scopes that the API asks for and the token does not hold. The short name of a scope is what tokens carry.
fn missing(asked: Option<&str>, scopes: &[String], roles: &[String]) -> Option<String> {
    let short = |scope: &str| scope.rsplit('/').next().unwrap_or(scope).to_owned();
    let held = |scope: &str| {
        let mut held = scopes.iter().chain(roles);
        held.any(|one| one == scope || *one == short(scope))
    };
    let wanted: Vec<&str> = asked?.split_whitespace().collect();
    let gone: Vec<&str> = wanted.iter().copied().filter(|one| !held(one)).collect();
    match (wanted.is_empty(), gone.is_empty()) {
        (true, _) => None,
        (_, true) => Some(says::scopes_held(&wanted.join(" "))),
        _ => Some(says::scopes_missing(&gone.join(" "))),
    }
}

/// What the token allows, where the API says that it is not enough.
fn permissions(scopes: &[String], roles: &[String], claims: &Json) -> String {
    let app_only = scopes.is_empty() && claims["idtyp"] != "user";
    match (scopes, roles) {
        ([], []) => says::NO_PERMISSIONS.to_owned(),
        (_, roles) if app_only => says::holds_roles(&roles.join(" ")),
        (scopes, []) => says::holds_scopes(&scopes.join(" ")),
        (scopes, roles) => says::holds_both(&scopes.join(" "), &roles.join(" ")),
    }
}

/// A token of another tenant than the one that the API points to.
fn tenant(claims: &Json, address: Option<&str>) -> Option<String> {
    let of = claims["tid"].as_str()?;
    let url = Url::parse(address?).ok()?;
    let named = url.path_segments()?.next()?.to_owned();
    let is_id = decode::is_guid(&named);
    (is_id && !named.eq_ignore_ascii_case(of)).then(|| says::other_tenant(of, &named))
}

/// A token of v1.0 at an API that expects v2.0, or the other way round: an API takes the version of its registration.
fn version(claims: &Json, address: Option<&str>, doubted: bool) -> Option<String> {
    let issuer = claims["iss"].as_str()?;
    let ver = claims["ver"].as_str()?;
    let wants_second = address.map(|address| address.contains("/v2.0"));
    let apart = wants_second.is_some_and(|second| second && ver == "1.0");
    (apart || doubted).then(|| says::version(ver, issuer))
}

/// Words of a claim: text with spaces, or a list.
fn list(value: &Json) -> Vec<String> {
    match value {
        Json::String(text) => text.split_whitespace().map(str::to_owned).collect(),
        Json::Array(all) => all
            .iter()
            .filter_map(|one| one.as_str().map(str::to_owned))
            .collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Phases, Purpose, Request};
    use proptest::prelude::*;
    use serde_json::json;

    fn answer(url: &str, status: u16, headers: &[(&str, &str)]) -> Exchange {
        Exchange {
            started: Moment::from_seconds(1_795_356_131),
            request: Request::get(url, Purpose::Api),
            reply: Some(Reply {
                status,
                headers: headers
                    .iter()
                    .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                    .collect(),
                body: Vec::new(),
                cut: None,
            }),
            fault: None,
            phases: Phases::default(),
        }
    }

    fn token(claims: Json) -> TokenFacts {
        TokenFacts {
            access_claims: Some(claims),
            ..TokenFacts::default()
        }
    }

    const ME: &str = "https://graph.microsoft.com/v1.0/me";

    #[test]
    fn a_token_for_another_api_is_told_with_both_audiences() {
        let mine = token(json!({ "aud": "api://orders", "scp": "read" }));
        let said = told(&answer(ME, 401, &[]), &mine);
        assert_eq!(
            said,
            [says::audience_asked(
                "api://orders",
                "https://graph.microsoft.com"
            )]
        );
        let graph = token(json!({ "aud": "00000003-0000-0000-c000-000000000000" }));
        let said = told(&answer(ME, 401, &[]), &graph);
        assert_eq!(
            said,
            [says::audience_fits("00000003-0000-0000-c000-000000000000")]
        );
        let vault = answer(
            "https://contoso.example/secrets",
            401,
            &[(
                "www-authenticate",
                "Bearer authorization=\"https://login.windows.net/x\", resource=\"https://vault.azure.net\"",
            )],
        );
        let said = told(&vault, &mine);
        assert_eq!(
            said[0],
            says::audience_asked("api://orders", "https://vault.azure.net")
        );
    }

    #[test]
    fn the_scope_that_is_missing_is_named_and_what_is_held_beside_it() {
        let challenge = [(
            "www-authenticate",
            "Bearer error=\"insufficient_scope\", scope=\"api://orders/write api://orders/read\"",
        )];
        let mine = token(json!({ "aud": "api://orders", "scp": "read" }));
        let said = told(&answer("https://orders.example/", 403, &challenge), &mine);
        assert!(said.contains(&says::scopes_missing("api://orders/write")));
        assert!(said.contains(&says::holds_scopes("read")));
    }

    #[test]
    fn an_issuer_of_another_version_and_another_tenant_are_named() {
        let first = json!({
            "aud": "api://orders", "ver": "1.0", "iss": "https://sts.windows.net/t/",
            "tid": "11111111-1111-4111-8111-111111111111", "exp": 1
        });
        let challenge = [(
            "www-authenticate",
            "Bearer authorization_uri=\"https://login.microsoftonline.com/22222222-2222-4222-8222-222222222222/oauth2/v2.0/authorize\", error=\"invalid_token\"",
        )];
        let said = told(
            &answer("https://orders.example/", 401, &challenge),
            &token(first),
        );
        assert!(said.contains(&says::version("1.0", "https://sts.windows.net/t/")));
        assert!(said.iter().any(|one| one.contains("22222222-")), "{said:?}");
        assert!(said.contains(&says::was_over("1970-01-01T00:00:01Z")));
    }

    #[test]
    fn a_redirection_is_told_and_where_it_would_have_led() {
        let moved = answer(ME, 302, &[("location", "https://evil.example/x")]);
        let said = told(&moved, &TokenFacts::default());
        assert_eq!(said, [says::redirected("https://evil.example/x", true)]);
        assert!(told(&answer(ME, 200, &[]), &TokenFacts::default()).is_empty());
    }

    proptest! {
        #[test]
        fn no_answer_makes_it_panic(header in "\\PC*", aud in "\\PC*", status in 100..600_u16) {
            let mine = token(json!({ "aud": aud, "iss": header, "ver": "1.0", "tid": "x", "roles": [1] }));
            let _ = told(&answer("https://x.example", status, &[("www-authenticate", &header)]), &mine);
        }
    }
}
