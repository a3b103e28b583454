//! How an entry of the catalogue is read out: labels, conditions, what they change. Said by `codes` and the explorer.

use crate::model::{Actor, Class, Confidence, Login, Place};

use super::words;

/// Label of what happened.
pub const MEANING: &str = "Meaning";
/// Label of what to check.
pub const CHECK: &str = "Check";
/// Label of where it surfaces.
pub const SURFACES: &str = "Surfaces";
/// Label of the class.
pub const CLASS: &str = "Class";
/// Label of the situations in which the verdict differs.
pub const BUT: &str = "But";
/// Label of what a code comes together with.
pub const COMES_WITH: &str = "Comes with";
/// Label of the other meanings of a number.
pub const OR_ELSE: &str = "Or else";
/// Label of the ways out.
pub const WAYS_OUT: &str = "Ways out";
/// Label of where the knowledge is from.
pub const SOURCES: &str = "Sources";
/// Label of how sure it is.
pub const CONFIDENCE: &str = "Confidence";
/// Label of when it was last looked at.
pub const REVIEWED: &str = "Reviewed";
/// Label of where the entry came from.
pub const FROM: &str = "Comes from";
/// Label of the specification.
pub const SPEC: &str = "Specified";
/// An entry that the program carries.
pub const BUILT_IN: &str = "the catalogue that is built in";
/// At the v1.0 endpoint.
pub const AT_V1: &str = "at the v1.0 endpoint";
/// At the v2.0 endpoint.
pub const AT_V2: &str = "at the v2.0 endpoint";
/// Said of a code that only its family is known of.
pub const NOTHING_MORE: &str = "Only its neighbourhood is known, so this is assumed:";
/// Before what may have been meant.
pub const NEAREST: &str = "Nearest to what was typed:";
/// Before what fits besides what was named.
pub const ALSO: &str = "It is also mentioned by:";
/// Before other numbers that begin like the one that was typed.
pub const LONGER: &str = "Longer numbers that begin the same:";
/// Nothing matched a query.
pub const NOTHING: &str = "Nothing in the catalogue matches.";

/// A suberror, as the kind of an entry.
pub const SUBERROR: &str = "suberror";

/// Whose error an entry is.
pub fn family(source: &str) -> String {
    match source {
        "standard" => "error of a standard".to_owned(),
        "entra" => "error of Microsoft Entra ID".to_owned(),
        "convention" => "error by convention".to_owned(),
        library => format!("made by the library {library}"),
    }
}

/// An entry out of a person's own file.
pub fn own(file: &str) -> String {
    format!("your own file {file}")
}

/// A remedy's place in the list.
pub fn numbered(number: usize, text: &str) -> String {
    format!("{number} {text}")
}

/// A remedy that the program does.
pub fn by_program(title: &str) -> String {
    format!("{title} ({})", super::report::BY_PROGRAM)
}

/// A remedy that is handed over to somebody.
pub fn by_person(title: &str, to: Option<Actor>) -> String {
    match to {
        Some(actor) => format!("{title} (for {})", words::actor(actor)),
        None => title.to_owned(),
    }
}

/// The class as a word and in words.
pub fn class(class: Class) -> String {
    format!("{}: {}", class.word(), words::class(class))
}

/// Who acts, in order.
pub fn actors(acts: &[Actor]) -> String {
    let acts: Vec<&str> = acts.iter().map(|actor| words::actor(*actor)).collect();
    acts.join(", then ")
}

/// How sure the entry is; `None` where it rests on what is published.
pub fn unsure(confidence: Confidence) -> Option<&'static str> {
    (confidence != Confidence::Published).then(|| super::report::confidence(confidence))
}

/// A place, where something surfaces.
pub const fn place(place: Place) -> &'static str {
    match place {
        Place::Token => "the token endpoint's reply",
        Place::Authorize => "the redirect back from the authorization endpoint",
        Place::Page => "the sign-in page (the program sees nothing)",
        Place::DevicePage => "the page where a device code is entered",
        Place::Discovery => "metadata and discovery",
        Place::Resource => "the API's answer",
        Place::ManagedIdentity => "the managed-identity endpoint",
        Place::SignInLog => "the sign-in log",
        Place::AgentLog => "the log of an on-premises agent",
    }
}

/// A place, as a condition.
pub const fn at_place(place: Place) -> &'static str {
    match place {
        Place::Token => "at the token endpoint",
        Place::Authorize => "in the redirect",
        Place::Page => "on the sign-in page",
        Place::DevicePage => "on the device page",
        Place::Discovery => "during discovery",
        Place::Resource => "from an API",
        Place::ManagedIdentity => "from a managed identity",
        Place::SignInLog => "in the sign-in log",
        Place::AgentLog => "in an agent's log",
    }
}

/// A kind of client, as a condition; an unknown word stands for itself.
pub fn client(word: &str) -> String {
    let known = match word {
        "desktop" => "for a desktop program",
        "web" => "for a web app",
        "spa" => "for a single-page app",
        "daemon" => "for a daemon",
        "api" => "for a web API",
        other => return format!("for {other}"),
    };
    known.to_owned()
}

/// A flow, as a condition; an unknown word stands for itself.
pub fn flow(word: &str) -> String {
    let known = match word {
        "silent" => "when asked silently",
        "interactive" => "in an interactive sign-in",
        "device-code" => "with a device code",
        "client-credentials" => "with client credentials",
        "password" => "with user name and password",
        "ciba" => "where the person is asked on their own device",
        "refresh-token" => "with a refresh token",
        "on-behalf-of" => "on behalf of a user",
        "token-exchange" => "in a token exchange",
        "jwt-bearer" => "with a JWT as the grant",
        "saml-bearer" => "with a SAML assertion as the grant",
        "user-fic" => "with a user's federated credential",
        "managed-identity" => "with a managed identity",
        other => return format!("with {other}"),
    };
    known.to_owned()
}

/// Whether claims came, as a condition.
pub const fn claims(came: bool) -> &'static str {
    if came {
        "with a claims challenge"
    } else {
        "without a claims challenge"
    }
}

/// An OAuth error, as a condition.
pub fn with_error(name: &str) -> String {
    format!("with error {name}")
}

/// A suberror, as a condition; an empty one stands for none.
pub fn with_suberror(name: &str) -> String {
    if name.is_empty() {
        "without a suberror".to_owned()
    } else {
        format!("with suberror {name}")
    }
}

/// A status, as a condition.
pub fn with_status(status: u16) -> String {
    format!("with status {status}")
}

/// Words of the description, as a condition.
pub fn said(words: &str) -> String {
    format!("where the description says “{words}”")
}

/// One of several: the word they all begin with is said once.
pub fn either(words: &[String]) -> String {
    let (Some(first), rest) = (words.first(), words.get(1..).unwrap_or_default()) else {
        return String::new();
    };
    let lead = first.split_inclusive(' ').next().unwrap_or_default();
    let mut text = first.clone();
    for word in rest {
        text.push_str(" or ");
        text.push_str(word.strip_prefix(lead).unwrap_or(word));
    }
    text
}

/// A row: when it holds, and what changes then.
pub fn row(condition: &str, change: &str) -> String {
    format!("{condition} — {change}")
}

/// What a code comes together with.
pub fn pairing(what: &str, seen: bool) -> String {
    let how = if seen { "seen" } else { "assumed, not seen" };
    format!("{what} ({how})")
}

/// Another class.
pub fn it_is(class: Class) -> String {
    format!("it concerns {}", words::class(class))
}

/// Another verdict on signing in.
pub fn signing_in(login: Login) -> String {
    match login {
        Login::Unknown => "whether signing in helps is not known".to_owned(),
        known => format!("signing in {}", words::login(known)),
    }
}

/// Other people.
pub fn who_acts(acts: &[Actor]) -> String {
    match acts.split_first() {
        Some((first @ (Actor::NobodyCan | Actor::NoneNeeded), [])) => {
            words::actor(*first).to_owned()
        }
        Some((first, [])) => format!("{} acts", words::actor(*first)),
        Some((first, rest)) => format!("{} acts, then {}", words::actor(*first), actors(rest)),
        None => String::new(),
    }
}

/// Another way out.
pub fn way_out(titles: &[String]) -> String {
    format!("way out: {}", titles.join(" · "))
}

/// A code that is not listed.
pub fn not_listed(code: &str) -> String {
    format!("{code} is not in the catalogue.")
}

/// An entry that is known and that the filters keep out.
pub fn kept_out(label: &str) -> String {
    format!("{label} is in the catalogue, but the filters keep it out.")
}

/// How many rows are not shown.
pub fn more(count: usize) -> String {
    if count == 1 {
        "and one more".to_owned()
    } else {
        format!("and {count} more")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_conditions_of_a_kind_share_their_first_word() {
        let words = [client("desktop"), client("web"), client("spa")];
        assert_eq!(
            either(&words),
            "for a desktop program or a web app or a single-page app"
        );
        assert_eq!(
            either(&[flow("silent"), flow("password")]),
            "when asked silently or with user name and password"
        );
        assert_eq!(either(&[]), "");
    }
}
