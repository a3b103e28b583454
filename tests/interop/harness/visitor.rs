//! A visitor with cookies who walks web pages as a browser without scripts would.

use std::path::Path;
use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, COOKIE, LOCATION, ORIGIN, SET_COOKIE};
use reqwest::{Certificate, Client, Method, redirect::Policy};
use tokio::runtime::{Builder, Runtime};
use url::{Url, form_urlencoded};

use super::PATIENCE;
use super::html::{self, Button, Form};

/// A page that was reached, after every redirect on the way.
#[derive(Debug, Clone)]
pub struct Page {
    pub url: Url,
    pub status: u16,
    pub body: String,
}

impl Page {
    pub fn words(&self) -> String {
        html::words(&self.body)
    }

    /// The heading: what the page is for.
    pub fn heading(&self) -> String {
        html::heading(&self.body)
    }

    /// The name of the one field that a person fills in here.
    pub fn only_field(&self) -> String {
        let fields = self.first_form().fields;
        let mut shown = fields.into_iter().filter(|field| !field.hidden);
        match (shown.next(), shown.next()) {
            (Some(field), None) => field.name,
            _ => panic!("not exactly one field at {}: {}", self.url, self.body),
        }
    }

    /// Where the page's form goes, with what it holds as a query: what a program is told that is answered by a form.
    pub fn form_as_address(&self) -> String {
        let form = self.first_form();
        let fields = form.fields.iter().map(|f| (&f.name, &f.value));
        let query = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        format!("{}?{query}", form.action)
    }

    fn first_form(&self) -> Form {
        let mut forms = html::forms(&self.body);
        assert!(
            !forms.is_empty(),
            "no form at {}: {}",
            self.url,
            self.words()
        );
        forms.remove(0)
    }
}

struct Cookie {
    host: String,
    path: String,
    name: String,
    value: String,
}

/// Somebody with a browser: keeps cookies, follows redirects, fills in forms.
pub struct Visitor {
    client: Client,
    runtime: Runtime,
    cookies: Vec<Cookie>,
    /// What goes along as a bearer token.
    bearer: Option<String>,
    /// Where a redirect leads that is not followed.
    stop: Option<String>,
}

impl Visitor {
    /// `ca`: a certificate authority to trust, for pages over https.
    pub fn new(ca: Option<&Path>) -> Self {
        let mut builder = Client::builder()
            .redirect(Policy::none())
            .no_proxy()
            // Before the other side gives an idle connection up.
            .pool_idle_timeout(Duration::from_secs(5))
            .timeout(PATIENCE);
        if let Some(path) = ca {
            let pem = std::fs::read(path)
                .unwrap_or_else(|e| panic!("cannot read {}: {e}", path.display()));
            builder = builder
                .tls_certs_only([Certificate::from_pem(&pem).expect("the file is a certificate")]);
        }
        let runtime = Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime can be made");
        Self {
            client: builder.build().expect("the client can be made"),
            runtime,
            cookies: Vec::new(),
            bearer: None,
            stop: None,
        }
    }

    /// The same, looking at redirects to addresses that begin so and not following them.
    pub fn stopping_at(mut self, beginning: &str) -> Self {
        self.stop = Some(beginning.to_owned());
        self
    }

    /// The same, with a bearer token.
    pub fn bearing(mut self, token: &str) -> Self {
        self.bearer = Some(token.to_owned());
        self
    }

    /// Opens an address and follows where it leads.
    pub fn open(&mut self, address: &str) -> Page {
        let url = Url::parse(address).unwrap_or_else(|e| panic!("{address} is no address: {e}"));
        self.follow(Method::GET, url, None, None)
    }

    /// Sends a form to an address, as a program would.
    pub fn post(&mut self, address: &str, fields: &[(&str, &str)]) -> Page {
        let url = Url::parse(address).unwrap_or_else(|e| panic!("{address} is no address: {e}"));
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        self.follow(Method::POST, url, Some(body), None)
    }

    /// Fills in the page's first form and submits it with its first button.
    pub fn submit(&mut self, page: &Page, filled: &[(&str, &str)]) -> Page {
        let form = page.first_form();
        let button = form.buttons.first().cloned();
        self.send(page, form, filled, button)
    }

    /// Submits the page's first form, as it is, with the button of these words.
    pub fn press(&mut self, page: &Page, label: &str) -> Page {
        let form = page.first_form();
        let button = form
            .buttons
            .iter()
            .find(|button| button.label == label)
            .cloned();
        assert!(
            button.is_some(),
            "no button '{label}' at {}: {}",
            page.url,
            page.body
        );
        self.send(page, form, &[], button)
    }

    /// Follows the link with these words.
    pub fn click(&mut self, page: &Page, label: &str) -> Page {
        let link = html::links(&page.body)
            .into_iter()
            .find(|link| link.label.contains(label));
        let link =
            link.unwrap_or_else(|| panic!("no link '{label}' at {}: {}", page.url, page.words()));
        let url = page.url.join(&link.href).expect("the link is an address");
        self.follow(Method::GET, url, None, None)
    }

    fn send(
        &mut self,
        page: &Page,
        form: Form,
        filled: &[(&str, &str)],
        button: Option<Button>,
    ) -> Page {
        let mut fields: Vec<(String, String)> = form
            .fields
            .into_iter()
            .map(|field| (field.name, field.value))
            .collect();
        for (name, value) in filled {
            match fields.iter_mut().find(|(field, _)| field == name) {
                Some(field) => (*value).clone_into(&mut field.1),
                None => panic!("no field '{name}' at {}: {}", page.url, page.body),
            }
        }
        fields.extend(button.and_then(|button| Some((button.name?, button.value))));
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        let mut url = page
            .url
            .join(&form.action)
            .expect("the form's action is an address");
        if form.method == "post" {
            let origin = page.url.origin().ascii_serialization();
            return self.follow(Method::POST, url, Some(body), Some(&origin));
        }
        url.set_query(Some(&body));
        self.follow(Method::GET, url, None, None)
    }

    fn follow(
        &mut self,
        method: Method,
        url: Url,
        body: Option<String>,
        origin: Option<&str>,
    ) -> Page {
        let (mut method, mut url, mut body) = (method, url, body);
        for _ in 0..20 {
            let mut request = self
                .client
                .request(method.clone(), url.clone())
                .header(COOKIE, self.cookies_for(&url));
            if let Some(token) = &self.bearer {
                request = request.bearer_auth(token);
            }
            if let Some(form) = &body {
                request = request
                    .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
                    .body(form.clone());
                if let Some(origin) = origin {
                    request = request.header(ORIGIN, origin);
                }
            }
            let answer = self.runtime.block_on(async {
                let reply = request.send().await?;
                let (status, headers) = (reply.status().as_u16(), reply.headers().clone());
                Ok::<_, reqwest::Error>((status, headers, reply.text().await?))
            });
            let (status, headers, text) =
                answer.unwrap_or_else(|e| panic!("{method} {url}: {e:?}"));
            for value in headers.get_all(SET_COOKIE) {
                self.keep(&url, value.to_str().unwrap_or_default());
            }
            let Some(to) = headers
                .get(LOCATION)
                .filter(|_| (300..400).contains(&status))
            else {
                return Page {
                    url,
                    status,
                    body: text,
                };
            };
            url = url
                .join(to.to_str().expect("Location is text"))
                .expect("Location is an address");
            if self
                .stop
                .as_ref()
                .is_some_and(|stop| url.as_str().starts_with(stop))
            {
                return Page {
                    url,
                    status,
                    body: text,
                };
            }
            if !matches!(status, 307 | 308) {
                (method, body) = (Method::GET, None);
            }
        }
        panic!("too many redirects, at last to {url}");
    }

    fn cookies_for(&self, url: &Url) -> String {
        let host = url.host_str().unwrap_or_default();
        let sent = self
            .cookies
            .iter()
            .filter(|c| c.host == host && within(url.path(), &c.path));
        sent.map(|c| format!("{}={}", c.name, c.value))
            .collect::<Vec<_>>()
            .join("; ")
    }

    fn keep(&mut self, url: &Url, header: &str) {
        let mut parts = header.split(';').map(str::trim);
        let Some((name, value)) = parts.next().and_then(|pair| pair.split_once('=')) else {
            return;
        };
        let attributes: Vec<(String, &str)> = parts
            .map(|part| part.split_once('=').unwrap_or((part, "")))
            .map(|(n, v)| (n.to_lowercase(), v))
            .collect();
        let attribute = |name: &str| attributes.iter().find(|(n, _)| n == name).map(|(_, v)| *v);
        let host = url.host_str().unwrap_or_default().to_owned();
        let path = attribute("path").unwrap_or("/").to_owned();
        self.cookies
            .retain(|c| !(c.host == host && c.path == path && c.name == name));
        let gone = value.is_empty()
            || attribute("max-age") == Some("0")
            || attribute("expires").is_some_and(|e| e.contains("1970"));
        if !gone {
            self.cookies.push(Cookie {
                host,
                path,
                name: name.to_owned(),
                value: value.to_owned(),
            });
        }
    }
}

/// RFC 6265 section 5.1.4.
fn within(path: &str, cookie: &str) -> bool {
    path == cookie
        || path
            .strip_prefix(cookie)
            .is_some_and(|rest| cookie.ends_with('/') || rest.starts_with('/'))
}
