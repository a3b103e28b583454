//! SAML assertions (version 1.1 and 2.0), read for looking at. Nothing is verified here, and no entity is resolved: a
//! document type declaration makes a text unreadable.

use roxmltree::{Document, Node, ParsingOptions};

use super::jwt;
use crate::model::Moment;

/// More elements than any assertion has.
const MOST_NODES: u32 = 20_000;

const VERSION_1: &str = "urn:oasis:names:tc:SAML:1.0:assertion";
const VERSION_2: &str = "urn:oasis:names:tc:SAML:2.0:assertion";

/// What an assertion says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saml {
    /// Whether it is of version 2.0.
    pub is_version_2: bool,
    /// Who made it.
    pub issuer: Option<String>,
    /// Of whom it speaks.
    pub subject: Option<String>,
    /// Whom it is for.
    pub audiences: Vec<String>,
    /// When it is over: the earliest `NotOnOrAfter` in it.
    pub expires: Option<Moment>,
}

/// Why a text is no assertion that could be presented.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotSaml {
    /// No XML, or XML that is not read (a document type declaration, too large).
    Unreadable,
    /// A response: the assertion is inside it.
    Response,
    /// The assertion is encrypted.
    Encrypted,
    /// Another document.
    Other,
}

/// The XML of a text: as it stands, or out of base64 in either alphabet.
pub fn xml(text: &str) -> Option<String> {
    let text = text.trim().trim_start_matches('\u{feff}');
    if text.starts_with('<') {
        return Some(text.to_owned());
    }
    let decoded = String::from_utf8(jwt::base64(text)?).ok()?;
    let decoded = decoded.trim().trim_start_matches('\u{feff}').to_owned();
    decoded.starts_with('<').then_some(decoded)
}

/// Reads an assertion.
///
/// # Errors
/// Why it is none.
pub fn parse(xml: &str) -> Result<Saml, NotSaml> {
    let options = ParsingOptions {
        nodes_limit: MOST_NODES,
        ..ParsingOptions::default()
    };
    let document = Document::parse_with_options(xml, options).map_err(|_| NotSaml::Unreadable)?;
    let root = document.root_element();
    let name = root.tag_name();
    let is_version_2 = match (name.namespace(), name.name()) {
        (Some(VERSION_2), "Assertion") => true,
        (Some(VERSION_1), "Assertion") => false,
        (_, "EncryptedAssertion") => return Err(NotSaml::Encrypted),
        (_, "Response") => return Err(NotSaml::Response),
        _ => return Err(NotSaml::Other),
    };
    let issuer = if is_version_2 {
        text_of(root, "Issuer")
    } else {
        root.attribute("Issuer").map(str::to_owned)
    };
    let subject = if is_version_2 {
        "NameID"
    } else {
        "NameIdentifier"
    };
    let ends = root
        .descendants()
        .filter_map(|node| Moment::parse(node.attribute("NotOnOrAfter")?));
    Ok(Saml {
        is_version_2,
        issuer,
        subject: text_of(root, subject),
        audiences: named(root, "Audience").filter_map(text).collect(),
        expires: ends.min(),
    })
}

fn named<'a, 'i>(root: Node<'a, 'i>, name: &'static str) -> impl Iterator<Item = Node<'a, 'i>> {
    root.descendants()
        .filter(move |node| node.tag_name().name() == name)
}

fn text(node: Node<'_, '_>) -> Option<String> {
    let text = node.text()?.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn text_of(root: Node<'_, '_>, name: &'static str) -> Option<String> {
    named(root, name).find_map(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const OF_ADA: &str = "<a:Assertion xmlns:a='urn:oasis:names:tc:SAML:2.0:assertion'><a:Issuer>https://idp.contoso.example</a:Issuer><a:Subject><a:NameID>ada@contoso.example</a:NameID><a:SubjectConfirmation><a:SubjectConfirmationData NotOnOrAfter='2026-11-29T10:05:00Z'/></a:SubjectConfirmation></a:Subject><a:Conditions NotOnOrAfter='2026-11-29T11:00:00Z'><a:AudienceRestriction><a:Audience>https://as.contoso.example</a:Audience></a:AudienceRestriction></a:Conditions></a:Assertion>";

    #[test]
    fn an_assertion_says_who_made_it_of_whom_for_whom_and_until_when() {
        let saml = parse(OF_ADA).unwrap();
        assert!(saml.is_version_2);
        assert_eq!(saml.issuer.as_deref(), Some("https://idp.contoso.example"));
        assert_eq!(saml.subject.as_deref(), Some("ada@contoso.example"));
        assert_eq!(saml.audiences, ["https://as.contoso.example"]);
        assert_eq!(saml.expires.unwrap().iso(), "2026-11-29T10:05:00Z");
    }

    #[test]
    fn the_older_version_has_its_issuer_in_an_attribute() {
        let text = "<Assertion xmlns='urn:oasis:names:tc:SAML:1.0:assertion' Issuer='http://adfs.contoso.example/adfs/services/trust'/>";
        let saml = parse(text).unwrap();
        assert!(!saml.is_version_2 && saml.issuer.unwrap().contains("adfs"));
    }

    #[test]
    fn what_is_no_assertion_is_told_apart() {
        for (text, why) in [
            ("<p:Response xmlns:p='x'/>", NotSaml::Response),
            ("<EncryptedAssertion/>", NotSaml::Encrypted),
            ("<Assertion/>", NotSaml::Other),
            (
                "<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>",
                NotSaml::Unreadable,
            ),
            ("<a>", NotSaml::Unreadable),
        ] {
            assert_eq!(parse(text), Err(why), "{text}");
        }
    }

    #[test]
    fn base64_in_either_alphabet_is_read() {
        assert_eq!(xml("PGE+PC9hPg==").as_deref(), Some("<a></a>"));
        assert_eq!(xml("PGE-PC9hPg").as_deref(), Some("<a></a>"));
        assert_eq!(xml("bm8gWE1M"), None);
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "\\PC*", cut in 0..500_usize) {
            let _ = xml(&text).map(|xml| parse(&xml));
            let _ = parse(&text);
            let _ = parse(OF_ADA.get(..cut.min(OF_ADA.len())).unwrap_or_default());
        }
    }
}
