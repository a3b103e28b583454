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

/// What examples call the values they leave open: `your-tenant`, `YOUR_CLIENT_ID`.
const LEFT_OPEN: &[&str] = &[
    "tenant",
    "client",
    "app",
    "application",
    "directory",
    "organization",
    "organisation",
    "domain",
    "secret",
    "id",
    "name",
    "user",
    "username",
    "password",
    "scope",
    "api",
    "redirect",
    "host",
    "server",
    "value",
];

/// Whether it is text of an example that was meant to be replaced: `<client-id>`, `{tenant}`, `YOUR_APP_ID`,
/// `Enter_the_Tenant_Id_Here`, a GUID of zeros or of letters x. What could be somebody's real name is none.
pub(super) fn is_placeholder(text: &str) -> bool {
    let plain = percent_encoding::percent_decode_str(text).decode_utf8_lossy();
    let lower = plain.trim().to_ascii_lowercase();
    is_wrapped(&lower) || is_left_open(&lower) || is_blank(&lower)
}

/// Something in angle, curly or square brackets that is words: an IPv6 address is not.
fn is_wrapped(lower: &str) -> bool {
    [('<', '>'), ('{', '}'), ('[', ']')]
        .into_iter()
        .any(|(open, close)| {
            let inner = lower
                .split_once(open)
                .and_then(|(_, after)| after.split_once(close));
            inner
                .is_some_and(|(inner, _)| inner.chars().any(|c| matches!(c, 'g'..='z' | ' ' | '_')))
        })
}

fn is_left_open(lower: &str) -> bool {
    let words: Vec<&str> = lower.split(['-', '_', ' ']).collect();
    let told = |word: &&str| LEFT_OPEN.contains(&word.split('.').next().unwrap_or_default());
    let second = words.get(1).is_some_and(told);
    match words.first().copied() {
        Some("your") => second,
        Some("enter" | "insert" | "replace") => words.len() > 1 && !lower.contains('.'),
        _ => matches!(
            lower,
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
        ),
    }
}

/// A GUID of zeros, or letters x and stars.
fn is_blank(lower: &str) -> bool {
    lower.len() >= 8
        && lower
            .chars()
            .all(|c| matches!(c, 'x' | '0' | '-' | '.' | '*' | '…'))
}

/// Whether a secret is text of an example. Secrets may hold any bracket, so only the whole text counts.
pub(super) fn is_placeholder_secret(text: &str) -> bool {
    let lower = text.trim().to_ascii_lowercase();
    let whole = [('<', '>'), ('{', '}'), ('[', ']')]
        .into_iter()
        .any(|(open, close)| lower.starts_with(open) && lower.ends_with(close));
    (whole && is_wrapped(&lower)) || is_left_open(&lower) || is_blank(&lower)
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
            "your-tenant.onmicrosoft.com",
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
            "your-voice.example",
            "enter.onmicrosoft.com",
            "enter-group.example",
            "[::1]",
            "http://[::1]:8400/",
            "5d7f2a10-9f3c-4a37-b1de-3b6a1c20e4f8",
            "common",
            "User.Read",
            "api://contoso-orders/read",
        ] {
            assert!(!is_placeholder(text), "{text}");
        }
    }

    #[test]
    fn a_bracket_inside_a_secret_is_no_placeholder() {
        assert!(
            is_placeholder_secret("<client-secret>") && is_placeholder_secret("YOUR_CLIENT_SECRET")
        );
        assert!(
            !is_placeholder_secret("k8Q<fictional>0001") && !is_placeholder_secret("k8Q~{value}.x")
        );
    }

    #[test]
    fn a_guid_is_known_by_its_shape() {
        assert!(is_guid("5d7f2a10-9f3c-4a37-b1de-3b6a1c20e4f8"));
        assert!(!is_guid("5d7f2a109f3c4a37b1de3b6a1c20e4f8"));
        assert!(!is_guid("5d7f2a10-9f3c-4a37-b1de-3b6a1c20e4fz"));
    }
}
