//! An HTTP response pasted whole, as `curl -i`, `curl -v`, a proxy's raw view or a `.http` file shows it: status line,
//! headers, an empty line, the body. It is read as the reply that it is, so that its status, its headers and what is
//! odd about its body count.

use std::ops::Range;

use crate::decode::{body, lex, place, reply};
use crate::model::{FactKind, Place, Purpose, Reading, Reply, Shape, Spot};
use crate::strings::decode as strings;

/// At most this many responses are read out of one text.
const MOST: usize = 50;

/// The addresses of one exchange, as far as a text names them.
#[derive(Clone, Copy, Default)]
struct Asked<'a> {
    /// The path and query of the request line before the response.
    target: &'a str,
}

/// One response in a text.
struct Message<'a> {
    asked: Asked<'a>,
    status: u16,
    status_at: Range<usize>,
    /// Name in lower case, value, where the value stands.
    headers: Vec<(String, String, Range<usize>)>,
    body: Range<usize>,
}

/// One line, without its end and without the mark that `curl -v` puts before it.
struct Line<'a> {
    /// Where its text begins.
    at: usize,
    text: &'a str,
    /// `<`, `>` or `*`; `None` where there is none.
    mark: Option<char>,
    /// Where the next line begins.
    next: usize,
}

/// The errors of the responses that a text consists of. `None` where it holds no response, and where something
/// besides responses may hold errors: it is then read as running text.
pub(super) fn read(text: &str) -> Option<Vec<Reading>> {
    if !may_begin(text) {
        return None;
    }
    let messages = messages(text);
    if messages.is_empty() || messages.len() > MOST {
        return None;
    }
    let mut readings: Vec<Reading> = Vec::new();
    let mut from = 0;
    for message in &messages {
        if !super::free(&text[from..message.status_at.start]).is_empty() {
            return None;
        }
        let (reading, end) = message.reading(text);
        readings.extend(reading);
        from = end;
    }
    if !super::free(&text[from..]).is_empty() {
        return None;
    }
    (!readings.is_empty()).then_some(readings)
}

/// How far behind the start of its line a status line begins at most: the mark of `curl -v` and some blanks.
const INDENT: usize = 12;

/// Whether a line begins as a status line does; access logs hold the word in the middle of theirs.
fn may_begin(text: &str) -> bool {
    let mut places = text.match_indices("HTTP/").map(|(at, _)| at);
    places.any(|at| {
        let near = &text[text.floor_char_boundary(at.saturating_sub(INDENT))..at];
        let line = match near.rfind('\n') {
            Some(end) => &near[end + 1..],
            None if near.len() == at => near,
            None => return false,
        };
        matches!(line.trim(), "" | "<" | ">" | "*")
    })
}

fn messages(text: &str) -> Vec<Message<'_>> {
    let mut messages: Vec<Message<'_>> = Vec::new();
    let mut asked = Asked::default();
    let mut at = 0;
    while at < text.len() && messages.len() <= MOST {
        let line = line(text, at);
        at = line.next;
        if let Some(target) = request_target(&line) {
            asked = Asked { target };
            end_body(&mut messages, line_start(&line));
            continue;
        }
        let Some(status) = status_of(&line) else {
            continue;
        };
        end_body(&mut messages, line_start(&line));
        let mut message = Message {
            asked,
            status: status.0,
            status_at: status.1,
            headers: Vec::new(),
            body: 0..0,
        };
        at = message.read_headers(text, at);
        message.body = at..text.len();
        // A status line alone is a mention, not a response.
        if !message.headers.is_empty() || !text[at..].trim().is_empty() {
            messages.push(message);
        }
    }
    messages
}

/// Ends the body of the response before, where the next message begins.
fn end_body(messages: &mut [Message<'_>], at: usize) {
    if let Some(last) = messages.last_mut() {
        last.body.end = last.body.end.min(at).max(last.body.start);
    }
}

fn line(text: &str, at: usize) -> Line<'_> {
    let rest = &text[at..];
    let length = rest.find('\n').map_or(rest.len(), |end| end + 1);
    let whole = rest[..length].trim_end_matches(['\n', '\r']);
    let unmarked = ["< ", "> ", "* "]
        .iter()
        .find_map(|mark| whole.strip_prefix(mark))
        .or_else(|| ["<", ">"].contains(&whole.trim_end()).then_some(""));
    let inner = unmarked.unwrap_or(whole);
    Line {
        at: at + whole.len() - inner.len(),
        text: inner,
        mark: unmarked.and_then(|_| whole.chars().next()),
        next: at + length,
    }
}

/// Where a line begins, its mark included.
const fn line_start(line: &Line<'_>) -> usize {
    if line.mark.is_some() && line.at >= 2 {
        line.at - 2
    } else {
        line.at
    }
}

/// The target of a request line: `POST /common/oauth2/v2.0/token HTTP/1.1`.
fn request_target<'a>(line: &Line<'a>) -> Option<&'a str> {
    let mut words = line.text.split(' ');
    let method = words.next()?;
    let target = words.next()?;
    let version = words.next()?;
    let is_method = matches!(
        method,
        "GET" | "POST" | "PUT" | "PATCH" | "DELETE" | "HEAD" | "OPTIONS"
    );
    (is_method && version.starts_with("HTTP/") && words.next().is_none()).then_some(target)
}

/// The status of a status line and where it stands: `HTTP/1.1 400 Bad Request`, `HTTP/2 429`.
fn status_of(line: &Line<'_>) -> Option<(u16, Range<usize>)> {
    let text = line.text.trim_start();
    let rest = text.strip_prefix("HTTP/")?;
    let version = rest
        .bytes()
        .take_while(|b| b.is_ascii_digit() || *b == b'.')
        .count();
    let digits = rest.get(version..)?.strip_prefix(' ')?;
    let number = digits.get(..3)?;
    let ended = digits
        .as_bytes()
        .get(3)
        .is_none_or(|b| !b.is_ascii_alphanumeric());
    let status: u16 = number.parse().ok().filter(|n| (100..600).contains(n))?;
    let from = line.at + (line.text.len() - digits.len());
    (version > 0 && ended).then_some((status, from..from + 3))
}

impl Message<'_> {
    /// Reads the header lines that begin at `at`; where the body begins.
    fn read_headers(&mut self, text: &str, mut at: usize) -> usize {
        while at < text.len() {
            let line = line(text, at);
            if line.text.trim().is_empty() {
                return line.next;
            }
            // What curl says of itself between the headers.
            if line.mark == Some('*') {
                at = line.next;
                continue;
            }
            let Some((name, value)) = header_of(line.text) else {
                return at;
            };
            let from = line.at + (line.text.len() - value.len());
            self.headers.push((
                name.to_ascii_lowercase(),
                value.trim_end().to_owned(),
                from..from + value.trim_end().len(),
            ));
            at = line.next;
        }
        at
    }

    fn has_header(&self, name: &str, words: &str) -> bool {
        self.headers
            .iter()
            .any(|(n, value, _)| n == name && value.to_ascii_lowercase().contains(words))
    }

    /// Where its body stands, without what a shell or curl prints behind it.
    fn body_at(&self, text: &str) -> Range<usize> {
        let all = &text[self.body.clone()];
        let start = self.body.start + (all.len() - all.trim_start().len());
        let inner = &text[start..self.body.end];
        if inner.starts_with('{') {
            let tree = lex::read(inner);
            if let Some(root) = tree.nodes.first().filter(|root| root.whole) {
                return start..start + root.span.end;
            }
        }
        let mut end = start;
        let mut at = start;
        while at < self.body.end {
            let line = line(text, at);
            at = line.next.min(self.body.end);
            let of_curl = line.mark == Some('*') || line.text.starts_with("{ [");
            if !of_curl {
                end = line.at + line.text.len();
            } else if end > start {
                break;
            }
        }
        start..end.min(self.body.end).max(start)
    }

    /// What it was asked for, as far as the request line, the headers and the body tell.
    fn purpose(&self, body: &str) -> Purpose {
        let target = self.asked.target;
        if target.contains("/.well-known/") || target.contains("/discovery/instance") {
            return Purpose::Discovery;
        }
        if target.contains("/devicecode") || target.contains("/device/auth") {
            return Purpose::DeviceStart;
        }
        if ["/backchannel", "/bc-authorize", "/ciba/"]
            .iter()
            .any(|part| target.contains(part))
        {
            return Purpose::BackchannelStart;
        }
        if target.contains("/token") {
            return Purpose::Token;
        }
        let of_token_service = body.contains("\"error_description\"")
            || body.contains("\"token_type\"")
            || body.contains("\"expires_in\"");
        let challenged = self.has_header("www-authenticate", "bearer")
            || self.has_header("www-authenticate", "dpop");
        let in_object = body::is_of_api(&lex::read(body));
        let api = challenged && !of_token_service
            || in_object
            || !target.is_empty() && !of_token_service
            || self.status < 300 && !of_token_service;
        if api { Purpose::Api } else { Purpose::Token }
    }

    /// Its error, and where what belongs to it ends. No reading for a success and for what is no answer of its own
    /// (100 to 199).
    fn reading(&self, text: &str) -> (Option<Reading>, usize) {
        let at = self.body_at(text);
        let body = &text[at.clone()];
        let purpose = self.purpose(body);
        let headers = self.headers.iter();
        let whole = Reply {
            status: self.status,
            headers: headers
                .map(|(name, value, _)| (name.clone(), value.clone()))
                .collect(),
            body: body.as_bytes().to_vec(),
            cut: None,
        };
        let mut reading = reply(&whole, purpose);
        let told = reading.error().is_some() || !reading.codes().is_empty();
        let odd = reading.first(FactKind::Trouble).is_some();
        let failed = self.status >= 400;
        if !(200..600).contains(&self.status) || !(told || failed || odd && self.status < 300) {
            return (None, at.end);
        }
        if told {
            // A paste that tells its error is trusted to have lost its quotes on the way, not on the wire.
            let lost = |value: &str| value == strings::NOT_JSON || value == strings::REDIRECTED;
            reading
                .facts
                .retain(|fact| fact.kind != FactKind::Trouble || !lost(&fact.value));
        }
        reading.place = Some(self.place(purpose, &reading));
        for fact in &mut reading.facts {
            fact.from = self.spot(text, &at, &fact.from);
        }
        (Some(reading), at.end)
    }

    fn place(&self, purpose: Purpose, reading: &Reading) -> Place {
        let by_redirect = (300..400).contains(&self.status) && reading.error().is_some();
        let page = reading.shape == Shape::Html && self.asked.target.contains("/authorize");
        match purpose {
            _ if by_redirect => Place::Authorize,
            _ if page => Place::Page,
            Purpose::Api | Purpose::UserInfo => Place::Resource,
            Purpose::Discovery | Purpose::Keys => Place::Discovery,
            Purpose::Token if self.asked.target.contains("/metadata/identity") => {
                Place::ManagedIdentity
            }
            Purpose::PushedAuthorization => Place::Authorize,
            Purpose::Token
            | Purpose::DeviceStart
            | Purpose::BackchannelStart
            | Purpose::UserRealm
            | Purpose::Introspection
            | Purpose::Revocation
            | Purpose::ClientAssertion => Place::Token,
        }
    }

    /// Where a fact of the reply stands in the text.
    fn spot(&self, text: &str, body: &Range<usize>, spot: &Spot) -> Spot {
        let found = match spot {
            Spot::Header(name) => self
                .headers
                .iter()
                .find(|(n, _, _)| n == name)
                .map(|(_, _, at)| at.clone()),
            Spot::Status | Spot::Fault => Some(self.status_at.clone()),
            Spot::Pointer(_) | Spot::Parameter(_) | Spot::Bytes(_, _) => {
                place(&text[body.clone()], spot)
                    .map(|at| body.start + at.start..body.start + at.end)
            }
        };
        let at = found.unwrap_or_else(|| self.status_at.clone());
        Spot::Bytes(at.start, at.end)
    }
}

/// The name and the value of a header line.
fn header_of(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.split_once(':')?;
    let is_name = !name.is_empty()
        && name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    is_name.then_some((name, value.trim_start()))
}
