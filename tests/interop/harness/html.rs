//! Just enough HTML to fill in a form: forms with their fields and buttons, links, and the text a person reads.

/// A form as a browser would submit it.
#[derive(Debug, Default, Clone)]
pub struct Form {
    id: Option<String>,
    pub action: String,
    pub method: String,
    pub fields: Vec<Field>,
    pub buttons: Vec<Button>,
}

/// A field, in the order of the page; what a person would type is empty.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Field {
    pub name: String,
    pub value: String,
    pub hidden: bool,
}

/// A button that submits a form.
#[derive(Debug, Default, Clone)]
pub struct Button {
    pub name: Option<String>,
    pub value: String,
    pub label: String,
}

/// A link and its words.
#[derive(Debug, Clone)]
pub struct Link {
    pub href: String,
    pub label: String,
}

struct Tag<'a> {
    name: String,
    attributes: Vec<(String, String)>,
    /// What follows, up to the next tag.
    text: &'a str,
}

impl Tag<'_> {
    fn get(&self, name: &str) -> Option<String> {
        self.attributes
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, value)| value.clone())
    }
}

/// Every form of a page.
pub fn forms(page: &str) -> Vec<Form> {
    let mut forms: Vec<Form> = Vec::new();
    let mut inside = false;
    for tag in tags(page) {
        match (tag.name.as_str(), inside) {
            ("form", _) => {
                let method = tag
                    .get("method")
                    .unwrap_or_else(|| "get".into())
                    .to_lowercase();
                forms.push(Form {
                    id: tag.get("id"),
                    action: tag.get("action").unwrap_or_default(),
                    method,
                    ..Form::default()
                });
                inside = true;
            }
            ("/form", _) => inside = false,
            // A button may stand outside the form that it names.
            ("button", false) => {
                let named = tag.get("form");
                let mut all = forms.iter_mut();
                if let Some(form) = all.find(|form| named.is_some() && form.id == named) {
                    add(form, &tag);
                }
            }
            ("input" | "button", true) => add(forms.last_mut().expect("inside a form"), &tag),
            _ => {}
        }
    }
    forms
}

/// Every link of a page.
pub fn links(page: &str) -> Vec<Link> {
    let anchors = tags(page).into_iter().filter(|tag| tag.name == "a");
    anchors
        .filter_map(|tag| {
            Some(Link {
                href: tag.get("href")?,
                label: plain(tag.text),
            })
        })
        .collect()
}

/// The first heading of a page.
pub fn heading(page: &str) -> String {
    let found = tags(page).into_iter().find(|tag| tag.name == "h1");
    found.map(|tag| plain(tag.text)).unwrap_or_default()
}

/// The words of a page, without its tags, scripts and styles.
pub fn words(page: &str) -> String {
    let shown = tags(page)
        .into_iter()
        .filter(|tag| !matches!(tag.name.as_str(), "style" | "script" | "title"));
    shown
        .map(|tag| plain(tag.text))
        .filter(|text| !text.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

fn add(form: &mut Form, tag: &Tag<'_>) {
    let value = tag.get("value").unwrap_or_default();
    let kind = tag.get("type").unwrap_or_default().to_lowercase();
    let submits = if tag.name == "button" {
        kind != "button" && kind != "reset"
    } else {
        kind == "submit"
    };
    if submits {
        let label = if tag.name == "button" {
            plain(tag.text)
        } else {
            value.clone()
        };
        form.buttons.push(Button {
            name: tag.get("name"),
            value,
            label,
        });
    } else if tag.name == "input" && !matches!(kind.as_str(), "button" | "reset") {
        let chosen = !matches!(kind.as_str(), "radio" | "checkbox") || tag.get("checked").is_some();
        let hidden = kind == "hidden";
        let named = tag.get("name").filter(|_| chosen);
        form.fields.extend(named.map(|name| Field {
            name,
            value,
            hidden,
        }));
    }
}

fn tags(page: &str) -> Vec<Tag<'_>> {
    let mut found = Vec::new();
    let mut rest = page;
    while let Some(start) = rest.find('<') {
        rest = &rest[start + 1..];
        let Some(end) = end_of_tag(rest) else { break };
        let (name, attributes) =
            rest[..end].split_at(rest[..end].find([' ', '\n', '\t', '\r']).unwrap_or(end));
        rest = &rest[end + 1..];
        let name = name.trim_end_matches('/').to_lowercase();
        found.push(Tag {
            name,
            attributes: attributes_of(attributes),
            text: &rest[..rest.find('<').unwrap_or(rest.len())],
        });
    }
    found
}

/// The `>` that closes a tag: not one inside quotes.
fn end_of_tag(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (None, '>') => return Some(at),
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), _) if open == c => quote = None,
            _ => {}
        }
    }
    None
}

fn attributes_of(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() && rest != "/" {
        let end = rest
            .find(|c: char| c == '=' || c.is_whitespace())
            .unwrap_or(rest.len());
        let name = rest[..end].to_lowercase();
        rest = rest[end..].trim_start();
        let mut value = "";
        if let Some(after) = rest.strip_prefix('=') {
            let after = after.trim_start();
            let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''));
            let body = if quote.is_some() { &after[1..] } else { after };
            let end = body
                .find(|c: char| quote.map_or(c.is_whitespace(), |q| c == q))
                .unwrap_or(body.len());
            value = &body[..end];
            rest = body[end..]
                .trim_start_matches(|c| Some(c) == quote)
                .trim_start();
        }
        found.push((name, unescaped(value)));
    }
    found
}

fn plain(text: &str) -> String {
    unescaped(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn unescaped(text: &str) -> String {
    let pairs = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&#x2F;", "/"),
        ("&amp;", "&"),
    ];
    pairs.iter().fold(text.to_owned(), |text, (escaped, bare)| {
        text.replace(escaped, bare)
    })
}

#[test]
fn a_form_is_read_with_its_fields_buttons_and_escapes() {
    let page = r#"<form method="POST" action="/a?b=1&amp;c=2"><input type=hidden name=xsrf value='1>0'/>
        <input name="login" placeholder="Enter any login"><button type="submit" name="answer" value="no">No, cancel</button></form>"#;
    let form = &forms(page)[0];
    assert_eq!(
        (form.method.as_str(), form.action.as_str()),
        ("post", "/a?b=1&c=2")
    );
    let field = |name: &str, value: &str, hidden| Field {
        name: name.into(),
        value: value.into(),
        hidden,
    };
    assert_eq!(
        form.fields,
        [field("xsrf", "1>0", true), field("login", "", false)]
    );
    assert_eq!(
        (
            form.buttons[0].name.as_deref(),
            form.buttons[0].label.as_str()
        ),
        (Some("answer"), "No, cancel")
    );
}
