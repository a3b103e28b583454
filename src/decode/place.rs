//! Where in a pasted text a fact stands, whichever way it says so.

use std::ops::Range;

use super::lex;
use crate::model::Spot;

/// The byte range of `text` in which a fact of [`paste`](super::paste) was read. `None` for facts that were not read
/// out of a text, and where the text is not the one that was read.
pub fn place(text: &str, spot: &Spot) -> Option<Range<usize>> {
    match spot {
        Spot::Bytes(from, to) => text.get(*from..*to).map(|_| *from..*to),
        Spot::Pointer(pointer) => at_pointer(text, pointer),
        Spot::Parameter(name) => at_parameter(text, name),
        Spot::Header(_) | Spot::Status | Spot::Fault => None,
    }
}

fn at_pointer(text: &str, pointer: &str) -> Option<Range<usize>> {
    let start = text.find('{')?;
    let tree = lex::read(&text[start..]);
    let steps = pointer.split('/').skip(1);
    let mut at = Some(0).filter(|_| !tree.nodes.is_empty());
    for step in steps {
        at = tree.children(at?).find(|node| tree.step(*node) == step);
    }
    let span = tree.nodes[at?].span.clone();
    Some(start + span.start..start + span.end)
}

fn at_parameter(text: &str, name: &str) -> Option<Range<usize>> {
    let named = format!("{name}=");
    let at = text.match_indices(&named).map(|(at, _)| at).find(|at| {
        let before = at.checked_sub(1).map(|before| text.as_bytes()[before]);
        before.is_none_or(|b| !b.is_ascii_alphanumeric() && b != b'_')
    })?;
    let from = at + named.len();
    let rest = &text[from..];
    let length = rest
        .find(|c: char| c == '&' || c == '#' || c.is_whitespace())
        .unwrap_or(rest.len());
    Some(from..from + length)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::paste;
    use crate::model::FactKind;

    /// The piece of a text in which its first fact of a kind was read.
    fn piece(text: &str, kind: FactKind) -> &str {
        let readings = paste(text);
        let fact = readings[0].first(kind).unwrap();
        &text[place(text, &fact.from).unwrap()]
    }

    #[test]
    fn every_way_of_saying_where_leads_into_the_text() {
        let json = "\n {\"error\":\"invalid_grant\",\"error_codes\":[70002, 50076],\"suberror\":\"basic_action\"}";
        assert_eq!(piece(json, FactKind::Code), "50076");
        assert_eq!(piece(json, FactKind::SubError), "\"basic_action\"");
        let address = "http://localhost/?state=1&error=access_denied&error_description=AADSTS65004%3a+No.&x=1";
        assert_eq!(piece(address, FactKind::Error), "access_denied");
        assert_eq!(piece(address, FactKind::Code), "AADSTS65004%3a+No.");
        let log = "14:02 ERROR AADSTS50126: Wrong for 'ada@contoso.example'.";
        assert_eq!(piece(log, FactKind::Code), "AADSTS50126");
        assert_eq!(piece(log, FactKind::User), "ada@contoso.example");
        assert_eq!(place("short", &Spot::Bytes(3, 9)), None);
        assert_eq!(place("{}", &Spot::Pointer("/x".into())), None);
    }
}
