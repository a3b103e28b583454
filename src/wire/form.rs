//! Writes a form body. One of the few places where secrets are revealed.

use url::form_urlencoded::byte_serialize;
use zeroize::Zeroizing;

use crate::model::Field;

/// `application/x-www-form-urlencoded`, fields in the order given (WHATWG URL, RFC 6749 appendix B).
pub fn body(fields: &[Field]) -> Zeroizing<String> {
    // Room for all of it from the start: a buffer that grows leaves copies behind.
    let room = |field: &Field| 3 * (field.name.len() + field.value.reveal().len()) + 2;
    let mut out = Zeroizing::new(String::with_capacity(fields.iter().map(room).sum()));
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
    fn a_body_has_room_from_the_start_so_that_no_copy_is_left_behind() {
        let fields = [Field::new("é€", "\u{1f511} =&".repeat(200))];
        let made = body(&fields);
        let room = 3 * (fields[0].name.len() + fields[0].value.reveal().len()) + 2;
        assert!(made.len() < room && made.capacity() == room);
    }

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
