//! What a value looks like: a GUID, text from an example that was never replaced, a token with white space in it.

use url::Url;

/// Whether it is a GUID in its usual form (RFC 9562 section 4).
pub(super) fn is_guid(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let lengths = [8, 4, 4, 4, 12];
    parts.len() == lengths.len()
        && parts.iter().zip(lengths).all(|(part, length)| {
            part.len() == length && part.bytes().all(|b| b.is_ascii_hexdigit())
        })
}

/// Whether it is text of an example that was meant to be replaced: `<client-id>`, `{tenant}`, `YOUR_APP_ID`,
/// `Enter_the_Tenant_Id_Here`, a GUID of zeros or of letters x.
pub(super) fn is_placeholder(text: &str) -> bool {
    let plain = percent_encoding::percent_decode_str(text).decode_utf8_lossy();
    let lower = plain.trim().to_ascii_lowercase();
    let wrapped = [('<', '>'), ('{', '}'), ('[', ']')]
        .into_iter()
        .any(
            |(open, close)| match (lower.find(open), lower.rfind(close)) {
                (Some(from), Some(to)) => from < to,
                _ => false,
            },
        );
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let begins = |word: &str| words.len() > 1 && words.first() == Some(&word);
    let blank = lower.len() >= 8
        && lower
            .chars()
            .all(|c| matches!(c, 'x' | '0' | '-' | '.' | '*' | '…'));
    wrapped
        || begins("your")
        || begins("enter")
        || begins("insert")
        || begins("replace")
        || matches!(
            lower.as_str(),
            "changeme"
                | "placeholder"
                | "todo"
                | "tenantid"
                | "clientid"
                | "tenant-id"
                | "client-id"
                | "tenant_id"
                | "client_id"
                | "yourtenant"
                | "yourclientid"
                | "..."
        )
        || blank
}

/// Whether it has characters that no parameter may carry.
pub(super) fn has_control(text: &str) -> bool {
    text.chars().any(char::is_control)
}

/// Whether it is a name that stands for no single tenant: `common`, `organizations`, `consumers`.
pub(super) fn is_shared_tenant(tenant: &str) -> bool {
    ["common", "organizations", "consumers"]
        .iter()
        .any(|name| tenant.eq_ignore_ascii_case(name))
}

/// Whether it is a web address that is safe for a credential: https, or http on this machine.
pub(super) fn is_safe_web(url: &Url) -> bool {
    match url.scheme() {
        "https" => url.host().is_some(),
        "http" => crate::model::authority::is_loopback(url),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_an_example_is_told_from_a_real_value() {
        for text in [
            "<client-id>",
            "{tenant}",
            "%3Ctenant%3E",
            "your-tenant",
            "YOUR_CLIENT_ID",
            "Enter_the_Tenant_Id_Here",
            "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx",
            "00000000-0000-0000-0000-000000000000",
        ] {
            assert!(is_placeholder(text), "{text}");
        }
        for text in [
            "contoso.example",
            "yourcompany.example",
            "5d7f2a10-9f3c-4a37-b1de-3b6a1c20e4f8",
            "common",
            "User.Read",
            "api://contoso-orders/read",
        ] {
            assert!(!is_placeholder(text), "{text}");
        }
    }

    #[test]
    fn a_guid_is_known_by_its_shape() {
        assert!(is_guid("5d7f2a10-9f3c-4a37-b1de-3b6a1c20e4f8"));
        assert!(!is_guid("5d7f2a109f3c4a37b1de3b6a1c20e4f8"));
        assert!(!is_guid("5d7f2a10-9f3c-4a37-b1de-3b6a1c20e4fz"));
    }
}
