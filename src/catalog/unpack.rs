//! From the text form to the form the program holds.

use super::entry::{
    CodeEntry, NamedEntry, PairingEntry, RangeEntry, RemedyEntry, VariantEntry, WhenEntry,
};
use super::known::{Code, ErrorEntry, Origin, Pairing, Range, Remedy, Variant};
use super::when::{Endpoint, When};
use super::word::{
    ActorWord, ByWord, ClassWord, ConfidenceWord, EndpointWord, LoginWord, PlaceWord, Word,
};
use crate::model::plan::By;
use crate::model::{Actor, Class, Confidence, Login, Place};

/// What a text says, with where it came from.
pub(super) fn code(entry: CodeEntry, origin: &Origin) -> Code {
    Code {
        code: entry.code,
        name: entry.name,
        title: entry.title,
        meaning: entry.meaning,
        causes: entry.causes,
        places: places(entry.places),
        class: class(entry.class),
        acts: acts(entry.acts),
        login: entry.login.map_or(Login::Unknown, login),
        when: entry.when.into_iter().map(when).collect(),
        pairings: entry.pairings.into_iter().map(pairing).collect(),
        text: entry.text,
        remedies: entry.remedies.unwrap_or_default(),
        article: entry.article,
        sources: entry.sources,
        confidence: confidence(entry.confidence),
        reviewed: entry.reviewed.0,
        variants: entry.variant.into_iter().map(variant).collect(),
        origin: origin.clone(),
    }
}

/// What a text says, with where it came from.
pub(super) fn error(entry: NamedEntry, origin: &Origin) -> ErrorEntry {
    ErrorEntry {
        name: entry.name,
        source: entry.source,
        spec: entry.spec,
        title: entry.title,
        meaning: entry.meaning,
        causes: entry.causes,
        class: entry.class.map_or(Class::Unknown, class),
        acts: acts(entry.acts),
        login: entry.login.map_or(Login::Unknown, login),
        when: entry.when.into_iter().map(when).collect(),
        remedies: entry.remedies,
        places: places(entry.places),
        confidence: entry.confidence.map_or(Confidence::Published, confidence),
        sources: entry.sources,
        article: entry.article,
        reviewed: entry.reviewed.0,
        origin: origin.clone(),
    }
}

/// What a text says, with where it came from.
pub(super) fn remedy(entry: RemedyEntry, origin: &Origin) -> Remedy {
    Remedy {
        id: entry.id,
        by: by(entry.by),
        title: entry.title,
        why: entry.why,
        to: entry.to.map(actor),
        barred: words(entry.barred),
        text: entry.text,
        origin: origin.clone(),
    }
}

/// What a text says, with where it came from.
pub(super) fn range(entry: RangeEntry, origin: &Origin) -> Range {
    Range {
        prefix: entry.prefix,
        title: entry.title,
        class: entry.class.map_or(Class::Unknown, class),
        acts: acts(entry.acts),
        login: entry.login.map_or(Login::Unknown, login),
        origin: origin.clone(),
    }
}

fn when(entry: WhenEntry) -> When {
    When {
        claims: entry.claims,
        flow: words(entry.flow.0),
        client: words(entry.client.0),
        suberror: entry.suberror.0,
        error: entry.error.0,
        places: places(entry.places.0),
        endpoint: entry.endpoint.map(endpoint),
        status: entry.status,
        pattern: entry.pattern,
        class: entry.class.map(class),
        acts: acts(entry.acts),
        login: entry.login.map(login),
        remedies: entry.remedies,
    }
}

fn pairing(entry: PairingEntry) -> Pairing {
    Pairing {
        error: entry.error,
        suberror: entry.suberror,
        endpoint: entry.endpoint.map(endpoint),
        status: entry.status,
        seen: entry.seen,
    }
}

fn variant(entry: VariantEntry) -> Variant {
    Variant {
        pattern: entry.pattern,
        title: entry.title,
        meaning: entry.meaning,
        causes: entry.causes,
        class: entry.class.map(class),
        acts: acts(entry.acts),
        login: entry.login.map(login),
        remedies: entry.remedies,
    }
}

// A test holds every word list against its enum, so the fallbacks below are never taken.

fn class(word: ClassWord) -> Class {
    Class::from_word(word.word()).unwrap_or(Class::Unknown)
}

fn actor(word: ActorWord) -> Actor {
    Actor::from_word(word.word()).unwrap_or(Actor::Developer)
}

fn login(word: LoginWord) -> Login {
    Login::from_word(word.word()).unwrap_or(Login::Unknown)
}

fn confidence(word: ConfidenceWord) -> Confidence {
    Confidence::from_word(word.word()).unwrap_or(Confidence::Assumed)
}

fn by(word: ByWord) -> By {
    if word.word() == By::Program.word() {
        By::Program
    } else {
        By::Person
    }
}

fn endpoint(word: EndpointWord) -> Endpoint {
    if word.word() == "v1" {
        Endpoint::V1
    } else {
        Endpoint::V2
    }
}

fn acts(list: Vec<ActorWord>) -> Vec<Actor> {
    list.into_iter().map(actor).collect()
}

fn places(list: Vec<PlaceWord>) -> Vec<Place> {
    list.into_iter()
        .filter_map(|word| Place::from_word(word.word()))
        .collect()
}

fn words<W: Word>(list: Vec<W>) -> Vec<String> {
    list.into_iter()
        .map(|word| word.word().to_owned())
        .collect()
}
