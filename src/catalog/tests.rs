use super::word::{
    ActorWord, ByWord, ClassWord, ClientWord, ConfidenceWord, EndpointWord, FlowWord, LoginWord,
    PlaceWord, Word as _,
};

use crate::model::plan::By;
use crate::model::{Actor, Class, ClientKind, Confidence, Flow, Login, Place};

#[test]
fn the_word_lists_are_those_of_the_model() {
    fn same(words: &[&str], model: impl Iterator<Item = &'static str>) {
        assert_eq!(words, model.collect::<Vec<_>>());
    }
    same(ClassWord::WORDS, Class::ALL.iter().map(|w| w.word()));
    same(ActorWord::WORDS, Actor::ALL.iter().map(|w| w.word()));
    same(LoginWord::WORDS, Login::ALL.iter().map(|w| w.word()));
    same(PlaceWord::WORDS, Place::ALL.iter().map(|w| w.word()));
    same(
        ConfidenceWord::WORDS,
        Confidence::ALL.iter().map(|w| w.word()),
    );
    same(
        ByWord::WORDS,
        [By::Program, By::Person].into_iter().map(By::word),
    );
    assert!(
        Flow::ALL
            .iter()
            .all(|flow| FlowWord::WORDS.contains(&flow.word()))
    );
    use ClientKind::{Api, Daemon, Desktop, Spa, Web};
    same(
        ClientWord::WORDS,
        [Desktop, Web, Spa, Daemon, Api]
            .into_iter()
            .map(ClientKind::word),
    );
    assert_eq!(EndpointWord::WORDS, ["v1", "v2"]);
}
