//! The text of a web page, as far as errors are read from it: tags go, line breaks stay, scripts stay as they are
//! because sign-in pages keep their error in one.

use super::unescape;

/// Whether a body is a web page.
pub(crate) fn is_page(text: &str) -> bool {
    let start = text.trim_start_matches('\u{feff}').trim_start();
    if !start.starts_with('<') {
        return false;
    }
    let head: String = start
        .chars()
        .take(15)
        .collect::<String>()
        .to_ascii_lowercase();
    let opens = [
        "<!doctype html",
        "<html",
        "<head",
        "<body",
        "<title",
        "<h1",
        "<center",
        "<!--",
        "<script",
        "<meta",
        "<div",
        "<form",
        "<input",
    ];
    opens.iter().any(|open| head.starts_with(open)) || start.to_ascii_lowercase().contains("<html")
}

/// The page's text.
pub(crate) fn text(page: &str) -> String {
    let mut out = String::with_capacity(page.len());
    let mut rest = page;
    while let Some(open) = rest.find('<') {
        out.push_str(&rest[..open]);
        rest = &rest[open..];
        let opens = !rest.starts_with("</");
        let name = tag_name(rest);
        let Some(close) = tag_end(rest) else {
            out.push_str(&rest[1..]);
            rest = "";
            break;
        };
        let tag = &rest[..close];
        rest = &rest[close..];
        if opens && name == "input" && tag.contains("name=") {
            // The form that a browser posts by itself: names and values are in its tags.
            out.push_str(tag.trim_matches(['<', '>', '/']));
            out.push('\n');
        } else if opens && name == "script" {
            let end = find_tag(rest, "</script").unwrap_or(rest.len());
            out.push('\n');
            out.push_str(&rest[..end]);
            out.push('\n');
            rest = &rest[end..];
        } else if opens && name == "style" {
            rest = &rest[find_tag(rest, "</style").unwrap_or(rest.len())..];
        } else if !matches!(
            name.as_str(),
            "b" | "strong" | "span" | "i" | "em" | "a" | "code" | "label"
        ) {
            out.push('\n');
        }
    }
    out.push_str(rest);
    unescape::entities(&out)
}

/// The page's title.
pub(crate) fn title(page: &str) -> Option<String> {
    let start = find_tag(page, "<title")?;
    let inside = &page[start + page[start..].find('>')? + 1..];
    let end = inside.find('<').unwrap_or(inside.len());
    let title = unescape::entities(inside[..end].trim());
    (!title.is_empty() && title.len() <= 300).then_some(title)
}

fn tag_name(tag: &str) -> String {
    let name = tag[1..].trim_start_matches('/');
    name.chars()
        .take(12)
        .take_while(char::is_ascii_alphanumeric)
        .collect::<String>()
        .to_ascii_lowercase()
}

/// Behind the `>` of the tag that `text` begins with. A `<` that opens no tag ends behind itself.
fn tag_end(text: &str) -> Option<usize> {
    let second = text[1..].chars().next()?;
    if !(second.is_ascii_alphabetic() || matches!(second, '/' | '!' | '?')) {
        return Some(1);
    }
    text.find('>').map(|at| at + 1)
}

fn find_tag(text: &str, tag: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    bytes
        .windows(tag.len())
        .position(|part| part.eq_ignore_ascii_case(tag.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_page_gives_its_text_and_its_scripts() {
        let page = "<!DOCTYPE html><html><head><title>Sign in &amp; go</title><style>p{}</style></head><body><p>It is <b>AADSTS50011</b>: no &quot;match&quot;.</p><script>x={\"a\":1<2}</script></body>";
        assert!(is_page(page));
        assert_eq!(title(page).as_deref(), Some("Sign in & go"));
        let text = text(page);
        assert!(text.contains("It is AADSTS50011: no \"match\"."), "{text}");
        assert!(text.contains("x={\"a\":1<2}"), "{text}");
        assert!(!text.contains("p{}"));
    }

    #[test]
    fn json_is_no_page() {
        assert!(!is_page("{\"error\":\"<html>\"}"));
        assert!(!is_page(""));
        assert!(!is_page("<saml:Assertion/>"));
    }

    proptest! {
        #[test]
        fn nothing_panics(page in "[<>/a-cé!&;\"= script]{0,60}") {
            let _ = (is_page(&page), text(&page), title(&page));
        }
    }
}
