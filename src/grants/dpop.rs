//! What a server says about proofs of possession (DPoP, RFC 9449): the nonce that it wants to find in the next one, and
//! whether it refused a request for nothing but that.

use crate::decode;
use crate::model::{Exchange, FactKind, Reply};

/// The name of the header that a proof is sent in.
pub const PROOF: &str = "DPoP";

/// The error of a request that was not processed for lack of a nonce (RFC 9449 sections 8 and 9).
const WANTS_NONCE: &str = "use_dpop_nonce";

/// A nonce that is longer is not believed.
const LONGEST: usize = 1024;

/// The nonce for the next proof (RFC 9449 section 8.1), if the reply brings one that is well-formed.
pub fn nonce(reply: &Reply) -> Option<&str> {
    let allowed = |b: u8| matches!(b, 0x21 | 0x23..=0x5b | 0x5d..=0x7e);
    let nonce = reply.header("dpop-nonce")?;
    let whole = !nonce.is_empty() && nonce.len() <= LONGEST && nonce.bytes().all(allowed);
    whole.then_some(nonce)
}

/// Whether the request was turned away unprocessed only because its proof lacks the server's nonce, and the reply
/// brings it. What may be used once was not used then, and may be sent again.
pub fn wants_nonce(exchange: &Exchange) -> bool {
    let mut headers = exchange.request.headers.iter();
    let proven = headers.any(|header| header.name == PROOF);
    exchange.reply.as_ref().is_some_and(|reply| {
        let said = decode::reply(reply, exchange.request.purpose);
        proven
            && matches!(reply.status, 400 | 401)
            && nonce(reply).is_some()
            && said.value(FactKind::Error) == Some(WANTS_NONCE)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::grants::testing::answered;
    use crate::model::{Header, Purpose, Request};

    fn refused(status: u16, error: &str, nonce: &str) -> Exchange {
        let mut request = Request::post("https://x/token", Vec::new(), Purpose::Token);
        request.headers.push(Header::new(PROOF, "proof"));
        let body = format!(r#"{{"error":"{error}"}}"#);
        let mut exchange = answered(request, status, &body);
        let reply = exchange.reply.as_mut().unwrap();
        reply.headers.push(("dpop-nonce".into(), nonce.into()));
        exchange
    }

    #[test]
    fn only_that_error_with_a_nonce_asks_for_another_proof() {
        assert!(wants_nonce(&refused(400, "use_dpop_nonce", "n-1")));
        assert!(wants_nonce(&refused(401, "use_dpop_nonce", "n-1")));
        assert!(!wants_nonce(&refused(400, "invalid_grant", "n-1")));
        assert!(!wants_nonce(&refused(400, "use_dpop_nonce", "")));
        assert!(!wants_nonce(&refused(503, "use_dpop_nonce", "n-1")));
    }

    #[test]
    fn who_sent_no_proof_is_not_asked_for_another() {
        let mut exchange = refused(400, "use_dpop_nonce", "n-1");
        exchange.request.headers.clear();
        assert!(!wants_nonce(&exchange));
    }

    #[test]
    fn an_api_says_it_in_its_challenge() {
        let mut request = Request::get("https://api.contoso.example", Purpose::Api);
        request.headers.push(Header::new(PROOF, "proof"));
        let mut exchange = answered(request, 401, "");
        let challenge =
            r#"DPoP error="use_dpop_nonce", error_description="nonce needed", algs="ES256""#;
        let reply = exchange.reply.as_mut().unwrap();
        reply
            .headers
            .push(("www-authenticate".into(), challenge.into()));
        reply.headers.push(("dpop-nonce".into(), "n-1".into()));
        assert!(wants_nonce(&exchange));
    }

    #[test]
    fn a_nonce_that_could_not_stand_in_a_proof_is_none() {
        for bad in ["a b", "a\"b", "a\\b", "\u{e4}", "\u{1b}[31m"] {
            let exchange = refused(400, "use_dpop_nonce", bad);
            assert_eq!(nonce(exchange.reply.as_ref().unwrap()), None, "{bad:?}");
        }
        let long = refused(400, "use_dpop_nonce", &"n".repeat(LONGEST + 1));
        assert_eq!(nonce(long.reply.as_ref().unwrap()), None);
    }

    proptest! {
        #[test]
        fn no_header_and_no_body_make_it_panic(status in 0_u16..700, body in "\\PC*", nonce in "\\PC*") {
            let mut exchange = refused(status, "x", &nonce);
            exchange.reply.as_mut().unwrap().body = body.into_bytes();
            let _ = wants_nonce(&exchange);
        }
    }
}
