//! Finding secrets: by name, by looks, and by having been seen elsewhere in the same text.

use std::ops::Range;

use super::name::{self, Named};
use super::{mark, shape};
use crate::decode::member::{self, Memo, Quote, Quoted, Separator};
use crate::decode::{jwt, unescape};
use crate::model::SecretKind;

/// A credential in a header is not longer than this.
const LONGEST: usize = 32 << 10;
/// A code is not longer than this.
const LONGEST_CODE: usize = 8 << 10;
/// How many different values are looked for in the rest of the text.
const MOST_KNOWN: usize = 64;

/// A secret in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Hit {
    /// Where it stands.
    pub at: Range<usize>,
    pub kind: SecretKind,
    /// The secret itself, escapes resolved.
    pub value: String,
    /// What goes before and after the mark: quotes, where the value had none and needs them.
    pub wrap: String,
}

impl Hit {
    /// A secret that stands there as it is.
    pub fn new(at: Range<usize>, kind: SecretKind, value: String) -> Self {
        Self {
            at,
            kind,
            value,
            wrap: String::new(),
        }
    }
}

/// Every secret in a text, in order, without overlaps. `known`: secrets that are looked for besides.
pub(super) fn hits(text: &str, known: &[(SecretKind, String)]) -> Vec<Hit> {
    let mut finder = Finder {
        text,
        bytes: text.as_bytes(),
        memo: Memo::default(),
        hits: Vec::new(),
        covered: 0,
        line: 0..0,
    };
    finder.named();
    shape::hits(text, &mut finder.hits);
    let hits = merged(text, finder.hits);
    let again = elsewhere(text, &hits, known);
    merged(text, hits.into_iter().chain(again).collect())
}

/// Joins what overlaps; the kind is that of the first that says one.
fn merged(text: &str, mut hits: Vec<Hit>) -> Vec<Hit> {
    let marks = mark::all(text);
    hits.retain_mut(|hit| {
        let whole = hit.at.start < hit.at.end && text.get(hit.at.clone()).is_some();
        let wide = mark::around(text, &marks, hit.at.clone()).filter(|_| whole);
        wide.is_some_and(|wide| {
            if wide != hit.at {
                text[wide.clone()].clone_into(&mut hit.value);
                hit.at = wide;
            }
            true
        })
    });
    hits.sort_by_key(|hit| hit.at.start);
    let mut out: Vec<Hit> = Vec::with_capacity(hits.len());
    for hit in hits {
        match out.last_mut() {
            Some(last) if hit.at.start < last.at.end => {
                if last.kind == SecretKind::Other {
                    last.kind = hit.kind;
                }
                if hit.at.end > last.at.end {
                    last.at.end = hit.at.end;
                    text[last.at.clone()].clone_into(&mut last.value);
                }
            }
            _ => out.push(hit),
        }
    }
    out
}

/// Other places where the secrets stand that are known by now.
fn elsewhere(text: &str, hits: &[Hit], known: &[(SecretKind, String)]) -> Vec<Hit> {
    let mut values: Vec<(SecretKind, &str)> = Vec::new();
    let found = hits.iter().map(|hit| (hit.kind, hit.value.as_str()));
    let given = known.iter().map(|(kind, value)| (*kind, value.as_str()));
    for (kind, value) in given.chain(found) {
        let new = !values.iter().any(|(_, seen)| *seen == value);
        if value.len() >= 6 && new && values.len() < MOST_KNOWN {
            values.push((kind, value));
        }
    }
    let mut out = Vec::new();
    for (kind, value) in values {
        let encoded = url::form_urlencoded::byte_serialize(value.as_bytes()).collect::<String>();
        let quoted = serde_json::to_string(value).unwrap_or_default();
        let inside = quoted.trim_matches('"').to_owned();
        let mut forms = vec![value.to_owned(), encoded, inside];
        forms.dedup();
        for form in forms.iter().filter(|form| form.len() >= 6) {
            for (at, _) in text.match_indices(form.as_str()) {
                let range = at..at + form.len();
                if (form.len() >= 16 || stands_alone(text.as_bytes(), &range)) && !in_mark(text, at)
                {
                    out.push(Hit::new(range, kind, value.to_owned()));
                }
            }
        }
    }
    out
}

fn stands_alone(bytes: &[u8], at: &Range<usize>) -> bool {
    let before = at.start.checked_sub(1).and_then(|i| bytes.get(i));
    let after = bytes.get(at.end);
    let word = |b: Option<&u8>| b.is_some_and(|b| member::is_word(*b));
    !word(before) && !word(after)
}

/// Whether `at` lies inside a mark.
fn in_mark(text: &str, at: usize) -> bool {
    let near = text[..at]
        .char_indices()
        .rev()
        .take(32)
        .find(|(_, c)| matches!(c, '‹' | '›'));
    near.is_some_and(|(start, c)| {
        c == '‹' && mark::length_at(&text[start..]).is_some_and(|length| start + length > at)
    })
}

struct Finder<'a> {
    text: &'a str,
    bytes: &'a [u8],
    memo: Memo,
    hits: Vec<Hit>,
    /// Everything before this place is looked at already: it belongs to a secret or to a header.
    covered: usize,
    /// The line that a header's value was looked for in last.
    line: Range<usize>,
}

const fn is_name(b: u8) -> bool {
    b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-')
}

impl Finder<'_> {
    /// Looks at every name in the text.
    fn named(&mut self) {
        let mut at = 0;
        while at < self.bytes.len() {
            if !is_name(self.bytes[at]) {
                at += 1;
                continue;
            }
            let end = at + self.bytes[at..].iter().take_while(|b| is_name(**b)).count();
            let start = self.name_start(at, end);
            if end - start <= 80 && start >= self.covered {
                self.name(start..end);
            }
            at = end;
        }
    }

    fn hit(&mut self, hit: Hit) {
        self.covered = self.covered.max(hit.at.end);
        self.hits.push(hit);
    }

    /// A name without the letter of an escape (`\n`) or the digits of an encoded byte (`%26`) before it.
    fn name_start(&self, at: usize, end: usize) -> usize {
        match at.checked_sub(1).map(|before| self.bytes[before]) {
            Some(b'\\') if matches!(self.bytes[at], b'n' | b'r' | b't') => at + 1,
            Some(b'%') if end - at > 2 => {
                // `%2526`: an encoded percent sign is followed by the digits of what it encodes.
                let mut digits = at;
                while self.bytes.get(digits..digits + 2) == Some(b"25") {
                    digits += 2;
                }
                (digits + 2).min(end)
            }
            _ => at,
        }
    }

    fn name(&mut self, at: Range<usize>) {
        let name = &self.text[at.clone()];
        if name.eq_ignore_ascii_case("bearer") {
            self.bearer(at.end);
            return;
        }
        let Some(named) = name::kind(name) else {
            return;
        };
        if let Some((separator, value)) = member::separator(self.bytes, at.end) {
            self.value(named, &at, separator, value);
            return;
        }
        self.apart(named, &at);
    }

    /// A value that does not follow its name directly: `{"name":"x","value":"…"}`, `name="x" value="…"`,
    /// `--client-secret …`, `<Password>…</Password>`.
    fn apart(&mut self, named: Named, at: &Range<usize>) {
        if let Some((_, behind)) = member::quote(self.bytes, at.end) {
            let mut next = member::spaces(self.bytes, behind);
            if self.bytes.get(next) == Some(&b',') {
                next = member::spaces(self.bytes, next + 1);
            }
            next = member::quote(self.bytes, next).map_or(next, |(_, inside)| inside);
            let word = self
                .bytes
                .get(next..next + 5)
                .is_some_and(|word| word.eq_ignore_ascii_case(b"value"));
            if let Some((separator, value)) = word
                .then(|| member::separator(self.bytes, next + 5))
                .flatten()
            {
                self.value(named, at, separator, value);
            }
            return;
        }
        let before = at.start.checked_sub(1).map(|i| self.bytes[i]);
        match self.bytes.get(at.end) {
            Some(b' ') if self.bytes[at.start] == b'-' => {
                let value = member::blanks(self.bytes, at.end);
                self.value(named, at, Separator::Equals, value);
            }
            Some(b'>') if matches!(before, Some(b'<' | b':')) => {
                let end = self.bytes[at.end..]
                    .iter()
                    .position(|b| *b == b'<')
                    .map_or(self.bytes.len(), |n| at.end + n);
                self.secret(named, at.end + 1..end, |text| unescape::entities(text));
            }
            _ => {}
        }
    }

    fn value(&mut self, named: Named, name: &Range<usize>, separator: Separator, value: usize) {
        let mut at = value;
        if self.bytes.get(at) == Some(&b'[') {
            at = member::spaces(self.bytes, at + 1);
            let mut left = 20;
            while let Some(quoted) =
                member::quoted(self.bytes, at, &mut self.memo).filter(|_| left > 0)
            {
                self.quoted(named, name, &quoted);
                at = member::spaces(self.bytes, quoted.end);
                if self.bytes.get(at) != Some(&b',') {
                    return;
                }
                at = member::spaces(self.bytes, at + 1);
                left -= 1;
            }
            return;
        }
        if let Some(quoted) = member::quoted(self.bytes, at, &mut self.memo) {
            self.quoted(named, name, &quoted);
            return;
        }
        if matches!(self.bytes.get(at), None | Some(b'{')) {
            return;
        }
        match named {
            Named::Authorization => {
                let end = self.line_end(at);
                self.authorization(at..end);
            }
            Named::Cookie => {
                let end = self.line_end(at);
                self.cookies(name, at..end);
            }
            Named::Secret(_) | Named::Code | Named::Vague => self.bare(named, name, separator, at),
        }
    }

    /// The end of a header line, also where it is quoted as a whole (`-H 'Cookie: …'`).
    fn line_end(&mut self, at: usize) -> usize {
        if self.line.contains(&at) {
            return self.line.end;
        }
        let end = self.find_line_end(at);
        self.line = at..end;
        end
    }

    fn find_line_end(&self, at: usize) -> usize {
        let end = self.bytes[at..]
            .iter()
            .position(|b| matches!(b, b'\r' | b'\n' | b'"'));
        let end = end.map_or(self.bytes.len(), |n| at + n);
        if self.bytes.get(end) == Some(&b'"') {
            let slashes = self.bytes[at..end]
                .iter()
                .rev()
                .take_while(|b| **b == b'\\')
                .count();
            return end - slashes;
        }
        end
    }

    fn quoted(&mut self, named: Named, name: &Range<usize>, quoted: &Quoted) {
        let inside = quoted.inside.clone();
        let Some(raw) = self.text.get(inside.clone()) else {
            return;
        };
        match named {
            Named::Authorization => self.authorization(inside),
            Named::Cookie => self.cookies(name, inside),
            Named::Code | Named::Vague
                if raw.len() > LONGEST_CODE
                    || !is_secret_value(&member::plain(self.text, quoted)) => {}
            Named::Secret(_) | Named::Code | Named::Vague => {
                if mark::skip(raw.trim()) < raw.trim().len() {
                    let value = member::plain(self.text, quoted);
                    self.hit(Hit::new(inside, kind_of(named), value));
                }
            }
        }
    }

    /// A value without quotes.
    fn bare(&mut self, named: Named, name: &Range<usize>, separator: Separator, at: usize) {
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
        let Some(raw) = self.text.get(at..at + length) else {
            return;
        };
        let in_query = separator != Separator::Colon;
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
            Some((Quote::Double(_) | Quote::Single | Quote::Entity(_), inside)) => {
                &self.text[name.end..inside]
            }
            None => "",
        };
        let mut hit = Hit::new(at..at + length, kind_of(named), raw.to_owned());
        wrap.clone_into(&mut hit.wrap);
        self.hit(hit);
    }

    fn secret(&mut self, named: Named, at: Range<usize>, decode: impl Fn(&str) -> String) {
        let Some(raw) = self.text.get(at.clone()) else {
            return;
        };
        if mark::skip(raw.trim()) < raw.trim().len() {
            self.hit(Hit::new(at, kind_of(named), decode(raw)));
        }
    }

    /// `Scheme credential`, or a credential alone.
    fn authorization(&mut self, at: Range<usize>) {
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
    fn bearer(&mut self, end: usize) {
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
    fn cookies(&mut self, name: &Range<usize>, at: Range<usize>) {
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

const fn kind_of(named: Named) -> SecretKind {
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
fn is_secret_value(value: &str) -> bool {
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
    let code = value.starts_with("AADSTS") || value.starts_with("AADB2C");
    let words = digits == 0 && (upper * 3 <= letters || upper == letters);
    !code && !words
}
