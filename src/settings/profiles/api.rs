//! The API that a profile calls.

use super::Entry;
use crate::model::api_call::{header, method};
use crate::model::{ApiCall, Problem};
use crate::strings::{api as words, settings as say};

/// The call that the keys `api`, `api-method`, `api-headers` and `api-body` make; `place` is the entry.
///
/// # Errors
/// A method or header that is none, an address that no token may go to, keys of a call without its address.
pub(super) fn call(place: &str, entry: &mut Entry) -> Result<Option<ApiCall>, Problem> {
    let (how, headers) = (entry.api_method.as_deref(), &entry.api_headers);
    let body = entry.api_body.take();
    let at = |problem: Problem| {
        let at = format!("{place} {}", problem.at);
        problem.at(&at)
    };
    let Some(url) = entry.api.take() else {
        let lonely = how.is_some() || !headers.is_empty() || body.is_some();
        let problem = || Problem::new(say::CALL_WITHOUT_API, place, words::ADDRESS_EXPECTED);
        return if lonely { Err(problem()) } else { Ok(None) };
    };
    let headers: Result<Vec<_>, _> = headers.iter().map(|text| header(text)).collect();
    let call = ApiCall {
        url,
        method: how.map(method).transpose().map_err(at)?.unwrap_or_default(),
        headers: headers.map_err(at)?,
        body,
    };
    call.check().map_err(at)?;
    Ok(Some(call))
}

/// Its keys, as they stand in the file.
pub(super) fn entry(
    call: &ApiCall,
    quoted: impl Fn(&str) -> String,
) -> Vec<(&'static str, String)> {
    let mut keys = vec![("api", quoted(&call.url))];
    if call.method != crate::model::ApiMethod::Get {
        keys.push(("api-method", quoted(call.method.word())));
    }
    let headers = call.headers.iter();
    let headers: Vec<String> = headers
        .map(|(name, value)| quoted(&format!("{name}: {value}")))
        .collect();
    if !headers.is_empty() {
        keys.push(("api-headers", format!("[{}]", headers.join(", "))));
    }
    if let Some(body) = &call.body {
        keys.push(("api-body", quoted(&body.display().to_string())));
    }
    keys
}

#[cfg(test)]
mod tests {
    use crate::settings::profiles::{entry, parse};

    const CALLING: &str = "[profile.x]\nauthority = 'https://login.microsoftonline.com/contoso.example'\nclient-id = '3f0a0000-0000-4000-8000-0000000000e1'\napi = 'https://graph.microsoft.com/v1.0/me'\napi-method = 'PATCH'\napi-headers = ['ConsistencyLevel: eventual']\napi-body = 'me.json'\n";

    #[test]
    fn a_call_is_read_and_written_and_read_again() {
        let profile = parse("p.toml", CALLING).unwrap().remove(0);
        let call = profile.api.as_ref().unwrap();
        assert_eq!(call.method.word(), "PATCH");
        assert_eq!(call.header_line(), "ConsistencyLevel: eventual");
        let again = parse("p.toml", &entry(&profile)).unwrap().remove(0);
        assert_eq!(again.api, profile.api);
    }

    #[test]
    fn a_call_that_cannot_be_made_is_refused_where_it_stands() {
        for (from, to, at) in [
            ("PATCH", "STEAL", "p.toml profile.x api-method"),
            (
                "ConsistencyLevel",
                "Authorization",
                "p.toml profile.x api-header",
            ),
            ("api = 'https", "api = 'http", "p.toml profile.x api"),
            ("PATCH", "GET", "p.toml profile.x api-method"),
        ] {
            let problem = parse("p.toml", &CALLING.replace(from, to)).unwrap_err();
            assert_eq!(problem.at, at, "{to}");
        }
        let lonely = CALLING.replace("api = 'https://graph.microsoft.com/v1.0/me'\n", "");
        assert!(parse("p.toml", &lonely).is_err());
    }
}
