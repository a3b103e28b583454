//! Writes a form body. One of the few places where secrets are revealed.

use url::form_urlencoded::byte_serialize;
use zeroize::Zeroizing;

use crate::model::Field;

/// `application/x-www-form-urlencoded`, fields in the order given (WHATWG URL, RFC 6749 appendix B).
pub fn body(fields: &[Field]) -> Zeroizing<String> {
    let mut out = Zeroizing::new(String::new());
    for (index, field) in fields.iter().enumerate() {
        if index > 0 {
            out.push('&');
        }
        out.extend(byte_serialize(field.name.as_bytes()));
        out.push('=');
        out.extend(byte_serialize(field.value.reveal().as_bytes()));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Secret, SecretKind};

    #[test]
    fn a_form_keeps_its_order_and_escapes_what_must_be() {
        let secret = Secret::new(SecretKind::ClientSecret, "a+b&c=d é~");
        let fields = [
            Field::new("scope", "api://x/.default openid"),
            Field::new("client_secret", secret),
        ];
        assert_eq!(
            body(&fields).as_str(),
            "scope=api%3A%2F%2Fx%2F.default+openid&client_secret=a%2Bb%26c%3Dd+%C3%A9%7E"
        );
    }
}
