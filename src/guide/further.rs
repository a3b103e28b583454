//! What the answer to a further request with a token means, in sentences: is the token good, whose is it, was it taken
//! back.

use serde_json::Value as Json;

use super::api;
use crate::decode::jwt::{self, Token};
use crate::model::{Binding, Exchange, Further, Moment, Reply, Signature, TokenFacts};
use crate::strings::guide::further as says;
use crate::strings::mutual_tls;
use crate::strings::token as verdict;

/// What is to be said of an exchange with the token of a granted run.
pub fn told(what: Further, exchange: &Exchange, token: &TokenFacts) -> Vec<String> {
    let Some(reply) = &exchange.reply else {
        return Vec::new();
    };
    match (what, reply.status) {
        (Further::Introspect | Further::UserInfo, 200..300) if is_encrypted(reply) => {
            vec![says::ENCRYPTED.into()]
        }
        (Further::Introspect, 200..300) => introspected(exchange, reply),
        (Further::UserInfo, 200..300) => person(reply, token),
        (Further::Revoke | Further::RevokeRefresh, 200..300) => vec![says::REVOKED.into()],
        (_, 405) => vec![says::NOT_ALLOWED.into()],
        (Further::UserInfo, 401 | 403) => {
            let mut all = not_for_user_info(token);
            all.extend(api::bound_elsewhere(exchange, token));
            all
        }
        (Further::Revoke, 400) => vec![says::NOT_REVOKED.into()],
        _ => Vec::new(),
    }
}

/// Whom a signed answer must be from and for.
#[derive(Clone, Copy, Debug)]
pub struct Parties<'a> {
    /// The issuer of the metadata.
    pub issuer: &'a str,
    /// The client that asked.
    pub client_id: &'a str,
}

/// The same with what is to be said of the signature, where the answer is a JWT (OpenID Connect Core 5.3.2, RFC 9701
/// section 5). `None`: nobody has looked at it.
pub fn signed(
    mut said: Vec<String>,
    (what, exchange): (Further, &Exchange),
    signature: Option<&Signature>,
    parties: Parties<'_>,
) -> Vec<String> {
    let good = exchange.reply.as_ref().filter(|reply| reply.status < 300);
    let Some(Token::Jwt(jwt)) = good.map(|reply| jwt::read(&reply.text())) else {
        return said;
    };
    let issuer = jwt.claims["iss"].as_str();
    let foreign = issuer.is_some_and(|issuer| issuer != parties.issuer);
    // What is told of an API's token is for that API (RFC 9701 section 5).
    let astray = what == Further::UserInfo && !is_for(&jwt.claims["aud"], parties.client_id);
    match signature {
        Some(Signature::Good { .. }) if foreign || astray => {
            said.insert(0, says::SIGNED_FOR_OTHERS.to_owned());
        }
        Some(Signature::Good { key, algorithm }) => {
            said.push(says::signed_well(&verdict::signed(key, algorithm)));
        }
        Some(Signature::Bad(failure)) => {
            said.insert(0, says::not_believed(&verdict::failure(failure)));
        }
        Some(Signature::Unchecked(why)) => {
            said.insert(0, says::not_checked(&verdict::unchecked(why)));
        }
        None => said.push(says::SIGNATURE_NOT_LOOKED_AT.to_owned()),
    }
    said
}

/// Whether an `aud` names a client; one that is left out names everybody.
fn is_for(audience: &Json, client_id: &str) -> bool {
    match audience {
        Json::String(one) => one == client_id,
        Json::Array(several) => several.iter().any(|one| one == client_id),
        _ => true,
    }
}

/// Whether an answer is encrypted: nobody but the holder of the key can read it.
fn is_encrypted(reply: &Reply) -> bool {
    matches!(jwt::read(&reply.text()), Token::Encrypted(_))
}

fn introspected(exchange: &Exchange, reply: &Reply) -> Vec<String> {
    // A signed answer (RFC 9701) has what is asked for one level deeper.
    let signed = || jwt::parse(&reply.text()).map(|jwt| jwt.claims["token_introspection"].clone());
    let body = serde_json::from_slice(&reply.body).ok().or_else(signed);
    let Some(body) = body.filter(Json::is_object) else {
        return vec![says::NO_ANSWER.into()];
    };
    match body["active"].as_bool() {
        Some(true) => {
            let mut all = vec![says::ACTIVE.to_owned()];
            let certificate = exchange.request.certificate.as_deref();
            let own = certificate.map(|shown| shown.thumbprint.as_str());
            let bound = Binding::of(Some(&body), own);
            all.extend(bound.map(|bound| mutual_tls::introspected(bound).to_owned()));
            all.extend(members(&body, &["active"]));
            all
        }
        Some(false) => vec![says::INACTIVE.into()],
        None => vec![says::NO_ANSWER.into()],
    }
}

fn person(reply: &Reply, token: &TokenFacts) -> Vec<String> {
    let signed = || jwt::parse(&reply.text()).map(|jwt| jwt.claims);
    let body = serde_json::from_slice(&reply.body).ok().or_else(signed);
    let Some(body) = body.filter(|body: &Json| body["sub"].is_string()) else {
        return vec![says::NO_SUBJECT.into()];
    };
    let signed_in = token.id_claims.as_ref().map(|claims| &claims["sub"]);
    let other = signed_in.is_some_and(|sub| sub.is_string() && *sub != body["sub"]);
    let mut all = vec![if other {
        says::OTHER_SUBJECT.to_owned()
    } else if signed_in.is_some() {
        says::SAME_SUBJECT.to_owned()
    } else {
        says::PERSON.to_owned()
    }];
    all.extend(members(&body, &[]));
    all
}

/// Why user information is not for this token, as far as the token tells.
fn not_for_user_info(token: &TokenFacts) -> Vec<String> {
    let claims = token.access_claims.as_ref();
    let text = |name: &str| claims.and_then(|claims| claims[name].as_str());
    let openid = token.scopes.iter().any(|scope| scope == "openid")
        || text("scp").is_some_and(|scopes| scopes.split(' ').any(|one| one == "openid"));
    let mut all = Vec::new();
    if let Some(audience) = text("aud") {
        all.push(says::for_another(audience));
    }
    if !openid {
        all.push(says::NO_OPENID.into());
    }
    all
}

/// The members of an answer, a line each; times also as dates.
fn members(body: &Json, but: &[&str]) -> Vec<String> {
    let Json::Object(members) = body else {
        return Vec::new();
    };
    let shown = members
        .iter()
        .filter(|(name, _)| !but.contains(&name.as_str()));
    shown
        .map(|(name, value)| {
            let time = matches!(
                name.as_str(),
                "exp" | "iat" | "nbf" | "auth_time" | "updated_at"
            );
            let date = value.as_i64().filter(|_| time).map(Moment::from_seconds);
            match (value, date) {
                (_, Some(date)) => format!("{name}: {value} ({})", date.iso()),
                (Json::String(text), None) => format!("{name}: {text}"),
                (other, None) => format!("{name}: {other}"),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Phases, Purpose, Request};
    use proptest::prelude::*;
    use serde_json::json;

    fn reply(status: u16, body: &str) -> Exchange {
        let request = Request::get("https://issuer.contoso.example/x", Purpose::UserInfo);
        Exchange {
            started: Moment::default(),
            request,
            reply: Some(Reply {
                status,
                headers: Vec::new(),
                body: body.as_bytes().to_vec(),
                cut: None,
            }),
            fault: None,
            phases: Phases::default(),
        }
    }

    fn token() -> TokenFacts {
        TokenFacts {
            token_type: "Bearer".into(),
            ..TokenFacts::default()
        }
    }

    #[test]
    fn an_active_token_is_told_with_what_is_in_it_and_an_inactive_one_without_a_reason() {
        let good = told(
            Further::Introspect,
            &reply(200, r#"{"active":true,"exp":1795356131,"scope":"a b"}"#),
            &token(),
        );
        assert_eq!(good[0], says::ACTIVE);
        assert!(good[1].contains("2026-11-22T14:02:11Z"), "{good:?}");
        let gone = told(
            Further::Introspect,
            &reply(200, r#"{"active":false}"#),
            &token(),
        );
        assert_eq!(gone, [says::INACTIVE]);
        for odd in ["", "[]", r#"{"active":"yes"}"#] {
            let told = told(Further::Introspect, &reply(200, odd), &token());
            assert_eq!(told, [says::NO_ANSWER], "{odd}");
        }
    }

    #[test]
    fn another_subject_than_the_one_that_signed_in_is_named() {
        let mut token = token();
        token.id_claims = Some(json!({ "sub": "ada" }));
        for (sub, first) in [("ada", says::SAME_SUBJECT), ("eve", says::OTHER_SUBJECT)] {
            let body = json!({ "sub": sub }).to_string();
            assert_eq!(
                told(Further::UserInfo, &reply(200, &body), &token)[0],
                first
            );
        }
        assert_eq!(
            told(Further::UserInfo, &reply(200, "{}"), &token),
            [says::NO_SUBJECT]
        );
    }

    #[test]
    fn a_token_for_another_api_says_why_it_does_not_open_user_information() {
        let mut token = token();
        token.access_claims = Some(json!({ "aud": "api://orders", "scp": "read" }));
        let told = told(Further::UserInfo, &reply(401, ""), &token);
        assert!(told[0].contains("api://orders"), "{told:?}");
        assert_eq!(told[1], says::NO_OPENID);
    }

    fn jwt(claims: &Json) -> String {
        use base64::Engine as _;
        let part =
            |json: &Json| base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(json.to_string());
        format!("{}.{}.c2ln", part(&json!({ "alg": "RS256" })), part(claims))
    }

    const PARTIES: Parties<'static> = Parties {
        issuer: "https://issuer.contoso.example",
        client_id: "app1",
    };

    fn of_user(claims: &Json, signature: Option<&Signature>) -> Vec<String> {
        let exchange = reply(200, &jwt(claims));
        let said = told(Further::UserInfo, &exchange, &token());
        signed(said, (Further::UserInfo, &exchange), signature, PARTIES)
    }

    #[test]
    fn a_signed_answer_is_told_with_its_signature_and_one_that_is_not_good_is_warned_of_first() {
        let good = Signature::Good {
            key: "k1".into(),
            algorithm: "RS256".into(),
        };
        let bad = Signature::Bad(crate::model::verification::Failure::Signature);
        let own = json!({ "sub": "ada", "aud": "app1", "iss": PARTIES.issuer });
        let told = of_user(&own, Some(&good));
        assert_eq!(told[0], says::PERSON);
        assert!(told.last().unwrap().contains("RS256"), "{told:?}");
        assert!(of_user(&own, Some(&bad))[0].contains("not to be believed"));
        assert_eq!(
            of_user(&own, None).last().unwrap(),
            says::SIGNATURE_NOT_LOOKED_AT
        );
        for other in [
            json!({ "sub": "ada", "aud": ["app2"] }),
            json!({ "sub": "ada", "iss": "https://elsewhere.example" }),
        ] {
            let told = of_user(&other, Some(&good));
            assert_eq!(told[0], says::SIGNED_FOR_OTHERS);
        }
    }

    #[test]
    fn an_encrypted_answer_is_for_the_holder_of_the_key() {
        let sealed = reply(
            200,
            "eyJhbGciOiJSU0EtT0FFUCIsImVuYyI6IkEyNTZHQ00ifQ.a.b.c.d",
        );
        for what in [Further::UserInfo, Further::Introspect] {
            assert_eq!(told(what, &sealed, &token()), [says::ENCRYPTED]);
        }
    }

    proptest! {
        #[test]
        fn no_body_makes_it_panic(body in "\\PC*", status in 100..600_u16) {
            for what in Further::ALL {
                let _ = told(what, &reply(status, &body), &token());
            }
        }
    }
}
