//! Values without quotes, and the values of `Authorization` and `Cookie` headers.

use std::ops::Range;

use super::find::Hit;
use super::inner;
use super::mark;
use super::name::Named;
use super::walk::Finder;
use crate::decode::member::{self, Separator};
use crate::decode::{jwt, unescape};
use crate::model::SecretKind;

/// A credential in a header is not longer than this.
const LONGEST: usize = 32 << 10;

impl Finder<'_> {
    /// A value without quotes.
    pub(super) fn bare(
        &mut self,
        named: Named,
        name: &Range<usize>,
        separator: Separator,
        at: usize,
    ) {
        let at = at + mark::skip(self.text.get(at..).unwrap_or_default());
        let json = matches!(self.bytes.get(name.end), Some(b'"' | b'\\' | b'\''));
        if json && separator == Separator::Colon {
            self.json_scalar(named, name, at);
            return;
        }
        let typed = matches!(
            kind_of(named),
            SecretKind::Password | SecretKind::OneTimeCode
        );
        let length = self.bare_length(name, separator, typed, at);
        let in_query = separator != Separator::Colon;
        let Some(raw) = self.text.get(at..at + length) else {
            return;
        };
        let blanks = named == Named::Code || separator == Separator::Colon && !typed;
        let raw = inner::cut(raw, &self.text[name.end..at], blanks);
        if matches!(named, Named::Code | Named::Vague) && inner::is_number(raw) {
            return;
        }
        let secret = match named {
            Named::Code if in_query && self.is_parameter(name) => {
                !is_number(raw) && !raw.is_empty()
            }
            Named::Code | Named::Vague => is_secret_value(raw),
            Named::Secret(SecretKind::ClientSecret) => true,
            _ if in_query || typed => true,
            _ => is_secret_value(raw),
        };
        if secret {
            let decode = |text: &str| {
                if in_query {
                    unescape::percent(text, true)
                } else {
                    text.to_owned()
                }
            };
            self.secret(named, at..at + raw.len(), decode);
        }
    }

    /// How long a value without quotes is. A password may hold blanks, except on a command line.
    fn bare_length(
        &self,
        name: &Range<usize>,
        separator: Separator,
        typed: bool,
        at: usize,
    ) -> usize {
        let switch = self.bytes[name.start] == b'-';
        let end = if typed && !switch && separator == Separator::Equals {
            let stop = |b: &u8| matches!(b, b'&' | b'\r' | b'\n' | b'"' | b'<' | b'>');
            let length = self.bytes[at..].iter().position(stop);
            length.map_or(self.bytes.len(), |n| at + n)
        } else {
            let blank = |b: &u8| (!typed || switch) && b.is_ascii_whitespace();
            member::bare_end(self.bytes, at, separator, blank)
        };
        let raw = self.text.get(at..end).unwrap_or_default();
        let before_quote = self.bytes.get(end) == Some(&b'"');
        let raw = if before_quote {
            raw.trim_end_matches('\\')
        } else {
            raw
        };
        let trimmed = raw
            .trim_end()
            .trim_end_matches([',', ';', '.', ')', ']', '}', '\'', '`']);
        if trimmed.is_empty() {
            raw.trim_end().len()
        } else {
            trimmed.len()
        }
    }

    /// Whether `code=` stands where a parameter stands.
    fn is_parameter(&self, name: &Range<usize>) -> bool {
        match name.start.checked_sub(1).map(|i| self.bytes[i]) {
            None | Some(b'?' | b'&' | b'#' | b'"' | b'\'' | b';' | b'\n') => true,
            Some(b) => b.is_ascii_hexdigit(),
        }
    }

    /// A number or word where a string belongs; the mark needs the quotes of the name.
    fn json_scalar(&mut self, named: Named, name: &Range<usize>, at: usize) {
        let length = self.bytes[at..]
            .iter()
            .take_while(|b| {
                b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'+' | b'_' | b'~')
            })
            .count();
        let raw = self.text.get(at..at + length).unwrap_or_default();
        let word = matches!(raw, "null" | "true" | "false" | "None" | "undefined" | "");
        let plain = matches!(named, Named::Code | Named::Vague) && !is_secret_value(raw);
        if word || plain || matches!(named, Named::Authorization | Named::Cookie) {
            return;
        }
        let wrap = match member::quote(self.bytes, name.end) {
            Some((_, inside)) => &self.text[name.end..inside],
            None => "",
        };
        let mut hit = Hit::new(at..at + length, kind_of(named), raw.to_owned());
        wrap.clone_into(&mut hit.wrap);
        self.hit(hit);
    }

    pub(super) fn secret(
        &mut self,
        named: Named,
        at: Range<usize>,
        decode: impl Fn(&str) -> String,
    ) {
        let Some(raw) = self.text.get(at.clone()) else {
            return;
        };
        if mark::skip(raw.trim()) < raw.trim().len() {
            self.hit(Hit::new(at, kind_of(named), decode(raw)));
        }
    }

    /// `Scheme credential`, or a credential alone.
    pub(super) fn authorization(&mut self, at: Range<usize>) {
        let Some(raw) = self.text.get(at.start..at.end.min(at.start + LONGEST)) else {
            return;
        };
        let at = at.start..at.start + raw.len();
        let start = at.start + (raw.len() - raw.trim_start().len());
        let words = self.text[start..at.end].trim_end_matches(['\'', ' ', '\\']);
        if mark::skip(words) > 0 {
            return;
        }
        let (scheme, rest) = words.split_once(' ').unwrap_or(("", words));
        let from = start + words.len() - rest.trim_start().len();
        let rest = rest.trim_start();
        let compact = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ',');
        let credential = match scheme.to_ascii_lowercase().as_str() {
            "bearer" | "pop" | "dpop" | "basic" | "mac" | "" => {
                &rest[..rest.find(compact).unwrap_or(rest.len())]
            }
            _ => rest,
        };
        let address = credential.starts_with("http") || credential.contains("://");
        let short = scheme.is_empty() && credential.len() < 16;
        if credential.is_empty() || address || short || mark::skip(rest) > 0 {
            return;
        }
        let (kind, value) = credential_kind(scheme, credential);
        self.hit(Hit::new(from..from + credential.len(), kind, value));
    }

    /// A bearer token without a header's name before it.
    pub(super) fn bearer(&mut self, end: usize) {
        let at = member::blanks(self.bytes, end);
        let token = |b: &u8| {
            b.is_ascii_alphanumeric()
                || matches!(
                    b,
                    b'-' | b'.' | b'_' | b'~' | b'+' | b'/' | b'%' | b'!' | b'*' | b'$'
                )
        };
        let length = self.bytes[at..].iter().take_while(|b| token(b)).count();
        let after = self.bytes.get(at + length);
        if at > end && length >= 20 && after != Some(&b'=') {
            let value = self.text[at..at + length].to_owned();
            self.hit(Hit::new(at..at + length, SecretKind::AccessToken, value));
        }
    }

    /// The values of cookies; the attributes of `Set-Cookie` stay.
    pub(super) fn cookies(&mut self, name: &Range<usize>, at: Range<usize>) {
        let set = self.bytes[name.start] | 32 == b's';
        let Some(raw) = self.text.get(at.clone()) else {
            return;
        };
        self.covered = self.covered.max(at.end);
        let mut from = at.start;
        for (index, part) in raw.split(';').enumerate() {
            if index > 0 && set {
                break;
            }
            if let Some((key, value)) = part.split_once('=') {
                let start = from + key.len() + 1;
                let value = value.trim_end_matches(['\'', ' ']);
                if !value.is_empty() && mark::skip(value) < value.len() {
                    self.hit(Hit::new(
                        start..start + value.len(),
                        SecretKind::Cookie,
                        value.to_owned(),
                    ));
                }
            }
            from += part.len() + 1;
        }
    }
}

/// What a name says about its value.
pub(super) const fn kind_of(named: Named) -> SecretKind {
    match named {
        Named::Secret(kind) => kind,
        Named::Code => SecretKind::AuthorizationCode,
        Named::Vague | Named::Authorization => SecretKind::Other,
        Named::Cookie => SecretKind::Cookie,
    }
}

/// A credential of the Basic scheme holds the client's secret behind a colon (RFC 6749 section 2.3.1).
fn credential_kind(scheme: &str, credential: &str) -> (SecretKind, String) {
    if scheme.eq_ignore_ascii_case("basic") {
        let decoded = jwt::base64(credential).and_then(|bytes| String::from_utf8(bytes).ok());
        let secret = decoded
            .as_deref()
            .and_then(|pair| pair.split_once(':'))
            .map(|(_, secret)| unescape::percent(secret, true));
        return (
            SecretKind::ClientSecret,
            secret.unwrap_or_else(|| credential.to_owned()),
        );
    }
    let bearer = ["bearer", "pop", "dpop"]
        .iter()
        .any(|known| scheme.eq_ignore_ascii_case(known));
    let kind = if bearer {
        SecretKind::AccessToken
    } else {
        SecretKind::Other
    };
    (kind, credential.to_owned())
}

fn is_number(text: &str) -> bool {
    text.len() <= 9 && text.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a value looks made by a machine and not chosen by a programmer: long, no blanks, and either with digits
/// or with capitals in odd places. `InvalidAuthenticationTokenTenant` and `ERR_BAD_REQUEST` stay.
pub(super) fn is_secret_value(value: &str) -> bool {
    if value.len() < 16
        || value.contains(char::is_whitespace)
        || mark::skip(value) > 0
        || value.contains("://")
    {
        return false;
    }
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    let upper = value.bytes().filter(u8::is_ascii_uppercase).count();
    let letters = value.bytes().filter(u8::is_ascii_alphabetic).count();
    // Quotation marks that a page wrote as entities may stand before a code.
    let head = &value[..value.floor_char_boundary(24)];
    let code = head.contains("AADSTS") || head.contains("AADB2C");
    let words = digits == 0 && (upper * 3 <= letters || upper == letters);
    !code && !words
}
