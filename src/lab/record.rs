//! What the request log keeps of the content of a request and its answer. Secrets stay out of it: of the parameters
//! only those are kept that hold none, of the replies only refusals.

use std::borrow::Cow;

use memchr::memmem;
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::ask::{Answer, Ask, pairs};
use super::page::Kind;
use crate::model::world::Decision;

/// What a library calls itself and its version; kept as well, in whatever case.
const LIBRARY: [&str; 2] = ["x-client-sku", "x-client-ver"];
/// What stands for a value that is kept back.
const KEPT_BACK: &str = "‹kept back›";
/// How much of a value, and of a refusal's body, is kept.
const VALUE_LIMIT: usize = 512;
const REPLY_LIMIT: usize = 4096;
const PARAMETERS: usize = 32;

/// A parameter by name, and its value if that is kept.
pub type Asked<'a> = (Cow<'a, str>, Option<Cow<'a, str>>);

/// What was asked with: parameters that hold no secret with their value, the others by name.
pub fn parameters<'a>(asked: &'a [Asked<'_>]) -> Vec<(&'a str, &'a str)> {
    let all = asked.iter().take(PARAMETERS);
    all.map(|(name, value)| {
        let value = value.as_deref().unwrap_or(KEPT_BACK);
        (head(name, VALUE_LIMIT), head(value, VALUE_LIMIT))
    })
    .collect()
}

/// The first so many letters of a text.
pub fn head(text: &str, letters: usize) -> &str {
    if text.len() <= letters {
        return text;
    }
    let end = text.char_indices().nth(letters);
    end.map_or(text, |(at, _)| &text[..at])
}

/// Every parameter of the query and the form.
pub fn asked(ask: &Ask) -> Vec<Asked<'_>> {
    let is_form = ask
        .header("content-type")
        .is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded"));
    let body = if is_form { ask.body.as_slice() } else { &[] };
    pairs(ask.query.as_bytes(), is_kept)
        .chain(pairs(body, is_kept))
        .collect()
}

/// Whether the value of a parameter is kept; of the others the log keeps the name.
fn is_kept(name: &str) -> bool {
    matches!(
        name,
        "client_id"
            | "grant_type"
            | "response_type"
            | "response_mode"
            | "scope"
            | "resource"
            | "redirect_uri"
            | "claims"
            | "prompt"
            | "max_age"
            | "login_hint"
            | "domain_hint"
            | "logout_hint"
            | "post_logout_redirect_uri"
            | "username"
            | "user_id"
            | "requested_token_use"
            | "client_assertion_type"
            | "code_challenge_method"
            | "client_info"
            | "api-version"
            | "user_code"
    ) || LIBRARY.iter().any(|n| n.eq_ignore_ascii_case(name))
}

/// The library that speaks, as it names itself.
pub fn program(ask: &Ask, asked: &[Asked<'_>]) -> Option<String> {
    let named = |name: &str| {
        let parameter = asked.iter().find(|(n, _)| n.eq_ignore_ascii_case(name));
        ask.header(name)
            .or(parameter.and_then(|(_, value)| value.as_deref()))
    };
    let [sku, version] = LIBRARY;
    let library = named(sku).map(|sku| match named(version) {
        Some(version) => format!("{sku} {version}"),
        None => sku.to_owned(),
    });
    let said = library.or_else(|| ask.header("user-agent").map(str::to_owned))?;
    Some(head(&said, 120).to_owned())
}

/// A refusal's body: it holds no token.
pub fn reply(answer: &Answer) -> Option<Cow<'_, str>> {
    let json = answer
        .header("content-type")
        .is_some_and(|kind| kind.starts_with("application/json"));
    if answer.status < 400 || !json {
        return None;
    }
    let Ok(text) = std::str::from_utf8(&answer.body) else {
        let text = String::from_utf8_lossy(&answer.body);
        return Some(Cow::Owned(head(&text, REPLY_LIMIT).to_owned()));
    };
    Some(Cow::Borrowed(head(text, REPLY_LIMIT)))
}

/// What was done.
pub fn decision(endpoint: &str, answer: &Answer) -> Decision {
    if let Some(page) = &answer.page {
        return match page.kind {
            Kind::Post => Decision::Granted,
            Kind::End if on_page(answer).is_some() => Decision::Refused,
            Kind::End => Decision::Answered,
            _ => Decision::Page,
        };
    }
    let to = answer.header("location").unwrap_or_default();
    let sent_back = |name: &str| {
        let (_, after) = to.split_once(['?', '#']).unwrap_or_default();
        url::form_urlencoded::parse(after.as_bytes()).any(|(n, _)| n == name)
    };
    match (answer.status, endpoint) {
        (400.., _) => Decision::Refused,
        (300.., _) if sent_back("error") => Decision::Refused,
        (300.., _) if sent_back("code") || sent_back("access_token") || sent_back("id_token") => {
            Decision::Granted
        }
        (..300, "token" | "api") => Decision::Granted,
        _ => Decision::Answered,
    }
}

/// The code of a refusal; where it has none, its error.
pub fn code(answer: &Answer) -> Option<String> {
    let to = answer.header("location").unwrap_or_default();
    in_body(&answer.body)
        .or_else(|| on_page(answer))
        .or_else(|| redirected(to))
        .or_else(|| challenged(answer))
}

/// What is read of a refusal's body.
#[derive(Deserialize)]
struct Told<'a> {
    #[serde(borrow)]
    error: Error<'a>,
    #[serde(borrow, default)]
    error_description: Option<Cow<'a, str>>,
}

/// `error` as OAuth has it, as APIs have it, and as nothing has it.
#[derive(Deserialize)]
#[serde(untagged)]
enum Error<'a> {
    Name(#[serde(borrow)] Cow<'a, str>),
    Object {
        #[serde(borrow)]
        code: Cow<'a, str>,
    },
    Other(IgnoredAny),
}

/// The code that a body tells, or its error.
fn in_body(body: &[u8]) -> Option<String> {
    // Most bodies that are no refusals are not worth reading.
    memmem::find(body, b"\"error\"")?;
    let told: Told<'_> = serde_json::from_slice(body).ok()?;
    let code = told.error_description.as_deref().and_then(number_in);
    code.or(match told.error {
        Error::Name(name) | Error::Object { code: name } => Some(name.into_owned()),
        Error::Other(_) => None,
    })
}

fn redirected(to: &str) -> Option<String> {
    let (_, after) = to.split_once(['?', '#'])?;
    let mut pairs = url::form_urlencoded::parse(after.as_bytes());
    let (mut error, mut number) = (None, None);
    for (name, value) in pairs.by_ref() {
        match &*name {
            "error" => error = Some(value.into_owned()),
            "error_description" => number = number_in(&value),
            _ => {}
        }
    }
    error.map(|error| number.unwrap_or(error))
}

/// The error of a `WWW-Authenticate` header.
fn challenged(answer: &Answer) -> Option<String> {
    let (_, after) = answer.header("www-authenticate")?.split_once("error=\"")?;
    Some(after.split('"').next()?.to_owned())
}

fn on_page(answer: &Answer) -> Option<String> {
    let page = answer.page.as_ref()?;
    page.paragraphs.iter().find_map(|text| number_in(text))
}

/// The first code in a text: a prefix of capitals and at least three digits.
fn number_in(text: &str) -> Option<String> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    let mut codes = words.filter(|word| {
        ["AADSTS", "AADB2C", "MSIS"].iter().any(|prefix| {
            word.strip_prefix(prefix).is_some_and(|number| {
                number.len() >= 3 && number.bytes().all(|byte| byte.is_ascii_digit())
            })
        })
    });
    codes.next().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::log::Log;
    use crate::lab::testing::Bench;
    use crate::model::LabRequestRecord;

    fn record(bench: &Bench, ask: &Ask, answer: &Answer) -> LabRequestRecord {
        let mut log = Log::default();
        log.write(bench.at, ask, answer);
        log.since(0).remove(0)
    }

    fn asked_for(form: &[(&str, &str)], headers: &[(&str, &str)]) -> LabRequestRecord {
        let mut bench = Bench::new();
        let body = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(form)
            .finish();
        let kind = ("content-type", "application/x-www-form-urlencoded");
        let headers = std::iter::once(&kind).chain(headers);
        let ask = Ask {
            method: "POST".into(),
            base: "https://localhost".into(),
            path: "/contoso.example/oauth2/v2.0/token".into(),
            headers: headers
                .map(|(n, v)| ((*n).to_owned(), (*v).to_owned()))
                .collect(),
            body: body.into_bytes(),
            ..Ask::default()
        };
        let answer = bench.ask(&ask);
        record(&bench, &ask, &answer)
    }

    #[test]
    fn a_refusal_is_kept_with_its_client_code_reason_and_ids() {
        let (daemon, _) = Bench::new().client("contoso-daemon");
        let record = asked_for(
            &[
                ("client_id", &daemon),
                ("client_secret", "not-the-right-one"),
                ("grant_type", "client_credentials"),
                ("scope", "https://graph.microsoft.com/.default"),
            ],
            &[
                ("client-request-id", "3f1c2b00-5555-4666-8777-988888888888"),
                ("x-client-sku", "MSAL.Python"),
                ("x-client-ver", "1.31.0"),
            ],
        );
        assert_eq!(record.client.as_deref(), Some("contoso-daemon"));
        assert_eq!(record.program.as_deref(), Some("MSAL.Python 1.31.0"));
        assert_eq!(record.code.as_deref(), Some("AADSTS7000215"));
        assert_eq!((record.endpoint.as_str(), record.status), ("token", 401));
        assert_eq!(record.decision, Decision::Refused);
        assert_eq!(
            record.correlation.as_deref(),
            Some("3f1c2b00-5555-4666-8777-988888888888")
        );
        let reply = record.reply.as_deref().unwrap_or_default();
        assert!(reply.contains(record.trace.as_deref().unwrap()), "{reply}");
        let whole = format!("{record:?}");
        assert!(!whole.contains("not-the-right-one"), "{whole}");
    }

    #[test]
    fn a_granted_token_is_not_kept() {
        let (daemon, secret) = Bench::new().client("contoso-daemon");
        let record = asked_for(
            &[
                ("client_id", &daemon),
                ("client_secret", &secret),
                ("grant_type", "client_credentials"),
                ("scope", "https://graph.microsoft.com/.default"),
            ],
            &[],
        );
        assert_eq!((record.decision, record.reply), (Decision::Granted, None));
    }

    #[test]
    fn a_refusal_on_a_page_is_known_by_its_number() {
        let mut bench = Bench::new();
        let answer = bench.get("/contoso.example/oauth2/v2.0/authorize?client_id=nobody");
        let ask = Ask {
            path: "/contoso.example/oauth2/v2.0/authorize".into(),
            ..Ask::default()
        };
        let record = record(&bench, &ask, &answer);
        assert_eq!(record.decision, Decision::Refused);
        assert_eq!(record.code.as_deref(), Some("AADSTS700016"));
    }
}
