//! `curl`: every request of the run, as it was sent.

use std::path::Path;

use super::{Run, is_pfx, say, word};
use crate::model::{Credential, Exchange, Value};

/// What begins and ends the mark of a secret.
const MARK: (char, char) = ('‹', '›');

pub(super) fn write(run: &Run) -> Result<String, &'static str> {
    if run.exchanges.is_empty() {
        return Err(say::NOTHING_SENT);
    }
    let ca = run.spec.options.ca_file.as_deref();
    let requests: Vec<String> = run
        .exchanges
        .iter()
        .map(|exchange| {
            let mut words = vec![format!("curl -sS -X {}", word(&exchange.request.method))];
            words.extend(ca.map(|ca| format!("--cacert {}", word(&ca.display().to_string()))));
            if exchange.request.certificate.is_some() {
                words.extend(certificate(&run.spec.credential));
            }
            words.extend(request(exchange));
            let came = exchange.reply.as_ref().map_or_else(
                || say::NO_REPLY.to_owned(),
                |reply| reply.status.to_string(),
            );
            format!("# {}\n{}\n", say::answered(&came), words.join(" \\\n  "))
        })
        .collect();
    Ok(requests.join("\n"))
}

/// The certificate that is shown in the handshake. A run of the history no longer says where it is.
fn certificate(credential: &Credential) -> Vec<String> {
    let Credential::Certificate(given) = credential else {
        let words = [r#"--cert "$CLIENT_CERTIFICATE""#, r#"--key "$CLIENT_KEY""#];
        return words.map(str::to_owned).into();
    };
    let at = &given.at;
    let file = |path: &Path| word(&path.display().to_string());
    let mut words = vec![format!("--cert {}", file(&at.certificate))];
    if is_pfx(&at.certificate) {
        words.push("--cert-type P12".to_owned());
    } else {
        words.push(format!("--key {}", file(at.key_file())));
    }
    if at.password.is_some() || given.password.is_some() {
        words.push(r#"--pass "$CERTIFICATE_PASSWORD""#.to_owned());
    }
    words
}

fn request(exchange: &Exchange) -> Vec<String> {
    let request = &exchange.request;
    let mut words = vec![argument(&request.url)];
    let fields = request.headers.iter();
    words.extend(fields.map(|header| {
        let value = value(&header.value, &header.name);
        format!("-H {}", argument(&format!("{}: {value}", header.name)))
    }));
    let fields = request.form.iter();
    words.extend(fields.map(|field| {
        let value = value(&field.value, &field.name);
        format!(
            "--data-urlencode {}",
            argument(&format!("{}={value}", field.name))
        )
    }));
    let body = request.body.as_ref().map(|body| value(body, "body"));
    words.extend(body.map(|body| format!("--data-binary {}", argument(&body))));
    words
}

/// A value, with a mark where there is a secret.
fn value(value: &Value, name: &str) -> String {
    match value {
        Value::Plain(text) => text.clone(),
        Value::Secret(_) => format!("{}{name}{}", MARK.0, MARK.1),
    }
}

/// An argument: as it is, or with variables where marks stand.
fn argument(text: &str) -> String {
    if !text.contains(MARK.0) {
        return word(text);
    }
    let mut out = String::from('"');
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(MARK.0) {
        out.push_str(&escaped(before));
        let (mark, tail) = after.split_once(MARK.1).unwrap_or((after, ""));
        out.push('$');
        out.push_str(&variable(mark));
        rest = tail;
    }
    out.push_str(&escaped(rest));
    out.push('"');
    out
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '"' | '\\' | '$' | '`') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// The variable that stands for a mark: `secret 5f2a91c0` is `CLIENT_SECRET`.
fn variable(mark: &str) -> String {
    let is_print = |word: &&str| word.len() == 8 && word.bytes().all(|b| b.is_ascii_hexdigit());
    let words: Vec<String> = mark
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty() && !is_print(word))
        .map(str::to_ascii_uppercase)
        .collect();
    match words.join("_").as_str() {
        "SECRET" => "CLIENT_SECRET".to_owned(),
        "" => "SECRET".to_owned(),
        name => name.to_owned(),
    }
}
