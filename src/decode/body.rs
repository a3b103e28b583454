//! Facts from a JSON body: the members of an OAuth error, the error objects of APIs, tokens.

use std::borrow::Cow;

use super::description::{self, Said};
use super::lex::{Kind, Tree};
use super::{challenge, claims, code, sentence, time};
use crate::model::{Fact, FactKind, Spot};
use crate::strings::decode as strings;

/// Adds what the root object says. Codes come most specific first, where the first of them stands.
pub(crate) fn facts(tree: &Tree<'_>, out: &mut Vec<Fact>) {
    if tree
        .nodes
        .first()
        .is_none_or(|root| root.kind != Kind::Object)
    {
        return;
    }
    let from = out.len();
    out.reserve(SOME_FACTS);
    let mut body = Body {
        tree,
        facts: out,
        from,
        codes: Vec::new(),
        texts: Vec::new(),
    };
    for node in tree.children(0) {
        body.member(node);
    }
    body.finish();
}

/// A reply of a token endpoint has fewer facts than this.
const SOME_FACTS: usize = 20;

/// Whether the root object is itself an error, and not something that holds one.
pub(crate) fn is_error(tree: &Tree<'_>) -> bool {
    let names = [
        "error",
        "error_description",
        "error_codes",
        "odata.error",
        "errorcode",
    ];
    let mut at_top = tree.children(0).filter_map(|node| tree.name(node));
    at_top.any(|name| names.contains(&&*lower(name)))
}

/// Whether the root object is what the token service of a machine answers: `statusCode`, `message`, `correlationId`.
pub(crate) fn is_of_managed_identity(tree: &Tree<'_>) -> bool {
    let names: Vec<Cow<'_, str>> = tree
        .children(0)
        .filter_map(|node| tree.name(node))
        .map(lower)
        .collect();
    ["statuscode", "message", "correlationid"]
        .iter()
        .all(|name| names.iter().any(|n| n == name))
}

/// Whether the root object is what an API answers: its `error` is an object, with `code` and `message` in it.
pub(crate) fn is_of_api(tree: &Tree<'_>) -> bool {
    let mut members = tree.children(0);
    members.any(|node| {
        tree.name(node).as_deref() == Some("error") && tree.nodes[node].kind == Kind::Object
    })
}

/// Pointers to the members that a reply of a token endpoint has.
const MEMBERS: [&str; 11] = [
    "/error",
    "/error_description",
    "/error_uri",
    "/timestamp",
    "/trace_id",
    "/correlation_id",
    "/suberror",
    "/claims",
    "/access_token",
    "/refresh_token",
    "/id_token",
];

/// A name in lower case.
fn lower(name: Cow<'_, str>) -> Cow<'_, str> {
    if name.bytes().any(|b| b.is_ascii_uppercase()) {
        Cow::Owned(name.to_ascii_lowercase())
    } else {
        name
    }
}

/// A text in which the server says more than one thing.
struct Text<'a> {
    value: Cow<'a, str>,
    at: Cow<'static, str>,
    /// Whether it is the `error_description`, and not the message of an API.
    description: bool,
}

struct Body<'a> {
    tree: &'a Tree<'a>,
    /// All facts of the reply; those of the body begin at `from`.
    facts: &'a mut Vec<Fact>,
    from: usize,
    /// Codes from `error_codes`, without prefix where it has none, and where each stands.
    codes: Vec<(String, Cow<'static, str>)>,
    texts: Vec<Text<'a>>,
}

impl<'a> Body<'a> {
    fn put(&mut self, kind: FactKind, value: impl Into<String>, pointer: Cow<'static, str>) {
        self.facts.push(Fact {
            kind,
            value: value.into(),
            from: Spot::Pointer(pointer),
        });
    }

    /// Where a value stands. The members of an OAuth error (RFC 6749 section 5.2) and what Entra puts beside them have
    /// nearly always been seen before.
    fn pointer(&self, node: usize) -> Cow<'static, str> {
        let at_top = self.tree.nodes[node].parent == Some(0);
        let name = self.tree.name(node).filter(|_| at_top);
        let known = name.and_then(|name| MEMBERS.iter().find(|member| member[1..] == *name));
        known.map_or_else(
            || Cow::Owned(self.tree.pointer(node)),
            |member| Cow::Borrowed(*member),
        )
    }

    /// A scalar that is not `null`, as text.
    fn text(&self, node: usize) -> Option<Cow<'a, str>> {
        match self.tree.nodes[node].kind {
            Kind::String | Kind::Number => Some(self.tree.value(node)),
            Kind::Word => Some(self.tree.value(node)).filter(|word| word != "null"),
            Kind::Object | Kind::Array => None,
        }
    }

    fn wrong(&mut self, node: usize, name: &str, belongs: &str) {
        let node_kind = self.tree.nodes[node].kind;
        let is = match node_kind {
            Kind::Object => strings::AN_OBJECT,
            Kind::Array => strings::AN_ARRAY,
            Kind::String => strings::A_STRING,
            Kind::Number => strings::A_NUMBER,
            Kind::Word if self.tree.source(node) == "null" => strings::NULL,
            Kind::Word => strings::A_WORD,
        };
        let pointer = self.pointer(node);
        self.put(
            FactKind::Trouble,
            strings::wrong_type(name, is, belongs),
            pointer,
        );
    }

    fn member(&mut self, node: usize) {
        let Some(name) = self.tree.name(node) else {
            return;
        };
        let name = lower(name);
        match &*name {
            "error" | "odata.error" => self.error(node, &name),
            "error_description" => self.description(node),
            "error_codes" => self.error_codes(node),
            "claims" => self.claims(node),
            "suberror" => self.string(node, FactKind::SubError, &name),
            "error_uri" => self.string(node, FactKind::ErrorUri, &name),
            "error_subcode" => self.string(node, FactKind::ErrorSubcode, &name),
            "password_change_url" => self.string(node, FactKind::PasswordChangeUrl, &name),
            "access_token" | "refresh_token" | "id_token" => self.token(node, &name),
            _ => self.detail(node, &name),
        }
    }

    /// Ids, times and messages, under the names that Entra and APIs give them.
    fn detail(&mut self, node: usize, name: &str) {
        let Some(value) = self.text(node) else {
            return;
        };
        let found = match name {
            "trace_id" | "traceid" => code::guid(&value).map(|id| (FactKind::TraceId, id)),
            "request-id" | "requestid" => code::guid(&value).map(|id| (FactKind::RequestId, id)),
            "correlation_id" | "correlationid" | "client-request-id" => {
                code::guid(&value).map(|id| (FactKind::CorrelationId, id))
            }
            "timestamp" | "date" => time::time(&value).map(|time| {
                if time != value {
                    let pointer = self.pointer(node);
                    self.put(FactKind::WrittenTime, value.clone(), pointer);
                }
                (FactKind::Timestamp, time)
            }),
            "tenantid" | "tenant_id" | "tid" => code::guid(&value).map(|id| (FactKind::Tenant, id)),
            "appid" | "client_id" | "clientid" => {
                code::guid(&value).map(|id| (FactKind::AppId, id))
            }
            "appdisplayname" => Some((FactKind::AppName, value.into_owned())),
            "userprincipalname" | "username" | "upn" => {
                sentence::is_user(&value).then(|| (FactKind::User, value.into_owned()))
            }
            "message" if !value.is_empty() => Some((FactKind::Message, value.into_owned())),
            "statuscode" if value.len() == 3 => Some((FactKind::Status, value.into_owned())),
            _ => None,
        };
        if let Some((kind, value)) = found {
            let pointer = self.pointer(node);
            if kind == FactKind::Message {
                self.texts.push(Text {
                    value: Cow::Owned(value.clone()),
                    at: pointer.clone(),
                    description: false,
                });
            }
            self.put(kind, value, pointer);
        }
    }

    fn string(&mut self, node: usize, kind: FactKind, name: &str) {
        match self.text(node) {
            Some(value) if value.is_empty() => {}
            Some(value) => {
                let pointer = self.pointer(node);
                self.put(kind, value, pointer);
            }
            None if self.tree.source(node) == "null" => {}
            None => self.wrong(node, name, strings::A_STRING),
        }
    }

    fn error(&mut self, node: usize, name: &str) {
        match self.tree.nodes[node].kind {
            Kind::String => self.string(node, FactKind::Error, name),
            Kind::Object => self.api_error(node),
            Kind::Array | Kind::Number | Kind::Word => self.wrong(node, name, strings::A_STRING),
        }
    }

    /// The error object of an API: `{"code":"…","message":"…","innerError":{…}}`.
    fn api_error(&mut self, object: usize) {
        for node in self.tree.children(object) {
            let name = lower(self.tree.name(node).unwrap_or_default());
            let object = self.tree.nodes[node].kind == Kind::Object;
            match &*name {
                "code" if self.tree.nodes[node].kind == Kind::String => {
                    self.string(node, FactKind::Error, &name);
                }
                "code" => {
                    if let Some(value) = self.text(node) {
                        let pointer = self.pointer(node);
                        self.put(FactKind::OtherNumber, value, pointer);
                    }
                }
                "message" if object => {
                    let text = self
                        .tree
                        .children(node)
                        .find(|n| self.tree.name(*n).as_deref() == Some("value"));
                    if let Some(text) = text {
                        self.detail(text, "message");
                    }
                }
                "innererror" if object => {
                    for inner in self.tree.children(node) {
                        let name = lower(self.tree.name(inner).unwrap_or_default());
                        if name != "message" {
                            self.detail(inner, &name);
                        }
                    }
                }
                _ => self.detail(node, &name),
            }
        }
    }

    fn description(&mut self, node: usize) {
        let Some(text) = self.text(node) else {
            if self.tree.source(node) != "null" {
                self.wrong(node, "error_description", strings::A_STRING);
            }
            return;
        };
        let pointer = self.pointer(node);
        self.put(FactKind::Description, &*text, pointer.clone());
        self.texts.push(Text {
            value: text,
            at: pointer,
            description: true,
        });
    }

    /// Numbers, numbers as strings, several in one string, with a prefix, alone or in an array.
    fn error_codes(&mut self, node: usize) {
        let nodes: Vec<usize> = match self.tree.nodes[node].kind {
            Kind::Array => self.tree.children(node).collect(),
            Kind::String | Kind::Number => {
                let pointer = self.pointer(node);
                let trouble = if self.tree.nodes[node].kind == Kind::String {
                    strings::A_STRING
                } else {
                    strings::A_NUMBER
                };
                self.put(
                    FactKind::Trouble,
                    strings::wrong_type("error_codes", trouble, strings::NUMBERS),
                    pointer,
                );
                vec![node]
            }
            Kind::Object | Kind::Word => {
                self.wrong(node, "error_codes", strings::NUMBERS);
                return;
            }
        };
        for node in nodes {
            // Half a number at the end of a cut text is none.
            if !self.tree.nodes[node].whole && self.tree.nodes[node].kind == Kind::Number {
                continue;
            }
            if self.codes.len() >= 4 * code::MOST_CODES {
                return;
            }
            let Some(text) = self.text(node) else {
                continue;
            };
            let pointer = self.pointer(node);
            for part in text.split(|c: char| !c.is_ascii_alphanumeric()).take(50) {
                let prefixed = code::code_at(part.as_bytes(), 0).map(|(code, _)| code);
                let number =
                    (4..=9).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
                if let Some(code) = prefixed.or_else(|| number.then(|| part.to_owned())) {
                    self.codes.push((code, pointer.clone()));
                }
            }
        }
    }

    fn claims(&mut self, node: usize) {
        let pointer = self.pointer(node);
        let value = match self.tree.nodes[node].kind {
            Kind::Object => Cow::Borrowed(self.tree.source(node)),
            Kind::String => self.tree.value(node),
            Kind::Word if self.tree.source(node) == "null" => return,
            Kind::Array | Kind::Number | Kind::Word => {
                self.wrong(node, "claims", strings::A_STRING);
                return;
            }
        };
        if value.is_empty() {
            return;
        }
        let Some(json) = challenge::claims_text(&value) else {
            self.put(FactKind::Trouble, strings::UNREADABLE_CLAIMS, pointer);
            return;
        };
        let policies = claims::policies(&json);
        self.put(FactKind::Claims, json, pointer.clone());
        for policy in policies {
            self.put(FactKind::PolicyId, policy, pointer.clone());
        }
    }

    fn token(&mut self, node: usize, name: &str) {
        match self.tree.nodes[node].kind {
            Kind::String if self.tree.value(node).is_empty() => {}
            Kind::String => {
                let pointer = self.pointer(node);
                self.put(FactKind::Token, name, pointer);
            }
            Kind::Object | Kind::Array | Kind::Number | Kind::Word => {
                self.wrong(node, name, strings::A_STRING);
            }
        }
    }

    /// What the description says, or else the first message that tells a code; and where it stands.
    fn said(&self) -> (Said, Cow<'static, str>) {
        let mut found = (Said::default(), Cow::Borrowed(""));
        for text in &self.texts {
            if text.description || found.0.codes.is_empty() {
                let lacking = |kind| !self.tells(kind);
                found = (description::read(&text.value, lacking), text.at.clone());
            }
        }
        found
    }

    /// Whether the body tells something by a member of its own.
    fn tells(&self, kind: FactKind) -> bool {
        self.facts[self.from..].iter().any(|fact| fact.kind == kind)
    }

    /// Adds the codes in order and what only the description says.
    fn finish(mut self) {
        let (said, said_at) = self.said();
        let mut codes: Vec<(String, usize)> = Vec::with_capacity(4);
        let mut spots: Vec<Cow<'static, str>> = Vec::with_capacity(4);
        for (code, pointer) in std::mem::take(&mut self.codes) {
            codes.push((prefixed(&code, &said.codes), spots.len()));
            spots.push(pointer);
        }
        for code in said.codes {
            codes.push((code, spots.len()));
            spots.push(said_at.clone());
        }
        code::order(&mut codes);
        for (code, spot) in codes {
            self.put(FactKind::Code, code, spots[spot].clone());
        }
        for (kind, value) in said.ids.into_iter().chain(said.values) {
            if kind.is_circumstance() || !self.tells(kind) {
                self.put(kind, value, said_at.clone());
            }
        }
    }
}

/// A code of `error_codes` with the prefix that the description gives its number, else `AADSTS`.
fn prefixed(code: &str, said: &[String]) -> String {
    if !code.bytes().all(|b| b.is_ascii_digit()) {
        return code.to_owned();
    }
    let named = said.iter().find(|other| {
        other.ends_with(code)
            && ["AADB2C", "MSIS"]
                .iter()
                .any(|p| other.strip_prefix(p) == Some(code))
    });
    named.cloned().unwrap_or_else(|| ["AADSTS", code].concat())
}
